//! Counts what is in a file of data: rows, and for each field its type, blanks, different values, smallest and largest.
//!
//! The engine judges metadata and opens no data. This crate reads the data, row by row, and hands the engine plain
//! [`DataFacts`]. It keeps a bounded amount of each field, however long the file is.

mod collect;
mod geojson;
#[cfg(feature = "parquet")]
mod parquet;
mod table;
pub mod wire;
#[cfg(feature = "workbook")]
mod workbook;

use std::fs::File;
use std::io::{BufReader, Read, Seek};
use std::path::Path;

use datasteward::model::DataFacts;

/// Why a file could not be read as data.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DataError {
    /// The system does not let us.
    #[error("{0}")]
    Io(#[from] std::io::Error),
    /// There is nothing in it.
    #[error("it is empty; export the data again")]
    Empty,
    /// It is a folder.
    #[error("it is a folder; name the file with the data")]
    Folder,
    /// Nothing that we read.
    #[error(
        "it is no CSV, GeoJSON, Excel workbook or Parquet file; export the data as one of these"
    )]
    Unknown,
    /// Broken, with the place where it can be said.
    #[error("{0}")]
    Broken(String),
}

/// Counts what is in a file; its first bytes tell what kind of file it is.
///
/// # Errors
/// If it cannot be opened, is empty, or is broken.
pub fn profile(path: &Path) -> Result<DataFacts, DataError> {
    if path.is_dir() {
        return Err(DataError::Folder);
    }
    let file = File::open(path)?;
    let name = path.file_name().unwrap_or(path.as_os_str());
    profile_of(file, &name.to_string_lossy())
}

/// The same of an open file; the name is for messages.
///
/// # Errors
/// If it is empty or broken.
pub fn profile_of(mut file: File, name: &str) -> Result<DataFacts, DataError> {
    let mut start = Vec::new();
    file.rewind()?;
    file.by_ref().take(START as u64).read_to_end(&mut start)?;
    file.rewind()?;
    let mut facts = match kind(&start)? {
        Kind::Table => table::profile(BufReader::new(file), &start)?,
        Kind::Json => geojson::profile(BufReader::new(file))?,
        Kind::Workbook => of_workbook(file)?,
        Kind::Parquet => of_parquet(file)?,
    };
    name.clone_into(&mut facts.name);
    Ok(facts)
}

/// Counts what is in a file that stands in memory.
///
/// # Errors
/// If it is empty or broken.
pub fn profile_bytes(bytes: &[u8], name: &str) -> Result<DataFacts, DataError> {
    let start = bytes.get(..START).unwrap_or(bytes);
    let mut facts = match kind(start)? {
        Kind::Table => table::profile(bytes, start)?,
        Kind::Json => geojson::profile(bytes)?,
        Kind::Workbook => of_workbook(bytes)?,
        Kind::Parquet => of_parquet_in_memory(bytes)?,
    };
    name.clone_into(&mut facts.name);
    Ok(facts)
}

/// So much of a file tells what kind of file it is.
const START: usize = 4096;

#[cfg(feature = "workbook")]
fn of_workbook(file: impl Read) -> Result<DataFacts, DataError> {
    workbook::profile(file)
}

#[cfg(not(feature = "workbook"))]
fn of_workbook(_: impl Read) -> Result<DataFacts, DataError> {
    Err(not_read("a workbook"))
}

#[cfg(feature = "parquet")]
fn of_parquet(file: File) -> Result<DataFacts, DataError> {
    parquet::profile(file)
}

/// The reader goes to and fro in the file and wants bytes of its own.
#[cfg(feature = "parquet")]
fn of_parquet_in_memory(bytes: &[u8]) -> Result<DataFacts, DataError> {
    parquet::profile(bytes::Bytes::copy_from_slice(bytes))
}

#[cfg(not(feature = "parquet"))]
fn of_parquet(_: File) -> Result<DataFacts, DataError> {
    Err(not_read("a Parquet file"))
}

#[cfg(not(feature = "parquet"))]
fn of_parquet_in_memory(_: &[u8]) -> Result<DataFacts, DataError> {
    Err(not_read("a Parquet file"))
}

#[cfg(not(all(feature = "parquet", feature = "workbook")))]
fn not_read(what: &str) -> DataError {
    DataError::Broken(format!(
        "it is {what}, which this build of datasteward does not read; export the data as CSV"
    ))
}

enum Kind {
    Table,
    Json,
    Workbook,
    Parquet,
}

fn kind(start: &[u8]) -> Result<Kind, DataError> {
    let text = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start);
    let first = text.trim_ascii_start();
    match first {
        [] => Err(DataError::Empty),
        [b'P', b'K', 3, 4, ..] => Ok(Kind::Workbook),
        [b'P', b'A', b'R', b'1', ..] => Ok(Kind::Parquet),
        [b'{', ..] => Ok(Kind::Json),
        [b'[' | b'<', ..] => Err(DataError::Unknown),
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => Err(DataError::Broken(
            "it is in UTF-16; save it as CSV UTF-8".to_owned(),
        )),
        _ if start.contains(&0) => Err(DataError::Unknown),
        _ => Ok(Kind::Table),
    }
}
