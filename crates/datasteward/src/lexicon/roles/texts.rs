//! What texts are, and numbers kept as text.

use super::Role;
use super::amounts::{counts_what_money_names, is_percent, role_of_family};
use super::descriptions::role_by_description;
use super::head::Head;
use crate::lexicon::field::Field;
use crate::lexicon::name_parts::{Classes, NameParts, has_word, leads_with_count};
use crate::lexicon::units::Family;

pub(super) fn role_of_text(
    field: &Field<'_>,
    parts: &NameParts,
    head: Head,
    unit: Option<Family>,
    plain: bool,
) -> Role {
    let all = parts.all;
    let first = parts.first();
    if let Some(role) = quantity_in_text(field, parts, head, unit, plain) {
        return role;
    }
    if head.last.any(Classes::NAME) {
        return Role::Name;
    }
    if head.last.any(Classes::TEXT) {
        return Role::Text;
    }
    if first.any(Classes::PART) && !all.any(Classes::CODE) {
        return Role::Date;
    }
    if first.any(Classes::NAME) {
        return Role::Name;
    }
    if first.any(Classes::PLACE) {
        return Role::Place;
    }
    if first.any(Classes::CODE) || all.any(Classes::CODE) {
        return Role::Code;
    }
    if let Some(role) = role_by_description(field) {
        return role;
    }
    if all.any(Classes::PLACE) {
        return Role::Place;
    }
    if field.distinct.is_some_and(|distinct| distinct > 200) {
        return Role::Text;
    }
    Role::Code
}

/// Numbers kept as text: `%Asian`, `# Level 3`, `Median Household Income ($)`.
fn quantity_in_text(
    field: &Field<'_>,
    parts: &NameParts,
    head: Head,
    unit: Option<Family>,
    plain: bool,
) -> Option<Role> {
    let label = Classes::CODE | Classes::NAME | Classes::TEXT;
    if unit == Some(Family::Share) {
        return Some(Role::Percent);
    }
    if head.last.any(label) {
        return None;
    }
    if is_percent(field, parts, head) {
        return Some(Role::Percent);
    }
    if unit == Some(Family::Money) {
        return Some(Role::Money);
    }
    let counts = (head.last | head.before).any(Classes::COUNT) && !head.last.any(Classes::PLACE);
    if counts || leads_with_count(parts) {
        return Some(Role::Count);
    }
    let telling = Classes::MONEY | Classes::MEASURE | Classes::RATE | Classes::DURATION;
    // `Gross Floor Area (ft²)` is no place.
    let placed = head.last.any(Classes::PLACE) && !(plain && head.last.any(Classes::MEASURE));
    if !parts.all.any(telling) || placed || head.last.any(Classes::ID) {
        return None;
    }
    match unit {
        Some(family) => role_of_family(family, parts.all, false),
        None => amount_in_text(field, parts, head),
    }
}

/// Amounts that were loaded as text: `SALE PRICE`, `Interest Rate`, `OverallLength`. Only heads that hardly name anything
/// else: a fund, a grant and a budget may be called by their names, and ages and sizes come in groups.
fn amount_in_text(field: &Field<'_>, parts: &NameParts, head: Head) -> Option<Role> {
    if head.cut
        || parts.words().len() > 6
        || field.name.ends_with('?')
        || counts_what_money_names(field, parts)
    {
        return None;
    }
    match head.text(parts) {
        "amount" | "amounts" | "amt" | "cost" | "costs" | "price" | "salary" | "wage" | "wages"
        | "income" | "revenue" | "revenues" | "expenses" | "expenditures" | "payment"
        | "payments" | "taxes" => Some(Role::Money),
        "rate" | "ratio" => Some(Role::Rate),
        "score" | "scores" => Some(Role::Score),
        "length" | "width" | "height" | "depth" | "weight" | "distance" | "elevation"
        | "acreage" | "temperature" | "sqft" => Some(Role::Measure),
        // `Dwell Time`: how long, as in `00:05:32`.
        "time" if has_word(field.name, "spent") => Some(Role::Measure),
        _ => None,
    }
}
