use crate::judgement::TextVerdict;
use crate::lexicon::language::Language;
use crate::rule::{Check, Draft, Reason, Severity, Subject, Verdict, declare_rule};

declare_rule! {
    /// A record does not say why the data exists, how it was made or how to read it.
    ///
    /// ## Why it matters
    /// Without a story around it, few readers see what the data could tell them.
    ///
    /// ## How to mend it
    /// Say in the description why the data is collected, how, and what it is used for, or link a chart, map or guide about it.
    ///
    /// ## Bad
    /// ```record.json
    /// {"datasteward": "1", "id": "crime", "title": "Crime map", "description": "Crime map of the city."}
    /// ```
    ///
    /// ## Good
    /// ```record.json
    /// {"datasteward": "1", "id": "bikes", "title": "Bicycle counts", "description":
    ///  "The Transport Department counts bicycles at 20 sites each autumn to plan new lanes; the counts are made by hand from 7 to 9 in the morning."}
    /// ```
    ///
    /// ## Source
    /// City of Los Angeles, data standards checklist: context, in the description or with a visualization.
    rule {
        id: "context-missing",
        code: "I9-01",
        item: I9,
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
    if subject.judged.gives_context(dataset) {
        return Verdict::Pass;
    }
    if matches!(
        subject.judged.description,
        TextVerdict::Missing | TextVerdict::Placeholder
    ) {
        return Verdict::NotApplicable(Reason::Dependency);
    }
    if matches!(subject.judged.language, Language::Italian) {
        return Verdict::Unknown(Reason::Language);
    }
    let context = &subject.judged.context;
    let missing = match (context.why, context.how) {
        (false, false) => "why the data exists or how it was made",
        (false, true) => "what the data is for",
        (true, false) => "how the data was made",
        (true, true) => "enough for a newcomer to see what the data can tell",
    };
    // One of the two is what a reader needs most; where it is told in few words, the other is only a wish.
    let severity = if context.what && (context.why || context.how) {
        Severity::Info
    } else {
        Severity::Warning
    };
    let message = format!("The description does not say {missing}");
    let draft = Draft::new("description", message)
        .at(dataset.description.at())
        .weighing(severity);
    Verdict::fail(draft)
}
