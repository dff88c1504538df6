//! JSON Schemas over our tree: `jsonschema` judges, and its errors come out as sentences for a steward.
//!
//! A [`Schema`] describes one record; its `$defs/catalog`, where it has one, what stands beside the list of records.
//! The words are the schema's own: `title` is a field's plain name, `description` what is wanted there. [`builtin`] has
//! the profiles' schemas, which stand in `schemas/`.

mod shape;
mod tree;
mod words;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use jsonschema::Validator;
use jsonschema::error::{ValidationError, ValidationErrorKind};
use serde_json::Value as Json;

use crate::lexicon::spelling;
use crate::model::{Fault, FaultKind};
use crate::source::tree::{Kind, Value};
use shape::Shapes;
use tree::{OurTree, Seen};

macro_rules! file {
    ($name:literal) => {
        ($name, include_str!(concat!("../../schemas/", $name)))
    };
}

/// The schemas that come with the engine, by their `$id`.
const FILES: [(&str, &str); 15] = [
    file!("ckan.schema.json"),
    file!("croissant.schema.json"),
    file!("csvw.schema.json"),
    file!("data-json-ar.schema.json"),
    file!("data-package.schema.json"),
    file!("data-resource.schema.json"),
    file!("dcat-ap.schema.json"),
    file!("dcat-us-1.1-federal.schema.json"),
    file!("dcat-us-1.1.schema.json"),
    file!("dcat-us-3.schema.json"),
    file!("google-dataset.schema.json"),
    file!("la.schema.json"),
    file!("native-1.schema.json"),
    file!("strict.schema.json"),
    file!("table-schema.schema.json"),
];

/// Why a schema cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SchemaError {
    /// Not JSON.
    #[error("failed to read the schema: {0}")]
    NotJson(String),
    /// Not a schema, or one that refers to others that are not here.
    #[error("failed to use the schema: {0}")]
    NotASchema(String),
}

/// A schema, ready to judge records.
pub struct Schema {
    /// Of the record only the kinds of values: what the format never allows, whatever the profile asks.
    kinds: Validator<OurTree>,
    record: Part,
    catalog: Option<Part>,
}

/// What a schema asks in full, of a record or of what stands beside the records.
struct Part {
    document: Json,
    shapes: Shapes,
    /// Made ready when first asked for: its patterns take longer than judging a small file, and most runs ask for the
    /// kinds of values only.
    validator: OnceLock<Option<Validator<OurTree>>>,
}

impl Part {
    fn of(document: Json) -> Self {
        Self {
            shapes: shapes_of(&document),
            document,
            validator: OnceLock::new(),
        }
    }

    fn make_ready(&self) -> Result<(), SchemaError> {
        let validator = compile(&self.document)?;
        self.validator.get_or_init(|| Some(validator));
        Ok(())
    }

    fn faults(&self, record: Value<'_>, is_linked: bool) -> Vec<Fault> {
        let validator = self
            .validator
            .get_or_init(|| compile(&self.document).ok())
            .as_ref();
        let judge = Judge {
            record,
            is_linked,
            shapes: &self.shapes,
        };
        let mut faults = Vec::new();
        if let Some(validator) = validator.filter(|it| !it.is_valid(judge.seen())) {
            for error in validator.iter_errors(judge.seen()) {
                judge.error(&error, FaultKind::Schema, &mut faults);
            }
        }
        faults
    }
}

impl std::fmt::Debug for Schema {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Schema")
    }
}

impl Schema {
    /// Reads a schema. It may refer to the schemas that come with the engine (`"$ref": "la.schema.json"`), and to
    /// nothing that would have to be fetched.
    ///
    /// # Errors
    /// If the text is not JSON or not a schema.
    pub fn new(text: &str) -> Result<Self, SchemaError> {
        let schema = Self::read(text)?;
        schema.record.make_ready()?;
        schema.catalog.as_ref().map_or(Ok(()), Part::make_ready)?;
        Ok(schema)
    }

