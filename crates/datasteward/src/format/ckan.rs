//! CKAN: a package alone, or as `package_show`, `package_search` and catalogue dumps hand it out; DKAN's page scrapes.
//!
//! Portals add keys of their own, as `extras` or beside the standard ones. Both are found by what they mean.

use super::{Format, Surroundings, custom_fields, slots};
use crate::lexicon::refresh;
use crate::lexicon::roles::{DataType, is_system};
use crate::model::{
    Access, Agent, AgentKind, AssetKind, BlankKind, Column, Columns, Contact, Dataset,
    Distribution, Held, License, Origin, Refresh, Slot, Spatial,
};
use crate::source::tree::Value;

const COLUMNS: &str = "CKAN keeps the data dictionary with the data and not in this export: look at the page of the resource, or ask `datastore_search` for its fields";

pub(super) static FORMAT: Format = Format {
    id: "ckan",
    name: "CKAN package",
    known_by: "`resources` beside `notes`, `license_id` or `owner_org`, alone or in an answer of the API",
    containers: &["result/results", "result"],
    json_in_strings: &["attributesDescription", "value", "theme"],
    detect,
    read,
    known_keys: KNOWN,
};

const KNOWN: &[&str] = &[
    "Autor",
    "Veröffentlichungsdatum",
    "aktualisiert",
    "additional_info",
    "author",
    "author_email",
    "created",
    "creator_user_id",
    "data_dictionary",
    "data_update_frequency",
    "date_modified",
    "date_published",
    "description",
    "extras",
    "granularity",
    "groups",
    "help",
    "id",
    "isopen",
    "issued",
    "keywords",
    "language",
    "license",
    "license_id",
    "license_title",
    "license_url",
    "maintainer",
    "maintainer_email",
    "metadata_created",
    "metadata_modified",
    "modified",
    "name",
    "notes",
    "notes_translated",
    "num_resources",
    "num_tags",
    "organization",
    "owner_org",
    "portal_release_date",
    "private",
    "publisher",
    "relationships_as_object",
    "relationships_as_subject",
    "resources",
    "result",
    "revision_id",
    "state",
    "success",
    "tag_string",
    "tags",
    "title",
    "title_translated",
    "tracking_summary",
    "type",
    "url",
    "version",
    "org_title_at_publication",
];

fn detect(record: Value<'_>, _: &Surroundings<'_>) -> Option<&'static str> {
    let package = package(record);
    let resources = package.get("resources")?;
    let identified = ["id", "name", "title"]
        .iter()
        .any(|key| package.get(key).is_some());
    let own = |keys: &[&str]| keys.iter().filter(|key| package.get(key).is_some()).count();
    if !identified || resources.as_text().is_some() {
        return None;
    }
    let signs = own(&[
        "notes",
        "license_id",
        "owner_org",
        "num_resources",
        "metadata_created",
        "metadata_modified",
    ]);
    if signs >= 2 || signs == 1 && package.get("name").is_some() && !has_paths(resources) {
        return Some(
            "it has `resources` and other keys that only CKAN writes (`notes`, `license_id`, `num_resources` …)",
        );
    }
    let scraped = resources
        .items()
        .any(|item| item.get("file_url").is_some() || item.get("link_to_api").is_some());
    if scraped {
        return Some("it has `resources` with `file_url`, as pages of DKAN list them");
    }
    let linked = resources.items().any(|item| item.get("url").is_some());
    let page = own(&[
        "Autor",
        "Veröffentlichungsdatum",
        "aktualisiert",
        "granularity",
        "additional_info",
        "frequency",
    ]);
    (linked && page >= 2).then_some(
        "it has `resources` and keys as a page of DKAN shows them (`Autor`, `frequency` …)",
    )
}

/// Items with `path` are those of a Data Package.
fn has_paths(resources: Value<'_>) -> bool {
    resources
        .items()
        .any(|item| item.get("path").is_some() || item.get("data").is_some())
}

