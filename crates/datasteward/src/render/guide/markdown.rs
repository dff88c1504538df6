//! The guide as Markdown.

use std::fmt::Write;

use crate::rule::{Area, Item, Rule, page};

use super::checklist::{about, asked, items};
use super::places::{self, PORTALS};
use super::{GROUPS, LEAD, TITLE, capital, rules_of, unindented, weight};

/// The whole guide as Markdown, the checklist as a list of tasks.
#[must_use]
pub fn markdown() -> String {
    let mut out = format!("# {TITLE}\n\n{LEAD}\n\n## The checklist\n");
    for area in Area::ALL {
        let _ = writeln!(out, "\n### {}\n", area.as_str());
        for item in items(area) {
            let _ = writeln!(
                out,
                "- [ ] **{} {}**: {}",
                item.code(),
                item.label(),
                asked(item).line
            );
        }
    }
    out.push_str("\n## How to reach a field\n\n");
    for portal in PORTALS {
        let _ = writeln!(out, "- **{}**: {}", portal.name, portal.opened);
    }
    for area in Area::ALL {
        let _ = write!(out, "\n## {}\n\n{}\n", area.as_str(), about(area));
        for item in items(area) {
            section(&mut out, item);
        }
    }
    out.push_str("\n## Beside the ten items\n");
    for item in GROUPS {
        section(&mut out, item);
    }
    out
}

fn section(out: &mut String, item: Item) {
    let words = asked(item);
    let _ = write!(
        out,
        "\n### {} {}\n\n{} {}\n",
        item.code(),
        capital(item.label()),
        words.line,
        words.meaning
    );
    let fields = places::of_item(item);
    if item.area().is_some() && !fields.is_empty() {
        out.push_str("\nWhere it is edited:\n\n| field |");
        for portal in PORTALS {
            let _ = write!(out, " {} |", portal.name);
        }
        out.push_str("\n|---|---|---|---|---|\n");
        for field in fields {
            let _ = write!(out, "| {} |", field.name);
            for place in field.places {
                let _ = write!(out, " {place} |");
            }
            out.push('\n');
        }
    }
    for rule in rules_of(item) {
        rule_page(out, rule);
    }
}

fn rule_page(out: &mut String, rule: &Rule) {
    let parsed = page::parse(rule.page);
    let _ = write!(
        out,
        "\n#### `{}`\n\n{} · {}\n\n{}\n\n**Why it matters.** {}\n\n**How to mend it.** {}\n",
        rule.id,
        rule.code,
        weight(rule),
        page::one_line(parsed.summary),
        page::one_line(parsed.why),
        page::one_line(parsed.how)
    );
    for (head, examples) in [("Bad", &parsed.bad), ("Good", &parsed.good)] {
        for example in examples {
            let _ = write!(
                out,
                "\n{head}:\n\n```json\n{}\n```\n",
                unindented(example.text)
            );
        }
    }
    let _ = write!(out, "\nSource: {}\n", page::source(rule));
}
