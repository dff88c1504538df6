//! Field names taken apart, and what their words may mean.

use std::ops::{BitOr, BitOrAssign};
use std::rc::Rc;
use std::sync::LazyLock;

use super::fold::Letters;
use super::memo::Memo;
use super::quick::{WordMap, lines_of};
use super::units::{is_around, opening_words};
use super::{abbreviations, english};

/// A set of word classes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Classes(u32);

impl Classes {
    pub(super) const ID: Self = Self(1);
    pub(super) const NUMBER: Self = Self(1 << 1);
    pub(super) const THING: Self = Self(1 << 2);
    pub(super) const ADDRESS_THING: Self = Self(1 << 3);
    pub(super) const CODE: Self = Self(1 << 4);
    pub(super) const PLACE: Self = Self(1 << 5);
    pub(super) const COORD: Self = Self(1 << 6);
    pub(super) const DATE: Self = Self(1 << 7);
    pub(super) const CLOCK: Self = Self(1 << 8);
    pub(super) const PART: Self = Self(1 << 9);
    pub(super) const NAME: Self = Self(1 << 10);
    pub(super) const TEXT: Self = Self(1 << 11);
    pub(super) const LINK: Self = Self(1 << 12);
    pub(super) const FLAG: Self = Self(1 << 13);
    pub(super) const PERCENT: Self = Self(1 << 14);
    pub(super) const MONEY: Self = Self(1 << 15);
    pub(super) const RATE: Self = Self(1 << 16);
    pub(super) const MEASURE: Self = Self(1 << 17);
    pub(super) const PHYSICAL: Self = Self(1 << 18);
    pub(super) const DURATION: Self = Self(1 << 19);
    pub(super) const COUNT: Self = Self(1 << 20);
    pub(super) const SCORE: Self = Self(1 << 21);
    pub(super) const STAT: Self = Self(1 << 22);
    pub(super) const PREP: Self = Self(1 << 23);
    pub(super) const GENERIC: Self = Self(1 << 24);

