//! FGDC metadata (CSDGM, FGDC-STD-001-1998) in XML, with what ArcGIS adds: aliases, types, and its own `dataIdInfo`.

use super::elements::{
    bounding_box, code, content, each, first, listed, read as read_first, statement, statements,
    text, word, words,
};
use super::{Format, Surroundings, arcgis_hub, slots};
use crate::lexicon::addresses;
use crate::lexicon::fold::fold;
use crate::lexicon::phrases::{self, Limits};
use crate::lexicon::refresh;
use crate::lexicon::roles::{DataType, is_system};
use crate::model::{
    Access, Agent, AgentKind, AssetKind, BlankKind, Column, Columns, Contact, Dataset, Day,
    Distribution, Held, Inner, License, Link, Origin, Period, Refresh, Slot, Spatial, Stats, Text,
    ValueItem,
};
use crate::source::tree::Value;

const IDENTIFIER: &str =
    "CSDGM has no place for an identifier: the catalogue around the record gives one";
const CATEGORY: &str = "CSDGM has no categories: name an ISO 19115 topic category as a theme keyword, with its thesaurus";
const FREE: &str = "The use constraints say that there are none, which names no license: write the license's name there, for example CC0 1.0";
const OVERVIEW: &str =
    "the overview of entities and attributes describes the fields in words, not one by one";

pub(super) static FORMAT: Format = Format {
    id: "fgdc-csdgm",
    name: "FGDC metadata (CSDGM)",
    known_by: "an XML element `metadata` with `idinfo` (FGDC CSDGM)",
    containers: &[],
    json_in_strings: &[],
    detect,
    read,
    known_keys: &["metadata"],
};

/// The main elements that are read, or that say nothing of the data to people.
const KNOWN: [&str; 33] = [
    "Binary",
    "Esri",
    "dataIdInfo",
    "dataqual",
    "dataQual",
    "dataSetFn",
    "dataSetURI",
    "distInfo",
    "distinfo",
    "dqInfo",
    "eainfo",
    "idinfo",
    "loc",
    "mdChar",
    "mdConst",
    "mdContact",
    "mdDateSt",
    "mdFileID",
    "mdHrLv",
    "mdHrLvName",
    "mdLang",
    "mdMaint",
    "mdParentID",
    "mdStanName",
    "mdStanVer",
    "metainfo",
    "refSysInfo",
    "spatRepInfo",
    "spdoinfo",
    "spref",
    "contInfo",
    "svIdInfo",
    "porCatInfo",
];

fn detect(record: Value<'_>, _: &Surroundings<'_>) -> Option<&'static str> {
    let metadata = first(record, &["metadata"])?;
    let signs = ["idinfo", "dataIdInfo"];
    signs
        .iter()
        .any(|key| metadata.get(key).is_some_and(Value::is_object))
        .then_some("it is a `metadata` element with `idinfo` or ArcGIS's `dataIdInfo`")
}

fn read<'t>(record: Value<'t>, _: &Surroundings<'t>) -> Dataset<'t> {
    let mut dataset = Dataset::empty(FORMAT.id);
    let Some(metadata) = first(record, &["metadata"]) else {
        return dataset;
    };
    // ArcGIS writes metadata of its own beside, or in place of, what the standard asks for.
    let about = first(metadata, &["idinfo"]);
    let esri = first(metadata, &["dataIdInfo"]);
    let main = about.or(esri).unwrap_or(metadata);
    mark_places_elsewhere(&mut dataset);
    dataset.kind = kind(metadata, main);
    dataset.id = match word(metadata, &["mdFileID"]) {
        Slot::Filled(held) => Slot::Filled(held),
        _ => Slot::NotInFormat(IDENTIFIER),
    };
    describe(&mut dataset, main, esri);
    sort(&mut dataset, metadata, main, esri);
    name_people(&mut dataset, metadata, main, esri);
    state_terms(&mut dataset, main);
    state_quality(&mut dataset, metadata);
    date(&mut dataset, metadata, main);
    dataset.refresh = refresh_of(main, esri);
    dataset.temporal = temporal(main);
    dataset.spatial = spatial(main, esri);
    dataset.crs = crs(metadata);
    dataset.rows = rows(metadata);
    dataset.columns = columns(metadata);
    (dataset.distributions, dataset.landing_page) = links(metadata, main);
    dataset.bytes = bytes(metadata);
    dataset.preview = word(main, &["browse", "browsen"]);
    dataset.version = word(main, &["citation", "citeinfo", "edition"]);
    dataset.lineage.series = words(main, &["citation", "citeinfo", "serinfo", "sername"]);
    dataset.lineage.series.extend(words(
        main,
        &["citation", "citeinfo", "lworkcit", "citeinfo", "title"],
    ));
    dataset.extra = metadata
        .members()
        .filter(|(key, _)| !KNOWN.contains(key) && !key.starts_with('@'))
        .map(|(key, value)| (key, value.at()))
        .collect();
    dataset
}

fn mark_places_elsewhere(dataset: &mut Dataset<'_>) {
    dataset.domain = Slot::NotInExport("the address of the catalogue");
    dataset.summary = Slot::NotInFormat("the abstract");
    dataset.department = Slot::NotInFormat("the originator");
    dataset.created = Slot::NotInFormat("the publication date");
    dataset.data_updated = Slot::NotInFormat("the publication date");
    dataset.row_label = Slot::NotInFormat("the definition of the entity type");
    dataset.time_zone = Slot::NotInFormat("the definition of the attribute");
    dataset.currency = Slot::NotInFormat("the units of measure of the attribute");
    dataset.dictionary = Slot::NotInFormat("the entity and attribute information");
    dataset.retired = Slot::NotInFormat("the abstract");
}

