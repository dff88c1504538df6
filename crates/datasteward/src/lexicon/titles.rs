//! Titles taken apart: periods, places, copies.
//!
//! Datasets that are slices of one table differ in their titles by a year, a quarter, a district. [`skeleton`] blanks
//! those slots, so that slices get equal keys; [`version_mark`] finds what marks an older copy.

use std::borrow::Cow;
use std::rc::Rc;

use super::dates;
use super::memo::Memo;
use super::refresh::{Gap, Token, tokens};

/// A title made comparable: folded, without punctuation. Stop-words stay.
#[must_use]
pub fn fold_title(title: &str) -> String {
    let folded = super::fold::fold(title);
    let mut plain = String::with_capacity(folded.len());
    for letter in folded.chars() {
        if letter.is_alphanumeric() {
            plain.push(letter);
        } else if !matches!(letter, '\'' | '’') && !plain.ends_with(' ') && !plain.is_empty() {
            plain.push(' ');
        }
    }
    plain.truncate(plain.trim_end().len());
    plain
}

/// What a blanked part of a title says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A calendar, fiscal, school or program year, or a run of years.
    Year,
    /// A quarter.
    Quarter,
    /// A month, with or without a day.
    Month,
    /// A week.
    Week,
    /// A numbered district, ward or zone, or a compass point at the end.
    Place,
}

impl Kind {
    fn mark(self) -> &'static str {
        match self {
            Self::Year => "<Y>",
            Self::Quarter => "<Q>",
            Self::Month => "<M>",
            Self::Week => "<W>",
            Self::Place => "<D>",
        }
    }

    /// Whether it is a period of time.
    #[must_use]
    pub fn is_period(self) -> bool {
        self != Self::Place
    }
}

/// A part of a title that differs between the slices of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot {
    /// What it says.
    pub kind: Kind,
    /// The words of the slot, folded: "fy 2020", "district 3".
    pub value: String,
    /// Where it begins in the title, in bytes.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
}

/// A title without what differs between slices.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Skeleton {
    /// Folded words with `<Y>`, `<Q>`, `<M>`, `<W>`, `<D>` for the slots.
    pub key: String,
    /// For finding slices whose titles drift: stems in alphabetical order, each once, without small words ("of",
    /// "data", "final") and without the marks of periods. A title that names no period has the key of its slices.
    pub sorted_key: String,
    /// The slots, from left to right.
    pub slots: Vec<Slot>,
}

impl Skeleton {
    /// The period the title speaks of, as one folded text; empty if it names none.
    #[must_use]
    pub fn period(&self) -> String {
        self.joined(|kind| kind.is_period())
    }

    /// The numbered place or compass point, as one folded text; empty if the title names none.
    #[must_use]
    pub fn place(&self) -> String {
        self.joined(|kind| kind == Kind::Place)
    }

    /// The first four telling words, as a number; `None` if there are fewer.
    #[must_use]
    pub fn lead(&self) -> Option<u64> {
        let telling = self.key.split(' ').filter(|word| is_telling(word));
        let words: Vec<_> = telling.take(4).map(super::fold::stem).collect();
        (words.len() == 4).then(|| super::fold::number(words.join(" ").chars()))
    }

    fn joined(&self, wanted: impl Fn(Kind) -> bool) -> String {
        let values: Vec<&str> = self
            .slots
            .iter()
            .filter(|slot| wanted(slot.kind))
            .map(|slot| slot.value.as_str())
            .collect();
        values.join(" ")
    }
}

/// A word of a title; letters and digits are apart, so that `FY2020` is two words.
struct Word<'t> {
    text: Cow<'t, str>,
    start: usize,
    end: usize,
    gap: Gap,
    /// Whether nothing but a slash stands before it.
    slash: bool,
}

fn title_words(title: &str) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    for token in tokens(title) {
        match fused(&token, title) {
            Some(at) => {
                words.push(word(title, token.start, at, token.gap));
                words.push(word(title, at, token.end, Gap::Blank));
            }
            None => words.push(word(title, token.start, token.end, token.gap)),
        }
    }
    words
}

