//! Hosts of SELs' own.

use super::{Association, COLUMNS};
use crate::{Door, Result, Scope};

/// The SEL that has this host for its own.
pub async fn by_host(door: &mut Door, host: &str) -> Result<Option<Association>> {
    let statement = sqlx::AssertSqlSafe(format!(
        "select {COLUMNS} from association where host = $1 and association_id <> hub()"
    ));
    Ok(sqlx::query_as(statement)
        .bind(host)
        .fetch_optional(door.connection())
        .await?)
}

/// Gives this SEL a host of its own, or none. Fails by `one_sel_a_host` where another has it.
pub async fn set_host(scope: &mut Scope, host: Option<&str>) -> Result<()> {
    let here = scope.here();
    sqlx::query("update association set host = $2 where association_id = $1")
        .bind(here)
        .bind(host)
        .execute(scope.connection())
        .await?;
    Ok(())
}
