//! Roles that the words of a name give: identifiers, codes, places, dates.

use super::Role;
use super::head::Head;
use super::measured::is_measured;
use super::opening::Opening;
use crate::lexicon::field::{DataType, Field};
use crate::lexicon::fold::Letters;
use crate::lexicon::name_parts::{Classes, NameParts, NameWord, has_word, leads_with_count};
use crate::lexicon::units::Family;

/// Roles that a name gives whatever the type: identifiers, codes, places, dates.
pub(super) fn role_by_name(
    field: &Field<'_>,
    parts: &NameParts,
    head: Head,
    unit: Option<Family>,
    plain: bool,
) -> Option<Role> {
    let labelled = head.last.any(Classes::ID | Classes::CODE);
    let counted = leads_with_count(parts);
    let measured = unit.is_some_and(|family| !matches!(family, Family::Count | Family::Index));
    let plain = plain && unit != Some(Family::Time);
    if !counted
        && !head.last.any(Classes::COUNT)
        && parts.all.any(Classes::PLACE)
        && is_postal(field.name)
    {
        return Some(Role::Place);
    }
    if let Some(role) = identifier(field, parts, head).filter(|_| !counted) {
        return Some(role);
    }
    let longitude = field.datatype.is_numeric() && field.name.trim().eq_ignore_ascii_case("long");
    if longitude || (!counted && is_coordinate(parts, head, field.datatype.is_numeric())) {
        return Some(Role::Geometry);
    }
    if counted || (measured && (!labelled || plain)) {
        return None;
    }
    if names_who_did_it(field) {
        return Some(Role::Name);
    }
    time_by_name(field, parts, head)
        .or_else(|| code_by_name(field, parts, head))
        .or_else(|| place_by_name(field, parts, head))
}

/// `case_id`, `Permit Number`, `id_pedido`; numbers of houses are places, of months dates, of phones neither.
fn identifier(field: &Field<'_>, parts: &NameParts, head: Head) -> Option<Role> {
    let Head {
        last, before, cut, ..
    } = head;
    if last.any(Classes::NUMBER) {
        if before.any(Classes::LINK) {
            return Some(Role::Other);
        }
        if before.any(Classes::ADDRESS_THING) {
            return Some(Role::Place);
        }
        if before.any(Classes::PART) {
            return Some(Role::Date);
        }
        let named = Classes::THING | Classes::ID | Classes::NAME | Classes::CODE;
        let numbered = before.any(named) || (!cut && is_numbered(parts));
        return numbered.then_some(Role::Identifier);
    }
    let plain = !parts
        .all
        .any(Classes::TEXT | Classes::NAME | Classes::CODE | Classes::PLACE);
    // The Spanish and French order: `id_pedido`.
    let leads = parts.first().any(Classes::ID) && plain && !head.alone;
    if !(last.any(Classes::ID) || leads) || (before.any(Classes::MEASURE) && cut) {
        return None;
    }
    let opening = Opening::of(field.description);
    let coded = opening.starts(&["codigo", "code"]) && !head.alone;
    Some(if coded { Role::Code } else { Role::Identifier })
}

/// `Recommendation Number`, `Table Number`: one thing and its number; not `Visits Number` or `Total Number`.
fn is_numbered(parts: &NameParts) -> bool {
    let [.., before, last] = parts.words() else {
        return false;
    };
    let counted = Classes::COUNT
        | Classes::STAT
        | Classes::MEASURE
        | Classes::RATE
        | Classes::PERCENT
        | Classes::MONEY
        | Classes::PREP
        | Classes::GENERIC
        | Classes::SCORE;
    let thing = parts.text(before);
    matches!(parts.text(last), "number" | "nbr")
        && thing.len() > 2
        && !before.is_number
        && !thing.ends_with('s')
        && !parts.words().iter().any(|word| word.classes.any(counted))
}

/// Words of amounts that turn `month` or `time` into a duration: `Average Time`, `Days per Month`.
fn is_amount_of_time(field: &Field<'_>, parts: &NameParts, head: Head) -> bool {
    let names_one =
        |(one, two): (&NameWord, &NameWord)| parts.text(one) == "of" && parts.text(two) == "day";
    let words = parts.words();
    if words.iter().zip(words.iter().skip(1)).any(names_one) {
        return false;
    }
    let lasting =
        head.before.any(Classes::DURATION) || parts.all.any(Classes::STAT | Classes::DURATION);
    // `Dwell Time` as text is written `00:05:32`; a dispatch time is a time of day.
    let written_out = field.datatype == DataType::Text
        && head.text(parts) == "time"
        && has_word(field.name, "spent");
    (field.datatype.is_numeric() && lasting) || written_out
}

fn time_by_name(field: &Field<'_>, parts: &NameParts, head: Head) -> Option<Role> {
    let Head { last, .. } = head;
    let other = Classes::CODE
        | Classes::NAME
        | Classes::TEXT
        | Classes::MEASURE
        | Classes::COUNT
        | Classes::MONEY
        | Classes::PERCENT;
    let dated = Classes::DATE | Classes::CLOCK;
    let opens = parts.first().any(dated) && !parts.first().any(Classes::COUNT);
    if (last.any(dated) || (opens && !last.any(other))) && !is_amount_of_time(field, parts, head) {
        return Some(if last.any(Classes::CLOCK) {
            Role::Timestamp
        } else {
            Role::Date
        });
    }
    let quantity =
        Classes::COUNT | Classes::DURATION | Classes::STAT | Classes::PERCENT | Classes::MEASURE;
    let amount =
        field.datatype.is_numeric() && parts.all.any(quantity) && !parts.first().any(Classes::PART);
    if head.text(parts) == "period" {
        return is_period(parts).then_some(Role::Date);
    }
    let year = matches!(
        head.text(parts),
        "year" | "yr" | "fy" | "anio" | "ano" | "jahr"
    );
    if last.any(Classes::PART) && (year || !amount) {
        return Some(Role::Date);
    }
    None
}

