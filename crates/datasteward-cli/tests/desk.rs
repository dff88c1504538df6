//! The steward's desk as people use it: examples, drafts, data beside metadata, trackers.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on stops"
)]

mod common;

use std::path::Path;

use common::{err, folder, out, run};

#[test]
fn examples_are_listed_printed_and_pass_the_check() {
    let folder = folder("examples", &[]);
    let list = out(&run(&folder, &["examples"]));
    for words in ["socrata-discovery", "data-package", "filtered-view"] {
        assert!(list.contains(words), "{list}");
    }
    let table = out(&run(&folder, &["examples", "table", "--format", "ckan"]));
    assert!(table.contains("license_id"), "{table}");
    // Without a name: the models as one catalogue.
    let made = run(
        &folder,
        &["examples", "--format", "data.json", "--output", "data.json"],
    );
    assert_eq!(made.status.code(), Some(0));
    let checked = run(
        &folder,
        &[
            "check",
            "data.json",
            "--as-of",
            "2026-11-25",
            "--fail-on",
            "info",
        ],
    );
    assert_eq!(checked.status.code(), Some(0), "{}", out(&checked));
    for (arguments, wanted) in [
        (
            ["examples", "tabel", "--format", "ckan"],
            "there is no example `tabel`",
        ),
        (
            ["examples", "table", "--format", "word"],
            "there are no examples in the format `word`",
        ),
    ] {
        let refused = run(&folder, &arguments);
        assert_eq!(refused.status.code(), Some(2));
        assert!(err(&refused).contains(wanted), "{}", err(&refused));
    }
}

const PLANTINGS: &str = r#"{"datasteward": "1", "id": "plantings", "title": "Tree plantings", "refresh": {"rate": "R/P1M"},
 "data_updated": "2026-11-20", "rows": 4000, "coverage": {"start": "2010-01-01", "end": "2026-10-31"},
 "columns": [{"name": "species", "type": "text", "values": [{"value": "oak"}, {"value": "elm"}]},
  {"name": "height", "plain_name": "Height", "type": "number", "unit": "m"}, {"name": "planted_on", "type": "date"}, {"name": "ward", "type": "text"}]}"#;

/// The rules that speak of a record beside its data.
fn rules(folder: &Path, record: &str, data: &str) -> Vec<String> {
    let output = run(
        folder,
        &[
            "check",
            record,
            "--data",
            data,
            "--as-of",
            "2026-11-25",
            "--format",
            "json",
        ],
    );
    let report: serde_json::Value =
        serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", err(&output)));
    let findings = report["findings"].as_array().unwrap();
    findings
        .iter()
        .map(|finding| {
            format!(
                "{}: {}",
                finding["rule"].as_str().unwrap(),
                finding["message"].as_str().unwrap()
            )
        })
        .collect()
}

