//! The list of English words.
