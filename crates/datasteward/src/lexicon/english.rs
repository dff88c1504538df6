//! The list of English words.
//!
//! SCOWL to level 60 in American, British and Canadian spelling, as an `fst` map from word to level (see
//! `data/english.NOTICE`), beside a short list of civic words of our own. A *smaller* list is better here: the larger
//! ones hold the very abbreviations that a reader stumbles over.

use std::sync::LazyLock;

use fst::raw::Output;
use fst::{Automaton, IntoStreamer, Map, Streamer};

use super::memo::Memo;
use super::quick::QuickSet;

static BYTES: &[u8] = include_bytes!("../../data/english.fst");

/// A bit for each three letters in a row, edges of words included, that at least three words of the list have.
static TRIPLES: &[u8] = include_bytes!("../../data/english.triples");

/// `None` only if the checked-in file were broken, which a test rules out.
static WORDS: LazyLock<Option<Map<&'static [u8]>>> = LazyLock::new(|| Map::new(BYTES).ok());

static CIVIC: LazyLock<QuickSet<&'static str>> =
    LazyLock::new(|| listed(include_str!("../../data/civic-words.txt")));

/// The first three letters of the civic words; none is shorter.
static CIVIC_HEADS: LazyLock<QuickSet<&'static str>> =
    LazyLock::new(|| CIVIC.iter().filter_map(|word| word.get(..3)).collect());

/// Most words of most names: asking these first spares the walk through the whole list.
static FREQUENT: LazyLock<QuickSet<&'static str>> =
    LazyLock::new(|| listed(include_str!("../../data/frequent-words.txt")));

fn listed(file: &'static str) -> QuickSet<&'static str> {
    file.lines()
        .filter(|line| !line.starts_with('#'))
        .flat_map(str::split_whitespace)
        .collect()
}

/// Levels from here on are words that are only written with a capital.
const PROPER: u64 = 128;

/// Up to this SCOWL level a word is everyday English.
const COMMON: u64 = 35;

/// Two-letter words that a reader takes for words; the list's others (`es`, `ls`, `ti`) are codes in a field name.
const TWO_LETTER: [&str; 29] = [
    "ad", "am", "an", "as", "at", "be", "by", "do", "go", "he", "if", "in", "is", "it", "me", "my",
    "no", "of", "on", "or", "ox", "re", "so", "to", "up", "us", "vs", "we", "oh",
];

/// What the list knows of a folded word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Known {
    /// Everyday English.
    Common,
    /// English, but less common.
    Rare,
    /// Only written with a capital: `Alaska`, `Hispanic`.
    Proper,
}

/// Looks a folded word up. Words of two or three letters count only where they are everyday English.
#[must_use]
pub fn look_up(word: &str) -> Option<Known> {
    match word.len() {
        0 | 1 => return None,
        2 => return TWO_LETTER.contains(&word).then_some(Known::Common),
        _ => {}
    }
    thread_local!(static KNOWN: Memo<Option<Known>> = const { Memo::new() });
    KNOWN.with(|known| known.get(word, find))
}

/// Walks through the lists.
fn find(word: &str) -> Option<Known> {
    if FREQUENT.contains(word) {
        return Some(Known::Common);
    }
    let listed = match WORDS.as_ref()?.get(word) {
        Some(level) if level >= PROPER => Some(Known::Proper),
        Some(level) if level <= COMMON => return Some(Known::Common),
        Some(_) if word.len() > 3 => Some(Known::Rare),
        _ => None,
    };
    if CIVIC.contains(word) {
        return Some(Known::Common);
    }
    listed
}

/// Whether a folded word is everyday or civic English.
#[must_use]
pub fn is_common(word: &str) -> bool {
    look_up(word) == Some(Known::Common)
}

/// Whether `beginning` is no word itself but the beginning of one: `descriptio`.
#[must_use]
pub fn is_cut_word(beginning: &str) -> bool {
    let Some(words) = WORDS.as_ref() else {
        return false;
    };
    let words = words.as_fst();
    let mut node = words.root();
    for &byte in beginning.as_bytes() {
        let Some(transition) = node.find_input(byte).map(|at| node.transition(at)) else {
            return false;
        };
        node = words.node(transition.addr);
    }
    !node.is_final() && !node.is_empty()
}

/// Whether `beginning` is no word itself but a common word, three letters longer at least, begins so: `traff`.
#[must_use]
pub fn is_beginning_of_common(beginning: &str) -> bool {
    if !is_cut_word(beginning) {
        return false;
    }
    let Some(words) = WORDS.as_ref() else {
        return false;
    };
    let mut begun = words
        .search(fst::automaton::Str::new(beginning).starts_with())
        .into_stream();
    while let Some((word, level)) = begun.next() {
        if level <= COMMON && word.len() >= beginning.len() + 3 {
            return true;
        }
    }
    false
}

