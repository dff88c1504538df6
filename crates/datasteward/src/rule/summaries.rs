//! What is kept of every dataset of a catalogue, packed: a national catalogue has a million of them.
//!
//! Texts and numbers of all datasets stand in one row each, and what many datasets share is kept once. Places are kept
//! as distances from the record's own.

use std::num::{NonZeroU32, NonZeroU64, NonZeroUsize};

use crate::model::AssetKind;
use crate::source::place::Place;

use super::pool::{Pool, Shared, Translation};
use super::rows::{Rows, long, short};

/// A dataset, as it is handed over to be kept.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'e> {
    /// Which document it came from.
    pub document: usize,
    /// The portal's host.
    pub portal: &'e str,
    /// The portal and publisher: only datasets with equal ones are compared.
    pub owner: &'e str,
    /// Who is in charge of it, as the report says it.
    pub in_charge: Option<&'e str>,
    /// How often its page was opened.
    pub views: Option<u64>,
    /// The identifier, without the portal.
    pub id: Option<&'e str>,
    /// The title as readers see it; empty if there is none.
    pub title: &'e str,
    /// The title made comparable, as a number.
    pub folded_title: u64,
    /// The telling words of the title, without periods and places, as sorted numbers: equal for slices of one table.
    pub words: &'e [u32],
    /// Acronyms that the title explains, and the words they stand for.
    pub acronyms: &'e [(u32, Vec<u32>)],
    /// The first words of the title, where there are enough of them.
    pub lead: Option<NonZeroU32>,
    /// The period that the title names.
    pub period: &'e str,
    /// The last year in it.
    pub newest_year: Option<i16>,
    /// The numbered place that the title names.
    pub place: &'e str,
    /// What kind of thing it is.
    pub kind: AssetKind,
    /// Identifiers of the datasets it is made from.
    pub parents: &'e [&'e str],
    /// The portal's id of the stored table.
    pub table: Option<&'e str>,
    /// Its field names without digits, as sorted numbers, equal ones too; none where the format has no fields.
    pub columns: &'e [u32],
    /// Its text gives context, or a picture, map or story of it is linked.
    pub has_context: bool,
    /// It belongs to a declared series.
    pub in_series: bool,
    /// Its record says that it shows a part of another table.
    pub is_filtered: bool,
    /// Its identifier is the address of a page, for want of one of its own.
    pub id_is_borrowed: bool,
    /// Who publishes it.
    pub publisher: &'e str,
    /// The description as a number, without case and spacing, where it has eight words or more.
    pub description: Option<NonZeroU64>,
    /// Nothing but the publisher can be its source: whether that counts depends on the others.
    pub source_rests_on_publisher: bool,
    /// JSON Pointer of the record, and its line.
    pub record: (&'e str, Option<usize>),
    /// Where its title, its identifier, its description and the name of its parent stand.
    pub places: [Option<&'e Place>; 4],
}

/// A dataset as rules over many of them see it.
#[derive(Clone, Copy, Debug)]
pub struct Summary<'a> {
    /// Which document it came from.
    pub document: usize,
    /// The portal's host.
    pub portal: Shared,
    /// The portal and publisher: only datasets with equal ones are compared.
    pub owner: Shared,
    /// The identifier, without the portal; empty if there is none.
    pub id: &'a str,
    /// The title as readers see it; empty if there is none.
    pub title: &'a str,
    /// The title made comparable, as a number; two titles may share one by chance.
    pub folded_title: u64,
    /// The telling words of the title, without periods and places, as sorted numbers: equal for slices of one table.
    pub words: &'a [u32],
    /// The first words of the title, where there are enough of them.
    pub lead: Option<NonZeroU32>,
    /// The period that the title names.
    pub period: &'a str,
    /// The last year in it.
    pub newest_year: Option<i16>,
    /// The numbered place that the title names.
    pub place: &'a str,
    /// What kind of thing it is.
    pub kind: AssetKind,
    /// Its field names without digits, as sorted numbers, equal ones too; none where the format has no fields.
    pub columns: &'a [u32],
    /// Its text gives context, or a picture, map or story of it is linked.
    pub has_context: bool,
    /// It belongs to a declared series.
    pub in_series: bool,
    /// Its record says that it shows a part of another table.
    pub is_filtered: bool,
    /// Its identifier is the address of a page, for want of one of its own.
    pub id_is_borrowed: bool,
    /// Who publishes it.
    pub publisher: &'a str,
    /// The description as a number, without case and spacing, where it has eight words or more.
    pub description: Option<NonZeroU64>,
    /// Nothing but the publisher can be its source: whether that counts depends on the others.
    pub source_rests_on_publisher: bool,
    more: Option<&'a More>,
}

