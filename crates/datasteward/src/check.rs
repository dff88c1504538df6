//! The one place where the chain is tied: read every source, ask every rule, assemble the report.

use std::collections::{BTreeMap, BTreeSet};
use std::io;

use crate::judgement::Judged;
use crate::lexicon::{fold, titles};
use crate::model::{Slot, with_facts};
use crate::options::Options;
use crate::profile::{Field, Level};
use crate::reading::{self, DocumentFacts, Event, Keep, Record, Trouble};
use crate::report::{
    self, Document, Edit, Finding, Fix, Location, Outcome, Owner, PatchStep, Report, Safety,
    Severity, Tally, Tool,
};
use crate::rule::{Catalog, Check, Draft, Item, Reason, Rule, Subject, Summary, Verdict, page};
use crate::rules;
use crate::source::place::Place;
use crate::source::tree::{Syntax, push_escaped};
use crate::source::{Source, Stream};

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

/// What was seen of some documents, or of a part of one.
#[derive(Debug, Default)]
struct Seen {
    datasets: Vec<Judgement>,
    summaries: Vec<Summary>,
    findings: Vec<Pending>,
}

/// Keeps the records of a document judged.
struct Judge<'o> {
    options: &'o Options,
    document: usize,
}

impl Keep for Judge<'_> {
    type Part = Seen;

    fn part(&self) -> Seen {
        Seen::default()
    }

    fn event(&self, seen: &mut Seen, event: Event<'_>) {
        match event {
            Event::Record(record) => seen.record(self.document, self.options, &record),
            Event::Trouble(trouble) => seen.trouble(self.options, trouble),
        }
    }
}

/// What is kept of a dataset until the report is made.
#[derive(Debug)]
struct Judgement {
    document: usize,
    pointer: String,
    line: Option<usize>,
    id: Option<String>,
    title: Option<String>,
    owner: Option<String>,
    tallies: Vec<Tally>,
}

/// A finding before its dataset's number and its document's name are settled.
#[derive(Debug)]
struct Pending {
    rule: &'static Rule,
    dataset: Option<usize>,
    draft: Draft,
    severity: Severity,
    places: Vec<Place>,
    fix: Option<Fix>,
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
        let judge = Judge {
            options: &self.options,
            document: self.documents.len(),
        };
        let seen = &mut self.seen;
        let facts =
            reading::read_stream(stream, judge.document, &self.options, &judge, &mut |part| {
                seen.append(part);
                true
            })?;
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
}

impl Seen {
    fn shift_documents(&mut self, by: usize) {
        let shift = |place: &mut Place| place.document += by;
        for judgement in &mut self.datasets {
            judgement.document += by;
        }
        for summary in &mut self.summaries {
            summary.document += by;
            shift(&mut summary.title_place);
            shift(&mut summary.id_place);
            summary.parent_place.iter_mut().for_each(shift);
        }
        for pending in &mut self.findings {
            pending.places.iter_mut().for_each(shift);
        }
    }

    /// Adds what was seen behind this.
    fn append(&mut self, other: Self) {
        let before = self.datasets.len();
        self.datasets.extend(other.datasets);
        self.summaries.extend(other.summaries);
        self.findings
            .extend(other.findings.into_iter().map(|mut pending| {
                pending.dataset = pending.dataset.map(|index| index + before);
                pending
            }));
    }

    fn trouble(&mut self, options: &Options, trouble: Trouble) {
        let Some(rule) = rules::find(trouble.rule).filter(|rule| options.allows(rule)) else {
            return;
        };
        let mut draft = Draft::new("document", trouble.message);
        draft.evidence = trouble.evidence.map(|text| crate::rule::shorten(&text));
        draft.how = trouble.how.map(str::to_owned);
        draft.subject.clone_from(&trouble.place.pointer);
        let own = if trouble.is_warning {
            Severity::Warning
        } else {
            rule.severity
        };
        let severity = options.severity_of(rule).unwrap_or(own);
        self.findings.push(Pending {
            rule,
            dataset: None,
            draft,
            severity,
            places: vec![trouble.place],
            fix: None,
        });
    }

