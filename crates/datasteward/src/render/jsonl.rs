//! The report as JSON Lines: one line a document, a dataset, a finding, each with a `type`; `docs/outputs.md` describes
//! them. A reader needs to hold one line at a time: what belongs to a dataset follows it.

use serde::Serialize;

use crate::report::{Dataset, Document, Finding, Report, Summary, Tool};

use super::by_dataset;

#[derive(Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
enum Line<'r> {
    /// The first line.
    Report {
        report_version: u32,
        tool: &'r Tool,
        as_of: &'r Option<String>,
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

/// Writes a report as JSON Lines.
#[must_use]
pub fn jsonl(report: &Report) -> String {
    let mut out = String::new();
    let mut write = |line: &Line<'_>| {
        // A report holds nothing that JSON cannot say.
        out.push_str(&serde_json::to_string(line).unwrap_or_default());
        out.push('\n');
    };
    write(&Line::Report {
        report_version: report.report_version,
        tool: &report.tool,
        as_of: &report.as_of,
        profile: &report.profile,
    });
    let (of_datasets, of_documents) = by_dataset(report);
    report
        .documents
        .iter()
        .for_each(|document| write(&Line::Document(document)));
    of_documents
        .into_iter()
        .for_each(|finding| write(&Line::Finding(finding)));
    for (index, (dataset, findings)) in report.datasets.iter().zip(of_datasets).enumerate() {
        write(&Line::Dataset { index, dataset });
        findings
            .into_iter()
            .for_each(|finding| write(&Line::Finding(finding)));
    }
    write(&Line::Summary(&report.summary));
    out
}
