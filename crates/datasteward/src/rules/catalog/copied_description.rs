use std::collections::{BTreeMap, HashSet};

use crate::limits;
use crate::rule::{
    Answers, Catalog, CatalogFinding, Check, Draft, Part, declare_rule, quoted_list,
};

declare_rule! {
    /// Several datasets have the same description, word for word.
    ///
    /// ## Why it matters
    /// A text that fits all of them says nothing of any one, and a reader cannot choose between them.
    ///
    /// ## How to mend it
    /// Keep what they share, and begin each description with what this dataset holds and how it differs from the others.
    ///
    /// ## Bad
    /// ```records.jsonl
    /// {"datasteward": "1", "id": "a", "title": "School meals", "description": "The agency helps families in need across the whole state."}
    /// {"datasteward": "1", "id": "b", "title": "Food banks", "description": "The agency helps families in need across the whole state."}
    /// {"datasteward": "1", "id": "c", "title": "Rent support", "description": "The agency helps families in need across the whole state."}
    /// ```
    ///
    /// ## Good
    /// ```records.jsonl
    /// {"datasteward": "1", "id": "a", "title": "School meals", "description": "Meals served in schools, by school and month. The agency helps families in need."}
    /// {"datasteward": "1", "id": "b", "title": "Food banks", "description": "Addresses and opening hours of food banks. The agency helps families in need."}
    /// ```
    rule {
        id: "copied-description",
        code: "K0-03",
        item: K0,
        severity: Info,
        status: Preview,
        derived_too: false,
        check: Check::Catalog(check),
    }
}

fn check<'c>(catalog: &'c Catalog<'c>) -> Answers<'c> {
    // Slices of one table may well share a description: that they are slices is said elsewhere.
    let mut family_of: BTreeMap<usize, usize> = BTreeMap::new();
    for (number, family) in catalog.families().iter().enumerate() {
        for member in &family.members {
            family_of.entry(*member).or_insert(number);
        }
    }
    let groups = catalog.groups(|summary| {
        let description = summary.description.filter(|_| summary.kind.is_data())?;
        Some((summary.owner, description))
    });
    let found = groups.into_iter().filter_map(|mut group| {
        let mut ids = HashSet::new();
        group.retain(|at| {
            let summary = catalog.summaries.get(*at);
            summary.is_some_and(|it| it.id.is_empty() || ids.insert(it.id))
        });
        let first = family_of.get(group.first()?);
        let one_family = first.is_some() && group.iter().all(|at| family_of.get(at) == first);
        if group.len() < limits::COPIED_DATASETS || one_family {
            return None;
        }
        let titles = quoted_list(catalog.members(&group).map(|(_, it)| it.title));
        let message = format!(
            "This description is the same on {} datasets and does not say how this one differs from the others: {titles}",
            group.len()
        );
        let places = group.iter().map(|at| (*at, Part::Description));
        let draft = Draft::new("description", message);
        Some(CatalogFinding::fail(*group.first()?, draft, places))
    });
    Answers::of_some(found.collect())
}