fn kind(metadata: Value<'_>, main: Value<'_>) -> AssetKind {
    let form = word(main, &["citation", "citeinfo", "geoform"]);
    let form = form
        .value()
        .map_or_else(String::new, |form| form.to_ascii_lowercase());
    let is = |word: &str| form.contains(word);
    if is("tabular") || is("spreadsheet") || is("database") {
        AssetKind::Table
    } else if is("document") || is("report") {
        AssetKind::Document
    } else if ["vector", "raster", "remote-sensing", "model", "map"]
        .into_iter()
        .any(is)
        || ["spdoinfo", "spatRepInfo"]
            .iter()
            .any(|key| metadata.get(key).is_some())
    {
        AssetKind::GeoLayer
    } else {
        AssetKind::Unknown
    }
}

/// A text of the standard's own element, else of ArcGIS's.
fn either<'t>(
    main: Value<'t>,
    path: &[&str],
    esri: Option<Value<'t>>,
    other: &[&str],
) -> Slot<Text<'t>> {
    let of_esri = esri.map_or(Slot::absent(main.at()), |esri| text(esri, other));
    let own = text(main, path);
    // A form that was left unfilled gives way to words.
    let is_template = matches!(
        &slots::said(own.clone()),
        Slot::Blank {
            kind: BlankKind::Template,
            ..
        }
    );
    if own.is_filled() && !(is_template && of_esri.is_filled()) {
        return own;
    }
    slots::first([of_esri, own])
}

/// The title of the standard, unless it is the name of the table in its database and ArcGIS knows a plainer one.
fn title<'t>(main: Value<'t>, esri: Option<Value<'t>>) -> Slot<Text<'t>> {
    let own = ["citation", "citeinfo", "title"];
    let other = ["idCitation", "resTitle"];
    let in_database = |text: &str| text.contains('.') && !text.contains(char::is_whitespace);
    let plainer = esri.map(|esri| text(esri, &other)).filter(|title| {
        let title = title.value();
        title.is_some_and(|title| !in_database(&title.plain))
    });
    match (either(main, &own, esri, &other), plainer) {
        (Slot::Filled(held), Some(plainer)) if in_database(&held.value.plain) => plainer,
        (title, _) => title,
    }
}

fn describe<'t>(dataset: &mut Dataset<'t>, main: Value<'t>, esri: Option<Value<'t>>) {
    dataset.title = title(main, esri);
    dataset.description = either(main, &["descript", "abstract"], esri, &["idAbs"]);
    dataset.purpose = slots::said(either(main, &["descript", "purpose"], esri, &["idPurp"]));
    dataset.usage_notes = slots::said(either(main, &["descript", "supplinf"], esri, &["suppInfo"]));
    let links: Vec<_> = each(main, &["crossref", "citeinfo"])
        .into_iter()
        .filter_map(|cited| {
            let url = word(cited, &["onlink"]).held().copied()?;
            is_address(url.value).then_some(())?;
            let title = first(cited, &["title"]).and_then(content)?.as_str();
            Some(Held::new(
                Link {
                    url: url.value,
                    title,
                },
                url.at,
            ))
        })
        .collect();
    dataset.context_links = match links.first().map(|held| held.at) {
        Some(at) => Slot::filled(links, at),
        None => Slot::NotInFormat("a cross reference"),
    };
}

/// Keywords, topic categories and languages.
fn sort<'t>(
    dataset: &mut Dataset<'t>,
    metadata: Value<'t>,
    main: Value<'t>,
    esri: Option<Value<'t>>,
) {
    let themes = each(main, &["keywords", "theme"]);
    // Each thesaurus has its own list, and a word may well stand in several.
    let searched = esri.map_or(Vec::new(), |esri| words(esri, &["searchKeys", "keyword"]));
    let lists = themes.iter().map(|theme| words(*theme, &["themekey"]));
    let mut keywords: Vec<Held<&str>> = Vec::new();
    for list in lists.chain([searched]) {
        let before = keywords.len();
        for word in list {
            let earlier = keywords.iter().take(before);
            let is_known = earlier
                .into_iter()
                .any(|it| fold(it.value) == fold(word.value));
            if !is_known {
                keywords.push(word);
            }
        }
    }
    let path = ["keywords", "theme", "themekey"];
    dataset.keywords = listed(keywords, main, &path);
    let is_topic = |theme: &&Value<'t>| {
        word(**theme, &["themekt"])
            .value()
            .is_some_and(|name| name.contains("ISO 19115") || name.contains("Topic Categor"))
    };
    let topics: Vec<_> = themes
        .iter()
        .filter(is_topic)
        .flat_map(|theme| words(*theme, &["themekey"]))
        .collect();
    dataset.categories = match topics.first().map(|held| held.at) {
        Some(at) => Slot::filled(topics, at),
        None => Slot::NotInFormat(CATEGORY),
    };
    let language = slots::first([
        word(main, &["descript", "langdata"]),
        word(
            metadata,
            &["dataIdInfo", "dataLang", "languageCode", "@value"],
        ),
    ]);
    dataset.language = match language {
        Slot::Filled(held) => Slot::filled(vec![held], held.at),
        _ => Slot::NotInFormat("the abstract"),
    };
}

const ORIGIN: [&str; 3] = ["citation", "citeinfo", "origin"];

