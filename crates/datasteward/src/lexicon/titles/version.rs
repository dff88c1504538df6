//! What marks an older or second copy: "Copy of …", "… v2", "[ARCHIVED] …".

use super::slots::is_number;
use super::{Word, text, word};
use crate::lexicon::refresh::{Gap, tokens};

/// What marks an older or second copy of a dataset.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mark {
    /// "Copy of …", "… (copy)".
    Copy,
    /// "… (1)".
    Numbered,
    /// "… v2", "… version 3".
    Version,
    /// "Old – …", "… (previous)", "… backup".
    Old,
    /// "Archived …", "… – deprecated", "superseded", "retired".
    Archived,
}

/// A mark of an older or second copy, and the title without it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VersionMark {
    /// What the mark says.
    pub mark: Mark,
    /// Where it begins in the title, in bytes.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// The number of "v2", "version 3".
    pub number: Option<u8>,
    /// The folded title without every such mark; another dataset with this title is the current one.
    pub rest: String,
}

/// Finds the mark of an older or second copy; the first one in the title.
///
/// "Old" and the like count where they stand apart (in brackets, after a dash) or close the title: "Old Town Trees" has none.
#[must_use]
pub fn version_mark(title: &str) -> Option<VersionMark> {
    let lower = title.to_ascii_lowercase();
    let words: Vec<Word<'_>> = tokens(&lower)
        .iter()
        .map(|token| word(&lower, token.start, token.end, token.gap))
        .collect();
    let mut first: Option<(Mark, usize, usize)> = None;
    let mut rest: Vec<&str> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        if let Some((mark, end)) = mark_at(&words, at, title) {
            first = first.or(Some((mark, at, end)));
            at = end;
        } else {
            rest.push(text(&words, at));
            at += 1;
        }
    }
    let (mark, from, to) = first?;
    if rest.is_empty() {
        return None;
    }
    let last = words.get(to.checked_sub(1)?)?;
    let number = last
        .text
        .trim_start_matches(|letter: char| !letter.is_ascii_digit());
    Some(VersionMark {
        mark,
        number: number.parse().ok().filter(|_| mark == Mark::Version),
        start: words.get(from)?.start,
        end: last.end,
        rest: rest.join(" "),
    })
}

fn mark_at(words: &[Word<'_>], at: usize, title: &str) -> Option<(Mark, usize)> {
    let this = words.get(at)?;
    let last = at + 1 == words.len();
    let sign_after = title
        .get(this.end..)
        .and_then(|rest| rest.trim_start().chars().next());
    let apart_after = matches!(
        sign_after,
        Some('-' | '–' | '—' | ':' | ')' | ']' | '*' | '|')
    );
    let apart_before = at > 0 && this.gap != Gap::Blank;
    let bracketed = (apart_before && (last || apart_after))
        || (at == 0
            && apart_after
            && !title
                .get(this.end..)
                .is_some_and(|rest| rest.starts_with('-')));
    if at == 0 && this.text == "copy" && text(words, 1) == "of" {
        return Some((Mark::Copy, 2));
    }
    // "Backup list of prisoners", not "Backup generators".
    if at == 0
        && this.text == "backup"
        && matches!(
            text(words, 1),
            "of" | "list" | "table" | "dataset" | "data" | "version" | "copy" | "file"
        )
        && words.len() > 2
    {
        return Some((Mark::Old, 1));
    }
    match this.text.as_ref() {
        "copy" if bracketed || (last && at > 0 && !is_real_copy(text(words, at - 1))) => {
            Some((Mark::Copy, at + 1))
        }
        "old" | "backup" | "previous" | "outdated" if bracketed => Some((Mark::Old, at + 1)),
        "old" if last && at > 0 && !is_age(text(words, at - 1)) => Some((Mark::Old, at + 1)),
        "archived" | "deprecated" | "retired" | "superseded" | "obsolete" if bracketed || last => {
            Some((Mark::Archived, at + 1))
        }
        "archive" if bracketed => Some((Mark::Archived, at + 1)),
        "version" if last_number(words, at + 1) => Some((Mark::Version, words.len())),
        version if last && at > 0 && is_version(version) => Some((Mark::Version, at + 1)),
        number if last && at > 0 && sign_after == Some(')') && is_number(number, 1..=2) => {
            let opened = this
                .start
                .checked_sub(1)
                .and_then(|before| title.as_bytes().get(before));
            (opened == Some(&b'(')).then_some((Mark::Numbered, at + 1))
        }
        _ => None,
    }
}

/// `Hard copy`, `certified copy`: what people order.
fn is_real_copy(text: &str) -> bool {
    matches!(
        text,
        "hard"
            | "paper"
            | "certified"
            | "digital"
            | "archived"
            | "archive"
            | "electronic"
            | "print"
            | "free"
            | "a"
            | "the"
            | "per"
    )
}

fn is_age(text: &str) -> bool {
    matches!(
        text,
        "year" | "years" | "yr" | "yrs" | "month" | "months" | "days"
    )
}

fn last_number(words: &[Word<'_>], at: usize) -> bool {
    at + 1 == words.len() && is_number(text(words, at), 1..=2)
}

/// `v2`, `ver3`.
fn is_version(text: &str) -> bool {
    ["ver", "v"]
        .iter()
        .find_map(|head| text.strip_prefix(head))
        .is_some_and(|number| is_number(number, 1..=2))
}

#[cfg(test)]
mod tests {
    use super::{Mark, version_mark};

    #[test]
    fn finds_the_marks_of_copies() {
        for (title, mark, rest) in [
            ("Copy of Street Trees", Mark::Copy, "street trees"),
            ("Street Trees (copy)", Mark::Copy, "street trees"),
            ("Trees copy", Mark::Copy, "trees"),
            ("Street Trees (1)", Mark::Numbered, "street trees"),
            ("Street Trees v2", Mark::Version, "street trees"),
            ("Street Trees Version 3", Mark::Version, "street trees"),
            ("Permit Information Old", Mark::Old, "permit information"),
            ("OLD - Cases - OLD", Mark::Old, "cases"),
            ("[ARCHIVED] Street Trees", Mark::Archived, "street trees"),
            ("Backup List of Trees", Mark::Old, "list of trees"),
            ("Tree Reports-Copy", Mark::Copy, "tree reports"),
            ("Street Trees - deprecated", Mark::Archived, "street trees"),
        ] {
            let found = version_mark(title);
            let found = found
                .as_ref()
                .map(|found| (found.mark, found.rest.as_str()));
            assert_eq!(found, Some((mark, rest)), "{title}");
        }
    }

    #[test]
    fn plain_words_are_no_marks_of_copies() {
        for title in [
            "Old Town Parking",
            "Old-Growth Forest",
            "Mortality, 65 years old",
            "Archived recordings",
            "Retired employees",
            "Sewer Backup",
            "Backup generators",
            "Table 7 (2019)",
            "Old",
            "Interstate 5",
            "Hard copy",
            "Statistics to 2018 - Archived Copy",
        ] {
            assert_eq!(version_mark(title), None, "{title}");
        }
    }
}
