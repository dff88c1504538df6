//! Troubles as people meet them, each in one small record: where it is told, by which rule, and where nothing may be
//! said. The records are our own; the kinds of trouble are those that stewards report of portals, harvesters and
//! validators.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on stops"
)]

use datasteward::report::{Finding, Severity};
use datasteward_tests::judge;

/// What is found at a place, or below it: the rule and the words.
fn at<'r>(findings: &'r [Finding], pointer: &str) -> Vec<&'r Finding> {
    let below = format!("{pointer}/");
    findings
        .iter()
        .filter(|finding| {
            finding
                .locations
                .iter()
                .any(|it| it.pointer == pointer || it.pointer.starts_with(&below))
        })
        .collect()
}

/// A rule speaks at a place, with these words in its message.
#[track_caller]
fn told(name: &str, text: &str, pointer: &str, rule: &str, words: &str) {
    let report = judge(name, text.as_bytes());
    let found = at(&report.findings, pointer);
    assert!(
        found
            .iter()
            .any(|finding| finding.rule == rule && finding.message.contains(words)),
        "{rule} does not say `{words}` at {pointer}: {found:#?}"
    );
}

/// No rule speaks of the structure of what stands at a place, or only in a note.
#[track_caller]
fn left_alone(name: &str, text: &str, pointer: &str) {
    let report = judge(name, text.as_bytes());
    let found: Vec<_> = at(&report.findings, pointer)
        .into_iter()
        .filter(|finding| finding.severity != Severity::Info)
        .collect();
    assert!(found.is_empty(), "{pointer}: {found:#?}");
}

/// A catalogue of one good dataset in which one key is written otherwise.
fn catalog(key: &str, value: &str) -> String {
    let mut members = vec![
        ("identifier", "\"https://data.harbor.example/id/benches\""),
        ("title", "\"Park benches\""),
        (
            "description",
            "\"Every public bench in the parks, one row a bench. Field crews of the Parks Department record benches during the yearly inspection to plan repairs. Benches removed before 2019 are not included.\"",
        ),
        ("keyword", "[\"parks\", \"benches\"]"),
        ("modified", "\"2026-10-15\""),
        ("publisher", "{\"name\": \"Harbor County Parks\"}"),
        (
            "contactPoint",
            "{\"fn\": \"Parks data desk\", \"hasEmail\": \"mailto:parks@harbor.example\"}",
        ),
        ("accessLevel", "\"public\""),
        (
            "license",
            "\"https://creativecommons.org/licenses/by/4.0/\"",
        ),
        ("accrualPeriodicity", "\"R/P1Y\""),
        (
            "distribution",
            "[{\"downloadURL\": \"https://data.harbor.example/b.csv\", \"mediaType\": \"text/csv\"}]",
        ),
    ];
    members.retain(|(known, _)| *known != key);
    members.push((key, value));
    let members: Vec<_> = members
        .iter()
        .map(|(key, value)| format!("\"{key}\": {value}"))
        .collect();
    format!(
        "{{\"conformsTo\": \"https://project-open-data.cio.gov/v1.1/schema\", \"dataset\": [{{{}}}]}}",
        members.join(", ")
    )
}

#[test]
fn values_that_harvesters_stumble_over() {
    for (key, value, words) in [
        ("bureauCode", "\"015:11\"", "a list is wanted"),
        ("programCode", "[\"015:1\"]", "a code such as `015:001`"),
        ("accessLevel", "\"Public\"", "`restricted public`"),
        ("language", "[\"English\"]", "a code such as `en`"),
        (
            "temporal",
            "\"2015-01-01, 2016-01-01\"",
            "a start and an end",
        ),
        ("theme", "\"Recreation\"", "a list is wanted"),
        (
            "contactPoint",
            "{\"fn\": \"555-0100-200parks\", \"hasEmail\": \"mailto:parks@harbor.example\"}",
            "telephone",
        ),
        (
            "contactPoint",
            "{\"fn\": \"Parks\", \"hasEmail\": \"parks@harbor.example\"}",
            "no `mailto:`",
        ),
        (
            "distribution",
            "[{\"downloadURL\": \"https://data.harbor.example/b.csv\", \"mediaType\": \"csv\"}]",
            "media type",
        ),
        (
            "distribution",
            "[{\"downloadURL\": \"https://data.harbor.example/b.csv\"}, {\"title\": \"Map\", \"accessURL\": \"\\n\"}]",
            "no address",
        ),
    ] {
        told(
            "data.json",
            &catalog(key, value),
            &format!("/dataset/0/{key}"),
            "key-or-type-wrong",
            words,
        );
    }
}

