//! `/compte/sels`: one login for several SELs, and the way from one to the other.

mod joining;

use crate::external_login::going;
use crate::session::{browser, tries, with_session};
use askama::Template;
use desk::link::Link;
use desk::membership::{Going, Leading, Own, Proof, Refusal, Sels};
use door::threshold::see_other_with;
use door::{
    Absent, Answer, Errors, Fields, Flash, Frame, Guest, Present, Trouble, page, see_other,
};
use poem::web::Path;
use poem::{IntoResponse, Response, Route, get, handler, post};
use store::association::Association;

pub(crate) const PAGE: &str = "/compte/sels";

pub(crate) fn routes(route: Route) -> Route {
    joining::routes(route)
        .at("/compte/sels", get(show).post(ask))
        .at("/compte/sels/separer", get(part_form).post(part))
        .at("/compte/sels/:slug/aller", post(go))
}

struct Line {
    slug: String,
    name: String,
    place: String,
    is_here: bool,
}

#[derive(Template)]
#[template(path = "membership_list.html")]
struct ListPage {
    frame: Frame,
    errors: Errors,
    fields: Fields,
    lines: Vec<Line>,
    /// Whether the session opens this SEL alone, and hears of no other.
    alone: bool,
    /// A sentence to part this SEL by, where there are several.
    parting: Option<String>,
    has_password: bool,
}

/// Whoever is logged in has a login, and came with a secret.
pub(crate) fn own(absent: &Absent) -> Result<Own<'_>, Trouble> {
    let member = &absent.member;
    let secret = absent.guest.visit.session.as_deref();
    let (identity_id, secret) = member
        .identity_id()
        .zip(secret)
        .ok_or_else(|| Trouble::Broken("a session of nobody".into()))?;
    Ok(Own {
        association_id: absent.guest.association.id(),
        member_id: member.id(),
        identity_id,
        secret,
    })
}

#[handler]
async fn show(present: Present) -> Answer {
    let absent = present.away();
    Ok(list(absent, Fields::default(), Errors::none()).await?)
}

async fn list(absent: Absent, fields: Fields, errors: Errors) -> Result<Response, Trouble> {
    let own = own(&absent)?;
    let (pool, now) = (&absent.guest.house.pool, absent.guest.visit.now);
    let Sels { all, alone } = desk::membership::sels(pool, own, now).await?;
    let has_password = desk::membership::has_password(pool, own, now).await?;
    let here = absent.guest.association.id();
    let lines = all.into_iter().map(|it| Line {
        is_here: it.association_id() == here,
        slug: it.slug,
        name: it.name,
        place: it.place_name,
    });
    let lines: Vec<Line> = lines.collect();
    let parting = (lines.len() > 1).then(|| parting(&absent));
    let code = errors.code();
    let present = absent.back().await?;
    let response = page(&ListPage {
        frame: Frame::present(&present, "membership-title", "").wrong(!errors.is_empty()),
        errors,
        fields,
        lines,
        alone,
        parting,
        has_password,
    })?;
    Ok(response.with_status(code).into_response())
}

/// "Séparer le SEL de Mars".
fn parting(absent: &Absent) -> String {
    let names = [("sel", (&absent.guest.association.name).into())];
    absent.words().say_with("membership-part-title", &names)
}

/// The page again, with why not.
async fn refused(absent: Absent, fields: Fields, halt: desk::Halt<Refusal>) -> Answer {
    let errors = errors(&absent, halt)?;
    Ok(list(absent, fields.instead("password", ""), errors).await?)
}

/// Whether the password must be typed, where who came in just now need not.
pub(crate) async fn asks(absent: &Absent, proof: Proof) -> Result<bool, Trouble> {
    let (pool, now) = (&absent.guest.house.pool, absent.guest.visit.now);
    Ok(desk::membership::asks(pool, own(absent)?, proof, now).await?)
}

/// Makes sure that it is them. Passwords are tried as often as at the door.
pub(crate) async fn confirm(absent: &Absent, fields: &Fields, proof: Proof) -> Result<(), Halted> {
    let own = own(absent)?;
    let (house, now) = (&absent.guest.house, absent.guest.visit.now);
    tries::of_confirming(absent, own.identity_id).await?;
    let typed = (proof, fields.raw("password"));
    desk::membership::confirm(&house.pool, own, typed, now).await?;
    tries::forget_confirming(absent, own.identity_id).await;
    Ok(())
}

/// Makes sure that it is them, as [`confirm`] does; else answers what the page says of it.
pub(crate) async fn doubts(
    absent: &Absent,
    fields: &Fields,
    proof: Proof,
) -> Result<Option<Errors>, Trouble> {
    match confirm(absent, fields, proof).await {
        Ok(()) => Ok(None),
        Err(Halted::Trouble(trouble)) => Err(trouble),
        Err(Halted::Refused(halt)) => Ok(Some(errors(absent, halt)?)),
    }
}

fn errors(absent: &Absent, halt: desk::Halt<Refusal>) -> Result<Errors, Trouble> {
    let refusal = crate::failed(halt)?;
    let unit = &absent.rules.unit;
    Ok(Errors::of_refusals(absent.words(), &[refusal], unit))
}

