//! What is signed for another SEL, and what hangs below something of one's own.

use super::asking::{Plain, asks};
use super::routes::{self, RouteOf};
use super::{NOTHING, between, owner, people, rows_of, verdict};
use crate::story::App;
use crate::tenancy::cast::Cast;
use chrono::TimeDelta;
use desk::link::Link;
use sel::id::{
    AssociationId, ConversationId, CrossingId, ExchangeId, MemberId, SavedSearchId, TokenId,
};
use sqlx::{AssertSqlSafe, PgConnection};
use uuid::Uuid;

async fn ids(connection: &mut PgConnection, noun: &str, sel: Uuid) -> Vec<Uuid> {
    let statement = format!("select {noun}_id from {noun} where association_id = $1 limit 3");
    let rows: Vec<(Uuid,)> = sqlx::query_as(AssertSqlSafe(statement))
        .bind(sel)
        .fetch_all(connection)
        .await
        .unwrap();
    assert!(!rows.is_empty(), "the cast has no {noun}");
    rows.into_iter().map(|(id,)| id).collect()
}

/// All links that could be mailed to a member of that SEL about this thing.
fn links(sel: Uuid, member: Uuid, (noun, id): (&str, Uuid)) -> Link {
    let (association_id, member_id) = (AssociationId(sel), MemberId(member));
    match noun {
        "exchange" => Link::Answer {
            association_id,
            exchange_id: ExchangeId(id),
            member_id,
        },
        "crossing" => Link::Crossing {
            association_id,
            crossing_id: CrossingId(id),
            member_id,
        },
        "conversation" => Link::Reply {
            association_id,
            conversation_id: ConversationId(id),
            member_id,
        },
        "saved_search" => Link::Stop {
            association_id,
            saved_search_id: SavedSearchId(id),
            member_id,
        },
        _ => Link::Token(TokenId(id)),
    }
}

/// The answer without the link, which stands in it.
async fn asked(app: &App, person: &crate::story::Person, route: &RouteOf, link: &str) -> Plain {
    app.clock.pass(between(route));
    asks(app, person, route, link).await
}

#[tokio::test]
async fn a_link_to_another_sel_leads_where_one_to_nothing_does() {
    let (app, fatima) = App::with_mars().await;
    let people = people(&app, &fatima).await;
    let moon = Cast::enter(&app.database, "sel-de-lune").await;
    let sel = moon.association.0;
    let mut connection = owner(&app.database).await;
    let (_, before) = rows_of(&mut connection, sel).await;
    let members = ids(&mut connection, "member", sel).await;
    let nothing: Uuid = NOTHING.parse().unwrap();
    let (mut found, mut count) = (Vec::new(), 0);
    let nouns = [
        "token",
        "exchange",
        "crossing",
        "conversation",
        "saved_search",
    ];
    for noun in nouns {
        let its = ids(&mut connection, noun, sel).await;
        for route in routes::of_pages() {
            if !route.path.contains("/:link") {
                continue;
            }
            for (whose, person) in &people {
                app.clock.pass(TimeDelta::minutes(20));
                let none = app.signed(links(sel, nothing, (noun, nothing)));
                let none = asked(&app, person, &route, &none).await;
                for id in &its {
                    for member in &members {
                        let theirs = app.signed(links(sel, *member, (noun, *id)));
                        let theirs = asked(&app, person, &route, &theirs).await;
                        count += 1;
                        found.extend(verdict(whose, &route, (&theirs, &none)));
                    }
                }
            }
        }
    }
    let (_, after) = rows_of(&mut connection, sel).await;
    println!("{count} requests with links of another SEL");
    assert!(after == before, "the other SEL was changed");
    assert!(count > 500, "{count} requests");
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[tokio::test]
async fn what_hangs_below_ones_own_is_ones_own() {
    let (app, mut fatima) = App::with_mars().await;
    fatima.get(&app, "/bureau/webhooks").await;
    let typed = [
        ("address", "https://exemple.fr/"),
        ("topics", "notice.published"),
    ];
    let added = fatima.post(&app, "/bureau/webhooks", &typed).await;
    added.says("whsec_");
    let list = fatima.get(&app, "/bureau/webhooks").await;
    let own = list.link("/bureau/webhooks/");
    let moon = Cast::enter(&app.database, "sel-de-lune").await;
    let mut connection = owner(&app.database).await;
    let (theirs, before) = rows_of(&mut connection, moon.association.0).await;
    let below = |id: &str| format!("{own}/{id}/encore");
    let nothing = fatima.post(&app, &below(NOTHING), &[]).await;
    assert_eq!(nothing.status, 404);
    for id in &theirs {
        let answer = fatima.post(&app, &below(id), &[]).await;
        let same = answer.status == nothing.status && answer.text() == nothing.text();
        assert!(same, "{id}: {}", answer.text());
    }
    let (_, after) = rows_of(&mut connection, moon.association.0).await;
    assert!(after == before, "the other SEL was changed");
    // The other routes with two ids show photos of notices that are public, to everybody.
    let ids = |it: &&RouteOf| it.path.matches("/:").count() > 1;
    let known = ["/bureau/webhooks/", "/photos/", "/sels/", "/allies/"];
    for route in routes::of_pages().iter().filter(ids) {
        let is_known = known.iter().any(|it| route.path.starts_with(it));
        assert!(is_known, "{}: who owns which of its ids?", route.path);
    }
}
