//! Documents split, joined and broken: the same records give the same findings.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on stops"
)]

use std::io::{Cursor, Error, ErrorKind, Read};

use datasteward::source::Bounds;
use datasteward::{Checker, Options, Report, Source, Stream, check, is_metadata_of_stream};
use datasteward_tests::DAY;
use proptest::prelude::*;

fn options() -> Options {
    Options::default().with_as_of(DAY).unwrap()
}

fn record(number: usize) -> String {
    format!(
        r#"{{"datasteward": "1", "id": "d{number}", "title": "Dataset number {number}", "description": "{}", "columns": [{{"name": "CRM_CD"}}]}}"#,
        if number.is_multiple_of(3) {
            "null"
        } else {
            "Counts of trees by street, made by hand each autumn."
        }
    )
}

/// Rule, message and dataset's id of each finding, without places.
fn told(report: &datasteward::Report) -> Vec<(String, String, Option<String>)> {
    let mut told: Vec<_> = report
        .findings
        .iter()
        .map(|finding| {
            let id = finding
                .dataset
                .and_then(|index| report.datasets[index].id.clone());
            (finding.rule.to_string(), finding.message.clone(), id)
        })
        .collect();
    told.sort();
    told
}

#[test]
fn one_document_or_twenty_give_the_same_findings() {
    let records: Vec<String> = (0..20).map(record).collect();
    let lines = records.join("\n");
    let array = format!("[{}]", records.join(",\n"));
    let container = format!(
        r#"{{"datasteward": "1", "datasets": [{}]}}"#,
        records.join(", ")
    );
    let whole = check(&[Source::new("all.jsonl", lines.as_bytes())], &options());
    let each: Vec<Source<'_>> = records
        .iter()
        .map(|text| Source::new("one.json", text.as_bytes()))
        .collect();
    assert_eq!(whole.datasets.len(), 20);
    assert_eq!(told(&whole), told(&check(&each, &options())));
    assert_eq!(
        told(&whole),
        told(&check(
            &[Source::new("all.json", array.as_bytes())],
            &options()
        ))
    );
    assert_eq!(
        told(&whole),
        told(&check(
            &[Source::new("all.json", container.as_bytes())],
            &options()
        ))
    );
}

#[test]
fn merging_checkers_equals_one_pass() {
    let documents: Vec<String> = (0..9).map(record).collect();
    let sources: Vec<Source<'_>> = documents
        .iter()
        .map(|text| Source::new("r.json", text.as_bytes()))
        .collect();
    let whole = check(&sources, &options());
    for cut in 0..=sources.len() {
        let mut left = Checker::new(options());
        let mut right = Checker::new(options());
        sources[..cut].iter().for_each(|source| left.add(source));
        sources[cut..].iter().for_each(|source| right.add(source));
        left.merge(right);
        assert_eq!(left.finish(), whole, "cut at {cut}");
    }
}

/// A catalogue in which every rule over many datasets has something to say.
fn sliced(number: usize) -> String {
    let (topic, year) = (number % 4, 2010 + number / 4);
    let title = [
        "Calls for service",
        "Street trees",
        "Permits",
        "Court calendar",
    ][topic];
    let title = if topic == 3 {
        title.to_owned()
    } else {
        format!("{title} {year}")
    };
    let publisher = if number.is_multiple_of(3) {
        "Dept. of Works & Water"
    } else {
        "Department of Water and Works"
    };
    format!(
        r#"{{"datasteward": "1", "id": "d{}", "title": "{title}", "publisher": "{publisher}", "description": "One text that stands on each of these datasets.", "columns": [{{"name": "kind {topic}"}}, {{"name": "street"}}, {{"name": "CRM_CD"}}]}}"#,
        number % 10
    )
}

/// Joins neighbours in an order that `picks` decides, until one checker is left.
fn joined(mut checkers: Vec<Checker>, picks: &[usize]) -> Report {
    let mut picks = picks.iter().cycle();
    while checkers.len() > 1 {
        let at = picks.next().unwrap() % (checkers.len() - 1);
        let right = checkers.remove(at + 1);
        checkers[at].merge(right);
    }
    checkers.remove(0).finish()
}

