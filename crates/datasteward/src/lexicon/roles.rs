//! What the values of a field are.
//!
//! [`role`] reads a field's name, type, display and description together. The words it knows are in
//! `data/field_words.tsv`, one class a line; what the last telling word of a name is (its head) decides, as in
//! ordinary English: a *speed limit code* is a code, a *code speed* is a speed.

mod amounts;
mod descriptions;
mod given;
mod head;
mod map_software;
mod measured;
mod names;
mod numbers;
mod opening;
mod texts;
mod unit_needed;

pub use map_software::{is_edit_of_map_software, is_map_measure, is_system};
pub use measured::is_about_a_measure;
pub use unit_needed::needed;

pub use super::field::{DataType, DisplayFormat, Field, Role};
use super::memo::Memo;
use super::name_parts::{Classes, NameParts, NameWord, has_word};
use super::unit_stated::first_stated;
use super::units::{Unit, Where};
use given::{role_by_display, role_by_flag, role_by_question, role_by_type};
use head::{Head, core_of};
use names::role_by_name;
use numbers::role_of_number;
use texts::role_of_text;
use unit_needed::needed_knowing;

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
/// assert_eq!(subject_of("Operating Expenses"), Some(Role::Money));
/// ```
#[must_use]
pub fn subject_of(title: &str) -> Option<Role> {
    let parts = NameParts::of(title);
    let other = Classes::COUNT | Classes::NUMBER | Classes::RATE | Classes::PERCENT | Classes::ID;
    if has_word(title, "money_subject") && !parts.all.any(other) {
        return Some(Role::Money);
    }
    share_in(&parts)
}

/// Whether a title says that the numbers of its dataset are rates: `Death rate by age group`, `Cancer Mortality Rates, 2010`.
///
/// ```
/// use datasteward::lexicon::roles::is_about_a_rate;
/// assert!(is_about_a_rate("Death rate by age group"));
/// assert!(!is_about_a_rate("Labor Force and Unemployment Rate"));
/// assert!(!is_about_a_rate("Rate cases and rate payers"));
/// ```
#[must_use]
pub fn is_about_a_rate(title: &str) -> bool {
    let parts = NameParts::of(title);
    let words = parts.words();
    let is_rate = |word: &NameWord| matches!(parts.text(word), "rate" | "rates" | "tasa" | "tasas");
    let Some(at) = words.iter().position(is_rate).filter(|at| *at > 0) else {
        return false;
    };
    let other = Classes::COUNT | Classes::NUMBER | Classes::MONEY | Classes::PERCENT;
    let before = words.get(..at).unwrap_or_default();
    let mixed = before
        .iter()
        .any(|word| word.classes.any(other) || matches!(parts.text(word), "and" | "y"));
    // `Rate Payers`, `Rate Schedule`: it is not what the title is about.
    let closes = words.get(at + 1).is_none_or(|word| {
        word.is_number
            || matches!(
                parts.text(word),
                "by" | "in" | "for" | "per" | "among" | "de"
            )
    });
    closes && !mixed && !title.contains('&')
}

