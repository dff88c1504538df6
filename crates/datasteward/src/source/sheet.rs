//! Sheets of an Excel workbook (`.xlsx`), those whose headings are asked for; the values of formulas as they were last
//! worked out.
//!
//! A workbook is a packed file, and packed files can unfold into far more than they seem to hold. So the real size is
//! counted before anything is read, and only so many cells are kept.

use std::io::{Cursor, Read};

mod form;

use form::Fact;

use calamine::{DataRef, ExcelDateTime, Reader, Xlsx};

use super::Bounds;
use super::problem::Problem;
use super::syntax::Unreadable;
use super::table::{Heading, Rows, choose_headings, headings_of};
use super::tree::{self, Builder, Key, Kind, Syntax, Tree};

/// The largest workbook, unpacked. The largest data dictionary seen is under 1 MB.
const UNPACKED_BYTES: u64 = 64 << 20;

/// So many cells of a sheet are read. The largest data dictionary seen has 3,000.
const CELLS: usize = 500_000;

/// So many bytes of text of a sheet are read: many cells can share one long text.
const TEXT_BYTES: usize = 64 << 20;

/// A row: its number in the sheet, from 0, and its cells, each with the number of its column.
type Row = (u32, Vec<(u32, String)>);

/// A sheet that holds metadata: its headings, and the rows below them.
#[derive(Debug)]
pub struct Sheet {
    name: String,
    headings: Vec<Heading>,
    rows: Vec<Row>,
    /// What a form above the headings says.
    form: Vec<Fact>,
}

/// The sheets of a workbook whose headings `weigh` knows, each with the form above them, whose labels `is_label` knows.
///
/// # Errors
/// Where the bytes are no workbook, or one beyond the bounds.
pub fn read(
    bytes: &[u8],
    weigh: &dyn Fn(&[&str]) -> usize,
    is_label: &dyn Fn(&str) -> bool,
) -> Result<Vec<Sheet>, Unreadable> {
    check_size(bytes)?;
    // The reader trusts numbers in the file, and stops the program over some that are absurd.
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        sheets(bytes, weigh, is_label)
    }))
    .unwrap_or_else(|_| Err(no_workbook("its cells are not where they say")))
}

/// The name of a sheet, and the cells of its rows.
pub type Cells = (String, Vec<Vec<String>>);

/// The cells of each sheet, by its name: rows from the first with something in it, each as long as its last cell.
///
/// # Errors
/// Where the bytes are no workbook, or one beyond the bounds.
pub fn cells(bytes: &[u8]) -> Result<Vec<Cells>, Unreadable> {
    check_size(bytes)?;
    let read = || {
        let mut workbook =
            Xlsx::new(Cursor::new(bytes)).map_err(|error| no_workbook(&error.to_string()))?;
        let mut sheets = Vec::new();
        for name in workbook.sheet_names() {
            let Ok(rows) = rows_of(&mut workbook, &name) else {
                continue;
            };
            let rows = rows?;
            let cells = rows.iter().map(|(_, cells)| {
                let row = by_column(cells).into_iter();
                row.map(str::to_owned).collect()
            });
            let cells = cells.collect();
            sheets.push((name, cells));
        }
        Ok(sheets)
    };
    // As above.
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(read))
        .unwrap_or_else(|_| Err(no_workbook("its cells are not where they say")))
}

fn sheets(
    bytes: &[u8],
    weigh: &dyn Fn(&[&str]) -> usize,
    is_label: &dyn Fn(&str) -> bool,
) -> Result<Vec<Sheet>, Unreadable> {
    let mut workbook =
        Xlsx::new(Cursor::new(bytes)).map_err(|error| no_workbook(&error.to_string()))?;
    let mut sheets = Vec::new();
    for name in workbook.sheet_names() {
        // A chart that is a sheet of its own has no cells.
        let Ok(rows) = rows_of(&mut workbook, &name) else {
            continue;
        };
        sheets.extend(Sheet::of(name, rows?, weigh, is_label));
    }
    // A form comes with a sheet that shows how it is filled in.
    if sheets.iter().any(|sheet| !sheet.is_example()) {
        sheets.retain(|sheet| !sheet.is_example());
    }
    Ok(sheets)
}

