//! Every form of the report, read back by a reader of its own kind. The report in `data/outputs` is full of words that
//! mean to be more than words; properties say that any other words would fare no better.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on stops"
)]

use std::collections::{BTreeMap, BTreeSet};

use datasteward::Report;
use datasteward::render::{self, FORMS};
use datasteward::report::{Outcome, Severity};
use datasteward::rule::Item;
use datasteward_tests::{judge, root};
use proptest::prelude::*;
use pulldown_cmark::{Event, Options, Parser, Tag};
use serde_json::Value;

fn data(file: &str) -> String {
    std::fs::read_to_string(root().join("tests/data/outputs").join(file)).unwrap()
}

fn hostile() -> Report {
    Report::from_json(&data("report.json")).unwrap()
}

/// Keys whose values a stranger may have written.
const WORDS: [&str; 13] = [
    "name", "document", "pointer", "id", "title", "owner", "message", "why", "how", "evidence",
    "reason", "text", "rule",
];

/// The report of `data/outputs` with other words in every place for words.
fn with_words(words: &str) -> Report {
    let mut report: Value = serde_json::from_str(&data("report.json")).unwrap();
    for part in ["documents", "datasets", "findings", "summary"] {
        replace(&mut report[part], words);
    }
    Report::from_json(&report.to_string()).unwrap()
}

fn replace(value: &mut Value, words: &str) {
    match value {
        Value::Array(list) => list.iter_mut().for_each(|value| replace(value, words)),
        Value::Object(members) => {
            for (key, value) in members {
                if value.is_string() && WORDS.contains(&key.as_str()) {
                    *value = Value::from(words);
                }
                replace(value, words);
            }
        }
        _ => {}
    }
}

/// What the engine itself makes of a hostile record.
fn judged() -> Report {
    let title = hostile().datasets[0].title.clone();
    let record = serde_json::json!({
        "datasteward": "1", "id": title, "title": title, "department": {"name": title},
        "description": title, "refresh": {"rate": title}, "data_updated": title, "source": [title],
        "columns": [{"name": title}, {"name": title, "description": title, "unit": title}],
        "license": {"spdx": title}, "distributions": [{"url": title, "format": title}],
    });
    judge("./a b/é:%,.json", record.to_string().as_bytes())
}

fn reports() -> [Report; 3] {
    let empty = judge("empty.json", b"[]");
    [hostile(), judged(), empty]
}

fn unacknowledged(report: &Report) -> usize {
    let open = report.findings.iter();
    open.filter(|finding| finding.acknowledged.is_none())
        .count()
}

#[test]
fn each_form_looks_as_it_did() {
    let report = hostile();
    // The pages have tests of their own, and JSON is the report itself.
    for form in FORMS
        .iter()
        .filter(|form| !["text", "html", "dashboard", "json"].contains(&form.name))
    {
        insta::assert_snapshot!(form.name, form.write(&report));
    }
}

#[test]
fn nothing_steers_a_terminal_that_shows_a_form() {
    for report in reports() {
        for form in FORMS {
            let text = form.write(&report);
            let steers = |sign: char| sign.is_control() && sign != '\n' && sign != '\r';
            assert!(!text.contains(steers), "{}", form.name);
            // JSON keeps the words as they are; what turns them is left in it.
            if !["json", "jsonl", "sarif", "gitlab", "statistics-json", "dqv"].contains(&form.name)
            {
                assert!(!text.contains(['\u{202E}', '\u{2066}']), "{}", form.name);
            }
        }
    }
}

#[test]
fn every_form_is_offered_by_the_wire() {
    let report = hostile();
    for form in FORMS {
        let text = datasteward::wire::render(&report.to_json(), form.name).unwrap();
        assert_eq!(text, form.write(&report), "{}", form.name);
    }
    let error = datasteward::wire::render(&report.to_json(), "hologram").unwrap_err();
    let names: Vec<&str> = FORMS.iter().map(|form| form.name).collect();
    let told = format!(
        "there is no form `hologram`; there are {}",
        names.join(", ")
    );
    assert_eq!(error.to_string(), told);
}

