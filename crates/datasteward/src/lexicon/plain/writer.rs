//! Puts the plain name together, token by token.

use super::compound::{Part, compound};
use super::joined::{is_ordinal, joined_entry, phrase_at};
use super::letters::single_letter;
use super::mentions::{completed_by, is_small_word, mentions};
use super::reads::Reads;
use super::shorthand::is_cut;
use super::spanish::spanish_word;
use super::spelt_out::spelt_out;
use super::token::read;
use super::tokens::Tokens;
use super::vocabulary::{Vocabulary, only_reading};
use crate::lexicon::abbreviations::{self, Abbreviation, Kind, Reading};
use crate::lexicon::english::{self, Known};
use crate::lexicon::fold::without_accents;
use crate::lexicon::language::Language;

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

/// Puts an expanded name together.
pub(super) struct Writer<'t, 'v> {
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

impl<'t, 'v> Writer<'t, 'v> {
    pub(super) fn new(
        name: &str,
        tokens: &'t Tokens,
        description: &'t str,
        vocabulary: &'t Vocabulary<'v>,
    ) -> Self {
        Self {
            tokens,
            description,
            vocabulary,
            names: vec![String::new()],
            complete: true,
            // Signs are lost among the tokens, and with them what they say: `% of Exits to PH`.
            partial: name.contains(['%', '#', '&', '+', '<', '>', '$', '/', '"']),
            expanded: false,
            unexplained: false,
        }
    }

    /// Writes so many tokens out; `None` where that helps nobody.
    pub(super) fn write(mut self, most: usize) -> Option<Expansion> {
        let mut index = 0;
        while index < self.tokens.tokens.len() && index < most && !self.unexplained {
            index += self.write_token(index);
        }
        self.finish()
    }

    /// Writes the token at `index` out; returns how many tokens were used.
    fn write_token(&mut self, index: usize) -> usize {
        let Some(token) = self.tokens.tokens.get(index) else {
            return 1;
        };
        let text = self.tokens.text(token);
        let said = |name: &String| name.split(' ').any(|word| word == text);
        // `Disposition(s)`, `Estimated Market Value (EMV)`.
        if token.bracketed && (text == "s" || self.names.iter().all(said)) {
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

    /// Whether a token stands in capitals in a name that has small letters too.
    fn is_in_capitals(&self, index: usize) -> bool {
        let token = self.tokens.tokens.get(index);
        token.is_some_and(|token| token.capitals) && self.tokens.has_small_letter
    }

    fn write_word(&mut self, index: usize, text: &str) {
        let in_capitals = self.is_in_capitals(index);
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
                let cut = (text.len() == 3 && !is_word_of_names(text)) || is_cut_in_names(text);
                // `LicPrimary_AIMS`: capitals among small letters are a code that happens to be a word.
                let cut = cut || (in_capitals && text.len() <= 5);
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
        } else if let Some(pieces) = english::split_words(text)
            .filter(|_| !token.title_case && self.vocabulary.language().may_be_english())
        {
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
            // `ISSCount`: three capitals among small letters are initials rather than the beginning of a word.
            let initials = self.is_in_capitals(index) && text.len() > 2;
            self.partial |=
                initials && hard && !reading.words.contains(' ') && !self.is_said(reading.words);
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

/// Words that are mostly the beginnings of others where they stand in names: `veh_long`, `Lic_Prof_City`.
fn is_cut_in_names(text: &str) -> bool {
    matches!(
        text,
        "long"
            | "prof"
            | "perm"
            | "spec"
            | "prep"
            | "prem"
            | "pres"
            | "prob"
            | "pros"
            | "plat"
            | "reps"
            | "phys"
            | "cent"
            | "admit"
            | "gent"
    )
}

/// `Situs Location` would be the property location location.
fn without_echo(name: &str) -> String {
    let mut words: Vec<&str> = name.split(' ').collect();
    words.dedup();
    words.join(" ")
}

fn sentence_case(text: &str) -> String {
    let mut characters = text.chars();
    characters
        .next()
        .map(|first| first.to_uppercase().chain(characters).collect())
        .unwrap_or_default()
}
