//! Report to text: one file an output. An output sees the report and nothing else.

mod html;
mod text;

pub use html::html;
pub use text::{TextOptions, for_terminal, text};

use crate::report::{Outcome, Report};
use crate::rule::Item;

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

/// The rules that ask for most work: how many datasets each touches, the most first.
pub(crate) fn mend_first(report: &Report) -> Vec<(&str, usize)> {
    let mut counts: std::collections::BTreeMap<&str, usize> = std::collections::BTreeMap::new();
    for finding in &report.findings {
        if finding.severity > crate::report::Severity::Info && finding.dataset.is_some() {
            *counts.entry(&finding.rule).or_default() += 1;
        }
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by(|one, other| other.1.cmp(&one.1).then(one.0.cmp(other.0)));
    counts
}
