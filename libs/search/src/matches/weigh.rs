//! What a notice is like: whether it passes, and how much it weighs.

use tantivy::Score;

use super::Order;
use crate::place::Ruler;
use crate::rows::Row;

/// How much nearer to the top an urgent notice stands, among those found by words.
const URGENT_BOOST: f32 = 1.1;
/// How much a fresh notice counts more than an old one, and in how many seconds that wears off.
const FRESH_BOOST: f32 = 0.2;
const FRESH_SECONDS: f32 = 60.0 * 86_400.0;
/// How much a notice at the door counts more than a distant one, and in how many kilometres that
/// wears off.
const NEAR_BOOST: f32 = 0.6;
const NEAR_KM: f32 = 20.0;

/// The filters that count for all counts.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sieve {
    /// Published after this; seconds since 1970.
    pub(crate) since: Option<i64>,
    pub(crate) within_km: Option<f64>,
}

impl Sieve {
    pub(super) fn passes(&self, it: &Row, km: Option<f64>) -> bool {
        self.since
            .is_none_or(|since| i64::from(it.published_at) > since)
            && self
                .within_km
                .is_none_or(|most| km.is_none_or(|km| km <= most))
    }
}

/// How notices are put in order.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Weigh {
    pub(crate) order: Order,
    /// Without words there is no score, and the newest come first.
    pub(crate) scored: bool,
    /// Seconds since 1970.
    pub(crate) now: i64,
    pub(crate) near: Option<Ruler>,
}

impl Weigh {
    /// What a score comes to at the most, however near, fresh and urgent the notice is.
    pub(super) fn most(&self, score: Score) -> Score {
        if self.order == Order::Best && self.scored {
            let near = self.near.map_or(1.0, |_| 1.0 + NEAR_BOOST);
            score * (1.0 + FRESH_BOOST) * near * URGENT_BOOST
        } else {
            Score::INFINITY
        }
    }

    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_precision_loss,
        reason = "a weight need not be exact"
    )]
    pub(super) fn weight(&self, score: Score, it: &Row, km: Option<f64>) -> Score {
        match (self.order, km) {
            (Order::Nearest, Some(km)) => -km as f32,
            (Order::Best, km) if self.scored => {
                let age = (self.now - i64::from(it.published_at)).max(0) as f32;
                let fresh = 1.0 + FRESH_BOOST * (-age / FRESH_SECONDS).exp();
                let near = km.map_or(1.0, |km| 1.0 + NEAR_BOOST * (-km as f32 / NEAR_KM).exp());
                let urgent = if it.is_urgent() { URGENT_BOOST } else { 1.0 };
                score * fresh * near * urgent
            }
            _ => 0.0,
        }
    }
}
