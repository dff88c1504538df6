//! Consistency: one parent dataset, required metadata, the promised refresh rate.

mod archived_but_promises_updates;
mod description_repeats_title;
mod description_too_short;
mod filtered_view_without_parent;
mod missing_description;
mod missing_license;
mod missing_required_metadata;
mod missing_title;
mod placeholder_text;
mod refresh_contradicts_description;
mod refresh_not_understood;
mod refresh_overdue;
mod refresh_rate_missing;
mod split_by_year;
mod test_or_draft_published;

use crate::rule::Rule;

/// The rules of this folder, by code.
pub(super) static RULES: &[&Rule] = &[
    &split_by_year::RULE,
    &filtered_view_without_parent::RULE,
    &missing_title::RULE,
    &missing_description::RULE,
    &placeholder_text::RULE,
    &description_repeats_title::RULE,
    &description_too_short::RULE,
    &test_or_draft_published::RULE,
    &missing_required_metadata::RULE,
    &missing_license::RULE,
    &refresh_rate_missing::RULE,
    &refresh_not_understood::RULE,
    &refresh_overdue::RULE,
    &refresh_contradicts_description::RULE,
    &archived_but_promises_updates::RULE,
];
