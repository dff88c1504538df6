//! How hard a text is to read, by the lengths of its words and sentences (Flesch–Kincaid grade).

use memchr::memmem;

/// How a text reads.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Readability {
    /// Years of school that the text asks for.
    pub grade: f64,
    /// Words.
    pub words: usize,
    /// Sentences; a line of its own is one as well.
    pub sentences: usize,
    /// Words of the longest sentence.
    pub longest: usize,
    /// Where the longest sentence stands, in bytes.
    pub longest_at: (usize, usize),
}

/// A comma in so many words makes a list.
const LIST_ITEM: usize = 6;

/// Measures an English text; `None` for one that is mostly a list, or has too few words to measure.
///
/// Addresses, numbers and acronyms are no words that a reader reads out, so they are not counted.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "counts of words are small")]
pub fn measure(text: &str) -> Option<Readability> {
    let mut found = Readability {
        grade: 0.0,
        words: 0,
        sentences: 0,
        longest: 0,
        longest_at: (0, 0),
    };
    let (mut syllables, mut short_lines) = (0, 0);
    for (start, end) in sentences(text) {
        let sentence = text.get(start..end).unwrap_or_default();
        let (words, spoken) = count(sentence);
        if words == 0 {
            continue;
        }
        short_lines += usize::from(words < 5);
        found.words += words;
        syllables += spoken;
        found.sentences += 1;
        // Who reads a list of names takes it item by item.
        let items = memchr::memchr_iter(b',', sentence.as_bytes()).count();
        if words > found.longest && items * LIST_ITEM < words {
            (found.longest, found.longest_at) = (words, (start, end));
        }
    }
    let is_list = short_lines >= 5 && short_lines * 2 >= found.sentences;
    if found.words == 0 || is_list {
        return None;
    }
    let (words, sentences) = (found.words as f64, found.sentences as f64);
    found.grade =
        0.39 * words / sentences + 11.8 * f64::from(u32::try_from(syllables).ok()?) / words - 15.59;
    Some(found)
}

/// Sentences end at a full stop, question or exclamation mark, or semicolon before a blank, and at the end of a line.
fn sentences(text: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut start = 0;
    let bytes = text.as_bytes();
    for (at, byte) in bytes.iter().enumerate() {
        let ends = match byte {
            b'\n' => true,
            b'!' | b'?' | b';' => bytes.get(at + 1).is_none_or(u8::is_ascii_whitespace),
            b'.' => {
                bytes
                    .get(at + 1)
                    .is_none_or(|next| next.is_ascii_whitespace() || *next == b'"')
                    && !is_short_form(text.get(start..at).unwrap_or_default())
            }
            _ => false,
        };
        if ends {
            found.push((start, at + 1));
            start = at + 1;
        }
    }
    if start < text.len() {
        found.push((start, text.len()));
    }
    found
}

/// `e.g`, `No`, `St`, `U.S`: a full stop after these does not end a sentence.
fn is_short_form(before: &str) -> bool {
    let word = before
        .rsplit(char::is_whitespace)
        .next()
        .unwrap_or_default();
    let word = word.trim_start_matches(['(', '"']);
    [
        "e.g", "i.e", "No", "St", "Dr", "approx", "Mr", "Ms", "vs", "etc", "Inc", "Co", "Dept",
    ]
    .contains(&word)
        || word.chars().count() == 1
        || (word.contains('.') && word.len() <= 5)
}

/// Words and syllables of a sentence.
fn count(sentence: &str) -> (usize, usize) {
    if sentence.is_ascii() {
        return count_ascii(sentence.as_bytes());
    }
    let (mut words, mut spoken) = (0, 0);
    for piece in sentence.split_whitespace() {
        if is_address(piece.as_bytes()) {
            continue;
        }
        for word in piece.split(|sign: char| !(sign.is_alphabetic() || matches!(sign, '\'' | '’')))
        {
            let (mut letters, mut small) = (0, false);
            for sign in word.chars() {
                letters += usize::from(sign.is_alphabetic());
                small |= sign.is_lowercase();
            }
            let acronym = letters > 1 && !small;
            if letters > 0 && !acronym {
                words += 1;
                spoken += syllables(word.as_bytes());
            }
        }
    }
    (words, spoken)
}

