//! Units of measure, as people write them.
