//! `cargo dev gold`: compare what is understood of records with labels that a reader made by hand.
//!
//! The folder of labels holds `columns.tsv` and `datasets.tsv`: a row a judgement, with the file (`source`), the place
//! in it (`pointer`: a line of a JSON Lines file, or a JSON Pointer) and a column for each label.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use datasteward::{Inspection, Options, Source, inspect};

/// The labels of fields and of datasets, each with the answer that leads to a finding, where one does.
const FIELD_LABELS: [(&str, &str); 6] = [
    ("plain", "no"),
    ("description", ""),
    ("role", ""),
    ("unit_needed", "yes"),
    ("unit_stated", ""),
    ("unit", ""),
];
const DATASET_LABELS: [(&str, &str); 11] = [
    ("title_ok", "no"),
    ("description", ""),
    ("source_stated", "no"),
    ("limits_stated", "no"),
    ("context", "no"),
    ("refresh", ""),
    ("refresh_conflict", "yes"),
    ("units_ok", "no"),
    ("columns_ok", "no"),
    ("usable_format", "no"),
    ("junk", "yes"),
];

/// What to compare with what.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The folder of labels; DATASTEWARD_GOLD where it is not given.
    #[arg(long, value_name = "FOLDER")]
    labels: Option<PathBuf>,
    /// The folder of records; DATASTEWARD_CORPUS where it is not given.
    #[arg(long, value_name = "FOLDER")]
    corpus: Option<PathBuf>,
    /// Where answers that differ are written.
    #[arg(long, value_name = "FILE")]
    errors: Option<PathBuf>,
    /// The day of judgement.
    #[arg(long, default_value = "2022-07-15")]
    as_of: String,
}

type Row = BTreeMap<String, String>;

pub(crate) fn run(arguments: &Arguments) -> Result<(), String> {
    let labels = arguments
        .labels
        .clone()
        .or_else(|| std::env::var_os("DATASTEWARD_GOLD").map(PathBuf::from))
        .ok_or("There is no folder of labels; name one with --labels or DATASTEWARD_GOLD.")?;
    let corpus = arguments
        .corpus
        .clone()
        .or_else(|| std::env::var_os("DATASTEWARD_CORPUS").map(PathBuf::from))
        .ok_or("There is no folder of records; name one with --corpus or DATASTEWARD_CORPUS.")?;
    let options = Options::default()
        .with_as_of(&arguments.as_of)
        .map_err(|error| format!("Could not start: {error}."))?;
    let fields = rows(&labels.join("columns.tsv"))?;
    let datasets = rows(&labels.join("datasets.tsv"))?;
    let sources: BTreeSet<&str> = fields
        .iter()
        .chain(&datasets)
        .filter_map(|row| row.get("source").map(String::as_str))
        .collect();
    let mut understood = BTreeMap::new();
    for source in sources {
        let bytes = fs::read(corpus.join(source))
            .map_err(|error| format!("Could not read {source}: {error}."))?;
        let (inspections, _) = inspect(&[Source::new(source, &bytes)], &options);
        understood.insert(source, inspections);
    }
    let mut errors = String::from("id\tlabel\twanted\tgiven\n");
    compare(
        "fields",
        &FIELD_LABELS,
        &fields,
        &mut errors,
        |row, label| {
            let inspection = find(&understood, row)?;
            let index: usize = row.get("column_index")?.parse().ok()?;
            let column = inspection.columns.get(index)?;
            Some(said(column.get("judgements")?.get(label)))
        },
    );
    compare(
        "datasets",
        &DATASET_LABELS,
        &datasets,
        &mut errors,
        |row, label| Some(said(find(&understood, row)?.judgements.get(label))),
    );
    let path = arguments
        .errors
        .clone()
        .unwrap_or_else(|| crate::run::target().join("label-errors.tsv"));
    fs::write(&path, errors)
        .map_err(|error| format!("Could not write {}: {error}.", path.display()))?;
    println!("\nAnswers that differ: {}", path.display());
    Ok(())
}

