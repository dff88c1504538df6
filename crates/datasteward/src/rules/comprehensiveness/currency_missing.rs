use crate::lexicon::fold;
use crate::lexicon::language::Language;
use crate::lexicon::roles::Role;
use crate::lexicon::units::{self, Family};
use crate::rule::{Check, Draft, Reason, Subject, Verdict, declare_rule, of_all, quoted_list};

declare_rule! {
    /// Amounts of money have no currency.
    ///
    /// ## Why it matters
    /// A reader from elsewhere cannot tell dollars from pesos, and nobody can compare the amounts with others.
    ///
    /// ## How to mend it
    /// Write the currency in brackets after the name, for example `Cost (US dollars)`, or set it in the display format.
    ///
    /// ## Bad
    /// ```record.json
    /// {"datasteward": "1", "id": "aid", "title": "Grants", "columns": [{"name": "Country"}, {"name": "Grant amount", "type": "number"}]}
    /// ```
    ///
    /// ## Good
    /// ```record.json
    /// {"datasteward": "1", "id": "aid", "title": "Grants", "columns": [{"name": "Country"}, {"name": "Grant amount", "type": "number", "unit": "EUR"}]}
    /// ```
    ///
    /// ## Source
    /// City of Los Angeles, data standards checklist: units are included.
    rule {
        id: "currency-missing",
        code: "M6-02",
        item: M6,
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
    let dataset = subject.dataset;
    let judged = subject.judged;
    let money = || {
        judged
            .judged_columns()
            .filter(|(_, column)| column.role == Role::Money)
    };
    let amounts = money().count();
    if amounts == 0 {
        return Verdict::NotApplicable(Reason::NoMeasures);
    }
    // Where the publisher's country is known, its currency goes without saying. So it does on the portal of a city
    // whose records are too short to tell their language.
    let at_home = judged.home_currency.is_some()
        || (dataset.served_by_portal
            && dataset.domain.is_filled()
            && matches!(judged.language, Language::English | Language::Unknown));
    let said_for_all = at_home
        || judged
            .unit_of_all
            .as_ref()
            .is_some_and(|unit| unit.family == Family::Money)
        || units::names_currency(dataset.description_text())
        || units::names_currency(dataset.title_text());
    if said_for_all {
        return Verdict::Pass;
    }
    let columns = dataset.columns.listed();
    let without: Vec<_> = money()
        .filter(|(_, column)| column.unit.is_none() && column.unit_needed)
        .filter_map(|(index, _)| columns.get(index))
        .filter(|column| is_amount(column.shown_name()))
        .filter(|column| {
            !units::names_currency(column.description_text()) && !column.shown_name().contains('#')
        })
        .collect();
    if without.is_empty() {
        return Verdict::Pass;
    }
    let names = quoted_list(without.iter().map(|column| column.shown_name()));
    let message = if without.len() == 1 {
        format!("The amount {names} has no currency")
    } else {
        format!(
            "{} have no currency: {names}",
            of_all(without.len(), amounts, "amount", "amounts")
        )
    };
    let draft = Draft::new("columns.unit", message)
        .at_all(without.iter().filter_map(|column| column.name_at()))
        .of(without.len(), amounts);
    Verdict::fail(draft)
}

/// Not a count of payments, nor a logarithm or a share of money.
fn is_amount(name: &str) -> bool {
    !fold::name_words(name).iter().any(|word| {
        matches!(
            word.as_str(),
            "log"
                | "share"
                | "correlation"
                | "cantidad"
                | "index"
                | "score"
                | "ratio"
                | "rank"
                | "gdp"
                | "sek"
        )
    })
}
