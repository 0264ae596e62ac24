//! Localities, as people type them: "st etienne" finds Saint-Étienne.

mod french;

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use serde::{Deserialize, Serialize};

use crate::folded::folded;

/// The mean radius of the Earth (IUGG).
const EARTH_RADIUS_KM: f64 = 6_371.008_8;

/// A locality of the gazetteer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// ISO 3166-1, two capital letters.
    pub country: String,
    pub name: String,
    /// Degrees north, WGS 84.
    pub latitude: f64,
    /// Degrees east, WGS 84.
    pub longitude: f64,
    pub population: u32,
    /// Region or canton, in the codes of GeoNames.
    pub admin1: String,
    pub geoname_id: u32,
}

/// The time zone of a country or territory (ISO 3166-1), in the names of the IANA database; that of
/// Paris where we know no better.
pub fn time_zone(country: &str) -> &'static str {
    match country {
        "BE" => "Europe/Brussels",
        "CH" => "Europe/Zurich",
        "LU" => "Europe/Luxembourg",
        "MC" => "Europe/Monaco",
        "RE" => "Indian/Reunion",
        "YT" => "Indian/Mayotte",
        "GP" => "America/Guadeloupe",
        "MQ" => "America/Martinique",
        "GF" => "America/Cayenne",
        _ => "Europe/Paris",
    }
}

/// The distance in kilometres between two points (latitude, longitude in degrees) along the
/// surface, by the haversine formula: right within 0.5 % on the real Earth.
pub fn distance_km(a: (f64, f64), b: (f64, f64)) -> f64 {
    let half_sine_squared = |degrees: f64| (degrees.to_radians() / 2.0).sin().powi(2);
    let share = half_sine_squared(b.0 - a.0)
        + a.0.to_radians().cos() * b.0.to_radians().cos() * half_sine_squared(b.1 - a.1);
    2.0 * EARTH_RADIUS_KM * share.clamp(0.0, 1.0).sqrt().asin()
}

/// All localities, ready to be found by the beginning of any word of their names.
#[derive(Debug, Default)]
pub struct Gazetteer {
    places: Vec<Place>,
    by_id: HashMap<u32, usize>,
    /// Whole names, sorted.
    names: Vec<Entry>,
    /// Names from their second word on, from their third, and so on, sorted.
    endings: Vec<Entry>,
}

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    key: String,
    place: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Match {
    Exact,
    Beginning,
    Within,
}

impl FromIterator<Place> for Gazetteer {
    /// Towns known in French by another name get it; their own name still finds them.
    fn from_iter<I: IntoIterator<Item = Place>>(places: I) -> Self {
        let mut gazetteer = Gazetteer::default();
        for (index, mut place) in places.into_iter().enumerate() {
            gazetteer.enter(&place.name, index);
            if let Some(name) = french::name(place.geoname_id) {
                name.clone_into(&mut place.name);
                gazetteer.enter(name, index);
            }
            gazetteer.by_id.entry(place.geoname_id).or_insert(index);
            gazetteer.places.push(place);
        }
        gazetteer.names.sort_unstable();
        gazetteer.endings.sort_unstable();
        gazetteer
    }
}

impl Gazetteer {
    pub fn len(&self) -> usize {
        self.places.len()
    }

    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    pub fn get(&self, geoname_id: u32) -> Option<&Place> {
        self.by_id
            .get(&geoname_id)
            .map(|&place| &self.places[place])
    }

    fn enter(&mut self, name: &str, place: usize) {
        let key = key(name);
        for (space, _) in key.match_indices(' ') {
            self.endings.push(Entry {
                key: key[space + 1..].to_owned(),
                place,
            });
        }
        // German and Flemish saints are also written St.
        let saint = key
            .strip_prefix("sankt ")
            .or_else(|| key.strip_prefix("sint "));
        if let Some(rest) = saint {
            self.names.push(Entry {
                key: format!("saint {rest}"),
                place,
            });
        }
        self.names.push(Entry { key, place });
    }

