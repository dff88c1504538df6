//! Records that were never meant for the public: trials, drafts, notes to colleagues.

use std::ops::Range;
use std::sync::LazyLock;

use super::is_outer_sign;
use crate::lexicon::lists;
use crate::lexicon::phrases::{Hit, Reading};

/// A sign that a record is a trial or a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trial {
    /// Whether the title says so; otherwise the description does.
    pub in_title: bool,
    /// Where, in bytes of that text.
    pub range: Range<usize>,
    /// What the sign says.
    pub kind: TrialKind,
}

/// What a sign of a trial says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TrialKind {
    /// A test, an example or a sandbox.
    Test,
    /// A draft, or something still being built.
    Draft,
    /// A record nobody should use, or that nobody named.
    DoNotUse,
    /// What a portal's own pages are made of: tiles, stories, backgrounds.
    Furniture,
}

/// What a field of such a table holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FurnitureField {
    /// Titles and texts.
    Words,
    /// Pictures and icons.
    Picture,
    /// Where a click leads.
    Link,
    /// Colours, order, whether it is shown.
    Look,
}

/// What a field holds, by its name, if tables of a portal's own pages have such a field: `title_en`, `icon`, `sort order`.
#[must_use]
pub fn furniture_field(name: &str) -> Option<FurnitureField> {
    let is = |known: &str| {
        let mut words = name
            .split(|sign: char| !sign.is_alphanumeric())
            .filter(|word| !word.is_empty());
        let mut known = known.split(' ');
        let same = known.by_ref().all(|own| {
            words
                .next()
                .is_some_and(|word| word.eq_ignore_ascii_case(own))
        });
        // `title_en`
        same && words.next().is_none_or(|word| word.len() == 2) && words.next().is_none()
    };
    let lists = &*TRIAL_WORDS;
    [
        (&lists.words, FurnitureField::Words),
        (&lists.picture, FurnitureField::Picture),
        (&lists.link, FurnitureField::Link),
        (&lists.look, FurnitureField::Look),
    ]
    .into_iter()
    .find(|(list, _)| list.iter().any(|known| is(known)))
    .map(|(_, field)| field)
}

/// The sign that a record is part of a portal's own pages, by its fields.
#[must_use]
pub fn furniture(title: &str) -> Trial {
    Trial {
        in_title: true,
        range: 0..title.len(),
        kind: TrialKind::Furniture,
    }
}

/// Whether a description is what ArcGIS Hub writes into the items that make up its own pages.
#[must_use]
pub fn is_managed_by_a_portal(description: &str) -> bool {
    description
        .trim_start()
        .starts_with("DO NOT DELETE OR MODIFY THIS ITEM")
}

/// Whether title and description show a trial record, and where.
///
/// Titles about real tests (`Math Test Results`, `Speed Test`, `Drug Test Locations`) are not trials.
#[must_use]
pub fn test_record(title: &str, description: &str) -> Option<Trial> {
    in_title(title, description).or_else(|| Reading::of(description).trial().map(trial_text))
}

/// As [`test_record`], where the description has been read already.
#[must_use]
pub fn test_record_read(title: &str, description: &str, reading: &Reading) -> Option<Trial> {
    in_title(title, description).or_else(|| reading.trial().map(trial_text))
}

fn trial_text(hit: Hit) -> Trial {
    Trial {
        in_title: false,
        range: hit.start..hit.end,
        kind: TrialKind::Test,
    }
}

/// Whether the title shows a trial record; a long description speaks for a real one.
pub(super) fn in_title(title: &str, description: &str) -> Option<Trial> {
    let tokens = Token::all(title);
    let (range, kind) = marked(title, &tokens)
        .or_else(|| names_furniture(title, &tokens))
        .or_else(|| tested(title, &tokens, description))?;
    Some(Trial {
        in_title: true,
        range,
        kind,
    })
}

/// A word of a title and where it stands; `_` parts words.
pub(super) struct Token<'a> {
    pub text: &'a str,
    pub start: usize,
}

