//! What each item of the checklist asks, in our own words.

use crate::rule::{Area, Item};

/// An item as a steward ticks it off.
#[derive(Clone, Copy, Debug)]
pub struct Asked {
    /// What is true of a dataset that is in order.
    pub line: &'static str,
    /// What is meant, and what counts.
    pub meaning: &'static str,
}

/// What an item asks.
#[must_use]
pub fn asked(item: Item) -> Asked {
    let (line, meaning) = match item {
        Item::D0 => (
            "The file can be read.",
            "Before anything can be said of a dataset its record must be readable: whole, in one encoding, built as its format has it.",
        ),
        Item::K0 => (
            "Each dataset stands once in the catalogue.",
            "Two records with one identifier or one title leave a reader, and every program, guessing which is the right one.",
        ),
        Item::C1 => (
            "There is one parent dataset; slices for ease of use, or to keep sensitive parts back, are filtered views of it.",
            "One table that grows serves a reader better than a table for each year. Where a slice is wanted, a view of the parent shows it and stays up to date by itself.",
        ),
        Item::C2 => (
            "The required metadata is filled out.",
            "Title, description, category, keywords, department, license and dates are how people find a dataset and learn whether they may use it. Words that only fill a field do not count.",
        ),
        Item::C3 => (
            "The data keeps to the refresh rate that it promises.",
            "Say how often the data is updated, in words that can be read in one way only, and keep to it. Data that is no longer updated says so.",
        ),
        Item::A4 => (
            "The data is offered in a usable format, on the portal or linked from it.",
            "A reader can load the data into a spreadsheet, a map or a program: CSV, JSON, GeoJSON, a shapefile, a service. A scan or a page of text is not enough.",
        ),
        Item::M5 => (
            "Field names are in plain English, or fields are described, or there is a data dictionary.",
            "One of the three is enough, field by field. The question is whether someone who has never seen the data knows what a column holds.",
        ),
        Item::M6 => (
            "Units are given.",
            "Every measurement says what it is counted in: feet or metres, dollars of which year, per cent or share, per thousand of what.",
        ),
        Item::T7 => (
            "The source of the data is given.",
            "Name the office, survey, sensor or system that produced the data, not the portal that shows it.",
        ),
        Item::T8 => (
            "Doubts about accuracy, and limits, are noted in the description.",
            "What is left out, how exact it is, since when it is gathered in this way: a few honest sentences keep readers from wrong conclusions.",
        ),
        Item::I9 => (
            "There is context, in the description or as a chart, map or story.",
            "Why the data exists, how it is made, and how to read it.",
        ),
        Item::I10 => (
            "There is enough data to draw patterns and insights from.",
            "An empty table, or one of a handful of rows, is better merged into a larger one or taken down.",
        ),
    };
    Asked { line, meaning }
}

/// What an area is about, in one sentence.
#[must_use]
pub fn about(area: Area) -> &'static str {
    match area {
        Area::Consistency => "Whether a dataset is kept as it promises, and like its neighbours.",
        Area::Accessibility => "Whether a reader can get at the data.",
        Area::Comprehensiveness => "Whether the columns can be understood without asking anyone.",
        Area::Trustworthiness => "Whether a reader can tell how far to rely on the data.",
        Area::Interest => "Whether the data is worth a reader's time, and says why.",
    }
}

/// The items of an area, in the order of the checklist.
pub fn items(area: Area) -> impl Iterator<Item = Item> {
    let is_in = move |item: &Item| item.area() == Some(area);
    Item::TEN.into_iter().filter(is_in)
}
