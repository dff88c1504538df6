//! Coordinates on a plane: eastings and northings, x and y.

use super::fold::{each_piece, fold, with_folded_piece, words_of_name};

/// One of the two axes of a map.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Axis {
    /// x, easting.
    East,
    /// y, northing.
    North,
}

/// The axis that a field's name says its numbers lie on; longitudes and latitudes are no axes of a plane.
///
/// ```
/// use datasteward::lexicon::planar::{Axis, axis};
/// assert_eq!(axis("X_COORD"), Some(Axis::East));
/// assert_eq!(axis("Northing"), Some(Axis::North));
/// assert_eq!(axis("Longitude"), None);
/// ```
#[must_use]
pub fn axis(name: &str) -> Option<Axis> {
    // The first letters of the words below: most names end here.
    let first = name.chars().find(|sign| sign.is_alphanumeric())?;
    if !matches!(
        first.to_ascii_lowercase(),
        'c' | 'e' | 'g' | 'l' | 'm' | 'n' | 'p' | 's' | 'u' | 'v' | 'x' | 'y'
    ) || !name
        .bytes()
        .any(|byte| matches!(byte.to_ascii_lowercase(), b'x' | b'y' | b'g'))
    {
        return None;
    }
    let mut found = None;
    let mut count = 0;
    // Most names have a word that no axis has.
    let mut is_other = false;
    each_piece(name, |piece| {
        if is_other {
            return;
        }
        count += 1;
        is_other = with_folded_piece(piece, |word| match word {
            "x" | "easting" | "xcoord" | "xcoordinate" | "pointx" | "coordx" | "eastings"
            | "geox" | "gpsx" | "locx" => Some(Some(Axis::East)),
            "y" | "northing" | "ycoord" | "ycoordinate" | "pointy" | "coordy" | "northings"
            | "geoy" | "gpsy" | "locy" => Some(Some(Axis::North)),
            "coord" | "coordinate" | "coordinates" | "cord" | "point" | "utm" | "state"
            | "plane" | "sp" | "location" | "map" | "centroid" | "stateplane" | "gis" | "cd"
            | "value" | "geo" | "label" | "coordina" => Some(None),
            _ => None,
        })
        .map(|axis| found = axis.or(found))
        .is_none();
    });
    if is_other || count > 4 {
        return None;
    }
    found
}

/// Whether there are numbers on both axes: one alone is no place.
#[must_use]
pub fn is_plane(axes: impl IntoIterator<Item = Axis>) -> bool {
    let (mut east, mut north) = (false, false);
    for axis in axes {
        east |= axis == Axis::East;
        north |= axis == Axis::North;
    }
    east && north
}

/// Whether a name is that of a latitude.
#[must_use]
pub fn is_latitude(name: &str) -> bool {
    words_of_name(name).iter().any(|word| {
        matches!(
            word.as_str(),
            "lat" | "latitude" | "latitud" | "latlon" | "latlong"
        )
    })
}

/// Whether a description says that the numbers are degrees after all.
#[must_use]
pub fn says_degrees(text: &str) -> bool {
    let folded = fold(text);
    ["longitude", "latitude", "degree", "lat/lon"]
        .iter()
        .any(|word| folded.contains(word))
}

#[cfg(test)]
mod tests {
    use super::{Axis, axis, is_latitude, says_degrees};

    #[test]
    fn knows_the_names_of_axes() {
        for name in [
            "X",
            "x_coordinate",
            "XCOORD",
            "POINT_X",
            "Easting",
            "State Plane X",
            "Location X",
            "LABEL_X",
            "geox",
        ] {
            assert_eq!(axis(name), Some(Axis::East), "{name}");
        }
        for name in [
            "X-ray",
            "Generation X",
            "Latitude",
            "Y/N",
            "Axis",
            "X Street",
        ] {
            assert_eq!(axis(name), None, "{name}");
        }
    }

    #[test]
    fn knows_degrees() {
        assert!(is_latitude("GIS_LATITUDE") && !is_latitude("Plate"));
        assert!(says_degrees("Longitude of the site") && !says_degrees("Easting of the site"));
    }
}
