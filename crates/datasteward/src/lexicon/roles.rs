//! What the values of a field are.