/// The package, out of the answer that it came in.
fn package(record: Value<'_>) -> Value<'_> {
    record
        .get("result")
        .filter(|result| result.is_object())
        .unwrap_or(record)
}

fn read<'t>(record: Value<'t>, _: &Surroundings<'t>) -> Dataset<'t> {
    let record = package(record);
    let mut dataset = Dataset::empty(FORMAT.id);
    dataset.id = slots::first([slots::word(record, "id"), slots::word(record, "name")]);
    dataset.title = slots::first([
        slots::text_in_english(record, "title"),
        slots::text_in_english(record, "title_translated"),
    ]);
    dataset.description = slots::first([
        slots::text_in_english(record, "notes"),
        slots::text_in_english(record, "notes_translated"),
        slots::text(record, "description"),
    ]);
    dataset.keywords = keywords(record);
    dataset.categories = categories(record);
    dataset.kind = kind(record);
    dataset.publisher = publisher(record);
    dataset.creators = creators(record);
    dataset.contact = contact(record);
    dataset.license = license(record);
    dataset.access = access(record);
    dataset.created = slots::first([
        slots::day(record, "metadata_created"),
        slots::day(record, "created"),
    ]);
    dataset.issued = slots::first([
        slots::day(record, "date_published"),
        slots::day(record, "issued"),
        slots::day(record, "Veröffentlichungsdatum"),
    ]);
    dataset.metadata_modified = slots::first([
        slots::day(record, "metadata_modified"),
        slots::day(record, "aktualisiert"),
    ]);
    dataset.modified = slots::first([
        slots::day(record, "date_modified"),
        slots::day(record, "modified"),
    ]);
    dataset.landing_page = match slots::word(record, "url") {
        // What Python prints of addresses in two languages, both of them empty.
        Slot::Filled(held) if held.value.starts_with('{') && !held.value.contains("://") => {
            Slot::empty(held.at)
        }
        page => page,
    };
    dataset.version = slots::word(record, "version");
    dataset.summary = Slot::NotInFormat("the description");
    dataset.usage_notes = Slot::NotInFormat("the description");
    dataset.crs = Slot::NotInFormat("the description");
    dataset.time_zone = Slot::NotInFormat("the description of the field");
    dataset.currency = Slot::NotInFormat("the units of the field");
    dataset.refresh = slots::refresh(record, "frequency");
    dataset.views = slots::views(record, &["tracking_summary", "total"]);
    dataset.rows = Slot::NotInExport("CKAN shows the number of rows on the page of the resource");
    dataset.retired = retired(record);
    dataset.columns = columns(record);
    dataset.distributions = distributions(record);
    dataset.data_updated = slots::latest_file(record).unwrap_or(Slot::absent(record.at()));
    dataset.custom = custom(record);
    read_extras(record, &mut dataset);
    custom_fields::fill(&mut dataset);
    if !dataset.spatial.is_filled() {
        dataset.spatial = region(record);
    }
    if !dataset.sources.is_filled() {
        dataset.sources = author_as_source(&dataset);
    }
    if let Slot::Filled(held) = slots::word(record, "data_update_frequency") {
        dataset.refresh = Slot::filled(update_days(held.value), held.at);
    }
    dataset
}

fn keywords<'t>(record: Value<'t>) -> Slot<Vec<Held<&'t str>>> {
    let tags = names_of(record, "tags", &["display_name", "name"]);
    if tags.is_filled() {
        return tags;
    }
    let translated = record
        .get("keywords")
        .map(slots::in_english)
        .map(slots::words_of);
    translated.filter(Slot::is_filled).unwrap_or(tags)
}

/// What portals call the subject of a package that is in none of CKAN's groups, as keys of their own or as extras.
const CATEGORIES: [&str; 10] = [
    "theme",
    "themes",
    "theme-primary",
    "category",
    "categories",
    "topic",
    "topics",
    "topic_category",
    "subject",
    "subjects",
];

fn categories<'t>(record: Value<'t>) -> Slot<Vec<Held<&'t str>>> {
    let groups = names_of(record, "groups", &["title", "display_name", "name"]);
    if groups.is_filled() {
        return groups;
    }
    let own = || CATEGORIES.iter().filter_map(|key| record.get(key));
    let extras = || {
        CATEGORIES
            .iter()
            .filter_map(|wanted| extras(record).find(|(key, _)| key == wanted))
            .map(|(_, value)| value)
    };
    own()
        .chain(extras())
        .map(|value| {
            let value = slots::in_english(value.inner().unwrap_or(value));
            names_in(value, &["title", "display_name", "name"])
        })
        .find(Slot::is_filled)
        .unwrap_or(groups)
}