    /// The same without trying whether all that is asked can be asked.
    fn read(text: &str) -> Result<Self, SchemaError> {
        let parsed: Json =
            serde_json::from_str(text).map_err(|error| SchemaError::NotJson(error.to_string()))?;
        let document = with_what_it_refers_to(parsed);
        let catalog = document.pointer("/$defs/catalog").map(|catalog| {
            let mut own = document.clone();
            if let Some(object) = own.as_object_mut() {
                object.retain(|key, _| key.starts_with('$'));
                object.remove("$id");
                object.insert("allOf".to_owned(), Json::Array(vec![catalog.clone()]));
            }
            own
        });
        Ok(Self {
            kinds: compile(&only_kinds(&document))?,
            catalog: catalog.map(Part::of),
            record: Part::of(document),
        })
    }

    /// Values of a kind that the format never allows, and keys that are slips of known keys.
    #[must_use]
    pub fn slips(&self, record: Value<'_>, is_linked: bool) -> Vec<Fault> {
        let judge = Judge {
            record,
            is_linked,
            shapes: &self.record.shapes,
        };
        let mut faults = Vec::new();
        if !self.kinds.is_valid(judge.seen()) {
            for error in self.kinds.iter_errors(judge.seen()) {
                judge.error(&error, FaultKind::Type, &mut faults);
            }
            // An empty value is missing, not of a wrong kind: the rules for what is missing speak of it.
            faults.retain(|fault| !record.beside(fault.at).is_null());
        }
        judge.misspelt(&mut faults);
        faults
    }

    /// Everything else that the schema asks of a record.
    #[must_use]
    pub fn faults(&self, record: Value<'_>, is_linked: bool) -> Vec<Fault> {
        self.record.faults(record, is_linked)
    }

    /// What the schema asks of what stands beside the list of records.
    #[must_use]
    pub fn catalog_faults(&self, header: Value<'_>, is_linked: bool) -> Vec<Fault> {
        self.catalog
            .as_ref()
            .map_or_else(Vec::new, |part| part.faults(header, is_linked))
    }
}

/// The schema of a profile or a format that comes with the engine, by the name of its file without endings.
#[must_use]
pub fn builtin(name: &str) -> Option<&'static Schema> {
    static COMPILED: [OnceLock<Option<Schema>>; FILES.len()] =
        [const { OnceLock::new() }; FILES.len()];
    let is_it = |(id, _): &(&str, &str)| id.strip_suffix(ENDING) == Some(name);
    let index = FILES.iter().position(is_it)?;
    let (_, text) = FILES.get(index)?;
    // The files are ours: a test compiles each of them.
    COMPILED
        .get(index)?
        .get_or_init(|| Schema::read(text).ok())
        .as_ref()
}

const ENDING: &str = ".schema.json";

fn compile(document: &Json) -> Result<Validator<OurTree>, SchemaError> {
    jsonschema::options_for::<OurTree>()
        .should_validate_formats(true)
        .with_pattern_options(jsonschema::PatternOptions::regex())
        .offline()
        .build(document)
        .map_err(|error| SchemaError::NotASchema(error.to_string()))
}

/// A schema together with those of ours that it refers to, as one document: nothing is fetched.
fn with_what_it_refers_to(mut document: Json) -> Json {
    let mut added: BTreeMap<&str, Json> = BTreeMap::new();
    loop {
        let texts: Vec<String> = std::iter::once(&document)
            .chain(added.values())
            .map(Json::to_string)
            .collect();
        let missing = FILES.iter().find(|(id, _)| {
            let reference = format!("\"$ref\":\"{id}");
            !added.contains_key(id)
                && document.get("$id").and_then(Json::as_str) != Some(id)
                && texts.iter().any(|text| text.contains(&reference))
        });
        let Some((id, text)) = missing else { break };
        added.insert(id, serde_json::from_str(text).unwrap_or(Json::Bool(true)));
    }
    if let Some(object) = document.as_object_mut()
        && !added.is_empty()
    {
        let definitions = object
            .entry("$defs")
            .or_insert_with(|| Json::Object(serde_json::Map::new()));
        for (id, other) in added {
            if let Some(definitions) = definitions.as_object_mut() {
                definitions.insert(id.to_owned(), other);
            }
        }
    }
    document
}

