//! Suites with expected verdicts: which files are built as their standard asks, and which are not. Skipped, aloud,
//! where `DATASTEWARD_CORPUS` names no folder.
//!
//! A file is called valid where no rule speaks of its structure, but in a note. `data/verdict-disagreements.tsv` names every case on
//! which we and a suite differ, and every case that does not count because the metadata does not decide it.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on stops"
)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use datasteward::report::Severity;
use datasteward::{Options, Source, check};
use datasteward_tests::{DAY, corpus, root};

/// The rules that speak of how a file is built.
const STRUCTURE: [&str; 3] = [
    "document-unreadable",
    "key-or-type-wrong",
    "profile-not-met",
];

/// A suite, the profile it is held against, and the least share of agreement in percent.
const SUITES: [(&str, &str, usize); 6] = [
    ("project-open-data-examples", "dcat-us-1.1-federal", 100),
    ("pydatajson", "data-json-ar", 90),
    ("frictionless-py", "data-package", 90),
    ("geocodes-validation", "google-dataset", 90),
    ("mlcroissant-graphs", "croissant", 90),
    ("w3c-csvw-validation", "csvw", 90),
];

/// Message files of the GeoCODES validators whose record has another name.
const RECORDS: [(&str, &str); 10] = [
    (
        "MB_amgeo",
        "geocodes-actualdata/allgood/MB_amgeo_data-01-06-2013-17-30-00.json",
    ),
    ("MB_designsafe", "geocodes-json/MB_designsafe_PRJ-2137.json"),
    (
        "MB_earthchem",
        "geocodes-actualdata/allgood/earthchem_1572.json",
    ),
    (
        "MB_iris",
        "geocodes-actualdata/allgood/MB_iris_syngine.json",
    ),
    (
        "MB_lipdverse",
        "geocodes-actualdata/allgood/MB_lipdverse_HypkanaHajkova2016.json",
    ),
    ("MB_r2r", "geocodes-json/MB_r2r_repository.json"),
    ("MB_ssdb", "geocodes-json/MB_ssdb.iodb_127708.json"),
    (
        "MB_ucar",
        "geocodes-json/MB_ucar_ncep-fnl-global-tropospheric-analyses-july1999.json",
    ),
    ("MB_unavco", "geocodes-json/MB_unavco_T5P55KQ3.json"),
    ("MB_usap", "geocodes-json/MB_usap_repository.json"),
];

/// One line of the table of expected verdicts.
struct Case<'a> {
    suite: &'a str,
    file: &'a str,
    is_valid: bool,
    detail: &'a str,
}

impl Case<'_> {
    /// What the case is called in the table of disagreements: tests of CSV on the Web share their files.
    fn name(&self) -> &str {
        let number = self.detail.split_once(':').map(|(number, _)| number);
        match number {
            Some(number) if self.suite == "w3c-csvw-validation" => number,
            _ => self
                .file
                .split_once(self.suite)
                .map_or(self.file, |(_, rest)| rest.trim_start_matches('/')),
        }
    }

    /// The documents that the verdict is about: name and text.
    fn documents(&self, folder: &Path) -> Vec<(String, Vec<u8>)> {
        let read = |path: &str| {
            std::fs::read(folder.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
        };
        let file = self.file.rsplit('/').next().unwrap_or(self.file);
        match self.suite {
            "frictionless-py" if self.detail != "package-error, not JSON" => {
                // A table's schema stands in the description of a file.
                let schema = String::from_utf8(read(self.file)).unwrap();
                let resource =
                    format!(r#"{{"name": "table", "path": "table.csv", "schema": {schema}}}"#);
                vec![(file.to_owned(), resource.into_bytes())]
            }
            "geocodes-validation" => {
                let record = RECORDS
                    .iter()
                    .find(|(start, _)| file.starts_with(start))
                    .map_or(self.file.to_owned(), |(_, record)| {
                        format!("schema-org/{record}")
                    });
                vec![(record.clone(), read(&record))]
            }
            "w3c-csvw-validation" => {
                let beside = self
                    .detail
                    .split_once("implicit ")
                    .map_or("", |(_, files)| files);
                let named = beside.split(',').map(str::trim);
                let at = "verdict/w3c-csvw-validation";
                std::iter::once(self.file.to_owned())
                    .chain(named.map(|name| format!("{at}/{name}")))
                    .filter(|path| path.ends_with(".json") && folder.join(path).exists())
                    .map(|path| (path.clone(), read(&path)))
                    .collect()
            }
            _ => vec![(file.to_owned(), read(self.file))],
        }
    }
}

/// What the rules say of a document's structure.
fn said(name: &str, text: &[u8], profile: &str) -> Vec<String> {
    let options = Options::default()
        .with_as_of(DAY)
        .unwrap()
        .with_profile(profile)
        .unwrap();
    let report = check(&[Source::new(name, text)], &options);
    report
        .findings
        .into_iter()
        .filter(|finding| finding.severity != Severity::Info)
        .filter(|finding| STRUCTURE.contains(&&*finding.rule))
        .map(|finding| finding.message)
        .collect()
}

/// Cases named in the table: whether they count, and why.
fn named() -> BTreeMap<(String, String), (bool, String)> {
    let table =
        std::fs::read_to_string(root().join("tests/data/verdict-disagreements.tsv")).unwrap();
    table
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
        .map(|line| {
            let cells: Vec<&str> = line.split('\t').collect();
            let [suite, case, kind, reason] = cells[..] else {
                panic!("four cells are wanted: {line}")
            };
            let counts = match kind {
                "disagrees" => true,
                "not counted" => false,
                _ => panic!("`disagrees` or `not counted` is wanted: {line}"),
            };
            (
                (suite.to_owned(), case.to_owned()),
                (counts, reason.to_owned()),
            )
        })
        .collect()
}

#[test]
fn the_suites_with_expected_verdicts_are_met() {
    let Some(folder) = corpus("the suites with expected verdicts") else {
        return;
    };
    let table = std::fs::read_to_string(folder.join("verdict/EXPECTED.tsv")).unwrap();
    let mut reasons = named();
    let mut troubles = Vec::new();
    for (suite, profile, least) in SUITES {
        let (mut agreed, mut counted, mut left_out, mut shown) = (0, 0, 0, Vec::new());
        for line in table.lines().skip(1) {
            let cells: Vec<&str> = line.split('\t').collect();
            let [found, file, verdict, detail, ..] = cells[..] else {
                continue;
            };
            if found != suite {
                continue;
            }
            // A warning of the suite is a sentence of ours as much as an error is.
            let case = Case {
                suite,
                file,
                is_valid: verdict == "valid",
                detail,
            };
            let named = reasons.remove(&(suite.to_owned(), case.name().to_owned()));
            if let Some((false, _)) = &named {
                left_out += 1;
                continue;
            }
            counted += 1;
            let documents = case.documents(&folder);
            if documents.is_empty() {
                troubles.push(format!(
                    "{suite} {}: there is no metadata to judge",
                    case.name()
                ));
            }
            let said: Vec<String> = documents
                .iter()
                .flat_map(|(name, text)| said(name, text, profile))
                .collect();
            match (said.is_empty() == case.is_valid, named) {
                (true, None) => agreed += 1,
                (true, Some(_)) => {
                    agreed += 1;
                    troubles.push(format!(
                        "{suite} {}: named as a disagreement, but we agree",
                        case.name()
                    ));
                }
                (false, Some((_, reason))) => shown.push(format!("  {}: {reason}", case.name())),
                (false, None) => troubles.push(format!(
                    "{suite} {} ({detail}): {verdict} is expected, we say {said:?}",
                    case.name()
                )),
            }
        }
        println!("{suite}: {agreed} of {counted} agree, {left_out} not counted");
        shown.iter().for_each(|line| println!("{line}"));
        if counted == 0 || agreed * 100 < counted * least {
            troubles.push(format!("{suite}: {agreed} of {counted} is under {least} %"));
        }
    }
    troubles.extend(
        reasons
            .into_keys()
            .map(|(suite, case)| format!("{suite} {case}: no such case")),
    );
    assert!(troubles.is_empty(), "{}", troubles.join("\n"));
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|ending| {
            ["json", "jsonl", "jsonld", "yaml", "rdf", "xml"]
                .iter()
                .any(|it| ending == *it)
        }) {
            found.push(path);
        }
    }
}

