//! What texts say of licenses, limits, updates, families and copies: records of our own, and the words of the findings.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on stops"
)]

use datasteward::report::{Finding, Severity};
use datasteward_tests::judge;

/// What one rule says of some records of our own kind, each given by its members.
fn said(rule: &str, records: &[&str]) -> Vec<Finding> {
    let lines: Vec<String> = records
        .iter()
        .map(|members| format!("{{\"datasteward\": \"1\", {members}}}"))
        .collect();
    let report = judge("records.jsonl", lines.join("\n").as_bytes());
    let found = report.findings.into_iter();
    found.filter(|finding| finding.rule == rule).collect()
}

/// The message of the only finding of a rule.
#[track_caller]
fn message(rule: &str, records: &[&str]) -> (String, Severity) {
    let found = said(rule, records);
    assert_eq!(found.len(), 1, "{found:#?}");
    (found[0].message.clone(), found[0].severity)
}

fn titled(titles: &[&str]) -> Vec<String> {
    let ids = titles.iter().enumerate();
    ids.map(|(number, title)| {
        format!(
            "\"id\": \"t{number}\", \"domain\": \"data.harbor.example\", \"publisher\": \"Harbor\", \"title\": \"{title}\""
        )
    })
    .collect()
}

#[test]
fn an_address_can_say_that_no_license_is_known() {
    let record = |license: &str| {
        format!("\"id\": \"t\", \"title\": \"Street trees\", \"license\": \"{license}\"")
    };
    let unknown = record("https://registry.example/unknown-license/");
    let (text, severity) = message("missing-license", &[&unknown]);
    assert!(text.contains("not known"), "{text}");
    assert_eq!(severity, Severity::Error);
    assert!(said("license-unrecognised", &[&unknown]).is_empty());

    let page = record(
        "https://hub.harbor.example/api/v2/datasets/0123456789abcdef0123456789abcdef_0/license",
    );
    let (text, severity) = message("license-unrecognised", &[&page]);
    assert!(text.contains("the portal's own page"), "{text}");
    assert_eq!(severity, Severity::Info);

    let registry = record("https://opendefinition.org/licenses/cc-by/");
    assert!(said("license-unrecognised", &[&registry]).is_empty());
}

#[test]
fn a_method_without_a_purpose_is_a_wish() {
    let record = |text: &str| {
        format!("\"id\": \"t\", \"title\": \"Street trees\", \"description\": \"{text}\"")
    };
    let (text, severity) = message(
        "context-missing",
        &[&record(
            "Trees along public roads, counted from aerial photos.",
        )],
    );
    assert!(text.ends_with("what the data is for"), "{text}");
    assert_eq!(severity, Severity::Info);
    let (_, severity) = message(
        "context-missing",
        &[&record("Trees along public roads with species names.")],
    );
    assert_eq!(severity, Severity::Warning);
}

/// A record with a refresh rate and a description.
fn refreshed(rate: &str, text: &str) -> String {
    format!(
        "\"id\": \"t\", \"title\": \"Street trees\", \"refresh\": {{\"rate\": \"{rate}\"}}, \"description\": \"{text}\""
    )
}

#[test]
fn the_description_settles_a_rate_with_two_readings() {
    let rule = "refresh-not-understood";
    let settled = refreshed("Biannually", "Trees. The data is updated twice a year.");
    assert!(said(rule, &[&settled]).is_empty());
    let (text, _) = message(rule, &[&refreshed("Biannually", "Trees along the roads.")]);
    assert!(text.ends_with("twice a year or every 2 years"), "{text}");
    let (text, severity) = message(
        rule,
        &[&refreshed(
            "Edges updated continually, owners annually",
            "Trees.",
        )],
    );
    assert!(text.contains("names two rates"), "{text}");
    assert_eq!(severity, Severity::Info);
}

#[test]
fn codes_of_rates_are_spoken() {
    let text = "Trees. More: https://trees.harbor.example/a The data is updated daily.";
    let found = said(
        "refresh-contradicts-description",
        &[&refreshed("R/P0.5M", text)],
    );
    assert_eq!(
        found[0].message,
        "The refresh rate says twice a month (`R/P0.5M`), the description says `daily`"
    );
    assert_eq!(
        found[0].evidence.as_deref(),
        Some("More: https://trees.harbor.example/a The data is updated daily.")
    );
}

