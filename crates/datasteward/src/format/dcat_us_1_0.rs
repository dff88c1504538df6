//! DCAT-US 1.0, the Project Open Data schema of 2013: a bare array of records.

use super::{Format, Surroundings, slots};
use crate::model::{
    Access, Agent, AgentKind, AssetKind, Columns, Contact, Dataset, Dictionary, Distribution, Held,
    Slot,
};
use crate::source::tree::Value;

const SOURCE: &str = "A `data.json` has no place for the source of the data: write a sentence \"Source: …\" into the description";
const LIMITS: &str = "A `data.json` has no place for limitations: write a paragraph \"Limitations: …\" into the description";
const COLUMNS: &str =
    "A `data.json` has no place for fields and units: link a data dictionary with `dataDictionary`";
const LEFT_OUT: &str =
    "Socrata leaves this out of its `data.json`: check the export of the discovery API instead";

pub(super) static FORMAT: Format = Format {
    id: "dcat-us-1.0",
    name: "data.json of 2013 (DCAT-US 1.0)",
    known_by: "a bare list of records with `accessLevel` and `accessURL`",
    containers: &[],
    json_in_strings: &[],
    detect,
    read,
    known_keys: &[
        "accessLevel",
        "accessURL",
        "accrualPeriodicity",
        "bureauCode",
        "contactPoint",
        "created",
        "dataDictionary",
        "dataQuality",
        "description",
        "distribution",
        "feed",
        "format",
        "frequency",
        "identifier",
        "keyword",
        "keywords",
        "landingPage",
        "language",
        "license",
        "mbox",
        "modified",
        "person",
        "programCode",
        "publisher",
        "references",
        "releaseDate",
        "spatial",
        "temporal",
        "theme",
        "title",
        "webService",
    ],
};

fn detect(record: Value<'_>, _: &Surroundings<'_>) -> Option<&'static str> {
    let has = |key: &str| record.get(key).is_some();
    let addressed = ["accessURL", "webService", "distribution"]
        .iter()
        .any(|key| has(key));
    let old = [
        "accessURL",
        "webService",
        "releaseDate",
        "dataDictionary",
        "mbox",
    ];
    let whole = has("accessLevel") && has("title") && has("identifier") && addressed;
    (whole && !has("@type") && old.iter().any(|key| has(key)))
        .then_some("it has `accessLevel` beside keys that only a `data.json` of 2013 has (`accessURL`, `releaseDate` …)")
}

/// Socrata's feed of those days: ids of its form, addresses of its interface.
fn is_socrata(record: Value<'_>) -> bool {
    let text = |key: &str| record.get(key).and_then(Value::as_str).unwrap_or_default();
    let id = text("identifier").as_bytes();
    id.len() == 9 && id.get(4) == Some(&b'-')
        || ["accessURL", "webService"]
            .iter()
            .any(|key| text(key).contains("/api/"))
}

fn read<'t>(record: Value<'t>, _: &Surroundings<'t>) -> Dataset<'t> {
    let mut dataset = Dataset::empty(FORMAT.id);
    let socrata = is_socrata(record).then_some(LEFT_OUT);
    dataset.id = slots::word(record, "identifier");
    dataset.title = slots::text(record, "title");
    dataset.description = slots::text(record, "description");
    dataset.keywords = keywords(record);
    dataset.categories = slots::left_out(slots::words(record, "theme"), socrata);
    dataset.language = slots::words(record, "language");
    dataset.publisher = slots::left_out(
        slots::word(record, "publisher").map(|name| Agent {
            name,
            kind: AgentKind::Organization,
            ..Agent::default()
        }),
        socrata,
    );
    dataset.contact = slots::left_out(contact(record), socrata);
    dataset.license = slots::license(record, "license");
    dataset.access = slots::word(record, "accessLevel").map(access);
    dataset.refresh = slots::left_out(
        slots::first([
            slots::refresh(record, "accrualPeriodicity"),
            slots::refresh(record, "frequency"),
        ]),
        socrata,
    );
    dataset.created = slots::day(record, "created");
    dataset.issued = slots::day(record, "releaseDate");
    dataset.modified = slots::day(record, "modified");
    dataset.temporal = slots::left_out(slots::period(record, "temporal"), socrata);
    dataset.spatial = slots::left_out(slots::spatial(record, "spatial"), socrata);
    dataset.landing_page = slots::word(record, "landingPage");
    dataset.distributions = distributions(record);
    dataset.dictionary = dictionary(record, &dataset);
    dataset.columns = match dataset.dictionary.held() {
        Some(held) => Columns::Referenced(vec![Held::new(held.value.url, held.at)]),
        None if socrata.is_some() => Columns::NotInExport(LEFT_OUT),
        None => Columns::NotInFormat(COLUMNS),
    };
    dataset.domain = domain(record);
    dataset.kind = kind(record);
    mark_places_elsewhere(&mut dataset);
    dataset
}

