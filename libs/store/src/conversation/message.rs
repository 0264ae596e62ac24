//! The letters of a conversation.

use crate::{Result, Scope};
use chrono::{DateTime, Utc};
use sel::id::{ConversationId, MemberId, MessageId};
use sqlx::FromRow;
use uuid::Uuid;

#[derive(Clone, Debug, FromRow)]
pub struct Message {
    sender_id: Option<Uuid>,
    pub body: String,
    pub sent_at: DateTime<Utc>,
}

impl Message {
    /// Nobody of ours where a member of an ally wrote it.
    pub fn sender_id(&self) -> Option<MemberId> {
        self.sender_id.map(MemberId)
    }
}

/// Writes a letter, of nobody's where it comes from an ally; the same id again changes nothing and
/// answers false.
pub async fn send(
    scope: &mut Scope,
    id: MessageId,
    conversation: ConversationId,
    sender: Option<MemberId>,
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
    .bind(sender.map(|id| id.0))
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
    let row: Option<(Uuid, Option<Uuid>, String, DateTime<Utc>)> = sqlx::query_as(
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
