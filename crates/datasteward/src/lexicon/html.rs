//! Readable text out of web-page code.
//!
//! Metadata fields often hold pieces of web pages. This module takes them apart without a document tree: one walk
//! over the bytes, known tags turned into line breaks or nothing, character references decoded. What is not a known
//! tag (`<5 mg`, `<Null>`) is text and stays.

use std::borrow::Cow;
use std::sync::LazyLock;

use memchr::{memchr, memchr2, memmem, memrchr};

/// Tags that editors of portals leave behind, in lower case and sorted.
const TAGS: [&str; 58] = [
    "a",
    "abbr",
    "address",
    "article",
    "b",
    "blockquote",
    "body",
    "br",
    "button",
    "center",
    "code",
    "col",
    "dd",
    "div",
    "dl",
    "dt",
    "em",
    "figure",
    "font",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hr",
    "html",
    "i",
    "iframe",
    "img",
    "label",
    "li",
    "meta",
    "o:p",
    "ol",
    "p",
    "pre",
    "s",
    "script",
    "section",
    "small",
    "span",
    "strike",
    "strong",
    "style",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "u",
    "ul",
];

/// Tags that end a line where they open or close.
const BLOCKS: [&str; 29] = [
    "address",
    "article",
    "blockquote",
    "body",
    "br",
    "center",
    "dd",
    "div",
    "dl",
    "dt",
    "figure",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "html",
    "li",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "tr",
    "ul",
];

/// How often escaped markup is unpacked before it is left as it is.
const MAX_PASSES: usize = 3;

/// The longest name of a character reference (`thetasym`).
const LONGEST_ENTITY: usize = 8;

/// The text a reader would see, without tags and with character references decoded.
///
/// Paragraphs become lines, list items get a bullet, blanks are collapsed. Text without markup and without references
/// is borrowed and only trimmed. Markup that was itself escaped (`&lt;p&gt;`) is unpacked as well.
#[must_use]
pub fn to_text(raw: &str) -> Cow<'_, str> {
    if memchr2(b'<', b'&', raw.as_bytes()).is_none() {
        return Cow::Borrowed(raw.trim());
    }
    let Some(mut text) = strip(raw) else {
        return Cow::Borrowed(raw.trim());
    };
    for _ in 1..MAX_PASSES {
        match strip(&text) {
            Some(next) => text = next,
            None => break,
        }
    }
    Cow::Owned(collapse(&text))
}

/// Whether the text holds at least one known tag or comment.
#[must_use]
pub fn has_markup(raw: &str) -> bool {
    first_markup(raw).is_some()
}

/// The byte range of the first known tag or comment.
#[must_use]
pub fn first_markup(raw: &str) -> Option<std::ops::Range<usize>> {
    let mut walk = Walk::new(raw);
    let mut from = 0;
    while let Some(found) = raw
        .as_bytes()
        .get(from..)
        .and_then(|rest| memchr(b'<', rest))
    {
        let at = from + found;
        if let Some(piece) = walk.markup_at(at) {
            return Some(at..piece.end);
        }
        from = at + 1;
    }
    None
}

/// The first character reference that was escaped a second time (`&amp;quot;`), so that readers see its code.
#[must_use]
pub fn double_escaped(raw: &str) -> Option<&str> {
    memmem::find_iter(raw.as_bytes(), "&amp;").find_map(|at| {
        let rest = raw.get(at + 4..)?;
        let (_, length) = entity(rest, 1)?;
        raw.get(at..at + 4 + length)
    })
}

/// The first character reference (`&amp;`), and what it stands for.
#[must_use]
pub fn first_reference(raw: &str) -> Option<(&str, char)> {
    memchr::memchr_iter(b'&', raw.as_bytes()).find_map(|at| {
        let rest = raw.get(at..)?;
        let (sign, length) = entity(rest, 1)?;
        Some((rest.get(..length)?, sign?))
    })
}

