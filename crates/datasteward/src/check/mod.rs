//! The one place where the chain is tied: read every source, ask every rule, assemble the report.

mod fixes;
mod known;
mod seen;
mod summary;

pub(crate) use self::summary::summarize;

use std::collections::{BTreeMap, BTreeSet};
use std::io;

use crate::options::Options;
use crate::reading::{self, DocumentFacts, Event, Keep};
use crate::report::{
    self, AreaSums, Counts, Dataset, Document, Finding, Outcome, Owner, Report, Summary, Tool,
};
use crate::rule::{self, Catalog, Check, Reason, Verdict};
use crate::source::{Source, Stream};

use self::seen::{Judgement, Located, RULES, Seen, settle};

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

/// Judges documents one after the other; [`Checker::merge`] joins two halves of a catalogue.
#[derive(Debug)]
pub struct Checker {
    options: Options,
    documents: Vec<Document>,
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
                let index = seen.datasets.len();
                seen.record(self.document, self.name, self.options, &record);
                if self.hands_over {
                    seen.hand_over(self.options, self.name, index);
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
            seen: Seen::default(),
        }
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
                datasets: seen.datasets.len(),
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
        self.documents.push(Document {
            name: name.to_owned(),
            format: facts.format.map(|format| format.id.to_owned()),
            records: facts.records,
        });
    }

    /// Joins what another checker has seen, as if its documents had been added after this one's.
    pub fn merge(&mut self, mut other: Self) {
        other.seen.shift_documents(self.documents.len());
        self.documents.extend(other.documents);
        self.seen.append(other.seen);
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
    /// documents first, datasets, figures. Nothing is kept twice.
    ///
    /// # Errors
    /// What `tell` answers.
    pub fn finish_into(mut self, tell: &mut dyn FnMut(Told) -> io::Result<()>) -> io::Result<()> {
        self.ask_catalog_rules();
        self.settle_sources();
        let Self {
            options,
            documents,
            seen:
                Seen {
                    datasets,
                    findings,
                    known,
                    ..
                },
        } = self;
        let documents = documents.as_slice();
        let identity = |index: usize| datasets.get(index).map_or("", Judgement::identity);
        let name = |document: usize| {
            documents
                .get(document)
                .map_or(String::new(), |document: &Document| document.name.clone())
        };
        let findings = settle(findings, &options, &identity, &name);
        let acknowledgements = known::states(&options, &known, documents, &datasets);
        for document in documents {
            tell(Told::Document(document.clone()))?;
        }
        let mut counts = Counts::default();
        let mut of_datasets: Vec<Counts> = datasets.iter().map(|it| it.handed).collect();
        let mut acknowledged = datasets.iter().map(|it| it.handed_acknowledged).sum();
        for finding in findings {
            if finding.acknowledged.is_some() {
                acknowledged += 1;
                tell(Told::Finding(finding))?;
                continue;
            }
            match finding.dataset.and_then(|it| of_datasets.get_mut(it)) {
                Some(of_dataset) => of_dataset.add(finding.severity),
                None => counts.add(finding.severity),
            }
            tell(Told::Finding(finding))?;
        }
        let mut areas = AreaSums::default();
        let mut owners: BTreeMap<String, OwnerSums> = BTreeMap::new();
        let length = datasets.len();
        for (index, (judgement, of_dataset)) in datasets.into_iter().zip(of_datasets).enumerate() {
            let dataset = dataset(judgement, documents);
            areas.add(&dataset.areas);
            counts.join(of_dataset);
            let owner = dataset.owner.as_deref().unwrap_or("unassigned");
            if !owners.contains_key(owner) {
                owners.insert(owner.to_owned(), OwnerSums::default());
            }
            if let Some(sums) = owners.get_mut(owner) {
                sums.datasets += 1;
                sums.findings.join(of_dataset);
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
            acknowledgements,
        }))
    }

    fn ask_catalog_rules(&mut self) {
        let (options, documents, seen) = (&self.options, &self.documents, &mut self.seen);
        let summaries = std::mem::take(&mut seen.summaries);
        let catalog = Catalog::new(&summaries);
        for (number, rule) in RULES.iter().enumerate() {
            let Check::Catalog(check) = rule.check else {
                continue;
            };
            if !options.allows(rule) || summaries.len() < 2 {
                for index in 0..summaries.len() {
                    let verdict = if summaries.len() < 2 {
                        Verdict::Unknown(Reason::NoSiblings)
                    } else {
                        Verdict::NotApplicable(Reason::Profile)
                    };
                    seen.take(options, "", number, index, verdict, |_| Located::default());
                }
                continue;
            }
            let found = check(&catalog);
            for finding in found {
                let places = finding.places;
                let judgement = seen.datasets.get(finding.dataset);
                let document = judgement.and_then(|it| documents.get(it.document));
                let name = document.map_or("", |document| document.name.as_str());
                let (index, verdict) = (finding.dataset, finding.verdict);
                seen.take(options, name, number, index, verdict, |_| Located {
                    places: places.clone(),
                    ..Located::default()
                });
            }
        }
        seen.summaries = summaries;
    }

    /// Where a format has no place for a source, the publisher is one, if it differs over the feed: then it tells one
    /// dataset's origin from another's.
    fn settle_sources(&mut self) {
        let Some(number) = RULES.iter().position(|rule| rule.id == "source-missing") else {
            return;
        };
        let Seen {
            summaries,
            datasets,
            ..
        } = &mut self.seen;
        let differing = documents_with_many_publishers(summaries);
        for (summary, judgement) in summaries.iter().zip(datasets) {
            let counts = summary.source_rests_on_publisher
                && !summary.publisher.is_empty()
                && differing.contains(&summary.document);
            let outcome = judgement.tallies.get(number).map(|(outcome, _)| outcome);
            if counts && outcome == Some(Outcome::Unknown) {
                judgement.tallies.pass(number);
            }
        }
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
pub(crate) fn documents_with_many_publishers(summaries: &[rule::Summary]) -> BTreeSet<usize> {
    let mut first: BTreeMap<usize, &str> = BTreeMap::new();
    let named = summaries
        .iter()
        .filter(|summary| !summary.publisher.is_empty());
    named
        .filter(|summary| {
            *first.entry(summary.document).or_insert(&summary.publisher) != summary.publisher
        })
        .map(|summary| summary.document)
        .collect()
}

fn dataset(judgement: Judgement, documents: &[Document]) -> Dataset {
    let (items, areas) = report::areas_of(&judgement.tallies.each(&RULES));
    Dataset {
        document: documents
            .get(judgement.document)
            .map_or(String::new(), |document| document.name.clone()),
        pointer: judgement.pointer,
        line: judgement.line,
        id: judgement.id,
        title: judgement.title,
        owner: judgement.owner,
        items,
        areas,
    }
}
