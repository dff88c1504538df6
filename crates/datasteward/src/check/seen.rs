//! Records judged: the verdicts and findings of every rule that looks at one record.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, LazyLock};

use crate::acknowledge;
use crate::judgement::Judged;
use crate::model::{Dataset, with_facts};
use crate::options::Options;
use crate::profile::{Field, Level};
use crate::reading::{Record, Trouble};
use crate::report::{
    self, Acknowledgement, Counts, Finding, Fix, Location, Outcome, Severity, Share, Tallies, Tally,
};
use crate::rule::{
    Check, Draft, Item, Pool, Reason, Rows, Rule, Shared, Subject, Summaries, Verdict, long, page,
    short,
};
use crate::rules;
use crate::source::place::Place;

use super::fixes::fix;
use super::known::Met;
use super::summary::summarize;

/// The rules by number: first those that look at one dataset, then those that look at many. So the rule that decides an
/// item stands before those that only add to it.
pub(super) static RULES: LazyLock<Vec<&'static Rule>> = LazyLock::new(|| {
    let mut rules: Vec<_> = rules::all().collect();
    rules.sort_by_key(|rule| match rule.check {
        Check::Dataset(_) => 0,
        Check::Catalog(_) => 1,
        Check::Reading => 2,
    });
    rules
});

/// How many rules look at one dataset.
pub(super) static OF_DATASET: LazyLock<usize> = LazyLock::new(|| {
    let is_of_dataset = |rule: &&&Rule| matches!(rule.check, Check::Dataset(_));
    RULES.iter().filter(is_of_dataset).count()
});

/// How many rules look at many.
pub(super) static OF_CATALOG: LazyLock<usize> = LazyLock::new(|| {
    let is_of_catalog = |rule: &&&Rule| matches!(rule.check, Check::Catalog(_));
    RULES.iter().filter(is_of_catalog).count()
});

/// What was seen of some documents, or of a part of one.
#[derive(Debug, Default)]
pub(super) struct Seen {
    /// What is kept of each dataset.
    pub(super) summaries: Summaries,
    /// What the rules that look at one dataset came to, for each.
    pub(super) judgements: Rows<Judgement>,
    /// What these rules came to, rule by rule: many datasets of a portal share it.
    outcomes: Pool<[u8]>,
    shares: Vec<Share>,
    pub(super) findings: Vec<Pending>,
    /// Findings that are not kept but handed over, by the number of their dataset in this part.
    pub(super) handed: Vec<Finding>,
    /// What was met of what is acknowledged.
    pub(super) known: Met,
    /// How many findings that were handed over are acknowledged.
    pub(super) acknowledged: usize,
}

/// What the rules that look at one dataset came to: this is kept of each until the report is made.
#[derive(Debug)]
pub(super) struct Judgement {
    outcomes: Shared,
    /// Where its shares begin, and how many there are: fewer than rules.
    shares: (u32, u8),
    /// The findings that were handed over.
    pub(super) told: Few,
}

/// Counts of the findings of one dataset, in little space.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Few([u32; 3]);

impl Few {
    pub(super) fn add(&mut self, severity: Severity) {
        let [error, warning, info] = &mut self.0;
        let count = match severity {
            Severity::Error => error,
            Severity::Warning => warning,
            Severity::Info => info,
        };
        *count = count.saturating_add(1);
    }

    pub(super) fn join(&mut self, other: Self) {
        for (count, more) in self.0.iter_mut().zip(other.0) {
            *count = count.saturating_add(more);
        }
    }

    pub(super) fn counts(self) -> Counts {
        let [error, warning, info] = self
            .0
            .map(|count| usize::try_from(count).unwrap_or(usize::MAX));
        Counts {
            error,
            warning,
            info,
        }
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
    /// The acknowledgement that silences it.
    acknowledged: Option<Box<Acknowledgement>>,
}

/// Whose verdict is taken.
#[derive(Clone, Copy)]
pub(super) struct About<'a> {
    /// The number of the dataset, and what it is called in fingerprints.
    pub(super) dataset: usize,
    pub(super) identity: &'a str,
    /// The name of its document.
    pub(super) document: &'a str,
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
    /// Gives documents other numbers.
    pub(super) fn move_documents(&mut self, number: &dyn Fn(usize) -> usize) {
        self.summaries.move_documents(number);
        for pending in &mut self.findings {
            for place in &mut pending.places {
                place.document = number(place.document);
            }
        }
    }

    /// Puts datasets in the order of their documents.
    pub(super) fn put_in_order(&mut self) {
        let order = self.summaries.put_in_order();
        let mut places: Vec<usize> = vec![0; order.len()];
        for (place, before) in order.iter().enumerate() {
            if let Some(held) = places.get_mut(*before) {
                *held = place;
            }
        }
        for pending in &mut self.findings {
            pending.dataset = pending.dataset.and_then(|it| places.get(it).copied());
        }
        self.known.put_in_order(&places);
        let judgements = std::mem::take(&mut self.judgements);
        let mut placed: Vec<_> = places.into_iter().zip(judgements).collect();
        placed.sort_unstable_by_key(|(place, _)| *place);
        self.judgements = placed.into_iter().map(|(_, it)| it).collect();
    }

