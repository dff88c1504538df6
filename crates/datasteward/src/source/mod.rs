//! Bytes to records: where every judgement starts.
//!
//! A [`Source`] is a document as given. [`text`] makes UTF-8 of it, [`split`] finds its records without building a tree
//! of the whole, [`json`] reads one record into a [`tree`] that knows where each value stood, and [`place`] turns such a
//! handle into a JSON Pointer, a line and a column. A document in another syntax
//! ([`syntax`] tells which: [`yaml`], [`xml`], a [`page`] with JSON in it) becomes one such tree as a whole. Nothing here knows a format.

use std::io::{self, Read};

pub mod json;
pub mod page;
pub mod place;
pub mod problem;
#[cfg(feature = "rdf")]
pub mod rdf;
#[cfg(feature = "xlsx")]
pub mod sheet;
pub mod split;
pub mod syntax;
pub mod table;
pub mod text;
pub mod tree;
pub mod written;
pub mod xml;
pub mod yaml;

/// A document to be judged: its name, for messages, and its bytes as they came.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    pub(crate) name: &'a str,
    pub(crate) bytes: &'a [u8],
    pub(crate) has_places: bool,
}

impl<'a> Source<'a> {
    /// A document: a file, an answer of a portal, what stands in an editor.
    #[must_use]
    pub fn new(name: &'a str, bytes: &'a [u8]) -> Self {
        Self {
            name,
            bytes,
            has_places: true,
        }
    }

    /// JSON text that was made from a value in memory: its findings carry pointers, but no lines and no offsets,
    /// because nobody has seen that text.
    #[must_use]
    pub fn from_value(name: &'a str, bytes: &'a [u8]) -> Self {
        Self {
            name,
            bytes,
            has_places: false,
        }
    }

    /// The name given.
    #[must_use]
    pub fn name(&self) -> &'a str {
        self.name
    }
}

/// A document that is read as it comes: its name, for messages, and how to open it.
#[derive(Clone, Copy)]
pub struct Stream<'a> {
    pub(crate) name: &'a str,
    pub(crate) open: &'a dyn Fn() -> io::Result<Box<dyn Read + 'a>>,
}

impl<'a> Stream<'a> {
    /// A document behind something that opens it. It may be opened more than once, each time from its start; what cannot
    /// be, such as a pipe, answers with [`io::ErrorKind::Unsupported`].
    #[must_use]
    pub fn new(name: &'a str, open: &'a dyn Fn() -> io::Result<Box<dyn Read + 'a>>) -> Self {
        Self { name, open }
    }

    /// The name given.
    #[must_use]
    pub fn name(&self) -> &'a str {
        self.name
    }
}

impl std::fmt::Debug for Stream<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_tuple("Stream").field(&self.name).finish()
    }
}

/// How much of an input is read before the answer is "too much": bounds on untrusted documents.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// The deepest nesting of one record. `serde_json` stops at 128; no record of a portal comes near 30.
    pub depth: usize,
    /// The largest record, in bytes. The largest seen in published catalogues is under 1 MB.
    pub record_bytes: usize,
    /// How many bytes of a stream are held at a time, unless a record is larger.
    pub window: usize,
}

impl Default for Bounds {
    fn default() -> Self {
        Self {
            depth: 128,
            record_bytes: 64 << 20,
            window: 256 << 10,
        }
    }
}
