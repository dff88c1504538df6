use crate::judgement::TextVerdict;
use crate::lexicon::phrases::PaddingKind;
use crate::rule::{Check, Draft, Reason, Subject, Verdict, declare_rule};

declare_rule! {
    /// The description is longer than what it says.
    ///
    /// ## Why it matters
    /// Readers who have read one sentence three times stop reading, and miss what comes after it.
    ///
    /// ## How to mend it
    /// Say each thing once; what is missing can be said in one more sentence.
    ///
    /// ## Bad
    /// ```record.json
    /// {"datasteward": "1", "id": "o", "title": "Outages", "description": "Street lights that are out of order. Street lights that are out of order. Street lights that are out of order."}
    /// ```
    ///
    /// ## Good
    /// ```record.json
    /// {"datasteward": "1", "id": "o", "title": "Outages", "description": "Street lights that residents have reported as out of order, since 2016."}
    /// ```
    rule {
        id: "padded-description",
        code: "C2-06",
        item: C2,
        severity: Warning,
        status: Preview,
        derived_too: true,
        check: Check::Dataset(check),
    }
}

fn check(subject: &Subject<'_>) -> Verdict {
    let dataset = subject.dataset;
    let text = dataset.description_text();
    if text.is_empty() || subject.judged.description == TextVerdict::Placeholder {
        return Verdict::NotApplicable(Reason::Dependency);
    }
    let Some(found) = subject.judged.reading.padding(text) else {
        return Verdict::Pass;
    };
    let how = match found.kind {
        PaddingKind::RepeatedSentence => "says the same sentence again",
        PaddingKind::Signs => "reaches its length by signs and blanks",
        PaddingKind::FewWords => "says the same few words over and over",
    };
    let draft = Draft::new("description", format!("The description {how}"))
        .at(dataset.description.at())
        .quoting(text.get(found.range).unwrap_or_default());
    Verdict::fail(draft)
}