#[test]
fn a_record_is_held_against_its_data() {
    let mut table = "species,height,planted_on,reopened\n".to_owned();
    for row in 0..60 {
        let species = if row == 7 { "ash" } else { "oak" };
        table.push_str(&format!(
            "{species},{}.5,2011-03-{:02},\n",
            row % 9,
            row % 28 + 1
        ));
    }
    table.push_str("elm,tall,2012-05-01,\n");
    let folder = folder(
        "data",
        &[("plantings.json", PLANTINGS), ("plantings.csv", &table)],
    );
    let found = rules(&folder, "plantings.json", "plantings.csv").join("\n");
    for wanted in [
        "dictionary-out-of-step: 1 field is in the data and not described: `reopened`; 1 field is described and not in the data: `ward`",
        "values-contradict-dictionary: `species` holds values that its list of codes does not have: `ash`",
        "values-contradict-dictionary: `Height` is declared a number, and the data holds `tall`",
        "data-contradicts-record: The record says 4000 rows, and the data has 61",
        "data-contradicts-record: The time covered is said to end on 31 October 2026, and the last day in the data is 1 May 2012",
        "data-stops-early: The refresh rate is monthly, but the newest `planted_on` is 1 May 2012",
    ] {
        assert!(found.contains(wanted), "{wanted}\n\n{found}");
    }
    // Where the format has no place for fields and rows, the data speaks for itself.
    let bare = r#"{"conformsTo": "https://project-open-data.cio.gov/v1.1/schema", "dataset": [{"title": "Tree plantings", "identifier": "t",
      "accrualPeriodicity": "R/P1M", "modified": "2026-11-20", "accessLevel": "public"}]}"#;
    std::fs::write(folder.join("data.json"), bare).unwrap();
    let found = rules(&folder, "data.json", "plantings.csv").join("\n");
    for wanted in [
        "mostly-empty-field: The field `reopened`",
        "data-stops-early",
    ] {
        assert!(found.contains(wanted), "{wanted}\n\n{found}");
    }
    assert!(!found.contains("dictionary-out-of-step"), "{found}");
    // Another table altogether.
    std::fs::write(folder.join("other.csv"), "a,b\n1,2\n").unwrap();
    let found = rules(&folder, "plantings.json", "other.csv").join("\n");
    assert!(
        found.contains("None of the 4 fields described is in other.csv"),
        "{found}"
    );
}

#[test]
fn data_that_fits_brings_no_finding_and_bad_data_is_told() {
    let mut table = "Species,Height,Planted On,Ward\n".to_owned();
    for row in 0..3900 {
        table.push_str(&format!(
            "elm,{}.25,{}-03-0{},north\n",
            row % 9,
            2010 + row % 17,
            row % 9 + 1
        ));
    }
    table.push_str("oak,2,2026-10-30,south\n");
    let folder = folder(
        "data-good",
        &[
            ("plantings.json", PLANTINGS),
            ("good.csv", &table),
            ("empty.csv", ""),
            ("broken.csv", "a,b\n1,2,3\n"),
        ],
    );
    let alone = rules(&folder, "plantings.json", "good.csv");
    let of_data = [
        "dictionary-out-of-step",
        "values-contradict",
        "data-contradicts",
        "stops-early",
        "mostly-empty",
    ];
    let said: Vec<_> = alone
        .iter()
        .filter(|it| of_data.iter().any(|rule| it.contains(rule)))
        .collect();
    assert!(said.is_empty(), "{said:?}");
    let two = format!(
        "{}\n{}\n",
        PLANTINGS.replace('\n', " "),
        PLANTINGS
            .replace('\n', " ")
            .replace("plantings\"", "more\"")
    );
    std::fs::write(folder.join("two.jsonl"), two).unwrap();
    for (record, data, wanted) in [
        (
            "plantings.json",
            "empty.csv",
            "failed to read empty.csv: it is empty",
        ),
        (
            "plantings.json",
            "broken.csv",
            "the row on line 2 has 3 cells",
        ),
        ("plantings.json", ".", "it is a folder"),
        ("plantings.json", "nope.csv", "there is no such file"),
        (
            "two.jsonl",
            "good.csv",
            "good.csv is the data of one dataset, and 2 are described",
        ),
    ] {
        let output = run(&folder, &["check", record, "--data", data]);
        assert_eq!(output.status.code(), Some(2));
        assert!(err(&output).contains(wanted), "{}", err(&output));
        assert!(output.stdout.is_empty());
    }
}

/// Trees with a code, a measure, a day and a name that nobody can read.
fn trees() -> String {
    let mut table = "TREE_ID,species,height_ft,condition,date_surveyed,XQZ\n".to_owned();
    for row in 0..120 {
        let species = ["oak", "elm", "ash"][row % 3];
        let condition = ["g", "f", "p"][row % 3];
        table.push_str(&format!(
            "{},{species},{}.5,{condition},{}-03-0{},{}\n",
            1000 + row,
            row % 30,
            2015 + row % 11,
            row % 9 + 1,
            row * 7
        ));
    }
    table
}

