//! Opendatasoft: datasets of the catalogue as the Explore API (2.0, 2.1) and the search API (1.0) hand them out.
//!
//! An answer may hold only what its `select` asked for: in such a cut record a key that is missing is "not in this
//! export", never blank.

use super::{Format, Surroundings, custom_fields, slots};
use crate::lexicon::roles::{DataType, is_system};
use crate::model::{
    Agent, AgentKind, AssetKind, Column, Columns, Contact, Dataset, Distribution, Held, License,
    Link, Origin, Refresh, Slot, Text,
};
use crate::source::tree::{Kind, Value};

const CUT: &str =
    "This answer holds only what its `select` asked for: ask the API without `select`";
const LIMITS: &str = "Opendatasoft has no place for limitations: write a paragraph \"Limitations: …\" into the description";

pub(super) static FORMAT: Format = Format {
    id: "opendatasoft",
    name: "Opendatasoft dataset",
    known_by: "a `dataset_id` with `metas`",
    containers: &["results", "datasets"],
    json_in_strings: &[],
    detect,
    read,
    known_keys: &[
        "attachments",
        "alternative_exports",
        "basic_metas",
        "data_visible",
        "dataset",
        "dataset_id",
        "dataset_uid",
        "datasetid",
        "extra_metas",
        "features",
        "fields",
        "has_records",
        "interop_metas",
        "links",
        "metas",
        "visibility",
    ],
};

fn detect(record: Value<'_>, _: &Surroundings<'_>) -> Option<&'static str> {
    let dataset = dataset_of(record);
    let metas = dataset.get("metas").is_some_and(Value::is_object);
    if dataset.get("dataset_id").is_some() && metas {
        return Some("it has a `dataset_id` with `metas`, as Opendatasoft's catalogue lists them");
    }
    (dataset.get("datasetid").is_some() && metas)
        .then_some("it has a `datasetid` with `metas`, as the first API of Opendatasoft lists them")
}

/// The dataset, out of the links that API 2.0 puts around it.
fn dataset_of(record: Value<'_>) -> Value<'_> {
    record
        .get("dataset")
        .filter(|inner| inner.is_object())
        .unwrap_or(record)
}

/// The places where a record keeps its metadata.
struct Metas<'t> {
    record: Value<'t>,
    metas: Value<'t>,
    /// The record was asked for with a `select`.
    is_cut: bool,
}

impl<'t> Metas<'t> {
    fn of(record: Value<'t>) -> Self {
        let metas = record.get("metas").unwrap_or(record);
        // The API always tells whether a dataset has records, and whether they can be seen.
        let whole = ["has_records", "features", "fields"];
        Self {
            record,
            metas,
            is_cut: !whole.iter().any(|key| record.get(key).is_some()),
        }
    }

    /// A value of the standard metadata, or of a template such as `dcat`. API 1.0 has no templates.
    fn get(&self, template: &str, key: &str) -> Option<Value<'t>> {
        let flat = || self.metas.get(key).filter(|it| !it.is_object());
        self.metas.path(&[template, key]).or_else(flat)
    }

    fn slot<T>(&self, template: &str, key: &str, read: impl Fn(Value<'t>) -> Slot<T>) -> Slot<T> {
        match self.get(template, key) {
            Some(value) => read(value),
            None if self.is_cut => Slot::NotInExport(CUT),
            None => Slot::absent(self.metas.get(template).unwrap_or(self.metas).at()),
        }
    }

    fn text(&self, key: &str) -> Slot<Text<'t>> {
        self.slot("default", key, slots::text_of)
    }

    fn word(&self, template: &str, key: &str) -> Slot<&'t str> {
        self.slot(template, key, slots::word_of)
    }

    /// A value of a template that a portal may have switched off: then there is no place for it.
    fn optional<T>(
        &self,
        template: &str,
        key: &str,
        read: impl Fn(Value<'t>) -> Slot<T>,
    ) -> Slot<T> {
        match self.get(template, key) {
            Some(value) => read(value),
            None if self.is_cut => Slot::NotInExport(CUT),
            None => Slot::NotInFormat("the description"),
        }
    }
}

