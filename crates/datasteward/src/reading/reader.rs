//! Records of one document, read one after the other.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::format::structure::{self, Schemas};
use crate::format::{self, Format, Surroundings};
use crate::model::At;
use crate::options::Options;
use crate::profile::schema_of_format;
use crate::schema;
use crate::source::place::Ruler;
use crate::source::problem::Problem;
#[cfg(feature = "xlsx")]
use crate::source::sheet;
use crate::source::split::{Cause, HeaderMember, Piece, Shape, Split, split};
use crate::source::syntax::{Unreadable, sniff};
use crate::source::table::{Doubt, Rows, Table};
use crate::source::text::Encoding;
use crate::source::tree::{Syntax, Tree, Value};
use crate::source::{Bounds, page};

use super::layout::{Contents, Layout, contents, graph_of, tree_of};
use super::placer::Placer;
use super::trouble::{Trouble, doubled_key, error_reply, not_a_record, syntax};
use super::{Event, PartFacts, Record};

/// So many bytes are shown on both sides of a place.
pub(super) const EXCERPT: usize = 40;

/// What holds for a document as a whole.
pub(super) struct Ground<'a> {
    pub(super) document: usize,
    pub(super) name: &'a str,
    pub(super) has_places: bool,
    pub(super) bounds: Bounds,
    pub(super) options: &'a Options,
}

/// Reads a document, or a part of one.
pub(super) struct Reader<'a> {
    ground: &'a Ground<'a>,
    bytes: &'a [u8],
    ruler: &'a Ruler<'a>,
    /// The document is a web page: what is not a dataset in it is nobody's fault.
    is_page: bool,
    facts: PartFacts,
}

/// What stands beside the records of a catalogue, as text of its own.
pub(super) struct Header<'h> {
    pub(super) text: &'h str,
    /// Where each member stands in the text: from the quotation mark of its key to the end of its value.
    pub(super) members: Vec<(usize, usize)>,
    /// Turns a place of the text into one of the document.
    pub(super) placers: Vec<Placer<'h>>,
}

impl<'a> Reader<'a> {
    /// A reader of some bytes of a document; the ruler is theirs.
    pub(super) fn new(ground: &'a Ground<'a>, bytes: &'a [u8], ruler: &'a Ruler<'a>) -> Self {
        Self {
            ground,
            bytes,
            ruler,
            is_page: false,
            facts: PartFacts::default(),
        }
    }

    /// What was met.
    pub(super) fn facts(self) -> PartFacts {
        self.facts
    }

