//! Asking another SEL to trade, answering one, and what becomes of it.

use crate::tell::{Letter, tell};
use crate::{Halt, Outcome};
use sel::alliance::{self, Caps, Partner, Refusal};
use sel::id::{AllianceId, AssociationId};
use sel::member::Right;
use serde_json::json;
use store::Scope;
use store::alliance::{Alliance, Change};

/// Those who speak for the SEL of this scope, but not who acts.
async fn speakers(scope: &mut Scope, letter: &'static str) -> store::Result<Vec<Letter>> {
    let by = scope.actor.as_ref().map(|actor| actor.member_id);
    let holders = store::member::holders(scope, Right::Settings).await?;
    Ok(holders
        .iter()
        .filter(|member| member.email.is_some() && Some(member.id()) != by)
        .map(|member| (letter, member.id()))
        .collect())
}

fn allowed(scope: &Scope) -> Outcome<(), Refusal> {
    if scope.actor.as_ref().is_some_and(alliance::may_change) {
        Ok(())
    } else {
        Err(Halt::Refused(Refusal::NotAllowed))
    }
}

/// Asks another SEL of the platform to trade. Those who speak for it are told. Commits.
pub async fn ask(
    mut scope: Scope,
    id: AllianceId,
    (ally, name): (AssociationId, &str),
    caps: Caps,
) -> Outcome<(), Refusal> {
    allowed(&scope)?;
    if ally == scope.association_id {
        return Err(Halt::Refused(Refusal::Oneself));
    }
    if !store::alliance::ask(&mut scope, id, ally, caps).await? {
        return match store::alliance::by_id(&mut scope, id).await? {
            // The form came again.
            Some(known) if known.ally_id() == Some(ally) => Ok(()),
            _ => Err(Halt::Refused(Refusal::Known {
                name: name.to_owned(),
            })),
        };
    }
    tell(&mut scope, "alliance_asked", id.0, json!({}), &[]).await?;
    let mut there = scope.cross(ally).await?;
    let letters = speakers(&mut there, "alliance_asked").await?;
    tell(&mut there, "alliance_asked", id.0, json!({}), &letters).await?;
    there.commit().await?;
    Ok(())
}

/// Agrees, refuses, pauses, resumes or ends. Those who speak for the other SEL are told. Answers
/// how it stands then. Commits.
pub async fn change(mut scope: Scope, id: AllianceId, how: Change) -> Outcome<Alliance, Refusal> {
    allowed(&scope)?;
    let known = store::alliance::by_id(&mut scope, id).await?;
    let known = known.ok_or(Halt::Refused(Refusal::Changed))?;
    if !store::alliance::change(&mut scope, id, how).await? {
        return Err(Halt::Refused(Refusal::Changed));
    }
    let changed = store::alliance::by_id(&mut scope, id).await?;
    let changed = changed.ok_or(Halt::Refused(Refusal::Changed))?;
    let event = match how {
        Change::Agree(_) => "alliance_agreed",
        Change::Refuse => "alliance_refused",
        Change::Pause => "alliance_paused",
        Change::Resume => "alliance_resumed",
        Change::End => "alliance_ended",
    };
    tell(&mut scope, event, id.0, json!({}), &[]).await?;
    let scope = match known.ally_id() {
        None => scope,
        Some(ally) => {
            let mut there = scope.cross(ally).await?;
            // Who was asked hears that the question is taken back; nothing had begun.
            let letter = match event {
                "alliance_ended" if known.agreed_at.is_none() => "alliance_withdrawn",
                other => other,
            };
            let letters = speakers(&mut there, letter).await?;
            tell(&mut there, event, id.0, json!({}), &letters).await?;
            there
        }
    };
    scope.commit().await?;
    Ok(changed)
}

/// Changes what the SEL allows each way. The other side keeps its own caps. Commits.
pub async fn cap(mut scope: Scope, id: AllianceId, caps: Caps) -> Outcome<(), Refusal> {
    allowed(&scope)?;
    if !store::alliance::cap(&mut scope, id, caps).await? {
        return Err(Halt::Refused(Refusal::Changed));
    }
    let detail = json!({ "out": caps.out, "in": caps.r#in });
    tell(&mut scope, "alliance_capped", id.0, detail, &[]).await?;
    scope.commit().await?;
    Ok(())
}

/// Opens an account in the name of a SEL that is on no platform. Commits.
pub async fn open_partner(
    mut scope: Scope,
    id: AllianceId,
    partner: &Partner,
    caps: Caps,
) -> Outcome<(), Refusal> {
    allowed(&scope)?;
    if !store::alliance::open_partner(&mut scope, id, partner, caps).await? {
        return match store::alliance::by_id(&mut scope, id).await? {
            Some(known) if known.name == partner.name && known.code == partner.code.as_str() => {
                Ok(())
            }
            _ => Err(Halt::Refused(Refusal::TakenCode)),
        };
    }
    tell(&mut scope, "alliance_agreed", id.0, json!({}), &[]).await?;
    scope.commit().await?;
    Ok(())
}

#[cfg(test)]
#[path = "alliance_tests.rs"]
pub(crate) mod tests;
