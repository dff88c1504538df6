//! udata, the software of data.gouv.fr: the record of one dataset, or a page of them, as its API hands them out.

use super::{Format, Surroundings, custom_fields, slots};
use crate::model::{
    Access, Agent, AgentKind, BlankKind, Columns, Contact, Dataset, Distribution, Held, License,
    Period, Refresh, Slot, Spatial,
};
use crate::source::tree::{Kind, Value};

const COLUMNS: &str = "udata has no place for fields: name a schema with each file, or describe the fields in a file beside the data";
const SOURCE: &str =
    "udata has no place for the source: write a sentence \"Source: …\" into the description";
const LIMITS: &str =
    "udata has no place for limitations: write a paragraph \"Limitations: …\" into the description";

pub(super) static FORMAT: Format = Format {
    id: "udata",
    name: "udata dataset (data.gouv.fr)",
    known_by: "`resources` with a `frequency` and an `organization`, as on data.gouv.fr",
    containers: &["data"],
    json_in_strings: &[],
    detect,
    read,
    known_keys: &[
        "access_type",
        "acronym",
        "archived",
        "badges",
        "contact_points",
        "created_at",
        "deleted",
        "description",
        "description_short",
        "extras",
        "featured",
        "frequency",
        "frequency_date",
        "harvest",
        "id",
        "internal",
        "last_modified",
        "last_update",
        "license",
        "metrics",
        "organization",
        "owner",
        "page",
        "permissions",
        "private",
        "quality",
        "resources",
        "community_resources",
        "schema",
        "slug",
        "spatial",
        "tags",
        "temporal_coverage",
        "title",
        "uri",
    ],
};

/// Keys that udata writes on every dataset, and hardly anyone else.
const SIGNS: [&str; 10] = [
    "badges",
    "contact_points",
    "description_short",
    "featured",
    "frequency_date",
    "internal",
    "last_update",
    "metrics",
    "quality",
    "temporal_coverage",
];

fn detect(record: Value<'_>, _: &Surroundings<'_>) -> Option<&'static str> {
    let has = |key: &str| record.get(key).is_some();
    let signs = SIGNS.iter().filter(|key| has(key)).count();
    (has("title") && has("resources") && has("frequency") && signs >= 3).then_some(
        "it has `resources`, a `frequency` and other keys that udata writes (`badges`, `metrics`, `quality` …)",
    )
}

fn read<'t>(record: Value<'t>, _: &Surroundings<'t>) -> Dataset<'t> {
    let mut dataset = Dataset::empty(FORMAT.id);
    dataset.id = slots::word(record, "id");
    dataset.views = slots::views(record, &["metrics", "views"]);
    dataset.domain = host(record);
    dataset.title = slots::text(record, "title");
    dataset.summary = match slots::text(record, "description_short") {
        Slot::Filled(held) => Slot::Filled(held),
        _ => Slot::NotInFormat("the description"),
    };
    dataset.description = slots::text(record, "description");
    dataset.keywords = slots::words(record, "tags");
    dataset.publisher = publisher(record);
    dataset.contact = contact(record);
    dataset.license = license(record);
    dataset.access = access(record);
    dataset.refresh = slots::word(record, "frequency").map(rate);
    dataset.created = slots::day(record, "created_at");
    dataset.metadata_modified = slots::day(record, "last_modified");
    dataset.modified = Slot::NotInFormat("`last_update`");
    dataset.data_updated = data_updated(record);
    dataset.temporal = temporal(record);
    dataset.spatial = spatial(record);
    dataset.distributions = distributions(record);
    dataset.columns = columns(record);
    dataset.landing_page = slots::word(record, "page");
    dataset.retired = slots::first([
        slots::word(record, "archived"),
        slots::word(record, "deleted"),
    ]);
    dataset.custom = custom(record);
    mark_places_elsewhere(&mut dataset);
    custom_fields::fill(&mut dataset);
    dataset
}

