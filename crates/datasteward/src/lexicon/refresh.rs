//! Refresh rates: vocabularies, intervals, promises in running text.
//!
//! [`parse`] reads the value of a refresh field in any vocabulary we know. [`promised_in`] finds promises in a
//! description and tells an update ("updated weekly") from a measurement ("weekly cases"). Where a sentence leaves
//! room for doubt it says nothing. Vocabularies are in `data/refresh.tsv`, the words around them in
//! `data/refresh_words.tsv`.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use super::dates::{self, Duration};

/// A value longer than this is prose, not a rate.
const LONGEST_VALUE: usize = 400;
/// The longest label has so many words.
const LABEL_WORDS: usize = 7;
/// Two periods this much apart promise different things.
const SAME_WITHIN: f64 = 1.5;

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

/// The vocabularies, made ready for look-ups.
struct Table {
    rates: Vec<Rate>,
    /// Label without blanks and signs → (rate, may stand in running text).
    by_key: BTreeMap<String, (usize, bool)>,
    by_iso: BTreeMap<&'static str, usize>,
    /// Words with which a label can begin.
    first_words: BTreeSet<String>,
}

impl Table {
    fn rate(&self, at: usize) -> Option<Rate> {
        self.rates.get(at).cloned()
    }

    fn read() -> Self {
        let mut table = Self {
            rates: Vec::new(),
            by_key: BTreeMap::new(),
            by_iso: BTreeMap::new(),
            first_words: BTreeSet::new(),
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

/// What a word means beside a refresh rate. A word can mean several things.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Word {
    Unit(Unit),
    Number(u16),
    Times(u16),
    Every,
    Per,
    /// "updated": what is updated is data, or something that the sentence names.
    StrongVerb,
    /// "update": verb or noun.
    ActiveVerb,
    /// "published": may be said of many things.
    WeakVerb,
    Noun,
    /// Update words of other languages.
    Foreign,
    Be,
    Modal,
    /// A word for the dataset itself.
    Data,
    /// A word for something that is not the dataset: a website, a plan.
    Other,
    /// May follow an adverb, so that "weekly" before it is not an adjective.
    Follow,
    /// "basis", "interval".
    Tail,
    /// May stand between verb and rate without weight.
    Adverb,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unit {
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Quarter,
    Year,
    Decade,
}

impl Word {
    fn named(kind: &str) -> Option<Self> {
        let (kind, value) = kind.split_once(' ').unwrap_or((kind, ""));
        Some(match (kind, value) {
            ("unit", "minute") => Self::Unit(Unit::Minute),
            ("unit", "hour") => Self::Unit(Unit::Hour),
            ("unit", "day") => Self::Unit(Unit::Day),
            ("unit", "week") => Self::Unit(Unit::Week),
            ("unit", "month") => Self::Unit(Unit::Month),
            ("unit", "quarter") => Self::Unit(Unit::Quarter),
            ("unit", "year") => Self::Unit(Unit::Year),
            ("unit", "decade") => Self::Unit(Unit::Decade),
            ("number", value) => Self::Number(value.parse().ok()?),
            ("times", value) => Self::Times(value.parse().ok()?),
            ("every", _) => Self::Every,
            ("per", _) => Self::Per,
            ("verb", "strong") => Self::StrongVerb,
            ("verb", "active") => Self::ActiveVerb,
            ("verb", "weak") => Self::WeakVerb,
            ("noun", _) => Self::Noun,
            ("foreign", _) => Self::Foreign,
            ("be", _) => Self::Be,
            ("modal", _) => Self::Modal,
            ("data", _) => Self::Data,
            ("other", _) => Self::Other,
            ("follow", _) => Self::Follow,
            ("tail", _) => Self::Tail,
            ("adverb", _) => Self::Adverb,
            _ => return None,
        })
    }
}

static WORDS: LazyLock<BTreeMap<&'static str, Vec<Word>>> = LazyLock::new(|| {
    let mut words: BTreeMap<&'static str, Vec<Word>> = BTreeMap::new();
    let lines = include_str!("../../data/refresh_words.tsv").lines().skip(1);
    for (kind, names) in lines.filter_map(|line| line.split_once('\t')) {
        if let Some(word) = Word::named(kind) {
            for name in names.split(' ') {
                words.entry(name).or_default().push(word);
            }
        }
    }
    words
});

/// What stands before a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Gap {
    /// Nothing, blanks, a slash or a hyphen inside a compound.
    Blank,
    Comma,
    /// A colon, a dash, a bracket, a full stop: the thought breaks off.
    Hard,
}

#[derive(Debug, Clone)]
struct Token<'a> {
    /// Lower case, without accents.
    text: Cow<'a, str>,
    start: usize,
    end: usize,
    gap: Gap,
}

