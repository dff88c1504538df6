//! A document that comes as a stream: read window by window, so that memory does not grow with it.
//!
//! What is streamed are lists of records in JSON: JSON Lines, an array, a catalogue. What stands behind the records of a
//! catalogue belongs to its header, and formats are told by it; so a catalogue is passed over once before it is read.
//! Everything else is small or refused, and is read as a whole.

use std::borrow::Cow;
use std::io::{self, Read};

use crate::format::{self, Surroundings};
use crate::options::Options;
use crate::source::place::{Origin, Ruler};
use crate::source::split::{Cut, Cutter, HeaderMember, Shape, Step, Trouble, Window};
use crate::source::syntax::sniff;
use crate::source::text::{Decoded, Encoding};
use crate::source::tree::Syntax;
use crate::source::{Bounds, Source, Stream};
use crate::workers::in_order;

use super::layout::{is_graph, known};
use super::placer::Placer;
use super::reader::{EXCERPT, Ground, Header, Reader};
use super::{
    DocumentFacts, Event, FIRST_RECORDS, Keep, PartFacts, Take, may_be_known, read, read_part,
};
use crate::model::At;

/// Reads a document that comes as a stream.
///
/// # Errors
/// If the stream cannot be read.
pub(crate) fn read_stream<K: Keep>(
    stream: &Stream<'_>,
    document: usize,
    options: &Options,
    keep: &K,
    take: &mut Take<'_, K::Part>,
) -> io::Result<DocumentFacts> {
    let mut feed = Feed::open(stream, &options.bounds)?;
    let Some(layout) = Layout::of(&mut feed, stream, &options.bounds)? else {
        let whole = feed.whole()?;
        let source = Source::new(stream.name, &whole);
        return Ok(read(&source, document, options, keep, take));
    };
    let ground = Ground {
        document,
        name: stream.name,
        has_places: true,
        bounds: options.bounds,
        options,
    };
    let header: Vec<HeaderMember<'_>> = layout.header.iter().map(OwnMember::borrow).collect();
    let around = Surroundings {
        shape: layout.shape,
        header: &header,
    };
    let mut facts = DocumentFacts::default();
    let mut parts = Parts::new(feed, &options.bounds);
    let mut failure = None;
    let mut has_pieces = false;
    let mut has_troubles = false;
    let next = &mut || match parts.next() {
        Ok(part) => {
            if let Some(part) = &part {
                has_pieces |= !part.cuts.is_empty();
                has_troubles |= !part.troubles.is_empty();
            }
            part
        }
        Err(error) => {
            failure = Some(error);
            None
        }
    };
    let work = |part: Part| part.read(&around, &ground, keep);
    in_order(options.jobs(), next, &work, &mut |(mut part, its)| {
        facts.add(its, keep, &mut part);
        take(part)
    });
    if let Some(error) = failure {
        return Err(error);
    }
    let mut rest = keep.part();
    let mark = layout.mark;
    let nothing = utf8(&[], mark);
    let ruler = Ruler::new(&nothing, options.offsets);
    let reader = Reader::new(&ground, &[], &ruler);
    if !has_pieces && !has_troubles {
        keep.event(&mut rest, Event::Trouble(reader.no_datasets()));
    }
    layout.report_header(&facts, &ground, &reader, &mut |event| {
        keep.event(&mut rest, event);
    });
    take(rest);
    Ok(facts)
}

