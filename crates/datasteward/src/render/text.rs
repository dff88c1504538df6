//! The report for people in a terminal or a pipe: by dataset, the ten items as marks with words, then the findings.

use std::fmt::Write;

use crate::lexicon::dates::Date;
use crate::report::{Confidence, Dataset, Finding, Outcome, Report, Severity};
use crate::rule::{Area, Item};

use super::{item_label, mark, mend_first};

/// How the text is laid out.
#[derive(Clone, Copy, Debug)]
pub struct TextOptions {
    /// Columns of the terminal; at least 72.
    pub width: usize,
    /// Colours, beside the marks and words.
    pub color: bool,
    /// Plain ASCII marks and bars.
    pub ascii: bool,
    /// How many findings are written out; the others are counted.
    pub max_findings: usize,
}

impl Default for TextOptions {
    fn default() -> Self {
        Self {
            width: 100,
            color: false,
            ascii: false,
            max_findings: 200,
        }
    }
}

const RED: &str = "31";
const GREEN: &str = "32";
const AMBER: &str = "33";
const GREY: &str = "90";
const BOLD: &str = "1";

/// Writes a report as text.
#[must_use]
pub fn text(report: &Report, options: &TextOptions) -> String {
    let mut writer = Writer {
        out: String::new(),
        options: *options,
        width: options.width.max(72),
        left: options.max_findings,
    };
    writer.documents(report);
    writer.findings_of_documents(report);
    writer.datasets(report);
    writer.areas(report);
    writer.closing(report);
    writer.out
}

struct Writer {
    out: String,
    options: TextOptions,
    width: usize,
    /// How many findings may still be written out.
    left: usize,
}

impl Writer {
    fn paint(&self, style: &str, text: &str) -> String {
        if self.options.color {
            format!("\u{1b}[{style}m{text}\u{1b}[0m")
        } else {
            text.to_owned()
        }
    }

    fn line(&mut self, text: &str) {
        self.out.push_str(text.trim_end());
        self.out.push('\n');
    }

    fn documents(&mut self, report: &Report) {
        let as_of = report
            .as_of
            .as_deref()
            .and_then(Date::from_iso)
            .map_or_else(
                || "without a day".to_owned(),
                |date| format!("as of {}", date.spoken()),
            );
        for document in &report.documents {
            let format = match &document.format {
                Some(format) => format_name(format).to_owned(),
                None => "not understood".to_owned(),
            };
            let records = plural(document.records, "record", "records");
            let line = format!(
                "{}   {format}, {records}   judged {as_of}, profile {}",
                for_terminal(&document.name),
                report.profile
            );
            self.line(&line);
        }
        if report.documents.is_empty() {
            self.line("Nothing to judge.");
        }
        self.line("");
    }

    fn findings_of_documents(&mut self, report: &Report) {
        let of_documents = report
            .findings
            .iter()
            .filter(|finding| finding.dataset.is_none());
        let mut any = false;
        for finding in of_documents {
            self.finding(finding, report.documents.len() > 1);
            any = true;
        }
        if any {
            self.line("");
        }
    }

    fn datasets(&mut self, report: &Report) {
        let mut by_dataset: Vec<Vec<&Finding>> = vec![Vec::new(); report.datasets.len()];
        for finding in &report.findings {
            if let Some(list) = finding.dataset.and_then(|index| by_dataset.get_mut(index)) {
                list.push(finding);
            }
        }
        let mut unshown = (0, 0);
        for (dataset, mut findings) in report.datasets.iter().zip(by_dataset) {
            let grave = findings
                .iter()
                .any(|finding| finding.severity > Severity::Info);
            if !grave && report.datasets.len() > 1 {
                continue;
            }
            if self.left == 0 {
                unshown = (unshown.0 + 1, unshown.1 + findings.len());
                continue;
            }
            // The gravest first; the order of the checklist within.
            findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
            self.dataset(dataset, &findings, report.documents.len() > 1);
        }
        if unshown.0 > 0 {
            let more = format!(
                "… and {} with {} more (`--max-findings 0` shows all, `--format json` lists them)",
                plural(unshown.0, "dataset", "datasets"),
                plural(unshown.1, "finding", "findings"),
            );
            self.line(&more);
            self.line("");
        }
    }

