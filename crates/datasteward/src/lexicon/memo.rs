//! Answers kept for texts that come again: names and descriptions of fields, custom fields of a portal, and everything
//! in a record that is judged again after each keystroke.

use std::cell::RefCell;

use super::quick::hash;

/// So many answers are kept. Each text has two places; where both are taken, the older text is driven out, so that no
/// text that anybody may write makes this slower than asking anew. A record of a thousand fields fits; much larger tables
/// fall out of the processor's caches, and asking anew is quicker.
const PLACES: usize = 4096;

/// Longer texts seldom come again.
const LONGEST: usize = 512;

/// The answers of a pure function, by the text that was asked. One for each thread: `thread_local!` holds it.
pub(crate) struct Memo<T> {
    table: RefCell<Table<T>>,
    /// Room in which several texts are put together.
    key: RefCell<String>,
}

struct Table<T> {
    /// The hashes of the texts, two by two, the newer first: most texts that are not kept are told by these alone.
    hashes: Vec<[u64; 2]>,
    kept: Vec<[Option<(String, T)>; 2]>,
}

impl<T: Clone> Table<T> {
    fn get(&self, text: &str, hash: u64) -> Option<T> {
        let at = Self::place(hash);
        let place = self.hashes.get(at)?.iter().position(|it| *it == hash)?;
        let (known, answer) = self.kept.get(at)?.get(place)?.as_ref()?;
        (known == text).then(|| answer.clone())
    }

    fn keep(&mut self, text: &str, hash: u64, answer: T) {
        if self.hashes.is_empty() {
            self.hashes.resize(PLACES / 2, [0; 2]);
            self.kept.resize_with(PLACES / 2, || [None, None]);
        }
        let at = Self::place(hash);
        let (Some(hashes), Some(kept)) = (self.hashes.get_mut(at), self.kept.get_mut(at)) else {
            return;
        };
        let [newer, _] = *hashes;
        *hashes = [hash, newer];
        kept.swap(0, 1);
        match kept {
            // In the same room: a table that is full costs the allocator nothing.
            [Some((known, old)), _] => {
                known.clear();
                known.push_str(text);
                *old = answer;
            }
            [free, _] => *free = Some((text.to_owned(), answer)),
        }
    }

    fn place(hash: u64) -> usize {
        hash as usize % (PLACES / 2)
    }
}

impl<T: Clone> Memo<T> {
    pub(crate) const fn new() -> Self {
        Self {
            table: RefCell::new(Table {
                hashes: Vec::new(),
                kept: Vec::new(),
            }),
            key: RefCell::new(String::new()),
        }
    }

    /// What `find` says of the text, asked once while the text is kept.
    pub(crate) fn get(&self, text: &str, find: impl FnOnce(&str) -> T) -> T {
        if text.len() > LONGEST {
            return find(text);
        }
        let hash = hash(text.as_bytes());
        let known = self.table.try_borrow().ok();
        if let Some(answer) = known.and_then(|table| table.get(text, hash)) {
            return answer;
        }
        let answer = find(text);
        if let Ok(mut table) = self.table.try_borrow_mut() {
            table.keep(text, hash, answer.clone());
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
        assert_eq!(memo.table.borrow().kept.len(), 0);
        for number in 0..PLACES * 3 {
            memo.get(&number.to_string(), str::len);
        }
        let kept = memo.table.borrow().kept.iter().flatten().flatten().count();
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
