//! Opening a SEL, and the rules it gives itself.

use crate::limit::{Limits, Policy};
use crate::person::Email;
use crate::refusal::Refused;
use crate::slug::{self, Slug};
use serde::{Deserialize, Serialize};
use thiserror::Error;

mod rules;
mod synonyms;

pub use rules::{Admission, FLOOR_HOURS, Rules, Visible, Ways, default_floor};
pub use synonyms::{Refusal as SynonymsRefusal, synonyms};

/// What one types to open a SEL.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    pub name: String,
    pub slug: String,
    pub unit: String,
    pub first_name: String,
    pub last_name: String,
    pub email: String,
}

/// A SEL that may be opened once its founder has followed the mailed link.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opening {
    pub name: String,
    pub slug: Slug,
    pub unit_one: String,
    pub unit_many: String,
    pub first_name: String,
    pub last_name: String,
    pub email: Email,
    pub place: Spot,
}

/// Where a SEL is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Spot {
    pub name: String,
    pub country: String,
    pub geoname_id: i32,
    /// Degrees, WGS 84.
    pub latitude: f64,
    /// Degrees, WGS 84.
    pub longitude: f64,
}

impl Eq for Spot {}

#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Refusal {
    #[error("no name")]
    NoName,
    #[error("the name is too long")]
    LongName,
    #[error("the address: {0}")]
    Slug(#[from] slug::Refusal),
    #[error("the address is taken")]
    Taken,
    #[error("no place")]
    NoPlace,
    #[error("several places have this name")]
    ManyPlaces,
    #[error("the unit has no name")]
    NoUnit,
    #[error("the unit's name is too long")]
    LongUnit,
    #[error("person: {0}")]
    Person(#[from] crate::person::Refusal),
    #[error("an hour must be worth between 1 and 10000 units")]
    BadHour,
    #[error("the unit is money")]
    Money,
    #[error("one worth of an hour is chosen and another typed")]
    TwoHours,
    #[error("an hour is worth another number of hours than one")]
    HourOfHours,
    #[error("no category is left")]
    NoCategory,
    #[error("the actor may not change the rules")]
    NotAllowed,
}

impl Refused for Refusal {
    fn key(&self) -> &'static str {
        match self {
            Refusal::NoName => "refusal-sel-name-empty",
            Refusal::LongName => "refusal-sel-name-long",
            Refusal::Slug(slug::Refusal::Empty) => "refusal-slug-empty",
            Refusal::Slug(slug::Refusal::TooShort) => "refusal-slug-short",
            Refusal::Slug(slug::Refusal::TooLong) => "refusal-slug-long",
            Refusal::Slug(slug::Refusal::BadLetters) => "refusal-slug-letters",
            Refusal::Slug(slug::Refusal::Reserved) => "refusal-slug-reserved",
            Refusal::Taken => "refusal-slug-taken",
            Refusal::NoPlace => "refusal-locality-unknown",
            Refusal::ManyPlaces => "refusal-locality-many",
            Refusal::NoUnit => "refusal-unit-empty",
            Refusal::LongUnit => "refusal-unit-long",
            Refusal::Person(person) => person.key(),
            Refusal::BadHour => "refusal-hour",
            Refusal::TwoHours => "refusal-hour-two",
            Refusal::Money => "refusal-unit-money",
            Refusal::HourOfHours => "refusal-hour-hours",
            Refusal::NoCategory => "refusal-categories-none",
            Refusal::NotAllowed => "refusal-not-allowed",
        }
    }

    fn field(&self) -> &'static str {
        match self {
            Refusal::NoName | Refusal::LongName => "name",
            Refusal::Slug(_) | Refusal::Taken => "slug",
            Refusal::NoPlace | Refusal::ManyPlaces => "locality",
            Refusal::NoUnit | Refusal::LongUnit | Refusal::Money => "unit",
            Refusal::Person(person) => person.field(),
            Refusal::BadHour | Refusal::TwoHours | Refusal::HourOfHours => "per_hour",
            Refusal::NoCategory => "categories",
            Refusal::NotAllowed => "",
        }
    }
}

