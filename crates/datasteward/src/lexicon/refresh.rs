//! Refresh rates: vocabularies, intervals, promises in running text.
//!
//! [`parse`] reads the value of a refresh field in any vocabulary we know. [`promised_in`] finds promises in a
//! description and tells an update ("updated weekly") from a measurement ("weekly cases"). Where a sentence leaves
//! room for doubt it says nothing. Vocabularies are in `data/refresh.tsv`, the words around them in
//! `data/refresh_words.tsv`.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::dates::{self, Duration};

mod keys;
mod phrase;
mod promise;
mod rate;
mod retired;
mod words;

pub use keys::{is_refresh_key, refresh_key_rank};
use phrase::{phrase, rate_at};
pub use promise::{Cadence, contradicts, promised_in, stated};
pub use rate::{Class, Rate};
use rate::{measured, period};
pub use retired::{Retired, Strength, retired_in};
use words::Unit;
pub(in crate::lexicon) use words::{Gap, Token, tokens};

/// A value longer than this is prose, not a rate.
const LONGEST_VALUE: usize = 400;
/// The longest label has so many words.
const LABEL_WORDS: usize = 7;

/// The vocabularies, made ready for look-ups. The maps are never walked, so their order reaches nothing.
struct Table {
    rates: Vec<Rate>,
    /// Label without blanks and signs → (rate, may stand in running text).
    by_key: HashMap<String, (usize, bool)>,
    by_iso: HashMap<&'static str, usize>,
    /// Words with which a label can begin.
    first_words: HashSet<String>,
}

impl Table {
    fn rate(&self, at: usize) -> Option<Rate> {
        self.rates.get(at).cloned()
    }

    fn read() -> Self {
        let mut table = Self {
            rates: Vec::new(),
            by_key: HashMap::new(),
            by_iso: HashMap::new(),
            first_words: HashSet::new(),
        };
        let lines = include_str!("../../data/refresh.tsv").lines();
        for line in lines.skip(2) {
            table.read_line(line);
        }
        table
    }

    fn read_line(&mut self, line: &'static str) {
        let mut cells = line.split('\t');
        let mut cell = || cells.next().unwrap_or_default();
        let (label, class, iso) = (cell(), Class::named(cell()), cell());
        let at = self.rates.len();
        self.rates.push(Rate {
            class,
            iso: (!iso.is_empty()).then_some(Cow::Borrowed(iso)),
            days: cell().parse().ok(),
            max_age_days: cell().parse().ok(),
            alternative_days: cell().parse().ok(),
            label: Cow::Borrowed(label),
        });
        if class == Class::Periodic {
            self.by_iso.entry(iso).or_insert(at);
        }
        for (cell, in_text) in [(cell(), true), (cell(), false)] {
            for label in cell.split('|').filter(|label| !label.is_empty()) {
                let words = tokens(label);
                if let Some(first) = words.first() {
                    self.first_words.insert(first.text.to_string());
                }
                let key = key_of(&words);
                self.first_words.insert(key.clone());
                self.by_key.entry(key).or_insert((at, in_text));
            }
        }
    }
}

static TABLE: LazyLock<Table> = LazyLock::new(Table::read);

/// Labels that may stand in a sentence, after a colon or beside a word of another language.
fn labels_of_rates() -> impl Iterator<Item = &'static str> {
    let lines = include_str!("../../data/refresh.tsv").lines().skip(2);
    lines.flat_map(|line| {
        let cells: Vec<&str> = line.split('\t').collect();
        let cell = |at: usize| cells.get(at).copied().unwrap_or_default();
        let tells = !matches!(cell(1), "see-description" | "unknown" | "not-applicable");
        let whole = if tells { cell(7) } else { "" };
        cell(6).split('|').chain(whole.split('|'))
    })
}

