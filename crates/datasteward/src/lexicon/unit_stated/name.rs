//! Units in the name of a field.

use super::brackets::in_brackets;
use super::description::in_field_description;
use super::quantity::{LASTING, is_also_a_thing, is_of_units, may_be_quantity};
use crate::lexicon::field::{DataType, Field};
use crate::lexicon::fold::Letters;
use crate::lexicon::name_parts::{Classes, NameParts, NameWord, has_word};
use crate::lexicon::units::expression::{Reading, Trust, read_per, read_unit};
use crate::lexicon::units::table::is_around;
use crate::lexicon::units::tokens::is_unit_letter;
use crate::lexicon::units::{Family, PERCENT, Unit};

pub(super) fn in_name(field: &Field<'_>, parts: &NameParts) -> Option<Unit> {
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
