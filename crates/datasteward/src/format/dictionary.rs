//! Data dictionaries: a list of fields, or a table of them, with a row (or a JSON object) for each.
//!
//! There is no standard: the headings are known by their words, in five languages. A dictionary is one dataset with
//! columns; a file that holds one variable is a dataset with one column. Of the dataset itself it says next to nothing,
//! so nearly all its slots are "not in this format".

use std::collections::{BTreeMap, BTreeSet};

use super::{Format, Surroundings, inventory, slots};
use crate::lexicon::headings::{DictionaryHead as Head, dictionary_head};
use crate::lexicon::roles::{DataType, is_system};
use crate::model::{AssetKind, Column, Columns, Dataset, Held, Origin, Slot, ValueItem};
use crate::source::tree::{Kind, Value};

const ELSEWHERE: &str =
    "A data dictionary tells of fields only: say it in the record of the dataset in the catalogue";
const UNIT: &str =
    "This data dictionary has no column for units: add one with the heading \"Unit\"";
const DESCRIPTION: &str =
    "This data dictionary has no column for descriptions: add one with the heading \"Description\"";

pub(super) static FORMAT: Format = Format {
    id: "dictionary",
    name: "data dictionary",
    known_by: "a table or list of fields: headings such as Field name, Description, Type, Unit, in five languages (CSV, TSV, Excel, JSON)",
    containers: &[],
    json_in_strings: &[],
    detect,
    read,
    known_keys: &[
        "attributes",
        "calculation",
        "columns",
        "commonly_used",
        "description",
        "display_name",
        "domain",
        "fields",
        "forms",
        "id",
        "label",
        "labels",
        "missingValues",
        "name",
        "primaryKey",
        "title",
        "type",
        "unit",
        "units",
        "variables",
    ],
};

/// Keys under which a document may keep its list of fields, with a title beside it.
const LISTS: [&str; 4] = ["fields", "columns", "variables", "attributes"];

fn detect(record: Value<'_>, _: &Surroundings<'_>) -> Option<&'static str> {
    if record.kind() == Kind::Array {
        return Rows::of_list(record).map(|rows| rows.reason());
    }
    if is_variable(record) {
        return Some(
            "it has an `id` with a `display_name` and a `type`, as one variable of a dictionary",
        );
    }
    list_of(record)
        .map(|_| "it has a list of `fields` with a name and a type or a meaning for each")
}

/// One variable alone: its id, a name for readers, a type, and something more about it.
fn is_variable(record: Value<'_>) -> bool {
    let any = |keys: &[&str]| keys.iter().any(|key| record.get(key).is_some());
    any(&["id", "name"])
        && any(&["display_name", "label"])
        && any(&["description", "units", "unit", "domain", "labels", "values"])
        && record.get("type").is_some_and(is_type)
}

fn is_type(value: Value<'_>) -> bool {
    value
        .as_str()
        .is_some_and(|name| DataType::parse(name) != DataType::Unknown)
}

