//! A crossing in words: who gives what to whom for what.

use super::reference;
use crate::exchange::numbered;
use askama::filters::Safe;
use chrono::NaiveDate;
use door::Present;
use sel::crossing::Proposed;
use sel::exchange::Side;
use store::alliance::Alliance;
use store::crossing::Crossing;
use store::member::Member;
use words::Words;

pub(super) fn said_before(
    present: &Present,
    mine: &Member,
    proposed: &Proposed,
    alliance: &Alliance,
) -> Safe<String> {
    let shown = Shown {
        words: present.words(),
        today: present.guest.today(),
        own: numbered(present, mine),
        other: outsider(
            &proposed.other.name,
            &reference(proposed, alliance),
            &alliance.name,
        ),
        side: proposed.draft.side,
        amount: present.rules.unit.amount(proposed.quote.ours),
        theirs: (proposed.per_hour != proposed.their_per_hour)
            .then(|| alliance.unit().amount(proposed.quote.theirs)),
        label: &proposed.draft.label,
        done_on: proposed.draft.done_on,
        asks: false,
    };
    shown.say()
}

/// "MARS-0042", read in one piece.
pub(crate) fn whole(reference: &str) -> String {
    reference.replace('-', "\u{2011}")
}

/// "Bob (MARS-0042, SEL de Mars)".
pub(super) fn outsider(name: &str, reference: &str, sel: &str) -> String {
    format!("{name} ({}, {sel})", whole(reference))
}

/// An exchange with a member of another SEL, in words.
struct Shown<'a> {
    words: Words,
    today: NaiveDate,
    own: String,
    other: String,
    side: Side,
    amount: String,
    /// In their unit, where an hour is worth something else there.
    theirs: Option<String>,
    label: &'a str,
    done_on: NaiveDate,
    /// Whether our member reads it, and is asked.
    asks: bool,
}

impl Shown<'_> {
    fn say(self) -> Safe<String> {
        let (payer, payee) = match self.side {
            Side::Payer => (self.own, self.other),
            Side::Payee => (self.other, self.own),
        };
        let key = match (self.side, self.theirs.is_some(), self.asks) {
            (Side::Payer, false, true) => "exchange-said-you",
            (Side::Payee, false, true) => "exchange-said-you-receive",
            (_, false, false) => "exchange-said",
            (Side::Payer, true, true) => "crossing-said-you",
            (Side::Payee, true, true) => "crossing-said-you-receive",
            (Side::Payer, true, false) => "crossing-said-payer",
            (Side::Payee, true, false) => "crossing-said-payee",
        };
        let names = [
            ("payer", payer),
            ("payee", payee),
            ("amount", self.amount),
            ("theirs", self.theirs.unwrap_or_default()),
            ("label", self.label.to_owned()),
            ("day", self.words.near_day(self.done_on, self.today)),
        ];
        door::frame::marked(self.words, key, &names)
    }
}

/// A crossing as a sentence, payer first.
pub(crate) fn said(present: &Present, it: &Crossing) -> Safe<String> {
    let all = !present.member.rights().is_empty();
    let name = crate::member::shown_name(all, &present.rules, &it.member_first, &it.member_last);
    let asks = !it.has_ended() && it.answered_here && it.member_id() == present.member.id();
    told(
        (present.words(), present.guest.today()),
        format!("{name} (n°\u{a0}{})", it.member_number),
        &present.rules.unit,
        it,
        asks,
    )
}

pub(super) fn told(
    (words, today): (Words, NaiveDate),
    own: String,
    unit: &sel::amount::Unit,
    it: &Crossing,
    asks: bool,
) -> Safe<String> {
    let shown = Shown {
        words,
        today,
        own,
        other: outsider(&it.other_name, &it.reference(), &it.other_sel),
        side: it.side(),
        amount: unit.amount(it.amount),
        theirs: it.in_their_unit(),
        label: &it.label,
        done_on: it.done_on,
        asks,
    };
    shown.say()
}
