use crate::lexicon::fold;
use crate::lexicon::titles::{self, Mark};
use crate::limits;
use crate::rule::{
    Answers, Catalog, CatalogFinding, Check, Draft, Part, Severity, Shared, declare_rule,
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
    let twins = catalog.datasets().filter_map(|(index, summary)| {
        // A view of the current table may well be called its copy; the portal shows the two together.
        if summary.kind.is_derived() {
            return None;
        }
        let mark = titles::version_mark(summary.title)?;
        let (twin, other) = twin_of(summary.owner, &mark.rest)?;
        let own_parent = summary.parents().any(|parent| parent == other.id);
        let is_other = twin != index && other.id != summary.id && !own_parent;
        (is_other && !other.kind.is_derived()).then_some((index, summary, mark, twin, other))
    });
    let found = twins.map(|(index, summary, mark, twin, other)| {
        let message = match mark.mark {
            Mark::Copy | Mark::Numbered => format!(
                "`{}` looks like a second copy of `{}`",
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
        CatalogFinding::fail(index, draft, [(index, Part::Title), (twin, Part::Title)])
    });
    Answers::of_some(found.collect())
}
