//! Croissant: references between files, record sets and fields that lead nowhere, and keys that the context leaves out.

use std::collections::{BTreeMap, BTreeSet};

use super::{fault, short};
use crate::format::linked;
use crate::model::Fault;
use crate::schema::local_name;
use crate::source::tree::{Kind, Value};

/// Everything in a dataset that refers to something that is not there, or that tools cannot see.
pub(super) fn faults(record: Value<'_>) -> Vec<Fault> {
    let mut faults = Vec::new();
    unknown_words(record, &mut faults);
    let nodes = Nodes::of(record);
    for file in files(record) {
        for holder in many(file, "containedIn") {
            nodes.check(holder, "A file is contained in", &mut faults);
        }
    }
    faults.extend(checksums(record));
    for set in record_sets(record) {
        record_set(set, &nodes, &mut faults);
    }
    doubled_identifiers(record, &mut faults);
    faults
}

/// Checksums of another length than SHA-256 has: the first of them, and how many there are.
fn checksums(record: Value<'_>) -> Option<Fault> {
    let is_none = |value: &Value<'_>| {
        let text = value.as_str().unwrap_or_default().trim();
        let is_one = text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        !is_one && !text.is_empty()
    };
    let mut wrong = files(record)
        .filter_map(|file| get(file, "sha256"))
        .filter(is_none);
    let first = wrong.next()?;
    let more = match wrong.count() {
        0 => String::new(),
        1 => " (1 more is like it)".to_owned(),
        more => format!(" ({more} more are like it)"),
    };
    let message = format!(
        "The checksum `{}` is none of SHA-256, which has 64 digits from 0 to f{more}",
        short(first.as_str().unwrap_or_default())
    );
    let mut found = fault(first, message);
    found.how = Some("Put the file's own SHA-256 there; an MD5 belongs under `md5`.".to_owned());
    Some(found)
}

/// Two files, record sets or fields with one identifier: a reference to it may mean either.
fn doubled_identifiers(record: Value<'_>, faults: &mut Vec<Fault>) {
    let mut known = BTreeSet::new();
    let sets: Vec<_> = record_sets(record).collect();
    let fields = sets.iter().flat_map(|set| many(*set, "field"));
    for node in files(record).chain(sets.iter().copied()).chain(fields) {
        let Some(id) = node.get("@id").filter(|_| node.members().count() > 1) else {
            continue;
        };
        if let Some(text) = id.as_str()
            && !known.insert(text)
        {
            faults.push(fault(
                id,
                format!(
                    "Two parts of the record have the identifier `{}`",
                    short(text)
                ),
            ));
        }
    }
}

/// Names that other systems have for types, and what schema.org calls them.
const TYPES: [(&str, &str); 9] = [
    ("Bool", "Boolean"),
    ("Char", "Text"),
    ("Datetime", "DateTime"),
    ("Double", "Float"),
    ("Int", "Integer"),
    ("Long", "Integer"),
    ("Str", "Text"),
    ("String", "Text"),
    ("Timestamp", "DateTime"),
];

/// A type of values that schema.org does not have.
fn unknown_type(field: Value<'_>, faults: &mut Vec<Fault>) {
    for value in many(field, "dataType") {
        let Some(text) = value.as_str() else { continue };
        let Some(name) = text.strip_prefix("sc:") else {
            continue;
        };
        if let Some((_, right)) = TYPES.iter().find(|(it, _)| it.eq_ignore_ascii_case(name)) {
            // `Datetime` is only spelt in another way.
            if *right == name {
                continue;
            }
            let mut found = fault(
                value,
                format!("The type `{text}` is none of schema.org's; `sc:{right}` is"),
            );
            found.how = Some(format!("Write `sc:{right}`."));
            faults.push(found);
        }
    }
}

/// What tools can do without, but the profile asks for: identifiers and checksums.
pub(super) fn of_profile(record: Value<'_>) -> Vec<Fault> {
    let mut faults = Vec::new();
    let has_identifiers = is_version_1(record);
    for file in files(record) {
        if has_identifiers {
            identified(file, "file", &mut faults);
        }
        if get(record, "isLiveDataset").and_then(Value::as_bool) != Some(true) {
            checksum(file, &mut faults);
        }
    }
    for set in record_sets(record).filter(|_| has_identifiers) {
        for field in many(set, "field") {
            identified(field, "field", &mut faults);
        }
    }
    faults
}

