use crate::lexicon::placeholder::{self, Placeholder};
use crate::model::Slot;
use crate::rule::{Check, Draft, Reason, Subject, Verdict, declare_rule};

declare_rule! {
    /// A dataset has no title.
    ///
    /// ## Why it matters
    /// Nobody can find or name it.
    ///
    /// ## How to mend it
    /// Give it a title of three to ten words that says what, where and since when.
    ///
    /// ## Bad
    /// ```record.json
    /// {"datasteward": "1", "id": "lights", "title": ""}
    /// ```
    ///
    /// ## Good
    /// ```record.json
    /// {"datasteward": "1", "id": "lights", "title": "Street light outages"}
    /// ```
    rule {
        id: "missing-title",
        code: "C2-01",
        item: C2,
        severity: Error,
        status: Stable,
        derived_too: true,
        check: Check::Dataset(check),
    }
}

fn check(subject: &Subject<'_>) -> Verdict {
    let title = &subject.dataset.title;
    let template = title
        .value()
        .is_some_and(|text| placeholder::classify(&text.plain) == Some(Placeholder::Template));
    match title {
        Slot::Filled(_) if !template => Verdict::Pass,
        Slot::NotInExport(_) => Verdict::Unknown(Reason::NotInExport),
        Slot::NotInFormat(_) => Verdict::Unknown(Reason::NoSlot),
        _ => Verdict::fail(Draft::new("title", "This dataset has no title").at(title.at())),
    }
}
