//! The private PostgreSQL that Saline starts when nobody gives it another.
//!
//! Everything is beneath one state directory: the data in `pg`, the log in `postgres.log`, our
//! settings in `saline.conf`, the socket in `socket` (or, if that path is too long, in a closed
//! directory beneath the runtime directory of the login or `/tmp`), and `lock`, which says whose
//! it is. Postgres never listens on a network and never runs as root; who may open the directory
//! of the socket may come in, and that is its own user and root.
//!
//! A [`Cluster`] that is dropped without [`Cluster::stop`] leaves its Postgres running; the next
//! start finds it and goes on with it.
//!
//! Starting happens once, before anybody is served, hence plain blocking calls on files.

use std::fs::{self, DirBuilder, File, TryLockError};
use std::io;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgConnection, PgSslMode};
use sqlx::{ConnectOptions, Connection};
use tokio::time::sleep;

mod account;
mod binaries;
mod command;
mod configuration;
mod error;
mod postmaster;
mod socket;

use account::Account;
pub use binaries::{Binaries, find_binaries};
pub use error::Error;

/// The superuser's login. Only the bootstrap of roles and databases has a use for it.
pub const ADMINISTRATOR: &str = "saline_admin";
/// The data directory, in the state directory.
const DATA: &str = "pg";
/// How often, and how long apart, the lock of a state directory is tried.
const LOCK_TRIES: u32 = 5;
const LOCK_PAUSE: Duration = Duration::from_millis(50);
/// How long Postgres may take to start or to stop.
const PATIENCE: Duration = Duration::from_mins(1);
/// How long it may take to answer, once started.
const ANSWER: Duration = Duration::from_secs(10);

/// Where and how to run.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The state directory. It is made if it is missing.
    pub directory: PathBuf,
    /// Whether a power cut must lose nothing. Tests do without, and are faster.
    pub durable: bool,
    /// Whether several processes (of tests) use the Postgres together: the first starts it, the
    /// others wait and join, and nobody stops it.
    pub shared: bool,
}

/// A running private Postgres.
#[derive(Debug)]
pub struct Cluster {
    settings: Settings,
    binaries: Binaries,
    account: Account,
    /// The directory of its socket.
    socket: PathBuf,
    /// Held as long as the state directory is ours alone.
    lock: Option<File>,
}

impl Cluster {
    /// Finds PostgreSQL, makes the data if there are none, and starts it, or joins the one that
    /// an earlier run left behind. It answers to logins when this returns.
    pub async fn start(mut settings: Settings) -> Result<Cluster, Error> {
        let account = Account::choose(&settings.directory.join(DATA))?;
        settings.directory = prepare(&settings.directory, account)?;
        let lock = take_lock(&settings).await?;
        let data = settings.directory.join(DATA);
        let binaries = find_binaries(&settings.directory)?;
        account.reaches(&settings.directory)?;
        account.reaches(&binaries.directory)?;
        let socket = socket::directory(&settings.directory, account);
        let mut cluster = Cluster {
            settings,
            binaries,
            account,
            socket,
            lock: Some(lock),
        };
        cluster.run(&data).await?;
        if cluster.settings.shared {
            cluster.lock = None;
        }
        Ok(cluster)
    }

    /// The superuser, in the database `postgres`, through the socket.
    pub fn administrator(&self) -> PgConnectOptions {
        self.login(ADMINISTRATOR, "postgres")
    }

    /// A login role in a database, through the socket.
    pub fn login(&self, role: &str, database: &str) -> PgConnectOptions {
        PgConnectOptions::new_without_pgpass()
            .socket(&self.socket)
            .port(5432)
            .ssl_mode(PgSslMode::Disable)
            .username(role)
            .database(database)
    }

    /// The major version of PostgreSQL in which the data are written.
    pub fn data_version(&self) -> u16 {
        self.binaries.major
    }

    /// Its programs, which fit its data (`pg_dump`, if that is installed).
    pub fn binaries(&self) -> &Binaries {
        &self.binaries
    }

    /// Starts it again where it has died alone. Answers whether it had.
    pub async fn revive(&self) -> Result<bool, Error> {
        let data = self.settings.directory.join(DATA);
        if postmaster::running(&data, self.account).await?.is_some() {
            return Ok(false);
        }
        self.launch(&data).await?;
        self.answers().await?;
        Ok(true)
    }

    /// Stops Postgres and waits until it is gone. Does nothing to a shared one, nor to one that is
    /// gone already.
    pub async fn stop(self) -> Result<(), Error> {
        if self.settings.shared {
            return Ok(());
        }
        let data = self.settings.directory.join(DATA);
        if postmaster::running(&data, self.account).await?.is_some() {
            self.halt(&data).await?;
        }
        if !self.socket.starts_with(&self.settings.directory) {
            // Empty by now. If it stays, the next start uses it again.
            let _ = fs::remove_dir(&self.socket);
        }
        tracing::info!(data = %data.display(), "the private Postgres has stopped");
        Ok(())
    }

