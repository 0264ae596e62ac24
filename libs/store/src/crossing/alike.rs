//! Crossings that may be the one which is being recorded: both sides note them, and slips come
//! twice.

use crate::{Result, Scope};
use chrono::NaiveDate;
use sel::exchange::{Alike, Side};
use sel::id::{AllianceId, CrossingId, MemberId};
use sqlx::FromRow;

/// What is being recorded.
#[derive(Clone, Debug)]
pub struct Sought<'a> {
    pub crossing_id: CrossingId,
    pub alliance_id: AllianceId,
    pub member_id: MemberId,
    pub side: Side,
    /// Smallest parts of our unit.
    pub amount: i64,
    pub done_on: NaiveDate,
    pub slip: Option<&'a str>,
}

#[derive(FromRow)]
struct Row {
    done_on: NaiveDate,
    amount: i64,
    label: String,
    slip: Option<String>,
    same_slip: bool,
}

/// One with the same slip of that SEL, or of the same member with it over the same amount at most
/// `days` apart; the nearest day first. What came to nothing or was undone does not count.
pub async fn alike(scope: &mut Scope, it: &Sought<'_>, days: i16) -> Result<Option<Alike>> {
    let here = scope.here();
    let row: Option<Row> = sqlx::query_as(
        "select done_on, amount, label, slip, coalesce(slip = $8, false) as same_slip \
         from crossing \
         where association_id = $1 and alliance_id = $2 and crossing_id <> $3 \
             and refused_at is null and cancelled_at is null and expired_at is null \
             and reversed_at is null \
             and (slip = $8 or (member_id = $4 and side = $5 and amount = $6 and $9 > 0 \
                 and done_on between $7 - $9 and $7 + $9 \
                 and (slip is null or $8 is null))) \
         order by slip is distinct from $8, abs(done_on - $7) limit 1",
    )
    .bind(here)
    .bind(it.alliance_id.0)
    .bind(it.crossing_id.0)
    .bind(it.member_id.0)
    .bind(super::side_word(it.side))
    .bind(it.amount)
    .bind(it.done_on)
    .bind(it.slip)
    .bind(i32::from(days))
    .fetch_optional(scope.connection())
    .await?;
    Ok(row.map(|row| Alike {
        done_on: row.done_on,
        amount: row.amount,
        label: row.label,
        slip: row.slip,
        same_slip: row.same_slip,
    }))
}
