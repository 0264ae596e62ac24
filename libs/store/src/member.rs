//! The members of a SEL.

use crate::{Error, Result, Scope, setting};
use chrono::{DateTime, Utc};
use sel::association::Rules;
use sel::folded::folded;
use sel::id::{AccessId, IdentityId, MemberId};
use sel::member::{Actor, Right};
use sqlx::{AssertSqlSafe, FromRow};
use uuid::Uuid;

mod alike;
mod departure;
mod directory;
mod join;
mod roll;

pub use alike::alike;
pub use departure::{come_back, gone, leave};
pub use directory::{Order, count, list, list_after};
pub use join::{Joining, join, join_all};
pub use roll::roll;

#[derive(Clone, Debug, FromRow)]
pub struct Member {
    #[sqlx(rename = "member_id")]
    id: Uuid,
    pub number: i32,
    identity_id: Option<Uuid>,
    pub first_name: String,
    pub last_name: String,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub place: Option<String>,
    pub about: Option<String>,
    pub language: String,
    rights: Vec<String>,
    pub joined_at: DateTime<Utc>,
    pub left_at: Option<DateTime<Utc>>,
}

impl Member {
    pub fn id(&self) -> MemberId {
        MemberId(self.id)
    }

    pub fn identity_id(&self) -> Option<IdentityId> {
        self.identity_id.map(IdentityId)
    }

    pub fn rights(&self) -> Vec<Right> {
        self.rights
            .iter()
            .filter_map(|right| Right::parse(right))
            .collect()
    }

    pub fn full_name(&self) -> String {
        format!("{} {}", self.first_name, self.last_name)
            .trim_end()
            .to_owned()
    }
}

pub(crate) const COLUMNS: &str = "m.member_id, m.number, m.identity_id, m.first_name, \
    m.last_name, m.email, m.phone, m.place, m.about, m.language, m.rights, m.joined_at, m.left_at";

pub async fn by_id(scope: &mut Scope, id: MemberId) -> Result<Option<Member>> {
    read_one(scope, id, "").await
}

/// The same, and nobody else changes it before this scope ends.
pub async fn hold(scope: &mut Scope, id: MemberId) -> Result<Option<Member>> {
    read_one(scope, id, " for no key update of m").await
}

async fn read_one(scope: &mut Scope, id: MemberId, lock: &str) -> Result<Option<Member>> {
    let here = scope.here();
    let statement = AssertSqlSafe(format!(
        "select {COLUMNS} from member m where m.association_id = $1 and m.member_id = $2{lock}"
    ));
    Ok(sqlx::query_as(statement)
        .bind(here)
        .bind(id.0)
        .fetch_optional(scope.connection())
        .await?)
}

pub async fn by_number(scope: &mut Scope, number: i32) -> Result<Option<Member>> {
    let here = scope.here();
    let statement = AssertSqlSafe(format!(
        "select {COLUMNS} from member m where m.association_id = $1 and m.number = $2"
    ));
    Ok(sqlx::query_as(statement)
        .bind(here)
        .bind(number)
        .fetch_optional(scope.connection())
        .await?)
}

/// Who is here, and the rules: what every page of a member needs, in one query.
#[derive(Debug)]
pub struct Present {
    pub member: Member,
    pub rules: Rules,
}

#[derive(FromRow)]
struct PresentRow {
    #[sqlx(flatten)]
    member: Member,
    helped: Vec<Uuid>,
    #[sqlx(flatten)]
    rules: setting::Row,
}

/// The member whose session has this SHA-256; the scope goes on in their name.
pub async fn of_session(scope: &mut Scope, session_hash: &[u8]) -> Result<Option<Present>> {
    let who = "(select member_of_session($2, $3))";
    let (here, now) = (scope.here(), scope.now);
    let found = sqlx::query_as(present(who))
        .bind(here)
        .bind(session_hash)
        .bind(now);
    let found = found.fetch_optional(scope.connection()).await?;
    enter(scope, found)
}

/// The member who gave this access, while their login is the one that gave it; the scope goes on in
/// their name.
pub(crate) async fn of_access(scope: &mut Scope, id: AccessId) -> Result<Option<Present>> {
    let who = "(select a.member_id from access a join member g on g.association_id = $1 \
        and g.member_id = a.member_id and g.identity_id = a.identity_id \
        where a.association_id = $1 and a.access_id = $2)";
    let here = scope.here();
    let found = sqlx::query_as(present(who)).bind(here).bind(id.0);
    let found = found.fetch_optional(scope.connection()).await?;
    enter(scope, found)
}

