//! schema.org `Dataset` as JSON-LD: alone, in a list, in an `@graph`, or the datasets of a `DataCatalog`.

use super::{Format, Surroundings, linked, slots};
use crate::lexicon::fold::fold;
use crate::lexicon::roles::{DataType, is_system};
use crate::model::{
    Agent, AgentKind, Column, Columns, Contact, Dataset, Distribution, Held, License, Link, Origin,
    Slot, Spatial, Stats,
};
use crate::source::tree::Value;

const REFRESH: &str = "schema.org has no place for the refresh rate: write a sentence \"Refresh rate: Monthly.\" into the description";
const LIMITS: &str = "schema.org has no place for limitations: write a paragraph \"Limitations: …\" into the description";
const ELSEWHERE: &str = "another node of the same graph";

pub(super) static FORMAT: Format = Format {
    id: "schema-org",
    name: "schema.org Dataset",
    known_by: "an `@type` of Dataset with keys of schema.org, also inside a web page",
    containers: &["@graph"],
    json_in_strings: &[],
    detect,
    read,
    known_keys: &[
        "abstract",
        "additionalType",
        "alternateName",
        "author",
        "citation",
        "conditionsOfAccess",
        "contactPoint",
        "contributor",
        "creator",
        "dateCreated",
        "dateModified",
        "datePublished",
        "description",
        "distribution",
        "funder",
        "funding",
        "identifier",
        "inLanguage",
        "includedInDataCatalog",
        "isAccessibleForFree",
        "isBasedOn",
        "isPartOf",
        "keywords",
        "license",
        "mainEntity",
        "measurementTechnique",
        "name",
        "producer",
        "provider",
        "publisher",
        "sameAs",
        "spatialCoverage",
        "subjectOf",
        "temporalCoverage",
        "thumbnailUrl",
        "url",
        "variableMeasured",
        "version",
    ],
};

fn detect(record: Value<'_>, around: &Surroundings<'_>) -> Option<&'static str> {
    let prefixed = linked::many(record, "@type").any(|value| {
        value
            .as_str()
            .is_some_and(|it| it != "Dataset" && it.ends_with("Dataset"))
    });
    let in_context = linked::context_says(record, around, "schema.org");
    if linked::is_type(record, "Dataset") && (prefixed || in_context) {
        return Some("its `@type` is schema.org's `Dataset`");
    }
    // A slip in the one or the other is told, not a reason to read nothing.
    let types = linked::many(record, "@type").filter_map(Value::as_str);
    let is_meant = types
        .map(linked::local)
        .any(|it| it.eq_ignore_ascii_case("dataset"));
    let without_context = record.get("@context").is_none() && around.header.is_empty();
    let described = ["name", "description"]
        .iter()
        .all(|key| record.get(key).is_some());
    (is_meant && described && (in_context || without_context))
        .then_some("its `@type` is meant for schema.org's `Dataset`")
}

fn read<'t>(record: Value<'t>, _: &Surroundings<'t>) -> Dataset<'t> {
    let mut dataset = Dataset::empty(FORMAT.id);
    read_common(record, &mut dataset);
    dataset.columns = columns(record);
    dataset.distributions = distributions(record);
    cite(record, &["citation"], &mut dataset);
    dataset
}

/// Takes the works that are to be cited for the source, where nothing else is named: the data, or what it was made for,
/// comes from them.
pub(super) fn cite<'t>(record: Value<'t>, keys: &[&str], dataset: &mut Dataset<'t>) {
    if dataset.sources.is_filled() {
        return;
    }
    let cited = keys.iter().find_map(|key| {
        let list: Vec<_> = linked::many(record, key)
            .filter(|work| work.is_object() || slots::said(slots::text_of(*work)).is_filled())
            .filter_map(origin)
            .collect();
        (!list.is_empty()).then_some(list)
    });
    if let Some(list) = cited
        && let Some(at) = list.first().map(|held| held.at)
    {
        dataset.sources = Slot::filled(list, at);
    }
}

