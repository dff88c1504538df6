//! Any record in datasteward's own format: the way out of the model that [`super::read`] is the way into.

use std::collections::BTreeSet;

use serde_json::{Map, Value as Json, json};

use super::{Absent, Place, slots_of};
use crate::lexicon::dates::Precision;
use crate::lexicon::refresh;
use crate::lexicon::roles::is_system;
use crate::model::{
    Access, Agent, AssetKind, Column, Columns, Contact, Dataset, Day, Dictionary, Distribution,
    Held, License, Link, Origin, Period, Refresh, Slot, Spatial, Stats, Text, ValueItem,
};

/// A record as `schemas/native-1.schema.json` has it: the keys in the schema's order, nothing that is empty.
///
/// What the steward wrote stays as it was written, slips and all: a date that nobody can read is not made readable.
#[must_use]
pub(crate) fn write(dataset: &Dataset<'_>) -> Json {
    let mut out = Object::default();
    out.put("datasteward", "1");
    identity(&mut out, dataset);
    people(&mut out, dataset);
    context(&mut out, dataset);
    terms_and_dates(&mut out, dataset);
    out.put("coverage", coverage(dataset));
    out.word("crs", &dataset.crs);
    out.word("time_zone", &dataset.time_zone);
    if let Some(code) = dataset.currency.value().filter(|code| is_currency(code)) {
        out.put("default_currency", *code);
    }
    out.word("row_label", &dataset.row_label);
    out.count("rows", &dataset.rows);
    out.count("bytes", &dataset.bytes);
    lineage(&mut out, dataset);
    out.list("distributions", &dataset.distributions, distribution);
    out.slot("dictionary", &dataset.dictionary, dictionary);
    out.put(
        "columns",
        Json::Array(dataset.columns.listed().iter().map(column).collect()),
    );
    out.word("landing_page", &dataset.landing_page);
    out.word("preview", &dataset.preview);
    if dataset.served_by_portal {
        out.put("served_by_portal", true);
    }
    out.word("version", &dataset.version);
    out.word("domain", &dataset.domain);
    out.put("extra", extra(dataset));
    out.finish()
}

/// An object whose empty members are left out.
#[derive(Default)]
struct Object(Map<String, Json>);

impl Object {
    fn put(&mut self, key: &str, value: impl Into<Json>) {
        let value = value.into();
        let is_empty = match &value {
            Json::Null => true,
            Json::Array(items) => items.is_empty(),
            Json::Object(members) => members.is_empty(),
            _ => false,
        };
        if !is_empty {
            self.0.insert(key.to_owned(), value);
        }
    }

    fn slot<T>(&mut self, key: &str, slot: &Slot<T>, show: impl FnOnce(&T) -> Json) {
        if let Some(value) = slot.value() {
            self.put(key, show(value));
        }
    }

    fn text(&mut self, key: &str, slot: &Slot<Text<'_>>) {
        self.slot(key, slot, |text| json!(text.raw));
    }

    fn word(&mut self, key: &str, slot: &Slot<&str>) {
        self.slot(key, slot, |word| json!(word));
    }

    fn day(&mut self, key: &str, slot: &Slot<Day<'_>>) {
        self.slot(key, slot, |day| json!(day_text(day)));
    }

    fn count(&mut self, key: &str, slot: &Slot<u64>) {
        self.slot(key, slot, |count| json!(count));
    }

    fn list<T>(&mut self, key: &str, slot: &Slot<Vec<Held<T>>>, show: impl Fn(&T) -> Json) {
        self.slot(key, slot, |list| {
            list.iter().map(|held| show(&held.value)).collect()
        });
    }

    fn words(&mut self, key: &str, words: &[Held<&str>]) {
        let words: Vec<&str> = words.iter().map(|held| held.value).collect();
        self.put(key, words);
    }

    fn maybe(&mut self, key: &str, value: Option<impl Into<Json>>) {
        if let Some(value) = value {
            self.put(key, value);
        }
    }

    fn finish(self) -> Json {
        Json::Object(self.0)
    }
}

