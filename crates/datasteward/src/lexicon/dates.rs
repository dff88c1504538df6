//! Calendar dates as open data writes them.
//!
//! ISO 8601 is read in full where metadata uses it: calendar, week and ordinal dates, dates of reduced precision, times
//! with an offset, durations with decimals, intervals with open ends, repetitions. Beside it stand the written forms
//! that people type ("7 August 2018", "Dienstag, 19. November 2013 - 10:40", "07/05/2018"). Nothing asks for today.

use std::borrow::Cow;
use std::fmt;
use std::sync::LazyLock;

use super::quick::QuickMap;

/// Longer text is not a date; looking at it any further is a waste.
const LONGEST_DATE: usize = 64;
/// Days from 1 January of the year 0 to 1 January 1970.
const EPOCH_DAY: i64 = 719_528;
const SECONDS_A_DAY: i64 = 86_400;

/// A day of the Gregorian calendar between the years 0 and 9999.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: i16,
    month: u8,
    day: u8,
}

impl Date {
    /// The day, if the calendar has it.
    #[must_use]
    pub fn new(year: i16, month: u8, day: u8) -> Option<Self> {
        let fits = (0..=9999).contains(&year)
            && (1..=12).contains(&month)
            && (1..=days_in_month(year, month)).contains(&day);
        fits.then_some(Self { year, month, day })
    }

    /// Reads `YYYY-MM-DD` and nothing else.
    #[must_use]
    pub fn from_iso(text: &str) -> Option<Self> {
        let mut cursor = Cursor::new(text);
        let date = cursor.year().and_then(|year| {
            let month = cursor.after(b'-')?.digits(2)?;
            let day = cursor.after(b'-')?.digits(2)?;
            Self::from_numbers(year, month, day)
        })?;
        cursor.at_end().then_some(date)
    }

    /// The UTC day of a count of seconds since 1970.
    #[must_use]
    pub fn from_epoch_seconds(seconds: i64) -> Option<Self> {
        Self::from_epoch_days(seconds.div_euclid(SECONDS_A_DAY))
    }

    /// The UTC day of a count of milliseconds since 1970.
    #[must_use]
    pub fn from_epoch_millis(millis: i64) -> Option<Self> {
        Self::from_epoch_seconds(millis.div_euclid(1000))
    }

    /// The day that lies so many days after 1 January 1970.
    #[must_use]
    pub fn from_epoch_days(days: i64) -> Option<Self> {
        let since_zero = days.checked_add(EPOCH_DAY)?;
        if !(0..=3_652_424).contains(&since_zero) {
            return None;
        }
        // Years are counted from March, so that the leap day comes last.
        let shifted = since_zero + 306 - 366;
        let era = shifted.div_euclid(146_097);
        let in_era = shifted.rem_euclid(146_097);
        let year_of_era =
            (in_era - in_era / 1_460 + in_era / 36_524 - in_era / 146_096).div_euclid(365);
        let in_year = in_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let from_march = (5 * in_year + 2) / 153;
        let day = in_year - (153 * from_march + 2) / 5 + 1;
        let month = if from_march < 10 {
            from_march + 3
        } else {
            from_march - 9
        };
        let year = era * 400 + year_of_era + i64::from(month <= 2);
        Self::from_numbers(year, month, day)
    }

    /// Days since 1 January 1970; negative before.
    #[must_use]
    pub fn epoch_days(self) -> i64 {
        let year = i64::from(self.year) - i64::from(self.month <= 2);
        let era = year.div_euclid(400);
        let year_of_era = year.rem_euclid(400);
        let from_march = (i64::from(self.month) + 9) % 12;
        let in_year = (153 * from_march + 2) / 5 + i64::from(self.day) - 1;
        let in_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + in_year;
        era * 146_097 + in_era - 719_468
    }

    /// Whole days from `earlier` to this day; negative if it is later.
    #[must_use]
    pub fn days_since(self, earlier: Self) -> i64 {
        self.epoch_days() - earlier.epoch_days()
    }

    /// The year, 0 to 9999.
    #[must_use]
    pub fn year(self) -> i16 {
        self.year
    }

    /// The month, 1 to 12.
    #[must_use]
    pub fn month(self) -> u8 {
        self.month
    }

    /// The day of the month, 1 to 31.
    #[must_use]
    pub fn day(self) -> u8 {
        self.day
    }

    /// The day in words: "30 May 2014".
    #[must_use]
    pub fn spoken(self) -> String {
        let month = MONTHS
            .get(usize::from(self.month) - 1)
            .copied()
            .unwrap_or_default();
        format!("{} {month} {}", self.day, self.year)
    }

    fn from_numbers(year: i64, month: i64, day: i64) -> Option<Self> {
        Self::new(
            year.try_into().ok()?,
            month.try_into().ok()?,
            day.try_into().ok()?,
        )
    }

