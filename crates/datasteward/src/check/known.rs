//! What came of a steward's acknowledgements.

use std::collections::BTreeSet;

use crate::acknowledge::{Acknowledge, Known};
use crate::options::Options;
use crate::report::{Acknowledged, Acknowledgement, AcknowledgementState, Document};
use crate::rule::{Check, Rule, Summaries};
use crate::rules;

/// How many findings each acknowledgement was met by, in its whole or in part; by its number.
#[derive(Debug, Default)]
pub(super) struct Met(Vec<(usize, usize)>);

impl Met {
    pub(super) fn add(&mut self, known: &Known) {
        for number in &known.met {
            if let Some(counts) = self.at(*number) {
                counts.0 += 1;
            }
        }
        for number in &known.partly {
            if let Some(counts) = self.at(*number) {
                counts.1 += 1;
            }
        }
    }

    pub(super) fn join(&mut self, other: &Self) {
        for (number, (met, partly)) in other.0.iter().enumerate() {
            if let Some(counts) = self.at(number) {
                counts.0 += met;
                counts.1 += partly;
            }
        }
    }

    fn at(&mut self, number: usize) -> Option<&mut (usize, usize)> {
        if self.0.len() <= number {
            self.0.resize(number + 1, (0, 0));
        }
        self.0.get_mut(number)
    }
}

/// The mark of a finding that is acknowledged.
pub(super) fn acknowledgement(known: &Acknowledge) -> Acknowledgement {
    Acknowledgement {
        reason: known.reason.clone(),
        role: known.role.clone(),
        expires: known.expires.map(|date| date.to_string()),
    }
}

/// Every acknowledgement and what came of it.
pub(super) fn states(
    options: &Options,
    met: &Met,
    documents: &[Document],
    datasets: &Summaries,
) -> Vec<AcknowledgementState> {
    if options.acknowledge.is_empty() {
        return Vec::new();
    }
    let identities: BTreeSet<&str> = (0..datasets.len())
        .map(|index| datasets.identity(index))
        .collect();
    let was_judged = |known: &Acknowledge| {
        let rule = rules::find(known.rule);
        let dataset = known.dataset.as_deref();
        let needs_others = |rule: &Rule| matches!(rule.check, Check::Catalog(_));
        rule.is_some_and(|rule| options.allows(rule) && (datasets.len() > 1 || !needs_others(rule)))
            && dataset.is_none_or(|id| identities.contains(id))
            && documents.iter().any(|it| known.is_of_document(&it.name))
    };
    let state = |(number, known): (usize, &Acknowledge)| {
        let (whole, part) = met.0.get(number).copied().unwrap_or_default();
        let state = if known.has_ended(options.as_of) {
            Acknowledged::Ended
        } else if whole > 0 {
            Acknowledged::InUse
        } else if part > 0 {
            Acknowledged::InPart
        } else if was_judged(known) {
            Acknowledged::Unused
        } else {
            Acknowledged::NotJudged
        };
        let Acknowledgement {
            reason,
            role,
            expires,
        } = acknowledgement(known);
        AcknowledgementState {
            rule: known.rule.to_owned(),
            dataset: known.dataset.clone(),
            field: known.field.clone(),
            path: known.path.clone(),
            reason,
            role,
            expires,
            state,
            findings: whole + part,
        }
    };
    options.acknowledge.iter().enumerate().map(state).collect()
}
