//! What was exchanged with one SEL in a period, line by line: what both SELs compare.

use crate::{Page, Result, Scope};
use chrono::{DateTime, NaiveDate, Utc};
use sel::id::{AllianceId, CrossingId};
use sqlx::FromRow;
use uuid::Uuid;

/// One posting with the other SEL, or what undoes one.
#[derive(Clone, Debug, FromRow)]
pub struct Line {
    crossing_id: Uuid,
    pub at: DateTime<Utc>,
    pub done_on: NaiveDate,
    pub is_reversal: bool,
    /// Whether our member gave units, by this line.
    pub gives: bool,
    pub amount: i64,
    pub member_number: i32,
    pub member_first: String,
    pub member_last: String,
    pub other_number: Option<i32>,
    pub other_name: String,
    pub label: String,
    pub slip: Option<String>,
}

impl Line {
    pub fn id(&self) -> CrossingId {
        CrossingId(self.crossing_id)
    }
}

/// The lines from one moment on and before another, the oldest first.
pub async fn tally(
    scope: &mut Scope,
    alliance: AllianceId,
    (from, until): (DateTime<Utc>, DateTime<Utc>),
    limit: usize,
) -> Result<Page<Line>> {
    let here = scope.here();
    let rows = sqlx::query_as(
        "select l.*, m.number as member_number, m.first_name as member_first, \
                m.last_name as member_last \
         from ( \
             select crossing_id, agreed_at as at, done_on, false as is_reversal, \
                    side = 'payer' as gives, amount, member_id, other_number, other_name, label, \
                    slip \
             from crossing where association_id = $1 and alliance_id = $2 \
                and agreed_at >= $3 and agreed_at < $4 \
             union all \
             select crossing_id, reversed_at, done_on, true, side = 'payee', amount, member_id, \
                    other_number, other_name, label, slip \
             from crossing where association_id = $1 and alliance_id = $2 \
                and reversed_at >= $3 and reversed_at < $4 \
             order by at, is_reversal, crossing_id limit $5) l \
         join member m on m.association_id = $1 and m.member_id = l.member_id \
         order by l.at, l.is_reversal, l.crossing_id",
    )
    .bind(here)
    .bind(alliance.0)
    .bind(from)
    .bind(until)
    .bind(i64::try_from(limit + 1).unwrap_or(i64::MAX))
    .fetch_all(scope.connection())
    .await?;
    Ok(Page::cut(rows, limit))
}

/// What our members gave and received, in smallest parts of our unit, before a period and in it.
/// What was undone counts the other way when it was undone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, FromRow)]
pub struct Sums {
    pub given_before: i64,
    pub received_before: i64,
    pub given: i64,
    pub received: i64,
}

pub async fn sums(
    scope: &mut Scope,
    alliance: AllianceId,
    (from, until): (DateTime<Utc>, DateTime<Utc>),
) -> Result<Sums> {
    let here = scope.here();
    Ok(sqlx::query_as(
        "select coalesce(sum(amount) filter (where gives and at < $3), 0)::bigint \
                    as given_before, \
                coalesce(sum(amount) filter (where not gives and at < $3), 0)::bigint \
                    as received_before, \
                coalesce(sum(amount) filter (where gives and at >= $3), 0)::bigint as given, \
                coalesce(sum(amount) filter (where not gives and at >= $3), 0)::bigint \
                    as received \
         from ( \
             select agreed_at as at, side = 'payer' as gives, amount from crossing \
             where association_id = $1 and alliance_id = $2 and agreed_at < $4 \
             union all \
             select reversed_at, side = 'payee', amount from crossing \
             where association_id = $1 and alliance_id = $2 and reversed_at < $4) leg",
    )
    .bind(here)
    .bind(alliance.0)
    .bind(from)
    .bind(until)
    .fetch_one(scope.connection())
    .await?)
}

impl Sums {
    /// Given less received, before the period.
    pub fn opening(&self) -> i64 {
        self.given_before - self.received_before
    }

    /// The same, after it.
    pub fn closing(&self) -> i64 {
        self.opening() + self.given - self.received
    }
}
