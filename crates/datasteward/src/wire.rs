//! The same verbs over plain text: options and answers as JSON, for faces that cannot pass Rust types.

use serde_json::json;

use crate::options::{Options, OptionsError};
use crate::report::Report;
use crate::rule::{Rule, Status, page};
use crate::source::Source;
use crate::{check as check_sources, inspect as inspect_sources, render, rules as rule_list};

/// Judges documents; the report as JSON text. `options` is the text of a JSON object, or empty.
///
/// # Errors
/// Only for bad options.
pub fn check(sources: &[Source<'_>], options: &str) -> Result<String, OptionsError> {
    Ok(check_sources(sources, &Options::from_json(options)?).to_json())
}

/// Tells what was understood: a JSON array with one object a dataset.
///
/// # Errors
/// Only for bad options.
pub fn inspect(sources: &[Source<'_>], options: &str) -> Result<String, OptionsError> {
    let (inspections, _) = inspect_sources(sources, &Options::from_json(options)?);
    Ok(json!(inspections).to_string())
}

/// A rule with its page, as a JSON object.
///
/// # Errors
/// If there is no such rule.
pub fn explain(handle: &str) -> Result<String, OptionsError> {
    let rule = rule_list::find(handle).ok_or_else(|| OptionsError::UnknownRule {
        name: handle.to_owned(),
        nearest: rule_list::nearest(handle).map(str::to_owned),
    })?;
    let parsed = page::parse(rule.page);
    let examples = |list: &[page::Example<'_>]| -> Vec<String> {
        list.iter().map(|example| example.text.to_owned()).collect()
    };
    let mut object = describe(rule);
    object["why"] = json!(page::one_line(parsed.why));
    object["how"] = json!(page::one_line(parsed.how));
    object["bad"] = json!(examples(&parsed.bad));
    object["good"] = json!(examples(&parsed.good));
    object["source"] = json!(parsed.source.map(page::one_line));
    Ok(object.to_string())
}

/// All rules, as a JSON array.
#[must_use]
pub fn rules() -> String {
    json!(rule_list::all().map(describe).collect::<Vec<_>>()).to_string()
}

fn describe(rule: &Rule) -> serde_json::Value {
    json!({
        "id": rule.id,
        "code": rule.code,
        "item": rule.item.code(),
        "area": rule.item.area().map(crate::rule::Area::as_str),
        "severity": rule.severity,
        "status": match rule.status { Status::Stable => "stable", Status::Preview => "preview" },
        "summary": page::one_line(page::parse(rule.page).summary),
    })
}

/// A report's JSON text in another form; [`render::FORMS`] lists them.
///
/// # Errors
/// If there is no such form, or the text is not a report.
pub fn render(report: &str, form: &str) -> Result<String, OptionsError> {
    let found = render::form(form).ok_or_else(|| OptionsError::UnknownForm {
        name: form.to_owned(),
        known: render::FORMS
            .iter()
            .map(|form| form.name)
            .collect::<Vec<_>>()
            .join(", "),
    })?;
    Ok(found.write(&Report::from_json(report)?))
}
