//! What the platform remembers: PostgreSQL through sqlx, one module a noun. The only SQL outside
//! `migrations/`.
//!
//! A query on a tenant's table needs a [`Scope`]: a transaction that wears the role
//! `saline_member` and names its association, so that row-level security shows that association
//! and nothing else. What comes before any scope (hosts, sessions, links) goes through a
//! [`Door`], which wears `saline_door`; what those do who run the platform goes through a
//! [`Console`], which sees nothing of a tenant. Login roles own nothing and inherit nothing: a
//! query without any of these is refused by the database.

pub mod access;
pub mod account;
pub mod alliance;
pub mod application;
pub mod association;
pub mod batch;
pub mod bootstrap;
pub mod category;
pub mod cluster;
pub mod connect;
pub mod conversation;
pub mod crossing;
pub mod delivery;
pub mod device_request;
pub mod dispute;
pub mod event;
pub mod exchange;
pub mod external_login;
pub mod fate;
pub mod identity;
pub mod key;
pub mod ledger;
pub mod login_provider;
pub mod mandate;
pub mod member;
pub mod membership;
pub mod notice;
pub mod passkey;
pub mod saved_search;
pub mod scope;
pub mod seal;
pub mod session;
pub mod setting;
pub mod sheet;
pub mod staff;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
pub mod token;
pub mod transfer;
pub mod webhook;

pub use scope::{Console, Door, Follower, Scope, Worker};
pub use sqlx::PgPool as Pool;

use thiserror::Error;

/// What can go wrong while remembering.
#[derive(Debug, Error)]
pub enum Error {
    #[error("database: {0}")]
    Database(#[from] sqlx::Error),
    /// The database holds what the program holds impossible.
    #[error("contradiction: {0}")]
    Contradiction(&'static str),
}

impl Error {
    /// The named constraint that said no, where it was one: it becomes a refusal.
    pub fn constraint(&self) -> Option<&str> {
        match self {
            Error::Database(sqlx::Error::Database(error)) => error.constraint(),
            _ => None,
        }
    }
}

pub type Result<T> = std::result::Result<T, Error>;

/// A page of a list: how many were asked for, and whether there are more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<T> {
    pub rows: Vec<T>,
    pub more: bool,
}

impl<T> Default for Page<T> {
    fn default() -> Page<T> {
        Page {
            rows: Vec::new(),
            more: false,
        }
    }
}

impl<T> Page<T> {
    /// From one row more than the page holds.
    pub(crate) fn cut(mut rows: Vec<T>, limit: usize) -> Page<T> {
        let more = rows.len() > limit;
        rows.truncate(limit);
        Page { rows, more }
    }
}
