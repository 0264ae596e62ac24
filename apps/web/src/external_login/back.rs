//! The way back from a provider: first to the platform's host, then to the SEL where it began.

use desk::link::Link;
use desk::session::Refusal;
use door::form::Query;
use door::{Answer, Fields, House, Trouble, Visit, see_other};
use poem::http::Uri;
use poem::web::{Data, Path};
use poem::{Response, Route, get, handler};
use sel::id::TokenId;
use std::sync::Arc;

/// Where a provider of the host sends the browser back to, on the platform's host and then on the
/// SEL's. A SEL's own comes back to another path: what one provider was sent is never shown to
/// another, who might be anybody (mix-up, RFC 9700).
pub(super) const BACK: &str = "/connexion/retour";

/// Where the providers of this SEL send the browser back to.
pub(crate) fn own_back(slug: &str) -> String {
    format!("{BACK}/{slug}")
}

pub(crate) fn platform_routes(route: Route) -> Route {
    route
        .at(BACK, get(send_on))
        .at("/connexion/retour/:slug", get(send_on_own))
}

/// The token of the state that came back.
pub(super) fn token(house: &House, visit: &Visit, query: &Fields) -> Result<TokenId, Refusal> {
    match Link::read(query.get("state"), &house.keys, visit.now) {
        Ok(Link::Token(token)) => Ok(token),
        _ => Err(Refusal::Broken),
    }
}

/// On the platform's host: sends the browser on to the SEL where the dance began, with all that the
/// provider said.
#[handler]
async fn send_on(
    visit: Visit,
    Data(house): Data<&Arc<House>>,
    Query(query): Query,
    uri: &Uri,
) -> Answer {
    let slug = began_at(house, &visit, &query).await?;
    Ok(sent_on(house, &slug, BACK, uri))
}

/// The same of a SEL's own provider, to that SEL alone.
#[handler]
async fn send_on_own(
    visit: Visit,
    Data(house): Data<&Arc<House>>,
    Path(own): Path<String>,
    Query(query): Query,
    uri: &Uri,
) -> Answer {
    let slug = began_at(house, &visit, &query).await?;
    if slug != own {
        return Err(Trouble::NotFound.into());
    }
    Ok(sent_on(house, &slug, &own_back(&slug), uri))
}

async fn began_at(house: &House, visit: &Visit, query: &Fields) -> Result<String, Trouble> {
    let token = token(house, visit, query).map_err(|_| Trouble::NotFound)?;
    let slug = desk::external_login::began_at(&house.pool, token, visit.now).await?;
    slug.ok_or(Trouble::NotFound)
}

fn sent_on(house: &House, slug: &str, path: &str, uri: &Uri) -> Response {
    let query = uri.query().unwrap_or_default();
    see_other(&house.site.association_url(slug, &format!("{path}?{query}")))
}
