//! What the values of a field are.
//!
//! [`role`] reads a field's name, type, display and description together. The words it knows are in
//! `data/field_words.tsv`, one class a line; what the last telling word of a name is (its head) decides, as in
//! ordinary English: a *speed limit code* is a code, a *code speed* is a speed.

use std::collections::HashMap;
use std::ops::{BitOr, BitOrAssign};
use std::sync::LazyLock;

use super::units::{self, Family};

/// The type of a field's values, whatever its format calls it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
#[expect(missing_docs, reason = "the names say it")]
pub enum DataType {
    Text,
    Integer,
    Number,
    Money,
    Percent,
    Boolean,
    Date,
    DateTime,
    Time,
    Point,
    Line,
    Polygon,
    Geometry,
    Url,
    Email,
    File,
    Object,
    Array,
    #[default]
    Unknown,
}

impl DataType {
    /// Reads a type as any of the formats writes it: Socrata, Esri, Table Schema, CSVW and XSD, schema.org and
    /// Croissant, SQL and CKAN, and the words of hand-made dictionaries in five languages.
    ///
    /// ```
    /// use datasteward::lexicon::roles::DataType;
    /// assert_eq!(DataType::parse("Calendar date"), DataType::DateTime);
    /// assert_eq!(DataType::parse("esriFieldTypeDouble"), DataType::Number);
    /// assert_eq!(DataType::parse("sc:Integer"), DataType::Integer);
    /// assert_eq!(DataType::parse("varchar(20)"), DataType::Text);
    /// assert_eq!(DataType::parse("whatever"), DataType::Unknown);
    /// ```
    #[must_use]
    pub fn parse(native: &str) -> Self {
        let mut known = native.trim();
        if let Some((_, last)) = known.rsplit_once(['/', '#']) {
            known = last;
        }
        if let Some((_, last)) = known.split_once(':') {
            known = last;
        }
        known = known.split(['(', '[']).next().unwrap_or_default();
        let mut letters = Letters::default();
        for character in known
            .chars()
            .filter(|character| character.is_alphanumeric())
        {
            letters.push(character);
        }
        let key = letters.as_str();
        let key = key.strip_prefix("esrifieldtype").unwrap_or(key);
        DATA_TYPES.get(key).copied().unwrap_or_default()
    }

    /// Values that one can calculate with.
    #[must_use]
    pub fn is_numeric(self) -> bool {
        matches!(
            self,
            Self::Integer | Self::Number | Self::Money | Self::Percent
        )
    }

    /// Shapes and points on the map.
    #[must_use]
    pub fn is_geometry(self) -> bool {
        matches!(
            self,
            Self::Point | Self::Line | Self::Polygon | Self::Geometry
        )
    }

    fn by_name(name: &str) -> Self {
        match name {
            "text" => Self::Text,
            "integer" => Self::Integer,
            "number" => Self::Number,
            "money" => Self::Money,
            "percent" => Self::Percent,
            "boolean" => Self::Boolean,
            "date" => Self::Date,
            "datetime" => Self::DateTime,
            "time" => Self::Time,
            "point" => Self::Point,
            "line" => Self::Line,
            "polygon" => Self::Polygon,
            "geometry" => Self::Geometry,
            "url" => Self::Url,
            "email" => Self::Email,
            "file" => Self::File,
            "object" => Self::Object,
            "array" => Self::Array,
            _ => Self::Unknown,
        }
    }
}

static DATA_TYPES: LazyLock<HashMap<&'static str, DataType>> = LazyLock::new(|| {
    let mut types = HashMap::new();
    for (name, words) in lines_of(include_str!("../../data/data_types.tsv")) {
        for word in words.split(' ') {
            types.entry(word).or_insert(DataType::by_name(name));
        }
    }
    types
});

fn lines_of(table: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    table
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('\t'))
}

/// How a portal shows the values of a field: the display slots of Socrata's column format.
#[derive(Clone, Copy, Debug, Default)]
pub struct DisplayFormat<'a> {
    /// `standard`, `currency`, `percentage`, `financial`, `scientific`.
    pub precision_style: Option<&'a str>,
    /// The code in `currencyStyle` or the older `currency`.
    pub currency: Option<&'a str>,
    /// `100`: shown as stored; `1`: shown times one hundred.
    pub percent_scale: Option<&'a str>,
    /// `date_ymd`, `percent_bar_and_text`, `address_coords` …
    pub view: Option<&'a str>,
    /// `plain`, `email`, `url`, `phone`, `yesno`.
    pub display_style: Option<&'a str>,
}

