//! What people have asked for: a list that ranks the work.

use crate::lexicon::fold::fold;
use crate::lexicon::placeholder::telling_words;
use crate::report::Report;
use crate::source::table::cells;

/// A wish, with how often it was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// A dataset by its identifier or title, or a subject.
    pub what: String,
    /// When it was last asked for, as written.
    pub date: String,
    /// How often.
    pub count: u64,
    /// Whether it stood in the column of datasets, and not in that of subjects.
    names_dataset: bool,
}

/// The wishes of a file; those for the same thing are one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Requests(Vec<Request>);

/// A file that is no list of requests.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotRequests {
    /// No column says what is asked for.
    #[error(
        "this is not a list of requests: its first row has no column `dataset` or `subject`; `date` and `count` may stand beside it"
    )]
    NoColumn,
    /// A count that is no number.
    #[error(
        "row {row} asks `{count}` times; write a whole number, or leave the cell empty for one"
    )]
    NoCount {
        /// The row, the headings being the first.
        row: usize,
        /// What stands in it.
        count: String,
    },
}

impl Requests {
    /// Reads a table with a column `dataset` or `subject`, and perhaps `date` and `count`.
    ///
    /// # Errors
    /// If no column says what is asked for, or a count is no number.
    pub fn read(text: &str) -> Result<Self, NotRequests> {
        let mut rows = (1..).zip(cells(text)).filter(|(_, row)| has_words(row));
        let head = rows.next().map_or_else(Vec::new, |(_, head)| head);
        let head: Vec<_> = head.iter().map(|name| fold(name)).collect();
        let column = |names: &[&str]| head.iter().position(|it| names.contains(&&**it));
        let subjects = [
            column(&["dataset", "id", "title"]),
            column(&["subject", "topic", "request"]),
        ];
        if subjects.iter().all(Option::is_none) {
            return Err(NotRequests::NoColumn);
        }
        let (day, number) = (column(&["date"]), column(&["count", "requests", "number"]));
        let mut list: Vec<Request> = Vec::new();
        for (number_of_row, row) in rows {
            let cell =
                |at: Option<usize>| at.and_then(|at| row.get(at)).map_or("", |cell| cell.trim());
            let Some((column, what)) = subjects
                .iter()
                .map(|at| cell(*at))
                .enumerate()
                .find(|(_, what)| !what.is_empty())
            else {
                continue;
            };
            let count = match cell(number) {
                "" => 1,
                text => text.parse().map_err(|_| NotRequests::NoCount {
                    row: number_of_row,
                    count: text.to_owned(),
                })?,
            };
            let key = fold(what);
            match list.iter_mut().find(|it| fold(&it.what) == key) {
                Some(request) => {
                    request.names_dataset &= column == 0;
                    request.count = request.count.saturating_add(count);
                    if *request.date < *cell(day) {
                        cell(day).clone_into(&mut request.date);
                    }
                }
                None => list.push(Request {
                    what: what.to_owned(),
                    date: cell(day).to_owned(),
                    count,
                    names_dataset: column == 0,
                }),
            }
        }
        list.sort_by_key(|request| std::cmp::Reverse(request.count));
        Ok(Self(list))
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Which dataset each wish is for.
    #[must_use]
    pub(crate) fn of(&self, report: &Report) -> Asked<'_> {
        let names: Vec<(String, String)> = report
            .datasets
            .iter()
            .map(|dataset| {
                let name =
                    |text: &Option<String>| fold(text.as_deref().unwrap_or_default()).into_owned();
                (name(&dataset.id), name(&dataset.title))
            })
            .collect();
        let mut asked = Asked {
            counts: vec![0; names.len()],
            elsewhere: Vec::new(),
        };
        for request in &self.0 {
            let what = fold(&request.what);
            let exact = names
                .iter()
                .position(|(id, title)| *id == *what || *title == *what);
            let near = || {
                let wanted = telling_words(&what);
                let titles = names.iter().map(|(_, title)| title.as_str()).enumerate();
                let held = titles.filter(|(_, title)| request.is_for(&wanted, title));
                held.min_by_key(|(_, title)| title.len()).map(|it| it.0)
            };
            match exact.or_else(near).and_then(|at| asked.counts.get_mut(at)) {
                Some(count) => *count = count.saturating_add(request.count),
                None => asked.elsewhere.push(request),
            }
        }
        asked
    }
}

