//! A reader of delimited text (CSV, TSV, semicolons, bars) whose cells know where they stood.
//!
//! Quotation marks work as RFC 4180 has them, and as most readers read what goes beyond it. Its own scanner, because the
//! usual readers tell neither where a cell stood nor that a quotation mark was never closed. Of a table the scanner
//! keeps where each row stands; a row becomes a tree when it is asked for, so that a long inventory costs little memory.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use memchr::{memchr, memchr3};

use super::Bounds;
use super::problem::Problem;
use super::tree::{Builder, Key, Kind, Syntax, Tree};

/// Signs that stand between cells, the commonest first.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// The headings stand in one of the first rows that hold something; titles, notes and a form about the dataset may stand
/// before them.
const ROWS_BEFORE_HEADINGS: usize = 60;

/// So many columns are read; metadata has a few dozen.
const COLUMNS: usize = 1000;

/// One cell.
struct Cell<'s> {
    /// Where it stands, quotation marks included.
    span: Range<usize>,
    /// What it says.
    text: Cow<'s, str>,
    /// Its quotation mark is never closed.
    is_open: bool,
}

/// A heading and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// Its words; for a blank one its number, and a number behind one that was there before.
    pub name: String,
    /// Where it starts in the text.
    pub start: usize,
}

/// A place in a table at which its reader had to guess.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// A quotation mark opens here and is never closed; the cell is read to the end of its line.
    OpenQuote(usize),
    /// The row that starts here has text beyond the last heading, and so many rows after it.
    LongRow(usize, usize),
}

/// Rows below headings, whatever they are written in.
pub trait Rows {
    /// The headings.
    fn headings(&self) -> &[Heading];

    /// How many rows stand below the headings.
    fn rows(&self) -> usize;

    /// All rows as one list of objects, keyed by heading.
    ///
    /// # Errors
    /// [`Problem::TooLarge`] where the table is beyond the bound.
    fn tree(&self, bounds: &Bounds) -> Result<Tree<'_>, Problem>;

    /// One row as an object, keyed by heading.
    ///
    /// # Errors
    /// [`Problem::TooLarge`] where there is no such row, or it is beyond the bound.
    fn row(&self, index: usize, bounds: &Bounds) -> Result<Tree<'_>, Problem>;
}

/// A table: its headings, and where its rows stand.
#[derive(Debug)]
pub struct Table<'s> {
    text: &'s str,
    delimiter: u8,
    headings: Vec<Heading>,
    rows: Vec<Range<usize>>,
    /// Places at which the reader had to guess.
    pub doubts: Vec<Doubt>,
}

impl<'s> Table<'s> {
    /// Finds the headings of a table and its rows. `weigh` tells how many headings of a row it knows, 0 where the row
    /// heads no table of metadata; the delimiter and the row with the most decide. Nothing where there is none.
    #[must_use]
    pub fn read(text: &'s str, weigh: &dyn Fn(&[&str]) -> usize) -> Option<Self> {
        let (_, delimiter, at) = DELIMITERS
            .iter()
            .filter_map(|delimiter| {
                let (weight, at) = find_headings(text, *delimiter, weigh)?;
                Some((weight, *delimiter, at))
            })
            // Of equals the first.
            .rev()
            .max_by_key(|(weight, ..)| *weight)?;
        let mut cells = Vec::new();
        let after = read_row(text, at, delimiter, &mut cells);
        let mut table = Self {
            text,
            delimiter,
            headings: headings_of(cells.iter().map(words_of)),
            rows: Vec::new(),
            doubts: Vec::new(),
        };
        table.find_rows(after);
        Some(table)
    }

    fn find_rows(&mut self, mut at: usize) {
        let mut cells = Vec::new();
        let mut long = None;
        while at < self.text.len() {
            let start = at;
            at = read_row(self.text, start, self.delimiter, &mut cells);
            if is_blank(&cells) {
                continue;
            }
            if let Some(open) = cells.iter().find(|cell| cell.is_open) {
                self.doubts.push(Doubt::OpenQuote(open.span.start));
            }
            let beyond = cells.get(self.headings.len()..).unwrap_or_default();
            if !is_blank(beyond) {
                let (_, count) = long.get_or_insert((start, 0));
                *count += 1;
            }
            self.rows.push(start..at);
        }
        self.doubts
            .extend(long.map(|(start, count)| Doubt::LongRow(start, count - 1)));
    }

