//! The report in its forms: one file a form, and [`FORMS`] lists them. A form sees the report and nothing else.
//!
//! What stands in a report came from strangers. Each form has its own way to say a text without obeying it; the tests in
//! `tests/outputs.rs` read every form back with a reader of its own kind.

mod csv;
#[cfg(feature = "outputs")]
mod dashboard;
#[cfg(feature = "outputs")]
mod dqv;
#[cfg(feature = "outputs")]
mod github;
#[cfg(feature = "outputs")]
mod gitlab;
mod gravest;
#[cfg(feature = "outputs")]
pub mod guide;
#[cfg(feature = "outputs")]
mod history;
mod html;
#[cfg(feature = "outputs")]
mod jsonl;
#[cfg(feature = "outputs")]
mod junit;
mod markdown;
#[cfg(feature = "outputs")]
mod page;
#[cfg(feature = "outputs")]
mod requests;
#[cfg(feature = "outputs")]
mod sarif;
mod statistics;
mod text;
#[cfg(feature = "outputs")]
mod tracker;

pub use csv::{csv, csv_datasets};
#[cfg(feature = "outputs")]
pub use dashboard::{dashboard, dashboard_with};
#[cfg(feature = "outputs")]
pub use dqv::{dqv, dqv_turtle};
#[cfg(feature = "outputs")]
pub use github::github;
#[cfg(feature = "outputs")]
pub use gitlab::gitlab;
pub use gravest::gravest;
#[cfg(feature = "outputs")]
pub use history::{DepartmentRun, History, ItemCounts, NotAHistory, Run};
pub use html::html;
#[cfg(feature = "outputs")]
pub use jsonl::{JsonLines, jsonl};
#[cfg(feature = "outputs")]
pub use junit::junit;
pub use markdown::markdown;
#[cfg(feature = "outputs")]
pub use requests::{NotRequests, Request, Requests};
#[cfg(feature = "outputs")]
pub use sarif::sarif;
pub use statistics::{statistics, statistics_json};
pub use text::{Gist, TextOptions, for_terminal, text};
#[cfg(feature = "outputs")]
pub use tracker::{Cell, LastTracker, NotATracker, Tracker, tracker};

use std::fmt::Write;

use crate::lexicon::dates::Date;
use crate::report::{
    Acknowledged, AcknowledgementState, Confidence, Finding, Location, Outcome, Report, Severity,
};
use crate::rule::Item;

/// A form in which a report can be written.
#[derive(Debug)]
pub struct Form {
    /// Its name on the command line and in every library.
    pub name: &'static str,
    /// What it is, in a few words.
    pub about: &'static str,
    write: fn(&Report) -> String,
}

impl Form {
    /// The report in this form.
    #[must_use]
    pub fn write(&self, report: &Report) -> String {
        (self.write)(report)
    }
}

/// Every form, those for people first.
pub const FORMS: &[Form] = &[
    Form {
        name: "text",
        about: "for people, in a terminal or a pipe",
        write: |report| text(report, &TextOptions::default()),
    },
    Form {
        name: "markdown",
        about: "a summary for a mail, an issue or a wiki",
        write: markdown,
    },
    Form {
        name: "html",
        about: "a piece of a page",
        write: html,
    },
    #[cfg(feature = "outputs")]
    Form {
        name: "dashboard",
        about: "a page for stewards, to open in a browser",
        write: dashboard,
    },
    Form {
        name: "csv",
        about: "a table with one row a finding",
        write: csv,
    },
    Form {
        name: "csv-datasets",
        about: "a table with one row a dataset",
        write: csv_datasets,
    },
    #[cfg(feature = "outputs")]
    Form {
        name: "tracker",
        about: "a table to work through, one row a dataset",
        write: tracker,
    },
    Form {
        name: "json",
        about: "the whole report for programs",
        write: Report::to_json,
    },
    #[cfg(feature = "outputs")]
    Form {
        name: "jsonl",
        about: "the same, one line a document, a dataset, a finding",
        write: jsonl,
    },
    Form {
        name: "statistics",
        about: "how often each rule speaks",
        write: statistics,
    },
    Form {
        name: "statistics-json",
        about: "the same for programs",
        write: statistics_json,
    },
    #[cfg(feature = "outputs")]
    Form {
        name: "sarif",
        about: "SARIF 2.1.0, for code scanning and editors",
        write: sarif,
    },
    #[cfg(feature = "outputs")]
    Form {
        name: "github",
        about: "annotations of GitHub Actions",
        write: github,
    },
    #[cfg(feature = "outputs")]
    Form {
        name: "gitlab",
        about: "a code quality report for GitLab",
        write: gitlab,
    },
    #[cfg(feature = "outputs")]
    Form {
        name: "junit",
        about: "JUnit XML, one suite a dataset",
        write: junit,
    },
    #[cfg(feature = "outputs")]
    Form {
        name: "dqv",
        about: "W3C data quality vocabulary, as JSON-LD",
        write: dqv,
    },
    #[cfg(feature = "outputs")]
    Form {
        name: "dqv-turtle",
        about: "the same as Turtle",
        write: dqv_turtle,
    },
];

/// The form of that name.
#[must_use]
pub fn form(name: &str) -> Option<&'static Form> {
    FORMS.iter().find(|form| form.name == name)
}