fn word(title: &str, start: usize, end: usize, gap: Gap) -> Word<'_> {
    let mut text = dates::unaccented(title.get(start..end).unwrap_or_default());
    if text.contains(['\'', '’']) {
        text = text.replace(['\'', '’'], "").into();
    }
    Word {
        text,
        start,
        end,
        gap,
        slash: title
            .get(..start)
            .is_some_and(|before| before.ends_with('/')),
    }
}

/// Where `FY2020`, `2020Q1`, `Ward3` fall into two; `1st` and `CO2` stay whole.
fn fused(token: &Token<'_>, title: &str) -> Option<usize> {
    let text = title.get(token.start..token.end)?;
    let digit = |byte: &u8| byte.is_ascii_digit();
    let bytes = text.as_bytes();
    let first_digits = bytes.iter().take_while(|byte| digit(byte)).count();
    if first_digits == 4 && bytes.len() > 4 {
        return Some(token.start + 4);
    }
    let letters = bytes.iter().take_while(|byte| !digit(byte)).count();
    let digits_to_end = bytes.get(letters..)?.iter().all(digit);
    if letters == 0 || letters == bytes.len() || !digits_to_end {
        return None;
    }
    let head = text.get(..letters)?.to_ascii_lowercase();
    let month = letters > 2 && dates::month_named(&head).is_some();
    let known = month
        || is_year_word(&head)
        || is_place_word(&head)
        || matches!(head.as_str(), "week" | "wk" | "qtr" | "q");
    known.then_some(token.start + letters)
}

/// Whether a text may name a period; `false` where [`skeleton`] surely finds none, and quicker to ask.
///
/// A period has a number in it, or a word for a month, a quarter or a week.
#[must_use]
pub fn may_name_period(text: &str) -> bool {
    !text.is_ascii()
        || text
            .bytes()
            .any(|byte| byte.is_ascii_digit() || byte == b'\'')
        || text
            .split(|sign: char| !sign.is_ascii_alphanumeric())
            .any(|word| {
                matches!(word.as_bytes(), [b'q' | b'Q', ..])
                    || word.eq_ignore_ascii_case("trimestre")
                    || dates::names_month(word)
            })
}

/// Takes a title apart, which is asked about by many: see [`skeleton`].
pub(crate) fn skeleton_of(title: &str) -> Rc<Skeleton> {
    thread_local!(static KNOWN: Memo<Rc<Skeleton>> = const { Memo::new() });
    KNOWN.with(|known| known.get(title, |title| Rc::new(skeleton(title))))
}

/// Takes a title apart.
#[must_use]
pub fn skeleton(title: &str) -> Skeleton {
    let words = title_words(title);
    let mut keys: Vec<String> = Vec::with_capacity(words.len());
    let mut slots: Vec<Slot> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        if let Some((kind, end)) = slot_at(&words, at) {
            slots.push(slot(&words, kind, at, end));
            keys.push(kind.mark().to_owned());
            at = end;
        } else if let Some(end) = dropped(&words, at) {
            at = end;
        } else {
            keys.extend(words.get(at).map(|word| word.text.to_string()));
            at += 1;
        }
    }
    Skeleton {
        key: keys.join(" "),
        sorted_key: loose_key(&keys),
        slots,
    }
}

/// Words that titles of slices have or lack by chance.
const CHANCE: [&str; 33] = [
    "a",
    "an",
    "the",
    "of",
    "for",
    "by",
    "in",
    "on",
    "at",
    "from",
    "to",
    "and",
    "or",
    "with",
    "during",
    "before",
    "after",
    "since",
    "thru",
    "through",
    "until",
    "as",
    "s",
    "data",
    "dataset",
    "datasets",
    "final",
    "prelim",
    "preliminary",
    "level",
    "revised",
    "<Y>",
    "<M>",
];

fn is_telling(key: &str) -> bool {
    !CHANCE.contains(&key) && !matches!(key, "<Q>" | "<W>")
}

/// The words of a sorted key as sorted numbers.
#[must_use]
pub fn word_hashes(sorted_key: &str) -> Vec<u64> {
    let words = sorted_key.split(' ').filter(|word| !word.is_empty());
    let mut hashes: Vec<u64> = words
        .map(|word| super::fold::number(word.chars()))
        .collect();
    hashes.sort_unstable();
    hashes.dedup();
    hashes
}

