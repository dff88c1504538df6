//! What a steward has decided to leave as it is: findings that are known, why they stay, and until when.
//!
//! An acknowledged finding stays in the report and is marked; it costs no score and fails no run. Once it has ended, the
//! finding counts again, and the report says so.

use crate::lexicon::dates::Date;
use crate::lexicon::placeholder;
use crate::lexicon::spelling::nearest;
use crate::rule::Rule;
use crate::rules;

/// A finding that is known and stays, as a steward writes it down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Acknowledge {
    pub(crate) rule: &'static str,
    pub(crate) dataset: Option<String>,
    pub(crate) field: Option<String>,
    pub(crate) path: Option<String>,
    pub(crate) reason: String,
    pub(crate) role: Option<String>,
    pub(crate) expires: Option<Date>,
}

/// The keys of one acknowledgement.
const KEYS: [&str; 7] = [
    "rule", "dataset", "field", "path", "reason", "role", "expires",
];

/// A reason says something from here on.
const REASON_CHARACTERS: usize = 10;

/// A file that cannot be read has no finding that could stay.
const NEVER: &str = "document-unreadable";

impl Acknowledge {
    /// Leaves the findings of a rule as they are.
    ///
    /// # Errors
    /// In words: if there is no such rule, or the reason says nothing.
    pub fn new(rule: &str, reason: &str) -> Result<Self, String> {
        let found = rules::find(rule).ok_or_else(|| {
            let nearest = rules::nearest(rule).map(|near| format!("; did you mean `{near}`?"));
            format!("there is no rule `{rule}`{}", nearest.unwrap_or_default())
        })?;
        if found.id == NEVER {
            return Err(format!("`{NEVER}` cannot be acknowledged"));
        }
        let reason = reason.trim();
        let says_nothing =
            reason.chars().count() < REASON_CHARACTERS || placeholder::classify(reason).is_some();
        if says_nothing {
            return Err(format!(
                "the `reason` says too little; write in {REASON_CHARACTERS} characters or more why the finding stays"
            ));
        }
        Ok(Self {
            rule: found.id,
            dataset: None,
            field: None,
            path: None,
            reason: reason.to_owned(),
            role: None,
            expires: None,
        })
    }

    /// Only of the dataset with this id, or with this title where it has no id.
    #[must_use]
    pub fn of_dataset(self, id: &str) -> Self {
        let dataset = Some(id.to_owned());
        Self { dataset, ..self }
    }

    /// Only where the finding is about this field: of the metadata (`license`), or of the data by its name. A finding that
    /// names several fields of the data stays silent when all of them are acknowledged.
    #[must_use]
    pub fn of_field(self, name: &str) -> Self {
        let field = Some(name.to_owned());
        Self { field, ..self }
    }

    /// Only in documents whose name fits: `*` stands for anything within one folder, `**` for anything.
    #[must_use]
    pub fn in_path(self, pattern: &str) -> Self {
        let path = Some(pattern.to_owned());
        Self { path, ..self }
    }

    /// Who decided: a role, not a person.
    #[must_use]
    pub fn by(self, role: &str) -> Self {
        let role = Some(role.to_owned());
        Self { role, ..self }
    }

    /// Until the day before this one, written as `2027-06-30`; from then on the finding counts again.
    ///
    /// # Errors
    /// In words: if it is not a date.
    pub fn until(self, date: &str) -> Result<Self, String> {
        let parsed = Date::from_iso(date)
            .ok_or_else(|| format!("`{date}` is not a date; write `expires` as 2027-06-30"))?;
        let expires = Some(parsed);
        Ok(Self { expires, ..self })
    }

    /// Reads one from a JSON object.
    pub(crate) fn from_json(value: &serde_json::Value) -> Result<Self, String> {
        let object = value
            .as_object()
            .ok_or_else(|| "it takes the keys `rule` and `reason`".to_owned())?;
        if let Some(key) = object.keys().find(|key| !KEYS.contains(&key.as_str())) {
            let nearest = nearest(key, KEYS).map(|near| format!("; did you mean `{near}`?"));
            return Err(format!(
                "there is no key `{key}`{}",
                nearest.unwrap_or_default()
            ));
        }
        let text = |key: &str| match object.get(key) {
            None | Some(serde_json::Value::Null) => Ok(None),
            Some(serde_json::Value::String(text)) if !text.trim().is_empty() => {
                Ok(Some(text.as_str()))
            }
            Some(_) => Err(format!("`{key}` takes a text")),
        };
        let needed = |key: &str| text(key)?.ok_or_else(|| format!("`{key}` is missing"));
        let mut read = Self::new(needed("rule")?, needed("reason")?)?;
        for (key, set) in [
            ("dataset", Self::of_dataset as fn(Self, &str) -> Self),
            ("field", Self::of_field),
            ("path", Self::in_path),
            ("role", Self::by),
        ] {
            if let Some(text) = text(key)? {
                read = set(read, text);
            }
        }
        match text("expires")? {
            Some(date) => read.until(date),
            None => Ok(read),
        }
    }

