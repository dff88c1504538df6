//! A schema's error as a sentence for a steward: the field by its plain name, what stands there, what is wanted.

use jsonschema::error::ValidationErrorKind as Kind;

use crate::source::tree::{self, Value};

/// A place and what the schema calls it.
pub(super) struct Place<'a> {
    pub(super) value: Value<'a>,
    /// The plain name of the field, and whether the value is one entry of it.
    pub(super) name: Option<&'a str>,
    pub(super) is_entry: bool,
    /// The key, for fields without a plain name.
    pub(super) key: &'a str,
    /// What is wanted there.
    pub(super) wanted: Option<&'a str>,
}

impl Place<'_> {
    /// The field as the subject of a sentence.
    fn subject(&self) -> String {
        let name = match self.name {
            Some(name) => name.to_owned(),
            None if self.key.is_empty() => "this record".to_owned(),
            None => format!("`{}`", self.key),
        };
        let subject = if self.is_entry && self.name.is_none() {
            format!("an entry of {name}")
        } else {
            name
        };
        let mut letters = subject.chars();
        letters.next().map_or(String::new(), |first| {
            first.to_uppercase().chain(letters).collect()
        })
    }

    fn wanted(&self) -> String {
        self.wanted
            .map_or(String::new(), |wanted| format!("; {wanted} is wanted"))
    }

    /// What stands there, as a reader would call it.
    fn found(&self) -> String {
        match self.value.kind() {
            tree::Kind::Null => "empty (`null`)".to_owned(),
            tree::Kind::False | tree::Kind::True => "yes or no (`true` or `false`)".to_owned(),
            tree::Kind::Number => "a number".to_owned(),
            tree::Kind::String
                if self
                    .value
                    .as_str()
                    .is_some_and(|text| text.trim().is_empty()) =>
            {
                "empty".to_owned()
            }
            tree::Kind::String => "a text".to_owned(),
            tree::Kind::Array if self.value.is_empty() => "an empty list".to_owned(),
            tree::Kind::Array => "a list".to_owned(),
            tree::Kind::Object => "a group of keys (an object)".to_owned(),
        }
    }

    fn quoted(&self) -> String {
        match self.value.as_text() {
            Some(text) if !text.trim().is_empty() => {
                format!("`{}`", shorten(text))
            }
            _ => self.found(),
        }
    }

    fn has_wrong_value(&self) -> String {
        format!("{} is {}{}", self.subject(), self.quoted(), self.wanted())
    }
}

/// The sentence for an error; nothing for one that says nothing of its own.
pub(super) fn sentence(kind: &Kind, place: &Place<'_>, missing: Option<&str>) -> Option<String> {
    let subject = place.subject();
    Some(match kind {
        Kind::Type { .. } => format!("{subject} is {}{}", place.found(), place.wanted()),
        Kind::Required { property } => {
            let key = property.as_str().unwrap_or_default();
            let what = missing.map_or_else(
                || format!("`{key}`"),
                |name| {
                    let bare = ["the ", "a ", "an "]
                        .iter()
                        .find_map(|article| name.strip_prefix(article));
                    format!("{} (`{key}`)", bare.unwrap_or(name))
                },
            );
            format!("{subject} has no {what}")
        }
        Kind::MinLength { .. } | Kind::MinItems { .. } | Kind::MinProperties { .. }
            if place.value.is_empty()
                || place
                    .value
                    .as_str()
                    .is_some_and(|text| text.trim().is_empty()) =>
        {
            format!("{subject} is {}{}", place.found(), place.wanted())
        }
        Kind::MinLength { limit } => {
            format!(
                "{subject} has fewer than {limit} characters{}",
                place.wanted()
            )
        }
        Kind::MaxLength { limit } => {
            let length = place.value.as_str().map_or(0, |text| text.chars().count());
            format!("{subject} is {length} characters long; at most {limit} are allowed")
        }
        Kind::MinItems { limit } => format!("{subject} lists fewer than {limit}{}", place.wanted()),
        Kind::MaxItems { limit } => format!("{subject} lists more than {limit}"),
        Kind::UniqueItems => format!("{subject} lists the same entry twice"),
        Kind::Minimum { limit } | Kind::ExclusiveMinimum { limit } => {
            format!("{subject} is {}, less than {limit}", place.quoted())
        }
        Kind::Maximum { limit } | Kind::ExclusiveMaximum { limit } => {
            format!("{subject} is {}, more than {limit}", place.quoted())
        }
        Kind::Enum { options } => {
            let options: Vec<String> = options
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(|option| option.as_str().map(|text| format!("`{text}`")))
                .collect();
            if place.wanted.is_none() && (1..=8).contains(&options.len()) {
                format!(
                    "{subject} is {}; one of {} is wanted",
                    place.quoted(),
                    options.join(", ")
                )
            } else {
                place.has_wrong_value()
            }
        }
        Kind::Constant { expected_value } if place.wanted.is_none() => {
            format!(
                "{subject} is {}; {expected_value} is wanted",
                place.quoted()
            )
        }
        Kind::AdditionalProperties { unexpected } | Kind::UnevaluatedProperties { unexpected } => {
            let keys: Vec<String> = unexpected
                .iter()
                .take(3)
                .map(|key| format!("`{}`", shorten(key)))
                .collect();
            format!(
                "{subject} has keys that have no meaning there: {}",
                keys.join(", ")
            )
        }
        _ => place.has_wrong_value(),
    })
}

/// A value short enough for a sentence.
fn shorten(text: &str) -> String {
    let text = text.trim();
    if text.chars().count() <= 60 {
        return text.to_owned();
    }
    let start: String = text.chars().take(57).collect();
    format!("{}…", start.trim_end())
}
