//! What the platform finds: one tantivy index a process, fed from the event log.
//!
//! The index is a derived thing: Postgres knows the truth, a follower tells the index what changed
//! ([`Change`]) and the index remembers, in the same commit, how far the follower has read (the
//! cursor). Whoever loses the index opens an empty one and reads the log again.
//!
//! A text is cut into words in one place; indexing, asking and highlighting all read those words,
//! so that what is found is also what is shown in bold. Each telling word is kept in two shapes:
//! its stem (« taillons » and « tailles » meet) and itself without accents, for exact words,
//! beginnings of words and typing mistakes. Stop words stand apart, for those who type nothing
//! else.
//!
//! Everything here blocks: call it from `spawn_blocking`.

mod analysis;
mod asked;
mod bits;
mod dictionary;
mod evaluate;
mod fields;
mod find;
mod highlight;
mod index;
mod matches;
#[cfg(test)]
mod notices;
mod place;
mod rows;
mod sought;
mod thesaurus;
mod viewer;

pub use fields::{Change, Entry};
pub use find::{Found, Hit, Query};
pub use highlight::{Piece, Read, Why};
pub use index::{Error, Index};
pub use matches::Order;
pub use viewer::{Eyes, Viewer};