fn read<'t>(record: Value<'t>, _: &Surroundings<'t>) -> Dataset<'t> {
    let record = dataset_of(record);
    let metas = Metas::of(record);
    let mut dataset = Dataset::empty(FORMAT.id);
    dataset.kind = AssetKind::Table;
    dataset.id = slots::first([
        slots::word(record, "dataset_id"),
        slots::word(record, "datasetid"),
    ]);
    dataset.title = metas.text("title");
    dataset.description = metas.text("description");
    dataset.keywords = metas.slot("default", "keyword", slots::words_of);
    dataset.categories = metas.slot("default", "theme", slots::words_of);
    dataset.language = metas.slot("default", "language", slots::words_of);
    dataset.publisher = metas.word("default", "publisher").map(|name| Agent {
        name,
        kind: AgentKind::Organization,
        ..Agent::default()
    });
    dataset.sources = sources(&metas);
    dataset.contact = contact(&metas);
    dataset.license = license(&metas);
    dataset.refresh = refresh(&metas);
    read_dates(&metas, &mut dataset);
    dataset.temporal = metas.optional("dcat", "temporal", slots::period_of);
    dataset.spatial = spatial(&metas);
    dataset.time_zone = metas.optional("default", "timezone", slots::word_of);
    dataset.rows = metas.slot("default", "records_count", |value| {
        slots::read_count(value).map_or(Slot::absent(value.at()), |rows| {
            Slot::filled(rows, value.at())
        })
    });
    if is_without_records(record) {
        // A page that only links to files has no rows to be counted.
        dataset.rows = Slot::NotInFormat("the files");
    }
    dataset.context_links = context(&metas);
    dataset.columns = columns(&metas);
    dataset.distributions = attachments(record);
    dataset.served_by_portal = !is_without_records(record);
    dataset.domain = metas.optional("default", "source_domain_address", slots::word_of);
    dataset.custom = custom(&metas);
    mark_places_elsewhere(&metas, &mut dataset);
    custom_fields::fill(&mut dataset);
    dataset
}

/// Marks what the format has no place for.
fn mark_places_elsewhere<'t>(metas: &Metas<'t>, dataset: &mut Dataset<'t>) {
    dataset.summary = Slot::NotInFormat("the description");
    dataset.department = Slot::NotInFormat("`publisher`");
    dataset.creators = Slot::NotInFormat("`creator` of the DCAT template");
    dataset.limitations = match metas.get("dcat", "dataquality").map(slots::text_of) {
        Some(Slot::Filled(held)) => Slot::filled(vec![held.clone()], held.at),
        _ => Slot::NotInFormat(LIMITS),
    };
    dataset.method = Slot::NotInFormat("the description");
    dataset.purpose = Slot::NotInFormat("the description");
    dataset.usage_notes = Slot::NotInFormat("the description");
    dataset.rights = metas.optional("dcat", "accessrights", slots::text_of);
    dataset.access = Slot::NotInFormat("`accessrights` of the DCAT template");
    dataset.crs = Slot::NotInFormat("the description");
    dataset.currency = Slot::NotInFormat("the unit of the field");
    dataset.row_label = Slot::NotInFormat("the first sentence of the description");
    dataset.bytes = Slot::NotInFormat("the export itself");
    dataset.dictionary = Slot::NotInFormat("an attachment");
    dataset.landing_page = Slot::NotInFormat("the page of the portal");
    dataset.retired = Slot::NotInFormat("the title or description");
    dataset.version = Slot::NotInFormat("the title");
}

fn is_without_records(record: Value<'_>) -> bool {
    record.get("has_records").and_then(Value::as_bool) == Some(false)
}

/// Attributions, else who made the data, else the portal that it was taken over from.
fn sources<'t>(metas: &Metas<'t>) -> Slot<Vec<Held<Origin<'t>>>> {
    let named = [
        ("default", "attributions"),
        ("dcat", "creator"),
        ("default", "source_domain_title"),
    ];
    for (template, key) in named {
        let Some(value) = metas.get(template, key) else {
            continue;
        };
        if let Slot::Filled(held) = slots::words_of(value) {
            let list = held.value.into_iter().map(origin).collect();
            return Slot::filled(list, held.at);
        }
    }
    metas.slot("default", "attributions", |value| Slot::empty(value.at()))
}

fn origin(held: Held<&str>) -> Held<Origin<'_>> {
    let is_link = held.value.starts_with("http://") || held.value.starts_with("https://");
    let (name, url) = if is_link {
        (Slot::absent(held.at), Slot::filled(held.value, held.at))
    } else {
        let name = Slot::filled(Text::new(held.value), held.at);
        (name, Slot::absent(held.at))
    };
    Held::new(
        Origin {
            name,
            url,
            retrieved: Slot::NotInFormat(""),
            note: Slot::NotInFormat(""),
        },
        held.at,
    )
}

