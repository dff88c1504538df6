//! Readable text out of web-page code.