#[test]
fn every_form_is_described() {
    let docs = std::fs::read_to_string(root().join("docs/outputs.md")).unwrap();
    let table = docs.split("\n## ").next().unwrap();
    for form in FORMS {
        let name = format!("`{}`", form.name);
        assert!(
            table
                .lines()
                .any(|line| line.starts_with('|') && line.contains(&name)),
            "{name}"
        );
    }
}

/// A page of ours, read as XML: nothing is left open, every id is there once, headings do not skip a step, tables have
/// heads, and nothing runs or is fetched but our own script. Returns what it says and what its scripts say.
fn check_page(page: &str) -> (String, String) {
    let options = roxmltree::ParsingOptions {
        allow_dtd: true,
        ..roxmltree::ParsingOptions::default()
    };
    let document = roxmltree::Document::parse_with_options(page, options).unwrap();
    let mut ids = BTreeSet::new();
    let mut depth = 0;
    let (mut said, mut scripts) = (String::new(), String::new());
    for node in document.descendants() {
        if let Some(text) = node.text().filter(|_| node.is_text()) {
            let parent = node.parent().map(|node| node.tag_name().name().to_owned());
            match parent.as_deref() {
                Some("script") => scripts.push_str(text),
                Some("style") => {}
                _ => said.push_str(text),
            }
        }
        let name = node.tag_name().name();
        if let Some(id) = node.attribute("id") {
            assert!(ids.insert(id), "{id} is there twice");
        }
        if let Some(level) = name.strip_prefix('h').and_then(|level| level.parse().ok()) {
            assert!(level <= depth + 1, "h{depth} is followed by h{level}");
            depth = level;
        }
        if name == "table" {
            let heads = node.descendants().filter(|it| it.has_tag_name("th"));
            assert!(heads.clone().count() > 1);
            assert!(
                heads
                    .into_iter()
                    .all(|head| head.attribute("scope").is_some())
            );
        }
        assert!(!["img", "iframe", "link", "object", "base", "form"].contains(&name));
        for attribute in node.attributes() {
            let (key, value) = (attribute.name(), attribute.value());
            assert!(
                !key.starts_with("on") && key != "src" && key != "style",
                "{key}"
            );
            assert!(key != "href" || value.starts_with('#'), "{value}");
        }
    }
    for link in document.descendants().filter_map(|it| it.attribute("href")) {
        assert!(ids.contains(&link[1..]), "{link} leads nowhere");
    }
    (said, scripts)
}

#[test]
fn the_guide_is_a_whole_page_without_a_script() {
    let (said, scripts) = check_page(&render::guide::html());
    assert_eq!(scripts, "");
    for rule in datasteward::rules::all() {
        assert!(said.contains(rule.id), "{}", rule.id);
    }
    for portal in ["Socrata", "ArcGIS Online", "CKAN", "data.json"] {
        assert!(said.contains(portal));
    }
}

#[test]
fn the_guide_in_markdown_says_the_same_rules_in_order() {
    let text = render::guide::markdown();
    let mut ids = Vec::new();
    let (mut level, mut ticks) = (None, 0);
    for event in Parser::new_ext(&text, Options::all()) {
        match event {
            Event::Start(Tag::Heading { level: of, .. }) => level = Some(of),
            Event::End(_) => level = None,
            Event::Code(code) if level == Some(pulldown_cmark::HeadingLevel::H4) => {
                ids.push(code.into_string());
            }
            Event::TaskListMarker(ticked) => {
                assert!(!ticked);
                ticks += 1;
            }
            Event::Html(html) | Event::InlineHtml(html) => panic!("{html}"),
            _ => {}
        }
    }
    assert_eq!(ticks, 10);
    let groups = Item::TEN.into_iter().chain([Item::D0, Item::K0]);
    let wanted =
        groups.flat_map(|item| datasteward::rules::all().filter(move |it| it.item == item));
    assert!(ids.iter().eq(wanted.map(|rule| rule.id)), "{ids:?}");
}

#[test]
fn a_part_of_the_guide_looks_as_it_did() {
    for name in ["missing-license", "row-label"] {
        let topic = render::guide::topic(name).unwrap();
        insta::assert_snapshot!(format!("explain-{name}"), render::guide::explain(topic));
    }
}

