//! The WebAssembly face: converts and delegates.
