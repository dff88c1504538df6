//! Acronyms that a text writes out beside them: `Once Through Cooling (OTC)`.

use super::mentions::is_small_word;

/// An opening bracket of a text and what stands around it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bracket<'a> {
    /// The words before it, as far as they matter.
    before: &'a str,
    /// The last of them.
    last: &'a str,
    /// What stands in the brackets, as far as it matters.
    inside: &'a str,
}

impl<'a> Bracket<'a> {
    /// The brackets of a text, the first ones only.
    pub(super) fn each(text: &'a str) -> impl Iterator<Item = Self> {
        let places = memchr::memchr_iter(b'(', text.as_bytes()).take(MOST_BRACKETS);
        places.filter_map(move |at| {
            let before = near_end(text.get(..at)?);
            Some(Self {
                before,
                last: before
                    .trim_end()
                    .rsplit(|character: char| !character.is_alphanumeric())
                    .next()?,
                inside: near_start(text.get(at + 1..)?).split(')').next()?,
            })
        })
    }

    /// The words that begin with the letters of an acronym, which stands in the brackets or before them.
    pub(super) fn spells_out(&self, acronym: &str) -> Option<String> {
        if self.inside.eq_ignore_ascii_case(acronym)
            && let Some(words) = initials_at_end(acronym, self.before)
        {
            return Some(words);
        }
        (self.last.eq_ignore_ascii_case(acronym) && starts_with_initials(acronym, self.inside))
            .then(|| self.inside.trim().to_owned())
    }
}

/// Whether a text gives the words that an acronym stands for: `Once Through Cooling (OTC)`.
pub(super) fn is_spelt_out(acronym: &str, text: &str) -> bool {
    text.len() > acronym.len() && spelt_out(acronym, text).is_some()
}

/// The words of a text that stand before or in the brackets beside an acronym and begin with its letters.
pub(super) fn spelt_out(acronym: &str, text: &str) -> Option<String> {
    Bracket::each(text).find_map(|bracket| bracket.spells_out(acronym))
}

/// No text that helps a reader spells out more acronyms than this.
const MOST_BRACKETS: usize = 256;

/// The words of an acronym stand within so many bytes of it. The limit also keeps a text of nothing but brackets from
/// being read again and again.
const NEAR: usize = 160;

fn near_start(text: &str) -> &str {
    (NEAR..NEAR + 4)
        .find_map(|end| text.get(..end))
        .unwrap_or(text)
}

fn near_end(text: &str) -> &str {
    let start = text.len().saturating_sub(NEAR);
    (start..start + 4)
        .find_map(|start| text.get(start..))
        .unwrap_or(text)
}

/// The words at the end of a text whose initials are the acronym; small words may stand between them.
fn initials_at_end(acronym: &str, text: &str) -> Option<String> {
    let mut letters = acronym.chars().rev().peekable();
    let mut taken = Vec::new();
    let mut left_out = false;
    for word in text.split_whitespace().rev().take(acronym.len() * 2) {
        let Some(&letter) = letters.peek() else {
            break;
        };
        let pieces = word.trim_matches(|character: char| !character.is_alphanumeric());
        // `Minority & Women Owned Business (MWB)`.
        if pieces.is_empty() {
            continue;
        }
        let initial = pieces.chars().next()?.to_lowercase().next()?;
        if initial == letter {
            letters.next();
        } else if taken.is_empty() || !is_small_word(pieces) {
            // A longer acronym may leave out one of the words.
            if taken.is_empty() || left_out || acronym.len() < 4 {
                return None;
            }
            left_out = true;
        }
        taken.push(pieces);
    }
    if letters.peek().is_some() || taken.len() < 2 {
        return None;
    }
    taken.reverse();
    Some(taken.join(" "))
}

fn starts_with_initials(acronym: &str, text: &str) -> bool {
    let initials: String = text
        .split(|character: char| !character.is_alphanumeric())
        .filter(|word| !word.is_empty() && !is_small_word(word))
        .filter_map(|word| word.chars().next())
        .flat_map(char::to_lowercase)
        .collect();
    initials == acronym
}
