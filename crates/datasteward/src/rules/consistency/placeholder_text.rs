use crate::lexicon::labels::{Asked, is_label};
use crate::lexicon::placeholder::{self, Placeholder};
use crate::model::{Dataset, Slot, Text};
use crate::rule::{Check, Draft, Severity, Subject, Verdict, declare_rule, quoted_list};

declare_rule! {
    /// Text stands where information should stand, and says nothing.
    ///
    /// ## Why it matters
    /// It looks filled in, so the gap goes unnoticed, and readers are let down one by one.
    ///
    /// ## How to mend it
    /// Write a sentence, or leave the field empty so that the gap can be seen.
    ///
    /// ## Bad
    /// ```record.json
    /// {"datasteward": "1", "id": "apps", "title": "Application portfolio", "description": "null"}
    /// ```
    ///
    /// ## Good
    /// ```record.json
    /// {"datasteward": "1", "id": "apps", "title": "Application portfolio",
    ///  "description": "Not applicable to schools: the survey of their software ended in 2014."}
    /// ```
    rule {
        id: "placeholder-text",
        code: "C2-03",
        item: C2,
        severity: Error,
        status: Stable,
        derived_too: true,
        check: Check::Dataset(check),
    }
}

fn check(subject: &Subject<'_>) -> Verdict {
    let dataset = subject.dataset;
    let mut drafts = Vec::new();
    for (slot, name, asked) in [
        (&dataset.title, "title", Asked::Title),
        (&dataset.description, "description", Asked::Description),
    ] {
        drafts.extend(in_text(slot, name, asked));
    }
    drafts.extend(in_keywords(dataset));
    drafts.extend(in_publisher(dataset));
    drafts.extend(in_rights(dataset));
    drafts.extend(in_columns(subject));
    if drafts.is_empty() {
        Verdict::Pass
    } else {
        Verdict::Fail(drafts)
    }
}

fn in_text(slot: &Slot<Text<'_>>, name: &'static str, asked: Asked) -> Option<Draft> {
    let held = slot.held()?;
    let text = held.value.plain.as_ref();
    let what = match placeholder::classify(text) {
        Some(Placeholder::Template) => return None,
        Some(Placeholder::IdAsText) => "is an identifier, not words",
        Some(_) => "is not information",
        None if is_label(text, asked) => "is what the form asks for, not the answer",
        None => return None,
    };
    let message = format!("The {name} says `{text}`, which {what}");
    Some(Draft::new(name, message).at(Some(held.at)).quoting(text))
}

/// Keywords that are still those of the form.
fn in_keywords(dataset: &Dataset<'_>) -> Option<Draft> {
    let held = dataset.keywords.held()?;
    let found = held
        .value
        .iter()
        .find(|word| is_label(word.value, Asked::Keyword))?;
    let evidence = found.value;
    let message = format!("The keywords say `{evidence}`, which is what the form asks for");
    let draft = Draft::new("keywords", message)
        .at(Some(found.at))
        .quoting(evidence);
    Some(draft.weighing(Severity::Warning))
}

/// A publisher whose name is the label of the form.
fn in_publisher(dataset: &Dataset<'_>) -> Option<Draft> {
    let held = dataset.publisher.held()?;
    let name = held.value.name;
    if !is_label(name, Asked::Publisher) {
        return None;
    }
    let message = format!("The publisher is called `{name}`, which is what the form asks for");
    let draft = Draft::new("publisher", message)
        .at(Some(held.at))
        .quoting(name);
    Some(draft.weighing(Severity::Warning))
}

/// The answer to a box that was ticked.
fn in_rights(dataset: &Dataset<'_>) -> Option<Draft> {
    let held = dataset.rights.held()?;
    let text = held.value.plain.as_ref();
    let ticks = ["true", "false", "yes", "no"];
    if !ticks.iter().any(|tick| text.eq_ignore_ascii_case(tick)) {
        return None;
    }
    let message =
        format!("The rights say `{text}`, which tells nobody who may use the data, and how");
    let draft = Draft::new("rights", message)
        .at(Some(held.at))
        .quoting(text)
        .mend("Write a sentence on who may see or use the data, or leave the field out.");
    Some(draft.weighing(Severity::Info))
}

/// Descriptions of fields, all together.
fn in_columns(subject: &Subject<'_>) -> Option<Draft> {
    let columns = subject.dataset.columns.listed();
    let found: Vec<_> = subject
        .judged
        .judged_columns()
        .filter_map(|(index, _)| columns.get(index))
        .filter(|column| {
            let class = placeholder::classify(column.description_text());
            class.is_some_and(|class| class != Placeholder::Template)
        })
        .collect();
    let first = found.first()?;
    let evidence = first.description_text();
    let names = quoted_list(found.iter().map(|column| column.shown_name()));
    let judged = subject.judged.judged_columns().count();
    let message = if found.len() == 1 {
        format!("The description of the field {names} says `{evidence}`, which is not information")
    } else {
        format!(
            "The descriptions of {} fields say nothing, such as `{evidence}`: {names}",
            found.len()
        )
    };
    let draft = Draft::new("columns.description", message)
        .at_all(found.iter().filter_map(|column| column.description.at()))
        .quoting(evidence)
        .of(found.len(), judged)
        .weighing(Severity::Warning);
    Some(draft)
}
