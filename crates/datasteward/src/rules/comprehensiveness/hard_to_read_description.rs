use crate::lexicon::language::Language;
use crate::lexicon::readability;
use crate::limits;
use crate::rule::{Check, Draft, Reason, Subject, Verdict, declare_rule};

declare_rule! {
    /// The description is hard to read.
    ///
    /// ## Why it matters
    /// Long sentences full of long words turn away the readers for whom the data was published.
    ///
    /// ## How to mend it
    /// Cut the longest sentences in two, and say things with everyday words.
    ///
    /// ## Bad
    /// ```record.json
    /// {"datasteward": "1", "id": "m", "title": "Maintenance", "description": "Pursuant to applicable administrative regulations governing municipal infrastructure, comprehensive documentation regarding maintenance responsibilities is periodically consolidated by participating departments, notwithstanding jurisdictional inconsistencies. Subsequent reconciliation of organizational responsibilities necessitates additional interdepartmental communication, particularly concerning infrastructure inventories, environmental considerations, contractual obligations and accessibility requirements established by legislation. Interpretation of individual maintenance classifications accordingly presupposes familiarity with the underlying documentation of the participating departments and of their organizational predecessors."}
    /// ```
    ///
    /// ## Good
    /// ```record.json
    /// {"datasteward": "1", "id": "m", "title": "Maintenance", "description": "Which department looks after which road. The departments agree on the list once a year. Some roads near the city limits are shared."}
    /// ```
    ///
    /// ## Source
    /// Flesch–Kincaid grade: 0.39 words a sentence + 11.8 syllables a word − 15.59.
    rule {
        id: "hard-to-read-description",
        code: "M5-10",
        item: M5,
        severity: Info,
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
    let text = dataset.description_text();
    if subject.judged.reading.words() < limits::READABLE_WORDS {
        return Verdict::NotApplicable(Reason::Dependency);
    }
    if subject.judged.language != Language::English {
        return Verdict::Unknown(Reason::Language);
    }
    let Some(found) = readability::measure(text) else {
        return Verdict::NotApplicable(Reason::Dependency);
    };
    let enough =
        found.words >= limits::READABLE_WORDS && found.sentences >= limits::READABLE_SENTENCES;
    let hard = enough && found.grade > limits::HARD_GRADE;
    let endless = found.longest >= limits::ENDLESS_SENTENCE;
    if !hard && !endless {
        return Verdict::Pass;
    }
    let message = if endless {
        format!(
            "The description is hard to read: one of its sentences has {} words",
            found.longest
        )
    } else {
        format!(
            "The description is hard to read: its sentences have {} words on average, many of them long",
            found.words / found.sentences.max(1)
        )
    };
    let (start, end) = found.longest_at;
    let draft = Draft::new("description", message)
        .at(dataset.description.at())
        .quoting(text.get(start..end).unwrap_or_default().trim());
    Verdict::fail(draft)
}
