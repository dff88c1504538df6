//! Where results go: standard output, or a file that is replaced whole.

use std::io::{IsTerminal, Write};
use std::path::Path;

use crate::Failure;
use crate::args::Color;

/// Writes a result to standard output or a file.
pub(crate) fn write(text: &str, file: Option<&Path>) -> Result<(), Failure> {
    match file {
        Some(path) => replace(path, text),
        None => print(text),
    }
}

fn print(text: &str) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        // A reader such as `head` may have seen enough.
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        Err(error) => Err(failed("standard output", &error)),
        Ok(()) => Ok(()),
    }
}

/// Writes a result that is no text to a file.
pub(crate) fn write_bytes(bytes: &[u8], path: &Path) -> Result<(), Failure> {
    replace(path, bytes)
}

/// A file appears whole or not at all: it is written beside its place, then renamed.
fn replace(path: &Path, content: impl AsRef<[u8]>) -> Result<(), Failure> {
    let name = path.display().to_string();
    let mut beside = path.as_os_str().to_owned();
    beside.push(format!(".{}.part", std::process::id()));
    let beside = Path::new(&beside);
    let written = std::fs::write(beside, content).and_then(|()| std::fs::rename(beside, path));
    written.map_err(|error| {
        // What was begun is taken back; the file in place is as it was.
        let _ = std::fs::remove_file(beside);
        failed(&name, &error)
    })
}

fn failed(path: &str, error: &std::io::Error) -> Failure {
    Failure::Write {
        path: path.to_owned(),
        reason: error.to_string(),
    }
}

/// Whether to use colours.
pub(crate) fn colors(wanted: Color, to_file: bool) -> bool {
    match wanted {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => {
            let refused = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
            !refused && !to_file && std::io::stdout().is_terminal()
        }
    }
}

/// Columns of the terminal, as far as the environment tells.
pub(crate) fn width() -> usize {
    std::env::var("COLUMNS")
        .ok()
        .and_then(|columns| columns.parse().ok())
        .unwrap_or(100)
        .clamp(72, 160)
}

/// Whether the terminal shows only ASCII.
pub(crate) fn ascii() -> bool {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"]
        .iter()
        .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()));
    // A pipe or an unset locale gets the full signs: files are UTF-8 everywhere.
    std::io::stdout().is_terminal()
        && locale.is_some_and(|locale| {
            let locale = locale.to_ascii_lowercase();
            !locale.contains("utf-8") && !locale.contains("utf8")
        })
}
