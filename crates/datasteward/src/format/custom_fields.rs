//! Fields that a portal's owner has added, found by what their keys mean.
//!
//! Every Socrata portal has keys of its own (`Data-Owner_Department`, `Common-Core_Footnotes`). A key names what it
//! holds in words, so it is matched by words and never by a list of portals.

use std::borrow::Cow;

use crate::lexicon::memo::Memo;
use crate::lexicon::{fold, placeholder, refresh};
use crate::model::{Agent, AgentKind, Dataset, Held, Inner, License, Origin, Refresh, Slot, Text};

use super::slots;

/// What a custom field can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Meaning {
    Department,
    Source,
    Limitation,
    Dictionary,
    Temporal,
    Spatial,
    RowLabel,
    Method,
    License,
}

/// Sections that software fills when it imports maps.
const MACHINE_SECTIONS: [&str; 4] = ["drawinginfo", "symbol.", "renderer", "table preview"];

/// Words of a key, the words that rule it out, and what it then means; the first row that fits decides.
const KEYS: [(&[&str], &[&str], Meaning); 9] = [
    (
        &[
            "limitation",
            "caveat",
            "accuracy",
            "exclusion",
            "footnote",
            "quality comment",
            "usage considerations",
        ],
        &["affirm", "compliant", "certif"],
        Meaning::Limitation,
    ),
    (
        &["dictionar", "glossar", "codebook", "variable list"],
        &[],
        Meaning::Dictionary,
    ),
    (
        &["source", "data provided", "originat", "fuente de datos"],
        &[
            "format",
            "frequency",
            "funding",
            "financ",
            "resource",
            "supplement",
            "update",
        ],
        Meaning::Source,
    ),
    (&["licen"], &[], Meaning::License),
    (
        &[
            "time period",
            "temporal",
            "period of",
            "period covered",
            "coverage start",
        ],
        &["frequen", "written", "granular", "resolution"],
        Meaning::Temporal,
    ),
    (
        &[
            "geographic coverage",
            "geographic region",
            "spatial",
            "areas covered",
        ],
        &["unit", "granular", "resolution"],
        Meaning::Spatial,
    ),
    (
        &["row label", "unit of analysis", "each row"],
        &["preview"],
        Meaning::RowLabel,
    ),
    (
        &["methodolog", "data collection", "collection method"],
        &["frequen"],
        Meaning::Method,
    ),
    (
        &[
            "department",
            "agency",
            "data owner",
            "owner",
            "organization",
            "organisation",
            "publisher",
            "provider",
            "bureau name",
        ],
        &[
            "code", "short", "acronym", "email", "contact", "approv", "type", "comment",
        ],
        Meaning::Department,
    ),
];

/// A key made readable: `Data-Owner_Department` is `data owner department`.
fn readable(key: &str) -> String {
    let spaced: String = key
        .chars()
        .map(|sign| {
            if matches!(sign, '-' | '_' | '/') {
                ' '
            } else {
                sign
            }
        })
        .collect();
    fold::fold(&spaced).into_owned()
}

/// What the key of a custom field says that its value is.
fn meaning(key: &str) -> Option<Meaning> {
    thread_local!(static KNOWN: Memo<Option<Meaning>> = const { Memo::new() });
    KNOWN.with(|known| known.get(key, meaning_unknown))
}

fn meaning_unknown(key: &str) -> Option<Meaning> {
    let key = readable(key);
    if MACHINE_SECTIONS.iter().any(|name| key.starts_with(name)) {
        return None;
    }
    KEYS.iter()
        .find(|(words, guards, _)| {
            words.iter().any(|word| key.contains(word))
                && !guards.iter().any(|guard| key.contains(guard))
        })
        .map(|(_, _, meaning)| *meaning)
}

/// Whether a value can fill a slot: not blank, not "N/A", not a bare yes or no.
fn says_something(value: &str) -> bool {
    let folded = fold::fold(value);
    !folded.is_empty()
        && !matches!(&*folded, "yes" | "no" | "true" | "false")
        && !matches!(
            placeholder::classify(value),
            Some(placeholder::Placeholder::NullWord | placeholder::Placeholder::Template)
        )
}

