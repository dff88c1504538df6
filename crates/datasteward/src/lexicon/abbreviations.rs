//! What the abbreviations of civic data stand for.
