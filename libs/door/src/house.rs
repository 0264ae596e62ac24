//! What all requests share.

use crate::clock::Clock;
use crate::limiter::{Limiter, Memory};
use crate::proxy::Proxies;
use crate::site::Site;
use crate::trouble::Trouble;
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

/// When a SEL's face was read, and what it was.
type Face = (DateTime<Utc>, Arc<Association>);

/// The state of a web node.
#[derive(Debug)]
pub struct House {
    /// As `saline_web`; at the console, as `saline_staff`.
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
    /// Whether this is the console, and answers at its host alone.
    pub is_console: bool,
    faces: Mutex<HashMap<String, Face>>,
    /// Hosts that nobody had when they were asked for. By themselves, so that made-up names crowd
    /// out no SEL.
    strangers: Mutex<HashMap<String, DateTime<Utc>>>,
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
            is_console: false,
            faces,
            strangers: Mutex::default(),
        }
    }

    /// Where those come in who run the platform.
    pub fn of_console(self) -> House {
        House {
            is_console: true,
            ..self
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

    /// Counts a try of this key. Too many are stopped before anything is looked up.
    pub async fn count(&self, key: &str, most: u32, window: TimeDelta) -> Result<(), Trouble> {
        let now = self.clock.now();
        if self.limiter.allows(key, most, window, now).await {
            Ok(())
        } else {
            Err(Trouble::TooMany)
        }
    }

    /// The SEL of this slug, as it was a few seconds ago at the most.
    pub async fn association(&self, slug: &str) -> store::Result<Option<Arc<Association>>> {
        let now = self.clock.now();
        if let Some(face) = self.remembered(slug, now) {
            return Ok(Some(face));
        }
        let mut door = Door::begin(&self.pool, now).await?;
        let found = store::association::by_slug(&mut door, slug).await?;
        door.commit().await?;
        Ok(found.map(|found| self.remember(slug, found, now)))
    }

    /// The SEL that has this host for its own, as it was a few seconds ago at the most.
    pub async fn at_home(&self, host: &str) -> store::Result<Option<Arc<Association>>> {
        let now = self.clock.now();
        // No slug has a dot.
        if let Some(face) = self.remembered(host, now) {
            return Ok(Some(face));
        }
        if self.is_strange(host, now) {
            return Ok(None);
        }
        let mut door = Door::begin(&self.pool, now).await?;
        let found = store::association::by_host(&mut door, host).await?;
        door.commit().await?;
        if found.is_none() {
            let mut strangers = self
                .strangers
                .lock()
                .unwrap_or_else(PoisonError::into_inner);
            if strangers.len() >= MANY {
                strangers.clear();
            }
            strangers.insert(host.to_owned(), now);
        }
        Ok(found.map(|found| self.remember(host, found, now)))
    }

    fn is_strange(&self, host: &str, now: DateTime<Utc>) -> bool {
        let strangers = self
            .strangers
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let since = strangers.get(host);
        since.is_some_and(|since| now - *since < MEMORY)
    }

    fn remember(&self, name: &str, found: Association, now: DateTime<Utc>) -> Arc<Association> {
        let found = Arc::new(found);
        let mut faces = self.faces.lock().unwrap_or_else(PoisonError::into_inner);
        if faces.len() >= MANY {
            faces.clear();
        }
        faces.insert(name.to_owned(), (now, Arc::clone(&found)));
        found
    }

    fn remembered(&self, name: &str, now: DateTime<Utc>) -> Option<Arc<Association>> {
        let faces = self.faces.lock().unwrap_or_else(PoisonError::into_inner);
        let (since, face) = faces.get(name)?;
        (now - *since < MEMORY).then(|| Arc::clone(face))
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