/// The same, byte by byte.
fn count_ascii(sentence: &[u8]) -> (usize, usize) {
    let (mut words, mut spoken) = (0, 0);
    for piece in sentence.split(|byte| matches!(byte, b' ' | b'\t'..=b'\r')) {
        if piece.is_empty() || is_address(piece) {
            continue;
        }
        for word in piece.split(|byte| !(byte.is_ascii_alphabetic() || *byte == b'\'')) {
            let (mut letters, mut small) = (0, false);
            for byte in word {
                letters += usize::from(*byte != b'\'');
                small |= byte.is_ascii_lowercase();
            }
            let acronym = letters > 1 && !small;
            if letters > 0 && !acronym {
                words += 1;
                spoken += syllables(word);
            }
        }
    }
    (words, spoken)
}

fn is_address(piece: &[u8]) -> bool {
    // No shorter one has a sign for an address in it.
    if piece.len() < 3 {
        return piece.contains(&b'@');
    }
    let has = |sign| memchr::memchr(sign, piece).is_some();
    piece.starts_with(b"www.") || has(b'@') || (has(b':') && memmem::find(piece, b"://").is_some())
}

/// Groups of vowels, without the silent ones at the end.
fn syllables(word: &[u8]) -> usize {
    let is_vowel =
        |byte: &u8| matches!(byte | 0x20, b'a' | b'e' | b'i' | b'o' | b'u' | b'y') && *byte < 0x80;
    let mut groups = 0_usize;
    let mut in_group = false;
    for byte in word {
        let vowel = is_vowel(byte);
        groups += usize::from(vowel && !in_group);
        in_group = vowel;
    }
    // Only these last letters can be silent.
    let last = word.last().map(u8::to_ascii_lowercase);
    if !matches!(last, Some(b'e' | b'd' | b's')) {
        return groups.max(1);
    }
    let ends = |tail: &str| {
        let start = word.len().checked_sub(tail.len()).filter(|at| *at > 0);
        let end = start.and_then(|start| word.get(start..));
        end.is_some_and(|end| end.eq_ignore_ascii_case(tail.as_bytes()))
    };
    // The e of "issue" and "issued" belongs to the vowel before it.
    let consonant_before = |tail: &str| {
        let before = word.len().checked_sub(tail.len() + 1);
        before
            .and_then(|at| word.get(at))
            .is_some_and(|byte| !is_vowel(byte))
    };
    let silent_end = |tail: &str| ends(tail) && consonant_before(tail);
    let spoken_le = ends("le") && consonant_before("le");
    let silent = (silent_end("e") && !spoken_le)
        || (silent_end("ed") && !ends("ted") && !ends("ded"))
        || (silent_end("es")
            && !["ses", "ces", "ges", "xes", "zes", "ches", "shes"]
                .iter()
                .any(|tail| ends(tail)));
    groups.saturating_sub(usize::from(silent)).max(1)
}

#[cfg(test)]
mod tests {
    use super::{measure, syllables};

    #[test]
    fn counts_syllables_as_spoken() {
        for (word, count) in [
            ("trees", 1),
            ("inventory", 4),
            ("issued", 2),
            ("counted", 2),
            ("table", 2),
            ("the", 1),
            ("a", 1),
        ] {
            assert_eq!(syllables(word.as_bytes()), count, "{word}");
        }
    }

    #[test]
    fn tells_easy_from_hard() {
        let easy =
            measure("Trees in parks. We count them each year. The crew writes down the kind.")
                .unwrap_or_else(|| unreachable!());
        assert!(easy.grade < 5.0 && easy.sentences == 3, "{easy:?}");
        let hard = measure(
            "Pursuant to applicable administrative regulations governing municipal infrastructure, comprehensive documentation \
             regarding maintenance responsibilities is periodically consolidated, notwithstanding jurisdictional inconsistencies.",
        )
        .unwrap_or_else(|| unreachable!());
        assert!(hard.grade > 20.0 && hard.longest == 19, "{hard:?}");
    }

    #[test]
    fn does_not_measure_lists() {
        assert_eq!(measure("A\nB\nC\nD\nE\nF"), None);
        assert_eq!(measure(""), None);
    }
}
