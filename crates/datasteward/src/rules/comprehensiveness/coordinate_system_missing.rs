use crate::lexicon::planar;
use crate::lexicon::roles::{DataType, Role};
use crate::lexicon::units;
use crate::model::Column;
use crate::rule::{Check, Draft, Reason, Severity, Subject, Verdict, declare_rule, quoted_list};

declare_rule! {
    /// Coordinates in metres or feet name no coordinate system.
    ///
    /// ## Why it matters
    /// Without it, the points of a map land in the sea, or a few hundred metres beside the street.
    ///
    /// ## How to mend it
    /// Name the system in the description of the fields or of the dataset, for example "NAD83 / California zone 5 (EPSG:2229), US survey feet".
    ///
    /// ## Bad
    /// ```record.json
    /// {"datasteward": "1", "id": "h", "title": "Hydrants", "columns": [{"name": "X coordinate", "type": "number"}, {"name": "Y coordinate", "type": "number"}]}
    /// ```
    ///
    /// ## Good
    /// ```record.json
    /// {"datasteward": "1", "id": "h", "title": "Hydrants", "columns": [{"name": "X coordinate", "type": "number", "description": "NAD83 / California zone 5, US survey feet"},
    ///  {"name": "Y coordinate", "type": "number"}]}
    /// ```
    ///
    /// ## Source
    /// City of Los Angeles, data standards checklist: units are included.
    rule {
        id: "coordinate-system-missing",
        code: "M6-06",
        item: M6,
        severity: Warning,
        status: Stable,
        derived_too: false,
        check: Check::Dataset(check),
    }
}

fn check(subject: &Subject<'_>) -> Verdict {
    if let Some(verdict) = subject.without_columns() {
        return verdict;
    }
    let dataset = subject.dataset;
    let columns = dataset.columns.listed();
    let listed = || {
        subject
            .judged
            .judged_columns()
            .filter_map(|(index, judged)| Some((columns.get(index)?, judged)))
    };
    let axes: Vec<_> = listed()
        .filter_map(|(column, _)| Some((column, planar::axis(column.shown_name())?)))
        .filter(|(column, _)| column.datatype.is_numeric() || column.datatype == DataType::Text)
        .collect();
    if !planar::is_plane(axes.iter().map(|(_, axis)| *axis)) {
        return Verdict::NotApplicable(Reason::NoMeasures);
    }
    let named = |column: &Column<'_>| {
        units::names_coordinate_system(column.shown_name())
            || units::names_coordinate_system(column.description_text())
            || planar::says_degrees(column.description_text())
    };
    let said = dataset.crs.is_filled()
        || units::names_coordinate_system(dataset.description_text())
        || columns.iter().any(named);
    if said {
        return Verdict::Pass;
    }
    // Where the place stands in degrees or on the portal's map as well, nobody is lost.
    let is_mapped = columns.iter().any(|column| column.datatype.is_geometry());
    let elsewhere = is_mapped
        || listed().any(|(column, judged)| {
            let is_axis = planar::axis(column.shown_name()).is_some();
            (judged.role == Role::Geometry && !is_axis) || planar::is_latitude(column.shown_name())
        });
    let names = quoted_list(axes.iter().map(|(column, _)| column.shown_name()));
    let message = format!("The coordinates {names} name no coordinate system");
    let draft = Draft::new("columns.unit", message)
        .at_all(axes.iter().filter_map(|(column, _)| column.name_at()))
        .of(axes.len(), axes.len())
        .weighing(if elsewhere {
            Severity::Info
        } else {
            Severity::Warning
        });
    Verdict::fail(draft)
}

#[cfg(test)]
mod tests {
    use crate::report::Report;
    use crate::rule::Severity;
    use crate::{Options, Source, check};

    #[test]
    fn only_another_place_makes_it_a_note() {
        let severity = |more: &str| {
            let record = format!(
                r#"{{"datasteward": "1", "id": "t", "title": "Lamps", "columns": [{{"name": "X_COORDINATE", "type": "number"}}, {{"name": "Y_COORDINATE", "type": "number"}}{more}]}}"#
            );
            let Report { findings, .. } = check(
                &[Source::new("a.json", record.as_bytes())],
                &Options::default(),
            );
            let found = findings
                .iter()
                .find(|it| it.rule == "coordinate-system-missing");
            found.map(|it| it.severity)
        };
        assert_eq!(severity(""), Some(Severity::Warning));
        for more in [
            r#", {"name": "Latitude", "type": "number"}"#,
            r#", {"name": "the_geom", "type": "point"}"#,
        ] {
            assert_eq!(severity(more), Some(Severity::Info), "{more}");
        }
    }
}
