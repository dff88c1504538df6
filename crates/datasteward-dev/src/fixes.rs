//! `cargo dev fixes`: the safe fixes of a folder of real records, put in place in memory and judged again.
//!
//! Of every file it asks: are the findings gone that were mended, did nothing else change (byte by byte around the edits,
//! and in JSON value by value as the patches say), and does a second run change nothing. The folder itself is not touched.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use datasteward::fix::{Fixed, Left, fix};
use datasteward::report::{Finding, Fix, Safety};
use datasteward::{Options, Source, check};
use serde_json::Value;

/// What came of the fixes of one rule.
#[derive(Default)]
struct Line {
    offered: usize,
    in_place: usize,
    gone: usize,
    overlapping: usize,
    not_editable: usize,
    refused: usize,
}

/// Puts the safe fixes of all files in place, and prints a row a rule.
pub(crate) fn run(folder: Option<PathBuf>) -> Result<(), String> {
    let folder = folder
        .or_else(|| std::env::var_os("DATASTEWARD_CORPUS").map(PathBuf::from))
        .ok_or("name a folder, or set DATASTEWARD_CORPUS")?;
    let options = Options::default()
        .with_as_of("2022-07-15")
        .map_err(|error| error.to_string())?;
    let mut files = Vec::new();
    let endings = [&crate::corpus::JSON[..], &["yaml", "yml", "csv", "tsv"]].concat();
    crate::corpus::gather(&folder, &endings, &mut files)?;
    files.sort();
    let mut lines: BTreeMap<String, Line> = BTreeMap::new();
    let (mut read, mut changed, mut troubles) = (0, 0, Vec::new());
    for path in &files {
        let bytes = std::fs::read(path)
            .map_err(|error| format!("failed to read {}: {error}", path.display()))?;
        let name = path.strip_prefix(&folder).unwrap_or(path);
        let name = name.display().to_string();
        let source = Source::new(&name, &bytes);
        if !datasteward::is_metadata(&source) {
            continue;
        }
        read += 1;
        let fixed = fix(&source, &options, is_safe);
        if fixed.applied.is_empty() && fixed.left.is_empty() && fixed.refused.is_none() {
            continue;
        }
        changed += usize::from(!fixed.applied.is_empty());
        let still_there = count(&mut lines, &source, &options, &fixed);
        troubles.extend(
            still_there
                .into_iter()
                .map(|message| format!("{name}: still there: {message}")),
        );
        troubles.extend(
            trouble(&name, &bytes, &fixed, &options)
                .into_iter()
                .map(|what| format!("{name}: {what}")),
        );
        if let Some(why) = &fixed.refused {
            println!("left as it is: {name}: {why}");
        }
    }
    println!("{read} files of metadata, {changed} with safe fixes in place");
    println!(
        "| rule | safe fixes | in place | gone afterwards | for the next run | not editable | refused |"
    );
    println!("|---|--:|--:|--:|--:|--:|--:|");
    for (rule, line) in &lines {
        println!(
            "| `{rule}` | {} | {} | {} | {} | {} | {} |",
            line.offered,
            line.in_place,
            line.gone,
            line.overlapping,
            line.not_editable,
            line.refused
        );
    }
    if troubles.is_empty() {
        return Ok(());
    }
    Err(troubles.join("\n"))
}

fn is_safe(_: &Finding, fix: &Fix) -> bool {
    fix.safety == Safety::Safe
}

/// Counts what came of the fixes, and hands back what is still found though its fix is in place.
fn count(
    lines: &mut BTreeMap<String, Line>,
    source: &Source<'_>,
    options: &Options,
    fixed: &Fixed,
) -> Vec<String> {
    let mut still_there = Vec::new();
    let after = Source::new(source.name(), &fixed.bytes);
    let after = check(&[after], options).findings;
    let after: BTreeSet<&str> = after.iter().map(|it| it.fingerprint.as_str()).collect();
    for finding in &fixed.applied {
        let line = lines.entry(finding.rule.to_string()).or_default();
        line.offered += 1;
        line.in_place += 1;
        if after.contains(finding.fingerprint.as_str()) {
            still_there.push(format!("`{}`: {}", finding.rule, finding.message));
        } else {
            line.gone += 1;
        }
    }
    for (finding, why) in &fixed.left {
        if !finding
            .fix
            .as_ref()
            .is_some_and(|fix| is_safe(finding, fix))
        {
            continue;
        }
        let line = lines.entry(finding.rule.to_string()).or_default();
        line.offered += 1;
        match why {
            Left::Overlapping => line.overlapping += 1,
            Left::NotEditable => line.not_editable += 1,
            Left::NotWanted => {}
        }
    }
    if fixed.refused.is_some() {
        for finding in check(std::slice::from_ref(source), options).findings {
            if finding
                .fix
                .as_ref()
                .is_some_and(|fix| is_safe(&finding, fix))
            {
                let line = lines.entry(finding.rule.into_owned()).or_default();
                line.offered += 1;
                line.refused += 1;
            }
        }
    }
    still_there
}

