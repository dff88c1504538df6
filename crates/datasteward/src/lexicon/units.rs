//! Units of measure, as people write them.
//!
//! Three steps: an expression (`million gallons per day`, `µg/m³`, `$ thousands`) is read against `data/units.tsv`
//! and `data/currencies.tsv`; the places of a field where a unit may stand are searched in turn (slot, display, name,
//! description); and what is found is compared with what the field's role asks for. Codes are UCUM where UCUM has
//! one, ISO 4217 for money, `{word}` for things counted and `/100000` for "per 100,000 people".

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt::Write as _;
use std::sync::LazyLock;

use super::roles::{Classes, DataType, Field, Letters, NameParts, Role};

/// What a unit measures. Units of one family can be turned into one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
#[expect(missing_docs, reason = "the names say it")]
pub enum Family {
    Length,
    Area,
    Volume,
    Mass,
    Time,
    Speed,
    Temperature,
    Energy,
    Power,
    Pressure,
    Flow,
    Concentration,
    /// Per cent and per mille.
    Share,
    /// So many per thousand people, per person, per mile.
    Rate,
    Money,
    /// Things counted.
    Count,
    Angle,
    Sound,
    Data,
    /// An index number.
    Index,
    Other,
}

/// A unit of measure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// UCUM-like code: `[mi_i]/h`, `%`, `USD`, `10*6.USD`, `/100000`, `{person}`.
    pub code: Cow<'static, str>,
    /// What it measures.
    pub family: Family,
}

impl Unit {
    const fn known(code: &'static str, family: Family) -> Self {
        Self {
            code: Cow::Borrowed(code),
            family,
        }
    }
}

/// Where a unit was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Where {
    /// In the format's own slot for a unit.
    Slot,
    /// In the display format (currency, percentage).
    Display,
    /// In the name.
    Name,
    /// In the description of the field.
    Description,
    /// In the text of the dataset.
    DatasetText,
}

const PERCENT: Unit = Unit::known("%", Family::Share);

// ---------------------------------------------------------------------------------------------------------------
// The table.

#[derive(Clone, Copy, Debug)]
struct Entry {
    code: &'static str,
    family: Family,
}

struct Phrase {
    /// The words after the first.
    rest: Vec<&'static str>,
    entry: Entry,
}

struct Table {
    phrases: HashMap<&'static str, Vec<Phrase>>,
    /// Short signs that are also words or letters; the case counts.
    symbols: HashMap<&'static str, Entry>,
    families: HashMap<&'static str, Family>,
    foreign_codes: HashMap<&'static str, &'static str>,
    home_currencies: HashMap<&'static str, &'static str>,
}

static TABLE: LazyLock<Table> = LazyLock::new(read_tables);

fn read_tables() -> Table {
    let mut table = Table {
        phrases: HashMap::new(),
        symbols: HashMap::new(),
        families: HashMap::new(),
        foreign_codes: pairs(include_str!("../../data/unit_codes.tsv")).collect(),
        home_currencies: pairs(include_str!("../../data/domain_currencies.tsv")).collect(),
    };
    for (code, rest) in pairs(include_str!("../../data/units.tsv")) {
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
    for (code, names) in pairs(include_str!("../../data/currencies.tsv")) {
        add_names(
            &mut table,
            names,
            Entry {
                code,
                family: Family::Money,
            },
        );
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
    let last = host.trim_end_matches('/').rsplit('.').next()?;
    TABLE
        .home_currencies
        .get(Letters::of(last).as_str())
        .copied()
}

// ---------------------------------------------------------------------------------------------------------------
// Tokens.

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Word,
    Number,
    Sign,
}

#[derive(Clone, Copy, Debug)]
struct Token<'a> {
    text: &'a str,
    kind: Kind,
    end: usize,
    /// The character right before it; a space at the start.
    before: char,
}

/// The first tokens of a text; a unit is never longer.
const MOST_TOKENS: usize = 14;

struct Tokens<'a> {
    list: [Token<'a>; MOST_TOKENS],
    length: usize,
}

impl<'a> Tokens<'a> {
    /// Words, numbers and signs; spaces, hyphens and underscores part them and are kept as `before`.
    fn of(text: &'a str) -> Self {
        let nothing = Token {
            text: "",
            kind: Kind::Sign,
            end: 0,
            before: ' ',
        };
        let mut tokens = Self {
            list: [nothing; MOST_TOKENS],
            length: 0,
        };
        let mut before = ' ';
        let mut at = 0;
        while let Some(rest) = text.get(at..) {
            let Some(first) = rest.chars().next() else {
                break;
            };
            let kind = match first {
                _ if first.is_ascii_digit() => Kind::Number,
                _ if is_unit_letter(first) => Kind::Word,
                _ => Kind::Sign,
            };
            let size = match kind {
                Kind::Number => number_length(rest),
                Kind::Word => rest
                    .find(|character| !is_unit_letter(character))
                    .unwrap_or(rest.len()),
                Kind::Sign => first.len_utf8(),
            };
            let parts =
                first.is_whitespace() || matches!(first, '-' | '_' | '–' | '\u{2010}' | '\u{2011}');
            if !parts {
                let Some(free) = tokens.list.get_mut(tokens.length) else {
                    break;
                };
                *free = Token {
                    text: rest.get(..size).unwrap_or_default(),
                    kind,
                    end: at + size,
                    before,
                };
                tokens.length += 1;
            }
            before = rest
                .get(..size)
                .and_then(|token| token.chars().next_back())
                .unwrap_or(' ');
            at += size;
        }
        tokens
    }

    fn all(&self) -> &[Token<'a>] {
        self.list.get(..self.length).unwrap_or_default()
    }

    fn get(&self, at: usize) -> Option<Token<'a>> {
        self.all().get(at).copied()
    }
}

fn is_unit_letter(character: char) -> bool {
    character.is_alphabetic() || matches!(character, '°' | 'º' | 'µ' | '′' | '″')
}

/// Digits with thousands separators inside: `100,000`, `1.000`, `1 000` is two numbers.
fn number_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut at = 0;
    while digit(at) || (matches!(bytes.get(at), Some(b',' | b'.')) && digit(at + 1)) {
        at += 1;
    }
    at
}

/// The zeros of a number that is a power of ten: `100,000` gives 5.
fn zeros_of(number: &str) -> Option<u32> {
    let mut digits = number.bytes().filter(u8::is_ascii_digit);
    let zeros = digits.clone().count().checked_sub(1)?;
    let is_power = digits.next() == Some(b'1') && digits.all(|digit| digit == b'0');
    (is_power && zeros <= 12).then_some(u32::try_from(zeros).ok()?)
}

/// As [`zeros_of`], from a hundred up: `10 minutes` is a value, `100,000 people` a scale.
fn power_of_ten(number: &str) -> Option<u32> {
    zeros_of(number).filter(|zeros| *zeros >= 2)
}

