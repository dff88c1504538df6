//! The report as Markdown, for a mail, an issue or a wiki: how it stands, what to do first, who can do it.
//!
//! Words from records are written so that no reader of Markdown takes them for more than words. Our messages quote values
//! between backticks; what stands between two becomes code, the rest has its signs escaped.

use std::fmt::Write;

use crate::lexicon::dates::Date;
use crate::report::{Areas, Counts, Dataset, Finding, Outcome, Owner, Portal, Report};
use crate::rule::{Area, Item, page};
use crate::rules;

use super::text::plural;
use super::{
    acknowledgement_note, by_dataset, for_terminal, is_open, item_label, mark, mend_first, place,
    said,
};

/// Rules named under what to do first.
const RULES: usize = 5;
/// Datasets named for each of them.
const EXAMPLES: usize = 5;
/// Owners in the table.
const OWNERS: usize = 50;
/// Findings written out.
const FINDINGS: usize = 25;

/// Writes a report as Markdown.
#[must_use]
pub fn markdown(report: &Report) -> String {
    let mut out = String::from("# Metadata report\n\n");
    summary(&mut out, report);
    if report.datasets.len() == 1 {
        report
            .datasets
            .iter()
            .for_each(|dataset| checklist(&mut out, dataset));
    } else if !report.datasets.is_empty() {
        items(&mut out, report);
        areas(&mut out, report);
    }
    first(&mut out, report);
    portals(&mut out, &report.summary.portals);
    owners(&mut out, &report.summary.owners);
    findings(&mut out, report);
    let unknown = |dataset: &Dataset| {
        dataset
            .items
            .iter()
            .any(|item| item.outcome == Outcome::Unknown)
    };
    if report.datasets.iter().any(unknown) {
        out.push_str("\n*Cannot be told* means: the file has no place for the answer, or the export leaves it out. It is not held against a dataset.\n");
    }
    out
}

fn summary(out: &mut String, report: &Report) {
    let counts = &report.summary.findings;
    let _ = write!(
        out,
        "{}: {}, {}, {}",
        plural(report.summary.datasets, "dataset", "datasets"),
        plural(counts.error, "error", "errors"),
        plural(counts.warning, "warning", "warnings"),
        plural(counts.info, "note", "notes"),
    );
    if let Some(date) = report.as_of.as_deref().and_then(Date::from_iso) {
        let _ = write!(out, ", judged as of {}", date.spoken());
    }
    out.push_str(".\n");
    let (of_datasets, _) = by_dataset(report);
    let well = of_datasets
        .iter()
        .filter(|findings| !findings.iter().any(|finding| is_open(finding)))
        .count();
    if well > 0 {
        let datasets = plural(well, "dataset has", "datasets have");
        let _ = writeln!(out, "{datasets} nothing to mend.");
    }
    if report.summary.acknowledged > 0 {
        let known = plural(report.summary.acknowledged, "finding is", "findings are");
        let _ = writeln!(out, "{known} acknowledged and not counted.");
    }
    let notes: Vec<String> = report
        .summary
        .acknowledgements
        .iter()
        .filter_map(acknowledgement_note)
        .collect();
    if !notes.is_empty() {
        out.push('\n');
    }
    for note in notes {
        let _ = writeln!(out, "- {}", safe(&note));
    }
}

/// The ten items of the only dataset.
fn checklist(out: &mut String, dataset: &Dataset) {
    let title = dataset.title.as_deref().unwrap_or("(without a title)");
    let _ = write!(out, "\n## {}\n\n", safe(title));
    out.push_str("| Area | Item | |\n| --- | --- | --- |\n");
    for area in Area::ALL {
        for item in Item::TEN
            .into_iter()
            .filter(|item| item.area() == Some(area))
        {
            let found = dataset.items.iter().find(|found| found.item == item.code());
            if let Some(found) = found {
                let sign = mark(found.outcome, false);
                let _ = writeln!(
                    out,
                    "| {} | {} | {sign} {} |",
                    area.as_str(),
                    item.label(),
                    words(found.outcome)
                );
            }
        }
    }
}

fn words(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Pass => "in order",
        Outcome::Fail => "to mend",
        Outcome::NotApplicable => "does not apply",
        Outcome::Unknown => "cannot be told",
    }
}

