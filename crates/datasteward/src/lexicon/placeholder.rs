//! Text that stands where a value should be: template slots, null words, standing phrases, ids, key mashing; and
//! records that were never meant for the public: trials, drafts, internal notes.
//!
//! All functions judge text as a reader sees it: give them the result of [`super::html::to_text`].

use std::ops::Range;
use std::sync::LazyLock;

use memchr::{memchr3, memmem};

use super::fold::fold;
use super::memo::Memo;
use super::phrases::{Hit, Reading};
use super::quick::QuickMap;

/// Why a text says nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Placeholder {
    /// A template slot that was never filled: `{{description}}`.
    Template,
    /// A word for nothing: `null`, `n/a`, `to be determined`.
    NullWord,
    /// A standing phrase: `Description goes here`, `coming soon`, `test`.
    Phrase,
    /// An id or a bare file name instead of words.
    IdAsText,
    /// One letter, one digit, or signs alone.
    SingleLetter,
    /// Keys struck at random: `asdf`, `xxxx`.
    Mash,
}

/// The longest entry of the list and some signs around it; longer text is only looked at for template slots.
const LONGEST: usize = 80;

/// What kind of filler the whole text is, if it is nothing else.
///
/// The label of the field itself (`Description` in a description) is left to the caller, who knows the field.
#[must_use]
pub fn classify(text: &str) -> Option<Placeholder> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    thread_local!(static KNOWN: Memo<Option<Placeholder>> = const { Memo::new() });
    KNOWN.with(|known| known.get(text, classify_trimmed))
}

fn classify_trimmed(text: &str) -> Option<Placeholder> {
    if text.len() <= LONGEST {
        let bare = text.trim_matches(is_outer_sign);
        if !bare.contains(char::is_alphanumeric) {
            let is_unit = text.contains(['%', '$', '€', '£', '¥', '°', '#']);
            return (!is_unit).then_some(Placeholder::SingleLetter);
        }
        if let Some(found) = listed(bare)
            .or_else(|| (bare.len() < text.len()).then(|| listed(text)).flatten())
            .or_else(|| shaped(bare))
        {
            return Some(found);
        }
    }
    template_fills(text).then_some(Placeholder::Template)
}

/// Signs around a text that do not change what it says.
fn is_outer_sign(character: char) -> bool {
    character.is_whitespace()
        || matches!(
            character,
            '"' | '\''
                | '('
                | ')'
                | '['
                | ']'
                | '<'
                | '>'
                | '*'
                | '.'
                | '!'
                | ','
                | ';'
                | ':'
                | '-'
                | '–'
                | '—'
                | '_'
                | '“'
                | '”'
                | '‘'
                | '’'
                | '«'
                | '»'
                | '…'
                | '?'
                | '~'
                | '='
                | '/'
                | '|'
                | '•'
                | '·'
                | '¿'
                | '¡'
                | '^'
                | '+'
        )
}