fn name_people<'t>(
    dataset: &mut Dataset<'t>,
    metadata: Value<'t>,
    main: Value<'t>,
    esri: Option<Value<'t>>,
) {
    let origins = words(main, &ORIGIN);
    let distributor = first(metadata, &["distinfo", "distrib", "cntinfo"]);
    let asked = first(main, &["ptcontac", "cntinfo"]);
    let office = |info: Option<Value<'t>>| {
        info.map_or(Slot::absent(main.at()), |info| {
            slots::first([
                word(info, &["cntorgp", "cntorg"]),
                word(info, &["cntperp", "cntorg"]),
            ])
        })
    };
    let esri_party = esri.map_or(Slot::absent(main.at()), |esri| {
        word(esri, &["idCitation", "citRespParty", "rpOrgName"])
    });
    dataset.publisher = slots::first([
        word(main, &["citation", "citeinfo", "pubinfo", "publish"]),
        esri_party,
        office(asked),
        office(distributor),
        word(main, &ORIGIN),
    ])
    .map(organization);
    let creators = origins
        .iter()
        .map(|held| Held::new(organization(held.value), held.at))
        .collect();
    dataset.creators = listed(creators, main, &ORIGIN);
    dataset.sources = sources(metadata, main, esri, &origins);
    let keeper = first(metadata, &["metainfo", "metc", "cntinfo"]);
    let contacts = [asked, distributor, keeper];
    let reachable = contacts.into_iter().flatten().map(contact).find(|slot| {
        slot.value()
            .is_some_and(|it| it.email.is_filled() || it.url.is_filled())
    });
    dataset.contact = reachable
        .or_else(|| asked.map(contact))
        .unwrap_or(Slot::absent(main.at()));
}

fn organization(name: &str) -> Agent<'_> {
    Agent {
        name,
        kind: AgentKind::Organization,
        ..Agent::default()
    }
}

fn contact(info: Value<'_>) -> Slot<Contact<'_>> {
    Slot::filled(
        Contact {
            name: slots::first([
                word(info, &["cntpos"]),
                word(info, &["cntorgp", "cntorg"]),
                word(info, &["cntperp", "cntorg"]),
                word(info, &["cntperp", "cntper"]),
            ]),
            email: word(info, &["cntemail"])
                .map(|email| email.strip_prefix("mailto:").unwrap_or(email)),
            url: Slot::NotInFormat("the contact instructions"),
        },
        info.at(),
    )
}

/// Who developed the data, what it was made from, and whom it credits.
fn sources<'t>(
    metadata: Value<'t>,
    main: Value<'t>,
    esri: Option<Value<'t>>,
    origins: &[Held<&'t str>],
) -> Slot<Vec<Held<Origin<'t>>>> {
    let developed = origins
        .iter()
        .map(|held| source(Slot::filled(Text::new(held.value), held.at), held.at));
    let used = each(
        metadata,
        &["dataqual", "lineage", "srcinfo", "srccite", "citeinfo"],
    )
    .into_iter()
    .filter_map(|cited| {
        let name = slots::first([statement(cited, &["title"]), statement(cited, &["origin"])]);
        let at = name.held()?.at;
        Some(source(name, at))
    });
    let credits = esri.map_or(Vec::new(), |esri| statements(esri, &["idCredit"]));
    let credits = statements(main, &["datacred"])
        .into_iter()
        .chain(credits)
        .map(|held| {
            let at = held.at;
            source(Slot::Filled(held), at)
        });
    listed(
        developed.chain(used).chain(credits).collect(),
        main,
        &ORIGIN,
    )
}

fn source<'t>(name: Slot<Text<'t>>, at: crate::model::At) -> Held<Origin<'t>> {
    Held::new(
        Origin {
            name,
            url: Slot::absent(at),
            retrieved: Slot::absent(at),
            note: Slot::absent(at),
        },
        at,
    )
}

/// Whether a text says that nothing is held back: `None`, `none.`, `No restrictions`.
fn says_none(text: &str) -> bool {
    let text = text.trim().trim_end_matches('.').to_ascii_lowercase();
    matches!(
        text.as_str(),
        "none" | "no" | "no restrictions" | "no constraints" | "unrestricted" | "none known"
    )
}

fn state_terms<'t>(dataset: &mut Dataset<'t>, main: Value<'t>) {
    let uses = first(main, &["useconst"]).and_then(content);
    let none = |value: Option<Value<'t>>| value.and_then(Value::as_str).is_some_and(says_none);
    dataset.license = match uses {
        Some(_) if none(uses) => Slot::NotInFormat(FREE),
        Some(value) => slots::license_of(value),
        None => read_first(main, &["resConst", "Consts", "useLimit"], slots::license_of)
            .map(|license| License { ..license }),
    };
    let accesses = first(main, &["accconst"]).and_then(content);
    dataset.access = match accesses {
        Some(value) if none(accesses) => Slot::filled(Access::Public, value.at()),
        _ => Slot::NotInFormat("the access constraints"),
    };
    dataset.rights = if none(accesses) {
        Slot::NotInFormat("the access constraints")
    } else {
        statement(main, &["accconst"])
    };
    // Use constraints often say what the data is not good for.
    if let Some(value) = uses
        && let Slot::Filled(held) = slots::said(slots::text_of(value))
        && matches!(phrases::limits(&held.value.plain), Some(Limits::Stated(_)))
    {
        let at = held.at;
        dataset.limitations = Slot::filled(vec![held], at);
    }
}

/// How long a step of processing must be to tell anything, in bytes: "Dataset created." and codes do not.
const TELLING: usize = 40;

/// Where data quality reports accuracy and gaps.
const QUALITY: [&[&str]; 5] = [
    &["attracc", "attraccr"],
    &["complete"],
    &["logic"],
    &["posacc", "horizpa", "horizpar"],
    &["posacc", "vertacc", "vertaccr"],
];

