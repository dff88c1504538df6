//! Text made comparable: folding, words, stems.

use std::borrow::Cow;
use std::rc::Rc;

use super::memo::Memo;

/// Characters that are not seen and carry no meaning for a comparison.
const INVISIBLE: [char; 7] = [
    '\u{200B}', '\u{200C}', '\u{200D}', '\u{2060}', '\u{FEFF}', '\u{00AD}', '\u{200E}',
];

/// Lower case, one space between words, nothing invisible, no space at the ends.
///
/// Text that is already folded is borrowed.
#[must_use]
pub fn fold(text: &str) -> Cow<'_, str> {
    match spacing(text) {
        Some(Spacing::Even) if !text.bytes().any(|byte| byte.is_ascii_uppercase()) => {
            return Cow::Borrowed(text);
        }
        Some(Spacing::Even) => return Cow::Owned(text.to_ascii_lowercase()),
        Some(Spacing::Uneven) => return Cow::Owned(fold_ascii(text)),
        None => {}
    }
    let mut folded = String::with_capacity(text.len());
    for character in text.chars() {
        if character.is_ascii_graphic() {
            folded.push(character.to_ascii_lowercase());
            continue;
        }
        if INVISIBLE.contains(&character) {
            continue;
        }
        if character.is_whitespace() {
            if !folded.is_empty() && !folded.ends_with(' ') {
                folded.push(' ');
            }
        } else {
            folded.extend(character.to_lowercase());
        }
    }
    if folded.ends_with(' ') {
        folded.pop();
    }
    Cow::Owned(folded)
}

/// Most text is ASCII, and bytes fold faster than characters.
fn fold_ascii(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for word in text.split(|sign: char| sign.is_whitespace()) {
        if word.is_empty() {
            continue;
        }
        if !folded.is_empty() {
            folded.push(' ');
        }
        let start = folded.len();
        folded.push_str(word);
        if let Some(new) = folded.get_mut(start..) {
            new.make_ascii_lowercase();
        }
    }
    folded
}

/// How the words of a text stand apart.
enum Spacing {
    /// By one space each, with none at the ends.
    Even,
    Uneven,
}

/// Answers for ASCII text only.
fn spacing(text: &str) -> Option<Spacing> {
    if !text.is_ascii() {
        return None;
    }
    let bytes = text.as_bytes();
    let ends_in_blank = [bytes.first(), bytes.last()].contains(&Some(&b' '));
    // Without branches, so that many bytes are looked at together.
    let is_control = |byte: &u8| u8::from(byte.wrapping_sub(b'\t') <= b'\r' - b'\t');
    let has_control = bytes.iter().fold(0, |found, it| found | is_control(it)) != 0;
    let after = bytes.get(1..).unwrap_or_default();
    let is_pair = |(one, other): (&u8, &u8)| u8::from(*one == b' ') & u8::from(*other == b' ');
    let pairs = bytes.iter().zip(after).map(is_pair);
    let uneven = ends_in_blank || has_control || pairs.fold(0, |found, it| found | it) != 0;
    Some(if uneven {
        Spacing::Uneven
    } else {
        Spacing::Even
    })
}

/// The words of a text, folded: runs of letters and digits with apostrophes and hyphens inside them.
pub fn words(text: &str) -> impl Iterator<Item = Cow<'_, str>> {
    raw_words(text).map(fold_word)
}

/// The words of a text as they are written; see [`words`].
pub(crate) fn raw_words(text: &str) -> RawWords<'_> {
    RawWords { text, at: 0 }
}

/// Walks over the words of a text.
pub(crate) struct RawWords<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Iterator for RawWords<'t> {
    type Item = &'t str;

    fn next(&mut self) -> Option<&'t str> {
        let bytes = self.text.as_bytes();
        let start = loop {
            match Sign::of(*bytes.get(self.at)?) {
                Sign::Letter => break self.at,
                Sign::Join | Sign::Other => self.at += 1,
                Sign::Wide => {
                    let sign = self.wide()?;
                    if sign.is_alphanumeric() {
                        break self.at;
                    }
                    self.at += sign.len_utf8();
                }
            }
        };
        let mut end = start;
        while let Some(&byte) = bytes.get(self.at) {
            match Sign::of(byte) {
                Sign::Letter => {
                    self.at += 1;
                    end = self.at;
                }
                Sign::Join => self.at += 1,
                Sign::Other => break,
                Sign::Wide => {
                    let sign = self.wide()?;
                    if !sign.is_alphanumeric() && sign != '’' {
                        break;
                    }
                    self.at += sign.len_utf8();
                    if sign != '’' {
                        end = self.at;
                    }
                }
            }
        }
        self.text.get(start..end)
    }
}