#[test]
fn times_that_end_before_they_start_and_places_that_are_nowhere() {
    for (key, value, rule, words) in [
        (
            "temporal",
            "\"2016-01-01/2015-01-01\"",
            "date-not-usable",
            "ends before it starts",
        ),
        (
            "modified",
            "\"1583020800000\"",
            "date-not-usable",
            "software may not read",
        ),
        (
            "spatial",
            "\"33.9,-118.5,34.2,-118.1\"",
            "place-not-usable",
            "each other's place",
        ),
        (
            "spatial",
            "{\"type\": \"Polygon\", \"coordinates\": [[[33.9, -118.5], [34.2, -118.5], [34.2, -118.1], [33.9, -118.5]]]}",
            "place-not-usable",
            "each other's place",
        ),
        (
            "title",
            "\"Benches &amp; tables\"",
            "markup-in-text",
            "the sign `&` should stand",
        ),
        (
            "description",
            "\"Lorem ipsum dolor sit amet.\"",
            "placeholder-text",
            "is not information",
        ),
        (
            "keyword",
            "[\"parks &amp; benches\"]",
            "markup-in-text",
            "the sign `&` should stand",
        ),
        (
            "description",
            "\"Every bench.\\\\nOne row a bench.\"",
            "markup-in-text",
            "a new line",
        ),
        (
            "title",
            "\"Park b\u{435}nches\"",
            "garbled-characters",
            "Cyrillic letters",
        ),
        (
            "describedBy",
            "\"see the attached file\"",
            "key-or-type-wrong",
            "no web address",
        ),
        (
            "describedByType",
            "\"pdf\"",
            "key-or-type-wrong",
            "media type of the data dictionary",
        ),
    ] {
        told(
            "data.json",
            &catalog(key, value),
            &format!("/dataset/0/{key}"),
            rule,
            words,
        );
    }
}

#[test]
fn a_contact_has_a_name() {
    for name in [", ", "null null"] {
        let contact =
            format!("{{\"fn\": \"{name}\", \"hasEmail\": \"mailto:parks@harbor.example\"}}");
        let record = catalog("contactPoint", &contact);
        let at = "/dataset/0/contactPoint/fn";
        told(
            "data.json",
            &record,
            at,
            "contact-not-usable",
            "names nobody",
        );
    }
}

#[test]
fn values_that_are_fine_however_odd_they_look() {
    for (key, value) in [
        ("temporal", "\"2019-01-01T00:00:00Z/P2Y\""),
        ("temporal", "\"2019\""),
        ("language", "[\"en-US\", \"es\"]"),
        ("accessLevel", "\"restricted public\""),
        (
            "contactPoint",
            "{\"fn\": \"District 4\", \"hasEmail\": \"MAILTO:a.b+c_d@harbor.example\"}",
        ),
        (
            "contactPoint",
            "{\"fn\": \"[[REDACTED-EX B6]]\", \"hasEmail\": \"[[REDACTED-EX B6]]\"}",
        ),
        (
            "distribution",
            "[{\"downloadURL\": \"https://data.harbor.example/b.csv\", \"mediaType\": \"text/csv;charset=utf-8\"}]",
        ),
    ] {
        left_alone(
            "data.json",
            &catalog(key, value),
            &format!("/dataset/0/{key}"),
        );
    }
}

#[test]
fn dates_that_software_makes_up_tell_no_age() {
    let text = catalog("modified", "\"0201-05-01\"");
    let report = judge("data.json", text.as_bytes());
    let rules: Vec<_> = report.findings.iter().map(|it| &*it.rule).collect();
    assert!(rules.contains(&"date-not-usable"), "{rules:?}");
    assert!(!rules.contains(&"refresh-overdue"), "{rules:?}");
}

