use crate::lexicon::mojibake::{self, InvisibleKind};
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
    let mut drafts = Vec::new();
    let mut hidden: Option<Draft> = None;
    for text in &subject.dataset.texts {
        let damage = mojibake::find(text.text);
        if let Some(first) = damage.first() {
            let broken = around(text.text, first.start, first.end);
            let repaired = mojibake::repair(text.text);
            let message = match &first.repaired {
                Some(repaired) => format!(
                    "Some characters in `{}` are damaged: `{}` should probably read `{repaired}`",
                    text.key,
                    text.text.get(first.start..first.end).unwrap_or_default()
                ),
                None => format!("Some characters in `{}` are lost: `{broken}`", text.key),
            };
            let mut draft = Draft::new("text", message)
                .at(Some(text.at))
                .quoting(broken);
            draft.subject = text.key.to_owned();
            draft.replacement = repaired;
            drafts.push(draft);
        } else if let Some(found) = mojibake::invisible(text.text) {
            let (what, severity) = match found.kind {
                InvisibleKind::Control => ("control characters", Severity::Warning),
                InvisibleKind::Direction => {
                    ("marks that hide the reading order", Severity::Warning)
                }
                InvisibleKind::ZeroWidth => ("characters without width", Severity::Info),
                InvisibleKind::SoftHyphen => ("hidden hyphens", Severity::Info),
                InvisibleKind::NoBreakSpaces => ("runs of no-break spaces", Severity::Info),
            };
            let message = format!("`{}` holds {what} that nobody sees", text.key);
            match &mut hidden {
                Some(draft) => {
                    draft.places.push(text.at);
                    draft.severity = draft.severity.max(Some(severity));
                }
                None => {
                    let mut draft = Draft::new("text", message)
                        .at(Some(text.at))
                        .weighing(severity);
                    draft.subject = "invisible".to_owned();
                    hidden = Some(
                        draft.mend("Delete them: type the text anew, or paste it as plain text."),
                    );
                }
            }
        }
    }
    drafts.extend(hidden);
    if drafts.is_empty() {
        Verdict::Pass
    } else {
        Verdict::Fail(drafts)
    }
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
