//! Whether a field name can be read without a dictionary, and what the plain name would be.
//!
//! A name is cut into tokens, each token is judged alone, and the worst token decides: one piece of shorthand makes a
//! name hard to read. What is merely unknown (a town, a species, a local term) is never held against a name.

use std::borrow::Cow;
use std::cell::{OnceCell, RefCell};
use std::rc::Rc;
use std::sync::LazyLock;

use super::abbreviations::{self, Abbreviation, Kind, Reading};
use super::english::{self, Known};
use super::fold::{fold, words};
use super::initials;
use super::language::Language;
use super::memo::Memo;
use super::quick::QuickMap;

/// A record's own words: what its texts say, so that names are read as the record's reader reads them.
///
/// Texts are kept by reference and only searched when a name needs it.
#[derive(Debug, Clone, Default)]
pub struct Vocabulary<'a> {
    language: Language,
    title: &'a str,
    texts: Vec<&'a str>,
    /// Readings that the texts decide for, by the place of the entry in memory: the fields of a table share shorthand.
    decided: RefCell<QuickMap<usize, Option<usize>>>,
    /// What the texts spell out, by the acronym.
    spelt_out: RefCell<QuickMap<String, Option<String>>>,
    /// Whether the main texts tell what a token stands for.
    told: RefCell<QuickMap<String, bool>>,
    /// Where the words of the texts stand; made when first needed.
    words: OnceCell<Words>,
    /// The brackets of the texts; found when first needed.
    brackets: OnceCell<Vec<Bracket<'a>>>,
}

/// In which texts each word stands.
#[derive(Debug, Clone, Default)]
struct Words {
    /// The hash of a run of ASCII letters in small letters above the number of the text. Two words may share a hash: what
    /// is found here is looked at again.
    found: Vec<u64>,
}

impl Words {
    fn of<'a>(texts: impl Iterator<Item = &'a str>) -> Self {
        let mut found = Vec::new();
        let asked = &*ASKED;
        let is_asked = |hash: u32| asked.has(hash);
        for (number, text) in texts.enumerate() {
            let number = u64::from(u32::try_from(number).unwrap_or(u32::MAX));
            let mut hash = None;
            for byte in text.bytes().chain([b' ']) {
                if byte.is_ascii_alphabetic() {
                    hash = Some(Self::add(hash.unwrap_or(Self::START), byte));
                } else if let Some(hash) = hash.take() {
                    // Most words are never asked for.
                    if is_asked(hash) {
                        found.push(u64::from(hash) << 32 | number);
                    }
                }
            }
        }
        found.sort_unstable();
        found.dedup();
        Self { found }
    }

    const START: u32 = 0x811c_9dc5;

    /// The hash of a word, and that of its plural.
    fn hashes(word: &str) -> [u32; 2] {
        let hash = word.bytes().fold(Self::START, Self::add);
        [hash, Self::add(hash, b's')]
    }

    /// FNV-1a with a letter more, whatever its case.
    fn add(hash: u32, letter: u8) -> u32 {
        (hash ^ u32::from(letter | 0x20)).wrapping_mul(0x0100_0193)
    }

    /// The numbers of the texts that may hold a word of ASCII letters, or its plural.
    fn texts_with(&self, word: &str) -> impl Iterator<Item = usize> {
        Self::hashes(word)
            .map(u64::from)
            .into_iter()
            .flat_map(|hash| {
                let from = self.found.partition_point(|found| found >> 32 < hash);
                let rest = self.found.get(from..).unwrap_or_default();
                rest.iter().take_while(move |found| *found >> 32 == hash)
            })
            .filter_map(|found| usize::try_from(found & u64::from(u32::MAX)).ok())
    }
}

/// The words that are asked for, and their plurals: a bit for each by the lowest bits of its hash. It can say yes too often,
/// never too seldom.
struct Asked(Box<[u64; 1024]>);

static ASKED: LazyLock<Asked> = LazyLock::new(|| {
    let mut asked = Asked(Box::new([0; 1024]));
    let words = abbreviations::readings_in_english().flat_map(|reading| reading.words.split(' '));
    for word in words.filter(|word| is_letters(word)) {
        for hash in Words::hashes(word) {
            asked.add(hash);
        }
    }
    asked
});

impl Asked {
    fn place(hash: u32) -> (usize, u64) {
        let bit = hash as usize % (1024 * 64);
        (bit / 64, 1 << (bit % 64))
    }

    fn add(&mut self, hash: u32) {
        let (at, bit) = Self::place(hash);
        if let Some(bits) = self.0.get_mut(at) {
            *bits |= bit;
        }
    }

    fn has(&self, hash: u32) -> bool {
        let (at, bit) = Self::place(hash);
        self.0.get(at).is_some_and(|bits| bits & bit != 0)
    }
}

fn is_letters(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_alphabetic())
}

/// An opening bracket of a text and what stands around it.
#[derive(Debug, Clone, Copy)]
struct Bracket<'a> {
    /// The words before it, as far as they matter.
    before: &'a str,
    /// The last of them.
    last: &'a str,
    /// What stands in the brackets, as far as it matters.
    inside: &'a str,
}

impl<'a> Bracket<'a> {
    /// The brackets of a text, the first ones only.
    fn each(text: &'a str) -> impl Iterator<Item = Self> {
        let places = memchr::memchr_iter(b'(', text.as_bytes()).take(MOST_BRACKETS);
        places.filter_map(move |at| {
            let before = near_end(text.get(..at)?);
            Some(Self {
                before,
                last: before
                    .trim_end()
                    .rsplit(|character: char| !character.is_alphanumeric())
                    .next()?,
                inside: near_start(text.get(at + 1..)?).split(')').next()?,
            })
        })
    }

    /// The words that begin with the letters of an acronym, which stands in the brackets or before them.
    fn spells_out(&self, acronym: &str) -> Option<String> {
        if self.inside.eq_ignore_ascii_case(acronym)
            && let Some(words) = initials_at_end(acronym, self.before)
        {
            return Some(words);
        }
        (self.last.eq_ignore_ascii_case(acronym) && starts_with_initials(acronym, self.inside))
            .then(|| self.inside.trim().to_owned())
    }
}

impl<'a> Vocabulary<'a> {
    /// The vocabulary of a record in a language, before its texts are added.
    #[must_use]
    pub fn new(language: Language) -> Self {
        Self {
            language,
            ..Self::default()
        }
    }

    /// Sets the title, which a reader has in view beside the name.
    pub fn set_title(&mut self, title: &'a str) {
        self.title = title;
        self.forget();
    }

    /// Adds a text that may tell what an abbreviation stands for: description, keywords, descriptions of other fields.
    pub fn add(&mut self, text: &'a str) {
        if !text.is_empty() {
            self.texts.push(text);
            self.forget();
        }
    }

    fn forget(&mut self) {
        self.decided.get_mut().clear();
        self.spelt_out.get_mut().clear();
        self.told.get_mut().clear();
        self.words.take();
        self.brackets.take();
    }

    /// The number of the reading for which the first text decides that names just one of them.
    fn decides_for(&self, entry: &'static Abbreviation) -> Option<usize> {
        let place = std::ptr::from_ref(entry).addr();
        if let Some(known) = self.decided.borrow().get(&place) {
            return *known;
        }
        let found = self
            .texts_for(entry)
            .find_map(|text| only_reading(entry, text));
        self.decided.borrow_mut().insert(place, found);
        found
    }

    /// The texts, in their order, that may name one of the readings.
    fn texts_for(&self, entry: &Abbreviation) -> impl Iterator<Item = &'a str> {
        let firsts = entry.readings.iter().map(|reading| {
            let mut words = reading.words.split(' ');
            words.find(|word| !is_small_word(word)).unwrap_or_default()
        });
        let mut numbers = Vec::new();
        for word in firsts {
            numbers.extend(self.numbers_for(word));
        }
        numbers.sort_unstable();
        numbers.dedup();
        numbers.into_iter().filter_map(|number| self.text(number))
    }

    /// The numbers of the texts that may hold a word.
    fn numbers_for(&self, word: &str) -> Vec<usize> {
        let hashes = Words::hashes(word);
        if !is_letters(word) || !hashes.into_iter().all(|hash| ASKED.has(hash)) {
            return (0..=self.texts.len()).collect();
        }
        let words = self.words.get_or_init(|| Words::of(self.all_texts()));
        words.texts_with(word).collect()
    }

    /// Whether a word stands in one of the texts, endings of number aside.
    fn mention(&self, word: &str) -> bool {
        self.numbers_for(word)
            .into_iter()
            .filter_map(|number| self.text(number))
            .any(|text| mentions(text, word))
    }

    /// The words that the first text gives that spells an acronym out.
    fn spells_out(&self, acronym: &str) -> Option<String> {
        if let Some(known) = self.spelt_out.borrow().get(acronym) {
            return known.clone();
        }
        let brackets = self
            .brackets
            .get_or_init(|| self.all_texts().flat_map(Bracket::each).collect());
        let found = brackets
            .iter()
            .find_map(|bracket| bracket.spells_out(acronym));
        self.spelt_out
            .borrow_mut()
            .insert(acronym.to_owned(), found.clone());
        found
    }

    /// Whether the main texts tell what a token stands for.
    fn tells(&self, token: &str) -> bool {
        if let Some(known) = self.told.borrow().get(token) {
            return *known;
        }
        let said = |reading: &Reading| {
            self.main_texts()
                .any(|text| mentions_all(text, reading.words))
        };
        let written_out = token.len() >= 3
            && self
                .main_texts()
                .any(|text| is_spelt_out(token, text) || initials::spells_out_as_name(text, token));
        let told = written_out
            || abbreviations::english(token).is_some_and(|entry| entry.readings.iter().any(said));
        self.told.borrow_mut().insert(token.to_owned(), told);
        told
    }

    /// The language of the record.
    #[must_use]
    pub fn language(&self) -> Language {
        self.language
    }

    /// The beginnings of the title and of the texts that were added first.
    fn main_texts(&self) -> impl Iterator<Item = &'a str> {
        self.all_texts().take(3).map(|text| {
            let mut end = text.len().min(MAIN_TEXT);
            while !text.is_char_boundary(end) {
                end -= 1;
            }
            text.get(..end).unwrap_or_default()
        })
    }

    fn all_texts(&self) -> impl Iterator<Item = &'a str> {
        std::iter::once(self.title).chain(self.texts.iter().copied())
    }

    /// The text with a number among [`Self::all_texts`].
    fn text(&self, number: usize) -> Option<&'a str> {
        match number.checked_sub(1) {
            Some(number) => self.texts.get(number).copied(),
            None => Some(self.title),
        }
    }
}

