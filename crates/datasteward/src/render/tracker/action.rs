//! What might become of a dataset. A suggestion; the steward's column beside it is the decision.

use std::collections::{BTreeMap, HashMap};

use crate::render::{is_open, item_label};
use crate::report::{Confidence, Dataset, Finding, Location, Outcome, Report};
use crate::rule::page;
use crate::rules;

use super::heaviest;

/// The rules that find one table cut into datasets.
const CUTS: [&str; 2] = ["split-by-year", "split-by-place"];

/// How many rules a reason names.
const NAMED: usize = 3;

/// A suggestion and why.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Suggested {
    pub(super) action: &'static str,
    pub(super) reason: String,
}

/// The datasets that are slices of one table, each with the finding that says so. The finding stands at the newest slice;
/// its places lead to the others.
pub(super) fn slices(report: &Report) -> BTreeMap<usize, &Finding> {
    let records = Records::of(report);
    let mut slices = BTreeMap::new();
    let families = report.findings.iter();
    for finding in families.filter(|it| CUTS.contains(&&*it.rule) && is_open(it)) {
        if let Some(newest) = finding.dataset {
            slices.insert(newest, finding);
        }
        let members = finding.locations.iter().filter_map(|it| records.at(it));
        slices.extend(members.map(|member| (member, finding)));
    }
    slices
}

/// Where the records of the datasets stand. A record on a line of its own is known by the line, one in a larger document
/// by the start of the pointer.
struct Records<'r> {
    by_pointer: HashMap<(&'r str, &'r str), usize>,
    by_line: HashMap<(&'r str, Option<usize>), usize>,
}

impl<'r> Records<'r> {
    fn of(report: &'r Report) -> Self {
        let (mut by_pointer, mut by_line) = (HashMap::new(), HashMap::new());
        for (index, it) in report.datasets.iter().enumerate() {
            let document = &*it.document;
            match it.pointer.as_str() {
                "" => by_line.entry((document, it.line)).or_insert(index),
                pointer => by_pointer.entry((document, pointer)).or_insert(index),
            };
        }
        Self {
            by_pointer,
            by_line,
        }
    }

    /// The dataset whose record a place is in.
    fn at(&self, place: &Location) -> Option<usize> {
        let document = &*place.document;
        let pointer = place.pointer.as_str();
        let parents = pointer.rmatch_indices('/').map(|(at, _)| at);
        let mut starts = std::iter::once(pointer.len())
            .chain(parents)
            .filter_map(|end| pointer.get(..end));
        let held = starts.find_map(|start| self.by_pointer.get(&(document, start)));
        let held = held.or_else(|| self.by_line.get(&(document, place.line)));
        held.copied()
    }
}

/// The first suggestion that holds.
pub(super) fn suggest(
    dataset: &Dataset,
    findings: &[&Finding],
    slice: Option<&Finding>,
) -> Suggested {
    let open = heaviest(findings);
    let found = |rule: &str| {
        open.iter()
            .find(|it| it.rule == rule && it.confidence != Confidence::Hint)
    };
    let because = |finding: &Finding| finding.message.clone();
    let useless = [
        "test-or-draft-published",
        "no-rows",
        "old-copy-still-published",
    ];
    if let Some(finding) = useless.into_iter().find_map(found) {
        return Suggested {
            action: "review for removal",
            reason: because(finding),
        };
    }
    let no_words = found("missing-description").or_else(|| found("description-repeats-title"));
    if no_words.is_some() && found("no-way-to-get-data").is_some() {
        return Suggested {
            action: "review for removal",
            reason: "Nothing says what it is, and nothing leads to the data".to_owned(),
        };
    }
    if let Some(finding) = slice {
        return Suggested {
            action: "merge into parent as a view",
            reason: because(finding),
        };
    }
    if let Some(finding) = found("coordinate-system-missing") {
        return Suggested {
            action: "move to the geographic portal",
            reason: format!(
                "{}; a map portal keeps it and can draw the data",
                finding.message
            ),
        };
    }
    if !open.is_empty() {
        let mut rules: Vec<&str> = open.iter().map(|finding| &*finding.rule).collect();
        rules.dedup();
        let faults = rules.into_iter().filter_map(rules::find).take(NAMED);
        let faults: Vec<String> = faults
            .map(|rule| page::one_line(page::parse(rule.page).summary))
            .collect();
        return Suggested {
            action: "fix",
            reason: faults.join(" "),
        };
    }
    let unknown = dataset
        .items
        .iter()
        .filter(|item| item.outcome == Outcome::Unknown);
    let unknown: Vec<&str> = unknown.map(|item| item_label(&item.item)).collect();
    Suggested {
        action: "keep",
        reason: match unknown.as_slice() {
            [] => "Nothing to mend".to_owned(),
            some => format!("Nothing to mend; cannot be told: {}", some.join(", ")),
        },
    }
}

