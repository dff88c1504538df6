//! Names of publishers, made comparable.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::{fold, lists};

/// Words and what they stand for; an empty text drops the word.
static WORDS: LazyLock<BTreeMap<&'static str, &'static str>> = LazyLock::new(|| {
    include_str!("../../data/publisher-words.tsv")
        .lines()
        .skip(2)
        .filter_map(|line| line.split_once('\t'))
        .collect()
});

/// A key that is equal for spellings of one name: words written out and sorted, small words dropped. `None` where one
/// word or none is left: that is too little to tell.
#[must_use]
pub fn key(name: &str) -> Option<String> {
    let name = fold::fold(name)
        .replace('&', " and ")
        .replace(['\'', '’'], "");
    let mut words: Vec<&str> = name
        .split(|letter: char| !letter.is_alphanumeric())
        .map(|word| WORDS.get(word).copied().unwrap_or(word))
        .filter(|word| !word.is_empty())
        .collect();
    words.sort_unstable();
    words.dedup();
    (words.len() > 1).then(|| words.join(" "))
}

/// Names that name nobody, and those of portals.
struct NoSource {
    nobody: Vec<&'static str>,
    portal: Vec<&'static str>,
}

static NO_SOURCE: LazyLock<NoSource> = LazyLock::new(|| {
    let of = |kind| lists::of(include_str!("../../data/no-source.tsv"), kind, '|');
    NoSource {
        nobody: of("nobody"),
        portal: of("portal"),
    }
});

/// Whether a name is a choice of a form that leaves open whose the data is.
#[must_use]
pub fn names_nobody(name: &str) -> bool {
    NO_SOURCE.nobody.contains(&&*fold::fold(name))
}

/// Whether a text says that what it is about is in somebody's hands.
///
/// ```
/// use datasteward::lexicon::publishers::is_in_hands_of;
/// assert!(is_in_hands_of("Parks managed by the County of Harbor.", "County of Harbor"));
/// assert!(!is_in_hands_of("Parks near the County of Harbor.", "County of Harbor"));
/// ```
#[must_use]
pub fn is_in_hands_of(text: &str, name: &str) -> bool {
    const VERBS: [&str; 7] = [
        "managed",
        "monitored",
        "served",
        "operated",
        "administered",
        "run",
        "owned",
    ];
    let name = fold::fold(name);
    let name = name.trim();
    if name.len() < 4 || !text.contains(" by ") || names_nobody(name) {
        return false;
    }
    let text = fold::fold(text);
    text.match_indices(name).any(|(at, _)| {
        let ends = text
            .get(at + name.len()..)
            .and_then(|after| after.chars().next())
            .is_none_or(|sign| !sign.is_alphanumeric());
        let before = text.get(..at).unwrap_or_default().trim_end();
        let before = before.strip_suffix(" the").unwrap_or(before);
        let verb = before.strip_suffix(" by").unwrap_or_default();
        ends && VERBS.iter().any(|known| verb.ends_with(known))
    })
}

/// Whether a folded name is only that of a kind of portal or of its software.
#[must_use]
pub fn is_portal_software(folded: &str) -> bool {
    NO_SOURCE.portal.contains(&folded)
}

#[cfg(test)]
mod tests {
    use super::{is_portal_software, key, names_nobody};

    #[test]
    fn spellings_of_one_name_have_one_key() {
        for (one, other) in [
            (
                "Dept. of Building & Safety",
                "Department of Building and Safety",
            ),
            (
                "Parks and Recreation Department",
                "Recreation & Parks, Department of",
            ),
            ("Police Dept", "POLICE DEPARTMENT"),
        ] {
            assert_eq!(key(one), key(other));
            assert!(key(one).is_some());
        }
    }

    #[test]
    fn different_bodies_have_different_keys() {
        for (one, other) in [
            ("Department of Water", "Department of Waste"),
            ("Bureau of Health Statistics", "Office of Health Statistics"),
            ("City of Springfield", "County of Springfield"),
        ] {
            assert_ne!(key(one), key(other));
        }
        assert_eq!(key("The"), None);
    }

    #[test]
    fn knows_who_is_nobody() {
        assert!(names_nobody("Not Applicable") && names_nobody("Varios"));
        assert!(!names_nobody("Other Services Bureau") && !names_nobody(""));
        assert!(is_portal_software("arcgis hub") && !is_portal_software("hub of the harbor"));
    }
}
