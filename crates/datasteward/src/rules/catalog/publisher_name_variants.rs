use std::collections::BTreeMap;

use crate::lexicon::publishers;
use crate::rule::{
    Answers, Catalog, CatalogFinding, Check, Draft, Part, Shared, declare_rule, quoted_list,
};

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

/// How a publisher is written, the first dataset that has it so, and how many have.
type Spelling<'c> = (&'c str, usize, usize);

fn check<'c>(catalog: &'c Catalog<'c>) -> Answers<'c> {
    // Each spelling is taken apart once, however many datasets have it.
    let mut spellings: BTreeMap<(Shared, &str), (usize, usize)> = BTreeMap::new();
    for (index, summary) in catalog.datasets() {
        let held = spellings
            .entry((summary.portal, summary.publisher))
            .or_insert((index, 0));
        held.1 += 1;
    }
    let mut publishers: BTreeMap<(Shared, String), Vec<Spelling<'_>>> = BTreeMap::new();
    for ((portal, name), (first, count)) in spellings {
        if let Some(key) = publishers::key(name) {
            publishers
                .entry((portal, key))
                .or_default()
                .push((name, first, count));
        }
    }
    let found = publishers
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
            let places = names
                .iter()
                .rev()
                .map(|(_, first, _)| (*first, Part::Title));
            Some(CatalogFinding::fail(*first, draft, places))
        });
    Answers::of_some(found.collect())
}
