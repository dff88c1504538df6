//! A document's records, found by scanning, without a tree of the whole.
//!
//! A catalogue of any size is cut into its records: the items of an array, of an array under a known key (the
//! *container*), or the lines of a JSON Lines file. What stands beside the container is the catalogue's header. A place
//! that cannot be cut is a [`Trouble`]; the records before it are kept.

use memchr::{memchr, memchr2};

use super::Bounds;
use super::problem::{Problem, SyntaxError};
use super::tree::Tree;

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
    /// The bytes of the record; fewer than its length where it is too large to be held.
    pub bytes: &'a [u8],
    /// Where they start in the document.
    pub start: usize,
    /// How many bytes it has.
    pub length: usize,
    /// Place in the list, from 0.
    pub ordinal: usize,
}

impl<'a> Piece<'a> {
    /// The document as one record, without the blanks around it.
    #[must_use]
    pub fn whole(bytes: &'a [u8]) -> Self {
        let start = skip_blanks(bytes, 0);
        let bytes = bytes.get(start..).unwrap_or_default().trim_ascii_end();
        Self {
            bytes,
            start,
            length: bytes.len(),
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
    let mut cutter = Cutter::new(containers, bounds);
    let window = Window {
        bytes,
        start: 0,
        is_last: true,
    };
    let (mut pieces, mut header, mut troubles) = (Vec::new(), Vec::new(), Vec::new());
    loop {
        match cutter.next(window) {
            Step::Piece(cut) => pieces.push(cut.piece(window)),
            Step::Member(member) => header.push(member.of(window)),
            Step::Trouble(trouble) => troubles.push(trouble),
            Step::More | Step::Done => break,
        }
    }
    Split {
        shape: cutter.shape,
        pieces,
        header: if cutter.shape == Shape::One {
            Vec::new()
        } else {
            header
        },
        troubles,
    }
}

/// The part of a document that is in memory.
#[derive(Clone, Copy, Debug)]
pub struct Window<'w> {
    /// Its bytes.
    pub bytes: &'w [u8],
    /// Where they start in the document.
    pub start: usize,
    /// Whether the document ends with them.
    pub is_last: bool,
}

impl<'w> Window<'w> {
    /// The bytes between two offsets of the document.
    #[must_use]
    pub fn between(&self, start: usize, end: usize) -> &'w [u8] {
        let from = start.saturating_sub(self.start);
        let to = end.saturating_sub(self.start).min(self.bytes.len());
        self.bytes.get(from..to).unwrap_or_default()
    }

    fn end(&self) -> usize {
        self.start + self.bytes.len()
    }
}

/// A record that was cut out, by its offsets in the document.
#[derive(Clone, Copy, Debug)]
pub struct Cut {
    start: usize,
    end: usize,
    ordinal: usize,
}

impl Cut {
    /// The record itself: of one that is larger than a window, what of it is there.
    #[must_use]
    pub fn piece<'w>(&self, window: Window<'w>) -> Piece<'w> {
        Piece {
            bytes: window.between(self.start, self.end),
            start: self.start,
            length: self.end - self.start,
            ordinal: self.ordinal,
        }
    }
}

/// A member of the root object, by its offsets in the document.
#[derive(Clone, Copy, Debug)]
pub struct Member {
    key_start: usize,
    key_end: usize,
    start: usize,
    end: usize,
}

impl Member {
    /// The member itself.
    #[must_use]
    pub fn of<'w>(&self, window: Window<'w>) -> HeaderMember<'w> {
        HeaderMember {
            key: window.between(self.key_start + 1, self.key_end - 1),
            value: window.between(self.start, self.end),
            start: self.start,
            key_start: self.key_start,
        }
    }
}

/// What cutting came to next.
#[derive(Clone, Copy, Debug)]
pub enum Step {
    /// A record.
    Piece(Cut),
    /// Something that stands beside the records.
    Member(Member),
    /// A place that cannot be read.
    Trouble(Trouble),
    /// The window ends too early: go on with one that holds more.
    More,
    /// Everything is cut.
    Done,
}