/// Everything that is known of one field, for judging its role and its unit.
#[derive(Clone, Copy, Debug, Default)]
pub struct Field<'a> {
    /// The name shown to readers.
    pub name: &'a str,
    /// The name used by software; may equal `name` or be empty.
    pub machine_name: &'a str,
    /// Plain text.
    pub description: &'a str,
    /// The type, already read.
    pub datatype: DataType,
    /// How the portal shows the values.
    pub display: DisplayFormat<'a>,
    /// The format's own slot for a unit.
    pub unit: Option<&'a str>,
    /// How many different values there are.
    pub distinct: Option<u64>,
    /// The commonest values.
    pub top_values: &'a [&'a str],
    /// Made by the portal or hidden.
    pub is_system: bool,
    /// The currency of the place that publishes (ISO 4217), where it is known: see [`units::home_currency`].
    pub home_currency: Option<&'a str>,
}

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
    let mut letters = Letters::default();
    for character in name.chars().filter(|character| character.is_alphanumeric()) {
        letters.push(character);
    }
    let known = [
        "objectid",
        "objectid1",
        "objectid12",
        "oid",
        "fid",
        "globalid",
        "shape",
        "shapelength",
        "shapelen",
        "shapelng",
        "shapeleng",
        "shapearea",
        "shapestlength",
        "shapestarea",
        "starea",
        "stlength",
        "stareashape",
        "stlengthshape",
        "creationdate",
        "creator",
        "editdate",
        "editor",
        "thegeom",
    ];
    known.contains(&letters.as_str()) || matches!(name, "_id" | "_full_text" | "_row_id")
}

/// A short word folded into a fixed buffer: lower case, without accents. Longer words are cut, and so never found.
pub(super) struct Letters {
    bytes: [u8; 40],
    length: usize,
}

impl Default for Letters {
    fn default() -> Self {
        Self {
            bytes: [0; 40],
            length: 0,
        }
    }
}

impl Letters {
    pub(super) fn of(word: &str) -> Self {
        let mut letters = Self::default();
        for character in word.chars() {
            letters.push(character);
        }
        letters
    }

    pub(super) fn push(&mut self, character: char) {
        let folded = without_accent(character);
        let mut encoded = [0; 4];
        let encoded = folded.encode_utf8(&mut encoded).as_bytes();
        let end = self.length + encoded.len();
        if let Some(free) = self.bytes.get_mut(self.length..end) {
            free.copy_from_slice(encoded);
            self.length = end;
        }
    }

    pub(super) fn as_str(&self) -> &str {
        let bytes = self.bytes.get(..self.length).unwrap_or_default();
        std::str::from_utf8(bytes).unwrap_or_default()
    }
}

/// Lower case without the accents of the five languages; other characters stay.
pub(super) fn without_accent(character: char) -> char {
    if character.is_ascii() {
        return character.to_ascii_lowercase();
    }
    match character {
        'á' | 'à' | 'â' | 'ä' | 'ã' | 'å' | 'Á' | 'À' | 'Â' | 'Ä' | 'Ã' | 'Å' => 'a',
        'é' | 'è' | 'ê' | 'ë' | 'É' | 'È' | 'Ê' | 'Ë' => 'e',
        'í' | 'ì' | 'î' | 'ï' | 'Í' | 'Ì' | 'Î' | 'Ï' => 'i',
        'ó' | 'ò' | 'ô' | 'ö' | 'õ' | 'Ó' | 'Ò' | 'Ô' | 'Ö' | 'Õ' => 'o',
        'ú' | 'ù' | 'û' | 'ü' | 'Ú' | 'Ù' | 'Û' | 'Ü' => 'u',
        'ñ' | 'Ñ' => 'n',
        'ç' | 'Ç' => 'c',
        'μ' => 'µ',
        '₂' => '2',
        _ => character,
    }
}

/// A set of word classes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Classes(u32);

