//! The directory, as the member who gave access sees it.

use crate::Tag;
use crate::caller::{Caller, Key};
use crate::cursor::{self, limit};
use crate::fail::{Answer, Fail};
use door::Trouble;
use poem_openapi::param::{Path, Query};
use poem_openapi::payload::Json;
use poem_openapi::{Object, OpenApi};
use sel::access::Permission;
use sel::id::MemberId;
use std::collections::HashMap;
use uuid::Uuid;

/// What the SEL's directory keeps back is not there.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
struct Member {
    id: Uuid,
    number: i32,
    /// "Claire Aubert", or "Claire A."
    name: String,
    place: Option<String>,
    phone: Option<String>,
    email: Option<String>,
    about: Option<String>,
    balance: Option<i64>,
}

#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
struct Members {
    items: Vec<Member>,
    next: Option<String>,
}

fn told(caller: &Caller, it: store::member::Member, balance: Option<i64>) -> Result<Member, Fail> {
    let visible = caller.rules.visible(caller.actor()?, it.id());
    Ok(Member {
        id: it.id().0,
        number: it.number,
        name: caller.name_of(it.id(), (&it.first_name, &it.last_name))?,
        place: it.place.filter(|_| visible.place),
        phone: it.phone.filter(|_| visible.phone),
        email: it.email.filter(|_| visible.email),
        about: it.about,
        balance: balance.filter(|_| visible.balance),
    })
}

pub(crate) struct Api;

#[OpenApi(tag = "Tag::Members")]
impl Api {
    /// The members, by number
    ///
    /// Needs `members.read`.
    #[oai(path = "/members", method = "get", operation_id = "members")]
    async fn list(
        &self,
        key: Key,
        /// Where the page before ended.
        cursor: Query<Option<String>>,
        /// How many, 50 without it.
        #[oai(validator(minimum(value = "1"), maximum(value = "100")))]
        limit: Query<Option<u32>>,
    ) -> Answer<Members> {
        let mut caller = key.with(Permission::Members)?;
        let after = cursor::number(cursor.0.as_deref())?.unwrap_or(0);
        let after = i32::try_from(after).map_err(|_| cursor::unreadable())?;
        let rows = self::limit(limit.0);
        let page = store::member::list_after(&mut caller.scope, after, rows).await?;
        let next = page.rows.last().filter(|_| page.more);
        let next = next.map(|it| cursor::of_number(it.number.into()));
        let ids: Vec<MemberId> = page.rows.iter().map(store::member::Member::id).collect();
        let balances = store::account::balances(&mut caller.scope, &ids).await?;
        let balances: HashMap<MemberId, i64> = balances.into_iter().collect();
        let told = page.rows.into_iter().map(|it| {
            let balance = balances.get(&it.id()).copied();
            told(&caller, it, balance)
        });
        let items = told.collect::<Result<_, Fail>>()?;
        Ok(Json(Members { items, next }))
    }

    /// One member
    ///
    /// Needs `members.read`.
    #[oai(path = "/members/:number", method = "get", operation_id = "member")]
    async fn one(&self, key: Key, number: Path<i32>) -> Answer<Member> {
        let mut caller = key.with(Permission::Members)?;
        let found = store::member::by_number(&mut caller.scope, number.0).await?;
        let member = found.filter(|it| it.left_at.is_none());
        let member = member.ok_or(Trouble::NotFound)?;
        let account = store::account::of_member(&mut caller.scope, member.id()).await?;
        Ok(Json(told(&caller, member, Some(account.balance))?))
    }
}