/// Where cutting stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// Before the first byte that is no blank.
    Start,
    /// At the start of a line.
    Line,
    /// Behind the bracket that opens the list.
    First,
    /// At an item of the list.
    Item,
    /// Behind an item.
    BehindItem,
    /// In an item that no window holds.
    Skipping(Skip),
    /// At a member of an object.
    Member,
    /// Behind a member, or behind an object that is one.
    BehindMember,
    /// Behind the root.
    End,
    Done,
}

/// How far into a value that is passed over without being kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Skip {
    start: usize,
    depth: usize,
    in_string: bool,
    /// The next byte stands behind a backslash.
    is_escaped: bool,
}

/// The containers that lead through an object, each with what is left of its path below it.
type Paths = Vec<(&'static str, &'static str)>;

/// Cuts a document into records, window by window: a window moves on over what was cut, and grows where it is asked for
/// more. Offsets are those of the document.
#[derive(Clone, Debug)]
pub struct Cutter {
    bounds: Bounds,
    /// How the records are laid out: settled once the first piece is there.
    pub shape: Shape,
    /// Up to where everything is cut.
    pub at: usize,
    state: State,
    ordinal: usize,
    /// Where the root opens.
    open: usize,
    /// The objects open above the list of records.
    objects: Vec<Paths>,
    has_pieces: bool,
    has_troubles: bool,
}

