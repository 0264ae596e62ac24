//! What a mailed link stands for, once, and the fate of its mail.

use crate::fate::Fate;
use crate::{Door, Result, Worker};
use chrono::{DateTime, Utc};
use sel::id::{AssociationId, MemberId, TokenId};
use serde_json::Value;
use sqlx::FromRow;
use uuid::Uuid;

/// What a link is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Opens the SEL that `detail` describes.
    Opening,
    /// Logs a member in.
    Login,
    /// Logs a member in for the first time.
    Welcome,
    /// Lets someone join.
    Invitation,
    /// Carries a login from one host to another; lives for ten minutes, never mailed.
    Ticket,
    /// Puts a member of the SEL under the login that `detail` names; never mailed.
    Joining,
    /// Stands for a login that lacks its second proof; never mailed.
    Second,
    /// A dance under way with a provider of logins; never mailed.
    External,
    /// An account elsewhere that opens nothing yet; never mailed.
    Linking,
    /// Stands for an access that a program fetches; never mailed.
    Code,
    /// A question that a device was asked for a passkey; never mailed.
    Passkey,
}

impl Purpose {
    pub fn as_str(self) -> &'static str {
        match self {
            Purpose::Opening => "opening",
            Purpose::Login => "login",
            Purpose::Welcome => "welcome",
            Purpose::Invitation => "invitation",
            Purpose::Ticket => "ticket",
            Purpose::Joining => "joining",
            Purpose::Second => "second",
            Purpose::External => "external",
            Purpose::Linking => "linking",
            Purpose::Code => "code",
            Purpose::Passkey => "passkey",
        }
    }

    pub fn parse(text: &str) -> Option<Purpose> {
        use Purpose::{
            Code, External, Invitation, Joining, Linking, Login, Opening, Passkey, Second, Ticket,
            Welcome,
        };
        let all = [
            Opening, Login, Welcome, Invitation, Ticket, Joining, Second, External, Linking, Code,
            Passkey,
        ];
        all.into_iter().find(|purpose| purpose.as_str() == text)
    }
}

#[derive(Clone, Debug, FromRow)]
pub struct Token {
    token_id: Uuid,
    purpose: String,
    association_id: Option<Uuid>,
    member_id: Option<Uuid>,
    pub mail_to: Option<String>,
    pub language: String,
    pub detail: Value,
    pub created_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
    pub used_at: Option<DateTime<Utc>>,
    pub mail_attempts: i16,
}

impl Token {
    pub fn id(&self) -> TokenId {
        TokenId(self.token_id)
    }

    pub fn purpose(&self) -> Option<Purpose> {
        Purpose::parse(&self.purpose)
    }

    pub fn association_id(&self) -> Option<AssociationId> {
        self.association_id.map(AssociationId)
    }

    pub fn member_id(&self) -> Option<MemberId> {
        self.member_id.map(MemberId)
    }
}

const COLUMNS: &str = "token_id, purpose, association_id, member_id, mail_to, language, detail, \
                       created_at, expires_at, used_at, mail_attempts";

/// A token to write. With `mail_to` a mail goes out with its link.
#[derive(Clone, Debug)]
pub struct Written {
    pub id: TokenId,
    pub purpose: Purpose,
    pub association_id: Option<AssociationId>,
    pub member_id: Option<MemberId>,
    pub mail_to: Option<String>,
    pub language: String,
    pub detail: Value,
    pub expires_at: DateTime<Utc>,
}

/// Writes a token; the same id again changes nothing and answers false.
pub async fn write(door: &mut Door, token: &Written) -> Result<bool> {
    let now = door.now;
    let done = sqlx::query(
        "insert into token (token_id, purpose, association_id, member_id, mail_to, language, \
         detail, created_at, expires_at, mail_due_at) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, case when $5 is null then null else $8 end) \
         on conflict (token_id) do nothing",
    )
    .bind(token.id.0)
    .bind(token.purpose.as_str())
    .bind(token.association_id.map(|id| id.0))
    .bind(token.member_id.map(|id| id.0))
    .bind(&token.mail_to)
    .bind(&token.language)
    .bind(&token.detail)
    .bind(now)
    .bind(token.expires_at)
    .execute(door.connection())
    .await?;
    Ok(done.rows_affected() == 1)
}

pub async fn read(door: &mut Door, id: TokenId) -> Result<Option<Token>> {
    let statement = sqlx::AssertSqlSafe(format!("select {COLUMNS} from token where token_id = $1"));
    Ok(sqlx::query_as(statement)
        .bind(id.0)
        .fetch_optional(door.connection())
        .await?)
}

