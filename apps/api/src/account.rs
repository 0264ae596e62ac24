//! The account of the member who gave access.

use crate::Tag;
use crate::caller::Key;
use crate::cursor::{self, limit};
use crate::fail::Answer;
use chrono::{DateTime, NaiveDate, Utc};
use poem_openapi::param::Query;
use poem_openapi::payload::Json;
use poem_openapi::{Object, OpenApi};
use sel::access::Permission;
use store::transfer::{Line, Span};
use uuid::Uuid;

/// Amounts are in the smallest part of the unit.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
struct Account {
    balance: i64,
    /// What waits for a word, and would be given or received.
    held_out: i64,
    held_in: i64,
    /// How far down and up the balance may go; no end where it is not there.
    floor: Option<i64>,
    ceiling: Option<i64>,
}

/// A movement of units, written once and never changed.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
struct Transfer {
    id: Uuid,
    /// Its place in the statement of this account: 1, 2, 3, without gaps.
    sequence: i64,
    /// Positive where units were received.
    change: i64,
    /// After it.
    balance: i64,
    label: String,
    done_on: NaiveDate,
    posted_at: DateTime<Utc>,
    /// The other side's number; none where it is the SEL itself.
    other: Option<i32>,
    exchange_id: Option<Uuid>,
}

#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
struct Transfers {
    items: Vec<Transfer>,
    next: Option<String>,
}

fn told(it: Line) -> Transfer {
    Transfer {
        id: it.id().0,
        sequence: it.sequence,
        change: it.change,
        balance: it.balance,
        exchange_id: it.exchange_id().map(|it| it.0),
        label: it.label,
        done_on: it.done_on,
        posted_at: it.posted_at,
        other: it.other_number,
    }
}

pub(crate) struct Api;

#[OpenApi(tag = "Tag::Account")]
impl Api {
    /// Balance and limits
    ///
    /// Needs `account.read`.
    #[oai(path = "/account", method = "get", operation_id = "account")]
    async fn account(&self, key: Key) -> Answer<Account> {
        let mut caller = key.with(Permission::Account)?;
        let me = caller.member.id();
        let account = store::account::of_member(&mut caller.scope, me).await?;
        let (standing, limits) = (account.standing(), &caller.rules.limits);
        Ok(Json(Account {
            balance: account.balance,
            held_out: standing.held_out,
            held_in: standing.held_in,
            floor: limits.floor_of(standing),
            ceiling: limits.ceiling_of(standing),
        }))
    }

    /// The statement, the newest first
    ///
    /// Needs `account.read`.
    #[oai(
        path = "/account/transfers",
        method = "get",
        operation_id = "transfers"
    )]
    async fn transfers(
        &self,
        key: Key,
        /// Where the page before ended.
        cursor: Query<Option<String>>,
        /// How many, 50 without it.
        #[oai(validator(minimum(value = "1"), maximum(value = "100")))]
        limit: Query<Option<u32>>,
    ) -> Answer<Transfers> {
        let mut caller = key.with(Permission::Account)?;
        let before = cursor::number(cursor.0.as_deref())?.unwrap_or(i64::MAX);
        let me = caller.member.id();
        let account = store::account::of_member(&mut caller.scope, me).await?;
        let span = Span {
            after: 0,
            to: before.saturating_sub(1),
        };
        let (scope, rows) = (&mut caller.scope, self::limit(limit.0));
        let page = store::transfer::statement(scope, account.id(), span, rows).await?;
        let next = page.rows.last().filter(|_| page.more);
        let next = next.map(|it| cursor::of_number(it.sequence));
        let items = page.rows.into_iter().map(told).collect();
        Ok(Json(Transfers { items, next }))
    }
}
