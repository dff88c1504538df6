//! A form of one dataset in a layout of somebody's own: YAML or JSON whose keys are the usual words for the facts of a
//! dataset, as portals kept in a Git repository have them.
//!
//! It is tried last, and read as a row of an inventory is: by its words, in five languages. A key that is not there is
//! "not in this format", because nobody knows what else the layout has room for.

use super::inventory::{Row, TELLING, read_row};
use super::{Format, Surroundings, slots};
use crate::lexicon::headings::InventoryHead as Head;
use crate::model::{Columns, Dataset, Distribution, Held, Slot};
use crate::source::split::Shape;
use crate::source::tree::{Kind, Value};

const FIELDS: &str =
    "No place for fields is known in this layout: keep a data dictionary beside it";

pub(super) static FORMAT: Format = Format {
    id: "form",
    name: "form of one dataset (YAML or JSON)",
    known_by: "a title, a description, and three more usual words for facts of a dataset, in a layout of its own",
    containers: &[],
    json_in_strings: &[],
    detect,
    read,
    known_keys: &[],
};

/// Keys under which such forms list their files.
const LISTS_OF_FILES: [&str; 4] = ["resources", "distributions", "distribution", "files"];

/// A record of anything may have a title and a license: what tells a dataset is several facts of this kind, and that
/// most keys are such words.
fn detect(record: Value<'_>, around: &Surroundings<'_>) -> Option<&'static str> {
    if around.shape == Shape::Rows || is_of_a_standard(record) {
        return None;
    }
    let row = Row::of(record);
    let has = |head| row.cells.iter().any(|(it, _)| *it == head);
    let telling = TELLING.iter().filter(|head| has(**head)).count();
    let is_titled = has(Head::DatasetTitle) || has(Head::Title) || has(Head::Name);
    let keys = record.members().count();
    (is_titled && has(Head::Description) && telling >= 3 && row.cells.len() * 2 > keys).then_some(
        "it is in no format that we know, but most of its keys are usual words for facts of a dataset",
    )
}

/// A catalogue says the same of itself as of its datasets, and linked data whose context we do not know may mean
/// anything by these words.
fn is_of_a_standard(record: Value<'_>) -> bool {
    record.members().any(|(key, _)| {
        key.starts_with('@') || matches!(key, "dataset" | "datasets" | "records" | "results")
    })
}

fn read<'t>(record: Value<'t>, _: &Surroundings<'t>) -> Dataset<'t> {
    let mut row = Row::of(record);
    for (_, cell) in &mut row.cells {
        *cell = named(*cell);
    }
    let mut dataset = read_row(&row, FORMAT.id);
    dataset.columns = Columns::NotInFormat(FIELDS);
    if let Some(list) = LISTS_OF_FILES.iter().find_map(|key| record.get(key)) {
        dataset.distributions = files(list);
    }
    dataset
}

/// A body or person written as an object stands for its name, and a list of such for the first.
fn named(cell: Value<'_>) -> Value<'_> {
    let first = match cell.kind() {
        Kind::Array => cell.items().next().filter(|item| item.is_object()),
        _ => Some(cell),
    };
    let Some(object) = first.filter(|it| it.is_object()) else {
        return cell;
    };
    ["name", "title"]
        .iter()
        .find_map(|key| object.get(key))
        .unwrap_or(cell)
}

fn files(list: Value<'_>) -> Slot<Vec<Held<Distribution<'_>>>> {
    let files: Vec<_> = list
        .items()
        .filter(|item| item.is_object())
        .map(|item| Held::new(file(item), item.at()))
        .collect();
    if files.is_empty() {
        return Slot::NotInExport("a list of files with `name`, `url` and `format`");
    }
    Slot::filled(files, list.at())
}

fn file(item: Value<'_>) -> Distribution<'_> {
    let mut file = Distribution::empty(item.at());
    file.title = slots::first([slots::text(item, "name"), slots::text(item, "title")]);
    file.description = slots::text(item, "description");
    file.access_url = slots::first([
        slots::word(item, "url"),
        slots::word(item, "link"),
        slots::word(item, "access_url"),
        slots::word(item, "accessURL"),
    ]);
    file.download_url = slots::first([
        slots::word(item, "download_url"),
        slots::word(item, "downloadURL"),
    ]);
    file.format = slots::word(item, "format");
    file.media_type = slots::first([
        slots::word(item, "media_type"),
        slots::word(item, "mediaType"),
    ]);
    file
}

#[cfg(test)]
mod tests {
    use crate::inspect::inspect;
    use crate::options::Options;
    use crate::source::Source;

    const FORM: &str = "\
title: Street trees
description: Each row is a tree, and where it stands.
category: Environment
keywords: trees, streets
accrual_periodicity: monthly
license: CC BY 4.0
spatial: Springfield
publisher:
  - name: Department of Parks
    web: https://data.example/parks
resources:
  - name: All trees
    url: https://data.example/trees.csv
    format: csv
";

    #[test]
    fn reads_a_layout_of_its_own_by_its_words() {
        let (read, unread) = inspect(
            &[Source::new("a.yaml", FORM.as_bytes())],
            &Options::default(),
        );
        assert!(unread.is_empty());
        let one = read.first().expect("a record");
        assert_eq!(one.format, "form");
        assert_eq!(
            one.value("publisher").as_deref(),
            Some("Department of Parks")
        );
        assert_eq!(one.dataset["publisher"]["pointer"], "/publisher/0/name");
        assert!(one.value("refresh").is_some_and(|it| it.contains("R/P1M")));
        assert!(
            one.value("distributions")
                .is_some_and(|it| it.contains("trees.csv"))
        );
        assert_eq!(one.dataset["source"]["blank"], "not in this format");
    }

    #[test]
    fn leaves_records_of_other_things_alone() {
        for text in [
            "title: A song\ndescription: Loud.\nlicense: CC BY 4.0\nauthor: Someone\n",
            "name: tool\ndescription: Cuts.\nversion: 1.0\nlicense: MIT\nkeywords: [steel]\n",
            "title: Portal\ndescription: Ours.\nlicense: x\nrights: y\nissued: 2016\nlanguage: en\nspatial: z\nfrequency: daily\ndataset: {title: A}\n",
            "title: House\ndescription: Big.\nlicense: x\naccess: key\nspatial: y\nrooms: 4\nbeds: 2\nbaths: 1\ndoors: 3\nfloors: 2\nroofs: 1\n",
        ] {
            let (read, _) = inspect(
                &[Source::new("a.yaml", text.as_bytes())],
                &Options::default(),
            );
            assert!(read.is_empty(), "{text}");
        }
    }
}