/// Words that multiply: thousand, millions, miles (Spanish), Tausend.
fn scale_of(word: &str) -> Option<u32> {
    Some(match word {
        "hundred" | "hundreds" | "cien" => 2,
        "thousand" | "thousands" | "mil" | "tausend" | "milliers" | "mille" | "k" | "thous" => 3,
        "million" | "millions" | "millones" | "millon" | "millionen" | "milhoes" | "mill"
        | "mio" | "mn" | "mm" => 6,
        "billion" | "billions" | "bn" | "milliarden" | "milliards" => 9,
        "trillion" | "trillions" => 12,
        _ => return None,
    })
}

// ---------------------------------------------------------------------------------------------------------------
// Expressions.

/// How much the surroundings vouch for a unit being meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Trust {
    /// The format's own slot: anything there is meant as a unit.
    Slot,
    /// Between brackets: short signs count in the right case.
    Bracket,
    /// The end of a field name that measures something: short signs count in any case.
    Tail,
    /// Running text: only words that mean nothing else.
    Text,
}

/// An expression read from the start of a text.
#[derive(Clone, Debug)]
struct Reading {
    unit: Unit,
    /// Bytes of the text that were used.
    end: usize,
    /// The last word is one of a thing, an hour, a year …: it may be meant otherwise in running text.
    singular: bool,
}

/// One unit with its power: `square feet`, `m3`.
#[derive(Clone, Copy, Debug)]
struct Factor {
    entry: Entry,
    singular: bool,
    /// The next token.
    next: usize,
}

fn entry(code: &'static str, family: Family) -> Entry {
    Entry { code, family }
}

/// The longest known phrase at a place.
fn phrase_at(tokens: &Tokens<'_>, at: usize) -> Option<Factor> {
    let first = tokens.get(at)?;
    let folded = Letters::of(first.text);
    let phrases = TABLE.phrases.get(folded.as_str())?;
    let found = phrases.iter().find(|phrase| {
        phrase.rest.iter().enumerate().all(|(offset, word)| {
            tokens
                .get(at + 1 + offset)
                .is_some_and(|token| Letters::of(token.text).as_str() == *word)
        })
    })?;
    let next = at + 1 + found.rest.len();
    let last = Letters::of(tokens.get(next - 1)?.text);
    let last = last.as_str();
    let singular = found.rest.is_empty()
        && !last.ends_with('s')
        && last != "feet"
        && last.len() > 2
        && first.kind == Kind::Word;
    Some(Factor {
        entry: found.entry,
        singular,
        next,
    })
}

fn symbol_at(tokens: &Tokens<'_>, at: usize, trust: Trust) -> Option<Factor> {
    let token = tokens.get(at)?;
    let found = match trust {
        Trust::Text => None,
        Trust::Slot | Trust::Bracket => TABLE.symbols.get(token.text).or_else(|| {
            (token.text.len() > 1)
                .then(|| TABLE.symbols.get(Letters::of(token.text).as_str()))
                .flatten()
        }),
        Trust::Tail => symbol_in_any_case(token.text),
    };
    found.map(|&entry| Factor {
        entry,
        singular: false,
        next: at + 1,
    })
}

fn symbol_in_any_case(text: &str) -> Option<&'static Entry> {
    let letters = Letters::of(text);
    match letters.as_str() {
        "c" => TABLE.symbols.get("C"),
        "f" => TABLE.symbols.get("F"),
        "v" => TABLE.symbols.get("V"),
        "w" => TABLE.symbols.get("W"),
        "mw" => TABLE.symbols.get("MW"),
        "pa" => TABLE.symbols.get("Pa"),
        "j" | "k" | "a" | "d" | "t" => None,
        other => TABLE.symbols.get(other),
    }
}

/// A length raised to a power, with the codes that UCUM has for it.
fn raised(base: Entry, power: u32) -> Option<Entry> {
    Some(match (base.code, power) {
        ("m", 2) => entry("m2", Family::Area),
        ("km", 2) => entry("km2", Family::Area),
        ("cm", 2) => entry("cm2", Family::Area),
        ("mm", 2) => entry("mm2", Family::Area),
        ("[ft_i]", 2) => entry("[sft_i]", Family::Area),
        ("[in_i]", 2) => entry("[sin_i]", Family::Area),
        ("[yd_i]", 2) => entry("[syd_i]", Family::Area),
        ("[mi_i]", 2) => entry("[smi_us]", Family::Area),
        ("m", 3) => entry("m3", Family::Volume),
        ("km", 3) => entry("km3", Family::Volume),
        ("cm", 3) => entry("cm3", Family::Volume),
        ("mm", 3) => entry("mm3", Family::Volume),
        ("[ft_i]", 3) => entry("[cft_i]", Family::Volume),
        ("[in_i]", 3) => entry("[cin_i]", Family::Volume),
        ("[yd_i]", 3) => entry("[cyd_i]", Family::Volume),
        ("s", 2) => entry("s2", Family::Other),
        _ => return None,
    })
}

fn power_word(word: &str) -> Option<u32> {
    match word {
        "square" | "sq" | "quadrat" => Some(2),
        "cubic" | "cu" | "kubik" => Some(3),
        "squared" | "cuadrado" | "cuadrados" | "carre" | "carres" | "quadrado" | "quadrados" => {
            Some(2)
        }
        "cubed" | "cubico" | "cubicos" | "cube" | "cubes" => Some(3),
        _ => None,
    }
}

fn factor_at(tokens: &Tokens<'_>, at: usize, trust: Trust) -> Option<Factor> {
    let first = tokens.get(at)?;
    if let Some(power) = power_word(Letters::of(first.text).as_str()) {
        let base =
            phrase_at(tokens, at + 1).or_else(|| symbol_at(tokens, at + 1, trust.max_symbols()));
        if let Some(base) = base
            && let Some(entry) = raised(base.entry, power)
        {
            return Some(Factor {
                entry,
                singular: false,
                ..base
            });
        }
    }
    // `m2`, `ft²`: a power vouches for the sign before it.
    let powered = power_after(tokens, at + 1).is_some();
    let trusted = if powered && trust == Trust::Text {
        Trust::Bracket
    } else {
        trust
    };
    let base = phrase_at(tokens, at).or_else(|| symbol_at(tokens, at, trusted))?;
    if let Some((power, next)) = power_after(tokens, base.next)
        && let Some(entry) = raised(base.entry, power)
    {
        return Some(Factor {
            entry,
            singular: false,
            next,
        });
    }
    Some(base)
}

impl Trust {
    /// After `square` and `sq` even running text means the unit.
    fn max_symbols(self) -> Self {
        if self == Self::Text {
            Self::Bracket
        } else {
            self
        }
    }
}

