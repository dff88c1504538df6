//! Text that stands where a value should be: template slots, null words, standing phrases, ids, key mashing; and
//! records that were never meant for the public: trials, drafts, internal notes.
//!
//! All functions judge text as a reader sees it: give them the result of [`super::html::to_text`].

use std::sync::LazyLock;

use super::fold::fold;
use super::memo::Memo;

mod template;
mod title;
mod trial;

pub use template::{FORM_HELP, template_in};
pub use title::{TitleProblem, telling_words, title_problem};
pub use trial::{
    FurnitureField, Trial, TrialKind, furniture, furniture_field, internal_note,
    is_managed_by_a_portal, test_record, test_record_read,
};

/// Why a text says nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Placeholder {
    /// A template slot that was never filled: `{{description}}`.
    Template,
    /// A word for nothing: `null`, `n/a`, `to be determined`.
    NullWord,
    /// A standing phrase: `Description goes here`, `coming soon`, `test`.
    Phrase,
    /// An id or a bare file name instead of words.
    IdAsText,
    /// One letter, one digit, or signs alone.
    SingleLetter,
    /// Keys struck at random: `asdf`, `xxxx`.
    Mash,
}

/// The longest entry of the list and some signs around it; longer text is only looked at for template slots.
const LONGEST: usize = 80;

/// What kind of filler the whole text is, if it is nothing else.
///
/// The label of the field itself (`Description` in a description) is left to the caller, who knows the field.
#[must_use]
pub fn classify(text: &str) -> Option<Placeholder> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    thread_local!(static KNOWN: Memo<Option<Placeholder>> = const { Memo::new() });
    KNOWN.with(|known| known.get(text, classify_trimmed))
}

fn classify_trimmed(text: &str) -> Option<Placeholder> {
    if text.len() <= LONGEST {
        let bare = text.trim_matches(is_outer_sign);
        // Signs alone, among them pictures and what nobody sees.
        if !bare.contains(char::is_alphanumeric) {
            let is_unit = text.contains(['%', '$', '€', '£', '¥', '°', '#']);
            return (!is_unit).then_some(Placeholder::SingleLetter);
        }
        if let Some(found) = listed(bare)
            .or_else(|| (bare.len() < text.len()).then(|| listed(text)).flatten())
            .or_else(|| shaped(bare))
        {
            return Some(found);
        }
    }
    if begins_with(text, LOREM) || is_reminder(text) {
        return Some(Placeholder::Phrase);
    }
    template::fills(text).then_some(Placeholder::Template)
}

/// The text with which printers fill a page; what follows it is more of the same Latin.
const LOREM: &str = "lorem ipsum";

/// `TODO: describe`, `FIXME`: a note to whoever fills the field in.
fn is_reminder(text: &str) -> bool {
    ["TODO", "FIXME", "TBD"].iter().any(|word| {
        text.strip_prefix(word)
            .is_some_and(|rest| rest.trim_start().starts_with([':', '-', '–']))
    })
}

fn begins_with(text: &str, words: &str) -> bool {
    let start = text.get(..words.len());
    start.is_some_and(|start| start.eq_ignore_ascii_case(words))
}

/// Signs around a text that do not change what it says.
fn is_outer_sign(character: char) -> bool {
    character.is_whitespace()
        || matches!(
            character,
            '"' | '\''
                | '('
                | ')'
                | '['
                | ']'
                | '<'
                | '>'
                | '*'
                | '.'
                | '!'
                | ','
                | ';'
                | ':'
                | '-'
                | '–'
                | '—'
                | '_'
                | '“'
                | '”'
                | '‘'
                | '’'
                | '«'
                | '»'
                | '…'
                | '?'
                | '~'
                | '='
                | '/'
                | '|'
                | '•'
                | '·'
                | '¿'
                | '¡'
                | '^'
                | '+'
        )
}

