use crate::lexicon::phrases::Limits;
use crate::rule::{Check, Draft, Reason, Subject, Verdict, declare_rule};

declare_rule! {
    /// Nothing is said about what the data leaves out, or how exact it is.
    ///
    /// ## Why it matters
    /// Readers take the data for complete and exact, and draw conclusions that it cannot bear.
    ///
    /// ## How to mend it
    /// Add one or two sentences to the description: what is missing, what is estimated, since when it can be trusted. If you know of nothing, say so.
    ///
    /// ## Bad
    /// ```record.json
    /// {"datasteward": "1", "id": "crime", "title": "Reported crime", "description": "Crimes reported to the police, one row a report."}
    /// ```
    ///
    /// ## Good
    /// ```record.json
    /// {"datasteward": "1", "id": "crime", "title": "Reported crime", "description":
    ///  "Crimes reported to the police, one row a report. Transcribed from paper, so some errors are likely; places are rounded to the block."}
    /// ```
    ///
    /// ## Source
    /// City of Los Angeles, data standards checklist: doubts about accuracy or limitations are noted.
    rule {
        id: "limitations-missing",
        code: "T8-01",
        item: T8,
        severity: Warning,
        status: Stable,
        derived_too: false,
        check: Check::Dataset(check),
    }
}

fn check(subject: &Subject<'_>) -> Verdict {
    if let Some(verdict) = subject.not_data() {
        return verdict;
    }
    let dataset = subject.dataset;
    if subject.judged.states_limits(dataset) {
        return Verdict::Pass;
    }
    if !dataset.description.is_filled() && !dataset.description.is_blank() {
        return Verdict::Unknown(Reason::NoSlot);
    }
    let at = dataset.description.at();
    if subject.is_unfilled(at) {
        return Verdict::NotApplicable(Reason::Dependency);
    }
    let draft = match subject.judged.limits {
        Some(Limits::DisclaimerOnly(hit)) => Draft::new(
            "limitations",
            "The disclaimer protects the publisher, but nothing tells the reader what to watch for in the data",
        )
        .quoting(dataset.description_text().get(hit.start..hit.end).unwrap_or_default()),
        _ => Draft::new(
            "limitations",
            "Nothing is said about what this data leaves out, or how exact it is",
        ),
    };
    Verdict::fail(draft.at(at))
}
