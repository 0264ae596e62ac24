//! Mailed links that act in the name of a member, without logging in.

use desk::link::{Dead, Link};
use door::{Guest, Trouble};
use sel::id::MemberId;
use sel::member::Actor;
use store::Scope;

/// A link that was mailed to a member of this SEL, opened.
pub(crate) struct Opened {
    pub(crate) link: Link,
    /// In the name of the one it was mailed to, without their rights.
    pub(crate) scope: Scope,
    pub(crate) member: MemberId,
}

pub(crate) async fn opened(guest: &Guest, text: &str) -> Result<Result<Opened, Dead>, Trouble> {
    let link = match Link::read(text, &guest.house.keys, guest.visit.now) {
        Ok(link) => link,
        Err(dead) => return Ok(Err(dead)),
    };
    let here = guest.association.id();
    let Some((_, member)) = link.addressee().filter(|(there, _)| *there == here) else {
        return Ok(Err(Dead::Broken));
    };
    let mut scope = guest.scope().await?;
    scope.actor = Some(Actor {
        association_id: here,
        member_id: member,
        rights: Vec::new(),
        helped: Vec::new(),
    });
    Ok(Ok(Opened {
        link,
        scope,
        member,
    }))
}
