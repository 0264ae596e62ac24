//! Offers and wants: what may be published, for how long, and by whom it may be changed.

use crate::association::Rules;
use crate::exchange::Side;
use crate::id::{CategoryId, MemberId, NoticeId};
use crate::member::{Actor, Right};
use chrono::{DateTime, Days, Utc};

mod reach;
mod refusal;

pub use reach::Reach;
pub use refusal::Refusal;

pub const TITLE_LETTERS: usize = 80;
pub const BODY_LETTERS: usize = 2000;
pub const PHOTOS: usize = 3;
pub const DAYS: std::ops::RangeInclusive<i64> = 1..=730;
/// In the place of days: until the day that a notice has already.
pub const SAME_DAY: &str = "inchange";

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    Offer,
    Want,
}

impl Kind {
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Offer => "offer",
            Kind::Want => "want",
        }
    }

    /// On which side of an exchange about it stands whoever wrote it, or answers: who offers
    /// receives the units.
    pub fn side(self, wrote: bool) -> Side {
        match (self, wrote) {
            (Kind::Offer, true) | (Kind::Want, false) => Side::Payee,
            (Kind::Offer, false) | (Kind::Want, true) => Side::Payer,
        }
    }

    pub fn parse(text: &str) -> Option<Kind> {
        match text {
            "offer" => Some(Kind::Offer),
            "want" => Some(Kind::Want),
            _ => None,
        }
    }
}

/// What is asked in return. Amounts are in minor units, positive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Price {
    Fixed(i64),
    Hourly(i64),
    Discuss,
    Gift,
}

impl Price {
    /// As the database keeps it.
    pub fn parts(self) -> (&'static str, Option<i64>) {
        match self {
            Price::Fixed(units) => ("fixed", Some(units)),
            Price::Hourly(units) => ("hourly", Some(units)),
            Price::Discuss => ("discuss", None),
            Price::Gift => ("gift", None),
        }
    }

    pub fn from_parts(mode: &str, units: Option<i64>) -> Price {
        match (mode, units) {
            ("fixed", Some(units)) => Price::Fixed(units),
            ("hourly", Some(units)) => Price::Hourly(units),
            ("gift", _) => Price::Gift,
            _ => Price::Discuss,
        }
    }
}

/// What the form says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    pub kind: String,
    pub title: String,
    pub body: String,
    pub units_mode: String,
    pub units: String,
    pub urgent: bool,
    /// Days from now, or [`SAME_DAY`]; empty for what the SEL has set.
    pub days: String,
    /// How far it goes, where that was asked.
    pub reach: Option<Reach>,
}

/// A notice that may be published. Only [`publish`] makes one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    pub notice_id: NoticeId,
    pub member_id: MemberId,
    pub kind: Kind,
    pub category_id: CategoryId,
    pub title: String,
    pub body: String,
    pub price: Price,
    pub urgent: bool,
    pub expires_at: DateTime<Utc>,
    /// None where it was not asked: a notice that is there goes as far as before.
    pub reach: Option<Reach>,
    sealed: (),
}

impl Published {
    /// The same, until then.
    pub fn until(self, expires_at: DateTime<Utc>) -> Published {
        Published { expires_at, ..self }
    }
}

/// Decides whether `actor` may publish this in the name of `member`. All that is wrong is said.
pub fn publish(
    notice_id: NoticeId,
    draft: &Draft,
    category: Option<CategoryId>,
    actor: &Actor,
    member: MemberId,
    rules: &Rules,
    now: DateTime<Utc>,
) -> Result<Published, Vec<Refusal>> {
    if !actor.speaks_for(member) {
        return Err(vec![Refusal::NotAllowed]);
    }
    let kind = Kind::parse(&draft.kind).ok_or(Refusal::NoKind);
    let category = category.ok_or(Refusal::NoCategory);
    let title = title(&draft.title);
    let body = body(&draft.body);
    let price = price(draft, rules);
    let days = days(&draft.days, rules);
    match (kind, category, title, body, price, days) {
        (Ok(kind), Ok(category_id), Ok(title), Ok(body), Ok(price), Ok(days)) => Ok(Published {
            notice_id,
            member_id: member,
            kind,
            category_id,
            title,
            body,
            price,
            urgent: draft.urgent,
            expires_at: now + days,
            reach: draft.reach.map(|reach| reach.min(rules.notice_reach)),
            sealed: (),
        }),
        (kind, category, title, body, price, days) => Err([
            kind.err(),
            category.err(),
            title.err(),
            body.err(),
            price.err(),
            days.err(),
        ]
        .into_iter()
        .flatten()
        .collect()),
    }
}

