//! The one place where the chain is tied: read every source, ask every rule, assemble the report.

mod fixes;
mod known;
mod seen;
mod summary;

pub(crate) use self::summary::summarize;

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::ops::Range;

use crate::options::Options;
use crate::reading::{self, DocumentFacts, Event, Keep};
use crate::report::{
    self, AreaSums, Counts, Dataset, Document, Finding, Outcome, Owner, Report, Summary, Tallies,
    Tool,
};
use crate::rule::{
    self, Answers, Catalog, CatalogFinding, Check, Draft, Head, Part, Reason, Verdict,
};
use crate::source::{Source, Stream};

use self::known::Met;
use self::seen::{About, Located, OF_CATALOG, OF_DATASET, Pending, RULES, Seen, settle, take};

/// Judges documents and returns the report.
///
/// Bad documents are findings, never errors.
#[must_use]
pub fn check(sources: &[Source<'_>], options: &Options) -> Report {
    let mut checker = Checker::new(options.clone());
    for source in sources {
        checker.add(source);
    }
    checker.finish()
}

/// Judges documents one after the other; [`Checker::merge`] joins parts of a catalogue.
#[derive(Debug)]
pub struct Checker {
    options: Options,
    /// Each with its number, by which the report puts them in order.
    documents: Vec<(usize, Document)>,
    /// The number of the next document.
    next: usize,
    /// The numbers are those of the whole catalogue.
    is_numbered: bool,
    seen: Seen,
}

/// Follows a check of streams while it runs.
pub trait Follow {
    /// Whether findings about datasets are handed over as they come, instead of being kept for the report. Then memory
    /// does not grow with them.
    fn takes_findings(&self) -> bool {
        false
    }

    /// Some more records were judged; `findings` is what was found in these, in the order of the datasets, where they are
    /// handed over.
    ///
    /// # Errors
    /// What ends the check: a disk that is full, a reader that has gone.
    fn part(&mut self, so_far: SoFar, findings: Vec<Finding>) -> io::Result<()>;
}

/// How far a check is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SoFar {
    /// Datasets judged.
    pub datasets: usize,
    /// Findings in them; those that need all datasets are not there yet.
    pub findings: usize,
}

/// Looks on and takes nothing.
struct Nobody;

impl Follow for Nobody {
    fn part(&mut self, _: SoFar, _: Vec<Finding>) -> io::Result<()> {
        Ok(())
    }
}

/// A piece of a finished check.
#[derive(Clone, Debug)]
pub enum Told {
    /// A document that was read.
    Document(Document),
    /// A finding that was kept: about a document, or about a dataset among others.
    Finding(Finding),
    /// A dataset and its number, which its findings have.
    Dataset(usize, Dataset),
    /// The figures over everything: the last piece.
    Summary(Summary),
}

/// Keeps the records of a document judged.
struct Judge<'o> {
    options: &'o Options,
    document: usize,
    name: &'o str,
    /// Whether findings are handed over as they come.
    hands_over: bool,
}

impl Keep for Judge<'_> {
    type Part = Seen;

    fn part(&self) -> Seen {
        Seen::default()
    }

    fn event(&self, seen: &mut Seen, event: Event<'_>) {
        match event {
            Event::Record(record) => {
                let index = seen.summaries.len();
                seen.record(self.document, self.name, self.options, &record);
                if self.hands_over {
                    seen.hand_over(self.name, index);
                }
            }
            Event::Trouble(trouble) => seen.trouble(self.name, self.options, trouble),
        }
    }
}

impl Checker {
    /// A checker that has seen nothing yet.
    #[must_use]
    pub fn new(options: Options) -> Self {
        Self {
            options,
            documents: Vec::new(),
            next: 0,
            is_numbered: false,
            seen: Seen::default(),
        }
    }

    /// Tells that the next document has this number among the documents of a whole catalogue. Checkers that know their
    /// numbers may be merged in any order: the report is that of one checker to which all documents were added by number.
    #[must_use]
    pub fn starting_at(mut self, number: usize) -> Self {
        self.next = number;
        self.is_numbered = true;
        self
    }

