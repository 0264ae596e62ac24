//! Why the private Postgres cannot run, each in a sentence that says what to do.

use std::io;
use std::path::{Path, PathBuf};

use super::binaries::OLDEST_MAJOR;

/// What stands between Saline and its private Postgres.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Another process holds the lock of this state directory.
    #[error(
        "another Saline is using {}: stop it, or give this one another state directory \
         (SALINE_STATE)", directory.display()
    )]
    InUse {
        /// The state directory.
        directory: PathBuf,
    },
    /// No usable PostgreSQL on this machine.
    #[error(
        "no PostgreSQL {OLDEST_MAJOR} or later was found: install it (on Debian: apt install \
         postgresql), or name the directory of its binaries in SALINE_PG_BIN"
    )]
    NotInstalled,
    /// The data need a PostgreSQL that is not the one at hand.
    #[error(
        "{} was written by PostgreSQL {major}, which was not found: install it (on Debian: \
         apt install postgresql-{major}), or name the directory of its binaries in SALINE_PG_BIN",
        data.display()
    )]
    MajorMissing {
        /// The major version which wrote the data.
        major: u16,
        /// The data directory.
        data: PathBuf,
    },
    /// The data are older than any PostgreSQL that Saline works with.
    #[error(
        "{} was written by PostgreSQL {major}: bring it to PostgreSQL {OLDEST_MAJOR} or later \
         with pg_upgrade", data.display()
    )]
    TooOld {
        /// The major version which wrote the data.
        major: u16,
        /// The data directory.
        data: PathBuf,
    },
    /// `SALINE_PG_BIN` names a directory without a working PostgreSQL.
    #[error(
        "SALINE_PG_BIN names {}, where initdb, pg_ctl and a working postgres were not found",
        directory.display()
    )]
    BinariesUnusable {
        /// The directory that was named.
        directory: PathBuf,
    },
    /// We are root, and nobody is there to run Postgres as.
    #[error(
        "Postgres never runs as root, and this machine has neither a user `postgres` nor a user \
         `nobody`: create one (adduser --system postgres), or run Saline as a normal user"
    )]
    NoAccount,
    /// The user that runs Postgres may not pass through a directory.
    #[error(
        "the user that runs Postgres (uid {uid}) cannot enter {}: run `chmod o+x {}`, or choose \
         another place", directory.display(), directory.display()
    )]
    Closed {
        /// The directory that is closed to it.
        directory: PathBuf,
        /// The user that runs Postgres.
        uid: u32,
    },
    /// A directory of ours belongs to somebody else, or others may enter it.
    #[error(
        "{} should be a directory which belongs to uid {uid} and which nobody else may enter: \
         remove it, or choose another state directory (SALINE_STATE)", directory.display()
    )]
    Foreign {
        /// The directory in question.
        directory: PathBuf,
        /// Who should own it.
        uid: u32,
    },
    /// The place of the data holds something else.
    #[error("{} is not empty and holds no Postgres data: move its files elsewhere", data.display())]
    NotACluster {
        /// The data directory.
        data: PathBuf,
    },
    /// `pg_ctl` hands paths to a shell, which would read some characters as its own.
    #[error(
        "the path {} has a character that a shell would interpret (\" $ ` \\, a line break or \
         bytes that are not UTF-8): choose another state directory (SALINE_STATE)",
        directory.display()
    )]
    Path {
        /// The state directory.
        directory: PathBuf,
    },
    /// A program of PostgreSQL failed or did not finish.
    #[error("{program} failed: {said}{}", after_a_line(log))]
    Command {
        /// Its name.
        program: String,
        /// What it said, or how it ended.
        said: String,
        /// The last lines of the log of Postgres, where they tell more.
        log: String,
    },
    /// Postgres runs, and our own login is refused or has no answer.
    #[error("the private Postgres runs but does not answer")]
    Silent(#[source] sqlx::Error),
    /// A file or a directory could not be read or written.
    #[error("{}: {source}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

impl Error {
    /// Names the file in an error of the system: `map_err(Error::at(path))`.
    pub(super) fn at(path: &Path) -> impl FnOnce(io::Error) -> Error + '_ {
        move |source| Error::File {
            path: path.to_owned(),
            source,
        }
    }
}

fn after_a_line(log: &str) -> String {
    if log.is_empty() {
        String::new()
    } else {
        format!("\n{log}")
    }
}
