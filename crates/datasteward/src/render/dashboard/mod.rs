//! The dashboard: one page that shows a whole catalogue to the people who look after it.
//!
//! It answers in this order: how are we doing, what comes first, who does well; then areas and items, departments, every
//! dataset with its findings, and what the findings mean. It stands alone and fetches nothing. Its one script searches
//! and filters; without it everything is there but the search. No word of a record is ever in the script.

mod datasets;
mod figures;
mod known;
mod trend;

use std::fmt::Write;

use crate::lexicon::dates::Date;
use crate::report::{Counts, Finding, Report};
use crate::rule::{Area, Item, page};
use crate::rules;

use super::history::{Change, History, points};
use super::markdown;
use super::page::{close, escape, open};
use super::requests::{Asked, Requests};
use super::text::{grouped, plural};
use super::{by_dataset, is_open, item_label};

use figures::{Department, Tally, Work};

const SCRIPT: &str = include_str!("script.js");

/// How many rules stand under what comes first, and how many departments under who does well.
const FIRST: usize = 5;

/// How many wishes are shown.
const ASKED: usize = 12;

/// How many departments are told what would help them most.
const HELPED: usize = 3;

/// Everything that the parts of the page draw on.
struct View<'r> {
    report: &'r Report,
    /// The findings of each dataset.
    of_datasets: Vec<Vec<&'r Finding>>,
    /// The findings of the documents.
    of_documents: Vec<&'r Finding>,
    /// How many findings of each dataset are to be mended.
    open: Vec<usize>,
    departments: Vec<Department<'r>>,
    /// How often each dataset was asked for.
    asked: Asked<'r>,
    history: &'r History,
}

/// The report as a page for a department's stewards; whatever a record says is escaped.
#[must_use]
pub fn dashboard(report: &Report) -> String {
    dashboard_with(report, &Requests::default(), &History::default())
}

/// The same beside what people have asked for, and how it went over time.
#[must_use]
pub fn dashboard_with(report: &Report, requests: &Requests, history: &History) -> String {
    let (of_datasets, of_documents) = by_dataset(report);
    let open_findings = figures::open(&of_datasets);
    let view = View {
        report,
        departments: figures::departments(report, &open_findings),
        open: open_findings,
        of_datasets,
        of_documents,
        asked: requests.of(report),
        history,
    };
    // Without datasets there is nothing to search.
    let script = (!report.datasets.is_empty()).then_some(SCRIPT);
    let mut out = open("Metadata dashboard", script);
    head(&mut out, &view);
    out.push_str("<main>\n");
    if report.datasets.is_empty() {
        out.push_str("<p>No dataset was read, so there is nothing to show.</p>\n");
    } else {
        first_screen(&mut out, &view);
        asked_for(&mut out, &view);
        areas(&mut out, &view);
        departments(&mut out, &view);
        trend::section(&mut out, &view);
        datasets::section(&mut out, &view);
    }
    known::section(&mut out, &view);
    documents(&mut out, &view);
    meaning(&mut out, &view);
    out.push_str("</main>\n");
    close(&mut out, script);
    out
}

fn head(out: &mut String, view: &View<'_>) {
    let report = view.report;
    let datasets = plural(report.datasets.len(), "dataset", "datasets");
    let mut facts = Vec::new();
    match report.documents.as_slice() {
        // Of a long path only the file is of use to a reader.
        [one] => facts.push(escape(one.name.rsplit('/').next().unwrap_or(&one.name))),
        many => facts.push(plural(many.len(), "file", "files")),
    }
    if let Some(date) = report.as_of.as_deref().and_then(Date::from_iso) {
        facts.push(format!("judged as of {}", date.spoken()));
    }
    facts.push(format!("profile {}", escape(&report.profile)));
    facts.push(format!("datasteward {}", escape(&report.tool.version)));
    let _ = writeln!(
        out,
        "<header>\n<p class=\"name\">datasteward</p>\n<h1>How well {datasets} explain themselves</h1>\n<p class=\"soft\">{}</p>\n</header>",
        facts.join(" · ")
    );
}

