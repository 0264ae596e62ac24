//! Files that are whole or absent, whatever interrupts the writing.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

/// Runs disk work away from the threads that answer requests.
pub(crate) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> io::Result<T> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(io::Error::other)?
}

/// Writes `bytes` at `path`, replacing what was there, and returns once they are on the disk.
/// Missing directories are made. Only the owner may read the file.
pub(crate) fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let parent = path
        .parent()
        .ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, "a file needs a directory"))?;
    fs::create_dir_all(parent)?;
    let draft = draft_in(parent);
    let written = write_draft(&draft, bytes).and_then(|()| fs::rename(&draft, path));
    if let Err(error) = written {
        // The first fault is the one worth telling; a draft that stays behind harms nobody.
        let _ = fs::remove_file(&draft);
        return Err(error);
    }
    // The rename itself lasts only once the directory is on the disk.
    File::open(parent)?.sync_all()
}

/// A name that no other writer uses. The underscore keeps it apart from every key of
/// [`crate::files`], the missing `.json` from every letter of [`crate::mail`].
fn draft_in(directory: &Path) -> PathBuf {
    static DRAFTS: AtomicU64 = AtomicU64::new(0);
    let number = DRAFTS.fetch_add(1, Ordering::Relaxed);
    directory.join(format!(".draft_{}_{number}", std::process::id()))
}

fn write_draft(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(directory: &Path) -> Vec<String> {
        fs::read_dir(directory)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect()
    }

    #[test]
    fn a_written_file_leaves_no_draft_behind() {
        let directory = tempfile::tempdir().unwrap();
        write_whole(&directory.path().join("deep/letter"), b"whole").unwrap();
        assert_eq!(names(&directory.path().join("deep")), ["letter"]);
    }

    #[test]
    fn a_failed_write_leaves_no_draft_behind() {
        let directory = tempfile::tempdir().unwrap();
        fs::create_dir(directory.path().join("taken")).unwrap();
        assert!(write_whole(&directory.path().join("taken"), b"whole").is_err());
        assert_eq!(names(directory.path()), ["taken"]);
    }

    #[test]
    fn a_second_write_replaces_the_first() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("letter");
        write_whole(&path, b"a long first version").unwrap();
        write_whole(&path, b"second").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"second");
    }

    #[test]
    fn writers_of_one_file_never_mix_their_bytes() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("letter");
        std::thread::scope(|threads| {
            for letter in [b'a', b'b', b'c', b'd'] {
                let path = &path;
                threads.spawn(move || write_whole(path, &vec![letter; 100_000]).unwrap());
            }
        });
        let kept = fs::read(&path).unwrap();
        assert_eq!(kept.len(), 100_000);
        assert!(kept.iter().all(|byte| *byte == kept[0]));
    }

    #[cfg(unix)]
    #[test]
    fn only_the_owner_reads_a_written_file() {
        use std::os::unix::fs::PermissionsExt;
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("letter");
        write_whole(&path, b"secret").unwrap();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o077, 0);
    }
}