impl RawWords<'_> {
    /// The sign that comes next.
    fn wide(&self) -> Option<char> {
        self.text.get(self.at..)?.chars().next()
    }
}

/// What a byte is in a word.
#[derive(Clone, Copy)]
enum Sign {
    /// A letter or a digit.
    Letter,
    /// Between letters it belongs to a word.
    Join,
    Other,
    /// A part of a sign beyond ASCII.
    Wide,
}

impl Sign {
    /// Told by a table: words are looked for in every text.
    const TABLE: [Self; 256] = {
        let mut table = [Self::Other; 256];
        let mut byte = 0;
        while byte < 256 {
            table[byte] = match byte as u8 {
                b'\'' | b'-' => Self::Join,
                0x80.. => Self::Wide,
                byte if byte.is_ascii_alphanumeric() => Self::Letter,
                _ => Self::Other,
            };
            byte += 1;
        }
        table
    };

    fn of(byte: u8) -> Self {
        Self::TABLE[usize::from(byte)]
    }
}

/// Folds a single word, which has no space in it.
fn fold_word(word: &str) -> Cow<'_, str> {
    if !word.is_ascii() {
        fold(word)
    } else if word.bytes().any(|byte| byte.is_ascii_uppercase()) {
        Cow::Owned(word.to_ascii_lowercase())
    } else {
        Cow::Borrowed(word)
    }
}

/// The pieces of a field name, folded: split at every sign, at a change of case and between letters and digits.
///
/// `CRM_Cd2` gives `crm`, `cd`, `2`; `NPDESPermit` gives `npdes`, `permit`.
#[must_use]
pub fn name_words(name: &str) -> Vec<String> {
    let mut pieces = Vec::with_capacity(4);
    each_piece(name, |piece| pieces.push(folded_piece(piece)));
    pieces
}

/// The pieces of a field name, which is asked about by many; see [`name_words`].
pub(crate) fn words_of_name(name: &str) -> Rc<[String]> {
    thread_local!(static KNOWN: Memo<Rc<[String]>> = const { Memo::new() });
    KNOWN.with(|known| known.get(name, |name| name_words(name).into()))
}

/// Whether one of the pieces of a field name, folded, is what is looked for: nothing is kept of them.
pub(crate) fn has_piece(name: &str, is_it: impl Fn(&str) -> bool) -> bool {
    let mut found = false;
    each_piece(name, |piece| {
        found = found || with_folded_piece(piece, &is_it);
    });
    found
}

/// What a piece of a field name comes to when it is folded.
pub(crate) fn with_folded_piece<T>(piece: &str, find: impl Fn(&str) -> T) -> T {
    let mut room = [0; 24];
    let is_simple = piece.is_ascii() && !piece.contains('\'');
    if let Some(folded) = room.get_mut(..piece.len()).filter(|_| is_simple) {
        folded.copy_from_slice(piece.as_bytes());
        folded.make_ascii_lowercase();
        if let Ok(folded) = std::str::from_utf8(folded) {
            return find(folded);
        }
    }
    find(&folded_piece(piece))
}

/// Walks over the pieces of a field name as they are written; see [`name_words`].
pub(crate) fn each_piece<'n>(name: &'n str, mut take: impl FnMut(&'n str)) {
    if name.is_ascii() {
        return each_ascii_piece(name, take);
    }
    let mut start = None;
    let mut before: Option<char> = None;
    let mut rest = name.char_indices();
    while let Some((at, character)) = rest.next() {
        if !character.is_alphanumeric() {
            if !matches!(character, '\'' | '’')
                && let Some(piece) = start.take().and_then(|start| name.get(start..at))
            {
                take(piece);
            }
        } else if let Some(before) = before {
            let starts_word = before.is_lowercase() && character.is_uppercase();
            let ends_capitals =
                before.is_uppercase() && character.is_uppercase() && ends_capitals(rest.as_str());
            let changes_kind =
                before.is_alphanumeric() && before.is_numeric() != character.is_numeric();
            if (starts_word || ends_capitals || changes_kind)
                && let Some(piece) = start.take().and_then(|start| name.get(start..at))
            {
                take(piece);
            }
        }
        if character.is_alphanumeric() {
            start.get_or_insert(at);
        }
        before = Some(character);
    }
    if let Some(piece) = start.and_then(|start| name.get(start..)) {
        take(piece);
    }
}

