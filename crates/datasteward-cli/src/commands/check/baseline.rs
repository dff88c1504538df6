//! What was known at an earlier run: a small file of fingerprints, so that only new findings speak.

use std::collections::BTreeMap;
use std::path::Path;

use datasteward::Report;
use datasteward::report::{Counts, Finding, Severity};
use serde_json::{Value, json};

use crate::{Failure, output};

/// The version of the file.
const VERSION: u64 = 1;

/// How often each fingerprint was found.
pub(super) type Baseline = BTreeMap<String, u64>;

/// Reads a baseline.
pub(super) fn read(path: &Path) -> Result<Baseline, Failure> {
    let failed = |reason: String| Failure::Read {
        path: path.display().to_string(),
        reason,
    };
    let bytes = std::fs::read(path).map_err(|error| failed(error.to_string()))?;
    parsed(&bytes).ok_or_else(|| {
        failed(format!(
            "it is no baseline of version {VERSION}; `--write-baseline` writes one"
        ))
    })
}

fn parsed(bytes: &[u8]) -> Option<Baseline> {
    let file: Value = serde_json::from_slice(bytes).ok()?;
    if file.get("baseline_version")?.as_u64()? != VERSION {
        return None;
    }
    file.get("findings")?
        .as_array()?
        .iter()
        .map(|known| {
            let fingerprint = known.get("fingerprint")?.as_str()?.to_owned();
            Some((fingerprint, known.get("count")?.as_u64()?))
        })
        .collect()
}

/// Writes the findings of a report as a baseline, in the order of their rules and fingerprints: the same findings make
/// the same file.
pub(super) fn write(report: &Report, path: &Path) -> Result<(), Failure> {
    output::write(&written(report), Some(path))
}

fn written(report: &Report) -> String {
    let mut counts: BTreeMap<(&str, &str), u64> = BTreeMap::new();
    for finding in &report.findings {
        // What is acknowledged is silent by itself, and speaks again when that ends.
        if finding.acknowledged.is_some() {
            continue;
        }
        let key = (&*finding.rule, finding.fingerprint.as_str());
        *counts.entry(key).or_default() += 1;
    }
    let known: Vec<Value> = counts
        .into_iter()
        .map(|((rule, fingerprint), count)| {
            json!({"rule": rule, "fingerprint": fingerprint, "count": count})
        })
        .collect();
    let file = json!({
        "baseline_version": VERSION,
        "tool": {"name": report.tool.name, "version": report.tool.version},
        "as_of": report.as_of,
        "findings": known,
    });
    format!("{file:#}\n")
}

/// Takes the known findings out of a report, and out of its counts; the scores stay those of the whole. Tells how many
/// were taken out, and how many of the baseline are not found any more.
pub(super) fn keep_new(report: &mut Report, baseline: &Baseline) -> (u64, u64) {
    let mut open = baseline.clone();
    let mut known = Vec::new();
    let mut kept = Vec::new();
    for finding in std::mem::take(&mut report.findings) {
        match open.get_mut(&finding.fingerprint) {
            Some(count) if *count > 0 && finding.acknowledged.is_none() => {
                *count -= 1;
                known.push(finding);
            }
            _ => kept.push(finding),
        }
    }
    report.findings = kept;
    // Which portal a dataset is of is not in the report: its figures would be those of another run.
    if !known.is_empty() {
        report.summary.portals.clear();
    }
    for finding in &known {
        discount(report, finding);
    }
    (known.len() as u64, open.values().sum())
}

fn discount(report: &mut Report, finding: &Finding) {
    less(&mut report.summary.findings, finding.severity);
    let Some(dataset) = finding.dataset.and_then(|index| report.datasets.get(index)) else {
        return;
    };
    // As the report calls the owner of what has none.
    let name = dataset.owner.as_deref().unwrap_or("unassigned");
    let owners = &mut report.summary.owners;
    if let Some(owner) = owners.iter_mut().find(|owner| owner.owner == name) {
        less(&mut owner.findings, finding.severity);
    }
}

fn less(counts: &mut Counts, severity: Severity) {
    let count = match severity {
        Severity::Error => &mut counts.error,
        Severity::Warning => &mut counts.warning,
        Severity::Info => &mut counts.info,
    };
    *count = count.saturating_sub(1);
}