fn items(out: &mut String, report: &Report) {
    const OUTCOMES: [Outcome; 4] = [
        Outcome::Pass,
        Outcome::Fail,
        Outcome::NotApplicable,
        Outcome::Unknown,
    ];
    out.push_str("\n## The ten items\n\n| Item |");
    for outcome in OUTCOMES {
        let _ = write!(out, " {} {} |", mark(outcome, false), words(outcome));
    }
    out.push_str("\n| --- | --: | --: | --: | --: |\n");
    for item in Item::TEN {
        let _ = write!(out, "| {} |", item_label(item.code()));
        for outcome in OUTCOMES {
            let is = |dataset: &&Dataset| {
                dataset
                    .items
                    .iter()
                    .any(|found| found.item == item.code() && found.outcome == outcome)
            };
            let _ = write!(out, " {} |", report.datasets.iter().filter(is).count());
        }
        out.push('\n');
    }
}

fn areas(out: &mut String, report: &Report) {
    out.push_str("\n## The five areas\n\n| Area | Score |\n| --- | --: |\n");
    for (area, score) in Area::ALL.iter().zip(report.summary.areas.each()) {
        let _ = writeln!(out, "| {} | {} |", area.as_str(), percent(score.score));
    }
}

pub(super) fn percent(share: Option<f64>) -> String {
    share.map_or_else(|| "–".to_owned(), |share| format!("{:.0} %", share * 100.0))
}

/// The rules that touch most datasets, each with its reason, what to do, and where.
fn first(out: &mut String, report: &Report) {
    let rules = mend_first(report);
    out.push_str("\n## What to do first\n\n");
    if rules.is_empty() {
        out.push_str("Nothing to mend.\n");
    }
    for (number, (rule, _)) in rules.iter().take(RULES).enumerate() {
        let of_rule: Vec<&Finding> = report
            .findings
            .iter()
            .filter(|finding| finding.rule == *rule && is_open(finding))
            .collect();
        let mut datasets: Vec<usize> = of_rule
            .iter()
            .filter_map(|finding| finding.dataset)
            .collect();
        datasets.dedup();
        let (fault, how) = match rules::find(rule).map(|rule| page::parse(rule.page)) {
            Some(page) => (page::one_line(page.summary), page::one_line(page.how)),
            // A report of another version may know more rules.
            None => of_rule
                .first()
                .map(|one| (one.why.to_string(), one.how.to_string()))
                .unwrap_or_default(),
        };
        let _ = writeln!(
            out,
            "{}. **{}** in {}: {} → {}",
            number + 1,
            safe(rule),
            plural(datasets.len(), "dataset", "datasets"),
            safe(&fault),
            safe(&how)
        );
        let named = datasets
            .iter()
            .filter_map(|index| report.datasets.get(*index));
        for dataset in named.take(EXAMPLES) {
            let title = dataset.title.as_deref().unwrap_or("(without a title)");
            let _ = writeln!(out, "   - {}", safe(title));
        }
        if let more @ 1.. = datasets.len().saturating_sub(EXAMPLES) {
            let _ = writeln!(out, "   - and {}", plural(more, "more", "more"));
        }
    }
}

fn portals(out: &mut String, portals: &[Portal]) {
    let rows = portals.iter().map(|portal| {
        let name = portal.portal.as_deref().unwrap_or("no portal named");
        (name, portal.datasets, portal.findings, portal.areas)
    });
    table(out, "Portal", rows);
}

fn owners(out: &mut String, owners: &[Owner]) {
    let rows = owners
        .iter()
        .map(|it| (it.owner.as_str(), it.datasets, it.findings, it.areas));
    table(out, "Owner", rows);
}

/// A row a group of datasets: its name, how many there are, what was found, and the areas.
fn table<'r>(
    out: &mut String,
    kind: &str,
    rows: impl ExactSizeIterator<Item = (&'r str, usize, Counts, Areas)>,
) {
    let count = rows.len();
    if count == 0 {
        return;
    }
    let small = kind.to_lowercase();
    let _ = write!(
        out,
        "\n## By {small}\n\n| {kind} | Datasets | Errors | Warnings | Notes |"
    );
    for area in Area::ALL {
        let _ = write!(out, " {} |", area.as_str());
    }
    out.push_str("\n| --- |");
    out.push_str(&" --: |".repeat(9));
    out.push('\n');
    for (name, datasets, counts, areas) in rows.take(OWNERS) {
        let _ = write!(
            out,
            "| {} | {datasets} | {} | {} | {} |",
            safe(name),
            counts.error,
            counts.warning,
            counts.info
        );
        for score in areas.each() {
            let _ = write!(out, " {} |", percent(score.score));
        }
        out.push('\n');
    }
    if let more @ 1.. = count.saturating_sub(OWNERS) {
        let one = format!("more {small}");
        let _ = writeln!(out, "\nAnd {}.", plural(more, &one, &format!("{one}s")));
    }
}

