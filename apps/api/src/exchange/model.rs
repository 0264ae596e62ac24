//! Exchanges as programs see them.

use crate::caller::Caller;
use crate::fail::Fail;
use crate::text::Text;
use chrono::{DateTime, NaiveDate, Utc};
use poem_openapi::payload::Json;
use poem_openapi::{ApiResponse, Enum, Object};
use sel::exchange::Side;
use sel::id::MemberId;
use sel::member::Right;
use uuid::Uuid;

/// The side of the member in whose name a program asks.
#[derive(Enum, Clone, Copy)]
#[oai(rename = "Side", rename_all = "lowercase")]
pub(super) enum Stands {
    /// Was helped, and gives the units.
    Giver,
    /// Helped, and receives the units.
    Receiver,
}

#[derive(Enum, Clone, Copy)]
#[oai(rename = "ExchangeState", rename_all = "lowercase")]
pub(super) enum State {
    /// It waits for somebody's word.
    Proposed,
    /// The units have moved.
    Recorded,
    /// They have moved back.
    Reversed,
    Refused,
    Cancelled,
    Expired,
}

#[derive(Object)]
pub(super) struct Party {
    pub(super) number: i32,
    pub(super) name: String,
}

/// Somebody helped somebody: whoever was helped gives units.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub(super) struct Exchange {
    pub(super) id: Uuid,
    pub(super) giver: Party,
    pub(super) receiver: Party,
    /// In the smallest part of the unit.
    pub(super) amount: i64,
    pub(super) label: String,
    pub(super) done_on: NaiveDate,
    pub(super) state: State,
    pub(super) proposed_at: DateTime<Utc>,
    /// Whose word it waits for; none where somebody in charge must allow it.
    pub(super) waits_for: Option<i32>,
    /// Until when.
    pub(super) expires_at: Option<DateTime<Utc>>,
    pub(super) slip: Option<String>,
}

#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub(super) struct Exchanges {
    pub(super) items: Vec<Exchange>,
    pub(super) next: Option<String>,
}

#[derive(Object)]
#[oai(deny_unknown_fields)]
pub(super) struct ExchangeProposal {
    /// Yours: the same again records nothing twice.
    pub(super) id: Uuid,
    pub(super) side: Stands,
    /// The number of the other member.
    #[oai(validator(minimum(value = "1")))]
    pub(super) other: i32,
    /// In the smallest part of the unit.
    #[oai(validator(minimum(value = "1"), maximum(value = "100000000")))]
    pub(super) amount: i64,
    #[oai(validator(min_length = 1, max_length = 200))]
    pub(super) label: Text,
    /// Today without it.
    pub(super) done_on: Option<NaiveDate>,
    /// The number of the member in whose name; without it, who gave access. Others need `rights`.
    #[oai(validator(minimum(value = "1")))]
    pub(super) in_name_of: Option<i32>,
}

#[derive(Enum, Clone, Copy)]
#[oai(rename = "Word", rename_all = "lowercase")]
pub(super) enum Word {
    Agree,
    Refuse,
    /// Whoever proposed it takes it back.
    Cancel,
}

#[derive(Object)]
#[oai(deny_unknown_fields)]
pub(super) struct ExchangeAnswer {
    pub(super) answer: Word,
    /// Why it is refused.
    #[oai(default, validator(max_length = 2000))]
    pub(super) reason: Text,
}

#[derive(ApiResponse)]
pub(super) enum Recorded {
    #[oai(status = 201)]
    Created(Json<Exchange>),
}

pub(super) fn told(caller: &Caller, it: &store::exchange::Exchange) -> Result<Exchange, Fail> {
    let state = match it {
        it if it.reversed_at.is_some() => State::Reversed,
        it if it.agreed_at.is_some() => State::Recorded,
        it if it.refused_at.is_some() => State::Refused,
        it if it.cancelled_at.is_some() => State::Cancelled,
        it if it.expired_at.is_some() => State::Expired,
        _ => State::Proposed,
    };
    let all = caller.actor()?.may(Right::EnterForOthers);
    let party = |id: MemberId, number, (first, last): (&str, &str)| -> Result<Party, Fail> {
        let name = if all {
            format!("{first} {last}").trim_end().to_owned()
        } else {
            caller.name_of(id, (first, last))?
        };
        Ok(Party { number, name })
    };
    let waits_for = it.asked().filter(|_| !it.has_ended());
    Ok(Exchange {
        id: it.id().0,
        giver: party(
            it.payer_id(),
            it.payer_number,
            (&it.payer_first, &it.payer_last),
        )?,
        receiver: party(
            it.payee_id(),
            it.payee_number,
            (&it.payee_first, &it.payee_last),
        )?,
        amount: it.amount,
        label: it.label.clone(),
        done_on: it.done_on,
        state,
        proposed_at: it.proposed_at,
        waits_for: waits_for.map(|side| match side {
            Side::Payer => it.payer_number,
            Side::Payee => it.payee_number,
        }),
        expires_at: it.expires_at.filter(|_| !it.has_ended()),
        slip: it.slip.clone(),
    })
}
