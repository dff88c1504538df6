//! What the values of a field are.
//!
//! [`role`] reads a field's name, type, display and description together. The words it knows are in
//! `data/field_words.tsv`, one class a line; what the last telling word of a name is (its head) decides, as in
//! ordinary English: a *speed limit code* is a code, a *code speed* is a speed.

mod types;
pub(super) mod words;

pub use types::{DataType, DisplayFormat, Field};

use super::memo::Memo;
use super::units::{self, Family, Unit, Where, needed_knowing, places::first_stated};
use words::{Classes, Letters, NameParts, NameWord, without_accent};

/// What the values of a field are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
#[expect(missing_docs, reason = "the names say it")]
pub enum Role {
    Identifier,
    Code,
    Flag,
    Measure,
    Count,
    Money,
    Percent,
    Rate,
    Date,
    Timestamp,
    Place,
    Geometry,
    Name,
    Text,
    /// An index, rank or mark: a number without a unit.
    Score,
    /// Made by the portal.
    System,
    Other,
}

impl Role {
    /// The word for the role in `inspect`; a score is a measure, what the portal made is other.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Identifier => "identifier",
            Self::Code => "code",
            Self::Flag => "flag",
            Self::Measure | Self::Score => "measure",
            Self::Count => "count",
            Self::Money => "money",
            Self::Percent => "percent",
            Self::Rate => "rate",
            Self::Date => "date",
            Self::Timestamp => "timestamp",
            Self::Place => "place",
            Self::Geometry => "geometry",
            Self::Name => "name",
            Self::Text => "text",
            Self::System | Self::Other => "other",
        }
    }

    /// Amounts of something: what can be measured, counted or paid.
    #[must_use]
    pub fn is_quantity(self) -> bool {
        matches!(
            self,
            Self::Measure | Self::Count | Self::Money | Self::Percent | Self::Rate | Self::Score
        )
    }
}
/// Fields that the portal or the map software made: `:sid`, `:@computed_region_…`, `OBJECTID`, `Shape_Area`.
///
/// ```
/// use datasteward::lexicon::roles::is_system;
/// assert!(is_system("OBJECTID", "objectid"));
/// assert!(is_system("Council Districts", ":@computed_region_abcd_1234"));
/// assert!(!is_system("Lot Area", "lot_area"));
/// ```
#[must_use]
pub fn is_system(name: &str, machine_name: &str) -> bool {
    machine_name.starts_with(':')
        || is_made_by_map_software(name)
        || is_made_by_map_software(machine_name)
}

fn is_made_by_map_software(name: &str) -> bool {
    if name.len() > 24 {
        return false;
    }
    if matches!(name, "_id" | "_full_text" | "_row_id") {
        return true;
    }
    // The first two letters of the names below: most names end here.
    let mut letters = name.chars().filter(|sign| sign.is_alphanumeric());
    let mut letter = || letters.next().map(without_accent);
    if !matches!(
        (letter(), letter()),
        (Some('o'), Some('b' | 'i'))
            | (Some('f'), Some('i'))
            | (Some('g'), Some('l' | 'e'))
            | (Some('s'), Some('h' | 't'))
            | (Some('c'), Some('r'))
            | (Some('e'), Some('d'))
            | (Some('t'), Some('h'))
    ) {
        return false;
    }
    let letters = bare_letters(name);
    matches!(
        letters.as_str(),
        "objectid"
            | "objectid1"
            | "objectid12"
            | "oid"
            | "fid"
            | "globalid"
            | "shape"
            | "starea"
            | "stlength"
            | "creationdate"
            | "creator"
            | "editdate"
            | "editor"
            | "thegeom"
            | "geom"
    ) || is_shape_measure(letters.as_str())
}

/// Letters and digits alone.
fn bare_letters(name: &str) -> Letters {
    let mut letters = Letters::default();
    for character in name.chars().filter(|character| character.is_alphanumeric()) {
        letters.push(character);
    }
    letters
}

