//! A day of the calendar.

use std::fmt;

use super::cursor::Cursor;

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

    /// Whether software puts this day where nobody gave one: nothing of the web is older than 1900.
    #[must_use]
    pub fn is_default(self) -> bool {
        matches!((self.year, self.month, self.day), (1900 | 1970, 1, 1)) || self.year < 1900
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

    pub(super) fn from_numbers(year: i64, month: i64, day: i64) -> Option<Self> {
        Self::new(
            year.try_into().ok()?,
            month.try_into().ok()?,
            day.try_into().ok()?,
        )
    }

    /// The day with this number in its year, from 1.
    pub(super) fn from_ordinal(year: i64, ordinal: i64) -> Option<Self> {
        let first = Self::from_numbers(year, 1, 1)?;
        let date = Self::from_epoch_days(first.epoch_days() + ordinal - 1)?;
        (ordinal >= 1 && i64::from(date.year) == year).then_some(date)
    }

    /// The day of an ISO week; weekday 1 is Monday.
    pub(super) fn from_week(year: i64, week: i64, weekday: i64) -> Option<Self> {
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

/// The months in English, as a date is told.
pub(in crate::lexicon) const MONTHS: [&str; 12] = [
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

pub(super) fn days_in_month(year: i16, month: u8) -> u8 {
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
