//! Several members on one account.

use crate::{Result, Scope};
use chrono::NaiveDate;
use sel::id::{AccountId, MemberId, TransferId};

/// Lets a member share the account of another, who is the host; what theirs holds moves there.
/// Answers what moved, or nothing where they share it already. Answers the constraints
/// `nothing_waits` and `account_is_held_alone` where theirs is not free.
pub async fn share(
    scope: &mut Scope,
    member: MemberId,
    host: MemberId,
    transfer: TransferId,
    label: &str,
    today: NaiveDate,
) -> Result<Option<i64>> {
    let now = scope.now;
    let by = scope.actor.as_ref().map(|actor| actor.member_id.0);
    let (moved,): (Option<i64>,) =
        sqlx::query_as("select share_account($1, $2, $3, $4, $5, $6, $7)")
            .bind(member.0)
            .bind(host.0)
            .bind(transfer.0)
            .bind(label)
            .bind(today)
            .bind(now)
            .bind(by)
            .fetch_one(scope.connection())
            .await?;
    Ok(moved)
}

/// The others who hold this account now, by number: number and first name.
pub async fn sharers(
    scope: &mut Scope,
    account: AccountId,
    except: MemberId,
) -> Result<Vec<(i32, String)>> {
    let here = scope.here();
    Ok(sqlx::query_as(
        "select m.number, m.first_name from holding h \
         join member m on m.association_id = h.association_id and m.member_id = h.member_id \
         where h.association_id = $1 and h.account_id = $2 and h.until is null \
         and h.member_id <> $3 order by m.number limit 20",
    )
    .bind(here)
    .bind(account.0)
    .bind(except.0)
    .fetch_all(scope.connection())
    .await?)
}
