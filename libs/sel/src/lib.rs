//! What a SEL is, as pure functions over values.
//!
//! A rule takes what is known and answers with a decision or a
//! [`Refusal`](refusal::Refused). Time and chance are arguments; nothing here waits, reads a
//! clock or speaks to a database. One noun has the same file name here, in `store`, in `desk` and
//! in the doors.

pub mod access;
pub mod alliance;
pub mod amount;
pub mod application;
pub mod association;
pub mod batch;
pub mod colour;
pub mod contact;
pub mod crossing;
pub mod day;
pub mod departure;
pub mod dispute;
pub mod exchange;
pub mod folded;
pub mod household;
pub mod id;
pub mod journal;
pub mod limit;
pub mod login_provider;
pub mod mandate;
pub mod member;
pub mod notice;
pub mod person;
pub mod place;
pub mod refusal;
pub mod roll;
pub mod rubric;
pub mod saved_search;
pub mod sheet;
pub mod slug;
pub mod staff;
pub mod webhook;
