//! Descriptions that only say the name again.
