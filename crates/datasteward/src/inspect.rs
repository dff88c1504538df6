//! What was understood: the canonical fields of each dataset with their places, and the judgements, without findings.

use serde::Serialize;
use serde_json::{Map, Value as Json, json};

use crate::check::{documents_with_many_publishers, summarize};
use crate::format::native;
use crate::judgement::{ColumnJudgement, Judged};
use crate::lexicon::dates::Date;
use crate::model::{Agent, BlankKind, Column, Dataset, Held, Origin, Period, Slot, Spatial};
use crate::options::Options;
use crate::reading::{self, Event, Keep, Record};
use crate::rule::Summaries;
use crate::source::Source;

/// What was understood of one dataset.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Inspection {
    /// The document.
    pub file: String,
    /// The line, where each record has one of its own.
    pub line: Option<usize>,
    /// JSON Pointer of the record in the document, or in its line.
    pub pointer: String,
    /// The format.
    pub format: &'static str,
    /// By what the format was known.
    pub detected_by: &'static str,
    /// The canonical fields: each a value and its place, or why there is none.
    pub dataset: Map<String, Json>,
    /// What a careful reader would say.
    pub judgements: Map<String, Json>,
    /// The fields of the table.
    pub columns: Vec<Json>,
    /// Keys of the record that no canonical field stands for.
    pub extra: Vec<String>,
    /// The record in datasteward's own format.
    #[serde(skip)]
    pub native: Json,
}

impl Inspection {
    /// The inspection as one line of JSON.
    #[must_use]
    pub fn to_json(&self) -> String {
        // Maps of text and numbers only: nothing that JSON cannot say.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// The value of a canonical field as text, where there is one.
    #[must_use]
    pub fn value(&self, name: &str) -> Option<String> {
        let value = self.dataset.get(name)?.get("value")?;
        match value {
            Json::Null => None,
            Json::String(text) => Some(text.clone()),
            other => Some(other.to_string()),
        }
    }

    /// Name, value (or why there is none) and place of each canonical field, for people.
    pub fn lines(&self) -> impl Iterator<Item = (&str, String, &str)> {
        self.dataset.iter().map(|(name, field)| {
            let blank = field
                .get("blank")
                .and_then(Json::as_str)
                .unwrap_or_default();
            let text = self.value(name).unwrap_or_else(|| format!("({blank})"));
            let short: String = text
                .chars()
                .map(|it| if it.is_control() { ' ' } else { it })
                .take(90)
                .collect();
            (
                name.as_str(),
                short,
                field
                    .get("pointer")
                    .and_then(Json::as_str)
                    .unwrap_or_default(),
            )
        })
    }
}

/// A document in datasteward's own format: the record where there is one, else a catalogue of all.
///
/// Reading it back gives the same judgements; what the source format had no place for stays unknown
/// (`extra.not_in_source`).
///
/// ```
/// use datasteward::{Options, Source, inspect, native_document};
///
/// let record = br#"{"resource": {"id": "abcd-1234", "name": "Street trees"}, "classification": {}, "metadata": {}}"#;
/// let (inspections, _) = inspect(&[Source::new("a.json", record)], &Options::default());
/// assert_eq!(native_document(&inspections)["title"], "Street trees");
/// ```
#[must_use]
pub fn native_document(inspections: &[Inspection]) -> Json {
    if let [one] = inspections {
        return one.native.clone();
    }
    let datasets: Vec<&Json> = inspections.iter().map(|one| &one.native).collect();
    json!({"datasteward": "1", "datasets": datasets})
}

/// What could not be read: the sentence, and where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Unread {
    /// The document.
    pub file: String,
    /// The line, from 1.
    pub line: Option<usize>,
    /// What is wrong.
    pub message: String,
}

/// What is kept of a document, or of a part of one.
#[derive(Default)]
struct Understood {
    inspections: Vec<Inspection>,
    summaries: Summaries,
    unread: Vec<Unread>,
}

struct Inspector<'s> {
    file: &'s str,
    document: usize,
}

impl Keep for Inspector<'_> {
    type Part = Understood;

    fn part(&self) -> Understood {
        Understood::default()
    }

    fn event(&self, part: &mut Understood, event: Event<'_>) {
        match event {
            Event::Record(record) => {
                let judged = Judged::of(record.dataset);
                summarize(
                    self.document,
                    &record,
                    record.dataset,
                    &judged,
                    &mut part.summaries,
                );
                part.inspections
                    .push(inspection(self.file, &record, &judged));
            }
            Event::Trouble(trouble) if !trouble.is_warning => part.unread.push(Unread {
                file: self.file.to_owned(),
                line: trouble.place.line_and_column.map(|(line, _)| line),
                message: trouble.message,
            }),
            Event::Trouble(_) => {}
        }
    }
}

