//! File formats: what software can read without hand work.
