//! `datasteward check`.

use std::collections::BTreeMap;
use std::process::ExitCode;

use datasteward::report::Severity;
use datasteward::{Checker, Options, Report, Source, render};

use crate::args::{CheckArguments, Level, ReportFormat};
use crate::{Failure, inputs, output};

pub(super) fn run(arguments: &CheckArguments) -> Result<ExitCode, Failure> {
    let options = options(arguments)?;
    let list = inputs::list(&arguments.inputs)?;
    let mut checker = Checker::new(options);
    let mut left_out = 0;
    for input in &list {
        let bytes = input.read()?;
        let source = Source::new(&input.name, &bytes);
        if input.found && !datasteward::is_metadata(&source) {
            left_out += 1;
            continue;
        }
        checker.add(&source);
    }
    if left_out == list.len() {
        return Err(Failure::Usage(
            "these folders hold no metadata that we know; `datasteward explain document-unreadable` says more".to_owned(),
        ));
    }
    let report = checker.finish();
    output::write(&rendered(&report, arguments), arguments.output.as_deref())?;
    if left_out > 0 {
        let files = if left_out == 1 {
            "file is"
        } else {
            "files are"
        };
        eprintln!("{left_out} {files} not metadata and left out");
    }
    if arguments.statistics {
        statistics(&report);
    }
    Ok(exit_code(&report, arguments))
}

fn options(arguments: &CheckArguments) -> Result<Options, Failure> {
    let mut options =
        super::options_as_of(arguments.as_of.as_deref())?.with_profile(&arguments.profile)?;
    for rule in &arguments.select {
        options = options.select(rule)?;
    }
    for rule in &arguments.ignore {
        options = options.ignore(rule)?;
    }
    for pair in &arguments.severity {
        let (rule, level) = pair.split_once('=').ok_or_else(|| {
            Failure::Usage(format!(
                "`{pair}` does not say how to weigh a rule; write refresh-overdue=info"
            ))
        })?;
        options = options.set_severity(rule, level)?;
    }
    Ok(options)
}

fn rendered(report: &Report, arguments: &CheckArguments) -> String {
    match arguments.format {
        ReportFormat::Json => report.to_json(),
        ReportFormat::Html => render::html(report),
        ReportFormat::Text => render::text(
            report,
            &render::TextOptions {
                width: output::width(),
                color: output::colors(arguments.color, arguments.output.is_some()),
                ascii: arguments.output.is_none() && output::ascii(),
                max_findings: match arguments.max_findings {
                    0 => usize::MAX,
                    limit => limit,
                },
            },
        ),
    }
}

fn statistics(report: &Report) {
    let mut counts: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for finding in &report.findings {
        *counts.entry((&finding.code, &finding.rule)).or_default() += 1;
    }
    for ((code, rule), count) in counts {
        eprintln!("{count:>7}  {code:<7} {rule}");
    }
}

fn exit_code(report: &Report, arguments: &CheckArguments) -> ExitCode {
    let nothing_read = report
        .documents
        .iter()
        .all(|document| document.format.is_none())
        && report
            .findings
            .iter()
            .any(|finding| finding.dataset.is_none());
    if nothing_read {
        return ExitCode::from(2);
    }
    let level = match arguments.fail_on {
        Level::Info => Severity::Info,
        Level::Warning => Severity::Warning,
        Level::Error => Severity::Error,
    };
    let failed = report
        .findings
        .iter()
        .any(|finding| finding.severity >= level);
    ExitCode::from(u8::from(failed && !arguments.exit_zero))
}