fn identity(out: &mut Object, dataset: &Dataset<'_>) {
    out.word("id", &dataset.id);
    out.words("other_ids", &dataset.other_ids);
    out.text("title", &dataset.title);
    out.put("kind", kind(dataset.kind));
    out.text("summary", &dataset.summary);
    out.text("description", &dataset.description);
    out.list("language", &dataset.language, |word| json!(word));
    out.list("keywords", &dataset.keywords, |word| json!(word));
    out.list("category", &dataset.categories, |word| json!(word));
}

fn kind(kind: AssetKind) -> &'static str {
    match kind {
        AssetKind::View => "view",
        AssetKind::Unknown => "unknown",
        kind => kind.as_str(),
    }
}

fn people(out: &mut Object, dataset: &Dataset<'_>) {
    out.slot("department", &dataset.department, agent);
    out.slot("publisher", &dataset.publisher, agent);
    out.list("creators", &dataset.creators, agent);
    out.slot("contact", &dataset.contact, contact);
    out.list("source", &dataset.sources, origin);
}

fn agent(agent: &Agent<'_>) -> Json {
    if agent.parent.is_none() && agent.url.is_none() {
        return json!(agent.name);
    }
    let mut out = Object::default();
    out.put("name", agent.name);
    out.maybe("unit_of", agent.parent);
    out.maybe("url", agent.url);
    out.finish()
}

fn contact(contact: &Contact<'_>) -> Json {
    let mut out = Object::default();
    out.word("name", &contact.name);
    out.word("email", &contact.email);
    out.word("url", &contact.url);
    out.finish()
}

fn origin(origin: &Origin<'_>) -> Json {
    let mut out = Object::default();
    out.text("name", &origin.name);
    out.word("url", &origin.url);
    out.day("retrieved", &origin.retrieved);
    out.text("note", &origin.note);
    out.finish()
}

fn context(out: &mut Object, dataset: &Dataset<'_>) {
    out.text("method", &dataset.method);
    out.text("purpose", &dataset.purpose);
    out.text("usage_notes", &dataset.usage_notes);
    out.list("context", &dataset.context_links, link);
    out.list("limitations", &dataset.limitations, |text| json!(text.raw));
    if dataset.no_known_limitations {
        out.put("no_known_limitations", true);
    }
}

fn link(link: &Link<'_>) -> Json {
    let mut out = Object::default();
    out.maybe("title", link.title);
    out.put("url", link.url);
    out.finish()
}

fn terms_and_dates(out: &mut Object, dataset: &Dataset<'_>) {
    out.slot("license", &dataset.license, license);
    out.text("rights", &dataset.rights);
    out.slot("access", &dataset.access, |access| {
        json!(match access {
            Access::Public => "public",
            Access::Restricted => "restricted",
            Access::NonPublic => "non-public",
        })
    });
    out.slot("refresh", &dataset.refresh, refresh_rate);
    out.day("created", &dataset.created);
    out.day("issued", &dataset.issued);
    out.day("modified", &dataset.modified);
    out.day("data_updated", &dataset.data_updated);
    out.day("metadata_updated", &dataset.metadata_modified);
}

fn license(license: &License<'_>) -> Json {
    license.url.map_or_else(
        || json!(license.raw),
        |url| json!({"name": license.raw, "url": url}),
    )
}

/// The rate as written. A code that only its own format explains (CKAN's `7`) is put in words, and kept as a note.
fn refresh_rate(written: &Refresh<'_>) -> Json {
    let meaning = written.rate.canonical();
    let says = |text: &str| refresh::parse(text).canonical() == meaning;
    if says(written.raw) || !says(&written.rate.label) {
        json!({"rate": written.raw})
    } else {
        json!({"rate": written.rate.label, "note": written.raw})
    }
}

/// A date as the schema has it: as written if that is ISO 8601, else as read, else as written. A date with two readings
/// stays as it is: choosing one would be a guess.
fn day_text(day: &Day<'_>) -> String {
    let Some(read) = day.read.filter(|read| read.alternative.is_none()) else {
        return day.raw.to_owned();
    };
    if read.iso && has_form_of_schema(day.raw) {
        return day.raw.to_owned();
    }
    let date = read.date.to_string();
    let letters = match read.precision {
        Precision::Year => 4,
        Precision::Month => 7,
        _ => date.len(),
    };
    date.get(..letters).unwrap_or(&date).to_owned()
}

