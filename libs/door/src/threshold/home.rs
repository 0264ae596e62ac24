//! Where a request is led on to before anybody answers it.

use super::{STOP, host_of};
use crate::house::House;
use crate::site::Host;
use crate::visit::Visit;
use poem::http::{StatusCode, header};
use poem::{IntoResponse, Request, Response};

/// What programs ask first.
const WELL_KNOWN: &str = "/.well-known/";

/// Sends who asks for a page to the SEL's own host, where it has one: there they log in, and there
/// their session is. No form is taken here then, but the one that a mail program sends by itself.
/// Programs stay where they are, and so does what stands in pages.
pub(super) fn home(house: &House, request: &Request, visit: &Visit) -> Option<Response> {
    let path = request.uri().path();
    if !house.is_console && house.site.read_host(&host_of(request)) == Host::Www {
        let whole = request
            .uri()
            .path_and_query()
            .map_or(path, |it| it.as_str());
        return Some(moved(house.site.platform_url(whole)));
    }
    let association = visit.association.as_ref()?;
    let stays = ["/static/", "/photos/", WELL_KNOWN];
    let is_page = !visit.is_program && !stays.iter().any(|it| path.starts_with(it));
    let whole = request.uri().path_and_query()?.as_str();
    if visit.is_at_home && path.starts_with(WELL_KNOWN) {
        // What is said there names the address on the platform.
        return Some(moved(house.site.association_url(&association.slug, whole)));
    }
    if visit.is_at_home || association.host.is_none() || !is_page {
        return None;
    }
    if request.method().is_safe() {
        return Some(moved(house.site.home_url(association, whole)));
    }
    if path.starts_with(STOP) {
        return None;
    }
    let home = house.site.home_url(association, "/");
    let response = StatusCode::SEE_OTHER.with_header(header::LOCATION, home);
    Some(response.into_response())
}

fn moved(to: String) -> Response {
    let moved = StatusCode::TEMPORARY_REDIRECT.into_response();
    moved.with_header(header::LOCATION, to).into_response()
}