    const NAMES: [(&'static str, Self); 25] = [
        ("id", Self::ID),
        ("number", Self::NUMBER),
        ("thing", Self::THING),
        ("address_thing", Self::ADDRESS_THING),
        ("code", Self::CODE),
        ("place", Self::PLACE),
        ("coord", Self::COORD),
        ("date", Self::DATE),
        ("clock", Self::CLOCK),
        ("part", Self::PART),
        ("name", Self::NAME),
        ("text", Self::TEXT),
        ("link", Self::LINK),
        ("flag", Self::FLAG),
        ("percent", Self::PERCENT),
        ("money", Self::MONEY),
        ("rate", Self::RATE),
        ("measure", Self::MEASURE),
        ("physical", Self::PHYSICAL),
        ("duration", Self::DURATION),
        ("count", Self::COUNT),
        ("score", Self::SCORE),
        ("stat", Self::STAT),
        ("prep", Self::PREP),
        ("generic", Self::GENERIC),
    ];

    /// Both sets together, for constants.
    pub(super) const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// What both sets hold.
    fn common(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    pub(super) fn any(self, of: Self) -> bool {
        self.0 & of.0 != 0
    }
}

impl BitOr for Classes {
    type Output = Self;
    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl BitOrAssign for Classes {
    fn bitor_assign(&mut self, other: Self) {
        self.0 |= other.0;
    }
}

/// What a word may mean, and whether a unit may begin with it.
static FIELD_WORDS: LazyLock<WordMap<(Classes, bool)>> = LazyLock::new(|| {
    let mut known: WordMap<(Classes, bool)> = WordMap::default();
    for (class, words) in lines_of(include_str!("../../data/field_words.tsv")) {
        let class = Classes::NAMES.iter().find(|(name, _)| *name == class);
        let class = class.map_or(Classes::default(), |(_, class)| *class);
        for word in words.split(' ') {
            known.entry(word).or_default().0 |= class;
        }
    }
    for word in opening_words() {
        known.entry(word).or_default().1 = true;
    }
    known
});

/// One word of a field name.
#[derive(Clone, Copy, Debug)]
pub(super) struct NameWord {
    /// Where it stands in the name as written.
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) classes: Classes,
    pub(super) is_number: bool,
    /// A unit may begin here.
    pub(super) opens_unit: bool,
    /// Where it stands among the folded words.
    folded: (usize, usize),
}

/// A field name taken apart once for all questions.
///
/// The pieces are those of [`crate::lexicon::fold::name_words`], kept as places in the name: roles and units are asked for
/// every field of every record, so nothing is copied but the folded words, behind each other.
#[derive(Debug, Default)]
pub(super) struct NameParts {
    words: Vec<NameWord>,
    folded: String,
    /// Everything that any of the words may mean.
    pub(super) all: Classes,
}

impl NameParts {
    /// The parts of a name, which is asked about by many.
    pub(super) fn of(name: &str) -> Rc<Self> {
        thread_local!(static KNOWN: Memo<Rc<NameParts>> = const { Memo::new() });
        KNOWN.with(|known| known.get(name, |name| Rc::new(Self::read(name))))
    }

    fn read(name: &str) -> Self {
        let mut parts = Self {
            words: Vec::with_capacity(8),
            folded: String::with_capacity(name.len()),
            all: Classes::default(),
        };
        let mut start = None;
        let mut before = ' ';
        let mut rest = name.char_indices().peekable();
        while let Some((at, character)) = rest.next() {
            if matches!(character, 'k' | 'M' | 'G' | 'T')
                && let Some(length) = unit_at(name, at, before)
            {
                if let Some(began) = start.take() {
                    parts.push(name, began, at);
                }
                parts.push(name, at, at + length);
                before = ' ';
                for _ in 1..length {
                    rest.next();
                }
                continue;
            }
            let next = rest.peek().map_or(' ', |(_, next)| *next);
            if let Some(began) = start
                && ends_word(before, character, next)
            {
                parts.push(name, began, at);
                start = None;
            }
            if character.is_alphanumeric() {
                start.get_or_insert(at);
            } else if character == '#' || (character == '%' && !before.is_ascii_digit()) {
                // `95%` is a value; `% Level 4` and `Level 4 (%)` are shares.
                parts.push(name, at, at + 1);
            }
            before = character;
        }
        if let Some(began) = start {
            parts.push(name, began, name.len());
        }
        parts
    }

    fn push(&mut self, name: &str, start: usize, end: usize) {
        let word = name.get(start..end).unwrap_or_default();
        let is_number = word.bytes().all(|byte| byte.is_ascii_digit());
        let mut classes = Classes::default();
        let mut opens_unit = false;
        let from = self.folded.len();
        if is_number {
            self.folded.push_str(word);
        } else {
            let letters = Letters::of(word);
            let word = letters.as_str();
            self.folded.push_str(word);
            (classes, opens_unit) = FIELD_WORDS.get(word).copied().unwrap_or_default();
            if classes == Classes::default() {
                if ends_as_date(word) {
                    classes = Classes::DATE;
                } else if ends_as_identifier(word) {
                    classes = Classes::ID;
                } else if name.len() == CUT_AT && end == CUT_AT {
                    classes = begun(word);
                }
                if classes == Classes::default() {
                    classes = ends_as_noun(word);
                }
            }
        }
        self.all |= classes;
        self.words.push(NameWord {
            start,
            end,
            classes,
            is_number,
            opens_unit,
            folded: (from, self.folded.len()),
        });
    }

    /// A word of this name in small letters, without accents.
    pub(super) fn text(&self, word: &NameWord) -> &str {
        let (start, end) = word.folded;
        self.folded.get(start..end).unwrap_or_default()
    }

    /// Its last word, in small letters without accents.
    pub(super) fn last_text(&self) -> Option<&str> {
        self.words.last().map(|word| self.text(word))
    }

    pub(super) fn words(&self) -> &[NameWord] {
        &self.words
    }

    /// `Total Gross Wages`: all of it together.
    pub(super) fn is_sum(&self) -> bool {
        self.words
            .first()
            .is_some_and(|word| matches!(self.text(word), "total" | "gross"))
    }

    pub(super) fn first(&self) -> Classes {
        self.words
            .first()
            .map_or(Classes::default(), |word| word.classes)
    }
}

/// The length of a unit that mixes cases within itself (`kWh`): without this, its letters would be told apart as words
/// are, and `TotalkWh` would end in watt-hours.
fn unit_at(name: &str, at: usize, before: char) -> Option<usize> {
    const MIXED: [&str; 10] = [
        "kWh", "MWh", "GWh", "TWh", "kBtu", "kBTU", "MMBtu", "MMBTU", "kW", "kV",
    ];
    let rest = name.as_bytes().get(at..)?;
    if before.is_uppercase() {
        return None;
    }
    MIXED
        .iter()
        .find(|unit| rest.starts_with(unit.as_bytes()))
        .map(|unit| unit.len())
        .filter(|&length| {
            let goes_on = rest
                .get(length)
                .is_some_and(|next| next.is_ascii_lowercase());
            let cut_short = length == 2 && rest.get(2).is_some_and(u8::is_ascii_alphabetic);
            !goes_on && !cut_short
        })
}

/// `violdate`, `reportdate`, `resdttm`; not `update`, `mandate` or `candidate`.
fn ends_as_date(word: &str) -> bool {
    let long = word.len() > 6
        && word.ends_with("date")
        && !["mandate", "candidate", "lastupdate"].contains(&word);
    long || (word.len() > 4 && word.ends_with("dttm"))
}

/// `invoiceid`, `CONDOID`, `segid`; not `Medicaid` or `covid`.
fn ends_as_identifier(word: &str) -> bool {
    let Some(thing) = word.strip_suffix("id").filter(|thing| thing.len() >= 3) else {
        return false;
    };
    english::look_up(word).is_none()
        && (english::split_words(word).is_some_and(|pieces| pieces.last() == Some(&"id"))
            || (thing.len() >= 4 && english::is_common(thing))
            || abbreviations::english(thing).is_some_and(|entry| !entry.readings.is_empty()))
}

/// What the noun means that a word without a gap ends with: `SBDVNAME`, `sitezip`, `respdesc`; not `surname` or `capacity`.
fn ends_as_noun(word: &str) -> Classes {
    const NOUNS: [(&str, Classes); 14] = [
        ("name", Classes::NAME),
        ("user", Classes::NAME),
        ("editor", Classes::NAME),
        ("owner", Classes::NAME),
        ("edby", Classes::NAME),
        ("desc", Classes::TEXT),
        ("comments", Classes::TEXT),
        ("notes", Classes::TEXT),
        ("type", Classes::CODE),
        ("status", Classes::CODE),
        ("code", Classes::CODE),
        ("addr", Classes::PLACE),
        ("address", Classes::PLACE),
        ("zip", Classes::PLACE),
    ];
    let found = NOUNS.iter().find_map(|(noun, class)| {
        let start = word.strip_suffix(noun).filter(|start| start.len() >= 3)?;
        Some((start, *class))
    });
    let Some((start, class)) = found.filter(|_| english::look_up(word).is_none()) else {
        return Classes::default();
    };
    let placed = |start| {
        FIELD_WORDS
            .get(start)
            .is_some_and(|(classes, _)| classes.any(Classes::PLACE))
    };
    // `countyname`
    if class == Classes::NAME && placed(start) {
        Classes::PLACE
    } else {
        class
    }
}

/// Map software keeps so many letters of a name.
pub(super) const CUT_AT: usize = 10;

/// What the word means whose first letters are all that is left of it: `NEIGHBORHO`, `MUNICIPALI`.
fn begun(start: &str) -> Classes {
    if start.len() < 5 {
        return Classes::default();
    }
    let told = Classes::PLACE | Classes::NAME | Classes::TEXT | Classes::CODE | Classes::DATE;
    FIELD_WORDS
        .iter()
        .filter(|(word, _)| word.starts_with(start))
        .map(|(_, (classes, _))| *classes)
        .reduce(Classes::common)
        .map_or(Classes::default(), |classes| classes.common(told))
}

/// The rule of [`crate::lexicon::fold::name_words`], for one place in a name.
fn ends_word(before: char, character: char, next: char) -> bool {
    if !character.is_alphanumeric() {
        return true;
    }
    let starts_word = before.is_lowercase() && character.is_uppercase();
    let ends_capitals = before.is_uppercase() && character.is_uppercase() && next.is_lowercase();
    starts_word || ends_capitals || before.is_numeric() != character.is_numeric()
}

impl NameParts {
    /// Where the words that carry the name end: at the first `of`, `by`, `per` … after it begins. `Curb to Curb Width`
    /// goes on behind its `to`.
    pub(super) fn carrying(&self) -> Option<usize> {
        let text = |at: usize| self.words().get(at).map(|word| self.text(word));
        let ends = |(at, word): (usize, &NameWord)| {
            let joins = text(at) == Some("to") && text(at - 1) == text(at + 1);
            (word.classes.any(Classes::PREP) && !joins).then_some(at)
        };
        self.words().iter().enumerate().skip(1).find_map(ends)
    }
}

/// `Number of …`, `# of …`, `Total …`, `Count …`, `cantidad_…`, `Num_People`.
pub(super) fn leads_with_count(parts: &NameParts) -> bool {
    let mut words = parts.words().iter();
    let Some(mut first) = words.next() else {
        return false;
    };
    // `Reported number of people treated`.
    if matches!(
        parts.text(first),
        "reported" | "estimated" | "cumulative" | "annual" | "unique"
    ) {
        let Some(next) = words.next() else {
            return false;
        };
        first = next;
    }
    let Some(second) = words.next() else {
        return false;
    };
    match parts.text(first) {
        "#" => true,
        "count" | "cnt" | "cantidad" | "cant" | "anzahl" | "quantidade" => true,
        "number" | "num" | "no" | "numero" | "nb" | "nombre" | "nro" => {
            second.classes.any(Classes::PREP | Classes::COUNT)
        }
        "total" => second.classes.any(Classes::COUNT | Classes::NUMBER),
        _ => false,
    }
}

pub(super) fn has_word(name: &str, class: &str) -> bool {
    let parts = NameParts::of(name);
    let mut words = parts.words().iter();
    words.any(|word| is_around(class, parts.text(word)))
}
