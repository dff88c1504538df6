//! One document, record by record: what both `check` and `inspect` do first.

use std::sync::LazyLock;

use crate::format::structure::{self, Schemas};
use crate::format::{self, Format, Surroundings};
use crate::model::{At, Dataset};
use crate::options::Options;
use crate::profile::schema_of_format;
use crate::schema;
use crate::source::json::Problem;
use crate::source::place::{Place, Ruler};
#[cfg(feature = "xlsx")]
use crate::source::sheet;
use crate::source::split::{Cause, HeaderMember, Piece, Shape, Split, split};
use crate::source::syntax::{Unreadable, sniff};
use crate::source::table::{Doubt, Rows, Table};
use crate::source::text::{Encoding, decode};
use crate::source::tree::{Kind, Syntax, Tree, Value};
use crate::source::{Bounds, Source, page, xml, yaml};

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
    /// Where the tree's text starts in the document.
    start: usize,
    /// The record in its tree.
    record: At,
    /// Pointer of the record in its document.
    prefix: String,
    /// Where the record starts in the document.
    record_start: usize,
    /// The record is a line of its own, and pointers are into the line.
    pub(crate) is_line: bool,
    has_places: bool,
}

impl Placer<'_> {
    /// The place of a value.
    pub(crate) fn place(&self, tree: &Tree<'_>, at: At) -> Place {
        let value = tree.value(if at == At::RECORD { self.record } else { at });
        let mut below = String::new();
        let is_inside = value.write_pointer_below(self.record, &mut below);
        let pointer = if is_inside {
            self.prefix.clone() + &below
        } else {
            below
        };
        let (start, mut end) = value.span();
        if value.as_text().is_none() && !value.is_null() {
            // A missing key has no place of its own: its object's opening bracket stands for it.
            end = end.min(start + 1);
        }
        self.at(pointer, self.start + start, self.start + end)
    }

    /// Where the key of a value stands, its quotation marks included.
    pub(crate) fn key_place(&self, tree: &Tree<'_>, at: At) -> Option<(usize, usize)> {
        let value = tree.value(at);
        let start = value.key_start();
        let end = start + value.written_key()?.len();
        self.at(String::new(), self.start + start, self.start + end)
            .span
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
            .then(|| self.ruler.line_and_column(self.record_start).0);
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
    let syntax = sniff(&decoded.bytes);
    let mut reader = Reader {
        document,
        name: source.name,
        // A workbook is packed: nobody can point into its bytes.
        has_places: source.has_places && syntax != Syntax::Workbook,
        bytes: &decoded.bytes,
        ruler: &ruler,
        bounds: &bounds,
        is_page: false,
        format: None,
        records: 0,
        refused: false,
        options,
    };
    match syntax {
        Syntax::Json => {
            let found = cut(&decoded.bytes, &bounds);
            if decoded.encoding != Encoding::Utf8 && !found.pieces.is_empty() {
                visit(Event::Trouble(
                    reader.encoding(Syntax::Json, decoded.encoding),
                ));
            }
            reader.records(&decoded.bytes, &found, 0, visit);
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
    DocumentFacts {
        format: reader.format.map(|format| format.id),
        records: reader.records,
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
            let sheets = sheet::read(&decoded.bytes, &format::weigh_headings).unwrap_or_default();
            return sheets.iter().any(|sheet| is_metadata_below(sheet, &bounds));
        }
        syntax => {
            return std::str::from_utf8(&decoded.bytes)
                .ok()
                .and_then(|text| tree_of(syntax, text, &bounds).ok())
                .is_some_and(|tree| {
                    let layout = Layout::of(&tree);
                    let around = layout.surroundings();
                    let mut records = layout.records.iter().take(20);
                    records.any(|record| format::detect(tree.value(*record), &around).is_some())
                });
        }
    }
    let found = cut(&decoded.bytes, &bounds);
    let around = Surroundings {
        shape: found.shape,
        header: &found.header,
    };
    if let Some(tree) = graph_of(&decoded.bytes, &found, &bounds) {
        let layout = Layout::of_graph(&tree, found.shape);
        let around = layout.surroundings();
        let mut records = layout.records.iter().take(20);
        return records.any(|record| format::detect(tree.value(*record), &around).is_some());
    }
    // One broken record must not hide a catalogue: any of the first few that is known will do.
    found.pieces.iter().take(20).any(|piece| {
        std::str::from_utf8(piece.bytes)
            .ok()
            .and_then(|text| Tree::parse(text, &bounds).ok())
            .is_none_or(|tree| format::detect(tree.root(), &around).is_some())
    })
}

/// A document of linked data as one tree, so that its nodes find each other. Nothing where it is no such document, where
/// it is too large or broken, and where it describes no dataset: then its records are read one by one.
fn graph_of<'t>(bytes: &'t [u8], found: &Split<'_>, bounds: &Bounds) -> Option<Tree<'t>> {
    let has = |bytes: &[u8], key: &str| memchr::memmem::find(bytes, key.as_bytes()).is_some();
    let first = found.pieces.first()?.bytes;
    let is_graph = match found.shape {
        Shape::One => has(first, "\"@type\"") || has(first, "\"@context\""),
        Shape::Array => has(first, "\"@id\"") && !has(first, "\"@context\""),
        Shape::Container("@graph" | "dcat:dataset") => true,
        Shape::Container("dataset") => found
            .header
            .iter()
            .any(|member| member.key == b"@context" && !has(member.value, "project-open-data")),
        Shape::Container(_) | Shape::Lines | Shape::Rows => false,
    };
    if !is_graph || bytes.len() > bounds.record_bytes {
        return None;
    }
    let text = std::str::from_utf8(bytes).ok()?;
    let mut tree = Tree::parse(text, bounds).ok()?;
    tree.link();
    (!format::datasets_of_graph(tree.root()).is_empty()).then_some(tree)
}

/// Reads a document that is not JSON into one tree.
fn tree_of<'t>(syntax: Syntax, text: &'t str, bounds: &Bounds) -> Result<Tree<'t>, Unreadable> {
    if text.len() > bounds.record_bytes {
        return Err(Unreadable {
            offset: 0,
            message: format!("This file cannot be read: {}", Problem::TooLarge),
            how: "Check that it is metadata and not the data itself.",
        });
    }
    match syntax {
        Syntax::Yaml => yaml::read(text, bounds),
        Syntax::Xml => xml::read(text, bounds),
        Syntax::Json | Syntax::Page => Err(not_read("This is not a single document")),
        Syntax::Table | Syntax::Workbook => Err(not_read("This is a table")),
        #[cfg(feature = "rdf")]
        Syntax::Turtle | Syntax::RdfXml => crate::source::rdf::read(syntax, text, bounds),
        #[cfg(not(feature = "rdf"))]
        Syntax::Turtle => Err(not_read("This is RDF in Turtle")),
        #[cfg(not(feature = "rdf"))]
        Syntax::RdfXml => Err(not_read("This is RDF in XML")),
    }
}

