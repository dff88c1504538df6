//! Every rule, without a line written for it here: it is listed, its page is whole, its bad examples fail as meant and
//! its good ones do not, and its findings are written for people and point where they say.

use std::collections::BTreeMap;
use std::fs;

use datasteward::rule::{Rule, page};
use datasteward::{report::Finding, rules};
use datasteward_tests::{assert_place, judge, root};

/// Rules that can have no example in the page's own text, and why.
const WITHOUT_EXAMPLES: [(&str, &str); 1] = [(
    "encoding-not-utf8",
    "a page is UTF-8, and so is every example on it",
)];

/// Words that a steward need not know; a summary does without them.
const JARGON: [&str; 10] = [
    "JSON", "schema", "pointer", "null", "boolean", "array", "string", "API", "URI", "regex",
];

fn has_no_examples(rule: &Rule) -> bool {
    WITHOUT_EXAMPLES.iter().any(|(id, _)| *id == rule.id)
}

/// Name of file (without ending) to name of folder, for each file of a rule.
fn files() -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    let areas = root().join("crates/datasteward/src/rules");
    for area in fs::read_dir(areas).expect("a folder of areas").flatten() {
        if !area.path().is_dir() {
            continue;
        }
        for file in fs::read_dir(area.path()).expect("a folder").flatten() {
            let name = file.file_name().to_string_lossy().into_owned();
            let name = name.trim_end_matches(".rs").to_owned();
            if name != "mod" {
                let area = area.file_name().to_string_lossy().into_owned();
                assert_eq!(
                    files.insert(name.clone(), area),
                    None,
                    "{name} lies in two areas"
                );
            }
        }
    }
    files
}

#[test]
fn every_file_of_a_rule_is_listed_under_its_own_name() {
    let files = files();
    let listed: Vec<String> = rules::all().map(|rule| rule.id.replace('-', "_")).collect();
    for name in files.keys() {
        assert!(
            listed.contains(name),
            "rules/{}/{name}.rs declares no rule that is listed as `{}`",
            files[name],
            name.replace('_', "-")
        );
    }
    for name in &listed {
        assert!(files.contains_key(name), "there is no file {name}.rs");
    }
    assert_eq!(listed.len(), files.len(), "a rule is listed twice");
}

#[test]
fn rules_lie_in_the_folder_of_their_area() {
    let files = files();
    for rule in rules::all() {
        let folder = match rule.item.area() {
            Some(area) => area.as_str().to_lowercase(),
            None => rule.item.label().replace("catalogue", "catalog"),
        };
        assert_eq!(
            files.get(&rule.id.replace('-', "_")),
            Some(&folder),
            "{}",
            rule.id
        );
    }
}

#[test]
fn codes_are_unique_and_name_the_item() {
    let mut seen = BTreeMap::new();
    for rule in rules::all() {
        assert_eq!(
            seen.insert(rule.code, rule.id),
            None,
            "{} is used twice",
            rule.code
        );
        let (item, number) = rule.code.split_once('-').expect("a code such as C3-03");
        assert_eq!(item, rule.item.code(), "{}", rule.id);
        assert!(
            number.len() == 2 && number.bytes().all(|byte| byte.is_ascii_digit()),
            "{} does not end in two digits",
            rule.code
        );
        let kebab = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        assert!(rule.id.bytes().all(kebab), "{} is not kebab-case", rule.id);
        assert_eq!(rules::find(rule.code).map(|found| found.id), Some(rule.id));
        assert_eq!(
            rules::find(rule.id).map(|found| found.code),
            Some(rule.code)
        );
    }
}

#[test]
fn pages_are_whole() {
    for rule in rules::all() {
        let id = rule.id;
        let parsed = page::parse(rule.page);
        for (part, text) in [
            ("a summary", parsed.summary),
            ("Why it matters", parsed.why),
            ("How to mend it", parsed.how),
        ] {
            assert!(
                text.ends_with('.'),
                "{id}: {part} is missing or no sentence"
            );
        }
        if has_no_examples(rule) {
            assert!(
                parsed.bad.is_empty() && parsed.good.is_empty(),
                "{id} has examples after all"
            );
        } else {
            assert!(!parsed.bad.is_empty(), "{id} has no bad example");
            assert!(!parsed.good.is_empty(), "{id} has no good example");
        }
        let heads = rule
            .page
            .lines()
            .filter_map(|line| line.trim().strip_prefix("## "));
        for head in heads {
            assert!(
                ["Why it matters", "How to mend it", "Bad", "Good", "Source"].contains(&head),
                "{id}: the page has an unknown part `{head}`"
            );
        }
    }
}

