//! The document: can it be read, are its characters whole?

mod date_not_usable;
mod document_unreadable;
mod doubled_key;
mod encoding_not_utf8;
mod garbled_characters;
mod markup_in_text;
mod template_not_filled;

use crate::rule::Rule;

/// The rules of this folder, by code.
pub(super) static RULES: &[&Rule] = &[
    &document_unreadable::RULE,
    &template_not_filled::RULE,
    &garbled_characters::RULE,
    &doubled_key::RULE,
    &encoding_not_utf8::RULE,
    &markup_in_text::RULE,
    &date_not_usable::RULE,
];
