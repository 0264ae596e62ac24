//! The harness of the tests: one private Postgres for all of them, a database of its own for each,
//! cloned from a template. Tests use the production logins; the administrator only clones.

use crate::bootstrap;
use crate::cluster::{Cluster, Settings};
use sqlx::postgres::{PgConnectOptions, PgConnection, PgPool};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, Executor};
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;
use tokio::sync::OnceCell;

/// A database of one test.
#[derive(Debug)]
pub struct Database {
    pub name: String,
    /// As `saline_web`.
    pub web: PgPool,
    /// As `saline_work`.
    pub work: PgPool,
    /// As `saline_staff`.
    pub staff: PgPool,
    administrator: PgConnectOptions,
}

/// Why a test has no database. Tests unwrap it.
pub type Trouble = Box<dyn std::error::Error + Send + Sync>;

static NEXT: AtomicU32 = AtomicU32::new(1);

struct House {
    administrator: PgConnectOptions,
    template: String,
}

impl Database {
    /// A fresh database with all tables, as after the first start.
    pub async fn fresh() -> Result<Database, Trouble> {
        static CLEANED: OnceCell<()> = OnceCell::const_new();
        let house = house().await?;
        let mut connection = house.administrator.connect().await?;
        CLEANED
            .get_or_try_init(|| forget_the_dead(&house.administrator))
            .await?;
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!("test_{}_{number}", std::process::id());
        run(
            &mut connection,
            format!("create database {name} template {}", house.template),
        )
        .await?;
        for login in ["saline_web", "saline_work", "saline_staff"] {
            run(
                &mut connection,
                format!("grant connect on database {name} to {login}"),
            )
            .await?;
        }
        run(
            &mut connection,
            format!("revoke temporary on database {name} from public"),
        )
        .await?;
        connection.close().await?;
        let administrator = house.administrator.clone().database(&name);
        Ok(Database::of(name, administrator))
    }

    fn of(name: String, administrator: PgConnectOptions) -> Database {
        let login = |login: &str| pool(administrator.clone().username(login));
        Database {
            web: login("saline_web"),
            work: login("saline_work"),
            staff: login("saline_staff"),
            administrator,
            name,
        }
    }

    /// The same database, as another process comes to it once the first is gone.
    pub async fn again(&self) -> Database {
        self.web.close().await;
        self.work.close().await;
        self.staff.close().await;
        Database::of(self.name.clone(), self.administrator.clone())
    }

    /// How the administrator gets in: to break what a test wants broken, never to read.
    pub fn administrator(&self) -> &PgConnectOptions {
        &self.administrator
    }
}

fn pool(options: PgConnectOptions) -> PgPool {
    crate::connect::pool(options, 6, Duration::from_secs(20))
}

async fn run(connection: &mut PgConnection, statement: String) -> Result<(), sqlx::Error> {
    connection
        .execute(AssertSqlSafe(statement))
        .await
        .map(|_| ())
}

/// The cluster and the template, made by whichever process comes first.
async fn house() -> Result<House, Trouble> {
    let cluster = cluster().await?;
    let administrator = cluster.administrator();
    let template = format!("template_{}", bootstrap::fingerprint());
    let mut connection = administrator.connect().await?;
    connection
        .execute("select pg_advisory_lock(5311322)")
        .await?;
    let ready: Option<(bool,)> =
        sqlx::query_as("select datistemplate from pg_database where datname = $1")
            .bind(&template)
            .fetch_optional(&mut connection)
            .await?;
    if ready != Some((true,)) {
        run(
            &mut connection,
            format!("drop database if exists {template}"),
        )
        .await?;
        bootstrap::roles(&mut connection, None).await?;
        bootstrap::database(&mut connection, &template).await?;
        bootstrap::migrate(&administrator.clone().database(&template)).await?;
        run(
            &mut connection,
            format!("alter database {template} is_template true"),
        )
        .await?;
    }
    // Closing the session gives the lock back.
    connection.close().await?;
    Ok(House {
        administrator,
        template,
    })
}

/// `target/test-cluster` of this workspace, or a directory that Postgres' user can reach.
async fn cluster() -> Result<Cluster, Trouble> {
    let near = PathBuf::from(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../target/test-cluster"
    ));
    let settings = |directory| Settings {
        directory,
        durable: false,
        shared: true,
    };
    match Cluster::start(settings(near)).await {
        Ok(cluster) => Ok(cluster),
        Err(near) => {
            let far = std::env::temp_dir().join("saline-test-cluster");
            Cluster::start(settings(far))
                .await
                .map_err(|far| format!("no Postgres for the tests: {near}; {far}").into())
        }
    }
}

/// Drops the databases of test processes that are gone.
async fn forget_the_dead(administrator: &PgConnectOptions) -> Result<(), Trouble> {
    let mut connection = administrator.connect().await?;
    let names: Vec<(String,)> =
        sqlx::query_as("select datname from pg_database where datname like 'test\\_%'")
            .fetch_all(&mut connection)
            .await?;
    for (name,) in names {
        let process = name.split('_').nth(1).unwrap_or_default();
        if !PathBuf::from(format!("/proc/{process}")).exists() {
            run(
                &mut connection,
                format!("drop database if exists {name} with (force)"),
            )
            .await?;
        }
    }
    connection.close().await?;
    Ok(())
}
