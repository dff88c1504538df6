//! CSV on the Web: a table, or a group of tables (`csv-metadata.json`); the metadata of CLDF data sets as well.
//!
//! What a table means is told in properties of other vocabularies (`dc:title`, `schema:license`, `rdfs:label`), so they
//! are known by their local names, however they are prefixed. A property of the group holds for its tables, and of a
//! group with one table the table's own properties fill what the group leaves out.

use super::{Format, Surroundings, slots};
use crate::lexicon::roles::{DataType, is_system};
use crate::model::{
    Agent, AgentKind, AssetKind, Column, Columns, Contact, Dataset, Distribution, Held, License,
    Origin, Refresh, Slot, Text, ValueItem,
};
use crate::source::tree::{Kind, Value};

const REFRESH: &str = "CSV on the Web has no place of its own for the refresh rate: add `dct:accrualPeriodicity`, or write a sentence \"Refresh rate: Monthly.\" into `dc:description`";
const LIMITS: &str = "CSV on the Web has no place for limitations: write a paragraph \"Limitations: …\" into `dc:description`";
const UNIT: &str = "CSV on the Web has no place of its own for units: add `schema:unitText`, or write the unit into `dc:description` of the column";
const ROWS: &str = "CSV on the Web has no place for the number of rows";

pub(super) static FORMAT: Format = Format {
    id: "csvw",
    name: "CSV on the Web",
    known_by: "the `@context` of CSV on the Web",
    containers: &[],
    json_in_strings: &[],
    detect,
    read,
    known_keys: &[
        "aboutUrl",
        "columns",
        "datatype",
        "dc:bibliographicCitation",
        "dc:conformsTo",
        "dc:contributor",
        "dc:created",
        "dc:creator",
        "dc:description",
        "dc:extent",
        "dc:format",
        "dc:identifier",
        "dc:isPartOf",
        "dc:issued",
        "dc:language",
        "dc:license",
        "dc:modified",
        "dc:publisher",
        "dc:rights",
        "dc:source",
        "dc:spatial",
        "dc:subject",
        "dc:temporal",
        "dc:title",
        "dcat:accessURL",
        "dcat:contactPoint",
        "dcat:downloadURL",
        "dcat:keyword",
        "dcat:landingPage",
        "dcat:theme",
        "default",
        "dialect",
        "foreignKeys",
        "lang",
        "notes",
        "null",
        "ordered",
        "primaryKey",
        "propertyUrl",
        "prov:wasDerivedFrom",
        "prov:wasGeneratedBy",
        "rdf:ID",
        "rdf:type",
        "rdfs:comment",
        "rdfs:label",
        "required",
        "rowTitles",
        "separator",
        "suppressOutput",
        "tableDirection",
        "tableSchema",
        "tables",
        "textDirection",
        "transformations",
        "url",
        "valueUrl",
    ],
};

fn detect(record: Value<'_>, _: &Surroundings<'_>) -> Option<&'static str> {
    let has = |key: &str| record.get(key).is_some();
    let described = has("tables") || has("tableSchema") || has("url") || has("columns");
    if described && names_csvw(record) {
        return Some("its `@context` is that of CSV on the Web");
    }
    let table = |value: Value<'_>| value.get("url").is_some() && value.get("tableSchema").is_some();
    let group = record
        .get("tables")
        .is_some_and(|tables| tables.items().next().is_some_and(table));
    (table(record) || group)
        .then_some("it has a `url` with a `tableSchema`, as CSV on the Web describes a table")
}

/// Whether the context is the one of the standard. Other formats mention it too, as one prefix of many.
fn names_csvw(record: Value<'_>) -> bool {
    record
        .get("@context")
        .into_iter()
        .flat_map(Value::one_or_many)
        .filter_map(Value::as_str)
        .filter_map(|context| context.split_once("://"))
        .any(|(_, rest)| rest.trim_end_matches(['/', '#']) == "www.w3.org/ns/csvw")
}

