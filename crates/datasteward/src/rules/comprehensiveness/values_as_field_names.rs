use std::collections::BTreeMap;

use crate::judgement::TextVerdict;
use crate::lexicon::dates;
use crate::lexicon::titles::{self, Kind};
use crate::limits;
use crate::model::Column;
use crate::rule::{Check, Draft, Severity, Subject, Verdict, declare_rule, quoted_list};

declare_rule! {
    /// Years or months stand as field names where they should be values.
    ///
    /// ## Why it matters
    /// Each new year changes the table, and readers must turn it around before they can filter, draw or compare it.
    ///
    /// ## How to mend it
    /// Publish one row per period, with one field for the period and one for the value.
    ///
    /// ## Bad
    /// ```record.json
    /// {"datasteward": "1", "id": "claims", "title": "New claims", "columns": [{"name": "Office"}, {"name": "2019"}, {"name": "2020"}, {"name": "2021"}]}
    /// ```
    ///
    /// ## Good
    /// ```record.json
    /// {"datasteward": "1", "id": "claims", "title": "New claims", "columns": [{"name": "Office"}, {"name": "Year"}, {"name": "New claims"}]}
    /// ```
    rule {
        id: "values-as-field-names",
        code: "M5-07",
        item: M5,
        severity: Warning,
        status: Stable,
        derived_too: false,
        check: Check::Dataset(check),
    }
}

/// Fields whose names differ in their period only.
struct Spread<'d> {
    kind: Kind,
    /// Nothing but the period stands in the names.
    bare: bool,
    columns: Vec<(&'d Column<'d>, TextVerdict)>,
}

fn check(subject: &Subject<'_>) -> Verdict {
    if let Some(verdict) = subject.without_columns() {
        return verdict;
    }
    let judged = subject.judged.judged_columns().count();
    let is_wide = |count| count >= limits::SPREAD_FIELDS && count * limits::SPREAD_ONE_IN >= judged;
    // Most tables have too few such names for any spread, and none of them is taken apart.
    let columns = dated(subject);
    let months = months(subject);
    if months.is_none() && !is_wide(columns.len()) {
        return Verdict::Pass;
    }
    let Some(mut widest) = spreads(&columns)
        .into_iter()
        .chain(months)
        .filter(|spread| is_wide(spread.columns.len()))
        .max_by_key(|spread| spread.columns.len())
    else {
        return Verdict::Pass;
    };
    widest
        .columns
        .sort_by_key(|(column, _)| column.shown_name());
    let count = widest.columns.len();
    let (one, period) = match widest.kind {
        Kind::Month if widest.columns.iter().all(|(column, _)| is_day(column)) => ("day", "dates"),
        Kind::Quarter => ("quarter", "quarters"),
        Kind::Month => ("month", "months"),
        Kind::Week => ("week", "weeks"),
        Kind::Year | Kind::Place => ("year", "years"),
    };
    let names = quoted_list(widest.columns.iter().map(|(column, _)| column.shown_name()));
    let message = if widest.bare {
        format!("{count} of {judged} field names are {period}, not names: {names}")
    } else {
        format!("{count} of {judged} fields repeat one thing for {count} {period}: {names}")
    };
    let silent = widest
        .columns
        .iter()
        .all(|(_, text)| matches!(text, TextVerdict::Missing | TextVerdict::Placeholder));
    let severity = if widest.bare && silent {
        Severity::Warning
    } else {
        Severity::Info
    };
    let draft = Draft::new("columns.name", message)
        .at_all(
            widest
                .columns
                .iter()
                .filter_map(|(column, _)| column.name_at()),
        )
        .of(count, judged)
        .weighing(severity)
        .mend(format!(
            "Publish one row per {one}, with one field for the {one} and one for the value; the wide table can stay as a view."
        ));
    Verdict::fail(draft)
}

/// The fields that are named by months and nothing else. One `May` or `Mar` may be anything; half a year of them is a calendar.
fn months<'d>(subject: &Subject<'d>) -> Option<Spread<'d>> {
    let columns = subject.dataset.columns.listed();
    let mut found = BTreeMap::new();
    for (index, judged) in subject.judged.judged_columns() {
        let Some(column) = columns.get(index) else {
            continue;
        };
        if let Some(month) = dates::month_alone(column.shown_name()) {
            found.entry(month).or_insert((column, judged.description));
        }
    }
    (found.len() >= limits::SPREAD_MONTHS).then(|| Spread {
        kind: Kind::Month,
        bare: true,
        columns: found.into_values().collect(),
    })
}

