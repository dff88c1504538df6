//! The checklist as rules: one folder an area, one file a rule.
//!
//! A rule's file holds its page, its metadata and its check. `document` and `catalog` stand beside the five areas and
//! carry no points.

mod accessibility;
mod catalog;
mod comprehensiveness;
mod consistency;
mod document;
mod interest;
mod trustworthiness;

use crate::rule::Rule;

/// All rules, by area, in the order of the checklist.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    [
        document::RULES,
        catalog::RULES,
        consistency::RULES,
        accessibility::RULES,
        comprehensiveness::RULES,
        trustworthiness::RULES,
        interest::RULES,
    ]
    .into_iter()
    .flatten()
    .copied()
}

/// The rule with an id or a code.
#[must_use]
pub fn find(handle: &str) -> Option<&'static Rule> {
    all().find(|rule| rule.id == handle || rule.code.eq_ignore_ascii_case(handle))
}

/// The rule whose id is nearest to a misspelt one.
#[must_use]
pub fn nearest(handle: &str) -> Option<&'static str> {
    crate::lexicon::spelling::nearest(handle, all().map(|rule| rule.id))
}
