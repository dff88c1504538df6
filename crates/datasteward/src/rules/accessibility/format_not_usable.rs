use crate::lexicon::addresses;
use crate::lexicon::formats::{self, Answer, FileFormat};
use crate::lexicon::titles;
use crate::model::{AssetKind, Column, Dataset, Distribution, Held};
use crate::rule::{Check, Draft, Reason, Severity, Subject, Verdict, declare_rule, quoted_list};

declare_rule! {
    /// The data is offered only in forms that software cannot read.
    ///
    /// ## Why it matters
    /// Whoever wants to work with the figures has to type them in again.
    ///
    /// ## How to mend it
    /// Add CSV for a table, GeoJSON or GeoPackage for a map, beside what is there.
    ///
    /// ## Bad
    /// ```record.json
    /// {"datasteward": "1", "id": "budget", "title": "Budget", "kind": "file",
    ///  "distributions": [{"url": "https://data.city.example/budget.pdf", "format": "PDF"}]}
    /// ```
    ///
    /// ## Good
    /// ```record.json
    /// {"datasteward": "1", "id": "budget", "title": "Budget", "kind": "file",
    ///  "distributions": [{"url": "https://data.city.example/budget.pdf", "format": "PDF"},
    ///                    {"url": "https://data.city.example/budget.csv", "format": "CSV"}]}
    /// ```
    ///
    /// ## Source
    /// City of Los Angeles, data standards checklist: a usable format on the portal, or linked from it.
    rule {
        id: "format-not-usable",
        code: "A4-02",
        item: A4,
        severity: Warning,
        status: Stable,
        derived_too: false,
        check: Check::Dataset(check),
    }
}

fn check(subject: &Subject<'_>) -> Verdict {
    let dataset = subject.dataset;
    if dataset.served_by_portal {
        return Verdict::Pass;
    }
    // A report may hold figures; an agenda or a policy is read.
    let is_document = dataset.kind == AssetKind::Document;
    if is_document && !titles::names_a_report(dataset.title_text()) {
        return Verdict::NotApplicable(Reason::AssetKind);
    }
    let list: Vec<_> = dataset
        .distributions
        .value()
        .into_iter()
        .flatten()
        // What only the office itself can open is another rule's matter.
        .filter(|held| {
            let url = held.value.url();
            url.is_some_and(|url| !addresses::is_inner(url))
        })
        .collect();
    if list.is_empty() {
        return Verdict::NotApplicable(Reason::Dependency);
    }
    let answers: Vec<Answer> = list.iter().map(|held| held.value.readable()).collect();
    if answers.contains(&Answer::Yes) {
        return Verdict::Pass;
    }
    if answers.contains(&Answer::Unknown) {
        return Verdict::Unknown(Reason::UnresolvedReference);
    }
    let formats = || list.iter().filter_map(|held| held.value.file_format());
    if formats().any(|format| format.key == "image") && holds_pictures(dataset) {
        return Verdict::Pass;
    }
    let names = quoted_list(formats().map(name)).replace('`', "");
    let mut message = if is_document {
        format!("The report is offered only as {names}: software cannot read the figures in it")
    } else if formats().all(|format| format.key == "wms") {
        format!("The data is offered only as {names}, which gives pictures of it and not the data")
    } else {
        format!("The data is offered only as {names}, which software cannot read as data")
    };
    if let Some(about) = dataset
        .distributions
        .value()
        .and_then(|all| false_service(all))
    {
        message.push_str(&about);
    }
    let draft = Draft::new("distributions", message).at_all(list.iter().map(|held| held.at));
    Verdict::fail(if is_document {
        draft.weighing(Severity::Info)
    } else {
        draft
    })
}

/// A format as it is called in the middle of a sentence.
fn name(format: &FileFormat) -> &'static str {
    match format.key {
        "html" => "a web page",
        "image" => "a picture",
        _ => format.label,
    }
}

