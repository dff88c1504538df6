//! `cargo dev pages`: our own pages as files, for a look at them and for the tests in a real browser: a dashboard of
//! thousands of records, one of hostile records, and the guide.

use std::fs;
use std::path::{Path, PathBuf};

use datasteward::render::{History, Requests, dashboard_with, guide};
use datasteward::{Options, Report, Source, check};
use serde_json::{Value, json};

use crate::catalog;

/// How many records the large dashboard shows.
const RECORDS: usize = 6000;

/// What a page would do if it took a word of a record for code: each of these sets `window.hurt`, leaves the page, turns
/// the reading order or steers a terminal.
const HOSTILE: [&str; 8] = [
    "</script><script>window.hurt=1</script>",
    "<img src=x onerror=\"window.hurt=1\">",
    "\"><svg/onload=window.hurt=1>",
    "javascript:window.hurt=1//",
    "'-window.hurt=1-' <iframe srcdoc='<script>parent.hurt=1</script>'></iframe>",
    "</style><style>body{display:none}</style>",
    "=HYPERLINK(\"http://evil.example\",\"trees\") \u{202e}gnp.exe\u{202c}",
    "\u{1b}[31mred\u{1b}[2J <base href=//evil.example> <meta http-equiv=refresh content=0;url=//evil.example>",
];

/// Where the pages go.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The folder; it is made where there is none.
    folder: PathBuf,
}

pub(crate) fn run(arguments: &Arguments) -> Result<(), String> {
    write(&arguments.folder)
}

/// Writes all pages into a folder.
pub(crate) fn write(folder: &Path) -> Result<(), String> {
    let failed = |error: std::io::Error| format!("failed to write {}: {error}", folder.display());
    fs::create_dir_all(folder).map_err(failed)?;
    let large = catalog::catalogue(RECORDS).map_err(failed)?;
    let pages = [
        (
            "large.html",
            dashboard(&[Source::new("catalogue.jsonl", &large)])?,
        ),
        ("hostile.html", hostile()?),
        ("guide.html", guide::html()),
    ];
    for (name, page) in pages {
        fs::write(folder.join(name), page).map_err(failed)?;
    }
    Ok(())
}

/// A dashboard of made-up records with a history, to be shown to newcomers.
pub(crate) fn example() -> Result<String, String> {
    let records = catalog::catalogue(60).map_err(|error| error.to_string())?;
    let report = judged(&[Source::new("catalogue.jsonl", &records)], &json!([]))?;
    Ok(dashboard_with(
        &report,
        &Requests::default(),
        &History::default(),
    ))
}

fn judged(sources: &[Source<'_>], acknowledge: &Value) -> Result<Report, String> {
    let options = json!({"as_of": "2026-11-25", "acknowledge": acknowledge}).to_string();
    let options = Options::from_json(&options).map_err(|error| error.to_string())?;
    Ok(check(sources, &options))
}

fn dashboard(sources: &[Source<'_>]) -> Result<String, String> {
    let report = judged(sources, &json!([]))?;
    Ok(dashboard_with(
        &report,
        &Requests::default(),
        &History::default(),
    ))
}

/// A dashboard in which every word that can come from outside is hostile: records, requests, history, acknowledgements.
fn hostile() -> Result<String, String> {
    let records = hostile_records();
    let name = format!("{}.jsonl", HOSTILE.first().unwrap_or(&""));
    let acknowledge: Vec<Value> = HOSTILE
        .iter()
        .map(|words| json!({"rule": "missing-license", "dataset": words, "field": words, "path": words, "reason": format!("because {words}"), "role": words, "expires": "2026-01-01"}))
        .collect();
    let report = judged(
        &[Source::new(&name, records.as_bytes())],
        &json!(acknowledge),
    )?;
    let quoted = |words: &str| format!("\"{}\"", words.replace('"', "\"\""));
    let rows: Vec<String> = HOSTILE
        .iter()
        .map(|words| format!("{},3", quoted(words)))
        .collect();
    let requests = format!("subject,count\n{}\n", rows.join("\n"));
    let requests = Requests::read(&requests).map_err(|error| error.to_string())?;
    let mut history = History::default();
    for day in ["2026-03-01", "2026-07-01", "2026-11-25"] {
        let mut earlier = report.clone();
        earlier.as_of = Some(day.to_owned());
        for words in HOSTILE {
            if let Some(owner) = earlier.summary.owners.first().cloned() {
                let owner = datasteward::report::Owner {
                    owner: words.to_owned(),
                    datasets: 9,
                    ..owner
                };
                earlier.summary.owners.push(owner);
            }
        }
        history.add(&earlier);
    }
    Ok(dashboard_with(&report, &requests, &history))
}

/// Records in which every word is hostile, twice each.
pub(crate) fn hostile_records() -> String {
    let twice = HOSTILE.into_iter().flat_map(|words| [words, words]);
    twice.map(hostile_record).collect()
}

/// A record of our own form and one of a portal whose every field holds these words; a line each.
pub(crate) fn hostile_record(words: &str) -> String {
    format!("{}\n{}\n", native(words), portal(words))
}

fn native(words: &str) -> Value {
    json!({
        "datasteward": "1", "id": words, "title": words, "department": {"name": words}, "description": words,
        "refresh": {"rate": words}, "data_updated": words, "source": [{"name": words}], "keywords": [words],
        "columns": [{"name": words}, {"name": "TRDBH", "description": words, "unit": words}],
        "license": {"spdx": words}, "distributions": [{"url": words, "format": words}], "publisher": words,
        "contact": {"name": words, "email": words}, "landing_page": words, "method": words,
    })
}

fn portal(words: &str) -> Value {
    json!({
        "resource": {
            "id": words, "name": words, "description": words, "type": "dataset", "attribution": words,
            "columns_name": [words, "TRDBH"], "columns_field_name": [words, "trdbh"], "columns_description": [words, ""],
            "columns_datatype": ["text", "number"], "updatedAt": words, "createdAt": words,
        },
        "classification": {"domain_category": words, "domain_tags": [words], "domain_metadata": [{"key": "Refresh", "value": words}]},
        "metadata": {"domain": "data.city.example"}, "permalink": words, "link": words,
    })
}
