//! The language of sources, limits and context.
//!
//! One walk over a text finds every word pattern of `data/phrases.tsv`. A pattern is a short sequence of words with
//! bounded gaps that never crosses the end of a sentence; it is looked up by the first letters of its first word, so
//! that most words of a text cost one array access. English patterns are broad; Spanish, French, German, Portuguese,
//! Italian and Dutch ones cover the common ways to say it.
//!
//! Give these functions the text a reader sees ([`super::html::to_text`]).

use std::ops::Range;
use std::sync::LazyLock;

use super::dates::MONTHS;

mod length;

pub use length::{EffectiveLength, Padding, PaddingKind, effective_length, padding};
use length::{length_of, padding_of};

/// Where a phrase stands, in bytes of the text given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    /// First byte.
    pub start: usize,
    /// Byte behind the last.
    pub end: usize,
}

/// What a text says about the limits of the data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limits {
    /// A limit is named.
    Stated(Hit),
    /// The text says that no limit is known.
    NoneKnown(Hit),
    /// Only liability is disclaimed, which tells a reader nothing about the data.
    DisclaimerOnly(Hit),
}

/// Which parts of the context a text gives.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "seven independent parts of one answer"
)]
pub struct Context {
    /// What the data are, beyond the words of the title.
    pub what: bool,
    /// Who made or uses them.
    pub who: bool,
    /// Why they exist.
    pub why: bool,
    /// How they were made, or how to read them.
    pub how: bool,
    /// The time they are from.
    pub when: bool,
    /// The place they are about.
    pub where_: bool,
    /// A link to more.
    pub link: bool,
}

impl Context {
    /// How many of the six parts are given; a link stands in for a missing purpose.
    #[must_use]
    pub fn parts(&self) -> usize {
        [
            self.what,
            self.who,
            self.why || self.link,
            self.how,
            self.when,
            self.where_,
        ]
        .into_iter()
        .filter(|part| *part)
        .count()
    }
}

/// Everything one walk over a text has found.
#[derive(Debug, Clone, Default)]
pub struct Reading {
    source: Option<Hit>,
    limit: Option<Hit>,
    whole: Option<Hit>,
    weak: Vec<(u16, Hit)>,
    none_known: Option<Hit>,
    liability: Option<Hit>,
    why: Option<Hit>,
    how: Option<Hit>,
    who: bool,
    when: bool,
    where_: bool,
    trial: Option<Hit>,
    internal: Option<Hit>,
    filtered: bool,
    link: bool,
    tokens: Vec<Token>,
    sentences: usize,
}

/// Words around a link that make it more than an address.
const LINKED_WORDS: usize = 15;

/// Words in which a method can be told.
const EXPLAINING_WORDS: usize = 30;

/// Words in which something is nearly always explained.
const TELLING_WORDS: usize = 45;

/// Weak hints of limits that together make a statement.
const WEAK_NEEDED: usize = 3;

