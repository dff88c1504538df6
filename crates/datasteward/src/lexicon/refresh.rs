//! Refresh rates: vocabularies, intervals, promises in running text.
