//! Tests over real records; skipped, aloud, where `DATASTEWARD_CORPUS` names no folder.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on stops"
)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use datasteward::source::Bounds;
use datasteward::source::text::{Encoding, decode};
use datasteward::source::tree::{Tree, Value};
use datasteward::{Options, Report, Source, check};
use datasteward_tests::corpus;

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else if path
            .extension()
            .is_some_and(|ending| ["json", "jsonl", "jsonld"].iter().any(|it| ending == *it))
        {
            found.push(path);
        }
    }
}

fn parses(bytes: &[u8]) -> bool {
    let decoded = decode(bytes);
    decoded.encoding == Encoding::Utf8
        && std::str::from_utf8(&decoded.bytes).is_ok_and(|text| {
            Tree::parse(
                text,
                &Bounds {
                    depth: 1_000,
                    ..Bounds::default()
                },
            )
            .is_ok()
        })
}

#[test]
fn the_json_grammar_suite_is_met() {
    let Some(folder) = corpus("the JSON grammar suite") else {
        return;
    };
    let mut found = Vec::new();
    files(&folder.join("verdict/json-test-suite"), &mut found);
    let (mut agreed, mut judged, mut wrong) = (0, 0, Vec::new());
    for path in found {
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let wanted = match name.get(..2) {
            Some("y_") => true,
            Some("n_") => false,
            _ => continue,
        };
        judged += 1;
        if parses(&std::fs::read(&path).unwrap()) == wanted {
            agreed += 1;
        } else {
            wrong.push(name);
        }
    }
    println!("JSON grammar suite: {agreed} of {judged} agree");
    assert!(judged > 50 && wrong.is_empty(), "{wrong:?}");
}

fn same(ours: Value<'_>, theirs: &serde_json::Value) -> bool {
    use serde_json::Value as Json;
    match theirs {
        Json::Null => ours.is_null(),
        Json::Bool(truth) => ours.as_bool() == Some(*truth),
        Json::Number(number) => ours.as_f64() == number.as_f64(),
        Json::String(text) => ours.as_str() == Some(text),
        Json::Array(items) => {
            ours.items().count() == items.len()
                && ours.items().zip(items).all(|(one, other)| same(one, other))
        }
        Json::Object(members) => members
            .iter()
            .all(|(key, value)| ours.get(key).is_some_and(|found| same(found, value))),
    }
}

#[test]
fn our_tree_reads_what_serde_json_reads() {
    let Some(folder) = corpus("our tree against serde_json") else {
        return;
    };
    let mut found = Vec::new();
    files(&folder, &mut found);
    let mut compared = 0;
    for path in found
        .iter()
        .filter(|path| !path.to_string_lossy().contains("json-test-suite"))
    {
        let Ok(text) = std::fs::read_to_string(path) else {
            continue;
        };
        let text = text.trim_start_matches('\u{feff}');
        let records: Vec<&str> = if path.extension().is_some_and(|it| it == "jsonl") {
            text.lines().collect()
        } else {
            vec![text]
        };
        for record in records
            .into_iter()
            .filter(|record| !record.trim().is_empty())
        {
            let theirs = serde_json::from_str::<serde_json::Value>(record);
            let ours = Tree::parse(record, &Bounds::default());
            assert_eq!(ours.is_ok(), theirs.is_ok(), "{}", path.display());
            if let (Ok(tree), Ok(value)) = (ours, theirs) {
                assert!(same(tree.root(), &value), "{}", path.display());
                compared += 1;
            }
        }
    }
    println!("{compared} records read alike");
    assert!(compared > 5_000);
}

fn judge(folder: &Path, file: &str, day: &str) -> Report {
    let bytes = std::fs::read(folder.join(file)).unwrap();
    check(
        &[Source::new(file, &bytes)],
        &Options::default().with_as_of(day).unwrap(),
    )
}

/// Where a poor record stands, and a rule that must speak of it.
fn found(report: &Report, id: &str, rule: &str) -> Option<usize> {
    let index = report.datasets.iter().position(|dataset| {
        dataset.id.as_deref() == Some(id) || dataset.title.as_deref() == Some(id)
    })?;
    let finding = report
        .findings
        .iter()
        .find(|finding| finding.dataset == Some(index) && finding.rule == rule)?;
    finding.locations.first()?.line
}

/// A file, the day of judgement, and which records must be found by which rules.
type Case<'a> = (String, &'a str, &'a [(&'a str, &'a str)]);