#[test]
fn a_description_of_signs_alone_is_none() {
    for description in ["\"🌳🌳🌳\"", "\"\u{200b}\u{a0}\""] {
        told(
            "data.json",
            &catalog("description", description),
            "/dataset/0/description",
            "placeholder-text",
            "not information",
        );
    }
}

#[test]
fn tables_of_fields_in_the_ways_they_are_saved() {
    for text in [
        "Field,Description,Unit\rid,Number on the plate,\rlen,Length of the seat,cm\r",
        "Field,Description,Unit\nid,Number on the plate,\nlen,Length of the seat,cm\nlen,Width of the seat,cm\n",
        "\u{feff}Field;Description;Unit\r\nid;Number on the plate;\r\nlen;Length of the seat;cm\r\n",
    ] {
        let report = judge("fields.csv", text.as_bytes());
        assert_eq!(
            report.documents[0].format.as_deref(),
            Some("dictionary"),
            "{text}"
        );
    }
}

#[test]
fn a_key_that_stands_twice_is_told_in_yaml_too() {
    let text = "name: benches\ntitle: Park benches\ntitle: Benches\nresources:\n  - name: b\n    path: b.csv\n";
    told(
        "datapackage.yaml",
        text,
        "/title",
        "doubled-key",
        "stands twice",
    );
}

#[test]
fn records_of_search_engines() {
    let record = |member: &str| {
        format!(
            "{{\"@context\": \"https://schema.org/\", \"@type\": \"Dataset\", \"name\": \"Park benches\", {member}}}"
        )
    };
    told(
        "dataset.jsonld",
        &record("\"temporalCoverage\": \"2015-01-01/2010-01-01\""),
        "/temporalCoverage",
        "date-not-usable",
        "ends before it starts",
    );
    let long = "Benches of the park. ".repeat(300);
    told(
        "dataset.jsonld",
        &record(&format!("\"description\": \"{long}\"")),
        "/description",
        "key-or-type-wrong",
        "6300 characters",
    );
    for covered in ["2015", "2015/..", "Spring to autumn"] {
        left_alone(
            "dataset.jsonld",
            &record(&format!("\"temporalCoverage\": \"{covered}\"")),
            "/temporalCoverage",
        );
    }
}

#[test]
fn fields_without_a_name() {
    let text = "{\"name\": \"benches\", \"title\": \"Park benches\", \"resources\": [{\"name\": \"b\", \"path\": \"b.csv\", \"schema\": {\"fields\": [{\"name\": \"plate\", \"type\": \"string\"}, {\"name\": \"\", \"type\": \"string\"}]}}]}";
    told(
        "datapackage.json",
        text,
        "/resources/0/schema/fields/1/name",
        "key-or-type-wrong",
        "A field has no name",
    );
}

#[test]
fn no_finding_repeats_a_password() {
    let secret = "Harb0r-west";
    let url = format!(
        "[{{\"downloadURL\": \"ftp://loader:{secret}@files.harbor.example/b.csv\", \"mediaType\": \"text/csv\"}}]"
    );
    let words = format!("\"Not for public use. User: loader Password: {secret}\"");
    for text in [
        catalog("distribution", &url),
        catalog("description", &words),
    ] {
        let report = judge("data.json", text.as_bytes());
        assert!(
            report
                .findings
                .iter()
                .any(|it| it.rule == "password-published" && it.severity == Severity::Error)
        );
        for finding in &report.findings {
            let evidence = finding.evidence.as_deref().unwrap_or_default();
            assert!(
                !finding.message.contains(secret) && !evidence.contains(secret),
                "{finding:#?}"
            );
        }
    }
}

#[test]
fn an_export_of_socrata_is_read_by_the_view_before_its_rows() {
    let export = r#"{"meta": {"view": {"id": "abcd-1234", "name": "Park benches", "description": "TBD",
        "columns": [{"id": 1, "name": "Material", "fieldName": "material", "dataTypeName": "text"}]}},
        "data": [["oak"], ["steel"]]}"#;
    told(
        "rows.json",
        export,
        "/meta/view/description",
        "placeholder-text",
        "`TBD`",
    );
}

