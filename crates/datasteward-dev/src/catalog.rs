//! `cargo dev catalog`: believable catalogues of any size, with faults planted in them and a key of what was planted.
//!
//! Sizes follow those measured on 6,283 published Socrata records: half the tables have 10 fields or fewer and one in ten
//! has more than 36, a description has 24 words in the middle and none in one record of six, and a quarter of the fields
//! is described. The same seed gives the same bytes.

use std::collections::BTreeSet;
use std::io::{BufWriter, Write};
use std::path::PathBuf;

use datasteward::report::{Report, Severity};
use datasteward::{Options, Source, check};
use serde_json::{Value, json};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// How many records.
    #[arg(long, default_value_t = 1000)]
    records: usize,
    /// How they are written.
    #[arg(long, value_enum, default_value_t = Format::Socrata)]
    format: Format,
    /// Another seed makes another catalogue.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Write what was planted to this file, a line of JSON each: `kind` and `ids`.
    #[arg(long, value_name = "FILE")]
    key: Option<PathBuf>,
    /// Write no catalogue: judge it and say how much of what was planted is found.
    #[arg(long)]
    recall: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// Socrata discovery, a record a line.
    Socrata,
    /// A `data.json`.
    DataJson,
    /// CKAN packages, one a line.
    Ckan,
    /// Our own format, a record a line.
    Native,
}

pub(crate) fn run(arguments: &Arguments) -> Result<(), String> {
    if arguments.recall {
        return recall(arguments);
    }
    let fail = |error: std::io::Error| format!("failed to write the catalogue: {error}");
    let mut out = BufWriter::new(std::io::stdout().lock());
    let mut key = match &arguments.key {
        Some(path) => {
            let file = std::fs::File::create(path)
                .map_err(|error| format!("failed to write {}: {error}", path.display()))?;
            Some(BufWriter::new(file))
        }
        None => None,
    };
    write(arguments, &mut out, &mut |planted| match &mut key {
        Some(key) => writeln!(key, "{}", planted.to_json()),
        None => Ok(()),
    })
    .and_then(|()| out.flush())
    .and_then(|()| key.map_or(Ok(()), |mut key| key.flush()))
    .map_err(fail)
}

/// Writes a catalogue and tells what is planted in it.
fn write(
    arguments: &Arguments,
    out: &mut dyn Write,
    tell: &mut dyn FnMut(&Planted) -> std::io::Result<()>,
) -> std::io::Result<()> {
    let is_document = arguments.format == Format::DataJson;
    if is_document {
        out.write_all(b"{\"conformsTo\": \"https://project-open-data.cio.gov/v1.1/schema\",\n\"dataset\": [\n")?;
    }
    let mut maker = Maker::new(arguments.seed);
    let mut left = arguments.records;
    let mut is_first = true;
    while left > 0 {
        let portal = maker.portal();
        let (records, planted) = maker.records_of(&portal, left.min(PORTAL));
        for record in &records {
            if is_document && !std::mem::take(&mut is_first) {
                out.write_all(b",\n")?;
            }
            let value = record.written(&portal, arguments.format);
            serde_json::to_writer(&mut *out, &value)?;
            if !is_document {
                out.write_all(b"\n")?;
            }
        }
        planted.iter().try_for_each(&mut *tell)?;
        left -= records.len();
    }
    if is_document {
        out.write_all(b"\n]}\n")?;
    }
    Ok(())
}

/// A catalogue of so many records, one a line.
pub(crate) fn catalogue(records: usize) -> std::io::Result<Vec<u8>> {
    let arguments = Arguments {
        records,
        format: Format::Socrata,
        seed: 1,
        key: None,
        recall: false,
    };
    let mut text = Vec::new();
    write(&arguments, &mut text, &mut |_| Ok(()))?;
    Ok(text)
}

