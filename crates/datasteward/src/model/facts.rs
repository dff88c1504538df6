//! Facts about the data itself: what whoever opened the file has counted in it.
//!
//! The engine opens no data. It takes these facts with its options, puts them where a record says nothing, and lets
//! rules hold the rest of the record against them.

use super::{At, Column, Columns, Dataset, Held, Inner, Slot, Stats};
use crate::lexicon::roles::{DataType, is_system};

/// What was counted in a file of data.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DataFacts {
    /// The file, for messages.
    pub name: String,
    /// Its rows.
    pub rows: Option<u64>,
    /// Its fields, in their order.
    pub columns: Vec<ColumnFacts>,
}

/// What was counted of one field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ColumnFacts {
    /// The name at the head of the field.
    pub name: String,
    /// What all its values are.
    pub datatype: DataType,
    /// Rows with a value.
    pub filled: Option<u64>,
    /// Different values; nothing where there are too many to count.
    pub distinct: Option<u64>,
    /// The smallest number or the first day, written so that it can be read again.
    pub smallest: Option<String>,
    /// The largest number or the last day.
    pub largest: Option<String>,
    /// All different values, where they are few.
    pub values: Vec<String>,
    /// A value that is no number, where others are.
    pub not_a_number: Option<String>,
    /// A value that is no date, where others are.
    pub not_a_date: Option<String>,
}

impl ColumnFacts {
    /// The same as a portal would have counted it.
    #[must_use]
    pub fn stats(&self, rows: Option<u64>) -> Stats<'_> {
        Stats {
            filled: self.filled,
            nulls: rows
                .zip(self.filled)
                .map(|(rows, filled)| rows.saturating_sub(filled)),
            distinct: self.distinct,
            smallest: self.smallest.as_deref(),
            largest: self.largest.as_deref(),
            top: self.values.iter().map(String::as_str).collect(),
        }
    }

    /// Whether a steward is asked about it: shapes and the numbers of a database are not.
    #[must_use]
    pub fn is_of_interest(&self) -> bool {
        let shape = matches!(
            self.datatype,
            DataType::Point | DataType::Line | DataType::Polygon | DataType::Geometry
        );
        !shape && !is_system(&self.name, &self.name)
    }
}

/// Letters and digits in lower case: `Trunk Diameter` and `trunk_diameter` are one.
fn folded(name: &str) -> String {
    name.chars()
        .filter(|sign| sign.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// Which field of a record is which field of the data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Matched {
    /// Fields of the record and of the data, by their indexes.
    pub pairs: Vec<(usize, usize)>,
    /// Fields of the record that the data does not have.
    pub only_described: Vec<usize>,
    /// Fields of the data that the record does not have.
    pub only_in_data: Vec<usize>,
}

impl Matched {
    /// Holds the fields of a record against those of the data. Of a record with several tables it is the one that fits
    /// best.
    #[must_use]
    pub fn of(columns: &[Column<'_>], facts: &DataFacts) -> Self {
        let mut tables: Vec<Option<usize>> = columns.iter().map(|column| column.table).collect();
        tables.dedup();
        let each = tables.into_iter().map(|table| {
            let of_table = |column: &&Column<'_>| column.table == table;
            Self::of_table(columns.iter().filter(of_table), facts)
        });
        each.reduce(|best, next| {
            if next.pairs.len() > best.pairs.len() {
                next
            } else {
                best
            }
        })
        .unwrap_or_else(|| Self::of_table(std::iter::empty(), facts))
    }

    fn of_table<'c>(columns: impl Iterator<Item = &'c Column<'c>>, facts: &DataFacts) -> Self {
        let names: Vec<String> = facts.columns.iter().map(|it| folded(&it.name)).collect();
        let mut free = vec![true; names.len()];
        let mut matched = Self {
            pairs: Vec::new(),
            only_described: Vec::new(),
            only_in_data: Vec::new(),
        };
        for column in columns {
            let find = |wanted: &str| {
                let exact = facts.columns.iter().position(|it| it.name == wanted);
                exact.or_else(|| {
                    let wanted = folded(wanted);
                    names
                        .iter()
                        .position(|name| !wanted.is_empty() && *name == wanted)
                })
            };
            let found = find(column.key()).or_else(|| find(column.shown_name()));
            match found.filter(|at| free.get(*at) == Some(&true)) {
                Some(at) => {
                    if let Some(free) = free.get_mut(at) {
                        *free = false;
                    }
                    matched.pairs.push((column.index, at));
                }
                None => matched.only_described.push(column.index),
            }
        }
        let left = free.iter().enumerate().filter(|(_, free)| **free);
        matched.only_in_data = left.map(|(at, _)| at).collect();
        matched
    }
}

/// The dataset with what the data tells beside it. What the record says stands; only gaps are filled.
#[must_use]
pub fn with_facts<'t>(dataset: &Dataset<'t>, facts: &'t DataFacts) -> Dataset<'t> {
    let mut dataset = dataset.clone();
    if let (false, Some(rows)) = (dataset.rows.is_filled(), facts.rows) {
        dataset.rows = Slot::Filled(Held {
            value: rows,
            at: At::RECORD,
            inner: Inner::Derived,
        });
    }
    let matched = Matched::of(dataset.columns.listed(), facts);
    if let Columns::Listed(columns) = &mut dataset.columns {
        for (of_record, of_data) in matched.pairs {
            let found = columns.iter_mut().find(|it| it.index == of_record);
            let (Some(column), Some(counted)) = (found, facts.columns.get(of_data)) else {
                continue;
            };
            // Half from the portal and half from the file would be the facts of no table at all.
            let counts = column.stats.as_ref().is_some_and(|it| it.filled.is_some());
            if !counts {
                column.stats = Some(counted.stats(facts.rows));
            }
            if column.datatype == DataType::Unknown {
                column.datatype = counted.datatype;
            }
        }
    }
    dataset
}
