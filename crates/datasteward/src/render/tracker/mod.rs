//! The inventory tracker: a table with one row a dataset, to work through in a spreadsheet.
//!
//! Each row says how the ten items stand, what to do first, what might become of the dataset and how long that takes. The
//! steward's own columns stand behind ours, and are taken over from the tracker of the last run.

mod action;
mod effort;
mod last;

pub use last::{LastTracker, NotATracker};

use crate::report::{Dataset, Finding, Outcome, Report, Severity};
use crate::rule::Item;

use super::csv::Table;
use super::requests::{Request, Requests};
use super::{by_dataset, is_open, said};

/// Columns of ours in front of the ten items.
const BEFORE: [&str; 4] = ["department", "title", "id", "document"];

/// Columns of ours behind the ten items.
const BEHIND: [&str; 11] = [
    "errors",
    "warnings",
    "notes",
    "gravest_finding",
    "first_thing_to_do",
    "suggested_action",
    "action_reason",
    "effort_minutes",
    "line",
    "views",
    "requests",
];

/// The action for what people ask for and nobody publishes.
const WANTED: &str = "asked for and not in the catalogue";

/// Columns for the steward: empty until someone fills them in.
const OWN: [&str; 4] = ["steward_decision", "decided_by", "decided_on", "note"];

/// A tracker with empty columns for the steward.
#[must_use]
pub fn tracker(report: &Report) -> String {
    Tracker::of(report, &LastTracker::default(), &Requests::default()).to_csv()
}

/// The tracker as a table, for whoever writes it into a workbook.
#[derive(Debug)]
pub struct Tracker {
    /// The names of its columns.
    pub head: Vec<String>,
    /// Its rows: a dataset each, those most asked for first.
    pub rows: Vec<Vec<Cell>>,
}

/// A cell of a tracker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// A number.
    Number(u64),
    /// A word of ours.
    Word(&'static str),
    /// Words of a record or of a steward.
    Text(String),
    /// Nothing.
    Blank,
}

impl Cell {
    fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    fn count(count: usize) -> Self {
        Self::Number(u64::try_from(count).unwrap_or(u64::MAX))
    }
}

impl Tracker {
    /// The tracker of a report. It keeps the steward's own columns of the last one, by the identifiers of the datasets.
    /// Rows with words of a steward whose dataset is gone stand at the end, then what was asked for and is not there.
    #[must_use]
    pub fn of(report: &Report, last: &LastTracker, requests: &Requests) -> Self {
        // The columns that every tracker has, then those that the steward added.
        let added = last.columns().filter(|name| !OWN.contains(name));
        let own: Vec<&str> = OWN.into_iter().chain(added).collect();
        let items = Item::TEN.map(item_column);
        let head = BEFORE
            .into_iter()
            .chain(items.iter().map(String::as_str))
            .chain(BEHIND)
            .chain(own.iter().copied())
            .map(str::to_owned)
            .collect();
        let (of_datasets, _) = by_dataset(report);
        let slices = action::slices(report);
        let asked = requests.of(report);
        let mut order: Vec<usize> = (0..report.datasets.len()).collect();
        order.sort_by_key(|index| std::cmp::Reverse(asked.count(*index)));
        let mut rows = Vec::with_capacity(order.len());
        let mut seen = Vec::with_capacity(order.len());
        for index in order {
            let (Some(dataset), Some(findings)) =
                (report.datasets.get(index), of_datasets.get(index))
            else {
                continue;
            };
            let key = last::key(
                dataset.id.as_deref().unwrap_or_default(),
                dataset.title.as_deref().unwrap_or_default(),
            );
            let asked = (!requests.is_empty()).then(|| asked.count(index));
            let mut row = ours(dataset, findings, slices.get(&index).copied(), asked);
            row.extend(own.iter().map(|name| Cell::text(last.cell(&key, name))));
            rows.push(row);
            seen.push(key);
        }
        let mut wishes = Vec::new();
        for request in &asked.elsewhere {
            let key = last::key("", &request.what);
            let words = own.iter().map(|name| Cell::text(last.cell(&key, name)));
            wishes.push(wanted(request, words));
            seen.push(key);
        }
        for row in last.others(&seen) {
            rows.push(gone(last, row, &own));
        }
        rows.extend(wishes);
        Self { head, rows }
    }

