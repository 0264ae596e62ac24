//! Movements of units: written once, never changed. A statement is an index scan over them.

use crate::{Page, Result, Scope};
use chrono::{DateTime, NaiveDate, Utc};
use sel::id::{AccountId, CrossingId, ExchangeId, MemberId, TransferId};
use sqlx::FromRow;
use uuid::Uuid;

/// One line of an account's statement.
#[derive(Clone, Debug, FromRow)]
pub struct Line {
    transfer_id: Uuid,
    pub kind: String,
    /// Positive where the account received units, negative where it gave them.
    pub change: i64,
    /// The balance after it.
    pub balance: i64,
    pub sequence: i64,
    pub label: String,
    pub done_on: NaiveDate,
    pub posted_at: DateTime<Utc>,
    /// The other side: nobody where it is the SEL itself.
    pub other_number: Option<i32>,
    /// What kind of account the other side's is.
    pub other_kind: String,
    pub other_first: Option<String>,
    pub other_last: Option<String>,
    /// Who wrote it for the member, where somebody else did.
    pub writer_first: Option<String>,
    pub writer_number: Option<i32>,
    exchange_id: Option<Uuid>,
    /// The sheet that it stood on.
    pub sheet_title: Option<String>,
    crossing_id: Option<Uuid>,
    /// The member of another SEL, as that SEL shows them, with its code.
    pub outside_name: Option<String>,
    pub outside_number: Option<i32>,
    pub outside_code: Option<String>,
}

impl Line {
    pub fn id(&self) -> TransferId {
        TransferId(self.transfer_id)
    }

    /// What it settled, where that was an exchange with a member of another SEL.
    pub fn crossing_id(&self) -> Option<CrossingId> {
        self.crossing_id.map(CrossingId)
    }

    /// What it settled, where it was an exchange.
    pub fn exchange_id(&self) -> Option<ExchangeId> {
        self.exchange_id.map(ExchangeId)
    }
}

/// A part of an account's transfers: those after `after` up to `to`, in its own sequence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    pub after: i64,
    pub to: i64,
}

impl Span {
    /// How many transfers it holds: the sequences have no gaps.
    pub fn count(self) -> i64 {
        (self.to - self.after).max(0)
    }
}

/// The transfers of an account that were posted from one moment on and before another.
pub async fn span(
    scope: &mut Scope,
    account: AccountId,
    (from, until): (DateTime<Utc>, DateTime<Utc>),
) -> Result<Span> {
    let (after, to): (i64, i64) =
        sqlx::query_as("select sequence_before($1, $2), sequence_before($1, $3)")
            .bind(account.0)
            .bind(from)
            .bind(until)
            .fetch_one(scope.connection())
            .await?;
    Ok(Span { after, to })
}

/// The balance of an account after so many of its transfers.
pub async fn balance_after(scope: &mut Scope, account: AccountId, sequence: i64) -> Result<i64> {
    let here = scope.here();
    let balance: Option<(i64,)> = sqlx::query_as(
        "select payer_balance from transfer where association_id = $1 and payer_account = $2 \
             and payer_sequence = $3 \
         union all \
         select payee_balance from transfer where association_id = $1 and payee_account = $2 \
             and payee_sequence = $3 limit 1",
    )
    .bind(here)
    .bind(account.0)
    .bind(sequence)
    .fetch_optional(scope.connection())
    .await?;
    Ok(balance.map_or(0, |(balance,)| balance))
}

/// How much an account has given and received since, in minor units.
pub async fn turnover(
    scope: &mut Scope,
    account: AccountId,
    since: DateTime<Utc>,
) -> Result<(i64, i64)> {
    let here = scope.here();
    Ok(sqlx::query_as(
        "select coalesce((select sum(amount) from transfer where association_id = $1 \
             and payer_account = $2 and posted_at >= $3), 0)::bigint, \
         coalesce((select sum(amount) from transfer where association_id = $1 \
             and payee_account = $2 and posted_at >= $3), 0)::bigint",
    )
    .bind(here)
    .bind(account.0)
    .bind(since)
    .fetch_one(scope.connection())
    .await?)
}

