//! Keys and types of JSON-LD, however they are prefixed.
//!
//! `name`, `schema:name`, `sc:name` and `https://schema.org/name` are the same key; `Dataset` and `schema:Dataset` the
//! same type. Contexts are not loaded, and never read as data.

use super::{Surroundings, slots};
use crate::model::{Slot, Text};
use crate::source::json::Value;

const PREFIXES: [&str; 6] = [
    "schema:",
    "sc:",
    "https://schema.org/",
    "http://schema.org/",
    "https://www.schema.org/",
    "http://www.schema.org/",
];

/// The key without the prefix of schema.org.
pub(super) fn local(key: &str) -> &str {
    PREFIXES
        .iter()
        .find_map(|prefix| key.strip_prefix(prefix))
        .unwrap_or(key)
}

/// The member of an object under a key of schema.org.
pub(super) fn get<'t>(parent: Value<'t>, key: &str) -> Option<Value<'t>> {
    parent.get(key).or_else(|| {
        parent
            .members()
            .find(|(name, _)| local(name) == key)
            .map(|(_, value)| value)
    })
}

/// One value under a key: the first of a list, the English of several languages.
pub(super) fn one<'t>(parent: Value<'t>, key: &str) -> Option<Value<'t>> {
    let value = slots::in_english(get(parent, key)?);
    let first = value.one_or_many().next().unwrap_or(value);
    Some(slots::in_english(first))
}

/// The values under a key, whether one or many.
pub(super) fn many<'t>(parent: Value<'t>, key: &str) -> impl Iterator<Item = Value<'t>> {
    get(parent, key)
        .into_iter()
        .flat_map(Value::one_or_many)
        .filter(|value| !value.is_null())
}

/// A text for readers.
pub(super) fn text<'t>(parent: Value<'t>, key: &str) -> Slot<Text<'t>> {
    one(parent, key).map_or(Slot::absent(parent.at()), slots::text_of)
}

/// A word, or what names an object in its place.
pub(super) fn word<'t>(parent: Value<'t>, key: &str) -> Slot<&'t str> {
    one(parent, key).map_or(Slot::absent(parent.at()), name_of)
}

/// What names a value: itself, or of an object its name, value, address or identifier.
pub(super) fn name_of(value: Value<'_>) -> Slot<&str> {
    if !value.is_object() {
        return slots::word_of(value);
    }
    ["name", "legalName", "value", "url", "@id", "identifier"]
        .iter()
        .filter_map(|key| one(value, key))
        .map(slots::word_of)
        .find(Slot::is_filled)
        .unwrap_or(Slot::absent(value.at()))
}

/// Whether a node has a type, under any prefix.
pub(super) fn is_type(node: Value<'_>, name: &str) -> bool {
    many(node, "@type").any(|value| value.as_str().is_some_and(|it| local(it) == name))
}

/// Whether it only points to another node: `{"@id": …}`.
pub(super) fn is_reference(value: Value<'_>) -> bool {
    value.is_object() && value.members().all(|(key, _)| key == "@id")
}

/// Whether the context of a record, or of its document, names a vocabulary.
pub(super) fn context_says(record: Value<'_>, around: &Surroundings<'_>, name: &str) -> bool {
    match record.get("@context") {
        Some(context) => context.raw().contains(name),
        None => around.header_says("@context", name),
    }
}
