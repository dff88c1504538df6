//! Answers kept for words that come again: the keys of a catalog's custom fields are the same in every record.

use std::cell::RefCell;
use std::collections::HashMap;

/// So many words are kept; further ones are answered anew each time.
const MOST_WORDS: usize = 2048;

/// Longer texts seldom come again.
const LONGEST_WORD: usize = 128;

/// The answers of a pure function, by the word that was asked. One for each thread: `thread_local!` holds it.
///
/// Words come from records that anybody may write, so the map is the one whose hashes nobody can foresee, and bounded.
pub(crate) struct Memo<T>(RefCell<HashMap<String, T>>);

impl<T: Copy> Memo<T> {
    pub(crate) fn new() -> Self {
        Self(RefCell::new(HashMap::new()))
    }

    /// What `find` says of the word, asked once for each word.
    pub(crate) fn get(&self, word: &str, find: impl FnOnce(&str) -> T) -> T {
        if word.len() > LONGEST_WORD {
            return find(word);
        }
        if let Ok(known) = self.0.try_borrow()
            && let Some(answer) = known.get(word)
        {
            return *answer;
        }
        let answer = find(word);
        if let Ok(mut known) = self.0.try_borrow_mut()
            && known.len() < MOST_WORDS
        {
            known.insert(word.to_owned(), answer);
        }
        answer
    }
}

#[cfg(test)]
mod tests {
    use super::{LONGEST_WORD, MOST_WORDS, Memo};
    use std::cell::Cell;

    #[test]
    fn a_word_is_asked_once() {
        let memo = Memo::new();
        let asked = Cell::new(0);
        let length = |word: &str| {
            asked.set(asked.get() + 1);
            word.len()
        };
        assert_eq!(memo.get("owner", length), 5);
        assert_eq!(memo.get("owner", length), 5);
        assert_eq!(asked.get(), 1);
        assert_eq!(memo.get("", length), 0);
    }

    #[test]
    fn neither_long_nor_countless_words_are_kept() {
        let memo = Memo::new();
        memo.get(&"x".repeat(LONGEST_WORD + 1), str::len);
        assert_eq!(memo.0.borrow().len(), 0);
        for number in 0..MOST_WORDS + 10 {
            memo.get(&number.to_string(), str::len);
        }
        assert_eq!(memo.0.borrow().len(), MOST_WORDS);
        assert_eq!(memo.get("beyond", str::len), 6);
    }
}
