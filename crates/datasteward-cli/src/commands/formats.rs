//! `datasteward formats`.

use std::fmt::Write;
use std::process::ExitCode;

use datasteward::format::FORMATS;
use serde_json::json;

use crate::args::ListFormat;
use crate::{Failure, output};

pub(super) fn run(format: ListFormat) -> Result<ExitCode, Failure> {
    let mut text = String::new();
    if format == ListFormat::Json {
        let list: Vec<_> = FORMATS
            .iter()
            .map(
                |format| json!({"id": format.id, "name": format.name, "known_by": format.known_by}),
            )
            .collect();
        let _ = writeln!(text, "{}", serde_json::Value::Array(list));
    } else {
        for format in FORMATS {
            let _ = writeln!(
                text,
                "{:<18} {}\n{:18} known by {}",
                format.id, format.name, "", format.known_by
            );
        }
    }
    output::write(&text, None)?;
    Ok(ExitCode::SUCCESS)
}
