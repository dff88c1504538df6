//! A report in JSON Lines, written while the documents are still being read: memory grows with neither the documents nor
//! the findings.

use std::io::{self, Write};
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
    let _ = writing.write(|out| JsonLines::new(out).report(as_of.as_deref(), profile));
    let mut checker = Checker::new(options);
    let judged = judge(list, &mut checker, &mut writing, &progress);
    progress.end();
    if writing.failure.is_none() {
        let left_out = judged?;
        // What stops this is kept in `writing`.
        let level = writing.level;
        let _ = checker.finish_as(&|told| Piece::of(&told, level), &mut |piece| {
            writing.piece(&piece)
        });
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

/// What is told, as the lines that say it.
struct Piece {
    lines: Vec<u8>,
    /// It makes the run fail.
    fails: bool,
    /// A document that was understood.
    is_read: bool,
    /// A finding about a document.
    is_trouble: bool,
}

/// Whether the run fails for a finding.
fn fails(finding: &Finding, level: Severity) -> bool {
    finding.acknowledged.is_none() && finding.severity >= level
}

impl Piece {
    fn of(told: &Told, level: Severity) -> Self {
        let mut piece = Self {
            lines: Vec::with_capacity(1024),
            fails: false,
            is_read: false,
            is_trouble: false,
        };
        let mut lines = JsonLines::new(&mut piece.lines);
        // Memory takes every line, and what is told holds nothing that JSON cannot say.
        let _ = match told {
            Told::Document(document) => lines.document(document),
            Told::Finding(finding) => lines.finding(finding),
            Told::Dataset(index, dataset) => lines.dataset(*index, dataset),
            Told::Summary(summary) => lines.summary(summary),
        };
        match told {
            Told::Document(document) => piece.is_read = document.format.is_some(),
            Told::Finding(finding) => {
                piece.fails = fails(finding, level);
                piece.is_trouble = finding.dataset.is_none();
            }
            Told::Dataset(..) | Told::Summary(_) => {}
        }
        piece
    }
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
    fn write(&mut self, write: impl FnOnce(&mut Out) -> io::Result<()>) -> io::Result<()> {
        write(self.out).map_err(|error| {
            let kind = error.kind();
            self.failure = Some(error);
            kind.into()
        })
    }

    fn piece(&mut self, piece: &Piece) -> io::Result<()> {
        self.has_failed |= piece.fails;
        self.has_read |= piece.is_read;
        self.has_troubles |= piece.is_trouble;
        self.write(|out| out.write_all(&piece.lines))
    }
}

impl Follow for Writing<'_> {
    fn takes_findings(&self) -> bool {
        true
    }

    fn part(&mut self, so_far: SoFar, findings: Vec<Finding>) -> io::Result<()> {
        self.progress.show(so_far.datasets, so_far.findings);
        self.has_failed |= findings.iter().any(|it| fails(it, self.level));
        self.write(|out| {
            let mut lines = JsonLines::new(out);
            findings
                .iter()
                .try_for_each(|finding| lines.finding(finding))
        })
    }
}
