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

/// What must hold in every ledger at every moment.
#[derive(Clone, Debug, FromRow, PartialEq, Eq)]
pub struct Check {
    /// The sum of all balances: zero.
    pub sum: i64,
    /// Accounts whose balance is not what their transfers add up to: none.
    pub unequal: i64,
    /// Accounts whose transfers are not numbered 1, 2, 3 … to their count: none.
    pub gaps: i64,
    /// Accounts whose holds are not the sum of their pending exchanges: none.
    pub holds: i64,
    /// Rows of the ledger that name a member, an account or an exchange that is not there: none.
    pub strays: i64,
    pub transfers: i64,
}

impl Check {
    pub fn holds_true(&self) -> bool {
        let Check {
            sum,
            unequal,
            gaps,
            holds,
            strays,
            transfers: _,
        } = *self;
        (sum, unequal, gaps, holds, strays) == (0, 0, 0, 0, 0)
    }
}

/// Recomputes the association's ledger from its transfers.
pub async fn check(scope: &mut Scope) -> Result<Check> {
    let here = scope.here();
    Ok(sqlx::query_as(
        "with side as ( \
           select payer_account as account_id, -amount as amount, payer_sequence as sequence, \
                  payer_balance as after from transfer where association_id = $1 \
           union all \
           select payee_account, amount, payee_sequence, payee_balance \
           from transfer where association_id = $1), \
         running as ( \
           select account_id, sequence, after, \
                  sum(amount) over (partition by account_id order by sequence) as counted, \
                  row_number() over (partition by account_id order by sequence) as place \
           from side), \
         sums as ( \
           select a.account_id, a.balance, a.transfer_count, a.held_out, a.held_in, \
                  coalesce((select sum(amount) from side s \
                            where s.account_id = a.account_id), 0)::bigint as total, \
                  (select count(*) from side s where s.account_id = a.account_id) as lines, \
                  coalesce((select sum(e.amount) from exchange e where e.association_id = $1 \
                      and e.payer_id = a.member_id and num_nonnulls(e.agreed_at, e.refused_at, \
                          e.cancelled_at, e.expired_at) = 0), 0)::bigint as held_out_sum, \
                  coalesce((select sum(e.amount) from exchange e where e.association_id = $1 \
                      and e.payee_id = a.member_id and num_nonnulls(e.agreed_at, e.refused_at, \
                          e.cancelled_at, e.expired_at) = 0), 0)::bigint as held_in_sum \
           from account a where a.association_id = $1), \
         stray as ( \
           select t.transfer_id from transfer t \
           left join account p on p.association_id = $1 and p.account_id = t.payer_account \
           left join account r on r.association_id = $1 and r.account_id = t.payee_account \
           left join exchange e on e.association_id = $1 and e.exchange_id = t.exchange_id \
           where t.association_id = $1 and (p.account_id is null or r.account_id is null \
             or (t.exchange_id is not null and e.exchange_id is null)) \
           union all \
           select e.exchange_id from exchange e, \
             unnest(array[e.payer_id, e.payee_id, e.proposed_by, e.proposed_for, e.answer_by, \
                          e.closed_by]) as named (member_id) \
           where e.association_id = $1 and named.member_id is not null \
             and not exists (select from member m where m.association_id = $1 \
                             and m.member_id = named.member_id)) \
         select coalesce(sum(balance), 0)::bigint as sum, \
           count(*) filter (where balance <> total) \
             + (select count(*) from running where counted <> after) as unequal, \
           count(*) filter (where transfer_count <> lines) \
             + (select count(*) from running where sequence <> place) as gaps, \
           count(*) filter (where held_out <> held_out_sum or held_in <> held_in_sum) as holds, \
           (select count(*) from stray) as strays, \
           (select count(*) from transfer where association_id = $1) as transfers \
         from sums",
    )
    .bind(here)
    .fetch_one(scope.connection())
    .await?)
}
