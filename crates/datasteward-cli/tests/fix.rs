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

#[test]
fn what_is_added_is_laid_out_as_its_neighbours_are() {
    let record = "{\n    \"datasteward\" : \"1\",\n    \"id\" : \"maps\",\n    \"title\" : \"City maps\",\n    \"coverage\" : {\"place\" : \"Springfield\"},\n    \"license\" : {\n        \"name\" : \"CC BY 4.0\"\n    }\n}\n";
    let package = "name: trees\r\ntitle: Street trees\r\nlicenses:\r\n  - title: CC BY 4.0\r\nresources:\r\n  - name: trees\r\n    path: trees.csv\r\n";
    let folder = folder(
        "fix-add",
        &[("maps.json", record), ("datapackage.yaml", package)],
    );
    let read = |name: &str| std::fs::read_to_string(folder.join(name)).unwrap();
    let license = ["fix", "--select", "license-without-address"];
    let shown = run(&folder, &[&license[..], &["maps.json", "--diff"]].concat());
    let address = "https://creativecommons.org/licenses/by/4.0/";
    assert!(
        out(&shown).contains(&format!(
            "-        \"name\" : \"CC BY 4.0\"\n+        \"name\" : \"CC BY 4.0\",\n+        \"url\" : \"{address}\"\n"
        )),
        "{}",
        out(&shown)
    );
    run(
        &folder,
        &[&license[..], &["maps.json", "datapackage.yaml"]].concat(),
    );
    assert_eq!(
        read("datapackage.yaml"),
        package.replace(
            "title: CC BY 4.0\r\n",
            &format!("title: CC BY 4.0\r\n    path: \"{address}\"\r\n")
        )
    );
    let begun = run(
        &folder,
        &[
            "fix",
            "maps.json",
            "--unsafe",
            "--select",
            "missing-description",
        ],
    );
    assert_eq!(begun.status.code(), Some(0), "{}", err(&begun));
    assert!(
        read("maps.json").contains(
            "    \"title\" : \"City maps\",\n    \"description\" : \"Each row is {{what one row is}} in Springfield. It is used"
        ),
        "{}",
        read("maps.json")
    );
}

#[test]
fn keys_are_renamed_in_yaml_too() {
    let record = "datasteward: \"1\"\nid: maps\ntitle: City maps # ours\n\"discription\": A list of maps\nkeywrods: [maps]\n";
    let folder = folder("fix-yaml-keys", &[("maps.yaml", record)]);
    let done = run(
        &folder,
        &[
            "fix",
            "maps.yaml",
            "--unsafe",
            "--select",
            "key-or-type-wrong",
        ],
    );
    assert_eq!(done.status.code(), Some(0), "{}", err(&done));
    assert_eq!(
        std::fs::read_to_string(folder.join("maps.yaml")).unwrap(),
        record
            .replace("discription", "description")
            .replace("keywrods", "keywords")
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
