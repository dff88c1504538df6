//! The unit that a field states, and where.
//!
//! The places of a field where a unit may stand are searched in turn: slot, display, name, description.

use std::borrow::Cow;

use super::field::{DataType, Field};
use super::fold::{Letters, name_words, raw_words, stem};
use super::memo::Memo;
use super::name_parts::{Classes, NameParts, NameWord, has_word, leads_with_count};
use super::units::expression::{Reading, Trust, phrase_at, read_per, read_unit};
use super::units::table::{TABLE, is_around};
use super::units::tokens::{Tokens, is_unit_letter};
use super::units::{Family, PERCENT, Unit, Where};

/// The unit of a field, from the first place that gives one: slot, display, name, description.
///
/// A bare `%` or `$` in the slot gives way to what name or description say in words: portals leave such marks behind
/// when a field is copied.
///
/// ```
/// use datasteward::lexicon::field::{DataType, Field};
/// use datasteward::lexicon::unit_stated::stated;
/// use datasteward::lexicon::units::Where;
/// let field = Field { name: "Speed (mph)", datatype: DataType::Number, ..Field::default() };
/// let (unit, place) = stated(&field).expect("a unit in brackets");
/// assert_eq!((&*unit.code, place), ("[mi_i]/h", Where::Name));
/// ```
#[must_use]
pub fn stated(field: &Field<'_>) -> Option<(Unit, Where)> {
    first_stated(field, &NameParts::of(field.name))
}

/// The unit that a name alone gives, as that of a number.
#[must_use]
pub fn names_unit(name: &str) -> Option<Unit> {
    let field = Field {
        name,
        datatype: DataType::Number,
        ..Field::default()
    };
    stated(&field).map(|(unit, _)| unit)
}

/// Every unit that a field's places give, one a place, in the order of [`stated`]: for finding contradictions.
#[must_use]
pub fn all_stated(field: &Field<'_>) -> Vec<(Unit, Where)> {
    each_stated(field, &NameParts::of(field.name))
}

/// Whether a field holds the units of its neighbour's values, a unit a row: `Unit`, `RESULT_UOM`, `Unit of Measure`.
///
/// ```
/// use datasteward::lexicon::unit_stated::is_unit_field;
/// assert!(is_unit_field("Data_Value_Unit"));
/// assert!(is_unit_field("Unit of measure"));
/// assert!(!is_unit_field("Housing Units"));
/// ```
#[must_use]
pub fn is_unit_field(name: &str) -> bool {
    thread_local!(static KNOWN: Memo<bool> = const { Memo::new() });
    KNOWN.with(|known| known.get(name, names_units))
}

fn names_units(name: &str) -> bool {
    let parts = NameParts::of(name);
    let (mut unit, mut uom, mut value) = (false, false, false);
    for word in parts.words() {
        match parts.text(word) {
            "uom" | "uoms" => uom = true,
            "unit" | "units" | "unidad" | "unidades" | "unite" | "einheit" | "unidade" => {
                unit = true
            }
            "value" | "values" | "measure" | "measurement" | "result" | "results" | "reporting"
            | "medida" | "mesure" | "data" | "parameter" | "amount" => value = true,
            _ => {}
        }
    }
    uom || (unit && value)
}

/// `Unit`, and nothing more.
#[must_use]
pub fn is_bare_unit(name: &str) -> bool {
    matches!(
        Letters::of(name.trim()).as_str(),
        "unit" | "units" | "unidad" | "unidades" | "unite" | "einheit" | "unidade"
    )
}

/// `Value`, and nothing more.
#[must_use]
pub fn is_bare_value(name: &str) -> bool {
    matches!(
        Letters::of(name.trim()).as_str(),
        "value" | "data value" | "datavalue" | "data_value" | "valor" | "valeur" | "wert"
    )
}

/// The unit of a field whose name is taken apart already.
pub(super) fn first_stated(field: &Field<'_>, parts: &NameParts) -> Option<(Unit, Where)> {
    let mut found =
        places().filter_map(|(place, find)| Some((settle(find(field, parts)?, field), place)));
    let first = found.next()?;
    if first.1 == Where::Slot {
        if first.0.family == Family::Share && leads_with_count(parts) {
            return None;
        }
        // Exporters leave bare marks of another field behind; what the words of this one say goes before.
        let bare = matches!(&*first.0.code, "%" | "USD" | "1");
        if let Some(other) = found
            .next()
            .filter(|other| bare && other.0.family != first.0.family)
        {
            return Some(other);
        }
    }
    Some(first)
}

/// Every unit, one a place.
pub(super) fn each_stated(field: &Field<'_>, parts: &NameParts) -> Vec<(Unit, Where)> {
    places()
        .filter_map(|(place, find)| Some((settle(find(field, parts)?, field), place)))
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
    let inner = without_price_base(text.trim_matches(['(', ')', '[', ']']));
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
    thing_counted(inner).or_else(|| as_written(text))
}