/// Acronyms that a title explains, "Racial Profiling (RP)": the acronym, and the words it stands for.
#[must_use]
pub fn acronyms(title: &str) -> Vec<(u64, Vec<u64>)> {
    let mut found = Vec::new();
    for (at, _) in title.match_indices('(').take(MOST_BRACKETS) {
        let (before, after) = title.split_at(at);
        // No more is looked at than an acronym is long: a title may be nothing but brackets.
        let capitals = after
            .bytes()
            .skip(1)
            .take(7)
            .take_while(u8::is_ascii_uppercase);
        let length = capitals.count();
        let closed = after.as_bytes().get(length + 1) == Some(&b')');
        let Some(short) = after
            .get(1..=length)
            .filter(|_| closed && (2..=6).contains(&length))
        else {
            continue;
        };
        let near = before.len().saturating_sub(WORDS_OF_AN_ACRONYM);
        let before = (near..near + 4)
            .find_map(|from| before.get(from..))
            .unwrap_or(before);
        let folded = fold_title(before);
        let words: Vec<&str> = folded.split(' ').collect();
        let last = words
            .len()
            .checked_sub(length)
            .and_then(|from| words.get(from..));
        let initials: Option<String> = last.map(|words| {
            words
                .iter()
                .filter_map(|word| word.chars().next())
                .collect()
        });
        let short = short.to_ascii_lowercase();
        if let (Some(last), true) = (last, initials.as_ref() == Some(&short)) {
            let keys: Vec<String> = last.iter().map(|word| (*word).to_owned()).collect();
            let short = super::fold::number(super::fold::stem(&short).chars());
            found.push((short, word_hashes(&loose_key(&keys))));
        }
    }
    found
}

/// No title explains more acronyms than this.
const MOST_BRACKETS: usize = 64;

/// The words that an acronym stands for take no more bytes than this.
const WORDS_OF_AN_ACRONYM: usize = 200;

fn loose_key(keys: &[String]) -> String {
    let mut stems: Vec<_> = keys
        .iter()
        .filter(|key| is_telling(key))
        .map(|key| super::fold::stem(key))
        .collect();
    stems.sort_unstable();
    stems.dedup();
    stems.join(" ")
}

