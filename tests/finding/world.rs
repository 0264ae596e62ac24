//! Three SELs in which things happen by chance, and who may see what by the rules.

use chrono::{DateTime, Utc};
use desk::seed::{Plot, Sown, Stood};
use door::clock::Clock;
use search::{Eyes, Index, Query, Viewer};
use sel::alliance::{Caps, HOUR_SECONDS};
use sel::association::{Opening, Spot};
use sel::id::{AllianceId, AssociationId, NoticeId};
use sel::member::{Actor, Right};
use sel::notice::{Change, Draft, Reach};
use sel::person::Email;
use sel::slug::Slug;
use sqlx::PgConnection;
use std::collections::BTreeSet;
use std::sync::Arc;
use store::{Pool, Scope};
use uuid::Uuid;

const NOTICES: usize = 8;
const CAPS: Caps = Caps {
    out: 10 * HOUR_SECONDS,
    r#in: 10 * HOUR_SECONDS,
};

/// Chance that is the same every time (Knuth's linear congruential generator).
pub(crate) struct Chance(pub(crate) u64);

impl Chance {
    pub(crate) fn below(&mut self, count: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % count
    }

    fn reach(&mut self) -> Reach {
        Reach::ALL[self.below(4)]
    }
}

fn plot(slug: &str, now: DateTime<Utc>) -> Plot {
    let sown = |number: usize| Sown {
        author: 0,
        rubric: "01".into(),
        draft: Draft {
            kind: "offer".into(),
            title: format!("Annonce {number}"),
            units_mode: "gift".into(),
            reach: Some(Reach::ALL[number % 4]),
            ..Draft::default()
        },
        at: now,
    };
    Plot {
        opening: Opening {
            name: format!("SEL {slug}"),
            slug: Slug::parse(slug).unwrap(),
            unit_one: "grain".into(),
            unit_many: "grains".into(),
            first_name: "Fatima".into(),
            last_name: "Benali".into(),
            email: Email::parse("fatima@exemple.fr").unwrap(),
            place: Spot {
                name: "Aubagne".into(),
                country: "FR".into(),
                geoname_id: 3_037_044,
                latitude: 43.29,
                longitude: 5.57,
            },
        },
        people: Vec::new(),
        notices: (0..NOTICES).map(sown).collect(),
        reach: Reach::Public,
    }
}

/// Three SELs in which something happens by chance.
#[derive(Clone)]
pub(crate) struct World {
    pub(crate) web: Pool,
    pub(crate) clock: Clock,
    pub(crate) sels: Arc<Vec<Stood>>,
}

impl World {
    pub(crate) async fn sown(web: &Pool, clock: &Clock) -> World {
        let mut sels = Vec::new();
        for slug in ["mars", "venus", "terre"] {
            let made = desk::seed::sow(web, &plot(slug, clock.now()), clock.now()).await;
            sels.push(made.unwrap());
        }
        World {
            web: web.clone(),
            clock: clock.clone(),
            sels: Arc::new(sels),
        }
    }
}

/// One who holds every right in a SEL.
pub(crate) async fn founder(world: &World, sel: &Stood) -> Scope {
    let actor = Actor {
        association_id: sel.association_id,
        member_id: sel.founder,
        rights: Right::ALL.to_vec(),
        helped: Vec::new(),
    };
    let now = world.clock.now();
    Scope::begin(&world.web, sel.association_id, Some(actor), now)
        .await
        .unwrap()
}

async fn notices(world: &World, sel: &Stood) -> Vec<NoticeId> {
    let mut scope = founder(world, sel).await;
    let all = store::notice::ids_of_members(&mut scope, &[sel.founder]).await;
    all.unwrap()
}

/// Something happens: to the rules of a SEL, to a notice, or between two SELs.
pub(crate) async fn happen(world: &World, chance: &mut Chance) {
    let at = chance.below(3);
    let (sel, other) = (&world.sels[at], &world.sels[(at + 1) % 3]);
    match chance.below(4) {
        0 => {
            let mut scope = founder(world, sel).await;
            let mut rules = store::setting::read(&mut scope).await.unwrap();
            rules.notice_reach = chance.reach();
            desk::association::rule(&mut scope, &rules).await.unwrap();
            scope.commit().await.unwrap();
        }
        1 => {
            let all = notices(world, sel).await;
            let id = all[chance.below(all.len())];
            let change = [Change::Pause, Change::Resume, Change::Close, Change::Reopen];
            let change = change[chance.below(4)];
            // A closed one is not paused: some refusals are to be expected.
            let _ = desk::notice::change(founder(world, sel).await, id, change).await;
        }
        2 => reach(world, sel, chance).await,
        _ => ally(world, sel, other, chance).await,
    }
}