/// Letters of a SEL's name, and of its unit's.
pub const NAME_LETTERS: usize = 50;
pub const UNIT_LETTERS: usize = 20;
/// A SEL never counts in money, and its unit is never compared with it.
#[rustfmt::skip]
const MONEY: [&str; 8] = [
    "€", "eur", "euro", "euros", "chf", "franc suisse", "francs suisses", "dollar",
];

/// Decides whether a SEL may be opened so. Every field is looked at, so that all that is wrong is
/// said at once; `slug_is_free` and `place` are what the caller found.
pub fn open(
    draft: &Draft,
    slug_is_free: bool,
    place: Result<Spot, Refusal>,
) -> Result<Opening, Vec<Refusal>> {
    let name = sel_name(&draft.name);
    let slug = Slug::parse(&draft.slug)
        .map_err(Refusal::from)
        .and_then(|slug| {
            if slug_is_free {
                Ok(slug)
            } else {
                Err(Refusal::Taken)
            }
        });
    let unit = unit_names(&draft.unit);
    let person =
        crate::person::Name::parse(&draft.first_name, &draft.last_name).map_err(Refusal::from);
    let email = Email::parse(&draft.email).map_err(Refusal::from);
    // An address is made of the name: without one, only the name is asked for.
    let (is_named, no_slug) = (name.is_ok(), Refusal::Slug(slug::Refusal::Empty));
    match (name, slug, unit, person, email, place) {
        (Ok(name), Ok(slug), Ok((unit_one, unit_many)), Ok(person), Ok(email), Ok(place)) => {
            Ok(Opening {
                name,
                slug,
                unit_one,
                unit_many,
                first_name: person.first,
                last_name: person.last,
                email,
                place,
            })
        }
        (name, slug, unit, person, email, place) => Err([
            name.err(),
            slug.err().filter(|it| is_named || *it != no_slug),
            place.err(),
            unit.err(),
            person.err(),
            email.err(),
        ]
        .into_iter()
        .flatten()
        .collect()),
    }
}

/// The name of a SEL, without surrounding spaces.
pub fn sel_name(typed: &str) -> Result<String, Refusal> {
    let name = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    match name.chars().count() {
        0 => Err(Refusal::NoName),
        n if n > NAME_LETTERS => Err(Refusal::LongName),
        _ => Ok(name),
    }
}

/// The unit's name, singular and plural, from what one types: "grain" or "grains". A unit that
/// already ends in s, x or z keeps its form where it is that short a word ("radis").
pub fn unit_names(typed: &str) -> Result<(String, String), Refusal> {
    let typed = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    match typed.chars().count() {
        0 => return Err(Refusal::NoUnit),
        n if n > UNIT_LETTERS => return Err(Refusal::LongUnit),
        _ if MONEY.contains(&typed.to_lowercase().as_str()) => return Err(Refusal::Money),
        _ if !typed.chars().any(char::is_alphabetic) => return Err(Refusal::NoUnit),
        _ => {}
    }
    const UNCHANGED: [&str; 4] = ["radis", "quibus", "temps", "noix"];
    if UNCHANGED.contains(&typed.to_lowercase().as_str()) {
        return Ok((typed.clone(), typed));
    }
    if let Some(one) = typed.strip_suffix('s') {
        return Ok((one.to_owned(), typed));
    }
    let plural = if typed.ends_with("au") || typed.ends_with("eu") || typed.ends_with("ou") {
        format!("{typed}{}", if typed.ends_with("ou") { "s" } else { "x" })
    } else if typed.ends_with(['x', 'z']) || typed.chars().all(char::is_uppercase) {
        typed.clone()
    } else {
        format!("{typed}s")
    };
    Ok((typed, plural))
}