impl Reading {
    /// Reads a text once for all questions.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let mut tokens = tokens(text);
        let book = &*BOOK;
        book.vocabulary.resolve(text, &mut tokens);
        let mut reading = Self {
            sentences: tokens.iter().filter(|token| token.starts_sentence).count(),
            ..Self::default()
        };
        for token in &tokens {
            reading.link |= token.is_address(text);
            reading.when |= token.is_year(text);
        }
        reading.find(text, &tokens, |_| true);
        reading.tokens = tokens;
        reading
    }

    /// Looks for the phrases of some kinds.
    fn find(&mut self, text: &str, tokens: &[Token], is_wanted: impl Fn(Kind) -> bool) {
        let book = &*BOOK;
        let words = Words::of(tokens, book.vocabulary.words);
        let masks = book.masks(text, &words, tokens);
        for (at, token) in tokens.iter().enumerate() {
            for id in token.known() {
                for pattern in book.patterns.starting_with(id) {
                    if self.knows(pattern.kind) || !is_wanted(pattern.kind) {
                        continue;
                    }
                    let Some(end) = pattern.matches(text, &words, tokens, at) else {
                        continue;
                    };
                    let overruled = masks.iter().any(|(mask, trial)| {
                        pattern.kind.is_guarded(*trial) && mask.start < end && at < mask.end
                    });
                    let last = end.checked_sub(1).and_then(|last| tokens.get(last));
                    if let Some(last) = last.filter(|_| !overruled) {
                        let hit = Hit {
                            start: token.start,
                            end: last.end,
                        };
                        self.note(pattern, hit);
                    }
                }
            }
        }
    }

    /// Reads a text for what it says about the limits of the data and nothing else; nothing where it has no word with
    /// which that could begin, as most short texts have none.
    fn of_limits(text: &str) -> Option<Self> {
        let mut tokens = tokens(text);
        let book = &*BOOK;
        book.vocabulary.resolve(text, &mut tokens);
        let begins = |token: &Token| token.known().iter().any(|id| book.begins_limit(*id));
        if !tokens.iter().any(begins) {
            return None;
        }
        let mut reading = Self::default();
        reading.find(text, &tokens, Kind::is_of_limits);
        Some(reading)
    }

    /// Whether a second hit of a kind would change nothing.
    fn knows(&self, kind: Kind) -> bool {
        match kind {
            Kind::Source => self.source.is_some(),
            Kind::Limit => self.limit.is_some(),
            Kind::Whole => self.whole.is_some(),
            Kind::Weak => self.limit.is_some() || self.weak.len() >= WEAK_NEEDED,
            Kind::NoneKnown => self.none_known.is_some(),
            Kind::Liability => self.liability.is_some(),
            Kind::Why => self.why.is_some(),
            Kind::How => self.how.is_some(),
            Kind::Who => self.who,
            Kind::When => self.when,
            Kind::Where => self.where_,
            Kind::Trial => self.trial.is_some(),
            Kind::Internal => self.internal.is_some(),
            Kind::Filtered => self.filtered,
            Kind::Guard | Kind::TrialGuard => false,
        }
    }

    fn note(&mut self, pattern: &Pattern, hit: Hit) {
        match pattern.kind {
            Kind::Source => self.source = Some(hit),
            Kind::Limit => self.limit = Some(hit),
            Kind::Whole => self.whole = Some(hit),
            Kind::Weak => {
                if !self.weak.iter().any(|(known, _)| *known == pattern.number) {
                    self.weak.push((pattern.number, hit));
                }
            }
            Kind::NoneKnown => self.none_known = Some(hit),
            Kind::Liability => self.liability = Some(hit),
            Kind::Why => self.why = Some(hit),
            Kind::How => self.how = Some(hit),
            Kind::Who => self.who = true,
            Kind::When => self.when = true,
            Kind::Where => self.where_ = true,
            Kind::Trial => self.trial = Some(hit),
            Kind::Internal => self.internal = Some(hit),
            Kind::Filtered => self.filtered = true,
            Kind::Guard | Kind::TrialGuard => {}
        }
    }

    /// Where the text names who or what produced the data.
    #[must_use]
    pub fn source(&self) -> Option<Hit> {
        self.source
    }

    /// Where the text says that the record is a trial: `This is a test dataset`.
    #[must_use]
    pub fn trial(&self) -> Option<Hit> {
        self.trial
    }

    /// Where the text is a note to colleagues: `not for public use`.
    #[must_use]
    pub fn internal(&self) -> Option<Hit> {
        self.internal
    }

    /// Whether the text calls its dataset a filtered view: many formats have no other place to say so.
    #[must_use]
    pub fn says_it_is_filtered(&self) -> bool {
        self.filtered
    }

    /// What the text says about limits.
    #[must_use]
    pub fn limits(&self) -> Option<Limits> {
        if let Some(hit) = self.none_known {
            return Some(Limits::NoneKnown(hit));
        }
        let weak = self.weak.first().filter(|_| self.weak.len() >= WEAK_NEEDED);
        let limit = self.limit.or(self.whole);
        if let Some(hit) = limit.or(weak.map(|(_, hit)| *hit)) {
            return Some(Limits::Stated(hit));
        }
        self.liability.map(Limits::DisclaimerOnly)
    }

    /// Which parts of the context the text gives, for a dataset with this title.
    #[must_use]
    pub fn context(&self, title: &str, text: &str) -> Context {
        Context {
            what: says_more(title, text),
            who: self.who,
            why: self.why.is_some(),
            how: self.how.is_some(),
            when: self.when,
            where_: self.where_,
            link: self.link,
        }
    }

    /// Whether text and links help a reader see why the data exist, how they were made or how to read them.
    ///
    /// Tuned on hand-made labels: a purpose or a method counts where the text goes beyond the title; a link where
    /// there is a sentence around it; a text of several sentences seldom fails to help.
    #[must_use]
    pub fn gives_context(&self, context: &Context) -> bool {
        let explains = context.what && (context.why || context.how);
        (context.why && context.what && context.parts() >= 3)
            || (context.link && self.words() >= LINKED_WORDS)
            || (explains && self.words() >= EXPLAINING_WORDS)
            || (context.what && self.words() >= TELLING_WORDS)
    }

    /// How many words the text has.
    #[must_use]
    pub fn words(&self) -> usize {
        self.tokens.len()
    }

    /// How many sentences, lines and list items the text has.
    #[must_use]
    pub fn sentences(&self) -> usize {
        self.sentences
    }

    /// The length of the text that was read, without repeated sentences and runs of one sign; what is beyond so many
    /// characters need not be counted.
    #[must_use]
    pub fn effective_length(&self, text: &str, enough: usize) -> EffectiveLength {
        length_of(text, &self.tokens, enough)
    }

    /// Whether the text that was read reaches its length by repetition or by signs.
    #[must_use]
    pub fn padding(&self, text: &str) -> Option<Padding> {
        padding_of(text, &self.tokens)
    }
}

/// Where the text names who or what produced the data.
#[must_use]
pub fn source(text: &str) -> Option<Hit> {
    Reading::of(text).source()
}

/// What the text says about the limits of the data.
#[must_use]
pub fn limits(text: &str) -> Option<Limits> {
    Reading::of_limits(text)?.limits()
}

