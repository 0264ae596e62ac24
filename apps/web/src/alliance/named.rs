//! Which SEL is meant by what somebody typed.

use door::{Present, Trouble};
use sel::alliance::Refusal;
use store::Door;

/// The other SEL that is meant by what was typed.
pub(super) async fn called(
    present: &Present,
    typed: &str,
) -> Result<Result<store::association::Association, Refusal>, Trouble> {
    if typed.is_empty() {
        return Ok(Err(Refusal::NoSel));
    }
    let (pool, now) = (&present.guest.house.pool, present.guest.visit.now);
    let mut door = Door::begin(pool, now).await?;
    // An address may be copied whole, and then means nothing else.
    let found = if typed.contains(['.', '/']) {
        let bare = typed.split_once("//").map_or(typed, |(_, rest)| rest);
        let slug = bare.split(['.', '/', ':']).next().unwrap_or(bare);
        let found = store::association::by_slug(&mut door, slug).await?;
        Vec::from_iter(found.filter(|it| it.ready_at.is_some()))
    } else {
        store::association::called(&mut door, typed).await?
    };
    door.commit().await?;
    let typed = typed.to_owned();
    Ok(match <[_; 1]>::try_from(found) {
        Ok([one]) => Ok(one),
        Err(none) if none.is_empty() => Err(Refusal::UnknownSel { typed }),
        Err(_) => Err(Refusal::ManySels { typed }),
    })
}