impl<'a> Token<'a> {
    pub(super) fn all(title: &'a str) -> Vec<Self> {
        let mut tokens = Vec::new();
        let mut start = None;
        let ends = title.char_indices().map(Some).chain([None]);
        for step in ends {
            let inside = step.is_some_and(|(_, character)| {
                character.is_alphanumeric() || matches!(character, '\'' | '’')
            });
            match (inside, start, step) {
                (true, None, Some((at, _))) => start = Some(at),
                (false, Some(from), _) => {
                    let end = step.map_or(title.len(), |(at, _)| at);
                    tokens.extend(title.get(from..end).map(|text| Token { text, start: from }));
                    start = None;
                }
                _ => {}
            }
        }
        tokens
    }

    fn end(&self) -> usize {
        self.start + self.text.len()
    }

    fn is(&self, word: &str) -> bool {
        self.text.eq_ignore_ascii_case(word)
    }

    /// Written in capitals, with at least two letters.
    pub(super) fn is_capitals(&self) -> bool {
        self.text
            .chars()
            .filter(|character| character.is_uppercase())
            .count()
            >= 2
            && !self.text.chars().any(char::is_lowercase)
    }
}

/// Words that mean a trial wherever they stand apart from the rest.
static TRIAL_WORDS: LazyLock<TrialWords> = LazyLock::new(|| {
    const TABLE: &str = include_str!("../../../data/trial_words.tsv");
    let of = |kind| lists::of(TABLE, kind, ' ');
    TrialWords {
        subject_before: of("subject-before"),
        subject_after: of("subject-after"),
        company: of("trial-company"),
        trial: of("trial-word"),
        purpose: of("trial-purpose"),
        furniture: lists::of(TABLE, "furniture", '|'),
        words: lists::of(TABLE, "furniture-words", '|'),
        picture: lists::of(TABLE, "furniture-picture", '|'),
        link: lists::of(TABLE, "furniture-link", '|'),
        look: lists::of(TABLE, "furniture-look", '|'),
    }
});

/// Small lists of words, sorted.
struct TrialWords {
    subject_before: Vec<&'static str>,
    subject_after: Vec<&'static str>,
    company: Vec<&'static str>,
    trial: Vec<&'static str>,
    purpose: Vec<&'static str>,
    furniture: Vec<&'static str>,
    words: Vec<&'static str>,
    picture: Vec<&'static str>,
    link: Vec<&'static str>,
    look: Vec<&'static str>,
}

fn is_in(list: &[&str], word: &str) -> bool {
    let order = |known: &&str| {
        known
            .bytes()
            .cmp(word.bytes().map(|byte| byte.to_ascii_lowercase()))
    };
    list.binary_search_by(order).is_ok()
}

