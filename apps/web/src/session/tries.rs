//! How often one may try to come in, and to prove who one is.

use chrono::TimeDelta;
use desk::session::Login;
use door::{Absent, Guest, Trouble};
use sel::id::IdentityId;

/// Tries of one login from one origin, of one login from anywhere, of one origin, from around it,
/// and of passwords in one SEL, within [`WINDOW`]. Whoever tries somebody else's number keeps that
/// person out no longer than it takes many origins to do so; and whoever has many origins keeps out
/// those alone who have nothing but a password: links, devices and accounts elsewhere let in all
/// the while.
const OF_BOTH: u32 = 10;
const OF_A_LOGIN: u32 = 100;
const OF_AN_ORIGIN: u32 = 60;
const FROM_AROUND: u32 = 240;
const OF_A_SEL: u32 = 2_000;
/// Codes of one login, right or wrong. Only who gave the first proof can use them up.
const CODES: u32 = 20;
const ACCESSES_A_DAY: u32 = 30;
const WINDOW: TimeDelta = TimeDelta::minutes(15);

/// Under which key the tries of a login are counted: however it is typed, it is the same.
fn key(guest: &Guest, typed: &str) -> String {
    let login = match Login::parse(typed) {
        Ok(Login::Number(number)) => number.to_string(),
        Ok(Login::Email(email)) => email.chars().take(100).collect(),
        Err(_) => String::new(),
    };
    format!("login {} {login}", guest.association.slug)
}

fn both(guest: &Guest, key: &str) -> String {
    format!("{key} from {}", guest.visit.origin)
}

async fn count(guest: &Guest, key: &str) -> Result<(), Trouble> {
    let origin = format!("login from {}", guest.visit.origin);
    guest.count(&origin, OF_AN_ORIGIN, WINDOW).await?;
    let around = format!("login from around {}", guest.visit.around);
    guest.count(&around, FROM_AROUND, WINDOW).await?;
    guest.count(&both(guest, key), OF_BOTH, WINDOW).await?;
    guest.count(key, OF_A_LOGIN, WINDOW).await
}

/// Counts a password for this login.
pub(super) async fn of_password(guest: &Guest, typed: &str) -> Result<(), Trouble> {
    count(guest, &key(guest, typed)).await?;
    let here = format!("passwords in {}", guest.association.slug);
    guest.count(&here, OF_A_SEL, WINDOW).await
}

/// What follows success.
pub(super) async fn forget_password(guest: &Guest, typed: &str) {
    let key = key(guest, typed);
    guest.house.limiter.forget(&key).await;
    guest.house.limiter.forget(&both(guest, &key)).await;
}

/// Counts a link that is asked for this login.
pub(super) async fn of_link(guest: &Guest, typed: &str) -> Result<(), Trouble> {
    count(guest, &format!("link, {}", key(guest, typed))).await
}

/// Counts a login that begins by a question, to another server or a device: each is kept.
pub(crate) async fn of_question(guest: &Guest) -> Result<(), Trouble> {
    let key = format!("asked from {}", guest.visit.origin);
    guest.count(&key, OF_AN_ORIGIN, WINDOW).await
}

/// Counts a try of somebody who is logged in to prove that they are whose session it is.
pub(crate) async fn of_confirming(absent: &Absent, identity: IdentityId) -> Result<(), Trouble> {
    let key = confirming(identity);
    absent.guest.count(&key, OF_BOTH, WINDOW).await
}

/// What follows success.
pub(crate) async fn forget_confirming(absent: &Absent, identity: IdentityId) {
    let limiter = &absent.guest.house.limiter;
    limiter.forget(&confirming(identity)).await;
}

fn confirming(identity: IdentityId) -> String {
    format!("confirming {identity}")
}

/// Counts a code of this login, wherever it is typed; a right one is counted too.
pub(crate) async fn of_code(guest: &Guest, identity: IdentityId) -> Result<(), Trouble> {
    let key = format!("second {identity}");
    let counted = guest.count(&key, CODES, WINDOW).await;
    counted.map_err(|_| Trouble::TooManyCodes)
}

/// Counts a short code that somebody typed: it has eight letters.
pub(crate) async fn of_short_code(guest: &Guest) -> Result<(), Trouble> {
    let key = format!("code typed from {}", guest.visit.origin);
    guest.count(&key, OF_BOTH, WINDOW).await
}

/// Counts an access that this login gives to a program: each writes a letter.
pub(crate) async fn of_access(absent: &Absent, identity: IdentityId) -> Result<(), Trouble> {
    let key = format!("access given by {identity}");
    let day = TimeDelta::days(1);
    absent.guest.count(&key, ACCESSES_A_DAY, day).await
}
