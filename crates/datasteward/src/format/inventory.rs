//! Inventories: a table with a row for each dataset, as offices keep them and portals export them (udata's catalogue too).
//!
//! The headings are known by their words, in five languages. What no heading stands for is "not in this format".

use super::{Format, Surroundings, custom_fields, slots, udata};
use crate::lexicon::headings::{InventoryHead as Head, inventory_head};
use crate::model::{
    Access, Agent, AgentKind, BlankKind, Columns, Contact, Dataset, Dictionary, Distribution, Held,
    License, Origin, Period, Refresh, Slot, Text,
};
use crate::source::split::Shape;
use crate::source::tree::Value;

const FIELDS: &str =
    "An inventory has no place for fields: keep a data dictionary for each dataset";
const ELSEWHERE: &str =
    "This inventory has no column for it: add one, or say it in the description";

pub(super) static FORMAT: Format = Format {
    id: "inventory",
    name: "inventory of datasets (CSV)",
    known_by: "a table of datasets: headings such as Title, Identifier, Publisher (CSV, Excel)",
    containers: &[],
    json_in_strings: &[],
    detect,
    read,
    known_keys: &[],
};

/// Facts that are told of datasets, and hardly ever of other things.
pub(super) const TELLING: [Head; 9] = [
    Head::DatasetTitle,
    Head::License,
    Head::Access,
    Head::Refresh,
    Head::Temporal,
    Head::TemporalStart,
    Head::Spatial,
    Head::BoundingBox,
    Head::Dictionary,
];

/// Marks that only udata's own export has: its words for refresh rates mean what udata means by them.
const OF_UDATA: [&str; 3] = ["quality_score", "resources_count", "metric.views"];

/// How many headings of a table are those of an inventory; 0 where the row heads no inventory.
pub(super) fn weigh(headings: &[&str]) -> usize {
    let heads: Vec<Head> = headings
        .iter()
        .filter_map(|it| inventory_head(it))
        .collect();
    weigh_heads(&heads)
}

/// A title, and enough of what is only said of datasets: the less the title says so, the more of it.
fn weigh_heads(heads: &[Head]) -> usize {
    let has = |head| heads.contains(&head);
    let telling = TELLING.iter().filter(|head| has(**head)).count();
    let wanted = if has(Head::DatasetTitle) || has(Head::Title) {
        1
    } else if has(Head::Name) {
        2
    } else {
        return 0;
    };
    let names_it = has(Head::Description) || has(Head::Id) || has(Head::Page);
    // Beside the title three facts, so that a list of projects with an access level is none.
    if telling >= wanted && names_it && heads.len() >= 4 {
        heads.len()
    } else {
        0
    }
}

fn detect(record: Value<'_>, around: &Surroundings<'_>) -> Option<&'static str> {
    if around.shape != Shape::Rows {
        return None;
    }
    let row = Row::of(record);
    let heads: Vec<Head> = row.cells.iter().map(|(head, _)| *head).collect();
    (weigh_heads(&heads) > 0).then_some(
        "its headings are those of an inventory: titles, descriptions and facts of datasets",
    )
}

/// A row, or a form of one dataset, and what each of its cells stands for.
pub(super) struct Row<'t> {
    record: Value<'t>,
    pub(super) cells: Vec<(Head, Value<'t>)>,
    is_of_udata: bool,
}

impl<'t> Row<'t> {
    pub(super) fn of(record: Value<'t>) -> Self {
        Self {
            record,
            cells: record
                .members()
                .filter_map(|(key, cell)| Some((inventory_head(key)?, cell)))
                .collect(),
            is_of_udata: record.members().any(|(key, _)| OF_UDATA.contains(&key)),
        }
    }

