//! Whether a ledger holds: recomputed from its transfers, and along its seals.

use crate::seal::{self, Digest};
use crate::{Result, Scope};
use sqlx::AssertSqlSafe;
use std::fmt;
use uuid::Uuid;

mod crossing;

pub use crossing::{HUB_ID, at_hub};

/// What must hold in every ledger at every moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    pub transfers: i64,
    /// Links of the chain, and its last digest: noted elsewhere, it shows a chain that was cut.
    pub seals: (i64, Digest),
    /// The first rows that are not as they must be, one of a kind.
    pub wrong: Vec<Wrong>,
}

/// A row that is not as it must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wrong {
    pub what: What,
    pub id: Uuid,
}

/// In which way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// A transfer that is gone, or says something else than when it was sealed.
    Seal,
    /// A transfer that is neither sealed nor waits to be.
    Unsealed,
    /// A transfer out of its account's sequence, or with another balance after it.
    Line,
    /// An account whose balance or count is not that of its transfers.
    Balance,
    /// An account that holds another amount than its pending exchanges.
    Hold,
    /// A transfer between accounts, or for an exchange, that are not there.
    StrayTransfer,
    /// An exchange of members that are not there, or that its transfer contradicts.
    StrayExchange,
    /// A reversal that does not undo what it names.
    Reversal,
    /// A closed account that is not empty.
    Closed,
    /// A transfer with another SEL, or an exchange with one, that the other contradicts.
    StrayCrossing,
    /// An exchange of which the other SEL knows something else.
    Twin,
    /// A transfer with another SEL that the hub knows otherwise, or not.
    Hub,
    /// A SEL whose account at the hub is not what its exchanges add up to.
    Branch,
    /// An alliance whose totals are not those of its exchanges.
    Totals,
    /// An association whose balances are not zero together.
    Sum,
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let id = self.id;
        match self.what {
            What::Seal => write!(f, "transfer {id} is not what was sealed"),
            What::Unsealed => write!(f, "transfer {id} is neither sealed nor waits to be"),
            What::Line => write!(f, "transfer {id} does not follow the one before it"),
            What::Balance => write!(f, "account {id} is not what its transfers add up to"),
            What::Hold => write!(f, "account {id} does not hold what waits for an answer"),
            What::StrayTransfer => write!(f, "transfer {id} leads nowhere"),
            What::StrayExchange => write!(f, "exchange {id} contradicts its transfer or members"),
            What::Reversal => write!(f, "transfer {id} does not undo what it names"),
            What::Closed => write!(f, "account {id} is closed and not empty"),
            What::StrayCrossing => {
                write!(f, "exchange {id} with another SEL contradicts the books")
            }
            What::Twin => write!(f, "exchange {id} is something else in the other SEL"),
            What::Hub => write!(f, "transfer {id} is something else at the hub"),
            What::Branch => write!(f, "association {id} stands otherwise at the hub"),
            What::Totals => write!(f, "alliance {id} is not what its exchanges add up to"),
            What::Sum => write!(f, "the balances of association {id} are not zero together"),
        }
    }
}

impl Check {
    pub fn holds_true(&self) -> bool {
        self.wrong.is_empty()
    }
}

/// Both sides of every transfer.
const SIDES: &str = "side as ( \
    select transfer_id, payer_account as account_id, -amount as amount, \
           payer_sequence as sequence, payer_balance as after \
    from transfer where association_id = $1 \
    union all \
    select transfer_id, payee_account, amount, payee_sequence, payee_balance \
    from transfer where association_id = $1)";

/// An exchange that waits for an answer.
const OPEN: &str = "num_nonnulls(agreed_at, refused_at, cancelled_at, expired_at) = 0";

/// Neither sealed nor waiting to be.
const UNSEALED: &str = "select t.transfer_id from transfer t where t.association_id = $1 \
     and not exists (select from seal s where s.association_id = $1 \
                     and s.transfer_id = t.transfer_id) \
     and not exists (select from unsealed u where u.association_id = $1 \
                     and u.transfer_id = t.transfer_id) \
     order by 1 limit 1";

/// Accounts or an exchange that are not there.
const STRAY_TRANSFER: &str = "select t.transfer_id from transfer t \
     left join account p on p.association_id = $1 and p.account_id = t.payer_account \
     left join account r on r.association_id = $1 and r.account_id = t.payee_account \
     left join exchange e on e.association_id = $1 and e.exchange_id = t.exchange_id \
     where t.association_id = $1 and (p.account_id is null or r.account_id is null \
         or (t.exchange_id is not null and e.exchange_id is null) \
         or (t.batch_id is not null and not exists (select from batch b \
             where b.association_id = $1 and b.batch_id = t.batch_id)) \
         or (t.kind = 'exchange' and (e.transfer_id is distinct from t.transfer_id \
             or t.exchange_id is distinct from t.transfer_id))) \
     order by 1 limit 1";

/// Members that are not there, or a transfer that says something else.
const STRAY_EXCHANGE: &str = "select e.exchange_id from exchange e \
     left join transfer t on t.association_id = $1 and t.transfer_id = e.transfer_id \
     where e.association_id = $1 and ( \
         (e.transfer_id is not null and (t.transfer_id is null or t.amount <> e.amount \
             or not exists (select from holding h where h.association_id = $1 \
                     and h.member_id = e.payer_id and h.account_id = t.payer_account) \
             or not exists (select from holding h where h.association_id = $1 \
                     and h.member_id = e.payee_id and h.account_id = t.payee_account))) \
         or (e.reversed_at is not null and not exists (select from transfer r \
             where r.association_id = $1 and r.reverses = e.transfer_id)) \
         or exists (select from unnest(array[e.payer_id, e.payee_id, e.proposed_by, \
                 e.proposed_for, e.answer_by, e.closed_by]) as named (id) \
             where named.id is not null \
             and not exists (select from member m where m.association_id = $1 \
                             and m.member_id = named.id))) \
     order by 1 limit 1";

