//! The tracker as an Excel workbook: an overview, and one sheet a department with filters, a head that stays, and
//! coloured states.
//!
//! Every text is written as a text, so that nothing in it is ever worked out as a formula or followed as a link.

use std::collections::{BTreeMap, BTreeSet};

use datasteward::Report;
use datasteward::lexicon::dates::Date;
use datasteward::render::{Cell, Tracker, for_terminal};
use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError,
};

/// A cell of a sheet holds no more than 32,767 characters.
const LONGEST: usize = 32_000;

/// The name of a sheet has at most 31 characters.
const SHEET_NAME: usize = 31;

const NO_DEPARTMENT: &str = "No department named";

/// The sheet of what people ask for and of datasets that are gone.
const NOT_THERE: &str = "Not in the catalogue";

/// Columns of numbers, whose heads stand above them on the right.
const NUMBERS: [&str; 7] = [
    "errors",
    "warnings",
    "notes",
    "effort_minutes",
    "line",
    "views",
    "requests",
];

/// White around a printed page, in inches: left, right, top, bottom, head, foot.
const MARGINS: [f64; 6] = [0.4, 0.4, 0.5, 0.6, 0.3, 0.3];

/// The states of an item and the suggested actions that ask for something, with ground and ink. The words say the same.
const COLOURS: [(&str, u32, u32); 6] = [
    ("in order", 0xE3_F1_E5, 0x1D_5E_2B),
    ("to mend", 0xFB_E3_DD, 0x8A_1F_0E),
    ("does not apply", 0xF0_F0_EE, 0x5A_5A_55),
    ("cannot be told", 0xF0_F0_EE, 0x5A_5A_55),
    ("fix", 0xFD_F1_D3, 0x6B_4A_00),
    ("review for removal", 0xFB_E3_DD, 0x8A_1F_0E),
];

/// The bytes of the workbook; the same tracker gives the same bytes.
pub(super) fn write(tracker: &Tracker, report: &Report) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(report)?);
    let head = Format::new()
        .set_bold()
        .set_text_wrap()
        .set_align(FormatAlign::Top)
        .set_align(FormatAlign::Left)
        .set_indent(1)
        .set_background_color(Color::RGB(0xE8_EE_EC));
    let departments = departments(tracker);
    let mut names = BTreeSet::new();
    let overview = workbook.add_worksheet();
    overview.set_name(sheet_name("Overview", &mut names))?;
    let sheets: Vec<(String, &Vec<&Vec<Cell>>)> = departments
        .iter()
        .map(|(department, rows)| (sheet_name(department, &mut names), rows))
        .collect();
    write_overview(overview, &departments, &head)?;
    let one_document = report.documents.len() < 2;
    for (name, rows) in sheets {
        let sheet = workbook.add_worksheet();
        sheet.set_name(name)?;
        write_department(sheet, tracker, rows, &head)?;
        if one_document && let Some(at) = tracker.head.iter().position(|it| it == "document") {
            // It says the same in every row.
            sheet.set_column_hidden(column(at))?;
        }
    }
    workbook.save_to_buffer()
}

/// The day of judgement in place of the clock.
fn properties(report: &Report) -> Result<DocProperties, XlsxError> {
    let day = report.as_of.as_deref().and_then(Date::from_iso);
    let (year, month, day) = day.map_or((2000, 1, 1), |day| {
        (day.year().unsigned_abs(), day.month(), day.day())
    });
    let made = ExcelDateTime::from_ymd(year.max(1900), month, day)?;
    Ok(DocProperties::new()
        .set_title("Inventory tracker")
        .set_creation_datetime(&made))
}

