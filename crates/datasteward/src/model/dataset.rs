//! One dataset.

use super::{
    Agent, At, Columns, Contact, Day, Dictionary, Distribution, Held, License, Origin, Period,
    Slot, Spatial, Text,
};
use crate::lexicon::refresh::Rate;

/// What kind of thing the record describes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum AssetKind {
    Table,
    /// A filtered or grouped view of a table.
    View,
    Chart,
    Map,
    GeoLayer,
    Service,
    File,
    Document,
    Story,
    /// A program in the browser: a dashboard, a viewer, a form.
    App,
    Calendar,
    /// A link to a page elsewhere.
    Link,
    /// A page of the portal itself.
    Site,
    #[default]
    Unknown,
}

impl AssetKind {
    /// Made from another dataset, or, as a page of the portal itself, no data at all: judged on far fewer points.
    #[must_use]
    pub fn is_derived(self) -> bool {
        matches!(
            self,
            Self::View
                | Self::Chart
                | Self::Map
                | Self::Story
                | Self::App
                | Self::Calendar
                | Self::Site
        )
    }

    /// Data itself, and neither made from other data nor a text to read.
    #[must_use]
    pub fn is_data(self) -> bool {
        !self.is_derived() && self != Self::Document
    }

    /// For messages.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Table => "table",
            Self::View => "filtered view",
            Self::Chart => "chart",
            Self::Map => "map",
            Self::GeoLayer => "map layer",
            Self::Service => "service",
            Self::File => "file",
            Self::Document => "document",
            Self::Story => "story",
            Self::App => "app",
            Self::Calendar => "calendar",
            Self::Link => "link",
            Self::Site => "site",
            Self::Unknown => "dataset",
        }
    }
}

/// Who may have the data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Everyone.
    Public,
    /// Some, under conditions.
    Restricted,
    /// Nobody outside.
    NonPublic,
}

/// A steward's decision to leave a finding as it is, as it is written in a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision<'t> {
    /// Where it stands.
    pub at: At,
    /// Its keys, each with its text; nothing where no text stands there.
    pub members: Vec<(&'t str, Option<&'t str>)>,
}

/// A link to a page, story, chart, map or guide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link<'t> {
    /// The address.
    pub url: &'t str,
    /// Its title.
    pub title: Option<&'t str>,
}

/// How the owner was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OwnerKind {
    /// A department named as such.
    Department,
    /// The publisher or the source.
    Publisher,
}

/// What a dataset comes from and belongs to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lineage<'t> {
    /// Ids of the datasets it is a view of.
    pub parent_ids: Vec<Held<&'t str>>,
    /// Ids or titles of the series it belongs to.
    pub series: Vec<Held<&'t str>>,
    /// The portal's id of the stored table: equal for a table and its views.
    pub table_id: Option<Held<&'t str>>,
    /// A filter is set, so that not all rows are shown.
    pub is_filtered: bool,
    /// Ids of what it replaces.
    pub replaces: Vec<Held<&'t str>>,
    /// Ids of what replaces it.
    pub replaced_by: Vec<Held<&'t str>>,
    /// Links to what the data was made from.
    pub derived_from: Vec<Held<&'t str>>,
}