    fn cells(&self, wanted: Head) -> impl Iterator<Item = Value<'t>> {
        self.cells
            .iter()
            .filter(move |(head, _)| *head == wanted)
            .map(|(_, cell)| *cell)
    }

    /// Of the cells under headings of one kind the first that holds something; no place where there is no heading.
    fn slot<T>(&self, head: Head, read: impl Fn(Value<'t>) -> Slot<T>) -> Slot<T> {
        let mut first = None;
        for cell in self.cells(head) {
            let slot = read(cell);
            if slot.is_filled() {
                return slot;
            }
            first.get_or_insert(slot);
        }
        first.unwrap_or(Slot::NotInFormat(hint(head)))
    }

    fn text(&self, head: Head) -> Slot<Text<'t>> {
        self.slot(head, slots::text_of)
    }

    fn word(&self, head: Head) -> Slot<&'t str> {
        self.slot(head, slots::word_of)
    }

    fn day(&self, head: Head) -> Slot<crate::model::Day<'t>> {
        self.slot(head, slots::day_of)
    }

    fn words(&self, head: Head) -> Slot<Vec<Held<&'t str>>> {
        self.slot(head, |cell| match slots::word_of(cell) {
            Slot::Filled(held) => Slot::filled(listed(held), held.at),
            slot => slot.map(|_| Vec::new()),
        })
    }
}

/// Where the steward can write what the table has no column for.
fn hint(head: Head) -> &'static str {
    match head {
        Head::Description => {
            "This inventory has no column for descriptions: add one with the heading \"Description\""
        }
        Head::License => {
            "This inventory has no column for licenses: add one with the heading \"License\""
        }
        Head::Refresh => {
            "This inventory has no column for the refresh rate: add one with the heading \"Update frequency\""
        }
        Head::Source => {
            "This inventory has no column for the source: add one with the heading \"Data source\""
        }
        Head::Limitations => {
            "This inventory has no column for limitations: add one with the heading \"Limitations\""
        }
        Head::Publisher => {
            "This inventory has no column for the publisher: add one with the heading \"Publisher\""
        }
        _ => ELSEWHERE,
    }
}

/// The parts of a list in one cell.
fn listed(cell: Held<&str>) -> Vec<Held<&str>> {
    if !cell.value.contains('|') {
        return slots::listed_in_text(cell);
    }
    let parts = cell.value.split('|').map(str::trim);
    parts
        .filter(|part| !part.is_empty())
        .map(|value| Held { value, ..cell })
        .collect()
}

fn read<'t>(record: Value<'t>, _: &Surroundings<'t>) -> Dataset<'t> {
    read_row(&Row::of(record), FORMAT.id)
}

/// What the cells of a row say. A form of one dataset is read by the same words.
pub(super) fn read_row<'t>(row: &Row<'t>, format: &'static str) -> Dataset<'t> {
    let mut dataset = Dataset::empty(format);
    dataset.id = row.word(Head::Id);
    dataset.title = title(row);
    dataset.description = row.text(Head::Description);
    dataset.summary = row.text(Head::Summary);
    dataset.keywords = row.words(Head::Keywords);
    dataset.categories = row.words(Head::Category);
    dataset.language = row.words(Head::Language);
    dataset.publisher = agent(row, Head::Publisher);
    dataset.department = agent(row, Head::Department);
    dataset.creators = as_list(agent(row, Head::Creator));
    dataset.contact = contact(row);
    dataset.sources = sources(row, &dataset);
    dataset.limitations = as_list(row.text(Head::Limitations));
    dataset.method = row.text(Head::Method);
    dataset.purpose = row.text(Head::Purpose);
    dataset.license = license(row);
    dataset.rights = row.text(Head::Rights);
    dataset.access = access(row);
    dataset.refresh = refresh(row);
    dataset.created = row.day(Head::Created);
    dataset.issued = row.day(Head::Issued);
    dataset.modified = row.day(Head::Modified);
    dataset.temporal = temporal(row);
    dataset.spatial = slots::first([
        row.slot(Head::Spatial, slots::spatial_of),
        row.slot(Head::BoundingBox, slots::spatial_of),
    ]);
    dataset.rows = row.slot(Head::Rows, |cell| {
        slots::read_count(cell).map_or(Slot::absent(cell.at()), |rows| {
            Slot::filled(rows, cell.at())
        })
    });
    dataset.dictionary = dictionary(row);
    dataset.landing_page = row.word(Head::Page);
    dataset.distributions = distributions(row);
    dataset.lineage.series = row.words(Head::Series).value().cloned().unwrap_or_default();
    dataset.retired = retired(row);
    dataset.version = row.word(Head::Version);
    dataset.columns = Columns::NotInFormat(FIELDS);
    dataset.custom = custom(row);
    mark_places_elsewhere(&mut dataset);
    custom_fields::fill(&mut dataset);
    dataset
}

