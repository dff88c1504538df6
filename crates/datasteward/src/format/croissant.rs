//! Croissant 0.8, 1.0 and 1.1: schema.org's `Dataset` with files and the fields of their records.

use std::collections::BTreeMap;

use super::{Format, Surroundings, linked, schema_org, slots};
use crate::lexicon::roles::{DataType, is_system};
use crate::model::{Column, Columns, Dataset, Distribution, Held, Slot, Text};
use crate::source::tree::Value;

const UNIT: &str =
    "Croissant has no place for units: write the unit into the description of the field";

pub(super) static FORMAT: Format = Format {
    id: "croissant",
    name: "Croissant",
    known_by: "an `@type` of Dataset with `recordSet`, or a `conformsTo` that names Croissant",
    containers: &[],
    json_in_strings: &[],
    detect,
    read,
    known_keys: &[
        "alternateName",
        "citation",
        "citeAs",
        "conformsTo",
        "contributor",
        "creator",
        "dataBiases",
        "dataCollection",
        "dateCreated",
        "dateModified",
        "datePublished",
        "description",
        "distribution",
        "identifier",
        "inLanguage",
        "includedInDataCatalog",
        "isAccessibleForFree",
        "isLiveDataset",
        "keywords",
        "license",
        "name",
        "publisher",
        "rai:dataBiases",
        "rai:dataCollection",
        "rai:dataCollectionRawData",
        "rai:dataCollectionType",
        "rai:dataLimitations",
        "rai:dataSocialImpact",
        "rai:dataUseCases",
        "recordSet",
        "sameAs",
        "sdVersion",
        "temporalCoverage",
        "url",
        "version",
    ],
};

/// Addresses of the vocabulary, in contexts and in `conformsTo`.
const VOCABULARY: [&str; 2] = ["mlcommons.org/croissant", "mlcommons.org/schema"];

fn detect(record: Value<'_>, around: &Surroundings<'_>) -> Option<&'static str> {
    if !linked::is_type(record, "Dataset") {
        return None;
    }
    let conforms = [
        "conformsTo",
        "dct:conformsTo",
        "http://purl.org/dc/terms/conformsTo",
    ]
    .iter()
    .filter_map(|key| record.get(key))
    .any(|value| value.raw().contains("mlcommons.org/croissant"));
    if conforms {
        return Some("its `conformsTo` names Croissant");
    }
    VOCABULARY
        .iter()
        .any(|name| linked::context_says(record, around, name))
        .then_some("its `@context` names Croissant's vocabulary")
}

fn read<'t>(record: Value<'t>, _: &Surroundings<'t>) -> Dataset<'t> {
    let mut dataset = Dataset::empty(FORMAT.id);
    schema_org::read_common(record, &mut dataset);
    dataset.dictionary = Slot::NotInFormat("`recordSet`");
    dataset.limitations = limitations(record);
    dataset.method = either(record, "dataCollection");
    dataset.usage_notes = either(record, "dataUseCases");
    dataset.columns = columns(record);
    dataset.distributions = distributions(record);
    derived_from(record, &mut dataset);
    dataset
}

/// A property of the extension for responsible use; version 0.8 writes it without its prefix.
fn either<'t>(record: Value<'t>, key: &str) -> Slot<Text<'t>> {
    let prefixed = record
        .members()
        .find(|(name, _)| name.strip_prefix("rai:") == Some(key))
        .map_or(Slot::absent(record.at()), |(name, _)| {
            linked::text(record, name)
        });
    slots::first([prefixed, linked::text(record, key)])
}

fn limitations(record: Value<'_>) -> Slot<Vec<Held<Text<'_>>>> {
    let list: Vec<_> = ["dataLimitations", "dataBiases"]
        .iter()
        .filter_map(|key| match either(record, key) {
            Slot::Filled(held) => Some(held),
            _ => None,
        })
        .collect();
    match list.first().map(|held| held.at) {
        Some(at) => Slot::filled(list, at),
        None => Slot::absent(record.at()),
    }
}

/// Version 1.1 says with a property of PROV what the data was made from.
fn derived_from<'t>(record: Value<'t>, dataset: &mut Dataset<'t>) {
    let list: Vec<_> = linked::many(record, "prov:wasDerivedFrom")
        .filter_map(schema_org::origin)
        .collect();
    if let Some(at) = list.first().map(|held| held.at) {
        dataset.sources = Slot::filled(list, at);
    }
    // `citation` is what version 0.8 calls `citeAs`.
    schema_org::cite(record, &["citeAs", "citation"], dataset);
}