/// Lengths and areas that map software adds, in the units of the map's projection: `Shape_Area`, `SHAPE_STLe`,
/// `st_perimeter(shape)`, `Shape_Le_1`. Software that keeps ten letters of a name cuts them.
fn is_shape_measure(letters: &str) -> bool {
    let letters = letters.trim_end_matches(|sign: char| sign.is_ascii_digit());
    if matches!(
        letters,
        "stareashape" | "stlengthshape" | "stperimetershape"
    ) {
        return true;
    }
    let Some(rest) = letters.strip_prefix("shape") else {
        return false;
    };
    let whole = rest
        .strip_prefix("st")
        .filter(|rest| !rest.is_empty())
        .unwrap_or(rest);
    whole.len() >= 2
        && ["length", "lng", "area", "perimeter"]
            .iter()
            .any(|measure| measure.starts_with(whole))
}

/// Whether a field holds a length or an area that map software added.
///
/// ```
/// use datasteward::lexicon::roles::is_map_measure;
/// assert!(is_map_measure("Shape_Leng"));
/// assert!(is_map_measure("SHAPE.STArea()"));
/// assert!(!is_map_measure("Shape"));
/// ```
#[must_use]
pub fn is_map_measure(name: &str) -> bool {
    let first = || name.chars().find(|sign| sign.is_alphanumeric());
    name.len() <= 24
        && first().map(without_accent) == Some('s')
        && is_shape_measure(bare_letters(name).as_str())
}
/// The name without a path before it (`cars.csv/Mileage`) as Croissant writes it, and without brackets.
fn core_of(name: &str) -> &str {
    let slash = memchr::memrchr(b'/', name.as_bytes());
    let parts = slash.and_then(|at| Some((name.get(..at)?, name.get(at + 1..)?)));
    let name = match parts {
        Some((path, last)) if last.len() > 2 && path.len() > 3 && !name.contains(' ') => last,
        _ => name,
    };
    match memchr::memchr2(b'(', b'[', name.as_bytes()) {
        Some(bracket) if bracket > 0 => name.get(..bracket).unwrap_or(name),
        _ => name,
    }
}

/// What is understood of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judgement {
    /// What its values are.
    pub role: Role,
    /// Its unit, and where that stands.
    pub unit: Option<(Unit, Where)>,
    /// Whether the values cannot be used without one.
    pub unit_needed: bool,
}

/// Role, unit and the need for one, for the price of little more than one of them.
#[must_use]
pub fn judge(field: &Field<'_>) -> Judgement {
    thread_local!(static KNOWN: Memo<Judgement> = const { Memo::new() });
    match field.parts() {
        Some(parts) => KNOWN.with(|known| known.get_all(parts, || judge_anew(field))),
        None => judge_anew(field),
    }
}

fn judge_anew(field: &Field<'_>) -> Judgement {
    let core = core_of(field.name);
    let parts = NameParts::of(core);
    let unit = if core.len() == field.name.len() {
        first_stated(field, &parts)
    } else {
        first_stated(field, &NameParts::of(field.name))
    };
    let role = if is_map_measure(field.name) {
        Role::Measure
    } else {
        role_knowing(field, &parts, unit.as_ref())
    };
    let unit_needed = needed_knowing(field, role, unit.as_ref());
    Judgement {
        role,
        unit,
        unit_needed,
    }
}

/// What a title says that the numbers of its dataset are: `Percentage of residents who …` holds percentages.
///
/// ```
/// use datasteward::lexicon::roles::{Role, subject_of};
/// assert_eq!(subject_of("Percentage of residents who feel safe"), Some(Role::Percent));
/// assert_eq!(subject_of("Number and percentage of creeks in good health"), None);
/// ```
#[must_use]
pub fn subject_of(title: &str) -> Option<Role> {
    let parts = NameParts::of(title);
    let words = parts.words();
    let text = |word: &NameWord| Letters::of(title.get(word.start..word.end).unwrap_or_default());
    let at = words.iter().position(|word| {
        matches!(
            text(word).as_str(),
            "percentage" | "percent" | "porcentaje" | "pourcentage" | "percentagem" | "prozentsatz"
        )
    })?;
    let next = words.get(at + 1)?;
    let of_something = matches!(text(next).as_str(), "of" | "de" | "des" | "der" | "du");
    let alone = !words.iter().take(at).any(|word| {
        word.classes
            .any(Classes::COUNT | Classes::NUMBER | Classes::MONEY | Classes::RATE)
    });
    (of_something && alone).then_some(Role::Percent)
}

