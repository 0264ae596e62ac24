//! What the search finds is what the rules let be seen, whoever looks: three SELs that ally, pause
//! and part, and let their notices go here or there by chance, beside a plain query that knows the
//! rules and nothing of how they are kept.

mod following;
pub(crate) mod world;

use crate::story::App;
use desk::seed::Stood;
use search::Eyes;
use sel::id::{AssociationId, NoticeId};
use sqlx::{ConnectOptions, PgConnection};
use store::Door;
use uuid::Uuid;
use world::{Chance, World, expected, found, founder, happen};

const ROUNDS: usize = 60;

/// Everything that a member of this SEL may find, and what the database then shows of it.
async fn member_sees(app: &App, world: &World, owner: &mut PgConnection, sel: &Stood, said: &str) {
    let (association_id, now) = (sel.association_id.0, app.clock.now());
    let mut scope = founder(world, sel).await;
    let allies = store::notice::sharing_allies(&mut scope).await.unwrap();
    let allies: Vec<Uuid> = allies.into_iter().map(|ally| ally.0).collect();
    let near = allies.clone();
    let looks = [
        ("home", Eyes::Home { association_id }),
        (
            "allies",
            Eyes::Allies {
                association_id,
                allies: near,
            },
        ),
        (
            "everywhere",
            Eyes::Everywhere {
                association_id,
                allies,
            },
        ),
    ];
    for (how, eyes) in looks {
        let expected = expected(owner, Some(sel.association_id), how).await;
        let found = found(app.index(), eyes, now);
        assert_eq!(found, expected, "{how} after {said}");
        let others = found.iter().filter(|(sel, _)| *sel != association_id);
        let asked: Vec<_> = others
            .map(|(sel, id)| (AssociationId(*sel), NoticeId(*id)))
            .collect();
        let shown = store::notice::shared(&mut scope, &asked).await.unwrap();
        assert_eq!(shown.len(), asked.len(), "{how} after {said}");
    }
}

#[tokio::test]
async fn everybody_finds_what_the_rules_let_them_see_and_nothing_else() {
    let app = App::open().await;
    let world = World::sown(&app.database.web, &app.clock).await;
    let mut owner = app.database.administrator().connect().await.unwrap();
    let mut chance = Chance(7);
    for round in 0..ROUNDS {
        app.settle().await;
        let said = format!("{round} changes");
        for sel in world.sels.iter() {
            member_sees(&app, &world, &mut owner, sel, &said).await;
            let association_id = sel.association_id.0;
            let visitor = Eyes::Visitor { association_id };
            let all = expected(&mut owner, Some(sel.association_id), "visitor").await;
            assert_eq!(found(app.index(), visitor, app.clock.now()), all, "{said}");
        }
        let public = expected(&mut owner, None, "passer").await;
        assert_eq!(
            found(app.index(), Eyes::Passer, app.clock.now()),
            public,
            "{said}"
        );
        let mut door = Door::begin(&app.database.web, app.clock.now())
            .await
            .unwrap();
        let asked: Vec<_> = public
            .iter()
            .map(|(sel, id)| (AssociationId(*sel), NoticeId(*id)))
            .collect();
        let shown = store::notice::public(&mut door, &asked).await.unwrap();
        assert_eq!(shown.len(), asked.len(), "{said}");
        happen(&world, &mut chance).await;
    }
}
