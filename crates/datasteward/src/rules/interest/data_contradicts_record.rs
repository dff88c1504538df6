use crate::lexicon::dates;
use crate::rule::{Check, Draft, Reason, Subject, Verdict, declare_rule};

declare_rule! {
    /// The data is another than the record says: more or fewer rows, or less time covered.
    ///
    /// ## Why it matters
    /// A reader plans with ten years of data and downloads two, or cannot tell whether the download was cut off.
    ///
    /// ## How to mend it
    /// Look whether the file is complete; if it is, correct the number of rows or the time covered in the record.
    ///
    /// ## Bad
    /// ```record.json
    /// {"datasteward": "1", "id": "t", "title": "Tree plantings", "coverage": {"start": "2015-01-01", "end": "2026-10-31"}, "columns": [{"name": "planted_on", "type": "date"}]}
    /// --- data
    /// planted_on
    /// 2015-02-01
    /// 2019-11-30
    /// ```
    ///
    /// ## Good
    /// ```record.json
    /// {"datasteward": "1", "id": "t", "title": "Tree plantings", "rows": 2, "coverage": {"start": "2015-01-01", "end": "2026-10-31"}, "columns": [{"name": "planted_on", "type": "date"}]}
    /// --- data
    /// planted_on
    /// 2015-02-01
    /// 2026-10-30
    /// ```
    ///
    /// ## Source
    /// City of Los Angeles, data standards checklist: enough data to draw patterns and insights.
    rule {
        id: "data-contradicts-record",
        code: "I10-05",
        item: I10,
        severity: Warning,
        status: Preview,
        derived_too: false,
        check: Check::Dataset(check),
    }
}

/// A record is written for a year, and its data starts or ends some time within it.
const SLACK_DAYS: i64 = 366;

/// A table grows between two looks at it.
const ROWS_ONE_IN: u64 = 10;

fn check(subject: &Subject<'_>) -> Verdict {
    if subject.data.is_none() {
        return Verdict::NotApplicable(Reason::NoData);
    }
    let drafts: Vec<Draft> = rows(subject).into_iter().chain(covered(subject)).collect();
    if drafts.is_empty() {
        Verdict::Pass
    } else {
        Verdict::Fail(drafts)
    }
}

fn rows(subject: &Subject<'_>) -> Option<Draft> {
    let held = subject.dataset.rows.held()?;
    let (said, found) = (held.value, subject.data?.rows?);
    let apart = said.abs_diff(found);
    if apart < 10 || apart.saturating_mul(ROWS_ONE_IN) <= said.max(found) {
        return None;
    }
    let message = format!("The record says {said} rows, and the data has {found}");
    Some(Draft::new("rows", message).at(Some(held.at)))
}

/// The time covered, as the record says, against the first and the last day of all date fields.
fn covered(subject: &Subject<'_>) -> Vec<Draft> {
    let Some(held) = subject.dataset.temporal.held() else {
        return Vec::new();
    };
    let fields = subject.counted().into_iter().filter(|field| field.is_date);
    let days = fields.filter_map(|field| {
        let first = dates::parse(field.stats.smallest?)?.date;
        let last = dates::parse(field.stats.largest?)?.date;
        Some((first, last))
    });
    let Some((first, last)) = days.reduce(|one, other| (one.0.min(other.0), one.1.max(other.1)))
    else {
        return Vec::new();
    };
    let draft = |message: String| Draft::new("temporal", message).at(Some(held.at));
    let mut drafts = Vec::new();
    if let Some(start) = held.value.start
        && first.days_since(start) > SLACK_DAYS
    {
        drafts.push(draft(format!(
            "The time covered is said to begin on {}, and the first day in the data is {}",
            start.spoken(),
            first.spoken()
        )));
    }
    // What ends later than today is a plan.
    let end = match (held.value.end, subject.as_of) {
        (Some(end), Some(as_of)) => Some(end.min(as_of)),
        (end, _) => end,
    };
    if let Some(end) = end
        && end.days_since(last) > SLACK_DAYS
    {
        drafts.push(draft(format!(
            "The time covered is said to end on {}, and the last day in the data is {}",
            end.spoken(),
            last.spoken()
        )));
    }
    drafts
}