/// The text with its tags taken out and its character references left as they are.
#[must_use]
pub fn without_tags(raw: &str) -> Cow<'_, str> {
    let Some(first) = first_markup(raw) else {
        return Cow::Borrowed(raw);
    };
    let mut plain = String::with_capacity(raw.len());
    let mut walk = Walk::new(raw);
    let mut from = 0;
    let mut at = first.start;
    while let Some(found) = raw.as_bytes().get(at..).and_then(|rest| memchr(b'<', rest)) {
        let start = at + found;
        at = match walk.markup_at(start) {
            Some(piece) => {
                plain.push_str(raw.get(from..start).unwrap_or_default());
                from = piece.end;
                piece.end
            }
            None => start + 1,
        };
    }
    plain.push_str(raw.get(from..).unwrap_or_default());
    Cow::Owned(plain)
}

/// The web addresses in a text: targets of `href` first met, and addresses written out, in order and without doubles.
#[must_use]
pub fn links(raw: &str) -> Vec<&str> {
    let mut found: Vec<&str> = Vec::new();
    let mut from = 0;
    while let Some((start, end)) = next_address(raw, from) {
        if let Some(address) = raw.get(start..end)
            && !found.contains(&address)
            && found.len() < MAX_LINKS
        {
            found.push(address);
        }
        from = end;
    }
    found
}

/// More addresses than any reader follows; keeps the search for doubles short.
const MAX_LINKS: usize = 64;

/// The next `http://`, `https://` or `www.` address at or after `from`, as a byte range.
fn next_address(raw: &str, from: usize) -> Option<(usize, usize)> {
    let bytes = raw.as_bytes();
    let mut at = from;
    loop {
        // Both `http` and `www.` have a sign behind a letter run; `:` and `.` are rarer than `h` and `w`.
        let sign = at + memchr2(b':', b'.', bytes.get(at..)?)?;
        let before = bytes.get(from..sign)?;
        let start = if bytes.get(sign) == Some(&b':') {
            let scheme = ["https", "http", "ftp"]
                .into_iter()
                .find(|scheme| ends_with_ignoring_case(before, scheme.as_bytes()));
            scheme
                .filter(|_| bytes.get(sign + 1..sign + 3) == Some(b"//"))
                .map(|scheme| sign - scheme.len())
        } else {
            ends_with_ignoring_case(before, b"www")
                .then(|| sign - 3)
                .filter(|&start| {
                    start == 0
                        || bytes
                            .get(start - 1)
                            .is_none_or(|byte| !byte.is_ascii_alphanumeric())
                })
        };
        if let Some(start) = start {
            let end = address_end(raw, sign + 1);
            if end > sign + 3 {
                return Some((start, end));
            }
        }
        at = sign + 1;
    }
}

fn ends_with_ignoring_case(text: &[u8], ending: &[u8]) -> bool {
    text.len()
        .checked_sub(ending.len())
        .and_then(|at| text.get(at..))
        .is_some_and(|tail| tail.eq_ignore_ascii_case(ending))
}

/// Where an address stops: at a blank, a quote or a bracket of markup, without the punctuation of the sentence around it.
fn address_end(raw: &str, from: usize) -> usize {
    let rest = raw.get(from..).unwrap_or("");
    let length = rest
        .find(|character: char| {
            character.is_whitespace()
                || character.is_control()
                || matches!(
                    character,
                    '<' | '>' | '"' | '\'' | '“' | '”' | '’' | '\\' | '|' | '`'
                )
        })
        .unwrap_or(rest.len());
    let mut address = rest.get(..length).unwrap_or("");
    if let Some(at) = ["&quot;", "&lt;", "&gt;", "&nbsp;"]
        .into_iter()
        .filter_map(|end| address.find(end))
        .min()
    {
        address = address.get(..at).unwrap_or("");
    }
    let opened = address.contains('(');
    let address = address.trim_end_matches(|character: char| {
        matches!(
            character,
            '.' | ',' | ';' | ':' | '!' | '?' | ']' | '}' | '*' | '_'
        ) || (character == ')' && !opened)
    });
    from + address.len()
}

