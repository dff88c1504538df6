//! What is kept of a record for the rules over many datasets.

use crate::judgement::Judged;
use crate::lexicon::memo::Memo;
use crate::lexicon::{fold, titles};
use crate::limits;
use crate::model::Slot;
use crate::reading::Record;
use crate::rule::Summary;

pub(crate) fn summarize(document: usize, record: &Record<'_>, judged: &Judged<'_>) -> Summary {
    let dataset = record.dataset;
    let place = |at: Option<crate::model::At>| {
        record
            .places
            .place(record.tree, at.unwrap_or(crate::model::At::RECORD))
    };
    let title = dataset.title_text();
    let skeleton = titles::skeleton_of(title);
    let publisher = dataset
        .publisher
        .value()
        .map_or("", |publisher| publisher.name);
    let domain = dataset.domain.value().copied().unwrap_or_default();
    let mut columns: Vec<u64> = dataset
        .columns
        .listed()
        .iter()
        .zip(&judged.columns)
        .filter(|(_, judged)| !judged.is_system)
        .map(|(column, _)| name_hash(column.key()))
        .collect();
    columns.sort_unstable();
    let parent = dataset.lineage.parent_ids.first();
    let folded = fold::fold(dataset.description_text());
    let description =
        (folded.split(' ').count() >= limits::COPIED_WORDS).then(|| fold::number(folded.chars()));
    Summary {
        document,
        portal: fold::number(domain.chars()),
        owner: fold::fold(&format!("{domain} {publisher}")).into_owned(),
        id: dataset
            .id
            .value()
            .map_or(String::new(), |id| (*id).to_owned()),
        title: title.to_owned(),
        folded_title: titles::fold_title(title),
        period: skeleton.period(),
        newest_year: titles::last_year(&skeleton.period()),
        place: skeleton.place(),
        words: titles::word_hashes(&skeleton.sorted_key),
        lead: skeleton.lead(),
        acronyms: titles::acronyms(title),
        kind: dataset.kind,
        parents: dataset
            .lineage
            .parent_ids
            .iter()
            .map(|held| held.value.to_owned())
            .collect(),
        table: dataset.lineage.table_id.map(|held| held.value.to_owned()),
        columns,
        has_context: judged.gives_context(dataset),
        in_series: !dataset.lineage.series.is_empty(),
        publisher: publisher.to_owned(),
        description,
        description_place: description.map(|_| place(dataset.description.at())),
        source_rests_on_publisher: matches!(dataset.sources, Slot::NotInFormat(_))
            && !judged.names_source(dataset),
        title_place: place(dataset.title.at()),
        parent_place: parent.map(|held| place(Some(held.at))),
        id_place: place(dataset.id.at()),
    }
}

/// A field's name without case, separators and digits, as a number: slices of a table write years into their headers.
fn name_hash(name: &str) -> u64 {
    thread_local!(static KNOWN: Memo<u64> = const { Memo::new() });
    let hash = |name: &str| {
        let letters = name.chars().filter(|letter| letter.is_alphabetic());
        fold::number(letters.flat_map(char::to_lowercase))
    };
    KNOWN.with(|known| known.get(name, hash))
}
