//! Promises of updates in running text, and whether they agree with the field.

use std::sync::LazyLock;

use super::phrase::{Found, phrase_found, rate_at};
use super::words::{ALL_CUES, Gap, Heads, Token, Word, each_sentence, tokens, words_with_meanings};
use super::{Class, LONGEST_VALUE, Rate, Strength, labels_of_rates, look_up, parse, retired_in};
use crate::lexicon::dates;

/// Two periods this much apart promise different things.
const SAME_WITHIN: f64 = 1.5;
/// A sentence with more labels than this is no sentence.
const LABELS_TRIED: u32 = 16;

/// A promise of updates found in running text.
#[derive(Debug, Clone, PartialEq)]
pub struct Cadence {
    /// What is promised.
    pub rate: Rate,
    /// Where the rate begins in the text, in bytes.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// "at least monthly": more often is no contradiction.
    pub at_least: bool,
}

impl Cadence {
    /// The sentence or line of the text in which it stands; a full stop inside an address ends none.
    #[must_use]
    pub fn sentence_in<'t>(&self, text: &'t str) -> &'t str {
        let before = text.get(..self.start).unwrap_or_default();
        let ends = |text: &str, at: usize, sign: char| {
            matches!(sign, '\n' | '!' | '?')
                || sign == '.'
                    && text
                        .get(at + 1..)
                        .and_then(|rest| rest.chars().next())
                        .is_none_or(char::is_whitespace)
        };
        let from = before
            .char_indices()
            .rev()
            .find(|(at, sign)| ends(text, *at, *sign))
            .map_or(0, |(at, _)| at + 1);
        let after = text.get(self.end..).unwrap_or_default();
        let to = after
            .char_indices()
            .find(|(at, sign)| ends(after, *at, *sign))
            .map_or(text.len(), |(at, _)| self.end + at + 1);
        text.get(from..to)
            .unwrap_or(text)
            .trim_start_matches(['*', '#', '-', ' '])
            .trim()
    }
}

/// Finds what a text promises about updates of the data.
///
/// Measurement cadences ("daily maximum", "weekly cases"), past habits ("was updated monthly until 2015"), updates of
/// other things ("this website is updated daily") and whatever leaves a doubt are left out.
#[must_use]
pub fn promised_in(text: &str) -> Vec<Cadence> {
    let mut found = Vec::new();
    let cues = &*CUES;
    each_sentence(
        text,
        |head| cues.get(head),
        |sentence, offset| {
            let words = tokens(sentence);
            let mut in_sentence = Vec::new();
            labelled(sentence, &words, &mut in_sentence);
            if in_sentence.is_empty() {
                spoken(&words, &mut in_sentence);
            }
            for mut cadence in in_sentence {
                cadence.start += offset;
                cadence.end += offset;
                found.push(cadence);
            }
        },
    );
    found.sort_by_key(|cadence: &Cadence| (cadence.start, cadence.end));
    found.dedup_by(|next, kept| next.start < kept.end);
    found
}

/// The first letters of the words that can make a promise; bit 0 for an update word, bit 1 for a rate.
static CUES: LazyLock<Heads> = LazyLock::new(|| {
    let mut heads = Heads::new();
    for label in [
        "publication",
        "posting",
        "release",
        "issuance",
        "maintenance",
    ] {
        heads.add(label, 1);
    }
    for label in [
        "frequency",
        "frecuencia",
        "periodicity",
        "häufigkeit",
        "cadence",
        "rate",
    ] {
        heads.add(label, 2);
    }
    for label in [
        "times", "veces", "fois", "vezes", "volte", "tous", "toutes", "todos", "todas", "toda",
        "todo", "tutti", "tutte", "vendredi", "semaine", "lundi", "mardi", "mercredi", "jeudi",
        "mois",
    ] {
        heads.add(label, 2);
    }
    for (word, meaning) in words_with_meanings() {
        match meaning {
            Word::StrongVerb | Word::ActiveVerb | Word::WeakVerb | Word::Noun | Word::Foreign => {
                heads.add(word, 1);
            }
            Word::Every | Word::Times(_) | Word::Tail => heads.add(word, 2),
            _ => {}
        }
    }
    for label in labels_of_rates() {
        heads.add(label, 2);
    }
    heads
});