fn check_dashboard(report: &Report) -> String {
    let page = render::dashboard(report);
    assert_eq!(page, render::dashboard(report));
    let (said, script) = check_page(&page);
    let (_, same) = check_page(&render::dashboard(&hostile()));
    // The script is ours to the letter, whatever a record says.
    assert!(script == same || report.datasets.is_empty() && script.is_empty());
    assert_eq!(
        page.matches("<details class=\"set\"").count(),
        report.datasets.len()
    );
    // Values between signs of code are set as code.
    let squeezed = |text: &str| {
        text.replace('`', "")
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
    };
    let said = squeezed(&said);
    for finding in report
        .findings
        .iter()
        .filter(|it| it.severity > Severity::Info)
    {
        let is_kept = |sign: char| {
            !sign.is_control()
                && !('\u{202A}'..='\u{2069}').contains(&sign)
                && !['\u{FFFE}', '\u{FFFF}'].contains(&sign)
        };
        let how = squeezed(&finding.how);
        assert!(
            !finding.how.chars().all(is_kept) || said.contains(&how),
            "{how}"
        );
    }
    said
}

#[test]
fn the_dashboard_is_a_whole_page_whatever_a_record_says() {
    for report in reports() {
        check_dashboard(&report);
    }
    let said = check_dashboard(&hostile());
    assert!(said.contains("<script>alert(1)</script>"), "{said}");
    let empty = check_dashboard(&judge("empty.json", b"[]"));
    assert!(empty.contains("No dataset was read"));
}

#[test]
fn the_dashboard_ranks_departments_and_says_what_comes_first() {
    let folder = root().join("tests/data/example-city");
    let text = std::fs::read(folder.join("catalogue.jsonl")).unwrap();
    let mut report = judge("catalogue.jsonl", &text);
    let half = report.datasets.len() / 2;
    for (index, dataset) in report.datasets.iter_mut().enumerate() {
        let name = if index < half { "Library" } else { "Port" };
        dataset.owner = Some(name.to_owned());
    }
    let said = check_dashboard(&report);
    // Five datasets each are enough for a rank.
    assert!(half >= 5);
    assert!(
        said.contains("Data champions Library") || said.contains("Data champions Port"),
        "{said}"
    );
    // Two warnings of one rule weigh more than one of another.
    let heaviest = said.split("What to do first").nth(1).unwrap();
    assert!(
        heaviest.trim_start().starts_with(char::is_uppercase),
        "{heaviest}"
    );
    let small = judge(
        "rainfall.json",
        &std::fs::read(folder.join("rainfall.json")).unwrap(),
    );
    assert!(check_dashboard(&small).contains("No department with five datasets or more"));
}

/// Colours of a scheme of our pages, by name.
fn colours(style: &str) -> BTreeMap<String, [f64; 3]> {
    let pairs = style
        .split(';')
        .filter_map(|pair| pair.rsplit_once("--")?.1.split_once(": #"));
    let channel = |hex: &str| {
        let share = f64::from(u8::from_str_radix(hex, 16).unwrap()) / 255.0;
        if share <= 0.04045 {
            share / 12.92
        } else {
            ((share + 0.055) / 1.055).powf(2.4)
        }
    };
    pairs
        .filter(|(_, hex)| hex.len() == 6)
        .map(|(name, hex)| {
            (
                name.to_owned(),
                [0, 2, 4].map(|at| channel(&hex[at..at + 2])),
            )
        })
        .collect()
}

#[test]
fn every_text_of_a_page_stands_out_from_its_ground() {
    let page = render::guide::html();
    let style = page
        .split("<style>")
        .nth(1)
        .unwrap()
        .split("</style>")
        .next()
        .unwrap();
    for scheme in style.split(":root {").skip(1).take(2) {
        let colours = colours(scheme.split('}').next().unwrap());
        let light = |name: &str| {
            let [red, green, blue] = colours[name];
            0.2126 * red + 0.7152 * green + 0.0722 * blue
        };
        for ground in ["ground", "field"] {
            // WCAG: AAA for running text, AA for the rest.
            for (text, wanted) in [
                ("ink", 7.0),
                ("soft", 4.5),
                ("accent", 4.5),
                ("pass", 4.5),
                ("fail", 4.5),
                ("warn", 4.5),
            ] {
                let (one, other) = (light(text), light(ground));
                let ratio = (one.max(other) + 0.05) / (one.min(other) + 0.05);
                assert!(ratio >= wanted, "{text} on {ground}: {ratio:.2}");
            }
        }
    }
}

