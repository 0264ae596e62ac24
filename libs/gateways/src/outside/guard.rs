//! Which addresses are of the public internet, and a resolver that answers no other.

use ipnet::IpNet;
use reqwest::Url;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::sync::Arc;

/// What the error says where a name leads to no public address.
pub(super) const REFUSED: &str = "leads to no public address";

/// Networks that are not of the public internet: IANA's registries of special-purpose addresses,
/// with multicast and what is reserved.
const SPECIAL: [&str; 28] = [
    "0.0.0.0/8",
    "10.0.0.0/8",
    "100.64.0.0/10",
    "127.0.0.0/8",
    "169.254.0.0/16",
    "172.16.0.0/12",
    "192.0.0.0/24",
    "192.0.2.0/24",
    "192.31.196.0/24",
    "192.52.193.0/24",
    "192.88.99.0/24",
    "192.168.0.0/16",
    "192.175.48.0/24",
    "198.18.0.0/15",
    "198.51.100.0/24",
    "203.0.113.0/24",
    "224.0.0.0/4",
    "240.0.0.0/4",
    "64:ff9b:1::/48",
    "100::/64",
    "2001::/23",
    "2001:db8::/32",
    "2620:4f:8000::/48",
    "3fff::/20",
    "5f00::/16",
    "fc00::/7",
    "fe80::/9",
    "ff00::/8",
];

/// What nobody may lead us to.
#[derive(Debug)]
pub(super) struct Private {
    special: Vec<IpNet>,
    allowed: Vec<IpNet>,
}

impl Private {
    pub(super) fn beside(allowed: &[IpNet]) -> Private {
        Private {
            special: SPECIAL.iter().filter_map(|it| it.parse().ok()).collect(),
            allowed: allowed.to_vec(),
        }
    }

    /// Whether an address is public, or allowed by the host.
    fn is_open(&self, ip: IpAddr) -> bool {
        let within = |nets: &[IpNet]| nets.iter().any(|net| net.contains(&ip));
        within(&self.allowed) || !within(&self.special) && self.is_open_inside(ip)
    }

    /// An IPv6 address may stand for one of IPv4.
    fn is_open_inside(&self, ip: IpAddr) -> bool {
        let IpAddr::V6(six) = ip else {
            return true;
        };
        // What stands for an address of IPv4 is as open as that; else only what is handed out as
        // public is.
        let handed_out = six.segments()[0] & 0xe000 == 0x2000;
        embedded(six).map_or(handed_out, |four| handed_out_as(six) && self.is_open(four))
    }

    /// Whether the address may be asked, as far as it says by itself where it leads.
    pub(super) fn admits(&self, url: &Url) -> bool {
        let by_tls = url.scheme() == "https";
        let named = url.username().is_empty() && url.password().is_none();
        let Some(host) = url.host_str() else {
            return false;
        };
        let literal = host.trim_matches(['[', ']']).parse::<IpAddr>().ok();
        let open = literal.is_none_or(|ip| self.is_open(ip));
        // Without TLS, and on whatever port, only where the host itself allows the address.
        let inside = |ip: IpAddr| self.allowed.iter().any(|net| net.contains(&ip));
        let is_inside = literal.is_some_and(inside);
        let by_usual = by_tls && matches!(url.port(), None | Some(443 | 8443));
        named && open && (by_usual || is_inside && matches!(url.scheme(), "http" | "https"))
    }
}

/// Forms that may stand for an address of IPv4 on the open internet: mapped, NAT64, 6to4. Loopback
/// and nothing are forms, too, of addresses that are not open.
fn handed_out_as(six: Ipv6Addr) -> bool {
    !six.is_loopback() && !six.is_unspecified()
}

/// The address of IPv4 within one of IPv6: mapped, compatible, NAT64 or 6to4.
fn embedded(six: Ipv6Addr) -> Option<IpAddr> {
    let parts = six.segments();
    let four = |high: u16, low: u16| {
        let [[a, b], [c, d]] = [high.to_be_bytes(), low.to_be_bytes()];
        IpAddr::from([a, b, c, d])
    };
    match parts {
        [0, 0, 0, 0, 0, 0 | 0xffff, high, low] | [0x64, 0xff9b, 0, 0, 0, 0, high, low] => {
            Some(four(high, low))
        }
        [0x2002, high, low, ..] => Some(four(high, low)),
        _ => None,
    }
}

/// A resolver that answers public addresses only: what is connected to is what was looked at.
#[derive(Debug)]
pub(super) struct Guarded(pub(super) Arc<Private>);

impl Resolve for Guarded {
    fn resolve(&self, name: Name) -> Resolving {
        let guard = Arc::clone(&self.0);
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let open: Vec<SocketAddr> = found.filter(|it| guard.is_open(it.ip())).collect();
            if open.is_empty() {
                return Err(format!("{} {REFUSED}", name.as_str()).into());
            }
            Ok(Box::new(open.into_iter()) as Addrs)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_special_network_is_read() {
        assert_eq!(Private::beside(&[]).special.len(), SPECIAL.len());
    }

    #[test]
    fn only_public_addresses_are_open() {
        let guard = Private::beside(&[]);
        let is_open = |ip: &str| guard.is_open(ip.parse().unwrap());
        for open in [
            "1.1.1.1",
            "93.184.216.34",
            "2606:4700::1111",
            "::ffff:1.1.1.1",
        ] {
            assert!(is_open(open), "{open}");
        }
        for shut in [
            "127.0.0.1",
            "10.1.2.3",
            "172.31.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "0.0.0.0",
            "100.64.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "::1",
            "::",
            "fe80::1",
            "fec0::1",
            "fd00::1",
            "ff02::1",
            "::ffff:127.0.0.1",
            "::127.0.0.1",
            "64:ff9b::7f00:1",
            "2002:7f00:1::1",
            "2001::1",
            "64:ff9b::a9fe:a9fe",
            "2001:db8::1",
            "::ffff:0:7f00:1",
            "100:0:0:1::1",
            "4000::1",
        ] {
            assert!(!is_open(shut), "{shut}");
        }
    }

    #[test]
    fn an_address_names_a_host_by_https_and_nobody() {
        let guard = Private::beside(&[]);
        let admits = |it: &str| guard.admits(&Url::parse(it).unwrap());
        assert!(admits("https://exemple.fr/a?b"));
        for not in [
            "http://exemple.fr",
            "ftp://exemple.fr",
            "https://127.0.0.1",
            "https://[::1]/",
            "https://a:b@exemple.fr",
            "https://2130706433/",
            "https://exemple.fr:22/",
            "https://0x7f.1/",
            "file:///etc/passwd",
        ] {
            assert!(!admits(not), "{not}");
        }
        let allowed = Private::beside(&["127.0.0.0/8".parse().unwrap()]);
        assert!(allowed.admits(&Url::parse("http://127.0.0.1:8080/a").unwrap()));
        assert!(!allowed.admits(&Url::parse("http://10.0.0.1/").unwrap()));
        assert!(!allowed.admits(&Url::parse("http://exemple.fr/").unwrap()));
    }
}
