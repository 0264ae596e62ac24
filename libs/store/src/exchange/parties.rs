//! The two of an exchange and the rules they stand under, read in one round trip.

use crate::setting::{self, Row};
use crate::{Result, Scope};
use sel::association::Rules;
use sel::exchange::Party;
use sel::id::MemberId;
use sel::limit::{Own, Standing};
use sqlx::{AssertSqlSafe, FromRow};

/// What the rules need to know to decide about an exchange.
#[derive(Clone, Debug)]
pub struct Parties {
    pub rules: Rules,
    pub mine: Party,
    pub other: Party,
    /// Which of the two letters reach.
    pub mine_has_email: bool,
    pub other_has_email: bool,
    /// Whether both share one account.
    pub one_account: bool,
}

#[derive(Debug, FromRow)]
struct Read {
    #[sqlx(flatten)]
    rules: Row,
    mine_first: String,
    mine_left: bool,
    mine_has_email: bool,
    mine_balance: i64,
    mine_out: i64,
    mine_in: i64,
    mine_floor: Option<i64>,
    mine_ceiling: Option<i64>,
    mine_own: bool,
    other_first: String,
    other_left: bool,
    other_has_email: bool,
    other_balance: i64,
    other_out: i64,
    other_in: i64,
    one_account: bool,
    other_floor: Option<i64>,
    other_ceiling: Option<i64>,
    other_own: bool,
}

/// Both members with their accounts; nothing where one of them is not known here.
pub async fn parties(
    scope: &mut Scope,
    mine: MemberId,
    other: MemberId,
) -> Result<Option<Parties>> {
    let (here, now) = (scope.here(), scope.now);
    let statement = AssertSqlSafe(format!(
        "select {}, m.first_name as mine_first, m.left_at is not null as mine_left, \
         m.email is not null as mine_has_email, a.balance as mine_balance, \
         a.held_out as mine_out, a.held_in as mine_in, a.own_floor as mine_floor, \
         a.own_ceiling as mine_ceiling, \
         coalesce(a.own_limits_until >= $4::date, false) as mine_own, \
         o.first_name as other_first, \
         o.left_at is not null as other_left, o.email is not null as other_has_email, \
         b.balance as other_balance, b.held_out as other_out, b.held_in as other_in, \
         b.own_floor as other_floor, b.own_ceiling as other_ceiling, \
         coalesce(b.own_limits_until >= $4::date, false) as other_own, \
         a.account_id = b.account_id as one_account \
         from setting s \
         join member m on m.association_id = s.association_id and m.member_id = $2 \
         join holding h on h.association_id = s.association_id and h.member_id = $2 \
              and h.until is null \
         join account a on a.association_id = s.association_id and a.account_id = h.account_id \
         join member o on o.association_id = s.association_id and o.member_id = $3 \
         join holding k on k.association_id = s.association_id and k.member_id = $3 \
              and k.until is null \
         join account b on b.association_id = s.association_id and b.account_id = k.account_id \
         where s.association_id = $1",
        setting::COLUMNS
    ));
    let read: Option<Read> = sqlx::query_as(statement)
        .bind(here)
        .bind(mine.0)
        .bind(other.0)
        .bind(now)
        .fetch_optional(scope.connection())
        .await?;
    read.map(|read| read.parties(mine, other)).transpose()
}

impl Read {
    fn parties(self, mine: MemberId, other: MemberId) -> Result<Parties> {
        Ok(Parties {
            rules: self.rules.try_into()?,
            mine: Party {
                member_id: mine,
                first_name: self.mine_first,
                has_left: self.mine_left,
                standing: Standing {
                    balance: self.mine_balance,
                    held_out: self.mine_out,
                    held_in: self.mine_in,
                    own: self.mine_own.then_some(Own {
                        floor: self.mine_floor,
                        ceiling: self.mine_ceiling,
                    }),
                },
            },
            other: Party {
                member_id: other,
                first_name: self.other_first,
                has_left: self.other_left,
                standing: Standing {
                    balance: self.other_balance,
                    held_out: self.other_out,
                    held_in: self.other_in,
                    own: self.other_own.then_some(Own {
                        floor: self.other_floor,
                        ceiling: self.other_ceiling,
                    }),
                },
            },
            mine_has_email: self.mine_has_email,
            other_has_email: self.other_has_email,
            one_account: self.one_account,
        })
    }
}

impl Parties {
    pub fn has_email(&self, member: MemberId) -> bool {
        if member == self.mine.member_id {
            self.mine_has_email
        } else {
            self.other_has_email
        }
    }
}
