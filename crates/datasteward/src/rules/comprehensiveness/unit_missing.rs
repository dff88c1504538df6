use crate::lexicon::roles::Role;
use crate::rule::{Check, Draft, Reason, Subject, Verdict, declare_rule, quoted_list};

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
        (bad, all) if bad == all => format!("None of the {all} measurements has a unit: {names}"),
        (bad, _) => format!("{bad} of {judged} measurements have no unit: {names}"),
    };
    let draft = Draft::new("columns.unit", message)
        .at_all(without.iter().filter_map(|column| column.name_at()))
        .quoting(first.shown_name())
        .of(without.len(), judged);
    Verdict::fail(draft)
}
