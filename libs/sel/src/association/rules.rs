//! The rules a SEL gives itself, and those that a new one starts with.

use crate::amount::Unit;
use crate::limit::{Limits, Policy};
use crate::member::{Audience, Directory};

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
    /// How long a proposed exchange waits for its answer, in days.
    pub answer_days: i32,
    /// Within so many days, an exchange like another is asked about; 0 never asks.
    pub alike_days: i16,
    /// The next step of the guided start; 5 when it is done.
    pub setup_step: i16,
}

impl Rules {
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
            },
            admission: Admission::Board,
            notice_days: 365,
            answer_days: 30,
            alike_days: 7,
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
