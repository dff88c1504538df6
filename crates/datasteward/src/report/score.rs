//! Outcomes of rules to outcomes of items and scores of areas.
//!
//! A rule's weight is that of its severity; its credit is 1 where it passes, 0 where it fails, and the share of fields
//! in order where it counts fields. What does not apply or cannot be told leaves the sum. Sums are kept in whole
//! thousandths, so that they do not depend on the order in which they are made.

use std::borrow::Cow;

use crate::rule::{Area, Item, Reason, Rule, Severity};

use super::{AreaScore, Areas, ItemOutcome, Outcome};

/// What one rule came to for one dataset.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tally {
    /// The rule.
    pub(crate) rule: &'static Rule,
    /// The outcome; a rule that only remarks passes.
    pub(crate) outcome: Outcome,
    /// Why it does not apply or cannot be told.
    pub(crate) reason: Option<Reason>,
    /// Thousandths of the full credit.
    pub(crate) credit: u32,
    /// The weight of its gravest finding.
    pub(crate) severity: Option<Severity>,
}

const FULL: u32 = 1000;

/// What all rules came to for one dataset, a byte a rule: these are kept for every dataset of a catalogue. Rules go by
/// their numbers; what a number stands for is the caller's.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tallies {
    codes: Vec<u8>,
    shares: Vec<Share>,
}

/// A failed rule that still earns a part of its credit.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Share {
    /// There are fewer than 256 rules.
    number: u8,
    /// Thousandths.
    credit: u16,
}

const SEVERITIES: [Option<Severity>; 4] = [
    None,
    Some(Severity::Info),
    Some(Severity::Warning),
    Some(Severity::Error),
];

/// A pass or failure with its severity, or why there is none; 0 stands for nothing.
fn code(outcome: Outcome, reason: Option<Reason>, severity: Option<Severity>) -> u8 {
    let severity = SEVERITIES.iter().position(|it| *it == severity);
    let reason = reason.map_or(0, |reason| 1 + reason as usize);
    let code = match outcome {
        Outcome::Pass => 1 + severity.unwrap_or(0),
        Outcome::Fail => 5 + severity.unwrap_or(0),
        Outcome::NotApplicable => 9 + 2 * reason,
        Outcome::Unknown => 10 + 2 * reason,
    };
    u8::try_from(code).unwrap_or(0)
}

fn decoded(code: u8) -> Option<(Outcome, Option<Reason>, Option<Severity>)> {
    let severity = |code: u8| SEVERITIES.get(usize::from(code)).copied().flatten();
    let reason = |code: u8| {
        Reason::ALL
            .get(usize::from(code / 2).checked_sub(1)?)
            .copied()
    };
    Some(match code {
        0 => return None,
        1..=4 => (Outcome::Pass, None, severity(code - 1)),
        5..=8 => (Outcome::Fail, None, severity(code - 5)),
        code if code % 2 == 1 => (Outcome::NotApplicable, reason(code - 9), None),
        code => (Outcome::Unknown, reason(code - 10), None),
    })
}

impl Tallies {
    /// From what was kept of them.
    pub(crate) fn new(codes: Vec<u8>, shares: &[Share]) -> Self {
        let shares = shares.to_vec();
        Self { codes, shares }
    }

    /// Takes what further rules came to, none of which earns a part of its credit.
    pub(crate) fn extend(&mut self, codes: &[u8]) {
        self.codes.extend_from_slice(codes);
    }

    /// A byte a rule, by number.
    pub(crate) fn codes(&self) -> &[u8] {
        &self.codes
    }

    /// The failed rules that still earn a part of their credit.
    pub(crate) fn shares(&self) -> &[Share] {
        &self.shares
    }

    /// Adds what a rule came to; where it speaks twice of one dataset, the graver word counts.
    pub(crate) fn add(&mut self, number: usize, tally: &Tally) {
        if self.codes.len() <= number {
            self.codes.resize(number + 1, 0);
        }
        let held = self.codes.get(number).copied().and_then(decoded);
        let (mut outcome, mut severity) = (tally.outcome, tally.severity);
        let mut credit = tally.credit;
        if let Some((before, _, graver)) = held {
            severity = severity.max(graver);
            if before == Outcome::Fail {
                credit = credit.min(self.credit(number));
                outcome = before;
            }
        }
        if let Some(held) = self.codes.get_mut(number) {
            *held = code(outcome, tally.reason, severity);
        }
        let (Ok(number), Ok(credit)) = (u8::try_from(number), u16::try_from(credit)) else {
            return;
        };
        self.shares.retain(|share| share.number != number);
        if outcome == Outcome::Fail && credit > 0 {
            self.shares.push(Share { number, credit });
        }
    }

    /// The outcome of a rule, and why.
    pub(crate) fn get(&self, number: usize) -> Option<(Outcome, Option<Reason>)> {
        let (outcome, reason, _) = decoded(*self.codes.get(number)?)?;
        Some((outcome, reason))
    }

