//! How one token of a Spanish name reads.

use super::foreign::is_short_foreign;
use super::reads::Reads;
use super::shorthand::{begins_oddly, has_vowel};
use crate::lexicon::abbreviations::{self, Kind};
use crate::lexicon::english;
use crate::lexicon::fold::without_accents;

pub(super) fn spanish_word(text: &str) -> Reads {
    let bare = without_accents(text);
    if let Some(entry) = abbreviations::spanish(&bare) {
        return match entry.kind {
            Kind::Known => Reads::Short,
            Kind::Word => Reads::AlsoWord,
            Kind::Mild => Reads::Mild,
            Kind::Short => Reads::Abbreviated,
        };
    }
    if is_short_foreign(&bare, Some("es")) || abbreviations::is_known_acronym(&bare) {
        return Reads::Short;
    }
    let letters = bare.chars().count();
    if letters <= 3 || !has_vowel(&bare) {
        // `por`, `que` stand in the list; what is left are codes, but for the few English words that everyone uses.
        return if english::is_common(&bare) && letters == 3 {
            Reads::Short
        } else {
            Reads::Cryptic
        };
    }
    // `rnpa`: initials.
    if begins_oddly(&bare) && english::look_up(&bare).is_none() {
        return Reads::Cryptic;
    }
    if ends_unlike_spanish(&bare) && english::look_up(&bare).is_none() {
        return Reads::Abbreviated;
    }
    Reads::Plain
}

/// Spanish words end in a vowel or in one of a few consonants; what ends otherwise is cut short (`porc`, `financ`) or a
/// row of initials (`isac`, `ucii`).
fn ends_unlike_spanish(bare: &str) -> bool {
    bare.ends_with(['b', 'c', 'f', 'g', 'h', 'k', 'm', 'p', 'q', 't', 'v', 'w'])
        || bare.contains("ii")
}