impl Cutter {
    /// A cutter at the start of a document.
    #[must_use]
    pub fn new(containers: &[&'static str], bounds: &Bounds) -> Self {
        Self {
            bounds: *bounds,
            shape: Shape::One,
            at: 0,
            state: State::Start,
            ordinal: 0,
            open: 0,
            objects: vec![containers.iter().map(|path| (*path, *path)).collect()],
            has_pieces: false,
            has_troubles: false,
        }
    }

    /// Whether records are being cut out, so that the bytes before [`Cutter::at`] are needed no more.
    #[must_use]
    pub fn is_under_way(&self) -> bool {
        self.shape != Shape::One
    }

    /// The next record, member or trouble.
    pub fn next(&mut self, window: Window<'_>) -> Step {
        loop {
            let step = match self.state {
                State::Start => self.start(window),
                State::Line => self.line(window),
                State::First => self.first(window),
                State::Item => self.item(window),
                State::BehindItem => self.behind_item(window),
                State::Skipping(skip) => self.skip(window, skip),
                State::Member => self.member(window),
                State::BehindMember => self.behind_member(window),
                State::End => self.end(window),
                State::Done => return Step::Done,
            };
            if let Some(step) = step {
                return step;
            }
        }
    }

    /// Says that no larger window will come: a record that does not fit is passed over, anything else ends the cutting.
    pub fn outgrow(&mut self) -> Option<Step> {
        match self.state {
            State::Item | State::Line => {
                self.state = State::Skipping(Skip {
                    start: self.at,
                    ..Skip::default()
                });
                None
            }
            _ if self.is_under_way() => self.stop(self.at, Cause::Syntax(Problem::TooLarge)),
            // The document is one record.
            _ => {
                self.state = State::Done;
                self.piece(self.open, self.open + self.bounds.record_bytes + 1)
            }
        }
    }

    fn trouble(&mut self, offset: usize, cause: Cause) -> Option<Step> {
        self.has_troubles = true;
        Some(Step::Trouble(Trouble { offset, cause }))
    }

    /// Ends the cutting with what is wrong.
    fn stop(&mut self, offset: usize, cause: Cause) -> Option<Step> {
        self.state = State::Done;
        self.trouble(offset, cause)
    }

    fn piece(&mut self, start: usize, end: usize) -> Option<Step> {
        let ordinal = self.ordinal;
        self.ordinal += 1;
        self.has_pieces = true;
        Some(Step::Piece(Cut {
            start,
            end,
            ordinal,
        }))
    }

    /// Passes over blanks; the byte behind them, or what to do where the window has none.
    fn blanks(&mut self, window: Window<'_>) -> Result<Option<u8>, Step> {
        let here = self.at - window.start;
        let at = skip_blanks(window.bytes, here);
        self.at = window.start + at;
        match window.bytes.get(at) {
            None if !window.is_last => Err(Step::More),
            byte => Ok(byte.copied()),
        }
    }

    fn start(&mut self, window: Window<'_>) -> Option<Step> {
        let first = match self.blanks(window) {
            Ok(first) => first,
            Err(more) => return Some(more),
        };
        let bytes = window.bytes;
        let start = self.at - window.start;
        self.open = self.at;
        match first {
            None => self.stop(self.at, Cause::Empty),
            Some(b'{') => match self.is_lines(&bytes[start..], window.is_last) {
                None => Some(Step::More),
                Some(true) => {
                    self.shape = Shape::Lines;
                    self.state = State::Line;
                    None
                }
                Some(false) => {
                    self.at += 1;
                    self.state = State::Member;
                    None
                }
            },
            Some(b'[') => {
                self.shape = Shape::Array;
                self.objects.clear();
                self.at += 1;
                self.state = State::First;
                None
            }
            Some(_) if !window.is_last => Some(Step::More),
            Some(b'<') if looks_like_a_page(&bytes[start..]) => self.stop(self.at, Cause::WebPage),
            Some(_) if bytes.iter().take(4096).any(|&byte| byte == 0) => {
                self.stop(self.at, Cause::Binary)
            }
            Some(b'"' | b'-' | b'0'..=b'9' | b't' | b'f' | b'n')
                if self.is_json(&bytes[start..]) =>
            {
                self.state = State::Done;
                self.piece(self.at, window.end())
            }
            Some(_) => {
                let cause = match Problem::NoValue.seen_in(&bytes[start..]) {
                    Problem::NoValue => Cause::NotJson,
                    problem => Cause::Syntax(problem),
                };
                self.stop(self.at, cause)
            }
        }
    }

    /// JSON Lines: at least two lines start with `{`, and one of the first three of them is a whole object. Nothing where
    /// the bytes end too early to tell.
    fn is_lines(&self, bytes: &[u8], is_last: bool) -> Option<bool> {
        // A catalogue without line breaks would have to be read to its end to see that it is one line.
        let head = bytes.get(..self.bounds.window);
        let is_one_long_line = head.is_some_and(|head| memchr(b'\n', head).is_none());
        if is_one_long_line && head.is_some_and(|head| self.opens_list(head)) {
            return Some(false);
        }
        let (mut seen, mut objects, mut whole, mut from) = (0, 0, 0, 0);
        while seen < 3 && from < bytes.len() {
            let rest = &bytes[from..];
            let length = match memchr(b'\n', rest) {
                Some(length) => length,
                None if is_last => rest.len(),
                // However this line ends, it is the second that opens an object.
                None if whole > 0 && rest.get(skip_blanks(rest, 0)) == Some(&b'{') => {
                    return Some(true);
                }
                None => return None,
            };
            from += length + 1;
            let line = rest[..length].trim_ascii();
            if line.is_empty() {
                continue;
            }
            seen += 1;
            if line.first() == Some(&b'{') {
                objects += 1;
                whole += usize::from(skip_value(line, 0) == Some(line.len()) && line.len() > 2);
            } else if whole == 0 {
                return Some(false);
            }
        }
        if seen < 3 && !is_last {
            return None;
        }
        Some(objects >= 2 && whole > 0)
    }

    /// Whether a list of records opens in the first bytes of an object.
    fn opens_list(&self, head: &[u8]) -> bool {
        let mut probe = Self {
            at: 1,
            open: 0,
            state: State::Member,
            ..self.clone()
        };
        let window = Window {
            bytes: head,
            start: 0,
            is_last: false,
        };
        while !probe.is_under_way() && matches!(probe.next(window), Step::Member(_)) {}
        probe.is_under_way()
    }

    fn is_json(&self, bytes: &[u8]) -> bool {
        std::str::from_utf8(bytes).is_ok_and(|text| Tree::parse(text, &self.bounds).is_ok())
    }

    fn line(&mut self, window: Window<'_>) -> Option<Step> {
        let here = self.at - window.start;
        let rest = window.bytes.get(here..).unwrap_or_default();
        let length = match memchr(b'\n', rest) {
            Some(length) => length,
            None if !window.is_last => return Some(Step::More),
            None if rest.is_empty() => {
                self.state = State::Done;
                return None;
            }
            None => rest.len(),
        };
        let line = &rest[..length];
        let start = skip_blanks(line, 0);
        let mut stop = line.len();
        while stop > start && matches!(line[stop - 1], b' ' | b'\t' | b'\r') {
            stop -= 1;
        }
        let from = self.at;
        self.at += (length + 1).min(rest.len());
        if start < stop {
            self.piece(from + start, from + stop)
        } else {
            None
        }
    }

    /// A list may be empty.
    fn first(&mut self, window: Window<'_>) -> Option<Step> {
        match self.blanks(window) {
            Err(more) => return Some(more),
            Ok(Some(b']')) => {
                self.at += 1;
                self.list_ends(window);
            }
            Ok(_) => self.state = State::Item,
        }
        None
    }

    fn list_ends(&mut self, window: Window<'_>) {
        let is_graph = self.shape == Shape::Container(GRAPH);
        if is_graph && !self.has_pieces && !self.has_troubles && window.start <= self.open {
            // A graph of anything but datasets.
            self.shape = Shape::One;
        }
        self.state = if self.objects.is_empty() {
            State::End
        } else {
            State::BehindMember
        };
    }

    fn item(&mut self, window: Window<'_>) -> Option<Step> {
        let here = self.at - window.start;
        let Some(end) = skip_value(window.bytes, here) else {
            let is_no_value = matches!(window.bytes.get(here), Some(b'}' | b']' | b','));
            return if window.is_last || is_no_value {
                self.explain(window)
            } else {
                Some(Step::More)
            };
        };
        // A number may go on behind the window.
        if end == window.bytes.len() && !window.is_last {
            return Some(Step::More);
        }
        let start = self.at;
        self.at = window.start + end;
        self.cut_item(start, window)
    }

    fn cut_item(&mut self, start: usize, window: Window<'_>) -> Option<Step> {
        self.state = State::BehindItem;
        let is_node = self.shape == Shape::Container(GRAPH)
            && !is_typed_dataset(window.between(start, self.at));
        if is_node {
            self.ordinal += 1;
            return None;
        }
        self.piece(start, self.at)
    }

    fn behind_item(&mut self, window: Window<'_>) -> Option<Step> {
        let next = match self.blanks(window) {
            Ok(next) => next,
            Err(more) => return Some(more),
        };
        let at = self.at;
        match next {
            Some(b']') => {
                self.at += 1;
                self.list_ends(window);
                None
            }
            Some(b',') => {
                let item = skip_blanks(window.bytes, at + 1 - window.start);
                match window.bytes.get(item) {
                    None if !window.is_last => Some(Step::More),
                    Some(b']') => {
                        self.at = window.start + item + 1;
                        self.list_ends(window);
                        self.trouble(at, Cause::Syntax(Problem::TrailingComma))
                    }
                    _ => {
                        self.at = window.start + item;
                        self.state = State::Item;
                        None
                    }
                }
            }
            Some(b'{') => {
                self.state = State::Item;
                self.trouble(at, Cause::Syntax(Problem::NoComma))
            }
            Some(_) => self.stop(at, Cause::Syntax(Problem::NoComma)),
            None => self.stop(at, Cause::Syntax(Problem::UnexpectedEnd)),
        }
    }

    /// Goes on in a record that no window holds.
    fn skip(&mut self, window: Window<'_>, mut skip: Skip) -> Option<Step> {
        let here = self.at - window.start;
        let rest = window.bytes.get(here..).unwrap_or_default();
        let end = if self.shape == Shape::Lines {
            memchr(b'\n', rest).or(window.is_last.then_some(rest.len()))
        } else {
            skip.over(rest)
        };
        match end {
            Some(length) => {
                self.at += length;
                if self.shape == Shape::Lines {
                    self.state = State::Line;
                    return self.piece(skip.start, self.at);
                }
                self.cut_item(skip.start, window)
            }
            None => {
                self.at = window.end();
                self.state = State::Skipping(skip);
                if !window.is_last {
                    return Some(Step::More);
                }
                self.stop(skip.start, Cause::Syntax(Problem::TooLarge))
            }
        }
    }

    /// The record that starts here cannot be cut out: reads it strictly to say where it breaks.
    fn explain(&mut self, window: Window<'_>) -> Option<Step> {
        let rest = window.between(self.at, window.end());
        let text = match std::str::from_utf8(rest) {
            Ok(text) => text,
            Err(error) => std::str::from_utf8(&rest[..error.valid_up_to()]).unwrap_or_default(),
        };
        let (offset, problem) = match Tree::parse(text, &self.bounds) {
            Err(SyntaxError { offset, problem }) => (offset, problem),
            Ok(_) => (text.len(), Problem::NotUtf8),
        };
        self.stop(self.at + offset, Cause::Syntax(problem))
    }

    /// An object whose members cannot be walked: with the list of records behind, the rest is lost; before it, the
    /// document is one record, and reading it will say what is wrong.
    fn broken_object(&mut self, window: Window<'_>, at: usize) -> Option<Step> {
        if !self.is_under_way() {
            return self.one_record(window);
        }
        let problem = if at >= window.end() {
            Problem::UnexpectedEnd
        } else {
            Problem::NoKey.seen_in(window.between(at, window.end()))
        };
        self.stop(at, Cause::Syntax(problem))
    }

    /// The document has no list of records: it is one.
    fn one_record(&mut self, window: Window<'_>) -> Option<Step> {
        if !window.is_last {
            return Some(Step::More);
        }
        self.state = State::Done;
        let bytes = window.between(self.open, window.end());
        self.piece(self.open, self.open + bytes.trim_ascii_end().len())
    }

    /// A member of an object above the records: the list itself, a step on the way to it, or something else.
    fn member(&mut self, window: Window<'_>) -> Option<Step> {
        if let Err(more) = self.blanks(window) {
            return Some(more);
        }
        let key_start = self.at;
        let bytes = window.bytes;
        let Some((key, value)) = key_at(bytes, key_start - window.start) else {
            return if window.is_last {
                self.broken_object(window, key_start)
            } else {
                self.more_or(window, |it| it.broken_object(window, key_start))
            };
        };
        let key_end = key_start + key.len() + 2;
        let below = match self.objects.last() {
            Some(paths) if !self.is_under_way() => below(paths, key),
            _ => Vec::new(),
        };
        let whole = below.iter().find(|(_, rest)| rest.is_empty());
        match (bytes.get(value), whole) {
            (None, _) if !window.is_last => return Some(Step::More),
            (Some(b'['), Some((container, _))) => match is_list(bytes, value) {
                None if !window.is_last => return Some(Step::More),
                Some(true) => {
                    self.shape = Shape::Container(container);
                    self.at = window.start + value + 1;
                    self.state = State::First;
                    return None;
                }
                _ => {}
            },
            (Some(b'{'), _) if below.iter().any(|(_, rest)| !rest.is_empty()) => {
                self.at = window.start + value + 1;
                self.objects.push(below);
                return None;
            }
            _ => {}
        }
        let end = match skip_value(bytes, value) {
            Some(end) if end < bytes.len() || window.is_last => end,
            _ if !window.is_last => return Some(Step::More),
            _ => return self.broken_object(window, window.end()),
        };
        self.at = window.start + end;
        self.state = State::BehindMember;
        (self.objects.len() == 1).then_some(Step::Member(Member {
            key_start,
            key_end,
            start: window.start + value,
            end: window.start + end,
        }))
    }

    /// A key that cannot be read may only be cut off by the end of the window.
    fn more_or(
        &mut self,
        window: Window<'_>,
        otherwise: impl FnOnce(&mut Self) -> Option<Step>,
    ) -> Option<Step> {
        match window.bytes.get(self.at - window.start) {
            None | Some(b'"') => Some(Step::More),
            Some(_) => otherwise(self),
        }
    }

    fn behind_member(&mut self, window: Window<'_>) -> Option<Step> {
        let next = match self.blanks(window) {
            Ok(next) => next,
            Err(more) => return Some(more),
        };
        match next {
            Some(b',') => {
                self.at += 1;
                self.state = State::Member;
                None
            }
            Some(b'}') => {
                self.at += 1;
                self.objects.pop();
                if self.objects.is_empty() {
                    if !self.is_under_way() {
                        return self.one_record(window);
                    }
                    self.state = State::End;
                }
                None
            }
            _ => self.broken_object(window, self.at),
        }
    }

    fn end(&mut self, window: Window<'_>) -> Option<Step> {
        match self.blanks(window) {
            Err(more) => Some(more),
            Ok(None) => {
                self.state = State::Done;
                None
            }
            Ok(Some(_)) => self.stop(self.at, Cause::Syntax(Problem::TrailingText)),
        }
    }
}

impl Skip {
    /// The length of the rest of the value, where it ends in these bytes.
    fn over(&mut self, bytes: &[u8]) -> Option<usize> {
        let mut at = 0;
        loop {
            if std::mem::take(&mut self.is_escaped) {
                at += 1;
            }
            if self.in_string {
                let stop = at + memchr2(b'"', b'\\', bytes.get(at..)?)?;
                at = stop + 1;
                if bytes[stop] == b'\\' {
                    self.is_escaped = true;
                    bytes.get(at)?;
                    continue;
                }
                self.in_string = false;
            }
            match bytes.get(at)? {
                b'"' => self.in_string = true,
                b'{' | b'[' => self.depth += 1,
                b'}' | b']' => {
                    self.depth = self.depth.saturating_sub(1);
                    if self.depth == 0 {
                        return Some(at + 1);
                    }
                }
                _ => {}
            }
            at += 1;
        }
    }
}

fn skip_blanks(bytes: &[u8], mut at: usize) -> usize {
    while matches!(bytes.get(at), Some(b' ' | b'\t' | b'\n' | b'\r')) {
        at += 1;
    }
    at
}

/// Whether the array here is empty, or has an object first; nothing where the bytes end too early to tell.
fn is_list(bytes: &[u8], at: usize) -> Option<bool> {
    let first = bytes.get(skip_blanks(bytes, at + 1))?;
    Some(matches!(first, b'{' | b']'))
}

/// The key of JSON-LD under which a document keeps nodes of any kind.
const GRAPH: &str = "@graph";

/// Of containers the ones that lead through this key, with what is left of their paths.
fn below(paths: &Paths, key: &[u8]) -> Paths {
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
    use super::{Cause, Cutter, Piece, Shape, Split, Step, Window, split};
    use crate::source::Bounds;
    use crate::source::problem::Problem;

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

    /// What is cut out of a document that comes a few bytes at a time, and of one that is there as a whole.
    fn steps(text: &str, bounds: &Bounds, width: usize) -> Vec<String> {
        let containers = ["dataset", "result/results", "@graph"];
        let mut cutter = Cutter::new(&containers, bounds);
        let (mut start, mut end) = (0, width.min(text.len()));
        let mut steps = Vec::new();
        loop {
            let window = Window {
                bytes: &text.as_bytes()[start..end],
                start,
                is_last: end == text.len(),
            };
            match cutter.next(window) {
                Step::Piece(cut) => {
                    let piece = cut.piece(window);
                    let text = String::from_utf8_lossy(&piece.bytes[..piece.bytes.len().min(30)]);
                    let Piece {
                        start,
                        length,
                        ordinal,
                        ..
                    } = piece;
                    let text = if length > bounds.record_bytes {
                        "too large"
                    } else {
                        &text
                    };
                    steps.push(format!("{ordinal}: {start}+{length} {text}"));
                }
                Step::Member(member) => {
                    let member = member.of(window);
                    let text = String::from_utf8_lossy(member.value);
                    steps.push(format!("{:?} {text}", member.range()));
                }
                Step::Trouble(trouble) => steps.push(format!("{trouble:?}")),
                Step::Done => break,
                Step::More => {
                    if cutter.is_under_way() {
                        start = cutter.at;
                    }
                    assert!(end < text.len(), "asks for more than there is");
                    if end - start > bounds.record_bytes + 4 {
                        steps.extend(cutter.outgrow().map(|step| format!("{step:?}")));
                    }
                    end = (end + width).min(text.len());
                }
            }
        }
        steps.push(format!("{:?}", cutter.shape));
        steps
    }

    #[test]
    fn cuts_a_stream_as_it_cuts_the_whole() {
        let texts = [
            r#"[{"a":1}, {"b":"]}\\\""},{"c":[1,{"d":2}]} , {} ] "#,
            "{\"a\":1}\n\n{\"b\":2}\r\n {\"c\":{}}",
            "{\"a\":1}\n{\"b\":2",
            r#"{"x": 1, "dataset": [{"a":"]"}, {"b": 2}], "z": {"y": "w"}, "v": 12}"#,
            r#"{"success": true, "result": {"count": 1, "results": [{"a": 1}, {}], "k": 2}, "z": 1}"#,
            r#"{"dataset": [{"a":1}, {"b":"#,
            r#"{"dataset": [{"a":1}, ], "b": 1}"#,
            r#"{"dataset": [{"a":1} {"b":1}, 7], "c"}"#,
            r#"{"dataset": [{"a":1}; {"b":1}]}"#,
            r#"{"dataset": []} x"#,
            r#"{"title": "one record", "keyword": ["a", "b"]}"#,
            r#"[1, 22, "three"]"#,
            r#"[{"a": 1}, }, {"b": 2}]"#,
            r#"{"@graph": [{"@id": "a"}, {"@type": "Dataset"}], "b": 1}"#,
            r#"{"@graph": [{"@id": "a"}], "b": 1}"#,
            "",
            "  hello",
        ];
        for text in texts {
            let bounds = Bounds::default();
            let whole = steps(text, &bounds, usize::MAX);
            for width in 1..30 {
                assert_eq!(steps(text, &bounds, width), whole, "{text} by {width}");
            }
        }
    }

    #[test]
    fn passes_over_a_record_that_no_window_holds() {
        let bounds = Bounds {
            record_bytes: 40,
            window: 20,
            ..Bounds::default()
        };
        let long = r#"x\"{["#.repeat(20);
        let array = format!(r#"[{{"a": 1}}, {{"b": "{long}", "c": [{{}}]}}, {{"d": 1}}]"#);
        let lines = format!("{{\"a\": 1}}\n{{\"b\": \"{long}\"}}\n{{\"d\": 1}}\n");
        for text in [array, lines] {
            let whole = steps(&text, &bounds, usize::MAX);
            assert_eq!(
                whole.iter().filter(|it| it.ends_with("too large")).count(),
                1
            );
            for width in 1..30 {
                assert_eq!(steps(&text, &bounds, width), whole, "{text} by {width}");
            }
        }
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
        assert_eq!(
            cause("// ours\n{\"dataset\": []}"),
            Some(Cause::Syntax(Problem::Comment))
        );
        assert_eq!(cause("\u{1}\0\0"), Some(Cause::Binary));
        assert_eq!(cause("[{},]"), Some(Cause::Syntax(Problem::TrailingComma)));
        assert_eq!(
            cause("{\"dataset\":[]} x"),
            Some(Cause::Syntax(Problem::TrailingText))
        );
    }
}
