use crate::lexicon::addresses::{self, Problem};
use crate::lexicon::formats::{self, Answer, FileFormat};
use crate::model::Distribution;
use crate::rule::{Check, Draft, Reason, Subject, Verdict, declare_rule};

declare_rule! {
    /// What is called a download is a web page.
    ///
    /// ## Why it matters
    /// A program that fetches the link gets a page to look at, and a person has to search it for the file.
    ///
    /// ## How to mend it
    /// Give the address of the file itself, and keep the page as the page about the dataset.
    ///
    /// ## Bad
    /// ```record.json
    /// {"datasteward": "1", "id": "t", "title": "Street trees", "kind": "file", "landing_page": "https://www.city.gov/trees",
    ///  "distributions": [{"url": "https://www.city.gov/trees", "format": "CSV"}]}
    /// ```
    ///
    /// ## Good
    /// ```record.json
    /// {"datasteward": "1", "id": "t", "title": "Street trees", "kind": "file", "landing_page": "https://www.city.gov/trees",
    ///  "distributions": [{"url": "https://www.city.gov/trees.csv", "format": "CSV"}]}
    /// ```
    rule {
        id: "link-only-to-web-page",
        code: "A4-05",
        item: A4,
        severity: Warning,
        status: Stable,
        derived_too: false,
        check: Check::Dataset(check),
    }
}

fn check(subject: &Subject<'_>) -> Verdict {
    if let Some(verdict) = subject.not_data() {
        return verdict;
    }
    let dataset = subject.dataset;
    let page = dataset.landing_page.value().copied().map(bare);
    let list: Vec<_> = dataset
        .distributions
        .value()
        .into_iter()
        .flatten()
        .filter_map(|held| Some((held, held.value.download_url.held()?)))
        .collect();
    if list.is_empty() {
        return Verdict::NotApplicable(Reason::Dependency);
    }
    let pages: Vec<_> = list
        .iter()
        .filter(|(held, url)| is_page(&held.value, url.value, page))
        .collect();
    // Beside a file that is one, a page does no harm.
    if pages.len() < list.len() {
        return Verdict::Pass;
    }
    let Some((_, first)) = pages.first() else {
        return Verdict::Pass;
    };
    let message = if pages.len() == 1 {
        "The download link leads to a web page, not to a file".to_owned()
    } else {
        format!(
            "All {} download links lead to web pages, not to files",
            pages.len()
        )
    };
    let draft = Draft::new("distributions.url", message)
        .at_all(pages.iter().map(|(_, url)| url.at))
        .quoting(first.value);
    Verdict::fail(draft)
}

/// The page about the dataset itself, or an address that ends as pages do and that the record gives out as data.
fn is_page(file: &Distribution<'_>, url: &str, page: Option<&str>) -> bool {
    // What cannot be opened leads nowhere: another rule says so.
    if addresses::problem(url).is_some_and(|problem| problem != Problem::Blank) {
        return false;
    }
    let is_html = |format: Option<&FileFormat>| format.is_some_and(|format| format.key == "html");
    let said = file
        .format
        .value()
        .and_then(|label| formats::by_label(label))
        .or_else(|| {
            file.media_type
                .value()
                .and_then(|media| formats::by_media_type(media))
        });
    // A page that is called a page is another rule's matter: whether there is anything to read for software.
    if is_html(said) {
        return false;
    }
    // Some records give the file itself as their page.
    let ending = formats::by_extension(url);
    let at_the_page = page == Some(bare(url)) && (ending.is_none() || is_html(ending));
    let is_interface = says_data(file, said) && is_script(url);
    at_the_page || (is_html(ending) && !url.contains('?') && !is_interface)
}

/// Whether a record says that data stands there, and no word of a page.
fn says_data(file: &Distribution<'_>, said: Option<&FileFormat>) -> bool {
    let media = file.media_type.value();
    let media = media.and_then(|media| formats::by_media_type(media));
    let is_data = |format: &FileFormat| format.machine_readable == Answer::Yes;
    said.is_some_and(is_data) && media.is_none_or(is_data)
}

/// Whether an address ends as a script, which may write data as well as a page.
fn is_script(url: &str) -> bool {
    let url = url.to_ascii_lowercase();
    [".php", ".jsp", ".cgi"]
        .iter()
        .any(|end| url.ends_with(end))
}

fn bare(url: &str) -> &str {
    let url = url.trim().trim_end_matches('/');
    url.split_once("://").map_or(url, |(_, rest)| rest)
}

#[cfg(test)]
mod tests {
    use crate::check::rules_told;

    fn is_told(url: &str, more: &str) -> bool {
        let text = format!(
            r#"{{"id": "a", "title": "Benches", "notes": "Of the office of parks.", "license_id": "cc-by",
                "resources": [{{"url": "{url}", {more}}}]}}"#
        );
        rules_told("a.json", &text)
            .iter()
            .any(|it| it == "link-only-to-web-page")
    }

    #[test]
    fn a_page_in_the_place_of_a_file_is_told() {
        assert!(is_told(
            "https://parks.example/benches.html",
            r#""format": "CSV""#
        ));
        assert!(is_told(
            "https://parks.example/Pages/benches.aspx",
            r#""format": "XLS""#
        ));
        assert!(!is_told(
            "https://parks.example/benches.csv",
            r#""format": "CSV""#
        ));
    }

    #[test]
    fn a_script_may_write_data() {
        assert!(!is_told(
            "https://parks.example/benches_ws.php",
            r#""format": "JSON""#
        ));
        let page = r#""format": "CSV", "mimetype": "text/html""#;
        assert!(is_told("https://parks.example/benches.php", page));
    }

    #[test]
    fn what_cannot_be_opened_is_told_once() {
        assert!(!is_told(
            "http://http://parks.example/benches.html",
            r#""format": "CSV""#
        ));
    }
}
