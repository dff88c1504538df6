//! Degree of interest: context, and enough data to see a pattern.

mod context_missing;
mod data_contradicts_record;
mod mostly_empty_field;
mod no_rows;
mod no_view_or_visualisation;
mod short_time_span;
mod too_few_rows;

use crate::rule::Rule;

/// The rules of this folder, by code.
pub(super) static RULES: &[&Rule] = &[
    &context_missing::RULE,
    &no_view_or_visualisation::RULE,
    &no_rows::RULE,
    &too_few_rows::RULE,
    &mostly_empty_field::RULE,
    &short_time_span::RULE,
    &data_contradicts_record::RULE,
];
