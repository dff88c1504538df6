//! What DCAT-AP, plain DCAT and DCAT-US 3 have alike: a dataset as a node of a graph.
//!
//! Keys may be plain (`title`), prefixed (`dct:title`) or addresses; values one or many, value objects, language maps or
//! nodes, written in place or pointed to. The place of a value is where it stands, be it in another node.

use super::linked::{self, Node};
use super::slots;
use crate::lexicon::dates;
use crate::model::{
    Access, Agent, AgentKind, Columns, Contact, Dataset, Dictionary, Distribution, Held, License,
    Link, Origin, Period, Refresh, Slot, Spatial, Text,
};
use crate::source::tree::Value;

const LIMITS: &str = "DCAT has no place for limitations that readers would find: write a paragraph \"Limitations: …\" into the description";
const COLUMNS: &str = "DCAT has no place for fields and units: link a data dictionary, or explain them in the description";
const SOURCE: &str = "DCAT leaves the source to the publisher unless `dct:provenance` or `dct:source` says more: write it there, or into the description";
const ELSEWHERE: &str = "the address that is given in its place";

/// Keys of a dataset that are read, without their prefixes.
pub(super) const KNOWN_KEYS: &[&str] = &[
    "accessLevel",
    "accessRestriction",
    "accessRights",
    "accrualPeriodicity",
    "belongsToCatalogue",
    "category",
    "conformsTo",
    "contactPoint",
    "created",
    "creator",
    "datasetDistribution",
    "describedBy",
    "describedByType",
    "description",
    "descriptionMap",
    "distribution",
    "documentation",
    "frequency",
    "geographicBoundingBox",
    "geographicalCoverage",
    "hasQualityAnnotation",
    "homepage",
    "id",
    "identifier",
    "inSeries",
    "isPartOf",
    "isReferencedBy",
    "isReplacedBy",
    "issued",
    "keyword",
    "keywordMap",
    "landingPage",
    "language",
    "licence",
    "license",
    "modificationDate",
    "modified",
    "note",
    "otherIdentifier",
    "page",
    "provenance",
    "publisher",
    "purpose",
    "qualifiedAttribution",
    "releaseDate",
    "replaces",
    "rights",
    "rightsHolder",
    "scopeNote",
    "source",
    "spatial",
    "status",
    "subject",
    "temporal",
    "temporalCoverage",
    "theme",
    "title",
    "titleMap",
    "type",
    "usageNote",
    "version",
    "versionInfo",
    "wasDerivedFrom",
    "wasGeneratedBy",
];

/// Reads a dataset.
pub(super) fn read<'t>(record: Value<'t>, format: &'static str) -> Dataset<'t> {
    let mut node = Node {
        value: record,
        language: "",
    };
    node.language = own_language(node);
    let mut dataset = Dataset::empty(format);
    texts(node, &mut dataset);
    people(node, &mut dataset);
    terms(node, &mut dataset);
    dates_and_places(node, &mut dataset);
    data(node, &mut dataset);
    lineage(node, &mut dataset);
    mark_places_elsewhere(&mut dataset);
    dataset
}

/// The language that the record declares first, as its texts would be tagged: `es` of `es-ES` and of the European
/// Union's `…/language/SPA`.
fn own_language(node: Node<'_>) -> &str {
    let Slot::Filled(held) = node.address(&["language"]) else {
        return "";
    };
    let code = held.value.rsplit('/').next().unwrap_or_default();
    let code = code.split(['-', '_']).next().unwrap_or_default();
    const CODES: [(&str, &str); 26] = [
        ("bul", "bg"),
        ("cat", "ca"),
        ("ces", "cs"),
        ("dan", "da"),
        ("deu", "de"),
        ("ell", "el"),
        ("eng", "en"),
        ("est", "et"),
        ("eus", "eu"),
        ("fin", "fi"),
        ("fra", "fr"),
        ("gle", "ga"),
        ("glg", "gl"),
        ("hrv", "hr"),
        ("hun", "hu"),
        ("ita", "it"),
        ("lav", "lv"),
        ("lit", "lt"),
        ("nld", "nl"),
        ("nor", "no"),
        ("pol", "pl"),
        ("por", "pt"),
        ("ron", "ro"),
        ("slk", "sk"),
        ("spa", "es"),
        ("swe", "sv"),
    ];
    let known = CODES
        .iter()
        .find(|(three, _)| three.eq_ignore_ascii_case(code));
    known.map_or(code, |(_, two)| two)
}

