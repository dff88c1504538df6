//! Fields that hold codes, and the ways in which people say what codes mean.

use std::borrow::Cow;
use std::rc::Rc;
use std::sync::LazyLock;

use memchr::memmem;

use super::fold::{
    self, each_piece, name_words, stem as stem_of, with_folded_piece, words_of_name,
};
use super::quick::QuickSet;

/// Kinds of code that need no list: explained in public, or telling one thing from another as numbers do.
static KNOWN: LazyLock<QuickSet<&'static str>> = LazyLock::new(|| {
    include_str!("../../data/code_kinds.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('\t'))
        .flat_map(|(_, words)| words.split(' '))
        .collect()
});

/// Lists of codes that everyone can look up.
static STANDARDS: LazyLock<QuickSet<&'static str>> = LazyLock::new(|| {
    include_str!("../../data/code_kinds.tsv")
        .lines()
        .filter_map(|line| line.strip_prefix("standard\t"))
        .flat_map(|words| words.split(' '))
        .collect()
});

/// What a field's codes are codes of: the words before the closing "code"; `None` where the name does not say that it
/// holds codes, or where they are codes that everyone can look up, or that only number things.
///
/// ```
/// use datasteward::lexicon::codes::stem;
/// assert_eq!(stem("Premis Cd"), Some(vec!["premis".to_owned()]));
/// assert_eq!(stem("Zip Code"), None);
/// assert_eq!(stem("Status"), None);
/// ```
#[must_use]
pub fn stem(name: &str) -> Option<Vec<String>> {
    // Most names close with something else, which their last two pieces tell.
    let mut last = ["", ""];
    each_piece(name, |piece| last = [last[1], piece]);
    let [before, end] = last;
    let is_number = |piece: &str| piece.bytes().all(|byte| byte.is_ascii_digit());
    let is_numbered = with_folded_piece(end, is_number);
    let closing = if is_numbered { before } else { end };
    if !with_folded_piece(closing, closes_with_code) {
        return None;
    }
    let mut words = name_words(name);
    words.truncate(words.len() - 1 - usize::from(is_numbered));
    let known = words.iter().any(|word| KNOWN.contains(word.as_str()));
    (!words.is_empty() && !known).then_some(words)
}

/// What the names of the fields of a table offer in words: `Premis Desc` for the codes of `Premis Cd`.
#[derive(Clone, Debug)]
pub struct Offers {
    /// The number and the words of each name that is not that of codes.
    names: Vec<(usize, Rc<[String]>)>,
    /// The first byte of each of their words, and the place of the name in the list above.
    first: Vec<(u8, usize)>,
}

impl Offers {
    /// The offers of some names, each with its number.
    #[must_use]
    pub fn of<'n>(names: impl IntoIterator<Item = (usize, &'n str)>) -> Self {
        let is_code = |words: &[String]| words.last().is_some_and(|last| closes_with_code(last));
        let names: Vec<(usize, Rc<[String]>)> = names
            .into_iter()
            .map(|(number, name)| (number, words_of_name(name)))
            .filter(|(_, words)| !is_code(words))
            .collect();
        let mut first: Vec<(u8, usize)> = names
            .iter()
            .enumerate()
            .flat_map(|(place, (_, words))| {
                let bytes = words.iter().filter_map(|word| word.bytes().next());
                bytes.map(move |byte| (byte, place))
            })
            .collect();
        first.sort_unstable();
        first.dedup();
        Self { names, first }
    }

    /// Whether a name with another number than `own` offers in words what a code stands for.
    #[must_use]
    pub fn words_for(&self, stem: &[String], own: usize) -> bool {
        let Some(byte) = stem.first().and_then(|part| part.bytes().next()) else {
            return false;
        };
        let from = self.first.partition_point(|(known, _)| *known < byte);
        let rest = self.first.get(from..).unwrap_or_default();
        rest.iter()
            .take_while(|(known, _)| *known == byte)
            .filter_map(|(_, place)| self.names.get(*place))
            .any(|(number, words)| {
                *number != own
                    && stem
                        .iter()
                        .all(|part| words.iter().any(|word| is_same(word, part)))
            })
    }
}

