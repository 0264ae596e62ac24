//! Writing what was decided to be published.

use crate::{Error, Result, Scope};
use chrono::{DateTime, Utc};
use sel::notice::{Published, Reach};

/// Writes a notice; one that is there is changed. Answers whether it is new.
pub async fn record(scope: &mut Scope, published: &Published) -> Result<bool> {
    let (here, now) = (scope.here(), scope.now);
    let Some(actor) = scope.actor.as_ref().map(|actor| actor.member_id.0) else {
        return Err(Error::Contradiction("a notice without an actor"));
    };
    let (mode, units) = published.price.parts();
    let (new,): (bool,) = sqlx::query_as(
        "insert into notice (association_id, notice_id, member_id, kind, category_id, title, \
         body, units_mode, units, urgent, published_at, changed_at, expires_at, entered_by, \
         reach) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11, $12, $13, \
         coalesce($14, 'members')) \
         on conflict (association_id, notice_id) do update set kind = excluded.kind, \
         category_id = excluded.category_id, title = excluded.title, body = excluded.body, \
         units_mode = excluded.units_mode, units = excluded.units, urgent = excluded.urgent, \
         changed_at = excluded.changed_at, expires_at = excluded.expires_at, \
         reach = coalesce($14, notice.reach) \
         where notice.member_id = excluded.member_id \
         returning published_at = changed_at",
    )
    .bind(here)
    .bind(published.notice_id.0)
    .bind(published.member_id.0)
    .bind(published.kind.as_str())
    .bind(published.category_id.0)
    .bind(&published.title)
    .bind(&published.body)
    .bind(mode)
    .bind(units)
    .bind(published.urgent)
    .bind(now)
    .bind(published.expires_at)
    .bind(actor)
    .bind(published.reach.map(Reach::as_str))
    .fetch_optional(scope.connection())
    .await?
    .ok_or(Error::Contradiction("a notice changed its author"))?;
    Ok(new)
}

/// Writes many that are new, each as of its moment.
pub async fn record_all(scope: &mut Scope, all: &[(Published, DateTime<Utc>)]) -> Result<()> {
    let here = scope.here();
    let each = || all.iter().map(|(it, _)| it);
    let at: Vec<DateTime<Utc>> = all.iter().map(|(_, at)| *at).collect();
    let units: Vec<Option<i64>> = each().map(|it| it.price.parts().1).collect();
    let reach = |it: &Published| it.reach.unwrap_or_default().as_str();
    sqlx::query(
        "insert into notice (association_id, notice_id, member_id, kind, category_id, title, \
         body, units_mode, units, urgent, published_at, changed_at, expires_at, entered_by, \
         reach) \
         select $1, it.id, it.member, it.kind, it.category, it.title, it.body, it.mode, \
             it.units, it.urgent, it.at, it.at, it.until, it.member, it.reach \
         from unnest($2::uuid[], $3::uuid[], $4::text[], $5::uuid[], $6::text[], $7::text[], \
             $8::text[], $9::bigint[], $10::boolean[], $11::timestamptz[], \
             $12::timestamptz[], $13::text[]) \
             as it (id, member, kind, category, title, body, mode, units, urgent, at, until, \
                 reach)",
    )
    .bind(here)
    .bind(each().map(|it| it.notice_id.0).collect::<Vec<_>>())
    .bind(each().map(|it| it.member_id.0).collect::<Vec<_>>())
    .bind(each().map(|it| it.kind.as_str()).collect::<Vec<_>>())
    .bind(each().map(|it| it.category_id.0).collect::<Vec<_>>())
    .bind(each().map(|it| it.title.as_str()).collect::<Vec<_>>())
    .bind(each().map(|it| it.body.as_str()).collect::<Vec<_>>())
    .bind(each().map(|it| it.price.parts().0).collect::<Vec<_>>())
    .bind(units)
    .bind(each().map(|it| it.urgent).collect::<Vec<_>>())
    .bind(at)
    .bind(each().map(|it| it.expires_at).collect::<Vec<_>>())
    .bind(each().map(reach).collect::<Vec<_>>())
    .execute(scope.connection())
    .await?;
    Ok(())
}
