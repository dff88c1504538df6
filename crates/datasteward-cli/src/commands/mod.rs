//! The verbs.

mod check;
mod desk;
mod examples;
mod explain;
mod fix;
mod formats;
mod guide;
mod history;
mod init;
mod inspect;
mod manual;
mod rules;
#[cfg(feature = "workbook")]
mod workbook;

use std::io::ErrorKind;
use std::path::Path;
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

use datasteward::Options;
use datasteward::lexicon::dates::Date;
use datasteward::model::DataFacts;
use datasteward_data::DataError;

use crate::Failure;
use crate::args::{Arguments, Command};

/// Runs what was asked for.
pub(crate) fn run(arguments: Arguments) -> Result<ExitCode, Failure> {
    match arguments.command {
        Command::Check(arguments) => check::run(&arguments),
        Command::Fix(arguments) => fix::run(&arguments),
        Command::Inspect(arguments) => inspect::run(&arguments),
        Command::Explain { topic } => explain::run(&topic),
        Command::Guide { format, output } => guide::run(format, output.as_deref()),
        Command::Examples {
            name,
            format,
            output,
        } => examples::run(format.as_deref(), name.as_deref(), output.as_deref()),
        Command::Init { command, folder } => init::run(command.as_ref(), folder.as_deref()),
        Command::History {
            file,
            format,
            output,
        } => history::run(&file, format, output.as_deref()),
        Command::Rules { format } => rules::run(format),
        Command::Formats { format } => formats::run(format),
        Command::Completions { shell } => manual::completions(shell),
        Command::Man { folder } => manual::pages(&folder),
    }
}

/// What is counted in a file of data.
fn data_facts(path: &Path) -> Result<DataFacts, Failure> {
    datasteward_data::profile(path).map_err(|error| Failure::Read {
        path: path.display().to_string(),
        reason: match error {
            DataError::Io(error) if error.kind() == ErrorKind::NotFound => {
                "there is no such file; check the spelling of the path".to_owned()
            }
            other => other.to_string(),
        },
    })
}

/// Options with the day of judgement: as given here or before, else today by the clock of this machine.
fn with_day(options: Options, as_of: Option<&str>) -> Result<Options, Failure> {
    if as_of.is_none() && options.as_of.is_some() {
        return Ok(options);
    }
    let today = || {
        let seconds = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .map_or(0, |since| since.as_secs());
        Date::from_epoch_seconds(i64::try_from(seconds).unwrap_or(0))
            .map_or_else(String::new, |date| date.to_string())
    };
    let day = as_of.map_or_else(today, str::to_owned);
    Ok(options.with_as_of(&day)?)
}
