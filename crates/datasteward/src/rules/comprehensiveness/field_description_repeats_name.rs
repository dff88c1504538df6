use crate::judgement::TextVerdict;
use crate::lexicon::plain;
use crate::rule::{Check, Draft, Subject, Verdict, declare_rule, quoted_list};

declare_rule! {
    /// Descriptions of fields only repeat the names.
    ///
    /// ## Why it matters
    /// Someone who did not collect the data cannot tell what "STATUS: status" means.
    ///
    /// ## How to mend it
    /// Say what one value means, which values are possible and, for a measure, the unit.
    ///
    /// ## Bad
    /// ```record.json
    /// {"datasteward": "1", "id": "r", "title": "Requests", "columns": [{"name": "OCCUPANCY", "description": "Occupancy"}]}
    /// ```
    ///
    /// ## Good
    /// ```record.json
    /// {"datasteward": "1", "id": "r", "title": "Requests", "columns": [{"name": "OCCUPANCY",
    ///  "description": "Share of rooms let on the day of the count"}]}
    /// ```
    rule {
        id: "field-description-repeats-name",
        code: "M5-04",
        item: M5,
        severity: Info,
        status: Stable,
        derived_too: false,
        check: Check::Dataset(check),
    }
}

fn check(subject: &Subject<'_>) -> Verdict {
    if let Some(verdict) = subject.without_columns() {
        return verdict;
    }
    let columns = subject.dataset.columns.listed();
    let found: Vec<_> = subject
        .judged
        .judged_columns()
        .filter(|(_, column)| column.description == TextVerdict::Restates)
        .filter_map(|(index, _)| columns.get(index))
        // "Latitude: latitude" misses nothing: everybody knows what it is.
        .filter(|column| !plain::is_self_evident(column.shown_name()))
        .collect();
    let Some(first) = found.first() else {
        return Verdict::Pass;
    };
    let described = subject
        .judged
        .judged_columns()
        .filter(|(_, column)| column.description != TextVerdict::Missing)
        .count();
    let names = quoted_list(found.iter().map(|column| column.shown_name()));
    let message = if found.len() == 1 {
        format!("The description of the field {names} only repeats its name")
    } else {
        format!(
            "{} field descriptions only repeat the name: {names}",
            found.len()
        )
    };
    let draft = Draft::new("columns.description", message)
        .at_all(found.iter().filter_map(|column| column.description.at()))
        .quoting(first.description_text())
        .of(found.len(), described);
    Verdict::fail(draft)
}