    fn record(&mut self, document: usize, options: &Options, record: &Record<'_>) {
        let filled = options
            .data
            .as_ref()
            .map(|facts| with_facts(record.dataset, facts));
        let dataset = filled.as_ref().unwrap_or(record.dataset);
        let judged = Judged::of(dataset);
        let subject = Subject {
            dataset,
            judged: &judged,
            as_of: options.as_of,
            asks: &options.asks,
            data: options.data.as_deref(),
        };
        let index = self.datasets.len();
        let (pointer, line) = record.places.record();
        self.datasets.push(Judgement {
            document,
            pointer,
            line,
            id: dataset.id.value().map(|id| (*id).to_owned()),
            title: (!dataset.title_text().is_empty()).then(|| dataset.title_text().to_owned()),
            owner: dataset.owner().map(|(name, _)| name.to_owned()),
            tallies: Vec::new(),
        });
        self.summaries.push(summarize(document, record, &judged));
        for rule in rules::all() {
            let Check::Dataset(check) = rule.check else {
                continue;
            };
            let level = field_of(rule).map_or(Level::Required, |field| options.asks.level(field));
            let verdict = if !options.allows(rule) || level == Level::NotAsked {
                Verdict::NotApplicable(Reason::Profile)
            } else if dataset.kind.is_derived() && !rule.derived_too {
                Verdict::NotApplicable(Reason::AssetKind)
            } else {
                let mut verdict = check(&subject);
                if level == Level::Recommended {
                    soften(&mut verdict);
                }
                verdict
            };
            self.take(options, rule, index, verdict, |draft| {
                let place = |at| record.places.place(record.tree, at);
                let places: Vec<Place> = draft.places.iter().map(|at| place(*at)).collect();
                let fix = fix(draft, record);
                (places, fix)
            });
        }
    }

    /// Keeps a verdict: its findings, and what it comes to for the dataset.
    fn take(
        &mut self,
        options: &Options,
        rule: &'static Rule,
        index: usize,
        verdict: Verdict,
        mut locate: impl FnMut(&Draft) -> (Vec<Place>, Option<Fix>),
    ) {
        let mut tally = Tally {
            rule,
            outcome: Outcome::Pass,
            reason: None,
            credit: 1000,
            severity: None,
        };
        match verdict {
            Verdict::Pass => {}
            Verdict::NotApplicable(reason) => {
                (tally.outcome, tally.reason) = (Outcome::NotApplicable, Some(reason));
            }
            Verdict::Unknown(reason) => {
                (tally.outcome, tally.reason) = (Outcome::Unknown, Some(reason));
            }
            Verdict::Fail(drafts) => {
                for draft in drafts {
                    let severity = options
                        .severity_of(rule)
                        .or(draft.severity)
                        .unwrap_or(rule.severity);
                    tally.severity = tally.severity.max(Some(severity));
                    if severity > Severity::Info {
                        tally.outcome = Outcome::Fail;
                        tally.credit = tally.credit.min(credit(&draft));
                    }
                    let (places, fix) = locate(&draft);
                    self.findings.push(Pending {
                        rule,
                        dataset: Some(index),
                        draft,
                        severity,
                        places,
                        fix,
                    });
                }
            }
        }
        if let Some(judgement) = self.datasets.get_mut(index) {
            judgement.tallies.push(tally);
        }
    }
}

