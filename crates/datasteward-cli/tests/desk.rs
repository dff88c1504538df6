//! The steward's desk as people use it: examples, drafts, data beside metadata, trackers.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on stops"
)]

mod common;

use common::{err, folder, out, run};

#[test]
fn examples_are_listed_printed_and_pass_the_check() {
    let folder = folder("examples", &[]);
    let list = out(&run(&folder, &["examples"]));
    for words in ["socrata-discovery", "data-package", "filtered-view"] {
        assert!(list.contains(words), "{list}");
    }
    let table = out(&run(&folder, &["examples", "table", "--format", "ckan"]));
    assert!(table.contains("license_id"), "{table}");
    // Without a name: the models as one catalogue.
    let made = run(
        &folder,
        &["examples", "--format", "data.json", "--output", "data.json"],
    );
    assert_eq!(made.status.code(), Some(0));
    let checked = run(
        &folder,
        &[
            "check",
            "data.json",
            "--as-of",
            "2026-11-25",
            "--fail-on",
            "info",
        ],
    );
    assert_eq!(checked.status.code(), Some(0), "{}", out(&checked));
    for (arguments, wanted) in [
        (
            ["examples", "tabel", "--format", "ckan"],
            "there is no example `tabel`",
        ),
        (
            ["examples", "table", "--format", "word"],
            "there are no examples in the format `word`",
        ),
    ] {
        let refused = run(&folder, &arguments);
        assert_eq!(refused.status.code(), Some(2));
        assert!(err(&refused).contains(wanted), "{}", err(&refused));
    }
}
