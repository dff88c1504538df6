//! A record in datasteward's own format, read.

use std::collections::BTreeSet;

use super::{Absent, FORMAT, Place, slots_of};
use crate::format::{Surroundings, slots};
use crate::lexicon::roles::{DataType, DisplayFormat, is_system};
use crate::model::{
    Access, Agent, AgentKind, AssetKind, Column, Columns, Contact, Dataset, Decision, Dictionary,
    Distribution, Held, License, Lineage, Link, Origin, Refresh, Slot, Spatial, Stats, Text,
    ValueItem,
};
use crate::source::tree::Value;

pub(super) fn read<'t>(record: Value<'t>, _: &Surroundings<'t>) -> Dataset<'t> {
    let mut dataset = Dataset::empty(FORMAT.id);
    dataset.kind = kind(record);
    dataset.id = slots::word(record, "id");
    dataset.other_ids = texts(record, "other_ids");
    dataset.domain = slots::word(record, "domain");
    dataset.title = slots::text(record, "title");
    dataset.summary = slots::text(record, "summary");
    dataset.description = slots::text(record, "description");
    dataset.keywords = slots::words(record, "keywords");
    dataset.categories = slots::words(record, "category");
    dataset.language = slots::words(record, "language");
    dataset.publisher = agent(record, "publisher");
    dataset.department = agent(record, "department");
    dataset.creators = list(record, "creators", |item| agent_of(item).value().cloned());
    dataset.contact = contact(record);
    dataset.sources = sources(record);
    dataset.limitations = limitations(record);
    dataset.no_known_limitations =
        record.get("no_known_limitations").and_then(Value::as_bool) == Some(true);
    dataset.method = slots::text(record, "method");
    dataset.purpose = slots::text(record, "purpose");
    dataset.usage_notes = slots::text(record, "usage_notes");
    dataset.context_links = links(record);
    dataset.license = license(record);
    dataset.rights = slots::text(record, "rights");
    dataset.access = access(record);
    dataset.refresh = refresh(record);
    dataset.created = slots::day(record, "created");
    dataset.issued = slots::day(record, "issued");
    dataset.metadata_modified = slots::day(record, "metadata_updated");
    dataset.modified = match slots::day(record, "modified") {
        // What changed, data or metadata, is better told apart.
        Slot::Blank { .. } => Slot::NotInFormat("`data_updated`"),
        slot => slot,
    };
    dataset.data_updated = slots::day(record, "data_updated");
    read_coverage(record, &mut dataset);
    dataset.crs = slots::word(record, "crs");
    dataset.time_zone = slots::word(record, "time_zone");
    dataset.currency = slots::word(record, "default_currency");
    dataset.row_label = slots::word(record, "row_label");
    dataset.rows = slots::count(record, "rows");
    dataset.bytes = slots::count(record, "bytes");
    dataset.columns = columns(record, dataset.kind);
    dataset.acknowledged = acknowledged(record);
    dataset.dictionary = dictionary(record);
    dataset.distributions = distributions(record);
    dataset.landing_page = slots::word(record, "landing_page");
    dataset.preview = slots::word(record, "preview");
    dataset.served_by_portal =
        record.get("served_by_portal").and_then(Value::as_bool) == Some(true);
    dataset.lineage = lineage(record);
    dataset.retired = match slots::word(record, "status") {
        Slot::Filled(held) if held.value != "archived" => Slot::empty(held.at),
        slot => slot,
    };
    dataset.version = slots::word(record, "version");
    for (key, absent) in [
        ("not_in_source", Absent::Format),
        ("not_in_export", Absent::Export),
    ] {
        withhold(record, key, absent, &mut dataset);
    }
    dataset
}

/// What a converted record could not say because its source had no place for it is unknown, not missing.
fn withhold<'t>(record: Value<'t>, key: &str, absent: Absent, dataset: &mut Dataset<'t>) {
    let listed = record.path(&["extra", key]);
    let names: BTreeSet<&str> = listed
        .into_iter()
        .flat_map(Value::items)
        .filter_map(Value::as_str)
        .collect();
    if names.is_empty() {
        return;
    }
    let mark = |places: &mut [(&'static str, &mut dyn Place)]| {
        for (name, slot) in places {
            if names.contains(*name) {
                slot.withhold(absent);
            }
        }
    };
    mark(&mut slots_of!(dataset dataset, mut));
    if let Slot::Filled(held) = &mut dataset.contact {
        let contact = &mut held.value;
        mark(&mut slots_of!(contact contact, mut));
    }
    if let Slot::Filled(held) = &mut dataset.distributions {
        for file in &mut held.value {
            let file = &mut file.value;
            mark(&mut slots_of!(distribution file, mut));
        }
    }
    match &mut dataset.columns {
        Columns::Listed(columns) => {
            for column in columns {
                mark(&mut slots_of!(column column, mut));
            }
        }
        columns => {
            if names.contains("columns") && record.get("columns").is_none() {
                *columns = match absent {
                    Absent::Format => Columns::NotInFormat(super::MADE_FROM),
                    Absent::Export => Columns::NotInExport(super::MADE_FROM),
                };
            }
        }
    }
}

