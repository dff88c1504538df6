//! Data Package: files that cannot be found, keys that name fields and resources that are not there, and constraints that
//! contradict each other.

use std::collections::{BTreeMap, BTreeSet};

use super::{fault, lists, short};
use crate::lexicon::field::DataType;
use crate::lexicon::spelling;
use crate::model::Fault;
use crate::source::tree::{Kind, Value};

/// Everything in a package, or in a resource that stands alone, that leads nowhere.
pub(super) fn faults(record: Value<'_>) -> Vec<Fault> {
    let is_package = record.get("resources").is_some();
    let resources: Vec<Value<'_>> = if is_package {
        record
            .get("resources")
            .into_iter()
            .flat_map(Value::one_or_many)
            .collect()
    } else {
        vec![record]
    };
    let mut faults = Vec::new();
    lists(record, &LISTS, |text| !text.trim().is_empty(), &mut faults);
    if is_package {
        for resource in &resources {
            place(*resource, &mut faults);
        }
    }
    if let Some(none) = record.get("resources").filter(|_| resources.is_empty()) {
        faults.push(fault(none, "The package lists no resources".to_owned()));
    }
    let mut tables: BTreeMap<&str, Option<Value<'_>>> = BTreeMap::new();
    for resource in &resources {
        let Some(name) = resource.get("name") else {
            continue;
        };
        let Some(text) = name.as_str() else { continue };
        if is_package && tables.insert(text, resource.get("schema")).is_some() {
            faults.push(fault(
                name,
                format!("Two resources are called `{}`", short(text)),
            ));
        }
    }
    for resource in resources {
        if let Some(schema) = resource.get("schema").filter(|schema| schema.is_object()) {
            let table = Table {
                schema,
                fields: names(schema),
                tables: is_package.then_some(&tables),
            };
            table.faults(&mut faults);
        }
    }
    faults
}

/// Keys that hold lists, and what each is called.
const LISTS: [(&str, &str); 4] = [
    ("keywords", "list of keywords"),
    ("licenses", "list of licenses"),
    ("sources", "list of sources"),
    ("contributors", "list of contributors"),
];

/// Where the file of a resource is: beside the package or on the web, and nowhere else.
fn place(resource: Value<'_>, faults: &mut Vec<Fault>) {
    let name = resource.get("name").and_then(Value::as_str);
    let name = name.map_or_else(String::new, |name| format!(" `{}`", short(name)));
    let Some(path) = resource.get("path").filter(|path| !path.is_null()) else {
        if resource.is_object() && resource.get("data").is_none() {
            let url = resource.get("url").filter(|url| url.as_str().is_some());
            let mut found = fault(
                url.unwrap_or(resource),
                format!("The resource{name} has no `path` to its file"),
            );
            found.how = url.map(|_| "Call it `path`: `url` is of an old draft.".to_owned());
            faults.push(found);
        }
        return;
    };
    for (value, text) in listed(path) {
        let is_outside = text.starts_with(['/', '\\'])
            || text.split(['/', '\\']).any(|step| step == "..")
            || text.get(1..2) == Some(":");
        if is_outside {
            let mut found = fault(
                value,
                format!(
                    "The path `{}` leads out of the package, so nobody else has the file",
                    short(text)
                ),
            );
            found.how = Some(
                "Put the file into the package's folder and write its place there, or give its web address."
                    .to_owned(),
            );
            faults.push(found);
        }
    }
}

/// The types of Table Schema, versions 1 and 2.
const TYPES: [&str; 16] = [
    "any",
    "array",
    "boolean",
    "date",
    "datetime",
    "duration",
    "geojson",
    "geopoint",
    "integer",
    "list",
    "number",
    "object",
    "string",
    "time",
    "year",
    "yearmonth",
];

/// Parts of the names and addresses by which the standard calls its own profiles.
const PROFILES: [&str; 5] = [
    "data-package",
    "data-resource",
    "table-schema",
    "datapackage",
    "tableschema",
];

/// Types of fields that the standard does not have. A profile of somebody's own may have types of its own.
pub(super) fn types(record: Value<'_>, faults: &mut Vec<Fault>) {
    let resources = record.get("resources").into_iter().flat_map(Value::items);
    for resource in std::iter::once(record).chain(resources) {
        let Some(schema) = resource.get("schema") else {
            continue;
        };
        if [record, resource, schema].into_iter().any(has_own_profile) {
            continue;
        }
        for field in fields(schema) {
            faults.extend(foreign_type(field));
        }
    }
}

