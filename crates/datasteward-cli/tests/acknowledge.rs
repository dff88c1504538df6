//! What a steward has acknowledged stays silent, and is told when it has outlived itself.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on stops"
)]

mod common;

use common::{err, folder, out, run};
use serde_json::Value;

const RECORDS: &str = concat!(
    r#"{"datasteward": "1", "id": "trees", "title": "Street tree inventory", "description": "null", "columns": [{"name": "TRDBH"}, {"name": "CNDTN"}]}"#,
    "\n",
    r#"{"datasteward": "1", "id": "benches", "title": "Benches in parks", "description": "null"}"#,
    "\n",
);

fn acknowledgements(parts: &[&str]) -> String {
    let one = |part: &&str| {
        format!("[[acknowledge]]\nreason = \"Agreed with the bureau in spring\"\n{part}\n")
    };
    parts.iter().map(one).collect()
}

fn check(name: &str, configuration: &str, more: &[&str]) -> std::process::Output {
    let files = [("a.jsonl", RECORDS), ("datasteward.toml", configuration)];
    let mut arguments = vec!["check", "a.jsonl", "--as-of", "2026-11-25"];
    arguments.extend(more);
    run(&folder(name, &files), &arguments)
}

fn report(name: &str, configuration: &str) -> Value {
    let output = check(name, configuration, &["--format", "json"]);
    assert!(output.stderr.is_empty(), "{}", err(&output));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn of(report: &Value, rule: &str) -> Vec<Value> {
    let findings = report["findings"].as_array().unwrap();
    let mine = findings.iter().filter(|finding| finding["rule"] == rule);
    mine.map(|finding| finding["acknowledged"].clone())
        .collect()
}

#[test]
fn is_not_counted_and_costs_no_score_and_is_listed() {
    let before = report("acknowledge-before", "");
    let known = acknowledgements(&[
        "rule = \"placeholder-text\"\ndataset = \"trees\"\nrole = \"Data office\"\nexpires = 2027-04-01",
    ]);
    let after = report("acknowledge-after", &known);
    assert_eq!(of(&before, "placeholder-text"), [Value::Null, Value::Null]);
    let marks = of(&after, "placeholder-text");
    assert_eq!(marks[0]["reason"], "Agreed with the bureau in spring");
    assert_eq!(
        (&marks[0]["role"], &marks[0]["expires"]),
        (&"Data office".into(), &"2027-04-01".into())
    );
    assert_eq!(marks[1], Value::Null);
    let count = |report: &Value| {
        let counts = &report["summary"]["findings"];
        ["error", "warning", "info"]
            .map(|key| counts[key].as_u64().unwrap())
            .iter()
            .sum::<u64>()
    };
    assert_eq!(count(&after) + 1, count(&before));
    assert_eq!(after["summary"]["acknowledged"], 1);
    let state = &after["summary"]["acknowledgements"][0];
    assert_eq!(
        (&state["state"], &state["findings"]),
        (&"in-use".into(), &1.into())
    );
    let consistency = |report: &Value| {
        report["datasets"][0]["areas"]["consistency"]["score"]
            .as_f64()
            .unwrap()
    };
    assert!(consistency(&after) > consistency(&before));
    let text = out(&check("acknowledge-text", &known, &[]));
    assert!(
        text.contains("1 finding is acknowledged and not counted"),
        "{text}"
    );
    assert_eq!(
        text.matches("placeholder-text").count(),
        1,
        "of the other dataset: {text}"
    );
}

#[test]
fn everything_acknowledged_is_a_run_without_fault_also_while_it_streams() {
    let before = report("acknowledge-rules", "");
    let findings = before["findings"].as_array().unwrap();
    let mut rules: Vec<&str> = findings
        .iter()
        .map(|it| it["rule"].as_str().unwrap())
        .collect();
    rules.sort_unstable();
    rules.dedup();
    let parts: Vec<String> = rules
        .iter()
        .map(|rule| format!("rule = \"{rule}\"\npath = \"*.jsonl\""))
        .collect();
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    let known = acknowledgements(&parts);
    for form in ["text", "json", "jsonl", "github", "gitlab"] {
        let silent = check("acknowledge-all", &known, &["--format", form]);
        assert_eq!(silent.status.code(), Some(0), "{form}: {}", out(&silent));
    }
    let lines = out(&check("acknowledge-lines", &known, &["--format", "jsonl"]));
    let summary: Value = serde_json::from_str(lines.lines().last().unwrap()).unwrap();
    assert_eq!(summary["acknowledged"], findings.len());
    assert_eq!(summary["findings"]["warning"], 0);
    assert_eq!(
        lines.matches("Agreed with the bureau").count(),
        findings.len() + rules.len()
    );
}

#[test]
fn one_that_has_ended_or_is_not_needed_is_told() {
    let known = acknowledgements(&[
        "rule = \"placeholder-text\"\nexpires = \"2026-11-25\"",
        "rule = \"garbled-characters\"\ndataset = \"trees\"",
        "rule = \"garbled-characters\"\ndataset = \"elsewhere\"",
        "rule = \"fields-not-explained\"\nfield = \"TRDBH\"",
    ]);
    let report = report("acknowledge-states", &known);
    let states = report["summary"]["acknowledgements"].as_array().unwrap();
    let states: Vec<&str> = states
        .iter()
        .map(|it| it["state"].as_str().unwrap())
        .collect();
    assert_eq!(states, ["ended", "unused", "not-judged", "in-part"]);
    assert_eq!(report["summary"]["acknowledged"], 0);
    let text = out(&check("acknowledge-notes", &known, &[]));
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        text.contains("`placeholder-text` ended on 25 November 2026: 2 findings count again."),
        "{text}"
    );
    assert!(
        text.contains("`garbled-characters`, dataset `trees` is not needed"),
        "{text}"
    );
    assert!(!text.contains("elsewhere"), "{text}");
    assert!(
        text.contains("silences nothing: the finding names other fields too"),
        "{text}"
    );
}

