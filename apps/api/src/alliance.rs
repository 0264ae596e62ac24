//! The SELs that this one trades with, for those who see what is exchanged with them.

use crate::Tag;
use crate::caller::{Caller, Key};
use crate::fail::{Answer, Fail};
use chrono::{DateTime, Utc};
use door::Trouble;
use poem_openapi::param::Path;
use poem_openapi::payload::Json;
use poem_openapi::{Enum, Object, OpenApi};
use sel::access::Permission;
use sel::alliance::{State as Stands, nearest_units};
use sel::amount::Unit;
use sel::id::AllianceId;
use uuid::Uuid;

#[derive(Enum)]
#[oai(rename = "AllianceState", rename_all = "snake_case")]
enum State {
    /// This SEL asked, and waits for the other.
    Asked,
    /// The other asked, and waits for this SEL.
    Waits,
    Refused,
    Stands,
    /// Paused by this SEL.
    Paused,
    /// Paused by the other.
    PausedThere,
    Ended,
}

impl From<Stands> for State {
    fn from(it: Stands) -> State {
        match it {
            Stands::Asked => State::Asked,
            Stands::Waits => State::Waits,
            Stands::Refused => State::Refused,
            Stands::Stands => State::Stands,
            Stands::Paused => State::Paused,
            Stands::PausedThere => State::PausedThere,
            Stands::Ended => State::Ended,
        }
    }
}

/// Amounts are in the smallest part of this SEL's unit, rounded to it.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
struct Alliance {
    id: Uuid,
    /// How the slips of the other SEL name it.
    code: String,
    name: String,
    /// The first label of its host; none where it is not on this platform.
    slug: Option<String>,
    state: State,
    /// What our members gave theirs, and received from them.
    given: i64,
    received: i64,
    /// How much more our members may have given than received, and received than given.
    cap_out: i64,
    cap_in: i64,
    asked_at: DateTime<Utc>,
    agreed_at: Option<DateTime<Utc>>,
    ended_at: Option<DateTime<Utc>>,
}

#[derive(Object)]
struct Alliances {
    items: Vec<Alliance>,
}

fn told(unit: &Unit, it: store::alliance::Alliance) -> Alliance {
    let (bond, units) = (it.bond(), |seconds| nearest_units(seconds, unit));
    Alliance {
        id: it.id().0,
        state: it.state().into(),
        given: units(bond.given),
        received: units(bond.received),
        cap_out: units(it.cap_out),
        cap_in: units(it.cap_in),
        code: it.code,
        name: it.name,
        slug: it.slug,
        asked_at: it.asked_at,
        agreed_at: it.agreed_at,
        ended_at: it.ended_at,
    }
}

/// Who may see what is exchanged with others.
fn admitted(key: Key) -> Result<Caller, Fail> {
    let caller = key.with(Permission::Rights)?;
    if sel::alliance::may_review(caller.actor()?) {
        Ok(caller)
    } else {
        Err(Trouble::NotAllowed.into())
    }
}

pub(crate) struct Api;

#[OpenApi(tag = "Tag::Alliances")]
impl Api {
    /// The alliances of this SEL
    ///
    /// Those that stand or are asked for first; 200 at the most. Needs `rights`, and the right to
    /// enter exchanges for others or to change the settings.
    #[oai(path = "/alliances", method = "get", operation_id = "alliances")]
    async fn list(&self, key: Key) -> Answer<Alliances> {
        let mut caller = admitted(key)?;
        let all = store::alliance::list(&mut caller.scope).await?;
        let told = all.into_iter().map(|it| told(&caller.rules.unit, it));
        let items = told.collect();
        Ok(Json(Alliances { items }))
    }

    /// One alliance
    ///
    /// Needs what the list needs.
    #[oai(path = "/alliances/:id", method = "get", operation_id = "alliance")]
    async fn one(&self, key: Key, id: Path<Uuid>) -> Answer<Alliance> {
        let mut caller = admitted(key)?;
        let found = store::alliance::by_id(&mut caller.scope, AllianceId(id.0)).await?;
        let found = found.ok_or(Trouble::NotFound)?;
        Ok(Json(told(&caller.rules.unit, found)))
    }
}