fn has_own_profile(value: Value<'_>) -> bool {
    ["profile", "$schema"]
        .iter()
        .filter_map(|key| value.get(key)?.as_str())
        .any(|profile| !PROFILES.iter().any(|ours| profile.contains(ours)))
}

fn foreign_type(field: Value<'_>) -> Option<Fault> {
    let value = field.get("type")?;
    let text = value.as_str()?.trim();
    if text.is_empty() || TYPES.contains(&text) {
        return None;
    }
    let name = field.get("name").and_then(Value::as_str);
    let whose = name.map_or_else(
        || "A field".to_owned(),
        |name| format!("The field `{}`", short(name)),
    );
    let mut found = fault(
        value,
        format!(
            "{whose} has the type `{}`, which Table Schema does not have",
            short(text)
        ),
    );
    found.how = Some(match nearest_type(text) {
        Some(meant) => format!("Write `{meant}`."),
        None => "Write `string`, `number`, `integer`, `boolean` or `date`, or `any` where none of the standard's types fits.".to_owned(),
    });
    Some(found)
}

/// The standard's word for what another program calls a type.
fn nearest_type(text: &str) -> Option<&'static str> {
    let small = text.to_lowercase();
    let same = TYPES.into_iter().find(|it| *it == small);
    same.or_else(|| match DataType::parse(text) {
        DataType::Text | DataType::Url | DataType::Email | DataType::File => Some("string"),
        DataType::Integer => Some("integer"),
        DataType::Number | DataType::Money | DataType::Percent => Some("number"),
        DataType::Boolean => Some("boolean"),
        DataType::Date => Some("date"),
        DataType::DateTime => Some("datetime"),
        DataType::Time => Some("time"),
        DataType::Point => Some("geopoint"),
        DataType::Line | DataType::Polygon | DataType::Geometry => Some("geojson"),
        DataType::Object => Some("object"),
        DataType::Array => Some("array"),
        DataType::Unknown => spelling::slip_for(&small, TYPES),
    })
}

/// The names of a schema's fields.
fn names(schema: Value<'_>) -> BTreeSet<&str> {
    fields(schema)
        .filter_map(|field| field.get("name")?.as_str())
        .collect()
}

fn fields<'t>(schema: Value<'t>) -> impl Iterator<Item = Value<'t>> {
    schema.get("fields").into_iter().flat_map(Value::items)
}

/// The texts of a key: one name or a list of them.
fn listed<'t>(key: Value<'t>) -> impl Iterator<Item = (Value<'t>, &'t str)> {
    key.one_or_many()
        .filter_map(|value| Some((value, value.as_str()?)))
}

struct Table<'a, 't> {
    schema: Value<'t>,
    fields: BTreeSet<&'t str>,
    /// The resources of the package by their names, each with its schema; nothing for a resource that stands alone.
    tables: Option<&'a BTreeMap<&'t str, Option<Value<'t>>>>,
}

impl Table<'_, '_> {
    fn faults(&self, faults: &mut Vec<Fault>) {
        for field in fields(self.schema) {
            constraints(field, faults);
        }
        let none = self
            .schema
            .get("fields")
            .filter(|fields| fields.kind() == Kind::Array && fields.items().next().is_none());
        if let Some(none) = none {
            faults.push(fault(none, "The schema lists no fields".to_owned()));
        }
        let values = [("missingValues", "list of missing values")];
        lists(self.schema, &values, |_| true, faults);
        // Without fields nothing can be looked up.
        if self.fields.is_empty() {
            return;
        }
        if let Some(key) = self.schema.get("primaryKey") {
            self.known(key, "The primary key", faults);
        }
        for key in self
            .schema
            .get("uniqueKeys")
            .into_iter()
            .flat_map(Value::items)
        {
            self.known(key, "A unique key", faults);
        }
        for key in self
            .schema
            .get("foreignKeys")
            .into_iter()
            .flat_map(Value::one_or_many)
        {
            self.foreign(key, faults);
        }
    }

    fn known(&self, key: Value<'_>, whose: &str, faults: &mut Vec<Fault>) {
        for (value, name) in listed(key).filter(|(_, name)| !self.fields.contains(name)) {
            faults.push(fault(
                value,
                format!(
                    "{whose} names the field `{}`, which the schema does not have",
                    short(name)
                ),
            ));
        }
    }

