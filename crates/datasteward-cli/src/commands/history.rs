//! `datasteward history`, and the file that `check --history` keeps.

use std::io::ErrorKind;
use std::path::Path;
use std::process::ExitCode;

use datasteward::render::{History, TextOptions};

use crate::args::HistoryFormat;
use crate::{Failure, output};

pub(super) fn run(
    file: &Path,
    format: HistoryFormat,
    written_to: Option<&Path>,
) -> Result<ExitCode, Failure> {
    let history = parsed(file, std::fs::read(file))?;
    let text = match format {
        HistoryFormat::Text => history.text(&TextOptions {
            width: output::width(),
            ascii: written_to.is_none() && output::ascii(),
            ..TextOptions::default()
        }),
        HistoryFormat::Csv => history.to_csv(),
    };
    output::write(&text, written_to)?;
    Ok(ExitCode::SUCCESS)
}

/// The history so far; nothing where this is the first run.
pub(super) fn begun(file: &Path) -> Result<History, Failure> {
    match std::fs::read(file) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(History::default()),
        read => parsed(file, read),
    }
}

fn parsed(file: &Path, read: std::io::Result<Vec<u8>>) -> Result<History, Failure> {
    let failed = |reason: String| Failure::Read {
        path: file.display().to_string(),
        reason,
    };
    let bytes = read.map_err(|error| failed(error.to_string()))?;
    let text = String::from_utf8(bytes).map_err(|_| failed("it is not in UTF-8".to_owned()))?;
    History::read(&text).map_err(|error| failed(error.to_string()))
}
