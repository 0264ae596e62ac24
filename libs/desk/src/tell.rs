//! Recording the fact with the change: an event, and the letters that follow from it.

use crate::fresh;
use sel::id::{DeliveryId, EventId, MemberId};
use serde_json::Value;
use store::Scope;
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
    let id = EventId(fresh::id(scope.now));
    let event = store::event::Event {
        id,
        kind,
        subject_id,
        detail,
    };
    store::event::record(scope, &event).await?;
    for (kind, recipient_id) in letters {
        let delivery = store::delivery::Written {
            id: DeliveryId(fresh::id(scope.now)),
            event_id: id,
            kind,
            recipient_id: *recipient_id,
        };
        store::delivery::write(scope, &delivery).await?;
    }
    Ok(())
}
