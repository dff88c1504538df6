//! A name cut into tokens.

use std::rc::Rc;

use crate::lexicon::english;
use crate::lexicon::memo::Memo;

/// A token of a name, as a range of the folded text of [`Tokens`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) start: usize,
    pub(super) end: usize,
    /// All letters are capitals, and there are two or more.
    pub(super) capitals: bool,
    pub(super) digits: bool,
    /// A capital, then small letters, as names of places are written.
    pub(super) title_case: bool,
    /// Inside brackets.
    pub(super) bracketed: bool,
    /// The sign before it; `None` where it follows the token before without a gap.
    pub(super) before: Option<char>,
    /// The sign after it.
    pub(super) after: Option<char>,
}

/// Reading on after this many tokens does not change the judgement of a name.
const MOST_TOKENS: usize = 64;

/// The tokens of a name. Their folded texts stand in one buffer without gaps, so that `co` and `2` can be read as `co2`.
pub(crate) struct Tokens {
    pub(super) folded: String,
    pub(super) tokens: Vec<Token>,
    pub(super) has_small_letter: bool,
    pub(super) letters: usize,
}

impl Tokens {
    /// The tokens of a name, which is asked about by many: see [`Self::new`].
    pub(crate) fn of(name: &str) -> Rc<Self> {
        thread_local!(static KNOWN: Memo<Rc<Tokens>> = const { Memo::new() });
        KNOWN.with(|known| known.get(name, |name| Rc::new(Self::new(name))))
    }

    /// Splits a name at signs, changes of case, and between letters and digits (see [`crate::lexicon::fold::name_words`]).
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

    pub(super) fn text(&self, token: &Token) -> &str {
        self.folded.get(token.start..token.end).unwrap_or_default()
    }

    pub(super) fn get(&self, index: usize) -> Option<&str> {
        self.tokens.get(index).map(|token| self.text(token))
    }

    /// Whether words are set apart by blanks.
    pub(super) fn has_gaps(&self) -> bool {
        self.tokens
            .iter()
            .skip(1)
            .any(|token| token.before == Some(' '))
    }

    /// A token and the one that follows it without a gap, as one text.
    pub(super) fn joined(&self, index: usize) -> Option<&str> {
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

/// Whether a name is one word, numbers aside, that is built as codes are: in capitals, or of letters that hardly any word
/// has in a row.
#[must_use]
pub fn may_be_a_code(name: &str) -> bool {
    let tokens = Tokens::of(last_of_path(name));
    let mut words = tokens.tokens.iter().filter(|token| !token.digits);
    let (Some(word), None) = (words.next(), words.next()) else {
        return false;
    };
    word.capitals || english::odd_triples(tokens.text(word)) > 0
}

/// The last part of a name that holds the path to it (`passengers/cabin`), as nested formats write it.
pub(super) fn last_of_path(name: &str) -> &str {
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

#[cfg(test)]
mod tests {
    use super::Tokens;
    use crate::lexicon::fold::name_words;

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
}
