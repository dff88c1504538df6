//! Helpers shared by the tests that cross crates.

use std::path::{Path, PathBuf};

use datasteward::rule::page::Example;
use datasteward::{Options, Report, Source, check};

/// The day on which the examples of all pages are judged.
pub const DAY: &str = "2026-11-25";

/// The folder of the workspace.
#[must_use]
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Judges one document on [`DAY`].
///
/// # Panics
/// If [`DAY`] is no date.
#[must_use]
pub fn judge(name: &str, text: &[u8]) -> Report {
    let options = Options::default().with_as_of(DAY).expect("a date");
    check(&[Source::new(name, text)], &options)
}

/// Judges an example of a rule's page.
///
/// What stands under a line `--- data` is the data that the record describes, as CSV; under `--- links` what a link
/// checker found.
///
/// # Panics
/// If the example names a profile that does not exist, or its data is no table.
#[must_use]
pub fn judge_example(example: &Example<'_>) -> Report {
    let mut options = Options::default().with_as_of(DAY).expect("a date");
    if let Some(profile) = example.profile {
        options = options.with_profile(profile).expect("a profile");
    }
    let (record, data) = parts(example);
    let links = example
        .text
        .split_once(" --- links\n")
        .map_or("", |(_, links)| links);
    if !links.is_empty() {
        let lines: Vec<&str> = links.lines().map(str::trim_start).collect();
        options = options
            .with_link_check(&lines.join("\n"))
            .expect("a link check");
    }
    if !data.is_empty() {
        let lines: Vec<&str> = data.lines().map(str::trim_start).collect();
        let facts = datasteward_data::profile_bytes(lines.join("\n").as_bytes(), "data.csv");
        options = options.with_data(facts.expect("a table"));
    }
    check(
        &[Source::new(example.language, record.as_bytes())],
        &options,
    )
}

/// The record of an example, and the data that it describes; empty where there is none.
#[must_use]
pub fn parts<'e>(example: &Example<'e>) -> (&'e str, &'e str) {
    let parts = example.text.split_once(" --- data\n");
    let (record, data) = parts.unwrap_or((example.text, ""));
    let record = record
        .split_once(" --- links\n")
        .map_or(record, |(record, _)| record);
    (record, data)
}

/// The corpus of real records, where the environment names one; says aloud that a test is skipped where it does not.
#[must_use]
pub fn corpus(test: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("DATASTEWARD_CORPUS").map(PathBuf::from);
    if folder.is_none() {
        eprintln!("SKIPPED {test}: DATASTEWARD_CORPUS names no folder of real records");
    }
    folder
}