fn state_quality<'t>(dataset: &mut Dataset<'t>, metadata: Value<'t>) {
    let Some(quality) = first(metadata, &["dataqual"]) else {
        return;
    };
    let mut limits: Vec<_> = QUALITY
        .iter()
        .flat_map(|path| statements(quality, path))
        .filter(|held| !says_nothing(&held.value.plain))
        .collect();
    if let Slot::Filled(held) = &dataset.limitations {
        limits.extend(held.value.iter().cloned());
    }
    dataset.limitations = match limits.first().map(|held| held.at) {
        Some(at) => Slot::filled(limits, at),
        None => Slot::absent(quality.at()),
    };
    // ArcGIS logs each copy of a file as a step; such steps carry a mark.
    let steps = each(quality, &["lineage", "procstep", "procdesc"])
        .into_iter()
        .filter(|step| step.get("@Sync").is_none())
        .filter_map(content)
        .map(|step| slots::said(slots::text_of(step)))
        .find(|slot| slot.value().is_some_and(|text| text.plain.len() >= TELLING));
    dataset.method = steps.unwrap_or(Slot::absent(quality.at()));
}

/// `Unknown`, `None`, `N/A`, or a pointer to another part of the record.
fn says_nothing(text: &str) -> bool {
    says_none(text)
        || text.eq_ignore_ascii_case("unknown")
        || text.to_ascii_lowercase().starts_with("see ") && text.len() < 80
}

fn date<'t>(dataset: &mut Dataset<'t>, metadata: Value<'t>, main: Value<'t>) {
    let published = read_first(main, &["citation", "citeinfo", "pubdate"], day_of);
    let of_esri = ["pubDate", "reviseDate", "createDate"]
        .map(|key| read_first(main, &["idCitation", "date", key], day_of));
    let [of_publication, of_revision, of_creation] = of_esri;
    dataset.issued = slots::first([published, of_publication]);
    let last = slots::first([of_revision, dataset.issued, of_creation]);
    // The standard has one date for data, and no other place to say when it last changed.
    dataset.modified = match last {
        Slot::Filled(held) => Slot::Filled(Held {
            inner: Inner::Derived,
            ..held
        }),
        slot => slot,
    };
    // Each program keeps its own date, and leaves those of the others behind.
    let written = [
        read_first(metadata, &["metainfo", "metd"], day_of),
        read_first(metadata, &["mdDateSt"], day_of),
        read_first(metadata, &["Esri", "ModDate"], day_of),
    ];
    let newest = written
        .iter()
        .filter(|slot| slot.value().is_some_and(|day| day.date().is_some()))
        .max_by_key(|slot| slot.value().and_then(Day::date));
    dataset.metadata_modified = newest.cloned().unwrap_or_else(|| slots::first(written));
}

/// A date, where a form was filled in: `Unknown` and `unpublished material` are none.
fn day_of(value: Value<'_>) -> Slot<Day<'_>> {
    let word = slots::word_of(value);
    if !word.is_filled() {
        return word.map(|raw| Day { raw, read: None });
    }
    match slots::day_of(value) {
        Slot::Filled(held) if held.value.read.is_none() && !has_digit(held.value.raw) => {
            Slot::Blank {
                at: held.at,
                kind: BlankKind::NullWord,
            }
        }
        slot => slot,
    }
}

fn has_digit(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_digit())
}

fn refresh_of<'t>(main: Value<'t>, esri: Option<Value<'t>>) -> Slot<Refresh<'t>> {
    let own = read_first(main, &["status", "update"], |value| {
        slots::word_of(value).map(slots::read_refresh)
    });
    let unknown_word = read_first(main, &["status", "update"], |value| {
        // "Unknown" is an answer of the standard, not an empty field.
        let raw = value.as_str().unwrap_or_default().trim();
        if raw.eq_ignore_ascii_case("unknown") {
            Slot::filled(slots::read_refresh(raw), value.at())
        } else {
            Slot::absent(value.at())
        }
    });
    if unknown_word.is_filled() {
        return unknown_word;
    }
    let of_esri = esri.map_or(Slot::absent(main.at()), |esri| {
        let codes = each(esri, &["resMaint", "maintFreq", "MaintFreqCd"]);
        let found = codes.first().map(|code| slots::word(*code, "@value"));
        match found {
            Some(Slot::Filled(held)) => Slot::Filled(held).map(|code| {
                let raw = arcgis_hub::maintenance_words(code).unwrap_or(code);
                Refresh {
                    raw,
                    rate: refresh::parse(raw),
                }
            }),
            _ => Slot::absent(esri.at()),
        }
    });
    slots::first([own, of_esri])
}