/// Marks what the format has no place for.
fn mark_places_elsewhere(dataset: &mut Dataset<'_>) {
    dataset.categories = Slot::NotInFormat("`tags`");
    dataset.language = Slot::NotInFormat("the description");
    dataset.department = Slot::NotInFormat("`organization`");
    dataset.creators = Slot::NotInFormat("the description");
    dataset.sources = Slot::NotInFormat(SOURCE);
    dataset.limitations = Slot::NotInFormat(LIMITS);
    dataset.method = Slot::NotInFormat("the description");
    dataset.purpose = Slot::NotInFormat("the description");
    dataset.usage_notes = Slot::NotInFormat("the description");
    dataset.context_links = Slot::NotInFormat("the description");
    dataset.rights = Slot::NotInFormat("`license`");
    dataset.issued = Slot::NotInFormat("`created_at`");
    dataset.crs = Slot::NotInFormat("the description");
    dataset.time_zone = Slot::NotInFormat("the description");
    dataset.currency = Slot::NotInFormat("the description");
    dataset.row_label = Slot::NotInFormat("the first sentence of the description");
    dataset.rows = Slot::NotInFormat("the description");
    dataset.bytes = Slot::NotInFormat("`filesize` of the resource");
    dataset.dictionary = Slot::NotInFormat("a resource of the type `documentation`");
    dataset.version = Slot::NotInFormat("the title");
}

/// The portal's own host, from the address of the dataset's page.
fn host(record: Value<'_>) -> Slot<&str> {
    match slots::first([slots::word(record, "page"), slots::word(record, "uri")]) {
        Slot::Filled(held) => slots::host(held.value)
            .map_or(Slot::NotInExport("the address of the portal"), |host| {
                Slot::filled(host, held.at)
            }),
        _ => Slot::NotInExport("the address of the portal"),
    }
}

