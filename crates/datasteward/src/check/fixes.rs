//! Fixes of findings, as patches of the record and as edits of its text.

use crate::reading::Record;
use crate::report::{Edit, Fix, PatchStep, Safety};
use crate::rule::Draft;
use crate::source::tree::{Syntax, push_escaped};
use crate::source::written::rewritten;

/// A fix for a finding that brings its corrected texts along.
pub(super) fn fix(draft: &Draft, record: &Record<'_>) -> Option<Fix> {
    if !draft.renames.is_empty() {
        return rename(draft, record);
    }
    if !draft.splits.is_empty() {
        return split(draft, record);
    }
    // How a text is written in other syntaxes is not known: a wrong repair would be worse than none.
    let syntax = record.tree.syntax();
    let is_known = matches!(syntax, Syntax::Json | Syntax::Yaml | Syntax::Table);
    if draft.replacements.is_empty() || !is_known {
        return None;
    }
    let (mut patch, mut edits) = (Vec::new(), Vec::new());
    for (at, new) in &draft.replacements {
        let value = record.tree.value(*at);
        let old = value.as_str()?;
        let place = record.places.place(record.tree, *at);
        let step = |op: &str, value: &str| PatchStep {
            op: op.to_owned(),
            from: None,
            path: place.pointer.clone(),
            value: Some(value.to_owned()),
        };
        patch.extend([step("test", old), step("replace", new)]);
        let text = rewritten(syntax, value.raw(), old, new);
        edits.extend(
            place
                .span
                .zip(text)
                .map(|((start, end), text)| Edit { start, end, text }),
        );
    }
    Some(Fix {
        safety: safety(draft),
        title: match draft.replacing {
            "" => "Repair the damaged characters".to_owned(),
            title => title.to_owned(),
        },
        patch,
        edits,
    })
}

fn safety(draft: &Draft) -> Safety {
    if draft.needs_review {
        Safety::NeedsReview
    } else {
        Safety::Safe
    }
}

/// Several items of a list in the place of one that packs them; only where it is an item of a list in JSON.
fn split(draft: &Draft, record: &Record<'_>) -> Option<Fix> {
    if record.tree.syntax() != Syntax::Json {
        return None;
    }
    let (mut patch, mut edits) = (Vec::new(), Vec::new());
    let mut splits: Vec<_> = draft.splits.iter().collect();
    // The last one first: what is put in shifts no item that is still to come.
    splits.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
    for (at, parts) in splits {
        let value = record.tree.value(*at);
        let old = value.as_str()?;
        let place = record.places.place(record.tree, *at);
        let (list, number) = place.pointer.rsplit_once('/')?;
        if value.key().is_some() {
            return None;
        }
        let number: usize = number.parse().ok()?;
        let step = |op: &str, number: usize, value: &str| PatchStep {
            op: op.to_owned(),
            from: None,
            path: format!("{list}/{number}"),
            value: Some(value.to_owned()),
        };
        patch.push(step("test", number, old));
        for (further, part) in parts.iter().enumerate() {
            let op = if further == 0 { "replace" } else { "add" };
            patch.push(step(op, number + further, part));
        }
        let texts: Vec<String> = parts
            .iter()
            .map(|part| serde_json::Value::from(part.as_str()).to_string())
            .collect();
        edits.extend(place.span.map(|(start, end)| Edit {
            start,
            end,
            text: texts.join(", "),
        }));
    }
    Some(Fix {
        safety: safety(draft),
        title: draft.replacing.to_owned(),
        patch,
        edits,
    })
}

/// Right keys in the place of wrong ones.
fn rename(draft: &Draft, record: &Record<'_>) -> Option<Fix> {
    let (mut patch, mut edits) = (Vec::new(), Vec::new());
    for (at, key) in &draft.renames {
        let place = record.places.place(record.tree, *at);
        let (parent, _) = place.pointer.rsplit_once('/')?;
        let mut path = format!("{parent}/");
        push_escaped(&mut path, key);
        patch.push(PatchStep {
            op: "move".to_owned(),
            from: Some(place.pointer.clone()),
            path,
            value: None,
        });
        let key_place = record.places.key_place(record.tree, *at);
        edits.extend(
            key_place
                .filter(|_| record.tree.syntax() == Syntax::Json)
                .map(|(start, end)| Edit {
                    start,
                    end,
                    text: serde_json::Value::from(key.as_str()).to_string(),
                }),
        );
    }
    Some(Fix {
        safety: Safety::NeedsReview,
        title: "Write the key as the format spells it".to_owned(),
        patch,
        edits,
    })
}
