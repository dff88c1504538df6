//! A JSON reader whose values know where they stood.
//!
//! [`Tree::parse`] accepts what RFC 8259 allows (and what `serde_json` accepts), keeps the order of keys and doubled
//! keys, borrows from the text where it can, and does not recurse.

use std::borrow::Cow;

use memchr::memchr2;

use super::Bounds;
use super::problem::{Problem, SyntaxError};
use super::tree::{Kind, Node, Span, Syntax, Tree, Value};

impl<'s> Tree<'s> {
    /// Reads one JSON text.
    ///
    /// # Errors
    /// The first place where the text breaks the grammar or a bound.
    pub fn parse(source: &'s str, bounds: &Bounds) -> Result<Self, SyntaxError> {
        if source.len() > bounds.record_bytes.min(u32::MAX as usize - 1) {
            return Err(SyntaxError {
                offset: 0,
                problem: Problem::TooLarge,
            });
        }
        let mut parser = Parser {
            bytes: source.as_bytes(),
            at: 0,
            tree: Self {
                syntax: Syntax::Json,
                source: Cow::Borrowed(source),
                decoded: String::new(),
                nodes: Vec::with_capacity(source.len() / 24 + 4),
                doubled: Vec::new(),
                inner: Vec::new(),
                outer: None,
                linked: Vec::new(),
                sheet: None,
                serving: Vec::new(),
                wrapped: Vec::new(),
            },
            open: Vec::new(),
            depth: bounds.depth,
        };
        parser.document()?;
        Ok(parser.tree)
    }

    /// Reads some members of a root object, each given by where it starts (at the quotation mark of its key) and ends,
    /// as an object of their own whose values keep their places in the document.
    ///
    /// # Errors
    /// As [`Tree::parse`].
    pub fn of_members(
        source: &'s str,
        members: &[(usize, usize)],
        bounds: &Bounds,
    ) -> Result<Self, SyntaxError> {
        if source.len() > u32::MAX as usize - 1 {
            return Err(SyntaxError {
                offset: 0,
                problem: Problem::TooLarge,
            });
        }
        let mut parser = Parser {
            bytes: source.as_bytes(),
            at: 0,
            tree: Self {
                syntax: Syntax::Json,
                source: Cow::Borrowed(source),
                decoded: String::new(),
                nodes: Vec::new(),
                doubled: Vec::new(),
                inner: Vec::new(),
                outer: None,
                linked: Vec::new(),
                sheet: None,
                serving: Vec::new(),
                wrapped: Vec::new(),
            },
            open: Vec::new(),
            depth: bounds.depth,
        };
        parser.skip_blanks();
        parser.object();
        for (start, _) in members {
            parser.at = *start;
            let key = parser.key()?;
            parser.value(Some(key))?;
            parser.below(1)?;
        }
        parser.at = source.trim_end().len();
        parser.close();
        Ok(parser.tree)
    }

    /// Reads the JSON that strings under one of these keys hold, so that [`Value::inner`] finds it. A string that is
    /// not a JSON list or object stays what it is.
    pub fn open_strings(&mut self, keys: &[&str], bounds: &Bounds) {
        let mut found = Vec::new();
        for index in 0..self.nodes.len() as u32 {
            let value = Value { tree: self, index };
            let text = value.as_str().unwrap_or_default();
            if text.trim_start().starts_with(['[', '{'])
                && value.key().is_some_and(|key| keys.contains(&key))
                && let Some(tree) = Tree::parse_inner(text.to_owned(), index, bounds)
            {
                found.push((index, tree));
            }
        }
        self.inner = found;
    }

    fn parse_inner(text: String, outer: u32, bounds: &Bounds) -> Option<Self> {
        let read = Tree::parse(&text, bounds).ok()?;
        let (decoded, nodes, doubled) = (read.decoded, read.nodes, read.doubled);
        Some(Self {
            syntax: Syntax::Json,
            source: Cow::Owned(text),
            decoded,
            nodes,
            doubled,
            inner: Vec::new(),
            outer: Some(outer),
            linked: Vec::new(),
            sheet: None,
            serving: Vec::new(),
            wrapped: Vec::new(),
        })
    }
}

/// An array or object that is being read.
struct Open {
    node: u32,
    is_object: bool,
    children: u32,
    /// A coarse set of the keys so far, so that doubled keys cost nothing to rule out.
    keys: u64,
}

