//! Accessibility: a usable format on the portal, or linked from it.

mod format_missing_or_mismatched;
mod format_not_usable;
mod geographic_format_missing;
mod link_check_failed;
mod link_malformed;
mod link_only_to_web_page;
mod no_way_to_get_data;

use crate::rule::Rule;

/// The rules of this folder, by code.
pub(super) static RULES: &[&Rule] = &[
    &no_way_to_get_data::RULE,
    &format_not_usable::RULE,
    &format_missing_or_mismatched::RULE,
    &link_malformed::RULE,
    &link_only_to_web_page::RULE,
    &geographic_format_missing::RULE,
    &link_check_failed::RULE,
];