/// The listed fillers, with the lengths that occur for each first byte.
struct List {
    entries: Vec<(&'static str, Placeholder)>,
    lengths: Vec<u128>,
}

static LIST: LazyLock<List> = LazyLock::new(|| {
    let mut entries: Vec<_> = include_str!("../../data/placeholders.tsv")
        .lines()
        .filter(|line| !line.starts_with("# "))
        .filter_map(|line| {
            let (text, class) = line.split_once('\t')?;
            let class = if class == "null" {
                Placeholder::NullWord
            } else {
                Placeholder::Phrase
            };
            Some((text, class))
        })
        .collect();
    entries.sort_unstable_by_key(|(text, _)| *text);
    let mut lengths = vec![0; 256];
    for (text, _) in &entries {
        let first = text.bytes().next().map_or(0, usize::from);
        if let Some(known) = lengths.get_mut(first) {
            *known |= 1_u128 << text.len().min(127);
        }
    }
    List { entries, lengths }
});

/// The class of a listed text.
fn listed(text: &str) -> Option<Placeholder> {
    let first = text.bytes().next()?;
    if first.is_ascii() {
        // Blanks may be doubled and letters may change their length, so this can only rule out plain ASCII.
        let lengths = LIST.lengths.get(usize::from(first.to_ascii_lowercase()))?;
        let possible = lengths & (1_u128 << text.len().min(127)) != 0;
        if !possible && text.is_ascii() && !text.as_bytes().windows(2).any(|pair| pair == b"  ") {
            return None;
        }
    }
    let folded = fold(text);
    let at = LIST
        .entries
        .binary_search_by(|(known, _)| (*known).cmp(&folded))
        .ok()?;
    LIST.entries.get(at).map(|(_, class)| *class)
}

/// Fillers known by their shape.
fn shaped(text: &str) -> Option<Placeholder> {
    if text.contains(char::is_whitespace) {
        return None;
    }
    let mut characters = text.chars();
    let first = characters.next()?;
    if characters.next().is_none() {
        return first
            .is_ascii_alphanumeric()
            .then_some(Placeholder::SingleLetter);
    }
    if !text.is_ascii() {
        return None;
    }
    if is_id(text) || is_file_name(text) {
        return Some(Placeholder::IdAsText);
    }
    is_mash(text).then_some(Placeholder::Mash)
}

/// A Socrata id, a UUID or a long hexadecimal number.
fn is_id(text: &str) -> bool {
    let hexadecimal = |part: &str| part.bytes().all(|byte| byte.is_ascii_hexdigit());
    match text.len() {
        9 => is_four_by_four(text),
        36 => {
            let mut lengths = [8, 4, 4, 4, 12].into_iter();
            text.split('-')
                .all(|part| Some(part.len()) == lengths.next() && hexadecimal(part))
        }
        24..=64 => hexadecimal(text) && text.bytes().any(|byte| byte.is_ascii_digit()),
        _ => false,
    }
}

/// `48fa-iwwp`, but neither `2010-2011` nor `fall-2019`: one half must mix letters and digits.
fn is_four_by_four(text: &str) -> bool {
    let Some((left, right)) = text.split_once('-') else {
        return false;
    };
    let lower = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let mixed = |half: &str| {
        half.bytes().any(|byte| byte.is_ascii_digit())
            && half.bytes().any(|byte| byte.is_ascii_lowercase())
    };
    left.len() == 4
        && right.len() == 4
        && left.bytes().chain(right.bytes()).all(lower)
        && (mixed(left) || mixed(right))
}

/// Endings of files that people upload.
const FILE_ENDINGS: [&str; 24] = [
    "csv", "xls", "xlsx", "xlsm", "shp", "zip", "json", "geojson", "txt", "pdf", "xml", "doc",
    "docx", "dbf", "gdb", "kml", "kmz", "tif", "tiff", "tsv", "mdb", "accdb", "jpg", "png",
];

/// One word that ends like a file.
fn is_file_name(text: &str) -> bool {
    text.rsplit_once('.').is_some_and(|(stem, ending)| {
        !stem.is_empty()
            && !stem.contains("://")
            && !text.starts_with("www.")
            && FILE_ENDINGS
                .iter()
                .any(|known| ending.eq_ignore_ascii_case(known))
    })
}

const KEY_ROWS: [&str; 3] = ["qwertyuiop", "asdfghjkl", "zxcvbnm"];

/// Keys of one row struck in order, one letter over and over, or the middle row at random.
fn is_mash(text: &str) -> bool {
    let length = text.len();
    if !(4..=40).contains(&length) || !text.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return false;
    }
    let lower = text.to_ascii_lowercase();
    let bytes = lower.as_bytes();
    let period = |by: usize| {
        bytes
            .iter()
            .zip(bytes.iter().skip(by))
            .all(|(left, right)| left == right)
    };
    if period(1) || (length >= 6 && period(2) && !lower.bytes().any(is_vowel)) {
        return true;
    }
    let middle_row = |byte: u8| {
        KEY_ROWS
            .get(1)
            .is_some_and(|row| row.bytes().any(|key| key == byte))
    };
    runs_along_keys(bytes)
        || (length >= 6 && bytes.iter().all(|&byte| middle_row(byte) && byte != b'a'))
}

