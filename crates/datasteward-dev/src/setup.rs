//! Brings what the tests need onto a machine that has cargo, Python 3 and Node: the wasm target, a
//! Python environment, the pinned Node packages and a browser. What is there already is left alone.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::run::{program, quiet, root, target};

const BROWSERS: [&str; 4] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
];

/// The standard library for WebAssembly, by rustup.
pub(crate) fn wasm_target() -> Result<(), String> {
    let sysroot = Command::new("rustc")
        .args([
            "--print",
            "target-libdir",
            "--target",
            "wasm32-unknown-unknown",
        ])
        .output()
        .map_err(|error| format!("Could not run rustc: {error}."))?;
    let library = PathBuf::from(String::from_utf8_lossy(&sysroot.stdout).trim().to_owned());
    if sysroot.status.success() && library.is_dir() {
        return Ok(());
    }
    let mut command = program("rustup", ".");
    command.args(["target", "add", "wasm32-unknown-unknown"]);
    quiet(command, "add the wasm target")
}

/// The formatter and the linter, by rustup, for a toolchain that was installed without them.
pub(crate) fn lint_tools() -> Result<(), String> {
    if works("cargo-fmt") && works("cargo-clippy") {
        return Ok(());
    }
    let mut command = program("rustup", ".");
    command.args(["component", "add", "rustfmt", "clippy"]);
    quiet(command, "add rustfmt and clippy")
}

/// A Python environment with the pinned test tools; the path of its `python`.
pub(crate) fn python() -> Result<PathBuf, String> {
    environment("python", "bindings/python/requirements.txt", "python", &[])
}

/// The program that makes the site, in an environment of its own: pinned by its hash, and nothing else comes along.
pub(crate) fn mdbook() -> Result<PathBuf, String> {
    let strictly = ["--require-hashes", "--only-binary", ":all:"];
    environment(
        "mdbook",
        "crates/datasteward-dev/data/mdbook.txt",
        "mdbook",
        &strictly,
    )
}

/// A Python environment in the target folder, with what a file of pins lists; the path of one of its programs.
fn environment(
    name: &str,
    pins: &str,
    program_of: &str,
    options: &[&str],
) -> Result<PathBuf, String> {
    let folder = target().join(name);
    let made = folder.join("bin").join(program_of);
    let pins = root().join(pins);
    once(name, &pins, &made, || {
        if !venv(&folder)? {
            apt("python3-venv")?;
            if !venv(&folder)? {
                return Err("Python could not make a virtual environment.".into());
            }
        }
        let mut command = program(folder.join("bin/python"), ".");
        command
            .args(["-m", "pip", "install", "--quiet"])
            .arg("--disable-pip-version-check")
            .args(options)
            .arg("-r")
            .arg(&pins);
        quiet(command, "install what it needs from Python's index")
    })?;
    Ok(made)
}

fn venv(folder: &Path) -> Result<bool, String> {
    if folder.exists() {
        fs::remove_dir_all(folder)
            .map_err(|error| format!("Could not clear {}: {error}.", folder.display()))?;
    }
    let mut command = program("python3", ".");
    command.args(["-m", "venv"]).arg(folder);
    Ok(crate::run::logged(command, "make a Python environment")?.0)
}

/// The pinned Node packages of the browser face.
pub(crate) fn node() -> Result<(), String> {
    if !works("npm") {
        return Err("npm is not on this machine; it comes with Node 20 or later.".into());
    }
    let face = root().join("bindings/wasm");
    let modules = face.join("node_modules/.package-lock.json");
    once("node", &face.join("package-lock.json"), &modules, || {
        let mut command = program("npm", "bindings/wasm");
        command.args(["ci", "--no-audit", "--no-fund"]);
        quiet(command, "install the Node packages")
    })
}

/// A Chromium for the page tests: the one named in `CHROMIUM`, one on the machine, or Debian's.
pub(crate) fn browser() -> Result<PathBuf, String> {
    if let Some(named) = env::var_os("CHROMIUM") {
        return Ok(named.into());
    }
    if let Some(found) = on_path(&BROWSERS) {
        return Ok(found);
    }
    apt("chromium")?;
    on_path(&BROWSERS).ok_or_else(|| "Chromium was installed but cannot be found.".into())
}

/// The LibreOffice on the machine, or Debian's; only its tables are wanted.
pub(crate) fn office() -> Result<PathBuf, String> {
    const NAMES: [&str; 2] = ["soffice", "libreoffice"];
    if let Some(found) = on_path(&NAMES) {
        return Ok(found);
    }
    apt("libreoffice-calc")?;
    on_path(&NAMES).ok_or_else(|| "LibreOffice was installed but cannot be found.".into())
}

/// The first of these programs that is there.
fn on_path(names: &[&str]) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    let folders: Vec<PathBuf> = env::split_paths(&path).collect();
    names
        .iter()
        .flat_map(|name| folders.iter().map(move |folder| folder.join(name)))
        .find(|file| file.is_file())
}

/// Installs one of Debian's packages, as root or through sudo.
fn apt(package: &str) -> Result<(), String> {
    if !works("apt-get") {
        return Err(format!(
            "Please install {package}: this machine has no apt-get."
        ));
    }
    let script =
        format!("apt-get update -q && apt-get install -q -y --no-install-recommends {package}");
    let root = Command::new("id")
        .arg("-u")
        .output()
        .is_ok_and(|id| id.stdout.starts_with(b"0"));
    let mut command = program(if root { "sh" } else { "sudo" }, ".");
    if !root {
        command.arg("sh");
    }
    command
        .args(["-c", &script])
        .env("DEBIAN_FRONTEND", "noninteractive");
    quiet(command, &format!("install {package}"))
}

fn works(name: &str) -> bool {
    Command::new(name)
        .arg("--version")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// Does a piece of work unless it was done for the same pins and its product is still there.
fn once(
    name: &str,
    pins: &Path,
    product: &Path,
    work: impl FnOnce() -> Result<(), String>,
) -> Result<(), String> {
    let stamp = target().join("setup").join(name);
    let wanted =
        fs::read(pins).map_err(|error| format!("Could not read {}: {error}.", pins.display()))?;
    if product.exists() && fs::read(&stamp).is_ok_and(|done| done == wanted) {
        return Ok(());
    }
    work()?;
    fs::create_dir_all(target().join("setup"))
        .and_then(|()| fs::write(&stamp, &wanted))
        .map_err(|error| format!("Could not write {}: {error}.", stamp.display()))
}