fn temporal(main: Value<'_>) -> Slot<Period<'_>> {
    let Some(info) = first(main, &["timeperd", "timeinfo"]) else {
        return Slot::absent(main.at());
    };
    let day = |path: &[&str]| read_first(info, path, day_of);
    let single = || {
        slots::first([
            day(&["sngdate", "caldate"]),
            day(&["mdattim", "sngdate", "caldate"]),
        ])
    };
    let start = slots::first([day(&["rngdates", "begdate"]), single()]);
    let end = slots::first([day(&["rngdates", "enddate"]), single()]);
    slots::from_to(&start, &end).unwrap_or_else(|| match start {
        Slot::Blank { at, kind } => Slot::Blank { at, kind },
        _ => Slot::absent(info.at()),
    })
}

fn spatial<'t>(main: Value<'t>, esri: Option<Value<'t>>) -> Slot<Spatial<'t>> {
    let with_corners = |it: Option<Value<'t>>, names| Some((bounding_box(it?, names)?, it?));
    let bounded = with_corners(
        first(main, &["spdom", "bounding"]),
        ["westbc", "southbc", "eastbc", "northbc"],
    )
    .or_else(|| {
        let names = ["westBL", "southBL", "eastBL", "northBL"];
        with_corners(first(esri?, &["geoBox"]), names)
    });
    let named = word(main, &["keywords", "place", "placekey"]);
    match (named, bounded) {
        (Slot::Filled(held), _) => Slot::filled(
            Spatial {
                raw: held.value,
                bounding_box: bounded.map(|(corners, _)| corners),
                box_at: bounded.map(|(_, value)| value.at()),
            },
            held.at,
        ),
        (_, Some((corners, value))) => Slot::filled(
            Spatial {
                raw: value.raw(),
                bounding_box: Some(corners),
                box_at: None,
            },
            value.at(),
        ),
        (Slot::Blank { at, kind }, _) => Slot::Blank { at, kind },
        _ => Slot::absent(main.at()),
    }
}

/// The name of the coordinate system, as precise as it is given.
fn crs(metadata: Value<'_>) -> Slot<&str> {
    slots::first([
        word(metadata, &["spref", "horizsys", "cordsysn", "projcsn"]),
        word(metadata, &["spref", "horizsys", "cordsysn", "geogcsn"]),
        code(
            metadata,
            &["refSysInfo", "RefSystem", "refSysID", "identCode"],
        ),
        word(
            metadata,
            &["refSysInfo", "RefSystem", "refSysID", "identCode", "@code"],
        ),
        word(
            metadata,
            &["spref", "horizsys", "planar", "mapproj", "mapprojn"],
        ),
        word(
            metadata,
            &["spref", "horizsys", "planar", "gridsys", "gridsysn"],
        ),
        word(metadata, &["spref", "horizsys", "geodetic", "horizdn"]),
    ])
}

/// The features of a vector layer; a count of nothing is one that was never made.
fn rows(metadata: Value<'_>) -> Slot<u64> {
    let counts = each(metadata, &["spdoinfo", "ptvctinf", "sdtsterm", "ptvctcnt"])
        .into_iter()
        .chain(each(
            metadata,
            &["spdoinfo", "ptvctinf", "esriterm", "efeacnt"],
        ))
        .filter_map(content)
        .filter_map(|value| Some((slots::read_count(value)?, value.at())))
        .filter(|(count, _)| *count > 0)
        .max();
    match counts {
        Some((count, at)) => Slot::filled(count, at),
        None => Slot::NotInFormat("the abstract"),
    }
}

fn columns(metadata: Value<'_>) -> Columns<'_> {
    let mut columns = Vec::new();
    for (table, entity) in each(metadata, &["eainfo", "detailed"])
        .into_iter()
        .enumerate()
    {
        for item in each(entity, &["attr"]) {
            if item.get("attrlabl").is_some() {
                columns.push(column(columns.len(), table, item));
            }
        }
    }
    if !columns.is_empty() {
        return Columns::Listed(columns);
    }
    let info = first(metadata, &["eainfo"]);
    let is_raster = first(metadata, &["spdoinfo", "rastinfo"]).is_some();
    match info {
        Some(info) if info.get("overview").is_some() => Columns::NotInExport(OVERVIEW),
        _ if is_raster => Columns::None,
        Some(info) => Columns::Missing(info.at()),
        None => Columns::Missing(metadata.at()),
    }
}

fn column(index: usize, table: usize, item: Value<'_>) -> Column<'_> {
    let mut column = Column::empty(index, item.at());
    column.table = Some(table);
    column.machine_name = read_first(item, &["attrlabl"], slots::name_of);
    let label = column.machine_name.value().copied().unwrap_or_default();
    column.name = match read_first(item, &["attalias"], slots::name_of) {
        Slot::Filled(held) if held.value == label => Slot::absent(held.at),
        slot => slot,
    };
    column.description = text(item, &["attrdef"]);
    column.native_type = first(item, &["attrtype"])
        .and_then(content)
        .and_then(Value::as_str);
    column.datatype = column
        .native_type
        .map_or(DataType::Unknown, DataType::parse);
    column.unit = word(item, &["attrdomv", "rdom", "attrunit"]);
    column.values = each(item, &["attrdomv", "edom"])
        .into_iter()
        .filter_map(|value| {
            let of = |key: &'static str| content(first(value, &[key])?)?.as_str();
            Some(ValueItem {
                value: of("edomv")?,
                label: of("edomvd").filter(|label| !label.is_empty()),
            })
        })
        .collect();
    column.values_url = code_list(item);
    column.stats = range(item);
    let filled_by_software = first(item, &["attrdefs"])
        .and_then(content)
        .and_then(Value::as_str)
        .is_some_and(|name| name.trim().eq_ignore_ascii_case("esri"));
    column.is_system = filled_by_software || is_system(column.shown_name(), column.key());
    column
}

/// The list that a field's codes are taken from: its address, else its name or who keeps it.
fn code_list(item: Value<'_>) -> Slot<&str> {
    let name = word(item, &["attrdomv", "codesetd", "codesetn"]);
    let source = word(item, &["attrdomv", "codesetd", "codesets"]);
    match source {
        Slot::Filled(held) if is_address(held.value) => source,
        _ => match slots::first([name, source]) {
            Slot::Filled(held) => Slot::Filled(held),
            _ => Slot::NotInFormat("the domain of the attribute"),
        },
    }
}

/// The smallest and the largest value that the record names.
fn range(item: Value<'_>) -> Option<Stats<'_>> {
    let range = first(item, &["attrdomv", "rdom"])?;
    let bound = |key: &'static str| content(first(range, &[key])?)?.as_str();
    Some(Stats {
        smallest: bound("rdommin"),
        largest: bound("rdommax"),
        ..Stats::default()
    })
}

/// Whether a text is an address on the web, and not a path or a connection to a database.
fn is_address(text: &str) -> bool {
    ["http://", "https://", "ftp://", "www."]
        .iter()
        .any(|start| {
            text.get(..start.len())
                .is_some_and(|found| found.eq_ignore_ascii_case(start))
        })
}

/// Addresses under which the data can be had, and the page about it.
fn links<'t>(
    metadata: Value<'t>,
    main: Value<'t>,
) -> (Slot<Vec<Held<Distribution<'t>>>>, Slot<&'t str>) {
    let mut list: Vec<_> = each(metadata, &["distinfo", "stdorder", "digform"])
        .into_iter()
        .flat_map(ordered)
        .collect();
    let cited: Vec<_> = words(main, &["citation", "citeinfo", "onlink"])
        .into_iter()
        .filter(|held| is_address(held.value))
        .collect();
    let page = cited.iter().find(|held| !is_file(held.value)).copied();
    if list.is_empty() && cited.is_empty() {
        // What only the office itself can open is shown as what it is.
        list.extend(inner(metadata, main).into_iter().map(|held| {
            let mut link = Distribution::empty(held.at);
            link.access_url = Slot::Filled(held);
            Held::new(link, held.at)
        }));
    }
    if list.is_empty() {
        list.extend(cited.into_iter().map(|held| {
            let mut link = Distribution::empty(held.at);
            link.access_url = Slot::Filled(held);
            Held::new(link, held.at)
        }));
    }
    let links = match list.first().map(|held| held.at) {
        Some(at) => Slot::filled(list, at),
        None => Slot::absent(first(metadata, &["distinfo"]).unwrap_or(main).at()),
    };
    let page = page.map_or(Slot::NotInFormat("the online linkage"), Slot::Filled);
    (links, page)
}

/// Paths and connections inside an office that stand where addresses are asked for.
fn inner<'t>(metadata: Value<'t>, main: Value<'t>) -> Vec<Held<&'t str>> {
    let ordered = [
        "distinfo", "stdorder", "digform", "digtopt", "onlinopt", "computer", "networka",
        "networkr",
    ];
    let mut all = words(main, &["citation", "citeinfo", "onlink"]);
    all.extend(words(metadata, &ordered));
    all.retain(|held| addresses::is_inner(held.value));
    all
}

/// Whether an address leads to a file rather than to a page.
fn is_file(address: &str) -> bool {
    let address = address.to_ascii_lowercase();
    [
        ".zip", ".kmz", ".kml", ".shp", ".gdb", ".tif", ".e00", ".gz",
    ]
    .iter()
    .any(|ending| address.ends_with(ending))
}

/// The addresses of one digital form, with its format.
fn ordered<'t>(form: Value<'t>) -> Vec<Held<Distribution<'t>>> {
    let format = word(form, &["digtinfo", "formname"]);
    let is_metadata = format
        .value()
        .is_some_and(|name| name.eq_ignore_ascii_case("metadata"));
    if is_metadata {
        // The record itself, in another dress.
        return Vec::new();
    }
    let path = ["digtopt", "onlinopt", "computer", "networka", "networkr"];
    each(form, &path)
        .into_iter()
        .filter_map(|address| slots::word_of(content(address)?).held().copied())
        .map(|held| Held {
            // "URL:http://…" is how some offices write it.
            value: held.value.strip_prefix("URL:").unwrap_or(held.value).trim(),
            ..held
        })
        .filter(|held| is_address(held.value))
        .map(|held| {
            let mut link = Distribution::empty(held.at);
            link.download_url = Slot::Filled(held);
            link.access_url = Slot::NotInFormat("the network resource");
            link.format = format;
            link.modified = Slot::NotInFormat("the publication date");
            link.license = Slot::NotInFormat("the use constraints");
            Held::new(link, held.at)
        })
        .collect()
}

/// The size of a transfer, which the standard counts in megabytes.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "checked to be in range"
)]
fn bytes(metadata: Value<'_>) -> Slot<u64> {
    let path = ["distinfo", "stdorder", "digform", "digtinfo", "transize"];
    let size = each(metadata, &path).into_iter().find_map(|element| {
        let value = content(element)?;
        let megabytes = value.as_f64().filter(|size| (1e-6..1e9).contains(size))?;
        Some((megabytes * 1e6, value.at()))
    });
    match size {
        Some((bytes, at)) => Slot::filled(bytes as u64, at),
        None => Slot::NotInFormat("the transfer size"),
    }
}