/// The listed fillers, with the lengths that occur for each first byte.
struct List {
    entries: Vec<(&'static str, Placeholder)>,
    lengths: Vec<u128>,
}

static LIST: LazyLock<List> = LazyLock::new(|| {
    let mut entries: Vec<_> = include_str!("../../data/placeholders.tsv")
        .lines()
        .filter(|line| !line.starts_with("# "))
        .filter_map(|line| {
            let (text, class) = line.split_once('\t')?;
            let class = if class == "null" {
                Placeholder::NullWord
            } else {
                Placeholder::Phrase
            };
            Some((text, class))
        })
        .collect();
    entries.sort_unstable_by_key(|(text, _)| *text);
    let mut lengths = vec![0; 256];
    for (text, _) in &entries {
        let first = text.bytes().next().map_or(0, usize::from);
        if let Some(known) = lengths.get_mut(first) {
            *known |= 1_u128 << text.len().min(127);
        }
    }
    List { entries, lengths }
});

/// The class of a listed text.
fn listed(text: &str) -> Option<Placeholder> {
    let first = text.bytes().next()?;
    if first.is_ascii() {
        // Blanks may be doubled and letters may change their length, so this can only rule out plain ASCII.
        let lengths = LIST.lengths.get(usize::from(first.to_ascii_lowercase()))?;
        let possible = lengths & (1_u128 << text.len().min(127)) != 0;
        if !possible && text.is_ascii() && !text.as_bytes().windows(2).any(|pair| pair == b"  ") {
            return None;
        }
    }
    let folded = fold(text);
    let at = LIST
        .entries
        .binary_search_by(|(known, _)| (*known).cmp(&folded))
        .ok()?;
    LIST.entries.get(at).map(|(_, class)| *class)
}

/// Fillers known by their shape.
fn shaped(text: &str) -> Option<Placeholder> {
    if text.contains(char::is_whitespace) {
        return None;
    }
    let mut characters = text.chars();
    let first = characters.next()?;
    if characters.next().is_none() {
        return first
            .is_ascii_alphanumeric()
            .then_some(Placeholder::SingleLetter);
    }
    if !text.is_ascii() {
        return None;
    }
    if is_id(text) || is_file_name(text) {
        return Some(Placeholder::IdAsText);
    }
    is_mash(text).then_some(Placeholder::Mash)
}

/// A Socrata id, a UUID or a long hexadecimal number.
fn is_id(text: &str) -> bool {
    let hexadecimal = |part: &str| part.bytes().all(|byte| byte.is_ascii_hexdigit());
    match text.len() {
        9 => is_four_by_four(text),
        36 => {
            let mut lengths = [8, 4, 4, 4, 12].into_iter();
            text.split('-')
                .all(|part| Some(part.len()) == lengths.next() && hexadecimal(part))
        }
        24..=64 => hexadecimal(text) && text.bytes().any(|byte| byte.is_ascii_digit()),
        _ => false,
    }
}

/// `48fa-iwwp`, but neither `2010-2011` nor `fall-2019`: one half must mix letters and digits.
fn is_four_by_four(text: &str) -> bool {
    let Some((left, right)) = text.split_once('-') else {
        return false;
    };
    let lower = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let mixed = |half: &str| {
        half.bytes().any(|byte| byte.is_ascii_digit())
            && half.bytes().any(|byte| byte.is_ascii_lowercase())
    };
    left.len() == 4
        && right.len() == 4
        && left.bytes().chain(right.bytes()).all(lower)
        && (mixed(left) || mixed(right))
}

/// Endings of files that people upload.
const FILE_ENDINGS: [&str; 24] = [
    "csv", "xls", "xlsx", "xlsm", "shp", "zip", "json", "geojson", "txt", "pdf", "xml", "doc",
    "docx", "dbf", "gdb", "kml", "kmz", "tif", "tiff", "tsv", "mdb", "accdb", "jpg", "png",
];

/// One word that ends like a file.
fn is_file_name(text: &str) -> bool {
    text.rsplit_once('.').is_some_and(|(stem, ending)| {
        !stem.is_empty()
            && !stem.contains("://")
            && !text.starts_with("www.")
            && FILE_ENDINGS
                .iter()
                .any(|known| ending.eq_ignore_ascii_case(known))
    })
}

const KEY_ROWS: [&str; 3] = ["qwertyuiop", "asdfghjkl", "zxcvbnm"];

/// Keys of one row struck in order, one letter over and over, or the middle row at random.
fn is_mash(text: &str) -> bool {
    let length = text.len();
    if !(4..=40).contains(&length) || !text.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return false;
    }
    let lower = text.to_ascii_lowercase();
    let bytes = lower.as_bytes();
    let period = |by: usize| {
        bytes
            .iter()
            .zip(bytes.iter().skip(by))
            .all(|(left, right)| left == right)
    };
    if period(1) || (length >= 6 && period(2) && !lower.bytes().any(is_vowel)) {
        return true;
    }
    let middle_row = |byte: u8| {
        KEY_ROWS
            .get(1)
            .is_some_and(|row| row.bytes().any(|key| key == byte))
    };
    runs_along_keys(bytes)
        || (length >= 6 && bytes.iter().all(|&byte| middle_row(byte) && byte != b'a'))
}

fn is_vowel(byte: u8) -> bool {
    matches!(byte, b'a' | b'e' | b'i' | b'o' | b'u' | b'y')
}