    fn add(&self, tree: &mut Builder<'s>, row: &Range<usize>) -> Result<(), Problem> {
        let mut cells = Vec::new();
        read_row(self.text, row.start, self.delimiter, &mut cells);
        tree.open(Kind::Object, None, row.start)?;
        for (cell, heading) in cells.iter().zip(&self.headings) {
            let key = Key {
                text: &heading.name,
                start: heading.start,
            };
            tree.scalar(Kind::String, Some(key), cell.span.clone(), &cell.text);
        }
        let end = cells.last().map_or(row.end, |cell| cell.span.end);
        tree.close(end);
        Ok(())
    }
}

impl Rows for Table<'_> {
    fn headings(&self) -> &[Heading] {
        &self.headings
    }

    fn rows(&self) -> usize {
        self.rows.len()
    }

    fn tree(&self, bounds: &Bounds) -> Result<Tree<'_>, Problem> {
        if self.text.len() > bounds.record_bytes {
            return Err(Problem::TooLarge);
        }
        let mut tree = Builder::new(Syntax::Table, self.text, bounds);
        tree.open(
            Kind::Array,
            None,
            self.rows.first().map_or(0, |row| row.start),
        )?;
        for row in &self.rows {
            self.add(&mut tree, row)?;
        }
        Ok(tree.finish())
    }

    fn row(&self, index: usize, bounds: &Bounds) -> Result<Tree<'_>, Problem> {
        let row = self.rows.get(index).ok_or(Problem::TooLarge)?;
        if row.len() > bounds.record_bytes || row.end > u32::MAX as usize {
            return Err(Problem::TooLarge);
        }
        let mut tree = Builder::new(Syntax::Table, self.text, bounds);
        self.add(&mut tree, row)?;
        Ok(tree.finish())
    }
}

/// What the cells of every row say, of a table as spreadsheets save it: with commas, semicolons or tabs between, as the
/// first row has most of.
pub(crate) fn cells(text: &str) -> Vec<Vec<String>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let head = text.lines().next().unwrap_or_default().as_bytes();
    let count = |sign: u8| head.iter().filter(|byte| **byte == sign).count();
    // Of equals the first, the comma.
    let delimiter = [b'\t', b';', b',']
        .into_iter()
        .max_by_key(|sign| count(*sign));
    let mut rows = Vec::new();
    let mut row = Vec::new();
    let mut at = 0;
    while at < text.len() {
        at = read_row(text, at, delimiter.unwrap_or(b','), &mut row);
        rows.push(row.iter().map(|cell| cell.text.to_string()).collect());
    }
    rows
}

/// The row that heads the table best by one delimiter: its weight, and where it starts.
fn find_headings(
    text: &str,
    delimiter: u8,
    weigh: &dyn Fn(&[&str]) -> usize,
) -> Option<(usize, usize)> {
    let mut cells = Vec::new();
    let (mut at, mut seen) = (0, 0);
    let mut best: Option<(usize, usize)> = None;
    while at < text.len() && seen < ROWS_BEFORE_HEADINGS {
        let start = at;
        at = read_row(text, start, delimiter, &mut cells);
        if is_blank(&cells) {
            continue;
        }
        seen += 1;
        let words: Vec<&str> = cells.iter().map(|cell| cell.text.trim()).collect();
        let weight = weigh(&words);
        if weight > best.map_or(0, |(weight, _)| weight) {
            best = Some((weight, start));
        }
    }
    best
}

/// Where the words of a cell start, behind a quotation mark or blanks.
fn words_of<'c>(cell: &'c Cell<'_>) -> (&'c str, usize) {
    let is_quoted = cell.span.len() > cell.text.len();
    let blanks = cell.text.len() - cell.text.trim_start().len();
    (
        cell.text.trim(),
        cell.span.start + usize::from(is_quoted) + blanks,
    )
}

/// Headings out of the words of a row and the places where they start: each with a name of its own.
pub(super) fn headings_of<'w>(words: impl Iterator<Item = (&'w str, usize)>) -> Vec<Heading> {
    let mut seen = BTreeMap::new();
    words
        .enumerate()
        .map(|(index, (word, start))| {
            let name = if word.is_empty() {
                format!("column {}", index + 1)
            } else {
                word.to_owned()
            };
            let times = seen.entry(name.clone()).or_insert(0);
            *times += 1;
            let name = if *times > 1 {
                format!("{name} ({times})")
            } else {
                name
            };
            Heading { name, start }
        })
        .collect()
}