    /// The day with this number in its year, from 1.
    fn from_ordinal(year: i64, ordinal: i64) -> Option<Self> {
        let first = Self::from_numbers(year, 1, 1)?;
        let date = Self::from_epoch_days(first.epoch_days() + ordinal - 1)?;
        (ordinal >= 1 && i64::from(date.year) == year).then_some(date)
    }

    /// The day of an ISO week; weekday 1 is Monday.
    fn from_week(year: i64, week: i64, weekday: i64) -> Option<Self> {
        if !(1..=weeks_in_year(year)?).contains(&week) || !(1..=7).contains(&weekday) {
            return None;
        }
        let fourth = Self::from_numbers(year, 1, 4)?.epoch_days();
        let first_monday = fourth - (fourth + 3).rem_euclid(7);
        Self::from_epoch_days(first_monday + (week - 1) * 7 + weekday - 1)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "{:04}-{:02}-{:02}",
            self.year, self.month, self.day
        )
    }
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

fn is_leap(year: i16) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

fn days_in_month(year: i16, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if is_leap(year) => 29,
        2 => 28,
        _ => 31,
    }
}

/// 53 if the year begins on a Thursday, or on a Wednesday and is a leap year.
fn weeks_in_year(year: i64) -> Option<i64> {
    let first = Date::from_numbers(year, 1, 1)?;
    let weekday = (first.epoch_days() + 3).rem_euclid(7);
    let long = weekday == 3 || (weekday == 2 && is_leap(first.year));
    Some(if long { 53 } else { 52 })
}

/// How exactly a date was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Precision {
    /// Only the year.
    Year,
    /// Year and month.
    Month,
    /// An ISO week without a day.
    Week,
    /// A day.
    Day,
    /// A day and a time.
    Instant,
}

/// A date as it stood in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Written {
    /// The day; the first one where only a year, a month or a week was given. A time with an offset is taken to UTC.
    pub date: Date,
    /// How exactly it was given.
    pub precision: Precision,
    /// Whether it is written as ISO 8601 (or RFC 3339, which allows a blank before the time) has it.
    pub iso: bool,
    /// The other day it can mean: `07/05/2018` is 5 July or 7 May.
    pub alternative: Option<Date>,
}

impl Written {
    fn iso(date: Date, precision: Precision) -> Self {
        Self {
            date,
            precision,
            iso: true,
            alternative: None,
        }
    }

    /// Whether two readings are possible.
    #[must_use]
    pub fn is_ambiguous(&self) -> bool {
        self.alternative.is_some()
    }

    /// The last day covered: 31 December of a bare year.
    #[must_use]
    pub fn last_day(&self) -> Date {
        let date = self.date;
        let last = match self.precision {
            Precision::Year => Date::new(date.year, 12, 31),
            Precision::Month => {
                Date::new(date.year, date.month, days_in_month(date.year, date.month))
            }
            Precision::Week => Date::from_epoch_days(date.epoch_days() + 6),
            Precision::Day | Precision::Instant => None,
        };
        last.unwrap_or(date)
    }
}

/// Reads one date in any form we know; `None` if it is not a date.
///
/// Ten digits are taken for seconds since 1970 and thirteen for milliseconds.
#[must_use]
pub fn parse(text: &str) -> Option<Written> {
    let text = text.trim();
    if text.is_empty() || text.len() > LONGEST_DATE {
        return None;
    }
    iso(text)
        .or_else(|| run_of_digits(text))
        .or_else(|| in_words(text))
}

/// Reads an ISO 8601 date, with or without a time.
fn iso(text: &str) -> Option<Written> {
    let bytes = text.as_bytes();
    let time_at = bytes
        .iter()
        .position(|byte| matches!(byte, b'T' | b't' | b' '));
    let (day, time) = match time_at {
        Some(at) => (text.get(..at)?, Some(text.get(at + 1..)?)),
        None => (text, None),
    };
    let written = iso_day(day)?;
    let Some(time) = time else {
        return Some(written);
    };
    if written.precision != Precision::Day {
        return None;
    }
    let shift = iso_time(time)?;
    let date = Date::from_epoch_days(written.date.epoch_days() + shift)?;
    Some(Written::iso(date, Precision::Instant))
}

/// Calendar, week and ordinal dates, extended and basic.
fn iso_day(text: &str) -> Option<Written> {
    let mut cursor = Cursor::new(text);
    let year = cursor.year()?;
    if cursor.at_end() {
        return Some(Written::iso(
            Date::from_numbers(year, 1, 1)?,
            Precision::Year,
        ));
    }
    let extended = cursor.eat(b'-');
    if cursor.eat(b'W') {
        return iso_week(&mut cursor, year, extended);
    }
    let written = match (extended, cursor.rest()) {
        (true, 2) => Written::iso(
            Date::from_numbers(year, cursor.digits(2)?, 1)?,
            Precision::Month,
        ),
        (_, 3) => Written::iso(Date::from_ordinal(year, cursor.digits(3)?)?, Precision::Day),
        (true, 5) => {
            let month = cursor.digits(2)?;
            let day = cursor.after(b'-')?.digits(2)?;
            Written::iso(Date::from_numbers(year, month, day)?, Precision::Day)
        }
        (false, 4) => {
            let month = cursor.digits(2)?;
            let day = cursor.digits(2)?;
            Written::iso(Date::from_numbers(year, month, day)?, Precision::Day)
        }
        _ => return None,
    };
    cursor.at_end().then_some(written)
}

