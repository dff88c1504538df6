use crate::lexicon::dates::{self, Date};
use crate::lexicon::titles;
use crate::model::At;
use crate::rule::{Check, Draft, Reason, Subject, Verdict, declare_rule};

declare_rule! {
    /// The data covers less time than two updates bring.
    ///
    /// ## Why it matters
    /// With one month of a monthly table nothing can be compared, and last month's figures are gone.
    ///
    /// ## How to mend it
    /// Add the new rows to the old ones instead of putting them in their place.
    ///
    /// ## Bad
    /// ```record.json
    /// {"datasteward": "1", "id": "c", "title": "Claims", "refresh": {"rate": "R/P1M"}, "coverage": {"start": "2026-04-01", "end": "2026-04-30"}}
    /// ```
    ///
    /// ## Good
    /// ```record.json
    /// {"datasteward": "1", "id": "c", "title": "Claims", "refresh": {"rate": "R/P1M"}, "coverage": {"start": "2019-01-01", "end": "2026-04-30"}}
    /// ```
    ///
    /// ## Source
    /// City of Los Angeles, data standards checklist: enough data to draw patterns and insights.
    rule {
        id: "short-time-span",
        code: "I10-04",
        item: I10,
        severity: Info,
        status: Preview,
        derived_too: false,
        check: Check::Dataset(check),
    }
}

fn check(subject: &Subject<'_>) -> Verdict {
    let dataset = subject.dataset;
    let Some(refresh) = dataset.refresh.value() else {
        return Verdict::NotApplicable(Reason::Dependency);
    };
    let Some(period) = refresh
        .rate
        .days
        .filter(|days| refresh.rate.is_periodic() && *days >= MONTH)
    else {
        return Verdict::NotApplicable(Reason::NotPeriodic);
    };
    if subject.judged.is_retired(dataset) {
        return Verdict::NotApplicable(Reason::Retired);
    }
    let covered = dataset.temporal.held().and_then(|held| {
        let (start, end) = (held.value.start?, held.value.end?);
        Some((start, end, Some(held.at), held.value.raw))
    });
    let Some((start, end, at, raw)) = covered.or_else(|| of_rows(subject)) else {
        return Verdict::Unknown(Reason::NotInExport);
    };
    // A slice of one year is one of many: the time it covers is that of its series.
    if !titles::skeleton_of(dataset.title_text())
        .period()
        .is_empty()
    {
        return Verdict::NotApplicable(Reason::Dependency);
    }
    let days = end.days_since(start) + 1;
    #[expect(clippy::cast_precision_loss, reason = "days of a few centuries")]
    let short = days > 0 && (days as f64) < 1.9 * period;
    if !short {
        return Verdict::Pass;
    }
    let message = format!(
        "The refresh rate is {}, and the data covers only {days} {}: less than two updates",
        refresh.rate.label.to_lowercase(),
        if days == 1 { "day" } else { "days" }
    );
    let draft = Draft::new("temporal", message).at(at);
    let draft = if raw.is_empty() {
        draft
    } else {
        draft.quoting(raw)
    };
    Verdict::fail(draft)
}

/// From the first to the last day in the data, where it was looked at: the widest span of all date fields.
fn of_rows<'a>(subject: &Subject<'a>) -> Option<(Date, Date, Option<At>, &'a str)> {
    subject.data?;
    let counted = subject.counted().into_iter().filter(|field| field.is_date);
    counted
        .filter_map(|field| {
            let start = dates::parse(field.stats.smallest?)?.date;
            let end = dates::parse(field.stats.largest?)?.date;
            Some((start, end, field.at, ""))
        })
        .max_by_key(|(start, end, ..)| end.days_since(*start))
}

/// Of more frequent updates many look back over a window on purpose.
const MONTH: f64 = 28.0;
