//! Builds the browser package: compile for wasm, make the JavaScript glue, shrink, put the hand-written
//! front in place, weigh. The product is `bindings/wasm/pkg`.

use std::fs;
use std::path::Path;

use crate::run::{cargo, program, quiet, root, target};
use crate::setup;

/// The most the module may weigh as a server sends it, in bytes after brotli. Half of it are the schemas of the profiles
/// and the crate that enforces them: an editor in the browser must say what the command says. It grows with the rules,
/// their pages, their words in seven languages and the forms of the report; reading tables and GeoJSON beside a record
/// has its share.
const BUDGET: u64 = 1_540_000;

/// The WebAssembly features of every browser since 2022 and of Node 20. Named one by one: with
/// `--all-features` the optimiser writes types that no engine reads yet.
const FEATURES: [&str; 7] = [
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-multivalue",
    "--enable-reference-types",
];

/// The hand-written files, as they stand in `bindings/wasm/js`.
const FRONT: [&str; 2] = ["index.js", "index.d.ts"];

/// Builds the package and prints what the module weighs.
pub(crate) fn run() -> Result<(), String> {
    setup::wasm_target()?;
    setup::node()?;
    println!("{}", build()?);
    Ok(())
}

/// Builds the package; a sentence about its weight, or an error when it is over the budget.
pub(crate) fn build() -> Result<String, String> {
    quiet(
        cargo("build --locked --profile wasm --target wasm32-unknown-unknown -p datasteward-wasm"),
        "compile the wasm module",
    )?;
    let compiled = target().join("wasm32-unknown-unknown/wasm/datasteward_wasm.wasm");
    let package = root().join("bindings/wasm/pkg");
    if !is_made_from(&compiled, &package) {
        glue(&compiled, &package)?;
        shrink(&package)?;
        copy(&compiled, &last())?;
    }
    front(&package)?;
    weigh(&package.join("datasteward_bg.wasm"))
}

/// The compiled module the package was last made from.
fn last() -> std::path::PathBuf {
    target().join("setup/datasteward_wasm.wasm")
}

fn is_made_from(compiled: &Path, package: &Path) -> bool {
    let same = fs::read(compiled)
        .ok()
        .is_some_and(|now| fs::read(last()).is_ok_and(|then| then == now));
    same && package.join("datasteward_bg.wasm").exists() && package.join("datasteward.js").exists()
}

fn glue(compiled: &Path, package: &Path) -> Result<(), String> {
    if package.exists() {
        fs::remove_dir_all(package)
            .map_err(|error| format!("Could not clear {}: {error}.", package.display()))?;
    }
    let mut maker = wasm_bindgen_cli_support::Bindgen::new();
    maker
        .input_path(compiled)
        .out_name("datasteward")
        .typescript(true)
        .remove_name_section(true)
        .remove_producers_section(true)
        .web(true)
        .and_then(|maker| maker.generate(package))
        .map_err(|error| format!("Could not make the JavaScript glue: {error}."))
}

fn shrink(package: &Path) -> Result<(), String> {
    let module = package.join("datasteward_bg.wasm");
    let mut command = program("node_modules/.bin/wasm-opt", "bindings/wasm");
    command
        .arg("-Oz")
        .args(FEATURES)
        .arg(&module)
        .arg("-o")
        .arg(&module);
    quiet(command, "shrink the wasm module")
}

/// The hand-written half of the package: the functions people call, their types, and the description
/// with the workspace's version in it.
fn front(package: &Path) -> Result<(), String> {
    let source = root().join("bindings/wasm/js");
    for file in FRONT {
        copy(&source.join(file), &package.join(file))?;
    }
    for file in ["LICENSE-MIT", "LICENSE-APACHE"] {
        if root().join(file).exists() {
            copy(&root().join(file), &package.join(file))?;
        }
    }
    // The English word list is inside the module; its authors ask for their notice to go with it.
    copy(
        &root().join("crates/datasteward/data/english.NOTICE"),
        &package.join("NOTICE"),
    )?;
    copy(
        &root().join("bindings/wasm/README.md"),
        &package.join("README.md"),
    )?;
    let description = fs::read_to_string(source.join("package.json"))
        .map_err(|error| format!("Could not read the package description: {error}."))?
        .replace(
            "\"version\": \"0.0.0\"",
            &format!("\"version\": \"{}\"", env!("CARGO_PKG_VERSION")),
        );
    fs::write(package.join("package.json"), description)
        .map_err(|error| format!("Could not write the package description: {error}."))
}

fn copy(from: &Path, to: &Path) -> Result<(), String> {
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder)
            .map_err(|error| format!("Could not make {}: {error}.", folder.display()))?;
    }
    fs::copy(from, to)
        .map(|_| ())
        .map_err(|error| format!("Could not copy {}: {error}.", from.display()))
}

fn weigh(module: &Path) -> Result<String, String> {
    const SCRIPT: &str = "const z=require('node:zlib'),b=require('node:fs').readFileSync(process.argv[1]);\
        console.log(b.length,z.gzipSync(b,{level:9}).length,z.brotliCompressSync(b).length)";
    let mut command = program("node", ".");
    let output = command
        .args(["-e", SCRIPT])
        .arg(module)
        .output()
        .map_err(|error| format!("Could not run node: {error}."))?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let sizes: Vec<u64> = text
        .split_whitespace()
        .filter_map(|word| word.parse().ok())
        .collect();
    let &[raw, gzip, brotli] = sizes.as_slice() else {
        return Err(format!("Could not weigh {}.", module.display()));
    };
    let weight = format!(
        "The module weighs {} KB; {} KB with gzip, {} KB with brotli (budget {} KB)",
        raw / 1000,
        gzip / 1000,
        brotli / 1000,
        BUDGET / 1000
    );
    if brotli > BUDGET {
        Err(format!("{weight}: too heavy."))
    } else {
        Ok(format!("{weight}."))
    }
}