#[test]
fn parts_wrapped_up_with_their_identifiers_are_read_where_they_stand() {
    let wrapped = |value: &str| format!("{{\"identifier\": \"5c1a\", \"data\": {value}}}");
    let publisher = wrapped("{\"@type\": \"org:Organization\", \"name\": \"Harbor County Parks\"}");
    left_alone(
        "data.json",
        &catalog("publisher", &publisher),
        "/dataset/0/publisher",
    );
    let file = "{\"title\": \"\", \"downloadURL\": \"https://data.harbor.example/b.csv\", \"mediaType\": \"csv\"}";
    let files = catalog("distribution", &format!("[{}]", wrapped(file)));
    for (key, words) in [
        ("title", "empty text"),
        ("mediaType", "The media type of a distribution"),
    ] {
        let place = format!("/dataset/0/distribution/0/data/{key}");
        told("data.json", &files, &place, "key-or-type-wrong", words);
    }
    let report = judge("data.json", files.as_bytes());
    let rules: Vec<_> = report.findings.iter().map(|it| &*it.rule).collect();
    assert!(!rules.contains(&"no-way-to-get-data"), "{rules:?}");
    let words = format!(
        "[{}, {}]",
        wrapped("\"parks\""),
        wrapped("\"parks &amp; trees\"")
    );
    let keywords = catalog("keyword", &words);
    left_alone("data.json", &keywords, "/dataset/0/keyword/0");
    told(
        "data.json",
        &keywords,
        "/dataset/0/keyword/1/data",
        "markup-in-text",
        "the sign `&`",
    );
    // The record alone, as its portal gives it; and what only looks alike.
    let (_, alone) = keywords.split_once('[').unwrap();
    let alone = alone.strip_suffix("]}").unwrap();
    let alone = alone.replacen('{', "{\"@type\": \"dcat:Dataset\", ", 1);
    told(
        "one.json",
        &alone,
        "/keyword/1/data",
        "markup-in-text",
        "the sign `&`",
    );
    let other = "{\"identifier\": \"5c1a\", \"data\": \"parks\", \"more\": 1}";
    told(
        "data.json",
        &catalog("publisher", other),
        "/dataset/0/publisher",
        "missing-required-metadata",
        "publisher",
    );
}

#[test]
fn one_dataset_in_the_place_of_a_list_is_told_and_read() {
    let list = catalog("temporal", "\"2019-01-01/2019-12-31\"");
    let one = list
        .replace("\"dataset\": [{", "\"dataset\": {")
        .replace("}]}", "}}");
    let typed = one.replace(
        "\"dataset\": {",
        "\"dataset\": {\"@type\": \"dcat:Dataset\", ",
    );
    let untold = one.replace(
        "\"conformsTo\": \"https://project-open-data.cio.gov/v1.1/schema\", ",
        "",
    );
    for text in [&one, &typed, &untold] {
        told(
            "data.json",
            text,
            "/dataset",
            "key-or-type-wrong",
            "The list of datasets is one object; a list is wanted",
        );
        let report = judge("data.json", text.as_bytes());
        let [dataset] = report.datasets.as_slice() else {
            panic!("{:#?}", report.datasets)
        };
        assert_eq!(dataset.title.as_deref(), Some("Park benches"));
    }
    left_alone("data.json", &list, "/dataset");
    // A record of something else that has a key of this name is none.
    let other = "{\"title\": \"Portal\", \"accessLevel\": \"public\", \"dataset\": {\"title\": \"A\", \"accessLevel\": \"public\"}}";
    let report = judge("data.json", other.as_bytes());
    assert!(
        report
            .findings
            .iter()
            .all(|it| it.rule != "key-or-type-wrong")
    );
}