/// `constant 2019 US dollars`, `2017 USD per day`: of what year the prices are is no part of the unit.
fn without_price_base(text: &str) -> &str {
    let mut rest = text;
    while let Some((first, after)) = rest.split_once(' ') {
        let year = first.len() == 4 && first.bytes().all(|byte| byte.is_ascii_digit());
        if !year && !is_around("price_base", Letters::of(first).as_str()) {
            break;
        }
        rest = after.trim_start();
    }
    rest
}

/// What stands in a slot for units is meant as one, even where it is not understood: `Gini [0 to 100]`.
fn as_written(text: &str) -> Option<Unit> {
    let told = (3..=60).contains(&text.len()) && text.contains(char::is_alphabetic);
    told.then(|| Unit {
        code: Cow::Owned(format!("{{{}}}", text.replace(['{', '}'], " ").trim())),
        family: Family::Other,
    })
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
    is_around("nothing", Letters::of(text).as_str()) || is_date_pattern(text)
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
    let singular = stem(folded.as_str());
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
    // Socrata's currency style shows dollars where nothing else is chosen; a type alone does not say which money.
    let code = display
        .currency
        .or(field.home_currency)
        .or((style == "currency").then_some("USD"))?;
    Some(Unit {
        code: Cow::Owned(code.to_owned()),
        family: Family::Money,
    })
}
fn in_name(field: &Field<'_>, parts: &NameParts) -> Option<Unit> {
    let name = field.name;
    if is_of_units(parts) {
        return None;
    }
    // `% Managed Area (Acres)`, `Share of food miles`: acres and miles are what there is a share of.
    if leads_with_share(parts) {
        return percent_in_name(parts);
    }
    in_brackets(name, parts)
        .or_else(|| percent_in_name(parts))
        .or_else(|| {
            let found = may_be_quantity(field, parts)
                .then(|| quantity_in_name(field, parts))
                .flatten()?;
            // `Hours` and `Days of Operation` in words are opening hours.
            let opening_hours = found.family == Family::Time
                && field.datatype == DataType::Text
                && !parts.all.any(LASTING);
            // `precio_promedio_kg`: what the price is for.
            let priced = matches!(found.family, Family::Mass | Family::Volume)
                && found.code.chars().all(|sign| sign != '/')
                && has_word(name, "priced");
            // `Mileage` is in miles unless its text says "in kilometers".
            let other_mileage = has_word(name, "mileage")
                && in_field_description(field, parts)
                    .is_some_and(|said| said.family == Family::Length);
            (!opening_hours && !other_mileage && !priced).then_some(found)
        })
}

/// `% Managed Area`, `Percent of Trips`, `Share of calories lost`.
fn leads_with_share(parts: &NameParts) -> bool {
    let mut words = parts.words().iter();
    let Some(first) = words
        .next()
        .filter(|word| word.classes.any(Classes::PERCENT))
    else {
        return false;
    };
    let is_of = |next: &NameWord| matches!(parts.text(next), "of" | "de");
    matches!(parts.text(first), "%" | "percent" | "percentage" | "pct")
        || words.next().is_some_and(is_of)
}

/// Words that make days and hours an amount of time.
const LASTING: Classes = Classes::DURATION.and(Classes::STAT).and(Classes::COUNT);

/// A column that holds units (`Data_Value_Unit`) has none itself.
fn is_of_units(parts: &NameParts) -> bool {
    let text = parts.last_text();
    text.is_some_and(|text| is_around("of_unit", text))
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
        if let Some(unit) = bracket(inner, text.get(..open).unwrap_or_default(), parts) {
            return Some(unit);
        }
        from = close.max(open + 1);
    }
    None
}

fn bracket(inner: &str, before: &str, parts: &NameParts) -> Option<Unit> {
    let inner = after_range(inner.trim());
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
    let listed = rest.starts_with(',') && matches!(read.unit.family, Family::Share | Family::Money);
    let goes_on =
        (opening.is_empty() && !listed) || is_around("qualifier", Letters::of(opening).as_str());
    let all = parts.all;
    let sign = inner == "%" || !inner.is_ascii() || inner == "$";
    let clear = match read.unit.family {
        // `(Month)`, `(Year)` say what a date is made of and `by age (years)` who is counted.
        Family::Time if before.contains(" by ") => false,
        Family::Time => {
            (!read.singular && inner.len() > 2 && !all.any(Classes::DATE | Classes::PART))
                || all.any(Classes::DURATION | Classes::MEASURE)
                || (all.any(Classes::CLOCK) && !all.any(Classes::DATE))
        }
        Family::Count => rest.is_empty() && read.unit.code.contains('/'),
        Family::Index | Family::Angle => rest.is_empty(),
        // A letter alone is as often a footnote or an initial.
        _ if inner.len() == 1 => sign || all.any(Classes::MEASURE),
        _ if inner.len() == 2 => {
            sign || !all.any(Classes::CODE | Classes::NAME | Classes::TEXT | Classes::FLAG)
        }
        _ => true,
    };
    (goes_on && clear).then_some(read.unit)
}