/// The rows of each department, in the order of the names; what is not in the catalogue last.
fn departments(tracker: &Tracker) -> Vec<(String, Vec<&Vec<Cell>>)> {
    let mut departments: BTreeMap<(bool, String, String), Vec<&Vec<Cell>>> = BTreeMap::new();
    for row in &tracker.rows {
        let name = match row.first() {
            Some(Cell::Text(name)) if !name.trim().is_empty() => for_terminal(name.trim()),
            _ if Tracker::is_dataset(row) => NO_DEPARTMENT.to_owned(),
            _ => NOT_THERE.to_owned(),
        };
        let place = (name == NOT_THERE, name.to_lowercase(), name);
        departments.entry(place).or_default().push(row);
    }
    let named = departments.into_iter();
    named.map(|((_, _, name), rows)| (name, rows)).collect()
}

/// A name that a sheet may have and no other has.
fn sheet_name(wanted: &str, taken: &mut BTreeSet<String>) -> String {
    let plain: String = wanted
        .chars()
        .map(|sign| match sign {
            '[' | ']' | ':' | '*' | '?' | '/' | '\\' | '\'' => ' ',
            other => other,
        })
        .collect();
    let plain = plain.trim();
    // A word that Excel keeps for itself.
    let plain = if plain.is_empty() || plain.eq_ignore_ascii_case("history") {
        "Department"
    } else {
        plain
    };
    for number in 1.. {
        let tail = if number == 1 {
            String::new()
        } else {
            format!(" {number}")
        };
        let mut name = String::new();
        // Excel counts UTF-16 units.
        let mut units = tail.len();
        for sign in plain.chars() {
            units += sign.len_utf16();
            if units > SHEET_NAME {
                break;
            }
            name.push(sign);
        }
        let name = format!("{}{tail}", name.trim_end());
        if taken.insert(name.to_lowercase()) {
            return name;
        }
    }
    plain.to_owned()
}

fn write_overview(
    sheet: &mut Worksheet,
    departments: &[(String, Vec<&Vec<Cell>>)],
    head: &Format,
) -> Result<(), XlsxError> {
    sheet.write_string_with_format(0, 0, "Department", head)?;
    let right = head.clone().set_indent(0).set_align(FormatAlign::Right);
    for (at, name) in [(1, "Datasets"), (2, "Items in order"), (3, "Items to mend")] {
        sheet.write_string_with_format(0, at, name, &right)?;
    }
    let count = |rows: &[&Vec<Cell>], word: &str| {
        let cells = rows.iter().flat_map(|row| row.iter());
        cells
            .filter(|cell| matches!(cell, Cell::Word(it) if *it == word))
            .count()
    };
    for ((name, rows), at) in departments.iter().zip(1..) {
        sheet.write_string(at, 0, name)?;
        let datasets = rows.iter().filter(|row| Tracker::is_dataset(row)).count();
        sheet.write_number(at, 1, number(datasets))?;
        sheet.write_number(at, 2, number(count(rows, "in order")))?;
        sheet.write_number(at, 3, number(count(rows, "to mend")))?;
    }
    let last = row_number(departments.len());
    sheet.autofilter(0, 0, last, 3)?;
    sheet.set_freeze_panes(1, 0)?;
    sheet.set_column_width(0, 42)?;
    sheet.set_column_range_width(1, 3, 16)?;
    sheet.set_repeat_rows(0, 0)?.set_print_fit_to_pages(1, 0);
    for_paper(sheet);
    Ok(())
}