impl<'a> Summary<'a> {
    /// Identifiers of the datasets it is made from.
    pub fn parents(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        let parents = self.more.map(|more| &more.parents);
        parents.into_iter().flatten().map(AsRef::as_ref)
    }

    /// The portal's id of the stored table.
    #[must_use]
    pub fn table(&self) -> Option<&'a str> {
        self.more?.table.as_deref()
    }

    /// Acronyms that the title explains, and the words they stand for.
    pub fn acronyms(&self) -> impl Iterator<Item = (u32, &'a [u32])> + use<'a> {
        let acronyms = self.more.map(|more| &more.acronyms);
        let pairs = acronyms.into_iter().flatten();
        pairs.map(|(short, words)| (*short, words.as_slice()))
    }
}

/// A part of a record whose place is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// The title; the record itself if it has none.
    Title,
    /// The identifier; the record itself if it has none.
    Id,
    /// The description, where it is kept as a number.
    Description,
    /// The name of its parent.
    Parent,
}

/// What few datasets have.
#[derive(Debug, Default)]
struct More {
    parents: Box<[Box<str>]>,
    table: Option<Box<str>>,
    acronyms: Box<[(u32, Vec<u32>)]>,
    parent: Option<Spot>,
    /// Places that cannot be told from the record's own.
    far: Vec<(Part, Place)>,
}

impl More {
    fn is_something(&self) -> bool {
        let has_lists =
            !(self.parents.is_empty() && self.acronyms.is_empty() && self.far.is_empty());
        has_lists || self.table.is_some() || self.parent.is_some()
    }
}

/// A place, as a distance from the record's own.
#[derive(Clone, Copy, Debug)]
struct Spot {
    /// The pointer below the record's.
    below: Shared,
    start: i32,
    length: u32,
    line: i32,
    column: u32,
}

/// A dataset that is kept. Texts and lists of all datasets stand behind each other: here is where its own begin and how
/// long they are.
#[derive(Debug)]
struct Row {
    text: usize,
    numbers: usize,
    id: u32,
    title: u32,
    words: u32,
    columns: u32,
    folded_title: u64,
    description: Option<NonZeroU64>,
    lead: Option<NonZeroU32>,
    document: u32,
    /// The record's pointer; one that ends in a number, as most do, is kept as what stands before the number.
    pointer: Shared,
    /// That number, and one more.
    pointer_number: Option<NonZeroU32>,
    /// The line of the record.
    line: Option<NonZeroUsize>,
    /// One more than the views, so that none takes no room.
    views: Option<NonZeroU32>,
    /// Where the title stands: other places are near.
    start: usize,
    places: [Option<Spot>; 3],
    more: Option<NonZeroU32>,
    portal: Shared,
    owner: Shared,
    in_charge: Option<Shared>,
    period: Shared,
    place: Shared,
    publisher: Shared,
    newest_year: Option<i16>,
    kind: AssetKind,
    flags: u8,
}

const HAS_ID: u8 = 1;
const HAS_CONTEXT: u8 = 2;
const IN_SERIES: u8 = 4;
const RESTS_ON_PUBLISHER: u8 = 8;
const IS_FILTERED: u8 = 16;
const ID_IS_BORROWED: u8 = 32;

/// All datasets of a run, packed.
#[derive(Debug, Default)]
pub struct Summaries {
    rows: Rows<Row>,
    /// Identifiers and titles.
    text: String,
    /// Words and columns.
    numbers: Vec<u32>,
    names: Pool<str>,
    more: Vec<More>,
}

/// A number that may be 0, as one that may not.
fn one_more(number: u32) -> Option<NonZeroU32> {
    NonZeroU32::new(number.checked_add(1)?)
}

