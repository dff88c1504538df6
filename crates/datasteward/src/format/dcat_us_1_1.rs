//! DCAT-US 1.1: the `data.json` of agencies, and the feeds that ArcGIS Hub and Socrata make in this form.

use super::{Format, Surroundings, slots};
use crate::lexicon::formats::Answer;
use crate::model::{
    Access, Agent, AgentKind, AssetKind, Columns, Contact, Dataset, Dictionary, Distribution, Held,
    Slot,
};
use crate::source::split::Shape;
use crate::source::tree::Value;

const SOURCE: &str = "A `data.json` has no place for the source of the data: write a sentence \"Source: …\" into the description";
const LIMITS: &str = "A `data.json` has no place for limitations: write a paragraph \"Limitations: …\" into the description";
const COLUMNS: &str =
    "A `data.json` has no place for fields and units: link a data dictionary with `describedBy`";
const ROWS: &str = "A `data.json` has no place for the number of rows";
const HUB_REFRESH: &str = "ArcGIS Hub leaves the refresh rate out of its feed: write a sentence \"Refresh rate: Monthly.\" into the description";
const HUB_TIME: &str =
    "ArcGIS Hub leaves the time covered out of its feed: say it in the title or description";
const SOCRATA_TIME_AND_PLACE: &str = "Socrata leaves the time and the place covered out of its `data.json`: say them in the description";
const SOCRATA_REFRESH: &str = "Socrata leaves the refresh rate out of its `data.json`: check the export of the discovery API instead";

pub(super) static FORMAT: Format = Format {
    id: "dcat-us-1.1",
    name: "data.json (DCAT-US 1.1)",
    known_by: "a `dataset` list with keys such as `accessLevel`, or `conformsTo` Project Open Data 1.1",
    containers: &["dataset"],
    json_in_strings: &[],
    detect,
    read,
    known_keys: &[
        "accessLevel",
        "accrualPeriodicity",
        "bureauCode",
        "conformsTo",
        "contactPoint",
        "dataQuality",
        "describedBy",
        "describedByType",
        "description",
        "distribution",
        "identifier",
        "isPartOf",
        "issued",
        "keyword",
        "landingPage",
        "language",
        "license",
        "modified",
        "primaryITInvestmentUII",
        "programCode",
        "publisher",
        "references",
        "rights",
        "spatial",
        "systemOfRecords",
        "temporal",
        "theme",
        "title",
        "accessURL",
        "webService",
    ],
};

/// Keys that together make a record of this standard, beside `accessLevel`.
const SIGNS: [&str; 6] = [
    "identifier",
    "contactPoint",
    "distribution",
    "modified",
    "keyword",
    "publisher",
];

fn detect(record: Value<'_>, around: &Surroundings<'_>) -> Option<&'static str> {
    if around.header_says("conformsTo", "project-open-data.cio.gov/v1.1") {
        return Some("its catalogue says that it conforms to Project Open Data 1.1");
    }
    let titled = record.get("title").is_some();
    let signs = SIGNS.iter().filter(|key| record.get(key).is_some()).count();
    if around.shape == Shape::Container("dataset")
        && titled
        && (signs >= 2 || record.get("accessLevel").is_some())
    {
        return Some("it stands in a `dataset` list and has the keys of a `data.json`");
    }
    let alone =
        record.get("accessLevel").is_some() && record.get("accessURL").is_none() && signs >= 3;
    alone.then_some("it has `accessLevel` and other keys that only a `data.json` has")
}

/// Which software wrote the feed: it decides what the feed leaves out.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Flavour {
    Hub,
    Socrata,
    Other,
}

fn flavour(record: Value<'_>) -> Flavour {
    let texts = ["identifier", "landingPage"]
        .iter()
        .filter_map(|key| record.get(key).and_then(Value::as_str));
    for text in texts {
        if text.contains("hub.arcgis.com")
            || text.contains("opendata.arcgis.com")
            || text.contains("/datasets/") && text.contains("::")
        {
            return Flavour::Hub;
        }
        if text.contains("/api/views/") || text.contains("/d/") && has_four_by_four_tail(text) {
            return Flavour::Socrata;
        }
    }
    let titles = record
        .get("distribution")
        .into_iter()
        .flat_map(Value::items);
    let hub = titles
        .filter_map(|item| item.get("title").and_then(Value::as_str))
        .any(|title| {
            matches!(
                title,
                "ArcGIS Hub Dataset" | "ArcGIS GeoService" | "ArcGIS Open Data"
            )
        });
    if hub { Flavour::Hub } else { Flavour::Other }
}

fn has_four_by_four_tail(url: &str) -> bool {
    let tail = url
        .trim_end_matches('/')
        .rsplit('/')
        .next()
        .unwrap_or_default();
    tail.len() == 9 && tail.as_bytes().get(4) == Some(&b'-')
}