/// Whether the description of a field says what its values are not good for; "taxes, excluding fees" only says what
/// they are.
#[must_use]
pub fn limits_field(text: &str) -> bool {
    Reading::of_limits(text)
        .is_some_and(|reading| reading.limit.is_some() || reading.weak.len() >= WEAK_NEEDED)
}

/// Which parts of the context the text gives.
#[must_use]
pub fn context(title: &str, text: &str) -> Context {
    Reading::of(text).context(title, text)
}

/// Whether the text has at least three words of four letters that the title has not.
fn says_more(title: &str, text: &str) -> bool {
    fn words(text: &str) -> impl Iterator<Item = &str> {
        text.split(|character: char| !character.is_alphanumeric())
            .filter(|word| word.len() >= 4)
    }
    let mut fresh = [""; 2];
    let mut count = 0;
    for word in words(text) {
        let known = words(title)
            .chain(fresh)
            .any(|known| known.eq_ignore_ascii_case(word));
        if !known {
            match fresh.get_mut(count) {
                Some(place) => *place = word,
                None => return true,
            }
            count += 1;
        }
    }
    false
}

/// A word of a text.
#[derive(Debug, Clone, Copy)]
struct Token {
    start: usize,
    end: usize,
    starts_sentence: bool,
    starts_upper: bool,
    before_colon: bool,
    /// The words of patterns that this word is; 0 is none.
    ids: [u16; 3],
}

impl Token {
    /// The words of patterns that it is.
    fn known(&self) -> &[u16] {
        let length = self.ids.iter().take_while(|id| **id != 0).count();
        self.ids.get(..length).unwrap_or_default()
    }

    fn text<'a>(&self, text: &'a str) -> &'a str {
        text.get(self.start..self.end).unwrap_or("")
    }

    /// Whether the word is the beginning of a web address.
    fn is_address(&self, text: &str) -> bool {
        let word = self.text(text);
        if !matches!(word.len(), 3..=5) {
            return false;
        }
        (word.eq_ignore_ascii_case("https") || word.eq_ignore_ascii_case("http"))
            && text
                .get(self.end..)
                .is_some_and(|after| after.starts_with("://"))
            || word.eq_ignore_ascii_case("www")
                && text
                    .get(self.end..)
                    .is_some_and(|after| after.starts_with('.'))
    }

    fn is_year(&self, text: &str) -> bool {
        let word = self.text(text).as_bytes();
        if !matches!(word, [b'1' | b'2', ..]) {
            return false;
        }
        let year = word.get(..4).unwrap_or(b"");
        year.iter().all(u8::is_ascii_digit)
            && (year.starts_with(b"19") || year.starts_with(b"20") || year.starts_with(b"18"))
            && word.get(4).is_none_or(|byte| !byte.is_ascii_digit())
    }
}

/// The words of a text: runs of letters and digits with apostrophes and hyphens inside them.
fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(text.len() / 6);
    let mut start = None;
    let mut end = 0;
    let mut starts_sentence = true;
    let mut stop_seen = false;
    let mut upper = false;
    let mut next = 0;
    while next <= text.len() {
        let at = next;
        let rest = text.get(at..).unwrap_or_default();
        let character = rest.chars().next().unwrap_or('\n');
        next = at + character.len_utf8();
        let letter = character.is_ascii_alphanumeric()
            || (!character.is_ascii() && character.is_alphanumeric());
        if letter {
            if start.is_none() {
                start = Some(at);
                upper = character.is_uppercase();
                stop_seen = false;
            }
            // The rest of most words is passed over at once.
            let rest = text.as_bytes().get(next..).unwrap_or_default();
            next += rest
                .iter()
                .take_while(|it| it.is_ascii_alphanumeric())
                .count();
            end = next;
            continue;
        }
        if let Some(from) = start {
            let joins = matches!(character, '\'' | '’' | '-')
                && text
                    .get(at + character.len_utf8()..)
                    .and_then(|after| after.chars().next())
                    .is_some_and(char::is_alphanumeric);
            if joins {
                continue;
            }
            tokens.push(Token {
                start: from,
                end,
                starts_sentence,
                starts_upper: upper,
                before_colon: false,
                ids: [0; 3],
            });
            start = None;
            starts_sentence = false;
        }
        match character {
            '\n' | '•' | '!' | '?' | ';' => starts_sentence = true,
            '.' => stop_seen = true,
            ':' | '=' | '–' | '—' | '-' => {
                if let Some(last) = tokens.last_mut() {
                    // Signs behind a full stop or another word do not belong to the label.
                    last.before_colon |= text
                        .get(last.end..at)
                        .is_some_and(|gap| gap.trim_matches([' ', '*', ')']).is_empty());
                }
            }
            ' ' | '\t' | '\r' | '"' | '”' | ')' if stop_seen => {
                starts_sentence |= !after_abbreviation(text, tokens.last())
            }
            _ => {}
        }
    }
    tokens
}

