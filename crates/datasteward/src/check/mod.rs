//! The one place where the chain is tied: read every source, ask every rule, assemble the report.

mod finish;
mod fixes;
mod known;
mod seen;
mod summary;

pub(crate) use self::summary::summarize;

use std::collections::{BTreeMap, BTreeSet};
use std::io;

use crate::options::Options;
use crate::reading::{self, DocumentFacts, Event, Keep};
use crate::report::{Dataset, Document, Finding, Report, Summary, Tool};
use crate::rule;
use crate::source::{Source, Stream};

use self::seen::Seen;

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

/// The rules that find something in a document, for tests.
#[cfg(test)]
pub(crate) fn rules_told(name: &str, text: &str) -> Vec<String> {
    let report = check(&[Source::new(name, text.as_bytes())], &Options::default());
    let found = report.findings.into_iter();
    found.map(|it| it.rule.into_owned()).collect()
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