/// A tag or comment met in a text.
struct Piece<'a> {
    /// Name in the case it was written in; empty for a comment.
    name: &'a str,
    closing: bool,
    /// Byte behind the piece.
    end: usize,
}

/// Looks for markup; remembers what it could not find, so that hostile text is not searched again and again.
struct Walk<'a> {
    raw: &'a str,
    last_close: Option<usize>,
    comments_end: bool,
    quotes_close: bool,
}

impl<'a> Walk<'a> {
    fn new(raw: &'a str) -> Self {
        Self {
            raw,
            last_close: memrchr(b'>', raw.as_bytes()),
            comments_end: true,
            quotes_close: true,
        }
    }

    /// The tag or comment that starts at the `<` at `at`.
    fn markup_at(&mut self, at: usize) -> Option<Piece<'a>> {
        if self.last_close.is_none_or(|last| last < at) {
            return None;
        }
        let rest = self.raw.get(at + 1..)?;
        if rest.starts_with("!--") && self.comments_end {
            let Some(length) = rest.get(3..).and_then(|body| body.find("-->")) else {
                self.comments_end = false;
                return None;
            };
            return Some(Piece {
                name: "",
                closing: false,
                end: at + 4 + length + 3,
            });
        }
        let (closing, body) = match rest.strip_prefix('/') {
            Some(body) => (true, body),
            None => (false, rest),
        };
        let length = body
            .bytes()
            .take(12)
            .take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b':')
            .count();
        let name = body.get(..length)?;
        if !is_known_tag(name) {
            return None;
        }
        let start = self.raw.len() - body.len() + length;
        match self.raw.as_bytes().get(start)? {
            b'>' | b'/' | b' ' | b'\t' | b'\r' | b'\n' => {}
            _ => return None,
        }
        let end = self.tag_end(start)?;
        Some(Piece { name, closing, end })
    }

    /// Byte behind the `>` that closes the tag; a `>` between quotes does not.
    fn tag_end(&mut self, from: usize) -> Option<usize> {
        let bytes = self.raw.as_bytes().get(from..)?;
        if self.quotes_close {
            let mut quote = None;
            for (offset, &byte) in bytes.iter().enumerate() {
                match (quote, byte) {
                    (None, b'>') => return Some(from + offset + 1),
                    (None, b'"' | b'\'') => quote = Some(byte),
                    (Some(open), _) if byte == open => quote = None,
                    _ => {}
                }
            }
            self.quotes_close = false;
        }
        memchr(b'>', bytes).map(|offset| from + offset + 1)
    }
}

fn is_known_tag(name: &str) -> bool {
    !name.is_empty()
        && TAGS
            .binary_search_by(|tag| {
                tag.bytes()
                    .cmp(name.bytes().map(|byte| byte.to_ascii_lowercase()))
            })
            .is_ok()
}

/// One pass: tags out, references decoded. `None` where there was neither.
fn strip(raw: &str) -> Option<String> {
    let bytes = raw.as_bytes();
    let mut walk = Walk::new(raw);
    let mut out = String::new();
    let mut copied = 0;
    let mut from = 0;
    let mut changed = false;
    let mut script_ends = true;
    while let Some(found) = bytes.get(from..).and_then(|rest| memchr2(b'<', b'&', rest)) {
        let at = from + found;
        from = at + 1;
        let end = if bytes.get(at) == Some(&b'<') {
            let Some(piece) = walk.markup_at(at) else {
                continue;
            };
            out.push_str(raw.get(copied..at).unwrap_or(""));
            let hidden = script_ends && !piece.closing && is_hidden(piece.name);
            let end = if hidden {
                end_of_hidden(raw, piece.name, piece.end)
            } else {
                Some(piece.end)
            };
            script_ends &= end.is_some();
            let end = end.unwrap_or(piece.end);
            end.max(piece.end + push_piece(&mut out, &piece, raw.get(piece.end..).unwrap_or("")))
        } else {
            let Some((character, length)) = entity(raw.get(at..).unwrap_or(""), 1) else {
                continue;
            };
            out.push_str(raw.get(copied..at).unwrap_or(""));
            out.extend(character);
            at + length
        };
        changed = true;
        copied = end;
        from = end;
    }
    out.push_str(raw.get(copied..).unwrap_or(""));
    changed.then_some(out)
}

