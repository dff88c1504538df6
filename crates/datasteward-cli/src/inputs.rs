//! Paths to documents: files as named, folders walked in the order of their names, standard input.

use std::io::Read;
use std::path::{Path, PathBuf};

use crate::Failure;
use crate::args::Inputs;

/// Something to be read: listed first, read one at a time, so that a folder of catalogues never stands in memory.
pub(crate) struct Input {
    /// The name for messages.
    pub(crate) name: String,
    /// Found in a folder, not named: it may be no metadata at all.
    pub(crate) found: bool,
    path: Option<PathBuf>,
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
        let ending = entry.path().extension().and_then(|ending| ending.to_str());
        let wanted =
            ending.is_some_and(|ending| ENDINGS.contains(&ending.to_ascii_lowercase().as_str()));
        if is_file && wanted {
            list.push(Input::file(entry.path(), true));
        }
    }
    Ok(())
}

impl Input {
    fn file(path: &Path, found: bool) -> Self {
        Self {
            name: path.display().to_string(),
            found,
            path: Some(path.to_owned()),
        }
    }

    /// The bytes.
    pub(crate) fn read(&self) -> Result<Vec<u8>, Failure> {
        match &self.path {
            Some(path) => std::fs::read(path).map_err(|error| failed(path, &error)),
            None => {
                let mut bytes = Vec::new();
                std::io::stdin()
                    .read_to_end(&mut bytes)
                    .map_err(|error| failed(Path::new(&self.name), &error))?;
                Ok(bytes)
            }
        }
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
