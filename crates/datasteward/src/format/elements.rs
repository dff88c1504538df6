//! Ways through a tree that was XML: elements that may stand once or often, texts with or without attributes.

use super::slots;
use crate::model::{Held, Slot, Text};
use crate::source::tree::Value;

/// Elements of ISO 19139 that hold a plain value inside a property: `<abstract><CharacterString>`.
const WRAPPERS: [&str; 17] = [
    "CharacterString",
    "Anchor",
    "URL",
    "Date",
    "DateTime",
    "Decimal",
    "Integer",
    "Real",
    "Boolean",
    "LanguageCode",
    "Country",
    "FileName",
    "MimeFileType",
    "LocalName",
    "TypeName",
    "TM_PeriodDuration",
    "PT_FreeText",
];

/// The elements at the end of a path, in order; an element that stands often is followed each time.
pub(super) fn each<'t>(from: Value<'t>, path: &[&str]) -> Vec<Value<'t>> {
    path.iter().fold(vec![from], |found, key| {
        found
            .into_iter()
            .filter_map(|value| value.get(key))
            .flat_map(Value::one_or_many)
            .collect()
    })
}

/// The first element at the end of a path.
pub(super) fn first<'t>(from: Value<'t>, path: &[&str]) -> Option<Value<'t>> {
    each(from, path).into_iter().next()
}

/// The value that an element holds: its text, or that of the element that only wraps it.
pub(super) fn content(element: Value<'_>) -> Option<Value<'_>> {
    let own = |value: Value<'_>| value.as_str().is_some();
    if own(element) {
        return Some(element);
    }
    if let Some(english) = in_english(element) {
        return Some(english);
    }
    let inside = WRAPPERS
        .iter()
        .find_map(|key| element.get(key))
        .unwrap_or(element);
    if own(inside) {
        return Some(inside);
    }
    inside
        .get("#text")
        .or_else(|| inside.get("@codeListValue"))
        .filter(|it| own(*it))
}

/// The English of a text in several languages (`PT_FreeText`), else any where the main one is empty.
fn in_english(element: Value<'_>) -> Option<Value<'_>> {
    element.get("PT_FreeText")?;
    let main = element.get("CharacterString");
    let is_empty = main.is_none_or(|main| main.as_str().is_none_or(|text| text.trim().is_empty()));
    let variants = variants(element);
    let is_english = |(locale, _): &(&str, Value<'_>)| {
        let locale = locale.trim_start_matches('#').to_ascii_lowercase();
        let locale = locale.strip_prefix("locale-").unwrap_or(&locale);
        matches!(locale, "en" | "eng" | "english") || locale.starts_with("en-")
    };
    variants
        .iter()
        .find(|variant| is_english(variant))
        .or_else(|| is_empty.then(|| variants.first()).flatten())
        .map(|(_, value)| *value)
}

/// A text in other languages, with the name each document gives to a language.
pub(super) fn variants(element: Value<'_>) -> Vec<(&str, Value<'_>)> {
    each(
        element,
        &["PT_FreeText", "textGroup", "LocalisedCharacterString"],
    )
    .into_iter()
    .filter_map(|text| {
        let locale = text.get("@locale")?.as_str()?;
        let value = text.get("#text")?;
        Some((locale, value))
    })
    .collect()
}

/// What stands at the end of a path: of elements that stand often the first that says something.
pub(super) fn read<'t, T>(
    from: Value<'t>,
    path: &[&str],
    read: impl Fn(Value<'t>) -> Slot<T>,
) -> Slot<T> {
    let mut blank = None;
    for element in each(from, path) {
        let slot = match content(element) {
            Some(value) => read(value),
            None => Slot::empty(element.at()),
        };
        if slot.is_filled() {
            return slot;
        }
        blank = blank.or(Some(slot));
    }
    blank.unwrap_or(Slot::absent(from.at()))
}

/// A text for readers, whatever it says.
pub(super) fn text<'t>(from: Value<'t>, path: &[&str]) -> Slot<Text<'t>> {
    read(from, path, slots::text_of)
}

/// A text that has to say something.
pub(super) fn statement<'t>(from: Value<'t>, path: &[&str]) -> Slot<Text<'t>> {
    read(from, path, |value| slots::said(slots::text_of(value)))
}

/// A word or short line.
pub(super) fn word<'t>(from: Value<'t>, path: &[&str]) -> Slot<&'t str> {
    read(from, path, slots::word_of)
}

/// All words at the end of a path.
pub(super) fn words<'t>(from: Value<'t>, path: &[&str]) -> Vec<Held<&'t str>> {
    let held = |element| slots::word_of(content(element)?).held().copied();
    each(from, path).into_iter().filter_map(held).collect()
}

/// All texts that say something at the end of a path.
pub(super) fn statements<'t>(from: Value<'t>, path: &[&str]) -> Vec<Held<Text<'t>>> {
    let held = |element| match slots::said(slots::text_of(content(element)?)) {
        Slot::Filled(held) => Some(held),
        _ => None,
    };
    each(from, path).into_iter().filter_map(held).collect()
}

/// A list as a slot: blank at the first element of the path that is there and says nothing, or absent.
pub(super) fn listed<'t, T>(
    list: Vec<Held<T>>,
    from: Value<'t>,
    path: &[&str],
) -> Slot<Vec<Held<T>>> {
    if let Some(first) = list.first() {
        let at = first.at;
        return Slot::filled(list, at);
    }
    match word(from, path) {
        Slot::Blank { at, kind } => Slot::Blank { at, kind },
        _ => Slot::absent(from.at()),
    }
}

/// A code of a code list: `<role><CI_RoleCode codeListValue="owner">`.
pub(super) fn code<'t>(from: Value<'t>, path: &[&str]) -> Slot<&'t str> {
    let mut blank = None;
    for element in each(from, path) {
        let value = element
            .members()
            .find(|(key, _)| !key.starts_with(['@', '#']))
            .map_or(element, |(_, value)| value);
        let slot = if value.as_str().is_some() {
            slots::word_of(value)
        } else {
            slots::first([
                slots::word(value, "@codeListValue"),
                slots::word(value, "#text"),
            ])
        };
        if slot.is_filled() {
            return slot;
        }
        blank = blank.or(Some(slot));
    }
    blank.unwrap_or(Slot::absent(from.at()))
}

/// Four numbers, which the standards want in degrees: west, south, east, north.
pub(super) fn bounding_box(from: Value<'_>, names: [&str; 4]) -> Option<[f64; 4]> {
    let number = |name: &str| content(first(from, &[name])?)?.as_f64();
    let [west, south, east, north] = names.map(number);
    Some([west?, south?, east?, north?])
}