    /// At most `limit` places for what was typed so far: those with exactly this name, then those
    /// that begin so, then those with a later word that begins so; in each the largest first.
    pub fn find(&self, typed: &str, limit: usize) -> Vec<&Place> {
        let mut hits = Vec::new();
        for key in keys(typed) {
            for entry in beginning_with(&self.names, &key) {
                let how = if entry.key == key {
                    Match::Exact
                } else {
                    Match::Beginning
                };
                hits.push((how, entry.place));
            }
            for entry in beginning_with(&self.endings, &key) {
                hits.push((Match::Within, entry.place));
            }
        }
        hits.sort_by_key(|&(how, place)| {
            let found = &self.places[place];
            (
                how,
                Reverse(found.population),
                &found.name,
                found.geoname_id,
            )
        });
        let mut seen = HashSet::new();
        hits.retain(|&(_, place)| seen.insert(place));
        hits.iter()
            .take(limit)
            .map(|&(_, place)| &self.places[place])
            .collect()
    }
}

fn beginning_with<'a>(entries: &'a [Entry], key: &str) -> &'a [Entry] {
    let from = entries.partition_point(|entry| entry.key.as_str() < key);
    let length = entries[from..].partition_point(|entry| entry.key.starts_with(key));
    &entries[from..from + length]
}

/// A name as it is looked up: folded, other signs as spaces, "st" and "ste" written out.
fn key(name: &str) -> String {
    let words: Vec<String> = words(name);
    words
        .iter()
        .map(|word| written_out(word))
        .collect::<Vec<_>>()
        .join(" ")
}

/// What was typed may end in the middle of a word: "st" is Saint-Étienne or Strasbourg.
fn keys(typed: &str) -> Vec<String> {
    let words = words(typed);
    let Some((last, before)) = words.split_last() else {
        return Vec::new();
    };
    let mut start: Vec<&str> = before.iter().map(|word| written_out(word)).collect();
    start.push(written_out(last));
    let mut keys = vec![start.join(" ")];
    if written_out(last) != last {
        start.pop();
        start.push(last);
        keys.push(start.join(" "));
    }
    keys
}