fn read<'t>(record: Value<'t>, _: &Surroundings<'t>) -> Dataset<'t> {
    let tables = tables(record);
    // What a group leaves out, its only table may say.
    let holders: Vec<Value<'t>> = match tables.as_slice() {
        [only] if only.at() != record.at() => vec![record, *only],
        _ => vec![record],
    };
    let at = Holders { holders: &holders };
    let mut dataset = Dataset::empty(FORMAT.id);
    dataset.kind = AssetKind::Table;
    dataset.id = at.word(&["identifier", "rdf:ID", "@id"]);
    if let ([only], false) = (tables.as_slice(), dataset.id.is_filled()) {
        // The address of its file tells a table from all others.
        dataset.id = slots::first([dataset.id, slots::word(*only, "url")]);
    }
    dataset.title = at.text(&["title", "schema:name", "rdfs:label"]);
    dataset.description = at.text(&["description", "rdfs:comment"]);
    dataset.summary = at.text_or(&["abstract"], "`dc:description`");
    dataset.keywords = at.words_or(&["keyword", "keywords", "subject"], "`dcat:keyword`");
    dataset.categories = at.words_or(&["theme"], "`dcat:theme`");
    dataset.language = language(record, &at);
    dataset.publisher = agent(&at, "publisher");
    dataset.creators = creators(&at);
    dataset.contact = contact(&at);
    dataset.sources = sources(&at, &dataset);
    dataset.license = license(&at);
    dataset.rights = at.text_or(&["rights"], "`dc:rights`");
    dataset.refresh = refresh(&at);
    dataset.created = at.day(&["created"]);
    dataset.issued = at.day(&["issued", "datePublished"]);
    dataset.modified = at.day(&["modified", "dateModified"]);
    dataset.temporal = match at.find(&["temporal", "temporalCoverage"]) {
        Some(value) => slots::period_of(value),
        None => Slot::NotInFormat("`dc:temporal`"),
    };
    dataset.spatial = match at.find(&["spatial", "spatialCoverage"]) {
        Some(value) => slots::spatial_of(value),
        None => Slot::NotInFormat("`dc:spatial`"),
    };
    dataset.landing_page = at.word(&["landingPage", "accessURL", "schema:url", "homepage"]);
    dataset.version = at.word(&["hasVersion", "version", "versionInfo"]);
    dataset.rows = rows(&tables);
    dataset.columns = columns(record, &tables);
    dataset.distributions = distributions(record, &tables);
    mark_places_elsewhere(&mut dataset);
    dataset
}

/// Marks what the format has no place for.
fn mark_places_elsewhere(dataset: &mut Dataset<'_>) {
    dataset.domain = Slot::NotInFormat("`dcat:landingPage`");
    dataset.department = Slot::NotInFormat("`dc:publisher`");
    dataset.limitations = Slot::NotInFormat(LIMITS);
    dataset.method = Slot::NotInFormat("`dc:description`");
    dataset.purpose = Slot::NotInFormat("`dc:description`");
    dataset.usage_notes = Slot::NotInFormat("`dc:description`");
    dataset.context_links = Slot::NotInFormat("`dc:description`");
    dataset.access = Slot::NotInFormat("`dc:description`");
    dataset.metadata_modified = Slot::NotInFormat("`dc:modified`");
    dataset.data_updated = Slot::NotInFormat("`dc:modified`");
    dataset.crs = Slot::NotInFormat("the description of the column");
    dataset.time_zone = Slot::NotInFormat("the description of the column");
    dataset.currency = Slot::NotInFormat("the description of the column");
    dataset.row_label = Slot::NotInFormat("the first sentence of `dc:description`");
    dataset.bytes = Slot::NotInFormat("the file itself");
    dataset.dictionary = Slot::NotInFormat("`tableSchema`");
    dataset.retired = Slot::NotInFormat("the title or description");
}

/// The tables of a group; a table, or a schema, alone is a group of one.
fn tables(record: Value<'_>) -> Vec<Value<'_>> {
    record.get("tables").map_or_else(
        || vec![record],
        |list| list.items().filter(|item| item.is_object()).collect(),
    )
}

/// The last part of a key: `dc:title` and `http://purl.org/dc/terms/title` are both `title`.
fn local(key: &str) -> &str {
    if key.contains("://") {
        key.rsplit(['/', '#']).next().unwrap_or(key)
    } else {
        key.split_once(':').map_or(key, |(_, local)| local)
    }
}

/// The member that stands for one of some properties, the first that is there; a name with a prefix must have it.
fn common<'t>(holder: Value<'t>, names: &[&str]) -> Option<Value<'t>> {
    names.iter().find_map(|name| {
        let whole = name.contains([':', '@']);
        holder
            .members()
            .find(|(key, _)| (if whole { *key } else { local(key) }) == *name)
            .map(|(_, value)| value)
    })
}

