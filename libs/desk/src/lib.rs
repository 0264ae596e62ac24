//! Use cases: load, decide, record, commit. Every write goes through here, whoever asks.
//!
//! A use case reads what the rule needs, lets `sel` decide, lets `store` record the decision with
//! its event and the letters that follow, and commits. Time and chance come from the caller.

pub mod access;
pub mod alliance;
#[cfg(test)]
mod allies_tests;
pub mod application;
pub mod association;
pub mod batch;
pub mod conversation;
pub mod crossing;
pub mod departure;
pub mod dispute;
pub mod exchange;
#[cfg(test)]
mod exchange_testing;
pub mod external_login;
pub mod fresh;
pub mod grant;
pub mod household;
pub mod invitation;
pub mod key;
#[cfg(test)]
mod ledger_tests;
pub mod limit;
pub mod link;
pub mod login_provider;
pub mod mandate;
pub mod member;
pub mod membership;
pub mod notice;
pub mod passkey;
pub mod password;
pub mod reversal;
pub mod saved_search;
pub mod second;
pub mod seed;
pub mod session;
pub mod sheet;
pub mod staff;
mod tell;
#[cfg(test)]
mod town;
pub mod webhook;

use thiserror::Error;

/// Why a use case did not happen: the rules said no, or the world broke.
#[derive(Debug, Error)]
pub enum Halt<R> {
    #[error("refused")]
    Refused(R),
    #[error(transparent)]
    Failed(#[from] store::Error),
}

pub type Outcome<T, R> = Result<T, Halt<R>>;

impl<R> Halt<R> {
    /// The same halt, its refusal seen as part of a larger one.
    pub fn map<S>(self, wider: impl FnOnce(R) -> S) -> Halt<S> {
        match self {
            Halt::Refused(refusal) => Halt::Refused(wider(refusal)),
            Halt::Failed(error) => Halt::Failed(error),
        }
    }
}
