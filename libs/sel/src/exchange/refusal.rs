//! Why an exchange is not recorded, or not answered.

use crate::amount;
use crate::limit::Beyond;
use crate::refusal::{Fact, Refused};
use chrono::NaiveDate;
use thiserror::Error;

#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Refusal {
    #[error("amount: {0}")]
    Amount(#[from] amount::Refusal),
    #[error("no label")]
    NoLabel,
    #[error("the label is too long")]
    LongLabel,
    #[error("not a date")]
    BadDate,
    #[error("in the future")]
    Future,
    #[error("too long ago")]
    TooOld,
    #[error("no other member")]
    NoMember,
    #[error("unknown member")]
    UnknownMember { typed: String },
    #[error("with oneself")]
    Oneself,
    #[error("the member has left")]
    HasLeft { first_name: String },
    #[error("no direction was chosen")]
    NoSide,
    #[error("the payer would fall below the floor")]
    BelowFloor(Beyond),
    #[error("the payee would rise above the ceiling")]
    AboveCeiling { first_name: String, beyond: Beyond },
    #[error("a limit of somebody whose balance is not shown")]
    LimitOf { first_name: String },
    /// Another exchange took what was left meanwhile: the database said no.
    #[error("a limit was reached meanwhile")]
    LimitReached,
    #[error("whoever enters it for the payer receives it")]
    ForOneself { first_name: String },
    #[error("several members match")]
    SeveralMembers,
    #[error("no reason")]
    NoReason,
    #[error("the reason is too long")]
    LongReason,
    #[error("not recorded, or undone already")]
    Undone,
    #[error("only the payer writes an exchange here")]
    PayerWrites,
    #[error("both share one account")]
    OneAccount,
    #[error("a dispute about it is open")]
    Disputed,
    #[error("an account was closed or joined meanwhile")]
    AccountChanged,
    #[error("the title is too long")]
    LongTitle,
    #[error("a sheet holds no more lines")]
    LongSheet,
    #[error("the number of the slip is too long")]
    LongSlip,
    /// A line of the same sheet says the same, or has the same slip.
    #[error("line {line} says the same")]
    SameLine { line: i64 },
    /// An exchange of the same two over the same amount stands already.
    #[error("one like it was recorded")]
    Alike(Alike),
    #[error("the actor does not speak for this member")]
    NotAllowed,
    #[error("it has ended already")]
    Ended,
    #[error("another exchange stands under the id of this form")]
    Known,
    #[error("it waits for nobody's answer, or for somebody else's")]
    NotYours,
    #[error("no SEL that trades with this one has this code")]
    NoAlly { code: String },
    #[error("unknown member of another SEL")]
    UnknownThere { typed: String, name: String },
    #[error("exchanges with this SEL are copied from paper")]
    OnPaper { name: String },
    #[error("the two SELs do not trade now")]
    NotAllied { name: String },
    #[error("less than the other's unit can show")]
    TooSmall { name: String },
    #[error("the SEL allows no more with that one")]
    OurCap { name: String, left: i64 },
    #[error("the other SEL allows no more with this one")]
    TheirCap { name: String },
    #[error("an hour is worth something else by now")]
    WorthChanged,
}

