//! One document, record by record: what both `check` and `inspect` do first.

use std::sync::LazyLock;

use crate::format::{self, Format, Surroundings};
use crate::model::{At, Dataset};
use crate::options::Options;
use crate::source::json::{Problem, Tree};
use crate::source::place::{Place, Ruler};
use crate::source::split::{Cause, Piece, Shape, Split, split};
use crate::source::text::{Encoding, decode};
use crate::source::{Bounds, Source};

/// A record that was read.
pub(crate) struct Record<'a> {
    pub(crate) tree: &'a Tree<'a>,
    pub(crate) dataset: &'a Dataset<'a>,
    pub(crate) format: &'static Format,
    /// By what the format was known.
    pub(crate) reason: &'static str,
    pub(crate) places: &'a Placer<'a>,
}

/// Something about the document itself.
pub(crate) struct Trouble {
    pub(crate) rule: &'static str,
    pub(crate) message: String,
    pub(crate) how: Option<&'static str>,
    pub(crate) evidence: Option<String>,
    pub(crate) place: Place,
    pub(crate) is_warning: bool,
}

/// What is met while reading.
pub(crate) enum Event<'a> {
    Record(Record<'a>),
    Trouble(Trouble),
}

/// What a document turned out to be.
pub(crate) struct DocumentFacts {
    pub(crate) format: Option<&'static str>,
    pub(crate) records: usize,
}

/// Turns handles of one record into places of its document.
pub(crate) struct Placer<'a> {
    ruler: &'a Ruler<'a>,
    document: usize,
    /// Where the record starts.
    start: usize,
    /// Pointer of the record in its document.
    prefix: String,
    /// The record is a line of its own.
    pub(crate) is_line: bool,
    has_places: bool,
}

impl Placer<'_> {
    /// The place of a value.
    pub(crate) fn place(&self, tree: &Tree<'_>, at: At) -> Place {
        let value = tree.value(at);
        let mut pointer = self.prefix.clone();
        value.write_pointer(&mut pointer);
        let (start, mut end) = value.span();
        if value.as_text().is_none() && !value.is_null() {
            // A missing key has no place of its own: its object's opening bracket stands for it.
            end = start + 1;
        }
        self.at(pointer, self.start + start, self.start + end)
    }

    fn at(&self, pointer: String, start: usize, end: usize) -> Place {
        Place {
            document: self.document,
            pointer,
            line_and_column: self.has_places.then(|| self.ruler.line_and_column(start)),
            span: self
                .has_places
                .then(|| (self.ruler.offset(start), self.ruler.offset(end))),
        }
    }

    /// Pointer and line of the record as a whole.
    pub(crate) fn record(&self) -> (String, Option<usize>) {
        let line = self
            .has_places
            .then(|| self.ruler.line_and_column(self.start).0);
        (self.prefix.clone(), line)
    }
}

/// Reads a document and tells what is met, in order.
pub(crate) fn read<'s>(
    source: &Source<'s>,
    document: usize,
    options: &Options,
    visit: &mut dyn FnMut(Event<'_>),
) -> DocumentFacts {
    let bounds = Bounds::default();
    let decoded = decode(source.bytes);
    let ruler = Ruler::new(&decoded, options.offsets);
    let found = cut(&decoded.bytes, &bounds);
    let mut reader = Reader {
        document,
        has_places: source.has_places,
        // A file of one line can be either; then its name decides.
        is_lines: found.shape == Shape::Lines
            || (found.shape == Shape::One
                && [".jsonl", ".ndjson"]
                    .iter()
                    .any(|ending| source.name.ends_with(ending))),
        ruler: &ruler,
        bounds: &bounds,
        split: &found,
        format: None,
        refused: false,
    };
    if decoded.encoding != Encoding::Utf8 && !found.pieces.is_empty() {
        visit(Event::Trouble(reader.encoding()));
    }
    for piece in &found.pieces {
        reader.piece(piece, visit);
    }
    for trouble in &found.troubles {
        visit(Event::Trouble(
            reader.trouble(trouble.offset, trouble.cause),
        ));
    }
    if found.pieces.is_empty() && found.troubles.is_empty() {
        visit(Event::Trouble(reader.no_datasets()));
    }
    let listed = matches!(found.shape, Shape::Container(_)).then(|| reader.format.map(|it| it.id));
    DocumentFacts {
        format: listed.unwrap_or(reader.format.map(|it| it.id)),
        records: found.pieces.len(),
    }
}