    fn dataset(&mut self, dataset: &Dataset, findings: &[&Finding], many_documents: bool) {
        let title = dataset.title.as_deref().unwrap_or("(without a title)");
        let mut head = self.paint(BOLD, &cut(&for_terminal(title), self.width - 20));
        for part in [&dataset.id, &dataset.owner].into_iter().flatten() {
            let _ = write!(head, "   {}", cut(&for_terminal(part), 60));
        }
        self.line(&head);
        for area in Area::ALL {
            self.area_line(dataset, area);
        }
        self.line("");
        let all_well = dataset
            .items
            .iter()
            .all(|item| item.outcome != Outcome::Fail)
            && findings.is_empty();
        if all_well {
            self.line("  All that can be told from this record is in order.");
        }
        for finding in findings {
            if self.left == 0 {
                break;
            }
            self.finding(finding, many_documents);
        }
        self.line("");
    }

    fn area_line(&mut self, dataset: &Dataset, area: Area) {
        let mut line = format!("  {:<18}", area.as_str());
        let items = dataset.items.iter().filter(|item| {
            Item::TEN
                .iter()
                .any(|known| known.code() == item.item && known.area() == Some(area))
        });
        for item in items {
            let sign = mark(item.outcome, self.options.ascii);
            let style = match item.outcome {
                Outcome::Pass => GREEN,
                Outcome::Fail => RED,
                _ => GREY,
            };
            let label = item_label(&item.item);
            let _ = write!(line, " {} {label:<18}", self.paint(style, sign));
        }
        self.line(&line);
    }

    fn finding(&mut self, finding: &Finding, many_documents: bool) {
        self.left = self.left.saturating_sub(1);
        let (word, style) = match finding.severity {
            Severity::Error => ("error", RED),
            Severity::Warning => ("warning", AMBER),
            Severity::Info => ("note", GREY),
        };
        let word = self.paint(style, &format!("{word:<8}"));
        let message = match finding.confidence {
            Confidence::Hint => format!("Perhaps: {}", finding.message),
            _ => finding.message.clone(),
        };
        self.fold(&format!("  {word} "), 11, &for_terminal(&message));
        let place = self.place(finding, many_documents);
        let evidence = finding
            .evidence
            .as_deref()
            .map(for_terminal)
            .unwrap_or_default();
        // What the message has already quoted is not quoted again.
        let quote =
            !evidence.is_empty() && !for_terminal(&finding.message).contains(evidence.trim());
        if quote {
            let excerpt = self.paint(GREY, &format!("│ {}", cut(&evidence, self.width - 15)));
            self.line(&format!("           {excerpt}"));
        }
        self.fold("           ", 11, &for_terminal(&finding.why));
        let arrow = if self.options.ascii { "-> " } else { "→ " };
        self.fold(
            &format!("           {arrow}"),
            13,
            &for_terminal(&finding.how),
        );
        let rule = format!("{place}   {}", finding.rule);
        let rule = self.paint(GREY, rule.trim());
        self.line(&format!("           {rule}"));
        self.line("");
    }

    fn place(&self, finding: &Finding, many_documents: bool) -> String {
        let Some(first) = finding.locations.first() else {
            return String::new();
        };
        let mut place = String::new();
        if many_documents {
            let _ = write!(place, "{}, ", for_terminal(&first.document));
        }
        match (first.line, first.column) {
            (Some(line), Some(column)) => {
                let _ = write!(place, "line {line}, column {column}");
            }
            _ => place.push_str(&for_terminal(&first.pointer)),
        }
        if finding.locations.len() > 1 {
            let _ = write!(
                place,
                " and {} more",
                plural(finding.locations.len() - 1, "place", "places")
            );
        }
        place
    }

    /// Text folded at the width, behind a first indent; further lines stand under it.
    fn fold(&mut self, indent: &str, depth: usize, text: &str) {
        let room = self.width.saturating_sub(depth).max(30);
        let mut line = String::new();
        let mut length = 0;
        let mut lead = indent.to_owned();
        for word in text.split_whitespace() {
            let letters = word.chars().count();
            if length > 0 && length + 1 + letters > room {
                self.line(&format!("{lead}{line}"));
                lead = " ".repeat(depth);
                line.clear();
                length = 0;
            }
            if length > 0 {
                line.push(' ');
                length += 1;
            }
            line.push_str(word);
            length += letters;
        }
        self.line(&format!("{lead}{line}"));
    }

