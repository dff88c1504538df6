//! Licenses as people name them: by name, by identifier, by address.

use std::sync::LazyLock;

use super::memo::Memo;
use super::titles::fold_title;

/// A license, or a family of its versions.
#[derive(Debug, PartialEq, Eq)]
pub struct License {
    /// The name to show.
    pub label: &'static str,
    /// Anyone may use, change and share what stands under it (Open Definition).
    pub open: bool,
    names: Vec<&'static str>,
    addresses: Vec<&'static str>,
}

static LICENSES: LazyLock<Vec<License>> = LazyLock::new(|| {
    include_str!("../../data/licenses.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| {
            let mut cells = line.split('\t');
            let mut cell = || cells.next().unwrap_or_default();
            let (label, open) = (cell(), cell() == "y");
            let mut list = || {
                cell()
                    .split('|')
                    .filter(|word| !matches!(*word, "" | "-"))
                    .collect()
            };
            let (names, addresses) = (list(), list());
            License {
                label,
                open,
                names,
                addresses,
            }
        })
        .collect()
});

/// Longer texts are terms in prose, in which the name of a license may be mentioned for any reason.
const LONGEST_NAME: usize = 160;

/// The license that a short text names.
///
/// ```
/// use datasteward::lexicon::licenses::find;
/// let label = |text| find(text).map(|license| (license.label, license.open));
/// assert_eq!(label("https://creativecommons.org/licenses/by/4.0/"), Some(("CC BY", true)));
/// assert_eq!(label("CC-BY-NC-4.0"), Some(("CC BY-NC", false)));
/// assert_eq!(label("See Terms of Use"), None);
/// ```
#[must_use]
pub fn find(text: &str) -> Option<&'static License> {
    // A catalogue has few licenses, each many times over.
    thread_local!(static KNOWN: Memo<Option<&'static License>> = const { Memo::new() });
    let text = text.trim();
    if text.is_empty() || text.len() > LONGEST_NAME {
        return None;
    }
    KNOWN.with(|known| known.get(text, find_anew))
}

fn find_anew(text: &str) -> Option<&'static License> {
    let Some(at) = address_at(text) else {
        return by_name(text);
    };
    let lower = text.to_ascii_lowercase();
    // A name may stand before an address: "Public domain (https://…)".
    let before = text.get(..at).unwrap_or_default();
    let before = before.trim_end_matches(|letter: char| !letter.is_alphanumeric());
    by_name(before)
        .or_else(|| {
            LICENSES
                .iter()
                .find(|license| license.addresses.iter().any(|part| lower.contains(part)))
        })
        .or_else(|| by_registry(&lower))
}

/// The license that a text names: as a whole, or somewhere in its prose.
#[must_use]
pub fn told(text: &str) -> Option<&'static License> {
    find(text)
        .filter(|_| !is_of_record(text))
        .or_else(|| named_in(text).and_then(find))
}

/// Words behind which a text names the license of the data.
const GRANTS: [&str; 8] = [
    "licensed under ",
    "licenced under ",
    "licensed with ",
    "released under ",
    "published under ",
    "distributed under ",
    "available under ",
    "under the terms of ",
];

/// The part of a longer text in which a license is named: its address, or its name behind words such as "licensed under".
///
/// ```
/// use datasteward::lexicon::licenses::named_in;
/// assert_eq!(named_in("No warranty. The data is licensed under CC BY 4.0."), Some("CC BY 4.0"));
/// assert_eq!(named_in("Metadata is licensed under CC BY 4.0."), None);
/// ```
#[must_use]
pub fn named_in(text: &str) -> Option<&str> {
    text.split('\n')
        .flat_map(|line| line.split(". "))
        .filter(|sentence| !is_of_record(sentence))
        .find_map(|sentence| addressed_in(sentence).or_else(|| granted_in(sentence)))
}

/// Whether a sentence speaks of the record and not of the data.
fn is_of_record(sentence: &str) -> bool {
    let lower = sentence.to_ascii_lowercase();
    let mut words = lower.split(|sign: char| !sign.is_alphanumeric());
    lower.contains("metadata") && !words.any(|word| matches!(word, "data" | "dataset" | "datasets"))
}

