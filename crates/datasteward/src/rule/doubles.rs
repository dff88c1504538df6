//! Records that stand twice in one catalogue, as in the scrape of a portal that changed while it was read.

use std::collections::HashMap;

use crate::lexicon::quick::hash;

use super::{Summaries, Summary, long, short};

/// Tells which records were seen before. What it keeps of a million of them is small: a part of a hash, and which dataset
/// had it first.
#[derive(Debug, Default)]
pub(crate) struct Doubles {
    first: HashMap<u32, u32>,
}

impl Doubles {
    /// Whether a dataset is the first with its portal, owner, identifier and title; one without an identifier always is.
    pub(crate) fn is_first(
        &mut self,
        summaries: &Summaries,
        dataset: usize,
        summary: &Summary<'_>,
    ) -> bool {
        if summary.id.is_empty() {
            return true;
        }
        let key = hash(summary.id.as_bytes()).rotate_left(16) ^ summary.folded_title;
        let key = u32::try_from(key >> 32).unwrap_or_default();
        let known = long(*self.first.entry(key).or_insert(short(dataset)));
        let is_same = |other: Summary<'_>| {
            (other.portal, other.owner, other.id) == (summary.portal, summary.owner, summary.id)
                && other.folded_title == summary.folded_title
        };
        known == dataset || !summaries.get(known).is_some_and(is_same)
    }
}
