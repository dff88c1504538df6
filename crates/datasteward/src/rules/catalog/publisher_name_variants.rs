use std::collections::BTreeMap;

use crate::lexicon::publishers;
use crate::rule::{Catalog, CatalogFinding, Check, Draft, declare_rule, quoted_list};

declare_rule! {
    /// One publisher is spelt in several ways.
    ///
    /// ## Why it matters
    /// Who filters by publisher finds a part of its datasets only.
    ///
    /// ## How to mend it
    /// Choose one spelling, best the commonest, and use it on every dataset.
    ///
    /// ## Bad
    /// ```records.jsonl
    /// {"datasteward": "1", "id": "a", "title": "Street trees", "publisher": "Department of Parks & Recreation"}
    /// {"datasteward": "1", "id": "b", "title": "Playgrounds", "publisher": "Dept. of Recreation and Parks"}
    /// ```
    ///
    /// ## Good
    /// ```records.jsonl
    /// {"datasteward": "1", "id": "a", "title": "Street trees", "publisher": "Department of Recreation and Parks"}
    /// {"datasteward": "1", "id": "b", "title": "Playgrounds", "publisher": "Department of Recreation and Parks"}
    /// ```
    rule {
        id: "publisher-name-variants",
        code: "K0-04",
        item: K0,
        severity: Info,
        status: Preview,
        derived_too: true,
        check: Check::Catalog(check),
    }
}

fn check(catalog: &Catalog<'_>) -> Vec<CatalogFinding> {
    // Each spelling is taken apart once, however many datasets have it.
    let mut spellings: BTreeMap<(u64, &str), (usize, usize)> = BTreeMap::new();
    for (index, summary) in catalog.summaries.iter().enumerate() {
        let held = spellings
            .entry((summary.portal, &summary.publisher))
            .or_insert((index, 0));
        held.1 += 1;
    }
    let mut publishers: BTreeMap<(u64, String), Vec<(&str, usize, usize)>> = BTreeMap::new();
    for ((portal, name), (first, count)) in spellings {
        if let Some(key) = publishers::key(name) {
            publishers
                .entry((portal, key))
                .or_default()
                .push((name, first, count));
        }
    }
    publishers
        .into_values()
        .filter(|names| names.len() > 1)
        .filter_map(|mut names| {
            names.sort_by_key(|(name, _, count)| (std::cmp::Reverse(*count), *name));
            let list = quoted_list(names.iter().map(|(name, _, _)| *name));
            let (common, _, _) = names.first()?;
            let (rare, first, _) = names.last()?;
            let message = format!(
                "One publisher seems to be spelt in {} ways: {list}",
                names.len()
            );
            let mut draft = Draft::new("publisher", message).quoting(rare).mend(format!(
                "Write `{common}` on every dataset, as most have it."
            ));
            draft.subject = (*common).to_owned();
            let at = names
                .iter()
                .rev()
                .filter_map(|(_, first, _)| catalog.summaries.get(*first));
            let places = at.map(|it| it.title_place.clone()).collect();
            Some(CatalogFinding::fail(*first, draft, places))
        })
        .collect()
}
