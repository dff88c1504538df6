//! Whether a field name can be read without a dictionary.
