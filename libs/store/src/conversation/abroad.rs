//! Conversations with members of other SELs: each of the two SELs keeps one, under the same id.

use crate::{Result, Scope};
use sel::crossing::Outsider;
use sel::id::{AssociationId, ConversationId, MemberId, NoticeId};

/// Begins the letters of our member to whoever wrote this notice of another SEL, on both sides;
/// begun already, they stay, and are locked. False where the notice is not shown here now.
pub async fn begin_abroad(
    scope: &mut Scope,
    id: ConversationId,
    (sel, notice): (AssociationId, NoticeId),
    (writer, shown): (MemberId, &Outsider),
) -> Result<bool> {
    let now = scope.now;
    let (begun,): (bool,) = sqlx::query_as("select begin_letters($1, $2, $3, $4, $5, $6, $7)")
        .bind(id.0)
        .bind(sel.0)
        .bind(notice.0)
        .bind(writer.0)
        .bind(shown.number)
        .bind(&shown.name)
        .bind(now)
        .fetch_one(scope.connection())
        .await?;
    Ok(begun)
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