/// The first step of the guided start: what an hour is worth. Where an hour is worth less than 10
/// units, parts of a unit are needed for a quarter of an hour, so the unit gets two decimals.
pub fn worth_of_an_hour(typed: &str) -> Result<(u32, u8), Refusal> {
    let digits: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
    let per_hour: u32 = digits.parse().map_err(|_| Refusal::BadHour)?;
    match per_hour {
        1..=9 => Ok((per_hour, 2)),
        10..=10_000 => Ok((per_hour, 0)),
        _ => Err(Refusal::BadHour),
    }
}

/// The limits of the second step.
pub fn limits(floor: Option<i64>, ceiling: Option<i64>, policy: Policy) -> Limits {
    Limits {
        floor: floor.map(|f| -f.abs()),
        ceiling: ceiling.map(i64::abs),
        policy,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::amount::Unit;

    fn spot() -> Spot {
        Spot {
            name: "Marseille".into(),
            country: "FR".into(),
            geoname_id: 1,
            latitude: 43.3,
            longitude: 5.4,
        }
    }

    fn draft() -> Draft {
        Draft {
            name: " SEL  de Mars ".into(),
            slug: "mars".into(),
            unit: "grain".into(),
            first_name: "Fatima".into(),
            last_name: "Benali".into(),
            email: "fatima@exemple.fr".into(),
        }
    }

    #[test]
    fn a_sel_opens_with_tidy_names() {
        let opening = open(&draft(), true, Ok(spot())).unwrap();
        assert_eq!(opening.name, "SEL de Mars");
        assert_eq!(
            (opening.unit_one.as_str(), opening.unit_many.as_str()),
            ("grain", "grains")
        );
    }

    #[test]
    fn all_that_is_wrong_is_said_at_once() {
        let empty = Draft::default();
        let refusals = open(&empty, true, Err(Refusal::NoPlace)).unwrap_err();
        let fields: Vec<_> = refusals.iter().map(Refused::field).collect();
        assert_eq!(fields, ["name", "locality", "unit", "first_name", "email"]);
    }

    #[test]
    fn a_taken_address_is_refused() {
        assert_eq!(open(&draft(), false, Ok(spot())), Err(vec![Refusal::Taken]));
    }

    #[test]
    fn a_name_of_fifty_letters_passes_and_of_fifty_one_does_not() {
        assert!(sel_name(&"é".repeat(50)).is_ok());
        assert_eq!(sel_name(&"é".repeat(51)), Err(Refusal::LongName));
    }

    #[test]
    fn the_plural_of_a_unit_is_found() {
        for (typed, one, many) in [
            ("grain", "grain", "grains"),
            ("grains", "grain", "grains"),
            ("radis", "radis", "radis"),
            ("noyau", "noyau", "noyaux"),
            ("clou", "clou", "clous"),
            ("CEP", "CEP", "CEP"),
            ("noix", "noix", "noix"),
        ] {
            assert_eq!(unit_names(typed), Ok((one.into(), many.into())), "{typed}");
        }
        assert_eq!(unit_names(" "), Err(Refusal::NoUnit));
        assert_eq!(unit_names(&"a".repeat(21)), Err(Refusal::LongUnit));
    }

    #[test]
    fn the_default_floor_is_thirty_three_hours_and_twenty_minutes() {
        let unit = |per_hour, decimals| Unit {
            one: "u".into(),
            many: "u".into(),
            per_hour,
            decimals,
        };
        assert_eq!(default_floor(&unit(60, 0)), -2000);
        assert_eq!(default_floor(&unit(1, 2)), -3333);
    }

    #[test]
    fn an_hour_is_worth_one_to_ten_thousand_units() {
        assert_eq!(worth_of_an_hour("0"), Err(Refusal::BadHour));
        assert_eq!(worth_of_an_hour("1"), Ok((1, 2)));
        assert_eq!(worth_of_an_hour("60"), Ok((60, 0)));
        assert_eq!(worth_of_an_hour("10000"), Ok((10_000, 0)));
        assert_eq!(worth_of_an_hour("10001"), Err(Refusal::BadHour));
        assert_eq!(worth_of_an_hour("soixante"), Err(Refusal::BadHour));
    }
}
