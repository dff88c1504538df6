//! The command as people run it: arguments, files, exit codes, what goes where.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on stops"
)]

mod common;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use common::{err, folder, out, run};

const GOOD: &str = r#"{"datasteward": "1", "id": "trees", "title": "Street tree inventory", "kind": "file",
 "description": "The parks department counts the trees along every street each autumn to plan watering; the counts are made by hand. Private trees are not included.",
 "source": ["Field survey of the parks department"], "department": "Parks", "category": "Environment", "keywords": ["trees"],
 "license": {"spdx": "CC0-1.0"}, "refresh": {"rate": "R/P1Y"}, "data_updated": "2026-10-02",
 "distributions": [{"url": "https://data.city.example/trees.csv", "format": "CSV"}], "rows": 112034,
 "columns": [{"name": "species", "type": "text"}, {"name": "height", "type": "number", "unit": "m"}]}"#;
const BAD: &str = r#"{"datasteward": "1", "id": "apps", "title": "Application portfolio", "description": "null"}"#;

fn report(output: &Output) -> serde_json::Value {
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn exit_codes_tell_clean_findings_and_unreadable_apart() {
    let folder = folder(
        "exit",
        &[
            ("good.json", GOOD),
            ("bad.json", BAD),
            ("page.json", "<html></html>"),
        ],
    );
    let code = |arguments: &[&str]| run(&folder, arguments).status.code();
    let day = ["--as-of", "2026-11-25"];
    assert_eq!(
        code(&["check", "good.json", day[0], day[1]]),
        Some(0),
        "{}",
        out(&run(&folder, &["check", "good.json"]))
    );
    assert_eq!(code(&["check", "bad.json", day[0], day[1]]), Some(1));
    assert_eq!(code(&["check", "bad.json", "--exit-zero"]), Some(0));
    assert_eq!(code(&["check", "page.json"]), Some(2));
    assert_eq!(code(&["check", "page.json", "good.json"]), Some(1));
    assert_eq!(
        code(&[
            "check",
            "bad.json",
            "--ignore",
            "placeholder-text",
            "--fail-on",
            "error",
            "--select",
            "context-missing"
        ]),
        Some(0)
    );
}

#[test]
fn what_cannot_be_run_is_told_on_standard_error_alone() {
    let folder = folder("refuse", &[("good.json", GOOD)]);
    for (arguments, wanted) in [
        (
            vec!["check", "nope.json"],
            "failed to read nope.json: there is no such file",
        ),
        (vec!["check", "good.json", "nope.json"], "nope.json"),
        (
            vec!["check", "good.json", "--as-of", "yesterday"],
            "`yesterday` is not a date; write it as 2026-11-25",
        ),
        (
            vec!["check", "good.json", "--ignore", "refresh-overdu"],
            "did you mean `refresh-overdue`?",
        ),
        (
            vec!["check", "good.json", "--profile", "sf"],
            "there is no profile `sf`",
        ),
        (
            vec!["check", "good.json", "--severity", "refresh-overdue"],
            "write refresh-overdue=info",
        ),
        (
            vec!["check", "good.json", "--severity", "refresh-overdue=loud"],
            "`loud` is not a severity",
        ),
        (
            vec!["explain", "refresh-overdu"],
            "did you mean `refresh-overdue`?",
        ),
    ] {
        let output = run(&folder, &arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(output.stdout.is_empty(), "{arguments:?}");
        assert!(
            err(&output).contains(wanted),
            "{arguments:?}: {}",
            err(&output)
        );
    }
}

#[test]
fn folders_are_walked_in_order_and_other_files_are_left_out() {
    let folder = folder(
        "walk",
        &[
            ("b.json", BAD),
            ("a.json", GOOD),
            ("package.json", "{\"name\": \"x\"}"),
            ("notes.txt", "hello"),
        ],
    );
    let output = run(
        &folder,
        &["check", ".", "--format", "json", "--as-of", "2026-11-25"],
    );
    let report = report(&output);
    let names: Vec<&str> = report["documents"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["name"].as_str().unwrap())
        .collect();
    assert_eq!(names, ["./a.json", "./b.json"]);
    assert!(err(&output).contains("1 file is not metadata and left out"));
    let nothing = super_folder();
    assert_eq!(run(&nothing, &["check", "."]).status.code(), Some(2));
}

fn super_folder() -> PathBuf {
    folder("nothing", &[("package.json", "{\"name\": \"x\"}")])
}

#[test]
fn standard_input_has_the_name_it_is_given() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_datasteward"))
        .args([
            "check",
            "-",
            "--stdin-name",
            "from the portal",
            "--format",
            "json",
        ])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all(BAD.as_bytes())
        .unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(report(&output)["documents"][0]["name"], "from the portal");
}

#[test]
fn rules_can_be_chosen_silenced_and_weighed() {
    let folder = folder("choose", &[("bad.json", BAD)]);
    let rules = |arguments: &[&str]| -> Vec<String> {
        let mut all = vec!["check", "bad.json", "--format", "json"];
        all.extend(arguments);
        let report = report(&run(&folder, &all));
        let findings = report["findings"].as_array().unwrap().clone();
        findings
            .iter()
            .map(|it| {
                format!(
                    "{} {}",
                    it["rule"].as_str().unwrap(),
                    it["severity"].as_str().unwrap()
                )
            })
            .collect()
    };
    assert_eq!(rules(&["--select", "C2-03"]), ["placeholder-text error"]);
    assert_eq!(
        rules(&[
            "--select",
            "placeholder-text",
            "--severity",
            "placeholder-text=info"
        ]),
        ["placeholder-text info"]
    );
    assert!(
        !rules(&["--ignore", "placeholder-text"]).contains(&"placeholder-text error".to_owned())
    );
}

#[test]
fn a_report_file_is_replaced_whole_or_not_at_all() {
    let folder = folder("output", &[("bad.json", BAD), ("report.json", "old")]);
    let output = run(
        &folder,
        &[
            "check",
            "bad.json",
            "--format",
            "json",
            "--output",
            "report.json",
        ],
    );
    assert!(output.stdout.is_empty());
    let written = std::fs::read_to_string(folder.join("report.json")).unwrap();
    assert!(serde_json::from_str::<serde_json::Value>(&written).is_ok());
    let failed = run(
        &folder,
        &[
            "check",
            "bad.json",
            "--output",
            "no/such/folder/report.json",
        ],
    );
    assert_eq!(failed.status.code(), Some(2));
    assert!(err(&failed).contains("failed to write no/such/folder/report.json"));
    let left: Vec<_> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|it| it.unwrap().file_name())
        .collect();
    assert_eq!(left.len(), 2, "{left:?}");
}

