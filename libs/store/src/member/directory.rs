//! The list of the members who are here.

use super::{COLUMNS, Member};
use crate::{Page, Result, Scope};
use sqlx::AssertSqlSafe;

/// How the directory is sorted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    Name,
    Number,
}

/// One page of the members who are here; where there are `words` (folded), those with a word in
/// their names that begins so, for each of them, in whatever order. Where `last_names` is false,
/// last names are hidden from who asks: they are neither searched nor sorted by.
pub async fn list(
    scope: &mut Scope,
    words: &[String],
    last_names: bool,
    order: Order,
    offset: i64,
    limit: usize,
) -> Result<Page<Member>> {
    let here = scope.here();
    const FIRST: &str = "rtrim(left(m.folded_name, length(m.folded_name) - length(m.folded_last)))";
    let order = match (order, last_names) {
        (Order::Name, true) => "m.folded_name, m.number".to_owned(),
        (Order::Name, false) => format!("{FIRST}, m.number"),
        (Order::Number, _) => "m.number".to_owned(),
    };
    let name = if last_names { "m.folded_name" } else { FIRST };
    let statement = AssertSqlSafe(format!(
        "select {COLUMNS} from member m where m.association_id = $1 and m.left_at is null \
         and not exists (select from unnest($2::text[]) as sought (word) \
             where position(' ' || sought.word in ' ' || {name}) = 0) \
         order by {order} limit $3 offset $4"
    ));
    let rows = sqlx::query_as(statement)
        .bind(here)
        .bind(words)
        .bind(i64::try_from(limit + 1).unwrap_or(i64::MAX))
        .bind(offset)
        .fetch_all(scope.connection())
        .await?;
    Ok(Page::cut(rows, limit))
}

/// The members who are here, by number, those that follow this one.
pub async fn list_after(scope: &mut Scope, number: i32, limit: usize) -> Result<Page<Member>> {
    let here = scope.here();
    let statement = AssertSqlSafe(format!(
        "select {COLUMNS} from member m where m.association_id = $1 and m.left_at is null \
         and m.number > $2 order by m.number limit $3"
    ));
    let rows = sqlx::query_as(statement)
        .bind(here)
        .bind(number)
        .bind(i64::try_from(limit + 1).unwrap_or(i64::MAX))
        .fetch_all(scope.connection())
        .await?;
    Ok(Page::cut(rows, limit))
}

pub async fn count(scope: &mut Scope) -> Result<i64> {
    let here = scope.here();
    let (count,): (i64,) =
        sqlx::query_as("select count(*) from member where association_id = $1 and left_at is null")
            .bind(here)
            .fetch_one(scope.connection())
            .await?;
    Ok(count)
}
