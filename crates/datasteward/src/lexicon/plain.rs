//! Whether a field name can be read without a dictionary, and what the plain name would be.
//!
//! A name is cut into `tokens`, each `token` is judged alone, and the worst token decides the `verdict`: one piece
//! of shorthand makes a name hard to read. What is merely unknown (a town, a species, a local term) is never held against
//! a name. The `expansion` is the plain name to offer; what the record itself says is asked of its `vocabulary`.

mod compound;
mod expansion;
mod foreign;
mod joined;
mod letters;
mod mentions;
mod reads;
mod self_evident;
mod shorthand;
mod spanish;
mod spelt_out;
mod token;
mod tokens;
mod told;
mod verdict;
mod vocabulary;
mod word_index;
mod writer;

pub use expansion::expand;
pub(crate) use expansion::{may_expand, possible_words};
pub use self_evident::is_self_evident;
pub(crate) use tokens::Tokens;
pub use tokens::may_be_a_code;
pub use told::is_told;
pub(crate) use verdict::is_words_but_one;
pub use verdict::{NameVerdict, judge};
pub use vocabulary::Vocabulary;
pub use writer::Expansion;
