//! The document: can it be read, are its characters whole?

mod date_not_usable;
mod document_unreadable;
mod doubled_key;
mod encoding_not_utf8;
mod garbled_characters;
mod key_or_type_wrong;
mod markup_in_text;
mod place_not_usable;
mod profile_not_met;
mod template_not_filled;
mod text_cut_off;

use crate::model::Fault;
use crate::rule::{Draft, Rule};

/// The rules of this folder, by code.
pub(super) static RULES: &[&Rule] = &[
    &document_unreadable::RULE,
    &key_or_type_wrong::RULE,
    &template_not_filled::RULE,
    &garbled_characters::RULE,
    &doubled_key::RULE,
    &encoding_not_utf8::RULE,
    &profile_not_met::RULE,
    &markup_in_text::RULE,
    &date_not_usable::RULE,
    &place_not_usable::RULE,
    &text_cut_off::RULE,
];

/// A fault of the structure as a finding.
fn draft_of(fault: &Fault) -> Draft {
    let mut draft = Draft::new("structure", fault.message.clone()).at(Some(fault.at));
    draft.evidence = fault.evidence.as_deref().map(crate::rule::shorten);
    draft.how.clone_from(&fault.how);
    draft.subject.clone_from(&fault.message);
    draft
}