/// The address of a known license.
fn addressed_in(sentence: &str) -> Option<&str> {
    sentence.contains("://").then_some(())?;
    let ends = |sign: char| {
        sign.is_whitespace() || matches!(sign, '<' | '>' | '"' | '\'' | '(' | ')' | '[' | ']')
    };
    sentence
        .split(ends)
        .map(|part| part.trim_end_matches(['.', ',', ';']))
        .filter(|part| part.contains("://") && part.to_ascii_lowercase().contains("licen"))
        .find(|part| find(part).is_some())
}

/// The name of a known license behind the words that grant it.
fn granted_in(sentence: &str) -> Option<&str> {
    let lower = sentence.to_ascii_lowercase();
    GRANTS.iter().find_map(|grant| {
        let at = lower.find(grant)?;
        let is_refused = lower.get(..at)?.ends_with("not ");
        let name = sentence.get(at + grant.len()..)?.split(';').next()?;
        let name = name.trim().trim_end_matches(['.', ',']);
        (!is_refused && find(name).is_some()).then_some(name)
    })
}

/// Where an address begins in a text.
fn address_at(text: &str) -> Option<usize> {
    let scheme = text.find("://")?;
    let before = text.get(..scheme)?;
    let start = before.rfind(|letter: char| !letter.is_ascii_alphanumeric());
    Some(start.map_or(0, |at| at + 1)).filter(|at| text.is_char_boundary(*at))
}

/// Lists of licenses that give each an address ending in its name or identifier.
const REGISTRIES: [&str; 9] = [
    "opendefinition.org/licenses/",
    "spdx.org/licenses/",
    "publications.europa.eu/resource/authority/licence/",
    "choosealicense.com/licenses/",
    "dcat-ap.de/def/licenses/",
    "w3id.org/italia/controlled-vocabulary/licences/",
    "opensource.org/licenses/",
    "opensource.org/license/",
    "opendatacommons.org/licenses/",
];

/// The license under which a registry has an address: `…/licenses/cc-by`, `…/licence/CC_BYSA_4_0`, `…/MIT.html`.
fn by_registry(lower: &str) -> Option<&'static License> {
    let path = REGISTRIES
        .iter()
        .find_map(|registry| lower.split_once(registry))
        .map(|(_, path)| path)?;
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let path = path.strip_suffix(".html").unwrap_or(path);
    // A version may be grown onto the name: `ccby40`.
    let mut name = String::with_capacity(path.len() + 4);
    for letter in path.chars() {
        if letter.is_ascii_digit() && name.ends_with(|last: char| last.is_ascii_alphabetic()) {
            name.push(' ');
        }
        name.push(letter);
    }
    by_name(path).or_else(|| by_name(&name))
}

fn by_name(text: &str) -> Option<&'static License> {
    let folded = format!(" {} ", fold_title(text));
    LICENSES.iter().find(|license| {
        license.names.iter().any(|name| {
            folded.match_indices(name).any(|(at, _)| {
                folded.get(..at).is_some_and(|before| before.ends_with(' '))
                    && ends_there(&folded, at + name.len(), name)
            })
        })
    })
}

/// Whether a license field says that the license is not known: `…/unknown-license`.
#[must_use]
pub fn is_unknown(text: &str) -> bool {
    let folded = fold_title(
        text.rsplit('/')
            .find(|part| !part.starts_with('#') && !part.is_empty())
            .unwrap_or_default(),
    );
    matches!(
        folded.as_str(),
        "unknown license" | "unknown licence" | "license unknown" | "licence unknown"
    )
}

