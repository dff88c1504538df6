//! CSV on the Web: column references, datatypes, languages and annotations, as far as the metadata alone decides them.
//!
//! What depends on the rows of the table is not judged here: this tool does not read them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use super::{fault, short};
use crate::model::Fault;
use crate::source::tree::{Kind, Value};

/// Everything in a table, or a group of tables, that contradicts the standard beyond what its schema says.
pub(super) fn faults(record: Value<'_>) -> Vec<Fault> {
    let mut faults = Vec::new();
    context(record, &mut faults);
    holder(
        record,
        if record.get("tables").is_some() {
            &GROUP
        } else {
            &TABLE
        },
        &mut faults,
    );
    let tables: Vec<Value<'_>> = match record.get("tables") {
        Some(tables) => tables.items().filter(|table| table.is_object()).collect(),
        None => vec![record],
    };
    for table in &tables {
        if table.at() != record.at() {
            holder(*table, &TABLE, &mut faults);
        }
    }
    let schemas: Vec<Value<'_>> = std::iter::once(&record)
        .chain(tables.iter().filter(|table| table.at() != record.at()))
        .filter_map(|table| table.get("tableSchema"))
        .filter(|schema| schema.is_object())
        .collect();
    for schema in schemas {
        holder(schema, &SCHEMA, &mut faults);
        columns(schema, &tables, &mut faults);
    }
    faults
}

/// Where an object stands, and the keys that have a meaning there.
struct Place {
    what: &'static str,
    keys: &'static [&'static str],
    /// Whether it may hold what cells inherit.
    inherits: bool,
}

const INHERITED: [&str; 11] = [
    "aboutUrl",
    "datatype",
    "default",
    "lang",
    "null",
    "ordered",
    "propertyUrl",
    "required",
    "separator",
    "textDirection",
    "valueUrl",
];

static GROUP: Place = Place {
    what: "A group of tables",
    keys: &[
        "dialect",
        "notes",
        "tableDirection",
        "tableSchema",
        "tables",
        "transformations",
    ],
    inherits: true,
};
static TABLE: Place = Place {
    what: "A table",
    keys: &[
        "dialect",
        "notes",
        "suppressOutput",
        "tableDirection",
        "tableSchema",
        "transformations",
        "url",
    ],
    inherits: true,
};
static SCHEMA: Place = Place {
    what: "The description of columns (`tableSchema`)",
    keys: &["columns", "foreignKeys", "primaryKey", "rowTitles"],
    inherits: true,
};
static COLUMN: Place = Place {
    what: "A column",
    keys: &["name", "suppressOutput", "titles", "virtual"],
    inherits: true,
};

static DIALECT: Place = Place {
    what: "A dialect",
    keys: &[
        "commentPrefix",
        "delimiter",
        "doubleQuote",
        "encoding",
        "header",
        "headerRowCount",
        "lineTerminators",
        "quoteChar",
        "skipBlankRows",
        "skipColumns",
        "skipInitialSpace",
        "skipRows",
        "trim",
    ],
    inherits: false,
};
static TRANSFORMATION: Place = Place {
    what: "A transformation",
    keys: &["scriptFormat", "source", "targetFormat", "titles", "url"],
    inherits: false,
};

/// Keys that have no meaning where they stand, and the values of those of other vocabularies.
fn keys(object: Value<'_>, place: &Place, faults: &mut Vec<Fault>) {
    for (key, value) in object.members() {
        if key.contains(':') {
            annotation(value, faults);
            continue;
        }
        let is_known = key.starts_with('@')
            || place.keys.contains(&key)
            || (place.inherits && INHERITED.contains(&key));
        if !is_known {
            faults.push(fault(
                value,
                format!(
                    "{} has the key `{}`, which has no meaning there, so tools take no notice of it",
                    place.what,
                    short(key)
                ),
            ));
        }
    }
}

