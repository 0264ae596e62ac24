//! What no answer leaves without.

use crate::house::House;
use poem::http::{HeaderMap, HeaderName, HeaderValue, header};

/// What no answer leaves without.
pub(super) fn guard(
    headers: &mut HeaderMap,
    house: &House,
    (is_page, embedded, pictured): (bool, bool, bool),
    at_home: bool,
) {
    let site = &house.site;
    let (domain, scheme) = (site.authority(), &site.scheme);
    let ancestors = if embedded { "*" } else { "'none'" };
    let data = if pictured { " data:" } else { "" };
    // From the console no form leads elsewhere.
    let targets = if house.is_console {
        String::new()
    } else {
        format!(" {scheme}://{domain} {scheme}://*.{domain}")
    };
    let policy = format!(
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'{data}; \
         connect-src 'self'; font-src 'self'; manifest-src 'self'; base-uri 'none'; \
         frame-ancestors {ancestors}; form-action 'self'{targets}"
    );
    let fixed = [
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "same-origin"),
        (
            "permissions-policy",
            "camera=(), geolocation=(), microphone=(), payment=()",
        ),
        ("cross-origin-opener-policy", "same-origin"),
        (
            "cross-origin-resource-policy",
            if embedded {
                "cross-origin"
            } else {
                "same-origin"
            },
        ),
    ];
    for (name, value) in fixed {
        headers.insert(
            HeaderName::from_static(name),
            HeaderValue::from_static(value),
        );
    }
    if !embedded {
        headers.insert(header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
    }
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    if is_page && !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    if site.is_secure() {
        headers.insert(
            header::STRICT_TRANSPORT_SECURITY,
            // What else there is below a host of a SEL's own is not ours to decide.
            HeaderValue::from_static(if at_home {
                "max-age=31536000"
            } else {
                "max-age=31536000; includeSubDomains"
            }),
        );
    }
}
