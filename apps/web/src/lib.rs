//! The doors of the associations, and the platform's own page: HTML that works without JavaScript.
//!
//! Reads go straight from a handler to `store`; every write goes through `desk`. One noun has one
//! file here, as everywhere.

pub mod alert;
mod alliance;
mod application;
mod association;
mod batch;
mod conversation;
mod crossing;
mod dispute;
mod exchange;
mod external_login;
pub mod follower;
mod grant;
mod health;
mod home;
mod journal;
mod login_provider;
mod mailbox;
mod mailed;
mod member;
mod membership;
mod notice;
mod paper;
mod photo;
mod platform;
mod portal;
mod saved_search;
mod session;
mod setup;
mod sheet;
mod showcase;
mod transfer;
mod webhook;

use door::threshold::{Threshold, see_other_with};
use door::{Absent, Answer, Errors, Flash, House, Present, Trouble};
use finder::Finder;
use gateways::files::Files;
use gateways::login::{Logins, Provider};
use gateways::mail::Mailbox;
use gateways::outside::Outside;
use poem::endpoint::BoxEndpoint;
use poem::{Endpoint, EndpointExt, Request, Response, Route};
use sel::place::Gazetteer;
use sel::refusal::Refused;
use std::sync::Arc;

/// What the pages need beside the [`House`].
#[derive(Debug)]
pub struct Rooms {
    pub finder: Finder,
    pub files: Files,
    pub places: Gazetteer,
    /// Where people may have an account that lets them in, and the way there.
    pub providers: Vec<Provider>,
    pub logins: Logins,
    /// The way to addresses that people type.
    pub outside: Outside,
    /// The demo's mailbox; none where mail really goes out.
    pub mailbox: Option<Mailbox>,
}

/// Every page, and what each SEL offers to programs under its path, behind the threshold.
pub fn endpoint(
    house: Arc<House>,
    rooms: Arc<Rooms>,
    programs: (&str, BoxEndpoint<'static, Response>),
) -> impl Endpoint<Output = Response> {
    let platform = [
        platform::routes,
        showcase::platform_routes,
        association::routes,
        mailbox::routes,
        health::routes,
        door::language::routes,
        external_login::platform_routes,
    ];
    let sel = [
        portal::routes,
        showcase::routes,
        home::routes,
        session::routes,
        membership::routes,
        grant::routes,
        external_login::routes,
        journal::routes,
        setup::routes,
        application::routes,
        member::routes,
        notice::routes,
        photo::routes,
        conversation::routes,
        saved_search::routes,
        exchange::routes,
        crossing::routes,
        alliance::routes,
        dispute::routes,
        transfer::routes,
        sheet::routes,
        batch::routes,
        webhook::routes,
        login_provider::routes,
        door::language::routes,
    ];
    let base = || door::asset::routes(Route::new());
    let hosts = Hosts {
        platform: platform.into_iter().fold(base(), |route, add| add(route)),
        association: sel
            .into_iter()
            .fold(base(), |route, add| add(route))
            .nest(programs.0, programs.1),
    };
    hosts
        .data(rooms)
        .data(Arc::clone(&house))
        .with(Threshold(house))
}

/// The platform's own pages, or those of a SEL, as the host says.
struct Hosts {
    platform: Route,
    association: Route,
}

impl Endpoint for Hosts {
    type Output = Response;

    async fn call(&self, request: Request) -> poem::Result<Response> {
        let of_a_sel = request
            .extensions()
            .get::<door::Visit>()
            .is_some_and(|visit| visit.association.is_some());
        let route = if of_a_sel {
            &self.association
        } else {
            &self.platform
        };
        route.call(request).await.map_err(door::trouble::ours)
    }
}

/// The one who sent a form, back at it with what was wrong. Other errors stop here.
async fn again<R: Refused>(
    absent: Absent,
    halt: desk::Halt<impl AsRef<[R]>>,
) -> Result<(Present, Errors), Trouble> {
    let refusals = failed(halt)?;
    let errors = Errors::of_refusals(absent.words(), refusals.as_ref(), &absent.rules.unit);
    Ok((absent.back().await?, errors))
}

/// Back to `to`, with what was done or why it was not.
fn told<R: Refused>(absent: &Absent, done: Result<String, desk::Halt<R>>, to: &str) -> Answer {
    let flash = match done {
        Ok(said) => Flash::good(said),
        Err(halt) => Flash::bad(absent.words().refusal(&failed(halt)?, &absent.rules.unit)),
    };
    Ok(see_other_with(&absent.guest.house, to, &flash))
}

/// The world broke while something was sought.
fn lost(error: finder::Error) -> Trouble {
    match error {
        finder::Error::Store(error) => error.into(),
        finder::Error::Index(said) => Trouble::Broken(said),
    }
}

/// The rules said no: the page shows why. The world broke: the threshold says sorry.
fn failed<R>(halt: desk::Halt<R>) -> Result<R, Trouble> {
    match halt {
        desk::Halt::Refused(refusal) => Ok(refusal),
        desk::Halt::Failed(error) => Err(error.into()),
    }
}