/// What the values of a field are.
///
/// ```
/// use datasteward::lexicon::roles::{DataType, Field, Role, role};
/// let number = |name| role(&Field { name, datatype: DataType::Number, ..Field::default() });
/// assert_eq!(number("AREA_ID"), Role::Identifier);
/// assert_eq!(number("Weight Class"), Role::Code);
/// assert_eq!(number("Total Weight"), Role::Measure);
/// ```
#[must_use]
pub fn role(field: &Field<'_>) -> Role {
    judge(field).role
}

fn role_knowing(field: &Field<'_>, parts: &NameParts, unit: Option<&(Unit, Where)>) -> Role {
    let head = Head::of(parts);
    let family = unit.map(|(unit, _)| unit.family);
    // A unit written into the name or its own slot says more than the words around it.
    let plain = unit.is_some_and(|(_, place)| matches!(place, Where::Name | Where::Slot));
    role_by_type(field, parts, head)
        .or_else(|| role_by_display(field, parts, head))
        .or_else(|| role_by_flag(field, parts, head))
        .or_else(|| role_by_name(field, parts, head, family, plain))
        .unwrap_or_else(|| {
            if field.datatype.is_numeric() || field.datatype == DataType::Unknown {
                role_of_number(field, parts, head, family)
            } else {
                role_of_text(field, parts, head, family)
            }
        })
}

/// The words that carry a name: the head, the word before it, and the leading word.
#[derive(Clone, Copy, Debug, Default)]
struct Head {
    last: Classes,
    before: Classes,
    /// The last word stands right before `of`, `by`, `per` …
    cut: bool,
    /// There is no other telling word.
    alone: bool,
    /// Where the last word stands.
    word: (usize, usize),
}

impl Head {
    fn of(parts: &NameParts) -> Self {
        let words = parts.words();
        let cut = words
            .iter()
            .skip(1)
            .position(|word| word.classes.any(Classes::PREP))
            .map(|at| at + 1);
        let upto = words.get(..cut.unwrap_or(words.len())).unwrap_or_default();
        let mut head = Self {
            cut: cut.is_some(),
            ..Self::default()
        };
        let mut telling = 0;
        for word in upto.iter().rev().filter(|word| !word.is_number) {
            let empty = word.classes == Classes::default() && word.end - word.start < 2;
            // `ReportDateField`, `LAT_LONG_VALUE`: what carries the name stands before the general word.
            if empty || (word.classes.any(Classes::GENERIC) && words.len() > 1) {
                continue;
            }
            match telling {
                0 => {
                    head.last = word.classes;
                    head.word = (word.start, word.end);
                }
                1 => head.before = word.classes,
                _ => {}
            }
            telling += 1;
        }
        head.alone = telling <= 1;
        head
    }

    /// The head as written in the name.
    fn text(self, field: &Field<'_>) -> Letters {
        Letters::of(
            core_of(field.name)
                .get(self.word.0..self.word.1)
                .unwrap_or_default(),
        )
    }
}

fn role_by_type(field: &Field<'_>, parts: &NameParts, head: Head) -> Option<Role> {
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

fn role_by_display(field: &Field<'_>, parts: &NameParts, head: Head) -> Option<Role> {
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
        _ => None,
    }
}

fn role_by_flag(field: &Field<'_>, parts: &NameParts, head: Head) -> Option<Role> {
    let first = parts.words().first()?;
    let opening = field.name.get(first.start..first.end).unwrap_or_default();
    let asks = parts.words().len() > 1
        && ["is", "has", "was", "can", "does", "did"]
            .iter()
            .any(|word| opening.eq_ignore_ascii_case(word));
    let yes_no = !field.top_values.is_empty()
        && field.top_values.len() < 5
        && field.top_values.iter().all(|value| is_yes_or_no(value));
    let is_flag = head.last.any(Classes::FLAG)
        && !(head.before.any(Classes::TEXT | Classes::SCORE) || head.alone);
    let described = field.description.len() > 8
        && field
            .description
            .starts_with(['I', 'i', 'W', 'w', 'Y', 'y', 'F', 'f', 'T', 't'])
        && Opening::of(field.description).starts(&[
            "indicates whether",
            "indicates if",
            "whether ",
            "indica si ",
            "y/n",
            "yes/no",
            "flag ",
            "true if",
        ]);
    (asks || yes_no || is_flag || described).then_some(Role::Flag)
}

