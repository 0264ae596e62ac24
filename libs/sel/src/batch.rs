//! What the board decides for many at once: a fee, a gift, pay for a task, a workshop, demurrage.

use crate::exchange;
use crate::id::MemberId;
use crate::member::{Actor, Right};
use crate::refusal::{Fact, Refused};
use crate::roll::{Entry, Roll};
use std::collections::{BTreeMap, BTreeSet};
use thiserror::Error;

/// Members of one batch.
pub const MEMBERS: usize = 2_000;

/// What it is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Each gives to an account of the SEL.
    Fee,
    /// Each receives from an account of the SEL.
    Gift,
    /// As a gift, for work that was done for all.
    Task,
    /// Each gives to the one who led it, or receives from them.
    Workshop,
    /// A part of what stands above a threshold goes to an account of the SEL.
    Demurrage,
}

impl Kind {
    pub const ALL: [Kind; 5] = [
        Kind::Fee,
        Kind::Gift,
        Kind::Task,
        Kind::Workshop,
        Kind::Demurrage,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Fee => "fee",
            Kind::Gift => "gift",
            Kind::Task => "task",
            Kind::Workshop => "workshop",
            Kind::Demurrage => "demurrage",
        }
    }

    pub fn parse(text: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.as_str() == text)
    }

    /// Whether the members of it receive; `leads` is whether the leader of a workshop gives.
    fn receives(self, leader_gives: bool) -> bool {
        match self {
            Kind::Gift | Kind::Task => true,
            Kind::Fee | Kind::Demurrage => false,
            Kind::Workshop => leader_gives,
        }
    }
}

/// Which account is on the other side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum With {
    Association,
    Solidarity,
    Member(MemberId),
}

#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Refusal {
    #[error("not theirs to do")]
    NotAllowed,
    #[error("nothing was chosen")]
    NoKind,
    #[error("{0}")]
    Exchange(#[from] exchange::Refusal),
    #[error("no leader: {0}")]
    Leader(exchange::Refusal),
    #[error("whoever decides it receives")]
    ForOneself,
    #[error("another movement stands under the id of this form")]
    Known,
    #[error("nobody took part")]
    NoParticipant,
    #[error("neither everybody nor somebody")]
    NoChoice,
    #[error("nobody is in it")]
    Nobody,
    #[error("{typed} is nobody")]
    Whom { typed: String },
    #[error("not between 1 and 50 hundredths")]
    Percent,
    #[error("the threshold is no amount")]
    Threshold,
    #[error("it has been undone")]
    Undone,
    #[error("what the page showed has changed")]
    Changed,
}

impl Refused for Refusal {
    fn key(&self) -> &'static str {
        match self {
            Refusal::NotAllowed => "refusal-not-allowed",
            Refusal::NoKind => "refusal-batch-kind",
            Refusal::Leader(exchange::Refusal::NoMember) => "refusal-batch-leader",
            Refusal::Exchange(why) | Refusal::Leader(why) => why.key(),
            Refusal::ForOneself => "refusal-batch-for-oneself",
            Refusal::Known => "refusal-exchange-known",
            Refusal::NoParticipant => "refusal-batch-participants",
            Refusal::NoChoice => "refusal-batch-who",
            Refusal::Nobody => "refusal-batch-nobody",
            Refusal::Whom { .. } => "refusal-batch-whom",
            Refusal::Percent => "refusal-batch-percent",
            Refusal::Threshold => "refusal-batch-threshold",
            Refusal::Undone => "refusal-batch-undone",
            Refusal::Changed => "refusal-batch-changed",
        }
    }

    fn field(&self) -> &'static str {
        match self {
            Refusal::NoKind => "kind",
            Refusal::Leader(_) => "leader",
            Refusal::Exchange(why) => why.field(),
            Refusal::NoChoice => "who",
            Refusal::NoParticipant | Refusal::Nobody | Refusal::Whom { .. } => "members",
            Refusal::Percent => "percent",
            Refusal::Threshold => "threshold",
            _ => "",
        }
    }

    fn facts(&self) -> Vec<(&'static str, Fact)> {
        match self {
            Refusal::Exchange(why) | Refusal::Leader(why) => why.facts(),
            Refusal::Whom { typed } => vec![("typed", Fact::Text(typed.clone()))],
            _ => Vec::new(),
        }
    }
}