/// Of the first rows the one that heads the table best, the first of equals; nothing where none does.
#[cfg(feature = "xlsx")]
pub(super) fn choose_headings<'w>(
    rows: impl Iterator<Item = Vec<&'w str>>,
    weigh: &dyn Fn(&[&str]) -> usize,
) -> Option<usize> {
    let mut best: Option<(usize, usize)> = None;
    for (index, words) in rows.take(ROWS_BEFORE_HEADINGS).enumerate() {
        let weight = weigh(&words);
        if weight > best.map_or(0, |(weight, _)| weight) {
            best = Some((weight, index));
        }
    }
    best.map(|(_, index)| index)
}

fn is_blank(cells: &[Cell<'_>]) -> bool {
    cells.iter().all(|cell| cell.text.trim().is_empty())
}

/// Reads the row that starts at an offset into `cells`; returns where the next one starts.
fn read_row<'s>(text: &'s str, start: usize, delimiter: u8, cells: &mut Vec<Cell<'s>>) -> usize {
    cells.clear();
    let bytes = text.as_bytes();
    let mut at = start;
    loop {
        let cell = read_cell(text, at, delimiter);
        at = cell.span.end;
        if cells.len() < COLUMNS {
            cells.push(cell);
        }
        match bytes.get(at) {
            Some(byte) if *byte == delimiter => at += 1,
            Some(b'\r') if bytes.get(at + 1) == Some(&b'\n') => return at + 2,
            Some(_) => return at + 1,
            None => return at,
        }
    }
}

fn read_cell(text: &str, start: usize, delimiter: u8) -> Cell<'_> {
    if text.as_bytes().get(start) == Some(&b'"') {
        return read_quoted(text, start, delimiter).unwrap_or_else(|| Cell {
            is_open: true,
            ..read_plain(text, start, delimiter)
        });
    }
    read_plain(text, start, delimiter)
}

/// A cell without quotation marks around it: up to the next delimiter or the end of the line.
fn read_plain(text: &str, start: usize, delimiter: u8) -> Cell<'_> {
    let rest = text.as_bytes().get(start..).unwrap_or_default();
    let end = start + memchr3(delimiter, b'\n', b'\r', rest).unwrap_or(rest.len());
    Cell {
        span: start..end,
        text: Cow::Borrowed(text.get(start..end).unwrap_or_default()),
        is_open: false,
    }
}

