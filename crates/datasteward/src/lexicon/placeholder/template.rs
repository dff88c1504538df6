//! Slots of templates and forms that nobody filled: `{{description}}`, `[INSERT DATE]`, `Lorem ipsum`.

use std::ops::Range;
use std::sync::LazyLock;

use memchr::{memchr3, memmem};

use super::LONGEST;

/// Whether a template slot is all the text has.
pub(super) fn fills(text: &str) -> bool {
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

#[cfg(test)]
mod tests {
    use super::template_in;

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
}
