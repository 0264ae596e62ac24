//! `/compte/acces`: what programs may do in one's name.

use crate::membership::{asks, doubts, own};
use askama::Template;
use desk::membership::Proof;
use door::threshold::see_other_with;
use door::{Absent, Answer, Errors, Fields, Flash, Frame, Present, Trouble, page, see_other};
use poem::web::Path;
use poem::{IntoResponse, Response, Route, get, handler, post};
use sel::access::{DAYS, Permission, offered};
use sel::id::AccessId;
use store::access::Access;
use words::Words;

const PAGE: &str = "/compte/acces";
/// How long an access lasts where nothing else is chosen, in days.
const USUAL_DAYS: &str = "90";

pub(super) fn routes(route: Route) -> Route {
    route
        .at("/compte/acces", get(show).post(give))
        .at("/compte/acces/:id/fin", post(revoke))
}

struct Line {
    id: String,
    name: String,
    may: Vec<String>,
    detail: String,
}

struct Choice {
    value: &'static str,
    label: String,
}

#[derive(Template)]
#[template(path = "account_access.html")]
struct AccessPage {
    frame: Frame,
    errors: Errors,
    fields: Fields,
    lines: Vec<Line>,
    permissions: Vec<Choice>,
    days: Vec<(String, String)>,
    /// Whether the password is asked for.
    asks: bool,
}

#[derive(Template)]
#[template(path = "account_access_secret.html")]
struct SecretPage {
    frame: Frame,
    name: String,
    secret: String,
    base: String,
}

/// What a permission lets a program do, in plain words.
pub(crate) fn said(words: Words, permission: Permission) -> String {
    let key = permission.as_str().replace('.', "-");
    words.say(&format!("access-may-{key}"))
}

#[handler]
async fn show(present: Present) -> Answer {
    let fields = Fields::default().with("days", USUAL_DAYS);
    Ok(list(present.away(), fields, Errors::none()).await?)
}

fn line(present: &Present, it: &Access) -> Line {
    let (words, zone) = (present.words(), &present.guest.association.time_zone);
    let today = present.guest.today();
    let day = |at| words.near_day(words.local_day(at, zone), today);
    let until = [("day", day(it.expires_at).into())];
    let seen = it.seen_at.map_or_else(
        || words.say("access-unseen"),
        |at| words.say_with("access-seen", &[("day", day(at).into())]),
    );
    let may = it.permissions().into_iter();
    Line {
        id: it.id().to_string(),
        name: it.name.clone(),
        may: may.map(|it| said(words, it)).collect(),
        detail: format!("{} {seen}", words.say_with("access-until", &until)),
    }
}

async fn list(absent: Absent, fields: Fields, errors: Errors) -> Result<Response, Trouble> {
    let asks = asks(&absent, Proof::Here).await?;
    let mut present = absent.back().await?;
    let me = present.member.id();
    let all = store::access::of_member(&mut present.scope, me).await?;
    let words = present.words();
    let actor = present.scope.actor.as_ref();
    let offered = actor.map_or_else(Vec::new, offered).into_iter();
    let permissions = offered.map(|it| Choice {
        value: it.as_str(),
        label: said(words, it),
    });
    let days = DAYS.map(|days| {
        let count = i64::try_from(days).unwrap_or(i64::MAX);
        let label = words.say_with("access-days", &[("count", count.into())]);
        (days.to_string(), label)
    });
    let code = errors.code();
    let response = page(&AccessPage {
        permissions: permissions.collect(),
        days: days.to_vec(),
        lines: all.iter().map(|it| line(&present, it)).collect(),
        frame: Frame::present(&present, "access-title", "").wrong(!errors.is_empty()),
        errors,
        fields,
        asks,
    })?;
    Ok(response.with_status(code).into_response())
}

/// Gives an access, and shows its secret in this answer alone.
#[handler]
async fn give(fields: Fields, present: Present) -> Answer {
    let absent = present.away();
    if let Some(errors) = doubts(&absent, &fields, Proof::Here).await? {
        return Ok(list(absent, fields.instead("password", ""), errors).await?);
    }
    let identity = own(&absent)?.identity_id;
    crate::session::tries::of_access(&absent, identity).await?;
    let ticked = |it: &Permission| fields.ticked("permissions", it.as_str());
    let permissions: Vec<Permission> = Permission::ALL.into_iter().filter(ticked).collect();
    let days = fields.get("days").parse().unwrap_or(0);
    let (scope, absent) = absent.back().await?.part();
    let name = fields.get("name");
    match desk::access::give(scope, identity, name, &permissions, days).await {
        Ok(secret) => {
            let present = absent.back().await?;
            let (house, sel) = (&present.guest.house, &present.guest.association.slug);
            Ok(page(&SecretPage {
                frame: Frame::present(&present, "access-secret-title", ""),
                name: name.to_owned(),
                secret,
                base: house.site.association_url(sel, "/api/v1"),
            })?)
        }
        Err(halt) => {
            let refusals = crate::failed(halt)?;
            let errors = Errors::of_refusals(absent.words(), &refusals, &absent.rules.unit);
            Ok(list(absent, fields.instead("password", ""), errors).await?)
        }
    }
}

#[handler]
async fn revoke(_fields: Fields, present: Present, Path(id): Path<String>) -> Answer {
    let id: AccessId = id.parse().map_err(|_| Trouble::NotFound)?;
    let (scope, absent) = present.part();
    let revoked = desk::access::revoke(scope, id).await;
    let Some(name) = revoked.map_err(Trouble::from)? else {
        return Ok(see_other(PAGE));
    };
    let names = [("name", name.into())];
    let flash = Flash::good(absent.words().say_with("access-revoked", &names));
    Ok(see_other_with(&absent.guest.house, PAGE, &flash))
}