/// The list of fields of a document that has a title or the like beside it.
fn list_of(record: Value<'_>) -> Option<Rows<'_>> {
    LISTS
        .iter()
        .filter_map(|key| record.get(key))
        .find_map(Rows::of_schema)
}

fn read<'t>(record: Value<'t>, _: &Surroundings<'t>) -> Dataset<'t> {
    let mut dataset = Dataset::empty(FORMAT.id);
    dataset.kind = AssetKind::Table;
    mark_places_elsewhere(&mut dataset);
    if record.kind() == Kind::Array {
        // A workbook may have a form above its fields: a list of its own among the rows.
        let form = record.items().find(|item| item.kind() == Kind::Array);
        if let Some(form) = form.and_then(|form| form.items().next()) {
            dataset = inventory::read_row(&inventory::Row::of(form), FORMAT.id);
            dataset.kind = AssetKind::Table;
        }
        if let Some(rows) = Rows::of_list(record) {
            rows.fill(&mut dataset);
        }
    } else if let Some(rows) = list_of(record) {
        rows.fill(&mut dataset);
        let title = slots::first([slots::text(record, "title"), slots::text(record, "name")]);
        let description = slots::text(record, "description");
        if title.is_filled() {
            dataset.title = title;
        }
        if description.is_filled() {
            dataset.description = description;
        }
    } else {
        Rows::of(vec![record]).fill(&mut dataset);
    }
    dataset
}

/// Marks what the format has no place for.
fn mark_places_elsewhere(dataset: &mut Dataset<'_>) {
    dataset.id = Slot::NotInFormat(ELSEWHERE);
    dataset.domain = Slot::NotInFormat(ELSEWHERE);
    dataset.title = Slot::NotInFormat(ELSEWHERE);
    dataset.summary = Slot::NotInFormat(ELSEWHERE);
    dataset.description = Slot::NotInFormat(ELSEWHERE);
    dataset.keywords = Slot::NotInFormat(ELSEWHERE);
    dataset.categories = Slot::NotInFormat(ELSEWHERE);
    dataset.language = Slot::NotInFormat(ELSEWHERE);
    dataset.publisher = Slot::NotInFormat(ELSEWHERE);
    dataset.department = Slot::NotInFormat(ELSEWHERE);
    dataset.creators = Slot::NotInFormat(ELSEWHERE);
    dataset.contact = Slot::NotInFormat(ELSEWHERE);
    dataset.sources = Slot::NotInFormat(ELSEWHERE);
    dataset.limitations = Slot::NotInFormat(ELSEWHERE);
    dataset.method = Slot::NotInFormat(ELSEWHERE);
    dataset.purpose = Slot::NotInFormat(ELSEWHERE);
    dataset.usage_notes = Slot::NotInFormat(ELSEWHERE);
    dataset.context_links = Slot::NotInFormat(ELSEWHERE);
    dataset.license = Slot::NotInFormat(ELSEWHERE);
    dataset.rights = Slot::NotInFormat(ELSEWHERE);
    dataset.access = Slot::NotInFormat(ELSEWHERE);
    dataset.refresh = Slot::NotInFormat(ELSEWHERE);
    dataset.created = Slot::NotInFormat(ELSEWHERE);
    dataset.issued = Slot::NotInFormat(ELSEWHERE);
    dataset.metadata_modified = Slot::NotInFormat(ELSEWHERE);
    dataset.modified = Slot::NotInFormat(ELSEWHERE);
    dataset.data_updated = Slot::NotInFormat(ELSEWHERE);
    dataset.temporal = Slot::NotInFormat(ELSEWHERE);
    dataset.spatial = Slot::NotInFormat(ELSEWHERE);
    dataset.crs = Slot::NotInFormat(ELSEWHERE);
    dataset.time_zone = Slot::NotInFormat(ELSEWHERE);
    dataset.currency = Slot::NotInFormat(ELSEWHERE);
    dataset.row_label = Slot::NotInFormat(ELSEWHERE);
    dataset.rows = Slot::NotInFormat(ELSEWHERE);
    dataset.bytes = Slot::NotInFormat(ELSEWHERE);
    dataset.dictionary = Slot::NotInFormat(ELSEWHERE);
    dataset.distributions = Slot::NotInFormat(ELSEWHERE);
    dataset.landing_page = Slot::NotInFormat(ELSEWHERE);
    dataset.preview = Slot::NotInFormat(ELSEWHERE);
    dataset.retired = Slot::NotInFormat(ELSEWHERE);
    dataset.version = Slot::NotInFormat(ELSEWHERE);
}

/// How many headings of a table are those of a dictionary; 0 where the row heads no dictionary.
pub(super) fn weigh(headings: &[&str]) -> usize {
    let heads: Vec<Head> = headings
        .iter()
        .filter_map(|it| dictionary_head(it))
        .collect();
    let has = |head| heads.contains(&head);
    let explained = has(Head::Description) || has(Head::Label);
    let fact = has(Head::Type) || has(Head::Unit) || has(Head::Required);
    let is_dictionary = if has(Head::Field) {
        explained || has(Head::Type)
    } else {
        has(Head::Name) && explained && fact
    };
    if is_dictionary { heads.len() } else { 0 }
}

/// The rows of a dictionary and what its headings head.
struct Rows<'t> {
    rows: Vec<Value<'t>>,
    heads: Vec<(Head, &'t str)>,
    /// Headings that no dictionary is known to have.
    strange: usize,
}

/// So many rows are looked at to tell a dictionary from a table of data.
const SAMPLE: usize = 200;

impl<'t> Rows<'t> {
    fn of(rows: Vec<Value<'t>>) -> Self {
        let mut seen = BTreeSet::new();
        let mut heads = Vec::new();
        for (key, _) in rows.iter().take(SAMPLE).flat_map(|row| row.members()) {
            if seen.insert(key) {
                heads.extend(dictionary_head(key).map(|head| (head, key)));
            }
        }
        Self {
            strange: seen.len() - heads.len(),
            rows,
            heads,
        }
    }

    /// The rows of a list that is a dictionary and no table of data.
    fn of_list(list: Value<'t>) -> Option<Self> {
        let rows = Self::of(list.items().filter(|item| item.is_object()).collect());
        rows.is_dictionary().then_some(rows)
    }

    /// The fields of a schema: under a key such as `fields`, a name and a type for each are enough.
    fn of_schema(list: Value<'t>) -> Option<Self> {
        let rows = Self::of(list.items().filter(|item| item.is_object()).collect());
        let named = rows.name_key().is_some() && rows.are_names_distinct();
        let typed = rows.has(Head::Type) && rows.are_types();
        let explained = rows.has(Head::Description) || rows.has(Head::Label);
        (named && (typed || explained)).then_some(rows)
    }

    fn keys(&self, wanted: Head) -> impl Iterator<Item = &'t str> {
        self.heads
            .iter()
            .filter(move |(head, _)| *head == wanted)
            .map(|(_, key)| *key)
    }

    fn has(&self, wanted: Head) -> bool {
        self.keys(wanted).next().is_some()
    }

    /// The headings of what sets fields of one name apart: the table, the program, the category.
    fn apart(&self) -> impl Iterator<Item = &'t str> {
        let heads = [Head::Table, Head::Group].into_iter();
        heads.flat_map(|head| self.keys(head))
    }

    /// The heading of the names of fields: one that says so, else one of names of any kind.
    fn name_key(&self) -> Option<&'t str> {
        self.keys(Head::Field)
            .next()
            .or_else(|| self.keys(Head::Name).next())
    }

    /// Names and meanings; and where the names may be those of anything, the facts that only fields have.
    fn is_dictionary(&self) -> bool {
        let explained = self.has(Head::Description) || self.has(Head::Label);
        let typed = self.has(Head::Type) && self.are_types();
        // A list of goods has names, descriptions and units too, but prices and the like as well.
        let known = self.heads.len();
        let fact = typed && self.strange <= known
            || (self.has(Head::Unit) || self.has(Head::Required)) && self.strange * 4 <= known;
        let headed = if self.has(Head::Field) {
            explained || typed
        } else {
            self.has(Head::Name) && explained && fact
        };
        headed && self.are_names_distinct()
    }

    fn reason(&self) -> &'static str {
        if self.has(Head::Field) {
            "it has a column of field names and one of their meanings or types"
        } else {
            "it has a column of names, one of meanings, and one of types or units"
        }
    }

    /// The cells of a heading in the first rows, those that hold something.
    fn sample(&self, key: &'t str) -> impl Iterator<Item = Value<'t>> {
        self.rows
            .iter()
            .take(SAMPLE)
            .filter_map(move |row| row.get(key))
            .filter(|cell| cell.as_text().is_some_and(|text| !text.trim().is_empty()))
    }

    /// The cell with the name of a row: under the heading of names, else the label of a field that has no other.
    fn name_cell(&self, row: Value<'t>) -> Option<Value<'t>> {
        let holds = |cell: &Value<'t>| cell.as_text().is_some_and(|text| !text.trim().is_empty());
        let cell = row.get(self.name_key()?);
        cell.filter(holds).or_else(|| {
            // Under a codebook the label is that of a value.
            let labels = self.keys(Head::Label).filter(|_| !self.has(Head::Value));
            labels.filter_map(|key| row.get(key)).find(holds)
        })
    }

    /// A dictionary names a field once (a codebook in rows that follow each other); a table of data repeats itself.
    fn are_names_distinct(&self) -> bool {
        let apart: Vec<&str> = self.apart().collect();
        let text = |cell: Option<Value<'t>>| cell.and_then(Value::as_text).unwrap_or_default();
        let mut names: Vec<Vec<&str>> = self
            .rows
            .iter()
            .take(SAMPLE)
            .filter_map(|row| {
                let name = text(self.name_cell(*row));
                let groups = apart.iter().map(|key| text(row.get(key)));
                (!name.is_empty()).then(|| groups.chain([name]).collect())
            })
            .collect();
        if self.has(Head::Value) {
            names.dedup();
        }
        let distinct: BTreeSet<_> = names.iter().collect();
        // One field told twice is a slip; a column that repeats itself holds data.
        let repeated = names.len() - distinct.len();
        !names.is_empty() && (repeated <= 1 || distinct.len() * 10 >= names.len() * 8)
    }

    /// Most cells under the heading of types hold the name of a type.
    fn are_types(&self) -> bool {
        self.keys(Head::Type).any(|key| {
            let (known, all) = self.sample(key).fold((0, 0), |(known, all), cell| {
                (known + usize::from(is_type(cell)), all + 1)
            });
            known > 0 && known * 2 >= all
        })
    }

    fn fill(&self, dataset: &mut Dataset<'t>) {
        let mut tables = Tables::default();
        let mut columns: Vec<Column<'t>> = Vec::new();
        for row in &self.rows {
            if let Some(cell) = self.keys(Head::Table).next().and_then(|key| row.get(key)) {
                tables.name(cell);
            }
            let parts = self
                .apart()
                .map(|key| row.get(key).and_then(Value::as_text));
            let table = tables.number(parts);
            let named = self
                .name_cell(*row)
                .map_or(Slot::absent(row.at()), slots::name_of);
            let same = columns.last().is_some_and(|last| {
                named.value() == last.machine_name.value() && last.table == table
            });
            let continues = same || !named.is_filled();
            match (self.value_item(*row), columns.last_mut()) {
                (Some(item), Some(last)) if continues => last.values.push(item),
                // A row without a name is a gap, one with little else a heading between rows.
                _ if !named.is_filled() || self.is_caption(*row, &named) => {}
                (item, _) => {
                    let mut column = self.column(columns.len(), *row, named);
                    column.table = table;
                    column.values.extend(item);
                    columns.push(column);
                }
            }
        }
        dataset.columns = if columns.is_empty() {
            Columns::Missing(crate::model::At::RECORD)
        } else {
            Columns::Listed(columns)
        };
        if let Some(only) = tables.only()
            && !dataset.title.is_filled()
        {
            dataset.title = slots::text_of(only);
        }
        if let Some(sources) = self.sources() {
            dataset.sources = sources;
        }
    }

    /// A line of words between the fields: `Fields of the second file:`.
    fn is_caption(&self, row: Value<'t>, named: &Slot<&str>) -> bool {
        let name = named.value().copied().unwrap_or_default();
        let is_line = name.ends_with(':') || name.split_whitespace().count() > 4;
        let says = |head| {
            let mut cells = self.keys(head).filter_map(|key| row.get(key));
            cells.any(|cell| {
                let text = cell.as_text().unwrap_or_default();
                text != name && text.contains(char::is_alphanumeric)
            })
        };
        let facts = [
            Head::Description,
            Head::Label,
            Head::Note,
            Head::Type,
            Head::Unit,
        ];
        is_line && !facts.into_iter().any(says)
    }

    /// One value of a codebook that has a row for each.
    fn value_item(&self, row: Value<'t>) -> Option<ValueItem<'t>> {
        let cell = |head| {
            let text = row.get(self.keys(head).next()?)?.as_text()?.trim();
            (!text.is_empty()).then_some(text)
        };
        Some(ValueItem {
            value: cell(Head::Value)?,
            label: cell(Head::ValueLabel).or_else(|| cell(Head::Label)),
        })
    }

    /// Of the cells under headings of one kind the first that holds something.
    fn first<T>(
        &self,
        head: Head,
        row: Value<'t>,
        read: impl Fn(Value<'t>, &str) -> Slot<T>,
    ) -> Slot<T> {
        let mut first = None;
        for key in self.keys(head) {
            let slot = read(row, key);
            if slot.is_filled() {
                return slot;
            }
            first.get_or_insert(slot);
        }
        first.unwrap_or(Slot::NotInFormat(""))
    }

    fn column(&self, index: usize, row: Value<'t>, named: Slot<&'t str>) -> Column<'t> {
        let mut column = Column::empty(index, row.at());
        column.machine_name = named;
        column.description = slots::first([
            self.first(Head::Description, row, slots::text),
            self.first(Head::Note, row, slots::text),
        ]);
        if self.has(Head::Description) || self.has(Head::Note) {
            column.name = self.first(Head::Label, row, slots::name);
        } else {
            // The label is all that is said about the field.
            column.description = self.first(Head::Label, row, slots::text);
        }
        if matches!(column.description, Slot::NotInFormat(_)) {
            column.description = Slot::NotInFormat(DESCRIPTION);
        }
        let text = |head| self.first(head, row, slots::word).value().copied();
        column.native_type = text(Head::Type);
        column.datatype = column
            .native_type
            .map_or(DataType::Unknown, DataType::parse);
        column.unit = match self.first(Head::Unit, row, slots::word) {
            Slot::NotInFormat(_) => Slot::NotInFormat(UNIT),
            slot => slot,
        };
        self.read_values(row, &mut column);
        column.required = text(Head::Required)
            .and_then(is_yes)
            .or_else(|| text(Head::Optional).and_then(is_yes).map(|yes| !yes));
        column.examples = text(Head::Example).into_iter().collect();
        column.missing_values = text(Head::Missing).into_iter().collect();
        column.is_system = is_system(column.shown_name(), column.key());
        column
    }

    /// The values that a field may hold: a list in one cell, or a link to one.
    fn read_values(&self, row: Value<'t>, column: &mut Column<'t>) {
        for value in self.keys(Head::Values).filter_map(|key| row.get(key)) {
            match value.kind() {
                Kind::Array | Kind::Object => column.values.extend(listed_values(value)),
                _ => {
                    let text = value.as_text().unwrap_or_default().trim();
                    let values = split_values(text);
                    if !values.is_empty() {
                        column.values = values;
                    } else if !text.is_empty() && !text.contains(char::is_whitespace) {
                        // The name of a code list, or a link to one.
                        column.values_url = slots::word_of(value);
                    }
                }
            }
        }
    }

    /// Where each field comes from, each origin once; nothing where no heading asks for it.
    fn sources(&self) -> Option<Slot<Vec<Held<Origin<'t>>>>> {
        let key = self.keys(Head::Source).next()?;
        let mut seen = BTreeSet::new();
        let list: Vec<_> = self
            .rows
            .iter()
            .filter_map(|row| row.get(key))
            .map(slots::text_of)
            .filter_map(|slot| slot.held().cloned())
            .filter(|held| seen.insert(held.value.raw))
            .map(|held| {
                let origin = Origin {
                    name: Slot::filled(held.value.clone(), held.at),
                    url: Slot::NotInFormat(""),
                    retrieved: Slot::NotInFormat(""),
                    note: Slot::NotInFormat(""),
                };
                Held::new(origin, held.at)
            })
            .collect();
        let first = list.first()?.at;
        Some(Slot::filled(list, first))
    }
}

/// The tables that a dictionary tells apart, numbered as they come.
#[derive(Default)]
struct Tables<'t> {
    names: BTreeSet<&'t str>,
    first: Option<Value<'t>>,
    numbers: BTreeMap<Vec<&'t str>, usize>,
    /// What stands beside the row before: a cell is often filled in the first row of many only.
    last: Vec<&'t str>,
}

