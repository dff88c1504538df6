//! What is left to do when everything was read: the rules over many datasets, and the figures.
//!
//! Datasets are gone through in parts, on several threads where there are several; what a part comes to is told in order.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::ops::Range;
use std::sync::Arc;

use crate::options::Options;
use crate::report::{self, AreaSums, Counts, Dataset, Outcome, Owner, Portal, Summary, Tallies};
use crate::rule::{
    self, Answers, Catalog, CatalogFinding, Check, Draft, Head, OfEach, Part, Pool, Reason, Shared,
    Verdict,
};
use crate::workers::in_order;

use super::known::{self, Met};
use super::seen::{
    About, Few, Located, OF_CATALOG, OF_DATASET, Pending, RULES, Seen, settle, take,
};
use super::{Checker, Told, documents_with_many_publishers};

/// So many datasets are gone through at a time.
const PART: usize = 32;

/// The name of a document, by its number.
type Name<'n> = &'n (dyn Fn(usize) -> Arc<str> + Sync);

impl Checker {
    /// Asks the rules over many datasets, then tells everything that was kept, piece by piece: documents, findings about
    /// documents first, datasets, figures. Nothing is kept twice, and what the rules over many datasets find is told at
    /// once.
    ///
    /// # Errors
    /// What `tell` answers.
    pub fn finish_into(self, tell: &mut dyn FnMut(Told) -> io::Result<()>) -> io::Result<()> {
        self.finish_as(&|told| told, tell)
    }

    /// The same, with each piece made into something else before it is told: that is done on several threads where there
    /// are several.
    ///
    /// # Errors
    /// What `tell` answers.
    pub fn finish_as<T: Send>(
        self,
        make: &(dyn Fn(Told) -> T + Sync),
        tell: &mut dyn FnMut(T) -> io::Result<()>,
    ) -> io::Result<()> {
        let Self {
            options,
            documents,
            mut seen,
            ..
        } = self;
        let documents = Self::put_in_order(documents, &mut seen);
        let mut pendings = std::mem::take(&mut seen.findings);
        pendings.sort_by_key(|pending| pending.dataset);
        let mut pendings = pendings.into_iter().peekable();
        let names: Vec<Arc<str>> = documents.iter().map(|it| it.name.as_str().into()).collect();
        let name = |document: usize| names.get(document).cloned().unwrap_or_default();
        for document in &documents {
            tell(make(Told::Document(document.clone())))?;
        }
        let mut counts = Counts::default();
        let mut acknowledged = seen.acknowledged;
        let mut known = std::mem::take(&mut seen.known);
        let mut of_records = known.take_of_records();
        let of_documents = std::iter::from_fn(|| pendings.next_if(|it| it.dataset.is_none()));
        for finding in settle(of_documents.collect(), &|_| "", &name) {
            if finding.acknowledged.is_some() {
                acknowledged += 1;
            } else {
                counts.add(finding.severity);
            }
            tell(make(Told::Finding(finding)))?;
        }
        let mut failure = Ok(());
        // What the rules over many datasets came to, a byte a rule: most datasets share it.
        let mut codes: Pool<[u8]> = Pool::default();
        let mut of_datasets: Vec<Shared> = Vec::with_capacity(seen.summaries.len());
        let mut told: Vec<(usize, Few)> = Vec::new();
        let of_one = |one: usize, other: usize| {
            !options.each_document || seen.summaries.are_of_one_document(one, other)
        };
        for datasets in runs(seen.summaries.len(), of_one) {
            let jobs = jobs_for(&options, datasets.len());
            let catalog = Catalog::new(&seen.summaries, datasets.clone()).with_jobs(jobs);
            let (rules, mut found) = asked(&options, &catalog, jobs);
            let ground = Ground {
                options: &options,
                catalog: &catalog,
                name: &name,
                seen: &seen,
                rules: &rules,
            };
            let next = &mut || {
                let part = found.next_part(&datasets)?;
                let end = part.datasets.end;
                let of_part = || pendings.next_if(|it| it.dataset.is_some_and(|it| it < end));
                let of_part = std::iter::from_fn(of_part).collect();
                Some((part, of_part, of_records.before(end)))
            };
            let work = |(part, pendings, known): (OfPart, Vec<Pending>, Met)| {
                ground.ask(part, pendings, known, make)
            };
            in_order(jobs, next, &work, &mut |asked| {
                let each = asked.codes.chunks(*OF_CATALOG);
                of_datasets.extend(each.map(|of_one| codes.share(of_one)));
                told.extend(asked.told);
                acknowledged += asked.acknowledged;
                known.append(asked.known, 0);
                failure = asked.pieces.into_iter().try_for_each(&mut *tell);
                failure.is_ok()
            });
            failure?;
            failure = Ok(());
        }
        let length = seen.summaries.len();
        let ending = Ending {
            seen: &seen,
            name: &name,
            codes: &codes,
            of_datasets: &of_datasets,
            told: &told,
            source: RULES.iter().position(|rule| rule.id == "source-missing"),
            differing: documents_with_many_publishers(&seen.summaries),
        };
        let mut sums = Sums::default();
        let mut parts = (0..length).step_by(PART);
        let next = &mut || parts.next().map(|start| start..(start + PART).min(length));
        let work = |part: Range<usize>| ending.sum_up(part, make);
        in_order(jobs_for(&options, length), next, &work, &mut |(
            of_part,
            pieces,
        )| {
            sums.join(of_part);
            failure = pieces.into_iter().try_for_each(&mut *tell);
            failure.is_ok()
        });
        failure?;
        counts.join(sums.findings);
        tell(make(Told::Summary(Summary {
            datasets: length,
            findings: counts,
            acknowledged,
            areas: sums.areas.mean(),
            owners: told_of(sums.owners),
            portals: told_of_portals(sums.portals),
            acknowledgements: known::states(&options, &known, &documents, &seen.summaries),
        })))
    }
}

