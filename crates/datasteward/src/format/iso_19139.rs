//! ISO 19115 geographic metadata in XML: ISO 19139 (`gmd:MD_Metadata`, `gmi:MI_Metadata`) and ISO 19115-3 (`mdb:`).
//!
//! The two differ in prefixes and in a few elements; elements are known by their local names, so one reader serves both.

use super::elements::{
    bounding_box, code, content, each, first, listed, read as read_first, statement, statements,
    text, variants, word, words,
};
use super::{Format, Surroundings, slots};
use crate::lexicon::licenses;
use crate::lexicon::phrases::{self, Limits};
use crate::lexicon::refresh;
use crate::lexicon::roles::{DataType, is_system};
use crate::model::{
    Access, Agent, AgentKind, AssetKind, BlankKind, Column, Columns, Contact, Dataset, Day,
    Dictionary, Distribution, Held, Inner, License, Origin, Period, Refresh, Slot, Spatial, Text,
    ValueItem,
};
use crate::source::tree::Value;

const FIELDS: &str = "ISO 19139 metadata keep the fields in a feature catalogue of their own (ISO 19110): check that as well, or link a data dictionary";
const UNIT: &str = "the definition of the field in the feature catalogue";

pub(super) static FORMAT: Format = Format {
    id: "iso-19139",
    name: "ISO 19115/19139 metadata",
    known_by: "an XML element `MD_Metadata` (ISO 19115, 19139)",
    containers: &["GetRecordsResponse/SearchResults/MD_Metadata"],
    json_in_strings: &[],
    detect,
    read,
    known_keys: &[
        "MD_Metadata",
        "MI_Metadata",
        "GetRecordByIdResponse",
        "GetRecordsResponse",
        "applicationSchemaInfo",
        "characterSet",
        "contact",
        "contentInfo",
        "dataQualityInfo",
        "dataSetURI",
        "dateInfo",
        "dateStamp",
        "defaultLocale",
        "distributionInfo",
        "fileIdentifier",
        "hierarchyLevel",
        "hierarchyLevelName",
        "identificationInfo",
        "language",
        "locale",
        "metadataConstraints",
        "metadataExtensionInfo",
        "metadataIdentifier",
        "metadataLinkage",
        "metadataMaintenance",
        "metadataScope",
        "metadataStandard",
        "metadataStandardName",
        "metadataStandardVersion",
        "otherLocale",
        "parentIdentifier",
        "parentMetadata",
        "portrayalCatalogueInfo",
        "referenceSystemInfo",
        "resourceLineage",
        "spatialRepresentationInfo",
    ],
};

/// Where a metadata element may stand: as the document, in an answer of a catalogue service, or cut out of a list.
fn metadata(record: Value<'_>) -> Option<Value<'_>> {
    let holder = first(record, &["GetRecordByIdResponse"])
        .or_else(|| first(record, &["GetRecordsResponse", "SearchResults"]))
        .unwrap_or(record);
    ["MD_Metadata", "MI_Metadata"]
        .iter()
        .find_map(|name| first(holder, &[name]))
        .or(Some(holder))
        .filter(|metadata| metadata.get("identificationInfo").is_some())
}

fn detect(record: Value<'_>, _: &Surroundings<'_>) -> Option<&'static str> {
    metadata(record).map(|_| "it is an `MD_Metadata` element with `identificationInfo`")
}

/// What identifies the data: `MD_DataIdentification`, a service, or a profile's own element.
fn identification(metadata: Value<'_>) -> Value<'_> {
    each(metadata, &["identificationInfo"])
        .into_iter()
        .flat_map(Value::members)
        .flat_map(|(_, value)| value.one_or_many())
        .find(|value| value.get("citation").is_some() || value.get("abstract").is_some())
        .unwrap_or(metadata)
}

fn read<'t>(record: Value<'t>, _: &Surroundings<'t>) -> Dataset<'t> {
    let mut dataset = Dataset::empty(FORMAT.id);
    let Some(metadata) = metadata(record) else {
        return dataset;
    };
    let about = identification(metadata);
    mark_places_elsewhere(&mut dataset);
    dataset.kind = kind(metadata, about);
    dataset.id = slots::first([
        word(metadata, &["fileIdentifier"]),
        word(metadata, &["metadataIdentifier", "MD_Identifier", "code"]),
        word(
            about,
            &[
                "citation",
                "CI_Citation",
                "identifier",
                "MD_Identifier",
                "code",
            ],
        ),
        word(
            about,
            &[
                "citation",
                "CI_Citation",
                "identifier",
                "RS_Identifier",
                "code",
            ],
        ),
    ]);
    describe(&mut dataset, metadata, about);
    name_people(&mut dataset, metadata, about);
    state_terms(&mut dataset, about);
    date(&mut dataset, metadata, about);
    place(&mut dataset, metadata, about);
    dataset.refresh = refresh_of(about);
    (dataset.method, dataset.sources) = lineage(metadata, about);
    dataset.rows = rows(metadata);
    columns(&mut dataset, metadata);
    dataset.distributions = distributions(metadata, about);
    dataset.landing_page = landing_page(metadata);
    dataset.lineage.series = [&["citation", "CI_Citation", "series", "CI_Series", "name"][..]]
        .iter()
        .flat_map(|path| words(about, path))
        .chain(words(metadata, &["parentIdentifier"]))
        .collect();
    dataset.extra = metadata
        .members()
        .filter(|(key, _)| !FORMAT.known_keys.contains(key) && !key.starts_with('@'))
        .map(|(key, value)| (key, value.at()))
        .collect();
    dataset
}

fn mark_places_elsewhere(dataset: &mut Dataset<'_>) {
    dataset.domain = Slot::NotInExport("the address of the catalogue");
    dataset.summary = Slot::NotInFormat("the abstract");
    dataset.department = Slot::NotInFormat("the responsible parties");
    dataset.context_links = Slot::NotInFormat("the supplemental information");
    dataset.time_zone = Slot::NotInFormat(UNIT);
    dataset.currency = Slot::NotInFormat(UNIT);
    dataset.row_label = Slot::NotInFormat("the first sentence of the abstract");
    dataset.bytes = Slot::NotInFormat("the transfer size of each download");
}

fn kind(metadata: Value<'_>, about: Value<'_>) -> AssetKind {
    let level = code(metadata, &["hierarchyLevel"]);
    let level = match level {
        Slot::Blank { .. } => code(
            metadata,
            &["metadataScope", "MD_MetadataScope", "resourceScope"],
        ),
        slot => slot,
    };
    let shown = code(about, &["spatialRepresentationType"]);
    match (level.value().copied(), shown.value().copied()) {
        (Some("service"), _) => AssetKind::Service,
        (Some("nonGeographicDataset"), _) | (_, Some("textTable")) => AssetKind::Table,
        (Some("software" | "application"), _) => AssetKind::Site,
        (Some("document"), _) => AssetKind::Document,
        (_, Some("vector" | "grid" | "tin")) => AssetKind::GeoLayer,
        _ if metadata.get("spatialRepresentationInfo").is_some() => AssetKind::GeoLayer,
        _ => AssetKind::Unknown,
    }
}

fn describe<'t>(dataset: &mut Dataset<'t>, metadata: Value<'t>, about: Value<'t>) {
    let citation = |name: &'static str| ["citation", "CI_Citation", name];
    dataset.title = text(about, &citation("title"));
    let other = each(about, &citation("title"))
        .into_iter()
        .flat_map(variants)
        .map(|(_, value)| value);
    dataset.other_titles = other
        .map(|value| Held::new(Text::new(value.as_str().unwrap_or_default()), value.at()))
        .chain(statements(about, &citation("alternateTitle")))
        .collect();
    dataset.description = text(about, &["abstract"]);
    dataset.purpose = statement(about, &["purpose"]);
    dataset.usage_notes = statement(about, &["supplementalInformation"]);
    let keywords = ["descriptiveKeywords", "MD_Keywords", "keyword"];
    dataset.keywords = listed(words(about, &keywords), about, &keywords);
    dataset.categories = listed(topics(about), about, &["topicCategory"]);
    dataset.language = listed(languages(metadata, about), about, &["language"]);
    dataset.version = word(about, &citation("edition"));
    dataset.preview = word(about, &["graphicOverview", "MD_BrowseGraphic", "fileName"]);
    dataset.retired = match code(about, &["status"]) {
        Slot::Filled(held)
            if matches!(
                held.value,
                "obsolete"
                    | "historicalArchive"
                    | "superseded"
                    | "retired"
                    | "deprecated"
                    | "withdrawn"
            ) =>
        {
            Slot::Filled(held)
        }
        _ => Slot::absent(about.at()),
    };
}

