//! Families: datasets that are slices or copies of one table, found without comparing each with each.
//!
//! Four signs lead to families: equal field names, field names that are nearly the same, titles that are equal but for the
//! period, and, where no fields are listed, a grid of periods and topics in the titles. Each groups by sorting or by a
//! rare field; within a group every dataset is compared with a bounded number of others. Families that share members
//! become one if their members fit each other, and so do the parts of a series.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::ops::Range;

use crate::lexicon::titles;
use crate::limits;

use crate::workers::in_order;

use super::doubles::Doubles;
use super::{Catalog, Shared, Summaries, Summary};

/// What the members of a family differ in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cut {
    /// Years, quarters, months.
    Period,
    /// Numbered districts, compass points.
    Place,
    /// Anything else that the titles name.
    Category,
    /// Nothing: the titles say the same.
    Copy,
}

/// Datasets that are slices or copies of one table.
#[derive(Clone, Debug)]
pub struct Family {
    /// Its members, the newest last.
    pub members: Vec<usize>,
    /// What they differ in.
    pub cut: Cut,
    /// How much the columns of the member that fits worst share with the widest; `None` if no member lists columns.
    pub similarity: Option<f64>,
    /// How many fields the widest member has.
    pub width: usize,
}

/// Finds the families of a catalogue, in the order of their first members. Nothing of one owner is held against another's,
/// so that owners can be gone through on several threads.
pub(super) fn find(catalog: &Catalog<'_>, jobs: usize) -> Vec<Family> {
    let finder = Finder::new(catalog);
    let mut parts = finder
        .by_owner(catalog.len().div_ceil(jobs * PARTS))
        .into_iter();
    let mut families = Vec::new();
    in_order(jobs, &mut || parts.next(), &of_part, &mut |found| {
        families.extend(found);
        true
    });
    families.sort_by(|one, other| one.members.cmp(&other.members));
    families.dedup_by(|one, other| one.members == other.members);
    families
}

/// So many parts for each thread: owners differ in size.
const PARTS: usize = 8;

/// The families among the datasets of some owners.
fn of_part(mut finder: Finder<'_>) -> Vec<Family> {
    finder.by_columns();
    finder.by_title();
    finder.by_grid();
    let series = finder.by_drift();
    finder.join();
    finder.by_series(&series);
    finder
        .groups
        .iter()
        .filter_map(|group| finder.family(group))
        .collect()
}

struct Finder<'a> {
    summaries: &'a Summaries,
    /// Their numbers in the catalogue.
    tables: Vec<usize>,
    /// Telling words of titles in which acronyms are written out, by table.
    written_out: HashMap<usize, Vec<u32>>,
    /// Groups of numbers of tables, each sorted.
    groups: Vec<Vec<usize>>,
    /// Tables whose field names serve many unlike tables: they tell nothing.
    of_template: BTreeSet<usize>,
    /// How many pairs were compared.
    compared: usize,
}

impl<'a> Finder<'a> {
    fn new(catalog: &Catalog<'a>) -> Self {
        let summaries = catalog.summaries;
        // What one portal writes out may stand for something else on another.
        let acronyms: HashMap<(Shared, u32), &[u32]> = catalog
            .datasets()
            .flat_map(|(_, summary)| {
                let portal = summary.portal;
                summary
                    .acronyms()
                    .map(move |(short, words)| ((portal, short), words))
            })
            .collect();
        // A scrape lists some records twice: one record is one slice.
        let mut doubles = Doubles::default();
        let tables: Vec<usize> = catalog
            .datasets()
            .filter(|(_, summary)| summary.kind.is_data() && !summary.is_filtered)
            // Families are told by their titles.
            .filter(|(_, summary)| !summary.title.is_empty())
            .filter(|(index, it)| doubles.is_first(summaries, *index, it))
            .map(|(index, _)| index)
            .collect();
        let mut written_out = HashMap::new();
        for (table, index) in tables.iter().enumerate() {
            let words = summaries.words(*index);
            let Some(portal) = summaries.portal(*index) else {
                continue;
            };
            let is_acronym = |word: &u32| acronyms.contains_key(&(portal, *word));
            if acronyms.is_empty() || !words.iter().any(is_acronym) {
                continue;
            }
            let each = words
                .iter()
                .flat_map(|word| match acronyms.get(&(portal, *word)) {
                    Some(words) => words,
                    None => std::slice::from_ref(word),
                });
            let mut words: Vec<u32> = each.copied().collect();
            words.sort_unstable();
            words.dedup();
            written_out.insert(table, words);
        }
        Self {
            summaries,
            tables,
            written_out,
            groups: Vec::new(),
            of_template: BTreeSet::new(),
            compared: 0,
        }
    }

