//! The language of sources, limits and context.