fn check_sarif(report: &Report) {
    let log: Value = serde_json::from_str(&render::sarif(report)).unwrap();
    let schema: Value = serde_json::from_str(&data("sarif.schema.json")).unwrap();
    let validator = jsonschema::options()
        .should_validate_formats(true)
        .build(&schema)
        .unwrap();
    let faults: Vec<String> = validator
        .iter_errors(&log)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(faults.is_empty(), "{faults:#?}");
    let run = &log["runs"][0];
    let results = run["results"].as_array().unwrap();
    assert_eq!(results.len(), report.findings.len());
    for (result, finding) in results.iter().zip(&report.findings) {
        let rule = &run["tool"]["driver"]["rules"][result["ruleIndex"].as_u64().unwrap() as usize];
        assert_eq!(rule["id"], result["ruleId"]);
        let message = result["message"]["text"].as_str().unwrap();
        assert!(!message.contains("]("), "a link: {message}");
        assert_eq!(
            message.replace("{{", "").matches('{').count(),
            0,
            "a placeholder: {message}"
        );
        assert_eq!(
            result["locations"].as_array().unwrap().len(),
            finding.locations.len()
        );
        assert_eq!(
            result["suppressions"].is_array(),
            finding.acknowledged.is_some()
        );
        for (place, location) in finding
            .locations
            .iter()
            .zip(result["locations"].as_array().unwrap())
        {
            assert_eq!(
                location["logicalLocations"][0]["fullyQualifiedName"],
                *place.pointer
            );
            assert_eq!(
                location["physicalLocation"]["region"].is_object(),
                place.line.is_some()
            );
        }
    }
}

#[test]
fn sarif_is_what_the_standard_asks_for() {
    reports().iter().for_each(check_sarif);
    let log: Value = serde_json::from_str(&render::sarif(&hostile())).unwrap();
    let rules = log["runs"][0]["tool"]["driver"]["rules"]
        .as_array()
        .unwrap();
    let of_tomorrow = rules.iter().filter(|rule| rule["help"].is_null());
    assert_eq!(of_tomorrow.count(), 1);
    let fixes: Vec<&Value> = log["runs"][0]["results"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|result| result["fixes"].as_array().into_iter().flatten())
        .collect();
    assert_eq!(fixes.len(), 1);
    let replacement = &fixes[0]["artifactChanges"][0]["replacements"][0];
    assert_eq!(replacement["deletedRegion"]["byteLength"], 15);
    assert_eq!(replacement["insertedContent"]["text"], "\"Café\"");
}

#[test]
fn sarif_offers_no_fix_where_the_characters_are_of_another_encoding() {
    let mut report = hostile();
    let mut of_encoding = report.findings[0].clone();
    of_encoding.rule = "encoding-not-utf8".into();
    of_encoding.locations[0].document = report.datasets[0].document.clone();
    report.findings.push(of_encoding);
    assert!(!render::sarif(&report).contains("deletedRegion"));
}

/// A workflow command, as the runner reads one from a line.
fn command(line: &str) -> (String, BTreeMap<String, String>, String) {
    let rest = line.strip_prefix("::").unwrap();
    let (head, message) = rest.split_once("::").unwrap();
    let (name, properties) = head.split_once(' ').unwrap();
    let unescape = |text: &str| text.replace("%0D", "\r").replace("%0A", "\n");
    let properties = properties.split(',').map(|property| {
        let (key, value) = property.split_once('=').unwrap();
        let value = unescape(value)
            .replace("%3A", ":")
            .replace("%2C", ",")
            .replace("%25", "%");
        (key.to_owned(), value)
    });
    (
        name.to_owned(),
        properties.collect(),
        unescape(message).replace("%25", "%"),
    )
}

fn check_github(report: &Report) {
    let text = render::github(report);
    let commands: Vec<_> = text.lines().map(command).collect();
    assert_eq!(commands.len(), unacknowledged(report));
    let open = report
        .findings
        .iter()
        .filter(|finding| finding.acknowledged.is_none());
    for ((name, properties, message), finding) in commands.iter().zip(open) {
        let wanted = match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "notice",
        };
        assert_eq!(name, wanted);
        assert_eq!(message.lines().count(), 3, "{message}");
        let known = ["file", "line", "col", "title"];
        assert!(
            properties.keys().all(|key| known.contains(&key.as_str())),
            "{properties:?}"
        );
        let place = &finding.locations[0];
        assert_eq!(
            properties.get("line"),
            place.line.map(|line| line.to_string()).as_ref()
        );
        assert!(!properties["title"].contains('\n'));
    }
}