/// What the record calls itself: CKAN writes `dataset` for everything, so a key of the portal's own may say more.
fn kind(record: Value<'_>) -> AssetKind {
    let says = [
        "collection",
        "type",
        "dcat_type",
        "dataset_type",
        "portal_type",
    ]
    .iter()
    .filter_map(|key| record.get(key))
    .filter_map(Value::as_str);
    let mut said = says.map(str::to_ascii_lowercase);
    let is_text = |word: &String| {
        matches!(word.as_str(), "info" | "document" | "documents" | "report")
            || word.contains("publication")
            || word.ends_with("_report")
    };
    if said.any(|word| is_text(&word)) {
        AssetKind::Document
    } else {
        AssetKind::Unknown
    }
}

/// The names of listed objects, or of words in their place.
fn names_of<'t>(record: Value<'t>, key: &str, names: &[&str]) -> Slot<Vec<Held<&'t str>>> {
    let list = record.get(key);
    list.map_or(Slot::absent(record.at()), |list| names_in(list, names))
}

fn names_in<'t>(list: Value<'t>, names: &[&str]) -> Slot<Vec<Held<&'t str>>> {
    let found: Vec<_> = list
        .one_or_many()
        .filter_map(|item| {
            let name = names.iter().find_map(|name| item.get(name)).unwrap_or(item);
            let word = slots::word_of(name);
            word.held().copied()
        })
        .collect();
    Slot::list(found, list.at())
}

fn publisher(record: Value<'_>) -> Slot<Agent<'_>> {
    let organization = record.get("organization");
    let of = |key: &str| {
        organization.map_or(Slot::absent(record.at()), |organization| {
            slots::word(organization, key)
        })
    };
    let title = record
        .get("org_title_at_publication")
        .map_or(Slot::absent(record.at()), |title| {
            slots::word_of(slots::in_english(title))
        });
    slots::first([
        of("title"),
        title,
        of("name"),
        slots::word(record, "publisher"),
    ])
    .map(organization_named)
}

fn organization_named(name: &str) -> Agent<'_> {
    Agent {
        name,
        kind: AgentKind::Organization,
        ..Agent::default()
    }
}

fn creators(record: Value<'_>) -> Slot<Vec<Held<Agent<'_>>>> {
    let author = slots::first([slots::word(record, "author"), slots::word(record, "Autor")]);
    let at = author.at().unwrap_or(record.at());
    author.map(|name| {
        let agent = Agent {
            name,
            ..Agent::default()
        };
        vec![Held::new(agent, at)]
    })
}

/// Where no source is named, the author is the one who made the data.
fn author_as_source<'t>(dataset: &Dataset<'t>) -> Slot<Vec<Held<Origin<'t>>>> {
    let authors = dataset.creators.clone();
    authors.map(|list| list.iter().map(slots::maker_as_origin).collect())
}