/// One plain value: the first of a list, the English of several languages, the address of a reference.
fn one(value: Value<'_>) -> Value<'_> {
    let mut value = slots::in_english(value);
    if value.kind() == Kind::Array {
        value = slots::in_english(value.items().next().unwrap_or(value));
    }
    value.get("@id").unwrap_or(value)
}

/// The values that may carry a property of the dataset, the best first.
struct Holders<'a, 't> {
    holders: &'a [Value<'t>],
}

impl<'t> Holders<'_, 't> {
    fn find(&self, names: &[&str]) -> Option<Value<'t>> {
        self.holders
            .iter()
            .find_map(|holder| common(*holder, names))
    }

    /// A slot that is missing from the record where no holder has it.
    fn slot<T>(&self, names: &[&str], read: impl Fn(Value<'t>) -> Slot<T>) -> Slot<T> {
        match (self.find(names), self.holders.first()) {
            (Some(value), _) => read(value),
            (None, Some(record)) => Slot::absent(record.at()),
            (None, None) => Slot::NotInFormat(""),
        }
    }

    fn text(&self, names: &[&str]) -> Slot<Text<'t>> {
        self.slot(names, |value| slots::text_of(one(value)))
    }

    fn text_or(&self, names: &[&str], elsewhere: &'static str) -> Slot<Text<'t>> {
        match self.find(names) {
            Some(_) => self.text(names),
            None => Slot::NotInFormat(elsewhere),
        }
    }

    fn word(&self, names: &[&str]) -> Slot<&'t str> {
        self.slot(names, |value| slots::word_of(one(value)))
    }

    fn words(&self, names: &[&str]) -> Slot<Vec<Held<&'t str>>> {
        self.slot(names, words_of)
    }

    fn words_or(&self, names: &[&str], elsewhere: &'static str) -> Slot<Vec<Held<&'t str>>> {
        match self.find(names) {
            Some(_) => self.words(names),
            None => Slot::NotInFormat(elsewhere),
        }
    }

    fn day(&self, names: &[&str]) -> Slot<crate::model::Day<'t>> {
        self.slot(names, |value| slots::day_of(one(value)))
    }
}

/// A list of words, each perhaps with its language.
fn words_of(value: Value<'_>) -> Slot<Vec<Held<&str>>> {
    let words: Vec<_> = value
        .one_or_many()
        .map(one)
        .filter_map(|item| Some(Held::new(item.as_str()?.trim(), item.at())))
        .filter(|held| !held.value.is_empty())
        .collect();
    Slot::list(words, value.at())
}

/// The language declared for the data, else the one of the metadata.
fn language<'t>(record: Value<'t>, at: &Holders<'_, 't>) -> Slot<Vec<Held<&'t str>>> {
    let declared = at.find(&["language"]).or_else(|| record.get("lang"));
    let of_context = || {
        let contexts = record.get("@context").into_iter().flat_map(Value::items);
        contexts.into_iter().find_map(|it| it.get("@language"))
    };
    match declared.or_else(of_context) {
        Some(value) => words_of(value),
        None => Slot::absent(record.at()),
    }
}

/// The name of a body or person: a text, an address, or an object with a name.
fn name_of(value: Value<'_>) -> Slot<&str> {
    let named = common(
        value,
        &[
            "schema:name",
            "foaf:name",
            "vcard:fn",
            "name",
            "title",
            "label",
        ],
    );
    slots::word_of(one(named.unwrap_or(value)))
}

fn agent<'t>(at: &Holders<'_, 't>, name: &str) -> Slot<Agent<'t>> {
    at.slot(&[name], |value| {
        let Some(item) = value.one_or_many().next() else {
            return slots::word_of(value).map(|_| Agent::default());
        };
        name_of(item).map(|name| Agent {
            name,
            kind: AgentKind::Organization,
            url: common(item, &["url", "homepage", "@id"]).and_then(Value::as_str),
            ..Agent::default()
        })
    })
}

