//! How far below and above zero an account may go, and what then happens.

/// What a SEL does when an exchange leads beyond a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Policy {
    Warn,
    Refuse,
}

/// The limits of an account, in minor units. `None` is no limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    pub floor: Option<i64>,
    pub ceiling: Option<i64>,
    pub policy: Policy,
}

/// Where an account stands: posted, and promised but not yet posted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    pub balance: i64,
    pub held_out: i64,
    pub held_in: i64,
}

/// An exchange leads an account here, and the limit is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Beyond {
    pub reached: i64,
    pub limit: i64,
    /// Whether units that wait for an answer are counted in what is reached.
    pub with_pending: bool,
}

impl Limits {
    /// Whether giving `amount` leads below the floor, promises counted.
    pub fn below(&self, standing: Standing, amount: i64) -> Option<Beyond> {
        let reached = standing.balance - standing.held_out - amount;
        self.floor
            .filter(|floor| reached < *floor)
            .map(|limit| Beyond {
                reached,
                limit,
                with_pending: standing.held_out != 0,
            })
    }

    /// Whether receiving `amount` leads above the ceiling, promises counted.
    pub fn above(&self, standing: Standing, amount: i64) -> Option<Beyond> {
        let reached = standing.balance + standing.held_in + amount;
        self.ceiling
            .filter(|ceiling| reached > *ceiling)
            .map(|limit| Beyond {
                reached,
                limit,
                with_pending: standing.held_in != 0,
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMITS: Limits = Limits {
        floor: Some(-2000),
        ceiling: Some(2000),
        policy: Policy::Warn,
    };

    #[test]
    fn the_floor_itself_is_allowed_and_one_below_is_beyond() {
        let standing = Standing {
            balance: -1900,
            held_out: 40,
            held_in: 500,
        };
        assert_eq!(LIMITS.below(standing, 60), None);
        assert_eq!(
            LIMITS.below(standing, 61),
            Some(Beyond {
                reached: -2001,
                limit: -2000,
                with_pending: true,
            })
        );
    }

    #[test]
    fn the_ceiling_itself_is_allowed_and_one_above_is_beyond() {
        let standing = Standing {
            balance: 1900,
            held_out: 500,
            held_in: 40,
        };
        assert_eq!(LIMITS.above(standing, 60), None);
        assert_eq!(
            LIMITS.above(standing, 61),
            Some(Beyond {
                reached: 2001,
                limit: 2000,
                with_pending: true,
            })
        );
    }

    #[test]
    fn no_limit_is_never_passed() {
        let none = Limits {
            floor: None,
            ceiling: None,
            policy: Policy::Refuse,
        };
        assert_eq!(none.below(Standing::default(), i64::from(u32::MAX)), None);
        assert_eq!(none.above(Standing::default(), i64::from(u32::MAX)), None);
    }
}
