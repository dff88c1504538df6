//! The project's own tasks, run as `cargo dev …`: the one test command, and what makes files that are
//! checked in or shipped.

mod corpus;
mod generate;
mod gold;
mod parity;
mod run;
mod setup;
mod supply;
mod test;
mod wasm;
mod words;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "cargo dev", about = "The project's own tasks")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Set up what is needed and run every test.
    Test {
        /// Run one part only.
        #[arg(long, value_enum)]
        only: Option<test::Part>,
    },
    /// Build the browser package into bindings/wasm/pkg and weigh it.
    Wasm,
    /// Write the schemas and rule pages that are made from the code.
    Generate {
        /// Write nothing; fail if a file is out of step.
        #[arg(long)]
        check: bool,
    },
    /// Judge a folder of published records, and count what is found.
    Corpus(corpus::Arguments),
    /// Compare what is understood of records with labels made by hand.
    Gold(gold::Arguments),
    /// Check licences, sources, doubles and unused dependencies.
    Supply,
    /// Make the English word list from Debian's SCOWL package.
    Words,
}

fn main() -> ExitCode {
    let result = match Arguments::parse().task {
        Task::Test { only } => test::run(only),
        Task::Wasm => wasm::run(),
        Task::Generate { check } => generate::run(&run::root(), check),
        Task::Corpus(arguments) => corpus::run(&arguments),
        Task::Gold(arguments) => gold::run(&arguments),
        Task::Supply => supply::run(),
        Task::Words => words::run(),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            eprintln!("{sentence}");
            ExitCode::FAILURE
        }
    }
}