fn creators<'t>(at: &Holders<'_, 't>) -> Slot<Vec<Held<Agent<'t>>>> {
    at.slot(&["creator", "author", "contributor"], |value| {
        let agents: Vec<_> = value
            .one_or_many()
            .filter_map(|item| {
                let name = name_of(item);
                let held = name.held()?;
                let agent = Agent {
                    name: held.value,
                    ..Agent::default()
                };
                Some(Held::new(agent, held.at))
            })
            .collect();
        Slot::list(agents, value.at())
    })
}

fn contact<'t>(at: &Holders<'_, 't>) -> Slot<Contact<'t>> {
    let Some(value) = at.find(&["contactPoint"]) else {
        return Slot::NotInFormat("`dcat:contactPoint`");
    };
    let email = common(value, &["hasEmail", "email"]).map(one);
    Slot::filled(
        Contact {
            name: name_of(value),
            email: email.map_or(Slot::absent(value.at()), slots::word_of),
            url: common(value, &["hasURL", "url"])
                .map(one)
                .map_or(Slot::absent(value.at()), slots::word_of),
        },
        value.at(),
    )
}

/// `dc:source` and what the data was derived from; else whoever made it; else the citation.
fn sources<'t>(at: &Holders<'_, 't>, dataset: &Dataset<'t>) -> Slot<Vec<Held<Origin<'t>>>> {
    let own_page = at.find(&["accessURL"]).and_then(Value::as_str);
    let mut list: Vec<_> = ["source", "wasDerivedFrom", "isBasedOn"]
        .iter()
        .filter_map(|name| at.find(&[name]))
        .flat_map(Value::one_or_many)
        .map(origin)
        // CLDF names the file of its references, and its own repository, in these places.
        .filter(|held| {
            let name = held.value.name.value().map_or("", |name| name.raw);
            let url = held.value.url.value().copied();
            !name.ends_with(".bib") && (url.is_none() || url != own_page)
        })
        .filter(|held| held.value.name.is_filled() || held.value.url.is_filled())
        .collect();
    if list.is_empty() {
        list = dataset
            .creators
            .value()
            .map(|list| list.iter().map(slots::maker_as_origin).collect())
            .unwrap_or_default();
    }
    if list.is_empty() {
        let citation = at.text(&["bibliographicCitation", "citation"]);
        list.extend(citation.held().map(|held| {
            let mut held = origin_named(Slot::filled(held.value.clone(), held.at), held.at);
            held.inner = crate::model::Inner::Derived;
            held
        }));
    }
    match list.first().map(|held| held.at) {
        Some(first) => Slot::filled(list, first),
        None => at.slot(&["source"], |value| Slot::empty(value.at())),
    }
}

