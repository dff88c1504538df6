use crate::lexicon::licenses;
use crate::model::Slot;
use crate::rule::{Check, Draft, Reason, Subject, Verdict, declare_rule};

declare_rule! {
    /// The license forbids uses that open data allows.
    ///
    /// ## Why it matters
    /// A newspaper, a start-up or a mapping project may have to leave the data alone.
    ///
    /// ## How to mend it
    /// Ask whether the limit is needed; if not, choose CC0 or CC BY 4.0.
    ///
    /// ## Bad
    /// ```record.json
    /// {"datasteward": "1", "id": "t", "title": "Street trees", "license": "CC-BY-NC-ND-4.0"}
    /// ```
    ///
    /// ## Good
    /// ```record.json
    /// {"datasteward": "1", "id": "t", "title": "Street trees", "license": "CC-BY-4.0"}
    /// ```
    ///
    /// ## Source
    /// Open Definition 2.1, Open Knowledge Foundation.
    rule {
        id: "license-not-open",
        code: "C2-14",
        item: C2,
        severity: Info,
        status: Stable,
        derived_too: false,
        check: Check::Dataset(check),
    }
}

fn check(subject: &Subject<'_>) -> Verdict {
    let dataset = subject.dataset;
    let license = match &dataset.license {
        Slot::Filled(held) => &held.value,
        Slot::Blank { .. } => return Verdict::NotApplicable(Reason::Dependency),
        Slot::NotInExport(_) => return Verdict::Unknown(Reason::NotInExport),
        Slot::NotInFormat(_) => return Verdict::Unknown(Reason::NoSlot),
    };
    let found = licenses::told(license.raw).or_else(|| license.url.and_then(licenses::find));
    let Some(found) = found.filter(|found| !found.open) else {
        return Verdict::Pass;
    };
    let what = match (found.label.contains("NC"), found.label.contains("ND")) {
        (true, true) => "commercial use and changes",
        (true, false) => "commercial use",
        _ => "changes",
    };
    let message = format!("{} forbids {what}, so the data is not open", found.label);
    let draft = Draft::new("license", message)
        .at(dataset.license.at())
        .quoting(license.raw);
    Verdict::fail(draft)
}
