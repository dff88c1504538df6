//! The verb `check` with the data beside the record, over plain text: for faces that cannot pass Rust types.

use std::path::Path;

use datasteward::model::DataFacts;
use datasteward::{Options, OptionsError, Report, Source};

use crate::{DataError, profile, profile_bytes};

/// Data, as a face hands it over.
#[derive(Clone, Copy, Debug)]
pub enum Data<'d> {
    /// A file, read row by row.
    File(&'d Path),
    /// Its bytes, and a name for messages.
    Bytes(&'d str, &'d [u8]),
}

/// Why a record could not be held against its data.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CheckError {
    /// An option that cannot be followed.
    #[error(transparent)]
    Options(#[from] OptionsError),
    /// Data that cannot be read.
    #[error("failed to read {name}: {reason}")]
    Data {
        /// What it is called.
        name: String,
        /// Why.
        reason: DataError,
    },
    /// Data belongs to one dataset.
    #[error(transparent)]
    Many(#[from] ManyDatasets),
}

/// Data was given for a catalogue.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "{name} is the data of one dataset, and {datasets} are described; name the record that goes with it"
)]
pub struct ManyDatasets {
    name: String,
    datasets: usize,
}

impl ManyDatasets {
    /// Whether a report that was held against data is one of several datasets.
    ///
    /// # Errors
    /// If it is.
    pub fn refuse(name: &str, report: &Report) -> Result<(), Self> {
        match report.datasets.len() {
            0 | 1 => Ok(()),
            datasets => Err(Self {
                name: name.to_owned(),
                datasets,
            }),
        }
    }
}

/// Judges documents that describe one dataset, held against its data; the report as JSON text. `options` is the text of a
/// JSON object, or empty.
///
/// # Errors
/// For bad options, data that cannot be read, and documents that describe several datasets.
pub fn check(sources: &[Source<'_>], options: &str, data: Data<'_>) -> Result<String, CheckError> {
    let options = Options::from_json(options)?;
    let name = match data {
        Data::File(path) => path.display().to_string(),
        Data::Bytes(name, _) => name.to_owned(),
    };
    let facts = counted(data).map_err(|reason| CheckError::Data {
        name: name.clone(),
        reason,
    })?;
    let report = datasteward::check(sources, &options.with_data(facts));
    ManyDatasets::refuse(&name, &report)?;
    Ok(report.to_json())
}

fn counted(data: Data<'_>) -> Result<DataFacts, DataError> {
    match data {
        Data::File(path) => profile(path),
        Data::Bytes(name, bytes) => profile_bytes(bytes, name),
    }
}

#[cfg(test)]
mod tests {
    use super::{Data, check};
    use datasteward::Source;

    const RECORD: &str = r#"{"datasteward": "1", "id": "t", "title": "Street trees", "columns": [{"name": "HEIGHT", "unit": "m"}, {"name": "OWNER"}]}"#;

    fn rules(data: &[u8]) -> Vec<String> {
        let source = Source::new("t.json", RECORD.as_bytes());
        let report = check(&[source], "", Data::Bytes("t.csv", data)).expect("a report");
        let report: serde_json::Value = serde_json::from_str(&report).expect("JSON");
        let findings = report["findings"].as_array().cloned().unwrap_or_default();
        findings
            .iter()
            .filter_map(|finding| finding["rule"].as_str().map(str::to_owned))
            .collect()
    }

    #[test]
    fn a_record_is_held_against_bytes() {
        let out_of_step = |data: &[u8]| rules(data).contains(&"dictionary-out-of-step".to_owned());
        assert!(!out_of_step(b"HEIGHT,OWNER\n3,city\n4,city\n"));
        assert!(out_of_step(b"HEIGHT,KEEPER\n3,city\n4,city\n"));
    }

    #[test]
    fn what_cannot_be_done_is_said() {
        let said = |text: &str, data: &[u8]| {
            let source = Source::new("t.json", text.as_bytes());
            let answer = check(&[source], "", Data::Bytes("t.csv", data));
            answer.expect_err("refused").to_string()
        };
        assert!(said(RECORD, b"").starts_with("failed to read t.csv: it is empty"));
        let two = format!("[{RECORD}, {RECORD}]");
        assert!(said(&two, b"HEIGHT\n3\n").contains("and 2 are described"));
    }
}