fn dictionary<'t>(record: Value<'t>, dataset: &Dataset<'_>) -> Slot<Dictionary<'t>> {
    match slots::word(record, "dataDictionary") {
        Slot::Filled(held) if slots::leads_to_data(held.value, dataset) => {
            Slot::absent(record.at())
        }
        slot => slot.map(|url| Dictionary {
            url,
            media_type: None,
        }),
    }
}

/// Marks what the format has no place for.
fn mark_places_elsewhere(dataset: &mut Dataset<'_>) {
    dataset.summary = Slot::NotInFormat("the description");
    dataset.department = Slot::NotInFormat("the publisher");
    dataset.creators = Slot::NotInFormat(SOURCE);
    dataset.sources = Slot::NotInFormat(SOURCE);
    dataset.limitations = Slot::NotInFormat(LIMITS);
    dataset.method = Slot::NotInFormat("the description");
    dataset.purpose = Slot::NotInFormat("the description");
    dataset.usage_notes = Slot::NotInFormat("the description");
    dataset.rights = Slot::NotInFormat("the license");
    dataset.metadata_modified = Slot::NotInFormat("`modified`");
    dataset.data_updated = Slot::NotInFormat("`modified`");
    dataset.crs = Slot::NotInFormat(COLUMNS);
    dataset.time_zone = Slot::NotInFormat(COLUMNS);
    dataset.currency = Slot::NotInFormat(COLUMNS);
    dataset.row_label = Slot::NotInFormat("the first sentence of the description");
    dataset.rows = Slot::NotInFormat("the description");
    dataset.retired = Slot::NotInFormat("the title or description");
    dataset.version = Slot::NotInFormat("the title or description");
}

/// Keywords: one text with commas; some feeds repeat them as a list.
fn keywords(record: Value<'_>) -> Slot<Vec<Held<&str>>> {
    match slots::words(record, "keyword") {
        Slot::Filled(held) => Slot::Filled(held).map(|list| match list.as_slice() {
            [only] => slots::listed_in_text(*only),
            _ => list,
        }),
        blank => slots::first([blank, slots::words(record, "keywords")]),
    }
}

