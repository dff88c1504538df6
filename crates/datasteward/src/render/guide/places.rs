//! Where each field is edited: a small table, portal by portal.

use std::sync::LazyLock;

use crate::rule::{Item, Rule};
use crate::rules;

/// A portal, or another way to keep metadata.
#[derive(Clone, Copy, Debug)]
pub struct Portal {
    /// Its name.
    pub name: &'static str,
    /// How its fields are reached.
    pub opened: &'static str,
}

/// The portals, in the order of the table.
pub const PORTALS: [Portal; 4] = [
    Portal {
        name: "Socrata",
        opened: "Edit the dataset: *dataset metadata* is the form with its texts, *column metadata* the one with its columns. Refresh rate, department and the like stand among the fields that each portal sets up for itself.",
    },
    Portal {
        name: "ArcGIS Online",
        opened: "Open the item's page as its owner or an administrator: *Overview* holds the texts, *Data* the fields, *Settings* the rest. *Edit metadata* opens the formal record, where the organization has switched it on.",
    },
    Portal {
        name: "CKAN",
        opened: "*Manage* on the dataset's page opens the dataset form, *Manage* on a file's page the form of the file and its data dictionary. Portals often add fields of their own.",
    },
    Portal {
        name: "data.json",
        opened: "Change the file, or the system that writes it. The keys are those of DCAT-US 1.1.",
    },
];

/// A field and where it is edited.
#[derive(Clone, Debug)]
pub struct Edited {
    /// Its name in options, and for `explain`: `refresh-rate`.
    pub word: &'static str,
    /// Its name in a sentence.
    pub name: &'static str,
    /// The rules that a steward mends here.
    pub rules: Vec<&'static str>,
    /// The place in each of [`PORTALS`].
    pub places: [&'static str; 4],
}

static TABLE: LazyLock<Vec<Edited>> = LazyLock::new(|| {
    include_str!("../../../data/where-to-edit.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .skip(1)
        .filter_map(row)
        .collect()
});

fn row(line: &'static str) -> Option<Edited> {
    let mut cells = line.split('\t');
    let mut next = || cells.next();
    Some(Edited {
        word: next()?,
        name: next()?,
        rules: next()?.split(' ').collect(),
        places: [next()?, next()?, next()?, next()?],
    })
}

/// All fields, in the order in which a steward fills them in.
#[must_use]
pub fn all() -> &'static [Edited] {
    &TABLE
}

/// The field of a name.
#[must_use]
pub fn named(word: &str) -> Option<&'static Edited> {
    TABLE.iter().find(|field| field.word == word)
}

/// The fields in which a rule's findings are mended; none for damage to the file itself.
#[must_use]
pub fn of_rule(rule: &Rule) -> Vec<&'static Edited> {
    let fields = TABLE.iter();
    fields
        .filter(|field| field.rules.contains(&rule.id))
        .collect()
}

/// The fields that an item asks about.
#[must_use]
pub fn of_item(item: Item) -> Vec<&'static Edited> {
    let asks = |field: &&Edited| {
        let mut rules = field.rules.iter().filter_map(|id| rules::find(id));
        rules.any(|rule| rule.item == item)
    };
    TABLE.iter().filter(asks).collect()
}

#[cfg(test)]
mod tests {
    use super::{TABLE, of_item, of_rule};
    use crate::profile::Field;
    use crate::rule::Item;
    use crate::rules;

    #[test]
    fn every_field_that_a_profile_asks_for_has_its_places() {
        for field in Field::ALL {
            let edited = super::named(field.word());
            assert_eq!(
                edited.map(|edited| edited.name),
                Some(field.about()),
                "{field:?}"
            );
        }
        let lines = include_str!("../../../data/where-to-edit.tsv").lines();
        assert_eq!(TABLE.len() + 2, lines.count());
        assert!(
            TABLE
                .iter()
                .flat_map(|field| field.places)
                .all(|place| !place.is_empty())
        );
    }

    #[test]
    fn every_rule_of_the_ten_items_is_mended_somewhere() {
        for rule in rules::all().filter(|rule| rule.item.area().is_some()) {
            assert!(!of_rule(rule).is_empty(), "{}", rule.id);
        }
        assert!(Item::TEN.iter().all(|item| !of_item(*item).is_empty()));
    }

    #[test]
    fn every_rule_named_in_the_table_is_a_rule() {
        for id in TABLE.iter().flat_map(|field| &field.rules) {
            assert!(rules::find(id).is_some(), "{id}");
        }
    }
}