fn topics(about: Value<'_>) -> Vec<Held<&str>> {
    each(about, &["topicCategory", "MD_TopicCategoryCode"])
        .into_iter()
        .filter_map(|value| slots::word_of(content(value)?).held().copied())
        .collect()
}

fn languages<'t>(metadata: Value<'t>, about: Value<'t>) -> Vec<Held<&'t str>> {
    let of = |holder, path: &[&str]| words(holder, path);
    let locale = ["defaultLocale", "PT_Locale", "language"];
    let found = of(about, &["language"]);
    let found = if found.is_empty() {
        of(about, &locale)
    } else {
        found
    };
    if found.is_empty() {
        of(metadata, &["language"])
    } else {
        found
    }
}

/// A responsible party of either edition, and its role.
struct Party<'t> {
    role: &'t str,
    name: Held<&'t str>,
    kind: AgentKind,
    element: Value<'t>,
}

/// The parties below some elements that name an organization or a person.
fn parties<'t>(holder: Value<'t>, path: &[&str]) -> Vec<Party<'t>> {
    let mut found = Vec::new();
    for property in each(holder, path) {
        let old = each(property, &["CI_ResponsibleParty"]);
        let new = each(property, &["CI_Responsibility"]);
        for element in old.into_iter().chain(new) {
            let organization = slots::first([
                word(element, &["organisationName"]),
                word(element, &["party", "CI_Organisation", "name"]),
            ]);
            let person = slots::first([
                word(element, &["individualName"]),
                word(element, &["party", "CI_Individual", "name"]),
            ]);
            let (name, kind) = match (organization, person) {
                (Slot::Filled(held), _) => (held, AgentKind::Organization),
                (_, Slot::Filled(held)) => (held, AgentKind::Person),
                _ => continue,
            };
            let role = code(element, &["role"]);
            found.push(Party {
                role: role.value().copied().unwrap_or_default(),
                name,
                kind,
                element,
            });
        }
    }
    found
}

/// Roles of whoever answers for the data, the nearest to a publisher first.
const PUBLISHING: [&str; 7] = [
    "publisher",
    "owner",
    "custodian",
    "resourceProvider",
    "distributor",
    "pointOfContact",
    "originator",
];

/// Roles of whoever made the data.
const MAKING: [&str; 6] = [
    "originator",
    "author",
    "principalInvestigator",
    "processor",
    "collaborator",
    "contributor",
];

fn name_people<'t>(dataset: &mut Dataset<'t>, metadata: Value<'t>, about: Value<'t>) {
    let cited = parties(about, &["citation", "CI_Citation", "citedResponsibleParty"]);
    let contacts = parties(about, &["pointOfContact"]);
    let distributors = parties(
        metadata,
        &[
            "distributionInfo",
            "MD_Distribution",
            "distributor",
            "MD_Distributor",
            "distributorContact",
        ],
    );
    let all = || cited.iter().chain(&contacts).chain(&distributors);
    let publisher = PUBLISHING
        .iter()
        .find_map(|role| all().find(|party| party.role == *role))
        .or_else(|| all().next());
    dataset.publisher = publisher.map_or(Slot::absent(about.at()), |party| {
        Slot::Filled(party.name).map(|_| agent(party))
    });
    let makers: Vec<_> = cited
        .iter()
        .chain(&contacts)
        .filter(|party| MAKING.contains(&party.role))
        .map(|party| Held::new(agent(party), party.name.at))
        .collect();
    dataset.creators = listed(
        makers,
        about,
        &["citation", "CI_Citation", "citedResponsibleParty"],
    );
    let asked = contacts
        .iter()
        .find(|party| party.role == "pointOfContact")
        .or(contacts.first())
        .map(|party| contact(party.element));
    let of_record = || {
        parties(metadata, &["contact"])
            .first()
            .map(|party| contact(party.element))
    };
    dataset.contact = asked
        .filter(is_reachable)
        .or_else(|| of_record().filter(is_reachable))
        .or_else(|| contacts.first().map(|party| contact(party.element)))
        .or_else(of_record)
        .unwrap_or(Slot::absent(about.at()));
}