fn closes_with_code(word: &str) -> bool {
    matches!(word, "code" | "codes" | "cd" | "cde")
}

/// Whether two words of names are one, or one of them is the other cut short.
fn is_same(one: &str, other: &str) -> bool {
    // Stems begin as their words do: most pairs of words end here.
    if one.as_bytes().first() != other.as_bytes().first() {
        return false;
    }
    let (one, other) = (stem_of(one), stem_of(other));
    one == other
        || (other.len() >= 3 && one.starts_with(&*other))
        || (one.len() >= 3 && other.starts_with(&*one))
}

/// Whether a description lists values, or says where the list is: "O = open, C = closed", "one of …", a link.
#[must_use]
pub fn lists_values(text: &str) -> bool {
    pairs(text) + in_brackets(text) >= 2 || says_where(text) || names_a_standard(text)
}

/// How often a letter or two stand in brackets after a word: "a Bed (B) or Trench (T) system".
fn in_brackets(text: &str) -> usize {
    text.match_indices('(')
        .filter(|(at, _)| {
            let inside = text.as_bytes().get(at + 1..).unwrap_or_default();
            let coded = |byte: &&u8| byte.is_ascii_uppercase() || byte.is_ascii_digit();
            let length = inside.iter().take(3).take_while(coded).count();
            (1..=2).contains(&length) && inside.get(length) == Some(&b')')
        })
        .count()
}

/// "as defined by NIBRS": whoever knows the list can look it up.
fn names_a_standard(text: &str) -> bool {
    let mut capitals = text
        .split(|sign: char| !sign.is_alphanumeric())
        .filter(|word| word.len() >= 3 && word.bytes().all(|byte| byte.is_ascii_uppercase()));
    capitals.any(|word| STANDARDS.contains(word.to_ascii_lowercase().as_str()))
}

/// Which codes the text of a dataset explains, or where that can be read.
#[derive(Clone, Debug, Default)]
pub struct Explained<'t> {
    /// The text says where the meaning of all of them is told.
    all: bool,
    /// The words of a text that speaks of codes.
    words: Vec<Cow<'t, str>>,
}

impl<'t> Explained<'t> {
    /// Reads the text of a dataset.
    #[must_use]
    pub fn of(text: &'t str) -> Self {
        if says_where_definitions_are(text) {
            return Self {
                all: true,
                words: Vec::new(),
            };
        }
        let speaks_of_codes = fold::words(text).any(|word| matches!(&*word, "code" | "codes"))
            && (pairs(text) >= 3 || memmem::find(text.as_bytes(), b"http").is_some());
        let mut words: Vec<_> = speaks_of_codes
            .then(|| fold::words(text))
            .into_iter()
            .flatten()
            .collect();
        words.sort_unstable();
        Self { all: false, words }
    }

    /// Whether it tells what the codes of a field mean, by the stem of its name.
    #[must_use]
    pub fn tells(&self, stem: &[String]) -> bool {
        let told = |part: &String| {
            let found = self
                .words
                .binary_search_by(|word| word.as_ref().cmp(part.as_str()));
            found.is_ok()
        };
        self.all || stem.iter().any(told)
    }
}

/// How often a short value stands before an equals sign, a colon or a dash and words.
fn pairs(text: &str) -> usize {
    let value_ends = |before: &str| {
        let value = before
            .trim_end()
            .rsplit(|sign: char| sign.is_whitespace() || matches!(sign, ',' | ';' | '(' | '.'))
            .next()
            .unwrap_or_default()
            .trim_matches(['"', '\'', '“', '”', '‘', '’']);
        (1..=6).contains(&value.chars().count())
    };
    let signs = text
        .char_indices()
        .filter(|(_, sign)| matches!(sign, '=' | ':' | '–' | '—'))
        .filter(|(at, _)| text.get(..*at).is_some_and(value_ends))
        .count();
    // "A - adult, J - juvenile".
    signs + memmem::find_iter(text.as_bytes(), b" - ").count()
}

