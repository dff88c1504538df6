//! Faults that hold whatever the profile asks, and that no schema can say: two values for one thing, a value that other
//! readers take for something else, one language of several left empty.

use std::collections::BTreeMap;

use super::{croissant, csvw, data_json, data_package, fault, short};
use crate::lexicon::language;
use crate::model::{Fault, FaultKind};
use crate::source::Bounds;
use crate::source::split::Shape;
use crate::source::tree::{Kind, Syntax, Tree, Value};

/// Everything of that sort in a record.
pub(super) fn faults(format: &str, shape: Shape, record: Value<'_>) -> Vec<Fault> {
    let mut faults = Vec::new();
    if record.syntax() == Syntax::Yaml {
        mistaken_scalars(record, &mut faults);
    }
    empty_languages(record, &mut faults);
    match format {
        "ckan" => {
            doubled_extras(record, &mut faults);
            broken_json(record, &mut faults);
            sizes(record, &mut faults);
            faults.extend(tags_as_text(record));
        }
        "croissant" => {
            faults.extend(context_without_words(record));
            faults.extend(croissant::faults(record));
        }
        "csvw" => faults.extend(csvw::faults(record)),
        "schema-org" => {
            faults.extend(mistaken_type(record, shape));
            faults.extend(handle_for_an_address(record));
            faults.extend(long_description(record));
        }
        "dcat-us-1.1" => {
            faults.extend(data_json::without_list(record));
            faults.extend(data_json::faults(record));
        }
        "data-package" => {
            faults.extend(data_package::faults(record));
            data_package::types(record, &mut faults);
            nameless_fields(record, &mut faults);
        }
        "dcat-ap" => {
            relative_identifiers(record, &mut faults);
            mistaken_languages(record, &mut faults);
            doubled_schemes(record, &mut faults);
        }
        _ => {}
    }
    for fault in &mut faults {
        if fault.kind == FaultKind::Schema {
            fault.kind = FaultKind::Type;
        }
    }
    faults
}

/// Unquoted words and numbers that readers of YAML 1.1 take for something else.
fn mistaken_scalars(record: Value<'_>, faults: &mut Vec<Fault>) {
    for value in record.below() {
        let raw = value.raw();
        let word = value.as_str().filter(|text| *text == raw);
        let is_switch = word.is_some_and(|word| {
            ["no", "yes", "on", "off"]
                .iter()
                .any(|switch| switch.eq_ignore_ascii_case(word))
        });
        if is_switch {
            let truth = ["yes", "on"].iter().any(|it| it.eq_ignore_ascii_case(raw));
            let mut found = fault(
                value,
                format!(
                    "`{raw}` stands without quotation marks; many readers of YAML take it for `{truth}`"
                ),
            );
            found.how = Some(format!("Write `\"{raw}\"`."));
            faults.push(found);
        }
        let shrinks = value.kind() == Kind::Number
            && value.key().is_some_and(|key| key.ends_with("version"))
            && raw.contains('.')
            && raw.ends_with('0');
        if shrinks {
            let shorter = raw.trim_end_matches('0').trim_end_matches('.');
            let mut found = fault(
                value,
                format!(
                    "`{raw}` stands without quotation marks; many readers take it for the number {shorter}"
                ),
            );
            found.how = Some(format!("Write `\"{raw}\"`."));
            faults.push(found);
        }
    }
}

/// Languages by their codes, as the keys of a text in several languages.
const LANGUAGES: [(&str, &str); 12] = [
    ("en", "English"),
    ("es", "Spanish"),
    ("fr", "French"),
    ("de", "German"),
    ("pt", "Portuguese"),
    ("it", "Italian"),
    ("ca", "Catalan"),
    ("nl", "Dutch"),
    ("eu", "Basque"),
    ("gl", "Galician"),
    ("cy", "Welsh"),
    ("pl", "Polish"),
];

/// Keys of texts that are given in several languages.
const TEXTS: [&str; 8] = [
    "title",
    "notes",
    "description",
    "name",
    "title_translated",
    "notes_translated",
    "titleMap",
    "descriptionMap",
];