/// Whether an address is the page on which a portal shows the license of one dataset, whatever that is:
/// `…/datasets/0a1b…_0/license.json`.
#[must_use]
pub fn is_portal_page(address: &str) -> bool {
    let path = address.trim().trim_end_matches('/');
    let Some(path) = ["/license", "/license.json"]
        .iter()
        .find_map(|end| path.strip_suffix(end))
    else {
        return false;
    };
    let Some((_, id)) = path.rsplit_once("/datasets/") else {
        return false;
    };
    let id = id.split('_').next().unwrap_or_default();
    id.len() == 32 && id.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// The newest version of a license that is named without one, and its address: `CC BY-SA 4.0`.
#[must_use]
pub fn newest(license: &License) -> Option<(String, &'static str)> {
    ["4.0", "3.0", "2.0", "1.0"].iter().find_map(|version| {
        let name = format!("{} {version}", license.label);
        let address = address(&name)?;
        Some((name, address))
    })
}

/// Each name of one version of a license, and the address of that version; in the order of the names.
static ADDRESSES: LazyLock<Vec<(&'static str, &'static str)>> = LazyLock::new(|| {
    let mut addresses: Vec<_> = include_str!("../../data/license-addresses.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('\t'))
        .flat_map(|(address, names)| names.split('|').map(move |name| (name, address)))
        .collect();
    addresses.sort_unstable();
    addresses
});

/// The address of the version of a license that a name or an identifier means, where it means that one and no other: the
/// whole text is a name, and the version is told.
///
/// ```
/// use datasteward::lexicon::licenses::address;
/// assert_eq!(address("CC-BY-4.0"), Some("https://creativecommons.org/licenses/by/4.0/"));
/// assert_eq!(address("Creative Commons Attribution"), None);
/// ```
#[must_use]
pub fn address(text: &str) -> Option<&'static str> {
    if text.len() > LONGEST_NAME {
        return None;
    }
    let folded = fold_title(text);
    let words = [" license", " licence"];
    let bare = words.iter().find_map(|word| folded.strip_suffix(word));
    [Some(folded.as_str()), bare]
        .into_iter()
        .flatten()
        .find_map(|name| {
            let found = ADDRESSES.binary_search_by_key(&name, |(name, _)| *name);
            found.ok().and_then(|at| ADDRESSES.get(at))
        })
        .map(|(_, address)| *address)
}

/// A short name ends with its word: `mit` is not the beginning of "mitigation". Longer ones may go on ("licen…").
fn ends_there(folded: &str, end: usize, name: &str) -> bool {
    name.len() > 8
        || folded
            .get(end..)
            .is_some_and(|after| after.starts_with(' '))
}

/// More words than these make a sentence: "Please credit the county when using this data".
const LONGEST_PHRASE: usize = 5;

/// Whether a text is terms in prose rather than the name of a license.
#[must_use]
pub fn is_prose(text: &str) -> bool {
    text.len() > LONGEST_NAME || text.split_whitespace().count() > LONGEST_PHRASE
}

#[cfg(test)]
mod tests {
    use super::{address, find, is_portal_page, is_prose, is_unknown, named_in, newest, told};

    #[test]
    fn hears_a_license_in_prose() {
        for (text, part) in [
            (
                "Errors may remain. See <a href=\"https://creativecommons.org/licenses/by/4.0/\">the license</a>.",
                Some("https://creativecommons.org/licenses/by/4.0/"),
            ),
            (
                "Released under the Open Database License; tell us of errors.",
                Some("the Open Database License"),
            ),
            ("The software is licensed under terms of its own.", None),
            ("This data is not licensed under CC BY 4.0.", None),
            ("Metadata of this layer is licensed under CC BY 4.0.", None),
            ("License: ask the office", None),
        ] {
            assert_eq!(named_in(text), part, "{text}");
        }
        assert!(told("CC BY 4.0").is_some());
        assert!(told("Metadata under CC BY 4.0").is_none());
    }

    #[test]
    fn knows_licenses_by_name_identifier_and_address() {
        for (text, label) in [
            ("Creative Commons Attribution 4.0 International", "CC BY"),
            ("CC0-1.0", "CC0"),
            // The code by which ISO 19115 says that nobody has to ask.
            ("licenseUnrestricted", "Open terms"),
            (
                "Creative Commons 1.0 Universal (Public Domain Dedication)",
                "CC0",
            ),
            (
                "Creative Commons Attribution | Noncommercial | No Derivative Works 3.0 IGO",
                "CC BY-NC-ND",
            ),
            (
                "Creative Commons Attribution | Share Alike 3.0 Unported",
                "CC BY-SA",
            ),
            (
                "http://www.usa.gov/publicdomain/label/1.0/",
                "Public domain",
            ),
            ("Open Data Commons Open Database License", "ODbL"),
            (
                "Nova Scotia Open Government Licence",
                "Open government license",
            ),
            ("ca-ogl-lgo", "Open government license"),
            ("Public Domain U.S. Government", "Public domain"),
            ("https://opendefinition.org/licenses/cc-by/", "CC BY"),
            ("http://www.opendefinition.org/licenses/odc-odbl", "ODbL"),
            ("https://spdx.org/licenses/CC-BY-SA-4.0", "CC BY-SA"),
            ("https://spdx.org/licenses/MIT.html", "MIT"),
            (
                "http://publications.europa.eu/resource/authority/licence/CC_BYSA_4_0",
                "CC BY-SA",
            ),
            (
                "http://publications.europa.eu/resource/authority/licence/CC0",
                "CC0",
            ),
            ("http://dcat-ap.de/def/licenses/cc-by/4.0", "CC BY"),
            (
                "http://dcat-ap.de/def/licenses/dl-by-de/2.0",
                "Datenlizenz Deutschland",
            ),
            (
                "https://w3id.org/italia/controlled-vocabulary/licences/A21_CCBY40",
                "CC BY",
            ),
            (
                "https://opendata.swiss/en/terms-of-use#terms_by",
                "Open terms",
            ),
            (
                "http://dcat-ap.ch/vocabulary/licenses/terms_by_ask",
                "Terms of opendata.swiss",
            ),
            ("http://opendatacommons.org/licenses/dbcl/1.0/", "DbCL"),
            (
                "Public Domain(https://report.city.example)",
                "Public domain",
            ),
        ] {
            assert_eq!(
                find(text).map(|license| license.label),
                Some(label),
                "{text}"
            );
        }
    }

    #[test]
    fn knows_the_address_of_a_version_and_of_nothing_less() {
        for (text, wanted) in [
            (
                "Creative Commons Attribution 4.0 International License",
                Some("https://creativecommons.org/licenses/by/4.0/"),
            ),
            (
                "CC BY-NC-SA 3.0",
                Some("https://creativecommons.org/licenses/by-nc-sa/3.0/"),
            ),
            (
                "CC0-1.0",
                Some("https://creativecommons.org/publicdomain/zero/1.0/"),
            ),
            (
                "Open Government Licence - Canada",
                Some("https://open.canada.ca/en/open-government-licence-canada"),
            ),
            // No version, another text beside it, the terms of one country, an organization's own version.
            ("CC BY", None),
            ("CC BY 4.0, see our terms", None),
            ("CC BY 3.0 DE", None),
            ("CC BY 3.0 IGO", None),
            ("Public domain", None),
            ("https://creativecommons.org/licenses/by/4.0/", None),
        ] {
            assert_eq!(address(text), wanted, "{text}");
        }
        let mut names: Vec<_> = super::ADDRESSES.iter().map(|(name, _)| *name).collect();
        names.dedup();
        assert_eq!(names.len(), super::ADDRESSES.len(), "a name is there twice");
        for (name, address) in super::ADDRESSES.iter() {
            let of = |text| find(text).map(|license| license.label);
            assert!(of(name).is_some(), "{name}");
            assert_eq!(of(name), of(address), "{name} {address}");
            assert_eq!(super::fold_title(name), *name);
        }
    }

    #[test]
    fn knows_what_is_no_license() {
        for text in [
            "Public",
            "See Terms of Use",
            "",
            "Mitigation plan",
            "https://data.city.example/terms",
            "https://www.google.example/terms",
            "https://spdx.org/licenses/",
            "Our own terms (https://data.city.example/terms)",
        ] {
            assert_eq!(find(text), None, "{text}");
        }
        let newest = find("CC-BY-SA").and_then(newest);
        assert_eq!(
            newest,
            Some((
                "CC BY-SA 4.0".to_owned(),
                "https://creativecommons.org/licenses/by-sa/4.0/"
            ))
        );
        assert!(is_unknown("https://registry.example/unknown-license/"));
        assert!(is_unknown(
            "https://registry.example/unknown-license/#v1-legacy/"
        ));
        assert!(!is_unknown("https://registry.example/license/"));
        let id = "0123456789abcdef0123456789abcdef";
        assert!(is_portal_page(&format!(
            "https://hub.example/api/v2/datasets/{id}_0/license"
        )));
        assert!(is_portal_page(&format!(
            "http://city.example/datasets/{id}/license.json"
        )));
        assert!(!is_portal_page(
            "https://city.example/datasets/trees/license"
        ));
        assert!(is_prose(
            "The user of this data holds the county harmless for any damage that may come from the use of it."
        ));
    }
}