fn agent<'t>(party: &Party<'t>) -> Agent<'t> {
    Agent {
        name: party.name.value,
        kind: party.kind,
        ..Agent::default()
    }
}

fn contact(party: Value<'_>) -> Slot<Contact<'_>> {
    let infos = [
        first(party, &["contactInfo", "CI_Contact"]),
        first(
            party,
            &["party", "CI_Organisation", "contactInfo", "CI_Contact"],
        ),
        first(
            party,
            &["party", "CI_Individual", "contactInfo", "CI_Contact"],
        ),
    ];
    let info = infos.into_iter().flatten().next();
    let of = |path: &[&str]| info.map_or(Slot::absent(party.at()), |info| word(info, path));
    Slot::filled(
        Contact {
            name: slots::first([
                word(party, &["organisationName"]),
                word(party, &["party", "CI_Organisation", "name"]),
                // "Staff" alone could be anybody's.
                word(party, &["positionName"]),
                word(party, &["individualName"]),
            ]),
            email: of(&["address", "CI_Address", "electronicMailAddress"]),
            url: of(&["onlineResource", "CI_OnlineResource", "linkage"]),
        },
        party.at(),
    )
}

fn is_reachable(contact: &Slot<Contact<'_>>) -> bool {
    contact
        .value()
        .is_some_and(|contact| contact.email.is_filled() || contact.url.is_filled())
}

/// Terms and limits stand in the same elements: what names a license or forbids something is a term, what speaks of
/// the data is a limitation.
fn state_terms<'t>(dataset: &mut Dataset<'t>, about: Value<'t>) {
    let of = |group: &'static str, name: &'static str| {
        each(about, &["resourceConstraints", group, name])
    };
    let uses: Vec<_> = [
        "MD_Constraints",
        "MD_LegalConstraints",
        "MD_SecurityConstraints",
    ]
    .into_iter()
    .flat_map(|group| of(group, "useLimitation"))
    .collect();
    let others = of("MD_LegalConstraints", "otherConstraints");
    let said = |element: &Value<'t>| match slots::said(slots::text_of(content(*element)?)) {
        Slot::Filled(held) => Some((*element, held)),
        _ => None,
    };
    let (mut terms, mut limits) = (Vec::new(), Vec::new());
    for (element, held) in uses.iter().filter_map(said) {
        let told = Told::of(&held.value);
        if told.limits {
            limits.push(held.clone());
        }
        if told.terms {
            terms.push((element, held));
        }
    }
    dataset.limitations = match limits.first().map(|held| held.at) {
        Some(at) => Slot::filled(limits, at),
        None => match each(about, &["resourceConstraints"]).first() {
            Some(constraints) => Slot::absent(constraints.at()),
            None => Slot::absent(about.at()),
        },
    };
    let stated: Vec<_> = others.iter().filter_map(said).chain(terms).collect();
    // A license that is known by its name counts before whatever else stands there: `public`, "no limitations".
    let named = stated.iter().find(|(element, held)| {
        licenses::told(held.value.raw).is_some() || anchor(*element).is_some_and(is_license)
    });
    dataset.license = match named.or(stated.first()) {
        Some((element, held)) => Slot::Filled(held.clone()).map(|text| License {
            raw: licenses::named_in(text.raw).unwrap_or(text.raw),
            url: anchor(*element),
            ..License::default()
        }),
        None => license_by_code(about),
    };
    dataset.rights = match others.iter().filter_map(said).nth(1) {
        Some((_, held)) => Slot::Filled(held),
        None => Slot::NotInFormat("other constraints"),
    };
    dataset.access = access(about);
}

fn anchor(element: Value<'_>) -> Option<&str> {
    element.get("Anchor")?.get("@href")?.as_str()
}

fn is_license(address: &str) -> bool {
    licenses::find(address).is_some()
}

/// What a text of constraints speaks of: of terms of use, of what the data is not good for, of both or of neither.
struct Told {
    terms: bool,
    limits: bool,
}

impl Told {
    fn of(text: &Text<'_>) -> Self {
        let named = licenses::named_in(text.raw).is_some();
        match phrases::limits(&text.plain) {
            Some(Limits::Stated(_)) => Self {
                terms: named,
                limits: true,
            },
            // To turn down liability is neither.
            Some(Limits::DisclaimerOnly(_)) => Self {
                terms: named,
                limits: false,
            },
            Some(Limits::NoneKnown(_)) | None => {
                let terms = named || names_terms(&text.plain);
                Self {
                    terms,
                    limits: !terms,
                }
            }
        }
    }
}

/// Whether a text speaks of terms of use rather than of the data.
fn names_terms(text: &str) -> bool {
    let text = text.to_lowercase();
    [
        "licen",
        "creative commons",
        "copyright",
        "public domain",
        "terms of use",
        "cc by",
        "cc-by",
        "cc0",
        "no restriction",
        "no constraint",
        "no limitation",
        "unrestricted",
        "no conditions",
    ]
    .iter()
    .any(|word| text.contains(word))
}