/// Judges a catalogue and compares what is found in it with what was planted, by pairs of datasets.
fn recall(arguments: &Arguments) -> Result<(), String> {
    let mut text = Vec::new();
    let mut planted = Vec::new();
    write(arguments, &mut text, &mut |one| {
        planted.push(one.clone());
        Ok(())
    })
    .map_err(|error| error.to_string())?;
    let name = if arguments.format == Format::DataJson {
        "data.json"
    } else {
        "catalogue.jsonl"
    };
    let options = Options::default()
        .with_as_of("2026-11-25")
        .map_err(|error| error.to_string())?;
    let report = check(&[Source::new(name, &text)], &options);
    println!(
        "{} records, {} planted",
        report.datasets.len(),
        planted.len()
    );
    for (kind, rules) in KINDS {
        let wanted = planted.iter().filter(|it| it.kind == kind);
        let wanted: BTreeSet<Pair> = wanted.flat_map(|it| pairs(&it.ids)).collect();
        let all: BTreeSet<Pair> = planted.iter().flat_map(|it| pairs(&it.ids)).collect();
        let found = found(&report, rules);
        let hit = found.intersection(&wanted).count();
        // A family that was planted as another kind is no false alarm.
        let right = found.intersection(&all).count();
        println!(
            "{kind:<12} recall {}   precision {}",
            share(hit, wanted.len()),
            share(right, found.len())
        );
    }
    Ok(())
}

fn share(part: usize, whole: usize) -> String {
    #[expect(clippy::cast_precision_loss, reason = "a share for people")]
    let share = part as f64 / whole.max(1) as f64;
    format!("{share:.3} ({part} of {whole})")
}

type Pair = (String, String);

fn pairs(ids: &[String]) -> Vec<Pair> {
    let mut pairs = Vec::new();
    for (index, one) in ids.iter().enumerate() {
        for other in ids.iter().skip(index + 1) {
            let (low, high) = if one < other {
                (one, other)
            } else {
                (other, one)
            };
            pairs.push((low.clone(), high.clone()));
        }
    }
    pairs
}

/// Pairs of datasets that stand in one warning of these rules.
fn found(report: &Report, rules: &[&str]) -> BTreeSet<Pair> {
    let place = |line: Option<usize>, pointer: &str| {
        let head: Vec<&str> = pointer.split('/').take(3).collect();
        (line, head.join("/"))
    };
    let is_lines = report
        .documents
        .iter()
        .all(|it| it.name.ends_with(".jsonl"));
    let ids: std::collections::BTreeMap<(Option<usize>, String), String> = report
        .datasets
        .iter()
        .filter_map(|dataset| {
            let at = if is_lines {
                (dataset.line, String::new())
            } else {
                place(None, &dataset.pointer)
            };
            Some((at, dataset.id.clone()?))
        })
        .collect();
    let mut found = BTreeSet::new();
    for finding in &report.findings {
        if !rules.contains(&&*finding.rule) || finding.severity < Severity::Warning {
            continue;
        }
        let members: BTreeSet<String> = finding
            .locations
            .iter()
            .filter_map(|location| {
                let at = if is_lines {
                    (location.line, String::new())
                } else {
                    place(None, &location.pointer)
                };
                ids.get(&at).cloned()
            })
            .collect();
        found.extend(pairs(&members.into_iter().collect::<Vec<_>>()));
    }
    found
}

/// What is planted, and the rules that should find it.
const KINDS: [(&str, &[&str]); 4] = [
    ("year", &["split-by-year"]),
    ("place", &["split-by-place"]),
    (
        "copy",
        &["old-copy-still-published", "same-columns-elsewhere"],
    ),
    ("title", &["duplicate-title"]),
];

/// So many records a portal has: what belongs together is within one.
const PORTAL: usize = 400;

/// Datasets that belong together.
#[derive(Clone)]
struct Planted {
    kind: &'static str,
    ids: Vec<String>,
}

impl Planted {
    fn to_json(&self) -> Value {
        json!({"kind": self.kind, "ids": self.ids})
    }
}

struct Portal {
    city: String,
    domain: String,
}

#[derive(Clone)]
struct Field {
    name: String,
    machine: String,
    kind: String,
    description: String,
}

#[derive(Clone)]
struct Record {
    id: String,
    title: String,
    description: String,
    department: String,
    category: String,
    keywords: Vec<String>,
    fields: Vec<Field>,
    rate: Option<usize>,
    updated: String,
    source: Option<String>,
}

/// A small generator of random numbers (SplitMix64, public domain): the same on every machine.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below a bound.
    fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next() % bound.max(1) as u64).unwrap_or(0)
    }

    /// True so often in a thousand.
    fn one_in(&mut self, thousandths: usize) -> bool {
        self.below(1000) < thousandths
    }

    fn pick<'t, T>(&mut self, from: &'t [T]) -> &'t T {
        let at = self.below(from.len());
        from.get(at).unwrap_or(&from[0])
    }
}

