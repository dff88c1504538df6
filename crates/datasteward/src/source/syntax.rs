//! Which syntax a document is written in, told by its first bytes, never by its name.

use super::problem::Problem;
use super::tree::Syntax;

/// Why a document that is not JSON could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// Byte offset in the decoded document.
    pub offset: usize,
    /// What is wrong, as a sentence without its full stop.
    pub message: String,
    /// What to do about it.
    pub how: &'static str,
}

impl Unreadable {
    /// The same, or the true reason where somebody left the marks of an unfinished merge in the text.
    #[must_use]
    pub fn or_merge_marks(self, text: &str) -> Self {
        let mut offset = 0;
        for line in text.split_inclusive('\n') {
            if line.starts_with("<<<<<<< ") {
                return Self {
                    offset,
                    message: format!("This file cannot be read: {}", Problem::MergeMarks),
                    how: "Decide between the two versions, and delete the marks.",
                };
            }
            offset += line.len();
        }
        self
    }

    /// A bound that was met at an offset.
    pub(super) fn bound(offset: usize, problem: Problem) -> Self {
        Self {
            offset,
            message: format!("This file cannot be read to its end: {problem}"),
            how: "Check that this is metadata and not the data itself.",
        }
    }
}

/// The syntax of a document; JSON for what looks like nothing we know, so that it is answered for there.
#[must_use]
pub fn sniff(bytes: &[u8]) -> Syntax {
    if bytes.starts_with(b"PK\x03\x04") {
        return Syntax::Workbook;
    }
    let text = skip_comments(bytes);
    match text.first() {
        Some(b'{') => Syntax::Json,
        Some(b'[') if is_turtle(text) => Syntax::Turtle,
        Some(b'[') => Syntax::Json,
        Some(b'<') => markup(text),
        Some(_) if is_turtle(text) => Syntax::Turtle,
        Some(_) if bytes.iter().take(4096).any(|&byte| byte == 0) => Syntax::Json,
        Some(_) if is_yaml(text) && !is_even(text) => Syntax::Yaml,
        Some(_) if is_table(text) => Syntax::Table,
        _ => Syntax::Json,
    }
}

/// What follows blanks and whole-line comments (`# …`), which YAML and Turtle may begin with.
fn skip_comments(bytes: &[u8]) -> &[u8] {
    let mut rest = bytes.trim_ascii_start();
    while rest.first() == Some(&b'#') {
        let line = memchr::memchr(b'\n', rest).unwrap_or(rest.len());
        rest = rest.get(line..).unwrap_or_default().trim_ascii_start();
    }
    rest
}

fn markup(text: &[u8]) -> Syntax {
    let head = &text[..text.len().min(4096)];
    let has = |needle: &[u8]| {
        head.windows(needle.len())
            .any(|window| window.eq_ignore_ascii_case(needle))
    };
    if is_address(text) {
        Syntax::Turtle
    } else if has(b"<rdf:rdf") {
        Syntax::RdfXml
    } else if has(b"<!doctype html") || has(b"<html") || has(b"<head") || has(b"<body") {
        Syntax::Page
    } else if has(b"22-rdf-syntax-ns#") && is_rdf(first_element(text)) {
        Syntax::RdfXml
    } else {
        Syntax::Xml
    }
}

/// The root of RDF under any prefix; a document of one catalogue may do without it.
fn is_rdf(element: &[u8]) -> bool {
    element == b"RDF" || element.ends_with(b":RDF") || element.starts_with(b"dcat:")
}