fn iso_week(cursor: &mut Cursor<'_>, year: i64, extended: bool) -> Option<Written> {
    let week = cursor.digits(2)?;
    if cursor.at_end() {
        return Some(Written::iso(
            Date::from_week(year, week, 1)?,
            Precision::Week,
        ));
    }
    if extended {
        cursor.after(b'-')?;
    }
    let date = Date::from_week(year, week, cursor.digits(1)?)?;
    cursor
        .at_end()
        .then_some(Written::iso(date, Precision::Day))
}

/// Reads a time and gives the days by which it moves the date: 24:00 is the next day, and an offset is taken to UTC.
fn iso_time(text: &str) -> Option<i64> {
    let mut cursor = Cursor::new(text);
    let hour = cursor.digits(2)?;
    let extended = cursor.eat(b':');
    let mut minute = 0;
    let mut second = 0;
    if extended || cursor.peek().is_some_and(|byte| byte.is_ascii_digit()) {
        minute = cursor.digits(2)?;
        let more = if extended {
            cursor.eat(b':')
        } else {
            cursor.peek().is_some_and(|byte| byte.is_ascii_digit())
        };
        if more {
            second = cursor.digits(2)?;
        }
    }
    if cursor.eat(b'.') || cursor.eat(b',') {
        cursor.some_digits()?;
    }
    let midnight = hour == 24 && minute == 0 && second == 0;
    // 60 is a leap second.
    if (hour > 23 && !midnight) || minute > 59 || second > 60 {
        return None;
    }
    let offset = cursor.offset()?;
    cursor
        .at_end()
        .then(|| (hour * 60 + minute - offset).div_euclid(24 * 60))
}

/// `200003` as geographic metadata has it, and counts of seconds or milliseconds since 1970.
fn run_of_digits(text: &str) -> Option<Written> {
    if !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let number: i64 = text.parse().ok()?;
    let (date, precision) = match text.len() {
        6 if (1500..=2200).contains(&(number / 100)) => (
            Date::from_numbers(number / 100, number % 100, 1)?,
            Precision::Month,
        ),
        10 => (Date::from_epoch_seconds(number)?, Precision::Instant),
        13 => (Date::from_epoch_millis(number)?, Precision::Instant),
        _ => return None,
    };
    Some(Written {
        date,
        precision,
        iso: false,
        alternative: None,
    })
}

/// What a word of a written date is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Word {
    Month(u8),
    Weekday,
    Filler,
    Open,
    Between,
}

static WORDS: LazyLock<QuickMap<&'static str, Vec<Word>>> = LazyLock::new(|| {
    let mut words: QuickMap<&'static str, Vec<Word>> = QuickMap::default();
    let lines = include_str!("../../data/months.tsv").lines().skip(1);
    for (kind, names) in lines.filter_map(|line| line.split_once('\t')) {
        let word = match kind {
            "weekday" => Word::Weekday,
            "filler" => Word::Filler,
            "open" => Word::Open,
            "between" => Word::Between,
            number => Word::Month(number.parse().unwrap_or_default()),
        };
        for name in names.split(' ') {
            words.entry(name).or_default().push(word);
        }
    }
    words
});

fn is(text: &str, wanted: Word) -> bool {
    WORDS.get(text).is_some_and(|found| found.contains(&wanted))
}

/// The month that a folded word without accents names, in six languages; 1 is January.
pub(super) fn month_named(word: &str) -> Option<u8> {
    WORDS.get(word)?.iter().find_map(|word| match word {
        Word::Month(month) => Some(*month),
        _ => None,
    })
}

/// Whether a word of ASCII letters names a month, in whatever case.
pub(super) fn names_month(word: &str) -> bool {
    let mut room = [0; LONGEST_MONTH];
    let Some(folded) = room.get_mut(..word.len()) else {
        return false;
    };
    folded.copy_from_slice(word.as_bytes());
    folded.make_ascii_lowercase();
    std::str::from_utf8(folded).is_ok_and(|word| month_named(word).is_some())
}

/// No name of a month is longer.
const LONGEST_MONTH: usize = 10;

/// Whether a folded word without accents names a day of the week.
pub(super) fn is_weekday(word: &str) -> bool {
    is(word, Word::Weekday)
}

