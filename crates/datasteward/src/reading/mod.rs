//! One document, record by record: what both `check` and `inspect` do first.
//!
//! A document of JSON is cut into parts of a few records, which may be read on several threads; every other document is
//! one part. Whoever reads hands over a [`Keep`], which says what is kept of a part, and gets the parts in order.

mod layout;
mod placer;
mod reader;
mod stream;
mod trouble;

pub(crate) use self::placer::Placer;
pub use self::stream::is_metadata_of_stream;
pub(crate) use self::stream::read_stream;
pub(crate) use self::trouble::Trouble;

use crate::format::{self, Format, Surroundings};
use crate::model::Dataset;
use crate::options::Options;
use crate::source::place::{Origin, Ruler};
#[cfg(feature = "xlsx")]
use crate::source::sheet;
use crate::source::split::{Piece, Split};
use crate::source::syntax::sniff;
use crate::source::table::Table;
use crate::source::text::{Decoded, Encoding, decode};
use crate::source::tree::{Syntax, Tree};
use crate::source::{Bounds, Source, page};
use crate::workers::in_order;

use self::layout::{Layout, cut, graph_of, is_metadata_below, tree_of};
use self::reader::{Ground, Reader};

/// A record that was read.
pub(crate) struct Record<'a> {
    pub(crate) tree: &'a Tree<'a>,
    pub(crate) dataset: &'a Dataset<'a>,
    pub(crate) format: &'static Format,
    /// By what the format was known.
    pub(crate) reason: &'static str,
    pub(crate) places: &'a Placer<'a>,
}

/// What is met while reading.
pub(crate) enum Event<'a> {
    Record(Record<'a>),
    Trouble(Trouble),
}

/// What is kept of a document: the events of each part of it, gathered apart so that parts can be read at one time.
pub(crate) trait Keep: Sync {
    /// What is kept of a part.
    type Part: Send;

    /// A part of which nothing was read yet.
    fn part(&self) -> Self::Part;