/// Files that can be fetched. What stands inside an archive or repository tells the archive's inner format.
fn distributions(record: Value<'_>) -> Slot<Vec<Held<Distribution<'_>>>> {
    let mut inside = BTreeMap::new();
    for item in linked::many(record, "distribution") {
        for outer in linked::many(item, "containedIn") {
            if let Some(id) = outer.get("@id").unwrap_or(outer).as_str() {
                inside.entry(id).or_insert(item);
            }
        }
    }
    schema_org::distributions(record).map(|mut files| {
        for (file, item) in files.iter_mut().zip(linked::many(record, "distribution")) {
            let name = ["@id", "name"]
                .iter()
                .find_map(|key| item.get(key)?.as_str());
            if let Some(inner) = name.and_then(|name| inside.get(name)) {
                file.value.inner_format = linked::word(*inner, "encodingFormat");
            }
        }
        let (reachable, inner): (Vec<_>, Vec<_>) = files
            .into_iter()
            .partition(|file| file.value.download_url.is_filled());
        if reachable.is_empty() {
            inner
        } else {
            reachable
        }
    })
}

/// The fields of all record sets, in their order; a field that is made of others is followed by them.
fn columns(record: Value<'_>) -> Columns<'_> {
    let mut columns = Vec::new();
    for (table, set) in linked::many(record, "recordSet").enumerate() {
        let mut queue: Vec<_> = fields(set, "field");
        while let Some(item) = queue.pop() {
            columns.push(column(columns.len(), table, item));
            queue.extend(fields(item, "subField"));
        }
    }
    if columns.is_empty() {
        let at = linked::get(record, "recordSet").unwrap_or(record).at();
        return Columns::Missing(at);
    }
    Columns::Listed(columns)
}

/// Fields under a key, the last one first.
fn fields<'t>(parent: Value<'t>, key: &str) -> Vec<Value<'t>> {
    let prefixed = ["cr:", "ml:"].iter().find_map(|prefix| {
        parent
            .members()
            .find(|(name, _)| name.strip_prefix(prefix) == Some(key))
            .map(|(_, value)| value)
    });
    let mut items: Vec<_> = parent
        .get(key)
        .or(prefixed)
        .into_iter()
        .flat_map(Value::one_or_many)
        .filter(|item| item.is_object())
        .collect();
    items.reverse();
    items
}

fn column(index: usize, table: usize, item: Value<'_>) -> Column<'_> {
    let mut column = Column::empty(index, item.at());
    column.table = Some(table);
    let own = |name: &'_ str| name.rsplit('/').next().unwrap_or_default().len();
    // Names may be written with the record set before them: `passengers/age`.
    column.machine_name = slots::first([linked::word(item, "name"), linked::word(item, "@id")])
        .map(|name| name.get(name.len() - own(name)..).unwrap_or(name));
    // A field has one name, for software and readers alike.
    column.name =
        Slot::NotInFormat("Croissant has no second name for a field; its description can give one");
    column.description = linked::text(item, "description");
    column.native_type = types(item).next();
    column.datatype = types(item)
        .map(DataType::parse)
        .find(|read| *read != DataType::Unknown)
        .unwrap_or(DataType::Unknown);
    column.unit = match linked::word(item, "unitText") {
        Slot::Filled(held) => Slot::Filled(held),
        _ => Slot::NotInFormat(UNIT),
    };
    column.is_system = is_system(column.shown_name(), column.key());
    column
}

/// The types of a field without their prefix: `sc:Integer` is `Integer`.
fn types(item: Value<'_>) -> impl Iterator<Item = &str> {
    linked::many(item, "dataType")
        .filter_map(Value::as_str)
        .map(|name| name.rsplit(['/', ':', '#']).next().unwrap_or(name))
}

#[cfg(test)]
mod tests {
    use crate::inspect::{Inspection, inspect};
    use crate::options::Options;
    use crate::source::Source;

    fn read(text: &str) -> Option<Inspection> {
        let sources = [Source::new("a.json", text.as_bytes())];
        inspect(&sources, &Options::default()).0.pop()
    }

    #[test]
    fn reads_fields_of_all_record_sets_with_those_inside_them() {
        let one = read(
            r#"{"@context": {"sc": "https://schema.org/", "cr": "http://mlcommons.org/croissant/", "rai": "http://mlcommons.org/croissant/RAI/"},
            "@type": "sc:Dataset", "conformsTo": "http://mlcommons.org/croissant/1.0", "name": "stops",
            "description": {"de": "Haltestellen", "en": "Bus stops"}, "citeAs": "None", "rai:dataLimitations": "Stops of 2020 are missing.",
            "recordSet": [
              {"@type": "cr:RecordSet", "field": {"name": "lines/line", "dataType": "sc:Integer"}},
              {"field": [{"name": "place", "subField": [{"name": "place/lat"}, {"name": "place/lon"}]}, {"@id": "stops/name", "dataType": ["sc:Text", "sc:name"]}]}]}"#,
        )
        .expect("a record");
        assert_eq!(one.format, "croissant");
        assert_eq!(one.value("description").as_deref(), Some("Bus stops"));
        assert!(
            one.value("limitations")
                .is_some_and(|it| it.contains("2020"))
        );
        let names: Vec<_> = one.columns.iter().map(|it| it["name"].clone()).collect();
        assert_eq!(names, ["line", "place", "lat", "lon", "name"]);
        assert_eq!(one.columns[0]["datatype"], "Integer");
    }

    #[test]
    fn tells_what_is_inside_an_archive() {
        let one = read(
            r#"{"@context": {"sc": "https://schema.org/"}, "@type": "sc:Dataset", "conformsTo": "http://mlcommons.org/croissant/1.0",
            "name": "a", "citeAs": "Survey of stops, 2020", "distribution": [
              {"@id": "z", "contentUrl": "https://example.org/a.zip", "encodingFormat": "application/zip"},
              {"@id": "s", "containedIn": {"@id": "z"}, "encodingFormat": "text/csv", "includes": "*.csv"}]}"#,
        )
        .expect("a record");
        assert_eq!(
            one.dataset["distributions"]["value"]
                .as_array()
                .map(Vec::len),
            Some(1)
        );
        assert_eq!(one.judgements["usable_format"], "yes");
        assert!(one.value("source").is_some_and(|it| it.contains("Survey")));
    }

    #[test]
    fn never_reads_the_context_as_data() {
        let one = read(
            r#"{"@context": {"ml": "http://mlcommons.org/schema/", "sc": "https://schema.org/", "dataBiases": "ml:dataBiases", "recordSet": "ml:recordSet"},
            "@type": "sc:Dataset", "name": "stops"}"#,
        )
        .expect("a record");
        assert_eq!(one.value("limitations"), None);
        assert!(one.columns.is_empty());
    }
}