    /// Adds what was seen behind this.
    pub(super) fn append(&mut self, other: Self) {
        let before = self.summaries.len();
        self.known.append(other.known, before);
        self.acknowledged += other.acknowledged;
        self.handed
            .extend(other.handed.into_iter().map(|mut finding| {
                finding.dataset = finding.dataset.map(|index| index + before);
                finding
            }));
        let shares_before = short(self.shares.len());
        let outcomes = self.outcomes.take_in(other.outcomes);
        self.shares.extend(other.shares);
        self.judgements
            .extend(other.judgements.into_iter().map(|mut judgement| {
                judgement.outcomes = outcomes.of(judgement.outcomes);
                judgement.shares.0 = judgement.shares.0.saturating_add(shares_before);
                judgement
            }));
        self.summaries.append(other.summaries);
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
        let acknowledged = self.known.look_up(options, None, &subject);
        self.findings.push(Pending {
            rule,
            dataset: None,
            draft,
            severity,
            places: vec![trouble.place],
            fix: None,
            acknowledged,
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
        let index = self.summaries.len();
        summarize(document, record, dataset, &judged, &mut self.summaries);
        let mut slips = self.known.take_in(index, &dataset.acknowledged);
        let (_, own_names_fields) = self.known.of_record(index);
        let mut tallies = Tallies::default();
        let about = About {
            dataset: index,
            identity: self.summaries.identity(index),
            document: name,
        };
        for (number, rule) in RULES.iter().enumerate() {
            let Check::Dataset(check) = rule.check else {
                break;
            };
            let level = field_of(rule).map_or(Level::Required, |field| options.asks.level(field));
            let verdict = if !options.allows(rule) || level == Level::NotAsked {
                Verdict::NotApplicable(Reason::Profile)
            } else if dataset.kind.is_derived() && !rule.derived_too {
                Verdict::NotApplicable(Reason::AssetKind)
            } else if judged.is_furniture() && !is_asked_of_furniture(rule) {
                // It is to be hidden; nobody will describe it first.
                Verdict::NotApplicable(Reason::Dependency)
            } else {
                let mut verdict = check(&subject);
                if level == Level::Recommended {
                    soften(&mut verdict);
                }
                if rule.id == SLIPS && !slips.is_empty() {
                    add(&mut verdict, std::mem::take(&mut slips));
                }
                verdict
            };
            let locate = |draft: &Draft| {
                let place = |at| record.places.place(record.tree, at);
                Located {
                    places: draft.places.iter().map(|at| place(*at)).collect(),
                    fix: fix(draft, record),
                    columns: if own_names_fields || names_fields(options, rule) {
                        columns_named(dataset, draft)
                    } else {
                        Vec::new()
                    },
                }
            };
            let known = &mut self.known;
            let found = take(options, number, about, verdict, &mut tallies, known, locate);
            self.findings.extend(found);
        }
        self.judgements.push(Judgement {
            outcomes: self.outcomes.share(tallies.codes()),
            shares: (
                short(self.shares.len()),
                u8::try_from(tallies.shares().len()).unwrap_or(u8::MAX),
            ),
            told: Few::default(),
        });
        self.shares.extend_from_slice(tallies.shares());
    }

    /// What the rules that look at one dataset came to.
    pub(super) fn tallies(&self, index: usize) -> Tallies {
        let Some(judgement) = self.judgements.get(index) else {
            return Tallies::default();
        };
        let (start, length) = judgement.shares;
        let start = long(start);
        let shares = self.shares.get(start..start + usize::from(length));
        let codes = self.outcomes.get(judgement.outcomes).unwrap_or_default();
        Tallies::new(codes.to_vec(), shares.unwrap_or_default())
    }

    /// Takes the findings of the last record out, to be handed over.
    pub(super) fn hand_over(&mut self, document: &str, index: usize) {
        let is_of_record = |pending: &mut Pending| pending.dataset == Some(index);
        let pendings: Vec<Pending> = self.findings.extract_if(.., is_of_record).collect();
        let Some(judgement) = self.judgements.get_mut(index) else {
            return;
        };
        let identity = self.summaries.identity(index);
        let document: Arc<str> = document.into();
        let name = |_| Arc::clone(&document);
        for finding in settle(pendings, &|_| identity, &name) {
            if finding.acknowledged.is_some() {
                self.acknowledged += 1;
            } else {
                judgement.told.add(finding.severity);
            }
            self.handed.push(finding);
        }
    }
}

/// Whether a rule is asked of a part of the portal's own pages: what the document has wrong, and what nobody should read.
fn is_asked_of_furniture(rule: &Rule) -> bool {
    rule.item == Item::D0 || ASKED_OF_FURNITURE.contains(&rule.id)
}

/// The rules about what is to be hidden, whatever it is.
const ASKED_OF_FURNITURE: [&str; 4] = [
    "test-or-draft-published",
    "internal-note-published",
    "password-published",
    "personal-data-suspected",
];

/// Counts a verdict for the dataset, and gives its findings.
pub(super) fn take(
    options: &Options,
    number: usize,
    about: About<'_>,
    verdict: Verdict,
    tallies: &mut Tallies,
    known: &mut Met,
    mut locate: impl FnMut(&Draft) -> Located,
) -> Vec<Pending> {
    let mut found = Vec::new();
    let Some(&rule) = RULES.get(number) else {
        return found;
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
                let acknowledged = acknowledged(options, rule, about, &draft, &located, known);
                is_silent &= acknowledged.is_some();
                if acknowledged.is_none() {
                    tally.severity = tally.severity.max(Some(severity));
                }
                if severity > Severity::Info && acknowledged.is_none() {
                    tally.outcome = Outcome::Fail;
                    tally.credit = tally.credit.min(credit(&draft));
                }
                found.push(Pending {
                    rule,
                    dataset: Some(about.dataset),
                    draft,
                    severity,
                    places: located.places,
                    fix: located.fix,
                    acknowledged,
                });
            }
            if is_silent {
                tally.outcome = Outcome::NotApplicable;
                tally.reason = Some(Reason::Acknowledged);
            }
        }
    }
    tallies.add(number, &tally);
    found
}

