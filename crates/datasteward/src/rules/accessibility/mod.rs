//! Accessibility: a usable format on the portal, or linked from it.

mod format_not_usable;
mod no_way_to_get_data;

use crate::rule::Rule;

/// The rules of this folder, by code.
pub(super) static RULES: &[&Rule] = &[&no_way_to_get_data::RULE, &format_not_usable::RULE];
