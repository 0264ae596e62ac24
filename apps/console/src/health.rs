//! `/readyz`: whether the console answers as it should, for whoever watches over it.

use door::{Answer, House, Trouble};
use poem::web::Data;
use poem::{IntoResponse, Route, get, handler};
use std::sync::Arc;
use store::Console;

pub(crate) fn routes(route: Route) -> Route {
    route.at("/readyz", get(ready))
}

#[handler]
async fn ready(Data(house): Data<&Arc<House>>) -> Answer {
    let console = Console::begin(&house.pool, house.clock.now()).await;
    let console = console.map_err(Trouble::from)?;
    console.commit().await.map_err(Trouble::from)?;
    Ok("ready\n".into_response())
}