#[cfg(test)]
mod tests {
    use crate::inspect::{Inspection, inspect};
    use crate::options::Options;
    use crate::source::Source;

    fn read(text: &str) -> Option<Inspection> {
        let sources = [Source::new("a.xml", text.as_bytes())];
        inspect(&sources, &Options::default()).0.pop()
    }

    const RECORD: &str = r#"<?xml version="1.0"?>
<!DOCTYPE metadata SYSTEM "http://schemas.example/csdgm.dtd">
<metadata><idinfo>
  <citation><citeinfo><origin>Survey office</origin><origin>County parks</origin><pubdate>20240506</pubdate><title>Park
    benches</title><geoform>vector digital data</geoform><serinfo><sername>Park furniture</sername></serinfo>
    <onlink>Server=HARBOUR; Service=sde</onlink><onlink>https://parks.example/benches</onlink></citeinfo></citation>
  <descript><abstract>Every bench of the county.</abstract><purpose>Upkeep of the parks.</purpose></descript>
  <timeperd><timeinfo><rngdates><begdate>2020</begdate><enddate>2023</enddate></rngdates></timeinfo></timeperd>
  <status><progress>Complete</progress><update>Every 5 years</update></status>
  <spdom><bounding><westbc>-75.5</westbc><eastbc>-75</eastbc><northbc>40.5</northbc><southbc>40</southbc></bounding></spdom>
  <keywords><theme><themekt>ISO 19115 Topic Category</themekt><themekey>environment</themekey></theme><theme><themekt>None</themekt><themekey>benches</themekey></theme></keywords>
  <accconst>None</accconst><useconst>None.</useconst>
  <ptcontac><cntinfo><cntorgp><cntorg>Survey office</cntorg></cntorgp><cntpos>Map desk</cntpos><cntemail>mailto:maps@county.example</cntemail></cntinfo></ptcontac>
  <datacred>Thanks to the volunteers of the county.</datacred>
</idinfo>
<dataqual><attracc><attraccr>Materials were judged by eye and may be wrong for painted benches.</attraccr></attracc><complete>Unknown</complete>
  <lineage><srcinfo><srccite><citeinfo><title>Walk of 2023</title></citeinfo></srccite></srcinfo>
  <procstep><procdesc Sync="TRUE">Dataset copied.</procdesc></procstep><procstep><procdesc>Crews walked each park and took positions with receivers.</procdesc></procstep></lineage></dataqual>
<spdoinfo><ptvctinf><sdtsterm><ptvctcnt>120</ptvctcnt></sdtsterm></ptvctinf></spdoinfo>
<eainfo><detailed><attr><attrlabl Sync="TRUE">FID</attrlabl><attrdefs>Esri</attrdefs></attr>
  <attr><attrlabl>LEN</attrlabl><attalias>Length</attalias><attrdef>Length of the seat</attrdef><attrtype>Double</attrtype><attrdomv><rdom><rdommin>0.5</rdommin><rdommax>4</rdommax><attrunit>metres</attrunit></rdom></attrdomv></attr>
  <attr><attrlabl>MT</attrlabl><attalias>MT</attalias><attrdomv><edom><edomv>W</edomv><edomvd>Wood</edomvd></edom><edom><edomv>S</edomv><edomvd>Stone</edomvd></edom></attrdomv></attr></detailed></eainfo>
<distinfo><stdorder><digform><digtinfo><formname>Shapefile</formname><transize>2.5</transize></digtinfo><digtopt><onlinopt><computer><networka>
  <networkr>URL:https://parks.example/benches.zip</networkr></networka></computer></onlinopt></digtopt></digform></stdorder></distinfo>
<metainfo><metd>20250203</metd></metainfo></metadata>"#;

