//! The same documents through every door. The files in `tests/parity/inputs` are judged by the engine
//! called from Rust, by the command, by the Python package and by the browser package; the reports must be
//! the same to the byte. What the browser package gives its callers may differ in its offsets alone, which
//! count UTF-16.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use datasteward::{Source, wire};
use datasteward_data::wire::Data;
use serde_json::{Map, Value, json};

use crate::run::{cargo, program, quiet, root, target};

const DAY: &str = "2026-11-25";
const FOLDER: &str = "tests/parity/inputs";

/// Documents, mostly one, asked about in one way.
struct Case {
    files: Vec<File>,
    verb: Verb,
    options: Value,
    /// The data beside the record, by its path from the inputs.
    data: Option<&'static str>,
}

/// A file of the inputs.
#[derive(Clone)]
struct File {
    name: String,
    bytes: Vec<u8>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Verb {
    Check,
    /// The document was read into a value first, so there are no lines.
    CheckValue,
    Inspect,
    /// All fixes, those for review too.
    Fix,
}

impl Verb {
    fn name(self) -> &'static str {
        match self {
            Verb::Check => "check",
            Verb::CheckValue => "check value",
            Verb::Inspect => "inspect",
            Verb::Fix => "fix",
        }
    }
}

/// Judges every input through every door; how many comparisons were made.
pub(crate) fn check(python: &Path) -> Result<String, String> {
    quiet(
        cargo("build --locked -p datasteward-cli -p datasteward-dev"),
        "build the command",
    )?;
    let cases = cases()?;
    let from_python: Vec<String> =
        ask(program(python, FOLDER).arg("-B").arg("../door.py"), &cases)?;
    let from_browser: Vec<Value> = ask(program("node", FOLDER).arg("../door.js"), &cases)?;
    let mut faults = Vec::new();
    let mut compared = 0;
    for ((case, python), browser) in cases.iter().zip(&from_python).zip(&from_browser) {
        let engine = engine(case)?;
        let mut doors = vec![
            ("Python", python.clone()),
            (
                "the browser package",
                browser["text"].as_str().unwrap_or_default().to_owned(),
            ),
        ];
        match case.verb {
            Verb::CheckValue => {}
            Verb::Fix => {
                compared += 1;
                let fault = difference(&mended(case, &engine)?, &mended_by_command(case)?);
                faults.extend(fault.map(|at| case.fault("the command", &at)));
            }
            Verb::Check | Verb::Inspect => doors.push(("the command", command(case)?)),
        }
        for (door, text) in doors {
            compared += 1;
            faults.extend(difference(&engine, &text).map(|at| case.fault(door, &at)));
        }
        compared += 1;
        let (ours, theirs) = (
            without_offsets(&parse(&engine)?),
            without_offsets(&browser["report"]),
        );
        if ours != theirs {
            faults.push(case.fault("the browser package's function", "other values"));
        }
    }
    if faults.is_empty() {
        Ok(format!("{compared} reports compared."))
    } else {
        Err(faults.join("\n"))
    }
}

impl Case {
    fn names(&self) -> Vec<&str> {
        self.files.iter().map(|file| file.name.as_str()).collect()
    }

    fn sources(&self) -> Vec<Source<'_>> {
        self.files
            .iter()
            .map(|file| Source::new(&file.name, &file.bytes))
            .collect()
    }

    fn fault(&self, door: &str, difference: &str) -> String {
        format!(
            "{} ({}, {}): {door} differs from the engine: {difference}",
            self.names().join(", "),
            self.verb.name(),
            self.options
        )
    }
}

