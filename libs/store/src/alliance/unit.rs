//! What another SEL calls its units, and what an hour is worth in them.

use sel::amount::Unit;
use sqlx::FromRow;

/// The unit of another SEL, as far as it is known here.
#[derive(Clone, Debug, FromRow)]
pub(crate) struct TheirUnit {
    unit_one: Option<String>,
    unit_many: Option<String>,
    ally_per_hour: i32,
    decimals: Option<i16>,
}

impl TheirUnit {
    pub(crate) fn unit(&self) -> Unit {
        let word = |known: &Option<String>, word: &str| known.clone().unwrap_or(word.to_owned());
        let per_hour = u32::try_from(self.ally_per_hour).unwrap_or(60);
        let coarse = if per_hour < 10 { 2 } else { 0 };
        let decimals = self.decimals.and_then(|it| u8::try_from(it).ok());
        Unit {
            one: word(&self.unit_one, "unité"),
            many: word(&self.unit_many, "unités"),
            per_hour,
            decimals: decimals.unwrap_or(coarse),
        }
    }
}

/// The columns of [`TheirUnit`].
pub(crate) const THEIR_UNIT: &str = "f.unit_one, f.unit_many, \
    coalesce(f.units_per_hour, a.ally_per_hour) as ally_per_hour, f.decimals";
