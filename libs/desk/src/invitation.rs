//! Inviting somebody, and accepting an invitation.

use crate::member::{WELCOME_DAYS, Welcome, welcome};
use crate::session::Refusal as LinkRefusal;
use crate::tell::tell;
use crate::{Halt, Outcome, fresh};
use chrono::{DateTime, Days, Utc};
use sel::application::{self, Draft, Person, Refusal};
use sel::id::{AssociationId, TokenId};
use sel::person::{Email, Name};
use serde_json::json;
use store::token::{Purpose, Written};
use store::{Door, Pool, Scope};
use uuid::Uuid;

/// Invites an address by mail. Any member may; where the SEL lets only some decide, an invitation
/// of the others becomes a request with a sponsor. The id comes with the form: sending it twice to
/// the same address invites once. Commits.
pub async fn invite(mut scope: Scope, form: Uuid, typed: &str, name: &str) -> Outcome<(), Refusal> {
    let first_name = match name.trim() {
        "" => String::new(),
        name => {
            let name = Name::parse(name, "");
            name.map_err(|refusal| Halt::Refused(refusal.into()))?.first
        }
    };
    let email = Email::parse(typed).map_err(|refusal| Halt::Refused(refusal.into()))?;
    let Some(actor) = scope.actor.clone() else {
        return Err(Halt::Refused(Refusal::NotAllowed));
    };
    let sponsor = store::member::by_id(&mut scope, actor.member_id)
        .await?
        .ok_or(store::Error::Contradiction("the actor is no member"))?;
    let now = scope.now;
    let token = Written {
        id: TokenId(fresh::of(form, &[email.as_str()])),
        purpose: Purpose::Invitation,
        association_id: Some(scope.association_id),
        member_id: Some(actor.member_id),
        mail_to: Some(email.as_str().to_owned()),
        language: sponsor.language.clone(),
        detail: json!({
            "email": email.as_str(),
            "first_name": first_name,
            "sponsor": sponsor.full_name(),
        }),
        expires_at: now + Days::new(WELCOME_DAYS),
    };
    let here = scope.association_id;
    let mut door = scope.leave().await?;
    if store::token::write(&mut door, &token).await? {
        let mut scope = door.enter(here, Some(actor)).await?;
        tell(&mut scope, "member_invited", token.id.0, json!({}), &[]).await?;
        scope.commit().await?;
    }
    Ok(())
}

/// What became of an invitation that was accepted.
#[derive(Debug)]
pub enum Joined {
    /// A member, and the ticket that logs them in.
    Member {
        ticket: TokenId,
        expires_at: DateTime<Utc>,
    },
    /// A request, sponsored by who invited.
    Waits,
}

/// Why an invitation was not accepted.
#[derive(Debug)]
pub enum NotJoined {
    Link(LinkRefusal),
    Person(Vec<Refusal>),
}

/// Accepts an invitation. Following the mailed link has shown that the address is theirs, so where
/// the sponsor may let people in they are a member at once. Commits.
pub async fn accept_invitation(
    web: &Pool,
    here: AssociationId,
    id: TokenId,
    draft: &Draft,
    language: &str,
    now: DateTime<Utc>,
) -> Outcome<Joined, NotJoined> {
    let link = |refusal| Halt::Refused(NotJoined::Link(refusal));
    let meant = (id, &[Purpose::Invitation][..]);
    let token = crate::session::look(web, Some(here), meant, now)
        .await
        .map_err(|halt| halt.map(NotJoined::Link))?;
    let sponsor_id = token.member_id();
    let sponsor_id = sponsor_id.ok_or_else(|| link(LinkRefusal::Broken))?;
    let email = token.mail_to.clone().unwrap_or_default();
    let draft = Draft {
        email,
        ..draft.clone()
    };
    let person = application::person(&draft)
        .map_err(|refusals| Halt::Refused(NotJoined::Person(refusals)))?;
    let mut door = Door::begin(web, now).await?;
    if !store::token::spend(&mut door, id).await? {
        return Err(link(LinkRefusal::Used));
    }
    let mut scope = door.enter(here, None).await?;
    let rules = store::setting::read(&mut scope).await?;
    let sponsor = store::member::by_id(&mut scope, sponsor_id)
        .await?
        .filter(|sponsor| sponsor.left_at.is_none())
        .ok_or_else(|| link(LinkRefusal::Broken))?;
    let actor = sel::member::Actor {
        association_id: here,
        member_id: sponsor_id,
        rights: sponsor.rights(),
        helped: Vec::new(),
    };
    if !application::may_decide(rules.admission, &actor) {
        let id = sel::id::ApplicationId(fresh::id(now));
        crate::application::ask(scope, id, &draft, Some(sponsor_id), language)
            .await
            .map_err(|halt| halt.map(NotJoined::Person))?;
        return Ok(Joined::Waits);
    }
    scope.actor = Some(actor);
    Ok(join(scope, &person, language).await?)
}

/// Makes a member of who accepted, and a ticket that logs them in.
async fn join(mut scope: Scope, person: &Person, language: &str) -> store::Result<Joined> {
    let now = scope.now;
    let it = Welcome {
        person,
        language,
        rights: &[],
    };
    let mut done = welcome(&mut scope, &it).await?;
    // The mailbox is already proved: a ticket takes the place of the welcome's mail.
    let ticket = TokenId(fresh::id(now));
    let expires_at = now + crate::session::TICKET_LIFE;
    done.token = done.token.map(|token| Written {
        id: ticket,
        purpose: Purpose::Ticket,
        mail_to: None,
        expires_at,
        ..token
    });
    done.finish(scope).await?;
    Ok(Joined::Member { ticket, expires_at })
}
