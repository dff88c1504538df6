//! How often each rule speaks, and of how many datasets.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde::Serialize;

use crate::report::{Counts, Report};

use super::for_terminal;

/// One rule and what it came to.
#[derive(Debug, Default, Serialize)]
struct Line<'r> {
    rule: &'r str,
    code: &'r str,
    item: Option<&'r str>,
    findings: usize,
    datasets: usize,
    severity: Counts,
    /// The last dataset counted: findings stand in the order of datasets.
    #[serde(skip)]
    last: Option<usize>,
}

/// The rules that spoke, the most frequent first.
fn lines(report: &Report) -> Vec<Line<'_>> {
    let mut lines: BTreeMap<&str, Line<'_>> = BTreeMap::new();
    let open = report.findings.iter();
    for finding in open.filter(|finding| finding.acknowledged.is_none()) {
        let line = lines.entry(&finding.code).or_default();
        line.rule = &finding.rule;
        line.code = &finding.code;
        line.item = finding.item.as_deref();
        line.findings += 1;
        line.severity.add(finding.severity);
        if finding.dataset.is_some() && finding.dataset != line.last {
            line.datasets += 1;
            line.last = finding.dataset;
        }
    }
    let mut lines: Vec<Line<'_>> = lines.into_values().collect();
    lines.sort_by(|one, other| {
        other
            .findings
            .cmp(&one.findings)
            .then(one.code.cmp(other.code))
    });
    lines
}

/// Writes a line a rule: findings, datasets, code, name.
#[must_use]
pub fn statistics(report: &Report) -> String {
    let lines = lines(report);
    let mut out = String::new();
    if !lines.is_empty() {
        let _ = writeln!(out, "findings  datasets  code     rule");
    }
    for line in lines {
        let _ = writeln!(
            out,
            "{:>8}  {:>8}  {:<7}  {}",
            line.findings,
            line.datasets,
            for_terminal(line.code),
            for_terminal(line.rule)
        );
    }
    out
}

/// Writes the same as JSON.
#[must_use]
pub fn statistics_json(report: &Report) -> String {
    let object = serde_json::json!({
        "as_of": report.as_of,
        "profile": report.profile,
        "datasets": report.summary.datasets,
        "findings": report.summary.findings,
        "acknowledged": report.summary.acknowledged,
        "rules": lines(report),
    });
    format!("{object:#}\n")
}

#[cfg(test)]
mod tests {
    use super::{statistics, statistics_json};
    use crate::{Options, Source, check};

    #[test]
    fn counts_findings_and_datasets_of_each_rule() {
        let record = br#"{"datasteward": "1", "id": "a", "title": "Trees", "description": "null"}"#;
        let sources = [Source::new("a.json", record), Source::new("b.json", record)];
        let report = check(&sources, &Options::default());
        let json: serde_json::Value =
            serde_json::from_str(&statistics_json(&report)).expect("JSON");
        let rules = json["rules"].as_array().expect("a list");
        let sum: u64 = rules
            .iter()
            .filter_map(|rule| rule["findings"].as_u64())
            .sum();
        assert_eq!(sum, report.findings.len() as u64);
        let filler = rules
            .iter()
            .find(|rule| rule["rule"] == "placeholder-text")
            .expect("it");
        assert_eq!(
            (&filler["findings"], &filler["datasets"]),
            (&2.into(), &2.into())
        );
        assert!(statistics(&report).contains("       2         2  C2-03    placeholder-text"));
    }
}
