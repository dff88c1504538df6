//! Turtle and N-Triples, through `oxttl`.
//!
//! The text is given to the library line by line: what it then tells must stand in those lines.

use std::ops::Range;

use oxrdf::{NamedOrBlankNode, Term, Triple};
use oxttl::TurtleParser;

use super::{Finder, Graph, find};
use crate::source::Bounds;
use crate::source::problem::Problem;
use crate::source::syntax::Unreadable;

/// How far ahead of the last value the next one is looked for, beside its own length.
const AHEAD: usize = 8192;

/// How many of a document's prefixes are tried to find an address as it is written.
const PREFIXES: usize = 64;

pub(super) fn read(text: &str, graph: &mut Graph, bounds: &Bounds) -> Result<(), Unreadable> {
    if let Some(offset) = too_deep(text.as_bytes(), bounds.depth) {
        return Err(Unreadable::bound(offset, Problem::TooDeep));
    }
    // Addresses with blanks or without a scheme are common, and no reason to lose a catalogue.
    let mut parser = TurtleParser::new().lenient().low_level();
    let mut finder = Places {
        text,
        cursor: 0,
        fed: 0,
        prefixes: Vec::new(),
    };
    let (mut step, mut is_ended) = (0, false);
    loop {
        let before = graph.statements.len();
        while let Some(next) = parser.parse_next() {
            let triple = next.map_err(|error| broken(&error))?;
            if finder.prefixes.is_empty() || finder.prefixes.len() < PREFIXES {
                finder.prefixes = prefixes(&parser);
            }
            graph
                .add(&triple, &mut finder)
                .map_err(|problem| Unreadable::bound(finder.fed, problem))?;
        }
        if is_ended {
            return Ok(());
        }
        let from = finder.fed;
        if graph.statements.len() > before {
            // What comes next stands in the line that was given last, or after it.
            let line = memchr::memrchr(b'\n', &text.as_bytes()[..from.saturating_sub(1)]);
            finder.cursor = finder.cursor.max(line.map_or(0, |line| line + 1));
            step = 0;
        } else {
            // A text over many lines is not read again for each of them.
            step = (step * 2).max(64);
        }
        if from == text.len() {
            parser.end();
            is_ended = true;
            continue;
        }
        let ahead = text.as_bytes().get(from + step..).unwrap_or_default();
        let end = memchr::memchr(b'\n', ahead).map_or(text.len(), |line| from + step + line + 1);
        parser.extend_from_slice(&text.as_bytes()[from..end]);
        finder.fed = end;
    }
}

fn prefixes(parser: &oxttl::turtle::LowLevelTurtleParser) -> Vec<(String, String)> {
    let known = parser.prefixes().take(PREFIXES);
    let mut known: Vec<_> = known
        .map(|(prefix, namespace)| (prefix.to_owned(), namespace.to_owned()))
        .collect();
    known.sort_unstable();
    known
}

fn broken(error: &oxttl::TurtleSyntaxError) -> Unreadable {
    Unreadable {
        offset: usize::try_from(error.location().start.offset).unwrap_or(0),
        message: format!("This stops being valid Turtle here: {}", error.message()),
        how: "Mend the line; a full stop, a semicolon or a quotation mark may be missing before it.",
    }
}

/// Where brackets are nested beyond a bound. Texts, addresses and comments are passed over; where one is not closed, the
/// library will say so.
fn too_deep(bytes: &[u8], depth: usize) -> Option<usize> {
    let (mut at, mut open) = (0, 0usize);
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'[' | b'(' => {
                open += 1;
                if open > depth {
                    return Some(at);
                }
            }
            b']' | b')' => open = open.saturating_sub(1),
            b'#' => at += memchr::memchr(b'\n', &bytes[at..])?,
            b'<' => at += memchr::memchr2(b'>', b'\n', &bytes[at..])?,
            b'"' | b'\'' => at = end_of_text(bytes, at)?,
            b'\\' => at += 1,
            _ => {}
        }
        at += 1;
    }
    None
}

/// The last quotation mark of the text that opens at an offset.
fn end_of_text(bytes: &[u8], open: usize) -> Option<usize> {
    let mark = *bytes.get(open)?;
    let is_long = bytes.get(open + 1) == Some(&mark) && bytes.get(open + 2) == Some(&mark);
    let mut at = if is_long { open + 3 } else { open + 1 };
    loop {
        at += memchr::memchr2(mark, b'\\', bytes.get(at..)?)?;
        if bytes.get(at) == Some(&b'\\') {
            at += 2;
        } else if !is_long {
            return Some(at);
        } else if bytes.get(at + 1) == Some(&mark) && bytes.get(at + 2) == Some(&mark) {
            return Some(at + 2);
        } else {
            at += 1;
        }
    }
}

