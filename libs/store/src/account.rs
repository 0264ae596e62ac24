//! Where units are counted.

use crate::{Error, Result, Scope};
use sel::id::{AccountId, MemberId};
use sel::limit::Standing;
use sqlx::FromRow;
use uuid::Uuid;

#[derive(Clone, Debug, FromRow)]
pub struct Account {
    account_id: Uuid,
    pub balance: i64,
    pub held_out: i64,
    pub held_in: i64,
    pub transfer_count: i64,
}

impl Account {
    pub fn id(&self) -> AccountId {
        AccountId(self.account_id)
    }

    pub fn standing(&self) -> Standing {
        Standing {
            balance: self.balance,
            held_out: self.held_out,
            held_in: self.held_in,
        }
    }
}

pub(crate) async fn open(scope: &mut Scope, id: AccountId, member: MemberId) -> Result<()> {
    let (here, now) = (scope.here(), scope.now);
    sqlx::query(
        "insert into account (association_id, account_id, kind, member_id, opened_at) \
         values ($1, $2, 'member', $3, $4)",
    )
    .bind(here)
    .bind(id.0)
    .bind(member.0)
    .bind(now)
    .execute(scope.connection())
    .await?;
    Ok(())
}

pub async fn of_member(scope: &mut Scope, member: MemberId) -> Result<Account> {
    let here = scope.here();
    sqlx::query_as(
        "select account_id, balance, held_out, held_in, transfer_count from account \
         where association_id = $1 and member_id = $2",
    )
    .bind(here)
    .bind(member.0)
    .fetch_optional(scope.connection())
    .await?
    .ok_or(Error::Contradiction("a member has no account"))
}

/// Whether units have moved or wait in any account, or stand in a notice: what an hour is worth is
/// settled then.
pub async fn is_any_used(scope: &mut Scope) -> Result<bool> {
    let here = scope.here();
    let (is_used,): (bool,) = sqlx::query_as(
        "select exists (select from account \
             where association_id = $1 and (transfer_count > 0 or held_in > 0)) \
         or exists (select from notice where association_id = $1 and units is not null)",
    )
    .bind(here)
    .fetch_one(scope.connection())
    .await?;
    Ok(is_used)
}

/// The balances of these members, for a page of the directory.
pub async fn balances(scope: &mut Scope, members: &[MemberId]) -> Result<Vec<(MemberId, i64)>> {
    let here = scope.here();
    let ids: Vec<Uuid> = members.iter().map(|id| id.0).collect();
    let rows: Vec<(Uuid, i64)> = sqlx::query_as(
        "select member_id, balance from account \
         where association_id = $1 and member_id = any ($2)",
    )
    .bind(here)
    .bind(&ids)
    .fetch_all(scope.connection())
    .await?;
    Ok(rows
        .into_iter()
        .map(|(id, balance)| (MemberId(id), balance))
        .collect())
}