fn says_where(text: &str) -> bool {
    if text.is_empty() {
        return false;
    }
    let folded = fold::fold(text);
    [
        "one of",
        "values are",
        "values:",
        "valid values",
        "possible values",
        "displayed as",
        "classification scheme",
        "uniquely identif",
        "shown as",
        "recorded as",
        "valores:",
        "valores posibles",
        "valeurs possibles",
        "mögliche werte",
        "valores possíveis",
        "http",
        "www.",
        "lookup",
        "look-up",
        "code list",
        "codes are",
        "for example",
        "e.g",
        "such as",
        "i.e",
        "fips",
        "naics",
        "iso ",
        "icd",
        "census",
        "see ",
        "refer to",
        "defined in",
        "definitions",
        "glossary",
        "dictionary",
        "appendix",
    ]
    .iter()
    .any(|phrase| folded.contains(phrase))
}

fn says_where_definitions_are(text: &str) -> bool {
    if text.is_empty() {
        return false;
    }
    let folded = fold::fold(text);
    [
        "data dictionary",
        "codebook",
        "code book",
        "code list",
        "glossary",
        "lookup table",
        "look-up table",
        "definitions",
        "data guide",
        "user guide",
        "documentation",
        "readme",
        "metadata document",
        "attached",
    ]
    .iter()
    .any(|phrase| folded.contains(phrase))
}

#[cfg(test)]
mod tests {
    use super::{Explained, Offers, lists_values, stem};

    fn words(text: &str) -> Vec<String> {
        text.split(' ').map(str::to_owned).collect()
    }

    #[test]
    fn knows_a_coded_field_by_the_end_of_its_name() {
        assert_eq!(stem("offenseCode"), Some(words("offense")));
        assert_eq!(stem("Crm Cd 2"), Some(words("crm")));
        for name in ["Code", "NAICS code", "Code Section", "CD", "State Code"] {
            assert_eq!(stem(name), None, "{name}");
        }
    }

    #[test]
    fn finds_the_neighbour_with_the_words() {
        let offers = |name, stem| Offers::of([(0, "Code"), (1, name)]).words_for(&words(stem), 0);
        assert!(offers("Premises description", "premis"));
        assert!(offers("Offense", "offense"));
        assert!(!offers("Weapon description", "premis"));
        assert!(!offers("Premise group code", "premise"));
        // Not of itself.
        assert!(!Offers::of([(0, "Premise")]).words_for(&words("premise"), 0));
    }

    #[test]
    fn finds_lists_of_values() {
        for text in [
            "O = open, C = closed",
            "A: adult; J: juvenile",
            "M - male, F - female",
            "See the FBI's list",
            "Codes: https://data.city.example/codes",
            "Whether the system is a Bed (B) or Trench (T) system",
            "Offense as defined by NIBRS",
        ] {
            assert!(lists_values(text), "{text}");
        }
        for text in [
            "",
            "Code of the kind of place",
            "The code: assigned by the officer",
        ] {
            assert!(!lists_values(text), "{text}");
        }
    }

    #[test]
    fn finds_the_way_to_the_codes_in_the_text_of_the_dataset() {
        let tells = |text: &str| Explained::of(text).tells(&words("offense"));
        assert!(tells("See the data dictionary below."));
        assert!(tells(
            "Offense codes: 1 - theft, 2 - arson, 3 - fraud, by offense."
        ));
        assert!(!tells("Codes: 1 - theft, 2 - arson, 3 - fraud."));
        assert!(!tells("Offenses reported since 2010."));
    }
}