fn no_workbook(reason: &str) -> Unreadable {
    Unreadable {
        offset: 0,
        message: format!("This is not an Excel workbook that can be read: {reason}"),
        how: "Open it, and save the sheet as CSV.",
    }
}

fn too_large() -> Unreadable {
    Unreadable {
        offset: 0,
        message: "This workbook is larger than 64 MB when it is unpacked, which no metadata needs"
            .to_owned(),
        how: "Check that it is metadata and not the data itself; save the sheet as CSV.",
    }
}

/// Unpacks every part without keeping it, because a part may hold more than it declares.
fn check_size(bytes: &[u8]) -> Result<(), Unreadable> {
    let packed = |error: &dyn std::fmt::Display| no_workbook(&error.to_string());
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|error| packed(&error))?;
    let mut left = UNPACKED_BYTES;
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(|error| packed(&error))?;
        let mut part = part.take(left + 1);
        let mut start = Vec::new();
        let read = part.by_ref().take(4096).read_to_end(&mut start);
        read.map_err(|error| packed(&error))?;
        let rest = std::io::copy(&mut part, &mut std::io::sink());
        let size = rest.map_err(|error| packed(&error))? + start.len() as u64;
        left = left.checked_sub(size).ok_or_else(too_large)?;
        // The reader makes room for as many texts as the part says that it holds.
        if promised_texts(&start) > size {
            return Err(no_workbook(
                "its list of texts says that it is longer than it is",
            ));
        }
    }
    Ok(())
}

/// The number behind `uniqueCount=` in the list of shared texts; 0 where there is none.
fn promised_texts(start: &[u8]) -> u64 {
    const MARK: &[u8] = b"uniqueCount";
    let marks = memchr::memmem::find_iter(start, MARK);
    marks
        .map(|at| {
            let digits = start
                .get(at + MARK.len()..)
                .unwrap_or_default()
                .iter()
                .skip_while(|byte| !byte.is_ascii_digit())
                .take_while(|byte| byte.is_ascii_digit());
            digits.fold(0u64, |number, digit| {
                number
                    .saturating_mul(10)
                    .saturating_add(u64::from(digit - b'0'))
            })
        })
        .max()
        .unwrap_or(0)
}

type Workbook<'b> = Xlsx<Cursor<&'b [u8]>>;

/// The rows of a sheet that hold something.
fn rows_of(workbook: &mut Workbook<'_>, name: &str) -> Result<Result<Vec<Row>, Unreadable>, ()> {
    let merged = workbook.merge_cells_by_sheet_name(name).unwrap_or_default();
    let mut cells = workbook.worksheet_cells_reader(name).map_err(|_| ())?;
    let mut rows: Vec<Row> = Vec::new();
    let (mut count, mut bytes) = (0, 0);
    loop {
        let cell = match cells.next_cell() {
            Ok(Some(cell)) => cell,
            Ok(None) => break,
            Err(error) => return Ok(Err(no_workbook(&error.to_string()))),
        };
        let text = text_of(cell.get_value());
        if text.trim().is_empty() {
            continue;
        }
        count += 1;
        bytes += text.len();
        if count > CELLS || bytes > TEXT_BYTES {
            return Ok(Err(too_large()));
        }
        let (row, column) = cell.get_position();
        match rows.last_mut() {
            Some((last, cells)) if *last == row => cells.push((column, text)),
            _ => rows.push((row, vec![(column, text)])),
        }
    }
    rows.sort_by_key(|(row, _)| *row);
    for region in merged {
        let (top, left) = region.start;
        let (bottom, right) = region.end;
        if left == right && bottom > top {
            fill_down(&mut rows, left, top, bottom);
        }
    }
    Ok(Ok(rows))
}

