//! Fixes of findings, as patches of the record and as edits of its text.

use crate::lexicon::secrets;
use crate::model::At;
use crate::reading::Record;
use crate::report::{Edit, Fix, PatchStep, Safety};
use crate::rule::Draft;
use crate::source::place::Place;
use crate::source::tree::{Syntax, Value, push_escaped};
use crate::source::written::{rewritten, written_behind};

/// A fix for a finding that brings its corrected texts along. A report is passed on: where one of the texts holds a
/// password or a key there is none, and what the finding advises has to do.
pub(super) fn fix(draft: &Draft, record: &Record<'_>) -> Option<Fix> {
    let shows_secret = |step: &PatchStep| {
        let text = step.value.as_deref().unwrap_or_default();
        secrets::find(text).is_some()
    };
    written(draft, record).filter(|fix| !fix.patch.iter().any(shows_secret))
}

fn written(draft: &Draft, record: &Record<'_>) -> Option<Fix> {
    let steps = Steps {
        record,
        syntax: record.tree.syntax(),
    };
    if !draft.renames.is_empty() {
        return steps.rename(draft);
    }
    if !draft.splits.is_empty() {
        return steps.split(draft);
    }
    if !draft.removals.is_empty() {
        return steps.remove(draft);
    }
    if draft.replacements.is_empty() && draft.additions.is_empty() {
        return None;
    }
    steps.texts(draft)
}

fn safety(draft: &Draft) -> Safety {
    if draft.needs_review {
        Safety::NeedsReview
    } else {
        Safety::Safe
    }
}

fn step(op: &str, path: String, value: Option<&str>) -> PatchStep {
    PatchStep {
        op: op.to_owned(),
        from: None,
        path,
        value: value.map(str::to_owned),
    }
}

/// Makes the steps and edits of a record's fixes.
#[derive(Clone, Copy)]
struct Steps<'a> {
    record: &'a Record<'a>,
    syntax: Syntax,
}

impl Steps<'_> {
    fn value(&self, at: At) -> Value<'_> {
        self.record.tree.value(at)
    }

    fn place(&self, at: At) -> Place {
        self.record.places.place(self.record.tree, at)
    }

    /// Corrected texts, and texts under new keys.
    fn texts(&self, draft: &Draft) -> Option<Fix> {
        // How a text is written in other syntaxes is not known: a wrong repair would be worse than none.
        if !matches!(self.syntax, Syntax::Json | Syntax::Yaml | Syntax::Table) {
            return None;
        }
        let (mut patch, mut edits) = (Vec::new(), Vec::new());
        let mut edit = |place: &Place, text: Option<String>| {
            let edit = place
                .span
                .zip(text)
                .map(|((start, end), text)| Edit { start, end, text });
            edits.extend(edit);
        };
        for (at, new) in &draft.replacements {
            let value = self.value(*at);
            let old = value.as_str()?;
            let place = self.place(*at);
            edit(&place, rewritten(self.syntax, value.raw(), old, new));
            patch.extend([
                step("test", place.pointer.clone(), Some(old)),
                step("replace", place.pointer, Some(new)),
            ]);
        }
        for addition in &draft.additions {
            let value = self.value(addition.behind);
            let old = value.as_str()?;
            value.key()?;
            let place = self.place(addition.behind);
            let (object, _) = place.pointer.rsplit_once('/')?;
            let mut path = format!("{object}/");
            push_escaped(&mut path, addition.key);
            edit(&place, written_behind(value, addition.key, &addition.text));
            patch.extend([
                step("test", place.pointer.clone(), Some(old)),
                step("add", path, Some(&addition.text)),
            ]);
        }
        Some(made(draft, patch, edits))
    }

    /// Several items of a list in the place of one that packs them; only where it is an item of a list in JSON.
    fn split(&self, draft: &Draft) -> Option<Fix> {
        if self.syntax != Syntax::Json {
            return None;
        }
        let (mut patch, mut edits) = (Vec::new(), Vec::new());
        let mut splits: Vec<_> = draft.splits.iter().collect();
        // The last one first: what is put in shifts no item that is still to come.
        splits.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
        for (at, parts) in splits {
            let value = self.value(*at);
            let old = value.as_str()?;
            let place = self.place(*at);
            let (list, number) = item(value, &place)?;
            patch.push(step("test", place.pointer.clone(), Some(old)));
            for (further, part) in parts.iter().enumerate() {
                let op = if further == 0 { "replace" } else { "add" };
                let path = format!("{list}/{}", number + further);
                patch.push(step(op, path, Some(part)));
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
        Some(made(draft, patch, edits))
    }

    /// Items of a list taken out, each with the comma before it; only in JSON.
    fn remove(&self, draft: &Draft) -> Option<Fix> {
        if self.syntax != Syntax::Json {
            return None;
        }
        let (mut patch, mut edits) = (Vec::new(), Vec::new());
        let mut removals = draft.removals.clone();
        // The last one first, as above.
        removals.sort_by_key(|at| std::cmp::Reverse(*at));
        for at in removals {
            let value = self.value(at);
            let old = value.as_str()?;
            let place = self.place(at);
            let (_, number) = item(value, &place)?;
            (number > 0).then_some(())?;
            let before = value.text_before();
            let comma = before.rfind(',')?;
            let gap = before.get(comma..)?;
            // Commas and blanks are one unit long in every way of counting.
            let gap = gap.chars().skip(1).all(is_blank).then_some(gap.len())?;
            patch.extend([
                step("test", place.pointer.clone(), Some(old)),
                step("remove", place.pointer, None),
            ]);
            edits.extend(place.span.map(|(start, end)| Edit {
                start: start.saturating_sub(gap),
                end,
                text: String::new(),
            }));
        }
        Some(made(draft, patch, edits))
    }

    /// Right keys in the place of wrong ones.
    fn rename(&self, draft: &Draft) -> Option<Fix> {
        let (mut patch, mut edits) = (Vec::new(), Vec::new());
        for (at, key) in &draft.renames {
            let value = self.value(*at);
            let place = self.place(*at);
            let (parent, _) = place.pointer.rsplit_once('/')?;
            let mut path = format!("{parent}/");
            push_escaped(&mut path, key);
            patch.push(PatchStep {
                op: "move".to_owned(),
                from: Some(place.pointer),
                path,
                value: None,
            });
            let written = value.written_key().zip(value.key());
            let text = written.and_then(|(raw, old)| rewritten(self.syntax, raw, old, key));
            let key_place = self.record.places.key_place(self.record.tree, *at);
            edits.extend(
                key_place
                    .zip(text)
                    .map(|((start, end), text)| Edit { start, end, text }),
            );
        }
        Some(Fix {
            safety: Safety::NeedsReview,
            title: "Write the key as the format spells it".to_owned(),
            patch,
            edits,
        })
    }
}

fn made(draft: &Draft, patch: Vec<PatchStep>, edits: Vec<Edit>) -> Fix {
    let title = match draft.replacing {
        "" => "Repair the damaged characters",
        title => title,
    };
    Fix {
        safety: safety(draft),
        title: title.to_owned(),
        patch,
        edits,
    }
}

/// The pointer of the list in which a value stands as an item, and its number there.
fn item<'p>(value: Value<'_>, place: &'p Place) -> Option<(&'p str, usize)> {
    let (list, number) = place.pointer.rsplit_once('/')?;
    value.key().is_none().then_some(())?;
    Some((list, number.parse().ok()?))
}

fn is_blank(sign: char) -> bool {
    matches!(sign, ' ' | '\t' | '\r' | '\n')
}