impl Classes {
    pub(super) const ID: Self = Self(1);
    pub(super) const NUMBER: Self = Self(1 << 1);
    pub(super) const THING: Self = Self(1 << 2);
    pub(super) const ADDRESS_THING: Self = Self(1 << 3);
    pub(super) const CODE: Self = Self(1 << 4);
    pub(super) const PLACE: Self = Self(1 << 5);
    pub(super) const COORD: Self = Self(1 << 6);
    pub(super) const DATE: Self = Self(1 << 7);
    pub(super) const CLOCK: Self = Self(1 << 8);
    pub(super) const PART: Self = Self(1 << 9);
    pub(super) const NAME: Self = Self(1 << 10);
    pub(super) const TEXT: Self = Self(1 << 11);
    pub(super) const LINK: Self = Self(1 << 12);
    pub(super) const FLAG: Self = Self(1 << 13);
    pub(super) const PERCENT: Self = Self(1 << 14);
    pub(super) const MONEY: Self = Self(1 << 15);
    pub(super) const RATE: Self = Self(1 << 16);
    pub(super) const MEASURE: Self = Self(1 << 17);
    pub(super) const PHYSICAL: Self = Self(1 << 18);
    pub(super) const DURATION: Self = Self(1 << 19);
    pub(super) const COUNT: Self = Self(1 << 20);
    pub(super) const SCORE: Self = Self(1 << 21);
    pub(super) const STAT: Self = Self(1 << 22);
    pub(super) const PREP: Self = Self(1 << 23);
    pub(super) const GENERIC: Self = Self(1 << 24);

    const NAMES: [(&'static str, Self); 25] = [
        ("id", Self::ID),
        ("number", Self::NUMBER),
        ("thing", Self::THING),
        ("address_thing", Self::ADDRESS_THING),
        ("code", Self::CODE),
        ("place", Self::PLACE),
        ("coord", Self::COORD),
        ("date", Self::DATE),
        ("clock", Self::CLOCK),
        ("part", Self::PART),
        ("name", Self::NAME),
        ("text", Self::TEXT),
        ("link", Self::LINK),
        ("flag", Self::FLAG),
        ("percent", Self::PERCENT),
        ("money", Self::MONEY),
        ("rate", Self::RATE),
        ("measure", Self::MEASURE),
        ("physical", Self::PHYSICAL),
        ("duration", Self::DURATION),
        ("count", Self::COUNT),
        ("score", Self::SCORE),
        ("stat", Self::STAT),
        ("prep", Self::PREP),
        ("generic", Self::GENERIC),
    ];

    pub(super) fn any(self, of: Self) -> bool {
        self.0 & of.0 != 0
    }
}

impl BitOr for Classes {
    type Output = Self;
    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl BitOrAssign for Classes {
    fn bitor_assign(&mut self, other: Self) {
        self.0 |= other.0;
    }
}

static FIELD_WORDS: LazyLock<HashMap<&'static str, Classes>> = LazyLock::new(|| {
    let mut known: HashMap<&'static str, Classes> = HashMap::new();
    for (class, words) in lines_of(include_str!("../../data/field_words.tsv")) {
        let class = Classes::NAMES.iter().find(|(name, _)| *name == class);
        let class = class.map_or(Classes::default(), |(_, class)| *class);
        for word in words.split(' ') {
            *known.entry(word).or_default() |= class;
        }
    }
    known
});

fn classes_of(word: &str) -> Classes {
    FIELD_WORDS.get(word).copied().unwrap_or_default()
}

/// One word of a field name.
#[derive(Clone, Copy, Debug)]
pub(super) struct NameWord {
    /// Where it stands in the name as written.
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) classes: Classes,
    pub(super) is_number: bool,
}

/// A field name taken apart once for all questions.
///
/// The pieces are those of [`super::fold::name_words`], kept as places in the name: roles and units are asked for
/// every field of every record, so nothing is copied.
#[derive(Debug, Default)]
pub(super) struct NameParts {
    words: Vec<NameWord>,
    /// Everything that any of the words may mean.
    pub(super) all: Classes,
}

