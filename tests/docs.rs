//! The documentation: every link leads somewhere, every page stands in the book, a newcomer is there in two clicks.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on stops"
)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use datasteward_tests::root;
use pulldown_cmark::{Event, Parser, Tag};

/// The Markdown files of a folder and those below it.
fn pages(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            pages(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "md") {
            found.push(path);
        }
    }
}

/// The files that a page links to, as paths from the root; addresses elsewhere and places on the same page are left out.
fn links(page: &Path) -> Vec<PathBuf> {
    let text = std::fs::read_to_string(page).unwrap();
    Parser::new(&text)
        .filter_map(|event| match event {
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                let path = dest_url.split('#').next().unwrap_or_default().to_owned();
                let is_here =
                    !path.is_empty() && !path.contains("://") && !path.starts_with("mailto:");
                is_here.then(|| page.parent().unwrap().join(path))
            }
            _ => None,
        })
        .collect()
}

#[test]
fn every_link_leads_to_a_file() {
    let root = root().canonicalize().unwrap();
    let mut all = vec![root.join("README.md"), root.join("CONTRIBUTING.md")];
    pages(&root.join("docs"), &mut all);
    assert!(all.len() > 60, "only {} pages", all.len());
    for page in &all {
        for link in links(page) {
            assert!(
                link.exists(),
                "{} links to {}",
                page.display(),
                link.display()
            );
        }
    }
}

#[test]
fn every_page_stands_in_the_book_once() {
    let docs = root().join("docs").canonicalize().unwrap();
    let listed = links(&docs.join("SUMMARY.md"));
    let unique: BTreeSet<&PathBuf> = listed.iter().collect();
    assert_eq!(
        unique.len(),
        listed.len(),
        "a page stands in the book twice"
    );
    let mut all = Vec::new();
    pages(&docs, &mut all);
    all.retain(|page| !page.ends_with("SUMMARY.md"));
    for page in all {
        assert!(
            unique.contains(&page),
            "{} is in no chapter",
            page.display()
        );
    }
}

#[test]
fn a_newcomer_is_at_the_start_of_each_portal_in_two_clicks() {
    let root = root().canonicalize().unwrap();
    let first = links(&root.join("README.md"));
    let two: BTreeSet<PathBuf> = first
        .iter()
        .filter(|page| page.extension().is_some_and(|ending| ending == "md"))
        .flat_map(|page| links(page))
        .chain(first.iter().cloned())
        .filter_map(|page| page.canonicalize().ok())
        .collect();
    for portal in ["socrata", "arcgis", "ckan", "data-json"] {
        let page = root.join(format!("docs/start/{portal}.md"));
        assert!(two.contains(&page), "{portal} is further than two clicks");
    }
}
