//! `/readyz`: whether this process answers as it should, for whoever watches over it.

use crate::Rooms;
use crate::follower::{BEHIND, Follower};
use door::{Answer, House};
use poem::http::StatusCode;
use poem::web::Data;
use poem::{IntoResponse, Route, get, handler};
use std::sync::Arc;

pub(crate) fn routes(route: Route) -> Route {
    route.at("/readyz", get(ready))
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
