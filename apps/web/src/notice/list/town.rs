//! From where distances count: the SEL's own locality, or the one that was named.

use crate::Rooms;
use crate::notice::asked::{Asked, DISTANCES, Where};
use crate::platform::place::{self, Found};
use door::Frame;
use sel::place::Place;
use store::association::Association;
use words::Words;

use super::chip::Chip;

/// A locality, and what is to be said of it.
pub(crate) struct Town {
    /// Latitude and longitude, in degrees; none where nobody said from where.
    pub(crate) at: Option<(f64, f64)>,
    /// As it stands in the field.
    pub(crate) name: String,
    /// From where distances count, as it is called.
    pub(crate) from: String,
    /// Whether another one than the SEL's own was named.
    pub(crate) chosen: bool,
    /// How far one looks; however far, where what was typed may be several places.
    pub(crate) km: Option<u16>,
    /// Where several have the name, or nearly: what is asked, and the addresses that mean each.
    pub(crate) which: String,
    pub(crate) choices: Vec<Chip>,
    /// Why what was typed is none.
    pub(crate) unknown: Option<String>,
}

/// How far one may look.
pub(crate) struct Distance {
    pub(crate) km: u16,
    pub(crate) label: String,
    pub(crate) chosen: bool,
}

/// The locality from where one looks: the SEL's own, if there is one, until another is named. None
/// where everything is near.
pub(crate) fn town(
    words: Words,
    association: Option<&Association>,
    rooms: &Rooms,
    asked: &Asked,
) -> Option<Town> {
    if matches!(asked.place, Where::Home | Where::Showcase) {
        return None;
    }
    let own = own(association, asked);
    let is = |name: &str| place::spelling(name) == place::spelling(&asked.town);
    // A locality was chosen among those of its name: it counts while that name stands there.
    let chosen = asked.town_id.and_then(|id| rooms.places.get(id));
    if let Some(chosen) = chosen.filter(|place| asked.town.is_empty() || is(&place.name)) {
        return Some(named(chosen, asked));
    }
    if asked.town.is_empty() || is(&own.name) {
        return Some(own);
    }
    Some(match place::find(&rooms.places, &asked.town) {
        Found::One(place) => named(place, asked),
        Found::Nothing => Town {
            unknown: Some(unknown(words, asked, association.is_some())),
            name: asked.town.clone(),
            ..own
        },
        Found::Many(places) => Town {
            which: meanwhile(words, asked, words.say("notices-town-which")),
            choices: choices(words, rooms, asked, &places),
            name: asked.town.clone(),
            km: None,
            ..own
        },
        Found::Nearly(places) => Town {
            which: {
                let typed = ("typed", (&asked.town).into());
                meanwhile(words, asked, words.say_with("notices-town-maybe", &[typed]))
            },
            choices: choices(words, rooms, asked, &places),
            name: asked.town.clone(),
            km: None,
            ..own
        },
    })
}

/// What is asked; where a distance was chosen, that it does not count yet.
fn meanwhile(words: Words, asked: &Asked, question: String) -> String {
    match asked.km {
        Some(_) => format!("{} {question}", words.say("notices-town-meanwhile")),
        None => question,
    }
}

/// The addresses that mean one of these.
fn choices(words: Words, rooms: &Rooms, asked: &Asked, places: &[&Place]) -> Vec<Chip> {
    let choices = place::choices(words, &rooms.places, places).into_iter();
    let chip = |it: place::Choice| Chip {
        href: asked.with(|asked| {
            asked.town.clone_from(&it.name);
            asked.town_id = Some(it.id);
        }),
        label: format!("{} ({})", it.name, it.detail),
    };
    choices.map(chip).collect()
}

fn unknown(words: Words, asked: &Asked, from_home: bool) -> String {
    let key = if from_home {
        "notices-town-unknown"
    } else {
        "notices-town-unknown-anywhere"
    };
    words.say_with(key, &[("typed", (&asked.town).into())])
}

fn own(association: Option<&Association>, asked: &Asked) -> Town {
    Town {
        at: association.map(|it| (it.latitude, it.longitude)),
        name: association.map_or_else(String::new, |it| it.place_name.clone()),
        from: association.map_or_else(String::new, |it| it.place_name.clone()),
        chosen: false,
        km: asked.km.filter(|_| association.is_some()),
        which: String::new(),
        choices: Vec::new(),
        unknown: None,
    }
}

fn named(place: &Place, asked: &Asked) -> Town {
    Town {
        at: Some((place.latitude, place.longitude)),
        name: place.name.clone(),
        from: place.name.clone(),
        chosen: true,
        km: asked.km,
        which: String::new(),
        choices: Vec::new(),
        unknown: None,
    }
}

impl Town {
    /// Whether it is clear which locality is meant.
    pub(crate) fn is_clear(&self) -> bool {
        self.unknown.is_none() && self.choices.is_empty()
    }
}

pub(crate) fn distances(frame: &Frame, asked: &Asked) -> Vec<Distance> {
    let distance = |km| Distance {
        km,
        label: frame.t1("notices-within", "km", i64::from(km)),
        chosen: asked.km == Some(km),
    };
    DISTANCES.map(distance).into()
}
