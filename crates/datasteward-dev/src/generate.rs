//! `cargo dev generate`: the files that are made from the code and checked in. The report's schema comes from the
//! report's types, the list of rules from the rules, and a page for each rule from the comment above it.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use datasteward::rule::{Item, Rule, Severity, Status, page};
use datasteward::{Report, rules, wire};

/// What each page opens with.
const MARK: &str = "<!-- Written by `cargo dev generate`; do not edit. -->";
/// What is said where a file is out of step.
const REMEDY: &str = "run `cargo dev generate` and look at what changes";

/// Writes the files, or only looks whether they are in step.
pub(crate) fn run(root: &Path, check: bool) -> Result<(), String> {
    let files = files()?;
    let mut stale = Vec::new();
    for (path, text) in &files {
        let place = root.join(path);
        if fs::read_to_string(&place).is_ok_and(|held| held == *text) {
            continue;
        }
        stale.push(path.clone());
        if !check {
            write(&place, text)?;
        }
    }
    for path in left_over(root, &files) {
        if !check {
            fs::remove_file(root.join(&path))
                .map_err(|error| format!("Could not remove {path}: {error}."))?;
        }
        stale.push(path);
    }
    if check && !stale.is_empty() {
        return Err(format!("Out of step: {}; {REMEDY}.", stale.join(", ")));
    }
    Ok(())
}

fn write(path: &Path, text: &str) -> Result<(), String> {
    let written = path
        .parent()
        .map_or(Ok(()), fs::create_dir_all)
        .and_then(|()| fs::write(path, text));
    written.map_err(|error| format!("Could not write {}: {error}.", path.display()))
}

/// Pages of rules that are no more.
fn left_over(root: &Path, files: &[(String, String)]) -> Vec<String> {
    let mut found: Vec<String> = fs::read_dir(root.join("docs/rules"))
        .into_iter()
        .flatten()
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| name.ends_with(".md"))
        .map(|name| format!("docs/rules/{name}"))
        .filter(|path| !files.iter().any(|(made, _)| made == path))
        .collect();
    found.sort();
    found
}

/// All files with their text, by their path in the repository.
fn files() -> Result<Vec<(String, String)>, String> {
    let mut files = vec![
        (
            "schemas/report.schema.json".to_owned(),
            pretty(&report_schema())?,
        ),
        ("schemas/rules.json".to_owned(), rule_list()?),
        ("docs/rules/README.md".to_owned(), overview()),
    ];
    for rule in rules::all() {
        files.push((format!("docs/rules/{}.md", rule.id), rule_page(rule)));
    }
    Ok(files)
}

fn pretty(value: &serde_json::Value) -> Result<String, String> {
    let text = serde_json::to_string_pretty(value)
        .map_err(|error| format!("Could not write JSON: {error}."))?;
    Ok(text + "\n")
}

fn rule_list() -> Result<String, String> {
    let list = serde_json::from_str(&wire::rules())
        .map_err(|error| format!("Could not read the list of rules: {error}."))?;
    pretty(&list)
}

/// The schema of what is written: every key is there, null where empty, and no other.
fn report_schema() -> serde_json::Value {
    let settings = schemars::generate::SchemaSettings::draft2020_12().for_serialize();
    let schema = settings.into_generator().into_root_schema_for::<Report>();
    let mut schema = schema.to_value();
    close(&mut schema);
    if let Some(object) = schema.as_object_mut() {
        let mut ordered = serde_json::Map::new();
        ordered.insert("$schema".to_owned(), object["$schema"].clone());
        ordered.insert("$id".to_owned(), "urn:datasteward:schema:report-1".into());
        ordered.insert("title".to_owned(), "datasteward report, version 1".into());
        ordered.insert(
            "$comment".to_owned(),
            "Written by `cargo dev generate`; do not edit.".into(),
        );
        for (key, value) in object.iter() {
            ordered.entry(key.clone()).or_insert_with(|| value.clone());
        }
        if let Some(version) = ordered
            .get_mut("properties")
            .and_then(|properties| properties.get_mut("report_version"))
            .and_then(serde_json::Value::as_object_mut)
        {
            *version = serde_json::Map::from_iter([
                ("description".to_owned(), version["description"].clone()),
                ("const".to_owned(), 1.into()),
            ]);
        }
        return ordered.into();
    }
    schema
}

/// No object of a report has keys of its own making.
fn close(schema: &mut serde_json::Value) {
    match schema {
        serde_json::Value::Object(object) => {
            object.values_mut().for_each(close);
            if object
                .get("properties")
                .is_some_and(serde_json::Value::is_object)
            {
                object.insert("additionalProperties".to_owned(), false.into());
            }
        }
        serde_json::Value::Array(items) => items.iter_mut().for_each(close),
        _ => {}
    }
}

fn severity(rule: &Rule) -> &'static str {
    match rule.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "info",
    }
}

fn status(rule: &Rule) -> &'static str {
    match rule.status {
        Status::Stable => "stable",
        Status::Preview => "preview",
    }
}

fn item(item: Item) -> String {
    match item.area() {
        Some(area) => format!("{} ({}, {})", item.code(), area.as_str(), item.label()),
        None => format!("{} ({})", item.code(), item.label()),
    }
}

fn rule_page(rule: &Rule) -> String {
    let parsed = page::parse(rule.page);
    let mut text = format!(
        "{MARK}\n\n# {}\n\n{}\n\n| Code | Item of the checklist | Severity | Status |\n|---|---|---|---|\n| {} | {} | {} | {} |\n",
        rule.id,
        page::one_line(parsed.summary),
        rule.code,
        item(rule.item),
        severity(rule),
        status(rule),
    );
    section(&mut text, "Why it matters", parsed.why);
    section(&mut text, "How to mend it", parsed.how);
    examples(&mut text, "Bad", &parsed.bad);
    examples(&mut text, "Good", &parsed.good);
    if let Some(source) = parsed.source {
        section(&mut text, "Source", source);
    }
    text
}

fn section(text: &mut String, head: &str, body: &str) {
    // Writing to a text cannot fail.
    let _ = write!(text, "\n## {head}\n\n{}\n", page::one_line(body));
}

fn examples(text: &mut String, head: &str, examples: &[page::Example<'_>]) {
    if examples.is_empty() {
        return;
    }
    let _ = write!(text, "\n## {head}\n");
    for example in examples {
        let language = if example.language.ends_with("jsonl") {
            "jsonl"
        } else {
            "json"
        };
        // Each line of a doc comment opens with one blank.
        let lines: Vec<&str> = example
            .text
            .lines()
            .map(|line| line.strip_prefix(' ').unwrap_or(line))
            .collect();
        let _ = write!(
            text,
            "\n`{}`\n\n```{language}\n{}\n```\n",
            example.language,
            lines.join("\n")
        );
    }
}

fn overview() -> String {
    let mut text = format!(
        "{MARK}\n\n# Rules\n\nEvery rule has a name and a code; both may be used wherever a rule is named. `datasteward explain RULE` shows a page in the terminal.\n\n| Code | Rule | Severity | Status | What is wrong |\n|---|---|---|---|---|\n"
    );
    for rule in rules::all() {
        let summary = page::one_line(page::parse(rule.page).summary);
        let _ = writeln!(
            text,
            "| {} | [{id}]({id}.md) | {} | {} | {} |",
            rule.code,
            severity(rule),
            status(rule),
            summary.replace('|', "\\|"),
            id = rule.id,
        );
    }
    text
}
