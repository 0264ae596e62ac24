//! Who comes, and where to.

use crate::house::House;
use crate::trouble::{Trouble, see_other};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use poem::{FromRequest, Request, RequestBody};
use sel::association::Rules;
use sel::member::Actor;
use std::sync::Arc;
use store::association::Association;
use store::member::Member;
use store::{Door, Scope};
use words::Words;

/// What the threshold found out about a request.
#[derive(Clone, Debug)]
pub struct Visit {
    /// The SEL of this host; none on the platform's own.
    pub association: Option<Arc<Association>>,
    /// Whether this is a host of the SEL's own.
    pub is_at_home: bool,
    /// Whether this is the console.
    pub is_console: bool,
    pub words: Words,
    pub now: DateTime<Utc>,
    /// The secret of the session cookie, whoever it belongs to.
    pub session: Option<String>,
    /// What the browser says it is: "Firefox, Android".
    pub device: Option<String>,
    /// The visitor that forms are tied to.
    pub visitor: String,
    /// What the forms of this page must send back.
    pub form_token: String,
    /// Path and query, for coming back to: of a form that was sent, those of the page it stood on.
    pub path: String,
    /// Path and query of the page of this host where the link stood that led here.
    pub came_from: Option<String>,
    /// A sentence left by the page before.
    pub flash: Option<crate::frame::Flash>,
    /// Names this request in the log, and on the page of a failure.
    pub reference: String,
    /// Whether a program asks: it brings its access along, and no cookie counts.
    pub is_program: bool,
    /// Whether it came from this machine.
    pub from_loopback: bool,
    /// Whom it came from, for limits; and from how far around they may choose to come.
    pub origin: String,
    pub around: String,
}

impl<'a> FromRequest<'a> for Visit {
    async fn from_request(request: &'a Request, _: &mut RequestBody) -> poem::Result<Visit> {
        visit(request)
    }
}

/// What the threshold found out about a request.
pub fn visit(request: &Request) -> poem::Result<Visit> {
    let found = request.extensions().get::<Visit>().cloned();
    found.ok_or_else(|| Trouble::Broken("a request came in beside the threshold".into()).into())
}

/// The house that a request came into.
pub fn house(request: &Request) -> poem::Result<Arc<House>> {
    let found = request.extensions().get::<Arc<House>>().cloned();
    found.ok_or_else(|| Trouble::Broken("a request came into no house".into()).into())
}

/// Anybody on a SEL's host.
#[derive(Debug)]
pub struct Guest {
    pub house: Arc<House>,
    pub visit: Visit,
    pub association: Arc<Association>,
}

impl<'a> FromRequest<'a> for Guest {
    async fn from_request(request: &'a Request, _: &mut RequestBody) -> poem::Result<Guest> {
        let visit = visit(request)?;
        let association = visit.association.clone().ok_or(Trouble::NotFound)?;
        Ok(Guest {
            house: house(request)?,
            visit,
            association,
        })
    }
}

impl Guest {
    /// A scope of this SEL in nobody's name.
    pub async fn scope(&self) -> store::Result<Scope> {
        Scope::begin(
            &self.house.pool,
            self.association.id(),
            None,
            self.visit.now,
        )
        .await
    }

    /// Counts a try of this key. Too many are stopped before anything is looked up.
    pub async fn count(&self, key: &str, most: u32, window: TimeDelta) -> Result<(), Trouble> {
        self.house.count(key, most, window).await
    }

    /// Today, where the SEL is.
    pub fn today(&self) -> NaiveDate {
        self.visit
            .words
            .local_day(self.visit.now, &self.association.time_zone)
    }
}

/// A member who is logged in, and a scope in their name.
#[derive(Debug)]
pub struct Present {
    pub guest: Guest,
    pub scope: Scope,
    pub member: Member,
    pub rules: Rules,
}