fn slot(words: &[Word<'_>], kind: Kind, from: usize, to: usize) -> Slot {
    let within = words.get(from..to).unwrap_or_default();
    let texts: Vec<&str> = within.iter().map(|word| word.text.as_ref()).collect();
    Slot {
        kind,
        value: texts.join(" "),
        start: within.first().map_or(0, |word| word.start),
        end: within.last().map_or(0, |word| word.end),
    }
}

fn text<'w>(words: &'w [Word<'_>], at: usize) -> &'w str {
    words.get(at).map_or("", |word| word.text.as_ref())
}

/// The slot that begins at this word, and the word after it.
fn slot_at(words: &[Word<'_>], at: usize) -> Option<(Kind, usize)> {
    numeric_date_at(words, at)
        .map(|end| (Kind::Month, end))
        .or_else(|| years_at(words, at).map(|end| (Kind::Year, end)))
        .or_else(|| quarter_at(words, at).map(|end| (Kind::Quarter, end)))
        .or_else(|| month_at(words, at).map(|end| (Kind::Month, end)))
        .or_else(|| week_at(words, at).map(|end| (Kind::Week, end)))
        .or_else(|| place_at(words, at).map(|end| (Kind::Place, end)))
}

/// "04/18", "7/25/2018".
fn numeric_date_at(words: &[Word<'_>], at: usize) -> Option<usize> {
    let part = |at: usize, lengths| is_number(text(words, at), lengths);
    let slash = |at: usize| words.get(at).is_some_and(|word| word.slash);
    if !part(at, 1..=2) || !slash(at + 1) || !(part(at + 1, 1..=2) || is_year(text(words, at + 1)))
    {
        return None;
    }
    let third = slash(at + 2) && (part(at + 2, 2..=2) || is_year(text(words, at + 2)));
    Some(at + 2 + usize::from(third))
}

fn is_number(text: &str, lengths: std::ops::RangeInclusive<usize>) -> bool {
    lengths.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// A year from 1800 to 2199.
fn is_year(text: &str) -> bool {
    is_number(text, 4..=4)
        && ["18", "19", "20", "21"]
            .iter()
            .any(|head| text.starts_with(head))
}

fn is_year_word(text: &str) -> bool {
    matches!(text, "fy" | "cy" | "sy" | "py" | "ay" | "sfy" | "ffy")
}

/// "2020", "FY20", "fiscal year 2020", "2019-20", "FY08 - FY17", "2010 to 2015", "2020 to present".
fn years_at(words: &[Word<'_>], at: usize) -> Option<usize> {
    let mut end = one_year(words, at)?;
    let joins = |at: usize| matches!(text(words, at), "to" | "through" | "thru" | "and");
    let open = |at: usize| matches!(text(words, at), "present" | "current" | "now");
    let short = |at: usize| {
        is_number(text(words, at), 2..=2) && words.get(at).is_some_and(|word| word.gap != Gap::Hard)
    };
    let next = end + usize::from(joins(end));
    if let Some(second) = one_year(words, next) {
        end = second;
    } else if next == end && short(end) && !follows_month(words, at) {
        end += 1;
    } else if open(next) || (next > end && text(words, next) == "date") {
        end = next + 1;
    }
    Some(end)
}

/// In "May 2020 15" the last number is no year.
fn follows_month(words: &[Word<'_>], at: usize) -> bool {
    at.checked_sub(1)
        .is_some_and(|before| dates::month_named(text(words, before)).is_some())
}

fn one_year(words: &[Word<'_>], at: usize) -> Option<usize> {
    let first = text(words, at);
    if is_year(first) {
        return Some(at + 1);
    }
    let mut number = at + 1;
    let names_year = is_year_word(first)
        || (matches!(
            first,
            "fiscal" | "calendar" | "school" | "program" | "academic" | "plan" | "tax" | "budget"
        ) && text(words, at + 1) == "year"
            && {
                number += 1;
                true
            })
        || (first == "year" && is_year(text(words, at + 1)));
    (names_year && (is_year(text(words, number)) || is_number(text(words, number), 1..=2)))
        .then_some(number + 1)
}

/// "Q1", "Qtr 3", "quarter 2", "1st quarter", "fourth quarter".
fn quarter_at(words: &[Word<'_>], at: usize) -> Option<usize> {
    let (first, second) = (text(words, at), text(words, at + 1));
    let one_to_four = |text: &str| matches!(text, "1" | "2" | "3" | "4");
    let ordinal = |text: &str| {
        matches!(
            text,
            "1st" | "2nd" | "3rd" | "4th" | "first" | "second" | "third" | "fourth"
        )
    };
    let names = |text: &str| matches!(text, "q" | "qtr" | "quarter" | "trimestre" | "quartal");
    ((names(first) && one_to_four(second)) || (ordinal(first) && names(second))).then_some(at + 2)
}

/// "June", "June 14", "14 June", "Jan" and "May" beside a number.
fn month_at(words: &[Word<'_>], at: usize) -> Option<usize> {
    let is_day = |at: usize| is_number(text(words, at), 1..=2);
    if is_day(at)
        && is_month(words, at + 1)
        && words.get(at + 1).is_some_and(|word| word.gap == Gap::Blank)
    {
        return Some(at + 2);
    }
    if !is_month(words, at) {
        return None;
    }
    let day = is_day(at + 1) && words.get(at + 1).is_some_and(|word| word.gap == Gap::Blank);
    Some(at + 1 + usize::from(day))
}

fn is_month(words: &[Word<'_>], at: usize) -> bool {
    let name = text(words, at);
    if dates::month_named(name).is_none() {
        return false;
    }
    let full = matches!(
        name,
        "january"
            | "february"
            | "april"
            | "june"
            | "july"
            | "august"
            | "september"
            | "october"
            | "november"
            | "december"
    );
    let short = matches!(
        name,
        "jan"
            | "feb"
            | "mar"
            | "apr"
            | "jun"
            | "jul"
            | "aug"
            | "sep"
            | "sept"
            | "oct"
            | "nov"
            | "dec"
    );
    // "may" is a verb, "set" and "out" are months elsewhere: a number or another month must stand beside them.
    let beside = |at: Option<usize>| {
        at.map(|at| text(words, at)).is_some_and(|text| {
            is_number(text, 1..=2)
                || is_year(text)
                || (short && text != name && text.len() == 3 && dates::month_named(text).is_some())
        })
    };
    // "( May)"
    let alone = words.get(at).is_some_and(|word| word.gap == Gap::Hard)
        && words.get(at + 1).is_none_or(|word| word.gap != Gap::Blank);
    full || ((short || name == "may") && alone)
        || ((short
            || name.len() > 4
            || matches!(name, "may" | "juin" | "mayo" | "maio" | "mars" | "mai"))
            && (beside(at.checked_sub(1)) || beside(Some(at + 1))))
}

fn week_at(words: &[Word<'_>], at: usize) -> Option<usize> {
    let names = matches!(
        text(words, at),
        "week" | "wk" | "semana" | "semaine" | "woche"
    );
    (names && is_number(text(words, at + 1), 1..=2)).then_some(at + 2)
}

fn is_place_word(text: &str) -> bool {
    matches!(
        text,
        "district"
            | "districts"
            | "ward"
            | "wards"
            | "zone"
            | "area"
            | "region"
            | "precinct"
            | "division"
            | "cd"
            | "phase"
            | "section"
            | "borough"
            | "sector"
            | "distrito"
            | "zona"
            | "arrondissement"
            | "bezirk"
    )
}

/// "District 3", "Ward IV", "3rd District", "Zone A", and a compass point as the last word.
fn place_at(words: &[Word<'_>], at: usize) -> Option<usize> {
    let first = text(words, at);
    let numbered = |text: &str| {
        is_number(text, 1..=3)
            || is_ordinal(text)
            || matches!(
                text,
                "i" | "ii" | "iii" | "iv" | "v" | "vi" | "vii" | "viii" | "ix" | "x"
            )
    };
    let lettered = |at: usize| {
        let text = text(words, at);
        text.len() == 1
            && text.bytes().all(|byte| byte.is_ascii_alphabetic())
            && at + 1 == words.len()
    };
    if is_place_word(first) && (numbered(text(words, at + 1)) || lettered(at + 1)) {
        return Some(at + 2);
    }
    if is_ordinal(first) && is_place_word(text(words, at + 1)) {
        return Some(at + 2);
    }
    let compass = matches!(
        first,
        "north"
            | "south"
            | "east"
            | "west"
            | "northeast"
            | "northwest"
            | "southeast"
            | "southwest"
            | "norte"
            | "sur"
            | "nord"
            | "sud"
    );
    (compass && at > 0 && at + 1 == words.len()).then_some(at + 1)
}

fn is_ordinal(text: &str) -> bool {
    let digits = text.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
    is_number(digits, 1..=3) && matches!(text.get(digits.len()..), Some("st" | "nd" | "rd" | "th"))
}

/// Words that a skeleton leaves out: "to present", "current", "archived", version marks.
fn dropped(words: &[Word<'_>], at: usize) -> Option<usize> {
    let (first, second) = (text(words, at), text(words, at + 1));
    if first == "to" && matches!(second, "present" | "date") {
        return Some(at + 2);
    }
    if first == "year" && second == "to" && text(words, at + 2) == "date" {
        return Some(at + 3);
    }
    let edge = at == 0 || at + 1 == words.len();
    let apart = words.get(at).is_some_and(|word| word.gap != Gap::Blank);
    let mark = matches!(
        first,
        "archived" | "deprecated" | "current" | "historical" | "historic" | "ytd"
    ) || (first == "archive" && (edge || apart));
    (mark && words.len() > 1).then_some(at + 1)
}

/// What marks an older or second copy of a dataset.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mark {
    /// "Copy of …", "… (copy)".
    Copy,
    /// "… (1)".
    Numbered,
    /// "… v2", "… version 3".
    Version,
    /// "Old – …", "… (previous)", "… backup".
    Old,
    /// "Archived …", "… – deprecated", "superseded", "retired".
    Archived,
}

/// A mark of an older or second copy, and the title without it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VersionMark {
    /// What the mark says.
    pub mark: Mark,
    /// Where it begins in the title, in bytes.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// The folded title without every such mark; another dataset with this title is the current one.
    pub rest: String,
}

/// Finds the mark of an older or second copy; the first one in the title.
///
/// "Old" and the like count where they stand apart (in brackets, after a dash) or close the title: "Old Town Trees" has none.
#[must_use]
pub fn version_mark(title: &str) -> Option<VersionMark> {
    let words: Vec<Word<'_>> = tokens(title)
        .iter()
        .map(|token| word(title, token.start, token.end, token.gap))
        .collect();
    let mut first: Option<(Mark, usize, usize)> = None;
    let mut rest: Vec<&str> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        if let Some((mark, end)) = mark_at(&words, at, title) {
            first = first.or(Some((mark, at, end)));
            at = end;
        } else {
            rest.push(text(&words, at));
            at += 1;
        }
    }
    let (mark, from, to) = first?;
    if rest.is_empty() {
        return None;
    }
    Some(VersionMark {
        mark,
        start: words.get(from)?.start,
        end: words.get(to.checked_sub(1)?)?.end,
        rest: rest.join(" "),
    })
}

fn mark_at(words: &[Word<'_>], at: usize, title: &str) -> Option<(Mark, usize)> {
    let this = words.get(at)?;
    let last = at + 1 == words.len();
    let sign_after = title
        .get(this.end..)
        .and_then(|rest| rest.trim_start().chars().next());
    let apart_after = matches!(
        sign_after,
        Some('-' | '–' | '—' | ':' | ')' | ']' | '*' | '|')
    );
    let apart_before = at > 0 && this.gap != Gap::Blank;
    let bracketed = (apart_before && (last || apart_after))
        || (at == 0
            && apart_after
            && !title
                .get(this.end..)
                .is_some_and(|rest| rest.starts_with('-')));
    if at == 0 && this.text == "copy" && text(words, 1) == "of" {
        return Some((Mark::Copy, 2));
    }
    match this.text.as_ref() {
        "copy" if bracketed => Some((Mark::Copy, at + 1)),
        "old" | "backup" | "previous" | "outdated" if bracketed => Some((Mark::Old, at + 1)),
        "old" if last && at > 0 && !is_age(text(words, at - 1)) => Some((Mark::Old, at + 1)),
        "archived" | "deprecated" | "retired" | "superseded" | "obsolete" if bracketed || last => {
            Some((Mark::Archived, at + 1))
        }
        "archive" if bracketed => Some((Mark::Archived, at + 1)),
        "version" if last_number(words, at + 1) => Some((Mark::Version, words.len())),
        version if last && at > 0 && is_version(version) => Some((Mark::Version, at + 1)),
        number if last && at > 0 && sign_after == Some(')') && is_number(number, 1..=2) => {
            let opened = this
                .start
                .checked_sub(1)
                .and_then(|before| title.as_bytes().get(before));
            (opened == Some(&b'(')).then_some((Mark::Numbered, at + 1))
        }
        _ => None,
    }
}

fn is_age(text: &str) -> bool {
    matches!(
        text,
        "year" | "years" | "yr" | "yrs" | "month" | "months" | "days"
    )
}

fn last_number(words: &[Word<'_>], at: usize) -> bool {
    at + 1 == words.len() && is_number(text(words, at), 1..=2)
}

/// `v2`, `ver3`.
fn is_version(text: &str) -> bool {
    ["ver", "v"]
        .iter()
        .find_map(|head| text.strip_prefix(head))
        .is_some_and(|number| is_number(number, 1..=2))
}

/// The part before and the part after the last dash, colon or opening bracket: where slices by category differ.
#[must_use]
pub fn tail(title: &str) -> Option<(&str, &str)> {
    let mut cut = None;
    for (at, letter) in title.char_indices() {
        let spaced_dash = matches!(letter, '-' | '–' | '—')
            && title.get(..at).is_some_and(|before| before.ends_with(' '))
            && title
                .get(at + letter.len_utf8()..)
                .is_some_and(|after| after.starts_with(' '));
        if spaced_dash || matches!(letter, ':' | '(' | '[') {
            cut = Some((at, at + letter.len_utf8()));
        }
    }
    let (end, start) = cut?;
    let head = title.get(..end)?.trim();
    let tail = title.get(start..)?.trim().trim_end_matches([')', ']']);
    (!head.is_empty() && !tail.is_empty()).then_some((head, tail))
}

/// Whether a title names years that have all ended, and does not say that the data goes on.
#[must_use]
pub fn names_a_past_period(title: &str, as_of: dates::Date) -> bool {
    let goes_on = super::fold::words(title).any(|word| {
        matches!(
            &*word,
            "present" | "current" | "date" | "since" | "onward" | "onwards" | "ongoing" | "now"
        )
    });
    let years = skeleton_of(title)
        .slots
        .iter()
        .filter(|slot| slot.kind.is_period())
        .filter_map(|slot| last_year(&slot.value))
        .max();
    !goes_on && years.is_some_and(|year| year < as_of.year())
}

/// The last year of four digits in a text.
#[must_use]
pub fn last_year(text: &str) -> Option<i16> {
    text.split(|sign: char| !sign.is_ascii_digit())
        .filter(|digits| digits.len() == 4)
        .filter_map(|digits| digits.parse().ok())
        .max()
}

#[cfg(test)]
mod tests {
    use super::{Kind, Mark, fold_title, skeleton, tail, version_mark};
    use proptest::prelude::*;

    #[test]
    fn a_slice_of_a_past_year_is_complete() {
        let day = super::dates::Date::from_iso("2022-07-15").expect("a date");
        assert!(super::names_a_past_period(
            "Use of Public Facilities - Calendar Year 2015",
            day
        ));
        assert!(!super::names_a_past_period(
            "Crime Data from 2010 to Present",
            day
        ));
        assert!(!super::names_a_past_period(
            "Strategic Direction 2023: Median House Value",
            day
        ));
        assert!(!super::names_a_past_period("Zoo Attendance", day));
    }

    #[test]
    fn folds_titles_without_punctuation() {
        assert_eq!(
            fold_title("  Street-Light Outages: the City's (2020) "),
            "street light outages the citys 2020"
        );
    }

    #[test]
    fn slices_of_one_table_share_a_key() {
        for (one, two) in [
            ("Calls for Service 2010", "Calls for Service 2022"),
            ("Budget FY2019", "Budget FY 20"),
            ("Budget FY 2019-20", "Budget Fiscal Year 2021"),
            ("Test Results 2006-2012", "Test Results 2013"),
            ("Trips 2021 Q1", "Trips 2020 4th Quarter"),
            ("Ridership - August 2017", "Ridership - May 2018"),
            ("Stations - June 14, 2018", "Stations - July 2, 2018"),
            ("Claims Week 3 2021", "Claims Week 12 2020"),
            ("Potholes District 1", "Potholes District 15"),
            ("Plan 3rd District", "Plan 4th District"),
            ("Canopy North", "Canopy Southwest"),
            ("Trips 2021 (Jan-Jul)", "Trips 2020 (Aug-Dec)"),
            ("Crime Data 2010 to 2019", "Crime Data 2020 to Present"),
            ("Permits 2019 [ARCHIVED]", "Permits 2020"),
        ] {
            assert_eq!(skeleton(one).key, skeleton(two).key, "{one}");
            assert_ne!(
                (skeleton(one).period(), skeleton(one).place()),
                (skeleton(two).period(), skeleton(two).place()),
                "{one}"
            );
        }
    }

    #[test]
    fn titles_without_slots_stay_as_they_are() {
        for title in [
            "data set 17 plus",
            "what you may do",
            "311 requests",
            "area of the ward",
            "north dakota wells",
            "covid 19 cases",
        ] {
            assert_eq!(skeleton(title).key, title);
            assert!(skeleton(title).slots.is_empty(), "{title}");
        }
    }

    #[test]
    fn word_order_does_not_change_the_sorted_key() {
        assert_eq!(
            skeleton("2010 Calls for Service").sorted_key,
            skeleton("Calls for Service 2011").sorted_key
        );
    }

    #[test]
    fn titles_that_drift_share_the_sorted_key() {
        for (one, two) in [
            ("Case Completed 2016", "Cases Completed 2013 - Archived"),
            ("2018 Discharge of Hose", "2019 Discharge of a Hose"),
            ("Hate Crimes 2018 Final", "Hate Crimes 2019"),
            (
                "Fire Incidents 2014 January Thru December",
                "Fire Incidents 2018-2021",
            ),
            (
                "Objectives (Q1:  04/18 - 06/18)",
                "Objectives (Q4: 04/17 - 03/18)",
            ),
            ("Shootings Data (Year To Date)", "Shootings Data (Historic)"),
            (
                "Readiness 2015-16 By Town ( May)",
                "Readiness 2018-19 By Town (June)",
            ),
            ("Class Sizes November2017", "Class Sizes"),
        ] {
            assert_eq!(skeleton(one).sorted_key, skeleton(two).sorted_key, "{one}");
        }
        assert_ne!(
            skeleton("Arrests 2016").sorted_key,
            skeleton("Citations 2016").sorted_key
        );
    }

    #[test]
    fn a_slot_knows_its_place() {
        let title = "Bäume – FY2020, District 3";
        let found: Vec<_> = skeleton(title)
            .slots
            .into_iter()
            .map(|slot| (slot.kind, title.get(slot.start..slot.end)))
            .collect();
        assert_eq!(
            found,
            [
                (Kind::Year, Some("FY2020")),
                (Kind::Place, Some("District 3"))
            ]
        );
    }

    #[test]
    fn finds_the_marks_of_copies() {
        for (title, mark, rest) in [
            ("Copy of Street Trees", Mark::Copy, "street trees"),
            ("Street Trees (copy)", Mark::Copy, "street trees"),
            ("Street Trees (1)", Mark::Numbered, "street trees"),
            ("Street Trees v2", Mark::Version, "street trees"),
            ("Street Trees Version 3", Mark::Version, "street trees"),
            ("Permit Information Old", Mark::Old, "permit information"),
            ("OLD - Cases - OLD", Mark::Old, "cases"),
            ("[ARCHIVED] Street Trees", Mark::Archived, "street trees"),
            ("Street Trees - deprecated", Mark::Archived, "street trees"),
        ] {
            let found = version_mark(title);
            let found = found
                .as_ref()
                .map(|found| (found.mark, found.rest.as_str()));
            assert_eq!(found, Some((mark, rest)), "{title}");
        }
    }

    #[test]
    fn plain_words_are_no_marks_of_copies() {
        for title in [
            "Old Town Parking",
            "Old-Growth Forest",
            "Mortality, 65 years old",
            "Archived recordings",
            "Retired employees",
            "Sewer Backup",
            "Table 7 (2019)",
            "Old",
            "Interstate 5",
        ] {
            assert_eq!(version_mark(title), None, "{title}");
        }
    }

    #[test]
    fn finds_the_tail_of_a_title() {
        assert_eq!(
            tail("Requests FY 2020 – Litter"),
            Some(("Requests FY 2020", "Litter"))
        );
        assert_eq!(
            tail("Attendance (Borough)"),
            Some(("Attendance", "Borough"))
        );
        assert_eq!(tail("Year-to-date trips"), None);
    }

    proptest! {
        #[test]
        fn never_panics(title in "\\PC{0,60}") {
            for slot in skeleton(&title).slots {
                prop_assert!(title.get(slot.start..slot.end).is_some());
            }
            let _ = (fold_title(&title), version_mark(&title), tail(&title));
        }

        #[test]
        fn never_panics_on_what_looks_like_a_title(title in "((FY|2020|Q1|ward|May|old|v2|\\(1\\)|copy|of|é|20|-|–)[ (:]?){0,10}") {
            let _ = (skeleton(&title), version_mark(&title), tail(&title));
        }
    }
}