    /// The format of the first record that was understood.
    pub(super) fn format(&self) -> Option<&'static Format> {
        self.facts.format
    }

    /// The records of a text, where it is linked data whose nodes point to each other; tells whether it is.
    pub(super) fn graph_of_document(
        &mut self,
        found: &Split<'_>,
        base: usize,
        visit: &mut dyn FnMut(Event<'_>),
    ) -> bool {
        let text = self.bytes.get(base..).unwrap_or_default();
        let graph = graph_of(text, found, &self.ground.bounds);
        if let Some(tree) = &graph {
            self.graph(tree, found.shape, base, visit);
        }
        graph.is_some()
    }

    /// What could not be cut into records.
    pub(super) fn troubles(
        &self,
        found: &Split<'_>,
        base: usize,
        visit: &mut dyn FnMut(Event<'_>),
    ) {
        for trouble in &found.troubles {
            visit(Event::Trouble(
                self.trouble(base + trouble.offset, trouble.cause),
            ));
        }
        if found.pieces.is_empty() && found.troubles.is_empty() {
            visit(Event::Trouble(self.no_datasets()));
        }
    }

    /// The datasets that a web page describes for search engines.
    pub(super) fn page(&mut self, visit: &mut dyn FnMut(Event<'_>)) {
        self.is_page = true;
        for block in page::blocks(self.bytes) {
            let base = block.start;
            let text = self.bytes.get(block).unwrap_or_default();
            let found = split(text, &format::containers(), &self.ground.bounds);
            if let Some(tree) = graph_of(text, &found, &self.ground.bounds) {
                self.graph(&tree, found.shape, base, visit);
                continue;
            }
            let around = Surroundings {
                shape: found.shape,
                header: &found.header,
            };
            for piece in &found.pieces {
                self.piece(piece, &around, base, visit);
            }
            self.troubles(&found, base, visit);
        }
        if self.facts.records == 0 {
            visit(Event::Trouble(self.trouble(0, Cause::WebPage)));
        }
    }

    /// The datasets of a document of linked data.
    pub(super) fn graph(
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

    /// A record that was cut out of JSON text that starts at `base` in the document.
    pub(super) fn piece(
        &mut self,
        piece: &Piece<'_>,
        around: &Surroundings<'_>,
        base: usize,
        visit: &mut dyn FnMut(Event<'_>),
    ) {
        let prefix = match around.shape {
            Shape::One | Shape::Lines | Shape::Rows => String::new(),
            Shape::Array => format!("/{}", piece.ordinal),
            Shape::Container(key) => format!("/{key}/{}", piece.ordinal),
        };
        let start = base + piece.start;
        let placer = Placer {
            ruler: self.ruler,
            document: self.ground.document,
            start,
            record: At::RECORD,
            prefix,
            record_start: start,
            is_line: self.is_lines(around.shape),
            has_places: self.ground.has_places,
        };
        self.facts.records += usize::from(!self.is_page);
        let mut refuse = |offset, problem| {
            let end = start + piece.bytes.len();
            let trouble =
                self.trouble_in(&placer, start + offset, Cause::Syntax(problem), start..end);
            visit(Event::Trouble(trouble));
        };
        if piece.length > self.ground.bounds.record_bytes {
            return refuse(0, Problem::TooLarge);
        }
        let text = match std::str::from_utf8(piece.bytes) {
            Ok(text) => text,
            Err(error) => return refuse(error.valid_up_to(), Problem::NotUtf8),
        };
        let mut tree = match Tree::parse(text, &self.ground.bounds) {
            Ok(tree) => tree,
            Err(error) => return refuse(error.offset, error.problem),
        };
        if memchr::memmem::find(piece.bytes, b"\"@id\"").is_some() {
            tree.link();
        }
        tree.unwrap_references();
        for doubled in tree.doubled_keys() {
            visit(Event::Trouble(doubled_key(&placer, &tree, doubled)));
        }
        let Some((format, reason)) = self.known(&tree, &placer, around, visit) else {
            return;
        };
        self.facts.records += usize::from(self.is_page);
        tree.open_strings(format.json_in_strings, &self.ground.bounds);
        let mut dataset = format::read(format, tree.root(), around);
        dataset.faults =
            structure::faults(format.id, tree.root(), around.shape, self.schemas(format));
        visit(Event::Record(Record {
            tree: &tree,
            dataset: &dataset,
            format,
            reason,
            places: &placer,
        }));
    }

    /// The format of a record, or what there is to say of something that is none.
    pub(super) fn known(
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
        if let Some(asked) = self.ground.options.read_as {
            return self.known_as(asked, tree, placer, around);
        }
        let known = format::detect(record, around);
        match known {
            Some((format, _)) => {
                self.facts.format.get_or_insert(format);
            }
            None if self.is_page || self.facts.refusal.is_some() => {}
            None => self.facts.refusal = Some(not_a_record(placer, tree)),
        }
        known
    }

    /// The format that the steward named, where the record is in it.
    pub(super) fn known_as(
        &mut self,
        asked: &'static Format,
        tree: &Tree<'_>,
        placer: &Placer<'_>,
        around: &Surroundings<'_>,
    ) -> Option<(&'static Format, &'static str)> {
        let record = tree.value(placer.record);
        if let Some(reason) = format::fits(asked, record, around) {
            self.facts.format.get_or_insert(asked);
            return Some((asked, reason));
        }
        if self.facts.refusal.is_none() {
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
            self.facts.refusal = Some(trouble);
        }
        None
    }

    /// A document that is not JSON: one tree, whose records are parts of it.
    pub(super) fn whole(&mut self, syntax: Syntax, visit: &mut dyn FnMut(Event<'_>)) {
        let text = match std::str::from_utf8(self.bytes) {
            Ok(text) => text,
            Err(error) => {
                let cause = Cause::Syntax(Problem::NotUtf8);
                return visit(Event::Trouble(self.trouble(error.valid_up_to(), cause)));
            }
        };
        let mut tree = match tree_of(syntax, text, &self.ground.bounds) {
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
        tree.open_strings(&keys, &self.ground.bounds);
        tree.link();
        let layout = Layout::of(&tree);
        // Elements of XML may well stand twice.
        if syntax == Syntax::Yaml {
            let placer = self.placer_of_part(&tree, At::RECORD, 0, layout.shape);
            for doubled in said_twice(&tree) {
                visit(Event::Trouble(doubled_key(&placer, &tree, doubled)));
            }
        }
        for record in &layout.records {
            self.part(&tree, *record, &layout, 0, visit);
        }
        if layout.records.is_empty() {
            visit(Event::Trouble(self.no_datasets()));
        }
    }

    /// A table: a data dictionary as a whole, or an inventory row by row.
    pub(super) fn table(&mut self, visit: &mut dyn FnMut(Event<'_>)) {
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
    pub(super) fn below_headings(
        &mut self,
        table: &dyn Rows,
        visit: &mut dyn FnMut(Event<'_>),
    ) -> bool {
        match contents(table, &self.ground.bounds) {
            Ok(Contents::Dictionary(tree)) => {
                let layout = Layout::whole(&tree);
                self.part(&tree, tree.root().at(), &layout, 0, visit);
            }
            Ok(Contents::Inventory) => {
                for row in 0..table.rows() {
                    match table.row(row, &self.ground.bounds) {
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
    pub(super) fn workbook(&mut self, visit: &mut dyn FnMut(Event<'_>)) {
        match sheet::read(self.bytes, &format::weigh_headings, &format::is_label) {
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
    pub(super) fn workbook(&mut self, visit: &mut dyn FnMut(Event<'_>)) {
        visit(Event::Trouble(self.unreadable(Unreadable {
            offset: 0,
            message: "This is an Excel workbook, which is not read here".to_owned(),
            how: "Save the sheet as CSV.",
        })));
    }

    pub(super) fn too_large(&self, problem: Problem) -> Trouble {
        self.unreadable(Unreadable {
            offset: 0,
            message: format!("This table cannot be read: {problem}"),
            how: "Check that it is metadata and not the data itself.",
        })
    }

    pub(super) fn table_of_data(&self) -> Trouble {
        self.unreadable(Unreadable {
            offset: 0,
            message: "This is a table of data, not metadata: its headings are neither those of a data dictionary (a row a field) nor of an inventory (a row a dataset)".to_owned(),
            how: "Name the file that describes the data. A data dictionary has headings such as Field name, Description, Type, Unit.",
        })
    }

    /// What of a table had to be guessed, because its quotation marks or delimiters are not in order.
    pub(super) fn doubts(&self, table: &Table<'_>, visit: &mut dyn FnMut(Event<'_>)) {
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
    pub(super) fn part(
        &mut self,
        tree: &Tree<'_>,
        record: At,
        layout: &Layout<'_>,
        base: usize,
        visit: &mut dyn FnMut(Event<'_>),
    ) {
        let value = tree.value(record);
        let placer = self.placer_of_part(tree, record, base, layout.shape);
        self.facts.records += 1;
        let around = layout.surroundings();
        let Some((format, reason)) = self.known(tree, &placer, &around, visit) else {
            return;
        };
        let mut dataset = format::read(format, value, &around);
        dataset.faults = structure::faults(format.id, value, layout.shape, self.schemas(format));
        visit(Event::Record(Record {
            tree,
            dataset: &dataset,
            format,
            reason,
            places: &placer,
        }));
    }

    /// The schemas that speak of a record in a format.
    pub(super) fn schemas(&self, format: &Format) -> Schemas<'_> {
        let profile = self.ground.options.profile().schema(format.id);
        Schemas {
            format: schema_of_format(format.id).and_then(schema::builtin),
            profile: profile.and_then(schema::builtin),
            own: self.ground.options.schema.as_deref(),
        }
    }

    /// What stands beside the records of a document that is in memory.
    pub(super) fn header_of(&self, found: &Split<'_>) -> Option<Header<'_>> {
        Some(Header {
            text: std::str::from_utf8(self.bytes).ok()?,
            members: found.header.iter().map(HeaderMember::range).collect(),
            placers: vec![self.placer_of_document()],
        })
    }

    /// What the profile finds wrong with what stands beside the records.
    pub(super) fn header(
        &self,
        format: Option<&'static Format>,
        shape: Shape,
        header: &Option<Header<'_>>,
        visit: &mut dyn FnMut(Event<'_>),
    ) {
        let (Some(format), Some(header)) = (format, header) else {
            return;
        };
        let schemas = self.schemas(format);
        if !matches!(shape, Shape::Container(_)) || schemas.profile.is_none() {
            return;
        }
        let Ok(tree) = Tree::of_members(header.text, &header.members, &self.ground.bounds) else {
            return;
        };
        for fault in structure::catalog_faults(format.id, tree.root(), schemas) {
            let (start, _) = tree.value(fault.at).span();
            let Some(placer) = header.placer(start) else {
                continue;
            };
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

    pub(super) fn placer_of_part(
        &self,
        tree: &Tree<'_>,
        record: At,
        base: usize,
        shape: Shape,
    ) -> Placer<'a> {
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
            document: self.ground.document,
            start: base,
            record,
            prefix,
            record_start: base + value.span().0,
            is_line,
            has_places: self.ground.has_places && tree.syntax() != Syntax::Workbook,
        }
    }

    /// Whether each record is a line. A file of one line can be either; then its name decides.
    pub(super) fn is_lines(&self, shape: Shape) -> bool {
        let named = [".jsonl", ".ndjson"];
        shape == Shape::Lines
            || shape == Shape::One
                && named
                    .iter()
                    .any(|ending| self.ground.name.ends_with(ending))
    }

    pub(super) fn unreadable(&self, error: Unreadable) -> Trouble {
        let mut trouble = self.trouble(error.offset, Cause::NotJson);
        trouble.message = error.message;
        trouble.how = Some(error.how);
        trouble
    }

    /// Places in the document as a whole.
    pub(super) fn placer_of_document(&self) -> Placer<'_> {
        Placer {
            ruler: self.ruler,
            document: self.ground.document,
            start: 0,
            record: At::RECORD,
            prefix: String::new(),
            record_start: 0,
            is_line: false,
            has_places: self.ground.has_places,
        }
    }

    pub(super) fn trouble(&self, offset: usize, cause: Cause) -> Trouble {
        self.trouble_in(&self.placer_of_document(), offset, cause, 0..usize::MAX)
    }

    /// Trouble at a place; its evidence is taken from `within`.
    fn trouble_in(
        &self,
        placer: &Placer<'_>,
        offset: usize,
        cause: Cause,
        within: Range<usize>,
    ) -> Trouble {
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
            evidence: self.excerpt(offset, within),
            place: placer.at(placer.prefix.clone(), offset, offset),
            is_warning: false,
        }
    }

    /// A few characters on both sides of a place, as they stand.
    fn excerpt(&self, offset: usize, within: Range<usize>) -> Option<String> {
        if sniff(self.bytes) == Syntax::Workbook {
            return None;
        }
        let (start, line) = self.ruler.line_around(offset);
        let at = offset.saturating_sub(start);
        let from = at
            .saturating_sub(EXCERPT)
            .max(within.start.saturating_sub(start));
        let to = (at + EXCERPT)
            .min(line.len())
            .min(within.end.saturating_sub(start));
        let text = String::from_utf8_lossy(line.get(from..to)?);
        let text = text.trim().trim_matches(char::REPLACEMENT_CHARACTER);
        (!text.is_empty()).then(|| text.to_owned())
    }

    pub(super) fn encoding(&self, syntax: Syntax, encoding: Encoding) -> Trouble {
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

    pub(super) fn no_datasets(&self) -> Trouble {
        let mut trouble = self.trouble(0, Cause::Empty);
        trouble.message = "This catalogue lists no datasets".to_owned();
        trouble.how = Some("Check that the export is complete.");
        trouble.evidence = None;
        trouble.is_warning = true;
        trouble
    }
}

impl<'h> Header<'h> {
    /// Turns what starts here in the text into a place of the document.
    fn placer(&self, start: usize) -> Option<&Placer<'h>> {
        let before = self.members.iter().filter(|(from, _)| *from <= start);
        // The first is that of the catalogue as a whole, and where there is but one it knows the members as well.
        let number = before.count().min(self.placers.len().saturating_sub(1));
        self.placers.get(number)
    }
}

/// The second and later uses of a key within one object, where the reader of the syntax has not noted them.
fn said_twice<'t>(tree: &'t Tree<'_>) -> impl Iterator<Item = Value<'t>> {
    let all = std::iter::once(tree.root()).chain(tree.root().below());
    all.filter(|value| value.is_object()).flat_map(|object| {
        let mut seen = BTreeSet::new();
        object
            .members()
            .filter(move |(key, _)| !seen.insert(*key))
            .map(|(_, value)| value)
    })
}