/// A reversal that is not the same amount the other way, or that its exchange does not know of.
fn reversal() -> String {
    // Whose own account it was shares another by now.
    const HEIR: &str = "select from account a join holding h on h.association_id = $1 \
        and h.member_id = a.member_id where a.association_id = $1 and a.account_id =";
    format!(
        "select t.transfer_id from transfer t \
     left join transfer f on f.association_id = $1 and f.transfer_id = t.reverses \
     left join exchange e on e.association_id = $1 and e.exchange_id = t.exchange_id \
     where t.association_id = $1 and t.reverses is not null and (f.transfer_id is null \
         or f.kind = 'reversal' \
         or t.amount <> f.amount \
         or not (t.payer_account = f.payee_account or exists ({HEIR} f.payee_account \
             and h.account_id = t.payer_account)) \
         or not (t.payee_account = f.payer_account or exists ({HEIR} f.payer_account \
             and h.account_id = t.payee_account)) \
         or t.exchange_id is distinct from f.exchange_id \
         or (e.exchange_id is not null and e.reversed_at is null)) \
     order by 1 limit 1"
    )
}

/// An account that is closed, and not empty.
const CLOSED: &str = "select account_id from account where association_id = $1 \
     and closed_at is not null and (balance <> 0 or held_out <> 0 or held_in <> 0) \
     order by 1 limit 1";

/// Each asks for the first row that breaks what must hold.
fn questions() -> [(What, String); 14] {
    [
        (What::Unsealed, UNSEALED.into()),
        (
            What::Line,
            format!(
                "with {SIDES}, running as (select transfer_id, sequence, after, \
                     sum(amount) over line as counted, row_number() over line as place \
                     from side window line as (partition by account_id order by sequence)) \
                 select transfer_id from running where after <> counted or sequence <> place \
                 order by 1 limit 1"
            ),
        ),
        (
            What::Balance,
            format!(
                "with {SIDES}, total as (select account_id, sum(amount) as sum, count(*) as lines \
                     from side group by account_id) \
                 select account_id from account a left join total using (account_id) \
                 where a.association_id = $1 and (a.balance <> coalesce(total.sum, 0) \
                     or a.transfer_count <> coalesce(total.lines, 0)) order by 1 limit 1"
            ),
        ),
        (
            What::Hold,
            format!(
                "with pending as (select payer_account, payee_account, amount from exchange \
                     where association_id = $1 and {OPEN} \
                     union all \
                     select case c.side when 'payer' then c.account_id else a.account_id end, \
                         case c.side when 'payer' then a.account_id else c.account_id end, \
                         c.amount \
                     from crossing c join alliance a on a.association_id = $1 \
                         and a.alliance_id = c.alliance_id \
                     where c.association_id = $1 \
                         and num_nonnulls(c.agreed_at, c.refused_at, c.cancelled_at, \
                             c.expired_at) = 0), \
                 given as (select payer_account as account_id, sum(amount) as sum from pending \
                     group by 1), \
                 received as (select payee_account as account_id, sum(amount) as sum from pending \
                     group by 1) \
                 select a.account_id from account a \
                 left join given on given.account_id = a.account_id \
                 left join received on received.account_id = a.account_id \
                 where a.association_id = $1 and a.kind <> 'branch' \
                     and (a.held_out <> coalesce(given.sum, 0) \
                     or a.held_in <> coalesce(received.sum, 0)) order by 1 limit 1"
            ),
        ),
        (What::StrayTransfer, STRAY_TRANSFER.into()),
        (What::StrayExchange, STRAY_EXCHANGE.into()),
        (What::Reversal, reversal()),
        (What::Closed, CLOSED.into()),
        (What::StrayCrossing, crossing::STRAY.into()),
        (What::Twin, crossing::TWIN.into()),
        (What::Hub, crossing::HUB.into()),
        (What::Branch, crossing::branch()),
        (What::Totals, crossing::totals()),
        (
            What::Sum,
            "select $1 from account where association_id = $1 having sum(balance) <> 0".into(),
        ),
    ]
}

/// Recomputes the association's ledger. Reads all of it.
pub async fn check(scope: &mut Scope) -> Result<Check> {
    let here = scope.here();
    let mut wrong = Vec::new();
    if let Some(id) = seal::first_broken(scope).await? {
        wrong.push(Wrong {
            what: What::Seal,
            id: id.0,
        });
    }
    for (what, question) in questions() {
        let found: Option<(Uuid,)> = sqlx::query_as(AssertSqlSafe(question))
            .bind(here)
            .fetch_optional(scope.connection())
            .await?;
        wrong.extend(found.map(|(id,)| Wrong { what, id }));
    }
    let (transfers,): (i64,) =
        sqlx::query_as("select count(*) from transfer where association_id = $1")
            .bind(here)
            .fetch_one(scope.connection())
            .await?;
    Ok(Check {
        transfers,
        seals: seal::head(scope).await?,
        wrong,
    })
}
