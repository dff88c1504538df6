//! What numbers are: counts, money, percentages, rates, measures, scores.

use super::Role;
use super::descriptions::{Opening, Said, role_by_description};
use super::head::{Head, core_of};
use super::texts::role_of_text;
use crate::lexicon::english;
use crate::lexicon::field::{DataType, Field};
use crate::lexicon::fold::{raw_words, without_accent};
use crate::lexicon::name_parts::{Classes, NameParts, NameWord, has_word, leads_with_count};
use crate::lexicon::units::{self, Family};

pub(super) fn role_of_number(
    field: &Field<'_>,
    parts: &NameParts,
    head: Head,
    unit: Option<Family>,
) -> Role {
    let all = parts.all;
    let counted = leads_with_count(parts) || ends_with_count(parts);
    // `obra_desc` is words, whatever its type says.
    if unit.is_none()
        && head.last.any(Classes::TEXT)
        && matches!(head.text(parts), "desc" | "description" | "descripcion")
    {
        return Role::Text;
    }
    if let Some(role) = unit.and_then(|family| role_of_family(family, all, counted)) {
        return role;
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
        return *role;
    }
    // "The extent to which life expectancy contributed to the score" has no unit of its own.
    if Opening::of(field.description).starts(Said::ScoreOpens.phrases()) {
        return Role::Score;
    }
    if let Some(role) = amount_by_name(field, parts) {
        return role;
    }
    if is_statistic_of_measure(field) || is_measured_in_brackets(field) {
        return Role::Measure;
    }
    if field.datatype.is_numeric() && tells_a_rate(field.description) {
        return Role::Rate;
    }
    if let Some(role) = role_by_description(field) {
        return role;
    }
    if field.datatype.is_numeric()
        && let Some(role) = number_told_by_description(field)
    {
        return role;
    }
    if field.datatype.is_numeric() && is_numbered_thing(field, parts, head) {
        return Role::Identifier;
    }
    let general = parts.words().len() < 3 && all.any(Classes::GENERIC);
    match field.datatype.is_numeric() {
        true if general && field.subject == Some(Role::Money) => Role::Score,
        true if field.subject.is_some() => field.subject.unwrap_or(Role::Count),
        true if general => Role::Score,
        true => Role::Count,
        false => role_of_text(field, parts, head, unit, false),
    }
}

/// `mask_at_home__num_responses`: so many of what the last word names.
fn ends_with_count(parts: &NameParts) -> bool {
    let [.., before, last] = parts.words() else {
        return false;
    };
    matches!(parts.text(before), "num" | "nbr" | "numero" | "nro")
        && parts.text(last).ends_with('s')
}