fn read<'t>(record: Value<'t>, _: &Surroundings<'t>) -> Dataset<'t> {
    let flavour = flavour(record);
    let mut dataset = Dataset::empty(FORMAT.id);
    dataset.id = slots::word(record, "identifier");
    dataset.title = slots::text(record, "title");
    dataset.description = slots::text(record, "description");
    dataset.keywords = slots::words(record, "keyword");
    dataset.categories = slots::words(record, "theme");
    dataset.language = slots::words(record, "language");
    dataset.publisher = publisher(record);
    dataset.department = Slot::NotInFormat("the publisher");
    dataset.creators = Slot::NotInFormat(SOURCE);
    dataset.contact = contact(record);
    dataset.sources = Slot::NotInFormat(SOURCE);
    dataset.limitations = Slot::NotInFormat(LIMITS);
    dataset.method = Slot::NotInFormat("the description");
    dataset.purpose = Slot::NotInFormat("the description");
    dataset.usage_notes = Slot::NotInFormat("the description");
    dataset.context_links = references(record);
    dataset.license = record
        .get("license")
        .map_or(Slot::absent(record.at()), slots::license_address);
    dataset.rights = slots::text(record, "rights");
    dataset.access = access(record);
    dataset.refresh = slots::left_out(
        slots::refresh(record, "accrualPeriodicity"),
        match flavour {
            Flavour::Hub => Some(HUB_REFRESH),
            Flavour::Socrata => Some(SOCRATA_REFRESH),
            Flavour::Other => None,
        },
    );
    dataset.created = Slot::NotInFormat("`issued`");
    dataset.issued = slots::day(record, "issued");
    dataset.metadata_modified = Slot::NotInFormat("`modified`");
    dataset.modified = slots::day(record, "modified");
    dataset.data_updated = Slot::NotInFormat("`modified`");
    let exported = match flavour {
        Flavour::Hub => Some(HUB_TIME),
        Flavour::Socrata => Some(SOCRATA_TIME_AND_PLACE),
        Flavour::Other => None,
    };
    dataset.temporal = slots::left_out(slots::period(record, "temporal"), exported);
    let exported = exported.filter(|_| flavour == Flavour::Socrata);
    dataset.spatial = slots::left_out(slots::spatial(record, "spatial"), exported);
    dataset.crs = Slot::NotInFormat(COLUMNS);
    dataset.time_zone = Slot::NotInFormat(COLUMNS);
    dataset.currency = Slot::NotInFormat(COLUMNS);
    dataset.row_label = Slot::NotInFormat("the first sentence of the description");
    dataset.rows = Slot::NotInFormat(ROWS);
    dataset.summary = Slot::NotInFormat("the description");
    dataset.retired = Slot::NotInFormat("the title or description");
    dataset.version = Slot::NotInFormat("the title or description");
    dataset.landing_page = slots::word(record, "landingPage");
    dataset.domain = match dataset
        .landing_page
        .value()
        .and_then(|url| slots::host(url))
    {
        Some(host) => Slot::filled(host, dataset.landing_page.at().unwrap_or(record.at())),
        None => Slot::NotInExport("the address of the feed"),
    };
    dataset.distributions = distributions(record);
    dataset.dictionary = dictionary(record, &dataset);
    dataset.columns = match dataset.dictionary.held() {
        Some(held) => Columns::Referenced(vec![Held::new(held.value.url, held.at)]),
        None if flavour == Flavour::Socrata => Columns::NotInExport(COLUMNS),
        None => Columns::NotInFormat(COLUMNS),
    };
    dataset.lineage.series = record
        .get("isPartOf")
        .and_then(|value| Some(Held::new(value.as_str()?, value.at())))
        .into_iter()
        .collect();
    dataset.kind = kind(&dataset, flavour);
    dataset
}

