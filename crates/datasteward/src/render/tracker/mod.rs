//! The inventory tracker: a table with one row a dataset, to work through in a spreadsheet.
//!
//! Each row says how the ten items stand, what to do first, what might become of the dataset and how long that takes. The
//! steward's own columns stand behind ours, and are taken over from the tracker of the last run.

mod action;
mod effort;
mod last;

pub use last::NotATracker;

use crate::report::{Dataset, Finding, Outcome, Report, Severity};
use crate::rule::Item;

use super::csv::Table;
use super::{by_dataset, is_open, said};

use last::Last;

/// Columns of ours in front of the ten items.
const BEFORE: [&str; 4] = ["department", "title", "id", "document"];

/// Columns of ours behind the ten items.
const BEHIND: [&str; 9] = [
    "errors",
    "warnings",
    "notes",
    "gravest_finding",
    "first_thing_to_do",
    "suggested_action",
    "action_reason",
    "effort_minutes",
    "line",
];

/// Columns for the steward: empty until someone fills them in.
const OWN: [&str; 4] = ["steward_decision", "decided_by", "decided_on", "note"];

/// A tracker with empty columns for the steward.
#[must_use]
pub fn tracker(report: &Report) -> String {
    written(report, &Last::default())
}

/// A tracker that keeps the steward's own columns of the last one, by the identifiers of the datasets. Rows with words of
/// a steward whose dataset is gone stand at the end.
///
/// # Errors
/// If `last` is not a table with an `id` column.
pub fn tracker_from(report: &Report, last: &str) -> Result<String, NotATracker> {
    Ok(written(report, &Last::read(last)?))
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

fn written(report: &Report, last: &Last) -> String {
    // The columns that every tracker has, then those that the steward added.
    let added = last.columns().filter(|name| !OWN.contains(name));
    let own: Vec<&str> = OWN.into_iter().chain(added).collect();
    let mut table = Table::default();
    for name in BEFORE {
        table.plain(name);
    }
    for item in Item::TEN {
        table.plain(item_column(item));
    }
    for name in BEHIND.iter().chain(&own) {
        table.text(name);
    }
    table.end();
    let (of_datasets, _) = by_dataset(report);
    let slices = action::slices(report);
    let mut seen = Vec::with_capacity(report.datasets.len());
    for (index, (dataset, findings)) in report.datasets.iter().zip(&of_datasets).enumerate() {
        let key = last::key(
            dataset.id.as_deref().unwrap_or_default(),
            dataset.title.as_deref().unwrap_or_default(),
        );
        let slice = slices.get(&index).copied();
        ours(&mut table, dataset, findings, slice);
        for name in &own {
            table.text(last.cell(&key, name));
        }
        table.end();
        seen.push(key);
    }
    for row in last.others(&seen) {
        gone(&mut table, last, row, &own);
    }
    table.finish()
}

fn ours(table: &mut Table, dataset: &Dataset, findings: &[&Finding], slice: Option<&Finding>) {
    table
        .text(dataset.owner.as_deref().unwrap_or_default())
        .text(dataset.title.as_deref().unwrap_or_default())
        .text(dataset.id.as_deref().unwrap_or_default())
        .text(&dataset.document);
    for item in Item::TEN {
        let found = dataset.items.iter().find(|found| found.item == item.code());
        table.plain(found.map_or("", |found| state(found.outcome)));
    }
    for severity in [Severity::Error, Severity::Warning, Severity::Info] {
        let is =
            |finding: &&&Finding| finding.severity == severity && finding.acknowledged.is_none();
        table.plain(findings.iter().filter(is).count());
    }
    let gravest = heaviest(findings).into_iter().next();
    let suggested = action::suggest(dataset, findings, slice);
    table
        .text(&gravest.map(said).unwrap_or_default())
        .text(gravest.map_or("", |finding| finding.how.as_str()))
        .plain(suggested.action)
        .text(&suggested.reason)
        .plain(effort::minutes(findings))
        .optional(dataset.line);
}

/// A dataset that the catalogue no longer has, where a steward wrote something about it.
fn gone(table: &mut Table, last: &Last, row: usize, own: &[&str]) {
    for name in BEFORE {
        table.text(last.at(row, name));
    }
    for _ in Item::TEN {
        table.plain("");
    }
    for name in BEHIND {
        table.plain(match name {
            "suggested_action" => "gone from the catalogue",
            _ => "",
        });
    }
    for name in own {
        table.text(last.at(row, name));
    }
    table.end();
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
    use super::{tracker, tracker_from};
    use crate::{Options, Report, Source, check};

    fn report(records: &str) -> Report {
        let options = Options::default().with_as_of("2026-11-25").expect("a date");
        check(&[Source::new("city.jsonl", records.as_bytes())], &options)
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
    fn what_is_no_tracker_is_told() {
        for old in ["", "title,note\nTrees,x\n", "<html>"] {
            let error = tracker_from(&report(TREES), old).expect_err("no tracker");
            assert!(error.to_string().contains("`id`"), "{error}");
        }
    }
}
