//! Slips of the pen: the word that was meant.

/// The word nearest to a misspelt one, if any is near.
#[must_use]
pub fn nearest(word: &str, known: impl IntoIterator<Item = &'static str>) -> Option<&'static str> {
    known
        .into_iter()
        .map(|candidate| (distance(word, candidate), candidate))
        .filter(|(distance, candidate)| *distance <= 2.max(candidate.len() / 4))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// The known word that another is a slip of, where exactly one comes close enough that nothing else can be meant: the
/// same letters in another case, one edit, or two in words of eight letters and more.
#[must_use]
pub fn slip_for<'k>(word: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let mut close = known
        .into_iter()
        .filter(|candidate| is_close(word, candidate));
    let found = close.next();
    found.filter(|_| close.next().is_none())
}

/// Whether one word comes so close to another that it may be a slip of it.
#[must_use]
pub fn is_close(word: &str, candidate: &str) -> bool {
    if candidate.len().abs_diff(word.len()) > 2 {
        return false;
    }
    // Each edit takes away one letter and brings another at most.
    if (letters_of(word) ^ letters_of(candidate)).count_ones() > 4 {
        return false;
    }
    let letters = |word: &str| word.chars().filter(|it| it.is_alphabetic()).count();
    let fewer = letters(word).min(letters(candidate));
    let allowed = if fewer >= 8 { 2 } else { 1 };
    fewer >= 4
        && (candidate.eq_ignore_ascii_case(word)
            || distance(word, candidate) <= allowed
            || is_swap(word, candidate))
}

/// The letters of a word as a set of bits, whatever their case; other signs share bits, all bytes of one have the same.
fn letters_of(word: &str) -> u32 {
    word.bytes().fold(0, |set, byte| {
        set | if byte.is_ascii() {
            1 << (byte & 31)
        } else {
            // A sign of several bytes must change one bit only.
            1 << 31
        }
    })
}

/// Whether two words differ by two neighbouring letters that changed places.
fn is_swap(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    if one.len() != other.len() {
        return false;
    }
    let Some(first) = one.iter().zip(other).position(|(a, b)| a != b) else {
        return false;
    };
    one.get(first) == other.get(first + 1)
        && one.get(first + 1) == other.get(first)
        && one.get(first + 2..) == other.get(first + 2..)
}

/// Edits between two short words (Levenshtein); long ones are not compared.
fn distance(one: &str, other: &str) -> usize {
    if one.len() > 64 {
        return usize::MAX;
    }
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (at, letter) in one.chars().enumerate() {
        let mut diagonal = at;
        let mut left = at + 1;
        for (column, theirs) in other.iter().enumerate() {
            let above = row.get(column + 1).copied().unwrap_or(usize::MAX);
            let change = diagonal + usize::from(letter != *theirs);
            let best = change.min(above + 1).min(left + 1);
            diagonal = above;
            if let Some(cell) = row.get_mut(column) {
                *cell = left;
            }
            left = best;
        }
        if let Some(cell) = row.last_mut() {
            *cell = left;
        }
    }
    row.last().copied().unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::{distance, nearest, slip_for};

    #[test]
    fn counts_edits() {
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(distance("abc", "abc"), 0);
    }

    #[test]
    fn a_slip_is_one_only_where_nothing_else_can_be_meant() {
        let known = ["distribution", "title", "theme", "issued", "accessURL"];
        assert_eq!(slip_for("distirbution", known), Some("distribution"));
        assert_eq!(slip_for("titel", known), Some("title"));
        assert_eq!(slip_for("accessUrl", known), Some("accessURL"));
        assert_eq!(slip_for("subject", known), None);
        assert_eq!(slip_for("them", ["theme", "thee"]), None);
        assert_eq!(slip_for("id", ["it"]), None);
    }

    #[test]
    fn offers_nothing_where_nothing_is_near() {
        assert_eq!(
            nearest("refresh-overdu", ["refresh-overdue"]),
            Some("refresh-overdue")
        );
        assert_eq!(nearest("zebra", ["refresh-overdue"]), None);
    }
}