/// Whether the last word is a short form whose full stop ends no sentence.
fn after_abbreviation(text: &str, last: Option<&Token>) -> bool {
    let word = last.map_or("", |token| token.text(text));
    word.len() == 1 && word.bytes().all(|byte| byte.is_ascii_uppercase())
        || [
            "dept", "st", "no", "dr", "mr", "mrs", "ms", "approx", "inc", "co", "dep", "div", "vs",
            "e.g", "i.e", "u.s", "etc", "govt",
        ]
        .iter()
        .any(|known| word.eq_ignore_ascii_case(known))
}

/// What a pattern is a sign of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Source,
    Limit,
    /// A limit where a whole dataset is spoken of: a field that leaves something out is only defined so.
    Whole,
    Weak,
    NoneKnown,
    Liability,
    Guard,
    TrialGuard,
    Why,
    How,
    Who,
    When,
    Where,
    Trial,
    Internal,
    Filtered,
}

impl Kind {
    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "source" => Self::Source,
            "limit" => Self::Limit,
            "limit-whole" => Self::Whole,
            "weak" => Self::Weak,
            "none" => Self::NoneKnown,
            "liability" => Self::Liability,
            "guard" => Self::Guard,
            "guard-trial" => Self::TrialGuard,
            "why" => Self::Why,
            "how" => Self::How,
            "who" => Self::Who,
            "when" => Self::When,
            "where" => Self::Where,
            "trial" => Self::Trial,
            "internal" => Self::Internal,
            "filtered" => Self::Filtered,
            _ => return None,
        })
    }

    /// Whether it has a say in what [`Reading::limits`] answers.
    fn is_of_limits(self) -> bool {
        matches!(
            self,
            Self::Limit | Self::Whole | Self::Weak | Self::NoneKnown | Self::Liability
        )
    }

    /// Whether a guard phrase may overrule it: a guard of trials, or one of the data.
    fn is_guarded(self, by_trial: bool) -> bool {
        if by_trial {
            matches!(self, Self::Trial | Self::Internal)
        } else {
            matches!(self, Self::Limit | Self::Whole | Self::Weak | Self::Source)
        }
    }
}

/// One step of a pattern.
#[derive(Debug)]
enum Step {
    /// One of these words.
    Word {
        any: WordSet,
        colon: bool,
        optional: bool,
    },
    /// Up to this many words of any kind.
    Gap(usize),
    /// A capitalised word or an address within the next words.
    Named,
}

/// Words of patterns by their numbers.
#[derive(Debug)]
struct WordSet {
    /// One bit for each number modulo 64: says no at once for most words.
    sieve: u64,
    numbers: Vec<u16>,
}

impl WordSet {
    fn new(mut numbers: Vec<u16>) -> Self {
        numbers.sort_unstable();
        let sieve = numbers
            .iter()
            .fold(0, |sieve, number| sieve | 1 << (number % 64));
        Self { sieve, numbers }
    }

    fn has(&self, token: &Token) -> bool {
        token
            .ids
            .iter()
            .take_while(|id| **id != 0)
            .any(|id| self.sieve & (1 << (id % 64)) != 0 && self.numbers.binary_search(id).is_ok())
    }
}

/// A word of a pattern, or the beginning of one.
#[derive(Debug)]
struct Word {
    text: &'static str,
    prefix: bool,
    number: u16,
}

impl Word {
    fn is(&self, word: &str, is_ascii: bool) -> bool {
        if is_ascii {
            let bytes = word.as_bytes();
            return if self.prefix {
                bytes
                    .get(..self.text.len())
                    .is_some_and(|start| start.eq_ignore_ascii_case(self.text.as_bytes()))
            } else {
                word.eq_ignore_ascii_case(self.text)
            };
        }
        let mut characters = word
            .chars()
            .flat_map(char::to_lowercase)
            .map(|character| if character == '’' { '\'' } else { character });
        self.text
            .chars()
            .all(|wanted| characters.next() == Some(wanted))
            && (self.prefix || characters.next().is_none())
    }
}

/// Every word that occurs in a pattern, found by its first three letters.
struct Vocabulary {
    /// For each start of a word, the number of its bucket; 0 is empty.
    starts: Vec<u16>,
    buckets: Vec<Vec<Word>>,
    words: u16,
}

impl Vocabulary {
    fn new() -> Self {
        Self {
            starts: vec![0; KEY_BASE * KEY_BASE * KEY_BASE],
            buckets: vec![Vec::new()],
            words: 0,
        }
    }

    /// The number of a word as patterns write it, given at first sight.
    fn number(&mut self, written: &'static str) -> u16 {
        let (text, prefix) = written
            .strip_suffix('*')
            .map_or((written, false), |text| (text, true));
        let Some(start) = self.starts.get_mut(key(text)) else {
            return 0;
        };
        if *start == 0 {
            *start = u16::try_from(self.buckets.len()).unwrap_or(0);
            self.buckets.push(Vec::new());
        }
        let Some(bucket) = self.buckets.get_mut(usize::from(*start)) else {
            return 0;
        };
        if let Some(known) = bucket
            .iter()
            .find(|word| word.text == text && word.prefix == prefix)
        {
            return known.number;
        }
        self.words += 1;
        bucket.push(Word {
            text,
            prefix,
            number: self.words,
        });
        self.words
    }

