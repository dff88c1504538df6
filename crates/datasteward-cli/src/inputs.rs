//! Paths to documents: files as named, folders walked in the order of their names, standard input.

use std::cell::Cell;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::args::Inputs;
use crate::{Failure, packed};

/// Something to be read: listed first, read one at a time, so that a folder of catalogues never stands in memory.
pub(crate) struct Input {
    /// The name for messages.
    pub(crate) name: String,
    /// Found in a folder, not named: it may be no metadata at all.
    pub(crate) found: bool,
    path: Option<PathBuf>,
    /// Standard input was opened.
    is_used: Cell<bool>,
}

/// Endings of files that can hold metadata, for folders.
const ENDINGS: [&str; 14] = [
    "json", "jsonl", "ndjson", "jsonld", "geojson", "yaml", "yml", "xml", "rdf", "ttl", "nt",
    "csv", "tsv", "xlsx",
];

/// Lists everything that is named, in the order given; folders in the order of their names.
pub(crate) fn list(inputs: &Inputs) -> Result<Vec<Input>, Failure> {
    let mut list = Vec::new();
    for path in &inputs.paths {
        if path.as_os_str() == "-" {
            list.push(Input {
                name: inputs.stdin_name.clone(),
                found: false,
                path: None,
                is_used: Cell::new(false),
            });
        } else if path.is_dir() {
            folder(path, &mut list)?;
        } else {
            // Opened now, so that a slip in the last path is told before the first is judged.
            std::fs::File::open(path).map_err(|error| failed(path, &error))?;
            list.push(Input::file(path, false));
        }
    }
    if list.is_empty() {
        return Err(Failure::Usage(
            "these folders hold no file whose name ends like metadata: .json, .jsonl, .jsonld, .yaml, .xml, .rdf, .ttl, .csv, .xlsx".to_owned(),
        ));
    }
    Ok(list)
}

fn folder(path: &Path, list: &mut Vec<Input>) -> Result<(), Failure> {
    let walk = ignore::WalkBuilder::new(path)
        .standard_filters(false)
        .sort_by_file_path(Path::cmp)
        .build();
    for entry in walk {
        let entry = entry.map_err(|error| Failure::Read {
            path: path.display().to_string(),
            reason: error.to_string(),
        })?;
        let is_file = entry.file_type().is_some_and(|kind| kind.is_file());
        if is_file && is_named_like_metadata(entry.path()) {
            list.push(Input::file(entry.path(), true));
        }
    }
    Ok(())
}

/// Whether a name ends like metadata, packed or not.
fn is_named_like_metadata(path: &Path) -> bool {
    let name = path.to_string_lossy().to_ascii_lowercase();
    let name = name
        .strip_suffix(".gz")
        .or(name.strip_suffix(".zst"))
        .unwrap_or(&name);
    name.rsplit_once('.')
        .is_some_and(|(_, ending)| ENDINGS.contains(&ending))
}

impl Input {
    /// Where it lies; standard input lies nowhere.
    pub(crate) fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    fn file(path: &Path, found: bool) -> Self {
        Self {
            name: path.display().to_string(),
            found,
            path: Some(path.to_owned()),
            is_used: Cell::new(false),
        }
    }

    /// How many bytes it takes on the disk, where that is known.
    pub(crate) fn length(&self) -> u64 {
        let path = self.path.as_ref();
        path.and_then(|path| path.metadata().ok())
            .map_or(0, |about| about.len())
    }

    /// Opens it, unpacked; what was read is counted as it lies on the disk. Standard input can be opened but once.
    pub(crate) fn open<'r>(&'r self, count: &'r Cell<u64>) -> io::Result<Box<dyn Read + 'r>> {
        count.set(0);
        match &self.path {
            Some(path) => packed::unpacked(Counted {
                inner: File::open(path)?,
                count,
            }),
            None if self.is_used.replace(true) => Err(io::ErrorKind::Unsupported.into()),
            None => packed::unpacked(Counted {
                inner: io::stdin().lock(),
                count,
            }),
        }
    }

    /// The bytes.
    pub(crate) fn read(&self) -> Result<Vec<u8>, Failure> {
        let mut bytes = Vec::new();
        let count = Cell::new(0);
        self.open(&count)
            .and_then(|mut reader| reader.read_to_end(&mut bytes))
            .map_err(|error| self.failed(&error))?;
        Ok(bytes)
    }

    /// Why it cannot be read.
    pub(crate) fn failed(&self, error: &io::Error) -> Failure {
        failed(Path::new(&self.name), error)
    }
}

/// Counts what is read.
struct Counted<'c, R> {
    inner: R,
    count: &'c Cell<u64>,
}

impl<R: Read> Read for Counted<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.inner.read(buffer)?;
        self.count.set(self.count.get() + length as u64);
        Ok(length)
    }
}

fn failed(path: &Path, error: &std::io::Error) -> Failure {
    let reason = match error.kind() {
        std::io::ErrorKind::NotFound => {
            "there is no such file; check the spelling of the path".to_owned()
        }
        std::io::ErrorKind::PermissionDenied => "you are not allowed to read it".to_owned(),
        _ => error.to_string(),
    };
    Failure::Read {
        path: path.display().to_string(),
        reason,
    }
}