fn is_vowel(byte: u8) -> bool {
    matches!(byte, b'a' | b'e' | b'i' | b'o' | b'u' | b'y')
}

/// Whether the word is made of runs of at least four neighbouring keys, each run in one direction.
fn runs_along_keys(word: &[u8]) -> bool {
    let place = |byte: u8| {
        KEY_ROWS.iter().enumerate().find_map(|(row, keys)| {
            let at = keys.bytes().position(|key| key == byte)?;
            Some((row, i32::try_from(at).ok()?))
        })
    };
    let mut run = 1;
    let mut direction = 0;
    for (&left, &right) in word.iter().zip(word.iter().skip(1)) {
        let step = match (place(left), place(right)) {
            (Some((row, from)), Some((other, to))) if row == other => to - from,
            _ => 0,
        };
        let goes_on = matches!(step, 1 | -1) && (direction == 0 || direction == step);
        if goes_on {
            run += 1;
            direction = step;
        } else {
            if run < 4 {
                return false;
            }
            run = 1;
            direction = 0;
        }
    }
    run >= 4
}

#[cfg(test)]
mod tests {
    use super::{Placeholder, classify, template_in, test_record, title_problem};

    #[test]
    fn knows_fillers_of_every_kind() {
        for (text, class) in [
            ("{{description}}", Placeholder::Template),
            ("* {{ default.description }} *", Placeholder::Template),
            ("N/A", Placeholder::NullWord),
            ("  (null). ", Placeholder::NullWord),
            ("Sin descripción", Placeholder::Phrase),
            ("There is no description available.", Placeholder::Phrase),
            ("Coming  Soon!", Placeholder::Phrase),
            ("48fa-iwwp", Placeholder::IdAsText),
            ("streets_2019.xlsx", Placeholder::IdAsText),
            (
                "550e8400-e29b-41d4-a716-446655440000",
                Placeholder::IdAsText,
            ),
            ("A", Placeholder::SingleLetter),
            ("-", Placeholder::SingleLetter),
            ("🌳🌳🌳", Placeholder::SingleLetter),
            ("\u{200b}\u{a0}", Placeholder::SingleLetter),
            ("asdf", Placeholder::Mash),
            ("xxxxxx", Placeholder::Mash),
            ("asdfghjk", Placeholder::Mash),
        ] {
            assert_eq!(classify(text), Some(class), "{text}");
        }
    }

    #[test]
    fn leaves_short_words_that_mean_something_alone() {
        for text in [
            "",
            "Trees",
            "%",
            "2010-2011",
            "fall-2019",
            "Not applicable: the survey ended in 2014",
            "were",
            "AAA",
            "III",
            "www.example.org",
            "Pending cases",
            "Test results",
            "日",
            "Mama",
            "COVID-19",
            "Unknown soldiers",
        ] {
            assert_eq!(classify(text), None, "{text}");
        }
    }

    #[test]
    fn knows_the_help_that_a_form_was_left_with() {
        let help =
            "REQUIRED: The name of an organization or individual that developed the data set.";
        assert_eq!(classify(help), Some(Placeholder::Template));
        assert_eq!(template_in(help), Some(0..help.len()));
        for text in [
            "Required: a permit from the harbour office.",
            "REQUIRED: See the rules. Permits are sold at the desk.",
            "Permit REQUIRED: The harbour office sells it.",
        ] {
            assert_eq!(template_in(text), None, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn never_panics_and_points_into_the_text(text in "([{}\\[\\]<>$%@a-zA-Z_. -]|test|draft|insert|\\PC){0,40}") {
            let _ = (classify(&text), title_problem(&text, &text));
            if let Some(range) = template_in(&text) {
                proptest::prop_assert!(text.get(range).is_some());
            }
            if let Some(trial) = test_record(&text, "") {
                proptest::prop_assert!(text.get(trial.range).is_some());
            }
        }
    }
}
