//! What a schema says of each place of a record, without judging: plain names, what is wanted, which keys there are.

use std::collections::BTreeMap;

use serde_json::Value as Json;

/// One place of a schema.
#[derive(Debug, Default)]
struct Shape {
    /// The plain name, from `title`.
    name: Option<String>,
    /// What is wanted there, from `description`.
    wanted: Option<String>,
    members: BTreeMap<String, usize>,
    items: Option<usize>,
    /// Places that say more of the same: references and alternatives.
    also: Vec<usize>,
    /// This place and all that say more of it and of each other, nearest first.
    all: Vec<usize>,
}

/// All places of a schema and of those it refers to; the first is the record.
#[derive(Debug)]
pub(super) struct Shapes {
    shapes: Vec<Shape>,
}

/// How far references and alternatives are followed for one answer.
const REACH: usize = 24;

/// Keywords whose schemas all speak of the same place.
const ALTERNATIVES: [&str; 3] = ["allOf", "anyOf", "oneOf"];
const CONDITIONS: [&str; 3] = ["if", "then", "else"];

impl Shapes {
    /// Reads a schema; `other` finds the schemas it refers to, by their `$id`.
    pub(super) fn of<'j>(schema: &'j Json, other: &dyn Fn(&str) -> Option<&'j Json>) -> Self {
        let mut reader = Reader {
            shapes: Vec::new(),
            known: BTreeMap::new(),
            waiting: Vec::new(),
        };
        reader.shape("", schema, "");
        // References are followed after the schema that holds them, so that circles end.
        while let Some((index, base, target)) = reader.waiting.pop() {
            let (file, pointer) = target.split_once('#').unwrap_or((&target, ""));
            let base = if file.is_empty() {
                base
            } else {
                file.to_owned()
            };
            let document = if base.is_empty() {
                Some(schema)
            } else {
                other(&base)
            };
            let Some(found) = document.and_then(|document| document.pointer(pointer)) else {
                continue;
            };
            let named = reader.shape(&base, found, pointer);
            if let Some(shape) = reader.shapes.get_mut(index) {
                shape.also.push(named);
            }
        }
        let mut shapes = Self {
            shapes: reader.shapes,
        };
        let all: Vec<_> = (0..shapes.shapes.len())
            .map(|index| shapes.reached(index))
            .collect();
        for (shape, all) in shapes.shapes.iter_mut().zip(all) {
            shape.all = all;
        }
        shapes
    }

    fn get(&self, index: usize) -> Option<&Shape> {
        self.shapes.get(index)
    }

    /// The shapes that speak of one place, nearest first.
    fn all(&self, index: usize) -> impl Iterator<Item = &Shape> {
        let all = self.get(index).map(|shape| &shape.all);
        all.into_iter()
            .flatten()
            .filter_map(|index| self.get(*index))
    }

    fn reached(&self, index: usize) -> Vec<usize> {
        let mut order = vec![index];
        let mut at = 0;
        while at < order.len() && order.len() < REACH {
            let also = order.get(at).and_then(|index| self.get(*index));
            for next in also.iter().flat_map(|shape| &shape.also) {
                if !order.contains(next) {
                    order.push(*next);
                }
            }
            at += 1;
        }
        order
    }

    /// The place of a member.
    pub(super) fn member(&self, index: usize, key: &str) -> Option<usize> {
        self.all(index)
            .find_map(|shape| shape.members.get(key).copied())
    }

    /// The place of the items of a list.
    pub(super) fn items(&self, index: usize) -> Option<usize> {
        self.all(index).find_map(|shape| shape.items)
    }

    /// The plain name of a place.
    pub(super) fn name(&self, index: usize) -> Option<&str> {
        self.all(index).find_map(|shape| shape.name.as_deref())
    }

    /// What is wanted in a place.
    pub(super) fn wanted(&self, index: usize) -> Option<&str> {
        self.all(index).find_map(|shape| shape.wanted.as_deref())
    }

    /// The keys that an object may have in a place and that are wanted, in their order.
    pub(super) fn keys(&self, index: usize, wanted: impl Fn(&str) -> bool) -> Vec<&str> {
        let mut keys: Vec<&str> = self
            .all(index)
            .flat_map(|shape| shape.members.keys().map(String::as_str))
            .filter(|key| wanted(key))
            .collect();
        keys.sort_unstable();
        keys.dedup();
        keys
    }
}

