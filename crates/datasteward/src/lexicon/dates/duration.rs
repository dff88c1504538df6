//! Lengths of time, and how often they come again.

use super::{Date, LONGEST_DATE, Precision, Written, days_in_month, digits, iso};

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
    pub(super) fn after(&self, start: Date) -> Option<Written> {
        let end = self.moved(start, 1.0)?;
        let last = if end > start { -1 } else { 0 };
        let date = Date::from_epoch_days(end.epoch_days() + last)?;
        Some(Written::iso(date, Precision::Day))
    }

    pub(super) fn before(&self, end: Date) -> Option<Written> {
        Some(Written::iso(self.moved(end, -1.0)?, Precision::Day))
    }

    #[expect(
        clippy::cast_possible_truncation,
        reason = "`as` saturates, and the calendar refuses what is out of its range"
    )]
    fn moved(&self, from: Date, sign: f64) -> Option<Date> {
        let months = (sign * (self.years * 12.0 + self.months)).round() as i64;
        let months =
            (i64::from(from.year()) * 12 + i64::from(from.month()) - 1).checked_add(months)?;
        let year: i16 = months.div_euclid(12).try_into().ok()?;
        let month: u8 = (months.rem_euclid(12) + 1).try_into().ok()?;
        let day = from.day().min(days_in_month(year, month));
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

#[cfg(test)]
mod tests {
    use super::{duration, repetition};

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
}
