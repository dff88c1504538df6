use crate::lexicon::html;
use crate::limits;
use crate::model::{Dataset, Text};
use crate::rule::{Check, Draft, Severity, Subject, Verdict, declare_rule, quoted_list, shorten};

declare_rule! {
    /// Web-page code stands in a text that readers see as it is.
    ///
    /// ## Why it matters
    /// Other portals, search engines and spreadsheets show the code among the words.
    ///
    /// ## How to mend it
    /// Write plain text; a blank line is enough between paragraphs.
    ///
    /// ## Bad
    /// ```record.json
    /// {"datasteward": "1", "id": "t", "title": "Street <b>trees</b>", "description": "Trees along public streets."}
    /// ```
    ///
    /// ## Good
    /// ```record.json
    /// {"datasteward": "1", "id": "t", "title": "Street trees", "description": "Trees along public streets. Trunks < 5 cm are left out."}
    /// ```
    rule {
        id: "markup-in-text",
        code: "D0-05",
        item: D0,
        severity: Warning,
        status: Stable,
        derived_too: true,
        check: Check::Dataset(check),
    }
}

fn check(subject: &Subject<'_>) -> Verdict {
    let dataset = subject.dataset;
    let mut drafts = Vec::new();
    if let Some(held) = dataset.title.held() {
        let found = markup(&held.value, "title").or_else(|| reference(&held.value, "title"));
        drafts.extend(found.map(|draft| draft.at(Some(held.at))));
    }
    if let Some(held) = dataset.description.held() {
        let found = double(&held.value, "description")
            .or_else(|| line_breaks(&held.value, "description"))
            .or_else(|| styled(&held.value))
            .or_else(|| {
                markup(&held.value, "description").map(|draft| draft.weighing(Severity::Info))
            });
        drafts.extend(found.map(|draft| draft.at(Some(held.at))));
    }
    drafts.extend(in_keywords(dataset));
    drafts.extend(in_columns(subject));
    if drafts.is_empty() {
        Verdict::Pass
    } else {
        Verdict::Fail(drafts)
    }
}

fn markup(text: &Text<'_>, name: &'static str) -> Option<Draft> {
    let code = text.raw.get(html::first_markup(text.raw)?)?;
    let message = format!(
        "The {name} is mixed with web-page code, such as `{}`",
        code_shown(code)
    );
    Some(Draft::new(name, message).quoting(text.raw))
}

/// The beginning of a tag is enough to know it.
fn code_shown(code: &str) -> String {
    if code.len() <= 30 {
        return code.to_owned();
    }
    let name: String = code
        .chars()
        .take_while(|sign| !sign.is_whitespace())
        .take(30)
        .collect();
    format!("{name} …>")
}

/// `&amp;quot;`: escaped once too often, so that even a browser shows the code.
fn double(text: &Text<'_>, name: &'static str) -> Option<Draft> {
    // Inside a tag it is a matter of style, which nobody reads.
    let plain = html::without_tags(text.raw);
    html::double_escaped(&plain).map(|code| {
        let message =
            format!("The {name} shows pieces of code such as `{code}` where signs should stand");
        Draft::new(name, message).quoting(text.raw)
    })
}

/// `&amp;`: portals show titles as they are written.
fn reference(text: &Text<'_>, name: &'static str) -> Option<Draft> {
    let (code, sign) = html::first_reference(text.raw)?;
    let message = if sign.is_whitespace() || sign.is_control() {
        format!("The {name} shows the code `{code}` where a blank should stand")
    } else {
        format!("The {name} shows the code `{code}` where the sign `{sign}` should stand")
    };
    let how = "Write the sign itself.";
    Some(Draft::new(name, message).quoting(text.raw).mend(how))
}

/// `\\n`: a line break that some program wrote as code.
fn line_breaks(text: &Text<'_>, name: &'static str) -> Option<Draft> {
    let code = ["\\r\\n", "\\n\\n", ".\\n", ". \\n"]
        .into_iter()
        .find(|code| text.raw.contains(code))?;
    let code = code.trim_start_matches(['.', ' ']);
    let message =
        format!("The {name} shows the code `{code}` where a new line or paragraph should begin");
    let how = "Begin a new line there, or leave the code out.";
    Some(Draft::new(name, message).quoting(text.raw).mend(how))
}

/// Keywords with codes instead of signs: no search finds them.
fn in_keywords(dataset: &Dataset<'_>) -> Option<Draft> {
    let found: Vec<_> = dataset
        .keywords
        .value()?
        .iter()
        .filter_map(|held| Some((held, html::first_reference(held.value)?)))
        .collect();
    let (first, (code, sign)) = found.first()?;
    let message = format!(
        "The keyword `{}` shows the code `{code}` where the sign `{sign}` should stand",
        shorten(first.value)
    );
    let draft = Draft::new("keywords", message).at_all(found.iter().map(|(held, _)| held.at));
    Some(draft.quoting(first.value).mend("Write the sign itself."))
}

/// Far more styling than words: pasted from a word processor.
fn styled(text: &Text<'_>) -> Option<Draft> {
    let (raw, seen) = (text.raw.len(), text.plain.len());
    (raw > limits::STYLED_TEXT && seen * limits::STYLED_ONE_IN < raw && html::has_markup(text.raw)).then(|| {
        let message = format!("The description is {raw} characters of web-page code around {seen} characters of text");
        Draft::new("description", message)
            .weighing(Severity::Info)
            .quoting(&text.plain)
            .mend("Paste the text as plain text; fonts and colours are lost elsewhere in any case.")
    })
}

fn in_columns(subject: &Subject<'_>) -> Option<Draft> {
    let columns = subject.dataset.columns.listed();
    let found: Vec<_> = subject
        .judged
        .judged_columns()
        .filter_map(|(index, _)| columns.get(index))
        .filter(|column| {
            column
                .description
                .value()
                .is_some_and(|text| text.was_html() && html::has_markup(text.raw))
        })
        .collect();
    if found.is_empty() {
        return None;
    }
    let names = quoted_list(found.iter().map(|column| column.shown_name()));
    let message = format!(
        "The descriptions of {} fields carry web-page code: {names}",
        found.len()
    );
    let message = if found.len() == 1 {
        format!("The description of the field {names} is mixed with web-page code")
    } else {
        message
    };
    let draft = Draft::new("columns.description", message)
        .at_all(found.iter().filter_map(|column| column.description.at()))
        .weighing(Severity::Info);
    Some(draft)
}