/// `(0-5,000 mV)`: the unit after a range of values.
fn after_range(inner: &str) -> &str {
    let digits =
        |character: char| character.is_ascii_digit() || matches!(character, '.' | ',' | ' ');
    let second = inner.trim_start_matches(digits).strip_prefix(['-', '–']);
    match second.map(|second| (second, second.trim_start_matches(digits))) {
        Some((second, rest))
            if inner.starts_with(digits) && rest.len() < second.len() && !rest.is_empty() =>
        {
            rest
        }
        _ => inner,
    }
}

/// `% Level 1`, `%Asian`, `percent_change`, `tasa_pct`; not `95% CI` or `Percent Flag`.
fn percent_in_name(parts: &NameParts) -> Option<Unit> {
    if !parts.all.any(Classes::PERCENT) {
        return None;
    }
    let ends_as_code = parts
        .last_text()
        .is_some_and(|text| is_around("tail_code", text));
    let written = |word: &NameWord| {
        let vague = matches!(
            parts.text(word),
            "share" | "proportion" | "anteil" | "proporcion"
        );
        word.classes.any(Classes::PERCENT) && !vague
    };
    (!ends_as_code && parts.words().iter().any(written)).then_some(PERCENT)
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
    let trust = if measured { Trust::Tail } else { Trust::Text };
    for count in (1..=4).rev() {
        let Some(at) = words.len().checked_sub(count) else {
            continue;
        };
        let Some(first) = words.get(at).filter(|word| word.opens_unit) else {
            continue;
        };
        if at
            .checked_sub(1)
            .and_then(|before| words.get(before))
            .is_some_and(|before| stops_unit(name, parts, before))
        {
            continue;
        }
        let text = name.get(first.start..)?;
        let text = text.trim_end_matches(|last: char| {
            !is_unit_letter(last) && !last.is_ascii_digit() && !matches!(last, '²' | '³')
        });
        let bracketed = name.get(..first.start)?.trim_end().ends_with(['(', '[']);
        let letter = text.len() == 1 && !parts.all.any(Classes::MEASURE);
        let trust = if at == 0 || bracketed || letter {
            Trust::Text
        } else {
            trust
        };
        let Some(read) = read_unit(text, trust) else {
            continue;
        };
        if read.end == text.len() && !(at == 0 && read.singular) && tail_is_unit(&read, parts, text)
        {
            return Some(read.unit);
        }
    }
    None
}

/// What makes a unit after it part of something else: a number (`7 days`), `per`, the `a` of `a.m.`
fn stops_unit(name: &str, parts: &NameParts, before: &NameWord) -> bool {
    let slashed = name
        .get(before.end..)
        .is_some_and(|rest| rest.starts_with('/'));
    before.is_number
        || slashed
        || matches!(
            parts.text(before),
            "per" | "a" | "p" | "sq" | "square" | "cu" | "cubic"
        )
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
        // `Length C` is the third of three.
        Family::Temperature if text.len() == 1 => {
            let warm = |word: &NameWord| parts.text(word).starts_with("temp");
            parts.words().iter().any(warm)
        }
        // `Distance meters`, but `Parking Meters`.
        _ => parts.all.any(Classes::MEASURE) || !is_also_a_thing(text),
    }
}

/// Words that name things as often as units.
fn is_also_a_thing(text: &str) -> bool {
    is_around("thing", Letters::of(text).as_str())
}

/// Units in the plural anywhere in a name: `Minutes spent on child care`, `Total Acres Burned`, `Tons`.
fn plural_in_name(name: &str, parts: &NameParts) -> Option<Unit> {
    let words = parts.words();
    words.iter().enumerate().find_map(|(at, word)| {
        let before = at.checked_sub(1).and_then(|before| words.get(before));
        let short = word.end - word.start < 4
            && !is_abbreviation(name.get(word.start..word.end).unwrap_or_default());
        if !word.opens_unit || short || before.is_some_and(|before| stops_unit(name, parts, before))
        {
            return None;
        }
        // `FeetFromCurb` is one word to the reader of units.
        let glued = name.get(word.end..)?.starts_with(char::is_alphabetic);
        let text = if glued {
            name.get(word.start..word.end)?
        } else {
            name.get(word.start..)?
        };
        let read = read_unit(text, Trust::Text)?;
        if read.singular && !is_abbreviation(text.get(..read.end)?) {
            return None;
        }
        let thing = is_also_a_thing(name.get(word.start..word.end)?);
        let clear = match read.unit.family {
            Family::Count | Family::Index | Family::Angle | Family::Share => false,
            Family::Time => is_duration(parts, at),
            Family::Money => read.unit.code.contains('/') || read.unit.code != "cent",
            _ => !thing || read.unit.code.contains('/'),
        };
        clear.then_some(read.unit)
    })
}