/// A cell that is merged over several rows holds for each of them.
fn fill_down(rows: &mut [Row], column: u32, top: u32, bottom: u32) {
    let from = rows.partition_point(|(row, _)| *row < top);
    let to = rows.partition_point(|(row, _)| *row <= bottom);
    let Some((first, below)) = rows.get_mut(from..to).and_then(<[Row]>::split_first_mut) else {
        return;
    };
    let text = first.1.iter().find(|(at, _)| *at == column);
    // Long texts over many rows would multiply.
    let Some(text) = text
        .map(|(_, text)| text.clone())
        .filter(|text| text.len() < 1000)
    else {
        return;
    };
    for (_, cells) in below {
        if cells.iter().all(|(at, _)| *at != column) {
            cells.push((column, text.clone()));
        }
    }
}

/// A value as a person sees it, without the cell's own format.
fn text_of(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::String(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(is) => is.to_string(),
        DataRef::DateTime(date) => date_of(date),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        // What stands in the place of a value that could not be worked out says nothing.
        DataRef::Error(_) | DataRef::Empty => String::new(),
    }
}

fn date_of(date: &ExcelDateTime) -> String {
    if date.is_duration() {
        return date.as_f64().to_string();
    }
    let (year, month, day, hour, minute, second, _) = date.to_ymd_hms_milli();
    if (hour, minute, second) == (0, 0, 0) {
        format!("{year:04}-{month:02}-{day:02}")
    } else {
        format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}")
    }
}

impl Sheet {
    /// The sheet below its headings, where it has any that are known.
    fn of(
        name: String,
        mut rows: Vec<Row>,
        weigh: &dyn Fn(&[&str]) -> usize,
        is_label: &dyn Fn(&str) -> bool,
    ) -> Option<Self> {
        let words = rows.iter().map(|(_, cells)| by_column(cells));
        let at = choose_headings(words, weigh)?;
        let (_, cells) = rows.get(at)?;
        let words = by_column(cells);
        let headings = headings_of(words.iter().map(|word| (*word, 0)));
        let is_named: Vec<bool> = words.iter().map(|word| !word.is_empty()).collect();
        let form = form::read(rows.get(..at)?, is_label);
        let mut rows = rows.split_off(at + 1);
        rows.truncate(end_of_table(&rows, &is_named));
        Some(Self {
            name,
            headings,
            rows,
            form,
        })
    }

    /// Whether its name says that it is an example, in one of five languages.
    fn is_example(&self) -> bool {
        const WORDS: [&str; 7] = [
            "example", "sample", "beispiel", "bsp", "exemple", "ejemplo", "exemplo",
        ];
        let name = self.name.to_lowercase();
        name.split(|sign: char| !sign.is_alphabetic()).any(|word| {
            WORDS
                .iter()
                .any(|known| word.trim_end_matches('s') == *known)
        })
    }

    fn builder(&self, bounds: &Bounds) -> Builder<'_> {
        let mut tree = Builder::new(Syntax::Workbook, "", bounds);
        tree.in_sheet(&self.name);
        tree
    }

    fn add(&self, tree: &mut Builder<'_>, (number, cells): &Row) -> Result<(), Problem> {
        tree.open(Kind::Object, None, 0)?;
        tree.cell(*number, 0);
        for (column, text) in cells {
            let Some(heading) = self.headings.get(*column as usize) else {
                continue;
            };
            let key = Key {
                text: &heading.name,
                start: 0,
            };
            tree.scalar(Kind::String, Some(key), 0..0, text);
            tree.cell(*number, *column);
        }
        // A cell that is empty is not in the file: it is there all the same.
        for (column, heading) in self.headings.iter().enumerate() {
            let column = u32::try_from(column).unwrap_or(u32::MAX);
            if cells.iter().all(|(at, _)| *at != column) {
                let key = Key {
                    text: &heading.name,
                    start: 0,
                };
                tree.scalar(Kind::String, Some(key), 0..0, "");
                tree.cell(*number, column);
            }
        }
        tree.close(0);
        Ok(())
    }
}

