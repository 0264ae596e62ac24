//! Exchanges for the tests of other use cases.

use crate::town::{Town, now};
use crate::{Halt, Outcome, fresh};
use sel::exchange::{Draft, Side};
use sel::id::{ExchangeId, MemberId};

pub(crate) fn draft(side: Side, amount: i64) -> Draft {
    Draft {
        exchange_id: ExchangeId(fresh::id(now())),
        side,
        amount,
        label: "repassage".into(),
        done_on: now().date_naive(),
        notice_id: None,
        category_id: None,
    }
}

/// An exchange that is posted.
pub(crate) async fn paid(town: &Town, payer: MemberId, payee: MemberId, amount: i64) -> ExchangeId {
    town.record((payer, &[]), payer, payee, &draft(Side::Payer, amount))
        .await
        .unwrap()
        .exchange_id
}

pub(crate) fn refusal<T: std::fmt::Debug, R>(outcome: Outcome<T, R>) -> R {
    match outcome {
        Err(Halt::Refused(refusal)) => refusal,
        Err(Halt::Failed(error)) => panic!("{error}"),
        Ok(done) => panic!("{done:?}"),
    }
}
