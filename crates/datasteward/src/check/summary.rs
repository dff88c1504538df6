//! What is kept of a record for the report and for the rules over many datasets.

use std::num::{NonZeroU32, NonZeroU64};

use crate::judgement::Judged;
use crate::lexicon::memo::Memo;
use crate::lexicon::{dates, fold, quick, titles};
use crate::limits;
use crate::model::{At, Dataset, Slot};
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
    let judged_columns = dataset.columns.listed().iter().zip(&judged.columns);
    let names: Vec<&str> = judged_columns
        .filter(|(_, judged)| !judged.is_system)
        .map(|(column, _)| column.key())
        .collect();
    let columns = numbers_of_names(&names, title);
    let description = number_of_description(dataset.description_text());
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

/// The names of fields as sorted numbers. Slices of a wide table write what they are slices of before the names of many
/// fields ("BRONX – Year Built" in a table of the Bronx): that is left out.
fn numbers_of_names(names: &[&str], title: &str) -> Vec<u32> {
    let mut numbers: Vec<u32> = if names.len() < limits::WIDE_FIELDS {
        names.iter().map(|name| name_number(name)).collect()
    } else {
        let of_title: Vec<&str> = fold::raw_words(title).collect();
        let is_of_title = |word: &&str| of_title.iter().any(|it| it.eq_ignore_ascii_case(word));
        let first = |name: &&str| fold::raw_words(name).next().filter(is_of_title).is_some();
        let is_named = names.iter().filter(|name| first(name)).count() >= limits::NAMED_FIELDS;
        let own = |name: &&str| match fold::raw_words(name).find(|word| !is_of_title(word)) {
            Some(word) if is_named => {
                let start = word.as_ptr().addr() - name.as_ptr().addr();
                name_number(name.get(start..).unwrap_or(name))
            }
            _ => name_number(name),
        };
        names.iter().map(own).collect()
    };
    numbers.sort_unstable();
    numbers
}

/// A field's name without case, separators, digits and months, as a number: slices of a table write years and quarters
/// into their headers.
fn name_number(name: &str) -> u32 {
    thread_local!(static KNOWN: Memo<u64> = const { Memo::new() });
    let number = |letters: &str| {
        let letters = letters.chars().filter(|letter| letter.is_alphabetic());
        fold::number(letters.flat_map(char::to_lowercase))
    };
    let hash = |name: &str| {
        if !name.bytes().any(|byte| byte.is_ascii_digit()) {
            return number(name);
        }
        let is_own = |word: &&str| !dates::names_month(word) && !is_ordinal(word);
        let words = name.split(|letter: char| !letter.is_alphanumeric());
        let own: String = words.filter(is_own).collect();
        let letters = own.chars().filter(|letter| letter.is_alphabetic()).count();
        number(if letters < SHORTEST_NAME { name } else { &own })
    };
    half(KNOWN.with(|known| known.get(name, hash)))
}

/// Fewer letters beside its months tell no name.
const SHORTEST_NAME: usize = 3;

/// `1st`, `22nd`
fn is_ordinal(word: &str) -> bool {
    let ending = word.trim_start_matches(|sign: char| sign.is_ascii_digit());
    ending.len() < word.len()
        && ["st", "nd", "rd", "th"]
            .iter()
            .any(|it| ending.eq_ignore_ascii_case(it))
}

#[cfg(test)]
mod tests {
    use super::{name_number, numbers_of_names};

    #[test]
    fn years_quarters_and_months_are_no_names_of_fields() {
        for (one, other) in [
            (
                "1 Quarter Goal: Apr 1 - Jun 30",
                "2 Quarter Goal: July 1 - Dec 31",
            ),
            ("2nd Quarter Actual", "1st Quarter Actual"),
            ("Enrolled 2019", "enrolled_2020"),
        ] {
            assert_eq!(name_number(one), name_number(other), "{one}");
        }
        // Months are all that these names are.
        assert_ne!(name_number("Jan 2020"), name_number("Feb 2020"));
        assert_ne!(name_number("May"), name_number("March"));
    }

    #[test]
    fn the_name_of_a_slice_before_its_fields_is_left_out() {
        let fields = |place: &str| {
            let named = ["Year Built", "Address", "Units", "Income", "Value"];
            let mut fields: Vec<String> =
                named.iter().map(|it| format!("{place} – {it}")).collect();
            fields.extend(('a'..='p').map(|letter| format!("Comparison {letter}")));
            fields
        };
        let numbers = |place: &str| {
            let fields = fields(place);
            let names: Vec<&str> = fields.iter().map(String::as_str).collect();
            numbers_of_names(&names, &format!("Rents of {place}"))
        };
        assert_eq!(numbers("Bronx"), numbers("STATEN ISLAND"));
        // A few fields with a word of the title are just that.
        assert_ne!(
            numbers_of_names(&["Tree height", "Width"], "Tree"),
            numbers_of_names(&["Bush height", "Width"], "Bush")
        );
    }
}
