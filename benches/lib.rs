//! Benchmarks of the engine; see `speed.rs`.
