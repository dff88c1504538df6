//! Keys and types of JSON-LD, however they are prefixed.
//!
//! `name`, `schema:name`, `sc:name` and `https://schema.org/name` are the same key; `Dataset` and `schema:Dataset` the
//! same type. Contexts are not loaded, and never read as data. A node that is only pointed to is looked up among the
//! other nodes of its document.

use super::{Surroundings, slots};
use crate::model::{Day, Held, Slot, Text};
use crate::source::tree::{Kind, Value};

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

/// Whether the context of a record, or of its document, names a vocabulary.
pub(super) fn context_says(record: Value<'_>, around: &Surroundings<'_>, name: &str) -> bool {
    match record.get("@context") {
        Some(context) => context.raw().contains(name),
        None => around.header_says("@context", name),
    }
}

/// The key without prefix or namespace: `title` of `dct:title`, `http://purl.org/dc/terms/title` and `title`.
pub(super) fn term(key: &str) -> &str {
    let name = key.rsplit([':', '/', '#']).next().unwrap_or(key);
    match name {
        // DCAT has both: the identifier of the dataset, and those it has elsewhere.
        "identifier" if key.contains("adms") => "otherIdentifier",
        _ => name,
    }
}

/// Whether a key is a name under some prefix: what [`term`] tells, without looking at the whole key.
fn is_term(key: &str, name: &str) -> bool {
    let Some(prefix) = key.strip_suffix(name) else {
        return name == "otherIdentifier" && term(key) == name;
    };
    match prefix.as_bytes().last() {
        None => true,
        Some(b':' | b'/' | b'#') => name != "identifier" || term(key) == name,
        Some(_) => false,
    }
}

/// Whether an identifier holds in its document only.
pub(super) fn is_blank_id(id: &str) -> bool {
    id.starts_with("_:")
}

/// A node of a graph whose keys may have any prefix, and the language of its record.
#[derive(Clone, Copy)]
pub(super) struct Node<'t> {
    pub(super) value: Value<'t>,
    /// Preferred where there is no English: `es`; empty if not known.
    pub(super) language: &'t str,
}

impl<'t> Node<'t> {
    /// The member under one of some names that mean the same.
    pub(super) fn get(self, names: &[&str]) -> Option<Value<'t>> {
        let find = |suffix: &str| {
            let mut members = self.value.members();
            let found = members.find(|(key, value)| {
                let bare = key.strip_suffix(suffix);
                bare.is_some_and(|bare| names.iter().any(|name| is_term(bare, name)))
                    && (suffix.is_empty() || value.is_object())
            });
            found.map(|(_, value)| value)
        };
        // DCAT-US 3 keeps several languages under a key of their own: `titleMap`.
        find("").or_else(|| find("Map")).map(opened)
    }

    /// The values under some names, one or many.
    pub(super) fn many(self, names: &[&str]) -> impl Iterator<Item = Value<'t>> {
        self.get(names)
            .into_iter()
            .flat_map(Value::one_or_many)
            .map(opened)
            .filter(|value| !value.is_null())
    }

    /// The nodes under some names, looked up where they are only pointed to.
    pub(super) fn nodes(self, names: &[&str]) -> impl Iterator<Item = Self> {
        self.many(names).map(move |value| self.at(value.resolved()))
    }

    /// The first of the nodes.
    pub(super) fn node(self, names: &[&str]) -> Option<Self> {
        self.nodes(names).next()
    }

    fn at(self, value: Value<'t>) -> Self {
        Self { value, ..self }
    }

    /// One value under some names: the first of a list that says something, the English of several languages.
    pub(super) fn one(self, names: &[&str]) -> Option<Value<'t>> {
        let said = |value: &Value<'_>| value.as_str().is_none_or(|text| !text.trim().is_empty());
        let value = slots::in_language(self.get(names)?, self.language);
        let first = value.one_or_many().map(opened).find(said);
        let first = first.or_else(|| value.items().next()).unwrap_or(value);
        Some(slots::in_language(first, self.language))
    }

    /// A text for readers.
    pub(super) fn text(self, names: &[&str]) -> Slot<Text<'t>> {
        self.one(names)
            .map_or(Slot::absent(self.value.at()), |value| {
                let named = value.is_object().then(|| self.at(value.resolved()).label());
                named
                    .flatten()
                    .map_or(slots::text_of(value), slots::text_of)
            })
    }

    /// A date.
    pub(super) fn day(self, names: &[&str]) -> Slot<Day<'t>> {
        self.one(names)
            .map_or(Slot::absent(self.value.at()), slots::day_of)
    }

    /// A word, or the name of a node in its place; its identifier where it has no name.
    pub(super) fn word(self, names: &[&str]) -> Slot<&'t str> {
        let Some(value) = self.one(names) else {
            return Slot::absent(self.value.at());
        };
        self.at(value.resolved()).name()
    }

    /// An address: itself, or the identifier of a node.
    pub(super) fn address(self, names: &[&str]) -> Slot<&'t str> {
        self.one(names)
            .map_or(Slot::absent(self.value.at()), |value| {
                self.at(value).own_address()
            })
    }

    /// The words or names under some names.
    pub(super) fn words(self, names: &[&str]) -> Slot<Vec<Held<&'t str>>> {
        let Some(value) = self.get(names) else {
            return Slot::absent(self.value.at());
        };
        let lists = slots::in_language(value, self.language);
        let english = |value: &Value<'_>| {
            let tag = value.get("@language").and_then(Value::as_str);
            tag.is_none_or(|tag| tag.starts_with("en"))
        };
        let has_english = lists
            .items()
            .any(|item| item.get("@language").is_some() && english(&item));
        let items = if value.kind() == Kind::Array {
            value
        } else {
            lists
        };
        let found: Vec<_> = items
            .one_or_many()
            .filter(|item| !has_english || english(item))
            .map(|item| slots::in_language(opened(item), self.language))
            .filter_map(|item| self.at(item.resolved()).name().held().copied())
            .collect();
        Slot::list(found, value.at())
    }

    /// The address of this value: itself, or its identifier unless that holds in the document only.
    pub(super) fn own_address(self) -> Slot<&'t str> {
        if !self.value.is_object() {
            return slots::word_of(self.value);
        }
        let id = self.own_id();
        if id.is_filled() {
            return id;
        }
        let node = self.at(self.value.resolved());
        let inner = node.one(&["value", "hasValue", "url", "hasURL", "endpointURL"]);
        inner.map_or(Slot::absent(self.value.at()), |inner| {
            slots::word_of(inner.get("@id").unwrap_or(inner))
        })
    }

    /// What names this node for readers, where something does.
    pub(super) fn label(self) -> Option<Value<'t>> {
        const LABELS: [&[&str]; 9] = [
            &["name"],
            &["prefLabel"],
            &["label"],
            &["title"],
            &["fn"],
            &["legalName"],
            &["altLabel"],
            &["notation"],
            &["value"],
        ];
        let mut labels = LABELS.iter().filter_map(|names| self.one(names));
        labels.find(|value| value.as_text().is_some_and(|text| !text.trim().is_empty()))
    }

    /// Its identifier, unless that holds in the document only.
    pub(super) fn own_id(self) -> Slot<&'t str> {
        let mut ids = ["@id", "id"].iter().filter_map(|key| self.value.get(key));
        ids.find(|id| id.as_str().is_some_and(|id| !is_blank_id(id)))
            .map_or(Slot::absent(self.value.at()), slots::word_of)
    }

    /// What names this value: itself, the label of a node, else its identifier.
    pub(super) fn name(self) -> Slot<&'t str> {
        if !self.value.is_object() {
            return slots::word_of(self.value);
        }
        self.label()
            .map_or_else(|| self.own_address(), slots::word_of)
    }

    /// Whether it has a type, under any prefix.
    pub(super) fn is_type(self, name: &str) -> bool {
        self.types().any(|it| term(it) == name)
    }

    /// Its types as written.
    pub(super) fn types(self) -> impl Iterator<Item = &'t str> {
        let value = ["@type", "type", "rdf:type"]
            .iter()
            .find_map(|key| self.value.get(key));
        value
            .into_iter()
            .flat_map(Value::one_or_many)
            .filter_map(|value| value.get("@id").unwrap_or(value).as_str())
    }
}