/// Lower case and without the accents of Western European languages.
pub(super) fn unaccented(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return if text.bytes().any(|byte| byte.is_ascii_uppercase()) {
            Cow::Owned(text.to_ascii_lowercase())
        } else {
            Cow::Borrowed(text)
        };
    }
    let plain = |letter: char| match letter {
        'á' | 'à' | 'â' | 'ä' | 'ã' | 'å' => 'a',
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'í' | 'ì' | 'î' | 'ï' => 'i',
        'ó' | 'ò' | 'ô' | 'ö' | 'õ' => 'o',
        'ú' | 'ù' | 'û' | 'ü' => 'u',
        'ç' => 'c',
        'ñ' => 'n',
        '’' => '\'',
        other => other,
    };
    Cow::Owned(
        text.chars()
            .flat_map(char::to_lowercase)
            .map(plain)
            .collect(),
    )
}

/// A day found among words.
#[derive(Debug, Default)]
struct Pieces {
    numbers: Vec<(i64, usize)>,
    month: Option<u8>,
    triple: Option<Written>,
    time: bool,
}

/// Reads a date written in words or with slashes.
fn in_words(text: &str) -> Option<Written> {
    let lower = unaccented(text);
    let mut pieces = Pieces::default();
    for piece in lower.split(|letter: char| letter.is_whitespace() || letter == ',') {
        read_piece(piece, &mut pieces)?;
    }
    let mut written = match (pieces.triple, pieces.month) {
        (Some(written), None) if pieces.numbers.is_empty() => written,
        (None, Some(month)) => with_named_month(month, &pieces.numbers)?,
        _ => return None,
    };
    if pieces.time {
        if written.precision != Precision::Day {
            return None;
        }
        written.precision = Precision::Instant;
    }
    Some(written)
}

fn read_piece(piece: &str, pieces: &mut Pieces) -> Option<()> {
    let piece = piece.trim_matches(|letter| matches!(letter, '-' | '–' | '(' | ')' | '/'));
    let bare = piece.trim_end_matches('.');
    if bare.is_empty() || (is(bare, Word::Weekday) && month_named(bare).is_none()) {
        return Some(());
    }
    if piece.contains(':') {
        pieces.time = true;
        return is_clock(piece).then_some(());
    }
    if let Some(written) = numeric_triple(piece) {
        return pieces.triple.replace(written).is_none().then_some(());
    }
    if let Some(month) = month_named(bare) {
        // "mar" is March, and Tuesday in Spanish: a second month name must be a weekday.
        return pieces.month.replace(month).is_none().then_some(());
    }
    if is(bare, Word::Filler) {
        return Some(());
    }
    if bare.contains(['-', '/']) {
        return bare
            .split(['-', '/'])
            .try_for_each(|part| read_piece(part, pieces));
    }
    let number = without_ordinal(bare);
    if number.len() > 4 || pieces.numbers.len() > 1 {
        return None;
    }
    pieces.numbers.push((digits(number)?, number.len()));
    Some(())
}

/// `10:40`, `10:40:00.000`, `3:15pm`; a zone or an offset may follow.
fn is_clock(text: &str) -> bool {
    let text = text.trim_end_matches(|letter: char| letter.is_ascii_alphabetic() || letter == '.');
    let mut parts = text.split(':');
    let in_range = |part: Option<&str>, most: i64| {
        part.map(|part| part.split(['.', '+', '-']).next().unwrap_or_default())
            .is_none_or(|part| part.len() <= 2 && digits(part).is_some_and(|value| value <= most))
    };
    in_range(parts.next(), 24) && in_range(parts.next(), 59) && in_range(parts.next(), 60)
}

fn without_ordinal(word: &str) -> &str {
    ["st", "nd", "rd", "th", "er", "º", "°", "ª", "o"]
        .iter()
        .find_map(|ending| word.strip_suffix(ending))
        .unwrap_or(word)
}

fn digits(text: &str) -> Option<i64> {
    if text.is_empty() || text.len() > 9 || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    text.parse().ok()
}

/// `2018/08/07`, `8/7/2018`, `7.8.2018`, `07-08-2018`.
fn numeric_triple(text: &str) -> Option<Written> {
    let sign = text
        .bytes()
        .find(|byte| matches!(byte, b'/' | b'.' | b'-'))?;
    let mut parts = text.split(char::from(sign));
    let (first, second, third) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || second.len() > 2 {
        return None;
    }
    let (one, two, three) = (digits(first)?, digits(second)?, digits(third)?);
    let (date, alternative) = if first.len() == 4 && third.len() <= 2 {
        (Date::from_numbers(one, two, three)?, None)
    } else if first.len() <= 2 && matches!(third.len(), 2 | 4) {
        let year = full_year(three, third.len());
        let american = Date::from_numbers(year, one, two);
        let european = Date::from_numbers(year, two, one);
        match (american, european) {
            (Some(american), Some(european)) if american != european => match sign {
                b'/' => (american, Some(european)),
                b'.' => (european, None),
                _ => (european, Some(american)),
            },
            (one, other) => (one.or(other)?, None),
        }
    } else {
        return None;
    };
    Some(Written {
        date,
        precision: Precision::Day,
        iso: false,
        alternative,
    })
}

