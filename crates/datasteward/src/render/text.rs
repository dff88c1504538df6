//! The report for people in a terminal or a pipe: by dataset, the ten items as marks with words, then the findings.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use crate::lexicon::dates::Date;
use crate::report::{
    Confidence, Counts, Dataset, Document, Finding, ItemOutcome, Outcome, Portal, Report, Severity,
    Summary,
};
use crate::rule::{Area, Item};
use crate::rules;

use super::{acknowledgement_note, is_open, item_label, mark, most_first};

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

/// Portals with a line of their own.
const PORTALS: usize = 20;

/// Writes a report as text.
#[must_use]
pub fn text(report: &Report, options: &TextOptions) -> String {
    let mut gist = Gist::new(options);
    for finding in &report.findings {
        gist.take(Cow::Borrowed(finding));
    }
    for (index, dataset) in report.datasets.iter().enumerate() {
        gist.take_dataset(index, Cow::Borrowed(dataset));
    }
    gist.documents.extend(report.documents.iter().cloned());
    gist.written(
        report.as_of.as_deref(),
        &report.profile,
        report.summary.clone(),
    )
}

/// A report that is told piece by piece and written as text. Only what will be shown is kept, and the rest is counted:
/// memory grows with neither the findings nor their words.
///
/// Findings come before datasets; those about single datasets in the order of these, so far as they come while documents
/// are still being read.
pub struct Gist<'r> {
    options: TextOptions,
    documents: Vec<Document>,
    of_documents: Vec<Cow<'r, Finding>>,
    /// The findings of datasets that may be shown.
    kept: BTreeMap<usize, Vec<Cow<'r, Finding>>>,
    /// The datasets that may be shown.
    datasets: Vec<(usize, Cow<'r, Dataset>)>,
    found: Vec<Found>,
    /// The dataset that was spoken of last, and how many findings those before it have that will be shown.
    last: usize,
    before: usize,
    /// Datasets from this number on will not be shown.
    shown: usize,
    /// How many findings each rule has.
    rules: BTreeMap<Cow<'static, str>, usize>,
    /// How many datasets fail in each area.
    failing: [usize; 5],
    has_unknown: bool,
    length: usize,
}

/// What was found in one dataset.
#[derive(Clone, Copy, Default)]
struct Found {
    findings: u32,
    /// One of them is more than a remark.
    is_grave: bool,
}

impl Gist<'_> {
    /// Nothing was told yet.
    #[must_use]
    pub fn new(options: &TextOptions) -> Self {
        Self {
            options: *options,
            documents: Vec::new(),
            of_documents: Vec::new(),
            kept: BTreeMap::new(),
            datasets: Vec::new(),
            found: Vec::new(),
            last: 0,
            before: 0,
            shown: usize::MAX,
            rules: BTreeMap::new(),
            failing: [0; 5],
            has_unknown: false,
            length: 0,
        }
    }

    /// A document that was read.
    pub fn document(&mut self, document: Document) {
        self.documents.push(document);
    }

    /// A finding.
    pub fn finding(&mut self, finding: Finding) {
        self.take(Cow::Owned(finding));
    }

    /// A dataset, with the number that findings call it by.
    pub fn dataset(&mut self, index: usize, dataset: Dataset) {
        self.take_dataset(index, Cow::Owned(dataset));
    }
}

impl<'r> Gist<'r> {
    fn take(&mut self, finding: Cow<'r, Finding>) {
        if finding.acknowledged.is_some() {
            return;
        }
        let Some(index) = finding.dataset else {
            self.of_documents.push(finding);
            return;
        };
        if is_open(&finding) {
            match self.rules.get_mut(&finding.rule) {
                Some(count) => *count += 1,
                None => _ = self.rules.insert(finding.rule.clone(), 1),
            }
        }
        if index > self.last {
            self.before += self.shown_of(self.last);
            self.last = index;
            if self.before >= self.options.max_findings {
                self.shown = self.shown.min(index);
            }
        }
        if self.found.len() <= index {
            self.found.resize(index + 1, Found::default());
        }
        if let Some(found) = self.found.get_mut(index) {
            found.findings = found.findings.saturating_add(1);
            found.is_grave |= finding.severity > Severity::Info;
        }
        if index < self.shown {
            self.kept.entry(index).or_default().push(finding);
        }
    }

