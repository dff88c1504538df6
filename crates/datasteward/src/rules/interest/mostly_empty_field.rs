use crate::limits;
use crate::model::Stats;
use crate::rule::{Check, Draft, Reason, Subject, Verdict, declare_rule, quoted_list};

declare_rule! {
    /// Fields are almost always blank, or always the same.
    ///
    /// ## Why it matters
    /// Readers look for a meaning where there is none, and take a blank for a zero.
    ///
    /// ## How to mend it
    /// Say in the description why the field is empty, or leave it out of the public view.
    ///
    /// ## Bad
    /// ```view.json
    /// {"id": "abcd-1234", "name": "Inspections", "viewType": "tabular", "columns": [
    ///  {"id": 1, "name": "Date", "fieldName": "date", "dataTypeName": "calendar_date", "cachedContents": {"non_null": "5000", "null": "0", "cardinality": "800"}},
    ///  {"id": 2, "name": "Reopened", "fieldName": "reopened", "dataTypeName": "text", "cachedContents": {"non_null": "12", "null": "4988", "cardinality": "2"}}]}
    /// ```
    ///
    /// ## Good
    /// ```view.json
    /// {"id": "abcd-1234", "name": "Inspections", "viewType": "tabular", "columns": [
    ///  {"id": 1, "name": "Date", "fieldName": "date", "dataTypeName": "calendar_date", "cachedContents": {"non_null": "5000", "null": "0", "cardinality": "800"}}]}
    /// ```
    rule {
        id: "mostly-empty-field",
        code: "I10-03",
        item: I10,
        severity: Info,
        status: Preview,
        derived_too: false,
        check: Check::Dataset(check),
    }
}

fn check(subject: &Subject<'_>) -> Verdict {
    let rows = subject.dataset.row_count();
    let mut counted = subject.counted();
    counted.retain(|field| field.stats.filled.is_some());
    if counted.is_empty() {
        return subject
            .without_columns()
            .unwrap_or(Verdict::Unknown(Reason::NotInExport));
    }
    let found: Vec<_> = counted
        .iter()
        .filter(|field| says_nothing(&field.stats, rows))
        .collect();
    if found.is_empty() {
        return Verdict::Pass;
    }
    let names = quoted_list(found.iter().map(|field| field.name));
    let message = if found.len() == 1 {
        format!("The field {names} is almost always blank, or always the same")
    } else {
        format!(
            "{} fields are almost always blank, or always the same: {names}",
            found.len()
        )
    };
    let draft = Draft::new("columns.values", message)
        .at_all(found.iter().filter_map(|field| field.at))
        .of(found.len(), counted.len());
    Verdict::fail(draft)
}

fn says_nothing(stats: &Stats<'_>, rows: Option<u64>) -> bool {
    let Some(rows) = rows
        .or_else(|| stats.rows())
        .filter(|rows| *rows >= limits::ENOUGH_ROWS)
    else {
        return false;
    };
    let Some(filled) = stats.filled else {
        return false;
    };
    let blank = filled.saturating_mul(limits::BLANK_ONE_IN) <= rows;
    blank || (stats.distinct == Some(1) && filled >= limits::ENOUGH_ROWS)
}
