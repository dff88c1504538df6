//! Every dataset with its ten marks, and its findings folded beneath.
//!
//! A catalogue has thousands of them, so each is written with as few signs as it can be: what a rule says of every
//! dataset stands once, under what the findings mean, and where scripts run it is shown with the finding as well.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::LazyLock;

use crate::render::page::{coded, escape};
use crate::render::text::grouped;
use crate::render::{is_open, item_label, mark, place, said};
use crate::report::{Dataset, Finding, Location, Outcome, Severity};
use crate::rule::{Item, Rule, page};
use crate::rules;

use super::{View, figures, name};

/// The outcomes in the order of how much they ask for, with their words and colours.
const OUTCOMES: [(Outcome, &str, &str); 4] = [
    (Outcome::Fail, "to mend", "fail"),
    (Outcome::Pass, "in order", "pass"),
    (Outcome::Unknown, "cannot be told", "mute"),
    (Outcome::NotApplicable, "does not apply", "mute"),
];

pub(super) fn section(out: &mut String, view: &View<'_>) {
    let has_wishes = (0..view.report.datasets.len()).any(|at| view.asked.count(at) > 0);
    let first = if has_wishes {
        "Those that people ask for first, then those with the gravest faults"
    } else {
        "Those with the gravest faults first"
    };
    let _ = write!(
        out,
        "<section class=\"leaf\">\n<h2 id=\"datasets\">Datasets</h2>\n<p class=\"soft\">{first}; each opens. ✓ in order, ✗ something to mend, – does not apply, ? cannot be told from this file. What a rule means, and how its fault is mended, stands where its name leads.</p>\n"
    );
    search(out, view);
    out.push_str(
        "<div class=\"heads\" aria-hidden=\"true\"><span>Dataset</span><span class=\"marks\">",
    );
    for item in Item::TEN {
        let _ = write!(
            out,
            "<span title=\"{}\">{}</span>",
            item.label(),
            item.code()
        );
    }
    out.push_str("</span><span class=\"many\">To mend</span></div>\n");
    let one_document = view.report.documents.len() == 1;
    let mut owners = vec![0; view.report.datasets.len()];
    for (index, department) in view.departments.iter().enumerate() {
        for member in &department.members {
            if let Some(owner) = owners.get_mut(*member) {
                *owner = index;
            }
        }
    }
    let mut order = figures::heaviest_first(&view.of_datasets);
    // What people ask for comes first, of equals what is heaviest.
    order.sort_by_key(|at| std::cmp::Reverse(view.asked.count(*at)));
    for at in order {
        let dataset = view.report.datasets.get(at);
        let found = view.of_datasets.get(at).zip(view.open.get(at));
        if let (Some(dataset), Some((findings, open))) = (dataset, found) {
            let owner = owners.get(at).copied().unwrap_or(0);
            one(out, dataset, findings, (*open, owner, one_document));
        }
    }
    out.push_str("</section>\n");
}

/// The search, hidden until the script that serves it runs.
fn search(out: &mut String, view: &View<'_>) {
    out.push_str("<div class=\"search\" id=\"search\" hidden=\"hidden\" role=\"search\">\n<label class=\"grow\">Search titles and findings<input type=\"search\" id=\"words\" autocomplete=\"off\"/></label>\n<label>Department<select id=\"owner\"><option value=\"\">all</option>\n");
    for (index, department) in view.departments.iter().enumerate() {
        let _ = writeln!(
            out,
            "<option value=\"{index}\">{}</option>",
            name(department)
        );
    }
    out.push_str("</select></label>\n<label>To mend<select id=\"fault\"><option value=\"\">all datasets</option><option value=\"none\">nothing to mend</option>\n<optgroup label=\"Item\">");
    for item in Item::TEN {
        let _ = write!(
            out,
            "<option value=\"{}\">{} {}</option>",
            item.code(),
            item.code(),
            item.label()
        );
    }
    out.push_str("</optgroup>\n<optgroup label=\"Rule\">");
    for work in figures::work(view.of_datasets.iter().flatten().copied()) {
        let _ = write!(
            out,
            "<option value=\"{}\">{}</option>",
            escape(&work.example.code),
            escape(work.rule)
        );
    }
    out.push_str("</optgroup></select></label>\n<p class=\"small soft\" id=\"count\" role=\"status\"></p>\n</div>\n");
}

