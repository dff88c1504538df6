//! What rules over many datasets see: a small summary of each, never the records.

use std::ops::Range;
use std::sync::OnceLock;

use super::{Draft, Family, Part, Summaries, Summary, Verdict};

/// Datasets that are held against each other: all of a run, or those of one document.
#[derive(Debug)]
pub struct Catalog<'a> {
    /// What is kept of all datasets of the run.
    pub summaries: &'a Summaries,
    /// Which of them are of this catalogue.
    datasets: Range<usize>,
    families: OnceLock<Vec<Family>>,
    /// On how many threads families are looked for.
    jobs: usize,
}

/// What a rule over many datasets says of one of them.
#[derive(Debug)]
pub struct CatalogFinding {
    /// The dataset, by its number.
    pub dataset: usize,
    /// The verdict; its drafts carry no places of their own.
    pub verdict: Verdict,
    /// The places of its findings: parts of datasets, which go by their numbers.
    pub places: Vec<(usize, Part)>,
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
    pub fn fail(
        dataset: usize,
        draft: Draft,
        places: impl IntoIterator<Item = (usize, Part)>,
    ) -> Self {
        Self {
            dataset,
            verdict: Verdict::fail(draft),
            places: places.into_iter().take(PLACES).collect(),
        }
    }
}

/// At most so many places are given for one finding.
const PLACES: usize = 1000;

/// What a rule over many datasets says of each of them.
pub struct Answers<'c> {
    /// What it says of a dataset by looking at this one; asked in order.
    of_each: Option<OfEach<'c>>,
    /// What it says of some, by their numbers; it stands above what was said of each.
    of_some: Vec<CatalogFinding>,
}

/// What a rule says of a dataset by looking at this one.
pub type OfEach<'c> = Box<dyn Fn(usize) -> Option<CatalogFinding> + Send + Sync + 'c>;

impl<'c> Answers<'c> {
    /// A rule that speaks of some datasets only.
    #[must_use]
    pub fn of_some(mut found: Vec<CatalogFinding>) -> Self {
        found.sort_by_key(|it| it.dataset);
        Self {
            of_each: None,
            of_some: found,
        }
    }

    /// A rule that says something of every dataset, nothing of which is kept.
    #[must_use]
    pub fn of_each(answer: impl Fn(usize) -> Option<CatalogFinding> + Send + Sync + 'c) -> Self {
        Self::of_some(Vec::new()).and_of_each(answer)
    }

    /// Beside what it says of some, it says something of every dataset.
    #[must_use]
    pub fn and_of_each(
        self,
        answer: impl Fn(usize) -> Option<CatalogFinding> + Send + Sync + 'c,
    ) -> Self {
        Self {
            of_each: Some(Box::new(answer)),
            ..self
        }
    }

    /// What it says of each by looking at this one, and what it says of some, in their order.
    pub(crate) fn apart(self) -> (Option<OfEach<'c>>, Vec<CatalogFinding>) {
        (self.of_each, self.of_some)
    }
}

impl<'a> Catalog<'a> {
    /// A catalogue of these datasets.
    #[must_use]
    pub fn new(summaries: &'a Summaries, datasets: Range<usize>) -> Self {
        Self {
            summaries,
            datasets,
            families: OnceLock::new(),
            jobs: 1,
        }
    }

    /// On so many threads families are looked for.
    #[must_use]
    pub fn with_jobs(self, jobs: usize) -> Self {
        Self { jobs, ..self }
    }

    /// How many datasets it has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.datasets.len()
    }

    /// Whether it has none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.datasets.is_empty()
    }

    /// Its datasets and their numbers, in order.
    pub fn datasets(&self) -> impl Iterator<Item = (usize, Summary<'a>)> + use<'a> {
        let summaries = self.summaries;
        self.datasets
            .clone()
            .filter_map(move |number| Some((number, summaries.get(number)?)))
    }

    /// Datasets that are slices or copies of one table.
    #[must_use]
    pub fn families(&self) -> &[Family] {
        self.families
            .get_or_init(|| super::families::find(self, self.jobs))
    }

    /// Some datasets, by their numbers.
    pub fn members<'m>(
        &self,
        numbers: &'m [usize],
    ) -> impl Iterator<Item = (usize, Summary<'a>)> + Clone + use<'a, 'm> {
        let summaries = self.summaries;
        numbers
            .iter()
            .filter_map(|&number| Some((number, summaries.get(number)?)))
    }

    /// Datasets grouped by a key, in the order of their first members; those without a key are left out.
    pub fn groups<K: Ord>(&self, key: impl Fn(&Summary<'a>) -> Option<K>) -> Vec<Vec<usize>> {
        let mut keyed: Vec<(K, usize)> = self
            .datasets()
            .filter_map(|(index, summary)| Some((key(&summary)?, index)))
            .collect();
        keyed.sort_unstable();
        let mut groups: Vec<Vec<usize>> = keyed
            .chunk_by(|(one, _), (other, _)| one == other)
            .filter(|group| group.len() > 1)
            .map(|group| group.iter().map(|(_, index)| *index).collect())
            .collect();
        groups.sort_unstable();
        groups
    }
}
