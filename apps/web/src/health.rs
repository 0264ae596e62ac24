//! `/readyz`: whether this process answers as it should, for whoever watches over it; `/hosts`:
//! under which names it answers, for a proxy.

use crate::Rooms;
use crate::follower::{BEHIND, Follower};
use door::form::Query;
use door::site::Host;
use door::{Answer, House, Trouble};
use poem::http::StatusCode;
use poem::web::Data;
use poem::{IntoResponse, Route, get, handler};
use std::sync::Arc;

pub(crate) fn routes(route: Route) -> Route {
    route.at("/readyz", get(ready)).at("/hosts", get(known))
}

/// Whether the host `domain` is one of ours, for a proxy that gets certificates by itself: 200, or
/// 404.
#[handler]
async fn known(Data(house): Data<&Arc<House>>, Query(query): Query) -> Answer {
    let known = match house.site.read_host(query.get("domain")) {
        Host::Platform | Host::Console | Host::Www => true,
        Host::Association(slug) => house
            .association(&slug)
            .await
            .map_err(Trouble::from)?
            .is_some(),
        Host::Other(name) => house.at_home(&name).await.map_err(Trouble::from)?.is_some(),
        Host::Unknown => false,
    };
    if known {
        Ok("known\n".into_response())
    } else {
        Err(Trouble::NotFound.into())
    }
}

/// 200 and how many events the search index has yet to read, 503 while it has to be made or so far
/// behind that what it finds is old.
#[handler]
async fn ready(Data(house): Data<&Arc<House>>, Data(rooms): Data<&Arc<Rooms>>) -> Answer {
    let lag = Follower::of(house, rooms).lag().await?;
    let code = if lag < BEHIND {
        StatusCode::OK
    } else {
        StatusCode::SERVICE_UNAVAILABLE
    };
    let said = format!("search_index_lag_events {lag}\n");
    Ok(said.with_status(code).into_response())
}
