//! What the fields beside a field tell of it.

use std::collections::BTreeMap;

use super::ColumnJudgement;
use super::column::About;
use crate::lexicon::plain::{self, NameVerdict, Vocabulary};
use crate::lexicon::planar;
use crate::lexicon::roles::{self, Role};
use crate::lexicon::{fold, language};
use crate::model::Column;

/// Mends what was judged of each field alone, with all fields at hand.
pub(super) fn look(
    columns: &[Column<'_>],
    judged: &mut [ColumnJudgement],
    vocabulary: &Vocabulary<'_>,
    about: &About<'_>,
) {
    take_unknown_words_for_codes(columns, judged);
    read_without_languages(columns, judged, vocabulary);
    take_anything_for_numbers(columns, judged, vocabulary, about);
    take_areas_for_sizes(columns, judged);
    take_axes_for_places(columns, judged);
    set_aside_edits(columns, judged);
}

/// Where most names of a table are shorthand, unknown words among them are shorthand as well: `PULAYDT` beside `PRTFAGE`.
fn take_unknown_words_for_codes(columns: &[Column<'_>], judged: &mut [ColumnJudgement]) {
    let hard = |column: &ColumnJudgement| {
        matches!(column.name, NameVerdict::Cryptic | NameVerdict::Abbreviated)
    };
    let own = judged.iter().filter(|column| !column.is_system);
    let (all, shorthand) = own.fold((0, 0), |(all, shorthand), column| {
        (all + 1, shorthand + usize::from(hard(column)))
    });
    if all < NAMES_OF_CODES || shorthand * 2 < all {
        return;
    }
    for (column, judged) in columns.iter().zip(judged) {
        if judged.name == NameVerdict::UnknownWord && plain::may_be_a_code(column.shown_name()) {
            judged.name = NameVerdict::Cryptic;
        }
    }
}

/// `Country_ES` beside `Country_EN`, or beside `Country`, says in which language the value is: what stands before that is
/// the name to be read.
fn read_without_languages(
    columns: &[Column<'_>],
    judged: &mut [ColumnJudgement],
    vocabulary: &Vocabulary<'_>,
) {
    if !columns
        .iter()
        .any(|column| language::without_code(column.shown_name()).is_some())
    {
        return;
    }
    let mut bases: BTreeMap<String, usize> = BTreeMap::new();
    for column in columns {
        let name = column.shown_name();
        let base = language::without_code(name).unwrap_or(name);
        *bases.entry(fold::fold(base).into_owned()).or_default() += 1;
    }
    for (column, judged) in columns.iter().zip(judged) {
        let Some(name) = language::without_code(column.shown_name()) else {
            continue;
        };
        let is_one_of_several = bases.get(&*fold::fold(name)) > Some(&1);
        if is_one_of_several && !judged.name.is_plain() {
            judged.name = plain::judge(name, vocabulary);
        }
    }
}

/// In a table of fewer fields the names beside one tell too little.
const NAMES_OF_CODES: usize = 8;

/// A type that allows anything is given to numbers with gaps: texts and codes have a type of their own. What such a table
/// tells of is an `Entity`, as Our World in Data calls its countries and regions.
fn take_anything_for_numbers(
    columns: &[Column<'_>],
    judged: &mut [ColumnJudgement],
    vocabulary: &Vocabulary<'_>,
    about: &About<'_>,
) {
    let is_any = |column: &Column<'_>| column.native_type == Some("any");
    if !columns.iter().any(is_any) {
        return;
    }
    let about = About {
        any_is_number: true,
        ..*about
    };
    for (column, judged) in columns.iter().zip(judged) {
        if is_any(column) && judged.role == Role::Code {
            *judged = ColumnJudgement::of(column, vocabulary, &about);
        } else if column.shown_name() == "Entity" && judged.role == Role::Name {
            judged.role = Role::Place;
        }
    }
}

/// `AREA` beside `PERIMETER` is a size, where it would be a place elsewhere.
fn take_areas_for_sizes(columns: &[Column<'_>], judged: &mut [ColumnJudgement]) {
    let is_area = |(column, judged): (&Column<'_>, &ColumnJudgement)| {
        judged.role == Role::Place
            && column.datatype.is_numeric()
            && column.shown_name().trim().eq_ignore_ascii_case("area")
    };
    let Some(at) = columns.iter().zip(&*judged).position(is_area) else {
        return;
    };
    let is_size = |column: &Column<'_>| {
        let name = column.shown_name().trim();
        let sizes = [
            "perimeter",
            "length",
            "width",
            "acres",
            "acreage",
            "hectares",
        ];
        column.datatype.is_numeric() && sizes.iter().any(|size| name.eq_ignore_ascii_case(size))
    };
    if let Some(area) = judged.get_mut(at).filter(|_| columns.iter().any(is_size)) {
        area.role = Role::Measure;
        area.unit_needed = true;
    }
}

/// Numbers on both axes of a map are places: `X` beside `Y`, `LABEL_X` beside `LABEL_Y`.
fn take_axes_for_places(columns: &[Column<'_>], judged: &mut [ColumnJudgement]) {
    let axis = |column: &Column<'_>| {
        let axis = planar::axis(column.shown_name());
        axis.filter(|_| column.datatype.is_numeric())
    };
    if !planar::is_plane(columns.iter().filter_map(axis)) {
        return;
    }
    for (column, judged) in columns.iter().zip(judged) {
        if axis(column).is_some() {
            judged.role = Role::Geometry;
            judged.unit_needed = false;
        }
    }
}

/// So many fields that say who edited a row, and when, are those that map software adds; one may be a steward's own.
const EDITS: usize = 3;

/// `created_user`, `created_date`, `last_edited_user`, `last_edited_date`: map software keeps them, and cuts their names.
fn set_aside_edits(columns: &[Column<'_>], judged: &mut [ColumnJudgement]) {
    let is_edit = |column: &Column<'_>| roles::is_edit_of_map_software(column.shown_name());
    if columns.iter().filter(|column| is_edit(column)).count() < EDITS {
        return;
    }
    for (column, judged) in columns.iter().zip(judged) {
        judged.is_system |= is_edit(column);
    }
}

#[cfg(test)]
mod tests {
    use crate::{Options, Source, check, inspect};

    fn record(description: &str, columns: &str) -> String {
        format!(
            r#"{{"datasteward": "1", "id": "t", "title": "Zones", "description": "{description}", "columns": [{columns}]}}"#
        )
    }

    /// What `inspect` says of each field under this key.
    fn judged(record: &str, key: &str) -> Vec<String> {
        let sources = [Source::new("a.json", record.as_bytes())];
        let (inspections, _) = inspect(&sources, &Options::default());
        let fields = inspections.iter().flat_map(|it| &it.columns);
        let said = fields.map(|field| field["judgements"][key].as_str().unwrap_or_default());
        said.map(str::to_owned).collect()
    }

    fn is_a_finding(record: &str, name: &str) -> bool {
        let report = check(
            &[Source::new("a.json", record.as_bytes())],
            &Options::default(),
        );
        report.to_json().contains(name)
    }

    fn roles(columns: &str) -> Vec<String> {
        judged(&record("Zones of a town.", columns), "role")
    }

    #[test]
    fn an_area_beside_a_perimeter_is_a_size() {
        let area = r#"{"name": "AREA", "type": "number"}"#;
        let beside = format!(r#"{area}, {{"name": "PERIMETER", "type": "number"}}"#);
        assert_eq!(roles(&beside), ["measure", "measure"]);
        assert_eq!(roles(area), ["place"]);
    }

    #[test]
    fn numbers_on_both_axes_are_places() {
        let x = r#"{"name": "LABEL_X", "type": "number"}"#;
        let both = format!(r#"{x}, {{"name": "LABEL_Y", "type": "number"}}"#);
        assert_eq!(roles(&both), ["geometry", "geometry"]);
        assert_eq!(roles(x), ["count"]);
    }

    #[test]
    fn edits_that_map_software_keeps_are_set_aside() {
        let is_told = |names: &[&str]| {
            let columns = names
                .iter()
                .map(|name| format!(r#"{{"name": "{name}", "type": "text"}}"#));
            let columns: Vec<String> = columns.collect();
            is_a_finding(
                &record("Zones of a town.", &columns.join(", ")),
                "created_us",
            )
        };
        assert!(is_told(&["zone", "created_us"]));
        assert!(!is_told(&[
            "zone",
            "created_us",
            "created_da",
            "last_edite"
        ]));
    }
}