fn contact(record: Value<'_>) -> Slot<Contact<'_>> {
    let name = slots::first([
        slots::word(record, "contactPoint"),
        slots::word(record, "person"),
    ]);
    let email = slots::word(record, "mbox");
    let at = email
        .held()
        .map(|held| held.at)
        .or(name.held().map(|held| held.at));
    let Some(at) = at else {
        return Slot::absent(record.at());
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

fn access(level: &str) -> Access {
    match level.to_ascii_lowercase().as_str() {
        "non-public" | "private" => Access::NonPublic,
        "restricted public" | "restricted" => Access::Restricted,
        _ => Access::Public,
    }
}

fn domain(record: Value<'_>) -> Slot<&str> {
    ["landingPage", "accessURL", "webService", "identifier"]
        .iter()
        .map(|key| slots::word(record, key))
        .find_map(|slot| {
            let held = slot.held()?;
            Some(Slot::filled(slots::host(held.value)?, held.at))
        })
        .unwrap_or(Slot::NotInExport("the address of the feed"))
}

/// The feed lists itself as its first record.
fn kind(record: Value<'_>) -> AssetKind {
    let id = record.get("identifier").and_then(Value::as_str);
    if id.is_some_and(|id| id.ends_with("/data.json")) {
        AssetKind::Site
    } else {
        AssetKind::Unknown
    }
}

/// The listed files; else the addresses beside them, which repeat the first file.
fn distributions(record: Value<'_>) -> Slot<Vec<Held<Distribution<'_>>>> {
    let mut list: Vec<_> = record
        .get("distribution")
        .into_iter()
        .flat_map(Value::one_or_many)
        .filter(|item| item.is_object())
        .map(|item| Held::new(distribution(item), item.at()))
        .collect();
    if list.is_empty() {
        for value in ["accessURL", "webService"]
            .iter()
            .filter_map(|key| record.get(key))
        {
            let mut own = Distribution::empty(value.at());
            own.access_url = slots::word_of(value);
            own.media_type = slots::word(record, "format");
            list.push(Held::new(own, value.at()));
        }
    }
    match list.first().map(|held| held.at) {
        Some(at) => Slot::filled(list, record.get("distribution").map_or(at, Value::at)),
        None => Slot::absent(record.at()),
    }
}

fn distribution(item: Value<'_>) -> Distribution<'_> {
    let mut read = Distribution::empty(item.at());
    read.title = slots::text(item, "title");
    read.access_url = slots::word(item, "accessURL");
    // One format, or a list of objects with a label and a value.
    let listed = item
        .get("formats")
        .and_then(|formats| formats.one_or_many().next())
        .map(|format| format.get("value").unwrap_or(format));
    read.media_type = match listed {
        Some(format) => slots::word_of(format),
        None => slots::word(item, "format"),
    };
    read.description = Slot::NotInFormat("the description of the dataset");
    read.bytes = Slot::NotInFormat("the description of the dataset");
    read.modified = Slot::NotInFormat("`modified` of the dataset");
    read.license = Slot::NotInFormat("`license` of the dataset");
    read.schema_ref = Slot::NotInFormat("`dataDictionary` of the dataset");
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
    fn reads_a_bare_array_and_splits_its_keywords() {
        let read = read(
            r#"[{"accessLevel": "Public", "title": "data.json", "identifier": "https://data.city.example/data.json", "webService": "https://data.city.example/data.json"},
            {"accessLevel": "Public", "title": "Bus stops", "identifier": "abcd-1234", "keyword": "bus, stops ,transit", "modified": "2013-05-09",
             "accessURL": "https://data.city.example/api/views/abcd-1234/rows.csv", "format": "text/csv", "releaseDate": "2012-05-09",
             "distribution": [{"accessURL": "https://data.city.example/a.csv", "formats": [{"label": "text/csv", "value": "text/csv"}]}]}]"#,
        );
        assert_eq!(read.len(), 2);
        let one = read.last().expect("a record");
        assert_eq!((one.format, one.pointer.as_str()), ("dcat-us-1.0", "/1"));
        assert_eq!(
            one.value("keywords").as_deref(),
            Some(r#"["bus","stops","transit"]"#)
        );
        assert_eq!(one.value("domain").as_deref(), Some("data.city.example"));
        for left_out in ["refresh", "categories", "temporal", "spatial"] {
            let blank = &one.dataset[left_out]["blank"];
            assert_eq!(blank, "not in this export", "{left_out}");
        }
        assert_eq!(
            one.dataset["distributions"]["value"]
                .as_array()
                .map(Vec::len),
            Some(1)
        );
        assert_eq!(read[0].value("kind").as_deref(), Some("site"));
    }

    #[test]
    fn leaves_other_arrays_alone() {
        assert!(read(r#"[{"accessLevel": "Public", "title": "A", "identifier": "1"}]"#).is_empty());
    }
}
