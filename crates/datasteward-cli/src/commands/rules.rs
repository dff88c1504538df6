//! `datasteward rules`.

use std::fmt::Write;
use std::process::ExitCode;

use datasteward::rule::page;
use datasteward::{rules, wire};

use crate::args::ListFormat;
use crate::{Failure, output};

pub(super) fn run(format: ListFormat) -> Result<ExitCode, Failure> {
    if format == ListFormat::Json {
        output::write(&format!("{}\n", wire::rules()), None)?;
        return Ok(ExitCode::SUCCESS);
    }
    let mut text = String::new();
    for rule in rules::all() {
        let severity = rule.severity.as_str();
        let summary = page::one_line(page::parse(rule.page).summary);
        let _ = writeln!(
            text,
            "{:<7} {severity:<8} {:<34} {summary}",
            rule.code, rule.id
        );
    }
    output::write(&text, None)?;
    Ok(ExitCode::SUCCESS)
}
