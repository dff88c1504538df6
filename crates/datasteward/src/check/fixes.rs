//! Fixes of findings, as patches of the record and as edits of its text.

use crate::reading::Record;
use crate::report::{Edit, Fix, PatchStep, Safety};
use crate::rule::Draft;
use crate::source::tree::{Syntax, push_escaped};

/// A fix for a finding that brings its corrected texts along.
pub(super) fn fix(draft: &Draft, record: &Record<'_>) -> Option<Fix> {
    if !draft.renames.is_empty() {
        return rename(draft, record);
    }
    // How a text is written in another syntax is not known here: a wrong repair would be worse than none.
    if draft.replacements.is_empty() || record.tree.syntax() != Syntax::Json {
        return None;
    }
    let (mut patch, mut edits) = (Vec::new(), Vec::new());
    for (at, new) in &draft.replacements {
        let old = record.tree.value(*at).as_str()?;
        let place = record.places.place(record.tree, *at);
        let step = |op: &str, value: &str| PatchStep {
            op: op.to_owned(),
            from: None,
            path: place.pointer.clone(),
            value: Some(value.to_owned()),
        };
        patch.extend([step("test", old), step("replace", new)]);
        edits.extend(place.span.map(|(start, end)| Edit {
            start,
            end,
            text: serde_json::Value::from(new.as_str()).to_string(),
        }));
    }
    Some(Fix {
        safety: Safety::Safe,
        title: match draft.replacing {
            "" => "Repair the damaged characters".to_owned(),
            title => title.to_owned(),
        },
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