/// Fills the slots of a dataset that its own keys leave blank from its custom fields.
pub(super) fn fill<'t>(dataset: &mut Dataset<'t>) {
    let custom: Vec<(Meaning, Held<&'t str>)> = dataset
        .custom
        .iter()
        .filter_map(|(key, held)| Some((meaning(key)?, *held)))
        .filter(|(_, held)| says_something(held.value))
        .collect();
    let find = |wanted: Meaning| {
        custom
            .iter()
            .find(|(meaning, _)| *meaning == wanted)
            .map(|(_, held)| held)
    };
    let refresh = refresh_of(&dataset.custom);
    if let Some(refresh) = refresh {
        dataset.refresh = Slot::Filled(refresh);
    }
    if !dataset.department.is_filled() {
        let slot = std::mem::replace(&mut dataset.department, Slot::NotInFormat(""));
        dataset.department = slots::from_custom(find(Meaning::Department), slot, |name| Agent {
            name,
            kind: AgentKind::Organization,
            ..Agent::default()
        });
    }
    let origin = find(Meaning::Source);
    if let (Some(held), false) = (origin, dataset.sources.is_filled()) {
        dataset.sources = Slot::Filled(Held {
            value: vec![custom_held(origin_named(held), held)],
            at: held.at,
            inner: Inner::CustomField,
        });
    }
    let limits: Vec<_> = custom
        .iter()
        .filter(|(meaning, _)| *meaning == Meaning::Limitation)
        .map(|(_, held)| custom_held(Text::new(held.value), held))
        .collect();
    if let Some(first) = limits.first() {
        dataset.limitations = Slot::Filled(Held {
            at: first.at,
            inner: Inner::CustomField,
            value: limits,
        });
    }
    // "For the meaning of fields see https://…/address-file-schema" is a dictionary, whatever the field is called.
    let link = custom
        .iter()
        .filter(|(meaning, _)| *meaning == Meaning::Dictionary)
        .find_map(|(_, held)| Some((held, link_in(held.value)?)))
        .or_else(|| {
            dataset.custom.iter().find_map(|(_, held)| {
                let link = link_in(held.value)?;
                is_about_fields(link).then_some((held, link))
            })
        });
    if let Some((held, url)) = link {
        dataset.dictionary = Slot::Filled(custom_held(
            crate::model::Dictionary {
                url,
                media_type: None,
            },
            held,
        ));
    }
    fill_blank(
        &mut dataset.temporal,
        find(Meaning::Temporal),
        slots::read_period,
    );
    fill_blank(
        &mut dataset.spatial,
        find(Meaning::Spatial),
        slots::read_spatial,
    );
    fill_blank(&mut dataset.row_label, find(Meaning::RowLabel), |label| {
        label
    });
    fill_blank(&mut dataset.method, find(Meaning::Method), Text::new);
    fill_blank(&mut dataset.license, find(Meaning::License), |raw| {
        License {
            raw,
            ..License::default()
        }
    });
}

/// Marks the time and the place covered as having no place of their own, where the portal has no custom field for them
/// either.
pub(super) fn mark_without_time_or_place(dataset: &mut Dataset<'_>) {
    const ELSEWHERE: &str = "a custom field of the portal, or the description";
    let has = |wanted: Meaning| {
        let mut keys = dataset.custom.iter();
        keys.any(|(key, _)| meaning(key) == Some(wanted))
    };
    let (has_time, has_place) = (has(Meaning::Temporal), has(Meaning::Spatial));
    if !dataset.temporal.is_filled() && !has_time {
        dataset.temporal = Slot::NotInFormat(ELSEWHERE);
    }
    if !dataset.spatial.is_filled() && !has_place {
        dataset.spatial = Slot::NotInFormat(ELSEWHERE);
    }
}

/// The first web address in a text.
fn link_in(text: &str) -> Option<&str> {
    text.split_whitespace()
        .find(|word| word.contains("://"))
        .map(|word| word.trim_matches(|sign: char| !sign.is_alphanumeric() && sign != '/'))
}

/// Whether the last part of an address, or the name of a file, says that it explains fields.
pub(super) fn is_about_fields(address: &str) -> bool {
    let address = address.trim_end_matches('/');
    let name = address.rsplit('/').next().unwrap_or(address);
    let name = name.to_ascii_lowercase();
    [
        "dictionary",
        "codebook",
        "data_dict",
        "datadict",
        "data-dict",
        "schema",
        "field-descr",
        "field_descr",
        "fielddescr",
    ]
    .iter()
    .any(|word| name.contains(word))
}

fn fill_blank<'t, T>(
    slot: &mut Slot<T>,
    found: Option<&Held<&'t str>>,
    read: impl FnOnce(&'t str) -> T,
) {
    if let (Some(held), false) = (found, slot.is_filled()) {
        *slot = Slot::Filled(custom_held(read(held.value), held));
    }
}

fn custom_held<T>(value: T, like: &Held<&str>) -> Held<T> {
    Held {
        value,
        at: like.at,
        inner: Inner::CustomField,
    }
}

fn origin_named<'t>(held: &Held<&'t str>) -> Origin<'t> {
    let is_link = held.value.starts_with("http://") || held.value.starts_with("https://");
    let (name, url) = if is_link {
        (Slot::absent(held.at), Slot::filled(held.value, held.at))
    } else {
        (
            Slot::filled(Text::new(held.value), held.at),
            Slot::absent(held.at),
        )
    };
    Origin {
        name,
        url,
        retrieved: Slot::absent(held.at),
        note: Slot::absent(held.at),
    }
}