#[test]
fn github_reads_one_command_a_finding_and_no_more() {
    reports().iter().for_each(check_github);
    let (_, properties, message) = command(render::github(&hostile()).lines().nth(1).unwrap());
    assert_eq!(properties["file"], "data, 2026/müll: 100%.jsonl");
    assert!(message.contains("%0A::error::gone"), "{message}");
}

fn check_gitlab(report: &Report) {
    let entries: Value = serde_json::from_str(&render::gitlab(report)).unwrap();
    let entries = entries.as_array().unwrap();
    assert_eq!(entries.len(), unacknowledged(report));
    let fingerprints: BTreeSet<&str> = entries
        .iter()
        .map(|entry| entry["fingerprint"].as_str().unwrap())
        .collect();
    assert_eq!(fingerprints.len(), entries.len());
    for entry in entries {
        assert!(entry["description"].is_string() && entry["check_name"].is_string());
        let severities = ["info", "minor", "major", "critical", "blocker"];
        assert!(severities.contains(&entry["severity"].as_str().unwrap()));
        assert!(entry["location"]["path"].is_string());
        assert!(entry["location"]["lines"]["begin"].as_u64().unwrap() > 0);
    }
}

#[test]
fn gitlab_finds_each_finding_once() {
    reports().iter().for_each(check_gitlab);
}

/// The elements of the schema of Jenkins' xUnit plugin: element, attributes that must be, that may be, elements inside.
type Shape = (
    &'static str,
    &'static [&'static str],
    &'static [&'static str],
    &'static [&'static str],
);
const JUNIT: [Shape; 6] = [
    (
        "testsuites",
        &[],
        &["name", "time", "tests", "failures", "errors"],
        &["testsuite"],
    ),
    (
        "testsuite",
        &["name", "tests", "failures", "errors"],
        &[
            "group",
            "time",
            "skipped",
            "timestamp",
            "hostname",
            "id",
            "package",
            "file",
            "log",
            "url",
        ],
        &[
            "testsuite",
            "properties",
            "testcase",
            "system-out",
            "system-err",
        ],
    ),
    (
        "testcase",
        &["name"],
        &["time", "classname", "group"],
        &["skipped", "error", "failure", "system-out", "system-err"],
    ),
    ("skipped", &[], &["type", "message"], &[]),
    ("failure", &[], &["type", "message"], &[]),
    ("system-out", &[], &[], &[]),
];

fn check_junit(report: &Report) {
    let text = render::junit(report);
    let document = roxmltree::Document::parse(&text).unwrap();
    let elements = document.descendants().filter(roxmltree::Node::is_element);
    for node in elements.clone() {
        let name = node.tag_name().name();
        let (_, must, may, inside) = JUNIT.iter().find(|shape| shape.0 == name).unwrap();
        assert!(must.iter().all(|key| node.has_attribute(*key)), "{name}");
        for attribute in node.attributes() {
            let key = attribute.name();
            assert!(must.contains(&key) || may.contains(&key), "{name} {key}");
            assert!(!attribute.value().contains('\n'));
        }
        let children = node.children().filter(roxmltree::Node::is_element);
        for child in children {
            assert!(inside.contains(&child.tag_name().name()), "{name}");
        }
    }
    let count = |node: &roxmltree::Node<'_, '_>, name: &str| {
        node.descendants()
            .filter(|child| child.has_tag_name(name))
            .count()
            .to_string()
    };
    for node in elements.filter(|node| node.tag_name().name().starts_with("testsuite")) {
        assert_eq!(
            node.attribute("tests"),
            Some(count(&node, "testcase").as_str())
        );
        assert_eq!(
            node.attribute("failures"),
            Some(count(&node, "failure").as_str())
        );
        if node.has_tag_name("testsuite") {
            assert_eq!(
                node.attribute("skipped"),
                Some(count(&node, "skipped").as_str())
            );
        }
    }
    let cases = document
        .descendants()
        .filter(|node| node.has_tag_name("testcase"))
        .count();
    assert!(cases >= report.datasets.len() * 10);
}

