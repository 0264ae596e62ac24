//! Copying slips of exchanges with SELs that are on no platform.

use super::{actor, both, party, reread};
use crate::{Halt, Outcome};
use sel::crossing::{self, Draft};
use sel::exchange::Refusal;
use sel::id::{AllianceId, MemberId};
use store::Scope;
use store::crossing::Crossing;

/// Copies a slip of an exchange with a SEL that is on no platform. Our member is told. Commits.
pub async fn enter(
    mut scope: Scope,
    draft: Draft,
    alliance: AllianceId,
    mine: MemberId,
    on_slip: (&str, &str),
) -> Outcome<Crossing, Refusal> {
    let id = draft.crossing_id;
    let bond = store::alliance::by_id(&mut scope, alliance).await?;
    let bond = bond.filter(|it| it.ally_id().is_none());
    let bond = bond.ok_or(Halt::Refused(Refusal::NotAllowed))?.bond();
    let (party, rules) = party(&mut scope, mine).await?;
    let actor = actor(&scope)?;
    let entered =
        crossing::enter(draft, &actor, &party, &bond, on_slip, &rules).map_err(Halt::Refused)?;
    let new = store::crossing::enter(&mut scope, &entered)
        .await
        .map_err(|error| match error.constraint() {
            Some("alliance_stands") => Halt::Refused(Refusal::NotAllied {
                name: bond.name.clone(),
            }),
            Some("accounts_exist") => Halt::Refused(Refusal::AccountChanged),
            _ => Halt::Failed(error),
        })?;
    let it = reread(&mut scope, id).await?;
    if new {
        both(scope, &it, "crossing_posted").await?;
    } else if it.member_id() != mine || it.label != entered.draft.label {
        return Err(Halt::Refused(Refusal::Known));
    }
    Ok(it)
}