fn files(record: Value<'_>) -> impl Iterator<Item = Value<'_>> {
    many(record, "distribution").filter(|file| file.is_object())
}

fn record_sets(record: Value<'_>) -> impl Iterator<Item = Value<'_>> {
    many(record, "recordSet").filter(|set| set.is_object())
}

/// Whether a record says that it follows Croissant 1, where nodes have identifiers; drafts before it used names.
fn is_version_1(record: Value<'_>) -> bool {
    many(record, "conformsTo").any(|value| {
        let address = if value.is_object() {
            value.get("@id")
        } else {
            Some(value)
        };
        address
            .and_then(Value::as_str)
            .is_some_and(|text| text.contains("mlcommons.org/croissant/1."))
    })
}

fn identified(node: Value<'_>, what: &str, faults: &mut Vec<Fault>) {
    if node.is_object() && node.get("@id").is_none() {
        let name = label(node).map_or(String::new(), |name| format!(" `{}`", short(name)));
        faults.push(fault(
            node,
            format!("The {what}{name} has no identifier (`@id`), by which other parts refer to it"),
        ));
    }
}

/// A download that does not change can be checked; files inside another are checked with it.
fn checksum(file: Value<'_>, faults: &mut Vec<Fault>) {
    let is_download = many(file, "@type")
        .any(|value| value.as_str().is_some_and(|it| it.ends_with("FileObject")));
    let has = |key: &str| get(file, key).is_some();
    if is_download
        && has("contentUrl")
        && !["sha256", "md5", "containedIn"].iter().any(|key| has(key))
    {
        faults.push(fault(
            file,
            format!(
                "The file `{}` has no checksum (`sha256`), so nobody can tell whether it came through whole",
                short(label(file).unwrap_or_default())
            ),
        ));
    }
}

fn get<'t>(value: Value<'t>, key: &str) -> Option<Value<'t>> {
    linked::get(value, key).or_else(|| {
        value
            .members()
            .find(|(name, _)| local_name(name) == key)
            .map(|(_, member)| member)
    })
}

fn many<'t>(value: Value<'t>, key: &str) -> impl Iterator<Item = Value<'t>> {
    get(value, key).into_iter().flat_map(Value::one_or_many)
}

/// What a node is called in references: its identifier since 1.0, its name in 0.8.
fn label(node: Value<'_>) -> Option<&str> {
    ["@id", "name"]
        .iter()
        .find_map(|key| get(node, key)?.as_str())
}

/// The words of Croissant that a record cannot do without once it uses them.
const WORDS: [&str; 11] = [
    "column",
    "dataType",
    "extract",
    "field",
    "fileProperty",
    "includes",
    "parentField",
    "recordSet",
    "references",
    "source",
    "subField",
];

/// Words in use that the context does not define: tools that read JSON-LD do not see them.
fn unknown_words(record: Value<'_>, faults: &mut Vec<Fault>) {
    // A context elsewhere cannot be read; a list may hold one.
    let Some(context) = record.get("@context").filter(|context| context.is_object()) else {
        return;
    };
    let vocabulary = context
        .get("@vocab")
        .and_then(Value::as_str)
        .unwrap_or_default();
    if !vocabulary.contains("schema.org") {
        return;
    }
    let mut missing: BTreeMap<&str, Value<'_>> = BTreeMap::new();
    let mut waiting = vec![record];
    while let Some(value) = waiting.pop() {
        waiting.extend(value.items());
        for (key, member) in value.members() {
            // Records kept in the metadata have keys of their own.
            if matches!(key, "@context" | "data" | "examples") {
                continue;
            }
            if WORDS.contains(&key) && context.get(key).is_none() {
                missing.entry(key).or_insert(member);
            }
            waiting.push(member);
        }
    }
    for (key, value) in missing {
        faults.push(fault(
            value,
            format!(
                "The context (`@context`) does not say what `{key}` means, so tools do not see it"
            ),
        ));
    }
}

/// What references can lead to.
struct Nodes<'t> {
    files: BTreeSet<&'t str>,
    sets: BTreeSet<&'t str>,
    /// Fields by their identifiers, and as `record set/field`.
    fields: BTreeSet<String>,
}

