//! What came of it: a [`Report`] that says everything an output needs.
//!
//! The types here are the report's JSON, letter for letter; `schemas/report.schema.json` is made from them.

mod score;

use std::borrow::Cow;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

pub use crate::rule::{Confidence, Ratio, Severity};
pub(crate) use score::{AreaSums, Share, Tallies, Tally, areas_of};

/// The outcome of a run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Report {
    /// Version of this form of report: 1.
    pub report_version: u32,
    /// What made it.
    pub tool: Tool,
    /// The day of judgement (ISO 8601); null if none was given.
    pub as_of: Option<String>,
    /// The profile.
    pub profile: String,
    /// The documents read, in the order given.
    pub documents: Vec<Document>,
    /// Figures over all datasets.
    pub summary: Summary,
    /// The datasets, in the order of the documents.
    pub datasets: Vec<Dataset>,
    /// The findings: those of documents first, then by dataset, item, rule and place.
    pub findings: Vec<Finding>,
}

/// What made a report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Tool {
    /// `datasteward`.
    pub name: String,
    /// Its version.
    pub version: String,
}

impl Tool {
    /// This build.
    #[must_use]
    pub fn this() -> Self {
        Self {
            name: "datasteward".to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
        }
    }
}

/// A document read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// Its name as given.
    pub name: String,
    /// The format of its records; null if none could be understood.
    pub format: Option<String>,
    /// How many records it holds.
    pub records: usize,
}

/// Figures over all datasets.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Summary {
    /// How many datasets were judged.
    pub datasets: usize,
    /// How many findings there are, without those that are acknowledged.
    pub findings: Counts,
    /// How many findings are acknowledged.
    #[serde(default)]
    pub acknowledged: usize,
    /// The five areas: means over the datasets.
    pub areas: Areas,
    /// The same by owner, in the order of their names.
    pub owners: Vec<Owner>,
    /// The same by portal, in the order of their names, where the datasets are of more than one; else empty.
    #[serde(default)]
    pub portals: Vec<Portal>,
    /// What the steward has acknowledged, in the order of the configuration and then of the records, and what came of it.
    #[serde(default)]
    pub acknowledgements: Vec<AcknowledgementState>,
}

/// Findings by severity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Counts {
    /// A reader cannot go on.
    pub error: usize,
    /// A reader will stumble.
    pub warning: usize,
    /// Remarks.
    pub info: usize,
}

impl Counts {
    pub(crate) fn add(&mut self, severity: Severity) {
        match severity {
            Severity::Error => self.error += 1,
            Severity::Warning => self.warning += 1,
            Severity::Info => self.info += 1,
        }
    }

    pub(crate) fn join(&mut self, other: Self) {
        self.error += other.error;
        self.warning += other.warning;
        self.info += other.info;
    }
}

/// A department or publisher and its datasets.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Owner {
    /// Its name.
    pub owner: String,
    /// How many datasets it has.
    pub datasets: usize,
    /// How many findings they have.
    pub findings: Counts,
    /// The five areas: means over its datasets.
    pub areas: Areas,
}

/// A portal and its datasets: one host may serve records in many documents, and one document records of many hosts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Portal {
    /// Its host; null for records that name none.
    pub portal: Option<String>,
    /// How many datasets it has.
    pub datasets: usize,
    /// How many findings they have.
    pub findings: Counts,
    /// The five areas: means over its datasets.
    pub areas: Areas,
    /// The same by owner: two portals may well have departments of one name.
    pub owners: Vec<Owner>,
}

/// One dataset and how it does.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Dataset {
    /// The document it stands in.
    pub document: Arc<str>,
    /// JSON Pointer of its record in the document, or in its line.
    pub pointer: String,
    /// The line where its record starts; null for a value in memory.
    pub line: Option<usize>,
    /// Its identifier.
    pub id: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// The department or publisher in charge.
    pub owner: Option<String>,
    /// How often its page was opened, where the portal counts that and the file tells it.
    pub views: Option<u64>,
    /// The ten items of the checklist, in their order.
    pub items: Vec<ItemOutcome>,
    /// The five areas.
    pub areas: Areas,
}

/// How an item of the checklist came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// In order.
    Pass,
    /// Something is wrong.
    Fail,
    /// The question makes no sense here.
    NotApplicable,
    /// The record does not let us answer.
    Unknown,
}

/// An item of the checklist for one dataset.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ItemOutcome {
    /// Its code: `C3`.
    pub item: Cow<'static, str>,
    /// How it came out.
    pub outcome: Outcome,
    /// Why it does not apply or cannot be told, as a code; null otherwise.
    pub reason: Option<Cow<'static, str>>,
    /// The rules that failed.
    pub rules: Vec<Cow<'static, str>>,
}

/// The five areas of the checklist.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Areas {
    /// One parent dataset, required metadata, refresh rate.
    pub consistency: AreaScore,
    /// A usable format.
    pub accessibility: AreaScore,
    /// Plain fields, units.
    pub comprehensiveness: AreaScore,
    /// Source, limits.
    pub trustworthiness: AreaScore,
    /// Context, enough data.
    pub interest: AreaScore,
}

impl Areas {
    /// The five, in the order of [`crate::rule::Area::ALL`].
    #[must_use]
    pub fn each(&self) -> [AreaScore; 5] {
        [
            self.consistency,
            self.accessibility,
            self.comprehensiveness,
            self.trustworthiness,
            self.interest,
        ]
    }

    pub(crate) fn from_each(scores: [AreaScore; 5]) -> Self {
        let [
            consistency,
            accessibility,
            comprehensiveness,
            trustworthiness,
            interest,
        ] = scores;
        Self {
            consistency,
            accessibility,
            comprehensiveness,
            trustworthiness,
            interest,
        }
    }
}

