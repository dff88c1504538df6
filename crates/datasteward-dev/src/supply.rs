//! What the project is built from: every crate in the lock file has a licence we may ship under, comes
//! from the one public registry, is there in one major version, and is used.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::run::cargo;

/// Licences that ask for no more than keeping their notice.
const LICENSES: [&str; 10] = [
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "CC0-1.0",
    "MIT",
    "MIT-0",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

/// Crates that are there in two major versions, and why that is borne.
const DOUBLES: &[(&str, &str)] = &[
    (
        "cpufeatures",
        "sha2 0.10 and a newer random source used in tests",
    ),
    (
        "getrandom",
        "used by test crates only, never in what we ship",
    ),
    (
        "hashbrown",
        "the schema maker and the index map it is paired with",
    ),
    (
        "num-bigint",
        "the schema checker and the reader of Parquet, which the browser package goes without",
    ),
    (
        "quick-xml",
        "the reader of workbooks and the reader of RDF in XML, each with its own",
    ),
    (
        "rand",
        "the readers of RDF name their nodes with an older one than the property tests use",
    ),
    ("rand_core", "comes with rand"),
    ("r-efi", "getrandom's, on one firmware target"),
    (
        "syn",
        "runs while compiling only; derive macros are moving to version 3",
    ),
];

/// Prints what was found.
pub(crate) fn run() -> Result<(), String> {
    println!("{}", check()?);
    Ok(())
}

/// Checks the lock file and the manifests; a sentence when all is well.
pub(crate) fn check() -> Result<String, String> {
    let metadata = metadata()?;
    let packages: Vec<&Value> = metadata["packages"]
        .as_array()
        .into_iter()
        .flatten()
        .collect();
    let mut faults: Vec<String> = Vec::new();
    for package in &packages {
        faults.extend(license_fault(package));
        faults.extend(source_fault(package));
    }
    faults.extend(double_faults(&packages));
    for package in packages
        .iter()
        .filter(|package| package["source"].is_null())
    {
        faults.extend(unused(package)?);
    }
    if faults.is_empty() {
        Ok(format!("{} crates in order.", packages.len()))
    } else {
        Err(faults.join("\n"))
    }
}

fn metadata() -> Result<Value, String> {
    let output = cargo("metadata --locked --format-version 1")
        .output()
        .map_err(|error| format!("Could not run cargo: {error}."))?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    serde_json::from_slice(&output.stdout)
        .map_err(|error| format!("Could not read what cargo says of the workspace: {error}."))
}

fn name(package: &Value) -> &str {
    package["name"].as_str().unwrap_or_default()
}

fn license_fault(package: &Value) -> Option<String> {
    match package["license"].as_str() {
        Some(license) if allowed(license) => None,
        Some(license) => Some(format!(
            "{}: the licence {license} is not one we ship under.",
            name(package)
        )),
        None => Some(format!("{}: names no licence.", name(package))),
    }
}

/// Whether an SPDX expression can be met with licences of the list. `/` is the old spelling of `OR`.
/// `AND` binds closer than `OR`; brackets are taken apart from the inside.
fn allowed(expression: &str) -> bool {
    let mut text = expression.replace('/', " OR ");
    while let Some(close) = text.find(')') {
        let Some(open) = text[..close].rfind('(') else {
            return false;
        };
        let inner = if allowed(&text[open + 1..close]) {
            "MIT"
        } else {
            "refused"
        };
        text.replace_range(open..=close, inner);
    }
    text.split(" OR ").any(|either| {
        either
            .split(" AND ")
            .all(|license| LICENSES.contains(&license.trim()))
    })
}

fn source_fault(package: &Value) -> Option<String> {
    let source = package["source"].as_str()?;
    let public = source.starts_with("registry+") && source.ends_with("/crates.io-index");
    (!public).then(|| {
        format!(
            "{}: comes from {source}, not from the public registry.",
            name(package)
        )
    })
}

/// Crates in two versions that do not go together, and excuses that are no longer needed.
fn double_faults(packages: &[&Value]) -> Vec<String> {
    let mut versions: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for package in packages {
        let version = package["version"].as_str().unwrap_or_default();
        versions
            .entry(name(package))
            .or_default()
            .insert(major(version));
    }
    versions.retain(|_, majors| majors.len() > 1);
    let excused = |name: &str| DOUBLES.iter().any(|(double, _)| *double == name);
    let new = versions
        .iter()
        .filter(|(name, _)| !excused(name))
        .map(|(name, majors)| {
            let list: Vec<&str> = majors.iter().copied().collect();
            format!("{name}: is there in versions {}.", list.join(" and "))
        });
    let old = DOUBLES
        .iter()
        .filter(|(name, _)| !versions.contains_key(name))
        .map(|(name, _)| {
            format!("{name}: is no longer there twice; strike it from the list of doubles.")
        });
    new.chain(old).collect()
}

/// The part of a version that must be equal for two crates to go together: `1` of 1.2.3, `0.2` of 0.2.7.
fn major(version: &str) -> &str {
    let dots: Vec<usize> = version.match_indices('.').map(|(at, _)| at).collect();
    let parts = if version.starts_with("0.") { 1 } else { 0 };
    dots.get(parts).map_or(version, |&end| &version[..end])
}

/// Dependencies of one of our crates that none of its sources names.
fn unused(package: &Value) -> Result<Vec<String>, String> {
    let manifest = PathBuf::from(package["manifest_path"].as_str().unwrap_or_default());
    let folder = manifest.parent().unwrap_or(Path::new("."));
    let mut sources = String::new();
    gather(folder, &mut sources)?;
    let missing = package["dependencies"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|dependency| {
            let written = dependency["rename"]
                .as_str()
                .or(dependency["name"].as_str())?;
            (!mentions(&sources, &written.replace('-', "_")))
                .then(|| format!("{}: {written} is not used.", name(package)))
        });
    Ok(missing.collect())
}

/// The code of all Rust files under a folder, without comment lines.
fn gather(folder: &Path, into: &mut String) -> Result<(), String> {
    let unreadable =
        |error: std::io::Error| format!("Could not read {}: {error}.", folder.display());
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        let skipped = path
            .file_name()
            .is_some_and(|name| name == "target" || name == "node_modules");
        if path.is_dir() && !skipped {
            gather(&path, into)?;
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path).map_err(unreadable)?;
            for line in text
                .lines()
                .filter(|line| !line.trim_start().starts_with("//"))
            {
                into.push_str(line);
                into.push('\n');
            }
        }
    }
    Ok(())
}