/// Two digits of a year stand for 1950 to 2049.
fn full_year(year: i64, length: usize) -> i64 {
    match (length, year) {
        (2, 50..) => 1900 + year,
        (2, _) => 2000 + year,
        _ => year,
    }
}

fn with_named_month(month: u8, numbers: &[(i64, usize)]) -> Option<Written> {
    let month = i64::from(month);
    let (date, precision, alternative) = match *numbers {
        [(year, 4)] => (Date::from_numbers(year, month, 1)?, Precision::Month, None),
        [(day, 1 | 2), (year, 4)] | [(year, 4), (day, 1 | 2)] => {
            (Date::from_numbers(year, month, day)?, Precision::Day, None)
        }
        [(one, 1 | 2), (two, 2)] => {
            let date = Date::from_numbers(full_year(two, 2), month, one);
            let other = Date::from_numbers(full_year(one, 2), month, two);
            let alternative = other.filter(|other| Some(*other) != date && date.is_some());
            (date.or(other)?, Precision::Day, alternative)
        }
        _ => return None,
    };
    Some(Written {
        date,
        precision,
        iso: false,
        alternative,
    })
}

/// Reads a span of time: ISO `a/b`, `a/P1Y`, `P1Y/b`, an open end (`..`, empty, "present"), and "2010 to 2015".
///
/// An open end is `None`; so is an end that a duration leaves to be worked out in months or years of the calendar
/// only if the calendar has no such day. A single date is no span.
#[must_use]
pub fn interval(text: &str) -> Option<(Option<Written>, Option<Written>)> {
    let text = text.trim();
    if text.len() > 2 * LONGEST_DATE {
        return None;
    }
    let iso = text.split_once('/');
    iso.and_then(|(start, end)| iso_span(start.trim(), end.trim()))
        .or_else(|| spoken_span(text))
}

fn iso_span(start: &str, end: &str) -> Option<(Option<Written>, Option<Written>)> {
    if let Some(length) = duration(end) {
        let from = iso(start)?;
        return Some((Some(from), length.after(from.date)));
    }
    if let Some(length) = duration(start) {
        let to = iso(end)?;
        return Some((length.before(to.date), Some(to)));
    }
    let from = open_or_date(start)?;
    let to = open_or_date(end).or_else(|| {
        // ISO lets the end leave out what it shares with the start: 2019-01-01/15.
        let shared = start.len().checked_sub(end.len())?;
        let whole = [start.get(..shared)?, end].concat();
        from.filter(|from| from.iso)?;
        iso(&whole).map(Some)
    })?;
    (from.is_some() || to.is_some()).then_some((from, to))
}

/// `Some(None)` for an open end.
fn open_or_date(text: &str) -> Option<Option<Written>> {
    let lower = unaccented(text);
    if matches!(lower.as_ref(), "" | ".." | "...") || is(&lower, Word::Open) {
        return Some(None);
    }
    parse(text).map(Some)
}

/// "2010 to 2015", "2010 – present", "May 2010 - June 2011", "2010-2015".
fn spoken_span(text: &str) -> Option<(Option<Written>, Option<Written>)> {
    let lower = unaccented(text);
    let mut at = 0;
    for word in lower.split(' ') {
        let end = at + word.len();
        if is(word, Word::Between) || matches!(word, "-" | "–" | "—") {
            let start = lower.get(..at)?.trim();
            let start = start.strip_prefix("from ").unwrap_or(start);
            let from = parse(start);
            let to = open_or_date(lower.get(end..)?.trim());
            if let (Some(from), Some(to)) = (from, to) {
                return Some((Some(from), to));
            }
        }
        at = end + 1;
    }
    let (start, end) = lower.split_once(['-', '–', '—'])?;
    let year = |text: &str| iso(text.trim()).filter(|year| year.precision == Precision::Year);
    let from = year(start)?;
    let to = if is(end.trim(), Word::Open) {
        None
    } else {
        Some(year(end)?)
    };
    Some((Some(from), to))
}

/// A length of time as ISO 8601 writes it: `P1Y2M10DT2H30M`, `P0.33W`.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Duration {
    /// Years.
    pub years: f64,
    /// Months.
    pub months: f64,
    /// Weeks.
    pub weeks: f64,
    /// Days.
    pub days: f64,
    /// Hours, minutes and seconds, in seconds.
    pub seconds: f64,
}

impl Duration {
    /// The mean length in days: a year has 365, a month 30.4375.
    #[must_use]
    pub fn in_days(&self) -> f64 {
        self.years * 365.0
            + self.months * 30.4375
            + self.weeks * 7.0
            + self.days
            + self.seconds / 86_400.0
    }

