//! `/compte`: one's own details, and one's password.

use super::typed_phone;
use crate::Rooms;
use crate::application::draft;
use crate::external_login::has_some;
use crate::membership::{Halted, asks, confirm, own};
use askama::Template;
use desk::membership::Proof;
use door::form::Query;
use door::threshold::see_other_with;
use door::{Absent, Answer, Errors, Fields, Flash, Frame, Present, Trouble, cookie, page};
use poem::http::header;
use poem::web::Data;
use poem::{IntoResponse, Response, Route, get, handler};
use sel::application::Draft;
use sel::refusal::Refused;
use std::sync::Arc;
use words::{Language, Words};

const YEAR_SECONDS: u64 = 365 * 24 * 3600;

pub(super) fn routes(route: Route) -> Route {
    route
        .at("/compte", get(show).post(describe))
        .at("/compte/mot-de-passe", get(password).post(choose_password))
}

#[derive(Template)]
#[template(path = "account.html")]
struct AccountPage {
    frame: Frame,
    errors: Errors,
    fields: Fields,
    id: String,
    number: i32,
    email: Option<String>,
    /// Whether accounts elsewhere can let people in.
    has_providers: bool,
}

#[derive(Template)]
#[template(path = "account_password.html")]
struct PasswordPage {
    frame: Frame,
    /// What to do about a password that was forgotten.
    forgotten: &'static str,
    errors: Errors,
    /// Just welcomed: one may also choose a password later.
    is_new: bool,
    /// Whether the password that there is must be typed first.
    asks: bool,
}

#[handler]
async fn show(mut present: Present, Data(rooms): Data<&Arc<Rooms>>) -> Answer {
    let member = &present.member;
    let optional = |field: &Option<String>| field.clone().unwrap_or_default();
    let fields = Fields::default()
        .with("first_name", &member.first_name)
        .with("last_name", &member.last_name)
        .with("phone", typed_phone(&present.guest, member))
        .with("place", optional(&member.place))
        .with("about", optional(&member.about))
        .with("language", &member.language);
    Ok(account(&mut present, rooms, fields, Errors::none()).await?)
}

async fn account(
    present: &mut Present,
    rooms: &Rooms,
    fields: Fields,
    errors: Errors,
) -> Result<Response, Trouble> {
    let code = errors.code();
    let has_providers = has_some(rooms, &mut present.scope).await?;
    let response = page(&AccountPage {
        frame: Frame::present(present, "account-title", "").wrong(!errors.is_empty()),
        errors,
        fields,
        id: present.member.id().to_string(),
        number: present.member.number,
        email: present.member.email.clone(),
        has_providers,
    })?;
    Ok(response.with_status(code).into_response())
}

#[handler]
async fn describe(fields: Fields, present: Present, Data(rooms): Data<&Arc<Rooms>>) -> Answer {
    let (scope, absent) = present.part();
    let words = absent.words();
    let language = Language::parse(fields.get("language")).unwrap_or(words.language);
    // The address is not changed here, whatever a form says.
    let email = absent.member.email.clone().unwrap_or_default();
    let draft = Draft {
        email,
        ..draft(&absent.guest, &fields)
    };
    let done = desk::member::describe(scope, absent.member.id(), &draft, language.as_str()).await;
    if let Err(halt) = done {
        let (mut present, errors) = crate::again(absent, halt).await?;
        return Ok(account(&mut present, rooms, fields, errors).await?);
    }
    let flash = Flash::good(Words::new(language).say("account-done"));
    let mut response = see_other_with(&absent.guest.house, "/compte", &flash);
    let secure = absent.guest.house.site.is_secure();
    let set = cookie::set(cookie::LANGUAGE, language.as_str(), YEAR_SECONDS, secure);
    response.headers_mut().append(header::SET_COOKIE, set);
    Ok(response)
}

#[handler]
async fn password(present: Present, Query(query): Query) -> Answer {
    let is_new = query.ticked("bienvenue", "oui");
    let absent = present.away();
    Ok(password_page(absent, is_new, Errors::none()).await?)
}

async fn password_page(absent: Absent, is_new: bool, errors: Errors) -> Result<Response, Trouble> {
    let asks = asks(&absent, Proof::PasswordOrFresh).await?;
    let (pool, now) = (&absent.guest.house.pool, absent.guest.visit.now);
    let is_half = desk::membership::opens_half(pool, own(&absent)?, now).await?;
    let code = errors.code();
    let present = absent.back().await?;
    let response = page(&PasswordPage {
        forgotten: if is_half {
            "account-password-forgotten-elsewhere"
        } else {
            "account-password-forgotten"
        },
        frame: Frame::present(&present, "account-password-title", "").wrong(!errors.is_empty()),
        errors,
        is_new,
        asks,
    })?;
    Ok(response.with_status(code).into_response())
}

/// The page again, with why not.
async fn password_refused<R: Refused>(
    absent: Absent,
    fields: &Fields,
    halt: desk::Halt<R>,
) -> Answer {
    let refusal = crate::failed(halt)?;
    let errors = Errors::of_refusals(absent.words(), &[refusal], &absent.rules.unit);
    Ok(password_page(absent, fields.ticked("bienvenue", "oui"), errors).await?)
}

#[handler]
async fn choose_password(fields: Fields, present: Present) -> Answer {
    let absent = present.away();
    let (now, words) = (absent.guest.visit.now, absent.words());
    match confirm(&absent, &fields, Proof::PasswordOrFresh).await {
        Ok(()) => {}
        Err(Halted::Trouble(trouble)) => return Err(trouble.into()),
        Err(Halted::Refused(halt)) => return password_refused(absent, &fields, halt).await,
    }
    let own = own(&absent)?;
    let (pool, typed) = (&absent.guest.house.pool, fields.raw("new_password"));
    let chosen = (typed, &absent.member, &*absent.guest.association);
    match desk::session::choose_password(pool, own, chosen, now).await {
        Ok(()) => {
            let flash = Flash::good(words.say("account-password-done"));
            Ok(see_other_with(&absent.guest.house, "/", &flash))
        }
        Err(halt) => password_refused(absent, &fields, halt).await,
    }
}