fn origin(item: Value<'_>) -> Held<Origin<'_>> {
    let item = slots::in_english(item);
    if !item.is_object() {
        let text = slots::text_of(item);
        let is_link = item.as_str().is_some_and(|text| text.contains("://"));
        let mut held = origin_named(text, item.at());
        if is_link {
            held.value.name = Slot::absent(item.at());
            held.value.url = slots::word_of(item);
        }
        return held;
    }
    let name = common(item, &["title", "schema:name", "label", "name"]).map(one);
    let mut held = origin_named(
        name.map_or(Slot::absent(item.at()), slots::text_of),
        item.at(),
    );
    held.value.url = common(item, &["url", "@id", "rdf:about"])
        .map_or(Slot::absent(item.at()), |url| slots::word_of(one(url)));
    held
}

fn origin_named(name: Slot<Text<'_>>, at: crate::model::At) -> Held<Origin<'_>> {
    Held::new(
        Origin {
            name,
            url: Slot::absent(at),
            retrieved: Slot::NotInFormat(""),
            note: Slot::NotInFormat(""),
        },
        at,
    )
}

fn license<'t>(at: &Holders<'_, 't>) -> Slot<License<'t>> {
    at.slot(&["license", "licence"], |value| {
        let item = value.one_or_many().next().unwrap_or(value);
        let named = common(item, &["@id", "schema:name", "title", "url"]).unwrap_or(item);
        slots::license_of(one(named))
    })
}

fn refresh<'t>(at: &Holders<'_, 't>) -> Slot<Refresh<'t>> {
    match at.find(&["accrualPeriodicity"]) {
        Some(value) => slots::word_of(one(value)).map(slots::read_refresh),
        None => Slot::NotInFormat(REFRESH),
    }
}

/// CLDF counts the rows of a table in `dc:extent`. The tables of a group are too unlike to be added up.
fn rows(tables: &[Value<'_>]) -> Slot<u64> {
    match tables {
        [table] => match common(*table, &["extent"]) {
            Some(value) => slots::read_count(value).map_or(Slot::NotInFormat(ROWS), |rows| {
                Slot::filled(rows, value.at())
            }),
            None => Slot::NotInFormat(ROWS),
        },
        _ => Slot::NotInFormat(ROWS),
    }
}

/// The columns of all tables, in their order.
fn columns<'t>(record: Value<'t>, tables: &[Value<'t>]) -> Columns<'t> {
    let mut columns = Vec::new();
    let mut links = Vec::new();
    let mut missing = record.at();
    for (index, table) in tables.iter().enumerate() {
        let schema = table
            .get("tableSchema")
            .or_else(|| record.get("tableSchema"))
            // A schema alone, as tables link to it.
            .or_else(|| table.get("columns").map(|_| *table));
        let Some(schema) = schema else { continue };
        missing = schema.at();
        if schema.as_str().is_some() {
            links.extend(slots::word_of(schema).held().copied());
        }
        let place = Place {
            chain: [schema, *table, record],
            table: index,
        };
        for item in schema.get("columns").into_iter().flat_map(Value::items) {
            if item.is_object() {
                columns.push(place.column(columns.len(), item));
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

/// Where a column stands: what it inherits comes from the nearest of these.
struct Place<'t> {
    chain: [Value<'t>; 3],
    table: usize,
}

impl<'t> Place<'t> {
    fn inherited(&self, column: Value<'t>, key: &str) -> Option<Value<'t>> {
        std::iter::once(column)
            .chain(self.chain)
            .find_map(|holder| holder.get(key))
    }

    fn column(&self, index: usize, item: Value<'t>) -> Column<'t> {
        let mut column = Column::empty(index, item.at());
        column.table = Some(self.table);
        column.machine_name = slots::name(item, "name");
        column.name = item
            .get("titles")
            .or_else(|| item.get("title"))
            .map_or(Slot::absent(item.at()), |titles| {
                slots::name_of(one(titles))
            });
        column.description = common(item, &["description", "comment"])
            .map_or(Slot::absent(item.at()), |text| slots::text_of(one(text)));
        let datatype = self.inherited(item, "datatype");
        column.native_type = datatype.and_then(|it| it.get("base").unwrap_or(it).as_str());
        column.datatype = column
            .native_type
            .map_or(DataType::Unknown, DataType::parse);
        column.values = datatype.map(allowed_values).unwrap_or_default();
        column.unit = unit(item);
        column.missing_values = self
            .inherited(item, "null")
            .into_iter()
            .flat_map(Value::one_or_many)
            .filter_map(Value::as_str)
            .filter(|sign| !sign.is_empty())
            .collect();
        column.required = self.inherited(item, "required").and_then(Value::as_bool);
        column.is_key = self.is_key(column.key());
        column.values_url = self.referenced(column.key());
        column.concept = concept(item);
        // A virtual column stands in no file: it is made when the table is turned into other formats.
        let is_virtual = item.get("virtual").and_then(Value::as_bool) == Some(true);
        column.is_system = is_virtual || is_system(column.shown_name(), column.key());
        column
    }

    /// Whether the column alone is the key of its table.
    fn is_key(&self, name: &str) -> Option<bool> {
        let [schema, ..] = self.chain;
        let mut parts = schema.get("primaryKey")?.one_or_many();
        let first = parts.next().and_then(Value::as_str);
        (first == Some(name) && parts.next().is_none()).then_some(true)
    }

    /// The table that lists what the values mean.
    fn referenced(&self, name: &str) -> Slot<&'t str> {
        let [schema, ..] = self.chain;
        let keys = schema.get("foreignKeys").into_iter().flat_map(Value::items);
        keys.filter(|key| {
            let columns = key.get("columnReference").into_iter();
            columns
                .flat_map(Value::one_or_many)
                .any(|column| column.as_str() == Some(name))
        })
        .filter_map(|key| key.path(&["reference", "resource"]))
        .map(slots::word_of)
        .find(Slot::is_filled)
        .unwrap_or(Slot::NotInFormat(""))
    }
}

/// Not in the standard, but written all the same: a unit in words or codes of other vocabularies.
fn unit(item: Value<'_>) -> Slot<&str> {
    common(
        item,
        &[
            "unit",
            "units",
            "hasUnit",
            "unitText",
            "unitCode",
            "unitMeasure",
        ],
    )
    .map(one)
    .map_or(Slot::NotInFormat(UNIT), |value| {
        let named = common(value, &["label", "title", "symbol", "schema:name"]);
        slots::word_of(one(named.unwrap_or(value)))
    })
}

/// The values that a pattern lists: `yes|no|unknown`, without any sign that means something else in a pattern.
fn allowed_values(datatype: Value<'_>) -> Vec<ValueItem<'_>> {
    let base = datatype.get("base").and_then(Value::as_str);
    let pattern = datatype.get("format").and_then(Value::as_str);
    let Some(pattern) = pattern.filter(|_| matches!(base, None | Some("string" | "boolean")))
    else {
        return Vec::new();
    };
    let plain = |sign: char| sign.is_alphanumeric() || matches!(sign, '|' | ' ' | '-' | '_' | '/');
    if !pattern.contains('|') || !pattern.chars().all(plain) {
        return Vec::new();
    }
    pattern
        .split('|')
        .filter(|value| !value.is_empty())
        .map(|value| ValueItem { value, label: None })
        .collect()
}

/// A link to what the column means; a template that is filled in for each row says nothing about it.
fn concept(item: Value<'_>) -> Slot<&str> {
    match slots::word(item, "propertyUrl") {
        Slot::Filled(held) if held.value.contains('{') || held.value.starts_with('#') => {
            Slot::NotInFormat("")
        }
        slot => slot,
    }
}

fn distributions<'t>(record: Value<'t>, tables: &[Value<'t>]) -> Slot<Vec<Held<Distribution<'t>>>> {
    let files: Vec<_> = tables
        .iter()
        .filter(|table| table.get("url").is_some())
        .map(|table| Held::new(distribution(*table), table.at()))
        .collect();
    if files.is_empty() {
        return Slot::absent(record.at());
    }
    Slot::filled(files, record.get("tables").unwrap_or(record).at())
}

fn distribution(table: Value<'_>) -> Distribution<'_> {
    let mut read = Distribution::empty(table.at());
    let text = |names: &[&str]| {
        common(table, names).map_or(Slot::absent(table.at()), |text| slots::text_of(one(text)))
    };
    read.title = text(&["title", "schema:name", "label"]);
    read.description = text(&["description", "comment"]);
    read.download_url = slots::word(table, "url");
    read.access_url = Slot::NotInFormat("`url`");
    // Tables of the standard are delimited text, whatever their file is called.
    read.format = read.download_url.map(|_| "CSV");
    read.media_type = Slot::NotInFormat("`url`");
    read.inner_format = Slot::NotInFormat("`url`");
    read.bytes = Slot::NotInFormat("the file itself");
    read.modified = Slot::NotInFormat("`dc:modified`");
    read.license = Slot::NotInFormat("`dc:license`");
    read.schema_ref = Slot::NotInFormat("`tableSchema`");
    read
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

    const TABLE: &str = r#"{"@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "url": "wells.csv", "dc:title": {"@value": "Wells", "@language": "en"},
        "rdfs:comment": "Each row is a well that is read once a month.",
        "dcterms:license": {"@id": "https://creativecommons.org/licenses/by/4.0/"},
        "dc:publisher": [{"schema:name": "Water office", "schema:url": "https://example.org"}],
        "dc:source": "Readings by hand", "dct:accrualPeriodicity": "R/P1M",
        "tableSchema": {"primaryKey": "id", "null": ["-", ""], "columns": [
            {"name": "id", "titles": {"de": "Nummer", "en": ["Number", "No."]}, "propertyUrl": "http://example.org/id"},
            {"name": "depth", "titles": "Depth", "dc:description": "Depth of the water.", "schema:unitText": "m",
             "datatype": {"base": "decimal"}, "null": "n/a"},
            {"name": "state", "datatype": {"base": "string", "format": "dry|wet"}},
            {"name": "subject", "virtual": true}]}}"#;

    #[test]
    fn reads_a_table_whatever_prefixes_its_properties_have() {
        let read = read(TABLE);
        let one = read.first().expect("a record");
        assert_eq!(one.format, "csvw");
        let value = |name: &str| one.value(name);
        assert_eq!(value("title").as_deref(), Some("Wells"));
        assert_eq!(one.dataset["title"]["pointer"], "/dc:title/@value");
        assert_eq!(one.dataset["description"]["pointer"], "/rdfs:comment");
        assert_eq!(
            value("license").as_deref(),
            Some("https://creativecommons.org/licenses/by/4.0/")
        );
        assert_eq!(one.dataset["license"]["pointer"], "/dcterms:license/@id");
        assert_eq!(value("publisher").as_deref(), Some("Water office"));
        assert!(value("source").is_some_and(|it| it.contains("Readings by hand")));
        assert!(value("refresh").is_some_and(|it| it.contains("R/P1M")));
        assert_eq!(value("language").as_deref(), Some(r#"["en"]"#));
    }

    #[test]
    fn reads_titles_types_and_units_of_columns() {
        let read = read(TABLE);
        let columns = &read.first().expect("a record").columns;
        assert_eq!(columns[0]["name"], "Number");
        assert_eq!(columns[0]["field_name"], "id");
        assert_eq!(columns[1]["datatype"], "decimal");
        assert_eq!(columns[1]["description"], "Depth of the water.");
        assert_eq!(columns[1]["judgements"]["unit"], "m");
        assert_eq!(columns[3]["system"], true);
    }

    #[test]
    fn counts_the_columns_of_all_tables_in_order_and_takes_the_only_table_for_the_group() {
        let column = r#"{"columns": [{"name": "a"}, {"name": "b"}]}"#;
        let two = format!(
            r#"{{"@context": "http://www.w3.org/ns/csvw", "dc:title": "Two tables", "dc:source": "sources.bib",
                "dcat:accessURL": "https://example.org/own", "prov:wasDerivedFrom": [
                    {{"rdf:about": "https://example.org/own", "dc:title": "Repository"}},
                    {{"rdf:about": "https://example.org/base", "dc:title": "Base map"}}],
                "tables": [{{"url": "1.csv", "dc:title": "One", "dc:extent": 5, "tableSchema": {column}}},
                           {{"url": "2.csv", "tableSchema": {column}}}]}}"#
        );
        let group = read(&two);
        let group = group.first().expect("a record");
        let names: Vec<_> = group.columns.iter().map(|it| it["name"].clone()).collect();
        assert_eq!(names, ["a", "b", "a", "b"]);
        assert_eq!(group.columns[3]["index"], 3);
        assert_eq!(group.dataset["rows"]["blank"], "not in this format");
        let source = group.value("source").unwrap_or_default();
        assert!(source.contains("Base map") && !source.contains("Repository"));
        assert!(!source.contains("sources.bib"));

        let alone = format!(
            r#"{{"@context": "http://www.w3.org/ns/csvw",
                "tables": [{{"url": "1.csv", "dc:title": "One", "dc:extent": 5, "tableSchema": {column}}}]}}"#
        );
        let alone = read(&alone);
        let alone = alone.first().expect("a record");
        assert_eq!(alone.value("title").as_deref(), Some("One"));
        assert_eq!(alone.dataset["title"]["pointer"], "/tables/0/dc:title");
        assert_eq!(alone.value("rows").as_deref(), Some("5"));
    }

    #[test]
    fn leaves_records_alone_that_only_name_the_vocabulary() {
        let read = read(
            r#"{"@context": {"csvw": "http://www.w3.org/ns/csvw#"}, "url": "a.csv", "title": "A"}"#,
        );
        assert!(read.is_empty());
    }
}