    /// Whether a row is about a dataset of the catalogue: not one that is gone, or is only asked for.
    #[must_use]
    pub fn is_dataset(row: &[Cell]) -> bool {
        let items = row.iter().skip(BEFORE.len()).take(Item::TEN.len());
        items.into_iter().any(|cell| *cell != Cell::Blank)
    }

    /// The name of a column as it stands in a workbook: with blanks, so that it fits on several lines. A steward's own
    /// columns keep their names.
    #[must_use]
    pub fn heading(name: &str) -> String {
        match every_tracker_has(name) {
            Some(_) => name.replace('_', " "),
            None => name.to_owned(),
        }
    }

    /// As CSV. A spreadsheet runs a cell that begins with a sign of a formula, so such a cell gets an apostrophe in front.
    #[must_use]
    pub fn to_csv(&self) -> String {
        let mut table = Table::default();
        let items = BEFORE.len() + Item::TEN.len();
        for (at, name) in self.head.iter().enumerate() {
            if at < items {
                table.plain(name);
            } else {
                table.text(name);
            }
        }
        table.end();
        for row in &self.rows {
            for cell in row {
                match cell {
                    Cell::Number(number) => table.plain(number),
                    Cell::Word(word) => table.plain(word),
                    Cell::Text(text) => table.text(text),
                    Cell::Blank => table.plain(""),
                };
            }
            table.end();
        }
        table.finish()
    }
}

/// A column that every tracker has, by its name or by its heading in a workbook.
fn every_tracker_has(name: &str) -> Option<String> {
    let name = name.replace(' ', "_");
    (is_ours(&name) || OWN.contains(&name.as_str())).then_some(name)
}

/// A column of ours, by its name.
fn is_ours(name: &str) -> bool {
    let item = |item: &Item| item_column(*item) == name;
    BEFORE.contains(&name) || BEHIND.contains(&name) || Item::TEN.iter().any(item)
}

/// `C1_one_parent`: a spreadsheet's formulas can name it.
fn item_column(item: Item) -> String {
    format!("{}_{}", item.code(), item.label().replace(' ', "_"))
}

fn ours(
    dataset: &Dataset,
    findings: &[&Finding],
    slice: Option<&Finding>,
    asked: Option<u64>,
) -> Vec<Cell> {
    let maybe = |text: &Option<String>| Cell::text(text.as_deref().unwrap_or_default());
    let mut row = vec![
        maybe(&dataset.owner),
        maybe(&dataset.title),
        maybe(&dataset.id),
        Cell::text(&*dataset.document),
    ];
    for item in Item::TEN {
        let found = dataset.items.iter().find(|found| found.item == item.code());
        row.push(found.map_or(Cell::Blank, |found| Cell::Word(state(found.outcome))));
    }
    for severity in [Severity::Error, Severity::Warning, Severity::Info] {
        let is =
            |finding: &&&Finding| finding.severity == severity && finding.acknowledged.is_none();
        row.push(Cell::count(findings.iter().filter(is).count()));
    }
    let gravest = heaviest(findings).into_iter().next();
    let suggested = action::suggest(dataset, findings, slice);
    row.extend([
        Cell::text(gravest.map(said).unwrap_or_default()),
        Cell::text(gravest.map_or("", |finding| &*finding.how)),
        Cell::Word(suggested.action),
        Cell::text(suggested.reason),
        Cell::count(effort::minutes(findings)),
        dataset.line.map_or(Cell::Blank, Cell::count),
        dataset.views.map_or(Cell::Blank, Cell::Number),
        asked.map_or(Cell::Blank, Cell::Number),
    ]);
    row
}

/// A row about what is not in the catalogue: ours but for what is known, then the steward's.
fn absent(
    before: impl Fn(&str) -> String,
    action: &'static str,
    asked: Option<u64>,
    own: impl IntoIterator<Item = Cell>,
) -> Vec<Cell> {
    let mut row: Vec<Cell> = BEFORE.map(|name| Cell::text(before(name))).into();
    row.extend(Item::TEN.map(|_| Cell::Blank));
    row.extend(BEHIND.map(|name| match name {
        "suggested_action" => Cell::Word(action),
        "requests" => asked.map_or(Cell::Blank, Cell::Number),
        _ => Cell::Blank,
    }));
    row.extend(own);
    row
}

