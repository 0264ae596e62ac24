//! Keeping a search, and telling what it finds that is new.

use crate::tell::tell;
use crate::{Halt, Outcome};
use chrono::{DateTime, Utc};
use sel::id::{AssociationId, MemberId, NoticeId, SavedSearchId};
use sel::saved_search::{self, Refusal, Rhythm};
use serde_json::json;
use store::Scope;
use store::saved_search::SavedSearch;

/// Keeps what the address of the list asks for, and how that is said. Sent twice, or asking the
/// same as another, it is kept once. Commits.
pub async fn save(
    mut scope: Scope,
    id: SavedSearchId,
    (address, said): (&str, &str),
    rhythm: Rhythm,
) -> Outcome<(), Refusal> {
    let member = actor(&scope)?;
    let kept = store::saved_search::of_member(&mut scope, member).await?;
    let others = kept.iter().filter(|it| it.address != address).count();
    let count = i64::try_from(others).unwrap_or(i64::MAX);
    let has_email = reads_mail(&mut scope, member).await?;
    saved_search::save(address, rhythm, count, has_email).map_err(Halt::Refused)?;
    let due = due(&scope, id, rhythm);
    store::saved_search::save(&mut scope, id, member, (address, said), rhythm, due).await?;
    scope.commit().await?;
    Ok(())
}

/// Another rhythm. Commits.
pub async fn set_rhythm(
    mut scope: Scope,
    id: SavedSearchId,
    rhythm: Rhythm,
) -> Outcome<(), Refusal> {
    let member = actor(&scope)?;
    if rhythm != Rhythm::Never && !reads_mail(&mut scope, member).await? {
        return Err(Halt::Refused(Refusal::NoEmail));
    }
    let due = due(&scope, id, rhythm);
    if !store::saved_search::set_rhythm(&mut scope, (id, member), rhythm, due).await? {
        return Err(Halt::Refused(Refusal::NotAllowed));
    }
    scope.commit().await?;
    Ok(())
}

/// Keeps it no longer; one that is gone already is no mistake. Commits.
pub async fn remove(mut scope: Scope, id: SavedSearchId) -> Outcome<(), Refusal> {
    let member = actor(&scope)?;
    store::saved_search::remove(&mut scope, id, member).await?;
    scope.commit().await?;
    Ok(())
}

/// Writes that it was looked at, in what was known at `known_until`, and a letter of what is new,
/// none of which was told lately. The caller has claimed it, and commits.
pub async fn looked(
    scope: &mut Scope,
    search: &SavedSearch,
    found: &[(AssociationId, NoticeId)],
    known_until: DateTime<Utc>,
) -> store::Result<usize> {
    let id = search.id();
    let known = store::member::by_id(scope, search.member_id()).await?;
    let reads = known.is_some_and(|it| it.left_at.is_none() && it.email.is_some());
    let fresh = match found {
        [] => Vec::new(),
        _ if !reads => Vec::new(),
        found => store::saved_search::tell(scope, id, found).await?,
    };
    if !fresh.is_empty() {
        let notices: Vec<_> = fresh.iter().map(|(sel, id)| (sel.0, id.0)).collect();
        let detail = json!({ "notices": notices });
        let letters = [("search_found", search.member_id())];
        tell(scope, "search_found", id.0, detail, &letters).await?;
    }
    let due = due(scope, id, search.rhythm());
    store::saved_search::looked(scope, id, known_until, due).await?;
    Ok(fresh.len())
}

fn due(scope: &Scope, id: SavedSearchId, rhythm: Rhythm) -> Option<DateTime<Utc>> {
    // The end of an id is chance.
    let (_, place) = id.0.as_u64_pair();
    rhythm.due(scope.now, place)
}

async fn reads_mail(scope: &mut Scope, member: MemberId) -> store::Result<bool> {
    let known = store::member::by_id(scope, member).await?;
    Ok(known.is_some_and(|it| it.email.is_some()))
}

fn actor(scope: &Scope) -> Result<MemberId, Halt<Refusal>> {
    let actor = scope.actor.as_ref().map(|actor| actor.member_id);
    actor.ok_or(Halt::Refused(Refusal::NotAllowed))
}
