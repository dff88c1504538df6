//! What is made from the code and checked in: the report's schema, the list of rules, a page for each rule.
//!
//! `cargo dev generate` writes the files; with `--check` it only says which are out of step.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use datasteward::render::guide::checklist::{about, asked, items};
use datasteward::rule::{Area, Rule, Status, page};
use datasteward::{Report, rules, wire};

const COMMAND: &str = "cargo dev generate";

/// Writes the files, or checks that they are in step.
pub(crate) fn run(check: bool) -> Result<(), String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut stale = Vec::new();
    for (path, text) in files()? {
        let place = root.join(&path);
        if std::fs::read_to_string(&place).is_ok_and(|old| old == text) {
            continue;
        }
        if check {
            stale.push(path.display().to_string());
            continue;
        }
        let folder = place.parent().unwrap_or(&root);
        std::fs::create_dir_all(folder)
            .and_then(|()| std::fs::write(&place, text))
            .map_err(|error| format!("failed to write {}: {error}", path.display()))?;
        println!("wrote {}", path.display());
    }
    if stale.is_empty() {
        return Ok(());
    }
    Err(format!(
        "out of step with the code, run `{COMMAND}`: {}",
        stale.join(", ")
    ))
}

fn files() -> Result<Vec<(PathBuf, String)>, String> {
    let mut files = vec![
        (
            PathBuf::from("schemas/report.schema.json"),
            report_schema()?,
        ),
        (PathBuf::from("schemas/rules.json"), rule_list()?),
        (PathBuf::from("docs/rules/index.md"), table()),
        (PathBuf::from("docs/SUMMARY.md"), contents()),
        (PathBuf::from("docs/checklist.md"), ten_items()),
    ];
    for rule in rules::all() {
        files.push((
            PathBuf::from(format!("docs/rules/{}.md", rule.id)),
            rule_page(rule),
        ));
    }
    Ok(files)
}

fn report_schema() -> Result<String, String> {
    let mut schema = schemars::schema_for!(Report);
    schema.insert("$id".to_owned(), "report.schema.json".into());
    schema.insert(
        "$comment".to_owned(),
        format!("Made by `{COMMAND}` from the types of the report.").into(),
    );
    pretty(&serde_json::to_value(schema).map_err(|error| error.to_string())?)
}

fn rule_list() -> Result<String, String> {
    pretty(&serde_json::from_str(&wire::rules()).map_err(|error| error.to_string())?)
}

fn pretty(value: &serde_json::Value) -> Result<String, String> {
    let text = serde_json::to_string_pretty(value).map_err(|error| error.to_string())?;
    Ok(text + "\n")
}

fn item(rule: &Rule) -> String {
    match rule.item.area() {
        Some(area) => format!(
            "{}, {} {}",
            area.as_str(),
            rule.item.code(),
            rule.item.label()
        ),
        None => rule.item.label().to_owned(),
    }
}

fn table() -> String {
    let mut text = format!("<!-- Made by `{COMMAND}`. -->\n# Rules\n\n");
    text.push_str("| code | rule | weight | what is wrong |\n| --- | --- | --- | --- |\n");
    for rule in rules::all() {
        let summary = page::one_line(page::parse(rule.page).summary);
        let _ = writeln!(
            text,
            "| {} | [`{}`]({}.md) | {} | {summary} |",
            rule.code,
            rule.id,
            rule.id,
            rule.severity.as_str()
        );
    }
    text
}

/// The table of contents of the book: the start with each portal, what is looked up, a page a rule.
fn contents() -> String {
    let mut text = "# Summary\n\n[datasteward](README.md)\n\n# Start\n\n".to_owned();
    for (title, page) in [
        ("Socrata", "start/socrata"),
        ("ArcGIS", "start/arcgis"),
        ("CKAN", "start/ckan"),
        ("A data.json", "start/data-json"),
    ] {
        let _ = writeln!(text, "- [{title}]({page}.md)");
    }
    text.push_str("\n# Reference\n\n");
    for (title, page) in [
        ("The ten items", "checklist"),
        ("Outputs", "outputs"),
        ("Fixing", "fixing"),
        ("What is known and stays", "acknowledging"),
        ("How it went over time", "history"),
        ("Profiles", "profiles"),
        ("Formats", "formats"),
        ("Our own format", "native"),
        ("What records fill in", "coverage"),
        ("Scoring", "scoring"),
        ("How often the rules are right", "precision"),
        ("Where the time goes", "performance"),
        ("Architecture", "architecture"),
    ] {
        let _ = writeln!(text, "- [{title}]({page}.md)");
    }
    text.push_str("- [Rules](rules/index.md)\n");
    for rule in rules::all() {
        let _ = writeln!(text, "  - [{}](rules/{}.md)", rule.id, rule.id);
    }
    text
}

/// The ten items of the checklist: what each asks, and the rules that look at it.
fn ten_items() -> String {
    let mut text = format!(
        "<!-- Made by `{COMMAND}`. -->\n# The ten items\n\nWhat the City of Los Angeles asks of every dataset that it publishes, in five areas. `datasteward guide` prints this with every rule as a booklet, `datasteward explain C3` says more about one item and where it is edited.\n\n<!-- beside the chapters -->\n"
    );
    for area in Area::ALL {
        let _ = write!(text, "\n## {}\n\n{}\n", area.as_str(), about(area));
        for item in items(area) {
            let asked = asked(item);
            let rules = rules::all().filter(|rule| rule.item == item);
            let rules: Vec<String> = rules
                .map(|rule| format!("[{}](rules/{}.md)", rule.id, rule.id))
                .collect();
            let _ = write!(
                text,
                "\n### {} {}\n\n**{}** {}\n\nLooked at by {}.\n",
                item.code(),
                item.label(),
                asked.line,
                asked.meaning,
                rules.join(", ")
            );
        }
    }
    text
}

fn rule_page(rule: &Rule) -> String {
    let parsed = page::parse(rule.page);
    let status = match rule.status {
        Status::Stable => "",
        Status::Preview => ", on trial",
    };
    let mut text = format!(
        "<!-- Made by `{COMMAND}`. -->\n# {}\n\n{} · {}{status} · {}\n\n{}\n",
        rule.id,
        rule.code,
        rule.severity.as_str(),
        item(rule),
        page::one_line(parsed.summary)
    );
    let _ = write!(
        text,
        "\n## Why it matters\n\n{}\n",
        page::one_line(parsed.why)
    );
    let _ = write!(
        text,
        "\n## How to mend it\n\n{}\n",
        page::one_line(parsed.how)
    );
    for (head, examples) in [("Bad", &parsed.bad), ("Good", &parsed.good)] {
        for example in examples {
            let _ = write!(
                text,
                "\n## {head}\n\n```json\n{}\n```\n",
                unindented(example.text)
            );
        }
    }
    let _ = write!(text, "\n## Source\n\n{}\n", page::source(rule));
    text
}

/// Lines of a doc comment stand one blank in.
fn unindented(text: &str) -> String {
    let lines: Vec<&str> = text
        .lines()
        .map(|line| line.strip_prefix(' ').unwrap_or(line))
        .collect();
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    #[test]
    fn nothing_that_is_made_from_the_code_is_out_of_step() {
        assert_eq!(super::run(true), Ok(()));
    }
}