/// The number of the only reading of an abbreviation that a text names.
fn only_reading(entry: &Abbreviation, text: &str) -> Option<usize> {
    let mut found = entry
        .readings
        .iter()
        .enumerate()
        .filter(|(_, reading)| mentions_all(text, reading.words));
    let (first, _) = found.next()?;
    found.next().is_none().then_some(first)
}

/// So many bytes of a text are read for what it explains.
const MAIN_TEXT: usize = 4096;

/// How a field name reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameVerdict {
    /// Words that an ordinary reader knows.
    Plain,
    /// Whole words without a gap: `TOTALCOST`.
    RunTogether,
    /// Holds a word that the lexicon lacks: a proper name, a local or technical term.
    UnknownWord,
    /// Holds shorthand whose meaning the tables know: `Crm Cd`.
    Abbreviated,
    /// Holds a code or shorthand that nothing explains: `CIT_INFL_A`.
    Cryptic,
    /// Says nothing but that it is a column: `Column 7`.
    Generic,
    /// A value rather than a name: `2016`, `Aug`.
    Value,
    /// In a language that is recognised but not judged.
    OtherLanguage,
}

impl NameVerdict {
    /// Whether a reader understands the name as it stands. A value is understood; whether it belongs in a header is
    /// another question.
    #[must_use]
    pub fn is_plain(self) -> bool {
        matches!(
            self,
            Self::Plain | Self::RunTogether | Self::UnknownWord | Self::Value
        )
    }

    /// Whether nothing can be said either way.
    #[must_use]
    pub fn is_unsure(self) -> bool {
        self == Self::OtherLanguage
    }
}

/// A plain name to offer in place of an abbreviated one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expansion {
    /// The name in sentence case.
    pub text: String,
    /// Whether every token was told for certain; only then is the name safe to put in place.
    pub complete: bool,
    /// The names that are possible (at most three, the likeliest first) where one token has several readings.
    pub readings: Vec<String>,
}

/// A token of a name, as a range of the folded text of [`Tokens`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Token {
    start: usize,
    end: usize,
    /// All letters are capitals, and there are two or more.
    capitals: bool,
    digits: bool,
    /// A capital, then small letters, as names of places are written.
    title_case: bool,
    /// Inside brackets.
    bracketed: bool,
    /// The sign before it; `None` where it follows the token before without a gap.
    before: Option<char>,
    /// The sign after it.
    after: Option<char>,
}

/// Reading on after this many tokens does not change the judgement of a name.
const MOST_TOKENS: usize = 64;

/// The tokens of a name. Their folded texts stand in one buffer without gaps, so that `co` and `2` can be read as `co2`.
pub(crate) struct Tokens {
    folded: String,
    tokens: Vec<Token>,
    has_small_letter: bool,
    letters: usize,
}

impl Tokens {
    /// The tokens of a name, which is asked about by many: see [`Self::new`].
    pub(crate) fn of(name: &str) -> Rc<Self> {
        thread_local!(static KNOWN: Memo<Rc<Tokens>> = const { Memo::new() });
        KNOWN.with(|known| known.get(name, |name| Rc::new(Self::new(name))))
    }

    /// Splits a name at signs, changes of case, and between letters and digits (see [`super::fold::name_words`]).
    pub(crate) fn new(name: &str) -> Self {
        let mut splitter = Splitter::new(name.len());
        let mut characters = name.chars();
        while let Some(character) = characters.next() {
            if splitter.out.tokens.len() >= MOST_TOKENS {
                break;
            }
            let mut ahead = characters.clone();
            let next = ahead.next();
            splitter.push(character, next, ahead.next());
        }
        splitter.finish()
    }

    /// The folded words, in order.
    pub(crate) fn words(&self) -> impl Iterator<Item = &str> {
        self.tokens.iter().map(|token| self.text(token))
    }

    fn text(&self, token: &Token) -> &str {
        self.folded.get(token.start..token.end).unwrap_or_default()
    }

    fn get(&self, index: usize) -> Option<&str> {
        self.tokens.get(index).map(|token| self.text(token))
    }

    /// Whether words are set apart by blanks.
    fn has_gaps(&self) -> bool {
        self.tokens
            .iter()
            .skip(1)
            .any(|token| token.before == Some(' '))
    }

    /// A token and the one that follows it without a gap, as one text.
    fn joined(&self, index: usize) -> Option<&str> {
        let next = self.tokens.get(index + 1)?;
        if next.before.is_some() {
            return None;
        }
        self.folded.get(self.tokens.get(index)?.start..next.end)
    }
}

/// Builds [`Tokens`] one character at a time.
struct Splitter {
    out: Tokens,
    current: Option<Token>,
    before: Option<char>,
    last: Option<char>,
    depth: usize,
    all_upper: bool,
    count: usize,
}

impl Splitter {
    fn new(capacity: usize) -> Self {
        Self {
            out: Tokens {
                folded: String::with_capacity(capacity),
                tokens: Vec::with_capacity(8),
                has_small_letter: false,
                letters: 0,
            },
            current: None,
            before: Some(' '),
            last: None,
            depth: 0,
            all_upper: true,
            count: 0,
        }
    }

    fn push(&mut self, character: char, next: Option<char>, after_next: Option<char>) {
        if !character.is_alphanumeric() {
            if matches!(character, '\'' | '’') {
                return;
            }
            self.close(Some(character));
            match character {
                '(' | '[' => self.depth += 1,
                ')' | ']' => self.depth = self.depth.saturating_sub(1),
                _ => {}
            }
            self.before = Some(character);
            self.last = None;
            return;
        }
        if let Some(last) = self.last {
            let upper = character.is_uppercase();
            let next_lower = next.is_some_and(char::is_lowercase);
            let plural = next == Some('s') && !after_next.is_some_and(char::is_lowercase);
            if (last.is_lowercase() && upper)
                || (last.is_uppercase() && upper && next_lower && !plural)
                || last.is_numeric() != character.is_numeric()
            {
                self.close(None);
                self.before = None;
            }
        }
        self.out.has_small_letter |= character.is_lowercase();
        self.out.letters += 1;
        self.all_upper &= character.is_uppercase();
        self.count += 1;
        let start = self.out.folded.len();
        if character.is_ascii() {
            self.out.folded.push(character.to_ascii_lowercase());
        } else {
            self.out.folded.extend(character.to_lowercase());
        }
        let end = self.out.folded.len();
        let token = self.current.get_or_insert(Token {
            start,
            end,
            capitals: false,
            digits: character.is_numeric(),
            title_case: character.is_uppercase(),
            bracketed: self.depth > 0,
            before: self.before,
            after: None,
        });
        token.end = end;
        self.last = Some(character);
    }

    fn close(&mut self, after: Option<char>) {
        if let Some(mut token) = self.current.take() {
            token.after = after;
            token.capitals = self.all_upper && self.count > 1;
            token.title_case &= !token.capitals;
            self.out.tokens.push(token);
        }
        self.all_upper = true;
        self.count = 0;
    }

    fn finish(mut self) -> Tokens {
        self.close(None);
        self.out
    }
}

/// How one token reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reads {
    /// Digits, an index, a grade letter: says nothing either way.
    Neutral,
    /// A word of four letters or more, which lends its plainness to mild abbreviations beside it.
    Plain,
    /// A proper name that the word list has.
    Proper,
    /// A short word or an abbreviation that everyone knows.
    Short,
    Mild,
    /// An abbreviation that is also a word.
    AlsoWord,
    RunTogether,
    Unknown,
    /// A short word of another language (`de`, `el`).
    Foreign,
    Abbreviated,
    Cryptic,
}

