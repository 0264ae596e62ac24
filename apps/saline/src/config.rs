//! What the environment says.

use anyhow::{Context, bail, ensure};
use clap::Args;
use door::limiter::Limiter;
use door::site::Site;
use gateways::login::Provider;
use ipnet::IpNet;
use poem::http::Uri;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;

#[derive(Args)]
pub(crate) struct Config {
    /// Where the database, the files and the keys are kept.
    #[arg(
        long = "state",
        env = "SALINE_STATE",
        value_name = "DIR",
        global = true
    )]
    state: Option<PathBuf>,
    /// A PostgreSQL to use instead of a private one, as a login that may create roles.
    #[arg(long, env = "DATABASE_URL", hide_env_values = true, global = true)]
    pub(crate) database_url: Option<String>,
    /// A Redis where several web processes count tries together: redis://host, rediss://host.
    #[arg(long, env = "REDIS_URL", hide_env_values = true, global = true)]
    redis_url: Option<String>,
    /// 64 hexadecimal digits under which the signing keys are sealed.
    #[arg(
        long,
        env = "SALINE_MASTER_KEY",
        hide_env_values = true,
        hide = true,
        global = true
    )]
    pub(crate) master_key: Option<String>,
    /// 64 hexadecimal digits that `change-master-key` puts in the place of those.
    #[arg(
        long,
        env = "SALINE_NEW_MASTER_KEY",
        hide_env_values = true,
        hide = true,
        global = true
    )]
    pub(crate) new_master_key: Option<String>,
    /// The mail server: smtps://user:password@host.
    #[arg(long, env = "SALINE_SMTP_URL", hide_env_values = true, global = true)]
    pub(crate) smtp_url: Option<String>,
    /// The address and port to answer on.
    #[arg(
        long,
        env = "SALINE_LISTEN",
        default_value = "127.0.0.1:8080",
        global = true
    )]
    pub(crate) listen: SocketAddr,
    /// The platform's own address: https://saline.example.
    #[arg(long, env = "SALINE_SITE", value_name = "URL", global = true)]
    site: Option<String>,
    /// The address that letters come from.
    #[arg(long, env = "SALINE_FROM", value_name = "ADDRESS", global = true)]
    from: Option<String>,
    /// The proxies in front, whose X-Forwarded-For is believed: 127.0.0.1,10.0.0.0/24.
    #[arg(
        long,
        env = "SALINE_PROXIES",
        value_name = "NETWORKS",
        value_delimiter = ',',
        value_parser = network,
        global = true
    )]
    pub(crate) proxies: Vec<IpNet>,
    /// A file that names the providers whose accounts let people in, as docs/LOGINS.md says.
    #[arg(long, env = "SALINE_LOGINS", value_name = "FILE", global = true)]
    logins: Option<PathBuf>,
    /// Networks that are not public and that addresses which people type may lead to all the same.
    #[arg(
        long,
        env = "SALINE_REACH",
        value_name = "NETWORKS",
        value_delimiter = ',',
        value_parser = network,
        global = true
    )]
    pub(crate) reach: Vec<IpNet>,
    /// Where the typeface is.
    #[arg(long, env = "SALINE_ASSETS", value_name = "DIR", global = true)]
    assets: Option<PathBuf>,
}

impl Config {
    /// The state directory: as told, else that of the system for root, else the user's own.
    pub(crate) fn state(&self) -> anyhow::Result<PathBuf> {
        if let Some(state) = &self.state {
            return Ok(state.clone());
        }
        if crate::state::is_root() {
            return Ok(PathBuf::from("/var/lib/saline"));
        }
        let home = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
        home("XDG_STATE_HOME")
            .map(PathBuf::from)
            .or_else(|| home("HOME").map(|home| PathBuf::from(home).join(".local/state")))
            .map(|base| base.join("saline"))
            .context("no home directory: name a state directory with --state")
    }

    /// Under which address the platform answers.
    pub(crate) fn site(&self) -> anyhow::Result<Site> {
        self.site_on(self.listen.port())
    }

    /// Whether nothing says under which address.
    pub(crate) fn is_local(&self) -> bool {
        self.site.is_none()
    }

    /// The same, where it answers on this port.
    pub(crate) fn site_on(&self, port: u16) -> anyhow::Result<Site> {
        match &self.site {
            Some(url) => site(url),
            None => Ok(Site::local(port)),
        }
    }

    /// What counts how often something is tried: a Redis, or this process alone.
    pub(crate) fn limiter(&self) -> anyhow::Result<Limiter> {
        match &self.redis_url {
            Some(address) => Limiter::shared(address).context("REDIS_URL"),
            None => Ok(Limiter::default()),
        }
    }

