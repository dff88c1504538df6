//! A document's records, found by scanning, without a tree of the whole.
//!
//! A catalogue of any size is cut into its records: the items of an array, of an array under a known key (the
//! *container*), or the lines of a JSON Lines file. What stands beside the container is the catalogue's header. A place
//! that cannot be cut is a [`Trouble`]; the records before it are kept.

use memchr::{memchr, memchr2};

use super::Bounds;
use super::json::{Problem, SyntaxError, Tree};

/// How the records of a document are laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// One record.
    One,
    /// A bare array of records.
    Array,
    /// An array of records under a key of the root object, or under a path of keys (`result/results`).
    Container(&'static str),
    /// One record a line.
    Lines,
    /// One record a row of a table.
    Rows,
}

/// One record: its bytes, where they start, and its place in the list.
#[derive(Clone, Copy, Debug)]
pub struct Piece<'a> {
    /// The bytes of the record.
    pub bytes: &'a [u8],
    /// Where they start in the document.
    pub start: usize,
    /// Place in the list, from 0.
    pub ordinal: usize,
}

impl<'a> Piece<'a> {
    /// The document as one record, without the blanks around it.
    #[must_use]
    pub fn whole(bytes: &'a [u8]) -> Self {
        let start = skip_blanks(bytes, 0);
        Self {
            bytes: bytes.get(start..).unwrap_or_default().trim_ascii_end(),
            start,
            ordinal: 0,
        }
    }
}

/// A member of the root object that is not the list of records.
#[derive(Clone, Copy, Debug)]
pub struct HeaderMember<'a> {
    /// The key as written, without its quotation marks.
    pub key: &'a [u8],
    /// The value as written.
    pub value: &'a [u8],
    /// Where the value starts in the document.
    pub start: usize,
    /// Where the key starts, at its quotation mark.
    pub key_start: usize,
}

impl HeaderMember<'_> {
    /// Where the member stands in the document, from the quotation mark of its key to the end of its value.
    #[must_use]
    pub fn range(&self) -> (usize, usize) {
        (self.key_start, self.start + self.value.len())
    }
}

/// Why a document, or the rest of it, could not be cut into records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// Nothing but blanks.
    Empty,
    /// A web page.
    WebPage,
    /// Not text at all.
    Binary,
    /// Neither `{` nor `[` at the start.
    NotJson,
    /// A syntax error.
    Syntax(Problem),
}

/// A place where cutting failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// Byte offset in the document.
    pub offset: usize,
    /// What is wrong there.
    pub cause: Cause,
}

/// A document cut into its records.
#[derive(Debug)]
pub struct Split<'a> {
    /// How the records are laid out.
    pub shape: Shape,
    /// The records, in order.
    pub pieces: Vec<Piece<'a>>,
    /// The rest of the root object, where the records stand in a container.
    pub header: Vec<HeaderMember<'a>>,
    /// What could not be read.
    pub troubles: Vec<Trouble>,
}

