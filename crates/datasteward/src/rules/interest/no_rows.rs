use crate::model::AssetKind;
use crate::rule::{Check, Draft, Reason, Subject, Verdict, declare_rule};

declare_rule! {
    /// A table has no rows.
    ///
    /// ## Why it matters
    /// The reader opens it and finds nothing.
    ///
    /// ## How to mend it
    /// Load the data, or unpublish the table until there is some.
    ///
    /// ## Bad
    /// ```record.json
    /// {"datasteward": "1", "id": "t", "title": "Tree plantings", "rows": 0}
    /// ```
    ///
    /// ## Good
    /// ```record.json
    /// {"datasteward": "1", "id": "t", "title": "Tree plantings", "rows": 11203}
    /// ```
    rule {
        id: "no-rows",
        code: "I10-01",
        item: I10,
        severity: Error,
        status: Preview,
        derived_too: false,
        check: Check::Dataset(check),
    }
}

fn check(subject: &Subject<'_>) -> Verdict {
    let dataset = subject.dataset;
    if !matches!(
        dataset.kind,
        AssetKind::Table | AssetKind::GeoLayer | AssetKind::Unknown
    ) {
        return Verdict::NotApplicable(Reason::AssetKind);
    }
    match dataset.row_count() {
        None => Verdict::Unknown(Reason::NotInExport),
        Some(0) => {
            let at = dataset.rows.at().or(dataset.title.at());
            Verdict::fail(Draft::new("rows", "The table has no rows").at(at))
        }
        Some(_) => Verdict::Pass,
    }
}