/// Whether code names a crate as a path's first part or imports it whole.
fn mentions(sources: &str, krate: &str) -> bool {
    let part_of_name = |c: char| c.is_alphanumeric() || c == '_';
    sources.match_indices(krate).any(|(at, _)| {
        let before = &sources[..at];
        let after = sources[at + krate.len()..].trim_start();
        let whole = !before.ends_with(part_of_name) && !before.ends_with("::");
        let imported = before.trim_end().ends_with("use") && after.starts_with([';', ' ', 'a']);
        whole && (after.starts_with("::") || imported)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn allows_an_expression_one_side_of_which_is_on_the_list() {
        assert!(allowed("MIT OR LGPL-2.1-or-later"));
        assert!(allowed("Unlicense/MIT"));
        assert!(allowed("(MIT OR Apache-2.0) AND Unicode-3.0"));
        assert!(allowed("Apache-2.0 WITH LLVM-exception"));
    }

    #[test]
    fn refuses_an_expression_that_needs_a_licence_off_the_list() {
        assert!(!allowed("GPL-3.0-only"));
        assert!(!allowed("MIT AND GPL-3.0-only"));
        assert!(!allowed("(GPL-3.0-only OR MPL-2.0) AND MIT"));
        assert!(!allowed("MIT)"));
    }

    #[test]
    fn compares_the_part_of_a_version_that_must_be_equal() {
        assert_eq!(major("1.2.3"), "1");
        assert_eq!(major("0.17.2"), "0.17");
    }

    #[test]
    fn sees_a_crate_that_is_used_and_not_one_of_a_like_name() {
        assert!(mentions("use alpha_beta::Value;", "alpha_beta"));
        assert!(mentions("let x = alpha::Map::default();", "alpha"));
        assert!(!mentions("use alpha_beta::Value;", "alpha"));
        assert!(!mentions("crate::alpha::thing()", "alpha"));
    }
}