    pub(crate) fn from(&self, site: &Site) -> String {
        self.from
            .clone()
            .unwrap_or_else(|| format!("ne-pas-repondre@{}", site.domain))
    }

    /// The providers whose accounts let people in.
    pub(crate) fn providers(&self) -> anyhow::Result<Vec<Provider>> {
        let Some(file) = &self.logins else {
            return Ok(Vec::new());
        };
        let wrong = || format!("SALINE_LOGINS: {}", file.display());
        let read = std::fs::read(file).with_context(wrong)?;
        providers(&read).with_context(wrong)
    }

    /// Where the files are that come with the installation: as told, else beside the program, else
    /// in the state directory.
    pub(crate) fn assets(&self, state: &std::path::Path) -> PathBuf {
        let program = std::env::current_exe().unwrap_or_default();
        let near = [
            program.parent(),
            program.parent().and_then(std::path::Path::parent),
        ];
        let near = near.into_iter().flatten().map(|place| place.join("assets"));
        self.assets
            .clone()
            .or_else(|| near.into_iter().find(|place| place.is_dir()))
            .unwrap_or_else(|| state.join("assets"))
    }
}

/// Reads "10.0.0.0/24", or one address.
fn network(text: &str) -> Result<IpNet, String> {
    let text = text.trim();
    let one = text.parse::<IpAddr>().map(IpNet::from);
    one.or_else(|_| text.parse::<IpNet>())
        .map_err(|_| format!("{text} is not like 127.0.0.1 or 10.0.0.0/24"))
}

/// Reads a list of providers; each has a key of its own that fits an address.
fn providers(text: &[u8]) -> anyhow::Result<Vec<Provider>> {
    let providers: Vec<Provider> = serde_json::from_slice(text)?;
    for (at, it) in providers.iter().enumerate() {
        let letters = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        ensure!(
            (1..=30).contains(&it.key.len()) && it.key.chars().all(letters),
            "the key {:?} is not a short word of small letters",
            it.key
        );
        let twice = providers[..at].iter().any(|other| other.key == it.key);
        ensure!(!twice, "two providers have the key {}", it.key);
    }
    Ok(providers)
}

/// Reads "https://saline.example", "http://localhost:8080".
fn site(url: &str) -> anyhow::Result<Site> {
    let wrong = || format!("SALINE_SITE: {url} is not like https://saline.example");
    let uri: Uri = url.parse().with_context(wrong)?;
    match (uri.scheme_str(), uri.host()) {
        (Some(scheme @ ("http" | "https")), Some(domain)) if matches!(uri.path(), "" | "/") => {
            Ok(Site {
                scheme: scheme.to_owned(),
                domain: domain.to_ascii_lowercase(),
                port: uri.port_u16(),
            })
        }
        _ => bail!(wrong()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proxy_is_an_address_or_a_network() {
        assert_eq!(network(" 127.0.0.1").unwrap().to_string(), "127.0.0.1/32");
        assert_eq!(network("10.0.0.0/24").unwrap().to_string(), "10.0.0.0/24");
        assert!(network("proxy.example").is_err());
    }

    #[test]
    fn a_provider_has_a_key_of_its_own() {
        let one = |key: &str| {
            format!(r#"{{"key":"{key}","name":"N","issuer":"https://a.example","client_id":"c"}}"#)
        };
        let read = |list: &[&str]| {
            let list: Vec<String> = list.iter().map(|it| one(it)).collect();
            providers(format!("[{}]", list.join(",")).as_bytes())
        };
        assert_eq!(read(&["google", "a-1"]).unwrap().len(), 2);
        assert_eq!(read(&["google"]).unwrap()[0].scopes, ["email"]);
        for wrong in [&["google", "google"][..], &["Google"], &[""], &["a/b"]] {
            assert!(read(wrong).is_err(), "{wrong:?}");
        }
        assert!(providers(br#"[{"key":"a","secret":"b"}]"#).is_err());
    }

    #[test]
    fn a_site_is_a_scheme_a_domain_and_perhaps_a_port() {
        let read = site("https://Saline.example/").unwrap();
        assert_eq!(read.platform_url("/a"), "https://saline.example/a");
        assert_eq!(site("http://localhost:8099").unwrap(), Site::local(8099));
        for wrong in [
            "saline.example",
            "ftp://saline.example",
            "https://a.example/path",
            "",
        ] {
            assert!(site(wrong).is_err(), "{wrong}");
        }
    }
}