fn share_in(parts: &NameParts) -> Option<Role> {
    let words = parts.words();
    let text = |word: &NameWord| parts.text(word);
    let at = words.iter().position(|word| {
        matches!(
            text(word),
            "percentage" | "percent" | "porcentaje" | "pourcentage" | "percentagem" | "prozentsatz"
        )
    })?;
    let next = words.get(at + 1)?;
    let of_something = matches!(text(next), "of" | "de" | "des" | "der" | "du");
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
    let is_untyped = field.datatype == DataType::Unknown;
    role_by_type(field, parts, head)
        .or_else(|| role_by_display(field, parts, head))
        .or_else(|| role_by_flag(field, parts, head))
        .or_else(|| role_by_question(field, parts))
        .or_else(|| role_by_name(field, parts, head, family, plain))
        .or_else(|| {
            let may_be_number = field.datatype.is_numeric() || is_untyped;
            may_be_number.then(|| role_of_number(field, parts, head, family))?
        })
        .unwrap_or_else(|| role_of_text(field, parts, head, family, plain && !is_untyped))
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
            ("ALAND10", Role::Measure),
            ("Axle3Weight", Role::Measure),
            ("Total Tonnage Generated", Role::Measure),
            ("Total Electricity Usage - City Buildings", Role::Measure),
            ("Water Capture Capacity", Role::Measure),
            ("Building Capacity", Role::Count),
            ("Agriculture (N2O emissions, CAIT)", Role::Measure),
            ("Mask at home num responses", Role::Count),
            ("Total Race", Role::Count),
            ("STATION", Role::Identifier),
            ("Fiscal Period", Role::Date),
            ("Grace Period", Role::Count),
            ("Interest Due Now", Role::Money),
            ("Q15I City parks and paths", Role::Code),
            ("Curb to Curb Width", Role::Measure),
            ("Response Hour of Day", Role::Timestamp),
            ("Depth of Knowledge", Role::Count),
            ("Q1 Sales of all stores", Role::Count),
            ("Type of Credit", Role::Code),
            ("Income Status at Entry", Role::Code),
            ("Fee Count", Role::Count),
            ("Student Credits Earned", Role::Count),
            ("Earned Income Tax Credit", Role::Money),
            ("Length In Number Of Terms", Role::Count),
            ("% Managed Area (Acres)", Role::Percent),
            ("Share of food miles", Role::Percent),
            ("precio_usd_kg", Role::Money),
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
            ("Invoice Created By", Role::Name),
            ("modified_by", Role::Name),
            ("Austin Energy", Role::Code),
            ("Primary Borrower", Role::Name),
            ("Value Footnote", Role::Text),
            ("Email Address", Role::Other),
            ("Mailing Address", Role::Place),
            ("image_filename", Role::Text),
            ("CREATION_USER", Role::Name),
            ("pais_nombre", Role::Place),
            ("cod_provincia", Role::Code),
            ("codigo_delito_nombre", Role::Name),
            ("Contains Water", Role::Flag),
            ("Assigned to", Role::Name),
            ("Edit_By", Role::Name),
            ("FIRE_DIST", Role::Place),
            ("Dwell Time", Role::Measure),
            ("Dispatch Time", Role::Timestamp),
        ];
        for (name, expected) in cases {
            assert_eq!(of(DataType::Text, name), expected, "{name}");
        }
    }

    #[test]
    fn reads_the_noun_that_a_word_without_a_gap_ends_with() {
        let cases = [
            ("SBDVNAME", Role::Name),
            ("COUNTYNAME", Role::Place),
            ("OWNEDBY", Role::Name),
            ("SITEZIP", Role::Place),
            ("respdesc", Role::Text),
            ("NEIGHBORHO", Role::Place),
            ("Last_Updat", Role::Date),
            // Only map software cuts names, and at the tenth letter.
            ("neighborh", Role::Code),
            ("CIT_ARREST", Role::Code),
            ("Insgesamt", Role::Code),
        ];
        for (name, expected) in cases {
            assert_eq!(of(DataType::Text, name), expected, "{name}");
        }
    }

    #[test]
    fn finds_amounts_that_were_loaded_as_text() {
        let cases = [
            ("SALE PRICE", Role::Money),
            ("Interest_Rate", Role::Rate),
            ("Mean Scale Score", Role::Score),
            ("OverallLength", Role::Measure),
            ("Gross Floor Area (ft²)", Role::Measure),
            // What may be called by a name, or told in groups.
            ("Service Area", Role::Place),
            ("Fund", Role::Name),
            ("Age", Role::Code),
            ("Purpose of Payment", Role::Text),
        ];
        for (name, expected) in cases {
            assert_eq!(of(DataType::Text, name), expected, "{name}");
        }
    }

    #[test]
    fn a_description_says_what_a_number_measures() {
        let of = |name, description| {
            role(&Field {
                name,
                description,
                datatype: DataType::Number,
                ..Field::default()
            })
        };
        for (description, expected) in [
            ("Volumes of raw steel", Role::Measure),
            ("Measured distance of section or asset end", Role::Measure),
            ("The extent to which trust explains it", Role::Score),
            ("Number of points", Role::Count),
            // An amount may be one of anything.
            ("The amount of points assigned", Role::Count),
        ] {
            assert_eq!(of("EMX", description), expected, "{description}");
        }
        assert_eq!(of("obra_desc", "Descripción de obra"), Role::Text);
        for (name, description, expected) in [
            ("AREA", "Area of the polygon", Role::Measure),
            ("AREA", "Area of the city in which it stands", Role::Place),
            ("Persons on Income", "Total number of persons", Role::Count),
            ("Income", "Number of dollars earned", Role::Money),
            ("MaxCredit", "The most that a student can take", Role::Count),
            (
                "Life Expectancy",
                "The extent to which it explains the score",
                Role::Score,
            ),
        ] {
            assert_eq!(of(name, description), expected, "{name}: {description}");
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
    fn a_description_that_asks_makes_a_flag() {
        let of = |description| {
            role(&Field {
                name: "Kitchen",
                description,
                datatype: DataType::Text,
                ..Field::default()
            })
        };
        for description in [
            "Will the kitchen be open to the guest?",
            "Denotes whether there is a kitchen.",
            "Meals are cooked at this site. Data displayed as: Y/(blank)",
        ] {
            assert_eq!(of(description), Role::Flag, "{description}");
        }
        assert_eq!(of("Whether the kitchen is new or old"), Role::Code);
        assert_eq!(of("How satisfied are you with the kitchen?"), Role::Code);
        assert_eq!(of("Participant taking STEROIDS"), Role::Flag);
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