/// `²`, `^2`, a digit that touches the unit, or a word (`cuadrados`).
fn power_after(tokens: &Tokens<'_>, at: usize) -> Option<(u32, usize)> {
    let token = tokens.get(at)?;
    match token.text {
        "²" => return Some((2, at + 1)),
        "³" => return Some((3, at + 1)),
        "^" => {
            let power = tokens.get(at + 1)?.text.parse().ok()?;
            return Some((power, at + 2));
        }
        "2" | "3" if token.before.is_alphabetic() => {
            return Some((token.text.parse().ok()?, at + 1));
        }
        _ => {}
    }
    match Letters::of(token.text).as_str() {
        "square" | "sq" | "cubic" | "cu" => None,
        word => power_word(word).map(|power| (power, at + 1)),
    }
}

/// A unit being put together.
struct Builder {
    code: Cow<'static, str>,
    family: Family,
    next: usize,
    singular: bool,
}

/// Reads a unit at the start of a text.
fn read_unit(text: &str, trust: Trust) -> Option<Reading> {
    let tokens = Tokens::of(text);
    let built = build(&tokens, trust)?;
    let end = built
        .next
        .checked_sub(1)
        .and_then(|last| tokens.get(last))
        .map_or(0, |token| token.end);
    Some(Reading {
        unit: Unit {
            code: built.code,
            family: built.family,
        },
        end,
        singular: built.singular,
    })
}

fn build(tokens: &Tokens<'_>, trust: Trust) -> Option<Builder> {
    let (mut scale, mut at) = leading_scale(tokens, trust);
    let factor = factor_at(tokens, at, trust)?;
    at = factor.next;
    let mut built = Builder {
        code: Cow::Borrowed(factor.entry.code),
        family: factor.entry.family,
        next: at,
        singular: factor.singular,
    };
    if built.family == Family::Money {
        let (more, next) = trailing_scale(tokens, at);
        scale += more;
        built.next = next;
        built.code = price_year(built.code, tokens, next);
    }
    multiply(tokens, trust, &mut built);
    divide(tokens, trust, &mut built);
    if scale > 0 {
        apply_scale(&mut built, scale);
    }
    Some(built)
}

/// `million`, `thousands of`, `1,000`, `Miles de`, before the unit.
fn leading_scale(tokens: &Tokens<'_>, trust: Trust) -> (u32, usize) {
    let mut at = 0;
    let mut scale = 0;
    let word = |at: usize| tokens.get(at).map(|token| Letters::of(token.text));
    if word(0).is_some_and(|word| {
        matches!(
            word.as_str(),
            "in" | "en" | "total" | "constant" | "current" | "nominal" | "real"
        )
    }) && tokens.length > 1
    {
        at = 1;
    }
    for _ in 0..3 {
        let Some(token) = tokens.get(at) else { break };
        let folded = Letters::of(token.text);
        let spanish = folded.as_str() == "miles" && is_spanish_thousand(tokens, at);
        let power = match token.kind {
            Kind::Number => power_of_ten(token.text),
            _ if spanish => Some(3),
            Kind::Word
                if folded.as_str() == "m"
                    && trust == Trust::Slot
                    && tokens.length > 1
                    && factor_at(tokens, at + 1, Trust::Text).is_some() =>
            {
                Some(6)
            }
            // `mm` and `mill` are millimetres and mills unless money follows.
            Kind::Word
                if matches!(folded.as_str(), "mm" | "k" | "mil") && !money_at(tokens, at + 1) =>
            {
                None
            }
            _ => scale_of(folded.as_str()),
        };
        let Some(power) = power else { break };
        if factor_follows(tokens, at + 1, trust) {
            scale += power;
            at += 1;
            if word(at).is_some_and(|word| matches!(word.as_str(), "of" | "de" | "d")) {
                at += 1;
            }
        } else {
            break;
        }
    }
    (scale, at)
}

fn money_at(tokens: &Tokens<'_>, at: usize) -> bool {
    let at = if tokens
        .get(at)
        .is_some_and(|token| matches!(token.text, "of" | "de"))
    {
        at + 1
    } else {
        at
    };
    phrase_at(tokens, at).is_some_and(|factor| factor.entry.family == Family::Money)
}

/// `Miles de pesos`, `Miles metros cúbicos`: thousands, not miles.
fn is_spanish_thousand(tokens: &Tokens<'_>, at: usize) -> bool {
    tokens.get(at + 1).is_some_and(|next| {
        next.kind == Kind::Word
            && (next.text.eq_ignore_ascii_case("de")
                || factor_at(tokens, at + 1, Trust::Text).is_some())
            && !matches!(Letters::of(next.text).as_str(), "per" | "and")
    })
}

fn factor_follows(tokens: &Tokens<'_>, at: usize, trust: Trust) -> bool {
    let of = tokens
        .get(at)
        .is_some_and(|token| matches!(token.text, "of" | "de" | "d"));
    let at = if of { at + 1 } else { at };
    let scale = tokens
        .get(at)
        .is_some_and(|token| scale_of(Letters::of(token.text).as_str()).is_some());
    scale || factor_at(tokens, at, trust).is_some()
}

/// `$000`, `$1,000s`, `$ millions`, `USD (millions)`, `$M`, `dollars in thousands`.
fn trailing_scale(tokens: &Tokens<'_>, from: usize) -> (u32, usize) {
    let mut at = from;
    while tokens
        .get(at)
        .is_some_and(|token| matches!(token.text, "(" | "in" | "en" | "," | "'" | "’"))
    {
        at += 1;
    }
    let Some(token) = tokens.get(at) else {
        return (0, from);
    };
    let power = match token.kind {
        Kind::Number if token.text.bytes().all(|byte| byte == b'0') && token.text.len() == 3 => {
            Some(3)
        }
        Kind::Number if token.text.contains("000") => power_of_ten(token.text),
        Kind::Word => match token.text {
            "M" | "MM" => Some(6),
            "B" => Some(9),
            "K" => Some(3),
            "m" | "mm" | "mil" => None,
            word => scale_of(Letters::of(word).as_str()),
        },
        _ => None,
    };
    match power {
        Some(power) => {
            let plural = tokens.get(at + 1).is_some_and(|token| token.text == "s");
            (power, at + 1 + usize::from(plural))
        }
        None => (0, from),
    }
}

/// International dollars are those of a year.
fn price_year(code: Cow<'static, str>, tokens: &Tokens<'_>, from: usize) -> Cow<'static, str> {
    if code != "{int$}" {
        return code;
    }
    let year = tokens
        .all()
        .iter()
        .skip(from)
        .find(|token| token.kind == Kind::Number && token.text.len() == 4);
    match year {
        Some(year) => Cow::Owned(format!("{{int${}}}", year.text)),
        None => code,
    }
}

/// Joined by a dot, an asterisk or a hyphen: `kW·h`, `tonne-kilometer`.
fn multiply(tokens: &Tokens<'_>, trust: Trust, built: &mut Builder) {
    for _ in 0..2 {
        let Some(token) = tokens.get(built.next) else {
            return;
        };
        let at = match token.text {
            "·" | "*" | "×" | "⋅" => built.next + 1,
            "." if trust == Trust::Slot => built.next + 1,
            _ if token.before == '-' && token.kind == Kind::Word => built.next,
            _ => return,
        };
        let Some(factor) = factor_at(tokens, at, trust) else {
            return;
        };
        built.code = Cow::Owned(format!("{}.{}", built.code, factor.entry.code));
        built.family = Family::Other;
        built.singular = false;
        built.next = factor.next;
    }
}

