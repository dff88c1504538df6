use crate::lexicon::placeholder;
use crate::rule::{Check, Draft, Subject, Verdict, declare_rule, quoted_list};

declare_rule! {
    /// A field still shows the portal's template text.
    ///
    /// ## Why it matters
    /// Readers see machine text, and the field is in truth empty.
    ///
    /// ## How to mend it
    /// Fill in the value in the portal, or clear the field so that the gap can be seen.
    ///
    /// ## Bad
    /// ```record.json
    /// {"datasteward": "1", "id": "roads", "title": "County roads", "description": "{{description}}"}
    /// ```
    ///
    /// ## Good
    /// ```record.json
    /// {"datasteward": "1", "id": "roads", "title": "County roads",
    ///  "description": "Roads that the county maintains, drawn from the yearly survey."}
    /// ```
    rule {
        id: "template-not-filled",
        code: "D0-03",
        item: D0,
        severity: Error,
        status: Stable,
        derived_too: true,
        check: Check::Dataset(check),
    }
}

fn check(subject: &Subject<'_>) -> Verdict {
    let mut places = Vec::new();
    let mut keys = Vec::new();
    let mut evidence = None;
    for text in &subject.dataset.texts {
        let Some(range) = placeholder::template_in(text.text) else {
            continue;
        };
        places.push(text.at);
        if !keys.contains(&text.key) {
            keys.push(text.key);
        }
        if evidence.is_none() {
            evidence = text.text.get(range);
        }
    }
    let Some(evidence) = evidence else {
        return Verdict::Pass;
    };
    let (fields, show, value) = if keys.len() == 1 {
        ("field", "shows", "a value")
    } else {
        ("fields", "show", "values")
    };
    let message = format!(
        "The {fields} {} still {show} the portal's template text `{evidence}` instead of {value}",
        quoted_list(keys.iter().copied())
    );
    Verdict::fail(Draft::new("text", message).at_all(places).quoting(evidence))
}
