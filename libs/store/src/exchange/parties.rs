//! The two of an exchange and the rules they stand under, read in one round trip.

use crate::setting::{self, Row};
use crate::{Result, Scope};
use sel::association::Rules;
use sel::exchange::Party;
use sel::id::MemberId;
use sel::limit::Standing;
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
    other_first: String,
    other_left: bool,
    other_has_email: bool,
    other_balance: i64,
    other_out: i64,
    other_in: i64,
}

/// Both members with their accounts; nothing where one of them is not known here.
pub async fn parties(
    scope: &mut Scope,
    mine: MemberId,
    other: MemberId,
) -> Result<Option<Parties>> {
    let here = scope.here();
    let statement = AssertSqlSafe(format!(
        "select {}, m.first_name as mine_first, m.left_at is not null as mine_left, \
         m.email is not null as mine_has_email, a.balance as mine_balance, \
         a.held_out as mine_out, a.held_in as mine_in, o.first_name as other_first, \
         o.left_at is not null as other_left, o.email is not null as other_has_email, \
         b.balance as other_balance, b.held_out as other_out, b.held_in as other_in \
         from setting s \
         join member m on m.association_id = s.association_id and m.member_id = $2 \
         join account a on a.association_id = s.association_id and a.member_id = $2 \
         join member o on o.association_id = s.association_id and o.member_id = $3 \
         join account b on b.association_id = s.association_id and b.member_id = $3 \
         where s.association_id = $1",
        setting::COLUMNS
    ));
    let read: Option<Read> = sqlx::query_as(statement)
        .bind(here)
        .bind(mine.0)
        .bind(other.0)
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
                },
            },
            mine_has_email: self.mine_has_email,
            other_has_email: self.other_has_email,
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
