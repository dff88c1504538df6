//! A draft in each of the formats. What a person must write is empty, or stands in braces.

use datasteward::lexicon::roles::DataType;
use datasteward::lexicon::scaffold;
use serde_json::{Map, Value, json};

use super::draft::{Draft, Field};
use crate::args::DraftFormat;

/// The record as a file: pretty JSON and a line feed.
pub(super) fn write(draft: &Draft<'_>, form: DraftFormat) -> String {
    let record = match form {
        DraftFormat::Native => native(draft),
        DraftFormat::DataPackage => data_package(draft),
        DraftFormat::DataJson => data_json(draft),
        DraftFormat::Ckan => ckan(draft),
    };
    format!("{record:#}\n")
}

fn native(draft: &Draft<'_>) -> Value {
    let mut record = json!({
        "datasteward": "1",
        "id": draft.id,
        "title": draft.title,
        "description": draft.what(),
        "keywords": [],
        "category": [],
        "department": "",
        "contact": {"name": "", "email": ""},
        "source": [{"name": scaffold::SOURCE}],
        "method": scaffold::METHOD,
        "limitations": [scaffold::LIMITS],
        "license": "",
        "access": "public",
        "refresh": {"rate": ""},
        "data_updated": "",
    });
    if draft.has_shapes {
        put(&mut record, "kind", json!("map layer"));
        // GeoJSON is always in these.
        put(&mut record, "crs", json!("EPSG:4326"));
    }
    let mut coverage = json!({});
    if let Some((first, last)) = draft.period {
        put(&mut coverage, "start", json!(first.to_string()));
        put(&mut coverage, "end", json!(last.to_string()));
    }
    put(&mut coverage, "place", json!(""));
    put(&mut record, "coverage", coverage);
    put(&mut record, "row_label", json!(""));
    if let Some(rows) = draft.facts.rows {
        put(&mut record, "rows", json!(rows));
    }
    let file = json!({"title": draft.facts.name, "url": "", "format": draft.format});
    put(&mut record, "distributions", json!([file]));
    let columns = draft.fields.iter().map(|field| native_column(draft, field));
    put(&mut record, "columns", columns.collect());
    record
}

fn native_column(draft: &Draft<'_>, field: &Field<'_>) -> Value {
    let facts = field.facts;
    let mut column = json!({
        "name": facts.name,
        "plain_name": field.plain,
        "type": type_word(facts.datatype),
        "role": field.role.as_str(),
        "description": "",
    });
    match &field.unit {
        Some((code, words)) => {
            put(&mut column, "unit", json!(code));
            put(&mut column, "unit_text", json!(words));
        }
        None if field.unit_needed => put(&mut column, "unit", json!("")),
        None => {}
    }
    if !field.values.is_empty() {
        let values = field.values.iter();
        let values = values.map(|value| json!({"value": value, "label": ""}));
        put(&mut column, "values", values.collect());
    }
    let counted = facts.stats(draft.facts.rows);
    let mut stats = json!({});
    let numbers = [
        ("non_null", counted.filled),
        ("nulls", counted.nulls),
        ("distinct", counted.distinct),
    ];
    for (key, value) in numbers {
        if let Some(value) = value {
            put(&mut stats, key, json!(value));
        }
    }
    for (key, value) in [("min", counted.smallest), ("max", counted.largest)] {
        if let Some(value) = value {
            put(&mut stats, key, json!(value));
        }
    }
    put(&mut column, "stats", stats);
    column
}

fn type_word(datatype: DataType) -> &'static str {
    match datatype {
        DataType::Integer => "integer",
        DataType::Number => "number",
        DataType::Boolean => "boolean",
        DataType::Date => "date",
        DataType::DateTime => "datetime",
        DataType::Point => "point",
        DataType::Line => "line",
        DataType::Polygon => "polygon",
        DataType::Geometry => "geometry",
        DataType::Object => "object",
        DataType::Unknown => "unknown",
        _ => "text",
    }
}

fn data_package(draft: &Draft<'_>) -> Value {
    let fields: Vec<Value> = draft
        .fields
        .iter()
        .map(|field| {
            let unit = field
                .unit
                .as_ref()
                .map_or_else(String::new, |(_, words)| format!(" ({words})"));
            let mut item = json!({
                "name": field.facts.name,
                "title": format!("{}{unit}", field.plain).trim(),
                "type": match type_word(field.facts.datatype) {
                    "text" | "unknown" => "string",
                    "point" | "line" | "polygon" | "geometry" => "geojson",
                    word => word,
                },
                "description": "",
            });
            if !field.values.is_empty() {
                put(&mut item, "constraints", json!({"enum": field.values}));
            }
            item
        })
        .collect();
    json!({
        "name": draft.id,
        "title": draft.title,
        "description": draft.description(true),
        "keywords": [],
        "licenses": [],
        "sources": [{"title": scaffold::SOURCE}],
        "contributors": [{"title": "", "role": "publisher", "email": ""}],
        "resources": [{
            "name": draft.id,
            "path": draft.facts.name,
            "format": draft.format.to_lowercase(),
            "schema": {"fields": fields},
        }],
    })
}

fn data_json(draft: &Draft<'_>) -> Value {
    let mut record = json!({
        "@type": "dcat:Dataset",
        "identifier": draft.id,
        "title": draft.title,
        "description": draft.description(false),
        "keyword": [],
        "theme": [],
        "modified": "",
        "accessLevel": "public",
        "publisher": {"@type": "org:Organization", "name": ""},
        "contactPoint": {"@type": "vcard:Contact", "fn": "", "hasEmail": ""},
        "license": "",
        "accrualPeriodicity": "",
    });
    if let Some((first, last)) = draft.period {
        put(&mut record, "temporal", json!(format!("{first}/{last}")));
    }
    put(&mut record, "spatial", json!(""));
    put(&mut record, "describedBy", json!(""));
    let file = json!({
        "@type": "dcat:Distribution",
        "title": draft.facts.name,
        "format": draft.format,
        "downloadURL": "",
    });
    put(&mut record, "distribution", json!([file]));
    json!({
        "@context": "https://project-open-data.cio.gov/v1.1/schema/catalog.jsonld",
        "@type": "dcat:Catalog",
        "conformsTo": "https://project-open-data.cio.gov/v1.1/schema",
        "dataset": [record],
    })
}

fn ckan(draft: &Draft<'_>) -> Value {
    let mut extras = vec![
        json!({"key": "Refresh rate", "value": ""}),
        json!({"key": "Source of the data", "value": scaffold::SOURCE}),
        json!({"key": "Geographic coverage", "value": ""}),
        json!({"key": "Row label", "value": ""}),
    ];
    if let Some((first, last)) = draft.period {
        extras.push(json!({"key": "Temporal coverage", "value": format!("{first}/{last}")}));
    }
    json!({
        "name": draft.id,
        "title": draft.title,
        "notes": draft.description(false),
        "private": false,
        "owner_org": "",
        "organization": {"title": ""},
        "maintainer": "",
        "maintainer_email": "",
        "license_id": "",
        "groups": [],
        "tags": [],
        "extras": extras,
        "resources": [{
            "name": draft.facts.name,
            "format": draft.format,
            "url": "",
            "last_modified": "",
        }],
    })
}

fn put(object: &mut Value, key: &str, value: Value) {
    if let Some(object) = object.as_object_mut() {
        Map::insert(object, key.to_owned(), value);
    }
}