/// Uses a token up. Answers false where it was used before, or has expired: of two at once, one
/// hears true.
pub async fn spend(door: &mut Door, id: TokenId) -> Result<bool> {
    let now = door.now;
    let done = sqlx::query(
        "update token set used_at = $2 where token_id = $1 and used_at is null and expires_at > $2",
    )
    .bind(id.0)
    .bind(now)
    .execute(door.connection())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// How many links for this purpose were mailed to this address since then: too many at once are not
/// sent.
pub async fn mailed_since(
    door: &mut Door,
    to: &str,
    purpose: Purpose,
    since: DateTime<Utc>,
) -> Result<i64> {
    let (count,): (i64,) = sqlx::query_as(
        "select count(*) from token where mail_to = $1 and purpose = $3 and created_at > $2",
    )
    .bind(to)
    .bind(since)
    .bind(purpose.as_str())
    .fetch_one(door.connection())
    .await?;
    Ok(count)
}

/// Voids the links of a member that were not used, and the codes that stand for an access.
pub async fn void(door: &mut Door, here: AssociationId, member: MemberId) -> Result<()> {
    let now = door.now;
    sqlx::query(
        "update token set used_at = $3 where association_id = $1 and member_id = $2 \
         and used_at is null and purpose in ('welcome', 'login', 'ticket', 'second', 'code')",
    )
    .bind(here.0)
    .bind(member.0)
    .bind(now)
    .execute(door.connection())
    .await?;
    Ok(())
}

/// How many links for this purpose were mailed to this member since then.
pub async fn mailed_to_member_since(
    door: &mut Door,
    (here, member): (AssociationId, MemberId),
    purpose: Purpose,
    since: DateTime<Utc>,
) -> Result<i64> {
    let (count,): (i64,) = sqlx::query_as(
        "select count(*) from token where association_id = $1 and member_id = $2 \
         and purpose = $3 and created_at > $4",
    )
    .bind(here.0)
    .bind(member.0)
    .bind(purpose.as_str())
    .bind(since)
    .fetch_one(door.connection())
    .await?;
    Ok(count)
}

/// Claims mails that are due, at most `limit`: each is put off by ten minutes meanwhile, so that a
/// worker that dies in between delays a mail and loses none.
pub async fn claim_mails(worker: &mut Worker, limit: i64) -> Result<Vec<Token>> {
    let now = worker.now;
    let statement = sqlx::AssertSqlSafe(format!(
        "update token set mail_attempts = mail_attempts + 1, \
                mail_due_at = $1 + interval '10 minutes' \
         where token_id in (select token_id from token where mail_due_at <= $1 \
              and mailed_at is null and given_up_at is null \
              order by mail_due_at limit $2 for update skip locked) \
         returning {COLUMNS}"
    ));
    Ok(sqlx::query_as(statement)
        .bind(now)
        .bind(limit)
        .fetch_all(worker.connection())
        .await?)
}

pub async fn mail_fate(worker: &mut Worker, id: TokenId, fate: &Fate) -> Result<()> {
    let (delivered, again, given_up, reason) = fate.parts(worker.now);
    sqlx::query(
        "update token set mailed_at = $2, mail_due_at = coalesce($3, mail_due_at), \
         given_up_at = $4, reason = $5 where token_id = $1",
    )
    .bind(id.0)
    .bind(delivered)
    .bind(again)
    .bind(given_up)
    .bind(reason)
    .execute(worker.connection())
    .await?;
    Ok(())
}

/// How many links are kept, over or not.
pub async fn count(worker: &mut Worker) -> Result<i64> {
    let (count,): (i64,) = sqlx::query_as("select count(*) from token")
        .fetch_one(worker.connection())
        .await?;
    Ok(count)
}

/// Forgets links that expired before then, used or not, at most `limit`: their rows name people.
/// Answers how many.
pub async fn forget_old(worker: &mut Worker, before: DateTime<Utc>, limit: i64) -> Result<u64> {
    let done = sqlx::query(
        "delete from token where token_id in \
             (select token_id from token where expires_at < $1 limit $2)",
    )
    .bind(before)
    .bind(limit)
    .execute(worker.connection())
    .await?;
    Ok(done.rows_affected())
}

/// Gives up the mails that were due before then and never left: for a demonstration, whose past
/// nobody should find in their mailbox today. Answers how many.
pub async fn forget_due(worker: &mut Worker, before: DateTime<Utc>) -> Result<u64> {
    let now = worker.now;
    let done = sqlx::query(
        "update token set given_up_at = $1, reason = 'before the demo' \
         where mail_due_at < $2 and mailed_at is null and given_up_at is null",
    )
    .bind(now)
    .bind(before)
    .execute(worker.connection())
    .await?;
    Ok(done.rows_affected())
}
