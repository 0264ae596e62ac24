//! Recording an exchange with a member of another SEL, answering one, undoing one. What both SELs
//! must know is written in one transaction.

use crate::{Halt, Outcome};
use sel::alliance::Reference;
use sel::association::Rules;
use sel::crossing::{self, Draft, Outsider, Proposed};
use sel::exchange::{self, Alike, Party, Refusal, Side};
use sel::id::{CrossingId, MemberId};
use sel::member::Actor;
use store::Scope;
use store::alliance::Alliance;
use store::crossing::{Crossing, Sought};
use telling::both;

mod close;
mod entry;
mod telling;

pub use close::{close, drop_for_departure, reverse};
pub use entry::enter;

/// What deciding takes.
struct Known {
    alliance: Alliance,
    other: Outsider,
    mine: Party,
    rules: Rules,
}

async fn known(scope: &mut Scope, mine: MemberId, other: &Reference) -> Outcome<Known, Refusal> {
    let code = other.code.as_str().to_owned();
    let alliance = store::alliance::by_code(scope, &other.code).await?;
    let alliance = alliance.ok_or(Halt::Refused(Refusal::NoAlly { code }))?;
    let unknown = || {
        Halt::Refused(Refusal::UnknownThere {
            typed: other.to_string(),
            name: alliance.name.clone(),
        })
    };
    let on_paper = || {
        let name = alliance.name.clone();
        Halt::Refused(Refusal::OnPaper { name })
    };
    let ally = alliance.ally_id().ok_or_else(on_paper)?;
    let (mine, rules) = party(scope, mine).await?;
    let outsider = store::alliance::member(scope, ally, other.number).await?;
    let other = match outsider {
        Some(outsider) => outsider,
        // Before the two agree, nobody is shown.
        None if alliance.agreed_at.is_none() => {
            let name = alliance.name.clone();
            return Err(Halt::Refused(Refusal::NotAllied { name }));
        }
        None => return Err(unknown()),
    };
    Ok(Known {
        alliance,
        other,
        mine,
        rules,
    })
}

/// A member with the account that theirs go to, and the rules.
async fn party(scope: &mut Scope, member: MemberId) -> Outcome<(Party, Rules), Refusal> {
    let both = store::exchange::parties(scope, member, member).await?;
    let both = both.ok_or(Halt::Refused(Refusal::NotAllowed))?;
    Ok((both.mine, both.rules))
}

fn actor(scope: &Scope) -> Outcome<Actor, Refusal> {
    scope
        .actor
        .clone()
        .ok_or(Halt::Refused(Refusal::NotAllowed))
}

fn decide(scope: &Scope, draft: Draft, known: &Known) -> Outcome<Proposed, Refusal> {
    let bond = known.alliance.bond();
    let actor = actor(scope)?;
    let two = (&bond, &known.other);
    crossing::propose(draft, &actor, &known.mine, two, &known.rules, scope.now)
        .map_err(Halt::Refused)
}

/// Decides, without recording: what the page shows before "Oui, enregistrer".
pub async fn weigh(
    scope: &mut Scope,
    draft: Draft,
    mine: MemberId,
    other: &Reference,
) -> Outcome<(Proposed, Alliance), Refusal> {
    let known = known(scope, mine, other).await?;
    Ok((decide(scope, draft, &known)?, known.alliance))
}

/// A crossing that stands already and may be this one: the page asks, and may go on.
pub async fn alike(
    scope: &mut Scope,
    proposed: &Proposed,
    days: i16,
) -> store::Result<Option<Alike>> {
    let sought = Sought {
        crossing_id: proposed.draft.crossing_id,
        alliance_id: proposed.alliance_id,
        member_id: proposed.member_id,
        side: proposed.draft.side,
        amount: proposed.quote.ours,
        done_on: proposed.draft.done_on,
        slip: None,
    };
    store::crossing::alike(scope, &sought, days).await
}

/// A crossing that is recorded.
#[derive(Clone, Debug)]
pub struct Recorded {
    pub crossing: Crossing,
    pub waits: bool,
}