/// A pointer without the number that it ends in, and that number.
fn split_number(pointer: &str) -> (&str, Option<NonZeroU32>) {
    let digits = pointer.bytes().rev().take_while(u8::is_ascii_digit).count();
    let (head, tail) = pointer.split_at(pointer.len() - digits);
    let number = tail.parse::<u32>().ok();
    // Leading noughts would be lost.
    let number = number.filter(|number| number.to_string() == tail);
    match number.and_then(one_more) {
        Some(number) => (head, Some(number)),
        None => (pointer, None),
    }
}

impl Summaries {
    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// A dataset, by its number.
    #[must_use]
    pub fn get(&self, index: usize) -> Option<Summary<'_>> {
        self.rows.get(index).map(|row| self.summary(row))
    }

    /// Whether two datasets came from one document.
    pub(crate) fn are_of_one_document(&self, one: usize, other: usize) -> bool {
        let document = |index: usize| self.rows.get(index).map(|row| row.document);
        document(one) == document(other)
    }

    /// All of them, in order.
    pub fn iter(&self) -> impl Iterator<Item = Summary<'_>> {
        self.rows.iter().map(|row| self.summary(row))
    }

    /// The owner of a dataset, without the rest of it.
    pub(super) fn owner(&self, index: usize) -> Option<Shared> {
        self.rows.get(index).map(|row| row.owner)
    }

    /// The portal of a dataset, without the rest of it.
    pub(super) fn portal(&self, index: usize) -> Option<Shared> {
        self.rows.get(index).map(|row| row.portal)
    }

    /// The words of a dataset, without the rest of it.
    pub(super) fn words(&self, index: usize) -> &[u32] {
        let row = self.rows.get(index);
        row.map_or(&[], |row| self.stretch(row.numbers, row.words))
    }

    /// The columns of a dataset, without the rest of it.
    pub(super) fn columns(&self, index: usize) -> &[u32] {
        let row = self.rows.get(index);
        row.map_or(&[], |row| {
            self.stretch(row.numbers + long(row.words), row.columns)
        })
    }

    fn stretch(&self, start: usize, length: u32) -> &[u32] {
        let stretch = self.numbers.get(start..start + long(length));
        stretch.unwrap_or_default()
    }

    fn summary(&self, row: &Row) -> Summary<'_> {
        Summary {
            document: long(row.document),
            portal: row.portal,
            owner: row.owner,
            id: self.id(row).unwrap_or_default(),
            title: self.title(row),
            folded_title: row.folded_title,
            words: self.stretch(row.numbers, row.words),
            lead: row.lead,
            period: self.name(row.period),
            newest_year: row.newest_year,
            place: self.name(row.place),
            kind: row.kind,
            columns: self.stretch(row.numbers + long(row.words), row.columns),
            has_context: row.flags & HAS_CONTEXT > 0,
            in_series: row.flags & IN_SERIES > 0,
            is_filtered: row.flags & IS_FILTERED > 0,
            id_is_borrowed: row.flags & ID_IS_BORROWED > 0,
            publisher: self.name(row.publisher),
            description: row.description,
            source_rests_on_publisher: row.flags & RESTS_ON_PUBLISHER > 0,
            more: self.more(row),
        }
    }

    fn name(&self, shared: Shared) -> &str {
        self.names.get(shared).unwrap_or_default()
    }

    fn more(&self, row: &Row) -> Option<&More> {
        self.more.get(long(row.more?.get() - 1))
    }

    fn id(&self, row: &Row) -> Option<&str> {
        let id = self.text.get(row.text..row.text + long(row.id))?;
        (row.flags & HAS_ID > 0).then_some(id)
    }

    fn title(&self, row: &Row) -> &str {
        let start = row.text + long(row.id);
        let title = self.text.get(start..start + long(row.title));
        title.unwrap_or_default()
    }

    /// What the dataset is called in fingerprints.
    #[must_use]
    pub fn identity(&self, index: usize) -> &str {
        let row = self.rows.get(index);
        row.map_or("", |row| self.id(row).unwrap_or_else(|| self.title(row)))
    }

    /// The number of its document.
    #[must_use]
    pub fn document(&self, index: usize) -> Option<usize> {
        self.rows.get(index).map(|row| long(row.document))
    }

    /// What the report says of a dataset before it was judged.
    #[must_use]
    pub fn head(&self, index: usize) -> Option<Head<'_>> {
        let row = self.rows.get(index)?;
        let title = self.title(row);
        Some(Head {
            document: long(row.document),
            pointer: self.pointer(row),
            line: row.line.map(NonZeroUsize::get),
            id: self.id(row),
            title: (!title.is_empty()).then_some(title),
            in_charge: row.in_charge.map(|shared| self.name(shared)),
            views: row.views.map(|views| u64::from(views.get() - 1)),
            portal: self.name(row.portal),
        })
    }

    fn pointer(&self, row: &Row) -> String {
        let head = self.name(row.pointer);
        match row.pointer_number {
            Some(number) => format!("{head}{}", number.get() - 1),
            None => head.to_owned(),
        }
    }

    /// Where a part of a dataset's record stands.
    #[must_use]
    pub fn place(&self, index: usize, part: Part) -> Option<Place> {
        let row = self.rows.get(index)?;
        let more = self.more(row);
        // A view whose parent stands nowhere is known by its title.
        let has_parent = more.is_some_and(|more| {
            more.parent.is_some() || more.far.iter().any(|(far, _)| *far == Part::Parent)
        });
        let part = match part {
            Part::Parent if !has_parent => Part::Title,
            part => part,
        };
        let far = more.and_then(|more| more.far.iter().find(|(far, _)| *far == part));
        if let Some((_, place)) = far {
            return Some(Place {
                document: long(row.document),
                ..place.clone()
            });
        }
        let spot = match part {
            Part::Title => row.places[0],
            Part::Id => row.places[1],
            Part::Description => row.places[2],
            Part::Parent => more?.parent,
        }?;
        let line = row
            .line
            .and_then(|line| line.get().checked_add_signed(wide(spot.line)));
        let start = row.start.checked_add_signed(wide(spot.start));
        Some(Place {
            document: long(row.document),
            pointer: self.pointer(row) + self.name(spot.below),
            line_and_column: line.map(|line| (line, long(spot.column))),
            span: start
                .filter(|_| row.line.is_some())
                .map(|start| (start, start + long(spot.length))),
        })
    }

    fn spot(
        &mut self,
        place: &Place,
        pointer: &str,
        line: Option<usize>,
        start: usize,
    ) -> Option<Spot> {
        let below = place.pointer.strip_prefix(pointer)?;
        let (at, until) = match (place.span, line) {
            (Some(span), Some(_)) => span,
            (None, None) => (start, start),
            _ => return None,
        };
        let (on, column) = match (place.line_and_column, line) {
            (Some(found), Some(_)) => found,
            (None, None) => (0, 0),
            _ => return None,
        };
        Some(Spot {
            below: self.names.share(below),
            start: distance(start, at)?,
            length: u32::try_from(until.checked_sub(at)?).ok()?,
            line: distance(line.unwrap_or(0), on)?,
            column: u32::try_from(column).ok()?,
        })
    }

    /// Keeps a dataset behind the others.
    pub fn push(&mut self, entry: &Entry<'_>) {
        let (pointer, line) = entry.record;
        let [title, id, description, parent] = entry.places;
        let start = title.and_then(|place| place.span).map_or(0, |span| span.0);
        let mut more = More {
            parents: entry.parents.iter().map(|&id| id.into()).collect(),
            table: entry.table.map(Into::into),
            acronyms: entry.acronyms.into(),
            ..More::default()
        };
        let mut keep = |part: Part, place: Option<&Place>| {
            let place = place?;
            let spot = self.spot(place, pointer, line, start);
            if spot.is_none() {
                more.far.push((part, place.clone()));
            }
            spot
        };
        let title = keep(Part::Title, title);
        let id = keep(Part::Id, id);
        let description = keep(Part::Description, description);
        let parent = keep(Part::Parent, parent);
        more.parent = parent;
        let more = more.is_something().then(|| {
            self.more.push(more);
            short(self.more.len())
        });
        let (head, pointer_number) = split_number(pointer);
        let names = &mut self.names;
        let flag = |is_set: bool, flag: u8| if is_set { flag } else { 0 };
        let entry_id = entry.id.unwrap_or_default();
        self.rows.push(Row {
            text: self.text.len(),
            numbers: self.numbers.len(),
            id: short(entry_id.len()),
            title: short(entry.title.len()),
            words: short(entry.words.len()),
            columns: short(entry.columns.len()),
            folded_title: entry.folded_title,
            description: entry.description,
            lead: entry.lead,
            document: short(entry.document),
            pointer: names.share(head),
            pointer_number,
            line: line.and_then(NonZeroUsize::new),
            views: entry.views.and_then(|views| {
                let most = u64::from(u32::MAX - 1);
                one_more(u32::try_from(views.min(most)).ok()?)
            }),
            start,
            places: [title, id, description],
            more: more.and_then(NonZeroU32::new),
            portal: names.share(entry.portal),
            owner: names.share(entry.owner),
            in_charge: entry.in_charge.map(|name| names.share(name)),
            period: names.share(entry.period),
            place: names.share(entry.place),
            publisher: names.share(entry.publisher),
            newest_year: entry.newest_year,
            kind: entry.kind,
            flags: flag(entry.id.is_some(), HAS_ID)
                | flag(entry.has_context, HAS_CONTEXT)
                | flag(entry.in_series, IN_SERIES)
                | flag(entry.is_filtered, IS_FILTERED)
                | flag(entry.id_is_borrowed, ID_IS_BORROWED)
                | flag(entry.source_rests_on_publisher, RESTS_ON_PUBLISHER),
        });
        self.text.push_str(entry_id);
        self.text.push_str(entry.title);
        self.numbers.extend_from_slice(entry.words);
        self.numbers.extend_from_slice(entry.columns);
    }

    /// Keeps the datasets of another run behind these.
    pub(crate) fn append(&mut self, other: Self) {
        let (text, numbers) = (self.text.len(), self.numbers.len());
        let before = short(self.more.len());
        let names: Translation = self.names.take_in(other.names);
        let name = |shared: &mut Shared| *shared = names.of(*shared);
        let spot = |spot: &mut Option<Spot>| spot.iter_mut().for_each(|spot| name(&mut spot.below));
        self.text.push_str(&other.text);
        self.numbers.extend_from_slice(&other.numbers);
        self.more.extend(other.more.into_iter().map(|mut more| {
            spot(&mut more.parent);
            more
        }));
        self.rows.extend(other.rows.into_iter().map(|mut row| {
            row.text += text;
            row.numbers += numbers;
            row.more = row.more.and_then(|more| more.checked_add(before));
            row.places.iter_mut().for_each(spot);
            row.in_charge.iter_mut().for_each(name);
            let shared = [
                &mut row.pointer,
                &mut row.portal,
                &mut row.owner,
                &mut row.period,
                &mut row.place,
                &mut row.publisher,
            ];
            shared.into_iter().for_each(name);
            row
        }));
    }

    /// Gives documents other numbers.
    pub(crate) fn move_documents(&mut self, number: &dyn Fn(usize) -> usize) {
        for row in self.rows.iter_mut() {
            row.document = short(number(long(row.document)));
        }
    }

    /// Puts datasets in the order of their documents; gives the numbers that they had, in that order.
    pub(crate) fn put_in_order(&mut self) -> Vec<usize> {
        let rows = std::mem::take(&mut self.rows);
        let mut numbered: Vec<(usize, Row)> = rows.into_iter().enumerate().collect();
        numbered.sort_by_key(|(_, row)| row.document);
        let (before, rows) = numbered.into_iter().unzip();
        self.rows = rows;
        before
    }
}

