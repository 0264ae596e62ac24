//! The demo town: three invented SELs and two years of their life, made through the same use cases
//! as everything else, at times in the past.

mod allies;
mod cast;
mod charter;
mod exchanges;
mod members;
mod notices;
mod plan;
mod script;

use crate::chance::Chance;
use anyhow::{Context, Result, anyhow, ensure};
use cast::Role;
use chrono::{DateTime, TimeDelta, Utc};
use desk::Halt;
pub(crate) use members::choose_password;
use sel::place::Gazetteer;
use std::fmt::Debug;
use std::sync::Arc;
use store::{Pool, Worker};

/// The SELs, by name and slug.
pub(crate) const SELS: [(&str, &str); 3] = [
    ("SEL de Mars", "mars"),
    ("SEL de la Baie", "baie"),
    ("Le Clos des Échanges", "clos"),
];

/// Of everyone who has one.
pub(crate) const PASSWORD: &str = "demonstration";

/// Letters of the last days are sent; those of the past are not.
const FRESH_DAYS: i64 = 3;

/// How much of a town.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Size {
    /// The three SELs.
    Whole,
    /// SEL de Mars with its cast and little else, and an ally, in a few seconds.
    Small,
}

/// Somebody who can log in.
pub(crate) struct Login {
    pub(crate) slug: &'static str,
    pub(crate) number: i32,
    pub(crate) email: String,
    pub(crate) who: String,
}

/// Those whose password is known, of the SELs that there are.
pub(crate) fn logins(small: bool) -> Vec<Login> {
    let slugs: &[&str] = if small {
        &["mars", "clos"]
    } else {
        &["mars", "baie", "clos"]
    };
    slugs
        .iter()
        .flat_map(|slug| cast::of(slug).iter().map(move |role| (*slug, role)))
        .filter_map(|(slug, role)| {
            let who = format!("{} {}{}", role.first_name, role.last_name, role.said());
            Some(Login {
                slug,
                number: role.number,
                email: role.email()?,
                who,
            })
        })
        .collect()
}

/// How much happens in a SEL.
#[derive(Clone, Copy, Debug)]
struct Scale {
    members: i32,
    notices: usize,
    exchanges: usize,
}

const MARS: Scale = Scale {
    members: 130,
    notices: 1000,
    exchanges: 3000,
};
const OTHERS: Scale = Scale {
    members: 40,
    notices: 150,
    exchanges: 300,
};
/// A neighbour to trade with.
const TINY: Scale = Scale {
    members: 4,
    notices: 2,
    exchanges: 3,
};
/// As many members as the cast's numbers need.
const SMALL: Scale = Scale {
    members: 52,
    notices: 30,
    exchanges: 40,
};

/// Makes the SELs. Each goes its own way, so that two processors are enough for all three.
pub(crate) async fn make(
    web: &Pool,
    places: &Gazetteer,
    now: DateTime<Utc>,
    size: Size,
) -> Result<()> {
    if size == Size::Small {
        let mars = live(web.clone(), charter::charter("mars", places)?, SMALL, now).await?;
        let clos = live(web.clone(), charter::charter("clos", places)?, TINY, now).await?;
        return allies::meet(&mars, &clos, now).await;
    }
    let mars = tokio::spawn(live(
        web.clone(),
        charter::charter("mars", places)?,
        MARS,
        now,
    ));
    let baie = tokio::spawn(live(
        web.clone(),
        charter::charter("baie", places)?,
        OTHERS,
        now,
    ));
    let clos = tokio::spawn(live(
        web.clone(),
        charter::charter("clos", places)?,
        OTHERS,
        now,
    ));
    let (mars, baie, clos) = tokio::join!(mars, baie, clos);
    let mars = mars?.context("SEL de Mars")?;
    let baie = baie?.context("SEL de la Baie")?;
    let clos = clos?.context("Le Clos des Échanges")?;
    allies::meet(&mars, &clos, now).await?;
    allies::ask(&baie, &mars, now - TimeDelta::days(2)).await?;
    Ok(())
}

