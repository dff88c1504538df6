//! Words and sentences as the readers of refresh rates see them.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::lexicon::dates;

/// What a word means beside a refresh rate. A word can mean several things.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Word {
    Unit(Unit),
    Number(u16),
    Times(u16),
    Every,
    Per,
    /// "updated": what is updated is data, or something that the sentence names.
    StrongVerb,
    /// "update": verb or noun.
    ActiveVerb,
    /// "published": may be said of many things.
    WeakVerb,
    Noun,
    /// Update words of other languages.
    Foreign,
    Be,
    Modal,
    /// A word for the dataset itself.
    Data,
    /// A word for something that is not the dataset: a website, a plan.
    Other,
    /// May follow an adverb, so that "weekly" before it is not an adjective.
    Follow,
    /// "basis", "interval".
    Tail,
    /// May stand between verb and rate without weight.
    Adverb,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Quarter,
    Year,
    Decade,
}

impl Word {
    fn named(kind: &str) -> Option<Self> {
        let (kind, value) = kind.split_once(' ').unwrap_or((kind, ""));
        Some(match (kind, value) {
            ("unit", "minute") => Self::Unit(Unit::Minute),
            ("unit", "hour") => Self::Unit(Unit::Hour),
            ("unit", "day") => Self::Unit(Unit::Day),
            ("unit", "week") => Self::Unit(Unit::Week),
            ("unit", "month") => Self::Unit(Unit::Month),
            ("unit", "quarter") => Self::Unit(Unit::Quarter),
            ("unit", "year") => Self::Unit(Unit::Year),
            ("unit", "decade") => Self::Unit(Unit::Decade),
            ("number", value) => Self::Number(value.parse().ok()?),
            ("times", value) => Self::Times(value.parse().ok()?),
            ("every", _) => Self::Every,
            ("per", _) => Self::Per,
            ("verb", "strong") => Self::StrongVerb,
            ("verb", "active") => Self::ActiveVerb,
            ("verb", "weak") => Self::WeakVerb,
            ("noun", _) => Self::Noun,
            ("foreign", _) => Self::Foreign,
            ("be", _) => Self::Be,
            ("modal", _) => Self::Modal,
            ("data", _) => Self::Data,
            ("other", _) => Self::Other,
            ("follow", _) => Self::Follow,
            ("tail", _) => Self::Tail,
            ("adverb", _) => Self::Adverb,
            _ => return None,
        })
    }
}

static WORDS: LazyLock<BTreeMap<&'static str, Vec<Word>>> = LazyLock::new(|| {
    let mut words: BTreeMap<&'static str, Vec<Word>> = BTreeMap::new();
    let lines = include_str!("../../../data/refresh_words.tsv")
        .lines()
        .skip(1);
    for (kind, names) in lines.filter_map(|line| line.split_once('\t')) {
        if let Some(word) = Word::named(kind) {
            for name in names.split(' ') {
                words.entry(name).or_default().push(word);
            }
        }
    }
    words
});

/// What stands before a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::lexicon) enum Gap {
    /// Nothing, blanks, a slash or a hyphen inside a compound.
    Blank,
    Comma,
    /// A bracket, a full stop: the thought breaks off.
    Hard,
    /// A colon or a dash: what follows may be the value of what went before.
    Label,
}

#[derive(Debug, Clone)]
pub(in crate::lexicon) struct Token<'a> {
    /// Lower case, without accents.
    pub(in crate::lexicon) text: Cow<'a, str>,
    pub(in crate::lexicon) start: usize,
    pub(in crate::lexicon) end: usize,
    pub(in crate::lexicon) gap: Gap,
}

impl Token<'_> {
    pub(super) fn means(&self, wanted: Word) -> bool {
        WORDS
            .get(self.text.as_ref())
            .is_some_and(|found| found.contains(&wanted))
    }

    pub(super) fn pick<T>(&self, choose: impl Fn(&Word) -> Option<T>) -> Option<T> {
        WORDS.get(self.text.as_ref())?.iter().find_map(choose)
    }

    /// Whether the thought breaks off before this word.
    pub(in crate::lexicon) fn breaks(&self) -> bool {
        matches!(self.gap, Gap::Hard | Gap::Label)
    }

    pub(super) fn unit(&self) -> Option<Unit> {
        self.pick(|word| match word {
            Word::Unit(unit) => Some(*unit),
            _ => None,
        })
    }

    /// The number in digits or words.
    pub(in crate::lexicon) fn number(&self) -> Option<u16> {
        if self.text.len() <= 3 && self.text.bytes().all(|byte| byte.is_ascii_digit()) {
            return self.text.parse().ok().filter(|number| *number > 0);
        }
        self.pick(|word| match word {
            Word::Number(number) => Some(*number),
            _ => None,
        })
    }
}