/// What groups, tables, schemas and columns have alike: keys, annotations, languages, datatypes, the dialect.
fn holder(object: Value<'_>, place: &Place, faults: &mut Vec<Fault>) {
    keys(object, place, faults);
    for note in object.get("notes").into_iter().flat_map(Value::items) {
        annotation(note, faults);
    }
    if let Some(lang) = object.get("lang") {
        language(lang, faults);
    }
    if let Some(datatype) = object.get("datatype") {
        self::datatype(datatype, faults);
    }
    if let Some(dialect) = object.get("dialect").filter(|dialect| dialect.is_object()) {
        keys(dialect, &DIALECT, faults);
        if let Some(encoding) = dialect.get("encoding") {
            known_encoding(encoding, faults);
        }
    }
    let transformations = object.get("transformations").into_iter();
    for transformation in transformations.flat_map(Value::items) {
        keys(transformation, &TRANSFORMATION, faults);
    }
}

/// The context may hold a base address and a language, and nothing else.
fn context(record: Value<'_>, faults: &mut Vec<Fault>) {
    let Some(context) = record.get("@context") else {
        return;
    };
    for local in context.items().filter(|item| item.is_object()) {
        for (key, value) in local.members() {
            match key {
                "@base" => {}
                "@language" => language(value, faults),
                _ => faults.push(fault(
                    value,
                    format!(
                        "The context (`@context`) has the key `{}`; only `@base` and `@language` are allowed",
                        short(key)
                    ),
                )),
            }
        }
    }
}

/// A language tag that is built as BCP 47 says.
fn is_language(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let first = parts.next().unwrap_or_default();
    let starts = (2..=8).contains(&first.len()) || matches!(first, "x" | "X" | "i" | "I");
    starts
        && first.bytes().all(|byte| byte.is_ascii_alphabetic())
        && parts.all(|part| {
            (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
        })
}

fn language(value: Value<'_>, faults: &mut Vec<Fault>) {
    if value.is_null() || value.as_str().is_some_and(is_language) {
        return;
    }
    let found = value.as_text().map_or_else(
        || "not a text".to_owned(),
        |text| format!("`{}`", short(text)),
    );
    faults.push(fault(
        value,
        format!("The language is {found}; a code such as `en` or `en-US` is wanted"),
    ));
}

/// Beginnings of the names of encodings that the web knows.
const ENCODINGS: [&str; 18] = [
    "ascii", "big5", "cp", "cs", "euc", "gb", "hz", "ibm", "iso", "koi8", "ks", "latin", "mac",
    "ms", "shift", "us-ascii", "utf", "windows",
];

fn known_encoding(value: Value<'_>, faults: &mut Vec<Fault>) {
    let Some(name) = value.as_str() else { return };
    let lower = name.to_ascii_lowercase();
    let is_known = ENCODINGS.iter().any(|start| lower.starts_with(start))
        || [
            "x-", "unicode", "tis", "dos", "l1", "l2", "korean", "greek", "hebrew", "arabic",
            "cyrillic", "sjis", "chinese",
        ]
        .iter()
        .any(|start| lower.starts_with(start));
    if !is_known {
        faults.push(fault(
            value,
            format!(
                "The encoding is `{}`, which no tool knows; a name such as `utf-8` is wanted",
                short(name)
            ),
        ));
    }
}

/// Types that a node of an annotation may have without a prefix.
const TERMS: [&str; 10] = [
    "Cell",
    "Column",
    "Datatype",
    "Dialect",
    "Direction",
    "Row",
    "Schema",
    "Table",
    "TableGroup",
    "Template",
];

/// The value of a property of another vocabulary.
fn annotation(value: Value<'_>, faults: &mut Vec<Fault>) {
    let mut waiting = vec![value];
    while let Some(value) = waiting.pop() {
        waiting.extend(value.items());
        let is_literal = value.get("@value").is_some();
        if let (true, Some(tag), Some(_)) = (is_literal, value.get("@language"), value.get("@type"))
        {
            faults.push(fault(
                tag,
                "A text has a type and a language; only one of them is allowed".to_owned(),
            ));
        }
        for (key, member) in value.members() {
            match key {
                "@value" => {}
                "@language" if is_literal => language(member, faults),
                "@id" if !is_literal => not_blank(member, faults),
                "@type" => node_type(member, is_literal, faults),
                _ if key.starts_with('@') || is_literal => faults.push(fault(
                    member,
                    format!(
                        "An annotation has the key `{}`, which is not allowed there",
                        short(key)
                    ),
                )),
                _ => waiting.push(member),
            }
        }
    }
}

/// An address that others can use.
fn not_blank(value: Value<'_>, faults: &mut Vec<Fault>) {
    if value
        .as_str()
        .is_some_and(|address| address.starts_with("_:"))
    {
        faults.push(fault(
            value,
            format!(
                "The address `{}` has a meaning in this file only",
                short(value.as_str().unwrap_or_default())
            ),
        ));
    }
}

fn node_type(value: Value<'_>, is_literal: bool, faults: &mut Vec<Fault>) {
    for value in value.one_or_many() {
        let Some(name) = value.as_str() else { continue };
        let is_address = name.contains(':') && !name.contains(char::is_whitespace);
        let is_known = DATATYPES.contains_key(name) || (!is_literal && TERMS.contains(&name));
        if name.starts_with("_:") {
            not_blank(value, faults);
        } else if !is_address && !is_known {
            faults.push(fault(
                value,
                format!(
                    "The type `{}` is not known; an address or a name with a prefix is wanted",
                    short(name)
                ),
            ));
        }
    }
}

/// What the values of a datatype are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Values {
    Text,
    Binary,
    Boolean,
    Number,
    Date,
    Duration,
    Other,
}

