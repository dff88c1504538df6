//! Values of a `data.json` that are not what its standard asks for, whatever the profile: a text for a list, a media type
//! that is none, a time covered that nobody can read.

use super::{fault, lists, short};
use crate::lexicon::{dates, language, mailbox, placeholder};
use crate::model::{Fault, FaultKind};
use crate::source::tree::Value;

/// Everything of that sort in a dataset.
pub(super) fn faults(record: Value<'_>) -> Vec<Fault> {
    let mut faults = Vec::new();
    lists(record, &LISTS, |text| !is_set_aside(text), &mut faults);
    codes(record, &mut faults);
    faults.extend(record.get("accessLevel").and_then(access_level));
    if let Some(contact) = record.get("contactPoint") {
        faults.extend(contact.get("hasEmail").and_then(mailto));
        faults.extend(contact.get("fn").and_then(phone));
    }
    faults.extend(record.get("temporal").and_then(time_covered));
    for language in record
        .get("language")
        .into_iter()
        .flat_map(Value::one_or_many)
    {
        faults.extend(language_tag(language));
    }
    addresses(record, &mut faults);
    faults.extend(record.get("describedByType").and_then(|kind| {
        media_type(
            kind,
            "The media type of the data dictionary",
            "Write its media type.",
        )
    }));
    let files = || {
        let list = record.get("distribution").into_iter();
        list.flat_map(Value::items)
    };
    let some_have_addresses = files().any(has_address);
    for file in files() {
        distribution(file, some_have_addresses, &mut faults);
    }
    faults
}

/// The only dataset of a catalogue, where a list of datasets is wanted.
pub(super) fn without_list(record: Value<'_>) -> Option<Fault> {
    (record.key() == Some("dataset")).then(|| {
        let message = "The list of datasets is one object; a list is wanted, even for one";
        let how = "Write it as a list: put square brackets around it.";
        wrong(record, message.to_owned(), how)
    })
}

/// Keys that hold web addresses, and what each is called; `link-malformed` speaks of the links to the data.
const LINKS: [(&str, &str); 3] = [
    ("describedBy", "The address of the data dictionary"),
    (
        "conformsTo",
        "The address of the standard that the data follows",
    ),
    ("references", "The address of a related document"),
];

/// Words where an address is wanted.
fn addresses(record: Value<'_>, faults: &mut Vec<Fault>) {
    for (key, name) in LINKS {
        for value in record.get(key).into_iter().flat_map(Value::one_or_many) {
            let Some(text) = text_of(value) else { continue };
            if text.trim().contains(' ') && !text.contains("://") {
                let message = format!("{name} is `{}`, which is no web address", short(text));
                let how = "Give the whole address, beginning with https://, or leave the key out.";
                faults.push(wrong(value, message, how));
            }
        }
    }
}

/// What is redacted, or a template that was never filled, is another matter.
fn is_set_aside(text: &str) -> bool {
    text.trim().is_empty()
        || text.trim_start().starts_with("[[")
        || placeholder::template_in(text).is_some()
}

/// The text of a value that is not set aside.
fn text_of(value: Value<'_>) -> Option<&str> {
    value.as_str().filter(|text| !is_set_aside(text))
}

/// A fault that is only worth a note.
fn note(value: Value<'_>, message: String, how: &str) -> Fault {
    let mut found = fault(value, message);
    found.kind = FaultKind::Note;
    found.how = Some(how.to_owned());
    found
}

fn wrong(value: Value<'_>, message: String, how: &str) -> Fault {
    let mut found = fault(value, message);
    found.how = Some(how.to_owned());
    found
}

/// Keys that hold lists, and what each is called.
const LISTS: [(&str, &str); 6] = [
    ("bureauCode", "bureau code"),
    ("programCode", "program code"),
    ("theme", "category"),
    ("language", "language"),
    ("references", "list of references"),
    ("distribution", "list of distributions"),
];

/// Codes of federal bureaus (`015:11`) and programs (`015:001`).
fn codes(record: Value<'_>, faults: &mut Vec<Fault>) {
    for (key, name, digits, example) in [
        ("bureauCode", "bureau code", 2, "015:11"),
        ("programCode", "program code", 3, "015:001"),
    ] {
        for code in record.get(key).into_iter().flat_map(Value::one_or_many) {
            let Some(text) = text_of(code) else { continue };
            let is_of = |part: &str, length| {
                part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit())
            };
            let sound = text
                .split_once(':')
                .is_some_and(|(agency, rest)| is_of(agency, 3) && is_of(rest, digits));
            if !sound {
                faults.push(wrong(
                    code,
                    format!(
                        "A {name} is `{}`; a code such as `{example}` is wanted",
                        short(text)
                    ),
                    "Look the code up in the federal inventory, and write it with all its zeros.",
                ));
            }
        }
    }
}

