//! The guide as one page, to read or to print.

use std::fmt::Write;

use crate::render::page::{close, escape, marked, open};
use crate::rule::{Area, Item, Rule, page};

use super::checklist::{about, asked, items};
use super::places::{self, PORTALS};
use super::{GROUPS, LEAD, TITLE, capital, rules_of, unindented, weight};

/// The whole guide as one HTML page that needs nothing beside it.
#[must_use]
pub fn html() -> String {
    let mut out = open(TITLE, None);
    let _ = writeln!(
        out,
        "<header>\n<p class=\"name\">datasteward</p>\n<h1>{TITLE}</h1>\n<p class=\"lead\">{LEAD}</p>\n</header>\n<main>"
    );
    checklist(&mut out);
    portals(&mut out);
    for area in Area::ALL {
        let name = area.as_str();
        let _ = writeln!(
            out,
            "<section class=\"leaf\">\n<h2 id=\"area-{name}\">{name}</h2>\n<p>{}</p>",
            about(area)
        );
        for item in items(area) {
            section(&mut out, item);
        }
        out.push_str("</section>\n");
    }
    out.push_str("<section class=\"leaf\">\n<h2 id=\"beside\">Beside the ten items</h2>\n<p>These carry no points of their own; damage to a record counts against its required metadata.</p>\n");
    for item in GROUPS {
        section(&mut out, item);
    }
    out.push_str("</section>\n</main>\n");
    close(&mut out, None);
    out
}

/// The ten items with a box to tick, each leading to its section.
fn checklist(out: &mut String) {
    out.push_str(
        "<section>\n<h2 id=\"checklist\">The checklist</h2>\n<p>One sheet for each dataset.</p>\n<p class=\"sheet\"><span>Dataset</span><span>Department</span><span>Looked at by</span><span>On</span></p>\n",
    );
    for area in Area::ALL {
        let _ = writeln!(out, "<h3>{}</h3>\n<ul class=\"tick\">", area.as_str());
        for item in items(area) {
            let code = item.code();
            let _ = writeln!(
                out,
                "<li><span class=\"box\"></span><span class=\"code\">{code}</span><span><a href=\"#item-{code}\">{}</a><br/>{}</span></li>",
                capital(item.label()),
                marked(asked(item).line)
            );
        }
        out.push_str("</ul>\n");
    }
    out.push_str("</section>\n");
}

fn portals(out: &mut String) {
    out.push_str("<section class=\"leaf\">\n<h2 id=\"portals\">How to reach a field</h2>\n<dl>\n");
    for portal in PORTALS {
        let _ = writeln!(
            out,
            "<dt>{}</dt>\n<dd>{}</dd>",
            marked(portal.name),
            marked(portal.opened)
        );
    }
    out.push_str("</dl>\n</section>\n");
}

fn section(out: &mut String, item: Item) {
    let words = asked(item);
    let code = item.code();
    let _ = writeln!(
        out,
        "<h3 id=\"item-{code}\">{code} {}</h3>\n<p><strong>{}</strong> {}</p>",
        capital(item.label()),
        marked(words.line),
        marked(words.meaning)
    );
    if item.area().is_some() {
        edited(out, item);
    }
    for rule in rules_of(item) {
        rule_page(out, rule);
    }
}

/// Where the fields of an item are edited; on a narrow screen each row is a card.
fn edited(out: &mut String, item: Item) {
    out.push_str("<table class=\"cards\">\n<caption>Where it is edited</caption>\n<thead><tr><th scope=\"col\">Field</th>");
    for portal in PORTALS {
        let _ = write!(out, "<th scope=\"col\">{}</th>", portal.name);
    }
    out.push_str("</tr></thead>\n<tbody>\n");
    for field in places::of_item(item) {
        let _ = write!(
            out,
            "<tr><th scope=\"row\">{}</th>",
            escape(&capital(field.name))
        );
        for (portal, place) in PORTALS.iter().zip(field.places) {
            let _ = write!(
                out,
                "<td data-head=\"{}\">{}</td>",
                portal.name,
                marked(place)
            );
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody>\n</table>\n");
}

fn rule_page(out: &mut String, rule: &Rule) {
    let parsed = page::parse(rule.page);
    let _ = writeln!(
        out,
        "<article class=\"rule\">\n<h4 id=\"rule-{}\">{}</h4>\n<p class=\"small soft\">{} · {}</p>\n<p>{}</p>",
        rule.id,
        rule.id,
        rule.code,
        weight(rule),
        marked(&page::one_line(parsed.summary))
    );
    for (head, text) in [
        ("Why it matters", parsed.why),
        ("How to mend it", parsed.how),
    ] {
        let _ = writeln!(
            out,
            "<p class=\"label\">{head}</p>\n<p>{}</p>",
            marked(&page::one_line(text))
        );
    }
    for (head, examples) in [("Bad", &parsed.bad), ("Good", &parsed.good)] {
        for example in examples {
            let text = unindented(example.text);
            let lines: Vec<String> = text.lines().map(escape).collect();
            let _ = writeln!(
                out,
                "<p class=\"label\">{head}</p>\n<pre>{}</pre>",
                lines.join("\n")
            );
        }
    }
    let _ = writeln!(
        out,
        "<p class=\"small soft\">Source: {}</p>",
        marked(&page::source(rule))
    );
    out.push_str("</article>\n");
}