/// `Fiscal Period`, `Period`; a `Grace Period` is so many days, a `Warranty Period` is told in words.
fn is_period(parts: &NameParts) -> bool {
    let dated = |word: &NameWord| {
        word.classes
            .any(Classes::DATE | Classes::CLOCK | Classes::PART)
            || matches!(
                parts.text(word),
                "fiscal"
                    | "calendar"
                    | "report"
                    | "reporting"
                    | "pay"
                    | "accounting"
                    | "budget"
                    | "school"
                    | "election"
                    | "survey"
                    | "data"
            )
    };
    match parts.words() {
        [_] => true,
        [.., before, last] if parts.text(last) == "period" => dated(before),
        _ => false,
    }
}

/// `Invoice Created By`, `updated_by`: who, not when.
fn names_who_did_it(field: &Field<'_>) -> bool {
    let Some((done, by)) = field
        .name
        .trim_end()
        .split_at_checked(field.name.trim_end().len().saturating_sub(3))
    else {
        return false;
    };
    !field.datatype.is_numeric()
        && (matches!(by, " by" | " By" | " BY" | "_by" | "_By" | "_BY")
            && (done.ends_with(['d', 'D']) || done.eq_ignore_ascii_case("edit"))
            || matches!(by, " to" | " To" | " TO" | "_to" | "_To" | "_TO")
                && done.to_ascii_lowercase().ends_with("assigned"))
}

fn code_by_name(field: &Field<'_>, parts: &NameParts, head: Head) -> Option<Role> {
    let Head {
        last, before, cut, ..
    } = head;
    // `cod_provincia`: the Spanish order.
    let leads = !head.alone
        && !last.any(Classes::NAME | Classes::TEXT)
        && parts
            .words()
            .first()
            .is_some_and(|word| matches!(parts.text(word), "cod" | "codigo"));
    if leads && !field.datatype.is_geometry() {
        return Some(Role::Code);
    }
    // `Type of Credit`, `Tipo de Gasto`, `Income Status at Entry`: which, not how much.
    let sorts = match head.text(parts) {
        "type" | "kind" | "tipo" => cut && head.alone,
        "status" => cut,
        _ => false,
    };
    if sorts && parts.words().len() < 7 {
        return Some(Role::Code);
    }
    // `Total Race` counts all races.
    let totalled = field.datatype.is_numeric()
        && parts.words().len() > 1
        && parts
            .words()
            .first()
            .is_some_and(|word| parts.text(word) == "total")
        && !matches!(head.text(parts), "code" | "type" | "cd");
    if last.any(Classes::CODE) && !cut && !totalled {
        if before.any(Classes::ADDRESS_THING) && head.text(parts) == "group" {
            return Some(Role::Place);
        }
        return Some(Role::Code);
    }
    let described = last.any(Classes::TEXT) && !field.datatype.is_numeric();
    if described && before.any(Classes::PLACE) && !before.any(Classes::CODE) {
        return Some(Role::Place);
    }
    (described && before.any(Classes::ID)).then_some(Role::Code)
}

fn place_by_name(field: &Field<'_>, parts: &NameParts, head: Head) -> Option<Role> {
    let Head { last, before, .. } = head;
    // `FIRE_DIST`; as a number it may be a distance.
    if head.text(parts) == "dist" && !head.cut && field.datatype == DataType::Text {
        return Some(Role::Place);
    }
    if !last.any(Classes::PLACE) {
        let named = last.any(Classes::NAME)
            && before.any(Classes::PLACE)
            && before.any(Classes::ADDRESS_THING);
        return named.then_some(Role::Place);
    }
    if !field.datatype.is_numeric() {
        // A topic area is no area.
        let topic = before.any(Classes::CODE)
            && !before.any(Classes::PLACE)
            && parts.all.any(Classes::MEASURE);
        return Some(if topic { Role::Code } else { Role::Place });
    }
    let amount = Classes::MONEY | Classes::COUNT | Classes::PERCENT | Classes::RATE;
    let measured = parts.all.any(Classes::MEASURE) && is_measured(field, parts);
    (!parts.all.any(amount) && !measured).then_some(Role::Place)
}

fn is_postal(name: &str) -> bool {
    let letters = Letters::of(name);
    ["zip", "post"]
        .iter()
        .any(|part| letters.as_str().contains(part))
}

fn is_coordinate(parts: &NameParts, head: Head, number: bool) -> bool {
    let words = parts.words();
    if !parts.all.any(Classes::COORD) {
        return false;
    }
    let measured = parts.all.any(Classes::MEASURE | Classes::CODE);
    (head.last.any(Classes::COORD)
        || words
            .first()
            .is_some_and(|word| word.classes.any(Classes::COORD)))
        && !measured
        && (number || words.len() < 4)
}
