use crate::model::Slot;
use crate::rule::{Check, Draft, Reason, Subject, Verdict, declare_rule};

declare_rule! {
    /// Nothing says where the data comes from.
    ///
    /// ## Why it matters
    /// A reader cannot judge how far to trust the figures, or whom to ask about them.
    ///
    /// ## How to mend it
    /// Name the office, system, sensor or survey that produced the data, in the field for the source, or in the description where there is none.
    ///
    /// ## Bad
    /// ```record.json
    /// {"datasteward": "1", "id": "counts", "title": "Bicycle counts", "description": "Bicycles a day at twenty streets."}
    /// ```
    ///
    /// ## Good
    /// ```record.json
    /// {"datasteward": "1", "id": "counts", "title": "Bicycle counts", "description": "Bicycles a day at twenty streets.",
    ///  "source": [{"name": "Automatic counters of the Transport Department"}]}
    /// ```
    ///
    /// ## Source
    /// City of Los Angeles, data standards checklist: the data source is provided.
    rule {
        id: "source-missing",
        code: "T7-01",
        item: T7,
        severity: Warning,
        status: Stable,
        derived_too: false,
        check: Check::Dataset(check),
    }
}

fn check(subject: &Subject<'_>) -> Verdict {
    let dataset = subject.dataset;
    if subject.judged.names_source(dataset) {
        return Verdict::Pass;
    }
    if subject.is_unfilled(dataset.sources.at()) {
        return Verdict::NotApplicable(Reason::Dependency);
    }
    match &dataset.sources {
        // Where there is no place for a source, the publisher may be it: the engine looks over the whole feed for that.
        Slot::NotInFormat(_) => Verdict::Unknown(Reason::NoSlot),
        Slot::NotInExport(_) => Verdict::Unknown(Reason::NotInExport),
        // The rule `source-is-only-the-portal` speaks of a source that names the portal.
        Slot::Filled(_) => Verdict::NotApplicable(Reason::Dependency),
        Slot::Blank { at, .. } => Verdict::fail(
            Draft::new("source", "Nothing says where the data comes from").at(Some(*at)),
        ),
    }
}
