//! Dates, and the time and place that data covers.

use super::At;
use crate::lexicon::dates::{Date, Written};

/// A date as written and as read.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Day<'t> {
    /// As written.
    pub raw: &'t str,
    /// As read; `None` if it is not a date we can read.
    pub read: Option<Written>,
}

impl Day<'_> {
    /// The calendar day, where it can be read.
    #[must_use]
    pub fn date(&self) -> Option<Date> {
        self.read.map(|read| read.date)
    }
}

/// The time that data covers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Period<'t> {
    /// As written in one text; empty where the first and the last day stand apart.
    pub raw: &'t str,
    /// The first day; `None` if open or unreadable.
    pub start: Option<Date>,
    /// The last day; `None` if open or unreadable.
    pub end: Option<Date>,
    /// Where the last day stands, if apart from the first.
    pub end_at: Option<At>,
}

/// The place that data covers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spatial<'t> {
    /// As written.
    pub raw: &'t str,
    /// West, south, east, north in degrees (WGS 84), where four numbers are given.
    pub bounding_box: Option<[f64; 4]>,
    /// Where the four numbers stand, if not where the text does.
    pub box_at: Option<At>,
}

impl<'t> Spatial<'t> {
    /// What is written, where it is words or numbers for people and not a structure in the record's own syntax.
    #[must_use]
    pub fn words(&self) -> Option<&'t str> {
        let is_structure = self.raw.starts_with(['{', '[', '<']);
        (!self.raw.is_empty() && !is_structure).then_some(self.raw)
    }
}