fn is_hidden(name: &str) -> bool {
    name.eq_ignore_ascii_case("script") || name.eq_ignore_ascii_case("style")
}

/// Byte behind the closing tag of a script or style sheet.
fn end_of_hidden(raw: &str, name: &str, from: usize) -> Option<usize> {
    let rest = raw.as_bytes().get(from..)?;
    let close = memmem::find_iter(rest, "</").find(|at| {
        rest.get(at + 2..at + 2 + name.len())
            .is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()))
    })?;
    let end = memchr(b'>', rest.get(close..)?)?;
    Some(from + close + end + 1)
}

/// What a tag leaves in the text; gives the bytes of `after` it has taken along (the digit of `<sup>2`).
fn push_piece(out: &mut String, piece: &Piece<'_>, after: &str) -> usize {
    let is = |name: &str| piece.name.eq_ignore_ascii_case(name);
    if BLOCKS.iter().any(|block| is(block)) {
        out.push('\n');
        if is("li") && !piece.closing {
            out.push_str("• ");
        }
    } else if is("td") || is("th") {
        out.push('\t');
    } else if is("sup") && !piece.closing {
        for (digit, raised) in [("2</", '²'), ("3</", '³')] {
            if after.starts_with(digit) {
                out.push(raised);
                return 1;
            }
        }
    }
    0
}

/// The character a reference stands for (nothing for a code no text may hold) and its length in bytes.
///
/// `text` starts with `&`, or with any byte in its place; `skip` is the length of that start.
fn entity(text: &str, skip: usize) -> Option<(Option<char>, usize)> {
    let body = text.get(skip..)?;
    let limit = body.len().min(LONGEST_ENTITY + 2);
    let length = memchr(b';', body.as_bytes().get(..limit)?)?;
    let name = body.get(..length)?;
    let total = skip + length + 1;
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        return Some((character(code), total));
    }
    let found = ENTITIES
        .binary_search_by(|(known, _)| (*known).cmp(name))
        .ok()?;
    ENTITIES.get(found).map(|(_, known)| (Some(*known), total))
}

/// The character of a numeric reference; 128 to 159 are read as Windows-1252, as browsers do.
fn character(code: u32) -> Option<char> {
    let byte = u8::try_from(code)
        .ok()
        .filter(|byte| (0x80..0xA0).contains(byte));
    let decoded = match byte {
        Some(byte) => super::mojibake::windows_1252(byte),
        None => char::from_u32(code),
    };
    decoded.filter(|found| !found.is_control() || matches!(found, '\t' | '\n'))
}

static ENTITIES: LazyLock<Vec<(&'static str, char)>> = LazyLock::new(|| {
    let mut table: Vec<_> = include_str!("../../data/entities.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| {
            let (name, code) = line.split_once('\t')?;
            Some((name, char::from_u32(u32::from_str_radix(code, 16).ok()?)?))
        })
        .collect();
    table.sort_unstable();
    table
});

