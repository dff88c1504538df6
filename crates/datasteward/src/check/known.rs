//! What came of a steward's acknowledgements.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::acknowledge::{Acknowledge, Known, Subject, look_up};
use crate::model::Decision;
use crate::options::Options;
use crate::report::{Acknowledged, Acknowledgement, AcknowledgementState, Document};
use crate::rule::{Check, Draft, Rule, Summaries};
use crate::rules;

/// How many findings each acknowledgement was met by, in its whole or in part.
#[derive(Debug, Default)]
pub(super) struct Met {
    /// Those of the options, by number.
    given: Vec<(usize, usize)>,
    /// Those that stand in records, in the order of the datasets.
    own: Vec<Own>,
}

/// Acknowledgements that stand in records, in the order of the datasets.
pub(super) struct OfRecords(std::iter::Peekable<std::vec::IntoIter<Own>>);

impl OfRecords {
    /// Those of the datasets before a number that were not handed on yet.
    pub(super) fn before(&mut self, end: usize) -> Met {
        Met {
            given: Vec::new(),
            own: std::iter::from_fn(|| self.0.next_if(|own| own.dataset < end)).collect(),
        }
    }
}

/// An acknowledgement that stands in the record it speaks of.
#[derive(Debug)]
struct Own {
    dataset: usize,
    known: Acknowledge,
    met: (usize, usize),
}

impl Met {
    /// Takes in what a record says is known; findings about what cannot be followed.
    pub(super) fn take_in(&mut self, dataset: usize, decisions: &[Decision<'_>]) -> Vec<Draft> {
        let mut slips = Vec::new();
        for decision in decisions {
            match Acknowledge::of_record(&decision.members) {
                Ok(known) => self.own.push(Own {
                    dataset,
                    known,
                    met: (0, 0),
                }),
                Err(reason) => {
                    let message = format!("An acknowledgement is not followed: {reason}");
                    let mut draft = Draft::new("acknowledge", message)
                        .at(Some(decision.at))
                        .mend("Mend it, or take it out of `acknowledge`.");
                    draft.subject.clone_from(&reason);
                    slips.push(draft);
                }
            }
        }
        slips
    }

    /// Whether a record has acknowledged anything, and whether it names fields.
    pub(super) fn of_record(&self, dataset: usize) -> (bool, bool) {
        let own = self.range(dataset);
        let own = self.own.get(own).unwrap_or_default();
        (
            !own.is_empty(),
            own.iter().any(|own| own.known.field.is_some()),
        )
    }

    fn range(&self, dataset: usize) -> Range<usize> {
        let start = self.own.partition_point(|own| own.dataset < dataset);
        let end = self.own.partition_point(|own| own.dataset <= dataset);
        start..end
    }

    /// The mark of a finding about a dataset, where it is acknowledged; of the options first.
    pub(super) fn look_up(
        &mut self,
        options: &Options,
        dataset: Option<usize>,
        subject: &Subject<'_>,
    ) -> Option<Box<Acknowledgement>> {
        let of_options = look_up(&options.acknowledge, subject, options.as_of);
        self.add(&of_options);
        let mut by = of_options.by.and_then(|it| options.acknowledge.get(it));
        let own = dataset.map(|dataset| self.range(dataset));
        let own = own.and_then(|range| self.own.get_mut(range));
        let own = own.unwrap_or_default();
        if !own.is_empty() {
            let all: Vec<Acknowledge> = own.iter().map(|own| own.known.clone()).collect();
            let found = look_up(&all, subject, options.as_of);
            for number in &found.met {
                if let Some(own) = own.get_mut(*number) {
                    own.met.0 += 1;
                }
            }
            for number in &found.partly {
                if let Some(own) = own.get_mut(*number) {
                    own.met.1 += 1;
                }
            }
            let of_record = found.by.and_then(|it| own.get(it)).map(|own| &own.known);
            by = by.or(of_record);
        }
        by.map(|known| Box::new(acknowledgement(known)))
    }

    fn add(&mut self, known: &Known) {
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

    /// Adds what was met in datasets that come behind so many.
    pub(super) fn append(&mut self, other: Self, before: usize) {
        for (number, (met, partly)) in other.given.iter().enumerate() {
            if let Some(counts) = self.at(number) {
                counts.0 += met;
                counts.1 += partly;
            }
        }
        self.own.extend(other.own.into_iter().map(|own| Own {
            dataset: own.dataset + before,
            ..own
        }));
    }

    /// Takes out what stands in records, to be handed on for some datasets after the other.
    pub(super) fn take_of_records(&mut self) -> OfRecords {
        OfRecords(std::mem::take(&mut self.own).into_iter().peekable())
    }

    /// Gives datasets other numbers.
    pub(super) fn put_in_order(&mut self, places: &[usize]) {
        for own in &mut self.own {
            own.dataset = places.get(own.dataset).copied().unwrap_or(own.dataset);
        }
        self.own.sort_by_key(|own| own.dataset);
    }

    fn at(&mut self, number: usize) -> Option<&mut (usize, usize)> {
        if self.given.len() <= number {
            self.given.resize(number + 1, (0, 0));
        }
        self.given.get_mut(number)
    }
}

/// The mark of a finding that is acknowledged.
fn acknowledgement(known: &Acknowledge) -> Acknowledgement {
    Acknowledgement {
        reason: known.reason.clone(),
        role: known.role.clone(),
        expires: known.expires.map(|date| date.to_string()),
    }
}

/// Every acknowledgement and what came of it: those of the options, then those of records.
pub(super) fn states(
    options: &Options,
    met: &Met,
    documents: &[Document],
    datasets: &Summaries,
) -> Vec<AcknowledgementState> {
    if options.acknowledge.is_empty() && met.own.is_empty() {
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
    let state = |known: &Acknowledge, dataset: Option<&str>, met: (usize, usize)| {
        let (whole, part) = met;
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
            dataset: dataset.map(str::to_owned),
            field: known.field.clone(),
            path: known.path.clone(),
            reason,
            role,
            expires,
            state,
            findings: whole + part,
        }
    };
    let given = options
        .acknowledge
        .iter()
        .enumerate()
        .map(|(number, known)| {
            let met = met.given.get(number).copied().unwrap_or_default();
            state(known, known.dataset.as_deref(), met)
        });
    let own = met.own.iter().map(|own| {
        let identity = datasets.identity(own.dataset);
        state(&own.known, Some(identity), own.met)
    });
    given.chain(own).collect()
}