impl Checker {
    /// Asks the rules over many datasets, then assembles the report.
    #[must_use]
    pub fn finish(mut self) -> Report {
        self.ask_catalog_rules();
        self.settle_sources();
        let Self {
            options,
            documents,
            seen: Seen {
                datasets, findings, ..
            },
        } = self;
        let advice = advice();
        let mut findings: Vec<Finding> = sorted(findings)
            .into_iter()
            .map(|pending| finding(pending, &advice, &documents, &datasets))
            .collect();
        findings.dedup();
        let datasets: Vec<report::Dataset> = datasets
            .into_iter()
            .map(|judgement| dataset(judgement, &documents))
            .collect();
        Report {
            report_version: 1,
            tool: Tool {
                name: "datasteward".to_owned(),
                version: env!("CARGO_PKG_VERSION").to_owned(),
            },
            as_of: options.as_of.map(|date| date.to_string()),
            profile: options.profile().id.to_owned(),
            summary: report::Summary {
                datasets: datasets.len(),
                findings: report::count(findings.iter()),
                areas: report::mean_areas(datasets.iter().map(|dataset| &dataset.areas)),
                owners: owners(&datasets, &findings),
            },
            documents,
            datasets,
            findings,
        }
    }

    fn ask_catalog_rules(&mut self) {
        let (options, seen) = (&self.options, &mut self.seen);
        let summaries = std::mem::take(&mut seen.summaries);
        for rule in rules::all() {
            let Check::Catalog(check) = rule.check else {
                continue;
            };
            if !options.allows(rule) || summaries.len() < 2 {
                let reason = if summaries.len() < 2 {
                    Reason::NoSiblings
                } else {
                    Reason::Profile
                };
                for index in 0..summaries.len() {
                    let verdict = match reason {
                        Reason::NoSiblings => Verdict::Unknown(reason),
                        _ => Verdict::NotApplicable(reason),
                    };
                    seen.take(options, rule, index, verdict, |_| (Vec::new(), None));
                }
                continue;
            }
            let found = check(&Catalog {
                summaries: &summaries,
            });
            for finding in found {
                let places = finding.places;
                seen.take(options, rule, finding.dataset, finding.verdict, |_| {
                    (places.clone(), None)
                });
            }
        }
        seen.summaries = summaries;
    }

    /// Where a format has no place for a source, the publisher is one, if it differs over the feed: then it tells one
    /// dataset's origin from another's.
    fn settle_sources(&mut self) {
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
            if !counts {
                continue;
            }
            for tally in &mut judgement.tallies {
                if tally.rule.code == "T7-01" && tally.outcome == Outcome::Unknown {
                    (tally.outcome, tally.reason) = (Outcome::Pass, None);
                }
            }
        }
    }
}

