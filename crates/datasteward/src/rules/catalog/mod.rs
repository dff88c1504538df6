//! The catalogue: what can only be seen over many datasets.

mod duplicate_identifier;
mod duplicate_title;

use crate::rule::Rule;

/// The rules of this folder, by code.
pub(super) static RULES: &[&Rule] = &[&duplicate_identifier::RULE, &duplicate_title::RULE];
