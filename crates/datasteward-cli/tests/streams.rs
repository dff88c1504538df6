//! Large documents and many threads: what is written does not depend on how it was read.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on stops"
)]

mod common;

use std::io::Write;
use std::process::{Command, Stdio};

use common::{err, folder, out, run};
use datasteward::{Report, render};

const DAY: &str = "2026-11-25";

/// A catalogue of more than one window: 1.5 MB.
fn catalog() -> String {
    let record = |number: usize| {
        format!(
            r#"{{"@type": "dcat:Dataset", "identifier": "d{number}", "title": "Trees of district {number}",
 "description": "{}", "keyword": ["trees"], "modified": "2020-01-01", "accessLevel": "public"}}"#,
            "Counts of trees by street. ".repeat(number % 200)
        )
    };
    let records: Vec<String> = (0..500).map(record).collect();
    format!(
        "{{\"dataset\": [{}],\n\"conformsTo\": \"https://project-open-data.cio.gov/v1.1/schema\"}}",
        records.join(",\n")
    )
}

#[test]
fn any_number_of_threads_writes_the_same_bytes() {
    let folder = folder("jobs", &[("data.json", &catalog())]);
    for format in ["json", "jsonl", "csv"] {
        let check = |jobs: &str| {
            let arguments = ["check", "data.json", "--as-of", DAY, "--format", format];
            out(&run(&folder, &[&arguments[..], &["--jobs", jobs]].concat()))
        };
        let one = check("1");
        assert!(one.len() > 10_000, "{one}");
        assert_eq!(check("2"), one);
        assert_eq!(check("8"), one);
    }
}

#[test]
fn lines_written_while_reading_are_those_of_the_report() {
    let folder = folder(
        "lines",
        &[
            ("data.json", &catalog()),
            (
                "one.json",
                r#"{"datasteward": "1", "id": "a", "title": "null"}"#,
            ),
            ("broken.json", "[1, "),
        ],
    );
    let files = [
        "check",
        "data.json",
        "one.json",
        "broken.json",
        "--as-of",
        DAY,
    ];
    let check = |more: &[&str]| run(&folder, &[&files[..], more].concat());
    let whole = check(&["--format", "json"]);
    let report = Report::from_json(&out(&whole)).unwrap();
    let lines = check(&["--format", "jsonl"]);
    assert_eq!(out(&lines), render::jsonl(&report));
    assert_eq!(lines.status.code(), whole.status.code());
    // Of the text only what it shows is kept, however much that is.
    for (limit, max_findings) in [("0", usize::MAX), ("3", 3), ("200", 200)] {
        let text = check(&["--format", "text", "--max-findings", limit]);
        let options = render::TextOptions {
            max_findings,
            ..render::TextOptions::default()
        };
        assert_eq!(out(&text), render::text(&report, &options), "{limit}");
        assert_eq!(text.status.code(), whole.status.code());
    }

    let written = check(&["--format", "jsonl", "--output", "report.jsonl"]);
    assert_eq!(written.status.code(), Some(1), "{}", err(&written));
    let file = std::fs::read_to_string(folder.join("report.jsonl")).unwrap();
    assert_eq!(file, out(&lines));
    let left: Vec<_> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.ends_with(".part"))
        .collect();
    assert_eq!(left, Vec::<String>::new());
}

#[test]
fn packed_documents_are_unpacked() {
    let text = catalog();
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(text.as_bytes()).unwrap();
    let level = ruzstd::encoding::CompressionLevel::Fastest;
    let zstd = ruzstd::encoding::compress_to_vec(text.as_bytes(), level);
    let folder = folder("packed", &[]);
    std::fs::create_dir(folder.join("plain")).unwrap();
    std::fs::write(folder.join("plain/data.json"), &text).unwrap();
    for (name, bytes) in [("gzip", gzip.finish().unwrap()), ("zstd", zstd)] {
        std::fs::create_dir(folder.join(name)).unwrap();
        let ending = if name == "gzip" { "gz" } else { "zst" };
        let file = format!("{name}/data.json.{ending}");
        std::fs::write(folder.join(&file), &bytes).unwrap();
        let check = |path: &str| run(&folder, &["check", path, "--as-of", DAY, "--format", "csv"]);
        let plain = out(&check("plain")).replace("plain/data.json", "X");
        assert_eq!(out(&check(name)).replace(&file, "X"), plain, "{name}");

        std::fs::write(folder.join(&file), &bytes[..bytes.len() / 2]).unwrap();
        let cut = check(&file);
        assert_eq!(cut.status.code(), Some(2));
        assert!(err(&cut).contains(&format!("failed to read {file}")));
        assert_eq!(out(&cut), "");
    }
}

