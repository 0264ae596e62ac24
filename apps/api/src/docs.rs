//! `/openapi.json`, and `/docs`: the document in a browser. The library gives its viewer as one
//! page with everything inside; our pages hold nothing inline, so its parts are served as files.

use door::Trouble;
use poem::http::header;
use poem::web::{Data, Path};
use poem::{Body, EndpointExt, IntoResponse, Response, Route, get, handler};
use std::sync::{Arc, OnceLock};

const PAGE: &str = "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
<title>Saline, API</title>\n<link rel=\"icon\" href=\"/static/icons.svg\" type=\"image/svg+xml\">\n\
<link rel=\"stylesheet\" href=\"/api/v1/docs/viewer.css\">\n\
<script src=\"/api/v1/docs/viewer.js\" defer></script>\n\
<script src=\"/api/v1/docs/start.js\" defer></script>\n</head>\n\
<body><main id=\"ui\"></main></body>\n</html>\n";

const START: &str = "SwaggerUIBundle({ dom_id: '#ui', url: '/api/v1/openapi.json', \
deepLinking: true, validatorUrl: null });\n";

/// What the viewer is made of, once for the whole process.
struct Viewer {
    script: String,
    style: String,
}

static VIEWER: OnceLock<Viewer> = OnceLock::new();

/// What stands between two marks of a page.
fn between(whole: &str, from: &str, to: &str) -> String {
    let start = whole.find(from).map_or(0, |at| at + from.len());
    let rest = &whole[start..];
    rest[..rest.find(to).unwrap_or(rest.len())].to_owned()
}

pub(crate) fn routes(route: Route, document: String, viewer: &str) -> Route {
    let viewer = VIEWER.get_or_init(|| Viewer {
        style: between(viewer, "<style charset=\"UTF-8\">", "</style>"),
        script: between(viewer, "<script charset=\"UTF-8\">", "</script>\n</head>"),
    });
    let served = get(part).data(viewer);
    route
        .at("/openapi.json", get(document_file).data(Arc::new(document)))
        .at("/docs", get(page))
        .at("/docs/:file", served)
}

fn answer(kind: &str, body: impl Into<Body>) -> Response {
    Response::builder().content_type(kind).body(body)
}

#[handler]
fn document_file(Data(document): Data<&Arc<String>>) -> Response {
    answer(
        "application/json; charset=utf-8",
        document.as_str().to_owned(),
    )
}

#[handler]
fn page() -> Response {
    let mut response = answer("text/html; charset=utf-8", PAGE);
    response.extensions_mut().insert(door::threshold::Pictured);
    response
}

#[handler]
fn part(Path(name): Path<String>, Data(viewer): Data<&&'static Viewer>) -> poem::Result<Response> {
    let (kind, body): (_, &'static str) = match name.as_str() {
        "viewer.js" => ("text/javascript; charset=utf-8", viewer.script.as_str()),
        "start.js" => ("text/javascript; charset=utf-8", START),
        "viewer.css" => ("text/css; charset=utf-8", viewer.style.as_str()),
        _ => return Err(Trouble::NotFound.into()),
    };
    let response = answer(kind, body);
    Ok(response
        .with_header(header::CACHE_CONTROL, "public, max-age=3600")
        .into_response())
}