/// The lines of an account within a span, the newest first. Gapless sequences make it two scans of
/// exactly a page.
pub async fn statement(
    scope: &mut Scope,
    account: AccountId,
    span: Span,
    limit: usize,
) -> Result<Page<Line>> {
    let here = scope.here();
    let rows = sqlx::query_as(
        "with line as ( \
           (select transfer_id, kind, -amount as change, payer_balance as balance, \
                   payer_sequence as sequence, label, done_on, posted_at, \
                   payee_account as other, exchange_id, coalesce(reverses, transfer_id) as settled \
            from transfer where association_id = $1 and payer_account = $2 \
              and payer_sequence <= $3 and payer_sequence > $5 \
            order by payer_sequence desc limit $4) \
           union all \
           (select transfer_id, kind, amount, payee_balance, payee_sequence, label, done_on, \
                   posted_at, payer_account, exchange_id, coalesce(reverses, transfer_id) \
            from transfer where association_id = $1 and payee_account = $2 \
              and payee_sequence <= $3 and payee_sequence > $5 \
            order by payee_sequence desc limit $4) \
           order by sequence desc limit $4) \
         select l.transfer_id, l.kind, l.change, l.balance, l.sequence, l.label, l.done_on, \
                l.posted_at, a.kind as other_kind, m.number as other_number, \
                m.first_name as other_first, \
                m.last_name as other_last, w.first_name as writer_first, \
                w.number as writer_number, \
                l.exchange_id, s.title as sheet_title, c.crossing_id, \
                c.other_name as outside_name, c.other_number as outside_number, \
                y.ally_code as outside_code \
         from line l \
         join account a on a.association_id = $1 and a.account_id = l.other \
         left join exchange e on e.association_id = $1 and e.exchange_id = l.exchange_id \
         left join member m on m.association_id = $1 and m.member_id = case \
              when e.exchange_id is null then a.member_id \
              when (l.change < 0) = (l.kind <> 'reversal') then e.payee_id \
              else e.payer_id end \
         left join member w on w.association_id = $1 and w.member_id = e.proposed_by \
              and e.proposed_by <> e.proposed_for \
         left join sheet s on s.association_id = $1 and s.sheet_id = e.sheet_id \
         left join crossing c on a.kind in ('trunk', 'partner') and c.association_id = $1 \
              and c.crossing_id = l.settled \
         left join alliance y on y.association_id = $1 and y.alliance_id = c.alliance_id \
         order by l.sequence desc",
    )
    .bind(here)
    .bind(account.0)
    .bind(span.to)
    .bind(i64::try_from(limit + 1).unwrap_or(i64::MAX))
    .bind(span.after)
    .fetch_all(scope.connection())
    .await?;
    Ok(Page::cut(rows, limit))
}

/// The SEL's gift to a new member, where it makes one. Again changes nothing and answers false.
pub async fn give_starting_credit(
    scope: &mut Scope,
    id: TransferId,
    member: MemberId,
    label: &str,
    today: NaiveDate,
) -> Result<bool> {
    let now = scope.now;
    let by = scope.actor.as_ref().map(|actor| actor.member_id.0);
    let (given,): (bool,) = sqlx::query_as("select give_starting_credit($1, $2, $3, $4, $5, $6)")
        .bind(id.0)
        .bind(member.0)
        .bind(label)
        .bind(today)
        .bind(now)
        .bind(by)
        .fetch_one(scope.connection())
        .await?;
    Ok(given)
}

/// Undoes a transfer by the same amount the other way, within the limits where it is `bound` by
/// them. Where it was undone before, nothing changes and the answer is false. Answers the
/// constraints `accounts_exist` where an account is closed, `accounts_differ` where both share one
/// by now, and those of the limits.
pub async fn reverse(
    scope: &mut Scope,
    id: TransferId,
    reversed: TransferId,
    (label, reason): (&str, &str),
    today: NaiveDate,
    bound: bool,
) -> Result<bool> {
    let now = scope.now;
    let by = scope.actor.as_ref().map(|actor| actor.member_id.0);
    let (done,): (bool,) =
        sqlx::query_as("select reverse_transfer($1, $2, $3, $4, $5, $6, $7, $8)")
            .bind(id.0)
            .bind(reversed.0)
            .bind(label)
            .bind(reason)
            .bind(today)
            .bind(now)
            .bind(by)
            .bind(bound)
            .fetch_one(scope.connection())
            .await?;
    Ok(done)
}