fn shapes_of(document: &Json) -> Shapes {
    Shapes::of(document, &|id| document.get("$defs")?.get(id))
}

/// Keywords that say of which kind a value is, or lead to others that do.
const KINDS: [&str; 8] = [
    "$id",
    "$schema",
    "$ref",
    "type",
    "properties",
    "items",
    "$defs",
    "allOf",
];
const EITHER: [&str; 2] = ["anyOf", "oneOf"];

/// A schema without anything but the kinds of values.
fn only_kinds(schema: &Json) -> Json {
    let Some(object) = schema.as_object() else {
        return schema.clone();
    };
    let list = |value: &Json| {
        let items = value.as_array().into_iter().flatten();
        Json::Array(items.map(only_kinds).collect())
    };
    let each = |value: &Json| {
        let members = value.as_object().into_iter().flatten();
        Json::Object(
            members
                .map(|(key, value)| (key.clone(), only_kinds(value)))
                .collect(),
        )
    };
    let mut kept = serde_json::Map::new();
    for (key, value) in object {
        let kept_value = match key.as_str() {
            "properties" | "$defs" => each(value),
            "items" => only_kinds(value),
            "allOf" => list(value),
            known if KINDS.contains(&known) => value.clone(),
            known if EITHER.contains(&known) => list(value),
            _ => continue,
        };
        // Without its other conditions more than one branch may fit.
        let key = if key == "oneOf" { "anyOf" } else { key };
        kept.insert(key.to_owned(), kept_value);
    }
    Json::Object(kept)
}

/// The name of a key of linked data without its prefix or address: `dct:title`, `http://purl.org/dc/terms/title`.
#[must_use]
pub(crate) fn local_name(key: &str) -> &str {
    let is_address = key.contains("://");
    let cut = if is_address {
        key.rfind(['/', '#'])
    } else {
        key.rfind(':')
    };
    match cut.and_then(|at| key.get(at + 1..)) {
        Some(name) if !name.is_empty() => name,
        _ => key,
    }
}

/// One record before one schema.
struct Judge<'a> {
    record: Value<'a>,
    is_linked: bool,
    shapes: &'a Shapes,
}

