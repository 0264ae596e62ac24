//! The platform's own door: where those come in who run it, at a host of its own, as a login of the
//! database that sees which SELs there are and nothing that is in them.
//!
//! Nobody is in without a password and a second proof; the database refuses their session, too.

mod access;
mod association;
mod health;
mod inside;
mod invitation;
mod journal;
mod session;
mod staff;
mod tries;

use door::site::{Host, Site};
use door::threshold::{Threshold, host_of};
use door::{House, Trouble};
use poem::{Endpoint, EndpointExt, Request, Response, Route};
use std::sync::Arc;

/// Where those who run the platform are.
const ZONE: &str = "Europe/Paris";

/// The console, behind its threshold.
pub fn endpoint(house: Arc<House>) -> impl Endpoint<Output = Response> {
    let pages = [
        session::routes,
        invitation::routes,
        association::routes,
        staff::routes,
        access::routes,
        journal::routes,
        health::routes,
        door::language::routes,
        door::asset::routes,
    ];
    let rooms = pages
        .into_iter()
        .fold(Route::new(), |route, add| add(route));
    Rooms(rooms).data(Arc::clone(&house)).with(Threshold(house))
}

/// The console at its host, and these pages at all others.
pub fn beside<E: Endpoint<Output = Response>>(
    house: Arc<House>,
    others: E,
) -> impl Endpoint<Output = Response> {
    let site = house.site.clone();
    let console = endpoint(house);
    Beside {
        site,
        console,
        others,
    }
}

struct Rooms(Route);

impl Endpoint for Rooms {
    type Output = Response;

    async fn call(&self, request: Request) -> poem::Result<Response> {
        self.0.call(request).await.map_err(door::trouble::ours)
    }
}

struct Beside<C, E> {
    site: Site,
    console: C,
    others: E,
}

impl<C, E> Endpoint for Beside<C, E>
where
    C: Endpoint<Output = Response>,
    E: Endpoint<Output = Response>,
{
    type Output = Response;

    async fn call(&self, request: Request) -> poem::Result<Response> {
        match self.site.read_host(&host_of(&request)) {
            Host::Console => self.console.call(request).await,
            _ => self.others.call(request).await,
        }
    }
}

/// The rules said no: the page shows why. The world broke: the threshold says sorry.
fn failed<R>(halt: desk::Halt<R>) -> Result<R, Trouble> {
    match halt {
        desk::Halt::Refused(refusal) => Ok(refusal),
        desk::Halt::Failed(error) => Err(error.into()),
    }
}