struct Places<'s> {
    text: &'s str,
    /// The end of the value that was found last.
    cursor: usize,
    /// How much the library has been given.
    fed: usize,
    prefixes: Vec<(String, String)>,
}

impl Places<'_> {
    fn window(&self, length: usize) -> Range<usize> {
        let end = self.cursor.saturating_add(AHEAD + 2 * length).min(self.fed);
        self.cursor.min(end)..end
    }

    /// An address in angle brackets, or with a prefix of the document.
    fn address(&self, address: &str, window: &Range<usize>) -> Option<Range<usize>> {
        let whole = format!("<{address}>");
        let short = self.prefixes.iter().filter_map(|(prefix, namespace)| {
            let name = address.strip_prefix(namespace.as_str())?;
            Some(format!("{prefix}:{name}"))
        });
        std::iter::once(whole)
            .chain(short)
            .filter_map(|written| {
                let start = find(self.text, window.clone(), &written)?;
                Some(start..start + written.len())
            })
            .min_by_key(|place| place.start)
    }

    /// A text between quotation marks, which belong to it; a number without them.
    fn literal(&self, value: &str, window: &Range<usize>) -> Option<Range<usize>> {
        let bytes = self.text.as_bytes();
        let mut from = window.start;
        // A short text may also stand in an address or a name before it.
        for _ in 0..16 {
            let start = find(self.text, from..window.end, value)?;
            let end = start + value.len();
            let mark = start.checked_sub(1).and_then(|before| bytes.get(before));
            if matches!(mark, Some(b'"' | b'\'')) && bytes.get(end) == mark {
                return Some(start - 1..end + 1);
            }
            from = start + 1;
            while !self.text.is_char_boundary(from) {
                from += 1;
            }
        }
        None
    }

    fn is_bare(triple: &Triple) -> bool {
        let Term::Literal(literal) = &triple.object else {
            return false;
        };
        ["#integer", "#decimal", "#double", "#boolean"]
            .iter()
            .any(|kind| literal.datatype().as_str().ends_with(kind))
    }
}

impl Finder for Places<'_> {
    fn object(&mut self, triple: &Triple) -> Option<Range<usize>> {
        let found = match &triple.object {
            Term::NamedNode(node) => {
                let window = self.window(node.as_str().len());
                self.address(node.as_str(), &window)
            }
            Term::BlankNode(_) => {
                let window = self.window(0);
                let part = self.text.as_bytes().get(window.clone())?;
                let start = window.start + memchr::memchr3(b'[', b'(', b'_', part)?;
                Some(start..start)
            }
            Term::Literal(literal) => {
                let value = literal.value();
                let window = self.window(value.len());
                self.literal(value, &window)
                    .or_else(|| self.literal(&escaped(value)?, &window))
                    .or_else(|| {
                        let start = find(self.text, window.clone(), value)?;
                        Self::is_bare(triple).then(|| start..start + value.len())
                    })
            }
        }?;
        self.cursor = found.end;
        Some(found)
    }

    fn subject(&mut self, subject: &NamedOrBlankNode, object: Option<&Range<usize>>) -> usize {
        // The object was found already; its subject stands before it.
        let end = object.map_or(self.cursor, |object| object.start);
        let mut start = end.saturating_sub(AHEAD);
        while !self.text.is_char_boundary(start) {
            start += 1;
        }
        let before = self.text.as_bytes().get(start..end).unwrap_or_default();
        let found = match subject {
            NamedOrBlankNode::NamedNode(node) => {
                let whole = format!("<{}>", node.as_str());
                let short = self.prefixes.iter().filter_map(|(prefix, namespace)| {
                    let name = node.as_str().strip_prefix(namespace.as_str())?;
                    Some(format!("{prefix}:{name}"))
                });
                std::iter::once(whole)
                    .chain(short)
                    .filter_map(|written| memchr::memmem::rfind(before, written.as_bytes()))
                    .max()
            }
            NamedOrBlankNode::BlankNode(_) => memchr::memrchr2(b'[', b'_', before),
        };
        found.map_or(end, |found| start + found)
    }
}

/// A text with its quotation marks, backslashes and line breaks escaped, where it has some.
fn escaped(value: &str) -> Option<String> {
    value.contains(['"', '\\', '\n', '\r', '\t']).then(|| {
        value
            .replace('\\', "\\\\")
            .replace('"', "\\\"")
            .replace('\n', "\\n")
            .replace('\r', "\\r")
            .replace('\t', "\\t")
    })
}
