//! Publishing offers and wants, and what becomes of them.

use crate::tell::{Letter, tell_of};
use crate::{Halt, Outcome};
use chrono::Days;
use sel::id::{CategoryId, MemberId, NoticeId, PhotoId};
use sel::notice::{self, Change, Draft, Effect, Published, Refusal, SAME_DAY};
use serde_json::json;
use store::Scope;
use store::notice::Notice;

/// Publishes a notice. The id comes with the form: sending it twice publishes once, and another
/// notice under the id of the first is refused. The caller commits, after the photos.
pub async fn publish(
    scope: &mut Scope,
    id: NoticeId,
    draft: &Draft,
    category: Option<CategoryId>,
    member: MemberId,
) -> Outcome<NoticeId, Vec<Refusal>> {
    let published = decide(scope, id, draft, category, member).await?;
    match store::notice::by_id(scope, id).await? {
        None => {
            store::notice::record(scope, &published).await?;
            let owners = [member];
            tell_of(
                scope,
                ("notice_published", id.0, &owners),
                json!({ "title": published.title }),
                &[],
            )
            .await?;
            Ok(id)
        }
        Some(known) if is_same(&known, &published) => Ok(id),
        Some(_) => Err(Halt::Refused(vec![Refusal::Known])),
    }
}

/// Changes a notice that is there. The caller commits, after the photos.
pub async fn amend(
    scope: &mut Scope,
    id: NoticeId,
    draft: &Draft,
    category: Option<CategoryId>,
) -> Outcome<NoticeId, Vec<Refusal>> {
    let known = store::notice::hold(scope, id)
        .await?
        .filter(|known| may(scope, known, None))
        .ok_or(Halt::Refused(vec![Refusal::NotAllowed]))?;
    let mut draft = without_old_amount(scope, &known, draft).await?;
    // Kept as it was: what the SEL says now is looked at where it is shown.
    draft.reach = draft.reach.filter(|reach| *reach != known.reach());
    let published = decide(scope, id, &draft, category, known.member_id()).await?;
    let published = match draft.days.trim() {
        SAME_DAY => published.until(known.expires_at),
        _ => published,
    };
    store::notice::record(scope, &published).await?;
    let owners = [known.member_id()];
    tell_of(
        scope,
        ("notice_changed", id.0, &owners),
        json!({ "title": known.title }),
        &[],
    )
    .await?;
    Ok(id)
}

/// The draft without the amount that stood in the form already, where it is counted no longer.
async fn without_old_amount(
    scope: &mut Scope,
    known: &Notice,
    draft: &Draft,
) -> store::Result<Draft> {
    let unit = store::setting::read(scope).await?.unit;
    let (_, units) = known.price().parts();
    let is_old = units.is_some_and(|units| unit.parse(&draft.units) == Ok(units));
    let is_counted = matches!(draft.units_mode.as_str(), "fixed" | "hourly");
    let mut draft = draft.clone();
    if is_old && !is_counted {
        draft.units.clear();
    }
    Ok(draft)
}

/// Lets the rules decide about what was typed.
async fn decide(
    scope: &mut Scope,
    id: NoticeId,
    draft: &Draft,
    category: Option<CategoryId>,
    member: MemberId,
) -> Outcome<Published, Vec<Refusal>> {
    let Some(actor) = scope.actor.clone() else {
        return Err(Halt::Refused(vec![Refusal::NotAllowed]));
    };
    let known = store::category::list(scope).await?;
    let category = category.filter(|id| known.iter().any(|category| category.id() == *id));
    let rules = store::setting::read(scope).await?;
    notice::publish(id, draft, category, &actor, member, &rules, scope.now).map_err(Halt::Refused)
}

/// Whether the form that came again says what was published.
fn is_same(known: &Notice, published: &Published) -> bool {
    known.member_id() == published.member_id
        && known.kind() == published.kind
        && known.category_id() == published.category_id
        && known.price() == published.price
        && published.reach.is_none_or(|reach| reach == known.reach())
        && (&known.title, &known.body, known.urgent)
            == (&published.title, &published.body, published.urgent)
}

