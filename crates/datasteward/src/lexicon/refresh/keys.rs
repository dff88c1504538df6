//! Which custom field holds the refresh rate.

use crate::lexicon::memo::Memo;
use crate::lexicon::{dates, fold};

/// How far the key of a custom field is from naming the refresh rate; the smallest rank is the best, `None` is another field.
///
/// Keys come as `Section_Field` with `-` for blanks, as names (`update_frequency`) or as words.
#[must_use]
pub fn refresh_key_rank(key: &str) -> Option<u8> {
    thread_local!(static KNOWN: Memo<Option<u8>> = const { Memo::new() });
    KNOWN.with(|known| known.get(key, rank))
}

fn rank(key: &str) -> Option<u8> {
    let field = key.split_once('_').map_or(key, |(_, field)| field);
    let field_words = fold::name_words(field);
    let excluded = [
        "last",
        "date",
        "written",
        "next",
        "automation",
        "automated",
        "collection",
        "by",
        "on",
        "method",
        "team",
        "contact",
        "notes",
        "link",
        "url",
    ];
    if field_words
        .iter()
        .any(|word| excluded.contains(&word.as_str()))
    {
        return None;
    }
    let whole: String = fold::name_words(key).concat();
    let whole = dates::unaccented(&whole).into_owned();
    let field: String = field_words.concat();
    let field = dates::unaccented(&field).into_owned();
    let plain = [
        "rate",
        "updates",
        "update",
        "value",
        "interval",
        "schedule",
        "cycle",
        "data",
        "frequency",
    ];
    let names_itself = names_refresh(&field);
    let named_by_section = names_refresh(&whole) && plain.contains(&field.as_str());
    if !(names_itself || named_by_section) {
        return None;
    }
    let has = |part: &str| whole.contains(part);
    Some(if field.contains("other") {
        4
    } else if has("refresh") {
        0
    } else if field.contains("updat")
        || field.contains("accrual")
        || field.contains("aktualis")
        || field.contains("actuali")
    {
        1
    } else if ["posting", "publi", "issuance", "release"]
        .iter()
        .any(|part| field.contains(part))
    {
        2
    } else if has("updat") {
        1
    } else {
        3
    })
}

/// Whether a custom field with this key holds a refresh rate.
#[must_use]
pub fn is_refresh_key(key: &str) -> bool {
    refresh_key_rank(key).is_some()
}

fn names_refresh(key: &str) -> bool {
    let parts = [
        "refreshrate",
        "refreshfreq",
        "refreshinterval",
        "refreshcycle",
        "refreshschedule",
        "refreshcadence",
        "frequency",
        "frequence",
        "frecuencia",
        "frequencia",
        "frequenza",
        "cadence",
        "periodicit",
        "periodicid",
        "updatecycle",
        "updateinterval",
        "updateschedule",
        "updaterate",
        "updatefreq",
        "updatingschedule",
        "haufigkeit",
        "turnus",
        "aktualisierungsinterval",
        "howoftenaredata",
        "howoftenisdata",
        "howoftenupdated",
        "howoftenisthedata",
        "howoftenarethedata",
    ];
    parts.iter().any(|part| key.contains(part))
}

#[cfg(test)]
mod tests {
    use super::{is_refresh_key, refresh_key_rank};

    #[test]
    fn ranks_the_keys_of_custom_fields() {
        for (key, rank) in [
            ("Committed-Update-Frequency_Refresh-rate", Some(0)),
            ("Update_Update-Frequency", Some(1)),
            ("Information_UpdateFrequency", Some(1)),
            ("data_update_frequency", Some(1)),
            ("accrualPeriodicity", Some(1)),
            ("Asset-Details_Asset-Posting-Frequency", Some(2)),
            ("Additional-Information_Frequency", Some(3)),
            ("Time-Period_Other-Update-Frequency", Some(4)),
            ("Asset-Details_Asset-Collection-Frequency", None),
            ("Update-Frequency_Updated-by-", None),
            ("Update_Automation", None),
            ("Common-Core_Last-Update", None),
            ("Data-Owner_Department", None),
        ] {
            assert_eq!(refresh_key_rank(key), rank, "{key}");
            assert_eq!(is_refresh_key(key), rank.is_some(), "{key}");
        }
    }
}
