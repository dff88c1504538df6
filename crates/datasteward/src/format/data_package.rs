//! Data Package, version 1 and 2 (`datapackage.json`), and a data resource alone.

use super::{Format, Surroundings, slots};
use crate::lexicon::roles::{DataType, is_system};
use crate::model::{
    Agent, AgentKind, Column, Columns, Contact, Dataset, Distribution, Held, License, Origin, Slot,
    ValueItem,
};
use crate::source::tree::{Kind, Value};

const REFRESH: &str = "A Data Package has no place for the refresh rate: write a sentence \"Refresh rate: Monthly.\" into the description";
const LIMITS: &str = "A Data Package has no place for limitations: write a paragraph \"Limitations: …\" into the description";
const UNIT: &str =
    "A Table Schema has no place for units: write the unit into the description of the field";

pub(super) static FORMAT: Format = Format {
    id: "data-package",
    name: "Data Package",
    known_by: "`resources` with a `path` or `data`, in JSON or YAML",
    containers: &[],
    json_in_strings: &[],
    detect,
    read,
    known_keys: &[
        "$schema",
        "bibliographicCitation",
        "bytes",
        "contributors",
        "created",
        "data",
        "description",
        "dialect",
        "encoding",
        "format",
        "hash",
        "homepage",
        "id",
        "image",
        "keywords",
        "licenses",
        "mediatype",
        "name",
        "owidTags",
        "path",
        "profile",
        "resources",
        "schema",
        "sources",
        "spatial",
        "temporal",
        "title",
        "updated_at",
        "lastUpdated",
        "version",
    ],
};

fn detect(record: Value<'_>, _: &Surroundings<'_>) -> Option<&'static str> {
    if let Some(resources) = record.get("resources") {
        let mut items = resources.items().peekable();
        let is_package = is_named_package(record);
        let listed = (is_package && resources.kind() == Kind::Array)
            || (items.peek().is_some() && items.all(is_resource));
        // Other software lists files too: something must be said of the package or of a table.
        let own = [
            "title",
            "description",
            "licenses",
            "sources",
            "profile",
            "$schema",
        ];
        let said = own.iter().any(|key| record.get(key).is_some())
            || resources.items().any(|item| item.get("schema").is_some());
        return (listed && said)
            .then_some("it has `resources` with a `path` or `data`, as a Data Package lists them");
    }
    let fields = record.path(&["schema", "fields"]);
    let is_table = fields.is_some_and(|fields| fields.items().any(|it| it.get("name").is_some()));
    (is_resource(record) && is_table)
        .then_some("it has a `path` or `data` and a `schema` with `fields`, as a data resource")
}

/// A package by the schema or profile that it names, or by the list of licenses that no other format has so.
fn is_named_package(record: Value<'_>) -> bool {
    let named = ["profile", "$schema"].iter().any(|key| {
        let text = record.get(key).and_then(Value::as_str);
        text.is_some_and(|text| text.contains("data-package") || text.contains("datapackage"))
    });
    let licensed = record.path(&["licenses"]).is_some_and(|licenses| {
        licenses
            .items()
            .any(|it| it.get("name").is_some() || it.get("path").is_some())
    });
    named || (licensed && record.get("name").is_some() && record.get("package_id").is_none())
}

/// A file: `path` (one or many addresses) or `data`, and nothing that CKAN writes on a resource.
fn is_resource(item: Value<'_>) -> bool {
    let path = item
        .get("path")
        .and_then(|path| path.one_or_many().next())
        .and_then(Value::as_str)
        // The standard forbids paths from the root.
        .is_some_and(|path| !path.starts_with('/'));
    (path || item.get("data").is_some())
        && item.get("package_id").is_none()
        && item.get("resource_type").is_none()
}