#[test]
fn a_pipe_is_read_as_a_file_is() {
    let text = catalog();
    let folder = folder("pipe", &[("data.json", &text)]);
    let arguments = [
        "check",
        "-",
        "--stdin-name",
        "data.json",
        "--as-of",
        DAY,
        "--format",
        "json",
    ];
    let mut child = Command::new(env!("CARGO_BIN_EXE_datasteward"))
        .current_dir(&folder)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let writer = std::thread::spawn(move || stdin.write_all(text.as_bytes()));
    let piped = child.wait_with_output().unwrap();
    writer.join().unwrap().unwrap();
    let file = run(
        &folder,
        &["check", "data.json", "--as-of", DAY, "--format", "json"],
    );
    assert_eq!(out(&piped), out(&file));
}

/// A device that is always full is the nearest thing to a full disk.
#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_told_and_leaves_nothing_behind() {
    let folder = folder("full", &[("data.json", &catalog())]);
    for format in ["jsonl", "json"] {
        let full = std::fs::OpenOptions::new()
            .write(true)
            .open("/dev/full")
            .unwrap();
        let output = Command::new(env!("CARGO_BIN_EXE_datasteward"))
            .current_dir(&folder)
            .args(["check", "data.json", "--as-of", DAY, "--format", format])
            .stdout(full)
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(2), "{format}");
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(
            told.contains("failed to write standard output: No space left"),
            "{told}"
        );
    }
}