/// How are we doing, what comes first, who does well.
fn first_screen(out: &mut String, view: &View<'_>) {
    let report = view.report;
    let well = view.open.iter().filter(|count| **count == 0).count();
    let counts = &report.summary.findings;
    let _ = writeln!(
        out,
        "<p class=\"lead\">{}{}</p>",
        state(well, report.datasets.len(), counts),
        match counts.info {
            0 => String::new(),
            1 => " 1 note is a remark only.".to_owned(),
            notes => format!(" {} notes are remarks only.", grouped(notes)),
        }
    );
    out.push_str("<div class=\"facts\">\n<section>\n<h2 id=\"first\">What to do first</h2>\n");
    let work = figures::work(view.of_datasets.iter().flatten().copied());
    if work.is_empty() {
        out.push_str(
            "<p class=\"pass\">✓ All ten items are in order, as far as these files tell.</p>\n",
        );
    } else {
        out.push_str("<ol class=\"first\">\n");
        for one in work.iter().take(FIRST) {
            let (fault, how) = words(one);
            let _ = writeln!(
                out,
                "<li><strong>{}</strong> {} <a href=\"#datasets\" data-pick=\"f{}\">{}</a></li>",
                escape(&how),
                escape(&fault),
                escape(&one.example.code),
                plural(one.datasets, "dataset", "datasets")
            );
        }
        out.push_str("</ol>\n");
    }
    out.push_str("</section>\n<section>\n<h2 id=\"champions\">Data champions</h2>\n");
    champions(out, view);
    out.push_str("</section>\n</div>\n");
}

/// How many datasets have nothing to mend, and what the others have.
fn state(well: usize, all: usize, counts: &Counts) -> String {
    let faults = format!(
        "{} and {}",
        plural(counts.error, "error", "errors"),
        plural(counts.warning, "warning", "warnings")
    );
    let have = if well == 1 { "has" } else { "have" };
    match (well, all) {
        _ if well == all => "Nothing is to be mended.".to_owned(),
        (0, 1) => format!("It has something to mend: {faults}."),
        (0, _) => format!("All have something to mend: {faults}."),
        _ => format!(
            "{} of {} {have} nothing to mend. In the rest there are {faults}.",
            grouped(well),
            grouped(all)
        ),
    }
}

/// What a rule found and what to do, from its page.
fn words(work: &Work<'_>) -> (String, String) {
    match rules::find(work.rule).map(|rule| page::parse(rule.page)) {
        Some(page) => (page::one_line(page.summary), page::one_line(page.how)),
        // A report of another version may know more rules.
        None => (work.example.message.clone(), work.example.how.to_string()),
    }
}

fn champions(out: &mut String, view: &View<'_>) {
    let best = view.departments.iter().filter(|it| it.is_champion());
    if best.clone().next().is_none() {
        out.push_str("<p>No department with five datasets or more is at 80 % yet.</p>\n");
    } else {
        out.push_str("<ul class=\"first\">\n");
        for department in best.take(FIRST) {
            let _ = writeln!(
                out,
                "<li><strong>{}</strong>, {}, {}{}{}</li>",
                name(department),
                plural(department.members.len(), "dataset", "datasets"),
                percent(department.mean),
                trend::change_of(view, department.name)
                    .filter(Change::is_rise)
                    .map_or_else(String::new, |change| format!(", {}", since(&change))),
                in_order(view, department)
            );
        }
        out.push_str("</ul>\n");
    }
    improving(out, view);
}

/// The departments that have risen most and are not there yet.
fn improving(out: &mut String, view: &View<'_>) {
    let others = view.departments.iter().filter(|it| !it.is_champion());
    let mut rising: Vec<(&Department<'_>, Change<'_>)> = others
        .filter_map(|it| trend::change_of(view, it.name).map(|change| (it, change)))
        .filter(|(_, change)| change.is_rise())
        .collect();
    if rising.is_empty() {
        return;
    }
    rising.sort_by(|(_, one), (_, other)| other.by().total_cmp(&one.by()));
    out.push_str("<h3 id=\"improving\">Improving</h3>\n<ul class=\"first\">\n");
    for (department, change) in rising.iter().take(FIRST) {
        let _ = writeln!(
            out,
            "<li><strong>{}</strong>, {}, {}</li>",
            name(department),
            percent(department.mean),
            since(change)
        );
    }
    out.push_str("</ul>\n");
}