fn not_read(what: &str) -> Unreadable {
    Unreadable {
        offset: 0,
        message: format!("{what}, which this build of datasteward does not read"),
        how: "Export the metadata as JSON, or use a build with all formats.",
    }
}

/// How a document that is one tree lays out its records.
struct Layout<'t> {
    shape: Shape,
    header: Vec<HeaderMember<'t>>,
    records: Vec<At>,
}

impl<'t> Layout<'t> {
    /// The document as one record.
    fn whole(tree: &'t Tree<'t>) -> Self {
        Self {
            shape: Shape::One,
            header: Vec::new(),
            records: vec![tree.root().at()],
        }
    }

    /// Rows of a table, each a tree of its own.
    fn rows() -> Self {
        Self {
            shape: Shape::Rows,
            header: Vec::new(),
            records: vec![At::RECORD],
        }
    }

    /// The items of a list, or of a list under a known key, else the whole document.
    fn of(tree: &'t Tree<'t>) -> Self {
        let root = tree.root();
        if matches!(tree.syntax(), Syntax::Turtle | Syntax::RdfXml) || root.get("@graph").is_some()
        {
            return Self::of_graph(tree, Shape::One);
        }
        let whole = Self::whole(tree);
        if root.kind() == Kind::Array {
            // A list may be one data dictionary.
            if format::detect(root, &whole.surroundings()).is_some() {
                return whole;
            }
            return Self {
                shape: Shape::Array,
                records: root.items().map(Value::at).collect(),
                ..whole
            };
        }
        let container = format::containers().into_iter().find_map(|container| {
            let path: Vec<&str> = container.split('/').collect();
            let list = root.path(&path)?;
            // Under `data` stand records only where they have attributes; else it is the data itself.
            let is_record = |item: Value<'_>| {
                item.is_object() && (container != "data" || item.get("attributes").is_some())
            };
            let is_list = list.kind() == Kind::Array && list.items().all(is_record);
            is_list.then_some((container, list))
        });
        let Some((container, list)) = container else {
            return whole;
        };
        let beside = root
            .members()
            .filter(|(key, _)| container.split('/').next() != Some(key));
        Self {
            shape: Shape::Container(container),
            header: beside
                .map(|(key, value)| HeaderMember {
                    key: key.as_bytes(),
                    value: value.raw().as_bytes(),
                    start: value.span().0,
                    key_start: value.key_start(),
                })
                .collect(),
            records: list.items().map(Value::at).collect(),
        }
    }

    /// The datasets of linked data, wherever they stand in it.
    fn of_graph(tree: &'t Tree<'t>, shape: Shape) -> Self {
        let datasets = format::datasets_of_graph(tree.root());
        let is_part = |value: &Value<'_>| datasets.first().is_none_or(|it| it.at() != value.at());
        let beside = Some(tree.root()).filter(is_part).into_iter();
        Self {
            shape,
            header: beside
                .flat_map(Value::members)
                .filter(|(key, value)| key.starts_with('@') || value.kind() != Kind::Array)
                .map(|(key, value)| HeaderMember {
                    key: key.as_bytes(),
                    value: value.raw().as_bytes(),
                    start: value.span().0,
                    key_start: value.key_start(),
                })
                .collect(),
            records: datasets.into_iter().map(Value::at).collect(),
        }
    }

    fn surroundings(&self) -> Surroundings<'_> {
        Surroundings {
            shape: self.shape,
            header: &self.header,
        }
    }
}