/// A code alone names no license, but for the one that says that none is needed.
fn license_by_code(about: Value<'_>) -> Slot<License<'_>> {
    let legal = each(about, &["resourceConstraints", "MD_LegalConstraints"]);
    // Who may see the data is another question than what they may do with it: access constraints name no license.
    let codes = legal
        .iter()
        .map(|legal| code(*legal, &["useConstraints"]))
        .filter(|slot| {
            !matches!(
                slot,
                Slot::Blank {
                    kind: BlankKind::Absent,
                    ..
                }
            )
        });
    let codes: Vec<_> = codes.collect();
    let free = codes.iter().filter_map(Slot::held).find(|held| {
        matches!(
            held.value,
            "licenseUnrestricted" | "licenceUnrestricted" | "unrestricted"
        )
    });
    match (free, codes.first()) {
        (Some(held), _) => Slot::Filled(Held {
            value: License {
                raw: held.value,
                ..License::default()
            },
            at: held.at,
            inner: held.inner,
        }),
        (None, Some(code)) => Slot::Blank {
            at: code.at().unwrap_or(about.at()),
            kind: BlankKind::NullWord,
        },
        (None, None) => Slot::absent(about.at()),
    }
}

fn access(about: Value<'_>) -> Slot<Access> {
    let class = code(
        about,
        &[
            "resourceConstraints",
            "MD_SecurityConstraints",
            "classification",
        ],
    );
    let restricted = each(
        about,
        &[
            "resourceConstraints",
            "MD_LegalConstraints",
            "accessConstraints",
        ],
    )
    .into_iter()
    .flat_map(Value::members)
    .filter(|(key, _)| !key.starts_with('@'))
    .filter_map(|(_, value)| slots::word(value, "@codeListValue").held().copied())
    .find(|held| matches!(held.value, "restricted" | "private" | "statutory"));
    match (class, restricted) {
        (Slot::Filled(held), _) => Slot::Filled(held).map(|class| match class {
            "unclassified" => Access::Public,
            "restricted" | "sensitive" | "sensitiveButUnclassified" => Access::Restricted,
            _ => Access::NonPublic,
        }),
        (_, Some(held)) => Slot::filled(Access::Restricted, held.at),
        _ => Slot::NotInFormat("the access constraints"),
    }
}

/// The codes for how often data is maintained, in words that are understood.
const MAINTENANCE: [(&str, &str); 16] = [
    ("continual", "continual"),
    ("daily", "daily"),
    ("weekly", "weekly"),
    ("fortnightly", "fortnightly"),
    ("monthly", "monthly"),
    ("quarterly", "quarterly"),
    ("biannually", "twice a year"),
    ("annually", "annually"),
    ("asNeeded", "as needed"),
    ("irregular", "irregular"),
    ("notPlanned", "not planned"),
    ("unknown", "unknown"),
    ("periodic", "periodically"),
    ("semimonthly", "twice a month"),
    ("biennially", "every 2 years"),
    ("annual", "annually"),
];

fn refresh_of(about: Value<'_>) -> Slot<Refresh<'_>> {
    let Some(maintenance) = first(about, &["resourceMaintenance", "MD_MaintenanceInformation"])
    else {
        return Slot::absent(about.at());
    };
    let own = read_first(
        maintenance,
        &["userDefinedMaintenanceFrequency"],
        slots::word_of,
    );
    if let Slot::Filled(held) = own {
        return Slot::Filled(held).map(slots::read_refresh);
    }
    // "unknown" is an answer here, and not an empty field.
    let unknown = each(maintenance, &["maintenanceAndUpdateFrequency"])
        .into_iter()
        .flat_map(Value::members)
        .filter_map(|(_, code)| code.get("@codeListValue"))
        .find(|value| value.as_str() == Some("unknown"));
    let slot = match unknown {
        Some(value) => Slot::filled("unknown", value.at()),
        None => code(maintenance, &["maintenanceAndUpdateFrequency"]),
    };
    slot.map(|raw| {
        let words = MAINTENANCE
            .iter()
            .find(|(code, _)| code.eq_ignore_ascii_case(raw))
            .map_or(raw, |(_, words)| *words);
        Refresh {
            raw,
            rate: refresh::parse(words),
        }
    })
}

/// The dates of the citation by their types, and that of the metadata.
fn date<'t>(dataset: &mut Dataset<'t>, metadata: Value<'t>, about: Value<'t>) {
    let dates = each(about, &["citation", "CI_Citation", "date", "CI_Date"]);
    let of = |kind: &str| -> Slot<Day<'t>> {
        dates
            .iter()
            .filter(|date| code(**date, &["dateType"]).value() == Some(&kind))
            .map(|date| read_first(*date, &["date"], slots::day_of))
            .next_back()
            .unwrap_or(Slot::absent(about.at()))
    };
    dataset.created = of("creation");
    dataset.issued = slots::first([of("publication"), of("released")]);
    let revised = slots::first([of("revision"), of("lastRevision"), of("lastUpdate")]);
    dataset.data_updated = if revised.is_filled() {
        revised
    } else {
        Slot::NotInFormat("a date of the type `revision`")
    };
    // Data that was never revised is as it was published.
    dataset.modified = match (&dataset.issued, &dataset.created) {
        (Slot::Filled(held), _) | (_, Slot::Filled(held)) => Slot::Filled(Held {
            inner: Inner::Derived,
            ..*held
        }),
        _ => Slot::absent(about.at()),
    };
    let stamp = each(metadata, &["dateInfo", "CI_Date"])
        .into_iter()
        .map(|date| read_first(date, &["date"], slots::day_of))
        .next_back()
        .unwrap_or(Slot::absent(metadata.at()));
    dataset.metadata_modified =
        slots::first([read_first(metadata, &["dateStamp"], slots::day_of), stamp]);
}

fn place<'t>(dataset: &mut Dataset<'t>, metadata: Value<'t>, about: Value<'t>) {
    let extents: Vec<_> = each(about, &["extent", "EX_Extent"]);
    let boxes = extents
        .iter()
        .flat_map(|extent| each(*extent, &["geographicElement", "EX_GeographicBoundingBox"]));
    let named = extents.iter().find_map(|extent| {
        let name = slots::first([
            word(*extent, &["description"]),
            word(
                *extent,
                &[
                    "geographicElement",
                    "EX_GeographicDescription",
                    "geographicIdentifier",
                    "MD_Identifier",
                    "code",
                ],
            ),
        ]);
        name.held().copied()
    });
    let names = [
        "westBoundLongitude",
        "southBoundLatitude",
        "eastBoundLongitude",
        "northBoundLatitude",
    ];
    let bounded = boxes.into_iter().next();
    let corners = bounded.and_then(|bounded| bounding_box(bounded, names));
    dataset.spatial = match (named, bounded) {
        (Some(held), _) => Slot::filled(
            Spatial {
                raw: held.value,
                bounding_box: corners,
                box_at: bounded.map(Value::at),
            },
            held.at,
        ),
        (None, Some(bounded)) => Slot::filled(
            Spatial {
                raw: bounded.raw(),
                bounding_box: corners,
                box_at: None,
            },
            bounded.at(),
        ),
        _ => Slot::absent(about.at()),
    };
    dataset.temporal = extents
        .iter()
        .flat_map(|extent| each(*extent, &["temporalElement", "EX_TemporalExtent", "extent"]))
        .find_map(period)
        .unwrap_or(Slot::absent(about.at()));
    let system = [
        "referenceSystemInfo",
        "MD_ReferenceSystem",
        "referenceSystemIdentifier",
    ];
    let code_of = |identifier: &'static str| {
        let path: Vec<&str> = system.into_iter().chain([identifier, "code"]).collect();
        word(metadata, &path)
    };
    dataset.crs = slots::first([code_of("RS_Identifier"), code_of("MD_Identifier")]);
}