    /// The same for the tables of some owners each: a part has so many tables, or those of one owner. Large parts come
    /// first.
    fn by_owner(mut self, size: usize) -> Vec<Self> {
        let mut owned: Vec<(Option<Shared>, usize)> = (0..self.tables.len())
            .map(|table| (self.owner(table), table))
            .collect();
        owned.sort_unstable();
        let mut parts: Vec<Vec<usize>> = Vec::new();
        for of_owner in owned.chunk_by(|(one, _), (other, _)| one == other) {
            let tables = of_owner.iter().map(|(_, table)| *table);
            match parts.last_mut().filter(|part| part.len() < size) {
                Some(part) => part.extend(tables),
                None => parts.push(tables.collect()),
            }
        }
        parts.sort_by_key(|part| std::cmp::Reverse(part.len()));
        let mut finder = |mut part: Vec<usize>| {
            part.sort_unstable();
            let words = part.iter().enumerate();
            let written_out = words
                .filter_map(|(number, table)| Some((number, self.written_out.remove(table)?)))
                .collect();
            Self {
                summaries: self.summaries,
                tables: part
                    .iter()
                    .filter_map(|table| self.tables.get(*table).copied())
                    .collect(),
                written_out,
                groups: Vec::new(),
                of_template: BTreeSet::new(),
                compared: 0,
            }
        };
        parts.into_iter().map(&mut finder).collect()
    }