impl<'a> Judge<'a> {
    fn seen(&self) -> Seen<'a> {
        Seen::Value {
            value: self.record,
            is_linked: self.is_linked,
        }
    }

    /// The value an error is about, and what the schema calls its place.
    fn find(&self, pointer: &str) -> (words::Place<'a>, Option<usize>) {
        let mut value = self.record;
        let mut shape = Some(0);
        let mut place = words::Place {
            value,
            name: None,
            is_entry: false,
            key: "",
            wanted: self.shapes.wanted(0),
        };
        for step in pointer.split('/').skip(1) {
            let step = step.replace("~1", "/").replace("~0", "~");
            if value.kind() == Kind::Array {
                let Some(item) = step.parse().ok().and_then(|at| value.items().nth(at)) else {
                    break;
                };
                value = item;
                shape = shape.and_then(|shape| self.shapes.items(shape).or(Some(shape)));
                place.is_entry = true;
            } else {
                let found = value.members().filter(|(key, _)| self.name(key) == step);
                let Some((key, member)) = found.last() else {
                    break;
                };
                value = member;
                shape = shape.and_then(|shape| self.shapes.member(shape, &step));
                (place.key, place.name, place.is_entry) = (key, None, false);
            }
            place.value = value;
            if let Some(name) = shape.and_then(|shape| self.shapes.name(shape)) {
                place.name = Some(name);
            }
            place.wanted = shape.and_then(|shape| self.shapes.wanted(shape));
        }
        (place, shape)
    }

    fn name<'k>(&self, key: &'k str) -> &'k str {
        if self.is_linked { local_name(key) } else { key }
    }

    /// Says what an error means; of alternatives, the one that came nearest.
    fn error(&self, error: &ValidationError<'_>, kind: FaultKind, faults: &mut Vec<Fault>) {
        if let ValidationErrorKind::AnyOf { context }
        | ValidationErrorKind::OneOfNotValid { context } = error.kind()
        {
            let own = error.instance_path().as_str().len();
            let deeper = |branch: &&Vec<ValidationError<'static>>| {
                !branch.is_empty()
                    && branch.iter().all(|inner| {
                        inner.instance_path().as_str().len() > own
                            || matches!(inner.kind(), ValidationErrorKind::Required { .. })
                    })
            };
            if let Some(branch) = context
                .iter()
                .filter(deeper)
                .min_by_key(|branch| branch.len())
            {
                for inner in branch {
                    self.error(inner, kind.clone(), faults);
                }
                return;
            }
        }
        let (place, shape) = self.find(error.instance_path().as_str());
        let missing = match error.kind() {
            ValidationErrorKind::Required { property } => {
                let key = property.as_str().unwrap_or_default();
                shape
                    .and_then(|shape| self.shapes.member(shape, key))
                    .and_then(|shape| self.shapes.name(shape))
            }
            _ => None,
        };
        let Some(message) = words::sentence(error.kind(), &place, missing) else {
            return;
        };
        let fault = Fault {
            at: place.value.at(),
            message,
            evidence: place
                .value
                .as_text()
                .filter(|text| !text.trim().is_empty())
                .map(str::to_owned),
            how: None,
            kind,
        };
        if !faults.contains(&fault) {
            faults.push(fault);
        }
    }

    /// Keys that nobody reads, because they are slips of keys that the format knows.
    fn misspelt(&self, faults: &mut Vec<Fault>) {
        let mut waiting = vec![(self.record, 0)];
        while let Some((value, shape)) = waiting.pop() {
            if value.kind() == Kind::Array {
                let inner = self.shapes.items(shape).unwrap_or(shape);
                waiting.extend(value.items().map(|item| (item, inner)));
            }
            // Where one object stands for a list of one, the schema speaks of it as an item.
            let alone = self.shapes.items(shape);
            for (key, member) in value.members() {
                let name = self.name(key);
                let place = self
                    .shapes
                    .member(shape, name)
                    .or_else(|| self.shapes.member(alone?, name));
                match place {
                    Some(place) => waiting.push((member, place)),
                    None if key.starts_with(['@', '$', '_']) => {}
                    None => faults.extend(self.slip(value, member, name, shape)),
                }
            }
        }
    }

    fn slip(&self, object: Value<'a>, member: Value<'a>, key: &str, shape: usize) -> Option<Fault> {
        // `type` and `id` are keys of many formats, and no slips of the marks of linked data.
        let close = self.shapes.keys(shape, |known| {
            !known.starts_with('@') && spelling::is_close(key, known)
        });
        let absent = close
            .into_iter()
            .filter(|known| !object.members().any(|(key, _)| self.name(key) == *known));
        let meant = spelling::slip_for(key, absent)?;
        Some(Fault {
            at: member.at(),
            message: format!(
                "The key `{key}` looks like a slip for `{meant}`, so nobody who reads this file sees the value"
            ),
            evidence: Some(key.to_owned()),
            how: Some(format!("Write `{meant}` in place of `{key}`.")),
            kind: FaultKind::Slip(meant.to_owned()),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{FILES, Schema, builtin, local_name};
    use crate::source::Bounds;
    use crate::source::tree::Tree;

    const OURS: &str = r##"{
        "type": "object", "required": ["title", "contact"],
        "properties": {
            "title": {"title": "the title", "description": "a text", "type": "string", "minLength": 1},
            "contact": {"title": "the contact", "type": "object", "required": ["email"], "properties": {
                "email": {"title": "the contact's e-mail address", "description": "an address such as data@city.example", "type": "string", "pattern": "@"}
            }},
            "keyword": {"title": "the keywords", "description": "a list of words", "anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string", "title": "a keyword", "description": "a word"}}]},
            "distribution": {"type": "array", "items": {"type": "object", "properties": {"downloadURL": {"type": "string"}}}}
        },
        "$defs": {"catalog": {"required": ["title"], "properties": {"title": {"title": "the catalog's title"}}}}
    }"##;

    fn said(
        record: &str,
        ask: fn(&Schema, crate::source::tree::Value<'_>) -> Vec<crate::model::Fault>,
    ) -> Vec<String> {
        let schema = Schema::new(OURS).expect("a schema");
        let tree = Tree::parse(record, &Bounds::default()).expect("valid");
        ask(&schema, tree.root())
            .into_iter()
            .map(|fault| fault.message)
            .collect()
    }

    #[test]
    fn says_in_plain_words_what_a_schema_asks() {
        let record = r#"{"title": "", "contact": {"email": "nobody"}, "keyword": ["a", 1]}"#;
        let faults = said(record, |schema, record| schema.faults(record, false));
        assert_eq!(
            faults,
            [
                "The title is empty; a text is wanted",
                "The contact's e-mail address is `nobody`; an address such as data@city.example is wanted",
                "A keyword is a number; a word is wanted"
            ]
        );
        let faults = said(r#"{"title": "x"}"#, |schema, record| {
            schema.faults(record, false)
        });
        assert_eq!(faults, ["This record has no contact (`contact`)"]);
    }

    #[test]
    fn kinds_of_values_are_judged_apart_from_the_rest() {
        let record = r#"{"title": ["x"], "contact": {"email": "nobody"}, "keyword": null}"#;
        let faults = said(record, |schema, record| schema.slips(record, false));
        assert_eq!(faults, ["The title is a list; a text is wanted"]);
    }

    #[test]
    fn finds_slips_of_keys_at_any_depth() {
        let record = r#"{"titel": "x", "distirbution": [], "distribution": [{"downloadUrl": "x"}], "note": 1}"#;
        let faults = said(record, |schema, record| schema.slips(record, false));
        let known = |key: &str| {
            faults
                .iter()
                .any(|fault| fault.contains(&format!("`{key}` looks like")))
        };
        assert!(known("titel") && known("downloadUrl"), "{faults:?}");
        // The right key is there as well.
        assert!(!known("distirbution") && !known("note"), "{faults:?}");
    }

    #[test]
    fn judges_what_stands_beside_the_records() {
        let faults = said(r#"{"dataset": []}"#, |schema, header| {
            schema.catalog_faults(header, false)
        });
        assert_eq!(faults, ["This record has no catalog's title (`title`)"]);
    }

    #[test]
    fn every_schema_of_ours_can_be_used() {
        for (id, text) in FILES {
            assert!(
                Schema::new(text).is_ok(),
                "{id}: {:?}",
                Schema::new(text).err()
            );
            let name = id.strip_suffix(super::ENDING).unwrap_or(id);
            assert!(builtin(name).is_some(), "{id}");
        }
    }

    #[test]
    fn keys_of_linked_data_go_by_their_last_part() {
        assert_eq!(local_name("dct:title"), "title");
        assert_eq!(local_name("http://purl.org/dc/terms/title"), "title");
        assert_eq!(local_name("http://www.w3.org/ns/dcat#theme"), "theme");
        assert_eq!(local_name("title"), "title");
        assert_eq!(local_name("odd:"), "odd:");
    }
}
