//! Answers to questions that a catalogue asks again and again: its records share field names and keys.

use std::cell::RefCell;

use super::abbreviations::QuickMap;

/// As many answers are kept; then all are forgotten.
const MOST: usize = 4096;

/// Longer questions are not kept.
const LONGEST: usize = 64;

/// What a pure function of a text has answered so far.
#[derive(Debug)]
pub(crate) struct Memo<V>(RefCell<QuickMap<Box<str>, V>>);

impl<V: Copy> Memo<V> {
    /// A memo that knows nothing yet.
    pub(crate) fn new() -> Self {
        Self(RefCell::new(QuickMap::default()))
    }

    /// The answer of `ask`, which must depend on nothing but the text.
    pub(crate) fn answer(&self, text: &str, ask: impl FnOnce(&str) -> V) -> V {
        if text.len() > LONGEST {
            return ask(text);
        }
        if let Some(known) = self.0.borrow().get(text) {
            return *known;
        }
        let answer = ask(text);
        let mut kept = self.0.borrow_mut();
        if kept.len() >= MOST {
            kept.clear();
        }
        kept.insert(text.into(), answer);
        answer
    }
}

#[cfg(test)]
mod tests {
    use super::{MOST, Memo};

    #[test]
    fn asks_once_and_forgets_in_time() {
        let memo = Memo::new();
        assert_eq!(memo.answer("a", str::len), 1);
        assert_eq!(memo.answer("a", |_| 9), 1);
        for number in 0..MOST {
            memo.answer(&format!("{number} more"), str::len);
        }
        assert_eq!(memo.answer("a", |_| 9), 9);
    }
}
