//! How the catalogue went over time: a line a figure, with the numbers in a table beside.

use std::fmt::Write;

use crate::render::history::{Change, Run, points};
use crate::render::page::escape;
use crate::render::text::grouped;
use crate::rule::{Area, Item};

use super::{View, percent};

/// How many of the last runs are drawn and told.
const RUNS: usize = 24;

/// How many departments are told.
const DEPARTMENTS: usize = 24;

/// The size of a chart, in its own units.
const WIDTH: f64 = 240.0;
const HEIGHT: f64 = 60.0;
/// Room for the mark at the end of a line.
const EDGE: f64 = 4.0;

pub(super) fn section(out: &mut String, view: &View<'_>) {
    let runs = view.history.runs();
    if runs.is_empty() {
        return;
    }
    out.push_str("<section>\n<h2 id=\"time\">Over time</h2>\n");
    if let [only] = runs {
        let day = only.day().map_or_else(String::new, |day| day.spoken());
        let _ = writeln!(
            out,
            "<p>First written down on {day}; the course shows from the next run on.</p>\n</section>"
        );
        return;
    }
    let told = runs.get(runs.len().saturating_sub(RUNS)..).unwrap_or(runs);
    if told.len() < runs.len() {
        let _ = writeln!(
            out,
            "<p class=\"soft\">The last {RUNS} of {} runs.</p>",
            grouped(runs.len())
        );
    }
    if !view.history.is_of_one_kind() {
        out.push_str("<p class=\"soft\">Some runs were judged by another version or profile: part of a change may come from that.</p>\n");
    }
    out.push_str("<div class=\"charts\">\n");
    for area in Area::ALL {
        let line: Vec<(Option<f64>, &Run)> = told.iter().map(|run| (run.area(area), run)).collect();
        chart(out, area.as_str(), &line, |share| percent(Some(share)));
    }
    // How many there are hangs on how many datasets there are; how many each has does not.
    let each: Vec<f64> = told.iter().map(Run::to_mend_each).collect();
    let most = each.iter().copied().fold(f64::MIN_POSITIVE, f64::max);
    let line: Vec<(Option<f64>, &Run)> = each
        .iter()
        .zip(told)
        .map(|(each, run)| (Some(each / most), run))
        .collect();
    chart(out, "To mend in each dataset", &line, |share| {
        format!("{:.1}", share * most)
    });
    out.push_str("</div>\n");
    table(out, told);
    items(out, told);
    departments(out, view);
    out.push_str("</section>\n");
}

/// One figure over time: its name, first and last number in words, and the line for the eye.
fn chart(
    out: &mut String,
    name: &str,
    line: &[(Option<f64>, &Run)],
    words: impl Fn(f64) -> String,
) {
    let known = line.iter().filter_map(|(share, _)| *share);
    let (Some(first), Some(last)) = (known.clone().next(), known.clone().next_back()) else {
        return;
    };
    let _ = write!(
        out,
        "<figure><figcaption>{name} <span class=\"soft\">{} → {}</span></figcaption>",
        words(first),
        words(last)
    );
    drawn(out, line, "line");
    out.push_str("</figure>\n");
}

/// The line over days: a run of each month stands as far apart as the months are.
fn drawn(out: &mut String, line: &[(Option<f64>, &Run)], class: &str) {
    let days: Vec<i64> = line
        .iter()
        .map(|(_, run)| run.day().map_or(0, |day| day.epoch_days()))
        .collect();
    let (first, last) = (
        days.first().copied().unwrap_or(0),
        days.last().copied().unwrap_or(0),
    );
    #[expect(clippy::cast_precision_loss, reason = "days are far below 2^52")]
    let across = |day: i64| {
        let span = (last - first).max(1) as f64;
        EDGE + (day - first) as f64 / span * (WIDTH - 2.0 * EDGE)
    };
    let up = |share: f64| HEIGHT - EDGE - share * (HEIGHT - 2.0 * EDGE);
    let places: Vec<(f64, f64)> = line
        .iter()
        .zip(&days)
        .filter_map(|((share, _), day)| share.map(|share| (across(*day), up(share))))
        .collect();
    let _ = write!(
        out,
        "<svg class=\"{class}\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" aria-hidden=\"true\"><path class=\"rail\" d=\"M0 {:.1}H{WIDTH}M0 {:.1}H{WIDTH}\"/><polyline class=\"course\" points=\"",
        up(0.0),
        up(1.0)
    );
    for (at, (x, y)) in places.iter().enumerate() {
        let gap = if at == 0 { "" } else { " " };
        let _ = write!(out, "{gap}{x:.1},{y:.1}");
    }
    out.push_str("\"/>");
    if let Some((x, y)) = places.last() {
        let _ = write!(
            out,
            "<circle class=\"now\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"3\"/>"
        );
    }
    out.push_str("</svg>");
}

