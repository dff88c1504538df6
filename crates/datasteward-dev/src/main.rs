//! The project's own tasks, run as `cargo dev …`: the one test command, and what makes files that are
//! checked in or shipped.

mod catalog;
mod corpus;
mod fixes;
mod generate;
mod gold;
mod office;
mod pages;
mod parity;
mod run;
mod setup;
mod site;
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
    /// Build the documentation as a site and follow its links.
    Site,
    /// Build the browser package into bindings/wasm/pkg and weigh it.
    Wasm,
    /// Write the schemas and pages that are made from the code.
    Generate {
        /// Only say which are out of step.
        #[arg(long)]
        check: bool,
    },
    /// Judge a folder of real records and print figures; `DATASTEWARD_CORPUS` names the folder where none is given.
    Corpus {
        /// The folder.
        folder: Option<std::path::PathBuf>,
    },
    /// Make a believable catalogue of any size, with faults planted in it; or tell how many of them are found.
    Catalog(catalog::Arguments),
    /// Put the safe fixes of a folder of real records in place, in memory, and judge it again.
    Fixes {
        /// The folder; otherwise the one that `DATASTEWARD_CORPUS` names.
        folder: Option<std::path::PathBuf>,
    },
    /// Write our own pages into a folder: a large dashboard, one of hostile records, the guide.
    Pages(pages::Arguments),
    /// Open tables of hostile records in LibreOffice: nothing in them is worked out.
    Office,
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
        Task::Site => site::run(),
        Task::Wasm => wasm::run(),
        Task::Supply => supply::run(),
        Task::Generate { check } => generate::run(check),
        Task::Corpus { folder } => corpus::run(folder),
        Task::Catalog(arguments) => catalog::run(&arguments),
        Task::Fixes { folder } => fixes::run(folder),
        Task::Pages(arguments) => pages::run(&arguments),
        Task::Office => office::run(),
        Task::Gold(arguments) => gold::run(&arguments),
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