/// A period, or an instant; `now` and `unknown` are attributes of an empty position.
fn period(extent: Value<'_>) -> Option<Slot<Period<'_>>> {
    let day = |path: &[&str]| read_first(extent, path, slots::day_of);
    let start = slots::first([
        day(&["TimePeriod", "beginPosition"]),
        day(&["TimePeriod", "begin", "TimeInstant", "timePosition"]),
        day(&["TimeInstant", "timePosition"]),
    ]);
    let end = slots::first([
        day(&["TimePeriod", "endPosition"]),
        day(&["TimePeriod", "end", "TimeInstant", "timePosition"]),
        day(&["TimeInstant", "timePosition"]),
    ]);
    slots::from_to(&start, &end)
}

/// How the data was made, and from what. Where nothing but a statement tells its origin, that is the source.
fn lineage<'t>(
    metadata: Value<'t>,
    about: Value<'t>,
) -> (Slot<Text<'t>>, Slot<Vec<Held<Origin<'t>>>>) {
    let old = each(
        metadata,
        &["dataQualityInfo", "DQ_DataQuality", "lineage", "LI_Lineage"],
    );
    let lineages: Vec<_> = old
        .into_iter()
        .chain(each(metadata, &["resourceLineage", "LI_Lineage"]))
        .collect();
    let mut method = Slot::absent(metadata.at());
    for lineage in &lineages {
        let told = slots::first([
            statement(*lineage, &["statement"]),
            statement(*lineage, &["processStep", "LI_ProcessStep", "description"]),
        ]);
        if told.is_filled() {
            method = told;
            break;
        }
    }
    let makers = parties(about, &["citation", "CI_Citation", "citedResponsibleParty"])
        .into_iter()
        .chain(parties(about, &["pointOfContact"]))
        .filter(|party| MAKING.contains(&party.role))
        .map(|party| slots::maker_as_origin(&Held::new(agent(&party), party.name.at)));
    let used = lineages
        .iter()
        .flat_map(|lineage| each(*lineage, &["source", "LI_Source"]))
        .filter_map(|source| {
            let title = ["sourceCitation", "CI_Citation", "title"];
            let name = slots::first([
                statement(source, &["description"]),
                statement(source, &title),
            ]);
            origin(name)
        });
    let credits = statements(about, &["credit"])
        .into_iter()
        .filter_map(|held| origin(Slot::Filled(held)));
    let mut sources: Vec<_> = makers.chain(used).chain(credits).collect();
    if sources.is_empty()
        && let Slot::Filled(told) = &method
    {
        sources.extend(origin(Slot::Filled(Held {
            inner: Inner::RunningText,
            ..told.clone()
        })));
    }
    let sources = match sources.first().map(|held| held.at) {
        Some(at) => Slot::filled(sources, at),
        None => Slot::absent(lineages.first().map_or(about.at(), |lineage| lineage.at())),
    };
    (method, sources)
}

fn origin(name: Slot<Text<'_>>) -> Option<Held<Origin<'_>>> {
    let (at, inner) = name.held().map(|held| (held.at, held.inner))?;
    Some(Held {
        value: Origin {
            name,
            url: Slot::absent(at),
            retrieved: Slot::absent(at),
            note: Slot::absent(at),
        },
        at,
        inner,
    })
}

/// The objects of a vector layer: one row each.
fn rows(metadata: Value<'_>) -> Slot<u64> {
    let path = [
        "spatialRepresentationInfo",
        "MD_VectorSpatialRepresentation",
        "geometricObjects",
        "MD_GeometricObjects",
        "geometricObjectCount",
    ];
    let counted = each(metadata, &path)
        .into_iter()
        .filter_map(content)
        .filter_map(|value| Some((slots::read_count(value)?, value.at())))
        .filter(|(count, _)| *count > 0)
        .max();
    match counted {
        Some((count, at)) => Slot::filled(count, at),
        None => Slot::NotInFormat("the abstract"),
    }
}

/// The feature catalogue: inside the record (ISO 19115-3 can hold it), or only cited.
fn columns<'t>(dataset: &mut Dataset<'t>, metadata: Value<'t>) {
    let catalogue = ["MD_FeatureCatalogue", "MD_FeatureCatalogueDescription"];
    let infos: Vec<_> = catalogue
        .iter()
        .flat_map(|name| each(metadata, &["contentInfo", name]))
        .collect();
    let attributes: Vec<_> = infos
        .iter()
        .flat_map(|info| {
            each(
                *info,
                &[
                    "featureCatalogue",
                    "FC_FeatureCatalogue",
                    "featureType",
                    "FC_FeatureType",
                    "carrierOfCharacteristics",
                    "FC_FeatureAttribute",
                ],
            )
        })
        .collect();
    let cited = infos.iter().find_map(|info| {
        let path = [
            "featureCatalogueCitation",
            "CI_Citation",
            "onlineResource",
            "CI_OnlineResource",
            "linkage",
        ];
        word(*info, &path).held().copied()
    });
    dataset.dictionary = match cited {
        Some(held) => Slot::Filled(held).map(|url| Dictionary {
            url,
            media_type: None,
        }),
        None => Slot::NotInFormat(FIELDS),
    };
    dataset.columns = match cited {
        _ if !attributes.is_empty() => Columns::Listed(
            attributes
                .into_iter()
                .enumerate()
                .map(|(index, item)| column(index, item))
                .collect(),
        ),
        Some(held) => Columns::Referenced(vec![held]),
        None => Columns::NotInFormat(FIELDS),
    };
}

