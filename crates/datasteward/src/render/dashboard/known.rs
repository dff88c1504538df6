//! What stewards know and leave as it is.

use std::fmt::Write;

use crate::render::acknowledgement_note;
use crate::render::page::{coded, escape};
use crate::render::text::{grouped, plural};
use crate::report::{Acknowledged, AcknowledgementState};

use super::View;

pub(super) fn section(out: &mut String, view: &View<'_>) {
    let summary = &view.report.summary;
    if summary.acknowledgements.is_empty() {
        return;
    }
    let _ = write!(
        out,
        "<section>\n<h2 id=\"known\">Known and left as it is</h2>\n<p class=\"soft\">{} acknowledged. They stand with their datasets and are not counted.</p>\n<table class=\"cards\">\n<thead><tr><th scope=\"col\">Finding</th><th scope=\"col\">Reason</th><th scope=\"col\" class=\"num\">Findings</th><th scope=\"col\">State</th></tr></thead>\n<tbody>\n",
        plural(summary.acknowledged, "finding is", "findings are")
    );
    for known in &summary.acknowledgements {
        let _ = writeln!(
            out,
            "<tr><th scope=\"row\">{}</th><td>{}</td><td class=\"num\" data-head=\"findings\">{}</td><td data-head=\"state\">{}</td></tr>",
            of(known),
            why(known),
            grouped(known.findings),
            state(known)
        );
    }
    out.push_str("</tbody>\n</table>\n</section>\n");
}

fn of(known: &AcknowledgementState) -> String {
    let parts = [&known.dataset, &known.field, &known.path];
    let parts = parts.into_iter().flatten().map(|part| escape(part));
    let parts: Vec<String> = std::iter::once(escape(&known.rule)).chain(parts).collect();
    parts.join(" · ")
}

fn why(known: &AcknowledgementState) -> String {
    match &known.role {
        Some(role) => format!(
            "{} <span class=\"soft\">{}</span>",
            escape(&known.reason),
            escape(role)
        ),
        None => escape(&known.reason),
    }
}

fn state(known: &AcknowledgementState) -> String {
    match (known.state, &known.expires) {
        (Acknowledged::InUse, Some(day)) => format!("until {}", escape(day)),
        (Acknowledged::InUse, None) => "without an end".to_owned(),
        (Acknowledged::NotJudged, _) => "not judged in this run".to_owned(),
        _ => acknowledgement_note(known).map_or_else(String::new, |note| coded(&note)),
    }
}
