//! Unit expressions: `million gallons per day`, `µg/m³`, `$ thousands`.

use std::borrow::Cow;
use std::fmt::Write as _;

use super::table::{Entry, TABLE};
use super::tokens::{Kind, Token, Tokens, is_unit_letter, opening_of};
use super::{Family, Unit};
use crate::lexicon::fold::Letters;

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

/// Words that multiply, with their power of ten.
const SCALES: [(&str, u32); 27] = [
    ("hundred", 2),
    ("hundreds", 2),
    ("cien", 2),
    ("thousand", 3),
    ("thousands", 3),
    ("thous", 3),
    ("mil", 3),
    ("tausend", 3),
    ("milliers", 3),
    ("mille", 3),
    ("k", 3),
    ("million", 6),
    ("millions", 6),
    ("millones", 6),
    ("millon", 6),
    ("millionen", 6),
    ("milhoes", 6),
    ("mill", 6),
    ("mio", 6),
    ("mn", 6),
    ("mm", 6),
    ("billion", 9),
    ("billions", 9),
    ("bn", 9),
    ("milliarden", 9),
    ("milliards", 9),
    ("trillion", 12),
];

fn scale_of(word: &str) -> Option<u32> {
    if !word.starts_with(['h', 'c', 't', 'm', 'k', 'b']) {
        return None;
    }
    SCALES
        .iter()
        .find(|(known, _)| *known == word)
        .map(|(_, power)| *power)
}

/// How much the surroundings vouch for a unit being meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::lexicon) enum Trust {
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
pub(in crate::lexicon) struct Reading {
    pub(in crate::lexicon) unit: Unit,
    /// Bytes of the text that were used.
    pub(in crate::lexicon) end: usize,
    /// The last word is one of a thing, an hour, a year …: it may be meant otherwise in running text.
    pub(in crate::lexicon) singular: bool,
}

/// One unit with its power: `square feet`, `m3`.
#[derive(Clone, Copy, Debug)]
pub(in crate::lexicon) struct Factor {
    pub(in crate::lexicon) entry: Entry,
    singular: bool,
    /// The next token.
    next: usize,
}

fn entry(code: &'static str, family: Family) -> Entry {
    Entry { code, family }
}

/// The longest known phrase at a place.
pub(in crate::lexicon) fn phrase_at(tokens: &Tokens<'_>, at: usize) -> Option<Factor> {
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
        && (!last.ends_with('s') || last == "mes")
        && !last.ends_with("feet")
        && last.len() > 2
        && !last.ends_with("age")
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

/// Words that raise a length to a power.
const POWERS: [(&str, u32); 17] = [
    ("square", 2),
    ("sq", 2),
    ("quadrat", 2),
    ("squared", 2),
    ("cuadrado", 2),
    ("cuadrados", 2),
    ("carre", 2),
    ("carres", 2),
    ("quadrado", 2),
    ("quadrados", 2),
    ("cubic", 3),
    ("cu", 3),
    ("kubik", 3),
    ("cubed", 3),
    ("cubico", 3),
    ("cubicos", 3),
    ("cubes", 3),
];

fn power_word(word: &str) -> Option<u32> {
    if !word.starts_with(['s', 'q', 'c', 'k']) {
        return None;
    }
    POWERS
        .iter()
        .find(|(known, _)| *known == word)
        .map(|(_, power)| *power)
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
    // "En miles de vehículos": thousands of what is no unit.
    let is_thousands = first.text.eq_ignore_ascii_case("miles")
        && tokens
            .get(at + 1)
            .is_some_and(|next| next.text.eq_ignore_ascii_case("de"));
    if is_thousands {
        return None;
    }
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
pub(in crate::lexicon) fn read_unit(text: &str, trust: Trust) -> Option<Reading> {
    let text = opening_of(text);
    if !may_open(text, trust) {
        return None;
    }
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

/// A quick look at the first word, so that most texts are never taken apart.
fn may_open(text: &str, trust: Trust) -> bool {
    let text = text.trim_start_matches([' ', '-', '_']);
    let Some(first) = text.chars().next() else {
        return false;
    };
    if !is_unit_letter(first) {
        return first != '/' && first != '(' && first != ')';
    }
    let word = text
        .split(|character| !is_unit_letter(character))
        .next()
        .unwrap_or_default();
    let folded = Letters::of(word);
    let word = folded.as_str();
    TABLE.phrases.contains_key(word)
        || (trust != Trust::Text && (TABLE.symbols.contains_key(word) || word.len() < 4))
        || (trust == Trust::Tail && symbol_in_any_case(word).is_some())
        || power_word(word).is_some()
        || scale_of(word).is_some()
        || is_before_unit(word)
        || (word.len() < 4 && text.contains(['2', '3', '²', '³', '^']))
        || (trust == Trust::Slot)
}

/// Every word that a unit in a name may begin with, folded.
pub(in crate::lexicon) fn opening_words() -> impl Iterator<Item = &'static str> {
    let symbols = TABLE.symbols.keys().copied();
    let lower = [
        "c", "f", "v", "w", "pa", "k", "m", "mg", "g", "t", "l", "h", "d", "a", "j", "n", "e", "p",
    ];
    TABLE
        .phrases
        .keys()
        .copied()
        .chain(symbols)
        .chain(SCALES.iter().map(|(word, _)| *word))
        .chain(POWERS.iter().map(|(word, _)| *word))
        .chain(lower)
}

/// Words that may stand before a unit and say nothing of it.
fn is_before_unit(word: &str) -> bool {
    matches!(
        word,
        "in" | "en" | "total" | "constant" | "current" | "nominal" | "real"
    )
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
    if word(0).is_some_and(|word| is_before_unit(word.as_str())) && tokens.length > 1 {
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
    if matches!(trust, Trust::Text | Trust::Tail) {
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
    let slashed = at
        .checked_sub(1)
        .and_then(|before| tokens.get(before))
        .is_some_and(|token| token.text == "/");
    let trusted = if trust == Trust::Text && !slashed {
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
    if trust != Trust::Slot || token.kind != Kind::Word || token.text.len() < 3 {
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
        None if built.family == Family::Count => Cow::Owned(format!("10*{scale}{}", built.code)),
        None => Cow::Owned(format!("10*{scale}.{}", built.code)),
    };
}

/// `per 1,000`, `cada 100000 habitantes`, `je 1.000`, `/100k`, at the start of a text.
pub(in crate::lexicon) fn read_per(text: &str) -> Option<Unit> {
    let text = opening_of(text);
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