/// An author changes their mind.
async fn reach(world: &World, sel: &Stood, chance: &mut Chance) {
    let all = notices(world, sel).await;
    let id = all[chance.below(all.len())];
    let mut scope = founder(world, sel).await;
    let known = store::notice::by_id(&mut scope, id).await.unwrap().unwrap();
    let draft = Draft {
        kind: "offer".into(),
        title: known.title.clone(),
        units_mode: "gift".into(),
        reach: Some(chance.reach()),
        ..Draft::default()
    };
    let category = Some(known.category_id());
    desk::notice::amend(&mut scope, id, &draft, category)
        .await
        .unwrap();
    scope.commit().await.unwrap();
}

/// Two SELs ask, agree, pause, resume or part, whatever they can.
async fn ally(world: &World, sel: &Stood, other: &Stood, chance: &mut Chance) {
    use store::alliance::Change;
    let mut scope = founder(world, sel).await;
    let known = store::alliance::with(&mut scope, other.association_id)
        .await
        .unwrap();
    let Some(id) = known else {
        let id = AllianceId(desk::fresh::id(world.clock.now()));
        let there = store::association::current(&mut founder(world, other).await)
            .await
            .unwrap();
        let asked = (other.association_id, there.code.as_str());
        if desk::alliance::ask(scope, id, asked, CAPS).await.is_ok() {
            let scope = founder(world, other).await;
            let _ = desk::alliance::change(scope, id, Change::Agree(CAPS)).await;
        }
        return;
    };
    let change = [Change::Pause, Change::Resume, Change::End][chance.below(3)];
    let _ = desk::alliance::change(scope, id, change).await;
}

pub(crate) type Seen = BTreeSet<(Uuid, Uuid)>;

pub(crate) fn found(index: &Index, eyes: Eyes, now: DateTime<Utc>) -> Seen {
    let viewer = Viewer {
        eyes,
        now: now.timestamp(),
    };
    let query = Query {
        limit: 50,
        ..Query::default()
    };
    let found = index.find(&viewer, &query).unwrap();
    assert_eq!(found.total, found.hits.len());
    let hits = found.hits.iter();
    hits.map(|hit| (hit.association_id, hit.notice_id))
        .collect()
}

/// By the rules, written down once more: `how` is what somebody of `here` looks at.
pub(crate) async fn expected(
    owner: &mut PgConnection,
    here: Option<AssociationId>,
    how: &str,
) -> Seen {
    let rank = |column: &str| {
        format!("array_position(array['members', 'allies', 'platform', 'public'], {column})")
    };
    let statement = format!(
        "select n.association_id, n.notice_id from notice n \
         join setting s using (association_id) \
         left join alliance a on a.association_id = $1 and a.ally_id = n.association_id \
             and a.agreed_at is not null and a.ended_at is null \
             and a.paused_at is null and a.ally_paused_at is null \
         where n.paused_at is null and n.closed_at is null and case $2 \
             when 'home' then n.association_id = $1 \
             when 'allies' then n.association_id = $1 \
                 or (a.alliance_id is not null and least({0}, {1}) >= 2) \
             when 'everywhere' then n.association_id = $1 or least({0}, {1}) >= 3 \
                 or (a.alliance_id is not null and least({0}, {1}) >= 2) \
             when 'visitor' then n.association_id = $1 and least({0}, {1}) = 4 \
             else least({0}, {1}) = 4 end",
        rank("n.reach"),
        rank("s.notice_reach")
    );
    let rows: Vec<(Uuid, Uuid)> = sqlx::query_as(sqlx::AssertSqlSafe(statement))
        .bind(here.map(|here| here.0))
        .bind(how)
        .fetch_all(owner)
        .await
        .unwrap();
    rows.into_iter().collect()
}
