use crate::lexicon::fold;
use crate::lexicon::roles::Role;
use crate::lexicon::units;
use crate::model::Column;
use crate::rule::{Check, Draft, Reason, Subject, Verdict, declare_rule, none_of, quoted_list};

declare_rule! {
    /// Measurements have no unit.
    ///
    /// ## Why it matters
    /// A length without feet or metres cannot be added up, compared or mapped.
    ///
    /// ## How to mend it
    /// Write the unit in brackets after the name, for example `Length (feet)`, or into the field's description.
    ///
    /// ## Bad
    /// ```record.json
    /// {"datasteward": "1", "id": "pipes", "title": "Sewer pipes", "columns": [{"name": "length", "type": "number"}]}
    /// ```
    ///
    /// ## Good
    /// ```record.json
    /// {"datasteward": "1", "id": "pipes", "title": "Sewer pipes", "columns": [{"name": "length", "type": "number", "unit": "[ft_i]"}]}
    /// ```
    ///
    /// ## Source
    /// City of Los Angeles, data standards checklist: units are included.
    rule {
        id: "unit-missing",
        code: "M6-01",
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
    // Money, shares and rates are other questions: a unit is missing where something is measured.
    let measured = || {
        subject
            .judged
            .judged_columns()
            .filter(|(_, column)| column.unit_needed && column.role == Role::Measure)
    };
    let judged = measured().count();
    if judged == 0 {
        return Verdict::NotApplicable(Reason::NoMeasures);
    }
    let columns = subject.dataset.columns.listed();
    let without: Vec<_> = subject
        .judged
        .without_unit(subject.dataset)
        .filter(|(_, column)| column.role == Role::Measure)
        .filter_map(|(index, _)| columns.get(index))
        .collect();
    let Some(first) = without.first() else {
        return Verdict::Pass;
    };
    let names = quoted_list(without.iter().map(|column| column.shown_name()));
    let message = match (without.len(), judged) {
        (1, 1) => format!("The measurement {names} has no unit"),
        (1, _) => format!("1 of {judged} measurements has no unit: {names}"),
        (bad, all) if bad == all => {
            format!("{} has a unit: {names}", none_of(all, "measurements"))
        }
        (bad, _) => format!("{bad} of {judged} measurements have no unit: {names}"),
    };
    let mut draft = Draft::new("columns.unit", message)
        .at_all(without.iter().filter_map(|column| column.name_at()))
        .quoting(first.shown_name())
        .of(without.len(), judged);
    if let Some(offer) = without.iter().find_map(|column| offer(subject, column)) {
        draft = draft.mend(offer);
    }
    Verdict::fail(draft)
}

/// The unit of a field that measures the same thing, to be written behind this one as well: `Pipe length` beside
/// `Total length (feet)`, or the unit that is known of a field that everybody takes over.
fn offer(subject: &Subject<'_>, column: &Column<'_>) -> Option<String> {
    let name = column.shown_name();
    // `ALAND20`, `AWATER`, `AREALAND` of the US Census Bureau's TIGER files (its record layouts).
    let bare = name.trim_end_matches(|last: char| last.is_ascii_digit());
    let of_census = ["ALAND", "AWATER", "AREALAND", "AREAWATER"];
    if of_census.iter().any(|it| it.eq_ignore_ascii_case(bare)) {
        return Some(format!(
            "In the files of the Census Bureau `{name}` is in square metres. If it was kept so, write `{name} (square metres)`, or put it into the field's description."
        ));
    }
    let words = fold::name_words(name);
    let thing = words.last().filter(|word| word.len() >= SHORTEST_THING)?;
    let columns = subject.dataset.columns.listed();
    let (other, unit) = subject
        .judged
        .judged_columns()
        .find_map(|(index, judged)| {
            let other = columns.get(index)?.shown_name();
            let (unit, _) = judged.unit.as_ref()?;
            let is_same = judged.role == Role::Measure && fold::name_words(other).contains(thing);
            is_same.then_some((other, unit))
        })?;
    let unit = units::spoken(&unit.code);
    Some(format!(
        "`{other}` is in {unit}. If `{name}` is as well, write `{name} ({unit})`; else write its own unit, or put it into the field's description."
    ))
}

/// Shorter words at the end of a name (`id`, `max`) name no thing.
const SHORTEST_THING: usize = 4;

#[cfg(test)]
mod tests {
    use crate::check::rules_told;
    use crate::{Options, Source, check};

    #[test]
    fn a_list_of_fields_in_the_text_gives_units() {
        let is_told = |text: &str| {
            let record = format!(
                r#"{{"datasteward": "1", "id": "t", "title": "Forest cover", "description": "{text}", "columns": [{{"name": "Elevation", "type": "number"}}]}}"#
            );
            rules_told("a.json", &record).contains(&"unit-missing".to_owned())
        };
        assert!(!is_told(
            r"Cover of a forest.\n1. Elevation in meters\n2. Slope"
        ));
        assert!(is_told("Cover of a forest, by elevation."));
        assert!(is_told(r"Sites.\nElevation: the dollars are those of 2015"));
    }

    #[test]
    fn the_unit_of_a_field_for_the_same_thing_is_offered() {
        let how = |columns: &str| {
            let record = format!(
                r#"{{"datasteward": "1", "id": "pipes", "title": "Sewer pipes", "columns": [{columns}]}}"#
            );
            let report = check(
                &[Source::new("a.json", record.as_bytes())],
                &Options::default(),
            );
            let mut found = report.findings.into_iter();
            found.find(|it| it.rule == "unit-missing").map(|it| it.how)
        };
        let offered = how(
            r#"{"name": "Total length (feet)", "type": "number"}, {"name": "Pipe length", "type": "number"}"#,
        );
        let offered = offered.expect("a finding");
        assert!(offered.contains("write `Pipe length (feet)`"), "{offered}");
        for name in ["ALAND20", "AREAWATER"] {
            let census = how(&format!(r#"{{"name": "{name}", "type": "number"}}"#));
            let census = census.expect("a finding");
            assert!(
                census.contains(&format!("`{name} (square metres)`")),
                "{census}"
            );
        }
        let told =
            r#"{"name": "Distance", "type": "number"}, {"name": "Distance Unit", "type": "text"}"#;
        assert_eq!(how(told), None, "each row says its unit");
        let other = how(
            r#"{"name": "Total weight (pounds)", "type": "number"}, {"name": "Pipe length", "type": "number"}"#,
        );
        assert!(
            other
                .expect("a finding")
                .starts_with("Write the unit in brackets")
        );
    }
}