/// The files of a package; a resource alone is a package of one.
fn resources(record: Value<'_>) -> Vec<Value<'_>> {
    record
        .get("resources")
        .map_or_else(|| vec![record], |list| list.items().collect())
}

fn read<'t>(record: Value<'t>, _: &Surroundings<'t>) -> Dataset<'t> {
    let mut dataset = Dataset::empty(FORMAT.id);
    dataset.id = slots::first([slots::word(record, "id"), slots::word(record, "name")]);
    dataset.title = slots::text(record, "title");
    dataset.description = slots::text(record, "description");
    dataset.keywords = slots::first([
        slots::words(record, "keywords"),
        slots::words(record, "owidTags"),
    ]);
    dataset.publisher = contributor(record, "publisher");
    dataset.creators = creators(record);
    dataset.contact = contact(record);
    dataset.sources = sources(record);
    dataset.license = license(record);
    dataset.created = slots::day(record, "created");
    // The standard has the day on which a package was made, and none for later changes; some publishers add one.
    dataset.modified = ["lastUpdated", "updated_at"]
        .into_iter()
        .find(|key| record.get(key).is_some())
        .map_or(Slot::NotInFormat("the description"), |key| {
            slots::day(record, key)
        });
    dataset.temporal = match record.get("temporal") {
        Some(_) => slots::period(record, "temporal"),
        None => Slot::NotInFormat("the description"),
    };
    dataset.spatial = match record.get("spatial") {
        Some(_) => slots::spatial(record, "spatial"),
        None => Slot::NotInFormat("the description"),
    };
    dataset.landing_page = slots::word(record, "homepage");
    dataset.version = slots::word(record, "version");
    dataset.columns = columns(record);
    dataset.distributions = distributions(record);
    mark_places_elsewhere(&mut dataset);
    dataset
}

/// Marks what the format has no place for.
fn mark_places_elsewhere(dataset: &mut Dataset<'_>) {
    dataset.domain = Slot::NotInFormat("`homepage`");
    dataset.summary = Slot::NotInFormat("the description");
    dataset.categories = Slot::NotInFormat("`keywords`");
    dataset.language = Slot::NotInFormat("the description");
    dataset.department = Slot::NotInFormat("`contributors` with the role `publisher`");
    dataset.limitations = Slot::NotInFormat(LIMITS);
    dataset.method = Slot::NotInFormat("the description");
    dataset.purpose = Slot::NotInFormat("the description");
    dataset.usage_notes = Slot::NotInFormat("the description");
    dataset.context_links = Slot::NotInFormat("the description");
    dataset.rights = Slot::NotInFormat("`licenses`");
    dataset.access = Slot::NotInFormat("the description");
    dataset.refresh = Slot::NotInFormat(REFRESH);
    dataset.issued = Slot::NotInFormat("`created`");
    dataset.metadata_modified = Slot::NotInFormat("`created`");
    dataset.data_updated = Slot::NotInFormat("`created`");
    dataset.crs = Slot::NotInFormat("the description of the field");
    dataset.time_zone = Slot::NotInFormat("the description of the field");
    dataset.currency = Slot::NotInFormat("the description of the field");
    dataset.row_label = Slot::NotInFormat("the first sentence of the description");
    dataset.rows = Slot::NotInFormat("the description");
    dataset.dictionary = Slot::NotInFormat("`schema` of the resource");
    dataset.retired = Slot::NotInFormat("the title or description");
}

fn contributors(record: Value<'_>) -> impl Iterator<Item = Value<'_>> {
    record
        .get("contributors")
        .into_iter()
        .flat_map(Value::one_or_many)
        .filter(|item| item.is_object())
}

/// Whether someone has a role: `role` in version 1, `roles` in version 2.
fn has_role(item: Value<'_>, role: &str) -> bool {
    ["role", "roles"]
        .iter()
        .filter_map(|key| item.get(key))
        .flat_map(Value::one_or_many)
        .any(|it| it.as_str().is_some_and(|it| it.eq_ignore_ascii_case(role)))
}

fn contributor<'t>(record: Value<'t>, role: &str) -> Slot<Agent<'t>> {
    contributors(record)
        .find(|item| has_role(*item, role))
        .map_or(Slot::absent(record.at()), |item| {
            slots::first([slots::word(item, "title"), slots::word(item, "name")]).map(|name| {
                Agent {
                    name,
                    kind: AgentKind::Organization,
                    ..Agent::default()
                }
            })
        })
}