/// Records published by those who made a standard, or with care for it, and how many fit its profile at least. Croissant's
/// own examples have an MD5, or a word, in the place of a SHA-256 in ten of 57.
const PUBLISHED: [(&str, &str, usize); 5] = [
    ("croissant/mlcommons-datasets", "croissant", 45),
    ("croissant/kaggle-openml", "croissant", 1),
    ("csvw", "csvw", 1),
    ("frictionless/camtrap-dp-example", "data-package", 1),
    ("ckan/datos-argentina", "ckan", 300),
];

#[test]
fn published_records_fit_the_profile_of_their_standard() {
    let Some(folder) = corpus("published records") else {
        return;
    };
    let mut troubles = Vec::new();
    for (at, profile, least) in PUBLISHED {
        let mut found = Vec::new();
        files(&folder.join(at), &mut found);
        let mut fitting = 0;
        for path in &found {
            let name = path.strip_prefix(&folder).unwrap().to_string_lossy();
            let said = said(&name, &std::fs::read(path).unwrap(), profile);
            fitting += usize::from(said.is_empty());
            if !said.is_empty() {
                println!("{name}: {said:?}");
            }
        }
        println!("{at}: {fitting} of {} fit {profile}", found.len());
        if fitting < least {
            troubles.push(format!("{at}: only {fitting} fit {profile}"));
        }
    }
    assert!(troubles.is_empty(), "{}", troubles.join("\n"));
}

#[test]
fn real_records_have_few_misspelt_keys_and_values_of_a_wrong_kind() {
    let Some(folder) = corpus("keys and kinds of real records") else {
        return;
    };
    let mut found = Vec::new();
    files(&folder, &mut found);
    let options = Options::default().with_as_of(DAY).unwrap();
    let (mut records, mut messages) = (0, BTreeMap::<(String, String), (usize, String)>::new());
    for path in found {
        let name = path
            .strip_prefix(&folder)
            .unwrap()
            .to_string_lossy()
            .into_owned();
        // Suites have faults on purpose, and these folders formats that no schema describes.
        let left_out = [
            "verdict",
            "socrata",
            "arcgis",
            "dictionary",
            "fgdc",
            "iso19139",
        ];
        if left_out.iter().any(|start| name.starts_with(start)) {
            continue;
        }
        let report = check(
            &[Source::new(&name, &std::fs::read(&path).unwrap())],
            &options,
        );
        records += report.datasets.len();
        let format = report
            .documents
            .first()
            .and_then(|document| document.format.clone());
        for finding in report.findings {
            // Notes are about what every reader understands all the same.
            if finding.rule == "key-or-type-wrong" && finding.severity != Severity::Info {
                let key = (format.clone().unwrap_or_default(), finding.message);
                messages.entry(key).or_insert((0, name.clone())).0 += 1;
            }
        }
    }
    for ((format, message), (count, name)) in &messages {
        println!("{count} {format} {name}: {message}");
    }
    let all: usize = messages.values().map(|(count, _)| count).sum();
    println!("{all} in {records} records");
    assert!(
        records > 5_000 && all * 100 < records,
        "{all} in {records} records"
    );
}
