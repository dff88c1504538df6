//! `datasteward examples`: model records to copy from, in each main format.
//!
//! The records are files in `model-records/`, made up for a City of Example. A test judges each of them: the models have
//! no finding at all, the one with planted faults has many.

use std::fmt::Write;
use std::path::Path;
use std::process::ExitCode;

use crate::{Failure, output};

/// The day on which the models are in order; later on their promises of updates are broken.
const DAY: &str = "2026-11-25";

/// What each record shows, by the name of its file. The last is left out of a whole catalogue.
const NAMES: [(&str, &str); 4] = [
    ("table", "a table: street trees, one row a tree"),
    ("map-layer", "a map layer: outlines of parks"),
    ("filtered-view", "a filtered view of the table"),
    ("faults", "the table again, with faults planted in it"),
];
const MODELS: usize = 3;

/// The records of one format, in the order of [`NAMES`], and what makes a catalogue of them.
struct Set {
    format: &'static str,
    records: [&'static str; 4],
    head: &'static str,
    tail: &'static str,
}

macro_rules! set {
    ($format:literal, $head:literal, $tail:literal) => {
        Set {
            format: $format,
            records: [
                include_str!(concat!("../../model-records/", $format, "/table.json")),
                include_str!(concat!("../../model-records/", $format, "/map-layer.json")),
                include_str!(concat!(
                    "../../model-records/",
                    $format,
                    "/filtered-view.json"
                )),
                include_str!(concat!("../../model-records/", $format, "/faults.json")),
            ],
            head: $head,
            tail: $tail,
        }
    };
}

const SETS: [Set; 7] = [
    set!(
        "native",
        "{\"datasteward\": \"1\", \"datasets\": [\n",
        "]}\n"
    ),
    set!("socrata-discovery", "{\"results\": [\n", "]}\n"),
    set!("socrata-view", "[\n", "]\n"),
    set!("arcgis-hub", "{\"data\": [\n", "]}\n"),
    set!(
        "ckan",
        "{\"success\": true, \"result\": {\"results\": [\n",
        "]}}\n"
    ),
    set!(
        "dcat-us-1.1",
        "{\"@context\": \"https://project-open-data.cio.gov/v1.1/schema/catalog.jsonld\",\n \"@type\": \"dcat:Catalog\",\n \"conformsTo\": \"https://project-open-data.cio.gov/v1.1/schema\",\n \"dataset\": [\n",
        "]}\n"
    ),
    set!("data-package", "[\n", "]\n"),
];

pub(super) fn run(
    format: Option<&str>,
    name: Option<&str>,
    file: Option<&Path>,
) -> Result<ExitCode, Failure> {
    let text = match (format, name) {
        (None, None) => list(),
        (format, name) => {
            let set = set(format.unwrap_or("native"))?;
            match name {
                Some(name) => set
                    .records
                    .get(position(name)?)
                    .map_or_else(String::new, |record| (*record).to_owned()),
                None => catalogue(set),
            }
        }
    };
    output::write(&text, file)?;
    Ok(ExitCode::SUCCESS)
}

fn list() -> String {
    let mut text = "Model records to copy from, each in these formats:\n\n".to_owned();
    for set in &SETS {
        let _ = writeln!(text, "  {}", set.format);
    }
    text.push_str("\nThe records:\n\n");
    for (name, about) in NAMES {
        let _ = writeln!(text, "  {name:<14}  {about}");
    }
    let _ = write!(
        text,
        "\n`datasteward examples --format ckan table` prints one, and without a name the three models as one catalogue.\n\
         The models were kept up to {DAY}: judge them as of that day, with `--as-of {DAY}`.\n"
    );
    text
}

fn set(format: &str) -> Result<&'static Set, Failure> {
    // What people call it, beside the id.
    let id = match format {
        "socrata" => "socrata-discovery",
        "arcgis" | "hub" => "arcgis-hub",
        "data.json" => "dcat-us-1.1",
        "datapackage" => "data-package",
        other => other,
    };
    SETS.iter().find(|set| set.format == id).ok_or_else(|| {
        let known: Vec<&str> = SETS.iter().map(|set| set.format).collect();
        Failure::Usage(format!(
            "there are no examples in the format `{format}`; there are {}",
            known.join(", ")
        ))
    })
}

fn position(name: &str) -> Result<usize, Failure> {
    NAMES
        .iter()
        .position(|(known, _)| *known == name)
        .ok_or_else(|| {
            let known: Vec<&str> = NAMES.iter().map(|(known, _)| *known).collect();
            Failure::Usage(format!(
                "there is no example `{name}`; there are {}",
                known.join(", ")
            ))
        })
}

/// The models of a format as the catalogue that its portal would hand out.
fn catalogue(set: &Set) -> String {
    let models: Vec<&str> = set
        .records
        .iter()
        .take(MODELS)
        .map(|record| record.trim_end())
        .collect();
    format!("{}{}\n{}", set.head, models.join(",\n"), set.tail)
}

#[cfg(test)]
mod tests {
    use super::{DAY, SETS, catalogue};
    use datasteward::report::{Outcome, Report};
    use datasteward::{Options, Source, check};
    use std::collections::BTreeSet;

    fn judge(name: &str, text: &str) -> Report {
        let options = Options::default().with_as_of(DAY).expect("a date");
        check(&[Source::new(name, text.as_bytes())], &options)
    }

    #[test]
    fn the_models_have_no_finding_at_all_in_any_format() {
        for set in &SETS {
            let report = judge(set.format, &catalogue(set));
            let format = report.documents.first().and_then(|it| it.format.as_deref());
            assert_eq!(format, Some(set.format));
            assert_eq!(report.datasets.len(), 3, "{}", set.format);
            assert!(report.findings.is_empty(), "{:#?}", report.findings);
            // No finding could also mean that nothing was judged.
            for dataset in &report.datasets {
                let passed = dataset
                    .items
                    .iter()
                    .filter(|item| item.outcome == Outcome::Pass);
                let view = dataset
                    .title
                    .as_deref()
                    .is_some_and(|it| it.contains("Died"));
                let wanted = if view { 3 } else { 7 };
                assert!(
                    passed.count() >= wanted,
                    "{} {:?}",
                    set.format,
                    dataset.title
                );
            }
            // A record copied out of its catalogue is still read as what it is, and as good.
            for record in set.records.iter().take(2) {
                let report = judge(set.format, record);
                let format = report.documents.first().and_then(|it| it.format.as_deref());
                assert_eq!(format, Some(set.format));
                assert!(report.findings.is_empty(), "{:#?}", report.findings);
            }
        }
    }

    #[test]
    fn the_planted_faults_are_found_in_every_format() {
        // Those that every format has a place for.
        let everywhere = [
            "description-repeats-title",
            "keywords-joined",
            "limitations-missing",
            "context-missing",
            "test-or-draft-published",
        ];
        for set in &SETS {
            let report = judge(set.format, set.records[3]);
            let rules: BTreeSet<&str> = report.findings.iter().map(|it| &*it.rule).collect();
            for rule in everywhere {
                assert!(
                    rules.contains(rule),
                    "{}: {rule} not in {rules:?}",
                    set.format
                );
            }
            assert!(rules.len() >= 10, "{}: {rules:?}", set.format);
        }
    }
}
