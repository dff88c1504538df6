use std::ops::Range;

use crate::lexicon::secrets::{self, Kind};
use crate::model::{At, Dataset, Held, Slot, Text};
use crate::rule::{Check, Draft, Severity, Subject, Verdict, declare_rule};

declare_rule! {
    /// A password or an access key stands in a public record.
    ///
    /// ## Why it matters
    /// Whoever reads the record can use it, and copies of it are kept by search engines and catalogues.
    ///
    /// ## How to mend it
    /// Change the password or withdraw the key first, then delete it from the record. If access is meant for everyone, offer the data without a login.
    ///
    /// ## Bad
    /// ```record.json
    /// {"datasteward": "1", "id": "permits", "title": "Permits", "description":
    ///  "Permits by district. The full list is behind a login. User: permits Password: Harb0r-west"}
    /// ```
    ///
    /// ## Good
    /// ```record.json
    /// {"datasteward": "1", "id": "permits", "title": "Permits", "description":
    ///  "Permits by district. The full list is behind a login; ask the permit office for a user name and password."}
    /// ```
    rule {
        id: "password-published",
        code: "T8-05",
        item: T8,
        severity: Error,
        status: Preview,
        derived_too: true,
        check: Check::Dataset(check),
    }
}

/// A secret found: the canonical field, the text around it, and where it stands.
struct Found<'a> {
    field: &'static str,
    kind: Kind,
    text: &'a str,
    range: Range<usize>,
    at: At,
}

fn check(subject: &Subject<'_>) -> Verdict {
    let found: Vec<_> = texts(subject.dataset)
        .filter_map(|(field, text, at)| {
            let secret = secrets::find(text)?;
            Some(Found {
                field,
                kind: secret.kind,
                text,
                range: secret.range,
                at,
            })
        })
        .collect();
    // One that is not meant for everyone weighs more.
    let first = found
        .iter()
        .find(|it| it.kind != Kind::OpenPassword)
        .or(found.first());
    let Some(first) = first else {
        return Verdict::Pass;
    };
    let what = match first.kind {
        Kind::Password => "A password stands in this record, and everyone can read it",
        Kind::OpenPassword => {
            "The password of a guest stands in this record; is it meant for everyone"
        }
        Kind::Login => {
            "An address in this record holds a name and a password, which everyone can read"
        }
        Kind::Key => "An address in this record carries an access key, which everyone can use",
    };
    let message = match found.len() {
        1 => what.to_owned(),
        all => format!("{what} ({all} places)"),
    };
    let draft = Draft::new(first.field, message)
        .at_all(found.iter().map(|it| it.at))
        .quoting(&around(first.text, &first.range))
        .weighing(if first.kind == Kind::OpenPassword {
            Severity::Info
        } else {
            Severity::Error
        });
    Verdict::fail(draft)
}

/// The words around a secret, so that it is found again, and a mask in its place.
fn around(text: &str, range: &Range<usize>) -> String {
    let (before, rest) = text.split_at_checked(range.start).unwrap_or((text, ""));
    let behind = rest.get(range.len()..).unwrap_or_default();
    let from = before.char_indices().rev().take(AROUND).last();
    let before = before
        .get(from.map_or(0, |(at, _)| at)..)
        .unwrap_or_default();
    let behind: String = behind.chars().take(AROUND).collect();
    [before, secrets::MASK, &behind].concat()
}

/// So many letters beside a secret tell where it stands.
const AROUND: usize = 60;

type Place<'a> = (&'static str, &'a str, At);

/// Every text and address of a record that somebody wrote.
fn texts<'a>(dataset: &'a Dataset<'_>) -> impl Iterator<Item = Place<'a>> {
    let words = [
        ("title", &dataset.title),
        ("description", &dataset.description),
        ("summary", &dataset.summary),
        ("method", &dataset.method),
        ("purpose", &dataset.purpose),
        ("usageNotes", &dataset.usage_notes),
        ("rights", &dataset.rights),
    ];
    let words = words
        .into_iter()
        .filter_map(|(field, slot)| in_text(field, slot));
    let limits = dataset.limitations.value().into_iter().flatten();
    let limits = limits.map(|held| ("limitations", &*held.value.plain, held.at));
    let addresses = [
        ("landingPage", &dataset.landing_page),
        ("preview", &dataset.preview),
    ];
    let addresses = addresses
        .into_iter()
        .filter_map(|(field, slot)| in_word(field, slot));
    let contact = dataset.contact.value().into_iter().flat_map(|contact| {
        [&contact.name, &contact.email, &contact.url]
            .into_iter()
            .filter_map(|slot| in_word("contact", slot))
    });
    let sources = dataset.sources.value().into_iter().flatten();
    let sources = sources.flat_map(|held| {
        let name = in_text("source", &held.value.name);
        name.into_iter().chain(in_word("source", &held.value.url))
    });
    let links = dataset.context_links.value().into_iter().flatten();
    let links = links.map(|held| ("contextLinks", held.value.url, held.at));
    let files = dataset.distributions.value().into_iter().flatten();
    let files = files.flat_map(|Held { value, .. }| {
        let words = [&value.title, &value.description];
        let addresses = [&value.access_url, &value.download_url];
        let words = words
            .into_iter()
            .filter_map(|slot| in_text("distributions", slot));
        words.chain(
            addresses
                .into_iter()
                .filter_map(|slot| in_word("distributions.url", slot)),
        )
    });
    let columns = dataset.columns.listed().iter();
    let columns = columns.filter_map(|column| in_text("columns.description", &column.description));
    let custom = dataset.custom.iter();
    let custom = custom.map(|(_, held)| ("custom", held.value, held.at));
    words
        .chain(limits)
        .chain(addresses)
        .chain(contact)
        .chain(sources)
        .chain(links)
        .chain(files)
        .chain(columns)
        .chain(custom)
}

fn in_text<'a>(field: &'static str, slot: &'a Slot<Text<'_>>) -> Option<Place<'a>> {
    let held = slot.held()?;
    Some((field, &held.value.plain, held.at))
}

fn in_word<'a>(field: &'static str, slot: &Slot<&'a str>) -> Option<Place<'a>> {
    let held = slot.held()?;
    Some((field, held.value, held.at))
}