/// The documents whose datasets do not all have one publisher.
pub(crate) fn documents_with_many_publishers(summaries: &[Summary]) -> BTreeSet<usize> {
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

/// The field that a rule asks for, where profiles differ in how much they ask for it.
fn field_of(rule: &Rule) -> Option<Field> {
    match rule.id {
        "missing-title" => Some(Field::Title),
        "missing-description" => Some(Field::Description),
        "missing-license" => Some(Field::License),
        "refresh-rate-missing" => Some(Field::RefreshRate),
        "source-missing" => Some(Field::Source),
        "update-date-missing" => Some(Field::LastChange),
        _ => None,
    }
}

/// What is only recommended is a note.
fn soften(verdict: &mut Verdict) {
    if let Verdict::Fail(drafts) = verdict {
        for draft in drafts {
            draft.severity = Some(Severity::Info);
        }
    }
}

/// Thousandths of the full credit that a failed rule still earns: the share of fields in order.
fn credit(draft: &Draft) -> u32 {
    draft.ratio.map_or(0, |ratio| {
        let judged = ratio.judged.max(1);
        let good = judged.saturating_sub(ratio.bad);
        u32::try_from(good * 1000 / judged).unwrap_or(0)
    })
}

pub(crate) fn summarize(document: usize, record: &Record<'_>, judged: &Judged<'_>) -> Summary {
    let dataset = record.dataset;
    let place = |at: Option<crate::model::At>| {
        record
            .places
            .place(record.tree, at.unwrap_or(crate::model::At::RECORD))
    };
    let title = dataset.title_text();
    let skeleton = titles::skeleton(title);
    let publisher = dataset
        .publisher
        .value()
        .map_or("", |publisher| publisher.name);
    let domain = dataset.domain.value().copied().unwrap_or_default();
    let mut columns: Vec<u64> = dataset
        .columns
        .listed()
        .iter()
        .zip(&judged.columns)
        .filter(|(_, judged)| !judged.is_system)
        .map(|(column, _)| name_hash(column.key()))
        .collect();
    columns.sort_unstable();
    columns.dedup();
    let parent = dataset.lineage.parent_ids.first();
    Summary {
        document,
        owner: fold::fold(&format!("{domain} {publisher}")).into_owned(),
        id: dataset
            .id
            .value()
            .map_or(String::new(), |id| (*id).to_owned()),
        title: title.to_owned(),
        folded_title: titles::fold_title(title),
        period: skeleton.period(),
        skeleton: skeleton.sorted_key,
        kind: dataset.kind,
        parents: dataset
            .lineage
            .parent_ids
            .iter()
            .map(|held| held.value.to_owned())
            .collect(),
        table: dataset.lineage.table_id.map(|held| held.value.to_owned()),
        columns,
        in_series: !dataset.lineage.series.is_empty(),
        publisher: publisher.to_owned(),
        source_rests_on_publisher: matches!(dataset.sources, Slot::NotInFormat(_))
            && !judged.names_source(dataset),
        title_place: place(dataset.title.at()),
        parent_place: parent.map(|held| place(Some(held.at))),
        id_place: place(dataset.id.at()),
    }
}

/// A field's name without case, separators and digits, as a number: slices of a table write years into their headers.
fn name_hash(name: &str) -> u64 {
    // FNV-1a: the same on every machine and run.
    let letters = name
        .chars()
        .filter(|letter| letter.is_alphabetic())
        .flat_map(char::to_lowercase);
    letters.fold(0xcbf2_9ce4_8422_2325, |hash, letter| {
        (hash ^ u64::from(u32::from(letter))).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

/// A fix for a finding that brings its corrected texts along.
fn fix(draft: &Draft, record: &Record<'_>) -> Option<Fix> {
    if !draft.renames.is_empty() {
        return rename(draft, record);
    }
    // How a text is written in another syntax is not known here: a wrong repair would be worse than none.
    if draft.replacements.is_empty() || record.tree.syntax() != Syntax::Json {
        return None;
    }
    let (mut patch, mut edits) = (Vec::new(), Vec::new());
    for (at, new) in &draft.replacements {
        let old = record.tree.value(*at).as_str()?;
        let place = record.places.place(record.tree, *at);
        let step = |op: &str, value: &str| PatchStep {
            op: op.to_owned(),
            from: None,
            path: place.pointer.clone(),
            value: Some(value.to_owned()),
        };
        patch.extend([step("test", old), step("replace", new)]);
        edits.extend(place.span.map(|(start, end)| Edit {
            start,
            end,
            text: serde_json::Value::from(new.as_str()).to_string(),
        }));
    }
    Some(Fix {
        safety: Safety::Safe,
        title: match draft.replacing {
            "" => "Repair the damaged characters".to_owned(),
            title => title.to_owned(),
        },
        patch,
        edits,
    })
}

/// Right keys in the place of wrong ones.
fn rename(draft: &Draft, record: &Record<'_>) -> Option<Fix> {
    let (mut patch, mut edits) = (Vec::new(), Vec::new());
    for (at, key) in &draft.renames {
        let place = record.places.place(record.tree, *at);
        let (parent, _) = place.pointer.rsplit_once('/')?;
        let mut path = format!("{parent}/");
        push_escaped(&mut path, key);
        patch.push(PatchStep {
            op: "move".to_owned(),
            from: Some(place.pointer.clone()),
            path,
            value: None,
        });
        let key_place = record.places.key_place(record.tree, *at);
        edits.extend(
            key_place
                .filter(|_| record.tree.syntax() == Syntax::Json)
                .map(|(start, end)| Edit {
                    start,
                    end,
                    text: serde_json::Value::from(key.as_str()).to_string(),
                }),
        );
    }
    Some(Fix {
        safety: Safety::NeedsReview,
        title: "Write the key as the format spells it".to_owned(),
        patch,
        edits,
    })
}

/// Findings about documents first, then by dataset, item, rule and place.
fn sorted(mut findings: Vec<Pending>) -> Vec<Pending> {
    let first_place = |pending: &Pending| {
        pending.places.first().map(|place| {
            (
                place.document,
                place.span.map(|span| span.0),
                place.pointer.clone(),
            )
        })
    };
    findings.sort_by(|one, other| {
        let key = |pending: &Pending| (pending.dataset, pending.rule.item, pending.rule.code);
        key(one)
            .cmp(&key(other))
            .then_with(|| first_place(one).cmp(&first_place(other)))
            .then_with(|| one.draft.message.cmp(&other.draft.message))
    });
    findings
}

/// Why a rule matters and how its fault is mended, by rule: each page is taken apart once.
fn advice() -> BTreeMap<&'static str, (String, String)> {
    rules::all()
        .map(|rule| {
            let parsed = page::parse(rule.page);
            (
                rule.id,
                (page::one_line(parsed.why), page::one_line(parsed.how)),
            )
        })
        .collect()
}

fn finding(
    pending: Pending,
    advice: &BTreeMap<&'static str, (String, String)>,
    documents: &[Document],
    datasets: &[Judgement],
) -> Finding {
    let Pending { rule, draft, .. } = pending;
    let (why, how) = advice.get(rule.id).cloned().unwrap_or_default();
    let identity = pending
        .dataset
        .and_then(|index| datasets.get(index))
        .map_or("", |judgement| {
            judgement
                .id
                .as_deref()
                .or(judgement.title.as_deref())
                .unwrap_or("")
        });
    let name = |document: usize| {
        documents
            .get(document)
            .map_or(String::new(), |document| document.name.clone())
    };
    let locations = pending.places.into_iter().map(|place| Location {
        document: name(place.document),
        line: place.line_and_column.map(|(line, _)| line),
        column: place.line_and_column.map(|(_, column)| column),
        start: place.span.map(|(start, _)| start),
        end: place.span.map(|(_, end)| end),
        pointer: place.pointer,
    });
    Finding {
        rule: rule.id.to_owned(),
        code: rule.code.to_owned(),
        item: (!matches!(rule.item, Item::D0 | Item::K0)).then(|| rule.item.code().to_owned()),
        severity: pending.severity,
        confidence: draft.confidence,
        dataset: pending.dataset,
        message: draft.message,
        why,
        how: draft.how.unwrap_or(how),
        evidence: draft.evidence,
        locations: locations.collect(),
        ratio: draft.ratio,
        fix: pending.fix,
        fingerprint: report::fingerprint(rule.id, identity, draft.field, &draft.subject),
        acknowledged: None,
    }
}

fn dataset(judgement: Judgement, documents: &[Document]) -> report::Dataset {
    let (items, areas) = report::areas_of(&judgement.tallies);
    report::Dataset {
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

fn owners(datasets: &[report::Dataset], findings: &[Finding]) -> Vec<Owner> {
    let mut by_name: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (index, dataset) in datasets.iter().enumerate() {
        by_name
            .entry(dataset.owner.as_deref().unwrap_or("unassigned"))
            .or_default()
            .push(index);
    }
    let mut counts = vec![report::Counts::default(); datasets.len()];
    for finding in findings {
        if let Some(count) = finding.dataset.and_then(|index| counts.get_mut(index)) {
            count.add(finding.severity);
        }
    }
    by_name
        .into_iter()
        .map(|(owner, members)| {
            let mut sum = report::Counts::default();
            for count in members.iter().filter_map(|index| counts.get(*index)) {
                sum.error += count.error;
                sum.warning += count.warning;
                sum.info += count.info;
            }
            Owner {
                owner: owner.to_owned(),
                datasets: members.len(),
                findings: sum,
                areas: report::mean_areas(
                    members
                        .iter()
                        .filter_map(|index| datasets.get(*index))
                        .map(|it| &it.areas),
                ),
            }
        })
        .collect()
}
