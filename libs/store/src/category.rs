//! The headings under which a SEL files its notices.

use crate::{Result, Scope};
use sel::id::CategoryId;
use sel::notice::Price;
use sqlx::FromRow;
use uuid::Uuid;

#[derive(Clone, Debug, FromRow, PartialEq, Eq)]
pub struct Category {
    #[sqlx(rename = "category_id")]
    id: Uuid,
    pub code: String,
    pub name: String,
}

impl Category {
    pub fn id(&self) -> CategoryId {
        CategoryId(self.id)
    }
}

/// Those in use, in the SEL's order.
pub async fn list(scope: &mut Scope) -> Result<Vec<Category>> {
    let here = scope.here();
    Ok(sqlx::query_as(
        "select category_id, code, name from category \
         where association_id = $1 and hidden_at is null order by position, code limit 200",
    )
    .bind(here)
    .fetch_all(scope.connection())
    .await?)
}

/// A category and how many live notices of each kind it has.
#[derive(Clone, Debug, FromRow, PartialEq, Eq)]
pub struct Counted {
    #[sqlx(flatten)]
    pub category: Category,
    /// Hidden ones are not offered any more, but may still hold notices.
    pub is_hidden: bool,
    pub offers: i64,
    pub wants: i64,
    pub urgent_offers: i64,
    pub urgent_wants: i64,
    pub given_offers: i64,
    pub given_wants: i64,
}

/// All categories with their notices counted, in the SEL's order, in one round trip.
pub async fn counted(scope: &mut Scope) -> Result<Vec<Counted>> {
    let (here, now) = (scope.here(), scope.now);
    Ok(sqlx::query_as(
        "select c.category_id, c.code, c.name, c.hidden_at is not null as is_hidden, \
             coalesce(n.offers, 0) as offers, coalesce(n.wants, 0) as wants, \
             coalesce(n.urgent_offers, 0) as urgent_offers, \
             coalesce(n.urgent_wants, 0) as urgent_wants, \
             coalesce(n.given_offers, 0) as given_offers, \
             coalesce(n.given_wants, 0) as given_wants \
         from category c left join ( \
             select category_id, count(*) filter (where kind = 'offer') as offers, \
                    count(*) filter (where kind = 'want') as wants, \
                    count(*) filter (where kind = 'offer' and urgent) as urgent_offers, \
                    count(*) filter (where kind = 'want' and urgent) as urgent_wants, \
                    count(*) filter (where kind = 'offer' and units_mode = $3) as given_offers, \
                    count(*) filter (where kind = 'want' and units_mode = $3) as given_wants \
             from notice where association_id = $1 and paused_at is null \
             and closed_at is null and expires_at > $2 group by category_id) n \
         on n.category_id = c.category_id \
         where c.association_id = $1 order by c.position, c.code limit 200",
    )
    .bind(here)
    .bind(now)
    .bind(Price::Gift.parts().0)
    .fetch_all(scope.connection())
    .await?)
}

/// A category to write: its id, the stable code, the name.
#[derive(Debug)]
pub struct Written<'a> {
    pub id: CategoryId,
    pub code: &'a str,
    pub name: &'a str,
}

/// Keeps these categories, in this order, and hides the others. One that is there keeps its id.
/// Answers whether that changed anything.
pub async fn keep(scope: &mut Scope, kept: &[Written<'_>]) -> Result<bool> {
    let (here, now) = (scope.here(), scope.now);
    let codes: Vec<&str> = kept.iter().map(|category| category.code).collect();
    let names: Vec<&str> = kept.iter().map(|category| category.name).collect();
    let ids: Vec<Uuid> = kept.iter().map(|category| category.id.0).collect();
    let shown = sqlx::query(
        "insert into category (association_id, category_id, code, name, position) \
         select $1, k.id, k.code, k.name, k.position::smallint \
         from unnest($2::uuid[], $3::text[], $4::text[]) \
              with ordinality as k (id, code, name, position) \
         on conflict (association_id, code) do update \
         set name = excluded.name, position = excluded.position, hidden_at = null \
         where category.hidden_at is not null \
         or (category.name, category.position) is distinct from (excluded.name, excluded.position)",
    )
    .bind(here)
    .bind(&ids)
    .bind(&codes)
    .bind(&names)
    .execute(scope.connection())
    .await?;
    let hidden = sqlx::query(
        "update category set hidden_at = $3 \
         where association_id = $1 and code <> all ($2) and hidden_at is null",
    )
    .bind(here)
    .bind(&codes)
    .bind(now)
    .execute(scope.connection())
    .await?;
    Ok(shown.rows_affected() + hidden.rows_affected() > 0)
}
