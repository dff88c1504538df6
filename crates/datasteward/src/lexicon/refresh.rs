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
mod promise;
mod retired;
mod words;

pub use keys::{is_refresh_key, refresh_key_rank};
pub use promise::{Cadence, contradicts, promised_in, stated};
pub use retired::{Retired, Strength, retired_in};
pub(in crate::lexicon) use words::{Gap, Token, tokens};
use words::{Unit, Word};

/// A value longer than this is prose, not a rate.
const LONGEST_VALUE: usize = 400;
/// The longest label has so many words.
const LABEL_WORDS: usize = 7;

/// What kind of promise a refresh rate is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// At fixed intervals.
    Periodic,
    /// All the time.
    Continuous,
    /// When something changes or someone asks.
    AsNeeded,
    /// At no fixed times.
    Irregular,
    /// "Periodically", "regularly": now and then, nobody knows when.
    Unspecific,
    /// Kept as it was.
    Historical,
    /// Published once.
    OneTime,
    /// No update is planned.
    NotPlanned,
    /// The value sends the reader to the description.
    SeeDescription,
    /// The value says that the rate is not known, or is empty.
    Unknown,
    /// The value says that the question does not apply: "N/A".
    NotApplicable,
    /// Two readings are possible: "biannual".
    Ambiguous,
    /// Not a refresh rate that we can read.
    Unparsed,
}

impl Class {
    fn named(name: &str) -> Self {
        match name {
            "periodic" => Self::Periodic,
            "continuous" => Self::Continuous,
            "as-needed" => Self::AsNeeded,
            "irregular" => Self::Irregular,
            "unspecific" => Self::Unspecific,
            "historical" => Self::Historical,
            "one-time" => Self::OneTime,
            "not-planned" => Self::NotPlanned,
            "see-description" => Self::SeeDescription,
            "unknown" => Self::Unknown,
            "not-applicable" => Self::NotApplicable,
            "ambiguous" => Self::Ambiguous,
            _ => Self::Unparsed,
        }
    }

    /// Whether no further update is to be expected.
    #[must_use]
    pub fn is_static(self) -> bool {
        matches!(self, Self::Historical | Self::OneTime | Self::NotPlanned)
    }
}

/// A refresh rate as understood.
#[derive(Debug, Clone, PartialEq)]
pub struct Rate {
    /// What kind of promise it is.
    pub class: Class,
    /// The ISO 8601 repetition, such as `R/P1M`. Of two readings the main one.
    pub iso: Option<Cow<'static, str>>,
    /// The mean period in days.
    pub days: Option<f64>,
    /// The period of the other reading, in days.
    pub alternative_days: Option<f64>,
    /// The data is on time while its age in days is below this. Of two readings the longer one counts.
    pub max_age_days: Option<u32>,
    /// For messages: "monthly", "every 8 years".
    pub label: Cow<'static, str>,
}

impl Rate {
    fn of_class(class: Class, label: &'static str) -> Self {
        Self {
            class,
            iso: None,
            days: None,
            alternative_days: None,
            max_age_days: None,
            label: Cow::Borrowed(label),
        }
    }

    /// One short form for every rate: an ISO repetition, `as-needed`, `continuous`, `static`, `unstated` or `unclear`.
    #[must_use]
    pub fn canonical(&self) -> &str {
        match self.class {
            Class::Periodic | Class::Ambiguous => self.iso.as_deref().unwrap_or("unclear"),
            Class::Continuous => self.iso.as_deref().unwrap_or("continuous"),
            Class::AsNeeded | Class::Irregular => "as-needed",
            Class::Historical | Class::OneTime | Class::NotPlanned => "static",
            Class::Unknown => "unstated",
            Class::Unspecific | Class::NotApplicable | Class::SeeDescription | Class::Unparsed => {
                "unclear"
            }
        }
    }

    /// The main reading of an ambiguous label, for slots whose vocabulary fixes it (ISO 19115 `biannually`).
    #[must_use]
    pub fn settled(mut self) -> Self {
        if self.class == Class::Ambiguous && self.iso.is_some() {
            let iso = self.iso.clone().unwrap_or_default();
            if let Some(row) = TABLE
                .by_iso
                .get(iso.as_ref())
                .and_then(|at| TABLE.rate(*at))
            {
                return row;
            }
            self.class = Class::Periodic;
            self.alternative_days = None;
        }
        self
    }

