//! Exchanges with members of other SELs, as lines of the month.

use super::Line;
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
    let words = present.words();
    let crossing = &it.crossing;
    let zone = &present.guest.association.time_zone;
    let day = words.local_day(crossing.proposed_at, zone);
    let own = it
        .writer()
        .is_none_or(|(number, _)| number == crossing.member_number);
    let by = match it.writer() {
        Some((number, first)) => format!("{first} n°\u{a0}{number}"),
        None => crossing.other_sel.clone(),
    };
    let names = [
        ("by", by.into()),
        ("name", (&crossing.member_first).into()),
        ("day", words.short_day(day).into()),
    ];
    let key = if own { "ledger-by" } else { "ledger-by-for" };
    let slip = crossing.slip.as_ref();
    let slip = slip.map(|slip| words.say_with("exchange-slip", &[("slip", slip.into())]));
    [Some(words.say_with(key, &names)), slip]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" · ")
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