#[cfg(unix)]
#[test]
fn links_and_pipes_named_as_the_output_stay_what_they_are() {
    use std::os::unix::fs::FileTypeExt as _;

    let folder = folder("devices", &[("bad.json", BAD), ("real.json", "old")]);
    std::os::unix::fs::symlink("real.json", folder.join("link.json")).unwrap();
    let pipe = folder.join("pipe");
    let made = Command::new("mkfifo").arg(&pipe).status().unwrap();
    assert!(made.success());
    let check = ["check", "bad.json", "--format", "json", "--output"];
    let to = |name: &str| run(&folder, &[&check[..], &[name]].concat());
    assert_eq!(to("link.json").status.code(), Some(1));
    assert!(folder.join("link.json").is_symlink());
    let through_link = std::fs::read_to_string(folder.join("real.json")).unwrap();
    let reading = std::thread::spawn({
        let pipe = pipe.clone();
        move || std::fs::read_to_string(pipe).unwrap()
    });
    assert_eq!(to("pipe").status.code(), Some(1));
    assert_eq!(reading.join().unwrap(), through_link);
    assert!(pipe.metadata().unwrap().file_type().is_fifo());
}

#[test]
fn the_text_reads_well() {
    let folder = folder("text", &[("bad.json", BAD)]);
    let text = out(&run(
        &folder,
        &[
            "check",
            "bad.json",
            "--as-of",
            "2026-11-25",
            "--select",
            "placeholder-text,missing-license",
        ],
    ));
    for part in [
        "bad.json   datasteward record, 1 record   judged as of 25 November 2026, profile la",
        "Application portfolio   apps",
        "✗ required metadata",
        "error    The description says `null`, which is not information",
        "line 1, column 85   placeholder-text",
        "1 dataset: 2 errors, 0 warnings, 0 notes.",
    ] {
        assert!(text.contains(part), "{part}\n---\n{text}");
    }
    assert!(!text.contains('\u{1b}'));
    let colored = out(&run(&folder, &["check", "bad.json", "--color", "always"]));
    assert!(colored.contains("\u{1b}[31m"));
}

