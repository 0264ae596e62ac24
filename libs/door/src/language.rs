//! `/langue`: the language that somebody chooses.

use crate::cookie;
use crate::form::Fields;
use crate::house::House;
use crate::trouble::{Answer, see_other};
use poem::http::header;
use poem::web::Data;
use poem::{Route, handler, post};
use std::sync::Arc;

const YEAR_SECONDS: u64 = 365 * 24 * 3600;

/// The route of every host.
pub fn routes(route: Route) -> Route {
    route.at("/langue", post(choose))
}

#[handler]
async fn choose(Data(house): Data<&Arc<House>>, fields: Fields) -> Answer {
    let mut response = see_other(local_path(fields.get("retour")));
    if let Some(language) = words::Language::parse(fields.get("langue")) {
        let secure = house.site.is_secure();
        let set = cookie::set(cookie::LANGUAGE, language.as_str(), YEAR_SECONDS, secure);
        response.headers_mut().append(header::SET_COOKIE, set);
    }
    Ok(response)
}

/// A path of this host and nothing else: `//other.example` leads away.
pub fn local_path(path: &str) -> &str {
    // Browsers drop control characters from addresses: `/<tab>/other` is `//other` to them.
    let away = path.starts_with("//") || path.contains(|c: char| c == '\\' || c.is_control());
    if path.starts_with('/') && !away {
        path
    } else {
        "/"
    }
}

#[cfg(test)]
mod tests {
    use super::local_path;

    #[test]
    fn a_way_back_stays_on_this_host() {
        assert_eq!(local_path("/annonces?q=a"), "/annonces?q=a");
        for away in [
            "//x.example",
            "https://x.example",
            "",
            "/\\x.example",
            "/a\r\nb",
            "/\t/x.example",
        ] {
            assert_eq!(local_path(away), "/");
        }
    }
}
