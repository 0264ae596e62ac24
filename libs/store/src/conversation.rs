//! Letters between two members about a notice.

use crate::{Page, Result, Scope};
use chrono::{DateTime, Utc};
use sel::id::{ConversationId, MemberId, MessageId, NoticeId};
use sqlx::{AssertSqlSafe, FromRow};
use uuid::Uuid;

#[derive(Clone, Debug, FromRow)]
pub struct Conversation {
    conversation_id: Uuid,
    notice_id: Uuid,
    pub notice_title: String,
    author_id: Uuid,
    pub author_number: i32,
    pub author_first: String,
    pub author_last: String,
    writer_id: Uuid,
    pub writer_number: i32,
    pub writer_first: String,
    pub writer_last: String,
    pub started_at: DateTime<Utc>,
}

impl Conversation {
    pub fn id(&self) -> ConversationId {
        ConversationId(self.conversation_id)
    }

    pub fn notice_id(&self) -> NoticeId {
        NoticeId(self.notice_id)
    }

    pub fn author_id(&self) -> MemberId {
        MemberId(self.author_id)
    }

    pub fn writer_id(&self) -> MemberId {
        MemberId(self.writer_id)
    }

    pub fn concerns(&self, member: MemberId) -> bool {
        member.0 == self.author_id || member.0 == self.writer_id
    }

    /// The one of the two who is not `member`.
    pub fn other(&self, member: MemberId) -> MemberId {
        if member.0 == self.author_id {
            self.writer_id()
        } else {
            self.author_id()
        }
    }
}

const SELECT: &str = "select c.conversation_id, c.notice_id, n.title as notice_title, \
    c.author_id, a.number as author_number, a.first_name as author_first, \
    a.last_name as author_last, c.writer_id, w.number as writer_number, \
    w.first_name as writer_first, w.last_name as writer_last, c.started_at \
    from conversation c \
    join notice n on n.association_id = c.association_id and n.notice_id = c.notice_id \
    join member a on a.association_id = c.association_id and a.member_id = c.author_id \
    join member w on w.association_id = c.association_id and w.member_id = c.writer_id";

/// The conversation of this writer about this notice, begun where it was not.
pub async fn about(
    scope: &mut Scope,
    id: ConversationId,
    notice: NoticeId,
    author: MemberId,
    writer: MemberId,
) -> Result<ConversationId> {
    let (here, now) = (scope.here(), scope.now);
    sqlx::query(
        "insert into conversation (association_id, conversation_id, notice_id, author_id, \
         writer_id, started_at) values ($1, $2, $3, $4, $5, $6) \
         on conflict (association_id, notice_id, writer_id) do nothing",
    )
    .bind(here)
    .bind(id.0)
    .bind(notice.0)
    .bind(author.0)
    .bind(writer.0)
    .bind(now)
    .execute(scope.connection())
    .await?;
    let (id,): (Uuid,) = sqlx::query_as(
        "select conversation_id from conversation \
         where association_id = $1 and notice_id = $2 and writer_id = $3",
    )
    .bind(here)
    .bind(notice.0)
    .bind(writer.0)
    .fetch_one(scope.connection())
    .await?;
    Ok(ConversationId(id))
}

pub async fn by_id(scope: &mut Scope, id: ConversationId) -> Result<Option<Conversation>> {
    let here = scope.here();
    let statement = AssertSqlSafe(format!(
        "{SELECT} where c.association_id = $1 and c.conversation_id = $2"
    ));
    Ok(sqlx::query_as(statement)
        .bind(here)
        .bind(id.0)
        .fetch_optional(scope.connection())
        .await?)
}

/// The conversations of a member, that with the newest message first.
pub async fn of_member(
    scope: &mut Scope,
    member: MemberId,
    offset: i64,
    limit: usize,
) -> Result<Page<Conversation>> {
    let here = scope.here();
    let statement = AssertSqlSafe(format!(
        "{SELECT} where c.association_id = $1 and (c.author_id = $2 or c.writer_id = $2) \
         order by coalesce(c.latest_at, c.started_at) desc, c.conversation_id limit $3 offset $4"
    ));
    let rows = sqlx::query_as(statement)
        .bind(here)
        .bind(member.0)
        .bind(i64::try_from(limit + 1).unwrap_or(i64::MAX))
        .bind(offset)
        .fetch_all(scope.connection())
        .await?;
    Ok(Page::cut(rows, limit))
}

#[derive(Clone, Debug, FromRow)]
pub struct Message {
    sender_id: Uuid,
    pub body: String,
    pub sent_at: DateTime<Utc>,
}

impl Message {
    pub fn sender_id(&self) -> MemberId {
        MemberId(self.sender_id)
    }
}

/// Writes a letter; the same id again changes nothing and answers false.
pub async fn send(
    scope: &mut Scope,
    id: MessageId,
    conversation: ConversationId,
    sender: MemberId,
    body: &str,
) -> Result<bool> {
    let (here, now) = (scope.here(), scope.now);
    let done = sqlx::query(
        "insert into message (association_id, message_id, conversation_id, sender_id, body, \
         sent_at) values ($1, $2, $3, $4, $5, $6) \
         on conflict (association_id, message_id) do nothing",
    )
    .bind(here)
    .bind(id.0)
    .bind(conversation.0)
    .bind(sender.0)
    .bind(body)
    .bind(now)
    .execute(scope.connection())
    .await?;
    if done.rows_affected() == 0 {
        return Ok(false);
    }
    sqlx::query(
        "update conversation set latest_at = $3 \
         where association_id = $1 and conversation_id = $2",
    )
    .bind(here)
    .bind(conversation.0)
    .bind(now)
    .execute(scope.connection())
    .await?;
    Ok(true)
}

/// How many messages a member has sent since then, in all conversations.
pub async fn sent_since(scope: &mut Scope, sender: MemberId, since: DateTime<Utc>) -> Result<i64> {
    let here = scope.here();
    let (count,): (i64,) = sqlx::query_as(
        "select count(*) from message \
         where association_id = $1 and sender_id = $2 and sent_at > $3",
    )
    .bind(here)
    .bind(sender.0)
    .bind(since)
    .fetch_one(scope.connection())
    .await?;
    Ok(count)
}

/// The last letters of a conversation, in the order they were sent.
pub async fn messages(
    scope: &mut Scope,
    conversation: ConversationId,
    limit: i64,
) -> Result<Vec<Message>> {
    let here = scope.here();
    let mut rows: Vec<Message> = sqlx::query_as(
        "select sender_id, body, sent_at from message \
         where association_id = $1 and conversation_id = $2 \
         order by sent_at desc, message_id desc limit $3",
    )
    .bind(here)
    .bind(conversation.0)
    .bind(limit)
    .fetch_all(scope.connection())
    .await?;
    rows.reverse();
    Ok(rows)
}

/// One letter, and its conversation.
pub async fn message(
    scope: &mut Scope,
    id: MessageId,
) -> Result<Option<(ConversationId, Message)>> {
    let here = scope.here();
    let row: Option<(Uuid, Uuid, String, DateTime<Utc>)> = sqlx::query_as(
        "select conversation_id, sender_id, body, sent_at from message \
         where association_id = $1 and message_id = $2",
    )
    .bind(here)
    .bind(id.0)
    .fetch_optional(scope.connection())
    .await?;
    Ok(row.map(|(conversation, sender_id, body, sent_at)| {
        (
            ConversationId(conversation),
            Message {
                sender_id,
                body,
                sent_at,
            },
        )
    }))
}