#[test]
fn junit_keeps_to_its_schema_and_counts_right() {
    reports().iter().for_each(check_junit);
    let text = render::junit(&hostile());
    let document = roxmltree::Document::parse(&text).unwrap();
    let failed: Vec<&str> = document
        .descendants()
        .filter(|node| node.has_tag_name("failure"))
        .filter_map(|node| node.parent()?.attribute("name"))
        .collect();
    // A rule of the document fails the item that names it; an acknowledged finding is told, not counted.
    assert_eq!(
        failed,
        ["document", "C2 required metadata", "M5 plain fields"]
    );
}

fn rows(text: &str) -> Vec<csv::StringRecord> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(text.as_bytes());
    reader.records().map(Result::unwrap).collect()
}

fn check_csv(report: &Report) {
    for (text, count) in [
        (render::csv(report), report.findings.len()),
        (render::csv_datasets(report), report.datasets.len()),
        (render::tracker(report), report.datasets.len()),
    ] {
        // A reader of lines alone sees the rows too.
        assert_eq!(text.matches("\r\n").count(), count + 1);
        assert_eq!(text.lines().count(), count + 1);
        let rows = rows(&text);
        assert_eq!(rows.len(), count + 1);
        let plain = |sign: char| sign.is_ascii_alphanumeric() || sign == '_';
        assert!(
            rows[0].iter().all(|name| name.chars().all(plain)),
            "{:?}",
            rows[0]
        );
        for cell in rows.iter().skip(1).flat_map(csv::StringRecord::iter) {
            assert!(
                !cell.trim_start().starts_with(['=', '+', '-', '@']),
                "{cell}"
            );
        }
    }
}

#[test]
fn tables_hold_a_row_each_and_no_formula() {
    reports().iter().for_each(check_csv);
    let report = hostile();
    let rows = rows(&render::csv_datasets(&report));
    assert_eq!(&rows[1][0], "'-1+1");
    assert!(
        rows[1][1].starts_with("'=cmd()|'x'!A1 <script>"),
        "{}",
        &rows[1][1]
    );
}

fn check_markdown(report: &Report) {
    let text = render::markdown(report);
    let mut tables = Vec::new();
    for event in Parser::new_ext(&text, Options::all()) {
        match event {
            Event::Html(_) | Event::InlineHtml(_) => panic!("markup: {event:?}\n{text}"),
            Event::InlineMath(_)
            | Event::DisplayMath(_)
            | Event::FootnoteReference(_)
            | Event::TaskListMarker(_) => {
                panic!("{event:?}\n{text}")
            }
            Event::Rule | Event::HardBreak => panic!("{event:?}\n{text}"),
            Event::Start(Tag::Table(columns)) => tables.push((columns.len(), 0)),
            Event::Start(Tag::TableRow | Tag::TableHead) => tables.last_mut().unwrap().1 += 1,
            Event::Start(Tag::Heading {
                id: None, classes, ..
            }) => assert!(classes.is_empty()),
            Event::Start(tag) => assert!(
                matches!(
                    tag,
                    Tag::Paragraph
                        | Tag::List(_)
                        | Tag::Item
                        | Tag::Strong
                        | Tag::Emphasis
                        | Tag::TableCell
                ),
                "{tag:?}\n{text}"
            ),
            _ => {}
        }
    }
    // The rows of the table by owner are as many as owners.
    if !report.summary.owners.is_empty() {
        assert_eq!(
            tables.last(),
            Some(&(10, report.summary.owners.len() + 1)),
            "{text}"
        );
    }
}

#[test]
fn no_words_become_markup_of_a_mail() {
    reports().iter().for_each(check_markdown);
    let mut one = hostile();
    one.datasets.truncate(1);
    check_markdown(&one);
    // What people see is what was written, but for signs that steer and joiners.
    let text = render::markdown(&one);
    let as_written = Options::all() - Options::ENABLE_SMART_PUNCTUATION;
    let seen: String = Parser::new_ext(&text, as_written)
        .filter_map(|event| match event {
            Event::Text(text) | Event::Code(text) => Some(text.into_string()),
            _ => None,
        })
        .collect();
    let seen = seen.replace('\u{2060}', "");
    assert!(seen.contains("=cmd()|'x'!A1 <script>alert(1)</script> ]]> \"quoted\" code [link](http://evil.example)"), "{seen}");
}