fn words(text: &str) -> Vec<String> {
    folded(text)
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

fn written_out(word: &str) -> &str {
    match word {
        "st" => "saint",
        "ste" => "sainte",
        "sts" => "saints",
        "stes" => "saintes",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn place(geoname_id: u32, name: &str, population: u32) -> Place {
        Place {
            country: "FR".to_owned(),
            name: name.to_owned(),
            latitude: 43.5,
            longitude: 5.4,
            population,
            admin1: "93".to_owned(),
            geoname_id,
        }
    }

    fn gazetteer() -> Gazetteer {
        let names = [
            ("Aix", 900),
            ("Aix-en-Provence", 146_821),
            ("Aix-les-Bains", 31_100),
            ("Saint-Étienne", 176_280),
            ("Saint-Étienne-du-Grès", 2_400),
            ("Sainte-Foy-la-Grande", 2_500),
            ("Strasbourg", 274_845),
            ("L'Isle-sur-la-Sorgue", 19_500),
            ("Mars", 571),
            ("Marseille", 877_215),
            ("Marseille 13e Arrondissement", 93_000),
            ("Cinq-Mars-la-Pile", 3_500),
            ("Biel/Bienne", 48_614),
            ("Œuilly", 600),
            ("Sankt Gallen", 75_833),
            ("Roche", 800),
            ("Roche", 1_500),
            ("Roche-la-Molière et Roche", 9_900),
        ];
        (1..)
            .zip(names)
            .map(|(id, (name, people))| place(id, name, people))
            .collect()
    }

    fn found(typed: &str) -> Vec<String> {
        gazetteer()
            .find(typed, 10)
            .into_iter()
            .map(|place| place.name.clone())
            .collect()
    }

    #[test]
    fn an_exact_name_comes_before_longer_and_larger_ones() {
        let expected = [
            "Mars",
            "Marseille",
            "Marseille 13e Arrondissement",
            "Cinq-Mars-la-Pile",
        ];
        assert_eq!(found("mars"), expected);
    }

    #[test]
    fn beginnings_are_sorted_by_population() {
        assert_eq!(found("ai"), ["Aix-en-Provence", "Aix-les-Bains", "Aix"]);
    }

    #[test]
    fn words_inside_a_name_are_found() {
        assert_eq!(found("provence"), ["Aix-en-Provence"]);
        assert_eq!(found("sur la so"), ["L'Isle-sur-la-Sorgue"]);
        assert_eq!(found("bienne"), ["Biel/Bienne"]);
        assert_eq!(found("rovence"), [""; 0]);
    }

    #[test]
    fn accents_capitals_hyphens_and_apostrophes_do_not_matter() {
        assert_eq!(found("SAINT ETIENNE DU GRES"), ["Saint-Étienne-du-Grès"]);
        assert_eq!(found("l’isle sur"), ["L'Isle-sur-la-Sorgue"]);
        assert_eq!(found("oeuilly"), ["Œuilly"]);
        assert_eq!(found(" aix   en-provence "), ["Aix-en-Provence"]);
    }

    #[test]
    fn saint_and_sainte_may_be_abbreviated() {
        assert_eq!(
            found("st etienne"),
            ["Saint-Étienne", "Saint-Étienne-du-Grès"]
        );
        assert_eq!(found("St. Étienne du"), ["Saint-Étienne-du-Grès"]);
        assert_eq!(found("ste-foy"), ["Sainte-Foy-la-Grande"]);
        assert_eq!(found("St. Gallen"), ["Sankt Gallen"]);
        assert_eq!(found("sankt g"), ["Sankt Gallen"]);
    }

    #[test]
    fn a_town_is_found_by_its_french_name_and_by_its_own() {
        let gazetteer: Gazetteer = [place(2_660_646, "Geneva", 201_741)].into_iter().collect();
        for typed in ["geneve", "Geneva"] {
            assert_eq!(gazetteer.find(typed, 5)[0].name, "Genève");
        }
        assert_eq!(gazetteer.get(2_660_646).unwrap().name, "Genève");
    }

    #[test]
    fn a_word_cut_at_st_may_still_become_another() {
        assert_eq!(
            found("st"),
            [
                "Strasbourg",
                "Saint-Étienne",
                "Sankt Gallen",
                "Sainte-Foy-la-Grande",
                "Saint-Étienne-du-Grès"
            ]
        );
    }

    #[test]
    fn two_places_of_one_name_are_both_found_the_larger_first() {
        let gazetteer = gazetteer();
        let people: Vec<_> = gazetteer
            .find("roche", 3)
            .iter()
            .map(|place| place.population)
            .collect();
        assert_eq!(people, [1_500, 800, 9_900]);
    }

    #[test]
    fn nothing_typed_finds_nothing() {
        for typed in ["", "  ", "'-", "./"] {
            assert_eq!(found(typed), [""; 0]);
        }
    }

    #[test]
    fn no_more_than_the_limit_are_found() {
        let gazetteer = gazetteer();
        assert_eq!(gazetteer.find("aix", 0).len(), 0);
        assert_eq!(gazetteer.find("aix", 2).len(), 2);
        assert_eq!(gazetteer.find("aix", 4).len(), 3);
    }

    #[test]
    fn a_place_is_had_by_its_number() {
        let gazetteer = gazetteer();
        assert_eq!(gazetteer.get(10).unwrap().name, "Marseille");
        assert_eq!(gazetteer.get(999), None);
        assert_eq!(gazetteer.len(), 18);
        assert!(Gazetteer::default().is_empty());
    }

    #[test]
    fn distances_are_those_of_the_map() {
        let (marseille, paris) = ((43.296_95, 5.381_07), (48.853_41, 2.348_8));
        assert!((distance_km(marseille, paris) - 660.5).abs() < 1.0);
        assert!((distance_km((0.0, 0.0), (0.0, 180.0)) - 20_015.1).abs() < 0.1);
        assert!((distance_km((0.0, 179.5), (0.0, -179.5)) - 111.2).abs() < 0.1);
        assert!(distance_km(marseille, marseille) < 1e-9);
    }

    proptest! {
        #[test]
        fn a_distance_is_the_same_both_ways(
            a in (-90.0..90.0, -180.0..180.0),
            b in (-90.0..90.0, -180.0..180.0),
        ) {
            let (there, back) = (distance_km(a, b), distance_km(b, a));
            prop_assert!((there - back).abs() < 1e-6 && (0.0..20_016.0).contains(&there));
        }

        #[test]
        fn any_beginning_of_a_name_finds_it(cut in 1_usize..14) {
            let typed: String = "Saint-Étienne".chars().take(cut).collect();
            prop_assert!(found(&typed).contains(&"Saint-Étienne".to_owned()));
        }

        #[test]
        fn whatever_is_typed_the_limit_holds(typed in "\\PC{0,20}", limit in 0_usize..5) {
            prop_assert!(gazetteer().find(&typed, limit).len() <= limit);
        }
    }
}