#[test]
fn poor_records_are_found_at_their_lines() {
    let Some(folder) = corpus("poor records") else {
        return;
    };
    let socrata = "socrata-discovery/simonw-2022";
    let cases: [Case<'_>; 8] = [
        (
            format!("{socrata}/data.lacity.org.jsonl"),
            "2022-07-15",
            &[
                // Its fields are described: only the names are hard to read.
                ("2nrs-mtv8", "cryptic-field-name"),
                ("pxhh-tgsi", "missing-description"),
                ("pxhh-tgsi", "missing-license"),
                ("skve-7mzv", "description-repeats-title"),
                ("s2gq-nz3r", "description-repeats-title"),
                ("vt5t-mscf", "fields-not-explained"),
                ("vt5t-mscf", "refresh-says-see-description"),
                ("9yda-i4ya", "field-description-repeats-name"),
                ("3gwn-arjr", "refresh-overdue"),
            ],
        ),
        (
            format!("{socrata}/data.cdc.gov.jsonl"),
            "2022-07-15",
            &[
                ("qzjj-q36s", "internal-note-published"),
                ("qzjj-q36s", "placeholder-text"),
            ],
        ),
        (
            format!("{socrata}/unioncityhi-reporting.data.socrata.com.jsonl"),
            "2022-07-15",
            &[("Accounts Receivable Bills", "placeholder-text")],
        ),
        (
            format!("{socrata}/opengov.cityofdubuque.org.jsonl"),
            "2022-07-15",
            &[("Asthma ER Vists", "description-too-short")],
        ),
        (
            "dcat-us-1.1/federal-dol/dol.json".to_owned(),
            "2025-02-15",
            &[(
                "Clearinghouse for Labor Evaluation and Research (CLEAR)",
                "placeholder-text",
            )],
        ),
        (
            "dcat-us-1.1/federal-opm/opm.json".to_owned(),
            "2025-02-15",
            &[("Contractor Separation Report", "garbled-characters")],
        ),
        (
            "dcat-us-1.1/arcgis-hub-btaa/03a-04_20220327.json".to_owned(),
            "2022-07-15",
            &[
                ("Wastewater NPDES Facilities", "missing-description"),
                ("Wastewater NPDES Facilities", "template-not-filled"),
            ],
        ),
        (
            "dcat-us-1.1/arcgis-hub-btaa/04b-24005_20220417.json".to_owned(),
            "2022-07-15",
            &[
                ("Application Portfolio", "placeholder-text"),
                ("Soils", "missing-license"),
            ],
        ),
    ];
    let mut missed = Vec::new();
    for (file, day, wanted) in cases {
        let report = judge(&folder, &file, day);
        let text = std::fs::read_to_string(folder.join(&file)).unwrap();
        for (id, rule) in wanted {
            match found(&report, id, rule) {
                Some(line) => {
                    let index = report
                        .datasets
                        .iter()
                        .position(|it| {
                            it.id.as_deref() == Some(id) || it.title.as_deref() == Some(id)
                        })
                        .unwrap();
                    let dataset = &report.datasets[index];
                    assert!(
                        Some(line) >= dataset.line,
                        "{file} {id} {rule}: line {line} stands before its record"
                    );
                    if file.ends_with(".jsonl") {
                        let record = text.lines().nth(line - 1).unwrap();
                        assert!(
                            record.contains(dataset.id.as_deref().unwrap()),
                            "{file} {id} {rule}: line {line}"
                        );
                    }
                }
                None => missed.push(format!("{file} {id} {rule}")),
            }
        }
    }
    assert!(missed.is_empty(), "missed:\n{}", missed.join("\n"));
}

#[test]
fn counts_agree_with_what_is_known_of_los_angeles() {
    let Some(folder) = corpus("Los Angeles' counts") else {
        return;
    };
    let report = judge(
        &folder,
        "socrata-discovery/simonw-2022/data.lacity.org.jsonl",
        "2022-07-15",
    );
    assert_eq!(report.datasets.len(), 297);
    let share = |rule: &str| {
        let hits = report
            .findings
            .iter()
            .filter(|finding| finding.rule == rule && finding.dataset.is_some())
            .count();
        hits * 100 / report.datasets.len()
    };
    // 8 % have no description, 25 % no license.
    assert!(
        (7..=9).contains(&share("missing-description")),
        "{}",
        share("missing-description")
    );
    assert!(
        (23..=27).contains(&share("missing-license")),
        "{}",
        share("missing-license")
    );
}

fn documents(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        // Suites of broken files have tests of their own.
        if path.is_dir() && !path.ends_with("verdict") {
            documents(&path, found);
        } else if path.is_file() {
            found.push(path);
        }
    }
}

/// A large document of one record a line, or of a list of datasets, thinned so that a test stays short; any other as it is.
fn sample(path: &Path, bytes: Vec<u8>) -> Vec<u8> {
    const ENOUGH: usize = 100_000;
    let every = bytes.len() / ENOUGH + 1;
    if path.extension().is_some_and(|ending| ending == "jsonl") {
        let lines = bytes.split_inclusive(|byte| *byte == b'\n');
        return lines.step_by(every).flatten().copied().collect();
    }
    if every > 1
        && let Ok(mut document) = serde_json::from_slice::<serde_json::Value>(&bytes)
        && let Some(list) = match &mut document {
            serde_json::Value::Array(list) => Some(list),
            document => document
                .get_mut("dataset")
                .and_then(serde_json::Value::as_array_mut),
        }
    {
        *list = std::mem::take(list).into_iter().step_by(every).collect();
        return document.to_string().into_bytes();
    }
    bytes
}

