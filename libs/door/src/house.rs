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

/// When a SEL's face was read, and what it was.
type Face = (DateTime<Utc>, Arc<Association>);

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
        if let Some(face) = self.remembered(slug, now) {
            return Ok(Some(face));
        }
        let mut door = Door::begin(&self.pool, now).await?;
        let found = store::association::by_slug(&mut door, slug).await?;
        door.commit().await?;
        let Some(found) = found.map(Arc::new) else {
            return Ok(None);
        };
        let mut faces = self.faces.lock().unwrap_or_else(PoisonError::into_inner);
        if faces.len() >= MANY {
            faces.clear();
        }
        faces.insert(slug.to_owned(), (now, Arc::clone(&found)));
        Ok(Some(found))
    }

    fn remembered(&self, slug: &str, now: DateTime<Utc>) -> Option<Arc<Association>> {
        let faces = self.faces.lock().unwrap_or_else(PoisonError::into_inner);
        let (since, face) = faces.get(slug)?;
        (now - *since < MEMORY).then(|| Arc::clone(face))
    }

    /// Reads a SEL's face again at the next request: it has just changed.
    pub fn forget(&self, slug: &str) {
        self.faces
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(slug);
    }
}
