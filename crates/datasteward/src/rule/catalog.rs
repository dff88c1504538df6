//! What rules over many datasets see: a small summary of each, never the records.

use std::collections::BTreeMap;

use crate::limits;
use crate::model::AssetKind;
use crate::source::place::Place;

use super::{Draft, Verdict};

/// What is kept of a dataset after it was judged.
#[derive(Clone, Debug)]
pub struct Summary {
    /// Which document it came from.
    pub document: usize,
    /// The portal and publisher: only datasets with equal ones are compared.
    pub owner: String,
    /// The identifier, without the portal.
    pub id: String,
    /// The title as readers see it.
    pub title: String,
    /// The title made comparable.
    pub folded_title: String,
    /// The title without its periods and places: equal for slices of one table.
    pub skeleton: String,
    /// The period that the title names.
    pub period: String,
    /// What kind of thing it is.
    pub kind: AssetKind,
    /// Identifiers of the datasets it is made from.
    pub parents: Vec<String>,
    /// The portal's id of the stored table.
    pub table: Option<String>,
    /// Hashes of its field names, sorted; none where the format has no fields.
    pub columns: Vec<u64>,
    /// It belongs to a declared series.
    pub in_series: bool,
    /// Who publishes it.
    pub publisher: String,
    /// Nothing but the publisher can be its source: whether that counts depends on the others.
    pub source_rests_on_publisher: bool,
    /// Where its title stands.
    pub title_place: Place,
    /// Where its parent is named.
    pub parent_place: Option<Place>,
    /// Where its identifier stands.
    pub id_place: Place,
}

/// All datasets of a run.
#[derive(Clone, Copy, Debug)]
pub struct Catalog<'a> {
    /// One summary a dataset, in order.
    pub summaries: &'a [Summary],
}

/// What a rule over many datasets says of one of them.
#[derive(Debug)]
pub struct CatalogFinding {
    /// The dataset, by its number.
    pub dataset: usize,
    /// The verdict; its drafts carry no places of their own.
    pub verdict: Verdict,
    /// The places of its findings.
    pub places: Vec<Place>,
}

impl CatalogFinding {
    /// A verdict without places.
    #[must_use]
    pub fn verdict(dataset: usize, verdict: Verdict) -> Self {
        Self {
            dataset,
            verdict,
            places: Vec::new(),
        }
    }

    /// A finding at some places.
    #[must_use]
    pub fn fail(dataset: usize, draft: Draft, places: Vec<Place>) -> Self {
        Self {
            dataset,
            verdict: Verdict::fail(draft),
            places,
        }
    }
}

/// Datasets whose titles differ in their period only.
#[derive(Clone, Debug)]
pub struct Family {
    /// Its members, the newest last.
    pub members: Vec<usize>,
    /// How much the columns of the member that fits worst share with the widest; `None` if no member lists columns.
    pub similarity: Option<f64>,
}

impl Catalog<'_> {
    /// Datasets grouped by a key, in the order of their first members; empty keys are left out.
    pub fn groups(&self, key: impl Fn(&Summary) -> Option<String>) -> Vec<Vec<usize>> {
        let mut groups: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (index, summary) in self.summaries.iter().enumerate() {
            if let Some(key) = key(summary) {
                groups.entry(key).or_default().push(index);
            }
        }
        let mut groups: Vec<_> = groups
            .into_values()
            .filter(|group| group.len() > 1)
            .collect();
        groups.sort();
        groups
    }

    /// Tables whose titles differ in their period only, and whose columns agree.
    #[must_use]
    pub fn families(&self) -> Vec<Family> {
        let slices = self.groups(|summary| {
            let whole = !summary.kind.is_derived() && summary.skeleton.len() >= 4;
            (whole && !summary.period.is_empty())
                .then(|| format!("{}\u{1}{}", summary.owner, summary.skeleton))
        });
        slices
            .into_iter()
            .filter_map(|members| self.family(members))
            .collect()
    }

    fn family(&self, members: Vec<usize>) -> Option<Family> {
        let summary = |index: &usize| self.summaries.get(*index);
        let widest = members
            .iter()
            .filter_map(summary)
            .max_by_key(|summary| (summary.columns.len(), std::cmp::Reverse(&summary.id)))?;
        let like = |index: &usize| {
            summary(index).is_some_and(|summary| {
                widest.columns.is_empty()
                    || similarity(&summary.columns, &widest.columns) >= limits::DRIFT_SIMILARITY
            })
        };
        let mut members: Vec<usize> = members
            .iter()
            .copied()
            .filter(|index| like(index))
            .collect();
        members.sort_by_key(|index| (summary(index).map(|it| it.period.clone()), *index));
        members.dedup_by_key(|index| summary(index).map(|it| it.period.clone()));
        let worst = members
            .iter()
            .filter_map(summary)
            .map(|summary| similarity(&summary.columns, &widest.columns))
            .fold(1.0, f64::min);
        let similarity = (!widest.columns.is_empty()).then_some(worst);
        (members.len() >= limits::SLICES).then_some(Family {
            members,
            similarity,
        })
    }
}

/// Jaccard similarity of two sorted sets.
#[expect(clippy::cast_precision_loss, reason = "counts of columns are small")]
fn similarity(one: &[u64], other: &[u64]) -> f64 {
    let common = one
        .iter()
        .filter(|it| other.binary_search(it).is_ok())
        .count();
    let all = one.len() + other.len() - common;
    if all == 0 {
        1.0
    } else {
        common as f64 / all as f64
    }
}
