//! Trustworthiness: the source, and doubts about accuracy.

mod disclaimer_only;
mod internal_note_published;
mod limitations_missing;
mod password_published;
mod personal_data_suspected;
mod source_is_only_the_portal;
mod source_link_is_not_a_source;
mod source_missing;

use crate::rule::Rule;

/// The rules of this folder, by code.
pub(super) static RULES: &[&Rule] = &[
    &source_missing::RULE,
    &source_is_only_the_portal::RULE,
    &limitations_missing::RULE,
    &internal_note_published::RULE,
    &source_link_is_not_a_source::RULE,
    &disclaimer_only::RULE,
    &personal_data_suspected::RULE,
    &password_published::RULE,
];