/// Whether a stream holds metadata that we know, or tries to: as [`is_metadata`](super::is_metadata).
///
/// # Errors
/// If the stream cannot be read.
pub fn is_metadata_of_stream(stream: &Stream<'_>) -> io::Result<bool> {
    let bounds = Bounds::default();
    let mut feed = Feed::open(stream, &bounds)?;
    let Some(layout) = Layout::of(&mut feed, stream, &bounds)? else {
        let whole = feed.whole()?;
        return Ok(super::is_metadata(&Source::new(stream.name, &whole)));
    };
    let header: Vec<HeaderMember<'_>> = layout.header.iter().map(OwnMember::borrow).collect();
    let around = Surroundings {
        shape: layout.shape,
        header: &header,
    };
    // The first window is enough: it holds at least one record.
    let mut cutter = Cutter::new(&format::containers(), &bounds);
    let mut seen = 0;
    loop {
        match cutter.next(feed.window()) {
            Step::Piece(cut) => {
                if may_be_known(cut.piece(feed.window()).bytes, &around, &bounds) {
                    return Ok(true);
                }
                seen += 1;
                if seen == FIRST_RECORDS {
                    return Ok(false);
                }
            }
            Step::Member(_) | Step::Trouble(_) => {}
            Step::More | Step::Done => return Ok(false),
        }
    }
}

fn utf8(bytes: &[u8], mark: usize) -> Decoded<'_> {
    Decoded {
        bytes: Cow::Borrowed(bytes),
        encoding: Encoding::Utf8,
        mark,
    }
}

/// A stream and the part of it that is in memory.
struct Feed<'a> {
    reader: Box<dyn Read + 'a>,
    bytes: Vec<u8>,
    /// Where the bytes start in the document, and what stands before them.
    origin: Origin,
    is_last: bool,
    /// The length of a byte-order mark that was dropped.
    mark: usize,
    /// How much is read at a time.
    step: usize,
}

/// What cannot be read record by record is read up to so many bytes: a table of a million datasets is smaller.
const WHOLE: usize = 1 << 30;

const MARK: [u8; 3] = [0xEF, 0xBB, 0xBF];

impl<'a> Feed<'a> {
    /// Opens a stream and reads the first window.
    fn open(stream: &Stream<'a>, bounds: &Bounds) -> io::Result<Self> {
        let mut feed = Self {
            reader: (stream.open)()?,
            bytes: Vec::new(),
            origin: Origin::default(),
            is_last: false,
            mark: 0,
            step: bounds.window.max(MARK.len()),
        };
        feed.grow()?;
        if feed.bytes.starts_with(&MARK) {
            feed.bytes.drain(..MARK.len());
            feed.mark = MARK.len();
        }
        Ok(feed)
    }

    /// Reads on: a window that was asked to hold more becomes twice as large, so that what is looked at again and again
    /// stays in proportion to what is read.
    fn grow(&mut self) -> io::Result<()> {
        let more = self.step.max(self.bytes.len());
        self.fill(self.bytes.len() + more)
    }

    /// Reads until the window has this many bytes, or the stream ends.
    fn fill(&mut self, length: usize) -> io::Result<()> {
        let missing = length.saturating_sub(self.bytes.len());
        let read = (&mut self.reader)
            .take(missing as u64)
            .read_to_end(&mut self.bytes)?;
        self.is_last |= read < missing;
        Ok(())
    }

    fn window(&self) -> Window<'_> {
        Window {
            bytes: &self.bytes,
            start: self.origin.bytes,
            is_last: self.is_last,
        }
    }

    /// Forgets the bytes before an offset and hands them over, with those behind it.
    fn forget(&mut self, offset: usize) -> (Origin, Vec<u8>) {
        let origin = self.origin;
        let length = (offset - origin.bytes).min(self.bytes.len());
        let (before, behind) = self.bytes.split_at(length);
        let behind = behind.to_vec();
        self.origin = origin.behind(before);
        (origin, std::mem::replace(&mut self.bytes, behind))
    }

    /// The document from its start, read to its end.
    fn whole(mut self) -> io::Result<Vec<u8>> {
        self.fill(WHOLE)?;
        if !self.is_last {
            return Err(io::Error::new(
                io::ErrorKind::InvalidData,
                "it is larger than 1 GB and no list of records in JSON; check that it is metadata and not the data itself",
            ));
        }
        if self.mark > 0 {
            self.bytes.splice(..0, MARK);
        }
        Ok(self.bytes)
    }
}