fn column(index: usize, item: Value<'_>) -> Column<'_> {
    let mut column = Column::empty(index, item.at());
    column.machine_name = read_first(item, &["memberName"], slots::name_of);
    column.description = text(item, &["definition"]);
    column.native_type = first(item, &["valueType", "TypeName", "aName"])
        .and_then(content)
        .and_then(Value::as_str);
    column.datatype = column
        .native_type
        .map_or(DataType::Unknown, DataType::parse);
    column.unit = slots::first([
        word(
            item,
            &["valueMeasurementUnit", "UnitDefinition", "identifier"],
        ),
        word(item, &["valueMeasurementUnit", "BaseUnit", "identifier"]),
    ]);
    column.values = each(item, &["listedValue", "FC_ListedValue"])
        .into_iter()
        .filter_map(|value| {
            let of = |key: &'static str| content(first(value, &[key])?)?.as_text();
            Some(ValueItem {
                value: of("code").or_else(|| of("label"))?,
                label: of("definition").or_else(|| of("label")),
            })
        })
        .collect();
    column.is_system = is_system(column.shown_name(), column.key());
    column
}

/// Downloads and services, by address; a page about the data is none.
fn distributions<'t>(metadata: Value<'t>, about: Value<'t>) -> Slot<Vec<Held<Distribution<'t>>>> {
    let infos = each(metadata, &["distributionInfo", "MD_Distribution"]);
    let of = |path: &[&str]| -> Vec<Value<'t>> {
        infos.iter().flat_map(|info| each(*info, path)).collect()
    };
    let format = infos.iter().find_map(|info| {
        [
            &["distributionFormat", "MD_Format", "name"][..],
            &[
                "distributor",
                "MD_Distributor",
                "distributorFormat",
                "MD_Format",
                "name",
            ],
            &[
                "distributionFormat",
                "MD_Format",
                "formatSpecificationCitation",
                "CI_Citation",
                "title",
            ],
        ]
        .iter()
        .find_map(|path| word(*info, path).held().copied())
    });
    let online = ["MD_DigitalTransferOptions", "onLine", "CI_OnlineResource"];
    let below = |start: &[&'static str]| -> Vec<Value<'t>> {
        let path: Vec<&str> = start.iter().copied().chain(online).collect();
        of(&path)
    };
    let service = [
        "containsOperations",
        "SV_OperationMetadata",
        "connectPoint",
        "CI_OnlineResource",
    ];
    let links = below(&["transferOptions"])
        .into_iter()
        .chain(below(&[
            "distributor",
            "MD_Distributor",
            "distributorTransferOptions",
        ]))
        .chain(each(about, &service));
    let list: Vec<_> = links
        .filter_map(|link| distribution(link, format))
        .collect();
    match list.first().map(|held| held.at) {
        Some(at) => Slot::filled(list, at),
        None => Slot::absent(infos.first().map_or(metadata.at(), |info| info.at())),
    }
}

fn distribution<'t>(
    link: Value<'t>,
    format: Option<Held<&'t str>>,
) -> Option<Held<Distribution<'t>>> {
    let url = word(link, &["linkage"]);
    let at = url.held()?.at;
    let mut read = Distribution::empty(at);
    read.title = text(link, &["name"]);
    read.description = text(link, &["description"]);
    read.bytes = Slot::NotInFormat("the transfer size");
    read.modified = Slot::NotInFormat("the dates of the citation");
    read.license = Slot::NotInFormat("the constraints");
    let protocol = word(link, &["protocol"]);
    let is_service = protocol
        .value()
        .is_some_and(|name| name.contains("OGC") || name.contains("ESRI") || name.contains("REST"));
    let is_page = code(link, &["function"]).value().is_some_and(|function| {
        matches!(*function, "information" | "search" | "order" | "browsing")
    });
    if is_service {
        read.format = protocol.map(service_name);
        read.access_url = url;
    } else if is_page {
        read.access_url = url;
    } else {
        read.download_url = url;
        read.format = format.map_or(Slot::absent(at), Slot::Filled);
    }
    Some(Held::new(read, at))
}

/// `OGC:WMS-1.1.1-http-get-capabilities` is a WMS.
fn service_name(protocol: &str) -> &str {
    ["WMS", "WFS", "WCS", "WMTS", "OGC API", "CSW", "SOS"]
        .into_iter()
        .find(|name| protocol.contains(name))
        .unwrap_or(protocol)
}

/// The page of the data: its own address, or a link that only informs.
fn landing_page(metadata: Value<'_>) -> Slot<&str> {
    slots::first([
        word(metadata, &["dataSetURI"]),
        word(
            metadata,
            &["metadataLinkage", "CI_OnlineResource", "linkage"],
        ),
    ])
}

#[cfg(test)]
mod tests {
    use crate::inspect::{Inspection, inspect};
    use crate::options::Options;
    use crate::source::Source;

    fn read(text: &str) -> Vec<Inspection> {
        let sources = [Source::new("a.xml", text.as_bytes())];
        inspect(&sources, &Options::default()).0
    }

    fn party(role: &str, name: &str, email: &str) -> String {
        format!(
            r#"<gmd:CI_ResponsibleParty><gmd:organisationName><gco:CharacterString>{name}</gco:CharacterString></gmd:organisationName>
            <gmd:contactInfo><gmd:CI_Contact><gmd:address><gmd:CI_Address><gmd:electronicMailAddress>
            <gco:CharacterString>{email}</gco:CharacterString></gmd:electronicMailAddress></gmd:CI_Address></gmd:address></gmd:CI_Contact></gmd:contactInfo>
            <gmd:role><gmd:CI_RoleCode codeList="x" codeListValue="{role}"/></gmd:role></gmd:CI_ResponsibleParty>"#
        )
    }

