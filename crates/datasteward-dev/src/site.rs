//! `cargo dev site`: the documentation as a site. mdBook makes it from `docs`; the guide and a dashboard stand beside the
//! chapters. Every link of the built pages leads somewhere, and a newcomer is at the start with each portal in two clicks.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use datasteward::render::guide;

use crate::run::{logged, program, root, tail, target};
use crate::{pages, setup};

/// Pages that mdBook writes for itself: all chapters in one, and what a server shows for a lost link.
const OWN: [&str; 2] = ["print.html", "404.html"];

/// The starts that a newcomer looks for.
const STARTS: [&str; 4] = [
    "start/socrata.html",
    "start/arcgis.html",
    "start/ckan.html",
    "start/data-json.html",
];

/// Stands in a chapter where the site has more than the chapters.
const BESIDE: &str = "<!-- beside the chapters -->";

/// The folder of the site.
pub(crate) fn folder() -> PathBuf {
    target().join("book")
}

/// Builds the site and says what it holds.
pub(crate) fn run() -> Result<(), String> {
    println!("{} It is in {}.", build()?, folder().display());
    Ok(())
}

/// Builds the site and follows its links; a sentence when all is well.
pub(crate) fn build() -> Result<String, String> {
    let mdbook = setup::mdbook()?;
    let folder = folder();
    let mut command = program(&mdbook, ".");
    command.args(["build", "docs", "--dest-dir"]).arg(&folder);
    let (passed, said) = logged(command, "site")?;
    // It goes on where a chapter is missing or an include cannot be read.
    if !passed || said.contains("WARN") || said.contains("ERROR") {
        return Err(tail(&said));
    }
    put_beside(&folder)?;
    take_along(&folder)?;
    let site = Site::read(&folder)?;
    let faults = site.faults();
    if faults.is_empty() {
        Ok(format!(
            "{} pages, {} links followed.",
            site.pages.len(),
            site.pages
                .values()
                .map(|page| page.links.len())
                .sum::<usize>()
        ))
    } else {
        Err(faults.join("\n"))
    }
}

/// Puts the guide as a booklet and an example of a dashboard beside the chapters, with the links to them.
fn put_beside(folder: &Path) -> Result<(), String> {
    let failed = |error: std::io::Error| format!("Could not write into the site: {error}.");
    // Whatever is no chapter is copied, its settings too.
    fs::remove_file(folder.join("book.toml")).map_err(failed)?;
    fs::write(folder.join("guide.html"), guide::html()).map_err(failed)?;
    fs::write(folder.join("dashboard.html"), pages::example()?).map_err(failed)?;
    let links = "<p><a href=\"guide.html\">The guide as one booklet</a>, to print or to hand on, and <a href=\"dashboard.html\">a dashboard</a> of made-up records.</p>";
    for page in ["index.html", "checklist.html"] {
        let path = folder.join(page);
        let text = fs::read_to_string(&path).map_err(failed)?;
        if !text.contains(BESIDE) {
            return Err(format!(
                "{page} has no place for the links beside the chapters."
            ));
        }
        fs::write(&path, text.replace(BESIDE, links)).map_err(failed)?;
    }
    Ok(())
}

/// Files of the repository that chapters link to go along: schemas, an example.
fn take_along(folder: &Path) -> Result<(), String> {
    let failed = |error: std::io::Error| format!("Could not write into the site: {error}.");
    for (name, page) in Site::read(folder)?.pages {
        let above = "../".repeat(name.matches('/').count() + 1);
        for link in page.links.iter().filter(|link| is_within(link)) {
            let Some(path) = link.strip_prefix(&above) else {
                continue;
            };
            let file = root().join(path);
            if !file.is_file() {
                return Err(format!("{name} links to {link}, which leads nowhere."));
            }
            let taken = folder.join("files").join(path);
            fs::create_dir_all(taken.parent().unwrap_or(folder))
                .and_then(|()| fs::copy(&file, &taken))
                .map_err(failed)?;
            let html = folder.join(&name);
            let text = fs::read_to_string(&html).map_err(failed)?;
            let inner = above.strip_prefix("../").unwrap_or_default();
            let (old, new) = (format!("\"{link}\""), format!("\"{inner}files/{path}\""));
            fs::write(&html, text.replace(&old, &new)).map_err(failed)?;
        }
    }
    Ok(())
}

/// The pages of a site by their paths from its top.
struct Site {
    folder: PathBuf,
    pages: BTreeMap<String, Page>,
}

#[derive(Default)]
struct Page {
    /// Where it leads, as written.
    links: Vec<String>,
    /// The places in it that a link can lead to.
    places: BTreeSet<String>,
}

impl Site {
    fn read(folder: &Path) -> Result<Self, String> {
        let mut pages = BTreeMap::new();
        let mut waiting = vec![folder.to_owned()];
        let failed = |error: std::io::Error| format!("Could not read the site: {error}.");
        while let Some(inner) = waiting.pop() {
            for entry in fs::read_dir(&inner).map_err(failed)? {
                let path = entry.map_err(failed)?.path();
                if path.is_dir() {
                    waiting.push(path);
                    continue;
                }
                let name = path.strip_prefix(folder).unwrap_or(&path);
                let name = name.to_string_lossy().replace('\\', "/");
                if name.ends_with(".html") && !OWN.contains(&name.as_str()) {
                    let text = fs::read_to_string(&path).map_err(failed)?;
                    pages.insert(name, Page::of(&text));
                }
            }
        }
        Ok(Self {
            folder: folder.to_owned(),
            pages,
        })
    }