fn title(typed: &str) -> Result<String, Refusal> {
    let title = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    match title.chars().count() {
        0 => Err(Refusal::NoTitle),
        letters if letters > TITLE_LETTERS => Err(Refusal::LongTitle { letters }),
        _ => Ok(title),
    }
}

fn body(typed: &str) -> Result<String, Refusal> {
    let body = typed.trim().replace("\r\n", "\n");
    match body.chars().count() {
        letters if letters > BODY_LETTERS => Err(Refusal::LongBody { letters }),
        _ => Ok(body),
    }
}

fn price(draft: &Draft, rules: &Rules) -> Result<Price, Refusal> {
    let units = || rules.unit.parse(&draft.units).map_err(Refusal::Units);
    match draft.units_mode.as_str() {
        "fixed" => units().map(Price::Fixed),
        "hourly" => units().map(Price::Hourly),
        // An amount that was typed is meant: it is not dropped without a word.
        "discuss" | "gift" if !draft.units.trim().is_empty() => Err(Refusal::UnitsNotCounted),
        "discuss" => Ok(Price::Discuss),
        "gift" => Ok(Price::Gift),
        _ => Err(Refusal::NoUnitsMode),
    }
}

fn days(typed: &str, rules: &Rules) -> Result<Days, Refusal> {
    let days = match typed.trim() {
        "" | SAME_DAY => i64::from(rules.notice_days),
        typed => typed.parse().map_err(|_| Refusal::BadDays)?,
    };
    if !DAYS.contains(&days) {
        return Err(Refusal::BadDays);
    }
    Ok(Days::new(days.unsigned_abs()))
}

/// What can be done to a notice that is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    Renew,
    Pause,
    Resume,
    Close,
    Reopen,
}

impl Change {
    /// The event that tells it.
    pub fn event(self) -> &'static str {
        match self {
            Change::Renew => "notice_renewed",
            Change::Pause => "notice_paused",
            Change::Resume => "notice_resumed",
            Change::Close => "notice_closed",
            Change::Reopen => "notice_reopened",
        }
    }
}

/// Whose a notice is, as the rules need to know it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    pub author: MemberId,
    /// Whether somebody who watches over the notices took it away.
    pub withdrawn: bool,
}

/// Whether `actor` may change a notice: the author, who enters for others, and, to close it only,
/// who watches over the notices. What these took away, they alone bring back.
pub fn may_change(actor: &Actor, notice: Standing, change: Option<Change>) -> bool {
    let watches = matches!(change, Some(Change::Close | Change::Reopen));
    let speaks = actor.speaks_for(notice.author) && !notice.withdrawn;
    speaks || (watches && actor.may(Right::Notices))
}

/// What a change does to a notice as it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    Changes,
    /// It stands so already: the button was pressed twice, or somebody else was quicker.
    Already,
    /// A closed notice is reopened first.
    Impossible,
}

/// What a change does to a notice that is paused or closed, or neither.
pub fn effect(change: Change, is_paused: bool, is_closed: bool) -> Effect {
    let is_there = match change {
        Change::Renew => false,
        Change::Pause => is_paused,
        Change::Resume => !is_paused,
        Change::Close => is_closed,
        Change::Reopen => !is_closed,
    };
    if is_closed && !matches!(change, Change::Close | Change::Reopen) {
        Effect::Impossible
    } else if is_there {
        Effect::Already
    } else {
        Effect::Changes
    }
}

/// Whether `actor`, who closes a notice, does so as one who watches over them.
pub fn withdraws(actor: &Actor, author: MemberId) -> bool {
    actor.member_id != author && actor.may(Right::Notices)
}

#[cfg(test)]
#[path = "notice_tests.rs"]
mod tests;