/// Judges a display name as a reader of the record would.
#[must_use]
pub fn judge(name: &str, vocabulary: &Vocabulary<'_>) -> NameVerdict {
    thread_local!(static KNOWN: [Memo<NameVerdict>; 7] = const { [const { Memo::new() }; 7] });
    // Of a record's texts, only a title that spells something out has a say.
    if vocabulary.title.contains('(') {
        return read_name(name, vocabulary);
    }
    KNOWN.with(|known| match known.get(vocabulary.language as usize) {
        Some(known) => known.get(name, |name| read_name(name, vocabulary)),
        None => read_name(name, vocabulary),
    })
}

fn read_name(name: &str, vocabulary: &Vocabulary<'_>) -> NameVerdict {
    let name = last_of_path(name);
    let tokens = Tokens::of(name);
    if tokens.tokens.is_empty() || is_generic(&tokens) {
        return NameVerdict::Generic;
    }
    if tokens.words().all(is_value) {
        return NameVerdict::Value;
    }
    let outside = tokens.tokens.iter().any(|token| !token.bracketed);
    let mut tally = Tally::default();
    let mut index = 0;
    while let Some(token) = tokens.tokens.get(index) {
        if token.bracketed && outside {
            index += 1;
            continue;
        }
        let (reads, used) = read(&tokens, index, vocabulary);
        tally.add(reads);
        if tally.cryptic > 1 {
            break;
        }
        index += used;
    }
    tally.has_space = name.contains(' ');
    tally.verdict(vocabulary.language)
}

/// What was found among the tokens of a name.
#[derive(Debug, Default)]
struct Tally {
    tokens: usize,
    plain: bool,
    short: bool,
    proper: bool,
    mild: bool,
    also_word: bool,
    run_together: bool,
    unknown: bool,
    foreign: bool,
    abbreviated: bool,
    cryptic: usize,
    /// Plain words of four letters or more.
    plain_words: usize,
    has_space: bool,
}

impl Tally {
    fn add(&mut self, reads: Reads) {
        self.tokens += usize::from(reads != Reads::Neutral);
        match reads {
            Reads::Neutral => {}
            Reads::Short => self.short = true,
            Reads::Plain => {
                self.plain = true;
                self.plain_words += 1;
            }
            Reads::Proper => {
                self.plain = true;
                self.proper = true;
            }
            Reads::Mild => self.mild = true,
            Reads::AlsoWord => self.also_word = true,
            Reads::RunTogether => {
                self.run_together = true;
                self.plain = true;
            }
            Reads::Unknown => self.unknown = true,
            Reads::Foreign => self.foreign = true,
            Reads::Abbreviated => self.abbreviated = true,
            Reads::Cryptic => self.cryptic += 1,
        }
    }

    fn verdict(&self, language: Language) -> NameVerdict {
        let has_word = self.plain || self.unknown;
        let small_words = self.unknown || self.proper || (self.has_space && self.plain);
        // In a whole sentence one code does not keep a reader from understanding.
        let sentence = self.cryptic == 1 && self.plain_words >= SENTENCE;
        if (self.cryptic > 0 && !sentence) || (self.foreign && !small_words) {
            NameVerdict::Cryptic
        } else if self.abbreviated
            || (self.mild && !has_word)
            || (self.also_word && !has_word && !self.short && self.tokens > 1)
        {
            NameVerdict::Abbreviated
        } else if self.unknown && is_unjudged(language) {
            NameVerdict::OtherLanguage
        } else if self.unknown {
            NameVerdict::UnknownWord
        } else if self.run_together {
            NameVerdict::RunTogether
        } else {
            NameVerdict::Plain
        }
    }
}

/// A name with so many plain words is a sentence, such as a survey's question.
const SENTENCE: usize = 6;

/// Languages that are recognised and whose words we have no table of.
fn is_unjudged(language: Language) -> bool {
    !matches!(
        language,
        Language::English | Language::Spanish | Language::Unknown
    )
}

/// The last part of a name that holds the path to it (`passengers/cabin`), as nested formats write it.
fn last_of_path(name: &str) -> &str {
    let Some((path, last)) = name.rsplit_once('/') else {
        return name;
    };
    let is_path = path.len() > 1
        && !last.is_empty()
        && path
            .bytes()
            .all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'.' | b'_' | b'-' | b'/'));
    if is_path { last } else { name }
}

/// Names that only number a column; also the `Field3` that a tool appends to a name it has seen before.
fn is_generic(tokens: &Tokens) -> bool {
    let count = tokens.tokens.len();
    let Some(last) = tokens.tokens.last() else {
        return true;
    };
    if !last.digits || count < 2 {
        return false;
    }
    let word = tokens.get(count - 2).unwrap_or_default();
    let only_one = count == 2;
    match word {
        "field" | "column" | "unnamed" => only_one || last.before.is_none(),
        "col" | "fld" | "var" | "variable" | "attribute" | "attr" | "value" | "data" | "f"
        | "v" | "c" | "x" => only_one,
        _ => false,
    }
}

/// A number or the name of a month or quarter.
fn is_value(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_digit())
        || matches!(
            word,
            "jan"
                | "january"
                | "feb"
                | "february"
                | "mar"
                | "march"
                | "apr"
                | "april"
                | "may"
                | "jun"
                | "june"
                | "jul"
                | "july"
                | "aug"
                | "august"
                | "sep"
                | "sept"
                | "september"
                | "oct"
                | "october"
                | "nov"
                | "november"
                | "dec"
                | "december"
        )
}

/// Reads the token at `index`; the second value is how many tokens were read.
fn read(tokens: &Tokens, index: usize, vocabulary: &Vocabulary<'_>) -> (Reads, usize) {
    let Some(token) = tokens.tokens.get(index) else {
        return (Reads::Neutral, 1);
    };
    let text = tokens.text(token);
    if token.digits {
        return match tokens.joined(index) {
            Some(joined) if is_ordinal(joined) => (Reads::Neutral, 2),
            _ => (Reads::Neutral, 1),
        };
    }
    if let Some(count) = joined_entry(tokens, index) {
        return (Reads::Short, count);
    }
    if is_language_mark(tokens, index) {
        return (Reads::Neutral, 1);
    }
    if index == 0
        && let Some(count) = question_number(tokens)
    {
        return (Reads::Neutral, count);
    }
    if text.chars().nth(1).is_none() {
        let inside = index > 0 && index + 1 < tokens.tokens.len();
        if inside
            && vocabulary.language != Language::English
            && matches!(text, "a" | "e" | "o" | "u" | "y")
        {
            return (Reads::Neutral, 1);
        }
        return (single_letter(tokens, index), 1);
    }
    if let Some(count) = phrase_at(tokens, index).map(|(_, count)| count) {
        return (Reads::Abbreviated, count);
    }
    let reads = if vocabulary.language == Language::Spanish {
        spanish_word(text)
    } else {
        word(tokens, token, text, vocabulary)
    };
    (reads, 1)
}

/// The language that a text is in, at the end of a name: `title_en`, `description_fr`.
fn is_language_mark(tokens: &Tokens, index: usize) -> bool {
    let text = tokens.get(index).unwrap_or_default();
    let last = index + 1 == tokens.tokens.len();
    last && matches!(text, "en" | "fr" | "es" | "de" | "pt" | "it" | "eng")
        && index
            .checked_sub(1)
            .and_then(|before| tokens.get(before))
            .is_some_and(|before| {
                matches!(
                    before,
                    "title"
                        | "name"
                        | "description"
                        | "desc"
                        | "label"
                        | "text"
                        | "notes"
                        | "summary"
                        | "keywords"
                )
            })
}

/// How many tokens make one entry of the tables that only looks like several: `CO2`, `MWh`.
fn joined_entry(tokens: &Tokens, index: usize) -> Option<usize> {
    let next = tokens.tokens.get(index + 1)?;
    let short = tokens.get(index)?.len() <= 2;
    if next.before.is_some() || !(next.digits || short) {
        return None;
    }
    let joined = tokens.joined(index)?;
    // `BiAnnual` is one word.
    let prefixed = matches!(tokens.get(index), Some("bi" | "co" | "re" | "un" | "ex"))
        && !next.digits
        && english::look_up(joined).is_some_and(|known| known != Known::Proper);
    (prefixed || abbreviations::english(joined).is_some()).then_some(2)
}

/// The tokens of a question's number before its words: `Q5.22 What …`, `Q2J Quality of …`.
fn question_number(tokens: &Tokens) -> Option<usize> {
    let numbered = tokens.get(0)? == "q" && tokens.tokens.get(1)?.digits;
    let mut count = 2;
    while tokens
        .tokens
        .get(count)
        .is_some_and(|token| token.digits || token.end - token.start == 1)
    {
        count += 1;
    }
    (numbered && tokens.tokens.len() >= count + 2).then_some(count)
}

/// `10th`, `2d`, `65k`: a number with a letter or two of its own.
fn is_ordinal(joined: &str) -> bool {
    let rest = joined.trim_start_matches(|character: char| character.is_ascii_digit());
    matches!(
        rest,
        "st" | "nd" | "rd" | "th" | "d" | "k" | "m" | "s" | "am" | "pm" | "yr" | "hr" | "x"
    )
}

/// The phrase of the table that begins at `index`, and how many tokens it takes.
fn phrase_at(tokens: &Tokens, index: usize) -> Option<(&'static str, usize)> {
    abbreviations::phrases(tokens.get(index)?)
        .iter()
        .find(|phrase| {
            phrase
                .rest
                .iter()
                .enumerate()
                .all(|(offset, word)| tokens.get(index + 1 + offset) == Some(*word))
        })
        .map(|phrase| (phrase.words, phrase.rest.len() + 1))
}

