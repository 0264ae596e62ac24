//! Access for programs: what a member lets a program do in their name, and until when.

use crate::member::Actor;
use crate::refusal::{Fact, Refused};
use chrono::{DateTime, Days, Utc};
use thiserror::Error;

pub const NAME_LETTERS: usize = 60;
/// How long an access may last, in days.
pub const DAYS: [u64; 4] = [7, 30, 90, 365];
/// Accesses of one member that last.
pub const MANY: i64 = 20;

/// What a program may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Permission {
    /// Read notices, and search them.
    Notices,
    /// Publish, change and close notices.
    Publish,
    /// Read the directory.
    Members,
    /// Read the balance, the statement and the exchanges.
    Account,
    /// Record exchanges and answer them.
    Exchanges,
    /// Use the member's rights in the SEL, and act for those who gave them a mandate.
    Rights,
}

impl Permission {
    pub const ALL: [Permission; 6] = [
        Permission::Notices,
        Permission::Publish,
        Permission::Members,
        Permission::Account,
        Permission::Exchanges,
        Permission::Rights,
    ];

    /// As programs and the database name it.
    pub fn as_str(self) -> &'static str {
        match self {
            Permission::Notices => "notices.read",
            Permission::Publish => "notices.write",
            Permission::Members => "members.read",
            Permission::Account => "account.read",
            Permission::Exchanges => "exchanges.write",
            Permission::Rights => "rights",
        }
    }

    pub fn parse(text: &str) -> Option<Permission> {
        Permission::ALL.into_iter().find(|it| it.as_str() == text)
    }
}

/// The one who acts through a program: with their rights and mandates, or with none of them. Who
/// holds no right sees no more than any member.
pub fn acting(actor: Actor, permissions: &[Permission]) -> Actor {
    if permissions.contains(&Permission::Rights) {
        return actor;
    }
    Actor {
        rights: Vec::new(),
        helped: Vec::new(),
        ..actor
    }
}

/// What this member may let a program do: nobody lends rights or mandates that they do not have.
pub fn offered(actor: &Actor) -> Vec<Permission> {
    let has_some = !actor.rights.is_empty() || !actor.helped.is_empty();
    let all = Permission::ALL.into_iter();
    all.filter(|it| *it != Permission::Rights || has_some)
        .collect()
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Refusal {
    #[error("it has no name")]
    NoName,
    #[error("the name has {letters} letters")]
    LongName { letters: usize },
    #[error("nothing is allowed")]
    Nothing,
    #[error("so many days are no choice")]
    Days,
    #[error("there are many already")]
    Many,
}

impl Refused for Refusal {
    fn key(&self) -> &'static str {
        match self {
            Refusal::NoName => "refusal-access-no-name",
            Refusal::LongName { .. } => "refusal-access-long-name",
            Refusal::Nothing => "refusal-access-nothing",
            Refusal::Days => "refusal-access-days",
            Refusal::Many => "refusal-access-many",
        }
    }

    fn field(&self) -> &'static str {
        match self {
            Refusal::NoName | Refusal::LongName { .. } => "name",
            Refusal::Nothing => "permissions",
            Refusal::Days => "days",
            Refusal::Many => "",
        }
    }

    fn facts(&self) -> Vec<(&'static str, Fact)> {
        match self {
            Refusal::LongName { letters } => {
                let letters = i64::try_from(*letters).unwrap_or(i64::MAX);
                vec![("letters", Fact::Count(letters))]
            }
            _ => Vec::new(),
        }
    }
}

/// An access that may be given. Only [`give`] makes one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    pub name: String,
    pub permissions: Vec<Permission>,
    pub expires_at: DateTime<Utc>,
    sealed: (),
}

/// Decides whether a member who has `count` accesses already may give this one. All that is wrong
/// is said; what they may not lend is not lent.
pub fn give(
    actor: &Actor,
    name: &str,
    permissions: &[Permission],
    days: u64,
    count: i64,
    now: DateTime<Utc>,
) -> Result<Given, Vec<Refusal>> {
    let offered = offered(actor);
    let permissions = permissions.iter().filter(|it| offered.contains(it));
    let permissions: Vec<Permission> = permissions.copied().collect();
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let letters = name.chars().count();
    let wrong = [
        (name.is_empty()).then_some(Refusal::NoName),
        (letters > NAME_LETTERS).then_some(Refusal::LongName { letters }),
        permissions.is_empty().then_some(Refusal::Nothing),
        (!DAYS.contains(&days)).then_some(Refusal::Days),
        (count >= MANY).then_some(Refusal::Many),
    ];
    let wrong: Vec<Refusal> = wrong.into_iter().flatten().collect();
    if !wrong.is_empty() {
        return Err(wrong);
    }
    Ok(Given {
        name,
        permissions,
        expires_at: now + Days::new(days),
        sealed: (),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::{AssociationId, MemberId};
    use crate::member::Right;
    use uuid::Uuid;

    fn now() -> DateTime<Utc> {
        "2026-06-15T08:00:00Z".parse().unwrap()
    }

    fn actor(rights: &[Right], helped: &[u128]) -> Actor {
        Actor {
            association_id: AssociationId(Uuid::from_u128(2)),
            member_id: MemberId(Uuid::from_u128(1)),
            rights: rights.to_vec(),
            helped: helped
                .iter()
                .map(|it| MemberId(Uuid::from_u128(*it)))
                .collect(),
        }
    }

    #[test]
    fn an_access_has_a_name_an_end_and_allows_something() {
        let (claire, all) = (actor(&[], &[]), [Permission::Notices]);
        let given = give(&claire, "  Mon  tableur ", &all, 30, 0, now()).unwrap();
        assert_eq!(given.name, "Mon tableur");
        assert_eq!(given.expires_at, now() + Days::new(30));
        let wrong = give(&claire, " ", &[Permission::Rights], 31, MANY, now()).unwrap_err();
        let said = [
            Refusal::NoName,
            Refusal::Nothing,
            Refusal::Days,
            Refusal::Many,
        ];
        assert_eq!(wrong, said);
        let long = give(&claire, &"a".repeat(61), &all, 7, 0, now());
        assert_eq!(long.unwrap_err(), [Refusal::LongName { letters: 61 }]);
    }

    #[test]
    fn a_program_has_the_rights_that_it_was_let_have() {
        let board = actor(&Right::ALL, &[3]);
        let plain = acting(board.clone(), &[Permission::Exchanges]);
        assert!(plain.rights.is_empty() && plain.helped.is_empty());
        assert_eq!(acting(board.clone(), &[Permission::Rights]), board);
        assert!(!offered(&actor(&[], &[])).contains(&Permission::Rights));
        assert!(offered(&actor(&[], &[3])).contains(&Permission::Rights));
        assert!(offered(&board).contains(&Permission::Rights));
    }

    #[test]
    fn every_permission_is_read_as_it_is_written() {
        for it in Permission::ALL {
            assert_eq!(Permission::parse(it.as_str()), Some(it));
        }
        assert_eq!(Permission::parse("everything"), None);
    }
}
