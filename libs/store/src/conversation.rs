//! Letters between two people about a notice: two members, or a member and one of another
//! SEL.

use crate::{Page, Result, Scope};
use chrono::{DateTime, Utc};
use sel::id::{AssociationId, ConversationId, MemberId, NoticeId};
use sel::notice::Kind;
use sqlx::{AssertSqlSafe, FromRow};
use uuid::Uuid;

mod abroad;
mod message;

pub use abroad::{begin_abroad, lock_both, name_other};
pub use message::{Message, message, messages, send, sent_since};

#[derive(Clone, Debug, FromRow)]
pub struct Conversation {
    conversation_id: Uuid,
    notice_id: Option<Uuid>,
    pub notice_title: String,
    notice_kind: String,
    author_id: Option<Uuid>,
    author_number: Option<i32>,
    author_first: Option<String>,
    author_last: Option<String>,
    writer_id: Option<Uuid>,
    writer_number: Option<i32>,
    writer_first: Option<String>,
    writer_last: Option<String>,
    pub started_at: DateTime<Utc>,
    other_sel_id: Option<Uuid>,
    other_code: Option<String>,
    other_sel: Option<String>,
    carried: Option<bool>,
    /// Whether an alliance with it stands, and neither side pauses it.
    trades: Option<bool>,
    other_notice_id: Option<Uuid>,
    other_number: Option<i32>,
    other_name: Option<String>,
}

/// The one with whom a member writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Other<'a> {
    Member {
        id: MemberId,
        number: i32,
        first: &'a str,
        last: &'a str,
    },
    /// Of another SEL. How they are named is known once they have written.
    Outsider {
        named: Option<(i32, &'a str)>,
        code: &'a str,
        sel: &'a str,
    },
}

impl Conversation {
    pub fn id(&self) -> ConversationId {
        ConversationId(self.conversation_id)
    }

    /// The notice, where it is one of ours.
    pub fn notice_id(&self) -> Option<NoticeId> {
        self.notice_id.map(NoticeId)
    }

    /// The notice, where it is another SEL's, and the code of that one.
    pub fn notice_there(&self) -> Option<(&str, NoticeId)> {
        let code = self.other_code.as_deref()?;
        self.other_notice_id.map(|id| (code, NoticeId(id)))
    }

    /// The SEL of the other, where it is another one.
    pub fn sel_id(&self) -> Option<AssociationId> {
        self.other_sel_id.map(AssociationId)
    }

    pub fn notice_kind(&self) -> Kind {
        Kind::parse(&self.notice_kind).unwrap_or(Kind::Offer)
    }

    /// Whether the two SELs exchange now.
    pub fn trades(&self) -> bool {
        self.trades.unwrap_or(false)
    }

    /// Whether letters are carried: always at home, and about a notice that went to all SELs; else
    /// while the two SELs are allied, in a pause too.
    pub fn is_carried(&self) -> bool {
        self.carried.unwrap_or(true)
    }

    /// Our member, where the other is another SEL's.
    pub fn own(&self) -> Option<MemberId> {
        self.other_sel_id?;
        self.author_id.or(self.writer_id).map(MemberId)
    }

    pub fn concerns(&self, member: MemberId) -> bool {
        [self.author_id, self.writer_id].contains(&Some(member.0))
    }

    /// The one of the two who is not `member`.
    pub fn other(&self, member: MemberId) -> Other<'_> {
        let writes = self.writer_id == Some(member.0);
        let (id, number, first, last) = if writes {
            let (first, last) = (&self.author_first, &self.author_last);
            (self.author_id, self.author_number, first, last)
        } else {
            let (first, last) = (&self.writer_first, &self.writer_last);
            (self.writer_id, self.writer_number, first, last)
        };
        match id {
            Some(id) => Other::Member {
                id: MemberId(id),
                number: number.unwrap_or_default(),
                first: first.as_deref().unwrap_or_default(),
                last: last.as_deref().unwrap_or_default(),
            },
            None => Other::Outsider {
                named: self.other_number.zip(self.other_name.as_deref()),
                code: self.other_code.as_deref().unwrap_or_default(),
                sel: self.other_sel.as_deref().unwrap_or_default(),
            },
        }
    }
}