/// What schema.org and Croissant, which builds on it, have alike.
pub(super) fn read_common<'t>(record: Value<'t>, dataset: &mut Dataset<'t>) {
    dataset.id = slots::first([
        linked::word(record, "@id"),
        linked::word(record, "identifier"),
        slots::derived(linked::word(record, "url")),
    ]);
    dataset.title = linked::text(record, "name");
    dataset.summary = linked::text(record, "abstract");
    dataset.description = slots::first([
        linked::text(record, "description"),
        linked::text(record, "abstract"),
    ]);
    dataset.keywords = keywords(record);
    dataset.categories = Slot::NotInFormat("`keywords`");
    dataset.language = words(record, "inLanguage");
    dataset.publisher = publisher(record);
    dataset.department = Slot::NotInFormat("`publisher`");
    dataset.creators = creators(record);
    dataset.contact = contact(record);
    dataset.sources = sources(record);
    dataset.limitations = Slot::NotInFormat(LIMITS);
    dataset.method = linked::text(record, "measurementTechnique");
    dataset.purpose = Slot::NotInFormat("the description");
    dataset.usage_notes = Slot::NotInFormat("the description");
    dataset.context_links = links(record);
    dataset.license = license(record);
    dataset.rights = linked::text(record, "conditionsOfAccess");
    dataset.access = Slot::NotInFormat("`conditionsOfAccess`");
    dataset.refresh = Slot::NotInFormat(REFRESH);
    dataset.created = day(record, "dateCreated");
    dataset.issued = day(record, "datePublished");
    dataset.modified = day(record, "dateModified");
    dataset.metadata_modified = Slot::NotInFormat("`dateModified`");
    dataset.data_updated = Slot::NotInFormat("`dateModified`");
    dataset.temporal = period(record);
    dataset.spatial = place(record);
    dataset.crs = Slot::NotInFormat("the description");
    dataset.time_zone = Slot::NotInFormat("the description of the field");
    dataset.currency = Slot::NotInFormat("the description of the field");
    dataset.row_label = Slot::NotInFormat("the first sentence of the description");
    dataset.rows = Slot::NotInFormat("the description");
    dataset.dictionary = Slot::NotInFormat("`variableMeasured`");
    dataset.landing_page = linked::word(record, "url");
    dataset.domain = match dataset.landing_page.held() {
        Some(held) => slots::host(held.value).map_or(Slot::absent(record.at()), |host| {
            Slot::filled(host, held.at)
        }),
        None => Slot::absent(record.at()),
    };
    dataset.lineage.series = linked::many(record, "isPartOf")
        .filter_map(|value| linked::name_of(value).held().copied())
        .collect();
    dataset.retired = Slot::NotInFormat("the title or description");
    dataset.version = linked::word(record, "version");
}

fn day<'t>(record: Value<'t>, key: &str) -> Slot<crate::model::Day<'t>> {
    linked::one(record, key).map_or(Slot::absent(record.at()), slots::day_of)
}

fn words<'t>(record: Value<'t>, key: &str) -> Slot<Vec<Held<&'t str>>> {
    let Some(value) = linked::get(record, key) else {
        return Slot::absent(record.at());
    };
    let found: Vec<_> = linked::many(record, key)
        .filter_map(|item| linked::name_of(slots::in_english(item)).held().copied())
        .collect();
    Slot::list(found, value.at())
}

/// Keywords; many sites write one text with commas.
fn keywords(record: Value<'_>) -> Slot<Vec<Held<&str>>> {
    words(record, "keywords").map(|list| match list.as_slice() {
        [only] => slots::listed_in_text(*only),
        _ => list,
    })
}