#[test]
fn pictures_without_fields_are_a_series() {
    let of = |rule: &str, titles: &[&str]| {
        let records = titled(titles);
        let records: Vec<&str> = records.iter().map(String::as_str).collect();
        said(rule, &records)
    };
    let titles = [
        "2015 Aerial Imagery",
        "2016 Aerial Imagery",
        "2017 Aerial Imagery",
    ];
    let found = of("split-by-year", &titles);
    assert_eq!(found[0].severity, Severity::Info);
    assert!(
        found[0].message.contains("one series"),
        "{}",
        found[0].message
    );
    let titles = [
        "Parking fines 2015",
        "Parking fines 2016",
        "Parking fines 2017",
    ];
    assert_eq!(of("split-by-year", &titles)[0].severity, Severity::Warning);
    // Editions of one table, and years by which prices are reckoned.
    for titles in [
        [
            "Animal statistics: 2015-2018",
            "Animal statistics: 2015-Current",
        ],
        ["Price index, base 1993", "Price index, base 2004"],
    ] {
        assert!(of("split-by-year", &titles).is_empty(), "{titles:?}");
    }
}

#[test]
fn a_record_that_is_listed_twice_is_one_slice() {
    let mut records = titled(&[
        "Parking fines 2015",
        "Parking fines 2016",
        "Parking fines 2017",
    ]);
    records.push(records[0].clone());
    let records: Vec<&str> = records.iter().map(String::as_str).collect();
    let (text, _) = message("split-by-year", &records);
    assert!(text.starts_with("3 datasets"), "{text}");
}

#[test]
fn headings_do_not_make_slices() {
    let titles = [
        "Students of the university: Enrolment. Courses by faculty. 2020",
        "Students of the university: Enrolment. Courses by faculty. 2021",
        "Students of the university: Enrolment. Exchange by country. 2020",
        "Students of the university: Enrolment. Exchange by country. 2021",
        "Students of the university: Enrolment. Age of beginners. 2020",
        "Students of the university: Enrolment. Age of beginners. 2021",
    ];
    let records = titled(&titles);
    let records: Vec<&str> = records.iter().map(String::as_str).collect();
    assert!(said("split-by-place", &records).is_empty());
    assert_eq!(said("split-by-year", &records).len(), 3);
}

#[test]
fn a_copy_is_told_without_its_twin() {
    let of = |titles: &[&str]| {
        let records = titled(titles);
        let records: Vec<&str> = records.iter().map(String::as_str).collect();
        let found = said("old-copy-still-published", &records).into_iter();
        found
            .map(|finding| (finding.message, finding.severity))
            .collect::<Vec<_>>()
    };
    let found = of(&["Permit information Old", "Street trees"]);
    assert_eq!(found.len(), 1);
    assert!(found[0].0.contains("calls itself old"), "{found:?}");
    assert_eq!(found[0].1, Severity::Info);
    let found = of(&["Energy use V3", "Energy use V4"]);
    assert_eq!(
        found[0].0,
        "`Energy use V3` seems to be an older version of `Energy use V4`"
    );
    assert_eq!(found.len(), 1);
    assert!(
        of(&[
            "Energy use V3",
            "Old Town trees",
            "Deaths, 65 years old",
            "Statistics - Archived Copy"
        ])
        .is_empty()
    );
}

/// What one rule says of a record in a `data.json`, given by its members.
fn said_of_feed(rule: &str, members: &str) -> Vec<Finding> {
    let feed = format!(
        r#"{{"conformsTo": "https://project-open-data.cio.gov/v1.1/schema", "dataset": [
            {{"identifier": "t", "title": "Street benches", "accessLevel": "public", {members}}}]}}"#
    );
    let found = judge("data.json", feed.as_bytes()).findings.into_iter();
    found.filter(|finding| finding.rule == rule).collect()
}

#[test]
fn limits_are_heard_in_terms_that_are_sentences() {
    let asked = |key: &str, terms: &str| {
        let members = format!(
            r#""description": "Benches along the streets of the harbor district.", "{key}": "{terms}""#
        );
        said_of_feed("limitations-missing", &members).len()
    };
    for (key, terms) in [
        (
            "license",
            "<p>Free for everybody to use.</p><p>The positions of benches are approximate and should not be used for surveys.</p>",
        ),
        (
            "rights",
            "Benches in private yards are not included in the data that is open to everybody.",
        ),
    ] {
        assert_eq!(asked(key, terms), 0, "{terms}");
    }
    for terms in [
        "The data is provided as is, without warranty of any kind, and may not be used in states that do not allow the exclusion or limitation of incidental damages.",
        "The harbor is not liable for any losses, including without limitation lost profits and claims that arise from its acts, errors, or omissions and those of its staff.",
        "https://creativecommons.org/licenses/by/4.0/",
    ] {
        assert_eq!(asked("license", terms), 1, "{terms}");
    }
}

