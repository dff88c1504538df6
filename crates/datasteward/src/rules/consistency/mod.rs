//! Consistency: one parent dataset, required metadata, the promised refresh rate.

mod archived_but_promises_updates;
mod contact_not_usable;
mod data_stops_early;
mod description_repeats_title;
mod description_too_short;
mod filtered_view_without_parent;
mod keywords_joined;
mod license_not_open;
mod license_unrecognised;
mod license_without_address;
mod missing_description;
mod missing_license;
mod missing_required_metadata;
mod missing_title;
mod old_copy_still_published;
mod padded_description;
mod placeholder_text;
mod refresh_contradicts_description;
mod refresh_not_understood;
mod refresh_overdue;
mod refresh_rate_missing;
mod refresh_says_see_description;
mod same_columns_elsewhere;
mod split_by_place;
mod split_by_year;
mod test_or_draft_published;
mod title_unclear;
mod update_date_missing;

use crate::rule::Rule;

/// The rules of this folder, by code.
pub(super) static RULES: &[&Rule] = &[
    &split_by_year::RULE,
    &split_by_place::RULE,
    &same_columns_elsewhere::RULE,
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
    &refresh_says_see_description::RULE,
    &archived_but_promises_updates::RULE,
    &padded_description::RULE,
    &title_unclear::RULE,
    &keywords_joined::RULE,
    &contact_not_usable::RULE,
    &license_unrecognised::RULE,
    &license_not_open::RULE,
    &license_without_address::RULE,
    &update_date_missing::RULE,
    &data_stops_early::RULE,
    &old_copy_still_published::RULE,
];