fn word(tokens: &Tokens, token: &Token, text: &str, vocabulary: &Vocabulary<'_>) -> Reads {
    // `EVs`, `APIs`; the title may write them out.
    if token.title_case
        && let Some(one) = text
            .strip_suffix('s')
            .filter(|one| (2..4).contains(&one.len()))
        && english::look_up(text).is_none()
        && (is_spelt_out(one, vocabulary.title) || abbreviations::is_known_acronym(one))
    {
        return Reads::Short;
    }
    if let Some(entry) = abbreviations::english(text) {
        return match entry.kind {
            Kind::Known => Reads::Short,
            Kind::Word => Reads::AlsoWord,
            _ if is_spelt_out(text, vocabulary.title) => Reads::Short,
            Kind::Mild => Reads::Mild,
            Kind::Short => Reads::Abbreviated,
        };
    }
    match english::look_up(text) {
        Some(Known::Proper) => return Reads::Proper,
        Some(_) if text.len() >= 4 => return Reads::Plain,
        Some(_) => return Reads::Short,
        None => {}
    }
    let letters = text.chars().count();
    if is_short_foreign(&without_accents(text), None)
        && !(token.capitals && tokens.has_small_letter)
    {
        return Reads::Foreign;
    }
    if token.capitals && letters == 2 && tokens.has_small_letter && is_us_state(text) {
        return Reads::Mild;
    }
    // In capitals a short unknown word is a code, but not among the small words of another language.
    let in_capitals = token.capitals && letters <= 5 && !has_foreign_word(tokens);
    let coded = letters <= 3 || !has_vowel(text) || in_capitals;
    if coded && is_unjudged(vocabulary.language) && has_vowel(text) && !token.capitals {
        return Reads::Unknown;
    }
    if coded {
        return if is_spelt_out(text, vocabulary.title) {
            Reads::Short
        } else {
            Reads::Cryptic
        };
    }
    if is_unjudged(vocabulary.language) {
        return Reads::Unknown;
    }
    if is_cut(tokens, token, text) {
        return Reads::Abbreviated;
    }
    match run_together(text) {
        // Among small words a word that is spelt oddly is a slip of the pen: `Hemolytic uremic snydrome`.
        Reads::Unknown
            if !token.title_case
                && (begins_oddly(text)
                    || ((token.capitals || !tokens.has_gaps())
                        && is_shorthand(text, vocabulary))) =>
        {
            Reads::Cryptic
        }
        reads => reads,
    }
}

/// Whether an unknown word is put together from stumps of words rather than from syllables: `pclass`, `NUMGQTRS`.
fn is_shorthand(text: &str, vocabulary: &Vocabulary<'_>) -> bool {
    // Too few words to tell the language by: another one may be spelt so.
    let most = if vocabulary.language == Language::English {
        1
    } else {
        2
    };
    text.len() > 4
        && english::odd_triples(text) > most
        && !ends_as_a_place(text)
        && !words(vocabulary.title).any(|word| word == text)
}

/// Names of towns join two words where no other word would: `rockville`, `hinckley`, `bergstrom`.
fn ends_as_a_place(text: &str) -> bool {
    const ENDS: [&str; 22] = [
        "ville", "burg", "burgh", "borough", "boro", "bury", "field", "ford", "town", "ton",
        "wood", "land", "shire", "dale", "stein", "berg", "worth", "ham", "ridge", "brook", "ley",
        "sky",
    ];
    ENDS.iter().any(|end| {
        text.strip_suffix(end)
            .is_some_and(|start| start.len() >= 3 && has_true_vowel(start))
    })
}

/// Two consonants with which no word begins, in English or in names that readers meet: `pclass`, `xmin`, `dcode`.
fn begins_oddly(text: &str) -> bool {
    let mut letters = text.chars();
    let (Some(first), Some(second)) = (letters.next(), letters.next()) else {
        return false;
    };
    let consonant = |letter: char| {
        letter.is_ascii_lowercase() && !matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u' | 'y')
    };
    let follows = match first {
        'b' => "hjlrw",
        'c' => "hlnrz",
        'd' => "hjrvwz",
        'f' => "jlr",
        'g' => "hjlnrw",
        'h' => "lmrv",
        'k' => "hjlnrvw",
        'l' => "lh",
        'm' => "bcnp",
        'n' => "dgjk",
        'p' => "fhlnrst",
        'r' => "h",
        's' => "bchjklmnpqrtvwz",
        't' => "hjlrsvwz",
        'v' => "lr",
        'w' => "hr",
        'z' => "bdhlmnw",
        _ => "",
    };
    consonant(first) && consonant(second) && !follows.contains(second)
}

fn spanish_word(text: &str) -> Reads {
    let bare = without_accents(text);
    if let Some(entry) = abbreviations::spanish(&bare) {
        return match entry.kind {
            Kind::Known => Reads::Short,
            Kind::Word => Reads::AlsoWord,
            Kind::Mild => Reads::Mild,
            Kind::Short => Reads::Abbreviated,
        };
    }
    if is_short_foreign(&bare, Some("es")) || abbreviations::is_known_acronym(&bare) {
        return Reads::Short;
    }
    let letters = bare.chars().count();
    if letters <= 3 || !has_vowel(&bare) {
        // `por`, `que` stand in the list; what is left are codes, but for the few English words that everyone uses.
        return if english::is_common(&bare) && letters == 3 {
            Reads::Short
        } else {
            Reads::Cryptic
        };
    }
    if ends_unlike_spanish(&bare) && english::look_up(&bare).is_none() {
        return Reads::Abbreviated;
    }
    Reads::Plain
}

/// Spanish words end in a vowel or in one of a few consonants; what ends otherwise is cut short (`porc`, `financ`) or a
/// row of initials (`isac`, `ucii`).
fn ends_unlike_spanish(bare: &str) -> bool {
    bare.ends_with(['b', 'c', 'f', 'g', 'h', 'k', 'm', 'p', 'q', 't', 'v', 'w'])
        || bare.contains("ii")
}

/// Whether the letters that a single one stands among give it a meaning.
fn single_letter(tokens: &Tokens, index: usize) -> Reads {
    let Some(token) = tokens.tokens.get(index) else {
        return Reads::Neutral;
    };
    let text = tokens.text(token);
    let alone = tokens.tokens.len() == 1;
    if matches!(text, "x" | "y" | "z") {
        let placed = tokens.words().any(|word| {
            word.starts_with("coord")
                || word.starts_with("centroid")
                || matches!(word, "lat" | "lon" | "long" | "latitude" | "longitude")
                || word.starts_with("axis")
                || matches!(
                    word,
                    "position"
                        | "location"
                        | "point"
                        | "projection"
                        | "min"
                        | "max"
                        | "ray"
                        | "wgs"
                        | "map"
                        | "center"
                        | "start"
                        | "end"
                        | "chromosome"
                        | "linked"
                        | "street"
                )
        });
        let pair = tokens
            .words()
            .all(|word| matches!(word, "x" | "y" | "z" | "and" | "or"));
        return if alone || placed || pair {
            Reads::Neutral
        } else {
            Reads::Cryptic
        };
    }
    if !text.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return Reads::Neutral;
    }
    // `w/ Injuries`, `w/o Advanced`.
    let with = match text {
        "w" => token.after == Some('/') && index + 1 < tokens.tokens.len(),
        "o" => token.before == Some('/') && index > 0 && tokens.get(index - 1) == Some("w"),
        _ => false,
    };
    if with
        || token.after == Some('.')
        || token.before == Some('°')
        || token.before == Some('-')
        || token.after == Some('-')
    {
        return Reads::Neutral;
    }
    let first = index == 0;
    let last = index + 1 == tokens.tokens.len();
    let article = match text {
        "a" | "e" | "o" => !first && !last,
        "i" => true,
        "y" => !first && !last,
        // What is left of a possessive or a bracketed plural: `Driver s`, `Owner(s)`.
        "s" => !first,
        _ => false,
    };
    let leading_a = text == "a" && first && !alone && token.after == Some(' ');
    let graded = [index.checked_sub(1), index.checked_add(1)]
        .into_iter()
        .flatten()
        .filter_map(|near| tokens.get(near))
        .any(is_graded);
    if article || leading_a || graded {
        Reads::Neutral
    } else {
        Reads::Cryptic
    }
}

/// Nouns that are told apart by a letter.
fn is_graded(word: &str) -> bool {
    matches!(
        word,
        "class"
            | "grade"
            | "type"
            | "phase"
            | "vitamin"
            | "plan"
            | "zone"
            | "group"
            | "hepatitis"
            | "title"
            | "part"
            | "schedule"
            | "level"
            | "section"
            | "category"
            | "tier"
            | "block"
            | "building"
            | "option"
            | "influenza"
            | "model"
            | "appendix"
            | "table"
            | "form"
            | "unit"
            | "lot"
            | "route"
            | "chlorophyll"
            | "fever"
            | "terminal"
            | "exhibit"
            | "attachment"
            | "step"
            | "district"
            | "line"
    )
}