impl Token<'_> {
    fn means(&self, wanted: Word) -> bool {
        WORDS
            .get(self.text.as_ref())
            .is_some_and(|found| found.contains(&wanted))
    }

    fn pick<T>(&self, choose: impl Fn(&Word) -> Option<T>) -> Option<T> {
        WORDS.get(self.text.as_ref())?.iter().find_map(choose)
    }

    fn unit(&self) -> Option<Unit> {
        self.pick(|word| match word {
            Word::Unit(unit) => Some(*unit),
            _ => None,
        })
    }

    /// The number in digits or words.
    fn number(&self) -> Option<u16> {
        if self.text.len() <= 3 && self.text.bytes().all(|byte| byte.is_ascii_digit()) {
            return self.text.parse().ok().filter(|number| *number > 0);
        }
        self.pick(|word| match word {
            Word::Number(number) => Some(*number),
            _ => None,
        })
    }
}

/// Words of letters and digits with what stands before each.
fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut found = Vec::new();
    let mut gap = Gap::Blank;
    let mut start = None;
    let inside = |letter: char| letter.is_alphanumeric() || matches!(letter, '\'' | '’');
    for (at, letter) in text.char_indices() {
        if inside(letter) {
            start.get_or_insert(at);
            continue;
        }
        if let Some(start) = start.take() {
            push_token(&mut found, text, start, at, gap);
            gap = Gap::Blank;
        }
        let before = text.get(..at).unwrap_or_default();
        let joined = letter == '-' && before.ends_with(inside);
        gap = match letter {
            ',' if gap == Gap::Blank => Gap::Comma,
            '/' | ',' | '*' | '"' | '“' | '”' | '_' => gap,
            letter if letter.is_whitespace() || joined => gap,
            _ => Gap::Hard,
        };
    }
    if let Some(start) = start {
        push_token(&mut found, text, start, text.len(), gap);
    }
    found
}

