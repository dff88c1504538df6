//! The machinery of rules; no rule stands here.
//!
//! A [`Rule`] is a static: its page, its metadata and a function that returns a [`Verdict`]. `declare_rule!` makes one
//! from a doc comment. `crate::rules` holds the rules themselves.

mod catalog;
mod declare;
mod doubles;
mod families;
mod finding;
pub mod page;
mod pool;
mod rows;
pub(crate) mod slices;
pub(crate) mod summaries;

pub use catalog::{Answers, Catalog, CatalogFinding, OfEach};
pub(crate) use declare::declare_rule;
pub(crate) use doubles::Doubles;
pub use families::{Cut, Family};
pub use finding::{
    Addition, Confidence, Draft, Ratio, none_of, of_all, offered, quoted_list, shorten,
};
pub use pool::{Pool, Shared};
pub(crate) use rows::{Rows, long, short};
pub use summaries::{Entry, Head, Part, Summaries, Summary};

use crate::judgement::Judged;
use crate::lexicon::dates::Date;
use crate::lexicon::placeholder::{self, Placeholder};
use crate::lexicon::roles::{DataType, Role};
use crate::model::{At, Columns, DataFacts, Dataset, LinkReport, Stats, Text};
use crate::profile::Asks;

/// The five areas of the checklist.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Area {
    Consistency,
    Accessibility,
    Comprehensiveness,
    Trustworthiness,
    Interest,
}

impl Area {
    /// The areas in the order of the checklist.
    pub const ALL: [Self; 5] = [
        Self::Consistency,
        Self::Accessibility,
        Self::Comprehensiveness,
        Self::Trustworthiness,
        Self::Interest,
    ];

    /// The name for people.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Consistency => "Consistency",
            Self::Accessibility => "Accessibility",
            Self::Comprehensiveness => "Comprehensiveness",
            Self::Trustworthiness => "Trustworthiness",
            Self::Interest => "Interest",
        }
    }
}

/// The ten items of the checklist, behind the two groups that carry no points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Item {
    /// The document: syntax, characters, dates.
    D0,
    /// The catalogue: what can only be seen over many datasets.
    K0,
    /// One parent dataset, filtered views.
    C1,
    /// Required metadata is filled out.
    C2,
    /// Keeps its documented refresh rate.
    C3,
    /// A usable format.
    A4,
    /// Plain field names, or descriptions, or a data dictionary.
    M5,
    /// Units are included.
    M6,
    /// The source is provided.
    T7,
    /// Doubts and limits are noted.
    T8,
    /// Context.
    I9,
    /// Enough data.
    I10,
}

impl Item {
    /// The ten items, in the order of the checklist.
    pub const TEN: [Self; 10] = [
        Self::C1,
        Self::C2,
        Self::C3,
        Self::A4,
        Self::M5,
        Self::M6,
        Self::T7,
        Self::T8,
        Self::I9,
        Self::I10,
    ];

    /// The code: `C3`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::D0 => "D0",
            Self::K0 => "K0",
            Self::C1 => "C1",
            Self::C2 => "C2",
            Self::C3 => "C3",
            Self::A4 => "A4",
            Self::M5 => "M5",
            Self::M6 => "M6",
            Self::T7 => "T7",
            Self::T8 => "T8",
            Self::I9 => "I9",
            Self::I10 => "I10",
        }
    }

    /// The area it belongs to; none for the two groups without points.
    #[must_use]
    pub fn area(self) -> Option<Area> {
        match self {
            Self::D0 | Self::K0 => None,
            Self::C1 | Self::C2 | Self::C3 => Some(Area::Consistency),
            Self::A4 => Some(Area::Accessibility),
            Self::M5 | Self::M6 => Some(Area::Comprehensiveness),
            Self::T7 | Self::T8 => Some(Area::Trustworthiness),
            Self::I9 | Self::I10 => Some(Area::Interest),
        }
    }

    /// Two or three words for people.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::D0 => "document",
            Self::K0 => "catalogue",
            Self::C1 => "one parent",
            Self::C2 => "required metadata",
            Self::C3 => "refresh rate kept",
            Self::A4 => "usable format",
            Self::M5 => "plain fields",
            Self::M6 => "units",
            Self::T7 => "source",
            Self::T8 => "limits noted",
            Self::I9 => "context",
            Self::I10 => "enough data",
        }
    }
}

