//! Our tree as `jsonschema` sees it: no second reading, no copy.

use std::borrow::Cow;

use jsonschema::JsonType;
use jsonschema::json::{Array, Json, JsonNumber, Node, NodeIdentity, Object};

use crate::source::tree::{Kind, Value};

use super::local_name;

/// The representation: keys as they stand.
pub(super) struct OurTree;

impl Json for OurTree {
    type Node<'a> = Seen<'a>;
    type PreparedKey = String;
    type StringBuffer = ();
    const ACYCLIC: bool = true;

    fn prepare_key(key: &str) -> String {
        key.to_owned()
    }

    fn with_string_node<T>((): &mut (), string: &str, f: impl FnOnce(Seen<'_>) -> T) -> T {
        f(Seen::Name(string))
    }
}

/// A value, or the name of a key where a schema judges names.
#[derive(Clone, Copy)]
pub(super) enum Seen<'a> {
    Value {
        value: Value<'a>,
        /// Keys are seen without their prefix or address: `dct:title` and `title` are one.
        is_linked: bool,
    },
    Name(&'a str),
}

impl<'a> Node<'a, OurTree> for Seen<'a> {
    type Object = Members<'a>;
    type Array = Items<'a>;
    type Number = Written<'a>;

    fn as_object(&self) -> Option<Members<'a>> {
        match self {
            Self::Value { value, is_linked } if value.is_object() => Some(Members {
                value: *value,
                is_linked: *is_linked,
            }),
            _ => None,
        }
    }

    fn as_array(&self) -> Option<Items<'a>> {
        match self {
            Self::Value { value, is_linked } if value.kind() == Kind::Array => Some(Items {
                value: *value,
                is_linked: *is_linked,
            }),
            _ => None,
        }
    }

    fn as_string(&self) -> Option<Cow<'a, str>> {
        match self {
            Self::Value { value, .. } => value.as_str().map(Cow::Borrowed),
            Self::Name(name) => Some(Cow::Borrowed(name)),
        }
    }

    fn as_number(&self) -> Option<Written<'a>> {
        match self {
            Self::Value { value, .. } if value.kind() == Kind::Number => {
                value.as_text().map(Written)
            }
            _ => None,
        }
    }

    fn as_boolean(&self) -> Option<bool> {
        match self {
            Self::Value { value, .. } => value.as_bool(),
            Self::Name(_) => None,
        }
    }

    fn is_null(&self) -> bool {
        matches!(self, Self::Value { value, .. } if value.is_null())
    }

    fn json_type(&self) -> JsonType {
        match self {
            Self::Name(_) => JsonType::String,
            Self::Value { value, .. } => match value.kind() {
                Kind::Null => JsonType::Null,
                Kind::False | Kind::True => JsonType::Boolean,
                Kind::Number => JsonType::Number,
                Kind::String => JsonType::String,
                Kind::Array => JsonType::Array,
                Kind::Object => JsonType::Object,
            },
        }
    }

    fn to_value(&self) -> Cow<'a, serde_json::Value> {
        Cow::Owned(match self {
            Self::Name(name) => serde_json::Value::from(*name),
            Self::Value { value, .. } => shown(*value),
        })
    }

    fn identity(&self) -> Option<NodeIdentity> {
        None
    }
}

/// A value for the few comparisons that need one. Recursion ends: a tree is at most 128 levels deep.
fn shown(value: Value<'_>) -> serde_json::Value {
    use serde_json::Value as Json;
    match value.kind() {
        Kind::Null => Json::Null,
        Kind::False => Json::Bool(false),
        Kind::True => Json::Bool(true),
        Kind::Number => value
            .as_text()
            .and_then(|text| serde_json::from_str(text).ok())
            .unwrap_or(Json::Null),
        Kind::String => Json::from(value.as_str().unwrap_or_default()),
        Kind::Array => Json::Array(value.items().map(shown).collect()),
        Kind::Object => Json::Object(
            value
                .members()
                .map(|(key, value)| (key.to_owned(), shown(value)))
                .collect(),
        ),
    }
}

/// The members of an object; of doubled keys the last counts.
pub(super) struct Members<'a> {
    value: Value<'a>,
    is_linked: bool,
}

impl<'a> Object<'a, OurTree> for Members<'a> {
    type Node = Seen<'a>;
    type MemberName = &'a str;
    type MembersIter = Box<dyn Iterator<Item = (&'a str, Seen<'a>)> + 'a>;

    fn len(&self) -> usize {
        self.value.members().count()
    }

    fn get(&self, key: &String) -> Option<Seen<'a>> {
        let is_linked = self.is_linked;
        let found = if is_linked {
            self.value
                .members()
                .filter(|(name, _)| local_name(name) == key)
                .map(|(_, value)| value)
                .last()
        } else {
            self.value.get(key)
        };
        found.map(|value| Seen::Value { value, is_linked })
    }

    fn members(&self) -> Self::MembersIter {
        let is_linked = self.is_linked;
        Box::new(self.value.members().map(move |(name, value)| {
            let name = if is_linked { local_name(name) } else { name };
            (name, Seen::Value { value, is_linked })
        }))
    }
}

/// The items of a list.
pub(super) struct Items<'a> {
    value: Value<'a>,
    is_linked: bool,
}

impl<'a> Array<'a, OurTree> for Items<'a> {
    type Node = Seen<'a>;
    type ElementsIter = Box<dyn Iterator<Item = Seen<'a>> + 'a>;

    fn len(&self) -> usize {
        self.value.items().count()
    }

    fn elements(&self) -> Self::ElementsIter {
        let is_linked = self.is_linked;
        Box::new(
            self.value
                .items()
                .map(move |value| Seen::Value { value, is_linked }),
        )
    }
}

/// A number as it is written.
#[derive(Clone, Copy)]
pub(super) struct Written<'a>(&'a str);

impl JsonNumber for Written<'_> {
    fn as_u64(&self) -> Option<u64> {
        self.0.parse().ok()
    }

    fn as_i64(&self) -> Option<i64> {
        self.0.parse().ok()
    }

    fn as_f64(&self) -> Option<f64> {
        self.0.parse().ok()
    }

    fn as_str(&self) -> Cow<'_, str> {
        Cow::Borrowed(self.0)
    }

    fn to_number(&self) -> Cow<'_, serde_json::Number> {
        let number = serde_json::from_str(self.0).ok();
        Cow::Owned(number.unwrap_or_else(|| serde_json::Number::from(0)))
    }
}
