//! Letters between members of two SELs: both keep them, in one transaction, and each shows the
//! other what it shows of its members outside.

use super::{Refusal, body, keep, reachable};
use crate::tell::tell;
use crate::{Halt, Outcome, fresh};
use sel::crossing::Outsider;
use sel::id::{AssociationId, ConversationId, MemberId, MessageId, NoticeId};
use serde_json::json;
use store::Scope;
use store::conversation::Conversation;

/// Writes to whoever wrote this notice of another SEL. The id comes with the form: sending it twice
/// writes once. Commits.
pub async fn write_there(
    mut scope: Scope,
    id: MessageId,
    (sel, notice): (AssociationId, NoticeId),
    typed: &str,
) -> Outcome<ConversationId, Refusal> {
    let body = body(typed).map_err(Halt::Refused)?;
    let Some(actor) = scope.actor.clone() else {
        return Err(Halt::Refused(Refusal::NotAllowed));
    };
    let (home, writer) = (scope.association_id, actor.member_id);
    let conversation = abroad_id(home, writer, (sel, notice));
    let outsider = outsider(&mut scope, writer).await?;
    let shown = (writer, &outsider);
    let there = (sel, notice);
    if !store::conversation::begin_abroad(&mut scope, conversation, there, shown).await? {
        return Err(Halt::Refused(Refusal::Gone));
    }
    let known = kept(&mut scope, conversation).await?;
    let about = known.notice_there().map(|(_, id)| id);
    if (known.sel_id(), known.own(), about) != (Some(sel), Some(writer), Some(notice)) {
        return Err(Halt::Refused(Refusal::NotAllowed));
    }
    let Some(id) = keep(&mut scope, (id, conversation), writer, &body).await? else {
        return Ok(conversation);
    };
    tell(&mut scope, "message_sent", id.0, json!({}), &[]).await?;
    over(scope, (conversation, sel), &outsider, &body).await?;
    Ok(conversation)
}

async fn kept(scope: &mut Scope, id: ConversationId) -> store::Result<Conversation> {
    let kept = store::conversation::by_id(scope, id).await?;
    kept.ok_or(store::Error::Contradiction(
        "a conversation that only one of two SELs keeps",
    ))
}

/// The conversation of this member of a SEL about this notice of another: one at the most.
pub fn abroad_id(
    sel: AssociationId,
    writer: MemberId,
    // An id of a notice is its author's choice: only with its SEL does it mean one.
    (other, notice): (AssociationId, NoticeId),
) -> ConversationId {
    let said = [other.to_string(), sel.to_string(), writer.to_string()];
    let said = said.each_ref().map(String::as_str);
    ConversationId(fresh::of(notice.0, &said))
}

/// Answers a member of another SEL. Commits.
pub(super) async fn answer(
    mut scope: Scope,
    id: MessageId,
    conversation: &Conversation,
    sender: MemberId,
    body: &str,
) -> Outcome<(), Refusal> {
    let not_allied = || Halt::Refused(Refusal::NotAllied);
    let sel = conversation.sel_id().ok_or_else(not_allied)?;
    if !conversation.is_carried() {
        return Err(not_allied());
    }
    let conversation = conversation.id();
    store::conversation::lock_both(&mut scope, conversation, sel).await?;
    let Some(id) = keep(&mut scope, (id, conversation), sender, body).await? else {
        return Ok(());
    };
    tell(&mut scope, "message_sent", id.0, json!({}), &[]).await?;
    let outsider = outsider(&mut scope, sender).await?;
    over(scope, (conversation, sel), &outsider, body).await
}

/// Our member, as this SEL shows them outside.
async fn outsider(scope: &mut Scope, member: MemberId) -> Outcome<Outsider, Refusal> {
    let known = store::member::by_id(scope, member).await?;
    let number = known.ok_or(Halt::Refused(Refusal::NotAllowed))?.number;
    let name = store::alliance::own_name(scope, member).await?;
    Ok(Outsider { number, name })
}

/// Goes on in the other SEL, where the message comes in. Commits.
async fn over(
    scope: Scope,
    (conversation, sel): (ConversationId, AssociationId),
    from: &Outsider,
    body: &str,
) -> Outcome<(), Refusal> {
    let home = scope.association_id;
    let mut there = scope.cross(sel).await?;
    let theirs = kept(&mut there, conversation).await?;
    let to = theirs.own().filter(|_| theirs.sel_id() == Some(home));
    let to = to.ok_or(store::Error::Contradiction(
        "a conversation that two SELs keep otherwise",
    ))?;
    arrive(there, conversation, from, to, body).await
}

/// The message comes in, from nobody of this SEL. Commits.
async fn arrive(
    mut there: Scope,
    conversation: ConversationId,
    from: &Outsider,
    to: MemberId,
    body: &str,
) -> Outcome<(), Refusal> {
    let reads = reachable(&mut there, to).await;
    reads.map_err(|halt| halt.map(|_| Refusal::UnreachableThere))?;
    store::conversation::name_other(&mut there, conversation, from).await?;
    // An id of its own: one that a form of another SEL chose could be taken here. Sent again, it
    // was kept at home and comes no further.
    let id = MessageId(fresh::id(there.now));
    store::conversation::send(&mut there, id, conversation, None, body).await?;
    let letters = [("message_received", to)];
    tell(&mut there, "message_sent", id.0, json!({}), &letters).await?;
    Ok(there.commit().await?)
}

#[cfg(test)]
#[path = "abroad_tests.rs"]
mod tests;
