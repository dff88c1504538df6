//! Which language a text is in.

use std::sync::LazyLock;

use super::fold::{fold, raw_words};
use super::quick::QuickMap;

/// The language of a record's texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    /// English, judged in full.
    English,
    /// Spanish.
    Spanish,
    /// French.
    French,
    /// German.
    German,
    /// Portuguese.
    Portuguese,
    /// Italian.
    Italian,
    /// Not enough text to tell.
    #[default]
    Unknown,
}

impl Language {
    /// The language that a record declares: `es`, `spa`, `es-AR`, `Spanish`, `["SPA"]`.
    #[must_use]
    pub fn of_tag(tag: &str) -> Self {
        let words = || {
            tag.split(|sign: char| !sign.is_alphabetic())
                .filter(|word| !word.is_empty())
        };
        [words().next(), words().next_back()]
            .into_iter()
            .flatten()
            .map(|word| match &*fold(word) {
                "en" | "eng" | "english" => Self::English,
                "es" | "spa" | "spanish" | "español" | "espanol" | "castellano" => Self::Spanish,
                "fr" | "fra" | "fre" | "french" | "français" => Self::French,
                "de" | "deu" | "ger" | "german" | "deutsch" => Self::German,
                "pt" | "por" | "portuguese" | "português" => Self::Portuguese,
                "it" | "ita" | "italian" | "italiano" => Self::Italian,
                _ => Self::Unknown,
            })
            .find(|language| *language != Self::Unknown)
            .unwrap_or_default()
    }

    /// Whether it is recognised, but names of fields in it are not judged: there is no table of its words.
    pub(crate) fn is_unjudged(self) -> bool {
        !matches!(self, Self::English | Self::Spanish | Self::Unknown)
    }

    /// Whether words without a gap may be English ones: `indice` is no dice in Spanish.
    pub(crate) fn may_be_english(self) -> bool {
        matches!(self, Self::English | Self::Unknown)
    }

    /// Its name in English.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::Spanish => "Spanish",
            Self::French => "French",
            Self::German => "German",
            Self::Portuguese => "Portuguese",
            Self::Italian => "Italian",
            Self::Unknown => "unknown",
        }
    }
}

/// The commonest words that tell one language from the others; a word that two languages share stands with both.
const FUNCTION_WORDS: [(Language, &str); 6] = [
    (
        Language::English,
        "the of and to in is for on with by that this are from as at was be it which or an have has each all not \
         were their these been will can may other than who its into about more",
    ),
    (
        Language::Spanish,
        "de la el los las del y en que por con para una un se al es su como más o lo sobre entre desde cada según \
         este esta son año años datos número código cuyo también",
    ),
    (
        Language::French,
        "de la le les des du et en un une est pour dans par sur au aux que qui ce cette ces avec sont ou données \
         leur leurs il elle être à été ses nous plus d'une",
    ),
    (
        Language::German,
        "der die das und in den von zu mit dem des ist für im auf ein eine nicht werden sich aus bei nach oder wird \
         sind als auch einer zur zum einem eines durch über daten",
    ),
    (
        Language::Portuguese,
        "de a o os as da do das dos em no na nos nas e que por com para uma um se são não mais ao à pelo pela entre \
         sobre ano dados número código",
    ),
    (
        Language::Italian,
        "di il la le gli i del della dei delle degli e in un una per con da dal nel nella sono che è non si al alla \
         dati anno ogni o come più",
    ),
];

/// Endings that one of the languages writes so and the others do not.
const ENDINGS: [(Language, &[&str]); 4] = [
    (Language::Spanish, &["ción", "ciones", "ñol", "ñola"]),
    (Language::German, &["ungen", "keit", "heit", "schaft"]),
    (Language::Portuguese, &["ção", "ções", "ão"]),
    (Language::Italian, &["zione", "zioni"]),
];

/// A language is told only from this many function words.
const ENOUGH: usize = 3;

/// Reading on after this many words does not change the answer.
const MOST_WORDS: usize = 400;

