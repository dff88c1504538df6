//! How a document lays out its records.

use crate::format::{self, Format, Surroundings};
use crate::model::At;
use crate::source::problem::Problem;
use crate::source::split::{HeaderMember, Piece, Shape, Split, split};
use crate::source::syntax::Unreadable;
use crate::source::table::Rows;
use crate::source::tree::{Kind, Syntax, Tree, Value};
use crate::source::{Bounds, xml, yaml};

/// Cuts a document into its records. Where nobody knows the first of several, they may be parts of one record: the rows
/// of a data dictionary, the rows of data inside a package.
pub(super) fn cut<'a>(bytes: &'a [u8], bounds: &Bounds) -> Split<'a> {
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
pub(super) fn known(
    record: &[u8],
    around: &Surroundings<'_>,
    bounds: &Bounds,
) -> Option<&'static Format> {
    let text = std::str::from_utf8(record).ok()?;
    let tree = Tree::parse(text, bounds).ok()?;
    format::detect(tree.root(), around).map(|(format, _)| format)
}

/// A document of linked data as one tree, so that its nodes find each other. Nothing where it is no such document, where
/// it is too large or broken, and where it describes no dataset: then its records are read one by one.
pub(super) fn graph_of<'t>(
    bytes: &'t [u8],
    found: &Split<'_>,
    bounds: &Bounds,
) -> Option<Tree<'t>> {
    let first = found.pieces.first()?.bytes;
    let is_graph = is_graph(found.shape, first, &found.header);
    let may_hold_one = found.shape == Shape::One && has(first, "\"dataset\"");
    if !(is_graph || may_hold_one) || bytes.len() > bounds.record_bytes {
        return None;
    }
    let text = std::str::from_utf8(bytes).ok()?;
    let mut tree = Tree::parse(text, bounds).ok()?;
    if !is_graph && !holds_one_dataset(tree.root()) {
        return None;
    }
    tree.link();
    tree.unwrap_references();
    (!format::datasets_of_graph(tree.root()).is_empty()).then_some(tree)
}

/// Whether a document is linked data whose nodes may point to each other, told by its first record and its header.
pub(super) fn is_graph(shape: Shape, first: &[u8], header: &[HeaderMember<'_>]) -> bool {
    match shape {
        Shape::One => has(first, "\"@type\"") || has(first, "\"@context\""),
        Shape::Array => has(first, "\"@id\"") && !has(first, "\"@context\""),
        Shape::Container("@graph" | "dcat:dataset") => true,
        Shape::Container("dataset") => header
            .iter()
            .any(|member| member.key == b"@context" && !has(member.value, "project-open-data")),
        Shape::Container(_) | Shape::Lines | Shape::Rows => false,
    }
}

fn has(bytes: &[u8], key: &str) -> bool {
    memchr::memmem::find(bytes, key.as_bytes()).is_some()
}

/// Whether a document is a `data.json` whose only dataset was not put into a list.
fn holds_one_dataset(root: Value<'_>) -> bool {
    let has_keys = |it: Value<'_>| it.get("accessLevel").is_some() && it.get("title").is_some();
    !has_keys(root) && root.get("dataset").is_some_and(has_keys)
}

/// Reads a document that is not JSON into one tree.
pub(super) fn tree_of<'t>(
    syntax: Syntax,
    text: &'t str,
    bounds: &Bounds,
) -> Result<Tree<'t>, Unreadable> {
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

pub(super) fn not_read(what: &str) -> Unreadable {
    Unreadable {
        offset: 0,
        message: format!("{what}, which this build of datasteward does not read"),
        how: "Export the metadata as JSON, or use a build with all formats.",
    }
}

/// How a document that is one tree lays out its records.
pub(super) struct Layout<'t> {
    pub(super) shape: Shape,
    pub(super) header: Vec<HeaderMember<'t>>,
    pub(super) records: Vec<At>,
}

impl<'t> Layout<'t> {
    /// The document as one record.
    pub(super) fn whole(tree: &'t Tree<'t>) -> Self {
        Self {
            shape: Shape::One,
            header: Vec::new(),
            records: vec![tree.root().at()],
        }
    }

    /// Rows of a table, each a tree of its own.
    pub(super) fn rows() -> Self {
        Self {
            shape: Shape::Rows,
            header: Vec::new(),
            records: vec![At::RECORD],
        }
    }

    /// The items of a list, or of a list under a known key, else the whole document.
    pub(super) fn of(tree: &'t Tree<'t>) -> Self {
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
    pub(super) fn of_graph(tree: &'t Tree<'t>, shape: Shape) -> Self {
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

    pub(super) fn surroundings(&self) -> Surroundings<'_> {
        Surroundings {
            shape: self.shape,
            header: &self.header,
        }
    }
}

/// No dataset has so many fields: a longer table is data. The longest dictionary seen has 207 rows.
pub(super) const DICTIONARY_ROWS: usize = 50_000;

/// What the rows of a table are.
pub(super) enum Contents<'s> {
    /// Fields of one dataset.
    Dictionary(Box<Tree<'s>>),
    /// Datasets.
    Inventory,
    /// Anything else.
    Data,
}

/// Tells a dictionary by its rows, and an inventory by the headings of its first row.
pub(super) fn contents<'s>(table: &'s dyn Rows, bounds: &Bounds) -> Result<Contents<'s>, Problem> {
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

pub(super) fn is_metadata_below(table: &dyn Rows, bounds: &Bounds) -> bool {
    !matches!(contents(table, bounds), Ok(Contents::Data) | Err(_))
}