/// No dataset has so many fields: a longer table is data. The longest dictionary seen has 207 rows.
const DICTIONARY_ROWS: usize = 50_000;

/// What the rows of a table are.
enum Contents<'s> {
    /// Fields of one dataset.
    Dictionary(Box<Tree<'s>>),
    /// Datasets.
    Inventory,
    /// Anything else.
    Data,
}

/// Tells a dictionary by its rows, and an inventory by the headings of its first row.
fn contents<'s>(table: &'s dyn Rows, bounds: &Bounds) -> Result<Contents<'s>, Problem> {
    let knows = |tree: &Tree<'_>, shape| {
        let around = Surroundings { shape, header: &[] };
        format::detect(tree.root(), &around).is_some()
    };
    let headings: Vec<&str> = table.headings().iter().map(|it| it.name.as_str()).collect();
    if table.rows() <= DICTIONARY_ROWS && format::may_be_dictionary(&headings) {
        let tree = table.tree(bounds)?;
        if knows(&tree, Shape::One) {
            return Ok(Contents::Dictionary(Box::new(tree)));
        }
    }
    if table.rows() > 0 && knows(&table.row(0, bounds)?, Shape::Rows) {
        return Ok(Contents::Inventory);
    }
    Ok(Contents::Data)
}

fn is_metadata_below(table: &dyn Rows, bounds: &Bounds) -> bool {
    !matches!(contents(table, bounds), Ok(Contents::Data) | Err(_))
}

