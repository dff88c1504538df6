//! Damaged characters: text decoded with the wrong character set, lost characters, characters that are not seen.
//!
//! UTF-8 read as Windows-1252 (or Latin-1) turns `’` into `â€™`; done twice, into `Ã¢â‚¬â„¢`. A stack takes such runs
//! apart from the inside out, so that any depth costs one pass. Only runs that are practically never real text are
//! touched.

use std::ops::Range;

/// A run of damaged characters, in bytes of the text given; both ends lie on character boundaries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Damage {
    /// First byte of the damaged run.
    pub start: usize,
    /// Byte behind it.
    pub end: usize,
    /// What the run was before it was damaged; `None` where that is lost (U+FFFD, cut sequences).
    pub repaired: Option<String>,
}

/// Characters that a reader does not see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invisible {
    /// Where the character stands, in bytes.
    pub range: Range<usize>,
    /// What it does to the text.
    pub kind: InvisibleKind,
}

/// What an unseen character does to a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InvisibleKind {
    /// A control character other than tab and line break.
    Control,
    /// A character without width: zero-width space, word joiner, stray byte order mark.
    ZeroWidth,
    /// A character that turns the direction of reading: the text is not what it seems.
    Direction,
    /// A soft hyphen, which splits a word for every search.
    SoftHyphen,
    /// Two or more no-break spaces in a row.
    NoBreakSpaces,
    /// Half a line break at the end of a text of one line, left by a file of another system.
    LineEnd,
    /// A Cyrillic letter that looks like a Latin one, inside a word of Latin letters.
    LookAlike,
}

/// The character of a byte in Windows-1252; `None` for the five bytes it leaves open.
#[must_use]
pub fn windows_1252(byte: u8) -> Option<char> {
    match byte {
        0x81 | 0x8D | 0x8F | 0x90 | 0x9D => None,
        0x80..0xA0 => HIGH.chars().nth(usize::from(byte - 0x80)),
        _ => Some(char::from(byte)),
    }
}

/// Windows-1252 from 0x80 to 0x9F; a blank stands for a byte left open.
const HIGH: &str = "€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ";

/// The byte that a character stands for where bytes were read as Windows-1252 or Latin-1.
fn byte_of(character: char) -> Option<u8> {
    if let Ok(byte) = u8::try_from(character) {
        return (byte >= 0x80).then_some(byte);
    }
    HIGH.chars()
        .position(|known| known == character)
        .and_then(|at| u8::try_from(at + 0x80).ok())
}

/// Every damaged run of the text, in order. Costs next to nothing on ASCII.
#[must_use]
pub fn find(text: &str) -> Vec<Damage> {
    if text.is_ascii() {
        return Vec::new();
    }
    let mut found = Vec::new();
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(offset) = bytes
        .get(at..)
        .and_then(|rest| rest.iter().position(|byte| !byte.is_ascii()))
    {
        let start = at + offset;
        let end = bytes
            .get(start..)
            .and_then(|rest| rest.iter().position(u8::is_ascii))
            .map_or(bytes.len(), |length| start + length);
        if may_be_damaged(bytes.get(start..end).unwrap_or(&[])) {
            Run::new(text, start, end).damage(&mut found);
        }
        at = end;
    }
    found
}

/// Whether a run of non-ASCII bytes has a lead that [`Run`] knows; one look instead of a stack for `é` and `’`.
fn may_be_damaged(run: &[u8]) -> bool {
    run.windows(2).any(|pair| match pair {
        // Â Ã â ï ð, the bytes C2 C3 E2 EF F0 as Latin-1 has them
        [0xC3, second] => matches!(second, 0x82 | 0x83 | 0xA2 | 0xAF | 0xB0) && run.len() > 2,
        // a C1 control character
        [0xC2, second] => *second < 0xA0,
        // U+FFFD and its neighbours
        [0xEF, second] => *second == 0xBF,
        _ => false,
    })
}

