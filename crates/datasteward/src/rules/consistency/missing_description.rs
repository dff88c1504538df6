use crate::lexicon::placeholder::{self, Placeholder};
use crate::model::Slot;
use crate::rule::{Check, Draft, Reason, Subject, Verdict, declare_rule};

declare_rule! {
    /// A dataset has no description.
    ///
    /// ## Why it matters
    /// A reader cannot tell what one row is, where it comes from, or whether it answers the question at hand.
    ///
    /// ## How to mend it
    /// Write two to five sentences: what one row is, who collects it and how, how it is kept up to date, what to watch for.
    ///
    /// ## Bad
    /// ```record.json
    /// {"datasteward": "1", "id": "lights", "title": "Street light outages", "description": ""}
    /// ```
    ///
    /// ## Good
    /// ```record.json
    /// {"datasteward": "1", "id": "lights", "title": "Street light outages",
    ///  "description": "Outages that residents have reported since 2016, one row a report. Closed reports are included."}
    /// ```
    ///
    /// ## Source
    /// City of Los Angeles, data standards checklist: required metadata is filled out.
    rule {
        id: "missing-description",
        code: "C2-02",
        item: C2,
        severity: Error,
        status: Stable,
        derived_too: true,
        check: Check::Dataset(check),
    }
}

fn check(subject: &Subject<'_>) -> Verdict {
    let dataset = subject.dataset;
    if dataset.summary.is_filled() && !dataset.description.is_filled() {
        return Verdict::Pass;
    }
    let text = match &dataset.description {
        Slot::Filled(held) => &held.value,
        Slot::Blank { at, .. } => {
            return Verdict::fail(
                Draft::new("description", "This dataset has no description").at(Some(*at)),
            );
        }
        Slot::NotInExport(_) => return Verdict::Unknown(Reason::NotInExport),
        Slot::NotInFormat(_) => return Verdict::Unknown(Reason::NoSlot),
    };
    match placeholder::classify(&text.plain) {
        // A template is told of by its own rule, any other filler too.
        Some(Placeholder::Template) => Verdict::NotApplicable(Reason::Dependency),
        Some(_) => Verdict::NotApplicable(Reason::Dependency),
        None => Verdict::Pass,
    }
}
