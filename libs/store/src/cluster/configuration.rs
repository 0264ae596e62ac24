//! `saline.conf`, beside the data directory: rewritten at each start, included by Postgres.

use std::fs::{self, File};
use std::io::{ErrorKind, Read, Seek, SeekFrom};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::Path;

use super::account::Account;
use super::{DATA, Error, Settings, command};

/// In the directory above the data: there root writes without meeting links of the Postgres user.
const FILE: &str = "saline.conf";
const INCLUDE: &str = "include '../saline.conf'";
const LONGEST_LOG_BYTES: u64 = 16 * 1024 * 1024;
const TAIL_BYTES: u64 = 8 * 1024;
const TAIL_LINES: usize = 20;

/// Writes our settings and sees to it that Postgres reads them.
pub(super) async fn write(
    settings: &Settings,
    socket: &Path,
    account: Account,
) -> Result<(), Error> {
    let path = settings.directory.join(FILE);
    fs::write(&path, text(socket, settings.durable)).map_err(Error::at(&path))?;
    let readable = fs::Permissions::from_mode(0o644);
    fs::set_permissions(&path, readable).map_err(Error::at(&path))?;

    let main = settings.directory.join(DATA).join("postgresql.conf");
    let present = fs::read_to_string(&main).map_err(Error::at(&main))?;
    if present.lines().any(|line| line == INCLUDE) {
        return Ok(());
    }
    command::append_line(&main, INCLUDE, account).await
}

fn text(socket: &Path, durable: bool) -> String {
    let socket = socket.to_string_lossy().replace('\'', "''");
    let fixed = format!(
        "# Written by Saline at each start: changes belong into postgresql.conf, below the line\n\
         # that includes this file.\n\
         listen_addresses = ''\n\
         port = 5432\n\
         unix_socket_directories = '\"{socket}\"'\n\
         unix_socket_permissions = 0700\n\
         jit = off\n\
         wal_level = replica\n\
         max_wal_size = 256MB\n\
         timezone = 'UTC'\n\
         log_timezone = 'UTC'\n\
         log_destination = 'stderr'\n\
         logging_collector = off\n\
         log_checkpoints = off\n\
         log_min_duration_statement = -1\n\
         autovacuum = on\n"
    );
    fixed + if durable { DURABLE } else { FORGETFUL }
}

const DURABLE: &str = "\
max_connections = 100
shared_buffers = 64MB
fsync = on
synchronous_commit = on
full_page_writes = on
";

const FORGETFUL: &str = "\
max_connections = 200
shared_buffers = 128MB
fsync = off
synchronous_commit = off
full_page_writes = off
";

/// The log is there, belongs to the Postgres user, and does not grow forever: what is too long
/// is kept once more under another name.
pub(super) fn open_log(log: &Path, account: Account) -> Result<(), Error> {
    match fs::metadata(log) {
        Ok(found) if found.len() > LONGEST_LOG_BYTES => {
            fs::rename(log, log.with_extension("log.old")).map_err(Error::at(log))?;
        }
        Err(source) if source.kind() != ErrorKind::NotFound => return Err(Error::at(log)(source)),
        _ => {}
    }
    File::options()
        .create(true)
        .append(true)
        .mode(0o600)
        .open(log)
        .map_err(Error::at(log))?;
    account.receive(log)
}

/// The last lines of the log, for an error that needs them; empty if it cannot be read.
pub(super) fn tail(log: &Path) -> String {
    let read = || -> std::io::Result<Vec<u8>> {
        let mut file = File::open(log)?;
        let length = file.metadata()?.len();
        file.seek(SeekFrom::Start(length.saturating_sub(TAIL_BYTES)))?;
        let mut bytes = Vec::new();
        file.take(TAIL_BYTES).read_to_end(&mut bytes)?;
        Ok(bytes)
    };
    let bytes = read().unwrap_or_default();
    let text = String::from_utf8_lossy(&bytes);
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(TAIL_LINES)..].join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn postgres_listens_on_its_socket_only() {
        let text = text(Path::new("/srv/l'état, here/socket"), true);
        assert!(text.contains("listen_addresses = ''\n"));
        let line = "unix_socket_directories = '\"/srv/l''état, here/socket\"'\n";
        assert!(text.contains(line), "{text}");
    }

    #[test]
    fn only_tests_may_forget() {
        assert!(text(Path::new("/s"), true).contains("\nfsync = on\n"));
        assert!(text(Path::new("/s"), false).contains("\nfsync = off\n"));
    }

    /// A log of so many bytes, in a directory of its own; whether it was set aside.
    fn is_set_aside(bytes: u64) -> bool {
        let name = format!("saline-log-{}-{bytes}", std::process::id());
        let directory = Path::new("/tmp").join(name);
        fs::create_dir_all(&directory).expect("a directory");
        let log = directory.join("postgres.log");
        File::create(&log)
            .and_then(|file| file.set_len(bytes))
            .expect("a log");
        let account = Account {
            uid: 0,
            gid: 0,
            switched: false,
        };
        open_log(&log, account).expect("an open log");
        let old = directory.join("postgres.log.old").exists();
        assert!(log.exists());
        fs::remove_dir_all(&directory).expect("an end to it");
        old
    }

    #[test]
    fn a_log_that_is_too_long_is_set_aside() {
        assert!(!is_set_aside(LONGEST_LOG_BYTES));
        assert!(is_set_aside(LONGEST_LOG_BYTES + 1));
    }

    #[test]
    fn the_tail_is_twenty_lines() {
        let log = Path::new("/tmp").join(format!("saline-tail-{}", std::process::id()));
        let lines: Vec<String> = (1..=21).map(|line| format!("line {line}")).collect();
        fs::write(&log, lines.join("\n")).expect("a log");
        let tail = tail(&log);
        fs::remove_file(&log).expect("an end to it");
        assert_eq!(tail.lines().count(), TAIL_LINES);
        assert!(tail.starts_with("line 2\n") && tail.ends_with("line 21"));
    }

    #[test]
    fn a_log_that_cannot_be_read_has_no_tail() {
        assert_eq!(tail(Path::new("/nowhere/postgres.log")), "");
    }
}
