//! Rebuilds the English word list of the lexicon from Debian's `scowl` package.
//!
//! The list is small and changes once in years, so the result is checked in; this task makes it again, byte for byte,
//! from `/usr/share/dict/scowl`. Licence: `crates/datasteward/data/english.NOTICE`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use fst::MapBuilder;

const SCOWL: &str = "/usr/share/dict/scowl";
const DATA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../datasteward/data");

/// SCOWL's own scale of how common a word is; above 60 the lists fill up with rarities and abbreviations.
const LEVELS: [u64; 7] = [10, 20, 35, 40, 50, 55, 60];

/// Added to the level of a word that is only written with a capital (`Alaska`, `Hispanic`).
const PROPER: u64 = 128;

/// Capitalised entries shorter than this are mostly abbreviations (`CI`, `PD`).
const SHORTEST_PROPER: usize = 4;

const SPELLINGS: [&str; 5] = ["english", "american", "british", "british_z", "canadian"];

/// Three letters that fewer words have are odd.
const WORDS_OF_A_TRIPLE: usize = 3;

/// Rebuilds `data/english.fst` and `data/english.triples`.
///
/// # Errors
/// When the package is not installed or the file cannot be written.
pub(crate) fn run() -> Result<(), String> {
    let words = english()?;
    write("english.fst", &words)?;
    let triples = triples(words.keys().map(String::as_str));
    let path = Path::new(DATA).join("english.triples");
    fs::write(&path, triples).map_err(|error| format!("{}: {error}", path.display()))
}

/// A bit for each three letters in a row that enough words have; a word's edges count as a letter.
///
/// The bits are read by `lexicon::english::odd_triples`, and its tests make them again from the list.
fn triples<'w>(words: impl Iterator<Item = &'w str>) -> Vec<u8> {
    const LETTERS: usize = 27;
    let mut seen = vec![0_usize; LETTERS * LETTERS * LETTERS];
    for word in words.filter(|word| word.bytes().all(|byte| byte.is_ascii_lowercase())) {
        let letters: Vec<usize> = format!("`{word}`")
            .bytes()
            .map(|letter| usize::from(letter - b'`'))
            .collect();
        let places: BTreeSet<usize> = letters
            .windows(3)
            .map(|triple| triple.iter().fold(0, |at, letter| at * LETTERS + letter))
            .collect();
        for at in places {
            if let Some(count) = seen.get_mut(at) {
                *count += 1;
            }
        }
    }
    let mut bits = vec![0_u8; seen.len().div_ceil(8)];
    for (at, _) in seen
        .iter()
        .enumerate()
        .filter(|(_, words)| **words >= WORDS_OF_A_TRIPLE)
    {
        if let Some(byte) = bits.get_mut(at / 8) {
            *byte |= 1 << (at % 8);
        }
    }
    bits
}

/// Word → level, the commonest level winning; common words win over proper names.
fn english() -> Result<BTreeMap<String, u64>, String> {
    let mut words = BTreeMap::new();
    for spelling in SPELLINGS {
        for level in LEVELS {
            for class in ["words", "contractions"] {
                for word in scowl(spelling, class, level)? {
                    keep_lowest(&mut words, word, level);
                }
            }
            for class in ["upper", "proper-names"] {
                // Above level 50 the proper names are surnames of the census, which look like anything.
                if class == "proper-names" && level > 50 {
                    continue;
                }
                for word in scowl(spelling, class, level)? {
                    if is_proper(&word) {
                        keep_lowest(&mut words, word.to_lowercase(), PROPER + level);
                    }
                }
            }
        }
    }
    Ok(words)
}

/// One capital, then small letters: not an acronym.
fn is_proper(word: &str) -> bool {
    word.chars().count() >= SHORTEST_PROPER
        && word.chars().all(char::is_alphabetic)
        && word.chars().skip(1).all(char::is_lowercase)
}

fn keep_lowest(words: &mut BTreeMap<String, u64>, word: String, level: u64) {
    let kept = words.entry(word).or_insert(level);
    *kept = level.min(*kept);
}

/// The lines of one SCOWL file; no such file is an empty list, since not every class has every level.
fn scowl(spelling: &str, class: &str, level: u64) -> Result<Vec<String>, String> {
    let root = Path::new(SCOWL);
    if !root.is_dir() {
        return Err(format!("{SCOWL} is missing: install the package `scowl`"));
    }
    let path = root.join(format!("{spelling}-{class}.{level}"));
    if !path.exists() {
        return Ok(Vec::new());
    }
    let bytes = fs::read(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    // The lists are Latin-1, where a byte is its own code point.
    let text: String = bytes.into_iter().map(char::from).collect();
    Ok(text
        .lines()
        .map(|word| word.strip_suffix("'s").unwrap_or(word).to_owned())
        .filter(|word| !word.is_empty())
        .collect())
}

fn write(name: &str, words: &BTreeMap<String, u64>) -> Result<(), String> {
    let mut builder = MapBuilder::memory();
    for (word, level) in words {
        builder
            .insert(word, *level)
            .map_err(|error| format!("{name}: {error}"))?;
    }
    let bytes = builder
        .into_inner()
        .map_err(|error| format!("{name}: {error}"))?;
    let path = Path::new(DATA).join(name);
    fs::write(&path, &bytes).map_err(|error| format!("{}: {error}", path.display()))?;
    println!("{name}: {} words, {} bytes", words.len(), bytes.len());
    Ok(())
}