/// The text with every damage mended that can be. `None` where there is nothing to mend. Mending twice changes nothing.
#[must_use]
pub fn repair(text: &str) -> Option<String> {
    let found = find(text);
    let mut mended = String::new();
    let mut copied = 0;
    for damage in &found {
        if let Some(repaired) = &damage.repaired {
            mended.push_str(text.get(copied..damage.start).unwrap_or(""));
            mended.push_str(repaired);
            copied = damage.end;
        }
    }
    if copied == 0 {
        return None;
    }
    mended.push_str(text.get(copied..).unwrap_or(""));
    Some(mended)
}

/// A character with the bytes of the text it came from.
#[derive(Clone, Copy)]
struct Unit {
    character: char,
    start: usize,
    end: usize,
    /// Made from several characters.
    mended: bool,
}

/// A run of non-ASCII characters being taken apart.
struct Run<'a> {
    text: &'a str,
    end: usize,
    stack: Vec<Unit>,
    /// Byte order marks taken out.
    removed: Vec<Range<usize>>,
}

impl<'a> Run<'a> {
    fn new(text: &'a str, start: usize, end: usize) -> Self {
        let mut run = Self {
            text,
            end,
            stack: Vec::new(),
            removed: Vec::new(),
        };
        for (offset, character) in text.get(start..end).unwrap_or("").char_indices() {
            let at = start + offset;
            run.push(Unit {
                character,
                start: at,
                end: at + character.len_utf8(),
                mended: false,
            });
        }
        run
    }

    /// Puts a character on the stack, and folds what it completes.
    fn push(&mut self, unit: Unit) {
        self.stack.push(unit);
        while let Some(folded) = self.folded() {
            if folded.character == '\u{FEFF}' {
                self.removed.push(folded.start..folded.end);
                return;
            }
            self.stack.push(folded);
        }
    }

    /// Takes a complete damaged sequence off the stack and gives the character it was.
    fn folded(&mut self) -> Option<Unit> {
        (2..=4).find_map(|length| {
            let from = self.stack.len().checked_sub(length)?;
            let units = self.stack.get(from..)?;
            let (first, last) = (units.first()?, units.last()?);
            let lead = byte_of(first.character)?;
            let fits = match length {
                2 => matches!(lead, 0xC2 | 0xC3) && !self.closes_a_word(from, last),
                3 => matches!(lead, 0xE2 | 0xEF),
                _ => lead == 0xF0,
            };
            if !fits {
                return None;
            }
            let mut bytes = [0; 4];
            for (byte, unit) in bytes.iter_mut().zip(units) {
                *byte = byte_of(unit.character)?;
            }
            let decoded = std::str::from_utf8(bytes.get(..length)?).ok()?;
            let mended = Unit {
                character: decoded.chars().next()?,
                start: first.start,
                end: last.end,
                mended: true,
            };
            self.stack.truncate(from);
            Some(mended)
        })
    }

    /// `MAÇÃ”`: a capital in a word of capitals, then a closing quote or a dash, is Portuguese and not damage.
    fn closes_a_word(&self, lead_at: usize, last: &Unit) -> bool {
        if !matches!(last.character, '’' | '”' | '…' | '–' | '—' | '»' | '›') {
            return false;
        }
        let Some(lead) = self.stack.get(lead_at) else {
            return false;
        };
        let before = match lead_at.checked_sub(1).and_then(|at| self.stack.get(at)) {
            Some(unit) => Some(unit.character),
            None => self
                .text
                .get(..lead.start)
                .and_then(|text| text.chars().next_back()),
        };
        // A control character will be read as what Windows-1252 has in its place.
        let after = self
            .text
            .get(last.end..)
            .and_then(|text| text.chars().next());
        let after = after.map(|next| byte_of(next).and_then(windows_1252).unwrap_or(next));
        before.is_some_and(char::is_uppercase) && !after.is_some_and(char::is_alphabetic)
    }

