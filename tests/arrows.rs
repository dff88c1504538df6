//! The modules of the engine use each other one way only: lexicon, source and limits at the bottom, then model, then
//! formats and judgement, then the machinery of rules, the rules, the report and what is made from it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use datasteward_tests::root;

/// What each module may use beside itself.
const FLOW: [(&str, &[&str]); 11] = [
    ("lexicon", &[]),
    ("limits", &[]),
    ("source", &["limits"]),
    ("model", &["lexicon", "source", "limits"]),
    ("format", &["model", "lexicon", "source", "limits"]),
    ("judgement", &["model", "lexicon", "limits"]),
    ("rule", &["judgement", "model", "lexicon", "limits"]),
    (
        "rules",
        &["rule", "judgement", "model", "lexicon", "limits"],
    ),
    ("report", &["rule"]),
    ("render", &["report", "rule"]),
    // The rest ties the chain and may use all of it: check, inspect, reading, wire, options.
    (
        "lib",
        &["check", "inspect", "options", "reading", "report", "source"],
    ),
];

/// The top of the house: what ties the chain.
const TOP: [&str; 5] = ["check", "inspect", "options", "reading", "wire"];

/// A file that may use what its module may not, and why.
const EXCEPTIONS: [(&str, &str, &str); 4] = [
    (
        "rule/catalog.rs",
        "source",
        "a summary keeps places for findings over many records, whose trees are gone by then",
    ),
    (
        "render/text.rs",
        "lexicon",
        "dates are written out for people by the module that reads them",
    ),
    (
        "render/text.rs",
        "format",
        "a report has a format's id; its name for people stands with the format",
    ),
    (
        "report/mod.rs",
        "options",
        "reading a report back fails with the one error type that all doors know",
    ),
];