#[test]
fn fields_that_are_all_acknowledged_silence_their_finding() {
    let known = acknowledgements(&[
        "rule = \"M5-01\"\nfield = \"TRDBH\"",
        "rule = \"M5-01\"\nfield = \"CNDTN\"",
    ]);
    let report = report("acknowledge-fields", &known);
    let marks = of(&report, "fields-not-explained");
    assert!(marks.iter().all(|mark| !mark.is_null()), "{marks:?}");
    let items = report["datasets"][0]["items"].as_array().unwrap();
    let plain = items.iter().find(|item| item["item"] == "M5").unwrap();
    assert_eq!(
        (&plain["outcome"], &plain["reason"]),
        (&"not-applicable".into(), &"acknowledged".into())
    );
}

#[test]
fn a_slip_names_the_key_and_the_nearest_right_one() {
    for (part, said) in [
        (
            "rule = \"refresh-overdue\"\nexpire = \"2027-01-01\"",
            "acknowledgement 2: there is no key `expire`; did you mean `expires`?",
        ),
        (
            "rule = \"refresh-overdu\"",
            "there is no rule `refresh-overdu`; did you mean `refresh-overdue`?",
        ),
        (
            "rule = \"refresh-overdue\"\nexpires = \"in May\"",
            "`in May` is not a date",
        ),
        ("rule = \"document-unreadable\"", "cannot be acknowledged"),
        ("dataset = \"a\"", "`rule` is missing"),
        (
            "rule = \"refresh-overdue\"\ndataset = 12",
            "`dataset` takes a text",
        ),
    ] {
        let known = acknowledgements(&["rule = \"refresh-overdue\"", part]);
        let refused = check("acknowledge-slip", &known, &[]);
        assert_eq!(refused.status.code(), Some(2), "{part}");
        assert!(err(&refused).contains(said), "{}", err(&refused));
    }
    let refused = check("acknowledge-key", "[[acknowlege]]\nrule = \"a\"", &[]);
    assert!(
        err(&refused).contains("did you mean `acknowledge`?"),
        "{}",
        err(&refused)
    );
    let refused = check(
        "acknowledge-reason",
        "[[acknowledge]]\nrule = \"refresh-overdue\"\nreason = \"tbd\"",
        &[],
    );
    assert!(
        err(&refused).contains("says too little"),
        "{}",
        err(&refused)
    );
}

#[test]
fn a_record_carries_its_own_decisions() {
    let record = |id: &str, own: &str| {
        format!(
            r#"{{"datasteward": "1", "id": "{id}", "title": "Street tree inventory of {id}", "description": "null", "acknowledge": [{own}]}}"#
        ) + "\n"
    };
    let known = r#"{"rule": "placeholder-text", "reason": "Agreed with the bureau in spring", "role": "Data office"}"#;
    let ended = r#"{"rule": "placeholder-text", "reason": "Agreed with the bureau in spring", "expires": "2026-01-01"}"#;
    let slips = r#"{"rule": "placeholder-txt", "reason": "Agreed with the bureau"}, {"rule": "placeholder-text", "reason": "later"}"#;
    let unused = r#"{"rule": "refresh-overdue", "reason": "Agreed with the bureau in spring"}"#;
    let texts: Vec<String> = [
        ("a", known),
        ("b", ended),
        ("c", slips),
        ("d", unused),
        ("e", ""),
    ]
    .iter()
    .map(|(id, own)| record(id, own))
    .collect();
    let files = [("a.jsonl", texts.concat())];
    let files: Vec<(&str, &str)> = files
        .iter()
        .map(|(name, text)| (*name, text.as_str()))
        .collect();
    let folder = folder("acknowledge-own", &files);
    let checked = |more: &[&str]| {
        let arguments = [&["check", "a.jsonl", "--as-of", "2026-11-25"][..], more].concat();
        out(&run(&folder, &arguments))
    };
    let report: Value = serde_json::from_str(&checked(&["--format", "json"])).unwrap();
    let marks = of(&report, "placeholder-text");
    assert_eq!(marks[0]["role"], "Data office");
    assert_eq!(
        marks[1..],
        [Value::Null, Value::Null, Value::Null, Value::Null]
    );
    let summary = &report["summary"];
    assert_eq!(summary["acknowledged"], 1);
    let states = summary["acknowledgements"].as_array().unwrap();
    let states: Vec<(&str, &str)> = states
        .iter()
        .map(|it| {
            (
                it["dataset"].as_str().unwrap(),
                it["state"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(states, [("a", "in-use"), ("b", "ended"), ("d", "unused")]);
    let findings = report["findings"].as_array().unwrap();
    let told: Vec<&str> = findings
        .iter()
        .filter(|it| it["rule"] == "key-or-type-wrong")
        .map(|it| it["message"].as_str().unwrap())
        .collect();
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(
        told[0].contains("did you mean `placeholder-text`?"),
        "{told:?}"
    );
    // As it streams, on any number of threads, the same is said.
    let lines = checked(&["--format", "jsonl", "--jobs", "1"]);
    assert_eq!(checked(&["--format", "jsonl", "--jobs", "2"]), lines);
    assert_eq!(lines.matches("\"role\":\"Data office\"").count(), 2);
    let text = checked(&[]);
    assert!(text.contains("ended"), "{text}");
}