/// Renews, pauses, resumes, closes or reopens. An author whose notice somebody else takes away is
/// told. Commits.
pub async fn change(mut scope: Scope, id: NoticeId, change: Change) -> Outcome<Notice, Refusal> {
    let notice = store::notice::hold(&mut scope, id)
        .await?
        .filter(|notice| may(&scope, notice, Some(change)))
        .ok_or(Halt::Refused(Refusal::NotAllowed))?;
    let (is_paused, is_closed) = (notice.paused_at.is_some(), notice.closed_at.is_some());
    match notice::effect(change, is_paused, is_closed) {
        Effect::Changes => {}
        Effect::Already => return Ok(notice),
        Effect::Impossible => return Err(Halt::Refused(Refusal::Closed)),
    }
    let author = notice.member_id();
    let withdrawn_by = scope
        .actor
        .as_ref()
        .filter(|actor| change == Change::Close && notice::withdraws(actor, author))
        .map(|actor| actor.member_id);
    let rules = store::setting::read(&mut scope).await?;
    let days = Days::new(u64::try_from(rules.notice_days).unwrap_or(365));
    let until = scope.now + days;
    store::notice::change(&mut scope, id, change, until, withdrawn_by).await?;
    let letters: Vec<Letter> = withdrawn_by
        .map(|_| ("notice_withdrawn", author))
        .into_iter()
        .collect();
    let detail = json!({ "title": notice.title });
    let owners = [author];
    tell_of(
        &mut scope,
        (change.event(), id.0, &owners),
        detail,
        &letters,
    )
    .await?;
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
    let known = store::notice::hold(scope, notice).await?;
    if known.is_some_and(|known| may(scope, &known, None)) {
        Ok(())
    } else {
        Err(Halt::Refused(Refusal::NotAllowed))
    }
}

fn may(scope: &Scope, notice: &Notice, change: Option<Change>) -> bool {
    scope
        .actor
        .as_ref()
        .is_some_and(|actor| notice::may_change(actor, notice.standing(), change))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fresh;
    use crate::town::{Town, now};

    #[tokio::test]
    async fn sent_twice_it_is_published_once_and_another_under_its_id_is_refused() {
        let town = Town::open().await;
        let id = NoticeId(fresh::id(now()));
        let draft = Draft {
            kind: "offer".into(),
            title: "Confitures".into(),
            units_mode: "gift".into(),
            ..Draft::default()
        };
        let mut scope = town.scope(town.claire, &[]).await;
        let category = Some(store::category::list(&mut scope).await.unwrap()[0].id());
        for _ in 0..2 {
            publish(&mut scope, id, &draft, category, town.claire)
                .await
                .unwrap();
        }
        let other = Draft {
            title: "Rosiers".into(),
            ..draft.clone()
        };
        let refused = publish(&mut scope, id, &other, category, town.claire).await;
        assert!(matches!(refused, Err(Halt::Refused(it)) if it == [Refusal::Known]));
        let there = store::notice::by_id(&mut scope, id).await.unwrap().unwrap();
        assert_eq!(there.title, "Confitures");
        let until = there.expires_at;
        scope.now = scope.now + Days::new(3);
        let other = Draft {
            days: SAME_DAY.into(),
            ..other
        };
        amend(&mut scope, id, &other, category).await.unwrap();
        let there = store::notice::by_id(&mut scope, id).await.unwrap().unwrap();
        assert_eq!((there.title.as_str(), there.expires_at), ("Rosiers", until));
        scope.commit().await.unwrap();
        let mut jean = town.scope(town.jean, &[]).await;
        let refused = amend(&mut jean, id, &draft, category).await;
        assert!(matches!(refused, Err(Halt::Refused(it)) if it == [Refusal::NotAllowed]));
    }
}