/// How much a finding weighs.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// A remark; it costs nothing and fails no item.
    Info,
    /// A reader will stumble.
    Warning,
    /// A reader cannot go on.
    Error,
}

impl Severity {
    /// The word for people.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Info => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }

    /// The weight of a rule in the score of its item (`docs/scoring.md`).
    #[must_use]
    pub fn weight(self) -> u32 {
        match self {
            Self::Info => 0,
            Self::Warning => 2,
            Self::Error => 4,
        }
    }
}

/// How settled a rule is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// At least nine of ten findings read by hand were right.
    Stable,
    /// Not measured enough yet.
    Preview,
}

/// Why a question makes no sense or cannot be answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Not asked of this kind of asset.
    AssetKind,
    /// Data of this kind has no fields.
    NoColumnsByNature,
    /// No interval is promised.
    NotPeriodic,
    /// The dataset is retired.
    Retired,
    /// Nothing is measured.
    NoMeasures,
    /// Not asked by the profile, or switched off.
    Profile,
    /// The steward knows, and it stays.
    Acknowledged,
    /// Another rule has already failed on the same ground.
    Dependency,
    /// The format has no place for it.
    NoSlot,
    /// The portal has it, this export leaves it out.
    NotInExport,
    /// No day of judgement was given.
    NoAsOf,
    /// Only one record was given.
    NoSiblings,
    /// The data was not looked at.
    NoData,
    /// The answer stands behind a link.
    UnresolvedReference,
    /// The text is in a language that is not judged.
    Language,
    /// The value is withheld on purpose.
    Redacted,
}

impl Reason {
    /// All of them, each in its own place.
    pub const ALL: [Self; 16] = [
        Self::AssetKind,
        Self::NoColumnsByNature,
        Self::NotPeriodic,
        Self::Retired,
        Self::NoMeasures,
        Self::Profile,
        Self::Acknowledged,
        Self::Dependency,
        Self::NoSlot,
        Self::NotInExport,
        Self::NoAsOf,
        Self::NoSiblings,
        Self::NoData,
        Self::UnresolvedReference,
        Self::Language,
        Self::Redacted,
    ];

    /// The code used in reports.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::AssetKind => "asset-kind",
            Self::NoColumnsByNature => "no-columns-by-nature",
            Self::NotPeriodic => "not-periodic",
            Self::Retired => "retired",
            Self::NoMeasures => "no-measures",
            Self::Profile => "profile",
            Self::Acknowledged => "acknowledged",
            Self::Dependency => "dependency",
            Self::NoSlot => "no-slot",
            Self::NotInExport => "not-in-export",
            Self::NoAsOf => "no-as-of",
            Self::NoSiblings => "no-siblings",
            Self::NoData => "no-data",
            Self::UnresolvedReference => "unresolved-reference",
            Self::Language => "language",
            Self::Redacted => "redacted",
        }
    }
}

/// What a rule says of one dataset.
#[derive(Debug)]
pub enum Verdict {
    /// Looked, and it is in order.
    Pass,
    /// Looked, and something is wrong.
    Fail(Vec<Draft>),
    /// The question makes no sense here.
    NotApplicable(Reason),
    /// The question makes sense, but the record does not let us answer.
    Unknown(Reason),
}

impl Verdict {
    /// One finding.
    #[must_use]
    pub fn fail(draft: Draft) -> Self {
        Self::Fail(vec![draft])
    }
}

/// One dataset as a rule sees it.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// The dataset.
    pub dataset: &'a Dataset<'a>,
    /// What a careful reader would say of it.
    pub judged: &'a Judged<'a>,
    /// The day of judgement.
    pub as_of: Option<Date>,
    /// What the profile and the steward ask for.
    pub asks: &'a Asks,
    /// What was counted in the data, where it was looked at.
    pub data: Option<&'a DataFacts>,
    /// What an outside check of links found, where one is given.
    pub links: Option<&'a LinkReport>,
}