    fn summary(&self, table: usize) -> Option<Summary<'a>> {
        self.summaries.get(self.index(table)?)
    }

    /// Its number in the catalogue.
    fn index(&self, table: usize) -> Option<usize> {
        self.tables.get(table).copied()
    }

    fn owner(&self, table: usize) -> Option<Shared> {
        self.summaries.owner(self.index(table)?)
    }

    /// The telling words of a title, acronyms written out.
    fn words(&self, table: usize) -> &[u32] {
        match self.written_out.get(&table) {
            Some(words) => words,
            None => self.index(table).map_or(&[], |it| self.summaries.words(it)),
        }
    }

    fn columns(&self, table: usize) -> &'a [u32] {
        self.index(table)
            .map_or(&[], |it| self.summaries.columns(it))
    }

    fn names_period(&self, table: usize) -> bool {
        self.summary(table)
            .is_some_and(|summary| !summary.period.is_empty())
    }

    /// Whether nothing but the titles is known of tables, and each names a numbered place of its own.
    fn is_cut_by_place(&self, run: &[usize]) -> bool {
        let mut places = BTreeSet::new();
        run.len() >= limits::PLACES
            && run.iter().all(|table| {
                self.columns(*table).is_empty()
                    && self
                        .summary(*table)
                        .is_some_and(|it| !it.place.is_empty() && places.insert(it.place))
            })
    }

    fn titles(&mut self, one: usize, other: usize) -> f64 {
        self.compared += 1;
        similarity(self.words(one), self.words(other))
    }

    fn fields(&mut self, one: usize, other: usize) -> f64 {
        self.compared += 1;
        similarity(self.columns(one), self.columns(other))
    }

    /// Numbers of tables sorted by owner and a key, and the runs of equal ones.
    fn runs<'t, K: Ord + 't>(
        &'t self,
        keep: impl Fn(usize) -> bool,
        key: impl Fn(&'t Self, usize) -> K,
    ) -> Vec<Vec<usize>> {
        let whole = |table: usize| -> (Option<Shared>, K) { (self.owner(table), key(self, table)) };
        let mut order: Vec<usize> = (0..self.tables.len())
            .filter(|table| keep(*table))
            .collect();
        order.sort_unstable_by(|one, other| {
            whole(*one).cmp(&whole(*other)).then_with(|| one.cmp(other))
        });
        order
            .chunk_by(|one, other| whole(*one) == whole(*other))
            .filter(|run| run.len() > 1)
            .map(<[usize]>::to_vec)
            .collect()
    }

    /// Tables with the same fields, whose titles have something in common; how much depends on how telling the fields
    /// are.
    fn by_columns(&mut self) {
        let listed = |table: usize| !self.columns(table).is_empty();
        let mut runs = self.runs(listed, |it, table| it.columns(table));
        let mut templates = Vec::with_capacity(runs.len());
        for run in &mut runs {
            run.sort_by(|one, other| (self.words(*one), one).cmp(&(self.words(*other), other)));
            templates.push(
                run.len() > limits::TEMPLATE_TABLES
                    && self.mean_likeness(run) < limits::TEMPLATE_LIKENESS,
            );
        }
        let narrow = runs.iter().zip(&templates).filter_map(|(run, template)| {
            let table = *run.first().filter(|_| *template)?;
            (self.width(table) < limits::TELLING_FIELDS).then_some(table)
        });
        let counts = self.counts_of_words(narrow.filter_map(|table| self.owner(table)).collect());
        for (mut run, template) in runs.into_iter().zip(templates) {
            let width = run.first().map_or(0, |table| self.width(*table));
            if template && width < limits::TELLING_FIELDS {
                let owner = run.first().and_then(|table| self.owner(*table));
                let of_owner = owner.and_then(|owner| counts.get(&owner));
                if let Some(name) = of_owner.and_then(|counts| self.name_of(&run, counts)) {
                    let has_name = |table: &mut usize| self.words(*table).contains(&name);
                    let named = run.extract_if(.., has_name).collect();
                    self.keep(vec![named]);
                }
            }
            if template {
                self.of_template.extend(run.iter().copied());
            }
            let need = match width {
                _ if template => 0.75,
                0..=3 => 0.5,
                4..=7 => 0.3,
                _ => 0.25,
            };
            let telling = width >= limits::TELLING_FIELDS && !template;
            let mut found: Vec<Vec<usize>> = Vec::new();
            for table in run {
                let from = found.len().saturating_sub(limits::PARTNERS);
                let place = (from..found.len()).rev().find(|at| {
                    let leader = found.get(*at).and_then(|group| group.first()).copied();
                    leader.is_some_and(|leader| {
                        let both = telling && self.names_period(leader) && self.names_period(table);
                        both || self.titles(leader, table) >= need
                    })
                });
                match place.and_then(|at| found.get_mut(at)) {
                    Some(group) => group.push(table),
                    None => found.push(vec![table]),
                }
            }
            self.keep(found);
        }
    }

    /// How many different fields a table has.
    fn width(&self, table: usize) -> usize {
        let columns = self.columns(table);
        columns.chunk_by(|one, other| one == other).count()
    }

    /// How many tables of these owners have a word in their titles.
    fn counts_of_words(&self, owners: HashSet<Shared>) -> HashMap<Shared, HashMap<u32, usize>> {
        let mut counts: HashMap<Shared, HashMap<u32, usize>> = HashMap::new();
        if owners.is_empty() {
            return counts;
        }
        for table in 0..self.tables.len() {
            let Some(owner) = self.owner(table).filter(|owner| owners.contains(owner)) else {
                continue;
            };
            let counts = counts.entry(owner).or_default();
            for word in self.words(table) {
                *counts.entry(*word).or_default() += 1;
            }
        }
        counts
    }

    /// The name of a program: a word that most of these tables have, and hardly another table of their owner.
    fn name_of(&self, run: &[usize], counts: &HashMap<u32, usize>) -> Option<u32> {
        let mut here: BTreeMap<u32, usize> = BTreeMap::new();
        for table in run {
            for word in self.words(*table) {
                *here.entry(*word).or_default() += 1;
            }
        }
        let is_name = |(word, count): &(u32, usize)| {
            let everywhere = counts.get(word).copied().unwrap_or_default();
            *count >= limits::PROGRAM_TABLES
                && count * 5 >= run.len() * 4
                && everywhere * 5 <= count * 6
        };
        here.into_iter().find(is_name).map(|(word, _)| word)
    }

    /// How alike the titles of a group are, by a sample of them.
    fn mean_likeness(&mut self, run: &[usize]) -> f64 {
        let sample = sample(run);
        let (mut sum, mut count) = (0.0, 0.0);
        for (at, one) in sample.iter().enumerate() {
            for other in sample.iter().skip(at + 1) {
                sum += self.titles(*one, *other);
                count += 1.0;
            }
        }
        if count > 0.0 { sum / count } else { 1.0 }
    }

    /// Tables whose titles say the same but for the period, and whose fields drift.
    fn by_title(&mut self) {
        let named = |table: usize| !self.words(table).is_empty();
        let runs = self.runs(named, Self::words);
        for mut run in runs {
            if !run.iter().any(|table| self.names_period(*table)) && !self.is_cut_by_place(&run) {
                continue;
            }
            if run.iter().all(|table| self.columns(*table).is_empty()) {
                self.keep(vec![run]);
                continue;
            }
            run.retain(|table| !self.of_template.contains(table));
            run.sort_by_key(|table| (self.columns(*table), *table));
            // Tables with equal fields are one node; nodes that are alike are linked.
            let nodes: Vec<Range<usize>> = ranges(&run, |one, other| {
                self.columns(*one) == self.columns(*other)
            });
            let mut links = Links::new(nodes.len());
            let firsts: Vec<usize> = nodes
                .iter()
                .filter_map(|node| run.get(node.start).copied())
                .collect();
            for (at, one) in firsts.iter().enumerate() {
                for before in at.saturating_sub(limits::PARTNERS)..at {
                    if let Some(other) = firsts.get(before)
                        && self.fields(*one, *other) >= limits::DRIFT_SIMILARITY
                    {
                        links.join(before, at);
                    }
                }
            }
            let mut found: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
            for (at, node) in nodes.into_iter().enumerate() {
                let members = run.get(node).unwrap_or_default();
                found.entry(links.root(at)).or_default().extend(members);
            }
            self.keep(found.into_values().collect());
        }
    }

    /// Where no fields are listed, titles that begin alike and make a grid: several topics, some of them in several
    /// periods.
    fn by_grid(&mut self) {
        let bare = |table: usize| {
            self.columns(table).is_empty()
                && self.names_period(table)
                && self
                    .summary(table)
                    .is_some_and(|it| it.lead.is_some() && !titles::has_chapters(it.title))
        };
        for run in self.runs(bare, |it, table| it.summary(table).and_then(|it| it.lead)) {
            let mut topics: BTreeMap<&[u32], BTreeSet<&str>> = BTreeMap::new();
            for table in &run {
                let periods = topics.entry(self.words(*table)).or_default();
                periods.extend(self.summary(*table).map(|it| it.period));
            }
            let repeated = topics.values().filter(|periods| periods.len() > 1).count();
            if run.len() >= limits::GRID_TABLES && topics.len() > 2 && repeated > 1 {
                self.keep(vec![run]);
            }
        }
    }

    /// Tables whose fields are nearly the same. Where half the words of their titles agree, they are one table that
    /// drifts. Where both name periods, they may be parts of a series whose titles were changed: these pairs are given,
    /// the closest first.
    ///
    /// Two tables that share nearly all fields share one of their rarest: only tables with one of these in common are
    /// compared.
    fn by_drift(&mut self) -> Vec<(usize, usize)> {
        let mut series: Vec<(f64, usize, usize)> = Vec::new();
        let wide = |table: usize| {
            self.columns(table).len() >= limits::TELLING_FIELDS
                && !self.of_template.contains(&table)
        };
        for mut tables in self.runs(wide, |_, _| ()) {
            tables.sort_by_key(|table| (self.columns(*table), *table));
            let nodes = ranges(&tables, |one, other| {
                self.columns(*one) == self.columns(*other)
            });
            let first = |node: &Range<usize>| tables.get(node.start).copied();
            let mut counts: HashMap<u32, usize> = HashMap::new();
            for column in nodes
                .iter()
                .filter_map(first)
                .flat_map(|it| self.columns(it))
            {
                *counts.entry(*column).or_default() += 1;
            }
            let mut with: HashMap<u32, Vec<usize>> = HashMap::new();
            for (at, node) in nodes.iter().enumerate() {
                let Some(table) = first(node) else { continue };
                let mut columns = self.columns(table).to_vec();
                columns.dedup();
                columns.sort_by_cached_key(|column| (counts.get(column), *column));
                columns.truncate(rarest(columns.len()));
                let mut near: BTreeSet<usize> = BTreeSet::new();
                for column in columns {
                    let others = with.entry(column).or_default();
                    near.extend(others.iter().rev().take(limits::PARTNERS));
                    others.push(at);
                }
                let near = near.into_iter().filter_map(|other| nodes.get(other));
                self.near(&tables, node, near, &mut series);
            }
        }
        series.sort_by(|one, other| {
            let key = |link: &(f64, usize, usize)| (link.1, link.2);
            other.0.total_cmp(&one.0).then(key(one).cmp(&key(other)))
        });
        series
            .into_iter()
            .map(|(_, one, other)| (one, other))
            .collect()
    }

    /// Keeps pairs of tables with nearly these fields, as many as tell that they belong together.
    fn near<'n>(
        &mut self,
        tables: &[usize],
        node: &Range<usize>,
        others: impl Iterator<Item = &'n Range<usize>>,
        series: &mut Vec<(f64, usize, usize)>,
    ) {
        let some = |node: &Range<usize>| sample(tables.get(node.clone()).unwrap_or_default());
        let these = some(node);
        let (mut drifting, mut linked) = (0, 0);
        for those in others.map(some) {
            let (Some(one), Some(other)) = (these.first(), those.first()) else {
                continue;
            };
            let width = self.width(*one).max(self.width(*other));
            let is_wide = width >= limits::WIDE_FIELDS;
            let fields = self.fields(*one, *other);
            let drifts =
                fields >= limits::NEAR_SIMILARITY || (is_wide && fields >= limits::WIDE_SIMILARITY);
            let may_be_series = is_wide && fields >= limits::SERIES_SIMILARITY;
            for one in these.iter().filter(|_| drifts || may_be_series) {
                for other in &those {
                    if drifts && drifting < limits::NEAREST && self.titles(*one, *other) >= 0.5 {
                        drifting += 1;
                        self.keep(vec![vec![*one, *other]]);
                    }
                    let both = self.names_period(*one) && self.names_period(*other);
                    if may_be_series && linked < limits::NEAREST && both {
                        linked += 1;
                        series.push((fields, (*one).min(*other), (*one).max(*other)));
                    }
                }
            }
        }
    }

    /// Joins parts of a series whose titles were changed: of no period are there two.
    fn by_series(&mut self, pairs: &[(usize, usize)]) {
        let mut parts = std::mem::take(&mut self.groups);
        let mut part_of: HashMap<usize, usize> = HashMap::new();
        for (number, part) in parts.iter().enumerate() {
            for table in part {
                part_of.entry(*table).or_insert(number);
            }
        }
        for (one, other) in pairs {
            for table in [*one, *other] {
                part_of.entry(table).or_insert_with(|| {
                    parts.push(vec![table]);
                    parts.len() - 1
                });
            }
        }
        let mut links = Links::new(parts.len());
        for (one, other) in pairs {
            let (Some(one), Some(other)) = (part_of.get(one), part_of.get(other)) else {
                continue;
            };
            let (one, other) = (links.root(*one), links.root(*other));
            let (Some(first), Some(second)) = (parts.get(one), parts.get(other)) else {
                continue;
            };
            let is_series = one != other
                && first.len() + second.len() <= limits::LONGEST_SERIES
                && self.periods_differ(first, second)
                && self.share_fields(first, second);
            if !is_series {
                continue;
            }
            let mut both: Vec<usize> = first.iter().chain(second).copied().collect();
            both.sort_unstable();
            both.dedup();
            links.join(one, other);
            for (number, part) in [(one.max(other), Vec::new()), (one.min(other), both)] {
                if let Some(held) = parts.get_mut(number) {
                    *held = part;
                }
            }
        }
        parts.retain(|part| part.len() > 1);
        self.groups = parts;
    }

    /// Whether all tables name periods, and none of one part is one of the other's.
    fn periods_differ(&self, one: &[usize], other: &[usize]) -> bool {
        let period = |table: &usize| self.summary(*table).map_or("", |summary| summary.period);
        let periods: HashSet<&str> = one.iter().map(period).collect();
        !periods.contains("")
            && other
                .iter()
                .map(period)
                .all(|period| !period.is_empty() && !periods.contains(period))
    }

    fn share_fields(&mut self, one: &[usize], other: &[usize]) -> bool {
        // What was joined before shares its fields already.
        let few =
            |part: &[usize]| -> Vec<usize> { part.iter().copied().take(limits::NEAREST).collect() };
        let (one, other) = (few(one), few(other));
        let mut sharing = 0;
        for first in &one {
            for second in &other {
                sharing += usize::from(self.fields(*first, *second) >= limits::PAIR_SIMILARITY);
            }
        }
        sharing * 5 >= one.len() * other.len() * 4
    }

    fn keep(&mut self, found: Vec<Vec<usize>>) {
        for mut group in found {
            if group.len() > 1 {
                group.sort_unstable();
                self.groups.push(group);
            }
        }
    }

    /// Joins groups that share members and whose other members fit each other too.
    fn join(&mut self) {
        let mut groups = std::mem::take(&mut self.groups);
        groups.sort();
        groups.dedup();
        let mut of_table: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (number, group) in groups.iter().enumerate() {
            for table in group {
                of_table.entry(*table).or_default().push(number);
            }
        }
        let mut pairs: Vec<(usize, usize)> = of_table
            .values()
            .flat_map(|numbers| numbers.windows(2))
            .filter_map(|pair| Some((*pair.first()?, *pair.last()?)))
            .collect();
        pairs.sort_unstable();
        pairs.dedup();
        let mut links = Links::new(groups.len());
        for (one, other) in pairs {
            let (one, other) = (links.root(one), links.root(other));
            let (Some(first), Some(second)) = (groups.get(one), groups.get(other)) else {
                continue;
            };
            if one == other || !self.fit(first, second) {
                continue;
            }
            // The smaller goes into the larger: many joins of a large group cost no more than its members.
            let (small, large) = if first.len() < second.len() {
                (one, other)
            } else {
                (other, one)
            };
            let members = groups
                .get_mut(small)
                .map(std::mem::take)
                .unwrap_or_default();
            let mut both = groups
                .get_mut(large)
                .map(std::mem::take)
                .unwrap_or_default();
            both.extend(members);
            if both.len() <= limits::LONGEST_SERIES {
                both.sort_unstable();
                both.dedup();
            }
            links.join(one, other);
            if let Some(held) = groups.get_mut(links.root(one)) {
                *held = both;
            }
        }
        for group in &mut groups {
            group.sort_unstable();
            group.dedup();
        }
        groups.retain(|group| group.len() > 1);
        self.groups = groups;
    }

    fn fit(&mut self, one: &[usize], other: &[usize]) -> bool {
        let (one, other) = (sample(one), sample(other));
        let (mut all, mut fitting) = (0_usize, 0_usize);
        for first in &one {
            for second in other.iter().filter(|second| *second != first) {
                all += 1;
                let (titles, fields) = (self.titles(*first, *second), self.fields(*first, *second));
                let wide = self.columns(*first).len() >= limits::TELLING_FIELDS;
                let fits = (titles >= 0.5 && fields >= 0.5)
                    || (wide && fields >= limits::SLICE_SIMILARITY)
                    || (titles >= 1.0 && fields >= 0.1);
                fitting += usize::from(fits);
            }
        }
        fitting * 10 >= all * 9
    }

    fn family(&self, group: &[usize]) -> Option<Family> {
        let summaries = || group.iter().filter_map(|table| self.summary(*table));
        let periods = summaries().map(|it| it.period).collect::<BTreeSet<_>>();
        let places = summaries().map(|it| it.place).collect::<BTreeSet<_>>();
        let (periods, places) = (periods.len(), places.len());
        let topics = group
            .iter()
            .map(|table| self.words(*table))
            .collect::<BTreeSet<_>>()
            .len();
        let cut = match (periods, places, topics) {
            (1, 1, 1) => Cut::Copy,
            (_, 1, _) if periods >= topics && periods > 1 => Cut::Period,
            _ if places > 1 && places >= topics && places >= periods => Cut::Place,
            _ if periods > 1 && periods >= topics => Cut::Period,
            _ => Cut::Category,
        };
        // "2015 to 2018" beside "2015 to present" are editions of one table: nothing is cut.
        if cut == Cut::Period && topics == 1 && titles::overlap(summaries().map(|it| it.period)) {
            return None;
        }
        let mut tables: Vec<usize> = group.to_vec();
        tables.sort_by_key(|table| {
            let summary = self.summary(*table);
            (summary.map(|it| (it.newest_year, it.period)), *table)
        });
        let widest = group
            .iter()
            .copied()
            .max_by_key(|table| (self.columns(*table).len(), std::cmp::Reverse(*table)))?;
        let worst = group
            .iter()
            .map(|table| similarity(self.columns(*table), self.columns(widest)))
            .fold(1.0, f64::min);
        let members = tables
            .iter()
            .filter_map(|table| self.tables.get(*table).copied())
            .collect();
        Some(Family {
            members,
            cut,
            similarity: (!self.columns(widest).is_empty()).then_some(worst),
            width: self.columns(widest).len(),
        })
    }
}