#[cfg(test)]
mod tests {
    use crate::{Options, Source, check};

    /// The suggestion for each record, in their order.
    fn actions(records: &str) -> Vec<&'static str> {
        let options = Options::default().with_as_of("2026-11-25").expect("a date");
        let report = check(&[Source::new("a.jsonl", records.as_bytes())], &options);
        let slices = super::slices(&report);
        let (of_datasets, _) = crate::render::by_dataset(&report);
        let datasets = report.datasets.iter().zip(&of_datasets).enumerate();
        datasets
            .map(|(index, (dataset, findings))| {
                super::suggest(dataset, findings, slices.get(&index).copied()).action
            })
            .collect()
    }

    #[test]
    fn slices_of_one_table_are_to_be_views_of_a_parent() {
        let year = |year: u16| {
            format!(
                "{{\"datasteward\": \"1\", \"id\": \"c{year}\", \"title\": \"Calls for service {year}\", \"distributions\": [{{\"url\": \"https://data.city.example/{year}.csv\", \"format\": \"CSV\"}}], \"columns\": [{{\"name\": \"call_id\"}}, {{\"name\": \"type\"}}, {{\"name\": \"time\"}}]}}\n"
            )
        };
        let trees = "{\"datasteward\": \"1\", \"id\": \"t\", \"title\": \"Street trees\", \"distributions\": [{\"url\": \"https://data.city.example/t.csv\", \"format\": \"CSV\"}]}\n";
        let records = format!("{}{trees}{}{}", year(2020), year(2021), year(2022));
        let merge = "merge into parent as a view";
        assert_eq!(actions(&records), [merge, "fix", merge, merge]);
    }

    #[test]
    fn an_empty_table_is_to_be_reviewed_and_a_good_one_kept() {
        let empty =
            "{\"datasteward\": \"1\", \"id\": \"t\", \"title\": \"Street trees\", \"rows\": 0}\n";
        assert_eq!(actions(empty), ["review for removal"]);
        let nothing = "{\"datasteward\": \"1\", \"id\": \"t\", \"title\": \"Street trees\"}\n";
        assert_eq!(actions(nothing), ["review for removal"]);
        let good = "{\"datasteward\": \"1\", \"id\": \"trees\", \"title\": \"Street tree inventory\", \"kind\": \"file\", \"description\": \"The parks department counts the trees along every street each autumn to plan watering; the counts are made by hand. Private trees are not included.\", \"source\": [\"Field survey of the parks department\"], \"department\": \"Parks\", \"category\": \"Environment\", \"keywords\": [\"trees\"], \"license\": {\"spdx\": \"CC0-1.0\"}, \"refresh\": {\"rate\": \"R/P1Y\"}, \"data_updated\": \"2026-10-02\", \"distributions\": [{\"url\": \"https://data.city.example/trees.csv\", \"format\": \"CSV\"}], \"rows\": 112034, \"columns\": [{\"name\": \"species\", \"type\": \"text\"}, {\"name\": \"height\", \"type\": \"number\", \"unit\": \"m\"}]}\n";
        assert_eq!(actions(good), ["keep"]);
    }

    #[test]
    fn a_table_of_plane_coordinates_belongs_on_a_map() {
        let table = "{\"datasteward\": \"1\", \"id\": \"h\", \"title\": \"Fire hydrants\", \"description\": \"Each row is a hydrant, as the crews of the fire department found it in 2025.\", \"distributions\": [{\"url\": \"https://data.city.example/h.csv\", \"format\": \"CSV\"}], \"columns\": [{\"name\": \"Hydrant\", \"type\": \"text\"}, {\"name\": \"X\", \"type\": \"number\"}, {\"name\": \"Y\", \"type\": \"number\"}]}\n";
        assert_eq!(actions(table), ["move to the geographic portal"]);
    }
}