/// A share is a percentage where it is what the name is about: `Diesel Share`, `Share of Votes`; not `Please share …`.
pub(super) fn is_percent(field: &Field<'_>, parts: &NameParts, head: Head) -> bool {
    if !parts.all.any(Classes::PERCENT) {
        return false;
    }
    let shares = has_word(field.name, "share");
    // Stables that share horses say yes or no.
    if shares && field.datatype == DataType::Text && !field.name.contains('%') {
        return field.name.to_ascii_lowercase().contains("share of");
    }
    let clear = head.last.any(Classes::PERCENT) || !shares;
    let begs = head.cut
        && head.alone
        && parts.first().any(Classes::PERCENT)
        && field.name.to_ascii_lowercase().contains("share with");
    (clear && !begs) || field.name.to_ascii_lowercase().contains("share of")
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

/// Whether a name speaks of money and its numbers do not: `Persons Dependent on Income` that are counted, `Fee Count`,
/// credits that students earn.
pub(super) fn counts_what_money_names(field: &Field<'_>, parts: &NameParts) -> bool {
    if matches!(parts.last_text(), Some("count" | "counts" | "cnt" | "qty")) {
        return true;
    }
    let text = field.description;
    let is_said = Opening::of(text).starts(&["number of", "count of"]);
    if is_said && !has_word(text, "money_unit") {
        return true;
    }
    let is_word = |wanted: &str| has_word(field.name, wanted) || has_word(text, wanted);
    has_word(field.name, "credit") && is_word("schooling") && !is_word("credit_of_money")
}

pub(super) fn role_of_family(family: Family, all: Classes, counted: bool) -> Option<Role> {
    Some(match family {
        Family::Share => Role::Percent,
        Family::Money => Role::Money,
        Family::Rate => Role::Rate,
        Family::Count => Role::Count,
        Family::Index => Role::Score,
        _ if counted => Role::Count,
        _ if all.any(Classes::DATE | Classes::PART)
            && family == Family::Time
            && !all.any(Classes::DURATION | Classes::MEASURE) =>
        {
            return None;
        }
        _ => Role::Measure,
    })
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

/// Whether a title says that the numbers of its dataset are measured: `Municipal Building Gas Usage`, `Emissions by Sector`.
///
/// ```
/// use datasteward::lexicon::roles::is_about_a_measure;
/// assert!(is_about_a_measure("Avoided Emissions for 2019"));
/// assert!(!is_about_a_measure("Energy Efficiency Program Participation"));
/// assert!(!is_about_a_measure("Emissions Inspection Stations"));
/// ```
#[must_use]
pub fn is_about_a_measure(title: &str) -> bool {
    let mut name = title.trim();
    while let Some((before, last)) = name.rsplit_once(' ') {
        if !has_word(last, "titles") {
            break;
        }
        name = before.trim_end();
    }
    let parts = NameParts::of(name);
    let other = Classes::COUNT
        | Classes::MONEY
        | Classes::PERCENT
        | Classes::RATE
        | Classes::SCORE
        | Classes::CODE
        | Classes::ID;
    let field = Field {
        name,
        ..Field::default()
    };
    // `Exceedance Days in 2009`, `Population by Age`: neither units nor ages are what is measured.
    let measured = parts.words().iter().any(|word| {
        word.classes.any(Classes::MEASURE)
            && !word.opens_unit
            && !matches!(parts.text(word), "age" | "edad")
    });
    measured && !parts.all.any(other) && is_measured(&field, &parts)
}

/// Whether a measure word of a name measures something.
///
/// `Area` alone may be a place, `Lot Area` is not; `7 Days` is a period; and in `Energy Star` or `Weight Watchers` the
/// measure is no head: after it only numbers, periods, statistics and the like may stand before the name ends or is
/// cut by `of`, `per` … Names of more than nine words are questions of a survey.
pub(super) fn is_measured(field: &Field<'_>, parts: &NameParts) -> bool {
    let words = parts.words();
    let name = core_of(field.name);
    let text_of = |word: &NameWord| parts.text(word);
    let cut = parts.carrying().unwrap_or(words.len());
    let harmless = Classes::STAT
        | Classes::PART
        | Classes::GENERIC
        | Classes::MEASURE
        | Classes::DATE
        | Classes::COUNT
        | Classes::CLOCK;
    let measures = |(at, word): (usize, &NameWord)| {
        if !word.classes.any(Classes::MEASURE) {
            return false;
        }
        let before = at.checked_sub(1).and_then(|before| words.get(before));
        let text = text_of(word);
        let vague = matches!(text, "area" | "size" | "volume" | "usage");
        // Seats are a capacity as well, and anything may be in demand.
        let flows = matches!(
            text,
            "capacity" | "generation" | "demand" | "flow" | "flowrate"
        );
        // `speed_0_14` is how many were that fast.
        let numbers = words
            .iter()
            .skip(at + 1)
            .filter(|word| word.is_number)
            .count();
        let statistical =
            text == "weight" && before.is_some_and(|before| units::is_statistical(text_of(before)));
        let sized = !vague
            || parts.all.any(Classes::PHYSICAL)
            || (text == "area" && words.len() == 1 && is_area_of_a_shape(field.description));
        let placed = sized && (!flows || has_word(name, "flows"));
        // `7 Days` is a period; `Axle3Weight` and `CO2 emissions` are measured all the same.
        let valued = word.opens_unit && before.is_some_and(|before| before.is_number);
        // "High blood pressure" is an illness that people have.
        let illness = before.is_some_and(|before| text_of(before) == "blood")
            && words.iter().any(|word| text_of(word) == "high");
        // `Austin Energy` sells it.
        let sold = words.len() == 2
            && matches!(text, "energy" | "power" | "water" | "gas")
            && before.is_some_and(|before| {
                english::look_up(text_of(before)) == Some(english::Known::Proper)
            });
        // `Power of Attorney`, `Depth of Knowledge`.
        let figurative = words.get(at + 1).is_some_and(|of| text_of(of) == "of")
            && words
                .iter()
                .skip(at + 2)
                .any(|word| has_word(text_of(word), "figurative"));
        // `LengthInNumberOfTerms`.
        let counted = words
            .iter()
            .skip(at + 1)
            .any(|word| text_of(word) == "number");
        let clear = numbers < 2
            && placed
            && !(statistical || valued || illness || sold || figurative || counted);
        // `Total Electricity Usage - City Buildings`: what stands behind a dash says which.
        let dash = name
            .get(word.end..)
            .and_then(|after| after.find(" - ").or_else(|| after.find(" – ")))
            .map_or(name.len(), |dash| word.end + dash);
        let mut rest = words
            .iter()
            .take(cut)
            .skip(at + 1)
            .take_while(|next| next.start < dash);
        clear
            && rest.all(|word| {
                word.is_number
                    || word.classes.any(harmless)
                    || word.end - word.start <= 2
                    || matches!(text_of(word), "limit" | "limits" | "threshold")
                    || units::is_done(text_of(word))
            })
    };
    words.len() < 10 && words.iter().enumerate().take(cut).any(measures)
}

/// "Area of the polygon", "The area of each parcel"; not "Area of the city in which it happened".
fn is_area_of_a_shape(description: &str) -> bool {
    let mut words = raw_words(description).skip_while(|word| word.eq_ignore_ascii_case("the"));
    let opens = words
        .next()
        .is_some_and(|word| word.eq_ignore_ascii_case("area"))
        && words
            .next()
            .is_some_and(|word| word.eq_ignore_ascii_case("of"));
    let mut of = words.skip_while(|word| {
        ["the", "a", "an", "this", "each"]
            .iter()
            .any(|small| word.eq_ignore_ascii_case(small))
    });
    opens && of.next().is_some_and(|what| has_word(what, "shape"))
}

/// `Agriculture (N2O emissions, CAIT)`: the name says of what, the brackets say what.
fn is_measured_in_brackets(field: &Field<'_>) -> bool {
    let Some((_, inside)) = field.name.split_once('(') else {
        return false;
    };
    let what = inside.split([',', ')']).next().unwrap_or_default();
    let named = Field {
        name: what,
        ..*field
    };
    is_measured(&named, &NameParts::of(what))
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

/// "Standard error of the estimated ozone concentration": it has the unit of what it is a statistic of.
fn is_statistic_of_measure(field: &Field<'_>) -> bool {
    let statistic = field.description.len() > 12
        && Opening::of(field.description).starts(Said::StatisticOpens.phrases());
    let Some((_, of)) = field.description.split_once(" of ").filter(|_| statistic) else {
        return false;
    };
    let clause = of
        .split(['.', ',', ';', '(', ':'])
        .next()
        .unwrap_or_default();
    let of_what = Field {
        name: clause,
        description: "",
        ..*field
    };
    is_measured(&of_what, &NameParts::of(clause))
}