/// `kWh`, `mph`, `MMBtu`: written like no word, so never the name of a thing.
fn is_abbreviation(unit: &str) -> bool {
    let unit = Letters::of(unit);
    let unit = unit.as_str();
    unit.len() > 2
        && unit.bytes().all(|letter| letter.is_ascii_lowercase())
        && (unit.ends_with("btu") || !unit.contains(['a', 'e', 'i', 'o', 'u', 'y']))
}

/// `Years of Service`, `Total Days`, `Target Days to Close`; not `School Years`, `Business Hours` or `Hours Cost`.
fn is_duration(parts: &NameParts, at: usize) -> bool {
    let words = parts.words();
    let classes = |at: Option<usize>| {
        at.and_then(|at| words.get(at))
            .map_or(Classes::default(), |word| word.classes)
    };
    let next = classes(at.checked_add(1));
    if at == 0 && next.any(Classes::PREP) {
        return true;
    }
    if parts
        .all
        .any(Classes::MONEY | Classes::CODE | Classes::TEXT)
    {
        return false;
    }
    let leads = Classes::STAT | Classes::COUNT | Classes::PREP | Classes::NUMBER | Classes::GENERIC;
    let led = (at == 0 && words.len() > 1)
        || classes(at.checked_sub(1)).any(leads)
        || parts.all.any(Classes::DURATION);
    led && !parts.all.any(Classes::DATE)
}

// ---------------------------------------------------------------------------------------------------------------
// Descriptions.

/// The part of a description that is looked at, in bytes: what a unit is, is said early.
const READ_AT_MOST: usize = 1200;

fn in_field_description(field: &Field<'_>, parts: &NameParts) -> Option<Unit> {
    if field.description.len() < 3 || is_of_units(parts) {
        return None;
    }
    if parts
        .words()
        .last()
        .is_some_and(|word| word.classes.any(Classes::ID | Classes::FLAG))
    {
        return None;
    }
    let numeric = field.datatype.is_numeric() || field.datatype == DataType::Unknown;
    let coordinate = parts.all.any(Classes::COORD);
    if !(numeric || coordinate || may_be_quantity(field, parts)) {
        return opens_with_percent(field.description).then_some(PERCENT);
    }
    let mut end = field.description.len().min(READ_AT_MOST);
    while !field.description.is_char_boundary(end) {
        end -= 1;
    }
    let text = field.description.get(..end)?;
    if numeric {
        return in_text(text, parts)
            .or_else(|| leading_plural(text))
            .or_else(|| is_share_with_sign(text).then_some(PERCENT));
    }
    in_text(text, parts).filter(|unit| unit.family != Family::Time || parts.all.any(LASTING))
}

/// Numbers kept as text that say so: "Percentage of households …", "The percent change …".
fn opens_with_percent(description: &str) -> bool {
    let text = description
        .strip_prefix("The ")
        .or_else(|| description.strip_prefix("the "))
        .unwrap_or(description);
    let follows = text
        .strip_prefix("Percent")
        .or_else(|| text.strip_prefix("percent"));
    follows.is_some_and(|rest| {
        rest.starts_with("age of") || rest.starts_with(" of") || rest.starts_with(" change")
    })
}

/// "Share of women (as % of all adults) who smoke".
fn is_share_with_sign(description: &str) -> bool {
    let clause = description
        .split(['.', ';', '\n'])
        .next()
        .unwrap_or_default();
    let opens = ["Share of ", "share of ", "Proportion of ", "proportion of "];
    opens.iter().any(|opening| clause.starts_with(opening))
        && ["(%", "as %", "as a %", "in %"]
            .iter()
            .any(|sign| clause.contains(sign))
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
    /// `square footage`: clear without more.
    Square,
    /// `to the nearest inch`.
    Nearest,
    /// `the average number of years`.
    Number,
}

fn opening(word: &str) -> Option<Opening> {
    let bytes = word.as_bytes();
    let first = bytes.first()?.to_ascii_lowercase();
    if !matches!(
        first,
        b'i' | b'e' | b'u' | b'p' | b'c' | b'd' | b'j' | b's' | b'n'
    ) || bytes.len() > 12
    {
        return None;
    }
    let folded = Letters::of(word);
    Some(match folded.as_str() {
        "in" | "en" | "em" => Opening::In,
        "unit" | "units" | "unidad" | "unidades" | "unite" | "einheit" | "uom" => Opening::Slot,
        "per" | "cada" | "por" | "pour" | "je" => Opening::Per,
        "percent" | "percentage" | "porcentaje" | "pourcentage" | "prozent" | "percentual" => {
            Opening::Percent
        }
        "dollar" | "dollars" | "dolares" => Opening::Dollars,
        "square" => Opening::Square,
        "nearest" => Opening::Nearest,
        "number" => Opening::Number,
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
            Opening::Per => read_per(rest)
                .filter(|unit| unit.code != "/{capita}")
                .or_else(|| per_unit(after, parts)),
            Opening::Percent => percent_is_meant(text, at, index).then_some(PERCENT),
            Opening::Dollars => Some(Unit::known("USD", Family::Money)),
            Opening::Square => read_unit(rest, Trust::Text).map(|read| read.unit),
            Opening::Nearest => unit_after_nearest(after),
            Opening::Number => unit_numbered(after, parts),
        };
        match (found, kind) {
            (
                Some(unit),
                Opening::Percent
                | Opening::Dollars
                | Opening::Per
                | Opening::Square
                | Opening::Number,
            ) => weaker = weaker.or(Some(unit)),
            (Some(unit), _) => return Some(unit),
            (None, _) => {}
        }
    }
    in_brackets_of_text(text, parts)
        .or(weaker)
        .or_else(|| alone_in_sentence(text))
        .or_else(|| leading_plural(text))
}

