//! Words that say that a dataset is retired.

use super::words::{ALL_CUES, Gap, Token, Word, each_sentence, tokens};
use crate::lexicon::dates;

/// How sure it is that a dataset is retired.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Strength {
    /// A sign, not a statement: "OLD" in the title, updates paused.
    Likely,
    /// Said outright.
    Certain,
}

/// Where a title or text says that the dataset is retired.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Retired {
    /// Whether the words stand in the title; else they stand in the text.
    pub in_title: bool,
    /// Where the words begin, in bytes.
    pub start: usize,
    /// Where they end.
    pub end: usize,
    /// How sure it is.
    pub strength: Strength,
}

/// Finds the words that say that a dataset is archived, retired, replaced or no longer updated.
#[must_use]
pub fn retired_in(title: &str, text: &str) -> Option<Retired> {
    let in_title = retired_title(title);
    if in_title
        .as_ref()
        .is_some_and(|retired| retired.strength == Strength::Certain)
    {
        return in_title;
    }
    let mut in_text: Option<Retired> = None;
    each_sentence(text, cues, |sentence, offset| {
        if in_text
            .as_ref()
            .is_some_and(|found| found.strength == Strength::Certain)
        {
            return;
        }
        if let Some((start, end, strength)) = retired_sentence(&tokens(sentence), offset == 0)
            && (in_text.is_none() || strength == Strength::Certain)
        {
            in_text = Some(Retired {
                in_title: false,
                start: start + offset,
                end: end + offset,
                strength,
            });
        }
    });
    in_text.or(in_title)
}

/// Words without which no sentence says that a dataset is retired.
fn cues(head: [u8; 4]) -> u8 {
    match &head {
        b"long" | b"disc" | b"reti" | b"arch" | b"depr" | b"supe" | b"deco" | b"obso" | b"paus"
        | b"susp" | b"ceas" | b"stop" => ALL_CUES,
        // "not been maintained", "no further updates", "been replaced", "remain static"
        b"not " | b"no f" | b"no m" | b"no a" | b"been" | b"rema" => 1,
        // "ya no se actualiza", "n'est plus mis à jour", "nicht mehr aktualisiert", "não é mais atualizado"
        b"ya n" | b"plus" | b"mehr" | b"mais" => 1,
        b"actu" | b"aktu" | b"fort" | b"atua" | b"mis " | b"mise" => 2,
        b"main" | b"upda" | b"coll" | b"refr" | b"supp" | b"publ" | b"prod" | b"repl" | b"stat" => {
            2
        }
        _ => 0,
    }
}

/// A mark set apart from the title's words: "[ARCHIVED] …", "… - Archived", "Deprecated: …".
fn retired_title(title: &str) -> Option<Retired> {
    let words = tokens(title);
    let last = words.len().checked_sub(1)?;
    let hyphen_after = |at: usize| {
        let end = words.get(at).map_or(0, |word| word.end);
        title.get(end..).is_some_and(|rest| {
            rest.trim_start()
                .starts_with(['-', ')', ']', ':', '*', '|', '–'])
        })
    };
    words.iter().enumerate().find_map(|(at, word)| {
        let set_apart = (at == 0 && hyphen_after(0))
            || (word.breaks() && (at == last || hyphen_after(at)))
            || (at == last && at > 0);
        let bracketed = word.breaks() || hyphen_after(at);
        let strength = match word.text.as_ref() {
            "archived" | "deprecated" | "retired" | "discontinued" | "superseded" | "obsolete" => {
                Strength::Certain
            }
            "archive" if bracketed && at == 0 => Strength::Likely,
            "old" if (bracketed || at == last) && !is_an_age(&words, at) => Strength::Likely,
            _ => return None,
        };
        set_apart.then_some(Retired {
            in_title: true,
            start: word.start,
            end: word.end,
            strength,
        })
    })
}

