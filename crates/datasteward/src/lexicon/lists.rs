//! Small tables of words: each line has a kind, a tab, and entries parted by a sign.

/// The entries of one kind.
pub(crate) fn of(table: &'static str, kind: &str, sign: char) -> Vec<&'static str> {
    table
        .lines()
        .filter_map(|line| line.split_once('\t'))
        .filter(|(name, _)| *name == kind)
        .flat_map(|(_, entries)| entries.split(sign))
        .collect()
}