    /// Adds what was found, neighbours of one kind as one damage.
    fn damage(self, found: &mut Vec<Damage>) {
        let first = found.len();
        for (at, unit) in self.stack.iter().enumerate() {
            let repaired = match unit.character {
                '\u{FFFD}' => None,
                'â' if self
                    .stack
                    .get(at + 1)
                    .is_some_and(|next| next.character == '€') =>
                {
                    None
                }
                lone @ '\u{80}'..'\u{A0}' => u8::try_from(lone)
                    .ok()
                    .and_then(windows_1252)
                    .map(String::from),
                whole if unit.mended => Some(String::from(whole)),
                _ => continue,
            };
            join(found, first, unit.start..self.cut_end(at, unit), repaired);
        }
        // The damages so far are in order, so the only one that can cover a mark is the last that starts before it.
        let marks: Vec<Range<usize>> = match found.get(first..) {
            Some(new) => self
                .removed
                .into_iter()
                .filter(|mark| !is_covered(new, mark))
                .collect(),
            None => Vec::new(),
        };
        found.extend(marks.into_iter().map(|mark| Damage {
            start: mark.start,
            end: mark.end,
            repaired: Some(String::new()),
        }));
        if let Some(new) = found.get_mut(first..) {
            new.sort_by_key(|damage| damage.start);
        }
    }

    /// A cut `â€` takes its second character along.
    fn cut_end(&self, at: usize, unit: &Unit) -> usize {
        match self.stack.get(at + 1) {
            Some(next) if unit.character == 'â' && next.character == '€' => {
                next.end.min(self.end)
            }
            _ => unit.end,
        }
    }
}

/// Whether one of the damages, which are in order, holds a place.
fn is_covered(damages: &[Damage], place: &Range<usize>) -> bool {
    let behind = damages.partition_point(|damage| damage.start <= place.start);
    behind
        .checked_sub(1)
        .and_then(|last| damages.get(last))
        .is_some_and(|damage| place.end <= damage.end)
}

/// Adds a damage, or lengthens the last one where it goes on and is of the same kind.
fn join(found: &mut Vec<Damage>, first: usize, range: Range<usize>, repaired: Option<String>) {
    if let Some(last) = found.get_mut(first..).and_then(<[Damage]>::last_mut)
        && last.end == range.start
    {
        match (&mut last.repaired, &repaired) {
            (Some(before), Some(more)) => {
                before.push_str(more);
                last.end = range.end;
                return;
            }
            (None, None) => {
                last.end = range.end;
                return;
            }
            _ => {}
        }
    }
    found.push(Damage {
        start: range.start,
        end: range.end,
        repaired,
    });
}

/// The text without unseen characters that say nothing, and with one blank for each run of no-break spaces; nothing where
/// it holds other unseen ones, or letters of a script in which they may say something.
///
/// ```
/// use datasteward::lexicon::mojibake::without_unseen;
/// assert_eq!(without_unseen("Street\u{200B} trees").as_deref(), Some("Street trees"));
/// assert_eq!(without_unseen("ภาษา\u{200B}ไทย"), None);
/// ```
#[must_use]
pub fn without_unseen(text: &str) -> Option<String> {
    let mut kept = String::with_capacity(text.len());
    let mut signs = text.chars().peekable();
    while let Some(sign) = signs.next() {
        match sign {
            '\u{200B}' | '\u{2060}' | '\u{FEFF}' | '\u{AD}' => {}
            '\u{A0}' if signs.peek() == Some(&'\u{A0}') => {
                while signs.next_if_eq(&'\u{A0}').is_some() {}
                kept.push(' ');
            }
            '\t' | '\n' | '\r' => kept.push(sign),
            sign if sign.is_control() => return None,
            // Latin letters, and punctuation, signs of currencies and the like.
            '\0'..'\u{0250}'
            | '\u{2010}'..='\u{2027}'
            | '\u{2030}'..='\u{205E}'
            | '\u{20A0}'..='\u{214F}' => kept.push(sign),
            _ => return None,
        }
    }
    (kept != text).then_some(kept)
}

