use std::collections::{BTreeMap, BTreeSet};

use crate::model::{At, FaultKind};
use crate::rule::{Check, Draft, Severity, Subject, Verdict, declare_rule, quoted_list, shorten};

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
    let mut drafts: Vec<Draft> = ours
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
    drafts.extend(doubled_names(subject));
    if drafts.is_empty() {
        Verdict::Pass
    } else {
        Verdict::Fail(drafts)
    }
}

/// Fields of one table that have one name: readers and programs cannot tell them apart.
fn doubled_names(subject: &Subject<'_>) -> Vec<Draft> {
    let mut known = BTreeSet::new();
    let mut doubled: BTreeMap<Option<usize>, Vec<(&str, Option<At>)>> = BTreeMap::new();
    // Croissant names the columns that fields come from, and several may come from one.
    if subject.dataset.format == "croissant" {
        return Vec::new();
    }
    for column in subject.dataset.columns.listed() {
        let own = column.machine_name.held();
        let name = own
            .map_or_else(|| column.shown_name(), |held| held.value)
            .trim();
        if name.is_empty() || known.insert((column.table, name)) {
            continue;
        }
        let at = own.map(|held| held.at).or(column.name_at());
        doubled.entry(column.table).or_default().push((name, at));
    }
    doubled
        .into_values()
        .filter_map(|names| of_table(&names))
        .collect()
}

/// One finding for the names that stand twice in one table.
fn of_table(doubled: &[(&str, Option<At>)]) -> Option<Draft> {
    let (first, _) = doubled.first()?;
    let mut names: Vec<&str> = doubled.iter().map(|(name, _)| *name).collect();
    names.sort_unstable();
    names.dedup();
    let message = if names.len() == 1 {
        format!(
            "Two fields have the name `{}`; nobody can tell them apart",
            shorten(first)
        )
    } else {
        let shown = quoted_list(doubled.iter().map(|(name, _)| *name));
        format!(
            "{} field names stand twice in one table: {shown}",
            names.len()
        )
    };
    let mut draft = Draft::new("structure", message.clone())
        .at_all(doubled.iter().filter_map(|(_, at)| *at))
        .quoting(first);
    draft.subject = message;
    Some(draft)
}

#[cfg(test)]
mod tests {
    use crate::{Options, Source, check};

    fn said(record: &str) -> Vec<String> {
        let options = Options::default();
        let report = check(&[Source::new("a.json", record.as_bytes())], &options);
        let mut findings = report.findings;
        findings.retain(|it| it.rule == "key-or-type-wrong");
        findings.into_iter().map(|it| it.message).collect()
    }

    #[test]
    fn fields_of_one_table_have_different_names() {
        let table = r#"{"@context": "http://www.w3.org/ns/csvw", "url": "a.csv",
            "tableSchema": {"columns": [{"name": "a"}, {"name": "b"}, {"name": "a"}]}}"#;
        assert_eq!(
            said(table),
            ["Two fields have the name `a`; nobody can tell them apart"]
        );
        let more = table.replace(r#"{"name": "b"}"#, r#"{"name": "b"}, {"name": "b"}"#);
        assert_eq!(
            said(&more),
            ["2 field names stand twice in one table: `b` and `a`"]
        );
        let two = r#"{"title": "Trees", "resources": [
            {"path": "a.csv", "schema": {"fields": [{"name": "a"}]}}, {"path": "b.csv", "schema": {"fields": [{"name": "a"}]}}]}"#;
        assert_eq!(said(two), Vec::<String>::new());
    }
}
