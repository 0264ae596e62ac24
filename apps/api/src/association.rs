//! Where a program asks, and in whose name.

use crate::Tag;
use crate::caller::Key;
use crate::fail::Answer;
use chrono::{DateTime, Utc};
use door::Guest;
use poem_openapi::payload::Json;
use poem_openapi::{Object, OpenApi};
use sel::access::Permission;
use sel::member::Right;
use uuid::Uuid;

/// What a SEL counts in.
#[derive(Object)]
struct Unit {
    /// "grain"
    one: String,
    /// "grains"
    many: String,
    /// How many are an hour, in whole units.
    per_hour: i64,
    /// Amounts are in parts of 10 to the minus that.
    decimals: u8,
}

#[derive(Object)]
struct Association {
    name: String,
    /// The first label of its host.
    slug: String,
    place: String,
    time_zone: String,
    unit: Unit,
}

/// The member in whose name a program asks, and what it may do.
#[derive(Object)]
struct Me {
    id: Uuid,
    number: i32,
    first_name: String,
    last_name: String,
    /// What this access makes use of, of what its member may do in the SEL.
    rights: Vec<String>,
    permissions: Vec<String>,
    access_name: String,
    expires_at: DateTime<Utc>,
}

pub(crate) struct Api;

#[OpenApi(tag = "Tag::Association")]
impl Api {
    /// The SEL of this host
    #[oai(path = "/association", method = "get", operation_id = "association")]
    async fn association(&self, guest: Guest) -> Answer<Association> {
        crate::caller::count_origin(&guest).await?;
        let mut scope = guest.scope().await?;
        let rules = store::setting::read(&mut scope).await?;
        let (it, unit) = (&guest.association, rules.unit);
        Ok(Json(Association {
            name: it.name.clone(),
            slug: it.slug.clone(),
            place: it.place_name.clone(),
            time_zone: it.time_zone.clone(),
            unit: Unit {
                one: unit.one,
                many: unit.many,
                per_hour: unit.per_hour.into(),
                decimals: unit.decimals,
            },
        }))
    }

    /// Who asks
    ///
    /// The member who gave the access, and its permissions.
    #[oai(path = "/me", method = "get", operation_id = "me")]
    async fn me(&self, key: Key) -> Answer<Me> {
        let caller = key.any();
        let rights = caller.actor()?.rights.iter().copied().map(Right::as_str);
        let permissions = caller.access.permissions();
        let permissions = permissions.into_iter().map(Permission::as_str);
        Ok(Json(Me {
            id: caller.member.id().0,
            number: caller.member.number,
            first_name: caller.member.first_name.clone(),
            last_name: caller.member.last_name.clone(),
            rights: rights.map(str::to_owned).collect(),
            permissions: permissions.map(str::to_owned).collect(),
            access_name: caller.access.name.clone(),
            expires_at: caller.access.expires_at,
        }))
    }
}