/// Cuts a document into records; `containers` are the keys, or paths of keys with `/` between them, under which formats
/// keep their lists of records. Under `@graph` only nodes typed as datasets are records.
#[must_use]
pub fn split<'a>(bytes: &'a [u8], containers: &[&'static str], bounds: &Bounds) -> Split<'a> {
    let mut cutter = Cutter {
        bytes,
        bounds,
        split: Split {
            shape: Shape::One,
            pieces: Vec::new(),
            header: Vec::new(),
            troubles: Vec::new(),
        },
    };
    let start = skip_blanks(bytes, 0);
    match bytes.get(start) {
        None => cutter.trouble(start, Cause::Empty),
        Some(b'{') if is_lines(bytes, start) => cutter.lines(),
        Some(b'{') => cutter.object(start, containers),
        Some(b'[') => {
            cutter.split.shape = Shape::Array;
            if let Some(end) = cutter.items(start) {
                cutter.end(end);
            }
        }
        Some(b'<') if looks_like_a_page(&bytes[start..]) => cutter.trouble(start, Cause::WebPage),
        Some(_) if bytes.iter().take(4096).any(|&byte| byte == 0) => {
            cutter.trouble(start, Cause::Binary);
        }
        Some(b'"' | b'-' | b'0'..=b'9' | b't' | b'f' | b'n') if cutter.is_json(start) => {
            cutter.piece(start, bytes.len());
        }
        Some(_) => cutter.trouble(start, Cause::NotJson),
    }
    cutter.split
}

struct Cutter<'a, 'b> {
    bytes: &'a [u8],
    bounds: &'b Bounds,
    split: Split<'a>,
}

impl Cutter<'_, '_> {
    fn trouble(&mut self, offset: usize, cause: Cause) {
        self.split.troubles.push(Trouble { offset, cause });
    }

    fn piece(&mut self, start: usize, end: usize) {
        let ordinal = self.split.pieces.len();
        self.split.pieces.push(Piece {
            bytes: &self.bytes[start..end],
            start,
            ordinal,
        });
    }

    fn lines(&mut self) {
        self.split.shape = Shape::Lines;
        let mut from = 0;
        while from < self.bytes.len() {
            let end = memchr(b'\n', &self.bytes[from..]).map_or(self.bytes.len(), |at| from + at);
            let start = skip_blanks(&self.bytes[..end], from);
            let mut stop = end;
            while stop > start && matches!(self.bytes[stop - 1], b' ' | b'\t' | b'\r') {
                stop -= 1;
            }
            if start < stop {
                self.piece(start, stop);
            }
            from = end + 1;
        }
    }

    /// The items of the array that opens at `open`, as records; returns where it ends.
    fn items(&mut self, open: usize) -> Option<usize> {
        let mut at = skip_blanks(self.bytes, open + 1);
        if self.bytes.get(at) == Some(&b']') {
            return Some(at + 1);
        }
        loop {
            let Some(end) = skip_value(self.bytes, at) else {
                self.explain(at);
                return None;
            };
            self.piece(at, end);
            let next = skip_blanks(self.bytes, end);
            match self.bytes.get(next) {
                Some(b']') => return Some(next + 1),
                Some(b',') => {
                    at = skip_blanks(self.bytes, next + 1);
                    if self.bytes.get(at) == Some(&b']') {
                        self.trouble(next, Cause::Syntax(Problem::TrailingComma));
                        return Some(at + 1);
                    }
                }
                Some(b'{') => {
                    self.trouble(next, Cause::Syntax(Problem::NoComma));
                    at = next;
                }
                Some(_) => {
                    self.trouble(next, Cause::Syntax(Problem::NoComma));
                    return None;
                }
                None => {
                    self.trouble(next, Cause::Syntax(Problem::UnexpectedEnd));
                    return None;
                }
            }
        }
    }

    /// The record from `start` on cannot be cut out: reads it strictly to say where it breaks.
    fn explain(&mut self, start: usize) {
        let rest = &self.bytes[start..];
        let text = match std::str::from_utf8(rest) {
            Ok(text) => text,
            Err(error) => std::str::from_utf8(&rest[..error.valid_up_to()]).unwrap_or_default(),
        };
        let (offset, problem) = match Tree::parse(text, self.bounds) {
            Err(SyntaxError { offset, problem }) => (offset, problem),
            Ok(_) => (text.len(), Problem::NotUtf8),
        };
        self.trouble(start + offset, Cause::Syntax(problem));
    }

    fn is_json(&self, start: usize) -> bool {
        std::str::from_utf8(&self.bytes[start..])
            .is_ok_and(|text| Tree::parse(text, self.bounds).is_ok())
    }

    /// A root object: a catalogue with a container, or one record.
    fn object(&mut self, open: usize, containers: &[&'static str]) {
        let paths: Vec<_> = containers.iter().map(|path| (*path, *path)).collect();
        let walked = self.members(open, &paths, true);
        if self.split.shape == Shape::One {
            self.split.header.clear();
            let mut stop = self.bytes.len();
            while stop > open && self.bytes[stop - 1].is_ascii_whitespace() {
                stop -= 1;
            }
            return self.piece(open, stop);
        }
        match walked {
            Ok(end) => self.end(end),
            Err(Some(at)) => {
                let problem = if at >= self.bytes.len() {
                    Problem::UnexpectedEnd
                } else {
                    Problem::NoKey
                };
                self.trouble(at, Cause::Syntax(problem));
            }
            Err(None) => {}
        }
    }

    /// Walks the members of an object for a list of records; `paths` are containers with what is left of their path
    /// below this object. Returns where the object ends, or where it breaks (nothing if that has been said already).
    fn members(
        &mut self,
        open: usize,
        paths: &[(&'static str, &'static str)],
        is_root: bool,
    ) -> Result<usize, Option<usize>> {
        let mut at = skip_blanks(self.bytes, open + 1);
        while let Some((key, value)) = key_at(self.bytes, at) {
            let below = below(paths, key);
            let searching = self.split.shape == Shape::One && !below.is_empty();
            let whole = below.iter().find(|(_, rest)| rest.is_empty());
            let end = match (self.bytes.get(value), whole) {
                (Some(b'['), Some((container, _))) if searching && is_list(self.bytes, value) => {
                    self.list(value, container).ok_or(None)?
                }
                (Some(b'{'), _) if searching && below.iter().any(|(_, rest)| !rest.is_empty()) => {
                    self.members(value, &below, false)?
                }
                _ => {
                    let end = skip_value(self.bytes, value).ok_or(Some(self.bytes.len()))?;
                    if is_root {
                        self.split.header.push(HeaderMember {
                            key,
                            value: &self.bytes[value..end],
                            start: value,
                            key_start: at,
                        });
                    }
                    end
                }
            };
            at = skip_blanks(self.bytes, end);
            match self.bytes.get(at) {
                Some(b',') => at = skip_blanks(self.bytes, at + 1),
                Some(b'}') => return Ok(at + 1),
                _ => break,
            }
        }
        Err(Some(at))
    }

    /// The list of a container; returns where it ends.
    fn list(&mut self, open: usize, container: &'static str) -> Option<usize> {
        self.split.shape = Shape::Container(container);
        let end = self.items(open);
        if container == GRAPH {
            self.split
                .pieces
                .retain(|piece| is_typed_dataset(piece.bytes));
            if self.split.pieces.is_empty() && self.split.troubles.is_empty() {
                self.split.shape = Shape::One;
            }
        }
        end
    }

    fn end(&mut self, at: usize) {
        let rest = skip_blanks(self.bytes, at);
        if rest < self.bytes.len() {
            self.trouble(rest, Cause::Syntax(Problem::TrailingText));
        }
    }
}

fn skip_blanks(bytes: &[u8], mut at: usize) -> usize {
    while matches!(bytes.get(at), Some(b' ' | b'\t' | b'\n' | b'\r')) {
        at += 1;
    }
    at
}

/// An empty array, or one whose first item is an object.
fn is_list(bytes: &[u8], at: usize) -> bool {
    bytes.get(at) == Some(&b'[')
        && matches!(bytes.get(skip_blanks(bytes, at + 1)), Some(b'{' | b']'))
}

/// The key of JSON-LD under which a document keeps nodes of any kind.
const GRAPH: &str = "@graph";

/// Of containers the ones that lead through this key, with what is left of their paths.
fn below(paths: &[(&'static str, &'static str)], key: &[u8]) -> Vec<(&'static str, &'static str)> {
    let step = |path: &'static str| path.split_once('/').unwrap_or((path, ""));
    paths
        .iter()
        .filter(|(_, rest)| !rest.is_empty())
        .map(|(container, rest)| (*container, step(rest)))
        .filter(|(_, (first, _))| first.as_bytes() == key)
        .map(|(container, (_, rest))| (container, rest))
        .collect()
}

/// Whether the `@type` of an object names a dataset: `Dataset`, `dcat:Dataset`, an address that ends so, a list of them.
fn is_typed_dataset(object: &[u8]) -> bool {
    member_of(object, b"@type")
        .is_some_and(|types| memchr::memmem::find(types, b"Dataset\"").is_some())
}

/// The value of an object's first member with a key, as written.
fn member_of<'a>(object: &'a [u8], wanted: &[u8]) -> Option<&'a [u8]> {
    let mut at = skip_blanks(object, 1);
    while let Some((key, value)) = key_at(object, at) {
        let end = skip_value(object, value)?;
        if key == wanted {
            return object.get(value..end);
        }
        at = skip_blanks(object, end);
        if object.get(at) != Some(&b',') {
            return None;
        }
        at = skip_blanks(object, at + 1);
    }
    None
}