/// Some members of a group, evenly spread.
fn sample(group: &[usize]) -> Vec<usize> {
    let step = group.len().div_ceil(limits::SAMPLE).max(1);
    group.iter().step_by(step).copied().collect()
}

/// How many of the rarest fields of a table it takes to find every table that is close enough to be of its series.
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "counts of columns are small"
)]
fn rarest(columns: usize) -> usize {
    let shared = (columns as f64 * limits::SERIES_SIMILARITY).ceil() as usize;
    columns - shared.min(columns) + 1
}

/// The runs of a slice whose neighbours are alike.
fn ranges<T>(slice: &[T], alike: impl Fn(&T, &T) -> bool) -> Vec<Range<usize>> {
    let mut start = 0;
    slice
        .chunk_by(alike)
        .map(|chunk| {
            let range = start..start + chunk.len();
            start = range.end;
            range
        })
        .collect()
}

/// Which of some things belong together.
struct Links(Vec<usize>);

impl Links {
    fn new(length: usize) -> Self {
        Self((0..length).collect())
    }

    fn root(&mut self, mut at: usize) -> usize {
        while let Some(next) = self.0.get(at).copied().filter(|next| *next != at) {
            let after = self.0.get(next).copied().unwrap_or(next);
            if let Some(held) = self.0.get_mut(at) {
                *held = after;
            }
            at = after;
        }
        at
    }