    fn foreign(&self, key: Value<'_>, faults: &mut Vec<Fault>) {
        let Some(own) = key.get("fields") else { return };
        self.known(own, "A foreign key", faults);
        let Some(reference) = key
            .get("reference")
            .filter(|reference| reference.is_object())
        else {
            return;
        };
        let Some(other) = reference.get("fields") else {
            return;
        };
        let (here, there) = (listed(own).count(), listed(other).count());
        if here != there {
            faults.push(fault(
                other,
                format!(
                    "A foreign key has {here} {} and refers to {there}",
                    if here == 1 { "field" } else { "fields" }
                ),
            ));
            return;
        }
        let resource = reference.get("resource");
        let name = resource.and_then(Value::as_str).unwrap_or_default();
        if name.is_empty() {
            self.known(other, "A foreign key that refers to its own table", faults);
            return;
        }
        // A reference into another package cannot be followed.
        let is_elsewhere = ["datapackage", "package"]
            .iter()
            .any(|key| reference.get(key).is_some());
        let Some(tables) = self.tables.filter(|_| !is_elsewhere) else {
            return;
        };
        match tables.get(name) {
            None => faults.push(fault(
                resource.unwrap_or(reference),
                format!(
                    "A foreign key refers to the resource `{}`, which the package does not have",
                    short(name)
                ),
            )),
            Some(schema) => {
                let Some(schema) = schema.filter(|schema| schema.is_object()) else {
                    return;
                };
                let known = names(schema);
                for (value, field) in
                    listed(other).filter(|(_, field)| !known.is_empty() && !known.contains(field))
                {
                    faults.push(fault(
                        value,
                        format!(
                            "A foreign key refers to the field `{}`, which the resource `{}` does not have",
                            short(field),
                            short(name)
                        ),
                    ));
                }
            }
        }
    }
}

