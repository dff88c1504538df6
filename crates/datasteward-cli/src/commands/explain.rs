//! `datasteward explain`.

use std::fmt::Write;
use std::process::ExitCode;

use datasteward::rule::{Status, page};
use datasteward::{OptionsError, rules};

use crate::{Failure, output};

pub(super) fn run(handle: &str) -> Result<ExitCode, Failure> {
    let rule = rules::find(handle).ok_or_else(|| OptionsError::UnknownRule {
        name: handle.to_owned(),
        nearest: rules::nearest(handle).map(str::to_owned),
    })?;
    let parsed = page::parse(rule.page);
    let severity = rule.severity.as_str();
    let status = match rule.status {
        Status::Stable => "",
        Status::Preview => ", on trial",
    };
    let item = match rule.item.area() {
        Some(area) => format!(
            "{}, {}: {}",
            area.as_str(),
            rule.item.code(),
            rule.item.label()
        ),
        None => rule.item.label().to_owned(),
    };
    let mut text = String::new();
    let _ = writeln!(
        text,
        "{} ({}), {severity}{status}\n{item}\n",
        rule.id, rule.code
    );
    let _ = writeln!(text, "{}\n", page::one_line(parsed.summary));
    let _ = writeln!(text, "Why it matters\n  {}\n", page::one_line(parsed.why));
    let _ = writeln!(text, "How to mend it\n  {}\n", page::one_line(parsed.how));
    for (head, examples) in [("Bad", &parsed.bad), ("Good", &parsed.good)] {
        for example in examples {
            let _ = writeln!(text, "{head}");
            for line in example.text.lines() {
                let _ = writeln!(text, "  {}", line.trim_end());
            }
            let _ = writeln!(text);
        }
    }
    if let Some(source) = parsed.source {
        let _ = writeln!(text, "Source\n  {}", page::one_line(source));
    }
    output::write(text.trim_end(), None)?;
    output::write("\n", None)?;
    Ok(ExitCode::SUCCESS)
}
