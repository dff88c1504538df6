use crate::judgement::TextVerdict;
use crate::lexicon::addresses;
use crate::limits;
use crate::rule::{Check, Draft, Reason, Severity, Subject, Verdict, declare_rule};

declare_rule! {
    /// A description is too short to tell what the data is.
    ///
    /// ## Why it matters
    /// A reader cannot tell whether the dataset answers the question at hand, and moves on or writes to you.
    ///
    /// ## How to mend it
    /// Add what one row is, who collects it and how, and what to watch for.
    ///
    /// ## Bad
    /// ```record.json
    /// {"datasteward": "1", "id": "claims", "title": "Port claims", "description": "New claims per month"}
    /// ```
    ///
    /// ## Good
    /// ```record.json
    /// {"datasteward": "1", "id": "claims", "title": "Port claims",
    ///  "description": "Compensation claims that port workers filed each month, counted by the risk office from its case system."}
    /// ```
    rule {
        id: "description-too-short",
        code: "C2-05",
        item: C2,
        severity: Warning,
        status: Stable,
        derived_too: true,
        check: Check::Dataset(check),
    }
}

fn check(subject: &Subject<'_>) -> Verdict {
    let dataset = subject.dataset;
    if !matches!(
        subject.judged.description,
        TextVerdict::Thin | TextVerdict::Good
    ) {
        return Verdict::NotApplicable(Reason::Dependency);
    }
    if !dataset.description.is_filled() {
        return Verdict::Pass;
    }
    let text = dataset.description_text();
    if addresses::is_all_there_is(text) {
        let message = format!(
            "The description is only a web address; a reader cannot tell {}",
            missing(subject)
        );
        let draft = Draft::new("description", message)
            .at(dataset.description.at())
            .quoting(text)
            .mend("Say here what stands there: what one row is, who collects it and how. Keep the address below it.");
        return Verdict::fail(draft);
    }
    let enough = limits::SHORT_DESCRIPTION_CHARACTERS;
    let length = subject.judged.reading.effective_length(text, enough);
    if length.characters >= enough {
        return Verdict::Pass;
    }
    // "10/01/14" is one word to those who read it.
    let words = match length.words.min(text.split_whitespace().count()) {
        1 => "1 word".to_owned(),
        count => format!("{count} words"),
    };
    let message = format!(
        "The description has only {words}; a reader cannot tell {}",
        missing(subject)
    );
    let draft = Draft::new("description", message)
        .at(dataset.description.at())
        .quoting(text)
        .weighing(Severity::Warning);
    Verdict::fail(draft)
}

/// The parts of the context that a reader would ask for first.
fn missing(subject: &Subject<'_>) -> &'static str {
    let context = &subject.judged.context;
    match (context.how, context.why) {
        (false, false) => "how the data was made, or what it is for",
        (false, true) => "how the data was made",
        (true, false) => "what the data is for",
        (true, true) => "what one row is",
    }
}
