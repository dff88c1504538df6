//! Records judged: the verdicts and findings of every rule that looks at one record.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use crate::acknowledge::{self, look_up};
use crate::judgement::Judged;
use crate::model::{Dataset, with_facts};
use crate::options::Options;
use crate::profile::{Field, Level};
use crate::reading::{Record, Trouble};
use crate::report::{self, Counts, Finding, Fix, Location, Outcome, Severity, Tallies, Tally};
use crate::rule::{Check, Draft, Item, Reason, Rule, Subject, Summary, Verdict, page};
use crate::rules;
use crate::source::place::Place;

use super::fixes::fix;
use super::known::{self, Met};
use super::summary::summarize;

/// The rules by number: first those that look at one dataset, then those that look at many. So the rule that decides an
/// item stands before those that only add to it.
pub(super) static RULES: LazyLock<Vec<&'static Rule>> = LazyLock::new(|| {
    let is_of_dataset = |rule: &&Rule| matches!(rule.check, Check::Dataset(_));
    let (mut first, later): (Vec<_>, Vec<_>) = rules::all().partition(is_of_dataset);
    first.extend(later);
    first
});

/// What was seen of some documents, or of a part of one.
#[derive(Debug, Default)]
pub(super) struct Seen {
    pub(super) datasets: Vec<Judgement>,
    pub(super) summaries: Vec<Summary>,
    pub(super) findings: Vec<Pending>,
    /// Findings that are not kept but handed over, by the number of their dataset in this part.
    pub(super) handed: Vec<Finding>,
    /// What was met of what is acknowledged.
    pub(super) known: Met,
}

/// What is kept of a dataset until the report is made.
#[derive(Debug)]
pub(super) struct Judgement {
    pub(super) document: usize,
    pub(super) pointer: String,
    pub(super) line: Option<usize>,
    pub(super) id: Option<String>,
    pub(super) title: Option<String>,
    pub(super) owner: Option<String>,
    pub(super) tallies: Tallies,
    /// The findings that were handed over.
    pub(super) handed: Counts,
    /// Those of them that are acknowledged.
    pub(super) handed_acknowledged: usize,
}

impl Judgement {
    /// What the dataset is called in fingerprints.
    pub(super) fn identity(&self) -> &str {
        self.id
            .as_deref()
            .or(self.title.as_deref())
            .unwrap_or_default()
    }
}

/// A finding before its dataset's number and its document's name are settled.
#[derive(Debug)]
pub(super) struct Pending {
    rule: &'static Rule,
    pub(super) dataset: Option<usize>,
    draft: Draft,
    severity: Severity,
    places: Vec<Place>,
    fix: Option<Fix>,
    /// The number of the acknowledgement that silences it.
    acknowledged: Option<usize>,
}

/// What is known of a finding's place in its record.
#[derive(Default)]
pub(super) struct Located {
    pub(super) places: Vec<Place>,
    pub(super) fix: Option<Fix>,
    /// The fields of the data that it names, where acknowledgements ask for them.
    pub(super) columns: Vec<String>,
}

impl Seen {
    pub(super) fn shift_documents(&mut self, by: usize) {
        let shift = |place: &mut Place| place.document += by;
        for judgement in &mut self.datasets {
            judgement.document += by;
        }
        for summary in &mut self.summaries {
            summary.document += by;
            shift(&mut summary.title_place);
            shift(&mut summary.id_place);
            let others = [&mut summary.parent_place, &mut summary.description_place];
            others.into_iter().flatten().for_each(shift);
        }
        for pending in &mut self.findings {
            pending.places.iter_mut().for_each(shift);
        }
    }

