use crate::lexicon::fold;
use crate::lexicon::formats::{self, Answer};
use crate::lexicon::roles::Role;
use crate::model::Distribution;
use crate::rule::{Check, Draft, Reason, Subject, Verdict, declare_rule};

declare_rule! {
    /// Data with places in it is offered in no map format.
    ///
    /// ## Why it matters
    /// Everyone who wants a map has to turn coordinates into points first.
    ///
    /// ## How to mend it
    /// Offer GeoJSON or GeoPackage beside the table.
    ///
    /// ## Bad
    /// ```record.json
    /// {"datasteward": "1", "id": "h", "title": "Hydrants", "kind": "file", "columns": [{"name": "Latitude", "type": "number"}, {"name": "Longitude", "type": "number"}],
    ///  "distributions": [{"url": "https://data.city.gov/hydrants.csv", "format": "CSV"}]}
    /// ```
    ///
    /// ## Good
    /// ```record.json
    /// {"datasteward": "1", "id": "h", "title": "Hydrants", "kind": "file", "columns": [{"name": "Latitude", "type": "number"}, {"name": "Longitude", "type": "number"}],
    ///  "distributions": [{"url": "https://data.city.gov/hydrants.csv", "format": "CSV"}, {"url": "https://data.city.gov/hydrants.geojson", "format": "GeoJSON"}]}
    /// ```
    rule {
        id: "geographic-format-missing",
        code: "A4-06",
        item: A4,
        severity: Info,
        status: Preview,
        derived_too: false,
        check: Check::Dataset(check),
    }
}

fn check(subject: &Subject<'_>) -> Verdict {
    if let Some(verdict) = subject.not_data() {
        return verdict;
    }
    let dataset = subject.dataset;
    // The portal turns what it stores into map formats by itself.
    if dataset.served_by_portal && dataset.domain.is_filled() {
        return Verdict::Pass;
    }
    if let Some(verdict) = subject.without_columns() {
        return verdict;
    }
    let columns = dataset.columns.listed();
    let shapes = subject
        .judged
        .judged_columns()
        .any(|(_, judged)| judged.role == Role::Geometry);
    let named = |words: &[&str]| {
        columns.iter().find(|column| {
            let name = fold::name_words(column.shown_name());
            name.len() <= 2 && name.iter().any(|word| words.contains(&word.as_str()))
        })
    };
    let latitude = named(&["latitude", "lat", "latitud"]);
    let longitude = named(&["longitude", "lon", "lng", "long", "longitud"]);
    if !shapes && (latitude.is_none() || longitude.is_none()) {
        return Verdict::NotApplicable(Reason::NoMeasures);
    }
    let files: Vec<_> = dataset
        .distributions
        .value()
        .into_iter()
        .flatten()
        .collect();
    if files.is_empty() {
        return Verdict::NotApplicable(Reason::Dependency);
    }
    let is_map = |file: &Distribution<'_>| {
        formats::find(
            file.inner_format
                .value()
                .or_else(|| file.format.value())
                .copied(),
            file.media_type.value().copied(),
            file.url(),
        )
        .is_none_or(|format| format.geographic != Answer::No)
    };
    if files.iter().any(|held| is_map(&held.value)) {
        return Verdict::Pass;
    }
    let draft = Draft::new(
        "distributions",
        "The data has places in it, but no map format is offered",
    )
    .at_all(files.iter().map(|held| held.at));
    Verdict::fail(draft)
}
