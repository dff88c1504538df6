//! Published records, where `DATASTEWARD_CORPUS` names a folder of them: the JSON grammar suite, our tree beside
//! `serde_json`, every file of the formats we read, and records known to be poor.

use std::fs;
use std::path::{Path, PathBuf};

use datasteward::source::Bounds;
use datasteward::source::json::{Kind, Tree, Value};
use datasteward::{Source, check};
use datasteward_tests::{assert_valid, options};

/// The folder of published records; where there is none, the tests that need it say so and end.
fn corpus() -> Option<PathBuf> {
    let folder = std::env::var_os("DATASTEWARD_CORPUS").map(PathBuf::from);
    if folder.is_none() {
        eprintln!("SKIPPED: DATASTEWARD_CORPUS names no folder of published records");
    }
    folder
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let (mut folders, mut found) = (vec![folder.to_path_buf()], Vec::new());
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

fn name(path: &Path) -> String {
    path.file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

fn is_json(path: &Path) -> bool {
    path.extension().is_some_and(|ending| {
        ["json", "jsonl", "jsonld", "geojson"]
            .iter()
            .any(|it| ending == *it)
    })
}

/// Whether our tree accepts a text; bytes that are no UTF-8 are refused before.
fn accepts(bytes: &[u8]) -> bool {
    std::str::from_utf8(bytes).is_ok_and(|text| Tree::parse(text, &Bounds::default()).is_ok())
}

#[test]
fn the_json_grammar_suite_is_answered_as_it_demands() {
    let Some(corpus) = corpus() else { return };
    let suite: Vec<PathBuf> = files(&corpus.join("verdict"))
        .into_iter()
        .filter(|path| path.iter().any(|part| part == "json-test-suite"))
        .collect();
    let (mut right, mut asked, mut wrong) = (0, 0, Vec::new());
    for path in suite {
        let file = name(&path);
        let expected = match file.get(..2) {
            Some("y_") => true,
            Some("n_") => false,
            _ => continue,
        };
        asked += 1;
        if accepts(&fs::read(&path).expect("a file")) == expected {
            right += 1;
        } else {
            wrong.push(file);
        }
    }
    eprintln!("JSON grammar suite: {right} of {asked} as demanded");
    assert!(asked > 50, "the suite was not found");
    assert_eq!(wrong, Vec::<String>::new());
}

/// Whether two trees hold the same values.
fn same(ours: Value<'_>, theirs: &serde_json::Value) -> bool {
    let mut queue = vec![(ours, theirs)];
    while let Some((ours, theirs)) = queue.pop() {
        let equal = match (ours.kind(), theirs) {
            (Kind::Null, serde_json::Value::Null)
            | (Kind::True, serde_json::Value::Bool(true))
            | (Kind::False, serde_json::Value::Bool(false)) => true,
            (Kind::String, serde_json::Value::String(text)) => ours.as_str() == Some(text),
            (Kind::Number, serde_json::Value::Number(number)) => {
                serde_json::from_str::<serde_json::Number>(ours.raw()).is_ok_and(|it| it == *number)
            }
            (Kind::Array, serde_json::Value::Array(items)) => {
                queue.extend(ours.items().zip(items));
                ours.items().count() == items.len()
            }
            (Kind::Object, serde_json::Value::Object(members)) => {
                queue.extend(
                    members
                        .iter()
                        .filter_map(|(key, value)| Some((ours.get(key)?, value))),
                );
                members.iter().all(|(key, _)| ours.get(key).is_some())
            }
            _ => false,
        };
        if !equal {
            return false;
        }
    }
    true
}

#[test]
fn our_tree_equals_serde_json_on_every_file() {
    let Some(corpus) = corpus() else { return };
    let (mut compared, mut wrong) = (0, Vec::new());
    for path in files(&corpus).iter().filter(|path| is_json(path)) {
        let Ok(text) = fs::read_to_string(path) else {
            continue;
        };
        let texts: Vec<&str> = if path.extension().is_some_and(|ending| ending == "jsonl") {
            text.lines().collect()
        } else {
            vec![&text]
        };
        for text in texts {
            compared += 1;
            let theirs = serde_json::from_str::<serde_json::Value>(text);
            let ours = Tree::parse(text, &Bounds::default());
            let agree = match (&ours, &theirs) {
                (Ok(tree), Ok(value)) => same(tree.root(), value),
                (Err(_), Err(_)) => true,
                _ => false,
            };
            if !agree {
                wrong.push(format!("{}: {ours:.60?}", path.display()));
            }
        }
    }
    eprintln!("{compared} texts compared with serde_json");
    assert!(compared > 1000, "the corpus was not found");
    assert_eq!(wrong, Vec::<String>::new());
}

/// The folders of the formats that we read.
const FOLDERS: [&str; 4] = [
    "socrata-discovery",
    "socrata-view",
    "socrata-genealogy",
    "dcat-us-1.1",
];

#[test]
fn every_record_of_our_formats_is_read() {
    let Some(corpus) = corpus() else { return };
    let (mut records, mut refused) = (0, Vec::new());
    for path in FOLDERS
        .iter()
        .flat_map(|folder| files(&corpus.join(folder)))
    {
        if !is_json(&path) {
            continue;
        }
        let bytes = fs::read(&path).expect("a file");
        let file = name(&path);
        let report = check(&[Source::new(&file, &bytes)], &options());
        assert_valid(&report);
        records += report.datasets.len();
        let unread = report.findings.iter().filter(|finding| {
            // An answer that says why it is none was kept with the records.
            finding.rule == "document-unreadable"
                && !finding.message.contains("error reply from the portal")
        });
        refused.extend(unread.map(|finding| format!("{file}: {}", finding.message)));
    }
    eprintln!("{records} records read");
    assert!(records > 5000, "the corpus was not found");
    assert_eq!(refused, Vec::<String>::new());
}

/// Records known to be poor: part of the path, a text that only their line holds, and rules of which one must speak.
const POOR: [(&str, &str, &[&str]); 14] = [
    (
        "socrata-discovery/simonw-2022/data.lacity.org.jsonl",
        "2nrs-mtv8",
        &["cryptic-field-name", "fields-not-explained"],
    ),
    (
        "socrata-discovery/simonw-2022/data.lacity.org.jsonl",
        "pxhh-tgsi",
        &["missing-description"],
    ),
    (
        "socrata-discovery/simonw-2022/data.lacity.org.jsonl",
        "pxhh-tgsi",
        &["missing-license"],
    ),
    (
        "socrata-discovery/simonw-2022/data.lacity.org.jsonl",
        "skve-7mzv",
        &["description-repeats-title"],
    ),
    (
        "socrata-discovery/simonw-2022/data.lacity.org.jsonl",
        "s2gq-nz3r",
        &[
            "fields-not-explained",
            "cryptic-field-name",
            "unit-missing",
            "description-too-short",
        ],
    ),
    (
        "socrata-discovery/simonw-2022/data.lacity.org.jsonl",
        "vt5t-mscf",
        &["fields-not-explained", "cryptic-field-name"],
    ),
    (
        "socrata-discovery/simonw-2022/data.lacity.org.jsonl",
        "9yda-i4ya",
        &["field-description-repeats-name"],
    ),
    (
        "socrata-discovery/simonw-2022/data.lacity.org.jsonl",
        "3gwn-arjr",
        &["refresh-overdue"],
    ),
    (
        "socrata-discovery/simonw-2022/data.cdc.gov.jsonl",
        "qzjj-q36s",
        &["test-or-draft-published", "internal-note-published"],
    ),
    (
        "socrata-discovery/simonw-2022/unioncityhi-reporting.data.socrata.com.jsonl",
        "48fa-iwwp",
        &[
            "placeholder-text",
            "missing-description",
            "description-too-short",
        ],
    ),
    (
        "socrata-discovery/simonw-2022/opengov.cityofdubuque.org.jsonl",
        "Asthma ER Vists",
        &["description-too-short", "placeholder-text"],
    ),
    (
        "dcat-us-1.1/federal-dol/dol.json",
        "Clearinghouse for Labor Evaluation and Research (CLEAR)",
        &["missing-description", "placeholder-text"],
    ),
    (
        "dcat-us-1.1/federal-opm/opm.json",
        "Contractor Separation Report",
        &["garbled-characters"],
    ),
    (
        "dcat-us-1.1/arcgis-hub-btaa/03a-04_20220327.json",
        "Wastewater NPDES Facilities",
        &["missing-description", "template-not-filled"],
    ),
];

#[test]
fn records_known_to_be_poor_are_found_at_their_place() {
    let Some(corpus) = corpus() else { return };
    let mut missed = Vec::new();
    for (path, mark, wanted) in POOR {
        let text = fs::read_to_string(corpus.join(path)).expect("a file of the corpus");
        let report = check(&[Source::new(path, text.as_bytes())], &options());
        let datasets: Vec<usize> = report
            .datasets
            .iter()
            .enumerate()
            .filter(|(_, dataset)| {
                let is_meant = |text: &Option<String>| text.as_deref() == Some(mark);
                is_meant(&dataset.id)
                    || is_meant(&dataset.title)
                    || line_of(&text, path, dataset.line, mark)
            })
            .map(|(index, _)| index)
            .collect();
        let found = report.findings.iter().find(|finding| {
            finding
                .dataset
                .is_some_and(|index| datasets.contains(&index))
                && wanted.contains(&finding.rule.as_str())
        });
        let Some(finding) = found else {
            let spoken: Vec<&str> = report
                .findings
                .iter()
                .filter(|finding| {
                    finding
                        .dataset
                        .is_some_and(|index| datasets.contains(&index))
                })
                .map(|finding| finding.rule.as_str())
                .collect();
            missed.push(format!(
                "{mark}: none of {wanted:?}, but {spoken:?} on {} records",
                datasets.len()
            ));
            continue;
        };
        for location in &finding.locations {
            datasteward_tests::assert_place(
                &text,
                path.ends_with("jsonl"),
                &finding.rule,
                location,
            );
        }
    }
    assert_eq!(missed, Vec::<String>::new());
}

/// Whether a line of a JSON Lines file holds a text.
fn line_of(text: &str, path: &str, line: Option<usize>, mark: &str) -> bool {
    path.ends_with("jsonl")
        && line
            .and_then(|line| text.lines().nth(line - 1))
            .is_some_and(|line| line.contains(mark))
}