/// The rule that tells what a record writes and nobody can follow.
const SLIPS: &str = "key-or-type-wrong";

/// More findings for a verdict.
fn add(verdict: &mut Verdict, more: Vec<Draft>) {
    match verdict {
        Verdict::Fail(drafts) => drafts.extend(more),
        _ => *verdict = Verdict::Fail(more),
    }
}

/// The acknowledgement that silences a finding.
fn acknowledged(
    options: &Options,
    rule: &'static Rule,
    about: About<'_>,
    draft: &Draft,
    located: &Located,
    known: &mut Met,
) -> Option<Box<Acknowledgement>> {
    if options.acknowledge.is_empty() && !known.of_record(about.dataset).0 {
        return None;
    }
    let subject = acknowledge::Subject {
        rule,
        identity: about.identity,
        document: about.document,
        field: draft.field,
        subject: &draft.subject,
        columns: &located.columns,
    };
    known.look_up(options, Some(about.dataset), &subject)
}

/// Whether the options acknowledge findings of a rule about single fields.
fn names_fields(options: &Options, rule: &Rule) -> bool {
    let mut known = options.acknowledge.iter();
    known.any(|known| known.rule == rule.id && known.field.is_some())
}

/// The names of the fields of the data that a finding speaks of, where each of its places belongs to one of them.
fn columns_named(dataset: &Dataset<'_>, draft: &Draft) -> Vec<String> {
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
    identity: &dyn Fn(usize) -> &'n str,
    name: &dyn Fn(usize) -> Arc<str>,
) -> Vec<Finding> {
    pendings.sort_by(|one, other| {
        let key = |pending: &Pending| (pending.dataset, pending.rule.item, pending.rule.code);
        key(one)
            .cmp(&key(other))
            .then_with(|| first_place(one).cmp(&first_place(other)))
            .then_with(|| one.draft.message.cmp(&other.draft.message))
    });
    let mut findings: Vec<Finding> = pendings
        .into_iter()
        .map(|pending| finding(pending, identity, name))
        .collect();
    findings.dedup();
    findings
}

fn first_place(pending: &Pending) -> Option<(usize, Option<usize>, &str)> {
    let place = pending.places.first()?;
    let start = place.span.map(|span| span.0);
    Some((place.document, start, &place.pointer))
}

/// Why a rule matters and how its fault is mended, by rule: each page is taken apart once.
static ADVICE: LazyLock<HashMap<&'static str, (String, String)>> = LazyLock::new(|| {
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
    identity: &dyn Fn(usize) -> &'n str,
    name: &dyn Fn(usize) -> Arc<str>,
) -> Finding {
    let Pending { rule, draft, .. } = pending;
    let advice = ADVICE.get(rule.id);
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
        rule: rule.id.into(),
        code: rule.code.into(),
        item: (!matches!(rule.item, Item::D0 | Item::K0)).then(|| rule.item.code().into()),
        severity: pending.severity,
        confidence: draft.confidence,
        dataset: pending.dataset,
        message: draft.message,
        why: advice.map_or("", |(why, _)| why).into(),
        how: match draft.how {
            Some(how) => how.into(),
            None => advice.map_or("", |(_, how)| how).into(),
        },
        evidence: draft.evidence,
        locations: locations.collect(),
        ratio: draft.ratio,
        fix: pending.fix,
        fingerprint: report::fingerprint(rule.id, identity, draft.field, &draft.subject),
        acknowledged: pending.acknowledged.map(|known| *known),
    }
}

#[cfg(test)]
mod tests {
    use super::{ASKED_OF_FURNITURE, RULES};

    #[test]
    fn what_is_asked_of_a_portals_own_pages_are_rules() {
        for id in ASKED_OF_FURNITURE {
            assert!(RULES.iter().any(|rule| rule.id == id), "{id}");
        }
    }
}