/// How much each gives or receives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Share {
    /// Minor units, positive.
    Each(i64),
    /// Hundredths of what stands above a threshold, in minor units, rounded down.
    Above { percent: i64, threshold: i64 },
}

/// What is to be decided, read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    pub kind: Kind,
    pub with: With,
    pub leader_gives: bool,
    pub share: Share,
    pub label: String,
    /// Nobody named is everybody who is here.
    pub members: Vec<MemberId>,
}

/// A decision: these members give or receive so much. Only [`decide`] makes one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decided {
    pub kind: Kind,
    pub with: With,
    /// Whether the members receive.
    pub receives: bool,
    pub label: String,
    pub shares: Vec<(MemberId, i64)>,
    sealed: (),
}

impl Decided {
    pub fn total(&self) -> i64 {
        self.shares.iter().map(|(_, amount)| amount).sum()
    }
}

/// Who is meant by numbers or names, parted by commas or on lines of their own.
pub fn members(roll: &Roll, typed: &str) -> Result<Vec<MemberId>, Vec<Refusal>> {
    let mut found: BTreeMap<i32, MemberId> = BTreeMap::new();
    let mut wrong = Vec::new();
    let parts = typed.split([',', ';', '\n']).map(str::trim);
    for part in parts.filter(|part| !part.is_empty()).take(MEMBERS) {
        match roll.find(part) {
            Ok(entry) if !entry.has_left => {
                found.insert(entry.number, entry.member_id);
            }
            _ => wrong.push(Refusal::Whom {
                typed: part.to_owned(),
            }),
        }
    }
    if wrong.is_empty() {
        Ok(found.into_values().collect())
    } else {
        Err(wrong)
    }
}

/// Decides what each gives or receives.
pub fn decide(actor: &Actor, draft: &Draft, roll: &Roll) -> Result<Decided, Refusal> {
    if !actor.may(Right::EnterForOthers) {
        return Err(Refusal::NotAllowed);
    }
    let leader = match draft.with {
        With::Member(member) => roll.by_id(member).map(|entry| entry.account_id),
        _ => None,
    };
    let is_meant = |entry: &&Entry| {
        !entry.has_left
            && Some(entry.account_id) != leader
            && (draft.members.is_empty() || draft.members.contains(&entry.member_id))
    };
    if draft.kind == Kind::Workshop && draft.members.is_empty() {
        return Err(Refusal::NoParticipant);
    }
    // Whoever shares an account gives a part of it once.
    let mut counted = BTreeSet::new();
    let mut is_counted = |entry: &&Entry| match draft.share {
        Share::Each(_) => true,
        Share::Above { .. } => counted.insert(entry.account_id),
    };
    let shares: Vec<(MemberId, i64)> = roll
        .entries()
        .iter()
        .filter(is_meant)
        .filter(&mut is_counted)
        .map(|entry| (entry.member_id, share(draft.share, entry.standing.balance)))
        .filter(|(_, amount)| *amount > 0)
        .take(MEMBERS)
        .collect();
    if shares.is_empty() {
        return Err(Refusal::Nobody);
    }
    let receives = draft.kind.receives(draft.leader_gives);
    if gains(actor, draft, roll, receives) {
        return Err(Refusal::ForOneself);
    }
    Ok(Decided {
        kind: draft.kind,
        with: draft.with,
        receives,
        label: draft.label.clone(),
        shares,
        sealed: (),
    })
}

/// Whether the one who decides receives by it, other than everybody does.
fn gains(actor: &Actor, draft: &Draft, roll: &Roll, receives: bool) -> bool {
    let account = |member| roll.by_id(member).map(|entry| entry.account_id);
    let mine = account(actor.member_id);
    let leads = matches!(draft.with, With::Member(member) if account(member) == mine);
    let is_named = draft.members.iter().any(|member| account(*member) == mine);
    (leads && !receives) || (is_named && receives)
}

