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
    if let Some(verdict) = subject.without_columns() {
        return verdict;
    }
    let columns = subject.dataset.columns.listed();
    let rows = subject.dataset.row_count();
    let counted: Vec<_> = subject
        .judged
        .judged_columns()
        .filter_map(|(index, _)| columns.get(index))
        .filter_map(|column| Some((column, column.stats.as_ref()?)))
        .filter(|(_, stats)| stats.filled.is_some())
        .collect();
    if counted.is_empty() {
        return Verdict::Unknown(Reason::NotInExport);
    }
    let found: Vec<_> = counted
        .iter()
        .filter(|(_, stats)| says_nothing(stats, rows))
        .map(|(column, _)| column)
        .collect();
    if found.is_empty() {
        return Verdict::Pass;
    }
    let names = quoted_list(found.iter().map(|column| column.shown_name()));
    let message = if found.len() == 1 {
        format!("The field {names} is almost always blank, or always the same")
    } else {
        format!(
            "{} fields are almost always blank, or always the same: {names}",
            found.len()
        )
    };
    let draft = Draft::new("columns.values", message)
        .at_all(
            found
                .iter()
                .filter_map(|column| column.name.at().or(column.machine_name.at())),
        )
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
