//! Fixes put into files.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on stops"
)]

mod common;

use common::{err, folder, out, run};

/// An odd order of keys, tabs, two kinds of line ends: nothing of it may change.
const DAMAGED: &str = "{ \"title\":\t\"City maps\", \"datasteward\": \"1\",\r\n  \"id\": \"maps\",   \"description\":\n\t\"A list of the cityâ€™s maps.\",\n \"data_updated\": \"2026-10-02\" }\r\n";

fn mended() -> String {
    DAMAGED.replace("â€™", "’")
}

#[test]
fn safe_fixes_change_their_bytes_alone() {
    let folder = folder("fix-safe", &[("maps.json", DAMAGED)]);
    let read = || std::fs::read_to_string(folder.join("maps.json")).unwrap();
    let shown = run(&folder, &["fix", "maps.json", "--diff"]);
    assert_eq!(shown.status.code(), Some(1));
    assert_eq!(read(), DAMAGED, "a diff changes nothing");
    assert!(
        out(&shown).contains(
            "\n-\t\"A list of the cityâ€™s maps.\",\n+\t\"A list of the city’s maps.\",\n"
        )
    );
    let done = run(&folder, &["fix", "maps.json"]);
    assert_eq!(done.status.code(), Some(0), "{}", err(&done));
    assert_eq!(err(&done), "1 fix in 1 file is in place\n");
    assert_eq!(read(), mended());
    let again = run(&folder, &["fix", "maps.json"]);
    assert_eq!(err(&again), "0 fixes are in place\n");
    assert_eq!(read(), mended());
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 1);
}

#[test]
fn only_the_rules_named_are_fixed() {
    let folder = folder("fix-select", &[("maps.json", DAMAGED)]);
    let done = run(
        &folder,
        &["fix", "maps.json", "--select", "date-not-usable"],
    );
    assert_eq!(done.status.code(), Some(0));
    assert_eq!(
        std::fs::read_to_string(folder.join("maps.json")).unwrap(),
        DAMAGED
    );
    let typo = run(
        &folder,
        &["fix", "maps.json", "--select", "date-not-usabel"],
    );
    assert_eq!(typo.status.code(), Some(2));
    assert!(err(&typo).contains("did you mean `date-not-usable`?"));
}

#[test]
fn review_needs_a_terminal_and_fix_needs_a_file() {
    let folder = folder("fix-refuse", &[("maps.json", DAMAGED)]);
    let asked = run(&folder, &["fix", "maps.json", "--review"]);
    assert_eq!(asked.status.code(), Some(2));
    assert!(
        err(&asked).contains("asks at a terminal"),
        "{}",
        err(&asked)
    );
    let piped = run(&folder, &["fix", "-"]);
    assert_eq!(piped.status.code(), Some(2));
    assert!(err(&piped).contains("name a file"), "{}", err(&piped));
}

#[test]
fn what_cannot_be_edited_in_place_is_left_alone() {
    let page = "<html><head><script type=\"application/ld+json\">{\"@context\": \"https://schema.org\", \"@type\": \"Dataset\", \"name\": \"City maps\", \"description\": \"A list of the cityâ€™s maps.\"}</script></head></html>";
    let folder = folder("fix-page", &[("page.json", page)]);
    let done = run(&folder, &["fix", "page.json"]);
    assert!(!err(&done).contains("1 fix in 1 file"), "{}", err(&done));
    assert_eq!(
        std::fs::read_to_string(folder.join("page.json")).unwrap(),
        page
    );
}

#[cfg(unix)]
#[test]
fn links_and_permissions_stay_and_read_only_files_are_refused() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder(
        "fix-unix",
        &[("maps.json", DAMAGED), ("shut.json", DAMAGED)],
    );
    let mode = |name: &str, mode| {
        let permissions = std::fs::Permissions::from_mode(mode);
        std::fs::set_permissions(folder.join(name), permissions).unwrap();
    };
    mode("maps.json", 0o640);
    mode("shut.json", 0o444);
    std::os::unix::fs::symlink("maps.json", folder.join("link.json")).unwrap();
    let done = run(&folder, &["fix", "link.json", "shut.json"]);
    assert_eq!(done.status.code(), Some(2));
    assert!(err(&done).contains("failed to write shut.json: it is read-only; nothing is written"));
    let text = |name: &str| std::fs::read_to_string(folder.join(name)).unwrap();
    assert_eq!(
        (text("maps.json"), text("shut.json")),
        (mended(), DAMAGED.to_owned())
    );
    assert!(folder.join("link.json").is_symlink());
    let kept = std::fs::metadata(folder.join("maps.json")).unwrap();
    assert_eq!(kept.permissions().mode() & 0o777, 0o640);
}