impl<'a> FromRequest<'a> for Present {
    async fn from_request(request: &'a Request, body: &mut RequestBody) -> poem::Result<Present> {
        let guest = Guest::from_request(request, body).await?;
        let path = guest.visit.path.clone();
        if let Ok(present) = present(guest).await? {
            return Ok(present);
        }
        if !request.method().is_safe() {
            return Err(Trouble::LoggedOut.into());
        }
        Err(login_first(&path))
    }
}

/// Sends whoever is not logged in to where one does so, and from there back to `path`.
pub fn login_first(path: &str) -> poem::Error {
    let back: String = form_urlencoded::byte_serialize(path.as_bytes()).collect();
    poem::Error::from_response(see_other(&format!("/connexion?retour={back}")))
}

/// Notes that a session is in use. No page fails where that cannot be noted.
async fn see(house: &House, hash: &[u8], now: DateTime<Utc>) {
    let noted = async {
        let mut door = Door::begin(&house.pool, now).await?;
        store::session::see(&mut door, hash).await?;
        door.commit().await
    };
    if let Err(error) = noted.await {
        tracing::warn!(%error, "a session in use was not noted");
    }
}

/// How often it is noted that a session is in use.
const SEEN_EVERY: TimeDelta = TimeDelta::hours(1);

/// The member of this visit's session; the guest back where nobody is logged in.
pub async fn present(guest: Guest) -> Result<Result<Present, Guest>, Trouble> {
    let Some(secret) = &guest.visit.session else {
        return Ok(Err(guest));
    };
    let hash = store::session::hash(secret);
    let mut scope = guest.scope().await?;
    let Some(found) = store::member::of_session(&mut scope, &hash).await? else {
        return Ok(Err(guest));
    };
    let (house, now) = (&guest.house, guest.visit.now);
    let key = URL_SAFE_NO_PAD.encode(&hash);
    if house.seen.allows(&key, 1, SEEN_EVERY, now) {
        let actor = scope.actor.take();
        drop(scope);
        see(house, &hash, now).await;
        scope = Scope::begin(&house.pool, guest.association.id(), actor, now).await?;
    }
    Ok(Ok(Present {
        guest,
        scope,
        member: found.member,
        rules: found.rules,
    }))
}

impl Present {
    pub fn words(&self) -> Words {
        self.guest.visit.words
    }

    /// Who acts, with their rights.
    pub fn may(&self, right: sel::member::Right) -> bool {
        self.member.rights().contains(&right)
    }

    /// Parts the member from their scope: a use case that decides takes the scope with it, and a
    /// page that shows a refusal needs another.
    pub fn part(self) -> (Scope, Absent) {
        let Present {
            guest,
            scope,
            member,
            rules,
        } = self;
        let actor = scope.actor.clone();
        let absent = Absent {
            guest,
            member,
            rules,
            actor,
        };
        (scope, absent)
    }
}

impl Present {
    /// Lets the scope go: what comes needs the door, and that a connection of its own.
    pub fn away(self) -> Absent {
        self.part().1
    }
}

/// Somebody present whose scope is elsewhere, or not needed for a while.
#[derive(Debug)]
pub struct Absent {
    pub guest: Guest,
    pub member: Member,
    pub rules: Rules,
    actor: Option<Actor>,
}

impl Absent {
    /// Comes back with a scope of the same name and time.
    pub async fn back(self) -> Result<Present, Trouble> {
        let Absent {
            guest,
            member,
            rules,
            actor,
        } = self;
        let (pool, now) = (&guest.house.pool, guest.visit.now);
        let scope = Scope::begin(pool, guest.association.id(), actor, now).await?;
        Ok(Present {
            guest,
            scope,
            member,
            rules,
        })
    }

    pub fn words(&self) -> Words {
        self.guest.visit.words
    }

    /// Who acts, with their rights.
    pub fn actor(&self) -> Option<&Actor> {
        self.actor.as_ref()
    }
}
