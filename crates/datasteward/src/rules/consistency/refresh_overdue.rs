use crate::lexicon::dates::Date;
use crate::lexicon::refresh::{Cadence, Class, Rate};
use crate::lexicon::titles;
use crate::limits;
use crate::model::{At, Dataset, Slot};
use crate::rule::{Check, Confidence, Draft, Reason, Severity, Subject, Verdict, declare_rule};

declare_rule! {
    /// The data is older than its refresh rate promises.
    ///
    /// ## Why it matters
    /// People plan around the promise, and take old figures for new ones.
    ///
    /// ## How to mend it
    /// Update the data, or set the refresh field to the rate that is really kept.
    ///
    /// ## Bad
    /// ```record.json
    /// {"datasteward": "1", "id": "zoo", "title": "Zoo attendance", "refresh": {"rate": "Annual"}, "data_updated": "2014-05-30"}
    /// ```
    ///
    /// ## Good
    /// ```record.json
    /// {"datasteward": "1", "id": "zoo", "title": "Zoo attendance", "refresh": {"rate": "Annual"}, "data_updated": "2026-05-30"}
    /// ```
    ///
    /// ## Source
    /// City of Los Angeles, data standards checklist: abides by its documented refresh rate. The days of grace are the
    /// city's own for hourly, daily, weekly, monthly, quarterly, semi-annual and annual data; other rates get a tenth more.
    rule {
        id: "refresh-overdue",
        code: "C3-03",
        item: C3,
        severity: Warning,
        status: Stable,
        derived_too: false,
        check: Check::Dataset(check),
    }
}

/// The date that shows how fresh the data is, its place, and whether it is the date of the data itself.
fn last_update(dataset: &Dataset<'_>) -> Option<(Date, At, bool)> {
    // A date that software puts where nobody gave one tells no age.
    let read = |slot: &Slot<crate::model::Day<'_>>| {
        slot.held().and_then(|held| {
            let date = held.value.date().filter(|date| !date.is_default())?;
            Some((date, held.at))
        })
    };
    if let Some((date, at)) = read(&dataset.data_updated) {
        return Some((date, at, true));
    }
    read(&dataset.modified).map(|(date, at)| (date, at, false))
}

/// Where updates are promised.
enum Promise<'s> {
    /// In the field for it, as written there.
    Field(&'s Rate, At, &'s str),
    /// In the description, which is all that there is.
    Text(&'s Cadence),
}

impl<'s> Promise<'s> {
    /// The promise of a record, or why it makes none.
    fn of(subject: &'s Subject<'_>) -> Result<Self, Verdict> {
        let told = || told_in_text(&subject.judged.cadences).map(Self::Text);
        match &subject.dataset.refresh {
            Slot::Filled(held) => {
                let rate = &held.value.rate;
                let is_silent = matches!(rate.class, Class::Unknown | Class::SeeDescription);
                let told = if is_silent { told() } else { None };
                Ok(told.unwrap_or(Self::Field(rate, held.at, held.value.raw)))
            }
            Slot::Blank { .. } => told().ok_or(Verdict::NotApplicable(Reason::Dependency)),
            Slot::NotInExport(_) => told().ok_or(Verdict::Unknown(Reason::NotInExport)),
            Slot::NotInFormat(_) => told().ok_or(Verdict::Unknown(Reason::NoSlot)),
        }
    }

    fn rate(&self) -> &'s Rate {
        match self {
            Self::Field(rate, ..) => rate,
            Self::Text(cadence) => &cadence.rate,
        }
    }
}

/// The longest of the periods that a text promises; nothing where it promises anything else as well.
fn told_in_text(cadences: &[Cadence]) -> Option<&Cadence> {
    let all = cadences.iter().all(|cadence| cadence.rate.is_periodic());
    let age = |cadence: &&Cadence| cadence.rate.max_age_days;
    cadences.iter().filter(|_| all).max_by_key(age)
}

/// Whether a promise in the text is likely that of a series of which this is a slice, or holds only on some days.
fn is_of_something_else(dataset: &Dataset<'_>, cadence: &Cadence, as_of: Date) -> bool {
    let text = dataset.description_text();
    let before = text.get(..cadence.start).unwrap_or_default();
    let opening = before
        .char_indices()
        .nth(OPENING)
        .and_then(|(end, _)| before.get(..end))
        .unwrap_or(before);
    let sentence = cadence.sentence_in(text);
    let is_conditional = ["When ", "If ", "As soon as "]
        .iter()
        .any(|word| sentence.starts_with(word));
    is_conditional
        || is_numbered_part(dataset.title_text())
        || titles::names_a_past_period(opening, as_of)
}

