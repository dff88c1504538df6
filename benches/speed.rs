//! Speed of the whole check beside that of `serde_json`, of a plain splitter of records and of our own tree, over the
//! same bytes in one run.
//!
//! `cargo bench -p datasteward-benches` prints bytes a second, then one line a document with the ratios.

use std::hint::black_box;
use std::time::{Duration, Instant};

use criterion::{Criterion, Throughput};
use datasteward::source::Bounds;
use datasteward::source::tree::Tree;
use datasteward::{Options, Source, check};
use datasteward_benches::{Document, documents};

/// The texts of a document: its lines, or all of it.
fn texts(document: &Document) -> Vec<&str> {
    let text = std::str::from_utf8(&document.bytes).expect("documents are UTF-8");
    let text = text.trim_start_matches('\u{feff}');
    if document.is_lines {
        text.lines()
            .filter(|line| !line.trim().is_empty())
            .collect()
    } else {
        vec![text]
    }
}

fn serde_values(document: &Document) {
    for text in texts(document) {
        let value: serde_json::Value = serde_json::from_str(text).expect("documents are JSON");
        black_box(value);
    }
}

/// The least that finds where each object ends: depth and quotation marks, byte by byte.
fn plain_split(document: &Document) {
    let (mut depth, mut objects) = (0_usize, 0_usize);
    let mut bytes = document.bytes.iter();
    while let Some(byte) = bytes.next() {
        match byte {
            b'"' => {
                while let Some(byte) = bytes.next() {
                    match byte {
                        b'\\' => _ = bytes.next(),
                        b'"' => break,
                        _ => {}
                    }
                }
            }
            b'{' => depth += 1,
            b'}' => {
                depth = depth.saturating_sub(1);
                objects += usize::from(depth <= 1);
            }
            _ => {}
        }
    }
    black_box(objects);
}

fn own_trees(document: &Document) {
    for text in texts(document) {
        black_box(Tree::parse(text, &Bounds::default()).expect("documents are JSON"));
    }
}

fn whole_check(document: &Document, options: &Options) {
    black_box(check(
        &[Source::new(&document.name, &document.bytes)],
        options,
    ));
}

/// The fastest of many runs: other work on the machine only ever slows one down.
fn fastest(mut work: impl FnMut()) -> Duration {
    let started = Instant::now();
    let mut best = Duration::MAX;
    let mut runs = 0;
    while runs < 10 || started.elapsed() < Duration::from_secs(2) {
        let start = Instant::now();
        work();
        best = best.min(start.elapsed());
        runs += 1;
    }
    best
}

fn main() {
    let options = Options::default().with_as_of("2026-11-25").expect("a date");
    let mut criterion = Criterion::default()
        .without_plots()
        .sample_size(10)
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(2))
        .configure_from_args();
    let documents = documents();
    for document in &documents {
        let mut group = criterion.benchmark_group(&document.name);
        group.throughput(Throughput::Bytes(document.bytes.len() as u64));
        group.bench_function("serde_json Value", |bencher| {
            bencher.iter(|| serde_values(document))
        });
        group.bench_function("plain split", |bencher| {
            bencher.iter(|| plain_split(document))
        });
        group.bench_function("our tree", |bencher| bencher.iter(|| own_trees(document)));
        group.bench_function("whole check", |bencher| {
            bencher.iter(|| whole_check(document, &options))
        });
        group.finish();
    }
    let two = options.clone().with_jobs(2);
    println!("times of serde_json to Value; the whole check on two cores against one");
    for document in &documents {
        let seconds = |work: &dyn Fn(&Document)| fastest(|| work(document)).as_secs_f64();
        let serde = seconds(&serde_values);
        let whole = seconds(&|document| whole_check(document, &options));
        println!(
            "{}: {:.2} MB in {:.2} ms; plain split {:.2}, our tree {:.2}, whole check {:.2}; two cores {:.2} times faster",
            document.name,
            document.bytes.len() as f64 / 1e6,
            whole * 1e3,
            seconds(&plain_split) / serde,
            seconds(&own_trees) / serde,
            whole / serde,
            whole / seconds(&|document| whole_check(document, &two)),
        );
    }
    criterion.final_summary();
}
