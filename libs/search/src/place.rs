//! Where something is, and how far that is from somewhere else.

/// Ten-thousandths of a degree, about 11 m: as the index keeps them.
const STEPS: f64 = 10_000.0;
/// A degree of latitude, in kilometres.
const DEGREE_KM: f64 = 111.195;

/// A spot on the earth, in degrees (WGS 84).
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Spot {
    pub latitude: f64,
    pub longitude: f64,
}

impl Spot {
    #[expect(clippy::cast_possible_truncation, reason = "degrees are few")]
    pub(crate) fn written(self) -> (i64, i64) {
        let steps = |degrees: f64| (degrees * STEPS).round() as i64;
        (steps(self.latitude), steps(self.longitude))
    }
}

/// How far spots are from one, as if the earth were flat around it: within a hundredth as far as
/// neighbours live.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ruler {
    latitude: f64,
    longitude: f64,
    longitude_km: f64,
}

impl Ruler {
    pub(crate) fn at(spot: Spot) -> Ruler {
        Ruler {
            latitude: spot.latitude * STEPS,
            longitude: spot.longitude * STEPS,
            longitude_km: DEGREE_KM * spot.latitude.to_radians().cos() / STEPS,
        }
    }

    /// Kilometres to a spot as the index keeps it.
    pub(crate) fn km(&self, latitude: i32, longitude: i32) -> f64 {
        let north = (f64::from(latitude) - self.latitude) * DEGREE_KM / STEPS;
        let east = (f64::from(longitude) - self.longitude) * self.longitude_km;
        (north * north + east * east).sqrt()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MARSEILLE: Spot = Spot {
        latitude: 43.2965,
        longitude: 5.3698,
    };

    fn km(to: Spot) -> f64 {
        let (latitude, longitude) = to.written();
        let small = |steps: i64| i32::try_from(steps).unwrap();
        Ruler::at(MARSEILLE).km(small(latitude), small(longitude))
    }

    #[test]
    fn neighbours_are_as_far_as_on_the_globe() {
        let aubagne = Spot {
            latitude: 43.2928,
            longitude: 5.5708,
        };
        assert!((km(aubagne) - 16.3).abs() < 0.1, "{}", km(aubagne));
        let avignon = Spot {
            latitude: 43.9493,
            longitude: 4.8055,
        };
        assert!((km(avignon) - 85.5).abs() < 0.9, "{}", km(avignon));
        assert!(km(MARSEILLE) < 0.02);
    }
}
