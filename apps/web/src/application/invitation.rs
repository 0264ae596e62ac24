//! Inviting somebody by mail, and the page that the invitation leads to.

use super::draft;
use crate::member::shown_name;
use askama::Template;
use chrono::TimeDelta;
use desk::link::Link;
use desk::member::{Joined, NotJoined};
use door::threshold::see_other_with;
use door::{Answer, Errors, Fields, Flash, Frame, Guest, Present, Trouble, page, see_other};
use poem::http::StatusCode;
use poem::web::Path;
use poem::{IntoResponse, Response, Route, get, handler};
use sel::id::TokenId;
use store::member::Member;
use store::token::{Purpose, Token};

/// Invitations of one member, within these times.
const INVITATIONS: [(u32, TimeDelta); 2] = [(20, TimeDelta::hours(1)), (60, TimeDelta::days(1))];

pub(super) fn routes(route: Route) -> Route {
    route
        .at("/inviter", get(show).post(invite))
        .at("/invitation/:link", get(open).post(accept))
}

#[derive(Template)]
#[template(path = "application_invite.html")]
struct InvitePage {
    frame: Frame,
    errors: Errors,
    fields: Fields,
}

#[derive(Template)]
#[template(path = "application_invitation.html")]
struct InvitationPage {
    frame: Frame,
    errors: Errors,
    fields: Fields,
    action: String,
    lead: String,
    email: String,
    /// Who has this address in the SEL already.
    known: Option<String>,
}

#[derive(Template)]
#[template(path = "application_dead.html")]
struct DeadPage {
    frame: Frame,
}

#[handler]
async fn show(present: Present) -> Answer {
    let id = desk::fresh::id(present.guest.visit.now).to_string();
    let fields = Fields::default().with("id", id);
    Ok(invite_page(&present, fields, Errors::none())?)
}

fn invite_page(present: &Present, fields: Fields, errors: Errors) -> Result<Response, Trouble> {
    let code = errors.code();
    let response = page(&InvitePage {
        frame: Frame::present(present, "application-invite-title", "").wrong(!errors.is_empty()),
        errors,
        fields,
    })?;
    Ok(response.with_status(code).into_response())
}

#[handler]
async fn invite(fields: Fields, present: Present) -> Answer {
    let form = fields.id("id").ok_or(Trouble::NotFound)?;
    let absent = present.away();
    let words = absent.words();
    let email = fields.get("email").to_owned();
    let names = [("email", email.as_str().into())];
    let done = Flash::good(words.say_with("application-invited", &names));
    for (most, window) in INVITATIONS {
        let key = format!("invite {} {window}", absent.member.id());
        absent.guest.count(&key, most, window).await?;
    }
    let (scope, absent) = absent.back().await?.part();
    match desk::member::invite(scope, form, &email, fields.get("first_name")).await {
        Ok(()) => Ok(see_other_with(&absent.guest.house, "/inviter", &done)),
        Err(halt) => {
            let (present, errors) = crate::again(absent, halt.map(|why| [why])).await?;
            Ok(invite_page(&present, fields, errors)?)
        }
    }
}

/// The invitation behind a link, where it may still be accepted.
async fn read(guest: &Guest, link: &str) -> Result<Option<Token>, Trouble> {
    let now = guest.visit.now;
    let Ok(Link::Token(id)) = Link::read(link, &guest.house.keys, now) else {
        return Ok(None);
    };
    let purposes = [Purpose::Invitation];
    let (here, meant) = (Some(guest.association.id()), (id, &purposes[..]));
    match desk::session::look(&guest.house.pool, here, meant, now).await {
        Ok(found) => Ok(Some(found)),
        Err(halt) => {
            crate::failed(halt)?;
            Ok(None)
        }
    }
}

fn dead(guest: &Guest) -> Answer {
    let frame = Frame::guest(guest, "application-dead-title");
    let response = page(&DeadPage { frame })?;
    Ok(response.with_status(StatusCode::GONE).into_response())
}

#[handler]
async fn open(guest: Guest, Path(link): Path<String>) -> Answer {
    let Some(token) = read(&guest, &link).await? else {
        return dead(&guest);
    };
    let name = token.detail["first_name"].as_str().unwrap_or_default();
    let fields = Fields::default().with("first_name", name);
    Ok(invitation(&guest, &link, &token, fields, Errors::none()).await?)
}

/// Who has this address here already: two members may share one, but an invitation sent twice
/// should not make a member twice.
async fn known(guest: &Guest, email: &str) -> Result<Option<String>, Trouble> {
    let mut scope = guest.scope().await?;
    let known = store::member::alike(&mut scope, &[], &[email]).await?;
    let rules = store::setting::read(&mut scope).await?;
    let name = |it: &Member| {
        let name = shown_name(false, &rules, &it.first_name, &it.last_name);
        format!("{name} (n°\u{a0}{})", it.number)
    };
    let names: Vec<String> = known.iter().map(name).collect();
    let names = names.join(", ");
    let words = guest.visit.words;
    Ok((!known.is_empty())
        .then(|| words.say_with("application-invitation-known", &[("names", names.into())])))
}

async fn invitation(
    guest: &Guest,
    link: &str,
    token: &Token,
    fields: Fields,
    errors: Errors,
) -> Result<Response, Trouble> {
    let words = guest.visit.words;
    let code = errors.code();
    let sel = &guest.association.name;
    let sponsor = token.detail["sponsor"].as_str().unwrap_or_default();
    let title = words.say_with("application-invitation-title", &[("sel", sel.into())]);
    let names = [("sel", sel.into()), ("name", sponsor.into())];
    let wrong = !errors.is_empty();
    let email = token.mail_to.clone().unwrap_or_default();
    let response = page(&InvitationPage {
        frame: Frame::guest(guest, "nav-join").titled(title).wrong(wrong),
        errors,
        fields,
        action: format!("/invitation/{link}"),
        lead: words.say_with("application-invitation-lead", &names),
        known: known(guest, &email).await?,
        email,
    })?;
    Ok(response.with_status(code).into_response())
}

#[handler]
async fn accept(guest: Guest, Path(link): Path<String>, fields: Fields) -> Answer {
    let Some(token) = read(&guest, &link).await? else {
        return dead(&guest);
    };
    let (house, now, words) = (&guest.house, guest.visit.now, guest.visit.words);
    let (id, language): (TokenId, _) = (token.id(), words.language.as_str());
    let here = guest.association.id();
    let draft = draft(&guest, &fields);
    let joined =
        desk::member::accept_invitation(&house.pool, here, id, &draft, language, now).await;
    match joined {
        Ok(Joined::Member { ticket, expires_at }) => {
            let signed = Link::Token(ticket).sign(&house.keys, expires_at);
            Ok(see_other(&format!("/entrer/{signed}")))
        }
        Ok(Joined::Waits) => Ok(see_other("/adherer/merci")),
        Err(halt) => match crate::failed(halt)? {
            NotJoined::Link(_) => dead(&guest),
            NotJoined::Person(refusals) => {
                let errors = Errors::of_refusals(words, &refusals, &door::errors::no_unit());
                Ok(invitation(&guest, &link, &token, fields, errors).await?)
            }
        },
    }
}