    /// Adds what was seen behind this.
    pub(super) fn append(&mut self, other: Self) {
        let before = self.datasets.len();
        self.known.join(&other.known);
        self.handed
            .extend(other.handed.into_iter().map(|mut finding| {
                finding.dataset = finding.dataset.map(|index| index + before);
                finding
            }));
        self.datasets.extend(other.datasets);
        self.summaries.extend(other.summaries);
        self.findings
            .extend(other.findings.into_iter().map(|mut pending| {
                pending.dataset = pending.dataset.map(|index| index + before);
                pending
            }));
    }

    pub(super) fn trouble(&mut self, name: &str, options: &Options, trouble: Trouble) {
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
        let subject = acknowledge::Subject {
            rule,
            identity: "",
            document: name,
            field: draft.field,
            subject: &draft.subject,
            columns: &[],
        };
        let known = look_up(&options.acknowledge, &subject, options.as_of);
        self.known.add(&known);
        self.findings.push(Pending {
            rule,
            dataset: None,
            draft,
            severity,
            places: vec![trouble.place],
            fix: None,
            acknowledged: known.by,
        });
    }

    pub(super) fn record(
        &mut self,
        document: usize,
        name: &str,
        options: &Options,
        record: &Record<'_>,
    ) {
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
            links: options.links.as_deref(),
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
            tallies: Tallies::default(),
            handed: Counts::default(),
            handed_acknowledged: 0,
        });
        self.summaries.push(summarize(document, record, &judged));
        for (number, rule) in RULES.iter().enumerate() {
            let Check::Dataset(check) = rule.check else {
                break;
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
            self.take(options, name, number, index, verdict, |draft| {
                let place = |at| record.places.place(record.tree, at);
                let places: Vec<Place> = draft.places.iter().map(|at| place(*at)).collect();
                Located {
                    places,
                    fix: fix(draft, record),
                    columns: columns_named(options, rule, dataset, draft),
                }
            });
        }
    }

    /// Takes the findings of the last record out, to be handed over.
    pub(super) fn hand_over(&mut self, options: &Options, document: &str, index: usize) {
        let is_of_record = |pending: &mut Pending| pending.dataset == Some(index);
        let pendings: Vec<Pending> = self.findings.extract_if(.., is_of_record).collect();
        let Some(judgement) = self.datasets.get_mut(index) else {
            return;
        };
        let identity = judgement.identity().to_owned();
        let name = |_| document.to_owned();
        for finding in settle(pendings, options, &|_| identity.as_str(), &name) {
            if finding.acknowledged.is_some() {
                judgement.handed_acknowledged += 1;
            } else {
                judgement.handed.add(finding.severity);
            }
            self.handed.push(finding);
        }
    }

    /// The number of the acknowledgement that silences a finding.
    fn look_up(
        &mut self,
        options: &Options,
        document: &str,
        rule: &'static Rule,
        index: usize,
        draft: &Draft,
        located: &Located,
    ) -> Option<usize> {
        if options.acknowledge.is_empty() {
            return None;
        }
        let identity = self.datasets.get(index).map_or("", Judgement::identity);
        let subject = acknowledge::Subject {
            rule,
            identity,
            document,
            field: draft.field,
            subject: &draft.subject,
            columns: &located.columns,
        };
        let known = look_up(&options.acknowledge, &subject, options.as_of);
        self.known.add(&known);
        known.by
    }

    /// Keeps a verdict: its findings, and what it comes to for the dataset.
    pub(super) fn take(
        &mut self,
        options: &Options,
        document: &str,
        number: usize,
        index: usize,
        verdict: Verdict,
        mut locate: impl FnMut(&Draft) -> Located,
    ) {
        let Some(&rule) = RULES.get(number) else {
            return;
        };
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
                let mut is_silent = !drafts.is_empty();
                for draft in drafts {
                    let severity = options
                        .severity_of(rule)
                        .or(draft.severity)
                        .unwrap_or(rule.severity);
                    let located = locate(&draft);
                    let known = self.look_up(options, document, rule, index, &draft, &located);
                    is_silent &= known.is_some();
                    if known.is_none() {
                        tally.severity = tally.severity.max(Some(severity));
                    }
                    if severity > Severity::Info && known.is_none() {
                        tally.outcome = Outcome::Fail;
                        tally.credit = tally.credit.min(credit(&draft));
                    }
                    self.findings.push(Pending {
                        rule,
                        dataset: Some(index),
                        draft,
                        severity,
                        places: located.places,
                        fix: located.fix,
                        acknowledged: known,
                    });
                }
                if is_silent {
                    tally.outcome = Outcome::NotApplicable;
                    tally.reason = Some(Reason::Acknowledged);
                }
            }
        }
        if let Some(judgement) = self.datasets.get_mut(index) {
            judgement.tallies.add(number, &tally);
        }
    }
}

