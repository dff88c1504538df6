//! The `datasteward` command: files in, reports out. It adds files, colours and exit codes to the engine, nothing else.

mod args;
mod commands;
mod config;
mod inputs;
mod output;
mod packed;
mod progress;

use std::process::ExitCode;

use clap::Parser;

/// What ends a run before there is a result: exit code 2.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// A bad option.
    #[error("{0}")]
    Options(#[from] datasteward::OptionsError),
    /// A path that cannot be read.
    #[error("failed to read {path}: {reason}")]
    Read {
        /// The path as given.
        path: String,
        /// What the system says, or what to do.
        reason: String,
    },
    /// An output that cannot be written.
    #[error("failed to write {path}: {reason}")]
    Write {
        /// The path as given.
        path: String,
        /// What the system says.
        reason: String,
    },
    /// Nothing to do.
    #[error("{0}")]
    Usage(String),
}

fn main() -> ExitCode {
    let arguments = args::Arguments::parse();
    output::leave_nothing_behind();
    match commands::run(arguments) {
        Ok(code) => code,
        Err(failure) => {
            eprintln!("datasteward: {failure}");
            ExitCode::from(2)
        }
    }
}