    fn take_dataset(&mut self, index: usize, dataset: Cow<'r, Dataset>) {
        self.length = self.length.max(index + 1);
        for (failing, area) in self.failing.iter_mut().zip(Area::ALL) {
            let is_of_area = |item: &ItemOutcome| {
                Item::TEN
                    .iter()
                    .any(|known| known.code() == item.item && known.area() == Some(area))
            };
            let mut items = dataset.items.iter();
            *failing +=
                usize::from(items.any(|item| item.outcome == Outcome::Fail && is_of_area(item)));
        }
        let mut items = dataset.items.iter();
        self.has_unknown |= items.any(|item| item.outcome == Outcome::Unknown);
        // One dataset alone is shown whatever was found.
        if index == 0 || (index < self.shown && self.found(index).is_grave) {
            self.datasets.push((index, dataset));
        }
    }

    fn found(&self, index: usize) -> Found {
        self.found.get(index).copied().unwrap_or_default()
    }

    /// How many findings of a dataset will be shown for sure.
    fn shown_of(&self, index: usize) -> usize {
        let found = self.found(index);
        let findings = usize::try_from(found.findings).unwrap_or(usize::MAX);
        if found.is_grave { findings } else { 0 }
    }

    /// The text, when everything was told.
    #[must_use]
    pub fn written(mut self, as_of: Option<&str>, profile: &str, summary: Summary) -> String {
        for findings in self.kept.values_mut() {
            in_order(findings);
        }
        let mut writer = Writer {
            out: String::new(),
            options: self.options,
            width: self.options.width.max(72),
            left: self.options.max_findings,
            explained: BTreeSet::new(),
        };
        writer.documents(&self, as_of, profile);
        writer.findings_of_documents(&self);
        writer.datasets(&self);
        writer.areas(&self, &summary);
        writer.closing(&self, &summary);
        writer.out
    }
}