    /// Looks up every word of a text once.
    fn resolve(&self, text: &str, tokens: &mut [Token]) {
        for token in tokens {
            let word = text.get(token.start..token.end).unwrap_or("");
            let bucket = self
                .starts
                .get(key(word))
                .and_then(|start| self.buckets.get(usize::from(*start)));
            let Some(bucket) = bucket.filter(|bucket| !bucket.is_empty()) else {
                continue;
            };
            let is_ascii = word.is_ascii();
            let found = bucket.iter().filter(|known| known.is(word, is_ascii));
            for (place, known) in token.ids.iter_mut().zip(found) {
                *place = known.number;
            }
        }
    }
}

/// Letters of the key: `a` to `z`, and one for everything else.
const KEY_BASE: usize = 27;

/// The place of a word in the table of starts.
fn key(word: &str) -> usize {
    let mut key = 0;
    let mut bytes = word.bytes();
    for _ in 0..3 {
        let letter = bytes.next().map_or(0, |byte| byte.to_ascii_lowercase());
        let place = if letter.is_ascii_lowercase() {
            usize::from(letter - b'a')
        } else {
            26
        };
        key = key * KEY_BASE + place;
    }
    key
}

/// A word pattern.
#[derive(Debug)]
struct Pattern {
    number: u16,
    kind: Kind,
    at_start: bool,
    steps: Vec<Step>,
    /// Without one of these words in the text there is no match; empty where nothing but the first word is sure.
    needs: Vec<u16>,
}

/// How far a name may stand from the words that announce it.
const NAME_WITHIN: usize = 4;

impl Pattern {
    fn parse(vocabulary: &mut Vocabulary, number: u16, kind: Kind, written: &'static str) -> Self {
        let (at_start, written) = written
            .strip_prefix('<')
            .map_or((false, written), |rest| (true, rest));
        let mut step = |step: &'static str| match step {
            "~" => Step::Gap(3),
            "~~" => Step::Gap(6),
            "^" => Step::Named,
            words => {
                let (words, optional) = words
                    .strip_suffix('?')
                    .map_or((words, false), |rest| (rest, true));
                let (words, colon) = words
                    .strip_suffix(':')
                    .map_or((words, false), |rest| (rest, true));
                let any = WordSet::new(
                    words
                        .split('|')
                        .map(|word| vocabulary.number(word))
                        .collect(),
                );
                Step::Word {
                    any,
                    colon,
                    optional,
                }
            }
        };
        let steps: Vec<Step> = written.split(' ').map(&mut step).collect();
        let sure = steps.iter().skip(1).filter_map(|step| match step {
            Step::Word { any, optional, .. } => (!optional).then_some(&any.numbers),
            _ => None,
        });
        let needs = sure.min_by_key(|numbers| numbers.len()).cloned();
        Self {
            number,
            kind,
            at_start,
            needs: needs.unwrap_or_default(),
            steps,
        }
    }

    /// The number of the token behind the match that starts at a token.
    fn matches(&self, text: &str, words: &Words, tokens: &[Token], at: usize) -> Option<usize> {
        if !self.needs.is_empty() && !self.needs.iter().any(|number| words.has(*number)) {
            return None;
        }
        if self.at_start && !tokens.get(at)?.starts_sentence {
            return None;
        }
        follow(&self.steps, text, tokens, at, at)
    }
}

/// The words of patterns that a text has, a bit a number.
struct Words(Vec<u64>);

impl Words {
    fn of(tokens: &[Token], most: u16) -> Self {
        let mut bits = vec![0; usize::from(most) / 64 + 1];
        for number in tokens.iter().flat_map(|token| token.ids) {
            if let Some(bits) = bits.get_mut(usize::from(number) / 64) {
                *bits |= 1 << (number % 64);
            }
        }
        Self(bits)
    }

    fn has(&self, number: u16) -> bool {
        let bits = self.0.get(usize::from(number) / 64).copied().unwrap_or(0);
        bits >> (number % 64) & 1 == 1
    }
}

/// Matches the steps from a token on. Depth is bounded by the pattern, width by its gaps, never by the text.
fn follow(steps: &[Step], text: &str, tokens: &[Token], first: usize, at: usize) -> Option<usize> {
    let Some((step, rest)) = steps.split_first() else {
        return Some(at);
    };
    // No pattern crosses into the next sentence.
    let open =
        |at: usize| at == first || tokens.get(at).is_some_and(|token| !token.starts_sentence);
    match step {
        Step::Word {
            any,
            colon,
            optional,
        } => {
            let found = tokens
                .get(at)
                .filter(|token| open(at) && (!colon || token.before_colon) && any.has(token));
            found
                .and_then(|_| follow(rest, text, tokens, first, at + 1))
                .or_else(|| {
                    optional
                        .then(|| follow(rest, text, tokens, first, at))
                        .flatten()
                })
        }
        Step::Gap(most) => {
            for skipped in 0..=*most {
                if let Some(end) = follow(rest, text, tokens, first, at + skipped) {
                    return Some(end);
                }
                if !open(at + skipped) {
                    return None;
                }
            }
            None
        }
        Step::Named => {
            for ahead in 0..NAME_WITHIN {
                let token = tokens.get(at + ahead)?;
                // A label may have its name on the next line.
                if ahead > 0 && !open(at + ahead) {
                    return None;
                }
                if (token.starts_upper && !is_time_name(token.text(text))) || token.is_address(text)
                {
                    return follow(rest, text, tokens, first, at + ahead + 1);
                }
            }
            None
        }
    }
}