fn share(share: Share, balance: i64) -> i64 {
    match share {
        Share::Each(amount) => amount,
        Share::Above { percent, threshold } => (balance - threshold).max(0) * percent / 100,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::{AccountId, AssociationId};
    use crate::limit::Standing;
    use uuid::Uuid;

    fn member(number: i32) -> MemberId {
        MemberId(Uuid::from_u128(number.unsigned_abs().into()))
    }

    fn roll() -> Roll {
        let entry = |(number, balance): (i32, i64)| Entry {
            member_id: member(number),
            account_id: AccountId(member(number).0),
            number,
            first_name: format!("Nom{number}"),
            last_name: String::new(),
            has_left: number == 4,
            has_email: true,
            standing: Standing {
                balance,
                ..Standing::default()
            },
        };
        Roll::of([(1, 350), (2, -90), (3, 101), (4, 900)].map(entry).to_vec())
    }

    #[test]
    fn who_shares_an_account_gives_a_part_of_it_once() {
        let mut entries = roll().entries().to_vec();
        entries[2].account_id = entries[0].account_id;
        entries[2].standing = entries[0].standing;
        let share = Share::Above {
            percent: 10,
            threshold: 0,
        };
        let draft = draft(Kind::Demurrage, share);
        let rights = &[Right::EnterForOthers];
        let done = decide(&desk(rights), &draft, &Roll::of(entries)).unwrap();
        assert_eq!(done.shares, vec![(member(1), 35)]);
    }

    fn desk(rights: &[Right]) -> Actor {
        Actor {
            association_id: AssociationId(Uuid::nil()),
            member_id: member(1),
            rights: rights.to_vec(),
            helped: Vec::new(),
        }
    }

    fn draft(kind: Kind, share: Share) -> Draft {
        Draft {
            kind,
            with: With::Association,
            leader_gives: false,
            share,
            label: "Cotisation".into(),
            members: Vec::new(),
        }
    }

    fn decided(draft: &Draft) -> Result<Decided, Refusal> {
        decide(&desk(&[Right::EnterForOthers]), draft, &roll())
    }

    #[test]
    fn a_fee_is_given_by_everybody_who_is_here_and_a_gift_received() {
        let fee = decided(&draft(Kind::Fee, Share::Each(60))).unwrap();
        assert!(!fee.receives);
        assert_eq!((fee.shares.len(), fee.total()), (3, 180));
        assert!(
            decided(&draft(Kind::Gift, Share::Each(60)))
                .unwrap()
                .receives
        );
        let nobody = decide(&desk(&[]), &draft(Kind::Fee, Share::Each(1)), &roll());
        assert_eq!(nobody, Err(Refusal::NotAllowed));
    }

    #[test]
    fn demurrage_takes_a_part_of_what_stands_above_and_never_more() {
        let share = Share::Above {
            percent: 2,
            threshold: 100,
        };
        let it = decided(&draft(Kind::Demurrage, share)).unwrap();
        // 2 % of 250 is 5; 2 % of 1 is nothing; below the threshold nobody gives.
        assert_eq!(it.shares, [(member(1), 5)]);
    }

    #[test]
    fn a_workshop_names_who_was_there_and_leaves_out_who_led_it() {
        let mut it = draft(Kind::Workshop, Share::Each(30));
        it.with = With::Member(member(2));
        assert_eq!(decided(&it), Err(Refusal::NoParticipant));
        it.members = vec![member(1), member(2), member(3)];
        let done = decided(&it).unwrap();
        assert_eq!(done.shares, [(member(1), 30), (member(3), 30)]);
        assert!(!done.receives);
        it.leader_gives = true;
        assert_eq!(decided(&it), Err(Refusal::ForOneself));
        it.members = vec![member(3)];
        assert!(decided(&it).unwrap().receives);
        it.with = With::Member(member(1));
        it.leader_gives = false;
        assert_eq!(decided(&it), Err(Refusal::ForOneself));
    }

    #[test]
    fn members_are_named_by_number_or_name_once_each() {
        let found = members(&roll(), "1, nom3\n1;").unwrap();
        assert_eq!(found, [member(1), member(3)]);
        assert_eq!(members(&roll(), "").unwrap(), []);
        let wrong = members(&roll(), "77, 4, 1").unwrap_err();
        assert_eq!(wrong.len(), 2);
    }
}