/// Marks what the format has no place for.
fn mark_places_elsewhere(dataset: &mut Dataset<'_>) {
    dataset.domain = Slot::NotInFormat(ELSEWHERE);
    dataset.usage_notes = Slot::NotInFormat(ELSEWHERE);
    dataset.context_links = Slot::NotInFormat(ELSEWHERE);
    dataset.metadata_modified = Slot::NotInFormat(ELSEWHERE);
    dataset.data_updated = Slot::NotInFormat(ELSEWHERE);
    dataset.crs = Slot::NotInFormat(ELSEWHERE);
    dataset.time_zone = Slot::NotInFormat(ELSEWHERE);
    dataset.currency = Slot::NotInFormat(ELSEWHERE);
    dataset.row_label = Slot::NotInFormat(ELSEWHERE);
    dataset.bytes = Slot::NotInFormat(ELSEWHERE);
    dataset.preview = Slot::NotInFormat(ELSEWHERE);
}

fn title<'t>(row: &Row<'t>) -> Slot<Text<'t>> {
    slots::first([
        row.text(Head::DatasetTitle),
        row.text(Head::Title),
        row.text(Head::Name),
        row.text(Head::OtherTitle),
    ])
}

fn agent<'t>(row: &Row<'t>, head: Head) -> Slot<Agent<'t>> {
    row.word(head).map(|name| Agent {
        name,
        kind: AgentKind::Organization,
        ..Agent::default()
    })
}

fn contact<'t>(row: &Row<'t>) -> Slot<Contact<'t>> {
    let name = row.word(Head::ContactName);
    let email = row.word(Head::ContactEmail);
    match email.held().or(name.held()).map(|held| held.at) {
        Some(at) => Slot::filled(
            Contact {
                name,
                email,
                url: Slot::NotInFormat(""),
            },
            at,
        ),
        None => slots::first([email, name]).map(|_| Contact {
            name: Slot::NotInFormat(""),
            email: Slot::NotInFormat(""),
            url: Slot::NotInFormat(""),
        }),
    }
}

/// The source, else whoever made the data.
fn sources<'t>(row: &Row<'t>, dataset: &Dataset<'t>) -> Slot<Vec<Held<Origin<'t>>>> {
    let source = row.text(Head::Source);
    if let Slot::Filled(held) = source {
        let origin = Origin {
            name: Slot::filled(held.value, held.at),
            url: Slot::NotInFormat(""),
            retrieved: Slot::NotInFormat(""),
            note: Slot::NotInFormat(""),
        };
        return Slot::filled(vec![Held::new(origin, held.at)], held.at);
    }
    // An empty cell for a maker is no gap: the publisher may have made the data.
    match (&dataset.creators, source) {
        (Slot::Filled(held), _) => {
            let list = held.value.iter().map(slots::maker_as_origin).collect();
            Slot::filled(list, held.at)
        }
        (_, source) => source.map(|_| Vec::new()),
    }
}

/// The license; where there is no column for it, what is said of rights, unless that is only who may see the data.
fn license<'t>(row: &Row<'t>) -> Slot<License<'t>> {
    let slot = match row.slot(Head::License, slots::license_of) {
        Slot::NotInFormat(hint) => match row.slot(Head::Rights, slots::license_of) {
            Slot::Filled(held) if access_of(held.value.raw).is_none() => Slot::Filled(held),
            _ => Slot::NotInFormat(hint),
        },
        slot => slot,
    };
    match slot {
        // udata writes its word for "none" out.
        Slot::Filled(held) if held.value.raw.eq_ignore_ascii_case("license not specified") => {
            Slot::Blank {
                at: held.at,
                kind: BlankKind::NullWord,
            }
        }
        slot => slot,
    }
}

/// Who may have the data; some tables say so under "Rights".
fn access<'t>(row: &Row<'t>) -> Slot<Access> {
    [Head::Access, Head::Rights]
        .into_iter()
        .find_map(|head| {
            let held = *row.word(head).held()?;
            Some(Slot::filled(access_of(held.value)?, held.at))
        })
        // A word that we do not know says nothing that we could judge.
        .unwrap_or(Slot::NotInFormat(ELSEWHERE))
}