fn push_token<'a>(found: &mut Vec<Token<'a>>, text: &'a str, start: usize, end: usize, gap: Gap) {
    if let Some(word) = text.get(start..end) {
        found.push(Token {
            text: dates::unaccented(word),
            start,
            end,
            gap,
        });
    }
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
    if let (Some(count), Some(unit)) = (words.first()?.number(), words.get(1)) {
        if let Some(unit) = unit.unit().filter(|_| words.len() == 2) {
            return Some(period(count, unit));
        }
    }
    if let [first, second, ..] = words {
        if first.text == "as" && second.text.len() > 4 && second.text.ends_with("ed") {
            return look_up(&tokens("as needed"));
        }
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
    let mut next = at + 1;
    let french = matches!(first.text.as_ref(), "tous" | "toutes")
        && words.get(next).is_some_and(|word| word.text == "les");
    if french {
        next += 1;
    } else if !first.means(Word::Every) {
        return None;
    }
    let word = words.get(next)?;
    let named_day = word.text.strip_suffix('s').unwrap_or(&word.text);
    if dates::is_weekday(&word.text) || dates::is_weekday(named_day) {
        return Some(phrase_found(parse("weekly"), next + 1));
    }
    if word.text.len() > 2 && dates::month_named(&word.text).is_some() {
        return Some(phrase_found(parse("annually"), next + 1));
    }
    if let Some(unit) = word.unit() {
        return Some(phrase_found(period(1, unit), next + 1));
    }
    let (count, end) = range_at(words, next)?;
    let unit = words.get(end)?.unit()?;
    Some(phrase_found(period(count, unit), end + 1))
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

/// A promise of updates found in running text.
#[derive(Debug, Clone, PartialEq)]
pub struct Cadence {
    /// What is promised.
    pub rate: Rate,
    /// Where the rate begins in the text, in bytes.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// "at least monthly": more often is no contradiction.
    pub at_least: bool,
}

/// Finds what a text promises about updates of the data.
///
/// Measurement cadences ("daily maximum", "weekly cases"), past habits ("was updated monthly until 2015"), updates of
/// other things ("this website is updated daily") and whatever leaves a doubt are left out.
#[must_use]
pub fn promised_in(text: &str) -> Vec<Cadence> {
    let mut found = Vec::new();
    each_sentence(text, begins_with_trigger, |sentence, offset| {
        let words = tokens(sentence);
        let mut in_sentence = Vec::new();
        labelled(sentence, &words, &mut in_sentence);
        if in_sentence.is_empty() {
            spoken(&words, &mut in_sentence);
        }
        for mut cadence in in_sentence {
            cadence.start += offset;
            cadence.end += offset;
            found.push(cadence);
        }
    });
    found.sort_by_key(|cadence: &Cadence| (cadence.start, cadence.end));
    found.dedup_by(|next, kept| next.start < kept.end);
    found
}

/// Whether a word that begins with these letters may be an update word.
fn begins_with_trigger(head: [u8; 4]) -> bool {
    matches!(
        &head,
        b"upda"
            | b"refr"
            | b"uplo"
            | b"relo"
            | b"sync"
            | b"repu"
            | b"over"
            | b"publ"
            | b"post"
            | b"rele"
            | b"load"
            | b"repl"
            | b"expo"
            | b"extr"
            | b"push"
            | b"rege"
            | b"impo"
            | b"popu"
            | b"adde"
            | b"appe"
            | b"actu"
            | b"atua"
            | b"aktu"
            | b"jour"
            | b"aggi"
            | b"real"
    )
}

/// Calls `visit` with each sentence (and its place) that has a word with a wanted head.
fn each_sentence<'a>(
    text: &'a str,
    wanted: impl Fn([u8; 4]) -> bool,
    mut visit: impl FnMut(&'a str, usize),
) {
    let bytes = text.as_bytes();
    let mut start = 0;
    let mut hit = false;
    let mut in_word = false;
    for (at, &byte) in bytes.iter().enumerate() {
        let letter = byte.is_ascii_alphabetic() || byte >= 0x80;
        if letter && !in_word && !hit {
            if let Some(head) = bytes
                .get(at..at + 4)
                .and_then(|head| <[u8; 4]>::try_from(head).ok())
            {
                hit = wanted(head.map(|byte| byte.to_ascii_lowercase()));
            }
        }
        in_word = letter;
        if matches!(byte, b'.' | b'!' | b'?' | b';' | b'\n') && ends_sentence(bytes, at) {
            if hit {
                if let Some(sentence) = text.get(start..at) {
                    visit(sentence, start);
                }
            }
            start = at + 1;
            hit = false;
        }
    }
    if hit {
        if let Some(sentence) = text.get(start..) {
            visit(sentence, start);
        }
    }
}

/// A stop ends a sentence unless the next word is small; one without a blank behind it only between a word and a capital.
fn ends_sentence(bytes: &[u8], at: usize) -> bool {
    let next = |by: usize| bytes.get(at + by).copied();
    let is_stop = bytes.get(at) != Some(&b'\n');
    let Some(following) = next(1) else {
        return true;
    };
    if is_stop && !following.is_ascii_whitespace() {
        let before = at.checked_sub(2).and_then(|from| bytes.get(from..at));
        let after_word = before.is_some_and(|pair| {
            pair.iter()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        });
        return after_word && following.is_ascii_uppercase();
    }
    // Looking ahead stays short, so that a run of blanks costs no more than its length.
    let first = (1..8)
        .map_while(next)
        .find(|byte| !byte.is_ascii_whitespace());
    !first.is_some_and(|byte| byte.is_ascii_lowercase())
}

/// "Update frequency: monthly", "Updates: as needed", "Frecuencia de actualización: mensual".
fn labelled(sentence: &str, words: &[Token<'_>], found: &mut Vec<Cadence>) {
    let is_update = |word: &Token<'_>| {
        word.means(Word::StrongVerb)
            || word.means(Word::ActiveVerb)
            || word.means(Word::Foreign)
            || matches!(
                word.text.as_ref(),
                "publication" | "publishing" | "posting" | "release" | "issuance" | "maintenance"
            )
    };
    for (at, word) in words.iter().enumerate() {
        let near = |from: usize, to: usize| {
            words
                .get(from..to.min(words.len()))
                .is_some_and(|near| near.iter().any(is_update))
        };
        let value_at = match word.text.as_ref() {
            "frequency" | "interval" | "cycle" | "schedule" | "cadence" | "rate"
            | "periodicity" | "frecuencia" | "frequencia" | "frequence" | "periodicidad"
            | "haufigkeit"
                if near(at.saturating_sub(2), at) || near(at + 1, at + 4) =>
            {
                value_after(words, at, 5)
            }
            "updates" | "updated" | "update" | "publishing" | "actualizacion"
            | "aktualisierung" => value_after(words, at, 1),
            _ => None,
        };
        let Some((from, first)) = value_at.and_then(|at| Some((at, words.get(at)?))) else {
            continue;
        };
        let negated = words.get(at.saturating_sub(3)..at).is_some_and(|before| {
            before
                .iter()
                .any(|word| matches!(word.text.as_ref(), "last" | "next" | "no"))
        });
        let (rate, end) = labelled_value(sentence, words, from, first);
        let tells = !matches!(
            rate.class,
            Class::Unparsed | Class::Unknown | Class::NotApplicable | Class::SeeDescription
        );
        if tells && !negated {
            found.push(Cadence {
                rate,
                start: first.start,
                end,
                at_least: false,
            });
            return;
        }
    }
}

/// The word after the colon that follows a label within so many words.
fn value_after(words: &[Token<'_>], label: usize, reach: usize) -> Option<usize> {
    (label + 1..=label + reach).find(|at| words.get(*at).is_some_and(|word| word.gap == Gap::Hard))
}

fn labelled_value(
    sentence: &str,
    words: &[Token<'_>],
    from: usize,
    first: &Token<'_>,
) -> (Rate, usize) {
    if let Some(found) = rate_at(words, from) {
        let end = words.get(found.end - 1).map_or(first.end, |word| word.end);
        return (found.rate, end);
    }
    let rest = sentence.get(first.start..).unwrap_or_default();
    let line = rest.split('\n').next().unwrap_or_default().trim_end();
    (parse(line), first.start + line.len())
}

/// Words before which a promise is no promise.
const DENIALS: [&str; 16] = [
    "not",
    "never",
    "no",
    "longer",
    "isn't",
    "aren't",
    "doesn't",
    "don't",
    "won't",
    "cannot",
    "previously",
    "formerly",
    "originally",
    "last",
    "had",
    "neither",
];

/// Promises made with a verb or noun of updating.
fn spoken(words: &[Token<'_>], found: &mut Vec<Cadence>) {
    if points_elsewhere(words) {
        return;
    }
    for (at, word) in words.iter().enumerate() {
        let promise = if word.means(Word::StrongVerb) {
            passive(words, at, true)
        } else if word.means(Word::WeakVerb) {
            passive(words, at, false)
        } else if word.means(Word::ActiveVerb) {
            active(words, at)
        } else if word.means(Word::Foreign) {
            foreign(words, at)
        } else {
            None
        };
        let Some((from, first)) = promise else {
            continue;
        };
        push_cadences(words, from, first, found);
    }
}

/// Adds the rate and those joined to it: "weekly, monthly and/or annual basis".
fn push_cadences(words: &[Token<'_>], from: usize, first: Found, found: &mut Vec<Cadence>) {
    let before = words.get(from.saturating_sub(3)..from).unwrap_or_default();
    let at_least = before
        .iter()
        .any(|word| matches!(word.text.as_ref(), "least" | "minimum"));
    let mut next = Some((from, first));
    while let Some((from, rate)) = next.take() {
        let (Some(start), Some(end)) = (words.get(from), words.get(rate.end.saturating_sub(1)))
        else {
            return;
        };
        let mut at = rate.end;
        found.push(Cadence {
            rate: rate.rate,
            start: start.start,
            end: end.end,
            at_least,
        });
        let joins = |word: &Token<'_>| {
            matches!(word.text.as_ref(), "and" | "or" | "on" | "a" | "an" | "at")
        };
        while words.get(at).is_some_and(joins) {
            at += 1;
        }
        next = rate_at(words, at).map(|found| (at, found));
    }
}

/// "See … for the weekly updates", "For the current version (updated daily) …": another dataset is meant.
fn points_elsewhere(words: &[Token<'_>]) -> bool {
    let text = |at: usize| words.get(at).map_or("", |word| word.text.as_ref());
    let newer = |at: usize| {
        matches!(
            text(at),
            "new" | "latest" | "most" | "current" | "up" | "updated" | "live"
        )
    };
    let start = usize::from(matches!(text(0), "note" | "please" | "but"));
    (text(start) == "for" && (newer(start + 1) || (text(start + 1) == "the" && newer(start + 2))))
        || (text(start) == "please" && matches!(text(start + 1), "refer" | "see" | "visit"))
        || matches!(text(start), "refer" | "see" | "visit")
}

/// What stands before a verb.
#[derive(Debug, Default)]
struct Before {
    be: bool,
    denied: bool,
    past: bool,
    subject: Option<usize>,
}

fn before_verb(words: &[Token<'_>], verb: usize) -> Before {
    let mut before = Before::default();
    let mut at = verb;
    let mut steps = 0;
    while let Some(index) = at.checked_sub(1).filter(|_| steps < 7) {
        let Some(word) = words.get(index) else { break };
        if words.get(at).is_some_and(|next| next.gap == Gap::Hard) {
            break;
        }
        let text = word.text.as_ref();
        before.denied |=
            DENIALS.contains(&text) || word.means(Word::Modal) || text.ends_with("n't");
        before.past |= matches!(text, "was" | "were" | "been" | "has" | "have" | "had");
        before.be |= word.means(Word::Be);
        let helper = word.means(Word::Be)
            || word.means(Word::Modal)
            || matches!(
                text,
                "will" | "shall" | "has" | "have" | "had" | "and" | "or" | "to" | "only" | "then"
            )
            || DENIALS.contains(&text)
            || text.ends_with("ly")
            || (text.ends_with("ed")
                && words
                    .get(at)
                    .is_some_and(|next| matches!(next.text.as_ref(), "and" | "or")));
        if !helper {
            before.subject = Some(index);
            break;
        }
        at = index;
        steps += 1;
    }
    before
}

impl Before {
    fn subject_is(&self, words: &[Token<'_>], meaning: Word) -> bool {
        self.subject
            .and_then(|at| words.get(at))
            .is_some_and(|word| word.means(meaning))
    }
}

/// "is updated weekly", "updated on a weekly basis", "continuously updated", "Every month the data is refreshed".
fn passive(words: &[Token<'_>], verb: usize, strong: bool) -> Option<(usize, Found)> {
    let before = before_verb(words, verb);
    if before.denied || before.past || before.subject_is(words, Word::Other) {
        return None;
    }
    let tells = strong || before.be || verb == 0 || before.subject_is(words, Word::Data);
    let added = words.get(verb).is_some_and(|word| {
        matches!(
            word.text.as_ref(),
            "added" | "appended" | "imported" | "extracted" | "exported" | "posted"
        )
    });
    if !tells || (!strong && added && !mentions_data(words, verb)) {
        return None;
    }
    let reach = match (strong, before.subject_is(words, Word::Data)) {
        (true, _) => 8,
        (false, true) => 4,
        (false, false) => 0,
    };
    rate_after(words, verb, reach, before.be)
        .or_else(|| rate_ending_at(words, verb).filter(|_| strong && before.be || verb <= 2))
        .or_else(|| leading_rate(words, verb, &before))
}

fn mentions_data(words: &[Token<'_>], verb: usize) -> bool {
    words
        .get(verb.saturating_sub(6)..verb)
        .is_some_and(|near| near.iter().any(|word| word.means(Word::Data)))
}

/// "weekly updates", "will update every Friday", "updating it quarterly", "updates are made as needed".
fn active(words: &[Token<'_>], at: usize) -> Option<(usize, Found)> {
    let before = before_verb(words, at);
    if before.denied || before.past {
        return None;
    }
    let is_noun = words.get(at)?.means(Word::Noun);
    if is_noun && !near_other(words, at + 1) {
        let adjective = rate_ending_at(words, at).filter(|_| may_follow(words, at + 1));
        if adjective.is_some() {
            return adjective;
        }
    }
    if before.subject_is(words, Word::Other) {
        return None;
    }
    rate_after(words, at, 6, false)
}

fn near_other(words: &[Token<'_>], at: usize) -> bool {
    words
        .get(at..words.len().min(at + 5))
        .is_some_and(|near| near.iter().any(|word| word.means(Word::Other)))
}

/// The rate within `reach` words after the verb.
fn rate_after(
    words: &[Token<'_>],
    verb: usize,
    reach: usize,
    passive: bool,
) -> Option<(usize, Found)> {
    let mut distance = 0;
    let mut at = verb + 1;
    while distance <= reach {
        let word = words.get(at)?;
        if word.gap == Gap::Hard && at > verb + 1 {
            return None;
        }
        if let Some(found) = rate_at(words, at) {
            return is_adverbial(words, at, &found, passive && distance == 0)
                .then_some((at, found))
                .filter(|(_, found)| !ended(words, found.end));
        }
        let denial = matches!(word.text.as_ref(), "not" | "than" | "last" | "until");
        if denial
            || word.means(Word::Other)
            || word.means(Word::StrongVerb)
            || word.means(Word::WeakVerb)
        {
            return None;
        }
        distance += usize::from(!word.means(Word::Adverb));
        at += 1;
    }
    None
}

/// Whether the rate says when, and is not an adjective ("weekly cases") or the object of another thought ("for each year").
fn is_adverbial(words: &[Token<'_>], at: usize, found: &Found, directly: bool) -> bool {
    let before = |by: usize| {
        at.checked_sub(by)
            .and_then(|at| words.get(at))
            .map_or("", |word| word.text.as_ref())
    };
    if found.is_phrase {
        return match before(1) {
            "of" => {
                let what = before(2);
                matches!(
                    what,
                    "first"
                        | "end"
                        | "beginning"
                        | "start"
                        | "day"
                        | "close"
                        | "week"
                        | "middle"
                        | "th"
                        | "half"
                ) || what.ends_with(|letter: char| letter.is_ascii_digit())
                    || matches!(what, "1st" | "2nd" | "3rd" | "15th")
                    || dates::month_named(what).is_some()
                    || dates::is_weekday(what)
            }
            "for" | "include" | "includes" | "including" | "from" | "covers" | "covering"
            | "in" | "since" | "between" | "over" | "past" | "reflect" | "reflects" | "not"
            | "than" | "show" | "with" | "per" => false,
            _ => true,
        };
    }
    if matches!(
        before(1),
        "the" | "of" | "for" | "from" | "with" | "this" | "all" | "not" | "than"
    ) {
        return false;
    }
    directly || may_follow(words, found.end)
}

/// Whether what stands here shows that the word before it was no adjective.
fn may_follow(words: &[Token<'_>], at: usize) -> bool {
    words.get(at).is_none_or(|word| {
        word.gap != Gap::Blank
            || word.means(Word::Follow)
            || word
                .text
                .starts_with(|letter: char| letter.is_ascii_digit())
            || dates::month_named(&word.text).is_some()
            || rate_at(words, at).is_some()
    })
}

/// "monthly until 2015": the habit is over.
fn ended(words: &[Token<'_>], at: usize) -> bool {
    let text = |at: usize| words.get(at).map_or("", |word| word.text.as_ref());
    let until = (at..at + 2).find(|at| matches!(text(*at), "until" | "through" | "till"));
    until.is_some_and(|until| {
        (until + 1..until + 4).any(|at| {
            let text = text(at);
            dates::month_named(text).is_some()
                || (text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit()))
        })
    })
}

/// The rate directly before a verb or noun: "continuously updated", "weekly updates".
fn rate_ending_at(words: &[Token<'_>], end: usize) -> Option<(usize, Found)> {
    (end.saturating_sub(5)..end).find_map(|at| {
        let denied = at
            .checked_sub(1)
            .and_then(|at| words.get(at))
            .is_some_and(|word| DENIALS.contains(&word.text.as_ref()));
        let found = rate_at(words, at).filter(|found| found.end == end && !denied)?;
        Some((at, found))
    })
}

/// "Every month the data is refreshed": the rate stands first.
fn leading_rate(words: &[Token<'_>], verb: usize, before: &Before) -> Option<(usize, Found)> {
    let subject = before.subject?;
    if !before.be || !before.subject_is(words, Word::Data) || verb > 12 {
        return None;
    }
    let first = (0..3).find_map(|at| rate_at(words, at).map(|found| (at, found)))?;
    let (_, found) = &first;
    let close = found.is_phrase && found.end <= subject && subject <= found.end + 3;
    close.then_some(first)
}

/// "se actualiza cada mes", "mise à jour mensuelle", "wird täglich aktualisiert".
fn foreign(words: &[Token<'_>], at: usize) -> Option<(usize, Found)> {
    let text = |at: Option<usize>| {
        at.and_then(|at| words.get(at))
            .map_or("", |word| word.text.as_ref())
    };
    if text(Some(at)) == "jour"
        && !(text(at.checked_sub(1)) == "a" && text(at.checked_sub(2)).starts_with("mis"))
    {
        return None;
    }
    let denied = words.get(at.saturating_sub(4)..at).is_some_and(|before| {
        before.iter().any(|word| {
            matches!(
                word.text.as_ref(),
                "no" | "nao" | "pas" | "nicht" | "non" | "ultima" | "derniere" | "letzte"
            )
        })
    });
    if denied {
        return None;
    }
    let whole = |at: usize| {
        let label = words.get(at..=at)?;
        let long = label.first()?.text.len() >= 5;
        let rate = look_up(label).filter(|rate| long && rate.class == Class::Periodic)?;
        Some(phrase_found(rate, at + 1))
    };
    let reach =
        (at + 1..at + 4).take_while(|at| words.get(*at).is_some_and(|word| word.gap != Gap::Hard));
    reach.chain(at.saturating_sub(2)..at).find_map(|at| {
        rate_at(words, at)
            .or_else(|| whole(at))
            .map(|found| (at, found))
    })
}

/// How far the key of a custom field is from naming the refresh rate; the smallest rank is the best, `None` is another field.
///
/// Keys come as `Section_Field` with `-` for blanks, as names (`update_frequency`) or as words.
#[must_use]
pub fn refresh_key_rank(key: &str) -> Option<u8> {
    let field = key.split_once('_').map_or(key, |(_, field)| field);
    let field_words = super::fold::name_words(field);
    let excluded = [
        "last",
        "date",
        "written",
        "next",
        "automation",
        "automated",
        "collection",
        "by",
        "on",
        "method",
        "team",
        "contact",
        "notes",
        "link",
        "url",
    ];
    if field_words
        .iter()
        .any(|word| excluded.contains(&word.as_str()))
    {
        return None;
    }
    let whole: String = super::fold::name_words(key).concat();
    let whole = dates::unaccented(&whole).into_owned();
    let field: String = field_words.concat();
    let field = dates::unaccented(&field).into_owned();
    let plain = [
        "rate",
        "updates",
        "update",
        "value",
        "interval",
        "schedule",
        "cycle",
        "data",
        "frequency",
    ];
    let names_itself = names_refresh(&field);
    if !names_itself && !(names_refresh(&whole) && plain.contains(&field.as_str())) {
        return None;
    }
    let has = |part: &str| whole.contains(part);
    Some(if field.contains("other") {
        4
    } else if has("refresh") {
        0
    } else if field.contains("updat")
        || field.contains("accrual")
        || field.contains("aktualis")
        || field.contains("actuali")
    {
        1
    } else if ["posting", "publi", "issuance", "release"]
        .iter()
        .any(|part| field.contains(part))
    {
        2
    } else if has("updat") {
        1
    } else {
        3
    })
}

/// Whether a custom field with this key holds a refresh rate.
#[must_use]
pub fn is_refresh_key(key: &str) -> bool {
    refresh_key_rank(key).is_some()
}

fn names_refresh(key: &str) -> bool {
    let parts = [
        "refreshrate",
        "refreshfreq",
        "refreshinterval",
        "refreshcycle",
        "refreshschedule",
        "refreshcadence",
        "frequency",
        "frequence",
        "frecuencia",
        "frequencia",
        "frequenza",
        "cadence",
        "periodicit",
        "periodicid",
        "updatecycle",
        "updateinterval",
        "updateschedule",
        "updaterate",
        "updatefreq",
        "updatingschedule",
        "haufigkeit",
        "turnus",
        "aktualisierungsinterval",
        "howoftenaredata",
        "howoftenisdata",
        "howoftenupdated",
        "howoftenisthedata",
        "howoftenarethedata",
    ];
    parts.iter().any(|part| key.contains(part))
}

/// How sure it is that a dataset is retired.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Strength {
    /// A sign, not a statement: "OLD" in the title, updates paused.
    Likely,
    /// Said outright.
    Certain,
}

/// Where a title or text says that the dataset is retired.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Retired {
    /// Whether the words stand in the title; else they stand in the text.
    pub in_title: bool,
    /// Where the words begin, in bytes.
    pub start: usize,
    /// Where they end.
    pub end: usize,
    /// How sure it is.
    pub strength: Strength,
}

/// Finds the words that say that a dataset is archived, retired, replaced or no longer updated.
#[must_use]
pub fn retired_in(title: &str, text: &str) -> Option<Retired> {
    let in_title = retired_title(title);
    if in_title
        .as_ref()
        .is_some_and(|retired| retired.strength == Strength::Certain)
    {
        return in_title;
    }
    let mut in_text: Option<Retired> = None;
    each_sentence(text, begins_with_retirement, |sentence, offset| {
        if in_text
            .as_ref()
            .is_some_and(|found| found.strength == Strength::Certain)
        {
            return;
        }
        if let Some((start, end, strength)) = retired_sentence(&tokens(sentence), offset == 0) {
            if in_text.is_none() || strength == Strength::Certain {
                in_text = Some(Retired {
                    in_title: false,
                    start: start + offset,
                    end: end + offset,
                    strength,
                });
            }
        }
    });
    in_text.or(in_title)
}

fn begins_with_retirement(head: [u8; 4]) -> bool {
    matches!(
        &head,
        b"long"
            | b"disc"
            | b"reti"
            | b"arch"
            | b"depr"
            | b"supe"
            | b"repl"
            | b"main"
            | b"upda"
            | b"stat"
            | b"obso"
            | b"paus"
            | b"susp"
    )
}

/// A mark set apart from the title's words: "[ARCHIVED] …", "… - Archived", "Deprecated: …".
fn retired_title(title: &str) -> Option<Retired> {
    let words = tokens(title);
    let last = words.len().checked_sub(1)?;
    let hyphen_after = |at: usize| {
        let end = words.get(at).map_or(0, |word| word.end);
        title.get(end..).is_some_and(|rest| {
            rest.trim_start()
                .starts_with(['-', ')', ']', ':', '*', '|', '–'])
        })
    };
    words.iter().enumerate().find_map(|(at, word)| {
        let set_apart = (at == 0 && hyphen_after(0))
            || (word.gap == Gap::Hard && (at == last || hyphen_after(at)))
            || (at == last && at > 0);
        let bracketed = word.gap == Gap::Hard || hyphen_after(at);
        let strength = match word.text.as_ref() {
            "archived" | "deprecated" | "retired" | "discontinued" | "superseded" | "obsolete" => {
                Strength::Certain
            }
            "archive" if bracketed && at == 0 => Strength::Likely,
            "old" if bracketed || at == last => Strength::Likely,
            _ => return None,
        };
        set_apart.then_some(Retired {
            in_title: true,
            start: word.start,
            end: word.end,
            strength,
        })
    })
}

fn retired_sentence(words: &[Token<'_>], first_sentence: bool) -> Option<(usize, usize, Strength)> {
    let text = |at: usize| words.get(at).map_or("", |word| word.text.as_ref());
    let span = |from: usize, to: usize, strength: Strength| {
        Some((
            words.get(from)?.start,
            words.get(to.min(words.len().saturating_sub(1)))?.end,
            strength,
        ))
    };
    let mark = matches!(
        text(0),
        "archived" | "deprecated" | "discontinued" | "retired" | "superseded"
    );
    let set_apart = words.len() <= 3 || words.get(1).is_some_and(|word| word.gap == Gap::Hard);
    if first_sentence && mark && set_apart {
        return span(0, 0, Strength::Certain);
    }
    for at in 0..words.len() {
        let end = match (text(at), text(at + 1)) {
            ("no", "longer") => verb_within(words, at + 2, 3, &KEPT),
            ("not", "be" | "been" | "being") => {
                verb_within(words, at + 2, 2, &KEPT).filter(|end| ends_plainly(words, *end))
            }
            ("been", _) => {
                verb_within(words, at + 1, 1, &DROPPED).filter(|end| !kept_elsewhere(words, *end))
            }
            (
                "is" | "are" | "was" | "were" | "now",
                "deprecated" | "discontinued" | "retired" | "obsolete",
            ) => Some(at + 1),
            ("remain" | "remains", "static") => Some(at + 1),
            _ => None,
        };
        if let Some(end) = end.filter(|_| about_the_dataset(words, at)) {
            return span(at, end, Strength::Certain);
        }
        if text(at) == "no"
            && matches!(text(at + 1), "further" | "future" | "more" | "additional")
            && text(at + 2) == "updates"
        {
            return span(at, at + 2, Strength::Certain);
        }
        let stopped = matches!(
            text(at),
            "paused" | "suspended" | "ceased" | "stopped" | "discontinued"
        );
        let updates = words.get(at.saturating_sub(5)..at).is_some_and(|near| {
            near.iter()
                .any(|word| matches!(word.text.as_ref(), "updates" | "updating"))
        });
        if stopped && updates {
            return span(at, at, Strength::Likely);
        }
    }
    None
}

const KEPT: [&str; 7] = [
    "updated",
    "maintained",
    "collected",
    "refreshed",
    "supported",
    "published",
    "produced",
];
const DROPPED: [&str; 7] = [
    "discontinued",
    "retired",
    "archived",
    "deprecated",
    "superseded",
    "replaced",
    "decommissioned",
];

fn verb_within(words: &[Token<'_>], from: usize, reach: usize, verbs: &[&str]) -> Option<usize> {
    (from..from + reach).find(|at| {
        words
            .get(*at)
            .is_some_and(|word| verbs.contains(&word.text.as_ref()))
    })
}

/// "will not be updated frequently" and "not updated until March" promise something after all.
fn ends_plainly(words: &[Token<'_>], verb: usize) -> bool {
    words.get(verb + 1).is_none_or(|next| {
        next.gap != Gap::Blank
            || matches!(
                next.text.as_ref(),
                "or" | "and" | "anymore" | "any" | "further" | "again" | "since" | "after" | "as"
            )
    })
}

/// "has been archived at the centre", "has been replaced with zero".
fn kept_elsewhere(words: &[Token<'_>], verb: usize) -> bool {
    let text = |at: usize| words.get(at).map_or("", |word| word.text.as_ref());
    matches!(
        (text(verb), text(verb + 1)),
        ("archived", "at" | "in" | "by" | "with" | "on")
    ) || (text(verb) == "replaced" && !matches!(text(verb + 1), "by" | "with"))
        || (text(verb) == "replaced"
            && matches!(
                text(verb + 2),
                "zero" | "null" | "0" | "na" | "an" | "random" | "blank"
            ))
}

/// Whether the sentence up to here speaks of this dataset as a whole: "this dataset …", "the data …", "it …".
fn about_the_dataset(words: &[Token<'_>], at: usize) -> bool {
    let before = words.get(at.saturating_sub(10)..at).unwrap_or_default();
    let helper = |word: &Token<'_>| {
        word.means(Word::Be)
            || matches!(
                word.text.as_ref(),
                "will" | "has" | "have" | "and" | "or" | "but" | "also"
            )
    };
    let subject = before.iter().rposition(|word| !helper(word));
    let Some(subject) = subject else {
        return at == 0;
    };
    let word = |at: usize| before.get(at).map_or("", |word| word.text.as_ref());
    let noun = matches!(
        word(subject),
        "dataset"
            | "data"
            | "set"
            | "table"
            | "layer"
            | "file"
            | "feed"
            | "database"
            | "it"
            | "this"
            | "page"
            | "report"
            | "view"
    ) || (matches!(word(subject), "datasets" | "tables" | "layers" | "files")
        && before.iter().any(|word| word.text == "these"));
    let pointed = before.get(..=subject).is_some_and(|head| {
        head.iter()
            .any(|word| matches!(word.text.as_ref(), "this" | "these" | "the" | "it"))
    }) || subject == 0;
    // "it" after another clause may be anything.
    let lone_it = word(subject) == "it" && subject > 2;
    // "This dataset contains … and is no longer updated": the first words say what it is about.
    let opens = matches!(word(0), "this" | "these")
        && subject > 2
        && at <= 10
        && matches!(
            word(1),
            "dataset" | "data" | "layer" | "table" | "view" | "file"
        );
    (noun && pointed && !lone_it && subject <= 6) || opens
}

/// The promise in the text that the field contradicts; `None` if there is none or a doubt remains.
#[must_use]
pub fn contradicts(field: &Rate, text: &[Cadence]) -> Option<usize> {
    let first = text.iter().position(|cadence| cadence.rate.is_periodic());
    if field.class.is_static() {
        return text.iter().position(|cadence| {
            cadence.rate.is_periodic() || cadence.rate.class == Class::Continuous
        });
    }
    let vague = |cadence: &Cadence| {
        matches!(
            cadence.rate.class,
            Class::AsNeeded | Class::Continuous | Class::Irregular
        ) || cadence.rate.class.is_static()
    };
    if !field.is_periodic() || text.iter().any(vague) {
        return None;
    }
    let agrees = |cadence: &Cadence| cadence.rate.is_periodic() && compatible(field, cadence);
    first.filter(|_| !text.iter().any(agrees))
}

fn compatible(field: &Rate, cadence: &Cadence) -> bool {
    let ours = [field.days, field.alternative_days];
    let theirs = [cadence.rate.days, cadence.rate.alternative_days];
    ours.iter().flatten().any(|one| {
        theirs.iter().flatten().any(|two| {
            one.max(*two) <= SAME_WITHIN * one.min(*two) || (cadence.at_least && one < two)
        })
    })
}

/// What a record promises, all in all: its field if that says something, else its text.
///
/// `field` is the value of the refresh field, if there is one.
#[must_use]
pub fn stated(field: Option<&str>, title: &str, text: &str) -> Rate {
    let field = field.map(parse);
    if let Some(rate) = field.as_ref() {
        let silent = matches!(
            rate.class,
            Class::SeeDescription | Class::Unknown | Class::Unparsed
        );
        if !silent {
            return rate.clone();
        }
    }
    let cadences = promised_in(text);
    let told = cadences
        .iter()
        .find(|cadence| cadence.rate.class != Class::Unspecific)
        .or(cadences.first());
    if let Some(cadence) = told {
        return cadence.rate.clone();
    }
    if field.is_none()
        && retired_in(title, text).is_some_and(|found| found.strength == Strength::Certain)
    {
        return parse("historical");
    }
    field.unwrap_or(Rate::of_class(Class::Unknown, "unknown"))
}
