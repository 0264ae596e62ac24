//! What a browser says it is, in two words that its owner knows again.

use poem::http::{HeaderMap, header};

/// Whoever comes first names it: browsers say that they are others, too.
const BROWSERS: [(&str, &str); 8] = [
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
];
const SYSTEMS: [(&str, &str); 7] = [
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "ChromeOS"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
];

/// "Firefox, Android"; none where it says nothing that we know.
pub(crate) fn told(headers: &HeaderMap) -> Option<String> {
    let said = headers.get(header::USER_AGENT)?.to_str().ok()?;
    let known = |names: &[(&str, &'static str)]| {
        let named = names.iter().find(|(mark, _)| said.contains(mark));
        named.map(|(_, name)| *name)
    };
    let parts: Vec<&str> = [known(&BROWSERS), known(&SYSTEMS)]
        .into_iter()
        .flatten()
        .collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use poem::http::HeaderValue;

    #[test]
    fn a_browser_is_known_by_what_it_alone_says() {
        let told = |said: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::USER_AGENT, HeaderValue::from_str(said).unwrap());
            told(&headers)
        };
        let chrome = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) \
                      Chrome/150.0.0.0 Mobile Safari/537.36";
        assert_eq!(told(chrome).as_deref(), Some("Chrome, Android"));
        assert_eq!(
            told(&format!("{chrome} Edg/150.0.0.0")).as_deref(),
            Some("Edge, Android")
        );
        let safari = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 \
                      (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1";
        assert_eq!(told(safari).as_deref(), Some("Safari, iPhone"));
        assert_eq!(told("curl/8.0"), None);
        assert_eq!(super::told(&HeaderMap::new()), None);
    }
}
