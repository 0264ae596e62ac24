//! Whether a Postgres runs on a data directory already, as its `postmaster.pid` tells.

use std::fs;
use std::io::ErrorKind;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::account::Account;
use super::{Error, PATIENCE};

const PAUSE: Duration = Duration::from_millis(100);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Postmaster {
    pid: u32,
    /// The directory of its socket.
    socket: PathBuf,
    ready: bool,
}

/// The socket directory of the Postgres that runs here, if one does. One that is starting or
/// stopping is waited for.
pub(super) async fn running(data: &Path, account: Account) -> Result<Option<PathBuf>, Error> {
    let begun = Instant::now();
    loop {
        match read(data)? {
            Some(postmaster) if lives(&postmaster, data, account)? => {
                if postmaster.ready {
                    return Ok(Some(postmaster.socket));
                }
            }
            _ => return Ok(None),
        }
        if begun.elapsed() > PATIENCE {
            return Err(Error::Command {
                program: "postgres".into(),
                said: format!("neither ready nor stopped after {} s", PATIENCE.as_secs()),
                log: String::new(),
            });
        }
        tokio::time::sleep(PAUSE).await;
    }
}

fn read(data: &Path) -> Result<Option<Postmaster>, Error> {
    let path = file(data);
    match fs::read_to_string(&path) {
        Ok(text) => Ok(parse(&text)),
        Err(missing) if missing.kind() == ErrorKind::NotFound => Ok(None),
        Err(source) => Err(Error::at(&path)(source)),
    }
}

fn file(data: &Path) -> PathBuf {
    data.join("postmaster.pid")
}

/// Lines: process, data directory, start, port, socket directory, address, memory, status. The
/// later ones are missing while it starts. A server of one user alone has a negative process.
fn parse(text: &str) -> Option<Postmaster> {
    let mut lines = text.lines();
    let pid = lines.next()?.trim().parse::<i32>().ok()?.unsigned_abs();
    let socket = PathBuf::from(lines.nth(3).unwrap_or_default());
    let ready = lines.nth(2).is_some_and(|status| status.trim() == "ready");
    Some(Postmaster { pid, socket, ready })
}

/// A postmaster works in its data directory. A process that works elsewhere, or is over and only
/// waits for its parent (which works nowhere), has the number of one that died.
fn lives(postmaster: &Postmaster, data: &Path, account: Account) -> Result<bool, Error> {
    let process = PathBuf::from(format!("/proc/{}", postmaster.pid));
    let Ok(found) = fs::metadata(&process) else {
        return Ok(false);
    };
    let same_user = found.uid() == account.uid;
    let ours = fs::metadata(data).map_err(Error::at(data))?;
    match fs::metadata(process.join("cwd")) {
        Ok(place) if (place.dev(), place.ino()) == (ours.dev(), ours.ino()) => return Ok(true),
        // A container may forbid the look: then the owner has to do.
        Err(denied) if denied.kind() == ErrorKind::PermissionDenied => return Ok(same_user),
        _ => {}
    }
    if same_user {
        forget(data)?;
    }
    Ok(false)
}

/// Postgres itself sets a stale file aside, except when a process of the same user has its number
/// (after a restart of the machine, or where nobody collects the dead): then it refuses to start.
fn forget(data: &Path) -> Result<(), Error> {
    let path = file(data);
    match fs::remove_file(&path) {
        Ok(()) => {
            tracing::warn!(path = %path.display(), "what a Postgres that died left is removed");
            Ok(())
        }
        // It was about to end, and took its file along.
        Err(missing) if missing.kind() == ErrorKind::NotFound => Ok(()),
        Err(source) => Err(Error::at(&path)(source)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHOLE: &str = "4242\n/srv/state/pg\n1760000000\n5432\n/srv/state/socket\n\n  \
                         53874  131073\n";

    #[test]
    fn a_ready_postmaster_tells_its_socket() {
        let found = parse(&format!("{WHOLE}ready   \n"));
        let socket = PathBuf::from("/srv/state/socket");
        assert_eq!(
            found,
            Some(Postmaster {
                pid: 4242,
                socket,
                ready: true
            })
        );
    }

    #[test]
    fn starting_stopping_and_unsaid_are_not_ready() {
        for status in ["starting\n", "stopping\n", "standby \n", ""] {
            let found = parse(&format!("{WHOLE}{status}")).expect("a pid");
            assert!(!found.ready, "{status}");
        }
        assert!(!parse("4242\n").expect("a pid").ready);
    }

    #[test]
    fn a_file_without_a_number_is_nobody() {
        assert_eq!(parse(""), None);
        assert_eq!(parse("ready\n"), None);
    }

    #[test]
    fn a_lone_server_has_a_process_too() {
        assert_eq!(parse("-77\n").map(|found| found.pid), Some(77));
    }
}
