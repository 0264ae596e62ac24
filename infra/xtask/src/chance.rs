//! Numbers that look random, the same ones for the same seed.

/// Numbers that look random enough to choose members and ids (xorshift64*).
#[derive(Clone, Debug)]
pub(crate) struct Chance {
    state: u64,
    /// The moment of the ids: their first 48 bits.
    moment: u128,
}

impl Chance {
    /// Begins at an id of a form: at its moment, with its random part.
    pub(crate) fn of(id: &str) -> Chance {
        let digits: String = id.chars().filter(char::is_ascii_hexdigit).collect();
        let id = u128::from_str_radix(&digits, 16).unwrap_or(1);
        let tail = u64::try_from(id & u128::from(u64::MAX)).unwrap_or(1);
        Chance {
            state: tail | 1,
            moment: id >> 80,
        }
    }

    /// Begins at a seed; ids take their moment from [`Chance::begin_at`].
    pub(crate) fn new(seed: u64) -> Chance {
        let mut chance = Chance {
            state: seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1,
            moment: 0,
        };
        chance.next();
        chance
    }

    /// Takes the moment of an id of a form.
    pub(crate) fn begin_at(&mut self, id: &str) {
        self.moment = Chance::of(id).moment;
    }

    fn next(&mut self) -> u64 {
        self.state ^= self.state >> 12;
        self.state ^= self.state << 25;
        self.state ^= self.state >> 27;
        self.state.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    pub(crate) fn below(&mut self, most: u32) -> u32 {
        u32::try_from((self.next() >> 32) % u64::from(most)).unwrap_or(0)
    }

    /// A UUID of version 7, as the forms carry it.
    pub(crate) fn id(&mut self) -> String {
        let random = (u128::from(self.next()) << 64) | u128::from(self.next());
        let id = (self.moment << 80)
            | (0x7 << 76)
            | ((random >> 52) & (0xfff << 64))
            | (0x2 << 62)
            | (random & 0x3fff_ffff_ffff_ffff);
        let hex = format!("{id:032x}");
        let parts = [0..8, 8..12, 12..16, 16..20, 20..32].map(|part| hex[part].to_owned());
        parts.join("-")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_of_version_7_and_differ() {
        let mut chance = Chance::of("0199c2f0-0000-7000-8000-00000000abcd");
        let (one, two) = (chance.id(), chance.id());
        assert_ne!(one, two);
        assert!(one.starts_with("0199c2f0-0000-7"), "{one}");
        assert_eq!(one.len(), 36);
        assert!(matches!(&one[19..20], "8" | "9" | "a" | "b"), "{one}");
        assert!(chance.below(5) < 5);
    }
}