    /// The smaller number becomes the root.
    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.root(one), self.root(other));
        if let Some(held) = self.0.get_mut(one.max(other)) {
            *held = one.min(other);
        }
    }
}

/// Jaccard similarity of two sorted lists, in which a value may stand several times.
#[expect(clippy::cast_precision_loss, reason = "counts of columns are small")]
fn similarity(one: &[u32], other: &[u32]) -> f64 {
    if one == other {
        return 1.0;
    }
    let (mut left, mut right) = (one.iter().peekable(), other.iter().peekable());
    let mut common = 0;
    while let (Some(first), Some(second)) = (left.peek(), right.peek()) {
        match first.cmp(second) {
            std::cmp::Ordering::Less => _ = left.next(),
            std::cmp::Ordering::Greater => _ = right.next(),
            std::cmp::Ordering::Equal => {
                common += 1;
                left.next();
                right.next();
            }
        }
    }
    common as f64 / (one.len() + other.len() - common) as f64
}

#[cfg(test)]
mod tests {
    use super::{Finder, similarity};
    use crate::rule::summaries::tests::BLANK;
    use crate::rule::{Catalog, Entry, Summaries};

    type WordsAndColumns = (Vec<u32>, Vec<u32>);

    fn push(summaries: &mut Summaries, number: u32, words: &[u32], columns: &[u32]) {
        summaries.push(&Entry {
            owner: "city",
            id: Some(&number.to_string()),
            period: &(number % 50).to_string(),
            words,
            columns,
            ..BLANK
        });
    }

