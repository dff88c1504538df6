//! The words, numbers and signs of a unit expression.

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::lexicon) enum Kind {
    Word,
    Number,
    Sign,
}

#[derive(Clone, Copy, Debug)]
pub(in crate::lexicon) struct Token<'a> {
    pub(in crate::lexicon) text: &'a str,
    pub(super) kind: Kind,
    pub(super) end: usize,
    /// The character right before it; a space at the start.
    pub(super) before: char,
}

/// The first tokens of a text; a unit is never longer.
const MOST_TOKENS: usize = 14;

pub(in crate::lexicon) struct Tokens<'a> {
    list: [Token<'a>; MOST_TOKENS],
    pub(in crate::lexicon) length: usize,
}

impl<'a> Tokens<'a> {
    /// Words, numbers and signs; spaces, hyphens and underscores part them and are kept as `before`.
    pub(in crate::lexicon) fn of(text: &'a str) -> Self {
        let text = opening_of(text);
        let nothing = Token {
            text: "",
            kind: Kind::Sign,
            end: 0,
            before: ' ',
        };
        let mut tokens = Self {
            list: [nothing; MOST_TOKENS],
            length: 0,
        };
        let mut before = ' ';
        let mut at = 0;
        while let Some(rest) = text.get(at..) {
            let Some(first) = rest.chars().next() else {
                break;
            };
            let kind = match first {
                _ if first.is_ascii_digit() => Kind::Number,
                _ if is_unit_letter(first) => Kind::Word,
                _ => Kind::Sign,
            };
            let size = match kind {
                Kind::Number => number_length(rest),
                Kind::Word => rest
                    .find(|character| !is_unit_letter(character))
                    .unwrap_or(rest.len()),
                Kind::Sign => first.len_utf8(),
            };
            let parts = first.is_whitespace()
                || matches!(first, '-' | '_' | '–' | '\u{2010}' | '\u{2011}')
                || (first == '.' && !ends_sentence(rest));
            if !parts {
                let Some(free) = tokens.list.get_mut(tokens.length) else {
                    break;
                };
                *free = Token {
                    text: rest.get(..size).unwrap_or_default(),
                    kind,
                    end: at + size,
                    before,
                };
                tokens.length += 1;
            }
            before = rest
                .get(..size)
                .and_then(|token| token.chars().next_back())
                .unwrap_or(' ');
            at += size;
        }
        tokens
    }

    pub(in crate::lexicon) fn all(&self) -> &[Token<'a>] {
        self.list.get(..self.length).unwrap_or_default()
    }

    pub(super) fn get(&self, at: usize) -> Option<Token<'a>> {
        self.all().get(at).copied()
    }
}

/// A full stop before a capital; `sq. ft.` has none.
fn ends_sentence(rest: &str) -> bool {
    rest.strip_prefix('.')
        .unwrap_or(rest)
        .trim_start()
        .starts_with(char::is_uppercase)
}

pub(in crate::lexicon) fn is_unit_letter(character: char) -> bool {
    character.is_alphabetic() || matches!(character, '°' | 'º' | 'µ' | '′' | '″')
}

/// Digits with thousands separators inside: `100,000`, `1.000`, `1 000` is two numbers.
fn number_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut at = 0;
    while digit(at) || (matches!(bytes.get(at), Some(b',' | b'.')) && digit(at + 1)) {
        at += 1;
    }
    at
}

/// No unit is longer than this, in bytes; what follows is never looked at.
const LONGEST: usize = 160;

pub(super) fn opening_of(text: &str) -> &str {
    let mut end = text.len().min(LONGEST);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or_default()
}
