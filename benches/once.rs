//! One check of a document and nothing beside it, to be counted by callgrind or sampled by perf.
//!
//! `cargo run --release -p datasteward-benches --example once -- FILE [ROUNDS] [THREADS]` prints the fastest round.

use std::hint::black_box;
use std::time::{Duration, Instant};

use datasteward::{Options, Source, check};

fn main() {
    let mut arguments = std::env::args().skip(1);
    let name = arguments.next().expect("once FILE [ROUNDS] [THREADS]");
    let mut number = || arguments.next().and_then(|it| it.parse::<usize>().ok());
    let (rounds, threads) = (number().unwrap_or(1), number().unwrap_or(1));
    let bytes = std::fs::read(&name).expect("a file that can be read");
    let options = Options::default().with_as_of("2026-11-25").expect("a date");
    let options = options.with_jobs(threads);
    let mut best = Duration::MAX;
    for _ in 0..rounds {
        let start = Instant::now();
        black_box(check(&[Source::new(&name, &bytes)], &options));
        best = best.min(start.elapsed());
    }
    println!("{:.2} ms", best.as_secs_f64() * 1e3);
}
