//! Tables as text: CSV, TSV, and what spreadsheets save with semicolons.

use std::borrow::Cow;
use std::io::Read;

use datasteward::model::DataFacts;

use crate::DataError;
use crate::collect::Collector;

/// More fields than any table that a person could describe.
const FIELDS: usize = 5_000;

/// Beyond this a row is a quotation mark that was never closed.
const ROW_BYTES: usize = 16 << 20;

pub(crate) fn profile(file: impl Read, start: &[u8]) -> Result<DataFacts, DataError> {
    let delimiter = delimiter(start);
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .has_headers(false)
        .from_reader(Bounded {
            inner: file,
            since_row: 0,
        });
    let mut row = csv::ByteRecord::new();
    let mut headings = true;
    let mut table = Collector::default();
    loop {
        reader.get_mut().since_row = 0;
        if !reader.read_byte_record(&mut row).map_err(broken)? {
            break;
        }
        if row.iter().all(|cell| cell.trim_ascii().is_empty()) {
            continue;
        }
        if headings {
            if row.len() > FIELDS {
                return Err(DataError::Broken(format!(
                    "it has {} fields; no table that people use has so many",
                    row.len()
                )));
            }
            let first = row
                .get(0)
                .is_some_and(|cell| cell.starts_with(b"\xef\xbb\xbf"));
            table = Collector::new(row.iter().enumerate().map(|(at, cell)| {
                let cell = if first && at == 0 {
                    cell.strip_prefix(b"\xef\xbb\xbf").unwrap_or(cell)
                } else {
                    cell
                };
                text(cell).into_owned()
            }));
            headings = false;
            continue;
        }
        let extra = row
            .iter()
            .skip(table.len())
            .any(|cell| !cell.trim_ascii().is_empty());
        if extra {
            let line = row.position().map_or(0, csv::Position::line);
            return Err(DataError::Broken(format!(
                "the row on line {line} has {} cells, and there are {} headings; put texts with commas in quotation marks",
                row.len(),
                table.len()
            )));
        }
        table.row();
        for (at, cell) in row.iter().enumerate() {
            table.value(at, &text(cell));
        }
    }
    if headings {
        return Err(DataError::Empty);
    }
    Ok(table.finish())
}

/// UTF-8, else as Windows wrote it: only the letters of Western Europe differ, and nothing here reads them.
fn text(cell: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(cell) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => Cow::Owned(cell.iter().map(|byte| char::from(*byte)).collect()),
    }
}

/// The sign that stands most often between the headings.
fn delimiter(start: &[u8]) -> u8 {
    let line = start
        .split(|byte| *byte == b'\n')
        .find(|line| !line.trim_ascii().is_empty());
    let line = line.unwrap_or_default();
    let mut quoted = false;
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0), (b'|', 0)];
    for byte in line {
        quoted ^= *byte == b'"';
        for (sign, count) in &mut counts {
            *count += usize::from(!quoted && byte == sign);
        }
    }
    // Of equal counts the comma, which stands first.
    let best = counts.iter().rev().max_by_key(|(_, count)| *count);
    best.filter(|(_, count)| *count > 0)
        .map_or(b',', |(sign, _)| *sign)
}

fn broken(error: csv::Error) -> DataError {
    match error.into_kind() {
        csv::ErrorKind::Io(error) if error.kind() == std::io::ErrorKind::InvalidData => {
            DataError::Broken(error.to_string())
        }
        csv::ErrorKind::Io(error) => DataError::Io(error),
        other => DataError::Broken(format!("it is no table that can be read: {other:?}")),
    }
}

/// Stops where one row would fill the memory.
struct Bounded<R> {
    inner: R,
    since_row: usize,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if self.since_row > ROW_BYTES {
            return Err(std::io::Error::new(
                std::io::ErrorKind::InvalidData,
                "a row is longer than 16 MB; look for a quotation mark that is opened and never closed",
            ));
        }
        let read = self.inner.read(buffer)?;
        self.since_row += read;
        Ok(read)
    }
}
