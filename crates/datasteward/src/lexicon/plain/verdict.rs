//! How a field name reads as a whole: the worst token decides.

use super::reads::Reads;
use super::token::read;
use super::tokens::{Tokens, last_of_path};
use super::vocabulary::Vocabulary;
use crate::lexicon::abbreviations;
use crate::lexicon::english::{self, Known};
use crate::lexicon::language::Language;
use crate::lexicon::memo::Memo;
use crate::lexicon::name_parts::CUT_AT;

/// How a field name reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameVerdict {
    /// Words that an ordinary reader knows.
    Plain,
    /// Whole words without a gap: `TOTALCOST`.
    RunTogether,
    /// Holds a word that the lexicon lacks: a proper name, a local or technical term.
    UnknownWord,
    /// Holds shorthand whose meaning the tables know: `Crm Cd`.
    Abbreviated,
    /// Holds a code or shorthand that nothing explains: `CIT_INFL_A`.
    Cryptic,
    /// Says nothing but that it is a column: `Column 7`.
    Generic,
    /// A value rather than a name: `2016`, `Aug`.
    Value,
    /// In a language that is recognised but not judged.
    OtherLanguage,
}

impl NameVerdict {
    /// Whether a reader understands the name as it stands. A value is understood; whether it belongs in a header is
    /// another question.
    #[must_use]
    pub fn is_plain(self) -> bool {
        matches!(
            self,
            Self::Plain | Self::RunTogether | Self::UnknownWord | Self::Value
        )
    }

    /// Whether nothing can be said either way.
    #[must_use]
    pub fn is_unsure(self) -> bool {
        self == Self::OtherLanguage
    }
}

/// Judges a display name as a reader of the record would.
#[must_use]
pub fn judge(name: &str, vocabulary: &Vocabulary<'_>) -> NameVerdict {
    thread_local!(static KNOWN: [Memo<NameVerdict>; 7] = const { [const { Memo::new() }; 7] });
    // Of a record's texts, only a title that spells something out has a say.
    if vocabulary.title.contains('(') {
        return read_name(name, vocabulary);
    }
    KNOWN.with(|known| match known.get(vocabulary.language as usize) {
        Some(known) => known.get(name, |name| read_name(name, vocabulary)),
        None => read_name(name, vocabulary),
    })
}

fn read_name(name: &str, vocabulary: &Vocabulary<'_>) -> NameVerdict {
    let name = last_of_path(name);
    let tokens = Tokens::of(name);
    if tokens.tokens.is_empty() || is_generic(&tokens) {
        return NameVerdict::Generic;
    }
    if tokens.words().all(is_value) {
        return NameVerdict::Value;
    }
    if is_cut_at_a_gap(name) {
        return NameVerdict::Cryptic;
    }
    let mut tally = tally_of(&tokens, vocabulary);
    tally.has_space = name.contains(' ');
    let verdict = tally.verdict(vocabulary.language);
    if vocabulary.language == Language::Spanish && !verdict.is_plain() && is_english(&tokens) {
        return NameVerdict::Plain;
    }
    verdict
}

/// `HYDRAULIC_`: map software cut off the words that follow.
fn is_cut_at_a_gap(name: &str) -> bool {
    name.len() == CUT_AT && name.ends_with('_') && name.starts_with(char::is_alphabetic)
}

/// Whether a name that is not plain is words all the same, around one piece of shorthand: `Elementary School MSA Score`.
pub(crate) fn is_words_but_one(name: &str, vocabulary: &Vocabulary<'_>) -> bool {
    let tally = tally_of(&Tokens::of(last_of_path(name)), vocabulary);
    tally.cryptic < 2 && !tally.abbreviated && tally.plain_words >= WORDS_AROUND
}

fn tally_of(tokens: &Tokens, vocabulary: &Vocabulary<'_>) -> Tally {
    let outside = tokens.tokens.iter().any(|token| !token.bracketed);
    let mut tally = Tally::default();
    let mut index = 0;
    while let Some(token) = tokens.tokens.get(index) {
        if token.bracketed && outside {
            index += 1;
            continue;
        }
        let (reads, used) = read(tokens, index, vocabulary);
        tally.add(reads);
        if tally.cryptic > 1 {
            break;
        }
        index += used;
    }
    tally
}

/// Whether a name in a Spanish record is English: whole words that a reader there will know for such.
fn is_english(tokens: &Tokens) -> bool {
    let is_word = |word: &str| {
        english::look_up(word).is_some_and(|known| known != Known::Proper)
            && abbreviations::spanish(word).is_none()
    };
    let mut words = tokens.tokens.iter().filter(|token| !token.digits);
    tokens.words().any(|word| word.len() > 4) && words.all(|token| is_word(tokens.text(token)))
}