fn lineage(record: Value<'_>) -> Lineage<'_> {
    let parents = [["view", "of"], ["parent", "id"]]
        .into_iter()
        .filter_map(|path| record.path(&path))
        .flat_map(Value::one_or_many);
    let is_filtered = record.path(&["view", "filter"]).is_some()
        || record
            .path(&["view", "is_filtered"])
            .and_then(Value::as_bool)
            == Some(true);
    Lineage {
        parent_ids: parents
            .filter_map(|value| Some(Held::new(value.as_str()?, value.at())))
            .collect(),
        series: texts(record, "series"),
        table_id: slots::word(record, "table_id").held().cloned(),
        is_filtered,
        replaces: texts(record, "replaces"),
        replaced_by: texts(record, "replaced_by"),
        derived_from: texts(record, "derived_from"),
    }
}

fn kind(record: Value<'_>) -> AssetKind {
    match record.get("kind").and_then(Value::as_str) {
        Some("view") => AssetKind::View,
        Some("chart") => AssetKind::Chart,
        Some("map") => AssetKind::Map,
        Some("map layer") => AssetKind::GeoLayer,
        Some("service") => AssetKind::Service,
        Some("file") => AssetKind::File,
        Some("document") => AssetKind::Document,
        Some("story") => AssetKind::Story,
        Some("app") => AssetKind::App,
        Some("calendar") => AssetKind::Calendar,
        Some("link") => AssetKind::Link,
        Some("site") => AssetKind::Site,
        Some("unknown") => AssetKind::Unknown,
        _ if record.path(&["view", "of"]).is_some() => AssetKind::View,
        _ => AssetKind::Table,
    }
}

fn texts<'t>(record: Value<'t>, key: &str) -> Vec<Held<&'t str>> {
    slots::words(record, key)
        .held()
        .map(|held| held.value.clone())
        .unwrap_or_default()
}

fn agent<'t>(record: Value<'t>, key: &str) -> Slot<Agent<'t>> {
    record.get(key).map_or(Slot::absent(record.at()), agent_of)
}

