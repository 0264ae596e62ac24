//! Which locality somebody means, and how it is told apart from another of the same name.

use sel::folded::folded;
use sel::place::{Gazetteer, Place};
use words::{Language, Words};

/// Localities that are offered to choose from, at the most.
const CHOICES: usize = 12;
/// From so many inhabitants on, a town is known around.
const TOWN_PEOPLE: u32 = 20_000;
/// Localities looked at: those of exactly the typed name come first.
const LOOKED_AT: usize = 60;

/// What was found under a typed name.
#[derive(Debug, PartialEq)]
pub(crate) enum Found<'a> {
    Nothing,
    One(&'a Place),
    Many(Vec<&'a Place>),
    /// None is called so; these nearly are.
    Nearly(Vec<&'a Place>),
}

/// A locality to choose.
pub(crate) struct Choice {
    pub(crate) id: u32,
    pub(crate) name: String,
    pub(crate) detail: String,
}

/// Finds what was typed. A name that one locality has exactly means that one, however many others
/// begin so.
pub(crate) fn find<'a>(places: &'a Gazetteer, typed: &str) -> Found<'a> {
    let mut found = places.find(typed, LOOKED_AT);
    let exact = found
        .iter()
        .filter(|place| spelling(&place.name) == spelling(typed))
        .count();
    match (exact, found.len()) {
        (_, 0) => match places.nearly(typed, CHOICES) {
            nearly if nearly.is_empty() => Found::Nothing,
            nearly => Found::Nearly(nearly),
        },
        (1, _) | (0, 1) => Found::One(found[0]),
        (0, _) => {
            found.truncate(CHOICES);
            Found::Many(found)
        }
        (exact, _) => {
            found.truncate(exact.min(CHOICES));
            Found::Many(found)
        }
    }
}

/// One spelling, in which "St-Étienne" is "saint etienne".
pub(crate) fn spelling(name: &str) -> String {
    folded(name)
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| match word {
            "st" => "saint",
            "ste" => "sainte",
            other => other,
        })
        .collect::<Vec<_>>()
        .join(" ")
}

/// Two of one name in one region are told apart by the town near each.
pub(crate) fn choices(words: Words, all: &Gazetteer, places: &[&Place]) -> Vec<Choice> {
    let said = |place: &Place| (place.name.clone(), region(words, place));
    let choice = |place: &&Place| {
        let twins = places.iter().filter(|it| said(it) == said(place)).count();
        let detail = detail(words, place);
        let at = (place.latitude, place.longitude);
        let near = all.nearest(at, TOWN_PEOPLE).filter(|_| twins > 1);
        Choice {
            id: place.geoname_id,
            name: place.name.clone(),
            detail: match near {
                None => detail,
                Some(town) => {
                    let names = [("detail", detail.into()), ("town", (&town.name).into())];
                    words.say_with("platform-place-near", &names)
                }
            },
        }
    };
    places.iter().map(choice).collect()
}

/// "Normandie, 571 habitants".
pub(crate) fn detail(words: Words, place: &Place) -> String {
    let region = region(words, place);
    if place.population == 0 {
        return region;
    }
    words.say_with(
        "platform-place-detail",
        &[
            ("region", region.into()),
            ("people", thousands(place.population).into()),
            ("count", place.population.into()),
        ],
    )
}

fn thousands(number: u32) -> String {
    let digits = number.to_string();
    let mut spaced = String::new();
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            spaced.push('\u{a0}');
        }
        spaced.push(digit);
    }
    spaced
}