fn agent(value: Value<'_>) -> Slot<Agent<'_>> {
    let value = value.resolved();
    let kind = if linked::is_type(value, "Person") {
        AgentKind::Person
    } else if linked::is_type(value, "Organization") {
        AgentKind::Organization
    } else {
        AgentKind::Unknown
    };
    if value.is_reference() {
        return Slot::NotInExport(ELSEWHERE);
    }
    linked::name_of(value).map(|name| Agent {
        name,
        kind,
        parent: None,
        url: linked::word(value, "url").value().copied(),
    })
}

fn publisher(record: Value<'_>) -> Slot<Agent<'_>> {
    let of = |key: &str| linked::one(record, key).map_or(Slot::absent(record.at()), agent);
    let named = slots::first([of("publisher"), of("provider"), of("includedInDataCatalog")]);
    if named.is_filled() {
        return named;
    }
    // An organization that made the data and names no other publisher is the one to ask.
    let mut makers = ["creator", "author"]
        .into_iter()
        .flat_map(|key| linked::many(record, key))
        .filter(|maker| linked::is_type(*maker, "Organization"));
    makers.next().map_or(named, agent)
}

/// Everyone under `creator`, `author` and `producer`; lists may be wrapped into `{"@list": […]}`, people into a `Role`.
fn makers(record: Value<'_>) -> impl Iterator<Item = Held<Agent<'_>>> {
    ["creator", "author", "producer"]
        .into_iter()
        .flat_map(move |key| linked::many(record, key).map(move |value| (key, value)))
        .flat_map(|(key, value)| {
            let list = value.get("@list").unwrap_or(value).one_or_many();
            list.map(move |value| (key, value))
        })
        .filter_map(|(key, value)| {
            let role = linked::is_type(value, "Role");
            let agent = agent(if role {
                linked::one(value, key)?
            } else {
                value
            });
            let held = agent.held()?;
            Some(Held::new(held.value.clone(), held.at))
        })
}

fn creators(record: Value<'_>) -> Slot<Vec<Held<Agent<'_>>>> {
    let list: Vec<_> = makers(record).collect();
    match list.first().map(|held| held.at) {
        Some(at) => Slot::filled(list, at),
        None => Slot::absent(record.at()),
    }
}

fn contact(record: Value<'_>) -> Slot<Contact<'_>> {
    let own = linked::one(record, "contactPoint");
    let of_others = || {
        ["publisher", "provider", "creator", "author"]
            .iter()
            .filter_map(|key| linked::one(record, key))
            .find_map(|agent| {
                let point = linked::one(agent, "contactPoint");
                point.or_else(|| linked::get(agent, "email").map(|_| agent))
            })
    };
    let Some(point) = own.or_else(of_others) else {
        return Slot::absent(record.at());
    };
    let point = point.resolved();
    if point.is_reference() {
        return Slot::NotInExport(ELSEWHERE);
    }
    Slot::filled(
        Contact {
            name: linked::word(point, "name"),
            email: linked::word(point, "email"),
            url: linked::word(point, "url"),
        },
        point.at(),
    )
}

/// What the data is based on; else the organizations and people who made it.
fn sources(record: Value<'_>) -> Slot<Vec<Held<Origin<'_>>>> {
    let mut list: Vec<_> = linked::many(record, "isBasedOn")
        .filter_map(origin)
        .collect();
    if list.is_empty() {
        list = makers(record)
            .map(|maker| slots::maker_as_origin(&maker))
            .collect();
    }
    match list.first().map(|held| held.at) {
        Some(at) => Slot::filled(list, at),
        None => Slot::absent(record.at()),
    }
}

/// A work that data is based on: its name and address, or an address alone.
pub(super) fn origin(value: Value<'_>) -> Option<Held<Origin<'_>>> {
    let named = linked::text(value, "name");
    let word = linked::name_of(value);
    let is_link = word.value().is_some_and(|it| it.contains("://"));
    let (name, url) = if value.is_object() && named.is_filled() {
        (named, linked::word(value, "url"))
    } else if is_link {
        (Slot::absent(value.at()), word)
    } else {
        (slots::text_of(value), Slot::absent(value.at()))
    };
    if !name.is_filled() && !url.is_filled() {
        return None;
    }
    let origin = Origin {
        name,
        url,
        retrieved: Slot::absent(value.at()),
        note: Slot::absent(value.at()),
    };
    Some(Held::new(origin, value.at()))
}

fn links(record: Value<'_>) -> Slot<Vec<Held<Link<'_>>>> {
    let list: Vec<_> = ["subjectOf", "citation"]
        .iter()
        .flat_map(|key| linked::many(record, key))
        .filter_map(|value| {
            let page = linked::word(value, "url");
            let own = slots::word_of(value);
            let held = page.held().or(own.held())?;
            held.value.contains("://").then(|| {
                let title = linked::word(value, "name").value().copied();
                Held::new(
                    Link {
                        url: held.value,
                        title,
                    },
                    held.at,
                )
            })
        })
        .collect();
    match list.first().map(|held| held.at) {
        Some(at) => Slot::filled(list, at),
        None => Slot::absent(record.at()),
    }
}

fn license(record: Value<'_>) -> Slot<License<'_>> {
    let Some(value) = linked::one(record, "license") else {
        return Slot::absent(record.at());
    };
    if !value.is_object() {
        return slots::license_address(value);
    }
    let url = linked::word(value, "url").value().copied();
    linked::name_of(value).map(|raw| License {
        raw,
        url,
        ..License::default()
    })
}

fn period(record: Value<'_>) -> Slot<crate::model::Period<'_>> {
    let Some(value) = linked::one(record, "temporalCoverage") else {
        return Slot::absent(record.at());
    };
    slots::period_of(value)
}

/// A place by its name, else as it is written.
fn place(record: Value<'_>) -> Slot<Spatial<'_>> {
    let Some(value) = linked::one(record, "spatialCoverage") else {
        return Slot::absent(record.at());
    };
    let value = value.resolved();
    let named = linked::one(value, "name").filter(|name| name.as_str().is_some());
    let shape = linked::one(value, "geo").map(Value::resolved);
    let spatial = slots::spatial_of(named.unwrap_or(value));
    let corners = shape.and_then(|shape| Some((box_of(shape)?, shape.at())));
    match (spatial, corners) {
        (Slot::Filled(held), Some((corners, at))) => {
            let raw = held.value.raw;
            let spatial = Spatial {
                raw,
                bounding_box: Some(corners),
                box_at: named.map(|_| at),
            };
            Slot::filled(spatial, if named.is_some() { held.at } else { at })
        }
        (spatial, _) => spatial,
    }
}

/// West, south, east, north of a `GeoShape`, whose box is two points of latitude and longitude, or of a point.
fn box_of(shape: Value<'_>) -> Option<[f64; 4]> {
    let number = |key: &str| {
        let value = linked::one(shape, key)?;
        let text = value.as_text()?.trim();
        text.parse::<f64>().ok()
    };
    if let (Some(y), Some(x)) = (number("latitude"), number("longitude")) {
        return Some([x, y, x, y]);
    }
    let text = linked::one(shape, "box")?.as_str()?;
    let numbers = text
        .split([' ', ','])
        .filter(|part| !part.is_empty())
        .map(|part| part.parse::<f64>().ok());
    let corners: Option<Vec<f64>> = numbers.take(5).collect();
    let [south, west, north, east] = <[f64; 4]>::try_from(corners?).ok()?;
    Some([west, south, east, north])
}

fn columns(record: Value<'_>) -> Columns<'_> {
    let columns: Vec<_> = linked::many(record, "variableMeasured")
        .map(Value::resolved)
        .enumerate()
        .map(|(index, item)| column(index, item))
        .collect();
    if columns.is_empty() {
        let at = linked::get(record, "variableMeasured")
            .unwrap_or(record)
            .at();
        return Columns::Missing(at);
    }
    Columns::Listed(columns)
}

fn column(index: usize, item: Value<'_>) -> Column<'_> {
    let mut column = Column::empty(index, item.at());
    // A variable has one name, for software and readers alike.
    column.name = Slot::NotInFormat(
        "schema.org has no second name for a variable; its description can give one",
    );
    if item.is_object() && item.get("@value").is_none() {
        column.machine_name = linked::word(item, "name");
        column.alias = alias(item);
        column.description = linked::text(item, "description");
        column.unit = unit(item);
        column.stats = stats(item);
    } else {
        column.machine_name = slots::word_of(slots::in_english(item));
    }
    column.datatype = DataType::Unknown;
    column.is_system = is_system(column.shown_name(), column.key());
    column
}

/// The name for readers beside that of the software: `lith`, "Outcrop lithology". A name in several words needs no other, and
/// what stands beside it may be a code.
fn alias(item: Value<'_>) -> Option<&str> {
    let name = linked::word(item, "name");
    let other = linked::word(item, "alternateName");
    let (name, alias) = (name.value()?, *other.value()?);
    let is_one_word = |text: &str| !text.trim().contains(char::is_whitespace);
    let is_code = is_one_word(alias) && !alias.chars().all(char::is_alphabetic);
    (is_one_word(name) && !is_code && fold(name) != fold(alias)).then_some(alias)
}

/// A unit in words, as a code, or as a concept of QUDT.
fn unit(item: Value<'_>) -> Slot<&str> {
    slots::first([
        linked::word(item, "unitText"),
        linked::word(item, "unitCode"),
        linked::word(item, "qudt:hasUnit"),
        linked::word(item, "qudt:unit"),
    ])
}

fn stats(item: Value<'_>) -> Option<Stats<'_>> {
    let bound = |key: &str| linked::one(item, key).and_then(Value::as_text);
    let (smallest, largest) = (bound("minValue"), bound("maxValue"));
    (smallest.is_some() || largest.is_some()).then(|| Stats {
        smallest,
        largest,
        ..Stats::default()
    })
}

/// Files, under `distribution`; shared with Croissant.
pub(super) fn distributions(record: Value<'_>) -> Slot<Vec<Held<Distribution<'_>>>> {
    let Some(value) = linked::get(record, "distribution") else {
        return Slot::absent(record.at());
    };
    let items: Vec<_> = linked::many(record, "distribution")
        .map(Value::resolved)
        .collect();
    if !items.is_empty() && items.iter().all(|item| item.is_reference()) {
        return Slot::NotInExport(ELSEWHERE);
    }
    let files: Vec<_> = items
        .into_iter()
        .map(|item| Held::new(distribution(item), item.at()))
        .collect();
    Slot::list(files, value.at())
}

fn distribution(item: Value<'_>) -> Distribution<'_> {
    let mut read = Distribution::empty(item.at());
    if !item.is_object() {
        read.download_url = slots::word_of(item);
        return read;
    }
    read.title = linked::text(item, "name");
    read.description = linked::text(item, "description");
    read.download_url = linked::word(item, "contentUrl");
    // `@id` names the node; it is no promise that data can be had there.
    read.access_url = linked::word(item, "url");
    let format = slots::first([
        linked::word(item, "encodingFormat"),
        linked::word(item, "fileFormat"),
    ]);
    // One property holds a media type or the name of a format.
    if format.value().is_some_and(|format| format.contains('/')) {
        read.media_type = format;
    } else {
        read.format = format;
    }
    read.bytes = linked::get(item, "contentSize")
        .and_then(slots::read_count)
        .map_or(Slot::absent(item.at()), |bytes| {
            Slot::filled(bytes, item.at())
        });
    read.modified = day(item, "dateModified");
    read.schema_ref = Slot::NotInFormat("`variableMeasured` of the dataset");
    read
}

#[cfg(test)]
mod tests {
    use crate::inspect::{Inspection, inspect};
    use crate::options::Options;
    use crate::source::Source;

    fn read(text: &str) -> Vec<Inspection> {
        let sources = [Source::new("a.json", text.as_bytes())];
        inspect(&sources, &Options::default()).0
    }

    #[test]
    fn the_other_name_of_a_variable_is_offered_for_a_cryptic_one() {
        let offered = |name: &str, other: &str| {
            let read = read(&format!(
                r#"{{"@context": "https://schema.org/", "@type": "Dataset", "name": "Cores", "description": "Cores of rock.",
                "variableMeasured": [{{"@type": "PropertyValue", "name": "{name}", "alternateName": "{other}"}}]}}"#
            ));
            let field = read
                .into_iter()
                .next()
                .and_then(|it| it.columns.into_iter().next());
            field.map(|field| field["judgements"]["expansion"].to_string())
        };
        let offered = |name: &str, other: &str| offered(name, other).unwrap_or_default();
        assert_eq!(
            offered("lth", "Outcrop lithology"),
            r#""Outcrop lithology""#
        );
        assert_eq!(offered("lth", "B01003_001"), r#""""#);
        assert_eq!(offered("Pole latitude", "Latitude of the pole"), r#""""#);
    }

    #[test]
    fn the_work_to_cite_is_the_source_where_no_other_is_named() {
        let source = |more: &str| {
            let read = read(&format!(
                r#"{{"@context": "https://schema.org/", "@type": "Dataset", "name": "Cores", "description": "Cores of rock.",
                "citation": "Geology office (2019). Cores of the county."{more}}}"#
            ));
            read.first()
                .and_then(|it| it.value("source"))
                .unwrap_or_default()
        };
        assert!(source("").contains("Geology office"));
        let own = source(r#", "creator": {"@type": "Organization", "name": "Drill office"}"#);
        assert!(own.contains("Drill office") && !own.contains("Geology"));
    }

    #[test]
    fn reads_a_dataset_with_plain_keys() {
        let read = read(
            r#"{"@context": "https://schema.org/", "@type": ["Dataset"], "name": "Rain gauges", "keywords": "rain, weather",
            "description": "Hourly rain at gauges.", "license": {"@type": "CreativeWork", "name": "CC BY 4.0", "url": "https://example.org/by"},
            "creator": {"@list": [{"@type": "Role", "creator": [{"@type": "Organization", "name": "Weather office"}]}]}, "isBasedOn": "https://example.org/raw",
            "variableMeasured": ["station", {"@type": "PropertyValue", "name": "rain", "description": "Rain in an hour", "unitText": "mm"}],
            "distribution": {"@type": "DataDownload", "contentUrl": "https://example.org/a.csv", "encodingFormat": "text/csv"}}"#,
        );
        let one = read.first().expect("a record");
        assert_eq!(one.format, "schema-org");
        assert_eq!(one.value("license").as_deref(), Some("CC BY 4.0"));
        assert_eq!(
            one.value("keywords").as_deref(),
            Some(r#"["rain","weather"]"#)
        );
        assert!(one.value("source").is_some_and(|it| it.contains("/raw")));
        assert_eq!(one.columns[0]["name"], "station");
        assert_eq!(one.columns[1]["judgements"]["unit"], "mm");
        assert!(
            one.value("distributions")
                .is_some_and(|it| it.contains("text/csv"))
        );
    }

    #[test]
    fn takes_makers_for_the_source_where_none_is_named() {
        let read = read(
            r#"{"@context": "https://schema.org/", "@type": "Dataset", "name": "Rain gauges",
            "author": {"@list": [{"@type": "Role", "author": [{"@type": "Organization", "name": "Weather office"}]}]}}"#,
        );
        let one = read.first().expect("a record");
        assert!(
            one.value("source")
                .is_some_and(|it| it.contains("Weather office"))
        );
    }

    #[test]
    fn reads_prefixed_keys_value_objects_and_languages() {
        let read = read(
            r#"{"@context": {"schema": "https://schema.org/"}, "@type": "schema:Dataset",
            "schema:name": {"@value": "Rain gauges"}, "http://schema.org/version": "2",
            "schema:description": [{"@language": "de", "@value": "Regen"}, {"@language": "en", "@value": "Rain at gauges"}]}"#,
        );
        let one = read.first().expect("a record");
        assert_eq!(one.value("title").as_deref(), Some("Rain gauges"));
        assert_eq!(one.value("description").as_deref(), Some("Rain at gauges"));
        assert_eq!(one.value("version").as_deref(), Some("2"));
        assert_eq!(one.dataset["title"]["pointer"], "/schema:name/@value");
    }

    #[test]
    fn reads_the_datasets_of_a_graph_and_of_a_catalogue() {
        let graph = read(
            r#"{"@context": {"schema": "http://schema.org/"}, "@graph": [{"@id": "_:a", "@type": "schema:Place"},
            {"@type": "schema:Dataset", "schema:name": "Lidar", "schema:distribution": {"@id": "_:b"}}]}"#,
        );
        let one = graph.first().expect("a record");
        assert_eq!((graph.len(), one.pointer.as_str()), (1, "/@graph/1"));
        assert_eq!(one.dataset["distributions"]["blank"], "not in this export");
        let catalog = read(
            r#"{"@context": "https://schema.org", "@type": "DataCatalog", "dataset": [{"@type": "Dataset", "name": "A"}]}"#,
        );
        assert_eq!(catalog.len(), 1);
    }

    #[test]
    fn leaves_other_nodes_alone() {
        assert!(
            read(r#"{"@context": "https://schema.org", "@type": "Organization", "name": "A"}"#)
                .is_empty()
        );
        assert!(read(r#"{"@type": "Dataset", "name": "A"}"#).is_empty());
    }
}