impl<'t> Nodes<'t> {
    fn of(record: Value<'t>) -> Self {
        let mut nodes = Self {
            files: many(record, "distribution").filter_map(label).collect(),
            sets: many(record, "recordSet").filter_map(label).collect(),
            fields: BTreeSet::new(),
        };
        for set in many(record, "recordSet").filter(|set| set.is_object()) {
            let whole = label(set).unwrap_or_default();
            let mut waiting: Vec<(Value<'t>, String)> = many(set, "field")
                .map(|field| (field, whole.to_owned()))
                .collect();
            while let Some((field, above)) = waiting.pop() {
                let names = ["@id", "name"]
                    .iter()
                    .filter_map(|key| get(field, key)?.as_str());
                for name in names {
                    nodes.fields.insert(name.to_owned());
                    // Keys name fields by the end of their identifier as well.
                    nodes
                        .fields
                        .extend(name.rsplit('/').next().map(str::to_owned));
                    nodes.fields.insert(format!("{above}/{name}"));
                    nodes.fields.insert(format!("{whole}/{name}"));
                }
                let path = format!("{above}/{}", label(field).unwrap_or_default());
                // Paths of fields inside fields stay short, however deep a record is built.
                if path.len() < 1_000 {
                    waiting.extend(many(field, "subField").map(|inner| (inner, path.clone())));
                }
            }
        }
        nodes
    }

    fn knows(&self, name: &str) -> bool {
        self.files.contains(name) || self.sets.contains(name) || self.fields.contains(name)
    }

    /// One reference: a name, `{"@id": …}`, or an object that names a file.
    fn check(&self, reference: Value<'_>, what: &str, faults: &mut Vec<Fault>) {
        let target = if reference.is_object() {
            let inner = ["@id", "fileObject", "fileSet"]
                .iter()
                .find_map(|key| get(reference, key));
            match inner {
                Some(inner) if inner.is_object() => inner.get("@id"),
                other => other,
            }
        } else {
            Some(reference)
        };
        let Some((target, name)) = target.and_then(|target| Some((target, target.as_str()?)))
        else {
            return;
        };
        // The first drafts wrote `#{file/column}`, and an address leads out of the record.
        if name.is_empty() || name.contains("#{") || name.contains("://") || self.knows(name) {
            return;
        }
        faults.push(fault(
            target,
            format!("{what} `{}`, which is not in this record", short(name)),
        ));
    }
}

/// Where a value is taken from, and the words for a reference that fails.
const ORIGINS: [&str; 5] = [
    "fileObject",
    "fileSet",
    "distribution",
    "field",
    "recordSet",
];

/// Records kept in the metadata have the fields of their record set as keys.
fn kept_records(set: Value<'_>, faults: &mut Vec<Fault>) {
    let Some(data) = get(set, "data").filter(|data| data.kind() == Kind::Array) else {
        return;
    };
    let mut fields = BTreeSet::new();
    for field in many(set, "field") {
        for name in ["@id", "name"]
            .iter()
            .filter_map(|key| get(field, key)?.as_str())
        {
            fields.insert(name);
            fields.extend(name.rsplit('/').next());
        }
    }
    if fields.is_empty() {
        return;
    }
    let whole = label(set).unwrap_or_default();
    let mut seen = BTreeSet::new();
    for (key, value) in data.items().flat_map(Value::members) {
        let is_known = key.starts_with('@')
            || fields.contains(key)
            || key
                .strip_prefix(whole)
                .is_some_and(|rest| fields.contains(rest.trim_start_matches('/')));
        if !is_known && seen.insert(key) {
            faults.push(fault(
                value,
                format!(
                    "A record of the record set `{}` has the key `{}`, which is none of its fields",
                    short(whole),
                    short(key)
                ),
            ));
        }
    }
}

fn record_set(set: Value<'_>, nodes: &Nodes<'_>, faults: &mut Vec<Fault>) {
    kept_records(set, faults);
    let mut origins: BTreeSet<String> = BTreeSet::new();
    let mut is_joined = false;
    let has_data = ["data", "source", "examples"]
        .iter()
        .any(|key| get(set, key).is_some());
    for key in many(set, "key") {
        nodes.check(key, "The key of a record set names", faults);
    }
    let mut waiting: Vec<(Value<'_>, bool)> =
        many(set, "field").map(|field| (field, false)).collect();
    waiting.reverse();
    while let Some((field, is_inner)) = waiting.pop() {
        if field.kind() != Kind::Object {
            continue;
        }
        let parent = get(field, "parentField");
        for holder in [Some(field), parent].into_iter().flatten() {
            for reference in many(holder, "references") {
                is_joined = true;
                origin(reference, nodes, "A field refers to", faults);
            }
        }
        for source in many(field, "source") {
            origins.extend(origin(
                source,
                nodes,
                "A field takes its values from",
                faults,
            ));
        }
        unknown_type(field, faults);
        let inner: Vec<_> = many(field, "subField").collect();
        explained(field, !inner.is_empty(), is_inner || has_data, faults);
        waiting.extend(inner.into_iter().map(|field| (field, true)));
    }
    // A field that repeats another of its own record set brings no rows of its own.
    origins.remove(label(set).unwrap_or_default());
    if origins.len() > 1 && !is_joined {
        let names: Vec<String> = origins
            .iter()
            .take(3)
            .map(|name| format!("`{}`", short(name)))
            .collect();
        faults.push(fault(
            set,
            format!(
                "The record set `{}` takes values from {} without saying how their rows belong together (`references`)",
                short(label(set).unwrap_or_default()),
                names.join(" and ")
            ),
        ));
    }
}

/// A field says where its values come from and of which type they are, unless something else says it.
fn explained(field: Value<'_>, has_inner: bool, is_given: bool, faults: &mut Vec<Fault>) {
    let name = short(label(field).unwrap_or_default());
    let has = |key: &str| get(field, key).is_some();
    if !has_inner
        && !is_given
        && !["source", "value", "data", "references"]
            .iter()
            .any(|key| has(key))
    {
        faults.push(fault(
            field,
            format!("The field `{name}` does not say where its values come from (`source`)"),
        ));
    }
    // A field that repeats another field has its type.
    let repeats = many(field, "source").any(|source| get(source, "field").is_some());
    if !has_inner
        && !is_given
        && !repeats
        && !has("dataType")
        && !has("references")
        && !has("equivalentProperty")
    {
        faults.push(fault(
            field,
            format!("The field `{name}` does not say which type its values have (`dataType`)"),
        ));
    }
}

/// Checks what a source or a reference names, and gives the file or record set behind it.
fn origin(
    source: Value<'_>,
    nodes: &Nodes<'_>,
    what: &str,
    faults: &mut Vec<Fault>,
) -> Vec<String> {
    if !source.is_object() {
        nodes.check(source, what, faults);
        return Vec::new();
    }
    let mut found = Vec::new();
    for key in ORIGINS {
        for target in many(source, key) {
            nodes.check(target, what, faults);
            let name = if target.is_object() {
                target.get("@id")
            } else {
                Some(target)
            };
            if let Some(name) = name
                .and_then(Value::as_str)
                .filter(|name| nodes.knows(name))
            {
                // Fields of one record set come from one place.
                let origin = if key == "field" {
                    name.split('/').next().unwrap_or(name)
                } else {
                    name
                };
                found.push(origin.to_owned());
            }
        }
    }
    if found.is_empty() && source.get("@id").is_some() {
        nodes.check(source, what, faults);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::said;
    use super::{faults, of_profile};

    const CONTEXT: &str = r#""@context": {"@vocab": "https://schema.org/", "cr": "http://mlcommons.org/croissant/",
        "column": "cr:column", "dataType": {"@id": "cr:dataType"}, "extract": "cr:extract", "field": "cr:field",
        "recordSet": "cr:recordSet", "references": "cr:references", "source": "cr:source"}"#;

    fn record(body: &str) -> String {
        format!("{{{CONTEXT}, \"name\": \"trees\", {body}}}")
    }

    const GOOD: &str = r#""distribution": [{"@id": "trees.zip"}, {"@id": "trees.csv", "containedIn": {"@id": "trees.zip"}}],
        "recordSet": [{"@id": "trees", "key": {"@id": "trees/id"}, "field": [
            {"@id": "trees/id", "dataType": "sc:Text", "source": {"fileObject": {"@id": "trees.csv"}, "extract": {"column": "id"}}},
            {"@id": "trees/copy", "source": {"field": {"@id": "trees/id"}}}]}]"#;

    #[test]
    fn types_checksums_and_identifiers_are_what_they_claim_to_be() {
        let record = r#"{"distribution": [{"@id": "a", "name": "a", "sha256": "abc"}, {"@id": "a", "name": "b"}],
            "recordSet": {"@id": "r", "field": [{"@id": "r/x", "dataType": "sc:String", "source": {"fileObject": {"@id": "a"}}}]}}"#;
        assert_eq!(
            said(record, faults),
            [
                "The checksum `abc` is none of SHA-256, which has 64 digits from 0 to f",
                "The type `sc:String` is none of schema.org's; `sc:Text` is",
                "Two parts of the record have the identifier `a`"
            ]
        );
    }

    #[test]
    fn a_record_whose_references_lead_somewhere_has_no_faults() {
        assert_eq!(said(&record(GOOD), faults), Vec::<String>::new());
    }

    #[test]
    fn names_files_and_fields_that_are_not_there() {
        let broken = record(&GOOD.replace(
            "\"containedIn\": {\"@id\": \"trees.zip\"}",
            "\"containedIn\": \"tree.zip\"",
        ));
        assert_eq!(
            said(&broken, faults),
            ["A file is contained in `tree.zip`, which is not in this record"]
        );
        let broken = record(&GOOD.replace(
            "{\"field\": {\"@id\": \"trees/id\"}}",
            "{\"field\": {\"@id\": \"trees/no\"}}",
        ));
        assert_eq!(
            said(&broken, faults),
            ["A field takes its values from `trees/no`, which is not in this record"]
        );
    }

    #[test]
    fn a_field_says_where_its_values_come_from_and_which_type_they_have() {
        let broken = record(r#""recordSet": {"name": "trees", "field": {"name": "height"}}"#);
        assert_eq!(
            said(&broken, faults),
            [
                "The field `height` does not say where its values come from (`source`)",
                "The field `height` does not say which type its values have (`dataType`)"
            ]
        );
    }

    #[test]
    fn records_from_two_files_say_how_their_rows_belong_together() {
        let two = r#""distribution": [{"name": "a"}, {"name": "b"}], "recordSet": [{"name": "both", "field": [
            {"name": "x", "dataType": "sc:Text", "source": {"distribution": "a", "extract": {"column": "x"}}},
            {"name": "y", "dataType": "sc:Text", "source": {"distribution": "b", "extract": {"column": "y"}}JOIN}]}]"#;
        assert_eq!(
            said(&record(&two.replace("JOIN", "")), faults),
            [
                "The record set `both` takes values from `a` and `b` without saying how their rows belong together (`references`)"
            ]
        );
        let joined = two.replace(
            "JOIN",
            r#", "references": {"distribution": "a", "extract": {"column": "x"}}"#,
        );
        assert_eq!(said(&record(&joined), faults), Vec::<String>::new());
    }

    #[test]
    fn a_download_has_a_checksum_and_in_version_1_an_identifier() {
        let file = r#""distribution": {"@type": "cr:FileObject", "name": "trees.csv", "contentUrl": "trees.csv"}"#;
        let expected = "The file `trees.csv` has no checksum (`sha256`), so nobody can tell whether it came through whole";
        assert_eq!(said(&record(file), of_profile), [expected]);
        let first = format!("{file}, \"conformsTo\": \"http://mlcommons.org/croissant/1.0\"");
        assert_eq!(
            said(&record(&first), of_profile),
            [
                "The file `trees.csv` has no identifier (`@id`), by which other parts refer to it",
                expected
            ]
        );
        let live = format!("{file}, \"isLiveDataset\": true");
        assert_eq!(said(&record(&live), of_profile), Vec::<String>::new());
    }

    #[test]
    fn records_in_the_metadata_have_the_fields_of_their_set() {
        let set = r#""recordSet": {"name": "sizes", "field": [{"name": "code", "dataType": "sc:Text"}, {"name": "label", "dataType": "sc:Text"}],
            "data": [{"code": "S", "label": "small"}, {"sizes/code": "M", "sizes/label": "middle"}]}"#;
        assert_eq!(said(&record(set), faults), Vec::<String>::new());
        let broken = record(&set.replace("\"label\": \"small\"", "\"name\": \"small\""));
        assert_eq!(
            said(&broken, faults),
            ["A record of the record set `sizes` has the key `name`, which is none of its fields"]
        );
    }

    #[test]
    fn a_word_that_the_context_leaves_out_is_not_seen_by_tools() {
        let broken = record(GOOD).replace("\"source\": \"cr:source\"", "\"x\": \"cr:x\"");
        assert_eq!(
            said(&broken, faults),
            ["The context (`@context`) does not say what `source` means, so tools do not see it"]
        );
        // A context elsewhere cannot be read.
        let elsewhere = record(GOOD).replace(
            CONTEXT,
            "\"@context\": \"http://mlcommons.org/croissant/1.0\"",
        );
        assert_eq!(said(&elsewhere, faults), Vec::<String>::new());
    }
}
