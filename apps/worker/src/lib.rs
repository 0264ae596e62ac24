//! Carries facts out: writes the letters that are due from the present truth, and sends them.
//!
//! A letter is claimed, written, sent and settled on its own, so that one that fails delays no
//! other. A worker that dies in between loses none: what it had claimed is due again ten minutes
//! later, under the same `Message-ID`.

mod delivery;
mod expiry;
mod fate;
mod letter;
mod sealing;
mod token;
mod webhook;

use chrono::Days;
use door::clock::Clock;
use door::site::Site;
use futures_util::{StreamExt, stream};
use gateways::mail::{Letter, Post};
use gateways::outside::Outside;
use std::time::Duration;
use store::fate::Fate;
use store::key::Keyring;
use store::{Pool, Result};
use thiserror::Error;
pub use webhook::Resting;

/// Letters claimed at a time, and how many of them are under way at once. A letter takes 20
/// seconds at most, so all are settled long before they would be due again.
const CLAIM: i64 = 20;
const AT_ONCE: usize = 4;
/// How long to wait where nothing is due.
const PAUSE: Duration = Duration::from_millis(500);
/// How long to wait where the database does not answer.
const LONG_PAUSE: Duration = Duration::from_secs(5);
/// How often what has run out is looked through.
const TEND_PAUSE: Duration = Duration::from_hours(1);
/// How long sessions and links are kept once they are over, and how many are forgotten at a time:
/// a transaction stays short.
const KEPT: Days = Days::new(30);
const FORGOTTEN: i64 = 2_000;

/// What sends letters.
#[derive(Debug)]
pub struct Worker {
    /// As `saline_work`.
    pub pool: Pool,
    pub keys: Keyring,
    pub site: Site,
    pub clock: Clock,
    pub post: Post,
    /// The way to the programs that are told of what happens.
    pub outside: Outside,
    /// Those among them that did not answer just now.
    pub resting: Resting,
    /// The address that letters come from; the name beside it is the SEL's.
    pub from: String,
}

/// Why a letter was not written.
#[derive(Debug, Error)]
pub(crate) enum Unwritten {
    /// It has become pointless since: nobody should get it.
    #[error("{0}")]
    Needless(&'static str),
    #[error(transparent)]
    Store(#[from] store::Error),
    #[error(transparent)]
    Template(#[from] askama::Error),
}

impl Worker {
    /// Sends what is due now, at most some letters. Answers how many it dealt with.
    ///
    /// # Errors
    /// Where nothing can be claimed. What becomes of a claimed letter is its own affair.
    pub async fn step(&self) -> Result<usize> {
        let now = self.clock.now();
        let mut worker = store::Worker::begin(&self.pool, now).await?;
        let mails = store::token::claim_mails(&mut worker, CLAIM).await?;
        let deliveries = store::delivery::claim(&mut worker, CLAIM).await?;
        worker.commit().await?;
        let count = mails.len() + deliveries.len();
        stream::iter(&mails)
            .for_each_concurrent(AT_ONCE, async |mail| {
                let written = token::write(self, mail).await;
                let fate = self.send(written, mail.mail_attempts).await;
                settled(self.settle_mail(mail.id(), &fate).await);
            })
            .await;
        stream::iter(&deliveries)
            .for_each_concurrent(AT_ONCE, async |claimed| {
                let written = delivery::write(self, claimed).await;
                let fate = self.send(written, claimed.attempts).await;
                settled(self.settle_delivery(claimed, &fate).await);
            })
            .await;
        Ok(count)
    }

    /// Works until it is dropped: each of its works on its own, so that one that takes long delays
    /// no other.
    pub async fn run(&self) {
        let tends = Box::pin(self.tends());
        futures_util::join!(self.sends(), self.seals(), self.calls(), tends);
    }

    async fn sends(&self) {
        loop {
            let done = self.step().await;
            tokio::time::sleep(pause(done, "letters cannot be claimed")).await;
        }
    }

    async fn calls(&self) {
        loop {
            let done = self.call().await;
            tokio::time::sleep(pause(done, "calls cannot be claimed")).await;
        }
    }

    async fn seals(&self) {
        loop {
            let done = self.seal().await;
            tokio::time::sleep(pause(done, "transfers cannot be sealed")).await;
        }
    }

    async fn tends(&self) {
        loop {
            let pause = match self.tend().await {
                Ok(()) => TEND_PAUSE,
                Err(error) => {
                    tracing::error!("what has run out stays: {error}");
                    LONG_PAUSE
                }
            };
            tokio::time::sleep(pause).await;
        }
    }

    /// Lets the exchanges expire that nobody answered, and forgets sessions and links that were
    /// over long ago.
    ///
    /// # Errors
    /// Where the database fails; the rest is done the next time.
    pub async fn tend(&self) -> Result<()> {
        let exchanges = self.expire().await?;
        let (sessions, links) = self.forget().await?;
        if exchanges > 0 || sessions > 0 || links > 0 {
            tracing::info!(exchanges, sessions, links, "expired or forgotten");
        }
        Ok(())
    }

    async fn forget(&self) -> Result<(u64, u64)> {
        let before = self.clock.now() - KEPT;
        let (mut sessions, mut links) = (0, 0);
        loop {
            let mut worker = store::Worker::begin(&self.pool, self.clock.now()).await?;
            let ended = store::session::forget_old(&mut worker, before, FORGOTTEN).await?;
            let expired = store::token::forget_old(&mut worker, before, FORGOTTEN).await?;
            worker.commit().await?;
            (sessions, links) = (sessions + ended, links + expired);
            if ended == 0 && expired == 0 {
                return Ok((sessions, links));
            }
        }
    }

    async fn send(&self, written: std::result::Result<Letter, Unwritten>, attempts: i16) -> Fate {
        let failure = match written {
            Ok(letter) => match self.post.send(&letter).await {
                Ok(()) => return Fate::Delivered,
                Err(failure) => failure,
            },
            Err(Unwritten::Needless(reason)) => {
                return Fate::GivenUp {
                    reason: reason.to_owned(),
                };
            }
            Err(unwritten) => gateways::Failure::Later(unwritten.to_string()),
        };
        // What the mail server answered often names the recipient: it is kept beside the letter.
        let again = matches!(failure, gateways::Failure::Later(_));
        tracing::warn!(attempts, again, "a letter was not sent");
        fate::after(&failure, attempts, self.clock.now())
    }

    async fn settle_mail(&self, id: sel::id::TokenId, fate: &Fate) -> Result<()> {
        let mut worker = store::Worker::begin(&self.pool, self.clock.now()).await?;
        store::token::mail_fate(&mut worker, id, fate).await?;
        worker.commit().await
    }

    async fn settle_delivery(&self, claimed: &store::delivery::Claimed, fate: &Fate) -> Result<()> {
        let mut worker = store::Worker::begin(&self.pool, self.clock.now()).await?;
        store::delivery::settle(&mut worker, claimed, fate).await?;
        worker.commit().await
    }
}

/// How long to wait after so much was done: not at all where there may be more.
fn pause(done: Result<usize>, failure: &str) -> Duration {
    match done {
        Ok(0) => PAUSE,
        Ok(_) => Duration::ZERO,
        Err(error) => {
            tracing::error!("{failure}: {error}");
            LONG_PAUSE
        }
    }
}

/// A fate that could not be written down: the letter comes again, and its id tells the recipient's
/// mail program that it is the same.
fn settled(done: Result<()>) {
    if let Err(error) = done {
        tracing::error!("the fate of a letter was not written: {error}");
    }
}

#[cfg(test)]
mod tests;