/// A field of which something was counted, by the portal or in the data itself.
#[derive(Clone, Debug)]
pub struct Counted<'a> {
    /// The name that readers see.
    pub name: &'a str,
    /// What was counted.
    pub stats: Stats<'a>,
    /// Whether its values are the dates of what happened.
    pub is_date: bool,
    /// Where the record has the field; nothing where only the data has it.
    pub at: Option<At>,
}

impl<'a> Subject<'a> {
    /// Why the fields cannot be judged, where they cannot.
    #[must_use]
    pub fn without_columns(&self) -> Option<Verdict> {
        let verdict = match &self.dataset.columns {
            Columns::Listed(_) if self.judged.judged_columns().next().is_some() => return None,
            Columns::Listed(_) | Columns::None => Verdict::NotApplicable(Reason::NoColumnsByNature),
            Columns::Missing(_) | Columns::NotInExport(_) => Verdict::Unknown(Reason::NotInExport),
            Columns::Referenced(_) => Verdict::Unknown(Reason::UnresolvedReference),
            Columns::NotInFormat(_) => Verdict::Unknown(Reason::NoSlot),
        };
        Some(verdict)
    }

    /// The fields of which something was counted. Where the record has no list of fields, they are those of the data.
    #[must_use]
    pub fn counted(&self) -> Vec<Counted<'a>> {
        let columns = self.dataset.columns.listed();
        if columns.is_empty() {
            let facts = self.data.into_iter();
            return facts
                .flat_map(|data| data.columns.iter().map(|column| (column, data.rows)))
                .filter(|(column, _)| column.is_of_interest())
                .map(|(column, rows)| Counted {
                    name: &column.name,
                    stats: column.stats(rows),
                    is_date: matches!(column.datatype, DataType::Date | DataType::DateTime),
                    at: None,
                })
                .collect();
        }
        let judged = self.judged.judged_columns();
        judged
            .filter_map(|(index, judged)| Some((columns.get(index)?, judged)))
            .filter_map(|(column, judged)| {
                Some(Counted {
                    name: column.shown_name(),
                    stats: column.stats.clone()?,
                    is_date: matches!(judged.role, Role::Date | Role::Timestamp),
                    at: column.name_at(),
                })
            })
            .collect()
    }

    /// Whether nothing but a template was left at a place: the rule `template-not-filled` tells so, once for all.
    #[must_use]
    pub fn is_unfilled(&self, at: Option<At>) -> bool {
        let is_whole = |text: &str| placeholder::classify(text) == Some(Placeholder::Template);
        self.dataset.texts.iter().any(|it| {
            Some(it.at) == at
                && placeholder::template_in(it.text).is_some()
                && is_whole(&Text::new(it.text).plain)
        })
    }

    /// A document, a page or a story is not asked how its data is described.
    #[must_use]
    pub fn not_data(&self) -> Option<Verdict> {
        (!self.dataset.kind.is_data()).then_some(Verdict::NotApplicable(Reason::AssetKind))
    }

    /// The names and places of fields, by their indexes.
    pub fn fields(
        &self,
        indexes: &'a [usize],
    ) -> impl Iterator<Item = &'a crate::model::Column<'a>> {
        let columns = self.dataset.columns.listed();
        indexes.iter().filter_map(move |index| columns.get(*index))
    }
}

/// What a rule looks at.
#[derive(Clone, Copy)]
pub enum Check {
    /// The engine itself makes these findings while it reads.
    Reading,
    /// One dataset at a time.
    Dataset(fn(&Subject<'_>) -> Verdict),
    /// Summaries of all datasets.
    Catalog(for<'c> fn(&'c Catalog<'c>) -> Answers<'c>),
}

/// A rule of the checklist.
pub struct Rule {
    /// The name of the fault: `refresh-overdue`.
    pub id: &'static str,
    /// The second, equal handle: `C3-03`.
    pub code: &'static str,
    /// The item it decides.
    pub item: Item,
    /// How much its findings weigh, unless a finding says otherwise.
    pub severity: Severity,
    /// How settled it is.
    pub status: Status,
    /// Whether it is asked of views, charts, maps and stories too.
    pub derived_too: bool,
    /// Its page, as written above it.
    pub page: &'static str,
    /// What it does.
    pub check: Check,
}

impl std::fmt::Debug for Rule {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(self.id)
    }
}