/// A dataset that the catalogue no longer has, where a steward wrote something about it.
fn gone(last: &LastTracker, row: usize, own: &[&str]) -> Vec<Cell> {
    absent(
        |name| last.at(row, name).to_owned(),
        "gone from the catalogue",
        None,
        own.iter().map(|name| Cell::text(last.at(row, name))),
    )
}

/// What people ask for and nobody publishes.
fn wanted(request: &Request, own: impl IntoIterator<Item = Cell>) -> Vec<Cell> {
    absent(
        |name| match name {
            "title" => request.what.clone(),
            _ => String::new(),
        },
        WANTED,
        Some(request.count),
        own,
    )
}

/// An item's state in words.
fn state(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Pass => "in order",
        Outcome::Fail => "to mend",
        Outcome::NotApplicable => "does not apply",
        Outcome::Unknown => "cannot be told",
    }
}

/// The findings to mend, the gravest and surest first.
fn heaviest<'r>(findings: &[&'r Finding]) -> Vec<&'r Finding> {
    let open = findings.iter().filter(|finding| is_open(finding));
    let mut open: Vec<&Finding> = open.copied().collect();
    open.sort_by_key(|finding| {
        let doubt = match finding.confidence {
            crate::report::Confidence::Certain => 0,
            crate::report::Confidence::Likely => 1,
            crate::report::Confidence::Hint => 2,
        };
        (std::cmp::Reverse(finding.severity), doubt)
    });
    open
}

#[cfg(test)]
mod tests {
    use super::{LastTracker, NotATracker, Tracker, tracker};
    use crate::render::requests::Requests;
    use crate::{Options, Report, Source, check};

    fn report(records: &str) -> Report {
        let options = Options::default().with_as_of("2026-11-25").expect("a date");
        check(&[Source::new("city.jsonl", records.as_bytes())], &options)
    }

    fn tracker_from(report: &Report, last: &str) -> Result<String, NotATracker> {
        let last = LastTracker::read(last)?;
        Ok(Tracker::of(report, &last, &Requests::default()).to_csv())
    }

    const TREES: &str = "{\"datasteward\": \"1\", \"id\": \"trees\", \"title\": \"Street trees\", \"department\": \"Parks\"}\n";
    const BENCHES: &str = "{\"datasteward\": \"1\", \"id\": \"benches\", \"title\": \"Benches, \\\"new\\\"\", \"department\": \"Parks\"}\n";

    #[test]
    fn the_words_of_a_steward_are_kept_by_id_and_never_lost() {
        let first = tracker(&report(&format!("{TREES}{BENCHES}")));
        let mut lines: Vec<String> = first.lines().map(str::to_owned).collect();
        assert_eq!(lines.len(), 3);
        lines[0].push_str(";priority".replace(';', ",").as_str());
        // The last four cells are the steward's.
        for (line, note) in lines.iter_mut().skip(1).zip(["\"a, \"\"b\"\"\"", "=1+1"]) {
            let kept = line.len() - "\"\"".len();
            line.truncate(kept);
            line.push_str(&format!("{note},high"));
        }
        let old = format!("\u{feff}{}\r\n", lines.join("\r\n"));
        // The other way round, and with one that is new.
        let both = report(&format!(
            "{BENCHES}{TREES}{}",
            TREES.replace("trees", "parks")
        ));
        let next = tracker_from(&both, &old).expect("a tracker");
        let lines: Vec<&str> = next.lines().collect();
        assert!(lines[0].ends_with("\"note\",\"priority\""), "{}", lines[0]);
        assert!(lines[1].ends_with("\"'=1+1\",\"high\""), "{}", lines[1]);
        assert!(
            lines[2].ends_with("\"a, \"\"b\"\"\",\"high\""),
            "{}",
            lines[2]
        );
        assert!(
            lines[3].ends_with("\"\",\"\",\"\",\"\",\"\""),
            "{}",
            lines[3]
        );
        // A run later nothing has changed, not even the apostrophe.
        assert_eq!(tracker_from(&both, &next), Ok(next.clone()));
        let fewer = tracker_from(&report(TREES), &next).expect("a tracker");
        let last = fewer.lines().last().unwrap_or_default();
        assert!(
            last.contains("benches") && last.contains("gone from the catalogue"),
            "{last}"
        );
        assert_eq!(fewer.lines().count(), 3, "{fewer}");
    }