impl<'t> Tables<'t> {
    fn name(&mut self, cell: Value<'t>) {
        let name = cell.as_text().unwrap_or_default().trim();
        if !name.is_empty() {
            self.names.insert(name);
            self.first.get_or_insert(cell);
        }
    }

    /// The number of the table, program or category in which a row stands.
    fn number(&mut self, parts: impl Iterator<Item = Option<&'t str>>) -> Option<usize> {
        let before = self.last.iter().copied().chain(std::iter::repeat(""));
        let parts: Vec<&str> = parts
            .zip(before)
            .map(|(part, before)| {
                let part = part.unwrap_or_default().trim();
                if part.is_empty() { before } else { part }
            })
            .collect();
        self.last.clone_from(&parts);
        let next = self.numbers.len();
        let is_told = parts.iter().any(|part| !part.is_empty());
        is_told.then(|| *self.numbers.entry(parts).or_insert(next))
    }

    /// The name of the table where there is only one: it is the title of the dataset.
    fn only(&self) -> Option<Value<'t>> {
        self.first.filter(|_| self.names.len() == 1)
    }
}

/// Values in a list, or codes as the keys of an object.
fn listed_values(value: Value<'_>) -> Vec<ValueItem<'_>> {
    if value.is_object() {
        return value
            .members()
            .map(|(value, label)| ValueItem {
                value,
                label: label.as_text(),
            })
            .collect();
    }
    value
        .items()
        .filter_map(|item| {
            let named = ["value", "code", "id"].iter().find_map(|key| item.get(key));
            let label = ["label", "display_name", "description"]
                .iter()
                .find_map(|key| item.get(key));
            Some(ValueItem {
                value: named.unwrap_or(item).as_text()?,
                label: label.and_then(Value::as_text),
            })
        })
        .collect()
}

/// The values of a list in one cell: `1 = male; 2 = female`, or one a line. Running text is no list.
fn split_values(text: &str) -> Vec<ValueItem<'_>> {
    let sign = ['\n', '|', ';', ',']
        .into_iter()
        .find(|sign| text.contains(*sign));
    let parts: Vec<&str> = match sign {
        Some(sign) => text.split(sign).map(str::trim).collect(),
        None if text.contains('=') => vec![text],
        None => return Vec::new(),
    };
    let items: Vec<_> = parts
        .into_iter()
        .filter(|part| !part.is_empty())
        .map(
            |part| match part.split_once('=').or_else(|| part.split_once(": ")) {
                Some((value, label)) => ValueItem {
                    value: value.trim(),
                    label: Some(label.trim()).filter(|label| !label.is_empty()),
                },
                None => ValueItem {
                    value: part,
                    label: None,
                },
            },
        )
        .collect();
    // A value is short; a sentence with commas is not a list.
    let is_list = items
        .iter()
        .all(|item| item.value.split_whitespace().count() <= 5);
    if is_list { items } else { Vec::new() }
}