/// The key that starts at `at`, and where its value starts.
fn key_at(bytes: &[u8], at: usize) -> Option<(&[u8], usize)> {
    if bytes.get(at) != Some(&b'"') {
        return None;
    }
    let end = skip_string(bytes, at)?;
    let colon = skip_blanks(bytes, end);
    (bytes.get(colon) == Some(&b':'))
        .then(|| (&bytes[at + 1..end - 1], skip_blanks(bytes, colon + 1)))
}

/// The offset after the string that opens at `at`.
fn skip_string(bytes: &[u8], at: usize) -> Option<usize> {
    let mut from = at + 1;
    loop {
        let stop = from + memchr2(b'"', b'\\', bytes.get(from..)?)?;
        if bytes[stop] == b'"' {
            return Some(stop + 1);
        }
        from = stop + 2;
    }
}

/// The offset after the value at `at`: brackets are counted, strings passed over, nothing else is looked at.
fn skip_value(bytes: &[u8], at: usize) -> Option<usize> {
    let mut depth = 0usize;
    let mut here = at;
    loop {
        match bytes.get(here)? {
            b'"' => {
                here = skip_string(bytes, here)?;
                if depth == 0 {
                    return Some(here);
                }
                continue;
            }
            b'{' | b'[' => depth += 1,
            b'}' | b']' if depth == 0 => return (here > at).then_some(here),
            b'}' | b']' => {
                depth -= 1;
                if depth == 0 {
                    return Some(here + 1);
                }
            }
            b',' | b' ' | b'\n' | b'\r' | b'\t' if depth == 0 => {
                return (here > at).then_some(here);
            }
            _ => {}
        }
        here += 1;
    }
}