/// Whether pictures are the data: a collection of images, to look at or to learn from.
fn holds_pictures(dataset: &Dataset<'_>) -> bool {
    let is_image = |column: &Column<'_>| {
        let native = column.native_type;
        native.is_some_and(|native| native.ends_with("ImageObject"))
    };
    dataset.columns.listed().iter().any(is_image)
}

/// What is wrong with an entry that calls itself a service of ArcGIS, as its makers will ask: "But there it is."
fn false_service(all: &[Held<Distribution<'_>>]) -> Option<String> {
    all.iter().find_map(|held| {
        let label = *held.value.format.value()?;
        let format = formats::by_label(label)?;
        let leads = match held.value.url() {
            _ if format.key != "esri-rest" => return None,
            None => "has no address",
            Some(url) if formats::is_arcgis_service(url) => return None,
            Some(_) => "leads to a web page",
        };
        Some(format!("; the entry `{label}` {leads}"))
    })
}

#[cfg(test)]
mod tests {
    use crate::{Options, Source, check};

    fn said(record: &str) -> Vec<(String, String)> {
        let report = check(
            &[Source::new("a.json", record.as_bytes())],
            &Options::default(),
        );
        let mut findings = report.findings;
        findings.retain(|it| it.rule == "format-not-usable");
        let told = findings.into_iter();
        told.map(|it| (format!("{:?}", it.severity), it.message))
            .collect()
    }

    fn package(title: &str, resources: &str) -> String {
        format!(
            r#"{{"id": "a", "title": "{title}", "notes": "Of the office of parks.", "license_id": "cc-by",
                "resources": [{resources}]}}"#
        )
    }

    #[test]
    fn says_what_is_wrong_with_an_entry_that_calls_itself_a_service() {
        let page = r#"{"url": "https://parks.example/pages/benches", "format": "Web Page"}"#;
        let bare = r#"{"format": "ArcGIS GeoServices REST API"}"#;
        let lost = r#"{"url": "https://parks.example/pages/benches", "format": "ArcGIS GeoServices REST API"}"#;
        let only = "The data is offered only as a web page, which software cannot read as data";
        let entry = "; the entry `ArcGIS GeoServices REST API`";
        for (resources, end) in [
            (page.to_owned(), String::new()),
            (format!("{page}, {bare}"), format!("{entry} has no address")),
            (
                format!("{page}, {lost}"),
                format!("{entry} leads to a web page"),
            ),
        ] {
            let found = said(&package("Benches", &resources));
            assert_eq!(found, [("Warning".to_owned(), format!("{only}{end}"))]);
        }
    }

    #[test]
    fn remarks_on_figures_in_a_report_and_leaves_other_texts_alone() {
        let file = r#"{"url": "https://parks.example/a.pdf", "format": "PDF"}"#;
        let report = said(&package("Annual report 2019", file));
        assert_eq!(
            report.first().map(|(severity, _)| severity.as_str()),
            Some("Info")
        );
        assert!(said(&package("Meeting agenda of 3 May 2019", file)).is_empty());
        assert_eq!(said(&package("Benches", file)).len(), 1);
    }

    #[test]
    fn a_raster_may_be_a_tiff_and_images_may_be_the_data() {
        let raster = r#"{"url": "https://parks.example/a.tif", "format": "TIFF"}"#;
        assert!(said(&package("Shade", raster)).is_empty());
        let images = r#"{"@context": {"@vocab": "https://schema.org/", "sc": "https://schema.org/", "cr": "http://mlcommons.org/croissant/"},
            "@type": "sc:Dataset", "conformsTo": "http://mlcommons.org/croissant/1.0", "name": "leaves",
            "distribution": [{"@type": "cr:FileObject", "@id": "p", "contentUrl": "https://parks.example/a.png", "encodingFormat": "image/png"}],
            "recordSet": [{"@type": "cr:RecordSet", "@id": "r", "field": [{"@type": "cr:Field", "@id": "r/p", "name": "picture", "dataType": "sc:ImageObject"}]}]}"#;
        assert!(said(images).is_empty());
    }
}
