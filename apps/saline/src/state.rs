//! What is kept on disk beside the database: the master key, and where everything else goes.

use anyhow::{Context, bail, ensure};
use std::fs::{self, DirBuilder, File};
use std::io::{ErrorKind, Write};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt};
use std::path::Path;
use store::key::MasterKey;

const KEY: &str = "master.key";
const NEXT_KEY: &str = "master.key.next";
const KEY_BEFORE: &str = "master.key.before";

/// Whether this process is root's: what it makes belongs to its user.
pub(crate) fn is_root() -> bool {
    fs::metadata("/proc/self").is_ok_and(|found| found.uid() == 0)
}

/// Makes the state directory, closed to others, where nothing else has made it.
pub(crate) fn prepare(directory: &Path) -> anyhow::Result<()> {
    DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(directory)
        .with_context(|| format!("{} cannot be made", directory.display()))
}

/// The master key: from the environment, else from the state directory, where the first start
/// writes one.
pub(crate) fn master_key(told: Option<&str>, directory: &Path) -> anyhow::Result<MasterKey> {
    if let Some(text) = told {
        return parse(text).context("SALINE_MASTER_KEY must have 64 hexadecimal digits");
    }
    let path = directory.join(KEY);
    match read(&path)? {
        Some(key) => Ok(key),
        None => write_fresh(&path),
    }
}

/// The key in a file, where there is one.
fn read(path: &Path) -> anyhow::Result<Option<MasterKey>> {
    match fs::read_to_string(path) {
        Ok(text) => parse(&text)
            .with_context(|| format!("{} holds no key", path.display()))
            .map(Some),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).with_context(|| path.display().to_string()),
    }
}

/// Writes a key that nobody can guess, for this process's user alone.
fn write_fresh(path: &Path) -> anyhow::Result<MasterKey> {
    let wrong = || path.display().to_string();
    let bytes = store::key::secret();
    let text: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    let mut file = File::options()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)
        .with_context(wrong)?;
    writeln!(file, "{text}").with_context(wrong)?;
    file.sync_all().with_context(wrong)?;
    settle(path.parent().unwrap_or(path))?;
    Ok(MasterKey::from_bytes(bytes))
}

/// Has the names in a directory outlive a loss of power.
fn settle(directory: &Path) -> anyhow::Result<()> {
    let wrong = || directory.display().to_string();
    let opened = File::open(directory).with_context(wrong)?;
    opened.sync_all().with_context(wrong)
}

/// The master key that is to replace the one there is: told where that is told, else written beside
/// it.
pub(crate) fn next_key(
    (now, next): (Option<&str>, Option<&str>),
    directory: &Path,
) -> anyhow::Result<MasterKey> {
    match (now, next) {
        (Some(_), Some(next)) => {
            parse(next).context("SALINE_NEW_MASTER_KEY must have 64 hexadecimal digits")
        }
        (Some(_), None) => bail!("SALINE_NEW_MASTER_KEY is missing: which key is to come?"),
        (None, Some(_)) => {
            bail!("the state directory keeps the key: SALINE_NEW_MASTER_KEY is none")
        }
        (None, None) => {
            let path = directory.join(NEXT_KEY);
            // One of a change that came to nothing is as good as another.
            match read(&path)? {
                Some(left) => Ok(left),
                None => write_fresh(&path),
            }
        }
    }
}

/// A key that was to replace the other one when a change of it was interrupted.
pub(crate) fn left_over(directory: &Path) -> anyhow::Result<Option<MasterKey>> {
    read(&directory.join(NEXT_KEY))
}

/// From now on the next key is the key. The one before stays beside it, under another name.
pub(crate) fn keep_next(directory: &Path) -> anyhow::Result<()> {
    let (key, next) = (directory.join(KEY), directory.join(NEXT_KEY));
    let wrong = || format!("{} could not be kept", next.display());
    ensure!(next.exists(), wrong());
    if key.exists() {
        // At every moment there is one under the name where it is looked for.
        fs::copy(&key, directory.join(KEY_BEFORE)).with_context(wrong)?;
    }
    fs::rename(&next, &key).with_context(wrong)?;
    settle(directory)
}

fn parse(text: &str) -> anyhow::Result<MasterKey> {
    let text = text.trim();
    ensure!(text.len() == 64 && text.is_ascii(), "64 digits are needed");
    let mut bytes = [0; 32];
    for (place, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&text[2 * place..2 * place + 2], 16)?;
    }
    Ok(MasterKey::from_bytes(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn the_first_start_writes_a_key_that_the_second_reads() {
        let directory = tempfile::tempdir().unwrap();
        let first = master_key(None, directory.path()).unwrap();
        let second = master_key(None, directory.path()).unwrap();
        assert_eq!(
            first.password_of("saline_web"),
            second.password_of("saline_web")
        );
        let mode = fs::metadata(directory.path().join("master.key"))
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600);
    }

    #[test]
    fn a_key_is_replaced_and_none_is_thrown_away() {
        let directory = tempfile::tempdir().unwrap();
        let (here, login) = (directory.path(), "saline_web");
        let first = master_key(None, here).unwrap().password_of(login);
        assert!(left_over(here).unwrap().is_none());
        assert!(keep_next(here).is_err(), "there is none to keep");
        let master = || master_key(None, here).unwrap().password_of(login);
        assert_eq!(master(), first);
        // A change that came to nothing is taken up again.
        let next = next_key((None, None), here).unwrap().password_of(login);
        let again = next_key((None, None), here).unwrap().password_of(login);
        let left = left_over(here).unwrap().unwrap().password_of(login);
        assert!(next != first && next == again && next == left);
        keep_next(here).unwrap();
        assert_eq!(master(), next);
        let before = read(&here.join(KEY_BEFORE)).unwrap().unwrap();
        assert_eq!(before.password_of(login), first);
        assert!(left_over(here).unwrap().is_none());
        // Where the environment tells, both are told.
        let (old, new) = ("0a".repeat(32), "0b".repeat(32));
        assert!(next_key((Some(&old), Some(&new)), here).is_ok());
        assert!(next_key((Some(&old), None), here).is_err());
        assert!(next_key((None, Some(&new)), here).is_err());
    }

    #[test]
    fn a_key_has_64_hexadecimal_digits() {
        let directory = tempfile::tempdir().unwrap();
        let read = |text: &str| master_key(Some(text), directory.path());
        assert!(read(&"0a".repeat(32)).is_ok());
        for wrong in [
            "",
            &"0a".repeat(31),
            &"0a".repeat(33),
            &"0g".repeat(32),
            &"é".repeat(32),
        ] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }
}
