//! Trustworthiness: the source, and doubts about accuracy.

mod internal_note_published;
mod limitations_missing;
mod source_is_only_the_portal;
mod source_missing;

use crate::rule::Rule;

/// The rules of this folder, by code.
pub(super) static RULES: &[&Rule] = &[
    &source_missing::RULE,
    &source_is_only_the_portal::RULE,
    &limitations_missing::RULE,
    &internal_note_published::RULE,
];