/// The first unseen character of the text that should not be there.
///
/// Single no-break spaces are ordinary, joiners are needed by many scripts and emoji, and direction marks by text
/// that runs from right to left; none of those is reported.
#[must_use]
pub fn invisible(text: &str) -> Option<Invisible> {
    // No early way out, so that the compiler can look at many bytes at once.
    let suspicious = text.bytes().fold(false, |found, byte| {
        found
            | (byte >= 0x80)
            | (byte == 0x7F)
            | ((byte < b' ') & !matches!(byte, b'\t' | b'\n' | b'\r'))
    });
    if text.ends_with('\r') && memchr::memchr(b'\n', text.as_bytes()).is_none() {
        return Some(Invisible {
            range: text.trim_end_matches('\r').len()..text.len(),
            kind: InvisibleKind::LineEnd,
        });
    }
    if !suspicious {
        return None;
    }
    let mut before = None;
    let mut characters = text.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        let next = characters.peek().map(|(_, next)| *next);
        if let Some(kind) = unseen(text, before, character, next) {
            return Some(Invisible {
                range: at..at + character.len_utf8(),
                kind,
            });
        }
        if LOOK_ALIKES.contains(&character) && is_in_latin_word(before, next) {
            return Some(Invisible {
                range: at..at + character.len_utf8(),
                kind: InvisibleKind::LookAlike,
            });
        }
        before = Some(character);
    }
    None
}

/// Cyrillic letters that are drawn as Latin ones.
const LOOK_ALIKES: [char; 23] = [
    'а', 'е', 'о', 'р', 'с', 'у', 'х', 'і', 'ј', 'ѕ', 'А', 'В', 'Е', 'І', 'К', 'М', 'Н', 'О', 'Р',
    'С', 'Т', 'У', 'Х',
];

/// Latin letters on one side, and no other Cyrillic on the other.
fn is_in_latin_word(before: Option<char>, next: Option<char>) -> bool {
    let is_latin = |sign: Option<char>| sign.is_some_and(|sign| sign.is_ascii_alphabetic());
    let is_open = |sign: Option<char>| {
        sign.is_none_or(|sign| {
            !sign.is_alphabetic() || sign.is_ascii() || LOOK_ALIKES.contains(&sign)
        })
    };
    (is_latin(before) && is_open(next)) || (is_open(before) && is_latin(next))
}

fn unseen(
    text: &str,
    before: Option<char>,
    character: char,
    next: Option<char>,
) -> Option<InvisibleKind> {
    use InvisibleKind::{Control, Direction, NoBreakSpaces, SoftHyphen, ZeroWidth};
    match character {
        '\t' | '\n' | '\r' => None,
        '\0'..' ' | '\u{7F}' | '\u{FFF9}'..='\u{FFFC}' | '\u{2028}' | '\u{2029}' => Some(Control),
        '\u{200B}' | '\u{2060}' | '\u{FEFF}' | '\u{180E}' => Some(ZeroWidth),
        '\u{200C}' | '\u{200D}' => {
            let latin = |side: Option<char>| side.is_none_or(|side| u32::from(side) < 0x0250);
            (latin(before) && latin(next)).then_some(ZeroWidth)
        }
        '\u{202D}' | '\u{202E}' => Some(Direction),
        '\u{200E}'
        | '\u{200F}'
        | '\u{061C}'
        | '\u{202A}'..='\u{202C}'
        | '\u{2066}'..='\u{2069}' => (!reads_from_right(text)).then_some(Direction),
        '\u{AD}' => Some(SoftHyphen),
        '\u{A0}' => (next == Some('\u{A0}')).then_some(NoBreakSpaces),
        _ => None,
    }
}

/// Whether a letter of a script written from right to left stands in the text.
fn reads_from_right(text: &str) -> bool {
    text.chars().any(|character| {
        matches!(character, '\u{0590}'..='\u{08FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}')
            && character != '\u{061C}'
    })
}

#[cfg(test)]
mod tests {
    use super::{Damage, InvisibleKind, find, invisible, repair};

