//! `datasteward check`.

mod baseline;
mod gist;
mod stream;

use std::io;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use datasteward::render::{Form, History};
use datasteward::report::{Finding, Severity};
use datasteward::{Checker, Follow, Options, Report, SoFar, Stream, render};
use datasteward_data::wire::ManyDatasets;

use super::desk::Desk;
use crate::args::{CheckArguments, Level};
use crate::inputs::Input;
use crate::progress::Progress;
use crate::{Failure, config, inputs, output};

pub(super) fn run(arguments: &CheckArguments) -> Result<ExitCode, Failure> {
    let jobs = arguments.jobs.or(std::thread::available_parallelism().ok());
    let options = options(arguments)?.with_jobs(jobs.map_or(1, NonZeroUsize::get));
    let form = form(arguments)?;
    let mut desk = Desk::read(arguments, form)?;
    // Read before anything is written in its place.
    let known = arguments.baseline.as_deref();
    let known = known.map(baseline::read).transpose()?;
    let list = inputs::list(&arguments.inputs)?;
    // What has to be known as a whole before anything is written.
    let is_whole = known.is_some()
        || arguments.history.is_some()
        || arguments.write_baseline.is_some()
        || arguments.data.is_some();
    let is_limited = arguments.max_findings.is_some_and(|it| it > 0);
    match form.name {
        "jsonl" if !is_whole && !is_limited => return stream::run(&list, options, arguments),
        "text" if !is_whole => {
            let text = text_options(form, arguments);
            return gist::run(&list, options, arguments, &text);
        }
        _ => {}
    }
    let mut checker = Checker::new(options);
    let progress = Progress::new(
        list.iter().map(Input::length).sum(),
        !arguments.no_progress && !arguments.quiet,
    );
    let left_out = judge(&list, &mut checker, &mut Watch(&progress), &progress)?;
    progress.end();
    let mut report = checker.finish();
    if let Some(path) = &arguments.data {
        ManyDatasets::refuse(&path.display().to_string(), &report)
            .map_err(|many| Failure::Usage(many.to_string()))?;
    }
    if let Some(path) = &arguments.write_baseline {
        baseline::write(&report, path)?;
    }
    // The figures are those of the whole, also where a baseline keeps most of it silent.
    if let Some(path) = &arguments.history {
        desk.history.add(&report);
        output::write(&desk.history.to_json_lines(), Some(path))?;
    }
    if let Some(known) = &known {
        let (silent, gone) = baseline::keep_new(&mut report, known);
        if !arguments.quiet {
            eprintln!(
                "Known from the baseline, and not shown: {silent}. In the baseline, and mended since: {gone}."
            );
        }
    }
    // What has just been written down as known fails no run.
    let failed = arguments.write_baseline.is_none() && failed(&report, arguments);
    let code = exit_code(&report, failed && !arguments.exit_zero);
    let for_people = ["text", "markdown"].contains(&form.name);
    // An empty result lets a scheduled run send no mail.
    if !(arguments.quiet && for_people && !failed) {
        let output = arguments.output.as_ref();
        let report = limited(report, form, arguments);
        if !desk.write(&report, form, output)? {
            output::write(
                &rendered(&report, form, &desk.history, arguments),
                output.map(PathBuf::as_path),
            )?;
        }
    }
    tell_left_out(left_out, arguments);
    Ok(code)
}

/// Judges one document after the other; tells how many files of folders are no metadata.
fn judge(
    list: &[Input],
    checker: &mut Checker,
    follow: &mut dyn Follow,
    progress: &Progress,
) -> Result<usize, Failure> {
    let mut left_out = 0;
    for input in list {
        progress.next();
        let open = || input.open(&progress.at_hand);
        let stream = Stream::new(&input.name, &open);
        let is_metadata = |stream| {
            datasteward::is_metadata_of_stream(stream).map_err(|error| input.failed(&error))
        };
        if input.found && !is_metadata(&stream)? {
            left_out += 1;
            continue;
        }
        checker
            .follow_stream(&stream, follow)
            .map_err(|error| input.failed(&error))?;
    }
    if left_out == list.len() {
        return Err(Failure::Usage(
            "these folders hold no metadata that we know; `datasteward explain document-unreadable` says more".to_owned(),
        ));
    }
    Ok(left_out)
}

fn tell_left_out(left_out: usize, arguments: &CheckArguments) {
    if left_out > 0 && !arguments.quiet {
        let files = if left_out == 1 {
            "file is"
        } else {
            "files are"
        };
        eprintln!("{left_out} {files} not metadata and left out");
    }
}

