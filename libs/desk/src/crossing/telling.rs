//! Who hears of a crossing, on both sides.

use super::reread;
use crate::tell::{Letter, tell_of};
use sel::member::Right;
use serde_json::json;
use store::Scope;
use store::crossing::Crossing;

/// Tells both sides, and commits.
pub(super) async fn both(mut scope: Scope, it: &Crossing, event: &str) -> store::Result<()> {
    told(&mut scope, it, event).await?;
    if let Some(ally) = it.ally_id() {
        scope = scope.cross(ally).await?;
        let it = reread(&mut scope, it.id()).await?;
        told(&mut scope, &it, event).await?;
    }
    scope.commit().await
}

async fn told(scope: &mut Scope, it: &Crossing, event: &str) -> store::Result<()> {
    let letters = letters(scope, it, event).await?;
    let (id, owner) = (it.id().0, [it.member_id()]);
    tell_of(scope, (event, id, &owner), json!({}), &letters).await
}

/// Who hears of it in the SEL of this scope: the member concerned, unless they did it themselves;
/// for one without e-mail whose word is needed, the desk and who acts for them.
async fn letters(scope: &mut Scope, it: &Crossing, event: &str) -> store::Result<Vec<Letter>> {
    let by = scope.actor.as_ref().map(|actor| actor.member_id);
    let asks = event == "crossing_proposed" && it.answered_here;
    // Where somebody acted for the member, the member hears what was done, not what was answered.
    let acted = scope.actor.is_some();
    let letter = match event {
        "crossing_agreed" if acted => "crossing_posted",
        "crossing_refused" | "crossing_cancelled" if acted => return Ok(Vec::new()),
        "crossing_proposed" if asks => "crossing_to_answer",
        "crossing_proposed" => "crossing_entered",
        "crossing_posted" => "crossing_posted",
        "crossing_agreed" => "crossing_agreed",
        "crossing_refused" => "crossing_refused",
        "crossing_cancelled" => "crossing_cancelled",
        "crossing_reversed" => "crossing_reversed",
        _ => "crossing_expired",
    };
    if by == Some(it.member_id()) {
        return Ok(Vec::new());
    }
    if it.known().answers_alone {
        return Ok(vec![(letter, it.member_id())]);
    }
    if !asks {
        return Ok(Vec::new());
    }
    let desk = store::member::holders(scope, Right::EnterForOthers).await?;
    let proxies = store::mandate::of_member(scope, it.member_id()).await?;
    let desk = desk
        .iter()
        .filter(|it| it.email.is_some())
        .map(store::member::Member::id);
    let proxies = proxies
        .iter()
        .filter(|mandate| mandate.member_id() == it.member_id())
        .map(store::mandate::Mandate::proxy_id);
    Ok(desk
        .chain(proxies)
        .map(|id| ("crossing_for_desk", id))
        .collect())
}