/// How much a department changed, and since when.
fn since(change: &Change<'_>) -> String {
    format!(
        "{} since {}",
        points(change.first, change.last),
        change.since.spoken()
    )
}

/// The items that are in order wherever a department's datasets could be judged.
fn in_order(view: &View<'_>, department: &Department<'_>) -> String {
    let datasets = || {
        let members = department.members.iter();
        members.filter_map(|at| view.report.datasets.get(*at))
    };
    let labels: Vec<&str> = Item::TEN
        .into_iter()
        .filter(|item| {
            let tally = figures::of_item(datasets(), *item);
            tally.fail == 0 && tally.pass * 2 > department.members.len()
        })
        .map(Item::label)
        .collect();
    match labels.as_slice() {
        [] => String::new(),
        some => format!(": all in order in {}", some.join(", ")),
    }
}

fn name(department: &Department<'_>) -> String {
    department
        .name
        .map_or_else(|| "No department named".to_owned(), escape)
}

/// A share whose sign stays on its line.
fn percent(share: Option<f64>) -> String {
    markdown::percent(share).replace(' ', "\u{a0}")
}

/// A bar that a table stands beside; the number is in the table.
fn bar(out: &mut String, share: Option<f64>) {
    let full = share.unwrap_or(0.0).clamp(0.0, 1.0) * 100.0;
    let _ = write!(
        out,
        "<svg class=\"bar\" viewBox=\"0 0 100 4\" preserveAspectRatio=\"none\" aria-hidden=\"true\"><rect class=\"rail\" width=\"100\" height=\"4\"/><rect class=\"part\" width=\"{full:.1}\" height=\"4\"/></svg>"
    );
}

/// What people ask for: the datasets with something to mend among them, and what nobody publishes.
fn asked_for(out: &mut String, view: &View<'_>) {
    let mut wanted: Vec<usize> = (0..view.report.datasets.len())
        .filter(|at| view.asked.count(*at) > 0)
        .collect();
    if wanted.is_empty() && view.asked.elsewhere.is_empty() {
        return;
    }
    wanted.sort_by_key(|at| std::cmp::Reverse(view.asked.count(*at)));
    out.push_str("<section>\n<h2 id=\"asked\">What people ask for</h2>\n<table class=\"cards\">\n<thead><tr><th scope=\"col\">Dataset or subject</th><th scope=\"col\" class=\"num\">Requests</th><th scope=\"col\">State</th></tr></thead>\n<tbody>\n");
    let mut row = |what: &str, count: u64, state: &str| {
        let _ = writeln!(
            out,
            "<tr><th scope=\"row\">{}</th><td class=\"num\" data-head=\"requests\">{}</td><td data-head=\"state\">{state}</td></tr>",
            escape(what),
            grouped(usize::try_from(count).unwrap_or(usize::MAX))
        );
    };
    for at in wanted.into_iter().take(ASKED) {
        let Some(dataset) = view.report.datasets.get(at) else {
            continue;
        };
        let title = dataset.title.as_deref().or(dataset.id.as_deref());
        let state = match view.open.get(at) {
            Some(0) | None => "✓ nothing to mend".to_owned(),
            Some(open) => format!("✗ {} to mend", grouped(*open)),
        };
        row(
            title.unwrap_or("(without a title)"),
            view.asked.count(at),
            &state,
        );
    }
    for request in view.asked.elsewhere.iter().take(ASKED) {
        row(&request.what, request.count, "– not in the catalogue");
    }
    out.push_str("</tbody>\n</table>\n</section>\n");
}

