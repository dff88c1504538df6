//! Paths to documents: files as named, folders walked in the order of their names, standard input.

use std::io::Read;
use std::path::Path;

use crate::Failure;
use crate::args::Inputs;

/// A document in memory.
pub(crate) struct Document {
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
    /// Found in a folder, not named: it may be no metadata at all.
    pub(crate) found: bool,
}

/// Endings of files that can hold metadata, for folders.
const ENDINGS: [&str; 4] = ["json", "jsonl", "ndjson", "jsonld"];

/// Reads everything that is named.
pub(crate) fn read(inputs: &Inputs) -> Result<Vec<Document>, Failure> {
    let mut documents = Vec::new();
    for path in &inputs.paths {
        if path.as_os_str() == "-" {
            documents.push(standard_input(&inputs.stdin_name)?);
        } else if path.is_dir() {
            folder(path, &mut documents)?;
        } else {
            documents.push(file(path, false)?);
        }
    }
    if documents.is_empty() {
        return Err(Failure::Usage(
            "these folders hold no file that ends in .json, .jsonl, .ndjson or .jsonld".to_owned(),
        ));
    }
    Ok(documents)
}

fn standard_input(name: &str) -> Result<Document, Failure> {
    let mut bytes = Vec::new();
    std::io::stdin()
        .read_to_end(&mut bytes)
        .map_err(|error| failed(Path::new(name), &error))?;
    Ok(Document {
        name: name.to_owned(),
        bytes,
        found: false,
    })
}

fn folder(path: &Path, documents: &mut Vec<Document>) -> Result<(), Failure> {
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
            documents.push(file(entry.path(), true)?);
        }
    }
    Ok(())
}

fn file(path: &Path, found: bool) -> Result<Document, Failure> {
    let bytes = std::fs::read(path).map_err(|error| failed(path, &error))?;
    Ok(Document {
        name: path.display().to_string(),
        bytes,
        found,
    })
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