/// One area: of one dataset, or over many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct AreaScore {
    /// From 0 to 1; null if nothing could be judged.
    pub score: Option<f64>,
    /// Items in order.
    pub passed: usize,
    /// Items that could be judged.
    pub applicable: usize,
    /// Items that the records do not let us judge.
    pub unknown: usize,
}

/// One finding: a note to a colleague.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Finding {
    /// The rule.
    pub rule: Cow<'static, str>,
    /// Its code.
    pub code: Cow<'static, str>,
    /// The item of the checklist; null for findings about the document or catalogue as such.
    pub item: Option<Cow<'static, str>>,
    /// How much it weighs.
    pub severity: Severity,
    /// How sure it is.
    pub confidence: Confidence,
    /// Index into `datasets`; null for a finding about a document.
    pub dataset: Option<usize>,
    /// What is wrong.
    pub message: String,
    /// Why a reader cares.
    pub why: Cow<'static, str>,
    /// What to do.
    pub how: Cow<'static, str>,
    /// The steward's own words.
    pub evidence: Option<String>,
    /// Where it stands, the most telling place first.
    pub locations: Vec<Location>,
    /// Of findings about fields: how many of how many.
    pub ratio: Option<Ratio>,
    /// How it can be mended by a program.
    pub fix: Option<Fix>,
    /// Its identity: stays the same when lines move.
    pub fingerprint: String,
    /// Set where a steward has acknowledged it.
    pub acknowledged: Option<Acknowledgement>,
}

/// A place in a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Location {
    /// The document.
    pub document: Arc<str>,
    /// JSON Pointer into the document, or into the line.
    pub pointer: String,
    /// Line, from 1; null for a value in memory.
    pub line: Option<usize>,
    /// Column in characters, from 1; null for a value in memory.
    pub column: Option<usize>,
    /// First offset, in bytes of the document as it came (UTF-16 units in the browser).
    pub start: Option<usize>,
    /// Offset behind the last.
    pub end: Option<usize>,
}

/// How a finding can be mended by a program.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Fix {
    /// Whether a person must read it first.
    pub safety: Safety,
    /// What it does.
    pub title: String,
    /// The change as JSON Patch (RFC 6902), behind a test of the old value.
    pub patch: Vec<PatchStep>,
    /// The same change as edits of the text; everything else stays as it is.
    pub edits: Vec<Edit>,
}

/// Whether a fix may be applied unread.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Safety {
    /// The meaning cannot change.
    Safe,
    /// A person must read it.
    NeedsReview,
}

/// One step of a JSON Patch.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PatchStep {
    /// `test`, `replace`, `add`, `remove` or `move`.
    pub op: String,
    /// JSON Pointer of what is moved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// JSON Pointer.
    pub path: String,
    /// The value; a move and a removal have none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
}

/// One edit of the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Edit {
    /// First offset.
    pub start: usize,
    /// Offset behind the last.
    pub end: usize,
    /// What to put there.
    pub text: String,
}

/// A steward's word that a finding is known and stays.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Acknowledgement {
    /// Why.
    pub reason: String,
    /// Who decided: a role.
    pub role: Option<String>,
    /// The day on which it ends (ISO 8601).
    pub expires: Option<String>,
}

/// An acknowledgement and what came of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct AcknowledgementState {
    /// The rule.
    pub rule: String,
    /// The dataset meant; null for any.
    pub dataset: Option<String>,
    /// The field meant; null for any.
    pub field: Option<String>,
    /// The documents meant, as a pattern; null for any.
    pub path: Option<String>,
    /// Why.
    pub reason: String,
    /// Who decided: a role.
    pub role: Option<String>,
    /// The day on which it ends (ISO 8601).
    pub expires: Option<String>,
    /// What came of it.
    pub state: Acknowledged,
    /// How many findings it speaks of.
    pub findings: usize,
}

/// What came of an acknowledgement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Acknowledged {
    /// It silences findings.
    InUse,
    /// The findings that it speaks of name other fields too, and stay.
    InPart,
    /// Its day has come: the findings count again.
    Ended,
    /// Nothing is found that it speaks of.
    Unused,
    /// The rule, dataset or document that it speaks of was not judged in this run.
    NotJudged,
}

impl Report {
    /// The report as JSON text: two blanks a step, a line break at the end.
    #[must_use]
    pub fn to_json(&self) -> String {
        // A report holds nothing that JSON cannot say: text, whole numbers, and shares that are finite.
        let mut text = serde_json::to_string_pretty(self).unwrap_or_default();
        text.push('\n');
        text
    }

    /// Reads a report back.
    ///
    /// # Errors
    /// If the text is not a report of this version.
    pub fn from_json(text: &str) -> Result<Self, crate::OptionsError> {
        serde_json::from_str(text)
            .map_err(|error| crate::OptionsError::BadReport(error.to_string()))
    }
}

/// The identity of a finding: which rule, dataset, field and subject, never which line.
pub(crate) fn fingerprint(rule: &str, dataset: &str, field: &str, subject: &str) -> String {
    let mut digest = Sha256::new();
    for (at, part) in [rule, dataset, field, subject].into_iter().enumerate() {
        if at > 0 {
            digest.update("\n");
        }
        digest.update(part);
    }
    let digest = digest.finalize();
    let halves = digest
        .iter()
        .take(8)
        .flat_map(|byte| [byte >> 4, byte & 15]);
    halves
        .filter_map(|half| char::from_digit(half.into(), 16))
        .collect()
}