/// The name of the first element, after declarations, the document type and comments.
fn first_element(text: &[u8]) -> &[u8] {
    let mut rest = text;
    while let Some(open) = memchr::memchr(b'<', rest) {
        rest = rest.get(open + 1..).unwrap_or_default();
        if rest.starts_with(b"!--") {
            let end = memchr::memmem::find(rest, b"-->").unwrap_or(rest.len());
            rest = rest.get(end..).unwrap_or_default();
        } else if !matches!(rest.first(), Some(b'?' | b'!')) {
            let end = rest
                .iter()
                .position(|byte| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/'));
            return rest.get(..end.unwrap_or(rest.len())).unwrap_or_default();
        }
    }
    &[]
}

/// `<http://…>`: a subject, not an element.
fn is_address(text: &[u8]) -> bool {
    let end = memchr::memchr2(b'>', b' ', text).unwrap_or(0);
    text.get(1..end).is_some_and(|name| {
        name.windows(3).any(|window| window == b"://") || name.starts_with(b"urn:")
    })
}

fn is_turtle(text: &[u8]) -> bool {
    let line = first_line(text);
    let word = line
        .split(u8::is_ascii_whitespace)
        .next()
        .unwrap_or_default();
    let directive = [&b"@prefix"[..], b"@base", b"PREFIX", b"BASE"]
        .iter()
        .any(|known| known.eq_ignore_ascii_case(word));
    (directive && line.contains(&b'<')) || line.starts_with(b"[ a ") || line.starts_with(b"_:")
}

/// `key:` or `key: value`, `- item`, or the mark of a document.
fn is_yaml(text: &[u8]) -> bool {
    let line = first_line(text);
    if line.starts_with(b"---") || line.starts_with(b"%YAML") || line.starts_with(b"- ") {
        return true;
    }
    let Some(colon) = memchr::memchr(b':', line) else {
        return false;
    };
    let (key, rest) = line.split_at(colon);
    let is_key = !key.is_empty()
        && key.iter().all(|byte| {
            byte.is_ascii_alphanumeric() || b" _-.$@\"'/".contains(byte) || *byte >= 0x80
        });
    is_key && matches!(rest.get(1), None | Some(b' ' | b'\t' | b'\r'))
}

/// A first line of at least two cells.
fn is_table(text: &[u8]) -> bool {
    let lines = text.split(|&byte| byte == b'\n').take(20);
    lines
        .filter(|line| line.iter().any(|byte| b",;\t|".contains(byte)))
        .count()
        >= 2
}

/// Half of the first lines, and at least three, have the same number of cells, more than two, and begin like cells: a
/// table, even if its first line looks like a key (`Title: Trees`).
fn is_even(text: &[u8]) -> bool {
    let lines: Vec<&[u8]> = text
        .split(|&byte| byte == b'\n')
        .filter(|line| !line.trim_ascii().is_empty())
        .take(20)
        .collect();
    b",;\t|".iter().any(|sign| {
        let signs = |line: &&[u8]| match line.first() {
            // Items and nested keys of YAML.
            Some(b'-' | b' ') => 0,
            _ => memchr::memchr_iter(*sign, line).count(),
        };
        let counts: Vec<usize> = lines.iter().map(signs).collect();
        counts.iter().any(|count| {
            let same = counts.iter().filter(|other| *other == count).count();
            *count >= 2 && same >= 3 && same * 2 >= counts.len()
        })
    })
}

fn first_line(text: &[u8]) -> &[u8] {
    let end = memchr::memchr(b'\n', text).unwrap_or(text.len());
    text[..end].trim_ascii_end()
}

#[cfg(test)]
mod tests {
    use super::sniff;
    use crate::source::tree::Syntax;

    #[test]
    fn names_an_unfinished_merge_as_the_reason() {
        let broken = super::Unreadable {
            offset: 0,
            message: "This stops being valid".to_owned(),
            how: "",
        };
        let text = "a: 1\n<<<<<<< ours\nb: 2\n";
        let named = broken.clone().or_merge_marks(text);
        assert_eq!(named.offset, 5);
        assert!(named.message.contains("unfinished merge"));
        assert_eq!(broken.clone().or_merge_marks("a: 1\n"), broken);
    }

    #[test]
    fn tells_a_syntax_by_its_first_bytes() {
        let cases: [(&[u8], Syntax); 23] = [
            (
                b"Title: Trees\n\nField,Definition,Unit\na,b,c\nd,e,f\n",
                Syntax::Table,
            ),
            (
                b"points:\n- [1, 2, 3]\n- [1, 2, 3]\n- [1, 2, 3]\n",
                Syntax::Yaml,
            ),
            (b"\n {\"a\": 1}", Syntax::Json),
            (b"[1]", Syntax::Json),
            (b"", Syntax::Json),
            (b"oops", Syntax::Json),
            (b"<!DOCTYPE html><html>", Syntax::Page),
            (b"<?xml version=\"1.0\"?><gmd:MD_Metadata>", Syntax::Xml),
            (b"<?xml version=\"1.0\"?>\n<rdf:RDF xmlns", Syntax::RdfXml),
            (
                b"<!-- <x> --><r:RDF xmlns:r=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">",
                Syntax::RdfXml,
            ),
            (
                b"<dcat:Catalog xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"/>",
                Syntax::RdfXml,
            ),
            (
                b"<html prefix=\"rdf: http://www.w3.org/1999/02/22-rdf-syntax-ns#\">",
                Syntax::Page,
            ),
            (
                b"<http://data.example/1> <http://x.example/p> \"<html>\" .",
                Syntax::Turtle,
            ),
            (
                b"@prefix dcat: <http://www.w3.org/ns/dcat#> .",
                Syntax::Turtle,
            ),
            (b"# a comment\nPREFIX dcat: <x>", Syntax::Turtle),
            (b"<http://data.example/1> a dcat:Dataset .", Syntax::Turtle),
            (b"name: trees\nresources:\n  - path: a.csv", Syntax::Yaml),
            (b"---\ntitle: x", Syntax::Yaml),
            (b"# settings\ntitle: x", Syntax::Yaml),
            (b"column,description\na,b\n", Syntax::Table),
            (b"Name\tMeaning\nx\ty\n", Syntax::Table),
            (b"Data dictionary\n\nField;Definition\na;b\n", Syntax::Table),
            (b"PK\x03\x04rest", Syntax::Workbook),
        ];
        for (bytes, syntax) in cases {
            assert_eq!(sniff(bytes), syntax, "{}", String::from_utf8_lossy(bytes));
        }
    }
}