    /// Whether the rate promises updates at intervals that can be reckoned.
    #[must_use]
    pub fn is_periodic(&self) -> bool {
        matches!(self.class, Class::Periodic | Class::Ambiguous) && self.days.is_some()
    }
}

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
    // Decimals are rounded as people please: a third of a week is 0.33 or 0.333.
    let near = TABLE.rates.iter().find(|rate| {
        rate.class == Class::Periodic
            && rate
                .days
                .is_some_and(|row| (row - days).abs() <= row * 0.02)
    });
    if let Some(rate) = near {
        return Some(rate.clone());
    }
    Some(measured(days, format!("R/{written}"), written.to_owned()))
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

/// The rate of one update in so many units.
fn period(count: u16, unit: Unit) -> Rate {
    let (count, unit) = match (count, unit) {
        (n, Unit::Minute) if n % 60 == 0 => return period(n / 60, Unit::Hour),
        (n, Unit::Hour) if n % 24 == 0 => return period(n / 24, Unit::Day),
        (30, Unit::Day) => (1, Unit::Month),
        (60, Unit::Day) => (2, Unit::Month),
        (90, Unit::Day) => (3, Unit::Month),
        (120, Unit::Day) => (4, Unit::Month),
        (180, Unit::Day) => (6, Unit::Month),
        (365, Unit::Day) => (1, Unit::Year),
        (n, Unit::Day) if n % 7 == 0 => (n / 7, Unit::Week),
        (n, Unit::Month) if n % 12 == 0 => (n / 12, Unit::Year),
        (n, Unit::Quarter) => return period(n.saturating_mul(3), Unit::Month),
        (n, Unit::Decade) => (n.saturating_mul(10), Unit::Year),
        other => other,
    };
    let (iso, days, name) = match unit {
        Unit::Minute => (format!("R/PT{count}M"), 1.0 / 1440.0, "minute"),
        Unit::Hour => (format!("R/PT{count}H"), 1.0 / 24.0, "hour"),
        Unit::Day => (format!("R/P{count}D"), 1.0, "day"),
        Unit::Week => (format!("R/P{count}W"), 7.0, "week"),
        Unit::Month | Unit::Quarter => (format!("R/P{count}M"), 30.4375, "month"),
        Unit::Year | Unit::Decade => (format!("R/P{count}Y"), 365.25, "year"),
    };
    if let Some(rate) = TABLE
        .by_iso
        .get(iso.as_str())
        .and_then(|at| TABLE.rate(*at))
    {
        return rate;
    }
    let plural = if count == 1 { "" } else { "s" };
    measured(
        days * f64::from(count),
        iso,
        format!("every {count} {name}{plural}"),
    )
}

/// The rate of so many updates in one unit.
fn times(count: u16, unit: Unit) -> Rate {
    let count = count.max(1);
    let (in_unit, finer, days, letter, name) = match unit {
        Unit::Minute | Unit::Hour => (60, Unit::Minute, 1.0 / 24.0, "H", "hour"),
        Unit::Day => (24, Unit::Hour, 1.0, "D", "day"),
        Unit::Week if count == 5 => return parse("weekdays"),
        Unit::Week => (7, Unit::Day, 7.0, "W", "week"),
        Unit::Month => (0, Unit::Day, 30.4375, "M", "month"),
        Unit::Quarter => return times(count.saturating_mul(4), Unit::Year),
        Unit::Year => (12, Unit::Month, 365.0, "Y", "year"),
        Unit::Decade => (10, Unit::Year, 3652.0, "Y", "decade"),
    };
    if count == 1 {
        return period(1, unit);
    }
    if in_unit > 0 && in_unit % count == 0 {
        return period(in_unit / count, finer);
    }
    let iso = format!("R/P0.{:02.0}{letter}", (100.0 / f64::from(count)).floor());
    let iso = iso.replace("0.50", "0.5");
    if let Some(rate) = TABLE
        .by_iso
        .get(iso.as_str())
        .and_then(|at| TABLE.rate(*at))
    {
        return rate;
    }
    measured(
        days / f64::from(count),
        iso,
        format!("{count} times a {name}"),
    )
}

