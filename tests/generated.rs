//! The files that are made from the code are in step with it.

#[path = "../crates/datasteward-dev/src/generate.rs"]
mod generate;

#[test]
fn schemas_and_rule_pages_are_what_cargo_dev_generate_writes() {
    assert_eq!(generate::run(&datasteward_tests::root(), true), Ok(()));
}
