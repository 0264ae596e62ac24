//! How often something may be tried: a count a key and window. In this process, or, where several
//! answer for one platform, in a Redis that they share. While that does not answer, each counts for
//! itself, as it did all along: whoever was stopped stays stopped here.

mod memory;
mod shared;

pub(crate) use memory::Memory;

use chrono::{DateTime, TimeDelta, Utc};
use shared::Shared;
use std::net::IpAddr;

/// How it stands with a key once a try was counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    pub allowed: bool,
    /// Tries that are left until then.
    pub left: u32,
    pub until: DateTime<Utc>,
}

#[derive(Debug, Default)]
pub struct Limiter {
    own: Memory,
    shared: Option<Shared>,
}

impl Limiter {
    /// Counts in the Redis at this address, `redis://` or `rediss://`. It need not answer yet.
    ///
    /// # Errors
    /// Where that is no such address.
    pub fn shared(address: &str) -> redis::RedisResult<Limiter> {
        let shared = Some(Shared::at(address)?);
        Ok(Limiter {
            own: Memory::default(),
            shared,
        })
    }

    /// Counts a try; false where `most` were made within the window already.
    pub async fn allows(
        &self,
        key: &str,
        most: u32,
        window: TimeDelta,
        now: DateTime<Utc>,
    ) -> bool {
        self.take(key, most, window, now).await.allowed
    }

    /// The same, and what is left.
    pub async fn take(
        &self,
        key: &str,
        most: u32,
        window: TimeDelta,
        now: DateTime<Utc>,
    ) -> Standing {
        let (own, until) = self.own.count(key, window, now);
        let shared = match &self.shared {
            Some(shared) => shared.take(key, window, own).await,
            None => None,
        };
        match shared {
            Some((count, left)) => Standing::of(count, most, now + left),
            None => Standing::of(own, most, until),
        }
    }

    /// Counts a try in this process alone: for what spares this process.
    pub fn allows_here(&self, key: &str, most: u32, window: TimeDelta, now: DateTime<Utc>) -> bool {
        self.own.allows(key, most, window, now)
    }

    /// Takes back a try that was counted in this process alone.
    pub fn forgive_here(&self, key: &str) {
        self.own.forgive(key);
    }

    /// Takes back a try that came to nothing: a form that has to be mended first.
    pub async fn forgive(&self, key: &str) {
        self.own.forgive(key);
        if let Some(shared) = &self.shared {
            shared.forgive(key).await;
        }
    }

    /// Forgets the tries of a key: what follows success.
    pub async fn forget(&self, key: &str) {
        self.own.forget(key);
        if let Some(shared) = &self.shared {
            shared.forget(key).await;
        }
    }
}

impl Standing {
    fn of(count: u32, most: u32, until: DateTime<Utc>) -> Standing {
        Standing {
            allowed: count <= most,
            left: most.saturating_sub(count),
            until,
        }
    }
}

/// Whom an address stands for: itself, or, in IPv6, the network that its bearer chooses addresses
/// from (/64).
pub fn bearer(address: IpAddr) -> String {
    match address {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
    }
}

/// From how far around an address its bearer may choose others, at the most: itself, or, in IPv6, a
/// network of a size that a house or a firm is given (/48).
pub fn around(address: IpAddr) -> String {
    match address {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let [a, b, c, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}::/48")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn in_ipv6_a_network_is_one_bearer() {
        let bearer = |text: &str| bearer(text.parse().unwrap());
        assert_eq!(bearer("2001:db8:1:2:3::4"), bearer("2001:db8:1:2:ffff::1"));
        assert_ne!(bearer("2001:db8:1:2::1"), bearer("2001:db8:1:3::1"));
        assert_eq!(bearer("192.0.2.1"), "192.0.2.1");
        let around = |text: &str| around(text.parse().unwrap());
        assert_eq!(around("2001:db8:1:2::1"), around("2001:db8:1:ff::1"));
        assert_ne!(around("2001:db8:1::1"), around("2001:db8:2::1"));
    }
}