fn write_department(
    sheet: &mut Worksheet,
    tracker: &Tracker,
    rows: &[&Vec<Cell>],
    head: &Format,
) -> Result<(), XlsxError> {
    let right = head.clone().set_indent(0).set_align(FormatAlign::Right);
    for (at, name) in tracker.head.iter().enumerate() {
        let format = if NUMBERS.contains(&name.as_str()) {
            &right
        } else {
            head
        };
        sheet.write_string_with_format(0, column(at), shown(&Tracker::heading(name)), format)?;
        sheet.set_column_width(column(at), width(name))?;
    }
    sheet.set_row_height(0, 48)?;
    let numbers = Format::new().set_align(FormatAlign::Top);
    // A little white keeps a text from the number before it.
    let plain = numbers
        .clone()
        .set_text_wrap()
        .set_align(FormatAlign::Left)
        .set_indent(1);
    for (row, at) in rows.iter().zip(1..) {
        sheet.set_row_height(at, height(row, &tracker.head))?;
        for (index, cell) in row.iter().enumerate() {
            let column = column(index);
            match cell {
                Cell::Blank => {}
                Cell::Number(number) => {
                    #[expect(
                        clippy::cast_precision_loss,
                        reason = "a workbook has no other numbers"
                    )]
                    sheet.write_number_with_format(at, column, *number as f64, &numbers)?;
                }
                Cell::Word(word) => {
                    let coloured = COLOURS.iter().find(|(known, ..)| known == word);
                    let format = coloured.map(|(_, ground, ink)| {
                        plain
                            .clone()
                            .set_background_color(Color::RGB(*ground))
                            .set_font_color(Color::RGB(*ink))
                    });
                    let format = format.as_ref().unwrap_or(&plain);
                    sheet.write_string_with_format(at, column, *word, format)?;
                }
                Cell::Text(text) if text.trim().is_empty() => {}
                Cell::Text(text) => {
                    sheet.write_string_with_format(at, column, shown(text), &plain)?;
                }
            }
        }
    }
    let last = column(tracker.head.len().saturating_sub(1));
    sheet.autofilter(0, 0, row_number(rows.len()), last)?;
    // Department and title stay in sight.
    sheet.set_freeze_panes(1, 2)?;
    // On paper as well: two broad pages side by side, in letters that can still be read.
    sheet.set_repeat_rows(0, 0)?.set_repeat_columns(0, 1)?;
    sheet.set_landscape().set_print_fit_to_pages(2, 0);
    for_paper(sheet);
    Ok(())
}

/// Narrow margins, and below each page its sheet and its number.
fn for_paper(sheet: &mut Worksheet) {
    let [left, right, top, bottom, head, foot] = MARGINS;
    sheet
        .set_margins(left, right, top, bottom, head, foot)
        .set_footer("&L&A&RPage &P of &N");
}

/// On one line, without signs that steer, no longer than a cell may be.
fn shown(text: &str) -> String {
    for_terminal(text).chars().take(LONGEST).collect()
}

fn width(name: &str) -> f64 {
    match name {
        "title" => 38.0,
        "gravest_finding" | "first_thing_to_do" | "action_reason" | "note" => 44.0,
        "suggested_action" => 20.0,
        "department" | "document" => 18.0,
        name if NUMBERS.contains(&name) => 9.0,
        _ => 13.0,
    }
}

/// The height of a row in points, so that its longest text is seen whole. Not every program works it out by itself.
fn height(row: &[Cell], head: &[String]) -> f64 {
    const LINE: f64 = 15.0;
    const MOST_LINES: f64 = 8.0;
    let lines = row.iter().zip(head).map(|(cell, name)| {
        let letters = match cell {
            Cell::Text(text) => text.chars().count(),
            Cell::Word(word) => word.len(),
            Cell::Blank | Cell::Number(_) => 0,
        };
        // A little is lost where a word does not fit any more.
        (number(letters) * 1.1 / width(name)).ceil()
    });
    LINE * lines.fold(1.0, f64::max).min(MOST_LINES)
}

fn column(at: usize) -> u16 {
    u16::try_from(at).unwrap_or(u16::MAX)
}

fn row_number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

fn number(count: usize) -> f64 {
    f64::from(row_number(count))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::sheet_name;

    #[test]
    fn sheets_have_names_that_excel_takes_and_no_two_the_same() {
        let mut taken = BTreeSet::new();
        let mut name = |wanted: &str| sheet_name(wanted, &mut taken);
        assert_eq!(name("Parks / Recreation"), "Parks   Recreation");
        assert_eq!(name("History"), "Department");
        let long = "Department of Building and Safety of the City";
        assert_eq!(name(long), "Department of Building and Safe");
        assert_eq!(name(long), "Department of Building and Sa 2");
        assert_eq!(name("PARKS   RECREATION"), "PARKS   RECREATION 2");
        assert!(name(&"\u{1f333}".repeat(40)).encode_utf16().count() <= 31);
    }
}