fn is_yes_or_no(value: &str) -> bool {
    [
        "y", "n", "yes", "no", "true", "false", "t", "f", "0", "1", "si", "sí", "oui", "non", "ja",
        "nein",
    ]
    .iter()
    .any(|known| value.trim().eq_ignore_ascii_case(known))
}

/// Roles that a name gives whatever the type: identifiers, codes, places, dates.
fn role_by_name(
    field: &Field<'_>,
    parts: &NameParts,
    head: Head,
    unit: Option<Family>,
    plain: bool,
) -> Option<Role> {
    let labelled = head.last.any(Classes::ID | Classes::CODE);
    let counted = leads_with_count(field.name, parts);
    let measured = unit.is_some_and(|family| !matches!(family, Family::Count | Family::Index));
    let plain = plain && unit != Some(Family::Time);
    if !counted
        && !head.last.any(Classes::COUNT)
        && parts.all.any(Classes::PLACE)
        && is_postal(field.name)
    {
        return Some(Role::Place);
    }
    if let Some(role) = identifier(field, parts, head).filter(|_| !counted) {
        return Some(role);
    }
    let longitude = field.datatype.is_numeric() && field.name.trim().eq_ignore_ascii_case("long");
    if longitude || (!counted && is_coordinate(parts, head, field.datatype.is_numeric())) {
        return Some(Role::Geometry);
    }
    if counted || (measured && (!labelled || plain)) {
        return None;
    }
    time_by_name(field, parts, head)
        .or_else(|| code_by_name(field, head))
        .or_else(|| place_by_name(field, parts, head))
}

/// `case_id`, `Permit Number`, `id_pedido`; numbers of houses are places, of months dates, of phones neither.
fn identifier(field: &Field<'_>, parts: &NameParts, head: Head) -> Option<Role> {
    let Head {
        last, before, cut, ..
    } = head;
    if last.any(Classes::NUMBER) {
        if before.any(Classes::LINK) {
            return Some(Role::Other);
        }
        if before.any(Classes::ADDRESS_THING) {
            return Some(Role::Place);
        }
        if before.any(Classes::PART) {
            return Some(Role::Date);
        }
        let named = Classes::THING | Classes::ID | Classes::NAME | Classes::CODE;
        let numbered = before.any(named) || (!cut && is_numbered(field, parts));
        return numbered.then_some(Role::Identifier);
    }
    let plain = !parts
        .all
        .any(Classes::TEXT | Classes::NAME | Classes::CODE | Classes::PLACE);
    // The Spanish and French order: `id_pedido`.
    let leads = parts.first().any(Classes::ID) && plain && !head.alone;
    if !(last.any(Classes::ID) || leads) || (before.any(Classes::MEASURE) && cut) {
        return None;
    }
    let opening = Opening::of(field.description);
    let coded = opening.starts(&["codigo", "code"]) && !head.alone;
    Some(if coded { Role::Code } else { Role::Identifier })
}

/// `Recommendation Number`, `Table Number`: one thing and its number; not `Visits Number` or `Total Number`.
fn is_numbered(field: &Field<'_>, parts: &NameParts) -> bool {
    let name = core_of(field.name);
    let text = |word: &NameWord| Letters::of(name.get(word.start..word.end).unwrap_or_default());
    let [.., before, last] = parts.words() else {
        return false;
    };
    let counted = Classes::COUNT
        | Classes::STAT
        | Classes::MEASURE
        | Classes::RATE
        | Classes::PERCENT
        | Classes::MONEY
        | Classes::PREP
        | Classes::GENERIC
        | Classes::SCORE;
    let thing = text(before);
    matches!(text(last).as_str(), "number" | "nbr")
        && thing.as_str().len() > 2
        && !before.is_number
        && !thing.as_str().ends_with('s')
        && !parts.words().iter().any(|word| word.classes.any(counted))
}

/// Words of amounts that turn `month` or `time` into a duration: `Average Time`, `Days per Month`.
fn is_amount_of_time(field: &Field<'_>, parts: &NameParts, head: Head) -> bool {
    let lasting =
        head.before.any(Classes::DURATION) || parts.all.any(Classes::STAT | Classes::DURATION);
    field.datatype.is_numeric() && lasting
}

