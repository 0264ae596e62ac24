//! `/entree/…`: the link that makes an access, with a password and a second proof. Opening it
//! changes nothing.

use crate::inside::Outside;
use crate::session::with_session;
use crate::tries;
use askama::Template;
use door::picture::Setup;
use door::{Answer, Errors, Fields, Frame, page};
use poem::http::StatusCode;
use poem::web::Path;
use poem::{IntoResponse, Route, get, handler};

pub(crate) fn routes(route: Route) -> Route {
    route.at("/entree/:link", get(show).post(begin))
}

#[derive(Template)]
#[template(path = "invitation.html")]
struct InvitationPage {
    frame: Frame,
    errors: Errors,
    action: String,
    /// The secret of the setup, sealed.
    sealed: String,
    name: String,
    email: String,
    is_anew: bool,
    setup: Setup,
}

#[derive(Template)]
#[template(path = "invitation_dead.html")]
struct DeadPage {
    frame: Frame,
    /// Somebody who is in already needs no other link.
    is_inside: bool,
}

#[derive(Template)]
#[template(path = "invitation_codes.html")]
struct CodesPage {
    frame: Frame,
    codes: Vec<String>,
}

#[handler]
async fn show(at: Outside, Path(link): Path<String>) -> Answer {
    shown(&at, (&link, None), Errors::none()).await
}

async fn shown(at: &Outside, (link, again): (&str, Option<&str>), errors: Errors) -> Answer {
    let (house, now) = (&at.house, at.visit.now);
    let it = match desk::staff::look(&house.pool, house.keys.vault(), (link, again), now).await {
        Ok(it) => it,
        Err(halt) => {
            crate::failed(halt)?;
            let response = page(&DeadPage {
                frame: Frame::platform(&at.visit, "console-link-dead-title"),
                is_inside: at.is_inside().await?,
            })?;
            return Ok(response.with_status(StatusCode::GONE).into_response());
        }
    };
    let title = at
        .visit
        .words
        .say_with("console-invited-title", &[("name", (&it.name).into())]);
    let code = errors.code();
    let response = page(&InvitationPage {
        frame: Frame::platform(&at.visit, "console-login-title")
            .titled(title)
            .wrong(!errors.is_empty()),
        errors,
        action: format!("/entree/{link}"),
        sealed: it.sealed,
        setup: Setup::new(&it.setup.address, &it.setup.letters)?,
        name: it.name,
        email: it.email,
        is_anew: it.is_anew,
    })?;
    Ok(response.with_status(code).into_response())
}

#[handler]
async fn begin(at: Outside, Path(link): Path<String>, fields: Fields) -> Answer {
    tries::from_here(&at, "link").await?;
    let (house, now) = (&at.house, at.visit.now);
    let sealed = fields.get("sealed");
    let typed = (fields.raw("new_password"), fields.get("code"), sealed);
    match desk::staff::begin(&house.pool, house.keys.vault(), &link, typed, now).await {
        Ok(begun) => {
            let response = page(&CodesPage {
                frame: Frame::platform(&at.visit, "second-codes-title"),
                codes: begun.spare,
            })?;
            Ok(with_session(response, house, &begun.session))
        }
        Err(halt) => {
            let errors = at.errors(&crate::failed(halt)?);
            shown(&at, (&link, Some(sealed)), errors).await
        }
    }
}