/// Whether a name lost its end: a table format of the nineties keeps ten characters of a name.
fn is_cut(tokens: &Tokens, token: &Token, text: &str) -> bool {
    let is_last = token.end == tokens.folded.len();
    let separators = tokens
        .tokens
        .iter()
        .skip(1)
        .filter(|token| token.before.is_some())
        .count();
    let at_limit = is_last && tokens.letters + separators == 10;
    at_limit && text.len() >= 4 && (english::is_cut_word(text) || has_stump(text))
}

/// A whole word and the first letters of another: `inceptiond`, `complexnam`.
fn has_stump(text: &str) -> bool {
    (1..=3).any(|stump| {
        let Some((word, rest)) = text
            .len()
            .checked_sub(stump)
            .filter(|&end| end >= 5)
            .and_then(|end| text.split_at_checked(end))
        else {
            return false;
        };
        // `responders` ends as a word does.
        let ends = matches!(
            rest,
            "ers" | "ing" | "ion" | "ies" | "ity" | "ism" | "ist" | "ous" | "ive" | "men" | "age"
        );
        (stump < 3 || (english::is_cut_word(rest) && !ends))
            && english::look_up(word).is_some_and(|known| known != Known::Proper)
    })
}

/// Whole words without a gap, or a word with shorthand grown onto it (`violdate`).
fn run_together(text: &str) -> Reads {
    if english::split_words(text).is_some() {
        return Reads::RunTogether;
    }
    match compound(text) {
        Some(parts) if parts.has_shorthand() => Reads::Abbreviated,
        Some(_) => Reads::RunTogether,
        None => Reads::Unknown,
    }
}

/// A token made of an abbreviation and a word, in either order, or of two abbreviations.
struct Compound<'t> {
    first: Part<'t>,
    second: Part<'t>,
}

#[derive(Clone, Copy)]
enum Part<'t> {
    Word(&'t str),
    Shorthand(&'t str, &'static Abbreviation),
}

impl Compound<'_> {
    fn has_shorthand(&self) -> bool {
        let hard = |part: &Part<'_>, other: &Part<'_>| match (part, other) {
            (Part::Shorthand(_, entry), Part::Word(word)) => {
                entry.kind == Kind::Short || (entry.kind != Kind::Word && word.len() < 4)
            }
            (Part::Shorthand(_, entry), Part::Shorthand(..)) => entry.kind != Kind::Known,
            (Part::Word(_), _) => false,
        };
        hard(&self.first, &self.second) || hard(&self.second, &self.first)
    }
}

fn compound(text: &str) -> Option<Compound<'_>> {
    if !(5..=24).contains(&text.len()) || !text.is_ascii() {
        return None;
    }
    (2..text.len() - 1).find_map(|at| {
        let (first, second) = text.split_at_checked(at)?;
        let pair = (part(first)?, part(second)?);
        let sound = match pair {
            (Part::Word(_), Part::Word(_)) => false,
            (Part::Shorthand(short, _), Part::Word(word))
            | (Part::Word(word), Part::Shorthand(short, _)) => {
                let bare = !has_true_vowel(short) && (short.len() >= 3 || is_common_pair(short));
                (word.len() >= 4 && (short.len() >= 4 || bare)) || (bare && is_small_noun(word))
            }
            // Two pieces of shorthand are told for sure only where one has no vowel: `resdttm`.
            (Part::Shorthand(a, _), Part::Shorthand(b, _)) => {
                let bare = |short: &str| short.len() >= 3 && !has_true_vowel(short);
                (bare(a) && b.len() >= 3) || (bare(b) && a.len() >= 3)
            }
        };
        sound.then_some(Compound {
            first: pair.0,
            second: pair.1,
        })
    })
}

fn part(text: &str) -> Option<Part<'_>> {
    if let Some(entry) = abbreviations::english(text).filter(|entry| !entry.readings.is_empty()) {
        return Some(Part::Shorthand(text, entry));
    }
    (text.len() >= 3 && english::is_common(text)).then_some(Part::Word(text))
}

/// Nouns of three letters that field names are made with.
fn is_small_noun(word: &str) -> bool {
    matches!(
        word,
        "day" | "age" | "end" | "fee" | "tax" | "use" | "sex" | "way" | "key" | "sum"
    )
}

/// Shorthand of two letters that is found grown onto words; others (`pr` in `prking`) are chance.
fn is_common_pair(short: &str) -> bool {
    matches!(short, "dt" | "cd" | "nm" | "yr" | "tm" | "nu")
}

fn has_true_vowel(text: &str) -> bool {
    text.bytes()
        .any(|letter| matches!(letter, b'a' | b'e' | b'i' | b'o' | b'u'))
}