/// One dataset in canonical form.
#[derive(Clone, Debug, PartialEq)]
pub struct Dataset<'t> {
    /// The format it came in, by its id.
    pub format: &'static str,
    /// What kind of thing it is.
    pub kind: AssetKind,
    /// The identifier.
    pub id: Slot<&'t str>,
    /// Other identifiers.
    pub other_ids: Vec<Held<&'t str>>,
    /// How often its page on the portal was opened, as the portal counts.
    pub views: Option<u64>,
    /// Host of the portal, lower case.
    pub domain: Slot<&'t str>,
    /// The title.
    pub title: Slot<Text<'t>>,
    /// The title in other languages, or another title.
    pub other_titles: Vec<Held<Text<'t>>>,
    /// A one-line text beside the description.
    pub summary: Slot<Text<'t>>,
    /// The description.
    pub description: Slot<Text<'t>>,
    /// Keywords or tags.
    pub keywords: Slot<Vec<Held<&'t str>>>,
    /// Categories or themes.
    pub categories: Slot<Vec<Held<&'t str>>>,
    /// Languages declared.
    pub language: Slot<Vec<Held<&'t str>>>,
    /// Who publishes it.
    pub publisher: Slot<Agent<'t>>,
    /// The department in charge.
    pub department: Slot<Agent<'t>>,
    /// Who made it.
    pub creators: Slot<Vec<Held<Agent<'t>>>>,
    /// Who answers questions.
    pub contact: Slot<Contact<'t>>,
    /// Who or what produced the data.
    pub sources: Slot<Vec<Held<Origin<'t>>>>,
    /// Doubts about accuracy, limits, gaps.
    pub limitations: Slot<Vec<Held<Text<'t>>>>,
    /// The record says that no limits are known.
    pub no_known_limitations: bool,
    /// How the data was made.
    pub method: Slot<Text<'t>>,
    /// Why it was made.
    pub purpose: Slot<Text<'t>>,
    /// How to read it.
    pub usage_notes: Slot<Text<'t>>,
    /// Stories, charts, maps and guides about it.
    pub context_links: Slot<Vec<Held<Link<'t>>>>,
    /// The terms.
    pub license: Slot<License<'t>>,
    /// Rights beside the license.
    pub rights: Slot<Text<'t>>,
    /// Who may have it.
    pub access: Slot<Access>,
    /// The promise of updates.
    pub refresh: Slot<Refresh<'t>>,
    /// When the record was made.
    pub created: Slot<Day<'t>>,
    /// When it was published.
    pub issued: Slot<Day<'t>>,
    /// When the metadata last changed.
    pub metadata_modified: Slot<Day<'t>>,
    /// When something last changed, data or metadata.
    pub modified: Slot<Day<'t>>,
    /// When the data last changed.
    pub data_updated: Slot<Day<'t>>,
    /// The time covered.
    pub temporal: Slot<Period<'t>>,
    /// The place covered.
    pub spatial: Slot<Spatial<'t>>,
    /// The coordinate system.
    pub crs: Slot<&'t str>,
    /// The time zone of its times.
    pub time_zone: Slot<&'t str>,
    /// The currency of its amounts, where one is declared for all.
    pub currency: Slot<&'t str>,
    /// What one row is.
    pub row_label: Slot<&'t str>,
    /// Number of rows.
    pub rows: Slot<u64>,
    /// Size of the data in bytes.
    pub bytes: Slot<u64>,
    /// The fields.
    pub columns: Columns<'t>,
    /// A data dictionary beside the record.
    pub dictionary: Slot<Dictionary<'t>>,
    /// Files and services.
    pub distributions: Slot<Vec<Held<Distribution<'t>>>>,
    /// A page about the dataset.
    pub landing_page: Slot<&'t str>,
    /// A picture of the data.
    pub preview: Slot<&'t str>,
    /// The portal itself serves the table in open formats.
    pub served_by_portal: bool,
    /// What it comes from and belongs to.
    pub lineage: Lineage<'t>,
    /// The record itself says that it is retired.
    pub retired: Slot<&'t str>,
    /// The version.
    pub version: Slot<&'t str>,
    /// Fields that the portal's owner has added, as they are.
    pub custom: Vec<(String, Held<&'t str>)>,
    /// Keys of the record that no slot stands for.
    pub extra: Vec<(&'t str, At)>,
    /// Texts anywhere in the record that hold a sign worth a second look.
    pub texts: Vec<UnusualText<'t>>,
    /// What is wrong with its structure.
    pub faults: Vec<super::Fault>,
    /// What the record itself says is known and stays, as written.
    pub acknowledged: Vec<Decision<'t>>,
}

/// A text with other signs than plain letters: perhaps damaged, perhaps a template, mostly neither.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnusualText<'t> {
    /// Its place.
    pub at: At,
    /// The key under which it stands.
    pub key: &'t str,
    /// As written.
    pub text: &'t str,
}