/// Whether a name is a day in numbers: `1/11/2022`.
fn is_day(column: &Column<'_>) -> bool {
    let mut parts = column.shown_name().trim().split(['/', '-', '.']);
    let are_numbers = parts
        .by_ref()
        .take(3)
        .filter(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
        .count();
    are_numbers == 3 && parts.next().is_none()
}

/// The fields in whose names a period may stand, with what their descriptions are.
fn dated<'d>(subject: &Subject<'d>) -> Vec<(&'d Column<'d>, TextVerdict)> {
    let columns = subject.dataset.columns.listed();
    let judged = subject.judged.judged_columns();
    let named =
        judged.filter_map(|(index, judged)| Some((columns.get(index)?, judged.description)));
    named
        .filter(|(column, _)| {
            let name = column.shown_name();
            name.len() <= limits::LONGEST_SPREAD_NAME && titles::may_name_period(name)
        })
        .collect()
}

fn spreads<'d>(columns: &[(&'d Column<'d>, TextVerdict)]) -> Vec<Spread<'d>> {
    let mut found: BTreeMap<(Kind, String), (Vec<String>, Spread<'d>)> = BTreeMap::new();
    for &(column, description) in columns {
        let name = column.shown_name();
        let skeleton = titles::skeleton_of(name);
        let Some(slot) = skeleton.slots.iter().find(|slot| slot.kind.is_period()) else {
            continue;
        };
        let rest = skeleton
            .key
            .split(' ')
            .filter(|word| !word.starts_with('<'));
        let bare = rest
            .clone()
            .all(|word| word.bytes().all(|byte| byte.is_ascii_digit()));
        let (periods, spread) = found
            .entry((slot.kind, rest.collect::<Vec<_>>().join(" ")))
            .or_insert_with(|| {
                let columns = Vec::new();
                let kind = slot.kind;
                (
                    Vec::new(),
                    Spread {
                        kind,
                        bare,
                        columns,
                    },
                )
            });
        let period = skeleton.period();
        if !periods.contains(&period) {
            periods.push(period);
            spread.columns.push((column, description));
        }
    }
    found.into_values().map(|(_, spread)| spread).collect()
}

#[cfg(test)]
mod tests {
    use crate::{Options, Source, check};

    fn message(names: &[&str]) -> Option<String> {
        let fields: Vec<_> = names
            .iter()
            .map(|name| format!(r#"{{"name": "{name}"}}"#))
            .collect();
        let text = format!(
            r#"{{"datasteward": "1", "id": "rain", "title": "Rain by station", "columns": [{}]}}"#,
            fields.join(", ")
        );
        let report = check(
            &[Source::new("a.json", text.as_bytes())],
            &Options::default(),
        );
        let told = |rule: &str| rule == "values-as-field-names";
        let found = report.findings.iter().find(|it| told(&it.rule));
        found.map(|it| it.message.to_string())
    }

    #[test]
    fn months_that_stand_alone_are_months_in_every_language() {
        for names in [
            ["Station", "Jan", "Feb", "Mar", "Apr", "May", "Jun"],
            ["Station", "March", "April", "May", "June", "July", "August"],
            [
                "Estación",
                "enero",
                "febrero",
                "marzo",
                "abril",
                "mayo",
                "junio",
            ],
            [
                "Station", "Januar", "Februar", "März", "April", "Mai", "Juni",
            ],
        ] {
            let told = message(&names).unwrap_or_default();
            assert!(
                told.starts_with("6 of 7 field names are months"),
                "{names:?}: {told}"
            );
        }
    }

    #[test]
    fn a_few_words_that_may_be_months_are_none() {
        assert_eq!(message(&["Set", "Out", "Mar", "Station"]), None);
    }

    #[test]
    fn days_are_not_called_months() {
        let told = message(&["Station", "1/11/2022", "1/18/2022", "1/25/2022"]).unwrap_or_default();
        assert!(told.starts_with("3 of 4 field names are dates"), "{told}");
    }
}
