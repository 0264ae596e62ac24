//! What Postgres knows of our tables, functions and roles, held against the rules. Only here does a
//! test look as the administrator, and only into `pg_catalog`.

use super::rules::rules;
use sqlx::{AssertSqlSafe, PgConnection};

/// A table with `association_id`.
#[derive(Debug)]
pub(crate) struct Table {
    pub(crate) name: String,
    /// Whether `saline_member` may read it.
    pub(crate) is_of_members: bool,
    /// The columns that `saline_member` may write in a new row.
    pub(crate) written: Vec<String>,
    /// A column that `saline_member` may change.
    pub(crate) changed: Option<String>,
}

/// Our own relations: `c`, with their schema's rule applied.
pub(super) const OURS: &str = "c.relnamespace in (select oid from pg_namespace \
                    where nspname not like 'pg\\_%' and nspname <> 'information_schema')";

/// Relations with the number of their column `association_id`.
pub(super) const TENANT: &str = "(select c.oid, c.relname, c.relkind, c.relrowsecurity, \
        c.relforcerowsecurity, a.attnum, \
        has_table_privilege('saline_member', c.oid, 'select, insert, update, delete') \
        or has_any_column_privilege('saline_member', c.oid, 'select, insert, update') as granted \
    from pg_class c join pg_attribute a on a.attrelid = c.oid \
    where a.attname = 'association_id' and not a.attisdropped \
        and c.relkind in ('r', 'p', 'v', 'm', 'f'))";

/// What breaks a rule, in the order of the rules.
pub(crate) async fn violations(connection: &mut PgConnection) -> sqlx::Result<Vec<String>> {
    let mut found = Vec::new();
    for rule in rules() {
        let rows: Vec<(String,)> = sqlx::query_as(AssertSqlSafe(rule))
            .fetch_all(&mut *connection)
            .await?;
        found.extend(rows.into_iter().map(|(finding,)| finding));
    }
    Ok(found)
}

/// The tables with `association_id`, in the order of their names.
pub(crate) async fn tables(connection: &mut PgConnection) -> sqlx::Result<Vec<Table>> {
    let may = |what: &str| {
        format!(
            "array(select a.attname::text from pg_attribute a where a.attrelid = t.oid \
             and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' \
             and has_column_privilege('saline_member', t.oid, a.attname, '{what}') \
             order by a.attnum)"
        )
    };
    let (written, changed) = (may("insert"), may("update"));
    let statement = format!(
        "select t.relname::text, has_table_privilege('saline_member', t.oid, 'select'), \
         {written}, {changed} from {TENANT} t where t.relkind in ('r', 'p') order by 1"
    );
    let rows: Vec<(String, bool, Vec<String>, Vec<String>)> =
        sqlx::query_as(AssertSqlSafe(statement))
            .fetch_all(connection)
            .await?;
    let tables = rows
        .into_iter()
        .map(|(name, is_of_members, written, changed)| Table {
            name,
            is_of_members,
            written,
            changed: changed.into_iter().next(),
        });
    Ok(tables.collect())
}

/// All tables of ours.
pub(crate) async fn readable(connection: &mut PgConnection) -> sqlx::Result<Vec<String>> {
    let statement = format!(
        "select c.oid::regclass::text from pg_class c \
         where {OURS} and c.relkind in ('r', 'p', 'v', 'm') order by 1"
    );
    let rows: Vec<(String,)> = sqlx::query_as(AssertSqlSafe(statement))
        .fetch_all(connection)
        .await?;
    Ok(rows.into_iter().map(|(name,)| name).collect())
}
