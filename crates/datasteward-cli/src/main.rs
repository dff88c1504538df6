//! The `datasteward` command.

fn main() {}