#[test]
fn long_reports_are_capped_and_say_so() {
    let lines: String = (0..40)
        .map(|at| BAD.replace("apps", &format!("apps-{at}")) + "\n")
        .collect();
    let folder = folder("cap", &[("many.jsonl", &lines)]);
    let capped = out(&run(
        &folder,
        &["check", "many.jsonl", "--max-findings", "5"],
    ));
    assert!(capped.contains("more"), "{capped}");
    let whole = out(&run(
        &folder,
        &["check", "many.jsonl", "--max-findings", "0"],
    ));
    assert!(whole.matches("placeholder-text").count() > capped.matches("placeholder-text").count());
}

#[test]
fn every_form_of_the_engine_can_be_asked_for() {
    let folder = folder("forms", &[("bad.json", BAD)]);
    for form in datasteward::render::FORMS {
        let arguments = [
            "check",
            "bad.json",
            "--as-of",
            "2026-11-25",
            "--format",
            form.name,
        ];
        let output = run(&folder, &arguments);
        assert_eq!(
            output.status.code(),
            Some(1),
            "{}: {}",
            form.name,
            err(&output)
        );
        assert!(!output.stdout.is_empty(), "{}", form.name);
        let mut to_file = arguments.to_vec();
        to_file.extend(["--output", "report"]);
        assert!(run(&folder, &to_file).stdout.is_empty());
        let written = std::fs::read(folder.join("report")).unwrap();
        assert_eq!(written, output.stdout, "{}", form.name);
    }
    let unknown = run(&folder, &["check", "bad.json", "--format", "hologram"]);
    assert_eq!(unknown.status.code(), Some(2));
    assert!(err(&unknown).contains("sarif"), "{}", err(&unknown));
}

#[test]
fn statistics_stand_in_place_of_the_findings() {
    let folder = folder("statistics", &[("bad.json", BAD)]);
    let text = run(
        &folder,
        &["check", "bad.json", "--statistics", "--max-findings", "1"],
    );
    assert_eq!(text.status.code(), Some(1));
    assert!(out(&text).starts_with("findings  datasets  code     rule\n"));
    assert!(out(&text).contains("       1         1  C2-03    placeholder-text"));
    assert!(err(&text).is_empty(), "{}", err(&text));
    let json = report(&run(
        &folder,
        &["check", "bad.json", "--statistics", "--format", "json"],
    ));
    let rules = json["rules"].as_array().unwrap();
    assert_eq!(rules.len() + 1, out(&text).lines().count());
    let refused = run(
        &folder,
        &["check", "bad.json", "--statistics", "--format", "sarif"],
    );
    assert_eq!(refused.status.code(), Some(2));
    assert!(err(&refused).contains("text or json"));
}

