//! Bytes kept under a key, such as `photos/0190…/large.jpg`.
//!
//! Callers know keys, never paths: the same calls will serve an object store.

use std::io::{self, ErrorKind};
use std::path::PathBuf;

use crate::Failure;
use crate::disk::{blocking, write_whole};

/// The longest key, in bytes.
pub const MAX_KEY_BYTES: usize = 200;

/// Where files are kept.
#[derive(Debug, Clone)]
pub struct Files {
    root: PathBuf,
}

impl Files {
    /// Files in a directory of this machine, made when the first one is put.
    pub fn on_disk(root: PathBuf) -> Files {
        Files { root }
    }

    /// Keeps `bytes` under `key`, replacing what was there, and returns once they are safe.
    ///
    /// # Errors
    /// [`Failure::Never`] for a key that is not well formed, or that would be a file inside
    /// another file; [`Failure::Later`] when the disk fails.
    pub async fn put(&self, key: &str, bytes: &[u8]) -> Result<(), Failure> {
        let path = self.path(key)?;
        let bytes = bytes.to_vec();
        blocking(move || write_whole(&path, &bytes))
            .await
            .map_err(|error| {
                if is_no_file(&error) || error.kind() == ErrorKind::AlreadyExists {
                    Failure::Never(format!("{key} clashes with another key: {error}"))
                } else {
                    Failure::Later(format!("cannot keep {key}: {error}"))
                }
            })
    }

    /// What is kept under `key`, if anything.
    ///
    /// # Errors
    /// [`Failure::Never`] for a key that is not well formed; [`Failure::Later`] when the disk
    /// fails.
    pub async fn get(&self, key: &str) -> Result<Option<Vec<u8>>, Failure> {
        let path = self.path(key)?;
        match blocking(move || std::fs::read(path)).await {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if is_no_file(&error) => Ok(None),
            Err(error) => Err(Failure::Later(format!("cannot read {key}: {error}"))),
        }
    }

    /// Forgets what is kept under `key`. Nothing there is fine.
    ///
    /// # Errors
    /// [`Failure::Never`] for a key that is not well formed; [`Failure::Later`] when the disk
    /// fails.
    pub async fn remove(&self, key: &str) -> Result<(), Failure> {
        let path = self.path(key)?;
        match blocking(move || std::fs::remove_file(path)).await {
            Ok(()) => Ok(()),
            Err(error) if is_no_file(&error) => Ok(()),
            Err(error) => Err(Failure::Later(format!("cannot remove {key}: {error}"))),
        }
    }

    fn path(&self, key: &str) -> Result<PathBuf, Failure> {
        if is_well_formed(key) {
            Ok(self.root.join(key))
        } else {
            Err(Failure::Never(format!("{key:?} is not a well-formed key")))
        }
    }
}

/// A directory is not a file either: `photos` is absent while `photos/1` is there.
fn is_no_file(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::NotFound | ErrorKind::NotADirectory | ErrorKind::IsADirectory
    )
}

/// `[a-z0-9-]+(/[a-z0-9-.]+)*`, without `..` and without a part that is a lone dot.
fn is_well_formed(key: &str) -> bool {
    key.len() <= MAX_KEY_BYTES
        && !key.contains("..")
        && key.split('/').enumerate().all(|(place, part)| {
            !part.is_empty()
                && part != "."
                && part.bytes().all(|byte| match byte {
                    b'a'..=b'z' | b'0'..=b'9' | b'-' => true,
                    b'.' => place > 0,
                    _ => false,
                })
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files() -> (tempfile::TempDir, Files) {
        let directory = tempfile::tempdir().unwrap();
        let files = Files::on_disk(directory.path().join("files"));
        (directory, files)
    }

    #[tokio::test]
    async fn what_is_put_is_got_back() {
        let (_directory, files) = files();
        files.put("photos/1/large.jpg", b"first").await.unwrap();
        files.put("photos/1/large.jpg", b"second").await.unwrap();
        assert_eq!(
            files.get("photos/1/large.jpg").await.unwrap().as_deref(),
            Some(&b"second"[..])
        );
    }

    #[tokio::test]
    async fn an_empty_file_is_not_an_absent_one() {
        let (_directory, files) = files();
        files.put("empty", b"").await.unwrap();
        assert_eq!(files.get("empty").await.unwrap(), Some(Vec::new()));
    }

    #[tokio::test]
    async fn nothing_is_got_from_an_unknown_key() {
        let (_directory, files) = files();
        assert_eq!(files.get("photos/1").await.unwrap(), None);
        files.put("photos/1", b"x").await.unwrap();
        assert_eq!(files.get("photos").await.unwrap(), None);
        assert_eq!(files.get("photos/1/large").await.unwrap(), None);
    }

    #[tokio::test]
    async fn removing_twice_is_fine() {
        let (_directory, files) = files();
        files.put("photos/1", b"x").await.unwrap();
        files.remove("photos/1").await.unwrap();
        files.remove("photos/1").await.unwrap();
        assert_eq!(files.get("photos/1").await.unwrap(), None);
    }

    #[tokio::test]
    async fn removing_a_beginning_of_keys_removes_nothing() {
        let (_directory, files) = files();
        files.put("photos/1", b"x").await.unwrap();
        files.remove("photos").await.unwrap();
        assert!(files.get("photos/1").await.unwrap().is_some());
    }

    #[tokio::test]
    async fn a_key_inside_another_file_is_refused_for_good() {
        let (_directory, files) = files();
        files.put("photos/1", b"x").await.unwrap();
        for key in ["photos/1/large", "photos"] {
            let put = files.put(key, b"y").await;
            assert!(matches!(put, Err(Failure::Never(_))), "{key}: {put:?}");
        }
    }

    #[tokio::test]
    async fn an_ill_formed_key_is_refused_by_each_verb() {
        let (directory, files) = files();
        std::fs::write(directory.path().join("outside"), b"x").unwrap();
        let key = "../outside";
        assert!(matches!(files.put(key, b"").await, Err(Failure::Never(_))));
        assert!(matches!(files.get(key).await, Err(Failure::Never(_))));
        assert!(matches!(files.remove(key).await, Err(Failure::Never(_))));
        assert!(directory.path().join("outside").exists());
    }

    #[test]
    fn plain_keys_are_well_formed() {
        for key in ["a", "0-9", "photos/1/large.jpg", "a/.b", "a/b.", "-"] {
            assert!(is_well_formed(key), "{key}");
        }
    }

    #[test]
    fn keys_that_could_wander_are_not_well_formed() {
        for key in [
            "", "/", "/a", "a/", "a//b", ".", "..", "a/..", "a/../b", "a/b..c", "a/.", "a/./b",
            "a.jpg", "A", "a/B", "a b", "a\\b", "a/é", "a/b\0", "a\n", "a_b", "~", "c:",
        ] {
            assert!(!is_well_formed(key), "{key:?}");
        }
    }

    #[test]
    fn a_key_may_have_200_bytes_and_no_more() {
        assert!(is_well_formed(&"k".repeat(MAX_KEY_BYTES)));
        assert!(!is_well_formed(&"k".repeat(MAX_KEY_BYTES + 1)));
    }
}