/// Whether the word is made of runs of at least four neighbouring keys, each run in one direction.
fn runs_along_keys(word: &[u8]) -> bool {
    let place = |byte: u8| {
        KEY_ROWS.iter().enumerate().find_map(|(row, keys)| {
            let at = keys.bytes().position(|key| key == byte)?;
            Some((row, i32::try_from(at).ok()?))
        })
    };
    let mut run = 1;
    let mut direction = 0;
    for (&left, &right) in word.iter().zip(word.iter().skip(1)) {
        let step = match (place(left), place(right)) {
            (Some((row, from)), Some((other, to))) if row == other => to - from,
            _ => 0,
        };
        let goes_on = matches!(step, 1 | -1) && (direction == 0 || direction == step);
        if goes_on {
            run += 1;
            direction = step;
        } else {
            if run < 4 {
                return false;
            }
            run = 1;
            direction = 0;
        }
    }
    run >= 4
}

/// Whether a template slot is all the text has.
fn template_fills(text: &str) -> bool {
    template_in(text).is_some_and(|slot| {
        let around = text
            .get(..slot.start)
            .into_iter()
            .chain(text.get(slot.end..));
        around
            .flat_map(str::chars)
            .filter(|character| character.is_alphanumeric())
            .count()
            <= slot.len() / 2
    })
}

/// The first template slot that was never filled, whole text or inside one.
///
/// Redaction marks (`[[REDACTED…]]`), slots of addresses (`/{z}/{x}/{y}`), JSON, formulas and code are not slots.
#[must_use]
pub fn template_in(text: &str) -> Option<Range<usize>> {
    if let Some(help) = help_of_a_form(text) {
        return Some(help);
    }
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(offset) = bytes
        .get(at..)
        .and_then(|rest| memchr3(b'{', b'[', b'<', rest))
    {
        let found = at + offset;
        if let Some(end) = slot_at(text, found) {
            let start = if text
                .get(..found)
                .is_some_and(|before| before.ends_with('$'))
            {
                found - 1
            } else {
                found
            };
            if !in_address(text, start) {
                return Some(start..end);
            }
        }
        at = found + 1;
    }
    rare_slot(text)
}

/// The words with which the help of an unfilled form begins.
pub const FORM_HELP: &str = "REQUIRED: ";

/// What editors of geographic metadata put into each field until somebody fills it: one sentence that explains the
/// field (`REQUIRED: A brief narrative summary of the data set.`).
fn help_of_a_form(text: &str) -> Option<Range<usize>> {
    let trimmed = text.trim();
    let sentence = trimmed.strip_prefix(FORM_HELP)?;
    let is_one = sentence.len() <= 240
        && sentence.starts_with(|first: char| first.is_ascii_uppercase())
        && sentence
            .strip_suffix('.')
            .is_some_and(|body| !body.contains(". ") && !body.contains('\n') && body.contains(' '));
    let start = text.len() - text.trim_start().len();
    is_one.then_some(start..start + trimmed.len())
}

/// The longest inside of a slot.
const LONGEST_SLOT: usize = 60;

/// The end of the slot that opens at a bracket.
fn slot_at(text: &str, at: usize) -> Option<usize> {
    let rest = text.get(at..)?;
    let before = text.get(..at)?;
    if rest.starts_with("{{") {
        let inside = inside(rest, 2, "}}")?;
        let glued = before.chars().next_back().is_some_and(|last| {
            last.is_alphanumeric() || matches!(last, '{' | '}' | '\\' | '^' | '_' | '$' | '=')
        });
        return (!glued && is_slot_name(inside)).then_some(at + inside.len() + 4);
    }
    if rest.starts_with('{') {
        let inside = inside(rest, 1, "}")?;
        let whole = is_alone(text, at, inside.len() + 2);
        let dollar = before.ends_with('$') && !before.ends_with("$$");
        let named = is_slot_name(inside)
            && !inside.contains(' ')
            && inside.len() > 2
            && !is_machine_id(inside);
        return ((whole || dollar) && named).then_some(at + inside.len() + 2);
    }
    if rest.starts_with("[[") {
        let inside = inside(rest, 2, "]]")?;
        let machine = inside.contains(['.', '_']) && !inside.contains(' ');
        let whole = is_alone(text, at, inside.len() + 4);
        let redacted = inside
            .get(..6)
            .is_some_and(|start| start.eq_ignore_ascii_case("redact"));
        return ((machine || whole) && !redacted && is_slot_name(inside))
            .then_some(at + inside.len() + 4);
    }
    if rest.starts_with("<%") {
        let inside = inside(rest, 2, "%>")?;
        return Some(at + inside.len() + 4);
    }
    let close = if rest.starts_with('<') { ">" } else { "]" };
    let inside = inside(rest, 1, close)?;
    asks_for_input(inside).then_some(at + inside.len() + 2)
}