/// A rate that is not in the table; its grace is a tenth of the period, 2 to 60 days.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "`as` saturates; a period is positive"
)]
fn measured(days: f64, iso: String, label: String) -> Rate {
    let grace = (days / 10.0).ceil().clamp(2.0, 60.0);
    let max_age = if days < 0.5 { 2.0 } else { days.ceil() + grace };
    Rate {
        class: Class::Periodic,
        iso: Some(Cow::Owned(iso)),
        days: Some(days),
        alternative_days: None,
        max_age_days: Some(max_age as u32),
        label: Cow::Owned(label),
    }
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

/// Reads a value that is more than a label.
fn phrase(value: &str) -> Option<Rate> {
    let bare = without_brackets(value);
    let words = tokens(&bare);
    let is_padding = |word: &&Token<'_>| {
        word.means(Word::Adverb)
            || word.means(Word::Tail)
            || word.means(Word::StrongVerb)
            || word.means(Word::ActiveVerb)
            || word.means(Word::Be)
            || matches!(
                word.text.as_ref(),
                "data" | "will" | "fiscal" | "calendar" | "approx"
            )
    };
    let lead = words.iter().take_while(is_padding).count();
    // "a" and "at least" are padding, "once a year" is not.
    for skipped in 0..=lead {
        let rest = words.get(skipped..)?;
        if let Some(rate) = look_up(rest).or_else(|| leading(rest)) {
            return Some(rate);
        }
    }
    let tail = words.iter().rev().take_while(is_padding).count();
    let core = words.get(lead..words.len().saturating_sub(tail));
    core.and_then(look_up).or_else(|| agreed(&words))
}

fn without_brackets(value: &str) -> String {
    let mut depth = 0_usize;
    let mut kept = String::with_capacity(value.len());
    for letter in value.chars() {
        match letter {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            letter if depth == 0 => kept.push(letter),
            _ => {}
        }
    }
    if kept.trim().is_empty() {
        return value.to_owned();
    }
    kept
}