/// Shows how far a run is whose findings are kept.
struct Watch<'p>(&'p Progress);

impl Follow for Watch<'_> {
    fn part(&mut self, so_far: SoFar, _: Vec<Finding>) -> io::Result<()> {
        self.0.show(so_far.datasets, so_far.findings);
        Ok(())
    }
}

fn options(arguments: &CheckArguments) -> Result<Options, Failure> {
    let judged = arguments.inputs.paths.first();
    let judged = judged.filter(|path| path.as_os_str() != "-");
    let found = config::options(arguments.config.as_deref(), judged.map(PathBuf::as_path))?;
    let mut options = super::with_day(found, arguments.as_of.as_deref())?;
    if let Some(profile) = &arguments.profile {
        options = options.with_profile(profile)?;
    }
    if let Some(path) = &arguments.data {
        options = options.with_data(super::data_facts(path)?);
    }
    if arguments.each_file {
        options = options.with_each_document_apart();
    }
    if let Some(format) = &arguments.read_as {
        options = options.read_as(format)?;
    }
    let text_of = |path: &Path| {
        std::fs::read_to_string(path).map_err(|error| Failure::Read {
            path: path.display().to_string(),
            reason: error.to_string(),
        })
    };
    if let Some(path) = &arguments.schema {
        options = options.with_schema(&text_of(path)?)?;
    }
    if let Some(path) = &arguments.link_check {
        options = options.with_link_check(&text_of(path)?)?;
    }
    for field in &arguments.require {
        options = options.ask(field, datasteward::profile::Level::Required)?;
    }
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

/// The form asked for; `--statistics` is one of its own.
fn form(arguments: &CheckArguments) -> Result<&'static Form, Failure> {
    let name = match (arguments.statistics, arguments.format.name) {
        (false, _) => return Ok(arguments.format),
        (true, "text") => "statistics",
        (true, "json") => "statistics-json",
        (true, other) => {
            return Err(Failure::Usage(format!(
                "`--statistics` is written as text or json, not as {other}"
            )));
        }
    };
    render::form(name).ok_or_else(|| Failure::Usage(format!("there is no form `{name}`")))
}

/// How many findings are written.
fn limit(arguments: &CheckArguments, form: &Form) -> usize {
    match arguments.max_findings {
        Some(0) => usize::MAX,
        Some(limit) => limit,
        None if form.name == "text" => 200,
        None => usize::MAX,
    }
}

/// The report with no more findings than were asked for. Text says how many are left out, and statistics count all.
fn limited(report: Report, form: &Form, arguments: &CheckArguments) -> Report {
    let limit = limit(arguments, form);
    let more = report.findings.len().saturating_sub(limit);
    if more == 0 || form.name == "text" || form.name.starts_with("statistics") {
        return report;
    }
    if !arguments.quiet {
        eprintln!("{more} more findings are not written; `--max-findings 0` writes all");
    }
    render::gravest(report, limit)
}

fn rendered(report: &Report, form: &Form, history: &History, arguments: &CheckArguments) -> String {
    if form.name == "text" {
        let options = text_options(form, arguments);
        let mut text = render::text(report, &options);
        if arguments.history.is_some() {
            text.push('\n');
            text.push_str(&history.text(&options));
        }
        return text;
    }
    form.write(report)
}

/// How text is laid out where it goes.
fn text_options(form: &Form, arguments: &CheckArguments) -> render::TextOptions {
    let to_file = arguments.output.is_some();
    render::TextOptions {
        width: output::width(),
        color: output::colors(arguments.color, to_file),
        ascii: !to_file && output::ascii(),
        max_findings: limit(arguments, form),
    }
}

/// From which severity on a run has failed.
fn fails_from(arguments: &CheckArguments) -> Severity {
    match arguments.fail_on {
        Level::Info => Severity::Info,
        Level::Warning => Severity::Warning,
        Level::Error => Severity::Error,
    }
}

/// Whether anything is as grave as `--fail-on` says.
fn failed(report: &Report, arguments: &CheckArguments) -> bool {
    let level = fails_from(arguments);
    report
        .findings
        .iter()
        .any(|finding| finding.acknowledged.is_none() && finding.severity >= level)
}

fn exit_code(report: &Report, failed: bool) -> ExitCode {
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
    ExitCode::from(u8::from(failed))
}