/// `… to the nearest inch`, `… nearest tenth of a mile`, `… nearest 10 feet`.
fn unit_after_nearest(after: &str) -> Option<Unit> {
    let mut rest = after.trim_start();
    for _ in 0..4 {
        let (word, behind) = rest.split_once(' ').unwrap_or((rest, ""));
        let part = matches!(
            word,
            "whole" | "full" | "half" | "quarter" | "tenth" | "hundredth" | "of" | "a" | "an"
        );
        if !part && !word.starts_with(|first: char| first.is_ascii_digit()) {
            break;
        }
        rest = behind;
    }
    let read = read_unit(rest, Trust::Text)?;
    matches!(
        read.unit.family,
        Family::Length | Family::Area | Family::Mass | Family::Volume | Family::Temperature
    )
    .then_some(read.unit)
}

/// `The average number of years that …`, of a field whose name measures something.
fn unit_numbered(after: &str, parts: &NameParts) -> Option<Unit> {
    let rest = after.strip_prefix(" of ")?;
    let measures = Classes::MEASURE | Classes::DURATION;
    let read = read_unit(rest, Trust::Text).filter(|read| !read.singular)?;
    let counted = matches!(read.unit.family, Family::Count | Family::Index);
    let is_life = parts
        .words()
        .iter()
        .any(|word| parts.text(word) == "expectancy");
    (!counted && (is_life || parts.all.any(measures))).then_some(read.unit)
}

