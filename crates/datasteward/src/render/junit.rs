//! JUnit XML, as Jenkins, GitLab and others read it: a suite a dataset, a case an item of the checklist.
//!
//! What does not apply or cannot be told is skipped, with the reason. Findings that belong to no item, and those of whole
//! documents, are cases of their own. It keeps to the elements and attributes of the schema of Jenkins' xUnit plugin.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::report::{Dataset, Finding, ItemOutcome, Outcome, Report};

use super::{by_dataset, for_terminal, is_open, item_label, place, said, said_in_full};

/// Writes a report as JUnit XML.
#[must_use]
pub fn junit(report: &Report) -> String {
    let (of_datasets, of_documents) = by_dataset(report);
    let mut by_document: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
    for finding in of_documents {
        let document = finding
            .locations
            .first()
            .map_or("", |place| &*place.document);
        by_document.entry(document).or_default().push(finding);
    }
    let mut suites = Vec::new();
    for (document, findings) in by_document {
        let mut suite = Suite::new(document, "document");
        suite.case("document", &findings, None);
        suites.push(suite);
    }
    for (dataset, findings) in report.datasets.iter().zip(of_datasets) {
        suites.push(suite(dataset, &findings));
    }
    let total = |count: fn(&Suite) -> usize| suites.iter().map(count).sum::<usize>();
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let _ = writeln!(
        out,
        "<testsuites name=\"datasteward\" tests=\"{}\" failures=\"{}\" errors=\"0\">",
        total(|suite| suite.tests),
        total(|suite| suite.failures),
    );
    for suite in &suites {
        suite.write(&mut out);
    }
    out.push_str("</testsuites>\n");
    out
}

fn suite(dataset: &Dataset, findings: &[&Finding]) -> Suite {
    let title = dataset.title.as_deref().unwrap_or("(without a title)");
    let name = match &dataset.id {
        Some(id) => format!("{title} ({id})"),
        None => title.to_owned(),
    };
    let mut suite = Suite::new(&name, title);
    for item in &dataset.items {
        let of_item: Vec<&Finding> = findings
            .iter()
            .copied()
            .filter(|finding| belongs(finding, item))
            .collect();
        suite.case(
            &format!("{} {}", item.item, item_label(&item.item)),
            &of_item,
            Some(item),
        );
    }
    let others: Vec<&Finding> = findings
        .iter()
        .copied()
        .filter(|finding| !dataset.items.iter().any(|item| belongs(finding, item)))
        .collect();
    if !others.is_empty() {
        suite.case("document and catalogue", &others, None);
    }
    suite
}

/// A damaged record fails an item with a rule that belongs to none.
fn belongs(finding: &Finding, item: &ItemOutcome) -> bool {
    match &finding.item {
        Some(code) => *code == item.item,
        None => item.rules.contains(&finding.rule),
    }
}

struct Suite {
    name: String,
    /// What a tool groups cases by. It takes a full stop for the end of a package's name.
    class: String,
    tests: usize,
    failures: usize,
    skipped: usize,
    cases: String,
}

impl Suite {
    fn new(name: &str, class: &str) -> Self {
        Self {
            name: attribute(name),
            class: attribute(&class.replace('.', "_")),
            tests: 0,
            failures: 0,
            skipped: 0,
            cases: String::new(),
        }
    }

    /// A case: an item with its outcome, or findings of no item, which fail if one of them is more than a note.
    fn case(&mut self, name: &str, findings: &[&Finding], item: Option<&ItemOutcome>) {
        let grave: Vec<&Finding> = findings
            .iter()
            .copied()
            .filter(|finding| is_open(finding))
            .collect();
        let outcome = match item {
            Some(item) => item.outcome,
            None if grave.is_empty() => Outcome::Pass,
            None => Outcome::Fail,
        };
        self.tests += 1;
        let class = &self.class;
        let _ = writeln!(
            self.cases,
            "    <testcase classname=\"{class}\" name=\"{}\">",
            attribute(name)
        );
        match outcome {
            Outcome::Pass => {}
            Outcome::Fail => self.failure(&grave, item),
            Outcome::NotApplicable => self.skip("does not apply", item),
            Outcome::Unknown => self.skip("cannot be told from this file", item),
        }
        let noted: String = findings
            .iter()
            .filter(|finding| !is_open(finding))
            .map(|finding| element(&said_in_full(finding)) + "\n")
            .collect();
        if !noted.is_empty() {
            let _ = writeln!(
                self.cases,
                "      <system-out>{}</system-out>",
                noted.trim_end()
            );
        }
        self.cases.push_str("    </testcase>\n");
    }

    fn failure(&mut self, grave: &[&Finding], item: Option<&ItemOutcome>) {
        self.failures += 1;
        let mut rules: Vec<&str> = grave.iter().map(|finding| &*finding.rule).collect();
        rules.dedup();
        let rules = match item {
            Some(item) => item.rules.join(" "),
            None => rules.join(" "),
        };
        let message = match grave {
            // The findings may have been cut.
            [] => rules.clone(),
            [one] => said(one),
            [one, rest @ ..] => format!("{}; and {} more", said(one), rest.len()),
        };
        let body: Vec<String> = grave.iter().map(|finding| in_full(finding)).collect();
        let _ = writeln!(
            self.cases,
            "      <failure type=\"{}\" message=\"{}\">{}</failure>",
            attribute(&rules),
            attribute(&message),
            element(&body.join("\n\n"))
        );
    }

    fn skip(&mut self, words: &str, item: Option<&ItemOutcome>) {
        self.skipped += 1;
        let reason = item.and_then(|item| item.reason.as_deref());
        let message = match reason {
            Some(reason) => format!("{words}: {reason}"),
            None => words.to_owned(),
        };
        let _ = writeln!(
            self.cases,
            "      <skipped message=\"{}\"/>",
            attribute(&message)
        );
    }

    fn write(&self, out: &mut String) {
        let _ = writeln!(
            out,
            "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"0\" skipped=\"{}\">",
            self.name, self.tests, self.failures, self.skipped
        );
        out.push_str(&self.cases);
        out.push_str("  </testsuite>\n");
    }
}

fn in_full(finding: &Finding) -> String {
    let mut text = said_in_full(finding);
    if let Some(first) = finding.locations.first() {
        text.push('\n');
        text.push_str(&place(first));
    }
    let _ = write!(text, " ({})", for_terminal(&finding.rule));
    text
}

/// Text between tags: `>` too, since `]]>` may not stand there.
fn element(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\n' => safe.push('\n'),
            // XML has no way to write these, and no character may be U+FFFE or U+FFFF.
            control if control.is_control() => {}
            '\u{FFFE}' | '\u{FFFF}' => {}
            other => safe.push(other),
        }
    }
    safe
}

/// The value of an attribute: one line.
fn attribute(text: &str) -> String {
    element(&for_terminal(text))
}