/// Joins any two in a direction that `picks` decides, until one checker is left.
fn joined_in_any_order(mut checkers: Vec<Checker>, picks: &[usize]) -> Report {
    let mut picks = picks.iter().cycle();
    while checkers.len() > 1 {
        let other = checkers.swap_remove(picks.next().unwrap() % checkers.len());
        let at = picks.next().unwrap() % checkers.len();
        checkers[at].merge(other);
    }
    checkers.remove(0).finish()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn numbered_parts_give_the_same_report_in_any_order(
        numbers in prop::collection::vec(0_usize..40, 2..24),
        cuts in prop::collection::vec(any::<bool>(), 24),
        picks in prop::collection::vec(0_usize..1000, 48),
    ) {
        // A broken document among them: what is said of documents has its order too.
        let texts: Vec<String> = numbers
            .iter()
            .map(|&number| if number == 7 { "{\"datasteward\": ".to_owned() } else { sliced(number) })
            .collect();
        let names: Vec<String> = (0..texts.len()).map(|number| format!("{number}.json")).collect();
        let sources: Vec<Source<'_>> = texts
            .iter()
            .zip(&names)
            .map(|(text, name)| Source::new(name, text.as_bytes()))
            .collect();
        let mut checkers = vec![Checker::new(options()).starting_at(0)];
        for (number, (source, cut)) in sources.iter().zip(&cuts).enumerate() {
            if *cut {
                checkers.push(Checker::new(options()).starting_at(number));
            }
            checkers.last_mut().unwrap().add(source);
        }
        let whole = check(&sources, &options());
        prop_assert_eq!(joined_in_any_order(checkers, &picks).to_json(), whole.to_json());
    }

    #[test]
    fn any_split_and_any_grouping_give_the_same_report(
        numbers in prop::collection::vec(0_usize..40, 2..24),
        cuts in prop::collection::vec(any::<bool>(), 24),
        picks in prop::collection::vec(0_usize..1000, 24),
    ) {
        let texts: Vec<String> = numbers.iter().map(|number| sliced(*number)).collect();
        let sources: Vec<Source<'_>> = texts
            .iter()
            .map(|text| Source::new("r.json", text.as_bytes()))
            .collect();
        let mut checkers = vec![Checker::new(options())];
        for (source, cut) in sources.iter().zip(&cuts) {
            if *cut {
                checkers.push(Checker::new(options()));
            }
            checkers.last_mut().unwrap().add(source);
        }
        let whole = check(&sources, &options());
        prop_assert_eq!(joined(checkers, &picks).to_json(), whole.to_json());
    }
}

#[test]
fn the_catalogue_of_the_property_makes_every_rule_speak() {
    let texts: Vec<String> = (0..24).map(sliced).collect();
    let sources: Vec<Source<'_>> = texts
        .iter()
        .map(|text| Source::new("r.json", text.as_bytes()))
        .collect();
    let report = check(&sources, &options());
    for rule in [
        "split-by-year",
        "same-columns-elsewhere",
        "duplicate-identifier",
        "duplicate-title",
        "copied-description",
        "publisher-name-variants",
    ] {
        assert!(report.findings.iter().any(|it| it.rule == rule), "{rule}");
    }
}

#[test]
fn each_document_may_be_a_catalogue_of_its_own() {
    let texts: Vec<String> = (0..3)
        .map(|document| {
            let records: Vec<String> = (0..24)
                .filter(|number| document < 2 || number % 8 == 0)
                .map(sliced)
                .collect();
            records.join("\n")
        })
        .collect();
    let sources: Vec<Source<'_>> = texts
        .iter()
        .map(|text| Source::new("r.jsonl", text.as_bytes()))
        .collect();
    let together = check(&sources, &options());
    let apart = check(&sources, &options().with_each_document_apart());
    let mut alone: Vec<_> = sources
        .iter()
        .flat_map(|source| told(&check(&[*source], &options())))
        .collect();
    alone.sort();
    assert_eq!(told(&apart), alone);
    assert_ne!(told(&together), alone);
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let lines = (0..12).map(record).collect::<Vec<_>>().join("\n");
    let run = || check(&[Source::new("a.jsonl", lines.as_bytes())], &options()).to_json();
    assert_eq!(run(), run());
}

#[test]
fn a_broken_line_is_told_and_hides_nothing() {
    let text = format!("{}\n{{\"broken\": \n{}\n", record(1), record(2));
    let report = check(&[Source::new("a.jsonl", text.as_bytes())], &options());
    assert_eq!(report.datasets.len(), 2);
    let broken: Vec<_> = report
        .findings
        .iter()
        .filter(|finding| finding.rule == "document-unreadable")
        .collect();
    assert_eq!(broken.len(), 1);
    assert_eq!(broken[0].locations[0].line, Some(2));
}