fn access_level(value: Value<'_>) -> Option<Fault> {
    let text = text_of(value)?;
    (!matches!(text, "public" | "restricted public" | "non-public")).then(|| {
        wrong(
            value,
            format!(
                "The access level is `{}`; `public`, `restricted public` or `non-public` is wanted",
                short(text)
            ),
            "Write one of the three, in small letters.",
        )
    })
}

/// An address without `mailto:` in front, or with too much of it.
fn mailto(value: Value<'_>) -> Option<Fault> {
    let text = text_of(value)?;
    let is_scheme = |text: &str| {
        text.get(..7)
            .is_some_and(|head| head.eq_ignore_ascii_case("mailto:"))
    };
    let bare = text.trim();
    let rest = if is_scheme(bare) {
        bare.get(7..)?
    } else {
        bare
    };
    // An address that reaches nobody is told by `contact-not-usable`.
    if mailbox::problem(text).is_some() {
        return None;
    }
    let what = if !is_scheme(bare) {
        "has no `mailto:` in front"
    } else if is_scheme(rest.trim_start()) {
        "has `mailto:` in front twice"
    } else if rest.starts_with(char::is_whitespace) {
        "has a blank behind `mailto:`"
    } else {
        return None;
    };
    let address = rest.trim();
    let address = if is_scheme(address) {
        address.get(7..)?.trim()
    } else {
        address
    };
    Some(note(
        value,
        format!("The contact's address `{}` {what}", short(text)),
        &format!("Write `mailto:{}`.", short(address)),
    ))
}

/// A telephone number in the place of a name.
fn phone(value: Value<'_>) -> Option<Fault> {
    let text = text_of(value)?;
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    (digits >= DIGITS_OF_A_PHONE).then(|| {
        wrong(
            value,
            format!(
                "The contact's name is `{}`, which holds a telephone number",
                short(text)
            ),
            "Name the team or the role that answers questions.",
        )
    })
}

/// A number with so many digits can be called.
const DIGITS_OF_A_PHONE: usize = 7;

/// A time covered that software cannot read.
fn time_covered(value: Value<'_>) -> Option<Fault> {
    let text = text_of(value)?;
    let readable = |part: &str| {
        let part = part.trim();
        dates::parse(part).is_some_and(|date| date.iso)
            || dates::duration(part).is_some()
            || dates::repetition(part).is_some()
            || matches!(part, "" | "..")
    };
    let in_order = match text.split_once('/') {
        Some((start, end)) => {
            (readable(start) && readable(end)) || dates::repetition(text).is_some()
        }
        None => readable(text),
    };
    (!in_order).then(|| {
        wrong(
            value,
            format!(
                "The time covered is `{}`; software reads a start and an end as in `2025-01-01/2025-12-31`",
                short(text)
            ),
            "Write both days as year-month-day with a stroke between them.",
        )
    })
}

/// `English`, and `us-EN` for `en-US`.
fn language_tag(value: Value<'_>) -> Option<Fault> {
    let text = text_of(value)?;
    let first = text.trim().split('-').next().unwrap_or_default();
    let is_code = language::is_tag(text.trim());
    // Countries that are no languages: whoever writes one first has turned the two round.
    let is_turned = ["us", "gb", "au", "nz"].contains(&first.to_ascii_lowercase().as_str());
    (!is_code || is_turned).then(|| {
        wrong(
            value,
            format!(
                "The language is `{}`; a code such as `en` or `en-US` is wanted",
                short(text)
            ),
            "Write the code of the language, and behind it that of the country if it matters.",
        )
    })
}

/// Where a distribution may have its address.
const ADDRESSES: [&str; 2] = ["downloadURL", "accessURL"];

fn has_address(file: Value<'_>) -> bool {
    let written = ADDRESSES.iter().filter_map(|key| file.get(key)?.as_str());
    written.into_iter().any(|text| !text.trim().is_empty())
}

/// `among_others`: other files of the dataset have addresses.
fn distribution(file: Value<'_>, among_others: bool, faults: &mut Vec<Fault>) {
    if file.is_object() && !has_address(file) {
        let written = ADDRESSES.iter().find_map(|key| file.get(key));
        // Where nothing is written at all, and no other file is there, `no-way-to-get-data` says so.
        let is_slip = written
            .and_then(Value::as_str)
            .is_some_and(|text| !text.is_empty());
        if among_others || is_slip {
            let mut found = note(
                written.unwrap_or(file),
                "A distribution has no address, so nobody can get it".to_owned(),
                "Give its `downloadURL` or `accessURL`, or take it out of the list.",
            );
            found.evidence = None;
            faults.push(found);
        }
    }
    for (key, name) in [
        ("title", "title"),
        ("description", "description"),
        ("format", "format"),
    ] {
        let empty = file
            .get(key)
            .filter(|value| value.as_str().is_some_and(|text| text.trim().is_empty()));
        faults.extend(empty.map(|value| {
            note(
                value,
                format!("The {name} of a distribution is an empty text"),
                "Fill it in, or leave the key out.",
            )
        }));
    }
    let how = "Write the one media type of the file; the type of what an archive holds belongs into `format`.";
    let kind = file.get("mediaType");
    faults.extend(kind.and_then(|kind| media_type(kind, "The media type of a distribution", how)));
}

