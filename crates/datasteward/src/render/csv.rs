//! The report as tables (RFC 4180): one row a finding, or one row a dataset.
//!
//! A spreadsheet runs a cell that begins with a sign of a formula, so such a cell gets an apostrophe in front.

use std::fmt::Write;

use crate::report::{Dataset, Finding, Outcome, Report, Severity};
use crate::rule::{Area, Item};

use super::{by_dataset, for_terminal, said};

/// A table in the making.
#[derive(Default)]
pub(super) struct Table {
    out: String,
    begun: bool,
}

impl Table {
    /// A cell as it is: our own words and numbers.
    pub(super) fn plain(&mut self, cell: impl std::fmt::Display) -> &mut Self {
        if self.begun {
            self.out.push(',');
        }
        self.begun = true;
        let _ = write!(self.out, "{cell}");
        self
    }

    /// A cell with words from a record: on one line, in quotation marks, never a formula.
    pub(super) fn text(&mut self, cell: &str) -> &mut Self {
        self.plain(format_args!("\"{}\"", guarded(cell).replace('"', "\"\"")))
    }

    pub(super) fn optional(&mut self, cell: Option<impl std::fmt::Display>) -> &mut Self {
        match cell {
            Some(cell) => self.plain(cell),
            None => self.plain(""),
        }
    }

    pub(super) fn end(&mut self) {
        self.out.push_str("\r\n");
        self.begun = false;
    }

    /// The whole table.
    pub(super) fn finish(self) -> String {
        self.out
    }
}

/// A text as a cell holds it: on one line, and with an apostrophe in front of a formula.
pub(super) fn guarded(cell: &str) -> String {
    let clean = for_terminal(cell);
    // A tab or a line break in front has become a blank by now.
    let guard = if is_formula(&clean) { "'" } else { "" };
    format!("{guard}{clean}")
}

/// Whether a spreadsheet might take a cell for a formula; the wide signs are those of East Asian keyboards.
fn is_formula(cell: &str) -> bool {
    cell.trim_start()
        .starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
}

/// Writes a table with one row a finding.
#[must_use]
pub fn csv(report: &Report) -> String {
    const HEAD: &str = "severity,rule,code,item,message,why,how,evidence,dataset_id,dataset_title,owner,document,line,column,pointer,places,bad,judged,fingerprint,acknowledged\r\n";
    let mut table = Table::default();
    table.out.push_str(HEAD);
    for finding in &report.findings {
        let dataset = finding.dataset.and_then(|index| report.datasets.get(index));
        finding_row(&mut table, finding, dataset);
    }
    table.out
}

fn finding_row(table: &mut Table, finding: &Finding, dataset: Option<&Dataset>) {
    let of_dataset = |part: fn(&Dataset) -> &Option<String>| {
        dataset
            .and_then(|dataset| part(dataset).as_deref())
            .unwrap_or_default()
    };
    let place = finding.locations.first();
    let reason = finding
        .acknowledged
        .as_ref()
        .map(|word| word.reason.as_str());
    table
        .plain(finding.severity.as_str())
        .text(&finding.rule)
        .text(&finding.code)
        .text(finding.item.as_deref().unwrap_or_default())
        .text(&said(finding))
        .text(&finding.why)
        .text(&finding.how)
        .text(finding.evidence.as_deref().unwrap_or_default())
        .text(of_dataset(|dataset| &dataset.id))
        .text(of_dataset(|dataset| &dataset.title))
        .text(of_dataset(|dataset| &dataset.owner))
        .text(place.map_or("", |place| &place.document))
        .optional(place.and_then(|place| place.line))
        .optional(place.and_then(|place| place.column))
        .text(place.map_or("", |place| &place.pointer))
        .plain(finding.locations.len())
        .optional(finding.ratio.map(|ratio| ratio.bad))
        .optional(finding.ratio.map(|ratio| ratio.judged))
        .text(&finding.fingerprint)
        .text(reason.unwrap_or_default())
        .end();
}

/// Writes a table with one row a dataset: the ten items, the five areas, and what is gravest.
#[must_use]
pub fn csv_datasets(report: &Report) -> String {
    let mut table = Table::default();
    for name in ["id", "title", "owner", "document", "line", "pointer"] {
        table.plain(name);
    }
    for item in Item::TEN {
        table.plain(item.code());
    }
    for area in Area::ALL {
        table.plain(area.as_str().to_ascii_lowercase());
    }
    for name in ["errors", "warnings", "notes", "gravest_finding"] {
        table.plain(name);
    }
    table.end();
    let (findings, _) = by_dataset(report);
    for (dataset, findings) in report.datasets.iter().zip(findings) {
        dataset_row(&mut table, dataset, &findings);
    }
    table.out
}

fn dataset_row(table: &mut Table, dataset: &Dataset, findings: &[&Finding]) {
    table
        .text(dataset.id.as_deref().unwrap_or_default())
        .text(dataset.title.as_deref().unwrap_or_default())
        .text(dataset.owner.as_deref().unwrap_or_default())
        .text(&dataset.document)
        .optional(dataset.line)
        .text(&dataset.pointer);
    for item in Item::TEN {
        let found = dataset.items.iter().find(|found| found.item == item.code());
        table.optional(found.map(|found| outcome(found.outcome)));
    }
    for area in dataset.areas.each() {
        table.optional(area.score);
    }
    for severity in [Severity::Error, Severity::Warning, Severity::Info] {
        let open = findings
            .iter()
            .filter(|finding| finding.acknowledged.is_none());
        table.plain(open.filter(|finding| finding.severity == severity).count());
    }
    // The first among the gravest.
    let open = findings
        .iter()
        .filter(|finding| finding.acknowledged.is_none());
    let gravest = open.rev().max_by_key(|finding| finding.severity);
    table
        .text(&gravest.map(|finding| said(finding)).unwrap_or_default())
        .end();
}

/// The words of the report's JSON.
fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Pass => "pass",
        Outcome::Fail => "fail",
        Outcome::NotApplicable => "not-applicable",
        Outcome::Unknown => "unknown",
    }
}

#[cfg(test)]
mod tests {
    use super::Table;

    #[test]
    fn no_cell_is_a_formula_and_no_quotation_mark_ends_one() {
        let mut table = Table::default();
        for cell in [
            "=cmd()",
            "\t+1",
            "\r-1",
            "@x",
            " ＝1",
            "a=b",
            "say \"x\",\ny",
        ] {
            table.text(cell);
        }
        assert_eq!(
            table.out,
            "\"'=cmd()\",\"' +1\",\"' -1\",\"'@x\",\"' ＝1\",\"a=b\",\"say \"\"x\"\", y\""
        );
    }
}