/// A yes or no as people write it in tables, in five languages.
fn is_yes(text: &str) -> Option<bool> {
    const YES: [&str; 18] = [
        "yes",
        "y",
        "true",
        "1",
        "x",
        "required",
        "mandatory",
        "always",
        "sí",
        "si",
        "s",
        "oui",
        "o",
        "obligatoire",
        "ja",
        "j",
        "sim",
        "obrigatório",
    ];
    const NO: [&str; 12] = [
        "no",
        "n",
        "false",
        "0",
        "optional",
        "never",
        "non",
        "facultatif",
        "nein",
        "não",
        "nao",
        "opcional",
    ];
    let word = text.trim().to_lowercase();
    let among = |words: &[&str]| words.contains(&word.as_str());
    match (among(&YES), among(&NO)) {
        (true, _) => Some(true),
        (_, true) => Some(false),
        _ => None,
    }
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

    const VARIABLE: &str = r#"{"id": "hr", "display_name": "Heart rate", "description": "Beats in a minute.",
        "type": "numeric", "units": "beats per minute", "labels": ["heart"]}"#;

    #[test]
    fn takes_one_variable_for_a_dataset_with_one_column() {
        let read = read(VARIABLE);
        let one = read.first().expect("a record");
        assert_eq!(one.format, "dictionary");
        assert_eq!(one.dataset["title"]["blank"], "not in this format");
        assert_eq!(one.columns.len(), 1);
        assert_eq!(one.columns[0]["name"], "Heart rate");
        assert_eq!(one.columns[0]["field_name"], "hr");
        assert_eq!(one.columns[0]["judgements"]["unit_stated"], "yes");
    }

    #[test]
    fn makes_one_dataset_of_a_list_of_variables() {
        let list = format!(
            r#"[{VARIABLE}, {{"id": "sex", "display_name": "Sex", "description": "", "type": "choices", "domain": "sexes"}}]"#
        );
        let read = read(&list);
        assert_eq!(read.len(), 1);
        let one = read.first().expect("a record");
        assert_eq!(one.pointer, "");
        let names: Vec<_> = one.columns.iter().map(|it| it["name"].clone()).collect();
        assert_eq!(names, ["Heart rate", "Sex"]);
    }

    #[test]
    fn reads_a_schema_with_a_title_beside_its_fields() {
        let read = read(
            r#"{"title": "Trees", "fields": [{"name": "height", "type": "number", "title": "Height"},
                {"name": "species", "type": "string", "description": "Latin name."}]}"#,
        );
        let one = read.first().expect("a record");
        assert_eq!(one.value("title").as_deref(), Some("Trees"));
        assert_eq!(one.columns.len(), 2);
        assert_eq!(one.columns[1]["description"], "Latin name.");
    }

    fn read_bytes(bytes: &[u8]) -> Inspection {
        let (mut read, unread) = inspect(&[Source::new("a.csv", bytes)], &Options::default());
        assert_eq!(unread, []);
        assert_eq!(read.len(), 1);
        read.remove(0)
    }

    #[test]
    fn reads_a_table_as_one_dataset_and_points_to_its_cells() {
        let one = read_bytes(
            b"Field Name,Label,Definition,Type,Unit,Allowed values,Source\n\
              ht,Height,Height of the tree.,number,m,,Survey\n\
              st,,,text,,\"a = alive; d = dead\",Survey\n",
        );
        assert_eq!(one.format, "dictionary");
        assert_eq!(one.columns[0]["name"], "Height");
        assert_eq!(one.columns[0]["field_name"], "ht");
        assert_eq!(one.columns[0]["judgements"]["unit"], "m");
        assert_eq!(one.columns[1]["description"], serde_json::Value::Null);
        assert_eq!(one.dataset["source"]["pointer"], "/0/Source");
        assert_eq!(one.dataset["license"]["blank"], "not in this format");
    }

    #[test]
    fn reads_headings_of_other_languages_in_windows_1252_and_utf_16() {
        let german =
            b"Spalte;Bezeichnung;Beschreibung;Einheit\r\nhoe;H\xF6he;H\xF6he des Baums;m\r\n";
        let one = read_bytes(german);
        assert_eq!(one.columns[0]["name"], "Höhe");
        assert_eq!(one.columns[0]["judgements"]["unit"], "m");
        let french = "Champ\tDescription\tUnité\ndiam\tDiamètre du tronc\tcm\n";
        let wide: Vec<u8> = [0xFEFF]
            .into_iter()
            .chain(french.encode_utf16())
            .flat_map(u16::to_le_bytes)
            .collect();
        let one = read_bytes(&wide);
        assert_eq!(one.columns[0]["description"], "Diamètre du tronc");
    }

    #[test]
    fn tells_tables_apart_and_gathers_the_values_of_a_codebook() {
        let two = read_bytes(
            b"Table,Column,Description\nTrees,id,Number of the tree\nTrees,sp,Species\n\
              Parks,id,Number of the park\n",
        );
        assert_eq!(two.columns.len(), 3);
        assert_eq!(two.dataset["title"]["blank"], "not in this format");
        let alone = read_bytes(b"Table,Column,Description\nTrees,id,Number of the tree\n");
        assert_eq!(alone.value("title").as_deref(), Some("Trees"));
        let codes = read_bytes(
            b"Variable,Description,Value,Value label\nsex,Sex of the animal,1,male\n\
              sex,Sex of the animal,2,female\n,,9,unknown\nage,Age in years,,\n",
        );
        let names: Vec<_> = codes.columns.iter().map(|it| it["name"].clone()).collect();
        assert_eq!(names, ["sex", "age"]);
    }

    #[test]
    fn takes_the_label_for_the_meaning_where_there_is_no_other() {
        let one =
            read_bytes(b"variable,label\nq1,Age of the respondent\nq2,Income of the household\n");
        assert_eq!(one.columns[0]["name"], "q1");
        assert_eq!(one.columns[0]["description"], "Age of the respondent");
    }

    #[test]
    fn passes_over_captions_and_names_a_field_by_its_label_where_there_is_no_other_name() {
        let one = read_bytes(
            b"Field name,Label,Description,Program\nFields of the first file:,,,\nh,Height,Height in m,Trees\n\
              ,Width,Width in m,Trees\nh,Height,Height in m,Parks\n",
        );
        let names: Vec<_> = one.columns.iter().map(|it| it["name"].clone()).collect();
        assert_eq!(names, ["Height", "Width", "Height"]);
        assert_eq!(one.columns[1]["field_name"], "Width");
    }

    #[test]
    fn fields_of_different_programs_may_have_one_name() {
        let doubled = |text: &str| {
            let sources = [Source::new("a.csv", text.as_bytes())];
            let report = crate::check(&sources, &Options::default());
            report
                .findings
                .iter()
                .any(|it| it.rule == "key-or-type-wrong")
        };
        let rows =
            "h,Height in m,Trees\nw,Width in m,\nd,Depth in m,\nl,Length in m,\nh,Height in m,";
        let head = "Field name,Description,Program";
        // A cell is often filled in the first row of many only.
        assert!(!doubled(&format!("{head}\n{rows}Parks\nw,Width in m,\n")));
        assert!(doubled(&format!("{head}\n{rows}Trees\n")));
    }

    #[test]
    fn leaves_lists_alone_that_describe_something_else() {
        for text in [
            // values of a code list
            r#"[{"value": "1", "display_name": "Yes", "description": ""}, {"value": "2", "display_name": "No", "description": ""}]"#,
            // goods
            r#"[{"name": "bolt", "description": "M5", "unit": "piece", "price": 1, "stock": 5}]"#,
            // measurements
            r#"[{"variable": "rain", "label": "mm", "day": 1}, {"variable": "wind", "label": "m", "day": 1},
                {"variable": "rain", "label": "mm", "day": 2}, {"variable": "wind", "label": "m", "day": 2}]"#,
            // a tool
            r#"{"name": "tool", "label": "Tool", "type": "module", "description": "Cuts."}"#,
        ] {
            assert!(read(text).is_empty(), "{text}");
        }
    }
}