/// A member of a catalogue's root object, kept after its window is gone.
struct OwnMember {
    /// The member as written, from the quotation mark of its key.
    text: Vec<u8>,
    key_length: usize,
    value_at: usize,
    /// What stands before it.
    origin: Origin,
}

impl OwnMember {
    fn of(member: &HeaderMember<'_>, feed: &Feed<'_>) -> Self {
        let (start, end) = member.range();
        let window = feed.window();
        Self {
            text: window.between(start, end).to_vec(),
            key_length: member.key.len(),
            value_at: member.start - start,
            origin: feed.origin.behind(window.between(feed.origin.bytes, start)),
        }
    }

    fn borrow(&self) -> HeaderMember<'_> {
        HeaderMember {
            key: self.text.get(1..=self.key_length).unwrap_or_default(),
            value: self.text.get(self.value_at..).unwrap_or_default(),
            start: self.origin.bytes + self.value_at,
            key_start: self.origin.bytes,
        }
    }
}

/// How a stream lays out its records.
struct Layout {
    shape: Shape,
    header: Vec<OwnMember>,
    /// Where the root object opens.
    root: Origin,
    mark: usize,
}

impl Layout {
    /// The layout of a document that can be read window by window, from its first bytes; nothing for one that has to be
    /// read as a whole, of which nothing is forgotten then.
    fn of(feed: &mut Feed<'_>, stream: &Stream<'_>, bounds: &Bounds) -> io::Result<Option<Self>> {
        let is_json = sniff(&feed.bytes) == Syntax::Json
            && matches!(feed.bytes.trim_ascii_start().first(), Some(b'{' | b'['))
            // UTF-16
            && feed.bytes.get(1) != Some(&0);
        if feed.is_last || !is_json {
            return Ok(None);
        }
        let mut cutter = Cutter::new(&format::containers(), bounds);
        let mut members = Vec::new();
        let first = loop {
            match cutter.next(feed.window()) {
                Step::Piece(cut) => break Some(cut),
                Step::Member(member) => {
                    members.push(OwnMember::of(&member.of(feed.window()), feed));
                }
                // An empty list, or one that breaks at once: there is nothing to be read record by record.
                Step::Trouble(_) | Step::Done => return Ok(None),
                Step::More if feed.bytes.len() > bounds.record_bytes => break None,
                Step::More => feed.grow()?,
            }
            if feed.is_last {
                return Ok(None);
            }
        };
        let root = feed.bytes.len() - feed.bytes.trim_ascii_start().len();
        let mut layout = Self {
            shape: cutter.shape,
            header: members,
            root: Origin::default().behind(feed.bytes.get(..root).unwrap_or_default()),
            mark: feed.mark,
        };
        if matches!(layout.shape, Shape::Container(_)) {
            match header(stream, bounds) {
                Ok(header) => layout.header = header,
                // What comes through a pipe is gone once it was read: up to a bound it is held.
                Err(error) if error.kind() == io::ErrorKind::Unsupported => {
                    feed.fill(bounds.record_bytes.saturating_mul(4))?;
                    return if feed.is_last {
                        Ok(None)
                    } else {
                        Err(io::Error::new(
                            io::ErrorKind::Unsupported,
                            "a catalogue as large as this has to be read twice, and this comes through a pipe; save it and name the file",
                        ))
                    };
                }
                Err(error) => return Err(error),
            }
        }
        let first = first.map(|cut| cut.piece(feed.window()).bytes);
        if !first.is_none_or(|first| layout.is_read_alone(first, bounds)) {
            // Larger documents are read record by record all the same.
            feed.fill(bounds.record_bytes + 1)?;
            if feed.is_last {
                return Ok(None);
            }
        }
        Ok(Some(layout))
    }