    /// A record of the older edition.
    fn record() -> String {
        let (office, shop) = (
            party("originator", "Survey office", "survey@city.example"),
            party("publisher", "Map shop", ""),
        );
        format!(
            r##"<gmd:MD_Metadata xmlns:gmd="http://www.isotc211.org/2005/gmd" xmlns:gco="http://www.isotc211.org/2005/gco" xmlns:gml="g" xmlns:gmx="x" xmlns:xlink="l">
<gmd:fileIdentifier><gco:CharacterString>trees-1</gco:CharacterString></gmd:fileIdentifier>
<gmd:dateStamp><gco:Date>2025-02-03</gco:Date></gmd:dateStamp>
<gmd:referenceSystemInfo><gmd:MD_ReferenceSystem><gmd:referenceSystemIdentifier><gmd:RS_Identifier><gmd:code>
  <gco:CharacterString>EPSG:25832</gco:CharacterString></gmd:code></gmd:RS_Identifier></gmd:referenceSystemIdentifier></gmd:MD_ReferenceSystem></gmd:referenceSystemInfo>
<gmd:identificationInfo><gmd:MD_DataIdentification>
 <gmd:citation><gmd:CI_Citation><gmd:title><gco:CharacterString>Street
      trees</gco:CharacterString></gmd:title>
  <gmd:date><gmd:CI_Date><gmd:date><gco:Date>2020-01-02</gco:Date></gmd:date><gmd:dateType><gmd:CI_DateTypeCode codeListValue="publication"/></gmd:dateType></gmd:CI_Date></gmd:date>
  <gmd:date><gmd:CI_Date><gmd:date><gco:Date>2024-05-06</gco:Date></gmd:date><gmd:dateType><gmd:CI_DateTypeCode codeListValue="revision"/></gmd:dateType></gmd:CI_Date></gmd:date>
  <gmd:citedResponsibleParty>{shop}</gmd:citedResponsibleParty></gmd:CI_Citation></gmd:citation>
 <gmd:abstract xsi:type="PT" xmlns:xsi="i"><gco:CharacterString>Bäume an Straßen.</gco:CharacterString><gmd:PT_FreeText><gmd:textGroup>
  <gmd:LocalisedCharacterString locale="#EN">Trees along streets.</gmd:LocalisedCharacterString></gmd:textGroup></gmd:PT_FreeText></gmd:abstract>
 <gmd:purpose gco:nilReason="missing"/>
 <gmd:pointOfContact>{office}</gmd:pointOfContact>
 <gmd:resourceMaintenance><gmd:MD_MaintenanceInformation><gmd:maintenanceAndUpdateFrequency><gmd:MD_MaintenanceFrequencyCode codeListValue="biannually"/></gmd:maintenanceAndUpdateFrequency></gmd:MD_MaintenanceInformation></gmd:resourceMaintenance>
 <gmd:descriptiveKeywords><gmd:MD_Keywords><gmd:keyword><gco:CharacterString>trees</gco:CharacterString></gmd:keyword><gmd:keyword><gco:CharacterString>streets</gco:CharacterString></gmd:keyword></gmd:MD_Keywords></gmd:descriptiveKeywords>
 <gmd:resourceConstraints><gmd:MD_LegalConstraints><gmd:useLimitation><gco:CharacterString>Trees on private ground are missing.</gco:CharacterString></gmd:useLimitation>
  <gmd:useConstraints><gmd:MD_RestrictionCode codeListValue="otherRestrictions"/></gmd:useConstraints>
  <gmd:otherConstraints><gmx:Anchor xlink:href="https://license.example/by">CC BY 4.0</gmx:Anchor></gmd:otherConstraints></gmd:MD_LegalConstraints></gmd:resourceConstraints>
 <gmd:topicCategory><gmd:MD_TopicCategoryCode>environment</gmd:MD_TopicCategoryCode></gmd:topicCategory>
 <gmd:extent><gmd:EX_Extent><gmd:geographicElement><gmd:EX_GeographicBoundingBox><gmd:westBoundLongitude><gco:Decimal>8.1</gco:Decimal></gmd:westBoundLongitude>
  <gmd:eastBoundLongitude><gco:Decimal>8.9</gco:Decimal></gmd:eastBoundLongitude><gmd:southBoundLatitude><gco:Decimal>50</gco:Decimal></gmd:southBoundLatitude>
  <gmd:northBoundLatitude><gco:Decimal>50.4</gco:Decimal></gmd:northBoundLatitude></gmd:EX_GeographicBoundingBox></gmd:geographicElement>
  <gmd:temporalElement><gmd:EX_TemporalExtent><gmd:extent><gml:TimePeriod><gml:beginPosition>2015</gml:beginPosition><gml:endPosition indeterminatePosition="now"/></gml:TimePeriod></gmd:extent></gmd:EX_TemporalExtent></gmd:temporalElement></gmd:EX_Extent></gmd:extent>
</gmd:MD_DataIdentification></gmd:identificationInfo>
<gmd:distributionInfo><gmd:MD_Distribution><gmd:distributionFormat><gmd:MD_Format><gmd:name><gco:CharacterString>GeoPackage</gco:CharacterString></gmd:name></gmd:MD_Format></gmd:distributionFormat>
 <gmd:transferOptions><gmd:MD_DigitalTransferOptions><gmd:onLine><gmd:CI_OnlineResource><gmd:linkage><gmd:URL>https://data.example/trees.gpkg</gmd:URL></gmd:linkage></gmd:CI_OnlineResource></gmd:onLine></gmd:MD_DigitalTransferOptions></gmd:transferOptions></gmd:MD_Distribution></gmd:distributionInfo>
<gmd:dataQualityInfo><gmd:DQ_DataQuality><gmd:lineage><gmd:LI_Lineage><gmd:statement><gco:CharacterString>Drawn from air photographs by the survey office.</gco:CharacterString></gmd:statement></gmd:LI_Lineage></gmd:lineage></gmd:DQ_DataQuality></gmd:dataQualityInfo>
</gmd:MD_Metadata>"##
        )
    }