fn is_per(token: Token<'_>) -> bool {
    token.text == "/"
        || matches!(
            Letters::of(token.text).as_str(),
            "per" | "por" | "par" | "pro" | "je" | "cada" | "p"
        )
}

/// Everything after `per`, `/`, `por`, or, in the tail of a name, simply side by side (`mg_l`).
fn divide(tokens: &Tokens<'_>, trust: Trust, built: &mut Builder) {
    for _ in 0..2 {
        let Some(at) = denominator_start(tokens, trust, built) else {
            return;
        };
        let Some((code, family, next)) = denominator(tokens, at, trust) else {
            return;
        };
        built.family = divided(built.family, family);
        built.code = Cow::Owned(format!("{}/{code}", built.code));
        built.singular = false;
        built.next = next;
    }
}

fn denominator_start(tokens: &Tokens<'_>, trust: Trust, built: &Builder) -> Option<usize> {
    let here = tokens.get(built.next)?;
    if is_per(here) && !(here.text == "p" && trust != Trust::Tail) {
        return Some(built.next + 1);
    }
    if trust == Trust::Tail
        && matches!(
            built.family,
            Family::Mass | Family::Length | Family::Volume | Family::Data
        )
        && here.before == '_'
    {
        return symbol_at(tokens, built.next, trust).map(|_| built.next);
    }
    if trust == Trust::Text {
        return None;
    }
    // `kg CO2eq per …`, `micrograms total chl/grams …`: what is measured may stand in between.
    let later = (built.next + 1..built.next + 5).find(|&at| tokens.get(at).is_some_and(is_per));
    later.map(|at| at + 1)
}

fn denominator(tokens: &Tokens<'_>, at: usize, trust: Trust) -> Option<(String, Family, usize)> {
    let mut code = String::new();
    let mut at = at;
    let token = tokens.get(at)?;
    if let Some(power) = amount_at(token) {
        at += 1;
        if !matches!(factor_at(tokens, at, Trust::Bracket), Some(factor) if factor.entry.family != Family::Count)
        {
            let _ = write!(code, "{}", 10u64.pow(power));
            return Some((code, Family::Rate, at));
        }
        let _ = write!(code, "{}.", 10u64.pow(power));
    }
    let trusted = if trust == Trust::Text {
        Trust::Text
    } else {
        Trust::Bracket
    };
    if let Some(factor) = factor_at(tokens, at, trusted) {
        let mut family = factor.entry.family;
        code.push_str(factor.entry.code);
        let mut next = factor.next;
        if let Some(joined) = tokens
            .get(next)
            .filter(|token| token.before == '-' && token.kind == Kind::Word)
            && let Some(second) =
                factor_at(tokens, next, trusted).filter(|_| !joined.text.is_empty())
        {
            code = format!("({code}.{})", second.entry.code);
            family = Family::Other;
            next = second.next;
        }
        return Some((code, family, next));
    }
    let token = tokens.get(at)?;
    if trust == Trust::Text || token.kind != Kind::Word || token.text.len() < 3 {
        return None;
    }
    Some((
        format!("{{{}}}", Letters::of(token.text).as_str()),
        Family::Count,
        at + 1,
    ))
}

/// A number or number word after `per`, as a power of ten.
fn amount_at(token: Token<'_>) -> Option<u32> {
    match token.kind {
        Kind::Number => power_of_ten(token.text),
        Kind::Word => scale_of(Letters::of(token.text).as_str()).filter(|_| token.text.len() > 2),
        Kind::Sign => None,
    }
}

fn divided(top: Family, bottom: Family) -> Family {
    match (top, bottom) {
        (Family::Money, _) => Family::Money,
        (Family::Length, Family::Time) => Family::Speed,
        (Family::Volume, Family::Time) => Family::Flow,
        (Family::Mass | Family::Volume | Family::Count, Family::Volume)
        | (Family::Mass, Family::Mass) => Family::Concentration,
        (Family::Data, Family::Time) => Family::Data,
        (Family::Count, _) | (_, Family::Count | Family::Rate) => Family::Rate,
        _ => Family::Other,
    }
}

fn apply_scale(built: &mut Builder, scale: u32) {
    let prefixed = match (scale, &*built.code) {
        (3, "t") => Some("kt"),
        (6, "t") => Some("Mt"),
        (9, "t") => Some("Gt"),
        _ => None,
    };
    built.code = match prefixed {
        Some(code) => Cow::Borrowed(code),
        None if built.code.starts_with('{') => Cow::Owned(format!("10*{scale}{}", built.code)),
        None => Cow::Owned(format!("10*{scale}.{}", built.code)),
    };
}

/// `per 1,000`, `cada 100000 habitantes`, `je 1.000`, `/100k`, at the start of a text.
fn read_per(text: &str) -> Option<Unit> {
    let tokens = Tokens::of(text);
    let mut at = 0;
    while at < 3
        && tokens
            .get(at)
            .is_some_and(|token| is_per(token) && token.text != "p")
    {
        at += 1;
    }
    if at == 0 {
        return None;
    }
    let token = tokens.get(at)?;
    if token.kind == Kind::Word
        && matches!(
            Letters::of(token.text).as_str(),
            "capita" | "person" | "habitante" | "inhabitant"
        )
    {
        return Some(Unit::known("/{capita}", Family::Rate));
    }
    let mut power = if token.kind == Kind::Number {
        zeros_of(token.text)?
    } else {
        amount_at(token)?
    };
    if let Some(next) = tokens.get(at + 1) {
        let more = match next.text {
            "k" | "K" | "000" => Some(3),
            word => scale_of(Letters::of(word).as_str()),
        };
        power += more.unwrap_or(0);
        at += usize::from(more.is_some());
    }
    if power < 2 {
        return None;
    }
    let unit = factor_at(&tokens, at + 1, Trust::Text)
        .filter(|factor| factor.entry.family != Family::Count);
    let mut code = format!("/{}", 10u64.checked_pow(power)?);
    if let Some(factor) = unit {
        code = format!("/({}.{})", code.trim_start_matches('/'), factor.entry.code);
    }
    Some(Unit {
        code: Cow::Owned(code),
        family: Family::Rate,
    })
}

// ---------------------------------------------------------------------------------------------------------------
// Where a unit may stand.

/// The unit of a field, from the first place that gives one: slot, display, name, description.
///
/// ```
/// use datasteward::lexicon::roles::{DataType, Field};
/// use datasteward::lexicon::units::{Where, stated};
/// let field = Field { name: "Speed (mph)", datatype: DataType::Number, ..Field::default() };
/// let (unit, place) = stated(&field).expect("a unit in brackets");
/// assert_eq!((&*unit.code, place), ("[mi_i]/h", Where::Name));
/// ```
#[must_use]
pub fn stated(field: &Field<'_>) -> Option<(Unit, Where)> {
    let parts = NameParts::of(field.name);
    places().find_map(|(place, find)| find(field, &parts).map(|unit| (settle(unit, field), place)))
}

