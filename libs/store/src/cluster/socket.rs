//! Where the socket of Postgres is: beneath the state directory if its path is short enough.

use std::env;
use std::ffi::OsStr;
use std::fmt::Write;
use std::fs;
use std::io::ErrorKind;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::Error;
use super::account::Account;

/// The name that Postgres gives to its socket, from the port in `saline.conf`.
pub(super) const FILE: &str = ".s.PGSQL.5432";
/// The number of its owner, beside it.
pub(super) const LOCK: &str = ".s.PGSQL.5432.lock";
/// `sun_path` of unix(7) has 108 bytes, and the last is a zero.
const LONGEST_BYTES: usize = 107;

/// The directory of the socket of the Postgres of `state`.
pub(super) fn directory(state: &Path, account: Account) -> PathBuf {
    // The runtime directory of a login is closed to other users: of no use to one we switch to.
    let runtime = env::var_os("XDG_RUNTIME_DIR").filter(|_| !account.switched);
    choose(state, runtime.as_deref())
}

fn choose(state: &Path, runtime: Option<&OsStr>) -> PathBuf {
    let beneath = state.join("socket");
    if fits(&beneath) {
        return beneath;
    }
    let name = name(state);
    runtime
        .map(PathBuf::from)
        .filter(|runtime| runtime.is_absolute() && runtime.is_dir())
        .map(|runtime| runtime.join(&name))
        .filter(|candidate| fits(candidate))
        .unwrap_or_else(|| Path::new("/tmp").join(&name))
}

fn fits(directory: &Path) -> bool {
    directory.join(FILE).as_os_str().len() <= LONGEST_BYTES
}

/// Removes what a Postgres that died left here. The next would set it aside, except where its
/// number belongs to another process of the same user by now.
pub(super) fn clear(directory: &Path) -> Result<(), Error> {
    for name in [FILE, LOCK] {
        let path = directory.join(name);
        match fs::remove_file(&path) {
            Err(source) if source.kind() != ErrorKind::NotFound => {
                return Err(Error::at(&path)(source));
            }
            _ => {}
        }
    }
    Ok(())
}

/// Always the same for the same state directory, so that a later run meets an earlier one's.
fn name(state: &Path) -> String {
    let digest = Sha256::digest(state.as_os_str().as_bytes());
    digest
        .iter()
        .take(8)
        .fold(String::from("saline-"), |mut name, byte| {
            let _ = write!(name, "{byte:02x}");
            name
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A state directory whose socket would have a path of so many bytes.
    fn state(bytes: usize) -> PathBuf {
        let rest = "/socket/".len() + FILE.len();
        PathBuf::from(format!("/{}", "s".repeat(bytes - rest - 1)))
    }

    #[test]
    fn a_path_of_107_bytes_stays_beneath_the_state_directory() {
        let state = state(LONGEST_BYTES);
        assert_eq!(choose(&state, None), state.join("socket"));
    }

    #[test]
    fn a_path_of_108_bytes_goes_elsewhere() {
        let chosen = choose(&state(LONGEST_BYTES + 1), None);
        assert_eq!(chosen.parent(), Some(Path::new("/tmp")));
        assert!(fits(&chosen));
    }

    #[test]
    fn the_runtime_directory_comes_before_tmp_if_it_exists_and_is_short() {
        let long = state(LONGEST_BYTES + 1);
        let chosen = choose(&long, Some(OsStr::new("/var")));
        assert_eq!(chosen.parent(), Some(Path::new("/var")));
        for unfit in ["/nowhere/at/all", "var", ""] {
            let chosen = choose(&long, Some(OsStr::new(unfit)));
            assert_eq!(chosen.parent(), Some(Path::new("/tmp")));
        }
    }

    #[test]
    fn two_state_directories_have_two_names_and_one_always_the_same() {
        let (one, other) = (state(150), state(151));
        assert_eq!(choose(&one, None), choose(&one, None));
        assert_ne!(choose(&one, None), choose(&other, None));
    }
}
