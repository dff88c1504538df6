use crate::lexicon::dates::{self, Date};
use crate::lexicon::titles;
use crate::model::At;
use crate::rule::{Check, Draft, Reason, Severity, Subject, Verdict, declare_rule};

declare_rule! {
    /// The newest rows are much older than the promised refresh rate.
    ///
    /// ## Why it matters
    /// The table is touched every week and looks alive, yet nothing new arrives in it.
    ///
    /// ## How to mend it
    /// Look whether the feed has broken; if the data is complete, say so and set the refresh rate to "historical".
    ///
    /// ## Bad
    /// ```record.json
    /// {"datasteward": "1", "id": "c", "title": "Collisions", "refresh": {"rate": "R/P1M"}, "data_updated": "2026-11-20",
    ///  "coverage": {"start": "2010-01-01", "end": "2019-12-31"}}
    /// ```
    ///
    /// ## Good
    /// ```record.json
    /// {"datasteward": "1", "id": "c", "title": "Collisions", "refresh": {"rate": "R/P1M"}, "data_updated": "2026-11-20",
    ///  "coverage": {"start": "2010-01-01", "end": "2026-10-31"}}
    /// ```
    ///
    /// ## Source
    /// City of Los Angeles, data standards checklist: the documented refresh rate is kept.
    rule {
        id: "data-stops-early",
        code: "C3-08",
        item: C3,
        severity: Warning,
        status: Stable,
        derived_too: false,
        check: Check::Dataset(check),
    }
}

fn check(subject: &Subject<'_>) -> Verdict {
    let dataset = subject.dataset;
    let Some(refresh) = dataset.refresh.held() else {
        return Verdict::NotApplicable(Reason::Dependency);
    };
    let rate = &refresh.value.rate;
    let (Some(allowed), Some(period), true) = (rate.max_age_days, rate.days, rate.is_periodic())
    else {
        return Verdict::NotApplicable(Reason::NotPeriodic);
    };
    if subject.judged.is_retired(dataset) {
        return Verdict::NotApplicable(Reason::Retired);
    }
    let Some(as_of) = subject.as_of else {
        return Verdict::Unknown(Reason::NoAsOf);
    };
    if titles::names_a_past_period(dataset.title_text(), as_of) {
        return Verdict::NotApplicable(Reason::NotPeriodic);
    }
    let Some((newest, source, at, severity)) = newest(subject, as_of) else {
        return Verdict::Unknown(Reason::NotInExport);
    };
    let age = as_of.days_since(newest);
    let allowed = f64::from(allowed);
    #[expect(clippy::cast_precision_loss, reason = "days of a few centuries")]
    let stopped = age as f64 >= 2.0 * allowed && age as f64 >= allowed + period + SLACK_DAYS;
    if !stopped {
        return Verdict::Pass;
    }
    let message = format!(
        "The refresh rate is {}, but {source} {}",
        rate.label.to_lowercase(),
        newest.spoken()
    );
    let draft = Draft::new("data_updated", message)
        .at_all([at, Some(refresh.at)].into_iter().flatten())
        .weighing(severity);
    Verdict::fail(draft)
}

/// Reports are often closed a season after the period they are about.
const SLACK_DAYS: f64 = 90.0;

/// The newest date in the data: the largest value of a date field, else the end of the time covered.
fn newest(subject: &Subject<'_>, as_of: Date) -> Option<(Date, String, Option<At>, Severity)> {
    let dataset = subject.dataset;
    let counted = subject.counted().into_iter().filter(|field| field.is_date);
    let of_rows = counted
        .filter_map(|field| {
            let date = dates::parse(field.stats.largest?)?.date;
            (date.days_since(as_of) <= 0).then_some((date, field))
        })
        .max_by_key(|(date, _)| *date);
    if let Some((date, field)) = of_rows {
        let source = format!("the newest `{}` is", field.name);
        return Some((date, source, field.at, Severity::Warning));
    }
    let covered = dataset.temporal.held()?;
    let end = covered.value.end.filter(|end| end.days_since(as_of) <= 0)?;
    Some((
        end,
        "the time covered ends on".to_owned(),
        covered.value.end_at.or(Some(covered.at)),
        Severity::Info,
    ))
}
