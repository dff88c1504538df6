//! What the caller wants: the day of judgement, the profile, which rules speak and how loudly.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::acknowledge::Acknowledge;
use crate::format::{FORMATS, Format};
use crate::lexicon::dates::Date;
use crate::lexicon::spelling::nearest;
use crate::model::{DataFacts, LinkReport};
use crate::profile::{Asks, Field, Level, PROFILES, Profile};
use crate::rule::{Rule, Severity};
use crate::rules;
use crate::schema::{Schema, SchemaError};
use crate::source::Bounds;
use crate::source::place::Offsets;

/// An option that cannot be followed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum OptionsError {
    /// The options are not a JSON object.
    #[error("failed to read the options: {0}")]
    NotAnObject(String),
    /// A key that no option has.
    #[error("there is no option `{key}`{}", suggest(.nearest))]
    UnknownOption {
        /// The key given.
        key: String,
        /// The nearest right one.
        nearest: Option<String>,
    },
    /// A value of the wrong kind.
    #[error("the option `{key}` takes {wanted}")]
    WrongValue {
        /// The option.
        key: String,
        /// What it takes.
        wanted: &'static str,
    },
    /// Not a calendar date.
    #[error("`{0}` is not a date; write it as 2026-11-25")]
    BadDate(String),
    /// A rule that does not exist.
    #[error("there is no rule `{name}`{}", suggest(.nearest))]
    UnknownRule {
        /// The name given.
        name: String,
        /// The nearest right one.
        nearest: Option<String>,
    },
    /// A profile that does not exist.
    #[error("there is no profile `{name}`; there are {}", profile_names())]
    UnknownProfile {
        /// The name given.
        name: String,
    },
    /// A field that no profile asks for.
    #[error("there is no field `{name}` to ask for; there are {}", field_names())]
    UnknownField {
        /// The name given.
        name: String,
    },
    /// A format that does not exist.
    #[error("there is no format `{name}`{}; `datasteward formats` lists them", suggest(.nearest))]
    UnknownFormat {
        /// The name given.
        name: String,
        /// The nearest right one.
        nearest: Option<String>,
    },
    /// A schema that cannot be used.
    #[error(transparent)]
    BadSchema(#[from] SchemaError),
    /// A severity that does not exist.
    #[error("`{0}` is not a severity; write error, warning or info")]
    BadSeverity(String),
    /// An acknowledgement that cannot be followed.
    #[error("acknowledgement {number}: {reason}")]
    BadAcknowledgement {
        /// Which of them, from 1.
        number: usize,
        /// What is wrong with it.
        reason: String,
    },
    /// A form of output that does not exist.
    #[error("there is no form `{name}`; there are {known}")]
    UnknownForm {
        /// The name given.
        name: String,
        /// The forms there are.
        known: String,
    },
    /// The result of a link check that cannot be read.
    #[error(
        "this is no result of a link check; a table with the headings `url`, `status` and `checked` is wanted, or a JSON list of objects with these keys"
    )]
    BadLinkCheck,
    /// A report that cannot be read back.
    #[error("failed to read the report: {0}")]
    BadReport(String),
}

fn profile_names() -> String {
    let names: Vec<&str> = PROFILES.iter().map(|profile| profile.id).collect();
    names.join(", ")
}

fn field_names() -> String {
    let names: Vec<&str> = Field::ALL.iter().map(|field| field.word()).collect();
    names.join(", ")
}

fn suggest(nearest: &Option<String>) -> String {
    nearest.as_ref().map_or(String::new(), |nearest| {
        format!("; did you mean `{nearest}`?")
    })
}

/// What the caller wants.
#[derive(Clone, Debug)]
pub struct Options {
    /// The day of judgement; without it nothing is said about freshness.
    pub as_of: Option<Date>,
    /// What is asked for: the profile, and what the steward changed.
    pub(crate) asks: Asks,
    /// The format that the steward says the records are in; told from the records where it is not given.
    pub(crate) read_as: Option<&'static Format>,
    /// A schema of the steward's own, for every record.
    pub(crate) schema: Option<Arc<Schema>>,
    /// What was counted in the data that the record describes.
    pub(crate) data: Option<Arc<DataFacts>>,
    /// What an outside check of links found.
    pub(crate) links: Option<Arc<LinkReport>>,
    /// Only these rules speak, where any are named.
    select: Vec<&'static str>,
    /// These rules are silent.
    ignore: Vec<&'static str>,
    /// Severities that differ from the rules' own.
    severity: BTreeMap<&'static str, Severity>,
    /// What is known and stays.
    pub(crate) acknowledge: Vec<Acknowledge>,
    /// What `start` and `end` of locations count.
    pub offsets: Offsets,
    /// How much of a document is read before the answer is "too much".
    pub bounds: Bounds,
    /// How many threads judge records; more than one needs the feature `parallel`. The report is the same.
    jobs: usize,
    /// Each document is a catalogue of its own.
    pub(crate) each_document: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            as_of: None,
            asks: Asks::default(),
            read_as: None,
            schema: None,
            data: None,
            links: None,
            select: Vec::new(),
            ignore: Vec::new(),
            severity: BTreeMap::new(),
            acknowledge: Vec::new(),
            offsets: Offsets::Bytes,
            bounds: Bounds::default(),
            jobs: 1,
            each_document: false,
        }
    }
}