#[test]
fn a_draft_leaves_findings_only_where_a_person_must_write() {
    let folder = folder("draft", &[("street_trees.csv", &trees())]);
    for form in ["native", "data-package", "data.json", "ckan"] {
        let name = format!("{form}.draft.json");
        let made = run(
            &folder,
            &[
                "init",
                "metadata",
                "street_trees.csv",
                "--as",
                form,
                "--output",
                &name,
            ],
        );
        assert_eq!(made.status.code(), Some(0), "{}", err(&made));
        let found = rules(&folder, &name, "street_trees.csv");
        assert!(
            found.iter().any(|it| it.starts_with("template-not-filled")),
            "{form}"
        );
        for finding in &found {
            let person = [
                "template-not-filled",
                "missing-required-metadata",
                "missing-license",
                "refresh-rate-missing",
                "update-date-missing",
                "no-way-to-get-data",
                "fields-not-explained",
                "cryptic-field-name",
                "missing-field-description",
                "coded-field-without-values",
                "acronym-not-expanded",
            ];
            assert!(
                person
                    .iter()
                    .any(|rule| finding.starts_with(&format!("{rule}:"))),
                "{form}: {finding}"
            );
        }
        // A draft that somebody has begun to fill in is not written over.
        let again = run(
            &folder,
            &[
                "init",
                "metadata",
                "street_trees.csv",
                "--as",
                form,
                "--output",
                &name,
            ],
        );
        assert_eq!(again.status.code(), Some(2));
        assert!(
            err(&again).contains("it is there already"),
            "{}",
            err(&again)
        );
    }
}

#[test]
fn a_draft_that_is_filled_in_passes() {
    let folder = folder("draft-filled", &[("street_trees.csv", &trees())]);
    let drafted = out(&run(&folder, &["init", "metadata", "street_trees.csv"]));
    let mut record: serde_json::Value = serde_json::from_str(&drafted).unwrap();
    assert_eq!(record["id"], "street-trees");
    assert_eq!(record["rows"], 120);
    assert_eq!(record["coverage"]["start"], "2015-03-01");
    let column = |at: usize| record["columns"][at].clone();
    assert_eq!(column(0)["role"], "identifier");
    assert_eq!(column(2)["unit"], "[ft_i]");
    assert_eq!(column(3)["values"].as_array().unwrap().len(), 3);
    assert_eq!(column(4)["type"], "date");
    assert_eq!(column(5)["plain_name"], "");
    record["description"] = "Each row is a tree on a street of the City of Example. The Bureau of Street Services counts the trees to plan watering.".into();
    record["keywords"] = serde_json::json!(["trees"]);
    record["category"] = serde_json::json!(["Environment"]);
    record["department"] = "Bureau of Street Services".into();
    record["contact"] =
        serde_json::json!({"name": "Open data team", "email": "opendata@city.example"});
    record["source"] =
        serde_json::json!([{"name": "Field survey of the Bureau of Street Services"}]);
    record["method"] = "Foresters measure each tree by hand.".into();
    record["limitations"] = serde_json::json!(["Trees on private land are not included."]);
    record["license"] = "CC0-1.0".into();
    record["refresh"]["rate"] = "R/P1Y".into();
    record["data_updated"] = "2026-10-02".into();
    record["coverage"]["place"] = "City of Example".into();
    record["row_label"] = "one tree".into();
    record["distributions"][0]["url"] = "https://data.city.example/street_trees.csv".into();
    for at in 0..6 {
        record["columns"][at]["description"] =
            format!("What stands in field number {at} of the survey").into();
    }
    for (at, label) in ["fair", "good", "poor"].into_iter().enumerate() {
        record["columns"][3]["values"][at]["label"] = label.into();
    }
    std::fs::write(folder.join("trees.json"), record.to_string()).unwrap();
    let checked = run(
        &folder,
        &[
            "check",
            "trees.json",
            "--data",
            "street_trees.csv",
            "--as-of",
            "2026-11-25",
        ],
    );
    assert_eq!(checked.status.code(), Some(0), "{}", out(&checked));
}