static DATATYPES: LazyLock<BTreeMap<&'static str, Values>> = LazyLock::new(|| {
    include_str!("../../../data/csvw_datatypes.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('\t'))
        .map(|(name, values)| {
            let values = match values {
                "text" => Values::Text,
                "binary" => Values::Binary,
                "boolean" => Values::Boolean,
                "number" => Values::Number,
                "date" => Values::Date,
                "duration" => Values::Duration,
                _ => Values::Other,
            };
            (name, values)
        })
        .collect()
});

/// Where the datatypes of the standard stand: no other datatype may have their addresses.
const BUILT_IN: [&str; 2] = [
    "http://www.w3.org/2001/XMLSchema#",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
];

fn datatype(value: Value<'_>, faults: &mut Vec<Fault>) {
    let base = if value.is_object() {
        value.get("base")
    } else {
        Some(value)
    };
    let name = match base {
        None => "string",
        Some(base) => match base.as_str() {
            Some(name) => name,
            // Of a wrong kind: the schema says so.
            None => return,
        },
    };
    let Some(values) = DATATYPES.get(name).copied() else {
        faults.push(fault(
            base.unwrap_or(value),
            format!("The datatype `{}` is not one of the standard; a name such as `string` or `date` is wanted", short(name)),
        ));
        return;
    };
    if !value.is_object() {
        return;
    }
    if let Some(id) = value.get("@id") {
        not_blank(id, faults);
        let address = id.as_str().unwrap_or_default();
        if BUILT_IN.iter().any(|start| address.starts_with(start)) {
            faults.push(fault(
                id,
                format!(
                    "The datatype calls itself `{}`, which is a datatype of the standard",
                    short(address)
                ),
            ));
        }
    }
    lengths(value, name, values, faults);
    limits(value, name, values, faults);
    if let Some(format) = value.get("format") {
        self::format(format, values, faults);
    }
}