#[test]
fn a_form_that_takes_only_so_many_gets_the_gravest() {
    let folder = folder("gravest", &[("bad.json", BAD)]);
    let arguments = [
        "check",
        "bad.json",
        "--format",
        "github",
        "--max-findings",
        "1",
    ];
    let output = run(&folder, &arguments);
    assert_eq!(out(&output).lines().count(), 1);
    assert!(
        out(&output).starts_with("::error file=bad.json,line=1,"),
        "{}",
        out(&output)
    );
    assert!(err(&output).contains("more findings are not written"));
    let mut quiet = arguments.to_vec();
    quiet.push("--quiet");
    assert!(err(&run(&folder, &quiet)).is_empty());
    let whole = run(&folder, &["check", "bad.json", "--format", "github"]);
    assert!(out(&whole).lines().count() > 1 && err(&whole).is_empty());
}

#[test]
fn quiet_says_nothing_where_all_is_well() {
    let folder = folder(
        "quiet",
        &[
            ("good.json", GOOD),
            ("bad.json", BAD),
            ("package.json", "{\"name\": \"x\"}"),
        ],
    );
    let day = ["--as-of", "2026-11-25", "--quiet"];
    let check = |arguments: &[&str]| {
        let mut all = vec!["check"];
        all.extend(arguments);
        all.extend(day);
        run(&folder, &all)
    };
    for form in ["text", "markdown"] {
        let well = check(&["good.json", "--format", form]);
        assert!(well.stdout.is_empty() && well.stderr.is_empty(), "{form}");
        assert!(
            !check(&["bad.json", "--format", form]).stdout.is_empty(),
            "{form}"
        );
    }
    // A program that reads the result always gets one.
    assert!(!check(&["good.json", "--format", "sarif"]).stdout.is_empty());
    let folder_walked = check(&["."]);
    assert!(folder_walked.stderr.is_empty(), "{}", err(&folder_walked));
}

#[test]
fn completions_and_manual_pages_know_verbs_options_and_forms() {
    let folder = folder("manual", &[]);
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let text = out(&run(&folder, &["completions", shell]));
        for word in ["inspect", "max-findings"] {
            assert!(text.contains(word), "{shell} {word}");
        }
    }
    assert!(out(&run(&folder, &["completions", "bash"])).contains("csv-datasets"));
    assert_eq!(
        run(&folder, &["completions", "abacus"]).status.code(),
        Some(2)
    );
    assert!(run(&folder, &["man", "share/man"]).status.success());
    let page = |name: &str| std::fs::read_to_string(folder.join("share/man").join(name)).unwrap();
    assert!(page("datasteward.1").contains("datasteward\\-check(1)"));
    assert!(page("datasteward-check.1").contains("SARIF 2.1.0"));
    assert_eq!(
        run(&folder, &["man", "share/man/datasteward.1"])
            .status
            .code(),
        Some(2)
    );
}

#[test]
fn hostile_metadata_does_not_steer_the_terminal() {
    let evil = serde_json::json!({"datasteward": "1", "id": "\u{1b}]0;x\u{7}", "title": "\u{1b}[2J\u{202e}evil", "description": "\u{1b}[31m"}).to_string();
    let folder = folder("evil", &[("evil.json", &evil)]);
    for arguments in [["check", "evil.json"], ["inspect", "evil.json"]] {
        let text = out(&run(&folder, &arguments));
        assert!(
            !text.contains('\u{1b}') && !text.contains('\u{202e}') && !text.contains('\u{7}'),
            "{arguments:?}"
        );
    }
}

#[test]
fn inspect_says_what_was_understood() {
    let folder = folder(
        "inspect",
        &[
            ("good.json", GOOD),
            ("lines.jsonl", &format!("{BAD}\n{BAD}\n")),
        ],
    );
    let output = run(
        &folder,
        &["inspect", "--format", "jsonl", "good.json", "lines.jsonl"],
    );
    let lines: Vec<serde_json::Value> = out(&output)
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(lines.len(), 3);
    assert_eq!(lines[0]["format"], "native");
    assert_eq!(lines[0]["line"], serde_json::Value::Null);
    assert_eq!(lines[0]["dataset"]["title"]["pointer"], "/title");
    assert_eq!(lines[0]["columns"][1]["judgements"]["unit"], "m");
    assert_eq!(lines[2]["line"], 2);
    assert_eq!(lines[2]["judgements"]["description"], "placeholder");
    assert!(
        out(&run(&folder, &["inspect", "good.json"]))
            .contains("read as native: it has a `datasteward` key")
    );
}

