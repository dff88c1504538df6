//! `datasteward completions` and `datasteward man`: what a package puts beside the command.

use std::path::Path;
use std::process::ExitCode;

use clap::CommandFactory;
use clap_complete::Shell;

use crate::args::Arguments;
use crate::{Failure, output};

pub(super) fn completions(shell: Shell) -> Result<ExitCode, Failure> {
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "datasteward", &mut text);
    output::write(&String::from_utf8_lossy(&text), None)?;
    Ok(ExitCode::SUCCESS)
}

/// One page for the command and one for each verb.
pub(super) fn pages(folder: &Path) -> Result<ExitCode, Failure> {
    let written = std::fs::create_dir_all(folder)
        .and_then(|()| clap_mangen::generate_to(Arguments::command(), folder));
    written.map_err(|error| Failure::Write {
        path: folder.display().to_string(),
        reason: error.to_string(),
    })?;
    Ok(ExitCode::SUCCESS)
}