/// The same, byte by byte.
fn each_ascii_piece<'n>(name: &'n str, mut take: impl FnMut(&'n str)) {
    let bytes = name.as_bytes();
    let mut start = None;
    let mut before = b' ';
    for (at, &byte) in bytes.iter().enumerate() {
        let is_part = byte.is_ascii_alphanumeric();
        let ends = if is_part {
            let starts_word = before.is_ascii_lowercase() && byte.is_ascii_uppercase();
            let goes_on = before.is_ascii_alphanumeric();
            starts_word
                || (goes_on && before.is_ascii_digit() != byte.is_ascii_digit())
                || (before.is_ascii_uppercase()
                    && byte.is_ascii_uppercase()
                    && name.get(at + 1..).is_some_and(ends_capitals))
        } else {
            byte != b'\''
        };
        if ends && let Some(piece) = start.take().and_then(|start| name.get(start..at)) {
            take(piece);
        }
        if is_part {
            start.get_or_insert(at);
        }
        before = byte;
    }
    if let Some(piece) = start.and_then(|start| name.get(start..)) {
        take(piece);
    }
}

/// Whether a word in small letters begins before `rest`. The `s` of `PDFs` belongs to the capitals before it.
fn ends_capitals(rest: &str) -> bool {
    let mut rest = rest.chars();
    let next = rest.next();
    let is_small = |sign: Option<char>| sign.is_some_and(char::is_lowercase);
    is_small(next) && (next != Some('s') || is_small(rest.next()))
}

/// A piece, folded and without apostrophes.
fn folded_piece(piece: &str) -> String {
    if piece.is_ascii() && !piece.contains('\'') {
        return piece.to_ascii_lowercase();
    }
    let signs = piece.chars().filter(|sign| !matches!(sign, '\'' | '’'));
    signs.flat_map(char::to_lowercase).collect()
}

/// A text as a number, by FNV-1a: the same on every machine and run.
pub fn number(letters: impl IntoIterator<Item = char>) -> u64 {
    letters
        .into_iter()
        .fold(0xcbf2_9ce4_8422_2325, |hash, letter| {
            (hash ^ u64::from(u32::from(letter))).wrapping_mul(0x0000_0100_0000_01b3)
        })
}

/// A word without its plural and possessive endings; for comparing, never for showing.
#[must_use]
pub fn stem(word: &str) -> Cow<'_, str> {
    // Every ending below ends so.
    if !word.ends_with('s') {
        return Cow::Borrowed(word);
    }
    let word = word
        .strip_suffix("'s")
        .or_else(|| word.strip_suffix("’s"))
        .unwrap_or(word);
    let long_enough = |rest: &&str| rest.chars().nth(2).is_some();
    match word.as_bytes() {
        [_, _, .., b'i', b'e', b's'] => {
            let rest = word.strip_suffix("ies").unwrap_or(word);
            Cow::Owned(format!("{rest}y"))
        }
        [_, .., b's', b's', b'e', b's'] => Cow::Borrowed(word.strip_suffix("es").unwrap_or(word)),
        [.., b'x', b'e', b's'] | [.., b'c' | b's', b'h', b'e', b's'] => {
            let rest = word.strip_suffix("es").filter(long_enough);
            let rest = rest.or_else(|| word.strip_suffix('s').filter(long_enough));
            Cow::Borrowed(rest.unwrap_or(word))
        }
        [.., b's' | b'u' | b'i', b's'] => Cow::Borrowed(word),
        _ => Cow::Borrowed(word.strip_suffix('s').filter(long_enough).unwrap_or(word)),
    }
}

/// A short word folded into a fixed buffer: lower case, without accents. Longer words are cut, and so never found.
pub(super) struct Letters {
    bytes: [u8; 40],
    length: usize,
}

impl Default for Letters {
    fn default() -> Self {
        Self {
            bytes: [0; 40],
            length: 0,
        }
    }
}

