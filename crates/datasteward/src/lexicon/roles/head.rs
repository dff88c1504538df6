//! The words that carry a name.

use crate::lexicon::field::Field;
use crate::lexicon::fold::Letters;
use crate::lexicon::name_parts::{Classes, NameParts};

/// The name without a path before it (`cars.csv/Mileage`) as Croissant writes it, and without brackets.
pub(super) fn core_of(name: &str) -> &str {
    let name = match name.rsplit_once('/') {
        Some((path, last)) if last.len() > 2 && path.len() > 3 && !name.contains(' ') => last,
        _ => name,
    };
    match name.find(['(', '[']) {
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
    /// Where the last word stands.
    pub(super) word: (usize, usize),
}

impl Head {
    pub(super) fn of(parts: &NameParts) -> Self {
        let words = parts.words();
        let cut = words
            .iter()
            .skip(1)
            .position(|word| word.classes.any(Classes::PREP))
            .map(|at| at + 1);
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
                    head.word = (word.start, word.end);
                }
                1 => head.before = word.classes,
                _ => {}
            }
            telling += 1;
        }
        head.alone = telling <= 1;
        head
    }

    /// The head as written in the name.
    pub(super) fn text(self, field: &Field<'_>) -> Letters {
        Letters::of(
            core_of(field.name)
                .get(self.word.0..self.word.1)
                .unwrap_or_default(),
        )
    }
}