/// How an outcome is marked: never by colour alone.
pub(crate) fn mark(outcome: Outcome, ascii: bool) -> &'static str {
    match (outcome, ascii) {
        (Outcome::Pass, false) => "✓",
        (Outcome::Fail, false) => "✗",
        (Outcome::NotApplicable, false) => "–",
        (Outcome::Unknown, false) => "?",
        (Outcome::Pass, true) => "ok",
        (Outcome::Fail, true) => "!!",
        (Outcome::NotApplicable, true) => "--",
        (Outcome::Unknown, true) => "??",
    }
}

/// The words for an item's code.
pub(crate) fn item_label(code: &str) -> &'static str {
    Item::TEN
        .iter()
        .find(|item| item.code() == code)
        .map_or("", |item| item.label())
}

/// Whether there is something to mend: more than a note, and not acknowledged.
pub(crate) fn is_open(finding: &Finding) -> bool {
    finding.severity > Severity::Info && finding.acknowledged.is_none()
}

/// What a steward should look at again in an acknowledgement; nothing where it does its work.
pub(crate) fn acknowledgement_note(known: &AcknowledgementState) -> Option<String> {
    let mut of = format!("`{}`", for_terminal(&known.rule));
    for (word, part) in [
        ("dataset", &known.dataset),
        ("field", &known.field),
        ("path", &known.path),
    ] {
        if let Some(part) = part {
            let _ = write!(of, ", {word} `{}`", for_terminal(part));
        }
    }
    let findings = match known.findings {
        0 => "nothing is found any more that it speaks of; take it out".to_owned(),
        1 => "1 finding counts again".to_owned(),
        count => format!("{count} findings count again"),
    };
    match known.state {
        Acknowledged::Ended => {
            let day = known.expires.as_deref().and_then(Date::from_iso);
            let day = day.map_or_else(String::new, |date| format!(" on {}", date.spoken()));
            Some(format!(
                "The acknowledgement of {of} ended{day}: {findings}."
            ))
        }
        Acknowledged::Unused => Some(format!(
            "The acknowledgement of {of} is not needed: nothing is found that it speaks of. Take it out."
        )),
        Acknowledged::InPart => Some(format!(
            "The acknowledgement of {of} silences nothing: the finding names other fields too."
        )),
        Acknowledged::InUse | Acknowledged::NotJudged => None,
    }
}

/// The rules that ask for most work: how many datasets each touches, the most first.
pub(crate) fn mend_first(report: &Report) -> Vec<(&str, usize)> {
    let mut counts: std::collections::BTreeMap<&str, usize> = std::collections::BTreeMap::new();
    for finding in &report.findings {
        if is_open(finding) && finding.dataset.is_some() {
            *counts.entry(&finding.rule).or_default() += 1;
        }
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    most_first(&mut counts);
    counts
}

/// Sorts rules by how often they speak.
fn most_first(counts: &mut [(&str, usize)]) {
    counts.sort_by(|one, other| other.1.cmp(&one.1).then(one.0.cmp(other.0)));
}

/// What a finding says, on one line that steers nothing.
pub(crate) fn said(finding: &Finding) -> String {
    let perhaps = match finding.confidence {
        Confidence::Hint => "Perhaps: ",
        Confidence::Certain | Confidence::Likely => "",
    };
    format!("{perhaps}{}", for_terminal(&finding.message))
}

/// What a finding says, why it matters and what to do: three lines.
#[cfg(feature = "outputs")]
pub(crate) fn said_in_full(finding: &Finding) -> String {
    format!(
        "{}\n{}\n→ {}",
        said(finding),
        for_terminal(&finding.why),
        for_terminal(&finding.how)
    )
}

/// A place for people: `data.json, line 3, column 7`.
pub(crate) fn place(location: &Location) -> String {
    let mut place = for_terminal(&location.document);
    match (location.line, location.column) {
        (Some(line), Some(column)) => {
            let _ = write!(place, ", line {line}, column {column}");
        }
        _ if !location.pointer.is_empty() => {
            let _ = write!(place, ", {}", for_terminal(&location.pointer));
        }
        _ => {}
    }
    place
}

/// A document's name as the path of a file in the folder where the command ran.
#[cfg(feature = "outputs")]
pub(crate) fn path(document: &str) -> &str {
    let mut path = document;
    while let Some(rest) = path.strip_prefix("./") {
        path = rest.trim_start_matches('/');
    }
    path
}

/// The findings of each dataset; those of documents last.
pub(crate) fn by_dataset(report: &Report) -> (Vec<Vec<&Finding>>, Vec<&Finding>) {
    let mut datasets: Vec<Vec<&Finding>> = vec![Vec::new(); report.datasets.len()];
    let mut documents = Vec::new();
    for finding in &report.findings {
        match finding.dataset.and_then(|index| datasets.get_mut(index)) {
            Some(findings) => findings.push(finding),
            None => documents.push(finding),
        }
    }
    (datasets, documents)
}

#[cfg(test)]
mod tests {
    use super::{FORMS, form};

    #[test]
    fn a_form_is_found_by_its_name_and_no_name_is_given_twice() {
        for (index, one) in FORMS.iter().enumerate() {
            let found = form(one.name).map(|found| found.about);
            assert_eq!(found, Some(one.about), "{}", one.name);
            assert!(
                FORMS
                    .iter()
                    .skip(index + 1)
                    .all(|other| other.name != one.name)
            );
        }
        assert!(form("hologram").is_none());
    }

    #[cfg(feature = "outputs")]
    #[test]
    fn a_path_has_no_step_to_where_one_is() {
        assert_eq!(super::path("./data/./x.json"), "data/./x.json");
        assert_eq!(super::path(".//x.json"), "x.json");
        assert_eq!(super::path("../x.json"), "../x.json");
    }
}
