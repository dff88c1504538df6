//! The report as JSON Lines: one line a finding, a document, a dataset, each with a `type`; `docs/outputs.md` describes
//! them. Findings about single datasets come first, because a run can write them while it still reads; what can only be
//! told at the end follows.

use std::io::{self, Write};

use serde::Serialize;

use crate::report::{Dataset, Document, Finding, Report, Summary, Tool};
use crate::rule::Check;
use crate::rules;

#[derive(Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
enum Line<'r> {
    /// The first line.
    Report {
        report_version: u32,
        tool: &'r Tool,
        as_of: Option<&'r str>,
        profile: &'r str,
    },
    Document(&'r Document),
    Dataset {
        /// What the findings call it.
        index: usize,
        #[serde(flatten)]
        dataset: &'r Dataset,
    },
    Finding(&'r Finding),
    /// The last line: its absence shows that something is missing.
    Summary(&'r Summary),
}

/// Writes the lines one by one: first [`JsonLines::report`], then findings about single datasets, documents, the other
/// findings, datasets, and the summary.
pub struct JsonLines<'w> {
    out: &'w mut dyn Write,
}

impl<'w> JsonLines<'w> {
    /// Writes to this.
    pub fn new(out: &'w mut dyn Write) -> Self {
        Self { out }
    }

    fn line(&mut self, line: &Line<'_>) -> io::Result<()> {
        serde_json::to_writer(&mut *self.out, line)?;
        self.out.write_all(b"\n")
    }

    /// The first line.
    ///
    /// # Errors
    /// If it cannot be written; so with all that follow.
    pub fn report(&mut self, as_of: Option<&str>, profile: &str) -> io::Result<()> {
        self.line(&Line::Report {
            report_version: 1,
            tool: &Tool::this(),
            as_of,
            profile,
        })
    }

    /// A document.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn document(&mut self, document: &Document) -> io::Result<()> {
        self.line(&Line::Document(document))
    }

    /// A finding.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn finding(&mut self, finding: &Finding) -> io::Result<()> {
        self.line(&Line::Finding(finding))
    }

    /// A dataset, with the number that findings call it by.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn dataset(&mut self, index: usize, dataset: &Dataset) -> io::Result<()> {
        self.line(&Line::Dataset { index, dataset })
    }

    /// The last line.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn summary(&mut self, summary: &Summary) -> io::Result<()> {
        self.line(&Line::Summary(summary))
    }
}

/// Writes a report as JSON Lines.
#[must_use]
pub fn jsonl(report: &Report) -> String {
    let mut out = Vec::new();
    // Memory takes every line, and a report holds nothing that JSON cannot say.
    let _ = write(report, &mut JsonLines::new(&mut out));
    String::from_utf8(out).unwrap_or_default()
}

fn write(report: &Report, lines: &mut JsonLines<'_>) -> io::Result<()> {
    lines.report(report.as_of.as_deref(), &report.profile)?;
    let (of_one, others): (Vec<&Finding>, Vec<&Finding>) =
        report.findings.iter().partition(|finding| {
            let rule = rules::find(&finding.rule);
            let is_of_one = rule.is_none_or(|rule| matches!(rule.check, Check::Dataset(_)));
            finding.dataset.is_some() && is_of_one
        });
    of_one
        .into_iter()
        .try_for_each(|finding| lines.finding(finding))?;
    report
        .documents
        .iter()
        .try_for_each(|document| lines.document(document))?;
    others
        .into_iter()
        .try_for_each(|finding| lines.finding(finding))?;
    for (index, dataset) in report.datasets.iter().enumerate() {
        lines.dataset(index, dataset)?;
    }
    lines.summary(&report.summary)
}
