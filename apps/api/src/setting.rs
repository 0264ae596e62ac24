//! The rules that a SEL gave itself, for those who may change them. They are changed on its pages.

use crate::Tag;
use crate::caller::Key;
use crate::fail::Answer;
use crate::notice::model::Far;
use door::Trouble;
use poem_openapi::payload::Json;
use poem_openapi::{Enum, Object, OpenApi};
use sel::access::Permission;
use sel::association::{self, Rules};
use sel::limit::Policy;
use sel::member::{self, Right};

/// What happens beyond the limits.
#[derive(Enum)]
#[oai(rename = "LimitPolicy", rename_all = "lowercase")]
enum Beyond {
    /// One is told, and may go on.
    Warn,
    /// Somebody in charge must agree.
    Approve,
    Refuse,
}

/// Who sees balances.
#[derive(Enum)]
#[oai(rename_all = "lowercase")]
enum Audience {
    #[oai(rename = "self")]
    Oneself,
    Board,
    Members,
    /// All members, and how much each exchanged.
    Turnover,
    /// All members, and each exchange.
    Full,
}

/// Who lets newcomers in.
#[derive(Enum)]
#[oai(rename_all = "lowercase")]
enum Admission {
    Board,
    Members,
    /// Nobody needs to.
    Open,
}

#[derive(Enum)]
#[oai(rename_all = "lowercase")]
enum Outside {
    /// "Claire"
    First,
    /// "Claire A."
    Short,
    /// "Claire Aubert"
    Full,
}

/// How far balances may go, in the smallest part of the unit.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
struct Limits {
    /// No end where it is not there.
    floor: Option<i64>,
    ceiling: Option<i64>,
    beyond: Beyond,
}

/// What members see of each other.
#[derive(Object)]
struct Directory {
    last_names: bool,
    phones: bool,
    places: bool,
    emails: bool,
    /// What members of other SELs see of a name.
    outside: Outside,
}

/// How an exchange may be recorded.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
struct Ways {
    /// The word of who gives units alone records it; else both agree.
    payer_alone: bool,
    /// Who receives units may write it down, and the other agrees.
    payee_asks: bool,
    /// After so many days, silence is a yes; never where it is not there.
    agree_days: Option<i16>,
    /// Somebody entitled copies slips and sheets.
    slips: bool,
    /// Members may let others act in their name.
    proxies: bool,
    /// Within so many days, an exchange like another is asked about; 0 never asks.
    alike_days: i16,
    /// So many days a proposal waits for its answer.
    answer_days: i32,
}

#[derive(Object)]
struct Settings {
    limits: Limits,
    /// What newcomers receive.
    starting_credit: i64,
    balances_shown_to: Audience,
    directory: Directory,
    admission: Admission,
    /// So many days a notice stands.
    notice_days: i32,
    notice_reach: Far,
    /// Whether search engines are asked not to list what everybody may see.
    notices_unlisted: bool,
    /// Words that mean the same thing here, a line a thing.
    synonyms: Vec<String>,
    ways: Ways,
}

impl From<Rules> for Settings {
    fn from(it: Rules) -> Settings {
        Settings {
            limits: Limits {
                floor: it.limits.floor,
                ceiling: it.limits.ceiling,
                beyond: match it.limits.policy {
                    Policy::Warn => Beyond::Warn,
                    Policy::Approve => Beyond::Approve,
                    Policy::Refuse => Beyond::Refuse,
                },
            },
            starting_credit: it.starting_credit,
            balances_shown_to: match it.balances_shown_to {
                member::Audience::Oneself => Audience::Oneself,
                member::Audience::Board => Audience::Board,
                member::Audience::Members => Audience::Members,
                member::Audience::Turnover => Audience::Turnover,
                member::Audience::Full => Audience::Full,
            },
            directory: Directory {
                last_names: it.directory.last_names,
                phones: it.directory.phones,
                places: it.directory.places,
                emails: it.directory.emails,
                outside: match it.directory.outside {
                    member::Outside::First => Outside::First,
                    member::Outside::Short => Outside::Short,
                    member::Outside::Full => Outside::Full,
                },
            },
            admission: match it.admission {
                association::Admission::Board => Admission::Board,
                association::Admission::Members => Admission::Members,
                association::Admission::Open => Admission::Open,
            },
            notice_days: it.notice_days,
            notice_reach: it.notice_reach.into(),
            notices_unlisted: it.notices_unlisted,
            synonyms: it.synonyms,
            ways: Ways {
                payer_alone: it.ways.payer_alone,
                payee_asks: it.ways.payee_asks,
                agree_days: it.ways.agree_days,
                slips: it.ways.slips,
                proxies: it.ways.proxies,
                alike_days: it.ways.alike_days,
                answer_days: it.answer_days,
            },
        }
    }
}

pub(crate) struct Api;

#[OpenApi(tag = "Tag::Association")]
impl Api {
    /// The settings of this SEL
    ///
    /// Needs `rights`, and the right to change them.
    #[oai(path = "/settings", method = "get", operation_id = "settings")]
    async fn settings(&self, key: Key) -> Answer<Settings> {
        let caller = key.with(Permission::Rights)?;
        if !caller.actor()?.may(Right::Settings) {
            return Err(Trouble::NotAllowed.into());
        }
        Ok(Json(caller.rules.into()))
    }
}
