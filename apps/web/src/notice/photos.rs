//! The photos of a notice: made ready, put in their place, taken away.

use crate::Rooms;
use crate::photo::{Size, key};
use desk::Halt;
use door::form::Upload;
use door::{Fields, Trouble};
use gateways::photo::{self, Photo, Unusable};
use sel::id::{NoticeId, PhotoId};
use sel::notice::{PHOTOS, Refusal};
use store::Scope;
use tokio::sync::Semaphore;

/// Photos that are made ready at once: the worst takes 400 MB.
static PLACES: Semaphore = Semaphore::const_new(2);

/// Makes the files of a form ready, all or none.
pub(super) async fn prepare(files: Vec<Upload>) -> Result<Result<Vec<Photo>, Refusal>, Trouble> {
    if files.len() > PHOTOS {
        return Ok(Err(Refusal::ManyPhotos));
    }
    let mut photos = Vec::new();
    for file in files {
        let place = PLACES.acquire().await.map_err(|error| broken(&error))?;
        let work = move || {
            let prepared = photo::prepare(&file.bytes);
            drop(place);
            prepared
        };
        match tokio::task::spawn_blocking(work)
            .await
            .map_err(|error| broken(&error))?
        {
            Ok(photo) => photos.push(photo),
            Err(unusable) => return Ok(Err(refusal(unusable))),
        }
    }
    Ok(Ok(photos))
}

fn refusal(unusable: Unusable) -> Refusal {
    match unusable {
        Unusable::Empty | Unusable::NotAPhoto => Refusal::NotAPhoto,
        Unusable::TooHeavy => Refusal::HeavyPhoto,
        Unusable::TooLarge => Refusal::LargePhoto,
    }
}

/// What becomes of the photos of a notice.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Plan {
    remove: Vec<PhotoId>,
    /// The place in the form, and the id.
    add: Vec<(usize, PhotoId)>,
}

/// Decides which photos go and come. One that is there under its id came with the same form, sent
/// twice.
pub(super) fn plan(there: &[PhotoId], fields: &Fields, came: usize) -> Result<Plan, Refusal> {
    let (gone, stays): (Vec<PhotoId>, Vec<PhotoId>) = there
        .iter()
        .partition(|id| fields.ticked("remove_photo", &id.to_string()));
    let ids = fields.all("photo_id");
    let ids = ids.iter().filter_map(|id| id.parse().ok());
    let add: Vec<(usize, PhotoId)> = (0..came)
        .zip(ids)
        .filter(|(_, id)| !there.contains(id))
        .collect();
    if stays.len() + add.len() > PHOTOS {
        return Err(Refusal::ManyPhotos);
    }
    Ok(Plan { remove: gone, add })
}

/// Carries the plan out in the running transaction; the files of new photos are kept before their
/// rows are written, so that no row is without its files.
pub(super) async fn carry_out(
    scope: &mut Scope,
    rooms: &Rooms,
    notice: NoticeId,
    plan: &Plan,
    photos: &[Photo],
) -> Result<(), Trouble> {
    let association = scope.association_id;
    for id in &plan.remove {
        desk::notice::remove_photo(scope, notice, *id)
            .await
            .map_err(halted)?;
    }
    for (place, id) in &plan.add {
        // An id that another notice has is nobody's to write over.
        let taken = store::notice::photo_notice(scope, *id).await?.is_some();
        let Some(photo) = photos.get(*place).filter(|_| !taken) else {
            continue;
        };
        for (size, bytes) in [(Size::Large, &photo.large), (Size::Small, &photo.small)] {
            let put = rooms.files.put(&key(association, *id, size), bytes).await;
            put.map_err(|error| broken(&error))?;
        }
        let size = (photo.width, photo.height);
        desk::notice::add_photo(scope, notice, *id, size)
            .await
            .map_err(halted)?;
    }
    Ok(())
}

/// Forgets the files of photos whose rows are gone. A file that stays harms nobody.
pub(super) async fn forget(rooms: &Rooms, association: sel::id::AssociationId, plan: &Plan) {
    for id in &plan.remove {
        for size in [Size::Large, Size::Small] {
            if let Err(failure) = rooms.files.remove(&key(association, *id, size)).await {
                tracing::warn!("the file of a photo stays: {failure}");
            }
        }
    }
}

fn broken(error: &impl ToString) -> Trouble {
    Trouble::Broken(error.to_string())
}

/// The rules were asked already, in the same transaction: a refusal here is a contradiction.
fn halted(halt: Halt<Refusal>) -> Trouble {
    match halt {
        Halt::Refused(refusal) => broken(&refusal),
        Halt::Failed(error) => error.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(number: u128) -> PhotoId {
        PhotoId(uuid::Uuid::from_u128(number))
    }

    fn fields(pairs: &[(&str, u128)]) -> Fields {
        pairs
            .iter()
            .fold(Fields::default(), |fields, (name, number)| {
                fields.with(name, id(*number).to_string())
            })
    }

    #[test]
    fn new_photos_take_the_ids_of_the_form_in_order() {
        let form = fields(&[("photo_id", 7), ("photo_id", 8), ("photo_id", 9)]);
        let plan = plan(&[id(1)], &form, 2).unwrap();
        assert_eq!(plan.add, [(0, id(7)), (1, id(8))]);
        assert_eq!(plan.remove, []);
    }

    #[test]
    fn three_photos_are_allowed_and_a_fourth_is_not() {
        let form = fields(&[("photo_id", 7), ("photo_id", 8), ("photo_id", 9)]);
        assert!(plan(&[id(1)], &form, 2).is_ok());
        assert_eq!(plan(&[id(1)], &form, 3), Err(Refusal::ManyPhotos));
    }

    #[test]
    fn a_photo_that_goes_makes_room() {
        let form = fields(&[("photo_id", 7), ("remove_photo", 2)]);
        let plan = plan(&[id(1), id(2), id(3)], &form, 1).unwrap();
        assert_eq!((plan.remove, plan.add), (vec![id(2)], vec![(0, id(7))]));
    }

    #[test]
    fn the_same_form_again_adds_nothing_and_strangers_photos_stay() {
        let form = fields(&[("photo_id", 1), ("remove_photo", 5)]);
        let plan = plan(&[id(1)], &form, 1).unwrap();
        assert_eq!((plan.remove, plan.add), (vec![], vec![]));
    }

    #[tokio::test]
    async fn a_file_that_is_no_photo_is_refused() {
        let upload = |bytes: &[u8]| Upload {
            field: "photos".into(),
            bytes: bytes.to_vec(),
        };
        let one = prepare(vec![upload(b"not a photo")]).await.unwrap();
        assert_eq!(one.unwrap_err(), Refusal::NotAPhoto);
        let four = vec![upload(b"x"); 4];
        assert_eq!(
            prepare(four).await.unwrap().unwrap_err(),
            Refusal::ManyPhotos
        );
    }
}
