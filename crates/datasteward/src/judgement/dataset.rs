//! One dataset judged.

use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeMap, HashSet};

use super::column::About;
use super::{ColumnJudgement, TextVerdict, beside, word};
use crate::lexicon::formats::{self, Answer};
use crate::lexicon::language::{self, Language};
use crate::lexicon::memo::Memo;
use crate::lexicon::phrases::{Context, Limits, Reading, limits_field};
use crate::lexicon::placeholder::{self, FurnitureField, TitleProblem, Trial, TrialKind};
use crate::lexicon::plain::{self, Vocabulary};
use crate::lexicon::refresh::{self, Cadence, Class, Retired, Strength};
use crate::lexicon::roles::{self, DataType, Role};
use crate::lexicon::unit_stated;
use crate::lexicon::units::{self, Family, Unit, Where};
use crate::lexicon::{fold, guides, html, licenses, publishers, restate, titles};
use crate::model::{Access, AssetKind, Column, Columns, Dataset, Distribution};

/// What a careful reader would say of a dataset.
#[derive(Debug)]
pub struct Judged<'d> {
    /// The record's own words, for judging names.
    pub vocabulary: Vocabulary<'d>,
    /// The language of its texts.
    pub language: Language,
    /// How good its description is.
    pub description: TextVerdict,
    /// What its description says, phrase by phrase.
    pub reading: Reading,
    /// Which parts of the context it gives.
    pub context: Context,
    /// What its description says about limits.
    pub limits: Option<Limits>,
    /// A sign that it is a trial.
    pub trial: Option<Trial>,
    /// Updates that the description promises.
    pub cadences: Vec<Cadence>,
    /// Words that say that it is retired.
    pub retired: Option<Retired>,
    /// A unit that the description gives to all values.
    pub unit_of_all: Option<Unit>,
    /// The currency of the publisher's country (ISO 4217), where it can be told.
    pub home_currency: Option<&'d str>,
    /// Its fields, in their order.
    pub columns: Vec<ColumnJudgement>,
    /// A data dictionary or guide that the description links.
    pub dictionary_in_text: Option<&'d str>,
    unexplained: OnceCell<Vec<usize>>,
    /// Names written out, by the number of the field: several rules offer them.
    expansions: RefCell<BTreeMap<usize, Option<plain::Expansion>>>,
}

