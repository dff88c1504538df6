//! What is given of a field, and the role that its values play.

use std::sync::LazyLock;

use super::fold::Letters;
use super::memo::Memo;
use super::quick::{WordMap, lines_of};

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
    /// use datasteward::lexicon::field::DataType;
    /// assert_eq!(DataType::parse("Calendar date"), DataType::DateTime);
    /// assert_eq!(DataType::parse("esriFieldTypeDouble"), DataType::Number);
    /// assert_eq!(DataType::parse("sc:Integer"), DataType::Integer);
    /// assert_eq!(DataType::parse("varchar(20)"), DataType::Text);
    /// assert_eq!(DataType::parse("whatever"), DataType::Unknown);
    /// ```
    #[must_use]
    pub fn parse(native: &str) -> Self {
        thread_local!(static KNOWN: Memo<DataType> = const { Memo::new() });
        KNOWN.with(|known| known.get(native, Self::read))
    }

    fn read(native: &str) -> Self {
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

    /// The name that our own format gives the type; [`DataType::parse`] reads it back.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Integer => "integer",
            Self::Number => "number",
            Self::Money => "money",
            Self::Percent => "percent",
            Self::Boolean => "boolean",
            Self::Date => "date",
            Self::DateTime => "datetime",
            Self::Time => "time",
            Self::Point => "point",
            Self::Line => "line",
            Self::Polygon => "polygon",
            Self::Geometry => "geometry",
            Self::Url => "url",
            Self::Email => "email",
            Self::File => "file",
            Self::Object => "object",
            Self::Array => "array",
            Self::Unknown => "unknown",
        }
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

static DATA_TYPES: LazyLock<WordMap<DataType>> = LazyLock::new(|| {
    let mut types = WordMap::default();
    for (name, words) in lines_of(include_str!("../../data/data_types.tsv")) {
        for word in words.split(' ') {
            types.entry(word).or_insert(DataType::by_name(name));
        }
    }
    types
});

/// How a portal shows the values of a field: the display slots of Socrata's column format.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
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
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
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
    /// The currency of the place that publishes (ISO 4217), where it is known: see [`crate::lexicon::units::home_currency`].
    pub home_currency: Option<&'a str>,
    /// What the title says that all numbers are, for fields whose names do not tell: see [`super::roles::subject_of`].
    pub subject: Option<Role>,
}

impl<'a> Field<'a> {
    /// All that is known of it as texts, for a memory of answers; `None` for a field of which more is known than texts
    /// can say, such as its values.
    pub(super) fn parts(&self) -> Option<[&'a str; 13]> {
        if self.distinct.is_some() || !self.top_values.is_empty() {
            return None;
        }
        let system = if self.is_system { "system" } else { "" };
        let subject = match self.subject {
            None => "",
            Some(Role::Percent) => "percent",
            Some(_) => return None,
        };
        // What is not given is empty here, so what is given must not be.
        let given = |text: Option<&'a str>| (text != Some("")).then(|| text.unwrap_or_default());
        Some([
            self.name,
            self.machine_name,
            self.description,
            self.datatype.as_str(),
            given(self.home_currency)?,
            system,
            subject,
            given(self.unit)?,
            given(self.display.precision_style)?,
            given(self.display.currency)?,
            given(self.display.percent_scale)?,
            given(self.display.view)?,
            given(self.display.display_style)?,
        ])
    }
}