fn time_by_name(field: &Field<'_>, parts: &NameParts, head: Head) -> Option<Role> {
    let Head { last, .. } = head;
    let other = Classes::CODE
        | Classes::NAME
        | Classes::TEXT
        | Classes::MEASURE
        | Classes::COUNT
        | Classes::MONEY
        | Classes::PERCENT;
    let dated = Classes::DATE | Classes::CLOCK;
    let opens = parts.first().any(dated) && !parts.first().any(Classes::COUNT);
    if (last.any(dated) || (opens && !last.any(other))) && !is_amount_of_time(field, parts, head) {
        return Some(if last.any(Classes::CLOCK) {
            Role::Timestamp
        } else {
            Role::Date
        });
    }
    let quantity =
        Classes::COUNT | Classes::DURATION | Classes::STAT | Classes::PERCENT | Classes::MEASURE;
    let amount =
        field.datatype.is_numeric() && parts.all.any(quantity) && !parts.first().any(Classes::PART);
    let year = matches!(
        head.text(field).as_str(),
        "year" | "yr" | "fy" | "anio" | "ano" | "jahr"
    );
    if last.any(Classes::PART) && (year || !amount) {
        return Some(Role::Date);
    }
    None
}

fn code_by_name(field: &Field<'_>, head: Head) -> Option<Role> {
    let Head {
        last, before, cut, ..
    } = head;
    if last.any(Classes::CODE) && !cut {
        if before.any(Classes::ADDRESS_THING) && head.text(field).as_str() == "group" {
            return Some(Role::Place);
        }
        return Some(Role::Code);
    }
    let described = last.any(Classes::TEXT) && !field.datatype.is_numeric();
    if described && before.any(Classes::PLACE) && !before.any(Classes::CODE) {
        return Some(Role::Place);
    }
    (described && before.any(Classes::ID)).then_some(Role::Code)
}

fn place_by_name(field: &Field<'_>, parts: &NameParts, head: Head) -> Option<Role> {
    let Head { last, before, .. } = head;
    if !last.any(Classes::PLACE) {
        let named = last.any(Classes::NAME)
            && before.any(Classes::PLACE)
            && before.any(Classes::ADDRESS_THING);
        return named.then_some(Role::Place);
    }
    if !field.datatype.is_numeric() {
        // A topic area is no area.
        let topic = before.any(Classes::CODE)
            && !before.any(Classes::PLACE)
            && parts.all.any(Classes::MEASURE);
        return Some(if topic { Role::Code } else { Role::Place });
    }
    let amount = Classes::MONEY | Classes::COUNT | Classes::PERCENT | Classes::RATE;
    let measured = parts.all.any(Classes::MEASURE) && is_measured(field, parts);
    (!parts.all.any(amount) && !measured).then_some(Role::Place)
}

fn is_postal(name: &str) -> bool {
    let letters = Letters::of(name);
    ["zip", "post"]
        .iter()
        .any(|part| letters.as_str().contains(part))
}

/// `Number of …`, `# of …`, `Total …`, `Count …`, `cantidad_…`, `Num_People`.
pub(super) fn leads_with_count(name: &str, parts: &NameParts) -> bool {
    let mut words = parts.words().iter();
    let Some(first) = words.next() else {
        return false;
    };
    let Some(second) = words.next() else {
        return false;
    };
    let word = Letters::of(
        name.trim_start()
            .get(first.start..first.end)
            .unwrap_or_default(),
    );
    match word.as_str() {
        "#" => true,
        "count" | "cnt" | "cantidad" | "cant" | "anzahl" | "quantidade" => true,
        "number" | "num" | "no" | "numero" | "nb" | "nombre" | "nro" => {
            second.classes.any(Classes::PREP | Classes::COUNT)
        }
        "total" => second.classes.any(Classes::COUNT | Classes::NUMBER),
        _ => false,
    }
}

fn is_coordinate(parts: &NameParts, head: Head, number: bool) -> bool {
    let words = parts.words();
    if !parts.all.any(Classes::COORD) {
        return false;
    }
    let measured = parts.all.any(Classes::MEASURE | Classes::CODE);
    (head.last.any(Classes::COORD)
        || words
            .first()
            .is_some_and(|word| word.classes.any(Classes::COORD)))
        && !measured
        && (number || words.len() < 4)
}

