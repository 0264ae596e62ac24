//! Localities, as people type them: "st etienne" finds Saint-Étienne.

mod french;

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use serde::{Deserialize, Serialize};

use crate::folded::folded;

/// The mean radius of the Earth (IUGG).
const EARTH_RADIUS_KM: f64 = 6_371.008_8;

/// From so many letters on, one mistake is forgiven, and two.
const SHORT_LETTERS: usize = 4;
const LONG_LETTERS: usize = 8;

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

    pub fn iter(&self) -> impl Iterator<Item = &Place> {
        self.places.iter()
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

impl Gazetteer {
    /// At most `limit` places whose names differ from what was typed by one mistake, or two in
    /// eight letters or more: the nearest first, then the largest.
    pub fn nearly(&self, typed: &str, limit: usize) -> Vec<&Place> {
        let typed = key(typed);
        let mistakes = match typed.chars().count() {
            0..SHORT_LETTERS => return Vec::new(),
            SHORT_LETTERS..LONG_LETTERS => 1,
            _ => 2,
        };
        let near = |entry: &Entry| {
            // Bytes cost less to count than mistakes; a letter has three at the most.
            let is_near = entry.key.len().abs_diff(typed.len()) <= 3 * mistakes;
            let distance = is_near.then(|| strsim::osa_distance(&entry.key, &typed));
            let distance = distance.filter(|distance| *distance <= mistakes)?;
            let found = &self.places[entry.place];
            Some((distance, Reverse(found.population), entry.place))
        };
        let mut hits: Vec<_> = self.names.iter().filter_map(near).collect();
        hits.sort_unstable();
        let mut seen = HashSet::new();
        hits.retain(|&(_, _, place)| seen.insert(place));
        let places = hits.iter().take(limit);
        places.map(|&(_, _, place)| &self.places[place]).collect()
    }

    /// The nearest place of so many inhabitants or more.
    pub fn nearest(&self, to: (f64, f64), population: u32) -> Option<&Place> {
        let large = self.places.iter().filter(|it| it.population >= population);
        let distance = |it: &&Place| distance_km(to, (it.latitude, it.longitude));
        large.min_by(|a, b| distance(a).total_cmp(&distance(b)))
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
#[path = "place_tests.rs"]
mod tests;
