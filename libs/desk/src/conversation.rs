//! Writing to the author of a notice, and answering: a relay that shows no address.

use crate::tell::tell;
use crate::{Halt, Outcome, fresh};
use chrono::Days;
use sel::id::{ConversationId, MemberId, MessageId, NoticeId};
use sel::refusal::Refused;
use serde_json::json;
use store::Scope;
use store::conversation::Other;
use thiserror::Error;

mod abroad;

pub use abroad::{abroad_id, write_there};

/// Letters of a message.
pub const BODY_LETTERS: usize = 4000;
/// Messages that one member may send in a day: many more than anybody writes to neighbours.
pub const MESSAGES_A_DAY: i64 = 60;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Refusal {
    #[error("nothing was written")]
    Empty,
    #[error("the message is too long")]
    Long,
    #[error("to oneself")]
    Oneself,
    #[error("the notice is not there any more")]
    Gone,
    #[error("not one of the two")]
    NotAllowed,
    #[error("too many messages in a day")]
    Many,
    #[error("the other has no e-mail, and no way to read it")]
    Unreachable,
    #[error("the other, of an ally, has no e-mail, and no way to read it")]
    UnreachableThere,
    #[error("the two SELs are allied no longer")]
    NotAllied,
}

impl Refused for Refusal {
    fn key(&self) -> &'static str {
        match self {
            Refusal::Empty => "refusal-message-empty",
            Refusal::Long => "refusal-message-long",
            Refusal::Oneself => "refusal-message-oneself",
            Refusal::Gone => "refusal-notice-closed",
            Refusal::NotAllowed => "refusal-not-allowed",
            Refusal::Many => "refusal-message-many",
            Refusal::Unreachable => "refusal-message-unreachable",
            Refusal::UnreachableThere => "refusal-message-unreachable-there",
            Refusal::NotAllied => "refusal-message-not-allied",
        }
    }

    fn field(&self) -> &'static str {
        match self {
            Refusal::Empty | Refusal::Long => "message",
            _ => "",
        }
    }
}

fn body(typed: &str) -> Result<String, Refusal> {
    let body = typed.trim().replace("\r\n", "\n");
    match body.chars().count() {
        0 => Err(Refusal::Empty),
        n if n > BODY_LETTERS => Err(Refusal::Long),
        _ => Ok(body),
    }
}

/// Writes to the author of a notice. The id comes with the form: sending it twice writes once.
/// Commits.
pub async fn write(
    mut scope: Scope,
    id: MessageId,
    notice: NoticeId,
    typed: &str,
) -> Outcome<ConversationId, Refusal> {
    let body = body(typed).map_err(Halt::Refused)?;
    let Some(actor) = scope.actor.clone() else {
        return Err(Halt::Refused(Refusal::NotAllowed));
    };
    let now = scope.now;
    let author = store::notice::by_id(&mut scope, notice)
        .await?
        .filter(|notice| notice.is_live(now))
        .ok_or(Halt::Refused(Refusal::Gone))?
        .member_id();
    if author == actor.member_id {
        return Err(Halt::Refused(Refusal::Oneself));
    }
    let fresh = ConversationId(fresh::id(now));
    let conversation =
        store::conversation::about(&mut scope, fresh, notice, author, actor.member_id).await?;
    carry(
        &mut scope,
        (id, conversation),
        actor.member_id,
        author,
        &body,
    )
    .await?;
    scope.commit().await?;
    Ok(conversation)
}

/// Answers in a conversation, as one of the two, whichever SEL the other is of. Commits.
pub async fn answer(
    mut scope: Scope,
    id: MessageId,
    conversation: ConversationId,
    typed: &str,
) -> Outcome<(), Refusal> {
    let body = body(typed).map_err(Halt::Refused)?;
    let member = scope.actor.as_ref().map(|actor| actor.member_id);
    let found = store::conversation::by_id(&mut scope, conversation).await?;
    let (Some(member), Some(found)) = (member, found) else {
        return Err(Halt::Refused(Refusal::NotAllowed));
    };
    if !found.concerns(member) {
        return Err(Halt::Refused(Refusal::NotAllowed));
    }
    match found.other(member) {
        Other::Member { id: to, .. } => {
            carry(&mut scope, (id, conversation), member, to, &body).await?;
            scope.commit().await?;
            Ok(())
        }
        Other::Outsider { .. } => abroad::answer(scope, id, &found, member, &body).await,
    }
}

/// Carries a message to another member.
async fn carry(
    scope: &mut Scope,
    (id, conversation): (MessageId, ConversationId),
    sender: MemberId,
    to: MemberId,
    body: &str,
) -> Outcome<(), Refusal> {
    reachable(scope, to).await?;
    if let Some(id) = keep(scope, (id, conversation), sender, body).await? {
        let letters = [("message_received", to)];
        tell(scope, "message_sent", id.0, json!({}), &letters).await?;
    }
    Ok(())
}

async fn reachable(scope: &mut Scope, member: MemberId) -> Outcome<(), Refusal> {
    let to = store::member::by_id(scope, member).await?;
    if to.is_none_or(|member| member.email.is_none() || member.left_at.is_some()) {
        return Err(Halt::Refused(Refusal::Unreachable));
    }
    Ok(())
}

/// Keeps what a member of ours wrote, and under which id; nothing where it is kept already.
async fn keep(
    scope: &mut Scope,
    (mut id, conversation): (MessageId, ConversationId),
    sender: MemberId,
    body: &str,
) -> Outcome<Option<MessageId>, Refusal> {
    let by = Some(sender);
    if !store::conversation::send(scope, id, conversation, by, body).await? {
        let known = store::conversation::message(scope, id).await?;
        if known.is_some_and(|(_, known)| known.sender_id() == by && known.body == body) {
            return Ok(None);
        }
        id = MessageId(fresh::of(id.0, &[&sender.to_string(), body]));
        if !store::conversation::send(scope, id, conversation, by, body).await? {
            return Ok(None);
        }
    }
    let since = scope.now - Days::new(1);
    if store::conversation::sent_since(scope, sender, since).await? > MESSAGES_A_DAY {
        return Err(Halt::Refused(Refusal::Many));
    }
    Ok(Some(id))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_has_one_to_four_thousand_letters() {
        assert_eq!(body(" \r\n "), Err(Refusal::Empty));
        assert_eq!(body(" Bonjour\r\nJean "), Ok("Bonjour\nJean".into()));
        assert!(body(&"é".repeat(4000)).is_ok());
        assert_eq!(body(&"é".repeat(4001)), Err(Refusal::Long));
    }
}