fn key_of(words: &[Token<'_>]) -> String {
    words.iter().map(|word| word.text.as_ref()).collect()
}

/// Reads the value of a refresh field.
///
/// Labels in English, Spanish, French, German, Portuguese and Italian, codes and addresses of the EU, Dublin Core and
/// ISO 19115 vocabularies, ISO 8601, and phrases such as "every 2 weeks" or "Weekly (Tuesday)".
#[must_use]
pub fn parse(value: &str) -> Rate {
    let value = value.trim();
    if value.is_empty() {
        return Rate::of_class(Class::Unknown, "unknown");
    }
    if value.len() > LONGEST_VALUE {
        return Rate::of_class(Class::Unparsed, "");
    }
    code(value)
        .or_else(|| iso(value))
        .or_else(|| look_up(&tokens(value)))
        .or_else(|| phrase(value))
        .unwrap_or(Rate::of_class(Class::Unparsed, ""))
}

/// Reads a whole number of days, as the Humanitarian Data Exchange writes it: 0 is live, -1 never, -2 as needed.
#[must_use]
pub fn parse_days(days: i64) -> Rate {
    match days {
        -2 => parse("as needed"),
        -1 => parse("never"),
        0 => parse("live"),
        1..=9999 => u16::try_from(days).map_or_else(
            |_| Rate::of_class(Class::Unparsed, ""),
            |days| period(days, Unit::Day),
        ),
        _ => Rate::of_class(Class::Unparsed, ""),
    }
}

/// The last part of an address or of a prefixed name (`freq:monthly`), read as a code.
fn code(value: &str) -> Option<Rate> {
    let named = value.contains("://")
        || [
            "freq:",
            "nal-frequency:",
            "frequency:",
            "eu-frequency:",
            "euvoc:",
            "dct:",
            "mdrfq:",
        ]
        .iter()
        .any(|prefix| value.starts_with(prefix));
    if !named {
        return None;
    }
    let last = value.trim_end_matches('/').rsplit(['/', '#', ':']).next()?;
    look_up(&tokens(last))
        .or_else(|| iso(last))
        .or_else(|| camel_case_times(last))
        .map(Rate::settled)
}

/// `fourTimesAWeek` as data.gouv.fr writes it.
fn camel_case_times(code: &str) -> Option<Rate> {
    let words = super::fold::name_words(code).join(" ");
    let words = tokens(&words);
    rate_at(&words, 0).map(|found| found.rate)
}

fn iso(value: &str) -> Option<Rate> {
    let upper;
    let value = if value.bytes().any(|byte| byte.is_ascii_lowercase()) {
        upper = value.to_ascii_uppercase();
        upper.as_str()
    } else {
        value
    };
    let (length, written) = match dates::repetition(value) {
        Some((_, length)) => (
            length,
            value.rsplit('/').find(|part| part.starts_with('P'))?,
        ),
        None => (dates::duration(value)?, value),
    };
    let days = length.in_days();
    if days < 30.0 / 86_400.0 {
        let mut rate = look_up(&tokens("continuous"))?;
        rate.iso = Some(Cow::Owned(format!("R/{written}")));
        return Some(rate);
    }
    if let Some(rate) = of_one_unit(&length) {
        return Some(rate);
    }
    if let Some(rate) = near(days) {
        return Some(rate.clone());
    }
    Some(measured(days, format!("R/{written}"), written.to_owned()))
}

/// The rate with this period. Decimals are rounded as people please: a third of a week is 0.33 or 0.333.
fn near(days: f64) -> Option<&'static Rate> {
    TABLE.rates.iter().find(|rate| {
        rate.class == Class::Periodic
            && rate
                .days
                .is_some_and(|row| (row - days).abs() <= row * 0.02)
    })
}

/// A period in words: "twice a year", "every 12 days".
///
/// ```
/// use datasteward::lexicon::refresh::spoken_period;
/// assert_eq!(spoken_period(182.6), "twice a year");
/// assert_eq!(spoken_period(12.0), "every 12 days");
/// ```
#[must_use]
pub fn spoken_period(days: f64) -> String {
    near(days).map_or_else(
        || format!("every {days:.0} days"),
        |rate| rate.label.to_string(),
    )
}

