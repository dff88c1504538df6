//! `cargo dev gold`.

/// What to judge.
#[derive(clap::Args)]
pub(crate) struct Arguments {}

pub(crate) fn run(_: &Arguments) -> Result<(), String> {
    Ok(())
}