/// The only word that `beginning` can be the beginning of, endings of number aside; `None` where there are several.
#[must_use]
pub fn only_completion(beginning: &str) -> Option<String> {
    let words = WORDS.as_ref()?.as_fst();
    let mut node = words.root();
    for &byte in beginning.as_bytes() {
        node = words.node(node.transition(node.find_input(byte)?).addr);
    }
    let mut word = beginning.to_owned();
    while !node.is_final() {
        if node.len() != 1 {
            return None;
        }
        let transition = node.transition(0);
        word.push(char::from(transition.inp));
        node = words.node(transition.addr);
    }
    // Anything but a plural after the word means that other words begin so as well.
    let only_plural = node.is_empty() || (node.len() == 1 && node.transition(0).inp == b's');
    (only_plural && word.is_ascii()).then_some(word)
}

/// The whole words of which a folded token is run together: `totalcost` gives `total`, `cost`.
///
/// The fewest pieces win, then the longest first piece. At most four pieces of three letters or more, and one short
/// one (`of`, `id`).
#[must_use]
pub fn split_words(token: &str) -> Option<Vec<&str>> {
    if !(6..=48).contains(&token.len()) || !token.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return None;
    }
    thread_local! {
        static KNOWN: Memo<u64> = const { Memo::new() };
    }
    let mut ends = KNOWN.with(|known| known.get(token, cuts));
    if ends == 0 {
        return None;
    }
    let mut pieces = Vec::with_capacity(4);
    let mut rest = token;
    while ends != 0 {
        let end = ends.trailing_zeros() as usize - (token.len() - rest.len());
        let (piece, after) = rest.split_at_checked(end)?;
        pieces.push(piece);
        rest = after;
        ends &= ends - 1;
    }
    Some(pieces)
}

/// Where the words end of which a token is run together, one bit a place; nothing where it is one word.
fn cuts(token: &str) -> u64 {
    let mut cuts = Cuts::of(token);
    (2..=4)
        .find_map(|count| cuts.cut(0, count, true))
        .unwrap_or_default()
}

/// Where a token of at most 48 letters may be cut.
struct Cuts<'t> {
    token: &'t str,
    /// For each start: where common words that begin there end, one bit a place. Asked of the list when it is needed.
    ends: [Option<u64>; 49],
}

impl<'t> Cuts<'t> {
    fn of(token: &'t str) -> Self {
        Self {
            token,
            ends: [None; 49],
        }
    }

    fn ends(&mut self, start: usize) -> u64 {
        let known = self.ends.get(start).copied().flatten();
        known.unwrap_or_else(|| {
            let ends = beginnings(self.token.get(start..).unwrap_or_default()) << start;
            if let Some(slot) = self.ends.get_mut(start) {
                *slot = Some(ends);
            }
            ends
        })
    }

    /// Whether what follows `start` is one word.
    fn is_piece(&mut self, start: usize, rest: &str) -> bool {
        let common = self.ends(start) & (1 << self.token.len()) != 0;
        rest.len() >= 3 && (common || CIVIC.contains(rest) || rest == "num" || rest == "text")
    }

    /// Where the pieces end, if what follows `start` falls into so many.
    fn cut(&mut self, start: usize, count: usize, short_allowed: bool) -> Option<u64> {
        let token = self.token;
        let rest = token.get(start..)?;
        if count == 1 {
            let fits = self.is_piece(start, rest) || (short_allowed && is_short_piece(rest));
            return fits.then_some(1 << token.len());
        }
        // Something must be left for the next piece.
        let mut ends = self.ends(start) & ((1 << token.len()) - 1);
        while ends != 0 {
            let end = ends.ilog2() as usize;
            ends &= !(1 << end);
            let Some(first) = token.get(start..end) else {
                continue;
            };
            let short = is_short_piece(first);
            if short && !short_allowed {
                continue;
            }
            if let Some(found) = self.cut(end, count - 1, short_allowed && !short) {
                return Some(found | 1 << end);
            }
        }
        None
    }
}

/// Where common words that `token` begins with end, one bit a place.
fn beginnings(token: &str) -> u64 {
    let mut ends = 0;
    let Some(words) = WORDS.as_ref() else {
        return ends;
    };
    let words = words.as_fst();
    let civic = token
        .get(..3)
        .is_some_and(|head| CIVIC_HEADS.contains(head));
    let mut node = words.root();
    let mut level = Output::zero();
    for (at, &byte) in token.as_bytes().iter().enumerate() {
        let Some(transition) = node.find_input(byte).map(|at| node.transition(at)) else {
            break;
        };
        level = level.cat(transition.out);
        node = words.node(transition.addr);
        let end = at + 1;
        let is_word =
            end >= 3 && node.is_final() && level.cat(node.final_output()).value() <= COMMON;
        let first = token.get(..end).unwrap_or_default();
        if is_word || is_short_piece(first) || (civic && CIVIC.contains(first)) {
            ends |= 1 << end;
        }
    }
    ends
}