    /// Keeps what was met.
    fn event(&self, part: &mut Self::Part, event: Event<'_>);
}

/// Receives the parts in the order of the document; says whether to go on.
pub(crate) type Take<'t, P> = dyn FnMut(P) -> bool + 't;

/// What a document turned out to be.
#[derive(Default)]
pub(crate) struct DocumentFacts {
    pub(crate) format: Option<&'static Format>,
    pub(crate) records: usize,
    /// A record was in no format that we know: saying so once a document is enough.
    is_refused: bool,
}

impl DocumentFacts {
    /// Adds what the next part turned out to be, and to the part what has to be said of it.
    fn add<K: Keep>(&mut self, facts: PartFacts, keep: &K, part: &mut K::Part) {
        self.format = self.format.or(facts.format);
        self.records += facts.records;
        if let Some(refusal) = facts.refusal
            && !std::mem::replace(&mut self.is_refused, true)
        {
            keep.event(part, Event::Trouble(refusal));
        }
    }
}

/// What a part of a document turned out to be.
#[derive(Default)]
struct PartFacts {
    /// The format of the first record that was understood.
    format: Option<&'static Format>,
    /// How many records were met, understood or not.
    records: usize,
    /// What there is to say of the first record in no format that we know.
    refusal: Option<Trouble>,
}

/// Records in a row are judged together, by so many bytes: enough that handing them over costs nothing.
const PART: usize = 64 << 10;

/// Reads a document that is in memory.
pub(crate) fn read<K: Keep>(
    source: &Source<'_>,
    document: usize,
    options: &Options,
    keep: &K,
    take: &mut Take<'_, K::Part>,
) -> DocumentFacts {
    let decoded = decode(source.bytes);
    let ruler = Ruler::new(&decoded, options.offsets);
    let syntax = sniff(&decoded.bytes);
    let ground = Ground {
        document,
        name: source.name,
        // A workbook is packed: nobody can point into its bytes.
        has_places: source.has_places && syntax != Syntax::Workbook,
        bounds: options.bounds,
        options,
    };
    let mut facts = DocumentFacts::default();
    let mut reader = Reader::new(&ground, &decoded.bytes, &ruler);
    let mut rest = keep.part();
    let visit = &mut |event: Event<'_>| keep.event(&mut rest, event);
    match syntax {
        Syntax::Json => {
            let found = cut(&decoded.bytes, &ground.bounds);
            if decoded.encoding != Encoding::Utf8 && !found.pieces.is_empty() {
                visit(Event::Trouble(
                    reader.encoding(Syntax::Json, decoded.encoding),
                ));
            }
            if !reader.graph_of_document(&found, 0, visit) {
                read_pieces(&found, &decoded, &ground, keep, &mut |part, its| {
                    facts.add(its, keep, part);
                    take(std::mem::replace(part, keep.part()))
                });
                reader.troubles(&found, 0, visit);
            }
            let format = facts.format.or(reader.format());
            reader.header(format, found.shape, &reader.header_of(&found), visit);
        }
        Syntax::Page => reader.page(visit),
        syntax => {
            if decoded.encoding != Encoding::Utf8 {
                visit(Event::Trouble(reader.encoding(syntax, decoded.encoding)));
            }
            match syntax {
                Syntax::Table => reader.table(visit),
                Syntax::Workbook => reader.workbook(visit),
                syntax => reader.whole(syntax, visit),
            }
        }
    }
    facts.add(reader.facts(), keep, &mut rest);
    take(rest);
    facts
}

/// Reads the records of a document that was cut into them, in parts where there are several to read them.
fn read_pieces<K: Keep>(
    found: &Split<'_>,
    decoded: &Decoded<'_>,
    ground: &Ground<'_>,
    keep: &K,
    take: &mut dyn FnMut(&mut K::Part, PartFacts) -> bool,
) {
    let mut pieces = found.pieces.as_slice();
    let mut origin = Origin::default();
    let is_alone = ground.options.jobs() < 2;
    let next = &mut || {
        let first = pieces.first()?;
        let length = pieces
            .iter()
            .position(|piece| !is_alone && piece.start - first.start > PART)
            .unwrap_or(pieces.len());
        let (now, later) = pieces.split_at(length);
        pieces = later;
        let end = later
            .first()
            .map_or(decoded.bytes.len(), |piece| piece.start);
        let start = origin.bytes;
        let text = decoded.bytes.get(start..end).unwrap_or_default();
        let part = (now, text, origin);
        if !later.is_empty() {
            origin = origin.behind(text);
        }
        Some(part)
    };
    let around = Surroundings {
        shape: found.shape,
        header: &found.header,
    };
    let work = |(pieces, text, origin): (&[Piece<'_>], &[u8], Origin)| {
        let decoded = Decoded {
            bytes: text.into(),
            ..*decoded
        };
        read_part(pieces, &decoded, origin, &around, ground, keep)
    };
    in_order(ground.options.jobs(), next, &work, &mut |(
        mut part,
        facts,
    )| {
        take(&mut part, facts)
    });
}

/// Reads some records in a row; `text` is the part of the document around them.
fn read_part<K: Keep>(
    pieces: &[Piece<'_>],
    text: &Decoded<'_>,
    origin: Origin,
    around: &Surroundings<'_>,
    ground: &Ground<'_>,
    keep: &K,
) -> (K::Part, PartFacts) {
    let ruler = Ruler::behind(text, ground.options.offsets, origin);
    let mut reader = Reader::new(ground, &text.bytes, &ruler);
    let mut part = keep.part();
    for piece in pieces {
        reader.piece(piece, around, 0, &mut |event| keep.event(&mut part, event));
    }
    (part, reader.facts())
}

/// So many records are looked at to tell metadata from other files.
const FIRST_RECORDS: usize = 20;

/// Whether a document holds metadata that we know, or tries to: a file found in a folder may be something else.
#[must_use]
pub fn is_metadata(source: &Source<'_>) -> bool {
    let decoded = decode(source.bytes);
    let bounds = Bounds::default();
    match sniff(&decoded.bytes) {
        Syntax::Json => {}
        Syntax::Page => return !page::blocks(&decoded.bytes).is_empty(),
        Syntax::Table => {
            return std::str::from_utf8(&decoded.bytes)
                .ok()
                .and_then(|text| Table::read(text, &format::weigh_headings))
                .is_some_and(|table| is_metadata_below(&table, &bounds));
        }
        #[cfg(feature = "xlsx")]
        Syntax::Workbook => {
            let sheets = sheet::read(&decoded.bytes, &format::weigh_headings, &format::is_label)
                .unwrap_or_default();
            return sheets.iter().any(|sheet| is_metadata_below(sheet, &bounds));
        }
        syntax => {
            return std::str::from_utf8(&decoded.bytes)
                .ok()
                .and_then(|text| tree_of(syntax, text, &bounds).ok())
                .is_some_and(|tree| is_known(&tree, &Layout::of(&tree)));
        }
    }
    let found = cut(&decoded.bytes, &bounds);
    if let Some(tree) = graph_of(&decoded.bytes, &found, &bounds) {
        return is_known(&tree, &Layout::of_graph(&tree, found.shape));
    }
    let around = Surroundings {
        shape: found.shape,
        header: &found.header,
    };
    found
        .pieces
        .iter()
        .take(FIRST_RECORDS)
        .any(|piece| may_be_known(piece.bytes, &around, &bounds))
}

fn is_known(tree: &Tree<'_>, layout: &Layout<'_>) -> bool {
    let around = layout.surroundings();
    let mut records = layout.records.iter().take(FIRST_RECORDS);
    records.any(|record| format::detect(tree.value(*record), &around).is_some())
}

/// One broken record must not hide a catalogue: it counts as one that is known.
fn may_be_known(record: &[u8], around: &Surroundings<'_>, bounds: &Bounds) -> bool {
    std::str::from_utf8(record)
        .ok()
        .and_then(|text| Tree::parse(text, bounds).ok())
        .is_none_or(|tree| format::detect(tree.root(), around).is_some())
}