/// Cuts a document into its records. Where nobody knows the first of several, they may be parts of one record: the rows
/// of a data dictionary, the rows of data inside a package.
fn cut<'a>(bytes: &'a [u8], bounds: &Bounds) -> Split<'a> {
    let found = split(bytes, &format::containers(), bounds);
    let may_be_one = matches!(found.shape, Shape::Array | Shape::Container(_));
    let Some(first) = found.pieces.first().filter(|_| may_be_one) else {
        return found;
    };
    let around = Surroundings {
        shape: found.shape,
        header: &found.header,
    };
    let is_record = known(first.bytes, &around, bounds).is_some_and(|it| !it.is_part_of_a_list());
    if !found.troubles.is_empty() || is_record {
        return found;
    }
    let whole = Split {
        shape: Shape::One,
        pieces: vec![Piece::whole(bytes)],
        header: Vec::new(),
        troubles: Vec::new(),
    };
    let alone = Surroundings {
        shape: Shape::One,
        header: &[],
    };
    let is_one = whole
        .pieces
        .first()
        .is_some_and(|piece| known(piece.bytes, &alone, bounds).is_some());
    if is_one { whole } else { found }
}

/// The format of a record, where it can be read and is in one that we know.
fn known(record: &[u8], around: &Surroundings<'_>, bounds: &Bounds) -> Option<&'static Format> {
    let text = std::str::from_utf8(record).ok()?;
    let tree = Tree::parse(text, bounds).ok()?;
    format::detect(tree.root(), around).map(|(format, _)| format)
}

/// Whether a document holds metadata that we know, or tries to: a file found in a folder may be something else.
#[must_use]
pub fn is_metadata(source: &Source<'_>) -> bool {
    let decoded = decode(source.bytes);
    let found = cut(&decoded.bytes, &Bounds::default());
    let around = Surroundings {
        shape: found.shape,
        header: &found.header,
    };
    // One broken record must not hide a catalogue: any of the first few that is known will do.
    found.pieces.iter().take(20).any(|piece| {
        std::str::from_utf8(piece.bytes)
            .ok()
            .and_then(|text| Tree::parse(text, &Bounds::default()).ok())
            .is_none_or(|tree| format::detect(tree.root(), &around).is_some())
    })
}

struct Reader<'a> {
    document: usize,
    has_places: bool,
    /// Each record is a line of its own.
    is_lines: bool,
    ruler: &'a Ruler<'a>,
    bounds: &'a Bounds,
    split: &'a Split<'a>,
    /// The format of the first record that was understood.
    format: Option<&'static Format>,
    /// A record was refused before: one such finding a document is enough.
    refused: bool,
}

impl<'a> Reader<'a> {
    fn placer(&self, piece: &Piece<'_>) -> Placer<'a> {
        let prefix = match self.split.shape {
            Shape::One | Shape::Lines => String::new(),
            Shape::Array => format!("/{}", piece.ordinal),
            Shape::Container(key) => format!("/{key}/{}", piece.ordinal),
        };
        Placer {
            ruler: self.ruler,
            document: self.document,
            start: piece.start,
            prefix,
            is_line: self.is_lines,
            has_places: self.has_places,
        }
    }

    fn piece(&mut self, piece: &Piece<'a>, visit: &mut dyn FnMut(Event<'_>)) {
        let placer = self.placer(piece);
        let text = match std::str::from_utf8(piece.bytes) {
            Ok(text) => text,
            Err(error) => {
                let offset = piece.start + error.valid_up_to();
                let cause = Cause::Syntax(Problem::NotUtf8);
                return visit(Event::Trouble(self.trouble_in(&placer, offset, cause)));
            }
        };
        let mut tree = match Tree::parse(text, self.bounds) {
            Ok(tree) => tree,
            Err(error) => {
                let offset = piece.start + error.offset;
                let cause = Cause::Syntax(error.problem);
                return visit(Event::Trouble(self.trouble_in(&placer, offset, cause)));
            }
        };
        for doubled in tree.doubled_keys() {
            visit(Event::Trouble(doubled_key(&placer, &tree, doubled)));
        }
        let around = Surroundings {
            shape: self.split.shape,
            header: &self.split.header,
        };
        if let Some(message) = format::error_reply(tree.root()) {
            return visit(Event::Trouble(error_reply(&placer, &tree, message)));
        }
        let Some((format, reason)) = format::detect(tree.root(), &around) else {
            if !std::mem::replace(&mut self.refused, true) {
                visit(Event::Trouble(not_a_record(&placer, &tree)));
            }
            return;
        };
        self.format.get_or_insert(format);
        tree.open_strings(format.json_in_strings, self.bounds);
        let dataset = format::read(format, tree.root(), &around);
        visit(Event::Record(Record {
            tree: &tree,
            dataset: &dataset,
            format,
            reason,
            places: &placer,
        }));
    }

    fn trouble(&self, offset: usize, cause: Cause) -> Trouble {
        let placer = Placer {
            ruler: self.ruler,
            document: self.document,
            start: 0,
            prefix: String::new(),
            is_line: false,
            has_places: self.has_places,
        };
        self.trouble_in(&placer, offset, cause)
    }