/// Rows of a table of vocabulary.
fn rows(text: &'static str) -> Vec<Vec<&'static str>> {
    text.lines()
        .skip(1)
        .map(|line| line.split('\t').collect())
        .collect()
}

struct Maker {
    random: Random,
    subjects: Vec<Vec<&'static str>>,
    aspects: Vec<Vec<&'static str>>,
    fields: Vec<Vec<&'static str>>,
    portals: usize,
    made: usize,
}

const DEPARTMENTS: [&str; 8] = [
    "Department of Public Works",
    "Parks Department",
    "Office of Finance",
    "Department of Health",
    "Planning Department",
    "Fire Department",
    "Department of Transportation",
    "City Clerk",
];

/// How a rate is written, and as an interval.
const RATES: [(&str, &str); 5] = [
    ("Daily", "R/P1D"),
    ("Weekly", "R/P1W"),
    ("Monthly", "R/P1M"),
    ("Quarterly", "R/P3M"),
    ("Annually", "R/P1Y"),
];

impl Maker {
    fn new(seed: u64) -> Self {
        Self {
            random: Random(seed),
            subjects: rows(include_str!("../data/catalog/subjects.tsv")),
            aspects: rows(include_str!("../data/catalog/aspects.tsv")),
            fields: rows(include_str!("../data/catalog/fields.tsv")),
            portals: 0,
            made: 0,
        }
    }

    /// A city that nobody lives in.
    fn portal(&mut self) -> Portal {
        const PARTS: [[&str; 10]; 3] = [
            [
                "Nor", "Mar", "Wes", "Al", "Bel", "Cor", "Del", "Fen", "Hol", "Kin",
            ],
            [
                "den", "ber", "ting", "mon", "la", "ri", "sto", "wen", "ga", "the",
            ],
            [
                "ford", "vale", "ton", "port", "field", "mouth", "stead", "wick", "dale", "ham",
            ],
        ];
        let number = self.portals;
        self.portals += 1;
        let part = |at: usize, digit: usize| PARTS[at][digit % 10];
        let round = number / 1000;
        let mut city = [part(0, number / 100), part(1, number / 10), part(2, number)].concat();
        if round > 0 {
            city = format!("{} {city}", part(0, round).to_owned() + part(2, round / 10));
        }
        let domain = format!(
            "data.{}-{round}.example",
            city.to_lowercase().replace(' ', "-")
        );
        Portal { city, domain }
    }

    fn id(&mut self) -> String {
        // Every number of 40 bits has one other that it becomes: no two records get one id.
        let number = (self.made as u64).wrapping_mul(0x9E_3779_B97F) & 0xFF_FFFF_FFFF;
        self.made += 1;
        let digits = b"23456789abcdefghijkmnpqrstuvwxyz";
        let letter =
            |at: u32| char::from(digits[usize::try_from((number >> (5 * at)) & 31).unwrap_or(0)]);
        let four = |from: u32| (from..from + 4).map(letter).collect::<String>();
        format!("{}-{}", four(0), four(4))
    }

    /// Records of one portal, and what is planted among them.
    fn records_of(&mut self, portal: &Portal, count: usize) -> (Vec<Record>, Vec<Planted>) {
        let mut titles: Vec<(usize, usize)> = (0..self.subjects.len())
            .flat_map(|subject| (0..self.aspects.len()).map(move |aspect| (subject, aspect)))
            .collect();
        let (mut records, mut planted) = (Vec::new(), Vec::new());
        while records.len() < count && !titles.is_empty() {
            let at = self.random.below(titles.len());
            let (subject, aspect) = titles.swap_remove(at);
            let record = self.record(portal, subject, aspect);
            let room = count - records.len();
            // As often as in the five catalogues that were read by hand: a tenth of the records stands in families.
            let family = match self.random.below(100) {
                0..=1 if room >= 4 => self.years(&record, room),
                2 if room >= 4 => self.places(&record, room),
                3 if room >= 2 => self.copy(&record),
                4 if room >= 2 => self.same_title(&record),
                5 if room >= 3 => self.near_miss(portal, &record),
                _ => (None, vec![record]),
            };
            let (kind, members) = family;
            if let Some(kind) = kind {
                planted.push(Planted {
                    kind,
                    ids: members.iter().map(|it| it.id.clone()).collect(),
                });
            }
            records.extend(members);
        }
        (records, planted)
    }

    fn record(&mut self, portal: &Portal, subject: usize, aspect: usize) -> Record {
        let [noun, thing, category] = self.subjects[subject][..] else {
            unreachable_row("subjects.tsv");
        };
        let aspect = self.aspects[aspect][0];
        // Tenths of tables by their number of fields, as measured.
        let wanted = *self.random.pick(&[3, 4, 5, 7, 10, 12, 15, 20, 28, 36]);
        let fields = self.fields_of(thing, wanted);
        let words = *self.random.pick(&[0, 3, 6, 12, 24, 24, 45, 68, 110, 146]);
        let rate = self
            .random
            .one_in(600)
            .then(|| self.random.below(RATES.len()));
        Record {
            id: self.id(),
            title: format!("{noun} {aspect}"),
            description: self.description(&portal.city, noun, thing, words),
            department: (*self.random.pick(&DEPARTMENTS)).to_owned(),
            category: category.to_owned(),
            keywords: noun.to_lowercase().split(' ').map(str::to_owned).collect(),
            fields,
            rate,
            updated: format!(
                "20{:02}-{:02}-{:02}",
                15 + self.random.below(12),
                1 + self.random.below(10),
                1 + self.random.below(28)
            ),
            source: self
                .random
                .one_in(640)
                .then(|| format!("Records of the {}", self.random.pick(&DEPARTMENTS))),
        }
    }

    fn fields_of(&mut self, thing: &str, wanted: usize) -> Vec<Field> {
        let capital = capitalised(thing);
        let mut left: Vec<usize> = (0..self.fields.len()).collect();
        let mut fields = Vec::new();
        while fields.len() < wanted && !left.is_empty() {
            let at = self.random.below(left.len());
            let [name, machine, kind, description] = self.fields[left.swap_remove(at)][..] else {
                unreachable_row("fields.tsv");
            };
            let is_described = self.random.one_in(400);
            fields.push(Field {
                name: name.replace('#', &capital),
                machine: machine.to_owned(),
                kind: kind.to_owned(),
                description: if is_described { description } else { "" }.to_owned(),
            });
        }
        fields
    }

    fn description(&mut self, city: &str, noun: &str, thing: &str, words: usize) -> String {
        let sentences = [
            format!("One row per {thing} in {city}."),
            format!("{noun} are recorded by the clerks of the city when a case is opened."),
            "The table is used to plan the work of the coming year.".to_owned(),
            "Cases that were opened by mistake are not included.".to_owned(),
            format!("Questions about a single {thing} go to the department."),
            "Addresses are those given by the caller and may be incomplete.".to_owned(),
            format!("The first {thing} was entered when the present system was put in place."),
            "Figures are checked once a month by the supervisor of the unit.".to_owned(),
        ];
        let mut text = String::new();
        let mut from = self.random.below(sentences.len());
        while text.split(' ').count() < words {
            text.push_str(&sentences[from % sentences.len()]);
            text.push(' ');
            from += 1;
        }
        text.trim_end().to_owned()
    }

    /// One table cut by year; some members lack a field that came later.
    fn years(&mut self, record: &Record, room: usize) -> (Option<&'static str>, Vec<Record>) {
        let count = (3 + self.random.below(11)).min(room);
        let first = 2024 - count;
        let members = (0..count).map(|index| {
            let year = first + index;
            let mut member = self.like(record);
            member.title = match year % 2 {
                _ if count.is_multiple_of(3) => format!("FY{year} {}", record.title),
                _ => format!("{} {year}", record.title),
            };
            if record.fields.len() > 6 && self.random.one_in(150) {
                member.fields.pop();
            }
            member
        });
        (Some("year"), members.collect())
    }

    /// One table cut by district.
    fn places(&mut self, record: &Record, room: usize) -> (Option<&'static str>, Vec<Record>) {
        let count = (3 + self.random.below(8)).min(room);
        let members = (1..=count).map(|number| {
            let mut member = self.like(record);
            member.title = format!("{} - District {number}", record.title);
            member
        });
        (Some("place"), members.collect())
    }

    /// An older copy beside the current one.
    fn copy(&mut self, record: &Record) -> (Option<&'static str>, Vec<Record>) {
        let mut old = self.like(record);
        old.title = match self.random.below(3) {
            0 => format!("Copy of {}", record.title),
            1 => format!("{} (old)", record.title),
            _ => format!("{} v1", record.title),
        };
        (Some("copy"), vec![record.clone(), old])
    }

    /// Two datasets of one name.
    fn same_title(&mut self, record: &Record) -> (Option<&'static str>, Vec<Record>) {
        let mut other = self.like(record);
        let wanted = record.fields.len() + 3;
        other.fields = self.fields_of("case", wanted);
        (Some("title"), vec![record.clone(), other])
    }

    /// Titles that differ in a year, over tables that have nothing in common.
    fn near_miss(
        &mut self,
        portal: &Portal,
        record: &Record,
    ) -> (Option<&'static str>, Vec<Record>) {
        let mut members = Vec::new();
        for (index, year) in [2018, 2021].into_iter().enumerate() {
            let mut member = self.like(record);
            member.title = format!("{} {year}", record.title);
            let half: Vec<Field> = record
                .fields
                .iter()
                .enumerate()
                .filter(|(at, _)| at % 2 == index)
                .map(|(_, field)| Field {
                    name: format!("{} {}", portal.city, field.name),
                    ..field.clone()
                })
                .collect();
            member.fields = half;
            members.push(member);
        }
        (None, members)
    }

    /// The same table under an id of its own.
    fn like(&mut self, record: &Record) -> Record {
        Record {
            id: self.id(),
            ..record.clone()
        }
    }
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or(String::new(), |first| {
        first.to_uppercase().collect::<String>() + letters.as_str()
    })
}

/// The tables stand beside this file and are read by the tests.
fn unreachable_row(table: &str) -> ! {
    unreachable!("a row of {table} has another number of columns")
}

impl Record {
    fn written(&self, portal: &Portal, format: Format) -> Value {
        match format {
            Format::Socrata => self.socrata(portal),
            Format::DataJson => self.data_json(portal),
            Format::Ckan => self.ckan(portal),
            Format::Native => self.native(portal),
        }
    }

    fn each<T>(&self, part: impl Fn(&Field) -> T) -> Vec<T> {
        self.fields.iter().map(part).collect()
    }

    fn socrata(&self, portal: &Portal) -> Value {
        let mut more = vec![json!({"key": "Ownership_Department", "value": self.department})];
        if let Some((rate, _)) = self.rate.and_then(|rate| RATES.get(rate)) {
            more.push(json!({"key": "Refresh-rate_Update-Frequency", "value": rate}));
        }
        let updated = format!("{}T08:00:00.000Z", self.updated);
        json!({
            "resource": {
                "name": self.title, "id": self.id, "parent_fxf": [], "description": self.description,
                "attribution": self.source, "attribution_link": null, "contact_email": null, "type": "dataset",
                "updatedAt": updated, "createdAt": "2014-03-01T16:00:00.000Z", "metadata_updated_at": updated,
                "data_updated_at": updated,
                "columns_name": self.each(|it| it.name.clone()),
                "columns_field_name": self.each(|it| it.machine.clone()),
                "columns_datatype": self.each(|it| it.kind.clone()),
                "columns_description": self.each(|it| it.description.clone()),
                "columns_format": self.each(|_| json!({})),
            },
            "classification": {
                "categories": [], "tags": [], "domain_category": self.category, "domain_tags": self.keywords,
                "domain_metadata": more,
            },
            "metadata": {"domain": portal.domain, "license": "Public Domain"},
            "permalink": format!("https://{}/d/{}", portal.domain, self.id),
            "link": format!("https://{}/d/{}", portal.domain, self.id),
            "owner": {"id": "xxxx-0000", "display_name": self.department},
        })
    }

    fn data_json(&self, portal: &Portal) -> Value {
        let mut record = json!({
            "@type": "dcat:Dataset", "identifier": self.id, "title": self.title, "description": self.description,
            "keyword": self.keywords, "modified": self.updated, "accessLevel": "public", "theme": [self.category],
            "publisher": {"@type": "org:Organization", "name": format!("{}, {}", self.department, portal.city)},
            "contactPoint": {
                "@type": "vcard:Contact", "fn": self.department,
                "hasEmail": format!("mailto:opendata@{}", portal.domain),
            },
            "license": "https://creativecommons.org/publicdomain/zero/1.0/",
            "distribution": [{
                "@type": "dcat:Distribution", "mediaType": "text/csv",
                "downloadURL": format!("https://{}/{}.csv", portal.domain, self.id),
            }],
        });
        if let Some((_, interval)) = self.rate.and_then(|rate| RATES.get(rate)) {
            record["accrualPeriodicity"] = json!(interval);
        }
        record
    }

    fn ckan(&self, portal: &Portal) -> Value {
        json!({
            "id": self.id, "name": self.id, "title": self.title, "notes": self.description, "state": "active",
            "type": "dataset", "license_id": "cc-zero", "metadata_modified": format!("{}T08:00:00", self.updated),
            "organization": {"title": format!("{}, {}", self.department, portal.city), "name": "city"},
            "tags": self.keywords.iter().map(|word| json!({"name": word})).collect::<Vec<_>>(),
            "resources": [{
                "id": self.id, "name": self.title, "format": "CSV",
                "url": format!("https://{}/{}.csv", portal.domain, self.id),
            }],
            "extras": self.rate.and_then(|rate| RATES.get(rate)).map(|(rate, _)| {
                json!({"key": "update_frequency", "value": rate})
            }).into_iter().collect::<Vec<_>>(),
        })
    }

    fn native(&self, portal: &Portal) -> Value {
        json!({
            "datasteward": "1", "id": self.id, "title": self.title, "description": self.description,
            "publisher": format!("{}, {}", self.department, portal.city), "category": self.category,
            "keywords": self.keywords, "data_updated": self.updated,
            "refresh": {"rate": self.rate.and_then(|rate| RATES.get(rate)).map(|(_, interval)| interval)},
            "columns": self.each(|it| json!({
                "name": it.name, "description": it.description,
            })),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Arguments, Format, PORTAL, Planted, found, pairs, write};
    use datasteward::{Options, Source, check};

    fn made(records: usize, format: Format, seed: u64) -> (Vec<u8>, Vec<Planted>) {
        let arguments = Arguments {
            records,
            format,
            seed,
            key: None,
            recall: false,
        };
        let (mut text, mut planted) = (Vec::new(), Vec::new());
        write(&arguments, &mut text, &mut |one| {
            planted.push(one.clone());
            Ok(())
        })
        .unwrap();
        (text, planted)
    }

    #[test]
    fn makes_as_many_records_as_asked_for_in_every_format() {
        for (format, id, name) in [
            (Format::Socrata, "socrata-discovery", "a.jsonl"),
            (Format::DataJson, "dcat-us-1.1", "data.json"),
            (Format::Ckan, "ckan", "a.jsonl"),
            (Format::Native, "native", "a.jsonl"),
        ] {
            let (text, _) = made(PORTAL + 30, format, 7);
            let report = check(&[Source::new(name, &text)], &Options::default());
            let document = &report.documents[0];
            assert_eq!(
                (document.records, document.format.as_deref()),
                (PORTAL + 30, Some(id))
            );
            let unread: Vec<_> = report
                .findings
                .iter()
                .filter(|it| it.dataset.is_none())
                .collect();
            assert!(unread.is_empty(), "{unread:?}");
            let mut ids: Vec<_> = report.datasets.iter().map(|it| it.id.clone()).collect();
            ids.sort();
            ids.dedup();
            assert_eq!(ids.len(), PORTAL + 30);
        }
    }

    #[test]
    fn the_same_seed_makes_the_same_catalogue() {
        let one = made(50, Format::Socrata, 3).0;
        assert_eq!(made(50, Format::Socrata, 3).0, one);
        assert_ne!(made(50, Format::Socrata, 4).0, one);
    }

    #[test]
    fn slices_by_year_are_found_and_nothing_else_is_called_one() {
        let (text, planted) = made(2000, Format::Socrata, 11);
        let options = Options::default().with_as_of("2026-11-25").unwrap();
        let report = check(&[Source::new("a.jsonl", &text)], &options);
        let wanted: std::collections::BTreeSet<_> = planted
            .iter()
            .filter(|it| it.kind == "year")
            .flat_map(|it| pairs(&it.ids))
            .collect();
        let found = found(&report, &["split-by-year"]);
        let hit = found.intersection(&wanted).count();
        assert!(wanted.len() > 100, "{}", wanted.len());
        assert!(hit * 100 >= wanted.len() * 95, "{hit} of {}", wanted.len());
        assert!(hit * 100 >= found.len() * 95, "{hit} of {}", found.len());
    }
}
