//! Roles that the type, the display or a yes-or-no answer gives, whatever the name.

use super::Role;
use super::descriptions::Opening;
use super::head::Head;
use crate::lexicon::field::{DataType, Field};
use crate::lexicon::name_parts::{Classes, NameParts};

pub(super) fn role_by_type(field: &Field<'_>, parts: &NameParts, head: Head) -> Option<Role> {
    if field.machine_name.starts_with(':') && !head.last.any(Classes::ID) {
        return Some(Role::System);
    }
    match field.datatype {
        DataType::Point | DataType::Line | DataType::Polygon | DataType::Geometry => {
            Some(Role::Geometry)
        }
        DataType::Boolean => Some(Role::Flag),
        DataType::Date => Some(Role::Date),
        DataType::Time => Some(Role::Timestamp),
        DataType::DateTime => Some(if shows_time(field, parts) {
            Role::Timestamp
        } else {
            Role::Date
        }),
        DataType::Url | DataType::Email | DataType::File => Some(Role::Other),
        _ => None,
    }
}

fn shows_time(field: &Field<'_>, parts: &NameParts) -> bool {
    match field.display.view {
        Some(view) => view.contains("time"),
        None => parts.all.any(Classes::CLOCK),
    }
}

pub(super) fn role_by_display(field: &Field<'_>, parts: &NameParts, head: Head) -> Option<Role> {
    let style = field.display.precision_style.unwrap_or_default();
    if style == "percentage" || field.datatype == DataType::Percent {
        return (!parts.all.any(Classes::ID)).then_some(Role::Percent);
    }
    if style == "currency" || field.datatype == DataType::Money {
        return Some(Role::Money);
    }
    match field.display.display_style {
        Some("email" | "url" | "phone") => Some(Role::Other),
        Some("yesno") => Some(Role::Flag),
        _ if head.last.any(Classes::LINK) && !head.cut && !head.before.any(Classes::COUNT) => {
            Some(Role::Other)
        }
        _ => None,
    }
}

pub(super) fn role_by_flag(field: &Field<'_>, parts: &NameParts, head: Head) -> Option<Role> {
    let first = parts.words().first()?;
    let opening = field.name.get(first.start..first.end).unwrap_or_default();
    let asks = parts.words().len() > 1
        && ["is", "has", "was", "can", "does", "did"]
            .iter()
            .any(|word| opening.eq_ignore_ascii_case(word));
    let yes_no = !field.top_values.is_empty()
        && field.top_values.len() < 5
        && field.top_values.iter().all(|value| is_yes_or_no(value));
    let is_flag = head.last.any(Classes::FLAG)
        && !(head.before.any(Classes::TEXT | Classes::SCORE) || head.alone);
    let described = field.description.len() > 8
        && field
            .description
            .starts_with(['I', 'i', 'W', 'w', 'Y', 'y', 'F', 'f', 'T', 't'])
        && Opening::of(field.description).starts(&[
            "indicates whether",
            "indicates if",
            "whether ",
            "indica si ",
            "y/n",
            "yes/no",
            "flag ",
            "true if",
        ]);
    (asks || yes_no || is_flag || described).then_some(Role::Flag)
}

fn is_yes_or_no(value: &str) -> bool {
    [
        "y", "n", "yes", "no", "true", "false", "t", "f", "0", "1", "si", "sí", "oui", "non", "ja",
        "nein",
    ]
    .iter()
    .any(|known| value.trim().eq_ignore_ascii_case(known))
}
