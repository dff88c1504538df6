//! Calendar dates as open data writes them.
//!
//! ISO 8601 is read in full where metadata uses it: calendar, week and ordinal dates, dates of reduced precision, times
//! with an offset, durations with decimals, intervals with open ends, repetitions. Beside it stand the written forms
//! that people type ("7 August 2018", "Dienstag, 19. November 2013 - 10:40", "07/05/2018"). Nothing asks for today.

use std::borrow::Cow;
use std::sync::LazyLock;

use super::fold::without_accent;
use super::quick::QuickMap;

mod cursor;
mod day;
mod duration;
mod span;

use cursor::Cursor;
pub use day::Date;
pub(super) use day::MONTHS;
use day::days_in_month;
pub use duration::{Duration, duration, repetition};
pub use span::interval;

/// Longer text is not a date; looking at it any further is a waste.
const LONGEST_DATE: usize = 64;
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
            Precision::Year => Date::new(date.year(), 12, 31),
            Precision::Month => Date::new(
                date.year(),
                date.month(),
                days_in_month(date.year(), date.month()),
            ),
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
pub(crate) fn names_month(word: &str) -> bool {
    let mut room = [0; LONGEST_MONTH];
    let Some(folded) = room.get_mut(..word.len()) else {
        return false;
    };
    folded.copy_from_slice(word.as_bytes());
    folded.make_ascii_lowercase();
    std::str::from_utf8(folded).is_ok_and(|word| month_named(word).is_some())
}

/// The month that a text names as a whole, in whatever case and with whatever accents: `May`, `März`, `Sept.`.
pub(crate) fn month_alone(text: &str) -> Option<u8> {
    let text = text.trim().trim_end_matches('.');
    // An accent takes a byte more.
    if text.len() > LONGEST_MONTH + 2 {
        return None;
    }
    month_named(&unaccented(&text.to_lowercase()))
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
    let plain = |letter| match letter {
        '’' => '\'',
        letter => without_accent(letter),
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