    fn areas(&mut self, report: &Report) {
        if report.datasets.is_empty() {
            return;
        }
        for (area, score) in Area::ALL.iter().zip(report.summary.areas.each()) {
            let failing = report
                .datasets
                .iter()
                .filter(|dataset| {
                    dataset.items.iter().any(|item| {
                        item.outcome == Outcome::Fail
                            && Item::TEN.iter().any(|known| {
                                known.code() == item.item && known.area() == Some(*area)
                            })
                    })
                })
                .count();
            let bar = score
                .score
                .map_or_else(|| " ".repeat(10), |share| self.bar(share));
            let share = score.score.map_or_else(
                || "   –  ".to_owned(),
                |share| format!("{:>3.0} %", share * 100.0),
            );
            let words = match failing {
                0 => String::new(),
                1 => "1 dataset with something to mend".to_owned(),
                count => format!("{count} datasets with something to mend"),
            };
            self.line(&format!("  {:<18} {bar}  {share}   {words}", area.as_str()));
        }
        self.line("");
    }

    fn bar(&self, share: f64) -> String {
        let (full, empty) = if self.options.ascii {
            ("#", ".")
        } else {
            ("▇", "░")
        };
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a share between 0 and 1"
        )]
        let filled = ((share * 10.0).round() as usize).min(10);
        full.repeat(filled) + &empty.repeat(10 - filled)
    }

    fn closing(&mut self, report: &Report) {
        let counts = &report.summary.findings;
        let line = format!(
            "{}: {}, {}, {}.",
            plural(report.summary.datasets, "dataset", "datasets"),
            plural(counts.error, "error", "errors"),
            plural(counts.warning, "warning", "warnings"),
            plural(counts.info, "note", "notes"),
        );
        self.line(&line);
        let first = mend_first(report);
        if let Some((rule, _)) = first.first() {
            let list: Vec<String> = first
                .iter()
                .take(3)
                .map(|(rule, count)| format!("{rule} ({})", plural(*count, "dataset", "datasets")))
                .collect();
            self.fold("Mend first: ", 12, &format!("{}.", list.join(", ")));
            self.line(&format!("`datasteward explain {rule}` says more."));
        } else if report.summary.datasets > 0 {
            self.line("Nothing to mend.");
        }
        if report.datasets.iter().any(|dataset| {
            dataset
                .items
                .iter()
                .any(|item| item.outcome == Outcome::Unknown)
        }) {
            let sign = mark(Outcome::Unknown, self.options.ascii);
            self.line(&format!("{sign} means: this file cannot tell; its format has no place for the answer, or the export leaves it out."));
        }
    }
}

fn format_name(id: &str) -> &str {
    crate::format::FORMATS
        .iter()
        .find(|format| format.id == id)
        .map_or(id, |format| format.name)
}

fn plural(count: usize, one: &str, many: &str) -> String {
    format!("{} {}", grouped(count), if count == 1 { one } else { many })
}

/// A number with thin spaces between its thousands.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut grouped = String::with_capacity(digits.len() + 4);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) && digits.len() > 4 {
            grouped.push('\u{202f}');
        }
        grouped.push(digit);
    }
    grouped
}

/// A text for a terminal: one line, and nothing in it that could steer the terminal or turn the reading order.
#[must_use]
pub fn for_terminal(text: &str) -> String {
    text.chars()
        .map(|sign| match sign {
            '\n' | '\r' | '\t' => ' ',
            control if control.is_control() => '\u{FFFD}',
            '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{200E}' | '\u{200F}' => {
                '\u{FFFD}'
            }
            '\u{2028}' | '\u{2029}' => ' ',
            other => other,
        })
        .collect()
}

fn cut(text: &str, room: usize) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() <= room {
        return text;
    }
    let kept: String = text.chars().take(room.saturating_sub(1)).collect();
    format!("{kept}…")
}

#[cfg(test)]
mod tests {
    use super::{cut, for_terminal, grouped};

    #[test]
    fn nothing_steers_the_terminal() {
        assert_eq!(
            for_terminal("a\u{1b}[31mb\u{202E}c\nd"),
            "a\u{FFFD}[31mb\u{FFFD}c d"
        );
    }

    #[test]
    fn groups_thousands_and_cuts_long_lines() {
        assert_eq!(grouped(1234), "1234");
        assert_eq!(grouped(1_234_567), "1\u{202f}234\u{202f}567");
        assert_eq!(cut("abcdef", 4), "abc…");
    }
}