    /// What leads nowhere, and which start is too far away.
    fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        for (name, page) in &self.pages {
            for link in page.links.iter().filter(|link| is_within(link)) {
                let (path, place) = link.split_once('#').unwrap_or((link, ""));
                let target = resolved(name, path);
                let is_there = match self.pages.get(&target) {
                    Some(page) => place.is_empty() || page.places.contains(place),
                    None => place.is_empty() && self.folder.join(&target).is_file(),
                };
                if !is_there {
                    faults.push(format!("{name} links to {link}, which leads nowhere."));
                }
            }
        }
        let near = self.within("index.html", 2);
        for start in STARTS {
            if !near.contains(start) {
                faults.push(format!(
                    "{start} is more than two clicks from the first page."
                ));
            }
        }
        faults
    }

    /// The pages that so many clicks lead to.
    fn within(&self, first: &str, clicks: usize) -> BTreeSet<String> {
        let mut reached = BTreeSet::from([first.to_owned()]);
        for _ in 0..clicks {
            let next = reached.iter().flat_map(|name| {
                let links = self
                    .pages
                    .get(name)
                    .into_iter()
                    .flat_map(|page| &page.links);
                let within = links.filter(|link| is_within(link));
                within.map(|link| resolved(name, link.split('#').next().unwrap_or_default()))
            });
            let next: Vec<String> = next.collect();
            reached.extend(next);
        }
        reached
    }
}

impl Page {
    fn of(text: &str) -> Self {
        let mut page = Self::default();
        for name in ["href", "src"] {
            page.links.extend(attributes(text, name).map(unescaped));
        }
        page.places.extend(attributes(text, "id").map(unescaped));
        page
    }
}

/// The values of an attribute, of pages whose writers always set double marks around them.
fn attributes<'t>(text: &'t str, name: &str) -> impl Iterator<Item = &'t str> {
    let start = format!(" {name}=\"");
    let mut rest = text;
    std::iter::from_fn(move || {
        let (_, behind) = rest.split_once(&start)?;
        let (value, after) = behind.split_once('"')?;
        rest = after;
        Some(value)
    })
}

fn unescaped(value: &str) -> String {
    value.replace("&amp;", "&").replace("&quot;", "\"")
}

/// Whether a link leads to a place of the site itself.
fn is_within(link: &str) -> bool {
    let scheme = link.split([':', '/', '#', '?']).next().unwrap_or_default();
    let has_scheme = link
        .get(scheme.len()..)
        .is_some_and(|it| it.starts_with(':'));
    !link.is_empty() && !has_scheme && !link.starts_with("//")
}

/// A link of a page as a path from the top of the site.
fn resolved(page: &str, link: &str) -> String {
    if link.is_empty() {
        return page.to_owned();
    }
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in link.split('?').next().unwrap_or_default().split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// The pins of what builds the site.
pub(crate) fn pins() -> PathBuf {
    root().join("crates/datasteward-dev/data/mdbook.txt")
}

#[cfg(test)]
mod tests {
    use super::{Page, Site, is_within, resolved};
    use std::collections::BTreeMap;

    #[test]
    fn links_lead_from_where_they_stand() {
        assert_eq!(
            resolved("start/ckan.html", "../rules/a.html"),
            "rules/a.html"
        );
        assert_eq!(resolved("index.html", "start/ckan.html"), "start/ckan.html");
        assert_eq!(resolved("rules/a.html", ""), "rules/a.html");
        assert!(is_within("a.html#b") && is_within("#b"));
        assert!(!is_within("https://a.example") && !is_within("mailto:a") && !is_within("//a"));
    }

    #[test]
    fn a_link_to_nothing_and_a_start_far_away_are_told() {
        let page = |text: &str| Page::of(text);
        let pages = BTreeMap::from([
            (
                "index.html".to_owned(),
                page("<a href=\"start/socrata.html\">1</a> <a href=\"gone.html\">2</a>"),
            ),
            (
                "start/socrata.html".to_owned(),
                page(
                    "<h1 id=\"top\">S</h1><a href=\"arcgis.html\">3</a><a href=\"#top\">4</a><a href=\"#bottom\">5</a>",
                ),
            ),
            (
                "start/arcgis.html".to_owned(),
                page("<a href=\"ckan.html\">6</a>"),
            ),
            ("start/ckan.html".to_owned(), page("")),
            ("start/data-json.html".to_owned(), page("")),
        ]);
        let site = Site {
            folder: std::env::temp_dir().join("datasteward-no-site"),
            pages,
        };
        let faults = site.faults();
        assert_eq!(
            faults,
            [
                "index.html links to gone.html, which leads nowhere.",
                "start/socrata.html links to #bottom, which leads nowhere.",
                "start/ckan.html is more than two clicks from the first page.",
                "start/data-json.html is more than two clicks from the first page.",
            ]
        );
    }
}