/// A line may be broken so that it does not even open as a record.
#[test]
fn any_broken_line_hides_nothing() {
    for broken in [
        "}",
        "<html>",
        "not JSON",
        "\u{0}",
        "[1,2",
        "{\"a\": \"",
        "{\"a\": ",
    ] {
        for at in 1..=4 {
            let mut lines: Vec<String> = (1..=4).map(record).collect();
            lines.insert(at, broken.to_owned());
            let report = check(
                &[Source::new("a.jsonl", lines.join("\n").as_bytes())],
                &options(),
            );
            assert_eq!(report.datasets.len(), 4, "`{broken}` in line {}", at + 1);
            let broken_at: Vec<_> = report
                .findings
                .iter()
                .filter(|finding| finding.rule == "document-unreadable")
                .map(|finding| finding.locations[0].line)
                .collect();
            assert_eq!(broken_at, [Some(at + 1)], "`{broken}`");
        }
    }
}

#[test]
fn a_broken_record_of_an_array_hides_nothing() {
    let text = format!(
        "{{\"datasteward\": \"1\", \"datasets\": [{}, {{\"id\": ,}}, {}]}}",
        record(1),
        record(2)
    );
    let report = check(&[Source::new("a.json", text.as_bytes())], &options());
    assert_eq!(report.datasets.len(), 2);
    assert_eq!(report.datasets[1].pointer, "/datasets/2");
    assert!(
        report
            .findings
            .iter()
            .any(|finding| finding.rule == "document-unreadable")
    );
}

#[test]
fn byte_order_marks_and_utf16_change_nothing_but_the_encoding_finding() {
    let text = record(3);
    let plain = check(&[Source::new("a.json", text.as_bytes())], &options());
    let mut marked = b"\xEF\xBB\xBF".to_vec();
    marked.extend(text.as_bytes());
    assert_eq!(
        told(&plain),
        told(&check(&[Source::new("a.json", &marked)], &options()))
    );
    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let report = check(&[Source::new("a.json", &wide)], &options());
    let others: Vec<_> = told(&report)
        .into_iter()
        .filter(|(rule, _, _)| rule != "encoding-not-utf8")
        .collect();
    assert_eq!(told(&plain), others);
    let place = report
        .findings
        .iter()
        .find(|finding| finding.rule == "placeholder-text")
        .unwrap();
    let (start, end) = (
        place.locations[0].start.unwrap(),
        place.locations[0].end.unwrap(),
    );
    let units: Vec<u16> = wide[start..end]
        .chunks(2)
        .map(|pair| u16::from_le_bytes([pair[0], pair[1]]))
        .collect();
    assert_eq!(String::from_utf16(&units).unwrap(), "\"null\"");
}

#[test]
fn crlf_lines_are_counted_as_lines() {
    let text = format!("{}\r\n{}\r\n", record(1), record(3));
    let report = check(&[Source::new("a.jsonl", text.as_bytes())], &options());
    let finding = report
        .findings
        .iter()
        .find(|finding| finding.rule == "placeholder-text")
        .unwrap();
    assert_eq!(finding.locations[0].line, Some(2));
}

/// Reads a few bytes at a time, as a pipe does.
struct Drops<'a>(&'a [u8]);

impl Read for Drops<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let length = self.0.len().min(buffer.len()).min(7);
        buffer[..length].copy_from_slice(&self.0[..length]);
        self.0 = &self.0[length..];
        Ok(length)
    }
}