/// What the report says of a dataset before it was judged.
#[derive(Clone, Debug)]
pub struct Head<'a> {
    /// Which document it came from.
    pub document: usize,
    /// JSON Pointer of its record.
    pub pointer: String,
    /// The line of its record.
    pub line: Option<usize>,
    /// The identifier.
    pub id: Option<&'a str>,
    /// The title.
    pub title: Option<&'a str>,
    /// Who is in charge of it.
    pub in_charge: Option<&'a str>,
    /// How often its page was opened; of more than four thousand million, so many.
    pub views: Option<u64>,
    /// The portal's host; empty where the record names none.
    pub portal: &'a str,
}

fn wide(distance: i32) -> isize {
    isize::try_from(distance).unwrap_or(0)
}

fn distance(from: usize, to: usize) -> Option<i32> {
    i32::try_from(i64::try_from(to).ok()? - i64::try_from(from).ok()?).ok()
}

#[cfg(test)]
pub(crate) mod tests {
    use super::{Entry, Part, Summaries};
    use crate::model::AssetKind;
    use crate::source::place::Place;

    /// A dataset of which nothing is known.
    pub(crate) const BLANK: Entry<'static> = Entry {
        document: 0,
        portal: "",
        owner: "",
        in_charge: None,
        views: None,
        id: None,
        title: "",
        folded_title: 0,
        words: &[],
        acronyms: &[],
        lead: None,
        period: "",
        newest_year: None,
        place: "",
        kind: AssetKind::Table,
        parents: &[],
        table: None,
        columns: &[],
        has_context: false,
        in_series: false,
        is_filtered: false,
        id_is_borrowed: false,
        publisher: "",
        description: None,
        source_rests_on_publisher: false,
        record: ("", None),
        places: [None; 4],
    };

    fn place(document: usize, pointer: &str, at: (usize, usize), span: (usize, usize)) -> Place {
        Place {
            document,
            pointer: pointer.to_owned(),
            line_and_column: Some(at),
            span: Some(span),
        }
    }

    /// Three datasets of a document: places near the record, outside of it and far away.
    fn some(document: usize) -> (Summaries, Vec<[Place; 4]>) {
        let mut summaries = Summaries::default();
        let mut given = Vec::new();
        for (number, pointer) in ["/dataset/0", "/dataset/12", "/graph/007"]
            .iter()
            .enumerate()
        {
            let line = 10 + number;
            let places = [
                place(document, &format!("{pointer}/title"), (line, 5), (500, 520)),
                place(document, pointer, (line, 1), (480, 481)),
                place(document, "/elsewhere", (1, 2), (3, 4)),
                place(
                    document,
                    &format!("{pointer}/of"),
                    (line, 7),
                    (8_000_000_000, 8_000_000_002),
                ),
            ];
            summaries.push(&Entry {
                document,
                owner: "Parks",
                in_charge: (number > 0).then_some("Parks"),
                id: (number < 2).then_some("é"),
                title: if number == 1 { "" } else { "Trees 2020" },
                words: &[1, 2],
                columns: &[7, 7, 9],
                period: "2020",
                parents: &["a", "b"],
                record: (pointer, Some(line)),
                places: places.each_ref().map(Some),
                ..BLANK
            });
            given.push(places);
        }
        (summaries, given)
    }

    #[test]
    fn gives_back_what_was_kept() {
        let (mut summaries, mut given) = some(1);
        let (others, of_others) = some(0);
        summaries.append(others);
        given.extend(of_others);
        assert_eq!(summaries.put_in_order(), [3, 4, 5, 0, 1, 2]);
        given.rotate_left(3);
        for (index, places) in given.iter().enumerate() {
            let parts = [Part::Title, Part::Id, Part::Description, Part::Parent];
            for (part, place) in parts.into_iter().zip(places) {
                assert_eq!(
                    summaries.place(index, part).as_ref(),
                    Some(place),
                    "{part:?}"
                );
            }
            let summary = summaries.get(index).expect("it was kept");
            assert_eq!(
                (summary.words, summary.columns),
                (&[1, 2][..], &[7, 7, 9][..])
            );
            assert_eq!(summary.parents().collect::<Vec<_>>(), ["a", "b"]);
            assert_eq!((summary.period, summary.publisher), ("2020", ""));
            let head = summaries.head(index).expect("it was kept");
            let number = index % 3;
            assert_eq!(head.document, index / 3);
            assert_eq!(
                head.pointer,
                ["/dataset/0", "/dataset/12", "/graph/007"][number]
            );
            assert_eq!(head.id, [Some("é"), Some("é"), None][number]);
            assert_eq!(
                head.title,
                [Some("Trees 2020"), None, Some("Trees 2020")][number]
            );
            assert_eq!(summaries.identity(index), ["é", "é", "Trees 2020"][number]);
        }
    }

    #[test]
    fn keeps_places_of_documents_that_have_none() {
        let mut summaries = Summaries::default();
        let title = Place {
            document: 0,
            pointer: "/title".to_owned(),
            line_and_column: None,
            span: None,
        };
        summaries.push(&Entry {
            places: [Some(&title), None, None, None],
            ..BLANK
        });
        assert_eq!(summaries.place(0, Part::Title), Some(title.clone()));
        // A view whose parent stands nowhere is known by its title.
        assert_eq!(summaries.place(0, Part::Parent), Some(title));
        assert_eq!(summaries.place(0, Part::Id), None);
    }
}