/// What was found among the tokens of a name.
#[derive(Debug, Default)]
struct Tally {
    tokens: usize,
    plain: bool,
    short: bool,
    proper: bool,
    mild: bool,
    also_word: bool,
    run_together: bool,
    unknown: bool,
    foreign: bool,
    abbreviated: bool,
    cryptic: usize,
    /// Plain words of four letters or more.
    plain_words: usize,
    has_space: bool,
}

impl Tally {
    fn add(&mut self, reads: Reads) {
        self.tokens += usize::from(reads != Reads::Neutral);
        match reads {
            Reads::Neutral => {}
            Reads::Short => self.short = true,
            Reads::Plain => {
                self.plain = true;
                self.plain_words += 1;
            }
            Reads::Proper => {
                self.plain = true;
                self.proper = true;
            }
            Reads::Mild => self.mild = true,
            Reads::AlsoWord => self.also_word = true,
            Reads::RunTogether => {
                self.run_together = true;
                self.plain = true;
            }
            Reads::Unknown => self.unknown = true,
            Reads::Foreign => self.foreign = true,
            Reads::Abbreviated => self.abbreviated = true,
            Reads::Cryptic => self.cryptic += 1,
        }
    }

    fn verdict(&self, language: Language) -> NameVerdict {
        let has_word = self.plain || self.unknown;
        let small_words = self.unknown || self.proper || (self.has_space && self.plain);
        // In a whole sentence one code does not keep a reader from understanding.
        let sentence = self.cryptic == 1 && self.plain_words >= SENTENCE;
        if (self.cryptic > 0 && !sentence) || (self.foreign && !small_words) {
            NameVerdict::Cryptic
        } else if self.abbreviated
            || (self.mild && !has_word)
            || (self.also_word && !has_word && !self.short && self.tokens > 1)
        {
            NameVerdict::Abbreviated
        } else if self.unknown && language.is_unjudged() {
            NameVerdict::OtherLanguage
        } else if self.unknown {
            NameVerdict::UnknownWord
        } else if self.run_together {
            NameVerdict::RunTogether
        } else {
            NameVerdict::Plain
        }
    }
}

/// A name with so many plain words is a sentence, such as a survey's question.
const SENTENCE: usize = 6;

/// So many plain words tell what a field is about, even if one piece of shorthand among them does not.
const WORDS_AROUND: usize = 3;

/// Names that only number a column; also the `Field3` that a tool appends to a name it has seen before.
fn is_generic(tokens: &Tokens) -> bool {
    let count = tokens.tokens.len();
    let Some(last) = tokens.tokens.last() else {
        return true;
    };
    if !last.digits || count < 2 {
        return false;
    }
    let word = tokens.get(count - 2).unwrap_or_default();
    let only_one = count == 2;
    match word {
        "field" | "column" | "unnamed" => only_one || last.before.is_none(),
        "col" | "fld" | "var" | "variable" | "attribute" | "attr" | "value" | "data" | "f"
        | "v" | "c" | "x" => only_one,
        _ => false,
    }
}

/// A number or the name of a month or quarter.
fn is_value(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_digit())
        || matches!(
            word,
            "jan"
                | "january"
                | "feb"
                | "february"
                | "mar"
                | "march"
                | "apr"
                | "april"
                | "may"
                | "jun"
                | "june"
                | "jul"
                | "july"
                | "aug"
                | "august"
                | "sep"
                | "sept"
                | "september"
                | "oct"
                | "october"
                | "nov"
                | "november"
                | "dec"
                | "december"
        )
}

#[cfg(test)]
mod tests {
    use super::{NameVerdict, judge};
    use crate::lexicon::language::Language;
    use crate::lexicon::plain::Vocabulary;

    fn english(name: &str) -> NameVerdict {
        judge(name, &Vocabulary::new(Language::English))
    }

    #[test]
    fn takes_plain_names_for_plain_whatever_their_case() {
        for name in [
            "Report Date",
            "report_date",
            "REPORT_DATE",
            "reportDate",
            "Unit ID",
            "Contact URL",
            "GPS Latitude",
            "Site No.",
            "10th Percentile",
            "Pct Change",
            "Grade A",
            "CO2 Emissions",
            "X Coordinate",
            "Owner's Name",
            "% of Goal",
            "trees/planting_date",
            "Cases (ABCX 2014)",
            "casenumber",
            "Lunchtotal",
            "SITESTREET",
            "orgname",
            "Sublisting",
            "Q4F Availability of bicycle lanes",
            "Q28 Race",
            "Q25 50-59 years",
            "Milestone N/A",
            "Wi-Fi Available",
            "N2O Emissions",
            "Nitrate mg/L",
            "Temp F",
            "ERT(ESTIMATED_RESPONSE_TIME)",
            "Tax Rate Area - TRA",
            "MCO (Managed Care Organization)",
            "CIty",
            "FIrst_Due_Station",
            "Mid-March",
            "FY 2017 Spending Plan",
            "Net Generation FY18",
        ] {
            assert!(english(name).is_plain(), "{name}: {:?}", english(name));
        }
    }