    /// The last day of a span of this length that begins on `start`.
    fn after(&self, start: Date) -> Option<Written> {
        let end = self.moved(start, 1.0)?;
        let last = if end > start { -1 } else { 0 };
        let date = Date::from_epoch_days(end.epoch_days() + last)?;
        Some(Written::iso(date, Precision::Day))
    }

    fn before(&self, end: Date) -> Option<Written> {
        Some(Written::iso(self.moved(end, -1.0)?, Precision::Day))
    }

    #[expect(
        clippy::cast_possible_truncation,
        reason = "`as` saturates, and the calendar refuses what is out of its range"
    )]
    fn moved(&self, from: Date, sign: f64) -> Option<Date> {
        let months = (sign * (self.years * 12.0 + self.months)).round() as i64;
        let months = (i64::from(from.year) * 12 + i64::from(from.month) - 1).checked_add(months)?;
        let year: i16 = months.div_euclid(12).try_into().ok()?;
        let month: u8 = (months.rem_euclid(12) + 1).try_into().ok()?;
        let day = from.day.min(days_in_month(year, month));
        let days = (sign * (self.weeks * 7.0 + self.days + self.seconds / 86_400.0)).round();
        let start = Date::new(year, month, day)?;
        Date::from_epoch_days(start.epoch_days().checked_add(days as i64)?)
    }
}

/// Reads an ISO 8601 duration. Letters may be small, a comma may stand for the decimal point.
#[must_use]
pub fn duration(text: &str) -> Option<Duration> {
    let mut rest = text.strip_prefix(['P', 'p'])?;
    let mut duration = Duration::default();
    let mut in_time = false;
    let mut rank = 0;
    if rest.is_empty() || rest.len() > LONGEST_DATE {
        return None;
    }
    while !rest.is_empty() {
        if let Some(time) = rest.strip_prefix(['T', 't']) {
            if in_time || time.is_empty() {
                return None;
            }
            in_time = true;
            rest = time;
            continue;
        }
        let end = rest.find(|letter: char| !matches!(letter, '0'..='9' | '.' | ','))?;
        let value = decimal(rest.get(..end)?)?;
        let unit = rest.as_bytes().get(end)?.to_ascii_uppercase();
        let (place, slot, scale) = match (unit, in_time) {
            (b'Y', false) => (1, &mut duration.years, 1.0),
            (b'M', false) => (2, &mut duration.months, 1.0),
            (b'W', false) => (3, &mut duration.weeks, 1.0),
            (b'D', false) => (4, &mut duration.days, 1.0),
            (b'H', true) => (5, &mut duration.seconds, 3600.0),
            (b'M', true) => (6, &mut duration.seconds, 60.0),
            (b'S', true) => (7, &mut duration.seconds, 1.0),
            _ => return None,
        };
        if place <= rank {
            return None;
        }
        rank = place;
        *slot += value * scale;
        rest = rest.get(end + 1..)?;
    }
    (rank > 0).then_some(duration)
}

fn decimal(text: &str) -> Option<f64> {
    let valid = text.len() <= 12
        && text.starts_with(|letter: char| letter.is_ascii_digit())
        && text.ends_with(|letter: char| letter.is_ascii_digit());
    if !valid {
        return None;
    }
    text.replace(',', ".").parse().ok()
}

/// Reads a repetition, `R/P1Y`, `R5/2020-01-01/P1Y`: how often (`None`: without end) and how long each turn is.
#[must_use]
pub fn repetition(text: &str) -> Option<(Option<u32>, Duration)> {
    let rest = text.strip_prefix(['R', 'r'])?;
    let (times, rest) = rest.split_once('/')?;
    let times = match times {
        "" => None,
        times => Some(digits(times)?.try_into().ok()?),
    };
    let length = rest
        .split('/')
        .find(|part| part.starts_with(['P', 'p']))
        .and_then(duration)?;
    let others = rest.split('/').filter(|part| !part.starts_with(['P', 'p']));
    others
        .map(iso)
        .all(|date| date.is_some())
        .then_some((times, length))
}

/// Reads a text from the left, a byte at a time.
struct Cursor<'a> {
    bytes: &'a [u8],
}

