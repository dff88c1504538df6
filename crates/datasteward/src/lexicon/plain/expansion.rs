//! The plain name to offer in place of an abbreviated one.

use std::borrow::Cow;

use super::compound::{Part, compound};
use super::joined::{joined_entry, phrase_at};
use super::mentions::completed_by;
use super::reads::Reads;
use super::shorthand::is_cut;
use super::token::read;
use super::tokens::{Token, Tokens, last_of_path};
use super::vocabulary::Vocabulary;
use super::writer::{Expansion, Writer};
use crate::lexicon::abbreviations::{self, Abbreviation};
use crate::lexicon::english;
use crate::lexicon::fold::without_accents;
use crate::lexicon::language::Language;
use crate::lexicon::memo::Memo;

/// The plain name to offer for an abbreviated one, or `None` where neither the tables nor the record tell anything.
///
/// `Crm Cd` gives `Crime code`. A reading is chosen by the field's description, then by the record's texts, then by
/// the tokens beside it; what nothing decides is left to the steward in `readings`.
#[must_use]
pub fn expand(
    name: &str,
    description: Option<&str>,
    vocabulary: &Vocabulary<'_>,
) -> Option<Expansion> {
    // `Typ des Titels`: English words help no reader of German.
    if vocabulary.language.is_unjudged() || !may_expand(name, vocabulary.language) {
        return None;
    }
    let tokens = Tokens::of(last_of_path(name));
    Writer::new(name, &tokens, description.unwrap_or_default(), vocabulary).write(MOST_WRITTEN)
}

/// So many tokens of a name are written out.
const MOST_WRITTEN: usize = 12;

/// Whether a name holds anything to write out, whatever its record says; `false` for most names, and quick to ask.
pub(crate) fn may_expand(name: &str, language: Language) -> bool {
    thread_local!(static KNOWN: [Memo<bool>; 2] = const { [const { Memo::new() }; 2] });
    let spanish = language == Language::Spanish;
    let find = |name: &str| {
        let tokens = Tokens::of(last_of_path(name));
        let may = |(index, token): (usize, &Token)| {
            let text = tokens.text(token);
            if spanish {
                abbreviations::spanish(&without_accents(text)).is_some()
            } else {
                !token.digits
                    && (phrase_at(&tokens, index).is_some()
                        || (!abbreviations::is_known_acronym(text)
                            && (abbreviations::english(text).is_some()
                                || english::look_up(text).is_none())))
            }
        };
        let mut written = tokens.tokens.iter().enumerate().take(MOST_WRITTEN);
        written.any(may)
    };
    KNOWN.with(|known| match known.get(usize::from(spanish)) {
        Some(known) => known.get(name, find),
        None => find(name),
    })
}

/// Every word that [`expand`] may put into a name beyond its own, whatever the record says; `None` where the record may
/// spell an acronym out, so that it could be any.
pub(crate) fn possible_words<'d>(
    name: &str,
    description: &'d str,
    language: Language,
) -> Option<Vec<Cow<'d, str>>> {
    let tokens = Tokens::of(last_of_path(name));
    let nothing = Vocabulary::new(language);
    let mut words: Vec<Cow<'d, str>> = Vec::new();
    let add = |words: &mut Vec<Cow<'d, str>>, entry: &'static Abbreviation| {
        words.extend(entry.readings.iter().map(|reading| reading.words.into()));
    };
    for (index, token) in tokens.tokens.iter().enumerate().take(MOST_WRITTEN) {
        let text = tokens.text(token);
        if language == Language::Spanish {
            let entry = abbreviations::spanish(&without_accents(text));
            entry.into_iter().for_each(|entry| add(&mut words, entry));
            continue;
        }
        if token.digits {
            continue;
        }
        words.extend(phrase_at(&tokens, index).map(|(phrase, _)| phrase.into()));
        if joined_entry(&tokens, index).is_some() {
            words.extend(tokens.joined(index).map(|text| text.to_owned().into()));
        }
        if let Some(entry) = abbreviations::english(text) {
            add(&mut words, entry);
            words.extend(completed_by(text, description).map(Cow::from));
        } else if english::look_up(text).is_none() {
            let cut = is_cut(&tokens, token, text);
            if cut || read(&tokens, index, &nothing).0 == Reads::Cryptic {
                return None;
            }
            for part in compound(text)
                .map(|both| [both.first, both.second])
                .into_iter()
                .flatten()
            {
                match part {
                    Part::Word(word) => words.push(word.to_owned().into()),
                    Part::Shorthand(text, entry) => {
                        add(&mut words, entry);
                        words.extend(completed_by(text, description).map(Cow::from));
                    }
                }
            }
        }
    }
    Some(words)
}

#[cfg(test)]
mod tests {
    use super::{Expansion, expand};
    use crate::lexicon::language::Language;
    use crate::lexicon::plain::Vocabulary;

    fn plain_name(name: &str, description: &str) -> Option<Expansion> {
        let description = (!description.is_empty()).then_some(description);
        expand(name, description, &Vocabulary::new(Language::English))
    }

    #[test]
    fn offers_the_plain_name_that_the_tables_know() {
        let found = plain_name("Crm Cd", "").map(|expansion| (expansion.text, expansion.complete));
        assert_eq!(found, Some(("Crime code".to_owned(), true)));
        let found = plain_name("OCC_DOW", "").map(|expansion| expansion.text);
        assert_eq!(found.as_deref(), Some("Occurrence day of week"));
        let found = plain_name("insp_dttm", "").map(|expansion| expansion.text);
        assert_eq!(found.as_deref(), Some("Inspection date and time"));
    }

    #[test]
    fn the_description_decides_between_readings() {
        let found = plain_name("Insp Appr", "Whether the inspection was approved")
            .map(|expansion| expansion.text);
        assert_eq!(found.as_deref(), Some("Inspection approved"));
        let found = plain_name("Zqp Site", "Site of the Zebra Quality Project (ZQP)")
            .map(|expansion| expansion.text);
        assert_eq!(found.as_deref(), Some("Zebra Quality Project site"));
    }

    #[test]
    fn offers_the_usual_reading_where_no_neighbour_asks_for_another() {
        let found = plain_name("INSP_TYP_CD", "")
            .map(|expansion| (expansion.text, expansion.readings.len()));
        assert_eq!(found, Some(("Inspection type code".to_owned(), 0)));
    }

    #[test]
    fn offers_every_reading_where_nothing_decides() {
        let found = plain_name("Insp Appr", "")
            .map(|expansion| (expansion.complete, expansion.readings.len()));
        assert_eq!(found, Some((false, 2)));
    }

    #[test]
    fn says_nothing_for_certain_where_a_piece_is_clipped_or_foreign() {
        let certain = |name: &str| plain_name(name, "").is_some_and(|found| found.complete);
        assert!(certain("Lic_City"));
        for name in ["Lic_Prof_City", "ISSCount", "Prct_Code", "City_Ovr"] {
            assert!(!certain(name), "{name}");
        }
        let german = Vocabulary::new(Language::German);
        assert_eq!(expand("Typ des Titels", None, &german), None);
        assert_eq!(
            plain_name("Tot Disposition(s)", "").map(|found| found.text),
            Some("Total disposition".to_owned())
        );
    }

    #[test]
    fn is_silent_where_nothing_is_known() {
        assert_eq!(plain_name("QZX_RR", ""), None);
        assert_eq!(plain_name("Report Date", ""), None);
    }
}
