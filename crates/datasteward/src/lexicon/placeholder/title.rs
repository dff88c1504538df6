//! Titles that do not tell what the dataset is about.

use std::sync::LazyLock;

use super::trial::{self, Token, TrialKind};
use super::{Placeholder, classify, is_file_name};
use crate::lexicon::quick::QuickMap;
use crate::lexicon::{english, fold, titles};

/// Why a title does not tell what the dataset is about, judged by its shape alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TitleProblem {
    /// There is nothing.
    Empty,
    /// A filler or a template slot.
    Placeholder(Placeholder),
    /// A trial, draft or do-not-use mark.
    Trial(TrialKind),
    /// Names run together by capitals or underscores: `AccidentWithPed`, `parcel_layer_2`.
    MachineName,
    /// One word in small letters, as identifiers are: `covertype`.
    Identifier,
    /// One group of capitals: `DOGIS`.
    Initials,
    /// A code among the words: `NOFA005`.
    Code,
    /// A file name.
    FileName,
    /// Words that name no subject: `Cases Filed 2015`, `Geography Lookup Table`.
    Vague,
    /// Several words, all in capitals. Readable, but hard on the eye.
    AllCapitals,
}

/// What is wrong with the shape of a title.
#[must_use]
pub fn title_problem(title: &str, description: &str) -> Option<TitleProblem> {
    let title = title.trim();
    if title.is_empty() {
        return Some(TitleProblem::Empty);
    }
    if let Some(class) = classify(title) {
        let file = class == Placeholder::IdAsText && is_file_name(title);
        return Some(if file {
            TitleProblem::FileName
        } else {
            TitleProblem::Placeholder(class)
        });
    }
    if let Some(trial) = trial::in_title(title, description) {
        return Some(TitleProblem::Trial(trial.kind));
    }
    let tokens = Token::all(title);
    one_word(title, &tokens)
        .or_else(|| several_words(title, &tokens, description))
        .or_else(|| is_vague(title).then_some(TitleProblem::Vague))
}

/// Words of titles that name no subject, and whether each can be more than a leading or joining word.
static VAGUE: LazyLock<QuickMap<&'static str, bool>> = LazyLock::new(|| {
    include_str!("../../../data/vague-title-words.txt")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .flat_map(|line| {
            let (words, tells) = line
                .strip_prefix('+')
                .map_or((line, true), |line| (line, false));
            words
                .split_ascii_whitespace()
                .map(move |word| (word, tells))
        })
        .collect()
});

/// The words of a title that name its subject, made comparable: `street`, `tree` of `List of Street Trees`.
#[must_use]
pub fn telling_words(title: &str) -> Vec<String> {
    let folded = titles::fold_title(title);
    let words = folded.split(' ').filter(|word| !word.is_empty());
    words
        .filter(|word| !VAGUE.contains_key(word))
        .map(|word| fold::stem(word).into_owned())
        .collect()
}

/// Whether all words of a title are vague, those of periods and versions left aside. Other numbers are names (`311`).
fn is_vague(title: &str) -> bool {
    let mut tells = false;
    let mut from = 0;
    let skeleton = titles::skeleton_of(title);
    let outside = skeleton
        .slots
        .iter()
        .map(|slot| (slot.start, slot.end))
        .chain(std::iter::once((title.len(), title.len())))
        .filter_map(|(start, end)| {
            let text = title.get(from..start);
            from = end;
            text
        });
    for text in outside {
        for word in fold::words(text) {
            let version = word.strip_prefix('v').is_some_and(|rest| {
                !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit())
            });
            match VAGUE.get(&*word) {
                Some(own) => tells |= own,
                None if version || is_length_of_time(&word, text) => {}
                None => return false,
            }
        }
    }
    tells
}

/// `(10 years)`: how long, not what of.
fn is_length_of_time(word: &str, text: &str) -> bool {
    let unit = |word: &str| matches!(word, "years" | "months" | "weeks" | "days");
    unit(word)
        || (word.bytes().all(|byte| byte.is_ascii_digit())
            && fold::words(text)
                .zip(fold::words(text).skip(1))
                .any(|(number, next)| *number == *word && unit(&next)))
}