/// Every unit that a field's places give, one a place, in the same order: for finding contradictions.
#[must_use]
pub fn all_stated(field: &Field<'_>) -> Vec<(Unit, Where)> {
    let parts = NameParts::of(field.name);
    places()
        .filter_map(|(place, find)| find(field, &parts).map(|unit| (settle(unit, field), place)))
        .collect()
}

type Find = fn(&Field<'_>, &NameParts) -> Option<Unit>;

fn places() -> impl Iterator<Item = (Where, Find)> {
    let list: [(Where, Find); 4] = [
        (Where::Slot, |field, _| field.unit.and_then(in_slot)),
        (Where::Display, |field, _| in_display(field)),
        (Where::Name, in_name),
        (Where::Description, in_field_description),
    ];
    list.into_iter()
}

/// Any peso is the peso of the place that publishes.
fn settle(unit: Unit, field: &Field<'_>) -> Unit {
    const PESOS: [&str; 6] = ["ARS", "MXN", "CLP", "COP", "UYU", "PHP"];
    match field.home_currency {
        Some(home) if unit.code.contains("{peso}") && PESOS.contains(&home) => Unit {
            code: Cow::Owned(unit.code.replace("{peso}", home)),
            family: unit.family,
        },
        _ => unit,
    }
}

/// A unit in the format's own slot: an expression, a UCUM code, or the address of a unit.
#[must_use]
pub fn in_slot(text: &str) -> Option<Unit> {
    let text = text.trim();
    if text.is_empty() || says_nothing(text) {
        return None;
    }
    if text.starts_with("http") {
        let last = text.trim_end_matches('/').rsplit(['/', '#', ':']).next()?;
        return by_code(last);
    }
    if let Some(family) = TABLE.families.get_key_value(text) {
        return Some(Unit::known(family.0, *family.1));
    }
    if text.contains(['[', '{']) && !text.contains(' ') {
        return Some(Unit {
            code: Cow::Owned(text.to_owned()),
            family: family_of_code(text),
        });
    }
    let inner = text.trim_matches(['(', ')', '[', ']']);
    if let Some(unit) = per_anywhere(inner) {
        return Some(unit);
    }
    if let Some(read) = read_unit(inner, Trust::Slot) {
        return Some(read.unit);
    }
    if text.len() <= 4
        && let Some(unit) = by_code(text)
    {
        return Some(unit);
    }
    if let Some(unit) = share_or_index_in(inner) {
        return Some(unit);
    }
    thing_counted(inner)
}

fn by_code(code: &str) -> Option<Unit> {
    let (_, ucum) = TABLE.foreign_codes.get_key_value(code)?;
    let family = TABLE
        .families
        .get(ucum)
        .copied()
        .unwrap_or(family_of_code(ucum));
    Some(Unit::known(ucum, family))
}

fn family_of_code(code: &str) -> Family {
    match code {
        "m2" | "km2" | "[sft_i]" => Family::Area,
        "m3" | "[cft_i]" => Family::Volume,
        _ if code.starts_with('/') => Family::Rate,
        _ if code.starts_with('{') => Family::Count,
        _ => TABLE.families.get(code).copied().unwrap_or(Family::Other),
    }
}

/// Words people put into a unit slot that are no unit.
fn says_nothing(text: &str) -> bool {
    let folded = Letters::of(text);
    matches!(
        folded.as_str(),
        "number"
            | "count"
            | "cantidad"
            | "numero"
            | "rate"
            | "tasa"
            | "ratio"
            | "unitless"
            | "none"
            | "n/a"
            | "na"
            | "null"
            | "not applicable"
            | "dimensionless"
            | "text"
            | "value"
            | "valor"
            | "-"
            | "no units"
            | "no unit"
            | "unit"
            | "other"
            | "calendar year"
            | "date"
            | "string"
            | "various"
            | "varies"
            | "unknown"
            | "numeric"
            | "integer"
            | "sin unidad"
    ) || is_date_pattern(text)
}

/// `dd`, `HHmm.m`, `YYYY-MM-DD`: how a value is written, not what it measures.
fn is_date_pattern(text: &str) -> bool {
    text.len() >= 2
        && text.bytes().all(|byte| b"yYmMdDhHsS.-:/".contains(&byte))
        && text.bytes().any(|byte| b"yYdDhH".contains(&byte))
        && !TABLE.phrases.contains_key(text)
        && text != "mS"
        && text
            .as_bytes()
            .windows(2)
            .any(|pair| matches!(pair, [a, b] if a == b))
}

fn per_anywhere(text: &str) -> Option<Unit> {
    word_starts(text)
        .find_map(|at| read_per(text.get(at..)?).filter(|unit| unit.code != "/{capita}"))
}

/// Byte places where a word, a number or a sign begins.
fn word_starts(text: &str) -> impl Iterator<Item = usize> + '_ {
    let mut before = ' ';
    text.char_indices().filter_map(move |(at, character)| {
        let starts = character.is_alphanumeric() != before.is_alphanumeric()
            && character.is_alphanumeric()
            || character == '/';
        before = character;
        starts.then_some(at)
    })
}

fn share_or_index_in(text: &str) -> Option<Unit> {
    let tokens = Tokens::of(text);
    (0..tokens.length).find_map(|at| {
        let factor = phrase_at(&tokens, at)?;
        matches!(factor.entry.family, Family::Share | Family::Index)
            .then(|| Unit::known(factor.entry.code, factor.entry.family))
    })
}

/// `turistas`, `rough sleepers`: what is counted, in the singular, between braces.
fn thing_counted(text: &str) -> Option<Unit> {
    let plain = text.len() <= 40
        && text
            .chars()
            .all(|character| character.is_alphabetic() || matches!(character, ' ' | '-'));
    let words = text.split(' ').count();
    if !plain || words > 3 || text.len() < 4 {
        return None;
    }
    let folded = Letters::of(text);
    let singular = super::fold::stem(folded.as_str());
    Some(Unit {
        code: Cow::Owned(format!("{{{singular}}}")),
        family: Family::Count,
    })
}

fn in_display(field: &Field<'_>) -> Option<Unit> {
    let display = &field.display;
    let style = display.precision_style.unwrap_or_default();
    if style == "percentage" || field.datatype == DataType::Percent {
        return Some(PERCENT);
    }
    if style != "currency" && field.datatype != DataType::Money {
        return None;
    }
    let code = display.currency.or(field.home_currency).unwrap_or("USD");
    Some(Unit {
        code: Cow::Owned(code.to_owned()),
        family: Family::Money,
    })
}

// ---------------------------------------------------------------------------------------------------------------
// Names.

