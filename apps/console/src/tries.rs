//! How often one may try to come in, and what one may ask before one is in.

use crate::inside::Outside;
use chrono::TimeDelta;
use door::Trouble;
use sel::id::StaffId;
use sel::person::Email;

const WINDOW: TimeDelta = TimeDelta::minutes(15);
const DAY: TimeDelta = TimeDelta::days(1);
/// What a stranger may ask of this process in [`MINUTE`], from one origin and from around it: all
/// of them share few connections.
const ASKED: u32 = 120;
const ASKED_AROUND: u32 = 360;
const MINUTE: TimeDelta = TimeDelta::minutes(1);
/// Passwords within [`WINDOW`]: from one origin, from around it, of one address from one origin,
/// and of one address from anywhere.
const OF_AN_ORIGIN: u32 = 20;
const FROM_AROUND: u32 = 60;
const OF_BOTH: u32 = 10;
const OF_AN_ADDRESS: u32 = 100;
/// Wrong codes at the door of who knows the password, within [`WINDOW`] and in a day; and, by
/// themselves, those of who is inside. A key of a device is none.
const CODES: u32 = 10;
const CODES_A_DAY: u32 = 50;

/// Counts a request of somebody who may be a stranger, before anything is looked up.
pub(crate) fn of_asking(at: &Outside) -> Result<(), Trouble> {
    let (limiter, now) = (&at.house.limiter, at.visit.now);
    let [origin, around] = asking(at);
    let allowed = limiter.allows_here(&origin, ASKED, MINUTE, now)
        && limiter.allows_here(&around, ASKED_AROUND, MINUTE, now);
    if allowed {
        Ok(())
    } else {
        Err(Trouble::TooMany)
    }
}

/// Takes that back: it was somebody who is in.
pub(crate) fn forgive_asking(at: &Outside) {
    for key in asking(at) {
        at.house.limiter.forgive_here(&key);
    }
}

fn asking(at: &Outside) -> [String; 2] {
    [
        format!("console asked from {}", at.visit.origin),
        format!("console asked around {}", at.visit.around),
    ]
}

/// Counts a try to come in with this address. What is none is one and the same: whatever somebody
/// types, it is the key of nothing else.
pub(crate) async fn of_password(at: &Outside, typed: &str) -> Result<(), Trouble> {
    from_here(at, "password").await?;
    let email = Email::parse(typed);
    let address = email.as_ref().map_or("", Email::as_str);
    let both = format!("console address {address} from {}", at.visit.origin);
    at.house.count(&both, OF_BOTH, WINDOW).await?;
    let address = format!("console address {address}");
    at.house.count(&address, OF_AN_ADDRESS, WINDOW).await
}

/// Counts a question for a device, each of which is kept, or a link that is tried.
pub(crate) async fn from_here(at: &Outside, what: &str) -> Result<(), Trouble> {
    let origin = format!("console {what} from {}", at.visit.origin);
    at.house.count(&origin, OF_AN_ORIGIN, WINDOW).await?;
    let around = format!("console {what} around {}", at.visit.around);
    at.house.count(&around, FROM_AROUND, WINDOW).await
}

/// Whether another code of who knows this one's password is looked at.
pub(crate) async fn allows_code(at: &Outside, id: StaffId) -> bool {
    let (limiter, now) = (&at.house.limiter, at.visit.now);
    let [lately, today] = codes(id);
    limiter.allows(&lately, CODES, WINDOW, now).await
        && limiter.allows(&today, CODES_A_DAY, DAY, now).await
}

/// Takes that back: it was right.
pub(crate) async fn forgive_code(at: &Outside, id: StaffId) {
    for key in codes(id) {
        at.house.limiter.forgive(&key).await;
    }
}

fn codes(id: StaffId) -> [String; 2] {
    [
        format!("console code {id}"),
        format!("console code {id} in a day"),
    ]
}

/// Counts a code of somebody who is in.
pub(crate) async fn of_code_inside(at: &Outside, id: StaffId) -> Result<(), Trouble> {
    at.house.count(&inside(id), CODES, WINDOW).await
}

/// Takes that back: it was right, or something else was wrong.
pub(crate) async fn forgive_code_inside(at: &Outside, id: StaffId) {
    at.house.limiter.forgive(&inside(id)).await;
}

fn inside(id: StaffId) -> String {
    format!("console code inside {id}")
}
