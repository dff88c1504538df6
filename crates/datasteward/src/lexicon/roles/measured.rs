//! Whether the words of a name measure something.

use super::head::core_of;
use super::opening::{Opening, Said};
use crate::lexicon::english;
use crate::lexicon::field::Field;
use crate::lexicon::fold::raw_words;
use crate::lexicon::name_parts::{Classes, NameParts, NameWord, has_word};
use crate::lexicon::units;

/// Whether a title says that the numbers of its dataset are measured: `Municipal Building Gas Usage`, `Emissions by Sector`.
///
/// ```
/// use datasteward::lexicon::roles::is_about_a_measure;
/// assert!(is_about_a_measure("Avoided Emissions for 2019"));
/// assert!(!is_about_a_measure("Energy Efficiency Program Participation"));
/// assert!(!is_about_a_measure("Emissions Inspection Stations"));
/// ```
#[must_use]
pub fn is_about_a_measure(title: &str) -> bool {
    let mut name = title.trim();
    while let Some((before, last)) = name.rsplit_once(' ') {
        if !has_word(last, "titles") {
            break;
        }
        name = before.trim_end();
    }
    let parts = NameParts::of(name);
    let other = Classes::COUNT
        | Classes::MONEY
        | Classes::PERCENT
        | Classes::RATE
        | Classes::SCORE
        | Classes::CODE
        | Classes::ID;
    let field = Field {
        name,
        ..Field::default()
    };
    // `Exceedance Days in 2009`, `Population by Age`: neither units nor ages are what is measured.
    let measured = parts.words().iter().any(|word| {
        word.classes.any(Classes::MEASURE)
            && !word.opens_unit
            && !matches!(parts.text(word), "age" | "edad")
    });
    measured && !parts.all.any(other) && is_measured(&field, &parts)
}

/// Whether a measure word of a name measures something.
///
/// `Area` alone may be a place, `Lot Area` is not; `7 Days` is a period; and in `Energy Star` or `Weight Watchers` the
/// measure is no head: after it only numbers, periods, statistics and the like may stand before the name ends or is
/// cut by `of`, `per` … Names of more than nine words are questions of a survey.
pub(super) fn is_measured(field: &Field<'_>, parts: &NameParts) -> bool {
    let words = parts.words();
    let name = core_of(field.name);
    let text_of = |word: &NameWord| parts.text(word);
    let cut = parts.carrying().unwrap_or(words.len());
    let harmless = Classes::STAT
        | Classes::PART
        | Classes::GENERIC
        | Classes::MEASURE
        | Classes::DATE
        | Classes::COUNT
        | Classes::CLOCK;
    let measures = |(at, word): (usize, &NameWord)| {
        if !word.classes.any(Classes::MEASURE) {
            return false;
        }
        let before = at.checked_sub(1).and_then(|before| words.get(before));
        let text = text_of(word);
        let vague = matches!(text, "area" | "size" | "volume" | "usage");
        // Seats are a capacity as well, and anything may be in demand.
        let flows = matches!(
            text,
            "capacity" | "generation" | "demand" | "flow" | "flowrate"
        );
        // `speed_0_14` is how many were that fast.
        let numbers = words
            .iter()
            .skip(at + 1)
            .filter(|word| word.is_number)
            .count();
        let statistical =
            text == "weight" && before.is_some_and(|before| units::is_statistical(text_of(before)));
        let sized = !vague
            || parts.all.any(Classes::PHYSICAL)
            || (text == "area" && words.len() == 1 && is_area_of_a_shape(field.description));
        let placed = sized && (!flows || has_word(name, "flows"));
        // `7 Days` is a period; `Axle3Weight` and `CO2 emissions` are measured all the same.
        let valued = word.opens_unit && before.is_some_and(|before| before.is_number);
        // "High blood pressure" is an illness that people have.
        let illness = before.is_some_and(|before| text_of(before) == "blood")
            && words.iter().any(|word| text_of(word) == "high");
        // `Austin Energy` sells it.
        let sold = words.len() == 2
            && matches!(text, "energy" | "power" | "water" | "gas")
            && before.is_some_and(|before| {
                english::look_up(text_of(before)) == Some(english::Known::Proper)
            });
        // `Power of Attorney`, `Depth of Knowledge`.
        let figurative = words.get(at + 1).is_some_and(|of| text_of(of) == "of")
            && words
                .iter()
                .skip(at + 2)
                .any(|word| has_word(text_of(word), "figurative"));
        // `LengthInNumberOfTerms`.
        let counted = words
            .iter()
            .skip(at + 1)
            .any(|word| text_of(word) == "number");
        let clear = numbers < 2
            && placed
            && !(statistical || valued || illness || sold || figurative || counted);
        // `Total Electricity Usage - City Buildings`: what stands behind a dash says which.
        let dash = name
            .get(word.end..)
            .and_then(|after| after.find(" - ").or_else(|| after.find(" – ")))
            .map_or(name.len(), |dash| word.end + dash);
        let mut rest = words
            .iter()
            .take(cut)
            .skip(at + 1)
            .take_while(|next| next.start < dash);
        clear
            && rest.all(|word| {
                word.is_number
                    || word.classes.any(harmless)
                    || word.end - word.start <= 2
                    || matches!(text_of(word), "limit" | "limits" | "threshold")
                    || units::is_done(text_of(word))
            })
    };
    words.len() < 10 && words.iter().enumerate().take(cut).any(measures)
}

/// "Area of the polygon", "The area of each parcel"; not "Area of the city in which it happened".
fn is_area_of_a_shape(description: &str) -> bool {
    let mut words = raw_words(description).skip_while(|word| word.eq_ignore_ascii_case("the"));
    let opens = words
        .next()
        .is_some_and(|word| word.eq_ignore_ascii_case("area"))
        && words
            .next()
            .is_some_and(|word| word.eq_ignore_ascii_case("of"));
    let mut of = words.skip_while(|word| {
        ["the", "a", "an", "this", "each"]
            .iter()
            .any(|small| word.eq_ignore_ascii_case(small))
    });
    opens && of.next().is_some_and(|what| has_word(what, "shape"))
}

/// `Agriculture (N2O emissions, CAIT)`: the name says of what, the brackets say what.
pub(super) fn is_measured_in_brackets(field: &Field<'_>) -> bool {
    let Some((_, inside)) = field.name.split_once('(') else {
        return false;
    };
    let what = inside.split([',', ')']).next().unwrap_or_default();
    let named = Field {
        name: what,
        ..*field
    };
    is_measured(&named, &NameParts::of(what))
}

/// "Standard error of the estimated ozone concentration": it has the unit of what it is a statistic of.
pub(super) fn is_statistic_of_measure(field: &Field<'_>) -> bool {
    let statistic = field.description.len() > 12
        && Opening::of(field.description).starts(Said::StatisticOpens.phrases());
    let Some((_, of)) = field.description.split_once(" of ").filter(|_| statistic) else {
        return false;
    };
    let clause = of
        .split(['.', ',', ';', '(', ':'])
        .next()
        .unwrap_or_default();
    let of_what = Field {
        name: clause,
        description: "",
        ..*field
    };
    is_measured(&of_what, &NameParts::of(clause))
}
