//! What must hold of exchanges with other SELs: the books of this SEL, what it knows of them, and
//! the hub say the same, transfer by transfer.

use super::OPEN;
use crate::{Result, Scope};
use sel::id::AssociationId;

/// A transfer with another SEL that no exchange explains, or an exchange that the books contradict.
pub(super) const STRAY: &str = "select coalesce(c.crossing_id, t.transfer_id) from ( \
         select * from crossing where association_id = $1) c \
     full join (select * from transfer where association_id = $1 and kind = 'crossing') t \
         on t.transfer_id = c.crossing_id \
     left join alliance a on a.association_id = $1 and a.alliance_id = c.alliance_id \
     left join transfer r on r.association_id = $1 and r.reverses = c.crossing_id \
     where $1 <> hub() and ( \
         c.crossing_id is null or a.alliance_id is null \
         or (c.agreed_at is null) <> (t.transfer_id is null) \
         or (c.reversed_at is null) <> (r.transfer_id is null) \
         or (t.transfer_id is not null and (t.amount <> c.amount \
             or (case c.side when 'payer' then t.payer_account else t.payee_account end) \
                 <> c.account_id \
             or (case c.side when 'payer' then t.payee_account else t.payer_account end) \
                 <> a.account_id)) \
         or not exists (select from holding h where h.association_id = $1 \
             and h.member_id = c.member_id and h.account_id = c.account_id)) \
     order by 1 limit 1";

/// An exchange of which the other SEL knows something else, or nothing.
pub(super) const TWIN: &str = "select coalesce(c.crossing_id, t.crossing_id) from ( \
         select c.*, crossing_ends(c) as ends from crossing c \
         join alliance a on a.association_id = $1 and a.alliance_id = c.alliance_id \
         where c.association_id = $1 and a.ally_id is not null) c \
     full join crossings_there() t on t.crossing_id = c.crossing_id \
     where $1 <> hub() and (c.crossing_id is null or t.crossing_id is null or c.side = t.side \
         or c.amount <> t.their_amount or c.their_amount <> t.amount or c.label <> t.label \
         or c.done_on <> t.done_on or c.ends <> t.ends) \
     order by 1 limit 1";

/// A transfer of the SEL's trunk that the hub does not have, has otherwise, or has alone.
pub(super) const HUB: &str = "select coalesce(o.transfer_id, h.transfer_id) from ( \
         select t.transfer_id, t.reverses, c.seconds * \
                case when t.payee_account = k.account_id then -1 else 1 end as seconds, a.ally_id \
         from account k \
         join transfer t on t.association_id = $1 \
             and k.account_id in (t.payer_account, t.payee_account) \
         left join crossing c on c.association_id = $1 \
             and c.crossing_id = coalesce(t.reverses, t.transfer_id) \
         left join alliance a on a.association_id = $1 and a.alliance_id = c.alliance_id \
         where k.association_id = $1 and k.sole = 'trunk') o \
     full join hub_legs() h on h.transfer_id = o.transfer_id \
     where $1 <> hub() and (o.transfer_id is null or h.transfer_id is null \
         or o.seconds is distinct from h.seconds or o.ally_id is distinct from h.ally_id \
         or o.reverses is distinct from h.reverses) \
     order by 1 limit 1";

/// A SEL whose account at the hub is not what its exchanges add up to, promises included.
pub(super) fn branch() -> String {
    format!(
        "select $1 from hub_branch() b cross join ( \
             select coalesce(sum(case side when 'payer' then -seconds else seconds end) filter ( \
                        where agreed_at is not null and reversed_at is null), 0) as stands, \
                    coalesce(sum(seconds) filter (where side = 'payer' and {OPEN}), 0) as gives, \
                    coalesce(sum(seconds) filter (where side = 'payee' and {OPEN}), 0) as gets \
             from crossing c where association_id = $1 and exists (select from alliance a \
                 where a.association_id = $1 and a.alliance_id = c.alliance_id \
                 and a.ally_id is not null)) own \
         where b.balance <> own.stands or b.held_out <> own.gives or b.held_in <> own.gets limit 1"
    )
}

/// An alliance whose totals are not those of its exchanges.
pub(super) fn totals() -> String {
    format!(
        "select a.alliance_id from alliance a left join ( \
             select alliance_id, \
                    sum(seconds) filter (where side = 'payer' and agreed_at is not null \
                        and reversed_at is null) as given, \
                    sum(seconds) filter (where side = 'payee' and agreed_at is not null \
                        and reversed_at is null) as received, \
                    sum(seconds) filter (where side = 'payer' and {OPEN}) as gives, \
                    sum(seconds) filter (where side = 'payee' and {OPEN}) as gets \
             from crossing where association_id = $1 group by alliance_id) c using (alliance_id) \
         where a.association_id = $1 and (a.given <> coalesce(c.given, 0) \
             or a.received <> coalesce(c.received, 0) or a.held_out <> coalesce(c.gives, 0) \
             or a.held_in <> coalesce(c.gets, 0)) \
         order by 1 limit 1"
    )
}

/// What the hub counts for this SEL, in seconds: positive where its members received more than
/// they gave. Zero where it has no account there.
pub async fn at_hub(scope: &mut Scope) -> Result<i64> {
    let balance: Option<(i64,)> = sqlx::query_as("select balance from hub_branch()")
        .fetch_optional(scope.connection())
        .await?;
    Ok(balance.map_or(0, |(balance,)| balance))
}

/// The association in whose name the hub keeps its books.
pub const HUB_ID: AssociationId = AssociationId(uuid::Uuid::from_u128(
    0x0000_0000_0000_7000_8000_0000_0000_0001,
));
