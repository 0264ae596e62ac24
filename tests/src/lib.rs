//! The tests of the whole house; `../promises.rs` and `../house.rs` hold them.
