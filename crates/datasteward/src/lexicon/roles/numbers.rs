//! What numbers are: counts, money, percentages, rates, measures, scores.

use super::Role;
use super::amounts::{counts_what_money_names, is_percent, role_of_family};
use super::descriptions::role_by_description;
use super::head::{Head, core_of};
use super::measured::{is_measured, is_measured_in_brackets, is_statistic_of_measure};
use super::opening::{Opening, Said};
use crate::lexicon::field::Field;
use crate::lexicon::fold::without_accent;
use crate::lexicon::name_parts::{Classes, NameParts, has_word, leads_with_count};
use crate::lexicon::units::Family;

/// What a number is; `None` where it may be no number at all, and nothing tells.
pub(super) fn role_of_number(
    field: &Field<'_>,
    parts: &NameParts,
    head: Head,
    unit: Option<Family>,
) -> Option<Role> {
    // `obra_desc` is words, whatever its type says.
    let is_words = unit.is_none()
        && head.last.any(Classes::TEXT)
        && matches!(head.text(parts), "desc" | "description" | "descripcion");
    if is_words {
        return Some(Role::Text);
    }
    let told = told_by_name(field, parts, head, unit).or_else(|| role_by_description(field));
    if told.is_some() || !field.datatype.is_numeric() {
        return told;
    }
    if let Some(role) = number_told_by_description(field) {
        return Some(role);
    }
    if is_numbered_thing(field, parts, head) {
        return Some(Role::Identifier);
    }
    let general = parts.words().len() < 3 && parts.all.any(Classes::GENERIC);
    Some(match field.subject {
        Some(Role::Money) if general => Role::Score,
        Some(subject) => subject,
        None if general => Role::Score,
        None => Role::Count,
    })
}

/// What the name tells, or a unit, or a description that says more than the name.
fn told_by_name(
    field: &Field<'_>,
    parts: &NameParts,
    head: Head,
    unit: Option<Family>,
) -> Option<Role> {
    let all = parts.all;
    let counted = leads_with_count(parts) || ends_with_count(parts);
    if let Some(role) = unit.and_then(|family| role_of_family(family, all, counted)) {
        return Some(role);
    }
    let percent = is_percent(field, parts, head);
    let simple = [
        (counted, Role::Count),
        (percent && is_payers_share(field.name), Role::Money),
        (percent, Role::Percent),
        (all.any(Classes::SCORE), Role::Score),
        (
            all.any(Classes::RATE) && !is_bare_mortality(field, parts),
            Role::Rate,
        ),
    ];
    if let Some((_, role)) = simple.iter().find(|(holds, _)| *holds) {
        return Some(*role);
    }
    if is_part_of_a_score(field.description) {
        return Some(Role::Score);
    }
    if let Some(role) = amount_by_name(field, parts) {
        return Some(role);
    }
    if is_statistic_of_measure(field) || is_measured_in_brackets(field) {
        return Some(Role::Measure);
    }
    (field.datatype.is_numeric() && tells_a_rate(field.description)).then_some(Role::Rate)
}

/// "The extent to which life expectancy contributed to the score" has no unit of its own.
fn is_part_of_a_score(description: &str) -> bool {
    let opens = description.starts_with(['T', 't', 'E', 'e']);
    opens && Opening::of(description).starts(&["extent to which"])
}

/// `mask_at_home__num_responses`: so many of what the last word names.
fn ends_with_count(parts: &NameParts) -> bool {
    let [.., before, last] = parts.words() else {
        return false;
    };
    matches!(parts.text(before), "num" | "nbr" | "numero" | "nro")
        && parts.text(last).ends_with('s')
}

/// `Infant Mortality Num 2009`: deaths counted as often as a rate, so a number of that name is no rate.
fn is_bare_mortality(field: &Field<'_>, parts: &NameParts) -> bool {
    let mut rates = parts
        .words()
        .iter()
        .filter(|word| word.classes.any(Classes::RATE));
    let name = core_of(field.name);
    field.datatype.is_numeric()
        && rates.all(|word| {
            name.get(word.start..word.end)
                .is_some_and(|text| text.eq_ignore_ascii_case("mortality"))
        })
}