    #[test]
    fn reads_a_record() {
        let one = read(RECORD).expect("a record");
        assert_eq!(one.format, "fgdc-csdgm");
        let value = |name: &str| one.value(name).unwrap_or_default();
        assert_eq!(value("title"), "Park benches");
        assert_eq!(
            one.dataset["title"]["pointer"],
            "/metadata/idinfo/citation/citeinfo/title"
        );
        assert_eq!(value("publisher"), "Survey office");
        let source = value("source");
        for name in [
            "Survey office",
            "County parks",
            "Walk of 2023",
            "volunteers",
        ] {
            assert!(source.contains(name), "{name} in {source}");
        }
        assert_eq!(value("categories"), r#"["environment"]"#);
        assert_eq!(value("keywords"), r#"["environment","benches"]"#);
        assert!(value("refresh").contains("R/P5Y"));
        assert_eq!(one.dataset["license"]["blank"], "not in this format");
        assert_eq!(value("access"), "public");
        assert!(value("limitations").contains("painted benches"));
        assert!(!value("limitations").contains("Unknown"));
        assert!(value("method").starts_with("Crews walked"));
        assert_eq!(value("issued"), "2024-05-06");
        assert_eq!(value("metadata_modified"), "2025-02-03");
        assert_eq!(value("rows"), "120");
        assert!(value("contact").contains("Map desk"));
        assert!(!value("contact").contains("mailto"));
        assert!(value("distributions").contains("\"https://parks.example/benches.zip\""));
        assert_eq!(value("landing_page"), "https://parks.example/benches");
        assert_eq!(one.extra, [""; 0]);
    }

    #[test]
    fn reads_attributes_with_their_domains() {
        let one = read(RECORD).expect("a record");
        assert_eq!(one.columns[0]["system"], true);
        assert_eq!(one.columns[1]["name"], "Length");
        assert_eq!(one.columns[1]["description"], "Length of the seat");
        assert_eq!(one.columns[1]["judgements"]["unit"], "m");
        assert_eq!(one.columns[2]["name"], "MT");
        assert_eq!(one.judgements["columns_ok"], "yes");
    }

    #[test]
    fn a_list_of_codes_that_is_named_says_what_they_mean() {
        let of = |domain: &str| {
            let fields = format!(
                "<attr><attrlabl>Soil code</attrlabl><attrdef>Kind of soil under the bench</attrdef>{domain}</attr></detailed>"
            );
            told(&RECORD.replace("</detailed>", &fields))
        };
        let is_asked = |domain: &str| {
            of(domain)
                .iter()
                .any(|it| it == "coded-field-without-values")
        };
        assert!(is_asked(""));
        for list in [
            "<codesetn>Soils of the county</codesetn><codesets>Survey office</codesets>",
            "<codesetn>Soils of the county</codesetn><codesets>https://soils.example/codes</codesets>",
            "<codesets>Survey office</codesets>",
        ] {
            let domain = format!("<attrdomv><codesetd>{list}</codesetd></attrdomv>");
            assert!(!is_asked(&domain), "{list}");
        }
    }

    #[test]
    fn counts_the_help_of_an_unfilled_form_as_blank() {
        let text = RECORD
            .replace(
                "Every 5 years",
                "REQUIRED: The frequency with which changes are made to the data set.",
            )
            .replace(
                "<useconst>None.</useconst>",
                "<useconst>REQUIRED: Restrictions for using the data set.</useconst>",
            );
        let one = read(&text).expect("a record");
        assert_eq!(one.dataset["refresh"]["blank"], "template not filled in");
        assert_eq!(one.dataset["license"]["blank"], "template not filled in");
        assert_eq!(
            one.dataset["license"]["pointer"],
            "/metadata/idinfo/useconst"
        );
    }

    fn told(text: &str) -> Vec<String> {
        crate::check::rules_told("a.xml", text)
    }

    #[test]
    fn a_form_left_unfilled_is_told_once() {
        let text = RECORD
            .replace(
                "Every 5 years",
                "REQUIRED: The frequency with which changes are made to the data set.",
            )
            .replace(
                "<useconst>None.</useconst>",
                "<useconst>REQUIRED: Restrictions for using the data set.</useconst>",
            )
            .replace(
                "Every bench of the county.",
                "REQUIRED: A brief narrative summary of the data set.",
            );
        let told = told(&text);
        let is_told = |rule: &str| told.iter().any(|it| it == rule);
        assert!(is_told("template-not-filled"));
        for rule in [
            "missing-license",
            "refresh-rate-missing",
            "limitations-missing",
            "source-missing",
        ] {
            assert!(!is_told(rule), "{rule}");
        }
    }

    #[test]
    fn each_thesaurus_has_its_own_words() {
        let theme =
            |words: &str| format!("<theme><themekt>None</themekt>{words}</theme></keywords>");
        let once = RECORD.replace(
            "</keywords>",
            &theme("<themekey>Benches</themekey><themekey>seats</themekey>"),
        );
        let one = read(&once).expect("a record");
        assert_eq!(
            one.value("keywords").as_deref(),
            Some(r#"["environment","benches","seats"]"#)
        );
        assert!(!told(&once).iter().any(|it| it == "keywords-joined"));
        let twice = RECORD.replace(
            "</keywords>",
            &theme("<themekey>seats</themekey><themekey>seats</themekey>"),
        );
        assert!(told(&twice).iter().any(|it| it == "keywords-joined"));
    }

    #[test]
    fn takes_what_arcgis_knows_better() {
        let text = RECORD
            .replace(
                "<title>Park\n    benches</title>",
                "<title>CITYGIS.PARKS.Benches</title>",
            )
            .replace(
                "</metadata>",
                "<dataIdInfo><idCitation><resTitle>Benches</resTitle></idCitation></dataIdInfo>\
                      <mdDateSt>20260304</mdDateSt></metadata>",
            );
        let one = read(&text).expect("a record");
        assert_eq!(one.value("title").as_deref(), Some("Benches"));
        assert_eq!(
            one.value("metadata_modified").as_deref(),
            Some("2026-03-04")
        );
        assert_eq!(
            one.value("temporal").as_deref(),
            Some("2020-01-01/2023-12-31")
        );
    }

    #[test]
    fn an_address_that_only_the_office_can_open_is_told_where_there_is_no_other() {
        let inner = RECORD
            .replace("<onlink>https://parks.example/benches</onlink>", "")
            .replace("URL:https://parks.example/benches.zip", "");
        let told_of = told(&inner);
        assert!(told_of.iter().any(|it| it == "link-malformed"));
        assert!(!told_of.iter().any(|it| it == "format-not-usable"));
        assert!(!told(RECORD).iter().any(|it| it == "link-malformed"));
    }

    #[test]
    fn constraints_that_warn_of_uses_are_limitations_too() {
        let text = RECORD.replace(
            "<useconst>None.</useconst>",
            "<useconst>Visual aid only. Please see official documentation before planning.</useconst>",
        );
        let one = read(&text).expect("a record");
        assert!(
            one.value("limitations")
                .is_some_and(|it| it.contains("Visual aid"))
        );
    }

    #[test]
    fn falls_back_on_the_metadata_that_arcgis_keeps_beside() {
        let one = read(
            r#"<metadata xml:lang="en"><dataIdInfo><idCitation><resTitle Sync="TRUE">Zoning</resTitle></idCitation>
            <idAbs>&lt;P&gt;Zones of the city.&lt;/P&gt;</idAbs><idCredit>Planning office</idCredit>
            <resMaint><maintFreq><MaintFreqCd value="005"/></maintFreq></resMaint>
            <resConst><Consts><useLimit>&lt;P&gt;CC BY 4.0&lt;/P&gt;</useLimit></Consts></resConst></dataIdInfo></metadata>"#,
        )
        .expect("a record");
        assert_eq!(one.value("title").as_deref(), Some("Zoning"));
        assert_eq!(
            one.value("description").as_deref(),
            Some("Zones of the city.")
        );
        assert!(one.value("refresh").is_some_and(|it| it.contains("R/P1M")));
        assert!(one.value("license").is_some_and(|it| it.contains("CC BY")));
        assert!(
            one.value("source")
                .is_some_and(|it| it.contains("Planning office"))
        );
    }

    #[test]
    fn a_record_that_is_cut_or_twisted_anywhere_does_no_harm() {
        for at in (0..RECORD.len()).step_by(11) {
            let (head, tail) = RECORD.split_at(at);
            assert!(read(head).is_none(), "cut at {at}");
            let _ = read(&format!("{head}<a b='&lt;'/>{tail}"));
            let _ = read(&format!("{head}{}", tail.get(3..).unwrap_or_default()));
        }
    }

    #[test]
    fn leaves_other_metadata_alone() {
        assert!(read("<metadata><name>x</name></metadata>").is_none());
        assert!(read("<metadata/>").is_none());
    }
}