/// How many rows belong to the table: behind a gap of three rows or more a row that is nearly empty starts something
/// else, such as the next part of a form. A table of two columns cannot be told from that.
fn end_of_table(rows: &[Row], is_named: &[bool]) -> usize {
    let under_headings = |cells: &[(u32, String)]| {
        let named = |column: &u32| is_named.get(*column as usize) == Some(&true);
        cells.iter().filter(|(column, _)| named(column)).count()
    };
    if is_named.iter().filter(|named| **named).count() < 3 {
        return rows.len();
    }
    let gap = rows.windows(2).position(|pair| match pair {
        [(before, _), (after, cells)] => after - before > 3 && under_headings(cells) <= 2,
        _ => false,
    });
    gap.map_or(rows.len(), |before| before + 1)
}

/// Cells in the places of their columns, with blanks between them.
fn by_column(cells: &[(u32, String)]) -> Vec<&str> {
    let mut words = Vec::new();
    for (column, text) in cells {
        let column = *column as usize;
        // No metadata has a thousand columns.
        if column < 1000 {
            words.resize(words.len().max(column + 1), "");
            if let Some(place) = words.get_mut(column) {
                *place = text.trim();
            }
        }
    }
    words
}

impl Rows for Sheet {
    fn headings(&self) -> &[Heading] {
        &self.headings
    }

    fn rows(&self) -> usize {
        self.rows.len()
    }

    fn tree(&self, bounds: &Bounds) -> Result<Tree<'_>, Problem> {
        let mut list = self.builder(bounds);
        list.open(Kind::Array, None, 0)?;
        list.cell(tree::Sheet::WHOLE, 0);
        for row in &self.rows {
            self.add(&mut list, row)?;
        }
        // No row of the table: a list of its own behind the rows.
        if let Some(first) = self.form.first() {
            list.open(Kind::Array, None, 0)?;
            list.cell(first.row, first.column);
            list.open(Kind::Object, None, 0)?;
            list.cell(first.row, first.column);
            for fact in &self.form {
                let key = Key {
                    text: &fact.label,
                    start: 0,
                };
                list.scalar(Kind::String, Some(key), 0..0, &fact.text);
                list.cell(fact.row, fact.column);
            }
            list.close(0);
            list.close(0);
        }
        Ok(list.finish())
    }

    fn row(&self, index: usize, bounds: &Bounds) -> Result<Tree<'_>, Problem> {
        let row = self.rows.get(index).ok_or(Problem::TooLarge)?;
        let mut tree = self.builder(bounds);
        self.add(&mut tree, row)?;
        Ok(tree.finish())
    }
}

#[cfg(test)]
mod tests {
    use rust_xlsxwriter::{Formula, Workbook, XlsxError};

    use super::{UNPACKED_BYTES, read};
    use crate::inspect::{Inspection, Unread, inspect};
    use crate::options::Options;
    use crate::source::Source;

    fn both(bytes: &[u8]) -> (Vec<Inspection>, Vec<Unread>) {
        inspect(&[Source::new("a.xlsx", bytes)], &Options::default())
    }

