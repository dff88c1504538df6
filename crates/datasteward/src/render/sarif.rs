//! SARIF 2.1.0 (OASIS), for code scanning and editors.
//!
//! A location has a line and a column, to the end of its line: the report knows where a value ends in bytes only, and the
//! standard wants the two ranges of a region to be the same. The bytes stand among the location's properties, and in the
//! regions of fixes. A rule's page is in the file, so that nothing needs to be looked up.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde_json::{Value, json};

use crate::report::{Dataset, Edit, Finding, Fix, Location, Report, Severity};
use crate::rule::{Rule, page};
use crate::rules;

use super::{for_terminal, path, said_in_full};

/// What relative names of documents are relative to.
const BASE: &str = "%SRCROOT%";

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Log<'r> {
    version: &'static str,
    #[serde(rename = "$schema")]
    schema: &'static str,
    runs: [Run<'r>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'r> {
    tool: Value,
    column_kind: &'static str,
    original_uri_base_ids: Value,
    artifacts: Vec<Value>,
    results: Vec<Outcome<'r>>,
    properties: Value,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Outcome<'r> {
    rule_id: &'r str,
    rule_index: usize,
    level: &'static str,
    message: Text,
    locations: Vec<Value>,
    partial_fingerprints: BTreeMap<&'static str, &'r str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    suppressions: Vec<Value>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fixes: Vec<Value>,
    properties: Value,
}

#[derive(Serialize)]
struct Text {
    text: String,
}

/// Writes a report as a SARIF log with one run.
#[must_use]
pub fn sarif(report: &Report) -> String {
    let index = rule_index(report);
    let recoded = recoded(report);
    let results = report
        .findings
        .iter()
        .map(|finding| outcome(report, finding, &index, &recoded))
        .collect();
    let descriptors: Vec<Value> = index.keys().map(|rule| descriptor(rule)).collect();
    let log = Log {
        version: "2.1.0",
        schema: "https://json.schemastore.org/sarif-2.1.0.json",
        runs: [Run {
            tool: json!({ "driver": {
                "name": report.tool.name,
                "semanticVersion": report.tool.version,
                "rules": descriptors,
            }}),
            column_kind: "unicodeCodePoints",
            original_uri_base_ids: json!({ BASE: { "description": {
                "text": "The folder in which the command ran."
            }}}),
            artifacts: artifacts(report),
            results,
            properties: json!({ "asOf": report.as_of, "profile": report.profile }),
        }],
    };
    // Text, whole numbers and shares: JSON can say all of it.
    let mut text = serde_json::to_string_pretty(&log).unwrap_or_default();
    text.push('\n');
    text
}

/// The documents, each once.
fn artifacts(report: &Report) -> Vec<Value> {
    let mut seen = BTreeSet::new();
    let names = report.documents.iter().map(|document| path(&document.name));
    names
        .filter(|name| seen.insert(*name))
        .map(|name| json!({ "location": artifact(name) }))
        .collect()
}

/// The rules that spoke, in the order of their names, with their numbers.
fn rule_index(report: &Report) -> BTreeMap<&str, usize> {
    let mut index: BTreeMap<&str, usize> = report
        .findings
        .iter()
        .map(|finding| (&*finding.rule, 0))
        .collect();
    for (number, (_, slot)) in index.iter_mut().enumerate() {
        *slot = number;
    }
    index
}

fn descriptor(id: &str) -> Value {
    match rules::find(id) {
        Some(rule) => of_rule(rule),
        // A report of another version may know more rules.
        None => json!({ "id": id }),
    }
}

fn of_rule(rule: &Rule) -> Value {
    let page = page::parse(rule.page);
    let (summary, why, how) = (
        page::one_line(page.summary),
        page::one_line(page.why),
        page::one_line(page.how),
    );
    let example = |head: &str, examples: &[page::Example<'_>]| {
        examples.first().map_or(String::new(), |example| {
            // One backtick more than any in the example would do; ours have none.
            format!("\n\n## {head}\n\n```json\n{}\n```", example.text)
        })
    };
    let markdown = format!(
        "{summary}\n\n## Why it matters\n\n{why}\n\n## How to mend it\n\n{how}{}{}",
        example("Bad", &page.bad),
        example("Good", &page.good)
    );
    json!({
        "id": rule.id,
        "shortDescription": { "text": braces(&summary) },
        "fullDescription": { "text": braces(&format!("{summary} {why}")) },
        "help": {
            "text": braces(&format!("{summary} {why} {how}")),
            // Examples are full of braces, and a page takes no arguments.
            "markdown": markdown,
        },
        "defaultConfiguration": { "level": level(rule.severity) },
        "properties": {
            "code": rule.code,
            "item": rule.item.code(),
            "tags": [rule.item.area().map_or("Document", crate::rule::Area::as_str)],
        },
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

fn outcome<'r>(
    report: &'r Report,
    finding: &'r Finding,
    index: &BTreeMap<&str, usize>,
    recoded: &BTreeSet<&str>,
) -> Outcome<'r> {
    let dataset = finding
        .dataset
        .and_then(|number| report.datasets.get(number));
    let suppressions = finding.acknowledged.iter().map(|word| {
        json!({
            "kind": "external",
            "status": "accepted",
            "justification": for_terminal(&word.reason),
        })
    });
    Outcome {
        rule_id: &finding.rule,
        rule_index: index.get(&*finding.rule).copied().unwrap_or_default(),
        level: level(finding.severity),
        message: Text {
            text: plain(&said_in_full(finding)),
        },
        // Several places are one finding where all of them are to be mended.
        locations: finding
            .locations
            .iter()
            .map(|place| location(place, dataset))
            .collect(),
        partial_fingerprints: BTreeMap::from([("datasteward/v1", finding.fingerprint.as_str())]),
        suppressions: suppressions.collect(),
        fixes: fix(finding, recoded).into_iter().collect(),
        properties: json!({
            "code": finding.code,
            "confidence": finding.confidence,
            "evidence": finding.evidence,
        }),
    }
}

/// A text in which a reader finds neither a placeholder nor a link.
fn plain(text: &str) -> String {
    braces(text).replace("](", "] (")
}

/// Curly braces stand for placeholders, so the standard has them doubled.
fn braces(text: &str) -> String {
    text.replace('{', "{{").replace('}', "}}")
}

fn location(place: &Location, dataset: Option<&Dataset>) -> Value {
    let mut physical = json!({ "artifactLocation": artifact(&place.document) });
    if let Some(line) = place.line {
        let mut region = json!({ "startLine": line });
        if let Some(column) = place.column {
            region["startColumn"] = json!(column);
        }
        physical["region"] = region;
    }
    let mut logical = json!({ "fullyQualifiedName": place.pointer });
    if let Some(title) = dataset.and_then(|dataset| dataset.title.as_deref()) {
        logical["name"] = json!(for_terminal(title));
    }
    let mut location = json!({ "physicalLocation": physical, "logicalLocations": [logical] });
    if let (Some(start), Some(end)) = (place.start, place.end) {
        location["properties"] =
            json!({ "byteOffset": start, "byteLength": end.saturating_sub(start) });
    }
    location
}

/// Where a document is: its name as a relative address, or as a file where the name is a whole path.
fn artifact(document: &str) -> Value {
    let path = path(document);
    if path.starts_with('/') {
        return json!({ "uri": format!("file://{}", percent(path)) });
    }
    json!({ "uri": percent(path), "uriBaseId": BASE })
}

/// A path as a part of an address (RFC 3986): all but plain signs and the strokes between folders is written in percent.
fn percent(path: &str) -> String {
    use std::fmt::Write;
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        // Two strokes in a row would begin the name of a host.
        if byte == b'/' && out.ends_with('/') {
            continue;
        }
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

/// The documents whose characters are not UTF-8.
fn recoded(report: &Report) -> BTreeSet<&str> {
    let of_encoding = report
        .findings
        .iter()
        .filter(|finding| finding.rule == "encoding-not-utf8");
    of_encoding
        .flat_map(|finding| finding.locations.iter().map(|place| &*place.document))
        .collect()
}

/// A fix as replacements of bytes. Where the document's characters are not UTF-8, what to put there would be other bytes.
fn fix(finding: &Finding, recoded: &BTreeSet<&str>) -> Option<Value> {
    let Fix { title, edits, .. } = finding.fix.as_ref()?;
    let document = &*finding.locations.first()?.document;
    if edits.is_empty() || recoded.contains(document) {
        return None;
    }
    let replacements: Vec<Value> = edits.iter().map(replacement).collect();
    Some(json!({
        "description": { "text": plain(&for_terminal(title)) },
        "artifactChanges": [{
            "artifactLocation": artifact(document),
            "replacements": replacements,
        }],
    }))
}

fn replacement(edit: &Edit) -> Value {
    json!({
        "deletedRegion": {
            "byteOffset": edit.start,
            "byteLength": edit.end.saturating_sub(edit.start),
        },
        "insertedContent": { "text": edit.text, "binary": base64(edit.text.as_bytes()) },
    })
}

/// Base64 (RFC 4648), with its padding.
fn base64(bytes: &[u8]) -> String {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let byte = |at: usize| u32::from(chunk.get(at).copied().unwrap_or_default());
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for at in 0..4 {
            let sign = SIGNS
                .get((bits >> (18 - 6 * at) & 63) as usize)
                .copied()
                .unwrap_or(b'=');
            out.push(if at <= chunk.len() {
                char::from(sign)
            } else {
                '='
            });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{artifact, base64, plain};

    #[test]
    fn names_of_documents_become_addresses() {
        assert_eq!(artifact("./a b/ü.json")["uri"], "a%20b/%C3%BC.json");
        assert_eq!(artifact("./a b/ü.json")["uriBaseId"], "%SRCROOT%");
        assert_eq!(artifact("/data/x.json")["uri"], "file:///data/x.json");
        assert_eq!(artifact("//host/x.json")["uri"], "file:///host/x.json");
        assert!(artifact("/data/x.json")["uriBaseId"].is_null());
        assert_eq!(artifact("a:b?#%.json")["uri"], "a%3Ab%3F%23%25.json");
    }

    #[test]
    fn a_message_holds_no_placeholder_and_no_link() {
        assert_eq!(plain("{0} [x](1)"), "{{0}} [x] (1)");
    }

    #[test]
    fn writes_base64() {
        for (bytes, wanted) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(base64(bytes.as_bytes()), wanted);
        }
    }
}
