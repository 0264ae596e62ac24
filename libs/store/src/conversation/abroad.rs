//! Conversations with members of other SELs: each of the two SELs keeps one, under the same id.

use crate::{Result, Scope};
use sel::crossing::Outsider;
use sel::id::{AssociationId, ConversationId, MemberId, NoticeId};
use sel::notice::Kind;

/// What this SEL keeps of a conversation with a member of another.
#[derive(Clone, Copy, Debug)]
pub enum Begun<'a> {
    /// Our member writes about a notice over there.
    There {
        writer: MemberId,
        notice: NoticeId,
        title: &'a str,
        kind: Kind,
    },
    /// One of theirs writes about a notice of our member.
    Here {
        author: MemberId,
        notice: NoticeId,
        writer: &'a Outsider,
    },
}

/// Begins it where it was not. `beyond` where the notice goes to all SELs: the two need not be
/// allied then.
pub async fn begin_abroad(
    scope: &mut Scope,
    id: ConversationId,
    (sel, beyond): (AssociationId, bool),
    begun: Begun<'_>,
) -> Result<()> {
    let (here, now) = (scope.here(), scope.now);
    let (ours, theirs, notice, author, writer, other) = match begun {
        Begun::There {
            writer,
            notice,
            title,
            kind,
        } => {
            let told = Some((title, kind.as_str()));
            (None, Some(notice), told, None, Some(writer), None)
        }
        Begun::Here {
            author,
            notice,
            writer,
        } => (Some(notice), None, None, Some(author), None, Some(writer)),
    };
    sqlx::query(
        "insert into conversation (association_id, conversation_id, other_sel_id, notice_id, \
         other_notice_id, other_title, other_kind, author_id, writer_id, other_number, \
         other_name, started_at, beyond) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) \
         on conflict (association_id, conversation_id) do update \
         set beyond = conversation.beyond or excluded.beyond \
         where excluded.beyond and not conversation.beyond",
    )
    .bind(here)
    .bind(id.0)
    .bind(sel.0)
    .bind(ours.map(|id| id.0))
    .bind(theirs.map(|id| id.0))
    .bind(notice.map(|(title, _)| title))
    .bind(notice.map(|(_, kind)| kind))
    .bind(author.map(|id| id.0))
    .bind(writer.map(|id| id.0))
    .bind(other.map(|it| it.number))
    .bind(other.map(|it| it.name.as_str()))
    .bind(now)
    .bind(beyond)
    .execute(scope.connection())
    .await?;
    Ok(())
}

/// How the other is named, who has written: as their SEL shows them now.
pub async fn name_other(scope: &mut Scope, id: ConversationId, other: &Outsider) -> Result<()> {
    let here = scope.here();
    sqlx::query(
        "update conversation set other_number = $3, other_name = $4 \
         where association_id = $1 and conversation_id = $2 and other_sel_id is not null \
         and (other_number, other_name) is distinct from ($3, $4)",
    )
    .bind(here)
    .bind(id.0)
    .bind(other.number)
    .bind(&other.name)
    .execute(scope.connection())
    .await?;
    Ok(())
}

/// Locks what both SELs keep of it: whoever writes does so first, so that two who answer each other
/// do not wait for each other.
pub async fn lock_both(scope: &mut Scope, id: ConversationId, ally: AssociationId) -> Result<()> {
    sqlx::query("select lock_conversation($1, $2)")
        .bind(id.0)
        .bind(ally.0)
        .execute(scope.connection())
        .await?;
    Ok(())
}
