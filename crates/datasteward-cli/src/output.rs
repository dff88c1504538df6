//! Where results go: standard output, or a file that is replaced whole.

use std::fs::{File, Permissions};
use std::io::{BufWriter, IsTerminal, StdoutLock, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use crate::Failure;
use crate::args::Color;

/// Writes a result to standard output or a file.
pub(crate) fn write(text: &str, file: Option<&Path>) -> Result<(), Failure> {
    match file {
        Some(path) => whole(path, text.as_bytes(), None),
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
    whole(path, bytes, None)
}

/// Replaces a file by new bytes; who may do what with it stays.
pub(crate) fn replace(path: &Path, bytes: &[u8], permissions: Permissions) -> Result<(), Failure> {
    whole(path, bytes, Some(permissions))
}

/// A file appears whole or not at all.
fn whole(path: &Path, bytes: &[u8], permissions: Option<Permissions>) -> Result<(), Failure> {
    let mut out = Out::file(path)?;
    out.write_all(bytes).map_err(|error| out.failed(&error))?;
    if let (Some(permissions), Out::File { beside, .. }) = (permissions, &out) {
        std::fs::set_permissions(beside, permissions).map_err(|error| out.failed(&error))?;
    }
    out.finish()
}

/// The file that is being written, for whoever ends the run in the middle.
static BEGUN: Mutex<Option<PathBuf>> = Mutex::new(None);

/// Takes back what is half written when the run is ended from outside (Ctrl-C).
pub(crate) fn leave_nothing_behind() {
    // Where the system knows no such signals there is nothing to be done.
    let _ = ctrlc::set_handler(|| {
        if let Some(path) = BEGUN.lock().ok().and_then(|mut begun| begun.take()) {
            let _ = std::fs::remove_file(path);
        }
        // As shells have it for a run that was interrupted.
        std::process::exit(130);
    });
}

/// Where a result goes while it is made: standard output, or a file that is written beside its place and renamed at last.
pub(crate) enum Out {
    Standard(BufWriter<StdoutLock<'static>>),
    File {
        /// As it was named.
        path: PathBuf,
        /// Where that leads.
        place: PathBuf,
        beside: PathBuf,
        file: BufWriter<File>,
    },
    /// A pipe or a device, such as `/dev/null`: it is written into, never put away for a file.
    Stream {
        path: PathBuf,
        file: File,
    },
}

impl Out {
    /// Standard output or a file.
    pub(crate) fn to(file: Option<&Path>) -> Result<Self, Failure> {
        match file {
            Some(path) => Self::file(path),
            None => Ok(Self::Standard(BufWriter::new(std::io::stdout().lock()))),
        }
    }

    fn file(path: &Path) -> Result<Self, Failure> {
        // A link keeps leading where it leads.
        let place = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let is_stream = place
            .metadata()
            .is_ok_and(|facts| !facts.is_file() && !facts.is_dir());
        if is_stream {
            let file = File::options().write(true).open(path);
            return Ok(Self::Stream {
                file: file.map_err(|error| failed(&name(path), &error))?,
                path: path.to_owned(),
            });
        }
        let mut beside = place.as_os_str().to_owned();
        beside.push(format!(".{}.part", std::process::id()));
        let beside = PathBuf::from(beside);
        let file = File::create(&beside).map_err(|error| failed(&name(path), &error))?;
        if let Ok(mut begun) = BEGUN.lock() {
            *begun = Some(beside.clone());
        }
        Ok(Self::File {
            path: path.to_owned(),
            place,
            beside,
            file: BufWriter::new(file),
        })
    }

    /// Puts the result in its place.
    pub(crate) fn finish(mut self) -> Result<(), Failure> {
        self.flush()
            .and_then(|()| match &self {
                Self::Standard(_) | Self::Stream { .. } => Ok(()),
                Self::File { place, beside, .. } => std::fs::rename(beside, place),
            })
            .map_err(|error| self.failed(&error))
    }

    /// Why it cannot be written.
    pub(crate) fn failed(&self, error: &std::io::Error) -> Failure {
        match self {
            Self::Standard(_) => failed("standard output", error),
            Self::File { path, .. } | Self::Stream { path, .. } => failed(&name(path), error),
        }
    }
}

impl Write for Out {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        match self {
            Self::Standard(out) => out.write(bytes),
            Self::File { file, .. } => file.write(bytes),
            Self::Stream { file, .. } => file.write(bytes),
        }
    }

    fn flush(&mut self) -> std::io::Result<()> {
        match self {
            Self::Standard(out) => out.flush(),
            Self::File { file, .. } => file.flush(),
            Self::Stream { file, .. } => file.flush(),
        }
    }
}

impl Drop for Out {
    fn drop(&mut self) {
        // What was begun and not put in its place is taken back; the file there is as it was.
        if let Self::File { beside, .. } = self {
            let _ = std::fs::remove_file(beside);
            if let Ok(mut begun) = BEGUN.lock() {
                *begun = None;
            }
        }
    }
}

fn name(path: &Path) -> String {
    path.display().to_string()
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
