//! All exchanges of a while, whatever their state: what the accountant looks through.

use super::{COLUMNS, Exchange, TABLES};
use crate::{Page, Result, Scope};
use chrono::{DateTime, Utc};
use sqlx::{AssertSqlSafe, FromRow};

/// Which exchanges are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    All,
    Waiting,
    Agreed,
    Reversed,
    /// Refused, taken back, or expired.
    Dropped,
}

impl State {
    /// As a condition on an exchange or a crossing, by the name of its row.
    pub(crate) fn condition(self, row: &str) -> String {
        match self {
            State::All => "true".to_owned(),
            State::Waiting => format!(
                "{row}.agreed_at is null and {row}.refused_at is null \
                 and {row}.cancelled_at is null and {row}.expired_at is null"
            ),
            State::Agreed => {
                format!("{row}.agreed_at is not null and {row}.reversed_at is null")
            }
            State::Reversed => format!("{row}.reversed_at is not null"),
            State::Dropped => format!(
                "({row}.refused_at is not null or {row}.cancelled_at is not null \
                  or {row}.expired_at is not null)"
            ),
        }
    }
}

/// An exchange, with what the accountant wants to know beside it.
#[derive(Clone, Debug, FromRow)]
pub struct Reviewed {
    #[sqlx(flatten)]
    pub exchange: Exchange,
    pub writer_number: i32,
    pub writer_first: String,
    pub category: Option<String>,
    pub sheet_title: Option<String>,
}

/// The exchanges that were written down from one moment on and before another, the newest first.
pub async fn review(
    scope: &mut Scope,
    (from, until): (DateTime<Utc>, DateTime<Utc>),
    state: State,
    offset: i64,
    limit: usize,
) -> Result<Page<Reviewed>> {
    let here = scope.here();
    let statement = AssertSqlSafe(format!(
        "{COLUMNS}, w.number as writer_number, w.first_name as writer_first, \
         c.name as category, s.title as sheet_title{TABLES} \
         join member w on w.association_id = e.association_id and w.member_id = e.proposed_by \
         left join category c on c.association_id = e.association_id \
              and c.category_id = e.category_id \
         left join sheet s on s.association_id = e.association_id and s.sheet_id = e.sheet_id \
         where e.association_id = $1 and e.proposed_at >= $2 and e.proposed_at < $3 and {} \
         order by e.proposed_at desc, e.exchange_id limit $4 offset $5",
        state.condition("e")
    ));
    let rows = sqlx::query_as(statement)
        .bind(here)
        .bind(from)
        .bind(until)
        .bind(i64::try_from(limit + 1).unwrap_or(i64::MAX))
        .bind(offset)
        .fetch_all(scope.connection())
        .await?;
    Ok(Page::cut(rows, limit))
}

/// What was written down in a while.
#[derive(Clone, Copy, Debug, FromRow)]
pub struct Sum {
    pub count: i64,
    /// Those that are recorded and were not undone, and what was given in them, in minor units.
    pub standing: i64,
    pub units: i64,
    pub waiting: i64,
}

/// What was written down in that while, all together.
pub async fn sum(scope: &mut Scope, (from, until): (DateTime<Utc>, DateTime<Utc>)) -> Result<Sum> {
    let here = scope.here();
    let stands = State::Agreed.condition("e");
    let waits = State::Waiting.condition("e");
    Ok(sqlx::query_as(AssertSqlSafe(format!(
        "select count(*) as count, count(*) filter (where {stands}) as standing, \
             coalesce(sum(e.amount) filter (where {stands}), 0)::bigint as units, \
             count(*) filter (where {waits}) as waiting from exchange e \
         where e.association_id = $1 and e.proposed_at >= $2 and e.proposed_at < $3"
    )))
    .bind(here)
    .bind(from)
    .bind(until)
    .fetch_one(scope.connection())
    .await?)
}
