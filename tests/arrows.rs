//! Dependencies point one way: the `use crate::…` lines of the engine are held against this table.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on stops"
)]

use std::path::Path;

use datasteward_tests::root;

/// Which modules of the engine a module may use, beside itself. The order is that of the flow.
const ARROWS: [(&str, &[&str]); 19] = [
    ("lexicon", &[]),
    ("source", &[]),
    ("limits", &[]),
    ("model", &["source", "lexicon"]),
    ("profile", &[]),
    ("schema", &["source", "lexicon", "model"]),
    ("format", &["source", "lexicon", "model", "schema"]),
    ("judgement", &["lexicon", "model"]),
    // A catalogue summary keeps places that are worked out, because the records are gone by then.
    (
        "rule",
        &[
            "lexicon",
            "model",
            "judgement",
            "limits",
            "profile",
            "source",
        ],
    ),
    (
        "rules",
        &["lexicon", "model", "judgement", "limits", "profile", "rule"],
    ),
    // The report takes the vocabulary of severities from the rules; reading one back can fail with an OptionsError.
    ("report", &["rule", "options::OptionsError", "OptionsError"]),
    // Outputs see the report; names of areas, formats, days and fields and the pages of rules are vocabulary.
    (
        "render",
        &[
            "report",
            "rule",
            "rules",
            "lexicon",
            "profile",
            "format::FORMATS",
            // What a steward wrote into the last tracker, and lists of requests.
            "source::table::cells",
        ],
    ),
    ("acknowledge", &["lexicon", "rule", "rules"]),
    (
        "options",
        &[
            "acknowledge",
            "format",
            "lexicon",
            "model",
            "profile",
            "rule",
            "rules",
            "schema",
            "source",
        ],
    ),
    (
        "reading",
        &["source", "format", "model", "options", "profile", "schema"],
    ),
    (
        "check",
        &[
            "lexicon",
            "source",
            "model",
            "judgement",
            "rule",
            "rules",
            "limits",
            "profile",
            "acknowledge",
            "report",
            "options",
            "reading",
        ],
    ),
    ("fix", &["source", "report", "options", "check"]),
    (
        "inspect",
        &[
            "lexicon",
            "format::native",
            "source",
            "model",
            "judgement",
            "rule",
            "options",
            "reading",
            "check",
        ],
    ),
    (
        "wire",
        &[
            "source", "rule", "report", "options", "render", "check", "fix", "inspect", "rules",
            "{",
        ],
    ),
];

fn rust_files(folder: &Path, files: &mut Vec<std::path::PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            rust_files(&path, files);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            files.push(path);
        }
    }
}

#[test]
fn modules_use_only_what_stands_before_them() {
    let source = root().join("crates/datasteward/src");
    let mut files = Vec::new();
    rust_files(&source, &mut files);
    let mut wrong = Vec::new();
    for file in files {
        let inner = file.strip_prefix(&source).unwrap();
        let first = inner
            .components()
            .next()
            .unwrap()
            .as_os_str()
            .to_str()
            .unwrap();
        let module = first.trim_end_matches(".rs");
        if module == "lib" {
            continue;
        }
        let (_, allowed) = ARROWS
            .iter()
            .find(|(name, _)| *name == module)
            .unwrap_or_else(|| panic!("{module} is not in the table"));
        let text = std::fs::read_to_string(&file).unwrap();
        // Tests may look further.
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        for (at, _) in code.match_indices("crate::") {
            let line_start = code[..at].rfind('\n').map_or(0, |newline| newline + 1);
            if code[line_start..at].contains("//") || code[..at].ends_with('$') {
                continue;
            }
            let used = &code[at + "crate::".len()..];
            let is = |name: &str| used.starts_with(name);
            if !is(module) && !allowed.iter().any(|name| is(name)) {
                let line = code[..at].matches('\n').count() + 1;
                wrong.push(format!(
                    "{}:{line} uses {}",
                    inner.display(),
                    used.lines().next().unwrap_or_default()
                ));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "arrows that run back up:\n{}",
        wrong.join("\n")
    );
}

#[test]
fn no_rule_uses_another_rule() {
    let folder = root().join("crates/datasteward/src/rules");
    let mut files = Vec::new();
    rust_files(&folder, &mut files);
    for file in files.iter().filter(|file| !file.ends_with("mod.rs")) {
        let text = std::fs::read_to_string(file).unwrap();
        assert!(
            !text.contains("crate::rules") && !text.contains("super::super"),
            "{}",
            file.display()
        );
    }
}

#[test]
fn faces_hold_no_logic() {
    for file in ["bindings/python/src/lib.rs", "bindings/wasm/src/lib.rs"] {
        let text = std::fs::read_to_string(root().join(file)).unwrap();
        for module in ["lexicon", "judgement", "rules::", "format::", "model::"] {
            assert!(
                !text.contains(&format!("datasteward::{module}")),
                "{file} reaches into {module}"
            );
        }
    }
}
