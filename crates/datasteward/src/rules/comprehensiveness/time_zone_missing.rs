use crate::lexicon::field::DataType;
use crate::lexicon::fold;
use crate::lexicon::roles::Role;
use crate::lexicon::units;
use crate::model::Column;
use crate::rule::{Check, Draft, Reason, Subject, Verdict, declare_rule, quoted_list};

declare_rule! {
    /// Times of day name no time zone.
    ///
    /// ## Why it matters
    /// Whoever joins the data with weather, flights or data from elsewhere may be hours off, and twice a year an hour is missing or doubled.
    ///
    /// ## How to mend it
    /// Say once, in the description of the field or of the dataset, which clock the times follow, for example "local time (America/Los_Angeles)".
    ///
    /// ## Bad
    /// ```record.json
    /// {"datasteward": "1", "id": "c", "title": "Calls", "columns": [{"name": "Call time", "type": "datetime"}]}
    /// ```
    ///
    /// ## Good
    /// ```record.json
    /// {"datasteward": "1", "id": "c", "title": "Calls", "columns": [{"name": "Call time", "type": "datetime", "description": "Local time (America/Los_Angeles)"}]}
    /// ```
    ///
    /// ## Source
    /// City of Los Angeles, data standards checklist: units are included.
    rule {
        id: "time-zone-missing",
        code: "M6-05",
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
    let dataset = subject.dataset;
    let columns = dataset.columns.listed();
    let times: Vec<_> = subject
        .judged
        .judged_columns()
        .filter(|(_, judged)| judged.role == Role::Timestamp)
        .filter_map(|(index, _)| columns.get(index))
        .filter(|column| {
            let clocked = matches!(column.datatype, DataType::DateTime | DataType::Time);
            names_a_clock_time(column.shown_name(), clocked) && !is_epoch(column)
        })
        .collect();
    if times.is_empty() {
        return Verdict::NotApplicable(Reason::NoMeasures);
    }
    let named = |column: &Column<'_>| {
        units::names_time_zone(column.shown_name())
            || units::names_time_zone(column.description_text())
            || column
                .native_type
                .is_some_and(|native| native.contains("zone"))
    };
    // One word on it, anywhere in the record, is meant for all.
    let said = dataset.time_zone.is_filled()
        || units::names_time_zone(dataset.description_text())
        || columns.iter().any(named);
    if said {
        return Verdict::Pass;
    }
    let names = quoted_list(times.iter().map(|column| column.shown_name()));
    let message = if times.len() == 1 {
        format!("The times in {names} name no time zone")
    } else {
        format!(
            "The times in {} fields name no time zone: {names}",
            times.len()
        )
    };
    let draft = Draft::new("columns.unit", message)
        .at_all(times.iter().filter_map(|column| column.name_at()))
        .of(times.len(), times.len());
    Verdict::fail(draft)
}

/// A timestamp that is a number counts from 1970 in universal time.
fn is_epoch(column: &Column<'_>) -> bool {
    column.datatype.is_numeric()
        && fold::name_words(column.shown_name())
            .iter()
            .any(|word| word == "timestamp")
}

/// "Call time", "Created datetime"; not "Full time", opening hours and meals, hours that are counted by, or a date that happens to be stored with a time.
fn names_a_clock_time(name: &str, clocked: bool) -> bool {
    let words = fold::name_words(name);
    let any = |list: &[&str]| words.iter().any(|word| list.contains(&word.as_str()));
    words.len() <= 5
        && (any(&["time", "datetime", "timestamp", "dttm"]) || (clocked && any(&["hour"])))
        && !any(&[
            "full",
            "part",
            "over",
            "open",
            "opening",
            "close",
            "closing",
            "mon",
            "tue",
            "wed",
            "thu",
            "fri",
            "sat",
            "sun",
            "monday",
            "tuesday",
            "wednesday",
            "thursday",
            "friday",
            "saturday",
            "sunday",
            "wait",
            "response",
            "travel",
            "event",
            "zone",
            "meeting",
            "class",
            "from",
            "to",
            "elapsed",
            "hold",
            "handle",
            "average",
            "avg",
            "longest",
            "all",
            "not",
            "enough",
            "lost",
            "breakfast",
            "lunch",
            "supper",
            "dinner",
            "snack",
            "meal",
            "serving",
            "school",
            "bell",
            "business",
            "office",
        ])
}
