//! A member between two scopes: a use case that decides takes the scope with it, and a page that
//! shows a refusal needs another.

use door::{Guest, Present, Trouble};
use sel::association::Rules;
use sel::member::Actor;
use store::Scope;
use store::member::Member;

/// Somebody present whose scope is elsewhere, or not needed for a while.
#[derive(Debug)]
pub(crate) struct Absent {
    pub(crate) guest: Guest,
    pub(crate) rules: Rules,
    member: Member,
    actor: Option<Actor>,
}

impl Absent {
    /// Parts the member from the scope.
    pub(crate) fn part(present: Present) -> (Scope, Absent) {
        let Present {
            guest,
            scope,
            member,
            rules,
        } = present;
        let actor = scope.actor.clone();
        let absent = Absent {
            guest,
            rules,
            member,
            actor,
        };
        (scope, absent)
    }

    /// Comes back with a scope of the same name and time.
    pub(crate) async fn back(self) -> Result<Present, Trouble> {
        let Absent {
            guest,
            rules,
            member,
            actor,
        } = self;
        let (pool, now) = (&guest.house.pool, guest.visit.now);
        let scope = Scope::begin(pool, guest.association.id(), actor, now).await?;
        Ok(Present {
            guest,
            scope,
            member,
            rules,
        })
    }
}