/// Fewer datasets are gone through sooner on one thread than others begin, who remember nothing yet: 1,000 took 12 ms on
/// one, 24 ms on two.
const MANY: usize = 2048;

/// The threads on which so many datasets are gone through.
fn jobs_for(options: &Options, datasets: usize) -> usize {
    if datasets < MANY { 1 } else { options.jobs() }
}

/// Numbers in a row of which neighbours belong together.
fn runs(length: usize, together: impl Fn(usize, usize) -> bool) -> Vec<Range<usize>> {
    let ends = (1..=length).filter(|end| *end == length || !together(end - 1, *end));
    let mut start = 0;
    ends.map(|end| std::mem::replace(&mut start, end)..end)
        .collect()
}

/// What a rule over many datasets says of each dataset.
enum Asking<'c> {
    /// Every dataset gets one answer.
    Not(Reason),
    /// What it says by looking at this one.
    OfEach(Option<OfEach<'c>>),
}

/// What the rules say of some datasets only, in the order of these.
struct OfSome {
    rules: Vec<std::iter::Peekable<std::vec::IntoIter<CatalogFinding>>>,
    /// The next dataset to be asked about.
    next: usize,
}

/// Some datasets in a row, and what each rule says of some of them.
struct OfPart {
    datasets: Range<usize>,
    rules: Vec<Vec<CatalogFinding>>,
}

impl OfSome {
    fn next_part(&mut self, datasets: &Range<usize>) -> Option<OfPart> {
        let start = self.next.max(datasets.start);
        if start >= datasets.end {
            return None;
        }
        let end = (start + PART).min(datasets.end);
        self.next = end;
        let before = |found: &mut std::iter::Peekable<std::vec::IntoIter<CatalogFinding>>| {
            std::iter::from_fn(|| found.next_if(|it| it.dataset < end)).collect()
        };
        Some(OfPart {
            datasets: start..end,
            rules: self.rules.iter_mut().map(before).collect(),
        })
    }
}

/// Asks the rules over many datasets, by their numbers from the first of these on.
fn asked<'c>(
    options: &Options,
    catalog: &'c Catalog<'c>,
    jobs: usize,
) -> (Vec<Asking<'c>>, OfSome) {
    let is_alone = catalog.len() < 2;
    let of_catalog = |rule: &&&'static rule::Rule| matches!(rule.check, Check::Catalog(_));
    let mut rules = RULES.iter().filter(of_catalog);
    let ask = |rule: &'static rule::Rule| match rule.check {
        Check::Catalog(_) if !is_alone && !options.allows(rule) => Err(Reason::Profile),
        Check::Catalog(check) if !is_alone => Ok(check(catalog)),
        _ => Err(Reason::NoSiblings),
    };
    let mut asking = Vec::new();
    let mut of_some = Vec::new();
    in_order(jobs, &mut || rules.next().copied(), &ask, &mut |answers| {
        let (each, some) = match answers.map(Answers::apart) {
            Err(reason) => (Asking::Not(reason), Vec::new()),
            Ok((each, some)) => (Asking::OfEach(each), some),
        };
        asking.push(each);
        of_some.push(some.into_iter().peekable());
        true
    });
    let of_some = OfSome {
        rules: of_some,
        next: 0,
    };
    (asking, of_some)
}

/// What is needed to ask the rules over many datasets about some of them.
struct Ground<'g> {
    options: &'g Options,
    catalog: &'g Catalog<'g>,
    name: Name<'g>,
    seen: &'g Seen,
    rules: &'g [Asking<'g>],
}