impl<'a> Cursor<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            bytes: text.as_bytes(),
        }
    }

    fn at_end(&self) -> bool {
        self.bytes.is_empty()
    }

    fn rest(&self) -> usize {
        self.bytes.len()
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.first().copied()
    }

    fn eat(&mut self, wanted: u8) -> bool {
        let (Some(&first), Some(rest)) = (self.bytes.first(), self.bytes.get(1..)) else {
            return false;
        };
        let eaten = first.eq_ignore_ascii_case(&wanted);
        if eaten {
            self.bytes = rest;
        }
        eaten
    }

    fn after(&mut self, wanted: u8) -> Option<&mut Self> {
        self.eat(wanted).then_some(self)
    }

    /// Exactly so many digits.
    fn digits(&mut self, count: usize) -> Option<i64> {
        let (head, rest) = self.bytes.split_at_checked(count)?;
        let value = head.iter().try_fold(0_i64, |value, byte| {
            byte.is_ascii_digit()
                .then(|| value * 10 + i64::from(byte - b'0'))
        })?;
        self.bytes = rest;
        Some(value)
    }

    fn some_digits(&mut self) -> Option<()> {
        self.digits(1)?;
        while self.digits(1).is_some() {}
        Some(())
    }

    fn year(&mut self) -> Option<i64> {
        self.digits(4)
    }

    /// `Z`, `+05:30`, `-0800`, `+02` or nothing, in minutes.
    fn offset(&mut self) -> Option<i64> {
        self.eat(b' ');
        if self.at_end() || self.eat(b'Z') {
            return Some(0);
        }
        let sign = if self.eat(b'-') {
            -1
        } else {
            self.after(b'+')?;
            1
        };
        let hours = self.digits(2)?;
        let minutes = if self.at_end() {
            0
        } else {
            self.eat(b':');
            self.digits(2)?
        };
        (hours <= 23 && minutes <= 59).then_some(sign * (hours * 60 + minutes))
    }
}

#[cfg(test)]
mod tests {
    use super::{Date, Precision, Written, duration, interval, parse, repetition};
    use proptest::prelude::*;

    fn day(text: &str) -> Date {
        Date::from_iso(text).expect("a day of the calendar")
    }

    fn read(text: &str) -> Written {
        parse(text).unwrap_or_else(|| unreachable!("{text:?} is a date"))
    }

    #[test]
    fn reads_iso_dates_of_every_form() {
        for (text, date, precision) in [
            ("2020", "2020-01-01", Precision::Year),
            ("2020-02", "2020-02-01", Precision::Month),
            ("2020-02-29", "2020-02-29", Precision::Day),
            ("20200229", "2020-02-29", Precision::Day),
            ("2020-060", "2020-02-29", Precision::Day),
            ("2020060", "2020-02-29", Precision::Day),
            ("2020-W53-7", "2021-01-03", Precision::Day),
            ("2020W01", "2019-12-30", Precision::Week),
            ("2020-02-29T23:30:00Z", "2020-02-29", Precision::Instant),
            (
                "2020-02-29T23:30:00.123-08:00",
                "2020-03-01",
                Precision::Instant,
            ),
            ("2020-03-01T01:00+0200", "2020-02-29", Precision::Instant),
            ("20200229T2330", "2020-02-29", Precision::Instant),
            ("2020-02-29 10:40:00", "2020-02-29", Precision::Instant),
            ("2020-02-29T24:00", "2020-03-01", Precision::Instant),
        ] {
            let written = read(text);
            assert_eq!(
                (written.date, written.precision),
                (day(date), precision),
                "{text}"
            );
            assert!(written.iso, "{text}");
        }
    }

    #[test]
    fn reads_the_forms_people_type() {
        for (text, date) in [
            ("August 7, 2018", "2018-08-07"),
            ("7 August 2018", "2018-08-07"),
            ("10th August 2016", "2016-08-10"),
            ("Dienstag, 19. November 2013 - 10:40", "2013-11-19"),
            ("19 de noviembre de 2013", "2013-11-19"),
            ("1er août 2014", "2014-08-01"),
            ("3 de março de 2015", "2015-03-03"),
            ("Fri, 05 Jul 2019 10:00:00 GMT", "2019-07-05"),
            ("07-Aug-2018", "2018-08-07"),
            ("Aug 2018", "2018-08-01"),
            ("23/06/2017", "2017-06-23"),
            ("6/23/2017 3:15:00 PM", "2017-06-23"),
            ("2018/08/07", "2018-08-07"),
            ("7.8.2018", "2018-08-07"),
            ("201703", "2017-03-01"),
            ("1401580800", "2014-06-01"),
            ("1401580800000", "2014-06-01"),
        ] {
            let written = read(text);
            assert_eq!(written.date, day(date), "{text}");
            assert!(!written.iso && !written.is_ambiguous(), "{text}");
        }
    }

    #[test]
    fn keeps_both_readings_of_a_day_that_could_be_a_month() {
        let written = read("07/05/2018");
        assert_eq!(written.date, day("2018-07-05"));
        assert_eq!(written.alternative, Some(day("2018-05-07")));
        assert!(!read("07/07/2018").is_ambiguous());
    }