fn cases() -> Result<Vec<Case>, String> {
    let folder = root().join(FOLDER);
    let unreadable = |error: std::io::Error| format!("Could not read {FOLDER}: {error}.");
    let mut paths: Vec<PathBuf> = fs::read_dir(&folder)
        .map_err(unreadable)?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .collect();
    paths.sort();
    let plain = json!({"as_of": DAY});
    let picky = json!({"as_of": DAY, "profile": "la", "ignore": ["unit-missing"], "severity": {"missing-description": "info"}});
    let mut files = Vec::new();
    for path in paths {
        files.push(File {
            name: path
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned(),
            bytes: fs::read(&path).map_err(unreadable)?,
        });
    }
    let case = |files: &[File], verb, options: &Value| Case {
        files: files.to_vec(),
        verb,
        options: options.clone(),
        data: None,
    };
    // All at once as well: the good and the broken, of every format, in one report.
    let mut cases = vec![
        case(&files, Verb::Check, &plain),
        case(&files, Verb::Check, &picky),
        case(&files, Verb::Inspect, &plain),
    ];
    for file in &files {
        let alone = std::slice::from_ref(file);
        cases.push(case(alone, Verb::Check, &plain));
        cases.push(case(alone, Verb::Check, &picky));
        cases.push(case(alone, Verb::Inspect, &plain));
        cases.push(case(alone, Verb::Fix, &plain));
        if serde_json::from_slice::<Value>(&file.bytes)
            .is_ok_and(|value| value.is_object() || value.is_array())
        {
            cases.push(case(alone, Verb::CheckValue, &plain));
        }
    }
    let record = File {
        name: "../data/trees.json".to_owned(),
        bytes: fs::read(folder.join("../data/trees.json")).map_err(unreadable)?,
    };
    for data in ["../data/trees.csv", "../data/trees.geojson"] {
        cases.push(Case {
            data: Some(data),
            ..case(std::slice::from_ref(&record), Verb::Check, &plain)
        });
    }
    Ok(cases)
}

/// The engine's own answer.
fn engine(case: &Case) -> Result<String, String> {
    let options = case.options.to_string();
    if let Some(data) = case.data {
        let path = root().join(FOLDER).join(data);
        return datasteward_data::wire::check(&case.sources(), &options, Data::File(&path))
            .map_err(|error| error.to_string());
    }
    let answer = match case.verb {
        Verb::Fix => match case.sources().as_slice() {
            [source] => wire::fix(source, &options, true, &[]),
            _ => return Err("One file is fixed at a time.".into()),
        },
        Verb::Check => wire::check(&case.sources(), &options),
        Verb::Inspect => wire::inspect(&case.sources(), &options),
        Verb::CheckValue => {
            let [file] = case.files.as_slice() else {
                return Err("One value at a time.".into());
            };
            let text = parse(&String::from_utf8_lossy(&file.bytes))?.to_string();
            wire::check(&[Source::from_value(&file.name, text.as_bytes())], &options)
        }
    };
    answer.map_err(|error| format!("{}: {error}", case.names().join(", ")))
}