    /// Whether each record can be read without the others.
    fn is_read_alone(&self, first: &[u8], bounds: &Bounds) -> bool {
        let header: Vec<HeaderMember<'_>> = self.header.iter().map(OwnMember::borrow).collect();
        let around = Surroundings {
            shape: self.shape,
            header: &header,
        };
        let may_be_one = matches!(self.shape, Shape::Array | Shape::Container(_));
        let is_record = |record| {
            known(record, &around, bounds).is_some_and(|format| !format.is_part_of_a_list())
        };
        !is_graph(self.shape, first, &header) && (!may_be_one || is_record(first))
    }

    /// Says what the profile finds wrong with what stands beside the records.
    fn report_header(
        &self,
        facts: &DocumentFacts,
        ground: &Ground<'_>,
        reader: &Reader<'_>,
        visit: &mut dyn FnMut(Event<'_>),
    ) {
        let mut text = b"{".to_vec();
        let mut members = Vec::new();
        for member in &self.header {
            let start = text.len();
            text.extend(&member.text);
            members.push((start, text.len()));
        }
        text.push(b'}');
        let Ok(text) = String::from_utf8(text) else {
            return;
        };
        // In the order of the placers: the root, then its members.
        let origins = std::iter::once((0, self.root)).chain(
            members
                .iter()
                .zip(&self.header)
                .map(|((start, _), member)| (*start, member.origin)),
        );
        let decoded: Vec<(usize, Origin, Decoded<'_>)> = origins
            .map(|(start, origin)| {
                let rest = text.as_bytes().get(start..).unwrap_or_default();
                (start, origin, utf8(rest, self.mark))
            })
            .collect();
        let rulers: Vec<(usize, usize, Ruler<'_>)> = decoded
            .iter()
            .map(|(start, origin, decoded)| {
                let ruler = Ruler::behind(decoded, ground.options.offsets, *origin);
                (*start, origin.bytes, ruler)
            })
            .collect();
        let placers = rulers.iter().map(|(start, bytes, ruler)| Placer {
            ruler,
            document: ground.document,
            // A member stands at least as far from the start of the document as from that of the text made of members.
            start: bytes - start,
            record: At::RECORD,
            prefix: String::new(),
            record_start: 0,
            is_line: false,
            has_places: true,
        });
        let header = Header {
            text: &text,
            members,
            placers: placers.collect(),
        };
        reader.header(facts.format, self.shape, &Some(header), visit);
    }
}

/// Passes over a catalogue for everything that stands beside its records.
fn header(stream: &Stream<'_>, bounds: &Bounds) -> io::Result<Vec<OwnMember>> {
    let mut feed = Feed::open(stream, bounds)?;
    let mut cutter = Cutter::new(&format::containers(), bounds);
    let mut header = Vec::new();
    loop {
        match cutter.next(feed.window()) {
            Step::Member(member) => {
                header.push(OwnMember::of(&member.of(feed.window()), &feed));
            }
            Step::Piece(_) | Step::Trouble(_) => {}
            Step::Done => return Ok(header),
            Step::More => {
                if cutter.is_under_way() {
                    feed.forget(cutter.at);
                }
                if feed.bytes.len() > bounds.record_bytes {
                    cutter.outgrow();
                }
                feed.grow()?;
            }
        }
    }
}

/// A part of a stream: some records in a row, and the bytes they stand in.
struct Part {
    text: Vec<u8>,
    mark: usize,
    origin: Origin,
    cuts: Vec<Cut>,
    troubles: Vec<Trouble>,
}

impl Part {
    fn read<K: Keep>(
        &self,
        around: &Surroundings<'_>,
        ground: &Ground<'_>,
        keep: &K,
    ) -> (K::Part, PartFacts) {
        let text = utf8(&self.text, self.mark);
        let window = Window {
            bytes: &self.text,
            start: self.origin.bytes,
            is_last: false,
        };
        let pieces: Vec<_> = self.cuts.iter().map(|cut| cut.piece(window)).collect();
        let (mut part, facts) = read_part(&pieces, &text, self.origin, around, ground, keep);
        if !self.troubles.is_empty() {
            let ruler = Ruler::behind(&text, ground.options.offsets, self.origin);
            let reader = Reader::new(ground, &self.text, &ruler);
            for trouble in &self.troubles {
                let trouble = reader.trouble(trouble.offset, trouble.cause);
                keep.event(&mut part, Event::Trouble(trouble));
            }
        }
        (part, facts)
    }
}

/// The first bytes of a record that is too large to be held, and what stands before it.
struct Head {
    origin: Origin,
    text: Vec<u8>,
}

/// Cuts a stream into parts.
struct Parts<'a> {
    feed: Feed<'a>,
    cutter: Cutter,
    bounds: Bounds,
    /// A record that is too large to be held, while it is passed over.
    head: Option<Head>,
    is_done: bool,
}

impl<'a> Parts<'a> {
    fn new(feed: Feed<'a>, bounds: &Bounds) -> Self {
        Self {
            feed,
            cutter: Cutter::new(&format::containers(), bounds),
            bounds: *bounds,
            head: None,
            is_done: false,
        }
    }

    fn next(&mut self) -> io::Result<Option<Part>> {
        let (mut cuts, mut troubles) = (Vec::new(), Vec::new());
        while !self.is_done {
            match self.cutter.next(self.feed.window()) {
                Step::Piece(cut) => match self.head.take() {
                    Some(head) => return Ok(Some(self.too_large(head, cut))),
                    None => cuts.push(cut),
                },
                Step::Member(_) => {}
                Step::Trouble(trouble) => {
                    troubles.push(trouble);
                    // What stands behind the place is shown as well.
                    let wanted = trouble.offset + EXCERPT - self.feed.origin.bytes;
                    self.feed.fill(wanted.max(self.feed.bytes.len()))?;
                }
                Step::More if !cuts.is_empty() || !troubles.is_empty() => break,
                Step::More => {
                    if let Some(part) = self.more()? {
                        return Ok(Some(part));
                    }
                }
                Step::Done => self.is_done = true,
            }
        }
        if cuts.is_empty() && troubles.is_empty() {
            return Ok(None);
        }
        let mark = self.feed.mark;
        let (origin, text) = self.feed.forget(self.kept_from());
        Ok(Some(Part {
            text,
            mark,
            origin,
            cuts,
            troubles,
        }))
    }

    /// Nothing was cut out of the window: it has to hold more. A record that is too large for any is passed over.
    fn more(&mut self) -> io::Result<Option<Part>> {
        if self.cutter.is_under_way() {
            self.feed.forget(self.kept_from());
        }
        let (window, start) = (self.feed.window(), self.cutter.at);
        let length = window.start + window.bytes.len() - start;
        if length > self.bounds.record_bytes {
            let before = window.between(window.start, start);
            let head = Head {
                origin: self.feed.origin.behind(before),
                text: window.between(start, start + 2 * EXCERPT).to_vec(),
            };
            match self.cutter.outgrow() {
                None => self.head = Some(head),
                Some(Step::Piece(cut)) => return Ok(Some(self.too_large(head, cut))),
                Some(Step::Trouble(trouble)) => {
                    return Ok(Some(Part {
                        text: head.text,
                        mark: self.feed.mark,
                        origin: head.origin,
                        cuts: Vec::new(),
                        troubles: vec![trouble],
                    }));
                }
                Some(_) => {}
            }
        }
        self.feed.grow()?;
        Ok(None)
    }

    fn too_large(&self, head: Head, cut: Cut) -> Part {
        Part {
            text: head.text,
            mark: self.feed.mark,
            origin: head.origin,
            cuts: vec![cut],
            troubles: Vec::new(),
        }
    }

    /// From where on the bytes are still needed: those shortly before a place that cannot be read are shown with it.
    fn kept_from(&self) -> usize {
        self.cutter
            .at
            .saturating_sub(EXCERPT)
            .max(self.feed.origin.bytes)
    }
}