/// All patterns; guards apart, since they are looked for first.
struct Book {
    vocabulary: Vocabulary,
    patterns: Index,
    guards: Index,
    /// The words with which phrases about limits begin, a bit a number.
    limits: Vec<u64>,
}

impl Book {
    /// Whether a phrase about limits may begin with a word.
    fn begins_limit(&self, id: u16) -> bool {
        let bits = self.limits.get(usize::from(id) / 64);
        bits.is_some_and(|bits| bits >> (id % 64) & 1 == 1)
    }

    /// The words that guards take out of the game, and whether the guard is one of trials.
    fn masks(&self, text: &str, words: &Words, tokens: &[Token]) -> Vec<(Range<usize>, bool)> {
        let mut masks = Vec::new();
        for (at, token) in tokens.iter().enumerate() {
            for id in token.known() {
                for guard in self.guards.starting_with(id) {
                    if masks.len() < MAX_MASKS {
                        let end = guard.matches(text, words, tokens, at);
                        masks.extend(end.map(|end| (at..end, guard.kind == Kind::TrialGuard)));
                    }
                }
            }
        }
        masks
    }
}

/// More guard phrases than a text has; keeps the comparison short.
const MAX_MASKS: usize = 64;

/// Patterns found by the number of their first word.
struct Index {
    patterns: Vec<Pattern>,
    by_word: Vec<Vec<u16>>,
}

impl Index {
    fn new(words: u16, patterns: Vec<Pattern>) -> Self {
        let mut by_word = vec![Vec::new(); usize::from(words) + 1];
        for (place, pattern) in (0_u16..).zip(&patterns) {
            let Some(Step::Word { any, .. }) = pattern.steps.first() else {
                continue;
            };
            for number in &any.numbers {
                if let Some(places) = by_word.get_mut(usize::from(*number)) {
                    places.push(place);
                }
            }
        }
        Self { patterns, by_word }
    }

    /// The patterns that may start with a word.
    fn starting_with(&self, id: &u16) -> impl Iterator<Item = &Pattern> {
        let places = self.by_word.get(usize::from(*id));
        let places = places.map_or(&[][..], Vec::as_slice);
        places
            .iter()
            .filter_map(|place| self.patterns.get(usize::from(*place)))
    }
}

static BOOK: LazyLock<Book> = LazyLock::new(|| {
    let mut vocabulary = Vocabulary::new();
    let lines = include_str!("../../data/phrases.tsv").lines();
    let all: Vec<Pattern> = (0_u16..)
        .zip(lines)
        .filter(|(_, line)| !line.starts_with('#'))
        .filter_map(|(number, line)| {
            let (kind, rest) = line.split_once('\t')?;
            let (_, pattern) = rest.split_once('\t')?;
            Some(Pattern::parse(
                &mut vocabulary,
                number,
                Kind::named(kind)?,
                pattern,
            ))
        })
        .collect();
    let is_guard = |pattern: &Pattern| matches!(pattern.kind, Kind::Guard | Kind::TrialGuard);
    let (guards, patterns) = all.into_iter().partition(is_guard);
    let words = vocabulary.words;
    let patterns = Index::new(words, patterns);
    let mut limits = vec![0; usize::from(words) / 64 + 1];
    for id in 0..=words {
        let begins = patterns
            .starting_with(&id)
            .any(|pattern| pattern.kind.is_of_limits());
        if let Some(bits) = limits.get_mut(usize::from(id) / 64) {
            *bits |= u64::from(begins) << (id % 64);
        }
    }
    Book {
        vocabulary,
        patterns,
        guards: Index::new(words, guards),
        limits,
    }
});

