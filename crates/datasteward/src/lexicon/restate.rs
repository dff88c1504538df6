//! Descriptions that only say the name again.
//!
//! What is left of a description once the words of the name and the filler words are taken away is what it tells the
//! reader. Nothing left: it restates. A little left: it is thin. A format, a list of values, a number or a unit is
//! always worth having.

use std::borrow::Cow;
use std::rc::Rc;
use std::sync::LazyLock;

use super::english;
use super::fold::{fold, raw_words, stem, without_accents, words};
use super::language::Language;
use super::lists;
use super::memo::Memo;
use super::plain::{Tokens, Vocabulary, expand, may_expand, possible_words};
use super::quick::QuickSet;

/// What a description tells beyond the name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DescriptionVerdict {
    /// There is none.
    Missing,
    /// The name again.
    Restates,
    /// Something more, but not enough to use the value with confidence.
    Thin,
    /// Says what the value is.
    Good,
}

/// Words that carry nothing in a description: small words, and the words descriptions are made with.
const FILLER: &str = "\
    a an the of in on at by to from with and or as its it their his her this that these those which who whom where \
    when is are was were be been being has have had do does will would may can \
    field column contain contains containing show shows shown indicate indicates represent represents provide \
    provides provided list lists listing give gives given denote denotes describe describes describing description \
    value values data dataset information info detail details detailed record records table file about regarding \
    associated related respective each item label name number total type used use using measure measured known \
    code id identifier unique what how human readable for per \
    de del la las el los un una unos unas en y o a al por para con se que su sus es son lo campo columna dato datos \
    indica contiene corresponde registro codigo identificador numero cantidad nombre tipo descripcion \
    actual actuales";

static FILLERS: LazyLock<QuickSet<&'static str>> =
    LazyLock::new(|| FILLER.split_whitespace().collect());

/// What an everyday word stands for in names and descriptions, in the form that words are compared in.
fn same(key: &str) -> &'static [&'static str] {
    match key {
        "percent" | "percentage" => &["%"],
        "pct" => &["%", "porcentaje"],
        "count" | "num" | "no" | "qty" => &["number"],
        "desc" => &["description"],
        "dept" => &["department"],
        "anio" => &["ano"],
        "nro" => &["numero"],
        "org" => &["organization"],
        _ => &[],
    }
}

/// Judges the description of a field against its display and machine names.
///
/// The description is plain text. Placeholders (`TBD`, `n/a`) are for `lexicon::placeholder` to find first.
#[must_use]
pub fn field_description(
    display_name: &str,
    machine_name: &str,
    description: &str,
    vocabulary: &Vocabulary<'_>,
) -> DescriptionVerdict {
    thread_local!(static KNOWN: Memo<Option<DescriptionVerdict>> = const { Memo::new() });
    let description = description.trim();
    if description.is_empty() {
        return DescriptionVerdict::Missing;
    }
    let language = vocabulary.language();
    let asked = Asked {
        display_name,
        machine_name,
        description,
    };
    let texts = [display_name, machine_name, description, language.as_str()];
    let settled = KNOWN.with(|known| known.get_all(texts, || asked.without_record(language)));
    settled.unwrap_or_else(|| asked.with_record(vocabulary))
}

/// A field's description and the names that it may repeat.
struct Asked<'t> {
    display_name: &'t str,
    machine_name: &'t str,
    description: &'t str,
}

impl<'t> Asked<'t> {
    /// The verdict, where it does not rest on what the record says of the shorthand in the name.
    fn without_record(&self, language: Language) -> Option<DescriptionVerdict> {
        let folded = fold(self.description);
        let is_machine_name = self.description.eq_ignore_ascii_case(self.machine_name);
        if folded == fold(self.display_name) || is_machine_name {
            return Some(DescriptionVerdict::Restates);
        }
        let mut name = self.name();
        let said = Said::new(self.description, &folded);
        let rest = said.beyond(&name);
        let adds_a_number = said.adds_a_number(self.display_name);
        let may_expand = may_expand(self.display_name, language);
        if rest == 0 && !adds_a_number {
            return (!may_expand || said.words == 0).then_some(DescriptionVerdict::Restates);
        }
        let is_label =
            said.words <= THIN_FIELD && rest <= 2 && !explains(self.description, &folded);
        if said.is_only_a_link || is_label {
            return Some(DescriptionVerdict::Thin);
        }
        if may_expand && !adds_a_number {
            for words in possible_words(self.display_name, self.description, language)? {
                name.add(&words);
            }
            if said.beyond(&name) == 0 {
                return None;
            }
        }
        Some(DescriptionVerdict::Good)
    }