fn one_word(title: &str, tokens: &[Token<'_>]) -> Option<TitleProblem> {
    if title.contains(char::is_whitespace) {
        return None;
    }
    if title.contains('_') || humps(title) >= 3 || is_in_database(title) {
        return Some(TitleProblem::MachineName);
    }
    // A stem, a dot and a short ending in small letters is a file of some kind.
    if title.rsplit_once('.').is_some_and(|(stem, ending)| {
        stem.len() >= 4
            && (2..=4).contains(&ending.len())
            && ending.bytes().all(|byte| byte.is_ascii_lowercase())
            && !is_domain(ending)
    }) {
        return Some(TitleProblem::FileName);
    }
    let letters = title
        .chars()
        .filter(|character| character.is_alphabetic())
        .count();
    if title.is_ascii() && letters >= 2 && !title.bytes().any(|byte| byte.is_ascii_uppercase()) {
        return Some(TitleProblem::Identifier);
    }
    let capitals = tokens.iter().all(Token::is_capitals);
    let short = title.len() <= 6;
    let folded = title.to_ascii_lowercase();
    let known = english::look_up(&folded);
    let is_word = letters > 4 && known == Some(english::Known::Common);
    // `PLSSTOWNSHIP`; names of places in capitals are spelt as words are.
    let run_together = known.is_none() && english::odd_triples(&folded) > 0;
    if capitals && !short && title.is_ascii() && run_together && tokens.len() == 1 {
        return Some(TitleProblem::MachineName);
    }
    (capitals && short && title.is_ascii() && !is_word).then_some(TitleProblem::Initials)
}

/// Endings of names of sites: `Energy.gov`.
fn is_domain(ending: &str) -> bool {
    ["gov", "org", "com", "net", "edu", "us", "io", "info"]
        .iter()
        .any(|known| ending.eq_ignore_ascii_case(known))
}

/// `DPR.PARKSBND`, `city.SPRINGFIELD.addresses`: a table behind the name of its owner, who is written in capitals.
fn is_in_database(title: &str) -> bool {
    let Some((owners, table)) = title.rsplit_once('.') else {
        return false;
    };
    let is_name = |part: &str| {
        part.len() >= 2
            && part
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
    };
    let is_owner =
        |part: &str| part.len() >= 3 && part.bytes().all(|byte| byte.is_ascii_uppercase());
    table.len() >= 4
        && !is_domain(table)
        && is_name(table)
        && owners.split('.').all(is_name)
        && owners.split('.').any(is_owner)
}

fn several_words(title: &str, tokens: &[Token<'_>], description: &str) -> Option<TitleProblem> {
    let joined = |word: &str| word.bytes().filter(|byte| *byte == b'_').count() >= 3;
    // A text that writes it so as well uses it as a name: `OpenStreetMap`.
    let is_grown = |word: &str| humps(word) >= 3 && !description.contains(word);
    if tokens.iter().any(|token| is_grown(token.text)) || title.split_whitespace().any(joined) {
        return Some(TitleProblem::MachineName);
    }
    let words = title.split_whitespace().count();
    let underscored = title
        .split_whitespace()
        .filter(|word| word.contains('_'))
        .count();
    if words > 1 && underscored * 2 >= words {
        return Some(TitleProblem::MachineName);
    }
    if tokens
        .iter()
        .any(|token| is_code(token.text) || is_layer_file(token.text))
        && words <= 6
    {
        return Some(TitleProblem::Code);
    }
    let letters = title
        .chars()
        .filter(|character| character.is_alphabetic())
        .count();
    let shouted = words >= 2 && letters >= 8 && !title.chars().any(char::is_lowercase);
    shouted.then_some(TitleProblem::AllCapitals)
}

/// Words run together, counted by a small letter before a capital one; a name like `McDonald` has one such place.
fn humps(word: &str) -> usize {
    let joins = word
        .chars()
        .zip(word.chars().skip(1))
        .filter(|(left, right)| left.is_lowercase() && right.is_uppercase())
        .count();
    if joins == 0 { 0 } else { joins + 1 }
}

/// `Shp1`, `lyr_2`: what a file of a map was called on somebody's disk.
fn is_layer_file(word: &str) -> bool {
    let word = word.to_ascii_lowercase();
    ["shp", "lyr", "tbl", "fgdb", "wfl"].iter().any(|kind| {
        word.strip_prefix(kind).is_some_and(|rest| {
            !rest.is_empty()
                && rest
                    .bytes()
                    .all(|byte| byte.is_ascii_digit() || byte == b'_')
        })
    })
}

/// Three capitals or more, then three digits or more that are no year.
fn is_code(word: &str) -> bool {
    let letters = word.bytes().take_while(u8::is_ascii_uppercase).count();
    let digits = word.get(letters..).unwrap_or("");
    let year = digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20"));
    letters >= 3 && digits.len() >= 3 && digits.bytes().all(|byte| byte.is_ascii_digit()) && !year
}

#[cfg(test)]
mod tests {
    use super::{Placeholder, TitleProblem, TrialKind, title_problem};

    #[test]
    fn judges_titles_by_shape() {
        assert_eq!(title_problem("Street tree inventory", ""), None);
        for vague in [
            "Cases Filed 2015",
            "Lookup Table",
            "Events (10 years) dataset",
            "Program Data Dec, 2017 V2",
        ] {
            assert_eq!(
                title_problem(vague, ""),
                Some(TitleProblem::Vague),
                "{vague}"
            );
        }
        for clear in [
            "311 Service Requests",
            "Requests 2015",
            "Transit Events",
            "Permits 2015",
        ] {
            assert_eq!(title_problem(clear, ""), None, "{clear}");
        }
        assert_eq!(
            title_problem("Shp1 Police Beats", ""),
            Some(TitleProblem::Code)
        );
        assert_eq!(
            title_problem("2019 Registered Foreclosure Properties", ""),
            None
        );
        assert_eq!(title_problem("L.A. Zoo Attendance", ""), None);
        assert_eq!(
            title_problem("FixOurStreet Requests", ""),
            Some(TitleProblem::MachineName)
        );
        assert_eq!(
            title_problem("FixOurStreet Requests", "Sent in through FixOurStreet."),
            None
        );
        assert_eq!(
            title_problem("AccidentWithPed", ""),
            Some(TitleProblem::MachineName)
        );
        assert_eq!(
            title_problem("parcel_layer_2", ""),
            Some(TitleProblem::MachineName)
        );
        assert_eq!(
            title_problem("covertype", ""),
            Some(TitleProblem::Identifier)
        );
        assert_eq!(title_problem("ORI", ""), Some(TitleProblem::Initials));
        assert_eq!(title_problem("CURBS", ""), None);
        for site in [
            "Energy.gov",
            "OSTI.GOV",
            "CITY.info",
            "St.Paul",
            "Data.World",
        ] {
            assert_eq!(title_problem(site, ""), None, "{site}");
        }
        assert_eq!(title_problem("WILLIAMSBURG", ""), None);
        for machine in [
            "PLSSTOWNSHIP",
            "May_2021_12-3_Appendix of the report",
            "PARKS.BENCHES",
            "city.SPRINGFIELD.addresses",
        ] {
            assert_eq!(
                title_problem(machine, ""),
                Some(TitleProblem::MachineName),
                "{machine}"
            );
        }
        assert_eq!(
            title_problem("County Parcels WFL1", ""),
            Some(TitleProblem::Code)
        );
        assert_eq!(
            title_problem("NOFA005 Awarded Areas", ""),
            Some(TitleProblem::Code)
        );
        assert_eq!(
            title_problem("disburse2011Q1-detail.csv", ""),
            Some(TitleProblem::FileName)
        );
        assert_eq!(
            title_problem("Test", ""),
            Some(TitleProblem::Placeholder(Placeholder::Phrase))
        );
        assert_eq!(
            title_problem("Streets - DRAFT", ""),
            Some(TitleProblem::Trial(TrialKind::Draft))
        );
        assert_eq!(
            title_problem("POLICE CASES 2012", ""),
            Some(TitleProblem::AllCapitals)
        );
    }
}
