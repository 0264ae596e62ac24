//! Under which names the platform answers.

use store::association::Association;

/// The platform's domain, and how its addresses are written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Site {
    /// "https" or "http".
    pub scheme: String,
    /// "saline.example", or "localhost".
    pub domain: String,
    /// Where it is not the scheme's own.
    pub port: Option<u16>,
}

/// The first label of the console's host; no SEL has it.
const CONSOLE: &str = "console";

/// Whom a host name means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Host {
    Platform,
    /// Where those come in who run the platform.
    Console,
    Association(String),
    /// The platform, as people type it.
    Www,
    /// A name that may be a SEL's own.
    Other(String),
    /// None of ours.
    Unknown,
}

impl Site {
    /// The demo's site: plain HTTP on the loopback.
    pub fn local(port: u16) -> Site {
        Site {
            scheme: "http".into(),
            domain: "localhost".into(),
            port: Some(port),
        }
    }

    pub fn is_secure(&self) -> bool {
        self.scheme == "https"
    }

    /// "localhost:8080".
    pub fn authority(&self) -> String {
        match self.port {
            Some(port) => format!("{}:{port}", self.domain),
            None => self.domain.clone(),
        }
    }

    /// The address of a page of the platform itself. `path` starts with a slash.
    pub fn platform_url(&self, path: &str) -> String {
        format!("{}://{}{path}", self.scheme, self.authority())
    }

    /// The console's host, without a port.
    pub fn console_domain(&self) -> String {
        format!("{CONSOLE}.{}", self.domain)
    }

    /// The address of a page of the console.
    pub fn console_url(&self, path: &str) -> String {
        self.association_url(CONSOLE, path)
    }

    /// The address of a page of a SEL, where it is at home: on its own host, if it has one.
    pub fn home_url(&self, it: &Association, path: &str) -> String {
        match (&it.host, self.port) {
            (None, _) => self.association_url(&it.slug, path),
            (Some(host), None) => format!("{}://{host}{path}", self.scheme),
            (Some(host), Some(port)) => format!("{}://{host}:{port}{path}", self.scheme),
        }
    }

    /// The address of a page of a SEL on the platform, which leads on to where that is at home.
    pub fn association_url(&self, slug: &str, path: &str) -> String {
        format!("{}://{slug}.{}{path}", self.scheme, self.authority())
    }

    /// The domain that passkeys of a SEL are made for: the platform's own, so that one key opens
    /// all SELs of its owner there; a host of its own stands for itself, and so does each where the
    /// platform is a single word like `localhost`, which is no such domain.
    pub fn passkey_domain(&self, it: &Association) -> String {
        match &it.host {
            Some(host) => host.clone(),
            None if self.domain.contains('.') => self.domain.clone(),
            None => format!("{}.{}", it.slug, self.domain),
        }
    }

    /// Whom this `Host` header, or authority of a URI, means. Port, case and a trailing dot do not
    /// count. A bare loopback address is the platform.
    pub fn read_host(&self, host: &str) -> Host {
        let host = host.trim().to_ascii_lowercase();
        let name = if host.starts_with('[') {
            host.split_once(']')
                .map_or(host.as_str(), |(name, _)| name)
                .trim_start_matches('[')
        } else {
            host.rsplit_once(':')
                .map_or(host.as_str(), |(name, _)| name)
        };
        let name = name.trim_end_matches('.');
        if name == self.domain || matches!(name, "127.0.0.1" | "::1") {
            return Host::Platform;
        }
        let ours = name.strip_suffix(&self.domain);
        match ours.and_then(|rest| rest.strip_suffix('.')) {
            Some(CONSOLE) => Host::Console,
            Some("www") => Host::Www,
            Some(label) => match sel::slug::Slug::parse(label) {
                Ok(slug) => Host::Association(slug.as_str().to_owned()),
                Err(_) => Host::Unknown,
            },
            None if is_name(name) => Host::Other(name.to_owned()),
            None => Host::Unknown,
        }
    }
}

/// Whether this may be the name of a host of a SEL's own: "sel-mars.fr".
pub fn is_name(name: &str) -> bool {
    let is_label = |it: &str| {
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        !it.is_empty() && it.chars().all(plain) && !it.starts_with('-') && !it.ends_with('-')
    };
    let is_word = |it: &str| it.chars().any(|c| c.is_ascii_lowercase());
    (4..=253).contains(&name.len())
        && name.contains('.')
        && name.split('.').all(is_label)
        && name.rsplit('.').next().is_some_and(is_word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_means_the_platform_a_sel_or_nobody() {
        let site = Site::local(8080);
        let mars = Host::Association("mars".into());
        for (host, meant) in [
            ("localhost:8080", Host::Platform),
            ("LOCALHOST", Host::Platform),
            ("127.0.0.1:8080", Host::Platform),
            ("[::1]:8080", Host::Platform),
            ("mars.localhost:8080", mars.clone()),
            ("Mars.Localhost.", mars),
            ("console.localhost", Host::Console),
            ("www.localhost", Host::Www),
            ("docs.localhost", Host::Unknown),
            ("a.b.localhost", Host::Unknown),
            ("marslocalhost", Host::Unknown),
            ("mars.example.org", Host::Other("mars.example.org".into())),
            ("10.0.0.1", Host::Unknown),
            ("a..example", Host::Unknown),
            ("-a.example", Host::Unknown),
            ("", Host::Unknown),
        ] {
            assert_eq!(site.read_host(host), meant, "{host}");
        }
    }

    #[test]
    fn addresses_carry_a_port_only_where_there_is_one() {
        assert_eq!(
            Site::local(8080).association_url("mars", "/a"),
            "http://mars.localhost:8080/a"
        );
        let real = Site {
            scheme: "https".into(),
            domain: "saline.example".into(),
            port: None,
        };
        assert_eq!(real.platform_url("/"), "https://saline.example/");
    }
}
