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
    // What a program can take out stands apart from what it cannot, so that a finding whose fix is in place is gone.
    let mut hidden: Vec<Draft> = Vec::new();
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
            let is_sure = damage.iter().all(|damage| is_sure(text.text, damage));
            let repaired = mojibake::repair(text.text).filter(|_| is_sure);
            let repaired = repaired.map(|repaired| {
                // What was damaged may have been a hidden sign: it goes in the same run.
                let kind = hidden_in(&repaired).map(|found| found.kind);
                kind.and_then(|kind| without_hidden(&repaired, kind, names.contains(&text.at)))
                    .unwrap_or(repaired)
            });
            note(&mut damaged, draft(text, first), text.at, repaired);
        } else if let Some(found) = hidden_in(text.text) {
            let mended = without_hidden(text.text, found.kind, names.contains(&text.at));
            let draft = hidden_draft(text, found.kind, mended.is_some());
            note(&mut hidden, draft, text.at, mended);
        }
    }
    damaged.extend(hidden);
    if damaged.is_empty() {
        Verdict::Pass
    } else {
        Verdict::Fail(damaged)
    }
}

/// Adds a text to the finding that speaks of its like, or begins that finding.
fn note(drafts: &mut Vec<Draft>, new: Draft, at: At, mended: Option<String>) {
    let known = drafts.iter().position(|it| it.subject == new.subject);
    let index = known.unwrap_or(drafts.len());
    if known.is_none() {
        drafts.push(new.clone());
    }
    let Some(draft) = drafts.get_mut(index) else {
        return;
    };
    draft.severity = draft.severity.max(new.severity);
    draft.places.push(at);
    draft.replacements.extend(mended.map(|mended| (at, mended)));
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
        // The mark of an encoding, read as letters.
        Some(repaired) if is_sure(text.text, first) && repaired.is_empty() => format!(
            "Some characters in `{}` are damaged: `{}` should go",
            text.key,
            text.text.get(first.start..first.end).unwrap_or_default()
        ),
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

/// The first hidden sign of a text. Editors of web pages leave runs of no-break spaces in every text, and its readers see
/// one space.
fn hidden_in(text: &str) -> Option<Invisible> {
    mojibake::invisible(text)
        .filter(|found| found.kind != InvisibleKind::NoBreakSpaces || !html::has_markup(text))
}

/// The text without what nobody sees, where that changes neither the name of a field nor an address.
fn without_hidden(text: &str, kind: InvisibleKind, is_name: bool) -> Option<String> {
    match kind {
        InvisibleKind::LineEnd => Some(text.trim_end().to_owned()),
        InvisibleKind::ZeroWidth | InvisibleKind::SoftHyphen | InvisibleKind::NoBreakSpaces => {
            let mut words = text.split([' ', '\t', '\r', '\n']);
            let is_address =
                words.any(|word| word.contains("://") && mojibake::invisible(word).is_some());
            mojibake::without_unseen(text).filter(|_| !is_name && !is_address)
        }
        InvisibleKind::Control | InvisibleKind::Direction | InvisibleKind::LookAlike => None,
    }
}

fn hidden_draft(text: &UnusualText<'_>, kind: InvisibleKind, can_be_mended: bool) -> Draft {
    let (what, severity) = match kind {
        InvisibleKind::Control => ("control characters", Severity::Warning),
        InvisibleKind::Direction => ("marks that turn the reading order", Severity::Warning),
        InvisibleKind::ZeroWidth => ("characters without width", Severity::Info),
        InvisibleKind::SoftHyphen => ("hidden hyphens", Severity::Info),
        InvisibleKind::LineEnd => ("half a line break at its end", Severity::Info),
        InvisibleKind::NoBreakSpaces => ("runs of no-break spaces", Severity::Info),
        InvisibleKind::LookAlike => ("Cyrillic letters among Latin ones", Severity::Warning),
    };
    let (seen, how) = if kind == InvisibleKind::LookAlike {
        (
            "that look like them, so no search finds the word",
            "Type the word anew.",
        )
    } else {
        (
            "that nobody sees",
            "Delete them: type the text anew, or paste it as plain text.",
        )
    };
    let message = format!("`{}` holds {what} {seen}", text.key);
    let mut draft = Draft::new("text", message).weighing(severity).mend(how);
    draft.subject = if can_be_mended {
        "invisible"
    } else {
        "invisible, by hand"
    }
    .to_owned();
    draft.replacing = "Take out what nobody sees";
    draft
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

    /// The findings of a record: how many places each has, and how many of them its fix changes.
    fn found(description: &str, keywords: &str) -> Vec<(usize, usize)> {
        let record = format!(
            r#"{{"datasteward": "1", "id": "t", "title": "Street trees", "description": "{description}", "keywords": [{keywords}]}}"#
        );
        let source = Source::new("a.json", record.as_bytes());
        let report = check(&[source], &Options::default());
        let ours = report
            .findings
            .iter()
            .filter(|it| it.rule == "garbled-characters");
        ours.map(|it| {
            let edits = it.fix.as_ref().map_or(0, |fix| fix.edits.len());
            (it.locations.len(), edits)
        })
        .collect()
    }

    #[test]
    fn what_can_be_mended_stands_apart_from_what_cannot() {
        // Beside an address, but not in it.
        assert_eq!(
            found("Street\u{200B} trees, see https://city.example/trees.", ""),
            [(1, 1)]
        );
        // In the address, and another that can go.
        assert_eq!(
            found(
                "Trees, see https://city.example/\u{200B}trees.",
                "\"street\u{200B} trees\""
            ),
            [(1, 0), (1, 1)]
        );
    }

    #[test]
    fn hidden_signs_that_were_damaged_go_in_the_same_run() {
        let record = "{\"datasteward\": \"1\", \"id\": \"t\", \"title\": \"Trees\", \"description\": \"Each row is a tree.\u{C2}\u{A0}\u{C2}\u{A0}Counted by hand.\"}";
        let mend = |text: &str| {
            let source = Source::new("a.json", text.as_bytes());
            let fixed = crate::fix::fix(&source, &Options::default(), |_, _| true);
            String::from_utf8(fixed.bytes).expect("text")
        };
        let mended = mend(record);
        assert!(mended.contains("tree. Counted"), "{mended}");
        assert_eq!(mend(&mended), mended);
    }

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