/// How many triples of letters no English word has, or hardly any: `pulkdk` has three, `garcetti` none.
///
/// Names of places and people are built as English words are; shorthand that keeps the consonants is not. Letters
/// other than the twenty-six of English tell nothing, so a token that holds one has no odd triple.
#[must_use]
pub fn odd_triples(token: &str) -> usize {
    if !token.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return 0;
    }
    let letters: Vec<u8> = [EDGE]
        .into_iter()
        .chain(token.bytes())
        .chain([EDGE])
        .collect();
    letters
        .windows(3)
        .filter(|triple| {
            let at = place_of(triple);
            TRIPLES
                .get(at / 8)
                .is_none_or(|byte| byte & (1 << (at % 8)) == 0)
        })
        .count()
}

/// Stands before and after a word.
const EDGE: u8 = b'a' - 1;

/// The bit of a triple.
fn place_of(triple: &[u8]) -> usize {
    triple
        .iter()
        .fold(0, |at, letter| at * 27 + usize::from(letter - EDGE))
}

fn is_short_piece(word: &str) -> bool {
    matches!(
        word,
        "of" | "in" | "to" | "at" | "by" | "on" | "or" | "no" | "id" | "is"
    )
}

#[cfg(test)]
mod tests {
    use fst::Streamer as _;

    use super::{
        BYTES, COMMON, EDGE, FREQUENT, Known, TRIPLES, WORDS, is_cut_word, look_up, odd_triples,
        only_completion, place_of, split_words,
    };
    use sha2::{Digest, Sha256};
    use std::collections::BTreeSet;

    #[test]
    fn the_list_is_the_one_that_was_made() {
        let words = WORDS.as_ref().map_or(0, fst::Map::len);
        assert_eq!(words, 88_884);
        let hash: String = Sha256::digest(BYTES)
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        assert_eq!(
            hash,
            "d5d9c6f8d46af1ea424f679fca1d7ae55c32b05447e7584821ea4f356df558bb"
        );
    }

    /// As `cargo dev words` makes them.
    #[test]
    fn the_triples_are_those_of_the_list() {
        let mut seen = vec![0_u8; 27 * 27 * 27];
        let words = WORDS.as_ref().expect("the list is built in");
        let mut stream = words.stream();
        while let Some((word, _)) = stream.next() {
            if !word.iter().all(u8::is_ascii_lowercase) {
                continue;
            }
            let letters: Vec<u8> = [EDGE]
                .into_iter()
                .chain(word.iter().copied())
                .chain([EDGE])
                .collect();
            let places: BTreeSet<usize> = letters.windows(3).map(place_of).collect();
            for at in places {
                seen[at] = seen[at].saturating_add(1);
            }
        }
        let mut bits = vec![0_u8; TRIPLES.len()];
        for (at, _) in seen.iter().enumerate().filter(|(_, words)| **words >= 3) {
            bits[at / 8] |= 1 << (at % 8);
        }
        assert!(bits == TRIPLES, "run `cargo dev words`");
    }

    #[test]
    fn shorthand_is_not_built_as_words_are() {
        for shorthand in [
            "pulkdk",
            "numgqtrs",
            "adrstr",
            "atvpers",
            "curexmptxbl",
            "countyfp",
        ] {
            assert!(odd_triples(shorthand) >= 2, "{shorthand}");
        }
        for word in [
            "garcetti",
            "ventura",
            "serotypes",
            "haraldson",
            "biodiesel",
            "ciudad",
            "été",
        ] {
            assert!(odd_triples(word) < 2, "{word}");
        }
    }

    #[test]
    fn knows_words_and_no_abbreviations() {
        assert_eq!(look_up("street"), Some(Known::Common));
        assert_eq!(look_up("colour"), Some(Known::Common));
        assert_eq!(look_up("alaska"), Some(Known::Proper));
        assert_eq!(look_up("stormwater"), Some(Known::Common));
        for abbreviation in ["addr", "cnt", "nbr", "qty", "dt", "ls", "ell"] {
            assert_eq!(look_up(abbreviation), None, "{abbreviation}");
        }
    }

    #[test]
    fn frequent_words_are_words_of_the_list() {
        for word in FREQUENT.iter() {
            let level = WORDS.as_ref().and_then(|words| words.get(word));
            assert!(level.is_some_and(|level| level <= COMMON), "{word}");
        }
    }

    #[test]
    fn tells_cut_words_from_words() {
        assert!(is_cut_word("descriptio"));
        assert!(!is_cut_word("description"));
        assert!(!is_cut_word("rockville"));
        assert_eq!(only_completion("elevatio").as_deref(), Some("elevation"));
        assert_eq!(only_completion("creat"), None);
    }

    #[test]
    fn splits_words_that_are_run_together() {
        assert_eq!(split_words("totalcost"), Some(vec!["total", "cost"]));
        assert_eq!(
            split_words("dateofbirth"),
            Some(vec!["date", "of", "birth"])
        );
        assert_eq!(split_words("objectid"), Some(vec!["object", "id"]));
        assert_eq!(split_words("ehrlichiosis"), None);
    }
}