impl Letters {
    pub(super) fn of(word: &str) -> Self {
        let mut letters = Self::default();
        if word.is_ascii() {
            let length = word.len().min(letters.bytes.len());
            if let (Some(free), Some(word)) = (
                letters.bytes.get_mut(..length),
                word.as_bytes().get(..length),
            ) {
                free.copy_from_slice(word);
                free.make_ascii_lowercase();
                letters.length = length;
            }
            return letters;
        }
        for character in word.chars() {
            letters.push(character);
        }
        letters
    }

    pub(super) fn push(&mut self, character: char) {
        let folded = without_accent(character);
        if folded.is_ascii() {
            if let Some(free) = self.bytes.get_mut(self.length) {
                *free = u8::try_from(folded).unwrap_or_default();
                self.length += 1;
            }
            return;
        }
        let mut encoded = [0; 4];
        let encoded = folded.encode_utf8(&mut encoded).as_bytes();
        let end = self.length + encoded.len();
        if let Some(free) = self.bytes.get_mut(self.length..end) {
            free.copy_from_slice(encoded);
            self.length = end;
        }
    }

    pub(super) fn as_str(&self) -> &str {
        let bytes = self.bytes.get(..self.length).unwrap_or_default();
        std::str::from_utf8(bytes).unwrap_or_default()
    }
}

/// Lower case without the accents of the five languages; other characters stay.
pub(super) fn without_accent(character: char) -> char {
    if character.is_ascii() {
        return character.to_ascii_lowercase();
    }
    match character {
        'á' | 'à' | 'â' | 'ä' | 'ã' | 'å' | 'Á' | 'À' | 'Â' | 'Ä' | 'Ã' | 'Å' => 'a',
        'é' | 'è' | 'ê' | 'ë' | 'É' | 'È' | 'Ê' | 'Ë' => 'e',
        'í' | 'ì' | 'î' | 'ï' | 'Í' | 'Ì' | 'Î' | 'Ï' => 'i',
        'ó' | 'ò' | 'ô' | 'ö' | 'õ' | 'Ó' | 'Ò' | 'Ô' | 'Ö' | 'Õ' => 'o',
        'ú' | 'ù' | 'û' | 'ü' | 'Ú' | 'Ù' | 'Û' | 'Ü' => 'u',
        'ñ' | 'Ñ' => 'n',
        'ç' | 'Ç' => 'c',
        'μ' => 'µ',
        '₂' => '2',
        _ => character,
    }
}

/// Folded text without the accents of the five languages.
pub(super) fn without_accents(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.chars().map(without_accent).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::{fold, name_words, stem, words};

    #[test]
    fn folds_case_space_and_invisible_characters() {
        assert_eq!(fold("  Street\u{a0}Trees\u{200b} "), "street trees");
        assert_eq!(fold("street trees"), "street trees");
        assert_eq!(fold("\tStreet  TREES\r\n"), "street trees");
    }

    #[test]
    fn finds_words_with_hyphens_inside() {
        let found: Vec<_> = words("The City's semi-annual (2020) count.").collect();
        assert_eq!(found, ["the", "city's", "semi-annual", "2020", "count"]);
    }

    #[test]
    fn splits_names_at_case_digits_and_signs() {
        assert_eq!(name_words("CRM_Cd2"), ["crm", "cd", "2"]);
        assert_eq!(name_words("NPDESPermit"), ["npdes", "permit"]);
        assert_eq!(name_words("PDFs sent"), ["pdfs", "sent"]);
        assert_eq!(name_words("Owner's Name"), ["owners", "name"]);
    }

    #[test]
    fn names_of_ascii_letters_are_split_as_all_others() {
        for name in [
            "CRM_Cd2",
            "NPDESPermit",
            "PDFs sent",
            "Owner's'Name",
            "_x9Y__",
            "aBCd ABc1s",
            "URLs",
            "IDs2",
            "A'1",
        ] {
            let with_accent = super::name_words(&format!("{name} é"));
            let mut plain = super::name_words(name);
            plain.push("é".to_owned());
            assert_eq!(plain, with_accent, "{name}");
        }
        assert!(super::has_piece("DateOfBirth", |piece| piece == "birth"));
        assert!(!super::has_piece("Birthplace", |piece| piece == "birth"));
    }

    #[test]
    fn strips_plural_endings() {
        assert_eq!(stem("cities"), "city");
        assert_eq!(stem("boxes"), "box");
        assert_eq!(stem("status"), "status");
        assert_eq!(stem("trees"), "tree");
        assert_eq!(stem("gas"), "gas");
    }
}
