//! Excel workbooks: the first sheet that holds a table.

use std::io::Read;

use datasteward::model::DataFacts;
use datasteward::source::sheet;

use crate::DataError;
use crate::collect::Collector;

/// A larger workbook is not read whole.
const BYTES: u64 = 64 << 20;

pub(crate) fn profile(file: impl Read) -> Result<DataFacts, DataError> {
    let mut bytes = Vec::new();
    file.take(BYTES + 1).read_to_end(&mut bytes)?;
    let unreadable = |message: &str, how: &str| DataError::Broken(format!("{message}; {how}"));
    if bytes.len() as u64 > BYTES {
        return Err(unreadable(
            "it is a workbook of more than 64 MB",
            "save the sheet as CSV",
        ));
    }
    let sheets = sheet::cells(&bytes).map_err(|error| unreadable(&error.message, error.how))?;
    // A title or a note stands in few cells: headings are the first row with the most.
    let best = sheets
        .into_iter()
        .map(|(_, rows)| rows)
        .find(|rows| rows.iter().any(|row| row.len() > 1) && rows.len() > 1);
    let Some(rows) = best else {
        return Err(DataError::Broken(
            "none of its sheets holds a table with headings and rows".to_owned(),
        ));
    };
    let widest = rows.iter().map(Vec::len).max().unwrap_or(0);
    let headings = rows
        .iter()
        .position(|row| row.iter().filter(|cell| !cell.is_empty()).count() * 2 > widest)
        .unwrap_or(0);
    let mut rows = rows.into_iter().skip(headings);
    let mut table = Collector::new(rows.next().unwrap_or_default());
    for row in rows {
        table.row();
        for (at, cell) in row.iter().enumerate() {
            table.value(at, cell);
        }
    }
    Ok(table.finish())
}