fn areas(out: &mut String, view: &View<'_>) {
    out.push_str("<section>\n<h2 id=\"areas\">Areas and items</h2>\n<p class=\"soft\">The score of an area is the mean of its datasets' scores, that of an item the share of datasets in order. What does not apply, or cannot be told from these files, is held against nobody.</p>\n<table class=\"areas cards\">\n<thead><tr><th scope=\"col\">Area, item</th><th scope=\"col\" colspan=\"2\">Score</th><th scope=\"col\" class=\"num\">✓ datasets in order</th><th scope=\"col\" class=\"num\">✗ to mend</th><th scope=\"col\" class=\"num\">? cannot be told</th><th scope=\"col\" class=\"num\">– does not apply</th></tr></thead>\n<tbody>\n");
    let datasets = &view.report.datasets;
    let scores = view.report.summary.areas.each();
    for (area, score) in Area::ALL.into_iter().zip(scores) {
        let tally = figures::of_area(datasets, area);
        area_row(out, "area", area.as_str(), score.score, tally, None);
        for item in Item::TEN.into_iter().filter(|it| it.area() == Some(area)) {
            let tally = figures::of_item(datasets, item);
            let label = format!("{} {}", item.code(), item.label());
            area_row(out, "item", &label, tally.share(), tally, Some(item));
        }
    }
    out.push_str("</tbody>\n</table>\n</section>\n");
}

fn area_row(
    out: &mut String,
    class: &str,
    label: &str,
    share: Option<f64>,
    tally: Tally,
    item: Option<Item>,
) {
    let _ = write!(
        out,
        "<tr class=\"{class}\"><th scope=\"row\">{label}</th><td class=\"wide\">"
    );
    bar(out, share);
    let _ = write!(
        out,
        "</td><td class=\"num\" data-head=\"score\">{}</td>",
        percent(share)
    );
    let _ = write!(
        out,
        "<td class=\"num\" data-head=\"✓ in order\">{}</td>",
        grouped(tally.pass)
    );
    let fail = match item {
        Some(item) if tally.fail > 0 => format!(
            "<a href=\"#datasets\" data-pick=\"f{}\">{}</a>",
            item.code(),
            grouped(tally.fail)
        ),
        _ => grouped(tally.fail),
    };
    let _ = write!(out, "<td class=\"num\" data-head=\"✗ to mend\">{fail}</td>");
    for (head, count) in [
        ("? cannot be told", tally.unknown),
        ("– does not apply", tally.not_applicable),
    ] {
        // On a small screen what is not there need not be said.
        let none = if count == 0 { " none" } else { "" };
        let _ = write!(
            out,
            "<td class=\"num{none}\" data-head=\"{head}\">{}</td>",
            grouped(count)
        );
    }
    out.push_str("</tr>\n");
}

/// A column for each area.
fn area_heads(out: &mut String) {
    for area in Area::ALL {
        let _ = write!(
            out,
            "<th scope=\"col\" class=\"num area\">{}</th>",
            area.as_str()
        );
    }
}

fn departments(out: &mut String, view: &View<'_>) {
    out.push_str("<section class=\"leaf\">\n<h2 id=\"departments\">Departments</h2>\n<p class=\"soft\">The best first, by the mean of the five areas. Those with fewer than five datasets follow by name, without a rank.</p>\n<table class=\"owners cards\">\n<thead><tr><th scope=\"col\">Department</th><th scope=\"col\" class=\"num\">Datasets</th><th scope=\"col\" class=\"num\">To mend</th>");
    area_heads(out);
    out.push_str("<th scope=\"col\" class=\"num\">Mean</th></tr></thead>\n<tbody>\n");
    for (index, department) in view.departments.iter().enumerate() {
        let _ = write!(
            out,
            "<tr><th scope=\"row\"><a href=\"#datasets\" data-pick=\"o{index}\">{}</a></th><td class=\"num\" data-head=\"datasets\">{}</td><td class=\"num\" data-head=\"to mend\">{}</td>",
            name(department),
            grouped(department.members.len()),
            grouped(department.to_mend)
        );
        for (area, score) in Area::ALL.into_iter().zip(department.areas.each()) {
            let _ = write!(
                out,
                "<td class=\"num\" data-head=\"{}\">{}",
                area.as_str(),
                percent(score.score)
            );
            bar(out, score.score);
            out.push_str("</td>");
        }
        let _ = writeln!(
            out,
            "<td class=\"num\" data-head=\"mean\">{}</td></tr>",
            percent(department.mean)
        );
    }
    out.push_str("</tbody>\n</table>\n");
    help(out, view);
    out.push_str("</section>\n");
}