/// Keys under which a document of linked data keeps its nodes, or leads to its datasets.
const WAYS: [&str; 7] = [
    "@graph",
    "dataset",
    "catalog",
    "record",
    "primaryTopic",
    "servesDataset",
    "mainEntity",
];

/// The datasets of a document, in the order written. A dataset inside another is part of it.
pub(super) fn datasets(root: Value<'_>) -> Vec<Value<'_>> {
    let mut found = Vec::new();
    let mut queue = vec![(root, "")];
    while let Some((value, way)) = queue.pop() {
        if value.kind() == Kind::Array {
            let mut items: Vec<_> = value.items().map(|item| (item, way)).collect();
            items.reverse();
            queue.extend(items);
        } else if is_dataset(value, way) {
            found.push(value);
        } else {
            let mut below: Vec<_> = value
                .members()
                .map(|(key, child)| (opened(child), term(key)))
                .filter(|(_, name)| WAYS.contains(name))
                .collect();
            below.reverse();
            queue.extend(below);
        }
    }
    found
}

/// Whether a node is a dataset and says more than that. What a catalogue lists needs no type.
pub(super) fn is_dataset(value: Value<'_>, way: &str) -> bool {
    if !value.is_object() || value.is_reference() {
        return false;
    }
    let node = Node {
        value,
        language: "",
    };
    let untyped = way == "dataset" && node.types().next().is_none();
    (untyped || node.is_type("Dataset")) && !node.is_type("Catalog")
}

/// The nodes that hold parts of a record and stand beside it in the document.
pub(super) fn nodes_beside(record: Value<'_>) -> Vec<Value<'_>> {
    const PARTS: [&str; 4] = ["contactPoint", "creator", "distribution", "publisher"];
    let parts = record
        .members()
        .filter(|(key, _)| PARTS.contains(&term(key)))
        .flat_map(|(_, value)| value.one_or_many());
    let mut beside: Vec<Value<'_>> = Vec::new();
    for part in parts {
        let node = part.resolved();
        let is_new = node.at() != part.at() && beside.iter().all(|it| it.at() != node.at());
        if is_new && !is_dataset(node, "") && beside.len() < 64 {
            beside.push(node);
        }
    }
    beside
}

/// Whether a document says that it is linked data.
pub(super) fn is_linked(root: Value<'_>) -> bool {
    ["@context", "@graph"]
        .iter()
        .any(|key| root.get(key).is_some())
}

/// The address of a context that is kept elsewhere.
pub(super) fn remote_context(record: Value<'_>) -> Option<&str> {
    let mut contexts = record.get("@context")?.one_or_many();
    contexts.find_map(Value::as_str)
}

/// The value itself: out of the wrappers of lists (`@list`, `@set`) and of NGSI-LD (`{"type": "Property", "value": …}`).
fn opened(value: Value<'_>) -> Value<'_> {
    let key = match value.get("type").and_then(Value::as_str) {
        Some("Property" | "GeoProperty") => "value",
        Some("Relationship") => "object",
        _ => "@list",
    };
    let inner = value.get(key).or_else(|| value.get("@set"));
    inner.unwrap_or(value)
}
