//! The Python face: converts and delegates.
