//! Exchanges with members of other SELs, as lines of the month.

use super::{Line, noted, numbered, on_slip};
use crate::crossing::{said, state};
use door::Present;
use sel::alliance::named;
use sel::exchange::Side;
use store::crossing::Reviewed;

pub(super) fn line(present: &Present, it: &Reviewed) -> Line {
    let crossing = &it.crossing;
    Line {
        href: format!("/echanges/ailleurs/{}", crossing.id()),
        said: said(present, crossing),
        state: state(present.words(), crossing, false),
        written: written(present, it),
    }
}

/// Who wrote it down, for whom, when; or in which SEL, where it was not here.
fn written(present: &Present, it: &Reviewed) -> String {
    let crossing = &it.crossing;
    let (by, whom) = match it.writer() {
        Some((number, first)) => {
            let other = number != crossing.member_number;
            (
                numbered(first, number),
                other.then_some(&crossing.member_first),
            )
        }
        None => (crossing.other_sel.clone(), None),
    };
    let noted = noted(present, by, whom, crossing.proposed_at);
    match on_slip(present, crossing.slip.as_deref()) {
        Some(slip) => format!("{noted} · {slip}"),
        None => noted,
    }
}

/// The same as a row of the file.
pub(super) fn row(present: &Present, it: &Reviewed) -> Vec<String> {
    let crossing = &it.crossing;
    let own_code = &present.guest.association.code;
    let own = named(own_code, Some(crossing.member_number));
    let (payer, payee) = match crossing.side() {
        Side::Payer => (own, crossing.reference()),
        Side::Payee => (crossing.reference(), own),
    };
    vec![
        crossing.done_on.to_string(),
        payer,
        payee,
        present.rules.unit.plain(crossing.amount),
        crossing.label.clone(),
        state(present.words(), crossing, false),
        written(present, it),
        crossing.slip.clone().unwrap_or_default(),
        String::new(),
    ]
}
