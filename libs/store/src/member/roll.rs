//! Everybody of a SEL, for who enters many names at once.

use crate::account::Account;
use crate::{Result, Scope};
use sel::id::MemberId;
use sel::roll::{Entry, Roll};
use sqlx::FromRow;
use uuid::Uuid;

/// Members that a roll holds. A SEL has some hundreds at most.
const MANY: i64 = 5_000;

#[derive(FromRow)]
struct Row {
    member_id: Uuid,
    number: i32,
    first_name: String,
    last_name: String,
    has_left: bool,
    has_email: bool,
    #[sqlx(flatten)]
    account: Account,
}

/// All members who ever were, with where their accounts stand.
pub async fn roll(scope: &mut Scope) -> Result<Roll> {
    let (here, now) = (scope.here(), scope.now);
    let rows: Vec<Row> = sqlx::query_as(
        "select m.member_id, m.number, m.first_name, m.last_name, \
         m.left_at is not null as has_left, m.email is not null as has_email, \
         a.account_id, a.balance, a.held_out, a.held_in, a.transfer_count, a.own_floor, \
         a.own_ceiling, coalesce(a.own_limits_until >= $3::date, false) as has_own_limits \
         from member m \
         join account own on own.association_id = m.association_id \
              and own.member_id = m.member_id \
         left join holding h on h.association_id = m.association_id \
              and h.member_id = m.member_id and h.until is null \
         join account a on a.association_id = m.association_id \
              and a.account_id = coalesce(h.account_id, own.account_id) \
         where m.association_id = $1 order by m.number limit $2",
    )
    .bind(here)
    .bind(MANY)
    .bind(now)
    .fetch_all(scope.connection())
    .await?;
    let entry = |row: Row| Entry {
        member_id: MemberId(row.member_id),
        account_id: row.account.id(),
        number: row.number,
        first_name: row.first_name,
        last_name: row.last_name,
        has_left: row.has_left,
        has_email: row.has_email,
        standing: row.account.standing(),
    };
    Ok(Roll::of(rows.into_iter().map(entry).collect()))
}
