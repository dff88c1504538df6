use crate::lexicon::dates::Date;
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

fn check(subject: &Subject<'_>) -> Verdict {
    let dataset = subject.dataset;
    let refresh = match &dataset.refresh {
        Slot::Filled(held) => held,
        Slot::Blank { .. } => return Verdict::NotApplicable(Reason::Dependency),
        Slot::NotInExport(_) => return Verdict::Unknown(Reason::NotInExport),
        Slot::NotInFormat(_) => return Verdict::Unknown(Reason::NoSlot),
    };
    let rate = &refresh.value.rate;
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
    let message = format!(
        "The refresh rate is {}, but {what} on {}, {} ago",
        rate.label.to_lowercase(),
        date.spoken(),
        spoken_age(age)
    );
    let far = age >= allowed.saturating_mul(limits::FAR_OVERDUE);
    let mut draft = Draft::new("refresh", message)
        .at_all([at, refresh.at])
        .quoting(refresh.value.raw)
        .weighing(if far {
            Severity::Error
        } else {
            Severity::Warning
        });
    if !of_data {
        draft = draft.sure(Confidence::Likely);
    }
    Verdict::fail(draft)
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
