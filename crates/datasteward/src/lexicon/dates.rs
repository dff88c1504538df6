//! Calendar dates as open data writes them.
