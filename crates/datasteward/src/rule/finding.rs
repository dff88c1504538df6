//! What a rule can say.

use std::collections::HashSet;

use crate::lexicon::secrets;
use crate::limits::{EVIDENCE_CHARACTERS, EXAMPLES};
use crate::model::At;

use super::Severity;

/// How sure a finding is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Confidence {
    /// Anyone would agree.
    #[default]
    Certain,
    /// Most would agree.
    Likely,
    /// Worth a look.
    Hint,
}

/// How many of the fields that were judged are meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Ratio {
    /// Fields meant.
    pub bad: usize,
    /// Fields judged.
    pub judged: usize,
}

/// A finding as a rule writes it; places and identity are added by the engine.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    /// What is wrong, in one sentence without jargon.
    pub message: String,
    /// The steward's own words, cut in the middle where they are long.
    pub evidence: Option<String>,
    /// Where it stands.
    pub places: Vec<At>,
    /// Of column findings: how many of how many.
    pub ratio: Option<Ratio>,
    /// Where it differs from the rule's own.
    pub severity: Option<Severity>,
    /// How sure it is.
    pub confidence: Confidence,
    /// What to do, where the rule's page says it too generally.
    pub how: Option<String>,
    /// The canonical field meant, for the finding's identity.
    pub field: &'static str,
    /// What tells two findings of one rule on one dataset apart: a field's name, another dataset's id.
    pub subject: String,
    /// Corrected texts for values, each with its place, where the mending is certain.
    pub replacements: Vec<(At, String)>,
    /// Right keys for values that stand under wrong ones, each with the place of the value.
    pub renames: Vec<(At, String)>,
    /// Several texts for one that packs them into an item of a list, each with its place.
    pub splits: Vec<(At, Vec<String>)>,
    /// New texts under keys that are not there yet.
    pub additions: Vec<Addition>,
    /// Items of lists that say nothing new; none is the first of its list.
    pub removals: Vec<At>,
    /// What putting them in place does, in a few words; empty for repairing damaged characters.
    pub replacing: &'static str,
    /// A person must read the new texts first.
    pub needs_review: bool,
}

/// A text under a key that is not there yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Addition {
    /// A text of the same object, behind which it is to stand.
    pub behind: At,
    /// Its key.
    pub key: &'static str,
    /// The text.
    pub text: String,
}

impl Draft {
    /// A finding about a canonical field.
    #[must_use]
    pub fn new(field: &'static str, message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            field,
            ..Self::default()
        }
    }

    /// Where it stands.
    #[must_use]
    pub fn at(mut self, place: Option<At>) -> Self {
        self.places.extend(place);
        self
    }

    /// Where it stands, many places.
    #[must_use]
    pub fn at_all(mut self, places: impl IntoIterator<Item = At>) -> Self {
        self.places.extend(places);
        self
    }

    /// The steward's own words.
    #[must_use]
    pub fn quoting(mut self, evidence: &str) -> Self {
        self.evidence = Some(shorten(evidence));
        self
    }

    /// Where the weight differs from the rule's own.
    #[must_use]
    pub fn weighing(mut self, severity: Severity) -> Self {
        self.severity = Some(severity);
        self
    }

    /// What to do.
    #[must_use]
    pub fn mend(mut self, how: impl Into<String>) -> Self {
        self.how = Some(how.into());
        self
    }

    /// How many of how many.
    #[must_use]
    pub fn of(mut self, bad: usize, judged: usize) -> Self {
        self.ratio = Some(Ratio { bad, judged });
        self
    }

    /// How sure it is.
    #[must_use]
    pub fn sure(mut self, confidence: Confidence) -> Self {
        self.confidence = confidence;
        self
    }
}

/// Text cut in the middle, so that both its ends can be seen. Passwords and keys in it are masked: a report is passed on.
#[must_use]
pub fn shorten(text: &str) -> String {
    let text = &*secrets::masked(text);
    let length = text.chars().count();
    if length <= EVIDENCE_CHARACTERS {
        return text.to_owned();
    }
    let half = EVIDENCE_CHARACTERS / 2 - 1;
    let start: String = text.chars().take(half).collect();
    let end: String = text.chars().skip(length - half).collect();
    format!("{start} … {end}")
}

/// Names with better ones, the first few of them, each once: `PREMIS_CD → Premise code; VICT_AGE → Victim age`. Nothing
/// where there is none.
#[must_use]
pub fn offered<'a>(names: impl IntoIterator<Item = (&'a str, String)>) -> Option<String> {
    let mut list: Vec<String> = Vec::new();
    for (name, better) in names {
        let offer = format!("{name} → {better}");
        // Tables of one package often share a field.
        if !list.contains(&offer) {
            list.push(offer);
        }
        if list.len() == EXAMPLES {
            break;
        }
    }
    (!list.is_empty()).then(|| list.join("; "))
}