#[test]
fn a_box_that_is_nowhere_is_told_at_the_box_and_not_at_the_name_beside_it() {
    let box_of = |names: [&str; 4]| {
        let sides = names.iter().zip(["33.9", "-118.5", "34.2", "-118.1"]);
        let sides = sides.map(|(name, degrees)| format!("<{name}>{degrees}</{name}>"));
        sides.collect::<String>()
    };
    let sides = box_of(["westbc", "southbc", "eastbc", "northbc"]);
    let fgdc = format!(
        "<metadata><idinfo><citation><citeinfo><title>Park benches</title></citeinfo></citation>\
         <descript><abstract>Benches.</abstract></descript><spdom><bounding>{sides}</bounding></spdom>\
         <keywords><place><placekey>Harbor County</placekey></place></keywords></idinfo></metadata>"
    );
    let sides = box_of([
        "westBoundLongitude",
        "southBoundLatitude",
        "eastBoundLongitude",
        "northBoundLatitude",
    ]);
    let iso = format!(
        "<MD_Metadata><identificationInfo><MD_DataIdentification><abstract>Benches.</abstract><extent><EX_Extent>\
         <description>Harbor County</description><geographicElement><EX_GeographicBoundingBox>{sides}\
         </EX_GeographicBoundingBox></geographicElement></EX_Extent></extent></MD_DataIdentification>\
         </identificationInfo></MD_Metadata>"
    );
    let native = "{\"datasteward\": \"1\", \"id\": \"b\", \"title\": \"Park benches\", \"coverage\": {\"place\": \"Harbor County\", \"bbox\": [33.9, -118.5, 34.2, -118.1]}}";
    let schema_org = "{\"@context\": \"https://schema.org/\", \"@type\": \"Dataset\", \"name\": \"Park benches\", \"spatialCoverage\": {\"@type\": \"Place\", \"name\": \"Harbor County\", \"geo\": {\"@type\": \"GeoShape\", \"box\": \"-118.5 33.9 -118.1 34.2\"}}}";
    for (name, text, last) in [
        ("fgdc.xml", fgdc.as_str(), "bounding"),
        ("iso.xml", iso.as_str(), "EX_GeographicBoundingBox"),
        ("native.json", native, "bbox"),
        ("schema.json", schema_org, "geo"),
    ] {
        let report = judge(name, text.as_bytes());
        let found = report
            .findings
            .iter()
            .find(|it| it.rule == "place-not-usable");
        let found = found.unwrap_or_else(|| panic!("{name}: {:#?}", report.findings));
        let pointer = &found.locations[0].pointer;
        assert!(pointer.contains(last), "{name}: {pointer}");
        // The name is not what is wrong.
        assert_eq!(found.evidence, None, "{name}");
    }
}

#[test]
fn no_edit_writes_a_password_out() {
    let secret = "Harb0r-west";
    let words = |end: &str| {
        format!(
            "\"Benches of the county\u{e2}\u{80}\u{99}s parks \u{c3}\u{a0} la carte, counted each spring.{end}\""
        )
    };
    let fixes = |text: &str| {
        let report = judge("data.json", text.as_bytes());
        let all = serde_json::to_string(&report).unwrap();
        let fixes = report.findings.iter().filter(|it| it.fix.is_some()).count();
        (fixes, all.contains(secret))
    };
    let plain = catalog("description", &words(""));
    let (of_plain, _) = fixes(&plain);
    let marked = catalog(
        "description",
        &words(&format!(" User: loader Password: {secret}")),
    );
    let (of_marked, shows) = fixes(&marked);
    assert!(
        of_plain > 0 && of_marked < of_plain,
        "{of_plain} {of_marked}"
    );
    assert!(!shows);
}

