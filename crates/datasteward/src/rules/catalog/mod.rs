//! The catalogue: what can only be seen over many datasets.

mod copied_description;
mod duplicate_identifier;
mod duplicate_title;
mod publisher_name_variants;

use crate::rule::Rule;

/// The rules of this folder, by code.
pub(super) static RULES: &[&Rule] = &[
    &duplicate_identifier::RULE,
    &duplicate_title::RULE,
    &copied_description::RULE,
    &publisher_name_variants::RULE,
];

#[cfg(test)]
mod tests {
    use std::num::NonZeroU64;

    use crate::model::AssetKind;
    use crate::rule::summaries::tests::BLANK;
    use crate::rule::{Catalog, Check, Entry, Summaries, Verdict};

    const MANY: usize = 20_000;

    /// So many datasets, all with one description, and what a number says of each.
    fn many(entry: impl Fn(usize, &mut dyn FnMut(Entry<'_>))) -> Summaries {
        let mut summaries = Summaries::default();
        for number in 0..MANY {
            entry(number, &mut |entry| {
                summaries.push(&Entry {
                    owner: "city",
                    description: NonZeroU64::new(7),
                    ..entry
                });
            });
        }
        summaries
    }

    /// Every rule over many datasets answers, and says no more than a reader can take in. What grows with the square of
    /// the datasets would not come to an end here.
    fn answers_in_bounds(summaries: &Summaries) -> usize {
        let catalog = Catalog::new(summaries, 0..summaries.len());
        let mut findings = 0;
        for rule in crate::rules::all() {
            let Check::Catalog(check) = rule.check else {
                continue;
            };
            let (of_each, of_some) = check(&catalog).apart();
            let of_each = (0..summaries.len())
                .filter_map(|index| of_each.as_ref().and_then(|answer| answer(index)));
            for said in of_each.chain(of_some) {
                assert!(said.places.len() <= 1000, "{}", rule.id);
                if let Verdict::Fail(drafts) = said.verdict {
                    findings += drafts.len();
                    assert!(
                        drafts.iter().all(|it| it.message.len() < 2000),
                        "{}",
                        rule.id
                    );
                }
            }
        }
        findings
    }

    #[test]
    fn one_identifier_on_every_record() {
        let found = answers_in_bounds(&many(|number, push| {
            let title = format!("Dataset {number}");
            push(Entry {
                id: Some("same"),
                title: &title,
                folded_title: number as u64,
                ..BLANK
            });
        }));
        assert!((1..10).contains(&found), "{found}");
    }

    #[test]
    fn one_title_on_every_record_and_views_of_each_other() {
        for kind in [AssetKind::Table, AssetKind::View] {
            let found = answers_in_bounds(&many(|number, push| {
                let (id, parent) = (number.to_string(), (number + MANY / 2).to_string());
                push(Entry {
                    id: Some(&id),
                    title: "Court calendar (old)",
                    folded_title: 3,
                    words: &[1, 2],
                    columns: &[1, 2, 3, 4, 5, 6, 7, 8, 9],
                    period: &id,
                    parents: &[&parent],
                    kind,
                    ..BLANK
                });
            }));
            assert!((1..=MANY).contains(&found), "{found}");
        }
    }

    #[test]
    fn titles_that_collide_and_tables_that_drift() {
        let found = answers_in_bounds(&many(|number, push| {
            let (id, title) = (number.to_string(), format!("Calls {number} (copy)"));
            let own = u32::try_from(number).unwrap_or_default();
            let columns: Vec<u32> = (0..20).chain([100 + own]).collect();
            push(Entry {
                id: Some(&id),
                title: &title,
                // As if all titles came to one number.
                folded_title: 5,
                words: &[1],
                columns: &columns,
                period: &id,
                publisher: &title,
                ..BLANK
            });
        }));
        assert!((1..=MANY).contains(&found), "{found}");
    }
}