/// What a rate is of, when it is no round number: `per mile`, `per street mile`, `per acre`.
fn per_unit(after: &str, parts: &NameParts) -> Option<Unit> {
    if !parts.all.any(Classes::RATE) {
        return None;
    }
    let read = word_starts(after)
        .take(2)
        .find_map(|at| read_unit(after.get(at..)?, Trust::Text))?;
    let useful = matches!(
        read.unit.family,
        Family::Length | Family::Area | Family::Volume | Family::Count | Family::Time
    );
    useful.then(|| Unit {
        code: Cow::Owned(format!("/{}", read.unit.code)),
        family: Family::Rate,
    })
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

/// A sentence that is nothing but a unit: `Advertised speed. Mbits/sec`.
fn alone_in_sentence(text: &str) -> Option<Unit> {
    let mut sentences = text.split(['.', ';', ',', '\n']).map(str::trim);
    sentences.find_map(|sentence| {
        if !(2..=30).contains(&sentence.len()) {
            return None;
        }
        let read = read_unit(sentence, Trust::Text)?;
        let whole = read.end == sentence.len()
            && (!read.singular || read.unit.family == Family::Temperature);
        (whole && !matches!(read.unit.family, Family::Count | Family::Index)).then_some(read.unit)
    })
}

fn in_brackets_of_text(text: &str, parts: &NameParts) -> Option<Unit> {
    memchr::memchr(b'(', text.as_bytes())?;
    in_brackets(text, parts).filter(|unit| !matches!(unit.family, Family::Count | Family::Index))
}

/// `Tonnes of food waste`, `Average minutes on child care`: among the first words.
fn leading_plural(text: &str) -> Option<Unit> {
    for at in word_starts(text).take(6) {
        let rest = text.get(at..)?;
        let word = rest
            .split(|character: char| !character.is_alphabetic())
            .next()
            .unwrap_or_default();
        if word.is_empty() {
            return None;
        }
        if word.len() < 4 {
            continue;
        }
        let Some(read) = read_unit(rest, Trust::Text) else {
            continue;
        };
        let follows = rest.get(read.end..).unwrap_or_default().trim_start();
        let next = follows
            .split(|character: char| !character.is_alphabetic())
            .next()
            .unwrap_or_default();
        let goes_on =
            read.unit.family == Family::Time || is_around("leads", Letters::of(next).as_str());
        let measured = !matches!(
            read.unit.family,
            Family::Count | Family::Index | Family::Angle | Family::Money
        );
        // "Months containing fewer than 500 answers are left out": the months are no values.
        let qualified = matches!(
            next,
            "containing"
                | "with"
                | "without"
                | "when"
                | "where"
                | "which"
                | "having"
                | "are"
                | "were"
        );
        let clear = measured
            && goes_on
            && !qualified
            && !read.singular
            && !is_also_a_thing(word)
            && !follows.starts_with("of the week");
        return clear.then_some(read.unit);
    }
    None
}

/// A unit that the text of a dataset gives to all its values: "all figures are in thousands of dollars".
///
/// ```
/// use datasteward::lexicon::unit_stated::named_in;
/// let unit = named_in("Yearly budget. All figures are in thousands of dollars.");
/// assert_eq!(unit.map(|unit| unit.code.into_owned()), Some("10*3.USD".to_owned()));
/// assert_eq!(named_in("A list of trees in the city."), None);
/// ```
#[must_use]
pub fn named_in(text: &str) -> Option<Unit> {
    let finder = memchr::memmem::Finder::new(" in ");
    finder.find_iter(text.as_bytes()).find_map(|at| {
        let after = text.get(at + 4..)?;
        if let Some(unit) = scaled_money(text.get(..at)?, after) {
            return Some(unit);
        }
        let read = read_unit(after, Trust::Text)?;
        let clear = match read.unit.family {
            Family::Count | Family::Index => false,
            Family::Time => !read.singular,
            _ => true,
        };
        (clear && speaks_of_values(text.get(..at)?)).then_some(read.unit)
    })
}

/// The unit that the text of a dataset gives to one field, in a line of its own: "Elevation / in meters", "2. Duration in
/// months".
///
/// ```
/// use datasteward::lexicon::unit_stated::listed_in;
/// let unit = listed_in("Fields:\n1. Duration in months\n2. Slope in degrees", "slope");
/// assert_eq!(unit.map(|unit| unit.code.into_owned()), Some("deg".to_owned()));
/// assert_eq!(listed_in("Loans.\nThe duration is open.", "duration"), None);
/// ```
#[must_use]
pub fn listed_in(text: &str, name: &str) -> Option<Unit> {
    let words = name_words(name);
    if words.is_empty() {
        return None;
    }
    let parts = NameParts::of(name);
    let mut lines = text.split('\n').filter(|line| line.len() <= LONGEST_LINE);
    lines.find_map(|line| {
        let line = line.trim_start_matches(|sign: char| !sign.is_alphabetic());
        let mut own = raw_words(line);
        let is_own = words
            .iter()
            .all(|word| own.next().is_some_and(|own| own.eq_ignore_ascii_case(word)));
        is_own.then(|| in_text(line, &parts)).flatten()
    })
}

/// Of a list of fields, in bytes; running text has longer ones.
const LONGEST_LINE: usize = 200;

/// What the rates of a dataset are of, by its title or text: "visit rate (per 100,000 population)".
///
/// ```
/// use datasteward::lexicon::unit_stated::denominator_in;
/// let unit = denominator_in("Emergency visit rate for falls (per 100,000 population)");
/// assert_eq!(unit.map(|unit| unit.code.into_owned()), Some("/100000".to_owned()));
/// assert_eq!(denominator_in("At most 1,000 visitors per 10 days"), None);
/// ```
#[must_use]
pub fn denominator_in(text: &str) -> Option<Unit> {
    let finder = memchr::memmem::Finder::new("per 1");
    finder.find_iter(text.as_bytes()).find_map(|at| {
        let before = text.get(..at)?;
        let sentence = before.rsplit(['.', '\n', ';']).next().unwrap_or_default();
        let rated = word_starts(sentence).any(|start| {
            let rest = sentence.get(start..).unwrap_or_default();
            let word = rest.split(|sign: char| !sign.is_alphabetic()).next();
            word.is_some_and(|word| has_class(word, Classes::RATE))
        });
        read_per(text.get(at..)?)
            .filter(|unit| rated && unit.family == Family::Rate && unit.code.len() > 4)
    })
}

fn has_class(word: &str, class: Classes) -> bool {
    NameParts::of(word).all.any(class)
}

/// "Dollars are in thousands": the currency stands before, its scale after.
fn scaled_money(before: &str, after: &str) -> Option<Unit> {
    let scale = after
        .split(|sign: char| !sign.is_ascii_alphabetic())
        .next()?;
    let scales = ["thousands", "millions", "billions"];
    if !scales.iter().any(|known| scale.eq_ignore_ascii_case(known)) {
        return None;
    }
    let words = before
        .rsplit(|sign: char| !sign.is_alphabetic())
        .filter(|word| !word.is_empty())
        .take(3);
    let mut named = words.filter(|word| word.len() > 3).filter_map(|word| {
        let phrase = format!(
            "{} of {}",
            scale.to_ascii_lowercase(),
            word.to_ascii_lowercase()
        );
        read_unit(&phrase, Trust::Text).filter(|read| read.unit.family == Family::Money)
    });
    named.next().map(|read| read.unit)
}

/// How far back a sentence is followed, in bytes.
const SENTENCE: usize = 240;

/// Whether the sentence so far is about the values of a dataset.
fn speaks_of_values(before: &str) -> bool {
    let mut from = before.len().saturating_sub(SENTENCE);
    while !before.is_char_boundary(from) {
        from += 1;
    }
    let sentence = before
        .get(from..)
        .unwrap_or_default()
        .rsplit(['.', '\n', ';'])
        .next()
        .unwrap_or_default();
    word_starts(sentence).any(|at| {
        let word = sentence
            .get(at..)
            .unwrap_or_default()
            .split(|character: char| !character.is_alphabetic())
            .next()
            .unwrap_or_default();
        is_around("values", Letters::of(word).as_str())
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{all_stated, in_slot, named_in, stated};
    use crate::lexicon::field::{DataType, DisplayFormat, Field};
    use crate::lexicon::units::{Where, home_currency};

    fn number(name: &str) -> Field<'_> {
        Field {
            name,
            datatype: DataType::Number,
            home_currency: Some("USD"),
            ..Field::default()
        }
    }

    fn unit(name: &str) -> Option<String> {
        stated(&number(name)).map(|(unit, _)| unit.code.into_owned())
    }

    fn unit_in(name: &str, description: &str) -> Option<String> {
        let field = Field {
            description,
            ..number(name)
        };
        stated(&field).map(|(unit, _)| unit.code.into_owned())
    }

    #[test]
    fn a_share_with_a_percent_sign_is_a_percentage() {
        let of = |description| unit_in("Smokers", description);
        assert_eq!(
            of("Share of women (as % of all adults)").as_deref(),
            Some("%")
        );
        assert_eq!(of("Share of women who smoke"), None);
    }

    #[test]
    fn what_there_is_a_share_of_is_no_unit() {
        assert_eq!(unit("% Managed Area (Acres)").as_deref(), Some("%"));
        assert_eq!(unit("Share of food miles"), None);
        assert_eq!(unit("precio_usd_kg"), None);
    }

    #[test]
    fn thousands_in_spanish_are_no_miles() {
        assert_eq!(unit_in("pasajeros", "Pasajeros en miles de pasajes"), None);
        assert_eq!(unit_in("mes", "Mes"), None);
        let pesos = unit_in("gasto", "Gasto en miles de pesos");
        assert!(pesos.is_some_and(|unit| unit.starts_with("10*3.")));
    }

    fn slot(text: &str) -> Option<String> {
        in_slot(text).map(|unit| unit.code.into_owned())
    }

    #[test]
    fn reads_units_in_brackets() {
        let cases = [
            ("Speed (mph)", "[mi_i]/h"),
            ("Source EUI (kBtu/ft²)", "10*3.[Btu]/[sft_i]"),
            ("Payroll ($1,000)", "10*3.USD"),
            ("Exports ($ Millions)", "10*6.USD"),
            ("Depth (m)", "m"),
            ("Water temperature (°C)", "Cel"),
            ("Turbidity [NTU]", "[NTU]"),
            ("Wait time (seconds)", "s"),
            ("Factor (kg CO2eq per tonne-kilometer)", "kg/(t.km)"),
        ];
        for (name, code) in cases {
            assert_eq!(unit(name).as_deref(), Some(code), "{name}");
        }
    }

    #[test]
    fn reads_units_at_the_end_of_names() {
        let cases = [
            ("rain_mm", "mm"),
            ("LENGTH_FT", "[ft_i]"),
            ("wind_speed_m_s", "m/s"),
            ("Yearly kWh", "kW.h"),
            ("Electricity kWh Total", "kW.h"),
            ("TotalkWh", "kW.h"),
            ("MWh generated", "MW.h"),
            ("kWh per Year", "kW.h/a"),
            ("APP_SQ_FT", "[sft_i]"),
            ("Acres", "[acr_us]"),
            ("local_pct", "%"),
            ("Diesel Tax Cents per Litre", "cent/L"),
            ("Deaths per 100,000", "/100000"),
            ("Minutes spent on child care", "min"),
        ];
        for (name, code) in cases {
            assert_eq!(unit(name).as_deref(), Some(code), "{name}");
        }
    }

    #[test]
    fn takes_no_thing_value_or_period_for_a_unit() {
        let names = [
            "Parking Meters",
            "Rail Yards",
            "School Year",
            "Birth Month",
            "95% Confidence Interval",
            "Last 7 Days",
            "Income $1,251 to $3,333 a month",
            "Rent per SqFt",
            "Activated (A)",
            "Data_Value_Unit",
            "Percent Flag",
            "AREA_ID",
            "Temperature Flag",
            "Arrivals until 6 p.m",
            "Length C",
        ];
        for name in names {
            assert_eq!(unit(name), None, "{name}");
        }
    }

    #[test]
    fn reads_units_in_descriptions() {
        let cases = [
            (
                "Interval",
                "Performance target. This value is reported in seconds.",
                "s",
            ),
            (
                "Residuos",
                "Residuos generados por el municipio en toneladas",
                "t",
            ),
            ("Birth rate", "Births per 1,000 people", "/1000"),
            ("Voltage", "Reported voltage (0-5,000 mV)", "mV"),
            ("Depth", "Depth of well. Units: feet", "[ft_i]"),
            ("Waste", "Tonnes of food waste", "t"),
            ("Speed", "Speed as advertised. Mbits/sec", "Mbit/s"),
            ("Coverage", "Percentage of one-year-olds", "%"),
            (
                "stump_diameter",
                "Diameter of the stump, to the nearest inch",
                "[in_i]",
            ),
            ("Length A", "To the nearest tenth of a mile", "[mi_i]"),
            ("Length C", "Rounded to the nearest 10 feet", "[ft_i]"),
            (
                "Life expectancy",
                "Period life expectancy is the average number of years that a newborn lives",
                "a",
            ),
            ("Size", "Size of the system (kW DC)", "kW"),
            ("valor_total", "Valor total em reais", "BRL"),
        ];
        for (name, description, code) in cases {
            assert_eq!(
                unit_in(name, description).as_deref(),
                Some(code),
                "{description}"
            );
        }
        let silent = [
            "Ranked in the second year.",
            "Number of people living in households",
            "Within 5 miles of a school",
        ];
        for description in silent {
            assert_eq!(unit_in("Total", description), None, "{description}");
        }
    }

    #[test]
    fn reads_unit_slots_in_several_languages_and_vocabularies() {
        let cases = [
            ("Millones de dólares", "10*6.USD"),
            ("Miles metros cúbicos", "10*3.m3"),
            ("Dólares por tonelada", "USD/t"),
            ("Tasa cada 100000 habitantes", "/100000"),
            ("En porcentaje del PIB", "%"),
            ("Índice 2004=100", "{index}"),
            ("turistas", "{tourist}"),
            ("rough sleepers", "{rough sleeper}"),
            ("million tonnes", "Mt"),
            ("milligram/cubic meter", "mg/m3"),
            ("tonnes per person", "t/{person}"),
            ("http://qudt.org/vocab/unit/DEG", "deg"),
            ("[mi_i]/h", "[mi_i]/h"),
            ("days from index date", "d"),
            ("US $ per cubic metre", "USD/m3"),
            ("2017 USD per day", "USD/d"),
            ("Gini [0 to 100]", "{Gini [0 to 100]}"),
            ("°C", "Cel"),
        ];
        for (text, code) in cases {
            assert_eq!(slot(text).as_deref(), Some(code), "{text}");
        }
        for text in ["", "unitless", "Number", "HHmm.m", "dd", "n/a"] {
            assert_eq!(slot(text), None, "{text}");
        }
    }

    #[test]
    fn makes_any_peso_that_of_the_place() {
        let field = Field {
            unit: Some("Millones de pesos"),
            home_currency: Some("ARS"),
            ..number("deuda")
        };
        assert_eq!(
            stated(&field)
                .map(|(unit, _)| unit.code.into_owned())
                .as_deref(),
            Some("10*6.ARS")
        );
        assert_eq!(home_currency("https://data.example.gob.ar/x"), Some("ARS"));
    }

    #[test]
    fn lists_every_place_that_gives_a_unit() {
        let field = Field {
            description: "Length in metres",
            ..number("LENGTH_FT")
        };
        let found: Vec<_> = all_stated(&field)
            .into_iter()
            .map(|(unit, place)| (unit.code.into_owned(), place))
            .collect();
        assert_eq!(
            found,
            [
                ("[ft_i]".to_owned(), Where::Name),
                ("m".to_owned(), Where::Description)
            ]
        );
    }

    #[test]
    fn prefers_words_to_a_mark_left_in_the_slot() {
        let field = Field {
            unit: Some("%"),
            description: "Births per 1,000 people",
            ..number("Crude birth rate")
        };
        let (unit, place) = stated(&field).expect("two places name a unit");
        assert_eq!((&*unit.code, place), ("/1000", Where::Description));
    }

    #[test]
    fn reads_the_display_format() {
        let display = DisplayFormat {
            precision_style: Some("percentage"),
            ..DisplayFormat::default()
        };
        let field = Field {
            display,
            ..number("Canopy cover")
        };
        assert_eq!(
            stated(&field).map(|(unit, place)| (unit.code.into_owned(), place)),
            Some(("%".to_owned(), Where::Display))
        );
    }

    #[test]
    fn reads_a_unit_given_to_all_values() {
        let code = |text| named_in(text).map(|unit| unit.code.into_owned());
        assert_eq!(
            code("All values are expressed in metric tons."),
            Some("t".to_owned())
        );
        assert_eq!(code("Permits issued in feet-first order"), None);
        assert_eq!(code("People living in households"), None);
    }

    proptest! {
        #[test]
        fn reads_unit_like_text_without_panic(
            pieces in prop::collection::vec(
                prop::sample::select(vec!["per", "$", "1,000", "m", "²", "(", ")", "/", "sq", "ft", "%", " in ", "million", "µ", "é", "_", "of", ".", "²²"]), 0..14)
        ) {
            let text = pieces.concat();
            let spaced = pieces.join(" ");
            let field = Field { description: &spaced, unit: Some(&text), ..number(&text) };
            let _ = (all_stated(&field), in_slot(&spaced), named_in(&spaced));
        }
    }
}