#[test]
fn a_web_address_names_no_department() {
    let socrata = |department: &str| {
        format!(
            "{{\"resource\": {{\"id\": \"abcd-1234\", \"name\": \"Park benches\", \"type\": \"dataset\"}}, \"classification\": {{\"domain_metadata\": [{{\"key\": \"Data-Owner_Department\", \"value\": \"{department}\"}}]}}, \"metadata\": {{\"domain\": \"data.harbor.example\"}}}}"
        )
    };
    let table = |department: &str| {
        format!(
            "Dataset title,Description,Department,Update frequency\nPark benches,Every bench.,{department},Annually\n"
        )
    };
    let owner = |name: &str, text: &str| judge(name, text.as_bytes()).datasets[0].owner.clone();
    for (department, wanted, of_table) in [
        ("Parks", Some("Parks"), Some("Parks")),
        (
            "https://maps.harbor.example/2012/12/20/precincts/",
            Some("data.harbor.example"),
            None,
        ),
        ("www.harbor.example", Some("data.harbor.example"), None),
    ] {
        let found = owner("a.jsonl", &socrata(department));
        assert_eq!(found.as_deref(), wanted, "{department}");
        let found = owner("a.csv", &table(department));
        assert_eq!(found.as_deref(), of_table, "{department}");
    }
}

#[test]
fn tables_of_a_portals_own_pages_are_no_data() {
    let table = |columns: &[&str], description: &str| {
        let columns: Vec<String> = columns
            .iter()
            .map(|name| format!("{{\"name\": \"{name}\"}}"))
            .collect();
        format!(
            "{{\"datasteward\": \"1\", \"id\": \"a-1\", \"title\": \"Topics 2020\", \"description\": \"{description}\", \"columns\": [{}]}}",
            columns.join(", ")
        )
    };
    let is_told = |text: &str| {
        let report = judge("a.json", text.as_bytes());
        let mut findings = report.findings.iter();
        findings.any(|it| {
            it.rule == "test-or-draft-published"
                && it.message.contains("own pages")
                && it.how.starts_with("Hide it")
        })
    };
    let tiles = ["title", "title_es", "icon", "link", "sort order"];
    assert!(is_told(&table(&tiles, "")));
    // One field of another kind, or a text that means the table to be read, and it may be data.
    assert!(!is_told(&table(&["title", "icon", "link", "visitors"], "")));
    assert!(!is_told(&table(
        &tiles,
        "Every poster that the museum of the harbor has scanned, with the page on which it can be seen and ordered."
    )));
}

#[test]
fn what_a_portal_made_for_itself_is_junk() {
    let is_junk = |title: &str, description: &str| {
        let text = format!(
            "{{\"datasteward\": \"1\", \"id\": \"a-1\", \"title\": \"{title}\", \"description\": \"{description}\", \"columns\": [{{\"name\": \"Ward\"}}]}}"
        );
        let source = datasteward::Source::new("a.json", text.as_bytes());
        let (found, _) = datasteward::inspect(&[source], &datasteward::Options::default());
        found[0].judgements["junk"].as_str() == Some("yes")
    };
    let benches = "Every public bench in the parks, one row a bench.";
    assert!(is_junk(
        "Page of the harbor",
        "DO NOT DELETE OR MODIFY THIS ITEM. It belongs to the site."
    ));
    assert!(is_junk("Park benches - copy", benches));
    assert!(!is_junk("Park benches", benches));
    assert!(!is_junk("Copy shops by ward", benches));
}

#[test]
fn a_type_that_allows_anything_is_read_with_the_title() {
    let columns = |title: &str| {
        let text = format!(
            "{{\"profile\": \"data-package\", \"name\": \"polio\", \"title\": \"{title}\", \"resources\": [{{\"name\": \"polio\", \"path\": \"polio.csv\", \"schema\": {{\"fields\": [{{\"name\": \"Entity\", \"type\": \"string\"}}, {{\"name\": \"Year\", \"type\": \"year\"}}, {{\"name\": \"Polio\", \"type\": \"any\"}}]}}}}]}}"
        );
        let source = datasteward::Source::new("datapackage.json", text.as_bytes());
        let (found, _) = datasteward::inspect(&[source], &datasteward::Options::default());
        let role =
            |column: &serde_json::Value| column["judgements"]["role"].as_str().unwrap().to_owned();
        found[0].columns.iter().map(role).collect::<Vec<_>>()
    };
    assert_eq!(
        columns("Vaccination rate by country"),
        ["place", "date", "rate"]
    );
    assert_eq!(columns("Polio by country"), ["place", "date", "count"]);
}