fn contact(record: Value<'_>) -> Slot<Contact<'_>> {
    let name = slots::first([
        slots::word(record, "maintainer"),
        slots::word(record, "author"),
    ]);
    let email = slots::first([
        slots::word(record, "maintainer_email"),
        slots::word(record, "author_email"),
    ]);
    let Some(at) = email
        .held()
        .map(|held| held.at)
        .or(name.held().map(|held| held.at))
    else {
        return email.map(|_| Contact {
            name: Slot::NotInFormat(""),
            email: Slot::NotInFormat(""),
            url: Slot::NotInFormat(""),
        });
    };
    Slot::filled(
        Contact {
            name,
            email,
            url: Slot::NotInFormat(""),
        },
        at,
    )
}

/// The license by its title; "notspecified" is CKAN's word for none.
fn license(record: Value<'_>) -> Slot<License<'_>> {
    let id = slots::license(record, "license_id");
    if let Slot::Filled(held) = &id
        && matches!(held.value.raw, "notspecified" | "other-unspecified")
    {
        return Slot::Blank {
            at: held.at,
            kind: BlankKind::NullWord,
        };
    }
    let url = slots::word(record, "license_url").value().copied();
    let title = if id.is_filled() {
        // The portal knows the address by the identifier.
        slots::license(record, "license_title")
    } else {
        slots::license_named(record, "license_title", "license_url")
    };
    slots::first([
        title,
        id,
        slots::license(record, "license"),
        slots::license(record, "license_url"),
    ])
    .map(|license| License { url, ..license })
}

fn access(record: Value<'_>) -> Slot<Access> {
    match record.get("private") {
        Some(value) if value.as_bool() == Some(true) => Slot::filled(Access::NonPublic, value.at()),
        Some(value) => Slot::filled(Access::Public, value.at()),
        None => Slot::absent(record.at()),
    }
}

/// The first of the regions that a package is listed under, where they are words and not numbers of a list elsewhere.
fn region(record: Value<'_>) -> Slot<Spatial<'_>> {
    let listed = [
        "geographic_region",
        "geographic_coverage",
        "spatial_coverage",
    ];
    let regions = listed.iter().filter_map(|key| record.get(key));
    let mut names = regions.flat_map(Value::one_or_many).map(slots::word_of);
    names
        .find(|name| {
            let name = name.value();
            name.is_some_and(|name| name.chars().any(char::is_alphabetic))
        })
        .map_or(Slot::absent(record.at()), |name| {
            name.map(slots::read_spatial)
        })
}

fn retired(record: Value<'_>) -> Slot<&str> {
    match slots::word(record, "state") {
        Slot::Filled(held) if held.value != "deleted" => Slot::empty(held.at),
        slot => slot,
    }
}

fn distributions(record: Value<'_>) -> Slot<Vec<Held<Distribution<'_>>>> {
    let Some(list) = record.get("resources") else {
        return Slot::absent(record.at());
    };
    let files: Vec<_> = slots::resources(record)
        .map(|item| Held::new(distribution(item), item.at()))
        .collect();
    Slot::list(files, list.at())
}

fn distribution(item: Value<'_>) -> Distribution<'_> {
    let mut read = Distribution::empty(item.at());
    read.title = slots::first([slots::text(item, "name"), slots::text(item, "title")]);
    read.description = slots::text(item, "description");
    read.download_url = address(item);
    read.access_url = slots::word(item, "accessURL");
    read.format = slots::word(item, "format");
    read.media_type = slots::first([
        slots::word(item, "mimetype"),
        slots::word(item, "mime_type"),
    ]);
    read.inner_format = slots::word(item, "mimetype_inner");
    read.bytes = slots::count(item, "size");
    read.modified = slots::day(item, "last_modified");
    read.license = Slot::NotInFormat("the license of the package");
    read.schema_ref = Slot::NotInFormat("the data dictionary of the resource");
    read
}

/// Where the file lies. Pages of DKAN give the path of the resource's own page as `url`, and the file under another key.
fn address(item: Value<'_>) -> Slot<&str> {
    let all = ["file_url", "url", "link_to_api", "file_link"].map(|key| slots::word(item, key));
    let is_absolute =
        |slot: &&Slot<&str>| slot.value().is_some_and(|address| address.contains("://"));
    all.iter()
        .find(is_absolute)
        .copied()
        .unwrap_or_else(|| slots::first(all))
}

/// The fields of all resources, in their order.
fn columns(record: Value<'_>) -> Columns<'_> {
    let mut columns = Vec::new();
    let mut empty = None;
    for (table, resource) in slots::resources(record).enumerate() {
        let Some(list) = resource
            .get("attributesDescription")
            .or_else(|| resource.get("fields"))
        else {
            continue;
        };
        empty = empty.or(Some(list.at()));
        for item in list.inner().unwrap_or(list).items() {
            if item.is_object() {
                columns.push(column(columns.len(), table, item));
            }
        }
    }
    match empty {
        _ if !columns.is_empty() => Columns::Listed(columns),
        Some(at) => Columns::Missing(at),
        None => Columns::NotInExport(COLUMNS),
    }
}

/// A field: Argentina's `{title, description, units}`, or the datastore's `{id, info: {label, notes}}`.
fn column(index: usize, table: usize, item: Value<'_>) -> Column<'_> {
    let mut column = Column::empty(index, item.at());
    column.table = Some(table);
    column.machine_name = slots::name(item, "id");
    column.name = slots::name(item, "title");
    column.description = slots::text(item, "description");
    column.unit = slots::first([slots::word(item, "units"), slots::word(item, "unit")]);
    if let Some(info) = item.get("info") {
        column.name = slots::first([slots::word(info, "label"), column.name]);
        column.description = slots::first([slots::text(info, "notes"), column.description]);
        column.unit = slots::first([slots::word(info, "unit"), column.unit]);
    }
    column.native_type = item.get("type").and_then(Value::as_str);
    column.datatype = column
        .native_type
        .map_or(DataType::Unknown, DataType::parse);
    column.is_system = is_system(column.shown_name(), column.key());
    column
}

/// `extras`, and keys beside the standard ones that hold a text.
fn custom<'t>(record: Value<'t>) -> Vec<(String, Held<&'t str>)> {
    let extras = extras(record)
        .filter_map(|(key, value)| Some((key.to_owned(), Held::new(value.as_text()?, value.at()))));
    let own = record
        .members()
        .filter(|(key, _)| !KNOWN.contains(key))
        .filter_map(|(key, value)| Some((key.to_owned(), Held::new(value.as_str()?, value.at()))));
    extras.chain(own).collect()
}

fn extras(record: Value<'_>) -> impl Iterator<Item = (&str, Value<'_>)> {
    record
        .get("extras")
        .into_iter()
        .flat_map(Value::items)
        .filter_map(|item| Some((item.get("key")?.as_str()?, item.get("value")?)))
}

/// Extras that stand for a slot of their own by the names that catalogues exchange them under.
fn read_extras<'t>(record: Value<'t>, dataset: &mut Dataset<'t>) {
    for (key, value) in extras(record) {
        match key {
            "issued" if !dataset.issued.is_filled() => dataset.issued = slots::day_of(value),
            "modified" if !dataset.modified.is_filled() => {
                dataset.modified = slots::day_of(value);
            }
            // A list in a text: the first is the widest.
            "spatial" if !dataset.spatial.is_filled() => {
                let list = value.inner().filter(|list| !list.is_object());
                if let Some(place) = list.and_then(|list| list.items().next()) {
                    dataset.spatial = slots::spatial_of(place);
                }
            }
            "language" => dataset.language = slots::words_of(value.inner().unwrap_or(value)),
            _ => {}
        }
    }
}

/// The days between updates as the Humanitarian Data Exchange writes them; other portals write words.
fn update_days(raw: &str) -> Refresh<'_> {
    let words = match raw {
        "0" => "continuous",
        "-1" | "-2" => "as needed",
        "1" => "daily",
        "7" => "weekly",
        "14" => "every 2 weeks",
        "30" => "monthly",
        "90" => "quarterly",
        "180" => "every 6 months",
        "365" => "annually",
        other => other,
    };
    Refresh {
        raw,
        rate: refresh::parse(words),
    }
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

    const PACKAGE: &str = r#"{"id": "a1", "name": "bus-stops", "title": "", "title_translated": {"fr": "Arrêts", "en": "Bus stops"},
        "notes": "Where buses stop.", "license_id": "notspecified", "license_title": "None given",
        "organization": {"title": "Transit office"}, "tags": [{"name": "bus"}], "metadata_modified": "2024-01-02T03:04:05",
        "extras": [{"key": "source", "value": "Survey of stops"}, {"key": "accrualPeriodicity", "value": "R/P1M"},
                   {"key": "language", "value": "[\"ENG\"]"}],
        "resources": [{"name": "Stops", "url": "https://example.org/a.csv", "format": "CSV",
                       "attributesDescription": "[{\"title\": \"stop\", \"description\": \"Name of the stop\"}, {\"title\": \"len\", \"units\": \"m\"}]"},
                      {"name": "Lines", "url": "https://example.org/b.csv",
                       "attributesDescription": "[{\"title\": \"line\"}]"}]}"#;

    #[test]
    fn reads_a_package_and_what_its_extras_mean() {
        let read = read(PACKAGE);
        let one = read.first().expect("a record");
        assert_eq!(one.format, "ckan");
        let value = |name: &str| one.value(name);
        assert_eq!(value("title").as_deref(), Some("Bus stops"));
        assert_eq!(value("license"), None);
        assert_eq!(value("publisher").as_deref(), Some("Transit office"));
        assert_eq!(value("language").as_deref(), Some(r#"["ENG"]"#));
        assert!(value("source").is_some_and(|it| it.contains("Survey of stops")));
        assert!(value("refresh").is_some_and(|it| it.contains("R/P1M")));
        assert_eq!(one.dataset["source"]["pointer"], "/extras/0/value");
    }

    #[test]
    fn takes_the_author_for_the_source_where_none_is_named() {
        let read = read(
            r#"{"name": "a", "notes": "b", "license_id": "cc-by", "author": "Office of buses", "resources": []}"#,
        );
        let one = read.first().expect("a record");
        assert!(
            one.value("source")
                .is_some_and(|it| it.contains("Office of buses"))
        );
    }

    #[test]
    fn counts_the_columns_of_all_resources_in_order() {
        let read = read(PACKAGE);
        let one = read.first().expect("a record");
        let names: Vec<_> = one.columns.iter().map(|it| it["name"].clone()).collect();
        assert_eq!(names, ["stop", "len", "line"]);
        assert_eq!(one.columns[2]["index"], 2);
        assert_eq!(one.columns[1]["judgements"]["unit"], "m");
    }

    #[test]
    fn reads_packages_out_of_the_answers_of_the_portal() {
        let shown = format!(r#"{{"success": true, "result": {PACKAGE}}}"#);
        assert_eq!(
            read(&shown)
                .first()
                .map(|it| it.dataset["title"]["pointer"].clone()),
            Some("/result/title_translated/en".into())
        );
        let found = format!(
            r#"{{"success": true, "result": {{"count": 2, "results": [{PACKAGE}, {PACKAGE}]}}}}"#
        );
        assert_eq!(
            read(&found).last().map(|it| it.pointer.clone()),
            Some("/result/results/1".to_owned())
        );
    }

    /// A package with some more keys.
    fn package(kept: &str) -> String {
        format!(r#"{{"name": "a", "notes": "b", "license_id": "cc-by", "resources": [], {kept}}}"#)
    }

    #[test]
    fn finds_the_subject_where_portals_keep_it() {
        for (kept, categories) in [
            (
                r#""groups": [{"title": "Parks"}], "subject": "x""#,
                r#"["Parks"]"#,
            ),
            (
                r#""groups": [], "subject": ["parks", "trees"]"#,
                r#"["parks","trees"]"#,
            ),
            (
                r#""theme": "[\"parks\", \"trees\"]""#,
                r#"["parks","trees"]"#,
            ),
            (
                r#""extras": [{"key": "theme-primary", "value": "parks"}]"#,
                r#"["parks"]"#,
            ),
        ] {
            let read = read(&package(kept));
            let one = read.first().expect("a record");
            assert_eq!(
                one.value("categories").as_deref(),
                Some(categories),
                "{kept}"
            );
        }
    }

    #[test]
    fn takes_the_first_region_that_is_named_by_words() {
        let named = |kept: &str| {
            read(&package(kept))
                .first()
                .and_then(|it| it.value("spatial"))
        };
        assert_eq!(
            named(r#""geographic_region": ["2", "north_coast"]"#).as_deref(),
            Some("north_coast")
        );
        let listed = r#""extras": [{"key": "spatial", "value": "[\"ARG\", \"06\"]"}]"#;
        assert_eq!(named(listed).as_deref(), Some("ARG"));
    }

    #[test]
    fn believes_a_record_that_calls_itself_a_publication() {
        let kind = |kept: &str| read(&package(kept)).first().and_then(|it| it.value("kind"));
        let publication =
            r#""type": "dataset", "collection": "publication", "portal_type": "info""#;
        assert_eq!(kind(publication).as_deref(), Some("document"));
        assert_eq!(
            kind(r#""type": "dataset", "collection": "primary""#).as_deref(),
            Some("dataset")
        );
    }

    #[test]
    fn takes_the_address_of_the_file_before_the_path_of_its_page() {
        let read = read(
            r#"{"name": "a", "notes": "b", "license_id": "cc-by", "url": "{u'fr': u'', u'en': u''}",
                "resources": [{"file_url": "", "url": "/dataset/1/resource/2", "link_to_api": "https://parks.example/api"}]}"#,
        );
        let one = read.first().expect("a record");
        assert!(
            one.value("distributions")
                .is_some_and(|it| it.contains("https://parks.example/api"))
        );
        assert_eq!(one.value("landing_page"), None);
    }

    #[test]
    fn leaves_a_data_package_and_other_json_alone() {
        assert!(read(r#"{"name": "a", "resources": ["x"], "version": "1.0.0"}"#).is_empty());
        assert!(
            read(r#"{"name": "tool", "version": "1.0.0", "license": "MIT", "dependencies": {}}"#)
                .is_empty()
        );
    }
}
