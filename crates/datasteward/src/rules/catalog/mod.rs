//! The catalogue: what can only be seen over many datasets.

mod copied_description;
mod duplicate_identifier;
mod duplicate_title;
mod publisher_name_variants;

use crate::rule::Rule;

/// The rules of this folder, by code.
pub(super) static RULES: &[&Rule] = &[
    &duplicate_identifier::RULE,
    &duplicate_title::RULE,
    &copied_description::RULE,
    &publisher_name_variants::RULE,
];