fn one(
    out: &mut String,
    dataset: &Dataset,
    findings: &[&Finding],
    (open, owner, one_document): (usize, usize, bool),
) {
    let _ = write!(
        out,
        "<details class=\"set\" data-o=\"{owner}\" data-f=\"{}\"><summary><span><b>{}</b><small>{}</small></span>",
        faults(dataset, findings, open),
        title(dataset),
        known_as(dataset)
    );
    marks(out, dataset);
    let _ = writeln!(
        out,
        "<span class=\"many\">{}</span></summary>",
        if open == 0 {
            "<i>✓</i>".to_owned()
        } else {
            grouped(open)
        }
    );
    out.push_str("<ul class=\"words\">");
    for (outcome, words, class) in OUTCOMES {
        let labels: Vec<&str> = with(dataset, outcome).map(item_label).collect();
        if !labels.is_empty() {
            let _ = write!(
                out,
                "<li><b class=\"{class}\">{} {words}:</b> {}</li>",
                mark(outcome, false),
                labels.join(", ")
            );
        }
    }
    out.push_str("</ul>\n");
    self::findings(out, findings, one_document);
    out.push_str("</details>\n");
}

fn title(dataset: &Dataset) -> String {
    match dataset.title.as_deref().map(str::trim) {
        Some(title) if !title.is_empty() => escape(title),
        _ => "(without a title)".to_owned(),
    }
}

/// The department and the identifier.
fn known_as(dataset: &Dataset) -> String {
    let parts = [dataset.owner.as_deref(), dataset.id.as_deref()];
    let parts: Vec<String> = parts.into_iter().flatten().map(escape).collect();
    parts.join(" · ")
}

/// What the filter may ask for: the items and rules to mend, or that there is nothing.
fn faults(dataset: &Dataset, findings: &[&Finding], open: usize) -> String {
    let mut faults: Vec<&str> = with(dataset, Outcome::Fail).collect();
    let open_rules = findings.iter().filter(|finding| is_open(finding));
    faults.extend(open_rules.map(|finding| &*finding.code));
    if open == 0 {
        faults.push("none");
    }
    faults.dedup();
    escape(&faults.join(" "))
}

/// The codes of the items that came out in a way; only of the ten.
fn with(dataset: &Dataset, outcome: Outcome) -> impl Iterator<Item = &'static str> {
    Item::TEN.into_iter().filter_map(move |item| {
        let found = figures::outcome(dataset, item)?;
        (found.outcome == outcome).then_some(item.code())
    })
}

/// Ten marks in the order of the checklist, for the eye; their words stand inside.
fn marks(out: &mut String, dataset: &Dataset) {
    out.push_str("<span class=\"marks\" aria-hidden=\"true\">");
    for item in Item::TEN {
        let outcome = figures::outcome(dataset, item).map(|it| it.outcome);
        let outcome = outcome.unwrap_or(Outcome::Unknown);
        let element = match outcome {
            Outcome::Pass => 'i',
            Outcome::Fail => 'b',
            Outcome::NotApplicable | Outcome::Unknown => 'u',
        };
        let _ = write!(out, "<{element}>{}</{element}>", mark(outcome, false));
    }
    out.push_str("</span>");
}

/// Findings as a list: what is wrong, what to do, where.
pub(super) fn findings(out: &mut String, findings: &[&Finding], one_document: bool) {
    if findings.is_empty() {
        return;
    }
    // The gravest first; among equals the order of the checklist stays.
    let mut findings = findings.to_vec();
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    out.push_str("<ul class=\"found\">\n");
    for finding in findings {
        let class = match finding.severity {
            Severity::Error => "fail",
            Severity::Warning => "warn",
            Severity::Info => "mute",
        };
        let _ = write!(
            out,
            "<li><b class=\"{class}\">{}</b> {}",
            finding.severity.as_str(),
            coded(&said(finding))
        );
        // Only rules of this version have a place to lead to.
        let rule = rules::find(&finding.rule).filter(|rule| rule.id == finding.rule);
        // What a rule says of every dataset stands once, where its link leads.
        if rule.is_none_or(|rule| general(rule) != finding.how) {
            let _ = write!(out, "<em>→ {}</em>", coded(&finding.how));
        }
        if let Some(word) = &finding.acknowledged {
            let _ = write!(
                out,
                "<br/>Known and left as it is: {}",
                escape(&word.reason)
            );
        }
        let mut at = Vec::new();
        if let Some(location) = finding.locations.first() {
            at.push(escape(&place_in(location, one_document)));
        }
        at.push(match rule {
            Some(rule) => format!("<a href=\"#{}\">{}</a>", rule.code, rule.id),
            None => escape(&finding.rule),
        });
        let _ = writeln!(out, "<small>{}</small></li>", at.join(" · "));
    }
    out.push_str("</ul>\n");
}

/// What a rule says of how every dataset is mended; each page is taken apart once.
fn general(rule: &Rule) -> &'static str {
    static HOW: LazyLock<BTreeMap<&'static str, String>> = LazyLock::new(|| {
        rules::all()
            .map(|rule| (rule.id, page::one_line(page::parse(rule.page).how)))
            .collect()
    });
    HOW.get(rule.id).map_or("", String::as_str)
}

/// A place; the name of the document is left out where there is only one.
fn place_in(location: &Location, one_document: bool) -> String {
    match (location.line, location.column) {
        (Some(line), Some(column)) if one_document => format!("line {line}, column {column}"),
        _ => place(location),
    }
}
