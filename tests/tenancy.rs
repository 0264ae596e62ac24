//! No SEL sees or touches another's rows. The catalogue names every table with `association_id`,
//! the day it is born; each is proved against a stranger, and none may stand empty meanwhile.

pub(crate) mod cast;
pub(crate) mod catalogue;
mod rules;
mod stranger;

use cast::Cast;
use sqlx::{AssertSqlSafe, ConnectOptions, Executor, PgConnection, Row};
use store::testing::Database;

async fn administrator(database: &Database) -> PgConnection {
    database.administrator().connect().await.unwrap()
}

/// Two SELs, and all that a stranger from either found out about the other.
async fn found_by_strangers(database: &Database) -> Vec<String> {
    let mut connection = administrator(database).await;
    let tables = catalogue::tables(&mut connection).await.unwrap();
    assert!(tables.len() > 10, "the tables were not read");
    let mars = Cast::enter(database, "sel-de-mars").await;
    let moon = Cast::enter(database, "sel-de-lune").await;
    let mut found = Vec::new();
    for (here, there) in [
        (mars.association, moon.association),
        (moon.association, mars.association),
    ] {
        for table in &tables {
            found.extend(stranger::found(&database.web, table, here.0, there.0).await);
        }
    }
    found
}

/// The table of each finding, once.
fn tables_of(findings: &[String]) -> Vec<&str> {
    let mut tables: Vec<&str> = findings
        .iter()
        .filter_map(|finding| finding.split(':').next())
        .collect();
    tables.sort_unstable();
    tables.dedup();
    tables
}