/// "15-24 years old".
fn is_an_age(words: &[Token<'_>], old: usize) -> bool {
    old.checked_sub(1)
        .and_then(|at| words.get(at))
        .is_some_and(|word| word.unit().is_some())
}

fn retired_sentence(words: &[Token<'_>], first_sentence: bool) -> Option<(usize, usize, Strength)> {
    let text = |at: usize| words.get(at).map_or("", |word| word.text.as_ref());
    let span = |from: usize, to: usize, strength: Strength| {
        Some((
            words.get(from)?.start,
            words.get(to.min(words.len().saturating_sub(1)))?.end,
            strength,
        ))
    };
    let mark = matches!(
        text(0),
        "archived" | "deprecated" | "discontinued" | "retired" | "superseded"
    );
    let set_apart = words.len() <= 3 || words.get(1).is_some_and(|word| word.breaks());
    if first_sentence && mark && set_apart {
        return span(0, 0, Strength::Certain);
    }
    for at in 0..words.len() {
        let end = match (text(at), text(at + 1)) {
            ("no", "longer") => verb_within(words, at + 2, 3, &KEPT),
            ("not", "be" | "been" | "being") => {
                verb_within(words, at + 2, 2, &KEPT).filter(|end| ends_plainly(words, *end))
            }
            ("been", _) => {
                verb_within(words, at + 1, 1, &DROPPED).filter(|end| !kept_elsewhere(words, *end))
            }
            (
                "is" | "are" | "was" | "were" | "now",
                "deprecated" | "discontinued" | "retired" | "obsolete",
            ) => Some(at + 1),
            ("remain" | "remains", "static") => Some(at + 1),
            _ => None,
        };
        if let Some(end) = end.filter(|_| about_the_dataset(words, at)) {
            return span(at, end, Strength::Certain);
        }
        if let Some(end) = retired_abroad(words, at) {
            return span(at, end, Strength::Certain);
        }
        if text(at) == "no"
            && matches!(text(at + 1), "further" | "future" | "more" | "additional")
            && text(at + 2) == "updates"
        {
            return span(at, at + 2, Strength::Certain);
        }
        let stopped = matches!(
            text(at),
            "paused" | "suspended" | "ceased" | "stopped" | "discontinued"
        );
        let updates = words.get(at.saturating_sub(5)..at).is_some_and(|near| {
            near.iter()
                .any(|word| matches!(word.text.as_ref(), "updates" | "updating"))
        });
        if stopped && updates {
            return span(at, at, Strength::Likely);
        }
    }
    None
}

/// "ya no se actualiza", "n'est plus mis à jour", "nicht mehr aktualisiert", "não é mais atualizado", said of data.
fn retired_abroad(words: &[Token<'_>], at: usize) -> Option<usize> {
    let text = |at: usize| words.get(at).map_or("", |word| word.text.as_ref());
    let denied = match (text(at), text(at + 1)) {
        ("ya", "no") | ("nicht", "mehr") => at + 2,
        ("plus", _) if before_has(words, at, &["n'est", "ne"]) => at + 1,
        ("mais", _) if before_has(words, at, &["nao"]) => at + 1,
        _ => return None,
    };
    let end = (denied..denied + 3)
        .find(|at| words.get(*at).is_some_and(|word| word.means(Word::Foreign)))?;
    let head = words.get(..at).unwrap_or_default();
    let of_data = head.iter().take(8).any(|word| {
        matches!(
            word.text.as_ref(),
            "datos"
                | "conjunto"
                | "tabla"
                | "donnees"
                | "jeu"
                | "table"
                | "fichier"
                | "daten"
                | "datensatz"
                | "tabelle"
                | "datei"
                | "dados"
                | "tabela"
                | "dataset"
        )
    });
    (of_data || tells_when(head)).then_some(end)
}

fn before_has(words: &[Token<'_>], at: usize, wanted: &[&str]) -> bool {
    words
        .get(at.saturating_sub(3)..at)
        .is_some_and(|near| near.iter().any(|word| wanted.contains(&word.text.as_ref())))
}

/// Nothing but a date: "As of 2015 …", "Since May 2019 …", "Desde 2015 …"; or nothing at all.
fn tells_when(head: &[Token<'_>]) -> bool {
    head.iter().all(|word| {
        word.number().is_some()
            || word.text.bytes().all(|byte| byte.is_ascii_digit())
            || dates::month_named(&word.text).is_some()
            || matches!(
                word.text.as_ref(),
                "as" | "of"
                    | "since"
                    | "from"
                    | "after"
                    | "effective"
                    | "the"
                    | "desde"
                    | "de"
                    | "depuis"
                    | "seit"
                    | "ab"
                    | "nao"
                    | "e"
                    | "ne"
                    | "n'est"
                    | "sont"
                    | "wird"
                    | "werden"
            )
    })
}

const KEPT: [&str; 7] = [
    "updated",
    "maintained",
    "collected",
    "refreshed",
    "supported",
    "published",
    "produced",
];
const DROPPED: [&str; 7] = [
    "discontinued",
    "retired",
    "archived",
    "deprecated",
    "superseded",
    "replaced",
    "decommissioned",
];

fn verb_within(words: &[Token<'_>], from: usize, reach: usize, verbs: &[&str]) -> Option<usize> {
    (from..from + reach).find(|at| {
        words
            .get(*at)
            .is_some_and(|word| verbs.contains(&word.text.as_ref()))
    })
}

/// "will not be updated frequently" and "not updated until March" promise something after all.
fn ends_plainly(words: &[Token<'_>], verb: usize) -> bool {
    words.get(verb + 1).is_none_or(|next| {
        next.gap != Gap::Blank
            || matches!(
                next.text.as_ref(),
                "or" | "and" | "anymore" | "any" | "further" | "again" | "since" | "after" | "as"
            )
    })
}

/// "has been archived at the centre", "has been replaced with zero".
fn kept_elsewhere(words: &[Token<'_>], verb: usize) -> bool {
    let text = |at: usize| words.get(at).map_or("", |word| word.text.as_ref());
    matches!(
        (text(verb), text(verb + 1)),
        ("archived", "at" | "in" | "by" | "with" | "on")
    ) || (text(verb) == "replaced" && !matches!(text(verb + 1), "by" | "with"))
        || (text(verb) == "replaced"
            && matches!(
                text(verb + 2),
                "zero" | "null" | "0" | "na" | "an" | "random" | "blank"
            ))
}

/// Whether the sentence up to here speaks of this dataset as a whole: "this dataset …", "the data …", "it …".
fn about_the_dataset(words: &[Token<'_>], at: usize) -> bool {
    let before = words.get(at.saturating_sub(10)..at).unwrap_or_default();
    let helper = |word: &Token<'_>| {
        word.means(Word::Be)
            || matches!(
                word.text.as_ref(),
                "will" | "has" | "have" | "and" | "or" | "but" | "also"
            )
    };
    let subject = before.iter().rposition(|word| !helper(word));
    let Some(subject) = subject else {
        return at == 0;
    };
    if words.get(..at).is_some_and(tells_when) {
        return true;
    }
    if before
        .get(subject)
        .is_some_and(|word| matches!(word.text.as_ref(), "that" | "which" | "who"))
    {
        return false;
    }
    let word = |at: usize| before.get(at).map_or("", |word| word.text.as_ref());
    let noun = matches!(
        word(subject),
        "dataset"
            | "data"
            | "set"
            | "table"
            | "layer"
            | "file"
            | "feed"
            | "database"
            | "it"
            | "this"
            | "page"
            | "report"
            | "view"
    ) || (matches!(word(subject), "datasets" | "tables" | "layers" | "files")
        && before.iter().any(|word| word.text == "these"));
    let pointed = before.get(..=subject).is_some_and(|head| {
        head.iter()
            .any(|word| matches!(word.text.as_ref(), "this" | "these" | "the" | "it"))
    }) || subject == 0;
    // "it" after another clause may be anything.
    let lone_it = word(subject) == "it" && subject > 2;
    // "This dataset contains … and is no longer updated": the first words say what it is about.
    let opens = matches!(word(0), "this" | "these")
        && subject > 2
        && at <= 10
        && matches!(
            word(1),
            "dataset" | "data" | "layer" | "table" | "view" | "file"
        );
    (noun && pointed && !lone_it && subject <= 6) || opens
}

#[cfg(test)]
mod tests {
    use super::{Strength, retired_in};

    #[test]
    fn finds_what_is_retired() {
        let strength =
            |title: &str, text: &str| retired_in(title, text).map(|found| found.strength);
        let certain = Some(Strength::Certain);
        assert_eq!(strength("[ARCHIVED] Permits", ""), certain);
        assert_eq!(strength("Permits 2013 - Archived", ""), certain);
        assert_eq!(
            strength("Permits", "This dataset is no longer being updated."),
            certain
        );
        assert_eq!(
            strength("Permits", "This layer has been DEPRECATED as of 2020."),
            certain
        );
        assert_eq!(
            strength("Permits", "This data has not been maintained or updated."),
            certain
        );
        assert_eq!(
            strength("Permits", "No further updates are expected."),
            certain
        );
        for text in [
            "As of 2015 no longer updated.",
            "Since May 2019 no longer maintained.",
            "Desde 2015 ya no se actualiza.",
            "Este conjunto de datos ya no se actualiza.",
            "Ce jeu de données n'est plus mis à jour depuis 2015.",
            "Les données ne sont plus actualisées.",
            "Der Datensatz wird seit 2015 nicht mehr aktualisiert.",
            "Die Daten werden nicht mehr fortgeschrieben.",
            "Este conjunto de dados não é mais atualizado.",
            "Desde 2015 não é mais atualizado.",
        ] {
            assert_eq!(strength("Permits", text), certain, "{text}");
        }
        assert_eq!(strength("Permits (old)", ""), Some(Strength::Likely));
        for (title, text) in [
            ("Archived recordings", ""),
            ("Retired employees", "Benefits of retired employees."),
            ("Mortality (15-24 years old)", ""),
            ("Permits", "Fans are no longer included."),
            ("Permits", "The port no longer collected fees."),
            ("Permits", "This table lists tables that have been retired."),
            (
                "Permits",
                "Archived datasets will remain but will not be updated.",
            ),
            ("Permits", "The data will not be updated until Monday."),
            ("Permisos", "El censo ya no incluye a los que se mudaron."),
            ("Permisos", "La página de la oficina ya no se actualiza."),
            ("Permis", "Le plan n'est plus mis à jour par la ville."),
            ("Bau", "Die Webseite wird nicht mehr aktualisiert."),
        ] {
            assert_eq!(strength(title, text), None, "{title} {text}");
        }
    }
}
