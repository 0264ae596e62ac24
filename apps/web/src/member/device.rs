//! `/compte/appareils`: where one is logged in, in all SELs, and how to end it.

use crate::Rooms;
use crate::external_login::has_some;
use crate::membership::own;
use askama::Template;
use door::threshold::see_other_with;
use door::{Absent, Answer, Fields, Flash, Frame, Present, Trouble, page, see_other};
use poem::web::{Data, Path};
use poem::{Route, get, handler, post};
use sel::id::SessionId;
use std::sync::Arc;
use store::session::Device;

const PAGE: &str = "/compte/appareils";

pub(super) fn routes(route: Route) -> Route {
    route
        .at("/compte/appareils", get(show))
        .at("/compte/appareils/fin", post(end_others))
        .at("/compte/appareils/:id/fin", post(end))
}

struct Line {
    id: String,
    name: String,
    detail: String,
    is_here: bool,
}

#[derive(Template)]
#[template(path = "account_devices.html")]
struct DevicesPage {
    frame: Frame,
    lines: Vec<Line>,
    /// Whether accounts elsewhere can let people in.
    has_providers: bool,
}

fn line(absent: &Absent, device: &Device) -> Line {
    let words = absent.words();
    let zone = &absent.guest.association.time_zone;
    let day = |at| words.local_day(at, zone);
    let seen = day(device.seen_at);
    let today = absent.guest.today();
    let hour = [("hour", words.hour(device.seen_at, zone).into())];
    let seen = match (today - seen).num_days() {
        0 => words.say_with("device-seen-today", &hour),
        1 => words.say_with("device-seen-yesterday", &hour),
        _ => words.say_with(
            "device-seen",
            &[("day", words.near_day(seen, today).into())],
        ),
    };
    let names = [
        ("sel", (&device.association_name).into()),
        ("day", words.near_day(day(device.started_at), today).into()),
        ("hour", words.hour(device.started_at, zone).into()),
    ];
    let since = words.say_with("device-since", &names);
    let unknown = || words.say("device-unknown");
    Line {
        id: device.session_id().to_string(),
        name: device.device.clone().unwrap_or_else(unknown),
        detail: format!("{since} {seen}"),
        is_here: device.is_here,
    }
}

#[handler]
async fn show(present: Present, Data(rooms): Data<&Arc<Rooms>>) -> Answer {
    let absent = present.away();
    let (pool, now) = (&absent.guest.house.pool, absent.guest.visit.now);
    let devices = desk::session::devices(pool, own(&absent)?, now)
        .await
        .map_err(Trouble::from)?;
    let lines = devices.iter().map(|it| line(&absent, it)).collect();
    let mut present = absent.back().await?;
    let has_providers = has_some(rooms, &mut present.scope).await?;
    Ok(page(&DevicesPage {
        frame: Frame::present(&present, "device-title", ""),
        lines,
        has_providers,
    })?)
}

#[handler]
async fn end(_fields: Fields, present: Present, Path(id): Path<String>) -> Answer {
    let id: SessionId = id.parse().map_err(|_| Trouble::NotFound)?;
    let absent = present.away();
    let (pool, now) = (&absent.guest.house.pool, absent.guest.visit.now);
    let ended = desk::session::end_device(pool, own(&absent)?, id, now)
        .await
        .map_err(Trouble::from)?;
    if !ended {
        return Ok(see_other(PAGE));
    }
    let flash = Flash::good(absent.words().say("device-ended"));
    Ok(see_other_with(&absent.guest.house, PAGE, &flash))
}

#[handler]
async fn end_others(_fields: Fields, present: Present) -> Answer {
    let absent = present.away();
    let (pool, now) = (&absent.guest.house.pool, absent.guest.visit.now);
    let ended = desk::session::end_other_devices(pool, own(&absent)?, now)
        .await
        .map_err(Trouble::from)?;
    let count = [("count", i64::try_from(ended).unwrap_or(i64::MAX).into())];
    let flash = Flash::good(absent.words().say_with("device-others-ended", &count));
    Ok(see_other_with(&absent.guest.house, PAGE, &flash))
}
