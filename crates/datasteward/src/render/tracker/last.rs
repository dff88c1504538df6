//! The tracker of the last run, read for what the steward wrote in it.

use std::collections::{BTreeMap, BTreeSet};

use crate::render::csv::guarded;
use crate::source::table::cells;

/// A file that is not a tracker.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this is not a tracker: its first row has no column `id`")]
pub struct NotATracker;

/// The last tracker; empty where there is none.
#[derive(Debug, Default)]
pub struct LastTracker {
    head: Vec<String>,
    rows: Vec<Vec<String>>,
    /// The row of each dataset; where one stands twice, the first.
    of: BTreeMap<String, usize>,
}

/// By what a dataset is known again: its identifier, else its title, as a tracker writes them.
pub(super) fn key(id: &str, title: &str) -> String {
    match guarded(id.trim()) {
        id if id.trim().is_empty() => format!("title {}", guarded(title.trim())),
        id => format!("id {id}"),
    }
}

impl LastTracker {
    /// Reads a tracker as CSV, with commas, semicolons or tabs.
    ///
    /// # Errors
    /// If it is not a table with an `id` column.
    pub fn read(text: &str) -> Result<Self, NotATracker> {
        Self::of_sheets([cells(text)])
    }

    /// Takes the sheets of a workbook, rows of cells; those without an `id` column are passed over.
    ///
    /// # Errors
    /// If none has an `id` column.
    pub fn of_sheets(
        sheets: impl IntoIterator<Item = Vec<Vec<String>>>,
    ) -> Result<Self, NotATracker> {
        let mut last = Self::default();
        for sheet in sheets {
            let mut rows = sheet
                .into_iter()
                .filter(|row| row.iter().any(|cell| !cell.trim().is_empty()));
            let head: Vec<String> = rows.next().unwrap_or_default();
            let head: Vec<String> = head
                .iter()
                .map(|name| name.trim())
                .map(|name| super::every_tracker_has(name).unwrap_or_else(|| name.to_owned()))
                .collect();
            if !head.iter().any(|name| name == "id") {
                continue;
            }
            // Each sheet may have its columns in an order of its own.
            for name in &head {
                if !last.head.iter().any(|known| known == name) {
                    last.head.push(name.clone());
                }
            }
            let places: Vec<Option<usize>> = last
                .head
                .iter()
                .map(|name| head.iter().position(|it| it == name))
                .collect();
            last.rows.extend(rows.map(|row| {
                let cell = |at: &Option<usize>| at.and_then(|at| row.get(at).cloned());
                places
                    .iter()
                    .map(|at| cell(at).unwrap_or_default())
                    .collect()
            }));
        }
        if last.head.is_empty() {
            return Err(NotATracker);
        }
        for row in 0..last.rows.len() {
            let key = last.key_of(row);
            last.of.entry(key).or_insert(row);
        }
        Ok(last)
    }

    fn key_of(&self, row: usize) -> String {
        key(self.at(row, "id"), self.at(row, "title"))
    }

    /// The steward's columns, each once, in their order.
    pub(super) fn columns(&self) -> impl Iterator<Item = &str> {
        let mut seen = BTreeSet::new();
        let names = self.head.iter().map(String::as_str);
        names.filter(move |name| !name.is_empty() && !super::is_ours(name) && seen.insert(*name))
    }

    /// A cell of a row; empty where there is none.
    pub(super) fn at(&self, row: usize, name: &str) -> &str {
        let column = self.head.iter().position(|it| it == name);
        let row = self.rows.get(row);
        let cell = column.and_then(|column| row?.get(column));
        cell.map_or("", String::as_str)
    }

    /// A cell of a dataset; empty where the last tracker did not have it.
    pub(super) fn cell(&self, key: &str, name: &str) -> &str {
        self.of.get(key).map_or("", |row| self.at(*row, name))
    }

    /// The rows of other datasets in which a steward wrote something.
    pub(super) fn others(&self, seen: &[String]) -> Vec<usize> {
        let seen: BTreeSet<&str> = seen.iter().map(String::as_str).collect();
        let has_words = |row: usize| {
            self.columns()
                .any(|name| !self.at(row, name).trim().is_empty())
        };
        let rows = (0..self.rows.len()).filter(|row| !seen.contains(self.key_of(*row).as_str()));
        rows.filter(|row| has_words(*row)).collect()
    }
}