/// How many of all, as a person would say it: `The only field name`, `Both field names`, `All 5 field names`,
/// `3 of 5 field names`.
#[must_use]
pub fn of_all(count: usize, all: usize, one: &str, many: &str) -> String {
    match (count, all) {
        (1, 1) => format!("The only {one}"),
        (2, 2) => format!("Both {many}"),
        (count, all) if count == all => format!("All {all} {many}"),
        (count, all) => format!("{count} of {all} {many}"),
    }
}

/// The beginning of a sentence about all of them: `Neither of the 2 fields`, `None of the 5 fields`.
#[must_use]
pub fn none_of(all: usize, many: &str) -> String {
    let none = if all == 2 { "Neither" } else { "None" };
    format!("{none} of the {all} {many}")
}

/// Names in backticks, the first few of them, each once: `` `A`, `B`, `C` and 4 more ``.
#[must_use]
pub fn quoted_list<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    // Tables of one package often share a field.
    let mut met = HashSet::new();
    let mut list: Vec<&str> = Vec::new();
    for name in names {
        // A few are looked through faster than they are hashed.
        let is_new = if list.len() < FEW {
            !list.contains(&name)
        } else {
            if met.is_empty() {
                met.extend(list.iter().copied());
            }
            met.insert(name)
        };
        if is_new {
            list.push(name);
        }
    }
    let names = list;
    let shown: Vec<String> = names
        .iter()
        .take(EXAMPLES)
        .map(|name| match name.trim() {
            "" => "one without a name".to_owned(),
            _ => format!("`{}`", shorten(name)),
        })
        .collect();
    let more = names.len().saturating_sub(shown.len());
    match (shown.as_slice(), more) {
        ([], _) => String::new(),
        ([only], 0) => only.clone(),
        ([first @ .., last], 0) => format!("{} and {last}", first.join(", ")),
        (shown, more) => format!("{} and {more} more", shown.join(", ")),
    }
}

const FEW: usize = 16;

#[cfg(test)]
mod tests {
    use super::{none_of, of_all, offered, quoted_list, shorten};

    #[test]
    fn a_name_that_several_tables_share_is_offered_once() {
        let names = ["PREMIS_CD", "PREMIS_CD", "VICT_AGE"];
        let offers = names.map(|name| (name, name.to_lowercase()));
        assert_eq!(
            offered(offers).as_deref(),
            Some("PREMIS_CD → premis_cd; VICT_AGE → vict_age")
        );
        assert_eq!(offered([]), None);
    }

    #[test]
    fn counts_as_a_person_would() {
        let said = |count, all| of_all(count, all, "name", "names");
        assert_eq!(said(1, 1), "The only name");
        assert_eq!(said(2, 2), "Both names");
        assert_eq!(said(5, 5), "All 5 names");
        assert_eq!(said(1, 5), "1 of 5 names");
        assert_eq!(none_of(2, "names"), "Neither of the 2 names");
        assert_eq!(none_of(3, "names"), "None of the 3 names");
    }

    #[test]
    fn lists_names_as_a_person_would() {
        assert_eq!(quoted_list(["a"]), "`a`");
        assert_eq!(quoted_list(["a", ""]), "`a` and one without a name");
        assert_eq!(quoted_list(["a", "b", "c"]), "`a`, `b` and `c`");
        assert_eq!(
            quoted_list(["a", "b", "c", "d", "e"]),
            "`a`, `b`, `c` and 2 more"
        );
        assert_eq!(quoted_list(["a", "b", "a"]), "`a` and `b`");
        let many: Vec<String> = (0..40).map(|number| (number % 25).to_string()).collect();
        assert_eq!(
            quoted_list(many.iter().map(String::as_str)),
            "`0`, `1`, `2` and 22 more"
        );
    }

    #[test]
    fn repeats_no_password() {
        assert_eq!(
            shorten("ftp://loader:Tr33house@files.harbor.example"),
            "ftp://loader:•••@files.harbor.example"
        );
    }

    #[test]
    fn keeps_both_ends_of_a_long_text() {
        let text = "a".repeat(150) + &"b".repeat(150);
        let short = shorten(&text);
        assert!(short.starts_with('a') && short.ends_with('b') && short.chars().count() <= 201);
    }
}