#[test]
fn a_configuration_is_begun_once() {
    let folder = folder("init", &[("good.json", PLANTINGS), ("page.csv", "<html>")]);
    assert_eq!(run(&folder, &["init"]).status.code(), Some(0));
    let written = std::fs::read_to_string(folder.join("datasteward.toml")).unwrap();
    assert!(written.contains("#profile = \"la\""), "{written}");
    // It is read, and changes nothing.
    assert_ne!(run(&folder, &["check", "good.json"]).status.code(), Some(2));
    std::fs::write(folder.join("datasteward.toml"), "profile = \"strict\"\n").unwrap();
    let again = run(&folder, &["init"]);
    assert_eq!(again.status.code(), Some(2));
    assert!(
        err(&again).contains("it is there already"),
        "{}",
        err(&again)
    );
    let kept = std::fs::read_to_string(folder.join("datasteward.toml")).unwrap();
    assert_eq!(kept, "profile = \"strict\"\n");
    for (arguments, wanted) in [
        (vec!["init", "nowhere"], "there is no such folder"),
        (vec!["init", "metadata", "page.csv"], "it is no CSV"),
        (vec!["init", "metadata", "."], "it is a folder"),
    ] {
        let refused = run(&folder, &arguments);
        assert_eq!(refused.status.code(), Some(2));
        assert!(err(&refused).contains(wanted), "{}", err(&refused));
    }
}

#[test]
fn hostile_headings_stay_words_in_a_draft() {
    let table = "\"=HYPERLINK(\"\"x\"\")\",\"<script>alert(1)</script>\",\"\u{1b}[31mred\",\"a\u{202e}b\"\n1,2,3,4\n";
    let folder = folder("draft-hostile", &[("a.csv", table)]);
    for form in ["native", "data-package", "data.json", "ckan"] {
        let made = out(&run(&folder, &["init", "metadata", "a.csv", "--as", form]));
        let record: serde_json::Value = serde_json::from_str(&made).unwrap();
        assert!(record.is_object());
        assert!(!made.contains('\u{1b}'), "{form}");
    }
    // In a message nothing of it is obeyed.
    let shown = run(
        &folder,
        &["init", "metadata", "a.csv", "--output", "r.json"],
    );
    assert_eq!(shown.status.code(), Some(0));
    let said = out(&run(&folder, &["check", "r.json", "--data", "a.csv"]));
    assert!(
        !said.contains('\u{1b}') && !said.contains('\u{202e}'),
        "{said}"
    );
}

const CITY: &str = r#"{"datasteward": "1", "id": "trees", "title": "Street trees", "department": "Parks / Gardens"}
{"datasteward": "1", "id": "benches", "title": "=HYPERLINK(\"https://x.example\")", "department": "Parks / Gardens"}
{"datasteward": "1", "id": "007", "title": "Potholes\u001b[31m", "department": "Streets"}
"#;

/// The sheets of a workbook, read as anybody's program would.
fn sheets(path: &Path) -> Vec<(String, Vec<Vec<String>>)> {
    let bytes = std::fs::read(path).unwrap();
    datasteward::source::sheet::cells(&bytes).unwrap()
}