fn in_name(field: &Field<'_>, parts: &NameParts) -> Option<Unit> {
    let name = field.name;
    in_brackets(name, parts)
        .or_else(|| percent_in_name(name, parts))
        .or_else(|| {
            if may_be_quantity(field, parts) {
                quantity_in_name(field, parts)
            } else {
                None
            }
        })
}

/// Whether the type and the words of a name leave room for a number with a unit.
fn may_be_quantity(field: &Field<'_>, parts: &NameParts) -> bool {
    let numeric = field.datatype.is_numeric() || field.datatype == DataType::Unknown;
    let telling =
        Classes::MEASURE | Classes::MONEY | Classes::RATE | Classes::DURATION | Classes::GENERIC;
    let text = field.datatype == DataType::Text
        && parts.all.any(telling)
        && !parts
            .all
            .any(Classes::CODE | Classes::NAME | Classes::TEXT | Classes::FLAG | Classes::PLACE);
    numeric || text
}

/// `Length (feet)`, `Source EUI [kBtu/ft²]`, `Payroll ($1,000)`.
fn in_brackets(text: &str, parts: &NameParts) -> Option<Unit> {
    let bytes = text.as_bytes();
    let mut from = 0;
    while let Some(open) = memchr::memchr2(b'(', b'[', bytes.get(from..)?).map(|at| from + at) {
        let close =
            memchr::memchr2(b')', b']', bytes.get(open..)?).map_or(bytes.len(), |at| open + at);
        let inner = text.get(open + 1..close).unwrap_or_default();
        if let Some(unit) = bracket(inner, parts) {
            return Some(unit);
        }
        from = close.max(open + 1);
    }
    None
}

fn bracket(inner: &str, parts: &NameParts) -> Option<Unit> {
    let inner = inner.trim();
    if inner.is_empty() || inner.len() > 60 {
        return None;
    }
    if let Some(unit) = read_per(inner) {
        return Some(unit);
    }
    let read = read_unit(inner, Trust::Bracket)?;
    let rest = inner
        .get(read.end..)
        .unwrap_or_default()
        .trim_start_matches(['.', ')'])
        .trim();
    let opening = rest.split([' ', '/', ',']).next().unwrap_or_default();
    let goes_on = matches!(
        Letters::of(opening).as_str(),
        "" | "of"
            | "from"
            | "above"
            | "below"
            | "per"
            | "co2"
            | "co2e"
            | "co2eq"
            | "at"
            | "to"
            | "since"
            | "in"
            | "and"
            | "electricity"
            | "equivalent"
            | "x"
            | "total"
            | "by"
            | "de"
            | "n"
            | "as"
    );
    let short = inner.len() <= 2;
    let clear = match read.unit.family {
        // `(Month)`, `(Year)`, `(Day)` say what a date is made of, unless the name is of a duration.
        Family::Time => {
            !read.singular && !short && !parts.all.any(Classes::DATE | Classes::PART)
                || parts.all.any(Classes::DURATION | Classes::MEASURE)
                || (parts.all.any(Classes::CLOCK) && !parts.all.any(Classes::DATE))
        }
        Family::Count => {
            rest.is_empty() && (parts.all.any(Classes::RATE) || read.unit.code.contains('/'))
        }
        Family::Index | Family::Angle => rest.is_empty(),
        _ if short => {
            parts.all != Classes::default()
                && !parts
                    .all
                    .any(Classes::CODE | Classes::NAME | Classes::TEXT | Classes::FLAG)
                || inner == "%"
                || inner == "$"
        }
        _ => true,
    };
    (goes_on && clear).then_some(read.unit)
}

/// `% Level 1`, `%Asian`, `percent_change`, `tasa_pct`; not `95% CI`.
fn percent_in_name(name: &str, parts: &NameParts) -> Option<Unit> {
    if !parts.all.any(Classes::PERCENT) {
        return None;
    }
    let guarded = parts.words().last().is_some_and(|word| {
        word.classes
            .any(Classes::CODE | Classes::FLAG | Classes::TEXT)
    });
    let written = |word: &&super::roles::NameWord| {
        let text = name.get(word.start..word.end).unwrap_or_default();
        let folded = Letters::of(text);
        match folded.as_str() {
            "%" => !name
                .get(..word.start)
                .is_some_and(|before| before.ends_with(|last: char| last.is_ascii_digit())),
            "share" | "proportion" | "anteil" | "proporcion" => false,
            _ => word.classes.any(Classes::PERCENT),
        }
    };
    (!guarded && parts.words().iter().any(|word| written(&word))).then_some(PERCENT)
}

fn quantity_in_name(field: &Field<'_>, parts: &NameParts) -> Option<Unit> {
    let name = field.name;
    if parts
        .words()
        .last()
        .is_some_and(|word| word.classes.any(Classes::ID | Classes::FLAG))
    {
        return None;
    }
    money_sign(name)
        .or_else(|| after_comma(name))
        .or_else(|| per_in_name(name, parts))
        .or_else(|| tail(name, parts))
        .or_else(|| plural_in_name(name, parts))
}

/// A currency sign that is not part of a value (`$1,251 to $3,333`).
fn money_sign(name: &str) -> Option<Unit> {
    if name.is_ascii() && memchr::memchr(b'$', name.as_bytes()).is_none() {
        return None;
    }
    let (at, sign) = name
        .char_indices()
        .find(|(_, sign)| matches!(sign, '$' | '€' | '£' | '¥' | '₹'))?;
    let after = name.get(at + sign.len_utf8()..)?;
    let is_value = after
        .trim_start()
        .starts_with(|next: char| next.is_ascii_digit())
        && !after.trim_start().starts_with("000")
        && !after.trim_start().starts_with("1,000s");
    let from = name.get(..at)?.trim_end();
    let whole = from
        .rsplit([' ', '_', '('])
        .next()
        .filter(|word| word.eq_ignore_ascii_case("us"))
        .map_or(at, |word| from.len() - word.len());
    if is_value {
        None
    } else {
        read_unit(name.get(whole..)?, Trust::Bracket).map(|read| read.unit)
    }
}

/// `Average speed, miles per hour`.
fn after_comma(name: &str) -> Option<Unit> {
    let (_, last) = name.rsplit_once([',', ':'])?;
    let last = last.trim();
    let read = read_unit(last, Trust::Text)?;
    let whole =
        read.end == last.len() && !matches!(read.unit.family, Family::Count | Family::Index);
    (whole && !(read.singular && read.unit.family == Family::Time)).then_some(read.unit)
}

fn per_in_name(name: &str, parts: &NameParts) -> Option<Unit> {
    parts.words().iter().find_map(|word| {
        let text = name.get(word.start..word.end)?;
        let opens = word.classes.any(Classes::PREP)
            || matches!(text, "cada" | "je")
            || name.get(..word.start)?.ends_with('/');
        if !opens {
            return None;
        }
        let from = if word.is_number {
            word.start.checked_sub(1)?
        } else {
            word.start
        };
        let unit = read_per(name.get(from..)?)?;
        (unit.code != "/{capita}"
            || (parts.all.any(Classes::RATE) && !parts.all.any(Classes::MONEY)))
        .then_some(unit)
    })
}

