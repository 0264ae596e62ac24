//! Members who may be the same person as somebody who comes.

use super::{COLUMNS, Member};
use crate::{Result, Scope};
use sqlx::AssertSqlSafe;

/// A member who goes by this folded name.
pub async fn namesake(scope: &mut Scope, folded_name: &str) -> Result<Option<Member>> {
    let here = scope.here();
    let statement = AssertSqlSafe(format!(
        "select {COLUMNS} from member m where m.association_id = $1 and m.folded_name = $2 \
         and m.left_at is null order by m.number limit 1"
    ));
    Ok(sqlx::query_as(statement)
        .bind(here)
        .bind(folded_name)
        .fetch_optional(scope.connection())
        .await?)
}

/// Members who go by one of these folded names or have one of these addresses.
pub async fn alike(
    scope: &mut Scope,
    folded_names: &[String],
    emails: &[&str],
) -> Result<Vec<Member>> {
    let here = scope.here();
    let statement = AssertSqlSafe(format!(
        "select {COLUMNS} from member m where m.association_id = $1 and m.left_at is null \
         and (m.folded_name = any ($2) or m.email = any ($3)) order by m.number limit 200"
    ));
    Ok(sqlx::query_as(statement)
        .bind(here)
        .bind(folded_names)
        .bind(emails)
        .fetch_all(scope.connection())
        .await?)
}

/// Those who have this address, at most eight.
pub async fn of_email(scope: &mut Scope, email: &str) -> Result<Vec<Member>> {
    let here = scope.here();
    let statement = AssertSqlSafe(format!(
        "select {COLUMNS} from member m where m.association_id = $1 and m.email = $2 \
         and m.left_at is null order by m.number limit 8"
    ));
    Ok(sqlx::query_as(statement)
        .bind(here)
        .bind(email)
        .fetch_all(scope.connection())
        .await?)
}