    fn trouble_in(&self, placer: &Placer<'_>, offset: usize, cause: Cause) -> Trouble {
        let (line, column) = self.ruler.line_and_column(offset);
        let (message, how) = match cause {
            Cause::Empty => (
                "This file is empty".to_owned(),
                Some("Export the metadata again, or name another file."),
            ),
            Cause::WebPage => (
                "This is a web page (HTML), not metadata; the portal probably sent its error page"
                    .to_owned(),
                Some("Open the address in a browser, and save the metadata itself."),
            ),
            Cause::Binary => (
                "This is not a text file, so it cannot hold metadata".to_owned(),
                Some("Name the file that holds the metadata, for example a data.json."),
            ),
            Cause::NotJson => (
                "This is not JSON: it starts with neither `{` nor `[`".to_owned(),
                Some("Export the metadata as JSON or JSON Lines."),
            ),
            Cause::Syntax(problem) => syntax(problem, line, column),
        };
        Trouble {
            rule: "document-unreadable",
            message,
            how,
            evidence: self.excerpt(offset),
            place: placer.at(placer.prefix.clone(), offset, offset),
            is_warning: false,
        }
    }

    /// A few characters on both sides of a place, as they stand.
    fn excerpt(&self, offset: usize) -> Option<String> {
        let (start, line) = self.ruler.line_around(offset);
        let at = offset.saturating_sub(start);
        let from = at.saturating_sub(40);
        let to = (at + 40).min(line.len());
        let text = String::from_utf8_lossy(line.get(from..to)?);
        let text = text.trim().trim_matches(char::REPLACEMENT_CHARACTER);
        (!text.is_empty()).then(|| text.to_owned())
    }

    fn encoding(&self) -> Trouble {
        let mut trouble = self.trouble(0, Cause::Empty);
        trouble.rule = "encoding-not-utf8";
        trouble.message =
            "This file is written in UTF-16; JSON that is exchanged must be UTF-8".to_owned();
        trouble.how = None;
        trouble.evidence = None;
        trouble.is_warning = true;
        trouble
    }

    fn no_datasets(&self) -> Trouble {
        let mut trouble = self.trouble(0, Cause::Empty);
        trouble.message = "This catalogue lists no datasets".to_owned();
        trouble.how = Some("Check that the export is complete.");
        trouble.evidence = None;
        trouble.is_warning = true;
        trouble
    }
}

/// What a steward is told of a record that breaks the grammar or a bound.
fn syntax(problem: Problem, line: usize, column: usize) -> (String, Option<&'static str>) {
    let how = match problem {
        Problem::TooLarge => "Check that the export writes one record for each dataset.",
        Problem::TooDeep => "Check that the export is metadata and not the data itself.",
        Problem::NotUtf8 => "Save the file as UTF-8, or export it again.",
        Problem::MergeMarks => "Decide between the two versions, and delete the marks.",
        _ => {
            let message =
                format!("This stops being valid JSON at line {line}, column {column}: {problem}");
            return (message, None);
        }
    };
    let message = format!("This record cannot be read at line {line}, column {column}: {problem}");
    (message, Some(how))
}

fn doubled_key(
    placer: &Placer<'_>,
    tree: &Tree<'_>,
    value: crate::source::json::Value<'_>,
) -> Trouble {
    let key = value.key().unwrap_or_default();
    let (start, end) = (value.key_start(), value.span().1);
    let mut place = placer.place(tree, value.at());
    let spot = placer.at(String::new(), placer.start + start, placer.start + end);
    // The key is the fault: line, column and offsets start with it.
    (place.line_and_column, place.span) = (spot.line_and_column, spot.span);
    Trouble {
        rule: "doubled-key",
        message: format!(
            "The key `{key}` stands twice in one record; most software keeps only the last value"
        ),
        how: None,
        evidence: Some(value.raw().to_owned()),
        place,
        is_warning: true,
    }
}

fn error_reply(placer: &Placer<'_>, tree: &Tree<'_>, message: &str) -> Trouble {
    Trouble {
        rule: "document-unreadable",
        message: format!("This is an error reply from the portal, not a dataset: `{message}`"),
        how: Some("Ask the portal for the dataset again, with its right identifier."),
        evidence: Some(message.to_owned()),
        place: placer.place(tree, At::RECORD),
        is_warning: false,
    }
}

/// What a steward can bring.
static KNOWN_FORMATS: LazyLock<String> = LazyLock::new(|| {
    let names: Vec<&str> = format::FORMATS.iter().map(|format| format.name).collect();
    format!("Known are: {}.", names.join(", "))
});

fn not_a_record(placer: &Placer<'_>, tree: &Tree<'_>) -> Trouble {
    Trouble {
        rule: "document-unreadable",
        message: "This is valid JSON, but not a metadata record that we know".to_owned(),
        how: Some(KNOWN_FORMATS.as_str()),
        evidence: None,
        place: placer.place(tree, At::RECORD),
        is_warning: false,
    }
}