/// The organization, else the person who owns the dataset.
fn publisher(record: Value<'_>) -> Slot<Agent<'_>> {
    let body = record.get("organization").filter(|it| it.is_object());
    let person = record.get("owner").filter(|it| it.is_object());
    let (value, keys, kind) = match (body, person) {
        (Some(body), _) => (body, ["name", "slug"], AgentKind::Organization),
        (None, Some(person)) => (person, ["last_name", "slug"], AgentKind::Person),
        (None, None) => {
            return slots::word(record, "organization").map(|name| Agent {
                name,
                kind: AgentKind::Organization,
                ..Agent::default()
            });
        }
    };
    let [name, slug] = keys;
    slots::first([slots::word(value, name), slots::word(value, slug)]).map(|name| Agent {
        name,
        kind,
        url: value.get("page").and_then(Value::as_str),
        ..Agent::default()
    })
}

/// The first contact point. Readers of the portal can always write into its discussions, so none is no gap.
fn contact(record: Value<'_>) -> Slot<Contact<'_>> {
    let mut points = record
        .get("contact_points")
        .into_iter()
        .flat_map(Value::items);
    points.next().filter(|point| point.is_object()).map_or(
        Slot::NotInExport("udata lets readers ask in the discussions of the dataset"),
        |point| {
            Slot::filled(
                Contact {
                    name: slots::word(point, "name"),
                    email: slots::verbatim(point, "email"),
                    url: slots::word(point, "contact_form"),
                },
                point.at(),
            )
        },
    )
}

/// The id of a license in the portal's list; "notspecified" is udata's word for none.
fn license(record: Value<'_>) -> Slot<License<'_>> {
    let value = record.get("license");
    // A page of datasets may write the license out.
    let slot = match value.filter(|it| it.is_object()) {
        Some(license) => slots::first([
            slots::license(license, "id"),
            slots::license(license, "title"),
        ]),
        None => slots::license(record, "license"),
    };
    match slot {
        Slot::Filled(held) if held.value.raw == "notspecified" => Slot::Blank {
            at: held.at,
            kind: BlankKind::NullWord,
        },
        slot => slot,
    }
}

fn access(record: Value<'_>) -> Slot<Access> {
    let kind = slots::word(record, "access_type");
    if let Slot::Filled(held) = kind
        && held.value.starts_with("restricted")
    {
        return Slot::filled(Access::Restricted, held.at);
    }
    match record.get("private") {
        Some(value) => {
            let access = match value.as_bool() {
                Some(true) => Access::NonPublic,
                _ => Access::Public,
            };
            Slot::filled(access, value.at())
        }
        None => Slot::absent(record.at()),
    }
}

/// udata has one meaning for words that English has two for. Shared with its catalogue as a table.
pub(super) fn rate(raw: &str) -> Refresh<'_> {
    let words = match raw {
        "punctual" => "one-time",
        "biweekly" => "every 2 weeks",
        "bimonthly" => "every 2 months",
        "semidaily" => "twice a day",
        "fourTimesADay" => "several times a day",
        "threeTimesADay" => "several times a day",
        "fourTimesAWeek" => "every 2 days",
        "semiweekly" => "twice a week",
        "semimonthly" => "twice a month",
        "semiannual" => "twice a year",
        "biennial" => "every 2 years",
        other => other,
    };
    Refresh {
        raw,
        rate: crate::lexicon::refresh::parse(words),
    }
}

fn temporal(record: Value<'_>) -> Slot<Period<'_>> {
    let Some(coverage) = record.get("temporal_coverage") else {
        return Slot::absent(record.at());
    };
    if !coverage.is_object() {
        return slots::period_of(coverage);
    }
    let date = |key: &str| {
        let day = slots::day(coverage, key);
        day.value().and_then(|day| day.read)
    };
    let (start, end) = (date("start"), date("end"));
    if start.is_none() && end.is_none() {
        return Slot::empty(coverage.at());
    }
    Slot::filled(
        Period {
            raw: "",
            start: start.map(|written| written.date),
            end: end.map(|written| written.last_day()),
            end_at: coverage.get("end").map(Value::at),
        },
        coverage.at(),
    )
}

/// Zones of the portal, or how fine the data is, or a shape.
fn spatial(record: Value<'_>) -> Slot<Spatial<'_>> {
    let Some(coverage) = record.get("spatial").filter(|it| it.is_object()) else {
        return slots::spatial(record, "spatial");
    };
    let zones = slots::words(coverage, "zones");
    let zone = zones.value().and_then(|zones| zones.first().copied());
    if let Some(zone) = zone {
        return Slot::filled(slots::read_spatial(zone.value), zone.at);
    }
    match coverage.get("geom").filter(|it| it.is_object()) {
        Some(shape) => Slot::filled(
            Spatial {
                raw: shape.raw(),
                bounding_box: None,
                box_at: None,
            },
            shape.at(),
        ),
        None => slots::spatial(coverage, "granularity"),
    }
}

/// When a file last changed, else when the portal says the dataset did.
fn data_updated(record: Value<'_>) -> Slot<crate::model::Day<'_>> {
    slots::latest_file(record).unwrap_or_else(|| slots::day(record, "last_update"))
}

fn distributions(record: Value<'_>) -> Slot<Vec<Held<Distribution<'_>>>> {
    let list = match record.get("resources") {
        None => return Slot::absent(record.at()),
        Some(list) if list.kind() == Kind::Object => {
            return Slot::NotInExport("udata lists the files behind the link in `resources`");
        }
        Some(list) => list,
    };
    let files: Vec<_> = slots::resources(record)
        .map(|item| Held::new(distribution(item), item.at()))
        .collect();
    Slot::list(files, list.at())
}

fn distribution(item: Value<'_>) -> Distribution<'_> {
    let mut read = Distribution::empty(item.at());
    read.title = slots::text(item, "title");
    read.description = slots::text(item, "description");
    read.download_url = slots::word(item, "url");
    read.access_url = slots::word(item, "latest");
    read.format = slots::word(item, "format");
    read.media_type = slots::word(item, "mime");
    read.inner_format = Slot::NotInFormat("`format`");
    read.bytes = slots::count(item, "filesize");
    read.modified = slots::day(item, "last_modified");
    read.license = Slot::NotInFormat("`license` of the dataset");
    read.schema_ref = schema(item);
    read
}

/// The schema that a file follows: its address, else its name in the national list.
fn schema(item: Value<'_>) -> Slot<&str> {
    match item.get("schema").filter(|it| it.is_object()) {
        Some(schema) => slots::first([slots::word(schema, "url"), slots::word(schema, "name")]),
        None => slots::word(item, "schema"),
    }
}

fn columns(record: Value<'_>) -> Columns<'_> {
    let schemas: Vec<_> = slots::resources(record)
        .filter_map(|item| schema(item).held().copied())
        .collect();
    if schemas.is_empty() {
        Columns::NotInFormat(COLUMNS)
    } else {
        Columns::Referenced(schemas)
    }
}

/// `extras`: what publishers and harvesters add.
fn custom<'t>(record: Value<'t>) -> Vec<(String, Held<&'t str>)> {
    record
        .get("extras")
        .into_iter()
        .flat_map(Value::members)
        // Notes of the portal's own machines.
        .filter(|(key, _)| !key.contains(':') && !key.starts_with("recommendations"))
        .filter_map(|(key, value)| Some((key.to_owned(), Held::new(value.as_str()?, value.at()))))
        .collect()
}

#[cfg(test)]
mod tests {
    use crate::inspect::{Inspection, inspect};
    use crate::options::Options;
    use crate::source::Source;

    fn read(text: &str) -> Vec<Inspection> {
        inspect(
            &[Source::new("a.json", text.as_bytes())],
            &Options::default(),
        )
        .0
    }

    const RECORD: &str = r#"{"id": "5d1", "title": "Bornes", "description": "Bornes de **recharge**.",
        "badges": [], "metrics": {"views": 3}, "quality": {"score": 0.5}, "contact_points": [],
        "organization": {"name": "Ville d'Exemple", "page": "https://data.example/o"}, "owner": null,
        "frequency": "bimonthly", "license": "notspecified", "private": false, "archived": null,
        "created_at": "2020-01-02T03:04:05+00:00", "last_modified": "2024-05-06T00:00:00+00:00",
        "temporal_coverage": {"start": "2015-01-01", "end": "2016-12-31"},
        "spatial": {"geom": null, "zones": ["fr:commune:1"], "granularity": "poi"},
        "tags": ["irve"], "page": "https://www.data.example/fr/datasets/bornes/",
        "resources": [
            {"title": "a", "url": "https://data.example/a.csv", "format": "csv", "mime": "text/csv",
             "last_modified": "2023-01-01T00:00:00", "filesize": 12, "schema": {"name": "etalab/irve", "url": null}},
            {"title": "b", "url": "https://data.example/b.pdf", "format": "pdf", "last_modified": "2024-02-01T00:00:00"}]}"#;

    #[test]
    fn reads_a_dataset_with_the_places_of_its_values() {
        let read = read(RECORD);
        let one = read.first().expect("a record");
        assert_eq!(one.format, "udata");
        let value = |name: &str| one.value(name);
        assert_eq!(value("publisher").as_deref(), Some("Ville d'Exemple"));
        assert_eq!(one.dataset["publisher"]["pointer"], "/organization/name");
        assert_eq!(value("license"), None);
        assert_eq!(one.dataset["license"]["blank"], "says nothing");
        assert!(value("refresh").is_some_and(|it| it.contains("R/P2M")));
        assert_eq!(value("data_updated").as_deref(), Some("2024-02-01"));
        assert_eq!(
            one.dataset["data_updated"]["pointer"],
            "/resources/1/last_modified"
        );
        assert_eq!(value("spatial").as_deref(), Some("fr:commune:1"));
        assert_eq!(value("domain").as_deref(), Some("www.data.example"));
        assert_eq!(one.dataset["source"]["blank"], "not in this format");
        assert_eq!(one.dataset["contact"]["blank"], "not in this export");
    }

    #[test]
    fn reads_a_page_of_datasets_one_by_one() {
        let page =
            format!(r#"{{"data": [{RECORD}, {RECORD}], "page": 1, "page_size": 2, "total": 2}}"#);
        let read = read(&page);
        let pointers: Vec<_> = read.iter().map(|it| it.pointer.as_str()).collect();
        assert_eq!(pointers, ["/data/0", "/data/1"]);
    }

    #[test]
    fn leaves_a_resource_alone_and_a_data_package_whole() {
        assert!(
            read(r#"{"id": "a", "title": "a.csv", "url": "https://data.example/a.csv", "metrics": {}, "internal": {}, "quality": {}}"#)
                .is_empty()
        );
        let read = read(
            r#"{"name": "p", "data": [{"a": 1}], "schema": {"fields": [{"name": "a", "type": "integer"}]}}"#,
        );
        assert_eq!(read.first().map(|it| it.format), Some("data-package"));
    }
}
