//! Degree of interest: context, and enough data to see a pattern.

mod context_missing;
mod no_rows;
mod too_few_rows;

use crate::rule::Rule;

/// The rules of this folder, by code.
pub(super) static RULES: &[&Rule] = &[&context_missing::RULE, &no_rows::RULE, &too_few_rows::RULE];
