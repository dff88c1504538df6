//! A run over a folder of real records: nothing may stay unread, and the counts of each rule are printed.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Instant;

use datasteward::{Checker, Options, Source};

/// Judges every document of the folder that holds metadata we read, and prints figures.
pub(crate) fn run(folder: Option<PathBuf>) -> Result<(), String> {
    let folder = folder
        .or_else(|| std::env::var_os("DATASTEWARD_CORPUS").map(PathBuf::from))
        .ok_or("name a folder, or set DATASTEWARD_CORPUS")?;
    let mut files = Vec::new();
    gather(&folder, &JSON, &mut files)?;
    files.sort();
    let started = Instant::now();
    let mut by_format: BTreeMap<String, (usize, usize, usize)> = BTreeMap::new();
    let mut by_rule: BTreeMap<String, usize> = BTreeMap::new();
    let (mut bytes_read, mut findings) = (0, 0);
    let mut unread = Vec::new();
    for path in &files {
        let bytes = std::fs::read(path)
            .map_err(|error| format!("failed to read {}: {error}", path.display()))?;
        let name = path.display().to_string();
        let source = Source::new(&name, &bytes);
        if !datasteward::is_metadata(&source) {
            continue;
        }
        let options = Options::default()
            .with_as_of("2022-07-15")
            .map_err(|error| error.to_string())?;
        let mut checker = Checker::new(options);
        checker.add(&source);
        let report = checker.finish();
        let Some(document) = report.documents.first() else {
            continue;
        };
        let Some(format) = &document.format else {
            continue;
        };
        bytes_read += bytes.len();
        findings += report.findings.len();
        let figures = by_format.entry(format.clone()).or_default();
        figures.0 += 1;
        figures.1 += document.records;
        figures.2 += report.datasets.len();
        if document.records != report.datasets.len() {
            unread.push(format!(
                "{name}: {} of {} records",
                document.records - report.datasets.len(),
                document.records
            ));
        }
        for finding in report.findings {
            *by_rule.entry(finding.rule.into_owned()).or_default() += 1;
        }
    }
    for (format, (files, records, datasets)) in &by_format {
        println!("{format:<20} {files:>5} files {records:>7} records {datasets:>7} judged");
    }
    for (rule, count) in &by_rule {
        println!("{rule:<34} {count:>7}");
    }
    let seconds = started.elapsed().as_secs_f64();
    println!("{findings} findings in {bytes_read} bytes, {seconds:.1} s");
    if unread.is_empty() {
        println!("{} passed, 0 failed", by_format.len());
        return Ok(());
    }
    Err(format!("records were not read: {}", unread.join("; ")))
}

/// How the names of files in JSON end.
pub(crate) const JSON: [&str; 3] = ["json", "jsonl", "jsonld"];

/// The files of a folder and of those in it whose names end in one of these ways.
pub(crate) fn gather(
    folder: &Path,
    endings: &[&str],
    files: &mut Vec<PathBuf>,
) -> Result<(), String> {
    let failed = |error: std::io::Error| format!("failed to read {}: {error}", folder.display());
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if path.is_dir() {
            // Suites of broken files have tests of their own.
            if path.file_name().is_none_or(|name| name != "verdict") {
                gather(&path, endings, files)?;
            }
        } else if path
            .extension()
            .is_some_and(|ending| endings.iter().any(|it| ending == *it))
        {
            files.push(path);
        }
    }
    Ok(())
}