    /// Passes a rule after all.
    pub(crate) fn pass(&mut self, number: usize) {
        if let Some(held) = self.codes.get_mut(number) {
            *held = code(Outcome::Pass, None, None);
        }
    }

    /// Thousandths of the full credit that a failed rule earns.
    fn credit(&self, number: usize) -> u32 {
        let mut shares = self.shares.iter();
        let share = shares.find(|share| usize::from(share.number) == number);
        share.map_or(0, |share| u32::from(share.credit))
    }

    /// The tallies one by one, in the order of the rules, of which each has its number's place.
    pub(crate) fn each(&self, rules: &[&'static Rule]) -> Vec<Tally> {
        let tally = |(number, rule): (usize, &&'static Rule)| {
            let (outcome, reason, severity) = decoded(*self.codes.get(number)?)?;
            Some(Tally {
                rule,
                outcome,
                reason,
                credit: match outcome {
                    Outcome::Fail => self.credit(number),
                    _ => FULL,
                },
                severity,
            })
        };
        rules.iter().enumerate().filter_map(tally).collect()
    }
}

/// The ten items and five areas of a dataset.
pub(crate) fn areas_of(tallies: &[Tally]) -> (Vec<ItemOutcome>, Areas) {
    let mut items = Vec::with_capacity(10);
    let mut scores: Vec<(Item, Option<u32>)> = Vec::with_capacity(10);
    let mut of_item = Vec::new();
    for item in Item::TEN {
        of_item.clear();
        of_item.extend(tallies.iter().filter(|tally| counts_for(tally, item)));
        items.push(item_outcome(item, &of_item));
        scores.push((item, item_score(item, &of_item)));
    }
    let areas = Area::ALL.map(|area| {
        let of_area = || {
            items
                .iter()
                .zip(&scores)
                .filter(move |(_, (item, _))| item.area() == Some(area))
        };
        let known: Vec<u32> = of_area().filter_map(|(_, (_, score))| *score).collect();
        let outcome = |wanted| of_area().filter(|(item, _)| item.outcome == wanted).count();
        AreaScore {
            score: mean(&known),
            passed: outcome(Outcome::Pass),
            applicable: outcome(Outcome::Pass) + outcome(Outcome::Fail),
            unknown: outcome(Outcome::Unknown),
        }
    });
    (items, Areas::from_each(areas))
}

/// Whether a tally counts for an item. A record that is damaged is not in order: errors of the document count as
/// required metadata.
fn counts_for(tally: &Tally, item: Item) -> bool {
    let own = tally.rule.item;
    let is_damage = own == Item::D0 && tally.severity == Some(Severity::Error);
    own == item || (is_damage && item == Item::C2)
}

fn item_outcome(item: Item, tallies: &[&Tally]) -> ItemOutcome {
    let with = |outcome| tallies.iter().filter(move |tally| tally.outcome == outcome);
    let failed: Vec<Cow<'static, str>> = with(Outcome::Fail)
        .map(|tally| tally.rule.id.into())
        .collect();
    // The rule that decides an item stands first among its rules: its reason is the one to tell.
    let reason = |outcome| {
        with(outcome)
            .find_map(|tally| tally.reason)
            .map(|reason| reason.code().into())
    };
    // The item is as unknown as the rule that decides it, even if a lesser rule found nothing to say.
    let decider_unknown = tallies.first().is_some_and(|tally| {
        tally.outcome == Outcome::Unknown && tally.rule.severity > Severity::Info
    });
    let has_pass = with(Outcome::Pass).any(|tally| tally.rule.severity > Severity::Info);
    let is_known = tallies.iter().any(|tally| {
        tally.reason == Some(Reason::Acknowledged) && tally.rule.severity > Severity::Info
    });
    let (outcome, reason) = if !failed.is_empty() {
        (Outcome::Fail, None)
    } else if is_known {
        // What stays as it is is not in order either.
        (
            Outcome::NotApplicable,
            Some(Reason::Acknowledged.code().into()),
        )
    } else if has_pass && !(decider_unknown && item != Item::C1) {
        (Outcome::Pass, None)
    } else if with(Outcome::Unknown).next().is_some() {
        (Outcome::Unknown, reason(Outcome::Unknown))
    } else if with(Outcome::Pass).next().is_some() {
        (Outcome::Pass, None)
    } else {
        (
            Outcome::NotApplicable,
            reason(Outcome::NotApplicable).or_else(|| Some(Reason::Profile.code().into())),
        )
    };
    ItemOutcome {
        item: item.code().into(),
        outcome,
        reason,
        rules: failed,
    }
}

/// Thousandths; `None` where nothing could be judged.
fn item_score(item: Item, tallies: &[&Tally]) -> Option<u32> {
    let judged = tallies.iter().filter(|tally| {
        matches!(tally.outcome, Outcome::Pass | Outcome::Fail)
            // Plain names, or descriptions, or a dictionary: one rule weighs the three against each other.
            && (item != Item::M5 || tally.rule.code == "M5-01")
    });
    let (mut sum, mut weights) = (0, 0);
    for tally in judged {
        let weight = tally.rule.severity.weight();
        sum += weight * tally.credit;
        weights += weight;
    }
    (weights > 0).then(|| (sum + weights / 2) / weights)
}

/// The mean of thousandths as a share with two decimals, half to even.
fn mean(thousandths: &[u32]) -> Option<f64> {
    let count = thousandths.len() as u64;
    if count == 0 {
        return None;
    }
    let sum: u64 = thousandths.iter().map(|score| u64::from(*score)).sum();
    Some(rounded(sum, count))
}

#[expect(clippy::cast_precision_loss, reason = "at most one hundred")]
fn rounded(sum: u64, count: u64) -> f64 {
    // Hundredths, half to even: sum / (count * 10).
    let unit = count * 10;
    let (whole, rest) = (sum / unit, sum % unit);
    let up = rest * 2 > unit || (rest * 2 == unit && whole % 2 == 1);
    (whole + u64::from(up)) as f64 / 100.0
}

/// The areas over many datasets: means of their scores, sums of their items.
#[derive(Clone, Debug, Default)]
pub(crate) struct AreaSums {
    /// Thousandths, and how many datasets have a score.
    scores: [(u64, u64); 5],
    totals: [AreaScore; 5],
}

impl AreaSums {
    /// The areas over some datasets.
    pub(crate) fn over<'a>(datasets: impl Iterator<Item = &'a Areas>) -> Areas {
        let mut sums = Self::default();
        datasets.for_each(|areas| sums.add(areas));
        sums.mean()
    }

