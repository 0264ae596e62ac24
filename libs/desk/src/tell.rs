//! Recording the fact with the change: an event, and the letters that follow from it.

use crate::fresh;
use sel::id::{DeliveryId, EventId, MemberId};
use sel::journal;
use serde_json::Value;
use store::Scope;
use store::event::Event;
use uuid::Uuid;

/// A letter to a member: which, and to whom.
pub(crate) type Letter = (&'static str, MemberId);

/// Writes the event and its deliveries in the running transaction.
pub(crate) async fn tell(
    scope: &mut Scope,
    kind: &str,
    subject_id: Uuid,
    detail: Value,
    letters: &[Letter],
) -> store::Result<()> {
    let (event, letters) = event_of(scope, (kind, subject_id, &[]), detail, letters);
    store::event::record(scope, &event, &letters).await
}

/// The same of what is somebody's, or of two: by anybody else in charge it is an act.
pub(crate) async fn tell_of(
    scope: &mut Scope,
    (kind, subject_id, owners): (&str, Uuid, &[MemberId]),
    detail: Value,
    letters: &[Letter],
) -> store::Result<()> {
    let (event, letters) = event_of(scope, (kind, subject_id, owners), detail, letters);
    store::event::record(scope, &event, &letters).await
}

/// The same of many at once, to whom nobody is written about it.
pub(crate) async fn tell_each(
    scope: &mut Scope,
    kind: &str,
    subjects: impl Iterator<Item = Uuid>,
) -> store::Result<()> {
    let now = scope.now;
    let each: Vec<_> = subjects.map(|it| (EventId(fresh::id(now)), it)).collect();
    store::event::record_each(scope, kind, &each).await
}

/// The event with its deliveries, for who writes them along with something else.
pub(crate) fn event_of<'a>(
    scope: &Scope,
    (kind, subject_id, owners): (&'a str, Uuid, &[MemberId]),
    detail: Value,
    letters: &[Letter],
) -> (Event<'a>, Vec<store::event::Letter>) {
    let act = |actor| journal::is_act(kind, subject_id, owners, actor);
    let event = Event {
        is_act: scope.actor.as_ref().is_some_and(act),
        id: EventId(fresh::id(scope.now)),
        kind,
        subject_id,
        detail,
    };
    let letters = letters
        .iter()
        .map(|(kind, recipient_id)| store::event::Letter {
            id: DeliveryId(fresh::id(scope.now)),
            kind,
            recipient_id: *recipient_id,
        })
        .collect();
    (event, letters)
}
