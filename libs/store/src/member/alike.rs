//! Members who may be the same person as somebody who comes.

use super::{COLUMNS, Member};
use crate::{Result, Scope};
use sqlx::AssertSqlSafe;

/// Members that are looked at, at most.
const MANY: i64 = 200;

/// Members who go by one of these folded names or have one of these addresses, by number.
pub async fn alike(
    scope: &mut Scope,
    folded_names: &[String],
    emails: &[&str],
) -> Result<Vec<Member>> {
    let here = scope.here();
    let statement = AssertSqlSafe(format!(
        "select {COLUMNS} from member m where m.association_id = $1 and m.left_at is null \
         and (m.folded_name = any ($2) or m.email = any ($3)) order by m.number limit $4"
    ));
    Ok(sqlx::query_as(statement)
        .bind(here)
        .bind(folded_names)
        .bind(emails)
        .bind(MANY)
        .fetch_all(scope.connection())
        .await?)
}