/// The last one to four words read as a unit: `rain_mm`, `wind_speed_m_s`, `LENGTH_FT`, `Speed mph`.
fn tail(name: &str, parts: &NameParts) -> Option<Unit> {
    let words = parts.words();
    let measured = parts
        .all
        .any(Classes::MEASURE | Classes::DURATION | Classes::PHYSICAL | Classes::CLOCK);
    for count in (1..=4).rev() {
        let Some(first) = words
            .len()
            .checked_sub(count)
            .filter(|at| *at > 0)
            .and_then(|at| words.get(at))
        else {
            continue;
        };
        let before = words.get(words.len() - count - 1);
        if before.is_some_and(|word| word.is_number) {
            continue;
        }
        let text = name.get(first.start..)?;
        let text = text.trim_end_matches(|last: char| {
            !is_unit_letter(last) && !last.is_ascii_digit() && !matches!(last, '²' | '³')
        });
        let trust = if measured { Trust::Tail } else { Trust::Text };
        let Some(read) = read_unit(text, trust) else {
            continue;
        };
        if read.end == text.len()
            && tail_is_unit(&read, parts, name.get(first.start..).unwrap_or_default())
        {
            return Some(read.unit);
        }
    }
    None
}

/// Tails that may mean a thing or a part of a date (`Parking Meters`, `Birth Year`, `Total Cases`).
fn tail_is_unit(read: &Reading, parts: &NameParts, text: &str) -> bool {
    match read.unit.family {
        Family::Count | Family::Index => false,
        Family::Time => {
            let lasting = parts
                .all
                .any(Classes::DURATION | Classes::MEASURE | Classes::STAT)
                || parts.all.any(Classes::CLOCK);
            lasting && (!read.singular || !parts.all.any(Classes::PART | Classes::DATE))
        }
        Family::Angle => parts.all.any(Classes::MEASURE | Classes::COORD),
        Family::Other => read.unit.code.len() > 1 && parts.all.any(Classes::MEASURE),
        _ => !(read.singular && is_also_a_thing(text)) && !is_also_a_thing(text),
    }
}

/// Words that name things as often as units.
fn is_also_a_thing(text: &str) -> bool {
    matches!(
        Letters::of(text).as_str(),
        "meter"
            | "meters"
            | "yard"
            | "yards"
            | "mile"
            | "foot"
            | "pound"
            | "grad"
            | "grade"
            | "ton"
            | "cent"
            | "cents"
            | "inch"
            | "barrel"
            | "metro"
            | "libra"
            | "watts"
            | "hectare"
            | "mi"
            | "has"
            | "ans"
            | "percent"
            | "real"
            | "soles"
            | "index"
            | "mq"
    )
}

/// Units in the plural anywhere in a name: `Minutes spent on child care`, `Total Acres Burned`, `Tons`.
fn plural_in_name(name: &str, parts: &NameParts) -> Option<Unit> {
    let words = parts.words();
    words.iter().enumerate().find_map(|(at, word)| {
        if word.is_number || word.end - word.start < 4 {
            return None;
        }
        let before = at.checked_sub(1).and_then(|before| words.get(before));
        if before.is_some_and(|before| before.is_number) {
            return None;
        }
        let read = read_unit(name.get(word.start..)?, Trust::Text)?;
        let text = name.get(word.start..word.end)?;
        let clear = match read.unit.family {
            Family::Count | Family::Index | Family::Angle | Family::Share => false,
            // `Years of Service` and `Days Open`, not `School Years` or `Business Hours`.
            Family::Time => {
                !read.singular
                    && (at == 0 && words.len() > 1
                        || before.is_some_and(|before| {
                            before.classes.any(
                                Classes::STAT | Classes::COUNT | Classes::PREP | Classes::NUMBER,
                            )
                        })
                        || parts.all.any(Classes::DURATION))
                    && !parts.all.any(Classes::DATE | Classes::CODE)
            }
            Family::Money => {
                !read.singular && (read.unit.code.contains('/') || read.unit.code != "cent")
            }
            _ => !read.singular && (!is_also_a_thing(text) || read.unit.code.contains('/')),
        };
        clear.then_some(read.unit)
    })
}

// ---------------------------------------------------------------------------------------------------------------
// Descriptions.

/// The part of a description that is looked at, in bytes: what a unit is, is said early.
const READ_AT_MOST: usize = 1200;

fn in_field_description(field: &Field<'_>, parts: &NameParts) -> Option<Unit> {
    if field.description.len() < 3 {
        return None;
    }
    let words = parts.words();
    if words
        .last()
        .is_some_and(|word| word.classes.any(Classes::ID | Classes::FLAG))
    {
        return None;
    }
    let numeric = field.datatype.is_numeric()
        || field.datatype == DataType::Unknown && !field.datatype.is_geometry();
    let coordinate = parts.all.any(Classes::COORD);
    if !(numeric || coordinate || may_be_quantity(field, parts)) {
        return None;
    }
    let mut end = field.description.len().min(READ_AT_MOST);
    while !field.description.is_char_boundary(end) {
        end -= 1;
    }
    in_text(field.description.get(..end)?, parts)
}

/// Where in a description a unit may begin, and how it is told.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Opening {
    /// `in`, `en`: a unit in running text follows.
    In,
    /// `unit:`, `units are`: anything that follows is a unit.
    Slot,
    /// `per`, `cada`.
    Per,
    /// `percent`, `percentage`.
    Percent,
    /// `dollar`, `dollars`.
    Dollars,
}

fn opening(word: &str) -> Option<Opening> {
    let bytes = word.as_bytes();
    let first = bytes.first()?.to_ascii_lowercase();
    if !matches!(first, b'i' | b'e' | b'u' | b'p' | b'c' | b'd' | b'j') || bytes.len() > 12 {
        return None;
    }
    let folded = Letters::of(word);
    Some(match folded.as_str() {
        "in" | "en" => Opening::In,
        "unit" | "units" | "unidad" | "unidades" | "unite" | "einheit" | "uom" => Opening::Slot,
        "per" | "cada" | "por" | "pour" | "je" => Opening::Per,
        "percent" | "percentage" | "porcentaje" | "pourcentage" | "prozent" | "percentual" => {
            Opening::Percent
        }
        "dollar" | "dollars" | "dolares" => Opening::Dollars,
        _ => return None,
    })
}