/// "Update frequency: monthly", "Updates: as needed", "Frecuencia de actualización: mensual".
fn labelled(sentence: &str, words: &[Token<'_>], found: &mut Vec<Cadence>) {
    let is_update = |word: &Token<'_>| {
        word.means(Word::StrongVerb)
            || word.means(Word::ActiveVerb)
            || word.means(Word::Foreign)
            // French runs the article on: "d'actualisation".
            || word.text.ends_with("actualisation")
            || matches!(
                word.text.as_ref(),
                "publication" | "publishing" | "posting" | "release" | "issuance" | "maintenance"
            )
    };
    let mut tried = 0;
    for (at, word) in words.iter().enumerate() {
        let near = |from: usize, to: usize| {
            words
                .get(from..to.min(words.len()))
                .is_some_and(|near| near.iter().any(is_update))
        };
        let value_at = match word.text.as_ref() {
            "frequency" | "interval" | "cycle" | "schedule" | "cadence" | "rate"
            | "periodicity" | "frecuencia" | "frequencia" | "frequence" | "periodicidad"
            | "periodicidade" | "periodicite" | "rythme" | "haufigkeit"
                if near(at.saturating_sub(2), at) || near(at + 1, at + 5) =>
            {
                value_after(words, at, 5)
            }
            "updates" | "updated" | "update" | "publishing" | "actualizacion"
            | "aktualisierung" | "atualizacao" => value_after(words, at, 1),
            compound
                if compound
                    .strip_prefix("aktualisierungs")
                    .is_some_and(is_word_for_rate) =>
            {
                value_after(words, at, 1)
            }
            _ => None,
        };
        let Some((from, first)) = value_at.and_then(|at| Some((at, words.get(at)?))) else {
            continue;
        };
        tried += 1;
        if tried > LABELS_TRIED {
            return;
        }
        let negated = words.get(at.saturating_sub(3)..at).is_some_and(|before| {
            before
                .iter()
                .any(|word| matches!(word.text.as_ref(), "last" | "next" | "no"))
        });
        let (rate, end) = labelled_value(sentence, words, from, first);
        let tells = !matches!(
            rate.class,
            Class::Unparsed | Class::Unknown | Class::NotApplicable | Class::SeeDescription
        );
        if tells && !negated {
            found.push(Cadence {
                rate,
                start: first.start,
                end,
                at_least: false,
            });
            return;
        }
    }
}

/// The second half of German labels: `Aktualisierungsintervall`.
fn is_word_for_rate(half: &str) -> bool {
    matches!(
        half,
        "intervall" | "zyklus" | "frequenz" | "haufigkeit" | "haeufigkeit" | "rhythmus" | "turnus"
    )
}