fn contact<'t>(metas: &Metas<'t>) -> Slot<Contact<'t>> {
    let name = metas.optional("dcat", "contact_name", slots::word_of);
    let email = metas.optional("dcat", "contact_email", slots::word_of);
    let at = email.held().or(name.held()).map(|held| held.at);
    match at {
        Some(at) => Slot::filled(
            Contact {
                name,
                email,
                url: Slot::NotInFormat(""),
            },
            at,
        ),
        None => email.map(|_| Contact {
            name: Slot::NotInFormat(""),
            email: Slot::NotInFormat(""),
            url: Slot::NotInFormat(""),
        }),
    }
}

fn license<'t>(metas: &Metas<'t>) -> Slot<License<'t>> {
    let url = metas.word("default", "license_url").value().copied();
    metas
        .slot("default", "license", slots::license_of)
        .map(|license| License { url, ..license })
}

fn refresh<'t>(metas: &Metas<'t>) -> Slot<Refresh<'t>> {
    slots::first([
        metas.slot("dcat", "accrualperiodicity", slots::word_of),
        metas.slot("default", "update_frequency", slots::word_of),
    ])
    .map(slots::read_refresh)
}

fn read_dates<'t>(metas: &Metas<'t>, dataset: &mut Dataset<'t>) {
    let day = |template: &str, key: &str| metas.slot(template, key, slots::day_of);
    dataset.created = metas.optional("dcat", "created", slots::day_of);
    dataset.issued = metas.optional("dcat", "issued", slots::day_of);
    dataset.modified = day("default", "modified");
    dataset.metadata_modified = day("default", "metadata_processed");
    // `data_processed` is when the portal last took the data in, which also happens without a change.
    dataset.data_updated = Slot::NotInFormat("`modified`");
}

fn spatial<'t>(metas: &Metas<'t>) -> Slot<crate::model::Spatial<'t>> {
    let territory = metas.slot("default", "territory", slots::words_of);
    let first = territory.value().and_then(|names| names.first().copied());
    match first {
        Some(held) => Slot::filled(slots::read_spatial(held.value), held.at),
        None => slots::first([
            metas.optional("dcat", "spatial", slots::spatial_of),
            territory.map(|_| slots::read_spatial("")),
        ]),
    }
}

/// Links that tell more about the data.
fn context<'t>(metas: &Metas<'t>) -> Slot<Vec<Held<Link<'t>>>> {
    let Some(value) = metas.get("default", "references") else {
        return Slot::NotInFormat("the description");
    };
    let links: Vec<_> = value
        .one_or_many()
        .filter_map(|item| Some((item.as_str()?.trim(), item.at())))
        .filter(|(url, _)| url.contains("://"))
        .map(|(url, at)| Held::new(Link { url, title: None }, at))
        .collect();
    if links.is_empty() {
        return Slot::NotInFormat("the description");
    }
    Slot::filled(links, value.at())
}

fn columns<'t>(metas: &Metas<'t>) -> Columns<'t> {
    let Some(fields) = metas.record.get("fields") else {
        if is_without_records(metas.record) {
            return Columns::None;
        }
        return Columns::NotInExport("ask the API for the dataset without `select`");
    };
    let columns: Vec<_> = fields
        .items()
        .filter(|item| item.is_object())
        .enumerate()
        .map(|(index, item)| column(index, item))
        .collect();
    if columns.is_empty() {
        if is_without_records(metas.record) {
            return Columns::None;
        }
        return Columns::Missing(fields.at());
    }
    Columns::Listed(columns)
}

fn column(index: usize, item: Value<'_>) -> Column<'_> {
    let mut column = Column::empty(index, item.at());
    column.machine_name = slots::name(item, "name");
    column.name = slots::name(item, "label");
    column.description = slots::text(item, "description");
    column.native_type = item.get("type").and_then(Value::as_str);
    column.datatype = column
        .native_type
        .map_or(DataType::Unknown, DataType::parse);
    column.unit = unit(item);
    column.is_key = annotation(item, "id").map(|_| true);
    column.is_system = is_system(column.shown_name(), column.key());
    column
}

/// An annotation: `{"unit": "m"}`, or in the first API `[{"name": "unit", "args": ["m"]}]`.
fn annotation<'t>(item: Value<'t>, name: &str) -> Option<Value<'t>> {
    let annotations = item.get("annotations")?;
    annotations.get(name).or_else(|| {
        let mut items = annotations.items();
        let found = items.find(|it| it.get("name").and_then(Value::as_str) == Some(name))?;
        Some(found.get("args").unwrap_or(found))
    })
}

fn unit(item: Value<'_>) -> Slot<&str> {
    annotation(item, "unit")
        .map(|value| value.one_or_many().next().unwrap_or(value))
        .map_or(Slot::absent(item.at()), slots::word_of)
}

