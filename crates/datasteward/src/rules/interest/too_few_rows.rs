use crate::lexicon::roles::Role;
use crate::limits;
use crate::model::AssetKind;
use crate::rule::{Check, Draft, Reason, Severity, Subject, Verdict, declare_rule};

declare_rule! {
    /// A table is too small to show a pattern.
    ///
    /// ## Why it matters
    /// Nothing can be compared over time or between places.
    ///
    /// ## How to mend it
    /// Combine periods or places into one table, so that readers can compare.
    ///
    /// ## Bad
    /// ```record.json
    /// {"datasteward": "1", "id": "m", "title": "Meetings held", "rows": 7, "columns": [{"name": "Month", "type": "text"}, {"name": "Meetings", "type": "integer"}]}
    /// ```
    ///
    /// ## Good
    /// ```record.json
    /// {"datasteward": "1", "id": "m", "title": "Meetings held", "rows": 840, "columns": [{"name": "Month", "type": "text"}, {"name": "Meetings", "type": "integer"}]}
    /// ```
    ///
    /// ## Source
    /// City of Los Angeles, data standards checklist: enough data to draw patterns and insights.
    rule {
        id: "too-few-rows",
        code: "I10-02",
        item: I10,
        severity: Warning,
        status: Preview,
        derived_too: false,
        check: Check::Dataset(check),
    }
}

/// Words of titles of tables that are small by nature: lists to look things up in, and areas on a map.
const SMALL_BY_NATURE: [&str; 14] = [
    "list",
    "codes",
    "code",
    "lookup",
    "look-up",
    "directory",
    "boundaries",
    "boundary",
    "districts",
    "zones",
    "dictionary",
    "key",
    "types",
    "locations",
];

fn check(subject: &Subject<'_>) -> Verdict {
    let dataset = subject.dataset;
    if dataset.kind != AssetKind::Table {
        return Verdict::NotApplicable(Reason::AssetKind);
    }
    let Some(rows) = dataset.row_count() else {
        return Verdict::Unknown(Reason::NotInExport);
    };
    if rows == 0 {
        return Verdict::NotApplicable(Reason::Dependency);
    }
    let small_by_nature = crate::lexicon::fold::words(dataset.title_text())
        .any(|word| SMALL_BY_NATURE.contains(&&*word));
    let on_a_map = subject
        .judged
        .judged_columns()
        .any(|(_, column)| column.role == Role::Geometry);
    if small_by_nature || on_a_map {
        return Verdict::NotApplicable(Reason::AssetKind);
    }
    let numbers = subject
        .judged
        .judged_columns()
        .filter(|(_, column)| column.role.is_quantity())
        .count();
    if rows >= limits::ENOUGH_ROWS
        || rows.saturating_mul(numbers.max(1) as u64) >= limits::ENOUGH_NUMBERS
    {
        return Verdict::Pass;
    }
    let severity = if rows < limits::FEW_ROWS {
        Severity::Warning
    } else {
        Severity::Info
    };
    let rows = if rows == 1 {
        "1 row".to_owned()
    } else {
        format!("{rows} rows")
    };
    let message = format!("The table has only {rows}, too few to see a pattern");
    let at = dataset.rows.at().or(dataset.title.at());
    Verdict::fail(Draft::new("rows", message).at(at).weighing(severity))
}
