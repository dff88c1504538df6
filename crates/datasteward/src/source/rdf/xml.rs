//! RDF in XML, through `oxrdfxml`.
//!
//! The library tells how far it has read: a text stands before the end tag that was read last, an address in an
//! attribute since the statement before.

use std::ops::Range;

use memchr::{memchr, memmem, memrchr};
use oxrdf::{NamedOrBlankNode, Term, Triple};
use oxrdfxml::RdfXmlParser;

use super::{Finder, Graph};
use crate::source::Bounds;
use crate::source::problem::Problem;
use crate::source::syntax::Unreadable;

/// The most attributes of one tag, and of all open tags together. Headers of catalogues declare about thirty namespaces;
/// the library's work for each tag grows with them.
const ATTRIBUTES: (usize, usize) = (256, 1024);

/// The longest text for which a document may define a short name (`<!ENTITY …>`), as is done for namespaces.
const ENTITY: usize = 512;

pub(super) fn read(text: &str, graph: &mut Graph, bounds: &Bounds) -> Result<(), Unreadable> {
    guard(text.as_bytes(), bounds)
        .map_err(|(offset, problem)| Unreadable::bound(offset, problem))?;
    let mut parser = RdfXmlParser::new().lenient().for_slice(text);
    let mut finder = Places {
        bytes: text.as_bytes(),
        before: 0,
        now: 0,
    };
    while let Some(next) = parser.next() {
        let now = usize::try_from(parser.buffer_position()).unwrap_or(usize::MAX);
        finder.move_to(now.min(text.len()));
        let triple = next.map_err(|error| broken(&error, finder.now))?;
        graph
            .add(&triple, &mut finder)
            .map_err(|problem| Unreadable::bound(finder.now, problem))?;
    }
    Ok(())
}

fn broken(error: &impl std::fmt::Display, offset: usize) -> Unreadable {
    Unreadable {
        offset,
        message: format!("This stops being valid RDF in XML here: {error}"),
        how: "Mend the line; an end tag or a quotation mark may be missing before it.",
    }
}

/// Refuses what would cost the library more than its length: deep nesting, crowds of attributes, names that unfold into
/// long texts.
fn guard(bytes: &[u8], bounds: &Bounds) -> Result<(), (usize, Problem)> {
    let mut open: Vec<usize> = Vec::new();
    let (mut attributes, mut at) = (0usize, 0usize);
    while let Some(found) = memchr(b'<', bytes.get(at..).unwrap_or_default()) {
        let start = at + found;
        let rest = bytes.get(start..).unwrap_or_default();
        let passed = [("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>")]
            .iter()
            .find(|(mark, _)| rest.starts_with(mark.as_bytes()));
        if let Some((_, end)) = passed {
            at = start + memmem::find(rest, end.as_bytes()).map_or(rest.len(), |it| it + end.len());
            continue;
        }
        if rest.starts_with(b"<!ENTITY") {
            unfolds(rest).map_err(|problem| (start, problem))?;
            at = start + 8;
            continue;
        }
        let length = end_of_tag(rest);
        at = start + length;
        let tag = rest.get(..length).unwrap_or_default();
        if tag.starts_with(b"<!") {
            // Definitions stand inside the document type.
            at = start + 2;
        } else if tag.starts_with(b"</") {
            attributes -= open.pop().unwrap_or(0);
        } else {
            let own = memchr::memchr_iter(b'=', tag).count();
            if own > ATTRIBUTES.0 || attributes + own > ATTRIBUTES.1 || open.len() >= bounds.depth {
                return Err((start, Problem::TooDeep));
            }
            if !tag.ends_with(b"/>") {
                open.push(own);
                attributes += own;
            }
        }
    }
    Ok(())
}

/// The length of a tag; `>` inside quotation marks does not end it.
fn end_of_tag(rest: &[u8]) -> usize {
    let mut at = 1;
    while let Some(found) = memchr::memchr3(b'>', b'"', b'\'', rest.get(at..).unwrap_or_default()) {
        at += found;
        let Some(mark) = rest.get(at).copied() else {
            break;
        };
        at += 1;
        if mark == b'>' {
            return at;
        }
        match memchr(mark, rest.get(at..).unwrap_or_default()) {
            Some(end) => at += end + 1,
            None => break,
        }
    }
    rest.len()
}