/// `2026`, `2026-11`, `2026-11-25` or `2026-11-25T…`.
fn has_form_of_schema(raw: &str) -> bool {
    let bytes = raw.as_bytes();
    let (day, time) = bytes.split_at(bytes.len().min(10));
    let is_day = matches!(day.len(), 4 | 7 | 10)
        && day.iter().enumerate().all(|(index, byte)| match index {
            4 | 7 => *byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    is_day && (time.is_empty() || (time.len() > 1 && time.starts_with(b"T")))
}

fn is_currency(code: &str) -> bool {
    code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_uppercase())
}

fn coverage(dataset: &Dataset<'_>) -> Json {
    let mut out = Object::default();
    if let Some(period) = dataset.temporal.value() {
        time_covered(&mut out, period);
    }
    if let Some(spatial) = dataset.spatial.value() {
        place_covered(&mut out, spatial);
    }
    out.finish()
}

fn time_covered(out: &mut Object, period: &Period<'_>) {
    out.maybe("start", period.start.map(|day| day.to_string()));
    let end = period.end.map(|day| day.to_string());
    let open = period.start.map(|_| "..".to_owned());
    out.maybe("end", end.or(open));
    // What is a structure in its own format says nothing here.
    if !period.raw.is_empty() && !period.raw.starts_with(['{', '[', '<']) {
        out.put("period", period.raw);
    }
}

fn place_covered(out: &mut Object, spatial: &Spatial<'_>) {
    if let Some(words) = spatial.words() {
        out.put("place", words);
    }
    let within = |corner: &f64| (-180.0..=180.0).contains(corner);
    if let Some(corners) = spatial.bounding_box.filter(|it| it.iter().all(within)) {
        out.put("bbox", corners.to_vec());
    }
}

fn lineage(out: &mut Object, dataset: &Dataset<'_>) {
    let lineage = &dataset.lineage;
    if dataset.retired.is_filled() {
        out.put("status", "archived");
    }
    out.words("replaces", &lineage.replaces);
    out.words("replaced_by", &lineage.replaced_by);
    let (of, parents) = match lineage.parent_ids.split_first() {
        Some((first, rest)) if dataset.kind == AssetKind::View => (Some(first.value), rest),
        _ => (None, lineage.parent_ids.as_slice()),
    };
    let mut parent = Object::default();
    parent.words("id", parents);
    out.put("parent", parent.finish());
    let mut view = Object::default();
    view.maybe("of", of);
    if lineage.is_filtered {
        view.put("is_filtered", true);
    }
    out.put("view", view.finish());
    out.words("series", &lineage.series);
    out.words("derived_from", &lineage.derived_from);
    out.maybe("table_id", lineage.table_id.as_ref().map(|held| held.value));
}

fn distribution(file: &Distribution<'_>) -> Json {
    let mut out = Object::default();
    out.text("title", &file.title);
    out.text("description", &file.description);
    out.word("url", &file.download_url);
    out.word("access_url", &file.access_url);
    out.word("format", &file.format);
    out.word("media_type", &file.media_type);
    out.word("inner_format", &file.inner_format);
    out.count("bytes", &file.bytes);
    out.day("modified", &file.modified);
    out.slot("license", &file.license, license);
    out.word("schema", &file.schema_ref);
    if file.made_by_portal {
        out.put("made_by_portal", true);
    }
    out.finish()
}

fn dictionary(dictionary: &Dictionary<'_>) -> Json {
    let mut out = Object::default();
    out.put("url", dictionary.url);
    out.maybe("media_type", dictionary.media_type);
    out.finish()
}

fn column(column: &Column<'_>) -> Json {
    let mut out = Object::default();
    out.maybe("table", column.table);
    out.word("name", &column.machine_name);
    out.word("plain_name", &column.name);
    if column.shown_name().is_empty() {
        // A field without any name is still a field.
        out.put("plain_name", "");
    }
    out.text("description", &column.description);
    kinds(&mut out, column);
    out.put(
        "values",
        Json::Array(column.values.iter().map(value).collect()),
    );
    out.word("values_url", &column.values_url);
    out.maybe("minimum", column.minimum);
    out.maybe("maximum", column.maximum);
    out.put("missing_values", column.missing_values.clone());
    out.put("examples", column.examples.clone());
    out.word("concept", &column.concept);
    for (key, flag) in [
        ("required", column.required),
        ("unique", column.unique),
        ("is_key", column.is_key),
        ("sensitive", column.sensitive),
    ] {
        out.maybe(key, flag);
    }
    if column.is_system != is_system(column.shown_name(), column.key()) {
        out.put("system", column.is_system);
    }
    if let Some(facts) = &column.stats {
        out.put("stats", stats(facts));
    }
    out.finish()
}

/// What the values are: type, unit and how they are shown.
fn kinds(out: &mut Object, column: &Column<'_>) {
    let name = column.datatype.as_str();
    out.put("type", name);
    out.maybe(
        "source_type",
        column.native_type.filter(|native| *native != name),
    );
    out.word("unit_text", &column.unit);
    let display = &column.display;
    out.maybe("currency", display.currency);
    let scale = match display.percent_scale {
        Some("1") => Some(1),
        Some("100") => Some(100),
        _ => None,
    };
    out.maybe("percent_scale", scale);
    let mut shown = Object::default();
    shown.maybe("precision", display.precision_style);
    shown.maybe("view", display.view);
    shown.maybe("style", display.display_style);
    out.put("display", shown.finish());
}

fn value(item: &ValueItem<'_>) -> Json {
    let mut out = Object::default();
    out.put("value", item.value);
    out.maybe("label", item.label);
    out.finish()
}

fn stats(facts: &Stats<'_>) -> Json {
    let mut out = Object::default();
    out.maybe("non_null", facts.filled);
    out.maybe("nulls", facts.nulls);
    out.maybe("distinct", facts.distinct);
    out.maybe("min", facts.smallest);
    out.maybe("max", facts.largest);
    out.put("top", facts.top.clone());
    out.finish()
}

/// What the form has no place for, and what the source could not have said.
fn extra(dataset: &Dataset<'_>) -> Json {
    let mut out = Object::default();
    out.put("made_from", dataset.format);
    out.put("not_in_source", lacking(dataset, Absent::Format));
    out.put("not_in_export", lacking(dataset, Absent::Export));
    if let Columns::Referenced(links) = &dataset.columns {
        out.words("columns_at", links);
    }
    let mut custom = Object::default();
    for (name, held) in &dataset.custom {
        custom.put(name, held.value);
    }
    out.put("custom", custom.finish());
    out.finish()
}

/// The canonical names of slots that could not be filled. One column or file that lacks its slot speaks for all: taking
/// "unknown" for "missing" would be a false alarm.
fn lacking(dataset: &Dataset<'_>, absent: Absent) -> Vec<&'static str> {
    let mut names: Vec<&'static str> = Vec::new();
    let mut seen = BTreeSet::new();
    let mut note = |places: &[(&'static str, &dyn Place)]| {
        for (name, slot) in places {
            if slot.lacks() == Some(absent) && seen.insert(*name) {
                names.push(*name);
            }
        }
    };
    note(&slots_of!(dataset dataset));
    if let Some(contact) = dataset.contact.value() {
        note(&slots_of!(contact contact));
    }
    for held in dataset.distributions.value().into_iter().flatten() {
        let file = &held.value;
        note(&slots_of!(distribution file));
    }
    for column in dataset.columns.listed() {
        note(&slots_of!(column column));
    }
    let columns = match &dataset.columns {
        Columns::NotInFormat(_) | Columns::None => Some(Absent::Format),
        Columns::NotInExport(_) | Columns::Referenced(_) => Some(Absent::Export),
        Columns::Listed(_) | Columns::Missing(_) => None,
    };
    if columns == Some(absent) {
        names.push("columns");
    }
    names
}