/// What stands between brackets on one line.
fn inside<'a>(rest: &'a str, open: usize, close: &str) -> Option<&'a str> {
    let body = rest.get(open..)?;
    let mut limit = body.len().min(LONGEST_SLOT + close.len());
    while !body.is_char_boundary(limit) {
        limit -= 1;
    }
    let body = body.get(..limit)?;
    let inside = body.get(..body.find(close)?)?;
    (!inside.contains('\n')).then_some(inside)
}

/// The id that software gives to a record or a file: 32 hexadecimal digits in five groups.
fn is_machine_id(inside: &str) -> bool {
    let groups = inside.split('-').map(str::len);
    groups.eq([8, 4, 4, 4, 12])
        && inside
            .bytes()
            .all(|byte| byte == b'-' || byte.is_ascii_hexdigit())
}

/// A name as templates have them: `default.description`, ` item.title | upper `.
fn is_slot_name(inside: &str) -> bool {
    let name = inside.trim();
    name.len() >= 2
        && name.starts_with(|first: char| first.is_alphabetic() || matches!(first, '_' | '#' | '/'))
        && name.chars().all(|character| {
            character.is_alphanumeric()
                || matches!(
                    character,
                    '_' | '.' | ' ' | '-' | '|' | '#' | '/' | '[' | ']' | '(' | ')' | '\''
                )
        })
}

/// `insert title here`, `your organisation`: the words of a form.
fn asks_for_input(inside: &str) -> bool {
    let folded = inside.trim();
    [
        "insert ",
        "your ",
        "enter ",
        "add your ",
        "name of your ",
        "replace ",
        "placeholder",
    ]
    .iter()
    .any(|start| {
        folded
            .get(..start.len())
            .is_some_and(|found| found.eq_ignore_ascii_case(start))
    }) && folded.len() > 5
        && !folded.contains(['=', '/'])
}

/// Whether a short text has nothing but blanks around a slot.
fn is_alone(text: &str, at: usize, length: usize) -> bool {
    let around = [text.get(..at), text.get(at + length..)];
    text.len() <= LONGEST
        && around
            .into_iter()
            .flatten()
            .all(|side| side.trim().is_empty())
}

/// How far back an address may have begun.
const LONGEST_ADDRESS: usize = 200;

/// Whether the word around a place is an address or a path.
fn in_address(text: &str, at: usize) -> bool {
    let from = at.saturating_sub(LONGEST_ADDRESS);
    let before = text.as_bytes().get(from..at).unwrap_or(&[]);
    let word = before.rsplit(u8::is_ascii_whitespace).next().unwrap_or(&[]);
    word.contains(&b'/') || word.contains(&b'\\')
}

/// Slots without brackets: `%(name)s`, `@@name@@`, `xx/xx/xxxx`, `lorem ipsum`.
fn rare_slot(text: &str) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(offset) = bytes
        .get(at..)
        .and_then(|rest| memchr3(b'%', b'@', b'/', rest))
    {
        let sign = at + offset;
        let found = match bytes.get(sign) {
            Some(b'%') => named_slot(text, sign, "%(", ")s"),
            Some(b'@') => named_slot(text, sign, "@@", "@@"),
            _ => date_slot(bytes, sign),
        };
        if found.is_some() {
            return found;
        }
        at = sign + 1;
    }
    let ipsum = IPSUM.find(bytes)?;
    let start = ipsum.checked_sub("Lorem ".len())?;
    let lorem = text.get(start..ipsum)?;
    lorem
        .eq_ignore_ascii_case("lorem ")
        .then_some(start..ipsum + "ipsum".len())
}

static IPSUM: LazyLock<memmem::Finder<'static>> = LazyLock::new(|| memmem::Finder::new("ipsum"));