    #[test]
    fn refuses_what_is_not_a_date() {
        for text in [
            "",
            "n/a",
            "present",
            "2020-02-30",
            "2019-02-29",
            "2020-13",
            "2020-366-1",
            "2019-366",
            "2020-W54",
            "2020-02-29T25:00:00Z",
            "2020-02-29T10:61",
            "31/31/2020",
            "12",
            "R/P1D",
            "Spring",
            "version 2",
            "1.2.3.4",
            "May",
            "2020-2021",
            "12 monkeys 2018",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn says_a_day_in_words() {
        assert_eq!(day("2014-05-30").spoken(), "30 May 2014");
    }

    #[test]
    fn knows_the_last_day_of_a_reduced_date() {
        assert_eq!(read("2020").last_day(), day("2020-12-31"));
        assert_eq!(read("2020-02").last_day(), day("2020-02-29"));
        assert_eq!(read("2020-W01").last_day(), day("2020-01-05"));
    }

    #[test]
    fn reads_intervals_and_their_open_ends() {
        let ends = |text: &str| {
            interval(text).map(|(from, to)| (from.map(|d| d.date), to.map(|d| d.last_day())))
        };
        let full = Some((Some(day("2010-01-01")), Some(day("2015-12-31"))));
        for text in [
            "2010/2015",
            "2010 to 2015",
            "2010-2015",
            "2010 – 2015",
            "2010/P6Y",
        ] {
            assert_eq!(ends(text), full, "{text}");
        }
        let open = Some((Some(day("2010-01-01")), None));
        for text in [
            "2010-01-01/..",
            "2010-01-01/",
            "2010 to present",
            "2010 - Present",
        ] {
            assert_eq!(ends(text), open, "{text}");
        }
        assert_eq!(ends("../2015"), Some((None, Some(day("2015-12-31")))));
        assert_eq!(
            ends("2019-01-01/15"),
            Some((Some(day("2019-01-01")), Some(day("2019-01-15"))))
        );
        for text in ["2010", "2010-12", "/", "../..", "here / there"] {
            assert_eq!(ends(text), None, "{text}");
        }
    }

    #[test]
    fn reads_durations_with_decimals() {
        let days = |text: &str| duration(text).map(|length| length.in_days());
        assert_eq!(
            days("P1Y2M10DT2H30M"),
            Some(365.0 + 60.875 + 10.0 + 2.5 / 24.0)
        );
        assert_eq!(days("P0.5W"), Some(3.5));
        assert_eq!(days("P0,5M"), Some(15.21875));
        for text in [
            "P", "PT", "P1", "1Y", "P1M1Y", "PT1Y", "P.5D", "P1YT", "Park",
        ] {
            assert_eq!(days(text), None, "{text}");
        }
    }

    #[test]
    fn reads_repetitions() {
        assert_eq!(repetition("R/P1Y").map(|(times, _)| times), Some(None));
        assert_eq!(repetition("R5/P1D").map(|(times, _)| times), Some(Some(5)));
        assert!(repetition("R/2020-01-01/P1M").is_some());
        assert!(repetition("R/P1Y/soon").is_none());
        assert!(repetition("Report/P1Y").is_none());
    }

    proptest! {
        #[test]
        fn agrees_with_jiff_on_days(days in -719_528_i64..2_932_896) {
            let ours = Date::from_epoch_days(days).expect("in range");
            let theirs = jiff::civil::date(1970, 1, 1)
                .checked_add(jiff::Span::new().days(days))
                .expect("in range");
            prop_assert_eq!(ours.to_string(), theirs.to_string());
            prop_assert_eq!(ours.epoch_days(), days);
            prop_assert_eq!(Date::from_iso(&ours.to_string()), Some(ours));
            prop_assert_eq!(parse(&ours.to_string()).map(|written| written.date), Some(ours));
            if ours.year() >= 1000 {
                prop_assert_eq!(parse(&ours.spoken()).map(|written| written.date), Some(ours));
            }
        }

        #[test]
        fn agrees_with_jiff_on_weeks_and_ordinals(days in -500_000_i64..2_000_000) {
            let ours = Date::from_epoch_days(days).expect("in range");
            let theirs = jiff::civil::date(ours.year(), ours.month().cast_signed(), ours.day().cast_signed());
            let week = theirs.iso_week_date();
            let text = format!("{:04}-W{:02}-{}", week.year(), week.week(), week.weekday().to_monday_one_offset());
            prop_assert_eq!(parse(&text).map(|written| written.date), Some(ours));
            let text = format!("{:04}-{:03}", ours.year(), theirs.day_of_year());
            prop_assert_eq!(parse(&text).map(|written| written.date), Some(ours));
        }

        #[test]
        fn accepts_the_days_jiff_accepts(year in 0_i16..10_000, month in 0_u8..14, day in 0_u8..33) {
            let theirs = jiff::civil::Date::new(year, month.cast_signed(), day.cast_signed()).is_ok();
            prop_assert_eq!(Date::new(year, month, day).is_some(), theirs);
        }

        #[test]
        fn never_panics(text in "\\PC{0,40}") {
            let _ = (parse(&text), interval(&text), duration(&text), repetition(&text));
        }

        #[test]
        fn never_panics_on_what_looks_like_a_date(text in "[0-9RPWTYMDZ:/. +–-]{0,24}( (may|to|present|août))?") {
            let _ = (parse(&text), interval(&text), duration(&text), repetition(&text));
        }
    }
}