/// `category_tiles`, `Home Page Featured Story`: the whole title.
fn names_furniture(title: &str, tokens: &[Token<'_>]) -> Option<(Range<usize>, TrialKind)> {
    (2..=4).contains(&tokens.len()).then_some(())?;
    let is = |known: &str| {
        let mut words = known.split(' ');
        let same = tokens
            .iter()
            .all(|token| words.next().is_some_and(|word| token.is(word)));
        same && words.next().is_none()
    };
    TRIAL_WORDS
        .furniture
        .iter()
        .any(|known| is(known))
        .then_some((0..title.len(), TrialKind::Furniture))
}

/// `DO NOT USE`, `(delete me)`, `UNDER CONSTRUCTION`, `- DRAFT`, `Untitled`.
fn marked(title: &str, tokens: &[Token<'_>]) -> Option<(Range<usize>, TrialKind)> {
    const MARKS: [(&[&str], TrialKind); 8] = [
        (&["do", "not", "use"], TrialKind::DoNotUse),
        (&["delete", "me"], TrialKind::DoNotUse),
        (&["please", "delete"], TrialKind::DoNotUse),
        (&["to", "be", "deleted"], TrialKind::DoNotUse),
        (&["please", "ignore"], TrialKind::DoNotUse),
        (&["under", "construction"], TrialKind::Draft),
        (&["work", "in", "progress"], TrialKind::Draft),
        (&["draft"], TrialKind::Draft),
    ];
    for (words, kind) in MARKS {
        let at = tokens
            .windows(words.len())
            .position(|window| window.iter().zip(words).all(|(token, word)| token.is(word)));
        let Some(found) = at.and_then(|at| tokens.get(at..at + words.len())) else {
            continue;
        };
        let (Some(first), Some(last)) = (found.first(), found.last()) else {
            continue;
        };
        let range = first.start..last.end();
        if kind == TrialKind::DoNotUse || stands_apart(title, tokens, &range) {
            return Some((range, kind));
        }
    }
    // `DEV - Libraries`: the place where it is tried out.
    if let [first, _, ..] = tokens
        && matches!(first.text, "DEV" | "STAGING" | "UAT")
        && title
            .get(first.end()..)
            .is_some_and(|rest| rest.starts_with([']', ')', ':']) || rest.starts_with(" - "))
    {
        return Some((first.start..first.end(), TrialKind::Test));
    }
    let whole = title.trim().trim_matches(is_outer_sign);
    // `Dataset1`
    let numbered = whole
        .get(..7)
        .filter(|start| start.eq_ignore_ascii_case("dataset"))
        .and_then(|_| whole.get(7..))
        .is_some_and(|rest| rest.len() < 3 && rest.bytes().all(|byte| byte.is_ascii_digit()));
    if numbered {
        return Some((0..title.len(), TrialKind::DoNotUse));
    }
    [
        "untitled",
        "new dataset",
        "my dataset",
        "untitled dataset",
        "revision test",
    ]
    .iter()
    .any(|known| whole.eq_ignore_ascii_case(known))
    .then_some((0..title.len(), TrialKind::DoNotUse))
}

/// In brackets or stars, behind a dash at the end, or in capitals while the rest is not.
fn stands_apart(title: &str, tokens: &[Token<'_>], range: &Range<usize>) -> bool {
    let before = title.get(..range.start).unwrap_or("").trim_end();
    let after = title.get(range.end..).unwrap_or("").trim_start();
    let opened = before.ends_with(['[', '(', '*', '{', '<']);
    let closed = after.starts_with([']', ')', '*', '}', '>']);
    let dashed = after.is_empty() && before.ends_with(['-', '–', '—', ':', '|', '_']);
    let shouted = tokens
        .iter()
        .filter(|token| range.contains(&token.start))
        .all(Token::is_capitals);
    let rest_is_calm = tokens
        .iter()
        .filter(|token| !range.contains(&token.start))
        .any(|token| token.text.chars().any(char::is_lowercase));
    (opened && closed) || dashed || (shouted && rest_is_calm && range.end - range.start >= 4)
}

/// The word `test` and its kin in a title, unless the title is about a test.
fn tested(
    title: &str,
    tokens: &[Token<'_>],
    description: &str,
) -> Option<(Range<usize>, TrialKind)> {
    let lists = &*TRIAL_WORDS;
    let brief = description.split_whitespace().nth(8).is_none();
    if let [only] = tokens
        && brief
        && is_grown_onto_test(only.text)
    {
        return Some((only.start..only.end(), TrialKind::Test));
    }
    let (at, token) = tokens
        .iter()
        .enumerate()
        .find(|(_, token)| is_in(&lists.trial, token.text))?;
    let range = token.start..token.end();
    let found = Some((range.clone(), TrialKind::Test));
    let is_name = |token: &Token<'_>| {
        is_in(&lists.company, token.text) || token.text.bytes().all(|byte| byte.is_ascii_digit())
    };
    if tokens.iter().all(is_name) {
        return found;
    }
    if !["test", "tst", "testing", "dummy", "sandbox"]
        .iter()
        .any(|word| token.is(word))
    {
        return None;
    }
    let before = at.checked_sub(1).and_then(|before| tokens.get(before));
    let after = tokens.get(at + 1);
    let purpose = after.is_some_and(|word| word.is("for") || word.is("of"))
        && tokens
            .get(at + 2)
            .is_some_and(|word| is_in(&lists.purpose, word.text));
    if purpose && at == 0 {
        return found;
    }
    let about_a_test = before.is_some_and(|word| is_in(&lists.subject_before, word.text))
        || after.is_some_and(|word| is_in(&lists.subject_after, word.text) || word.is("for"));
    if about_a_test {
        return None;
    }
    if stands_apart(title, tokens, &range) {
        return found;
    }
    let last = at + 1 == tokens.len();
    let named = after.is_some_and(|word| {
        [
            "data", "dataset", "only", "api", "layer", "file", "table", "map", "upload",
        ]
        .iter()
        .any(|own| word.is(own))
    }) && at + 2 == tokens.len();
    let machine = title.contains('_') && !title.contains(' ') && (at == 0 || token.is("test"));
    let leads = at == 0 && !token.is("testing");
    let trails = last && token.is("test") && token.text.starts_with('t') && tokens.len() <= 4;
    (brief && (leads || named || machine || trails))
        .then_some(found)
        .flatten()
}

/// `test1a`, `Testfile`, `MetroAnnual18Test`; not `Testimony`, `DrugTest` or `Contest`.
fn is_grown_onto_test(word: &str) -> bool {
    let lists = &*TRIAL_WORDS;
    let starts = word
        .get(..4)
        .filter(|start| start.eq_ignore_ascii_case("test"))
        .and_then(|_| word.get(4..))
        .is_some_and(|rest| {
            let counts = rest.starts_with(|first: char| first.is_ascii_digit()) && rest.len() < 4;
            counts || (rest.len() > 2 && is_in(&lists.company, rest))
        });
    let ends = word.strip_suffix("Test").is_some_and(|start| {
        let hump = start
            .rfind(|letter: char| !letter.is_lowercase())
            .and_then(|at| start.get(at..))
            .unwrap_or(start);
        let apart = start.ends_with(|last: char| last.is_ascii_digit() || last.is_lowercase());
        apart && !is_in(&lists.subject_before, hump) && start.len() > 3
    });
    starts || ends
}

/// A note to colleagues that should not be public: `not for public use`, `internal use only`.
#[must_use]
pub fn internal_note(text: &str) -> Option<Range<usize>> {
    Reading::of(text).internal().map(|hit| hit.start..hit.end)
}

#[cfg(test)]
mod tests {
    use super::{FurnitureField, furniture_field, internal_note, test_record};

    #[test]
    fn knows_trial_records() {
        for (title, description) in [
            ("Test for Debug Purposes", ""),
            ("[TEST] Mobility Project Task Orders", "Endpoint"),
            ("Sample DataSet", "For testing purposes only"),
            ("Test (delete me)", ""),
            ("SO_Test_App", "Test"),
            ("testing_cte_aspost", ""),
            ("minimal_example", ""),
            (
                "Districts - TEST",
                "Eight words of text that say what this is about, really.",
            ),
            ("Projects", "This is test data and not for use."),
            ("Testfile", ""),
            ("test1a", ""),
            ("MetroAnnual18Test", "Exports"),
            ("Developers Test API", ""),
            ("DEV - Libraries", ""),
            ("Dataset1", ""),
            ("category_tiles", ""),
            ("Home Page Featured Story", ""),
        ] {
            assert!(test_record(title, description).is_some(), "{title}");
        }
    }

    #[test]
    fn leaves_records_about_real_tests_alone() {
        for (title, description) in [
            ("Math Test Results 2006-2012", ""),
            ("Speed Test", ""),
            ("Drug Test Locations", ""),
            ("Tests for antibodies to a virus", ""),
            ("Projects Under Construction", ""),
            ("Percent of Addresses that do Not Receive Mail", ""),
            ("COVID-19 by ZIP Code", "Testing data current as of Monday."),
            ("Parcels", "Do not use this data to make zoning decisions."),
            ("Draft Picks by Season", ""),
            ("Water Sample Data", "Samples of lake water."),
            ("DrugTest", ""),
            ("Testimony", ""),
            ("Contest", ""),
            ("Development", ""),
            ("Dataset of Trees", ""),
            ("Featured Stories of Authors", ""),
            ("QA - Quality Assessments", ""),
        ] {
            assert_eq!(test_record(title, description), None, "{title}");
        }
    }

    #[test]
    fn knows_the_fields_of_a_portals_own_pages() {
        assert_eq!(furniture_field("title_en"), Some(FurnitureField::Words));
        assert_eq!(furniture_field("Icon"), Some(FurnitureField::Picture));
        assert_eq!(furniture_field("sort order"), Some(FurnitureField::Look));
        for name in ["Title of work", "artist", "title_lang", ""] {
            assert_eq!(furniture_field(name), None, "{name}");
        }
    }

    #[test]
    fn finds_notes_to_colleagues() {
        assert_eq!(internal_note("not for public use"), Some(0..18));
        assert!(internal_note("Counts. For internal use only.").is_some());
        assert_eq!(
            internal_note("Confidentiality rules apply to small counts."),
            None
        );
        assert_eq!(
            internal_note(
                "DO NOT DELETE OR MODIFY THIS ITEM. This item is managed by the platform."
            ),
            None
        );
    }
}