/// Why a step was not taken.
pub(crate) enum Halted {
    Trouble(Trouble),
    Refused(desk::Halt<Refusal>),
}

impl From<Trouble> for Halted {
    fn from(trouble: Trouble) -> Halted {
        Halted::Trouble(trouble)
    }
}

impl From<desk::Halt<Refusal>> for Halted {
    fn from(halt: desk::Halt<Refusal>) -> Halted {
        Halted::Refused(halt)
    }
}

#[handler]
async fn ask(fields: Fields, present: Present) -> Answer {
    let absent = present.away();
    match asked(&absent, &fields).await {
        Ok(leading) => Ok(lead(&absent.guest, &leading, "/reunir/")?),
        Err(Halted::Trouble(trouble)) => Err(trouble.into()),
        Err(Halted::Refused(halt)) => refused(absent, fields, halt).await,
    }
}

async fn asked(absent: &Absent, fields: &Fields) -> Result<Leading, Halted> {
    confirm(absent, fields, Proof::Password).await?;
    let (pool, now) = (&absent.guest.house.pool, absent.guest.visit.now);
    let who = whom(absent);
    let asked = (who.as_str(), fields.get("sel").trim());
    Ok(desk::membership::ask(pool, own(absent)?, asked, now).await?)
}

/// "Claire Aubert (n° 12)": how one is named to oneself at the other SEL.
fn whom(absent: &Absent) -> String {
    let member = &absent.member;
    format!("{} (n°\u{a0}{})", member.full_name(), member.number)
}

/// Sends the browser to the other SEL's host.
fn lead(guest: &Guest, leading: &Leading, path: &str) -> Result<Response, Trouble> {
    let signed = Link::Token(leading.token).sign(&guest.house.keys, leading.expires_at);
    lead_to(guest, &leading.there, &format!("{path}{signed}"))
}

fn lead_to(guest: &Guest, there: &Association, path: &str) -> Result<Response, Trouble> {
    let address = guest.house.site.home_url(there, path);
    if there.host.is_none() {
        return Ok(see_other(&address));
    }
    // A form may redirect to the hosts of the platform only: a page leads on to another.
    let names = [("sel", (&there.name).into())];
    let said = guest.visit.words.say_with("membership-going", &names);
    going(guest, said, address, true)
}

#[handler]
async fn go(_fields: Fields, present: Present, Path(slug): Path<String>) -> Answer {
    let absent = present.away();
    let (house, now) = (&absent.guest.house, absent.guest.visit.now);
    let going = desk::membership::go(&house.pool, own(&absent)?, &slug, now)
        .await
        .map_err(Trouble::from)?
        .ok_or(Trouble::NotFound)?;
    Ok(match going {
        Going::By(leading) => lead(&absent.guest, &leading, "/entrer/")?,
        Going::Anew(there) => lead_to(&absent.guest, &there, "/connexion")?,
    })
}

#[derive(Template)]
#[template(path = "membership_part.html")]
struct PartPage {
    frame: Frame,
    errors: Errors,
    heading: String,
    has_password: bool,
}

#[handler]
async fn part_form(present: Present) -> Answer {
    let absent = present.away();
    Ok(part_page(absent, Errors::none()).await?)
}

async fn part_page(absent: Absent, errors: Errors) -> Result<Response, Trouble> {
    let own = own(&absent)?;
    let (pool, now) = (&absent.guest.house.pool, absent.guest.visit.now);
    let Sels { all, .. } = desk::membership::sels(pool, own, now).await?;
    let has_password = desk::membership::has_password(pool, own, now).await?;
    if all.len() < 2 {
        return Ok(see_other(PAGE));
    }
    let heading = parting(&absent);
    let code = errors.code();
    let present = absent.back().await?;
    let response = page(&PartPage {
        frame: Frame::present(&present, "membership-title", "")
            .titled(&heading)
            .wrong(!errors.is_empty()),
        errors,
        heading,
        has_password,
    })?;
    Ok(response.with_status(code).into_response())
}

#[handler]
async fn part(fields: Fields, present: Present) -> Answer {
    let absent = present.away();
    if let Some(errors) = doubts(&absent, &fields, Proof::Password).await? {
        return Ok(part_page(absent, errors).await?);
    }
    let (house, now) = (&absent.guest.house, absent.guest.visit.now);
    let email = absent.member.email.as_deref();
    let browser = browser(&absent.guest);
    let parted = desk::membership::part(&house.pool, own(&absent)?, email, browser, now).await;
    let secret = match parted {
        Ok(secret) => secret,
        Err(halt) => {
            let errors = errors(&absent, halt)?;
            return Ok(part_page(absent, errors).await?);
        }
    };
    let names = [("sel", (&absent.guest.association.name).into())];
    let flash = Flash::good(absent.words().say_with("membership-parted", &names));
    let response = see_other_with(house, "/compte/mot-de-passe", &flash);
    Ok(with_session(response, house, &secret))
}
