use crate::model::{Access, AssetKind, Slot};
use crate::rule::{Check, Draft, Reason, Severity, Subject, Verdict, declare_rule};

declare_rule! {
    /// A record leads to no data.
    ///
    /// ## Why it matters
    /// The reader has found the right dataset and cannot have it.
    ///
    /// ## How to mend it
    /// Add the address of a file or a service, or say in the access field that the data is not public.
    ///
    /// ## Bad
    /// ```record.json
    /// {"datasteward": "1", "id": "trees", "title": "Street trees", "kind": "file", "distributions": []}
    /// ```
    ///
    /// ## Good
    /// ```record.json
    /// {"datasteward": "1", "id": "trees", "title": "Street trees", "kind": "file",
    ///  "distributions": [{"url": "https://data.city.example/trees.csv", "format": "CSV"}]}
    /// ```
    ///
    /// ## Source
    /// City of Los Angeles, data standards checklist: a usable format on the portal, or linked from it.
    rule {
        id: "no-way-to-get-data",
        code: "A4-01",
        item: A4,
        severity: Error,
        status: Stable,
        derived_too: false,
        check: Check::Dataset(check),
    }
}

fn check(subject: &Subject<'_>) -> Verdict {
    let dataset = subject.dataset;
    if dataset.served_by_portal {
        return Verdict::Pass;
    }
    match dataset.access.value() {
        Some(Access::NonPublic) => return Verdict::NotApplicable(Reason::Profile),
        Some(Access::Restricted) if dataset.rights.is_filled() => return Verdict::Pass,
        _ => {}
    }
    let has_link = dataset
        .distributions
        .value()
        .is_some_and(|list| list.iter().any(|held| held.value.url().is_some()));
    if has_link {
        return Verdict::Pass;
    }
    let at = match &dataset.distributions {
        Slot::NotInFormat(_) if dataset.kind == AssetKind::Link => return Verdict::Pass,
        Slot::NotInFormat(_) => return Verdict::Unknown(Reason::NoSlot),
        Slot::NotInExport(_) => return Verdict::Unknown(Reason::NotInExport),
        slot => slot.at(),
    };
    // A page that a reader can go on from is not nothing.
    let (message, severity) = match dataset.landing_page.value() {
        Some(_) => (
            "No file or service is listed; only a web page is linked",
            Severity::Warning,
        ),
        None => ("There is no link to the data", Severity::Error),
    };
    Verdict::fail(
        Draft::new("distributions", message)
            .at(at)
            .weighing(severity),
    )
}
