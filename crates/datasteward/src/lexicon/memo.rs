//! Answers kept for texts that come again: names and descriptions of fields, custom fields of a portal, and everything
//! in a record that is judged again after each keystroke.

use std::cell::RefCell;

use super::quick::hash;

/// So many answers are kept. Each text has two places; where both are taken, the older text is driven out, so that no
/// text that anybody may write makes this slower than asking anew.
const PLACES: usize = 4096;

/// Longer texts seldom come again.
const LONGEST: usize = 512;

/// The answers of a pure function, by the text that was asked. One for each thread: `thread_local!` holds it.
pub(crate) struct Memo<T> {
    pairs: RefCell<Vec<[Option<(String, T)>; 2]>>,
    /// Room in which several texts are put together.
    key: RefCell<String>,
}

impl<T: Clone> Memo<T> {
    pub(crate) const fn new() -> Self {
        Self {
            pairs: RefCell::new(Vec::new()),
            key: RefCell::new(String::new()),
        }
    }

    /// What `find` says of the text, asked once while the text is kept.
    pub(crate) fn get(&self, text: &str, find: impl FnOnce(&str) -> T) -> T {
        if text.len() > LONGEST {
            return find(text);
        }
        let place = hash(text.as_bytes()) as usize % (PLACES / 2);
        if let Ok(pairs) = self.pairs.try_borrow()
            && let Some(pair) = pairs.get(place)
            && let Some((_, answer)) = pair.iter().flatten().find(|(known, _)| known == text)
        {
            return answer.clone();
        }
        let answer = find(text);
        if let Ok(mut pairs) = self.pairs.try_borrow_mut() {
            if pairs.is_empty() {
                pairs.resize_with(PLACES / 2, || [None, None]);
            }
            if let Some(pair) = pairs.get_mut(place) {
                pair.swap(0, 1);
                match pair {
                    // In the same room: a table that is full costs the allocator nothing.
                    [Some((known, old)), _] => {
                        known.clear();
                        known.push_str(text);
                        *old = answer.clone();
                    }
                    [free, _] => *free = Some((text.to_owned(), answer.clone())),
                }
            }
        }
        answer
    }

    /// What `find` says of several texts together, always as many for one memory.
    pub(crate) fn get_all<const N: usize>(&self, texts: [&str; N], find: impl FnOnce() -> T) -> T {
        let length: usize = texts.iter().map(|text| text.len()).sum();
        if length > LONGEST - 2 * (N + 1) {
            return find();
        }
        // Those at the end are often empty.
        let last = texts.iter().rposition(|text| !text.is_empty());
        let texts = texts.get(..last.map_or(0, |last| last + 1));
        let texts = texts.unwrap_or_default();
        let mut key = self.key.take();
        key.clear();
        key.extend(texts.iter().copied());
        // Their lengths and their number, so that no two lists of texts have one key.
        let number = |number: usize| char::from_u32(u32::try_from(number).ok()?);
        key.extend(texts.iter().filter_map(|text| number(text.len())));
        key.extend(number(texts.len()));
        let answer = self.get(&key, |_| find());
        self.key.replace(key);
        answer
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
        assert_eq!(memo.pairs.borrow().len(), 0);
        for number in 0..PLACES * 3 {
            memo.get(&number.to_string(), str::len);
        }
        let kept = memo.pairs.borrow().iter().flatten().flatten().count();
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
