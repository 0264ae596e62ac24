//! What an exchange is worth on both sides.

use crate::alliance::seconds_of;
use crate::amount::Unit;
use crate::exchange::Side;

/// What an exchange is worth on both sides and at the hub.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quote {
    /// Smallest parts of the payer's unit.
    pub payer: i64,
    /// Smallest parts of the payee's unit.
    pub payee: i64,
    pub seconds: i64,
}

/// What is given and received, from what one of the two typed. The payee receives exactly what is
/// said; the payer gives what that is worth, rounded up where their unit cannot show it. What a
/// payer typed is the most that they give. Nothing where the payee would receive nothing.
pub fn quote(typed: i64, side: Side, payer: &Unit, payee: &Unit) -> Option<Quote> {
    let (gives, gets) = (i128::from(payer.hour()), i128::from(payee.hour()));
    let received = match side {
        Side::Payee => i128::from(typed),
        Side::Payer => i128::from(typed) * gets / gives,
    };
    let given = (received * gives + gets - 1) / gets;
    let received = i64::try_from(received).ok().filter(|it| *it > 0)?;
    Some(Quote {
        payer: i64::try_from(given).ok()?,
        payee: received,
        seconds: seconds_of(received, payee),
    })
}
