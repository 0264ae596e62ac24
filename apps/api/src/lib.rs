//! `/api/v1` of each SEL: what programs read and do in the name of who gave them access.
//!
//! The document of all this is made from the code (`/api/v1/openapi.json`), and read in a browser
//! at `/api/v1/docs`. Errors are `application/problem+json`; lists are paged by a cursor; what is
//! created has the id that the program chose, so that asking twice does it once.

mod account;
mod alliance;
mod association;
mod caller;
mod cursor;
mod docs;
mod exchange;
mod fail;
mod manners;
mod member;
mod notice;
mod oauth;
mod search;
mod setting;
mod text;

use finder::Finder;
use manners::Manners;
use poem::endpoint::BoxEndpoint;
use poem::middleware::Cors;
use poem::{EndpointExt, Response, Route};
use poem_openapi::{OpenApi, OpenApiService, Tags};
use serde_json::Value;

/// Where all of it stands on the host of a SEL.
pub const BASE: &str = "/api/v1";

#[derive(Tags)]
enum Tag {
    /// Who asks, and where.
    Association,
    /// Offers and wants of this SEL, and of those that show theirs here.
    Notices,
    /// The directory, as who gave access sees it.
    Members,
    /// Balance and statement.
    Account,
    /// Exchanges between members of this SEL.
    Exchanges,
    /// Other SELs that this one trades with.
    Alliances,
}

fn service() -> OpenApiService<impl OpenApi, ()> {
    let all = (
        association::Api,
        notice::Api,
        search::Api,
        member::Api,
        account::Api,
        exchange::Api,
        setting::Api,
        alliance::Api,
    );
    OpenApiService::new(all, "Saline", "1.0.0")
        .summary("What programs may do in a SEL")
        .description(include_str!("about.md"))
        .server(BASE)
}

/// What programs send; an unknown field is refused, which finds the ones that were mistyped.
const STRICT: [&str; 6] = [
    "NoticePublication",
    "NoticeContent",
    "NoticeDecision",
    "ExchangeProposal",
    "ExchangeAnswer",
    "Price",
];

/// The document, as it is published.
pub fn document() -> String {
    // The library has a name of its own for what OpenAPI calls a date.
    let text = service().spec().replace("\"naive-date\"", "\"date\"");
    let mut document: Value = serde_json::from_str(&text).unwrap_or_default();
    // It refuses unknown fields where it is told to, and does not say so.
    for name in STRICT {
        document["components"]["schemas"][name]["additionalProperties"] = Value::Bool(false);
    }
    manners::describe(&mut document);
    format!("{document:#}\n")
}

/// Everything below [`BASE`].
pub fn endpoint(finder: Finder) -> BoxEndpoint<'static, Response> {
    let service = service();
    let (document, viewer) = (document(), service.swagger_ui_html());
    let manners = Manners::of(&document);
    let route = docs::routes(oauth::routes(Route::new()), document, &viewer);
    let cors = Cors::new()
        .allow_credentials(false)
        .allow_headers([
            "authorization",
            "content-type",
            "if-match",
            "if-none-match",
            "accept-language",
        ])
        .expose_headers([
            "etag",
            "ratelimit",
            "ratelimit-policy",
            "retry-after",
            "x-request-id",
        ]);
    route
        .nest("/", service)
        .data(finder)
        .with(manners)
        .with(cors)
        .map_to_response()
        .boxed()
}
