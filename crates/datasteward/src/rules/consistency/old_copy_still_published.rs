use std::collections::BTreeMap;

use crate::lexicon::fold;
use crate::lexicon::titles::{self, Mark, VersionMark};
use crate::limits;
use crate::rule::{
    Answers, Catalog, CatalogFinding, Check, Confidence, Doubles, Draft, Part, Severity, Shared,
    Summary, declare_rule, quoted_list,
};

declare_rule! {
    /// An older copy of a dataset is published beside the current one.
    ///
    /// ## Why it matters
    /// Search shows both, and some readers take the old one.
    ///
    /// ## How to mend it
    /// Send readers to the current dataset in the description, then archive or remove the copy.
    ///
    /// ## Bad
    /// ```records.jsonl
    /// {"datasteward": "1", "id": "a", "domain": "data.city.example", "publisher": "City", "title": "Building permits"}
    /// {"datasteward": "1", "id": "b", "domain": "data.city.example", "publisher": "City", "title": "Building permits - old"}
    /// ```
    ///
    /// ## Good
    /// ```records.jsonl
    /// {"datasteward": "1", "id": "a", "domain": "data.city.example", "publisher": "City", "title": "Building permits"}
    /// {"datasteward": "1", "id": "b", "domain": "data.city.example", "publisher": "City", "title": "Old Town trees"}
    /// ```
    rule {
        id: "old-copy-still-published",
        code: "C1-05",
        item: C1,
        severity: Warning,
        status: Stable,
        derived_too: false,
        check: Check::Catalog(check),
    }
}

fn check<'c>(catalog: &'c Catalog<'c>) -> Answers<'c> {
    let summaries = catalog.summaries;
    let mut current: Vec<(Shared, u64, usize)> = catalog
        .datasets()
        .map(|(index, summary)| (summary.owner, summary.folded_title, index))
        .collect();
    current.sort_unstable();
    // The first dataset of an owner with a title; numbers of titles that are equal by chance are told apart.
    let twin_of = |owner: Shared, title: &str| {
        let number = fold::number(title.chars());
        let from = current.partition_point(|(its, folded, _)| (*its, *folded) < (owner, number));
        let alike = current.iter().skip(from).take(limits::PARTNERS);
        alike
            .take_while(|(its, folded, _)| (*its, *folded) == (owner, number))
            .filter_map(|(_, _, index)| Some((*index, summaries.get(*index)?)))
            .find(|(_, other)| titles::fold_title(other.title) == title)
    };
    let mut doubles = Doubles::default();
    let marks: Vec<(usize, Summary<'_>, VersionMark)> = catalog
        .datasets()
        // A view of the current table may well be called its copy; the portal shows the two together.
        .filter(|(_, summary)| !summary.kind.is_derived())
        .filter_map(|(index, summary)| Some((index, summary, titles::version_mark(summary.title)?)))
        // A scrape lists some records twice.
        .filter(|(index, it, _)| doubles.is_first(summaries, *index, it))
        .collect();
    // The newest of the versions that stand side by side.
    let mut newest: BTreeMap<(Shared, &str), (u8, usize)> = BTreeMap::new();
    for (index, summary, mark) in &marks {
        if let Some(number) = mark.number {
            let held = newest
                .entry((summary.owner, &*mark.rest))
                .or_insert((number, *index));
            if number > held.0 {
                *held = (number, *index);
            }
        }
    }
    let newer = |summary: &Summary<'_>, mark: &VersionMark| {
        let number = mark.number?;
        let (newest, index) = newest.get(&(summary.owner, &*mark.rest))?;
        (*newest > number).then_some(*index)
    };
    let mut lone: BTreeMap<Shared, Vec<(usize, Summary<'_>, Mark)>> = BTreeMap::new();
    let mut found: Vec<CatalogFinding> = Vec::new();
    for (index, summary, mark) in &marks {
        let (index, summary) = (*index, *summary);
        let twin = twin_of(summary.owner, &mark.rest).or_else(|| {
            let index = newer(&summary, mark)?;
            Some((index, summaries.get(index)?))
        });
        let Some((twin, other)) = twin else {
            // A version may be the only one, and an archive says what it is.
            if matches!(mark.mark, Mark::Copy | Mark::Old) {
                let of_owner = lone.entry(summary.owner).or_default();
                of_owner.push((index, summary, mark.mark));
            }
            continue;
        };
        let own_parent = summary.parents().any(|parent| parent == other.id);
        let is_other = twin != index && other.id != summary.id && !own_parent;
        if !is_other || other.kind.is_derived() {
            continue;
        }
        let message = match mark.mark {
            Mark::Copy | Mark::Numbered => format!(
                "`{}` looks like a second copy of `{}`",
                summary.title, other.title
            ),
            Mark::Version if titles::version_mark(other.title).is_some() => format!(
                "`{}` seems to be an older version of `{}`",
                summary.title, other.title
            ),
            Mark::Old | Mark::Archived | Mark::Version => {
                format!(
                    "`{}` and `{}` stand side by side; one seems to be an older version",
                    summary.title, other.title
                )
            }
        };
        // A series of versions may be kept on purpose, if more than the number has changed; an archive says what it is.
        let is_same = !summary.columns.is_empty() && summary.columns == other.columns;
        let severity = match mark.mark {
            Mark::Copy | Mark::Numbered | Mark::Old => Severity::Warning,
            Mark::Version if is_same => Severity::Warning,
            Mark::Archived | Mark::Version => Severity::Info,
        };
        let mut draft = Draft::new("title", message)
            .quoting(summary.title)
            .weighing(severity);
        other.id.clone_into(&mut draft.subject);
        let places = [(index, Part::Title), (twin, Part::Title)];
        found.push(CatalogFinding::fail(index, draft, places));
    }
    found.extend(lone.into_values().filter_map(|marked| unpaired(&marked)));
    Answers::of_some(found)
}

/// Titles of one owner that call themselves a copy or old, while nothing here has such a title without that.
fn unpaired(marked: &[(usize, Summary<'_>, Mark)]) -> Option<CatalogFinding> {
    let (first, summary, mark) = marked.first()?;
    let message = match (marked.len(), mark) {
        (1, Mark::Copy) => format!(
            "`{}` calls itself a copy; readers cannot tell of what, or which one to take",
            summary.title
        ),
        (1, _) => format!(
            "`{}` calls itself old; readers cannot tell where the current one is",
            summary.title
        ),
        (count, _) => format!(
            "{count} titles call themselves a copy or old; readers cannot tell which one to take: {}",
            quoted_list(marked.iter().map(|(_, summary, _)| summary.title))
        ),
    };
    let draft = Draft::new("title", message)
        .quoting(summary.title)
        .weighing(Severity::Info)
        .sure(Confidence::Hint);
    let places = marked.iter().map(|(index, ..)| (*index, Part::Title));
    Some(CatalogFinding::fail(*first, draft, places))
}
