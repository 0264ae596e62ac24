//! What Postgres finds by itself: its French configuration without accents, weighed by title,
//! rubric and text, and trigrams for what is mistyped. It is asked as well as we know how: what has
//! all words, the last of which may be unfinished, before what resembles them, before what has any
//! of them.

use super::POOL;
use super::judged::Judged;
use sqlx::postgres::PgPool;
use sqlx::{ConnectOptions, Connection};
use store::testing::Database;

pub(super) struct Engine {
    pool: PgPool,
    /// Gone with the value.
    _database: Database,
}

const TABLE: &str = "
    create extension unaccent;
    create extension pg_trgm;
    create text search configuration rival (copy = french);
    alter text search configuration rival alter mapping for hword, hword_part, word
        with unaccent, french_stem;
    create table written (id text primary key, plain text not null, document tsvector not null);
";

const ADD: &str = "
    insert into written values ($1, lower(unaccent(concat_ws(' ', $2, $3, $4))),
        setweight(to_tsvector('rival', $2), 'A') || setweight(to_tsvector('rival', $3), 'B')
        || setweight(to_tsvector('rival', $4), 'C'))";

const FIND: &str = "
    with asked as materialized (
        select plainto_tsquery('rival', $1) as whole, lower(unaccent($1)) as plain),
    queries as materialized (
        select plain,
            case when numnode(whole) = 0 then whole else (whole::text || ':*')::tsquery end
                as strict,
            replace(whole::text, '&', '|')::tsquery as loose from asked),
    found as (
        select id, 2 + ts_rank_cd('{0.1,0.2,0.4,1.0}', document, strict, 1) as score
        from written, queries where document @@ strict
        union all
        select id, 1 + word_similarity(queries.plain, written.plain)
        from written, queries where word_similarity(queries.plain, written.plain) > 0.5
        union all
        select id, ts_rank('{0.1,0.2,0.4,1.0}', document, loose, 1)
        from written, queries where document @@ loose)
    select id from found group by id order by max(score) desc, id limit $2";

impl Engine {
    pub(super) async fn filled(judged: &Judged) -> Engine {
        let database = Database::fresh().await.unwrap();
        let mut owner = database.administrator().connect().await.unwrap();
        sqlx::raw_sql(TABLE).execute(&mut owner).await.unwrap();
        for written in &judged.notices {
            sqlx::query(ADD)
                .bind(&written.id)
                .bind(&written.title)
                .bind(written.category_name())
                .bind(&written.text)
                .execute(&mut owner)
                .await
                .unwrap();
        }
        owner.close().await.unwrap();
        Engine {
            pool: PgPool::connect_lazy_with(database.administrator().clone()),
            _database: database,
        }
    }

    pub(super) async fn find(&self, typed: &str) -> Vec<String> {
        let found = sqlx::query_scalar(FIND)
            .bind(typed)
            .bind(i32::try_from(POOL).unwrap());
        found.fetch_all(&self.pool).await.unwrap()
    }
}
