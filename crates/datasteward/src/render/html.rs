//! The report as a fragment of a page, for notebooks: a table of the areas, then datasets and findings to open.

use std::fmt::Write;

use crate::report::{Dataset, Finding, Outcome, Report};
use crate::rule::Area;

use super::{item_label, mark};

/// How many datasets are written out.
const DATASETS: usize = 50;

/// Writes a report as a fragment of HTML; everything that came from a record is escaped.
#[must_use]
pub fn html(report: &Report) -> String {
    let mut out = String::from("<div class=\"datasteward\">\n");
    head(&mut out, report);
    let of_documents = report
        .findings
        .iter()
        .filter(|finding| finding.dataset.is_none() && finding.acknowledged.is_none());
    list(&mut out, &of_documents.collect::<Vec<_>>());
    let mut by_dataset: Vec<Vec<&Finding>> = vec![Vec::new(); report.datasets.len()];
    for finding in &report.findings {
        if finding.acknowledged.is_some() {
            continue;
        }
        if let Some(findings) = finding.dataset.and_then(|index| by_dataset.get_mut(index)) {
            findings.push(finding);
        }
    }
    let shown = report
        .datasets
        .iter()
        .zip(&by_dataset)
        .filter(|(_, findings)| !findings.is_empty());
    for (dataset, findings) in shown.clone().take(DATASETS) {
        section(&mut out, dataset, findings);
    }
    let more = shown.count().saturating_sub(DATASETS);
    if more > 0 {
        let _ = writeln!(out, "<p>… and {more} more datasets.</p>");
    }
    out.push_str("</div>\n");
    out
}

fn head(out: &mut String, report: &Report) {
    let counts = &report.summary.findings;
    let _ = writeln!(
        out,
        "<p><strong>{} datasets</strong>: {} errors, {} warnings, {} notes{}</p>",
        report.summary.datasets,
        counts.error,
        counts.warning,
        counts.info,
        report
            .as_of
            .as_deref()
            .map_or(String::new(), |date| format!(
                ", judged as of {}",
                escape(date)
            )),
    );
    out.push_str("<table><thead><tr><th scope=\"col\">Area</th><th scope=\"col\">Score</th><th scope=\"col\">Items in order</th></tr></thead><tbody>\n");
    for (area, score) in Area::ALL.iter().zip(report.summary.areas.each()) {
        let share = score
            .score
            .map_or_else(|| "–".to_owned(), |share| format!("{:.0} %", share * 100.0));
        let _ = writeln!(
            out,
            "<tr><th scope=\"row\">{}</th><td>{share}</td><td>{} of {}</td></tr>",
            area.as_str(),
            score.passed,
            score.applicable
        );
    }
    out.push_str("</tbody></table>\n");
}

fn section(out: &mut String, dataset: &Dataset, findings: &[&Finding]) {
    let title = dataset.title.as_deref().unwrap_or("(without a title)");
    let _ = writeln!(
        out,
        "<details><summary>{} ({})</summary>",
        escape(title),
        findings.len()
    );
    out.push_str("<p>");
    for item in &dataset.items {
        let word = match item.outcome {
            Outcome::Pass => "in order",
            Outcome::Fail => "to mend",
            Outcome::NotApplicable => "does not apply",
            Outcome::Unknown => "cannot be told",
        };
        let _ = write!(
            out,
            "<span title=\"{word}\">{} {}</span> ",
            mark(item.outcome, false),
            item_label(&item.item)
        );
    }
    out.push_str("</p>\n");
    list(out, findings);
    out.push_str("</details>\n");
}

fn list(out: &mut String, findings: &[&Finding]) {
    if findings.is_empty() {
        return;
    }
    out.push_str("<ul>\n");
    for finding in findings {
        let word = finding.severity.as_str();
        let place = finding
            .locations
            .first()
            .map_or(String::new(), |place| match place.line {
                Some(line) => format!(", line {line}"),
                None => format!(", {}", escape(&place.pointer)),
            });
        let _ = writeln!(
            out,
            "<li><strong>{word}</strong> {}<br>{}<br>→ {} <small>{}{place}</small></li>",
            escape(&finding.message),
            escape(&finding.why),
            escape(&finding.how),
            escape(&finding.rule),
        );
    }
    out.push_str("</ul>\n");
}

/// Text made harmless for HTML, in elements and in attributes; signs that turn the reading order are shown as lost.
pub(crate) fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            '\n' | '\t' | '\r' => safe.push(' '),
            '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => safe.push('\u{FFFD}'),
            // The last two are no signs at all, and no page may hold them.
            '\u{FFFE}' | '\u{FFFF}' => safe.push('\u{FFFD}'),
            control if control.is_control() => safe.push('\u{FFFD}'),
            other => safe.push(other),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn escapes_what_a_page_would_run() {
        assert_eq!(
            escape("<img src='x' onerror=\"y\">&\u{202E}"),
            "&lt;img src=&#39;x&#39; onerror=&quot;y&quot;&gt;&amp;\u{FFFD}"
        );
    }
}
