//! A directory of letters, one JSON file each.

use std::cmp::Reverse;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use uuid::Uuid;

use super::Letter;
use crate::Failure;
use crate::disk::{blocking, write_whole};

/// The most letters that one listing gives.
pub const MAX_LISTED: usize = 500;

/// Reads the letters that [`super::Post::mailbox`] wrote.
#[derive(Debug, Clone)]
pub struct Mailbox {
    directory: PathBuf,
}

impl Mailbox {
    /// A directory that is not there yet is an empty mailbox.
    pub fn open(directory: PathBuf) -> Mailbox {
        Mailbox { directory }
    }

    /// The newest letters first, `limit` or [`MAX_LISTED`] at most; two of the same instant are
    /// ordered by their id. A file that is not a letter is skipped, and logged.
    ///
    /// Every letter is read to find the newest: this is for demonstrations and tests.
    ///
    /// # Errors
    /// When the directory or a letter in it cannot be read.
    pub async fn list(&self, limit: usize) -> io::Result<Vec<Letter>> {
        let directory = self.directory.clone();
        blocking(move || newest(&directory, limit.min(MAX_LISTED))).await
    }

    /// The letter of that id, if it is here.
    ///
    /// # Errors
    /// When its file cannot be read, or holds no letter ([`ErrorKind::InvalidData`]).
    pub async fn read(&self, letter_id: Uuid) -> io::Result<Option<Letter>> {
        let path = self.path(letter_id);
        blocking(move || read(&path)).await
    }

    pub(super) async fn keep(&self, letter: &Letter) -> Result<(), Failure> {
        let path = self.path(letter.letter_id);
        let bytes = serde_json::to_vec_pretty(letter)
            .map_err(|error| Failure::Never(format!("the letter cannot be written: {error}")))?;
        blocking(move || write_whole(&path, &bytes))
            .await
            .map_err(|error| Failure::Later(format!("the mailbox cannot be written: {error}")))
    }

    fn path(&self, letter_id: Uuid) -> PathBuf {
        self.directory.join(format!("{letter_id}.json"))
    }
}

fn newest(directory: &Path, limit: usize) -> io::Result<Vec<Letter>> {
    let entries = match fs::read_dir(directory) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let mut letters = Vec::new();
    for entry in entries {
        let path = entry?.path();
        if path.extension().is_none_or(|extension| extension != "json") {
            continue;
        }
        match read(&path) {
            Ok(letter) => letters.extend(letter),
            Err(error) if error.kind() == ErrorKind::InvalidData => {
                tracing::warn!(path = %path.display(), %error, "not a letter");
            }
            Err(error) => return Err(error),
        }
        // Now and then, so that a large directory never stands in memory whole.
        if letters.len() > 2 * MAX_LISTED {
            keep_newest(&mut letters, limit);
        }
    }
    keep_newest(&mut letters, limit);
    Ok(letters)
}

fn keep_newest(letters: &mut Vec<Letter>, limit: usize) {
    letters.sort_unstable_by_key(|letter| Reverse((letter.at, letter.letter_id)));
    letters.truncate(limit);
}

fn read(path: &Path) -> io::Result<Option<Letter>> {
    match fs::read(path) {
        Ok(bytes) => serde_json::from_slice(&bytes)
            .map(Some)
            .map_err(|error| io::Error::new(ErrorKind::InvalidData, error)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::super::sample::letter;
    use super::*;

    fn mailbox() -> (tempfile::TempDir, Mailbox) {
        let directory = tempfile::tempdir().unwrap();
        let mailbox = Mailbox::open(directory.path().to_owned());
        (directory, mailbox)
    }

    fn later(number: u128, seconds: i64) -> Letter {
        let mut letter = letter(number);
        letter.at += TimeDelta::seconds(seconds);
        letter
    }

    #[tokio::test]
    async fn a_kept_letter_is_read_back_as_it_was() {
        let (_directory, mailbox) = mailbox();
        let mut kept = letter(1);
        kept.reply_to = Some(super::super::sample::address("Jean", "jean@example.org"));
        mailbox.keep(&kept).await.unwrap();
        assert_eq!(mailbox.read(kept.letter_id).await.unwrap(), Some(kept));
    }

    #[tokio::test]
    async fn an_unknown_letter_is_none() {
        let (_directory, mailbox) = mailbox();
        assert_eq!(mailbox.read(Uuid::from_u128(9)).await.unwrap(), None);
    }

    #[tokio::test]
    async fn a_mailbox_without_directory_is_empty() {
        let (directory, _) = mailbox();
        let absent = Mailbox::open(directory.path().join("absent"));
        assert_eq!(absent.list(10).await.unwrap(), []);
        assert_eq!(absent.read(Uuid::from_u128(1)).await.unwrap(), None);
    }

    #[tokio::test]
    async fn letters_are_listed_newest_first_then_by_id() {
        let (_directory, mailbox) = mailbox();
        for letter in [later(3, 0), later(1, 5), later(2, 5), later(4, -5)] {
            mailbox.keep(&letter).await.unwrap();
        }
        assert_eq!(
            mailbox.list(10).await.unwrap(),
            [later(2, 5), later(1, 5), later(3, 0), later(4, -5)]
        );
    }

    #[tokio::test]
    async fn a_listing_stops_at_its_limit() {
        let (_directory, mailbox) = mailbox();
        for number in 1..=3 {
            mailbox
                .keep(&later(number, i64::try_from(number).unwrap()))
                .await
                .unwrap();
        }
        assert_eq!(mailbox.list(2).await.unwrap(), [later(3, 3), later(2, 2)]);
        assert_eq!(mailbox.list(0).await.unwrap(), []);
    }

    #[tokio::test]
    async fn no_listing_is_longer_than_the_most() {
        let (directory, mailbox) = mailbox();
        let count = 2 * MAX_LISTED + 10;
        for number in 1..=count {
            let letter = later(number as u128, i64::try_from(number).unwrap());
            let path = directory.path().join(format!("{}.json", letter.letter_id));
            fs::write(path, serde_json::to_vec(&letter).unwrap()).unwrap();
        }
        let listed = mailbox.list(usize::MAX).await.unwrap();
        assert_eq!(listed.len(), MAX_LISTED);
        assert_eq!(listed[0].letter_id, Uuid::from_u128(count as u128));
        let last = (count - MAX_LISTED + 1) as u128;
        assert_eq!(listed[MAX_LISTED - 1].letter_id, Uuid::from_u128(last));
    }

    #[tokio::test]
    async fn what_is_not_a_letter_is_skipped() {
        let (directory, mailbox) = mailbox();
        mailbox.keep(&letter(1)).await.unwrap();
        fs::write(directory.path().join(".draft_1_1"), "{").unwrap();
        fs::write(directory.path().join("notes.txt"), "hello").unwrap();
        fs::write(directory.path().join("broken.json"), "{").unwrap();
        assert_eq!(mailbox.list(10).await.unwrap(), [letter(1)]);
    }

    #[tokio::test]
    async fn a_broken_letter_is_invalid_data() {
        let (directory, mailbox) = mailbox();
        let letter_id = Uuid::from_u128(1);
        fs::write(directory.path().join(format!("{letter_id}.json")), "{").unwrap();
        let read = mailbox.read(letter_id).await;
        assert_eq!(read.unwrap_err().kind(), ErrorKind::InvalidData);
    }
}