/// What must not happen, in words.
fn trouble(name: &str, before: &[u8], fixed: &Fixed, options: &Options) -> Vec<String> {
    let mut troubles = Vec::new();
    if fixed.applied.is_empty() {
        if fixed.bytes != before {
            troubles.push("changed, and no fix is in place".to_owned());
        }
        return troubles;
    }
    let again = fix(&Source::new(name, &fixed.bytes), options, is_safe);
    let left = fixed.left.iter();
    let left = left.filter(|(_, why)| *why == Left::Overlapping).count();
    if again.applied.len() > left {
        troubles.push(format!(
            "a second run puts {} more in place",
            again.applied.len()
        ));
    }
    if !is_same_around_edits(before, &fixed.bytes, &fixed.applied) {
        troubles.push("bytes changed that no edit names".to_owned());
    }
    let old = std::str::from_utf8(before).ok();
    if let (Some(old), Ok(new)) = (old, std::str::from_utf8(&fixed.bytes)) {
        match patched(old, &fixed.applied) {
            Some(wanted) if Some(&wanted) != values(new).as_ref() => {
                troubles.push("something else changed than what the patches say".to_owned());
            }
            _ => {}
        }
    } else {
        troubles.push("it was not UTF-8, and was changed".to_owned());
    }
    troubles
}

/// Whether the new text is the old one with the edits of these findings, and every byte around them as it was: old and
/// new are walked side by side, from one edit to the next.
fn is_same_around_edits(mut old: &[u8], mut new: &[u8], findings: &[Finding]) -> bool {
    let fixes = findings.iter().filter_map(|finding| finding.fix.as_ref());
    let edits: BTreeSet<(usize, usize, &str)> = fixes
        .flat_map(|fix| &fix.edits)
        .map(|edit| (edit.start, edit.end, edit.text.as_str()))
        .collect();
    let mut at = 0;
    for (start, end, text) in edits {
        let (Some(kept), Some(gone)) = (start.checked_sub(at), end.checked_sub(start)) else {
            return false;
        };
        let Some((same, rest)) = old.split_at_checked(kept) else {
            return false;
        };
        let left = new.strip_prefix(same);
        let left = left.and_then(|new| new.strip_prefix(text.as_bytes()));
        let (Some(left), Some(rest)) = (left, rest.get(gone..)) else {
            return false;
        };
        (old, new, at) = (rest, left, end);
    }
    old == new
}

/// The document as a list of JSON values, each a line or the whole; nothing where it is not JSON.
fn values(text: &str) -> Option<Vec<Value>> {
    let text = text.trim_start_matches('\u{feff}');
    if let Ok(whole) = serde_json::from_str::<Value>(text) {
        return Some(vec![whole]);
    }
    text.lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| serde_json::from_str(line).ok())
        .collect()
}

/// The same with the patches of the findings applied by a program of its own: so that edits of the text and patches of
/// the values are held against each other.
fn patched(text: &str, findings: &[Finding]) -> Option<Vec<Value>> {
    let mut values = values(text)?;
    let is_lines = values.len() > 1;
    // Records of one line each are told by their line.
    let numbers: Vec<usize> = text
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(number, _)| number + 1)
        .collect();
    let mut done = BTreeSet::new();
    for finding in findings {
        let line = finding.locations.first()?.line?;
        let at = if is_lines {
            numbers.iter().position(|number| *number == line)?
        } else {
            0
        };
        let value = values.get_mut(at)?;
        for step in &finding.fix.as_ref()?.patch {
            // Two findings may ask for one and the same change.
            let is_new = done.insert((at, step.op.clone(), step.path.clone(), step.value.clone()));
            if step.op == "remove" {
                if is_new {
                    let (list, number) = step.path.rsplit_once('/')?;
                    let list = value.pointer_mut(list)?.as_array_mut()?;
                    let number: usize = number.parse().ok()?;
                    (number < list.len()).then(|| list.remove(number))?;
                }
                continue;
            }
            let wanted = Value::from(step.value.clone()?);
            match step.op.as_str() {
                "test" if is_new && value.pointer(&step.path) != Some(&wanted) => return None,
                "replace" => *value.pointer_mut(&step.path)? = wanted,
                "add" if is_new => {
                    let (holder, name) = step.path.rsplit_once('/')?;
                    match value.pointer_mut(holder)? {
                        Value::Object(object) => {
                            object.insert(name.to_owned(), wanted);
                        }
                        Value::Array(list) => {
                            let number: usize = name.parse().ok()?;
                            (number <= list.len()).then(|| list.insert(number, wanted))?;
                        }
                        _ => return None,
                    }
                }
                _ => {}
            }
        }
    }
    Some(values)
}

#[cfg(test)]
mod tests {
    use super::{is_safe, patched, trouble, values};
    use datasteward::fix::fix;
    use datasteward::{Options, Source};

    #[test]
    fn a_change_that_no_patch_asks_for_is_told() {
        let text = "{\"datasteward\": \"1\", \"id\": \"m\", \"title\": \"City\u{e2}\u{20ac}\u{2122}s maps\", \"description\": \"A list of maps, made by hand.\"}";
        let options = Options::default();
        let mut fixed = fix(&Source::new("m.json", text.as_bytes()), &options, is_safe);
        assert_eq!(fixed.applied.len(), 1);
        let new = String::from_utf8(fixed.bytes.clone()).unwrap_or_default();
        assert_eq!(patched(text, &fixed.applied), values(&new));
        assert!(trouble("m.json", text.as_bytes(), &fixed, &options).is_empty());
        fixed.bytes = new.replace("by hand", "by han").into_bytes();
        assert_eq!(
            trouble("m.json", text.as_bytes(), &fixed, &options),
            [
                "bytes changed that no edit names",
                "something else changed than what the patches say"
            ]
        );
        // The same values, laid out otherwise.
        fixed.bytes = new.replace("\"1\", ", "\"1\",  ").into_bytes();
        assert_eq!(
            trouble("m.json", text.as_bytes(), &fixed, &options),
            ["bytes changed that no edit names"]
        );
    }
}