    /// The verdict on a description of which all but the shorthand of the name is judged: not a label, and no number is
    /// added.
    fn with_record(&self, vocabulary: &Vocabulary<'_>) -> DescriptionVerdict {
        let folded = fold(self.description);
        let mut name = self.name();
        let said = Said::new(self.description, &folded);
        let repeats = said.beyond(&name) == 0;
        match expand(self.display_name, Some(self.description), vocabulary) {
            Some(_) if repeats => DescriptionVerdict::Thin,
            None if repeats => DescriptionVerdict::Restates,
            Some(long) => {
                name.add(&long.text);
                if said.beyond(&name) == 0 {
                    DescriptionVerdict::Thin
                } else {
                    DescriptionVerdict::Good
                }
            }
            None => DescriptionVerdict::Good,
        }
    }

    /// The words that the reader has already seen: `segment_length_feet` may say more than `Segment Length`, but only to
    /// software.
    fn name(&self) -> NameWords {
        let mut name = NameWords::default();
        name.add(if self.display_name.is_empty() {
            self.machine_name
        } else {
            self.display_name
        });
        name
    }
}

/// At most this many words, none of which names a format, a value or a unit, are a label rather than a description.
const THIN_FIELD: usize = 3;

/// Judges the description of a dataset against its title; the description is plain text.
#[must_use]
pub fn dataset_description(
    title: &str,
    publisher: Option<&str>,
    description: &str,
) -> DescriptionVerdict {
    let description = description.trim();
    if description.is_empty() {
        return DescriptionVerdict::Missing;
    }
    let title_words = raw_words(title).take(MOST_WORDS).count();
    // Most descriptions are longer than any that restates or is thin: what they say need not be looked at.
    let enough = (title_words + LABEL + 1).max(ONE_CLAUSE);
    if raw_words(description).take(MOST_WORDS).take(enough).count() == enough {
        return if is_only_a_link(description) || is_about_something_else(description) {
            DescriptionVerdict::Thin
        } else {
            DescriptionVerdict::Good
        };
    }
    let mut name = NameWords::default();
    name.add(title);
    name.add(publisher.unwrap_or_default());
    // "This web map displays …" names a form, and `POLA` the words of the title by their first letters.
    name.add(&ABOUT_DATA.forms);
    let initials = initials_of(title);
    for word in description.split(|letter: char| !letter.is_alphanumeric()) {
        let is_short = (3..=6).contains(&word.len());
        if is_short && word.bytes().all(|byte| byte.is_ascii_uppercase()) && initials.contains(word)
        {
            name.add(word);
        }
    }
    let folded = fold(description);
    let said = Said::new(description, &folded);
    let rest = said.beyond(&name);
    // "IDPH" under another title says little, but it does not say the title.
    let shares = said.content > rest || said.content == 0;
    if rest <= 1 && shares && !said.adds_a_number(title) && said.words <= title_words + LABEL {
        return DescriptionVerdict::Restates;
    }
    let thin = rest < THIN_DATASET && said.words < ONE_CLAUSE;
    if said.is_only_a_link || thin {
        DescriptionVerdict::Thin
    } else {
        DescriptionVerdict::Good
    }
}

/// The first letters of the words of a title, in capitals.
fn initials_of(title: &str) -> String {
    raw_words(title)
        .filter_map(|word| word.chars().next())
        .filter(char::is_ascii_alphabetic)
        .map(|letter| letter.to_ascii_uppercase())
        .collect()
}

/// Words that speak of data, verbs of sentences, and words for the forms in which data is shown.
struct AboutData {
    data: QuickSet<&'static str>,
    verbs: QuickSet<&'static str>,
    forms: String,
}

static ABOUT_DATA: LazyLock<AboutData> = LazyLock::new(|| {
    let of = |kind| lists::of(include_str!("../../data/about-data.tsv"), kind, ' ');
    AboutData {
        data: of("data").into_iter().collect(),
        verbs: of("verb").into_iter().collect(),
        forms: of("form").join(" "),
    }
});

