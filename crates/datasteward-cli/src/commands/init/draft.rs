//! What the data tells of itself, and where a person must write.

use datasteward::lexicon::dates::{self, Date};
use datasteward::lexicon::language::Language;
use datasteward::lexicon::plain::{self, Vocabulary};
use datasteward::lexicon::roles::{self, DataType, Role};
use datasteward::lexicon::{scaffold, spoken, units};
use datasteward::model::{ColumnFacts, DataFacts};

/// A list of codes has few values; more are names.
const CODES: usize = 20;

/// A record half written.
#[derive(Debug)]
pub(super) struct Draft<'f> {
    pub(super) facts: &'f DataFacts,
    /// From the name of the file: `street-trees`.
    pub(super) id: String,
    /// `Street trees`.
    pub(super) title: String,
    /// `CSV`, as endings are written.
    pub(super) format: String,
    pub(super) period: Option<(Date, Date)>,
    pub(super) has_shapes: bool,
    pub(super) fields: Vec<Field<'f>>,
}

/// One field.
#[derive(Debug)]
pub(super) struct Field<'f> {
    pub(super) facts: &'f ColumnFacts,
    /// As people would write it; empty where nobody can tell.
    pub(super) plain: String,
    pub(super) role: Role,
    /// The code of the unit and its words, where the name tells.
    pub(super) unit: Option<(String, String)>,
    pub(super) unit_needed: bool,
    /// The values, where they are codes or categories.
    pub(super) values: &'f [String],
}

impl<'f> Draft<'f> {
    pub(super) fn of(facts: &'f DataFacts) -> Self {
        let (stem, ending) = facts.name.rsplit_once('.').unwrap_or((&facts.name, ""));
        let words: Vec<&str> = stem
            .split(|sign: char| !sign.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .collect();
        let title = words.join(" ");
        let vocabulary = Vocabulary::new(Language::English);
        let fields: Vec<Field<'f>> = facts
            .columns
            .iter()
            .map(|column| Field::of(column, &vocabulary))
            .collect();
        let days = fields.iter().filter_map(|field| {
            let is_event = matches!(field.role, Role::Date | Role::Timestamp);
            let first = dates::parse(field.facts.smallest.as_deref().filter(|_| is_event)?)?;
            let last = dates::parse(field.facts.largest.as_deref()?)?;
            Some((first.date, last.date))
        });
        let period = days.reduce(|one, other| (one.0.min(other.0), one.1.max(other.1)));
        Self {
            facts,
            id: words.join("-").to_lowercase(),
            title: capitalised(&title),
            format: match ending.to_ascii_lowercase().as_str() {
                "geojson" => "GeoJSON".to_owned(),
                "parquet" => "Parquet".to_owned(),
                other => other.to_ascii_uppercase(),
            },
            period,
            has_shapes: facts.columns.iter().any(|column| {
                matches!(
                    column.datatype,
                    DataType::Point | DataType::Line | DataType::Polygon | DataType::Geometry
                )
            }),
            fields,
        }
    }

    /// What the data is: the first of the four parts of a description.
    pub(super) fn what(&self) -> String {
        let period = self
            .period
            .map(|(first, last)| format!("from {} to {}", first.spoken(), last.spoken()));
        scaffold::what(None, None, period.as_deref())
    }

    /// All four parts, for a format that has no places of their own for them.
    pub(super) fn description(&self, refresh: bool) -> String {
        let parts = scaffold::Parts {
            source: Some((None, None)),
            refresh,
            limits: true,
        };
        scaffold::description(&self.what(), parts)
    }
}

impl<'f> Field<'f> {
    fn of(facts: &'f ColumnFacts, vocabulary: &Vocabulary<'_>) -> Self {
        let name = facts.name.as_str();
        let top: Vec<&str> = facts.values.iter().map(String::as_str).collect();
        let judged = roles::judge(&roles::Field {
            name,
            machine_name: name,
            datatype: facts.datatype,
            distinct: facts.distinct,
            top_values: &top,
            is_system: roles::is_system(name, name),
            ..roles::Field::default()
        });
        let offered = plain::expand(name, None, vocabulary).filter(|offer| offer.complete);
        // A name that nobody can read is for a person to explain.
        let readable = || {
            let verdict = plain::judge(name, vocabulary);
            let text =
                spoken::spoken(name, vocabulary.language()).unwrap_or_else(|| capitalised(name));
            verdict.is_plain().then_some(text)
        };
        let plain = offered
            .map(|offer| offer.text)
            .or_else(readable)
            .unwrap_or_default();
        let is_list = facts.datatype == DataType::Text
            && facts.values.len() > 1
            && facts.values.len() <= CODES
            // Each value once is no list of codes, however few rows there are.
            && facts.filled.is_some_and(|filled| filled >= 2 * facts.values.len() as u64);
        Self {
            facts,
            plain,
            role: judged.role,
            unit: judged.unit.map(|(unit, _)| {
                let words = units::spoken(&unit.code);
                (unit.code.into_owned(), words)
            }),
            unit_needed: judged.unit_needed,
            values: if is_list { &facts.values } else { &[] },
        }
    }
}

fn capitalised(text: &str) -> String {
    let mut signs = text.chars();
    signs.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(signs).collect()
    })
}