    #[test]
    fn a_tracker_saved_with_semicolons_is_read_as_well() {
        let old = "id;note\r\ntrees;\"water; twice\"\r\n";
        let next = tracker_from(&report(TREES), old).expect("a tracker");
        assert!(next.contains("\"water; twice\""), "{next}");
    }

    #[test]
    fn what_is_asked_for_comes_first_and_what_is_not_there_last() {
        let asked = "dataset,date,count\nbenches,2026-10-01,3\nPotholes,2026-10-01,5\nbenches,2026-11-01,2\n";
        let requests = Requests::read(asked).expect("requests");
        let report = report(&format!("{TREES}{BENCHES}"));
        let table = Tracker::of(&report, &LastTracker::default(), &requests).to_csv();
        let lines: Vec<&str> = table.lines().collect();
        assert!(
            lines[1].contains("benches") && lines[1].contains(",5,"),
            "{}",
            lines[1]
        );
        assert!(
            lines[2].contains("Street trees") && lines[2].contains(",0,"),
            "{}",
            lines[2]
        );
        assert!(
            lines[3].contains("\"Potholes\"") && lines[3].contains("asked for and not in"),
            "{}",
            lines[3]
        );
        // The wish is no dataset that is gone, however often the tracker is written.
        let last =
            LastTracker::read(&table.replace("\"\",\"\",\"\",\"\"\r", "\"\",\"\",\"\",\"soon\"\r"));
        let next = Tracker::of(&report, &last.expect("a tracker"), &requests).to_csv();
        assert_eq!(next.lines().count(), 4, "{next}");
        assert!(
            next.lines()
                .nth(3)
                .is_some_and(|it| it.ends_with("\"soon\"")),
            "{next}"
        );
    }

    #[test]
    fn how_often_a_page_was_opened_is_shown_where_the_portal_tells_it() {
        let catalogue = r#"{"resource": {"id": "a", "name": "Trees", "page_views": {"page_views_total": 41}}, "classification": {}}"#;
        let view = r#"{"id": "aaaa-bbbb", "name": "Trees", "viewType": "tabular", "columns": [], "viewCount": 41}"#;
        let item = r#"{"id": "aa11", "owner": "parks_office", "title": "Trees", "type": "Feature Service", "snippet": "", "numViews": 41}"#;
        let package = r#"{"id": "a", "name": "trees", "title": "Trees", "notes": "", "license_id": "cc-by", "resources": [], "tracking_summary": {"total": 41, "recent": 2}}"#;
        let udata = r#"{"id": "5d1", "title": "Trees", "badges": [], "quality": {}, "resources": [], "frequency": "weekly", "metrics": {"views": 41}}"#;
        for record in [catalogue, view, item, package, udata] {
            let report = report(record);
            let views: Vec<_> = report.datasets.iter().map(|it| it.views).collect();
            assert_eq!(views, [Some(41)], "{record}");
            let table = tracker(&report);
            let mut lines = table.lines().map(|line| line.split(','));
            let at = lines
                .next()
                .and_then(|mut head| head.position(|it| it == "\"views\""));
            let ours = Tracker::of(&report, &LastTracker::default(), &Requests::default());
            let cell = at.and_then(|at| ours.rows.first()?.get(at));
            assert_eq!(cell, Some(&super::Cell::Number(41)), "{table}");
        }
        let none = report(&catalogue.replace("page_views_total", "page_views_last_week"));
        assert_eq!(none.datasets[0].views, None);
    }

    #[test]
    fn what_is_no_tracker_is_told() {
        for old in ["", "title,note\nTrees,x\n", "<html>"] {
            let error = tracker_from(&report(TREES), old).expect_err("no tracker");
            assert!(error.to_string().contains("`id`"), "{error}");
        }
    }
}