    #[test]
    fn whole_words_without_a_gap_are_run_together() {
        assert_eq!(english("PERMITCOUNT"), NameVerdict::RunTogether);
        assert_eq!(english("reportdate"), NameVerdict::RunTogether);
    }

    #[test]
    fn an_unknown_word_is_no_alarm() {
        assert_eq!(english("Wexborough Station"), NameVerdict::UnknownWord);
    }

    #[test]
    fn shorthand_codes_and_cut_words_are_not_plain() {
        for name in [
            "Insp Cd",
            "inspdate",
            "B_ELE",
            "DU_ADDED",
            "Constructi",
            "the_geom",
            "st_area(shape)",
            "Cum 2017",
            "GL Date",
            "DATECOMPLE",
            "LOCTNDETAIL",
            "ALAND20",
            "TESCHFT: allocation flag",
            "TRB - Tax Rate Area",
            "Q4F",
            "FY",
            "HYDRAULIC_",
            "populati_2",
        ] {
            assert!(!english(name).is_plain(), "{name}: {:?}", english(name));
        }
    }

    #[test]
    fn stumps_and_grown_words_of_programs_are_not_plain() {
        for name in [
            "traff_id",
            "Same_Sex_Relat",
            "lawhitehalf",
            "mcinvolved",
            "PROPERTYRSN",
            "LALOWI1_10",
            "BIN",
            "SLEEP_CrudePrev",
            "TOTLEN",
        ] {
            assert!(!english(name).is_plain(), "{name}: {:?}", english(name));
        }
    }

    #[test]
    fn words_of_people_are_no_shorthand() {
        for name in [
            "Burnet County",
            "Recycling Bin",
            "bin_size",
            "unvaccinated",
            "dechlorinated",
            "Torrington",
            "Marylanders",
            "FDR Drive",
            "LocationAbbr",
            "CPU Cores (count)",
            "Office of Fiscal Yar 2014 Plan",
            "Council Distrcit",
        ] {
            assert!(english(name).is_plain(), "{name}: {:?}", english(name));
        }
    }

    #[test]
    fn a_mild_abbreviation_needs_a_plain_word_beside_it() {
        assert!(english("Total Amt").is_plain());
        assert_eq!(english("AMT"), NameVerdict::Abbreviated);
    }

    #[test]
    fn numbered_columns_are_generic_and_periods_are_values() {
        assert_eq!(english("Column 7"), NameVerdict::Generic);
        assert_eq!(english("PermitDateField2"), NameVerdict::Generic);
        assert_eq!(english(""), NameVerdict::Generic);
        assert_eq!(english("2016"), NameVerdict::Value);
        assert_eq!(english("Aug"), NameVerdict::Value);
        assert!(english("Aug").is_plain());
    }

    #[test]
    fn an_acronym_that_the_title_spells_out_is_read() {
        let mut vocabulary = Vocabulary::new(Language::English);
        vocabulary.set_title("Green Roof Program (GRP) Sites");
        assert!(judge("GRP Area", &vocabulary).is_plain());
        assert!(!judge("GRQ Area", &vocabulary).is_plain());
        vocabulary.set_title("Minority & Women Owned Business Enterprises (MWBE)");
        assert!(judge("MWBE Spend", &vocabulary).is_plain());
    }

    #[test]
    fn other_languages_are_not_cryptic_for_being_foreign() {
        let spanish = Vocabulary::new(Language::Spanish);
        for name in [
            "fecha_de_inicio",
            "año",
            "nro_expediente",
            "Código postal",
            "cantidad_por_mes",
        ] {
            assert!(judge(name, &spanish).is_plain(), "{name}");
        }
        for name in ["Number of Establishments", "UNIT_OF_MEASURE"] {
            assert!(judge(name, &spanish).is_plain(), "{name}");
        }
        assert!(!judge("COD_TOTAL_EMP", &spanish).is_plain());
        assert!(!judge("pobl_tot", &spanish).is_plain());
        assert!(!judge("cdrx", &spanish).is_plain());
        assert!(!judge("RNPA", &spanish).is_plain());
        let german = Vocabulary::new(Language::German);
        assert!(judge("Straße der Behörde", &german).is_unsure());
        assert!(english("Nombre de la Escuela").is_plain());
        assert!(english("Año Escolar").is_plain());
    }

    #[test]
    fn no_word_begins_with_two_consonants_that_do_not_go_together() {
        assert_eq!(english("pclass"), NameVerdict::Cryptic);
        assert!(english("Nguyen Station").is_plain());
        assert!(english("zmir_count").is_plain());
    }
}
