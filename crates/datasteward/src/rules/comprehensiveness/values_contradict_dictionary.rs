use crate::judgement::ColumnJudgement;
use crate::lexicon::dates;
use crate::lexicon::roles::DataType;
use crate::model::{Column, ColumnFacts, Matched, Stats};
use crate::rule::{Check, Confidence, Draft, Reason, Subject, Verdict, declare_rule, quoted_list};

declare_rule! {
    /// Values in the data do not fit what the record says of their field.
    ///
    /// ## Why it matters
    /// A reader who trusts the type, the unit, the range or the list of codes computes something wrong, or nothing.
    ///
    /// ## How to mend it
    /// Look at the values that are named: correct them in the data, or correct what the record says of the field.
    ///
    /// ## Bad
    /// ```record.json
    /// {"datasteward": "1", "id": "t", "title": "Tree plantings", "columns": [{"name": "height", "type": "number", "unit": "m", "maximum": 90}, {"name": "condition", "type": "text", "values": [{"value": "g", "label": "good"}, {"value": "p", "label": "poor"}]}]}
    /// --- data
    /// height,condition
    /// 3.5,g
    /// 3500,d
    /// ```
    ///
    /// ## Good
    /// ```record.json
    /// {"datasteward": "1", "id": "t", "title": "Tree plantings", "columns": [{"name": "height", "type": "number", "unit": "m", "maximum": 90}, {"name": "condition", "type": "text", "values": [{"value": "g", "label": "good"}, {"value": "p", "label": "poor"}]}]}
    /// --- data
    /// height,condition
    /// 3.5,g
    /// 2,Poor
    /// ```
    ///
    /// ## Source
    /// City of Los Angeles, data standards checklist: fields are explained, units are included.
    rule {
        id: "values-contradict-dictionary",
        code: "M5-12",
        item: M5,
        severity: Warning,
        status: Preview,
        derived_too: false,
        check: Check::Dataset(check),
    }
}

fn check(subject: &Subject<'_>) -> Verdict {
    let Some(data) = subject.data else {
        return Verdict::NotApplicable(Reason::NoData);
    };
    if let Some(verdict) = subject.without_columns() {
        return verdict;
    }
    let columns = subject.dataset.columns.listed();
    let matched = Matched::of(columns, data);
    let mut drafts = Vec::new();
    for (index, judged) in subject.judged.judged_columns() {
        let Some(column) = columns.get(index) else {
            continue;
        };
        let of_data = matched.pairs.iter().find(|(of, _)| *of == column.index);
        let Some(facts) = of_data.and_then(|(_, at)| data.columns.get(*at)) else {
            continue;
        };
        let stats = facts.stats(data.rows);
        let said = wrong_type(column, facts)
            .or_else(|| outside_range(column, &stats))
            .or_else(|| not_listed(column, &stats))
            .or_else(|| wrong_unit(column, judged, &stats));
        let Some((message, confidence)) = said else {
            continue;
        };
        drafts.push(
            Draft::new("columns.values", message)
                .at(column.name_at())
                .sure(confidence),
        );
    }
    if drafts.is_empty() {
        Verdict::Pass
    } else {
        Verdict::Fail(drafts)
    }
}

type Said = Option<(String, Confidence)>;

fn number(text: &str) -> Option<f64> {
    text.trim().parse().ok()
}

fn wrong_type(column: &Column<'_>, facts: &ColumnFacts) -> Said {
    let name = column.shown_name();
    let is_blank = |value: &str| column.missing_values.contains(&value);
    // Years, months and the seconds of a computer are dates of their own kind.
    let is_some_date = |value: &str| {
        value.bytes().all(|byte| byte.is_ascii_digit()) || dates::parse(value).is_some()
    };
    let (word, other) = match column.datatype {
        DataType::Integer | DataType::Number | DataType::Money | DataType::Percent => {
            ("number", facts.not_a_number.as_deref())
        }
        DataType::Date | DataType::DateTime => {
            let other = facts.not_a_date.as_deref();
            ("date", other.filter(|value| !is_some_date(value)))
        }
        _ => return None,
    };
    let other = other.filter(|value| !is_blank(value))?;
    let message = format!(
        "`{name}` is declared a {word}, and the data holds {}",
        quoted_list([other])
    );
    Some((message, Confidence::Certain))
}

fn outside_range(column: &Column<'_>, stats: &Stats<'_>) -> Said {
    let name = column.shown_name();
    let below = column.minimum.zip(stats.smallest);
    if let Some((least, found)) = below
        && number(found)? < number(least)?
    {
        let message = format!("`{name}` is said to be {least} or more, and goes down to {found}");
        return Some((message, Confidence::Certain));
    }
    let (most, found) = column.maximum.zip(stats.largest)?;
    (number(found)? > number(most)?).then(|| {
        let message = format!("`{name}` is said to be {most} or less, and goes up to {found}");
        (message, Confidence::Certain)
    })
}

fn not_listed(column: &Column<'_>, stats: &Stats<'_>) -> Said {
    if column.values.is_empty() {
        return None;
    }
    let same = |one: &str, other: &str| {
        one.trim().eq_ignore_ascii_case(other.trim())
            || number(one).is_some_and(|one| number(other) == Some(one))
    };
    let is_known = |found: &&&str| {
        let listed = column.values.iter().any(|item| {
            same(item.value, found) || item.label.is_some_and(|label| same(label, found))
        });
        listed || column.missing_values.iter().any(|it| same(it, found))
    };
    let unknown: Vec<&str> = stats
        .top
        .iter()
        .filter(|found| !is_known(found))
        .copied()
        .collect();
    if unknown.is_empty() {
        return None;
    }
    let message = format!(
        "`{}` holds values that its list of codes does not have: {}",
        column.shown_name(),
        quoted_list(unknown)
    );
    Some((message, Confidence::Certain))
}

/// Units that values of this size cannot be in.
fn wrong_unit(column: &Column<'_>, judged: &ColumnJudgement, stats: &Stats<'_>) -> Said {
    let (unit, _) = judged.unit.as_ref()?;
    let (least, most) = (number(stats.smallest?)?, number(stats.largest?)?);
    let name = column.shown_name();
    let several = stats.distinct.is_none_or(|distinct| distinct > 2);
    match &*unit.code {
        "%" if least >= 0.0 && most > 0.0 && most <= 1.0 && several => Some((
            format!(
                "`{name}` is in percent, and no value is above 1: they look like shares of one"
            ),
            Confidence::Likely,
        )),
        "deg" if least < -360.0 || most > 360.0 => Some((
            format!("`{name}` is in degrees, and goes from {least} to {most}"),
            Confidence::Certain,
        )),
        _ => None,
    }
}