#[test]
fn inspect_writes_one_document_in_our_own_format() {
    let folder = folder("native", &[("good.json", GOOD), ("bad.json", BAD)]);
    let native = ["inspect", "--format", "native", "good.json", "bad.json"];
    let read = |arguments: &[&str]| -> serde_json::Value {
        serde_json::from_str(&out(&run(&folder, arguments))).unwrap()
    };
    let one = read(&native[..4]);
    assert_eq!(one["datasteward"], "1");
    assert_eq!(one["extra"]["made_from"], "native");
    let both = read(&native);
    assert_eq!(both["datasets"].as_array().map(Vec::len), Some(2));
    assert_eq!(both["datasets"][0], one);
}

#[test]
fn explain_and_rules_tell_what_is_judged() {
    let folder = folder("explain", &[]);
    let page = out(&run(&folder, &["explain", "C3-03"]));
    assert!(
        page.starts_with("refresh-overdue (C3-03)")
            && page.contains("How to mend it")
            && page.contains("Good")
    );
    for (topic, wanted) in [
        ("C3", "refresh-overdue"),
        ("consistency", "C1 one parent"),
        ("license", "License Type"),
    ] {
        let text = out(&run(&folder, &["explain", topic]));
        assert!(text.contains(wanted), "{text}");
    }
    let list = out(&run(&folder, &["rules"]));
    assert!(list.lines().count() > 25 && list.contains("M6-01"));
    let json: serde_json::Value =
        serde_json::from_str(&out(&run(&folder, &["rules", "--format", "json"]))).unwrap();
    assert_eq!(json.as_array().unwrap().len(), list.lines().count());
}

#[test]
fn a_tracker_keeps_what_the_steward_wrote() {
    let folder = folder("tracker", &[("good.json", GOOD)]);
    let write = [
        "check",
        "good.json",
        "--format",
        "tracker",
        "--as-of",
        "2026-11-25",
        "--output",
        "t.csv",
    ];
    assert!(run(&folder, &write).status.success());
    let path = folder.join("t.csv");
    let first = std::fs::read_to_string(&path).unwrap();
    let noted = first.replace(",\"\"\r\n", ",\"ask the parks\"\r\n");
    assert_ne!(first, noted);
    std::fs::write(&path, &noted).unwrap();
    // The new one may take the place of the old one.
    let again: Vec<&str> = write
        .into_iter()
        .chain(["--tracker-from", "t.csv"])
        .collect();
    assert!(run(&folder, &again).status.success());
    assert_eq!(std::fs::read_to_string(&path).unwrap(), noted);
    for (arguments, wanted) in [
        (
            vec!["check", "good.json", "--tracker-from", "t.csv"],
            "goes with `--format tracker`",
        ),
        (
            vec![
                "check",
                "good.json",
                "--format",
                "tracker",
                "--tracker-from",
                "good.json",
            ],
            "not a tracker",
        ),
        (
            vec![
                "check",
                "good.json",
                "--format",
                "tracker",
                "--tracker-from",
                "no.csv",
            ],
            "failed to read no.csv",
        ),
    ] {
        let output = run(&folder, &arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(err(&output).contains(wanted), "{}", err(&output));
    }
}

#[test]
fn the_guide_is_written_as_markdown_or_as_a_page() {
    let folder = folder("guide", &[]);
    let text = out(&run(&folder, &["guide"]));
    assert!(text.starts_with("# Metadata guide") && text.contains("- [ ] **C1"));
    let arguments = ["guide", "--format", "html", "--output", "guide.html"];
    let output = run(&folder, &arguments);
    assert!(output.status.success() && output.stdout.is_empty());
    let page = std::fs::read_to_string(folder.join("guide.html")).unwrap();
    assert!(page.starts_with("<!DOCTYPE html>") && page.ends_with("</html>\n"));
}

#[test]
fn the_readme_shows_what_its_first_command_prints() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let readme = std::fs::read_to_string(root.join("README.md")).unwrap();
    assert!(readme.contains("check tests/data/example-city --as-of 2026-11-25"));
    let shown = readme
        .split("```text\n")
        .nth(1)
        .and_then(|rest| rest.split("```").next())
        .unwrap();
    let printed = out(&run(
        &root,
        &["check", "tests/data/example-city", "--as-of", "2026-11-25"],
    ));
    let printed: Vec<&str> = printed.lines().map(str::trim_end).collect();
    for line in shown
        .lines()
        .filter(|line| !line.trim().is_empty() && *line != "…")
    {
        assert!(
            printed.contains(&line.trim_end()),
            "the README shows what is not printed: {line}"
        );
    }
}