    async fn run(&mut self, data: &Path) -> Result<(), Error> {
        if binaries::data_major(data)?.is_none() {
            tracing::info!(data = %data.display(), "a private Postgres is made");
            let Settings {
                directory, durable, ..
            } = &self.settings;
            command::initialise(directory, &self.binaries, self.account, *durable).await?;
        }
        let running = postmaster::running(data, self.account).await;
        if let Some(socket) = running.map_err(|error| self.with_log(error))? {
            if socket.join(socket::FILE).exists() {
                tracing::info!(data = %data.display(), "a Postgres that was running is joined");
                self.socket = socket;
                return self.answers().await;
            }
            tracing::warn!(socket = %socket.display(), "a Postgres without its socket is stopped");
            self.halt(data).await?;
        }
        self.launch(data).await?;
        self.answers().await
    }

    async fn launch(&self, data: &Path) -> Result<(), Error> {
        let owner = fs::metadata(data).map_err(Error::at(data))?.uid();
        if owner != self.account.uid {
            // Data that root copied here, from a backup for instance.
            self.account.receive(data)?;
        }
        self.account.private_directory(&self.socket)?;
        socket::clear(&self.socket)?;
        configuration::write(&self.settings, &self.socket, self.account).await?;
        let log = self.log();
        configuration::open_log(&log, self.account)?;
        command::start(data, &log, &self.binaries, self.account)
            .await
            .map_err(|error| self.with_log(error))?;
        let major = self.binaries.major;
        tracing::info!(data = %data.display(), major, "the private Postgres has started");
        Ok(())
    }

    async fn halt(&self, data: &Path) -> Result<(), Error> {
        command::stop(data, &self.binaries, self.account)
            .await
            .map_err(|error| self.with_log(error))
    }

    async fn answers(&self) -> Result<(), Error> {
        let options = self.administrator().disable_statement_logging();
        let ask = async { PgConnection::connect_with(&options).await?.close().await };
        tokio::time::timeout(ANSWER, ask)
            .await
            .unwrap_or_else(|_| Err(io::Error::from(io::ErrorKind::TimedOut).into()))
            .map_err(Error::Silent)
    }

    fn log(&self) -> PathBuf {
        self.settings.directory.join("postgres.log")
    }

    fn with_log(&self, mut error: Error) -> Error {
        if let Error::Command { log, .. } = &mut error {
            *log = configuration::tail(&self.log());
        }
        error
    }
}

/// Makes the state directory if it is missing, and gives its one real name.
fn prepare(directory: &Path, account: Account) -> Result<PathBuf, Error> {
    if !directory.exists() {
        // Another user that runs Postgres has to pass through, and not to look.
        let mode = if account.switched { 0o711 } else { 0o700 };
        DirBuilder::new()
            .recursive(true)
            .mode(mode)
            .create(directory)
            .map_err(Error::at(directory))?;
    }
    let directory = fs::canonicalize(directory).map_err(Error::at(directory))?;
    let plain = |letter: char| !matches!(letter, '"' | '$' | '`' | '\\') && !letter.is_control();
    match directory.to_str() {
        Some(text) if text.chars().all(plain) => Ok(directory),
        _ => Err(Error::Path { directory }),
    }
}

/// One process a state directory; those that share take their turns.
async fn take_lock(settings: &Settings) -> Result<File, Error> {
    let path = settings.directory.join("lock");
    let file = File::options()
        .create(true)
        .append(true)
        // Whoever could open it could lock us out.
        .mode(0o600)
        .open(&path)
        .map_err(Error::at(&path))?;
    if !settings.shared {
        // A process that is being started holds for a moment what its parent has open.
        for _ in 0..LOCK_TRIES {
            match file.try_lock() {
                Ok(()) => return Ok(file),
                Err(TryLockError::WouldBlock) => sleep(LOCK_PAUSE).await,
                Err(TryLockError::Error(source)) => return Err(Error::at(&path)(source)),
            }
        }
        return Err(Error::InUse {
            directory: settings.directory.clone(),
        });
    }
    let wait = move || file.lock().map(|()| file);
    match tokio::task::spawn_blocking(wait).await {
        Ok(locked) => locked.map_err(Error::at(&path)),
        Err(cancelled) => Err(Error::at(&path)(cancelled.into())),
    }
}

#[cfg(test)]
#[path = "cluster_tests.rs"]
mod tests;