/// The report over a document that comes as a stream, some bytes in memory at a time.
fn streamed(name: &str, bytes: &[u8], options: &Options) -> Report {
    let mut checker = Checker::new(options.clone());
    let open = || Ok(Box::new(Drops(bytes)) as Box<dyn Read + '_>);
    checker.add_stream(&Stream::new(name, &open)).unwrap();
    checker.finish()
}

fn with_bounds(window: usize, record_bytes: usize) -> Options {
    let mut options = options();
    options.bounds = Bounds {
        window,
        record_bytes,
        ..Bounds::default()
    };
    options
}

/// Lists of records in every layout, sound and broken.
fn documents() -> Vec<(&'static str, String)> {
    let records: Vec<String> = (0..40).map(record).collect();
    let pod = |number: usize| {
        format!(
            r#"{{"@type": "dcat:Dataset", "identifier": "d{number}", "title": "Dataset {number} of trées 🌳",
  "description": "null", "keyword": ["trees"], "modified": "2020-01-01", "accessLevel": "public"}}"#
        )
    };
    let pods: Vec<String> = (0..30).map(pod).collect();
    let pods = pods.join(",\n");
    let mut broken = records.clone();
    broken[7] = r#"{"datasteward": "1", "title": }"#.to_owned();
    broken[21] = r#"{"colour": "red"}"#.to_owned();
    broken[30] = r#"{"colour": "blue"}"#.to_owned();
    vec![
        ("all.jsonl", records.join("\n")),
        ("all.jsonl", broken.join("\r\n")),
        ("all.json", format!("[{}]", records.join(","))),
        ("all.json", format!("[\n{}\n]", broken.join(",\n"))),
        ("all.json", format!("[{}", records.join(","))),
        ("all.json", format!("[{},]", records.join(",\n"))),
        (
            "all.json",
            format!(
                r#"{{"datasteward": "1", "datasets": [{}]}}"#,
                records.join(", ")
            ),
        ),
        // What tells the format stands behind the records.
        (
            "data.json",
            format!(
                "\u{feff}{{\"dataset\": [{pods}],\n\"conformsTo\": \"https://project-open-data.cio.gov/v1.1/schema\", \"describedBy\": 1}}"
            ),
        ),
        (
            "data.json",
            format!(r#"{{"dataset": [{pods}], "conformsTo" }}"#),
        ),
        ("data.json", format!(r#"{{"dataset": [{pods}]}} and more"#)),
        ("one.json", record(3)),
        ("rows.json", "[[1, 2], [3, 4]]".to_owned()),
        ("page.html", "<!doctype html><html></html>".to_owned()),
        ("empty.json", "  ".to_owned()),
        ("list.json", "[]".to_owned()),
    ]
}

#[test]
fn a_stream_gives_the_report_of_the_whole() {
    for profile in ["la", "dcat-us-1.1"] {
        for (name, text) in documents() {
            for window in [64, 300, 5000] {
                let options = with_bounds(window, 64 << 20).with_profile(profile).unwrap();
                let whole = check(&[Source::new(name, text.as_bytes())], &options);
                let stream = streamed(name, text.as_bytes(), &options);
                assert_eq!(
                    stream.to_json(),
                    whole.to_json(),
                    "{name} by {window}: {text}"
                );
            }
        }
    }
}

#[test]
fn any_number_of_threads_gives_the_same_report() {
    let mut documents = documents();
    // Large enough for several parts.
    let records: Vec<String> = (0..3000).map(record).collect();
    documents.push(("large.jsonl", records.join("\n")));
    for (name, text) in documents {
        let one = check(&[Source::new(name, text.as_bytes())], &options());
        for jobs in [2, 8] {
            let options = options().with_jobs(jobs);
            let whole = check(&[Source::new(name, text.as_bytes())], &options);
            assert_eq!(whole.to_json(), one.to_json(), "{name} with {jobs}");
            let stream = streamed(name, text.as_bytes(), &options);
            assert_eq!(stream.to_json(), one.to_json(), "{name} with {jobs}");
        }
    }
}

#[test]
fn a_record_that_is_too_large_is_told_and_its_neighbours_are_judged() {
    let long = format!(
        r#"{{"datasteward": "1", "title": "{}"}}"#,
        r#"\"x{["#.repeat(400)
    );
    let (one, other) = (record(1), record(2));
    for text in [
        format!("[{one}, {long}, {other}]"),
        format!("{one}\n{long}\n{other}\n"),
        long.clone(),
    ] {
        let options = with_bounds(64, 1000);
        let whole = check(&[Source::new("a.json", text.as_bytes())], &options);
        let told: Vec<&str> = whole.findings.iter().map(|it| &*it.rule).collect();
        assert!(told.contains(&"document-unreadable"), "{told:?}");
        let stream = streamed("a.json", text.as_bytes(), &options);
        assert_eq!(stream.to_json(), whole.to_json(), "{text}");
    }
}

#[test]
fn a_catalogue_from_a_pipe_is_held_up_to_a_bound() {
    let (_, text) = documents().swap_remove(7);
    let opened = std::cell::Cell::new(false);
    let open = || {
        if opened.replace(true) {
            return Err(Error::from(ErrorKind::Unsupported));
        }
        Ok(Box::new(Cursor::new(text.as_bytes())) as Box<dyn Read + '_>)
    };
    let stream = Stream::new("data.json", &open);
    let mut checker = Checker::new(with_bounds(64, 64 << 20));
    checker.add_stream(&stream).unwrap();
    let whole = check(&[Source::new("data.json", text.as_bytes())], &options());
    assert_eq!(checker.finish().to_json(), whole.to_json());

    opened.set(false);
    let error = Checker::new(with_bounds(64, 600)).add_stream(&stream);
    assert!(error.unwrap_err().to_string().contains("name the file"));
}

#[test]
fn tells_metadata_from_its_first_records() {
    let is_metadata = |text: &str| {
        let open = || Ok(Box::new(text.as_bytes()) as Box<dyn Read + '_>);
        is_metadata_of_stream(&Stream::new("a.json", &open)).unwrap()
    };
    let lines: Vec<String> = (0..10_000).map(record).collect();
    assert!(is_metadata(&lines.join("\n")));
    assert!(is_metadata(&lines[0]));
    assert!(!is_metadata(
        &r#"{"colour": "red"}"#.repeat(100_000).replace("}{", "}\n{")
    ));
}
