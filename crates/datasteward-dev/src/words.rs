//! Rebuilds the English word list of the lexicon from Debian's `scowl` package.
//!
//! The list is small and changes once in years, so the result is checked in; this task makes it again, byte for byte,
//! from `/usr/share/dict/scowl`. Licence: `crates/datasteward/data/english.NOTICE`.

use std::collections::BTreeMap;
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

/// Rebuilds `data/english.fst`.
///
/// # Errors
/// When the package is not installed or the file cannot be written.
pub(crate) fn run() -> Result<(), String> {
    write("english.fst", &english()?)
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