fn publisher(record: Value<'_>) -> Slot<Agent<'_>> {
    let Some(value) = record.get("publisher") else {
        return Slot::absent(record.at());
    };
    let agent = value.one_or_many().next().unwrap_or(value);
    // Old Hub feeds write `source` where the standard has `name`.
    let name = ["name", "source"]
        .iter()
        .find(|key| agent.get(key).is_some());
    let slot = match name {
        Some(key) => slots::word(agent, key),
        None => slots::word_of(agent),
    };
    let parent = agent
        .path(&["subOrganizationOf", "name"])
        .and_then(Value::as_str);
    slot.map(|name| Agent {
        name,
        kind: AgentKind::Organization,
        parent,
        url: None,
    })
}

fn contact(record: Value<'_>) -> Slot<Contact<'_>> {
    let Some(value) = record.get("contactPoint") else {
        return Slot::absent(record.at());
    };
    let point = value.one_or_many().next().unwrap_or(value);
    let elsewhere = ["hasTelephone", "tel", "hasAddress", "adr"]
        .iter()
        .any(|key| point.get(key).is_some())
        .then_some("the telephone or postal address beside it");
    Slot::filled(
        Contact {
            name: slots::word(point, "fn"),
            email: slots::left_out(slots::verbatim(point, "hasEmail"), elsewhere),
            url: slots::word(point, "hasURL"),
        },
        value.at(),
    )
}

fn references(record: Value<'_>) -> Slot<Vec<Held<crate::model::Link<'_>>>> {
    match slots::words(record, "references") {
        Slot::Filled(held) => Slot::filled(
            held.value
                .into_iter()
                .map(|url| {
                    Held::new(
                        crate::model::Link {
                            url: url.value,
                            title: None,
                        },
                        url.at,
                    )
                })
                .collect(),
            held.at,
        ),
        Slot::Blank { at, kind } => Slot::Blank { at, kind },
        _ => Slot::absent(record.at()),
    }
}

fn access(record: Value<'_>) -> Slot<Access> {
    match slots::word(record, "accessLevel") {
        Slot::Filled(held) => {
            let level = held.value.to_ascii_lowercase();
            let access = match level.as_str() {
                "non-public" => Access::NonPublic,
                "restricted public" => Access::Restricted,
                _ => Access::Public,
            };
            Slot::filled(access, held.at)
        }
        slot => slot.map(|_| Access::Public),
    }
}

/// A data dictionary that the record links: on the dataset, or on one of its distributions.
fn dictionary<'t>(record: Value<'t>, dataset: &Dataset<'_>) -> Slot<Dictionary<'t>> {
    let items = record
        .get("distribution")
        .into_iter()
        .flat_map(Value::one_or_many);
    for holder in std::iter::once(record).chain(items) {
        if let Slot::Filled(held) = slots::word(holder, "describedBy")
            && !slots::leads_to_data(held.value, dataset)
        {
            return Slot::filled(
                Dictionary {
                    url: held.value,
                    media_type: holder.get("describedByType").and_then(Value::as_str),
                },
                held.at,
            );
        }
    }
    Slot::absent(record.at())
}

fn distributions(record: Value<'_>) -> Slot<Vec<Held<Distribution<'_>>>> {
    let mut list: Vec<_> = record
        .get("distribution")
        .into_iter()
        .flat_map(Value::one_or_many)
        .filter(|item| item.is_object())
        .map(|item| Held::new(distribution(item), item.at()))
        .collect();
    // Records of the first years keep one address beside the list.
    for key in ["accessURL", "webService"] {
        if let Some(value) = record.get(key).filter(|value| !value.is_null()) {
            let mut old = Distribution::empty(value.at());
            old.access_url = slots::word_of(value);
            old.format = slots::word(record, "format");
            list.push(Held::new(old, value.at()));
        }
    }
    let Some(at) = record
        .get("distribution")
        .map(Value::at)
        .or(list.first().map(|held| held.at))
    else {
        return Slot::absent(record.at());
    };
    Slot::list(list, at)
}

fn distribution(item: Value<'_>) -> Distribution<'_> {
    let mut read = Distribution::empty(item.at());
    read.title = slots::text(item, "title");
    read.description = slots::text(item, "description");
    read.access_url = slots::word(item, "accessURL");
    read.download_url = slots::word(item, "downloadURL");
    read.format = slots::word(item, "format");
    read.media_type = slots::word(item, "mediaType");
    read.bytes = Slot::NotInFormat("the title");
    read.modified = Slot::NotInFormat("`modified` of the dataset");
    read.license = Slot::NotInFormat("`license` of the dataset");
    read.schema_ref = slots::word(item, "describedBy");
    let title = item
        .get("title")
        .and_then(Value::as_str)
        .unwrap_or_default();
    read.made_by_portal = matches!(
        title,
        "ArcGIS Hub Dataset" | "ArcGIS GeoService" | "ArcGIS Open Data"
    );
    read
}

/// Hub sorts its items by the path of their pages; a map that shows a layer of its own is judged as that layer.
fn kind(dataset: &Dataset<'_>, flavour: Flavour) -> AssetKind {
    let page = dataset.landing_page.value().copied().unwrap_or_default();
    let is_hub = flavour == Flavour::Hub;
    match part_of_hub(page).filter(|_| is_hub) {
        Some("apps") => return AssetKind::App,
        Some("pages") => return AssetKind::Site,
        Some("stories") => return AssetKind::Story,
        _ => {}
    }
    let Some(list) = dataset.distributions.value() else {
        return AssetKind::Unknown;
    };
    let layer = list.iter().any(|held| {
        held.value
            .url()
            .is_some_and(|url| url.contains("FeatureServer") || url.contains("MapServer"))
    });
    // A site is listed with its own address as that of the service.
    let is_host = |held: &Held<Distribution<'_>>| held.value.url().is_some_and(is_host_alone);
    if is_hub && part_of_hub(page) == Some("content") && list.iter().any(is_host) {
        return AssetKind::Site;
    }
    let is_page = |held: &Held<Distribution<'_>>| held.value.readable() == Answer::No;
    if layer {
        AssetKind::GeoLayer
    } else if is_hub && part_of_hub(page) == Some("maps") && list.iter().all(is_page) {
        AssetKind::Map
    } else {
        AssetKind::Unknown
    }
}

/// `https://maps.example`, and no path on it.
fn is_host_alone(url: &str) -> bool {
    let rest = url.split_once("://").map(|(_, rest)| rest);
    rest.is_some_and(|rest| !rest.is_empty() && !rest.trim_end_matches('/').contains(['/', '?']))
}

/// The part of a Hub site under which a page stands: `apps` of `https://maps.example/apps/city::benches`, whatever stands
/// before it.
fn part_of_hub(page: &str) -> Option<&str> {
    let (_, path) = page.split_once("://")?.1.split_once('/')?;
    let (parts, _) = path.rsplit_once('/')?;
    parts.rsplit('/').next()
}

#[cfg(test)]
mod tests {
    use crate::inspect::inspect;
    use crate::options::Options;
    use crate::source::Source;

    fn kind(page: &str, service: &str) -> String {
        let text = format!(
            r#"{{"dataset": [{{"title": "Benches", "accessLevel": "public", "keyword": ["parks"], "identifier": "{page}", "landingPage": "{page}",
                "distribution": [{{"title": "ArcGIS Hub Dataset", "format": "Web Page", "mediaType": "text/html", "accessURL": "{page}"}},
                                 {{"title": "ArcGIS GeoService", "format": "ArcGIS GeoServices REST API"{service}}}]}}]}}"#
        );
        let (records, _) = inspect(
            &[Source::new("a.json", text.as_bytes())],
            &Options::default(),
        );
        records
            .first()
            .and_then(|it| it.value("kind"))
            .unwrap_or_default()
    }

    #[test]
    fn hub_shows_by_the_path_what_a_thing_is() {
        for (page, expected) in [
            ("https://maps.example/apps/city::benches", "app"),
            ("https://maps.example/pages/benches", "site"),
            ("https://maps.example/stories/city::benches", "story"),
            ("https://maps.example/maps/city::benches", "map"),
            ("https://maps.example/documents/city::benches", "dataset"),
        ] {
            assert_eq!(kind(page, ""), expected, "{page}");
        }
    }

    #[test]
    fn a_site_is_listed_with_its_own_address() {
        let page = "https://maps.example/content/city::open-data";
        let site = r#", "accessURL": "https://maps.example""#;
        assert_eq!(kind(page, site), "site");
        let locator =
            r#", "accessURL": "https://gis.example/rest/services/Addresses/GeocodeServer""#;
        assert_eq!(kind(page, locator), "dataset");
        assert_eq!(
            kind("https://maps.example/datasets/city::benches", site),
            "dataset"
        );
    }

    #[test]
    fn a_layer_on_a_map_is_data() {
        let service =
            r#", "accessURL": "https://gis.example/rest/services/Benches/FeatureServer/0""#;
        assert_eq!(
            kind("https://maps.example/maps/city::benches", service),
            "map layer"
        );
    }

    #[test]
    fn the_data_or_their_page_once_more_is_no_dictionary() {
        let dictionary = |described_by: &str, title: &str| {
            let text = format!(
                r#"{{"dataset": [{{"title": "Benches", "accessLevel": "public", "keyword": ["parks"], "identifier": "b",
                    "landingPage": "https://parks.example/benches", "describedBy": "{described_by}",
                    "distribution": [{{"title": "{title}", "downloadURL": "https://parks.example/files/benches.pdf"}}]}}]}}"#
            );
            let (records, _) = inspect(
                &[Source::new("a.json", text.as_bytes())],
                &Options::default(),
            );
            records
                .first()
                .is_some_and(|it| it.value("dictionary").is_some())
        };
        assert!(!dictionary("http://www.parks.example/benches/", "Benches"));
        assert!(!dictionary(
            "https://parks.example/files/benches.pdf",
            "Benches"
        ));
        assert!(dictionary(
            "https://parks.example/files/fields.pdf",
            "Benches"
        ));
        // The dictionary may be one of the files.
        assert!(dictionary(
            "https://parks.example/files/benches.pdf",
            "Data dictionary"
        ));
    }
}