fn in_text(text: &str, parts: &NameParts) -> Option<Unit> {
    let mut weaker = None;
    for (index, at) in word_starts(text).enumerate() {
        let rest = text.get(at..)?;
        let word = rest
            .split(|character: char| !character.is_alphabetic())
            .next()
            .unwrap_or_default();
        let Some(kind) = opening(word) else { continue };
        let after = rest.get(word.len()..).unwrap_or_default();
        let found = match kind {
            Opening::In => unit_after_in(after),
            Opening::Slot => unit_after_colon(after),
            Opening::Per => read_per(rest).filter(|unit| unit.code != "/{capita}"),
            Opening::Percent => percent_is_meant(text, at, index).then_some(PERCENT),
            Opening::Dollars => Some(Unit::known("USD", Family::Money)),
        };
        match (found, kind) {
            (Some(unit), Opening::Percent | Opening::Dollars | Opening::Per) => {
                weaker = weaker.or(Some(unit))
            }
            (Some(unit), _) => return Some(unit),
            (None, _) => {}
        }
    }
    in_brackets_of_text(text, parts)
        .or(weaker)
        .or_else(|| leading_plural(text))
}

/// `… in miles per hour`, `en millones de pesos`; not `in the second year`, `in households`, `in feet of snow`.
fn unit_after_in(after: &str) -> Option<Unit> {
    let read = read_unit(after, Trust::Text)?;
    let clear = match read.unit.family {
        Family::Count | Family::Index => false,
        Family::Time => !read.singular,
        _ => true,
    };
    clear.then_some(read.unit)
}

/// `Unit: metres`, `Units are in feet`, `Unit of measure = mg/L`.
fn unit_after_colon(after: &str) -> Option<Unit> {
    let after = after.trim_start();
    let after = after
        .strip_prefix("of measurement")
        .or_else(|| after.strip_prefix("of measure"))
        .unwrap_or(after)
        .trim_start();
    let after = [":", "=", "are in", "is in", "are", "is"]
        .iter()
        .find_map(|sign| after.strip_prefix(sign))?
        .trim_start();
    let clause = after.split([';', '\n']).next().unwrap_or_default();
    read_unit(clause, Trust::Bracket)
        .filter(|read| read.unit.family != Family::Count)
        .map(|read| read.unit)
}

/// `Percent of …` at the start; `as a percentage of`, `in percent`, `the percentage of` anywhere.
fn percent_is_meant(text: &str, at: usize, index: usize) -> bool {
    if index < 4 {
        return !text.get(..at).is_some_and(|before| {
            before
                .trim_end()
                .ends_with(|last: char| last.is_ascii_digit())
        });
    }
    let before = text.get(..at).unwrap_or_default().trim_end();
    let word = before
        .rsplit(|character: char| !character.is_alphabetic())
        .next()
        .unwrap_or_default();
    let article = matches!(
        word,
        "a" | "as" | "in" | "the" | "en" | "el" | "un" | "como"
    );
    article || before.ends_with([':', '(', '.'])
}

fn in_brackets_of_text(text: &str, parts: &NameParts) -> Option<Unit> {
    memchr::memchr(b'(', text.as_bytes())?;
    in_brackets(text, parts).filter(|unit| !matches!(unit.family, Family::Count | Family::Index))
}

/// `Tonnes of food waste`, `Average minutes on child care`: among the first four words.
fn leading_plural(text: &str) -> Option<Unit> {
    for at in word_starts(text).take(4) {
        let rest = text.get(at..)?;
        let word = rest
            .split(|character: char| !character.is_alphabetic())
            .next()
            .unwrap_or_default();
        if word.len() < 4 {
            if word.is_empty() {
                return None;
            }
            continue;
        }
        if let Some(read) = read_unit(rest, Trust::Text) {
            let measured = !matches!(
                read.unit.family,
                Family::Count | Family::Index | Family::Angle | Family::Money
            );
            let follows = rest.get(read.end..).unwrap_or_default().trim_start();
            let goes_on = [
                "of ", "on ", "spent", "from", "since", "to ", "between", "per ", "de ", "that",
            ]
            .iter()
            .any(|next| follows.starts_with(next));
            return (measured && !read.singular && !is_also_a_thing(word) && goes_on)
                .then_some(read.unit);
        }
    }
    None
}

/// A unit that the text of a dataset gives to all its values: "all figures are in thousands of dollars".
///
/// ```
/// use datasteward::lexicon::units::named_in;
/// let unit = named_in("Yearly budget. All figures are in thousands of dollars.");
/// assert_eq!(unit.map(|unit| unit.code.into_owned()), Some("10*3.USD".to_owned()));
/// assert_eq!(named_in("A list of trees in the city."), None);
/// ```
#[must_use]
pub fn named_in(text: &str) -> Option<Unit> {
    let finder = memchr::memmem::Finder::new(" in ");
    finder.find_iter(text.as_bytes()).find_map(|at| {
        let read = read_unit(text.get(at + 4..)?, Trust::Text)?;
        let clear = !matches!(read.unit.family, Family::Count | Family::Index)
            && !(read.singular && read.unit.family == Family::Time);
        (clear && speaks_of_values(text.get(..at)?)).then_some(read.unit)
    })
}

/// Whether the sentence so far is about the values of a dataset.
fn speaks_of_values(before: &str) -> bool {
    let sentence = before.rsplit(['.', '\n', ';']).next().unwrap_or_default();
    word_starts(sentence).any(|at| {
        let word = sentence
            .get(at..)
            .unwrap_or_default()
            .split(|character: char| !character.is_alphabetic())
            .next()
            .unwrap_or_default();
        matches!(
            Letters::of(word).as_str(),
            "values"
                | "figures"
                | "amounts"
                | "dollars"
                | "measurements"
                | "lengths"
                | "distances"
                | "areas"
                | "measured"
                | "expressed"
                | "reported"
                | "costs"
                | "prices"
                | "speeds"
                | "units"
                | "data"
        )
    })
}

// ---------------------------------------------------------------------------------------------------------------
// What is needed.

/// Whether the numbers of a field cannot be used without knowing their unit.
///
/// Counts, codes, dates, places and scores need none, nor does plain money where the currency of the publisher's
/// place is known ([`Field::home_currency`]); percentages, rates, measures and scaled money do.
#[must_use]
pub fn needed(field: &Field<'_>, role: Role) -> bool {
    match role {
        Role::Percent | Role::Rate => true,
        Role::Measure => !is_age(field),
        Role::Money => field.home_currency.is_none() || has_scale(field),
        Role::Score => field
            .unit
            .and_then(in_slot)
            .is_some_and(|unit| unit.family == Family::Index),
        Role::Date => field
            .unit
            .and_then(in_slot)
            .is_some_and(|unit| unit.family == Family::Time),
        _ => false,
    }
}

/// Ages are in years unless they say otherwise.
fn is_age(field: &Field<'_>) -> bool {
    NameParts::of(field.name).words().iter().any(|word| {
        let text = field.name.get(word.start..word.end).unwrap_or_default();
        matches!(
            Letters::of(text).as_str(),
            "age" | "edad" | "alter" | "idade"
        )
    })
}

/// Money in thousands or millions, per something, or in another currency than that of the place.
fn has_scale(field: &Field<'_>) -> bool {
    stated(field).is_some_and(|(unit, _)| Some(&*unit.code) != field.home_currency)
}