/// The word after the last colon or dash that follows a label within so many words: "Frequency - Publishing: Daily".
fn value_after(words: &[Token<'_>], label: usize, reach: usize) -> Option<usize> {
    let opens = |at: &usize| words.get(*at).is_some_and(|word| word.gap == Gap::Label);
    let first = (label + 1..=label + reach).find(opens)?;
    (first + 1..first + 3)
        .rev()
        .find(|at| opens(at) && rate_at(words, first).is_none())
        .or(Some(first))
}

fn labelled_value(
    sentence: &str,
    words: &[Token<'_>],
    from: usize,
    first: &Token<'_>,
) -> (Rate, usize) {
    if let Some(found) = rate_at(words, from) {
        let end = words.get(found.end - 1).map_or(first.end, |word| word.end);
        return (found.rate, end);
    }
    // No value is longer, and a sentence can be as long as the text.
    let rest = sentence.get(first.start..).unwrap_or_default();
    let reach = rest.char_indices().nth(LONGEST_VALUE);
    let rest = reach.map_or(rest, |(end, _)| rest.get(..end).unwrap_or(rest));
    let line = rest.split('\n').next().unwrap_or_default().trim_end();
    (parse(line), first.start + line.len())
}

/// Words before which a promise is no promise.
const DENIALS: [&str; 16] = [
    "not",
    "never",
    "no",
    "longer",
    "isn't",
    "aren't",
    "doesn't",
    "don't",
    "won't",
    "cannot",
    "previously",
    "formerly",
    "originally",
    "last",
    "had",
    "neither",
];

/// Promises made with a verb or noun of updating.
fn spoken(words: &[Token<'_>], found: &mut Vec<Cadence>) {
    if points_elsewhere(words) {
        return;
    }
    for (at, word) in words.iter().enumerate() {
        let promise = if word.means(Word::StrongVerb) {
            passive(words, at, true)
        } else if word.means(Word::WeakVerb) {
            passive(words, at, false)
        } else if word.means(Word::ActiveVerb) {
            active(words, at)
        } else if word.means(Word::Foreign) {
            foreign(words, at)
        } else {
            None
        };
        let Some((from, first)) = promise else {
            continue;
        };
        push_cadences(words, from, first, found);
    }
}

/// Adds the rate and those joined to it: "weekly, monthly and/or annual basis".
fn push_cadences(words: &[Token<'_>], from: usize, first: Found, found: &mut Vec<Cadence>) {
    let before = words.get(from.saturating_sub(3)..from).unwrap_or_default();
    let at_least = before
        .iter()
        .any(|word| matches!(word.text.as_ref(), "least" | "minimum"));
    let mut next = Some((from, first));
    while let Some((from, rate)) = next.take() {
        let (Some(start), Some(end)) = (words.get(from), words.get(rate.end.saturating_sub(1)))
        else {
            return;
        };
        let mut at = rate.end;
        found.push(Cadence {
            rate: rate.rate,
            start: start.start,
            end: end.end,
            at_least,
        });
        let joins = |word: &Token<'_>| {
            matches!(word.text.as_ref(), "and" | "or" | "on" | "a" | "an" | "at")
        };
        while words.get(at).is_some_and(joins) {
            at += 1;
        }
        next = rate_at(words, at).map(|found| (at, found));
    }
}

/// "See … for the weekly updates", "For the current version (updated daily) …": another dataset is meant.
fn points_elsewhere(words: &[Token<'_>]) -> bool {
    let text = |at: usize| words.get(at).map_or("", |word| word.text.as_ref());
    if (0..words.len()).any(|at| text(at) == "not" && matches!(text(at + 1), "all" | "every")) {
        return true;
    }
    let newer = |at: usize| {
        matches!(
            text(at),
            "new" | "latest" | "most" | "current" | "up" | "updated" | "live"
        )
    };
    let start = usize::from(matches!(text(0), "note" | "please" | "but"));
    (text(start) == "for" && (newer(start + 1) || (text(start + 1) == "the" && newer(start + 2))))
        || (text(start) == "please" && matches!(text(start + 1), "refer" | "see" | "visit"))
        || matches!(text(start), "refer" | "see" | "visit")
}

/// What stands before a verb.
#[derive(Debug, Default)]
struct Before {
    be: bool,
    denied: bool,
    past: bool,
    subject: Option<usize>,
}

fn before_verb(words: &[Token<'_>], verb: usize) -> Before {
    let mut before = Before::default();
    let mut at = verb;
    let mut steps = 0;
    while let Some(index) = at.checked_sub(1).filter(|_| steps < 7) {
        let Some(word) = words.get(index) else { break };
        if words.get(at).is_some_and(|next| next.breaks()) {
            break;
        }
        let text = word.text.as_ref();
        before.denied |=
            DENIALS.contains(&text) || word.means(Word::Modal) || text.ends_with("n't");
        before.past |= matches!(text, "was" | "were" | "been" | "has" | "have" | "had");
        before.be |= word.means(Word::Be);
        let helper = word.means(Word::Be)
            || word.means(Word::Modal)
            || matches!(
                text,
                "will" | "shall" | "has" | "have" | "had" | "and" | "or" | "to" | "only" | "then"
            )
            || DENIALS.contains(&text)
            || text.ends_with("ly")
            || (text.ends_with("ed")
                && words
                    .get(at)
                    .is_some_and(|next| matches!(next.text.as_ref(), "and" | "or")));
        if !helper {
            before.subject = Some(index);
            // "is not meant to be updated yearly"
            before.denied |= index
                .checked_sub(1)
                .and_then(|at| words.get(at))
                .is_some_and(|word| word.text == "not" && index + 1 < verb);
            break;
        }
        at = index;
        steps += 1;
    }
    before
}

impl Before {
    fn subject_is(&self, words: &[Token<'_>], meaning: Word) -> bool {
        self.subject
            .and_then(|at| words.get(at))
            .is_some_and(|word| word.means(meaning))
    }
}

/// "is updated weekly", "updated on a weekly basis", "continuously updated", "Every month the data is refreshed".
fn passive(words: &[Token<'_>], verb: usize, strong: bool) -> Option<(usize, Found)> {
    let before = before_verb(words, verb);
    let other = before.subject_is(words, Word::Other) || names_other(words, verb, &before, strong);
    if before.denied || before.past || other {
        return None;
    }
    let tells = strong || before.be || verb == 0 || before.subject_is(words, Word::Data);
    let added = words.get(verb).is_some_and(|word| {
        matches!(
            word.text.as_ref(),
            "added" | "appended" | "imported" | "extracted" | "exported" | "posted"
        )
    });
    if !tells || (!strong && added && !mentions_data(words, verb)) {
        return None;
    }
    let reach = match (strong, before.subject_is(words, Word::Data)) {
        (true, _) => 8,
        (false, true) => 4,
        (false, false) => 0,
    };
    let after = rate_after(words, verb, reach, before.be)
        // "published for the provinces every year through their survey": the survey's rate.
        .filter(|(from, found)| strong || *from <= verb + 2 || !near_other(words, found.end, 7));
    rate_ending_at(words, verb)
        .filter(|_| (strong && before.be) || verb <= 2)
        .or(after)
        .or_else(|| leading_rate(words, verb, &before))
}

/// "the report, which is updated monthly"; and for verbs that are said of many things, any report before them.
fn names_other(words: &[Token<'_>], verb: usize, before: &Before, strong: bool) -> bool {
    let is_other = |word: &Token<'_>| word.means(Word::Other);
    if !strong {
        return words
            .get(verb.saturating_sub(12)..verb)
            .is_some_and(|near| near.iter().any(is_other));
    }
    let subject = before.subject.and_then(|at| Some((at, words.get(at)?)));
    subject.is_some_and(|(at, word)| {
        matches!(word.text.as_ref(), "that" | "which")
            && at
                .checked_sub(1)
                .and_then(|at| words.get(at))
                .is_some_and(is_other)
    })
}

fn mentions_data(words: &[Token<'_>], verb: usize) -> bool {
    words
        .get(verb.saturating_sub(6)..verb)
        .is_some_and(|near| near.iter().any(|word| word.means(Word::Data)))
}

/// "weekly updates", "will update every Friday", "updating it quarterly", "updates are made as needed".
fn active(words: &[Token<'_>], at: usize) -> Option<(usize, Found)> {
    let before = before_verb(words, at);
    if before.denied || before.past {
        return None;
    }
    let is_noun = words.get(at)?.means(Word::Noun);
    if is_noun && !near_other(words, at + 1, 5) {
        // "subscribe to daily updates", "will change to daily updates"
        let aimed_at = |from: usize| {
            from.checked_sub(1)
                .and_then(|at| words.get(at))
                .is_some_and(|word| {
                    matches!(
                        word.text.as_ref(),
                        "to" | "for" | "with" | "receive" | "get"
                    )
                })
        };
        let adjective = rate_ending_at(words, at)
            .filter(|(from, _)| may_follow(words, at + 1) && !aimed_at(*from));
        if adjective.is_some() {
            return adjective;
        }
    }
    if before.subject_is(words, Word::Other) {
        return None;
    }
    rate_after(words, at, 6, false)
}

fn near_other(words: &[Token<'_>], at: usize, reach: usize) -> bool {
    words
        .get(at..words.len().min(at + reach))
        .is_some_and(|near| near.iter().any(|word| word.means(Word::Other)))
}

/// The rate within `reach` words after the verb.
fn rate_after(
    words: &[Token<'_>],
    verb: usize,
    reach: usize,
    passive: bool,
) -> Option<(usize, Found)> {
    let mut distance = 0;
    let mut at = verb + 1;
    let of_updates = words.get(verb).is_some_and(|word| word.means(Word::Noun));
    while distance <= reach {
        let word = words.get(at)?;
        if word.breaks() && at > verb + 1 {
            return None;
        }
        if let Some(found) = rate_at(words, at) {
            return is_adverbial(words, at, &found, passive && distance == 0)
                .then_some((at, found))
                .filter(|(_, found)| {
                    !ended(words, found.end) && !inside_a_system(words, found.end)
                });
        }
        let denial = matches!(
            word.text.as_ref(),
            "not" | "than" | "last" | "until" | "either"
        );
        let stops = word.means(Word::Other)
            || word.means(Word::StrongVerb)
            || word.means(Word::Modal)
            // "updates are posted twice a year", but not "data is updated and published weekly".
            || (word.means(Word::WeakVerb) && !of_updates);
        if denial || stops {
            return None;
        }
        distance += usize::from(!word.means(Word::Adverb));
        at += 1;
    }
    None
}

/// Whether the rate says when, and is not an adjective ("weekly cases") or the object of another thought ("for each year").
fn is_adverbial(words: &[Token<'_>], at: usize, found: &Found, directly: bool) -> bool {
    let before = |by: usize| {
        at.checked_sub(by)
            .and_then(|at| words.get(at))
            .map_or("", |word| word.text.as_ref())
    };
    if found.is_phrase {
        return match before(1) {
            "of" => {
                let what = before(2);
                matches!(
                    what,
                    "first"
                        | "end"
                        | "beginning"
                        | "start"
                        | "day"
                        | "close"
                        | "week"
                        | "middle"
                        | "th"
                        | "half"
                ) || what.ends_with(|letter: char| letter.is_ascii_digit())
                    || matches!(what, "1st" | "2nd" | "3rd" | "15th")
                    || dates::month_named(what).is_some()
                    || dates::is_weekday(what)
            }
            "for" | "include" | "includes" | "including" | "from" | "covers" | "covering"
            | "in" | "since" | "between" | "over" | "past" | "reflect" | "reflects" | "not"
            | "than" | "show" | "with" | "per" => false,
            _ => true,
        };
    }
    if matches!(
        before(1),
        "the" | "of" | "for" | "from" | "with" | "this" | "all" | "not" | "than"
    ) {
        return false;
    }
    directly || may_follow(words, found.end)
}

/// Whether what stands here shows that the word before it was no adjective.
fn may_follow(words: &[Token<'_>], at: usize) -> bool {
    words.get(at).is_none_or(|word| {
        word.gap != Gap::Blank
            || word.means(Word::Follow)
            || word
                .text
                .starts_with(|letter: char| letter.is_ascii_digit())
            || dates::month_named(&word.text).is_some()
            || rate_at(words, at).is_some()
    })
}

/// "monthly until 2015": the habit is over.
fn ended(words: &[Token<'_>], at: usize) -> bool {
    let text = |at: usize| words.get(at).map_or("", |word| word.text.as_ref());
    let until = (at..at + 2).find(|at| matches!(text(*at), "until" | "through" | "till"));
    until.is_some_and(|until| {
        (until + 1..until + 4).any(|at| {
            let text = text(at);
            dates::month_named(text).is_some()
                || (text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit()))
        })
    })
}

/// "refreshed hourly within the department's systems": not here.
fn inside_a_system(words: &[Token<'_>], at: usize) -> bool {
    let within = words
        .get(at)
        .is_some_and(|word| matches!(word.text.as_ref(), "within" | "in" | "on"));
    within
        && words
            .get(at + 1..words.len().min(at + 6))
            .is_some_and(|near| {
                near.iter()
                    .any(|word| matches!(word.text.as_ref(), "system" | "systems" | "server"))
            })
}

/// The rate directly before a verb or noun: "continuously updated", "weekly updates".
fn rate_ending_at(words: &[Token<'_>], end: usize) -> Option<(usize, Found)> {
    (end.saturating_sub(5)..end).find_map(|at| {
        let denied = at
            .checked_sub(1)
            .and_then(|at| words.get(at))
            .is_some_and(|word| DENIALS.contains(&word.text.as_ref()));
        let found = rate_at(words, at).filter(|found| found.end == end && !denied)?;
        Some((at, found))
    })
}

/// "Every month the data is refreshed": the rate stands first.
fn leading_rate(words: &[Token<'_>], verb: usize, before: &Before) -> Option<(usize, Found)> {
    let subject = before.subject?;
    if !before.be || !before.subject_is(words, Word::Data) || verb > 12 {
        return None;
    }
    let first = (0..3).find_map(|at| rate_at(words, at).map(|found| (at, found)))?;
    let (_, found) = &first;
    let close = found.is_phrase && found.end <= subject && subject <= found.end + 3;
    close.then_some(first)
}

/// "se actualiza cada mes", "mise à jour mensuelle", "wird täglich aktualisiert".
fn foreign(words: &[Token<'_>], at: usize) -> Option<(usize, Found)> {
    let text = |at: Option<usize>| {
        at.and_then(|at| words.get(at))
            .map_or("", |word| word.text.as_ref())
    };
    if text(Some(at)) == "jour"
        && !(text(at.checked_sub(1)) == "a" && text(at.checked_sub(2)).starts_with("mis"))
    {
        return None;
    }
    let denied = words.get(at.saturating_sub(4)..at).is_some_and(|before| {
        before.iter().any(|word| {
            matches!(
                word.text.as_ref(),
                "no" | "nao"
                    | "pas"
                    | "plus"
                    | "n'est"
                    | "nicht"
                    | "non"
                    | "ultima"
                    | "derniere"
                    | "letzte"
            )
        })
    });
    if denied {
        return None;
    }
    let whole = |at: usize| {
        let label = words.get(at..=at)?;
        let long = label.first()?.text.len() >= 5;
        let rate = look_up(label).filter(|rate| long && rate.class == Class::Periodic)?;
        Some(phrase_found(rate, at + 1))
    };
    let reach = (at + 1..at + 7).take_while(|at| words.get(*at).is_some_and(|word| !word.breaks()));
    let verb = at;
    // "el primer lunes de cada mes": further on only what cannot be an adjective.
    let near = |at: usize, found: &Found| at < verb + 4 || found.is_phrase;
    reach.chain(at.saturating_sub(4)..at).find_map(|at| {
        rate_at(words, at)
            .or_else(|| whole(at))
            .filter(|found| (at > verb || found.end <= verb) && near(at, found))
            .map(|found| (at, found))
    })
}

/// The promise in the text that the field contradicts; `None` if there is none or a doubt remains.
#[must_use]
pub fn contradicts(field: &Rate, text: &[Cadence]) -> Option<usize> {
    let first = text.iter().position(|cadence| cadence.rate.is_periodic());
    if field.class.is_static() {
        return text.iter().position(|cadence| {
            cadence.rate.is_periodic() || cadence.rate.class == Class::Continuous
        });
    }
    // "As needed" promises nothing, a rhythm in the text does.
    if field.class == Class::AsNeeded {
        return first.filter(|_| text.iter().all(|cadence| cadence.rate.is_periodic()));
    }
    let vague = |cadence: &Cadence| {
        matches!(
            cadence.rate.class,
            Class::AsNeeded | Class::Continuous | Class::Irregular
        ) || cadence.rate.class.is_static()
    };
    if !field.is_periodic() || text.iter().any(vague) {
        return None;
    }
    let agrees = |cadence: &Cadence| cadence.rate.is_periodic() && compatible(field, cadence);
    first.filter(|_| !text.iter().any(agrees))
}

fn compatible(field: &Rate, cadence: &Cadence) -> bool {
    let ours = [field.days, field.alternative_days];
    let theirs = [cadence.rate.days, cadence.rate.alternative_days];
    // "several times a day" fits every rate of a day or less, and twice a day is daily too.
    let vague = |rate: &Rate| rate.label == "several times a day";
    let at_most_daily = |days: f64| days <= 1.0;
    let near_daily = |days: f64| (0.3..=1.4).contains(&days);
    let either_vague = vague(field) || vague(&cadence.rate);
    ours.iter().flatten().any(|&one| {
        theirs.iter().flatten().any(|&two| {
            one.max(two) <= SAME_WITHIN * one.min(two)
                || (cadence.at_least && one < two)
                || (near_daily(one) && near_daily(two))
                || (either_vague && at_most_daily(one) && at_most_daily(two))
        })
    })
}

/// What a record promises, all in all: its field if that says something, else its text.
///
/// `field` is the refresh field as its format means it (CKAN's `7` is weekly), if there is one.
#[must_use]
pub fn stated(field: Option<&Rate>, title: &str, text: &str) -> Rate {
    if let Some(rate) = field {
        let silent = matches!(
            rate.class,
            Class::SeeDescription | Class::Unknown | Class::Unparsed
        );
        if !silent {
            return rate.clone();
        }
    }
    let cadences = promised_in(text);
    let told = cadences
        .iter()
        .find(|cadence| cadence.rate.class != Class::Unspecific)
        .or(cadences.first());
    if let Some(cadence) = told {
        return cadence.rate.clone();
    }
    if field.is_none() && is_dated_snapshot(text) {
        return parse("snapshot");
    }
    if field.is_none()
        && retired_in(title, text).is_some_and(|found| found.strength == Strength::Certain)
    {
        return parse("historical");
    }
    field
        .cloned()
        .unwrap_or(Rate::of_class(Class::Unknown, "unknown"))
}

/// "Year-end snapshot of … for the year 2019".
fn is_dated_snapshot(text: &str) -> bool {
    let mut found = false;
    let cues = |head: [u8; 4]| if head == *b"snap" { ALL_CUES } else { 0 };
    each_sentence(text, cues, |sentence, _| {
        let words = tokens(sentence);
        let snapshot = words.iter().position(|word| word.text == "snapshot");
        let after = snapshot.and_then(|at| words.get(at + 1..));
        found |= after.is_some_and(|after| {
            after.windows(2).take(12).any(
                |pair| matches!(pair, [year, number] if year.text == "year" && is_year(number)),
            )
        });
    });
    found
}

fn is_year(word: &Token<'_>) -> bool {
    word.text.len() == 4 && word.text.bytes().all(|byte| byte.is_ascii_digit())
}
