//! What names and descriptions have in common: where words begin, and whether they leave room for a number with a unit.

use crate::lexicon::field::{DataType, Field};
use crate::lexicon::fold::Letters;
use crate::lexicon::name_parts::{Classes, NameParts};
use crate::lexicon::units::table::is_around;

/// Byte places where a word, a number or a sign begins.
pub(super) fn word_starts(text: &str) -> impl Iterator<Item = usize> + '_ {
    let mut before = ' ';
    text.char_indices().filter_map(move |(at, character)| {
        let starts = character.is_alphanumeric() != before.is_alphanumeric()
            && character.is_alphanumeric()
            || character == '/';
        before = character;
        starts.then_some(at)
    })
}

/// Words that name things as often as units.
pub(super) fn is_also_a_thing(text: &str) -> bool {
    is_around("thing", Letters::of(text).as_str())
}

/// Words that make days and hours an amount of time.
pub(super) const LASTING: Classes = Classes::DURATION.and(Classes::STAT).and(Classes::COUNT);

/// A column that holds units (`Data_Value_Unit`) has none itself.
pub(super) fn is_of_units(parts: &NameParts) -> bool {
    let text = parts.last_text();
    text.is_some_and(|text| is_around("of_unit", text))
}

/// Whether the type and the words of a name leave room for a number with a unit.
pub(super) fn may_be_quantity(field: &Field<'_>, parts: &NameParts) -> bool {
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