struct Parser<'s> {
    bytes: &'s [u8],
    at: usize,
    tree: Tree<'s>,
    open: Vec<Open>,
    depth: usize,
}

#[derive(Clone, Copy)]
struct Key {
    text: Span,
    decoded: bool,
    start: u32,
}

impl Parser<'_> {
    fn document(&mut self) -> Result<(), SyntaxError> {
        self.skip_blanks();
        self.value(None)?;
        self.below(0)?;
        self.skip_blanks();
        if self.at < self.bytes.len() {
            return self.fail(self.at, Problem::TrailingText);
        }
        Ok(())
    }

    /// An object whose members are added one by one.
    fn object(&mut self) {
        let start = self.at as u32;
        self.tree.nodes.push(Node {
            kind: Kind::Object,
            decoded: false,
            key_decoded: false,
            has_key: false,
            span: Span { start, end: start },
            text: Span::NOTHING,
            key: Span::NOTHING,
            key_start: 0,
            parent: 0,
            ordinal: 0,
            after: 1,
        });
        self.open.push(Open {
            node: 0,
            is_object: true,
            children: 0,
            keys: 0,
        });
    }

    /// Reads on until no more than so many lists and objects are open.
    fn below(&mut self, depth: usize) -> Result<(), SyntaxError> {
        while self.open.len() > depth
            && let Some(top) = self.open.last()
        {
            let (is_object, first) = (top.is_object, top.children == 0);
            self.skip_blanks();
            let closing = if is_object { b'}' } else { b']' };
            match self.peek() {
                Some(byte) if byte == closing => {
                    self.at += 1;
                    self.close();
                    continue;
                }
                Some(b',') if !first => {
                    let comma = self.at;
                    self.at += 1;
                    self.skip_blanks();
                    if self.peek() == Some(closing) {
                        return Err(SyntaxError {
                            offset: comma,
                            problem: Problem::TrailingComma,
                        });
                    }
                }
                Some(_) if first => {}
                Some(_) => return self.fail(self.at, Problem::NoComma),
                None => return self.fail(self.at, Problem::UnexpectedEnd),
            }
            let key = if is_object { Some(self.key()?) } else { None };
            self.value(key)?;
        }
        Ok(())
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn skip_blanks(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn fail<T>(&self, offset: usize, problem: Problem) -> Result<T, SyntaxError> {
        let rest = self.bytes.get(offset..).unwrap_or_default();
        let problem = problem.seen_in(rest);
        Err(SyntaxError { offset, problem })
    }

    fn key(&mut self) -> Result<Key, SyntaxError> {
        if self.peek() != Some(b'"') {
            let problem = if self.peek().is_none() {
                Problem::UnexpectedEnd
            } else {
                Problem::NoKey
            };
            return self.fail(self.at, problem);
        }
        let start = self.at as u32;
        let (text, decoded) = self.string()?;
        self.skip_blanks();
        match self.peek() {
            Some(b':') => self.at += 1,
            None => return self.fail(self.at, Problem::UnexpectedEnd),
            Some(_) => return self.fail(self.at, Problem::NoColon),
        }
        self.skip_blanks();
        Ok(Key {
            text,
            decoded,
            start,
        })
    }

    fn value(&mut self, key: Option<Key>) -> Result<(), SyntaxError> {
        let start = self.at;
        let nothing = Span::NOTHING;
        let mut node = Node {
            kind: Kind::Null,
            decoded: false,
            key_decoded: key.is_some_and(|key| key.decoded),
            has_key: key.is_some(),
            span: nothing,
            text: nothing,
            key: key.map_or(nothing, |key| key.text),
            key_start: key.map_or(0, |key| key.start),
            parent: 0,
            ordinal: 0,
            after: 0,
        };
        match self.peek() {
            Some(b'"') => {
                node.kind = Kind::String;
                (node.text, node.decoded) = self.string()?;
            }
            Some(b'{') => {
                node.kind = Kind::Object;
                self.at += 1;
            }
            Some(b'[') => {
                node.kind = Kind::Array;
                self.at += 1;
            }
            Some(b't') => self.word(b"true", Kind::True, &mut node)?,
            Some(b'f') => self.word(b"false", Kind::False, &mut node)?,
            Some(b'n') => self.word(b"null", Kind::Null, &mut node)?,
            Some(b'-' | b'0'..=b'9') => {
                node.kind = Kind::Number;
                self.number()?;
            }
            Some(_) => return self.fail(start, Problem::NoValue),
            None => return self.fail(start, Problem::UnexpectedEnd),
        }
        node.span = Span {
            start: start as u32,
            end: self.at as u32,
        };
        let index = self.tree.nodes.len() as u32;
        node.after = index + 1;
        if let Some(top) = self.open.last_mut() {
            node.parent = top.node;
            node.ordinal = top.children;
            top.children += 1;
        }
        let opens = matches!(node.kind, Kind::Array | Kind::Object);
        let is_object = node.kind == Kind::Object;
        self.tree.nodes.push(node);
        if key.is_some() {
            self.note_doubled(index);
        }
        if opens {
            if self.open.len() >= self.depth {
                return self.fail(start, Problem::TooDeep);
            }
            self.open.push(Open {
                node: index,
                is_object,
                children: 0,
                keys: 0,
            });
        }
        Ok(())
    }

    fn note_doubled(&mut self, index: u32) {
        let value = Value {
            tree: &self.tree,
            index,
        };
        let Some(key) = value.key() else { return };
        let ends = key.as_bytes();
        let mix = key.len() * 31
            + usize::from(ends.first().copied().unwrap_or(0)) * 7
            + usize::from(ends.get(ends.len() / 2).copied().unwrap_or(0)) * 3
            + usize::from(ends.last().copied().unwrap_or(0));
        let bit = 1u64 << (mix % 64);
        let Some(top) = self.open.last_mut() else {
            return;
        };
        let maybe = top.keys & bit != 0;
        top.keys |= bit;
        // An object with very many keys is a map, not a record: comparing all pairs of its keys would cost too much.
        if !maybe || top.children > 512 {
            return;
        }
        let parent = Value {
            tree: &self.tree,
            index: top.node,
        };
        let mut next = parent.index + 1;
        let mut found = false;
        while next < index {
            let sibling = Value {
                tree: &self.tree,
                index: next,
            };
            found |= sibling.key() == Some(key);
            next = sibling.node().after;
        }
        if found {
            self.tree.doubled.push(index);
        }
    }

    fn close(&mut self) {
        if let Some(done) = self.open.pop() {
            let after = self.tree.nodes.len() as u32;
            if let Some(node) = self.tree.nodes.get_mut(done.node as usize) {
                node.after = after;
                node.span.end = self.at as u32;
            }
        }
    }

    fn word(&mut self, word: &[u8], kind: Kind, node: &mut Node) -> Result<(), SyntaxError> {
        if !self.bytes[self.at..].starts_with(word) {
            return self.fail(self.at, Problem::NoValue);
        }
        self.at += word.len();
        node.kind = kind;
        Ok(())
    }

    fn number(&mut self) -> Result<(), SyntaxError> {
        let start = self.at;
        if self.peek() == Some(b'-') {
            self.at += 1;
        }
        match self.peek() {
            Some(b'0') => self.at += 1,
            Some(b'1'..=b'9') => {
                self.digits();
            }
            _ => return self.fail(start, Problem::BadNumber),
        }
        let mut wide = self.at - start > 300;
        if self.peek() == Some(b'.') {
            self.at += 1;
            if self.digits() == 0 {
                return self.fail(start, Problem::BadNumber);
            }
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            wide = true;
            self.at += 1;
            if matches!(self.peek(), Some(b'+' | b'-')) {
                self.at += 1;
            }
            if self.digits() == 0 {
                return self.fail(start, Problem::BadNumber);
            }
        }
        if self
            .peek()
            .is_some_and(|byte| byte.is_ascii_digit() || byte.is_ascii_alphabetic() || byte == b'.')
        {
            return self.fail(start, Problem::BadNumber);
        }
        if wide {
            let text = self.tree.source.get(start..self.at).unwrap_or_default();
            if !text.parse::<f64>().is_ok_and(f64::is_finite) {
                return self.fail(start, Problem::NumberRange);
            }
        }
        Ok(())
    }

    fn digits(&mut self) -> usize {
        let start = self.at;
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        self.at - start
    }

    /// Reads a string from its quotation mark on; the span is in the source or, with escapes, in `decoded`.
    fn string(&mut self) -> Result<(Span, bool), SyntaxError> {
        let quote = self.at;
        let start = quote + 1;
        let mut from = start;
        let mut decoded_from = None;
        loop {
            let Some(found) = memchr2(b'"', b'\\', &self.bytes[from..]) else {
                let end = self.bytes.len();
                self.refuse_controls(from, end)?;
                return self.fail(quote, Problem::OpenString);
            };
            let stop = from + found;
            self.refuse_controls(from, stop)?;
            if self.bytes[stop] == b'"' {
                self.at = stop + 1;
                let Some(decoded_start) = decoded_from else {
                    let span = Span {
                        start: start as u32,
                        end: stop as u32,
                    };
                    return Ok((span, false));
                };
                self.tree.decoded.push_str(&self.tree.source[from..stop]);
                let span = Span {
                    start: decoded_start,
                    end: self.tree.decoded.len() as u32,
                };
                return Ok((span, true));
            }
            decoded_from.get_or_insert(self.tree.decoded.len() as u32);
            self.tree.decoded.push_str(&self.tree.source[from..stop]);
            from = self.escape(stop)?;
        }
    }

    fn refuse_controls(&self, from: usize, to: usize) -> Result<(), SyntaxError> {
        let text = &self.bytes[from..to];
        // Folding without an early end lets the compiler look at many bytes at once.
        let any = text.iter().fold(false, |any, &byte| any | (byte < 0x20));
        if any {
            let found = text.iter().position(|&byte| byte < 0x20).unwrap_or(0);
            return self.fail(from + found, Problem::ControlCharacter);
        }
        Ok(())
    }

    /// Reads the escape at a backslash and returns where the text goes on.
    fn escape(&mut self, at: usize) -> Result<usize, SyntaxError> {
        let plain = match self.bytes.get(at + 1) {
            Some(b'"') => '"',
            Some(b'\\') => '\\',
            Some(b'/') => '/',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => return self.unicode_escape(at),
            _ => return self.fail(at, Problem::BadEscape),
        };
        self.tree.decoded.push(plain);
        Ok(at + 2)
    }

    fn unicode_escape(&mut self, at: usize) -> Result<usize, SyntaxError> {
        let Some(first) = self.hex(at + 2) else {
            return self.fail(at, Problem::BadEscape);
        };
        let (code, next) = match first {
            0xD800..=0xDBFF => {
                let low = (self.bytes.get(at + 6..at + 8) == Some(b"\\u"))
                    .then(|| self.hex(at + 8))
                    .flatten()
                    .filter(|low| (0xDC00..=0xDFFF).contains(low));
                let Some(low) = low else {
                    return self.fail(at, Problem::LoneSurrogate);
                };
                (0x10000 + ((first - 0xD800) << 10) + (low - 0xDC00), at + 12)
            }
            other => (other, at + 6),
        };
        let Some(character) = char::from_u32(code) else {
            return self.fail(at, Problem::LoneSurrogate);
        };
        self.tree.decoded.push(character);
        Ok(next)
    }

    fn hex(&self, from: usize) -> Option<u32> {
        let digits = self.bytes.get(from..from + 4)?;
        digits.iter().try_fold(0, |code, &digit| {
            Some(code * 16 + char::from(digit).to_digit(16)?)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Problem, Tree, Value};
    use crate::source::Bounds;
    use proptest::prelude::*;

    fn parse(text: &str) -> Result<Tree<'_>, (usize, Problem)> {
        Tree::parse(text, &Bounds::default()).map_err(|error| (error.offset, error.problem))
    }

    fn problem(text: &str) -> (usize, Problem) {
        parse(text).expect_err("the text is broken")
    }

    #[test]
    fn reads_values_and_places() {
        let tree = parse(r#"{"a": [1, {"b/c": "x\ny"}], "d": null}"#).expect("valid");
        let inner = tree.root().get("a").and_then(|a| a.items().nth(1));
        let text = inner.and_then(|object| object.get("b/c")).expect("there");
        assert_eq!(text.as_str(), Some("x\ny"));
        let mut pointer = String::new();
        text.write_pointer(&mut pointer);
        assert_eq!(pointer, "/a/1/b~1c");
        assert_eq!(text.span(), (18, 24));
    }

    #[test]
    fn reads_some_members_of_an_object_in_their_places() {
        let text = r#"{"title": "x", "dataset": [1], "publisher": {"name": "y"}}"#;
        let tree = Tree::of_members(text, &[(1, 13), (31, 57)], &Bounds::default());
        let tree = tree.expect("valid");
        let keys: Vec<_> = tree.root().members().map(|(key, _)| key).collect();
        assert_eq!(keys, ["title", "publisher"]);
        let name = tree.root().path(&["publisher", "name"]).expect("there");
        assert_eq!((name.as_str(), name.span()), (Some("y"), (53, 56)));
    }

    #[test]
    fn keeps_doubled_keys() {
        let tree = parse(r#"{"title": "a", "x": {"title": 1}, "title": "b"}"#).expect("valid");
        let doubled: Vec<_> = tree.doubled_keys().map(Value::raw).collect();
        assert_eq!(doubled, ["\"b\""]);
        assert_eq!(tree.root().get("title").and_then(Value::as_str), Some("b"));
    }

    #[test]
    fn says_where_and_why() {
        assert_eq!(problem("{\"a\": ,}"), (6, Problem::NoValue));
        assert_eq!(problem("[1,]"), (2, Problem::TrailingComma));
        assert_eq!(problem("{'a': 1}"), (1, Problem::SingleQuotes));
        assert_eq!(problem("{“a”: 1}"), (1, Problem::CurlyQuotes));
        assert_eq!(problem("[1, // one\n2]"), (4, Problem::Comment));
        assert_eq!(problem("[NaN]"), (1, Problem::ForeignWord));
        assert_eq!(problem("[-Infinity]"), (1, Problem::ForeignWord));
        assert_eq!(problem("{\"a\" 1}"), (5, Problem::NoColon));
        assert_eq!(problem("[\"a\tb\"]"), (3, Problem::ControlCharacter));
        assert_eq!(problem("{\"a\": \"b\" \"c\"}"), (10, Problem::NoComma));
        assert_eq!(problem("[1"), (2, Problem::UnexpectedEnd));
        assert_eq!(problem("1 2"), (2, Problem::TrailingText));
        assert_eq!(problem(&"[".repeat(10_000)).1, Problem::TooDeep);
        assert_eq!(problem("[\"\\ud800\"]").1, Problem::LoneSurrogate);
        assert_eq!(problem("[01]").1, Problem::BadNumber);
        assert_eq!(problem("[1e999]").1, Problem::NumberRange);
    }

    #[test]
    fn reads_json_inside_a_string_in_the_place_of_the_string() {
        let mut tree =
            parse(r#"{"a": "[{\"b\": \"\u00e9\"}]", "c": "[oops", "d": "[1]"}"#).expect("valid");
        tree.open_strings(&["a", "c"], &Bounds::default());
        let outer = tree.root().get("a").expect("there");
        let inner = outer.inner().expect("a list");
        let text = inner.items().next().and_then(|item| item.get("b"));
        let text = text.expect("a member");
        assert_eq!(text.as_str(), Some("é"));
        assert!(text.is_in_string() && !outer.is_in_string());
        assert_eq!(tree.value(text.at()).raw(), outer.raw());
        assert!(
            ["c", "d"]
                .iter()
                .all(|key| tree.root().get(key).is_some_and(|it| it.inner().is_none()))
        );
    }

    fn same(ours: Value<'_>, theirs: &serde_json::Value) -> bool {
        use serde_json::Value as Json;
        match theirs {
            Json::Null => ours.is_null(),
            Json::Bool(truth) => ours.as_bool() == Some(*truth),
            Json::Number(number) => ours.as_f64() == number.as_f64(),
            Json::String(text) => ours.as_str() == Some(text),
            Json::Array(items) => {
                ours.items().count() == items.len()
                    && ours.items().zip(items).all(|(one, other)| same(one, other))
            }
            Json::Object(members) => members
                .iter()
                .all(|(key, value)| ours.get(key).is_some_and(|found| same(found, value))),
        }
    }

    proptest! {
        #[test]
        fn accepts_and_reads_what_serde_json_does(text in r#"([\[\]{}:,"\\ \n0-9eE+.tfnu-]|true|null|"a"|\\u00e9|é|[a-z]){0,24}"#) {
            let theirs = serde_json::from_str::<serde_json::Value>(&text);
            let ours = parse(&text);
            prop_assert_eq!(ours.is_ok(), theirs.is_ok(), "{}", text);
            if let (Ok(tree), Ok(value)) = (ours, theirs) {
                prop_assert!(same(tree.root(), &value));
            }
        }

        #[test]
        fn reads_back_any_strings(texts in prop::collection::vec(any::<String>(), 0..6)) {
            let written = serde_json::to_string(&texts).unwrap();
            let tree = parse(&written).expect("valid");
            let read: Vec<_> = tree.root().items().filter_map(Value::as_str).collect();
            prop_assert_eq!(read, texts);
        }
    }
}