/// Lengths belong to texts, and one cannot be longer than the longest.
fn lengths(datatype: Value<'_>, name: &str, values: Values, faults: &mut Vec<Fault>) {
    let number = |key: &str| Some((datatype.get(key)?, datatype.get(key)?.as_f64()?));
    let (length, least, most) = (number("length"), number("minLength"), number("maxLength"));
    let Some((at, _)) = length.or(least).or(most) else {
        return;
    };
    if !matches!(values, Values::Text | Values::Binary | Values::Other) {
        faults.push(fault(
            at,
            format!("The datatype `{name}` has no length, so it cannot be limited"),
        ));
        return;
    }
    let is_wrong = |low: Option<(Value<'_>, f64)>, high: Option<(Value<'_>, f64)>| {
        low.zip(high)
            .is_some_and(|((_, low), (_, high))| low > high)
    };
    if is_wrong(least, most) || is_wrong(least, length) || is_wrong(length, most) {
        faults.push(fault(
            at,
            "The lengths allowed contradict each other, so no value fits".to_owned(),
        ));
    }
}

/// Smallest and greatest values belong to numbers, dates and durations, and leave room for a value.
fn limits(datatype: Value<'_>, name: &str, values: Values, faults: &mut Vec<Fault>) {
    let first = |keys: [&str; 2]| keys.into_iter().find_map(|key| datatype.get(key));
    let (from, above) = (
        first(["minInclusive", "minimum"]),
        datatype.get("minExclusive"),
    );
    let (to, below) = (
        first(["maxInclusive", "maximum"]),
        datatype.get("maxExclusive"),
    );
    let Some(at) = from.or(above).or(to).or(below) else {
        return;
    };
    if !matches!(values, Values::Number | Values::Date | Values::Duration) {
        faults.push(fault(
            at,
            format!("Values of the datatype `{name}` have no order, so a smallest or a greatest one has no meaning"),
        ));
        return;
    }
    for (one, other, which) in [(from, above, "smallest"), (to, below, "greatest")] {
        if let (Some(_), Some(other)) = (one, other) {
            faults.push(fault(
                other,
                format!(
                    "The {which} value is given twice: as one that is in, and as one that is out"
                ),
            ));
        }
    }
    let meets = |low: Option<Value<'_>>, high: Option<Value<'_>>, may_be_equal: bool| {
        let Some((low, high)) = low.zip(high) else {
            return true;
        };
        match order(low, high) {
            Some(std::cmp::Ordering::Greater) => false,
            Some(std::cmp::Ordering::Equal) => may_be_equal,
            _ => true,
        }
    };
    // Two limits that are both out may be the same by the letter of the standard.
    if !(meets(from, to, true)
        && meets(from, below, false)
        && meets(above, to, false)
        && meets(above, below, true))
    {
        faults.push(fault(
            at,
            "The smallest value allowed is not below the greatest, so no value fits".to_owned(),
        ));
    }
}

/// Numbers by their size; dates of the same shape letter by letter. What cannot be compared is left alone.
fn order(one: Value<'_>, other: Value<'_>) -> Option<std::cmp::Ordering> {
    if let (Some(one), Some(other)) = (one.as_f64(), other.as_f64()) {
        return one.partial_cmp(&other);
    }
    let (one, other) = (one.as_str()?, other.as_str()?);
    let is_date = |text: &str| {
        text.bytes()
            .next()
            .is_some_and(|byte| byte.is_ascii_digit())
    };
    (one.len() == other.len() && is_date(one) && is_date(other)).then(|| one.cmp(other))
}

