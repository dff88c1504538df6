//! Fields that portals and map software add of themselves.

use crate::lexicon::fold::{Letters, without_accent};

/// Fields that the portal or the map software made: `:sid`, `:@computed_region_…`, `OBJECTID`, `Shape_Area`.
///
/// ```
/// use datasteward::lexicon::roles::is_system;
/// assert!(is_system("OBJECTID", "objectid"));
/// assert!(is_system("Council Districts", ":@computed_region_abcd_1234"));
/// assert!(!is_system("Lot Area", "lot_area"));
/// ```
#[must_use]
pub fn is_system(name: &str, machine_name: &str) -> bool {
    machine_name.starts_with(':')
        || is_made_by_map_software(name)
        || is_made_by_map_software(machine_name)
}

fn is_made_by_map_software(name: &str) -> bool {
    if name.len() > 24 {
        return false;
    }
    if matches!(name, "_id" | "_full_text" | "_row_id") {
        return true;
    }
    // The first two letters of the names below: most names end here.
    let mut letters = name.chars().filter(|sign| sign.is_alphanumeric());
    let mut letter = || letters.next().map(without_accent);
    if !matches!(
        (letter(), letter()),
        (Some('o'), Some('b' | 'i'))
            | (Some('f'), Some('i'))
            | (Some('g'), Some('l' | 'e'))
            | (Some('s'), Some('h' | 't'))
            | (Some('c'), Some('r'))
            | (Some('e'), Some('d'))
            | (Some('t'), Some('h'))
    ) {
        return false;
    }
    let letters = bare_letters(name);
    matches!(
        letters.as_str(),
        "objectid"
            | "objectid1"
            | "objectid12"
            | "oid"
            | "fid"
            | "globalid"
            | "shape"
            | "starea"
            | "stlength"
            | "creationdate"
            | "creator"
            | "editdate"
            | "editor"
            | "thegeom"
            | "geom"
    ) || is_shape_measure(letters.as_str())
}

/// Who edited a row, and when, as map software keeps it beside the rows: whole, or cut at the tenth letter.
///
/// ```
/// use datasteward::lexicon::roles::is_edit_of_map_software;
/// assert!(is_edit_of_map_software("last_edited_date"));
/// assert!(is_edit_of_map_software("created_us"));
/// assert!(!is_edit_of_map_software("created"));
/// ```
#[must_use]
pub fn is_edit_of_map_software(name: &str) -> bool {
    let letters = bare_letters(name);
    matches!(
        letters.as_str(),
        "createduser"
            | "createddate"
            | "lasteditor"
            | "lasteditedby"
            | "lastediteduser"
            | "lastediteddate"
            | "createdus"
            | "createdda"
            | "createddat"
            | "lastedite"
            | "lastedited"
            | "lastedi1"
            | "lastedit1"
    )
}

/// Letters and digits alone.
fn bare_letters(name: &str) -> Letters {
    let mut letters = Letters::default();
    for character in name.chars().filter(|character| character.is_alphanumeric()) {
        letters.push(character);
    }
    letters
}

/// Lengths and areas that map software adds, in the units of the map's projection: `Shape_Area`, `SHAPE_STLe`,
/// `st_perimeter(shape)`, `Shape_Le_1`. Software that keeps ten letters of a name cuts them.
fn is_shape_measure(letters: &str) -> bool {
    let letters = letters.trim_end_matches(|sign: char| sign.is_ascii_digit());
    // `st_area_sh`: cut at the tenth letter.
    if matches!(
        letters,
        "stareashape"
            | "stlengthshape"
            | "stperimetershape"
            | "stareash"
            | "stlength"
            | "stperimete"
            | "shapest"
    ) {
        return true;
    }
    let Some(rest) = letters.strip_prefix("shape") else {
        return false;
    };
    let whole = rest
        .strip_prefix("st")
        .filter(|rest| !rest.is_empty())
        .unwrap_or(rest);
    whole.len() >= 2
        && ["length", "lng", "area", "perimeter"]
            .iter()
            .any(|measure| measure.starts_with(whole))
}

/// Whether a field holds a length or an area that map software added.
///
/// ```
/// use datasteward::lexicon::roles::is_map_measure;
/// assert!(is_map_measure("Shape_Leng"));
/// assert!(is_map_measure("SHAPE.STArea()"));
/// assert!(!is_map_measure("Shape"));
/// ```
#[must_use]
pub fn is_map_measure(name: &str) -> bool {
    let first = || name.chars().find(|sign| sign.is_alphanumeric());
    name.len() <= 24
        && first().map(without_accent) == Some('s')
        && is_shape_measure(bare_letters(name).as_str())
}
