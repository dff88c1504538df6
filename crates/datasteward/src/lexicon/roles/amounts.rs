//! Shares, money and counts, in numbers and in numbers kept as text.

use super::Role;
use super::head::Head;
use super::opening::Opening;
use crate::lexicon::field::{DataType, Field};
use crate::lexicon::name_parts::{Classes, NameParts, has_word};
use crate::lexicon::units::Family;

/// A share is a percentage where it is what the name is about: `Diesel Share`, `Share of Votes`; not `Please share …`.
pub(super) fn is_percent(field: &Field<'_>, parts: &NameParts, head: Head) -> bool {
    if !parts.all.any(Classes::PERCENT) {
        return false;
    }
    let shares = has_word(field.name, "share");
    // Stables that share horses say yes or no.
    if shares && field.datatype == DataType::Text && !field.name.contains('%') {
        return field.name.to_ascii_lowercase().contains("share of");
    }
    let clear = head.last.any(Classes::PERCENT) || !shares;
    let begs = head.cut
        && head.alone
        && parts.first().any(Classes::PERCENT)
        && field.name.to_ascii_lowercase().contains("share with");
    (clear && !begs) || field.name.to_ascii_lowercase().contains("share of")
}

/// Whether a name speaks of money and its numbers do not: `Persons Dependent on Income` that are counted, `Fee Count`,
/// credits that students earn.
pub(super) fn counts_what_money_names(field: &Field<'_>, parts: &NameParts) -> bool {
    if matches!(parts.last_text(), Some("count" | "counts" | "cnt" | "qty")) {
        return true;
    }
    let text = field.description;
    let is_said = Opening::of(text).starts(&["number of", "count of"]);
    if is_said && !has_word(text, "money_unit") {
        return true;
    }
    let is_word = |wanted: &str| has_word(field.name, wanted) || has_word(text, wanted);
    has_word(field.name, "credit") && is_word("schooling") && !is_word("credit_of_money")
}

pub(super) fn role_of_family(family: Family, all: Classes, counted: bool) -> Option<Role> {
    Some(match family {
        Family::Share => Role::Percent,
        Family::Money => Role::Money,
        Family::Rate => Role::Rate,
        Family::Count => Role::Count,
        Family::Index => Role::Score,
        _ if counted => Role::Count,
        _ if all.any(Classes::DATE | Classes::PART)
            && family == Family::Time
            && !all.any(Classes::DURATION | Classes::MEASURE) =>
        {
            return None;
        }
        _ => Role::Measure,
    })
}
