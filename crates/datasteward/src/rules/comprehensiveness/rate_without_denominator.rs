use crate::lexicon::fold;
use crate::lexicon::roles::Role;
use crate::lexicon::units;
use crate::rule::{Check, Draft, Reason, Subject, Verdict, declare_rule, of_all, quoted_list};

declare_rule! {
    /// Rates do not say per what.
    ///
    /// ## Why it matters
    /// A rate of 12 may be alarming per hundred residents and harmless per hundred thousand.
    ///
    /// ## How to mend it
    /// Say in the name or the description what it is a rate of and per what, for example `Injuries per 1,000 residents`.
    ///
    /// ## Bad
    /// ```record.json
    /// {"datasteward": "1", "id": "i", "title": "Injuries", "columns": [{"name": "County"}, {"name": "Injury rate", "type": "number"}]}
    /// ```
    ///
    /// ## Good
    /// ```record.json
    /// {"datasteward": "1", "id": "i", "title": "Injuries", "columns": [{"name": "County"}, {"name": "Injury rate", "type": "number", "description": "Injuries per 1,000 residents"}]}
    /// ```
    ///
    /// ## Source
    /// City of Los Angeles, data standards checklist: units are included.
    rule {
        id: "rate-without-denominator",
        code: "M6-04",
        item: M6,
        severity: Warning,
        status: Stable,
        derived_too: false,
        check: Check::Dataset(check),
    }
}

fn check(subject: &Subject<'_>) -> Verdict {
    if let Some(verdict) = subject.without_columns() {
        return verdict;
    }
    let (judged, dataset) = (subject.judged, subject.dataset);
    let columns = dataset.columns.listed();
    let rates = || {
        judged
            .judged_columns()
            .filter(|(_, column)| column.role == Role::Rate && column.unit_needed)
            .filter(|(index, _)| {
                columns
                    .get(*index)
                    .is_some_and(|column| is_open(column.shown_name()))
            })
    };
    let count = rates().count();
    if count == 0 {
        return Verdict::NotApplicable(Reason::NoMeasures);
    }
    let said_for_all = judged.unit_of_all.is_some()
        || units::names_denominator(dataset.description_text())
        || units::names_denominator(dataset.title_text());
    let without: Vec<_> = rates()
        .filter(|(_, column)| column.unit.is_none() && !said_for_all)
        .filter_map(|(index, _)| columns.get(index))
        .filter(|column| {
            !units::names_denominator(column.shown_name())
                && !units::names_denominator(column.description_text())
        })
        .collect();
    if without.is_empty() {
        return Verdict::Pass;
    }
    let names = quoted_list(without.iter().map(|column| column.shown_name()));
    let message = if without.len() == 1 {
        format!("The rate {names} does not say per what")
    } else {
        format!(
            "{} do not say per what: {names}",
            of_all(without.len(), count, "rate", "rates")
        )
    };
    let draft = Draft::new("columns.unit", message)
        .at_all(without.iter().filter_map(|column| column.name_at()))
        .of(without.len(), count);
    Verdict::fail(draft)
}

/// Rates of events among people or places are given per thousand, per hundred thousand or per cent, as each field has
/// it; rates of pupils, votes or homes (graduation, turnout, vacancy) are read as per cent by everyone.
fn is_open(name: &str) -> bool {
    let words = fold::name_words(name);
    words.len() <= 6
        && words.iter().any(|word| EVENTS.contains(&word.as_str()))
        && !words.iter().any(|word| word == "clearance")
}

const EVENTS: [&str; 31] = [
    "accident",
    "arrest",
    "birth",
    "births",
    "burglary",
    "case",
    "cases",
    "collision",
    "crash",
    "crime",
    "crimes",
    "death",
    "deaths",
    "density",
    "disease",
    "fatality",
    "fertility",
    "homicide",
    "hospitalization",
    "incidence",
    "incident",
    "infection",
    "injury",
    "injuries",
    "morbidity",
    "mortality",
    "natality",
    "offense",
    "offence",
    "prevalence",
    "suicide",
];