fn access_of(text: &str) -> Option<Access> {
    let word = text.trim().to_lowercase();
    // A sentence is no access level, even if it speaks of the public.
    if word.split_whitespace().count() > 4 {
        return None;
    }
    let has = |words: &[&str]| words.iter().any(|it| word.contains(it));
    let is = |words: &[&str]| words.contains(&word.as_str());
    if has(&[
        "non-public",
        "not public",
        "private",
        "confidential",
        "internal",
    ]) || is(&["no", "n", "false"])
    {
        Some(Access::NonPublic)
    } else if has(&["restrict", "limited", "sensitive", "protected"]) {
        Some(Access::Restricted)
    } else if is(&[
        "public",
        "open",
        "open data",
        "public access",
        "yes",
        "y",
        "true",
    ]) {
        Some(Access::Public)
    } else {
        None
    }
}

fn refresh<'t>(row: &Row<'t>) -> Slot<Refresh<'t>> {
    let read = if row.is_of_udata {
        udata::rate
    } else {
        slots::read_refresh
    };
    row.slot(Head::Refresh, |cell| match cell.as_str().map(str::trim) {
        Some(raw) if !raw.is_empty() => Slot::filled(read(raw), cell.at()),
        _ => slots::word_of(cell).map(read),
    })
}

/// The time covered in one cell, or from one cell to another.
fn temporal<'t>(row: &Row<'t>) -> Slot<Period<'t>> {
    let whole = row.slot(Head::Temporal, slots::period_of);
    if whole.is_filled() {
        return whole;
    }
    let (start, end) = (row.day(Head::TemporalStart), row.day(Head::TemporalEnd));
    slots::from_to(&start, &end).unwrap_or_else(|| match whole {
        Slot::NotInFormat(_) => start.map(|day| slots::read_period(day.raw)),
        whole => whole,
    })
}

fn dictionary<'t>(row: &Row<'t>) -> Slot<Dictionary<'t>> {
    match row.word(Head::Dictionary) {
        Slot::Filled(held) if !held.value.contains("://") => Slot::NotInFormat(ELSEWHERE),
        slot => slot.map(|url| Dictionary {
            url,
            media_type: None,
        }),
    }
}

/// Links to the data; where there is no column for them, the formats behind the page of the dataset.
fn distributions<'t>(row: &Row<'t>) -> Slot<Vec<Held<Distribution<'t>>>> {
    let format = row.word(Head::Format);
    let links = [Head::Download, Head::Service];
    let mut files = Vec::new();
    let mut empty = None;
    for (head, cell) in row.cells.iter().filter(|(head, _)| links.contains(head)) {
        let link = slots::word_of(*cell);
        if !link.is_filled() {
            empty = empty.or(Some(cell.at()));
            continue;
        }
        let mut read = Distribution::empty(cell.at());
        if *head == Head::Download {
            read.download_url = link;
            read.format = format;
        } else {
            read.access_url = link;
            read.format = Slot::NotInFormat("");
        }
        files.push(Held::new(read, cell.at()));
    }
    if let (true, None, Slot::Filled(formats)) = (files.is_empty(), empty, &format) {
        for held in listed(*formats) {
            let mut read = Distribution::empty(held.at);
            read.access_url = row.word(Head::Page);
            read.format = Slot::Filled(held);
            files.push(Held::new(read, held.at));
        }
    }
    match (files.first().map(|held| held.at), empty) {
        (Some(at), _) => Slot::filled(files, at),
        (None, Some(at)) => Slot::empty(at),
        (None, None) => Slot::NotInFormat(
            "This inventory has no column for links to the data: add one with the heading \"Download URL\"",
        ),
    }
}

fn retired<'t>(row: &Row<'t>) -> Slot<&'t str> {
    match row.word(Head::Archived) {
        Slot::Filled(held) if matches!(&*held.value.to_lowercase(), "false" | "no" | "0" | "n") => {
            Slot::empty(held.at)
        }
        slot => slot,
    }
}

/// Cells whose headings we do not know, to be told by the words in them; but not ids and counts of the portal.
fn custom<'t>(row: &Row<'t>) -> Vec<(String, Held<&'t str>)> {
    const OF_MACHINES: [&str; 9] = [
        "id", "ids", "metric", "harvest", "slug", "count", "score", "badges", "uri",
    ];
    row.record
        .members()
        .filter(|(key, _)| inventory_head(key).is_none())
        .filter(|(key, _)| {
            !key.split(|sign: char| !sign.is_alphanumeric())
                .any(|word| OF_MACHINES.contains(&word.to_lowercase().as_str()))
        })
        .filter_map(|(key, cell)| Some((key.to_owned(), Held::new(cell.as_str()?, cell.at()))))
        .collect()
}

