//! The language of sources, limits and context.
//!
//! One walk over a text finds every word pattern of `data/phrases.tsv`. A pattern is a short sequence of words with
//! bounded gaps that never crosses the end of a sentence; it is looked up by the first letters of its first word, so
//! that most words of a text cost one array access. English patterns are broad, Spanish, French, German and
//! Portuguese ones cover the common ways to say it.
//!
//! Give these functions the text a reader sees ([`super::html::to_text`]).

use std::ops::Range;
use std::sync::LazyLock;

use super::placeholder::TrialKind;

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
    link: bool,
    words: usize,
    sentences: usize,
}

/// Weak hints of limits that together make a statement.
const WEAK_NEEDED: usize = 3;

impl Reading {
    /// Reads a text once for all questions.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let tokens = tokens(text);
        let mut reading = Self {
            words: tokens.len(),
            ..Self::default()
        };
        reading.sentences = tokens.iter().filter(|token| token.starts_sentence).count();
        let mut masked: Vec<Range<usize>> = Vec::new();
        let book = &*BOOK;
        for at in 0..tokens.len() {
            let Some(token) = tokens.get(at) else { break };
            reading.link |= token.is_address(text);
            reading.when |= token.is_year(text);
            for &number in book.starting_like(token.text(text)) {
                let Some(pattern) = book.patterns.get(usize::from(number)) else {
                    continue;
                };
                if reading.knows(pattern.kind) {
                    continue;
                }
                let Some(end) = pattern.matches(text, &tokens, at) else {
                    continue;
                };
                let Some(last) = end.checked_sub(1).and_then(|last| tokens.get(last)) else {
                    continue;
                };
                let hit = Hit {
                    start: token.start,
                    end: last.end,
                };
                if pattern.kind == Kind::Guard {
                    masked.push(at..end);
                } else if !masked.iter().any(|mask| mask.contains(&at))
                    || !pattern.kind.is_guarded()
                {
                    reading.note(pattern.kind, number, hit);
                }
            }
        }
        reading
    }

    /// Whether a second hit of a kind would change nothing.
    fn knows(&self, kind: Kind) -> bool {
        match kind {
            Kind::Source => self.source.is_some(),
            Kind::Limit => self.limit.is_some(),
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
            Kind::Guard => false,
        }
    }

    fn note(&mut self, kind: Kind, number: u16, hit: Hit) {
        match kind {
            Kind::Source => self.source = Some(hit),
            Kind::Limit => self.limit = Some(hit),
            Kind::Weak => {
                if !self.weak.iter().any(|(known, _)| *known == number) {
                    self.weak.push((number, hit));
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
            Kind::Guard => {}
        }
    }

    /// Where the text names who or what produced the data.
    #[must_use]
    pub fn source(&self) -> Option<Hit> {
        self.source
    }

    /// What the text says about limits.
    #[must_use]
    pub fn limits(&self) -> Option<Limits> {
        if let Some(hit) = self.none_known {
            return Some(Limits::NoneKnown(hit));
        }
        let weak = self.weak.first().filter(|_| self.weak.len() >= WEAK_NEEDED);
        if let Some(hit) = self.limit.or(weak.map(|(_, hit)| *hit)) {
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

    /// How many words the text has.
    #[must_use]
    pub fn words(&self) -> usize {
        self.words
    }

    /// How many sentences, lines and list items the text has.
    #[must_use]
    pub fn sentences(&self) -> usize {
        self.sentences
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
    Reading::of(text).limits()
}

/// Which parts of the context the text gives.
#[must_use]
pub fn context(title: &str, text: &str) -> Context {
    Reading::of(text).context(title, text)
}

/// Where a description says that the record is a trial.
pub(super) fn trial(text: &str) -> Option<(Range<usize>, TrialKind)> {
    let hit = Reading::of(text).trial?;
    Some((hit.start..hit.end, TrialKind::Test))
}

/// Where a text is a note to colleagues.
pub(super) fn internal(text: &str) -> Option<Range<usize>> {
    Reading::of(text).internal.map(|hit| hit.start..hit.end)
}

/// Whether the text has at least three words of four letters that the title has not.
fn says_more(title: &str, text: &str) -> bool {
    let title_words: Vec<Token> = tokens(title);
    let mut fresh: Vec<&str> = Vec::new();
    for token in tokens(text) {
        let word = token.text(text);
        let known = title_words
            .iter()
            .map(|known| known.text(title))
            .chain(fresh.iter().copied())
            .any(|known| known.eq_ignore_ascii_case(word));
        if word.len() >= 4 && !known {
            fresh.push(word);
            if fresh.len() == 3 {
                return true;
            }
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
}

impl Token {
    fn text<'a>(&self, text: &'a str) -> &'a str {
        text.get(self.start..self.end).unwrap_or("")
    }

    /// Whether the word is the beginning of a web address.
    fn is_address(&self, text: &str) -> bool {
        let word = self.text(text);
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
    for (at, character) in text.char_indices().chain([(text.len(), '\n')]) {
        let letter = character.is_ascii_alphanumeric()
            || (!character.is_ascii() && character.is_alphanumeric());
        if letter {
            if start.is_none() {
                start = Some(at);
                upper = character.is_uppercase();
                stop_seen = false;
            }
            end = at + character.len_utf8();
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
    Weak,
    NoneKnown,
    Liability,
    Guard,
    Why,
    How,
    Who,
    When,
    Where,
    Trial,
    Internal,
}

impl Kind {
    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "source" => Self::Source,
            "limit" => Self::Limit,
            "weak" => Self::Weak,
            "none" => Self::NoneKnown,
            "liability" => Self::Liability,
            "guard" => Self::Guard,
            "why" => Self::Why,
            "how" => Self::How,
            "who" => Self::Who,
            "when" => Self::When,
            "where" => Self::Where,
            "trial" => Self::Trial,
            "internal" => Self::Internal,
            _ => return None,
        })
    }

    /// Whether a guard phrase may overrule it.
    fn is_guarded(self) -> bool {
        matches!(self, Self::Limit | Self::Weak | Self::Source)
    }
}

/// One step of a pattern.
#[derive(Debug)]
enum Step {
    /// One of these words.
    Word {
        any: Vec<Word>,
        colon: bool,
        optional: bool,
    },
    /// Up to this many words of any kind.
    Gap(usize),
    /// A capitalised word or an address within the next words.
    Named,
}

/// A word of a pattern, or the beginning of one.
#[derive(Debug)]
struct Word {
    text: &'static str,
    prefix: bool,
}

impl Word {
    fn is(&self, word: &str) -> bool {
        if word.is_ascii() {
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

/// A word pattern.
#[derive(Debug)]
struct Pattern {
    kind: Kind,
    at_start: bool,
    steps: Vec<Step>,
}

/// How far a name may stand from the words that announce it.
const NAME_WITHIN: usize = 4;

impl Pattern {
    fn parse(kind: Kind, written: &'static str) -> Self {
        let (at_start, written) = match written.strip_prefix('<') {
            Some(rest) => (true, rest),
            None => (false, written),
        };
        let steps = written
            .split(' ')
            .map(|step| match step {
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
                    let any = words
                        .split('|')
                        .map(|word| match word.strip_suffix('*') {
                            Some(text) => Word { text, prefix: true },
                            None => Word {
                                text: word,
                                prefix: false,
                            },
                        })
                        .collect();
                    Step::Word {
                        any,
                        colon,
                        optional,
                    }
                }
            })
            .collect();
        Self {
            kind,
            at_start,
            steps,
        }
    }

    /// The number of the token behind the match that starts at a token.
    fn matches(&self, text: &str, tokens: &[Token], at: usize) -> Option<usize> {
        if self.at_start && !tokens.get(at)?.starts_sentence {
            return None;
        }
        follow(&self.steps, text, tokens, at, at)
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
            let found = tokens.get(at).filter(|token| {
                open(at)
                    && (!colon || token.before_colon)
                    && any.iter().any(|word| word.is(token.text(text)))
            });
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
                if token.starts_upper || token.is_address(text) {
                    return follow(rest, text, tokens, first, at + ahead + 1);
                }
            }
            None
        }
    }
}

/// All patterns, found by the first three letters of their first word.
struct Book {
    patterns: Vec<Pattern>,
    /// For each start of a word, the number of its bucket; 0 is empty.
    starts: Vec<u16>,
    buckets: Vec<Vec<u16>>,
}

/// Letters of the key: `a` to `z`, and one for everything else.
const KEY_BASE: usize = 27;

/// The place of a word in the table of starts.
fn key(word: &str) -> usize {
    let mut key = 0;
    let mut bytes = word.bytes();
    for _ in 0..3 {
        let letter = bytes.next().map_or(26, |byte| byte.to_ascii_lowercase());
        let place = if letter.is_ascii_lowercase() {
            usize::from(letter - b'a')
        } else {
            26
        };
        key = key * KEY_BASE + place;
    }
    key
}

impl Book {
    fn starting_like(&self, word: &str) -> &[u16] {
        self.starts
            .get(key(word))
            .and_then(|bucket| self.buckets.get(usize::from(*bucket)))
            .map_or(&[], Vec::as_slice)
    }
}

static BOOK: LazyLock<Book> = LazyLock::new(|| {
    let patterns: Vec<Pattern> = include_str!("../../data/phrases.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| {
            let (kind, rest) = line.split_once('\t')?;
            let (_, pattern) = rest.split_once('\t')?;
            Some(Pattern::parse(Kind::named(kind)?, pattern))
        })
        .collect();
    let mut starts = vec![0_u16; KEY_BASE * KEY_BASE * KEY_BASE];
    let mut buckets = vec![Vec::new()];
    // Guards come first, so that they can overrule what starts at the same word.
    let order = |guard: bool| {
        (0_u16..)
            .zip(&patterns)
            .filter(move |(_, pattern)| (pattern.kind == Kind::Guard) == guard)
    };
    for (number, pattern) in order(true).chain(order(false)) {
        let Some(Step::Word { any, .. }) = pattern.steps.first() else {
            continue;
        };
        for word in any {
            let Some(start) = starts.get_mut(key(word.text)) else {
                continue;
            };
            if *start == 0 {
                *start = u16::try_from(buckets.len()).unwrap_or(0);
                buckets.push(Vec::new());
            }
            if let Some(bucket) = buckets.get_mut(usize::from(*start)) {
                if bucket.last() != Some(&number) {
                    bucket.push(number);
                }
            }
        }
    }
    Book {
        patterns,
        starts,
        buckets,
    }
});
