//! What is kept of a record for the report and for the rules over many datasets.

use std::num::{NonZeroU32, NonZeroU64};

use crate::judgement::Judged;
use crate::lexicon::memo::Memo;
use crate::lexicon::placeholder::{self, Placeholder};
use crate::lexicon::{fold, quick, titles};
use crate::limits;
use crate::model::{At, Dataset, Inner, Slot};
use crate::reading::Record;
use crate::rule::{Entry, Summaries};

/// Keeps what is needed of a record; `dataset` is what it says, filled up with what was counted in the data.
pub(crate) fn summarize(
    document: usize,
    record: &Record<'_>,
    dataset: &Dataset<'_>,
    judged: &Judged<'_>,
    summaries: &mut Summaries,
) {
    let place = |at: Option<At>| record.places.place(record.tree, at.unwrap_or(At::RECORD));
    let title = dataset.title_text();
    let skeleton = titles::skeleton_of(title);
    let publisher = dataset
        .publisher
        .value()
        .map_or("", |publisher| publisher.name);
    let domain = dataset.domain.value().copied().unwrap_or_default();
    let mut columns: Vec<u32> = dataset
        .columns
        .listed()
        .iter()
        .zip(&judged.columns)
        .filter(|(_, judged)| !judged.is_system)
        .map(|(column, _)| name_number(column.key()))
        .collect();
    columns.sort_unstable();
    // A template is no description to compare.
    let description = dataset.description_text();
    let is_template = placeholder::classify(description) == Some(Placeholder::Template);
    let description = number_of_description(description).filter(|_| !is_template);
    let acronyms: Vec<_> = titles::acronyms(title)
        .into_iter()
        .map(|(short, words)| (half(short), halves(words)))
        .collect();
    let parents = &dataset.lineage.parent_ids;
    let parent_ids: Vec<&str> = parents.iter().map(|held| held.value).collect();
    let (pointer, line) = record.places.record();
    let period = skeleton.period();
    let title_place = place(dataset.title.at());
    let id_place = place(dataset.id.at());
    let description_place = description.map(|_| place(dataset.description.at()));
    let parent_place = parents.first().map(|held| place(Some(held.at)));
    summaries.push(&Entry {
        document,
        portal: domain,
        owner: &fold::fold(&format!("{domain} {publisher}")),
        in_charge: dataset.owner().map(|(name, _)| name),
        views: dataset.views,
        id: dataset.id.value().copied(),
        title,
        folded_title: fold::number(titles::fold_title(title).chars()),
        words: &halves(titles::word_hashes(&skeleton.sorted_key)),
        acronyms: &acronyms,
        lead: skeleton.lead().and_then(|lead| NonZeroU32::new(half(lead))),
        newest_year: titles::last_year(&period),
        period: &period,
        place: &skeleton.place(),
        kind: dataset.kind,
        parents: &parent_ids,
        table: dataset.lineage.table_id.map(|held| held.value),
        columns: &columns,
        has_context: judged.gives_context(dataset),
        in_series: !dataset.lineage.series.is_empty(),
        is_filtered: dataset.lineage.is_filtered || judged.reading.says_it_is_filtered(),
        id_is_borrowed: dataset
            .id
            .held()
            .is_some_and(|held| held.inner == Inner::Derived),
        publisher,
        description,
        source_rests_on_publisher: matches!(dataset.sources, Slot::NotInFormat(_))
            && !judged.names_source(dataset),
        record: (&pointer, line),
        places: [
            Some(&title_place),
            Some(&id_place),
            description_place.as_ref(),
            parent_place.as_ref(),
        ],
    });
}

/// Equal numbers are equal descriptions; short ones are not told apart.
fn number_of_description(text: &str) -> Option<NonZeroU64> {
    // Each word has a letter and a blank at least.
    if text.len() + 1 < 2 * limits::COPIED_WORDS {
        return None;
    }
    let folded = fold::fold(text);
    let words = memchr::memchr_iter(b' ', folded.as_bytes()).count() + 1;
    let number = (words >= limits::COPIED_WORDS).then(|| quick::hash(folded.as_bytes()));
    number.and_then(NonZeroU64::new)
}

/// A number of a word in half the space: within one publisher's titles and fields, equal ones are still equal words.
fn half(number: u64) -> u32 {
    let folded = (number ^ (number >> 32)) & u64::from(u32::MAX);
    u32::try_from(folded).unwrap_or(u32::MAX)
}

/// Numbers of words, sorted, each once.
fn halves(numbers: Vec<u64>) -> Vec<u32> {
    let mut halves: Vec<u32> = numbers.into_iter().map(half).collect();
    halves.sort_unstable();
    halves.dedup();
    halves
}

/// A field's name without case, separators and digits, as a number: slices of a table write years into their headers.
fn name_number(name: &str) -> u32 {
    thread_local!(static KNOWN: Memo<u64> = const { Memo::new() });
    let hash = |name: &str| {
        let letters = name.chars().filter(|letter| letter.is_alphabetic());
        fold::number(letters.flat_map(char::to_lowercase))
    };
    half(KNOWN.with(|known| known.get(name, hash)))
}
