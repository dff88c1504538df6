use crate::lexicon::fold;
use crate::lexicon::roles::Role;
use crate::lexicon::unit_stated::all_stated;
use crate::lexicon::units::{self, Where};
use crate::model::Column;
use crate::rule::{Check, Draft, Reason, Subject, Verdict, declare_rule};

declare_rule! {
    /// A field is in one unit by its name and in another by its description.
    ///
    /// ## Why it matters
    /// One of the two is wrong, and a reader who trusts the wrong one is off by a factor.
    ///
    /// ## How to mend it
    /// Look at a few values, then correct the name or the description; if values were converted, say so.
    ///
    /// ## Bad
    /// ```record.json
    /// {"datasteward": "1", "id": "p", "title": "Pipes", "columns": [{"name": "LENGTH_FT", "type": "number", "description": "Length in metres"}]}
    /// ```
    ///
    /// ## Good
    /// ```record.json
    /// {"datasteward": "1", "id": "p", "title": "Pipes", "columns": [{"name": "LENGTH_FT", "type": "number", "description": "Length in feet, converted from metres"}]}
    /// ```
    ///
    /// ## Source
    /// City of Los Angeles, data standards checklist: units are included.
    rule {
        id: "units-disagree",
        code: "M6-07",
        item: M6,
        severity: Warning,
        status: Preview,
        derived_too: false,
        check: Check::Dataset(check),
    }
}

fn check(subject: &Subject<'_>) -> Verdict {
    if let Some(verdict) = subject.without_columns() {
        return verdict;
    }
    let columns = subject.dataset.columns.listed();
    let stated: Vec<_> = subject
        .judged
        .judged_columns()
        .filter(|(_, judged)| judged.unit.is_some() && is_asked(judged.role))
        .filter_map(|(index, _)| columns.get(index))
        .collect();
    if stated.is_empty() {
        return Verdict::NotApplicable(Reason::NoMeasures);
    }
    let drafts: Vec<Draft> = stated
        .iter()
        .filter_map(|column| disagreement(column))
        .collect();
    if drafts.is_empty() {
        Verdict::Pass
    } else {
        Verdict::Fail(drafts)
    }
}

fn is_asked(role: Role) -> bool {
    matches!(
        role,
        Role::Measure | Role::Money | Role::Percent | Role::Rate
    )
}

fn disagreement(column: &Column<'_>) -> Option<Draft> {
    let field = column.field();
    let stated = all_stated(&field);
    let (one, other) = units::conflict(&stated)?;
    // "Minutes of the outage. The whole time is hours and minutes.": both units are there, and nothing is wrong.
    let text = fold::fold(column.description_text());
    let unit = units::spoken(&one.0.code);
    let scaled = other.0.code.ends_with(&*one.0.code);
    if units::says_converted(&text) || (text.contains(&unit) && !scaled) {
        return None;
    }
    let name = column.shown_name();
    let message = format!(
        "`{name}` is in {} by its {}, in {} by its {}",
        units::spoken(&one.0.code),
        place(one.1),
        units::spoken(&other.0.code),
        place(other.1)
    );
    let mut draft = Draft::new("columns.unit", message)
        .at_all(column.name.at().into_iter().chain(column.description.at()))
        .quoting(column.description_text());
    draft.subject = column.key().to_owned();
    Some(draft)
}

fn place(place: Where) -> &'static str {
    match place {
        Where::Slot => "unit",
        Where::Display => "display format",
        Where::Name => "name",
        Where::Description => "description",
    }
}
