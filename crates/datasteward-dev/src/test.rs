//! `cargo dev test`: every check of the repository, one step after the other, with its seconds and its
//! count. A step that fails shows the end of its output; the steps that need it are left out, the others
//! run all the same.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use clap::ValueEnum;

use crate::run::{cargo, logged, program, tail, target};
use crate::{pages, parity, setup, site, supply, wasm};

/// The parts that can be run alone.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Part {
    /// Format, clippy, rustdoc, dependencies.
    Lint,
    /// Tests of the Rust crates.
    Rust,
    /// The wheel, its tests and its types.
    Python,
    /// The browser package, its tests in Node and Chromium, its types.
    Wasm,
    /// The same documents through every door.
    Parity,
    /// The documentation as a site.
    Site,
}

/// How the number of test cases is read from what a runner prints.
#[derive(Clone, Copy)]
enum Runner {
    /// No runner: the step is one case.
    None,
    Cargo,
    Pytest,
    Node,
}

/// Test cases that passed and failed.
#[derive(Clone, Copy, Default, Debug, PartialEq, Eq)]
struct Count {
    passed: u64,
    failed: u64,
}

/// What the run has come to so far.
struct Run {
    started: Instant,
    count: Count,
    failures: Vec<String>,
}

/// Runs everything, or one part.
pub(crate) fn run(only: Option<Part>) -> Result<(), String> {
    let mut run = Run {
        started: Instant::now(),
        count: Count::default(),
        failures: Vec::new(),
    };
    let wanted = |part| only.is_none_or(|only| only == part);
    if wanted(Part::Lint) {
        lint(&mut run);
    }
    if wanted(Part::Rust) {
        rust(&mut run);
    }
    if wanted(Part::Site) {
        run.task("site", site::build);
    }
    let both = wanted(Part::Parity);
    let python = if wanted(Part::Python) || both {
        python_package(&mut run)
    } else {
        None
    };
    if let Some(python) = python.as_ref().filter(|_| wanted(Part::Python)) {
        python_tests(&mut run, python);
    }
    let browser = (wanted(Part::Wasm) || both) && browser_package(&mut run);
    if browser && wanted(Part::Wasm) {
        browser_tests(&mut run);
    }
    if let Some(python) = python.filter(|_| browser && both) {
        run.task("parity", || parity::check(&python));
    }
    run.close()
}

fn lint(run: &mut Run) {
    let ready = run.task("set up the toolchain", || {
        setup::lint_tools()?;
        setup::wasm_target()?;
        Ok(String::new())
    });
    if !ready {
        return;
    }
    run.step(
        "format",
        Runner::None,
        cargo("fmt --all --check -- --color never"),
    );
    run.step(
        "clippy",
        Runner::None,
        cargo("clippy --locked --workspace --all-targets -- -D warnings"),
    );
    run.step(
        "clippy for wasm",
        Runner::None,
        cargo(
            "clippy --locked -p datasteward -p datasteward-wasm --target wasm32-unknown-unknown -- -D warnings",
        ),
    );
    let mut doc = cargo("doc --locked --workspace --no-deps");
    doc.env("RUSTDOCFLAGS", "-D warnings");
    run.step("rustdoc", Runner::None, doc);
    run.task("dependencies", supply::check);
}

/// Our own tasks are tested apart: what they are built from is compiled already, since they are running,
/// and would be compiled again with the features the other crates ask for.
fn rust(run: &mut Run) {
    run.step(
        "cargo test",
        Runner::Cargo,
        cargo("test --locked --workspace --exclude datasteward-dev --no-fail-fast"),
    );
    run.step(
        "cargo test, own tasks",
        Runner::Cargo,
        cargo("test --locked -p datasteward-dev"),
    );
}

/// The interpreter of the Python environment, when the wheel could be built and is installed there.
fn python_package(run: &mut Run) -> Option<PathBuf> {
    let mut interpreter = PathBuf::new();
    let ready = run.task("set up Python", || {
        interpreter = setup::python()?;
        Ok(String::new())
    });
    (ready && run.task("wheel", || wheel(&interpreter))).then_some(interpreter)
}

