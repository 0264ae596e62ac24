//! Getting in: a pool of connections of one login, or one connection of the administrator.

use crate::{Pool, Result};
use sqlx::postgres::{PgConnection, PgPoolOptions};
use sqlx::{ConnectOptions, Connection};
use std::time::Duration;

/// Where the database is and who logs in.
pub use sqlx::postgres::PgConnectOptions as Options;

/// Connections of one login, made when they are needed, `connections` at the most. Who waits longer
/// than `patience` for one is told so. Statements are not logged: they may name people.
pub fn pool(options: Options, connections: u32, patience: Duration) -> Pool {
    PgPoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(patience)
        .connect_lazy_with(options.disable_statement_logging())
}

/// One connection, for the bootstrap.
pub async fn administrator(options: &Options) -> Result<PgConnection> {
    Ok(PgConnection::connect_with(options).await?)
}