impl Request {
    /// Whether a title holds all its words that tell something. Whoever names a dataset, and not a subject, gives half of
    /// the title at least.
    fn is_for(&self, wanted: &[String], title: &str) -> bool {
        if wanted.is_empty() {
            return false;
        }
        let words = telling_words(title);
        wanted.iter().all(|word| words.contains(word))
            && (!self.names_dataset || 2 * wanted.len() >= words.len())
    }
}

fn has_words(row: &[String]) -> bool {
    row.iter().any(|cell| !cell.trim().is_empty())
}

/// How often each dataset of a report was asked for, and what is not among them.
#[derive(Debug)]
pub(crate) struct Asked<'r> {
    counts: Vec<u64>,
    pub(crate) elsewhere: Vec<&'r Request>,
}

impl Asked<'_> {
    /// How often a dataset was asked for.
    pub(crate) fn count(&self, index: usize) -> u64 {
        self.counts.get(index).copied().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::{NotRequests, Requests};
    use crate::{Options, Source, check};

    #[test]
    fn wishes_find_their_dataset_by_id_title_or_subject() {
        let records = "{\"datasteward\": \"1\", \"id\": \"a-1\", \"title\": \"Street tree inventory\"}\n{\"datasteward\": \"1\", \"id\": \"b-2\", \"title\": \"Street Trees\"}\n";
        let report = check(
            &[Source::new("a.jsonl", records.as_bytes())],
            &Options::default(),
        );
        let list = "\u{feff}Subject;Date;Count\r\nA-1;;2\r\nstreet tree inventory;2026-01-02;1\r\ntrees;;4\r\nbus stops;2026-05-01;\r\nBus stops;2026-06-01;6\r\n;;\r\n";
        let requests = Requests::read(list).expect("requests");
        let asked = requests.of(&report);
        assert_eq!((asked.count(0), asked.count(1)), (3, 4));
        let [other] = asked.elsewhere.as_slice() else {
            unreachable!("one wish is for something else")
        };
        assert_eq!((other.count, other.date.as_str()), (7, "2026-06-01"));
    }

    #[test]
    fn a_wish_wants_words_that_tell_something() {
        let records = "{\"datasteward\": \"1\", \"id\": \"a-1\", \"title\": \"List of pruned street trees by ward\"}\n{\"datasteward\": \"1\", \"id\": \"b-2\", \"title\": \"Gas, water and sewers\"}\n";
        let report = check(
            &[Source::new("a.jsonl", records.as_bytes())],
            &Options::default(),
        );
        let counts = |list: &str| {
            let requests = Requests::read(list).expect("requests");
            let asked = requests.of(&report);
            (asked.count(0), asked.count(1))
        };
        // A list of anything is no list of trees, and few words name no dataset.
        assert_eq!(counts("subject,count\nlist of,9\nga,9\nthe,9\n"), (0, 0));
        assert_eq!(counts("dataset,count\ntree,9\n"), (0, 0));
        assert_eq!(counts("dataset,count\nthe pruned street trees,9\n"), (9, 0));
        assert_eq!(counts("subject,count\nthe tree list,9\ngas,2\n"), (9, 2));
    }

    #[test]
    fn what_is_no_list_is_told() {
        for text in ["", "date,count\n1,2\n", "<html>"] {
            assert_eq!(Requests::read(text), Err(NotRequests::NoColumn), "{text}");
        }
        let error = Requests::read("dataset,count\n\na,many\n").expect_err("no count");
        assert_eq!(
            error.to_string(),
            "row 3 asks `many` times; write a whole number, or leave the cell empty for one"
        );
    }
}
