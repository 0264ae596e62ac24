//! Copying slips of exchanges with SELs that are on no platform.

use super::{actor, both, party, reread};
use crate::{Halt, Outcome};
use sel::crossing::{self, Draft, Entered};
use sel::exchange::Refusal;
use sel::id::{AllianceId, MemberId};
use store::Scope;
use store::crossing::{Crossing, Sought};

/// Copies a slip of an exchange with a SEL that is on no platform. One like it that stands already
/// is asked about, unless it is said to be `another`. Our member is told. Commits.
pub async fn enter(
    mut scope: Scope,
    draft: Draft,
    alliance: AllianceId,
    mine: MemberId,
    on_slip: (&str, &str),
    another: bool,
) -> Outcome<Crossing, Refusal> {
    let id = draft.crossing_id;
    let bond = store::alliance::by_id(&mut scope, alliance).await?;
    let bond = bond.filter(|it| it.ally_id().is_none());
    let bond = bond.ok_or(Halt::Refused(Refusal::NotAllowed))?.bond();
    let (party, rules) = party(&mut scope, mine).await?;
    let actor = actor(&scope)?;
    let entered =
        crossing::enter(draft, &actor, &party, &bond, on_slip, &rules).map_err(Halt::Refused)?;
    let sought = Sought {
        crossing_id: id,
        alliance_id: alliance,
        member_id: mine,
        side: entered.draft.side,
        amount: entered.quote.ours,
        done_on: entered.draft.done_on,
        slip: entered.slip.as_deref(),
    };
    let days = rules.ways.alike_days;
    if let Some(alike) = store::crossing::alike(&mut scope, &sought, days).await?
        && !another
    {
        return Err(Halt::Refused(Refusal::Alike(alike)));
    }
    let new = store::crossing::enter(&mut scope, &entered)
        .await
        .map_err(|error| match error.constraint() {
            Some("alliance_stands") => Halt::Refused(Refusal::NotAllied {
                name: bond.name.clone(),
            }),
            Some("accounts_exist") => Halt::Refused(Refusal::AccountChanged),
            Some("transfer_pkey") => Halt::Refused(Refusal::Known),
            Some("writer_gains_nothing") => Halt::Refused(Refusal::ForOneself {
                first_name: party.first_name.clone(),
            }),
            _ => Halt::Failed(error),
        })?;
    let it = reread(&mut scope, id).await?;
    if new {
        both(scope, &it, "crossing_posted").await?;
    } else if !is_same(&it, &entered) {
        return Err(Halt::Refused(Refusal::Known));
    }
    Ok(it)
}

/// Whether the slip that came again says what was copied.
fn is_same(it: &Crossing, entered: &Entered) -> bool {
    let draft = &entered.draft;
    it.member_id() == entered.member_id
        && it.alliance_id() == entered.alliance_id
        && it.side() == draft.side
        && it.amount == draft.amount
        && it.other_name == entered.other_name
        && it.label == draft.label
        && it.done_on == draft.done_on
        && it.slip == entered.slip
}