/// A text in several languages of which one is empty: an object with a text under each language, or a list of texts with
/// their languages.
fn empty_languages(record: Value<'_>, faults: &mut Vec<Fault>) {
    for (key, text) in record.members() {
        let name = crate::schema::local_name(key);
        let texts: Vec<(&str, Value<'_>)> = match text.kind() {
            Kind::Object if TEXTS.contains(&name) => text.members().collect(),
            Kind::Array if TEXTS.contains(&name) => {
                text.items().filter_map(text_in_language).collect()
            }
            _ => continue,
        };
        let texts = texts
            .into_iter()
            .filter(|(_, value)| value.as_str().is_some());
        let texts = texts.filter_map(|(code, value)| Some((language_named(code)?, value)));
        let is_filled = |value: Value<'_>| value.as_str().is_some_and(|it| !it.trim().is_empty());
        let (filled, empty): (Vec<_>, Vec<_>) = texts.partition(|(_, value)| is_filled(*value));
        if filled.is_empty() {
            continue;
        }
        let others: Vec<&str> = filled.into_iter().map(|(language, _)| language).collect();
        for (language, value) in empty {
            let message = format!(
                "The {language} text of `{name}` is empty, though the {} one is filled in",
                others.join(" and ")
            );
            faults.push(fault(value, message));
        }
    }
}

/// `{"@value": "Trees", "@language": "en"}`: the language and the text.
fn text_in_language(value: Value<'_>) -> Option<(&str, Value<'_>)> {
    Some((value.get("@language")?.as_str()?, value.get("@value")?))
}

/// The name of a language.
fn language_named(code: &str) -> Option<&'static str> {
    let known = LANGUAGES.iter().find(|(known, _)| *known == code);
    known.map(|(_, name)| *name)
}

/// Languages of texts in linked data that are no codes of languages: processors drop them.
fn mistaken_languages(record: Value<'_>, faults: &mut Vec<Fault>) {
    for value in record.below() {
        if value.key() != Some("@language") {
            continue;
        }
        let Some(text) = value.as_str() else { continue };
        if !language::is_tag(text) {
            let mut found = fault(
                value,
                format!(
                    "The language of a text is `{}`; a code such as `en` or `en-US` is wanted",
                    short(text)
                ),
            );
            found.how = Some(
                "Write the code of the language, and behind it that of the country if it matters."
                    .to_owned(),
            );
            faults.push(found);
            // The same slip stands with every text of a record.
            return;
        }
    }
}