fn triples(report: &Report) -> (oxrdf::Dataset, oxrdf::Dataset) {
    let (turtle, json) = (render::dqv_turtle(report), render::dqv(report));
    let from_turtle = oxttl::TurtleParser::new()
        .for_slice(turtle.as_bytes())
        .map(|triple| triple.unwrap().in_graph(oxrdf::GraphName::DefaultGraph));
    let from_json = oxjsonld::JsonLdParser::new()
        .for_slice(json.as_bytes())
        .map(Result::unwrap);
    (from_turtle.collect(), from_json.collect())
}

fn check_dqv(report: &Report) {
    const VALUE: &str = "http://www.w3.org/ns/dqv#value";
    let (mut turtle, mut json) = triples(report);
    let judged = |dataset: &datasteward::report::Dataset| {
        let items = dataset.items.iter();
        let items = items.filter(|item| matches!(item.outcome, Outcome::Pass | Outcome::Fail));
        let areas = dataset.areas.each();
        items.count() + areas.iter().filter(|area| area.score.is_some()).count()
    };
    let values = turtle
        .iter()
        .filter(|quad| quad.predicate.as_str() == VALUE)
        .count();
    assert_eq!(values, report.datasets.iter().map(judged).sum::<usize>());
    let algorithm = oxrdf::dataset::CanonicalizationAlgorithm::Unstable;
    turtle.canonicalize(algorithm);
    json.canonicalize(algorithm);
    assert_eq!(turtle, json);
}

#[test]
fn both_syntaxes_of_the_quality_vocabulary_say_the_same() {
    reports().iter().for_each(check_dqv);
    let (turtle, _) = triples(&hostile());
    let titles: Vec<String> = turtle
        .iter()
        .filter(|quad| quad.predicate.as_str() == "http://purl.org/dc/terms/title")
        .map(|quad| quad.object.to_string())
        .collect();
    let title = hostile().datasets[0].title.clone().unwrap();
    let literal = oxrdf::Literal::new_simple_literal(title).to_string();
    assert!(titles.contains(&literal), "{titles:?}");
}

fn check_jsonl(report: &Report) {
    let text = render::jsonl(report);
    let lines: Vec<Value> = text
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let of_type = |kind: &str| lines.iter().filter(|line| line["type"] == kind).count();
    assert_eq!(of_type("document"), report.documents.len());
    assert_eq!(of_type("dataset"), report.datasets.len());
    assert_eq!(of_type("finding"), report.findings.len());
    assert_eq!(lines[0]["type"], "report");
    assert_eq!(lines.last().unwrap()["type"], "summary");
    // What a finding calls its dataset is the number of a line further down.
    let numbers: Vec<&Value> = lines
        .iter()
        .filter(|line| line["type"] == "dataset")
        .map(|line| &line["index"])
        .collect();
    for line in lines.iter().filter(|line| line["type"] == "finding") {
        assert!(line["dataset"].is_null() || numbers.contains(&&line["dataset"]));
    }
}

#[test]
fn lines_of_json_name_their_dataset() {
    reports().iter().for_each(check_jsonl);
}

/// Few as a rule; `PROPTEST_CASES` asks for more.
fn cases() -> u32 {
    match std::env::var_os("PROPTEST_CASES") {
        Some(_) => ProptestConfig::default().cases,
        None => 48,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_words_break_a_form(words in prop_oneof![
        "\\PC*",
        "[-=+@|`\\\\*_\\[\\]()<>&~#$!:.{}^\"'a1 \n\r\t]{0,40}",
        prop::collection::vec(any::<char>(), 0..40).prop_map(String::from_iter),
    ]) {
        // A rule always has a name.
        let report = with_words(if words.is_empty() { "-" } else { &words });
        check_sarif(&report);
        check_github(&report);
        check_gitlab(&report);
        check_junit(&report);
        check_csv(&report);
        check_dashboard(&report);
        check_markdown(&report);
        check_dqv(&report);
        check_jsonl(&report);
    }
}
