use crate::model::FaultKind;
use crate::rule::{Check, Draft, Severity, Subject, Verdict, declare_rule};

declare_rule! {
    /// A key is misspelt, or a value is of a kind that the format never has there.
    ///
    /// ## Why it matters
    /// Software looks for a key letter by letter, and for a text where a text belongs. What it does not find there, it
    /// skips without a word: the value is in your file, and no reader sees it.
    ///
    /// ## How to mend it
    /// Write the key as the format spells it, and the value in the form it asks for.
    ///
    /// ## Bad
    /// ```record.json
    /// {"datasteward": "1", "id": "trees", "title": "Street trees", "keyword": ["trees"]}
    /// ```
    ///
    /// ## Good
    /// ```record.json
    /// {"datasteward": "1", "id": "trees", "title": "Street trees", "keywords": ["trees"]}
    /// ```
    ///
    /// ## Source
    /// The specifications of the formats, as the schemas in `schemas/` have them. Only a slip that can mean one key is reported.
    rule {
        id: "key-or-type-wrong",
        code: "D0-02",
        item: D0,
        severity: Warning,
        status: Stable,
        derived_too: true,
        check: Check::Dataset(check),
    }
}

fn check(subject: &Subject<'_>) -> Verdict {
    let faults = &subject.dataset.faults;
    let ours = faults
        .iter()
        .filter(|fault| fault.kind != FaultKind::Schema);
    let drafts: Vec<Draft> = ours
        .map(|fault| {
            let mut draft = super::draft_of(fault);
            match &fault.kind {
                FaultKind::Slip(meant) => draft.renames.push((fault.at, meant.clone())),
                FaultKind::Note => draft = draft.weighing(Severity::Info),
                FaultKind::Type | FaultKind::Schema => {}
            }
            draft
        })
        .collect();
    if drafts.is_empty() {
        Verdict::Pass
    } else {
        Verdict::Fail(drafts)
    }
}