/// A media type that is none.
fn media_type(media: Value<'_>, name: &str, how: &str) -> Option<Fault> {
    let text = text_of(media)?;
    let kind = text.split(';').next().unwrap_or_default().trim();
    let is_word = |part: &str| {
        !part.is_empty()
            && part
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"!#$&^_.+-".contains(&byte))
    };
    let sound = kind
        .split_once('/')
        .is_some_and(|(one, other)| is_word(one) && is_word(other));
    (!sound && !kind.contains("://")).then(|| {
        let message = format!(
            "{name} is `{}`; one type such as `text/csv` is wanted",
            short(text)
        );
        wrong(media, message, how)
    })
}

#[cfg(test)]
mod tests {
    use super::faults;

    fn said(record: &str) -> Vec<String> {
        super::super::said(record, faults)
    }

    #[test]
    fn a_list_is_wanted_even_for_one() {
        assert_eq!(
            said(
                r#"{"bureauCode": "015:11", "distribution": {"downloadURL": "https://a.example/b.csv"}}"#
            ),
            [
                "The bureau code is a text; a list is wanted, even for one",
                "The list of distributions is one object; a list is wanted, even for one",
            ]
        );
    }

    #[test]
    fn knows_values_that_the_standard_does_not_have() {
        for (record, message) in [
            (
                r#"{"programCode": ["015:001:01"]}"#,
                "A program code is `015:001:01`; a code such as `015:001` is wanted",
            ),
            (
                r#"{"accessLevel": "Public"}"#,
                "The access level is `Public`; `public`, `restricted public` or `non-public` is wanted",
            ),
            (
                r#"{"language": ["us-EN"]}"#,
                "The language is `us-EN`; a code such as `en` or `en-US` is wanted",
            ),
            (
                r#"{"temporal": "2015-01-01/present"}"#,
                "The time covered is `2015-01-01/present`; software reads a start and an end as in `2025-01-01/2025-12-31`",
            ),
            (
                r#"{"contactPoint": {"fn": "5550100200Parks"}}"#,
                "The contact's name is `5550100200Parks`, which holds a telephone number",
            ),
            (
                r#"{"contactPoint": {"hasEmail": "mailto: trees@a.example"}}"#,
                "The contact's address `mailto: trees@a.example` has a blank behind `mailto:`",
            ),
            (
                r#"{"contactPoint": {"hasEmail": "mailto:mailto:trees@a.example"}}"#,
                "The contact's address `mailto:mailto:trees@a.example` has `mailto:` in front twice",
            ),
            (
                r#"{"contactPoint": {"hasEmail": "trees@a.example"}}"#,
                "The contact's address `trees@a.example` has no `mailto:` in front",
            ),
            (
                r#"{"distribution": [{"downloadURL": "https://a.example/b", "mediaType": "text/csv, application/zip"}]}"#,
                "The media type of a distribution is `text/csv, application/zip`; one type such as `text/csv` is wanted",
            ),
            (
                r#"{"distribution": [{"accessURL": "\n"}]}"#,
                "A distribution has no address, so nobody can get it",
            ),
            (
                r#"{"distribution": [{"downloadURL": "https://a.example/b"}, {"title": "Map"}]}"#,
                "A distribution has no address, so nobody can get it",
            ),
            (
                r#"{"distribution": [{"downloadURL": "https://a.example/b", "title": ""}]}"#,
                "The title of a distribution is an empty text",
            ),
        ] {
            assert_eq!(said(record), [message], "{record}");
        }
    }

    #[test]
    fn leaves_good_values_alone() {
        assert_eq!(
            said(
                r#"{"bureauCode": ["015:11"], "programCode": ["015:001"], "accessLevel": "restricted public",
                    "theme": ["Parks"], "language": ["en-US", "fr"], "temporal": "2019-01-01/P1Y",
                    "contactPoint": {"fn": "Team 24", "hasEmail": "MAILTO:trees+a@a.example"},
                    "distribution": [{"downloadURL": "https://a.example/b.csv", "mediaType": "text/csv; charset=utf-8"}]}"#
            ),
            Vec::<String>::new()
        );
        for record in [
            r#"{"temporal": "2019"}"#,
            r#"{"temporal": "2019/.."}"#,
            r#"{"temporal": "R/P1Y"}"#,
            r#"{"temporal": "[[REDACTED-EX B6]]"}"#,
            r#"{"contactPoint": {"hasEmail": "{{orgContactEmail}}"}}"#,
            r#"{"contactPoint": {"hasEmail": "https://a.example/contact"}}"#,
        ] {
            assert_eq!(said(record), Vec::<String>::new(), "{record}");
        }
    }
}
