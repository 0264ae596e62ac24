//! The notices that the tests know.

use sel::notice::Reach;
use uuid::Uuid;

use crate::{Change, Entry, Eyes, Found, Index, Query, Viewer};

pub(crate) const MARS_ID: Uuid = Uuid::from_u128(1);
pub(crate) const VENUS_ID: Uuid = Uuid::from_u128(2);
pub(crate) const MARS: Viewer = home(MARS_ID);
pub(crate) const VENUS: Viewer = home(VENUS_ID);

pub(crate) const fn home(association_id: Uuid) -> Viewer {
    Viewer {
        eyes: Eyes::Home { association_id },
        now: 0,
    }
}

/// Kind, category, title, text; numbered from 1, each a day newer than the one before.
const NOTICES: [(&str, &str, &str, &str); 13] = [
    (
        "offer",
        "Jardin",
        "Taille de rosiers",
        "Les vôtres et ceux de la voisine, en mars.",
    ),
    (
        "want",
        "Jardin",
        "Des bras pour désherber",
        "Le potager est grand, l’échine est raide.",
    ),
    (
        "offer",
        "Maison",
        "Repassage à domicile",
        "Chemises et draps, pliés le jour même.",
    ),
    (
        "want",
        "Maison",
        "Panne d’électricité",
        "Une prise ne marche plus dans la cuisine.",
    ),
    (
        "offer",
        "Enfants",
        "Sortie de l’école",
        "Je garde vos petits jusqu’à 19 h.",
    ),
    (
        "offer",
        "Savoirs",
        "Cours d'espagnol",
        "On bavarde en marchant, débutants bienvenus.",
    ),
    (
        "want",
        "Savoirs",
        "Échanges de recettes",
        "Autour des légumes oubliés, sans gluten.",
    ),
    (
        "offer",
        "Transports",
        "Covoiturage du samedi",
        "Vers le marché, retour à midi.",
    ),
    (
        "want",
        "Transports",
        "Vélo d’enfant",
        "Petites roues bienvenues, 16 pouces.",
    ),
    (
        "offer",
        "Prêts",
        "Échelle et perceuse",
        "Pour vos étagères ; à rendre propres.",
    ),
    (
        "offer",
        "Jardin",
        "Plants de tomates",
        "Du jardin, avec un cœur de bœuf ou deux.",
    ),
    (
        "want",
        "Enfants",
        "Baby-sitting",
        "Un soir par mois, deux enfants sages.",
    ),
    (
        "offer",
        "Maison",
        "Petite couture",
        "Ourlets de rideaux, fermetures, boutons.",
    ),
];

pub(crate) fn entry(association_id: Uuid, number: u8) -> Entry {
    let (kind, category, title, text) = NOTICES[usize::from(number) - 1];
    Entry {
        association_id,
        notice_id: Uuid::from_u128(u128::from(number)),
        kind: kind.to_owned(),
        category: category.to_lowercase(),
        category_name: category.to_owned(),
        title: title.to_owned(),
        text: text.to_owned(),
        published_at: i64::from(number) * 86_400,
        expires_at: (i64::from(number) + 365) * 86_400,
        urgent: false,
        gift: false,
        reach: Reach::Members,
        at: (0.0, 0.0),
    }
}

pub(crate) fn put(entry: Entry) -> Change {
    Change::Put(Box::new(entry))
}

pub(crate) fn remove(number: u8) -> Change {
    Change::Remove {
        association_id: MARS_ID,
        notice_id: Uuid::from_u128(u128::from(number)),
    }
}

pub(crate) fn all() -> Vec<Change> {
    (1..=13).map(|number| put(entry(MARS_ID, number))).collect()
}

pub(crate) fn filled() -> Index {
    let index = Index::in_memory().unwrap();
    index.apply(all(), "13").unwrap();
    index
}

pub(crate) fn asking(words: &str) -> Query<'_> {
    Query {
        words,
        limit: 20,
        ..Query::default()
    }
}

pub(crate) fn numbers(found: &Found) -> Vec<u128> {
    let hits = found.hits.iter();
    hits.map(|hit| hit.notice_id.as_u128()).collect()
}

/// Those that have every word.
pub(crate) fn find(index: &Index, words: &str) -> Vec<u128> {
    let found = index.find(&MARS, &asking(words)).unwrap();
    let mut numbers = numbers(&found);
    numbers.truncate(found.whole);
    numbers
}

pub(crate) fn is_nothing(found: &Found) -> bool {
    found.total == 0
        && found.hits.is_empty()
        && found.kinds.is_empty()
        && found.categories.is_empty()
        && found.whole == 0
}

/// With another reach.
pub(crate) fn far(association_id: Uuid, number: u8, reach: Reach) -> Entry {
    Entry {
        reach,
        ..entry(association_id, number)
    }
}