fn attachments(record: Value<'_>) -> Slot<Vec<Held<Distribution<'_>>>> {
    let files: Vec<_> = ["attachments", "alternative_exports"]
        .iter()
        .filter_map(|key| record.get(key))
        .flat_map(Value::items)
        .filter(|item| item.is_object())
        .map(|item| {
            let mut read = Distribution::empty(item.at());
            read.title = slots::text(item, "title");
            read.description = slots::text(item, "description");
            read.download_url = slots::first([slots::word(item, "href"), slots::word(item, "url")]);
            read.media_type = slots::first([
                slots::word(item, "mime-type"),
                slots::word(item, "mimetype"),
            ]);
            Held::new(read, item.at())
        })
        .collect();
    match files.first().map(|held| held.at) {
        Some(at) => Slot::filled(files, at),
        None => Slot::NotInFormat("Opendatasoft offers each table as CSV, JSON and more by itself"),
    }
}

/// Templates that the portal has made: all but those that every portal has.
fn custom<'t>(metas: &Metas<'t>) -> Vec<(String, Held<&'t str>)> {
    const OF_THE_SOFTWARE: [&str; 7] = [
        "asset_content_configuration",
        "explore",
        "visualization",
        "default",
        "dcat",
        "semantic",
        "processing",
    ];
    metas
        .metas
        .members()
        .filter(|(name, value)| value.kind() == Kind::Object && !OF_THE_SOFTWARE.contains(name))
        .flat_map(|(section, fields)| {
            fields.members().filter_map(move |(field, value)| {
                let text = value.as_str()?;
                Some((
                    custom_fields::joined(section, field),
                    Held::new(text, value.at()),
                ))
            })
        })
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

    #[test]
    fn reads_the_explore_api() {
        let read = read(
            r#"{"total_count": 1, "results": [{"dataset_id": "velos", "has_records": true, "features": ["geo"],
                "fields": [{"name": "h", "label": "Hauteur", "type": "double", "description": null, "annotations": {"unit": "m"}},
                           {"name": "d", "label": "d", "type": "date", "description": "Date of the count.", "annotations": []}],
                "attachments": [],
                "metas": {"default": {"title": "Vélos", "description": "<p>Counts of cyclists.</p>", "keyword": ["vélo"],
                            "publisher": "Ville d'Exemple", "license": "Open Database License", "records_count": 12,
                            "modified": "2024-01-02T00:00:00+00:00", "territory": ["France"], "attributions": ["Counting loops"]},
                          "dcat": {"accrualperiodicity": "daily", "contact_email": "data@example.org"},
                          "ville": {"limitations": "Two loops are broken."}}}]}"#,
        );
        let one = read.first().expect("a record");
        assert_eq!(one.format, "opendatasoft");
        assert_eq!(one.pointer, "/results/0");
        let value = |name: &str| one.value(name);
        assert_eq!(value("description").as_deref(), Some("Counts of cyclists."));
        assert_eq!(
            one.dataset["description"]["pointer"],
            "/results/0/metas/default/description"
        );
        assert!(value("refresh").is_some_and(|it| it.contains("R/P1D")));
        assert!(value("source").is_some_and(|it| it.contains("Counting loops")));
        assert!(value("limitations").is_some_and(|it| it.contains("broken")));
        assert_eq!(value("rows").as_deref(), Some("12"));
        assert_eq!(one.columns[0]["judgements"]["unit"], "m");
        assert_eq!(one.columns[0]["name"], "Hauteur");
    }

    #[test]
    fn reads_the_first_api() {
        let read = read(
            r#"{"nhits": 1, "datasets": [{"datasetid": "velos", "has_records": true,
                "metas": {"title": "Vélos", "description": "Counts.", "license": null, "theme": "Transport"},
                "fields": [{"name": "h", "label": "H", "type": "double", "annotations": [{"name": "unit", "args": ["m"]}]}]}]}"#,
        );
        let one = read.first().expect("a record");
        assert_eq!(one.value("title").as_deref(), Some("Vélos"));
        assert_eq!(one.dataset["license"]["blank"], "null");
        assert_eq!(one.columns[0]["judgements"]["unit"], "m");
    }

    #[test]
    fn holds_nothing_against_an_answer_that_was_cut_by_select() {
        let read = read(
            r#"{"results": [{"dataset_id": "a", "metas": {"default": {"title": "A"}, "dcat": {"accrualperiodicity": null}}}]}"#,
        );
        let one = read.first().expect("a record");
        assert_eq!(one.dataset["description"]["blank"], "not in this export");
        assert_eq!(one.dataset["refresh"]["blank"], "null");
    }
}
