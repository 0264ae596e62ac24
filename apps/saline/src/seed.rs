//! `saline seed`: a platform of invented SELs of all sizes, in real localities, the same each time
//! but for its ids.

mod texts;

use crate::chance::Chance;
use crate::config::Config;
use crate::database::{self, Database};
use crate::reindex::anew;
use crate::serve::places;
use crate::town;
use anyhow::{Context, Result, anyhow, bail};
use chrono::{DateTime, TimeDelta, Utc};
use desk::Halt;
use desk::seed::{Plot, Sown, Stood};
use door::clock::Clock;
use sel::alliance::{Caps, HOUR_SECONDS, USUAL_CAP_HOURS};
use sel::application::Person;
use sel::association::{Opening, Spot};
use sel::id::AllianceId;
use sel::member::{Actor, Right};
use sel::notice::{Draft, Reach};
use sel::person::{Email, Name};
use sel::place::{Gazetteer, Place};
use sel::slug::Slug;
use std::sync::Arc;
use store::alliance::Change;
use store::{Pool, Scope};
use texts::Texts;
use tokio::task::JoinSet;

/// Of everything that chance decides.
const SEED: u64 = 2026;
/// SELs that are made at once.
const AT_ONCE: usize = 4;
/// How unequal SELs are: the size of the n-th is proportional to 1 / (n + 20) ^ 0.8.
const SHIFT: f64 = 20.0;
const EXPONENT: f64 = 0.8;
/// Notices of a member.
const NOTICES_EACH: usize = 10;
/// The first so many SELs trade, each with so many others; their founders can log in.
const TRADING: usize = 20;
const ALLIES: usize = 4;
/// In a hundred: how far SELs let notices go, and authors theirs.
const CEILINGS: [usize; 4] = [5, 15, 50, 30];
const REACHES: [usize; 4] = [25, 15, 35, 25];

const CAPS: Caps = Caps {
    out: USUAL_CAP_HOURS * HOUR_SECONDS,
    r#in: USUAL_CAP_HOURS * HOUR_SECONDS,
};

/// Makes `associations` SELs with `notices` notices in all.
pub(crate) async fn run(config: &Config, associations: usize, notices: usize) -> Result<()> {
    let database = database::open(config).await?;
    let done = sow(&database, associations, notices).await;
    database.close().await?;
    done
}

async fn sow(database: &Database, associations: usize, notices: usize) -> Result<()> {
    let now = Clock::System.now();
    if !database.is_empty().await? {
        bail!("this platform has SELs: only an empty one is filled");
    }
    let field = Arc::new(Field {
        texts: Texts::read()?,
        towns: towns(&places().await?),
        now,
    });
    let hasty = database.hasty();
    let stood = fill(&hasty, &field, &sizes(associations, notices)).await;
    let allied = match stood {
        Ok(stood) => trade(&hasty, &stood[..TRADING.min(stood.len())], now).await,
        Err(error) => Err(error),
    };
    hasty.close().await;
    allied?;
    database.analyse().await?;
    // The events of so many notices are left out: the notices themselves are read instead.
    anew(database).await
}

/// What all SELs are made of.
struct Field {
    texts: Texts,
    /// Each as often as it has ten thousand people, and once more.
    towns: Vec<Place>,
    now: DateTime<Utc>,
}

fn towns(places: &Gazetteer) -> Vec<Place> {
    let all = places.iter().filter(|place| place.country == "FR");
    let times = |place: &Place| usize::try_from(place.population / 10_000).unwrap_or(0) + 1;
    all.flat_map(|place| std::iter::repeat_n(place.clone(), times(place)))
        .collect()
}

/// How many notices each SEL has, the largest first.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "sizes are small and positive"
)]
fn sizes(associations: usize, notices: usize) -> Vec<usize> {
    let weight = |rank: usize| (rank as f64 + SHIFT).powf(-EXPONENT);
    let all: f64 = (0..associations).map(weight).sum();
    let share = |rank| (weight(rank) / all * notices as f64).floor() as usize;
    let mut sizes: Vec<usize> = (0..associations).map(share).collect();
    let missing = notices - sizes.iter().sum::<usize>();
    for place in 0..missing {
        sizes[place % associations] += 1;
    }
    sizes
}

/// Makes the SELs, in their order.
async fn fill(web: &Pool, field: &Arc<Field>, sizes: &[usize]) -> Result<Vec<Stood>> {
    let mut stood: Vec<Option<Stood>> = vec![None; sizes.len()];
    let mut under_way = JoinSet::new();
    for (rank, size) in sizes.iter().copied().enumerate() {
        let (web, field) = (web.clone(), Arc::clone(field));
        under_way.spawn(async move {
            let plot = plot(&field, rank, size)?;
            let made = done(desk::seed::sow(&web, &plot, field.now).await);
            made.map(|made| (rank, made)).context(plot.opening.name)
        });
        if under_way.len() >= AT_ONCE
            && let Some(made) = under_way.join_next().await
        {
            keep(&mut stood, made??);
        }
    }
    while let Some(made) = under_way.join_next().await {
        keep(&mut stood, made??);
    }
    Ok(stood.into_iter().flatten().collect())
}

fn keep(stood: &mut [Option<Stood>], (rank, made): (usize, Stood)) {
    stood[rank] = Some(made);
    let count = stood.iter().flatten().count();
    if count.is_multiple_of(200) {
        tracing::info!(count, "SELs stand");
    }
}

fn done<T, R: std::fmt::Debug>(outcome: desk::Outcome<T, R>) -> Result<T> {
    outcome.map_err(|halt| match halt {
        Halt::Refused(refusal) => anyhow!("refused: {refusal:?}"),
        Halt::Failed(error) => error.into(),
    })
}

