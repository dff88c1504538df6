//! What is said of a document that cannot be read, or only in part.

use std::sync::LazyLock;

use crate::format;
use crate::model::At;
use crate::source::place::Place;
use crate::source::problem::Problem;
use crate::source::tree::{Tree, Value};

use super::placer::Placer;

/// Something about the document itself.
pub(crate) struct Trouble {
    pub(crate) rule: &'static str,
    pub(crate) message: String,
    pub(crate) how: Option<&'static str>,
    pub(crate) evidence: Option<String>,
    pub(crate) place: Place,
    pub(crate) is_warning: bool,
}

/// What a steward is told of a record that breaks the grammar or a bound.
pub(super) fn syntax(
    problem: Problem,
    line: usize,
    column: usize,
) -> (String, Option<&'static str>) {
    let how = match problem {
        Problem::TooLarge => "Check that the export writes one record for each dataset.",
        Problem::TooDeep => "Check that the export is metadata and not the data itself.",
        Problem::NotUtf8 => "Save the file as UTF-8, or export it again.",
        Problem::MergeMarks => "Decide between the two versions, and delete the marks.",
        _ => {
            let message =
                format!("This stops being valid JSON at line {line}, column {column}: {problem}");
            return (message, None);
        }
    };
    let message = format!("This record cannot be read at line {line}, column {column}: {problem}");
    (message, Some(how))
}

pub(super) fn doubled_key(placer: &Placer<'_>, tree: &Tree<'_>, value: Value<'_>) -> Trouble {
    let key = value.key().unwrap_or_default();
    let (start, end) = (value.key_start(), value.span().1);
    let mut place = placer.place(tree, value.at());
    let spot = placer.at(String::new(), placer.start + start, placer.start + end);
    // The key is the fault: line, column and offsets start with it.
    (place.line_and_column, place.span) = (spot.line_and_column, spot.span);
    Trouble {
        rule: "doubled-key",
        message: format!(
            "The key `{key}` stands twice in one record; most software keeps only the last value"
        ),
        how: None,
        evidence: Some(value.raw().to_owned()),
        place,
        is_warning: true,
    }
}

pub(super) fn error_reply(placer: &Placer<'_>, tree: &Tree<'_>, message: &str) -> Trouble {
    Trouble {
        rule: "document-unreadable",
        message: format!("This is an error reply from the portal, not a dataset: `{message}`"),
        how: Some("Ask the portal for the dataset again, with its right identifier."),
        evidence: Some(message.to_owned()),
        place: placer.place(tree, At::RECORD),
        is_warning: false,
    }
}

/// What a steward can bring.
pub(super) static KNOWN_FORMATS: LazyLock<String> = LazyLock::new(|| {
    let names: Vec<&str> = format::FORMATS.iter().map(|format| format.name).collect();
    format!("Known are: {}.", names.join(", "))
});

pub(super) fn not_a_record(placer: &Placer<'_>, tree: &Tree<'_>) -> Trouble {
    let record = tree.value(placer.record);
    let holds_no_dataset = format::describes_no_dataset(record);
    let (message, how) = if holds_no_dataset {
        (
            "This document describes no dataset".to_owned(),
            "Name the file that holds the datasets, or check that their `@type` says `Dataset`.",
        )
    } else if format::is_map_data(record) {
        (
            "This is map data (GeoJSON), not metadata".to_owned(),
            "Name the file that describes the data; `--data` holds the one against the other.",
        )
    } else if let Some(address) = format::unknown_context(record) {
        (
            format!(
                "The keys of this record are explained at {address}, which is not fetched, and none of them is one that we know"
            ),
            "Export the record with the usual keys of DCAT or schema.org.",
        )
    } else {
        (
            "This can be read, but it is not a metadata record that we know".to_owned(),
            KNOWN_FORMATS.as_str(),
        )
    };
    Trouble {
        rule: "document-unreadable",
        message,
        how: Some(how),
        evidence: None,
        place: placer.place(tree, At::RECORD),
        is_warning: holds_no_dataset,
    }
}