/// Refuses a definition that is long or uses others: a few of those can unfold into gigabytes.
fn unfolds(definition: &[u8]) -> Result<(), Problem> {
    let text = definition.get(..end_of_tag(definition)).unwrap_or_default();
    let uses_others = memmem::find_iter(text, b"&").any(|at| text.get(at + 1) != Some(&b'#'));
    if text.len() > ENTITY || uses_others {
        return Err(Problem::TooLarge);
    }
    Ok(())
}

struct Places<'s> {
    bytes: &'s [u8],
    /// How far the library had read before, and now.
    before: usize,
    now: usize,
}

impl Places<'_> {
    fn move_to(&mut self, now: usize) {
        if now != self.now {
            (self.before, self.now) = (self.now, now);
        }
    }

    /// What was read last.
    fn window(&self) -> &[u8] {
        self.bytes.get(self.before..self.now).unwrap_or_default()
    }

    /// The value of an attribute, with its quotation marks.
    fn attribute(&self, value: &str) -> Option<Range<usize>> {
        let window = self.window();
        let mut end = window.len();
        let written = if value.contains('&') {
            value.replace('&', "&amp;")
        } else {
            value.to_owned()
        };
        for _ in 0..16 {
            let start = memmem::rfind(window.get(..end)?, written.as_bytes())?;
            let after = start + written.len();
            let mark = start.checked_sub(1).and_then(|before| window.get(before));
            if matches!(mark, Some(b'"' | b'\'')) && window.get(after) == mark {
                return Some(self.before + start - 1..self.before + after + 1);
            }
            end = after.saturating_sub(1);
        }
        None
    }

    /// A text before the end tag that was read last.
    fn content(&self, value: &str) -> Option<Range<usize>> {
        let window = self.window();
        let close = memrchr(b'<', window)?;
        if window.get(close + 1) != Some(&b'/') {
            return None;
        }
        let before = window.get(..close)?;
        if before.ends_with(value.as_bytes()) && !value.is_empty() {
            return Some(self.before + close - value.len()..self.before + close);
        }
        // Written with references (`&amp;`): all there is between the tags.
        let start = memrchr(b'>', before)? + 1;
        let is_whole = !value.contains('>') && !before.get(start..)?.contains(&b'<');
        is_whole.then(|| self.before + start..self.before + close)
    }

    /// The first tag that opens something in what was read last.
    fn first_tag(&self) -> Option<usize> {
        let window = self.window();
        memchr::memchr_iter(b'<', window)
            .find(|at| !matches!(window.get(at + 1), None | Some(b'/' | b'!' | b'?')))
            .map(|at| self.before + at)
    }
}

impl Finder for Places<'_> {
    fn object(&mut self, triple: &Triple) -> Option<Range<usize>> {
        match &triple.object {
            Term::NamedNode(node) => self.attribute(node.as_str()),
            Term::BlankNode(_) => None,
            Term::Literal(literal) => self
                .content(literal.value())
                .or_else(|| self.attribute(literal.value())),
        }
    }

    fn subject(&mut self, subject: &NamedOrBlankNode, _: Option<&Range<usize>>) -> usize {
        let named = match subject {
            NamedOrBlankNode::NamedNode(node) => self.attribute(node.as_str()),
            NamedOrBlankNode::BlankNode(_) => None,
        };
        // The attribute stands in the tag that opens the node.
        let tag = named.and_then(|place| memrchr(b'<', self.bytes.get(..place.start)?));
        let last = memrchr(b'<', self.window()).map(|at| self.before + at);
        let opens = last.filter(|at| self.bytes.get(at + 1) != Some(&b'/'));
        tag.or(opens)
            .or_else(|| self.first_tag())
            .unwrap_or(self.before)
    }
}