    /// Judges one document.
    pub fn add(&mut self, source: &Source<'_>) {
        let judge = Judge {
            options: &self.options,
            document: self.documents.len(),
            name: source.name(),
            hands_over: false,
        };
        let seen = &mut self.seen;
        let facts = reading::read(source, judge.document, &self.options, &judge, &mut |part| {
            seen.append(part);
            true
        });
        self.document(source.name(), &facts);
    }

    /// Judges one document as it comes, without holding it in memory.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn add_stream(&mut self, stream: &Stream<'_>) -> io::Result<()> {
        self.follow_stream(stream, &mut Nobody)
    }

    /// Judges one document as it comes, and tells how far it is.
    ///
    /// # Errors
    /// If the document cannot be read, or the follower says to stop.
    pub fn follow_stream(
        &mut self,
        stream: &Stream<'_>,
        follow: &mut dyn Follow,
    ) -> io::Result<()> {
        let judge = Judge {
            options: &self.options,
            document: self.documents.len(),
            name: stream.name(),
            hands_over: follow.takes_findings(),
        };
        let seen = &mut self.seen;
        let mut failure = None;
        let mut given = 0;
        let take = &mut |part| {
            seen.append(part);
            let handed = std::mem::take(&mut seen.handed);
            given += handed.len();
            let so_far = SoFar {
                datasets: seen.summaries.len(),
                findings: seen.findings.len() + given,
            };
            failure = follow.part(so_far, handed).err();
            failure.is_none()
        };
        let facts = reading::read_stream(stream, judge.document, &self.options, &judge, take)?;
        if let Some(error) = failure {
            return Err(error);
        }
        self.document(stream.name(), &facts);
        Ok(())
    }

    fn document(&mut self, name: &str, facts: &DocumentFacts) {
        let document = Document {
            name: name.to_owned(),
            format: facts.format.map(|format| format.id.to_owned()),
            records: facts.records,
        };
        self.documents.push((self.next, document));
        self.next = self.next.saturating_add(1);
    }

    /// Joins what another checker has seen, as if its documents had been added after this one's, unless they are numbered
    /// (see [`Checker::starting_at`]).
    pub fn merge(&mut self, mut other: Self) {
        let shift = if other.is_numbered { 0 } else { self.next };
        let before = self.documents.len();
        other.seen.move_documents(&|document| document + before);
        let documents = other.documents.into_iter();
        let moved = documents.map(|(number, it)| (number.saturating_add(shift), it));
        self.documents.extend(moved);
        self.next = self.next.max(other.next.saturating_add(shift));
        self.seen.append(other.seen);
    }

    /// Puts the documents and all that was seen of them in the order of their numbers.
    fn put_in_order(documents: Vec<(usize, Document)>, seen: &mut Seen) -> Vec<Document> {
        let is_in_order = documents.is_sorted_by_key(|(number, _)| *number);
        let mut documents: Vec<_> = documents.into_iter().enumerate().collect();
        if !is_in_order {
            documents.sort_by_key(|(_, (number, _))| *number);
            let mut places: Vec<usize> = vec![0; documents.len()];
            for (place, (before, _)) in documents.iter().enumerate() {
                if let Some(held) = places.get_mut(*before) {
                    *held = place;
                }
            }
            seen.move_documents(&|document| places.get(document).copied().unwrap_or(document));
            seen.put_in_order();
        }
        documents.into_iter().map(|(_, (_, it))| it).collect()
    }

    /// Asks the rules over many datasets, then assembles the report.
    #[must_use]
    pub fn finish(self) -> Report {
        let mut report = Report {
            report_version: 1,
            tool: Tool::this(),
            as_of: self.options.as_of.map(|date| date.to_string()),
            profile: self.options.profile().id.to_owned(),
            documents: Vec::new(),
            summary: Summary::default(),
            datasets: Vec::new(),
            findings: Vec::new(),
        };
        let told = self.finish_into(&mut |piece| {
            match piece {
                Told::Document(document) => report.documents.push(document),
                Told::Finding(finding) => report.findings.push(finding),
                Told::Dataset(_, dataset) => report.datasets.push(dataset),
                Told::Summary(summary) => report.summary = summary,
            }
            Ok(())
        });
        // Nothing in there can fail.
        debug_assert!(told.is_ok());
        report
    }

    /// Asks the rules over many datasets, then tells everything that was kept, piece by piece: documents, findings about
    /// documents first, datasets, figures. Nothing is kept twice, and what the rules over many datasets find is told at
    /// once.
    ///
    /// # Errors
    /// What `tell` answers.
    pub fn finish_into(self, tell: &mut dyn FnMut(Told) -> io::Result<()>) -> io::Result<()> {
        let Self {
            options,
            documents,
            mut seen,
            ..
        } = self;
        let documents = Self::put_in_order(documents, &mut seen);
        let mut findings = std::mem::take(&mut seen.findings);
        findings.sort_by_key(|pending| pending.dataset);
        let mut findings = findings.into_iter().peekable();
        let name = |document: usize| {
            documents
                .get(document)
                .map_or(String::new(), |document: &Document| document.name.clone())
        };
        for document in &documents {
            tell(Told::Document(document.clone()))?;
        }
        let mut counts = Counts::default();
        let mut acknowledged = seen.acknowledged;
        let mut known = std::mem::take(&mut seen.known);
        let of_documents = std::iter::from_fn(|| findings.next_if(|it| it.dataset.is_none()));
        for finding in settle(of_documents.collect(), &|_| "", &name) {
            if finding.acknowledged.is_some() {
                acknowledged += 1;
            } else {
                counts.add(finding.severity);
            }
            tell(Told::Finding(finding))?;
        }
        // What the rules over many datasets came to, a byte a rule and dataset.
        let mut codes: Vec<u8> = Vec::with_capacity(seen.summaries.len() * *OF_CATALOG);
        let of_one = |one: usize, other: usize| {
            !options.each_document || seen.summaries.are_of_one_document(one, other)
        };
        for datasets in runs(seen.summaries.len(), of_one) {
            let catalog = Catalog::new(&seen.summaries, datasets.clone());
            let mut asked = Asked::new(&options, &catalog);
            for index in datasets {
                let of_dataset =
                    std::iter::from_fn(|| findings.next_if(|it| it.dataset == Some(index)));
                let mut of_dataset: Vec<Pending> = of_dataset.collect();
                let mut tallies = Tallies::default();
                let identity = seen.summaries.identity(index);
                let number = seen.summaries.document(index);
                let document = number.and_then(|number| documents.get(number));
                let about = About {
                    dataset: index,
                    identity,
                    document: document.map_or("", |document| document.name.as_str()),
                };
                asked.of(about, &mut tallies, &mut known, &mut of_dataset);
                codes.extend((0..*OF_CATALOG).map(|at| {
                    let code = tallies.codes().get(*OF_DATASET + at);
                    code.copied().unwrap_or_default()
                }));
                for finding in settle(of_dataset, &|_| identity, &name) {
                    if finding.acknowledged.is_some() {
                        acknowledged += 1;
                    } else if let Some(judgement) = seen.judgements.get_mut(index) {
                        judgement.told.add(finding.severity);
                    }
                    tell(Told::Finding(finding))?;
                }
            }
        }
        let source = RULES.iter().position(|rule| rule.id == "source-missing");
        let differing = documents_with_many_publishers(&seen.summaries);
        let mut areas = AreaSums::default();
        let mut owners: BTreeMap<String, OwnerSums> = BTreeMap::new();
        let length = seen.summaries.len();
        for (index, summary) in seen.summaries.iter().enumerate() {
            let mut tallies = seen.tallies(index);
            tallies.extend(
                codes
                    .get(index * *OF_CATALOG..(index + 1) * *OF_CATALOG)
                    .unwrap_or_default(),
            );
            if let Some(source) = source {
                settle_source(source, &summary, &differing, &mut tallies);
            }
            let Some(head) = seen.summaries.head(index) else {
                continue;
            };
            let dataset = dataset(head, &tallies, &name);
            areas.add(&dataset.areas);
            let told = seen.judgements.get(index).map(|it| it.told.counts());
            let told = told.unwrap_or_default();
            counts.join(told);
            let owner = dataset.owner.as_deref().unwrap_or("unassigned");
            if !owners.contains_key(owner) {
                owners.insert(owner.to_owned(), OwnerSums::default());
            }
            if let Some(sums) = owners.get_mut(owner) {
                sums.datasets += 1;
                sums.findings.join(told);
                sums.areas.add(&dataset.areas);
            }
            tell(Told::Dataset(index, dataset))?;
        }
        tell(Told::Summary(Summary {
            datasets: length,
            findings: counts,
            acknowledged,
            areas: areas.mean(),
            owners: owners.into_iter().map(OwnerSums::told).collect(),
            acknowledgements: known::states(&options, &known, &documents, &seen.summaries),
        }))
    }
}

