//! Machine names as a person would write them: `inspection_date` is "Inspection date".

use super::abbreviations::is_known_acronym;
use super::english;
use super::language::Language;
use super::memo::Memo;

/// Longer names are not names that a person would write.
const LONGEST: usize = 80;

/// The name with blanks between its words, where it is written as software writes names: with underscores, with capitals
/// inside, or English words run together in a record of that language. `None` for a name that is as people write it.
///
/// ```
/// use datasteward::lexicon::language::Language;
/// use datasteward::lexicon::spoken::spoken;
/// let english = |name| spoken(name, Language::English);
/// assert_eq!(english("inspection_date").as_deref(), Some("Inspection date"));
/// assert_eq!(english("buildingOwnerID").as_deref(), Some("Building owner ID"));
/// assert_eq!(english("Inspection date"), None);
/// ```
#[must_use]
pub fn spoken(name: &str, language: Language) -> Option<String> {
    thread_local!(static KNOWN: Memo<Option<String>> = const { Memo::new() });
    // Names with a blank are as people write them.
    if name.trim().contains(char::is_whitespace) {
        return None;
    }
    let texts = [name, language.as_str()];
    KNOWN.with(|known| known.get_all(texts, || write_out(name, language)))
}

fn write_out(name: &str, language: Language) -> Option<String> {
    let name = name.trim();
    if name.len() > LONGEST {
        return None;
    }
    if !name
        .chars()
        .all(|sign| sign.is_alphanumeric() || sign == '_')
    {
        return None;
    }
    let parts: Vec<&str> = name.split('_').filter(|part| !part.is_empty()).collect();
    let words: Vec<String> = parts
        .iter()
        .flat_map(|part| words_of(part, language))
        .collect();
    let spelled = |word: &&String| word.chars().any(char::is_alphabetic);
    if words.iter().filter(spelled).count() < 2 {
        return None;
    }
    let mut text = String::with_capacity(name.len() + words.len());
    for word in &words {
        if !text.is_empty() {
            text.push(' ');
        }
        if is_known_acronym(word) {
            text.push_str(&word.to_uppercase());
        } else if text.is_empty() {
            let mut letters = word.chars();
            text.extend(letters.next().into_iter().flat_map(char::to_uppercase));
            text.push_str(letters.as_str());
        } else {
            text.push_str(word);
        }
    }
    Some(text)
}

/// The folded words of a part without underscores. Letters and digits stay together: `co2`, `2019q1`.
fn words_of(part: &str, language: Language) -> Vec<String> {
    let mut words = Vec::new();
    for piece in humps(part) {
        let word = piece.to_lowercase();
        // `FeatureMW`, `DOBRunDate`: capitals among small letters are an acronym.
        if is_acronym(piece, part) && english::look_up(&word).is_none() {
            words.push(piece.to_owned());
            continue;
        }
        match english::split_words(&word).filter(|_| language.may_be_english()) {
            Some(pieces)
                if english::look_up(&word).is_none()
                    && !(piece == part && is_one_word(piece, &pieces))
                    && pieces.iter().all(|piece| reads_alone(piece)) =>
            {
                words.extend(pieces.into_iter().map(str::to_owned));
            }
            _ => words.push(word),
        }
    }
    words
}

fn is_acronym(piece: &str, part: &str) -> bool {
    (2..=5).contains(&piece.len())
        && piece.chars().all(char::is_uppercase)
        && part.chars().any(char::is_lowercase)
}

/// `Playspace`, `Westbrook`: written with one capital it is one word, and often a name; not `Inspectiondate`.
fn is_one_word(word: &str, pieces: &[&str]) -> bool {
    let mut letters = word.chars();
    let is_capitalised =
        letters.next().is_some_and(char::is_uppercase) && letters.all(char::is_lowercase);
    let ends = [
        "id", "name", "type", "date", "code", "number", "count", "time", "year",
    ];
    is_capitalised && !pieces.last().is_some_and(|last| ends.contains(last))
}

/// A piece of a run that is surely meant: the "imp" of `impdate` is none.
fn reads_alone(piece: &str) -> bool {
    english::is_common(piece)
        && (piece.len() >= 4 || matches!(piece, "of" | "to" | "in" | "zip" | "end" | "day"))
        || is_known_acronym(piece)
}

/// Splits before a capital that follows a small letter, and before the last capital of a run that small letters follow.
/// A hump of one letter (`eMail`, `pH`, `McDonald`) does not stand alone.
fn humps(part: &str) -> Vec<&str> {
    let letters: Vec<(usize, char)> = part.char_indices().collect();
    let mut cuts = vec![0];
    for window in letters.windows(3) {
        let [(_, before), (at, this), (_, after)] = window else {
            continue;
        };
        let rises = before.is_lowercase() && this.is_uppercase();
        let ends_run = before.is_uppercase() && this.is_uppercase() && after.is_lowercase();
        if rises || ends_run {
            cuts.push(*at);
        }
    }
    cuts.push(part.len());
    let pieces: Vec<&str> = cuts
        .windows(2)
        .filter_map(|pair| part.get(*pair.first()?..*pair.last()?))
        .collect();
    let whole = pieces
        .iter()
        .all(|piece| piece.chars().count() >= 2 && !matches!(*piece, "Mc" | "Mac"));
    if whole { pieces } else { vec![part] }
}

#[cfg(test)]
mod tests {
    use super::spoken;
    use crate::lexicon::language::Language;

    #[test]
    fn writes_machine_names_as_people_do() {
        for (name, plain) in [
            ("INSPECTION_DATE", "Inspection date"),
            ("permitNumber", "Permit number"),
            ("objectid", "Object ID"),
            ("TotalCO2", "Total co2"),
            ("zip_code", "ZIP code"),
            ("FeatureMW", "Feature MW"),
            ("Inspectiondate", "Inspection date"),
        ] {
            assert_eq!(
                spoken(name, Language::English).as_deref(),
                Some(plain),
                "{name}"
            );
        }
    }

    #[test]
    fn a_word_with_one_capital_is_one_word() {
        for name in ["Playspace", "Westbrook", "Footstone"] {
            assert_eq!(spoken(name, Language::English), None, "{name}");
        }
    }

    #[test]
    fn words_of_another_language_are_not_cut_into_english_ones() {
        let spanish = |name| spoken(name, Language::Spanish);
        assert_eq!(spanish("indice_tiempo").as_deref(), Some("Indice tiempo"));
        assert_eq!(spanish("indice"), None);
        assert_eq!(spanish("pais_id").as_deref(), Some("Pais ID"));
    }

    #[test]
    fn leaves_names_that_people_write() {
        for name in [
            "Inspection Date",
            "Status",
            "pH",
            "McDonald",
            "2019",
            "",
            "E-mail",
            "YEAR",
            "Cost ($)",
        ] {
            assert_eq!(spoken(name, Language::English), None, "{name}");
        }
    }
}