/// Tells what was understood of each dataset in some documents, and what could not be read.
#[must_use]
pub fn inspect(sources: &[Source<'_>], options: &Options) -> (Vec<Inspection>, Vec<Unread>) {
    let mut all = Understood::default();
    for (document, source) in sources.iter().enumerate() {
        let inspector = Inspector {
            file: source.name(),
            document,
        };
        let mut of_document = Vec::new();
        reading::read(source, document, options, &inspector, &mut |part| {
            all.inspections.extend(part.inspections);
            all.summaries.append(part.summaries);
            of_document.extend(part.unread);
            true
        });
        of_document.sort_by_key(|unread: &Unread| unread.line);
        all.unread.extend(of_document);
    }
    let Understood {
        mut inspections,
        summaries,
        unread,
    } = all;
    // As in a check: a publisher tells the source where publishers differ.
    let differing = documents_with_many_publishers(&summaries);
    for (inspection, summary) in inspections.iter_mut().zip(summaries.iter()) {
        if summary.source_rests_on_publisher && differing.contains(&summary.document) {
            inspection
                .judgements
                .insert("source_stated".to_owned(), json!("yes"));
        }
    }
    (inspections, unread)
}

fn inspection(file: &str, record: &Record<'_>, judged: &Judged<'_>) -> Inspection {
    let (pointer, line) = record.places.record();
    let dataset = record.dataset;
    let columns = dataset
        .columns
        .listed()
        .iter()
        .zip(&judged.columns)
        .enumerate()
        .map(|(index, (column, judgement))| column_json(dataset, judged, index, column, judgement));
    let answers = judged.answers(dataset);
    Inspection {
        file: file.to_owned(),
        line: line.filter(|_| record.places.is_line),
        format: record.format.id,
        detected_by: record.reason,
        dataset: Fields {
            record,
            fields: Map::new(),
        }
        .all(dataset),
        judgements: answers
            .into_iter()
            .map(|(key, answer)| (key.to_owned(), Json::from(answer)))
            .collect(),
        columns: columns.collect(),
        extra: dataset
            .extra
            .iter()
            .map(|(key, _)| (*key).to_owned())
            .collect(),
        pointer,
        native: native::write(dataset),
    }
}

fn column_json(
    dataset: &Dataset<'_>,
    judged: &Judged<'_>,
    index: usize,
    column: &Column<'_>,
    judgement: &ColumnJudgement,
) -> Json {
    let plain = if judgement.name.is_unsure() {
        "unsure"
    } else if judgement.name.is_plain() {
        "yes"
    } else {
        "no"
    };
    let expansion = (plain == "no")
        .then(|| judged.expansion(dataset, index))
        .flatten()
        .map_or(String::new(), |expansion| expansion.text);
    let unit = judgement
        .unit
        .as_ref()
        .map_or(String::new(), |(unit, _)| unit.code.to_string());
    let yes_no = |answer: bool| if answer { "yes" } else { "no" };
    json!({
        "index": index,
        "name": column.shown_name(),
        "field_name": column.machine_name.value(),
        "datatype": column.native_type,
        "description": column.description.value().map(|text| text.raw),
        "system": judgement.is_system,
        "judgements": {
            "plain": plain,
            "expansion": expansion,
            "description": judgement.description.as_str(),
            "role": judgement.role.as_str(),
            "unit_needed": yes_no(judgement.unit_needed),
            "unit_stated": yes_no(judgement.unit.is_some()),
            "unit": unit,
        },
    })
}

/// Gathers the canonical fields of a dataset.
struct Fields<'a> {
    record: &'a Record<'a>,
    fields: Map<String, Json>,
}

