//! Names of publishers, made comparable.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::fold;

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

#[cfg(test)]
mod tests {
    use super::key;

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
}
