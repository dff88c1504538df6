//! What holds for every rule, without a line of code in the rule: its page, its examples, its findings.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on stops"
)]

use std::collections::BTreeSet;

use datasteward::Report;
use datasteward::report::Finding;
use datasteward::rule::{Rule, page};
use datasteward::rules;
use datasteward_tests::{judge_example, parts, root};

/// Rules whose fault cannot stand on a page: a page is UTF-8.
const WITHOUT_EXAMPLES: [&str; 1] = ["encoding-not-utf8"];

fn findings<'r>(report: &'r Report, rule: &Rule) -> Vec<&'r Finding> {
    report
        .findings
        .iter()
        .filter(|finding| finding.rule == rule.id)
        .collect()
}

#[test]
fn ids_and_codes_are_used_once_and_agree_with_the_item() {
    let mut handles = BTreeSet::new();
    for rule in rules::all() {
        assert!(handles.insert(rule.id), "{} is used twice", rule.id);
        assert!(handles.insert(rule.code), "{} is used twice", rule.code);
        let item = rule.code.split('-').next();
        assert_eq!(item, Some(rule.item.code()), "{}", rule.id);
        assert!(rules::find(rule.code).is_some_and(|found| found.id == rule.id));
    }
}

#[test]
fn each_rule_stands_in_a_file_of_its_name() {
    let folder = root().join("crates/datasteward/src/rules");
    let mut files = BTreeSet::new();
    for area in std::fs::read_dir(folder).unwrap() {
        let area = area.unwrap().path();
        if !area.is_dir() {
            continue;
        }
        for file in std::fs::read_dir(area).unwrap() {
            let name = file.unwrap().file_name().into_string().unwrap();
            if name != "mod.rs" {
                files.insert(name.trim_end_matches(".rs").replace('_', "-"));
            }
        }
    }
    let listed: BTreeSet<String> = rules::all().map(|rule| rule.id.to_owned()).collect();
    assert_eq!(files, listed);
}

#[test]
fn each_page_is_whole_and_plain() {
    for rule in rules::all() {
        let parsed = page::parse(rule.page);
        let id = rule.id;
        assert!(parsed.summary.ends_with('.'), "{id}: {}", parsed.summary);
        assert_eq!(
            parsed.summary.matches(". ").count(),
            0,
            "{id}: one sentence"
        );
        assert!(!parsed.why.is_empty() && !parsed.how.is_empty(), "{id}");
        if !WITHOUT_EXAMPLES.contains(&id) {
            assert!(!parsed.bad.is_empty() && !parsed.good.is_empty(), "{id}");
        }
        for jargon in [
            "null pointer",
            "enum",
            "regex",
            "schema",
            "JSON Pointer",
            "boolean",
        ] {
            let text = format!("{} {} {}", parsed.summary, parsed.why, parsed.how);
            assert!(!text.contains(jargon), "{id} says {jargon}");
        }
    }
}

#[test]
fn each_bad_example_is_found_and_each_good_one_is_not() {
    for rule in rules::all() {
        let parsed = page::parse(rule.page);
        for example in &parsed.bad {
            let report = judge_example(example);
            assert!(
                !findings(&report, rule).is_empty(),
                "{} misses its bad example:\n{}",
                rule.id,
                example.text
            );
        }
        for example in &parsed.good {
            let report = judge_example(example);
            let found = findings(&report, rule);
            assert!(
                found.is_empty(),
                "{} finds {:?} in its good example:\n{}",
                rule.id,
                found,
                example.text
            );
            assert!(
                report
                    .documents
                    .iter()
                    .all(|document| document.format.is_some()),
                "{}",
                rule.id
            );
        }
    }
}

#[test]
fn messages_are_sentences_for_people() {
    for rule in rules::all() {
        for example in &page::parse(rule.page).bad {
            for finding in &judge_example(example).findings {
                let message = &finding.message;
                assert!(!message.ends_with('.'), "{message}");
                assert!(
                    message.starts_with(|sign: char| sign.is_uppercase()
                        || sign == '`'
                        || sign.is_numeric()),
                    "{message}"
                );
                assert!(
                    !message.contains("Some(") && !message.contains("None)"),
                    "{message}"
                );
                assert!(
                    finding.why.ends_with('.') && finding.how.ends_with('.'),
                    "{}",
                    finding.rule
                );
                assert_eq!(finding.fingerprint.len(), 16);
            }
        }
    }
}

#[test]
fn every_place_is_where_it_says() {
    for rule in rules::all() {
        for example in &page::parse(rule.page).bad {
            let report = judge_example(example);
            for finding in &report.findings {
                assert!(
                    !finding.locations.is_empty(),
                    "{} has no place",
                    finding.rule
                );
                for location in &finding.locations {
                    let (start, end) = (location.start.unwrap(), location.end.unwrap());
                    assert!(
                        start <= end && end <= example.text.len(),
                        "{}",
                        finding.rule
                    );
                    let before = &example.text[..start];
                    let line = before.matches('\n').count() + 1;
                    let column = before
                        .rsplit('\n')
                        .next()
                        .unwrap_or_default()
                        .chars()
                        .count()
                        + 1;
                    assert_eq!(
                        (location.line, location.column),
                        (Some(line), Some(column)),
                        "{}",
                        finding.rule
                    );
                    if finding.code.starts_with("D0") {
                        continue;
                    }
                    let text = if example.language.ends_with(".jsonl") {
                        example.text.lines().nth(line - 1).unwrap()
                    } else {
                        parts(example).0
                    };
                    let document: serde_json::Value = serde_json::from_str(text).unwrap();
                    let value = document.pointer(&location.pointer);
                    let shown = &example.text[start..end];
                    match value {
                        Some(value) if !value.is_object() && !value.is_array() => {
                            let read: serde_json::Value = serde_json::from_str(shown).unwrap();
                            assert_eq!(&read, value, "{} at {}", finding.rule, location.pointer);
                        }
                        Some(_) => {
                            assert!(shown == "{" || shown == "[", "{}: {shown}", finding.rule)
                        }
                        None => panic!("{}: nothing at {}", finding.rule, location.pointer),
                    }
                }
            }
        }
    }
}

#[test]
fn each_dataset_has_an_outcome_for_each_of_the_ten_items() {
    for rule in rules::all() {
        for example in &page::parse(rule.page).bad {
            for dataset in &judge_example(example).datasets {
                let items: Vec<&str> = dataset.items.iter().map(|item| &*item.item).collect();
                assert_eq!(
                    items,
                    ["C1", "C2", "C3", "A4", "M5", "M6", "T7", "T8", "I9", "I10"]
                );
                for item in &dataset.items {
                    use datasteward::report::Outcome;
                    let needs_reason =
                        matches!(item.outcome, Outcome::NotApplicable | Outcome::Unknown);
                    assert_eq!(item.reason.is_some(), needs_reason, "{item:?}");
                    assert_eq!(
                        item.rules.is_empty(),
                        item.outcome != Outcome::Fail,
                        "{item:?}"
                    );
                }
            }
        }
    }
}