const SELECT: &str = "select c.conversation_id, c.notice_id, \
    coalesce(n.title, c.other_title) as notice_title, \
    coalesce(n.kind, c.other_kind) as notice_kind, \
    c.author_id, a.number as author_number, a.first_name as author_first, \
    a.last_name as author_last, c.writer_id, w.number as writer_number, \
    w.first_name as writer_first, w.last_name as writer_last, c.started_at, \
    c.other_sel_id, f.code as other_code, f.name as other_sel, \
    case when c.other_sel_id is not null then c.beyond or s.trades is not null end as carried, \
    s.trades, \
    c.other_notice_id, c.other_number, c.other_name \
    from conversation c \
    left join notice n on n.association_id = c.association_id and n.notice_id = c.notice_id \
    left join member a on a.association_id = c.association_id and a.member_id = c.author_id \
    left join member w on w.association_id = c.association_id and w.member_id = c.writer_id \
    left join lateral ( \
        select paused_at is null and ally_paused_at is null as trades from alliance \
        where association_id = c.association_id and ally_id = c.other_sel_id \
        and agreed_at is not null and ended_at is null limit 1) s on true \
    left join lateral (select code, name from ally_face(c.other_sel_id) \
        where c.other_sel_id is not null) f on true";

/// The conversation of this writer about this notice, begun where it was not.
pub async fn about(
    scope: &mut Scope,
    id: ConversationId,
    notice: NoticeId,
    author: MemberId,
    writer: MemberId,
) -> Result<ConversationId> {
    let (here, now) = (scope.here(), scope.now);
    sqlx::query(
        "insert into conversation (association_id, conversation_id, notice_id, author_id, \
         writer_id, started_at) values ($1, $2, $3, $4, $5, $6) \
         on conflict (association_id, notice_id, writer_id) do nothing",
    )
    .bind(here)
    .bind(id.0)
    .bind(notice.0)
    .bind(author.0)
    .bind(writer.0)
    .bind(now)
    .execute(scope.connection())
    .await?;
    let (id,): (Uuid,) = sqlx::query_as(
        "select conversation_id from conversation \
         where association_id = $1 and notice_id = $2 and writer_id = $3",
    )
    .bind(here)
    .bind(notice.0)
    .bind(writer.0)
    .fetch_one(scope.connection())
    .await?;
    Ok(ConversationId(id))
}

pub async fn by_id(scope: &mut Scope, id: ConversationId) -> Result<Option<Conversation>> {
    let here = scope.here();
    let statement = AssertSqlSafe(format!(
        "{SELECT} where c.association_id = $1 and c.conversation_id = $2"
    ));
    Ok(sqlx::query_as(statement)
        .bind(here)
        .bind(id.0)
        .fetch_optional(scope.connection())
        .await?)
}

/// The conversations of a member, that with the newest message first.
pub async fn of_member(
    scope: &mut Scope,
    member: MemberId,
    offset: i64,
    limit: usize,
) -> Result<Page<Conversation>> {
    let here = scope.here();
    let statement = AssertSqlSafe(format!(
        "{SELECT} where c.association_id = $1 and c.conversation_id in ( \
             select conversation_id from conversation \
             where association_id = $1 and (author_id = $2 or writer_id = $2) \
             order by coalesce(latest_at, started_at) desc, conversation_id limit $3 offset $4) \
         order by coalesce(c.latest_at, c.started_at) desc, c.conversation_id"
    ));
    let rows = sqlx::query_as(statement)
        .bind(here)
        .bind(member.0)
        .bind(i64::try_from(limit + 1).unwrap_or(i64::MAX))
        .bind(offset)
        .fetch_all(scope.connection())
        .await?;
    Ok(Page::cut(rows, limit))
}