/// Ctrl-C while the report is being written.
#[test]
#[cfg(unix)]
fn an_interrupted_run_leaves_no_half_written_file() {
    let folder = folder("interrupt", &[("old.jsonl", "old")]);
    let mut child = Command::new(env!("CARGO_BIN_EXE_datasteward"))
        .current_dir(&folder)
        .args(["check", "-", "--format", "jsonl", "--output", "old.jsonl"])
        .stdin(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    // More than one window, and no end.
    let record = b"{\"datasteward\": \"1\", \"id\": \"a\", \"title\": \"null\"}\n";
    stdin.write_all(&record.repeat(60_000)).unwrap();
    let names = || {
        let mut names: Vec<String> = std::fs::read_dir(&folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    };
    assert_eq!(names().len(), 2, "{:?}", names());
    let killed = Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status()
        .unwrap();
    assert!(killed.success());
    assert_eq!(child.wait().unwrap().code(), Some(130));
    assert_eq!(names(), ["old.jsonl"]);
    let old = std::fs::read_to_string(folder.join("old.jsonl")).unwrap();
    assert_eq!(old, "old");
}

/// Runs the command with a document that comes through a pipe, in no more memory than so many kilobytes.
#[cfg(target_os = "linux")]
fn piped(
    name: &str,
    kilobytes: u32,
    write: impl FnOnce(&mut dyn Write) -> std::io::Result<()> + Send + 'static,
) -> std::process::Output {
    let command = format!(
        "ulimit -v {kilobytes}; exec \"$0\" check - --stdin-name {name} --as-of {DAY} --jobs 1 --format jsonl"
    );
    let mut child = Command::new("sh")
        .args(["-c", &command, env!("CARGO_BIN_EXE_datasteward")])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let writer = std::thread::spawn(move || write(&mut stdin));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap().unwrap();
    output
}

#[test]
#[cfg(target_os = "linux")]
fn a_record_of_300_mb_is_told_in_little_memory_and_its_neighbours_are_judged() {
    let output = piped("big.jsonl", 800_000, |pipe| {
        let small = |id: &str| {
            format!("{{\"datasteward\": \"1\", \"id\": \"{id}\", \"title\": \"null\"}}\n")
        };
        pipe.write_all(small("before").as_bytes())?;
        pipe.write_all(b"{\"datasteward\": \"1\", \"id\": \"big\", \"title\": \"")?;
        let words = b"trees and more trees ".repeat(50_000);
        for _ in 0..300 {
            pipe.write_all(&words)?;
        }
        pipe.write_all(b"\"}\n")?;
        pipe.write_all(small("behind").as_bytes())
    });
    let lines = out(&output);
    assert_eq!(output.status.code(), Some(1), "{}", err(&output));
    for id in ["before", "behind"] {
        assert!(lines.contains(&format!("\"id\":\"{id}\"")), "{lines}");
    }
    assert!(
        lines.contains("\"rule\":\"document-unreadable\""),
        "{lines}"
    );
    assert!(lines.contains("\"records\":3"), "{lines}");
}

#[test]
fn a_file_cut_in_the_middle_is_told_and_what_is_whole_is_judged() {
    let text = catalog();
    let lines: String = (0..400)
        .map(|number| {
            format!("{{\"datasteward\": \"1\", \"id\": \"d{number}\", \"title\": \"null\"}}\n")
        })
        .collect();
    let folder = folder(
        "cut",
        &[
            ("data.json", &text[..text.len() / 2]),
            ("lines.jsonl", &lines[..lines.len() - 9]),
        ],
    );
    for (name, least) in [("data.json", 100), ("lines.jsonl", 399)] {
        let output = run(
            &folder,
            &["check", name, "--as-of", DAY, "--format", "json"],
        );
        assert_eq!(output.status.code(), Some(1), "{name}: {}", err(&output));
        let report = Report::from_json(&out(&output)).unwrap();
        assert!(
            report.summary.datasets >= least,
            "{}",
            report.summary.datasets
        );
        let of_document = report.findings.iter().filter(|it| it.dataset.is_none());
        let told: Vec<_> = of_document.map(|it| &*it.rule).collect();
        assert!(told.contains(&"document-unreadable"), "{name}: {told:?}");
    }
}

/// A terminal is made with `script`, which comes with every Linux.
#[test]
#[cfg(target_os = "linux")]
fn a_long_run_shows_on_a_terminal_how_far_it_is() {
    let record = "{\"datasteward\": \"1\", \"id\": \"a\", \"title\": \"null\"}\n";
    let folder = folder("progress", &[("records.jsonl", &record.repeat(1_500))]);
    let slowly = "(cat records.jsonl; sleep 1.5; cat records.jsonl; sleep 0.5; cat records.jsonl)";
    let check = "check - --stdin-name a.jsonl --format jsonl --output out.jsonl";
    let command = format!("{slowly} | {} {check}", env!("CARGO_BIN_EXE_datasteward"));
    let on_terminal = |ci: &str| {
        let output = Command::new("script")
            .current_dir(&folder)
            .args(["-qec", &command, "/dev/null"])
            .env("CI", ci)
            .stdin(Stdio::null())
            .output()
            .unwrap();
        out(&output)
    };
    let shown = on_terminal("");
    assert!(shown.contains(" datasets, "), "{shown}");
    assert!(shown.contains(" MB/s"), "{shown}");
    assert!(shown.ends_with("\r\u{1b}[2K"), "{shown:?}");
    assert_eq!(on_terminal("true"), "");
    // In a pipe nothing is shown.
    let piped = Command::new("sh")
        .current_dir(&folder)
        .args(["-c", &command])
        .env_remove("CI")
        .output()
        .unwrap();
    assert_eq!((out(&piped), err(&piped)), (String::new(), String::new()));
}

#[test]
fn portals_are_told_apart_where_there_are_several() {
    let record = |portal: &str, id: &str, owner: &str| {
        format!(
            "{{\"datasteward\": \"1\", \"id\": \"{id}\", \"title\": \"Trees {id}\", \"domain\": \"{portal}\", \"publisher\": {{\"name\": \"{owner}\"}}}}\n"
        )
    };
    let one = record("data.one.example", "a", "Parks") + &record("data.one.example", "b", "Roads");
    let other = record("data.other.example", "a", "Parks");
    let folder = folder(
        "portals",
        &[("one.jsonl", &one), ("both.jsonl", &(one.clone() + &other))],
    );
    let check = |file: &str, format: &str| {
        let arguments = ["check", file, "--as-of", DAY, "--format", format];
        out(&run(&folder, &arguments))
    };
    let report = |file: &str| Report::from_json(&check(file, "json")).unwrap();
    assert_eq!(report("one.jsonl").summary.portals, []);
    let summary = report("both.jsonl").summary;
    let told: Vec<_> = summary
        .portals
        .iter()
        .map(|it| (it.portal.as_deref().unwrap(), it.datasets, it.owners.len()))
        .collect();
    assert_eq!(
        told,
        [("data.one.example", 2, 2), ("data.other.example", 1, 1)]
    );
    let of_portals: usize = summary.portals.iter().map(|it| it.findings.error).sum();
    assert_eq!(of_portals, summary.findings.error);
    // One name, two portals.
    let parks = summary.owners.iter().find(|it| it.owner == "Parks");
    assert_eq!(parks.unwrap().datasets, 2);
    let text = check("both.jsonl", "text");
    assert!(
        text.contains("By portal:\n  data.one.example     2 datasets"),
        "{text}"
    );
    assert!(check("both.jsonl", "markdown").contains("## By portal"));
    assert!(!check("one.jsonl", "markdown").contains("## By portal"));
}
