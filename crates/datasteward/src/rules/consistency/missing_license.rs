use crate::lexicon::licenses;
use crate::model::{Access, BlankKind, Slot};
use crate::rule::{Check, Draft, Reason, Subject, Verdict, declare_rule};

declare_rule! {
    /// A dataset has no license.
    ///
    /// ## Why it matters
    /// Nobody can be sure that they may use the data, so careful people and companies leave it alone.
    ///
    /// ## How to mend it
    /// Choose one in the license field of the dataset's metadata page; CC0 1.0 or CC BY 4.0 suit most public data.
    ///
    /// ## Bad
    /// ```record.json
    /// {"datasteward": "1", "id": "trees", "title": "Street trees", "license": "None"}
    /// ```
    ///
    /// ## Good
    /// ```record.json
    /// {"datasteward": "1", "id": "trees", "title": "Street trees", "license": {"spdx": "CC0-1.0"}}
    /// ```
    rule {
        id: "missing-license",
        code: "C2-12",
        item: C2,
        severity: Error,
        status: Stable,
        derived_too: false,
        check: Check::Dataset(check),
    }
}

fn check(subject: &Subject<'_>) -> Verdict {
    let dataset = subject.dataset;
    if matches!(dataset.access.value(), Some(Access::NonPublic)) {
        return Verdict::NotApplicable(Reason::Profile);
    }
    if subject.is_unfilled(dataset.license.at()) {
        return Verdict::NotApplicable(Reason::Dependency);
    }
    match &dataset.license {
        // It is said, and said to be unknown.
        Slot::Filled(held) if licenses::is_unknown(held.value.raw) => {
            let message = "The license field says that the license is not known";
            let draft = Draft::new("license", message)
                .at(Some(held.at))
                .quoting(held.value.raw);
            Verdict::fail(draft)
        }
        Slot::Filled(_) => Verdict::Pass,
        Slot::NotInExport(_) => Verdict::Unknown(Reason::NotInExport),
        Slot::NotInFormat(_) => Verdict::Unknown(Reason::NoSlot),
        Slot::Blank { at, kind } => {
            let message = match kind {
                BlankKind::NullWord | BlankKind::Template | BlankKind::MarkupOnly => {
                    "The license field is filled in, but names no license"
                }
                _ => "No license is named, so nobody can be sure that they may use this data",
            };
            Verdict::fail(Draft::new("license", message).at(Some(*at)))
        }
    }
}
