//! How the figures of a catalogue went over time: one line a run, in a small file beside the catalogue.
//!
//! A line holds figures only, so that the file stays small and can be kept with the catalogue. `docs/history.md`
//! describes it.

mod table;
mod text;

pub(crate) use text::points;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::lexicon::dates::Date;
use crate::report::{Areas, Counts, Outcome, Report};
use crate::rule::{Area, Item};

/// The version of a line.
const VERSION: u32 = 1;

/// From how many datasets on a department is written down: the share of a smaller one swings with each dataset.
const DATASETS: usize = 5;

/// How much a share changes before it is worth a word: five points of a hundred.
pub(super) const WORTH_A_WORD: f64 = 0.045;

/// The figures of one run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Run {
    history_version: u32,
    /// The day of judgement (ISO 8601).
    pub as_of: String,
    /// The version that judged.
    pub datasteward: String,
    /// The profile.
    pub profile: String,
    /// How many datasets were judged.
    pub datasets: usize,
    /// Findings by severity.
    pub findings: Counts,
    /// Findings that are acknowledged.
    #[serde(default)]
    pub acknowledged: usize,
    /// The score of each area, by its name; null where nothing could be judged.
    pub areas: BTreeMap<String, Option<f64>>,
    /// Each item of the checklist, by its code.
    pub items: BTreeMap<String, ItemCounts>,
    /// Departments with five datasets or more, by name.
    #[serde(default)]
    pub departments: BTreeMap<String, DepartmentRun>,
}

/// Datasets in which an item is in order, or to mend.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemCounts {
    /// In order.
    pub pass: usize,
    /// To mend.
    pub fail: usize,
}

/// One department at one run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DepartmentRun {
    /// How many datasets it has.
    pub datasets: usize,
    /// The mean of the areas that have a score.
    pub mean: Option<f64>,
    /// Findings by severity.
    pub findings: Counts,
}

/// Runs in the order of their days, one a day.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct History {
    runs: Vec<Run>,
}

/// A file that is no history.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "line {line} is no run of version {VERSION}; `datasteward check --history` writes such a file"
)]
pub struct NotAHistory {
    /// The line, from 1.
    pub line: usize,
}

/// How a department's mean changed between the first and the last run that know it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Change<'h> {
    pub(crate) department: &'h str,
    pub(crate) first: f64,
    pub(crate) last: f64,
    /// The day of the first.
    pub(crate) since: Date,
}

impl Change<'_> {
    pub(crate) fn by(&self) -> f64 {
        self.last - self.first
    }

    pub(crate) fn is_rise(&self) -> bool {
        self.by() >= WORTH_A_WORD
    }

    pub(crate) fn is_fall(&self) -> bool {
        -self.by() >= WORTH_A_WORD
    }
}

impl Run {
    /// The figures of a report; nothing without a day.
    #[must_use]
    pub fn of(report: &Report) -> Option<Self> {
        let as_of = report.as_of.clone()?;
        let areas = report.summary.areas.each();
        let areas = Area::ALL.iter().zip(areas);
        let items = Item::TEN.iter().map(|item| {
            let mut counts = ItemCounts::default();
            let outcomes = report.datasets.iter().flat_map(|dataset| &dataset.items);
            for found in outcomes.filter(|found| found.item == item.code()) {
                match found.outcome {
                    Outcome::Pass => counts.pass += 1,
                    Outcome::Fail => counts.fail += 1,
                    Outcome::NotApplicable | Outcome::Unknown => {}
                }
            }
            (item.code().to_owned(), counts)
        });
        let owners = report.summary.owners.iter();
        let departments = owners
            .filter(|owner| owner.datasets >= DATASETS)
            .map(|owner| {
                let run = DepartmentRun {
                    datasets: owner.datasets,
                    mean: mean(&owner.areas),
                    findings: owner.findings,
                };
                (owner.owner.clone(), run)
            });
        Some(Self {
            history_version: VERSION,
            as_of,
            datasteward: report.tool.version.clone(),
            profile: report.profile.clone(),
            datasets: report.summary.datasets,
            findings: report.summary.findings,
            acknowledged: report.summary.acknowledged,
            areas: areas
                .map(|(area, score)| (area.as_str().to_ascii_lowercase(), score.score))
                .collect(),
            items: items.collect(),
            departments: departments.collect(),
        })
    }

    /// Its day.
    pub(crate) fn day(&self) -> Option<Date> {
        Date::from_iso(&self.as_of)
    }

    /// The score of an area.
    pub(crate) fn area(&self, area: Area) -> Option<f64> {
        let name = area.as_str().to_ascii_lowercase();
        self.areas.get(&name).copied().flatten().map(as_share)
    }

    /// The share of datasets in which an item is in order, of those where it can be told.
    #[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
    pub(crate) fn item(&self, item: Item) -> Option<f64> {
        let counts = self.items.get(item.code())?;
        let told = counts.pass.saturating_add(counts.fail);
        (told > 0).then(|| as_share(counts.pass as f64 / told as f64))
    }

    /// The mean of a department.
    pub(crate) fn department(&self, name: &str) -> Option<f64> {
        let department = self.departments.get(name)?;
        department.mean.map(as_share)
    }

    /// Errors and warnings.
    pub(crate) fn to_mend(&self) -> usize {
        self.findings.error.saturating_add(self.findings.warning)
    }

    /// The same for one dataset, in the mean.
    #[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
    pub(crate) fn to_mend_each(&self) -> f64 {
        self.to_mend() as f64 / self.datasets.max(1) as f64
    }
}