/// The ranked departments that are lowest, each with what would help most: never a list of shame.
fn help(out: &mut String, view: &View<'_>) {
    let ranked = view.departments.iter().filter(|it| it.is_ranked());
    let low: Vec<_> = ranked
        .rev()
        .filter(|it| !it.is_champion() && it.to_mend > 0)
        .take(HELPED)
        .collect();
    if low.is_empty() {
        return;
    }
    out.push_str("<h3 id=\"help\">Where help goes furthest</h3>\n<ul class=\"first\">\n");
    for department in low {
        let members = department.members.iter();
        let findings = members
            .filter_map(|at| view.of_datasets.get(*at))
            .flatten()
            .copied();
        let work = figures::work(findings);
        let Some(heaviest) = work.first() else {
            continue;
        };
        let (fault, how) = words(heaviest);
        let _ = writeln!(
            out,
            "<li><strong>{}</strong>, {}: {} {} ({} of {})</li>",
            name(department),
            percent(department.mean),
            escape(&fault),
            escape(&how),
            heaviest.datasets,
            plural(department.members.len(), "dataset", "datasets")
        );
    }
    out.push_str("</ul>\n");
}

/// What is wrong with the files themselves.
fn documents(out: &mut String, view: &View<'_>) {
    if view.of_documents.is_empty() {
        return;
    }
    out.push_str("<section>\n<h2 id=\"files\">The files themselves</h2>\n");
    datasets::findings(out, &view.of_documents, false);
    out.push_str("</section>\n");
}

/// Each rule that spoke, once, with why a reader cares.
fn meaning(out: &mut String, view: &View<'_>) {
    let all = &view.report.findings;
    let mut spoke: Vec<&'static crate::rule::Rule> = rules::all()
        .filter(|rule| all.iter().any(|finding| finding.rule == rule.id))
        .collect();
    spoke.dedup_by_key(|rule| rule.id);
    if spoke.is_empty() {
        return;
    }
    out.push_str(
        "<section class=\"leaf\">\n<h2 id=\"meaning\">What the findings mean</h2>\n<dl>\n",
    );
    for rule in spoke {
        let parsed = page::parse(rule.page);
        let item = match rule.item.area() {
            Some(_) => format!("{} {}", rule.item.code(), item_label(rule.item.code())),
            None => rule.item.label().to_owned(),
        };
        let open = all
            .iter()
            .filter(|finding| finding.rule == rule.id && is_open(finding))
            .count();
        let _ = writeln!(
            out,
            "<dt id=\"{}\">{} <span class=\"small soft\">{}, {item}, {open} to mend</span></dt>\n<dd>{} {} <span>{}</span></dd>",
            rule.code,
            rule.id,
            rule.severity.as_str(),
            escape(&page::one_line(parsed.summary)),
            escape(&page::one_line(parsed.why)),
            escape(&page::one_line(parsed.how))
        );
    }
    out.push_str("</dl>\n</section>\n");
}

#[cfg(test)]
mod tests {
    use super::state;
    use crate::report::Counts;

    #[test]
    fn the_first_sentence_counts_like_a_person() {
        let counts = Counts {
            error: 1,
            warning: 2,
            ..Counts::default()
        };
        for (well, all, wanted) in [
            (3, 3, "Nothing is to be mended."),
            (0, 1, "It has something to mend: 1 error and 2 warnings."),
            (0, 3, "All have something to mend: 1 error and 2 warnings."),
            (
                1,
                3,
                "1 of 3 has nothing to mend. In the rest there are 1 error and 2 warnings.",
            ),
        ] {
            assert_eq!(state(well, all, &counts), wanted);
        }
    }
}
