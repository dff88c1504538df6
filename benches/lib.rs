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

/// Catalogues of four kinds of portals: Socrata, an agency's `data.json`, the feed of a map portal, and CKAN.
const FOLDERS: [&str; 4] = [
    "socrata-discovery",
    "dcat-us-1.1/federal-energy",
    "dcat-us-1.1/arcgis-hub-btaa",
    "ckan",
];

/// The largest catalogue of each kind at hand, else one of our own, and one large record as an editor holds it.
#[must_use]
pub fn documents() -> Vec<Document> {
    let mut found: Vec<Document> = std::env::var_os("DATASTEWARD_CORPUS")
        .map(PathBuf::from)
        .into_iter()
        .flat_map(|corpus| FOLDERS.map(|folder| largest(&corpus.join(folder))))
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
        found.push(own_records());
    }
    found.push(large_record());
    found
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

/// One record of about 100 KB with 600 described fields.
fn large_record() -> Document {
    const SUBJECTS: [&str; 6] = ["tree", "permit", "meter", "visit", "route", "loan"];
    const FACTS: [(&str, &str, &str); 5] = [
        ("id", "text", "Number under which the office keeps the"),
        ("cnt", "number", "How many times somebody counted the"),
        ("dt", "date", "Day on which the office last saw the"),
        (
            "len_ft",
            "number",
            "Length in feet, measured on site, of the",
        ),
        ("status", "text", "State, as the inspector found it, of the"),
    ];
    let mut fields = Vec::new();
    for number in 0..600 {
        let subject = SUBJECTS[number % SUBJECTS.len()];
        let (fact, kind, meaning) = FACTS[number % FACTS.len()];
        fields.push(format!(
            r#"{{"name": "{subject}_{fact}_{number}", "type": "{kind}", "description": "{meaning} {subject} of kind {number}, as the department's survey of that year wrote it down."}}"#
        ));
    }
    let text = format!(
        r#"{{"datasteward": "1", "id": "survey", "title": "Survey of the departments", "description": "Each row is one district, with what the survey counted there.", "publisher": {{"name": "City of Example"}}, "license": "CC0-1.0", "refresh": "annually", "data_updated": "2026-11-02", "columns": [{}]}}"#,
        fields.join(", ")
    );
    Document {
        name: "one large record".to_owned(),
        bytes: text.into_bytes(),
        is_lines: true,
    }
}