/// A refresh rate as written and as read.
#[derive(Clone, Debug, PartialEq)]
pub struct Refresh<'t> {
    /// As written.
    pub raw: &'t str,
    /// As read.
    pub rate: Rate,
}

impl<'t> Dataset<'t> {
    /// A dataset of which nothing is known: every slot is missing from the record.
    #[must_use]
    pub fn empty(format: &'static str) -> Self {
        let at = At::RECORD;
        Self {
            format,
            kind: AssetKind::Unknown,
            id: Slot::absent(at),
            other_ids: Vec::new(),
            views: None,
            domain: Slot::absent(at),
            title: Slot::absent(at),
            other_titles: Vec::new(),
            summary: Slot::absent(at),
            description: Slot::absent(at),
            keywords: Slot::absent(at),
            categories: Slot::absent(at),
            language: Slot::absent(at),
            publisher: Slot::absent(at),
            department: Slot::absent(at),
            creators: Slot::absent(at),
            contact: Slot::absent(at),
            sources: Slot::absent(at),
            limitations: Slot::absent(at),
            no_known_limitations: false,
            method: Slot::absent(at),
            purpose: Slot::absent(at),
            usage_notes: Slot::absent(at),
            context_links: Slot::absent(at),
            license: Slot::absent(at),
            rights: Slot::absent(at),
            access: Slot::absent(at),
            refresh: Slot::absent(at),
            created: Slot::absent(at),
            issued: Slot::absent(at),
            metadata_modified: Slot::absent(at),
            modified: Slot::absent(at),
            data_updated: Slot::absent(at),
            temporal: Slot::absent(at),
            spatial: Slot::absent(at),
            crs: Slot::absent(at),
            time_zone: Slot::absent(at),
            currency: Slot::absent(at),
            row_label: Slot::absent(at),
            rows: Slot::absent(at),
            bytes: Slot::absent(at),
            columns: Columns::Missing(at),
            dictionary: Slot::absent(at),
            distributions: Slot::absent(at),
            landing_page: Slot::absent(at),
            preview: Slot::absent(at),
            served_by_portal: false,
            lineage: Lineage::default(),
            retired: Slot::absent(at),
            version: Slot::absent(at),
            custom: Vec::new(),
            extra: Vec::new(),
            texts: Vec::new(),
            faults: Vec::new(),
            acknowledged: Vec::new(),
        }
    }

    /// The title as a reader sees it; empty where there is none.
    #[must_use]
    pub fn title_text(&self) -> &str {
        self.title.value().map_or("", |text| text.plain.as_ref())
    }

    /// The description as a reader sees it; empty where there is none.
    #[must_use]
    pub fn description_text(&self) -> &str {
        self.description
            .value()
            .map_or("", |text| text.plain.as_ref())
    }

    /// The department in charge, else the publisher. A page that is given in the place of a department names none.
    #[must_use]
    pub fn owner(&self) -> Option<(&'t str, OwnerKind)> {
        let department = self
            .department
            .value()
            .filter(|it| !it.name.contains("://") && !it.name.starts_with("www."))
            .map(|it| (it.name, OwnerKind::Department));
        department.or_else(|| {
            self.publisher
                .value()
                .map(|it| (it.name, OwnerKind::Publisher))
        })
    }

    /// The rows of the table: as declared, else as the fields' statistics tell.
    #[must_use]
    pub fn row_count(&self) -> Option<u64> {
        self.rows.value().copied().or_else(|| {
            let stats = self
                .columns
                .listed()
                .iter()
                .filter_map(|it| it.stats.as_ref());
            stats.filter_map(super::Stats::rows).max()
        })
    }
}
