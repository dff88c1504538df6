//! A part of the guide as plain text.

use std::fmt::Write;

use crate::profile::{Field, Level, PROFILES};
use crate::rule::{Area, Item, Rule, page};

use super::checklist::{about, asked, items};
use super::places::{self, Edited, PORTALS};
use super::{Topic, capital, rules_of, unindented, weight};

pub(super) fn explain(topic: Topic) -> String {
    let mut out = String::new();
    match topic {
        Topic::Rule(rule) => of_rule(&mut out, rule),
        Topic::Item(item) => of_item(&mut out, item),
        Topic::Area(area) => of_area(&mut out, area),
        Topic::Field(field) => of_field(&mut out, field),
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

fn of_rule(out: &mut String, rule: &'static Rule) {
    let parsed = page::parse(rule.page);
    let item = match rule.item.area() {
        Some(area) => format!(
            "{}, {}: {}",
            area.as_str(),
            rule.item.code(),
            rule.item.label()
        ),
        None => rule.item.label().to_owned(),
    };
    let _ = writeln!(
        out,
        "{} ({}), {}\n{item}\n",
        rule.id,
        rule.code,
        weight(rule)
    );
    let _ = writeln!(out, "{}\n", page::one_line(parsed.summary));
    for (head, text) in [
        ("Why it matters", parsed.why),
        ("How to mend it", parsed.how),
    ] {
        let _ = writeln!(out, "{head}\n  {}\n", page::one_line(text));
    }
    edited(out, &places::of_rule(rule));
    for (head, examples) in [("Bad", &parsed.bad), ("Good", &parsed.good)] {
        for example in examples {
            let _ = writeln!(out, "{head}");
            for line in unindented(example.text).lines() {
                let _ = writeln!(out, "  {line}");
            }
            out.push('\n');
        }
    }
    let _ = writeln!(out, "Source\n  {}", page::source(rule));
}

fn of_item(out: &mut String, item: Item) {
    let words = asked(item);
    let area = item
        .area()
        .map_or("beside the ten items", |area| area.as_str());
    let _ = writeln!(out, "{} {}\n{area}\n", item.code(), item.label());
    let _ = writeln!(out, "{}\n{}\n", words.line, words.meaning);
    out.push_str("Rules\n");
    rule_lines(out, item);
    out.push('\n');
    edited(out, &places::of_item(item));
    let _ = writeln!(
        out,
        "`datasteward explain {}` shows one of the rules.",
        rules_of(item).next().map_or("", |rule| rule.id)
    );
}

fn rule_lines(out: &mut String, item: Item) {
    for rule in rules_of(item) {
        let summary = page::one_line(page::parse(rule.page).summary);
        let _ = writeln!(out, "  {:<7} {:<32} {summary}", rule.code, rule.id);
    }
}

fn of_area(out: &mut String, area: Area) {
    let _ = writeln!(out, "{}\n{}\n", area.as_str(), about(area));
    for item in items(area) {
        let _ = writeln!(
            out,
            "{} {}\n  {}",
            item.code(),
            item.label(),
            asked(item).line
        );
        rule_lines(out, item);
        out.push('\n');
    }
    let first = items(area).next().map_or("", Item::code);
    let _ = writeln!(out, "`datasteward explain {first}` says more.");
}

fn of_field(out: &mut String, field: &'static Edited) {
    let _ = writeln!(out, "{}\n", capital(field.name));
    if let Some(field) = Field::named(field.word) {
        levels(out, field);
    }
    edited(out, &[field]);
    out.push_str("Rules that look at it\n");
    for id in &field.rules {
        let Some(rule) = crate::rules::find(id) else {
            continue;
        };
        let summary = page::one_line(page::parse(rule.page).summary);
        let _ = writeln!(out, "  {:<7} {:<32} {summary}", rule.code, rule.id);
    }
}

fn levels(out: &mut String, field: Field) {
    let with = |level| {
        let profiles = PROFILES.iter();
        let asking = profiles.filter(|profile| profile.level(field) == level);
        asking.map(|profile| profile.id).collect::<Vec<_>>()
    };
    out.push_str("Asked for by\n");
    for (word, level) in [
        ("required", Level::Required),
        ("recommended", Level::Recommended),
    ] {
        let profiles = with(level);
        if !profiles.is_empty() {
            let _ = writeln!(out, "  {word}: {}", profiles.join(", "));
        }
    }
    out.push('\n');
}

/// Where fields are edited, one portal a line.
fn edited(out: &mut String, fields: &[&Edited]) {
    if fields.is_empty() {
        return;
    }
    out.push_str("Where it is edited\n");
    for field in fields {
        // One field needs no name above it.
        if fields.len() > 1 {
            let _ = writeln!(out, "  {}", field.name);
        }
        for (portal, place) in PORTALS.iter().zip(field.places) {
            let _ = writeln!(out, "    {:<14} {place}", portal.name);
        }
    }
    out.push('\n');
}
