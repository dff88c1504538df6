//! `datasteward guide`.

use std::path::Path;
use std::process::ExitCode;

use datasteward::render::guide;

use crate::args::GuideFormat;
use crate::{Failure, output};

pub(super) fn run(format: GuideFormat, file: Option<&Path>) -> Result<ExitCode, Failure> {
    let text = match format {
        GuideFormat::Html => guide::html(),
        GuideFormat::Markdown => guide::markdown(),
    };
    output::write(&text, file)?;
    Ok(ExitCode::SUCCESS)
}
