//! The tables of units and currencies.

use std::sync::LazyLock;

use super::Family;
use super::tokens::Tokens;
use crate::lexicon::fold::Letters;
use crate::lexicon::quick::WordMap;

#[derive(Clone, Copy, Debug)]
pub(in crate::lexicon) struct Entry {
    pub(in crate::lexicon) code: &'static str,
    pub(in crate::lexicon) family: Family,
}

pub(in crate::lexicon) struct Phrase {
    /// The words after the first.
    pub(in crate::lexicon) rest: Vec<&'static str>,
    pub(in crate::lexicon) entry: Entry,
}

pub(in crate::lexicon) struct Table {
    pub(in crate::lexicon) phrases: WordMap<Vec<Phrase>>,
    /// Short signs that are also words or letters; the case counts.
    pub(in crate::lexicon) symbols: WordMap<Entry>,
    pub(in crate::lexicon) families: WordMap<Family>,
    pub(in crate::lexicon) foreign_codes: WordMap<&'static str>,
    pub(in crate::lexicon) home_currencies: WordMap<&'static str>,
    /// Words around units, by class: see `data/unit_words.tsv`.
    around: WordMap<Vec<&'static str>>,
}

pub(in crate::lexicon) static TABLE: LazyLock<Table> = LazyLock::new(read_tables);

fn read_tables() -> Table {
    let mut table = Table {
        phrases: WordMap::default(),
        symbols: WordMap::default(),
        families: WordMap::default(),
        foreign_codes: pairs(include_str!("../../../data/unit_codes.tsv")).collect(),
        home_currencies: pairs(include_str!("../../../data/domain_currencies.tsv")).collect(),
        around: WordMap::default(),
    };
    for (code, rest) in pairs(include_str!("../../../data/units.tsv")) {
        let mut cells = rest.split('\t');
        let family = family_by_name(cells.next().unwrap_or_default());
        let entry = Entry { code, family };
        table.families.insert(code, family);
        add_names(&mut table, cells.next().unwrap_or_default(), entry);
        for symbol in cells
            .next()
            .unwrap_or_default()
            .split('|')
            .filter(|symbol| !symbol.is_empty())
        {
            table.symbols.entry(symbol).or_insert(entry);
        }
    }
    for (code, names) in pairs(include_str!("../../../data/currencies.tsv")) {
        add_names(
            &mut table,
            names,
            Entry {
                code,
                family: Family::Money,
            },
        );
    }
    for (class, words) in pairs(include_str!("../../../data/unit_words.tsv")) {
        for word in words.split('|') {
            table.around.entry(word).or_default().push(class);
        }
    }
    for phrases in table.phrases.values_mut() {
        phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.rest.len()));
    }
    table
}

fn pairs(text: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    text.lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('\t'))
}

fn add_names(table: &mut Table, names: &'static str, entry: Entry) {
    for name in names.split('|') {
        let tokens = Tokens::of(name);
        let mut words = tokens.all().iter().map(|token| token.text);
        if let Some(first) = words.next() {
            let phrase = Phrase {
                rest: words.collect(),
                entry,
            };
            table.phrases.entry(first).or_default().push(phrase);
        }
    }
}

fn family_by_name(name: &str) -> Family {
    match name {
        "length" => Family::Length,
        "area" => Family::Area,
        "volume" => Family::Volume,
        "mass" => Family::Mass,
        "time" => Family::Time,
        "speed" => Family::Speed,
        "temperature" => Family::Temperature,
        "energy" => Family::Energy,
        "power" => Family::Power,
        "pressure" => Family::Pressure,
        "flow" => Family::Flow,
        "concentration" => Family::Concentration,
        "share" => Family::Share,
        "money" => Family::Money,
        "count" => Family::Count,
        "angle" => Family::Angle,
        "sound" => Family::Sound,
        "data" => Family::Data,
        "index" => Family::Index,
        _ => Family::Other,
    }
}

/// Whether a folded word is of a class in `data/unit_words.tsv`.
pub(in crate::lexicon) fn is_around(class: &str, word: &str) -> bool {
    TABLE
        .around
        .get(word)
        .is_some_and(|classes| classes.contains(&class))
}

/// The currency of the place a public body's host name belongs to: `.gov` USD, `.ca` CAD, `.gob.ar` ARS.
///
/// `.org` and `.com` say nothing.
///
/// ```
/// use datasteward::lexicon::units::home_currency;
/// assert_eq!(home_currency("data.example.ca"), Some("CAD"));
/// assert_eq!(home_currency("data.example.org"), None);
/// ```
#[must_use]
pub fn home_currency(host: &str) -> Option<&'static str> {
    let host = host
        .trim_start_matches("https://")
        .trim_start_matches("http://");
    let host = host.split(['/', ':']).next()?;
    let last = host.rsplit('.').next()?;
    TABLE
        .home_currencies
        .get(Letters::of(last).as_str())
        .copied()
}
