//! What lies on a steward's desk beside the report: the tracker of the last run, and what people have asked for.

use std::path::{Path, PathBuf};

use datasteward::Report;
use datasteward::render::{Form, History, LastTracker, Requests, Tracker, dashboard_with};
use datasteward::source::sheet;

use crate::args::CheckArguments;
use crate::{Failure, output};

/// Read before anything is written in its place.
pub(super) struct Desk {
    last: LastTracker,
    requests: Requests,
    pub(super) history: History,
}

impl Desk {
    pub(super) fn read(arguments: &CheckArguments, form: &Form) -> Result<Self, Failure> {
        let usage = |text: &str| Err(Failure::Usage(text.to_owned()));
        if arguments.tracker_from.is_some() && form.name != "tracker" {
            return usage("`--tracker-from` goes with `--format tracker`");
        }
        if arguments.requests.is_some() && !["tracker", "dashboard"].contains(&form.name) {
            return usage("`--requests` goes with `--format tracker` or `--format dashboard`");
        }
        let last = match &arguments.tracker_from {
            Some(path) => last_tracker(path)?,
            None => LastTracker::default(),
        };
        let requests = match &arguments.requests {
            Some(path) => Requests::read(&text(path, &bytes(path)?)?)
                .map_err(|error| unread(path, &error.to_string()))?,
            None => Requests::default(),
        };
        let history = match &arguments.history {
            Some(path) => super::history::begun(path)?,
            None => History::default(),
        };
        Ok(Self {
            last,
            requests,
            history,
        })
    }

    /// Writes the forms that this is for; whether it was one of them.
    pub(super) fn write(
        &self,
        report: &Report,
        form: &Form,
        file: Option<&PathBuf>,
    ) -> Result<bool, Failure> {
        let file = file.map(PathBuf::as_path);
        match form.name {
            "tracker" => {
                let tracker = Tracker::of(report, &self.last, &self.requests);
                match file.filter(|path| is_workbook(path)) {
                    Some(path) => output::write_bytes(&workbook(&tracker, report, path)?, path)?,
                    None => output::write(&tracker.to_csv(), file)?,
                }
            }
            "dashboard" => {
                output::write(&dashboard_with(report, &self.requests, &self.history), file)?
            }
            _ => return Ok(false),
        }
        Ok(true)
    }
}

/// Whether a file is an Excel workbook by its name.
fn is_workbook(path: &Path) -> bool {
    path.extension()
        .is_some_and(|ending| ending.eq_ignore_ascii_case("xlsx"))
}

#[cfg(feature = "workbook")]
fn workbook(tracker: &Tracker, report: &Report, path: &Path) -> Result<Vec<u8>, Failure> {
    super::workbook::write(tracker, report).map_err(|error| Failure::Write {
        path: path.display().to_string(),
        reason: error.to_string(),
    })
}

#[cfg(not(feature = "workbook"))]
fn workbook(_: &Tracker, _: &Report, path: &Path) -> Result<Vec<u8>, Failure> {
    Err(Failure::Write {
        path: path.display().to_string(),
        reason: "this build of datasteward writes no Excel workbooks; write a .csv".to_owned(),
    })
}

fn last_tracker(path: &Path) -> Result<LastTracker, Failure> {
    let bytes = bytes(path)?;
    let read = if bytes.starts_with(b"PK\x03\x04") {
        let sheets = sheet::cells(&bytes)
            .map_err(|error| unread(path, &format!("{}; {}", error.message, error.how)))?;
        LastTracker::of_sheets(sheets.into_iter().map(|(_, rows)| rows))
    } else {
        LastTracker::read(&text(path, &bytes)?)
    };
    read.map_err(|error| unread(path, &error.to_string()))
}

fn bytes(path: &Path) -> Result<Vec<u8>, Failure> {
    std::fs::read(path).map_err(|error| unread(path, &error.to_string()))
}

fn text(path: &Path, bytes: &[u8]) -> Result<String, Failure> {
    String::from_utf8(bytes.to_vec())
        .map_err(|_| unread(path, "it is not in UTF-8; save it as CSV UTF-8"))
}

fn unread(path: &Path, reason: &str) -> Failure {
    Failure::Read {
        path: path.display().to_string(),
        reason: reason.to_owned(),
    }
}
