//! Titles taken apart: periods, places, copies.