/// A slot with a name between two signs.
fn named_slot(text: &str, at: usize, open: &str, close: &str) -> Option<Range<usize>> {
    let rest = text.get(at..).filter(|rest| rest.starts_with(open))?;
    let name = inside(rest, open.len(), close)?;
    (is_slot_name(name) && !name.contains(' '))
        .then_some(at..at + open.len() + name.len() + close.len())
}

/// `xx/xx/xxxx` around its first stroke.
fn date_slot(bytes: &[u8], stroke: usize) -> Option<Range<usize>> {
    let start = stroke.checked_sub(2)?;
    let date = bytes.get(start..start + 10)?;
    date.eq_ignore_ascii_case(b"xx/xx/xxxx")
        .then_some(start..start + 10)
}

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
}

/// Whether title and description show a trial record, and where.
///
/// Titles about real tests (`Math Test Results`, `Speed Test`, `Drug Test Locations`) are not trials.
#[must_use]
pub fn test_record(title: &str, description: &str) -> Option<Trial> {
    trial_title(title, description).or_else(|| Reading::of(description).trial().map(trial_text))
}

/// As [`test_record`], where the description has been read already.
#[must_use]
pub fn test_record_read(title: &str, description: &str, reading: &Reading) -> Option<Trial> {
    trial_title(title, description).or_else(|| reading.trial().map(trial_text))
}

fn trial_text(hit: Hit) -> Trial {
    Trial {
        in_title: false,
        range: hit.start..hit.end,
        kind: TrialKind::Test,
    }
}

/// Whether the title shows a trial record; a long description speaks for a real one.
fn trial_title(title: &str, description: &str) -> Option<Trial> {
    let tokens = Token::all(title);
    let (range, kind) = marked(title, &tokens).or_else(|| tested(title, &tokens, description))?;
    Some(Trial {
        in_title: true,
        range,
        kind,
    })
}

/// A word of a title and where it stands; `_` parts words.
struct Token<'a> {
    text: &'a str,
    start: usize,
}

impl<'a> Token<'a> {
    fn all(title: &'a str) -> Vec<Self> {
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
    fn is_capitals(&self) -> bool {
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
    let mut words = TrialWords::default();
    for line in include_str!("../../data/trial_words.tsv").lines() {
        let Some((list, entries)) = line.split_once('\t') else {
            continue;
        };
        let entries = entries.split(' ').collect();
        match list {
            "subject-before" => words.subject_before = entries,
            "subject-after" => words.subject_after = entries,
            "trial-company" => words.company = entries,
            "trial-word" => words.trial = entries,
            "trial-purpose" => words.purpose = entries,
            _ => {}
        }
    }
    words
});

/// Small lists of words, sorted.
#[derive(Default)]
struct TrialWords {
    subject_before: Vec<&'static str>,
    subject_after: Vec<&'static str>,
    company: Vec<&'static str>,
    trial: Vec<&'static str>,
    purpose: Vec<&'static str>,
}

fn is_in(list: &[&str], word: &str) -> bool {
    let order = |known: &&str| {
        known
            .bytes()
            .cmp(word.bytes().map(|byte| byte.to_ascii_lowercase()))
    };
    list.binary_search_by(order).is_ok()
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
    let whole = title.trim().trim_matches(is_outer_sign);
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
    let brief = description.split_whitespace().nth(8).is_none();
    let last = at + 1 == tokens.len();
    let named = after.is_some_and(|word| word.is("data") || word.is("dataset") || word.is("only"))
        && at + 2 == tokens.len();
    let machine = title.contains('_') && !title.contains(' ') && (at == 0 || token.is("test"));
    let leads = at == 0 && !token.is("testing");
    let trails = last && token.is("test") && token.text.starts_with('t') && tokens.len() <= 4;
    (brief && (leads || named || machine || trails))
        .then_some(found)
        .flatten()
}

/// A note to colleagues that should not be public: `not for public use`, `internal use only`.
#[must_use]
pub fn internal_note(text: &str) -> Option<Range<usize>> {
    Reading::of(text).internal().map(|hit| hit.start..hit.end)
}

/// Why a title does not tell what the dataset is about, judged by its shape alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TitleProblem {
    /// There is nothing.
    Empty,
    /// A filler or a template slot.
    Placeholder(Placeholder),
    /// A trial, draft or do-not-use mark.
    Trial(TrialKind),
    /// Names run together by capitals or underscores: `AccidentWithPed`, `parcel_layer_2`.
    MachineName,
    /// One word in small letters, as identifiers are: `covertype`.
    Identifier,
    /// One group of capitals: `DOGIS`.
    Initials,
    /// A code among the words: `NOFA005`.
    Code,
    /// A file name.
    FileName,
    /// Words that name no subject: `Cases Filed 2015`, `Geography Lookup Table`.
    Vague,
    /// Several words, all in capitals. Readable, but hard on the eye.
    AllCapitals,
}

