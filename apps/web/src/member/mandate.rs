//! `/adherents/…/mandats`: who acts for this member, by a mandate on paper.

use super::portrait::found;
use crate::exchange::find_member;
use askama::Template;
use door::threshold::see_other_with;
use door::{Answer, Errors, Fields, Flash, Frame, Present, Trouble, page};
use poem::web::Path;
use poem::{IntoResponse, Response, Route, get, handler, post};
use sel::id::MandateId;
use sel::mandate::{self, Refusal};
use store::mandate::Mandate;
use store::member::Member;

pub(super) fn routes(route: Route) -> Route {
    route
        .at("/adherents/:id/mandats", get(show).post(record))
        .at("/mandats/:id/fin", post(revoke))
}

/// A mandate as a page shows it.
pub(super) struct Line {
    pub(super) id: String,
    pub(super) said: String,
}

#[derive(Template)]
#[template(path = "member_mandates.html")]
struct MandatesPage {
    frame: Frame,
    errors: Errors,
    fields: Fields,
    id: String,
    heading: String,
    first_name: String,
    lines: Vec<Line>,
}

async fn keeper(present: &mut Present, id: &str) -> Result<Member, Trouble> {
    let member = found(present, id).await?;
    let actor = present.scope.actor.as_ref();
    if actor.is_some_and(mandate::keeps) {
        Ok(member)
    } else {
        Err(Trouble::NotAllowed)
    }
}

/// The mandates that stand in which this member is one of the two, told to the reader.
pub(super) async fn lines(present: &mut Present, member: &Member) -> Result<Vec<Line>, Trouble> {
    let mandates = store::mandate::of_member(&mut present.scope, member.id()).await?;
    Ok(mandates.iter().map(|it| line(present, it)).collect())
}

fn line(present: &Present, it: &Mandate) -> Line {
    let name = |first: &str, last: &str, number: i32| {
        let name = super::shown_name(true, &present.rules, first, last);
        format!("{name} (n°\u{a0}{number})")
    };
    let names = [
        (
            "proxy",
            name(&it.proxy_first, &it.proxy_last, it.proxy_number).into(),
        ),
        (
            "member",
            name(&it.member_first, &it.member_last, it.member_number).into(),
        ),
        ("day", present.words().day(it.signed_on).into()),
    ];
    Line {
        id: it.id().to_string(),
        said: present.words().say_with("mandate-said", &names),
    }
}

#[handler]
async fn show(mut present: Present, Path(id): Path<String>) -> Answer {
    let member = keeper(&mut present, &id).await?;
    let fields = Fields::default()
        .with("id", desk::fresh::id(present.guest.visit.now).to_string())
        .with("signed", present.guest.today().to_string());
    Ok(shown(present, &member, fields, Errors::none()).await?)
}

async fn shown(
    mut present: Present,
    member: &Member,
    fields: Fields,
    errors: Errors,
) -> Result<Response, Trouble> {
    let lines = lines(&mut present, member).await?;
    let name = [("name", (&member.first_name).into())];
    let heading = present.words().say_with("mandate-title", &name);
    let code = errors.code();
    let response = page(&MandatesPage {
        frame: Frame::present(&present, "member-list-title", "desk")
            .titled(&heading)
            .wrong(!errors.is_empty()),
        errors,
        fields,
        id: member.id().to_string(),
        heading,
        first_name: member.first_name.clone(),
        lines,
    })?;
    Ok(response.with_status(code).into_response())
}

#[handler]
async fn record(fields: Fields, mut present: Present, Path(id): Path<String>) -> Answer {
    let member = keeper(&mut present, &id).await?;
    let mandate_id = MandateId(fields.id("id").ok_or(Trouble::NotFound)?);
    let (words, unit) = (present.words(), present.rules.unit.clone());
    let proxy = match find_member(&mut present, &fields).await? {
        Ok(proxy) => proxy,
        Err(refusal) => {
            let errors = Errors::of_refusals(words, &[Refusal::Proxy(refusal)], &unit);
            return Ok(shown(present, &member, fields, errors).await?);
        }
    };
    let signed = fields.get("signed").parse().ok();
    let today = present.guest.today();
    let (scope, absent) = present.part();
    let done = desk::mandate::record(scope, mandate_id, member.id(), proxy.id(), signed, today);
    match done.await {
        Ok(()) => {
            let names = [
                ("proxy", (&proxy.first_name).into()),
                ("member", (&member.first_name).into()),
            ];
            let flash = Flash::good(words.say_with("mandate-recorded", &names));
            let to = format!("/adherents/{}/mandats", member.id());
            Ok(see_other_with(&absent.guest.house, &to, &flash))
        }
        Err(halt) => {
            let (present, errors) = crate::again(absent, halt).await?;
            Ok(shown(present, &member, fields, errors).await?)
        }
    }
}

#[handler]
async fn revoke(fields: Fields, mut present: Present, Path(id): Path<String>) -> Answer {
    let id: MandateId = id.parse().map_err(|_| Trouble::NotFound)?;
    let me = present.member.id();
    let actor = present.scope.actor.clone();
    let it = store::mandate::by_id(&mut present.scope, id)
        .await
        .map_err(Trouble::from)?
        .filter(|it| {
            [it.member_id(), it.proxy_id()].contains(&me)
                || actor.is_some_and(|a| mandate::keeps(&a))
        })
        .ok_or(Trouble::NotFound)?;
    let (scope, absent) = present.part();
    let names = [
        ("proxy", (&it.proxy_first).into()),
        ("member", (&it.member_first).into()),
    ];
    let done = desk::mandate::revoke(scope, id).await;
    let done = done.map(|()| absent.words().say_with("mandate-revoked", &names));
    let back = match fields.get("retour") {
        "" => "/",
        path => door::language::local_path(path),
    };
    crate::told(&absent, done, back)
}
