//! Every number that a rule uses, with the evidence for it.

/// A description below this many characters of own text cannot tell what the data is (rule `description-too-short`).
/// In well-kept catalogues 2 % of descriptions are shorter, elsewhere 6 to 16 %.
pub const SHORT_DESCRIPTION_CHARACTERS: usize = 50;

/// Age, in multiples of what the promised rate allows, from which an overdue dataset is an error.
pub const FAR_OVERDUE: u32 = 2;

/// From this share of unexplained fields on, and this many of them, a table cannot be used at all.
pub const UNUSABLE_SHARE: f64 = 0.5;
/// See [`UNUSABLE_SHARE`].
pub const UNUSABLE_FIELDS: usize = 3;
/// One unexplained field among so many is a remark, no warning.
pub const MANY_FIELDS: usize = 20;

/// Fewer rows show no pattern.
pub const FEW_ROWS: u64 = 12;
/// Fewer rows show little; from here on a mean and a spread can be told.
pub const ENOUGH_ROWS: u64 = 30;
/// A short but wide table shows enough from this many numbers on.
pub const ENOUGH_NUMBERS: u64 = 200;

/// A table cut into slices has at least so many.
pub const SLICES: usize = 3;
/// Slices share at least this share of their columns (Jaccard similarity to the widest one).
pub const SLICE_SIMILARITY: f64 = 0.8;
/// Tables whose titles are equal but for the period are slices from this similarity on: their fields drift over the years.
/// Chosen among a few values on the families of five portals named by hand; not measured elsewhere.
pub const DRIFT_SIMILARITY: f64 = 0.3;
/// Two tables alone are only called slices from this similarity on.
pub const PAIR_SIMILARITY: f64 = 0.6;
/// So many different field names, all equal, do not come together by chance.
pub const TELLING_FIELDS: usize = 8;
/// More tables than this with equal fields, and titles that are alike less than [`TEMPLATE_LIKENESS`], fill in one template.
pub const TEMPLATE_TABLES: usize = 3;
/// See [`TEMPLATE_TABLES`].
pub const TEMPLATE_LIKENESS: f64 = 0.3;
/// Narrow tables that fill in one template are of one program where so many have a word that no other title has.
pub const PROGRAM_TABLES: usize = 5;
/// Tables are one that drifts where half their titles and this share of their fields agree.
pub const NEAR_SIMILARITY: f64 = 0.95;
/// From so many fields on, a smaller share tells as much: see [`WIDE_SIMILARITY`] and [`SERIES_SIMILARITY`].
pub const WIDE_FIELDS: usize = 15;
/// What [`NEAR_SIMILARITY`] is for wide tables.
pub const WIDE_SIMILARITY: f64 = 0.9;
/// Wide tables are parts of a series, whatever their titles, where this share of their fields agrees and each is of a
/// period of its own. These five were chosen on the families of five portals named by hand.
pub const SERIES_SIMILARITY: f64 = 0.85;
/// So many periods no series has.
pub const LONGEST_SERIES: usize = 200;
/// A table is tied to at most so many others that have nearly its fields.
pub const NEAREST: usize = 3;
/// Titles alone show a table cut by period and topic only where so many begin alike.
pub const GRID_TABLES: usize = 6;
/// A description of so many words does not stand on several datasets by chance.
pub const COPIED_WORDS: usize = 8;
/// It tells nothing of a dataset where so many have it.
pub const COPIED_DATASETS: usize = 3;
/// So many datasets that differ in a numbered place are one table, where only their titles are known.
pub const PLACES: usize = 4;
/// In a group, a dataset is compared with at most so many others.
pub const PARTNERS: usize = 50;
/// A group is known by at most so many of its members.
pub const SAMPLE: usize = 24;

/// Evidence quoted from a record is cut in the middle beyond this many characters.
pub const EVIDENCE_CHARACTERS: usize = 200;
/// How many examples a message names before "and N more".
pub const EXAMPLES: usize = 3;

/// A few fields without a description among many with one are no gap: one in so many may be left out.
pub const UNDESCRIBED_ONE_IN: usize = 5;

/// A label of so many words beside a machine name is as good as a description.
pub const TELLING_LABEL: usize = 8;

/// So many fields named by periods make a table that is spread sideways.
pub const SPREAD_FIELDS: usize = 3;
/// They must be at least one in so many of all fields.
pub const SPREAD_ONE_IN: usize = 4;
/// So many months that stand alone as names are a calendar, whatever else the words may mean.
pub const SPREAD_MONTHS: usize = 6;
/// A longer name is a sentence that happens to name a year.
pub const LONGEST_SPREAD_NAME: usize = 60;

/// Fewer words do not tell how hard a text is.
pub const READABLE_WORDS: usize = 60;
/// Nor do fewer sentences.
pub const READABLE_SENTENCES: usize = 3;
/// Above this grade a text asks for more than a college degree. In a well-kept catalogue the median is 14, and one
/// description in ten lies above 18.
pub const HARD_GRADE: f64 = 18.0;
/// Nobody reads a sentence of so many words at one go.
pub const ENDLESS_SENTENCE: usize = 70;

/// A field is as good as empty where one row in so many has a value.
pub const BLANK_ONE_IN: u64 = 20;

/// Text of this many characters with code is looked at for how much of it is code.
pub const STYLED_TEXT: usize = 200;
/// Where the words make less than one in so many of its characters, there is more styling than text.
pub const STYLED_ONE_IN: usize = 5;

/// A link check older than this many days says nothing of today (rule `link-check-failed`).
pub const LINK_CHECK_DAYS: i64 = 90;