/// So many characters of a description are its opening, where it names its slice: "Table 3. Measles – 2020."
const OPENING: usize = 200;

/// "Week 15", or a title that ends with a year and a month grown onto it: `Traffic202004`.
fn is_numbered_part(title: &str) -> bool {
    let lower = title.to_ascii_lowercase();
    let of_week = lower.split("week").skip(1).any(|after| {
        let number = after.trim_start().bytes().next();
        number.is_some_and(|byte| byte.is_ascii_digit())
    });
    let word = lower.trim_end_matches(|sign: char| sign.is_ascii_digit());
    let digits = lower.get(word.len()..).unwrap_or_default();
    of_week
        || (matches!(digits.len(), 6 | 8) && (digits.starts_with("19") || digits.starts_with("20")))
}

fn check(subject: &Subject<'_>) -> Verdict {
    let dataset = subject.dataset;
    let promise = match Promise::of(subject) {
        Ok(promise) => promise,
        Err(verdict) => return verdict,
    };
    let rate = promise.rate();
    let (Some(allowed), true) = (rate.max_age_days, rate.is_periodic()) else {
        return Verdict::NotApplicable(Reason::NotPeriodic);
    };
    if subject.judged.is_retired(dataset) {
        return Verdict::NotApplicable(Reason::Retired);
    }
    let Some(as_of) = subject.as_of else {
        return Verdict::Unknown(Reason::NoAsOf);
    };
    if titles::names_a_past_period(dataset.title_text(), as_of) {
        // "Budget 2015" is complete: the rate is that of the series, and next year's slice keeps it.
        return Verdict::NotApplicable(Reason::NotPeriodic);
    }
    if let Promise::Text(cadence) = promise
        && is_of_something_else(dataset, cadence, as_of)
    {
        return Verdict::NotApplicable(Reason::NotPeriodic);
    }
    let Some((date, at, of_data)) = last_update(dataset) else {
        return Verdict::Unknown(Reason::NoSlot);
    };
    let age = as_of.days_since(date);
    let Some(age) = u32::try_from(age).ok().filter(|age| *age >= allowed) else {
        return Verdict::Pass;
    };
    let what = if of_data {
        "the data was last updated"
    } else {
        "the last change of any kind was"
    };
    let teller = match promise {
        Promise::Field(..) => "The refresh rate is",
        Promise::Text(_) => "By the description the refresh rate is",
    };
    let message = format!(
        "{teller} {}, but {what} on {}, {} ago",
        rate.label.to_lowercase(),
        date.spoken(),
        spoken_age(age)
    );
    let draft = Draft::new("refresh", message).at(Some(at));
    Verdict::fail(match promise {
        Promise::Field(_, place, raw) => {
            let far = age >= allowed.saturating_mul(limits::FAR_OVERDUE);
            let draft = draft.at(Some(place)).quoting(raw).weighing(if far {
                Severity::Error
            } else {
                Severity::Warning
            });
            if of_data {
                draft
            } else {
                draft.sure(Confidence::Likely)
            }
        }
        // Prose may mean less than it says.
        Promise::Text(cadence) => draft
            .at(dataset.description.at())
            .quoting(cadence.sentence_in(dataset.description_text()))
            .mend("Update the data, or correct what the description promises; the rate that is really kept belongs in the refresh field as well.")
            .sure(Confidence::Likely),
    })
}

/// Days as a person would say them.
fn spoken_age(days: u32) -> String {
    let (count, unit) = match days {
        0..=59 => (days, "day"),
        60..=729 => ((f64::from(days) / 30.44) as u32, "month"),
        _ => (days / 365, "year"),
    };
    if count == 1 {
        format!("1 {unit}")
    } else {
        format!("{count} {unit}s")
    }
}

#[cfg(test)]
mod tests {
    use super::spoken_age;

    #[test]
    fn counts_time_as_a_person_would() {
        assert_eq!(spoken_age(1), "1 day");
        assert_eq!(spoken_age(41), "41 days");
        assert_eq!(spoken_age(100), "3 months");
        assert_eq!(spoken_age(2968), "8 years");
    }
}