/// Numbers in a row of which neighbours belong together.
fn runs(length: usize, together: impl Fn(usize, usize) -> bool) -> Vec<Range<usize>> {
    let ends = (1..=length).filter(|end| *end == length || !together(end - 1, *end));
    let mut start = 0;
    ends.map(|end| std::mem::replace(&mut start, end)..end)
        .collect()
}

/// The rules over many datasets, asked of one dataset after the other.
struct Asked<'c> {
    options: &'c Options,
    catalog: &'c Catalog<'c>,
    /// By their numbers, from the first of these rules on.
    rules: Vec<Asking<'c>>,
}

enum Asking<'c> {
    /// Every dataset gets one answer.
    Not(Reason),
    Rule(Answers<'c>),
}

impl<'c> Asked<'c> {
    fn new(options: &'c Options, catalog: &'c Catalog<'c>) -> Self {
        let is_alone = catalog.len() < 2;
        let asking = |rule: &&'static rule::Rule| match rule.check {
            Check::Catalog(_) if is_alone => Some(Asking::Not(Reason::NoSiblings)),
            Check::Catalog(_) if !options.allows(rule) => Some(Asking::Not(Reason::Profile)),
            Check::Catalog(check) => Some(Asking::Rule(check(catalog))),
            Check::Dataset(_) | Check::Reading => None,
        };
        Self {
            options,
            catalog,
            rules: RULES.iter().filter_map(asking).collect(),
        }
    }

    /// What they say of the next dataset.
    fn of(
        &mut self,
        about: About<'_>,
        tallies: &mut Tallies,
        known: &mut Met,
        findings: &mut Vec<Pending>,
    ) {
        for (at, asking) in self.rules.iter_mut().enumerate() {
            let said = match asking {
                Asking::Not(reason) => {
                    let verdict = match reason {
                        Reason::NoSiblings => Verdict::Unknown(*reason),
                        reason => Verdict::NotApplicable(*reason),
                    };
                    vec![CatalogFinding::verdict(about.dataset, verdict)]
                }
                Asking::Rule(answers) => answers.of(about.dataset),
            };
            for CatalogFinding {
                verdict, places, ..
            } in said
            {
                let place =
                    |(dataset, part): &(usize, Part)| self.catalog.summaries.place(*dataset, *part);
                let number = *OF_DATASET + at;
                let locate = |_: &Draft| Located {
                    places: places.iter().filter_map(place).collect(),
                    ..Located::default()
                };
                let found = take(self.options, number, about, verdict, tallies, known, locate);
                findings.extend(found);
            }
        }
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

/// The figures of one owner, while they are summed up.
#[derive(Default)]
struct OwnerSums {
    datasets: usize,
    findings: Counts,
    areas: AreaSums,
}

impl OwnerSums {
    fn told((owner, sums): (String, Self)) -> Owner {
        Owner {
            owner,
            datasets: sums.datasets,
            findings: sums.findings,
            areas: sums.areas.mean(),
        }
    }
}

/// The documents whose datasets do not all have one publisher.
pub(crate) fn documents_with_many_publishers(summaries: &rule::Summaries) -> BTreeSet<usize> {
    let mut first: BTreeMap<usize, &str> = BTreeMap::new();
    let named = summaries
        .iter()
        .filter(|summary| !summary.publisher.is_empty());
    named
        .filter(|summary| {
            *first.entry(summary.document).or_insert(summary.publisher) != summary.publisher
        })
        .map(|summary| summary.document)
        .collect()
}

fn dataset(head: Head<'_>, tallies: &Tallies, name: &dyn Fn(usize) -> String) -> Dataset {
    let (items, areas) = report::areas_of(&tallies.each(&RULES));
    Dataset {
        document: name(head.document),
        pointer: head.pointer,
        line: head.line,
        id: head.id.map(str::to_owned),
        title: head.title.map(str::to_owned),
        owner: head.in_charge.map(str::to_owned),
        items,
        areas,
    }
}