/// Records a crossing on both sides: posted at once, or waiting for the other side. The id comes
/// with the form: sending it twice records it once. Commits.
pub async fn record(
    mut scope: Scope,
    draft: Draft,
    mine: MemberId,
    other: &Reference,
) -> Outcome<Recorded, Refusal> {
    let known = known(&mut scope, mine, other).await?;
    let proposed = match decide(&scope, draft.clone(), &known) {
        Ok(proposed) => proposed,
        // What was recorded the first time may be what makes the caps say no now.
        Err(refused) => {
            let recorded = again(&mut scope, &draft, &known, other).await?;
            return recorded.ok_or(refused);
        }
    };
    let by = actor(&scope)?;
    let new = store::crossing::record(&mut scope, &proposed)
        .await
        .map_err(|error| said_no(error, &by, proposed.draft.side, &known))?;
    if !new {
        let recorded = again(&mut scope, &draft, &known, other).await?;
        return recorded.ok_or(Halt::Refused(Refusal::Known));
    }
    let crossing = reread(&mut scope, draft.crossing_id).await?;
    let waits = proposed.waits;
    let event = if waits {
        "crossing_proposed"
    } else {
        "crossing_posted"
    };
    both(scope, &crossing, event).await?;
    Ok(Recorded { crossing, waits })
}

/// What stands under the id of this form, where the same person recorded the same. Under the id of
/// another it is refused.
async fn again(
    scope: &mut Scope,
    draft: &Draft,
    known: &Known,
    other: &Reference,
) -> Outcome<Option<Recorded>, Refusal> {
    let Some(it) = store::crossing::by_id(scope, draft.crossing_id).await? else {
        return Ok(None);
    };
    let by = scope.actor.as_ref().map(|actor| actor.member_id);
    let (ours, theirs) = (&known.rules.unit, known.alliance.unit());
    let quote = crossing::quote(draft.amount, draft.side, ours, &theirs);
    let is_same = it.member_id() == known.mine.member_id
        && quote.is_some_and(|quote| quote.ours == it.amount)
        && it.reference() == other.to_string()
        && it.side() == draft.side
        && it.label == draft.label
        && it.done_on == draft.done_on;
    if !is_same || it.proposed_by() != by {
        return Err(Halt::Refused(Refusal::Known));
    }
    let waits = !it.has_ended();
    Ok(Some(Recorded {
        crossing: it,
        waits,
    }))
}

async fn reread(scope: &mut Scope, id: CrossingId) -> store::Result<Crossing> {
    let it = store::crossing::by_id(scope, id).await?;
    it.ok_or(store::Error::Contradiction(
        "a crossing that was just written is gone",
    ))
}

/// The database says no by the name of a constraint.
fn said_no(error: store::Error, by: &Actor, side: Side, known: &Known) -> Halt<Refusal> {
    let two = (known.alliance.name.as_str(), known.other.name.as_str());
    match error.constraint() {
        Some("writer_gains_nothing") => Halt::Refused(Refusal::ForOneself {
            first_name: known.mine.first_name.clone(),
        }),
        Some("payer_within_floor") if side == Side::Payer => {
            Halt::Refused(exchange::beyond_limit(&known.mine, &known.rules, by))
        }
        Some("payee_within_ceiling") if side == Side::Payee => {
            Halt::Refused(exchange::beyond_limit(&known.mine, &known.rules, by))
        }
        _ => two_say_no(error, side, two),
    }
}

/// The same, where it is about one of the two SELs or the other member; our member is on this side.
fn two_say_no(error: store::Error, side: Side, (sel, other): (&str, &str)) -> Halt<Refusal> {
    let of = match error.constraint() {
        Some("payer_sel_within_cap" | "payer_within_floor") => Side::Payer,
        _ => Side::Payee,
    };
    let name = sel.to_owned();
    Halt::Refused(match error.constraint() {
        Some("alliance_stands") => Refusal::NotAllied { name },
        Some("worth_stands") => Refusal::WorthChanged,
        Some("transfer_pkey") => Refusal::Known,
        Some("accounts_exist") => Refusal::AccountChanged,
        Some("payer_sel_within_cap" | "payee_sel_within_cap") if of == side => {
            Refusal::OurCap { name, left: 0 }
        }
        Some("payer_sel_within_cap" | "payee_sel_within_cap") => Refusal::TheirCap { name },
        Some("payer_within_floor" | "payee_within_ceiling") if of == side => Refusal::LimitReached,
        Some("payer_within_floor" | "payee_within_ceiling") => Refusal::LimitOf {
            first_name: other.to_owned(),
        },
        _ => return Halt::Failed(error),
    })
}

#[cfg(test)]
#[path = "crossing_tests.rs"]
pub(crate) mod tests;