fn has_vowel(text: &str) -> bool {
    text.chars()
        .any(|letter| matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u' | 'y') || !letter.is_ascii())
}

static FOREIGN: LazyLock<QuickMap<&'static str, Vec<&'static str>>> = LazyLock::new(|| {
    let mut words: QuickMap<&'static str, Vec<&'static str>> = QuickMap::default();
    for line in include_str!("../../data/short-words.tsv").lines() {
        if let Some((language, list)) = line.split_once('\t') {
            for word in list.split_whitespace() {
                words.entry(word).or_default().push(language);
            }
        }
    }
    words
});

/// Whether a folded token without accents is a short word of another language (of one, where it is given).
fn is_short_foreign(word: &str, language: Option<&str>) -> bool {
    word.len() <= 4
        && FOREIGN
            .get(word)
            .is_some_and(|found| language.is_none_or(|wanted| found.contains(&wanted)))
}

fn has_foreign_word(tokens: &Tokens) -> bool {
    tokens
        .words()
        .any(|word| english::look_up(word).is_none() && is_short_foreign(word, None))
}

fn is_us_state(text: &str) -> bool {
    const STATES: &str = "al ak az ar ca co ct de fl ga hi id il in ia ks ky la me md ma mi mn ms mo mt ne nv nh nj nm \
                          ny nc nd oh ok or pa ri sc sd tn tx ut vt va wa wv wi wy dc pr";
    STATES.split(' ').any(|state| state == text)
}

/// Folded text with the accents of the western European languages taken off.
pub(crate) fn without_accents(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let bare = |letter: char| match letter {
        'á' | 'à' | 'â' | 'ã' | 'ä' | 'å' => 'a',
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'í' | 'ì' | 'î' | 'ï' => 'i',
        'ó' | 'ò' | 'ô' | 'õ' | 'ö' => 'o',
        'ú' | 'ù' | 'û' | 'ü' => 'u',
        'ñ' => 'n',
        'ç' => 'c',
        other => other,
    };
    Cow::Owned(text.chars().map(bare).collect())
}

/// Whether a text gives the words that an acronym stands for: `Once Through Cooling (OTC)`.
fn is_spelt_out(acronym: &str, text: &str) -> bool {
    text.len() > acronym.len() && spelt_out(acronym, text).is_some()
}

/// Whether the texts of a record explain every piece of shorthand in a name: an acronym written out
/// (`Estimated Market Value`), or what the tables read in an abbreviation (`Cum`, "cumulative counts").
///
/// Only title and main texts are read, and of those the beginning: what explains a field stands there, and a record may
/// have ten thousand fields.
#[must_use]
pub fn is_told(name: &str, vocabulary: &Vocabulary<'_>) -> bool {
    let tokens = Tokens::of(last_of_path(name));
    let mut shorthand = false;
    let mut index = 0;
    while index < tokens.tokens.len() {
        let (reads, used) = read(&tokens, index, vocabulary);
        if matches!(reads, Reads::Abbreviated | Reads::Cryptic) {
            shorthand = true;
            if used > 1
                || !tokens
                    .get(index)
                    .is_some_and(|token| vocabulary.tells(token))
            {
                return false;
            }
        }
        index += used;
    }
    shorthand
}

/// The words of a text that stand before or in the brackets beside an acronym and begin with its letters.
fn spelt_out(acronym: &str, text: &str) -> Option<String> {
    Bracket::each(text).find_map(|bracket| bracket.spells_out(acronym))
}

/// No text that helps a reader spells out more acronyms than this.
const MOST_BRACKETS: usize = 256;

/// The words of an acronym stand within so many bytes of it. The limit also keeps a text of nothing but brackets from
/// being read again and again.
const NEAR: usize = 160;

fn near_start(text: &str) -> &str {
    (NEAR..NEAR + 4)
        .find_map(|end| text.get(..end))
        .unwrap_or(text)
}

fn near_end(text: &str) -> &str {
    let start = text.len().saturating_sub(NEAR);
    (start..start + 4)
        .find_map(|start| text.get(start..))
        .unwrap_or(text)
}

/// The words at the end of a text whose initials are the acronym; small words may stand between them.
fn initials_at_end(acronym: &str, text: &str) -> Option<String> {
    let mut letters = acronym.chars().rev().peekable();
    let mut taken = Vec::new();
    for word in text.split_whitespace().rev().take(acronym.len() * 2) {
        let Some(&letter) = letters.peek() else {
            break;
        };
        let pieces = word.trim_matches(|character: char| !character.is_alphanumeric());
        let initial = pieces.chars().next()?.to_lowercase().next()?;
        if initial == letter {
            letters.next();
        } else if taken.is_empty() || !is_small_word(pieces) {
            return None;
        }
        taken.push(pieces);
    }
    if letters.peek().is_some() || taken.len() < 2 {
        return None;
    }
    taken.reverse();
    Some(taken.join(" "))
}

fn starts_with_initials(acronym: &str, text: &str) -> bool {
    let initials: String = text
        .split(|character: char| !character.is_alphanumeric())
        .filter(|word| !word.is_empty() && !is_small_word(word))
        .filter_map(|word| word.chars().next())
        .flat_map(char::to_lowercase)
        .collect();
    initials == acronym
}

fn is_small_word(word: &str) -> bool {
    let word = fold(word);
    matches!(
        word.as_ref(),
        "of" | "the"
            | "and"
            | "for"
            | "in"
            | "to"
            | "on"
            | "a"
            | "an"
            | "at"
            | "by"
            | "de"
            | "del"
            | "la"
            | "las"
            | "los"
            | "el"
            | "y"
            | "en"
    )
}

/// Names that need no description: a reader knows what stands in such a column.
#[must_use]
pub fn is_self_evident(name: &str) -> bool {
    const NAMES: [&str; 48] = [
        "latitude",
        "longitude",
        "address",
        "street",
        "street name",
        "street address",
        "city",
        "state",
        "county",
        "country",
        "zip",
        "zip code",
        "postal code",
        "year",
        "month",
        "day",
        "date",
        "time",
        "name",
        "first name",
        "last name",
        "title",
        "description",
        "comments",
        "notes",
        "phone",
        "phone number",
        "email",
        "website",
        "url",
        "id",
        "location",
        "category",
        "type",
        "status",
        "district",
        "neighborhood",
        "council district",
        "ward",
        "department",
        "agency",
        "zipcode",
        "lat",
        "lon",
        "long",
        "e mail",
        "email address",
        "neighbourhood",
    ];
    let tokens = Tokens::of(name);
    let mut found = String::with_capacity(name.len() + 4);
    for word in tokens.words().take(4) {
        if !found.is_empty() {
            found.push(' ');
        }
        found.push_str(word);
    }
    NAMES.contains(&found.as_str())
}

/// The plain name to offer for an abbreviated one, or `None` where neither the tables nor the record tell anything.
///
/// `Crm Cd` gives `Crime code`. A reading is chosen by the field's description, then by the record's texts, then by
/// the tokens beside it; what nothing decides is left to the steward in `readings`.
#[must_use]
pub fn expand(
    name: &str,
    description: Option<&str>,
    vocabulary: &Vocabulary<'_>,
) -> Option<Expansion> {
    if !may_expand(name, vocabulary.language) {
        return None;
    }
    let tokens = Tokens::of(last_of_path(name));
    let mut writer = Writer {
        tokens: &tokens,
        description: description.unwrap_or_default(),
        vocabulary,
        names: vec![String::new()],
        complete: true,
        // Signs are lost among the tokens, and with them what they say: `% of Exits to PH`.
        partial: name.contains(['%', '#', '&', '+', '<', '>', '$', '/', '"']),
        expanded: false,
        unexplained: false,
    };
    let mut index = 0;
    while index < tokens.tokens.len() && index < MOST_WRITTEN && !writer.unexplained {
        index += writer.write(index);
    }
    writer.finish()
}

/// So many tokens of a name are written out.
const MOST_WRITTEN: usize = 12;

/// Whether a name holds anything to write out, whatever its record says; `false` for most names, and quick to ask.
pub(crate) fn may_expand(name: &str, language: Language) -> bool {
    thread_local!(static KNOWN: [Memo<bool>; 2] = const { [const { Memo::new() }; 2] });
    let spanish = language == Language::Spanish;
    let find = |name: &str| {
        let tokens = Tokens::of(last_of_path(name));
        let may = |(index, token): (usize, &Token)| {
            let text = tokens.text(token);
            if spanish {
                abbreviations::spanish(&without_accents(text)).is_some()
            } else {
                !token.digits
                    && (phrase_at(&tokens, index).is_some()
                        || (!abbreviations::is_known_acronym(text)
                            && (abbreviations::english(text).is_some()
                                || english::look_up(text).is_none())))
            }
        };
        let mut written = tokens.tokens.iter().enumerate().take(MOST_WRITTEN);
        written.any(may)
    };
    KNOWN.with(|known| match known.get(usize::from(spanish)) {
        Some(known) => known.get(name, find),
        None => find(name),
    })
}

/// Every word that [`expand`] may put into a name beyond its own, whatever the record says; `None` where the record may
/// spell an acronym out, so that it could be any.
pub(crate) fn possible_words<'d>(
    name: &str,
    description: &'d str,
    language: Language,
) -> Option<Vec<Cow<'d, str>>> {
    let tokens = Tokens::of(last_of_path(name));
    let nothing = Vocabulary::new(language);
    let mut words: Vec<Cow<'d, str>> = Vec::new();
    let add = |words: &mut Vec<Cow<'d, str>>, entry: &'static Abbreviation| {
        words.extend(entry.readings.iter().map(|reading| reading.words.into()));
    };
    for (index, token) in tokens.tokens.iter().enumerate().take(MOST_WRITTEN) {
        let text = tokens.text(token);
        if language == Language::Spanish {
            let entry = abbreviations::spanish(&without_accents(text));
            entry.into_iter().for_each(|entry| add(&mut words, entry));
            continue;
        }
        if token.digits {
            continue;
        }
        words.extend(phrase_at(&tokens, index).map(|(phrase, _)| phrase.into()));
        if joined_entry(&tokens, index).is_some() {
            words.extend(tokens.joined(index).map(|text| text.to_owned().into()));
        }
        if let Some(entry) = abbreviations::english(text) {
            add(&mut words, entry);
            words.extend(completed_by(text, description).map(Cow::from));
        } else if english::look_up(text).is_none() {
            let cut = is_cut(&tokens, token, text);
            if cut || read(&tokens, index, &nothing).0 == Reads::Cryptic {
                return None;
            }
            for part in compound(text)
                .map(|both| [both.first, both.second])
                .into_iter()
                .flatten()
            {
                match part {
                    Part::Word(word) => words.push(word.to_owned().into()),
                    Part::Shorthand(text, entry) => {
                        add(&mut words, entry);
                        words.extend(completed_by(text, description).map(Cow::from));
                    }
                }
            }
        }
    }
    Some(words)
}

/// Puts an expanded name together.
struct Writer<'t, 'v> {
    tokens: &'t Tokens,
    description: &'t str,
    vocabulary: &'t Vocabulary<'v>,
    /// The names that are possible so far.
    names: Vec<String>,
    complete: bool,
    /// A token stays as it is that may be shorthand: the name is not worth offering.
    partial: bool,
    expanded: bool,
    /// A token is left that nothing explains: no name is offered at all.
    unexplained: bool,
}

impl Writer<'_, '_> {
    /// Writes the token at `index` out; returns how many tokens were used.
    fn write(&mut self, index: usize) -> usize {
        let Some(token) = self.tokens.tokens.get(index) else {
            return 1;
        };
        let text = self.tokens.text(token);
        let said = |name: &String| name.split(' ').any(|word| word == text);
        if token.bracketed && self.names.iter().all(said) {
            return 1;
        }
        if self.vocabulary.language == Language::Spanish {
            self.write_spanish(text);
            return 1;
        }
        if token.digits {
            if let Some(ordinal) = self.tokens.joined(index).filter(|text| is_ordinal(text)) {
                self.push(&[ordinal]);
                return 2;
            }
            // A decimal number or a date has lost its signs.
            self.complete &= index
                .checked_sub(1)
                .and_then(|at| self.tokens.tokens.get(at))
                .is_none_or(|before| !before.digits);
            self.push(&[text]);
            return 1;
        }
        if text.len() == 1 && single_letter(self.tokens, index) == Reads::Cryptic {
            self.unexplained = true;
            return 1;
        }
        if let Some((words, count)) = phrase_at(self.tokens, index) {
            self.expanded = true;
            self.push(&[words]);
            return count;
        }
        if let Some(joined) = joined_entry(self.tokens, index).and(self.tokens.joined(index)) {
            self.push(&[&joined.to_uppercase()]);
            return 2;
        }
        self.write_word(index, text);
        1
    }

    fn write_spanish(&mut self, text: &str) {
        let bare = without_accents(text);
        let reads = spanish_word(text);
        // Accents cannot be put back with certainty, so a Spanish name is only ever a proposal.
        self.complete = false;
        let hard = matches!(reads, Reads::Abbreviated | Reads::Mild);
        match abbreviations::spanish(&bare)
            .and_then(|entry| entry.readings.first())
            .filter(|_| hard)
        {
            Some(reading) => {
                self.expanded = true;
                self.push(&[reading.words]);
            }
            None => {
                self.unexplained |= reads == Reads::Cryptic;
                self.push(&[text]);
            }
        }
    }

