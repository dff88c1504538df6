//! `datasteward inspect`.

use std::fmt::Write;
use std::process::ExitCode;

use datasteward::render::for_terminal;
use datasteward::{Inspection, Options, Source, inspect};

use crate::args::{InspectArguments, InspectFormat};
use crate::{Failure, inputs, output};

pub(super) fn run(arguments: &InspectArguments) -> Result<ExitCode, Failure> {
    let mut options = super::with_day(Options::default(), arguments.as_of.as_deref())?;
    if let Some(format) = &arguments.read_as {
        options = options.read_as(format)?;
    }
    let is_one_document = arguments.format == InspectFormat::Native;
    let (mut understood, mut failed) = (false, false);
    let mut all = Vec::new();
    for input in inputs::list(&arguments.inputs)? {
        let bytes = input.read()?;
        let source = Source::new(&input.name, &bytes);
        if input.found && !datasteward::is_metadata(&source) {
            continue;
        }
        let (inspections, unread) = inspect(&[source], &options);
        if !is_one_document {
            output::write(&rendered(&inspections, arguments.format), None)?;
        }
        for problem in &unread {
            eprintln!("{}: {}", problem.file, problem.message);
        }
        understood |= !inspections.is_empty();
        failed |= !unread.is_empty();
        if is_one_document {
            all.extend(inspections);
        }
    }
    if !all.is_empty() {
        let document = datasteward::native_document(&all);
        output::write(&format!("{document:#}\n"), None)?;
    }
    let code = if understood { u8::from(failed) } else { 2 };
    Ok(ExitCode::from(code))
}

fn rendered(inspections: &[Inspection], format: InspectFormat) -> String {
    let mut text = String::new();
    for inspection in inspections {
        match format {
            // Made of all datasets together.
            InspectFormat::Native => {}
            InspectFormat::Jsonl => {
                text.push_str(&inspection.to_json());
                text.push('\n');
            }
            InspectFormat::Text => {
                let mut lines = String::new();
                describe(&mut lines, inspection);
                for line in lines.lines() {
                    text.push_str(for_terminal(line).trim_end());
                    text.push('\n');
                }
            }
        }
    }
    text
}

/// One dataset for a person: the fields with their places, then the judgements.
fn describe(text: &mut String, inspection: &Inspection) {
    let title = inspection
        .value("title")
        .unwrap_or_else(|| "(without a title)".to_owned());
    let place = match inspection.line {
        Some(line) => format!("{}, line {line}", inspection.file),
        None => format!("{} {}", inspection.file, inspection.pointer),
    };
    let _ = writeln!(
        text,
        "{title}\n  {place}\n  read as {}: {}\n",
        inspection.format, inspection.detected_by
    );
    for (name, value, pointer) in inspection.lines() {
        let _ = writeln!(text, "  {name:<18} {value}   {pointer}");
    }
    let _ = writeln!(text);
    for (key, answer) in &inspection.judgements {
        let _ = writeln!(text, "  {key:<18} {}", answer.as_str().unwrap_or_default());
    }
    let _ = writeln!(text, "\n  {} fields", inspection.columns.len());
    for column in &inspection.columns {
        let judgement = |key: &str| {
            column["judgements"][key]
                .as_str()
                .unwrap_or_default()
                .to_owned()
        };
        let _ = writeln!(
            text,
            "  {:<30} plain {:<6} description {:<11} {} {}",
            column["name"].as_str().unwrap_or_default(),
            judgement("plain"),
            judgement("description"),
            judgement("role"),
            judgement("unit"),
        );
    }
    if !inspection.extra.is_empty() {
        let _ = writeln!(
            text,
            "\n  keys without a place here: {}",
            inspection.extra.join(", ")
        );
    }
    let _ = writeln!(text);
}
