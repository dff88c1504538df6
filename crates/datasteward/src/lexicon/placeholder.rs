//! Text that stands where information should stand.