struct Reader {
    shapes: Vec<Shape>,
    known: BTreeMap<(String, String), usize>,
    /// References: who refers, in which file, to what.
    waiting: Vec<(usize, String, String)>,
}

impl Reader {
    /// Schemas are ours or were compiled before they come here, so their nesting is bounded by the reader of JSON.
    fn shape(&mut self, base: &str, schema: &Json, pointer: &str) -> usize {
        let place = (base.to_owned(), pointer.to_owned());
        if let Some(known) = self.known.get(&place) {
            return *known;
        }
        let index = self.shapes.len();
        self.known.insert(place, index);
        let text = |key: &str| schema.get(key).and_then(Json::as_str).map(str::to_owned);
        self.shapes.push(Shape {
            name: text("title"),
            wanted: text("description"),
            ..Shape::default()
        });
        if let Some(target) = text("$ref") {
            self.waiting.push((index, base.to_owned(), target));
        }
        let mut members = BTreeMap::new();
        for (key, inner) in schema
            .get("properties")
            .and_then(Json::as_object)
            .into_iter()
            .flatten()
        {
            let below = format!(
                "{pointer}/properties/{}",
                key.replace('~', "~0").replace('/', "~1")
            );
            members.insert(key.clone(), self.shape(base, inner, &below));
        }
        let items = schema
            .get("items")
            .filter(|items| items.is_object())
            .map(|items| self.shape(base, items, &format!("{pointer}/items")));
        let mut also = Vec::new();
        for keyword in ALTERNATIVES {
            let branches = schema.get(keyword).and_then(Json::as_array);
            for (at, branch) in branches.into_iter().flatten().enumerate() {
                also.push(self.shape(base, branch, &format!("{pointer}/{keyword}/{at}")));
            }
        }
        for keyword in CONDITIONS {
            if let Some(inner) = schema.get(keyword) {
                also.push(self.shape(base, inner, &format!("{pointer}/{keyword}")));
            }
        }
        if let Some(shape) = self.shapes.get_mut(index) {
            shape.members = members;
            shape.items = items;
            shape.also.extend(also);
        }
        index
    }
}

#[cfg(test)]
mod tests {
    use super::Shapes;
    use serde_json::json;

    #[test]
    fn finds_names_and_keys_behind_references_and_alternatives() {
        let schema = json!({
            "properties": {
                "publisher": {"title": "the publisher", "$ref": "#/$defs/agent"},
                "keyword": {"anyOf": [{"type": "string"}, {"type": "array", "items": {"title": "a keyword"}}]}
            },
            "$defs": {"agent": {"description": "an object with a name", "properties": {
                "name": {"title": "the publisher's name"},
                "parent": {"$ref": "#/$defs/agent"}
            }}}
        });
        let shapes = Shapes::of(&schema, &|_| None);
        let publisher = shapes.member(0, "publisher").expect("known");
        assert_eq!(shapes.name(publisher), Some("the publisher"));
        assert_eq!(shapes.wanted(publisher), Some("an object with a name"));
        let parent = shapes.member(publisher, "parent").expect("known");
        assert_eq!(shapes.keys(parent, |_| true), ["name", "parent"]);
        let keyword = shapes
            .member(0, "keyword")
            .and_then(|place| shapes.items(place));
        assert_eq!(
            keyword.and_then(|place| shapes.name(place)),
            Some("a keyword")
        );
    }
}
