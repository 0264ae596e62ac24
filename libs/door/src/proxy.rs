//! Proxies in front of the program: what they say of whom they answer for is believed.

use ipnet::IpNet;
use std::net::IpAddr;

/// The networks that our own proxies stand in; none where visitors connect themselves.
#[derive(Clone, Debug, Default)]
pub struct Proxies(pub Vec<IpNet>);

impl Proxies {
    /// Whom a request comes from, by the connection and the `X-Forwarded-For` that came with it.
    ///
    /// Each proxy adds on the right whom it was called by. Read from there, the first that is no
    /// proxy of ours is the visitor; what stands further left anybody could have written.
    pub fn visitor(&self, connected: IpAddr, forwarded: &str) -> IpAddr {
        let mut visitor = connected.to_canonical();
        for told in forwarded.rsplit(',') {
            if !self.0.iter().any(|proxy| proxy.contains(&visitor)) {
                break;
            }
            match told.trim().parse::<IpAddr>() {
                Ok(told) => visitor = told.to_canonical(),
                Err(_) => break,
            }
        }
        visitor
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn visitor(connected: &str, forwarded: &str) -> String {
        let nets = ["127.0.0.0/8", "10.0.0.0/24"].map(|net| net.parse().unwrap());
        let proxies = Proxies(nets.to_vec());
        let connected = connected.parse().unwrap();
        proxies.visitor(connected, forwarded).to_string()
    }

    #[test]
    fn only_our_proxies_are_believed() {
        assert_eq!(visitor("203.0.113.7", "198.51.100.1"), "203.0.113.7");
        assert_eq!(visitor("127.0.0.1", "198.51.100.1"), "198.51.100.1");
        assert_eq!(visitor("::ffff:127.0.0.1", "198.51.100.1"), "198.51.100.1");
        assert_eq!(visitor("127.0.0.1", "2001:db8::1"), "2001:db8::1");
    }

    #[test]
    fn what_a_visitor_wrote_in_front_is_not() {
        let through_two = "192.0.2.66, 198.51.100.1, 10.0.0.5";
        assert_eq!(visitor("127.0.0.1", through_two), "198.51.100.1");
        assert_eq!(visitor("127.0.0.1", ""), "127.0.0.1");
        assert_eq!(visitor("127.0.0.1", "198.51.100.1, unknown"), "127.0.0.1");
    }
}