/// What came of asking about some datasets.
struct Answered<T> {
    /// A byte a rule and dataset.
    codes: Vec<u8>,
    /// How many findings were told, for datasets of which there are any.
    told: Vec<(usize, Few)>,
    acknowledged: usize,
    known: Met,
    pieces: Vec<T>,
}

impl Ground<'_> {
    fn ask<T>(
        &self,
        part: OfPart,
        pendings: Vec<Pending>,
        known: Met,
        make: &(dyn Fn(Told) -> T + Sync),
    ) -> Answered<T> {
        let mut pendings = pendings.into_iter().peekable();
        let mut of_some: Vec<_> = part
            .rules
            .into_iter()
            .map(|found| found.into_iter().peekable())
            .collect();
        let mut answered = Answered {
            codes: Vec::with_capacity(part.datasets.len() * *OF_CATALOG),
            told: Vec::new(),
            acknowledged: 0,
            known,
            pieces: Vec::new(),
        };
        for index in part.datasets {
            let of_dataset =
                std::iter::from_fn(|| pendings.next_if(|it| it.dataset == Some(index)));
            let mut found: Vec<Pending> = of_dataset.collect();
            let mut tallies = Tallies::default();
            let identity = self.seen.summaries.identity(index);
            let number = self.seen.summaries.document(index);
            let document = number.map(self.name).unwrap_or_default();
            let about = About {
                dataset: index,
                identity,
                document: &document,
            };
            for (at, (rule, some)) in self.rules.iter().zip(&mut of_some).enumerate() {
                let own = std::iter::from_fn(|| some.next_if(|it| it.dataset <= index));
                let said: Vec<CatalogFinding> = rule.of(index).into_iter().chain(own).collect();
                for finding in said {
                    let known = &mut answered.known;
                    found.extend(self.taken(at, about, finding, &mut tallies, known));
                }
            }
            answered.codes.extend((0..*OF_CATALOG).map(|at| {
                let code = tallies.codes().get(*OF_DATASET + at);
                code.copied().unwrap_or_default()
            }));
            let mut told = Few::default();
            for finding in settle(found, &|_| identity, self.name) {
                if finding.acknowledged.is_some() {
                    answered.acknowledged += 1;
                } else {
                    told.add(finding.severity);
                }
                answered.pieces.push(make(Told::Finding(finding)));
            }
            if told != Few::default() {
                answered.told.push((index, told));
            }
        }
        answered
    }

    /// What one rule says of the dataset, taken down.
    fn taken(
        &self,
        at: usize,
        about: About<'_>,
        finding: CatalogFinding,
        tallies: &mut Tallies,
        known: &mut Met,
    ) -> Vec<Pending> {
        let CatalogFinding {
            verdict, places, ..
        } = finding;
        let place = |(dataset, part): &(usize, Part)| self.catalog.summaries.place(*dataset, *part);
        let locate = |_: &Draft| Located {
            places: places.iter().filter_map(place).collect(),
            ..Located::default()
        };
        let number = *OF_DATASET + at;
        take(self.options, number, about, verdict, tallies, known, locate)
    }
}

impl Asking<'_> {
    /// What it says of a dataset by looking at this one.
    fn of(&self, dataset: usize) -> Option<CatalogFinding> {
        match self {
            Self::Not(reason) => {
                let verdict = match reason {
                    Reason::NoSiblings => Verdict::Unknown(*reason),
                    reason => Verdict::NotApplicable(*reason),
                };
                Some(CatalogFinding::verdict(dataset, verdict))
            }
            Self::OfEach(answer) => answer.as_ref().and_then(|answer| answer(dataset)),
        }
    }
}

/// What is needed to sum up.
struct Ending<'e> {
    seen: &'e Seen,
    name: Name<'e>,
    /// What the rules over many datasets came to, and which of it is whose.
    codes: &'e Pool<[u8]>,
    of_datasets: &'e [Shared],
    told: &'e [(usize, Few)],
    /// The number of the rule about sources.
    source: Option<usize>,
    /// The documents whose datasets do not all have one publisher.
    differing: BTreeSet<usize>,
}

impl Ending<'_> {
    /// How many findings of a dataset were handed over or told.
    fn told(&self, index: usize) -> Few {
        let judgement = self.seen.judgements.get(index);
        let mut told = judgement.map(|it| it.told).unwrap_or_default();
        if let Ok(at) = self.told.binary_search_by_key(&index, |(of, _)| *of) {
            told.join(self.told.get(at).map(|(_, more)| *more).unwrap_or_default());
        }
        told
    }

    /// The figures of some datasets, and these themselves.
    fn sum_up<T>(&self, part: Range<usize>, make: &(dyn Fn(Told) -> T + Sync)) -> (Sums, Vec<T>) {
        let mut sums = Sums::default();
        let mut pieces = Vec::with_capacity(part.len());
        for index in part {
            let mut tallies = self.seen.tallies(index);
            let codes = self.of_datasets.get(index);
            tallies.extend(codes.and_then(|it| self.codes.get(*it)).unwrap_or_default());
            let summary = self.seen.summaries.get(index);
            if let (Some(source), Some(summary)) = (self.source, summary) {
                settle_source(source, &summary, &self.differing, &mut tallies);
            }
            let Some(head) = self.seen.summaries.head(index) else {
                continue;
            };
            let portal = head.portal;
            let document = (self.name)(head.document);
            let dataset = dataset(head, &tallies, document);
            sums.add(portal, &dataset, self.told(index).counts());
            pieces.push(make(Told::Dataset(index, dataset)));
        }
        (sums, pieces)
    }
}

