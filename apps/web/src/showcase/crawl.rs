//! What search engines ask for: which pages there are, and which they may list.

use super::Address;
use askama::filters::{Html, escape};
use door::{Answer, Guest, House, Trouble};
use poem::web::Data;
use poem::{Response, Route, get, handler};
use std::fmt::Write;
use std::sync::Arc;
use store::Door;

/// Addresses of one sitemap: the protocol allows 50,000.
const ADDRESSES: i32 = 50_000;

pub(super) fn routes(route: Route) -> Route {
    route
        .at("/robots.txt", get(robots))
        .at("/sitemap.xml", get(addresses))
}

pub(super) fn platform_routes(route: Route) -> Route {
    route
        .at("/robots.txt", get(platform_robots))
        .at("/sitemap.xml", get(platform_addresses))
}

fn text(kind: &'static str, body: String) -> Response {
    Response::builder().content_type(kind).body(body)
}

/// Pages that need a login say so themselves; what is not to be listed must be read to be known.
fn robots_text(sitemap: &str) -> Response {
    let body = format!("User-agent: *\nDisallow: /connexion\n\nSitemap: {sitemap}\n");
    text("text/plain; charset=utf-8", body)
}

#[handler]
async fn robots(guest: Guest) -> Response {
    robots_text(
        &guest
            .house
            .site
            .home_url(&guest.association, "/sitemap.xml"),
    )
}

#[handler]
async fn platform_robots(Data(house): Data<&Arc<House>>) -> Response {
    robots_text(&house.site.platform_url("/sitemap.xml"))
}

#[handler]
async fn addresses(guest: Guest) -> Answer {
    let association = &guest.association;
    if association.ready_at.is_none() {
        return Err(Trouble::NotFound.into());
    }
    let mut scope = guest.scope().await.map_err(Trouble::from)?;
    let rules = store::setting::read(&mut scope)
        .await
        .map_err(Trouble::from)?;
    drop(scope);
    let url = |path: &str| guest.house.site.home_url(association, path);
    let mut urls = vec![(url("/"), None)];
    if !rules.notices_unlisted {
        let mut door = Door::begin(&guest.house.pool, guest.visit.now)
            .await
            .map_err(Trouble::from)?;
        let all = store::notice::addresses(&mut door, association.id(), ADDRESSES)
            .await
            .map_err(Trouble::from)?;
        if !all.is_empty() {
            urls.push((url("/vitrine"), None));
        }
        urls.extend(all.iter().map(|it| {
            let day = it.changed_at.format("%Y-%m-%d").to_string();
            (url(&Address::of(&it.title, it.id()).path()), Some(day))
        }));
    }
    Ok(urlset(&urls))
}

#[handler]
async fn platform_addresses(Data(house): Data<&Arc<House>>) -> Response {
    let pages = ["/", "/carte", "/ouvrir"];
    let urls = pages.map(|path| (house.site.platform_url(path), None));
    urlset(&urls)
}

/// A sitemap (sitemaps.org): addresses, and the day of the last change where it is known.
fn urlset(urls: &[(String, Option<String>)]) -> Response {
    let mut body = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for (url, day) in urls {
        let url = escape(url, Html).map(|url| url.to_string());
        let url = url.unwrap_or_default();
        let day = day.as_ref().map(|day| format!("<lastmod>{day}</lastmod>"));
        // Writing into memory does not fail.
        let _ = writeln!(
            body,
            "<url><loc>{url}</loc>{}</url>",
            day.unwrap_or_default()
        );
    }
    body.push_str("</urlset>\n");
    text("application/xml; charset=utf-8", body)
}