fn python_tests(run: &mut Run, interpreter: &Path) {
    let python = |words: &str| {
        let mut command = program(interpreter, "bindings/python");
        command.args(["-B", "-m"]).args(words.split_whitespace());
        command
    };
    run.step(
        "pytest",
        Runner::Pytest,
        python("pytest -q -p no:cacheprovider tests"),
    );
    let mut types =
        python("mypy --strict tests/typed_usage.py python/datasteward/__init__.py --cache-dir");
    types.arg(target().join("mypy"));
    run.step("Python types", Runner::None, types);
    run.step(
        "Python stubs",
        Runner::None,
        python("mypy.stubtest datasteward._datasteward"),
    );
}

/// Builds the one abi3 wheel and installs it in the test environment.
fn wheel(interpreter: &Path) -> Result<String, String> {
    let folder = target().join("wheels");
    if folder.exists() {
        fs::remove_dir_all(&folder)
            .map_err(|error| format!("Could not clear the wheels: {error}."))?;
    }
    let mut build = program(interpreter, "bindings/python");
    build
        .args(["-m", "maturin", "build", "--locked", "--release", "--out"])
        .arg(&folder)
        .arg("--interpreter")
        .arg(interpreter);
    crate::run::quiet(build, "build the wheel")?;
    let wheels: Vec<PathBuf> = fs::read_dir(&folder)
        .map_err(|error| format!("Could not read the wheels: {error}."))?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .collect();
    let [wheel] = wheels.as_slice() else {
        return Err(format!(
            "One wheel was to be built; there are {}.",
            wheels.len()
        ));
    };
    if !wheel.to_string_lossy().contains("-cp39-abi3-") {
        return Err(format!(
            "{} is not for every Python from 3.9 on.",
            wheel.display()
        ));
    }
    let mut install = program(interpreter, ".");
    install
        .args([
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
        ])
        .args(["--no-index", "--no-deps", "--force-reinstall"])
        .arg(wheel);
    crate::run::quiet(install, "install the wheel")?;
    let bytes = fs::metadata(wheel).map_or(0, |data| data.len());
    Ok(format!("The wheel weighs {} KB.", bytes / 1000))
}

/// Whether the browser package could be built.
fn browser_package(run: &mut Run) -> bool {
    let ready = run.task("set up Node", || {
        setup::wasm_target()?;
        setup::node()?;
        Ok(String::new())
    });
    ready && run.task("browser package", wasm::build)
}

fn browser_tests(run: &mut Run) {
    let mut types = program("node_modules/.bin/tsc", "bindings/wasm");
    types.args(["--project", "tests/tsconfig.json"]);
    run.step("TypeScript types", Runner::None, types);
    run.step(
        "Node tests",
        Runner::Node,
        node_test("tests/package.test.js"),
    );
    let mut page = node_test("tests/page.test.js");
    let ready = run.task("set up Chromium", || {
        page.env("CHROMIUM", setup::browser()?);
        Ok(String::new())
    });
    if !ready {
        return;
    }
    run.step("page tests", Runner::Node, page);
    let folder = target().join("pages");
    let mut own = node_test("tests/own-pages.test.js");
    let written = run.task("write our pages", || {
        own.env("CHROMIUM", setup::browser()?)
            .env("PAGES", &folder)
            .env("BOOK", site::folder());
        pages::write(&folder)?;
        site::build()
    });
    if written {
        run.step("tests of our pages", Runner::Node, own);
    }
}

fn node_test(file: &str) -> Command {
    let mut command = program("node", "bindings/wasm");
    command
        .args([
            "--test",
            "--test-reporter=spec",
            "--test-timeout=120000",
            file,
        ])
        .env("FORCE_COLOR", "0");
    command
}

impl Run {
    /// Starts a program and counts what it tested.
    fn step(&mut self, name: &str, runner: Runner, command: Command) {
        let started = Instant::now();
        let (passed, text) = logged(command, name).unwrap_or_else(|error| (false, error));
        let mut count = runner.count(&text).unwrap_or_default();
        let mut complaint = None;
        if !passed {
            count.failed = count.failed.max(1);
            complaint = Some(tail(&text));
        } else if matches!(runner, Runner::None) {
            count.passed = 1;
        } else if count.passed == 0 {
            count.failed = 1;
            complaint = Some(format!("{}\nIt ran no test.", tail(&text)));
        }
        let note = match runner {
            Runner::None => String::new(),
            _ => format!("{} passed", count.passed),
        };
        self.report(name, started.elapsed(), count, &note, complaint);
    }

