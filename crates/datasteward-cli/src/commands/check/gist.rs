//! A report in text, of which only what is shown is kept while the documents are read.

use std::io;
use std::process::ExitCode;

use datasteward::render::{Gist, TextOptions};
use datasteward::report::{Finding, Severity, Summary};
use datasteward::{Checker, Follow, Options, SoFar, Told};

use super::{fails_from, judge, tell_left_out};
use crate::Failure;
use crate::args::CheckArguments;
use crate::inputs::Input;
use crate::output;
use crate::progress::Progress;

pub(super) fn run(
    list: &[Input],
    options: Options,
    arguments: &CheckArguments,
    text: &TextOptions,
) -> Result<ExitCode, Failure> {
    let progress = Progress::new(
        list.iter().map(Input::length).sum(),
        !arguments.no_progress && !arguments.quiet,
    );
    let as_of = options.as_of.map(|date| date.to_string());
    let profile = options.profile().id;
    let mut heard = Heard {
        gist: Gist::new(text),
        summary: Summary::default(),
        progress: &progress,
        level: fails_from(arguments),
        has_failed: false,
        has_read: false,
        has_troubles: false,
    };
    let mut checker = Checker::new(options);
    let left_out = judge(list, &mut checker, &mut heard, &progress)?;
    progress.end();
    // Nothing in there can fail.
    let _ = checker.finish_into(&mut |told| {
        heard.told(told);
        Ok(())
    });
    if heard.has_failed || !arguments.quiet {
        let text = heard.gist.written(as_of.as_deref(), profile, heard.summary);
        output::write(&text, arguments.output.as_deref())?;
    }
    tell_left_out(left_out, arguments);
    let has_failed = heard.has_failed && !arguments.exit_zero;
    Ok(ExitCode::from(if !heard.has_read && heard.has_troubles {
        2
    } else {
        u8::from(has_failed)
    }))
}

/// Keeps what the text shows, and remembers what the exit code depends on.
struct Heard<'p> {
    gist: Gist<'static>,
    summary: Summary,
    progress: &'p Progress,
    level: Severity,
    has_failed: bool,
    has_read: bool,
    has_troubles: bool,
}

impl Heard<'_> {
    fn finding(&mut self, finding: Finding) {
        self.has_failed |= finding.acknowledged.is_none() && finding.severity >= self.level;
        self.has_troubles |= finding.dataset.is_none();
        self.gist.finding(finding);
    }

    fn told(&mut self, told: Told) {
        match told {
            Told::Document(document) => {
                self.has_read |= document.format.is_some();
                self.gist.document(document);
            }
            Told::Finding(finding) => self.finding(finding),
            Told::Dataset(index, dataset) => self.gist.dataset(index, dataset),
            Told::Summary(summary) => self.summary = summary,
        }
    }
}

impl Follow for Heard<'_> {
    fn takes_findings(&self) -> bool {
        true
    }

    fn part(&mut self, so_far: SoFar, findings: Vec<Finding>) -> io::Result<()> {
        self.progress.show(so_far.datasets, so_far.findings);
        findings.into_iter().for_each(|it| self.finding(it));
        Ok(())
    }
}