impl NameParts {
    pub(super) fn of(name: &str) -> Self {
        let mut parts = Self {
            words: Vec::with_capacity(8),
            all: Classes::default(),
        };
        let mut letters = Letters::default();
        let mut start = None;
        let mut before = ' ';
        let mut rest = name.char_indices().peekable();
        while let Some((at, character)) = rest.next() {
            let next = rest.peek().map_or(' ', |(_, next)| *next);
            if let Some(began) = start
                && ends_word(before, character, next)
            {
                parts.push(began, at, &letters);
                letters = Letters::default();
                start = None;
            }
            if character.is_alphanumeric() {
                start.get_or_insert(at);
                letters.push(character);
            } else if matches!(character, '%' | '#') {
                let mut sign = Letters::default();
                sign.push(character);
                parts.push(at, at + 1, &sign);
            }
            before = character;
        }
        if let Some(began) = start {
            parts.push(began, name.len(), &letters);
        }
        parts
    }

    fn push(&mut self, start: usize, end: usize, letters: &Letters) {
        let word = letters.as_str();
        let is_number = word.bytes().all(|byte| byte.is_ascii_digit());
        let mut classes = if is_number {
            Classes::default()
        } else {
            classes_of(word)
        };
        if classes == Classes::default() && word.len() > 6 && word.ends_with("date") {
            // `violdate`, `reportdate`; not `update`, which is shorter.
            classes = Classes::DATE;
        }
        self.all |= classes;
        self.words.push(NameWord {
            start,
            end,
            classes,
            is_number,
        });
    }

    pub(super) fn words(&self) -> &[NameWord] {
        &self.words
    }

    fn first(&self) -> Classes {
        self.words
            .first()
            .map_or(Classes::default(), |word| word.classes)
    }
}

/// The rule of [`super::fold::name_words`], for one place in a name.
fn ends_word(before: char, character: char, next: char) -> bool {
    if !character.is_alphanumeric() {
        return true;
    }
    let starts_word = before.is_lowercase() && character.is_uppercase();
    let ends_capitals = before.is_uppercase() && character.is_uppercase() && next.is_lowercase();
    starts_word || ends_capitals || before.is_numeric() != character.is_numeric()
}

/// The name without a path before it (`cars.csv/Mileage`) as Croissant writes it, and without brackets.
fn core_of(name: &str) -> &str {
    let name = match name.rsplit_once('/') {
        Some((path, last)) if last.len() > 2 && path.len() > 3 && !name.contains(' ') => last,
        _ => name,
    };
    match name.find(['(', '[']) {
        Some(bracket) if bracket > 0 => name.get(..bracket).unwrap_or(name),
        _ => name,
    }
}

/// What the values of a field are.
#[must_use]
pub fn role(field: &Field<'_>) -> Role {
    let parts = NameParts::of(core_of(field.name));
    let head = Head::of(&parts);
    if let Some(role) = role_by_type(field, &parts, head) {
        return role;
    }
    if let Some(role) = role_by_display(field, &parts, head) {
        return role;
    }
    if let Some(role) = role_by_flag(field, &parts, head) {
        return role;
    }
    let quantity = field.datatype.is_numeric() || field.datatype == DataType::Unknown;
    let unit = if quantity {
        units::stated(field).map(|(unit, _)| unit.family)
    } else {
        None
    };
    if let Some(role) = role_by_name(field, &parts, head, unit) {
        return role;
    }
    if quantity {
        return role_of_number(field, &parts, unit);
    }
    role_of_text(field, &parts, head)
}

