//! Letters, and the two ways they leave: an SMTP server, or a directory that people and tests
//! read back.
//!
//! A letter carries its own id, which is its file name and its `Message-ID`: sending it again
//! after a doubt keeps one file, and lets the recipient's mail program recognise the copy.

mod mailbox;
mod message;
mod smtp;

use std::fmt;
use std::path::PathBuf;

use chrono::{DateTime, Utc};
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::Failure;
pub use mailbox::{MAX_LISTED, Mailbox};
pub use smtp::Smtp;

/// A correspondent: the name that people read (it may be empty) and the address that servers use.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    pub name: String,
    pub address: String,
}

/// A letter to one person, ready to go.
///
/// Line breaks and other control characters in names and in the subject become spaces, and names
/// and subject are cut at 250 characters. The text comes in both forms, plain and HTML, which say
/// the same.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    /// Makes the `Message-ID`: `<letter_id@domain of from>`.
    pub letter_id: Uuid,
    pub from: Address,
    pub to: Address,
    pub reply_to: Option<Address>,
    /// Where a mail program posts so that no more such letters come (RFC 8058).
    pub stop_url: Option<String>,
    pub subject: String,
    pub text: String,
    pub html: String,
    /// When it was written; its `Date`.
    pub at: DateTime<Utc>,
}

/// Shows the id alone: a letter holds addresses and sign-in links, which have no place in a log.
impl fmt::Debug for Letter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Letter")
            .field("letter_id", &self.letter_id)
            .finish_non_exhaustive()
    }
}

/// The way that letters leave.
#[derive(Debug, Clone)]
pub enum Post {
    Smtp(Smtp),
    Mailbox(Mailbox),
}

impl Post {
    /// Letters go to the SMTP server at `url`, over connections that are kept open and shared.
    ///
    /// `smtps://user:password@host` speaks TLS from the start, `smtp://…?tls=required` after
    /// STARTTLS, `smtp://host` not at all. Characters that mean something in a URL are
    /// percent-encoded in user and password. Nothing is sent yet. To be called inside a tokio
    /// runtime.
    ///
    /// # Errors
    /// [`Failure::Never`] when the URL is not understood.
    pub fn smtp(url: &SecretString) -> Result<Post, Failure> {
        Smtp::open(url, smtp::TIMEOUT).map(Post::Smtp)
    }

    /// Each letter becomes a file `<letter_id>.json` in `directory`, made when needed.
    pub fn mailbox(directory: PathBuf) -> Post {
        Post::Mailbox(Mailbox::open(directory))
    }

    /// Sends one letter, once. Through SMTP it takes 20 seconds at most.
    ///
    /// After [`Failure::Later`] the letter may have left all the same: the server's last word can
    /// be lost on the way.
    ///
    /// # Errors
    /// [`Failure::Never`] when an address is not valid or the server refuses for good (5xx);
    /// [`Failure::Later`] for everything else.
    pub async fn send(&self, letter: &Letter) -> Result<(), Failure> {
        // Composed for the mailbox too, so that a letter is refused alike wherever it goes.
        let message = message::compose(letter)?;
        match self {
            Post::Smtp(smtp) => smtp.send(message).await,
            Post::Mailbox(mailbox) => mailbox.keep(letter).await,
        }
    }
}

#[cfg(test)]
pub(crate) mod sample {
    use super::*;

    pub(crate) fn letter(number: u128) -> Letter {
        Letter {
            letter_id: Uuid::from_u128(number),
            from: address("SEL de Mars", "sel@mars.example.org"),
            to: address("Claire", "claire@example.org"),
            reply_to: None,
            stop_url: None,
            subject: "Votre échange".to_owned(),
            text: "Bonjour Claire".to_owned(),
            html: "<p>Bonjour Claire</p>".to_owned(),
            at: DateTime::from_timestamp(1_750_000_000, 123_456_789).unwrap(),
        }
    }

    pub(crate) fn address(name: &str, address: &str) -> Address {
        Address {
            name: name.to_owned(),
            address: address.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::sample::letter;
    use super::*;

    #[tokio::test]
    async fn the_same_letter_sent_twice_is_kept_once() {
        let directory = tempfile::tempdir().unwrap();
        let post = Post::mailbox(directory.path().join("mail"));
        post.send(&letter(1)).await.unwrap();
        post.send(&letter(1)).await.unwrap();
        let mailbox = Mailbox::open(directory.path().join("mail"));
        assert_eq!(mailbox.list(10).await.unwrap(), [letter(1)]);
    }

    #[tokio::test]
    async fn the_mailbox_refuses_the_addresses_that_a_server_would() {
        let directory = tempfile::tempdir().unwrap();
        let mut nowhere = letter(1);
        nowhere.to.address = "claire".to_owned();
        let sent = Post::mailbox(directory.path().to_owned())
            .send(&nowhere)
            .await;
        assert!(matches!(sent, Err(Failure::Never(_))), "{sent:?}");
    }

    #[tokio::test]
    async fn a_mailbox_that_cannot_be_written_is_tried_later() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let sent = Post::mailbox(file.path().join("mail"))
            .send(&letter(1))
            .await;
        assert!(matches!(sent, Err(Failure::Later(_))), "{sent:?}");
    }

    #[test]
    fn a_letter_in_a_log_shows_its_id_alone() {
        let shown = format!("{:?}", letter(1));
        assert!(shown.contains("00000000-0000-0000-0000-000000000001"));
        assert!(!shown.contains("claire"));
    }
}
