//! What a member of one SEL can do to a table's rows of another: nothing.

use super::catalogue::Table;
use serde_json::Value;
use sqlx::{AssertSqlSafe, PgPool, Postgres, Transaction};
use std::borrow::Cow;
use uuid::Uuid;

/// What Postgres answers to whoever may not.
const DENIED: &str = "42501";
/// What it answers where the key is there already.
const IS_THERE: &str = "23505";

pub(crate) fn code_of(error: &sqlx::Error) -> Option<String> {
    error
        .as_database_error()
        .and_then(sqlx::error::DatabaseError::code)
        .map(Cow::into_owned)
}

/// A transaction of the web's login, in a role, in a SEL. It is never committed.
async fn begin(web: &PgPool, role: &str, association: Uuid) -> Transaction<'static, Postgres> {
    let statement =
        format!("begin; set local role {role}; set local saline.association = '{association}'");
    web.begin_with(AssertSqlSafe(statement)).await.unwrap()
}

/// A row of this SEL as its own members see it, or as the door does where members see none.
async fn row_of(web: &PgPool, table: &str, association: Uuid) -> Option<Value> {
    let statement = format!("select to_jsonb(t) from {table} t where association_id = $1 limit 1");
    for role in ["saline_member", "saline_door"] {
        let mut transaction = begin(web, role, association).await;
        let row: sqlx::Result<Option<(Value,)>> = sqlx::query_as(AssertSqlSafe(statement.clone()))
            .bind(association)
            .fetch_optional(&mut *transaction)
            .await;
        match row {
            Err(error) if code_of(&error).as_deref() == Some(DENIED) => {}
            row => return row.unwrap().map(|(row,)| row),
        }
    }
    None
}

/// How a statement ended: how many rows it saw or touched, or why it was refused.
async fn rows(
    web: &PgPool,
    here: Uuid,
    statement: String,
    other: Uuid,
    row: Option<&Value>,
) -> Result<u64, String> {
    let mut transaction = begin(web, "saline_member", here).await;
    let mut query = sqlx::query(AssertSqlSafe(statement)).bind(other);
    if let Some(row) = row {
        query = query.bind(row);
    }
    match query.execute(&mut *transaction).await {
        Ok(done) => Ok(done.rows_affected()),
        Err(error) => Err(code_of(&error).unwrap_or_else(|| error.to_string())),
    }
}

/// All that a member of `here` can find out about, or do to, the rows of `there`.
pub(crate) async fn found(web: &PgPool, table: &Table, here: Uuid, there: Uuid) -> Vec<String> {
    let name = &table.name;
    let Some(row) = row_of(web, name, there).await else {
        return vec![format!("{name}: the cast wrote no row of it")];
    };
    let changed = table.changed.as_deref().unwrap_or("association_id");
    let change = format!("update {name} set {changed} = {changed} where association_id");
    let push = format!("update {name} set association_id = $1");
    // $1 is the other SEL where nothing may be written into it, else the stranger's own.
    let attempts = [
        (
            "reads",
            format!("select 1 from {name} where association_id is distinct from $1"),
            here,
        ),
        ("changes", format!("{change} <> $1"), here),
        (
            "deletes",
            format!("delete from {name} where association_id <> $1"),
            here,
        ),
        ("pushes over", push, there),
    ];
    let mut found = Vec::new();
    for (what, statement, other) in attempts {
        match rows(web, here, statement, other, None).await {
            Ok(0) => {}
            Err(code) if code == DENIED => {}
            outcome => found.push(format!("{name}: a stranger {what} rows: {outcome:?}")),
        }
    }
    let insert = insert(table);
    match rows(web, here, insert.clone(), there, Some(&row)).await {
        Err(code) if code == DENIED => {}
        outcome => found.push(format!("{name}: a stranger adds rows: {outcome:?}")),
    }
    found.extend(blunt(web, table, there, [format!("{change} = $1"), insert], &row).await);
    found
}

fn insert(table: &Table) -> String {
    let name = &table.name;
    let columns = match table.written.as_slice() {
        [] => "association_id".to_owned(),
        written => written.join(", "),
    };
    format!(
        "insert into {name} ({columns}) select {columns} \
         from jsonb_populate_record(null::{name}, $2) where association_id = $1"
    )
}

/// An attempt that the SEL's own members could not make either would prove nothing: where they hold
/// the grant, their change must pass, and their copy may fail on its key only.
async fn blunt(
    web: &PgPool,
    table: &Table,
    there: Uuid,
    [change, insert]: [String; 2],
    row: &Value,
) -> Vec<String> {
    let name = &table.name;
    let mut found = Vec::new();
    if table.changed.is_some() {
        let outcome = rows(web, there, change, there, None).await;
        if !matches!(outcome, Ok(count) if count > 0) {
            found.push(format!(
                "{name}: its own members change no row: {outcome:?}"
            ));
        }
    }
    if !table.written.is_empty() {
        let outcome = rows(web, there, insert, there, Some(row)).await;
        if outcome != Err(IS_THERE.to_owned()) {
            found.push(format!("{name}: its own members copy a row: {outcome:?}"));
        }
    }
    found
}