/// The rows of a table with tabs, by the names in its first line.
fn rows(path: &Path) -> Result<Vec<Row>, String> {
    let text = fs::read_to_string(path)
        .map_err(|error| format!("Could not read {}: {error}.", path.display()))?;
    let mut lines = text.lines();
    let names: Vec<&str> = lines.next().unwrap_or_default().split('\t').collect();
    let row = |line: &str| {
        let cells = line.split('\t').map(str::to_owned);
        names
            .iter()
            .map(|name| (*name).to_owned())
            .zip(cells)
            .collect()
    };
    Ok(lines.map(row).collect())
}

fn find<'u>(understood: &'u BTreeMap<&str, Vec<Inspection>>, row: &Row) -> Option<&'u Inspection> {
    let inspections = understood.get(row.get("source")?.as_str())?;
    let place = row.get("pointer").map_or("", String::as_str);
    let place = place.strip_prefix("line ").unwrap_or(place).trim();
    if let Ok(line) = place.parse::<usize>() {
        let own = inspections.iter().find(|it| it.line == Some(line));
        // A row of a data dictionary is part of the only record.
        return own.or_else(|| inspections.first().filter(|_| inspections.len() == 1));
    }
    let place = if matches!(place, "-" | "/" | "#") {
        ""
    } else {
        place
    };
    inspections.iter().find(|it| it.pointer == place)
}

fn said(value: Option<&serde_json::Value>) -> String {
    let text = value.and_then(serde_json::Value::as_str);
    text.unwrap_or_default().to_owned()
}

/// Roles that a reader would use in the same way.
fn family<'a>(label: &str, answer: &'a str) -> &'a str {
    match (label, answer) {
        ("role", "date" | "timestamp") => "time",
        ("role", "geometry") => "place",
        ("role", "money" | "percent" | "rate") => "measure",
        ("role", "name" | "other") => "text",
        _ => answer,
    }
}

/// Prints a line a label: how many answers, the share that is right, and precision and recall of the alarm.
fn compare(
    what: &str,
    labels: &[(&str, &str)],
    rows: &[Row],
    errors: &mut String,
    answer: impl Fn(&Row, &str) -> Option<String>,
) {
    println!(
        "\n{what:<18}{:>6}{:>10}{:>11}{:>8}",
        "n", "accuracy", "precision", "recall"
    );
    let mut absent = BTreeSet::new();
    for (label, alarm) in labels {
        let (mut asked, mut right, mut alarms, mut wanted_alarms, mut true_alarms) =
            (0, 0, 0, 0, 0);
        for row in rows {
            let wanted = row.get(*label).map_or("", |word| word.trim());
            if wanted == "unsure" || (wanted.is_empty() && *label != "unit") {
                continue;
            }
            let id = row.get("id").map_or("", String::as_str);
            let Some(given) = answer(row, label) else {
                absent.insert(id);
                continue;
            };
            let (wanted, given) = (family(label, wanted), family(label, &given));
            asked += 1;
            right += usize::from(wanted == given);
            wanted_alarms += usize::from(wanted == *alarm);
            alarms += usize::from(given == *alarm);
            true_alarms += usize::from(wanted == *alarm && given == *alarm);
            if wanted != given {
                // Writing to a text cannot fail.
                let _ = writeln!(errors, "{id}\t{label}\t{wanted}\t{given}");
            }
        }
        let (precision, recall) = if alarm.is_empty() {
            (String::new(), String::new())
        } else {
            (
                share(true_alarms, alarms),
                share(true_alarms, wanted_alarms),
            )
        };
        println!(
            "{label:<18}{asked:>6}{:>10}{precision:>11}{recall:>8}",
            share(right, asked)
        );
    }
    if !absent.is_empty() {
        println!("{} rows lie in records that are not read", absent.len());
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of labels are small")]
fn share(part: usize, whole: usize) -> String {
    if whole == 0 {
        "-".to_owned()
    } else {
        format!("{:.3}", part as f64 / whole as f64)
    }
}