/// The refresh rate among the custom fields: the key that names it best, and of equals the first that says something.
fn refresh_of<'t>(custom: &[(String, Held<&'t str>)]) -> Option<Held<Refresh<'t>>> {
    let mut ranked: Vec<(u8, &Held<&'t str>)> = custom
        .iter()
        .filter(|(_, held)| !held.value.trim().is_empty())
        .filter_map(|(key, held)| Some((refresh::refresh_key_rank(key)?, held)))
        .collect();
    ranked.sort_by_key(|(rank, _)| *rank);
    let (_, best) = ranked.first()?;
    let mut read = slots::read_refresh(best.value.trim());
    let mut held = *best;
    if read.rate.class == refresh::Class::SeeDescription {
        // "Other (please describe below)" beside a field that does.
        if let Some((_, other)) = ranked.iter().skip(1).find(|(rank, _)| *rank >= 4) {
            read = slots::read_refresh(other.value.trim());
            held = other;
        }
    }
    Some(custom_held(read, held))
}

/// A section and a field as one key.
pub(super) fn joined(section: &str, field: &str) -> String {
    let dashed = |text: &str| -> Cow<'_, str> { Cow::Owned(text.replace(' ', "-")) };
    format!("{}_{}", dashed(section), dashed(field))
}

#[cfg(test)]
mod tests {
    use crate::inspect::inspect;
    use crate::options::Options;
    use crate::source::Source;

    /// What stands in the place of the time covered.
    fn time_covered(custom: &str) -> String {
        let record = format!(
            r#"{{"resource": {{"name": "Trees", "id": "abcd-1234", "type": "dataset", "columns_name": ["Species"]}},
                "classification": {{"domain_metadata": [{custom}]}}, "metadata": {{"domain": "data.city.example"}},
                "permalink": "https://data.city.example/d/abcd-1234"}}"#
        );
        let sources = [Source::new("a.json", record.as_bytes())];
        let (read, _) = inspect(&sources, &Options::default());
        let slot = &read.first().expect("a record").dataset["temporal"];
        slot["blank"].as_str().unwrap_or("filled").to_owned()
    }

    #[test]
    fn only_a_portal_with_a_field_for_it_can_leave_the_time_covered_out() {
        let field = |value: &str| format!(r#"{{"key": "Data_Time-Period", "value": "{value}"}}"#);
        assert_eq!(time_covered(&field("2010 to 2020")), "filled");
        assert_eq!(time_covered(""), "not in this format");
        assert_ne!(time_covered(&field("N/A")), "not in this format");
    }
}
