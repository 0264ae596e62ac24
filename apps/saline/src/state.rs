//! What is kept on disk beside the database: the master key, and where everything else goes.

use anyhow::{Context, ensure};
use std::fs::{self, DirBuilder, File};
use std::io::{ErrorKind, Write};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt};
use std::path::Path;
use store::key::MasterKey;

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
    let path = directory.join("master.key");
    let wrong = || path.display().to_string();
    match fs::read_to_string(&path) {
        Ok(text) => parse(&text).with_context(|| format!("{} holds no key", path.display())),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let bytes = store::key::secret();
            let text: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
            let mut file = File::options()
                .write(true)
                .create_new(true)
                .mode(0o600)
                .open(&path)
                .with_context(wrong)?;
            writeln!(file, "{text}").with_context(wrong)?;
            file.sync_all().with_context(wrong)?;
            Ok(MasterKey::from_bytes(bytes))
        }
        Err(error) => Err(error).with_context(wrong),
    }
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
