//! A code quality report for GitLab: what a merge request shows beside its changes.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::report::{Finding, Report, Severity};

use super::{for_terminal, path, said};

/// Writes a JSON array with one entry a finding that nobody has acknowledged.
#[must_use]
pub fn gitlab(report: &Report) -> String {
    // GitLab drops an entry whose fingerprint it has seen: the second of a kind gets a number.
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    let entries: Vec<Value> = report
        .findings
        .iter()
        .filter(|finding| finding.acknowledged.is_none())
        .map(|finding| {
            let times = seen.entry(&finding.fingerprint).or_default();
            *times += 1;
            entry(finding, *times)
        })
        .collect();
    format!("{:#}\n", Value::from(entries))
}

fn entry(finding: &Finding, times: usize) -> Value {
    let place = finding.locations.first();
    let fingerprint = match times {
        1 => finding.fingerprint.clone(),
        more => format!("{}-{more}", finding.fingerprint),
    };
    json!({
        "description": format!("{} → {}", said(finding), for_terminal(&finding.how)),
        "check_name": finding.rule,
        "fingerprint": fingerprint,
        "severity": match finding.severity {
            Severity::Error => "major",
            Severity::Warning => "minor",
            Severity::Info => "info",
        },
        "location": {
            "path": place.map_or("", |place| path(&place.document)),
            // A line there must be; a value in memory has none.
            "lines": { "begin": place.and_then(|place| place.line).unwrap_or(1) },
        },
    })
}
