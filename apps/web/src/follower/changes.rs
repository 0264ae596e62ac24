//! What happened, as the index hears of it: the present truth of whatever was touched.

use super::Follower;
use ::search::{Change, Entry};
use door::Trouble;
use sel::id::{AssociationId, EventId, MemberId, NoticeId};
use std::collections::{BTreeMap, BTreeSet};
use store::Scope;
use store::event::Step;
use store::notice::Findable;

/// Notices that are read at once.
const NOTICES: i64 = 1000;

/// What of a SEL may have changed in the index.
#[derive(Default)]
struct Touched {
    notices: BTreeSet<NoticeId>,
    members: Vec<MemberId>,
    /// Its rules: all notices are read again.
    whole: bool,
}

impl Touched {
    fn by(told: Vec<(String, uuid::Uuid)>) -> Touched {
        let mut touched = Touched::default();
        for (kind, subject) in told {
            if kind.starts_with("notice_") {
                touched.notices.insert(NoticeId(subject));
            } else if kind == "member_left" {
                touched.members.push(MemberId(subject));
            } else {
                touched.whole = true;
            }
        }
        touched
    }
}

fn tells(step: &&Step) -> bool {
    let kind = step.kind.as_str();
    kind.starts_with("notice_") || matches!(kind, "member_left" | "rules_changed")
}

impl Follower {
    /// Stages what these steps mean for the index, read SEL by SEL. Doing so again does no harm.
    pub(super) async fn stage(&self, steps: &[Step]) -> Result<(), Trouble> {
        let mut told: BTreeMap<AssociationId, Vec<EventId>> = BTreeMap::new();
        for step in steps.iter().filter(tells) {
            let events = told.entry(step.association_id).or_default();
            events.push(step.event_id);
        }
        for (sel, events) in told {
            let mut scope = self.enter(sel).await?;
            let told = store::event::subjects(&mut scope, &events).await?;
            let touched = Touched::by(told);
            if touched.whole {
                drop(scope);
                self.stage_all(sel).await?;
                continue;
            }
            let mut ids = touched.notices;
            if !touched.members.is_empty() {
                ids.extend(store::notice::ids_of_members(&mut scope, &touched.members).await?);
            }
            let changes = present(&mut scope, ids).await?;
            drop(scope);
            self.in_index(move |index| index.stage(changes)).await?;
        }
        Ok(())
    }

    /// All notices of a SEL as they stand, a page at a time.
    async fn stage_all(&self, sel: AssociationId) -> Result<(), Trouble> {
        let empty = vec![Change::Empty {
            association_id: sel.0,
        }];
        self.in_index(move |index| index.stage(empty)).await?;
        let mut after = None;
        loop {
            let (some, last) = self.whole(sel, after).await?;
            let changes = some.into_iter().map(put).collect();
            self.in_index(move |index| index.stage(changes)).await?;
            after = last;
            if after.is_none() {
                return Ok(());
            }
        }
    }

    /// The next notices of a SEL as they stand, and after which of them to go on; none at the end.
    pub(super) async fn whole(
        &self,
        sel: AssociationId,
        after: Option<NoticeId>,
    ) -> Result<(Vec<Entry>, Option<NoticeId>), Trouble> {
        let mut scope = self.enter(sel).await?;
        let notices = store::notice::findable_after(&mut scope, after, NOTICES).await?;
        let is_full = i64::try_from(notices.len()).is_ok_and(|count| count == NOTICES);
        let last = notices.last().filter(|_| is_full).map(Findable::id);
        let entries = notices.into_iter().map(|notice| entry(sel, notice));
        Ok((entries.collect(), last))
    }

    async fn enter(&self, sel: AssociationId) -> store::Result<Scope> {
        Scope::begin(&self.pool, sel, None, self.clock.now()).await
    }
}

/// These notices as they stand: what nobody may see is removed.
async fn present(scope: &mut Scope, ids: BTreeSet<NoticeId>) -> Result<Vec<Change>, Trouble> {
    let sel = scope.association_id;
    let asked: Vec<NoticeId> = ids.iter().copied().collect();
    let live = store::notice::findable(scope, &asked).await?;
    let there: BTreeSet<NoticeId> = live.iter().map(Findable::id).collect();
    let gone = ids.difference(&there).map(|id| Change::Remove {
        association_id: sel.0,
        notice_id: id.0,
    });
    let mut changes: Vec<Change> = gone.collect();
    changes.extend(live.into_iter().map(|notice| put(entry(sel, notice))));
    Ok(changes)
}

fn put(entry: Entry) -> Change {
    Change::Put(Box::new(entry))
}

fn entry(sel: AssociationId, notice: Findable) -> Entry {
    Entry {
        association_id: sel.0,
        notice_id: notice.id().0,
        kind: notice.kind().as_str().to_owned(),
        gift: notice.is_gift(),
        reach: notice.reach(),
        category: notice.category_code,
        category_name: notice.category_name,
        title: notice.title,
        text: notice.body,
        published_at: notice.published_at.timestamp(),
        expires_at: notice.expires_at.timestamp(),
        urgent: notice.urgent,
        at: (notice.latitude, notice.longitude),
    }
}