/// The gravest findings, in full.
fn findings(out: &mut String, report: &Report) {
    let mut grave: Vec<&Finding> = report
        .findings
        .iter()
        .filter(|finding| is_open(finding))
        .collect();
    grave.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    if grave.is_empty() {
        return;
    }
    let _ = write!(
        out,
        "\n## {}\n\n",
        if grave.len() > FINDINGS {
            "The gravest findings"
        } else {
            "The findings"
        }
    );
    for finding in grave.iter().take(FINDINGS) {
        let dataset = finding.dataset.and_then(|index| report.datasets.get(index));
        let title = dataset.and_then(|dataset| dataset.title.as_deref());
        let title = title.map_or(String::new(), |title| format!(" {}:", safe(title)));
        let _ = writeln!(
            out,
            "- **{}**{title} {}",
            finding.severity.as_str(),
            safe(&said(finding))
        );
        let _ = writeln!(out, "  → {}", safe(&finding.how));
        let where_ = finding.locations.first().map(place).unwrap_or_default();
        let _ = writeln!(out, "  ({})", safe(&format!("{where_}, {}", finding.rule)));
    }
    if let more @ 1.. = grave.len().saturating_sub(FINDINGS) {
        let _ = writeln!(
            out,
            "\nAnd {}.",
            plural(more, "more finding", "more findings")
        );
    }
}

/// Words on one line that stay words: what stands between two backticks becomes code, the rest is escaped.
fn safe(text: &str) -> String {
    let text = for_terminal(text);
    // Blanks in front would make a block of code of it.
    let parts: Vec<&str> = text.trim().split('`').collect();
    let mut out = String::with_capacity(text.len() + 16);
    for (index, part) in parts.iter().enumerate() {
        let quoted = index % 2 == 1;
        let closed = index + 1 < parts.len();
        // A bar would end a cell of a table even within code.
        if quoted && closed && !part.trim().is_empty() && !part.contains('|') {
            let _ = write!(out, "`{part}`");
            continue;
        }
        if quoted {
            out.push_str("\\`");
        }
        escape(&mut out, part, index == 0);
        if quoted && closed {
            out.push_str("\\`");
        }
    }
    out
}

/// Every sign that can begin markup is escaped. Some readers look for addresses, people and numbers of issues in what
/// they have read already; an invisible joiner keeps them from finding any.
fn escape(out: &mut String, text: &str, begins: bool) {
    const JOINER: char = '\u{2060}';
    let numbered = text.trim_start_matches(|sign: char| sign.is_ascii_digit());
    // Where a block may begin, a list or a line under a heading could.
    let digits = text.len() - numbered.len();
    for (at, sign) in text.char_indices() {
        let rest = text.get(at..).unwrap_or_default();
        let of_list = match sign {
            '-' | '+' | '=' => at == 0,
            '.' | ')' => at > 0 && at == digits,
            _ => false,
        };
        if (begins && of_list)
            || matches!(
                sign,
                '\\' | '*'
                    | '_'
                    | '['
                    | ']'
                    | '<'
                    | '>'
                    | '&'
                    | '|'
                    | '~'
                    | '#'
                    | '$'
                    | '{'
                    | '}'
                    | '^'
            )
        {
            out.push('\\');
        }
        let address =
            rest.starts_with("://") || (sign == '.' && text.get(..at).is_some_and(ends_in_www));
        if sign == '.' && address {
            out.push(JOINER);
        }
        out.push(sign);
        if matches!(sign, '@' | '#') || (sign == ':' && address) {
            out.push(JOINER);
        }
    }
}

fn ends_in_www(text: &str) -> bool {
    text.get(text.len().saturating_sub(3)..)
        .is_some_and(|end| end.eq_ignore_ascii_case("www"))
}

#[cfg(test)]
mod tests {
    use super::safe;

    #[test]
    fn words_stay_words() {
        for (text, wanted) in [
            ("the field `TREE_DBH` is cut", "the field `TREE_DBH` is cut"),
            (
                "a_b *c* <b> [x](y) | & \\",
                "a\\_b \\*c\\* \\<b\\> \\[x\\](y) \\| \\& \\\\",
            ),
            ("says `a|b` and `", "says \\`a\\|b\\` and \\`"),
            ("  - x\n- y", "\\- x - y"),
            ("12. x", "12\\. x"),
            ("in 12. x", "in 12. x"),
            ("a@b.example", "a@\u{2060}b.example"),
            (
                "see https://x.example, www.x.example",
                "see https:\u{2060}//x.example, www\u{2060}.x.example",
            ),
            ("é`ü", "é\\`ü"),
        ] {
            assert_eq!(safe(text), wanted);
        }
    }
}
