//! The roles of the cluster, the database, its tables. Run once before anything else, by a login
//! that may create roles; again without harm.

use crate::Result;
use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, Executor};

/// Nobody logs in as these: they own, and they may.
const ROLES: [&str; 7] = [
    "saline_owner",
    "saline_member",
    "saline_door",
    "saline_follower",
    "saline_worker",
    "saline_queue",
    "saline_console",
];

/// The logins, and the roles that each may take. They own nothing and inherit nothing.
const LOGINS: [(&str, &str); 3] = [
    ("saline_web", "saline_door, saline_member, saline_follower"),
    ("saline_work", "saline_worker, saline_member, saline_queue"),
    ("saline_staff", "saline_console"),
];

/// Makes the roles that are missing, under a lock of the whole cluster. `password` gives a login
/// its password where it logs in over a network; none where only a private socket leads in.
pub async fn roles(
    administrator: &mut PgConnection,
    password: Option<&(dyn Fn(&str) -> String + Sync)>,
) -> Result<()> {
    let mut transaction = administrator.begin().await?;
    transaction
        .execute("select pg_advisory_xact_lock(5311320)")
        .await?;
    for role in ROLES {
        make(&mut transaction, role, "nologin").await?;
    }
    for (login, roles) in LOGINS {
        make(&mut transaction, login, "login noinherit").await?;
        run(&mut transaction, format!("grant {roles} to {login}")).await?;
        if let Some(password) = password {
            // Hexadecimal, so it needs no quoting; `alter role` takes no bound argument.
            let password: String = password(login)
                .chars()
                .filter(char::is_ascii_alphanumeric)
                .collect();
            run(
                &mut transaction,
                format!("alter role {login} password '{password}'"),
            )
            .await?;
        }
    }
    run(
        &mut transaction,
        "grant saline_owner to current_user".to_owned(),
    )
    .await?;
    Ok(transaction.commit().await?)
}

async fn make(connection: &mut PgConnection, role: &str, how: &str) -> Result<()> {
    let known: Option<(i32,)> = sqlx::query_as("select 1 from pg_roles where rolname = $1")
        .bind(role)
        .fetch_optional(&mut *connection)
        .await?;
    if known.is_none() {
        run(connection, format!("create role {role} {how}")).await?;
    }
    Ok(())
}

async fn run(connection: &mut PgConnection, statement: String) -> Result<()> {
    connection.execute(AssertSqlSafe(statement)).await?;
    Ok(())
}

/// Makes the database where it is missing; it belongs to `saline_owner`.
pub async fn database(administrator: &mut PgConnection, name: &str) -> Result<()> {
    let known: Option<(i32,)> = sqlx::query_as("select 1 from pg_database where datname = $1")
        .bind(name)
        .fetch_optional(&mut *administrator)
        .await?;
    if known.is_none() {
        run(
            administrator,
            format!("create database {name} owner saline_owner"),
        )
        .await?;
    }
    // At every start: a database that came from a backup, or from other hands, grants both.
    run(
        administrator,
        format!("revoke connect, temporary on database {name} from public"),
    )
    .await?;
    let logins = LOGINS.map(|(login, _)| login).join(", ");
    run(
        administrator,
        format!("grant connect on database {name} to {logins}"),
    )
    .await
}

/// Removes the database, whatever is in it and whoever is connected: a demonstration whose making
/// was interrupted starts again.
pub async fn forget(administrator: &mut PgConnection, name: &str) -> Result<()> {
    run(
        administrator,
        format!("drop database if exists {name} with (force)"),
    )
    .await
}

/// Brings the tables to this program's state, as their owner.
pub async fn migrate(into: &PgConnectOptions) -> Result<()> {
    let mut connection = into.connect().await?;
    connection.execute("set role saline_owner").await?;
    sqlx::migrate!("../../migrations")
        .run(&mut connection)
        .await
        .map_err(|error| crate::Error::Database(error.into()))?;
    connection.close().await?;
    Ok(())
}

/// Tells the planner how the tables stand, and marks their pages: after much was written at once.
pub async fn analyse(into: &PgConnectOptions) -> Result<()> {
    let mut connection = into.connect().await?;
    connection.execute("vacuum (analyze)").await?;
    connection.close().await?;
    Ok(())
}

/// What identifies this state of the tables: the checksums of all migrations.
#[cfg(any(test, feature = "testing"))]
pub(crate) fn fingerprint() -> String {
    use sha2::{Digest, Sha256};
    let mut hash = Sha256::new();
    for migration in sqlx::migrate!("../../migrations").iter() {
        hash.update(&migration.checksum);
    }
    hash.finalize()
        .iter()
        .take(6)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
