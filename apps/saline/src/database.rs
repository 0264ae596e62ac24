//! The database: a private Postgres in the state directory, or the one that is named.

use crate::config::Config;
use crate::keeper::Keeper;
use crate::state;
use anyhow::Context;
use door::clock::Clock;
use sel::id::AssociationId;
use std::path::{Path, PathBuf};
use std::time::Duration;
use store::Pool;
use store::bootstrap;
use store::cluster::{Cluster, Settings};
use store::connect::{self, Options};
use store::key::{Changed, MasterKey};

const NAME: &str = "saline";
const WEB: &str = "saline_web";
const WORK: &str = "saline_work";
const STAFF: &str = "saline_staff";
/// Connections of each kind, at the most. Those of the web are counted by the processors: more than
/// can run at once only push each other aside (measured on two, 16 clients, with 16 connections and
/// with 6: a page took 39 and 25 ms at the worst of a hundred, as many were answered).
const WEB_CONNECTIONS_EACH: usize = 4;
const WEB_CONNECTIONS: std::ops::RangeInclusive<usize> = 8..=48;
const WORK_CONNECTIONS: u32 = 4;
const STAFF_CONNECTIONS: u32 = 4;
/// How long a request waits for a connection before it says sorry.
const PATIENCE: Duration = Duration::from_secs(10);

/// An open database, with its tables.
pub(crate) struct Database {
    pub(crate) web: Pool,
    pub(crate) work: Pool,
    pub(crate) staff: Pool,
    pub(crate) master: MasterKey,
    /// The state directory, under its one real name.
    pub(crate) state: PathBuf,
    web_login: Options,
    administrator: Options,
    keeper: Option<Keeper>,
}

/// Opens the database, after making what is missing of it.
pub(crate) async fn open(config: &Config) -> anyhow::Result<Database> {
    prepare(config, false).await
}

/// As [`open`]; where `anew`, what a private Postgres held before is thrown away.
pub(crate) async fn prepare(config: &Config, anew: bool) -> anyhow::Result<Database> {
    let directory = config.state()?;
    let (cluster, administrator) = if let Some(url) = &config.database_url {
        state::prepare(&directory)?;
        // The text of the URL holds a password: it is in no message.
        let options = url.parse().ok().context("DATABASE_URL is not understood")?;
        (None, options)
    } else {
        let settings = Settings {
            directory: directory.clone(),
            durable: true,
            shared: false,
        };
        let cluster = Cluster::start(settings).await?;
        let administrator = cluster.administrator();
        (Some(cluster), administrator)
    };
    let directory = std::fs::canonicalize(&directory)?;
    let opened = furnish(config, &administrator, cluster.is_some(), anew, &directory).await;
    match opened {
        Ok((master, login)) => Ok(Database {
            web: connect::pool(login(WEB), web_connections(), PATIENCE),
            work: connect::pool(login(WORK), WORK_CONNECTIONS, PATIENCE),
            staff: connect::pool(login(STAFF), STAFF_CONNECTIONS, PATIENCE),
            master,
            state: directory,
            web_login: login(WEB),
            administrator: administrator.database(NAME),
            keeper: cluster.map(Keeper::of),
        }),
        Err(error) => {
            if let Some(cluster) = cluster {
                cluster.stop().await?;
            }
            Err(error)
        }
    }
}

/// Makes roles, database and tables. Answers how the logins get in.
async fn furnish(
    config: &Config,
    administrator: &Options,
    is_private: bool,
    anew: bool,
    directory: &Path,
) -> anyhow::Result<(MasterKey, impl Fn(&str) -> Options + use<>)> {
    let mut connection = connect::administrator(administrator)
        .await
        .context("the database does not answer")?;
    if let Some(next) = state::left_over(directory)? {
        // Which of the two it is, the database knows, where it holds something that one opens. The
        // other is kept all the same: another process may be changing it at this moment.
        match store::key::prove(administrator, NAME, &next).await {
            Ok(opened) if opened > 0 => state::keep_next(directory)?,
            Ok(_) | Err(store::key::Error::WrongMaster) => {}
            Err(error) => return Err(error.into()),
        }
    }
    let master = state::master_key(config.master_key.as_deref(), directory)?;
    if anew && is_private {
        bootstrap::forget(&mut connection, NAME).await?;
    }
    if !is_private {
        // The logins' passwords come from the master key: a wrong one must not replace them.
        store::key::prove(administrator, NAME, &master)
            .await
            .context("SALINE_MASTER_KEY is not the key of this database")?;
    }
    let password = |login: &str| master.password_of(login);
    let passwords: Option<&(dyn Fn(&str) -> String + Sync)> =
        if is_private { None } else { Some(&password) };
    bootstrap::roles(&mut connection, passwords).await?;
    bootstrap::database(&mut connection, NAME).await?;
    drop(connection);
    bootstrap::migrate(&administrator.clone().database(NAME)).await?;
    let (options, key) = (administrator.clone().database(NAME), master.clone());
    let login = move |role: &str| {
        let options = options.clone().username(role);
        if is_private {
            options
        } else {
            options.password(&key.password_of(role))
        }
    };
    Ok((master, login))
}

fn web_connections() -> u32 {
    let processors = std::thread::available_parallelism().map_or(1, usize::from);
    let (least, most) = (*WEB_CONNECTIONS.start(), *WEB_CONNECTIONS.end());
    let wanted = (processors * WEB_CONNECTIONS_EACH).clamp(least, most);
    u32::try_from(wanted).unwrap_or(u32::MAX)
}

impl Database {
    /// Connections whose commits do not wait for the disk: to make what may be made again.
    pub(crate) fn hasty(&self) -> Pool {
        let options = self
            .web_login
            .clone()
            .options([("synchronous_commit", "off")]);
        connect::pool(options, web_connections(), Duration::from_mins(1))
    }

    /// The ids of all SELs.
    pub(crate) async fn sels(&self) -> store::Result<Vec<AssociationId>> {
        let mut worker = store::Worker::begin(&self.work, Clock::System.now()).await?;
        let all = store::association::all_ids(&mut worker).await?;
        worker.commit().await?;
        Ok(all)
    }

    /// Whether there is no SEL yet: the hub is none.
    pub(crate) async fn is_empty(&self) -> store::Result<bool> {
        let all = self.sels().await?;
        Ok(all.iter().all(|id| *id == store::ledger::HUB_ID))
    }

    /// Seals everything under another master key.
    pub(crate) async fn change_master(&self, next: &MasterKey) -> anyhow::Result<Changed> {
        let all = self.sels().await?;
        self.work.close().await;
        let masters = (&self.master, next);
        Ok(store::key::change(&self.administrator, &all, masters).await?)
    }

    /// After much was written at once.
    pub(crate) async fn analyse(&self) -> anyhow::Result<()> {
        Ok(bootstrap::analyse(&self.administrator).await?)
    }

    /// Lets go of the database; a private Postgres stops.
    pub(crate) async fn close(self) -> anyhow::Result<()> {
        let all = async { tokio::join!(self.web.close(), self.work.close(), self.staff.close()) };
        // A task that was just cancelled may hold a connection a moment longer; Postgres rolls back
        // what it had begun.
        let _ = tokio::time::timeout(Duration::from_secs(2), all).await;
        if let Some(keeper) = self.keeper {
            keeper.stop().await?;
        }
        Ok(())
    }
}