fn role_of_number(field: &Field<'_>, parts: &NameParts, head: Head, unit: Option<Family>) -> Role {
    let all = parts.all;
    let counted = leads_with_count(field.name, parts);
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
    if let Some(role) = amount_by_name(field, parts) {
        return role;
    }
    if is_statistic_of_measure(field) {
        return Role::Measure;
    }
    if let Some(role) = role_by_description(field) {
        return role;
    }
    let general = parts.words().len() < 3 && all.any(Classes::GENERIC);
    match field.datatype.is_numeric() {
        true if field.subject.is_some() => field.subject.unwrap_or(Role::Count),
        true if general => Role::Score,
        true => Role::Count,
        false => role_of_text(field, parts, head, unit),
    }
}

/// A share is a percentage where it is what the name is about: `Diesel Share`, `Share of Votes`; not `Please share …`.
fn is_percent(field: &Field<'_>, parts: &NameParts, head: Head) -> bool {
    if !parts.all.any(Classes::PERCENT) {
        return false;
    }
    let shares = units::has_word(field.name, "share");
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
    units::has_word(name, "share") && units::has_word(name, "payer")
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
        return Some(Role::Money);
    }
    (parts.all.any(Classes::COUNT)).then_some(Role::Count)
}

fn role_of_family(family: Family, all: Classes, counted: bool) -> Option<Role> {
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

/// Whether a measure word of a name measures something.
///
/// `Area` alone may be a place, `Lot Area` is not; `7 Days` is a period; and in `Energy Star` or `Weight Watchers` the
/// measure is no head: after it only numbers, periods, statistics and the like may stand before the name ends or is
/// cut by `of`, `per` … Names of more than nine words are questions of a survey.
fn is_measured(field: &Field<'_>, parts: &NameParts) -> bool {
    let words = parts.words();
    let name = core_of(field.name);
    let text_of = |word: &NameWord| Letters::of(name.get(word.start..word.end).unwrap_or_default());
    let cut = words
        .iter()
        .skip(1)
        .position(|word| word.classes.any(Classes::PREP))
        .map_or(words.len(), |at| at + 1);
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
        let vague = matches!(text.as_str(), "area" | "size" | "volume" | "usage");
        // `speed_0_14` is how many were that fast.
        let numbers = words
            .iter()
            .skip(at + 1)
            .filter(|word| word.is_number)
            .count();
        let statistical = text.as_str() == "weight"
            && before.is_some_and(|before| units::is_statistical(text_of(before).as_str()));
        let placed = !vague || parts.all.any(Classes::PHYSICAL);
        let valued = before.is_some_and(|before| before.is_number);
        // "High blood pressure" is an illness that people have.
        let illness = before.is_some_and(|before| text_of(before).as_str() == "blood")
            && words.iter().any(|word| text_of(word).as_str() == "high");
        let clear = numbers < 2 && placed && !(statistical || valued || illness);
        let mut rest = words.iter().take(cut).skip(at + 1);
        clear
            && rest.all(|word| {
                word.is_number
                    || word.classes.any(harmless)
                    || word.end - word.start <= 2
                    || matches!(text_of(word).as_str(), "limit" | "limits" | "threshold")
            })
    };
    words.len() < 10 && words.iter().enumerate().take(cut).any(measures)
}

