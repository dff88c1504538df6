//! Characters damaged by a wrong encoding, and their repair.
