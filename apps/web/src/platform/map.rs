//! `/carte`: where the SELs are. The map is ours: every locality that we know is a point of it, and
//! together they draw the land.

use crate::Rooms;
use askama::Template;
use door::form::Query;
use door::{Answer, Frame, House, Trouble, Visit, page};
use poem::http::header;
use poem::web::Data;
use poem::{Response, Route, get, handler};
use sel::place::Gazetteer;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::sync::{Arc, OnceLock};
use store::Door;
use store::association::Mapped;

/// The land that is shown, in degrees: its west and its north, and one degree of latitude in units
/// of the drawing.
const WEST: f64 = -5.4;
const NORTH: f64 = 51.7;
const DEGREE: f64 = 100.0;
/// At this latitude a degree of longitude is drawn as long as it is.
const MIDDLE: f64 = 46.5;
const WIDTH: f64 = 1105.0;
const HEIGHT: f64 = 1050.0;
/// How far the points of the land are apart, and how wide a square is whose SELs are one circle.
const STEP: f64 = 10.0;
const SQUARE: f64 = 46.0;
/// SELs of one page of the list.
const LISTED: usize = 60;

pub(super) fn routes(route: Route) -> Route {
    route
        .at("/carte", get(show))
        .at("/carte/fond.svg", get(background))
}

/// One or several SELs.
struct Circle {
    x: String,
    y: String,
    radius: String,
    /// What stands in it, where it is several.
    count: Option<usize>,
    label: String,
    href: String,
}

struct Listed {
    url: String,
    name: String,
    detail: String,
}

#[derive(Template)]
#[template(path = "platform_map.html")]
struct MapPage {
    frame: Frame,
    lead: String,
    width: f64,
    height: f64,
    circles: Vec<Circle>,
    listed: Vec<Listed>,
    page_number: usize,
    previous: Option<usize>,
    next: Option<usize>,
}

#[handler]
async fn show(visit: Visit, query: Query, Data(house): Data<&Arc<House>>) -> Answer {
    let mut door = Door::begin(&house.pool, visit.now)
        .await
        .map_err(Trouble::from)?;
    let spots = store::association::mapped(&mut door)
        .await
        .map_err(Trouble::from)?;
    door.commit().await.map_err(Trouble::from)?;
    let last = spots.len().div_ceil(LISTED).max(1);
    let number = query.0.get("page").parse().unwrap_or(1).clamp(1, last);
    let frame = Frame::platform(&visit, "map-title");
    let listed = spots.iter().skip((number - 1) * LISTED).take(LISTED);
    let listed = listed.map(|spot| Listed {
        url: house.site.association_url(&spot.slug, "/"),
        name: spot.name.clone(),
        detail: format!(
            "{} · {}",
            spot.place_name,
            frame.t1("platform-members", "count", spot.member_count)
        ),
    });
    Ok(page(&MapPage {
        lead: frame.t1("map-lead", "count", spots.len()),
        width: WIDTH,
        height: HEIGHT,
        circles: circles(&frame, house, &spots),
        listed: listed.collect(),
        page_number: number,
        previous: (number > 1).then(|| number - 1),
        next: (number < last).then_some(number + 1),
        frame,
    })?)
}

/// Where a point of the Earth is drawn, if it is.
fn drawn(latitude: f64, longitude: f64) -> Option<(f64, f64)> {
    let x = (longitude - WEST) * MIDDLE.to_radians().cos() * DEGREE;
    let y = (NORTH - latitude) * DEGREE;
    ((0.0..WIDTH).contains(&x) && (0.0..HEIGHT).contains(&y)).then_some((x, y))
}

/// In which square of this width a point stands: row, then column.
#[expect(clippy::cast_possible_truncation, reason = "the drawing is small")]
fn square((x, y): (f64, f64), width: f64) -> (i32, i32) {
    ((y / width) as i32, (x / width) as i32)
}

