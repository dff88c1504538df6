use crate::lexicon::phrases::Limits;
use crate::rule::{Check, Draft, Reason, Subject, Verdict, declare_rule};

declare_rule! {
    /// The text protects the publisher and does not tell the reader what to watch for.
    ///
    /// ## Why it matters
    /// "No warranty" stands under the best data and the worst; it tells nobody what is missing or rough.
    ///
    /// ## How to mend it
    /// Keep the disclaimer, and add one sentence on what the data leaves out or how exact it is.
    ///
    /// ## Bad
    /// ```record.json
    /// {"datasteward": "1", "id": "t", "title": "Street trees", "description": "Trees along public streets. The data is provided as is, without warranty of any kind."}
    /// ```
    ///
    /// ## Good
    /// ```record.json
    /// {"datasteward": "1", "id": "t", "title": "Street trees", "description": "Trees along public streets; trees in parks are not included. The data is provided as is, without warranty of any kind."}
    /// ```
    ///
    /// ## Source
    /// City of Los Angeles, data standards checklist: doubts about accuracy and limits are noted.
    rule {
        id: "disclaimer-only",
        code: "T8-02",
        item: T8,
        severity: Info,
        status: Preview,
        derived_too: false,
        check: Check::Dataset(check),
    }
}

fn check(subject: &Subject<'_>) -> Verdict {
    if let Some(verdict) = subject.not_data() {
        return verdict;
    }
    if subject.is_unfilled(subject.dataset.description.at()) {
        return Verdict::NotApplicable(Reason::Dependency);
    }
    let dataset = subject.dataset;
    let Some(Limits::DisclaimerOnly(hit)) = subject.judged.limits else {
        return Verdict::Pass;
    };
    if subject.judged.states_limits(dataset) {
        return Verdict::Pass;
    }
    let text = dataset.description_text();
    let draft = Draft::new(
        "description",
        "The disclaimer protects the publisher; it does not tell a reader what to watch for",
    )
    .at(dataset.description.at())
    .quoting(text.get(hit.start..hit.end).unwrap_or_default());
    Verdict::fail(draft)
}
