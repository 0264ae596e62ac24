//! `/bureau/connexion`: the providers of logins that a SEL has for its own people.

use crate::Rooms;
use crate::external_login::{of_sel, own_back};
use askama::Template;
use door::{Absent, Answer, Errors, Fields, Frame, Guest, Present, Trouble, page};
use gateways::Failure;
use gateways::outside::Named;
use poem::web::{Data, Path};
use poem::{IntoResponse, Response, Route, get, handler, post};
use sel::id::LoginProviderId;
use sel::login_provider::{Draft, Refusal};
use std::sync::Arc;

const PAGE: &str = "/bureau/connexion";

pub(crate) fn routes(route: Route) -> Route {
    route
        .at("/bureau/connexion", get(list).post(add))
        .at("/bureau/connexion/:id/fin", post(remove))
}

struct Line {
    id: String,
    name: String,
    issuer: String,
}

#[derive(Template)]
#[template(path = "login_provider_list.html")]
struct ListPage {
    frame: Frame,
    errors: Errors,
    fields: Fields,
    lines: Vec<Line>,
    /// Where the provider is to send people back to.
    back: String,
}

/// Where providers of this SEL send people back to.
fn back(guest: &Guest) -> String {
    let path = own_back(&guest.association.slug);
    guest.house.site.platform_url(&path)
}

/// Those who set the rules see it.
fn allowed(present: &Present) -> Result<(), Trouble> {
    let actor = present.scope.actor.as_ref();
    if actor.is_some_and(sel::login_provider::may_keep) {
        Ok(())
    } else {
        Err(Trouble::NotAllowed)
    }
}

#[handler]
async fn list(present: Present) -> Answer {
    Ok(listed(present, Fields::default(), Errors::none()).await?)
}

async fn listed(mut present: Present, fields: Fields, errors: Errors) -> Result<Response, Trouble> {
    allowed(&present)?;
    let all = store::login_provider::list(&mut present.scope).await?;
    let lines = all.into_iter().map(|it| Line {
        id: it.id().to_string(),
        name: it.name,
        issuer: it.issuer,
    });
    let code = errors.code();
    let response = page(&ListPage {
        frame: Frame::present(&present, "provider-title", "desk").wrong(!errors.is_empty()),
        lines: lines.collect(),
        back: back(&present.guest),
        errors,
        fields,
    })?;
    Ok(response.with_status(code).into_response())
}

/// The page again, with why not.
async fn refused(absent: Absent, fields: Fields, halt: desk::Halt<Vec<Refusal>>) -> Answer {
    let (present, errors) = crate::again(absent, halt).await?;
    Ok(listed(present, fields.instead("client_secret", ""), errors).await?)
}

/// Keeps a provider that answers as one.
#[handler]
async fn add(fields: Fields, present: Present, Data(rooms): Data<&Arc<Rooms>>) -> Answer {
    allowed(&present)?;
    let (mut scope, absent) = present.part();
    let issuer = fields.get("issuer").to_owned();
    let draft = Draft {
        name: fields.get("name"),
        issuer: &issuer,
        client_id: fields.get("client_id"),
        client_secret: fields.raw("client_secret"),
        is_admitted: rooms.outside.admits(&issuer),
    };
    if let Err(halt) = desk::login_provider::decide(&mut scope, &draft).await {
        return refused(absent, fields, halt).await;
    }
    // It is asked while no connection is held, and then all is decided anew.
    drop(scope);
    crate::session::tries::of_question(&absent.guest).await?;
    if let Err(failure) = answers(&absent, rooms, &draft).await {
        let sel = &absent.guest.association.slug;
        tracing::info!(%sel, %failure, "a provider of a SEL does not answer");
        let halt = desk::Halt::Refused(vec![Refusal::Silent]);
        return refused(absent, fields, halt).await;
    }
    let scope = absent.back().await?;
    let (scope, absent) = scope.part();
    let vault = absent.guest.house.keys.vault();
    match desk::login_provider::add(scope, vault, &draft).await {
        Ok(()) => {
            let said = absent.words().say("provider-added");
            crate::told::<Refusal>(&absent, Ok(said), PAGE)
        }
        Err(halt) => refused(absent, fields, halt).await,
    }
}

/// Whether a provider is there, and says that it is the one that was named.
async fn answers(absent: &Absent, rooms: &Rooms, draft: &Draft<'_>) -> Result<(), Failure> {
    let provider = of_sel("", (draft.name, draft.issuer), (draft.client_id, None));
    let redirect = back(&absent.guest);
    let named = (&provider, Named::BySomebody);
    rooms.logins.begin(named, &redirect, "").await.map(|_| ())
}

#[handler]
async fn remove(_fields: Fields, present: Present, Path(id): Path<String>) -> Answer {
    allowed(&present)?;
    let id: LoginProviderId = id.parse().map_err(|_| Trouble::NotFound)?;
    let (scope, absent) = present.part();
    let removed = desk::login_provider::remove(scope, id).await;
    let done = removed.map(|()| absent.words().say("provider-removed"));
    crate::told::<Refusal>(&absent, done, PAGE)
}