/// The dataset of CKAN itself, without the reply of the interface around it.
fn package_of(record: Value<'_>) -> Value<'_> {
    let inner = record.get("result").filter(|it| it.is_object());
    inner.unwrap_or(record)
}

/// Extras of CKAN that repeat a field of the dataset, or stand twice.
fn doubled_extras(record: Value<'_>, faults: &mut Vec<Fault>) {
    let package = package_of(record);
    let mut known: BTreeMap<&str, Value<'_>> = BTreeMap::new();
    for extra in package.get("extras").into_iter().flat_map(Value::items) {
        let (Some(key), Some(value)) = (extra.get("key"), extra.get("value")) else {
            continue;
        };
        let Some(name) = key.as_str() else { continue };
        let text = |value: Value<'_>| short(value.as_text().unwrap_or_default());
        if name != "extras" && package.get(name).is_some_and(|own| !own.is_null()) {
            faults.push(fault(
                key,
                format!(
                    "The extra field `{}` repeats a field that the dataset has of its own",
                    short(name)
                ),
            ));
        } else if let Some(first) = known.get(name) {
            let (one, other) = (text(*first), text(value));
            let message = if one == other {
                format!("The extra field `{}` stands twice", short(name))
            } else {
                format!(
                    "The extra field `{}` stands twice and says two things: `{one}` and `{other}`",
                    short(name)
                )
            };
            faults.push(fault(key, message));
        }
        known.entry(name).or_insert(value);
    }
}

/// Extras that begin as JSON and are none: the shape of the place covered, most of all.
fn broken_json(record: Value<'_>, faults: &mut Vec<Fault>) {
    let package = package_of(record);
    for extra in package.get("extras").into_iter().flat_map(Value::items) {
        let (Some(key), Some(value)) = (extra.get("key"), extra.get("value")) else {
            continue;
        };
        let Some(text) = value.as_str().map(str::trim) else {
            continue;
        };
        if text.starts_with("{\"") && Tree::parse(text, &Bounds::default()).is_err() {
            let mut found = fault(
                value,
                format!(
                    "The value of the extra field `{}` begins as JSON but cannot be read to its end",
                    short(key.as_str().unwrap_or_default())
                ),
            );
            found.how = Some("Close what is open, or paste the whole value again.".to_owned());
            faults.push(found);
        }
    }
}

/// Tags of a CKAN dataset in one text. CKAN itself refuses that; a table made from its records may have it, so it is a note.
fn tags_as_text(record: Value<'_>) -> Option<Fault> {
    let package = package_of(record);
    let tags = package.get("tags")?;
    let text = tags.as_str().filter(|text| !text.trim().is_empty())?;
    let message = format!(
        "The tags are one text, `{}`; CKAN takes a list",
        short(text)
    );
    let mut found = fault(tags, message);
    found.kind = FaultKind::Note;
    found.how = Some("Write each tag as an entry of a list: `[{\"name\": \"trees\"}]`.".to_owned());
    Some(found)
}

/// Sizes with a unit, where a number of bytes is wanted.
fn sizes(record: Value<'_>, faults: &mut Vec<Fault>) {
    let package = package_of(record);
    for resource in package.get("resources").into_iter().flat_map(Value::items) {
        let Some(size) = resource.get("size") else {
            continue;
        };
        let text = size.as_str().map_or("", str::trim);
        let has_unit = text.starts_with(|sign: char| sign.is_ascii_digit())
            && text.ends_with(|sign: char| sign.is_ascii_alphabetic());
        if has_unit {
            faults.push(fault(
                size,
                format!(
                    "The size of a file is `{}`; a number of bytes is wanted",
                    short(text)
                ),
            ));
        }
    }
}

/// A Croissant record whose context says nothing of the plain keys that it uses.
fn context_without_words(record: Value<'_>) -> Option<Fault> {
    let context = record.get("@context")?;
    let members: Vec<&str> = context.members().map(|(key, _)| key).collect();
    let is_explained = !context.is_object()
        || members
            .iter()
            .any(|key| ["@vocab", "sc", "schema", "name"].contains(key));
    let uses_plain_keys = record.get("name").is_some() || record.get("sc:name").is_some();
    (!is_explained && uses_plain_keys).then(|| {
        let mut found = fault(
            context,
            "The context has neither `@vocab` nor the prefix `sc`, so the keys of this record, such as `name`, mean nothing to software that reads it".to_owned(),
        );
        found.how = Some("Add `\"@vocab\": \"https://schema.org/\"` and `\"sc\": \"https://schema.org/\"` to `@context`.".to_owned());
        found
    })
}

/// A record that readers of linked data do not take for a dataset: its type is spelt in another way, or nothing says
/// whose words it uses.
fn mistaken_type(record: Value<'_>, shape: Shape) -> Option<Fault> {
    let kind = record.get("@type")?;
    let is_alone = matches!(shape, Shape::One | Shape::Lines);
    if is_alone && record.get("@context").is_none() && kind.as_str() == Some("Dataset") {
        let mut found = fault(
            record,
            "The record has no `@context`, so software does not know whose words it uses"
                .to_owned(),
        );
        found.evidence = None;
        found.how = Some("Add `\"@context\": \"https://schema.org/\"`.".to_owned());
        return Some(found);
    }
    let spelt = kind.as_str()?;
    (spelt != "Dataset" && spelt.eq_ignore_ascii_case("dataset")).then(|| {
        let mut found = fault(
            kind,
            format!("`@type` is `{spelt}`, which search engines do not know; `Dataset` is wanted"),
        );
        found.how = Some("Write `Dataset`.".to_owned());
        found
    })
}

/// A handle in the place of an address that a reader can open.
fn handle_for_an_address(record: Value<'_>) -> Option<Fault> {
    let same = record.get("sameAs")?;
    let handle = same.as_str()?.strip_prefix("hdl:")?;
    let mut found = fault(
        same,
        format!(
            "`sameAs` is `{}`, which is not a web address that a reader can open",
            short(same.as_str()?)
        ),
    );
    found.how = Some(format!("Write `https://hdl.handle.net/{}`.", short(handle)));
    Some(found)
}

/// Identifiers of formats and licenses that are names and not addresses, in a document that has no base for them.
fn relative_identifiers(record: Value<'_>, faults: &mut Vec<Fault>) {
    let has_base = record
        .get("@context")
        .is_some_and(|context| context.members().any(|(key, _)| key == "@base"));
    if has_base {
        return;
    }
    for value in record.below() {
        let is_id = value.key() == Some("@id");
        let holder = value.nearest_key_above().map(crate::schema::local_name);
        let names_a_thing = matches!(holder, Some("format" | "mediaType" | "license"));
        let Some(text) = value.as_str().filter(|_| is_id && names_a_thing) else {
            continue;
        };
        let is_relative =
            !text.contains(':') && !text.starts_with(['#', '/']) && !text.trim().is_empty();
        if is_relative {
            faults.push(fault(
                value,
                format!("`{}` is an address without a beginning; software takes it for the name of a file beside this one", short(text)),
            ));
        }
    }
}

/// Home pages whose address begins twice.
fn doubled_schemes(record: Value<'_>, faults: &mut Vec<Fault>) {
    for value in record.below() {
        let Some(text) = value.as_str() else { continue };
        let rest = text
            .strip_prefix("http://")
            .or_else(|| text.strip_prefix("https://"));
        let begins_twice =
            rest.filter(|rest| rest.starts_with("http://") || rest.starts_with("https://"));
        let is_home = [value.key(), value.nearest_key_above()]
            .into_iter()
            .flatten()
            .any(|key| crate::schema::local_name(key) == "homepage");
        if let (Some(right), true) = (begins_twice, is_home) {
            let mut found = fault(value, format!("The address `{}` begins twice", short(text)));
            found.how = Some(format!("Write `{}`.", short(right)));
            faults.push(found);
        }
    }
}

/// A description longer than search engines of datasets take.
fn long_description(record: Value<'_>) -> Option<Fault> {
    let text = record.get("description")?;
    let length = text.as_str()?.chars().count();
    (length > LONGEST_DESCRIPTION).then(|| {
        let mut found = fault(
            text,
            format!(
                "The description has {length} characters; search engines cut or refuse more than {LONGEST_DESCRIPTION}"
            ),
        );
        found.kind = FaultKind::Note;
        found.how = Some("Keep what a reader needs first, and link the rest.".to_owned());
        found
    })
}

/// The longest description that Google's search for datasets takes, by its public guidelines.
const LONGEST_DESCRIPTION: usize = 5000;

/// Fields of a Data Package without a name.
fn nameless_fields(record: Value<'_>, faults: &mut Vec<Fault>) {
    let tables = std::iter::once(record)
        .chain(record.get("resources").into_iter().flat_map(Value::items))
        .filter_map(|resource| resource.path(&["schema", "fields"]));
    for field in tables.flat_map(Value::items).filter(|it| it.is_object()) {
        let name = field.get("name");
        let is_blank = |name: Value<'_>| name.as_str().is_some_and(|it| it.trim().is_empty());
        if name.is_none_or(is_blank) {
            let mut found = fault(name.unwrap_or(field), "A field has no name".to_owned());
            found.how = Some("Name it as the heading of its column in the file.".to_owned());
            faults.push(found);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::faults;
    use crate::source::Bounds;
    use crate::source::split::Shape;
    use crate::source::tree::Tree;

    fn said(format: &str, record: &str) -> Vec<String> {
        let tree = Tree::parse(record, &Bounds::default()).expect("valid");
        let found = faults(format, Shape::One, tree.root());
        found.into_iter().map(|fault| fault.message).collect()
    }

    #[test]
    fn names_the_words_that_yaml_turns_into_something_else() {
        let text = "version: 1.10\ncountry: [NO, 'NO', SE]\nsize: 1.10\n";
        let tree = crate::source::yaml::read(text, &Bounds::default()).expect("valid");
        let found = faults("data-package", Shape::One, tree.root());
        let said: Vec<&str> = found.iter().map(|fault| fault.message.as_str()).collect();
        assert_eq!(
            said,
            [
                "`1.10` stands without quotation marks; many readers take it for the number 1.1",
                "`NO` stands without quotation marks; many readers of YAML take it for `false`"
            ]
        );
    }

    #[test]
    fn judges_each_language_of_a_text_by_itself() {
        let record = r#"{"title": {"en": "Stops", "es": ""}, "notes": {"en": "", "es": ""}, "extras": {"en": "", "a": "b"}}"#;
        assert_eq!(
            said("ckan", record),
            ["The Spanish text of `title` is empty, though the English one is filled in"]
        );
    }

    #[test]
    fn names_the_extra_that_repeats() {
        let record = r#"{"license_id": "x", "extras": [{"key": "license_id", "value": "x"},
            {"key": "rate", "value": "Monthly"}, {"key": "rate", "value": "Weekly"}, {"key": "other", "value": "a"}]}"#;
        assert_eq!(
            said("ckan", record),
            [
                "The extra field `license_id` repeats a field that the dataset has of its own",
                "The extra field `rate` stands twice and says two things: `Monthly` and `Weekly`"
            ]
        );
    }

    #[test]
    fn wants_bytes_without_a_unit() {
        let record = r#"{"resources": [{"size": "12 MB"}, {"size": "1048576"}, {"size": 12}, {"size": null}]}"#;
        assert_eq!(
            said("ckan", record),
            ["The size of a file is `12 MB`; a number of bytes is wanted"]
        );
    }

    #[test]
    fn wants_a_list_of_tags() {
        assert_eq!(
            said("ckan", r#"{"tags": "trees, parks"}"#),
            ["The tags are one text, `trees, parks`; CKAN takes a list"]
        );
        for tags in ["[{\"name\": \"trees\"}]", "[]", "null", "\"\""] {
            let record = format!(r#"{{"tags": {tags}}}"#);
            assert!(said("ckan", &record).is_empty(), "{tags}");
        }
    }

    #[test]
    fn languages_are_codes_and_none_of_several_is_empty() {
        let titles = r#"{"dct:title": [{"@value": "Trees", "@language": "en"}, {"@value": "", "@language": "de"}]}"#;
        assert_eq!(
            said("dcat-ap", titles),
            ["The German text of `title` is empty, though the English one is filled in"]
        );
        let named = titles.replace("\"de\"", "\"german\"");
        assert_eq!(
            said("dcat-ap", &named),
            ["The language of a text is `german`; a code such as `en` or `en-US` is wanted"]
        );
        let whole = titles
            .replace("\"\"", "\"Bäume\"")
            .replace("\"de\"", "\"de-AT\"");
        assert!(said("dcat-ap", &whole).is_empty());
    }

    #[test]
    fn extras_that_break_off_are_told_and_whole_ones_are_not() {
        let record = r#"{"extras": [{"key": "spatial", "value": "{\"type\": \"Point\", \"coordinates\": [1, 2]}"},
            {"key": "box", "value": "{\"type\": \"Point\", \"coordinates\": [1, 2"}, {"key": "note", "value": "{see below}"}]}"#;
        assert_eq!(
            said("ckan", record),
            ["The value of the extra field `box` begins as JSON but cannot be read to its end"]
        );
    }

    #[test]
    fn a_type_is_written_as_schema_org_writes_it() {
        let whole = r#"{"@context": "https://schema.org/", "@type": "Dataset", "name": "x"}"#;
        assert!(said("schema-org", whole).is_empty());
        for (record, says) in [
            (whole.replace("Dataset", "dataset"), "`Dataset` is wanted"),
            (
                whole.replace(r#""@context": "https://schema.org/", "#, ""),
                "no `@context`",
            ),
        ] {
            let said = said("schema-org", &record);
            assert!(
                said.iter().any(|it| it.contains(says)),
                "{record}: {said:?}"
            );
        }
    }

    #[test]
    fn a_context_must_explain_the_keys() {
        let bare = r#"{"@context": {"cr": "http://mlcommons.org/croissant/"}, "name": "x"}"#;
        assert_eq!(said("croissant", bare).len(), 1);
        for context in [
            r#""https://schema.org/""#,
            r#"{"@vocab": "https://schema.org/"}"#,
        ] {
            assert!(
                said(
                    "croissant",
                    &format!(r#"{{"@context": {context}, "name": "x"}}"#)
                )
                .is_empty()
            );
        }
    }

    #[test]
    fn a_home_page_begins_once() {
        let record = r#"{"dct:publisher": {"foaf:homepage": {"@id": "http://https://city.example/"}}, "dcat:landingPage": "https://city.example/"}"#;
        assert_eq!(
            said("dcat-ap", record),
            ["The address `http://https://city.example/` begins twice"]
        );
    }

    #[test]
    fn an_identifier_without_a_scheme_is_no_address() {
        let record = r#"{"dcat:distribution": [{"dct:format": {"@id": "JSON"}}, {"dct:format": {"@id": "file-type:CSV"}},
            {"dct:format": {"@id": "_:b0"}}], "dct:publisher": {"@id": "x"}}"#;
        assert_eq!(said("dcat-ap", record).len(), 1);
    }
}