/// A field's name without the code of a language at its end: `Country` of `Country_ES`.
#[must_use]
pub fn without_code(name: &str) -> Option<&str> {
    let (base, code) = name.trim_end().rsplit_once(['_', ' '])?;
    let is_code = code.len() <= 3 && Language::of_tag(code) != Language::Unknown;
    (is_code && !base.is_empty()).then_some(base)
}

/// Whether a text has the form of a language tag (BCP 47): `en`, `es-AR`, `x-private`.
#[must_use]
pub fn is_tag(text: &str) -> bool {
    let mut parts = text.split('-');
    let first = parts.next().unwrap_or_default();
    let is_language =
        (2..=3).contains(&first.len()) || (matches!(first, "i" | "x") && text.len() > 2);
    let is_part = |part: &str| {
        (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
    };
    is_language && first.bytes().all(|byte| byte.is_ascii_alphabetic()) && parts.all(is_part)
}

/// Each function word with the languages that have it, one bit each in the order of [`FUNCTION_WORDS`].
static TABLE: LazyLock<QuickMap<&'static str, u8>> = LazyLock::new(|| {
    let mut table = QuickMap::default();
    for (place, (_, list)) in FUNCTION_WORDS.iter().enumerate() {
        for word in list.split_whitespace() {
            *table.entry(word).or_default() |= 1 << place;
        }
    }
    table
});

/// The function words of ASCII letters, as numbers: a small table without collisions of more than a few places.
static SHORT: LazyLock<Short> = LazyLock::new(|| {
    let mut short = Short([(0, 0); SHORT_PLACES]);
    for (word, languages) in TABLE.iter() {
        if let Some(number) = Short::number(word.as_bytes()).filter(|_| word.is_ascii()) {
            short.add(number, *languages);
        }
    }
    short
});

/// Several times as many places as words.
const SHORT_PLACES: usize = 1024;

/// Words of at most eight bytes and the languages that have them.
struct Short([(u64, u8); SHORT_PLACES]);

impl Short {
    /// A word of ASCII letters, digits, hyphens and apostrophes as a number, the same in whatever case: all but capitals
    /// have the bit that tells small letters from them.
    fn number(word: &[u8]) -> Option<u64> {
        if word.len() > 8 || word.is_empty() {
            return None;
        }
        let letters = word.iter().rev();
        Some(letters.fold(0, |number, byte| number << 8 | u64::from(byte | 0x20)))
    }

    fn places(number: u64) -> impl Iterator<Item = usize> {
        let first = (number.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 54) as usize;
        (0..SHORT_PLACES).map(move |step| (first + step) % SHORT_PLACES)
    }

    fn add(&mut self, number: u64, languages: u8) {
        let free = Self::places(number).find(|at| self.0[*at].0 == 0);
        if let Some(at) = free {
            self.0[at] = (number, languages);
        }
    }

    fn languages_with(&self, word: &[u8]) -> u8 {
        let Some(number) = Self::number(word) else {
            return 0;
        };
        for at in Self::places(number) {
            match self.0[at] {
                (0, _) => return 0,
                (known, languages) if known == number => return languages,
                _ => {}
            }
        }
        0
    }
}

/// The language with at least three of its function words and half as many again as the next; else `Unknown`.
///
/// Names of fields may be among the texts: their underscores part words.
#[must_use]
pub fn guess<'a>(texts: impl IntoIterator<Item = &'a str>) -> Language {
    let mut hits = [0usize; FUNCTION_WORDS.len()];
    let short = &*SHORT;
    let found = texts
        .into_iter()
        .flat_map(|text| text.split('_'))
        .flat_map(raw_words);
    for word in found.take(MOST_WORDS) {
        let (mut languages, ending) = if word.is_ascii() {
            let small = word.as_bytes();
            (short.languages_with(small), by_ascii_ending(small))
        } else {
            let folded = fold(word);
            let languages = TABLE.get(&*folded).copied().unwrap_or(0);
            (languages, by_ending(&folded))
        };
        while languages != 0 {
            if let Some(count) = hits.get_mut(languages.trailing_zeros() as usize) {
                *count += 1;
            }
            languages &= languages - 1;
        }
        if let Some(language) = ending {
            for (count, (candidate, _)) in hits.iter_mut().zip(FUNCTION_WORDS) {
                *count += usize::from(candidate == language);
            }
        }
    }
    let best = hits.iter().copied().max().unwrap_or(0);
    let next = {
        let mut sorted = hits;
        sorted.sort_unstable();
        sorted.iter().rev().nth(1).copied().unwrap_or(0)
    };
    if best < ENOUGH || best * 2 < next * 3 {
        return Language::Unknown;
    }
    hits.iter()
        .zip(FUNCTION_WORDS)
        .find(|(count, _)| **count == best)
        .map_or(Language::Unknown, |(_, (language, _))| language)
}