/// "Standard error of the estimated ozone concentration": it has the unit of what it is a statistic of.
fn is_statistic_of_measure(field: &Field<'_>) -> bool {
    let statistic = field.description.len() > 12
        && Opening::of(field.description).starts(&[
            "standard error of",
            "standard deviation of",
            "margin of error of",
            "standardabweichung ",
            "desviacion estandar de",
            "error estandar de",
            "ecart type d",
            "ecart-type d",
            "desvio padrao d",
        ]);
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

/// The first letters of a description, folded.
struct Opening(String);

impl Opening {
    fn of(description: &str) -> Self {
        Self(description.chars().take(40).map(without_accent).collect())
    }

    fn starts(&self, phrases: &[&str]) -> bool {
        let mut text = self.0.as_str();
        // "The average annual share of …" is a share.
        while let Some((first, rest)) = text.split_once(' ')
            && matches!(
                first,
                "the"
                    | "total"
                    | "average"
                    | "mean"
                    | "median"
                    | "estimated"
                    | "overall"
                    | "annual"
                    | "yearly"
                    | "quarterly"
                    | "monthly"
                    | "weekly"
                    | "daily"
            )
        {
            text = rest;
        }
        phrases.iter().any(|phrase| text.starts_with(phrase))
    }

    /// "Nombre de logements"; in Spanish `nombre` is a name.
    fn counts_in_french(&self) -> bool {
        let counted = self
            .0
            .strip_prefix("nombre de ")
            .or(self.0.strip_prefix("nombre d'"));
        counted
            .and_then(|rest| rest.split(' ').next())
            .is_some_and(|what| what.len() > 4 && what.ends_with('s'))
    }
}

/// A short description is a better name: `pclass`, "Passenger class".
fn role_by_longer_name(field: &Field<'_>) -> Option<Role> {
    let clause = field
        .description
        .split(['.', ',', ';', '(', ':'])
        .next()?
        .trim();
    let words = clause.split(' ').count();
    if clause == field.name || !(2..=4).contains(&words) {
        return None;
    }
    let longer = Field {
        name: clause,
        description: "",
        ..*field
    };
    let parts = NameParts::of(clause);
    let head = Head::of(&parts);
    role_by_name(&longer, &parts, head, None, false)
}

fn role_by_description(field: &Field<'_>) -> Option<Role> {
    if field.description.is_empty() {
        return None;
    }
    let opening = Opening::of(field.description);
    let kinds: [(&[&str], Role); 5] = [
        (
            &[
                "number of",
                "count of",
                "cantidad de",
                "numero de",
                "total de",
                "anzahl",
            ],
            Role::Count,
        ),
        (
            &[
                "percent ",
                "percentage",
                "porcentaje",
                "proportion of",
                "share of",
            ],
            Role::Percent,
        ),
        (
            &["identificador", "identifier", "unique id"],
            Role::Identifier,
        ),
        (&["codigo", "code"], Role::Code),
        (
            &["year", "ano ", "date", "fecha", "month", "mes "],
            Role::Date,
        ),
    ];
    let opens = kinds.iter().find(|(phrases, _)| opening.starts(phrases));
    opens
        .map(|(_, role)| *role)
        .or(opening.counts_in_french().then_some(Role::Count))
        .or_else(|| role_by_longer_name(field))
}

fn role_of_text(field: &Field<'_>, parts: &NameParts, head: Head, unit: Option<Family>) -> Role {
    let all = parts.all;
    let first = parts.first();
    if let Some(role) = quantity_in_text(field, parts, head, unit) {
        return role;
    }
    if head.last.any(Classes::NAME) {
        return Role::Name;
    }
    if head.last.any(Classes::TEXT) {
        return Role::Text;
    }
    if first.any(Classes::PART) && !all.any(Classes::CODE) {
        return Role::Date;
    }
    if first.any(Classes::NAME) {
        return Role::Name;
    }
    if first.any(Classes::PLACE) {
        return Role::Place;
    }
    if first.any(Classes::CODE) || all.any(Classes::CODE) {
        return Role::Code;
    }
    if let Some(role) = role_by_description(field) {
        return role;
    }
    if all.any(Classes::PLACE) {
        return Role::Place;
    }
    if field.distinct.is_some_and(|distinct| distinct > 200) {
        return Role::Text;
    }
    Role::Code
}

/// Numbers kept as text: `%Asian`, `# Level 3`, `Median Household Income ($)`.
fn quantity_in_text(
    field: &Field<'_>,
    parts: &NameParts,
    head: Head,
    unit: Option<Family>,
) -> Option<Role> {
    let label = Classes::CODE | Classes::NAME | Classes::TEXT;
    if unit == Some(Family::Share) {
        return Some(Role::Percent);
    }
    if head.last.any(label) {
        return None;
    }
    if is_percent(field, parts, head) {
        return Some(Role::Percent);
    }
    if unit == Some(Family::Money) {
        return Some(Role::Money);
    }
    let counts = (head.last | head.before).any(Classes::COUNT) && !head.last.any(Classes::PLACE);
    if counts || leads_with_count(field.name, parts) {
        return Some(Role::Count);
    }
    let telling = Classes::MONEY | Classes::MEASURE | Classes::RATE | Classes::DURATION;
    if !parts.all.any(telling) || head.last.any(Classes::PLACE | Classes::ID) {
        return None;
    }
    role_of_family(unit?, parts.all, false)
}

#[cfg(test)]
mod tests {
    use super::{DataType, DisplayFormat, Field, Role, is_system, role};

    fn of(datatype: DataType, name: &str) -> Role {
        role(&Field {
            name,
            datatype,
            ..Field::default()
        })
    }

    #[test]
    fn reads_types_of_every_format() {
        let cases = [
            ("Number", DataType::Number),
            ("MultiPolygon", DataType::Polygon),
            ("Checkbox", DataType::Boolean),
            ("calendar_date", DataType::DateTime),
            ("esriFieldTypeString", DataType::Text),
            ("http://www.w3.org/2001/XMLSchema#anyURI", DataType::Url),
            ("xsd:dateTime", DataType::DateTime),
            ("sc:Float", DataType::Number),
            ("timestamp without time zone", DataType::DateTime),
            ("numeric(10,2)", DataType::Number),
            ("int4", DataType::Integer),
            ("Fecha", DataType::Date),
            ("Ganzzahl", DataType::Integer),
            ("geo_point_2d", DataType::Point),
            ("", DataType::Unknown),
        ];
        for (native, expected) in cases {
            assert_eq!(DataType::parse(native), expected, "{native}");
        }
    }

    #[test]
    fn lets_the_head_of_a_name_decide() {
        let cases = [
            ("case_id", Role::Identifier),
            ("Permit Number", Role::Identifier),
            ("St_Number", Role::Place),
            ("Contact Number", Role::Other),
            ("LENGTH_CODE", Role::Code),
            ("Weight Class", Role::Code),
            ("ZIP Code", Role::Place),
            ("Fiscal Year", Role::Date),
            ("Tax Year", Role::Date),
            ("Longitude", Role::Geometry),
            ("Average Response Time", Role::Measure),
            ("Gross Floor Area", Role::Measure),
            ("Total Cost", Role::Money),
            ("Number of Permits", Role::Count),
            ("# Level 3", Role::Count),
            ("Unemployment Rate", Role::Rate),
            ("% Level 4", Role::Percent),
            ("Happiness Score", Role::Score),
        ];
        for (name, expected) in cases {
            assert_eq!(of(DataType::Number, name), expected, "{name}");
        }
    }

    #[test]
    fn reads_text_columns() {
        let cases = [
            ("Vendor Name", Role::Name),
            ("Street Name", Role::Place),
            ("Invoice Description", Role::Text),
            ("Drug Type", Role::Code),
            ("Incident_Location", Role::Place),
            ("violdate", Role::Date),
            ("arrest_time", Role::Timestamp),
            ("Website", Role::Other),
            ("%Asian", Role::Percent),
            ("id_pedido", Role::Identifier),
            ("codigo_postal", Role::Place),
            ("provincia", Role::Place),
            ("estado_flag", Role::Flag),
        ];
        for (name, expected) in cases {
            assert_eq!(of(DataType::Text, name), expected, "{name}");
        }
    }

    #[test]
    fn trusts_types_and_display_first() {
        assert_eq!(of(DataType::Boolean, "Weight"), Role::Flag);
        assert_eq!(of(DataType::Polygon, "Area"), Role::Geometry);
        let display = DisplayFormat {
            precision_style: Some("currency"),
            ..DisplayFormat::default()
        };
        let field = Field {
            name: "Aug",
            datatype: DataType::Number,
            display,
            ..Field::default()
        };
        assert_eq!(role(&field), Role::Money);
        let answers = Field {
            name: "Abuse",
            datatype: DataType::Text,
            top_values: &["Y", "N"],
            ..Field::default()
        };
        assert_eq!(role(&answers), Role::Flag);
    }

    #[test]
    fn reads_a_short_description_where_the_name_is_cryptic() {
        let field = Field {
            name: "pclass",
            description: "Passenger class (1st, 2nd)",
            datatype: DataType::Integer,
            ..Field::default()
        };
        assert_eq!(role(&field), Role::Code);
    }

    #[test]
    fn knows_what_portals_and_map_software_add() {
        for name in [
            "OBJECTID",
            "Shape__Length",
            "SHAPE.STArea()",
            "st_area(shape)",
            "_id",
            "the_geom",
            "geom",
        ] {
            assert!(is_system(name, name), "{name}");
        }
        assert!(is_system("Zip Codes", ":@computed_region_abcd_1234"));
        for name in ["Shape of leaf", "id", "Length"] {
            assert!(!is_system(name, name), "{name}");
        }
    }
}