/// How values are written.
fn format(format: Value<'_>, values: Values, faults: &mut Vec<Fault>) {
    match values {
        Values::Boolean => {
            let is_pair = format
                .as_str()
                .and_then(|text| text.split_once('|'))
                .is_some_and(|(yes, no)| {
                    !yes.is_empty() && !no.is_empty() && yes != no && !no.contains('|')
                });
            if !is_pair {
                faults.push(fault(
                    format,
                    "The format of a boolean is not two words with `|` between them, such as `yes|no`".to_owned(),
                ));
            }
        }
        Values::Number => {
            let pattern = if format.is_object() {
                format.get("pattern")
            } else {
                Some(format)
            };
            let Some(pattern) = pattern else { return };
            if !pattern
                .as_str()
                .is_some_and(|text| text.contains(['0', '#']))
            {
                faults.push(fault(
                    pattern,
                    "The format of a number has no place for digits; a pattern such as `#,##0.00` is wanted".to_owned(),
                ));
            }
        }
        Values::Date => {
            if !format.as_str().is_some_and(is_date_pattern) {
                faults.push(fault(
                    format,
                    "The format of a date is not built of its parts; a pattern such as `yyyy-MM-dd` is wanted".to_owned(),
                ));
            }
        }
        Values::Text | Values::Binary | Values::Duration | Values::Other => {
            if !format.as_str().is_some_and(closes) {
                faults.push(fault(
                    format,
                    "The format is not a regular expression: a bracket is open".to_owned(),
                ));
            }
        }
    }
}

/// Whether a pattern of a date holds parts of a date, and no letter that stands for none (Unicode technical standard 35).
fn is_date_pattern(pattern: &str) -> bool {
    // Text between apostrophes stands for itself, and `T` stands between a date and a time.
    let plain: String = pattern.split('\'').step_by(2).collect();
    plain.contains(['y', 'Y', 'M', 'd', 'H', 'h', 'm', 's'])
        && plain
            .chars()
            .filter(char::is_ascii_alphabetic)
            .all(|letter| "GyYuUrQqMLlwWdDFgEecaAbBhHKkjJCmsSzZOvVXxT".contains(letter))
}

/// Whether the brackets of a regular expression close.
fn closes(pattern: &str) -> bool {
    let (mut depth, mut in_class, mut letters) = (0_usize, false, pattern.chars());
    while let Some(letter) = letters.next() {
        match letter {
            // The letter after a backslash stands for itself, and is passed over.
            '\\' if letters.next().is_none() => return false,
            '[' => in_class = true,
            ']' => in_class = false,
            '(' if !in_class => depth += 1,
            ')' if !in_class => match depth.checked_sub(1) {
                Some(less) => depth = less,
                None => return false,
            },
            _ => {}
        }
    }
    depth == 0 && !in_class
}

/// The columns of a schema, and the keys that name them.
fn columns<'t>(schema: Value<'t>, tables: &[Value<'t>], faults: &mut Vec<Fault>) {
    let mut virtual_before = false;
    for column in schema
        .get("columns")
        .into_iter()
        .flat_map(Value::items)
        .filter(|it| it.is_object())
    {
        holder(column, &COLUMN, faults);
        titles(column, faults);
        match column.get("virtual").and_then(Value::as_bool) {
            Some(true) => virtual_before = true,
            _ if virtual_before => {
                virtual_before = false;
                faults.push(fault(
                    column,
                    "A column with cells comes after a virtual one; virtual columns come last"
                        .to_owned(),
                ));
            }
            _ => {}
        }
    }
    let names = names(schema);
    for (key, whose) in [
        ("primaryKey", "The primary key"),
        ("rowTitles", "The list of row titles"),
    ] {
        if let Some(key) = schema.get(key) {
            known(key, names.as_ref(), whose, "the schema", faults);
        }
    }
    for key in schema.get("foreignKeys").into_iter().flat_map(Value::items) {
        if let Some(own) = key.get("columnReference") {
            known(own, names.as_ref(), "A foreign key", "the schema", faults);
        }
        if let Some(reference) = key.get("reference") {
            foreign(reference, tables, faults);
        }
    }
}

/// Titles by language stand under language codes.
fn titles(column: Value<'_>, faults: &mut Vec<Fault>) {
    let Some(titles) = column
        .get("titles")
        .filter(|titles| titles.kind() == Kind::Object)
    else {
        return;
    };
    for (tag, value) in titles.members().filter(|(tag, _)| !is_language(tag)) {
        faults.push(fault(
            value,
            format!("The titles of a column stand under `{}`, which is not a language code such as `en`", short(tag)),
        ));
    }
}