    /// Reads one from the record that it speaks of: each key with its text, or nothing where no text stands there.
    pub(crate) fn of_record(members: &[(&str, Option<&str>)]) -> Result<Self, String> {
        let mut object = serde_json::Map::new();
        for (key, text) in members {
            // Which dataset and which file is meant is plain.
            if matches!(*key, "dataset" | "path") {
                return Err(format!("in a record there is no key `{key}`"));
            }
            let value = text.ok_or_else(|| format!("`{key}` takes a text"))?;
            object.insert((*key).to_owned(), value.into());
        }
        Self::from_json(&serde_json::Value::Object(object))
    }

    /// Whether it has ended by a day; without a day nothing ends.
    pub(crate) fn has_ended(&self, as_of: Option<Date>) -> bool {
        self.expires
            .zip(as_of)
            .is_some_and(|(expires, as_of)| expires <= as_of)
    }

    /// Whether it speaks of a document.
    pub(crate) fn is_of_document(&self, name: &str) -> bool {
        self.path
            .as_deref()
            .is_none_or(|pattern| fits(pattern, name))
    }

    /// Whether it speaks of a dataset, by what the dataset is called in fingerprints.
    pub(crate) fn is_of_dataset(&self, identity: &str) -> bool {
        self.dataset.as_deref().is_none_or(|id| id == identity)
    }
}

/// What is known of a finding.
pub(crate) struct Subject<'s> {
    pub(crate) rule: &'static Rule,
    /// What its dataset is called; empty for a finding about a document.
    pub(crate) identity: &'s str,
    pub(crate) document: &'s str,
    /// The field of the metadata.
    pub(crate) field: &'s str,
    /// What tells it apart from others of its rule.
    pub(crate) subject: &'s str,
    /// The fields of the data that it names, where it names nothing else.
    pub(crate) columns: &'s [String],
}

/// What came of looking a finding up.
#[derive(Debug, Default)]
pub(crate) struct Known {
    /// The acknowledgement that silences it.
    pub(crate) by: Option<usize>,
    /// All that speak of it, in force or ended.
    pub(crate) met: Vec<usize>,
    /// Those that speak of some of its fields, where it stays because of the others.
    pub(crate) partly: Vec<usize>,
}

/// Looks a finding up among what was acknowledged.
pub(crate) fn look_up(all: &[Acknowledge], subject: &Subject<'_>, as_of: Option<Date>) -> Known {
    let mut known = Known::default();
    let mut silent: Vec<(usize, &str)> = Vec::new();
    let mut ended: Vec<(usize, &str)> = Vec::new();
    for (number, one) in all.iter().enumerate() {
        let speaks_of_it = one.rule == subject.rule.id
            && one.is_of_dataset(subject.identity)
            && one.is_of_document(subject.document);
        if !speaks_of_it {
            continue;
        }
        let in_force = !one.has_ended(as_of);
        match one.field.as_deref() {
            Some(field) if field != subject.field && field != subject.subject => {
                if subject.columns.iter().any(|column| column == field) {
                    let list = if in_force { &mut silent } else { &mut ended };
                    list.push((number, field));
                }
            }
            _ => {
                known.met.push(number);
                if in_force && known.by.is_none() {
                    known.by = Some(number);
                }
            }
        }
    }
    let covers = |fields: &[(usize, &str)]| {
        !fields.is_empty()
            && subject
                .columns
                .iter()
                .all(|column| fields.iter().any(|(_, field)| field == column))
    };
    let numbers = |fields: &[(usize, &str)]| -> Vec<usize> {
        fields.iter().map(|(number, _)| *number).collect()
    };
    if covers(&silent) {
        known.by = known.by.or(silent.first().map(|(number, _)| *number));
        known.met.extend(numbers(&silent));
    } else {
        known.partly.extend(numbers(&silent));
    }
    known.met.extend(numbers(&ended));
    known
}

/// Whether a document's name fits a pattern, as a whole or from one of its folders on.
fn fits(pattern: &str, name: &str) -> bool {
    let name = name.replace('\\', "/");
    let pattern = pattern.replace('\\', "/");
    let pattern: Vec<char> = pattern.trim_start_matches("./").chars().collect();
    let starts = std::iter::once(0).chain(name.match_indices('/').map(|(at, _)| at + 1));
    starts
        .filter_map(|start| name.get(start..))
        .any(|rest| fits_from(&pattern, rest))
}