/// The names of the fields of the data that a finding speaks of, where each of its places belongs to one of them.
fn columns_named(
    options: &Options,
    rule: &Rule,
    dataset: &Dataset<'_>,
    draft: &Draft,
) -> Vec<String> {
    let is_asked = options
        .acknowledge
        .iter()
        .any(|known| known.rule == rule.id && known.field.is_some());
    if !is_asked {
        return Vec::new();
    }
    let mut names = BTreeSet::new();
    for at in &draft.places {
        let columns = dataset.columns.listed().iter();
        match columns.into_iter().find(|column| column.stands_at(*at)) {
            Some(column) => names.insert(column.key().to_owned()),
            None => return Vec::new(),
        };
    }
    names.into_iter().collect()
}

/// The field that a rule asks for, where profiles differ in how much they ask for it.
fn field_of(rule: &Rule) -> Option<Field> {
    match rule.id {
        "missing-title" => Some(Field::Title),
        "missing-description" => Some(Field::Description),
        "missing-license" => Some(Field::License),
        "refresh-rate-missing" | "refresh-says-see-description" => Some(Field::RefreshRate),
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

/// Findings as the report has them, in its order: those of documents first, then by dataset, item, rule and place;
/// `identity` is what the dataset is called in fingerprints.
pub(super) fn settle<'n>(
    mut pendings: Vec<Pending>,
    options: &Options,
    identity: &dyn Fn(usize) -> &'n str,
    name: &dyn Fn(usize) -> String,
) -> Vec<Finding> {
    let first_place = |pending: &Pending| {
        pending.places.first().map(|place| {
            (
                place.document,
                place.span.map(|span| span.0),
                place.pointer.clone(),
            )
        })
    };
    pendings.sort_by(|one, other| {
        let key = |pending: &Pending| (pending.dataset, pending.rule.item, pending.rule.code);
        key(one)
            .cmp(&key(other))
            .then_with(|| first_place(one).cmp(&first_place(other)))
            .then_with(|| one.draft.message.cmp(&other.draft.message))
    });
    let mut findings: Vec<Finding> = pendings
        .into_iter()
        .map(|pending| finding(pending, options, identity, name))
        .collect();
    findings.dedup();
    findings
}

/// Why a rule matters and how its fault is mended, by rule: each page is taken apart once.
static ADVICE: LazyLock<BTreeMap<&'static str, (String, String)>> = LazyLock::new(|| {
    rules::all()
        .map(|rule| {
            let parsed = page::parse(rule.page);
            (
                rule.id,
                (page::one_line(parsed.why), page::one_line(parsed.how)),
            )
        })
        .collect()
});

fn finding<'n>(
    pending: Pending,
    options: &Options,
    identity: &dyn Fn(usize) -> &'n str,
    name: &dyn Fn(usize) -> String,
) -> Finding {
    let Pending { rule, draft, .. } = pending;
    let (why, how) = ADVICE.get(rule.id).cloned().unwrap_or_default();
    let identity = pending.dataset.map_or("", identity);
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
        acknowledged: pending
            .acknowledged
            .and_then(|number| options.acknowledge.get(number))
            .map(known::acknowledgement),
    }
}