#[test]
fn summaries_are_one_sentence_in_plain_words() {
    for rule in rules::all() {
        let summary = page::one_line(page::parse(rule.page).summary);
        assert!(
            !summary.contains(". "),
            "{}: more than one sentence",
            rule.id
        );
        assert!(
            summary.len() <= 140,
            "{}: too long to take in at a glance",
            rule.id
        );
        for word in summary.split(|letter: char| !letter.is_alphanumeric()) {
            assert!(
                !JARGON.contains(&word),
                "{}: the summary says `{word}`",
                rule.id
            );
        }
    }
}

#[test]
fn bad_examples_fail_as_meant() {
    for rule in rules::all() {
        for example in page::parse(rule.page).bad {
            let found = findings(rule, &example);
            assert!(
                !found.is_empty(),
                "{} finds nothing in\n{}",
                rule.id,
                example.text
            );
        }
    }
}

#[test]
fn good_examples_do_not_fail() {
    for rule in rules::all() {
        for example in page::parse(rule.page).good {
            let found = findings(rule, &example);
            let messages: Vec<_> = found.iter().map(|finding| &finding.message).collect();
            assert!(
                found.is_empty(),
                "{}: {messages:?} in\n{}",
                rule.id,
                example.text
            );
        }
    }
}

fn findings(rule: &Rule, example: &page::Example<'_>) -> Vec<Finding> {
    judge(example.language, example.text.as_bytes())
        .findings
        .into_iter()
        .filter(|finding| finding.rule == rule.id)
        .collect()
}

/// Every finding on every example, with the document it was made on.
fn all_findings() -> Vec<(Finding, String, bool)> {
    let mut all = Vec::new();
    for rule in rules::all() {
        let parsed = page::parse(rule.page);
        for example in parsed.bad.iter().chain(&parsed.good) {
            let report = judge(example.language, example.text.as_bytes());
            let is_lines = example.language.ends_with("jsonl");
            let found = report.findings.into_iter();
            all.extend(found.map(|finding| (finding, example.text.to_owned(), is_lines)));
        }
    }
    all
}

#[test]
fn messages_are_written_for_people() {
    for (finding, _, _) in all_findings() {
        let Finding { rule, message, .. } = &finding;
        assert!(
            !message.is_empty() && !message.ends_with('.'),
            "{rule}: {message}"
        );
        assert!(
            message.starts_with(|first: char| !first.is_lowercase()),
            "{rule} starts small: {message}"
        );
        // What stands in backticks is the steward's own.
        let own: String = message.split('`').step_by(2).collect();
        for sign in ["{", "}", "Some(", "None", "Ok(", "Err(", "::", "\\\"", "\n"] {
            assert!(!own.contains(sign), "{rule} shows its inside: {message}");
        }
        assert_eq!(message.matches('`').count() % 2, 0, "{rule}: {message}");
        for (part, text) in [("why", &finding.why), ("how", &finding.how)] {
            assert!(
                text.ends_with(['.', '?']),
                "{rule}: {part} is no sentence: {text}"
            );
        }
        assert_eq!(finding.fingerprint.len(), 16, "{rule}");
    }
}

#[test]
fn findings_point_where_they_say() {
    for (finding, document, is_lines) in all_findings() {
        assert!(
            !finding.locations.is_empty(),
            "{} points nowhere",
            finding.rule
        );
        for location in &finding.locations {
            assert_place(&document, is_lines, &finding.rule, location);
        }
    }
}

#[test]
fn two_findings_of_one_dataset_have_two_identities() {
    for rule in rules::all() {
        for example in page::parse(rule.page).bad {
            let report = judge(example.language, example.text.as_bytes());
            let mut seen = BTreeMap::new();
            for finding in &report.findings {
                let key = (&finding.fingerprint, finding.dataset);
                let before = seen.insert(key, &finding.message);
                assert_eq!(before, None, "{}: {}", finding.rule, finding.message);
            }
        }
    }
}
