//! Roles that the type, the display or a yes-or-no answer gives, whatever the name.

use super::Role;
use super::head::Head;
use super::opening::{Opening, Said};
use crate::lexicon::field::{DataType, Field};
use crate::lexicon::name_parts::{Classes, NameParts};

pub(super) fn role_by_type(field: &Field<'_>, parts: &NameParts, head: Head) -> Option<Role> {
    if field.machine_name.starts_with(':') && !head.last.any(Classes::ID) {
        return Some(Role::System);
    }
    match field.datatype {
        DataType::Point | DataType::Line | DataType::Polygon | DataType::Geometry => {
            Some(Role::Geometry)
        }
        DataType::Boolean => Some(Role::Flag),
        DataType::Date => Some(Role::Date),
        DataType::Time => Some(Role::Timestamp),
        DataType::DateTime => Some(if shows_time(field, parts) {
            Role::Timestamp
        } else {
            Role::Date
        }),
        DataType::Url | DataType::Email | DataType::File => Some(Role::Other),
        _ => None,
    }
}

fn shows_time(field: &Field<'_>, parts: &NameParts) -> bool {
    match field.display.view {
        Some(view) => view.contains("time"),
        None => parts.all.any(Classes::CLOCK),
    }
}

pub(super) fn role_by_display(field: &Field<'_>, parts: &NameParts, head: Head) -> Option<Role> {
    let style = field.display.precision_style.unwrap_or_default();
    if style == "percentage" || field.datatype == DataType::Percent {
        return (!parts.all.any(Classes::ID)).then_some(Role::Percent);
    }
    if style == "currency" || field.datatype == DataType::Money {
        return Some(Role::Money);
    }
    match field.display.display_style {
        Some("email" | "url" | "phone") => Some(Role::Other),
        Some("yesno") => Some(Role::Flag),
        _ if head.last.any(Classes::LINK) && !head.cut && !head.before.any(Classes::COUNT) => {
            Some(Role::Other)
        }
        _ if head.last.any(Classes::PLACE) && is_address_online(parts) => Some(Role::Other),
        _ => None,
    }
}

/// `Email Address`, `WebAddress`; a mail address may be that of a house.
fn is_address_online(parts: &NameParts) -> bool {
    let [.., before, last] = parts.words() else {
        return false;
    };
    parts.text(last) == "address"
        && matches!(
            parts.text(before),
            "email" | "web" | "website" | "internet" | "ip" | "url"
        )
}

pub(super) fn role_by_flag(field: &Field<'_>, parts: &NameParts, head: Head) -> Option<Role> {
    let first = parts.words().first()?;
    let opening = field.name.get(first.start..first.end).unwrap_or_default();
    let asks = parts.words().get(1).is_some_and(|next| !next.is_number)
        && [
            "is", "has", "was", "can", "does", "did", "meets", "contains", "allows", "accepts",
            "requires",
        ]
        .iter()
        .any(|word| opening.eq_ignore_ascii_case(word));
    let yes_no = !field.top_values.is_empty()
        && field.top_values.len() < 5
        && field.top_values.iter().all(|value| is_yes_or_no(value));
    let is_flag = head.last.any(Classes::FLAG)
        && !(head.before.any(Classes::TEXT | Classes::SCORE) || head.alone);
    // "Whether it is a summary or a sample" tells two of several kinds apart.
    let sorts = matches!(head.text(parts), "type" | "category" | "class" | "kind");
    let described = field.description.len() > 8
        && !sorts
        && (asks_yes_or_no(field.description) || offers_yes_or_no(field.description));
    (asks || yes_no || is_flag || described).then_some(Role::Flag)
}

/// "Whether the tree is alive"; not "whether the cost is for staff or material".
fn asks_yes_or_no(description: &str) -> bool {
    let opens = description.starts_with(|first: char| {
        matches!(
            first.to_ascii_lowercase(),
            '1' | 'a' | 'b' | 'd' | 'e' | 'f' | 'h' | 'i' | 'p' | 'r' | 's' | 't' | 'w' | 'y'
        )
    });
    if !opens || !Opening::of(description).starts(Said::FlagOpens.phrases()) {
        return false;
    }
    let sentence = description
        .split(['.', '?', ';', '('])
        .next()
        .unwrap_or_default();
    !sentence.contains(" or ") || sentence.contains("or not") || sentence.len() < 12
}

/// "Displayed as Y/(blank)": among the first words, where a stroke shows that there are two answers.
fn offers_yes_or_no(description: &str) -> bool {
    let early = description.bytes().take(OFFERED_EARLY);
    if !early.clone().any(|byte| byte == b'/' || byte == b'(') {
        return false;
    }
    let text: Vec<u8> = early.map(|byte| byte.to_ascii_lowercase()).collect();
    let holds = |phrase: &&str| memchr::memmem::find(&text, phrase.as_bytes()).is_some();
    Said::FlagHolds.phrases().iter().any(holds)
}

/// Answers that are told later belong to something else.
const OFFERED_EARLY: usize = 160;

/// Answers to a survey's questions: "How satisfied are you with …", `Q15I Quality of …`.
pub(super) fn role_by_question(field: &Field<'_>, parts: &NameParts) -> Option<Role> {
    let asked = field.description.len() > 12
        && Opening::of(field.description).starts(Said::CodeAsks.phrases());
    let amount = Classes::PERCENT | Classes::COUNT | Classes::NUMBER | Classes::STAT;
    let numbered = field.name.len() > SHORTEST_QUESTION && is_question_number(field.name);
    (asked || (numbered && !parts.all.any(amount))).then_some(Role::Code)
}

/// A number and a word or two: `Q28 2nd` may be anything.
const SHORTEST_QUESTION: usize = 14;

/// `Q15I City's …`, `Q4[5 Opportunities …`; `Q1 2016` and `Q3 Sales` are quarters.
fn is_question_number(name: &str) -> bool {
    let Some(rest) = name.strip_prefix(['q', 'Q']) else {
        return false;
    };
    let after = rest.trim_start_matches(|digit: char| digit.is_ascii_digit());
    let number: u32 = rest
        .get(..rest.len() - after.len())
        .and_then(|digits| digits.parse().ok())
        .unwrap_or_default();
    let more = after.starts_with(|next: char| next.is_ascii_alphabetic() || "[.".contains(next));
    number > 4 || (number > 0 && more)
}

fn is_yes_or_no(value: &str) -> bool {
    [
        "y", "n", "yes", "no", "true", "false", "t", "f", "0", "1", "si", "sí", "oui", "non", "ja",
        "nein",
    ]
    .iter()
    .any(|known| value.trim().eq_ignore_ascii_case(known))
}
