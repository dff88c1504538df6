use crate::lexicon::fold;
use crate::lexicon::roles::{DataType, Role};
use crate::lexicon::units;
use crate::model::Column;
use crate::rule::{Check, Draft, Reason, Subject, Verdict, declare_rule, quoted_list};

declare_rule! {
    /// It cannot be told whether shares run from 0 to 1 or from 0 to 100.
    ///
    /// ## Why it matters
    /// 0.25 may be a quarter of one per cent or 25 per cent; both readings look right until someone draws a map.
    ///
    /// ## How to mend it
    /// Say in the field's description how a quarter is written, 0.25 or 25.
    ///
    /// ## Bad
    /// ```record.json
    /// {"datasteward": "1", "id": "v", "title": "Turnout", "columns": [{"name": "Precinct"}, {"name": "Share of voters", "type": "number"}]}
    /// ```
    ///
    /// ## Good
    /// ```record.json
    /// {"datasteward": "1", "id": "v", "title": "Turnout", "columns": [{"name": "Precinct"}, {"name": "Share of voters", "type": "number", "description": "From 0 to 100"}]}
    /// ```
    ///
    /// ## Source
    /// City of Los Angeles, data standards checklist: units are included.
    rule {
        id: "percent-scale-unclear",
        code: "M6-03",
        item: M6,
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
    let shares: Vec<_> = subject
        .judged
        .judged_columns()
        .filter(|(_, judged)| judged.role == Role::Percent)
        .filter_map(|(index, _)| columns.get(index))
        .filter(|column| names_a_share(column.shown_name()))
        .collect();
    if shares.is_empty() {
        return Verdict::NotApplicable(Reason::NoMeasures);
    }
    let text = subject.dataset.description_text();
    let unclear: Vec<_> = shares
        .iter()
        .filter(|column| !is_clear(column, text))
        .collect();
    let Some(first) = unclear.first() else {
        return Verdict::Pass;
    };
    let names = quoted_list(unclear.iter().map(|column| column.shown_name()));
    let message = if unclear.len() == 1 {
        format!(
            "`{}` does not say whether a quarter is written 0.25 or 25",
            first.shown_name()
        )
    } else {
        format!(
            "{} shares do not say whether a quarter is written 0.25 or 25: {names}",
            unclear.len()
        )
    };
    let draft = Draft::new("columns.unit", message)
        .at_all(unclear.iter().filter_map(|column| column.name_at()))
        .of(unclear.len(), shares.len());
    Verdict::fail(draft)
}

/// Said by the format, the name or a text; shown by the values; or read with a percent sign by the portal itself.
fn is_clear(column: &Column<'_>, text: &str) -> bool {
    let field = column.field();
    let shown_with_sign = column.datatype == DataType::Percent
        || column.display.precision_style == Some("percentage")
        || column
            .display
            .view
            .is_some_and(|view| view.contains("percent"));
    // "%" and "percent" promise a number that is read with that word; only "share" and the like leave both open.
    let says_percent = [
        column.shown_name(),
        column.description_text(),
        column.unit.value().copied().unwrap_or_default(),
    ]
    .iter()
    .any(|text| units::says_percent(text));
    let largest = column
        .stats
        .as_ref()
        .and_then(|stats| stats.largest)
        .and_then(|largest| largest.trim().parse::<f64>().ok());
    shown_with_sign
        || says_percent
        || largest.is_some_and(|largest| largest > 0.0)
        || units::percent_scale(&field).is_some()
        || units::says_percent(text)
}

/// "Share of voters", not "bike share": a share of something, or of a kind.
fn names_a_share(name: &str) -> bool {
    let words = fold::name_words(name);
    let at = words.iter().position(|word| {
        matches!(
            word.as_str(),
            "share" | "shares" | "proportion" | "fraction"
        )
    });
    let thing = |word: &String| {
        matches!(
            word.as_str(),
            "bike" | "ride" | "car" | "scooter" | "horse" | "time" | "job" | "cost" | "fair" | "s"
        )
    };
    at.is_some_and(|at| {
        !at.checked_sub(1)
            .and_then(|before| words.get(before))
            .is_some_and(thing)
    })
}