/// What is wrong with the shape of a title.
#[must_use]
pub fn title_problem(title: &str, description: &str) -> Option<TitleProblem> {
    let title = title.trim();
    if title.is_empty() {
        return Some(TitleProblem::Empty);
    }
    if let Some(class) = classify(title) {
        let file = class == Placeholder::IdAsText && is_file_name(title);
        return Some(if file {
            TitleProblem::FileName
        } else {
            TitleProblem::Placeholder(class)
        });
    }
    if let Some(trial) = trial_title(title, description) {
        return Some(TitleProblem::Trial(trial.kind));
    }
    let tokens = Token::all(title);
    one_word(title, &tokens)
        .or_else(|| several_words(title, &tokens))
        .or_else(|| is_vague(title).then_some(TitleProblem::Vague))
}

/// Words of titles that name no subject, and whether each can be more than a leading or joining word.
static VAGUE: LazyLock<QuickMap<&'static str, bool>> = LazyLock::new(|| {
    include_str!("../../data/vague-title-words.txt")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .flat_map(|line| {
            let (words, tells) = line
                .strip_prefix('+')
                .map_or((line, true), |line| (line, false));
            words
                .split_ascii_whitespace()
                .map(move |word| (word, tells))
        })
        .collect()
});

/// Whether all words of a title are vague, those of periods and versions left aside. Other numbers are names (`311`).
fn is_vague(title: &str) -> bool {
    let mut tells = false;
    let mut from = 0;
    let skeleton = super::titles::skeleton_of(title);
    let outside = skeleton
        .slots
        .iter()
        .map(|slot| (slot.start, slot.end))
        .chain(std::iter::once((title.len(), title.len())))
        .filter_map(|(start, end)| {
            let text = title.get(from..start);
            from = end;
            text
        });
    for text in outside {
        for word in super::fold::words(text) {
            let version = word.strip_prefix('v').is_some_and(|rest| {
                !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit())
            });
            match VAGUE.get(&*word) {
                Some(own) => tells |= own,
                None if version || is_length_of_time(&word, text) => {}
                None => return false,
            }
        }
    }
    tells
}

/// `(10 years)`: how long, not what of.
fn is_length_of_time(word: &str, text: &str) -> bool {
    let unit = |word: &str| matches!(word, "years" | "months" | "weeks" | "days");
    unit(word)
        || (word.bytes().all(|byte| byte.is_ascii_digit())
            && super::fold::words(text)
                .zip(super::fold::words(text).skip(1))
                .any(|(number, next)| *number == *word && unit(&next)))
}