/// A file may hold anything; a share is drawn between 0 and 1.
fn as_share(number: f64) -> f64 {
    number.clamp(0.0, 1.0)
}

/// The mean of the areas that have a score, in thousandths.
fn mean(areas: &Areas) -> Option<f64> {
    let known: Vec<f64> = areas.each().iter().filter_map(|area| area.score).collect();
    let count = u32::try_from(known.len()).ok().filter(|count| *count > 0)?;
    let mean = known.iter().sum::<f64>() / f64::from(count);
    Some((mean * 1000.0).round() / 1000.0)
}

impl History {
    /// Reads the text of a file, one JSON object a line.
    ///
    /// # Errors
    /// If a line is no run of this version.
    pub fn read(text: &str) -> Result<Self, NotAHistory> {
        let mut history = Self::default();
        for (at, line) in text.lines().enumerate() {
            let line_number = at + 1;
            let line = line.trim_start_matches('\u{feff}').trim();
            if line.is_empty() {
                continue;
            }
            let run: Option<Run> = serde_json::from_str(line).ok();
            let run = run.filter(|run| run.history_version == VERSION && run.day().is_some());
            match run {
                Some(run) => history.put(run),
                None => return Err(NotAHistory { line: line_number }),
            }
        }
        Ok(history)
    }

    /// Adds the figures of a report, in place of those of the same day; whether it has a day.
    pub fn add(&mut self, report: &Report) -> bool {
        let run = Run::of(report);
        let has_day = run.is_some();
        if let Some(run) = run {
            self.put(run);
        }
        has_day
    }

    fn put(&mut self, run: Run) {
        let day = run.day();
        match self.runs.binary_search_by_key(&day, Run::day) {
            Ok(at) => {
                if let Some(held) = self.runs.get_mut(at) {
                    *held = run;
                }
            }
            Err(at) => self.runs.insert(at, run),
        }
    }

    /// The runs, the oldest first.
    #[must_use]
    pub fn runs(&self) -> &[Run] {
        &self.runs
    }

    /// The text of the file.
    #[must_use]
    pub fn to_json_lines(&self) -> String {
        let mut out = String::new();
        for run in &self.runs {
            // A run holds nothing that JSON cannot say.
            out.push_str(&serde_json::to_string(run).unwrap_or_default());
            out.push('\n');
        }
        out
    }

    /// Whether all runs were judged by the same version and profile; else part of a change may be of our making.
    pub(crate) fn is_of_one_kind(&self) -> bool {
        let kind = |run: &Run| (run.datasteward.clone(), run.profile.clone());
        let mut kinds = self.runs.iter().map(kind);
        let first = kinds.next();
        kinds.all(|it| Some(it) == first)
    }

    /// How each department of the last run changed since it was first written down.
    pub(crate) fn changes(&self) -> Vec<Change<'_>> {
        let Some(last) = self.runs.last() else {
            return Vec::new();
        };
        let change = |name| {
            let known = self
                .runs
                .iter()
                .filter(|run| run.department(name).is_some());
            let first = known.clone().next()?;
            (first.as_of != last.as_of).then_some(())?;
            Some(Change {
                department: name,
                first: first.department(name)?,
                last: last.department(name)?,
                since: first.day()?,
            })
        };
        last.departments
            .keys()
            .map(String::as_str)
            .filter_map(change)
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::{History, NotAHistory};
    use crate::{Options, Source, check};

    fn history(days: &[(&str, &str)]) -> History {
        let mut history = History::default();
        for (day, title) in days {
            let record = format!(
                r#"{{"datasteward": "1", "id": "a", "title": "{title}", "description": "null"}}"#
            );
            let options = Options::default().with_as_of(day).expect("a day");
            let report = check(&[Source::new("a.json", record.as_bytes())], &options);
            assert!(history.add(&report));
        }
        history
    }

    #[test]
    fn a_day_stands_once_and_days_stand_in_order() {
        let history = history(&[
            ("2026-11-25", "Trees"),
            ("2026-03-01", "Trees"),
            ("2026-11-25", "null"),
        ]);
        let days: Vec<&str> = history
            .runs()
            .iter()
            .map(|run| run.as_of.as_str())
            .collect();
        assert_eq!(days, ["2026-03-01", "2026-11-25"]);
        let errors: Vec<usize> = history
            .runs()
            .iter()
            .map(|run| run.findings.error)
            .collect();
        assert!(errors[1] > errors[0], "{errors:?}");
    }

    #[test]
    fn reads_what_it_writes_and_refuses_what_is_no_run() {
        let written = history(&[("2026-03-01", "Trees"), ("2026-11-25", "Trees")]);
        let text = written.to_json_lines();
        assert_eq!(History::read(&text), Ok(written));
        assert_eq!(History::read(""), Ok(History::default()));
        for broken in ["{}", "[1]", "x"] {
            let text = format!("{text}\n{broken}");
            assert_eq!(History::read(&text), Err(NotAHistory { line: 4 }));
        }
        let tomorrow = text.replace("\"history_version\":1", "\"history_version\":2");
        assert_eq!(History::read(&tomorrow), Err(NotAHistory { line: 1 }));
    }

    #[test]
    fn a_report_without_a_day_has_no_place_in_it() {
        let report = check(&[Source::new("a.json", b"{}")], &Options::default());
        assert!(!History::default().add(&report));
    }
}
