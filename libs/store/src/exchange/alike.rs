//! Exchanges that may be the one which is being recorded: both sides file them, on paper and here.

use crate::{Result, Scope};
use chrono::NaiveDate;
use sel::exchange::Alike;
use sel::id::{ExchangeId, MemberId};
use sqlx::FromRow;
use std::collections::BTreeMap;
use uuid::Uuid;

/// What is being recorded.
#[derive(Clone, Debug)]
pub struct Sought<'a> {
    pub exchange_id: ExchangeId,
    pub payer_id: MemberId,
    pub payee_id: MemberId,
    /// Minor units.
    pub amount: i64,
    pub done_on: NaiveDate,
    pub slip: Option<&'a str>,
}

#[derive(FromRow)]
struct Row {
    sought_id: Uuid,
    done_on: NaiveDate,
    amount: i64,
    label: String,
    slip: Option<String>,
    same_slip: bool,
}

/// For each that is sought, one exchange with the same slip, or of the same two over the same
/// amount at most `days` apart; the nearest day first. What was refused, taken back or has expired
/// does not count.
pub async fn alike(
    scope: &mut Scope,
    sought: &[Sought<'_>],
    days: i16,
) -> Result<BTreeMap<ExchangeId, Alike>> {
    if sought.is_empty() {
        return Ok(BTreeMap::new());
    }
    let here = scope.here();
    let uuids = |id: fn(&Sought<'_>) -> Uuid| sought.iter().map(id).collect::<Vec<_>>();
    let amounts: Vec<i64> = sought.iter().map(|it| it.amount).collect();
    let dates: Vec<NaiveDate> = sought.iter().map(|it| it.done_on).collect();
    let slips: Vec<Option<&str>> = sought.iter().map(|it| it.slip).collect();
    let rows: Vec<Row> = sqlx::query_as(
        "select s.id as sought_id, e.done_on, e.amount, e.label, e.slip, e.same_slip \
         from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::bigint[], $6::date[], $7::text[]) \
             as s (id, payer, payee, amount, day, slip) \
         cross join lateral ( \
             select * from ( \
                 (select x.done_on, x.amount, x.label, x.slip, true as same_slip \
                  from exchange x where x.association_id = $1 and x.slip = s.slip \
                      and x.exchange_id <> s.id and x.refused_at is null \
                      and x.cancelled_at is null and x.expired_at is null \
                      and x.reversed_at is null limit 1) \
                 union all \
                 (select x.done_on, x.amount, x.label, x.slip, false \
                  from exchange x where x.association_id = $1 and x.payer_id = s.payer \
                      and x.payee_id = s.payee and x.amount = s.amount and $8 > 0 \
                      and x.done_on between s.day - $8 and s.day + $8 \
                      and (x.slip is null or s.slip is null or x.slip = s.slip) \
                      and x.exchange_id <> s.id and x.refused_at is null \
                      and x.cancelled_at is null and x.expired_at is null \
                      and x.reversed_at is null \
                  order by abs(x.done_on - s.day) limit 1)) both_ways limit 1) e",
    )
    .bind(here)
    .bind(uuids(|it| it.exchange_id.0))
    .bind(uuids(|it| it.payer_id.0))
    .bind(uuids(|it| it.payee_id.0))
    .bind(amounts)
    .bind(dates)
    .bind(slips)
    .bind(i32::from(days))
    .fetch_all(scope.connection())
    .await?;
    let found = rows.into_iter().map(|row| {
        let alike = Alike {
            done_on: row.done_on,
            amount: row.amount,
            label: row.label,
            slip: row.slip,
            same_slip: row.same_slip,
        };
        (ExchangeId(row.sought_id), alike)
    });
    Ok(found.collect())
}
