//! Spans of time between two dates.

use super::{LONGEST_DATE, Precision, Word, Written, duration, is, iso, parse, unaccented};

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

#[cfg(test)]
mod tests {
    use super::interval;
    use crate::lexicon::dates::Date;

    fn day(text: &str) -> Date {
        Date::from_iso(text).expect("a day of the calendar")
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
}