    /// Notes, a dictionary under a title with a merged column of tables, an inventory, a table of data.
    fn workbook() -> Result<Vec<u8>, XlsxError> {
        let mut workbook = Workbook::new();
        workbook.add_worksheet().write(0, 0, "Read me first")?;
        let fields = workbook.add_worksheet().set_name("Fields & more")?;
        fields.write(0, 0, "Data dictionary of trees")?;
        for (column, heading) in ["Table", "Field name", "Description", "Unit", "Since"]
            .into_iter()
            .enumerate()
        {
            fields.write(2, column as u16, heading)?;
        }
        fields.merge_range(3, 0, 4, 0, "Trees", &rust_xlsxwriter::Format::new())?;
        fields.write(3, 1, "ht")?;
        fields.write(3, 2, "Height of the tree.")?;
        fields.write_formula(3, 3, Formula::new("=LOWER(\"M\")").set_result("m"))?;
        fields.write(4, 1, "sp")?;
        fields.write(5, 0, "Parks")?;
        fields.write(5, 1, 2020)?;
        fields.write(9, 1, "Files")?.write(10, 1, "trees.csv")?;
        let list = workbook.add_worksheet().set_name("List")?;
        for (row, cells) in [
            [
                "Dataset title",
                "Description",
                "Update frequency",
                "License",
            ],
            ["Trees", "Each row is a tree.", "Monthly", ""],
        ]
        .into_iter()
        .enumerate()
        {
            for (column, cell) in cells.into_iter().enumerate() {
                list.write(row as u32, column as u16, cell)?;
            }
        }
        let example = workbook.add_worksheet().set_name("Fields (example)")?;
        example
            .write(0, 0, "Field name")?
            .write(0, 1, "Description")?;
        example.write(1, 0, "x")?.write(1, 1, "What x is.")?;
        let data = workbook.add_worksheet();
        data.write(0, 0, "Place")?.write(0, 1, "2024")?;
        data.write(1, 0, "Museum")?.write(1, 1, 31)?;
        workbook.save_to_buffer()
    }

    #[test]
    fn reads_the_sheets_that_are_metadata_and_points_to_their_cells() {
        let bytes = workbook().expect("a workbook");
        let (read, unread) = both(&bytes);
        assert_eq!(unread, []);
        let formats: Vec<_> = read
            .iter()
            .map(|it| (it.format, it.pointer.as_str()))
            .collect();
        assert_eq!(
            formats,
            [("dictionary", "/Fields & more"), ("inventory", "/List/A2")]
        );
        let fields = read.first().expect("a record");
        let names: Vec<_> = fields.columns.iter().map(|it| it["name"].clone()).collect();
        assert_eq!(names, ["ht", "sp", "2020"]);
        assert_eq!(fields.columns[0]["judgements"]["unit"], "m");
        // Two tables, the first merged over two rows: so there is no one title.
        assert_eq!(fields.dataset["title"]["blank"], "not in this format");
        let list = read.last().expect("a record");
        assert_eq!(list.line, None);
        assert_eq!(list.dataset["description"]["pointer"], "/List/B2");
        assert_eq!(list.dataset["license"]["pointer"], "/List/D2");
        assert_eq!(list.dataset["license"]["blank"], "empty");
    }

    #[test]
    fn refuses_what_is_no_workbook_or_holds_no_metadata() {
        let (_, unread) = both(b"PK\x03\x04 and nothing else");
        let message = unread.first().map_or("", |it| it.message.as_str());
        assert!(message.starts_with("This is not an Excel workbook that can be read"));

        let mut workbook = Workbook::new();
        let sheet = workbook.add_worksheet();
        let written = sheet.write(0, 0, "Place").map(|_| ());
        written.expect("written");
        let bytes = workbook.save_to_buffer().expect("a workbook");
        let (_, unread) = both(&bytes);
        let message = unread.first().map_or("", |it| it.message.as_str());
        assert!(message.starts_with("This is a table of data, not metadata"));
    }