/// Whether a value names rates that differ: "Boundaries updated continually, other data annually".
#[must_use]
pub fn names_several(value: &str) -> bool {
    let words = tokens(value);
    let mut found = (0..words.len()).filter_map(|at| rate_at(&words, at));
    let tells = |class| matches!(class, Class::Periodic | Class::Continuous | Class::AsNeeded);
    let first = found.find(|found| tells(found.rate.class));
    first.is_some_and(|first| {
        found.any(|next| tells(next.rate.class) && next.rate.canonical() != first.rate.canonical())
    })
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "checked to be a whole number between 1 and 9999"
)]
fn of_one_unit(length: &Duration) -> Option<Rate> {
    let minutes = length.seconds / 60.0;
    let parts = [
        (length.years, Unit::Year),
        (length.months, Unit::Month),
        (length.weeks, Unit::Week),
        (length.days, Unit::Day),
        (minutes, Unit::Minute),
    ];
    let mut filled = parts.into_iter().filter(|(count, _)| *count > 0.0);
    let (count, unit) = filled.next()?;
    let whole = count.fract() == 0.0 && (1.0..=9999.0).contains(&count);
    (whole && filled.next().is_none()).then(|| period(count as u16, unit))
}

fn look_up(words: &[Token<'_>]) -> Option<Rate> {
    if words.is_empty() || words.len() > LABEL_WORDS {
        return None;
    }
    TABLE
        .by_key
        .get(&key_of(words))
        .and_then(|(at, _)| TABLE.rate(*at))
}

#[cfg(test)]
mod tests {
    use super::{
        Class, contradicts, names_several, parse, parse_days, promised_in, refresh_key_rank,
        retired_in, stated,
    };
    use proptest::prelude::*;

    #[test]
    fn reads_labels_codes_and_intervals() {
        for (value, canonical) in [
            ("Monthly", "R/P1M"),
            ("R/P1M", "R/P1M"),
            ("P30D", "R/P1M"),
            ("P12M", "R/P1Y"),
            ("R/P0.33Y", "R/P4M"),
            ("R/P0.333W", "R/P0.33W"),
            ("R/PT1S", "R/PT1S"),
            ("R/P1Y2M", "R/P1Y2M"),
            ("annually", "R/P1Y"),
            ("Trimestral", "R/P3M"),
            ("journalière", "R/P1D"),
            ("Wöchentlich", "R/P1W"),
            ("woechentlich", "R/P1W"),
            ("taeglich", "R/P1D"),
            ("semestrale", "R/P6M"),
            ("cada 15 minutos", "R/PT15M"),
            ("toutes les 6 heures", "R/PT6H"),
            ("alle 4 Jahre", "R/P4Y"),
            (
                "http://publications.europa.eu/resource/authority/frequency/BIENNIAL",
                "R/P2Y",
            ),
            ("http://purl.org/cld/freq/threeTimesAWeek", "R/P0.33W"),
            ("freq:fortnightly", "R/P2W"),
            ("asNeeded", "as-needed"),
            ("notPlanned", "static"),
            ("Every 6 months", "R/P6M"),
            ("6 months", "R/P6M"),
            ("Weekly (Tuesday)", "R/P1W"),
            ("Weekly, on Thursday", "R/P1W"),
            ("Twice Daily", "R/PT12H"),
            ("4 times daily", "R/PT6H"),
            ("twice a month", "R/P0.5M"),
            ("Annually Fiscal Year", "R/P1Y"),
            ("Updated every other week", "R/P2W"),
            ("Approximately every 15 minutes", "R/PT15M"),
            ("daily/nightly", "R/P1D"),
            ("every 8 years", "R/P8Y"),
            ("On-Demand/As-Needed", "as-needed"),
            ("As requested by the finance office", "as-needed"),
            ("Not Updated (Historic)", "static"),
            ("Static - no further updates. See new table", "static"),
            ("One-time", "static"),
            ("On a continuous basis", "continuous"),
            ("Periodically", "unclear"),
            ("Other - See Description", "unclear"),
            ("N/A", "unclear"),
            ("To be determined", "unstated"),
            ("", "unstated"),
        ] {
            assert_eq!(parse(value).canonical(), canonical, "{value}");
        }
    }

    #[test]
    fn leaves_what_is_no_rate_unparsed() {
        for value in [
            "Pat Example",
            "23/06/2017",
            "anticipated updated 1Q:2020",
            "awaiting a fix",
            "Traffic",
        ] {
            assert_eq!(parse(value).class, Class::Unparsed, "{value}");
        }
    }

    #[test]
    fn keeps_both_readings_of_biannual() {
        let rate = parse("Bi-Annually");
        assert_eq!(rate.class, Class::Ambiguous);
        assert_eq!(
            (rate.days, rate.alternative_days),
            (Some(182.6), Some(730.0))
        );
        assert_eq!(rate.max_age_days, Some(790));
        assert_eq!(rate.settled().max_age_days, Some(190));
        let either = parse("Monthly/Quarterly");
        assert_eq!(
            (either.class, either.canonical()),
            (Class::Ambiguous, "R/P3M")
        );
    }

    #[test]
    fn hears_two_rates_in_one_value() {
        assert!(names_several(
            "Boundaries updated continually, tax data extracted annually."
        ));
        assert!(!names_several("Updated annually"));
        assert!(!names_several("Pat Example"));
    }

    #[test]
    fn gives_the_city_of_los_angeles_limits() {
        for (value, limit) in [
            ("hourly", 2),
            ("daily", 3),
            ("weekly", 10),
            ("monthly", 34),
            ("quarterly", 140),
            ("semi-annual", 190),
            ("annual", 375),
            ("every 8 years", 2982),
            ("R/P3D", 5),
        ] {
            assert_eq!(parse(value).max_age_days, Some(limit), "{value}");
        }
    }

    #[test]
    fn reads_counts_of_days() {
        let read = |days| parse_days(days).canonical().to_owned();
        assert_eq!(
            [read(365), read(14), read(90), read(10)],
            ["R/P1Y", "R/P2W", "R/P3M", "R/P10D"]
        );
        assert_eq!(
            [read(-2), read(-1), read(0), read(-9)],
            ["as-needed", "static", "continuous", "unclear"]
        );
    }

    fn promises(text: &str) -> Vec<String> {
        promised_in(text)
            .iter()
            .map(|cadence| cadence.rate.canonical().to_owned())
            .collect()
    }

    #[test]
    fn finds_promises_of_updates() {
        for (text, canonical) in [
            ("Trees of the county. Updated weekly.", "R/P1W"),
            ("Update Frequency : Daily", "R/P1D"),
            ("Trees.Update Frequency: As needed", "as-needed"),
            ("Frequency\n- Publishing:  Monthly", "R/P1M"),
            ("Frequency - Publishing:  As\u{a0}needed", "as-needed"),
            ("Update frequency: never", "static"),
            ("The list is\u{a0}updated every\u{a0}week.", "R/P1W"),
            (
                "The table is automatically updated twice per day.",
                "R/PT12H",
            ),
            ("This data will be updated on a quarterly basis.", "R/P3M"),
            ("Data is refreshed on a 4 hour interval.", "R/PT4H"),
            ("It is updated on the first of every month.", "R/P1M"),
            (
                "The office maintains this list, updating it quarterly.",
                "R/P3M",
            ),
            ("Daily updates on tests in the county.", "R/P1D"),
            (
                "This dataset updates automatically at 1:30 AM every day.",
                "R/P1D",
            ),
            (
                "Every month the data is refreshed from the ledger.",
                "R/P1M",
            ),
            ("Updates are posted twice per year.", "R/P6M"),
            (
                "Cases of the states are collated and published weekly.",
                "R/P1W",
            ),
            ("A new year of data is added annually.", "R/P1Y"),
            (
                "The features are continually updated and may change frequently.",
                "continuous",
            ),
            ("This layer is updated periodically.", "unclear"),
            ("La base est mise à jour quotidiennement.", "R/P1D"),
            ("Data is updated every second Friday.", "R/P2W"),
            ("Data is updated every second Friday of the month.", "R/P1M"),
            ("Updated each quarter.", "R/P3M"),
            ("This dataset is updated twice a year.", "R/P6M"),
            ("Updated fortnightly.", "R/P2W"),
            ("Updated every 15th of the month.", "R/P1M"),
            ("Updated at the end of each fiscal year.", "R/P1Y"),
            ("Data is updated Monday through Friday.", "R/P1D"),
            ("Datos con actualización bimestral.", "R/P2M"),
            ("Der Datensatz wird täglich aktualisiert.", "R/P1D"),
        ] {
            assert_eq!(
                promises(text).first().map(String::as_str),
                Some(canonical),
                "{text}"
            );
        }
    }

    #[test]
    fn finds_every_label_that_may_stand_in_a_sentence() {
        let lines = include_str!("../../data/refresh.tsv").lines().skip(2);
        for cells in lines.map(|line| line.split('\t').collect::<Vec<_>>()) {
            let labels = cells.get(6).copied().unwrap_or_default();
            for label in labels.split('|').filter(|label| !label.is_empty()) {
                let expected = parse(label).canonical().to_owned();
                assert_eq!(
                    promises(&format!("It is updated {label}.")),
                    [expected],
                    "{label}"
                );
            }
        }
    }

    #[test]
    fn stays_silent_where_no_update_is_promised() {
        for text in [
            "Daily maximum temperature and monthly averages, released by the office.",
            "Updated daily counts of visitors.",
            "The table was updated monthly until 2015.",
            "The data is updated monthly until June 2015.",
            "This table is no longer updated daily.",
            "Please refer to the bulletin for weekly updates to the footnote.",
            "This website is updated daily.",
            "The plan is updated every five years.",
            "An annual report will be published each December.",
            "These aerials may be updated every 5 or 6 years.",
            "For the new table (refreshed daily), see the portal.",
            "Not all tables are updated daily.",
            "The file will be changing to daily updates.",
            "Data is refreshed hourly within the department's systems.",
            "Updated on 4 May 2019 with weekly cases for each year.",
            "Last updated: 2019-05-04",
            "This draft is not meant to be updated yearly.",
            "Data is published for the towns on an annual basis through their survey.",
        ] {
            assert_eq!(promises(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn reads_promises_in_other_languages() {
        for (text, label) in [
            ("Fréquence de mise à jour : annuelle", "R/P1Y"),
            ("Fréquence d'actualisation : trimestrielle", "R/P3M"),
            ("Les données sont mises à jour chaque semaine.", "R/P1W"),
            ("Aktualisierungsintervall: täglich", "R/P1D"),
            ("Die Daten werden alle zwei Wochen aktualisiert.", "R/P2W"),
            ("Der Datensatz wird quartalsweise fortgeschrieben.", "R/P3M"),
            ("Frequência de atualização: semestral", "R/P6M"),
            ("Los datos se actualizan cada semana.", "R/P1W"),
            ("Se actualiza cada segundo viernes.", "R/P2W"),
            ("Los datos se actualizan dos veces al año.", "R/P6M"),
            ("Se actualiza el primer lunes de cada mes.", "R/P1M"),
            ("Se actualiza todos los días.", "R/P1D"),
            ("Los datos se actualizan quincenalmente.", "R/P2W"),
            ("Mise à jour un vendredi sur deux.", "R/P2W"),
            ("Les données sont actualisées chaque trimestre.", "R/P3M"),
            ("Mise à jour deux fois par an.", "R/P6M"),
            ("Aktualisierung jeden zweiten Freitag.", "R/P2W"),
            ("Die Daten werden zweimal jährlich aktualisiert.", "R/P6M"),
            ("Die Daten werden jedes Quartal aktualisiert.", "R/P3M"),
            ("Wird 14-tägig aktualisiert.", "R/P2W"),
            ("Atualizado a cada segunda sexta-feira.", "R/P2W"),
            ("Os dados são atualizados toda segunda-feira.", "R/P1W"),
            ("Atualizado duas vezes por ano.", "R/P6M"),
            ("Os dados são atualizados a cada trimestre.", "R/P3M"),
        ] {
            let found = promised_in(text);
            let rates: Vec<&str> = found.iter().map(|found| found.rate.canonical()).collect();
            assert_eq!(rates, [label], "{text}");
        }
        for silent in [
            "Dernière mise à jour : annuelle 2015",
            "Nicht aktualisiert.",
            "Ya no se actualiza cada mes.",
            "N'est plus mis à jour chaque mois.",
            "Não é mais atualizado a cada mês.",
            "Wird nicht mehr monatlich aktualisiert.",
            "Cubre toda la ciudad y se actualiza.",
        ] {
            assert!(promised_in(silent).is_empty(), "{silent}");
        }
    }

    #[test]
    fn marks_where_the_promise_stands() {
        let text = "Bäume. The list is updated at least once a year.";
        let found = promised_in(text);
        let cadence = found.first().expect("a promise");
        assert_eq!(text.get(cadence.start..cadence.end), Some("once a year"));
        assert!(cadence.at_least);
    }

    #[test]
    fn reports_a_text_that_contradicts_the_field() {
        let clash =
            |field: &str, text: &str| contradicts(&parse(field), &promised_in(text)).is_some();
        assert!(clash("hourly", "Data is refreshed on a 4 hour interval."));
        assert!(clash("Historical data", "Update Frequency: Annually"));
        assert!(!clash("weekly", "Updated each Friday."));
        assert!(!clash("daily", "Updated twice a day."));
        assert!(!clash("Multiple times daily", "Refreshed every two hours."));
        assert!(!clash("monthly", "Updated at least annually."));
        assert!(!clash("Biannually", "Updated every two years."));
        assert!(clash("as needed", "Updated weekly."));
        assert!(clash(
            "As Needed",
            "This measure is calculated every two years."
        ));
        assert!(!clash("as needed", "Updated weekly or as needed."));
        assert!(!clash("as needed", "Rates are calculated per year."));
        assert!(!clash("monthly", "Updated weekly and as needed."));
        assert!(!clash("annual", "Monthly averages."));
    }

    #[test]
    fn takes_the_promise_from_the_field_then_from_the_text() {
        let told = |field: Option<&str>, text| {
            stated(field.map(parse).as_ref(), "Trees", text)
                .canonical()
                .to_owned()
        };
        assert_eq!(told(Some("Weekly"), "Updated monthly."), "R/P1W");
        assert_eq!(
            told(Some("Other - See Description"), "Updated monthly."),
            "R/P1M"
        );
        assert_eq!(told(Some("Other - See Description"), "Trees."), "unclear");
        assert_eq!(
            told(None, "Updated periodically. Updated monthly."),
            "R/P1M"
        );
        assert_eq!(told(None, "This dataset is no longer updated."), "static");
        assert_eq!(
            told(None, "Year-end snapshot of trees for the year 2019."),
            "static"
        );
        assert_eq!(told(None, "A snapshot of trees."), "unstated");
        assert_eq!(told(None, "Trees."), "unstated");
    }

    proptest! {
        #[test]
        fn never_panics(text in "\\PC{0,80}") {
            let _ = (parse(&text), promised_in(&text), retired_in(&text, &text), refresh_key_rank(&text));
        }

        #[test]
        fn spans_lie_in_the_text(text in "((updated|every|week|daily|is|data|été|no longer|:|\\.|\n|2|twice|a|frequency|update|ü)[ -]?){0,20}") {
            let _ = parse(&text);
            for cadence in promised_in(&text) {
                prop_assert!(text.get(cadence.start..cadence.end).is_some_and(|span| !span.is_empty()));
            }
            if let Some(retired) = retired_in("", &text) {
                prop_assert!(text.get(retired.start..retired.end).is_some());
            }
        }
    }
}