/// Names of months and days, which are capitalised and name nobody.
fn is_time_name(word: &str) -> bool {
    const DAYS: [&str; 7] = [
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
    ];
    MONTHS.contains(&word) || DAYS.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::{
        BOOK, Limits, Reading, Step, context, effective_length, limits, limits_field, padding,
        source,
    };

    fn stated(text: &str) -> bool {
        matches!(limits(text), Some(Limits::Stated(_)))
    }

    #[test]
    fn hears_who_or_what_produced_the_data() {
        for text in [
            "Source: Transport Department counters.",
            "This data comes from the Harbor Master's log.",
            "Counts were collected using pneumatic tubes.",
            "The list is maintained by the Office of Trees.",
            "Maintained and updated by the Town of Millbrook.",
            "Features are from the 2010 census.",
            "Data is available from: https://schools.example/rates.",
            "Permits issued from the town's license system.",
            "Crimes reported to the Harbor Police.",
            "Wages reported by all employers.",
            "Districts as defined by the municipal council.",
            "Calls to the Harbor Department line.",
            "Water levels measured by gauges.",
            "A volunteer-conducted survey of graves.",
            "Hospitales acreditados por la Secretaría de Salud.",
            "Boundaries were originally digitized from municipality maps.",
            "Fuente: Ministerio de Obras.",
            "Daten stammen aus der Erhebung des Landesamts.",
            "PI: Harbor Institute.",
            "The principal investigator is at Harbor University.",
        ] {
            assert!(source(text).is_some(), "{text}");
        }
    }

    #[test]
    fn hears_no_source_where_none_is_named() {
        for text in [
            "Street trees of the city.",
            "{{description}}",
            "Active animal licenses (cat, dog and service animal).",
            "Locations of public water fountains.",
            "The data sources vary.",
            "Share of energy that comes from Wind.",
            "The site is created and maintained by Harbor County.",
        ] {
            assert_eq!(source(text), None, "{text}");
        }
    }

    #[test]
    fn hears_that_something_was_drawn_from_the_air() {
        let how = |text: &str| super::context("Trails", text).how;
        assert!(how(
            "These polygons were created from 2015 aerial photography."
        ));
        assert!(how("Heights come from photogrammetric plotting."));
        assert!(!how("Trails for walkers and riders."));
    }

    #[test]
    fn hears_purpose_and_method_in_several_languages() {
        let parts = |text: &str| {
            let found = super::context("Trees", text);
            (found.why, found.how)
        };
        for text in [
            "Relevados cada primavera por la oficina para planificar la plantación.",
            "Levantadas a cada primavera para planejar o plantio.",
            "Jedes Frühjahr erhoben, um die Pflanzungen zu planen.",
            "Relevés par les capteurs afin de suivre la qualité de l'air.",
            "Rilevati ogni primavera per pianificare le piantagioni.",
            "Elk voorjaar geteld om de aanplant te plannen.",
            "Logged by operators and read each week to decide where to send crews.",
        ] {
            assert_eq!(parts(text), (true, true), "{text}");
        }
        for text in [
            "A compilation of jails.",
            "Created using parcels.",
            "Districts based off the 2012 precincts.",
            "Created from research of plat plans.",
            "Lot lines captured with a drawing tool from deeds.",
            "Shares obtained by dividing one by the other.",
        ] {
            assert!(parts(text).1, "{text}");
        }
        assert!(parts("An evaluation benchmark for translation.").0);
        assert!(parts("This table is used to update the map.").0);
        assert_eq!(parts("Street trees of the town."), (false, false));
    }

    #[test]
    fn hears_limits() {
        for text in [
            "Home schooling is not included.",
            "Towns with five people or fewer were removed from the data set.",
            "Cells below seven were removed for reasons of privacy.",
            "We have assumed that yields are alike everywhere.",
            "Park boundaries (work in progress)",
            "In some cases the values refer to only a part of the country.",
            "The data may contain errors.",
            "Figures are preliminary and subject to revision.",
            "Groups with five or fewer students are suppressed.",
            "Not to be used for finding property lines.",
            "Due to its nature, do not compare changes over time.",
            "No incluye datos de las provincias del sur.",
            "Les données sont provisoires.",
            "Users should NOT rely solely on this layer.",
            "Winter levels are less exact because of ice.",
            "Not all attributes are populated for each town.",
            "The lines follow the approximate river centerlines.",
            "Covers all basins except for the Alder River.",
            "No attempt has been made to match edges between towns.",
            "Some stops have no node id.",
            "Records before 1990 are sparse.",
            "The count leaves out part-time staff.",
            "The survey had a low response rate.",
            "Values are modelled, not measured.",
            "Visual aid only.",
            "Contains NO ownership information.",
            "Cases of adults primarily include felonies, with a few exceptions.",
            "Ces dépenses ne comprennent pas les salaires.",
            "Ce panorama n'est pas exhaustif.",
            "Le fichier ne couvre que les grandes communes.",
            "Il peut subsister quelques erreurs.",
            "Métropole, hors Corse.",
            "Información parcial de los inmuebles.",
            "Sólo abarca el área central.",
            "Salvo los meses de enero y febrero.",
            "Einzelne Werte fehlen.",
            "Die Genauigkeit beträgt 10 Meter.",
            "Erfasst werden nur städtische Bäume.",
            "Sono esclusi i comuni minori.",
            "Non comprende le scuole private.",
            "Exceto as escolas privadas.",
            "Privébomen zijn niet opgenomen.",
            "The methodology for counting them changed in 2014.",
            "Data for 2017 visits are not available.",
            "Blank cells indicate that nobody counted.",
            "Percentages are rounded to equal 100.",
            "This layer is not the official parcel file.",
            "There is a discrepancy in the times.",
            "Points show the approximate geographic location of trees.",
            "Wards are only available from 2018 onward.",
            "Figures are only available at the county level.",
            "Only the years 2010 to 2015 are included.",
            "Tracts of 1990 and 2000 do not match everywhere.",
            "The lines do not imply ownership of the land.",
            "Values of this year may not be populated.",
            "Les montants sont arrondis à la centaine.",
            "La liste ne prétend pas à l'exhaustivité.",
            "Des lacunes et erreurs peuvent subsister.",
            "Il reste quelques erreurs.",
            "Aufgrund von Rundungen sind Abweichungen in den Summen möglich.",
        ] {
            assert!(stated(text), "{text}");
        }
    }

    #[test]
    fn a_field_that_leaves_something_out_is_only_defined_so() {
        for text in [
            "Fees of the year, excluding fines.",
            "A subset of the fees registered; the payer is unknown.",
        ] {
            assert!(stated(text), "{text}");
            assert!(!limits_field(text), "{text}");
        }
        assert!(limits_field("The address may be approximate."));
    }

    #[test]
    fn tells_a_disclaimer_from_a_limit() {
        for text in [
            "Provided as is, without warranty of any kind.",
            "The City makes no warranty as to the accuracy or completeness of this data.",
        ] {
            assert!(
                matches!(limits(text), Some(Limits::DisclaimerOnly(_))),
                "{text}"
            );
        }
    }

    #[test]
    fn hears_that_no_limit_is_known() {
        assert!(matches!(
            limits("There are no known limitations."),
            Some(Limits::NoneKnown(_))
        ));
    }

    #[test]
    fn is_not_misled_by_words_of_the_subject() {
        for text in [
            "If you do not agree, you should not access or use this file.",
            "Patients who are virally suppressed.",
            "Preliminary plats filed with the county.",
            "Missing persons by year.",
            "Provisional ballots cast.",
            "Sources include, but are not limited to, deeds and surveys.",
            "Street trees.",
            "Prix hors taxes des repas.",
            "This file contains no personal information.",
            "Not all who wander.",
            "Imagery clipped to the approximate area of Township 84.",
            "A growth that does not rely heavily on exports.",
            "Ces termes ne sont d'usage obligatoire que dans les administrations.",
            "L'étude ne couvre pas seulement la presse écrite.",
            "A link does not imply endorsement.",
            "States that do not allow the exclusion or limitation of damages.",
            "Costs include without limitation those of its acts, errors, or omissions.",
            "These terms of use are subject to change.",
            "The file is only available for download.",
            "Records are flagged if the two systems do not match.",
            "We will not be liable in any way.",
            "Signalez-nous lacunes et erreurs.",
            "If the provider does not provide a statement, write your own.",
        ] {
            assert!(limits(text).is_none(), "{text}: {:?}", limits(text));
        }
    }

    #[test]
    fn hears_that_a_dataset_is_a_filtered_view() {
        for text in [
            "A filtered view of all permits.",
            "Vista filtrada de permisos.",
            "Vue filtrée des permis.",
            "Eine gefilterte Ansicht aller Anträge.",
            "Uma visualização filtrada das licenças.",
        ] {
            assert!(Reading::of(text).says_it_is_filtered(), "{text}");
        }
        assert!(!Reading::of("Filtered water by plant.").says_it_is_filtered());
    }

    #[test]
    fn never_joins_words_of_two_sentences() {
        assert_eq!(source("We like data. From Monday on it rains."), None);
    }

    #[test]
    fn finds_the_parts_of_the_context() {
        let text = "The Department counts bicycles at 20 sites each autumn to plan lanes; counts are by hand.";
        let found = context("Bicycle counts", text);
        assert!(
            found.what && found.who && found.why && found.where_ && !found.how && !found.link,
            "{found:?}"
        );
        assert!(context("Crime map", "Crime map.").parts() <= 1);
    }

    #[test]
    fn every_pattern_starts_with_a_word_that_can_be_looked_up() {
        for pattern in BOOK.patterns.patterns.iter().chain(&BOOK.guards.patterns) {
            let Some(Step::Word { any, optional, .. }) = pattern.steps.first() else {
                unreachable!("a pattern starts with a gap or a name: {pattern:?}");
            };
            assert!(!optional, "{pattern:?}");
            assert!(any.numbers.iter().all(|number| *number != 0), "{pattern:?}");
        }
        for word in BOOK.vocabulary.buckets.iter().flatten() {
            assert!(
                !word.text.is_empty() && !word.text.chars().any(char::is_uppercase),
                "{word:?}"
            );
        }
        assert!(BOOK.patterns.patterns.len() > 300);
    }

    proptest::proptest! {
        #[test]
        fn never_panics_and_points_into_the_text(
            text in "((source|data|from|not|may|contain|errors|The|é|’s|www|https://x|[.:;\\n-]|\\PC) ?){0,40}",
        ) {
            let reading = Reading::of(&text);
            for hit in [reading.source(), reading.limit, reading.why, reading.how].into_iter().flatten() {
                proptest::prop_assert!(text.get(hit.start..hit.end).is_some());
            }
            if let Some(found) = padding(&text) {
                proptest::prop_assert!(text.get(found.range).is_some());
            }
            proptest::prop_assert!(effective_length(&text, &text).words <= reading.words());
        }
    }
}