    #[test]
    fn reads_the_form_above_a_list_of_fields() {
        let mut workbook = Workbook::new();
        let sheet = workbook.add_worksheet();
        let rows: [&[&str]; 10] = [
            &["Form of the data office"],
            &["titel", "Titel", "zwingend", "Parkbänke der Stadt"],
            &[
                "beschreibung",
                "Text",
                "zwingend",
                "Jede Zeile ist eine Bank.",
            ],
            &["zeitraum", "Zeitraum", "optional", "2020-01-01/2020-12-31"],
            &["lizenz", "Lizenz", "optional", ""],
            &[
                "aktualisierungsintervall",
                "Intervall",
                "zwingend",
                "monatlich",
            ],
            &["attributliste", "Attribute", "zwingend"],
            &[
                "",
                "technischer Feldname",
                "sprechender Feldname",
                "Beschreibung",
            ],
            &["", "h", "Höhe", "Höhe der Bank in Metern"],
            &["", "w", "Breite", "Breite der Bank in Metern"],
        ];
        for (row, cells) in (0..).zip(rows) {
            for (column, text) in (0..).zip(cells) {
                sheet.write(row, column, *text).expect("written");
            }
        }
        let bytes = workbook.save_to_buffer().expect("a workbook");
        let (read, _) = both(&bytes);
        let [one] = read.as_slice() else {
            unreachable!("one record and not {}", read.len());
        };
        assert_eq!(one.value("title").as_deref(), Some("Parkbänke der Stadt"));
        assert_eq!(one.dataset["title"]["pointer"], "/Sheet1/D2");
        assert!(one.value("refresh").is_some_and(|it| it.contains("R/P1M")));
        // What is left blank may have been left to its default.
        assert_eq!(one.dataset["license"]["blank"], "not in this format");
        assert_eq!(one.columns.len(), 2);
        assert_eq!(one.columns[0]["name"], "Höhe");
    }

    #[test]
    fn refuses_a_file_that_unfolds_without_end() {
        use std::io::Write;
        let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        let options = zip::write::SimpleFileOptions::default();
        archive
            .start_file("xl/sharedStrings.xml", options)
            .expect("started");
        let zeros = vec![0; 1 << 20];
        for _ in 0..=UNPACKED_BYTES >> 20 {
            archive.write_all(&zeros).expect("written");
        }
        let bytes = archive.finish().expect("finished").into_inner();
        assert!(bytes.len() < 1 << 20);
        let error = read(&bytes, &|_| 1, &|_| false).expect_err("too large");
        assert!(error.message.contains("larger than 64 MB"));
    }

    #[test]
    fn refuses_a_list_of_texts_that_promises_more_than_it_holds() {
        use std::io::Write;
        let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        let options = zip::write::SimpleFileOptions::default();
        archive
            .start_file("xl/sharedStrings.xml", options)
            .expect("started");
        archive
            .write_all(b"<sst uniqueCount=\"99999999999999\"></sst>")
            .expect("written");
        let bytes = archive.finish().expect("finished").into_inner();
        let error = read(&bytes, &|_| 1, &|_| false).expect_err("a lie");
        assert!(error.message.contains("longer than it is"));
    }

    /// The parts of a workbook, one of them changed, packed again.
    fn repacked(bytes: &[u8], change: impl Fn(String) -> String) -> Vec<u8> {
        use std::io::{Cursor, Read, Write};
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
        let mut packed = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for index in 0..archive.len() {
            let mut part = archive.by_index(index).expect("a part");
            let name = part.name().expect("a name").into_owned();
            let mut text = String::new();
            part.read_to_string(&mut text).expect("text");
            packed
                .start_file(name, zip::write::SimpleFileOptions::default())
                .expect("started");
            packed.write_all(change(text).as_bytes()).expect("written");
        }
        packed.finish().expect("finished").into_inner()
    }

    #[test]
    fn survives_cells_that_say_that_they_stand_nowhere() {
        let sound = workbook().expect("a workbook");
        for (place, nowhere) in [
            ("r=\"A1\"", "r=\"A99999999999\""),
            ("ref=\"A1:", "ref=\"XFD1048576:"),
            ("r=\"A1\"", "r=\"ZZZZZZZZZZZZ1\""),
        ] {
            let bytes = repacked(&sound, |text| text.replace(place, nowhere));
            // Read or refused, either will do.
            let (read, unread) = both(&bytes);
            assert!(!read.is_empty() || !unread.is_empty());
        }
    }
}