fn texts<'t>(node: Node<'t>, dataset: &mut Dataset<'t>) {
    let own_id = node.own_id();
    dataset.id = slots::first([node.word(&["identifier"]), own_id]);
    dataset.other_ids = node
        .nodes(&["otherIdentifier"])
        .filter_map(|other| other.name().held().copied())
        .collect();
    dataset.title = node.text(&["title"]);
    dataset.description = node.text(&["description"]);
    dataset.keywords = node.words(&["keyword"]);
    dataset.categories = node.words(&["theme", "category", "subject"]);
    dataset.language = node.words(&["language"]);
    dataset.purpose = node.text(&["purpose"]);
    dataset.usage_notes = node.text(&["scopeNote", "usageNote", "note"]);
    dataset.method = node
        .node(&["wasGeneratedBy"])
        .map_or(Slot::absent(node.value.at()), |activity| {
            activity.text(&["description"])
        });
    dataset.version = node.word(&["version", "versionInfo"]);
}

fn people<'t>(node: Node<'t>, dataset: &mut Dataset<'t>) {
    let agent_of = |names: &[&str]| {
        node.node(names)
            .map_or(Slot::absent(node.value.at()), agent)
    };
    dataset.publisher = agent_of(&["publisher"]);
    dataset.department = match agent_of(&["rightsHolder"]) {
        Slot::Filled(held) => Slot::Filled(held),
        _ => Slot::NotInFormat("the publisher"),
    };
    let creators: Vec<_> = node
        .nodes(&["creator"])
        .filter_map(|maker| agent(maker).held().cloned())
        .collect();
    dataset.sources = match listed(sources(node, &creators), node) {
        // Hardly any catalogue fills these fields: the publisher stands for the source, and may be it.
        Slot::Blank { .. } if dataset.publisher.is_filled() => Slot::NotInFormat(SOURCE),
        slot => slot,
    };
    dataset.creators = listed(creators, node);
    dataset.contact = contact(node);
}

/// A list that is filled where it holds something.
fn listed<'t, T>(list: Vec<Held<T>>, node: Node<'t>) -> Slot<Vec<Held<T>>> {
    match list.first().map(|held| held.at) {
        Some(at) => Slot::filled(list, at),
        None => Slot::absent(node.value.at()),
    }
}