#[test]
fn a_rate_that_only_the_description_promises_can_be_overdue() {
    let overdue = |title: &str, text: &str| {
        let record = format!(
            r#""id": "t", "title": "{title}", "description": "{text}", "data_updated": "2024-02-01""#
        );
        said("refresh-overdue", &[&record])
    };
    let found = overdue(
        "Bench repairs",
        "Repairs of benches in the harbor district. Updated monthly.",
    );
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(
        found[0].message,
        "By the description the refresh rate is monthly, but the data was last updated on 1 February 2024, 2 years ago"
    );
    assert_eq!(found[0].severity, Severity::Warning);
    assert_eq!(found[0].evidence.as_deref(), Some("Updated monthly."));
    for (title, text) in [
        // Slices of a series.
        ("Bench repairs 2022", "Repairs of benches. Updated monthly."),
        (
            "Bench repairs",
            "Bench repairs - 2022. Repairs of benches. Updated monthly.",
        ),
        (
            "Bench repairs, week 15",
            "Repairs of benches. Updated weekly.",
        ),
        ("BenchRepairs202204", "Repairs of benches. Updated monthly."),
        // Other promises beside it, and one that holds on some days only.
        (
            "Bench repairs",
            "Repairs of benches. Updated monthly. Positions are updated as needed.",
        ),
        (
            "Bench repairs",
            "Repairs of benches. When a storm comes, the list is updated every hour.",
        ),
        (
            "Bench repairs",
            "Repairs of benches. No longer updated; it was updated monthly.",
        ),
    ] {
        let found = overdue(title, text);
        assert!(found.is_empty(), "{title}, {text}: {found:#?}");
    }
}

#[test]
fn a_contact_needs_a_way_to_be_reached() {
    let told = |contact: &str| {
        let members = format!(r#""contactPoint": {{"@type": "vcard:Contact", {contact}}}"#);
        said_of_feed("contact-not-usable", &members)
    };
    let found = told(r#""fn": "Bench crew""#);
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(
        found[0].message,
        "The contact names `Bench crew` but gives no address"
    );
    assert_eq!(found[0].severity, Severity::Info);
    for contact in [
        r#""fn": "Bench crew", "hasEmail": "mailto:benches@harbor.gov""#,
        r#""fn": "Bench crew", "hasURL": "https://harbor.gov/ask""#,
        r#""fn": "Bench crew", "hasTelephone": "tel:+1-555-0100""#,
        r#""fn": "benches@harbor.gov""#,
    ] {
        let found = told(contact);
        assert!(found.is_empty(), "{contact}: {found:#?}");
    }
}

#[test]
fn a_ticked_box_is_no_sentence_on_rights() {
    let found = said_of_feed("placeholder-text", r#""rights": "TRUE""#);
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(
        found[0].message,
        "The rights say `TRUE`, which tells nobody who may use the data, and how"
    );
    assert_eq!(found[0].severity, Severity::Info);
    let found = said_of_feed("placeholder-text", r#""rights": "Free for everybody.""#);
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn an_address_alone_describes_nothing() {
    let told = |text: &str| {
        let record = format!(r#""id": "t", "title": "Street benches", "description": "{text}""#);
        said("description-too-short", &[&record])
    };
    let found = told("https://maps.harbor.gov/rest/services/PublicPlaces/Benches/MapServer/3");
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(
        found[0]
            .message
            .starts_with("The description is only a web address;")
    );
    let text = "Benches along the streets, counted each spring: https://maps.harbor.gov/benches";
    assert!(told(text).is_empty());
}

#[test]
fn who_runs_a_thing_is_the_source_of_its_records() {
    let asked = |publisher: &str| {
        let record = format!(
            r#""id": "t", "title": "Street benches", "publisher": "{publisher}",
               "description": "Every public bench that is managed by the Harbor Works Board.", "sources": []"#
        );
        said("source-missing", &[&record]).len()
    };
    assert_eq!(asked("Harbor Works Board"), 0);
    // A part of the publisher is the publisher; somebody else is not.
    assert_eq!(asked("Harbor"), 0);
    assert_eq!(asked("River Works Board"), 1);
}
