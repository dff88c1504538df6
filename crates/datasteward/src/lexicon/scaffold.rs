//! A description half written: four parts, filled in where something is known. Where a person must write, braces say what.

/// Stands where nobody has said what one row is.
const ROW: &str = "{{what one row is}}";
const PLACE: &str = "{{which place}}";
const USE: &str = "{{what the department does with it}}";
/// Stands where nobody has said where the data comes from.
pub const SOURCE: &str = "{{the office or system that collects it}}";
/// Stands where nobody has said how the data is made.
pub const METHOD: &str = "{{how it is collected or measured}}";
/// Stands where nobody has said how often the data changes.
pub const REFRESH: &str = "{{how often new rows are added}}";
/// Stands where nobody has said what to watch for.
pub const LIMITS: &str = "{{what is missing or estimated or easily misread}}";

/// What the data is: the first of the four parts.
///
/// ```
/// use datasteward::lexicon::scaffold::what;
/// let text = what(Some("inspection"), Some("Springfield"), None);
/// assert!(text.starts_with("Each row is one inspection in Springfield. It is used to {{"));
/// ```
#[must_use]
pub fn what(row: Option<&str>, place: Option<&str>, period: Option<&str>) -> String {
    let row = row.map_or_else(|| ROW.to_owned(), |row| format!("one {}", row.trim()));
    let place = place.map_or(PLACE, str::trim);
    let period = period.map_or_else(String::new, |period| format!(", {period}"));
    format!("Each row is {row} in {place}{period}. It is used to {USE}.")
}

/// Which of the other three parts the description has to hold: those that its format has no place of their own for.
#[derive(Clone, Copy, Debug, Default)]
pub struct Parts<'p> {
    /// Where the data comes from and how it is made; what is known of each.
    pub source: Option<(Option<&'p str>, Option<&'p str>)>,
    /// How it is kept up to date.
    pub refresh: bool,
    /// What to watch for.
    pub limits: bool,
}

/// The whole description.
#[must_use]
pub fn description(what: &str, parts: Parts<'_>) -> String {
    let mut text = what.to_owned();
    if let Some((source, method)) = parts.source {
        let (source, method) = (source.unwrap_or(SOURCE), method.unwrap_or(METHOD));
        text.push_str(&format!(" Source: {}, {}.", source.trim(), method.trim()));
    }
    if parts.refresh {
        text.push_str(&format!(" Refresh rate: {REFRESH}."));
    }
    if parts.limits {
        text.push_str(&format!(" Limitations: {LIMITS}."));
    }
    text
}
