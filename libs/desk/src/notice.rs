//! Publishing offers and wants, and what becomes of them.

use crate::tell::tell;
use crate::{Halt, Outcome};
use chrono::Days;
use sel::id::{CategoryId, MemberId, NoticeId, PhotoId};
use sel::notice::{self, Change, Draft, Refusal};
use serde_json::json;
use store::Scope;
use store::notice::Notice;

/// Publishes a notice, or changes one that is there. The id comes with the form: sending it twice
/// publishes once. The caller commits, after the photos.
pub async fn publish(
    scope: &mut Scope,
    id: NoticeId,
    draft: &Draft,
    category: Option<CategoryId>,
    member: MemberId,
) -> Outcome<NoticeId, Vec<Refusal>> {
    let Some(actor) = scope.actor.clone() else {
        return Err(Halt::Refused(vec![Refusal::NotAllowed]));
    };
    if let Some(known) = store::notice::by_id(scope, id).await?
        && (!notice::may_change(&actor, known.member_id(), None) || known.member_id() != member)
    {
        return Err(Halt::Refused(vec![Refusal::NotAllowed]));
    }
    let known = store::category::list(scope).await?;
    let category = category.filter(|id| known.iter().any(|category| category.id() == *id));
    let rules = store::setting::read(scope).await?;
    let published = notice::publish(id, draft, category, &actor, member, &rules, scope.now)
        .map_err(Halt::Refused)?;
    let new = store::notice::record(scope, &published).await?;
    let kind = if new {
        "notice_published"
    } else {
        "notice_changed"
    };
    tell(scope, kind, id.0, json!({}), &[]).await?;
    Ok(id)
}

/// Renews, pauses, resumes, closes or reopens. Commits.
pub async fn change(mut scope: Scope, id: NoticeId, change: Change) -> Outcome<Notice, Refusal> {
    let Some(notice) = store::notice::by_id(&mut scope, id).await? else {
        return Err(Halt::Refused(Refusal::NotAllowed));
    };
    let allowed = scope
        .actor
        .as_ref()
        .is_some_and(|actor| notice::may_change(actor, notice.member_id(), Some(change)));
    if !allowed {
        return Err(Halt::Refused(Refusal::NotAllowed));
    }
    let rules = store::setting::read(&mut scope).await?;
    let days = Days::new(u64::try_from(rules.notice_days).unwrap_or(365));
    let until = scope.now + days;
    store::notice::change(&mut scope, id, change, until).await?;
    tell(&mut scope, change.event(), id.0, json!({}), &[]).await?;
    let notice = store::notice::by_id(&mut scope, id)
        .await?
        .ok_or(store::Error::Contradiction(
            "a notice that was just changed is gone",
        ))?;
    scope.commit().await?;
    Ok(notice)
}

/// Adds a photo whose files are kept already. The caller commits.
pub async fn add_photo(
    scope: &mut Scope,
    notice: NoticeId,
    photo: PhotoId,
    size: (u32, u32),
) -> Outcome<(), Refusal> {
    may_touch(scope, notice).await?;
    if !store::notice::add_photo(scope, notice, photo, size).await? {
        return Err(Halt::Refused(Refusal::ManyPhotos));
    }
    Ok(())
}

/// Takes a photo away. The caller commits, then removes the files.
pub async fn remove_photo(
    scope: &mut Scope,
    notice: NoticeId,
    photo: PhotoId,
) -> Outcome<bool, Refusal> {
    may_touch(scope, notice).await?;
    Ok(store::notice::remove_photo(scope, notice, photo).await?)
}

async fn may_touch(scope: &mut Scope, notice: NoticeId) -> Outcome<(), Refusal> {
    let author = store::notice::by_id(scope, notice)
        .await?
        .map(|notice| notice.member_id());
    let allowed = scope
        .actor
        .as_ref()
        .zip(author)
        .is_some_and(|(actor, author)| notice::may_change(actor, author, None));
    if allowed {
        Ok(())
    } else {
        Err(Halt::Refused(Refusal::NotAllowed))
    }
}
