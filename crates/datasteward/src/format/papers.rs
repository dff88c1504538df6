//! Records of a text to read rather than of data, in formats that have no place to say so.

use crate::lexicon::titles;
use crate::model::{AssetKind, Columns, Dataset, Distribution};

/// Whether all that a record offers is a text, and its title calls it one: an agenda, a plan, a report.
pub(super) fn is_document(dataset: &Dataset<'_>) -> bool {
    let may_be = matches!(dataset.kind, AssetKind::Unknown | AssetKind::File)
        && !matches!(dataset.columns, Columns::Listed(_));
    if !may_be || !titles::names_a_document(dataset.title_text()) {
        return false;
    }
    let files = dataset.distributions.value().into_iter().flatten();
    let mut keys = files
        .filter(|held| held.value.url().is_some())
        .map(|held| key(&held.value))
        .peekable();
    // A page alone may be where the data lies.
    let has_paper = keys.clone().any(|key| key != "html");
    keys.peek().is_some()
        && has_paper
        && keys.all(|key| matches!(key, "html" | "pdf" | "word" | "odt" | "rtf"))
}

fn key(file: &Distribution<'_>) -> &'static str {
    file.file_format().map_or("", |format| format.key)
}

#[cfg(test)]
mod tests {
    use crate::{Options, Source, inspect};

    fn kind(title: &str, format: &str) -> String {
        let text = format!(
            r#"{{"id": "a", "title": "{title}", "notes": "Of the office of parks.", "license_id": "cc-by",
                "resources": [{{"url": "https://parks.example/files/1", "format": "{format}"}}]}}"#
        );
        let (records, _) = inspect(
            &[Source::new("a.json", text.as_bytes())],
            &Options::default(),
        );
        let kind = records.first().and_then(|it| it.value("kind"));
        kind.unwrap_or_default()
    }

    #[test]
    fn a_text_that_calls_itself_one_is_a_document() {
        for title in [
            "Annual report of the parks 2019",
            "Meeting Agenda 3-18-2010",
            "Rapport annuel des parcs",
            "Informe de actividades",
            "Jahresbericht der Parks",
        ] {
            assert_eq!(kind(title, "PDF"), "document", "{title}");
        }
    }

    #[test]
    fn data_stays_data_whatever_it_is_called_and_however_it_is_offered() {
        assert_eq!(kind("Annual report of the parks", "CSV"), "dataset");
        // The page may lead to the data.
        assert_eq!(kind("Annual report of the parks", "HTML"), "dataset");
        assert_eq!(kind("Payments to vendors in April", "PDF"), "dataset");
    }
}