/// Constraints that no value can meet.
fn constraints(field: Value<'_>, faults: &mut Vec<Fault>) {
    let Some(constraints) = field.get("constraints") else {
        return;
    };
    let name = field
        .get("name")
        .and_then(Value::as_str)
        .unwrap_or_default();
    for (least, most, what) in [
        ("minLength", "maxLength", "length"),
        ("minimum", "maximum", "value"),
    ] {
        let number = |key: &str| constraints.get(key).and_then(Value::as_f64);
        if let (Some(low), Some(high)) = (number(least), number(most))
            && low > high
            && let Some(at) = constraints.get(least)
        {
            faults.push(fault(
                at,
                format!(
                    "The smallest {what} of the field `{}` is greater than its greatest, so no value fits",
                    short(name)
                ),
            ));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::said;
    use super::{Fault, Value, faults, types};

    const PACKAGE: &str = r#"{"resources": [
        {"name": "trees", "path": "trees.csv", "schema": {"fields": [{"name": "id"}, {"name": "street"}], "primaryKey": "id",
         "foreignKeys": [{"fields": "street", "reference": {"resource": "streets", "fields": "code"}}]}},
        {"name": "streets", "path": "streets.csv", "schema": {"fields": [{"name": "code"}]}}]}"#;

    #[test]
    fn a_package_whose_keys_lead_somewhere_has_no_faults() {
        assert_eq!(said(PACKAGE, faults), Vec::<String>::new());
    }

    #[test]
    fn names_keys_that_lead_nowhere() {
        let broken = PACKAGE
            .replace(
                "\"primaryKey\": \"id\"",
                "\"primaryKey\": [\"id\", \"tree\"]",
            )
            .replace("\"fields\": \"code\"", "\"fields\": \"kode\"");
        assert_eq!(
            said(&broken, faults),
            [
                "The primary key names the field `tree`, which the schema does not have",
                "A foreign key refers to the field `kode`, which the resource `streets` does not have"
            ]
        );
        let broken = PACKAGE.replace("\"name\": \"streets\"", "\"name\": \"trees\"");
        assert_eq!(
            said(&broken, faults),
            [
                "Two resources are called `trees`",
                "A foreign key refers to the resource `streets`, which the package does not have"
            ]
        );
    }

    #[test]
    fn a_foreign_key_has_as_many_fields_here_as_there() {
        let broken = PACKAGE.replace("\"fields\": \"code\"", "\"fields\": [\"code\", \"name\"]");
        assert_eq!(
            said(&broken, faults),
            ["A foreign key has 1 field and refers to 2"]
        );
    }

    #[test]
    fn another_package_and_a_lone_resource_are_not_followed() {
        let elsewhere = PACKAGE.replace(
            "\"resource\": \"streets\"",
            "\"package\": \"https://data.example/p.json\", \"resource\": \"roads\"",
        );
        assert_eq!(said(&elsewhere, faults), Vec::<String>::new());
        let alone = r#"{"name": "trees", "path": "trees.csv", "schema": {"fields": [{"name": "street"}],
            "foreignKeys": [{"fields": "street", "reference": {"resource": "streets", "fields": "code"}}]}}"#;
        assert_eq!(said(alone, faults), Vec::<String>::new());
    }

    #[test]
    fn files_are_beside_the_package_or_on_the_web() {
        for (path, says) in [
            (r#""path": "data/trees.csv""#, None),
            (r#""path": "https://data.example/trees.csv""#, None),
            (r#""path": ["a.csv", "b.csv"]"#, None),
            (r#""data": [1]"#, None),
            (
                r#""path": "/srv/trees.csv""#,
                Some("leads out of the package"),
            ),
            (
                r#""path": "../trees.csv""#,
                Some("leads out of the package"),
            ),
            (
                r#""path": "C:\\trees.csv""#,
                Some("leads out of the package"),
            ),
            (
                r#""url": "https://data.example/trees.csv""#,
                Some("no `path`"),
            ),
        ] {
            let package = format!(r#"{{"resources": [{{"name": "trees", {path}}}]}}"#);
            let said = said(&package, faults);
            match says {
                Some(says) => assert!(said.iter().any(|it| it.contains(says)), "{path}: {said:?}"),
                None => assert_eq!(said, Vec::<String>::new(), "{path}"),
            }
        }
        assert_eq!(
            said(r#"{"resources": [], "keywords": "trees, shade"}"#, faults),
            [
                "The list of keywords is a text; a list is wanted, even for one",
                "The package lists no resources"
            ]
        );
    }

    #[test]
    fn no_value_fits_a_length_between_nine_and_two() {
        let table = r#"{"path": "a.csv", "schema": {"fields": [{"name": "a", "constraints": {"minLength": 9, "maxLength": 2}}]}}"#;
        assert_eq!(
            said(table, faults),
            ["The smallest length of the field `a` is greater than its greatest, so no value fits"]
        );
    }

    #[test]
    fn types_of_other_programs_are_told_with_the_right_one() {
        fn check(record: Value<'_>) -> Vec<Fault> {
            let mut found = Vec::new();
            types(record, &mut found);
            found
        }
        let record = |kind: &str| {
            format!(
                r#"{{"resources": [{{"path": "a.csv", "schema": {{"fields": [{{"name": "height", "type": "{kind}"}}, {{"name": "x"}}]}}}}]}}"#
            )
        };
        for (kind, meant) in [
            ("int", "Write `integer`."),
            ("Integer", "Write `integer`."),
            ("float64", "Write `number`."),
            ("varchar(20)", "Write `string`."),
            ("timestamp", "Write `datetime`."),
            ("bool", "Write `boolean`."),
            ("yaer", "Write `year`."),
        ] {
            let bounds = crate::source::Bounds::default();
            let text = record(kind);
            let tree = crate::source::tree::Tree::parse(&text, &bounds).expect("valid");
            let [found] = check(tree.root()).try_into().expect("one");
            let wanted = format!(
                "The field `height` has the type `{kind}`, which Table Schema does not have"
            );
            assert_eq!(found.message, wanted);
            assert_eq!(found.how.as_deref(), Some(meant), "{kind}");
        }
        for kind in ["integer", "any", "geojson", "list", "yearmonth", ""] {
            assert_eq!(said(&record(kind), check), Vec::<String>::new(), "{kind}");
        }
        // What a profile of somebody's own means by a type is theirs to say.
        let own = record("sample").replace(
            "\"path\"",
            "\"profile\": \"https://lab.example/assay.json\", \"path\"",
        );
        assert_eq!(said(&own, check), Vec::<String>::new());
        assert_eq!(said(&record("sample"), check).len(), 1);
    }
}