struct Reader<'a> {
    document: usize,
    name: &'a str,
    has_places: bool,
    bytes: &'a [u8],
    ruler: &'a Ruler<'a>,
    bounds: &'a Bounds,
    /// The document is a web page: what is not a dataset in it is nobody's fault.
    is_page: bool,
    /// The format of the first record that was understood.
    format: Option<&'static Format>,
    /// How many records were met, understood or not.
    records: usize,
    /// A record was refused before: one such finding a document is enough.
    refused: bool,
    options: &'a Options,
}

impl<'a> Reader<'a> {
    /// The records of JSON text that starts at `base` in the document.
    fn records(
        &mut self,
        text: &[u8],
        found: &Split<'_>,
        base: usize,
        visit: &mut dyn FnMut(Event<'_>),
    ) {
        if let Some(tree) = graph_of(text, found, self.bounds) {
            self.graph(&tree, found.shape, base, visit);
            if base == 0 {
                self.header(found, visit);
            }
            return;
        }
        for piece in &found.pieces {
            self.piece(piece, found, base, visit);
        }
        for trouble in &found.troubles {
            visit(Event::Trouble(
                self.trouble(base + trouble.offset, trouble.cause),
            ));
        }
        if found.pieces.is_empty() && found.troubles.is_empty() {
            visit(Event::Trouble(self.no_datasets()));
        }
        if base == 0 {
            self.header(found, visit);
        }
    }

    /// The datasets that a web page describes for search engines.
    fn page(&mut self, visit: &mut dyn FnMut(Event<'_>)) {
        self.is_page = true;
        for block in page::blocks(self.bytes) {
            let base = block.start;
            let text = self.bytes.get(block).unwrap_or_default();
            let found = split(text, &format::containers(), self.bounds);
            self.records(text, &found, base, visit);
        }
        if self.records == 0 {
            visit(Event::Trouble(self.trouble(0, Cause::WebPage)));
        }
    }

    /// The datasets of a document of linked data.
    fn graph(
        &mut self,
        tree: &Tree<'_>,
        shape: Shape,
        base: usize,
        visit: &mut dyn FnMut(Event<'_>),
    ) {
        let layout = Layout::of_graph(tree, shape);
        let placer = self.placer_of_part(tree, At::RECORD, base, shape);
        for doubled in tree.doubled_keys() {
            visit(Event::Trouble(doubled_key(&placer, tree, doubled)));
        }
        for record in &layout.records {
            self.part(tree, *record, &layout, base, visit);
        }
    }

    fn piece(
        &mut self,
        piece: &Piece<'_>,
        found: &Split<'_>,
        base: usize,
        visit: &mut dyn FnMut(Event<'_>),
    ) {
        let prefix = match found.shape {
            Shape::One | Shape::Lines | Shape::Rows => String::new(),
            Shape::Array => format!("/{}", piece.ordinal),
            Shape::Container(key) => format!("/{key}/{}", piece.ordinal),
        };
        let start = base + piece.start;
        let placer = Placer {
            ruler: self.ruler,
            document: self.document,
            start,
            record: At::RECORD,
            prefix,
            record_start: start,
            is_line: self.is_lines(found.shape),
            has_places: self.has_places,
        };
        self.records += usize::from(!self.is_page);
        let text = match std::str::from_utf8(piece.bytes) {
            Ok(text) => text,
            Err(error) => {
                let offset = start + error.valid_up_to();
                let cause = Cause::Syntax(Problem::NotUtf8);
                return visit(Event::Trouble(self.trouble_in(&placer, offset, cause)));
            }
        };
        let mut tree = match Tree::parse(text, self.bounds) {
            Ok(tree) => tree,
            Err(error) => {
                let offset = start + error.offset;
                let cause = Cause::Syntax(error.problem);
                return visit(Event::Trouble(self.trouble_in(&placer, offset, cause)));
            }
        };
        if memchr::memmem::find(piece.bytes, b"\"@id\"").is_some() {
            tree.link();
        }
        for doubled in tree.doubled_keys() {
            visit(Event::Trouble(doubled_key(&placer, &tree, doubled)));
        }
        let around = Surroundings {
            shape: found.shape,
            header: &found.header,
        };
        let Some((format, reason)) = self.known(&tree, &placer, &around, visit) else {
            return;
        };
        self.records += usize::from(self.is_page);
        tree.open_strings(format.json_in_strings, self.bounds);
        let mut dataset = format::read(format, tree.root(), &around);
        dataset.faults = structure::faults(format.id, tree.root(), self.schemas(format));
        visit(Event::Record(Record {
            tree: &tree,
            dataset: &dataset,
            format,
            reason,
            places: &placer,
        }));
    }

    /// The format of a record, or what there is to say of something that is none.
    fn known(
        &mut self,
        tree: &Tree<'_>,
        placer: &Placer<'_>,
        around: &Surroundings<'_>,
        visit: &mut dyn FnMut(Event<'_>),
    ) -> Option<(&'static Format, &'static str)> {
        let record = tree.value(placer.record);
        if let Some(message) = format::error_reply(record) {
            visit(Event::Trouble(error_reply(placer, tree, message)));
            return None;
        }
        if let Some(asked) = self.options.read_as {
            return self.known_as(asked, tree, placer, around, visit);
        }
        let known = format::detect(record, around);
        match known {
            Some((format, _)) => {
                self.format.get_or_insert(format);
            }
            None if self.is_page || std::mem::replace(&mut self.refused, true) => {}
            None => visit(Event::Trouble(not_a_record(placer, tree))),
        }
        known
    }

    /// The format that the steward named, where the record is in it.
    fn known_as(
        &mut self,
        asked: &'static Format,
        tree: &Tree<'_>,
        placer: &Placer<'_>,
        around: &Surroundings<'_>,
        visit: &mut dyn FnMut(Event<'_>),
    ) -> Option<(&'static Format, &'static str)> {
        let record = tree.value(placer.record);
        if let Some(reason) = format::fits(asked, record, around) {
            self.format.get_or_insert(asked);
            return Some((asked, reason));
        }
        if !std::mem::replace(&mut self.refused, true) {
            let looks_like = match format::detect(record, around) {
                Some((other, reason)) => format!("; it looks like {}: {reason}", other.name),
                None => String::new(),
            };
            let mut trouble = not_a_record(placer, tree);
            trouble.message = format!(
                "This is not a record in the format that you named, {}{looks_like}",
                asked.name
            );
            trouble.how = Some("Leave the format out, and it is told from the records.");
            visit(Event::Trouble(trouble));
        }
        None
    }

    /// A document that is not JSON: one tree, whose records are parts of it.
    fn whole(&mut self, syntax: Syntax, visit: &mut dyn FnMut(Event<'_>)) {
        let text = match std::str::from_utf8(self.bytes) {
            Ok(text) => text,
            Err(error) => {
                let cause = Cause::Syntax(Problem::NotUtf8);
                return visit(Event::Trouble(self.trouble(error.valid_up_to(), cause)));
            }
        };
        let mut tree = match tree_of(syntax, text, self.bounds) {
            Ok(tree) => tree,
            Err(error) => {
                let error = error.or_merge_marks(text);
                return visit(Event::Trouble(self.unreadable(error)));
            }
        };
        let keys: Vec<&str> = {
            let layout = Layout::of(&tree);
            let first = layout.records.first().map(|record| tree.value(*record));
            first
                .and_then(|record| format::detect(record, &layout.surroundings()))
                .map_or(Vec::new(), |(format, _)| format.json_in_strings.to_vec())
        };
        tree.open_strings(&keys, self.bounds);
        tree.link();
        let layout = Layout::of(&tree);
        for record in &layout.records {
            self.part(&tree, *record, &layout, 0, visit);
        }
        if layout.records.is_empty() {
            visit(Event::Trouble(self.no_datasets()));
        }
    }

    /// A table: a data dictionary as a whole, or an inventory row by row.
    fn table(&mut self, visit: &mut dyn FnMut(Event<'_>)) {
        let text = match std::str::from_utf8(self.bytes) {
            Ok(text) => text,
            Err(error) => {
                let cause = Cause::Syntax(Problem::NotUtf8);
                return visit(Event::Trouble(self.trouble(error.valid_up_to(), cause)));
            }
        };
        let Some(table) = Table::read(text, &format::weigh_headings) else {
            return visit(Event::Trouble(self.table_of_data()));
        };
        if self.below_headings(&table, visit) {
            self.doubts(&table, visit);
        } else {
            visit(Event::Trouble(self.table_of_data()));
        }
    }

    /// The datasets of a table; tells whether it holds any.
    fn below_headings(&mut self, table: &dyn Rows, visit: &mut dyn FnMut(Event<'_>)) -> bool {
        match contents(table, self.bounds) {
            Ok(Contents::Dictionary(tree)) => {
                let layout = Layout::whole(&tree);
                self.part(&tree, tree.root().at(), &layout, 0, visit);
            }
            Ok(Contents::Inventory) => {
                for row in 0..table.rows() {
                    match table.row(row, self.bounds) {
                        Ok(tree) => self.part(&tree, At::RECORD, &Layout::rows(), 0, visit),
                        Err(problem) => visit(Event::Trouble(self.too_large(problem))),
                    }
                }
            }
            Ok(Contents::Data) if table.rows() == 0 => {
                visit(Event::Trouble(
                    self.unreadable(Unreadable {
                        offset: 0,
                        message: "This table has the headings of metadata, but no rows below them"
                            .to_owned(),
                        how: "Fill it in, or name another file.",
                    }),
                ));
            }
            Ok(Contents::Data) => return false,
            Err(problem) => visit(Event::Trouble(self.too_large(problem))),
        }
        true
    }

    /// A workbook: of its sheets those that are a data dictionary or an inventory.
    #[cfg(feature = "xlsx")]
    fn workbook(&mut self, visit: &mut dyn FnMut(Event<'_>)) {
        match sheet::read(self.bytes, &format::weigh_headings) {
            Ok(sheets) => {
                let mut known = false;
                for sheet in &sheets {
                    known |= self.below_headings(sheet, visit);
                }
                if !known {
                    visit(Event::Trouble(self.table_of_data()));
                }
            }
            Err(error) => visit(Event::Trouble(self.unreadable(error))),
        }
    }

    #[cfg(not(feature = "xlsx"))]
    fn workbook(&mut self, visit: &mut dyn FnMut(Event<'_>)) {
        visit(Event::Trouble(self.unreadable(Unreadable {
            offset: 0,
            message: "This is an Excel workbook, which is not read here".to_owned(),
            how: "Save the sheet as CSV.",
        })));
    }

    fn too_large(&self, problem: Problem) -> Trouble {
        self.unreadable(Unreadable {
            offset: 0,
            message: format!("This table cannot be read: {problem}"),
            how: "Check that it is metadata and not the data itself.",
        })
    }

    fn table_of_data(&self) -> Trouble {
        self.unreadable(Unreadable {
            offset: 0,
            message: "This is a table of data, not metadata: its headings are neither those of a data dictionary (a row a field) nor of an inventory (a row a dataset)".to_owned(),
            how: "Name the file that describes the data. A data dictionary has headings such as Field name, Description, Type, Unit.",
        })
    }

    /// What of a table had to be guessed, because its quotation marks or delimiters are not in order.
    fn doubts(&self, table: &Table<'_>, visit: &mut dyn FnMut(Event<'_>)) {
        for doubt in &table.doubts {
            let (offset, message, how) = match *doubt {
                Doubt::OpenQuote(offset) => (
                    offset,
                    "The quotation mark that opens here is never closed; the cell was read to the end of its line".to_owned(),
                    "Close the quotation mark, or write two of them (\"\") where one belongs to the text.",
                ),
                Doubt::LongRow(offset, more) => {
                    let others = match more {
                        0 => String::new(),
                        1 => ", and so has 1 more row".to_owned(),
                        more => format!(", and so have {more} more rows"),
                    };
                    (
                        offset,
                        format!("This row has more cells than there are headings{others}; its texts may stand under the wrong ones"),
                        "Put quotation marks around texts that hold the sign between the cells.",
                    )
                }
            };
            let mut trouble = self.unreadable(Unreadable {
                offset,
                message,
                how,
            });
            trouble.is_warning = true;
            visit(Event::Trouble(trouble));
        }
    }

    /// A record that is part of a document's tree.
    fn part(
        &mut self,
        tree: &Tree<'_>,
        record: At,
        layout: &Layout<'_>,
        base: usize,
        visit: &mut dyn FnMut(Event<'_>),
    ) {
        let value = tree.value(record);
        let placer = self.placer_of_part(tree, record, base, layout.shape);
        self.records += 1;
        let around = layout.surroundings();
        let Some((format, reason)) = self.known(tree, &placer, &around, visit) else {
            return;
        };
        let mut dataset = format::read(format, value, &around);
        dataset.faults = structure::faults(format.id, value, self.schemas(format));
        visit(Event::Record(Record {
            tree,
            dataset: &dataset,
            format,
            reason,
            places: &placer,
        }));
    }

    /// The schemas that speak of a record in a format.
    fn schemas(&self, format: &Format) -> Schemas<'_> {
        let profile = self.options.profile().schema(format.id);
        Schemas {
            format: schema_of_format(format.id).and_then(schema::builtin),
            profile: profile.and_then(schema::builtin),
            own: self.options.schema.as_deref(),
        }
    }

    /// What the profile finds wrong with what stands beside the records.
    fn header(&self, found: &Split<'_>, visit: &mut dyn FnMut(Event<'_>)) {
        let Some(format) = self
            .format
            .filter(|_| matches!(found.shape, Shape::Container(_)))
        else {
            return;
        };
        let schemas = self.schemas(format);
        let Ok(text) = std::str::from_utf8(self.bytes) else {
            return;
        };
        if schemas.profile.is_none() {
            return;
        }
        let starts: Vec<(usize, usize)> = found.header.iter().map(HeaderMember::range).collect();
        let Ok(tree) = Tree::of_members(text, &starts, self.bounds) else {
            return;
        };
        let placer = self.placer_of_document();
        for fault in structure::catalog_faults(format.id, tree.root(), schemas) {
            visit(Event::Trouble(Trouble {
                rule: "profile-not-met",
                message: fault.message.replacen("This record", "This catalogue", 1),
                how: None,
                evidence: fault.evidence,
                place: placer.place(&tree, fault.at),
                is_warning: false,
            }));
        }
    }

    fn placer_of_part(&self, tree: &Tree<'_>, record: At, base: usize, shape: Shape) -> Placer<'a> {
        let value = tree.value(record);
        let is_line = match tree.syntax() {
            Syntax::Table => shape != Shape::One,
            Syntax::Json => self.is_lines(shape),
            _ => false,
        };
        let mut prefix = String::new();
        if !is_line {
            value.write_pointer(&mut prefix);
        }
        Placer {
            ruler: self.ruler,
            document: self.document,
            start: base,
            record,
            prefix,
            record_start: base + value.span().0,
            is_line,
            has_places: self.has_places && tree.syntax() != Syntax::Workbook,
        }
    }

    /// Whether each record is a line. A file of one line can be either; then its name decides.
    fn is_lines(&self, shape: Shape) -> bool {
        let named = [".jsonl", ".ndjson"];
        shape == Shape::Lines
            || shape == Shape::One && named.iter().any(|ending| self.name.ends_with(ending))
    }

    fn unreadable(&self, error: Unreadable) -> Trouble {
        let mut trouble = self.trouble(error.offset, Cause::NotJson);
        trouble.message = error.message;
        trouble.how = Some(error.how);
        trouble
    }

    /// Places in the document as a whole.
    fn placer_of_document(&self) -> Placer<'_> {
        Placer {
            ruler: self.ruler,
            document: self.document,
            start: 0,
            record: At::RECORD,
            prefix: String::new(),
            record_start: 0,
            is_line: false,
            has_places: self.has_places,
        }
    }

    fn trouble(&self, offset: usize, cause: Cause) -> Trouble {
        self.trouble_in(&self.placer_of_document(), offset, cause)
    }

    fn trouble_in(&self, placer: &Placer<'_>, offset: usize, cause: Cause) -> Trouble {
        let (line, column) = self.ruler.line_and_column(offset);
        let (message, how) = match cause {
            Cause::Empty => (
                "This file is empty".to_owned(),
                Some("Export the metadata again, or name another file."),
            ),
            Cause::WebPage => (
                "This is a web page (HTML) without metadata in it; the portal probably sent its error page"
                    .to_owned(),
                Some("Open the address in a browser, and save the metadata itself."),
            ),
            Cause::Binary => (
                "This is not a text file, so it cannot hold metadata".to_owned(),
                Some("Name the file that holds the metadata, for example a data.json."),
            ),
            Cause::NotJson => (
                "This is not metadata in a form that we know".to_owned(),
                Some("Export the metadata as JSON, JSON Lines, YAML, CSV, XML or RDF."),
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
        if sniff(self.bytes) == Syntax::Workbook {
            return None;
        }
        let (start, line) = self.ruler.line_around(offset);
        let at = offset.saturating_sub(start);
        let from = at.saturating_sub(40);
        let to = (at + 40).min(line.len());
        let text = String::from_utf8_lossy(line.get(from..to)?);
        let text = text.trim().trim_matches(char::REPLACEMENT_CHARACTER);
        (!text.is_empty()).then(|| text.to_owned())
    }

    fn encoding(&self, syntax: Syntax, encoding: Encoding) -> Trouble {
        let mut trouble = self.trouble(0, Cause::Empty);
        let name = encoding.name();
        trouble.rule = "encoding-not-utf8";
        trouble.message = if syntax == Syntax::Json {
            format!("This file is written in {name}; JSON that is exchanged must be UTF-8")
        } else {
            format!("This file is written in {name}, not in UTF-8")
        };
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
    let record = tree.value(placer.record);
    let holds_no_dataset = format::describes_no_dataset(record);
    let (message, how) = if holds_no_dataset {
        (
            "This document describes no dataset".to_owned(),
            "Name the file that holds the datasets, or check that their `@type` says `Dataset`.",
        )
    } else if let Some(address) = format::unknown_context(record) {
        (
            format!(
                "The keys of this record are explained at {address}, which is not fetched, and none of them is one that we know"
            ),
            "Export the record with the usual keys of DCAT or schema.org.",
        )
    } else {
        (
            "This can be read, but it is not a metadata record that we know".to_owned(),
            KNOWN_FORMATS.as_str(),
        )
    };
    Trouble {
        rule: "document-unreadable",
        message,
        how: Some(how),
        evidence: None,
        place: placer.place(tree, At::RECORD),
        is_warning: holds_no_dataset,
    }
}