#[test]
fn the_formats_are_listed_with_what_they_are_known_by() {
    let folder = folder("formats", &[]);
    let list = out(&run(&folder, &["formats"]));
    for words in ["dcat-us-1.1", "iso-19139", "known by `resources`"] {
        assert!(list.contains(words), "{list}");
    }
    let json = report(&run(&folder, &["formats", "--format", "json"]));
    assert!(json.as_array().is_some_and(|list| list.len() >= 21));
}

#[test]
fn a_configuration_is_found_above_the_files_and_the_command_line_comes_after_it() {
    let folder = folder(
        "config",
        &[
            (
                "datasteward.toml",
                "as_of = \"2026-11-25\"\nrequired = [\"contact\"]\nschema = \"our.schema.json\"\n[severity]\nmissing-license = \"info\"\n",
            ),
            (
                "our.schema.json",
                r#"{"properties": {"id": {"title": "the identifier", "description": "an id that starts with CITY", "pattern": "^CITY"}}}"#,
            ),
        ],
    );
    let inner = folder.join("catalogue");
    std::fs::create_dir_all(&inner).unwrap();
    std::fs::write(inner.join("good.json"), GOOD).unwrap();
    let found = report(&run(
        &folder,
        &["check", "catalogue/good.json", "--format", "json"],
    ));
    assert_eq!(found["as_of"], "2026-11-25");
    let said = found["findings"].to_string();
    assert!(
        said.contains("A required field is empty: contact"),
        "{said}"
    );
    assert!(
        said.contains("an id that starts with CITY is wanted"),
        "{said}"
    );
    let later = report(&run(
        &folder,
        &[
            "check",
            "catalogue/good.json",
            "--format",
            "json",
            "--as-of",
            "2026-11-26",
        ],
    ));
    assert_eq!(later["as_of"], "2026-11-26");
}

#[test]
fn a_slip_in_the_configuration_is_told_with_the_file_and_the_right_word() {
    let folder = folder(
        "slip",
        &[
            ("good.json", GOOD),
            ("datasteward.toml", "ignroe = [\"missing-license\"]\n"),
        ],
    );
    let output = run(&folder, &["check", "good.json"]);
    assert_eq!(output.status.code(), Some(2));
    let said = err(&output);
    assert!(
        said.contains("datasteward.toml") && said.contains("did you mean `ignore`?"),
        "{said}"
    );
    let output = run(&folder, &["check", "good.json", "--config", "none.toml"]);
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn a_format_that_does_not_fit_is_named_with_the_one_that_would() {
    let folder = folder("read-as", &[("good.json", GOOD)]);
    let output = run(&folder, &["check", "good.json", "--read-as", "ckan"]);
    assert_eq!(output.status.code(), Some(2));
    let said = out(&output);
    assert!(
        said.contains("not a record in the format that you named, CKAN package"),
        "{said}"
    );
    assert!(
        said.contains("datasteward record: it has a `datasteward` key"),
        "{said}"
    );
    let output = run(&folder, &["check", "good.json", "--read-as", "ckna"]);
    assert!(err(&output).contains("did you mean `ckan`?"));
}
