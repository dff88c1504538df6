//! Fields that hold codes, and the ways in which people say what codes mean.

use std::sync::LazyLock;

use memchr::memmem;

use super::abbreviations::QuickSet;
use super::fold::{self, name_words, stem as stem_of};

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
    let mut words = name_words(name);
    let numbered = words
        .last()
        .is_some_and(|word| word.bytes().all(|byte| byte.is_ascii_digit()));
    if numbered {
        words.pop();
    }
    if !matches!(
        words.pop().as_deref(),
        Some("code" | "codes" | "cd" | "cde")
    ) {
        return None;
    }
    let known = words.iter().any(|word| KNOWN.contains(word.as_str()));
    (!words.is_empty() && !known).then_some(words)
}

/// Whether a field's name offers in words what a code stands for: `Premis Desc` for the codes of `Premis Cd`.
#[must_use]
pub fn gives_words_for(name: &str, stem: &[String]) -> bool {
    let words = name_words(name);
    if matches!(
        words.last().map(String::as_str),
        Some("code" | "codes" | "cd" | "cde")
    ) {
        return false;
    }
    let same = |one: &str, other: &str| {
        let (one, other) = (stem_of(one), stem_of(other));
        one == other
            || (other.len() >= 3 && one.starts_with(&*other))
            || (one.len() >= 3 && other.starts_with(&*one))
    };
    stem.iter()
        .all(|part| words.iter().any(|word| same(word, part)))
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

/// Whether the text of a dataset tells what its codes mean, or where that can be read.
#[must_use]
pub fn explained_in(text: &str, stem: &[String]) -> bool {
    if says_where_definitions_are(text) {
        return true;
    }
    let speaks_of_codes = fold::words(text).any(|word| matches!(&*word, "code" | "codes"));
    let speaks_of_these = || fold::words(text).any(|word| stem.iter().any(|part| **part == *word));
    speaks_of_codes
        && speaks_of_these()
        && (pairs(text) >= 3 || memmem::find(text.as_bytes(), b"http").is_some())
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
    use super::{explained_in, gives_words_for, lists_values, stem};

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
        assert!(gives_words_for("Premises description", &words("premis")));
        assert!(gives_words_for("Offense", &words("offense")));
        assert!(!gives_words_for("Weapon description", &words("premis")));
        assert!(!gives_words_for("Premise group code", &words("premise")));
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
        assert!(explained_in(
            "See the data dictionary below.",
            &words("offense")
        ));
        assert!(!explained_in(
            "Offenses reported since 2010.",
            &words("offense")
        ));
    }
}
