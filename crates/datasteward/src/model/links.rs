//! What an outside check of links found. The engine opens no address; it reads what somebody else's checker wrote.

use std::collections::HashMap;

use crate::lexicon::dates::{self, Date};
use crate::source::Bounds;
use crate::source::table::{Rows, Table};

/// How addresses answered when they were last tried.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LinkReport {
    answers: HashMap<String, LinkAnswer>,
}

/// How one address answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkAnswer {
    /// The status code of HTTP, or the checker's words.
    pub status: String,
    /// When it was tried.
    pub checked: Option<Date>,
}

/// What a heading of the report heads.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Heading {
    Url,
    Status,
    Checked,
}

fn heading(word: &str) -> Option<Heading> {
    let known: [(Heading, &[&str]); 3] = [
        (Heading::Url, &["url", "link", "address", "uri"]),
        (
            Heading::Status,
            &[
                "status",
                "status_code",
                "statuscode",
                "code",
                "result",
                "error",
            ],
        ),
        (
            Heading::Checked,
            &[
                "checked",
                "checked_on",
                "checked_at",
                "date",
                "timestamp",
                "time",
            ],
        ),
    ];
    let word = word.trim().to_ascii_lowercase().replace([' ', '-'], "_");
    known
        .iter()
        .find(|(_, words)| words.contains(&word.as_str()))
        .map(|(heading, _)| *heading)
}

impl LinkReport {
    /// Reads a report: a table with the headings `url`, `status` and `checked` (the last may be missing), or a JSON list
    /// of objects with these keys. Nothing where it is neither.
    ///
    /// ```
    /// use datasteward::model::LinkReport;
    /// let report = LinkReport::read("url,status,checked\nhttps://city.gov/a.csv,404,2026-11-02\n").expect("a table");
    /// let answer = report.of("https://city.gov/a.csv").expect("it was tried");
    /// assert!(answer.failed());
    /// ```
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim_start_matches('\u{FEFF}');
        if text.trim_start().starts_with('[') {
            return Self::of_json(text);
        }
        let weigh = |words: &[&str]| {
            let has = |wanted| words.iter().any(|word| heading(word) == Some(wanted));
            usize::from(has(Heading::Url) && has(Heading::Status))
        };
        let table = Table::read(text, &weigh)?;
        let tree = table.tree(&Bounds::default()).ok()?;
        let mut report = Self::default();
        for row in tree.root().items() {
            let cells = row
                .members()
                .filter_map(|(key, cell)| Some((key, cell.as_str()?.to_owned())));
            report.take(cells);
        }
        Some(report)
    }

    fn of_json(text: &str) -> Option<Self> {
        let rows: Vec<serde_json::Map<String, serde_json::Value>> =
            serde_json::from_str(text).ok()?;
        let mut report = Self::default();
        for row in &rows {
            report.take(row.iter().filter_map(|(key, value)| match value {
                serde_json::Value::String(text) => Some((key.as_str(), text.clone())),
                serde_json::Value::Number(number) => Some((key.as_str(), number.to_string())),
                _ => None,
            }));
        }
        Some(report)
    }

    fn take<'k>(&mut self, cells: impl Iterator<Item = (&'k str, String)>) {
        let (mut url, mut status, mut checked) = (None, None, None);
        for (key, text) in cells {
            match heading(key) {
                Some(Heading::Url) => url = Some(text),
                Some(Heading::Status) => status = status.or(Some(text)),
                Some(Heading::Checked) => checked = dates::parse(&text).map(|written| written.date),
                None => {}
            }
        }
        if let (Some(url), Some(status)) = (url, status) {
            let answer = LinkAnswer {
                status: status.trim().to_owned(),
                checked,
            };
            self.answers.insert(url.trim().to_owned(), answer);
        }
    }

    /// How an address answered, if it was tried.
    #[must_use]
    pub fn of(&self, url: &str) -> Option<&LinkAnswer> {
        self.answers.get(url.trim())
    }
}

impl LinkAnswer {
    /// Whether the address cannot be used: a status of 400 or more, or words other than those for success.
    ///
    /// "429" and "503" say that the server was busy, and "401" and "403" that it wants to know who asks: none of them
    /// shows that the data is gone.
    #[must_use]
    pub fn failed(&self) -> bool {
        match self.status.parse::<u16>() {
            Ok(code) => code >= 400 && !matches!(code, 401 | 403 | 429 | 503),
            Err(_) => {
                let word = self.status.to_ascii_lowercase();
                !matches!(
                    word.as_str(),
                    "" | "ok"
                        | "success"
                        | "alive"
                        | "valid"
                        | "redirect"
                        | "skipped"
                        | "ignored"
                        | "unknown"
                )
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::LinkReport;

    #[test]
    fn reads_tables_and_lists() {
        let table =
            "Link;Status code;Checked on\nhttps://a.gov/x;404;2026-11-02\nhttps://a.gov/y;200;\n";
        let list = r#"[{"url": "https://a.gov/x", "status": 404, "checked": "2026-11-02"}, {"url": "https://a.gov/y", "status": "OK"}]"#;
        for text in [table, list] {
            let report = LinkReport::read(text).expect("a report");
            let broken = report.of("https://a.gov/x").expect("it was tried");
            assert!(broken.failed());
            assert_eq!(
                broken.checked.map(|date| date.to_string()).as_deref(),
                Some("2026-11-02")
            );
            assert!(!report.of("https://a.gov/y").expect("it was tried").failed());
            assert_eq!(report.of("https://a.gov/z"), None);
        }
    }

    #[test]
    fn declines_what_is_no_report() {
        for text in ["", "a,b\n1,2\n", "[1, 2]", "{}"] {
            assert_eq!(LinkReport::read(text), None, "{text}");
        }
    }

    #[test]
    fn a_busy_or_closed_server_is_no_dead_link() {
        for (status, failed) in [
            ("404", true),
            ("410", true),
            ("500", true),
            ("timeout", true),
            ("403", false),
            ("429", false),
            ("301", false),
        ] {
            let report = LinkReport::read(&format!("url,status\nhttps://a.gov/x,{status}\n"))
                .expect("a report");
            assert_eq!(
                report.of("https://a.gov/x").expect("it was tried").failed(),
                failed,
                "{status}"
            );
        }
    }
}
