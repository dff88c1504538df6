//! Words and sentences as the readers of refresh rates see them.

use std::borrow::Cow;
use std::sync::LazyLock;

use crate::lexicon::dates;
use crate::lexicon::quick::QuickMap;

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

/// Looked up only, never walked: the order of a hash map reaches nothing.
static WORDS: LazyLock<QuickMap<&'static str, Vec<Word>>> = LazyLock::new(|| {
    let mut words: QuickMap<&'static str, Vec<Word>> = QuickMap::default();
    for (name, word) in words_with_meanings() {
        words.entry(name).or_default().push(word);
    }
    words
});

/// Every word of the list with one of its meanings.
pub(super) fn words_with_meanings() -> impl Iterator<Item = (&'static str, Word)> {
    include_str!("../../../data/refresh_words.tsv")
        .lines()
        .skip(1)
        .filter_map(|line| line.split_once('\t'))
        .filter_map(|(kind, names)| Some((Word::named(kind)?, names)))
        .flat_map(|(word, names)| names.split(' ').map(move |name| (name, word)))
}

/// A set of words by their first four bytes, with two bits for each. It can say yes too often, never too seldom.
pub(super) struct Heads(Box<[u8; 4096]>);

impl Heads {
    pub(super) fn new() -> Self {
        Self(Box::new([0; 4096]))
    }

    /// Adds a word as it is written and without its accents. Words of fewer than four bytes are not kept.
    pub(super) fn add(&mut self, word: &str, bits: u8) {
        for word in [word.to_lowercase(), dates::unaccented(word).into_owned()] {
            let head = word.as_bytes().first_chunk::<4>();
            if let Some(slot) = head.and_then(|head| self.0.get_mut(slot_of(*head))) {
                *slot |= bits;
            }
        }
    }

    pub(super) fn get(&self, head: [u8; 4]) -> u8 {
        self.0.get(slot_of(head)).copied().unwrap_or_default()
    }
}

/// The top twelve bits of a multiplicative hash.
fn slot_of(head: [u8; 4]) -> usize {
    (u32::from_le_bytes(head).wrapping_mul(0x9E37_79B1) >> 20) as usize
}

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
    /// Everything it means beside a refresh rate.
    meanings: &'static [Word],
}

impl Token<'_> {
    pub(super) fn means(&self, wanted: Word) -> bool {
        self.meanings.contains(&wanted)
    }

    pub(super) fn pick<T>(&self, choose: impl Fn(&Word) -> Option<T>) -> Option<T> {
        self.meanings.iter().find_map(choose)
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
        let text = dates::unaccented(word);
        let meanings = WORDS.get(text.as_ref()).map_or(&[][..], Vec::as_slice);
        found.push(Token {
            text,
            start,
            end,
            gap,
            meanings,
        });
    }
}

/// Calls `visit` with each sentence (and its place) in which `cues` has seen all that is wanted.
///
/// `cues` gets the first four letters of each word, in lower case, and gives bits; a sentence that gathers both of the
/// lowest two is visited. Most text is passed over without a look at its words.
pub(super) fn each_sentence<'a>(
    text: &'a str,
    cues: impl Fn([u8; 4]) -> u8,
    mut visit: impl FnMut(&'a str, usize),
) {
    let bytes = text.as_bytes();
    let mut start = 0;
    let mut seen = 0;
    let mut close = |from: usize, to: usize, seen: u8| {
        if let Some(sentence) = text.get(from..to).filter(|_| seen == ALL_CUES) {
            visit(sentence, from);
        }
    };
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        if is_inside(byte) {
            if seen != ALL_CUES {
                let head = bytes.get(at..at + 4);
                if let Some(head) = head.and_then(|head| <[u8; 4]>::try_from(head).ok()) {
                    seen |= cues(head.map(|byte| byte.to_ascii_lowercase()));
                }
            }
            // The rest of the word tells nothing.
            let rest = bytes.get(at..).unwrap_or_default();
            at += rest.iter().take_while(|byte| is_inside(**byte)).count();
            continue;
        }
        if matches!(byte, b'.' | b'!' | b'?' | b';' | b'\n') && ends_sentence(bytes, at) {
            close(start, at, seen);
            start = at + 1;
            seen = 0;
        }
        at += 1;
    }
    close(start, bytes.len(), seen);
}

/// Both of the lowest bits.
pub(super) const ALL_CUES: u8 = 0b11;

/// Whether a byte belongs to a word. 0xA0 ends a no-break space; after an à it does no harm.
fn is_inside(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || (byte >= 0x80 && byte != 0xA0)
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
