use crate::lexicon::placeholder;
use crate::model::Access;
use crate::rule::{Check, Draft, Severity, Subject, Verdict, declare_rule};

declare_rule! {
    /// A note to colleagues stands on a public record.
    ///
    /// ## Why it matters
    /// Either the data should not be public, or the note should not be there.
    ///
    /// ## How to mend it
    /// Ask the owner which of the two it is, then unpublish the dataset or delete the note.
    ///
    /// ## Bad
    /// ```record.json
    /// {"datasteward": "1", "id": "x", "title": "Clinic visits", "description": "Not for public use."}
    /// ```
    ///
    /// ## Good
    /// ```record.json
    /// {"datasteward": "1", "id": "x", "title": "Clinic visits", "description": "Visits to public clinics, by month."}
    /// ```
    rule {
        id: "internal-note-published",
        code: "T8-04",
        item: T8,
        severity: Error,
        status: Preview,
        derived_too: true,
        check: Check::Dataset(check),
    }
}

fn check(subject: &Subject<'_>) -> Verdict {
    let dataset = subject.dataset;
    let in_title = placeholder::internal_note(dataset.title_text());
    let in_text = subject.judged.reading.internal();
    let (slot, text, range) = match (in_title, in_text) {
        (Some(range), _) => (&dataset.title, dataset.title_text(), range),
        (None, Some(hit)) => (
            &dataset.description,
            dataset.description_text(),
            hit.start..hit.end,
        ),
        (None, None) => return Verdict::Pass,
    };
    let words = text.get(range).unwrap_or_default();
    let message = format!("The text says `{words}`, yet the record is public");
    let public = matches!(dataset.access.value(), None | Some(Access::Public));
    let draft = Draft::new("description", message)
        .at(slot.at())
        .quoting(text)
        .weighing(if public {
            Severity::Error
        } else {
            Severity::Warning
        });
    Verdict::fail(draft)
}