impl<'d> Judged<'d> {
    /// Judges a dataset.
    #[must_use]
    pub fn of(dataset: &'d Dataset<'_>) -> Self {
        let title = dataset.title_text();
        let text = dataset.description_text();
        let columns = dataset.columns.listed();
        let language = language::guess(
            [title, text].into_iter().chain(
                columns
                    .iter()
                    .flat_map(|column| [column.shown_name(), column.description_text()]),
            ),
        );
        let language = or_declared(language, dataset);
        let vocabulary = vocabulary(dataset, language);
        let reading = Reading::of(text);
        let home_currency = home_currency(dataset, language);
        let unit_of_all = unit_stated::named_in(text)
            .or_else(|| unit_stated::denominator_in(title))
            .or_else(|| unit_stated::denominator_in(text));
        let mut about = About {
            home_currency,
            subject: roles::subject_of(title)
                .filter(|role| *role != Role::Money || home_currency.is_some()),
            untyped: is_untyped(columns),
            untold_is_measured: false,
            any_is_number: false,
            money_is_scaled: unit_of_all
                .as_ref()
                .is_some_and(|unit| unit.family == Family::Money && unit.code.starts_with("10*")),
        };
        // A title that says what all numbers are gives them their unit.
        let unit_of_all =
            unit_of_all.or((about.subject == Some(Role::Percent)).then_some(units::PERCENT));
        let judge = |about: &About<'_>| -> Vec<ColumnJudgement> {
            let columns = columns.iter();
            columns
                .map(|column| ColumnJudgement::of(column, &vocabulary, about))
                .collect()
        };
        let mut judged = judge(&about);
        let told = || match title {
            _ if roles::is_about_a_measure(title) => Some(Role::Measure),
            _ => roles::is_about_a_rate(title).then_some(Role::Rate),
        };
        if about.subject.is_none()
            && let Some(subject) = told()
            && !judged.iter().any(ColumnJudgement::measures)
            && unit_stated::names_unit(title).is_none()
        {
            about.subject = Some(subject);
            judged = judge(&about);
        }
        if some_have_units(columns, &judged) {
            about.untold_is_measured = true;
            judged = judge(&about);
        }
        beside::look(columns, &mut judged, &vocabulary, &about);
        Self {
            description: describe(dataset),
            context: reading.context(title, text),
            limits: reading.limits(),
            trial: placeholder::test_record_read(title, text, &reading)
                .or_else(|| is_furniture(columns, text).then(|| placeholder::furniture(title))),
            cadences: refresh::promised_in(text),
            retired: refresh::retired_in(title, text),
            dictionary_in_text: guides::dictionary_link(text),
            unit_of_all,
            language,
            home_currency,
            reading,
            columns: judged,
            vocabulary,
            unexplained: OnceCell::new(),
            expansions: RefCell::default(),
        }
    }

    /// The dataset will not be updated any more, by its own words or its refresh rate.
    #[must_use]
    pub fn is_retired(&self, dataset: &Dataset<'_>) -> bool {
        dataset.retired.is_filled()
            || self.retired.is_some()
            || dataset
                .refresh
                .value()
                .is_some_and(|refresh| refresh.rate.class.is_static())
    }

    /// A source is named in a slot or in the text; a publisher or department that is not the portal itself counts.
    #[must_use]
    pub fn names_source(&self, dataset: &Dataset<'_>) -> bool {
        let named = dataset.sources.value().is_some_and(|sources| {
            sources.iter().any(|held| {
                held.value
                    .name
                    .value()
                    .is_some_and(|name| !is_portal(&name.plain, dataset))
                    || (held.value.url.is_filled() && !held.value.name.is_filled())
            })
        });
        let department = dataset.department.value().is_some_and(|department| {
            !is_portal(department.name, dataset) && !publishers::names_nobody(department.name)
        });
        named || department || self.reading.source().is_some() || is_run_by_the_publisher(dataset)
    }

    /// Limits are stated in a slot, in the description, in the terms or with a field.
    #[must_use]
    pub fn states_limits(&self, dataset: &Dataset<'_>) -> bool {
        dataset.no_known_limitations
            || dataset.limitations.is_filled()
            || matches!(self.limits, Some(Limits::Stated(_) | Limits::NoneKnown(_)))
            || terms_state_limits(dataset)
            || dataset
                .columns
                .listed()
                .iter()
                .any(|column| field_states_limits(column.description_text()))
    }

    /// The record helps a reader to see why the data exist, how they were made or how to read them.
    #[must_use]
    pub fn gives_context(&self, dataset: &Dataset<'_>) -> bool {
        self.reading.gives_context(&self.context)
            || dataset.purpose.is_filled()
            || dataset.method.is_filled()
            || dataset.usage_notes.is_filled()
            || dataset.context_links.is_filled()
    }

    /// What is wrong with the title, if anything is.
    #[must_use]
    pub fn title_problem(&self, dataset: &Dataset<'_>) -> Option<TitleProblem> {
        placeholder::title_problem(dataset.title_text(), dataset.description_text())
            .filter(|problem| !matches!(problem, TitleProblem::AllCapitals))
    }

    /// Fields that are judged: not those that the portal made.
    pub fn judged_columns(&self) -> impl Iterator<Item = (usize, &ColumnJudgement)> {
        self.columns
            .iter()
            .enumerate()
            .filter(|(_, column)| !column.is_system)
    }

    /// Fields whose numbers need a unit that nothing states: not the field, not the text, and no field beside it that
    /// gives a unit for each row.
    pub fn without_unit<'a>(
        &'a self,
        dataset: &'a Dataset<'_>,
    ) -> impl Iterator<Item = (usize, &'a ColumnJudgement)> {
        let columns = dataset.columns.listed();
        let any =
            move |test: fn(&str) -> bool| columns.iter().any(|column| test(column.shown_name()));
        // `Unit` alone may be a flat, but not beside a `Value`.
        let find = move || {
            any(unit_stated::is_unit_field)
                || (any(unit_stated::is_bare_unit) && any(unit_stated::is_bare_value))
        };
        let text = dataset.description_text();
        let is_listed = move |column: &Column<'_>, judged: &ColumnJudgement| {
            unit_stated::listed_in(text, column.shown_name())
                // What a price depends on is told in units as well.
                .is_some_and(|unit| (unit.family == Family::Money) == (judged.role == Role::Money))
        };
        let beside = OnceCell::new();
        let named = OnceCell::new();
        self.judged_columns().filter(move |(index, judged)| {
            judged.unit_needed
                && judged.unit.is_none()
                && !self.is_in_unit_of_all(judged)
                && !*beside.get_or_init(find)
                && !columns.get(*index).is_some_and(|column| {
                    let names = named.get_or_init(|| names_with_units(columns));
                    (!names.is_empty()
                        && names.contains(&fold::name_words(column.shown_name()).join(" ")))
                        || is_listed(column, judged)
                })
        })
    }

    /// Whether the unit that the text gives to all values can be that of a field: kilometres are no price.
    fn is_in_unit_of_all(&self, column: &ColumnJudgement) -> bool {
        self.unit_of_all
            .as_ref()
            .is_some_and(|unit| match (unit.family, column.role) {
                (Family::Money, role) => matches!(role, Role::Money | Role::Score),
                (Family::Share, role) => matches!(role, Role::Percent | Role::Rate | Role::Score),
                (Family::Rate, role) => matches!(role, Role::Rate | Role::Percent | Role::Score),
                (_, role) => matches!(role, Role::Measure | Role::Score),
            })
    }

    /// Fields with neither a plain name nor a description that helps; found once.
    pub fn unexplained(&self, dataset: &Dataset<'_>) -> &[usize] {
        self.unexplained
            .get_or_init(|| self.find_unexplained(dataset))
    }

    fn find_unexplained(&self, dataset: &Dataset<'_>) -> Vec<usize> {
        let columns = dataset.columns.listed();
        self.judged_columns()
            .filter(|(index, column)| {
                let has_values = columns.get(*index).is_some_and(|column| {
                    !column.values.is_empty() || column.values_url.is_filled()
                });
                !column.is_explained(has_values)
            })
            .map(|(index, _)| index)
            .collect()
    }

    /// The answers that `inspect` gives, by their keys.
    #[must_use]
    pub fn answers(&self, dataset: &Dataset<'_>) -> Vec<(&'static str, String)> {
        let field = dataset.refresh.value().map(|refresh| &refresh.rate);
        let text = dataset.description_text();
        let stated = refresh::stated(field, dataset.title_text(), text);
        vec![
            (
                "title_ok",
                word(dataset.title.is_filled() && self.title_problem(dataset).is_none()).into(),
            ),
            ("description", self.description.as_str().into()),
            ("source_stated", word(self.names_source(dataset)).into()),
            ("limits_stated", word(self.states_limits(dataset)).into()),
            ("context", word(self.gives_context(dataset)).into()),
            ("refresh", stated.canonical().to_owned()),
            (
                "refresh_conflict",
                word(self.refresh_conflict(dataset)).into(),
            ),
            ("units_ok", self.units_ok(dataset).into()),
            ("columns_ok", self.columns_ok(dataset).into()),
            ("usable_format", usable(dataset).into()),
            ("junk", word(self.is_junk(dataset)).into()),
        ]
    }

    /// Field and text promise different things.
    #[must_use]
    pub fn refresh_conflict(&self, dataset: &Dataset<'_>) -> bool {
        let Some(refresh) = dataset.refresh.value() else {
            return false;
        };
        let retired = self
            .retired
            .as_ref()
            .is_some_and(|retired| retired.strength == Strength::Certain);
        refresh::contradicts(&refresh.rate, &self.cadences).is_some()
            || (retired && (refresh.rate.is_periodic() || refresh.rate.class == Class::Continuous))
    }

    /// What map software leaves behind is in no rule's way, but a reader stumbles over it.
    fn leftovers<'a>(
        &'a self,
        dataset: &'a Dataset<'_>,
    ) -> impl Iterator<Item = &'a ColumnJudgement> {
        let columns = dataset.columns.listed().iter().zip(&self.columns);
        columns
            .filter(|(column, judged)| {
                judged.is_system && roles::is_map_measure(column.shown_name())
            })
            .map(|(_, judged)| judged)
    }

    fn units_ok(&self, dataset: &Dataset<'_>) -> &'static str {
        if self.leftovers(dataset).any(|column| column.unit.is_none()) {
            return "no";
        }
        let quantities = self.judged_columns().any(|(_, column)| {
            column.unit_needed
                || matches!(
                    column.role,
                    Role::Count | Role::Money | Role::Measure | Role::Score
                )
        });
        if !quantities {
            return "na";
        }
        word(self.without_unit(dataset).next().is_none())
    }

    fn columns_ok(&self, dataset: &Dataset<'_>) -> &'static str {
        if self.judged_columns().next().is_none() {
            return "na";
        }
        let explained = self.unexplained(dataset).is_empty()
            && self
                .leftovers(dataset)
                .all(|column| column.is_explained(false));
        word(self.has_dictionary(dataset) || explained)
    }

    /// A data dictionary is linked, in its own place or in the description.
    #[must_use]
    pub fn has_dictionary(&self, dataset: &Dataset<'_>) -> bool {
        dataset.dictionary.is_filled() || self.dictionary_in_text.is_some()
    }

    /// A part of the portal's own pages: there is no data of which anything could be asked.
    #[must_use]
    pub fn is_furniture(&self) -> bool {
        self.trial
            .as_ref()
            .is_some_and(|trial| trial.kind == TrialKind::Furniture)
    }

    /// A trial, a shell or a record that was never meant to be public.
    #[must_use]
    pub fn is_junk(&self, dataset: &Dataset<'_>) -> bool {
        let shell = matches!(
            self.description,
            TextVerdict::Missing | TextVerdict::Placeholder
        ) && usable(dataset) == "no"
            && dataset.columns.listed().is_empty();
        self.trial.is_some()
            || dataset.kind == AssetKind::Site
            || placeholder::is_managed_by_a_portal(dataset.description_text())
            || titles::version_mark(dataset.title_text())
                .is_some_and(|version| version.mark == titles::Mark::Copy)
            || shell
            || dataset.row_count() == Some(0)
    }
}

/// The language that the record declares, where its texts are too few to tell; English is what is taken anyway.
fn or_declared(guessed: Language, dataset: &Dataset<'_>) -> Language {
    if guessed != Language::Unknown {
        return guessed;
    }
    let declared = dataset.language.value().into_iter().flatten();
    let mut declared = declared.map(|held| Language::of_tag(held.value));
    match (declared.next(), declared.next()) {
        (Some(one), None) if one != Language::English => one,
        _ => guessed,
    }
}

/// Tiles, stories and backgrounds of a portal's own pages are kept as tables: of pictures, links, and words to go with them.
fn is_furniture(columns: &[Column<'_>], text: &str) -> bool {
    let own = || columns.iter().filter(|column| !column.is_system);
    let kind = |column: &Column<'_>| placeholder::furniture_field(column.shown_name());
    (3..=12).contains(&columns.len())
        && text.len() < FURNITURE_TEXT
        && own().all(|column| kind(column).is_some())
        && own().any(|column| kind(column) == Some(FurnitureField::Picture))
        && own().any(|column| kind(column) == Some(FurnitureField::Link))
        && own().any(|column| kind(column) == Some(FurnitureField::Words))
}

/// Whoever describes a table at more length means it to be read.
const FURNITURE_TEXT: usize = 80;

/// Whether fields without a type have a unit in its own place: then those beside them are amounts as well.
fn some_have_units(columns: &[Column<'_>], judged: &[ColumnJudgement]) -> bool {
    let untyped = columns.iter().zip(judged).filter(|(column, judged)| {
        column.datatype == DataType::Unknown && column.native_type.is_some() && !judged.is_system
    });
    let (told, untold) = untyped.fold((0, 0), |(told, untold), (_, judged)| match judged.unit {
        Some((_, Where::Slot)) => (told + 1, untold),
        Some(_) => (told, untold),
        None => (told, untold + usize::from(judged.role == Role::Code)),
    });
    told > 1 && untold > 0
}

/// A table whose fields are all text was loaded without types: its types tell nothing. In a broad table one or another
/// may have been given its type by hand.
fn is_untyped(columns: &[Column<'_>]) -> bool {
    let judged = columns.iter().filter(|column| !column.is_system);
    let (all, typed) = judged.fold((0, 0), |(all, typed), column| {
        let is_text = column.datatype == DataType::Text;
        (all + 1, typed + usize::from(!is_text))
    });
    if columns.len() < UNTYPED_FIELDS || all == 0 || typed * TYPED_ONE_IN > all {
        return false;
    }
    // Answers to a survey are texts; a latitude is none.
    typed == 0 || columns.iter().any(is_coordinate_in_text)
}

/// A latitude kept as text; not the `Location (city)` of a portal.
fn is_coordinate_in_text(column: &Column<'_>) -> bool {
    column.datatype == DataType::Text
        && !column.shown_name().contains('(')
        && roles::role(&column.field()) == Role::Geometry
}

/// One typed field among so many says nothing of the others.
const TYPED_ONE_IN: usize = 20;

/// A table of fewer fields may well hold nothing but text.
const UNTYPED_FIELDS: usize = 8;

/// The currency in which the publisher counts where a field names none.
///
/// Hosts under `.org`, `.com` and `.net` name no country. Socrata's portals there are those of cities and counties of
/// the United States, so an English record that such a portal serves is taken to count in dollars: asking each of them for
/// a currency would be a false alarm far more often than a help. Of any other host nothing is assumed.
fn home_currency<'d>(dataset: &'d Dataset<'_>, language: Language) -> Option<&'d str> {
    if let Some(stated) = dataset.currency.value() {
        return Some(stated);
    }
    let host = dataset.domain.value()?;
    units::home_currency(host).or_else(|| {
        let nowhere = [".org", ".com", ".net"]
            .iter()
            .any(|end| host.ends_with(end));
        // Records of a few names, too short for their language to show, are English there all the same.
        let english = matches!(language, Language::English | Language::Unknown);
        (nowhere && dataset.served_by_portal && english).then_some("USD")
    })
}

/// The names, in folded words, of which a field of its own says the unit: `distance` beside `Distance Unit`.
fn names_with_units(columns: &[Column<'_>]) -> HashSet<String> {
    let names = columns.iter().filter_map(|column| {
        let mut words = fold::name_words(column.shown_name());
        let last = words.pop()?;
        (matches!(last.as_str(), "unit" | "units" | "uom") && !words.is_empty())
            .then(|| words.join(" "))
    });
    names.collect()
}

fn vocabulary<'d>(dataset: &'d Dataset<'_>, language: Language) -> Vocabulary<'d> {
    let mut vocabulary = Vocabulary::new(language);
    vocabulary.set_title(dataset.title_text());
    vocabulary.add(dataset.description_text());
    for list in [&dataset.keywords, &dataset.categories] {
        for held in list.value().into_iter().flatten() {
            vocabulary.add(held.value);
        }
    }
    if let Some(summary) = dataset.summary.value() {
        vocabulary.add(&summary.plain);
    }
    for column in dataset.columns.listed() {
        let text = column.description_text();
        if !text.is_empty() {
            vocabulary.add(text);
        }
    }
    vocabulary
}

fn describe(dataset: &Dataset<'_>) -> TextVerdict {
    let text = if dataset.description.is_filled() {
        dataset.description_text()
    } else {
        dataset.summary.value().map_or("", |text| &text.plain)
    };
    if text.is_empty() {
        return TextVerdict::Missing;
    }
    if placeholder::classify(text).is_some() {
        return TextVerdict::Placeholder;
    }
    let publisher = dataset.publisher.value().map(|publisher| publisher.name);
    restate::dataset_description(dataset.title_text(), publisher, text).into()
}

/// Whether the description of a field says what its values are not good for.
fn field_states_limits(text: &str) -> bool {
    thread_local!(static KNOWN: Memo<bool> = const { Memo::new() });
    text.len() > 40 && KNOWN.with(|known| known.get(text, limits_field))
}

/// What the description says the publisher runs, the publisher keeps the records of.
fn is_run_by_the_publisher(dataset: &Dataset<'_>) -> bool {
    dataset.publisher.value().is_some_and(|publisher| {
        !is_portal(publisher.name, dataset)
            && publishers::is_in_hands_of(dataset.description_text(), publisher.name)
    })
}

/// Terms in sentences often say what the data is not good for; one that only turns down liability does not.
fn terms_state_limits(dataset: &Dataset<'_>) -> bool {
    let license = dataset.license.value().map(|license| license.raw);
    let rights = dataset.rights.value().map(|rights| rights.raw);
    [license, rights].into_iter().flatten().any(|terms| {
        // Markup makes a text longer, never shorter.
        licenses::is_prose(terms) && {
            let text = html::to_text(terms);
            licenses::is_prose(&text) && field_states_limits(&text)
        }
    })
}

/// A name that only says on which portal the record stands.
pub(crate) fn is_portal(name: &str, dataset: &Dataset<'_>) -> bool {
    let name = fold::fold(name);
    let host = dataset.domain.value().copied().unwrap_or_default();
    let host = host.strip_prefix("www.").unwrap_or(host);
    let bare = name
        .trim_start_matches("https://")
        .trim_start_matches("http://")
        .trim_start_matches("www.")
        .trim_end_matches('/');
    (!host.is_empty() && bare == host) || publishers::is_portal_software(&name)
}

/// Whether software can read the data: `yes`, `no`, or `unsure` where the record does not tell.
pub(crate) fn usable(dataset: &Dataset<'_>) -> &'static str {
    if dataset.served_by_portal {
        return "yes";
    }
    let mut answer = "no";
    for held in dataset.distributions.value().into_iter().flatten() {
        match held.value.readable() {
            Answer::Yes => return "yes",
            // What is packed for download was packed for software.
            Answer::Unknown if is_packed(&held.value) => return "yes",
            // The page about the data, given once more as the data.
            Answer::Unknown if held.value.url() == dataset.landing_page.value().copied() => {}
            Answer::Unknown => answer = "unsure",
            Answer::No => {}
        }
    }
    if answer == "unsure" && dataset.access.value() == Some(&Access::NonPublic) {
        return "no";
    }
    if matches!(dataset.columns, Columns::None) && dataset.distributions.value().is_none() {
        return "no";
    }
    answer
}

/// An archive by its format or, whatever a portal calls it, by its address.
fn is_packed(distribution: &Distribution<'_>) -> bool {
    let by_address = formats::find(None, None, distribution.url());
    [distribution.file_format(), by_address]
        .into_iter()
        .flatten()
        .any(|format| format.key == "zip")
}

/// The plain name to offer for a field.
impl Judged<'_> {
    /// The plain-English name that the record and the tables give a field, where they do.
    #[must_use]
    pub fn expansion(&self, dataset: &Dataset<'_>, index: usize) -> Option<plain::Expansion> {
        if let Some(known) = self.expansions.borrow().get(&index) {
            return known.clone();
        }
        let column = dataset.columns.listed().get(index)?;
        let text = column.description_text();
        let text = (!text.is_empty()).then_some(text);
        let found = match column.alias {
            Some(alias) => Some(plain::Expansion {
                text: alias.to_owned(),
                complete: true,
                readings: Vec::new(),
            }),
            None => plain::expand(column.shown_name(), text, &self.vocabulary),
        };
        self.expansions.borrow_mut().insert(index, found.clone());
        found
    }
}