/// Puts what was found in one dataset in the order of a report, as far as it is known.
fn in_order(findings: &mut [Cow<'_, Finding>]) {
    let place =
        |finding: &Cow<'_, Finding>| rules::find(&finding.rule).map(|it| (it.item, it.code));
    if findings.iter().all(|finding| place(finding).is_some()) {
        findings.sort_by_key(place);
    }
}

struct Writer {
    out: String,
    options: TextOptions,
    width: usize,
    /// How many findings may still be written out.
    left: usize,
    /// Rules whose reason has been told: the second time it would only be in the way.
    explained: BTreeSet<Cow<'static, str>>,
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

    fn documents(&mut self, gist: &Gist<'_>, as_of: Option<&str>, profile: &str) {
        let as_of = as_of.and_then(Date::from_iso).map_or_else(
            || "without a day".to_owned(),
            |date| format!("as of {}", date.spoken()),
        );
        for document in &gist.documents {
            let format = match &document.format {
                Some(format) => format_name(format).to_owned(),
                None => "not understood".to_owned(),
            };
            let records = plural(document.records, "record", "records");
            let judged = format!("judged {as_of}, profile {profile}");
            self.parts(&[
                for_terminal(&document.name),
                format!("{format}, {records}"),
                judged,
            ]);
        }
        if gist.documents.is_empty() {
            self.line("Nothing to judge.");
        }
        self.line("");
    }

    fn findings_of_documents(&mut self, gist: &Gist<'_>) {
        for finding in &gist.of_documents {
            self.finding(finding, gist.documents.len() > 1);
        }
        if !gist.of_documents.is_empty() {
            self.line("");
        }
    }

    fn datasets(&mut self, gist: &Gist<'_>) {
        let is_alone = gist.length < 2;
        let mut kept = gist.datasets.iter().peekable();
        let mut unshown = (0, 0);
        for index in 0..gist.length {
            let dataset = kept.next_if(|(at, _)| *at == index).map(|(_, it)| it);
            let found = gist.found(index);
            if !found.is_grave && !is_alone {
                continue;
            }
            let Some(dataset) = dataset.filter(|_| self.left > 0) else {
                let findings = usize::try_from(found.findings).unwrap_or(usize::MAX);
                unshown = (unshown.0 + 1, unshown.1 + findings);
                continue;
            };
            let findings = gist.kept.get(&index).map_or(&[][..], Vec::as_slice);
            let mut findings: Vec<&Finding> = findings.iter().map(AsRef::as_ref).collect();
            // The gravest first; the order of the checklist within.
            findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
            self.dataset(dataset, &findings, gist.documents.len() > 1);
        }
        if unshown.0 > 0 {
            let more = format!(
                "… and {} with {} more (`--max-findings 0` shows all)",
                plural(unshown.0, "dataset", "datasets"),
                plural(unshown.1, "finding", "findings"),
            );
            self.line(&more);
            self.line("");
        }
    }

    fn dataset(&mut self, dataset: &Dataset, findings: &[&Finding], many_documents: bool) {
        let title = dataset.title.as_deref().unwrap_or("(without a title)");
        let mut head = vec![cut(&for_terminal(title), self.width)];
        for part in [&dataset.id, &dataset.owner].into_iter().flatten() {
            head.push(cut(&for_terminal(part), 60));
        }
        let at = self.out.len();
        self.parts(&head);
        if self.options.color {
            // Painted afterwards, so that the colour does not count as width.
            let end = at + head.first().map_or(0, String::len);
            let painted = self.paint(BOLD, self.out.get(at..end).unwrap_or_default());
            self.out.replace_range(at..end, &painted);
        }
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
            let ten = dataset
                .items
                .iter()
                .all(|item| item.outcome == Outcome::Pass);
            self.line(if ten {
                "  All ten items are in order."
            } else {
                "  All that can be told from this record is in order."
            });
            self.line("");
        }
        for (shown, finding) in findings.iter().enumerate() {
            if self.left == 0 {
                let more = findings.len() - shown;
                let more = plural(more, "more finding", "more findings");
                self.line(&format!("  … and {more} on this dataset"));
                self.line("");
                break;
            }
            self.finding(finding, many_documents);
        }
    }

    /// An area and its items, in columns that stand under each other; what the width cannot hold folds.
    fn area_line(&mut self, dataset: &Dataset, area: Area) {
        const COLUMNS: [usize; 3] = [13, 17, 17];
        let lead = 21;
        let mut line = format!("  {:<19}", area.as_str());
        let mut length = lead;
        let items = dataset.items.iter().filter(|item| {
            Item::TEN
                .iter()
                .any(|known| known.code() == item.item && known.area() == Some(area))
        });
        for (item, column) in items.zip(COLUMNS) {
            let sign = mark(item.outcome, self.options.ascii);
            let style = match item.outcome {
                Outcome::Pass => GREEN,
                Outcome::Fail => RED,
                _ => GREY,
            };
            let label = item_label(&item.item);
            let wide = sign.chars().count() + 1 + label.chars().count();
            if length + wide > self.width {
                self.line(&line);
                line = " ".repeat(lead);
                length = lead;
            }
            let gap = (column + 2).saturating_sub(label.chars().count());
            let _ = write!(
                line,
                "{} {label}{}",
                self.paint(style, sign),
                " ".repeat(gap)
            );
            length += wide + gap;
        }
        self.line(&line);
    }

    /// Parts side by side, three spaces apart; on lines of their own where the width cannot hold them.
    fn parts(&mut self, parts: &[String]) {
        let mut line = String::new();
        for part in parts {
            let both = line.chars().count() + 3 + part.chars().count();
            if !line.is_empty() && both > self.width {
                self.line(&line);
                line = "  ".to_owned();
            } else if !line.is_empty() {
                line.push_str("   ");
            }
            line.push_str(part);
        }
        self.line(&line);
    }

    fn finding(&mut self, finding: &Finding, many_documents: bool) {
        self.left = self.left.saturating_sub(1);
        let style = match finding.severity {
            Severity::Error => RED,
            Severity::Warning => AMBER,
            Severity::Info => GREY,
        };
        let word = finding.severity.as_str();
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
        let said = for_terminal(&finding.message).to_lowercase();
        let evidence = evidence.trim();
        let quote = !evidence.is_empty() && !said.contains(&evidence.to_lowercase());
        if quote {
            let excerpt = self.paint(GREY, &format!("│ {}", cut(evidence, self.width - 15)));
            self.line(&format!("           {excerpt}"));
        }
        if self.explained.insert(finding.rule.clone()) {
            self.fold("           ", 11, &for_terminal(&finding.why));
        }
        let arrow = if self.options.ascii { "-> " } else { "→ " };
        self.fold(
            &format!("           {arrow}"),
            13,
            &for_terminal(&finding.how),
        );
        let both = format!("{place}   {}", finding.rule);
        let lines = if both.chars().count() + 11 > self.width {
            vec![place.as_str(), &*finding.rule]
        } else {
            vec![both.trim()]
        };
        for line in lines {
            let line = self.paint(GREY, line);
            self.line(&format!("           {line}"));
        }
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
                " and {}",
                plural(finding.locations.len() - 1, "more place", "more places")
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

    fn areas(&mut self, gist: &Gist<'_>, summary: &Summary) {
        if gist.length == 0 {
            return;
        }
        let scores = summary.areas.each();
        for ((area, score), failing) in Area::ALL.iter().zip(scores).zip(gist.failing) {
            let bar = score
                .score
                .map_or_else(|| " ".repeat(10), |share| self.bar(share));
            let share = score.score.map_or_else(
                || "   –  ".to_owned(),
                |share| format!("{:>3.0} %", share * 100.0),
            );
            let words = match failing {
                0 => String::new(),
                1 => "1 dataset to mend".to_owned(),
                count => format!("{count} datasets to mend"),
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

    /// A line a portal, where there are several.
    fn portals(&mut self, summary: &Summary) {
        if summary.portals.is_empty() {
            return;
        }
        self.line("By portal:");
        let name = |portal: &Portal| match &portal.portal {
            Some(host) => cut(&for_terminal(host), 40),
            None => "no portal named".to_owned(),
        };
        let shown = || summary.portals.iter().take(PORTALS);
        let widest = shown().map(|it| name(it).chars().count()).max();
        for portal in shown() {
            let words = in_words(portal.datasets, &portal.findings);
            let name = name(portal);
            let gap = " ".repeat(widest.unwrap_or_default() - name.chars().count());
            self.line(&format!("  {name}{gap}   {words}"));
        }
        if let more @ 1.. = summary.portals.len().saturating_sub(PORTALS) {
            let more = plural(more, "more portal", "more portals");
            self.line(&format!("  … and {more}; `--format json` has all"));
        }
    }

    /// What is known and left as it is, and which of these words have outlived themselves.
    fn acknowledged(&mut self, summary: &Summary) {
        let count = summary.acknowledged;
        if count > 0 {
            let findings = plural(count, "finding is", "findings are");
            self.line(&format!(
                "{findings} acknowledged and not counted; other forms of the report list them."
            ));
        }
        for known in &summary.acknowledgements {
            if let Some(note) = acknowledgement_note(known) {
                self.fold("", 2, &note);
            }
        }
    }

    fn closing(&mut self, gist: &Gist<'_>, summary: &Summary) {
        let words = in_words(summary.datasets, &summary.findings);
        self.line(&format!("{words}."));
        let well = (0..gist.length).filter(|index| !gist.found(*index).is_grave);
        let well = well.count();
        if well > 0 && well < gist.length {
            let datasets = plural(well, "dataset has", "datasets have");
            self.line(&format!("{datasets} nothing to mend."));
        }
        self.portals(summary);
        self.acknowledged(summary);
        let mut first: Vec<(&str, usize)> = gist
            .rules
            .iter()
            .map(|(rule, count)| (&**rule, *count))
            .collect();
        most_first(&mut first);
        if let Some((rule, _)) = first.first() {
            self.line("Mend first:");
            let shown = first.iter().take(3);
            let widest = shown
                .clone()
                .map(|(rule, _)| rule.len())
                .max()
                .unwrap_or_default();
            for (rule, count) in shown {
                let findings = plural(*count, "finding", "findings");
                self.line(&format!("  {rule:<widest$}   {findings}"));
            }
            self.line(&format!("`datasteward explain {rule}` says more."));
        } else if summary.datasets > 0 {
            self.line("Nothing to mend.");
        }
        if gist.has_unknown {
            let sign = mark(Outcome::Unknown, self.options.ascii);
            self.fold(
                "",
                2,
                &format!("{sign} means: this file cannot tell; its format has no place for the answer, or the export leaves it out."),
            );
        }
    }
}

fn format_name(id: &str) -> &str {
    crate::format::FORMATS
        .iter()
        .find(|format| format.id == id)
        .map_or(id, |format| format.name)
}

/// How many datasets, and what was found in them.
fn in_words(datasets: usize, counts: &Counts) -> String {
    format!(
        "{}: {}, {}, {}",
        plural(datasets, "dataset", "datasets"),
        plural(counts.error, "error", "errors"),
        plural(counts.warning, "warning", "warnings"),
        plural(counts.info, "note", "notes"),
    )
}

pub(super) fn plural(count: usize, one: &str, many: &str) -> String {
    format!("{} {}", grouped(count), if count == 1 { one } else { many })
}

/// A number with thin spaces between its thousands.
pub(super) fn grouped(number: usize) -> String {
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
    use super::{TextOptions, cut, for_terminal, grouped, text};
    use crate::{Options, Source, check};

    const RECORDS: &str = concat!(
        r#"{"datasteward": "1", "id": "trees-1990", "title": "Street trees of the nineties, as they were counted by hand", "#,
        r#""department": {"name": "Bureau of Street Services"}, "columns": [{"name": "TRDBH"}, {"name": "CNDTN"}]}"#,
        "\n",
        r#"{"datasteward": "1", "id": "benches", "title": "Benches", "columns": [{"name": "BNCHTYP"}]}"#,
    );

    fn printed(options: &TextOptions) -> String {
        let source = Source::new("records.jsonl", RECORDS.as_bytes());
        text(&check(&[source], &Options::default()), options)
    }

    #[test]
    fn nothing_but_a_name_is_wider_than_the_terminal() {
        let narrow = TextOptions {
            width: 72,
            ..TextOptions::default()
        };
        for line in printed(&narrow).lines() {
            assert!(line.chars().count() <= 72, "{line}");
        }
    }

    #[test]
    fn colour_changes_nothing_but_colour() {
        let color = TextOptions {
            color: true,
            ..TextOptions::default()
        };
        let mut bare = String::new();
        for (at, part) in printed(&color).split('\u{1b}').enumerate() {
            let part = if at == 0 {
                part
            } else {
                part.split_once('m').map_or("", |(_, rest)| rest)
            };
            bare.push_str(part);
        }
        assert_eq!(bare, printed(&TextOptions::default()));
    }

    #[test]
    fn the_reason_of_a_rule_is_told_once() {
        let text = printed(&TextOptions::default());
        let joined = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let reason = "Readers take the data for complete and exact";
        assert!(joined.matches("limitations-missing").count() >= 2, "{text}");
        assert_eq!(joined.matches(reason).count(), 1, "{text}");
    }

    #[test]
    fn what_is_not_written_out_is_counted() {
        let one = TextOptions {
            max_findings: 1,
            ..TextOptions::default()
        };
        let text = printed(&one);
        assert_eq!(text.matches("more finding").count(), 1, "{text}");
        assert!(text.contains("… and 1 dataset with "), "{text}");
    }

    #[test]
    fn no_two_blank_lines_stand_together() {
        assert!(!printed(&TextOptions::default()).contains("\n\n\n"));
    }

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
