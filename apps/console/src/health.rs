//! `/readyz`: whether the console answers as it should, for whoever watches over it.

use crate::inside::Outside;
use door::{Answer, Trouble};
use poem::{IntoResponse, Route, get, handler};

pub(crate) fn routes(route: Route) -> Route {
    route.at("/readyz", get(ready))
}

#[handler]
async fn ready(at: Outside) -> Answer {
    let console = at.console().await?;
    console.commit().await.map_err(Trouble::from)?;
    Ok("ready\n".into_response())
}
