//! Where something is, and how far that is from somewhere else.

/// Ten-thousandths of a degree, about 11 m: as the index keeps them.
const STEPS: f64 = 10_000.0;
/// A degree of latitude, in kilometres.
const DEGREE_KM: f64 = 111.195;

/// Latitude and longitude, in degrees (WGS 84), as the index keeps them.
#[expect(clippy::cast_possible_truncation, reason = "degrees are few")]
pub(crate) fn written((latitude, longitude): (f64, f64)) -> (i64, i64) {
    let steps = |degrees: f64| (degrees * STEPS).round() as i64;
    (steps(latitude), steps(longitude))
}

/// How far places are from one, as if the earth were flat around it: a tenth of the work of
/// [`sel::place::distance_km`], for hundreds of thousands of them, and within a hundredth of it as
/// far as neighbours live.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ruler {
    latitude: f64,
    longitude: f64,
    longitude_km: f64,
}

impl Ruler {
    pub(crate) fn at((latitude, longitude): (f64, f64)) -> Ruler {
        Ruler {
            latitude: latitude * STEPS,
            longitude: longitude * STEPS,
            longitude_km: DEGREE_KM * latitude.to_radians().cos() / STEPS,
        }
    }

    /// Kilometres to a place as the index keeps it.
    pub(crate) fn km(&self, latitude: i32, longitude: i32) -> f64 {
        let north = (f64::from(latitude) - self.latitude) * DEGREE_KM / STEPS;
        let east = (f64::from(longitude) - self.longitude) * self.longitude_km;
        (north * north + east * east).sqrt()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MARSEILLE: (f64, f64) = (43.2965, 5.3698);

    #[test]
    fn neighbours_are_as_far_as_on_the_globe() {
        let small = |steps: i64| i32::try_from(steps).unwrap();
        for there in [
            MARSEILLE,
            (43.2928, 5.5708),
            (43.9493, 4.8055),
            (44.84, 4.1),
        ] {
            let (latitude, longitude) = written(there);
            let km = Ruler::at(MARSEILLE).km(small(latitude), small(longitude));
            let truth = sel::place::distance_km(MARSEILLE, there);
            assert!((km - truth).abs() < 0.02 + truth / 100.0, "{km} {truth}");
        }
    }
}