/// A cell in quotation marks, in which two of them stand for one; nothing where it is never closed.
fn read_quoted(text: &str, start: usize, delimiter: u8) -> Option<Cell<'_>> {
    let bytes = text.as_bytes();
    let mut content = Cow::Borrowed("");
    let mut from = start + 1;
    let close = loop {
        let quote = from + memchr(b'"', bytes.get(from..)?)?;
        let is_doubled = bytes.get(quote + 1) == Some(&b'"');
        let part = text.get(from..quote + usize::from(is_doubled))?;
        if content.is_empty() {
            content = Cow::Borrowed(part);
        } else {
            content.to_mut().push_str(part);
        }
        if !is_doubled {
            break quote;
        }
        from = quote + 2;
    };
    // What stands between the closing mark and the delimiter belongs to the cell, as most readers have it.
    let tail = read_plain(text, close + 1, delimiter);
    if !tail.text.is_empty() {
        content.to_mut().push_str(&tail.text);
    }
    Some(Cell {
        span: start..tail.span.end,
        text: content,
        is_open: false,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{ProptestConfig, proptest};

    use super::{Doubt, Rows, Table, read_row};
    use crate::source::Bounds;
    use crate::source::tree::Value;

    /// Knows the headings `name`, `text` and `unit`.
    fn weigh(cells: &[&str]) -> usize {
        let known = cells
            .iter()
            .filter(|cell| ["name", "text", "unit"].contains(cell))
            .count();
        if known > 1 { known } else { 0 }
    }

    fn read(text: &str) -> Table<'_> {
        Table::read(text, &weigh).expect("a table")
    }

    fn cells(text: &str) -> Vec<Vec<String>> {
        let table = read(text);
        let tree = table.tree(&Bounds::default()).expect("small");
        tree.root()
            .items()
            .map(|row| {
                row.members()
                    .map(|(key, cell)| format!("{key}={}", cell.as_str().unwrap_or_default()))
                    .collect()
            })
            .collect()
    }

    #[test]
    fn finds_the_delimiter_by_the_headings() {
        for sign in [",", ";", "\t", "|"] {
            let text = format!("name{sign}text\na{sign}\"b{sign} c\"\n");
            assert_eq!(
                cells(&text),
                [["name=a".to_owned(), format!("text=b{sign} c")]]
            );
        }
    }

    #[test]
    fn passes_over_what_stands_before_the_headings() {
        let text =
            "Data dictionary;;\r\n\r\nOffice;of trees;\r\nname;text;unit\r\nh;Height;m\r\n;;\r\n";
        assert_eq!(cells(text), [["name=h", "text=Height", "unit=m"]]);
    }

    #[test]
    fn knows_where_each_cell_stands_over_lines_and_doubled_quotation_marks() {
        let text = "name,text\na,\"say \"\"hi\"\"\nthen go\"\nb,\n";
        let table = read(text);
        let tree = table.tree(&Bounds::default()).expect("small");
        let first = tree.root().items().next().expect("a row");
        let cell = first.get("text").expect("a cell");
        assert_eq!(cell.as_str(), Some("say \"hi\"\nthen go"));
        let (start, end) = cell.span();
        assert_eq!(&text[start..end], "\"say \"\"hi\"\"\nthen go\"");
        let mut pointer = String::new();
        cell.write_pointer(&mut pointer);
        assert_eq!(pointer, "/0/text");
        let row = table.row(1, &Bounds::default()).expect("small");
        assert_eq!(row.root().span().0, text.find("b,").expect("there"));
        assert_eq!(row.root().get("text").and_then(Value::as_str), Some(""));
    }

    #[test]
    fn gives_every_heading_a_name_of_its_own() {
        let table = read("name,text,,text, \"unit\"\n1,2,3,4,5\n");
        let names: Vec<_> = table.headings.iter().map(|it| it.name.as_str()).collect();
        assert_eq!(names, ["name", "text", "column 3", "text (2)", "\"unit\""]);
    }

    #[test]
    fn reads_on_after_a_quotation_mark_that_is_never_closed() {
        let text = "name,text\na,\"height, in m\nb,width\n";
        assert_eq!(
            read(text).doubts,
            [
                Doubt::OpenQuote(text.find('"').expect("there")),
                Doubt::LongRow(10, 0)
            ]
        );
        assert_eq!(cells(text)[1], ["name=b", "text=width"]);
    }

    #[test]
    fn tells_of_rows_that_are_longer_than_the_headings() {
        let table = read("name,text\na,b,c\nd\ne,f,,\ng,h,i\n");
        assert_eq!(table.doubts, [Doubt::LongRow(10, 1)]);
        assert_eq!(table.rows(), 4);
    }

    #[test]
    fn finds_no_headings_in_a_table_of_data() {
        assert!(Table::read("Place,2025,2024\nMuseum,31,28\n", &weigh).is_none());
        assert!(Table::read("", &weigh).is_none());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        /// Whatever the bytes are, no row is lost, none overlaps, and cells stand where they say.
        #[test]
        fn reads_every_text_in_rows_that_follow_each_other(text in "[a\",;\r\n é]{0,40}") {
            let mut cells = Vec::new();
            let mut at = 0;
            while at < text.len() {
                let next = read_row(&text, at, b',', &mut cells);
                assert!(next > at);
                let mut end = at;
                for cell in &cells {
                    assert!(cell.span.start >= end && text.get(cell.span.clone()).is_some());
                    end = cell.span.end;
                }
                assert!(end <= next);
                at = next;
            }
        }
    }

    #[test]
    fn reads_cells_as_spreadsheets_save_them() {
        use super::cells as rows_of;

        let wanted = [vec!["a", "b\"c\n,;"], vec![""], vec!["1", ""]];
        assert_eq!(rows_of("a,\"b\"\"c\n,;\"\r\n\r\n1,\r\n"), wanted);
        let wanted = [["a", "b\"c\n,;"], ["1", ""]];
        assert_eq!(rows_of("\u{feff}a;\"b\"\"c\n,;\"\n1;"), wanted);
        assert_eq!(rows_of("a\t\"b\"\"c\n,;\"\n1\t\n"), wanted);
        assert!(rows_of("").is_empty());
    }
}
