//! A pool of SMTP connections that never mixes two conversations.

use std::fmt;
use std::mem;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use lettre::transport::smtp::{AsyncSmtpTransportBuilder, Error};
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use secrecy::{ExposeSecret, SecretString};
use tokio::runtime::Handle;
use tokio::time::timeout;

use super::message::one_line;
use crate::Failure;

/// The longest that one letter takes, from connecting to the server's last word.
pub(super) const TIMEOUT: Duration = Duration::from_secs(20);

/// How long idle connections get to say goodbye when a pool is given up.
const GOODBYE: Duration = Duration::from_secs(1);

/// The longest answer of a server that is reported, in characters.
const MAX_ANSWER_CHARS: usize = 500;

type Pool = AsyncSmtpTransport<Tokio1Executor>;

/// An SMTP server and the connections kept open to it. Clones share them.
#[derive(Clone)]
pub struct Smtp {
    line: Arc<Line>,
}

struct Line {
    builder: AsyncSmtpTransportBuilder,
    pool: Mutex<Pool>,
    limit: Duration,
}

/// Shows nothing: the builder knows the server's name and the user's.
impl fmt::Debug for Smtp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Smtp").finish_non_exhaustive()
    }
}

impl Smtp {
    pub(super) fn open(url: &SecretString, limit: Duration) -> Result<Smtp, Failure> {
        if Handle::try_current().is_err() {
            return Err(Failure::Never("SMTP needs a running tokio".into()));
        }
        // The library's own words may repeat a part of the URL, which holds the password.
        let unclear = |_| Failure::Never("the SMTP URL is not understood".into());
        let builder = Pool::from_url(url.expose_secret())
            .map_err(unclear)?
            .timeout(Some(limit));
        let pool = Mutex::new(builder.clone().build());
        Ok(Smtp {
            line: Arc::new(Line {
                builder,
                pool,
                limit,
            }),
        })
    }

    pub(super) async fn send(&self, message: Message) -> Result<(), Failure> {
        let line = Arc::clone(&self.line);
        // In a task of its own: a caller who stops waiting must not cut a conversation short and
        // leave the rest of it to the next letter.
        tokio::spawn(async move { line.send(&message).await })
            .await
            .map_err(|error| Failure::Later(format!("sending stopped: {error}")))?
    }
}

impl Line {
    async fn send(&self, message: &Message) -> Result<(), Failure> {
        let pool = self.pool();
        let lines = message.formatted();
        let mut sending = pool.send_raw(message.envelope(), &lines);
        match timeout(self.limit, sending.as_mut()).await {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(error)) => Err(failure(&error, message)),
            Err(_) => {
                self.give_up(&pool).await;
                let limit = self.limit;
                Err(Failure::Later(format!("no answer within {limit:?}")))
            }
        }
    }

    fn pool(&self) -> Pool {
        self.pool
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// A connection whose answer did not come in time would go back to its pool, and the late
    /// answer would be taken for that of the next command. So the pool closes before the
    /// unfinished sending is dropped, and the next letter finds a new one.
    async fn give_up(&self, pool: &Pool) {
        let fresh = self.builder.clone().build();
        let worn = {
            let mut current = self.pool.lock().unwrap_or_else(PoisonError::into_inner);
            mem::replace(&mut *current, fresh)
        };
        drop(worn);
        let _ = timeout(GOODBYE, pool.shutdown()).await;
    }
}

fn failure(error: &Error, message: &Message) -> Failure {
    let envelope = message.envelope();
    let beyond_ascii = envelope
        .to()
        .iter()
        .any(|to| !AsRef::<str>::as_ref(to).is_ascii());
    let text = one_line(&error.to_string(), MAX_ANSWER_CHARS);
    // The library itself refuses an address beyond ASCII when the server does not take such ones
    // (RFC 6531): for that server the address is not valid.
    // A login that the server refuses says nothing about the letter: it waits until the host has
    // mended its settings.
    let login = error
        .status()
        .is_some_and(|code| matches!(u16::from(code), 530 | 534 | 535 | 538));
    if (error.is_permanent() && !login) || (beyond_ascii && error.is_client()) {
        Failure::Never(text)
    } else {
        Failure::Later(text)
    }
}

#[cfg(test)]
#[path = "smtp_tests.rs"]
mod tests;
