//! What the benchmark of the engine (`speed.rs`) measures on: published records where `DATASTEWARD_CORPUS` names a
//! folder of them, records of our own where it does not.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// A document to measure on.
#[derive(Debug)]
pub struct Document {
    /// Its name in the figures.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// One record a line.
    pub is_lines: bool,
}

/// The largest Socrata catalogue and the largest data.json at hand.
#[must_use]
pub fn documents() -> Vec<Document> {
    let found: Vec<Document> = std::env::var_os("DATASTEWARD_CORPUS")
        .map(PathBuf::from)
        .into_iter()
        .flat_map(|corpus| {
            ["socrata-discovery", "dcat-us-1.1"].map(|format| largest(&corpus.join(format)))
        })
        .flatten()
        .filter_map(|path| {
            Some(Document {
                bytes: fs::read(&path).ok()?,
                is_lines: path.extension().is_some_and(|ending| ending == "jsonl"),
                name: path.file_name()?.to_string_lossy().into_owned(),
            })
        })
        .collect();
    if found.is_empty() {
        vec![own_records()]
    } else {
        found
    }
}

fn largest(folder: &Path) -> Option<PathBuf> {
    let mut folders = vec![folder.to_path_buf()];
    let mut best: Option<(u64, PathBuf)> = None;
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if let Ok(facts) = entry.metadata() {
                let candidate = (facts.len(), path);
                if best.as_ref().is_none_or(|best| *best < candidate) {
                    best = Some(candidate);
                }
            }
        }
    }
    best.map(|(_, path)| path)
}

/// A thousand records in our own format.
fn own_records() -> Document {
    const SUBJECTS: [(&str, &str, &str); 4] = [
        (
            "Street trees",
            "trunk_diameter",
            "Diameter of the trunk at breast height, in inches",
        ),
        (
            "Bicycle counters",
            "daily_riders",
            "Riders counted between midnight and midnight",
        ),
        (
            "Library loans",
            "loan_days",
            "Days until the book came back",
        ),
        (
            "Water quality samples",
            "lead_ppb",
            "Lead in the sample, in parts per billion",
        ),
    ];
    let mut text = String::new();
    for (number, (subject, field, meaning)) in (0..1000).zip(SUBJECTS.iter().cycle()) {
        // Writing to a text cannot fail.
        let _ = writeln!(
            text,
            r#"{{"datasteward": "1", "id": "set-{number}", "title": "{subject}, district {number}", "description": "Each row is one observation of {subject} in district {number}, made by city staff on foot and entered the same day; the parks department plans its work with it.", "publisher": {{"name": "City of Example"}}, "license": "CC0-1.0", "refresh": "monthly", "data_updated": "2026-11-02", "rows": {}, "columns": [{{"name": "{field}", "description": "{meaning}", "type": "number"}}, {{"name": "observed_on", "description": "Day of the observation", "type": "date"}}, {{"name": "district", "type": "text"}}]}}"#,
            number * 7 + 40,
        );
    }
    Document {
        name: "own records".to_owned(),
        bytes: text.into_bytes(),
        is_lines: true,
    }
}