/// Sentences of a clause or two that tell of a program, a law or a problem, and have no word for data.
fn is_about_something_else(description: &str) -> bool {
    let mut is_sentence = false;
    for (count, word) in words(description).enumerate() {
        let bare = without_accents(&word);
        if count >= FEW_CLAUSES || ABOUT_DATA.data.contains(&*bare) {
            return false;
        }
        is_sentence |= ABOUT_DATA.verbs.contains(&*bare);
    }
    is_sentence
}

/// A text with more words than this has something to say of the data, too.
const FEW_CLAUSES: usize = 45;

/// A description that has more words than these beyond those of the title does not only restate it.
const LABEL: usize = 8;

/// A dataset's description that adds fewer words than this to the title …
const THIN_DATASET: usize = 9;

/// … and has fewer words than this in all hardly goes past the title.
const ONE_CLAUSE: usize = 22;

/// What so many words have not said, more will not: the verdict is found by then.
const MOST_WORDS: usize = 200;

/// The words of some names, by stem, with the pieces of run-together ones.
#[derive(Default)]
struct NameWords {
    /// A name has few: looking through them is quicker than hashing.
    stems: Vec<Rc<[String]>>,
}

impl NameWords {
    fn add(&mut self, name: &str) {
        thread_local!(static KNOWN: Memo<Rc<[String]>> = const { Memo::new() });
        self.stems
            .push(KNOWN.with(|known| known.get(name, |name| stems_of(name).into())));
    }

    fn stems(&self) -> impl Iterator<Item = &String> {
        self.stems.iter().flat_map(|stems| stems.iter())
    }

    fn holds(&self, key: &str) -> bool {
        self.stems().any(|stem| stem == key)
    }

    fn has(&self, word: &str) -> bool {
        self.holds(word)
            || same(word).iter().any(|long| self.holds(long))
            || (word.len() >= 6 && self.stems().any(|stem| share_a_beginning(stem, word)))
    }
}

fn stems_of(name: &str) -> Vec<String> {
    let mut stems = Vec::new();
    let mut add = |word: &str| {
        let bare = without_accents(word);
        let key = key(&bare);
        for key in same(&key).iter().copied().chain([&*key]) {
            if !stems.iter().any(|stem| stem == key) {
                stems.push(key.to_owned());
            }
        }
    };
    for word in Tokens::of(name).words() {
        add(word);
        for piece in english::split_words(word).into_iter().flatten() {
            add(piece);
        }
    }
    for word in words(name).take(MOST_WORDS) {
        add(&word);
    }
    stems
}

/// Whether two words differ in their endings only: `inspection`, `inspected`.
fn share_a_beginning(one: &str, other: &str) -> bool {
    if one.as_bytes().first_chunk::<5>() != other.as_bytes().first_chunk() {
        return false;
    }
    let pairs = one.bytes().zip(other.bytes());
    let shared = pairs.take_while(|(a, b)| a == b).count();
    shared >= 5 && shared + 4 >= one.len().max(other.len())
}

/// The form in which words are compared.
fn key(word: &str) -> Cow<'_, str> {
    stem(word)
}

/// What a description says.
struct Said<'t> {
    keys: Vec<Cow<'t, str>>,
    words: usize,
    /// Words that are no filler.
    content: usize,
    numbers: Vec<Cow<'t, str>>,
    is_only_a_link: bool,
}

impl<'t> Said<'t> {
    /// The description and the same folded.
    fn new(description: &'t str, folded: &'t str) -> Self {
        let mut said = Self {
            keys: Vec::new(),
            words: 0,
            content: 0,
            numbers: Vec::new(),
            is_only_a_link: is_only_a_link(description),
        };
        if description.is_ascii() {
            for word in raw_words(folded).take(MOST_WORDS) {
                said.add(word, Cow::Borrowed);
            }
        } else {
            for word in words(description).take(MOST_WORDS) {
                said.add(&without_accents(&word), |word| word.to_owned().into());
            }
        }
        said
    }