    #[test]
    fn mends_what_was_read_once_with_the_wrong_character_set() {
        assert_eq!(
            repair("the cityâ€™s map").as_deref(),
            Some("the city’s map")
        );
        assert_eq!(repair("PerÃº y EspaÃ±a").as_deref(), Some("Perú y España"));
        assert_eq!(repair("20Â°C Â– low").as_deref(), Some("20°C – low"));
    }

    #[test]
    fn mends_what_was_damaged_twice() {
        assert_eq!(repair("OPMÃ¢â‚¬â„¢s").as_deref(), Some("OPM’s"));
    }

    #[test]
    fn mends_bytes_read_as_latin_1() {
        assert_eq!(repair("the city\u{92}s").as_deref(), Some("the city’s"));
        assert_eq!(
            repair("the cityâ\u{80}\u{99}s").as_deref(),
            Some("the city’s")
        );
    }

    #[test]
    fn takes_out_a_damaged_byte_order_mark() {
        assert_eq!(repair("ï»¿Title").as_deref(), Some("Title"));
    }

    #[test]
    fn leaves_real_letters_alone() {
        for text in [
            "São João, MAÇÃ”, Ângela, ÂMBITO, forêt « À voir », Århus, Ã, naïve, 5 € â, Über “Öl”",
            "CAFÉ”, Ñandú, λόγος, Жизнь, 日本語, 😀, n’est-ce",
        ] {
            assert!(find(text).is_empty(), "{text}: {:?}", find(text));
        }
    }

    #[test]
    fn does_not_invent_what_is_lost() {
        assert_eq!(
            find("a\u{FFFD}\u{FFFD}b"),
            [Damage {
                start: 1,
                end: 7,
                repaired: None
            }]
        );
        assert_eq!(repair("a\u{FFFD}b"), None);
        assert_eq!(find("said â€ and")[0].repaired, None);
    }

    #[test]
    fn points_at_the_damaged_run_only() {
        let text = "é cafÃ© é";
        let found = find(text);
        assert_eq!(found.len(), 1);
        assert_eq!(&text[found[0].start..found[0].end], "Ã©");
    }

    #[test]
    fn reports_unseen_characters_but_not_those_a_script_needs() {
        let kind = |text| invisible(text).map(|found| found.kind);
        assert_eq!(kind("zero\u{200B}width"), Some(InvisibleKind::ZeroWidth));
        assert_eq!(kind("bell\u{7}"), Some(InvisibleKind::Control));
        assert_eq!(kind("user\u{202E}txt"), Some(InvisibleKind::Direction));
        assert_eq!(kind("soft\u{AD}hyphen"), Some(InvisibleKind::SoftHyphen));
        assert_eq!(kind("a\u{A0}\u{A0}b"), Some(InvisibleKind::NoBreakSpaces));
        assert_eq!(kind("CC BY 4.0\r"), Some(InvisibleKind::LineEnd));
        for fine in [
            "a\u{A0}b",
            "می\u{200C}خواهم",
            "שלום\u{200F} abc",
            "👩\u{200D}🔬",
            "tab\tline\r\n",
            "é",
        ] {
            assert_eq!(kind(fine), None, "{fine:?}");
        }
    }

    proptest::proptest! {
        #[test]
        fn mending_twice_changes_nothing(text in "[aAÃÂâïð€™œ¢©‚¬„¿»½\u{80}-\u{9f}’”–é\u{FFFD}\u{FEFF} ]{0,24}") {
            let once = repair(&text).unwrap_or_else(|| text.clone());
            proptest::prop_assert_eq!(repair(&once), None, "{:?} became {:?}", text, once);
        }

        #[test]
        fn places_lie_on_character_boundaries(text in "(\\PC|[ÃÂâïð€™\u{80}-\u{9f}]){0,40}") {
            let mut last = 0;
            for damage in find(&text) {
                proptest::prop_assert!(last <= damage.start && damage.start < damage.end);
                proptest::prop_assert!(text.get(damage.start..damage.end).is_some());
                last = damage.end;
            }
            if let Some(found) = invisible(&text) {
                proptest::prop_assert!(text.get(found.range).is_some());
            }
        }
    }
}
