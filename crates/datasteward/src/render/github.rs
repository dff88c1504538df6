//! Annotations of GitHub Actions: one command a finding, which the runner shows at its line.
//!
//! A command is a line that begins with `::`; in what it says, the signs that would end it are written in percent.

use std::fmt::Write;

use crate::report::{Finding, Report, Severity};

use super::{for_terminal, path, said_in_full};

/// Writes one annotation a finding that nobody has acknowledged.
#[must_use]
pub fn github(report: &Report) -> String {
    let mut out = String::new();
    for finding in &report.findings {
        if finding.acknowledged.is_none() {
            annotation(&mut out, report, finding);
        }
    }
    out
}

fn annotation(out: &mut String, report: &Report, finding: &Finding) {
    let command = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "notice",
    };
    let mut title = for_terminal(&finding.rule);
    let dataset = finding.dataset.and_then(|index| report.datasets.get(index));
    if let Some(name) =
        dataset.and_then(|dataset| dataset.title.as_deref().or(dataset.id.as_deref()))
    {
        let _ = write!(title, " in {}", for_terminal(name));
    }
    let _ = write!(out, "::{command} ");
    if let Some(place) = finding.locations.first() {
        let _ = write!(out, "file={},", property(path(&place.document)));
        for (key, value) in [("line", place.line), ("col", place.column)] {
            if let Some(value) = value {
                let _ = write!(out, "{key}={value},");
            }
        }
    }
    let _ = writeln!(
        out,
        "title={}::{}",
        property(&title),
        data(&said_in_full(finding))
    );
}

/// The text behind the second `::`.
fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// The value of a property, which a comma or a colon would end.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