#[tokio::test]
async fn the_catalogue_keeps_the_rules_of_tenancy() {
    let database = Database::fresh().await.unwrap();
    let found = catalogue::violations(&mut administrator(&database).await)
        .await
        .unwrap();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[tokio::test]
async fn a_stranger_reads_and_writes_nothing_of_another_sel() {
    let database = Database::fresh().await.unwrap();
    let found = found_by_strangers(&database).await;
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[tokio::test]
async fn without_a_role_a_login_reads_no_table() {
    let database = Database::fresh().await.unwrap();
    Cast::enter(&database, "sel-de-mars").await;
    let tables = catalogue::readable(&mut administrator(&database).await)
        .await
        .unwrap();
    assert!(tables.len() > 10, "the tables were not read");
    for (login, pool) in [
        ("saline_web", &database.web),
        ("saline_work", &database.work),
        ("saline_staff", &database.staff),
    ] {
        for table in &tables {
            let statement = AssertSqlSafe(format!("select count(*) from {table}"));
            let refused = sqlx::query(statement).fetch_one(pool).await.err();
            let code = refused.as_ref().and_then(stranger::code_of);
            assert_eq!(code.as_deref(), Some("42501"), "{login} read {table}");
        }
    }
}

#[tokio::test]
async fn without_an_association_a_member_reads_no_row() {
    let database = Database::fresh().await.unwrap();
    Cast::enter(&database, "sel-de-mars").await;
    let tables = catalogue::tables(&mut administrator(&database).await)
        .await
        .unwrap();
    for table in tables.iter().filter(|table| table.is_of_members) {
        let mut transaction = database.web.begin().await.unwrap();
        transaction
            .execute("set local role saline_member")
            .await
            .unwrap();
        let statement = AssertSqlSafe(format!("select count(*) from {}", table.name));
        let row = sqlx::query(statement)
            .fetch_one(&mut *transaction)
            .await
            .unwrap();
        assert_eq!(row.get::<i64, _>(0), 0, "{}", table.name);
    }
}

#[tokio::test]
async fn a_broken_policy_and_an_unforced_table_are_named() {
    let database = Database::fresh().await.unwrap();
    let mut connection = administrator(&database).await;
    let before = catalogue::violations(&mut connection).await.unwrap();
    connection
        .execute(
            "drop policy own on notice; \
             create policy own on notice to saline_member, saline_owner \
                 using (true) with check (true); \
             alter table message no force row level security",
        )
        .await
        .unwrap();
    let mut found = catalogue::violations(&mut connection).await.unwrap();
    found.retain(|finding| !before.contains(finding));
    assert_eq!(tables_of(&found), ["message", "notice"], "{found:?}");
    let found = found_by_strangers(&database).await;
    assert_eq!(tables_of(&found), ["notice"], "{found:?}");
}

#[tokio::test]
async fn a_policy_that_guards_reading_alone_is_named() {
    let database = Database::fresh().await.unwrap();
    let mut connection = administrator(&database).await;
    let before = catalogue::violations(&mut connection).await.unwrap();
    connection
        .execute(
            "drop policy own on notice_photo; \
             create policy own on notice_photo to saline_member, saline_owner \
                 using (association_id = (select current_association())) with check (true)",
        )
        .await
        .unwrap();
    let mut found = catalogue::violations(&mut connection).await.unwrap();
    found.retain(|finding| !before.contains(finding));
    assert_eq!(tables_of(&found), ["notice_photo"], "{found:?}");
    let found = found_by_strangers(&database).await;
    assert_eq!(tables_of(&found), ["notice_photo"], "{found:?}");
}

#[tokio::test]
async fn a_table_without_a_row_of_the_other_sel_is_named() {
    let database = Database::fresh().await.unwrap();
    administrator(&database)
        .await
        .execute(
            "create table swing (association_id uuid primary key references association); \
             alter table swing enable row level security; \
             alter table swing force row level security; \
             create policy own on swing to saline_member, saline_owner \
                 using (association_id = (select current_association())) \
                 with check (association_id = (select current_association())); \
             grant select on swing to saline_member; \
             alter table swing owner to saline_owner",
        )
        .await
        .unwrap();
    let found = found_by_strangers(&database).await;
    assert_eq!(tables_of(&found), ["swing"], "{found:?}");
}

#[tokio::test]
async fn the_hub_is_the_same_wherever_it_is_named() {
    let database = Database::fresh().await.unwrap();
    let mut connection = administrator(&database).await;
    let (hub, held): (uuid::Uuid, String) = sqlx::query_as(
        "select hub(), pg_get_constraintdef(oid) from pg_constraint \
         where conname = 'branches_are_at_the_hub'",
    )
    .fetch_one(&mut connection)
    .await
    .unwrap();
    assert_eq!(hub, store::ledger::HUB_ID.0);
    assert!(held.contains(&hub.to_string()), "{held}");
}

#[tokio::test]
async fn what_breaks_the_other_rules_is_named() {
    let database = Database::fresh().await.unwrap();
    let mut connection = administrator(&database).await;
    let before = catalogue::violations(&mut connection).await.unwrap();
    connection
        .execute(
            "create table superb (association_id uuid); \
             alter table superb enable row level security; \
             alter table superb force row level security; \
             create table late (late_id uuid primary key, association_id uuid not null, \
                 member_id uuid, foreign key (association_id) references association, \
                 foreign key (association_id, member_id) references member on delete set null); \
             alter table late enable row level security; \
             alter table late force row level security; \
             grant select on late to saline_member; \
             alter table late owner to saline_owner; \
             create table open (open_id uuid primary key); \
             grant select on open to public; \
             create function loose() returns integer language sql security definer \
                 as 'select 1'",
        )
        .await
        .unwrap();
    let mut found = catalogue::violations(&mut connection).await.unwrap();
    found.retain(|finding| !before.contains(finding));
    for expected in [
        "superb: a superuser owns it",
        "late: association_id does not come first in its primary key",
        "late: late_association_id_member_id_fkey would clear association_id",
        "open: saline_web may use it without a role",
        "loose: a definer function without a fixed search_path",
        "loose: anybody may call this definer function",
    ] {
        assert!(
            found.iter().any(|finding| finding == expected),
            "{expected}\n{found:?}"
        );
    }
}
