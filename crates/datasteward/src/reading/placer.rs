//! Handles of one record turned into places of its document.

use crate::model::At;
use crate::source::place::{Place, Ruler};
use crate::source::tree::Tree;

/// Few pointers are longer below their record.
const POINTER: usize = 32;

/// Turns handles of one record into places of its document.
pub(crate) struct Placer<'a> {
    pub(super) ruler: &'a Ruler<'a>,
    pub(super) document: usize,
    /// Where the tree's text starts in the document.
    pub(super) start: usize,
    /// The record in its tree.
    pub(super) record: At,
    /// Pointer of the record in its document.
    pub(super) prefix: String,
    /// Where the record starts in the document.
    pub(super) record_start: usize,
    /// The record is a line of its own, and pointers are into the line.
    pub(crate) is_line: bool,
    pub(super) has_places: bool,
}

impl Placer<'_> {
    /// The place of a value.
    pub(crate) fn place(&self, tree: &Tree<'_>, at: At) -> Place {
        let value = tree.value(if at == At::RECORD { self.record } else { at });
        let mut pointer = String::with_capacity(self.prefix.len() + POINTER);
        pointer.push_str(&self.prefix);
        if !value.write_pointer_below(self.record, &mut pointer) {
            pointer.drain(..self.prefix.len());
        }
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

    pub(super) fn at(&self, pointer: String, start: usize, end: usize) -> Place {
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
