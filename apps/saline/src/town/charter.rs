//! One SEL of the town: what it chose, and opening it as anybody would.

use super::{cast, done};
use anyhow::{Context, Result};
use chrono::{DateTime, TimeDelta, Utc};
use sel::amount::Unit;
use sel::association::{Admission, Rules, Spot, default_floor};
use sel::id::{AssociationId, CategoryId, MemberId};
use sel::limit::Policy;
use sel::member::{Actor, Audience, Right};
use sel::notice::Reach;
use sel::place::Gazetteer;
use std::collections::HashMap;
use store::{Pool, Scope};

/// What a SEL is before it opens.
#[derive(Debug)]
pub(super) struct Charter {
    pub(super) name: &'static str,
    pub(super) slug: &'static str,
    pub(super) seed: u64,
    unit: &'static str,
    colour: &'static str,
    place: Spot,
    age_days: i64,
    /// Codes of rubrics that it does without.
    without: &'static [&'static str],
}

/// The charter of the SEL with this slug.
pub(super) fn charter(slug: &str, places: &Gazetteer) -> Result<Charter> {
    let (name, slug, town, unit, colour, age_days, seed, without): (_, _, _, _, _, _, _, &[&str]) =
        match slug {
            "baie" => {
                let without = &["14", "20", "22", "24"];
                (
                    "SEL de la Baie",
                    "baie",
                    "Saint-Brieuc",
                    "galet",
                    "#1f6f9c",
                    540,
                    22,
                    without,
                )
            }
            "clos" => {
                let without = &["08", "14", "17", "20", "22"];
                (
                    "Le Clos des Échanges",
                    "clos",
                    "Cahors",
                    "heure",
                    "#8a5a12",
                    420,
                    46,
                    without,
                )
            }
            _ => (
                "SEL de Mars",
                "mars",
                "Marseille",
                "grain",
                "#7d8b1f",
                730,
                13,
                &[],
            ),
        };
    let found = places.find(town, 10);
    let place = found
        .iter()
        .find(|place| place.name == town)
        .context(town)?;
    let place = Spot {
        name: place.name.clone(),
        country: place.country.clone(),
        geoname_id: i32::try_from(place.geoname_id)?,
        latitude: place.latitude,
        longitude: place.longitude,
    };
    Ok(Charter {
        name,
        slug,
        seed,
        unit,
        colour,
        place,
        age_days,
        without,
    })
}

impl Charter {
    /// What it chose in its guided start.
    fn choose(&self, rules: &mut Rules) {
        rules.setup_step = 5;
        match self.slug {
            "baie" => {
                rules.limits.policy = Policy::Refuse;
                rules.limits.ceiling = Some(2000);
                rules.starting_credit = 120;
                rules.admission = Admission::Members;
                rules.balances_shown_to = Audience::Oneself;
                rules.notice_reach = Reach::Public;
            }
            "clos" => {
                rules.unit = Unit {
                    per_hour: 1,
                    decimals: 2,
                    ..rules.unit.clone()
                };
                rules.limits.floor = Some(default_floor(&rules.unit));
                rules.admission = Admission::Open;
                rules.directory.last_names = false;
            }
            _ => {
                rules.limits.policy = Policy::Warn;
                rules.notice_reach = Reach::Public;
            }
        }
    }

    fn rubrics(&self) -> Vec<String> {
        sel::rubric::RUBRICS
            .iter()
            .map(|rubric| rubric.code)
            .filter(|code| !self.without.contains(code))
            .map(str::to_owned)
            .collect()
    }
}

/// A SEL that is open.
#[derive(Debug)]
pub(super) struct Sel {
    pub(super) web: Pool,
    pub(super) id: AssociationId,
    pub(super) slug: &'static str,
    pub(super) zone: String,
    pub(super) rules: Rules,
    pub(super) opened_at: DateTime<Utc>,
    /// Everyone, in the order of their numbers.
    pub(super) people: Vec<Person>,
    pub(super) categories: HashMap<String, CategoryId>,
}

/// Somebody of the SEL.
#[derive(Clone, Debug)]
pub(super) struct Person {
    pub(super) id: MemberId,
    pub(super) joined_at: DateTime<Utc>,
    pub(super) has_email: bool,
    /// How often they exchange, against the others.
    pub(super) zeal: usize,
    pub(super) rights: &'static [Right],
}

impl Sel {
    /// A scope of this SEL at a moment of its past, in the name of a member.
    pub(super) async fn scope(&self, by: Option<&Person>, at: DateTime<Utc>) -> Result<Scope> {
        let actor = by.map(|person| Actor {
            association_id: self.id,
            member_id: person.id,
            rights: person.rights.to_vec(),
            helped: Vec::new(),
        });
        Ok(Scope::begin(&self.web, self.id, actor, at).await?)
    }

    pub(super) fn founder(&self) -> &Person {
        &self.people[0]
    }

    /// The member with this number.
    pub(super) fn number(&self, number: i32) -> Result<&Person> {
        let place = usize::try_from(number - 1)?;
        self.people
            .get(place)
            .with_context(|| format!("there is no n° {number}"))
    }
}

/// Opens the SEL in the past: asks, follows the link, goes through the guided start.
pub(super) async fn open(web: Pool, charter: &Charter, now: DateTime<Utc>) -> Result<Sel> {
    let role = &cast::of(charter.slug)[0];
    let draft = sel::association::Draft {
        name: charter.name.into(),
        slug: charter.slug.into(),
        unit: charter.unit.into(),
        first_name: role.first_name.into(),
        last_name: role.last_name.into(),
        email: role.email().unwrap_or_default(),
    };
    let at = now - TimeDelta::days(charter.age_days);
    let place = Ok(charter.place.clone());
    let token = done(desk::association::ask(&web, &draft, place, "fr", at).await)?;
    let at = at + TimeDelta::minutes(5);
    let opened = done(desk::association::open(&web, token, at).await)?;
    let founder = Person {
        id: opened.founder,
        joined_at: at,
        has_email: true,
        zeal: 3,
        rights: role.rights,
    };
    let actor = Actor {
        association_id: opened.association_id,
        member_id: opened.founder,
        rights: Right::ALL.to_vec(),
        helped: Vec::new(),
    };
    let at = at + TimeDelta::minutes(10);
    let scope = Scope::begin(&web, opened.association_id, Some(actor), at).await?;
    let (rules, zone, categories) = guided_start(scope, charter).await?;
    Ok(Sel {
        web,
        id: opened.association_id,
        slug: charter.slug,
        zone,
        rules,
        opened_at: at,
        people: vec![founder],
        categories,
    })
}

/// The five steps of the guided start, at once.
async fn guided_start(
    mut scope: Scope,
    charter: &Charter,
) -> Result<(Rules, String, HashMap<String, CategoryId>)> {
    let mut rules = store::setting::read(&mut scope).await?;
    charter.choose(&mut rules);
    done(desk::association::rule(&mut scope, &rules).await)?;
    done(desk::association::keep_categories(&mut scope, &charter.rubrics()).await)?;
    store::association::paint(&mut scope, charter.colour).await?;
    let zone = store::association::current(&mut scope).await?.time_zone;
    let today = desk::member::day_in(&zone, scope.now);
    let label = desk::member::STARTING_CREDIT_LABEL;
    done(desk::association::make_ready(&mut scope, label, today).await)?;
    let categories = store::category::list(&mut scope).await?;
    scope.commit().await?;
    let categories = categories
        .into_iter()
        .map(|it| (it.code.clone(), it.id()))
        .collect();
    Ok((rules, zone, categories))
}
