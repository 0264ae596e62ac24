//! `/appareil`: the short code that a device shows, and whether it gets access.

use super::{consented, lent};
use crate::membership::{doubts, own};
use askama::Template;
use desk::membership::Proof;
use door::form::Query;
use door::threshold::see_other_with;
use door::{Answer, Errors, Fields, Flash, Frame, Present, Trouble, page};
use poem::{IntoResponse, Response, Route, get, handler};

pub(super) fn routes(route: Route) -> Route {
    route.at("/appareil", get(device).post(answer_device))
}

#[derive(Template)]
#[template(path = "grant_device.html")]
struct DevicePage {
    frame: Frame,
    errors: Errors,
    fields: Fields,
}

#[handler]
async fn device(present: Present, Query(query): Query) -> Answer {
    if desk::grant::typed(query.get("code")).is_empty() {
        return Ok(typing(&present, query, Errors::none())?);
    }
    ask(present, query, Errors::none()).await
}

/// Asks whether the device with this code gets access.
async fn ask(mut present: Present, fields: Fields, errors: Errors) -> Answer {
    crate::session::tries::of_short_code(&present.guest).await?;
    let code = desk::grant::typed(fields.get("code"));
    let found = store::device_request::by_code(&mut present.scope, &code).await;
    let Some(it) = found.map_err(Trouble::from)? else {
        return Ok(unknown(&present, fields)?);
    };
    let absent = present.away();
    let permissions = lent(&absent, &it.permissions());
    let rest = (String::new(), "/appareil", vec![("code", code)]);
    consented(absent, (&it.name, &permissions), rest, errors).await
}

/// The form again: nothing waits under what was typed.
fn unknown(present: &Present, fields: Fields) -> Result<Response, Trouble> {
    let mut errors = Errors::none();
    errors.add("code", present.words().say("refusal-grant-code"));
    typing(present, fields, errors)
}

fn typing(present: &Present, fields: Fields, errors: Errors) -> Result<Response, Trouble> {
    let code = errors.code();
    let response = page(&DevicePage {
        frame: Frame::present(present, "grant-device-title", "").wrong(!errors.is_empty()),
        errors,
        fields,
    })?;
    Ok(response.with_status(code).into_response())
}

#[handler]
async fn answer_device(fields: Fields, present: Present) -> Answer {
    let absent = present.away();
    let allowed = fields.get("answer") == "oui";
    let proof = Proof::Here;
    if allowed && let Some(errors) = doubts(&absent, &fields, proof).await? {
        return ask(absent.back().await?, fields, errors).await;
    }
    let identity = own(&absent)?.identity_id;
    crate::session::tries::of_access(&absent, identity).await?;
    let (scope, absent) = absent.back().await?.part();
    let code = fields.get("code");
    let answered = desk::grant::answer_device(scope, code, identity, allowed).await;
    if !answered.map_err(Trouble::from)? {
        return Ok(unknown(&absent.back().await?, fields)?);
    }
    let said = if allowed {
        "grant-device-allowed"
    } else {
        "grant-device-denied"
    };
    let flash = Flash::good(absent.words().say(said));
    Ok(see_other_with(&absent.guest.house, "/compte/acces", &flash))
}
