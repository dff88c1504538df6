//! Findings' fixes put into the text of a document; every other byte stays as it is.

use std::collections::BTreeMap;

use crate::check::check;
use crate::options::Options;
use crate::report::{Edit, Finding, Fix, PatchStep, Report, Safety, Severity};
use crate::source::Source;
use crate::source::place::Offsets;
use crate::source::written::reads_as;

/// Why a fix was not put in place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Left {
    /// The caller did not want it.
    NotWanted,
    /// It touches a text that another fix has changed; the next run can do it.
    Overlapping,
    /// The text cannot be edited in place: another syntax than JSON, YAML or CSV, a text that is folded over several
    /// lines, or other characters than UTF-8.
    NotEditable,
}

impl Left {
    /// The code used in answers.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::NotWanted => "not-wanted",
            Self::Overlapping => "overlapping",
            Self::NotEditable => "not-editable",
        }
    }
}

/// What came of fixing one document.
#[derive(Clone, Debug)]
pub struct Fixed {
    /// The document with the fixes in place; as it was where there are none, or where they are refused.
    pub bytes: Vec<u8>,
    /// The findings whose fixes are in place, in the order of the report.
    pub applied: Vec<Finding>,
    /// The findings whose fixes are not, and why.
    pub left: Vec<(Finding, Left)>,
    /// Why nothing was changed after all, though fixes were wanted.
    pub refused: Option<String>,
}

/// Judges a document and puts those fixes into its text that are wanted, the first of two that touch one text. The new
/// text is judged before it is handed back: where it would be worse than the old one, nothing is changed.
#[must_use]
pub fn fix(
    source: &Source<'_>,
    options: &Options,
    mut wants: impl FnMut(&Finding, &Fix) -> bool,
) -> Fixed {
    let mut options = options.clone();
    // Edits are cut out of the bytes.
    options.offsets = Offsets::Bytes;
    let before = check(std::slice::from_ref(source), &options);
    let mut edits: Vec<Edit> = Vec::new();
    let (mut applied, mut left) = (Vec::new(), Vec::new());
    for finding in &before.findings {
        let Some(fix) = &finding.fix else {
            continue;
        };
        // The steward has said that it stays.
        if finding.acknowledged.is_some() {
            continue;
        }
        let why = if !is_editable(source.bytes, fix) {
            Some(Left::NotEditable)
        } else if !wants(finding, fix) {
            Some(Left::NotWanted)
        } else {
            let new: Vec<&Edit> = fix.edits.iter().filter(|it| !edits.contains(it)).collect();
            let is_free = new.iter().all(|edit| {
                edits
                    .iter()
                    .all(|other| edit.end <= other.start || other.end <= edit.start)
            });
            if is_free {
                edits.extend(new.into_iter().cloned());
                None
            } else {
                Some(Left::Overlapping)
            }
        };
        match why {
            None => applied.push(finding.clone()),
            Some(why) => left.push((finding.clone(), why)),
        }
    }
    let bytes = with_edits(source.bytes, edits);
    let new = Source {
        bytes: &bytes,
        ..*source
    };
    let refused = if applied.is_empty() {
        None
    } else {
        let after = check(std::slice::from_ref(&new), &options);
        let is_safe = |finding: &Finding| {
            let fix = finding.fix.as_ref();
            fix.is_some_and(|fix| fix.safety == Safety::Safe)
        };
        worse(&before, &after, applied.iter().all(is_safe))
    };
    if refused.is_some() {
        return Fixed {
            bytes: source.bytes.to_vec(),
            applied: Vec::new(),
            left,
            refused,
        };
    }
    Fixed {
        bytes,
        applied,
        left,
        refused,
    }
}

/// Whether every step of the patch has its edit, and each edit meets what the patch says stands there. So an offset
/// that means something else (a record in a web page, a packed sheet) never cuts into a text.
fn is_editable(bytes: &[u8], fix: &Fix) -> bool {
    let start = bytes
        .trim_ascii_start()
        .strip_prefix(b"\xEF\xBB\xBF")
        .unwrap_or(bytes.trim_ascii_start());
    let starts_as_markup = start.starts_with(b"<");
    let starts_as_json = start.starts_with(b"{") || start.starts_with(b"[");
    let olds: Vec<Option<String>> = fix.patch.iter().filter_map(old_text).collect();
    !starts_as_markup
        && !fix.edits.is_empty()
        && olds.len() == fix.edits.len()
        && fix.edits.iter().zip(olds).all(|(edit, old)| {
            let there = bytes.get(edit.start..edit.end);
            let there = there.and_then(|there| std::str::from_utf8(there).ok());
            let is_text = |it: &str| !starts_as_json || it.starts_with('"');
            there.zip(old).is_some_and(|(there, old)| {
                // An item that is taken out goes with the comma before it.
                let there = match there.strip_prefix(',') {
                    Some(rest) if edit.text.is_empty() => rest.trim_start(),
                    _ => there,
                };
                is_text(there) && reads_as(there, &old)
            })
        })
}

/// What a step of a patch says stood there before: a text, or the key of what is moved. Steps that only follow have none.
fn old_text(step: &PatchStep) -> Option<Option<String>> {
    match step.op.as_str() {
        "test" => Some(step.value.clone()),
        "move" => Some(step.from.as_ref().and_then(|from| {
            let (_, key) = from.rsplit_once('/')?;
            Some(key.replace("~1", "/").replace("~0", "~"))
        })),
        _ => None,
    }
}