fn table(out: &mut String, runs: &[Run]) {
    out.push_str("<table class=\"owners cards\">\n<thead><tr><th scope=\"col\">Day</th><th scope=\"col\" class=\"num\">Datasets</th><th scope=\"col\" class=\"num\">Errors</th><th scope=\"col\" class=\"num\">Warnings</th>");
    super::area_heads(out);
    out.push_str("</tr></thead>\n<tbody>\n");
    // The newest first.
    for run in runs.iter().rev() {
        let day = run.day().map_or_else(String::new, |day| day.spoken());
        let _ = write!(out, "<tr><th scope=\"row\">{day}</th>");
        for (head, count) in [
            ("datasets", run.datasets),
            ("errors", run.findings.error),
            ("warnings", run.findings.warning),
        ] {
            let _ = write!(
                out,
                "<td class=\"num\" data-head=\"{head}\">{}</td>",
                grouped(count)
            );
        }
        for area in Area::ALL {
            let _ = write!(
                out,
                "<td class=\"num\" data-head=\"{}\">{}</td>",
                area.as_str(),
                percent(run.area(area))
            );
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody>\n</table>\n");
}

/// The ten items, each with its course: in how many of the datasets it is in order.
fn items(out: &mut String, runs: &[Run]) {
    let known = |item: Item| {
        let known: Vec<f64> = runs.iter().filter_map(|run| run.item(item)).collect();
        Some((*known.first()?, *known.last()?))
    };
    if Item::TEN.into_iter().all(|item| known(item).is_none()) {
        return;
    }
    out.push_str("<h3 id=\"time-items\">The ten items over time</h3>\n<p class=\"soft\">Datasets in which an item is in order, of those where it can be told.</p>\n<table class=\"cards\">\n<thead><tr><th scope=\"col\">Item</th><th scope=\"col\">Course</th><th scope=\"col\" class=\"num\">First</th><th scope=\"col\" class=\"num\">Now</th><th scope=\"col\">Change</th></tr></thead>\n<tbody>\n");
    for item in Item::TEN {
        let _ = write!(
            out,
            "<tr><th scope=\"row\">{} {}</th><td>",
            item.code(),
            item.label()
        );
        let Some((first, last)) = known(item) else {
            out.push_str("</td><td class=\"num\" data-head=\"first\">–</td><td class=\"num\" data-head=\"now\">–</td><td>cannot be told</td></tr>\n");
            continue;
        };
        let line: Vec<(Option<f64>, &Run)> = runs.iter().map(|run| (run.item(item), run)).collect();
        drawn(out, &line, "spark");
        let _ = writeln!(
            out,
            "</td><td class=\"num\" data-head=\"first\">{}</td><td class=\"num\" data-head=\"now\">{}</td><td>{}</td></tr>",
            percent(Some(first)),
            percent(Some(last)),
            points(first, last)
        );
    }
    out.push_str("</tbody>\n</table>\n");
}

/// The departments of the last run, those that have risen most first.
fn departments(out: &mut String, view: &View<'_>) {
    let mut changes = view.history.changes();
    if changes.is_empty() {
        return;
    }
    changes.sort_by(|one, other| {
        (other.by().total_cmp(&one.by())).then(one.department.cmp(other.department))
    });
    let left_out = changes.len().saturating_sub(DEPARTMENTS);
    out.push_str("<h3 id=\"time-departments\">Departments over time</h3>\n<table class=\"cards\">\n<thead><tr><th scope=\"col\">Department</th><th scope=\"col\">Course</th><th scope=\"col\" class=\"num\">First</th><th scope=\"col\" class=\"num\">Now</th><th scope=\"col\">Change</th></tr></thead>\n<tbody>\n");
    for change in changes.iter().take(DEPARTMENTS) {
        let _ = write!(
            out,
            "<tr><th scope=\"row\">{}</th><td>",
            escape(change.department)
        );
        let runs = view.history.runs();
        let line: Vec<(Option<f64>, &Run)> = runs
            .iter()
            .map(|run| (run.department(change.department), run))
            .collect();
        drawn(out, &line, "spark");
        let _ = writeln!(
            out,
            "</td><td class=\"num\" data-head=\"first\">{}</td><td class=\"num\" data-head=\"now\">{}</td><td>{} since {}</td></tr>",
            percent(Some(change.first)),
            percent(Some(change.last)),
            points(change.first, change.last),
            change.since.spoken()
        );
    }
    out.push_str("</tbody>\n</table>\n");
    if left_out > 0 {
        let _ = writeln!(
            out,
            "<p class=\"soft\">{} more departments are not shown.</p>",
            grouped(left_out)
        );
    }
}

/// How a department changed; nothing where it is not known from before.
pub(super) fn change_of<'h>(view: &View<'h>, department: Option<&str>) -> Option<Change<'h>> {
    let changes = view.history.changes().into_iter();
    let mut mine = changes.filter(|change| Some(change.department) == department);
    mine.next()
}