/// Words of letters and digits with what stands before each.
pub(in crate::lexicon) fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut found = Vec::new();
    let mut gap = Gap::Blank;
    let mut start = None;
    let inside = |letter: char| letter.is_alphanumeric() || matches!(letter, '\'' | '’');
    for (at, letter) in text.char_indices() {
        if inside(letter) {
            start.get_or_insert(at);
            continue;
        }
        if let Some(start) = start.take() {
            push_token(&mut found, text, start, at, gap);
            gap = Gap::Blank;
        }
        let before = text.get(..at).unwrap_or_default();
        let joined = letter == '-' && before.ends_with(inside);
        gap = match letter {
            ',' if gap == Gap::Blank => Gap::Comma,
            '/' | ',' | '*' | '"' | '“' | '”' | '_' => gap,
            letter if letter.is_whitespace() || joined => gap,
            ':' if is_clock(text, at) => gap,
            ':' | '-' | '–' | '—' => Gap::Label,
            _ => Gap::Hard,
        };
    }
    if let Some(start) = start {
        push_token(&mut found, text, start, text.len(), gap);
    }
    found
}

/// The colon of "3:00" parts nothing.
fn is_clock(text: &str, colon: usize) -> bool {
    let digit = |at: Option<usize>| {
        at.and_then(|at| text.as_bytes().get(at))
            .is_some_and(u8::is_ascii_digit)
    };
    digit(colon.checked_sub(1)) && digit(Some(colon + 1))
}

fn push_token<'a>(found: &mut Vec<Token<'a>>, text: &'a str, start: usize, end: usize, gap: Gap) {
    if let Some(word) = text.get(start..end) {
        found.push(Token {
            text: dates::unaccented(word),
            start,
            end,
            gap,
        });
    }
}

/// Calls `visit` with each sentence (and its place) that has a word with a wanted head.
pub(super) fn each_sentence<'a>(
    text: &'a str,
    wanted: impl Fn([u8; 4]) -> bool,
    mut visit: impl FnMut(&'a str, usize),
) {
    let bytes = text.as_bytes();
    let mut start = 0;
    let mut hit = false;
    let mut in_word = false;
    for (at, &byte) in bytes.iter().enumerate() {
        let letter = byte.is_ascii_alphabetic() || byte >= 0x80;
        if letter && !in_word && !hit {
            if let Some(head) = bytes
                .get(at..at + 4)
                .and_then(|head| <[u8; 4]>::try_from(head).ok())
            {
                hit = wanted(head.map(|byte| byte.to_ascii_lowercase()));
            }
        }
        in_word = letter;
        if matches!(byte, b'.' | b'!' | b'?' | b';' | b'\n') && ends_sentence(bytes, at) {
            if hit {
                if let Some(sentence) = text.get(start..at) {
                    visit(sentence, start);
                }
            }
            start = at + 1;
            hit = false;
        }
    }
    if hit {
        if let Some(sentence) = text.get(start..) {
            visit(sentence, start);
        }
    }
}

/// A stop ends a sentence unless the next word is small; one without a blank behind it only between a word and a capital.
fn ends_sentence(bytes: &[u8], at: usize) -> bool {
    let next = |by: usize| bytes.get(at + by).copied();
    let is_stop = bytes.get(at) != Some(&b'\n');
    let Some(following) = next(1) else {
        return true;
    };
    if is_stop && !following.is_ascii_whitespace() {
        let before = at.checked_sub(2).and_then(|from| bytes.get(from..at));
        let after_word = before.is_some_and(|pair| {
            pair.iter()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        });
        return after_word && following.is_ascii_uppercase();
    }
    // Looking ahead stays short, so that a run of blanks costs no more than its length.
    let first = (1..8)
        .map_while(next)
        .find(|byte| !byte.is_ascii_whitespace());
    !first.is_some_and(|byte| byte.is_ascii_lowercase())
}