/// Blanks become one space, lines lose their ends, at most one empty line stays between two others.
fn collapse(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut empty_lines = 0;
    for line in text.lines() {
        let mut words = line.split_whitespace().peekable();
        if words.peek().is_none() {
            empty_lines += 1;
            continue;
        }
        if !out.is_empty() {
            out.push_str(if empty_lines > 0 { "\n\n" } else { "\n" });
        }
        empty_lines = 0;
        while let Some(word) = words.next() {
            out.push_str(word);
            if words.peek().is_some() {
                out.push(' ');
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn takes_tags_out_and_leaves_references() {
        assert_eq!(
            super::without_tags("<p style='a:&amp;quot;b'>x &amp;quot; < 3</p>"),
            "x &amp;quot; < 3"
        );
    }

    use std::borrow::Cow;

    use super::{double_escaped, first_markup, first_reference, has_markup, links, to_text};

    #[test]
    fn borrows_text_that_needs_no_work() {
        assert!(matches!(
            to_text("  Plain words. "),
            Cow::Borrowed("Plain words.")
        ));
        assert!(matches!(
            to_text("AT&T, <5 mg, a < b > c"),
            Cow::Borrowed(_)
        ));
    }

    #[test]
    fn turns_blocks_into_lines_and_items_into_bullets() {
        let raw =
            "<DIV STYLE=\"text-align:Left;\"><P>One&nbsp;two</P><ul><li>three</li></ul></DIV>";
        assert_eq!(to_text(raw), "One two\n\n• three");
    }

    #[test]
    fn unpacks_escaped_markup_and_double_escapes() {
        assert_eq!(
            to_text("&lt;p&gt;Trees &amp;amp; shrubs&lt;/p&gt;"),
            "Trees & shrubs"
        );
        assert_eq!(double_escaped("Trees &amp;amp; shrubs"), Some("&amp;amp;"));
        assert_eq!(double_escaped("Trees &amp; shrubs; more"), None);
        assert_eq!(first_reference("A & B &lt; C"), Some(("&lt;", '<')));
    }

    #[test]
    fn drops_scripts_styles_and_comments() {
        let raw = "a<style>p{color:red}</style>b<!-- <p> -->c<SCRIPT>x<y</SCRIPT >d";
        assert_eq!(to_text(raw), "abcd");
    }

    #[test]
    fn keeps_what_only_looks_like_a_tag() {
        for text in [
            "<5 mg and >3 mg",
            "<Null>",
            "<http://data.example.org>",
            "<bold move>",
            "a <b",
        ] {
            assert!(!has_markup(text), "{text}");
            assert_eq!(to_text(text), text);
        }
    }

    #[test]
    fn raises_the_two_of_square_metres() {
        assert_eq!(to_text("m<sup>2</sup> and x<sup>n</sup>"), "m² and xn");
    }

    #[test]
    fn points_at_the_first_tag() {
        assert_eq!(first_markup("a < b <br/> c"), Some(6..11));
        assert_eq!(first_markup("<a title=\"1>0\">"), Some(0..15));
    }

    #[test]
    fn finds_addresses_without_the_sentence_around_them() {
        let raw = "See <a href=\"https://data.example.org/a?b=1&amp;c=2\">here</a>, \
                   (www.example.org/map) or http://example.org/x_(y).";
        assert_eq!(
            links(raw),
            [
                "https://data.example.org/a?b=1&amp;c=2",
                "www.example.org/map",
                "http://example.org/x_(y)"
            ]
        );
        assert!(links("Ratio 1:2, e.g. this.one").is_empty());
    }

    #[test]
    fn reads_old_windows_codes_as_browsers_do() {
        assert_eq!(
            to_text("the city&#146;s &#x2013; map&#0;"),
            "the city’s – map"
        );
    }

    proptest::proptest! {
        #[test]
        fn never_panics_on_any_text(raw in "([<>&;\"'/a-z# !-]|\\PC){0,60}") {
            let text = to_text(&raw);
            proptest::prop_assert!(text.len() <= raw.len() * 3 + 3);
            if let Some(range) = first_markup(&raw) {
                proptest::prop_assert!(raw.get(range).is_some());
            }
            for link in links(&raw) {
                proptest::prop_assert!(raw.contains(link));
            }
        }
    }
}