/// A slot that holds one value as one that holds a list.
fn as_list<T>(slot: Slot<T>) -> Slot<Vec<Held<T>>> {
    match slot {
        Slot::Filled(held) => {
            let at = held.at;
            Slot::filled(vec![held], at)
        }
        other => other.map(|_| Vec::new()),
    }
}

#[cfg(test)]
mod tests {
    use crate::inspect::{Inspection, Unread, inspect};
    use crate::options::Options;
    use crate::source::Source;

    fn both(text: &[u8]) -> (Vec<Inspection>, Vec<Unread>) {
        inspect(&[Source::new("a.csv", text)], &Options::default())
    }

    fn read(text: &str) -> Vec<Inspection> {
        both(text.as_bytes()).0
    }

    const INVENTORY: &str = "Dataset Name,Department,Description,Update Frequency,Public?,Keywords,Download URL,Format\r\n\
        Street trees,Parks,\"Each row is a tree,\r\nand where it stands.\",Monthly,Yes,tree;park,https://data.example/t.csv,CSV\r\n\
        Permits,Building,,,No,,,\r\n";

    #[test]
    fn reads_a_row_as_a_dataset_and_points_into_the_row() {
        let read = read(INVENTORY);
        assert_eq!(read.len(), 2);
        let one = read.first().expect("a record");
        assert_eq!((one.format, one.line), ("inventory", Some(2)));
        let value = |name: &str| one.value(name);
        assert_eq!(value("title").as_deref(), Some("Street trees"));
        assert_eq!(one.dataset["title"]["pointer"], "/Dataset Name");
        assert_eq!(
            value("description").as_deref(),
            Some("Each row is a tree,\r\nand where it stands.")
        );
        assert_eq!(value("keywords").as_deref(), Some(r#"["tree","park"]"#));
        assert!(value("refresh").is_some_and(|it| it.contains("R/P1M")));
        assert_eq!(value("access").as_deref(), Some("public"));
        assert_eq!(one.dataset["license"]["blank"], "not in this format");
        let two = read.last().expect("a record");
        assert_eq!(two.line, Some(4));
        assert_eq!(two.dataset["description"]["blank"], "empty");
        assert_eq!(two.value("access").as_deref(), Some("nonpublic"));
    }

    #[test]
    fn reads_headings_of_other_languages_and_the_export_of_udata() {
        let spanish = read(
            "Nombre del conjunto de datos;Descripción;Frecuencia de actualización;Licencia\nÁrboles;Cada fila es un árbol.;Mensual;CC BY 4.0\n",
        );
        let one = spanish.first().expect("a record");
        assert_eq!(one.value("license").as_deref(), Some("CC BY 4.0"));
        let french = read(
            "\"title\";\"url\";\"organization\";\"owner\";\"description\";\"frequency\";\"license\";\"temporal_coverage.start\";\"temporal_coverage.end\";\"resources_count\"\n\
             \"Arbres\";\"https://data.example/arbres\";\"Ville\";\"\";\"Les arbres.\";\"bimonthly\";\"License Not Specified\";\"2001-01-01\";\"2002-12-31\";\"4\"\n",
        );
        let one = french.first().expect("a record");
        assert!(one.value("refresh").is_some_and(|it| it.contains("R/P2M")));
        assert_eq!(one.dataset["license"]["blank"], "says nothing");
        assert_eq!(one.dataset["source"]["blank"], "not in this format");
        assert_eq!(
            one.dataset["temporal"]["pointer"],
            "/temporal_coverage.start"
        );
    }

    #[test]
    fn refuses_tables_of_other_things_in_one_sentence() {
        for table in [
            "Luogo,2025,2024\nMuseo,31,28\n",
            "title,author,publisher,year,url\nA book,Someone,A house,1999,https://example.org\n",
            "name,description,url,tags\ntool,Cuts.,https://example.org,steel\n",
            "Park,License,Access\nA,dogs,free\n",
        ] {
            let (read, unread) = both(table.as_bytes());
            assert!(read.is_empty(), "{table}");
            let message = unread.first().map(|it| it.message.as_str());
            assert!(
                message.is_some_and(|it| it.starts_with("This is a table of data, not metadata")),
                "{table}"
            );
        }
    }
}
