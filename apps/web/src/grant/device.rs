//! `/appareil`: the short code that a device shows, and whether it gets access.

use super::{consented, is_them, lent};
use crate::application::form_code;
use crate::membership::own;
use askama::Template;
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
async fn device(mut present: Present, Query(query): Query) -> Answer {
    let code = desk::grant::typed(query.get("code"));
    if code.is_empty() {
        return Ok(typing(&present, query, Errors::none())?);
    }
    crate::session::count_typed(&present.guest)?;
    let found = store::device_request::by_code(&mut present.scope, &code).await;
    let Some(it) = found.map_err(Trouble::from)? else {
        let mut errors = Errors::none();
        errors.add("code", present.words().say("refusal-grant-code"));
        return Ok(typing(&present, query, errors)?);
    };
    let absent = present.away();
    let permissions = lent(&absent, &it.permissions());
    let rest = (String::new(), "/appareil", vec![("code", code)]);
    consented(absent, (&it.name, &permissions), rest, Errors::none()).await
}

fn typing(present: &Present, fields: Fields, errors: Errors) -> Result<Response, Trouble> {
    let code = form_code(&errors);
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
    if allowed && let Some(errors) = is_them(&absent, &fields).await? {
        return Ok(typing(&absent.back().await?, fields, errors)?);
    }
    let identity = own(&absent)?.identity_id;
    crate::session::count_given(&absent, identity)?;
    let (scope, absent) = absent.back().await?.part();
    let code = fields.get("code");
    let answered = desk::grant::answer_device(scope, code, identity, allowed).await;
    if !answered.map_err(Trouble::from)? {
        let mut errors = Errors::none();
        errors.add("code", absent.words().say("refusal-grant-code"));
        return Ok(typing(&absent.back().await?, fields, errors)?);
    }
    let said = if allowed {
        "grant-device-allowed"
    } else {
        "grant-device-denied"
    };
    let flash = Flash::good(absent.words().say(said));
    Ok(see_other_with(&absent.guest.house, "/compte/acces", &flash))
}