fn creators(record: Value<'_>) -> Slot<Vec<Held<Agent<'_>>>> {
    let names: Vec<_> = contributors(record)
        .filter_map(|item| {
            let name = slots::word(item, "title");
            let held = name.held()?;
            let agent = Agent {
                name: held.value,
                parent: item.get("organization").and_then(Value::as_str),
                ..Agent::default()
            };
            Some(Held::new(agent, held.at))
        })
        .collect();
    match names.first().map(|held| held.at) {
        Some(at) => Slot::filled(names, at),
        None => Slot::absent(record.at()),
    }
}

fn contact(record: Value<'_>) -> Slot<Contact<'_>> {
    let reachable = |item: &Value<'_>| slots::word(*item, "email").is_filled();
    contributors(record)
        .find(reachable)
        .map_or(Slot::absent(record.at()), |item| {
            Slot::filled(
                Contact {
                    name: slots::word(item, "title"),
                    email: slots::word(item, "email"),
                    url: slots::word(item, "path"),
                },
                item.at(),
            )
        })
}

/// Sources of the package and of its resources, in the standard's shape and in Our World in Data's.
fn sources(record: Value<'_>) -> Slot<Vec<Held<Origin<'_>>>> {
    let holders = std::iter::once(record).chain(resources(record));
    let mut list = Vec::new();
    let mut empty = None;
    for value in holders.filter_map(|holder| {
        let first = holder.get("sources");
        first.or_else(|| holder.get("source"))
    }) {
        empty = empty.or(Some(value.at()));
        list.extend(
            value
                .one_or_many()
                .map(origin)
                .filter(|held| held.value.name.is_filled() || held.value.url.is_filled()),
        );
    }
    // A resource alone is its own only resource, and would be read twice.
    list.dedup_by_key(|held: &mut Held<Origin<'_>>| held.at);
    match (list.first().map(|held| held.at), empty) {
        (Some(at), _) => Slot::filled(list, at),
        (None, Some(at)) => Slot::empty(at),
        (None, None) => Slot::absent(record.at()),
    }
}

fn origin(item: Value<'_>) -> Held<Origin<'_>> {
    let origin = if item.is_object() {
        Origin {
            name: slots::first([
                slots::text(item, "title"),
                slots::text(item, "dataPublishedBy"),
                slots::text(item, "name"),
                slots::text(item, "dataPublisherSource"),
            ]),
            url: slots::first([
                slots::word(item, "path"),
                slots::word(item, "link"),
                slots::word(item, "url"),
            ]),
            retrieved: slots::day(item, "retrievedDate"),
            note: slots::text(item, "additionalInfo"),
        }
    } else {
        Origin {
            name: slots::text_of(item),
            url: Slot::absent(item.at()),
            retrieved: Slot::absent(item.at()),
            note: Slot::absent(item.at()),
        }
    };
    Held::new(origin, item.at())
}

/// The terms of the package, else of its first resource that states them.
fn license(record: Value<'_>) -> Slot<License<'_>> {
    let mut holders = std::iter::once(record).chain(resources(record));
    let list = holders.find_map(|holder| holder.get("licenses").or_else(|| holder.get("license")));
    let Some(list) = list else {
        return Slot::absent(record.at());
    };
    let Some(item) = list.one_or_many().next() else {
        return Slot::empty(list.at());
    };
    if !item.is_object() {
        return slots::license_of(item);
    }
    let url = slots::word(item, "path").value().copied();
    slots::first([
        slots::license(item, "name"),
        slots::license_named(item, "title", "path"),
        slots::license(item, "path"),
    ])
    .map(|license| License { url, ..license })
}

/// The fields of all resources, in their order.
fn columns(record: Value<'_>) -> Columns<'_> {
    let mut columns = Vec::new();
    let mut links = Vec::new();
    let mut missing = record.at();
    for (table, resource) in resources(record).into_iter().enumerate() {
        let Some(schema) = resource.get("schema") else {
            continue;
        };
        missing = schema.at();
        if let Some(link) = schema.as_str() {
            links.push(Held::new(link, schema.at()));
        }
        let missing_values = missing_values(schema);
        for item in schema.get("fields").into_iter().flat_map(Value::items) {
            if item.is_object() {
                columns.push(column(columns.len(), table, item, &missing_values));
            }
        }
    }
    if !columns.is_empty() {
        Columns::Listed(columns)
    } else if !links.is_empty() {
        Columns::Referenced(links)
    } else {
        Columns::Missing(missing)
    }
}

/// What stands for no value: words, or in version 2 objects with a `value`.
fn missing_values(holder: Value<'_>) -> Vec<&str> {
    holder
        .get("missingValues")
        .into_iter()
        .flat_map(Value::items)
        .filter_map(|item| item.get("value").unwrap_or(item).as_text())
        .collect()
}

fn column<'t>(index: usize, table: usize, item: Value<'t>, missing: &[&'t str]) -> Column<'t> {
    let mut column = Column::empty(index, item.at());
    column.table = Some(table);
    column.machine_name = slots::name(item, "name");
    column.name = slots::name(item, "title");
    column.description = slots::text(item, "description");
    column.native_type = item.get("type").and_then(Value::as_str);
    column.datatype = column
        .native_type
        .map_or(DataType::Unknown, DataType::parse);
    column.unit = unit(item);
    column.values = values(item);
    column.missing_values = missing_values(item);
    if column.missing_values.is_empty() {
        column.missing_values = missing.to_vec();
    }
    let constraint = |key: &str| item.path(&["constraints", key]).and_then(Value::as_bool);
    let bound = |key: &str| item.path(&["constraints", key]).and_then(Value::as_text);
    column.minimum = bound("minimum");
    column.maximum = bound("maximum");
    column.required = constraint("required");
    column.unique = constraint("unique");
    column.is_system = is_system(column.shown_name(), column.key());
    column
}

/// Many packages write a unit although the standard has no place for it; Our World in Data has it for display.
fn unit(item: Value<'_>) -> Slot<&str> {
    let display = item.get("owidDisplaySettings");
    let shown = |key: &str| {
        display.map(|it| match it.as_str().and_then(|text| word_in(text, key)) {
            Some(word) => Slot::filled(word, it.at()),
            None => slots::word(it, key),
        })
    };
    ["unit", "units"]
        .iter()
        .map(|key| slots::word(item, key))
        .chain(["unit", "shortUnit"].iter().filter_map(|key| shown(key)))
        .find(Slot::is_filled)
        .unwrap_or(Slot::NotInFormat(UNIT))
}

/// The word that an object written out as text has for a key: `{"unit": "%"}`. Of a word with escapes only the beginning.
fn word_in<'t>(object: &'t str, key: &str) -> Option<&'t str> {
    let (_, rest) = object.split_once(&format!("\"{key}\""))?;
    let rest = rest.trim_start().strip_prefix(':')?.trim_start();
    let (word, _) = rest.strip_prefix('"')?.split_once('"')?;
    let word = match word.split_once('\\') {
        Some((before, _)) => before.rsplit_once(' ')?.0,
        None => word,
    };
    let word = word.trim();
    (!word.is_empty()).then_some(word)
}

/// The values that a field may hold: `categories` of version 2, else the `enum` of its constraints.
fn values(item: Value<'_>) -> Vec<ValueItem<'_>> {
    item.get("categories")
        .or_else(|| item.path(&["constraints", "enum"]))
        .into_iter()
        .flat_map(Value::items)
        .filter_map(|value| {
            Some(ValueItem {
                value: value.get("value").unwrap_or(value).as_text()?,
                label: value.get("label").and_then(Value::as_text),
            })
        })
        .collect()
}

fn distributions(record: Value<'_>) -> Slot<Vec<Held<Distribution<'_>>>> {
    let files: Vec<_> = resources(record)
        .into_iter()
        .map(|item| Held::new(distribution(item), item.at()))
        .collect();
    let at = record.get("resources").unwrap_or(record).at();
    Slot::filled(files, at)
}

fn distribution(item: Value<'_>) -> Distribution<'_> {
    let mut read = Distribution::empty(item.at());
    read.title = slots::first([slots::text(item, "title"), slots::text(item, "name")]);
    read.description = slots::text(item, "description");
    // A long table may be cut into several files: the first stands for all.
    let path = item.get("path").and_then(|path| path.one_or_many().next());
    read.download_url = path.map_or(Slot::absent(item.at()), slots::word_of);
    read.access_url = Slot::NotInFormat("`path`");
    read.format = slots::word(item, "format");
    if !read.format.is_filled()
        && let Some(held) = read.download_url.held()
        && let Some(ending) = ending(held.value)
    {
        read.format = Slot::Filled(Held {
            value: ending,
            at: held.at,
            inner: crate::model::Inner::Derived,
        });
    }
    read.media_type = slots::word(item, "mediatype");
    read.bytes = slots::count(item, "bytes");
    read.modified = Slot::NotInFormat("`created` of the package");
    read.schema_ref = item
        .get("schema")
        .filter(|schema| schema.as_str().is_some())
        .map_or(Slot::absent(item.at()), slots::word_of);
    read
}

/// The ending of a file's name, where it is a short word.
fn ending(path: &str) -> Option<&str> {
    let (_, ending) = path.rsplit_once('.')?;
    let is_word =
        (2..=8).contains(&ending.len()) && ending.bytes().all(|it| it.is_ascii_alphanumeric());
    is_word.then_some(ending)
}

#[cfg(test)]
mod tests {
    use crate::inspect::{Inspection, inspect};
    use crate::options::Options;
    use crate::source::Source;

    fn read(text: &str) -> Option<Inspection> {
        let sources = [Source::new("a.json", text.as_bytes())];
        inspect(&sources, &Options::default()).0.pop()
    }

    #[test]
    fn reads_a_package_with_two_tables() {
        let one = read(
            r#"{"name": "bus-stops", "title": "Bus stops", "licenses": [{"name": "CC0-1.0", "path": "https://example.org/l"}],
            "contributors": [{"title": "Transit office", "roles": ["publisher"], "email": "bus@city.example"}],
            "sources": [{"title": "Survey of stops", "path": "https://example.org/s"}],
            "resources": [
              {"name": "stops", "path": "stops.csv", "schema": {"fields": [
                {"name": "id", "type": "integer", "constraints": {"required": true}},
                {"name": "len", "title": "Length", "unit": "m", "description": "Length of the platform"}]}},
              {"name": "lines", "path": ["lines-1.csv", "lines-2.csv"], "schema": {"fields": [{"name": "line"}]}}]}"#,
        )
        .expect("a record");
        assert_eq!(one.format, "data-package");
        assert_eq!(one.value("license").as_deref(), Some("CC0-1.0"));
        assert_eq!(one.value("publisher").as_deref(), Some("Transit office"));
        assert!(one.value("source").is_some_and(|it| it.contains("Survey")));
        assert!(
            one.value("distributions")
                .is_some_and(|it| it.contains("lines-1.csv"))
        );
        let names: Vec<_> = one.columns.iter().map(|it| it["name"].clone()).collect();
        assert_eq!(names, ["id", "Length", "line"]);
        assert_eq!(one.columns[1]["judgements"]["unit"], "m");
        assert_eq!(one.dataset["refresh"]["blank"], "not in this format");
    }

    #[test]
    fn reads_sources_as_our_world_in_data_writes_them() {
        let one = read(
            r#"{"name": "a", "sources": [{"name": "Rainfall", "dataPublishedBy": "Weather service", "link": "https://example.org"}],
            "resources": [{"path": "a.csv", "schema": {"fields": [{"name": "x", "owidDisplaySettings": {"unit": "mm"}},
                {"name": "y", "owidDisplaySettings": "{\"name\": \"y\", \"unit\": \"%\", \"numDecimalPlaces\": 0}"}]}}]}"#,
        )
        .expect("a record");
        assert_eq!(one.columns[1]["judgements"]["unit"], "%");
        assert!(
            one.value("source")
                .is_some_and(|it| it.contains("Weather service"))
        );
        assert_eq!(one.columns[0]["judgements"]["unit"], "mm");
    }

    #[test]
    fn reads_a_resource_alone_once() {
        let one = read(
            r#"{"name": "a", "path": "a.csv", "sources": [{"title": "Survey"}], "schema": {"fields": [{"name": "x"}]}}"#,
        )
        .expect("a record");
        assert_eq!(one.columns.len(), 1);
        assert_eq!(
            one.dataset["source"]["value"].as_array().map(Vec::len),
            Some(1)
        );
    }

    #[test]
    fn leaves_other_json_alone() {
        assert!(read(r#"{"name": "a", "path": "a.csv"}"#).is_none());
        assert!(read(r#"{"name": "a", "resources": []}"#).is_none());
        assert!(read(r#"{"resources": [{"type": "server"}]}"#).is_none());
        assert!(
            read(r#"{"name": "a", "title": "A", "resources": [{"path": "/v1/users"}]}"#).is_none()
        );
        assert!(read(r#"{"name": "a", "resources": [{"path": "logo.png"}]}"#).is_none());
    }
}