/// The names of a schema's columns, as references write them; nothing where the table's own header decides.
fn names(schema: Value<'_>) -> Option<BTreeSet<String>> {
    let columns = schema
        .get("columns")
        .filter(|columns| !columns.is_empty())?;
    let mut names = BTreeSet::new();
    for (at, column) in columns.items().enumerate() {
        if let Some(name) = column.get("name").and_then(Value::as_str) {
            names.insert(name.to_owned());
            continue;
        }
        names.insert(format!("_col.{}", at + 1));
        let titles = column.get("titles").into_iter();
        for title in titles.flat_map(|titles| {
            titles
                .one_or_many()
                .chain(titles.members().map(|(_, title)| title))
        }) {
            for title in title.one_or_many().filter_map(Value::as_str) {
                names.insert(title.replace(' ', "%20"));
                names.insert(title.to_owned());
            }
        }
    }
    Some(names)
}

fn known(
    key: Value<'_>,
    names: Option<&BTreeSet<String>>,
    whose: &str,
    place: &str,
    faults: &mut Vec<Fault>,
) {
    let Some(names) = names else { return };
    for value in key.one_or_many() {
        if let Some(name) = value.as_str().filter(|name| !names.contains(*name)) {
            faults.push(fault(
                value,
                format!(
                    "{whose} names the column `{}`, which {place} does not have",
                    short(name)
                ),
            ));
        }
    }
}

/// What a foreign key refers to: a table of the group, or a schema that several tables follow.
fn foreign(reference: Value<'_>, tables: &[Value<'_>], faults: &mut Vec<Fault>) {
    let Some(resource) = reference.get("resource") else {
        return;
    };
    let Some(wanted) = resource.as_str() else {
        return;
    };
    // One may be written with its base and the other without.
    let same = |url: &str| {
        let (one, other) = (
            url.trim_start_matches("./"),
            wanted.trim_start_matches("./"),
        );
        one.ends_with(other) || other.ends_with(one)
    };
    let Some(table) = tables
        .iter()
        .find(|table| table.get("url").and_then(Value::as_str).is_some_and(same))
    else {
        faults.push(fault(
            resource,
            format!(
                "A foreign key refers to the table `{}`, which is not in this file",
                short(wanted)
            ),
        ));
        return;
    };
    let names = table
        .get("tableSchema")
        .filter(|schema| schema.is_object())
        .and_then(names);
    if let Some(other) = reference.get("columnReference") {
        known(
            other,
            names.as_ref(),
            "A foreign key",
            "the table it refers to",
            faults,
        );
    }
}

#[cfg(test)]
mod tests {
    use super::super::said;
    use super::{closes, faults, is_date_pattern, is_language};

