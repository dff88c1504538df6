//! One field judged.

use super::TextVerdict;
use crate::lexicon::plain::{self, NameVerdict, Vocabulary};
use crate::lexicon::roles::{self, DataType, Field, Role};
use crate::lexicon::units::{Unit, Where};
use crate::lexicon::{placeholder, restate};
use crate::model::Column;

/// What a reader would say of one field.
#[derive(Clone, Debug)]
pub struct ColumnJudgement {
    /// Whether its name can be read.
    pub name: NameVerdict,
    /// Whether its description helps.
    pub description: TextVerdict,
    /// What its values are.
    pub role: Role,
    /// Whether its numbers need a unit.
    pub unit_needed: bool,
    /// The unit that is stated, and where.
    pub unit: Option<(Unit, Where)>,
    /// Made by the portal: never judged by rules.
    pub is_system: bool,
    /// The record's own text explains the shorthand in its name, where nothing else does.
    pub told_by_text: bool,
}

/// What a record says of all its fields.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct About<'a> {
    /// The currency of the publisher's country.
    pub(super) home_currency: Option<&'a str>,
    /// What the title says that the numbers are.
    pub(super) subject: Option<Role>,
    /// The types of the fields tell nothing.
    pub(super) untyped: bool,
    /// Fields whose type and name tell nothing are measured, as those beside them are.
    pub(super) untold_is_measured: bool,
    /// A type that allows anything is one of numbers.
    pub(super) any_is_number: bool,
    /// Amounts of money are in thousands or the like.
    pub(super) money_is_scaled: bool,
}

impl ColumnJudgement {
    /// Judges a field with what its record says at hand.
    pub(super) fn of(column: &Column<'_>, vocabulary: &Vocabulary<'_>, about: &About<'_>) -> Self {
        let name = column.shown_name();
        let mut field = Field {
            home_currency: about.home_currency,
            subject: about.subject,
            ..column.field()
        };
        if about.untyped {
            field.datatype = DataType::Unknown;
        }
        if about.any_is_number && field.datatype == DataType::Unknown {
            field.datatype = DataType::Number;
        }
        if about.untold_is_measured
            && field.datatype == DataType::Unknown
            && field.subject.is_none()
        {
            field.datatype = DataType::Number;
            field.subject = Some(Role::Measure);
        }
        let roles::Judgement {
            role,
            unit,
            unit_needed,
        } = roles::judge(&field);
        // Dollars are understood at home, thousands of dollars have to be told.
        let scaled = role == Role::Money && about.money_is_scaled;
        let unit_needed = unit_needed || scaled;
        let mut judged = Self {
            name: plain::judge(name, vocabulary),
            description: describe(column, vocabulary),
            role,
            unit_needed,
            unit,
            is_system: column.is_system,
            told_by_text: false,
        };
        // Texts are searched for the few names that nothing else explains.
        judged.told_by_text = !judged.is_system
            && !judged.is_explained(false)
            && (column.alias.is_some() || plain::is_told(name, vocabulary));
        judged
    }

    /// An amount that needs a unit, or has one.
    pub(super) fn measures(&self) -> bool {
        !self.is_system && (self.unit_needed || self.unit.is_some() || self.role == Role::Measure)
    }

    /// A reader new to the data can use the field: its name is plain, or its description helps.
    #[must_use]
    pub fn is_explained(&self, has_values: bool) -> bool {
        self.name.is_plain()
            || self.name.is_unsure()
            || has_values
            || self.told_by_text
            || matches!(self.description, TextVerdict::Thin | TextVerdict::Good)
    }
}

fn describe(column: &Column<'_>, vocabulary: &Vocabulary<'_>) -> TextVerdict {
    let text = column.description_text();
    if text.is_empty() {
        return TextVerdict::Missing;
    }
    if placeholder::classify(text).is_some() {
        return TextVerdict::Placeholder;
    }
    let machine_name = column.machine_name.value().copied().unwrap_or_default();
    restate::field_description(column.shown_name(), machine_name, text, vocabulary).into()
}
