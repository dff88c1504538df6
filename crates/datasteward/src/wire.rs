//! The same verbs over plain text: options and answers as JSON, for faces that cannot pass Rust types.

use serde_json::json;

use crate::fix::{Left, fix as put_in_place};
use crate::options::{Options, OptionsError};
use crate::report::{Finding, Report, Safety};
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

/// Puts the safe fixes of findings into the text of a document, with `unsafe_too` also those that a person should read
/// first; of these rules only, where any are named. A JSON object: `text`, the new text, or null where nothing changed;
/// `applied` and `left`, the fixes; `refused`, why nothing was changed after all.
///
/// # Errors
/// Only for bad options and rules that do not exist.
pub fn fix(
    source: &Source<'_>,
    options: &str,
    unsafe_too: bool,
    only: &[String],
) -> Result<String, OptionsError> {
    let options = Options::from_json(options)?;
    let mut rules = Vec::new();
    for handle in only {
        rules.push(found(handle)?.id);
    }
    let fixed = put_in_place(source, &options, |finding, fix| {
        let is_meant = rules.is_empty() || rules.contains(&&*finding.rule);
        is_meant && (unsafe_too || fix.safety == Safety::Safe)
    });
    let told = |finding: &Finding, why: Option<Left>| {
        let mut one = json!({
            "rule": finding.rule,
            "code": finding.code,
            "message": finding.message,
            "title": finding.fix.as_ref().map(|fix| &fix.title),
            "safety": finding.fix.as_ref().map(|fix| fix.safety),
            "fingerprint": finding.fingerprint,
        });
        if let Some(why) = why {
            one["why"] = json!(why.code());
        }
        one
    };
    let applied = fixed.applied.iter().map(|finding| told(finding, None));
    let left = fixed.left.iter();
    let left = left.map(|(finding, why)| told(finding, Some(*why)));
    // What is put in place is put into UTF-8.
    let text = std::str::from_utf8(&fixed.bytes).ok();
    Ok(json!({
        "text": text.filter(|_| !fixed.applied.is_empty()),
        "applied": applied.collect::<Vec<_>>(),
        "left": left.collect::<Vec<_>>(),
        "refused": fixed.refused,
    })
    .to_string())
}

/// A rule with its page, as a JSON object.
///
/// # Errors
/// If there is no such rule.
pub fn explain(handle: &str) -> Result<String, OptionsError> {
    let rule = found(handle)?;
    let parsed = page::parse(rule.page);
    let examples = |list: &[page::Example<'_>]| -> Vec<String> {
        list.iter().map(|example| example.text.to_owned()).collect()
    };
    let mut object = describe(rule);
    object["why"] = json!(page::one_line(parsed.why));
    object["how"] = json!(page::one_line(parsed.how));
    object["bad"] = json!(examples(&parsed.bad));
    object["good"] = json!(examples(&parsed.good));
    object["source"] = json!(page::source(rule));
    Ok(object.to_string())
}

fn found(handle: &str) -> Result<&'static Rule, OptionsError> {
    rule_list::find(handle).ok_or_else(|| OptionsError::UnknownRule {
        name: handle.to_owned(),
        nearest: rule_list::nearest(handle).map(str::to_owned),
    })
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

#[cfg(test)]
mod tests {
    use super::fix;
    use crate::Source;

    const PACKED: &str = r#"{"datasteward": "1", "id": "m",  "title": "Maps of parks", "keywords": ["parks; maps", "parks", "a, b, c, d, e"]}"#;

    #[test]
    fn keywords_are_split_and_none_stands_twice() {
        let source = Source::new("m.json", PACKED.as_bytes());
        let fixed = |only: &[&str]| {
            let only: Vec<String> = only.iter().map(|it| (*it).to_owned()).collect();
            fix(&source, "", true, &only)
        };
        let answer = fixed(&["keywords-joined"]).expect("an answer");
        let answer: serde_json::Value = serde_json::from_str(&answer).expect("JSON");
        let wanted = PACKED.replace(
            r#""parks; maps", "parks", "a, b, c, d, e""#,
            r#""maps", "parks", "a", "b", "c", "d", "e""#,
        );
        assert_eq!(answer["text"], wanted, "{answer}");
        assert!(fixed(&["keyword-joined"]).is_err());
    }
}
