use crate::model::Dataset;
use crate::rule::{Check, Draft, Reason, Subject, Verdict, declare_rule};

declare_rule! {
    /// The place covered lies nowhere on Earth, or where nobody can have meant it.
    ///
    /// ## Why it matters
    /// Map searches draw the box of a dataset. With longitude and latitude in the wrong order it lies in another part of
    /// the world, or is left out altogether.
    ///
    /// ## How to mend it
    /// Write west, south, east and north in degrees, in the order that the format asks for. Latitudes lie between -90 and
    /// 90; west of Greenwich and south of the equator numbers are negative.
    ///
    /// ## Bad
    /// ```record.json
    /// {"datasteward": "1", "id": "t", "title": "Street trees", "coverage": {"bbox": [33.7, -118.7, 34.3, -118.2]}}
    /// ```
    ///
    /// ## Good
    /// ```record.json
    /// {"datasteward": "1", "id": "t", "title": "Street trees", "coverage": {"bbox": [-118.7, 33.7, -118.2, 34.3]}}
    /// ```
    ///
    /// ## Source
    /// ISO 6709 and WGS 84 for degrees; DCAT-US, GeoJSON (RFC 7946) and schema.org for the order of the four numbers.
    rule {
        id: "place-not-usable",
        code: "D0-10",
        item: D0,
        severity: Warning,
        status: Stable,
        derived_too: false,
        check: Check::Dataset(check),
    }
}

fn check(subject: &Subject<'_>) -> Verdict {
    let Some((corners, held)) = corners(subject.dataset) else {
        return Verdict::NotApplicable(Reason::Dependency);
    };
    let Some(problem) = problem(corners) else {
        return Verdict::Pass;
    };
    let mut draft = Draft::new("spatial", problem.says)
        .at(Some(held.value.box_at.unwrap_or(held.at)))
        .mend(problem.how);
    // Beside a name the box stands elsewhere, and the name is not what is wrong.
    if !held.value.raw.is_empty() && held.value.box_at.is_none() {
        draft = draft.quoting(held.value.raw);
    }
    Verdict::fail(draft)
}

type Spatial<'d> = crate::model::Held<crate::model::Spatial<'d>>;

fn corners<'a, 'd>(dataset: &'a Dataset<'d>) -> Option<([f64; 4], &'a Spatial<'d>)> {
    let held = dataset.spatial.held()?;
    Some((held.value.bounding_box?, held))
}

struct Problem {
    says: String,
    how: &'static str,
}

/// Longitudes may be counted from 0 to 360, and a box that ends west of where it begins crosses the date line.
fn problem(corners: [f64; 4]) -> Option<Problem> {
    let [west, south, east, north] = corners;
    let is_latitude = |it: f64| it.abs() <= 90.0;
    let is_longitude = |it: f64| (-180.0..=360.0).contains(&it);
    if let Some(latitude) = [south, north].into_iter().find(|it| !is_latitude(*it)) {
        let is_swapped = [west, east].into_iter().all(is_latitude)
            && [south, north].into_iter().all(is_longitude);
        let says =
            format!("The place covered has the latitude {latitude}, and latitudes end at 90");
        return Some(if is_swapped {
            Problem {
                says: format!("{says}: longitude and latitude seem to stand in each other's place"),
                how: "Put west and east where longitudes belong, south and north where latitudes do.",
            }
        } else {
            Problem {
                says,
                how: "Write west, south, east and north in degrees.",
            }
        });
    }
    if let Some(longitude) = [west, east].into_iter().find(|it| !is_longitude(*it)) {
        return Some(Problem {
            says: format!(
                "The place covered has the longitude {longitude}, and longitudes end at 180"
            ),
            how: "Write west, south, east and north in degrees.",
        });
    }
    if south > north {
        return Some(Problem {
            says: format!(
                "The place covered ends south of where it begins: its south edge is at {south}, its north edge at {north}"
            ),
            how: "Put the smaller latitude where south belongs.",
        });
    }
    corners.iter().all(|it| *it == 0.0).then(|| Problem {
        says: "The place covered is the point at 0 degrees east and north, in the sea off Africa: nobody filled it in".to_owned(),
        how: "Put in the true place, or leave it out.",
    })
}

#[cfg(test)]
mod tests {
    use super::problem;

    #[test]
    fn tells_what_lies_nowhere() {
        let says = |corners| problem(corners).map(|it| it.says).unwrap_or_default();
        assert!(says([33.7, -118.7, 34.3, -118.2]).contains("each other's place"));
        assert!(says([-118.7, 3370.0, -118.2, 3430.0]).ends_with("end at 90"));
        assert!(says([-1187.0, 33.7, -1182.0, 34.3]).contains("longitude -1187"));
        assert!(says([-118.7, 34.3, -118.2, 33.7]).contains("south of where it begins"));
        assert!(says([0.0; 4]).contains("off Africa"));
    }

    #[test]
    fn the_date_line_the_whole_earth_and_a_point_are_places() {
        for corners in [
            [170.0, -20.0, -170.0, -10.0],
            [-180.0, -90.0, 180.0, 90.0],
            [0.0, -90.0, 360.0, 90.0],
            [-118.7, 33.7, -118.7, 33.7],
            [-0.5, 51.3, 0.3, 51.7],
        ] {
            assert!(problem(corners).is_none(), "{corners:?}");
        }
    }
}