/// Who acts where this member does, while their login is this one; nobody else changes them before
/// this scope ends.
pub async fn act_as(
    scope: &mut Scope,
    member: MemberId,
    identity: IdentityId,
) -> Result<Option<Actor>> {
    hold(scope, member).await?;
    let who = "(select g.member_id from member g where g.association_id = $1 \
        and g.member_id = $2 and g.identity_id = $3)";
    let here = scope.here();
    let found = sqlx::query_as(present(who))
        .bind(here)
        .bind(member.0)
        .bind(identity.0);
    let found = found.fetch_optional(scope.connection()).await?;
    enter(scope, found)?;
    Ok(scope.actor.take())
}

/// Reads the member whom `who` names, and the rules.
fn present(who: &str) -> AssertSqlSafe<String> {
    AssertSqlSafe(format!(
        "select {COLUMNS}, {settings}, case when s.proxies_allowed then array( \
             select d.member_id from mandate d where d.association_id = $1 \
             and d.proxy_id = m.member_id and d.revoked_at is null) else '{{}}' end as helped \
         from member m \
         join setting s on s.association_id = m.association_id \
         where m.association_id = $1 and m.member_id = {who} and m.left_at is null",
        settings = setting::COLUMNS
    ))
}

fn enter(scope: &mut Scope, row: Option<PresentRow>) -> Result<Option<Present>> {
    let Some(row) = row else { return Ok(None) };
    scope.actor = Some(Actor {
        association_id: scope.association_id,
        member_id: row.member.id(),
        rights: row.member.rights(),
        helped: row.helped.into_iter().map(MemberId).collect(),
    });
    Ok(Some(Present {
        member: row.member,
        rules: row.rules.try_into()?,
    }))
}

/// Those who hold this right.
pub async fn holders(scope: &mut Scope, right: Right) -> Result<Vec<Member>> {
    let here = scope.here();
    let statement = AssertSqlSafe(format!(
        "select {COLUMNS} from member m where m.association_id = $1 and m.left_at is null \
         and m.rights @> array[$2] order by m.number limit 50"
    ));
    Ok(sqlx::query_as(statement)
        .bind(here)
        .bind(right.as_str())
        .fetch_all(scope.connection())
        .await?)
}

/// Gives a member another address.
pub async fn readdress(scope: &mut Scope, id: MemberId, email: &sel::person::Email) -> Result<()> {
    let here = scope.here();
    let done =
        sqlx::query("update member set email = $3 where association_id = $1 and member_id = $2")
            .bind(here)
            .bind(id.0)
            .bind(email.as_str())
            .execute(scope.connection())
            .await?;
    one(done.rows_affected())
}

/// Ties a login to a member.
pub async fn identify(scope: &mut Scope, id: MemberId, identity: IdentityId) -> Result<()> {
    let here = scope.here();
    let done = sqlx::query(
        "update member set identity_id = $3 where association_id = $1 and member_id = $2",
    )
    .bind(here)
    .bind(id.0)
    .bind(identity.0)
    .execute(scope.connection())
    .await?;
    one(done.rows_affected())
}

/// Takes a member out of their login; the next link makes one of their own.
pub async fn release(scope: &mut Scope, id: MemberId) -> Result<()> {
    let here = scope.here();
    let done = sqlx::query(
        "update member set identity_id = null where association_id = $1 and member_id = $2",
    )
    .bind(here)
    .bind(id.0)
    .execute(scope.connection())
    .await?;
    one(done.rows_affected())
}

/// What a member changes about themselves.
pub async fn describe(
    scope: &mut Scope,
    id: MemberId,
    person: &sel::application::Person,
    language: &str,
) -> Result<()> {
    let here = scope.here();
    let done = sqlx::query(
        "update member set first_name = $3, last_name = $4, folded_name = $5, folded_last = $6, \
         phone = $7, place = $8, about = $9, language = $10 \
         where association_id = $1 and member_id = $2",
    )
    .bind(here)
    .bind(id.0)
    .bind(&person.name.first)
    .bind(&person.name.last)
    .bind(folded(&person.name.full()))
    .bind(folded(&person.name.last))
    .bind(person.phone.as_ref().map(ToString::to_string))
    .bind(&person.place)
    .bind(&person.about)
    .bind(language)
    .execute(scope.connection())
    .await?;
    one(done.rows_affected())
}

/// Gives a member these rights and no others.
pub async fn entitle(scope: &mut Scope, id: MemberId, rights: &[Right]) -> Result<()> {
    let here = scope.here();
    let rights: Vec<&str> = rights.iter().map(|right| right.as_str()).collect();
    let done =
        sqlx::query("update member set rights = $3 where association_id = $1 and member_id = $2")
            .bind(here)
            .bind(id.0)
            .bind(&rights)
            .execute(scope.connection())
            .await?;
    one(done.rows_affected())
}

fn one(rows: u64) -> Result<()> {
    if rows == 1 {
        Ok(())
    } else {
        Err(Error::Contradiction("a member was not there"))
    }
}
