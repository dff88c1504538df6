//! What rules over many datasets see: a small summary of each, never the records.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use crate::model::AssetKind;
use crate::source::place::Place;

use super::{Draft, Family, Verdict};

/// What is kept of a dataset after it was judged.
#[derive(Clone, Debug)]
pub struct Summary {
    /// Which document it came from.
    pub document: usize,
    /// The portal's host, as a number.
    pub portal: u64,
    /// The portal and publisher: only datasets with equal ones are compared.
    pub owner: String,
    /// The identifier, without the portal.
    pub id: String,
    /// The title as readers see it.
    pub title: String,
    /// The title made comparable.
    pub folded_title: String,
    /// The telling words of the title, without periods and places, as sorted numbers: equal for slices of one table.
    pub words: Vec<u64>,
    /// Acronyms that the title explains, and the words they stand for.
    pub acronyms: Vec<(u64, Vec<u64>)>,
    /// The first words of the title, where there are enough of them.
    pub lead: Option<u64>,
    /// The period that the title names.
    pub period: String,
    /// The last year in it.
    pub newest_year: Option<i16>,
    /// The numbered place that the title names.
    pub place: String,
    /// What kind of thing it is.
    pub kind: AssetKind,
    /// Identifiers of the datasets it is made from.
    pub parents: Vec<String>,
    /// The portal's id of the stored table.
    pub table: Option<String>,
    /// Hashes of its field names without digits, sorted, equal ones too; none where the format has no fields.
    pub columns: Vec<u64>,
    /// Its text gives context, or a picture, map or story of it is linked.
    pub has_context: bool,
    /// It belongs to a declared series.
    pub in_series: bool,
    /// Who publishes it.
    pub publisher: String,
    /// The description as a number, without case and spacing, where it has eight words or more.
    pub description: Option<u64>,
    /// Where that stands.
    pub description_place: Option<Place>,
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
#[derive(Clone, Debug)]
pub struct Catalog<'a> {
    /// One summary a dataset, in order.
    pub summaries: &'a [Summary],
    families: OnceCell<Vec<Family>>,
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
    pub fn fail(dataset: usize, draft: Draft, mut places: Vec<Place>) -> Self {
        places.truncate(PLACES);
        Self {
            dataset,
            verdict: Verdict::fail(draft),
            places,
        }
    }
}

/// At most so many places are given for one finding.
const PLACES: usize = 1000;

impl<'a> Catalog<'a> {
    /// A catalogue of these datasets.
    #[must_use]
    pub fn new(summaries: &'a [Summary]) -> Self {
        Self {
            summaries,
            families: OnceCell::new(),
        }
    }

    /// Datasets that are slices or copies of one table.
    #[must_use]
    pub fn families(&self) -> &[Family] {
        self.families
            .get_or_init(|| super::families::find(self.summaries))
    }

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
}
