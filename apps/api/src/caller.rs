//! Who asks: a program, with the access that a member gave it.

use crate::fail::Fail;
use crate::manners::Count;
use chrono::TimeDelta;
use door::problem::Fault;
use door::{Guest, Trouble};
use poem::{FromRequest, Request, RequestBody};
use poem_openapi::SecurityScheme;
use poem_openapi::auth::Bearer;
use sel::access::Permission;
use sel::association::Rules;
use sel::id::MemberId;
use sel::member::Actor;
use sel::person::Name;
use sel::refusal::Refused;
use std::sync::Arc;
use store::Scope;
use store::access::Access;
use store::member::Member;
use words::Words;

/// Requests of one access in a minute, of one origin, whatever it shows, and to one SEL: the others
/// are to notice nothing.
pub(crate) const REQUESTS: u32 = 600;
const REQUESTS_OF_AN_ORIGIN: u32 = 3_000;
const REQUESTS_OF_A_SEL: u32 = 12_000;
/// What one access may write in a minute.
const WRITES: u32 = 60;
pub(crate) const WINDOW: TimeDelta = TimeDelta::minutes(1);

/// The secret of an access that a member gave at `/compte/acces`: `Bearer saline_…`.
#[derive(SecurityScheme)]
#[oai(ty = "bearer", rename = "access", checker = "check")]
pub(crate) struct Key(Caller);

/// A program, whom it acts for, and a scope in their name.
pub(crate) struct Caller {
    pub(crate) guest: Guest,
    pub(crate) scope: Scope,
    pub(crate) access: Access,
    pub(crate) member: Member,
    pub(crate) rules: Rules,
}

/// Counts a request of an origin, whoever asks.
pub(crate) async fn count_origin(guest: &Guest) -> Result<(), Fail> {
    let origin = format!("api from {}", guest.visit.origin);
    count(guest, &origin, REQUESTS_OF_AN_ORIGIN).await
}

/// Counts a request of this key in a minute.
async fn count(guest: &Guest, key: &str, most: u32) -> Result<(), Fail> {
    let counted = guest.count(key, most, WINDOW).await;
    counted.map_err(|_| Fault::TooMany(60).into())
}

/// Counts a request of this key in its SEL, in this process: the scope is open, and nobody else is
/// asked meanwhile.
fn count_here(caller: &Caller, key: &str, most: u32) -> Result<(), Fail> {
    let guest = &caller.guest;
    let (limiter, now) = (&guest.house.limiter, guest.visit.now);
    let key = format!("{key} {}", guest.association.slug);
    if limiter.allows_here(&key, most, WINDOW, now) {
        Ok(())
    } else {
        Err(Fault::TooMany(60).into())
    }
}

async fn check(request: &Request, bearer: Bearer) -> poem::Result<Caller> {
    let guest = Guest::from_request(request, &mut RequestBody::default()).await?;
    let now = guest.visit.now;
    count_origin(&guest).await?;
    let key = format!("api with {}", bearer.token);
    let limiter = &guest.house.limiter;
    let standing = limiter.take(&key, REQUESTS, WINDOW, now).await;
    let caller = open(guest, &bearer.token).await?;
    count_here(&caller, "api in", REQUESTS_OF_A_SEL)?;
    if let Some(count) = request.extensions().get::<Arc<Count>>() {
        count.set(standing);
    }
    if standing.allowed {
        Ok(caller)
    } else {
        let wait = (standing.until - now).num_seconds().max(1);
        Err(Fault::TooMany(wait.unsigned_abs()).into())
    }
}

async fn open(guest: Guest, secret: &str) -> Result<Caller, Fail> {
    let mut scope = guest.scope().await?;
    let hash = store::session::hash(secret);
    let opened = store::access::open(&mut scope, &hash).await?;
    let (access, present) = opened.ok_or(Fault::NoAccess)?;
    if store::access::see(&mut scope, &access).await? {
        let (actor, pool) = (scope.actor.take(), &guest.house.pool);
        scope.commit().await?;
        scope = Scope::begin(pool, guest.association.id(), actor, guest.visit.now).await?;
    }
    Ok(Caller {
        guest,
        scope,
        access,
        member: present.member,
        rules: present.rules,
    })
}

impl Key {
    /// Whoever asks, with whatever access.
    pub(crate) fn any(self) -> Caller {
        self.0
    }

    /// Who asks, where the access has this permission.
    pub(crate) fn with(self, permission: Permission) -> Result<Caller, Fail> {
        let caller = self.0;
        if !caller.access.permissions().contains(&permission) {
            return Err(Fault::Lacks(permission.as_str()).into());
        }
        if matches!(permission, Permission::Publish | Permission::Exchanges) {
            // What is written is told to somebody.
            let key = format!("api writes {}", caller.access.id());
            count_here(&caller, &key, WRITES)?;
        }
        Ok(caller)
    }
}

impl Caller {
    pub(crate) fn words(&self) -> Words {
        self.guest.visit.words
    }

    pub(crate) fn actor(&self) -> Result<&Actor, Fail> {
        let nobody = || Trouble::Broken("an access of nobody".into());
        Ok(self.scope.actor.as_ref().ok_or_else(nobody)?)
    }

    /// A member's name, as far as this one may read it.
    pub(crate) fn name_of(
        &self,
        member: MemberId,
        (first, last): (&str, &str),
    ) -> Result<String, Fail> {
        let whole = self.rules.visible(self.actor()?, member).last_name;
        Ok(Name::shown(first, last, whole))
    }

    /// The rules said no, with the names that programs give to fields.
    pub(crate) fn fault<R: Refused>(&self, named: Named) -> impl FnOnce(&[R]) -> Fault + use<R> {
        let (words, unit) = (self.words(), self.rules.unit.clone());
        move |refusals| Fault::of_refusals(words, refusals, &unit, named)
    }
}

/// From the name of a field in our forms to that in a request.
pub(crate) type Named = fn(&'static str) -> &'static str;

impl Caller {
    /// Parts the caller from their scope: a use case that decides takes the scope with it.
    pub(crate) fn part(self) -> (Scope, Away) {
        let actor = self.scope.actor.clone();
        let away = Away {
            guest: self.guest,
            access: self.access,
            member: self.member,
            rules: self.rules,
            actor,
        };
        (self.scope, away)
    }
}

/// A caller whose scope is elsewhere.
pub(crate) struct Away {
    guest: Guest,
    access: Access,
    member: Member,
    rules: Rules,
    actor: Option<Actor>,
}

impl Away {
    /// Comes back with a scope of the same name and time.
    pub(crate) async fn back(self) -> Result<Caller, Fail> {
        let (pool, now) = (&self.guest.house.pool, self.guest.visit.now);
        let here = self.guest.association.id();
        let scope = Scope::begin(pool, here, self.actor, now).await?;
        Ok(Caller {
            guest: self.guest,
            scope,
            access: self.access,
            member: self.member,
            rules: self.rules,
        })
    }
}