fn one_word(title: &str, tokens: &[Token<'_>]) -> Option<TitleProblem> {
    if title.contains(char::is_whitespace) {
        return None;
    }
    if title.contains('_') || humps(title) >= 3 {
        return Some(TitleProblem::MachineName);
    }
    // A stem, a dot and a short ending in small letters is a file of some kind.
    if title.rsplit_once('.').is_some_and(|(stem, ending)| {
        stem.len() >= 4
            && (2..=4).contains(&ending.len())
            && ending.bytes().all(|byte| byte.is_ascii_lowercase())
            && !["gov", "org", "com", "net", "edu", "us", "io"].contains(&ending)
    }) {
        return Some(TitleProblem::FileName);
    }
    let letters = title
        .chars()
        .filter(|character| character.is_alphabetic())
        .count();
    if title.is_ascii() && letters >= 2 && !title.bytes().any(|byte| byte.is_ascii_uppercase()) {
        return Some(TitleProblem::Identifier);
    }
    let capitals = tokens.iter().all(Token::is_capitals);
    let short = title.len() <= 6;
    (capitals && short && title.is_ascii()).then_some(TitleProblem::Initials)
}

fn several_words(title: &str, tokens: &[Token<'_>]) -> Option<TitleProblem> {
    if tokens.iter().any(|token| humps(token.text) >= 3) {
        return Some(TitleProblem::MachineName);
    }
    let words = title.split_whitespace().count();
    let underscored = title
        .split_whitespace()
        .filter(|word| word.contains('_'))
        .count();
    if words > 1 && underscored * 2 >= words {
        return Some(TitleProblem::MachineName);
    }
    if tokens
        .iter()
        .any(|token| is_code(token.text) || is_layer_file(token.text))
        && words <= 6
    {
        return Some(TitleProblem::Code);
    }
    let letters = title
        .chars()
        .filter(|character| character.is_alphabetic())
        .count();
    let shouted = words >= 2 && letters >= 8 && !title.chars().any(char::is_lowercase);
    shouted.then_some(TitleProblem::AllCapitals)
}

/// Words run together, counted by a small letter before a capital one; a name like `McDonald` has one such place.
fn humps(word: &str) -> usize {
    let joins = word
        .chars()
        .zip(word.chars().skip(1))
        .filter(|(left, right)| left.is_lowercase() && right.is_uppercase())
        .count();
    if joins == 0 { 0 } else { joins + 1 }
}

/// `Shp1`, `lyr_2`: what a file of a map was called on somebody's disk.
fn is_layer_file(word: &str) -> bool {
    let word = word.to_ascii_lowercase();
    ["shp", "lyr", "tbl", "fgdb"].iter().any(|kind| {
        word.strip_prefix(kind).is_some_and(|rest| {
            !rest.is_empty()
                && rest
                    .bytes()
                    .all(|byte| byte.is_ascii_digit() || byte == b'_')
        })
    })
}

/// Three capitals or more, then three digits or more that are no year.
fn is_code(word: &str) -> bool {
    let letters = word.bytes().take_while(u8::is_ascii_uppercase).count();
    let digits = word.get(letters..).unwrap_or("");
    let year = digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20"));
    letters >= 3 && digits.len() >= 3 && digits.bytes().all(|byte| byte.is_ascii_digit()) && !year
}

#[cfg(test)]
mod tests {
    use super::{
        Placeholder, TitleProblem, TrialKind, classify, internal_note, template_in, test_record,
        title_problem,
    };

    #[test]
    fn knows_fillers_of_every_kind() {
        for (text, class) in [
            ("{{description}}", Placeholder::Template),
            ("* {{ default.description }} *", Placeholder::Template),
            ("N/A", Placeholder::NullWord),
            ("  (null). ", Placeholder::NullWord),
            ("Sin descripción", Placeholder::Phrase),
            ("There is no description available.", Placeholder::Phrase),
            ("Coming  Soon!", Placeholder::Phrase),
            ("48fa-iwwp", Placeholder::IdAsText),
            ("streets_2019.xlsx", Placeholder::IdAsText),
            (
                "550e8400-e29b-41d4-a716-446655440000",
                Placeholder::IdAsText,
            ),
            ("A", Placeholder::SingleLetter),
            ("-", Placeholder::SingleLetter),
            ("asdf", Placeholder::Mash),
            ("xxxxxx", Placeholder::Mash),
            ("asdfghjk", Placeholder::Mash),
        ] {
            assert_eq!(classify(text), Some(class), "{text}");
        }
    }

    #[test]
    fn leaves_short_words_that_mean_something_alone() {
        for text in [
            "",
            "Trees",
            "%",
            "2010-2011",
            "fall-2019",
            "Not applicable: the survey ended in 2014",
            "were",
            "AAA",
            "III",
            "www.example.org",
            "Pending cases",
            "Test results",
            "日",
            "Mama",
            "COVID-19",
            "Unknown soldiers",
        ] {
            assert_eq!(classify(text), None, "{text}");
        }
    }

    #[test]
    fn finds_unfilled_slots_inside_a_text() {
        let found =
            |text: &str| template_in(text).and_then(|range| text.get(range).map(str::to_owned));
        assert_eq!(
            found("Since [INSERT DATE], cases rose").as_deref(),
            Some("[INSERT DATE]")
        );
        assert_eq!(found("Dear ${recipient}!").as_deref(), Some("${recipient}"));
        assert_eq!(
            found("Last seen xx/xx/xxxx here").as_deref(),
            Some("xx/xx/xxxx")
        );
        assert_eq!(found("Lorem ipsum dolor").as_deref(), Some("Lorem ipsum"));
        assert_eq!(found("<%= title %>").as_deref(), Some("<%= title %>"));
        assert_eq!(
            found("mailto:{{orgContactEmail}}").as_deref(),
            Some("{{orgContactEmail}}")
        );
    }

    #[test]
    fn knows_the_help_that_a_form_was_left_with() {
        let help =
            "REQUIRED: The name of an organization or individual that developed the data set.";
        assert_eq!(classify(help), Some(Placeholder::Template));
        assert_eq!(template_in(help), Some(0..help.len()));
        for text in [
            "Required: a permit from the harbour office.",
            "REQUIRED: See the rules. Permits are sold at the desk.",
            "Permit REQUIRED: The harbour office sells it.",
        ] {
            assert_eq!(template_in(text), None, "{text}");
        }
    }

    #[test]
    fn leaves_braces_that_belong_alone() {
        for text in [
            "[[REDACTED-EX B6]]",
            "https://tiles.example.org/{z}/{x}/{y}.png",
            "https://api.example.org/items/{{id}}",
            "{\"a\": {\"b\": 1}}",
            "{CD014BBF-5372-4D8E-B2D8-F28042F35804}",
            "a set {x, y} of points",
            "^[a-z]{2,3}$",
            "\\frac{{a}}{{b}}",
            "[see note] <5 mg",
        ] {
            assert_eq!(template_in(text), None, "{text}");
        }
    }

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
        ] {
            assert_eq!(test_record(title, description), None, "{title}");
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

    #[test]
    fn judges_titles_by_shape() {
        assert_eq!(title_problem("Street tree inventory", ""), None);
        for vague in [
            "Cases Filed 2015",
            "Lookup Table",
            "Events (10 years) dataset",
            "Program Data Dec, 2017 V2",
        ] {
            assert_eq!(
                title_problem(vague, ""),
                Some(TitleProblem::Vague),
                "{vague}"
            );
        }
        for clear in [
            "311 Service Requests",
            "Requests 2015",
            "Transit Events",
            "Permits 2015",
        ] {
            assert_eq!(title_problem(clear, ""), None, "{clear}");
        }
        assert_eq!(
            title_problem("Shp1 Police Beats", ""),
            Some(TitleProblem::Code)
        );
        assert_eq!(
            title_problem("2019 Registered Foreclosure Properties", ""),
            None
        );
        assert_eq!(title_problem("L.A. Zoo Attendance", ""), None);
        assert_eq!(
            title_problem("AccidentWithPed", ""),
            Some(TitleProblem::MachineName)
        );
        assert_eq!(
            title_problem("parcel_layer_2", ""),
            Some(TitleProblem::MachineName)
        );
        assert_eq!(
            title_problem("covertype", ""),
            Some(TitleProblem::Identifier)
        );
        assert_eq!(title_problem("ORI", ""), Some(TitleProblem::Initials));
        assert_eq!(
            title_problem("NOFA005 Awarded Areas", ""),
            Some(TitleProblem::Code)
        );
        assert_eq!(
            title_problem("disburse2011Q1-detail.csv", ""),
            Some(TitleProblem::FileName)
        );
        assert_eq!(
            title_problem("Test", ""),
            Some(TitleProblem::Placeholder(Placeholder::Phrase))
        );
        assert_eq!(
            title_problem("Streets - DRAFT", ""),
            Some(TitleProblem::Trial(TrialKind::Draft))
        );
        assert_eq!(
            title_problem("POLICE CASES 2012", ""),
            Some(TitleProblem::AllCapitals)
        );
    }

    proptest::proptest! {
        #[test]
        fn never_panics_and_points_into_the_text(text in "([{}\\[\\]<>$%@a-zA-Z_. -]|test|draft|insert|\\PC){0,40}") {
            let _ = (classify(&text), title_problem(&text, &text));
            if let Some(range) = template_in(&text) {
                proptest::prop_assert!(text.get(range).is_some());
            }
            if let Some(trial) = test_record(&text, "") {
                proptest::prop_assert!(text.get(trial.range).is_some());
            }
        }
    }
}