    fn write_word(&mut self, index: usize, text: &str) {
        let in_capitals = self
            .tokens
            .tokens
            .get(index)
            .is_some_and(|token| token.capitals)
            && self.tokens.has_small_letter;
        // `Employees who are residents` names no World Health Organization.
        if abbreviations::is_known_acronym(text) && (in_capitals || !english::is_common(text)) {
            self.push(&[&text.to_uppercase()]);
            return;
        }
        if let Some(entry) = abbreviations::english(text) {
            self.write_entry(index, text, entry, false);
            return;
        }
        match english::look_up(text) {
            Some(Known::Proper) => return self.push(&[&sentence_case(text)]),
            Some(_) => {
                // `HOOD_CD`, `PET_IND`: cut words that happen to be words.
                // `veh_long` is a longitude.
                let cut = (text.len() == 3 && !is_word_of_names(text)) || text == "long";
                self.partial |= cut && !self.is_said(text);
                return self.push(&[text]);
            }
            None => {}
        }
        let Some(token) = self.tokens.tokens.get(index) else {
            return;
        };
        let cut = is_cut(self.tokens, token, text);
        let reads = read(self.tokens, index, self.vocabulary).0;
        let told = if cut || reads == Reads::Cryptic {
            self.told_by_texts(text)
                .or_else(|| cut.then(|| english::only_completion(text)).flatten())
        } else {
            None
        };
        if let Some(words) = told {
            self.expanded = true;
            self.push(&[&words]);
        } else if let Some(pieces) = english::split_words(text).filter(|_| !token.title_case) {
            self.push(&[&pieces.join(" ")]);
        } else if let Some(parts) = compound(text) {
            self.write_part(index, parts.first);
            self.write_part(index, parts.second);
        } else {
            // `TELFS: allocation flag`: unknown capitals among small letters are a code, which stays what it is.
            let code = token.capitals && self.tokens.has_small_letter;
            self.unexplained |= cut || code || reads == Reads::Cryptic;
            self.partial |= !self.is_said(text);
            self.push(&[text]);
        }
    }

    fn write_part(&mut self, index: usize, part: Part<'_>) {
        match part {
            Part::Word(word) => self.push(&[word]),
            Part::Shorthand(text, entry) => self.write_entry(index, text, entry, true),
        }
    }

    /// Writes an abbreviation with the reading that the record decides for, or with all of them.
    fn write_entry(&mut self, index: usize, text: &str, entry: &'static Abbreviation, grown: bool) {
        let hard = grown || matches!(entry.kind, Kind::Short | Kind::Mild);
        // A field's own description knows better than the table: `LIB`, `Libertarian votes`.
        let other = completed_by(text, self.description).filter(|word| {
            let alike = |reading: &Reading| {
                let beginning = word.get(..5.min(word.len()));
                beginning.is_some_and(|beginning| reading.words.starts_with(beginning))
            };
            hard && !entry.readings.iter().any(alike)
        });
        let yes_or_no =
            text == "no" && index.checked_sub(1).and_then(|at| self.tokens.get(at)) == Some("yes");
        let plain_word = entry.kind == Kind::Known && text.len() > 2 && english::is_common(text);
        if yes_or_no || plain_word {
            self.push(&[text]);
        } else if let Some(word) = other {
            self.expanded = true;
            self.push(&[&word]);
        } else if let Some((reading, certain)) = self.choose(index, entry) {
            self.expanded |= hard || !english::is_common(text);
            self.complete &= self.is_supported(reading);
            let doubtful = !certain || (text == "cd" && reading.words == "code");
            self.partial |= doubtful && !self.is_usual(index, text, reading);
            self.push(&[reading.words]);
        } else if hard {
            self.expanded = true;
            self.complete = false;
            let words: Vec<&str> = entry
                .readings
                .iter()
                .take(3)
                .map(|reading| reading.words)
                .collect();
            self.push(&words);
        } else {
            // `cat` beside a code is hardly an animal.
            self.partial |= text.len() < 4 && !entry.readings.is_empty();
            self.push(&[text]);
        }
    }

    /// Whether a token of two letters has its usual reading: where it commonly stands, or where the record says the word.
    /// In two letters chance is too large otherwise: `PH` is a phone, an acidity and permanent housing.
    fn is_usual(&self, index: usize, text: &str, reading: &Reading) -> bool {
        let last = index > 0 && index + 1 == self.tokens.tokens.len();
        if text == "cd" {
            // `CD_Longitude` is that of a council district, whatever codes the record speaks of.
            return last;
        }
        text.len() > 2
            || matches!(text, "fy" | "yr" | "hr" | "pd" | "vs")
            || (last && matches!(text, "no" | "nm" | "dt" | "cd" | "wt" | "ht"))
            || reading
                .words
                .split(' ')
                .all(|word| is_small_word(word) || self.is_said(word))
    }

    /// Whether the field's description or the record's texts use a word.
    fn is_said(&self, word: &str) -> bool {
        mentions(self.description, word) || self.vocabulary.mention(word)
    }

    /// The reading that the record or the tokens beside it decide for, and whether anything does: else it is the only
    /// one, or the usual one.
    fn choose(
        &self,
        index: usize,
        entry: &'static Abbreviation,
    ) -> Option<(&'static Reading, bool)> {
        let numbered = |number: usize| entry.readings.get(number);
        let by_context = || {
            let near = [index.checked_sub(1), index.checked_add(1)];
            entry.readings.iter().find(|reading| {
                near.iter()
                    .flatten()
                    .filter_map(|&near| self.tokens.get(near))
                    .any(|token| reading.context.contains(&token))
            })
        };
        let only = || {
            let one = entry.readings.len() == 1 && entry.kind != Kind::Word;
            entry.readings.first().filter(|_| one)
        };
        // `cd` is a code wherever nothing beside it makes it a council district.
        let usual = || {
            let (first, rest) = entry.readings.split_first()?;
            let others_need_context = rest.iter().all(|reading| !reading.context.is_empty());
            let chosen = first.context.is_empty() && others_need_context && !rest.is_empty();
            (chosen && entry.kind != Kind::Word).then_some(first)
        };
        only_reading(entry, self.description)
            .and_then(numbered)
            .or_else(by_context)
            .map(|reading| (reading, true))
            .or_else(|| Some((only()?, false)))
            .or_else(|| {
                let decided = self.vocabulary.decides_for(entry).and_then(numbered)?;
                Some((decided, true))
            })
            .or_else(|| Some((usual()?, false)))
    }

    /// Short acronyms have other meanings elsewhere: one of three words or more is certain only where the record uses
    /// two of them.
    fn is_supported(&self, reading: &Reading) -> bool {
        let words = reading.words.split(' ').filter(|word| !is_small_word(word));
        if words.clone().count() < 3 {
            return true;
        }
        words.filter(|word| self.is_said(word)).count() > 1
    }

    /// What the record's texts say that an acronym or a cut word stands for.
    fn told_by_texts(&self, text: &str) -> Option<String> {
        if text.len() < 2 || !text.is_ascii() {
            return None;
        }
        spelt_out(text, self.description)
            .or_else(|| self.vocabulary.spells_out(text))
            .or_else(|| completed_by(text, self.description))
    }

    /// Appends each of the readings to each of the names so far, at most three in all.
    fn push(&mut self, readings: &[&str]) {
        if let ([name], [reading]) = (self.names.as_mut_slice(), readings) {
            if !name.is_empty() {
                name.push(' ');
            }
            name.push_str(reading);
            return;
        }
        let mut names = Vec::with_capacity(3);
        for reading in readings {
            for name in &self.names {
                if names.len() == 3 {
                    break;
                }
                let gap = if name.is_empty() { "" } else { " " };
                names.push(format!("{name}{gap}{reading}"));
            }
        }
        self.names = names;
    }

    fn finish(self) -> Option<Expansion> {
        if !self.expanded || self.unexplained {
            return None;
        }
        let mut names: Vec<String> = self
            .names
            .iter()
            .map(|name| sentence_case(&without_echo(name)))
            .collect();
        names.dedup();
        let text = names.first()?.clone();
        // `NTA - Neighborhood Tabulation Area` is spelt out already.
        let mut said: Vec<&str> = text.split(' ').filter(|word| word.len() > 4).collect();
        let all = said.len();
        said.sort_unstable();
        said.dedup();
        let repeats = said.len() < all;
        let one = names.len() == 1 && !repeats;
        Some(Expansion {
            text,
            complete: self.complete && !self.partial && one,
            readings: if names.len() == 1 || self.partial {
                Vec::new()
            } else {
                names
            },
        })
    }
}

/// Words of three letters that stand in names as what they are.
fn is_word_of_names(text: &str) -> bool {
    const WORDS: [&str; 56] = [
        "age", "air", "all", "and", "any", "are", "big", "box", "bus", "car", "day", "due", "end",
        "fee", "few", "fix", "for", "gas", "has", "job", "key", "law", "lot", "low", "man", "map",
        "max", "men", "min", "net", "new", "not", "now", "off", "oil", "old", "one", "out", "own",
        "pay", "per", "raw", "run", "sea", "sex", "six", "sum", "tax", "ten", "the", "top", "two",
        "use", "was", "who", "zip",
    ];
    WORDS.contains(&text)
}

/// `Situs Location` would be the property location location.
fn without_echo(name: &str) -> String {
    let mut words: Vec<&str> = name.split(' ').collect();
    words.dedup();
    words.join(" ")
}

/// The one word of a description that a token is the beginning of.
fn completed_by(token: &str, description: &str) -> Option<String> {
    if token.len() < 3 {
        return None;
    }
    let mut found: Option<String> = None;
    for word in super::fold::words(description) {
        if word.len() > token.len() + 1 && word.starts_with(token) && word != token {
            if found.as_deref().is_some_and(|before| before != word) {
                return None;
            }
            found = Some(word.into_owned());
        }
    }
    found.filter(|word| english::look_up(word).is_some())
}