/// A value that begins with a rate: "Weekly, on Thursday", "Static - no further updates", "6 months".
fn leading(words: &[Token<'_>]) -> Option<Rate> {
    if let Some(found) = rate_at(words, 0) {
        return Some(with_second(found, words));
    }
    if let [count, unit] = words
        && let (Some(count), Some(unit)) = (count.number(), unit.unit())
    {
        return Some(period(count, unit));
    }
    if let [first, second, ..] = words
        && first.text == "as"
        && second.text.len() > 4
        && second.text.ends_with("ed")
    {
        return look_up(&tokens("as needed"));
    }
    (1..words.len().min(LABEL_WORDS)).rev().find_map(|count| {
        let breaks_off = words.get(count)?.gap != Gap::Blank;
        let label = words.get(..count)?;
        let long = label.iter().map(|word| word.text.len()).sum::<usize>() >= 4;
        look_up(label).filter(|_| breaks_off && long)
    })
}

/// "Monthly/Quarterly" has two readings, "daily/nightly" one.
fn with_second(found: Found, words: &[Token<'_>]) -> Rate {
    let joins = |word: &Token<'_>| matches!(word.text.as_ref(), "and" | "or" | "to");
    let mut at = found.end;
    while words.get(at).is_some_and(joins) {
        at += 1;
    }
    let first = found.rate;
    let Some(second) = rate_at(words, at).map(|found| found.rate) else {
        return first;
    };
    let (Some(one), Some(two)) = (first.days, second.days) else {
        return first;
    };
    if one.max(two) <= 1.2 * one.min(two) || found.tail {
        return first;
    }
    let (mut longer, shorter) = if one >= two {
        (first, two)
    } else {
        (second, one)
    };
    longer.class = Class::Ambiguous;
    longer.alternative_days = Some(shorter);
    longer
}

/// The one rate that all phrases of a value ("every …", "twice a …") name.
fn agreed(words: &[Token<'_>]) -> Option<Rate> {
    let mut agreed: Option<Rate> = None;
    let mut at = 0;
    while at < words.len() {
        let Some(found) = rate_at(words, at).filter(|found| found.is_phrase) else {
            at += 1;
            continue;
        };
        at = found.end;
        match &agreed {
            Some(first) if first.iso != found.rate.iso => return None,
            _ => agreed = Some(found.rate),
        }
    }
    agreed
}

/// A rate found among words.
#[derive(Debug, Clone)]
struct Found {
    rate: Rate,
    /// The word after it.
    end: usize,
    /// "every week" and "on a weekly basis" cannot be adjectives; "weekly" can.
    is_phrase: bool,
    /// Whether "basis" or the like closed it.
    tail: bool,
}

/// The rate that begins at this word, if one does.
fn rate_at(words: &[Token<'_>], at: usize) -> Option<Found> {
    let mut found = label_at(words, at)
        .or_else(|| every_at(words, at))
        .or_else(|| one_in_at(words, at))
        .or_else(|| times_at(words, at))
        .or_else(|| counted_at(words, at))?;
    let continues = |word: &Token<'_>| word.gap == Gap::Blank && word.means(Word::Tail);
    if words.get(found.end).is_some_and(continues) {
        found.end += 1;
        found.is_phrase = true;
        found.tail = true;
    }
    Some(found)
}

/// The longest label that begins at this word.
fn label_at(words: &[Token<'_>], at: usize) -> Option<Found> {
    let first = words.get(at)?;
    if !TABLE.first_words.contains(first.text.as_ref()) {
        return None;
    }
    let mut key = String::new();
    let mut best = None;
    for (count, word) in words.iter().skip(at).take(LABEL_WORDS).enumerate() {
        if count > 0 && word.gap != Gap::Blank {
            break;
        }
        key.push_str(&word.text);
        if let Some((row, true)) = TABLE.by_key.get(&key) {
            best = Some((*row, at + count + 1));
        }
    }
    let (row, end) = best?;
    let is_phrase = end - at > 1
        && matches!(
            first.text.as_ref(),
            "every" | "each" | "as" | "on" | "in" | "en" | "em" | "when" | "if"
        );
    Some(Found {
        rate: TABLE.rate(row)?,
        end,
        is_phrase,
        tail: false,
    })
}

fn phrase_found(rate: Rate, end: usize) -> Found {
    Found {
        rate,
        end,
        is_phrase: true,
        tail: false,
    }
}

/// "every 2 weeks", "each month", "every Tuesday", "each December", "cada dos meses", "toutes les 6 heures".
fn every_at(words: &[Token<'_>], at: usize) -> Option<Found> {
    let first = words.get(at)?;
    let text = |at: usize| words.get(at).map_or("", |word| word.text.as_ref());
    let is_day = |at: usize| {
        let text = text(at);
        dates::is_weekday(text) || dates::is_weekday(text.strip_suffix('s').unwrap_or(text))
    };
    let mut next = at + 1;
    let all = matches!(
        first.text.as_ref(),
        "tous" | "toutes" | "todos" | "todas" | "tutti" | "tutte"
    ) && matches!(text(next), "les" | "los" | "las" | "os" | "as" | "i" | "le");
    if all {
        next += 1;
    } else if matches!(first.text.as_ref(), "toda" | "todo") {
        // "toda segunda-feira"; "toda la ciudad" is the whole of it.
        words
            .get(next)
            .filter(|word| is_day(next) || word.unit().is_some())?;
    } else if !first.means(Word::Every) {
        return None;
    }
    if matches!(
        text(next),
        "fiscal" | "calendar" | "school" | "academic" | "financial"
    ) {
        next += 1;
    }
    let word = words.get(next)?;
    if is_day(next) {
        // "a cada segunda sexta-feira": the second word is a Monday only before "feira".
        let second = word.text == "segunda" && is_day(next + 1) && text(next + 1) != "feira";
        return Some(if second {
            phrase_found(period(2, Unit::Week), next + 2)
        } else {
            phrase_found(parse("weekly"), next + 1)
        });
    }
    if word.text.len() > 2 && dates::month_named(&word.text).is_some() {
        return Some(phrase_found(parse("annually"), next + 1));
    }
    if let Some(unit) = word.unit() {
        return Some(phrase_found(period(1, unit), next + 1));
    }
    // "every 1st of the month", "every second Friday of the month"
    let of_the_month = |end: usize| {
        matches!(text(end), "of" | "in" | "im" | "del" | "du" | "do")
            && words.get(end + 1..).is_some_and(|rest| {
                rest.iter()
                    .take(2)
                    .any(|word| word.unit() == Some(Unit::Month))
            })
    };
    if is_ordinal(&word.text) && of_the_month(next + 1) {
        return Some(phrase_found(period(1, Unit::Month), next + 1));
    }
    let (count, end) = range_at(words, next)?;
    if is_day(end) {
        return if of_the_month(end + 1) {
            Some(phrase_found(period(1, Unit::Month), end + 1))
        } else {
            // "every third Thursday" may be that of each month.
            (count == 2).then(|| phrase_found(period(2, Unit::Week), end + 1))
        };
    }
    let unit = words.get(end)?.unit()?;
    Some(phrase_found(period(count, unit), end + 1))
}

/// "1st", "15th".
fn is_ordinal(text: &str) -> bool {
    let digits = text.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
    let end = text.get(digits.len()..).unwrap_or_default();
    !digits.is_empty()
        && digits.bytes().all(|byte| byte.is_ascii_digit())
        && matches!(end, "st" | "nd" | "rd" | "th")
}

/// "un vendredi sur deux", "une semaine sur deux".
fn one_in_at(words: &[Token<'_>], at: usize) -> Option<Found> {
    let [one, what, on, count] = words.get(at..at + 4)? else {
        return None;
    };
    if !matches!(one.text.as_ref(), "un" | "une") || on.text != "sur" {
        return None;
    }
    let unit = what
        .unit()
        .or_else(|| dates::is_weekday(&what.text).then_some(Unit::Week))?;
    Some(phrase_found(period(count.number()?, unit), at + 4))
}

/// A number, or the larger one of "5 or 6", "2-3"; and the word after it.
fn range_at(words: &[Token<'_>], at: usize) -> Option<(u16, usize)> {
    let first = words.get(at)?.number()?;
    let mut next = at + 1;
    let joined = words
        .get(next)
        .is_some_and(|word| matches!(word.text.as_ref(), "or" | "to" | "a" | "ou" | "o" | "oder"));
    if joined
        && words
            .get(next + 1)
            .is_some_and(|word| word.number().is_some())
    {
        next += 1;
    }
    match words.get(next).and_then(Token::number) {
        Some(second) if words.get(next).is_some_and(|word| word.unit().is_none()) => {
            Some((first.max(second), next + 1))
        }
        _ => Some((first, at + 1)),
    }
}

/// "once a year", "three times per week", "twice every month", "dos veces al mes", "zweimal pro Woche".
fn times_at(words: &[Token<'_>], at: usize) -> Option<Found> {
    let first = words.get(at)?;
    let once = first.pick(|word| match word {
        Word::Times(count) => Some(*count),
        _ => None,
    });
    let says_times = |word: &Token<'_>| {
        matches!(
            word.text.as_ref(),
            "times" | "time" | "veces" | "vez" | "fois" | "mal" | "vezes" | "volte"
        )
    };
    let (count, mut next) = match once {
        Some(count) => (count, at + 1),
        None => (first.number()?, at + 2),
    };
    if once.is_none() && !words.get(at + 1).is_some_and(says_times) {
        return None;
    }
    if let Some(found) = every_at(words, next) {
        // "once every two weeks"; "twice each day" is a count of days again.
        if count == 1 {
            return Some(found);
        }
        let unit = words.get(next + 1)?.unit()?;
        return Some(phrase_found(times(count, unit), next + 2));
    }
    let adverb = words.get(next).and_then(|word| match word.text.as_ref() {
        "daily" | "taglich" => Some(Unit::Day),
        "weekly" | "wochentlich" => Some(Unit::Week),
        "monthly" | "monatlich" => Some(Unit::Month),
        "annually" | "yearly" | "jahrlich" => Some(Unit::Year),
        _ => None,
    });
    if let Some(unit) = adverb {
        return Some(phrase_found(times(count, unit), next + 1));
    }
    if words.get(next).is_some_and(|word| word.text == "in") {
        next += 1;
    }
    if !words.get(next)?.means(Word::Per) {
        return None;
    }
    let unit_at = next + 1;
    let word = words.get(unit_at)?;
    if word.gap != Gap::Blank {
        return None;
    }
    Some(phrase_found(times(count, word.unit()?), unit_at + 1))
}

/// "4 hour interval", "30-minute intervals", "10-minute basis".
fn counted_at(words: &[Token<'_>], at: usize) -> Option<Found> {
    let count = words.get(at)?.number()?;
    let unit = words.get(at + 1)?.unit()?;
    let tail = words.get(at + 2)?;
    (tail.gap == Gap::Blank && tail.means(Word::Tail))
        .then(|| phrase_found(period(count, unit), at + 2))
}

#[cfg(test)]
mod tests {
    use super::{
        Class, Strength, contradicts, is_refresh_key, parse, parse_days, promised_in,
        refresh_key_rank, retired_in, stated,
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
    fn ranks_the_keys_of_custom_fields() {
        for (key, rank) in [
            ("Committed-Update-Frequency_Refresh-rate", Some(0)),
            ("Update_Update-Frequency", Some(1)),
            ("Information_UpdateFrequency", Some(1)),
            ("data_update_frequency", Some(1)),
            ("accrualPeriodicity", Some(1)),
            ("Asset-Details_Asset-Posting-Frequency", Some(2)),
            ("Additional-Information_Frequency", Some(3)),
            ("Time-Period_Other-Update-Frequency", Some(4)),
            ("Asset-Details_Asset-Collection-Frequency", None),
            ("Update-Frequency_Updated-by-", None),
            ("Update_Automation", None),
            ("Common-Core_Last-Update", None),
            ("Data-Owner_Department", None),
        ] {
            assert_eq!(refresh_key_rank(key), rank, "{key}");
            assert_eq!(is_refresh_key(key), rank.is_some(), "{key}");
        }
    }

    #[test]
    fn finds_what_is_retired() {
        let strength =
            |title: &str, text: &str| retired_in(title, text).map(|found| found.strength);
        let certain = Some(Strength::Certain);
        assert_eq!(strength("[ARCHIVED] Permits", ""), certain);
        assert_eq!(strength("Permits 2013 - Archived", ""), certain);
        assert_eq!(
            strength("Permits", "This dataset is no longer being updated."),
            certain
        );
        assert_eq!(
            strength("Permits", "This layer has been DEPRECATED as of 2020."),
            certain
        );
        assert_eq!(
            strength("Permits", "This data has not been maintained or updated."),
            certain
        );
        assert_eq!(
            strength("Permits", "No further updates are expected."),
            certain
        );
        for text in [
            "As of 2015 no longer updated.",
            "Since May 2019 no longer maintained.",
            "Desde 2015 ya no se actualiza.",
            "Este conjunto de datos ya no se actualiza.",
            "Ce jeu de données n'est plus mis à jour depuis 2015.",
            "Les données ne sont plus actualisées.",
            "Der Datensatz wird seit 2015 nicht mehr aktualisiert.",
            "Die Daten werden nicht mehr fortgeschrieben.",
            "Este conjunto de dados não é mais atualizado.",
            "Desde 2015 não é mais atualizado.",
        ] {
            assert_eq!(strength("Permits", text), certain, "{text}");
        }
        assert_eq!(strength("Permits (old)", ""), Some(Strength::Likely));
        for (title, text) in [
            ("Archived recordings", ""),
            ("Retired employees", "Benefits of retired employees."),
            ("Mortality (15-24 years old)", ""),
            ("Permits", "Fans are no longer included."),
            ("Permits", "The port no longer collected fees."),
            ("Permits", "This table lists tables that have been retired."),
            (
                "Permits",
                "Archived datasets will remain but will not be updated.",
            ),
            ("Permits", "The data will not be updated until Monday."),
            ("Permisos", "El censo ya no incluye a los que se mudaron."),
            ("Permisos", "La página de la oficina ya no se actualiza."),
            ("Permis", "Le plan n'est plus mis à jour par la ville."),
            ("Bau", "Die Webseite wird nicht mehr aktualisiert."),
        ] {
            assert_eq!(strength(title, text), None, "{title} {text}");
        }
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
