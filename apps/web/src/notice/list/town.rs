//! From where distances count: the SEL's own locality, or the one that was named.

use crate::Rooms;
use crate::notice::asked::{Asked, DISTANCES, Where};
use crate::platform::place::{self, Found};
use door::{Frame, Present};
use store::association::Association;

use super::chip::Chip;

/// A locality, and what is to be said of it.
pub(super) struct Town {
    /// Latitude and longitude, in degrees.
    pub(super) at: (f64, f64),
    /// As it stands in the field.
    pub(super) name: String,
    /// Whether another one than the SEL's own was named.
    pub(super) chosen: bool,
    /// How far one looks; however far, where what was typed names no place.
    pub(super) km: Option<u16>,
    /// Where several have the name: the addresses that mean one of them.
    pub(super) choices: Vec<Chip>,
    /// Why what was typed is none.
    pub(super) unknown: Option<String>,
}

/// How far one may look.
pub(super) struct Distance {
    pub(super) km: u16,
    pub(super) label: String,
    pub(super) chosen: bool,
}

/// None at home, where everything is near.
pub(super) fn town(present: &Present, rooms: &Rooms, asked: &Asked) -> Option<Town> {
    if asked.place == Where::Home {
        return None;
    }
    let association = &present.guest.association;
    let own = own(association, asked);
    let is = |name: &str| place::spelling(name) == place::spelling(&asked.town);
    // A locality was chosen among those of its name: it counts while that name stands there.
    let chosen = asked.town_id.and_then(|id| rooms.places.get(id));
    if let Some(chosen) = chosen.filter(|place| asked.town.is_empty() || is(&place.name)) {
        return Some(named(chosen, asked));
    }
    if asked.town.is_empty() || is(&association.place_name) {
        return Some(own);
    }
    let own = Town { km: None, ..own };
    let words = present.words();
    Some(match place::find(&rooms.places, &asked.town) {
        Found::One(place) => named(place, asked),
        Found::Nothing => Town {
            unknown: Some(
                words.say_with("notices-town-unknown", &[("typed", (&asked.town).into())]),
            ),
            name: asked.town.clone(),
            ..own
        },
        Found::Many(places) => {
            let choices = place::choices(words, &places).into_iter().map(|it| Chip {
                href: asked.with(|asked| {
                    asked.town.clone_from(&it.name);
                    asked.town_id = Some(it.id);
                }),
                label: format!("{} ({})", it.name, it.detail),
            });
            Town {
                choices: choices.collect(),
                name: asked.town.clone(),
                ..own
            }
        }
    })
}

fn own(association: &Association, asked: &Asked) -> Town {
    Town {
        at: (association.latitude, association.longitude),
        name: association.place_name.clone(),
        chosen: false,
        km: asked.km,
        choices: Vec::new(),
        unknown: None,
    }
}

fn named(place: &sel::place::Place, asked: &Asked) -> Town {
    Town {
        at: (place.latitude, place.longitude),
        name: place.name.clone(),
        chosen: true,
        km: asked.km,
        choices: Vec::new(),
        unknown: None,
    }
}

pub(super) fn distances(frame: &Frame, asked: &Asked) -> Vec<Distance> {
    let distance = |km| Distance {
        km,
        label: frame.t1("notices-within", "km", i64::from(km)),
        chosen: asked.km == Some(km),
    };
    DISTANCES.map(distance).into()
}
