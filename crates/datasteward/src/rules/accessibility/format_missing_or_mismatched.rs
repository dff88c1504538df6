use crate::lexicon::formats::{self, FileFormat};
use crate::model::{Distribution, Held};
use crate::rule::{Check, Draft, Reason, Severity, Subject, Verdict, declare_rule};

declare_rule! {
    /// A file's format is not said, or is said in two ways that do not agree.
    ///
    /// ## Why it matters
    /// Software picks a reader by the format; given the wrong one it fails, and people look for a file that is not there.
    ///
    /// ## How to mend it
    /// State the format of each file as it is, the same in every place.
    ///
    /// ## Bad
    /// ```record.json
    /// {"datasteward": "1", "id": "b", "title": "Budget", "kind": "file",
    ///  "distributions": [{"url": "https://data.city.gov/budget.xlsx", "format": "CSV"}]}
    /// ```
    ///
    /// ## Good
    /// ```record.json
    /// {"datasteward": "1", "id": "b", "title": "Budget", "kind": "file",
    ///  "distributions": [{"url": "https://data.city.gov/budget.csv", "format": "CSV"}]}
    /// ```
    ///
    /// ## Source
    /// City of Los Angeles, data standards checklist: a usable format on the portal, or linked from it.
    rule {
        id: "format-missing-or-mismatched",
        code: "A4-03",
        item: A4,
        severity: Warning,
        status: Stable,
        derived_too: false,
        check: Check::Dataset(check),
    }
}

fn check(subject: &Subject<'_>) -> Verdict {
    if let Some(verdict) = subject.not_data() {
        return verdict;
    }
    let list: Vec<_> = subject
        .dataset
        .distributions
        .value()
        .into_iter()
        .flatten()
        .filter(|held| held.value.url().is_some() && !held.value.made_by_portal)
        .collect();
    if list.is_empty() {
        return Verdict::NotApplicable(Reason::Dependency);
    }
    let mut mismatches: Vec<(&Held<Distribution<'_>>, String)> = Vec::new();
    let mut nameless = Vec::new();
    for held in list {
        let file = &held.value;
        if let Some(message) = mismatch(file) {
            mismatches.push((held, message));
        } else if is_nameless(file) {
            nameless.push(held);
        }
    }
    let mut drafts = Vec::new();
    if let Some((first, message)) = mismatches.first() {
        let more = mismatches.len() - 1;
        let message = match more {
            0 => message.clone(),
            1 => format!("{message}; 1 more file has the like"),
            _ => format!("{message}; {more} more files have the like"),
        };
        let mut draft = Draft::new("distributions.format", message)
            .at_all(
                mismatches
                    .iter()
                    .filter_map(|(held, _)| held.value.format.at().or(held.value.media_type.at())),
            )
            .quoting(first.value.url().unwrap_or_default());
        draft.subject = "mismatch".to_owned();
        drafts.push(draft);
    }
    if let Some(first) = nameless.first() {
        let message = if nameless.len() == 1 {
            "A file does not say its format".to_owned()
        } else {
            format!("{} files do not say their format", nameless.len())
        };
        let mut draft = Draft::new("distributions.format", message)
            .at_all(nameless.iter().map(|held| held.at))
            .quoting(first.value.url().unwrap_or_default())
            .weighing(Severity::Info);
        draft.subject = "nameless".to_owned();
        drafts.push(draft);
    }
    if drafts.is_empty() {
        Verdict::Pass
    } else {
        Verdict::Fail(drafts)
    }
}

/// Where two of label, media type and file ending name formats that do not go together.
fn mismatch(file: &Distribution<'_>) -> Option<String> {
    let label = file
        .format
        .value()
        .and_then(|label| formats::by_label(label));
    let media = file
        .media_type
        .value()
        .and_then(|media| formats::by_media_type(media));
    // Only the ending of the file itself tells its format; a page may lead to anything.
    let ending = file
        .download_url
        .value()
        .or_else(|| {
            file.access_url
                .value()
                .filter(|_| !file.download_url.is_filled())
        })
        .and_then(|url| formats::by_extension(url))
        .filter(|format| format.key != "html");
    let said = [
        ("format says", label),
        ("media type says", media),
        ("link ends in", ending),
    ];
    let named: Vec<_> = said
        .into_iter()
        .filter_map(|(place, format)| Some((place, format?)))
        .collect();
    let (one, other) = named.iter().enumerate().find_map(|(at, one)| {
        let others = named.get(at + 1..)?;
        let other = others.iter().find(|other| contradict(one.1, other.1))?;
        Some((one, other))
    })?;
    Some(format!(
        "One file's {} {}, its {} {}",
        one.0, one.1.label, other.0, other.1.label
    ))
}

fn contradict(one: &FileFormat, other: &FileFormat) -> bool {
    let both = |first: &str, second: &str| {
        (one.key == first && other.key == second) || (one.key == second && other.key == first)
    };
    // Excel files go by one name, NetCDF is a kind of HDF5, and a page is often what stands before a service.
    let excel = |format: &FileFormat| matches!(format.key, "xls" | "xlsx" | "xlsm");
    let kin = (excel(one) && excel(other))
        || both("hdf5", "netcdf")
        || both("html", "api")
        || both("html", "esri-rest");
    formats::disagree(one, other) && !kin
}

/// Nothing about the file, and nothing in its address, tells a format.
fn is_nameless(file: &Distribution<'_>) -> bool {
    file.format.is_blank()
        && file.media_type.is_blank()
        && file
            .download_url
            .value()
            .is_some_and(|url| formats::by_url(url).is_none())
}