fn by_ending(word: &str) -> Option<Language> {
    ENDINGS
        .iter()
        .find(|(_, endings)| endings.iter().any(|ending| word.ends_with(ending)))
        .map(|(language, _)| *language)
}

/// The same for an ASCII word in whatever case.
fn by_ascii_ending(word: &[u8]) -> Option<Language> {
    // No shorter word has one of the endings and a stem.
    let mut end = *word.last_chunk::<6>()?;
    end.make_ascii_lowercase();
    match &end {
        b"ciones" => Some(Language::Spanish),
        [.., b'u', b'n', b'g', b'e', b'n']
        | [.., b'k' | b'h', b'e', b'i', b't']
        | [b's', b'c', b'h', b'a', b'f', b't'] => Some(Language::German),
        [.., b'z', b'i', b'o', b'n', b'e' | b'i'] => Some(Language::Italian),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Language, SHORT, TABLE, guess, is_tag, without_code};

    #[test]
    fn codes_of_languages_are_known_by_their_form() {
        for tag in ["en", "es-AR", "zh-Hant-TW", "x-city"] {
            assert!(is_tag(tag), "{tag}");
        }
        for text in ["english", "en_US", "e", "", "en-", "12"] {
            assert!(!is_tag(text), "{text}");
        }
        assert_eq!(without_code("Country_ES"), Some("Country"));
        assert_eq!(without_code("Country"), None);
        assert_eq!(without_code("Country of birth"), None);
    }

    #[test]
    fn every_function_word_of_ascii_letters_is_in_the_short_table() {
        for (word, languages) in TABLE.iter().filter(|(word, _)| word.is_ascii()) {
            assert_eq!(SHORT.languages_with(word.as_bytes()), *languages, "{word}");
            let capitals = word.to_ascii_uppercase();
            assert_eq!(SHORT.languages_with(capitals.as_bytes()), *languages);
        }
        assert_eq!(SHORT.languages_with(b"trees"), 0);
        assert_eq!(SHORT.languages_with(b"thethethe"), 0);
    }

    #[test]
    fn tells_six_languages_by_their_small_words() {
        let cases = [
            (
                Language::English,
                "A list of the trees that are planted in each park of the city.",
            ),
            (
                Language::Spanish,
                "Listado de los árboles que se plantaron en las plazas de la ciudad, según el año.",
            ),
            (
                Language::French,
                "Liste des arbres qui sont plantés dans les parcs de la ville et sur les places.",
            ),
            (
                Language::German,
                "Liste der Bäume, die in den Parks und auf den Plätzen der Stadt gepflanzt sind.",
            ),
            (
                Language::Portuguese,
                "Lista das árvores que são plantadas nos parques e nas praças da cidade, não são todas.",
            ),
            (
                Language::Italian,
                "Elenco degli alberi che sono nei parchi della città e nelle piazze, con il nome di ogni specie.",
            ),
        ];
        for (language, text) in cases {
            assert_eq!(guess([text]), language, "{text}");
        }
    }

    #[test]
    fn reads_declared_languages() {
        for tag in ["es", "SPA", "es-AR", "[\"SPA\"]", "Español"] {
            assert_eq!(Language::of_tag(tag), Language::Spanish, "{tag}");
        }
        assert_eq!(Language::of_tag("xx"), Language::Unknown);
    }

    #[test]
    fn a_few_words_are_not_enough() {
        assert_eq!(guess(["Street Trees"]), Language::Unknown);
        assert_eq!(guess([""]), Language::Unknown);
    }
}