/// Where a format has no place for a source, the publisher is one, if it differs over the feed: then it tells one
/// dataset's origin from another's.
fn settle_source(
    rule: usize,
    summary: &rule::Summary<'_>,
    differing: &BTreeSet<usize>,
    tallies: &mut Tallies,
) {
    let counts = summary.source_rests_on_publisher
        && !summary.publisher.is_empty()
        && differing.contains(&summary.document);
    let outcome = tallies.get(rule).map(|(outcome, _)| outcome);
    if counts && outcome == Some(Outcome::Unknown) {
        tallies.pass(rule);
    }
}

/// The figures of all datasets, while they are summed up.
#[derive(Default)]
struct Sums {
    findings: Counts,
    areas: AreaSums,
    owners: Owners,
    portals: BTreeMap<String, (GroupSums, Owners)>,
}

type Owners = BTreeMap<String, GroupSums>;

impl Sums {
    fn add(&mut self, portal: &str, dataset: &Dataset, told: Counts) {
        self.areas.add(&dataset.areas);
        self.findings.join(told);
        let owner = dataset.owner.as_deref().unwrap_or("unassigned");
        let add = |sums: &mut GroupSums| sums.add(dataset, told);
        with_held(&mut self.owners, owner, add);
        with_held(&mut self.portals, portal, |(sums, owners)| {
            add(sums);
            with_held(owners, owner, add);
        });
    }

    fn join(&mut self, other: Self) {
        self.areas.join(&other.areas);
        self.findings.join(other.findings);
        join_owners(&mut self.owners, other.owners);
        for (portal, (sums, owners)) in other.portals {
            let held = self.portals.entry(portal).or_default();
            held.0.join(&sums);
            join_owners(&mut held.1, owners);
        }
    }
}

/// Adds to what is held under a name, which is copied the first time only.
fn with_held<T: Default>(map: &mut BTreeMap<String, T>, name: &str, add: impl Fn(&mut T)) {
    match map.get_mut(name) {
        Some(held) => add(held),
        None => add(map.entry(name.to_owned()).or_default()),
    }
}

fn join_owners(owners: &mut Owners, others: Owners) {
    for (owner, sums) in others {
        owners.entry(owner).or_default().join(&sums);
    }
}

/// The figures of one owner or portal, while they are summed up.
#[derive(Default)]
struct GroupSums {
    datasets: usize,
    findings: Counts,
    areas: AreaSums,
}

impl GroupSums {
    fn add(&mut self, dataset: &Dataset, told: Counts) {
        self.datasets += 1;
        self.findings.join(told);
        self.areas.add(&dataset.areas);
    }

    fn join(&mut self, other: &Self) {
        self.datasets += other.datasets;
        self.findings.join(other.findings);
        self.areas.join(&other.areas);
    }
}

fn told_of(owners: Owners) -> Vec<Owner> {
    let told = |(owner, sums): (String, GroupSums)| Owner {
        owner,
        datasets: sums.datasets,
        findings: sums.findings,
        areas: sums.areas.mean(),
    };
    owners.into_iter().map(told).collect()
}

/// One portal alone is told by the figures of the whole.
fn told_of_portals(portals: BTreeMap<String, (GroupSums, Owners)>) -> Vec<Portal> {
    if portals.len() < 2 {
        return Vec::new();
    }
    let told = |(portal, (sums, owners)): (String, (GroupSums, Owners))| Portal {
        portal: (!portal.is_empty()).then_some(portal),
        datasets: sums.datasets,
        findings: sums.findings,
        areas: sums.areas.mean(),
        owners: told_of(owners),
    };
    portals.into_iter().map(told).collect()
}

fn dataset(head: Head<'_>, tallies: &Tallies, document: Arc<str>) -> Dataset {
    let (items, areas) = report::areas_of(&tallies.each(&RULES));
    Dataset {
        document,
        pointer: head.pointer,
        line: head.line,
        id: head.id.map(str::to_owned),
        title: head.title.map(str::to_owned),
        owner: head.in_charge.map(str::to_owned),
        views: head.views,
        items,
        areas,
    }
}
