//! The project's own tasks: `cargo dev …`.

fn main() {}