/// The bytes with the edits in them; they do not overlap.
fn with_edits(bytes: &[u8], mut edits: Vec<Edit>) -> Vec<u8> {
    edits.sort_by_key(|edit| edit.start);
    let mut new = Vec::with_capacity(bytes.len());
    let mut at = 0;
    for edit in &edits {
        new.extend_from_slice(bytes.get(at..edit.start).unwrap_or_default());
        new.extend_from_slice(edit.text.as_bytes());
        at = edit.end;
    }
    new.extend_from_slice(bytes.get(at..).unwrap_or_default());
    new
}

/// The rule that speaks of a text which is only begun.
const BEGUN: &str = "template-not-filled";

/// Why the new text is worse than the old one. A safe fix brings no new finding; one that was read by a person may show
/// what was hidden, such as a date under its right key, but no new error.
fn worse(before: &Report, after: &Report, is_safe: bool) -> Option<String> {
    if before.documents != after.documents || before.datasets.len() != after.datasets.len() {
        return Some("the text could not be read as the same records afterwards".to_owned());
    }
    // A note that speaks now was hidden by the fault before it: damaged characters hide an odd space.
    let tolerated = if is_safe {
        Severity::Warning
    } else {
        Severity::Error
    };
    let known = gravest(before);
    let new = after.findings.iter().find(|finding| {
        // What was begun for a person holds braces, and the person has read them.
        if !is_safe && finding.rule == BEGUN {
            return false;
        }
        let old = known.get(&(&*finding.rule, finding.fingerprint.as_str()));
        finding.severity >= tolerated && old.is_none_or(|old| *old < finding.severity)
    });
    new.map(|finding| {
        format!(
            "`{}` would speak afterwards: {}",
            finding.rule, finding.message
        )
    })
}

fn gravest(report: &Report) -> BTreeMap<(&str, &str), Severity> {
    let mut gravest = BTreeMap::new();
    for finding in &report.findings {
        let key = (&*finding.rule, finding.fingerprint.as_str());
        let severity = gravest.entry(key).or_insert(finding.severity);
        *severity = (*severity).max(finding.severity);
    }
    gravest
}

#[cfg(test)]
mod tests {
    use super::{Left, fix, with_edits};
    use crate::report::Edit;
    use crate::{Options, Source};

    const DAMAGED: &str = "{ \"title\":\t\"Maps\", \"datasteward\": \"1\",\r\n  \"id\": \"maps\",   \"description\": \"A list of the city\u{e2}\u{20ac}\u{2122}s maps.\" }\r\n";

    #[test]
    fn mends_the_text_and_leaves_every_other_byte() {
        let source = Source::new("maps.json", DAMAGED.as_bytes());
        let fixed = fix(&source, &Options::default(), |_, _| true);
        let wanted = DAMAGED.replace("\u{e2}\u{20ac}\u{2122}", "\u{2019}");
        assert_eq!(String::from_utf8(fixed.bytes).expect("text"), wanted);
        assert_eq!(fixed.applied.len(), 1);
        let again = Source::new("maps.json", wanted.as_bytes());
        assert!(
            fix(&again, &Options::default(), |_, _| true)
                .applied
                .is_empty()
        );
    }

    #[test]
    fn mends_yaml_and_tables_in_their_own_style() {
        const YAML: &str = "datasteward: \"1\" # ours\nid:   maps\ntitle: Maps of the city\u{e2}\u{20ac}\u{2122}s parks\npublisher: 'The city\u{e2}\u{20ac}\u{2122}s office'\ndescription: \"A list of the city\u{e2}\u{20ac}\u{2122}s maps, made by hand.\"\n";
        const TABLE: &str = "Column Name,Description,Data Type\r\nCAFE,\"The caf\u{c3}\u{a9} or park, by name\",Text\r\nECOLE,\u{c3}\u{a9}cole publique,Text\r\n";
        for (name, text) in [("maps.yaml", YAML), ("fields.csv", TABLE)] {
            let source = Source::new(name, text.as_bytes());
            let fixed = fix(&source, &Options::default(), |_, _| true);
            let wanted = text
                .replace("\u{e2}\u{20ac}\u{2122}", "\u{2019}")
                .replace("\u{c3}\u{a9}", "\u{e9}");
            assert_eq!(String::from_utf8(fixed.bytes).expect("text"), wanted);
        }
    }

    #[test]
    fn leaves_what_is_not_wanted() {
        let source = Source::new("maps.json", DAMAGED.as_bytes());
        let fixed = fix(&source, &Options::default(), |_, _| false);
        assert_eq!(fixed.bytes, DAMAGED.as_bytes());
        assert!(fixed.left.iter().all(|(_, why)| *why == Left::NotWanted));
        assert_eq!(fixed.left.len(), 1);
    }

    #[test]
    fn puts_edits_in_their_places_in_any_order() {
        let edit = |start, end, text: &str| Edit {
            start,
            end,
            text: text.to_owned(),
        };
        let new = with_edits(b"abcdef", vec![edit(4, 5, "EE"), edit(0, 1, "")]);
        assert_eq!(new, b"bcdEEf");
    }
}