/// `Local Share`, `Federal Share`: what each of them pays.
fn is_payers_share(name: &str) -> bool {
    has_word(name, "share") && has_word(name, "payer")
}

/// The last word of the name that measures, counts or pays.
fn amount_by_name(field: &Field<'_>, parts: &NameParts) -> Option<Role> {
    let amount = Classes::MONEY | Classes::MEASURE | Classes::COUNT;
    let lasting = lasts(field, parts);
    let Some(word) = parts
        .words()
        .iter()
        .rev()
        .find(|word| word.classes.any(amount))
    else {
        return lasting.then_some(Role::Measure);
    };
    if word.classes.any(Classes::MEASURE) && is_measured(field, parts) {
        return Some(Role::Measure);
    }
    if parts.all.any(Classes::MONEY)
        && (field.datatype.is_numeric() || !word.classes.any(Classes::COUNT))
    {
        return Some(if counts_what_money_names(field, parts) {
            Role::Count
        } else {
            Role::Money
        });
    }
    (parts.all.any(Classes::COUNT)).then_some(Role::Count)
}

/// `Average Time`, `response_time`; not `Part Time Staff, Total`.
fn lasts(field: &Field<'_>, parts: &NameParts) -> bool {
    let words = parts.words();
    let name = core_of(field.name);
    let timed = words.iter().enumerate().any(|(at, word)| {
        let before = at.checked_sub(1).and_then(|before| words.get(before));
        let text = before
            .and_then(|before| name.get(before.start..before.end))
            .unwrap_or_default();
        let other = ["part", "full", "first", "real", "on"]
            .iter()
            .any(|other| text.eq_ignore_ascii_case(other));
        word.classes.any(Classes::CLOCK) && !other
    });
    timed && parts.all.any(Classes::DURATION | Classes::STAT)
}

/// "Model-based estimate for crude prevalence of asthma": said before the first stop.
fn tells_a_rate(description: &str) -> bool {
    let clause = description
        .split(['.', ';', '('])
        .next()
        .unwrap_or_default();
    let clause: String = clause.chars().take(80).map(without_accent).collect();
    let says = |said: Said| said.phrases().iter().any(|phrase| clause.contains(phrase));
    says(Said::RateTells) && !says(Said::RateCounts)
}

/// "Volumes of raw steel": what the description is about before its first `of` measures, pays or counts.
fn number_told_by_description(field: &Field<'_>) -> Option<Role> {
    let clause = field
        .description
        .split(['.', ',', ';', '(', ':'])
        .next()
        .unwrap_or_default();
    // Twelve words are seldom longer.
    if clause.len() > LONGEST_CLAUSE {
        return None;
    }
    let parts = NameParts::of(clause);
    let head = Head::of(&parts);
    if !head.cut || parts.words().len() > 12 {
        return None;
    }
    let opening = match head.text(&parts) {
        "volume" | "volumes" | "volumen" | "volumenes" => return Some(Role::Measure),
        // An amount of points is no money.
        "amount" | "amounts" | "monto" => return None,
        _ => head.last,
    };
    let kinds = [
        (Classes::MONEY, Role::Money),
        (Classes::RATE, Role::Rate),
        (Classes::SCORE, Role::Score),
    ];
    let told = kinds.iter().find(|(class, _)| opening.any(*class));
    told.map(|(_, role)| *role).or_else(|| {
        let named = Field {
            name: clause,
            description: "",
            ..*field
        };
        (opening.any(Classes::MEASURE) && is_measured(&named, &parts)).then_some(Role::Measure)
    })
}

/// Of a description that says what is measured, in bytes.
const LONGEST_CLAUSE: usize = 100;

/// `STATION`, `Route`: one thing, so that its number tells which.
fn is_numbered_thing(field: &Field<'_>, parts: &NameParts, head: Head) -> bool {
    head.alone
        && field.subject.is_none()
        && parts.words().len() == 1
        && matches!(
            head.text(parts),
            "station"
                | "route"
                | "parcel"
                | "docket"
                | "badge"
                | "permit"
                | "case"
                | "ticket"
                | "section"
                | "meter"
                | "hydrant"
                | "sheet"
                | "order"
                | "invoice"
                | "voucher"
                | "certificate"
                | "precinct"
                | "license"
                | "licence"
                | "account"
        )
}