const KEYS: [&str; 11] = [
    "as_of",
    "profile",
    "required",
    "recommended",
    "schema",
    "read_as",
    "select",
    "ignore",
    "severity",
    "acknowledge",
    "offsets",
];

impl Options {
    /// Sets the day of judgement, written as `2026-11-25`.
    ///
    /// # Errors
    /// If it is not a date.
    pub fn with_as_of(mut self, date: &str) -> Result<Self, OptionsError> {
        let parsed = Date::from_iso(date).ok_or_else(|| OptionsError::BadDate(date.to_owned()))?;
        self.as_of = Some(parsed);
        Ok(self)
    }

    /// Sets the profile.
    ///
    /// # Errors
    /// If there is none of that name.
    pub fn with_profile(mut self, name: &str) -> Result<Self, OptionsError> {
        let profile = Profile::named(name).ok_or_else(|| OptionsError::UnknownProfile {
            name: name.to_owned(),
        })?;
        self.asks.set_profile(profile);
        Ok(self)
    }

    /// The profile.
    #[must_use]
    pub fn profile(&self) -> &'static Profile {
        self.asks.profile()
    }

    /// Asks for a field whatever the profile says, or stops asking for it.
    ///
    /// # Errors
    /// If there is no such field.
    pub fn ask(mut self, field: &str, level: Level) -> Result<Self, OptionsError> {
        let field = Field::named(field).ok_or_else(|| OptionsError::UnknownField {
            name: field.to_owned(),
        })?;
        self.asks.set(field, level);
        Ok(self)
    }

    /// Reads every record in one format, by its id, instead of telling the format from the record.
    ///
    /// # Errors
    /// If there is no such format.
    pub fn read_as(mut self, format: &str) -> Result<Self, OptionsError> {
        let found = FORMATS.iter().find(|known| known.id == format);
        let found = found.ok_or_else(|| OptionsError::UnknownFormat {
            name: format.to_owned(),
            nearest: nearest(format, FORMATS.iter().map(|known| known.id)).map(str::to_owned),
        })?;
        self.read_as = Some(found);
        Ok(self)
    }

    /// Judges records on so many threads, where the feature `parallel` is on. The report is the same to the byte.
    #[must_use]
    pub fn with_jobs(mut self, jobs: usize) -> Self {
        self.jobs = jobs.max(1);
        self
    }

    pub(crate) fn jobs(&self) -> usize {
        if cfg!(feature = "parallel") {
            self.jobs
        } else {
            1
        }
    }

    /// Holds every record against a JSON Schema of the steward's own, given as its text.
    ///
    /// # Errors
    /// If it is not a schema, or refers to something that would have to be fetched.
    pub fn with_schema(mut self, text: &str) -> Result<Self, OptionsError> {
        self.schema = Some(Arc::new(Schema::new(text)?));
        Ok(self)
    }

    /// Takes each document for a catalogue of its own: datasets of different documents are not held against each other.
    #[must_use]
    pub fn with_each_document_apart(mut self) -> Self {
        self.each_document = true;
        self
    }

    /// Holds the record against what was counted in its data. It is meant for one record: each that is read is held
    /// against it.
    #[must_use]
    pub fn with_data(mut self, facts: DataFacts) -> Self {
        self.data = Some(Arc::new(facts));
        self
    }

    /// Takes in what an outside check of links found, given as its text: a table with the headings `url`, `status` and
    /// `checked`, or a JSON list of objects with these keys. Nothing is fetched.
    ///
    /// # Errors
    /// If it is neither.
    pub fn with_link_check(mut self, text: &str) -> Result<Self, OptionsError> {
        let links = LinkReport::read(text).ok_or(OptionsError::BadLinkCheck)?;
        self.links = Some(Arc::new(links));
        Ok(self)
    }

    /// Lets only this rule, and others selected, speak.
    ///
    /// # Errors
    /// If there is no such rule.
    pub fn select(mut self, handle: &str) -> Result<Self, OptionsError> {
        self.select.push(rule(handle)?.id);
        Ok(self)
    }

    /// Silences a rule.
    ///
    /// # Errors
    /// If there is no such rule.
    pub fn ignore(mut self, handle: &str) -> Result<Self, OptionsError> {
        self.ignore.push(rule(handle)?.id);
        Ok(self)
    }

    /// Changes how much a rule's findings weigh.
    ///
    /// # Errors
    /// If there is no such rule or severity.
    pub fn set_severity(mut self, handle: &str, severity: &str) -> Result<Self, OptionsError> {
        let severity = match severity {
            "error" => Severity::Error,
            "warning" => Severity::Warning,
            "info" => Severity::Info,
            other => return Err(OptionsError::BadSeverity(other.to_owned())),
        };
        self.severity.insert(rule(handle)?.id, severity);
        Ok(self)
    }

    /// Leaves findings as they are: they are marked, cost no score and fail no run.
    #[must_use]
    pub fn acknowledge(mut self, known: Acknowledge) -> Self {
        self.acknowledge.push(known);
        self
    }

    /// Reads options from the text of a JSON object; an empty text gives the defaults.
    ///
    /// # Errors
    /// An unknown key, rule, profile or severity, with the nearest right one.
    pub fn from_json(text: &str) -> Result<Self, OptionsError> {
        if text.trim().is_empty() {
            return Ok(Self::default());
        }
        let object: serde_json::Map<String, serde_json::Value> = serde_json::from_str(text)
            .map_err(|error| OptionsError::NotAnObject(error.to_string()))?;
        let mut options = Self::default();
        for (key, value) in &object {
            options = options.with_member(key, value)?;
        }
        Ok(options)
    }

    fn with_member(self, key: &str, value: &serde_json::Value) -> Result<Self, OptionsError> {
        let wrong = |wanted| OptionsError::WrongValue {
            key: key.to_owned(),
            wanted,
        };
        if value.is_null() && KEYS.contains(&key) {
            return Ok(self);
        }
        match key {
            "as_of" => self.with_as_of(value.as_str().ok_or_else(|| wrong("a date, 2026-11-25"))?),
            "profile" => self.with_profile(value.as_str().ok_or_else(|| wrong("a name"))?),
            "select" | "ignore" => {
                let names = value.as_array().ok_or_else(|| wrong("a list of rules"))?;
                names.iter().try_fold(self, |options, name| {
                    let name = name.as_str().ok_or_else(|| wrong("a list of rules"))?;
                    if key == "select" {
                        options.select(name)
                    } else {
                        options.ignore(name)
                    }
                })
            }
            "required" | "recommended" => {
                let level = if key == "required" {
                    Level::Required
                } else {
                    Level::Recommended
                };
                let fields = value.as_array().ok_or_else(|| wrong("a list of fields"))?;
                fields.iter().try_fold(self, |options, field| {
                    options.ask(
                        field.as_str().ok_or_else(|| wrong("a list of fields"))?,
                        level,
                    )
                })
            }
            "read_as" => self.read_as(value.as_str().ok_or_else(|| wrong("the id of a format"))?),
            "schema" => match value {
                serde_json::Value::String(text) => self.with_schema(text),
                serde_json::Value::Object(_) => self.with_schema(&value.to_string()),
                _ => Err(wrong("a JSON Schema")),
            },
            "severity" => {
                let pairs = value
                    .as_object()
                    .ok_or_else(|| wrong("an object of rule and severity"))?;
                pairs.iter().try_fold(self, |options, (handle, severity)| {
                    let severity = severity
                        .as_str()
                        .ok_or_else(|| wrong("an object of rule and severity"))?;
                    options.set_severity(handle, severity)
                })
            }
            "acknowledge" => {
                let list = value
                    .as_array()
                    .ok_or_else(|| wrong("a list of acknowledgements"))?;
                let read = |(index, one)| {
                    Acknowledge::from_json(one).map_err(|reason| OptionsError::BadAcknowledgement {
                        number: index + 1,
                        reason,
                    })
                };
                list.iter()
                    .enumerate()
                    .try_fold(self, |options, one| Ok(options.acknowledge(read(one)?)))
            }
            "offsets" => {
                let offsets = match value.as_str() {
                    Some("bytes") => Offsets::Bytes,
                    Some("utf16") => Offsets::Utf16,
                    _ => return Err(wrong("`bytes` or `utf16`")),
                };
                Ok(Self { offsets, ..self })
            }
            _ => Err(OptionsError::UnknownOption {
                key: key.to_owned(),
                nearest: nearest(key, KEYS).map(str::to_owned),
            }),
        }
    }

    /// Whether a rule speaks.
    #[must_use]
    pub fn allows(&self, rule: &Rule) -> bool {
        (self.select.is_empty() || self.select.contains(&rule.id))
            && !self.ignore.contains(&rule.id)
    }

    /// The severity that is asked for a rule.
    #[must_use]
    pub fn severity_of(&self, rule: &Rule) -> Option<Severity> {
        self.severity.get(rule.id).copied()
    }
}

fn rule(handle: &str) -> Result<&'static Rule, OptionsError> {
    rules::find(handle).ok_or_else(|| OptionsError::UnknownRule {
        name: handle.to_owned(),
        nearest: rules::nearest(handle).map(str::to_owned),
    })
}

#[cfg(test)]
mod tests {
    use super::Options;

    #[test]
    fn offers_the_nearest_right_word() {
        let error = Options::from_json(r#"{"as_off": "2026-01-01"}"#).expect_err("unknown");
        assert_eq!(
            error.to_string(),
            "there is no option `as_off`; did you mean `as_of`?"
        );
        let error = Options::default()
            .ignore("refresh-overdu")
            .expect_err("unknown");
        assert_eq!(
            error.to_string(),
            "there is no rule `refresh-overdu`; did you mean `refresh-overdue`?"
        );
    }

    #[test]
    fn rules_go_by_name_or_code() {
        let options = Options::default().select("C3-03").expect("known");
        assert_eq!(options.select, ["refresh-overdue"]);
    }
}