/// Whether every word of `phrase` occurs in `text`, endings of number aside.
fn mentions_all(text: &str, phrase: &str) -> bool {
    !text.is_empty()
        && phrase
            .split(' ')
            .filter(|word| !is_small_word(word))
            .all(|word| mentions(text, word))
}

fn mentions(text: &str, wanted: &str) -> bool {
    let wanted = wanted.as_bytes();
    let Some(first) = wanted.first() else {
        return false;
    };
    let bytes = text.as_bytes();
    memchr::memchr2_iter(
        first.to_ascii_lowercase(),
        first.to_ascii_uppercase(),
        bytes,
    )
    .any(|at| {
        let starts = at
            .checked_sub(1)
            .and_then(|before| bytes.get(before))
            .is_none_or(|byte| !byte.is_ascii_alphabetic());
        let Some(rest) = bytes.get(at..).filter(|_| starts) else {
            return false;
        };
        let matches = rest
            .get(..wanted.len())
            .is_some_and(|word| word.eq_ignore_ascii_case(wanted));
        let tail = rest.get(wanted.len()..).unwrap_or_default();
        let ends = |tail: &[u8]| tail.first().is_none_or(|byte| !byte.is_ascii_alphabetic());
        matches
            && (ends(tail)
                || (tail.first() == Some(&b's') && ends(tail.get(1..).unwrap_or_default())))
    })
}

fn sentence_case(text: &str) -> String {
    let mut characters = text.chars();
    characters
        .next()
        .map(|first| first.to_uppercase().chain(characters).collect())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{Expansion, NameVerdict, Tokens, Vocabulary, expand, is_self_evident, judge};
    use crate::lexicon::fold::name_words;
    use crate::lexicon::language::Language;

    fn english(name: &str) -> NameVerdict {
        judge(name, &Vocabulary::new(Language::English))
    }

    fn plain_name(name: &str, description: &str) -> Option<Expansion> {
        let description = (!description.is_empty()).then_some(description);
        expand(name, description, &Vocabulary::new(Language::English))
    }

    #[test]
    fn splits_as_the_shared_tokens_do() {
        for name in [
            "CRM_Cd2",
            "NPDESPermit",
            "PDFs sent",
            "Owner's Name",
            "a1B2-c",
            "Größe_m2",
            "",
        ] {
            let found: Vec<String> = Tokens::new(name).words().map(str::to_owned).collect();
            assert_eq!(found, name_words(name), "{name}");
        }
    }

    #[test]
    fn takes_plain_names_for_plain_whatever_their_case() {
        for name in [
            "Report Date",
            "report_date",
            "REPORT_DATE",
            "reportDate",
            "Unit ID",
            "Contact URL",
            "GPS Latitude",
            "Site No.",
            "10th Percentile",
            "Pct Change",
            "Grade A",
            "CO2 Emissions",
            "X Coordinate",
            "Owner's Name",
            "% of Goal",
            "trees/planting_date",
            "Cases (ABCX 2014)",
        ] {
            assert!(english(name).is_plain(), "{name}: {:?}", english(name));
        }
    }

    #[test]
    fn whole_words_without_a_gap_are_run_together() {
        assert_eq!(english("PERMITCOUNT"), NameVerdict::RunTogether);
        assert_eq!(english("reportdate"), NameVerdict::RunTogether);
    }

    #[test]
    fn an_unknown_word_is_no_alarm() {
        assert_eq!(english("Wexborough Station"), NameVerdict::UnknownWord);
    }

    #[test]
    fn shorthand_codes_and_cut_words_are_not_plain() {
        for name in [
            "Insp Cd",
            "inspdate",
            "B_ELE",
            "DU_ADDED",
            "Constructi",
            "the_geom",
            "st_area(shape)",
            "Cum 2017",
            "GL Date",
        ] {
            assert!(!english(name).is_plain(), "{name}: {:?}", english(name));
        }
    }

    #[test]
    fn a_mild_abbreviation_needs_a_plain_word_beside_it() {
        assert!(english("Total Amt").is_plain());
        assert_eq!(english("AMT"), NameVerdict::Abbreviated);
    }

    #[test]
    fn numbered_columns_are_generic_and_periods_are_values() {
        assert_eq!(english("Column 7"), NameVerdict::Generic);
        assert_eq!(english("PermitDateField2"), NameVerdict::Generic);
        assert_eq!(english(""), NameVerdict::Generic);
        assert_eq!(english("2016"), NameVerdict::Value);
        assert_eq!(english("Aug"), NameVerdict::Value);
        assert!(english("Aug").is_plain());
    }

    #[test]
    fn an_acronym_that_the_title_spells_out_is_read() {
        let mut vocabulary = Vocabulary::new(Language::English);
        vocabulary.set_title("Green Roof Program (GRP) Sites");
        assert!(judge("GRP Area", &vocabulary).is_plain());
        assert!(!judge("GRQ Area", &vocabulary).is_plain());
    }

    #[test]
    fn other_languages_are_not_cryptic_for_being_foreign() {
        let spanish = Vocabulary::new(Language::Spanish);
        for name in [
            "fecha_de_inicio",
            "año",
            "nro_expediente",
            "Código postal",
            "cantidad_por_mes",
        ] {
            assert!(judge(name, &spanish).is_plain(), "{name}");
        }
        assert!(!judge("pobl_tot", &spanish).is_plain());
        assert!(!judge("cdrx", &spanish).is_plain());
        let german = Vocabulary::new(Language::German);
        assert!(judge("Straße der Behörde", &german).is_unsure());
        assert!(english("Nombre de la Escuela").is_plain());
        assert!(english("Año Escolar").is_plain());
    }

    #[test]
    fn offers_the_plain_name_that_the_tables_know() {
        let found = plain_name("Crm Cd", "").map(|expansion| (expansion.text, expansion.complete));
        assert_eq!(found, Some(("Crime code".to_owned(), true)));
        let found = plain_name("OCC_DOW", "").map(|expansion| expansion.text);
        assert_eq!(found.as_deref(), Some("Occurrence day of week"));
        let found = plain_name("insp_dttm", "").map(|expansion| expansion.text);
        assert_eq!(found.as_deref(), Some("Inspection date and time"));
    }

    #[test]
    fn the_description_decides_between_readings() {
        let found = plain_name("Insp Appr", "Whether the inspection was approved")
            .map(|expansion| expansion.text);
        assert_eq!(found.as_deref(), Some("Inspection approved"));
        let found = plain_name("Zqp Site", "Site of the Zebra Quality Project (ZQP)")
            .map(|expansion| expansion.text);
        assert_eq!(found.as_deref(), Some("Zebra Quality Project site"));
    }

    #[test]
    fn offers_the_usual_reading_where_no_neighbour_asks_for_another() {
        let found = plain_name("INSP_TYP_CD", "")
            .map(|expansion| (expansion.text, expansion.readings.len()));
        assert_eq!(found, Some(("Inspection type code".to_owned(), 0)));
    }

    #[test]
    fn shorthand_is_told_where_the_record_writes_it_out() {
        let mut vocabulary = Vocabulary::new(Language::English);
        vocabulary.set_title("Change of property values");
        vocabulary.add("Medians of Estimated Market Values and cumulative counts by place.");
        assert!(super::is_told("Median EMV", &vocabulary));
        assert!(super::is_told("Sales, Cum 2020", &vocabulary));
        assert!(!super::is_told("Median XQV", &vocabulary));
        assert!(!super::is_told("Sales by place", &vocabulary));
    }

    #[test]
    fn no_word_begins_with_two_consonants_that_do_not_go_together() {
        assert_eq!(english("pclass"), NameVerdict::Cryptic);
        assert!(english("Nguyen Station").is_plain());
        assert!(english("zmir_count").is_plain());
    }

    #[test]
    fn offers_every_reading_where_nothing_decides() {
        let found = plain_name("Insp Appr", "")
            .map(|expansion| (expansion.complete, expansion.readings.len()));
        assert_eq!(found, Some((false, 2)));
    }

    #[test]
    fn is_silent_where_nothing_is_known() {
        assert_eq!(plain_name("QZX_RR", ""), None);
        assert_eq!(plain_name("Report Date", ""), None);
    }

    #[test]
    fn hostile_names_and_texts_are_read_in_linear_time() {
        let brackets = "(Q".repeat(200_000);
        let pairs = "(QZX)".repeat(100_000);
        let mut vocabulary = Vocabulary::new(Language::English);
        vocabulary.set_title(&brackets);
        vocabulary.add(&pairs);
        let name = "QZX ".repeat(100_000);
        assert_eq!(judge(&name, &vocabulary), NameVerdict::Cryptic);
        assert_eq!(expand("QZX", Some(&pairs), &vocabulary), None);
        assert!(judge(&"é(".repeat(50_000), &vocabulary).is_plain());
    }

    #[test]
    fn knows_names_that_need_no_description() {
        assert!(is_self_evident("Zip_Code"));
        assert!(is_self_evident("LATITUDE"));
        assert!(!is_self_evident("Type of Permit"));
    }
}
