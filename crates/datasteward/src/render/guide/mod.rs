//! The metadata guide: what each item of the checklist asks, its rules, and where a steward mends what they find.
//!
//! The whole is one booklet ([`html`], [`markdown`]); [`explain`] tells a part of it by its name.

pub mod checklist;
mod html;
mod markdown;
pub mod places;
mod text;

pub use html::html;
pub use markdown::markdown;

use crate::lexicon::spelling;
use crate::rule::{Area, Item, Rule, Status};
use crate::rules;

use places::Edited;

const TITLE: &str = "Metadata guide";

const LEAD: &str = "What a reader needs to find, understand and trust a dataset: the ten items of the City of Los Angeles data standards checklist, the rules by which datasteward judges them, and where each field is edited.";

/// What the guide can be asked about.
#[derive(Clone, Copy, Debug)]
pub enum Topic {
    /// A rule: `refresh-overdue`, `C3-03`.
    Rule(&'static Rule),
    /// An item: `C3`.
    Item(Item),
    /// An area: `consistency`.
    Area(Area),
    /// A field: `license`.
    Field(&'static Edited),
}

const GROUPS: [Item; 2] = [Item::D0, Item::K0];

fn every_item() -> impl Iterator<Item = Item> {
    Item::TEN.into_iter().chain(GROUPS)
}

/// The topic of a name, in whatever case.
#[must_use]
pub fn topic(name: &str) -> Option<Topic> {
    let is = |word: &str| word.eq_ignore_ascii_case(name);
    if let Some(rule) = rules::find(&name.to_ascii_lowercase()) {
        return Some(Topic::Rule(rule));
    }
    let item = every_item().find(|item| is(item.code()));
    let area = || Area::ALL.into_iter().find(|area| is(area.as_str()));
    let field = || {
        let mut fields = places::all().iter();
        fields.find(|field| is(field.word) || is(field.name))
    };
    // `source` and `units` are fields as well as labels of items; the field says more about where to write it.
    item.map(Topic::Item)
        .or_else(|| area().map(Topic::Area))
        .or_else(|| field().map(Topic::Field))
        .or_else(|| every_item().find(|item| is(item.label())).map(Topic::Item))
}

/// The name nearest to one that is not known.
#[must_use]
pub fn nearest(name: &str) -> Option<&'static str> {
    let fields = places::all().iter().map(|field| field.word);
    let areas = [
        "consistency",
        "accessibility",
        "comprehensiveness",
        "trustworthiness",
        "interest",
    ];
    let known = rules::all().map(|rule| rule.id).chain(areas).chain(fields);
    spelling::nearest(&name.to_ascii_lowercase(), known)
}

/// A topic in plain text, for a terminal.
#[must_use]
pub fn explain(topic: Topic) -> String {
    text::explain(topic)
}

/// The rules of an item, in their order.
fn rules_of(item: Item) -> impl Iterator<Item = &'static Rule> {
    rules::all().filter(move |rule| rule.item == item)
}

/// `warning`, `note, on trial`.
fn weight(rule: &Rule) -> String {
    let trial = match rule.status {
        Status::Stable => "",
        Status::Preview => ", on trial",
    };
    format!("{}{trial}", rule.severity.as_str())
}

/// An example without the blank that a doc comment puts in front of each line.
fn unindented(example: &str) -> String {
    let lines = example
        .lines()
        .map(|line| line.strip_prefix(' ').unwrap_or(line).trim_end());
    lines.collect::<Vec<_>>().join("\n")
}

/// A label as the start of a sentence.
fn capital(label: &str) -> String {
    let mut signs = label.chars();
    match signs.next() {
        Some(first) => first.to_uppercase().chain(signs).collect(),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Topic, explain, nearest, topic};
    use crate::rule::{Area, Item};
    use crate::rules;

    #[test]
    fn a_topic_goes_by_any_of_its_names() {
        assert!(matches!(topic("C3"), Some(Topic::Item(Item::C3))));
        assert!(matches!(topic("c3"), Some(Topic::Item(Item::C3))));
        assert!(
            matches!(topic("Refresh-Overdue"), Some(Topic::Rule(rule)) if rule.code == "C3-03")
        );
        assert!(matches!(topic("c3-03"), Some(Topic::Rule(rule)) if rule.id == "refresh-overdue"));
        assert!(matches!(
            topic("consistency"),
            Some(Topic::Area(Area::Consistency))
        ));
        assert!(matches!(topic("license"), Some(Topic::Field(field)) if field.word == "license"));
        assert!(topic("").is_none() && topic("hologram").is_none());
        assert_eq!(nearest("licence"), Some("license"));
    }

    #[test]
    fn a_part_of_the_guide_says_where_to_edit() {
        let said = |name: &str| topic(name).map(explain).unwrap_or_default();
        for name in ["missing-license", "license"] {
            let text = said(name);
            assert!(text.contains("Terms of Use"), "{text}");
            assert!(text.contains("License Type"), "{text}");
        }
        assert!(said("license").contains("Asked for by"));
        let item = said("C3");
        assert!(item.contains("refresh-overdue") && item.contains("accrualPeriodicity"));
        let area = said("consistency");
        assert!(area.contains("C1") && area.contains("C2") && area.contains("C3"));
        // Damage to a file is mended in the file, not in a field.
        assert!(!said("document-unreadable").contains("Where it is edited"));
    }

    #[test]
    fn every_rule_and_field_can_be_explained() {
        for rule in rules::all() {
            let text = topic(rule.code).map(explain).unwrap_or_default();
            assert!(text.starts_with(&format!("{} ({})", rule.id, rule.code)));
            let (_, source) = text.split_once("\nSource\n  ").unwrap_or_default();
            assert!(source.trim().ends_with('.'), "{}: {source}", rule.id);
        }
        for field in super::places::all() {
            assert!(
                matches!(topic(field.word), Some(Topic::Field(found)) if found.word == field.word),
                "{}",
                field.word
            );
        }
    }
}
