//! What all requests share.

use crate::clock::Clock;
use crate::limiter::{Limiter, Memory};
use crate::proxy::Proxies;
use crate::site::Site;
use chrono::{DateTime, TimeDelta, Utc};
use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use store::association::Association;
use store::key::Keyring;
use store::{Door, Pool};

/// How long a SEL's public face is remembered before it is read again.
const MEMORY: TimeDelta = TimeDelta::seconds(3);
/// SELs remembered at the most.
const MANY: usize = 5_000;

/// When a SEL's face was read, and what it was; none for a host that nobody has.
type Face = (DateTime<Utc>, Option<Arc<Association>>);

/// What is remembered of a name.
enum Seen {
    Lately(Option<Arc<Association>>),
    LongAgo,
}

/// The state of a web node.
#[derive(Debug)]
pub struct House {
    /// As `saline_web`.
    pub pool: Pool,
    pub keys: Keyring,
    pub site: Site,
    pub clock: Clock,
    pub limiter: Limiter,
    /// Which sessions were seen lately. By itself, so that many of them crowd out no limit.
    pub(crate) seen: Memory,
    /// The typeface, which comes with the installation and not with the program.
    pub(crate) font: Option<Vec<u8>>,
    pub proxies: Proxies,
    faces: Mutex<HashMap<String, Face>>,
}

impl House {
    /// `assets` is where the files stand that come with the installation.
    pub fn new(pool: Pool, keys: Keyring, site: Site, clock: Clock, assets: &Path) -> House {
        let faces = Mutex::default();
        // A page is as well read in another typeface.
        let font = std::fs::read(assets.join(crate::asset::FONT)).ok();
        House {
            pool,
            keys,
            site,
            clock,
            limiter: Limiter::default(),
            seen: Memory::default(),
            font,
            proxies: Proxies::default(),
            faces,
        }
    }

    /// Behind these proxies: what they say of whom they answer for is believed.
    pub fn behind(self, proxies: Proxies) -> House {
        House { proxies, ..self }
    }

    /// Counting tries by this.
    pub fn counting(self, limiter: Limiter) -> House {
        House { limiter, ..self }
    }

    /// The SEL of this slug, as it was a few seconds ago at the most.
    pub async fn association(&self, slug: &str) -> store::Result<Option<Arc<Association>>> {
        let now = self.clock.now();
        if let Seen::Lately(face) = self.remembered(slug, now) {
            return Ok(face);
        }
        let mut door = Door::begin(&self.pool, now).await?;
        let found = store::association::by_slug(&mut door, slug).await?;
        door.commit().await?;
        if found.is_none() {
            // It may open the next moment.
            return Ok(None);
        }
        Ok(self.remember(slug, found, now))
    }

    /// The SEL that has this host for its own, as it was a few seconds ago at the most.
    pub async fn at_home(&self, host: &str) -> store::Result<Option<Arc<Association>>> {
        let now = self.clock.now();
        // No slug has a dot.
        if let Seen::Lately(face) = self.remembered(host, now) {
            return Ok(face);
        }
        let mut door = Door::begin(&self.pool, now).await?;
        let found = store::association::by_host(&mut door, host).await?;
        door.commit().await?;
        Ok(self.remember(host, found, now))
    }

    fn remember(
        &self,
        name: &str,
        found: Option<Association>,
        now: DateTime<Utc>,
    ) -> Option<Arc<Association>> {
        let found = found.map(Arc::new);
        let mut faces = self.faces.lock().unwrap_or_else(PoisonError::into_inner);
        if faces.len() >= MANY {
            faces.clear();
        }
        faces.insert(name.to_owned(), (now, found.clone()));
        found
    }

    fn remembered(&self, name: &str, now: DateTime<Utc>) -> Seen {
        let faces = self.faces.lock().unwrap_or_else(PoisonError::into_inner);
        match faces.get(name) {
            Some((since, face)) if now - *since < MEMORY => Seen::Lately(face.clone()),
            _ => Seen::LongAgo,
        }
    }

    /// Reads a SEL's face again at the next request: it has just changed.
    pub fn forget(&self, it: &Association) {
        self.forget_slug(&it.slug);
        if let Some(host) = &it.host {
            self.forget_slug(host);
        }
    }

    /// The same, by the name under which it answers.
    pub fn forget_slug(&self, name: &str) {
        let mut faces = self.faces.lock().unwrap_or_else(PoisonError::into_inner);
        faces.remove(name);
    }
}
