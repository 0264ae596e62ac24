//! What an exchange is worth on both sides.

use crate::alliance::seconds_of;
use crate::amount::Unit;
use crate::exchange::Side;

/// What an exchange is worth here, there and at the hub.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quote {
    /// Smallest parts of our unit.
    pub ours: i64,
    /// Smallest parts of theirs.
    pub theirs: i64,
    pub seconds: i64,
}

/// What is given and received, from what our member on this side typed. The payee receives exactly
/// what is said; the payer gives what that is worth, rounded up where their unit cannot show it.
/// What a payer typed is the most that they give. Nothing where the payee would receive nothing.
pub fn quote(typed: i64, side: Side, ours: &Unit, theirs: &Unit) -> Option<Quote> {
    let (payer, payee) = match side {
        Side::Payer => (ours, theirs),
        Side::Payee => (theirs, ours),
    };
    let (gives, gets) = (i128::from(payer.hour()), i128::from(payee.hour()));
    let received = match side {
        Side::Payee => i128::from(typed),
        Side::Payer => i128::from(typed) * gets / gives,
    };
    let given = i64::try_from((received * gives + gets - 1) / gets).ok()?;
    let received = i64::try_from(received).ok().filter(|it| *it > 0)?;
    let seconds = seconds_of(received, payee);
    Some(match side {
        Side::Payer => Quote {
            ours: given,
            theirs: received,
            seconds,
        },
        Side::Payee => Quote {
            ours: received,
            theirs: given,
            seconds,
        },
    })
}

/// What a slip says, in our unit, is worth in theirs: to the nearest part, and at least one.
pub(super) fn on_slip(amount: i64, ours: &Unit, theirs: &Unit) -> Quote {
    let (here, there) = (i128::from(ours.hour()), i128::from(theirs.hour()));
    let worth = (i128::from(amount) * there + here / 2) / here;
    Quote {
        ours: amount,
        theirs: i64::try_from(worth).unwrap_or(i64::MAX).max(1),
        seconds: seconds_of(amount, ours),
    }
}
