//! Answers kept for texts that come again: names and descriptions of fields, custom fields of a portal, and everything
//! in a record that is judged again after each keystroke.

use std::cell::RefCell;

use super::quick::hash;

/// So many answers are kept. A text whose place is taken drives the older one out, so that no text that anybody may
/// write makes this slower than asking anew.
const PLACES: usize = 4096;

/// Longer texts seldom come again.
const LONGEST: usize = 512;

/// The answers of a pure function, by the text that was asked. One for each thread: `thread_local!` holds it.
pub(crate) struct Memo<T>(RefCell<Vec<Option<(String, T)>>>);

impl<T: Clone> Memo<T> {
    pub(crate) const fn new() -> Self {
        Self(RefCell::new(Vec::new()))
    }

    /// What `find` says of the text, asked once while the text is kept.
    pub(crate) fn get(&self, text: &str, find: impl FnOnce(&str) -> T) -> T {
        if text.len() > LONGEST {
            return find(text);
        }
        let place = usize::try_from(hash(text.as_bytes()) % PLACES as u64).unwrap_or_default();
        if let Ok(places) = self.0.try_borrow()
            && let Some(Some((known, answer))) = places.get(place)
            && known == text
        {
            return answer.clone();
        }
        let answer = find(text);
        if let Ok(mut places) = self.0.try_borrow_mut() {
            if places.is_empty() {
                places.resize_with(PLACES, || None);
            }
            match places.get_mut(place) {
                Some(Some((known, old))) => {
                    known.clear();
                    known.push_str(text);
                    *old = answer.clone();
                }
                Some(free) => *free = Some((text.to_owned(), answer.clone())),
                None => {}
            }
        }
        answer
    }

    /// What `find` says of several texts together, always as many for one memory.
    pub(crate) fn get_all<const N: usize>(&self, texts: [&str; N], find: impl FnOnce() -> T) -> T {
        let mut key = String::with_capacity(texts.iter().map(|text| text.len() + 2).sum());
        key.extend(texts);
        if key.len() > LONGEST {
            return find();
        }
        // Their lengths, so that no two lists of texts have one key.
        key.extend(
            texts
                .iter()
                .filter_map(|text| char::from_u32(u32::try_from(text.len()).ok()?)),
        );
        self.get(&key, |_| find())
    }
}

#[cfg(test)]
mod tests {
    use super::{LONGEST, Memo, PLACES};
    use std::cell::Cell;

    #[test]
    fn a_text_is_asked_once() {
        let memo = Memo::new();
        let asked = Cell::new(0);
        let length = |text: &str| {
            asked.set(asked.get() + 1);
            text.len()
        };
        assert_eq!(memo.get("owner", length), 5);
        assert_eq!(memo.get("owner", length), 5);
        assert_eq!(asked.get(), 1);
        assert_eq!(memo.get("", length), 0);
    }

    #[test]
    fn neither_long_nor_countless_texts_are_kept() {
        let memo = Memo::new();
        memo.get(&"x".repeat(LONGEST + 1), str::len);
        assert_eq!(memo.0.borrow().len(), 0);
        for number in 0..PLACES * 3 {
            memo.get(&number.to_string(), str::len);
        }
        let kept = memo.0.borrow().iter().flatten().count();
        assert!((PLACES / 2..=PLACES).contains(&kept), "{kept}");
        assert_eq!(memo.get("beyond", str::len), 6);
    }

    #[test]
    fn texts_that_run_into_each_other_are_told_apart() {
        let memo = Memo::new();
        assert_eq!(memo.get_all(["ab", "c"], || 1), 1);
        assert_eq!(memo.get_all(["a", "bc"], || 2), 2);
        assert_eq!(memo.get_all(["ab", "c"], || 3), 1);
    }
}