/// The words that carry a name: the head, the word before it, and the leading word.
#[derive(Clone, Copy, Debug, Default)]
struct Head {
    last: Classes,
    before: Classes,
    /// The last word stands right before `of`, `by`, `per` …
    cut: bool,
    /// The head is the first word of the name.
    alone: bool,
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
        let telling = |word: &&NameWord| {
            !word.is_number && (word.end - word.start > 1 || word.classes != Classes::default())
        };
        let mut back = upto.iter().rev().filter(telling);
        let last = back.next().map_or(Classes::default(), |word| word.classes);
        let before = back.next().map_or(Classes::default(), |word| word.classes);
        let alone = upto.iter().filter(telling).count() <= 1;
        Self {
            last,
            before,
            cut: cut.is_some(),
            alone,
        }
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
        _ if head.last.any(Classes::LINK) && !field.datatype.is_numeric() => Some(Role::Other),
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
        && (!head.last.any(Classes::CODE))
        && !(head.before.any(Classes::TEXT | Classes::SCORE) || head.alone);
    let described = field.description.len() > 8 && {
        let opening = Letters::of(field.description.get(..24).unwrap_or(field.description));
        let opening = opening.as_str();
        [
            "indicates whether",
            "indicates if",
            "whether ",
            "indica si ",
            "y/n",
            "yes/no",
            "flag ",
            "true if",
        ]
        .iter()
        .any(|phrase| opening.starts_with(phrase))
    };
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
) -> Option<Role> {
    let Head {
        last, before, cut, ..
    } = head;
    let number = field.datatype.is_numeric();
    let first = parts.first();
    let counted = leads_with_count(field.name, parts);
    if parts.all.any(Classes::COORD) && !counted && is_coordinate(parts, head, number) {
        return Some(Role::Geometry);
    }
    if counted
        || unit.is_some_and(|family| family != Family::Count && family != Family::Index)
            && !last.any(Classes::ID | Classes::CODE)
    {
        return None;
    }
    if last.any(Classes::NUMBER) {
        if before.any(Classes::LINK) || parts.all.any(Classes::LINK) && !before.any(Classes::THING)
        {
            return Some(Role::Other);
        }
        if before.any(Classes::ADDRESS_THING) && !parts.all.any(Classes::DATE) {
            return Some(Role::Place);
        }
        if before.any(Classes::PART) {
            return Some(Role::Date);
        }
        if before.any(Classes::THING | Classes::ID | Classes::NAME | Classes::CODE) {
            return Some(Role::Identifier);
        }
    }
    if last.any(Classes::ID)
        || (first.any(Classes::ID)
            && !parts
                .all
                .any(Classes::TEXT | Classes::NAME | Classes::CODE | Classes::PLACE))
    {
        // The Spanish and French order: `id_pedido`.
        if !(before.any(Classes::MEASURE) && cut) {
            return Some(Role::Identifier);
        }
    }
    if parts.all.any(Classes::CLOCK | Classes::DATE)
        && !last.any(
            Classes::CODE
                | Classes::NAME
                | Classes::TEXT
                | Classes::MEASURE
                | Classes::COUNT
                | Classes::MONEY,
        )
        && (last.any(Classes::DATE | Classes::CLOCK) || first.any(Classes::DATE | Classes::CLOCK))
        && !(number && (before.any(Classes::DURATION) || parts.all.any(Classes::STAT)))
    {
        return Some(if last.any(Classes::CLOCK) {
            Role::Timestamp
        } else {
            Role::Date
        });
    }
    if last.any(Classes::PLACE) && !number {
        return Some(Role::Place);
    }
    if last.any(Classes::CODE) && !cut && !(number && parts.all.any(Classes::PERCENT)) {
        let coded_place = before.any(Classes::PLACE) && !last.any(Classes::MONEY);
        return Some(if coded_place && is_postal(field.name) {
            Role::Place
        } else {
            Role::Code
        });
    }
    if last.any(Classes::PART)
        && !(number
            && parts.all.any(
                Classes::COUNT
                    | Classes::MONEY
                    | Classes::DURATION
                    | Classes::STAT
                    | Classes::PERCENT
                    | Classes::MEASURE,
            ))
    {
        return Some(Role::Date);
    }
    if last.any(Classes::PLACE)
        && !(parts.all.any(
            Classes::MEASURE | Classes::MONEY | Classes::COUNT | Classes::PERCENT | Classes::RATE,
        ))
    {
        return Some(Role::Place);
    }
    None
}

fn is_postal(name: &str) -> bool {
    let letters = Letters::of(name);
    ["zip", "post"]
        .iter()
        .any(|part| letters.as_str().contains(part))
}

/// `Number of …`, `# of …`, `Total …`, `Count …`, `cantidad_…`, `Num_People`.
fn leads_with_count(name: &str, parts: &NameParts) -> bool {
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
    let measured = parts.all.any(Classes::MEASURE | Classes::CODE);
    (head.last.any(Classes::COORD)
        || words
            .first()
            .is_some_and(|word| word.classes.any(Classes::COORD)))
        && !measured
        && (number || words.len() < 4)
}