    /// Adds the areas of a dataset.
    pub(crate) fn add(&mut self, areas: &Areas) {
        let each = areas.each();
        for ((score, sum), total) in each.iter().zip(&mut self.scores).zip(&mut self.totals) {
            if let Some(share) = score.score {
                #[expect(
                    clippy::cast_possible_truncation,
                    clippy::cast_sign_loss,
                    reason = "a share between 0 and 1"
                )]
                let thousandths = (share * f64::from(FULL)).round() as u64;
                sum.0 += thousandths;
                sum.1 += 1;
            }
            total.passed += score.passed;
            total.applicable += score.applicable;
            total.unknown += score.unknown;
        }
    }

    /// Adds the areas of other datasets.
    pub(crate) fn join(&mut self, other: &Self) {
        for ((sum, count), (its, of)) in self.scores.iter_mut().zip(other.scores) {
            *sum += its;
            *count += of;
        }
        for (total, its) in self.totals.iter_mut().zip(&other.totals) {
            total.passed += its.passed;
            total.applicable += its.applicable;
            total.unknown += its.unknown;
        }
    }

    /// The areas over all that were added.
    pub(crate) fn mean(&self) -> Areas {
        let mut totals = self.totals;
        for (total, (sum, count)) in totals.iter_mut().zip(self.scores) {
            total.score = (count > 0).then(|| rounded(sum, count));
        }
        Areas::from_each(totals)
    }
}

#[cfg(test)]
mod tests {
    use super::{FULL, Outcome, Reason, Tallies, Tally, mean, rounded};
    use crate::rule::Rule;

    #[test]
    fn keeps_every_tally_in_a_byte() {
        let rule: &'static Rule = crate::rules::all().next().expect("a rule");
        let mut tallies = Tallies::default();
        let mut given = Vec::new();
        let reasons = || Reason::ALL.iter().copied().map(Some).chain([None]);
        for (outcome, reason, severity) in reasons()
            .flat_map(|reason| [(Outcome::NotApplicable, reason), (Outcome::Unknown, reason)])
            .map(|(outcome, reason)| (outcome, reason, None))
            .chain(super::SEVERITIES.map(|it| (Outcome::Pass, None, it)))
            .chain(super::SEVERITIES.map(|it| (Outcome::Fail, None, it)))
        {
            let credits: &[u32] = match outcome {
                Outcome::Fail => &[0, 250],
                _ => &[FULL],
            };
            given.extend(credits.iter().map(|credit| Tally {
                rule,
                outcome,
                reason,
                credit: *credit,
                severity,
            }));
        }
        for (number, tally) in given.iter().enumerate() {
            tallies.add(number, tally);
        }
        let back = tallies.each(&vec![rule; given.len()]);
        assert_eq!(format!("{back:?}"), format!("{given:?}"));
    }

    #[test]
    fn rounds_half_to_even() {
        assert_eq!(rounded(2 * 125, 2), 0.12);
        assert_eq!(rounded(135, 1), 0.14);
        assert_eq!(mean(&[1000, 1000, 0]), Some(0.67));
        assert_eq!(mean(&[]), None);
    }
}
