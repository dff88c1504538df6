//! Names of fields whose values tell of a person.

use super::fold::{has_piece, name_words};

/// What a field seems to hold of a person, in words for a message; `None` where the name gives no reason to ask.
///
/// Only what points at one person by itself counts: a number, a birthday, the name of someone who did not choose to be
/// there. Ages, sexes and places never do, nor do names of people in an office or in business.
///
/// ```
/// use datasteward::lexicon::personal::direct;
/// assert_eq!(direct("DATE_OF_BIRTH"), Some("dates of birth"));
/// assert_eq!(direct("Birth Rate"), None);
/// assert_eq!(direct("Facility phone"), None);
/// ```
#[must_use]
pub fn direct(name: &str) -> Option<&'static str> {
    // Each of the cases below needs one of these.
    let may_point = |word: &str| {
        matches!(
            word,
            "ssn"
                | "social"
                | "dob"
                | "birth"
                | "birthdate"
                | "birthday"
                | "medical"
                | "mrn"
                | "passport"
                | "license"
                | "maiden"
                | "victim"
                | "suspect"
                | "arrestee"
                | "juvenile"
                | "patient"
                | "inmate"
                | "defendant"
                | "complainant"
                | "tenant"
                | "student"
                | "decedent"
                | "deceased"
                | "personal"
                | "credit"
                | "bank"
        )
    };
    if !has_piece(name, may_point) {
        return None;
    }
    let words = name_words(name);
    if words.len() > 6 {
        return None;
    }
    let has = |word: &str| words.iter().any(|it| it == word);
    let any = |list: &[&str]| list.iter().any(|word| has(word));
    let last_is = |list: &[&str]| {
        words
            .last()
            .is_some_and(|last| list.contains(&last.as_str()))
    };
    // Groups and counts of people are no people.
    if any(&[
        "count",
        "number_of",
        "total",
        "rate",
        "percent",
        "pct",
        "group",
        "range",
        "category",
        "average",
        "avg",
        "median",
        "cohort",
        "issued",
        "type",
        "status",
        "flag",
        "ind",
        "indicator",
        "code",
        "estimate",
        "cases",
        "deaths",
        "births",
        "holders",
        "under",
        "over",
        "has",
        "is",
        "with",
        "without",
        "share",
        "missing",
        "not",
        "unknown",
        "verified",
        "validation",
        "test",
        "sample",
    ]) {
        return None;
    }
    let pair = |one: &str, other: &str| has(one) && has(other);
    let number = last_is(&["number", "no", "num", "nbr"]);
    if has("ssn") || (pair("social", "security") && number) {
        return Some("social security numbers");
    }
    // In New York, DOB is the Department of Buildings.
    let ends = words.len() <= 3 && words.last().is_some_and(|last| last == "dob");
    let alone = ends || any(&["day", "yr", "year"]);
    if (has("dob") && alone) || pair("birth", "date") || has("birthdate") || has("birthday") {
        return Some("dates of birth");
    }
    if pair("medical", "record") && number || (has("mrn") && words.len() == 1) {
        return Some("numbers of medical records");
    }
    let paper = has("passport") || (has("license") && (has("driver") || has("drivers")));
    if paper && number {
        return Some("numbers of identity papers");
    }
    if pair("maiden", "name") {
        return Some("maiden names");
    }
    let private = any(&[
        "victim",
        "suspect",
        "arrestee",
        "juvenile",
        "patient",
        "inmate",
        "defendant",
        "complainant",
        "tenant",
        "student",
        "decedent",
        "deceased",
    ]);
    let of_person = last_is(&[
        "name",
        "firstname",
        "lastname",
        "surname",
        "phone",
        "email",
        "address",
    ]);
    let body = any(&[
        "school", "facility", "agency", "hospital", "company", "business", "program", "building",
        "project", "street",
    ]);
    if private && of_person && !body {
        return Some("names or addresses of people who did not choose to be there");
    }
    if any(&["personal"]) && last_is(&["phone", "email"]) {
        return Some("private phone numbers or mailboxes");
    }
    if (pair("credit", "card") || pair("bank", "account")) && number {
        return Some("numbers of accounts or cards");
    }
    None
}

#[cfg(test)]
mod tests {
    use super::direct;

    #[test]
    fn finds_what_points_at_one_person() {
        for name in [
            "SSN",
            "dob",
            "Victim Name",
            "suspect_last_name",
            "Patient Address",
            "Personal Email",
            "Social Security Number",
            "birthDate",
        ] {
            assert!(direct(name).is_some(), "{name}");
        }
    }

    #[test]
    fn leaves_groups_counts_and_business() {
        for name in [
            "Age Group",
            "Birth rate",
            "Victim Age",
            "Student count",
            "School name",
            "Facility Phone",
            "Driver Licenses Issued",
            "DOB Permit Number Issued Date",
            "Contact name",
            "Student Program Name",
            "Tenant Type",
            "Business address",
            "Suspect Race",
        ] {
            assert_eq!(direct(name), None, "{name}");
        }
    }
}