    fn table(column: &str, schema: &str) -> String {
        format!(
            r#"{{"@context": "http://www.w3.org/ns/csvw", "url": "trees.csv",
                "tableSchema": {{"columns": [{{"name": "id"}}, {column}]{schema}}}}}"#
        )
    }

    #[track_caller]
    fn says(column: &str, schema: &str, expected: &[&str]) {
        assert_eq!(said(&table(column, schema), faults), expected);
    }

    #[test]
    fn a_table_as_the_standard_wants_it_has_no_faults() {
        says(
            r#"{"titles": {"en": "Trunk diameter"}, "datatype": {"base": "decimal", "format": "0.0", "minimum": 0, "maximum": 500}, "dc:description": {"@value": "Measured at breast height", "@language": "en"}}"#,
            r#", "primaryKey": "id", "rowTitles": ["Trunk%20diameter"]"#,
            &[],
        );
    }

    #[test]
    fn keys_name_columns_that_are_there() {
        says(
            r#"{"name": "height"}"#,
            r#", "primaryKey": "tree""#,
            &["The primary key names the column `tree`, which the schema does not have"],
        );
    }

    #[test]
    fn virtual_columns_come_last() {
        says(
            r#"{"name": "a", "virtual": true}, {"name": "b"}"#,
            "",
            &["A column with cells comes after a virtual one; virtual columns come last"],
        );
    }

    #[test]
    fn datatypes_are_those_of_the_standard_and_leave_room_for_a_value() {
        says(
            r#"{"name": "a", "datatype": "varchar"}"#,
            "",
            &[
                "The datatype `varchar` is not one of the standard; a name such as `string` or `date` is wanted",
            ],
        );
        says(
            r#"{"name": "a", "datatype": {"base": "date", "minInclusive": "2026-02-01", "maxInclusive": "2026-01-01"}}"#,
            "",
            &["The smallest value allowed is not below the greatest, so no value fits"],
        );
        says(
            r#"{"name": "a", "datatype": {"base": "integer", "maxLength": 3}}"#,
            "",
            &["The datatype `integer` has no length, so it cannot be limited"],
        );
        says(
            r#"{"name": "a", "datatype": {"base": "boolean", "format": "yes"}}"#,
            "",
            &["The format of a boolean is not two words with `|` between them, such as `yes|no`"],
        );
    }

    #[test]
    fn formats_can_be_followed() {
        assert!(
            [
                "yyyy-MM-dd",
                "d.M.yyyy",
                "HH:mm:ss.SSS",
                "yyyy-MM-dd'at'HH:mm",
                "yyyy-MM-ddTHH:mm:ssXXX"
            ]
            .into_iter()
            .all(is_date_pattern)
        );
        assert!(!["", "foo", "[", "date"].into_iter().any(is_date_pattern));
        assert!(
            ["", "[A-Z(]+", r"\(a\)", "(a|b)+", "[0-9]{3}"]
                .into_iter()
                .all(closes)
        );
        assert!(!["[", "(a", "a)", "\\"].into_iter().any(closes));
    }

    #[test]
    fn a_foreign_key_refers_to_a_column_of_a_table_of_the_group() {
        let group = r#"{"@context": "http://www.w3.org/ns/csvw", "tables": [
            {"url": "streets.csv", "tableSchema": {"columns": [{"name": "code"}]}},
            {"url": "trees.csv", "tableSchema": {"columns": [{"name": "street"}], "foreignKeys": [
                {"columnReference": "street", "reference": {"resource": "streets.csv", "columnReference": "code"}}]}}]}"#;
        assert_eq!(said(group, faults), Vec::<String>::new());
        let broken = group.replace(
            "\"columnReference\": \"code\"",
            "\"columnReference\": \"kode\"",
        );
        assert_eq!(
            said(&broken, faults),
            ["A foreign key names the column `kode`, which the table it refers to does not have"]
        );
        let broken = group.replace(
            "\"resource\": \"streets.csv\"",
            "\"resource\": \"roads.csv\"",
        );
        assert_eq!(
            said(&broken, faults),
            ["A foreign key refers to the table `roads.csv`, which is not in this file"]
        );
    }

    #[test]
    fn keys_and_annotations_have_a_meaning_where_they_stand() {
        says(
            r#"{"name": "a", "url": "x", "dc:source": {"@id": "_:b"}, "rdf:value": {"@value": "x", "@language": "a-b"}}"#,
            "",
            &[
                "A column has the key `url`, which has no meaning there, so tools take no notice of it",
                "The address `_:b` has a meaning in this file only",
                "The language is `a-b`; a code such as `en` or `en-US` is wanted",
            ],
        );
    }

    #[test]
    fn knows_a_language_code_by_its_build() {
        assert!(
            ["en", "en-US", "zh-Hant-TW", "x-klingon"]
                .into_iter()
                .all(is_language)
        );
        assert!(
            !["", "a-bad-language", "english language", "en_US"]
                .into_iter()
                .any(is_language)
        );
    }
}