#[test]
fn a_tracker_is_a_workbook_with_a_sheet_a_department_and_keeps_what_the_steward_wrote() {
    let folder = folder("workbook", &[("city.jsonl", CITY)]);
    let day = ["--as-of", "2026-11-25", "--exit-zero"];
    let write = |more: &[&str]| {
        let arguments = ["check", "city.jsonl", "--format", "tracker"];
        let arguments: Vec<&str> = arguments.iter().chain(&day).chain(more).copied().collect();
        let output = run(&folder, &arguments);
        assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    };
    write(&["--output", "one.xlsx"]);
    write(&["--output", "two.xlsx"]);
    let bytes = |name: &str| std::fs::read(folder.join(name)).unwrap();
    assert!(
        bytes("one.xlsx") == bytes("two.xlsx"),
        "not the same bytes twice"
    );
    let read = sheets(&folder.join("one.xlsx"));
    let names: Vec<&str> = read.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["Overview", "Parks   Gardens", "Streets"]);
    assert_eq!(read[0].1[1][..2], ["Parks / Gardens", "2"]);
    let (_, parks) = &read[1];
    assert_eq!(parks.len(), 3);
    let at = |name: &str| parks[0].iter().position(|it| it == name).unwrap();
    let row = |id: &str| parks.iter().find(|row| row[at("id")] == id).unwrap();
    // A formula in a title is a text, and an escape steers nothing.
    assert_eq!(
        row("benches")[at("title")],
        "=HYPERLINK(\"https://x.example\")"
    );
    assert_eq!(row("trees")[at("C2 required metadata")], "to mend");
    assert_eq!(read[2].1[1][at("id")], "007");
    assert!(!read[2].1[1][at("title")].contains('\u{1b}'));
    // The CSV of the same, with words of a steward in it; then a workbook from it, and one from that.
    write(&["--output", "t.csv"]);
    let csv = std::fs::read_to_string(folder.join("t.csv")).unwrap();
    let noted: Vec<String> = csv
        .lines()
        .map(|line| match line.strip_suffix("\"\"") {
            Some(rest) if line.contains("\"trees\"") => format!("{rest}\"\",\"ask Parks\""),
            Some(_) => format!("{line},\"\""),
            None => format!("{line},\"my_note\""),
        })
        .collect();
    std::fs::write(folder.join("noted.csv"), noted.join("\r\n")).unwrap();
    write(&["--tracker-from", "noted.csv", "--output", "three.xlsx"]);
    write(&["--tracker-from", "three.xlsx", "--output", "four.xlsx"]);
    assert!(
        bytes("three.xlsx") == bytes("four.xlsx"),
        "something was lost on the way"
    );
    let read = sheets(&folder.join("four.xlsx"));
    let noted = read[1]
        .1
        .iter()
        .filter(|row| row.last().is_some_and(|it| it == "ask Parks"));
    assert_eq!(noted.count(), 1);
    // The names of our columns have blanks there, a steward's own are kept.
    let head = &read[1].1[0];
    assert!(
        head.ends_with(&["note".to_owned(), "my_note".to_owned()]),
        "{head:?}"
    );
    // Not even the part that was begun is left beside it.
    let files = std::fs::read_dir(&folder).unwrap().count();
    assert_eq!(files, 7);
}

