//! Trustworthiness: the source, and doubts about accuracy.

mod source_missing;
mod source_is_only_the_portal;
mod limitations_missing;
mod internal_note_published;

use crate::rule::Rule;

/// The rules of this folder, by code.
pub(super) static RULES: &[&Rule] = &[
    &source_missing::RULE,
    &source_is_only_the_portal::RULE,
    &limitations_missing::RULE,
    &internal_note_published::RULE,
];