impl Fields<'_> {
    fn pointer(&self, at: crate::model::At) -> String {
        self.record.places.place(self.record.tree, at).pointer
    }

    fn slot<T>(&mut self, name: &str, slot: &Slot<T>, show: impl Fn(&T) -> Json) {
        let field = match slot {
            Slot::Filled(held) => {
                json!({"value": show(&held.value), "pointer": self.pointer(held.at)})
            }
            Slot::Blank { at, kind } => {
                json!({"value": null, "pointer": self.pointer(*at), "blank": blank_word(*kind)})
            }
            Slot::NotInExport(hint) => {
                json!({"value": null, "pointer": null, "blank": "not in this export", "hint": hint})
            }
            Slot::NotInFormat(hint) => {
                json!({"value": null, "pointer": null, "blank": "not in this format", "hint": hint})
            }
        };
        self.fields.insert(name.to_owned(), field);
    }

    fn list<T>(&mut self, name: &str, slot: &Slot<Vec<Held<T>>>, show: impl Fn(&T) -> Json) {
        self.slot(name, slot, |list| {
            list.iter().map(|held| show(&held.value)).collect()
        });
    }

    fn all(mut self, dataset: &Dataset<'_>) -> Map<String, Json> {
        let text = |text: &crate::model::Text<'_>| json!(text.plain);
        let word = |word: &&str| json!(word);
        let agent = |agent: &Agent<'_>| json!(agent.name);
        let day = |day: &crate::model::Day<'_>| {
            json!(
                day.date()
                    .map_or_else(|| day.raw.to_owned(), |date| date.to_string())
            )
        };
        self.fields.insert(
            "kind".to_owned(),
            json!({"value": dataset.kind.as_str(), "pointer": null}),
        );
        self.slot("id", &dataset.id, word);
        self.slot("domain", &dataset.domain, word);
        self.slot("title", &dataset.title, text);
        self.slot("summary", &dataset.summary, text);
        self.slot("description", &dataset.description, text);
        self.list("keywords", &dataset.keywords, word);
        self.list("categories", &dataset.categories, word);
        self.list("language", &dataset.language, word);
        self.slot("publisher", &dataset.publisher, agent);
        self.slot("department", &dataset.department, agent);
        self.slot(
            "contact",
            &dataset.contact,
            |contact| json!({"name": contact.name.value(), "email": contact.email.value()}),
        );
        self.list("source", &dataset.sources, origin);
        self.list("limitations", &dataset.limitations, text);
        self.slot("method", &dataset.method, text);
        self.slot("purpose", &dataset.purpose, text);
        self.slot("usage_notes", &dataset.usage_notes, text);
        self.list("context_links", &dataset.context_links, |link| {
            json!(link.url)
        });
        self.slot("license", &dataset.license, |license| json!(license.raw));
        self.slot("rights", &dataset.rights, text);
        self.slot("access", &dataset.access, |access| {
            json!(format!("{access:?}").to_lowercase())
        });
        self.slot(
            "refresh",
            &dataset.refresh,
            |refresh| json!({"written": refresh.raw, "read": refresh.rate.canonical()}),
        );
        self.slot("created", &dataset.created, day);
        self.slot("issued", &dataset.issued, day);
        self.slot("metadata_modified", &dataset.metadata_modified, day);
        self.slot("modified", &dataset.modified, day);
        self.slot("data_updated", &dataset.data_updated, day);
        self.slot("temporal", &dataset.temporal, |period| {
            json!(period_text(period))
        });
        self.slot("spatial", &dataset.spatial, |spatial| {
            json!(place_text(spatial))
        });
        self.slot("crs", &dataset.crs, word);
        self.slot("time_zone", &dataset.time_zone, word);
        self.slot("currency", &dataset.currency, word);
        self.slot("row_label", &dataset.row_label, word);
        self.slot("rows", &dataset.rows, |rows| json!(rows));
        self.slot("dictionary", &dataset.dictionary, |dictionary| {
            json!(dictionary.url)
        });
        self.list("distributions", &dataset.distributions, |file| {
            json!({"url": file.url(), "format": file.format.value().or(file.media_type.value())})
        });
        self.slot("landing_page", &dataset.landing_page, word);
        self.slot("version", &dataset.version, word);
        self.fields
    }
}

fn origin(origin: &Origin<'_>) -> Json {
    json!({"name": origin.name.value().map(|name| &*name.plain), "url": origin.url.value()})
}

/// A period as written, or its first and last day where they stand apart.
fn period_text(period: &Period<'_>) -> String {
    let day = |day: Option<Date>| day.map_or_else(|| "..".to_owned(), |day| day.to_string());
    if period.raw.is_empty() {
        format!("{}/{}", day(period.start), day(period.end))
    } else {
        period.raw.to_owned()
    }
}

/// A place as written; its sides where only a structure is written, as long as they are degrees.
fn place_text(place: &Spatial<'_>) -> String {
    match (place.words(), place.bounding_box) {
        (None, Some([west, south, east, north])) => {
            format!("west {west}, south {south}, east {east}, north {north}")
        }
        _ => place.raw.to_owned(),
    }
}

fn blank_word(kind: BlankKind) -> &'static str {
    match kind {
        BlankKind::Absent => "missing",
        BlankKind::Null => "null",
        BlankKind::Empty => "empty",
        BlankKind::NullWord => "says nothing",
        BlankKind::Template => "template not filled in",
        BlankKind::MarkupOnly => "web-page code without words",
    }
}
