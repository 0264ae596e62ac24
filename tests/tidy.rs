//! Style is a test. Each rule is a function from texts to findings, tried on made-up texts beneath
//! it, and then on the whole tree.

mod handlers;
mod imports;
mod layout;
mod lengths;
mod names;
mod pages;
mod rust_text;
mod sentences;
mod spoken;