    #[test]
    fn reads_a_record_of_the_older_edition() {
        let one = read(&record()).pop().expect("a record");
        assert_eq!(one.format, "iso-19139");
        let value = |name: &str| one.value(name).unwrap_or_default();
        let about = "/MD_Metadata/identificationInfo/MD_DataIdentification";
        assert_eq!(value("id"), "trees-1");
        assert_eq!(value("title"), "Street trees");
        assert_eq!(
            one.dataset["title"]["pointer"],
            format!("{about}/citation/CI_Citation/title/CharacterString")
        );
        assert_eq!(value("description"), "Trees along streets.");
        assert_eq!(one.dataset["purpose"]["blank"], "empty");
        assert_eq!(value("publisher"), "Map shop");
        assert!(value("source").contains("Survey office"));
        assert!(value("contact").contains("survey@city.example"));
        assert!(value("refresh").contains("R/P6M"));
        assert_eq!(
            one.dataset["refresh"]["pointer"],
            format!(
                "{about}/resourceMaintenance/MD_MaintenanceInformation/maintenanceAndUpdateFrequency/MD_MaintenanceFrequencyCode/@codeListValue"
            )
        );
        assert_eq!(value("license"), "CC BY 4.0");
        assert!(value("limitations").contains("private ground"));
        assert!(value("method").contains("air photographs"));
        assert_eq!(value("keywords"), r#"["trees","streets"]"#);
        assert_eq!(value("categories"), r#"["environment"]"#);
        assert_eq!(value("issued"), "2020-01-02");
        assert_eq!(value("data_updated"), "2024-05-06");
        assert_eq!(value("metadata_modified"), "2025-02-03");
        assert_eq!(value("temporal"), "2015");
        assert_eq!(value("crs"), "EPSG:25832");
        assert!(value("distributions").contains("GeoPackage"));
        assert!(one.columns.is_empty());
        assert_eq!(one.extra, [""; 0]);
    }

    #[test]
    fn reads_the_records_of_a_catalogue_service() {
        let list = format!(
            "<csw:GetRecordsResponse xmlns:csw=\"c\"><csw:SearchResults>{0}{0}</csw:SearchResults></csw:GetRecordsResponse>",
            record()
        );
        let all = read(&list);
        assert_eq!(all.len(), 2);
        assert_eq!(
            all[1].pointer,
            "/GetRecordsResponse/SearchResults/MD_Metadata/1"
        );
        let one = list.replacen(&record(), "", 1);
        assert_eq!(read(&one).len(), 1);
    }

    #[test]
    fn reads_a_record_of_the_newer_edition() {
        let one = read(
            r#"<mdb:MD_Metadata xmlns:mdb="m" xmlns:mcc="c" xmlns:gco="g" xmlns:mri="r" xmlns:cit="t" xmlns:mrl="l">
            <mdb:metadataIdentifier><mcc:MD_Identifier><mcc:code><gco:CharacterString>a-1</gco:CharacterString></mcc:code></mcc:MD_Identifier></mdb:metadataIdentifier>
            <mdb:identificationInfo><mri:MD_DataIdentification><mri:citation><cit:CI_Citation><cit:title><gco:CharacterString>Wells</gco:CharacterString></cit:title>
            <cit:citedResponsibleParty><cit:CI_Responsibility><cit:role><cit:CI_RoleCode codeListValue="publisher">publisher</cit:CI_RoleCode></cit:role>
            <cit:party><cit:CI_Organisation><cit:name><gco:CharacterString>Water office</gco:CharacterString></cit:name></cit:CI_Organisation></cit:party></cit:CI_Responsibility></cit:citedResponsibleParty>
            </cit:CI_Citation></mri:citation></mri:MD_DataIdentification></mdb:identificationInfo>
            <mdb:resourceLineage><mrl:LI_Lineage><mrl:statement><gco:CharacterString>Measured each spring by the water office.</gco:CharacterString></mrl:statement></mrl:LI_Lineage></mdb:resourceLineage>
            </mdb:MD_Metadata>"#,
        )
        .pop()
        .expect("a record");
        assert_eq!(one.value("id").as_deref(), Some("a-1"));
        assert_eq!(one.value("publisher").as_deref(), Some("Water office"));
        assert!(
            one.value("source")
                .is_some_and(|it| it.contains("each spring"))
        );
        assert_eq!(one.dataset["license"]["blank"], "missing");
    }

    #[test]
    fn takes_no_code_but_the_free_one_for_a_license() {
        let constrained = |code: &str| {
            let text = format!(
                r#"<MD_Metadata><identificationInfo><MD_DataIdentification><abstract>x</abstract><resourceConstraints><MD_LegalConstraints>
                <useConstraints><MD_RestrictionCode codeListValue="{code}"/></useConstraints></MD_LegalConstraints></resourceConstraints></MD_DataIdentification></identificationInfo></MD_Metadata>"#
            );
            read(&text).pop().expect("a record").value("license")
        };
        assert_eq!(constrained("copyright"), None);
        assert!(constrained("licenseUnrestricted").is_some());
    }

    fn with_constraints(constraints: &str) -> Inspection {
        let text = format!(
            "<MD_Metadata><identificationInfo><MD_DataIdentification><abstract>x</abstract>\
             <resourceConstraints>{constraints}</resourceConstraints></MD_DataIdentification></identificationInfo></MD_Metadata>"
        );
        read(&text).pop().expect("a record")
    }

    fn limited(text: &str) -> String {
        format!(
            "<MD_Constraints><useLimitation><CharacterString>{text}</CharacterString></useLimitation></MD_Constraints>"
        )
    }

    #[test]
    fn a_license_named_in_a_longer_text_is_the_license() {
        let after_disclaimer = limited(
            "The office disclaims any liability for errors or omissions. The data is licensed under a Creative Commons license, \
             CC BY-NC-SA http://creativecommons.org/licenses/by-nc-sa/4.0. You may share it.",
        );
        let open_to_all = "<MD_LegalConstraints><accessConstraints><MD_RestrictionCode codeListValue=\"licenseUnrestricted\"/></accessConstraints>\
             <otherConstraints><CharacterString>public</CharacterString></otherConstraints></MD_LegalConstraints>";
        let one = with_constraints(&format!("{after_disclaimer}{open_to_all}"));
        assert_eq!(
            one.value("license").as_deref(),
            Some("http://creativecommons.org/licenses/by-nc-sa/4.0")
        );
        assert_eq!(one.value("limitations"), None);

        let both = with_constraints(&limited(
            "Trees on private ground are missing. The data is licensed under CC BY 4.0.",
        ));
        assert_eq!(both.value("license").as_deref(), Some("CC BY 4.0"));
        assert!(
            both.value("limitations")
                .is_some_and(|it| it.contains("private ground"))
        );
    }

    #[test]
    fn who_may_see_the_data_says_nothing_of_the_license() {
        let one = with_constraints(
            "<MD_LegalConstraints><accessConstraints><MD_RestrictionCode codeListValue=\"licenseUnrestricted\"/></accessConstraints></MD_LegalConstraints>",
        );
        assert_eq!(one.value("license"), None);
        // Nor does the license of the record itself.
        let one = with_constraints(&limited(
            "Trees on private ground are missing. Metadata is licensed under CC BY 4.0.",
        ));
        assert_eq!(one.value("license"), None);
    }

    #[test]
    fn leaves_other_xml_alone() {
        assert!(read("<feed><title>News</title></feed>").is_empty());
        assert!(read("<MD_Metadata/>").is_empty());
    }
}