fn role_of_number(field: &Field<'_>, parts: &NameParts, unit: Option<Family>) -> Role {
    let numeric = field.datatype.is_numeric();
    let all = parts.all;
    let counted = leads_with_count(field.name, parts);
    if let Some(role) = unit.and_then(|family| role_of_family(family, all, counted)) {
        return role;
    }
    if counted {
        return Role::Count;
    }
    if all.any(Classes::PERCENT) {
        return Role::Percent;
    }
    if all.any(Classes::SCORE) {
        return Role::Score;
    }
    if all.any(Classes::RATE) {
        return Role::Rate;
    }
    let last_quantity = parts.words().iter().rev().find(|word| {
        word.classes
            .any(Classes::MONEY | Classes::MEASURE | Classes::COUNT)
    });
    if let Some(word) = last_quantity {
        if word.classes.any(Classes::MEASURE) && is_measured(field, parts) {
            return Role::Measure;
        }
        if all.any(Classes::MONEY) && (numeric || !word.classes.any(Classes::COUNT)) {
            return Role::Money;
        }
        if word.classes.any(Classes::COUNT) || all.any(Classes::COUNT) {
            return Role::Count;
        }
    }
    if all.any(Classes::CLOCK) && all.any(Classes::DURATION | Classes::STAT) {
        return Role::Measure;
    }
    if let Some(role) = role_by_description(field) {
        return role;
    }
    if numeric {
        Role::Count
    } else {
        role_of_text(field, parts, Head::of(parts))
    }
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

/// Whether the measure words of a name measure something: `Area` alone may be a place, `Lot Area` is not.
fn is_measured(field: &Field<'_>, parts: &NameParts) -> bool {
    let words = parts.words();
    let named = |word: &NameWord, text: &[&str]| {
        let folded = Letters::of(
            core_of(field.name)
                .get(word.start..word.end)
                .unwrap_or_default(),
        );
        text.contains(&folded.as_str())
    };
    words
        .iter()
        .filter(|word| word.classes.any(Classes::MEASURE))
        .any(|word| !named(word, &["area", "size"]) || parts.all.any(Classes::PHYSICAL))
}

fn role_by_description(field: &Field<'_>) -> Option<Role> {
    let opening: String = field
        .description
        .chars()
        .take(60)
        .map(without_accent)
        .collect();
    let starts = |phrases: &[&str]| {
        let text = opening
            .trim_start_matches("the ")
            .trim_start_matches("total ");
        phrases.iter().any(|phrase| text.starts_with(phrase))
    };
    if starts(&[
        "number of",
        "count of",
        "amount of people",
        "cantidad de",
        "numero de",
        "total de",
        "nombre de",
        "anzahl",
    ]) {
        return Some(Role::Count);
    }
    if starts(&["percent", "porcentaje", "proportion", "share of"]) {
        return Some(Role::Percent);
    }
    if starts(&["codigo", "code", "identificador", "identifier", "unique id"]) {
        return Some(if opening.contains("ident") || opening.contains("unique") {
            Role::Identifier
        } else {
            Role::Code
        });
    }
    if starts(&["year", "ano ", "date", "fecha", "month", "mes "]) {
        return Some(Role::Date);
    }
    None
}

fn role_of_text(field: &Field<'_>, parts: &NameParts, head: Head) -> Role {
    let all = parts.all;
    let first = parts.first();
    if let Some(role) = quantity_in_text(field, parts, head) {
        return role;
    }
    if head.last.any(Classes::NAME) {
        return Role::Name;
    }
    if head.last.any(Classes::TEXT) {
        return Role::Text;
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
fn quantity_in_text(field: &Field<'_>, parts: &NameParts, head: Head) -> Option<Role> {
    if parts.all.any(Classes::PERCENT)
        && !head.last.any(Classes::CODE | Classes::NAME | Classes::TEXT)
    {
        return Some(Role::Percent);
    }
    if leads_with_count(field.name, parts)
        || (head.last | head.before).any(Classes::COUNT)
            && !head
                .last
                .any(Classes::CODE | Classes::NAME | Classes::TEXT | Classes::PLACE)
    {
        return Some(Role::Count);
    }
    let telling = Classes::MONEY | Classes::MEASURE | Classes::RATE | Classes::DURATION;
    if !parts.all.any(telling)
        || head
            .last
            .any(Classes::CODE | Classes::NAME | Classes::TEXT | Classes::PLACE | Classes::ID)
    {
        return None;
    }
    let unit = units::stated(field)?.0;
    role_of_family(unit.family, parts.all, false)
}
