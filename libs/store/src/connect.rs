//! Connecting to the database: as the logins of the program, through pools, and once as the
//! administrator.

use crate::{Pool, Result};
use sqlx::postgres::{PgConnection, PgPoolOptions};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, Postgres, Transaction};
use std::time::Duration;
use tokio::time::Instant;

/// Where the database is and who logs in.
pub use sqlx::postgres::PgConnectOptions as Options;

/// A connection that was used so recently is not asked whether it still lives.
const FRESH: Duration = Duration::from_secs(1);
/// How long a transaction may take to begin while the database is away, and the pause between two
/// tries.
const AWAY: Duration = Duration::from_secs(5);
const PAUSE: Duration = Duration::from_millis(50);
/// How long one waits for a lock, and how long a transaction may be left idle.
const LOCK_PATIENCE: &str = "10s";
const IDLE_PATIENCE: &str = "60s";

/// Connections of one login, made when they are needed, `connections` at the most. Who waits longer
/// than `patience` for one is told so. Statements are not logged: they may name people.
///
/// Plans are made once a statement, not once a value: row-level security hides the association from
/// the planner anyway, and planning anew took longer than running (measured: 0.9 of 1.2 ms for a
/// page of notices).
pub fn pool(options: Options, connections: u32, patience: Duration) -> Pool {
    PgPoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(patience)
        .test_before_acquire(false)
        .before_acquire(|connection, meta| {
            Box::pin(async move {
                if meta.idle_for > FRESH {
                    connection.ping().await?;
                }
                Ok(true)
            })
        })
        .connect_lazy_with(options.disable_statement_logging().options([
            ("plan_cache_mode", "force_generic_plan"),
            ("lock_timeout", LOCK_PATIENCE),
            ("idle_in_transaction_session_timeout", IDLE_PATIENCE),
        ]))
}

/// One connection, for the bootstrap.
pub async fn administrator(options: &Options) -> Result<PgConnection> {
    Ok(PgConnection::connect_with(options).await?)
}

/// Begins a transaction with this statement. A database that is away for a moment is waited for:
/// nothing has been asked of it yet, so trying again does no harm.
pub(crate) async fn begin(pool: &Pool, statement: &str) -> Result<Transaction<'static, Postgres>> {
    let until = Instant::now() + AWAY;
    loop {
        match pool.begin_with(AssertSqlSafe(statement.to_owned())).await {
            Err(error) if is_away(&error) && Instant::now() < until => {
                tokio::time::sleep(PAUSE).await;
            }
            begun => return Ok(begun?),
        }
    }
}

/// Whether the connection broke or could not be made: an ended one, a database that is shutting
/// down (57P01), has crashed (57P02) or is starting up (57P03).
fn is_away(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Io(_) => true,
        sqlx::Error::Database(error) => {
            matches!(error.code().as_deref(), Some("57P01" | "57P02" | "57P03"))
        }
        _ => false,
    }
}