fn agent_of(value: Value<'_>) -> Slot<Agent<'_>> {
    let name = if value.is_object() {
        slots::word(value, "name")
    } else {
        slots::word_of(value)
    };
    name.map(|name| Agent {
        name,
        kind: AgentKind::Organization,
        parent: value.get("unit_of").and_then(Value::as_str),
        url: value.get("url").and_then(Value::as_str),
    })
}

fn contact(record: Value<'_>) -> Slot<Contact<'_>> {
    match record.get("contact") {
        Some(value) => Slot::filled(
            Contact {
                name: slots::word(value, "name"),
                email: slots::verbatim(value, "email"),
                url: slots::word(value, "url"),
            },
            value.at(),
        ),
        None => Slot::absent(record.at()),
    }
}

/// A list under a key, each item read; blank where nothing comes out.
fn list<'t, T>(
    record: Value<'t>,
    key: &str,
    read: impl Fn(Value<'t>) -> Option<T>,
) -> Slot<Vec<Held<T>>> {
    let Some(value) = record.get(key) else {
        return Slot::absent(record.at());
    };
    let items: Vec<_> = value
        .one_or_many()
        .filter_map(|item| Some(Held::new(read(item)?, item.at())))
        .collect();
    Slot::list(items, value.at())
}

fn sources(record: Value<'_>) -> Slot<Vec<Held<Origin<'_>>>> {
    list(record, "source", |item| {
        let name = if item.is_object() {
            slots::text(item, "name")
        } else {
            slots::text_of(item)
        };
        let url = slots::word(item, "url");
        (name.is_filled() || url.is_filled()).then(|| Origin {
            name,
            url,
            retrieved: slots::day(item, "retrieved"),
            note: slots::text(item, "note"),
        })
    })
}

fn limitations(record: Value<'_>) -> Slot<Vec<Held<Text<'_>>>> {
    list(record, "limitations", |item| {
        slots::text_of(item).value().cloned()
    })
}

fn links(record: Value<'_>) -> Slot<Vec<Held<Link<'_>>>> {
    list(record, "context", |item| {
        Some(Link {
            url: item.get("url").and_then(Value::as_str)?,
            title: item.get("title").and_then(Value::as_str),
        })
    })
}

fn acknowledged(record: Value<'_>) -> Vec<Decision<'_>> {
    let list = record.get("acknowledge").into_iter();
    list.flat_map(Value::one_or_many)
        .map(|item| Decision {
            at: item.at(),
            members: item
                .members()
                .map(|(key, value)| (key, value.as_text()))
                .collect(),
        })
        .collect()
}

fn license(record: Value<'_>) -> Slot<License<'_>> {
    let Some(value) = record.get("license").filter(|value| value.is_object()) else {
        return slots::license(record, "license");
    };
    let name = ["spdx", "name", "url"]
        .iter()
        .find(|key| value.get(key).is_some());
    let slot = match name {
        Some(&"name") => slots::license_named(value, "name", "url"),
        name => slots::license(value, name.unwrap_or(&"spdx")),
    };
    slot.map(|license| License {
        url: value.get("url").and_then(Value::as_str),
        ..license
    })
}

fn access(record: Value<'_>) -> Slot<Access> {
    slots::word(record, "access").map(|access| match access {
        "restricted" => Access::Restricted,
        "non-public" => Access::NonPublic,
        _ => Access::Public,
    })
}

/// `rate` is an interval or a word of any vocabulary; `class` says what a rate cannot.
fn refresh(record: Value<'_>) -> Slot<Refresh<'_>> {
    let Some(value) = record.get("refresh").filter(|value| value.is_object()) else {
        return slots::refresh(record, "refresh");
    };
    let rate = slots::refresh(value, "rate");
    if rate.is_filled() {
        rate
    } else {
        slots::refresh(value, "class")
    }
}

fn read_coverage<'t>(record: Value<'t>, dataset: &mut Dataset<'t>) {
    let Some(coverage) = record.get("coverage") else {
        return;
    };
    let start = slots::day(coverage, "start");
    let end = slots::day(coverage, "end");
    if start.is_filled() || end.is_filled() {
        let day = |slot: &Slot<crate::model::Day<'t>>| slot.value().and_then(|day| day.date());
        dataset.temporal = Slot::filled(
            crate::model::Period {
                raw: coverage
                    .get("period")
                    .and_then(Value::as_str)
                    .unwrap_or_default(),
                start: day(&start),
                end: day(&end),
                end_at: end.held().map(|held| held.at),
            },
            coverage.at(),
        );
    }
    if !dataset.temporal.is_filled() {
        let period = slots::period(coverage, "period");
        if period.is_filled() {
            dataset.temporal = period;
        }
    }
    let numbers: Vec<f64> = coverage
        .get("bbox")
        .into_iter()
        .flat_map(Value::items)
        .filter_map(Value::as_f64)
        .collect();
    let bounding_box = <[f64; 4]>::try_from(numbers).ok();
    let place = slots::word(coverage, "place");
    dataset.spatial = match (place, bounding_box) {
        (Slot::Filled(held), bounding_box) => Slot::filled(
            Spatial {
                raw: held.value,
                bounding_box,
                box_at: coverage.get("bbox").map(Value::at),
            },
            held.at,
        ),
        (_, Some(corners)) => Slot::filled(
            Spatial {
                raw: coverage.get("bbox").map_or("", Value::raw),
                bounding_box: Some(corners),
                box_at: None,
            },
            coverage.at(),
        ),
        (slot, None) => slot.map(slots::read_spatial),
    };
}

fn dictionary(record: Value<'_>) -> Slot<Dictionary<'_>> {
    let Some(value) = record.get("dictionary") else {
        return Slot::absent(record.at());
    };
    slots::word(value, "url").map(|url| Dictionary {
        url,
        media_type: value.get("media_type").and_then(Value::as_str),
    })
}

fn distributions(record: Value<'_>) -> Slot<Vec<Held<Distribution<'_>>>> {
    list(record, "distributions", |item| {
        let mut read = Distribution::empty(item.at());
        read.title = slots::text(item, "title");
        read.description = slots::text(item, "description");
        read.download_url = slots::word(item, "url");
        read.access_url = slots::word(item, "access_url");
        read.format = slots::word(item, "format");
        read.media_type = slots::word(item, "media_type");
        read.inner_format = slots::word(item, "inner_format");
        read.bytes = slots::count(item, "bytes");
        read.modified = slots::day(item, "modified");
        read.license = license(item);
        read.schema_ref = slots::word(item, "schema");
        read.made_by_portal = item.get("made_by_portal").and_then(Value::as_bool) == Some(true);
        Some(read)
    })
}

fn columns(record: Value<'_>, kind: AssetKind) -> Columns<'_> {
    let Some(value) = record.get("columns") else {
        return match kind {
            AssetKind::Document | AssetKind::Story | AssetKind::Chart => Columns::None,
            _ => Columns::Missing(record.at()),
        };
    };
    let columns: Vec<_> = value
        .items()
        .enumerate()
        .map(|(index, item)| column(index, item))
        .collect();
    if columns.is_empty() {
        Columns::Missing(value.at())
    } else {
        Columns::Listed(columns)
    }
}

fn column(index: usize, item: Value<'_>) -> Column<'_> {
    let flag = |key: &str| item.get(key).and_then(Value::as_bool);
    let mut column = Column::empty(index, item.at());
    column.machine_name = slots::name(item, "name");
    column.name = slots::name(item, "plain_name");
    column.description = slots::text(item, "description");
    column.table = item
        .get("table")
        .and_then(slots::read_count)
        .and_then(|table| usize::try_from(table).ok());
    let kind = item.get("type").and_then(Value::as_str);
    column.native_type = item.get("source_type").and_then(Value::as_str).or(kind);
    column.datatype = kind.map_or(DataType::Unknown, DataType::parse);
    let code = slots::word(item, "unit");
    column.unit = if code.is_filled() {
        code
    } else {
        slots::word(item, "unit_text")
    };
    column.display = display(item);
    column.values = item
        .get("values")
        .into_iter()
        .flat_map(Value::items)
        .filter_map(|value| {
            Some(ValueItem {
                value: value.get("value")?.as_text()?,
                label: value.get("label").and_then(Value::as_text),
            })
        })
        .collect();
    column.values_url = slots::word(item, "values_url");
    column.missing_values = item
        .get("missing_values")
        .into_iter()
        .flat_map(Value::items)
        .filter_map(Value::as_text)
        .collect();
    column.minimum = item.get("minimum").and_then(Value::as_text);
    column.maximum = item.get("maximum").and_then(Value::as_text);
    column.required = flag("required");
    column.unique = flag("unique");
    column.is_key = flag("is_key");
    column.examples = item
        .get("examples")
        .into_iter()
        .flat_map(Value::items)
        .filter_map(Value::as_text)
        .collect();
    if item.get("concept").is_some() {
        column.concept = slots::word(item, "concept");
    }
    column.sensitive = flag("sensitive");
    column.stats = item.get("stats").map(stats);
    column.is_system =
        flag("system").unwrap_or_else(|| is_system(column.shown_name(), column.key()));
    column
}

fn display(item: Value<'_>) -> DisplayFormat<'_> {
    let text = |key: &str| item.path(&["display", key]).and_then(Value::as_text);
    DisplayFormat {
        precision_style: text("precision"),
        currency: item.get("currency").and_then(Value::as_str),
        percent_scale: item.get("percent_scale").and_then(Value::as_text),
        view: text("view"),
        display_style: text("style"),
    }
}

fn stats(value: Value<'_>) -> Stats<'_> {
    let count = |key: &str| value.get(key).and_then(slots::read_count);
    Stats {
        filled: count("non_null"),
        nulls: count("nulls"),
        distinct: count("distinct"),
        smallest: value.get("min").and_then(Value::as_text),
        largest: value.get("max").and_then(Value::as_text),
        top: value
            .get("top")
            .into_iter()
            .flat_map(Value::items)
            .filter_map(Value::as_text)
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::format::Surroundings;
    use crate::source::Bounds;
    use crate::source::split::Shape;
    use crate::source::tree::Tree;

    #[test]
    fn a_field_may_be_called_x_or_na() {
        let text = r#"{"datasteward": "1", "id": "p", "title": "Points", "columns": [{"name": "x"}, {"name": "NA"}, {"name": " "}]}"#;
        let tree = Tree::parse(text, &Bounds::default()).expect("valid");
        let around = Surroundings {
            shape: Shape::One,
            header: &[],
        };
        let dataset = read(tree.root(), &around);
        let names: Vec<_> = dataset
            .columns
            .listed()
            .iter()
            .map(|column| column.shown_name())
            .collect();
        assert_eq!(names, ["x", "NA", ""]);
    }
}