impl Refused for Refusal {
    fn key(&self) -> &'static str {
        match self {
            Refusal::Amount(amount) => amount.key(),
            Refusal::NoLabel => "refusal-label-empty",
            Refusal::LongLabel => "refusal-label-long",
            Refusal::BadDate => "refusal-date",
            Refusal::Future => "refusal-date-future",
            Refusal::TooOld => "refusal-date-old",
            Refusal::NoMember => "refusal-member-empty",
            Refusal::UnknownMember { .. } => "refusal-member-unknown",
            Refusal::Oneself => "refusal-member-oneself",
            Refusal::HasLeft { .. } => "refusal-member-left",
            Refusal::NoSide => "refusal-side-empty",
            Refusal::BelowFloor(_) => "refusal-below-floor",
            Refusal::AboveCeiling { .. } => "refusal-above-ceiling",
            Refusal::LimitOf { .. } => "refusal-limit-of",
            Refusal::LimitReached => "refusal-limit-reached",
            Refusal::ForOneself { .. } => "refusal-for-oneself",
            Refusal::SeveralMembers => "refusal-member-several",
            Refusal::NoReason => "refusal-reason-empty",
            Refusal::LongReason => "refusal-reason-long",
            Refusal::Undone => "refusal-exchange-undone",
            Refusal::PayerWrites => "refusal-payer-writes",
            Refusal::OneAccount => "refusal-one-account",
            Refusal::AccountChanged => "refusal-account-changed",
            Refusal::Disputed => "refusal-exchange-disputed",
            Refusal::LongTitle => "refusal-sheet-title",
            Refusal::LongSheet => "refusal-sheet-long",
            Refusal::LongSlip => "refusal-sheet-slip",
            Refusal::SameLine { .. } => "refusal-sheet-same",
            Refusal::Alike(alike) if alike.same_slip => "refusal-exchange-slip",
            Refusal::Alike(_) => "refusal-exchange-alike",
            Refusal::NotAllowed => "refusal-not-allowed",
            Refusal::Ended => "refusal-exchange-ended",
            Refusal::Known => "refusal-exchange-known",
            Refusal::NotYours => "refusal-exchange-not-yours",
            Refusal::NoAlly { .. } => "refusal-ally-none",
            Refusal::UnknownThere { .. } => "refusal-ally-member",
            Refusal::OnPaper { .. } => "refusal-ally-paper",
            Refusal::NotAllied { .. } => "refusal-ally-not-now",
            Refusal::TooSmall { .. } => "refusal-crossing-small",
            Refusal::OurCap { .. } => "refusal-cap-ours",
            Refusal::TheirCap { .. } => "refusal-cap-theirs",
            Refusal::WorthChanged => "refusal-worth-changed",
        }
    }

    fn field(&self) -> &'static str {
        match self {
            Refusal::Amount(_)
            | Refusal::BelowFloor(_)
            | Refusal::AboveCeiling { .. }
            | Refusal::LimitOf { .. }
            | Refusal::TooSmall { .. }
            | Refusal::OurCap { .. }
            | Refusal::TheirCap { .. }
            | Refusal::WorthChanged
            | Refusal::LimitReached => "amount",
            Refusal::NoLabel | Refusal::LongLabel => "label",
            Refusal::LongTitle => "title",
            Refusal::NoReason | Refusal::LongReason => "reason",
            Refusal::LongSlip => "slip",
            Refusal::SameLine { .. } | Refusal::Alike(_) => "another",
            Refusal::BadDate | Refusal::Future | Refusal::TooOld => "date",
            Refusal::NoMember
            | Refusal::UnknownMember { .. }
            | Refusal::Oneself
            | Refusal::SeveralMembers
            | Refusal::OneAccount
            | Refusal::ForOneself { .. }
            | Refusal::NoAlly { .. }
            | Refusal::UnknownThere { .. }
            | Refusal::OnPaper { .. }
            | Refusal::NotAllied { .. }
            | Refusal::HasLeft { .. } => "member",
            Refusal::NoSide | Refusal::PayerWrites => "side",
            Refusal::LongSheet
            | Refusal::Undone
            | Refusal::AccountChanged
            | Refusal::Disputed
            | Refusal::NotAllowed
            | Refusal::Ended
            | Refusal::Known
            | Refusal::NotYours => "",
        }
    }

    fn facts(&self) -> Vec<(&'static str, Fact)> {
        match self {
            Refusal::Amount(amount) => amount.facts(),
            Refusal::UnknownMember { typed } => vec![("typed", Fact::Text(typed.clone()))],
            Refusal::NoAlly { code } => vec![("code", Fact::Text(code.clone()))],
            Refusal::OurCap { name, left } => vec![
                ("name", Fact::Text(name.clone())),
                ("left", Fact::Units(*left)),
                ("any", Fact::Text(yes_or_no(*left > 0))),
            ],
            Refusal::UnknownThere { typed, name } => vec![
                ("typed", Fact::Text(typed.clone())),
                ("name", Fact::Text(name.clone())),
            ],
            Refusal::NotAllied { name: first_name }
            | Refusal::OnPaper { name: first_name }
            | Refusal::TooSmall { name: first_name }
            | Refusal::TheirCap { name: first_name }
            | Refusal::HasLeft { first_name }
            | Refusal::LimitOf { first_name }
            | Refusal::ForOneself { first_name } => {
                vec![("name", Fact::Text(first_name.clone()))]
            }
            Refusal::BelowFloor(beyond) => limit_facts(beyond),
            Refusal::AboveCeiling { first_name, beyond } => {
                let mut facts = limit_facts(beyond);
                facts.push(("name", Fact::Text(first_name.clone())));
                facts
            }
            Refusal::SameLine { line } => vec![("line", Fact::Count(*line))],
            Refusal::Alike(alike) => vec![
                ("day", Fact::Day(alike.done_on)),
                ("amount", Fact::Units(alike.amount)),
                ("label", Fact::Text(alike.label.clone())),
                ("slip", Fact::Text(alike.slip.clone().unwrap_or_default())),
            ],
            _ => Vec::new(),
        }
    }
}

/// An exchange that stands already, and may be the one that is being recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alike {
    pub done_on: NaiveDate,
    /// Minor units.
    pub amount: i64,
    pub label: String,
    pub slip: Option<String>,
    /// The number on the slip is the same, whatever else is.
    pub same_slip: bool,
}

pub(super) fn limit_facts(beyond: &Beyond) -> Vec<(&'static str, Fact)> {
    vec![
        ("reached", Fact::Units(beyond.reached)),
        ("limit", Fact::Units(beyond.limit)),
        ("pending", Fact::Text(yes_or_no(beyond.with_pending))),
    ]
}

/// What a sentence chooses its words by.
pub(super) fn yes_or_no(it: bool) -> String {
    if it { "yes" } else { "no" }.to_owned()
}
