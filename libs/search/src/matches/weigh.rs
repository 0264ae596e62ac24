//! What a notice is like: whether it passes, and how much it weighs.

use tantivy::columnar::Column;
use tantivy::{DocId, Score, SegmentReader};
use uuid::Uuid;

use super::Order;
use crate::fields::{
    ASSOCIATION_HIGH, ASSOCIATION_LOW, GIFT, ID_HIGH, ID_LOW, LATITUDE, LONGITUDE, PUBLISHED_AT,
    URGENT,
};
use crate::place::Ruler;

/// How much nearer to the top an urgent notice stands, among those found by words.
const URGENT_BOOST: f32 = 1.1;
/// How much a fresh notice counts more than an old one, and in how many seconds that wears off.
const FRESH_BOOST: f32 = 0.2;
const FRESH_SECONDS: f32 = 60.0 * 86_400.0;
/// How much a notice at the door counts more than a distant one, and in how many kilometres that
/// wears off.
const NEAR_BOOST: f32 = 0.6;
const NEAR_KM: f32 = 20.0;

/// What is known of every notice without reading it.
pub(super) struct Columns {
    pub(super) published_at: Column<i64>,
    pub(super) urgent: Column<bool>,
    pub(super) gift: Column<bool>,
    pub(super) latitude: Column<i64>,
    pub(super) longitude: Column<i64>,
    pub(super) notice: Ids,
    pub(super) association: Ids,
}

/// An id, in two columns.
pub(super) struct Ids(Column<u64>, Column<u64>);

impl Columns {
    pub(super) fn of(reader: &SegmentReader) -> tantivy::Result<Columns> {
        let columns = reader.fast_fields();
        Ok(Columns {
            published_at: columns.i64(PUBLISHED_AT)?,
            urgent: columns.bool(URGENT)?,
            gift: columns.bool(GIFT)?,
            latitude: columns.i64(LATITUDE)?,
            longitude: columns.i64(LONGITUDE)?,
            notice: Ids(columns.u64(ID_HIGH)?, columns.u64(ID_LOW)?),
            association: Ids(
                columns.u64(ASSOCIATION_HIGH)?,
                columns.u64(ASSOCIATION_LOW)?,
            ),
        })
    }
}

impl Ids {
    pub(super) fn id(&self, doc: DocId) -> Uuid {
        let part = |column: &Column<u64>| column.first(doc).unwrap_or_default();
        Uuid::from_u64_pair(part(&self.0), part(&self.1))
    }
}

/// The filters that count for all counts.
pub(super) struct Sieve {
    pub(super) urgent: bool,
    pub(super) gift: bool,
    pub(super) since: Option<i64>,
    pub(super) within_km: Option<f64>,
}

/// What is known of a notice before it is known whether it is shown.
pub(super) struct Traits {
    pub(super) published_at: i64,
    pub(super) urgent: bool,
    pub(super) gift: bool,
    pub(super) km: Option<f64>,
}

impl Sieve {
    pub(super) fn passes(&self, it: &Traits) -> bool {
        (!self.urgent || it.urgent)
            && (!self.gift || it.gift)
            && self.since.is_none_or(|since| it.published_at > since)
            && self
                .within_km
                .is_none_or(|most| it.km.is_none_or(|km| km <= most))
    }
}

/// How notices are put in order.
pub(super) struct Weigh {
    pub(super) order: Order,
    pub(super) scored: bool,
    pub(super) now: i64,
    pub(super) near: Option<Ruler>,
}

impl Weigh {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_precision_loss,
        reason = "a weight need not be exact"
    )]
    pub(super) fn weight(&self, score: Score, it: &Traits) -> Score {
        match (self.order, it.km) {
            (Order::Nearest, Some(km)) => -km as f32,
            (Order::Best, km) if self.scored => {
                let age = (self.now - it.published_at).max(0) as f32;
                let fresh = 1.0 + FRESH_BOOST * (-age / FRESH_SECONDS).exp();
                let near = km.map_or(1.0, |km| 1.0 + NEAR_BOOST * (-km as f32 / NEAR_KM).exp());
                let urgent = if it.urgent { URGENT_BOOST } else { 1.0 };
                score * fresh * near * urgent
            }
            _ => 0.0,
        }
    }
}
