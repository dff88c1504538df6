//! The command as people call it: exit codes, where the result goes, and what is said when something is wrong.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// A record without a warning.
const GOOD: &str = include_str!("data/good.json");
/// A small catalogue with faults.
const POOR: &str = include_str!("data/poor.json");
/// What is said of it.
const POOR_TEXT: &str = include_str!("data/poor.txt");

/// A folder of our own, gone at the end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("datasteward-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).expect("a folder for the test");
        Self(path)
    }

    fn file(&self, name: &str, text: impl AsRef<[u8]>) -> PathBuf {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder for the test");
        fs::write(&path, text).expect("a file for the test");
        path
    }

    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(&self.0).expect("the folder").flatten();
        let mut names: Vec<String> = entries
            .map(|it| it.file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn command(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_datasteward"));
    command
        .current_dir(folder)
        .env_remove("NO_COLOR")
        .env("COLUMNS", "100")
        .env("LC_ALL", "C.UTF-8");
    command
}

fn run(folder: &Folder, words: &str) -> Output {
    command(&folder.0)
        .args(words.split_whitespace())
        .output()
        .expect("the command starts")
}

fn piped(folder: &Folder, words: &str, input: &[u8]) -> Output {
    let mut child = command(&folder.0)
        .args(words.split_whitespace())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command starts");
    child
        .stdin
        .take()
        .expect("an input")
        .write_all(input)
        .expect("the command reads");
    child.wait_with_output().expect("the command ends")
}

fn code(output: &Output) -> Option<i32> {
    output.status.code()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("text")
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("text")
}

fn report(output: &Output) -> datasteward::Report {
    datasteward::Report::from_json(&out(output)).expect("a report")
}

fn both() -> Folder {
    let folder = Folder::new(
        std::thread::current()
            .name()
            .unwrap_or("test")
            .rsplit(':')
            .next()
            .unwrap_or("test"),
    );
    folder.file("good.json", GOOD);
    folder.file("poor.json", POOR);
    folder
}

#[test]
fn ends_with_0_1_or_2() {
    let folder = both();
    assert_eq!(
        code(&run(&folder, "check good.json --as-of 2026-11-25")),
        Some(0)
    );
    assert_eq!(
        code(&run(&folder, "check poor.json --as-of 2026-11-25")),
        Some(1)
    );
    assert_eq!(code(&run(&folder, "check poor.json --exit-zero")), Some(0));
    assert_eq!(code(&run(&folder, "check gone.json")), Some(2));
    assert_eq!(code(&run(&folder, "check")), Some(2));
    assert_eq!(code(&run(&folder, "check good.json --format pdf")), Some(2));
}

#[test]
fn says_what_is_missing_and_writes_nothing_else() {
    let folder = both();
    let output = run(&folder, "check good.json gone.json");
    assert_eq!(code(&output), Some(2));
    assert!(
        err(&output).contains("gone.json") && err(&output).contains("no such file"),
        "{}",
        err(&output)
    );
    assert!(!err(&output).contains("panicked"));
}

#[test]
fn files_that_cannot_be_read_end_with_2_and_a_sentence() {
    let folder = both();
    for (name, bytes) in [
        ("empty.json", &b""[..]),
        ("page.json", b"<!DOCTYPE html><html></html>"),
        ("cut.json", br#"{"datasteward": "1", "id": "#),
        ("binary.json", b"PK\x03\x04\0\0"),
        ("other.json", br#"{"a": 1}"#),
    ] {
        folder.file(name, bytes);
        let output = run(&folder, &format!("check {name}"));
        assert_eq!(code(&output), Some(2), "{name}");
        let said = out(&output) + &err(&output);
        assert!(said.contains(name), "{name}: {said}");
        assert!(!said.contains("panicked"), "{name}: {said}");
    }
}

#[test]
fn a_broken_file_beside_a_good_one_is_a_finding() {
    let folder = both();
    folder.file("cut.json", r#"{"datasteward": "1", "#);
    let output = run(&folder, "check good.json cut.json --format json");
    assert_eq!(code(&output), Some(1));
    assert_eq!(report(&output).documents.len(), 2);
}

#[test]
fn reads_standard_input() {
    let folder = both();
    let output = piped(
        &folder,
        "check - --stdin-name trees.json --format json",
        POOR.as_bytes(),
    );
    assert_eq!(code(&output), Some(1));
    assert_eq!(report(&output).documents[0].name, "trees.json");
}

#[test]
fn reads_several_paths_and_folders_in_order() {
    let folder = both();
    folder.file("more/b.json", GOOD);
    folder.file("more/a/a.jsonl", GOOD.replace('\n', " "));
    folder.file("more/notes.txt", "not metadata");
    folder.file(
        "more/package.json",
        r#"{"name": "something", "version": "1.0.0"}"#,
    );
    let output = run(&folder, "check poor.json more --format json");
    let report = report(&output);
    let names: Vec<&str> = report
        .documents
        .iter()
        .map(|document| document.name.as_str())
        .collect();
    let ends = ["poor.json", "a.jsonl", "b.json"];
    assert_eq!(names.len(), 3, "{names:?}");
    assert!(
        names
            .iter()
            .zip(ends)
            .all(|(name, end)| name.ends_with(end)),
        "{names:?}"
    );
    assert!(err(&output).contains("left out"), "{}", err(&output));
}

#[test]
fn a_folder_without_metadata_ends_with_2() {
    let folder = Folder::new("nothing");
    folder.file("notes.txt", "x");
    assert_eq!(code(&run(&folder, "check .")), Some(2));
    folder.file("package.json", r#"{"name": "something"}"#);
    let output = run(&folder, "check .");
    assert_eq!(code(&output), Some(2));
    assert!(err(&output).contains("no metadata"), "{}", err(&output));
}

#[test]
fn judges_as_of_a_day() {
    let folder = both();
    let late = report(&run(
        &folder,
        "check good.json --as-of 2027-11-25 --format json",
    ));
    assert_eq!(late.as_of.as_deref(), Some("2027-11-25"));
    assert!(
        late.findings
            .iter()
            .any(|finding| finding.rule == "refresh-overdue")
    );
    let output = run(&folder, "check good.json --as-of yesterday");
    assert_eq!(code(&output), Some(2));
    assert!(
        err(&output).contains("`yesterday` is not a date"),
        "{}",
        err(&output)
    );
}

#[test]
fn selects_and_ignores_rules_and_offers_the_right_name() {
    let folder = both();
    let only = report(&run(
        &folder,
        "check poor.json --select missing-description --format json",
    ));
    assert!(!only.findings.is_empty());
    assert!(
        only.findings
            .iter()
            .all(|finding| finding.rule == "missing-description")
    );
    let without = report(&run(
        &folder,
        "check poor.json --ignore missing-description --format json",
    ));
    assert!(
        without
            .findings
            .iter()
            .all(|finding| finding.rule != "missing-description")
    );
    for flag in ["--select", "--ignore"] {
        let output = run(
            &folder,
            &format!("check poor.json {flag} missing-descripton"),
        );
        assert_eq!(code(&output), Some(2));
        assert!(
            err(&output).contains("did you mean `missing-description`?"),
            "{}",
            err(&output)
        );
    }
    let output = run(&folder, "explain missing-descripton");
    assert_eq!(code(&output), Some(2));
    assert!(
        err(&output).contains("missing-description"),
        "{}",
        err(&output)
    );
}

#[test]
fn weighs_rules_and_fails_from_a_level_on() {
    let folder = both();
    let words = "check poor.json --select missing-description --as-of 2026-11-25";
    let own = report(&run(&folder, &format!("{words} --format json")));
    assert!(
        own.findings
            .iter()
            .all(|it| it.severity >= datasteward::report::Severity::Warning)
    );
    let lighter = format!("{words} --severity missing-description=info");
    assert_eq!(code(&run(&folder, &lighter)), Some(0));
    assert_eq!(
        code(&run(&folder, &format!("{lighter} --fail-on info"))),
        Some(1)
    );
    assert_eq!(
        code(&run(
            &folder,
            &format!("{words} --severity missing-description")
        )),
        Some(2)
    );
    assert_eq!(
        code(&run(
            &folder,
            &format!("{words} --severity missing-description=grave")
        )),
        Some(2)
    );
}

#[test]
fn writes_a_file_whole_or_not_at_all() {
    let folder = both();
    let before = folder.file("report.json", "old");
    let output = run(
        &folder,
        "check poor.json --format json --output report.json",
    );
    assert_eq!(code(&output), Some(1));
    assert_eq!(out(&output), "");
    let text = fs::read_to_string(before).expect("the report");
    assert!(datasteward::Report::from_json(&text).is_ok());
    assert_eq!(folder.names(), ["good.json", "poor.json", "report.json"]);

    let output = run(&folder, "check poor.json --output gone/report.json");
    assert_eq!(code(&output), Some(2));
    assert!(err(&output).contains("gone"), "{}", err(&output));
    fs::create_dir(folder.0.join("taken")).expect("a folder");
    let output = run(&folder, "check poor.json --output taken");
    assert_eq!(code(&output), Some(2));
    assert_eq!(
        folder.names(),
        ["good.json", "poor.json", "report.json", "taken"]
    );
}

#[test]
fn colours_are_asked_for_or_left_out() {
    let folder = both();
    let plain = run(&folder, "check poor.json");
    assert!(!out(&plain).contains('\u{1b}'), "a pipe gets no colours");
    let always = run(&folder, "check poor.json --color always");
    assert!(out(&always).contains('\u{1b}'));
    let refused = command(&folder.0)
        .args(["check", "poor.json"])
        .env("NO_COLOR", "1")
        .output()
        .expect("the command starts");
    assert_eq!(out(&refused), out(&plain));
}

/// Where this is to change, look at the new text and put it in place of the old.
#[test]
fn the_text_for_people_is_as_it_was_looked_at() {
    let folder = both();
    let output = run(&folder, "check poor.json --as-of 2026-11-25");
    let text = out(&output);
    if text != POOR_TEXT {
        let kept = std::env::temp_dir().join("datasteward-poor.txt");
        fs::write(&kept, &text).expect("a file");
        eprintln!("the new text is in {}", kept.display());
    }
    assert_eq!(text, POOR_TEXT);
}

#[test]
fn hostile_text_does_not_reach_the_terminal() {
    let folder = Folder::new("hostile");
    let text = "\\u001b[31mred\\u001b]0;title\\u0007 \\u202egnp.exe\\u2066 \\u009b2J \\u0008\\u000d\\u200f";
    folder.file(
        "hostile.json",
        format!(
            r#"{{"datasteward": "1", "id": "{text}", "title": "{text}", "description": "none {text}", "publisher": "{text}", "refresh": "{text}", "columns": [{{"name": "{text}", "type": "{text}"}}]}}"#
        ),
    );
    folder.file("raw.json", b"\x1b[2J{\"title\": \"\x1b[31m\xe2\x80\xae\"}");
    for words in [
        "check hostile.json",
        "check hostile.json --max-findings 0 --statistics",
        "inspect hostile.json",
        "check raw.json",
        "check \u{1b}[31mgone.json",
    ] {
        let output = run(&folder, words);
        for (stream, said) in [("stdout", out(&output)), ("stderr", err(&output))] {
            let bad: Vec<char> = said
                .chars()
                .filter(|letter| {
                    (letter.is_control() && !matches!(letter, '\n' | '\t'))
                        || matches!(letter, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
                })
                .collect();
            assert!(bad.is_empty(), "{words:?}: {stream} carries {bad:?}");
        }
    }
}

#[test]
fn inspects_explains_and_lists() {
    let folder = both();
    let output = run(&folder, "inspect poor.json --format jsonl");
    assert_eq!(code(&output), Some(0));
    assert_eq!(out(&output).lines().count(), 2);
    assert!(
        out(&output)
            .lines()
            .all(|line| line.starts_with('{') && line.ends_with('}'))
    );
    for handle in ["refresh-overdue", "C3-03", "c3-03"] {
        let output = run(&folder, &format!("explain {handle}"));
        assert_eq!(code(&output), Some(0));
        assert!(out(&output).contains("refresh-overdue"), "{}", out(&output));
    }
    let output = run(&folder, "rules");
    let missing: Vec<&str> = datasteward::rules::all()
        .map(|rule| rule.id)
        .filter(|id| !out(&output).contains(id))
        .collect();
    assert_eq!(missing, Vec::<&str>::new());
}

#[test]
fn a_reader_that_has_seen_enough_is_no_error() {
    let folder = both();
    let mut child = command(&folder.0)
        .args(["check", "poor.json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("the command ends");
    assert_eq!(code(&output), Some(1));
    assert_eq!(err(&output), "");
}