#[expect(clippy::cast_precision_loss, reason = "a drawing need not be exact")]
fn circles(frame: &Frame, house: &House, spots: &[Mapped]) -> Vec<Circle> {
    let mut squares: BTreeMap<_, Vec<(&Mapped, (f64, f64))>> = BTreeMap::new();
    for spot in spots {
        if let Some(at) = drawn(spot.latitude, spot.longitude) {
            squares
                .entry(square(at, SQUARE))
                .or_default()
                .push((spot, at));
        }
    }
    let circle = |some: Vec<(&Mapped, (f64, f64))>| {
        let count = some.len();
        let mean = |of: fn(&(f64, f64)) -> f64| {
            some.iter().map(|(_, at)| of(at)).sum::<f64>() / count as f64
        };
        let (x, y) = (mean(|at| at.0), mean(|at| at.1));
        let (largest, _) = some.iter().max_by_key(|(spot, _)| spot.member_count)?;
        let is_one = count == 1;
        Some(Circle {
            x: format!("{x:.0}"),
            y: format!("{y:.0}"),
            radius: format!(
                "{:.0}",
                (12.0 + 4.0 * (count as f64).ln()).min(SQUARE / 2.0)
            ),
            count: (!is_one).then_some(count),
            label: if is_one {
                format!("{}, {}", largest.name, largest.place_name)
            } else {
                frame.t2("map-some", "count", count, "place", &largest.place_name)
            },
            href: match largest.geoname_id {
                Some(place) if !is_one => format!("/?lieu={place}"),
                _ => house.site.association_url(&largest.slug, "/"),
            },
        })
    };
    squares.into_values().filter_map(circle).collect()
}

/// The land. It changes with the gazetteer, so with the program.
#[handler]
async fn background(Data(rooms): Data<&Arc<Rooms>>) -> Response {
    static LAND: OnceLock<String> = OnceLock::new();
    let land = LAND.get_or_init(|| outline(&rooms.places)).clone();
    Response::builder()
        .content_type("image/svg+xml")
        .header(header::CACHE_CONTROL, "public, max-age=86400")
        .body(land)
}

/// Points in rows: a row of neighbours is one stroke of dots.
fn outline(places: &Gazetteer) -> String {
    let spots = places.iter();
    let spots = spots.filter_map(|it| drawn(it.latitude, it.longitude));
    let squares: BTreeSet<(i32, i32)> = spots.map(|at| square(at, STEP)).collect();
    let mut path = String::new();
    let mut squares = squares.into_iter().peekable();
    while let Some((row, first)) = squares.next() {
        let mut last = first;
        while squares.next_if_eq(&(row, last + 1)).is_some() {
            last += 1;
        }
        let at = |column: i32| f64::from(column) * STEP + STEP / 2.0;
        // A little beyond the last point, so that its dot is drawn.
        let _ = write!(
            path,
            "M{} {}h{}",
            at(first),
            at(row),
            at(last) - at(first) + 0.1
        );
    }
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\">\
         <path d=\"{path}\" fill=\"none\" stroke=\"#cfc9be\" stroke-width=\"7\" \
         stroke-linecap=\"round\" stroke-dasharray=\"0 {STEP}\"/></svg>"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use sel::place::Place;

    #[test]
    fn what_is_drawn_lies_on_the_map_and_what_is_overseas_does_not() {
        for (latitude, longitude) in [
            (48.4, -4.8),
            (41.4, 9.2),
            (51.5, 4.4),
            (43.3, 5.4),
            (47.4, 9.6),
        ] {
            assert!(
                drawn(latitude, longitude).is_some(),
                "{latitude} {longitude}"
            );
        }
        assert_eq!(drawn(-21.1, 55.5), None);
        let (paris, marseille) = (drawn(48.86, 2.35).unwrap(), drawn(43.3, 5.4).unwrap());
        assert!(paris.0 < marseille.0 && paris.1 < marseille.1);
    }

    #[test]
    fn neighbours_are_one_stroke_and_gaps_part_strokes() {
        let place = |longitude: f64| Place {
            country: "FR".into(),
            name: "Mars".into(),
            latitude: 46.0,
            longitude,
            population: 1,
            admin1: String::new(),
            geoname_id: 1,
        };
        let apart = STEP / DEGREE / MIDDLE.to_radians().cos();
        let places = [2.0, 2.0 + apart, 4.0].map(place).into_iter().collect();
        let land = outline(&places);
        assert_eq!(land.matches('M').count(), 2, "{land}");
        assert!(land.contains("h10.1") && land.contains("h0.1"), "{land}");
    }
}