fn source() -> PathBuf {
    root().join("crates/datasteward/src")
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder)
        .expect("a folder of the engine")
        .flatten()
    {
        let path = entry.path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

/// A file's code without comments, and without its tests at the end.
fn code(path: &Path) -> String {
    let text = fs::read_to_string(path).expect("a file of the engine");
    let text = text.split("#[cfg(test)]").next().unwrap_or_default();
    text.lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .flat_map(|line| [line, "\n"])
        .collect()
}

/// The paths below `prefix` that a code names: `crate::a::b` and `crate::{a::b, c}` give `a::b`, `a::b` and `c`.
fn named_below(code: &str, prefix: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (at, _) in code.match_indices(prefix) {
        let before = code[..at].chars().next_back();
        if before.is_some_and(|letter| letter.is_alphanumeric() || letter == '_' || letter == ':') {
            continue;
        }
        let rest = &code[at + prefix.len()..];
        if let Some(group) = rest.strip_prefix('{') {
            found.extend(members(group));
        } else {
            found.insert(path_at(rest));
        }
    }
    found
}

/// The first level of a group of uses, up to its closing brace.
fn members(group: &str) -> Vec<String> {
    let mut depth = 0;
    let mut members = vec![String::new()];
    for letter in group.chars() {
        match letter {
            '}' if depth == 0 => break,
            ',' if depth == 0 => members.push(String::new()),
            letter => {
                depth += i32::from(letter == '{') - i32::from(letter == '}');
                if let Some(member) = members.last_mut() {
                    member.push(letter);
                }
            }
        }
    }
    let paths = members.iter().map(|member| path_at(member.trim()));
    paths.filter(|path| !path.is_empty()).collect()
}

fn path_at(text: &str) -> String {
    let path = |letter: &char| letter.is_alphanumeric() || matches!(letter, '_' | ':');
    text.chars().take_while(path).collect()
}

/// What lib.rs offers at the top, by the module it comes from.
fn offered_at_the_top() -> BTreeMap<String, String> {
    let mut offered = BTreeMap::new();
    for line in code(&source().join("lib.rs")).lines() {
        let Some(path) = line.strip_prefix("pub use ") else {
            continue;
        };
        let module = path.split("::").next().unwrap_or_default().to_owned();
        for name in path.split(|letter: char| !letter.is_alphanumeric() && letter != '_') {
            // Functions that are named like their module are found by the module's name.
            if !name.is_empty() && name != module {
                offered.entry(name.to_owned()).or_insert(module.clone());
            }
        }
    }
    offered
}

/// The modules at the top that a file uses, with what it names.
fn used(path: &Path, offered: &BTreeMap<String, String>) -> BTreeSet<(String, String)> {
    let code = code(path);
    let inside = path.strip_prefix(source()).unwrap_or(path);
    let mut named = named_below(&code, "crate::");
    // A file one folder down reaches the top by `super::super::` from a file, `super::` from its mod.rs.
    let depth = inside.components().count() - usize::from(inside.ends_with("mod.rs"));
    named.extend(named_below(&code, &"super::".repeat(depth)));
    named
        .into_iter()
        .filter(|name| !name.is_empty())
        .map(|name| {
            let first = name.split("::").next().unwrap_or_default();
            let module = offered.get(first).map_or(first, String::as_str);
            (module.to_owned(), name.clone())
        })
        .collect()
}

#[test]
fn modules_use_each_other_one_way() {
    let offered = offered_at_the_top();
    let mut all = Vec::new();
    files(&source(), &mut all);
    assert!(all.len() > 50, "the engine was not found");
    let mut wrong = Vec::new();
    let mut excused = BTreeSet::new();
    for path in &all {
        let inside = path.strip_prefix(source()).unwrap_or(path);
        let name = inside.to_string_lossy().into_owned();
        let module = inside
            .iter()
            .next()
            .map(|part| part.to_string_lossy().trim_end_matches(".rs").to_owned())
            .unwrap_or_default();
        if TOP.contains(&module.as_str()) {
            continue;
        }
        let Some((_, allowed)) = FLOW.iter().find(|(known, _)| *known == module) else {
            wrong.push(format!("{module} has no place in the flow"));
            continue;
        };
        for (target, what) in used(path, &offered) {
            if target == module || allowed.contains(&target.as_str()) {
                continue;
            }
            if let Some((file, target, _)) = EXCEPTIONS
                .iter()
                .find(|(file, excepted, _)| *file == name && *excepted == target)
            {
                excused.insert((*file, *target));
                continue;
            }
            wrong.push(format!("{name} uses {what}"));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
    let idle: Vec<_> = EXCEPTIONS
        .iter()
        .filter(|(file, target, _)| !excused.contains(&(*file, *target)))
        .collect();
    assert!(idle.is_empty(), "exceptions that nothing needs: {idle:?}");
}

#[test]
fn no_rule_uses_another() {
    let mut all = Vec::new();
    files(&source().join("rules"), &mut all);
    for path in all.iter().filter(|path| !path.ends_with("mod.rs")) {
        let used = named_below(&code(path), "super::");
        // `pub(super)` is no use of anything.
        assert!(used.is_empty(), "{} uses {used:?}", path.display());
    }
}

#[test]
fn formats_know_no_rule_and_rules_no_format() {
    for (module, others) in [
        ("format", ["rule", "rules"]),
        ("rules", ["format", "source"]),
    ] {
        let allowed = FLOW.iter().find(|(known, _)| *known == module);
        let allowed = allowed.map(|(_, allowed)| *allowed).unwrap_or_default();
        assert!(
            others.iter().all(|other| !allowed.contains(other)),
            "{module}"
        );
    }
}

#[test]
fn groups_and_paths_are_read() {
    let code =
        "use crate::a::b;\nuse crate::{c::{d, e}, f as g};\nlet x = crate::h::i(mycrate::j);";
    let named: Vec<_> = named_below(code, "crate::").into_iter().collect();
    assert_eq!(named, ["a::b", "c::", "f", "h::i"]);
}
