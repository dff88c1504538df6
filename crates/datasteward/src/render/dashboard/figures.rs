//! The figures of the dashboard: counted once, written by the others.

use std::collections::BTreeMap;

use crate::render::is_open;
use crate::report::{Areas, Dataset, Finding, ItemOutcome, Outcome, Report};
use crate::rule::{Area, Item};

/// From how many datasets on a department is ranked: the share of a smaller one swings with each dataset.
const RANKED: usize = 5;

/// The mean of the five areas from which a department is a data champion.
const CHAMPION: f64 = 0.8;

/// How many datasets came out in which way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    pub(super) pass: usize,
    pub(super) fail: usize,
    pub(super) unknown: usize,
    pub(super) not_applicable: usize,
}

impl Tally {
    fn add(&mut self, outcome: Outcome) {
        match outcome {
            Outcome::Pass => self.pass += 1,
            Outcome::Fail => self.fail += 1,
            Outcome::Unknown => self.unknown += 1,
            Outcome::NotApplicable => self.not_applicable += 1,
        }
    }

    /// The share in order among those that could be judged.
    pub(super) fn share(self) -> Option<f64> {
        share(self.pass, self.pass + self.fail)
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "counts of datasets are far below 2^52"
)]
fn share(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

/// How an item came out for a dataset.
pub(super) fn outcome(dataset: &Dataset, item: Item) -> Option<&ItemOutcome> {
    dataset.items.iter().find(|it| it.item == item.code())
}

/// How an item came out over datasets.
pub(super) fn of_item<'r>(datasets: impl IntoIterator<Item = &'r Dataset>, item: Item) -> Tally {
    let mut tally = Tally::default();
    for found in datasets.into_iter().filter_map(|it| outcome(it, item)) {
        tally.add(found.outcome);
    }
    tally
}

/// How an area came out over datasets: to mend where an item is, else in order where an item is.
pub(super) fn of_area(datasets: &[Dataset], area: Area) -> Tally {
    let mut tally = Tally::default();
    for dataset in datasets {
        let outcomes = Item::TEN
            .into_iter()
            .filter(|item| item.area() == Some(area))
            .filter_map(|item| outcome(dataset, item).map(|it| it.outcome));
        let has = |wanted| outcomes.clone().any(|outcome| outcome == wanted);
        let order = [Outcome::Fail, Outcome::Pass, Outcome::Unknown];
        let found = order.into_iter().find(|outcome| has(*outcome));
        tally.add(found.unwrap_or(Outcome::NotApplicable));
    }
    tally
}

/// A rule that found something to mend.
#[derive(Clone, Copy, Debug)]
pub(super) struct Work<'r> {
    pub(super) rule: &'r str,
    pub(super) datasets: usize,
    weight: u64,
    /// One of its findings, for words where the rule is not known.
    pub(super) example: &'r Finding,
}

/// The rules by what they weigh: findings times severity, the heaviest first.
pub(super) fn work<'r>(findings: impl IntoIterator<Item = &'r Finding>) -> Vec<Work<'r>> {
    let mut rules: BTreeMap<&str, (Work<'r>, Option<usize>)> = BTreeMap::new();
    for finding in findings.into_iter().filter(|finding| is_open(finding)) {
        let none = Work {
            rule: &finding.rule,
            datasets: 0,
            weight: 0,
            example: finding,
        };
        let (work, last) = rules.entry(&finding.rule).or_insert((none, None));
        work.weight += u64::from(finding.severity.weight());
        // The findings of a dataset stand together.
        if finding.dataset.is_some() && *last != finding.dataset {
            work.datasets += 1;
            *last = finding.dataset;
        }
    }
    let mut rules: Vec<Work<'r>> = rules.into_values().map(|(work, _)| work).collect();
    rules.sort_by(|one, other| other.weight.cmp(&one.weight).then(one.rule.cmp(other.rule)));
    rules
}

/// A department and its datasets.
#[derive(Debug)]
pub(super) struct Department<'r> {
    /// Its name; none for the datasets that name nobody.
    pub(super) name: Option<&'r str>,
    /// Indexes of its datasets in the report.
    pub(super) members: Vec<usize>,
    pub(super) areas: Areas,
    /// The mean of the areas that have a score.
    pub(super) mean: Option<f64>,
    /// Datasets with something to mend.
    pub(super) to_mend: usize,
}

impl Department<'_> {
    /// Whether it has enough datasets to be ranked.
    pub(super) fn is_ranked(&self) -> bool {
        self.name.is_some() && self.members.len() >= RANKED && self.mean.is_some()
    }

    /// Whether it does well enough to be named as an example.
    pub(super) fn is_champion(&self) -> bool {
        self.is_ranked() && self.mean.is_some_and(|mean| mean >= CHAMPION)
    }
}

/// The departments: those that are ranked first, the best on top; then the others by name; datasets of nobody last.
pub(super) fn departments<'r>(report: &'r Report, open: &[usize]) -> Vec<Department<'r>> {
    let mut members: BTreeMap<Option<&str>, Vec<usize>> = BTreeMap::new();
    for (index, dataset) in report.datasets.iter().enumerate() {
        let named = dataset.owner.as_deref();
        members.entry(named).or_default().push(index);
    }
    let mut departments: Vec<Department<'r>> = members
        .into_iter()
        .map(|(name, members)| {
            let of = || members.iter().filter_map(|at| report.datasets.get(*at));
            let areas: Vec<Areas> = of().map(|dataset| dataset.areas).collect();
            let areas = crate::report::AreaSums::over(areas.iter());
            let to_mend = members
                .iter()
                .filter(|at| open.get(**at).is_some_and(|count| *count > 0));
            Department {
                name,
                to_mend: to_mend.count(),
                mean: mean(&areas),
                areas,
                members,
            }
        })
        .collect();
    departments.sort_by(|one, other| {
        let thousandths = |it: &Department<'_>| it.mean.map(|mean| (mean * 1000.0).round() as i64);
        (other.is_ranked().cmp(&one.is_ranked()))
            .then(one.name.is_none().cmp(&other.name.is_none()))
            .then_with(|| match one.is_ranked() && other.is_ranked() {
                true => thousandths(other).cmp(&thousandths(one)),
                false => std::cmp::Ordering::Equal,
            })
            .then(one.name.cmp(&other.name))
    });
    departments
}

fn mean(areas: &Areas) -> Option<f64> {
    let known: Vec<f64> = areas.each().iter().filter_map(|area| area.score).collect();
    let count = u32::try_from(known.len()).ok().filter(|count| *count > 0)?;
    Some(known.iter().sum::<f64>() / f64::from(count))
}

/// How many findings of each dataset are to be mended.
pub(super) fn open(of_datasets: &[Vec<&Finding>]) -> Vec<usize> {
    let open = of_datasets.iter();
    open.map(|findings| findings.iter().filter(|it| is_open(it)).count())
        .collect()
}

/// The datasets, those with the heaviest findings first.
pub(super) fn heaviest_first(of_datasets: &[Vec<&Finding>]) -> Vec<usize> {
    let weight = |index: &usize| -> u32 {
        let findings = of_datasets.get(*index).into_iter().flatten();
        let open = findings.filter(|finding| is_open(finding));
        open.map(|finding| finding.severity.weight()).sum()
    };
    let mut order: Vec<usize> = (0..of_datasets.len()).collect();
    order.sort_by_key(|index| std::cmp::Reverse(weight(index)));
    order
}