/// What differs between a record and the same in our own format: the judgement, and both answers.
fn differences(before: &datasteward::Inspection, after: &datasteward::Inspection) -> Vec<String> {
    let mut found = Vec::new();
    for (key, answer) in &before.judgements {
        let other = after.judgements.get(key);
        if other != Some(answer) {
            found.push(format!("{key}: {answer} -> {other:?}"));
        }
    }
    if before.columns.len() != after.columns.len() {
        found.push("number of columns".to_owned());
    }
    for (one, other) in before.columns.iter().zip(&after.columns) {
        let answers = one["judgements"].as_object().unwrap();
        for (key, answer) in answers {
            if other["judgements"][key] != *answer {
                found.push(format!(
                    "column {key}: {answer} -> {}",
                    other["judgements"][key]
                ));
            }
        }
        if one["system"] != other["system"] {
            found.push("column system".to_owned());
        }
    }
    found.sort();
    found.dedup();
    found
}

/// For each format: how many records there were, how many came back alike, how many fit the schema as written.
#[derive(Default)]
struct RoundTrips {
    records: usize,
    alike: usize,
    fitting: usize,
}

#[test]
fn records_in_our_own_format_are_judged_as_they_were() {
    let Some(folder) = corpus("round trips through our own format") else {
        return;
    };
    let path = datasteward_tests::root().join("schemas/native-1.schema.json");
    let mut schema: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    // One record, so that what does not fit is named at its own place.
    let definitions = schema["$defs"].take();
    let schema = serde_json::json!({"$defs": definitions, "$ref": "#/$defs/dataset"});
    let schema = jsonschema::options().offline().build(&schema).unwrap();
    let mut found = Vec::new();
    documents(&folder, &mut found);
    found.sort();
    let mut formats: BTreeMap<&str, RoundTrips> = BTreeMap::new();
    let (mut kinds, mut complaints) = (
        BTreeMap::<String, (usize, String)>::new(),
        BTreeMap::<String, (usize, String)>::new(),
    );
    for path in found {
        let bytes = sample(&path, std::fs::read(&path).unwrap());
        let name = path.display().to_string();
        let source = Source::new(&name, &bytes);
        if !datasteward::is_metadata(&source) {
            continue;
        }
        let options = Options::default();
        let (before, _) = datasteward::inspect(&[source], &options);
        let text = datasteward::native_document(&before).to_string();
        let again = Source::new("native.json", text.as_bytes());
        let (after, unread) = datasteward::inspect(&[again], &options);
        assert!(unread.is_empty(), "{name}: {unread:?}");
        assert_eq!(before.len(), after.len(), "{name}");
        for (one, other) in before.iter().zip(&after) {
            let figures = formats.entry(one.format).or_default();
            figures.records += 1;
            let differing = differences(one, other);
            figures.alike += usize::from(differing.is_empty());
            for kind in differing {
                let kind = kinds
                    .entry(kind)
                    .or_insert((0, format!("{name} {}", one.pointer)));
                kind.0 += 1;
            }
            let mut fits = true;
            for error in schema.iter_errors(&one.native) {
                fits = false;
                let place: String = error.instance_path().to_string();
                let place: String = place.chars().filter(|it| !it.is_ascii_digit()).collect();
                let message: String = error.to_string().chars().take(90).collect();
                complaints.entry(place).or_insert((0, message)).0 += 1;
            }
            figures.fitting += usize::from(fits);
        }
    }
    for (format, figures) in &formats {
        println!(
            "{format:<20} {:>6} records {:>6} alike {:>6} fit the schema",
            figures.records, figures.alike, figures.fitting
        );
    }
    for (kind, (count, example)) in &kinds {
        println!("{count:>6} {kind}   {example}");
    }
    for (place, (count, example)) in &complaints {
        println!("{count:>6} schema {place}   {example}");
    }
    let sum = |of: fn(&RoundTrips) -> usize| formats.values().map(of).sum::<usize>();
    let (records, alike, fitting) = (
        sum(|it| it.records),
        sum(|it| it.alike),
        sum(|it| it.fitting),
    );
    println!("{alike} of {records} records are judged alike, {fitting} fit the schema");
    assert!(records > 2_000);
    assert!(alike * 100 >= records * 99, "{alike} of {records}");
    // What a steward wrote wrongly stays wrong: a date that is none does not fit.
    assert!(fitting * 100 >= records * 95, "{fitting} of {records}");
}