/// The SEL of this rank, thought out.
fn plot(field: &Field, rank: usize, size: usize) -> Result<Plot> {
    let seed = u64::try_from(rank).unwrap_or(0);
    let mut chance = Chance::new(SEED + seed);
    let town = chance.pick(&field.towns).clone();
    let slug = format!("sel-{:04}", rank + 1);
    let members = (size / NOTICES_EACH).max(4);
    let founder = person(field, &mut chance, None);
    let email = format!("{slug}@exemple.fr");
    let people = (1..members)
        .map(|_| person(field, &mut chance, Some(&town)))
        .collect();
    let notices = (0..size)
        .map(|_| sown(field, &mut chance, members))
        .collect();
    Ok(Plot {
        opening: Opening {
            name: format!("SEL {} {}", rank + 1, town.name)
                .chars()
                .take(50)
                .collect(),
            slug: Slug::parse(&slug).map_err(|refusal| anyhow!("{slug}: {refusal:?}"))?,
            unit_one: "grain".into(),
            unit_many: "grains".into(),
            first_name: founder.name.first,
            last_name: founder.name.last,
            email: Email::parse(&email).map_err(|refusal| anyhow!("{email}: {refusal:?}"))?,
            place: Spot {
                country: town.country,
                geoname_id: i32::try_from(town.geoname_id).unwrap_or_default(),
                latitude: town.latitude,
                longitude: town.longitude,
                name: town.name,
            },
        },
        people,
        notices,
        reach: one_of(&mut chance, CEILINGS),
    })
}

fn person(field: &Field, chance: &mut Chance, town: Option<&Place>) -> Person {
    let (first, last) = field.texts.name(chance);
    Person {
        name: Name { first, last },
        email: None,
        phone: None,
        place: town.map(|town| town.name.clone()),
        about: None,
    }
}

/// One of the reaches, by what each has in a hundred.
fn one_of(chance: &mut Chance, shares: [usize; 4]) -> Reach {
    let mut left = chance.below(100);
    for (reach, share) in Reach::ALL.into_iter().zip(shares) {
        if left < share {
            return reach;
        }
        left -= share;
    }
    Reach::Public
}

fn sown(field: &Field, chance: &mut Chance, members: usize) -> Sown {
    let it = field.texts.notice(chance, &field.towns);
    let year = TimeDelta::days(360);
    Sown {
        author: chance.below(members),
        rubric: it.rubric,
        draft: Draft {
            kind: it.kind,
            title: it.title,
            body: it.body,
            units_mode: it.units_mode,
            units: it.units,
            urgent: chance.happens(3),
            reach: Some(one_of(chance, REACHES)),
            ..Draft::default()
        },
        at: chance.moment(field.now - year, field.now),
    }
}

/// Alliances between the largest, and logins for their founders.
async fn trade(web: &Pool, sels: &[Stood], now: DateTime<Utc>) -> Result<()> {
    for (at, sel) in sels.iter().enumerate() {
        for other in sels[at + 1..].iter().take(ALLIES) {
            let scope = founder(web, other, now).await?;
            let theirs = done(code(scope).await)?;
            let id = AllianceId(desk::fresh::id(now));
            let scope = founder(web, sel, now).await?;
            done(desk::alliance::ask(scope, id, (other.association_id, &theirs), CAPS).await)?;
            let scope = founder(web, other, now).await?;
            done(desk::alliance::change(scope, id, Change::Agree(CAPS)).await)?;
        }
        town::choose_password(web, sel.association_id, sel.founder, now).await?;
    }
    Ok(())
}

async fn founder(web: &Pool, sel: &Stood, now: DateTime<Utc>) -> store::Result<Scope> {
    let actor = Actor {
        association_id: sel.association_id,
        member_id: sel.founder,
        rights: Right::ALL.to_vec(),
        helped: Vec::new(),
    };
    Scope::begin(web, sel.association_id, Some(actor), now).await
}

async fn code(mut scope: Scope) -> desk::Outcome<String, ()> {
    Ok(store::association::current(&mut scope).await?.code)
}

#[cfg(test)]
mod tests {
    use super::*;
    use store::testing::Database;

    #[test]
    fn sizes_are_unequal_and_make_up_the_whole() {
        let sizes = sizes(2000, 1_000_000);
        assert_eq!(sizes.iter().sum::<usize>(), 1_000_000);
        assert!(sizes.is_sorted_by(|one, other| one >= other));
        assert!((4000..8000).contains(&sizes[0]), "{}", sizes[0]);
        assert!((100..300).contains(&sizes[1999]), "{}", sizes[1999]);
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_few_sels_stand_with_their_notices() {
        let database = Database::fresh().await.unwrap();
        let now: DateTime<Utc> = "2026-11-27T03:27:00Z".parse().unwrap();
        let field = Arc::new(Field {
            texts: Texts::read().unwrap(),
            towns: towns(&places().await.unwrap()),
            now,
        });
        let stood = fill(&database.web, &field, &sizes(3, 60)).await.unwrap();
        trade(&database.web, &stood, now).await.unwrap();
        let mut total = 0;
        for sel in &stood {
            let mut scope = founder(&database.web, sel, now).await.unwrap();
            let live = store::notice::findable_after(&mut scope, None, 100)
                .await
                .unwrap();
            total += live.len();
            assert!(
                live.iter()
                    .all(|it| !it.title.is_empty() && !it.body.is_empty())
            );
        }
        assert_eq!(total, 60);
        let email = "sel-0001@exemple.fr";
        let here = stood[0].association_id;
        let login = desk::session::log_in(
            &database.web,
            here,
            (email, town::PASSWORD),
            desk::session::Browser::default(),
            now,
        );
        assert!(login.await.is_ok());
    }
}
