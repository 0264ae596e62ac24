//! The files that every page needs, in the program itself; the typeface beside it where it was
//! installed.

use crate::house::House;
use crate::trouble::{Answer, Trouble};
use poem::http::{StatusCode, header};
use poem::web::{Data, Path, Query};
use poem::{Response, handler};
use sha2::{Digest, Sha256};
use std::sync::{Arc, LazyLock};

const STYLE: &[u8] = include_bytes!("../assets/saline.css");
const ICONS: &[u8] = include_bytes!("../assets/icons.svg");
const SCRIPT: &[u8] = include_bytes!("../assets/saline.js");
/// The typeface's file, where it was installed.
pub(crate) const FONT: &str = "public-sans-latin-wght-normal.woff2";

/// Changes with the files, so that browsers may keep them for ever.
static VERSION: LazyLock<String> = LazyLock::new(|| {
    let mut hash = Sha256::new();
    for file in [STYLE, ICONS, SCRIPT] {
        hash.update(file);
    }
    hash.finalize()
        .iter()
        .take(5)
        .map(|byte| format!("{byte:02x}"))
        .collect()
});

pub fn version() -> &'static str {
    &VERSION
}

#[derive(Debug)]
struct Kept {
    bytes: Vec<u8>,
    kind: &'static str,
}

/// `/static/<name>`.
#[handler]
pub(crate) async fn serve(
    Data(house): Data<&Arc<House>>,
    Path(name): Path<String>,
    query: Query<Vec<(String, String)>>,
) -> Answer {
    let kept = match name.as_str() {
        "saline.css" => Kept {
            bytes: STYLE.to_vec(),
            kind: "text/css; charset=utf-8",
        },
        "icons.svg" => Kept {
            bytes: ICONS.to_vec(),
            kind: "image/svg+xml",
        },
        "saline.js" => Kept {
            bytes: SCRIPT.to_vec(),
            kind: "text/javascript; charset=utf-8",
        },
        FONT => Kept {
            bytes: house.font.clone().ok_or(Trouble::NotFound)?,
            kind: "font/woff2",
        },
        _ => return Err(Trouble::NotFound.into()),
    };
    let versioned = query
        .0
        .iter()
        .any(|(key, value)| key == "v" && value == version());
    let keep = if versioned {
        "public, max-age=31536000, immutable"
    } else {
        "public, max-age=3600"
    };
    Ok(Response::builder()
        .status(StatusCode::OK)
        .header(header::CONTENT_TYPE, kept.kind)
        .header(header::CACHE_CONTROL, keep)
        .body(kept.bytes))
}

/// `/apparence.css`: the colours of the SEL of this host.
#[handler]
pub(crate) async fn colours(visit: crate::visit::Visit) -> Answer {
    let colour = visit
        .association
        .as_ref()
        .and_then(|sel| sel.colour.parse().ok());
    let sheet = colour
        .map(|colour| sel::colour::accent(colour).stylesheet())
        .unwrap_or_default();
    Ok(Response::builder()
        .header(header::CONTENT_TYPE, "text/css; charset=utf-8")
        .header(header::CACHE_CONTROL, "public, max-age=31536000, immutable")
        .body(sheet))
}

/// The routes of every host.
pub fn routes(route: poem::Route) -> poem::Route {
    route
        .at("/static/:name", poem::get(serve))
        .at("/apparence.css", poem::get(colours))
}
