//! Having others told of what happens in a SEL, and what comes of it.

use crate::tell::tell;
use crate::{Halt, Outcome, fresh};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sel::id::{EventId, MemberId, WebhookId};
use sel::member::Right;
use sel::webhook::{self, Refusal, Topic};
use serde_json::json;
use store::fate::Fate;
use store::key::{Vault, own};
use store::{Scope, webhook as kept};

pub(crate) const PURPOSE: &str = "webhook";

/// A secret as Standard Webhooks writes it.
fn written(secret: &[u8]) -> String {
    format!("whsec_{}", STANDARD.encode(secret))
}

fn keeper(scope: &Scope) -> Result<MemberId, Refusal> {
    let actor = scope.actor.as_ref().filter(|it| webhook::may_keep(it));
    actor.map(|it| it.member_id).ok_or(Refusal::NotAllowed)
}

/// Has the address told of these topics. Answers the secret under which calls are signed, which
/// nobody can read here again. Commits.
pub async fn add(
    mut scope: Scope,
    vault: &Vault,
    address: (&str, bool),
    topics: &[Topic],
) -> Outcome<String, Vec<Refusal>> {
    // Of two at once, the second counts the first.
    store::setting::hold(&mut scope).await?;
    let known = kept::list(&mut scope).await?;
    let Some(actor) = scope.actor.clone() else {
        return Err(Halt::Refused(vec![Refusal::NotAllowed]));
    };
    let new = webhook::keep(&actor, address, topics, known.len()).map_err(Halt::Refused)?;
    let id = WebhookId(fresh::id(scope.now));
    let secret = store::key::secret();
    let sealed = own::seal(&mut scope, vault, (PURPOSE, id.0), &secret).await?;
    kept::add(&mut scope, (id, actor.member_id), &new, &sealed).await?;
    let detail = json!({ "address": new.address });
    tell(&mut scope, "webhook_added", id.0, detail, &[]).await?;
    scope.commit().await?;
    Ok(written(&secret))
}

/// What can be done about one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// Calls it now, to see whether it answers.
    Try,
    /// Goes on after it was given up.
    Resume,
    Remove,
}

/// Tries, resumes or removes. Commits.
pub async fn change(mut scope: Scope, id: WebhookId, change: Change) -> Outcome<(), Refusal> {
    keeper(&scope).map_err(Halt::Refused)?;
    let Some(it) = kept::by_id(&mut scope, id).await? else {
        return Err(Halt::Refused(Refusal::Gone));
    };
    let kind = match change {
        Change::Try => "webhook_tried",
        Change::Resume => {
            kept::stop(&mut scope, id, false).await?;
            "webhook_resumed"
        }
        Change::Remove => {
            kept::remove(&mut scope, id).await?;
            "webhook_removed"
        }
    };
    let detail = json!({ "address": it.address });
    tell(&mut scope, kind, id.0, detail, &[]).await?;
    scope.commit().await?;
    Ok(())
}

/// Makes a call again. Commits.
pub async fn again(mut scope: Scope, id: WebhookId, event: EventId) -> Outcome<(), Refusal> {
    keeper(&scope).map_err(Halt::Refused)?;
    let Some(it) = kept::by_id(&mut scope, id).await? else {
        return Err(Halt::Refused(Refusal::Gone));
    };
    if !kept::again(&mut scope, id, event).await? {
        return Err(Halt::Refused(Refusal::Gone));
    }
    let detail = json!({ "address": it.address, "event": event });
    tell(&mut scope, "webhook_told_again", id.0, detail, &[]).await?;
    scope.commit().await?;
    Ok(())
}

/// A call to make: where, and what it says.
#[derive(Clone, Debug)]
pub struct Call {
    pub address: String,
    pub secret: Vec<u8>,
    pub told: kept::Call,
}

/// The call that was claimed; none where the webhook is gone or given up.
pub async fn call(
    scope: &mut Scope,
    vault: &Vault,
    (id, event): (WebhookId, EventId),
) -> store::Result<Option<Call>> {
    let Some(it) = kept::by_id(scope, id).await? else {
        return Ok(None);
    };
    let told = kept::hold(scope, id, event).await?;
    let Some(told) = told.filter(|_| it.stopped_at.is_none()) else {
        return Ok(None);
    };
    let secret = own::open(scope, vault, (PURPOSE, id.0), &it.secret_sealed).await?;
    Ok(Some(Call {
        address: it.address,
        secret,
        told,
    }))
}

/// Writes down what came of a call. Where nobody answered to the last, the webhook is given up, and
/// those who keep it are written to. Commits.
pub async fn settle(
    mut scope: Scope,
    (id, event): (WebhookId, EventId),
    fate: &Fate,
    status: Option<i16>,
) -> store::Result<()> {
    kept::settle(&mut scope, (id, event), fate, status).await?;
    let known = kept::by_id(&mut scope, id).await?;
    let goes_on = known.filter(|it| it.stopped_at.is_none());
    if let (Fate::GivenUp { .. }, Some(it)) = (fate, goes_on) {
        kept::stop(&mut scope, id, true).await?;
        let holders = store::member::holders(&mut scope, Right::Settings).await?;
        let kind = "webhook_stopped";
        let letters: Vec<_> = holders
            .iter()
            .filter(|it| it.email.is_some())
            .map(|it| (kind, it.id()))
            .collect();
        let detail = json!({ "label": it.address });
        tell(&mut scope, kind, id.0, detail, &letters).await?;
    }
    scope.commit().await
}
