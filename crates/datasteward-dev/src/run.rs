//! Where the repository and its build directory are, and how other programs are started.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{env, fs};

/// What `cargo run` sets for the program it starts; passed on, it would have a nested cargo build
/// the same crates again.
const SET_BY_CARGO_RUN: [&str; 5] = [
    "CARGO_MANIFEST_DIR",
    "CARGO_MANIFEST_PATH",
    "CARGO_PRIMARY_PACKAGE",
    "CARGO_BIN_NAME",
    "CARGO_CRATE_NAME",
];

/// The top folder of the repository.
pub(crate) fn root() -> PathBuf {
    let here = env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    here.ancestors()
        .nth(2)
        .map_or(here.clone(), Path::to_path_buf)
}

/// Cargo's build directory, which also holds all that is fetched for tests.
pub(crate) fn target() -> PathBuf {
    match env::var_os("CARGO_TARGET_DIR") {
        Some(path) => root().join(path),
        None => root().join("target"),
    }
}

/// A program to be started in a folder of the repository.
pub(crate) fn program(name: impl AsRef<std::ffi::OsStr>, folder: &str) -> Command {
    let mut command = Command::new(name);
    command
        .current_dir(root().join(folder))
        .env("CARGO_TARGET_DIR", target())
        .stdin(Stdio::null());
    for variable in SET_BY_CARGO_RUN {
        command.env_remove(variable);
    }
    for (variable, _) in env::vars_os() {
        if variable.to_string_lossy().starts_with("CARGO_PKG_") {
            command.env_remove(variable);
        }
    }
    command
}

/// The cargo that started us, with words for its arguments.
pub(crate) fn cargo(words: &str) -> Command {
    let mut command = program(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()), ".");
    command.args(words.split_whitespace());
    command
}

/// Runs a program with all it prints going to a log; the text of the log, and whether it ended well.
pub(crate) fn logged(mut command: Command, log: &str) -> Result<(bool, String), String> {
    let folder = target().join("logs");
    let path = folder.join(format!("{}.log", log.replace(' ', "-")));
    let name = command.get_program().to_string_lossy().into_owned();
    let could_not = |error: std::io::Error| format!("Could not run {name}: {error}.");

    fs::create_dir_all(&folder).map_err(could_not)?;
    let file = File::create(&path).map_err(could_not)?;
    let status = command
        .stdout(file.try_clone().map_err(could_not)?)
        .stderr(file)
        .status()
        .map_err(could_not)?;
    let text = fs::read(&path).map_err(could_not)?;
    Ok((
        status.success(),
        String::from_utf8_lossy(&text).into_owned(),
    ))
}

/// Runs a program for what it prints; a failure carries that text.
pub(crate) fn quiet(command: Command, what: &str) -> Result<(), String> {
    match logged(command, what)? {
        (true, _) => Ok(()),
        (false, text) => Err(format!("{}\nCould not {what}; see above.", tail(&text))),
    }
}

/// The end of a log: long enough for an error, short enough to read.
pub(crate) fn tail(text: &str) -> String {
    const LINES: usize = 150;
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(LINES)..].join("\n")
}