/// The region of a place in metropolitan France, the country elsewhere, with its canton in
/// Switzerland.
fn region(words: Words, place: &Place) -> String {
    let french = match place.admin1.as_str() {
        "11" => "Île-de-France",
        "24" => "Centre-Val de Loire",
        "27" => "Bourgogne-Franche-Comté",
        "28" => "Normandie",
        "32" => "Hauts-de-France",
        "44" => "Grand Est",
        "52" => "Pays de la Loire",
        "53" => "Bretagne",
        "75" => "Nouvelle-Aquitaine",
        "76" => "Occitanie",
        "84" => "Auvergne-Rhône-Alpes",
        "93" => "Provence-Alpes-Côte d’Azur",
        "94" => "Corse",
        _ => "",
    };
    let key = match (place.country.as_str(), french) {
        ("FR", "") => "country-fr",
        ("FR", region) => return region.to_owned(),
        ("BE", _) => "country-be",
        ("CH", _) => {
            let country = words.say("country-ch");
            return format!("{country} ({})", place.admin1);
        }
        ("LU", _) => "country-lu",
        ("MC", _) => "country-mc",
        ("GF", _) => "country-gf",
        ("GP", _) => "country-gp",
        ("MQ", _) => "country-mq",
        ("RE", _) => "country-re",
        ("YT", _) => "country-yt",
        (other, _) => return other.to_owned(),
    };
    words.say(key)
}

/// "à Marseille", "au Mans", "aux Ulis"; "in Marseille".
pub(crate) fn at(words: Words, place: &str) -> String {
    // Only French melts the article of a town into its preposition.
    let (key, name) = match (words.language, place.split_once(' ')) {
        (Language::French, Some(("Le", rest))) => ("platform-at-le", rest),
        (Language::French, Some(("Les", rest))) => ("platform-at-les", rest),
        _ => ("platform-at", place),
    };
    words.say_with(key, &[("place", name.into())])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gazetteer() -> Gazetteer {
        let place = |geoname_id, name: &str, admin1: &str, population| Place {
            country: "FR".into(),
            name: name.into(),
            latitude: 45.0,
            longitude: 3.0,
            population,
            admin1: admin1.into(),
            geoname_id,
        };
        [
            place(1, "Mars", "84", 571),
            place(2, "Marseille", "93", 877_215),
            place(3, "Roche", "84", 800),
            place(4, "Roche", "27", 0),
            place(5, "Saint-Étienne", "84", 176_280),
            place(6, "Saint-Étienne-du-Grès", "93", 2_400),
        ]
        .into_iter()
        .collect()
    }

    fn one(typed: &str) -> Option<u32> {
        match find(&gazetteer(), typed) {
            Found::One(place) => Some(place.geoname_id),
            _ => None,
        }
    }

    #[test]
    fn an_exact_name_is_meant_whatever_else_begins_so() {
        assert_eq!(one("mars"), Some(1));
        assert_eq!(one("St Etienne"), Some(5));
        assert_eq!(one("marsei"), Some(2));
    }

    #[test]
    fn a_name_of_two_places_or_the_beginning_of_two_is_to_choose() {
        for (typed, count) in [("roche", 2), ("mar", 2), ("saint", 2)] {
            match find(&gazetteer(), typed) {
                Found::Many(places) => assert_eq!(places.len(), count, "{typed}"),
                other => panic!("{typed}: {other:?}"),
            }
        }
        assert_eq!(find(&gazetteer(), "zzz"), Found::Nothing);
        assert_eq!(find(&gazetteer(), ""), Found::Nothing);
    }

    #[test]
    fn places_of_one_name_are_told_apart() {
        let words = Words::new(Language::French);
        let gazetteer = gazetteer();
        let told = |id| detail(words, gazetteer.get(id).unwrap());
        assert_eq!(told(3), "Auvergne-Rhône-Alpes, 800 habitants");
        assert_eq!(told(4), "Bourgogne-Franche-Comté");
        assert_eq!(thousands(877_215), "877\u{a0}215");
    }

    #[test]
    fn a_town_with_an_article_is_said_as_one_says_it() {
        let words = Words::new(Language::French);
        assert_eq!(at(words, "Marseille"), "à Marseille");
        assert_eq!(at(words, "Le Mans"), "au Mans");
        assert_eq!(at(words, "Les Ulis"), "aux Ulis");
        assert_eq!(at(words, "La Rochelle"), "à La Rochelle");
        assert_eq!(at(Words::new(Language::English), "Le Mans"), "in Le Mans");
    }
}
