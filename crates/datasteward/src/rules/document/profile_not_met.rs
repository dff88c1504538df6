use crate::model::FaultKind;
use crate::rule::{Check, Draft, Reason, Subject, Verdict, declare_rule};

declare_rule! {
    /// The record is not built as its profile asks.
    ///
    /// ## Why it matters
    /// Catalogues that harvest this format refuse records that break its rules, or drop the part that does.
    ///
    /// ## How to mend it
    /// Change the value named here to the form that is wanted, or choose another profile with `--profile`.
    ///
    /// ## Bad
    /// ```record.json profile dcat-us-1.1
    /// {"accessLevel": "public", "identifier": "trees", "title": "Street trees", "description": "One row is one tree.",
    ///  "keyword": ["trees"], "modified": "2026-01-05", "publisher": {"name": "City of Example"},
    ///  "contactPoint": {"fn": "Open data team"}}
    /// ```
    ///
    /// ## Good
    /// ```record.json profile dcat-us-1.1
    /// {"@type": "dcat:Dataset", "accessLevel": "public", "identifier": "trees", "title": "Street trees",
    ///  "description": "One row is one tree.", "keyword": ["trees"], "modified": "2026-01-05",
    ///  "publisher": {"@type": "org:Organization", "name": "City of Example"},
    ///  "contactPoint": {"@type": "vcard:Contact", "fn": "Open data team", "hasEmail": "mailto:data@city.example"}}
    /// ```
    ///
    /// ## Source
    /// The schemas in `schemas/`, written from the public specifications; `docs/profiles.md` names them.
    rule {
        id: "profile-not-met",
        code: "D0-09",
        item: D0,
        severity: Error,
        status: Stable,
        derived_too: true,
        check: Check::Dataset(check),
    }
}

fn check(subject: &Subject<'_>) -> Verdict {
    let dataset = subject.dataset;
    let faults = dataset.faults.iter();
    let drafts: Vec<Draft> = faults
        .filter(|fault| fault.kind == FaultKind::Schema)
        .map(super::draft_of)
        .collect();
    if !drafts.is_empty() {
        return Verdict::Fail(drafts);
    }
    if subject.asks.profile().schema(dataset.format).is_some() {
        Verdict::Pass
    } else {
        Verdict::NotApplicable(Reason::Profile)
    }
}