/// A body or person; of one that is only pointed to, the address stands for the name.
fn agent(node: Node<'_>) -> Slot<Agent<'_>> {
    let kind = if node.is_type("Person") || node.is_type("Individual") {
        AgentKind::Person
    } else if ["Organization", "Organisation", "PublicOrganisation"]
        .iter()
        .any(|name| node.is_type(name))
    {
        AgentKind::Organization
    } else {
        AgentKind::Unknown
    };
    if hides_behind_blank_id(node.value) {
        return Slot::NotInExport(ELSEWHERE);
    }
    let parent = node
        .node(&["subOrganizationOf", "memberOf"])
        .and_then(|parent| parent.name().value().copied());
    let page = node.address(&["homepage", "url"]);
    node.name().map(|name| Agent {
        name,
        kind,
        parent,
        url: page.value().copied(),
    })
}

/// Whether a value points to a node that is not in the document and can be found nowhere else.
fn hides_behind_blank_id(value: Value<'_>) -> bool {
    let id = value.get("@id").unwrap_or(value).as_str();
    id.is_some_and(linked::is_blank_id) && (value.is_reference() || !value.is_object())
}

fn contact(node: Node<'_>) -> Slot<Contact<'_>> {
    let Some(point) = node.node(&["contactPoint"]) else {
        return Slot::absent(node.value.at());
    };
    let at = point.value.at();
    if hides_behind_blank_id(point.value) {
        return Slot::NotInExport(ELSEWHERE);
    }
    if point.value.is_object() && !point.value.is_reference() {
        let email = point.one(&["hasEmail", "email", "mbox"]);
        return Slot::filled(
            Contact {
                name: point.word(&["fn", "name", "hasFN", "organization-name", "label", "title"]),
                email: email.map_or(Slot::absent(at), |value| {
                    let value = value.get("@id").unwrap_or(value);
                    value.as_text().map_or_else(
                        || point.address(&["hasEmail", "email", "mbox"]),
                        |text| Slot::filled(text, value.at()),
                    )
                }),
                url: point.address(&["hasURL", "url", "hasUrl", "homepage"]),
            },
            at,
        );
    }
    let word = point.name();
    let is_address = word.value().is_some_and(|it| it.contains("://"));
    let Slot::Filled(held) = word else {
        return word.map(|_| Contact {
            name: Slot::absent(at),
            email: Slot::absent(at),
            url: Slot::absent(at),
        });
    };
    let (mut name, mut email, mut url) = (Slot::absent(at), Slot::absent(at), Slot::absent(at));
    if is_address {
        url = Slot::Filled(held);
    } else if held.value.contains('@') {
        email = Slot::Filled(held);
    } else {
        name = Slot::Filled(held);
    }
    Slot::filled(Contact { name, email, url }, held.at)
}

/// What the data comes from, as said in one of several places; else who made it.
fn sources<'t>(node: Node<'t>, creators: &[Held<Agent<'t>>]) -> Vec<Held<Origin<'t>>> {
    let mut list: Vec<_> = node
        .nodes(&["source", "wasDerivedFrom"])
        .filter_map(|source| origin(source, source.name()))
        .collect();
    for names in [&["provenance"], &["wasGeneratedBy"]] {
        list.extend(node.nodes(names).filter_map(|source| {
            let text = source.text(&["label", "description", "title", "prefLabel"]);
            origin(source, text.map(|text| text.raw)).or_else(|| origin(source, source.name()))
        }));
    }
    list.extend(
        node.nodes(&["qualifiedAttribution"])
            .filter_map(|attribution| attribution.node(&["agent"]))
            .filter(|agent| !agent.value.is_reference() && agent.value.is_object())
            .filter_map(|agent| origin(agent, agent.name())),
    );
    if list.is_empty() {
        list.extend(creators.iter().map(slots::maker_as_origin));
    }
    list
}

/// A source by its name, or by its address alone.
fn origin<'t>(node: Node<'t>, name: Slot<&'t str>) -> Option<Held<Origin<'t>>> {
    let held = *name.held()?;
    let absent = Slot::absent(node.value.at());
    let (name, url) = if held.value.contains("://") && !held.value.contains(' ') {
        (Slot::absent(node.value.at()), Slot::Filled(held))
    } else {
        (Slot::filled(Text::new(held.value), held.at), absent)
    };
    let origin = Origin {
        name,
        url,
        retrieved: Slot::absent(node.value.at()),
        note: Slot::absent(node.value.at()),
    };
    Some(Held::new(origin, held.at))
}

fn terms<'t>(node: Node<'t>, dataset: &mut Dataset<'t>) {
    dataset.license = license(node);
    if !dataset.license.is_filled() {
        // In DCAT-AP the license stands with each distribution.
        let of_files = node.nodes(DISTRIBUTION).map(license).find(Slot::is_filled);
        if let Some(slot) = of_files {
            dataset.license = slot;
        }
    }
    dataset.rights = node.text(&["rights"]);
    dataset.access = access(node);
    dataset.refresh = node.word(&["accrualPeriodicity", "frequency"]).map(refresh);
    dataset.retired = match node.word(&["status"]) {
        Slot::Filled(held) if is_retired(held.value) => Slot::Filled(held),
        _ => Slot::NotInFormat("the title or description"),
    };
}

fn refresh(raw: &str) -> Refresh<'_> {
    slots::read_refresh(raw)
}

/// Words of the European Union's list of statuses.
fn is_retired(status: &str) -> bool {
    let word = last_part(status);
    ["deprecated", "withdrawn", "discont"]
        .iter()
        .any(|known| word.eq_ignore_ascii_case(known))
}

fn last_part(address: &str) -> &str {
    address
        .rsplit(['/', '#', ':'])
        .next()
        .unwrap_or(address)
        .trim()
}

fn license(node: Node<'_>) -> Slot<License<'_>> {
    let Some(value) = node.one(&["license", "licence"]) else {
        return Slot::absent(node.value.at());
    };
    if !value.is_object() && !value.resolved().is_object() {
        return slots::license_of(value);
    }
    let document = Node {
        value: value.resolved(),
        ..node
    };
    let address = document.own_address();
    let url = address.value().copied();
    let exact = document.address(&["exactMatch", "sameAs"]);
    let named = document
        .label()
        .map_or(Slot::absent(value.at()), slots::license_of);
    let by_address = slots::first([exact, address]).map(|raw| License {
        raw,
        url,
        ..License::default()
    });
    slots::first([named, by_address]).map(|license| License { url, ..license })
}

fn access(node: Node<'_>) -> Slot<Access> {
    let restriction = node
        .node(&["accessRestriction"])
        .map_or(Slot::absent(node.value.at()), |it| {
            it.word(&["restrictionStatus"])
        });
    let said = slots::first([node.word(&["accessRights", "accessLevel"]), restriction]);
    let Slot::Filled(held) = said else {
        return said.map(|_| Access::Public);
    };
    let word = last_part(held.value).to_ascii_lowercase();
    let access = match word.as_str() {
        "public" | "open" | "unrestricted" => Access::Public,
        "restricted" | "restricted public" | "sensitive" | "restrictedfully"
        | "restrictedpartly" => Access::Restricted,
        "non-public" | "non_public" | "private" | "confidential" => Access::NonPublic,
        // Whatever else is written here does not tell who may have the data.
        _ => return Slot::absent(held.at),
    };
    Slot::filled(access, held.at)
}

fn dates_and_places<'t>(node: Node<'t>, dataset: &mut Dataset<'t>) {
    dataset.created = node.day(&["created"]);
    dataset.issued = node.day(&["issued", "releaseDate"]);
    dataset.modified = node.day(&["modified", "modificationDate"]);
    dataset.temporal = node
        .node(&["temporal", "temporalCoverage"])
        .map_or(Slot::absent(node.value.at()), period);
    dataset.spatial = place(node);
    dataset.crs = crs(node);
}

/// A period with a beginning, an end or both.
fn period(node: Node<'_>) -> Slot<Period<'_>> {
    if !node.value.is_object() {
        return slots::period_of(node.value);
    }
    let bound = |names: &[&str], instant: &[&str]| {
        let written = node.one(names)?;
        let inner = written.is_object().then(|| Node {
            value: written.resolved(),
            ..node
        });
        inner.map_or(Some(written), |inner| inner.one(instant))
    };
    const INSTANT: &[&str] = &[
        "inXSDDate",
        "inXSDDateTime",
        "inXSDDateTimeStamp",
        "inXSDgYear",
    ];
    let start = bound(
        &["startDate", "start", "hasBeginning", "beginning"],
        INSTANT,
    );
    let end = bound(&["endDate", "end", "hasEnd"], INSTANT);
    if start.is_none() && end.is_none() {
        return match node.name() {
            Slot::Filled(held) => Slot::filled(slots::read_period(held.value), held.at),
            _ => Slot::empty(node.value.at()),
        };
    }
    let read = |value: Option<Value<'_>>| value.and_then(Value::as_text).and_then(dates::parse);
    let period = Period {
        raw: "",
        start: read(start).map(|written| written.date),
        end: read(end).map(|written| written.last_day()),
        end_at: end.map(Value::at),
    };
    Slot::filled(period, node.value.at())
}

/// A place by its name, its box or its identifier.
fn place(node: Node<'_>) -> Slot<Spatial<'_>> {
    let corners = node.node(&["geographicBoundingBox"]);
    let Some(place) = node.node(&["spatial", "geographicalCoverage"]) else {
        return corners.map_or(Slot::absent(node.value.at()), |corners| {
            let spatial = Spatial {
                raw: corners.value.raw(),
                bounding_box: bounds(corners),
                box_at: None,
            };
            Slot::filled(spatial, corners.value.at())
        });
    };
    if !place.value.is_object() {
        return slots::spatial_of(place.value);
    }
    let outline = place.one(&["bbox", "geometry", "coordinates"]);
    let drawn =
        outline.and_then(|outline| Some((slots::box_of_shape(outline.as_str()?)?, outline)));
    let beside = || corners.and_then(|it| Some((bounds(it)?, it.value)));
    let bounded = drawn.or_else(beside);
    let (raw, at) = match place.name() {
        Slot::Filled(held) => (held.value, held.at),
        _ => {
            let value = outline.unwrap_or(place.value);
            (value.as_str().unwrap_or_else(|| value.raw()), value.at())
        }
    };
    let box_at = bounded.map(|(_, value)| value.at());
    Slot::filled(
        Spatial {
            raw,
            bounding_box: bounded.map(|(corners, _)| corners),
            box_at: box_at.filter(|box_at| *box_at != at),
        },
        at,
    )
}

/// West, south, east, north of DCAT-US 3.
fn bounds(corners: Node<'_>) -> Option<[f64; 4]> {
    let side = |name: &str| corners.one(&[name]).and_then(Value::as_f64);
    Some([
        side("westBoundingLongitude")?,
        side("southBoundingLatitude")?,
        side("eastBoundingLongitude")?,
        side("northBoundingLatitude")?,
    ])
}

/// A coordinate system among the standards that the data conform to.
fn crs(node: Node<'_>) -> Slot<&str> {
    node.many(&["conformsTo"])
        .map(|value| Node { value, ..node }.own_address())
        .find(|slot| {
            slot.value()
                .is_some_and(|it| it.contains("/crs/") || it.contains("EPSG"))
        })
        .unwrap_or(Slot::NotInFormat(
            "`dct:conformsTo`, as an address of the coordinate system",
        ))
}

const DISTRIBUTION: &[&str] = &["distribution", "datasetDistribution"];

fn data<'t>(node: Node<'t>, dataset: &mut Dataset<'t>) {
    dataset.landing_page = node.address(&["landingPage"]);
    dataset.domain = slots::first([node.address(&["landingPage", "homepage"]), node.own_id()])
        .held()
        .and_then(|held| Some(Slot::filled(slots::host(held.value)?, held.at)))
        .unwrap_or(Slot::NotInExport("the address of the catalogue"));
    dataset.distributions = distributions(node);
    dataset.dictionary = dictionary(node, dataset);
    dataset.columns = match dataset.dictionary.held() {
        Some(held) => Columns::Referenced(vec![Held::new(held.value.url, held.at)]),
        None => Columns::NotInFormat(COLUMNS),
    };
    let links: Vec<_> = node
        .many(&["page", "documentation", "isReferencedBy"])
        .filter_map(|value| {
            let page = Node { value, ..node };
            let held = *page.own_address().held()?;
            let title = Node {
                value: value.resolved(),
                ..node
            };
            let title = title.word(&["title", "name", "label"]).value().copied();
            let url = held.value;
            url.contains("://")
                .then(|| Held::new(Link { url, title }, held.at))
        })
        .collect();
    dataset.context_links = listed(links, node);
}

/// A data dictionary that the dataset, or one of its distributions, names.
fn dictionary<'t>(node: Node<'t>, dataset: &Dataset<'_>) -> Slot<Dictionary<'t>> {
    for holder in std::iter::once(node).chain(node.nodes(DISTRIBUTION)) {
        let Some(target) = holder.node(&["describedBy"]) else {
            continue;
        };
        let url = slots::first([
            target.address(&["downloadURL"]),
            target.address(&["accessURL"]),
            target.own_address(),
        ]);
        if let Slot::Filled(held) = url
            && !slots::leads_to_data(held.value, dataset)
        {
            let media_type = slots::first([
                holder.word(&["describedByType"]),
                target.word(&["mediaType"]),
            ]);
            let dictionary = Dictionary {
                url: held.value,
                media_type: media_type.value().copied(),
            };
            return Slot::filled(dictionary, held.at);
        }
    }
    Slot::absent(node.value.at())
}

/// Files, and services of the same document that say that they give this dataset.
fn distributions(node: Node<'_>) -> Slot<Vec<Held<Distribution<'_>>>> {
    let is_described = |item: &Node<'_>| item.value.is_object() && !item.value.is_reference();
    let mut list: Vec<_> = node
        .nodes(DISTRIBUTION)
        .filter(is_described)
        .map(|item| Held::new(distribution(item), item.value.at()))
        .collect();
    list.extend(
        node.value
            .services()
            .take(MOST_SERVICES)
            .map(|value| Held::new(service(Node { value, ..node }), value.at())),
    );
    let own = node.get(DISTRIBUTION).map(Value::at);
    match (own, list.first().map(|held| held.at)) {
        (at, Some(first)) => Slot::filled(list, at.unwrap_or(first)),
        (None, None) => Slot::absent(node.value.at()),
        (Some(_), None) if node.nodes(DISTRIBUTION).next().is_some() => {
            Slot::NotInExport(ELSEWHERE)
        }
        (Some(at), None) => Slot::empty(at),
    }
}

/// One service may give all datasets of a catalogue, but hardly is a dataset given by more services than these.
const MOST_SERVICES: usize = 16;

fn service(node: Node<'_>) -> Distribution<'_> {
    let mut read = Distribution::empty(node.value.at());
    read.title = node.text(&["title"]);
    read.description = node.text(&["description"]);
    read.access_url = node.address(&["endpointURL", "endpointDescription"]);
    read.license = license(node);
    // What a service speaks is told by the standard it conforms to, if at all.
    read.format = node.word(&["format", "conformsTo"]);
    read
}

fn distribution(item: Node<'_>) -> Distribution<'_> {
    let mut read = Distribution::empty(item.value.at());
    read.title = item.text(&["title"]);
    read.description = item.text(&["description"]);
    let service = item.node(&["accessService"]);
    read.access_url = slots::first([
        item.address(&["accessURL"]),
        service.map_or(Slot::absent(item.value.at()), |service| {
            service.address(&["endpointURL"])
        }),
    ]);
    read.download_url = item.address(&["downloadURL"]);
    read.format = item.word(&["format"]);
    read.media_type = item.word(&["mediaType"]);
    read.bytes = item
        .one(&["byteSize"])
        .map_or(
            Slot::absent(item.value.at()),
            |value| match slots::read_count(value) {
                Some(count) => Slot::filled(count, value.at()),
                None => Slot::empty(value.at()),
            },
        );
    read.modified = item.day(&["modified", "modificationDate"]);
    read.license = license(item);
    read.schema_ref = item.address(&["describedBy", "conformsTo"]);
    read
}

fn lineage<'t>(node: Node<'t>, dataset: &mut Dataset<'t>) {
    let addresses = |names: &[&str]| -> Vec<_> {
        node.many(names)
            .filter_map(|value| Node { value, ..node }.own_address().held().copied())
            .collect()
    };
    dataset.lineage.series = addresses(&["inSeries", "isPartOf"]);
    dataset.lineage.replaces = addresses(&["replaces"]);
    dataset.lineage.replaced_by = addresses(&["isReplacedBy"]);
    dataset.lineage.derived_from = addresses(&["wasDerivedFrom"]);
}

/// Marks what the format has no place for.
fn mark_places_elsewhere(dataset: &mut Dataset<'_>) {
    dataset.summary = Slot::NotInFormat("the description");
    dataset.limitations = Slot::NotInFormat(LIMITS);
    dataset.metadata_modified = Slot::NotInFormat("`modified`");
    dataset.data_updated = Slot::NotInFormat("`modified`");
    dataset.time_zone = Slot::NotInFormat(COLUMNS);
    dataset.currency = Slot::NotInFormat(COLUMNS);
    dataset.row_label = Slot::NotInFormat("the first sentence of the description");
    dataset.rows = Slot::NotInFormat("the description");
}