/// Keeps the set of places in the pattern that can be reached: time grows with both lengths and no faster.
fn fits_from(pattern: &[char], name: &str) -> bool {
    let mut reached = vec![false; pattern.len() + 1];
    if let Some(first) = reached.first_mut() {
        *first = true;
    }
    skip_stars(pattern, &mut reached);
    for sign in name.chars() {
        let mut next = vec![false; pattern.len() + 1];
        for (at, wanted) in pattern.iter().enumerate() {
            if !reached.get(at).copied().unwrap_or(false) {
                continue;
            }
            let target = match wanted {
                '*' => {
                    let is_double = pattern.get(at + 1) == Some(&'*')
                        || at.checked_sub(1).and_then(|it| pattern.get(it)) == Some(&'*');
                    (is_double || sign != '/').then_some(at)
                }
                '?' => (sign != '/').then_some(at + 1),
                literal => (*literal == sign).then_some(at + 1),
            };
            if let Some(place) = target.and_then(|it| next.get_mut(it)) {
                *place = true;
            }
        }
        skip_stars(pattern, &mut next);
        reached = next;
    }
    reached.last().copied().unwrap_or(false)
}

/// A star may stand for nothing; so may `**/`.
fn skip_stars(pattern: &[char], reached: &mut [bool]) {
    for (at, sign) in pattern.iter().enumerate() {
        if *sign != '*' || !reached.get(at).copied().unwrap_or(false) {
            continue;
        }
        if let Some(next) = reached.get_mut(at + 1) {
            *next = true;
        }
        let is_folders = pattern.get(at + 1) == Some(&'*') && pattern.get(at + 2) == Some(&'/');
        if let Some(next) = reached.get_mut(at + 3).filter(|_| is_folders) {
            *next = true;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Acknowledge, Subject, fits, look_up};
    use crate::lexicon::dates::Date;
    use crate::rules;

    const REASON: &str = "Agreed with the bureau in spring";

    fn known(list: &[Acknowledge], columns: &[&str]) -> (Option<usize>, usize, usize) {
        let columns: Vec<String> = columns.iter().map(|name| (*name).to_owned()).collect();
        let subject = Subject {
            rule: rules::find("fields-not-explained").expect("a rule"),
            identity: "trees",
            document: "catalog/a.json",
            field: "columns",
            subject: "",
            columns: &columns,
        };
        let known = look_up(list, &subject, Date::from_iso("2026-11-25"));
        (known.by, known.met.len(), known.partly.len())
    }

    fn one() -> Acknowledge {
        Acknowledge::new("fields-not-explained", REASON).expect("an acknowledgement")
    }

    #[test]
    fn patterns_fit_names_as_people_expect() {
        for (pattern, name) in [
            ("data.json", "data.json"),
            ("data.json", "./city/data.json"),
            ("*.json", "city/data.json"),
            ("city/*.json", "/srv/city/data.json"),
            ("city/**", "city/parks/trees.json"),
            ("city/**/trees.json", "city/trees.json"),
            ("city/**/trees.json", "city/a/b/trees.json"),
            ("tree?.json", "trees.json"),
            ("city/data.json", "city\\data.json"),
        ] {
            assert!(fits(pattern, name), "{pattern} {name}");
        }
        for (pattern, name) in [
            ("data.json", "mydata.json"),
            ("city/*.json", "city/parks/trees.json"),
            ("tree?.json", "tree.json"),
            ("*.json", "data.jsonl"),
        ] {
            assert!(!fits(pattern, name), "{pattern} {name}");
        }
        assert!(!fits(&"*a".repeat(2000), &"a".repeat(1000)));
    }

    #[test]
    fn an_acknowledgement_ends_on_its_day() {
        let until = |day| one().until(day).expect("a date");
        assert_eq!(known(&[until("2026-11-26")], &[]), (Some(0), 1, 0));
        assert_eq!(known(&[until("2026-11-25")], &[]), (None, 1, 0));
    }

    #[test]
    fn speaks_of_its_dataset_and_document_only() {
        assert_eq!(known(&[one().of_dataset("trees")], &[]).0, Some(0));
        assert_eq!(known(&[one().of_dataset("Trees")], &[]).0, None);
        assert_eq!(known(&[one().in_path("catalog/*")], &[]).0, Some(0));
        assert_eq!(known(&[one().in_path("other/*")], &[]).0, None);
        assert_eq!(known(&[one().of_field("columns")], &[]).0, Some(0));
    }

    #[test]
    fn all_fields_that_are_named_must_be_acknowledged() {
        let of = |name| one().of_field(name);
        assert_eq!(known(&[of("A"), of("B")], &["A", "B"]), (Some(0), 2, 0));
        assert_eq!(known(&[of("A")], &["A", "B"]), (None, 0, 1));
        assert_eq!(known(&[of("C")], &["A", "B"]), (None, 0, 0));
    }

    #[test]
    fn a_reason_that_says_nothing_is_refused() {
        for reason in ["", "known", "to be determined"] {
            assert!(
                Acknowledge::new("refresh-overdue", reason).is_err(),
                "{reason}"
            );
        }
        assert!(Acknowledge::new("document-unreadable", REASON).is_err());
    }
}
