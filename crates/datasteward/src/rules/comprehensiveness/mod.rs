//! Comprehensiveness: plain field names, descriptions or a dictionary; units.

mod cryptic_field_name;
mod field_description_repeats_name;
mod fields_not_explained;
mod unit_missing;

use crate::rule::Rule;

/// The rules of this folder, by code.
pub(super) static RULES: &[&Rule] = &[
    &fields_not_explained::RULE,
    &cryptic_field_name::RULE,
    &field_description_repeats_name::RULE,
    &unit_missing::RULE,
];
