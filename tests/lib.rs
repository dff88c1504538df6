//! Helpers shared by the tests that cross crates: judge documents, and hold every report to its schema.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use datasteward::report::Location;
use datasteward::{Options, Report, Source, check};
use serde_json::Value;

/// The day of judgement of all tests.
pub const AS_OF: &str = "2026-11-25";

/// The top folder of the repository.
#[must_use]
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_path_buf()
}

/// A file of the repository.
///
/// # Panics
/// If it cannot be read.
#[must_use]
pub fn file(path: &str) -> String {
    let path = root().join(path);
    let text = std::fs::read_to_string(&path);
    assert!(text.is_ok(), "{} cannot be read", path.display());
    text.unwrap_or_default()
}

/// A JSON file of the repository.
///
/// # Panics
/// If it cannot be read.
#[must_use]
pub fn json_file(path: &str) -> Value {
    serde_json::from_str(&file(path)).expect("a JSON file")
}

/// The default options with [`AS_OF`].
///
/// # Panics
/// Never: the date is one.
#[must_use]
pub fn options() -> Options {
    Options::default().with_as_of(AS_OF).expect("a date")
}

static REPORT_SCHEMA: LazyLock<jsonschema::Validator> =
    LazyLock::new(|| validator(&json_file("schemas/report.schema.json")));

/// A validator of a schema that itself must be in order.
///
/// # Panics
/// If the schema is not a JSON Schema.
#[must_use]
pub fn validator(schema: &Value) -> jsonschema::Validator {
    assert!(
        jsonschema::meta::is_valid(schema),
        "this is not a JSON Schema"
    );
    jsonschema::validator_for(schema).expect("a schema that can be used")
}

/// What a validator has against a value, in words.
#[must_use]
pub fn objections(validator: &jsonschema::Validator, value: &Value) -> Vec<String> {
    validator
        .iter_errors(value)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect()
}

/// Demands that a report is what its schema says, and that its parts fit each other.
///
/// # Panics
/// If it is not.
pub fn assert_valid(report: &Report) {
    let text = report.to_json();
    let value: Value = serde_json::from_str(&text).expect("a report is JSON");
    assert_eq!(objections(&REPORT_SCHEMA, &value), Vec::<String>::new());
    assert_eq!(
        Report::from_json(&text).as_ref(),
        Ok(report),
        "a report can be read back"
    );
    let counted = report.summary.findings;
    assert_eq!(
        counted.error + counted.warning + counted.info,
        report.findings.len()
    );
    assert_eq!(report.summary.datasets, report.datasets.len());
    for finding in &report.findings {
        assert!(
            finding
                .dataset
                .is_none_or(|index| index < report.datasets.len()),
            "{} names a dataset that is not there",
            finding.rule
        );
    }
    for dataset in &report.datasets {
        assert_eq!(dataset.items.len(), 10, "each item has an outcome");
    }
}

/// Judges one document; its report is held to the schema.
///
/// # Panics
/// If the report is not valid.
#[must_use]
pub fn judge(name: &str, bytes: &[u8]) -> Report {
    judge_all(&[Source::new(name, bytes)])
}

/// Judges documents; the report is held to the schema.
///
/// # Panics
/// If the report is not valid.
#[must_use]
pub fn judge_all(sources: &[Source<'_>]) -> Report {
    let report = check(sources, &options());
    assert_valid(&report);
    report
}

/// The ids of the rules that found something, each once, in order.
#[must_use]
pub fn rules_of(report: &Report) -> Vec<&str> {
    let mut rules: Vec<&str> = report
        .findings
        .iter()
        .map(|finding| finding.rule.as_str())
        .collect();
    rules.sort_unstable();
    rules.dedup();
    rules
}

/// Demands that line, column, offsets and pointer of a place in a UTF-8 document mean one thing; `is_lines` tells a
/// JSON Lines document, whose pointers lead into one line.
///
/// # Panics
/// If they do not.
pub fn assert_place(document: &str, is_lines: bool, rule: &str, location: &Location) {
    let (Some(start), Some(end), Some(line), Some(column)) =
        (location.start, location.end, location.line, location.column)
    else {
        assert!(
            location.start.is_some(),
            "{rule}: a document of bytes has places"
        );
        return;
    };
    assert!(
        start <= end && end <= document.len(),
        "{rule}: {location:?} is outside the document"
    );
    let before = document.get(..start).unwrap_or_default();
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    assert_eq!(
        (line, column),
        (
            before.matches('\n').count() + 1,
            before[line_start..].chars().count() + 1
        ),
        "{rule}: line and column against {start}"
    );
    if start == end {
        // A place between two characters: where a text stops being JSON.
        return;
    }
    let rest = &document[line_start..];
    let text = if is_lines {
        rest.lines().next().unwrap_or_default()
    } else {
        document
    };
    let tree: Value = serde_json::from_str(text).expect("a document with values is JSON");
    let Some(meant) = tree.pointer(&location.pointer) else {
        assert!(
            tree.pointer(&location.pointer).is_some(),
            "{rule}: `{}` leads nowhere",
            location.pointer
        );
        return;
    };
    let shown = document.get(start..end).unwrap_or_default();
    match meant {
        Value::Object(_) => assert_eq!(shown, "{", "{rule}: {}", location.pointer),
        Value::Array(_) => assert_eq!(shown, "[", "{rule}: {}", location.pointer),
        value => {
            // The finding of a doubled key shows the key too.
            let value_text = if rule == "doubled-key" {
                shown.split_once(':').map_or(shown, |(_, value)| value)
            } else {
                shown
            };
            let read = serde_json::from_str::<Value>(value_text.trim()).ok();
            assert_eq!(read.as_ref(), Some(value), "{rule}: {}", location.pointer);
        }
    }
}
