//! Safe fixes: applied to the text, they make their finding go and change nothing else.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on stops"
)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use datasteward::fix::{Left, fix};
use datasteward::report::Safety;
use datasteward::{Options, Report, Source};
use datasteward_tests::{DAY, corpus, judge};

const DAMAGED: &str = r#"{"datasteward": "1", "id": "m", "title": "Cityâ€™s maps",
  "description": "A list of the cityâ€™s maps, made by hand.", "columns": [{"name": "a", "description": "cafÃ© or park"}, {"name": "b", "description": "Ã©cole"}]}"#;

/// The text with every safe edit of a report applied, the last one first.
fn applied(text: &str, report: &Report) -> String {
    let fixes = report
        .findings
        .iter()
        .filter_map(|finding| finding.fix.as_ref());
    let mut edits: Vec<_> = fixes
        .filter(|fix| fix.safety == Safety::Safe)
        .flat_map(|fix| &fix.edits)
        .collect();
    edits.sort_by_key(|edit| std::cmp::Reverse(edit.start));
    let mut text = text.to_owned();
    for edit in edits {
        text.replace_range(edit.start..edit.end, &edit.text);
    }
    text
}

fn garbled(report: &Report) -> usize {
    report
        .findings
        .iter()
        .filter(|finding| finding.rule == "garbled-characters")
        .count()
}

#[test]
fn damaged_characters_are_repaired_in_place() {
    let report = judge("m.json", DAMAGED.as_bytes());
    // One finding a key: the two descriptions of fields stand under the same one as the dataset's.
    assert_eq!(garbled(&report), 2);
    let mended = applied(DAMAGED, &report);
    assert_eq!(mended, DAMAGED.replace("â€™", "’").replace("Ã©", "é"));
    let again = judge("m.json", mended.as_bytes());
    assert_eq!(garbled(&again), 0);
    assert_eq!(applied(&mended, &again), mended);
}

#[test]
fn each_patch_tests_the_old_value_first() {
    let report = judge("m.json", DAMAGED.as_bytes());
    let document: serde_json::Value = serde_json::from_str(DAMAGED).unwrap();
    for fix in report
        .findings
        .iter()
        .filter_map(|finding| finding.fix.as_ref())
    {
        for pair in fix.patch.chunks(2) {
            let [test, replace] = pair else {
                panic!("steps come in pairs")
            };
            assert_eq!((test.op.as_str(), replace.op.as_str()), ("test", "replace"));
            assert_eq!(test.path, replace.path);
            let old = document.pointer(&test.path).unwrap();
            assert_eq!(old.as_str(), test.value.as_deref());
        }
    }
}

#[test]
fn lost_characters_are_told_and_not_guessed() {
    let text = "{\"datasteward\": \"1\", \"id\": \"m\", \"title\": \"Caf\u{fffd} list\"}";
    let report = judge("m.json", text.as_bytes());
    assert_eq!(garbled(&report), 1);
    assert_eq!(applied(text, &report), text);
}

/// Files of records, each small enough to be judged three times in a moment.
fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            files(&path, found);
        } else if path.metadata().unwrap().len() < 400_000 {
            found.push(path);
        }
    }
}

#[test]
fn safe_fixes_of_real_records_mend_and_change_nothing_else() {
    let Some(folder) = corpus("safe fixes") else {
        return;
    };
    let options = Options::default().with_as_of(DAY).unwrap();
    let mut found = Vec::new();
    files(&folder, &mut found);
    // Every seventh file: enough for each format, and done in a minute or two.
    let (mut counts, mut not_editable, mut looked, mut refused) = (BTreeMap::new(), 0, 0, 0);
    for path in found.iter().step_by(7) {
        let bytes = std::fs::read(path).unwrap();
        let name = path.display().to_string();
        let wants = |_: &_, fix: &datasteward::report::Fix| fix.safety == Safety::Safe;
        let fixed = fix(&Source::new(&name, &bytes), &options, wants);
        looked += 1;
        // A repair that would make another rule speak is refused for the whole file.
        refused += usize::from(fixed.refused.is_some());
        let left = |why| fixed.left.iter().filter(|(_, left)| *left == why).count();
        not_editable += left(Left::NotEditable);
        if fixed.applied.is_empty() {
            assert_eq!(fixed.bytes, bytes, "{name}");
            continue;
        }
        for finding in &fixed.applied {
            *counts.entry(finding.rule.clone()).or_insert(0) += 1;
        }
        let again = fix(&Source::new(&name, &fixed.bytes), &options, wants);
        assert_eq!(again.applied.len(), left(Left::Overlapping), "{name}");
    }
    println!(
        "{looked} files; safe fixes put in place: {counts:?}; not editable: {not_editable}; files refused: {refused}"
    );
    assert!(looked > 20, "too few files to say anything");
}
