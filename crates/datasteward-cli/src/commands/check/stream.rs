//! A report in JSON Lines, written while the documents are still being read: memory grows with neither the documents nor
//! the findings.

use std::io;
use std::process::ExitCode;

use datasteward::render::JsonLines;
use datasteward::report::{Finding, Severity};
use datasteward::{Checker, Follow, Options, SoFar, Told};

use super::{fails_from, judge, tell_left_out};
use crate::Failure;
use crate::args::CheckArguments;
use crate::inputs::Input;
use crate::output::Out;
use crate::progress::Progress;

pub(super) fn run(
    list: &[Input],
    options: Options,
    arguments: &CheckArguments,
) -> Result<ExitCode, Failure> {
    let progress = Progress::new(
        list.iter().map(Input::length).sum(),
        !arguments.no_progress && !arguments.quiet,
    );
    let mut out = Out::to(arguments.output.as_deref())?;
    let mut writing = Writing {
        out: &mut out,
        progress: &progress,
        level: fails_from(arguments),
        failure: None,
        has_failed: false,
        has_read: false,
        has_troubles: false,
    };
    let as_of = options.as_of.map(|date| date.to_string());
    let profile = options.profile().id;
    // What stops this is kept in `writing`.
    let _ = writing.write(|lines| lines.report(as_of.as_deref(), profile));
    let mut checker = Checker::new(options);
    let judged = judge(list, &mut checker, &mut writing, &progress);
    progress.end();
    if writing.failure.is_none() {
        let left_out = judged?;
        // What stops this is kept in `writing`.
        let _ = checker.finish_into(&mut |told| writing.told(told));
        tell_left_out(left_out, arguments);
    }
    let nothing_read = !writing.has_read && writing.has_troubles;
    let has_failed = writing.has_failed && !arguments.exit_zero;
    match writing.failure.take() {
        // A reader such as `head` has seen enough.
        Some(error) if error.kind() == io::ErrorKind::BrokenPipe => {}
        Some(error) => return Err(out.failed(&error)),
        None => out.finish()?,
    }
    Ok(ExitCode::from(if nothing_read {
        2
    } else {
        u8::from(has_failed)
    }))
}

/// Writes what is told, and remembers what the exit code depends on.
struct Writing<'o> {
    out: &'o mut Out,
    progress: &'o Progress,
    level: Severity,
    failure: Option<io::Error>,
    has_failed: bool,
    has_read: bool,
    has_troubles: bool,
}

impl Writing<'_> {
    /// Writes some lines; says whether to go on.
    fn write(
        &mut self,
        lines: impl FnOnce(&mut JsonLines<'_>) -> io::Result<()>,
    ) -> io::Result<()> {
        lines(&mut JsonLines::new(self.out)).map_err(|error| {
            let kind = error.kind();
            self.failure = Some(error);
            kind.into()
        })
    }

    /// Whether the run fails for a finding.
    fn fails(&self, finding: &Finding) -> bool {
        finding.acknowledged.is_none() && finding.severity >= self.level
    }

    fn told(&mut self, told: Told) -> io::Result<()> {
        match &told {
            Told::Document(document) => self.has_read |= document.format.is_some(),
            Told::Finding(finding) => {
                self.has_failed |= self.fails(finding);
                self.has_troubles |= finding.dataset.is_none();
            }
            Told::Dataset(..) | Told::Summary(_) => {}
        }
        self.write(|lines| match &told {
            Told::Document(document) => lines.document(document),
            Told::Finding(finding) => lines.finding(finding),
            Told::Dataset(index, dataset) => lines.dataset(*index, dataset),
            Told::Summary(summary) => lines.summary(summary),
        })
    }
}

impl Follow for Writing<'_> {
    fn takes_findings(&self) -> bool {
        true
    }

    fn part(&mut self, so_far: SoFar, findings: Vec<Finding>) -> io::Result<()> {
        self.progress.show(so_far.datasets, so_far.findings);
        self.has_failed |= findings.iter().any(|it| self.fails(it));
        self.write(|lines| {
            findings
                .iter()
                .try_for_each(|finding| lines.finding(finding))
        })
    }
}