    /// Does a piece of work of our own; it counts as one case. Whether it went well.
    fn task(&mut self, name: &str, work: impl FnOnce() -> Result<String, String>) -> bool {
        let started = Instant::now();
        let result = work();
        let took = started.elapsed();
        match result {
            Ok(note) => {
                self.report(
                    name,
                    took,
                    Count {
                        passed: 1,
                        failed: 0,
                    },
                    &note,
                    None,
                );
                true
            }
            Err(error) => {
                self.report(
                    name,
                    took,
                    Count {
                        passed: 0,
                        failed: 1,
                    },
                    "",
                    Some(error),
                );
                false
            }
        }
    }

    fn report(
        &mut self,
        name: &str,
        took: Duration,
        count: Count,
        note: &str,
        complaint: Option<String>,
    ) {
        self.count.passed += count.passed;
        self.count.failed += count.failed;
        let mark = if complaint.is_none() { "ok  " } else { "FAIL" };
        println!("{mark} {name:<24} {:>7.1} s  {note}", took.as_secs_f64());
        if let Some(text) = complaint {
            println!("{text}\n");
            self.failures.push(name.to_owned());
        }
    }

    fn close(self) -> Result<(), String> {
        let seconds = self.started.elapsed().as_secs();
        println!("{} min {} s in all", seconds / 60, seconds % 60);
        if !self.failures.is_empty() {
            println!("To mend: {}.", self.failures.join(", "));
        }
        println!("{} passed, {} failed", self.count.passed, self.count.failed);
        if self.failures.is_empty() {
            Ok(())
        } else {
            Err("The tests failed.".into())
        }
    }
}

impl Runner {
    /// The cases in a runner's output; `None` when it printed no total.
    fn count(self, text: &str) -> Option<Count> {
        let totals: Vec<Count> = text.lines().filter_map(|line| self.total(line)).collect();
        totals.into_iter().reduce(|a, b| Count {
            passed: a.passed + b.passed,
            failed: a.failed + b.failed,
        })
    }

    fn total(self, line: &str) -> Option<Count> {
        let (passed, failed) = match self {
            Runner::None => return None,
            Runner::Cargo => {
                line.strip_prefix("test result: ")?;
                (before(line, "passed"), before(line, "failed"))
            }
            Runner::Pytest => {
                if !line.contains(" in ") {
                    return None;
                }
                (
                    before(line, "passed"),
                    before(line, "failed").or(before(line, "error")),
                )
            }
            Runner::Node => {
                let line = line.strip_prefix('\u{2139}')?.trim();
                (after(line, "pass"), after(line, "fail"))
            }
        };
        passed.or(failed)?;
        Some(Count {
            passed: passed.unwrap_or(0),
            failed: failed.unwrap_or(0),
        })
    }
}

/// The number before a word: 12 in `12 passed`.
fn before(line: &str, word: &str) -> Option<u64> {
    let words: Vec<&str> = line
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .collect();
    words
        .windows(2)
        .find(|pair| {
            pair.last()
                .is_some_and(|last| last.trim_end_matches('s') == word)
        })?
        .first()?
        .parse()
        .ok()
}

/// The number after a word that begins the line: 5 in `pass 5`.
fn after(line: &str, word: &str) -> Option<u64> {
    line.strip_prefix(word)?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn adds_the_totals_of_every_cargo_test_binary() {
        let text = "test a ... ok\ntest result: ok. 3 passed; 0 failed; 1 ignored; 0 measured\n\
                    test result: FAILED. 1 passed; 2 failed; 0 ignored; 0 measured\n";
        assert_eq!(
            Runner::Cargo.count(text),
            Some(Count {
                passed: 4,
                failed: 2
            })
        );
    }

    #[test]
    fn reads_the_closing_line_of_pytest() {
        assert_eq!(
            Runner::Pytest.count("....\n4 passed in 0.1s\n"),
            Some(Count {
                passed: 4,
                failed: 0
            })
        );
        assert_eq!(
            Runner::Pytest.count("1 failed, 4 passed, 2 warnings in 0.1s\n"),
            Some(Count {
                passed: 4,
                failed: 1
            })
        );
    }

    #[test]
    fn reads_the_totals_of_nodes_test_runner() {
        assert_eq!(
            Runner::Node.count("\u{2139} tests 6\n\u{2139} pass 5\n\u{2139} fail 1\n"),
            Some(Count {
                passed: 5,
                failed: 1
            })
        );
    }

    #[test]
    fn finds_no_total_where_no_test_ran() {
        assert_eq!(Runner::Pytest.count("error: no such file\n"), None);
    }
}