    /// Adds a bare word, of which `keep` makes what is kept.
    fn add<'w>(&mut self, word: &'w str, keep: impl Fn(&'w str) -> Cow<'t, str>) {
        self.words += 1;
        if word.bytes().any(|byte| byte.is_ascii_digit()) {
            self.numbers.push(keep(word));
            return;
        }
        for part in word.split('-') {
            if !FILLERS.contains(part) && part.len() > 1 {
                self.content += 1;
                self.keys.push(match key(part) {
                    Cow::Borrowed(key) => keep(key),
                    Cow::Owned(key) => key.into(),
                });
            }
        }
    }

    /// How many of its words the name lacks.
    fn beyond(&self, name: &NameWords) -> usize {
        self.keys.iter().filter(|key| !name.has(key)).count()
    }

    fn adds_a_number(&self, name: &str) -> bool {
        let name = fold(name);
        self.numbers
            .iter()
            .flat_map(|number| number.split(['-', '–']))
            .any(|number| !name.contains(number))
    }
}

/// A list of values, an example, a format pattern or a unit sign.
fn explains(text: &str, lower: &str) -> bool {
    [
        "e.g.",
        "i.e.",
        "yyyy",
        "for example",
        " = ",
        "such as",
        "y/n",
        "1 =",
    ]
    .iter()
    .any(|mark| lower.contains(mark))
        || text.contains(['%', '$', '€', '£', '°'])
}

fn is_only_a_link(text: &str) -> bool {
    let rest = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| !rest.contains(char::is_whitespace))
}

#[cfg(test)]
mod tests {
    use super::{DescriptionVerdict, dataset_description, field_description};
    use crate::lexicon::language::Language;
    use crate::lexicon::plain::Vocabulary;

    fn field(name: &str, description: &str) -> DescriptionVerdict {
        let vocabulary = Vocabulary::new(Language::English);
        field_description(name, name, description, &vocabulary)
    }

    #[test]
    fn the_name_in_other_case_or_order_restates_it() {
        assert_eq!(
            field("Permit Type", "PERMIT TYPE"),
            DescriptionVerdict::Restates
        );
        assert_eq!(
            field("permit_type", "The type of the permit."),
            DescriptionVerdict::Restates
        );
        assert_eq!(
            field("TREECOUNT", "Number of trees"),
            DescriptionVerdict::Restates
        );
    }

    #[test]
    fn nothing_is_missing() {
        assert_eq!(field("Permit Type", "  "), DescriptionVerdict::Missing);
    }

    #[test]
    fn spelling_an_abbreviation_out_is_thin() {
        assert_eq!(field("FY", "Fiscal Year"), DescriptionVerdict::Thin);
    }

    #[test]
    fn a_link_alone_is_thin() {
        assert_eq!(
            field("Sample", "https://example.org/about"),
            DescriptionVerdict::Thin
        );
    }

    #[test]
    fn accepts_a_description_that_says_what_the_value_is() {
        let said = "Date on which the inspector first visited the site";
        assert_eq!(field("Permit Date", said), DescriptionVerdict::Good);
        assert_eq!(
            field("Date", "Date in the form YYYY-MM-DD"),
            DescriptionVerdict::Good
        );
    }

    #[test]
    fn a_dataset_description_must_go_past_the_title() {
        let title = "Street Trees 2020";
        let verdict = |description| dataset_description(title, None, description);
        assert_eq!(verdict("Street trees."), DescriptionVerdict::Restates);
        assert_eq!(
            verdict("Street trees in parks by season."),
            DescriptionVerdict::Thin
        );
        assert_eq!(
            verdict(
                "Every tree that stands on public land beside a road, with its species, height and the date on which \
                 a surveyor last measured it."
            ),
            DescriptionVerdict::Good
        );
    }

    #[test]
    fn what_tells_only_of_the_subject_is_thin() {
        let verdict = |title, description| dataset_description(title, None, description);
        assert_eq!(
            verdict(
                "Harbor Zone",
                "The Harbor Zone program was founded to attract business to the old docks through the use of tax \
                 credits, and to bring families back into the streets around them."
            ),
            DescriptionVerdict::Thin
        );
        assert_eq!(
            verdict(
                "City of Harbor Speed Limits",
                "This web app displays speed limits in Harbor, Westland."
            ),
            DescriptionVerdict::Restates
        );
        assert_eq!(
            verdict(
                "Port Of West Harbor - Adopted Budget 2010 - 2014",
                "POWH adopted budget for the years 2010-2014."
            ),
            DescriptionVerdict::Restates
        );
    }
}