/// What the command prints for the same options. Its exit code tells of findings, so any is right.
fn command(case: &Case) -> Result<String, String> {
    let mut command = program(target().join("debug/datasteward"), FOLDER);
    let (verb, form) = match case.verb {
        Verb::Inspect => ("inspect", "jsonl"),
        Verb::Check | Verb::CheckValue | Verb::Fix => ("check", "json"),
    };
    command.args([verb, "--format", form]).args(case.names());
    command.args(case.data.map(|data| ["--data", data]).into_iter().flatten());
    let text = |key: &str| case.options[key].as_str();
    for (flag, value) in [("--as-of", text("as_of")), ("--profile", text("profile"))] {
        command.args(value.map(|value| [flag, value]).into_iter().flatten());
    }
    for rule in case.options["ignore"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
    {
        command.args(["--ignore", rule]);
    }
    for (rule, level) in case.options["severity"].as_object().unwrap_or(&Map::new()) {
        command.args([
            "--severity",
            &format!("{rule}={}", level.as_str().unwrap_or_default()),
        ]);
    }
    let output = command
        .output()
        .map_err(|error| format!("Could not run the command: {error}."))?;
    let printed = String::from_utf8_lossy(&output.stdout);
    if case.verb == Verb::Inspect {
        // One dataset a line; the other doors give the same objects as a list.
        return Ok(format!(
            "[{}]",
            printed.lines().collect::<Vec<_>>().join(",")
        ));
    }
    if printed.is_empty() {
        return Ok(format!(
            "nothing on stdout; on stderr: {}",
            String::from_utf8_lossy(&output.stderr)
        ));
    }
    Ok(printed.into_owned())
}

/// The text that a fix leaves, by the engine's answer: the new one, or the old one where nothing was changed.
fn mended(case: &Case, answer: &str) -> Result<String, String> {
    let old = case.files.first().map(|file| file.bytes.as_slice());
    let old = String::from_utf8_lossy(old.unwrap_or_default()).into_owned();
    Ok(parse(answer)?["text"].as_str().map_or(old, str::to_owned))
}

/// The text of a file after the command has put the same fixes into it.
fn mended_by_command(case: &Case) -> Result<String, String> {
    let [file] = case.files.as_slice() else {
        return Err("One file is fixed at a time.".into());
    };
    let failed = |error: std::io::Error| format!("Could not fix {}: {error}.", file.name);
    let folder = target().join("fixed");
    fs::create_dir_all(&folder).map_err(failed)?;
    let path = folder.join(&file.name);
    fs::write(&path, &file.bytes).map_err(failed)?;
    let mut command = program(target().join("debug/datasteward"), FOLDER);
    command.args(["fix", "--unsafe", "--as-of", DAY]).arg(&path);
    command.output().map_err(failed)?;
    let bytes = fs::read(&path).map_err(failed)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// Hands all cases to a door at once and reads its answers.
fn ask<T: serde::de::DeserializeOwned>(
    door: &mut Command,
    cases: &[Case],
) -> Result<Vec<T>, String> {
    let name = door.get_program().to_string_lossy().into_owned();
    let failed = |why: String| format!("The door {name} did not answer: {why}");
    let list: Vec<Value> = cases
        .iter()
        .map(|case| json!({"files": case.names(), "verb": case.verb.name(), "options": case.options, "data": case.data}))
        .collect();
    let mut child = door
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| failed(error.to_string()))?;
    if let Some(mut input) = child.stdin.take() {
        input
            .write_all(Value::from(list).to_string().as_bytes())
            .map_err(|error| failed(error.to_string()))?;
    }
    let output = child
        .wait_with_output()
        .map_err(|error| failed(error.to_string()))?;
    let answers: Vec<T> = serde_json::from_slice(&output.stdout)
        .map_err(|_| failed(String::from_utf8_lossy(&output.stderr).into_owned()))?;
    if answers.len() == cases.len() {
        Ok(answers)
    } else {
        Err(failed("not every case".into()))
    }
}

fn parse(text: &str) -> Result<Value, String> {
    serde_json::from_str(text).map_err(|error| format!("Not JSON: {error}."))
}

/// A report with its byte or UTF-16 offsets blanked, and numbers as JavaScript has them.
fn without_offsets(value: &Value) -> Value {
    match value {
        Value::Object(members) => members
            .iter()
            .map(|(key, member)| {
                let offset = matches!(key.as_str(), "start" | "end") && member.is_number();
                (
                    key.clone(),
                    if offset {
                        Value::Null
                    } else {
                        without_offsets(member)
                    },
                )
            })
            .collect(),
        Value::Array(items) => items.iter().map(without_offsets).collect(),
        Value::Number(number) => json!(number.as_f64()),
        other => other.clone(),
    }
}

/// Where two texts part, in words; nothing when they are the same.
fn difference(ours: &str, theirs: &str) -> Option<String> {
    if ours == theirs {
        return None;
    }
    let at = ours
        .chars()
        .zip(theirs.chars())
        .take_while(|(a, b)| a == b)
        .count();
    let around = |text: &str| {
        text.chars()
            .skip(at.saturating_sub(60))
            .take(140)
            .collect::<String>()
    };
    Some(format!(
        "at character {at}:\n  engine {}\n  door   {}",
        around(ours),
        around(theirs)
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_where_two_reports_part() {
        assert_eq!(difference("same", "same"), None);
        assert!(
            difference("{\"a\":1}", "{\"a\":2}").is_some_and(|words| words.contains("character 5"))
        );
        assert!(difference("longer", "long").is_some());
    }

    #[test]
    fn blanks_offsets_and_nothing_else() {
        let one = json!({"locations": [{"line": 3, "start": 7, "end": 9}], "score": 1.0});
        let other = json!({"locations": [{"line": 3, "start": 5, "end": 6}], "score": 1});
        assert_eq!(without_offsets(&one), without_offsets(&other));
        let moved = json!({"locations": [{"line": 4, "start": 7, "end": 9}], "score": 1.0});
        assert_ne!(without_offsets(&one), without_offsets(&moved));
    }
}