/// JSON Lines: at least two lines start with `{`, and one of the first three of them is a whole object.
fn is_lines(bytes: &[u8], start: usize) -> bool {
    let lines = bytes[start..]
        .split(|&byte| byte == b'\n')
        .map(<[u8]>::trim_ascii)
        .filter(|line| !line.is_empty());
    let (mut objects, mut whole) = (0, 0);
    for line in lines.take(3) {
        if line.first() == Some(&b'{') {
            objects += 1;
            whole += usize::from(skip_value(line, 0) == Some(line.len()) && line.len() > 2);
        } else if whole == 0 {
            return false;
        }
    }
    objects >= 2 && whole > 0
}

fn looks_like_a_page(bytes: &[u8]) -> bool {
    let start: Vec<u8> = bytes
        .iter()
        .take(1024)
        .map(u8::to_ascii_lowercase)
        .collect();
    ["<!doctype html", "<html", "<head", "<body"]
        .iter()
        .any(|mark| memchr::memmem::find(&start, mark.as_bytes()).is_some())
}

#[cfg(test)]
mod tests {
    use super::{Cause, Shape, Split, split};
    use crate::source::Bounds;
    use crate::source::json::Problem;

    fn cut(text: &str) -> Split<'_> {
        let containers = ["dataset", "results", "result", "result/results", "@graph"];
        split(text.as_bytes(), &containers, &Bounds::default())
    }

    fn records(text: &str) -> Vec<&str> {
        let pieces = cut(text).pieces;
        pieces
            .iter()
            .filter_map(|piece| std::str::from_utf8(piece.bytes).ok())
            .collect()
    }

    #[test]
    fn finds_records_in_every_layout() {
        assert_eq!(
            records(r#"[{"a":1}, {"b":2}]"#),
            [r#"{"a":1}"#, r#"{"b":2}"#]
        );
        assert_eq!(
            records("{\"a\":1}\n\n{\"b\":2}\r\n"),
            [r#"{"a":1}"#, r#"{"b":2}"#]
        );
        assert_eq!(
            records(r#"{"dataset": [{"a":"]"}], "z": 1}"#),
            [r#"{"a":"]"}"#]
        );
        assert_eq!(
            records("{\"id\": 1,\n \"x\": 2}\n"),
            ["{\"id\": 1,\n \"x\": 2}"]
        );
        assert!(matches!(
            cut("{\"dataset\": []}").shape,
            Shape::Container("dataset")
        ));
    }

    #[test]
    fn finds_a_list_below_a_path_of_keys() {
        let text = r#"{"success": true, "result": {"count": 1, "results": [{"a": 1}]}, "z": 1}"#;
        assert_eq!(records(text), [r#"{"a": 1}"#]);
        assert_eq!(cut(text).shape, Shape::Container("result/results"));
        let one = r#"{"success": true, "result": {"name": "a", "resources": [{}]}}"#;
        assert_eq!((records(one), cut(one).shape), (vec![one], Shape::One));
        assert_eq!(records(r#"{"result": [{"a": 1}]}"#).len(), 1);
        assert_eq!(
            cut(r#"{"result": {"results": [{"a": 1}, "#).troubles.len(),
            1
        );
    }

    #[test]
    fn takes_only_datasets_from_a_graph() {
        let text = r#"{"@graph": [{"@id": "a"}, {"@type": ["schema:Dataset"], "b": 2}]}"#;
        let split = cut(text);
        assert_eq!(
            split.pieces.iter().map(|it| it.ordinal).collect::<Vec<_>>(),
            [1]
        );
        let other = r#"{"@graph": [{"@type": "Person"}]}"#;
        assert_eq!(
            (records(other), cut(other).shape),
            (vec![other], Shape::One)
        );
    }

    #[test]
    fn keeps_a_header_that_follows_the_records() {
        let split = cut(r#"{"dataset": [{}], "conformsTo": "x"}"#);
        assert_eq!(
            split.header.first().map(|member| member.key),
            Some(&b"conformsTo"[..])
        );
    }

    #[test]
    fn keeps_the_records_before_a_break() {
        let split = cut(r#"{"dataset": [{"a":1}, {"b":"#);
        assert_eq!(split.pieces.len(), 1);
        let trouble = split.troubles.first().expect("a trouble");
        assert_eq!(trouble.cause, Cause::Syntax(Problem::UnexpectedEnd));
    }

    #[test]
    fn one_broken_line_does_not_hide_the_rest() {
        assert_eq!(records("{\"a\":\n{\"b\":2}\n{\"c\":3}").len(), 3);
    }

    #[test]
    fn tells_what_is_not_json() {
        let cause = |text: &str| cut(text).troubles.first().map(|trouble| trouble.cause);
        assert_eq!(cause("  \n"), Some(Cause::Empty));
        assert_eq!(cause("<!DOCTYPE html><html>"), Some(Cause::WebPage));
        assert_eq!(cause("hello"), Some(Cause::NotJson));
        assert_eq!(cause("\u{1}\0\0"), Some(Cause::Binary));
        assert_eq!(cause("[{},]"), Some(Cause::Syntax(Problem::TrailingComma)));
        assert_eq!(
            cause("{\"dataset\":[]} x"),
            Some(Cause::Syntax(Problem::TrailingText))
        );
    }
}