#[test]
fn what_people_ask_for_ranks_the_tracker_and_stands_on_the_dashboard() {
    let requests = "dataset,date,count\n007,2026-10-01,5\n<script>alert(1)</script>,2026-10-02,9\ntrees,2026-10-03,\n";
    let folder = folder(
        "requests",
        &[
            ("city.jsonl", CITY),
            ("r.csv", requests),
            ("none.csv", ""),
            ("bad.csv", "dataset,count\na,many\n"),
        ],
    );
    let check = |more: &[&str]| {
        let arguments = [
            "check",
            "city.jsonl",
            "--as-of",
            "2026-11-25",
            "--exit-zero",
        ];
        run(
            &folder,
            &arguments.iter().chain(more).copied().collect::<Vec<_>>(),
        )
    };
    let tracker = out(&check(&["--format", "tracker", "--requests", "r.csv"]));
    let lines: Vec<&str> = tracker.lines().collect();
    assert!(
        lines[1].contains("\"007\"") && lines[2].contains("\"trees\""),
        "{tracker}"
    );
    assert!(
        lines[4].contains("asked for and not in the catalogue"),
        "{tracker}"
    );
    let page = out(&check(&["--format", "dashboard", "--requests", "r.csv"]));
    assert!(page.contains("What people ask for") && page.contains("not in the catalogue"));
    assert!(page.contains("&lt;script&gt;alert(1)") && !page.contains("<script>alert(1)"));
    assert!(!out(&check(&["--format", "dashboard"])).contains("What people ask for"));
    for (more, wanted) in [
        (
            ["--format", "tracker", "--requests", "none.csv"],
            "no column `dataset` or `subject`",
        ),
        (
            ["--format", "tracker", "--requests", "bad.csv"],
            "row 2 asks `many` times",
        ),
        (
            ["--format", "tracker", "--requests", "nope.csv"],
            "failed to read nope.csv",
        ),
        (
            ["--format", "tracker", "--requests", "."],
            "failed to read .",
        ),
        (
            ["--format", "json", "--requests", "r.csv"],
            "goes with `--format tracker`",
        ),
    ] {
        let refused = check(&more);
        assert_eq!(refused.status.code(), Some(2), "{more:?}");
        assert!(err(&refused).contains(wanted), "{}", err(&refused));
    }
    // A workbook that is none.
    std::fs::write(folder.join("old.xlsx"), b"PK\x03\x04 nothing").unwrap();
    let refused = check(&["--format", "tracker", "--tracker-from", "old.xlsx"]);
    assert!(
        err(&refused).contains("not an Excel workbook"),
        "{}",
        err(&refused)
    );
}

#[test]
fn the_hook_stops_a_commit_with_something_to_mend_and_lets_a_good_one_through() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let hooks = std::fs::read_to_string(root.join(".pre-commit-hooks.yaml")).unwrap();
    let value = |key: &str| {
        let line = hooks.lines().find_map(|line| line.trim().strip_prefix(key));
        line.unwrap_or_else(|| panic!("no {key}"))
            .trim()
            .trim_matches('\'')
            .to_owned()
    };
    let (entry, pattern) = (value("entry:"), value("files:"));
    let folder = folder("hook", &[("package.json", "{}")]);
    let git = |arguments: &[&str]| {
        let bin = Path::new(env!("CARGO_BIN_EXE_datasteward"))
            .parent()
            .unwrap();
        let path = format!("{}:{}", bin.display(), std::env::var("PATH").unwrap());
        std::process::Command::new("git")
            .current_dir(&folder)
            .env("PATH", path)
            .args([
                "-c",
                "user.name=Steward",
                "-c",
                "user.email=steward@city.example",
            ])
            .args(arguments)
            .output()
            .unwrap()
    };
    assert!(git(&["init", "--quiet"]).status.success());
    // What pre-commit does: the entry, with the files of the commit that the pattern names.
    let hook = format!(
        "#!/bin/sh\nfiles=$(git diff --cached --name-only | grep -E '{pattern}') || exit 0\nexec {entry} $files\n"
    );
    let path = folder.join(".git/hooks/pre-commit");
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(&path, hook).unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
    }
    let commit = |name: &str, text: &str| {
        std::fs::write(folder.join(name), text).unwrap();
        assert!(git(&["add", "--all"]).status.success());
        git(&["commit", "--quiet", "--message", "Change"])
    };
    // Other files are none of its business.
    assert!(commit("package.json", "{\"name\": \"x\"}").status.success());
    let bad = r#"{"datasteward": "1", "id": "apps", "title": "Application portfolio", "description": "null"}"#;
    let refused = commit("apps.datasteward.json", bad);
    assert!(!refused.status.success());
    let said = format!("{}{}", out(&refused), err(&refused));
    assert!(said.contains("placeholder-text"), "{said}");
    // The day of judgement is not said, so the record must not age.
    let good = out(&run(&folder, &["examples", "table"])).replace("R/P1M", "irregular");
    let passed = commit("apps.datasteward.json", &good);
    assert!(passed.status.success(), "{}{}", out(&passed), err(&passed));
}
