//! Comprehensiveness: plain field names, descriptions or a dictionary; units.

mod acronym_not_expanded;
mod coded_field_without_values;
mod coordinate_system_missing;
mod cryptic_field_name;
mod currency_missing;
mod dictionary_out_of_step;
mod field_description_contradicts_name;
mod field_description_repeats_name;
mod fields_not_explained;
mod hard_to_read_description;
mod machine_style_field_name;
mod missing_field_description;
mod percent_scale_unclear;
mod rate_without_denominator;
mod time_zone_missing;
mod unit_missing;
mod units_disagree;
mod values_as_field_names;
mod values_contradict_dictionary;

use crate::rule::Rule;

/// The rules of this folder, by code.
pub(super) static RULES: &[&Rule] = &[
    &fields_not_explained::RULE,
    &cryptic_field_name::RULE,
    &missing_field_description::RULE,
    &field_description_repeats_name::RULE,
    &field_description_contradicts_name::RULE,
    &machine_style_field_name::RULE,
    &values_as_field_names::RULE,
    &coded_field_without_values::RULE,
    &acronym_not_expanded::RULE,
    &hard_to_read_description::RULE,
    &dictionary_out_of_step::RULE,
    &values_contradict_dictionary::RULE,
    &unit_missing::RULE,
    &currency_missing::RULE,
    &percent_scale_unclear::RULE,
    &rate_without_denominator::RULE,
    &time_zone_missing::RULE,
    &coordinate_system_missing::RULE,
    &units_disagree::RULE,
];