/// Opens a SEL and lets it live until now.
async fn live(
    web: Pool,
    charter: charter::Charter,
    scale: Scale,
    now: DateTime<Utc>,
) -> Result<Arc<charter::Sel>> {
    let roles = cast::of(charter.slug);
    let mut chance = Chance::new(charter.seed);
    let mut sel = charter::open(web, &charter, now).await?;
    members::join(&mut sel, roles, scale.members, now, &mut chance).await?;
    let planned = plan::plan(&sel, scale.exchanges, now, &mut chance);
    let sel = Arc::new(sel);
    let noticing = tokio::spawn(notices::publish(
        Arc::clone(&sel),
        scale.notices,
        now,
        chance,
    ));
    let exchanging = tokio::spawn(exchanges::run(Arc::clone(&sel), planned, now));
    let (noticed, exchanged) = tokio::join!(noticing, exchanging);
    noticed?.context("notices")?;
    exchanged?.context("exchanges")?;
    script::play(&sel, now).await.context("the last days")?;
    members::choose_passwords(&sel, roles, now)
        .await
        .context("passwords")?;
    Ok(sel)
}

/// Lets the letters of the past rest, and proves every ledger.
pub(crate) async fn settle(work: &Pool, now: DateTime<Utc>) -> Result<()> {
    let before = now - TimeDelta::days(FRESH_DAYS);
    let mut worker = Worker::begin(work, now).await?;
    let letters = store::delivery::forget_due(&mut worker, before).await?;
    let links = store::token::forget_due(&mut worker, before).await?;
    worker.commit().await?;
    tracing::info!(letters, links, "letters of the past are not sent");
    for (name, check) in crate::ledger::check(work, None).await? {
        ensure!(
            check.holds_true(),
            "the ledger of {name} does not hold: {check:?}"
        );
        tracing::info!(%name, transfers = check.transfers, "the ledger holds");
    }
    Ok(())
}

/// What a use case answered; a refusal is a mistake of the town's.
fn done<T, R: Debug>(outcome: desk::Outcome<T, R>) -> Result<T> {
    outcome.map_err(|halt| match halt {
        Halt::Refused(refusal) => anyhow!("refused: {refusal:?}"),
        Halt::Failed(error) => error.into(),
    })
}

impl Role {
    /// What one should know before logging in as this person.
    fn said(&self) -> String {
        if self.note.is_empty() {
            String::new()
        } else {
            format!(", {}", self.note)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use store::testing::Database;

    #[tokio::test(flavor = "multi_thread")]
    async fn the_whole_town_holds() {
        let database = Database::fresh().await.unwrap();
        let places = crate::serve::places().await.unwrap();
        let now: DateTime<Utc> = "2026-11-27T03:27:00Z".parse().unwrap();
        make(&database.web, &places, now, Size::Whole)
            .await
            .unwrap();
        settle(&database.work, now).await.unwrap();
        let checks = crate::ledger::check(&database.work, None).await.unwrap();
        // The hub keeps books of its own.
        assert_eq!(checks.len(), SELS.len() + 1);
        let transfers: i64 = checks.iter().map(|(_, check)| check.transfers).sum();
        assert!((3000..4000).contains(&transfers), "{transfers}");
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_small_town_holds_and_writes_the_letters_of_its_last_days_only() {
        let database = Database::fresh().await.unwrap();
        let places = crate::serve::places().await.unwrap();
        let now: DateTime<Utc> = "2026-06-15T09:00:00Z".parse().unwrap();
        make(&database.web, &places, now, Size::Small)
            .await
            .unwrap();
        settle(&database.work, now).await.unwrap();
        let mut worker = Worker::begin(&database.work, now).await.unwrap();
        let (letters, links) = store::delivery::count_due(&mut worker).await.unwrap();
        assert!((1..20).contains(&letters), "{letters}");
        assert!((1..10).contains(&links), "{links}");
        let mut door = store::Door::begin(&database.web, now).await.unwrap();
        let mars = store::association::by_slug(&mut door, "mars")
            .await
            .unwrap()
            .unwrap();
        assert_eq!(mars.member_count, 52);
        let here = mars.id();
        let claire = desk::session::log_in(
            &database.web,
            here,
            ("claire@exemple.fr", PASSWORD),
            desk::session::Browser::default(),
            now,
        );
        assert!(claire.await.is_ok());
        let mut scope = store::Scope::begin(&database.web, here, None, now)
            .await
            .unwrap();
        let claire = store::member::by_number(&mut scope, 12)
            .await
            .unwrap()
            .unwrap();
        assert_eq!(claire.full_name(), "Claire Aubert");
        let account = store::account::of_member(&mut scope, claire.id())
            .await
            .unwrap();
        assert_eq!((account.balance, account.held_out), (-300, 45));
        let odette = store::member::by_number(&mut scope, 7)
            .await
            .unwrap()
            .unwrap();
        assert_eq!(
            (odette.full_name().as_str(), odette.email),
            ("Odette Rey", None)
        );
    }
}
