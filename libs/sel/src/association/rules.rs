//! The rules a SEL gives itself, and those that a new one starts with.

use crate::amount::Unit;
use crate::id::MemberId;
use crate::limit::{Limits, Policy};
use crate::member::{Actor, Audience, Directory, Outside};
use crate::notice::Reach;

/// Who lets newcomers in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Admission {
    /// Those of the board who hold the right.
    Board,
    /// Any member may accept.
    Members,
    /// Nobody needs to.
    Open,
}

impl Admission {
    pub const ALL: [Admission; 3] = [Admission::Board, Admission::Members, Admission::Open];

    pub fn as_str(self) -> &'static str {
        match self {
            Admission::Board => "board",
            Admission::Members => "members",
            Admission::Open => "open",
        }
    }

    pub fn parse(text: &str) -> Option<Admission> {
        Admission::ALL
            .into_iter()
            .find(|admission| admission.as_str() == text)
    }
}

/// The rules of a SEL. Amounts are in minor units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rules {
    pub unit: Unit,
    pub limits: Limits,
    pub starting_credit: i64,
    pub balances_shown_to: Audience,
    pub directory: Directory,
    pub admission: Admission,
    /// How long a notice stands, in days.
    pub notice_days: i32,
    /// How far its notices may go.
    pub notice_reach: Reach,
    /// Whether search engines are asked not to list what everybody may see.
    pub notices_unlisted: bool,
    /// Words that mean the same thing here, a line a thing: see [`synonyms`](super::synonyms).
    pub synonyms: Vec<String>,
    /// How long a proposed exchange waits for its answer, in days.
    pub answer_days: i32,
    pub ways: Ways,
    /// The next step of the guided start; 5 when it is done.
    pub setup_step: i16,
}

/// In which ways an exchange may be recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ways {
    /// The payer's word alone posts it; otherwise the payee confirms.
    pub payer_alone: bool,
    /// The payee may write it down, and the payer confirms.
    pub payee_asks: bool,
    /// After so many days without an answer it is agreed to; never where there are none.
    pub agree_days: Option<i16>,
    /// Somebody entitled copies slips and sheets of others.
    pub slips: bool,
    /// A member may let another act in their name.
    pub proxies: bool,
    /// Within so many days, an exchange like another is asked about; 0 never asks.
    pub alike_days: i16,
}

impl Ways {
    pub const USUAL: Ways = Ways {
        payer_alone: true,
        payee_asks: true,
        agree_days: None,
        slips: true,
        proxies: true,
        alike_days: 7,
    };
    /// What a SEL chooses from, for how long an answer is waited for before none is a yes.
    pub const AGREE_DAYS: [i16; 4] = [10, 14, 15, 30];
}

/// What of a member somebody may read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Visible {
    pub last_name: bool,
    pub place: bool,
    pub phone: bool,
    pub email: bool,
    pub balance: bool,
}

impl Visible {
    /// What nobody in particular may read.
    pub const NOTHING: Visible = Visible {
        last_name: false,
        place: false,
        phone: false,
        email: false,
        balance: false,
    };
}

impl Rules {
    /// What `actor` may read of `member`: all of themselves, and, for who holds a right, of
    /// everybody.
    pub fn visible(&self, actor: &Actor, member: MemberId) -> Visible {
        let all = actor.member_id == member || actor.sits_on_the_board();
        let it = self.directory;
        Visible {
            last_name: all || it.last_names,
            place: all || it.places,
            phone: all || it.phones,
            email: all || it.emails,
            balance: self.balances_shown_to.includes(actor, member),
        }
    }

    /// The rules that a new SEL starts with.
    pub fn usual(unit: Unit) -> Rules {
        Rules {
            limits: Limits {
                floor: Some(default_floor(&unit)),
                ceiling: None,
                policy: Policy::Warn,
            },
            unit,
            starting_credit: 0,
            balances_shown_to: Audience::Members,
            directory: Directory {
                last_names: true,
                phones: true,
                places: true,
                emails: false,
                outside: Outside::First,
            },
            admission: Admission::Board,
            notice_days: 365,
            notice_reach: Reach::Allies,
            notices_unlisted: false,
            synonyms: Vec::new(),
            answer_days: 30,
            ways: Ways::USUAL,
            setup_step: 1,
        }
    }
}

/// Hours of the default floor: 33 h 20, so 2,000 where an hour is worth 60.
pub const FLOOR_HOURS: (i64, i64) = (100, 3);

/// The floor that a new SEL starts with, in minor units of its unit: 33 h 20 below zero, so that
/// the first exchanges can happen.
pub fn default_floor(unit: &Unit) -> i64 {
    -(unit.hour() * FLOOR_HOURS.0 / FLOOR_HOURS.1)
}