    /// How many pairs are compared for so many summaries.
    fn work(count: u32, make: fn(u32) -> WordsAndColumns) -> usize {
        let mut summaries = Summaries::default();
        for number in 0..count {
            let (words, columns) = make(number);
            push(&mut summaries, number, &words, &columns);
        }
        let mut finder = Finder::new(&Catalog::new(&summaries, 0..summaries.len()));
        finder.by_columns();
        finder.by_title();
        finder.by_grid();
        let series = finder.by_drift();
        finder.join();
        finder.by_series(&series);
        finder.compared
    }

    #[test]
    fn work_grows_in_a_straight_line_whatever_the_titles() {
        let kinds: [fn(u32) -> WordsAndColumns; 6] = [
            // Equal titles and fields.
            |_| (vec![1], vec![1, 2, 3]),
            // Equal fields, titles that have nothing in common.
            |number| (vec![number], vec![1, 2, 3]),
            // Equal titles, fields that have nothing in common.
            |number| (vec![1], vec![number, number + 1_000_000]),
            // Equal titles, fields that overlap by a part.
            |number| (vec![1], vec![1, 2, 3, number + 10]),
            // Many fields, all but one of them equal, and titles that have nothing in common.
            |number| (vec![number], (0..20).chain([number + 20]).collect()),
            // A few fields of each of many tables, so that no field is rare.
            |number| {
                (
                    vec![1],
                    (0..20).map(|at| at * 100 + number % (at + 2)).collect(),
                )
            },
        ];
        for make in kinds {
            let (small, large) = (work(4_000, make), work(32_000, make));
            assert!(large <= 9 * small + 20_000, "{small} became {large}");
        }
    }

    #[test]
    fn likeness_counts_values_that_stand_twice() {
        for (one, other, want) in [
            (vec![1, 2], vec![1, 2], 1.0),
            (vec![1, 1, 2], vec![1, 2], 2.0 / 3.0),
            (vec![1], vec![2], 0.0),
            (vec![], vec![], 1.0),
        ] {
            assert!((similarity(&one, &other) - want).abs() < 1e-9);
        }
    }
}
