use crate::model::Matched;
use crate::rule::{Check, Draft, Reason, Severity, Subject, Verdict, declare_rule, quoted_list};

declare_rule! {
    /// The fields of the data are not those that the record describes.
    ///
    /// ## Why it matters
    /// Readers look for fields that are not there, and find some that nobody explains.
    ///
    /// ## How to mend it
    /// Add the new fields to the record with a description and a unit, and take out those that are gone.
    ///
    /// ## Bad
    /// ```record.json
    /// {"datasteward": "1", "id": "t", "title": "Tree plantings", "columns": [{"name": "species", "type": "text"}, {"name": "height", "type": "number", "unit": "m"}]}
    /// --- data
    /// species,planted_on
    /// oak,2024-03-01
    /// ```
    ///
    /// ## Good
    /// ```record.json
    /// {"datasteward": "1", "id": "t", "title": "Tree plantings", "columns": [{"name": "species", "type": "text"}, {"name": "height", "plain_name": "Height of the tree", "type": "number", "unit": "m"}]}
    /// --- data
    /// species,Height of the Tree
    /// oak,3.5
    /// ```
    ///
    /// ## Source
    /// City of Los Angeles, data standards checklist: fields are explained, or a data dictionary is there.
    rule {
        id: "dictionary-out-of-step",
        code: "M5-11",
        item: M5,
        severity: Warning,
        status: Preview,
        derived_too: false,
        check: Check::Dataset(check),
    }
}

fn check(subject: &Subject<'_>) -> Verdict {
    let Some(data) = subject.data.filter(|data| !data.columns.is_empty()) else {
        return Verdict::NotApplicable(Reason::NoData);
    };
    if let Some(verdict) = subject.without_columns() {
        return verdict;
    }
    let columns = subject.dataset.columns.listed();
    let matched = Matched::of(columns, data);
    let gone: Vec<_> = matched
        .only_described
        .iter()
        .filter_map(|index| columns.iter().find(|column| column.index == *index))
        // A shape stands in the file without a heading of its own, or not at all in a table.
        .filter(|column| !column.is_system && !is_shape(column.datatype))
        .collect();
    let new: Vec<&str> = matched
        .only_in_data
        .iter()
        .filter_map(|at| data.columns.get(*at))
        .filter(|column| column.is_of_interest())
        .map(|column| column.name.as_str())
        .collect();
    if matched.pairs.is_empty() {
        let message = format!(
            "None of the {} fields described is in {}, which has {}",
            columns.len(),
            data.name,
            quoted_list(new)
        );
        return Verdict::fail(
            Draft::new("columns", message)
                .mend("Look whether this is the right file; if it is, describe its fields in the record.")
                .weighing(Severity::Error),
        );
    }
    let mut parts = Vec::new();
    if !new.is_empty() {
        parts.push(format!(
            "{} {} in the data and not described: {}",
            new.len(),
            if new.len() == 1 {
                "field is"
            } else {
                "fields are"
            },
            quoted_list(new.iter().copied())
        ));
    }
    if !gone.is_empty() {
        parts.push(format!(
            "{} {} described and not in the data: {}",
            gone.len(),
            if gone.len() == 1 {
                "field is"
            } else {
                "fields are"
            },
            quoted_list(gone.iter().map(|column| column.shown_name()))
        ));
    }
    if parts.is_empty() {
        return Verdict::Pass;
    }
    let judged = matched.pairs.len() + gone.len() + new.len();
    Verdict::fail(
        Draft::new("columns", parts.join("; "))
            .at_all(gone.iter().filter_map(|column| column.name_at()))
            .of(gone.len() + new.len(), judged),
    )
}

fn is_shape(datatype: crate::lexicon::roles::DataType) -> bool {
    use crate::lexicon::roles::DataType;
    matches!(
        datatype,
        DataType::Point | DataType::Line | DataType::Polygon | DataType::Geometry
    )
}
