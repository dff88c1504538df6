//! The words that carry a name.

use crate::lexicon::name_parts::{Classes, NameParts, NameWord};

/// The name without a path before it (`cars.csv/Mileage`) as Croissant writes it, and without brackets.
pub(super) fn core_of(name: &str) -> &str {
    let slash = memchr::memrchr(b'/', name.as_bytes());
    let parts = slash.and_then(|at| Some((name.get(..at)?, name.get(at + 1..)?)));
    let name = match parts {
        Some((path, last)) if last.len() > 2 && path.len() > 3 && !name.contains(' ') => last,
        _ => name,
    };
    match memchr::memchr2(b'(', b'[', name.as_bytes()) {
        Some(bracket) if bracket > 0 => name.get(..bracket).unwrap_or(name),
        _ => name,
    }
}

/// The words that carry a name: the head, the word before it, and the leading word.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Head {
    pub(super) last: Classes,
    pub(super) before: Classes,
    /// The last word stands right before `of`, `by`, `per` …
    pub(super) cut: bool,
    /// There is no other telling word.
    pub(super) alone: bool,
    /// The last word itself.
    word: Option<NameWord>,
}

impl Head {
    pub(super) fn of(parts: &NameParts) -> Self {
        let words = parts.words();
        let cut = parts.carrying();
        let upto = words.get(..cut.unwrap_or(words.len())).unwrap_or_default();
        let mut head = Self {
            cut: cut.is_some(),
            ..Self::default()
        };
        let mut telling = 0;
        for word in upto.iter().rev().filter(|word| !word.is_number) {
            let empty = word.classes == Classes::default() && word.end - word.start < 2;
            // `ReportDateField`, `LAT_LONG_VALUE`: what carries the name stands before the general word.
            if empty || (word.classes.any(Classes::GENERIC) && words.len() > 1) {
                continue;
            }
            match telling {
                0 => {
                    head.last = word.classes;
                    head.word = Some(*word);
                }
                1 => head.before = word.classes,
                _ => {}
            }
            telling += 1;
        }
        head.alone = telling <= 1;
        head
    }

    /// The head in small letters, without accents.
    pub(super) fn text(self, parts: &NameParts) -> &str {
        self.word.as_ref().map_or("", |word| parts.text(word))
    }
}
