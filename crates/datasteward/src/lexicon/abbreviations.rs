//! What the abbreviations of civic data stand for.

use std::sync::LazyLock;

use super::quick::QuickMap;

/// How a reader takes an abbreviation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Shorthand that needs a dictionary: `dttm`.
    Short,
    /// Read without trouble beside a plain word, but not alone: `amt` in `Total Amt`.
    Mild,
    /// Also an English word: `row`, `sub`.
    Word,
    /// Read by everyone: `desc`, `lat`, `GPS`.
    Known,
}

/// One thing that an abbreviation may stand for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The plain words.
    pub words: &'static str,
    /// Tokens beside the abbreviation that make this reading the right one.
    pub context: Vec<&'static str>,
}

/// An abbreviation and its readings, the usual one first; none where nothing is gained by writing it out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Abbreviation {
    /// How a reader takes it.
    pub kind: Kind,
    /// What it may stand for.
    pub readings: Vec<Reading>,
}

type Table = QuickMap<&'static str, Abbreviation>;

static ENGLISH: LazyLock<Table> = LazyLock::new(|| {
    let mut table = parse(include_str!("../../data/abbreviations.tsv"));
    for (acronym, meaning) in ACRONYMS.iter() {
        table.entry(acronym).or_insert_with(|| Abbreviation {
            kind: Kind::Known,
            readings: readings(meaning),
        });
    }
    table
});

static SPANISH: LazyLock<Table> =
    LazyLock::new(|| parse(include_str!("../../data/abbreviations-es.tsv")));

static ACRONYMS: LazyLock<QuickMap<&'static str, &'static str>> = LazyLock::new(|| {
    rows(include_str!("../../data/acronyms.tsv"))
        .map(|line| line.split_once('\t').unwrap_or((line, "")))
        .collect()
});

/// Several tokens that are read together, `day of wk`, by their first token.
static PHRASES: LazyLock<QuickMap<&'static str, Vec<Phrase>>> = LazyLock::new(|| {
    let mut phrases: QuickMap<&'static str, Vec<Phrase>> = QuickMap::default();
    for line in rows(include_str!("../../data/abbreviations.tsv")) {
        let mut fields = line.split('\t');
        let (key, words) = (
            fields.next().unwrap_or_default(),
            fields.nth(1).unwrap_or_default(),
        );
        if let Some((first, rest)) = key.split_once(' ') {
            phrases.entry(first).or_default().push(Phrase {
                rest: rest.split(' ').collect(),
                words,
            });
        }
    }
    for list in phrases.values_mut() {
        list.sort_by_key(|phrase| std::cmp::Reverse(phrase.rest.len()));
    }
    phrases
});

/// Tokens that are read together after a first one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phrase {
    /// The tokens after the first.
    pub rest: Vec<&'static str>,
    /// The plain words for all of them.
    pub words: &'static str,
}

/// Looks a folded token up among the English abbreviations and the acronyms that everyone knows.
#[must_use]
pub fn english(token: &str) -> Option<&'static Abbreviation> {
    ENGLISH.get(token)
}

/// Every reading of the English abbreviations and of the acronyms that everyone knows.
pub(crate) fn readings_in_english() -> impl Iterator<Item = &'static Reading> {
    ENGLISH.values().flat_map(|entry| &entry.readings)
}

/// Looks a folded token without accents up among the Spanish abbreviations.
#[must_use]
pub fn spanish(token: &str) -> Option<&'static Abbreviation> {
    SPANISH.get(token)
}

/// Whether an ordinary reader knows the folded acronym: `gps`, `covid`.
#[must_use]
pub fn is_known_acronym(token: &str) -> bool {
    ACRONYMS.contains_key(token)
}

/// The phrases that begin with a folded token, longest first.
#[must_use]
pub fn phrases(first: &str) -> &'static [Phrase] {
    PHRASES.get(first).map_or(&[], Vec::as_slice)
}

fn rows(table: &'static str) -> impl Iterator<Item = &'static str> {
    table
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
}

fn parse(table: &'static str) -> Table {
    rows(table)
        .filter_map(|line| {
            let mut fields = line.split('\t');
            let key = fields.next().filter(|key| !key.contains(' '))?;
            let kind = match fields.next()? {
                "mild" => Kind::Mild,
                "word" => Kind::Word,
                "known" => Kind::Known,
                _ => Kind::Short,
            };
            let readings = readings(fields.next().unwrap_or_default());
            Some((key, Abbreviation { kind, readings }))
        })
        .collect()
}

fn readings(field: &'static str) -> Vec<Reading> {
    field
        .split('|')
        .filter(|reading| !reading.is_empty())
        .map(|reading| {
            let (words, context) = reading.split_once('(').unwrap_or((reading, ""));
            Reading {
                words,
                context: context
                    .trim_end_matches(')')
                    .split(',')
                    .filter(|token| !token.is_empty())
                    .collect(),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{ENGLISH, Kind, SPANISH, english, is_known_acronym, phrases, spanish};

    #[test]
    fn reads_every_kind_of_entry() {
        let cd = english("cd").map(|entry| (entry.kind, entry.readings.len()));
        assert_eq!(cd, Some((Kind::Short, 3)));
        assert_eq!(english("lat").map(|entry| entry.kind), Some(Kind::Known));
        assert_eq!(english("amt").map(|entry| entry.kind), Some(Kind::Mild));
        assert_eq!(english("row").map(|entry| entry.kind), Some(Kind::Word));
        assert_eq!(spanish("nro").map(|entry| entry.kind), Some(Kind::Known));
        assert!(is_known_acronym("gps"));
        assert!(!is_known_acronym("apn"));
    }

    #[test]
    fn keeps_the_context_of_a_reading() {
        let context = english("fl")
            .and_then(|entry| entry.readings.get(1))
            .map(|reading| reading.context.clone());
        assert_eq!(context, Some(vec!["oz"]));
    }

    #[test]
    fn finds_phrases_by_their_first_token() {
        let found = phrases("crm").iter().map(|phrase| phrase.words);
        assert_eq!(found.collect::<Vec<_>>(), ["crime code"]);
    }

    #[test]
    fn every_short_or_mild_entry_says_what_it_stands_for() {
        for (key, entry) in ENGLISH.iter().chain(SPANISH.iter()) {
            let needs_words = matches!(entry.kind, Kind::Short | Kind::Mild);
            assert!(!needs_words || !entry.readings.is_empty(), "{key}");
        }
    }
}
