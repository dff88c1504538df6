use crate::rule::{Answers, Catalog, Check, Cut, Summary, declare_rule, quoted_list};

use crate::rule::slices;

declare_rule! {
    /// One table is published as a dataset for each year, quarter or month.
    ///
    /// ## Why it matters
    /// Anyone who wants a trend must find, download and glue all the slices.
    ///
    /// ## How to mend it
    /// Keep one dataset with a date column and offer each period as a filtered view; if the tables truly differ, declare them a series.
    ///
    /// ## Bad
    /// ```records.jsonl
    /// {"datasteward": "1", "id": "c20", "title": "Calls for service 2020", "columns": [{"name": "call_id"}, {"name": "type"}, {"name": "time"}]}
    /// {"datasteward": "1", "id": "c21", "title": "Calls for service 2021", "columns": [{"name": "call_id"}, {"name": "type"}, {"name": "time"}]}
    /// {"datasteward": "1", "id": "c22", "title": "Calls for service 2022", "columns": [{"name": "call_id"}, {"name": "type"}, {"name": "time"}]}
    /// ```
    ///
    /// ## Good
    /// ```records.jsonl
    /// {"datasteward": "1", "id": "calls", "title": "Calls for service, 2020 to present", "columns": [{"name": "call_id"}, {"name": "type"}, {"name": "time"}]}
    /// {"datasteward": "1", "id": "trees", "title": "Street trees", "columns": [{"name": "species"}]}
    /// ```
    ///
    /// ## Source
    /// City of Los Angeles, data standards checklist: one parent dataset where possible, with filtered views.
    rule {
        id: "split-by-year",
        code: "C1-01",
        item: C1,
        severity: Warning,
        status: Stable,
        derived_too: false,
        check: Check::Catalog(check),
    }
}

fn check<'c>(catalog: &'c Catalog<'c>) -> Answers<'c> {
    slices::answers(catalog, &[Cut::Period], |catalog, family| {
        let members = catalog.members(&family.members).map(|(_, summary)| summary);
        let titles = quoted_list(members.clone().map(|summary| summary.title));
        let (unit, missing) = match years(members) {
            Some(years) => ("year", missing(&years)),
            None => ("period", String::new()),
        };
        format!(
            "{} datasets {}, one for each {unit}{missing}: {titles}",
            family.members.len(),
            slices::hold(catalog, family)
        )
    })
}

/// The years of the members, sorted, where each is named by one year of its own.
fn years<'a>(members: impl Iterator<Item = Summary<'a>>) -> Option<Vec<i16>> {
    let of = |summary: Summary<'a>| {
        let year = summary.newest_year?;
        (summary.period == year.to_string()).then_some(year)
    };
    let mut years: Vec<i16> = members.map(of).collect::<Option<_>>()?;
    years.sort_unstable();
    let count = years.len();
    years.dedup();
    (years.len() == count).then_some(years)
}

/// "(2017 is missing)", where a run of years has a few gaps. Of 2016 and 2018 alone nobody knows that there is one a year.
fn missing(years: &[i16]) -> String {
    let mut steps = years.iter().zip(years.iter().skip(1));
    if !steps.any(|(one, next)| next - one == 1) {
        return String::new();
    }
    let (Some(first), Some(last)) = (years.first(), years.last()) else {
        return String::new();
    };
    let gaps: Vec<String> = (*first..*last)
        .filter(|year| years.binary_search(year).is_err())
        .map(|year| year.to_string())
        .collect();
    match gaps.as_slice() {
        [] => String::new(),
        [only] => format!(" ({only} is missing)"),
        [first @ .., last] if gaps.len() * 2 <= years.len() => {
            format!(" ({} and {last} are missing)", first.join(", "))
        }
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::missing;

    #[test]
    fn names_the_years_that_are_missing() {
        assert_eq!(missing(&[2015, 2016, 2017]), "");
        assert_eq!(missing(&[2015, 2016, 2018]), " (2017 is missing)");
        assert_eq!(
            missing(&[2010, 2012, 2014, 2015]),
            " (2011 and 2013 are missing)"
        );
        assert_eq!(missing(&[1990, 2020]), "");
        assert_eq!(missing(&[2016, 2018]), "");
    }
}
