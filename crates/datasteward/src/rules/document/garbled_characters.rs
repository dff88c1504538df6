use std::cell::LazyCell;
use std::collections::HashSet;

use crate::lexicon::html;
use crate::lexicon::mojibake::{self, Damage, Invisible, InvisibleKind};
use crate::model::{At, UnusualText};
use crate::rule::{Check, Draft, Severity, Subject, Verdict, declare_rule};

declare_rule! {
    /// Some characters are damaged, or are not there to be read.
    ///
    /// ## Why it matters
    /// Damaged words look careless and cannot be searched; hidden control characters can break an export or mislead.
    ///
    /// ## How to mend it
    /// Correct the text at its source, and export it as UTF-8.
    ///
    /// ## Bad
    /// ```record.json
    /// {"datasteward": "1", "id": "maps", "title": "Maps", "description": "A list of the cityâ€™s maps."}
    /// ```
    ///
    /// ## Good
    /// ```record.json
    /// {"datasteward": "1", "id": "maps", "title": "Maps", "description": "A list of the city’s maps."}
    /// ```
    rule {
        id: "garbled-characters",
        code: "D0-04",
        item: D0,
        severity: Warning,
        status: Stable,
        derived_too: true,
        check: Check::Dataset(check),
    }
}

fn check(subject: &Subject<'_>) -> Verdict {
    // One finding a key: a table whose headers are all damaged is one mishap, not forty.
    let mut damaged: Vec<Draft> = Vec::new();
    let mut hidden: Option<Draft> = None;
    // The name of a field must stay that of the data.
    let columns = subject.dataset.columns.listed();
    let names = LazyCell::new(|| -> HashSet<At> {
        let places = columns
            .iter()
            .flat_map(|it| [it.machine_name.at(), it.name.at()]);
        places.flatten().collect()
    });
    for text in &subject.dataset.texts {
        let damage = mojibake::find(text.text);
        if let Some(first) = damage.first() {
            let at = damaged.iter().position(|draft| draft.subject == text.key);
            let index = at.unwrap_or_else(|| {
                damaged.push(draft(text, first));
                damaged.len() - 1
            });
            let Some(draft) = damaged.get_mut(index) else {
                continue;
            };
            draft.places.push(text.at);
            if damage.iter().all(|damage| is_sure(text.text, damage)) {
                let repaired = mojibake::repair(text.text);
                draft
                    .replacements
                    .extend(repaired.map(|repaired| (text.at, repaired)));
            }
        } else if let Some(found) = mojibake::invisible(text.text).filter(|it| is_of_note(it, text))
        {
            let is_name = names.contains(&text.at);
            note_hidden(&mut hidden, text, found.kind, is_name);
        }
    }
    damaged.extend(hidden);
    if damaged.is_empty() {
        Verdict::Pass
    } else {
        Verdict::Fail(damaged)
    }
}

/// A run of control characters is the rest of something: what it was cannot be told.
fn is_sure(text: &str, damage: &Damage) -> bool {
    let broken = text.get(damage.start..damage.end).unwrap_or_default();
    let remains = broken.chars().all(char::is_control) && broken.chars().count() > 1;
    damage.repaired.is_some() && !remains
}

fn draft(text: &UnusualText<'_>, first: &Damage) -> Draft {
    let broken = around(text.text, first.start, first.end);
    let message = match &first.repaired {
        Some(repaired) if is_sure(text.text, first) => format!(
            "Some characters in `{}` are damaged: `{}` should probably read `{repaired}`",
            text.key,
            text.text.get(first.start..first.end).unwrap_or_default()
        ),
        _ => format!("Some characters in `{}` are lost: `{broken}`", text.key),
    };
    let mut draft = Draft::new("text", message).quoting(broken);
    draft.subject = text.key.to_owned();
    draft
}

/// Editors of web pages leave runs of no-break spaces in every text, and its readers see one space.
fn is_of_note(found: &Invisible, text: &UnusualText<'_>) -> bool {
    found.kind != InvisibleKind::NoBreakSpaces || !html::has_markup(text.text)
}

fn note_hidden(
    hidden: &mut Option<Draft>,
    text: &UnusualText<'_>,
    kind: InvisibleKind,
    is_name: bool,
) {
    let (what, severity) = match kind {
        InvisibleKind::Control => ("control characters", Severity::Warning),
        InvisibleKind::Direction => ("marks that hide the reading order", Severity::Warning),
        InvisibleKind::ZeroWidth => ("characters without width", Severity::Info),
        InvisibleKind::SoftHyphen => ("hidden hyphens", Severity::Info),
        InvisibleKind::LineEnd => ("half a line break at its end", Severity::Info),
        InvisibleKind::NoBreakSpaces => ("runs of no-break spaces", Severity::Info),
    };
    let mended = match kind {
        InvisibleKind::LineEnd => Some(text.text.trim_end().to_owned()),
        InvisibleKind::ZeroWidth | InvisibleKind::SoftHyphen | InvisibleKind::NoBreakSpaces => {
            let is_address = text.text.contains("://");
            mojibake::without_unseen(text.text).filter(|_| !is_name && !is_address)
        }
        InvisibleKind::Control | InvisibleKind::Direction => None,
    };
    if let Some(draft) = hidden {
        draft.places.push(text.at);
        draft.severity = draft.severity.max(Some(severity));
        draft
            .replacements
            .extend(mended.map(|mended| (text.at, mended)));
        return;
    }
    let message = format!("`{}` holds {what} that nobody sees", text.key);
    let mut draft = Draft::new("text", message)
        .at(Some(text.at))
        .weighing(severity)
        .mend("Delete them: type the text anew, or paste it as plain text.");
    draft.subject = "invisible".to_owned();
    draft
        .replacements
        .extend(mended.map(|mended| (text.at, mended)));
    draft.replacing = "Take out what nobody sees";
    *hidden = Some(draft);
}

/// The damage with a few characters on both sides.
fn around(text: &str, start: usize, end: usize) -> &str {
    let from = text.get(..start).map_or(0, |before| {
        before.char_indices().rev().nth(20).map_or(0, |(at, _)| at)
    });
    let to = text.get(end..).map_or(text.len(), |after| {
        after
            .char_indices()
            .nth(20)
            .map_or(text.len(), |(at, _)| end + at)
    });
    text.get(from..to).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use crate::{Options, Source, check};

    #[test]
    fn spaces_of_an_editor_of_web_pages_are_left_alone() {
        let told = |description: &str| {
            let record = format!(
                r#"{{"datasteward": "1", "id": "t", "title": "Street trees", "description": "{description}"}}"#
            );
            let report = check(
                &[Source::new("a.json", record.as_bytes())],
                &Options::default(),
            );
            report
                .findings
                .iter()
                .any(|it| it.rule == "garbled-characters")
        };
        assert!(told(
            "Each row is a tree.\u{a0}\u{a0}\u{a0}Counted by hand."
        ));
        assert!(!told(
            "<p>Each row is a tree.\u{a0}\u{a0}\u{a0}</p>Counted by hand."
        ));
    }
}
