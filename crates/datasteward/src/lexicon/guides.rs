//! Links in a text to what explains the fields: a data dictionary, a codebook, a reader's guide.

use std::sync::LazyLock;

use super::fold::{without_accent, words};
use super::lists;

/// The address of a data dictionary or guide that a text gives.
///
/// The words that say so stand shortly before the address, or in it.
///
/// ```
/// use datasteward::lexicon::guides::dictionary_link;
/// let text = "Trees on public land. Data dictionary: https://city.example/trees.pdf. Call us with questions.";
/// assert_eq!(dictionary_link(text), Some("https://city.example/trees.pdf"));
/// assert_eq!(dictionary_link("More at https://city.example/trees."), None);
/// ```
#[must_use]
pub fn dictionary_link(text: &str) -> Option<&str> {
    let mut from = 0;
    for _ in 0..MOST_LINKS {
        let start = from + text.get(from..)?.find("http")?;
        let rest = text.get(start..)?;
        let end = rest
            .find(|character: char| {
                character.is_whitespace() || matches!(character, '"' | '<' | '>')
            })
            .unwrap_or(rest.len());
        let address = rest
            .get(..end)?
            .trim_end_matches(['.', ',', ';', ':', ')', ']']);
        if address.contains("://") && (announces(before(text, from, start)) || is_named_so(address))
        {
            return Some(address);
        }
        from = start + end.max(4);
    }
    None
}

/// A description with more links than this is a list of links.
const MOST_LINKS: usize = 64;

/// The words that announce an address stand within so many bytes before it.
const NEAR: usize = 80;

/// The text before an address, back to the address before it.
fn before(text: &str, from: usize, start: usize) -> &str {
    let near = start.saturating_sub(NEAR).max(from);
    (near..near + 4)
        .find_map(|at| text.get(at..start))
        .unwrap_or_default()
}

/// What names a description of fields.
struct Guides {
    alone: Vec<&'static str>,
    pairs: Vec<(&'static str, &'static str)>,
    addresses: Vec<&'static str>,
}

static GUIDES: LazyLock<Guides> = LazyLock::new(|| {
    let of = |kind| lists::of(include_str!("../../data/guides.tsv"), kind, '|');
    Guides {
        alone: of("alone"),
        pairs: of("pair")
            .into_iter()
            .filter_map(|pair| pair.split_once(' '))
            .collect(),
        addresses: of("address"),
    }
});

/// Words of which the last few before an address name a dictionary: "For the data dictionary and survey methodology,
/// visit:". A full stop ends what is said.
fn announces(text: &str) -> bool {
    let sentence = text.rsplit(". ").next().unwrap_or_default();
    let mut last = String::new();
    for word in words(sentence) {
        if matches!(&*word, "to" | "and" | "or") {
            continue;
        }
        let bare: String = word.chars().map(without_accent).collect();
        if GUIDES.alone.contains(&bare.as_str())
            || GUIDES
                .pairs
                .iter()
                .any(|(first, second)| last == *first && bare == *second)
        {
            return true;
        }
        last = bare;
    }
    false
}

/// `…/Readers-Guide-2021.pdf`, `…/trees_data_dictionary.xlsx`.
fn is_named_so(address: &str) -> bool {
    let path = address.splitn(4, '/').nth(3).unwrap_or_default();
    let letters: String = path
        .chars()
        .filter(char::is_ascii_alphabetic)
        .map(|letter| letter.to_ascii_lowercase())
        .collect();
    GUIDES.addresses.iter().any(|name| letters.contains(name))
}

#[cfg(test)]
mod tests {
    use super::dictionary_link;

    #[test]
    fn finds_dictionaries_that_a_text_links() {
        let cases = [
            "Data dictionary available here: https://city.example/files/20bca1de",
            "Data Dictionary and User Guide:  https://sheets.example/d/1",
            "See also Guide to Interpreting Provisional Data at https://health.example/a.pdf.",
            "For more information and field definitions visit https://svi.example/doc.pdf",
            "Details: https://tus.example/atusintcodebk14.pdf",
            "Diccionario de datos: https://datos.example/campos.pdf",
            "Dictionnaire des données : https://donnees.example/champs.pdf",
            "Datensatzbeschreibung: https://daten.example/felder.pdf",
            "Dicionário de dados: https://dados.example/campos.pdf",
        ];
        for text in cases {
            assert!(dictionary_link(text).is_some(), "{text}");
        }
    }

    #[test]
    fn other_links_are_none() {
        let cases = [
            "",
            "http",
            "More at https://city.example/page.",
            "The data dictionary is kept by the office. Visit https://city.example for news.",
            "Ask for the codebook.",
        ];
        for text in cases {
            assert_eq!(dictionary_link(text), None, "{text}");
        }
    }
}
